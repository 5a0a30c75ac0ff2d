/* SPDX-License-Identifier: Apache-2.0 */
/* code/background.c: what a sentence only mentions: what a law holds at all times, and deeds that say no more than whom is meant.
 *
 * Reads   events in the making, clauses; classes rule_text, rule_aux, definite of function_words.tsv
 * Writes  nothing; says that an event is none
 *
 * "A red notice does not force states to arrest anybody", "the families of those killed": neither tells that something
 * happened. Asked after the sides are known, so that what is linked or has a side of its own stays. */
#include "code/coder.h"

enum { MOST_UP = 8 }; /* steps up the tree */

/* "The constitution forbids", "a notice may limit": at all times, not that it has just done so. */
static bool holds_always(const struct coder *c, const struct dgi_clause *k)
{
    if (k->subject == DGI_NONE || !dgi_lemma_in(c->doc, k->subject, DGI_W_RULE_TEXT) || k->perfect)
        return false;
    return (k->mood == DGI_MOOD_INDICATIVE && k->tense == DGI_TENSE_PRESENT && k->form != DGI_FORM_ING) ||
           (k->modal != DGI_NONE && dgi_lemma_in(c->doc, k->modal, DGI_W_RULE_AUX));
}

/* What a law contains, in its own clause or below it. A clause in the past tells what happened. */
static bool in_a_rule(const struct coder *c, const struct draft *w)
{
    const struct dgi_tok *t = c->doc->toks;
    uint32_t v = w->light ? w->light_tok : w->tok;
    for (int i = 0; i < MOST_UP && v != DGI_NONE; i++) {
        const struct dgi_clause *k = dgi_clause_at(c->doc, v);
        if (k && holds_always(c, k))
            return true;
        if ((k && k->finite && k->tense == DGI_TENSE_PAST) || dgi_rel_base(t[v].rel) == DGI_REL_NSUBJ ||
            (t[v].rel == DGI_REL_CONJ && k && k->subject != DGI_NONE))
            return false;
        v = t[v].head;
    }
    return false;
}

/* "The families of those killed", "the men arrested": a participle alone after a noun that is known says who is meant. */
static bool only_picks_out(const struct coder *c, const struct draft *w)
{
    const struct dgi_tok *t = c->doc->toks;
    uint32_t h = t[w->tok].head;
    if (w->nominal || w->parent != DGI_NONE || c->r.form[w->tok] != DGI_FORM_PARTICIPLE ||
        dgi_rel_base(t[w->tok].rel) != DGI_REL_ACL || h == DGI_NONE || h + 1 != w->tok)
        return false;
    for (uint32_t ch = t[w->tok].first_child; ch != DGI_NONE; ch = t[ch].next_sib)
        if (c->r.upos[ch] != DGI_PUNCT)
            return false;
    if (dgi_child(c->doc, h, DGI_REL_NUMMOD, DGI_NONE) != DGI_NONE) /* "the two men killed": so many were */
        return false;
    uint32_t det = dgi_child(c->doc, h, DGI_REL_DET, DGI_NONE);
    return dgi_tok_in(c->doc, h, DGI_W_DEFINITE) || (det != DGI_NONE && dgi_tok_in(c->doc, det, DGI_W_DEFINITE));
}

bool dgi_is_background(const struct coder *c, const struct draft *w)
{
    return !c->no_veto && (in_a_rule(c, w) || only_picks_out(c, w));
}
