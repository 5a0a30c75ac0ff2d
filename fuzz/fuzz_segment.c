/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes, made valid UTF-8, cut into blocks at newlines; first byte: whether the first block has a dateline. */
#include <stdlib.h>

#include "base/utf8.h"
#include "text/segment.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct dgi_segmenter *seg;
    static dgi_lexicon *lex;
    if (!seg && (dgi_lexicon_open(&lex, DG_LEXICON, "en", NULL) != DG_OK ||
                 dgi_segmenter_open(&seg, DG_MODELS "/segment.dgm", lex, NULL) != DG_OK))
        abort();
    struct dgi_doc *d = dgi_doc_new(64u << 20);
    if (!d || size < 2) {
        dgi_doc_free(d);
        return 0;
    }
    uint64_t bad;
    d->text = dgi_utf8_clean(d->arena, (dg_str){(const char *)data + 1, size - 1}, &bad);
    for (size_t i = 0; i < d->text.len;) {
        size_t e = i;
        while (e < d->text.len && d->text.ptr[e] != '\n')
            e++;
        struct dgi_block *b = DGI_PUSH(d->arena, d->blocks, d->n_blocks, d->cap_blocks);
        if (!b)
            break;
        b->span = (dgi_span){(uint32_t)i, (uint32_t)e};
        if (data[0] < 32 && i == 0 && data[0] < e) {
            uint32_t cut = data[0];
            while (cut < e && ((unsigned char)d->text.ptr[cut] & 0xC0) == 0x80)
                cut++;
            b->dateline = (dgi_span){0, cut};
        }
        i = e + 1;
    }
    if (dgi_segment(seg, d, NULL) == DG_OK) {
        uint32_t at = 0;
        for (uint32_t t = 0; t < d->n_toks; t++) {
            if (d->toks[t].start < at || d->toks[t].end <= d->toks[t].start || d->toks[t].end > d->text.len)
                abort();
            at = d->toks[t].end;
        }
    }
    dgi_doc_free(d);
    return 0;
}
