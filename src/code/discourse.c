/* SPDX-License-Identifier: Apache-2.0 */
/* code/discourse.c: the other side of an event that its clause does not name, where the text has just said who it is.
 *
 * Reads   events in the making with their sides, in the order of the text
 * Writes  draft.side[]: references without a span, marked as from the discourse
 *
 * "Peru proposed a truce to Ecuador. Ecuador refused": a demand, an answer, a threat, a sanction between states is between those
 * whom the last event joined. Only where a state acts and the clause has nobody else for an object, the events at most two
 * sentences back that join it with another state all join it with the same one, and the text joins these two more than once or
 * knows no third. A refusal answers the other side's deed, not the state's own. Else the side stays empty. */
#include <stdlib.h>
#include <string.h>

#include "code/coder.h"
#include "resolve/actor.h"

enum {
    NEAR_SENTS = 2,
    MOST_LOOKED_AT = 40,
    AROUND = 100 /* events before and behind that tell whom a text is about */
};

static const struct dgi_entity *entity_of(const struct coder *c, const struct dgi_ref *r)
{
    return &c->doc->entities[r->entity];
}

/* The one state that all of a side are of; empty: none, or several. */
static const char *state_of(const struct coder *c, const struct actor_refs *side)
{
    static const char none[] = "";
    const char *iso = none;
    for (uint32_t i = 0; i < side->n; i++) {
        const struct dgi_entity *e = entity_of(c, &side->ref[i]);
        if (!e->country[0] || (iso[0] && strcmp(iso, e->country)))
            return none;
        iso = e->country;
    }
    return iso;
}

/* Does it speak or act for its state? */
static bool for_state(const struct coder *c, const struct actor_refs *side)
{
    static const char government[] = "GOV";
    for (uint32_t i = 0; i < side->n; i++) {
        const struct dgi_entity *e = entity_of(c, &side->ref[i]);
        bool office =
            (e->type == DGI_ENT_ROLE || e->type == DGI_ENT_PERSON) && dgi_str_in(e->sectors, ',', dgi_str(government));
        if (e->type != DGI_ENT_COUNTRY && !office)
            return false;
    }
    return side->n > 0;
}

/* Soldiers of a state, who strike for it. */
static bool are_troops(const struct coder *c, const struct draft *w, const struct actor_refs *side)
{
    static const char military[] = "MIL";
    return w->frame->plover == DGI_ASSAULT && side->n == 1 && entity_of(c, &side->ref[0])->type == DGI_ENT_ROLE &&
           dgi_str_is(entity_of(c, &side->ref[0])->sectors, military);
}

/* People who are not set against their own state. */
static bool against_none(const struct dgi_entity *e)
{
    static const char *const against[] = {"REB", "OPP", "SPL", "CRM"};
    for (size_t i = 0; i < sizeof against / sizeof *against; i++)
        if (dgi_str_in(e->sectors, ',', dgi_str(against[i])))
            return false;
    return true;
}

/* How many events near order[at] join the two states, and is there a third that acts for itself? */
static bool of_two(const struct coder *c, struct draft *const *order, uint32_t n, uint32_t at, const char *a,
                   const char *b)
{
    uint32_t joined = 0;
    bool third = false;
    for (uint32_t i = at > AROUND ? at - AROUND : 0; i < n && i < at + AROUND; i++) {
        bool has_a = false, has_b = false;
        for (int side = 0; side < DGI_N_SIDE; side++)
            for (uint32_t k = 0; k < order[i]->side[side].n; k++) {
                const char *iso = entity_of(c, &order[i]->side[side].ref[k])->country;
                has_a = has_a || !strcmp(iso, a);
                has_b = has_b || !strcmp(iso, b);
                third = third || (iso[0] && strcmp(iso, a) && strcmp(iso, b));
            }
        joined += has_a && has_b;
    }
    return joined > 1 || !third;
}

/* "Peru recalls envoy": of a headline, without a word for whose; it is its own. */
static bool own_envoy(const struct coder *c, const struct draft *w, uint32_t tok)
{
    uint32_t m = c->doc->toks[tok].mention;
    return w->frame->plover == DGI_SANCTION && m != DGI_NONE && c->doc->toks[tok].first_child == DGI_NONE &&
           !c->doc->entities[c->doc->mentions[m].entity].country[0];
}

