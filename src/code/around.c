/* SPDX-License-Identifier: Apache-2.0 */
/* code/around.c: a side that the clause leaves out, where another event of the text, or who tells it, says who it is.
 *
 * Reads   events in the making with their sides, statements, places; sets `gaoler`, `goes_with`, `measure_noun`, `sends` of function_words.tsv
 * Writes  draft.side[]
 *
 * "The EU would widen its sanctions": they are against whom the EU's other sanctions of the text are, if that is one power. "imposed
 * sanctions on Belarus and tightened them": against the same. "Fifty men were detained, the Turkish minister said": by Turkey, where no
 * other land is named. "flew to Kabul with an offer": made by who flew. "threatened to send the army unless Spain resumed talks": with whoever threatens. */
#include <string.h>

#include "code/coder.h"
#include "resolve/actor.h"

enum {
    MAX_NAME = 4, /* words of a name between its head and the one that is meant */
    MAX_MEASURES =
        128 /* events before and behind among which other measures are looked for, so that long texts cost in proportion */
};

static const struct dgi_entity *entity_of(const struct coder *c, const struct dgi_ref *r)
{
    return &c->doc->entities[r->entity];
}

/* Both of one power each, and of the same. */
static bool one_power(const struct coder *c, const struct actor_refs *a, const struct actor_refs *b)
{
    for (uint32_t i = 0; i < a->n; i++)
        for (uint32_t k = 0; k < b->n; k++)
            if (!dgi_same_power(entity_of(c, &a->ref[i]), entity_of(c, &b->ref[k])))
                return false;
    return a->n && b->n;
}

/* Named in its own words, as a power that can be punished. */
static bool are_named(const struct coder *c, const struct actor_refs *side)
{
    for (uint32_t i = 0; i < side->n; i++)
        if (side->ref[i].discourse || side->ref[i].head == DGI_NONE || !entity_of(c, &side->ref[i])->political ||
            (!entity_of(c, &side->ref[i])->country[0] && entity_of(c, &side->ref[i])->type != DGI_ENT_GROUP))
            return false;
    return side->n > 0;
}

static void take(struct coder *c, struct draft *w, int side, const struct actor_refs *from, const char *why)
{
    w->side[side].n = 0;
    for (uint32_t i = 0; i < from->n; i++)
        dgi_refs_add(&w->side[side], (struct dgi_ref){from->ref[i].entity, {0, 0}, DGI_NONE, true});
    dgi_trace_add(c->doc, w->tok, side == DGI_SIDE_SOURCE ? "source" : "target", "%s", why);
}

/* The noun of a measure that it is about: itself, or its object. DGI_NONE: none, or the noun says against whom. */
static uint32_t measure_of(const struct coder *c, const struct draft *w)
{
    const struct dgi_tok *t = c->doc->toks;
    struct dgi_fill f = {{0}, 0};
    if (w->nominal)
        dgi_fill_add(&f, w->tok);
    else
        dgi_objects(&c->r, w->tok, &f);
    if (f.n != 1 || c->r.upos[f.tok[0]] != DGI_NOUN || !dgi_lemma_in(c->doc, f.tok[0], DGI_W_MEASURE_NOUN))
        return DGI_NONE;
    for (uint32_t ch = t[f.tok[0]].first_child; ch != DGI_NONE; ch = t[ch].next_sib)
        if (dgi_rel_base(t[ch].rel) == DGI_REL_NMOD && t[ch].rel != DGI_REL_NMOD_POSS)
            return DGI_NONE;
    return f.tok[0];
}

/* Against whom the other measures of the same power are, all of them that stand near. */
static void same_measures(struct coder *c, struct draft *w)
{
    const uint32_t at = (uint32_t)(w - c->w);
    const struct actor_refs *by = &w->side[DGI_SIDE_SOURCE], *found = NULL;
    if (w->frame->plover != DGI_SANCTION || w->side[DGI_SIDE_TARGET].n || w->frame->role[ROLE_TARGET].none || !by->n ||
        measure_of(c, w) == DGI_NONE)
        return;
    for (uint32_t i = at > MAX_MEASURES ? at - MAX_MEASURES : 0; i < c->n_w && i <= at + MAX_MEASURES; i++) {
        const struct draft *p = &c->w[i];
        const struct actor_refs *on = &p->side[DGI_SIDE_TARGET];
        if (p == w || p->dropped || p->frame->plover != DGI_SANCTION || !one_power(c, by, &p->side[DGI_SIDE_SOURCE]) ||
            !are_named(c, on) || dgi_refs_share(c, by, on))
            continue;
        if (found && !one_power(c, found, on))
            return;
        found = on;
    }
    if (found)
        take(c, w, DGI_SIDE_TARGET, found, "whom its other measures are against");
}

