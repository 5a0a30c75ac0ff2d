/* SPDX-License-Identifier: Apache-2.0 */
/* code/home_side.c: what a state does at home is done to people of its own, what it does in another land is for that land.
 *
 * Reads   events in the making with their sides, places
 * Writes  draft.side[]
 *
 * "Brazil's army arrested editors": of which state the editors are nobody says, and everybody knows. Not where it happens in another
 * land, and not for people who cross borders (fishermen, rebels, envoys). */
#include "code/coder.h"
#include "resolve/actor.h"

#include <stdio.h>

/* The one state whose organs all of the side are; "": it is not so. */
static const char *organs_of(const struct coder *c, const struct actor_refs *side)
{
    const struct dgi_entity *e = c->doc->entities;
    for (uint32_t i = 0; i < side->n; i++) {
        const struct dgi_entity *x = &e[side->ref[i].entity];
        if (x->type == DGI_ENT_COUNTRY || x->type == DGI_ENT_GROUP || !x->country[0] ||
            !dgi_of_sector(c, x, DGI_W_SECTOR_ORGANS) || strcmp(x->country, e[side->ref[0].entity].country) != 0)
            return "";
    }
    return side->n ? e[side->ref[0].entity].country : "";
}

/* Does it happen there, as far as the text says where? */
static bool at_home(const struct coder *c, const struct draft *w, const char *iso)
{
    char land[4];
    dgi_one_land(c, w->tok, land);
    return !land[0] || !strcmp(land, iso);
}

/* "accused Burundi of killing its own citizens": they are of who does it. */
static void its_own(struct coder *c, struct draft *w)
{
    static const char people[] = "CVL";
    const struct dgi_tok *t = c->doc->toks;
    const struct actor_refs *by = &w->side[DGI_SIDE_SOURCE];
    struct actor_refs *on = &w->side[DGI_SIDE_TARGET];
    char of[4] = "";
    if (by->n == 1)
        memcpy(of, c->doc->entities[by->ref[0].entity].country, sizeof of);
    for (uint32_t i = 0; i < on->n && of[0]; i++) {
        const struct dgi_entity *e = &c->doc->entities[on->ref[i].entity];
        bool own = false, owner = false;
        for (uint32_t k = on->ref[i].head == DGI_NONE ? DGI_NONE : t[on->ref[i].head].first_child; k != DGI_NONE;
             k = t[k].next_sib) {
            owner = owner || (t[k].rel == DGI_REL_NMOD_POSS && t[k].upos == DGI_PRON);
            own = own || dgi_tok_in(c->doc, k, DGI_W_OWN);
        }
        if (!own || !owner || e->type != DGI_ENT_ROLE || !dgi_str_in(e->sectors, ',', dgi_str(people)) ||
            !strcmp(e->country, of))
            continue;
        uint32_t theirs = dgi_actor_people(c->actors, c->doc, of);
        if (theirs == DGI_NONE)
            return;
        on->ref[i].entity = theirs;
        dgi_trace_add(c->doc, w->tok, "target", "its own people: %s", of);
    }
}

/* "Brazil's army arrested editors": of Brazil. */
static void own_people(struct coder *c, struct draft *w)
{
    struct actor_refs *t = &w->side[DGI_SIDE_TARGET];
    const char *iso = organs_of(c, &w->side[DGI_SIDE_SOURCE]);
    if (!iso[0] || !at_home(c, w, iso))
        return;
    char of[4];
    memcpy(of, iso, sizeof of);
    for (uint32_t i = 0; i < t->n; i++) {
        const struct dgi_entity *e = &c->doc->entities[t->ref[i].entity];
        if (e->type == DGI_ENT_ROLE && !e->country[0] && dgi_of_sector(c, e, DGI_W_SECTOR_OWN_PEOPLE)) {
            t->ref[i].entity = dgi_actor_of_land(c->actors, c->doc, t->ref[i].entity, of);
            dgi_trace_add(c->doc, w->tok, "target", "people of the state whose organs do it: %s", of);
        }
    }
}

static bool is_coded(const struct draft *w, const char *const *codes, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!strncmp(w->frame->cameo, codes[i], strlen(codes[i])))
            return true;
    return false;
}

/* Does the sentence name another power whom it may concern? */
static bool concerns_another(const struct coder *c, const struct draft *w)
{
    const struct dgi_sent *s = &c->doc->sents[c->doc->toks[w->tok].sent];
    const struct dgi_mention *m = c->doc->mentions;
    for (uint32_t i = dgi_mentions_from(c->doc, s->first); i < c->doc->n_mentions && m[i].first < s->end; i++)
        if (dgi_may_be_meant(c, w, &m[i]))
            return true;
    return false;
}

