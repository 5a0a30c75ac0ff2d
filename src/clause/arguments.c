/* SPDX-License-Identifier: Apache-2.0 */
/* clause/arguments.c: agents, objects, phrases and open complements of a verb, wherever they hang.
 *
 * Reads   clauses, tree, mentions
 * Writes  nothing; answers are lists of tokens
 *
 * What coordinated verbs share is given to each; the object of a relative clause is the noun that it describes. */
#include "clause/repair.h"

static uint32_t child(const struct dgi_reading *r, uint32_t tok, uint8_t rel)
{
    return dgi_child(r->doc, tok, rel, DGI_NONE);
}

/* The agent hangs on the other one of two coordinated passives. */
static void shared_agents(const struct dgi_reading *r, uint32_t v, struct dgi_fill *out)
{
    const struct dgi_tok *t = r->doc->toks;
    uint32_t start = out->n;
    if (t[v].rel == DGI_REL_CONJ && t[v].head != DGI_NONE && dgi_is_passive(r, t[v].head))
        for (uint32_t ch = t[t[v].head].first_child; ch != DGI_NONE; ch = t[ch].next_sib)
            if (t[ch].rel == DGI_REL_OBL_AGENT && ch > v)
                dgi_fill_add(out, ch);
    for (uint32_t w = t[v].first_child; w != DGI_NONE && out->n == start; w = t[w].next_sib)
        if (t[w].rel == DGI_REL_CONJ && dgi_is_passive(r, w) && child(r, w, DGI_REL_NSUBJ_PASS) == DGI_NONE)
            for (uint32_t ch = t[w].first_child; ch != DGI_NONE; ch = t[ch].next_sib)
                if (t[ch].rel == DGI_REL_OBL_AGENT)
                    dgi_fill_add(out, ch);
}

void dgi_agents(const struct dgi_reading *r, uint32_t v, struct dgi_fill *out)
{
    const struct dgi_tok *t = r->doc->toks;
    uint32_t start = out->n;
    for (uint32_t ch = t[v].first_child; ch != DGI_NONE; ch = t[ch].next_sib)
        if (t[ch].rel == DGI_REL_OBL_AGENT ||
            (!r->is_time[ch] && dgi_rel_base(t[ch].rel) == DGI_REL_OBL && dgi_prep_is(r, ch, DGI_PREP_AGENT)))
            dgi_fill_add(out, ch);
    if (out->n == start)
        shared_agents(r, v, out);
    if (out->n == start)
        dgi_nested_agents(r, v, out);
}

/* The noun that a relative clause with a subject of its own describes is its object, unless the pronoun says where or
 * stands after a preposition, or the clause has a complement that leaves no gap. */
static bool relative_object(const struct dgi_reading *r, uint32_t v, struct dgi_fill *out)
{
    const struct dgi_tok *t = r->doc->toks;
    bool relative_subject = false, elsewhere = false;
    for (uint32_t ch = t[v].first_child; ch != DGI_NONE; ch = t[ch].next_sib) {
        bool relative = dgi_is_relative(r->doc, ch);
        uint8_t b = dgi_rel_base(t[ch].rel);
        relative_subject = relative_subject || (relative && b == DGI_REL_NSUBJ);
        elsewhere = elsewhere || (relative ? b == DGI_REL_OBL : dgi_is_wh(r->doc, ch));
    }
    if (t[v].rel != DGI_REL_ACL_RELCL || relative_subject ||
        dgi_child_base(r->doc, v, DGI_REL_NSUBJ, DGI_NONE) == DGI_NONE || child(r, v, DGI_REL_CCOMP) != DGI_NONE ||
        child(r, v, DGI_REL_XCOMP) != DGI_NONE)
        return false;
    if (!elsewhere)
        dgi_fill_add(out, t[v].head);
    return true;
}