/* Has the clause somebody for an object whom the coder could not take ("ordered his staff")? */
static bool object_is_somebody(const struct coder *c, const struct draft *w)
{
    struct dgi_fill f = {{0}, 0};
    if (w->nominal)
        return false;
    dgi_objects(&c->r, w->tok, &f);
    if (f.n) { /* an object that is to do something is asked, whoever it is */
        struct dgi_fill to = {{0}, 0};
        dgi_open_complements(&c->r, w->tok, &to);
        if (to.n)
            return true;
    }
    for (uint32_t i = 0; i < f.n; i++)
        if (!own_envoy(c, w, f.tok[i]) &&
            (c->doc->toks[f.tok[i]].mention != DGI_NONE || c->r.upos[f.tok[i]] == DGI_PROPN) &&
            dgi_child(c->doc, f.tok[i], DGI_REL_NMOD_POSS, DGI_NONE) == DGI_NONE) /* "recalled its envoy": one's own */
            return true;
    return false;
}

/* Those of a side, or their state where it is people of it that did it: "students seized the embassy. Ties were cut". */
static struct actor_refs as_state(const struct coder *c, const struct actor_refs *side)
{
    struct actor_refs out = {.n = 0};
    uint32_t e = DGI_NONE;
    if (for_state(c, side))
        return *side;
    for (uint32_t i = 0; i < side->n; i++) /* guerrillas are no state's */
        if (entity_of(c, &side->ref[i])->type != DGI_ENT_ROLE || !against_none(entity_of(c, &side->ref[i])))
            return out;
    e = dgi_actor_state(c->actors, c->doc, state_of(c, side));
    if (e != DGI_NONE)
        dgi_refs_add(&out, (struct dgi_ref){e, {0, 0}, DGI_NONE, true});
    return out;
}

/* With whom an event joins the state: the other side, or the other one of two that do it together. Empty: nobody. */
static struct actor_refs counterpart(const struct coder *c, const struct draft *p, const char *iso)
{
    struct actor_refs out = {.n = 0};
    for (int side = 0; side < DGI_N_SIDE && !out.n; side++) {
        const struct actor_refs *own = &p->side[side], *other = &p->side[!side];
        if (!strcmp(state_of(c, own), iso) && state_of(c, other)[0] && strcmp(state_of(c, other), iso))
            out = as_state(c, other);
        else if (own->n == 2 && !other->n && entity_of(c, &own->ref[0])->country[0] &&
                 entity_of(c, &own->ref[1])->country[0])
            for (int k = 0; k < 2; k++)
                if (!strcmp(entity_of(c, &own->ref[k])->country, iso) &&
                    strcmp(entity_of(c, &own->ref[!k])->country, iso)) {
                    out.n = 0;
                    dgi_refs_add(&out, own->ref[!k]);
                }
    }
    return out;
}

static bool same_state(const struct coder *c, const struct actor_refs *a, const struct actor_refs *b)
{
    return !strcmp(state_of(c, a), state_of(c, b));
}

/* The counterpart of the state in the last events before w, all of which must agree. */
static struct actor_refs last_counterpart(const struct coder *c, struct draft *const *order, uint32_t at,
                                          const char *iso)
{
    struct actor_refs found = {.n = 0};
    const struct dgi_tok *t = c->doc->toks;
    uint32_t sent = t[order[at]->tok].sent;
    for (uint32_t i = at, k = 0; i-- > 0 && k < MOST_LOOKED_AT && t[order[i]->tok].sent + NEAR_SENTS >= sent; k++) {
        struct actor_refs one = counterpart(c, order[i], iso);
        bool own_deed = !strcmp(state_of(c, &order[i]->side[DGI_SIDE_SOURCE]), iso);
        bool told_apart = c->stmt[order[i]->tok] != DGI_NONE && c->stmt[order[i]->tok] != c->stmt[order[at]->tok];
        if (!one.n || told_apart)
            continue;
        if (own_deed && order[i]->parent == DGI_NONE && order[at]->frame->plover == DGI_REJECT) {
            found.n = 0;
            return found;
        }
        if (found.n && !same_state(c, &found, &one)) {
            found.n = 0;
            return found;
        }
        if (!found.n)
            found = one;
    }
    return found;
}

/* The charge in whose content a deed stands. */
static const struct draft *charge_over(const struct coder *c, const struct draft *w)
{
    enum { MOST_UP = 4 };
    uint32_t x = c->doc->toks[w->tok].head;
    for (int k = 0; k < MOST_UP && x != DGI_NONE; k++, x = c->doc->toks[x].head)
        if (c->ev[x] != DGI_NONE && !c->w[c->ev[x]].dropped)
            return c->w[c->ev[x]].frame->plover == DGI_ACCUSE ? &c->w[c->ev[x]] : NULL;
    return NULL;
}