/* "The Peruvian government eased the curfew": whom that is for, where no other power is named. */
static void for_its_people(struct coder *c, struct draft *w)
{
    static const char *const inner[] = {"080", "081", "083", "17"}; /* bans, curfews, liberties, reforms; force */
    const char *iso = organs_of(c, &w->side[DGI_SIDE_SOURCE]);
    if (!is_coded(w, inner, sizeof inner / sizeof *inner) || w->side[DGI_SIDE_TARGET].n || w->nominal || !iso[0] ||
        w->frame->role[ROLE_TARGET].none || !at_home(c, w, iso) || concerns_another(c, w))
        return;
    char of[4];
    memcpy(of, iso, sizeof of);
    uint32_t e = dgi_actor_people(c->actors, c->doc, of);
    if (e == DGI_NONE)
        return;
    dgi_refs_add(&w->side[DGI_SIDE_TARGET], (struct dgi_ref){e, {0, 0}, DGI_NONE, true});
    dgi_trace_add(c->doc, w->tok, "target", "its own people: %s", of);
}

/* "A bishop was sentenced in Zagreb", "a curfew was imposed in Lusaka": by the state where it is. */
static void by_state_of_place(struct coder *c, struct draft *w)
{
    static const char *const law[] = {"116", "172", "173", "174"}; /* sentences, measures, arrests, expulsions */
    char land[4];
    if (!is_coded(w, law, sizeof law / sizeof *law) || w->side[DGI_SIDE_SOURCE].n || w->nominal || !w->passive ||
        w->frame->role[ROLE_SOURCE].none)
        return;
    dgi_own_land(c, w->tok, land);
    uint32_t e = land[0] ? dgi_actor_state(c->actors, c->doc, land) : DGI_NONE;
    if (e == DGI_NONE)
        return;
    dgi_refs_add(&w->side[DGI_SIDE_SOURCE], (struct dgi_ref){e, {0, 0}, DGI_NONE, true});
    dgi_trace_add(c->doc, w->tok, "source", "the state where the law does it: %s", land);
}

/* "Accounts are frozen under measures of the United Nations": whose rule it is has done it. */
static void by_whose_rule(struct coder *c, struct draft *w)
{
    const struct dgi_tok *t = c->doc->toks;
    struct actor_refs r = {.n = 0};
    if (!w->passive || w->nominal || w->side[DGI_SIDE_SOURCE].n || w->frame->role[ROLE_SOURCE].none)
        return;
    for (uint32_t n = t[w->tok].first_child; n != DGI_NONE && !r.n; n = t[n].next_sib) {
        uint32_t by = dgi_child(c->doc, n, DGI_REL_CASE, DGI_NONE);
        if (dgi_rel_base(t[n].rel) == DGI_REL_OBL && by != DGI_NONE && dgi_tok_in(c->doc, by, DGI_W_UNDER_RULE) &&
            t[n].mention == DGI_NONE)
            dgi_actors_at(c, n, true, &r, 0);
    }
    if (!r.n || dgi_refs_share(c, &r, &w->side[DGI_SIDE_TARGET]))
        return;
    w->side[DGI_SIDE_SOURCE] = r;
    dgi_trace_add(c->doc, w->tok, "source", "under whose rule it is done");
}

/* "Travel was banned by the bloc, and all ambassadors are being recalled": who does the first of two measures against one. */
static void by_first_measure(struct coder *c, struct draft *w)
{
    const struct dgi_tok *t = c->doc->toks;
    uint32_t v = w->clause, h = t[v].rel == DGI_REL_CONJ ? t[v].head : DGI_NONE, e = h == DGI_NONE ? h : c->ev[h];
    const struct draft *first = e == DGI_NONE ? NULL : &c->w[e];
    if (!w->passive || w->nominal || w->side[DGI_SIDE_SOURCE].n || w->frame->role[ROLE_SOURCE].none || !first ||
        first->dropped || !first->passive ||
        (first->frame->plover != DGI_COERCE && first->frame->plover != DGI_SANCTION) ||
        !dgi_refs_share(c, &first->side[DGI_SIDE_TARGET], &w->side[DGI_SIDE_TARGET]))
        return;
    w->side[DGI_SIDE_SOURCE] = first->side[DGI_SIDE_SOURCE];
    if (w->side[DGI_SIDE_SOURCE].n)
        dgi_trace_add(c->doc, w->tok, "source", "who takes the measure before it");
}

