/* SPDX-License-Identifier: Apache-2.0 */
/* code/parties.c: between whom a deal, a truce or talks are, where the noun's own phrase does not say so.
 *
 * Reads   events in the making with their sides, tree; set `broker_verb` of function_words.tsv
 * Writes  draft.side[] of nouns of agreement and meeting, of the verb that tells who brokered them
 *
 * "Greece and Turkey drew back under a deal brokered by the United States": who brokers a deal is no party to it; the parties are
 * those who do under it what it says, two or more of them. "invited Webster to talks": whom one invites is who one will talk with. */
#include "code/coder.h"

enum { MOST_UP = 4 };

static bool of_agreement(const struct draft *w)
{
    uint8_t p = w->frame->plover;
    return p == DGI_AGREE || p == DGI_CONCEDE || p == DGI_CONSULT || p == DGI_SUPPORT || p == DGI_RETREAT;
}

bool dgi_is_broker(const struct coder *c, uint32_t tok)
{
    uint32_t v = c->doc->toks[tok].head;
    return v != DGI_NONE && c->doc->toks[tok].rel == DGI_REL_OBL_AGENT && c->r.form[v] == DGI_FORM_PARTICIPLE &&
           dgi_rel_base(c->doc->toks[v].rel) == DGI_REL_ACL && dgi_lemma_in(c->doc, v, DGI_W_BROKER_VERB);
}

/* The verb that says who brokered what n is; DGI_NONE. */
static uint32_t broker_verb(const struct coder *c, uint32_t n)
{
    const struct dgi_tok *t = c->doc->toks;
    for (uint32_t ch = t[n].first_child; ch != DGI_NONE; ch = t[ch].next_sib)
        if (dgi_rel_base(t[ch].rel) == DGI_REL_ACL && c->r.form[ch] == DGI_FORM_PARTICIPLE &&
            dgi_lemma_in(c->doc, ch, DGI_W_BROKER_VERB))
            return ch;
    return DGI_NONE;
}

static void without(struct actor_refs *from, const struct actor_refs *them)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < from->n; i++) {
        struct actor_refs one = {.ref = {from->ref[i]}, .n = 1};
        if (!dgi_refs_same(&one, them))
            from->ref[n++] = from->ref[i];
    }
    from->n = n;
}

static void add_all(const struct coder *c, struct actor_refs *out, const struct actor_refs *more)
{
    for (uint32_t i = 0; i < more->n; i++) {
        struct actor_refs one = {.ref = {more->ref[i]}, .n = 1};
        if (!dgi_refs_share(c, &one, out))
            dgi_refs_add(out, more->ref[i]);
    }
}

static void subject_of(const struct coder *c, uint32_t v, struct actor_refs *out)
{
    struct dgi_fill f = {{0}, 0};
    struct actor_refs r = {.n = 0};
    dgi_fill_add(&f, dgi_surface_subject(&c->r, v));
    dgi_fill_expand(&c->r, &f);
    for (uint32_t i = 0; i < f.n; i++)
        if (f.tok[i] != DGI_NONE)
            dgi_actors_at(c, f.tok[i], true, &r, 0);
    add_all(c, out, &r);
}

/* Who acts in the clause under the noun: its subject, those of the clauses joined to it, the other side of what is done there. */
static void who_acts(const struct coder *c, uint32_t n, struct actor_refs *out)
{
    const struct dgi_tok *t = c->doc->toks;
    uint32_t v = n;
    for (uint32_t ch = t[n].first_child; ch != DGI_NONE; ch = t[ch].next_sib) /* "a deal under which both states" */
        if (t[ch].rel == DGI_REL_ACL_RELCL && dgi_surface_subject(&c->r, ch) != DGI_NONE)
            subject_of(c, ch, out);
    if (out->n > 1)
        return;
    for (int k = 0; k < MOST_UP && v != DGI_NONE && c->r.upos[v] != DGI_VERB; k++) {
        uint8_t rel = dgi_rel_base(t[v].rel);
        if (rel != DGI_REL_OBL && rel != DGI_REL_NMOD)
            return;
        v = t[v].head;
    }
    if (v == DGI_NONE || c->r.upos[v] != DGI_VERB)
        return;
    const struct draft *e = c->ev[v] == DGI_NONE ? NULL : &c->w[c->ev[v]];
    if (!dgi_is_passive(&c->r, v))
        subject_of(c, v, out);
    for (uint32_t ch = t[v].first_child; ch != DGI_NONE; ch = t[ch].next_sib)
        if (t[ch].rel == DGI_REL_CONJ && c->r.upos[ch] == DGI_VERB && !dgi_is_passive(&c->r, ch))
            subject_of(c, ch, out);
    if (out->n == 1 && e && !e->dropped && e->frame->plover != DGI_ACCUSE)
        add_all(c, out, &e->side[DGI_SIDE_TARGET]);
}

