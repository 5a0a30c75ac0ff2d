/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz/fuzz_lang_model.c: the reader of language models, and the network on whatever it lets through. Size and
 * checksum of the header are put right, so that the checks behind them are reached. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "lang/lang.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void add_words(struct dgi_doc *doc)
{
    static const char *const words[] = {"The", "minister", "left", "the", "parties", "in", "2022", "."};
    for (uint32_t i = 0; i < 8; i++) {
        struct dgi_tok *t = DGI_PUSH(doc->arena, doc->toks, doc->n_toks, doc->cap_toks);
        if (!t)
            abort();
        t->form = dgi_str(words[i]);
    }
    struct dgi_sent *s = DGI_PUSH(doc->arena, doc->sents, doc->n_sents, doc->cap_sents);
    if (!s)
        abort();
    s->end = 8;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static int fd = -1;
    char path[64];
    if (fd < 0)
        fd = memfd_create("model", 0);
    if (fd < 0 || ftruncate(fd, 0) || pwrite(fd, data, size, 0) != (ssize_t)size)
        return 0;
    if (size >= 64) {
        uint64_t right[2] = {size, XXH3_64bits(data + 64, size - 64)};
        if (pwrite(fd, right, sizeof right, 16) != sizeof right)
            return 0;
    }
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    for (uint32_t kernel = DGI_KERNEL_SCALAR; kernel < DGI_KERNEL_COUNT; kernel++) {
        struct dgi_lang_options opt = DGI_LANG_OPTIONS_INIT;
        struct dgi_lang_model *m;
        dg_error err = {0};
        opt.kernel = kernel;
        if (dgi_lang_model_open(&m, path, &opt, &err) != DG_OK) {
            if (!err.message[0])
                abort();
            return 0;
        }
        if (kernel != DGI_KERNEL_SCALAR && !strcmp(dgi_lang_model_kernel(m), "scalar")) {
            dgi_lang_model_close(m); /* another processor's: that has been seen */
            continue;
        }
        struct dgi_lang_worker *w = dgi_lang_worker_new(m);
        struct dgi_doc *doc = dgi_doc_new(0);
        if (w && doc) {
            add_words(doc);
            if (dgi_lang_analyse(w, doc, &err) == DG_OK)
                for (uint32_t i = 0, roots = 0; i < doc->n_toks; i++) {
                    roots += doc->toks[i].head == DGI_NONE;
                    if ((doc->toks[i].head != DGI_NONE && doc->toks[i].head >= doc->n_toks) || roots > 1)
                        abort();
                }
        }
        dgi_doc_free(doc);
        dgi_lang_worker_free(w);
        dgi_lang_model_close(m);
    }
    return 0;
}
