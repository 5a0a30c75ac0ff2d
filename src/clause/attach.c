/* SPDX-License-Identifier: Apache-2.0 */
/* clause/attach.c: clauses joined by "and" whose second subject the parser took for one more noun of the first.
 *
 * Reads   tree, tags
 * Writes  tree: the noun hangs on its verb, the verb beside that of the first clause; and what is called a second object and is the only
 * one is the object */
#include "clause/attach.h"

enum {
    MAX_NAME = 4,  /* words of a name, up to its head */
    MAX_CHAIN = 6, /* heads from the noun up to the verb of its clause */
    MAX_ADVERBS = 2
};

static bool has_child_behind(const struct dgi_doc *doc, uint32_t v, uint8_t rel)
{
    uint32_t ch = dgi_child_base(doc, v, rel, DGI_NONE);
    return ch != DGI_NONE && ch > v;
}

/* May v be the verb of a clause of its own, whose subject hangs elsewhere? In the past it looks like a participle, which has no object. */
static bool lacks_subject(const struct dgi_doc *doc, uint32_t v)
{
    const struct dgi_tok *t = &doc->toks[v];
    const uint8_t rel = dgi_rel_base(t->rel);
    return t->upos == DGI_VERB && (dgi_str_is(t->xpos, "VBD") || dgi_str_is(t->xpos, "VBZ")) && t->head != DGI_NONE &&
           t->head < v &&
           (rel == DGI_REL_CONJ || rel == DGI_REL_CCOMP || rel == DGI_REL_ADVCL || rel == DGI_REL_PARATAXIS ||
            rel == DGI_REL_DEP) &&
           dgi_child_base(doc, v, DGI_REL_NSUBJ, DGI_NONE) == DGI_NONE &&
           dgi_child(doc, v, DGI_REL_MARK, DGI_NONE) == DGI_NONE &&
           (has_child_behind(doc, v, DGI_REL_OBJ) || has_child_behind(doc, v, DGI_REL_CCOMP) ||
            has_child_behind(doc, v, DGI_REL_XCOMP));
}

/* The verb of the clause that n stands in, at most a few nouns up; DGI_NONE: none. */
static uint32_t verb_above(const struct dgi_doc *doc, uint32_t n)
{
    const struct dgi_tok *t = doc->toks;
    for (int i = 0; i < MAX_CHAIN && n != DGI_NONE; i++, n = t[n].head)
        if (t[n].upos == DGI_VERB)
            return n;
    return DGI_NONE;
}

static bool is_below(const struct dgi_doc *doc, uint32_t x, uint32_t top)
{
    while (x != DGI_NONE && x != top)
        x = doc->toks[x].head;
    return x == top;
}

/* "prepared sanctions against Belarus and Russia sent bombers": a finite verb right behind two nouns joined by "and" has the second
 * for its subject, if none other. True when a word was hung elsewhere. */
bool dgi_split_joined(struct dgi_doc *doc)
{
    struct dgi_tok *t = doc->toks;
    bool moved = false;
    for (uint32_t v = 3; v < doc->n_toks; v++) {
        if (!lacks_subject(doc, v))
            continue;
        uint32_t n = v - 1;
        for (int i = 0; i < MAX_ADVERBS && n && t[n].head == v && t[n].upos == DGI_ADV; i++)
            n--;
        for (int i = 0; i < MAX_NAME && t[n].rel == DGI_REL_FLAT && t[n].head != DGI_NONE; i++)
            n = t[n].head;
        uint32_t cc = dgi_child(doc, n, DGI_REL_CC, DGI_NONE), main;
        if (t[n].rel != DGI_REL_CONJ || (t[n].upos != DGI_PROPN && t[n].upos != DGI_NOUN) || t[n].head == DGI_NONE ||
            t[n].head > n || cc == DGI_NONE || cc > n || !dgi_tok_in(doc, cc, DGI_W_AND) ||
            (main = verb_above(doc, t[n].head)) == DGI_NONE || main > n || is_below(doc, main, v))
            continue;
        t[n].head = v;
        t[n].rel = DGI_REL_NSUBJ;
        t[cc].head = v;
        t[v].head = main;
        t[v].rel = DGI_REL_CONJ;
        moved = true;
    }
    return moved;
}

/* "threatened Chad with war": of a verb with one object that is the direct one, whatever it was called. Not of "as he told reporters", "a prize
 * awarded the poet", whose other object is what stands outside. */
void dgi_name_objects(struct dgi_doc *doc)
{
    struct dgi_tok *t = doc->toks;
    for (uint32_t o = 1; o < doc->n_toks; o++) {
        const uint32_t v = t[o].rel == DGI_REL_IOBJ ? t[o].head : DGI_NONE;
        if (v == DGI_NONE || v > o || t[v].upos != DGI_VERB ||
            (t[v].rel != DGI_REL_ROOT && t[v].rel != DGI_REL_CONJ && t[v].rel != DGI_REL_CCOMP &&
             t[v].rel != DGI_REL_XCOMP) ||
            dgi_child(doc, v, DGI_REL_OBJ, DGI_NONE) != DGI_NONE ||
            dgi_child(doc, v, DGI_REL_CCOMP, DGI_NONE) != DGI_NONE ||
            dgi_child(doc, v, DGI_REL_XCOMP, DGI_NONE) != DGI_NONE ||
            dgi_child(doc, v, DGI_REL_PARATAXIS, DGI_NONE) != DGI_NONE)
            continue;
        t[o].rel = DGI_REL_OBJ;
    }
}

/* "warned in a televised speech that his country would strike": a clause with "that" and a subject of its own, hung on a day, a place or
 * an occasion of a verb without one, is what that verb says; "in the belief that" has the article of what is believed. True when a
 * word was hung elsewhere. */
bool dgi_lift_told(struct dgi_doc *doc)
{
    struct dgi_tok *t = doc->toks;
    bool moved = false;
    for (uint32_t x = 2; x < doc->n_toks; x++) {
        uint32_t n = t[x].rel == DGI_REL_ACL ? t[x].head : DGI_NONE, mark, v = n, det;
        if (n == DGI_NONE || n > x || (mark = dgi_child(doc, x, DGI_REL_MARK, DGI_NONE)) == DGI_NONE ||
            !dgi_tok_in(doc, mark, DGI_W_THAT) || dgi_child_base(doc, x, DGI_REL_NSUBJ, DGI_NONE) == DGI_NONE)
            continue;
        det = dgi_child(doc, n, DGI_REL_DET, DGI_NONE);
        if (t[n].upos != DGI_PROPN && t[n].upos != DGI_NUM &&
            (det == DGI_NONE || !dgi_tok_in(doc, det, DGI_W_INDEFINITE)))
            continue;
        for (int up = 0; up < 3 && v != DGI_NONE && t[v].upos != DGI_VERB; up++)
            v = t[v].head;
        if (v == DGI_NONE || t[v].upos != DGI_VERB || v > n || dgi_rel_base(t[n].rel) == DGI_REL_OBJ ||
            dgi_child(doc, v, DGI_REL_CCOMP, DGI_NONE) != DGI_NONE ||
            dgi_child(doc, v, DGI_REL_OBJ, DGI_NONE) != DGI_NONE)
            continue;
        t[x].head = v;
        t[x].rel = DGI_REL_CCOMP;
        moved = true;
    }
    return moved;
}
