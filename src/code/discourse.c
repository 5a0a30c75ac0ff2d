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
        if ((c->doc->toks[f.tok[i]].mention != DGI_NONE || c->r.upos[f.tok[i]] == DGI_PROPN) &&
            dgi_child(c->doc, f.tok[i], DGI_REL_NMOD_POSS, DGI_NONE) == DGI_NONE) /* "recalled its envoy": one's own */
            return true;
    return false;
}

/* With whom an event joins the state: the other side, or the other one of two that do it together. Empty: nobody. */
static struct actor_refs counterpart(const struct coder *c, const struct draft *p, const char *iso)
{
    struct actor_refs out = {.n = 0};
    for (int side = 0; side < DGI_N_SIDE && !out.n; side++) {
        const struct actor_refs *own = &p->side[side], *other = &p->side[!side];
        if (!strcmp(state_of(c, own), iso) && state_of(c, other)[0] && strcmp(state_of(c, other), iso) &&
            for_state(c, other))
            out = *other;
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

static bool wants_side(const struct draft *w, int side)
{
    uint8_t p = w->frame->plover;
    if (w->side[side].n || w->frame->role[side == DGI_SIDE_SOURCE ? ROLE_SOURCE : ROLE_TARGET].none || w->recip)
        return false;
    if (side == DGI_SIDE_TARGET)
        return p == DGI_REQUEST || p == DGI_REJECT || p == DGI_THREATEN || p == DGI_SANCTION || p == DGI_AGREE;
    return w->passive && (p == DGI_SANCTION || p == DGI_REJECT);
}

/* Somebody named whom no table and no title tells: he may act and suffer in what is an event already, but makes none. So may
 * those who are no side in politics ("reporters") suffer. */
static void add_people(const struct coder *c, const struct dgi_fill *f, const struct actor_refs *other, bool roles,
                       struct actor_refs *out)
{
    for (uint32_t i = 0; i < f->n; i++) {
        uint32_t m = c->doc->toks[f->tok[i]].mention;
        const struct dgi_mention *k = m == DGI_NONE ? NULL : &c->doc->mentions[m];
        bool again = false; /* he himself is no other side */
        for (uint32_t j = 0; k && j < other->n; j++)
            again = again || other->ref[j].entity == k->entity;
        uint8_t type = k ? c->doc->entities[k->entity].type : DGI_ENT_PLACE;
        if (k && !again && k->head == f->tok[i] && !k->adjectival &&
            (type == DGI_ENT_PERSON || (roles && type == DGI_ENT_ROLE)))
            dgi_refs_add(out, (struct dgi_ref){k->entity, k->span, f->tok[i], false});
    }
}

/* Is the subject said here, or shared with the verb that this one is joined to? What a participle far off is of, is a guess. */
static bool own_subject(const struct coder *c, uint32_t v)
{
    uint8_t rel = dgi_rel_base(c->doc->toks[v].rel);
    return dgi_child_base(c->doc, v, DGI_REL_NSUBJ, DGI_NONE) != DGI_NONE || rel == DGI_REL_CONJ ||
           rel == DGI_REL_XCOMP;
}

/* "was jailed": a passive beyond doubt, or an object behind the verb. */
static bool sure_object(const struct coder *c, uint32_t v)
{
    return dgi_child(c->doc, v, DGI_REL_AUX_PASS, DGI_NONE) != DGI_NONE ||
           dgi_child(c->doc, v, DGI_REL_OBJ, DGI_NONE) != DGI_NONE ||
           dgi_child(c->doc, v, DGI_REL_IOBJ, DGI_NONE) != DGI_NONE;
}

static void people_without_title(const struct coder *c, struct draft *w)
{
    struct dgi_fill subject = {{0}, 0}, object = {{0}, 0};
    uint8_t p = w->frame->plover;
    if (w->nominal) { /* "the shooting of Jacob Blake" */
        if (!w->side[DGI_SIDE_TARGET].n && !w->frame->role[ROLE_TARGET].none &&
            (p == DGI_ASSAULT || p == DGI_COERCE || p == DGI_SANCTION)) {
            dgi_phrases(&c->r, w->tok, c->t->lx.prep[DGI_PREP_OF], DGI_REL_NMOD, &object);
            dgi_fill_expand(&c->r, &object);
            add_people(c, &object, &w->side[DGI_SIDE_SOURCE], true, &w->side[DGI_SIDE_TARGET]);
        }
        return;
    }
    if (!w->side[DGI_SIDE_SOURCE].n && !w->frame->role[ROLE_SOURCE].none) {
        if (dgi_is_passive(&c->r, w->tok))
            dgi_agents(&c->r, w->tok, &subject);
        else if (own_subject(c, w->tok))
            dgi_fill_add(&subject, dgi_surface_subject(&c->r, w->tok));
        dgi_fill_expand(&c->r, &subject);
        add_people(c, &subject, &w->side[DGI_SIDE_TARGET], false, &w->side[DGI_SIDE_SOURCE]);
    }
    if (!w->side[DGI_SIDE_TARGET].n && !w->frame->role[ROLE_TARGET].none && sure_object(c, w->tok)) {
        dgi_objects(&c->r, w->tok, &object);
        dgi_fill_expand(&c->r, &object);
        add_people(c, &object, &w->side[DGI_SIDE_SOURCE], p == DGI_ASSAULT || p == DGI_COERCE,
                   &w->side[DGI_SIDE_TARGET]);
    }
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
    for (uint32_t i = 0; i < n; i++)
        people_without_title(c, order[i]);
    for (uint32_t i = 0; i < n; i++)
        for (int side = 0; side < DGI_N_SIDE; side++) {
            struct draft *w = order[i];
            const struct actor_refs *known = &w->side[!side];
            const char *iso = state_of(c, known);
            if (!wants_side(w, side) || !iso[0] || !for_state(c, known))
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