/* "imposed sanctions on Belarus and tightened them": the pronoun is the measure, whoever it was taken for. */
static void the_measure_again(struct coder *c, struct draft *w)
{
    const struct dgi_tok *t = c->doc->toks;
    struct dgi_fill f = {{0}, 0}, before = {{0}, 0};
    uint32_t h = t[w->tok].rel == DGI_REL_CONJ && !w->nominal ? dgi_partner(&c->r, w->tok) : DGI_NONE;
    const struct draft *p = h == DGI_NONE || c->ev[h] == DGI_NONE ? NULL : &c->w[c->ev[h]];
    if (!p || p->dropped || p->nominal || p->frame->plover != DGI_SANCTION || w->frame->role[ROLE_TARGET].none ||
        !p->side[DGI_SIDE_TARGET].n)
        return;
    dgi_objects(&c->r, w->tok, &f);
    dgi_objects(&c->r, p->tok, &before);
    if (f.n != 1 || before.n != 1 || c->r.upos[f.tok[0]] != DGI_PRON ||
        !dgi_lemma_in(c->doc, before.tok[0], DGI_W_MEASURE_NOUN) ||
        dgi_is_plural(c->doc, f.tok[0]) != dgi_is_plural(c->doc, before.tok[0]))
        return;
    for (uint32_t i = 0; i < w->side[DGI_SIDE_TARGET].n; i++)
        if (w->side[DGI_SIDE_TARGET].ref[i].head != f.tok[0])
            return;
    const struct actor_refs on = p->side[DGI_SIDE_TARGET];
    take(c, w, DGI_SIDE_TARGET, &on, "whom the measure is against that it goes on with");
}

/* Is another land than that of `iso` named where it happens, or the people themselves of that of `iso`? */
static bool elsewhere(const struct coder *c, const struct draft *w, const char *iso)
{
    const uint32_t sent = c->doc->toks[w->tok].sent;
    for (uint32_t k = c->places.first[sent]; k < c->places.first[sent + 1]; k++) {
        const char *land = c->doc->places[c->places.item[k]].country;
        if (land[0] && strcmp(land, iso) != 0)
            return true;
    }
    for (uint32_t i = 0; i < w->side[DGI_SIDE_TARGET].n; i++)
        if (!strcmp(entity_of(c, &w->side[DGI_SIDE_TARGET].ref[i])->country, iso))
            return true;
    return false;
}

/* "Fifty migrants were detained, the Polish minister said": who is held, and nobody says by whom, is held by those for whom he speaks. */
static void whose_gaol(struct coder *c, struct draft *w)
{
    const uint32_t s = c->stmt[w->tok], who = s == DGI_NONE ? s : c->doc->statements[s].speaker;
    const struct dgi_entity *e = who == DGI_NONE ? NULL : &c->doc->entities[who];
    bool speaks = e && (e->type == DGI_ENT_COUNTRY || dgi_of_sector(c, e, DGI_W_SECTOR_SPEAKS));
    if (!e || !e->country[0] || !w->passive || w->nominal || w->side[DGI_SIDE_SOURCE].n || w->negated ||
        w->frame->plover != DGI_COERCE || !dgi_lemma_in(c->doc, w->tok, DGI_W_GAOLER) || !w->side[DGI_SIDE_TARGET].n ||
        elsewhere(c, w, e->country))
        return;
    const uint32_t state = speaks ? dgi_actor_state(c->actors, c->doc, e->country) : DGI_NONE;
    if (state == DGI_NONE)
        return;
    const struct actor_refs by = {.ref = {{state, {0, 0}, DGI_NONE, true}}, .n = 1};
    take(c, w, DGI_SIDE_SOURCE, &by, "for whom he speaks who tells of it");
}

/* "unless Spain resumed talks": with whoever makes it his condition. */
static void talks_asked_for(struct coder *c, struct draft *w)
{
    const struct draft *p = w->parent_cond == DGI_NONE ? NULL : &c->w[w->parent_cond];
    if (!p || p->dropped || w->frame->plover != DGI_CONSULT || w->frame->role[ROLE_TARGET].none ||
        w->side[DGI_SIDE_SOURCE].n != 1 || w->side[DGI_SIDE_TARGET].n || p->side[DGI_SIDE_SOURCE].n != 1 ||
        dgi_refs_share(c, &w->side[DGI_SIDE_SOURCE], &p->side[DGI_SIDE_SOURCE]))
        return;
    const struct actor_refs with = p->side[DGI_SIDE_SOURCE];
    take(c, w, DGI_SIDE_TARGET, &with, "who makes them his condition");
}

