/* SPDX-License-Identifier: Apache-2.0 */
/* code/runs.c: fixed expressions: words that stand in this order after the trigger ("turned its [back on X]").
 *
 * Reads   lemmas, forms, parts of speech; of the tree only which noun heads a phrase
 * Writes  coder.run: the phrase that stands for X
 *
 * An idiom is frozen, and where it is, parsers are at their worst: "back" is read as a particle, "brush-off" as a verb. So its
 * words are compared as they stand; articles, owners, adjectives and adverbs between them do not count. */
#include "code/coder.h"

enum { MAX_SKIP = 4, MAX_GAP = 8 };

static bool is_word(const struct coder *c, uint32_t tok, const struct run_word *e)
{
    if (c->r.lem[tok] && dgi_in_words(e->word, e->n_words, c->r.lem[tok]))
        return true;
    if (!c->low[tok])
        c->low[tok] = 1 + dgi_lexis_id_lower(&c->t->lx, c->doc->toks[tok].form);
    return c->low[tok] > 1 && dgi_in_words(e->word, e->n_words, c->low[tok] - 1);
}

/* Words between those of an expression: "its", "the", "very cold", "-". */
static bool is_between(const struct coder *c, uint32_t tok)
{
    switch (c->r.upos[tok]) {
    case DGI_DET:
    case DGI_ADJ:
    case DGI_ADV:
    case DGI_NUM: return true;
    case DGI_PRON: return dgi_tok_in(c->doc, tok, DGI_W_POSSESSIVE);
    case DGI_PUNCT: return c->doc->toks[tok].form.len && strchr("-'\"`", c->doc->toks[tok].form.ptr[0]) != NULL;
    case DGI_PART: return c->doc->toks[tok].rel == DGI_REL_CASE;
    default: return false;
    }
}

static bool is_noun(const struct coder *c, uint32_t tok)
{
    uint8_t u = c->r.upos[tok];
    return u == DGI_NOUN || u == DGI_PROPN || (u == DGI_PRON && !dgi_tok_in(c->doc, tok, DGI_W_POSSESSIVE)) ||
           c->r.cover[tok] != DGI_NONE;
}

/* The head of the phrase that begins at `from` and stays before `end`. */
static uint32_t phrase_head(const struct coder *c, uint32_t from, uint32_t end)
{
    const struct dgi_tok *t = c->doc->toks;
    uint32_t h = from;
    for (int i = 0; i < MAX_GAP; i++) {
        uint32_t up = t[h].head;
        if (up == DGI_NONE || up <= h || up >= end || !(c->r.upos[up] == DGI_NOUN || c->r.upos[up] == DGI_PROPN))
            break;
        h = up;
    }
    return h;
}

/* Does the rest of the expression, from its word `k`, stand at `at`? *x: the phrase that is X. */
static bool stands(const struct coder *c, const struct run *r, uint32_t k, uint32_t at, uint32_t end, uint32_t *x,
                   struct dgi_fill *words)
{
    if (k == r->n)
        return true;
    const struct run_word *e = &r->el[k];
    for (uint32_t i = 0; e->gap && i <= MAX_GAP && at + i < end; i++)
        if (stands(c, r, k + 1, at + i, end, x, words))
            return true;
    if (e->gap)
        return false;
    for (uint32_t i = 0; i <= MAX_SKIP && at < end; i++, at++) {
        if (e->n_words && is_word(c, at, e)) {
            uint32_t n = words->n;
            dgi_fill_add(words, at);
            if (stands(c, r, k + 1, at + 1, end, x, words))
                return true;
            words->n = n;
        } else if (!e->n_words && is_noun(c, at)) {
            if (k + 1 == r->n) {
                *x = phrase_head(c, at, end < at + MAX_GAP ? end : at + MAX_GAP);
                return true;
            }
            for (uint32_t j = at + 1; j < end && j < at + MAX_GAP; j++)
                if (is_word(c, j, &r->el[k + 1]) && stands(c, r, k + 1, j, end, x, words)) {
                    *x = phrase_head(c, at, j);
                    return true;
                }
            return false;
        }
        if (!is_between(c, at))
            return false;
    }
    return false;
}

bool dgi_run_stands(const struct coder *c, uint32_t tok, const struct run *r, struct dgi_fill *used)
{
    uint32_t end = c->doc->sents[c->doc->toks[tok].sent].end, x = DGI_NONE, k = 0;
    struct dgi_fill words = {{0}, 0};
    bool passive = !r->el[0].n_words && c->r.upos[tok] == DGI_VERB && dgi_is_passive(&c->r, tok);
    if (passive) { /* "was given the cold shoulder": X is whom it is done to */
        struct dgi_fill f = {{0}, 0};
        dgi_objects(&c->r, tok, &f);
        if (!f.n)
            return false;
        x = f.tok[0];
        k = 1;
    }
    if (!stands(c, r, k, tok + 1, end, &x, &words))
        return false;
    c->run[tok] = x;
    for (uint32_t i = 0; i < words.n && used; i++)
        dgi_fill_add(used, words.tok[i]);
    return true;
}
