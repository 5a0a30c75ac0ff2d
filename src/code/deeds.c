/* SPDX-License-Identifier: Apache-2.0 */
/* code/deeds.c: a deed and its result: who did what befell others, and whom the deed struck.
 *
 * Reads   events in the making with their sides
 * Writes  draft.side[]
 *
 * "Gunmen fired on a bus, killing nine", "two were killed in a clash with tribesmen", "police killed six in a raid": two words tell one
 * deed, and what one of them names is true of the other. Runs last, so that nothing is borrowed where a clause says it itself. */
#include "code/coder.h"

enum { DEEPEST = 4 };

static struct draft *event_at(struct coder *c, uint32_t tok)
{
    uint32_t e = tok == DGI_NONE ? DGI_NONE : c->ev[tok];
    return e != DGI_NONE && !c->w[e].dropped ? &c->w[e] : NULL;
}

/* Does the word say that people were killed, hurt, seized, and whom? */
static const struct draft *result_at(struct coder *c, uint32_t tok)
{
    const struct draft *r = event_at(c, tok);
    return r && r->tok == tok && r->frame->plover == DGI_ASSAULT && !r->nominal && r->side[DGI_SIDE_TARGET].n &&
                   dgi_lemma_has(&c->r, tok, DGI_LEX_HARM)
               ? r
               : NULL;
}

/* "killed six in a raid", "during a series of raids": the verb in whose course the noun is; DGI_NONE. */
static uint32_t verb_around(const struct coder *c, uint32_t tok)
{
    const struct dgi_tok *t = c->doc->toks;
    const struct dgi_lexis *lx = &c->t->lx;
    while (dgi_rel_base(t[tok].rel) == DGI_REL_NMOD && t[tok].head != DGI_NONE &&
           c->r.cas[tok] == lx->prep[DGI_PREP_OF] && dgi_lemma_has(&c->r, t[tok].head, DGI_LEX_TRANSPARENT))
        tok = t[tok].head;
    uint32_t by = c->r.cas[tok];
    bool during = by && (by == lx->prep[DGI_PREP_IN] ||
                         (lx->bits[by] & (DGI_LEX_MEETING_PREP | DGI_LEX_SIDE_PREP)) == DGI_LEX_MEETING_PREP);
    return during && dgi_rel_base(t[tok].rel) == DGI_REL_OBL ? t[tok].head : DGI_NONE;
}

/* "Troops killed six rebels in a raid", "captured two during raids": it was their raid. */
static void done_within(struct coder *c, struct draft *w)
{
    if (w->frame->plover != DGI_ASSAULT || !w->nominal || w->light_tok != DGI_NONE || w->side[DGI_SIDE_SOURCE].n ||
        w->frame->role[ROLE_SOURCE].none)
        return;
    uint32_t v = verb_around(c, w->tok);
    const struct draft *r = event_at(c, v);
    if (!r || r == w || r->tok != v || r->nominal || r->passive ||
        (r->frame->plover != DGI_ASSAULT && r->frame->plover != DGI_COERCE) ||
        dgi_refs_share(c, &r->side[DGI_SIDE_SOURCE], &w->side[DGI_SIDE_TARGET]))
        return;
    w->side[DGI_SIDE_SOURCE] = r->side[DGI_SIDE_SOURCE];
    if (w->side[DGI_SIDE_SOURCE].n)
        dgi_trace_add(c->doc, w->tok, "source", "of the deed in whose course it is told");
}

/* "Gunmen fired on a bus, killing nine", "the blast that killed two", "four were killed in a raid", "the raid killed four":
 * who is hit by a deed that names nobody is who its result befell. */
