/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz/fuzz_place.c: any bytes as a phrase and as a document whose tags come from the bytes too. */
#include <stdlib.h>

#include "resolve/place.h"
#include "resolve/atoms.h"
#include "text_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static dgi_lexicon *lex;
    static struct dgi_words *words;
    static struct dgi_place_ctx *ctx;
    if (!ctx && (dgi_lexicon_open(&lex, DG_LEXICON, "en", NULL) != DG_OK || dgi_words_open(&words, lex, NULL) != DG_OK ||
                 dgi_place_open(&ctx, lex, words, NULL) != DG_OK))
        abort();
    dgi_arena *a = dgi_arena_new(64u << 20);
    uint64_t bad;
    struct dgi_doc doc;
    dg_str text = dgi_utf8_clean(a, dgi_strn((const char *)data, size), &bad);
    MUST(text.ptr);
    if (dgi_phrase_doc(&doc, a, words, text, DGI_NO_DAY, NULL) == DG_OK) {
        for (int tags = 0; tags < 2; tags++) {
            doc.n_places = 0;
            for (uint32_t t = 0; tags && t < doc.n_toks; t++) {
                uint8_t b = data[(t * 7u) % size];
                doc.toks[t].name = b % DGI_N_NAME;
                doc.toks[t].upos = (b >> 3) % DGI_N_UPOS;
                doc.toks[t].flags |= b & 128 ? DGI_TOK_NAME_BEGIN : 0;
            }
            if (dgi_places(ctx, &doc, NULL) != DG_OK)
                break;
            uint32_t at = 0;
            for (uint32_t i = 0; i < doc.n_places; i++) {
                const struct dgi_place *p = &doc.places[i];
                MUST(p->span.start >= at && p->span.start < p->span.end && p->span.end <= doc.text.len && p->name.len);
                at = p->span.end;
            }
        }
    }
    struct dgi_place out[8];
    uint32_t n = 0;
    if (dgi_place_phrase(ctx, text, out, 8, &n, NULL) == DG_OK)
        MUST(n <= 8);
    dgi_arena_free(a);
    return 0;
}
