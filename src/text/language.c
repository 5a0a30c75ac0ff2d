/* SPDX-License-Identifier: Apache-2.0 */
/* text/language.c: see language.h.
 *
 * Reads   token forms; set "common" of function_words.tsv
 * Writes  nothing; the caller sets meta.lang and warns
 *
 * A text in a second language used to go through the English models without a word and came out with no events. This says
 * only "not ours"; which language it is, a stage of its own will tell. Counting the commonest words needs no model, and the
 * words that are common in a neighbour language too ("in", "a", "was") are not in the set. */
#include "text/language.h"

enum { FEWEST_WORDS = 40, MOST_WORDS = 5000 }; /* the beginning of a long text says enough */

static bool has_letter(dg_str s)
{
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if ((c | 32u) - 'a' < 26u || c >= 0xC3)
            return true;
    }
    return false;
}

int dgi_language_share(const struct dgi_doc *doc, const struct dgi_words *words)
{
    uint32_t n = 0, known = 0;
    for (uint32_t t = 0; t < doc->n_toks && n < MOST_WORDS; t++) {
        dg_str form = doc->toks[t].form;
        if (!has_letter(form)) /* numbers and stops */
            continue;
        n++;
        known += dgi_word_in(words, DGI_W_COMMON, form);
    }
    return n < FEWEST_WORDS ? -1 : (int)(known * 100u / n);
}