static void befallen(struct coder *c, struct draft *w)
{
    const struct dgi_tok *t = c->doc->toks;
    const struct draft *r = NULL;
    uint32_t h = t[w->tok].head;
    uint8_t rel = dgi_rel_base(t[w->tok].rel);
    if (w->frame->plover != DGI_ASSAULT || w->side[DGI_SIDE_TARGET].n || w->frame->role[ROLE_TARGET].none ||
        ((w->frame->flags & FRAME_RECIP) && w->side[DGI_SIDE_SOURCE].n > 1)) /* "exchanged fire": at each other */
        return;
    for (uint32_t ch = t[w->tok].first_child; ch != DGI_NONE && !r; ch = t[ch].next_sib) {
        uint8_t k = dgi_rel_base(t[ch].rel);
        if (k == DGI_REL_ADVCL || k == DGI_REL_ACL || k == DGI_REL_CONJ)
            r = result_at(c, ch);
    }
    if (!r && w->nominal && h != DGI_NONE && (rel == DGI_REL_NSUBJ || (rel == DGI_REL_OBL && dgi_is_passive(&c->r, h))))
        r = result_at(c, h);
    if (!r && w->nominal)
        r = result_at(c, verb_around(c, w->tok));
    if (!r || r == w)
        return;
    w->side[DGI_SIDE_TARGET] = r->side[DGI_SIDE_TARGET];
    if (w->side[DGI_SIDE_SOURCE].n && dgi_refs_same(&w->side[DGI_SIDE_SOURCE], &w->side[DGI_SIDE_TARGET]))
        w->side[DGI_SIDE_TARGET].n = 0;
    else
        dgi_trace_add(c->doc, w->tok, "target", "whom its result befell");
}

/* "Two soldiers were killed in fighting with rebels": with whom they fought killed them, and they are the other side of the fight. */
static void fought_with(struct coder *c, struct draft *w)
{
    const struct dgi_tok *t = c->doc->toks;
    struct draft *kill = t[w->tok].head == DGI_NONE ? NULL : event_at(c, t[w->tok].head);
    uint8_t rel = dgi_rel_base(t[w->tok].rel);
    bool in_it = rel == DGI_REL_OBL || (rel == DGI_REL_ADVCL && c->r.form[w->tok] == DGI_FORM_ING);
    if (w->frame->plover != DGI_ASSAULT || !in_it || !kill || kill == w || !kill->passive || !result_at(c, kill->tok) ||
        !w->side[DGI_SIDE_TARGET].n || kill->side[DGI_SIDE_SOURCE].n || kill->frame->role[ROLE_SOURCE].none)
        return;
    bool theirs = dgi_refs_share(c, &w->side[DGI_SIDE_SOURCE], &kill->side[DGI_SIDE_TARGET]);
    if ((w->side[DGI_SIDE_SOURCE].n ? !theirs : !(w->frame->flags & FRAME_RECIP)) ||
        dgi_refs_share(c, &w->side[DGI_SIDE_TARGET], &kill->side[DGI_SIDE_TARGET]))
        return;
    kill->side[DGI_SIDE_SOURCE] = w->side[DGI_SIDE_TARGET];
    w->side[DGI_SIDE_SOURCE] = kill->side[DGI_SIDE_TARGET];
    dgi_trace_add(c->doc, kill->tok, "source", "with whom they fought");
    struct draft *first = t[kill->tok].rel == DGI_REL_CONJ ? event_at(c, t[kill->tok].head) : NULL;
    if (first && first->passive && result_at(c, first->tok) && !first->side[DGI_SIDE_SOURCE].n &&
        !first->frame->role[ROLE_SOURCE].none &&
        !dgi_refs_share(c, &w->side[DGI_SIDE_TARGET],
                        &first->side[DGI_SIDE_TARGET])) /* "one was killed and two hurt in" */
        first->side[DGI_SIDE_SOURCE] = w->side[DGI_SIDE_TARGET];
}

/* "Two soldiers were killed in a battle between the army and rebels": of two who fought the other one killed them. Of whom nobody says on
 * which side they were ("eleven people died in a clash between"), nobody is named. */
