/* SPDX-License-Identifier: Apache-2.0 */
/* code/protest.c: to whom a protest is made that names nobody: to whom the one beside it is, whose embassy it passes, the state in which
 * it is made.
 *
 * Reads   events in the making with their sides, places, mentions
 * Writes  draft.side[DGI_SIDE_TARGET] */
#include "code/coder.h"
#include "resolve/actor.h"

enum { MOST_UP = 5 };

/* "Marched on the Greek embassy and burned a flag": a protest goes on to whom the same people protest in the same sentence. */
static bool like_the_rest(const struct coder *c, struct draft *w)
{
    const struct dgi_tok *t = c->doc->toks;
    for (uint32_t i = c->newest[t[w->tok].sent]; i != DGI_NONE; i = c->w[i].before) {
        const struct draft *p = &c->w[i];
        if (p == w || p->dropped || p->frame->plover != DGI_PROTEST || !p->side[DGI_SIDE_TARGET].n ||
            p->side[DGI_SIDE_TARGET].ref[0].discourse ||
            !dgi_refs_same(&p->side[DGI_SIDE_SOURCE], &w->side[DGI_SIDE_SOURCE]))
            continue;
        for (uint32_t k = 0; k < p->side[DGI_SIDE_TARGET].n; k++)
            dgi_refs_add(&w->side[DGI_SIDE_TARGET],
                         (struct dgi_ref){p->side[DGI_SIDE_TARGET].ref[k].entity, {0, 0}, DGI_NONE, true});
        dgi_trace_add(c->doc, w->tok, "target", "as in the protest beside it");
        return true;
    }
    return false;
}

/* Is tok told in the clause of v, or in the protest's own phrase? */
static bool in_clause_of(const struct coder *c, uint32_t tok, uint32_t v, uint32_t trigger)
{
    const struct dgi_tok *t = c->doc->toks;
    uint32_t h = t[tok].head;
    for (int up = 0; up < MOST_UP && h != DGI_NONE; up++, h = t[h].head) {
        if (h == v || h == trigger)
            return true;
        if (c->r.upos[h] == DGI_VERB)
            return false;
    }
    return false;
}

static bool is_of_source(const struct coder *c, const struct draft *w, const char *iso)
{
    const struct actor_refs *by = &w->side[DGI_SIDE_SOURCE];
    for (uint32_t i = 0; i < by->n; i++)
        if (!strcmp(c->doc->entities[by->ref[i].entity].country, iso))
            return true;
    return false;
}

/* "Marched past the Soviet legation", "a rally in front of the Turkish consulate": whose house it is. */
static bool at_whose_house(const struct coder *c, struct draft *w)
{
    const struct dgi_tok *t = c->doc->toks;
    const struct dgi_sent *s = &c->doc->sents[t[w->tok].sent];
    uint32_t v = w->light_tok != DGI_NONE                   ? w->light_tok
                 : w->nominal && t[w->tok].head != DGI_NONE ? t[w->tok].head
                                                            : w->tok;
    for (uint32_t i = s->first; i < s->end; i++) {
        uint8_t rel = dgi_rel_base(t[i].rel);
        struct actor_refs r = {.n = 0};
        if ((rel != DGI_REL_OBL && rel != DGI_REL_NMOD) || !c->r.cas[i] || !dgi_lemma_in(c->doc, i, DGI_W_EMBASSY) ||
            !in_clause_of(c, i, v, w->tok))
            continue;
        dgi_actors_at(c, i, false, &r, 0);
        if (r.n != 1 || !c->doc->entities[r.ref[0].entity].country[0] ||
            is_of_source(c, w, c->doc->entities[r.ref[0].entity].country))
            continue;
        w->side[DGI_SIDE_TARGET] = r;
        dgi_trace_add(c->doc, w->tok, "target", "before whose house they protest");
        return true;
    }
    return false;
}

/* Of those who protest, a state as such; "Lankan railway staff" are people of it. */
static bool is_state(const struct coder *c, const struct dgi_ref *r)
{
    const struct dgi_tok *t = c->doc->toks;
    uint8_t rel = r->head == DGI_NONE ? DGI_REL_NONE : dgi_rel_base(t[r->head].rel);
    return c->doc->entities[r->entity].type == DGI_ENT_COUNTRY && rel != DGI_REL_AMOD && rel != DGI_REL_COMPOUND;
}

/* A protest is made to the state in which it is made, or to that of those who protest. */
void dgi_fill_protest(struct coder *c, struct draft *w)
{
    struct dgi_doc *d = c->doc;
    const struct actor_refs *by = &w->side[DGI_SIDE_SOURCE];
    char iso[4] = "";
    if (w->frame->plover != DGI_PROTEST || w->frame->role[ROLE_TARGET].none || like_the_rest(c, w) ||
        at_whose_house(c, w))
        return;
    dgi_one_land(c, w->tok, iso);
    for (uint32_t i = 0; i < by->n && !iso[0]; i++)
        memcpy(iso, d->entities[by->ref[i].entity].country, sizeof iso);
    for (uint32_t i = 0; i < by->n; i++)
        if (is_state(c, &by->ref[i]) && !strcmp(d->entities[by->ref[i].entity].country, iso))
            return; /* a state does not protest to itself */
    uint32_t e = iso[0] ? dgi_actor_state(c->actors, d, iso) : DGI_NONE;
    if (e == DGI_NONE)
        return;
    dgi_refs_add(&w->side[DGI_SIDE_TARGET], (struct dgi_ref){e, {0, 0}, DGI_NONE, true});
    dgi_trace_add(d, w->tok, "target", "the state in which they protest: %s", iso);
}
