/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz/text_fuzz.h: the layout table once per process, and what must hold of every document that comes out. */
#ifndef TEXT_FUZZ_H
#define TEXT_FUZZ_H

#include <stdio.h>
#include <stdlib.h>

#include "base/table.h"
#include "base/utf8.h"
#include "doc/doc.h"
#include "text/article.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MUST(x)                                                                                                        \
    do {                                                                                                               \
        if (!(x)) {                                                                                                    \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #x);                                                    \
            abort();                                                                                                   \
        }                                                                                                              \
    } while (0)

static inline const dgi_layout *fuzz_layout(void)
{
    static dgi_layout *layout; /* of the process: libFuzzer calls from one thread */
    if (!layout) {
        dg_error err = {0};
        dgi_lexicon *lex;
        MUST(dgi_lexicon_open(&lex, DG_LEXICON, "en", &err) == DG_OK);
        MUST(dgi_layout_new(&layout, lex, &err) == DG_OK);
        dgi_lexicon_close(lex);
    }
    return layout;
}

static inline void fuzz_article(const struct dgi_raw *raw)
{
    struct dgi_doc *doc = dgi_doc_new(256 << 20);
    struct dgi_article_ctx ctx = {.layout = fuzz_layout(), .published = DGI_NO_DAY};
    struct dgi_article_info info;
    dg_error err = {0};
    MUST(doc);
    dg_status st = dgi_article(doc, raw, &ctx, &info, &err);
    MUST(st == DG_OK || err.message[0]);
    if (st == DG_OK) {
        MUST(doc->n_blocks && dgi_utf8_invalid(doc->text) == SIZE_MAX && !memchr(doc->text.ptr, 0, doc->text.len));
        uint32_t last = 0;
        for (uint32_t i = 0; i < doc->n_blocks; i++) {
            const struct dgi_block *b = &doc->blocks[i];
            MUST(b->span.start >= last && b->span.end > b->span.start && b->span.end <= doc->text.len);
            MUST(b->dateline.start == b->span.start && b->dateline.end <= b->span.end);
            /* no span cuts a code point */
            MUST(((unsigned char)doc->text.ptr[b->span.start] & 0xC0) != 0x80);
            MUST(b->span.end == doc->text.len || ((unsigned char)doc->text.ptr[b->span.end] & 0xC0) != 0x80);
            MUST(b->dateline.end == doc->text.len || ((unsigned char)doc->text.ptr[b->dateline.end] & 0xC0) != 0x80);
            last = b->span.end;
        }
        const dg_str meta[] = {doc->meta.id, doc->meta.url, doc->meta.title, doc->meta.author, doc->meta.publisher,
                               doc->meta.lang};
        for (size_t i = 0; i < sizeof meta / sizeof *meta; i++)
            MUST(!meta[i].len || (dgi_utf8_invalid(meta[i]) == SIZE_MAX && !memchr(meta[i].ptr, '\n', meta[i].len)));
    }
    dgi_doc_free(doc);
}

#endif