/* The one state for which those of a side that have any act; "": none, or several. */
static const char *state_of(const struct coder *c, const struct actor_refs *side)
{
    const char *iso = "";
    for (uint32_t i = 0; i < side->n; i++) {
        const struct dgi_entity *e = &c->doc->entities[side->ref[i].entity];
        if (e->type == DGI_ENT_GROUP || (iso[0] && e->country[0] && strcmp(iso, e->country) != 0))
            return "";
        iso = e->country[0] ? e->country : iso;
    }
    return iso;
}

/* Doctors whom one sends, "villagers": nobody's people yet, or one's own, and not who is helped or left there. */
static bool tells_nobody(const struct coder *c, const struct actor_refs *t, const char *own)
{
    for (uint32_t i = 0; i < t->n; i++) {
        const struct dgi_entity *e = &c->doc->entities[t->ref[i].entity];
        bool helper = dgi_of_sector(c, e, DGI_W_SECTOR_HELPERS);
        if (e->type != DGI_ENT_ROLE || !helper || (e->country[0] && strcmp(e->country, own) != 0))
            return false;
    }
    return true;
}

/* The land of its own clause, else the one of the places told below it; "": none, or several. */
static void land_of(const struct coder *c, const struct draft *w, char iso[4])
{
    uint32_t v = w->light_tok == DGI_NONE ? w->tok : w->light_tok, sent = c->doc->toks[v].sent;
    dgi_own_land(c, w->tok, iso);
    for (uint32_t k = iso[0] ? c->places.first[sent + 1] : c->places.first[sent]; k < c->places.first[sent + 1]; k++) {
        const struct dgi_place *p = &c->doc->places[c->places.item[k]];
        if (!p->country[0] || !dgi_dominates(c->doc, v, p->first) || dgi_is_where_told(c, p))
            continue;
        if (iso[0] && strcmp(iso, p->country) != 0) {
            iso[0] = 0;
            return;
        }
        memcpy(iso, p->country, 4);
    }
}

/* "Cuba flew doctors to Freetown", "the last Moroccan troops left Shaba": the land where one helps, or from which one goes. */
static void in_other_land(struct coder *c, struct draft *w)
{
    struct actor_refs *t = &w->side[DGI_SIDE_TARGET];
    char own[4], land[4];
    snprintf(own, sizeof own, "%s", state_of(c, &w->side[DGI_SIDE_SOURCE]));
    land_of(c, w, land);
    if (!own[0] || !land[0] || !strcmp(own, land) || w->frame->role[ROLE_TARGET].none)
        return;
    for (uint32_t i = 0; w->frame->plover == DGI_AID && i < t->n; i++) {
        const struct dgi_entity *e = &c->doc->entities[t->ref[i].entity];
        if (e->type == DGI_ENT_ROLE && !e->country[0] && !tells_nobody(c, t, own))
            t->ref[i].entity = dgi_actor_of_land(c->actors, c->doc, t->ref[i].entity, land);
    }
    uint32_t e = tells_nobody(c, t, own) ? dgi_actor_state(c->actors, c->doc, land) : DGI_NONE;
    if (e == DGI_NONE)
        return;
    t->n = 0;
    dgi_refs_add(t, (struct dgi_ref){e, {0, 0}, DGI_NONE, true});
    dgi_trace_add(c->doc, w->tok, "target", "the land in which it is: %s", land);
}

void dgi_fill_home(struct coder *c)
{
    static const char withdrawal[] = "087"; /* CAMEO: ease what is done by force */
    for (uint32_t i = 0; i < c->n_w && c->actors; i++) {
        struct draft *w = &c->w[i];
        uint8_t p = w->frame->plover;
        if (w->dropped || dgi_for_board(w->frame))
            continue;
        if (p == DGI_COERCE || p == DGI_SANCTION || p == DGI_ASSAULT)
            own_people(c, w);
        its_own(c, w);
        if (p == DGI_COERCE || p == DGI_CONCEDE)
            for_its_people(c, w);
        if (p == DGI_COERCE || p == DGI_SANCTION) {
            by_whose_rule(c, w);
            by_first_measure(c, w);
            by_state_of_place(c, w);
        }
        if (p == DGI_AID || (p == DGI_RETREAT && !(w->frame->flags & FRAME_RUN) &&
                             !strncmp(w->frame->cameo, withdrawal, strlen(withdrawal))))
            in_other_land(c, w);
    }
}
