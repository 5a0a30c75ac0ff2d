/* SPDX-License-Identifier: Apache-2.0 */
/* clause/attach.c: objects and clauses that hang on the right word by the wrong name, or on the wrong word.
 *
 * Reads   tree, tags
 * Writes  tree: the only object of a verb is the direct one; what is said on an occasion hangs on the verb and not on the occasion
 *
 * A second subject that the parser joined to a noun of the first clause is mended before, beside the other arcs (lang/mend.c). */
#include "clause/attach.h"

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