static void fell_between(struct coder *c, struct draft *w)
{
    struct draft *kill = event_at(c, verb_around(c, w->tok));
    const struct actor_refs *both = &w->side[DGI_SIDE_SOURCE];
    if (w->frame->plover != DGI_ASSAULT || !w->nominal || both->n < 2 || w->side[DGI_SIDE_TARGET].n || !kill ||
        kill == w || !kill->passive || !result_at(c, kill->tok) || kill->side[DGI_SIDE_SOURCE].n ||
        kill->frame->role[ROLE_SOURCE].none)
        return;
    struct actor_refs others = {.n = 0};
    for (uint32_t i = 0; i < both->n; i++) {
        struct actor_refs one = {.ref = {both->ref[i]}, .n = 1};
        if (!dgi_refs_share(c, &one, &kill->side[DGI_SIDE_TARGET]))
            dgi_refs_add(&others, both->ref[i]);
    }
    if (others.n < both->n)
        kill->side[DGI_SIDE_SOURCE] = others;
    if (kill->side[DGI_SIDE_SOURCE].n)
        dgi_trace_add(c->doc, kill->tok, "source", "the other one of those who fought");
}

static bool is_when(const struct coder *c, uint32_t v)
{
    uint32_t a = dgi_child(c->doc, v, DGI_REL_ADVMOD, DGI_NONE);
    return dgi_has_mark(&c->r, v, DGI_W_WHEN) || (a != DGI_NONE && a < v && dgi_tok_in(c->doc, a, DGI_W_WHEN));
}

/* "Six soldiers were killed when gunmen fired on their bus", "when a bomber drove a van into the post": who did what killed them. */
static void killed_when(struct coder *c, struct draft *kill)
{
    const struct dgi_tok *t = c->doc->toks;
    if (!kill->passive || !result_at(c, kill->tok) || kill->frame->role[ROLE_SOURCE].none)
        return;
    for (uint32_t v = t[kill->tok].first_child; v != DGI_NONE; v = t[v].next_sib) {
        if (dgi_rel_base(t[v].rel) != DGI_REL_ADVCL || !is_when(c, v))
            continue;
        struct draft *deed = event_at(c, v);
        struct actor_refs by = {.n = 0};
        uint32_t s = dgi_surface_subject(&c->r, v);
        if (deed && deed->frame->plover == DGI_ASSAULT && !deed->passive)
            by = deed->side[DGI_SIDE_SOURCE];
        else if (s != DGI_NONE && t[s].mention != DGI_NONE && !dgi_is_passive(&c->r, v) &&
                 dgi_set_against(&c->doc->entities[c->doc->mentions[t[s].mention].entity]))
            dgi_actors_at(c, s, false, &by, 0);
        if (!by.n || dgi_refs_share(c, &by, &kill->side[DGI_SIDE_TARGET]) ||
            (kill->side[DGI_SIDE_SOURCE].n && !dgi_refs_same(&by, &kill->side[DGI_SIDE_SOURCE])))
            continue;
        if (!kill->side[DGI_SIDE_SOURCE].n)
            dgi_trace_add(c->doc, kill->tok, "source", "who did it when they fell");
        kill->side[DGI_SIDE_SOURCE] = by;
        if (deed && deed->frame->plover == DGI_ASSAULT && !deed->side[DGI_SIDE_TARGET].n &&
            !deed->frame->role[ROLE_TARGET].none)
            deed->side[DGI_SIDE_TARGET] = kill->side[DGI_SIDE_TARGET];
        return;
    }
}