/* "Charged Togo with sending men across its border": a word of the deed that stands for who complains makes him its other side. */
static bool complainer_inside(struct coder *c, struct draft *w)
{
    const struct draft *p = charge_over(c, w);
    const struct dgi_tok *t = c->doc->toks;
    uint8_t plover = w->frame->plover;
    if (!p || w->side[DGI_SIDE_TARGET].n || (plover != DGI_ASSAULT && plover != DGI_MOBILIZE && plover != DGI_COERCE))
        return false;
    const char *iso = state_of(c, &p->side[DGI_SIDE_SOURCE]);
    if (!iso[0] || !strcmp(iso, state_of(c, &w->side[DGI_SIDE_SOURCE])))
        return false;
    for (uint32_t i = w->tok + 1; i < c->doc->sents[t[w->tok].sent].end; i++) {
        uint32_t m = t[i].mention;
        if (m == DGI_NONE || !dgi_dominates(c->doc, w->tok, i) ||
            strcmp(c->doc->entities[c->doc->mentions[m].entity].country, iso) != 0)
            continue;
        dgi_refs_add(&w->side[DGI_SIDE_TARGET],
                     (struct dgi_ref){c->doc->mentions[m].entity, c->doc->mentions[m].span, i, false});
        dgi_trace_add(c->doc, w->tok, "target", "who complains of it, named in the deed: %s", iso);
        return true;
    }
    return false;
}

static bool wants_side(const struct draft *w, int side)
{
    uint8_t p = w->frame->plover;
    if (w->side[side].n || w->frame->role[side == DGI_SIDE_SOURCE ? ROLE_SOURCE : ROLE_TARGET].none || w->recip)
        return false;
    if (side == DGI_SIDE_TARGET)
        return p == DGI_REQUEST || p == DGI_REJECT || p == DGI_THREATEN || p == DGI_SANCTION || p == DGI_AGREE ||
               (p == DGI_ASSAULT && !w->nominal && !w->passive);
    return w->passive && (p == DGI_SANCTION || p == DGI_REJECT);
}

static int by_token(const void *a, const void *b)
{
    const struct draft *x = *(const struct draft *const *)a, *y = *(const struct draft *const *)b;
    return (x->tok > y->tok) - (x->tok < y->tok);
}

bool dgi_fill_from_discourse(struct coder *c)
{
    uint32_t n = 0;
    struct draft **order = dgi_arena_array(c->scratch, c->n_w ? c->n_w : 1, sizeof *order);
    if (!order)
        return false;
    for (uint32_t i = 0; i < c->n_w; i++)
        if (!c->w[i].dropped)
            order[n++] = &c->w[i];
    qsort(order, n, sizeof *order, by_token);
    if (!dgi_fill_outsiders(c))
        return false;
    for (uint32_t i = 0; i < n; i++)
        for (int side = 0; side < DGI_N_SIDE; side++) {
            struct draft *w = order[i];
            const struct actor_refs *known = &w->side[!side];
            const char *iso = state_of(c, known);
            if (side == DGI_SIDE_TARGET && !w->side[side].n && !w->recip && !w->frame->role[ROLE_TARGET].none) {
                struct actor_refs said = dgi_answered(c, order, i);
                for (uint32_t k = 0; k < said.n; k++)
                    dgi_refs_add(&w->side[side], (struct dgi_ref){said.ref[k].entity, {0, 0}, DGI_NONE, true});
                if (said.n)
                    dgi_trace_add(c->doc, w->tok, "target", "whose word or deed it is that is answered");
            }
            if (side == DGI_SIDE_TARGET && complainer_inside(c, w))
                continue;
            if (!wants_side(w, side) || !iso[0] || (!for_state(c, known) && !are_troops(c, w, known)))
                continue;
            struct actor_refs other = last_counterpart(c, order, i, iso);
            if (other.n && (object_is_somebody(c, w) || !of_two(c, order, n, i, iso, state_of(c, &other))))
                continue;
            for (uint32_t k = 0; k < other.n; k++)
                dgi_refs_add(&w->side[side], (struct dgi_ref){other.ref[k].entity, {0, 0}, DGI_NONE, true});
            if (other.n)
                dgi_trace_add(c->doc, w->tok, side ? "target" : "source", "whom the text has just named with %s", iso);
        }
    return true;
}
