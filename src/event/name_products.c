/* SPDX-License-Identifier: Apache-2.0 */
/* event/name_products.c: names of arms, aircraft, ships and other makes.
 *
 * Reads   tokens, the classes product_name, product_word, product_thing and ship_mark of
 *         lexicon/en/function_words.tsv
 * Writes  nothing: says where such a name stands
 *
 * The corpora that the network learned names from have hardly one of them, so a list knows them: "F-16", "Sputnik V" by
 * themselves (product_name), "Patriot", "Grad" only beside what they are (product_word; "Patriot missiles", "the tank Leopard").
 * docs/stages/names.md */
#include "event/name_products.h"

enum { LONGEST = 40, MOST_TOKENS = 8 };

static bool begins_large(dg_str form)
{
    return form.len && ((form.ptr[0] >= 'A' && form.ptr[0] <= 'Z') || (form.ptr[0] >= '0' && form.ptr[0] <= '9'));
}

/* Is the text of the tokens [t, e), or that text without a plural's "s", of the class? "F-16s" is three tokens. */
static bool written(const struct dgi_doc *doc, uint32_t t, uint32_t e, enum dgi_word_set set)
{
    dg_str s = dgi_slice(doc, (dgi_span){doc->toks[t].start, doc->toks[e - 1].end});
    if (s.len < 2 || s.len >= LONGEST || !doc->words)
        return false;
    return dgi_word_in(doc->words, set, s) ||
           (s.ptr[s.len - 1] == 's' && dgi_word_in(doc->words, set, dgi_str_sub(s, 0, s.len - 1)));
}

/* A word for a thing stands behind the name's last token or before its first: "Grad rockets", "the tanker Grad". */
static bool beside_a_thing(const struct dgi_doc *doc, uint32_t first, uint32_t end)
{
    return (end < doc->n_toks && doc->toks[end].sent == doc->toks[first].sent &&
            dgi_lemma_in(doc, end, DGI_W_PRODUCT_THING)) ||
           (first > doc->sents[doc->toks[first].sent].first && dgi_lemma_in(doc, first - 1, DGI_W_PRODUCT_THING));
}

uint32_t dgi_product_at(const struct dgi_doc *doc, uint32_t t)
{
    uint32_t limit = doc->sents[doc->toks[t].sent].end, best = 0;
    if (!begins_large(doc->toks[t].form))
        return 0;
    if (limit > t + MOST_TOKENS)
        limit = t + MOST_TOKENS;
    for (uint32_t e = t + 1; e <= limit; e++) {
        bool glued = e < doc->n_toks && doc->toks[e].start == doc->toks[e - 1].end && doc->toks[e].form.len &&
                     (doc->toks[e].form.ptr[0] == '-' || doc->toks[e - 1].form.ptr[0] == '-');
        if (!glued && (written(doc, t, e, DGI_W_PRODUCT_NAME) ||
                       (written(doc, t, e, DGI_W_PRODUCT_WORD) && beside_a_thing(doc, t, e))))
            best = e;
    }
    return best;
}

bool dgi_is_product(const struct dgi_doc *doc, const struct dgi_named *n)
{
    if (n->end > n->first + 1 && dgi_tok_in(doc, n->first, DGI_W_SHIP_MARK))
        return true;
    return n->tag == DGI_NAME_MISC &&
           (beside_a_thing(doc, n->first, n->end) || dgi_lemma_in(doc, n->end - 1, DGI_W_PRODUCT_THING));
}