/* "repaired and sold the ships": the object of the first verb, where it stands after this one. */
static void shared_objects(const struct dgi_reading *r, uint32_t v, struct dgi_fill *out)
{
    uint32_t first = r->doc->toks[v].rel == DGI_REL_CONJ ? dgi_partner(r, v) : DGI_NONE;
    if (first == DGI_NONE || dgi_is_passive(r, first) || child(r, v, DGI_REL_CCOMP) != DGI_NONE)
        return;
    for (uint32_t o = child(r, first, DGI_REL_OBJ); o != DGI_NONE; o = dgi_child(r->doc, first, DGI_REL_OBJ, o))
        if (o > v)
            dgi_fill_add(out, o);
}

/* "The island that both claim": a conjunction by its tag is no object. */
static bool is_relative_object(const struct dgi_reading *r, uint32_t v, uint32_t o)
{
    const struct dgi_tok *t = r->doc->toks;
    return dgi_rel_base(t[v].rel) == DGI_REL_ACL &&
           (dgi_is_relative(r->doc, o) || (o < v && t[o].upos == DGI_SCONJ && t[v].rel == DGI_REL_ACL_RELCL));
}

void dgi_objects(const struct dgi_reading *r, uint32_t v, struct dgi_fill *out)
{
    const struct dgi_tok *t = r->doc->toks;
    uint32_t start = out->n;
    if (dgi_is_passive(r, v)) {
        dgi_fill_add(out, dgi_surface_subject(r, v));
        for (uint32_t o = child(r, v, DGI_REL_OBJ); o != DGI_NONE; o = dgi_child(r->doc, v, DGI_REL_OBJ, o))
            dgi_fill_add(out, o); /* "was given a warning" */
        return;
    }
    uint32_t to = dgi_recipient(r, v);
    for (uint32_t ch = t[v].first_child; ch != DGI_NONE; ch = t[ch].next_sib)
        if (t[ch].rel == DGI_REL_OBJ && (!r->cas[ch] || ch < v) && ch != to)
            dgi_fill_add(out, is_relative_object(r, v, ch) ? t[v].head : ch);
    if (out->n > start || relative_object(r, v, out))
        return;
    if ((t[v].rel == DGI_REL_AMOD && r->form[v] == DGI_FORM_PARTICIPLE) || dgi_is_gerund_of(r, v))
        dgi_fill_add(out, t[v].head);
    dgi_fill_add(out, dgi_particle_object(r, v));
    if (out->n == start)
        dgi_fill_add(out, child(r, v, DGI_REL_IOBJ)); /* "told the envoy that" */
    if (out->n == start)
        shared_objects(r, v, out);
    if (out->n == start)
        dgi_fill_add(out, dgi_later_object(r, v));
}

void dgi_phrases(const struct dgi_reading *r, uint32_t tok, uint32_t prep, uint8_t base, struct dgi_fill *out)
{
    const struct dgi_tok *t = r->doc->toks;
    for (uint32_t ch = t[tok].first_child; ch != DGI_NONE; ch = t[ch].next_sib) {
        uint8_t b = dgi_rel_base(t[ch].rel);
        if ((b == base || (base == DGI_REL_OBL && b == DGI_REL_NMOD) || (base == DGI_REL_NMOD && b == DGI_REL_OBL)) &&
            t[ch].rel != DGI_REL_NMOD_POSS && !r->is_time[ch] && (prep ? r->cas[ch] == prep : true))
            dgi_fill_add(out, ch);
    }
}

void dgi_shared_phrases(const struct dgi_reading *r, uint32_t v, uint32_t prep, struct dgi_fill *out)
{
    const struct dgi_tok *k = &r->doc->toks[v];
    struct dgi_fill up = {{0}, 0};
    if (k->rel != DGI_REL_CONJ || k->head == DGI_NONE)
        return;
    dgi_phrases(r, k->head, prep, DGI_REL_OBL, &up);
    for (uint32_t i = 0; i < up.n; i++)
        if (up.tok[i] > v)
            dgi_fill_add(out, up.tok[i]);
}

void dgi_open_complements(const struct dgi_reading *r, uint32_t v, struct dgi_fill *out)
{
    uint32_t start = out->n;
    for (uint32_t x = child(r, v, DGI_REL_XCOMP); x != DGI_NONE; x = dgi_child(r->doc, v, DGI_REL_XCOMP, x))
        dgi_fill_add(out, x);
    if (out->n == start)
        dgi_strayed_infinitives(r, v, out);
}
