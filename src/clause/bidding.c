/* SPDX-License-Identifier: Apache-2.0 */
/* clause/bidding.c: what somebody is told in direct words: "Lay down your arms, the cardinal told the rebels".
 *
 * Reads   forms, parts of speech, tree
 *
 * An imperative before its verb of saying has no subject of its own, and whoever says it is none either: those are meant to whom it is
 * said. Parsers hang one of the two on the other as they like; so it is known by where it stands. */
#include "clause/repair.h"

enum { MOST_BID = 40 }; /* words from the imperative to who says it */

/* Nothing but quotation marks, "do", "not", "please" before x in its sentence. */
static bool opens(const struct dgi_reading *r, uint32_t x)
{
    for (uint32_t i = r->doc->sents[r->doc->toks[x].sent].first; i < x; i++)
        if (r->upos[i] != DGI_PUNCT && r->upos[i] != DGI_AUX && r->upos[i] != DGI_PART && r->upos[i] != DGI_ADV &&
            r->upos[i] != DGI_INTJ)
            return false;
    return true;
}

static bool is_bare(const struct dgi_reading *r, uint32_t x)
{
    const struct dgi_tok *t = r->doc->toks;
    if (r->upos[x] != DGI_VERB || (r->form[x] != DGI_FORM_BASE && r->form[x] != DGI_FORM_PRESENT) || !opens(r, x))
        return false;
    for (uint32_t ch = t[x].first_child; ch != DGI_NONE; ch = t[ch].next_sib)
        if (ch < x &&
            (dgi_rel_base(t[ch].rel) == DGI_REL_NSUBJ || t[ch].rel == DGI_REL_MARK || r->form[ch] == DGI_FORM_MODAL))
            return false;
    return true;
}

/* Has the verb v a subject right before it, behind a comma or a quotation mark that ends the words of x? */
static bool says_after(const struct dgi_reading *r, uint32_t v, uint32_t x)
{
    const struct dgi_tok *t = r->doc->toks;
    uint32_t s = dgi_child_base(r->doc, v, DGI_REL_NSUBJ, DGI_NONE), first, end;
    if (s == DGI_NONE || s < x || r->upos[v] != DGI_VERB)
        return false;
    if (s > v) /* "said the radio" */
        return v > 0 && r->upos[v - 1] == DGI_PUNCT;
    dgi_subtree(r->doc, s, &first, &end);
    return first > x && r->upos[first - 1] == DGI_PUNCT && t[s].sent == t[x].sent;
}

uint32_t dgi_bid_by(const struct dgi_reading *r, uint32_t x)
{
    const struct dgi_tok *t = r->doc->toks;
    if (!is_bare(r, x))
        return DGI_NONE;
    uint32_t h = t[x].head;
    if (h != DGI_NONE && h > x && h < x + MOST_BID && says_after(r, h, x) &&
        (t[x].rel == DGI_REL_CCOMP || t[x].rel == DGI_REL_PARATAXIS || dgi_rel_base(t[x].rel) == DGI_REL_ADVCL))
        return h;
    for (uint32_t ch = t[x].first_child; ch != DGI_NONE; ch = t[ch].next_sib)
        if (ch > x && ch < x + MOST_BID && t[ch].rel == DGI_REL_PARATAXIS && says_after(r, ch, x))
            return ch;
    return DGI_NONE;
}

uint32_t dgi_bidding(const struct dgi_reading *r, uint32_t v)
{
    const struct dgi_tok *t = r->doc->toks;
    uint32_t from = r->doc->sents[t[v].sent].first;
    for (uint32_t i = from; i < v && i < from + 6; i++)
        if (dgi_bid_by(r, i) == v)
            return i;
    return DGI_NONE;
}

uint32_t dgi_bidden(const struct dgi_reading *r, uint32_t v)
{
    const struct dgi_tok *t = r->doc->toks;
    uint32_t o = dgi_child(r->doc, v, DGI_REL_IOBJ, DGI_NONE);
    if (o == DGI_NONE || o < v)
        o = dgi_child(r->doc, v, DGI_REL_OBJ, DGI_NONE);
    if (o != DGI_NONE && o > v)
        return o;
    for (o = t[v].first_child; o != DGI_NONE; o = t[o].next_sib)
        if (o > v && dgi_rel_base(t[o].rel) == DGI_REL_OBL &&
            (dgi_prep_is(r, o, DGI_PREP_TO) || dgi_prep_is(r, o, DGI_PREP_ON)))
            return o;
    return DGI_NONE;
}
