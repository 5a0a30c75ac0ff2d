/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz/fuzz_date.c: any bytes as a phrase and as a document, published on a day taken from them: times, then quantities. */
#include <stdlib.h>

#include "resolve/quantity.h"
#include "resolve/atoms.h"
#include "resolve/time.h"
#include "text_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static dgi_lexicon *lex;
    static struct dgi_words *words;
    static struct dgi_time_ctx *times;
    static struct dgi_quantity_ctx *quantities;
    if (!quantities && (dgi_lexicon_open(&lex, DG_LEXICON, "en", NULL) != DG_OK || dgi_words_open(&words, lex, NULL) != DG_OK ||
                        dgi_time_open(&times, lex, words, NULL) != DG_OK ||
                        dgi_quantity_open(&quantities, lex, NULL) != DG_OK))
        abort();
    if (size < 2)
        return 0;
    int32_t day = data[0] == 255 ? DGI_NO_DAY : ((int32_t)data[0] << 8 | data[1]) - 20000;
    dgi_arena *a = dgi_arena_new(64u << 20);
    uint64_t bad;
    struct dgi_doc doc;
    dg_str text = dgi_utf8_clean(a, dgi_strn((const char *)data + 2, size - 2), &bad);
    MUST(text.ptr);
    if (dgi_phrase_doc(&doc, a, words, text, day, NULL) == DG_OK && dgi_times(times, &doc, NULL) == DG_OK &&
        dgi_quantities(quantities, &doc, NULL) == DG_OK) {
        uint32_t at = 0;
        for (uint32_t i = 0; i < doc.n_times; i++) {
            const struct dgi_time *t = &doc.times[i];
            MUST(t->span.start >= at && t->span.start < t->span.end && t->span.end <= doc.text.len);
            MUST(t->range.start <= t->range.end && t->future.start <= t->future.end);
            at = t->span.end;
        }
        for (uint32_t i = 0; i < doc.n_quantities; i++)
            MUST(doc.quantities[i].span.start < doc.quantities[i].span.end && doc.quantities[i].span.end <= doc.text.len &&
                 doc.quantities[i].value > 0);
    }
    struct dgi_time t;
    bool found;
    dg_error err = {0};
    if (dgi_time_phrase(times, text, day, &t, &found, &err) != DG_OK)
        MUST(err.message[0]);
    dgi_arena_free(a);
    return 0;
}