/* "offered to send Patterson as a mediator": whom somebody sends goes for him, and it is not to him that it is offered. */
static void who_is_sent(struct coder *c, struct draft *w)
{
    const struct dgi_tok *t = c->doc->toks;
    struct actor_refs *to = &w->side[DGI_SIDE_TARGET];
    uint32_t n = 0;
    if (w->frame->plover != DGI_AGREE && w->frame->plover != DGI_CONSULT)
        return;
    for (uint32_t i = 0; i < to->n; i++) {
        uint32_t h = to->ref[i].head;
        for (int k = 0; k < MAX_NAME && h != DGI_NONE && dgi_rel_base(t[h].rel) != DGI_REL_OBJ; k++)
            h = t[h].rel == DGI_REL_FLAT || dgi_rel_base(t[h].rel) == DGI_REL_NMOD || t[h].rel == DGI_REL_APPOS
                    ? t[h].head
                    : DGI_NONE;
        const bool sent = h != DGI_NONE && dgi_rel_base(t[h].rel) == DGI_REL_OBJ && t[h].head != DGI_NONE &&
                          dgi_lemma_in(c->doc, t[h].head, DGI_W_SENDS) &&
                          entity_of(c, &to->ref[i])->type == DGI_ENT_PERSON;
        if (!sent)
            to->ref[n++] = to->ref[i];
    }
    if (n < to->n)
        dgi_trace_add(c->doc, w->tok, "target", "not who is sent");
    to->n = n;
}

void dgi_drop_sent(struct coder *c)
{
    for (uint32_t i = 0; i < c->n_w; i++)
        if (!c->w[i].dropped)
            who_is_sent(c, &c->w[i]);
    for (uint32_t i = 0; i < c->n_w; i++) { /* "offered to send Rossi to mediate between Mali and Niger" */
        const struct draft *w = &c->w[i];
        struct draft *p = w->parent == DGI_NONE ? NULL : &c->w[w->parent];
        if (p && !w->dropped && !p->dropped && p->frame->plover == DGI_AGREE && w->frame->plover == DGI_CONSULT &&
            !p->side[DGI_SIDE_TARGET].n && !p->frame->role[ROLE_TARGET].none &&
            !dgi_refs_share(c, &p->side[DGI_SIDE_SOURCE], &w->side[DGI_SIDE_TARGET]))
            p->side[DGI_SIDE_TARGET] = w->side[DGI_SIDE_TARGET];
    }
}

void dgi_fill_carried(struct coder *c)
{
    const struct dgi_tok *t = c->doc->toks;
    for (uint32_t i = 0; i < c->n_w; i++) {
        struct draft *w = &c->w[i];
        const uint32_t up = t[w->tok].head;
        const uint32_t v = up != DGI_NONE && dgi_rel_base(t[up].rel) == DGI_REL_OBJ ? t[up].head : up;
        struct actor_refs by = {.n = 0};
        struct dgi_fill f = {{0}, 0};
        if (w->used_up || !w->nominal || w->light_tok != DGI_NONE || v == DGI_NONE || c->r.upos[v] != DGI_VERB ||
            w->frame->role[ROLE_SOURCE].none || dgi_for_board(w->frame) || w->side[DGI_SIDE_SOURCE].n ||
            (w->frame->plover != DGI_AGREE && w->frame->plover != DGI_REQUEST && w->frame->plover != DGI_THREATEN) ||
            !c->r.cas[w->tok] || c->r.cas[w->tok] != c->t->lx.prep[DGI_PREP_WITH] || dgi_is_passive(&c->r, v) ||
            !dgi_lemma_in(c->doc, v, DGI_W_GOES_WITH))
            continue;
        dgi_fill_add(&f, dgi_surface_subject(&c->r, v));
        dgi_fill_expand(&c->r, &f);
        for (uint32_t k = 0; k < f.n; k++)
            dgi_actors_at(c, f.tok[k], false, &by, 0);
        if (!by.n)
            continue;
        w->side[DGI_SIDE_SOURCE] = by;
        w->own_actor = true;
        dgi_trace_add(c->doc, w->tok, "source", "who comes or sends with it");
        if (dgi_refs_share(c, &by, &w->side[DGI_SIDE_TARGET]))
            w->side[DGI_SIDE_TARGET].n = 0;
        if (w->side[DGI_SIDE_TARGET].n || w->frame->role[ROLE_TARGET].none)
            continue;
        f.n = 0;
        dgi_frame_step(c, v, (struct step){STEP_OBL, c->t->lx.prep[DGI_PREP_TO]}, true, &f);
        dgi_fill_expand(&c->r, &f);
        for (uint32_t k = 0; k < f.n; k++)
            dgi_actors_at(c, f.tok[k], true, &w->side[DGI_SIDE_TARGET], 0);
        if (dgi_refs_share(c, &by, &w->side[DGI_SIDE_TARGET]))
            w->side[DGI_SIDE_TARGET].n = 0;
    }
}

void dgi_fill_around(struct coder *c)
{
    for (uint32_t i = 0; i < c->n_w; i++) {
        if (c->w[i].dropped || dgi_for_board(c->w[i].frame))
            continue;
        the_measure_again(c, &c->w[i]);
        whose_gaol(c, &c->w[i]);
        talks_asked_for(c, &c->w[i]);
    }
    for (uint32_t i = 0; i < c->n_w; i++)
        if (!c->w[i].dropped && !dgi_for_board(c->w[i].frame))
            same_measures(c, &c->w[i]);
}
