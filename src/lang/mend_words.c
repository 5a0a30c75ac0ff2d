/* SPDX-License-Identifier: Apache-2.0 */
/* lang/mend_words.c: articles, possessors and prepositions that hang where none can.
 *
 * Reads   one sentence's tokens: upos, xpos, head, rel
 * Writes  token head, rel
 *
 * "The" is an article of the noun behind it, "its" and "'s" tell whose that noun is, a preposition marks its phrase: a network that calls
 * one of them an object or an oblique has the phrase right and the label wrong. */
#include "lang/mend.h"

enum { NEAR = 8 };

static bool is_noun(const struct dgi_tok *t)
{
    return t->upos == DGI_NOUN || t->upos == DGI_PROPN;
}

/* May stand between an article and its noun. */
static bool inside(const struct dgi_tok *t)
{
    return t->upos == DGI_ADJ || t->upos == DGI_NUM || t->upos == DGI_ADV || t->upos == DGI_DET ||
           (t->upos == DGI_PRON && dgi_str_is(t->xpos, "PRP$")) || dgi_str_is(t->xpos, "VBN") ||
           dgi_str_is(t->xpos, "VBG");
}

/* The noun of the phrase that begins behind x: the last of the nouns in a row, as far as they hang together. */
static uint32_t noun_behind(const struct dgi_tok *t, uint32_t x, uint32_t end)
{
    uint32_t n = x + 1;
    while (n < end && n < x + NEAR && !is_noun(&t[n]) && inside(&t[n]))
        n++;
    if (n >= end || !is_noun(&t[n]))
        return DGI_NONE;
    for (int i = 0; i < NEAR && t[n].head != DGI_NONE && t[n].head > n && t[n].head < end && t[n].head < n + NEAR &&
                    is_noun(&t[t[n].head]) &&
                    (t[n].rel == DGI_REL_COMPOUND || t[n].rel == DGI_REL_AMOD || t[n].rel == DGI_REL_NMOD_POSS);
         i++)
        n = t[n].head;
    return n;
}

static bool under(const struct dgi_tok *t, uint32_t x, uint32_t top)
{
    while (x != DGI_NONE && x != top)
        x = t[x].head;
    return x == top;
}

static bool hang(struct dgi_tok *t, uint32_t x, uint32_t head, uint8_t rel)
{
    if (head == DGI_NONE || under(t, head, x))
        return false;
    t[x].head = head;
    t[x].rel = rel;
    return true;
}

static bool part_of_phrase(uint8_t rel)
{
    rel = dgi_rel_base(rel);
    return rel == DGI_REL_OBJ || rel == DGI_REL_OBL || rel == DGI_REL_IOBJ || rel == DGI_REL_NSUBJ ||
           rel == DGI_REL_NMOD || rel == DGI_REL_COMPOUND || rel == DGI_REL_FLAT || rel == DGI_REL_AMOD ||
           rel == DGI_REL_APPOS || rel == DGI_REL_ADVMOD || rel == DGI_REL_CASE || rel == DGI_REL_PUNCT;
}

/* "Chad's reply": the mark hangs on the name before it, the name on the noun behind. */
static bool mends_owner(struct dgi_tok *t, uint32_t x, uint32_t first, uint32_t end)
{
    if (x == first || !is_noun(&t[x - 1]))
        return false;
    uint32_t p = x - 1, n = noun_behind(t, x, end);
    for (int i = 0; i < NEAR && t[p].head != DGI_NONE && t[p].head < x && t[p].head + NEAR > p &&
                    is_noun(&t[t[p].head]) && (t[p].rel == DGI_REL_FLAT || t[p].rel == DGI_REL_COMPOUND);
         i++)
        p = t[p].head;
    if (n == DGI_NONE || (t[x].rel == DGI_REL_CASE && t[x].head == p)) /* the mark is right, so is its owner */
        return false;
    if (under(t, n, x) || under(t, n, p)) {
        if (t[n].head != x && t[n].head != p)
            return false;
        uint32_t top = under(t, p, x) ? x : p;
        if (under(t, t[top].head, n) && t[top].head != DGI_NONE)
            return false;
        t[n].head = t[top].head;
        t[n].rel = t[top].rel;
        if (t[n].head == x || t[n].head == p)
            return false;
    }
    t[p].head = n;
    t[p].rel = DGI_REL_NMOD_POSS;
    t[x].head = p;
    t[x].rel = DGI_REL_CASE;
    return true;
}

/* "for [obl] the use [obl]": a preposition that is called what its phrase is. */
static bool mends_preposition(struct dgi_tok *t, uint32_t x, uint32_t end)
{
    uint32_t n = noun_behind(t, x, end);
    if (n == DGI_NONE || t[n].head == x)
        return false;
    for (uint32_t i = x + 1; i < n; i++)
        if (t[i].head == n && t[i].rel == DGI_REL_CASE)
            return false;
    if (!hang(t, x, n, DGI_REL_CASE))
        return false;
    if (t[n].rel == DGI_REL_OBJ)
        t[n].rel = DGI_REL_OBL;
    return true;
}

/* "is due to visit", read as "because of" before an infinitive: the adjective governs it, and has what stood before. */
static bool mends_due(struct dgi_tok *t, uint32_t x, uint32_t first, uint32_t end)
{
    const uint32_t v = t[x].head;
    if (x + 2 >= end || v <= x + 1 || v >= end || !dgi_str_is(t[v].xpos, "VB") || t[x + 1].head != x ||
        t[x + 1].rel != DGI_REL_FIXED || !dgi_str_is(t[x + 1].xpos, "TO"))
        return false;
    for (uint32_t i = first; i < x; i++)
        if (t[i].head == v)
            t[i].head = x;
    for (uint32_t i = v + 1; i < end; i++)
        if (t[i].head == v && t[i].rel == DGI_REL_PUNCT && t[v].head == DGI_NONE)
            t[i].head = x;
    t[x].head = t[v].head;
    t[x].rel = t[v].rel;
    t[x].feats = DGI_S("Degree=Pos");
    t[v].head = x;
    t[v].rel = DGI_REL_XCOMP;
    t[x + 1].head = v;
    t[x + 1].rel = DGI_REL_MARK;
    return true;
}

uint32_t dgi_mend_words(struct dgi_tok *t, uint32_t first, uint32_t end)
{
    uint32_t n = 0;
    for (uint32_t x = first; x < end; x++) {
        const struct dgi_tok *k = &t[x];
        if (k->rel == DGI_REL_MARK && k->upos == DGI_ADJ && k->head != DGI_NONE)
            n += mends_due(t, x, first, end);
        if (k->head == DGI_NONE || !part_of_phrase(k->rel))
            continue;
        if (k->upos == DGI_PART && dgi_str_is(k->xpos, "POS"))
            n += mends_owner(t, x, first, end);
        else if (k->upos == DGI_DET && dgi_str_is(k->xpos, "DT"))
            n += hang(t, x, noun_behind(t, x, end), DGI_REL_DET);
        else if (dgi_str_is(k->xpos, "PRP$") && k->rel != DGI_REL_NMOD_POSS)
            n += hang(t, x, noun_behind(t, x, end), DGI_REL_NMOD_POSS);
        else if (k->upos == DGI_ADP && dgi_str_is(k->xpos, "IN") && k->rel != DGI_REL_CASE &&
                 k->rel != DGI_REL_ADVMOD && k->rel != DGI_REL_COMPOUND_PRT)
            n += mends_preposition(t, x, end);
    }
    return n;
}