/* All of them powers or their people, of two powers at least. */
static bool are_two(const struct coder *c, const struct actor_refs *r)
{
    const struct dgi_entity *e = c->doc->entities;
    if (r->n < 2)
        return false;
    for (uint32_t i = 0; i < r->n; i++)
        if (!e[r->ref[i].entity].political ||
            (!e[r->ref[i].entity].country[0] && e[r->ref[i].entity].type != DGI_ENT_GROUP))
            return false;
    return !dgi_same_power(&e[r->ref[0].entity], &e[r->ref[1].entity]);
}

static void find_parties(struct coder *c, struct draft *w)
{
    const struct dgi_tok *t = c->doc->toks;
    uint32_t n = w->tok, v;
    struct actor_refs broker = {.n = 0}, all = {.n = 0};
    if (!w->nominal && w->passive && t[n].rel == DGI_REL_ACL && t[n].head != DGI_NONE &&
        t[t[n].head].mention == DGI_NONE && !dgi_lemma_in(c->doc, n, DGI_W_BROKER_VERB))
        n = t[n].head; /* "an accord signed in Lusaka" */
    else if (!w->nominal)
        return;
    if (!of_agreement(w) || w->frame->role[ROLE_SOURCE].none || c->r.upos[n] != DGI_NOUN)
        return;
    v = broker_verb(c, n);
    for (uint32_t ch = v == DGI_NONE ? v : t[v].first_child; ch != DGI_NONE; ch = t[ch].next_sib)
        if (dgi_is_broker(c, ch))
            dgi_actors_at(c, ch, true, &broker, 0);
    bool met = w->frame->plover == DGI_CONSULT && !broker.n; /* who met is told by others: sides.c */
    if (met || (w->side[DGI_SIDE_SOURCE].n && !dgi_refs_same(&w->side[DGI_SIDE_SOURCE], &broker)))
        return;
    who_acts(c, n, &all);
    without(&all, &broker);
    if (are_two(c, &all)) {
        w->side[DGI_SIDE_SOURCE] = all;
        w->side[DGI_SIDE_TARGET].n = 0;
        w->recip = w->own_actor = true;
        dgi_trace_add(c->doc, w->tok, "source", "who acts under it");
    } else {
        without(&w->side[DGI_SIDE_SOURCE], &broker);
    }
    uint32_t b = v == DGI_NONE ? v : c->ev[v];
    if (b != DGI_NONE && w->recip && !c->w[b].side[DGI_SIDE_TARGET].n && !c->w[b].frame->role[ROLE_TARGET].none) {
        c->w[b].side[DGI_SIDE_TARGET] = w->side[DGI_SIDE_SOURCE];
        dgi_trace_add(c->doc, v, "target", "between whom it is brokered");
    }
}

void dgi_fill_parties(struct coder *c)
{
    for (uint32_t i = 0; i < c->n_w; i++)
        if (!c->w[i].used_up && !dgi_for_board(c->w[i].frame))
            find_parties(c, &c->w[i]);
}

void dgi_fill_offered_talks(struct coder *c)
{
    const struct dgi_tok *t = c->doc->toks;
    for (uint32_t i = 0; i < c->n_w; i++) {
        struct draft *w = &c->w[i];
        uint32_t h = t[w->tok].head, e = h == DGI_NONE ? h : c->ev[h];
        uint8_t rel = dgi_rel_base(t[w->tok].rel);
        if (e == DGI_NONE && h != DGI_NONE && dgi_rel_base(t[h].rel) == DGI_REL_OBJ && t[h].head != DGI_NONE)
            e = c->ev[t[h].head]; /* "invited him to talks", hung on him */
        const struct draft *p = e == DGI_NONE ? NULL : &c->w[e];
        if (w->dropped || !w->nominal || w->frame->plover != DGI_CONSULT || w->side[DGI_SIDE_TARGET].n ||
            w->side[DGI_SIDE_SOURCE].n != 1 || w->frame->role[ROLE_TARGET].none || !p || p == w || p->dropped ||
            !p->side[DGI_SIDE_TARGET].n || (rel != DGI_REL_OBL && rel != DGI_REL_NMOD && rel != DGI_REL_OBJ) ||
            (p->frame->plover != DGI_AGREE && p->frame->plover != DGI_REQUEST) ||
            !dgi_refs_same(&w->side[DGI_SIDE_SOURCE], &p->side[DGI_SIDE_SOURCE]))
            continue;
        w->side[DGI_SIDE_TARGET] = p->side[DGI_SIDE_TARGET];
        dgi_trace_add(c->doc, w->tok, "target", "who is asked to them");
    }
}