/* "was charged in the beating of a student", "is wanted for the bombing": who is accused of a deed did it, as is said. */
static void accused_of(struct coder *c, struct draft *w)
{
    const struct dgi_tok *t = c->doc->toks;
    uint32_t h = w->tok;
    if (!w->nominal || w->light_tok != DGI_NONE || w->side[DGI_SIDE_SOURCE].n || w->frame->role[ROLE_SOURCE].none ||
        (w->frame->plover != DGI_ASSAULT && w->frame->plover != DGI_COERCE))
        return;
    for (int k = 0; k < DEEPEST && h != DGI_NONE; k++) {
        uint8_t rel = dgi_rel_base(t[h].rel);
        if ((rel != DGI_REL_OBL && rel != DGI_REL_NMOD) || t[h].rel == DGI_REL_OBL_AGENT ||
            !dgi_lexis_is(&c->t->lx, c->r.cas[h], DGI_LEX_CHARGE_PREP))
            return;
        h = t[h].head;
        const struct draft *a = event_at(c, h);
        if (!a)
            continue;
        if (a->frame->plover != DGI_ACCUSE || a->nominal || !a->side[DGI_SIDE_TARGET].n ||
            dgi_refs_same(&a->side[DGI_SIDE_TARGET], &w->side[DGI_SIDE_TARGET]))
            return;
        w->side[DGI_SIDE_SOURCE] = a->side[DGI_SIDE_TARGET];
        dgi_trace_add(c->doc, w->tok, "source", "who is accused of it");
        return;
    }
}

/* "A raid blamed on gunmen", "an attack claimed by them": they did it, whatever the noun's own phrases or a verb over it say. */
static void blamed_on(struct coder *c, struct draft *w)
{
    const struct dgi_tok *t = c->doc->toks;
    struct actor_refs by = {.n = 0}, left = {.n = 0};
    uint32_t n = w->nominal ? w->tok : dgi_surface_subject(&c->r, w->tok);
    if (w->frame->plover != DGI_ASSAULT || n == DGI_NONE || t[n].sent != t[w->tok].sent ||
        !dgi_lemma_has(&c->r, n, DGI_LEX_NOUN) || w->frame->role[ROLE_SOURCE].none)
        return;
    for (uint32_t a = t[n].first_child; a != DGI_NONE && !by.n; a = t[a].next_sib) {
        bool blamed = dgi_lemma_in(c->doc, a, DGI_W_BLAMED_ON), done = dgi_lemma_in(c->doc, a, DGI_W_DONE_BY);
        if (dgi_rel_base(t[a].rel) != DGI_REL_ACL ||
            (c->r.form[a] != DGI_FORM_PARTICIPLE && (c->r.form[a] != DGI_FORM_PAST || t[a].rel == DGI_REL_ACL_RELCL)) ||
            (!blamed && !done))
            continue;
        for (uint32_t o = t[a].first_child; o != DGI_NONE; o = t[o].next_sib)
            if (dgi_rel_base(t[o].rel) == DGI_REL_OBL &&
                (blamed ? dgi_prep_is(&c->r, o, DGI_PREP_ON) || dgi_prep_is(&c->r, o, DGI_PREP_TO)
                        : t[o].rel == DGI_REL_OBL_AGENT))
                dgi_actors_at(c, o, false, &by, 0);
    }
    if (!by.n)
        return;
    w->side[DGI_SIDE_SOURCE] = by;
    for (uint32_t i = 0; i < w->side[DGI_SIDE_TARGET].n; i++) {
        struct actor_refs one = {.ref = {w->side[DGI_SIDE_TARGET].ref[i]}, .n = 1};
        if (!dgi_refs_same(&one, &by))
            dgi_refs_add(&left, one.ref[0]);
    }
    w->side[DGI_SIDE_TARGET] = left;
    dgi_trace_add(c->doc, w->tok, "source", "on whom the deed is blamed, or who claims it");
}

void dgi_fill_deeds(struct coder *c)
{
    for (uint32_t i = 0; i < c->n_w; i++) {
        if (c->w[i].dropped || dgi_for_board(c->w[i].frame))
            continue;
        blamed_on(c, &c->w[i]);
        fought_with(c, &c->w[i]);
        fell_between(c, &c->w[i]);
        done_within(c, &c->w[i]);
        killed_when(c, &c->w[i]);
        befallen(c, &c->w[i]);
        accused_of(c, &c->w[i]);
    }
}
