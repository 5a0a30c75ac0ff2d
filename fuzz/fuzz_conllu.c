/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz/fuzz_conllu.c: any bytes as CoNLL-U: read, written, read again; the words must be the same. */
#include <stdlib.h>

#include "export/conllu.h"
#include "text/conllu_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct dgi_conllu r, again;
    bool end = false, end2 = false;
    dg_error warn, err;
    dgi_conllu_init(&r, dgi_strn((const char *)data, size));
    while (!end) {
        struct dgi_doc *d = dgi_doc_new((size_t)256 << 20), *e = dgi_doc_new((size_t)256 << 20);
        struct dgi_buf out = {0};
        if (!d || !e)
            abort();
        if (dgi_conllu_next(&r, d, &end, &warn, &err) != DG_OK)
            end = true;
        else if (d->n_toks) {
            dgi_tree_index(d);
            for (uint32_t t = 0; t < d->n_toks; t++)
                if (d->toks[t].start > d->toks[t].end || d->toks[t].end > d->text.len)
                    abort();
            if (!dgi_record_conllu(&out, d, NULL))
                abort();
            dgi_conllu_init(&again, dgi_buf_str(&out));
            if (dgi_conllu_next(&again, e, &end2, &warn, &err) == DG_OK && warn.status == DG_OK && e->n_toks != d->n_toks)
                abort();
        }
        dgi_buf_free(&out);
        dgi_doc_free(d);
        dgi_doc_free(e);
    }
    return 0;
}
