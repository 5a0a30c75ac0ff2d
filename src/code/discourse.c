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
    LEAST_NAMED = 3,
    AROUND = 100 /* events before and behind that tell whom a text is about */
};

static const struct dgi_entity *entity_of(const struct coder *c, const struct dgi_ref *r)
{
    return &c->doc->entities[r->entity];
}

/* Somebody of the one power that all of a side are of; NULL: of none, or of several. */
static const struct dgi_entity *power_of(const struct coder *c, const struct actor_refs *side)
{
    const struct dgi_entity *one = NULL;
    for (uint32_t i = 0; i < side->n; i++) {
        const struct dgi_entity *e = entity_of(c, &side->ref[i]);
        if ((!e->country[0] && e->type != DGI_ENT_GROUP) || (one && !dgi_same_power(one, e)))
            return NULL;
        one = e;
    }
    return one;
}

/* Those who rose against a state, or broke away from it, and have a name; a people is none of them. */
static bool are_movement(const struct dgi_entity *e)
{
    static const char *const armed[] = {"REB", "PRE", "SPL"};
    if (e->type != DGI_ENT_GROUP)
        return false;
    for (size_t i = 0; i < sizeof armed / sizeof *armed; i++)
        if (dgi_str_in(e->sectors, ',', dgi_str(armed[i])))
            return true;
    return false;
}

/* Does it speak or act for its state, or is it a power of its own? */
static bool for_state(const struct coder *c, const struct actor_refs *side)
{
    static const char government[] = "GOV";
    for (uint32_t i = 0; i < side->n; i++) {
        const struct dgi_entity *e = entity_of(c, &side->ref[i]);
        bool office =
            (e->type == DGI_ENT_ROLE || e->type == DGI_ENT_PERSON) && dgi_str_in(e->sectors, ',', dgi_str(government));
        if (e->type != DGI_ENT_COUNTRY && !office && !are_movement(e))
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

/* How many events near order[at] join the two powers, and is there a third that acts for itself? */
static bool of_two(const struct coder *c, struct draft *const *order, uint32_t n, uint32_t at,
                   const struct dgi_entity *a, const struct dgi_entity *b)
{
    uint32_t joined = 0;
    bool third = false;
    for (uint32_t i = at > AROUND ? at - AROUND : 0; i < n && i < at + AROUND; i++) {
        bool has_a = false, has_b = false;
        for (int side = 0; side < DGI_N_SIDE; side++)
            for (uint32_t k = 0; k < order[i]->side[side].n; k++) {
                const struct dgi_entity *e = entity_of(c, &order[i]->side[side].ref[k]);
                bool is_a = dgi_same_power(e, a), is_b = dgi_same_power(e, b);
                has_a = has_a || is_a;
                has_b = has_b || is_b;
                bool at_home =
                    e->type != DGI_ENT_GROUP && (!strcmp(e->country, a->country) || !strcmp(e->country, b->country));
                third = third || (e->country[0] && !is_a && !is_b && !at_home);
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
        if (entity_of(c, &side->ref[i])->type != DGI_ENT_ROLE || dgi_set_against(entity_of(c, &side->ref[i])))
            return out;
    const struct dgi_entity *one = power_of(c, side);
    e = one ? dgi_actor_state(c->actors, c->doc, one->country) : DGI_NONE;
    if (e != DGI_NONE)
        dgi_refs_add(&out, (struct dgi_ref){e, {0, 0}, DGI_NONE, true});
    return out;
}

/* With whom an event joins the power: the other side, or the other one of two that do it together. Empty: nobody. */
static struct actor_refs counterpart(const struct coder *c, const struct draft *p, const struct dgi_entity *self)
{
    struct actor_refs out = {.n = 0};
    for (int side = 0; side < DGI_N_SIDE && !out.n; side++) {
        const struct actor_refs *own = &p->side[side], *other = &p->side[!side];
        const struct dgi_entity *a = power_of(c, own), *b = power_of(c, other);
        if (a && b && dgi_same_power(a, self) && !dgi_same_power(b, self))
            out = as_state(c, other);
        else if (own->n == 2 && !other->n && entity_of(c, &own->ref[0])->country[0] &&
                 entity_of(c, &own->ref[1])->country[0])
            for (int k = 0; k < 2; k++)
                if (dgi_same_power(entity_of(c, &own->ref[k]), self) &&
                    !dgi_same_power(entity_of(c, &own->ref[!k]), self)) {
                    out.n = 0;
                    dgi_refs_add(&out, own->ref[!k]);
                }
    }
    return out;
}

static bool same_side(const struct coder *c, const struct actor_refs *a, const struct actor_refs *b)
{
    const struct dgi_entity *x = power_of(c, a), *y = power_of(c, b);
    return x && y ? dgi_same_power(x, y) : !x && !y;
}

/* The counterpart of the power in the last events before w, all of which must agree. */
static struct actor_refs last_counterpart(const struct coder *c, struct draft *const *order, uint32_t at,
                                          const struct dgi_entity *self)
{
    struct actor_refs found = {.n = 0};
    const struct dgi_tok *t = c->doc->toks;
    uint32_t sent = t[order[at]->tok].sent;
    for (uint32_t i = at, k = 0; i-- > 0 && k < MOST_LOOKED_AT && t[order[i]->tok].sent + NEAR_SENTS >= sent; k++) {
        struct actor_refs one = counterpart(c, order[i], self);
        const struct dgi_entity *by = power_of(c, &order[i]->side[DGI_SIDE_SOURCE]);
        bool own_deed = by && dgi_same_power(by, self);
        bool told_apart = c->stmt[order[i]->tok] != DGI_NONE && c->stmt[order[i]->tok] != c->stmt[order[at]->tok];
        if (!one.n || told_apart)
            continue;
        if (own_deed && order[i]->parent == DGI_NONE && order[at]->frame->plover == DGI_REJECT) {
            found.n = 0;
            return found;
        }
        if (found.n && !same_side(c, &found, &one)) {
            found.n = 0;
            return found;
        }
        if (!found.n)
            found = one;
    }
    return found;
}

/* "The bloc suspended Mali and warned its rulers. Norway froze aid": the measure of a bystander, right behind at least two words or measures of
 * others that are all against one power, is against it too. */
static struct actor_refs like_the_others(const struct coder *c, struct draft *const *order, uint32_t at,
                                         const struct dgi_entity *self)
{
    struct actor_refs none = {.n = 0}, state = {.n = 0};
    const struct dgi_tok *t = c->doc->toks;
    const struct dgi_entity *one = NULL;
    uint32_t sent = t[order[at]->tok].sent, n = 0;
    for (uint32_t i = at, k = 0; i-- > 0 && k < MOST_LOOKED_AT && t[order[i]->tok].sent + NEAR_SENTS >= sent; k++) {
        const struct draft *p = order[i];
        uint8_t q = p->frame->plover;
        if (q != DGI_SANCTION && q != DGI_THREATEN && q != DGI_REJECT && q != DGI_ACCUSE && q != DGI_REQUEST)
            continue;
        const struct dgi_entity *by = power_of(c, &p->side[DGI_SIDE_SOURCE]),
                                *to = power_of(c, &p->side[DGI_SIDE_TARGET]);
        if (!to)
            continue;
        if ((one && strcmp(one->country, to->country) != 0) || !to->country[0] || dgi_same_power(to, self) ||
            (by && !strcmp(by->country, to->country)))
            return none;
        one = to;
        n++;
    }
    uint32_t e = n > 1 ? dgi_actor_state(c->actors, c->doc, one->country) : DGI_NONE;
    if (e != DGI_NONE)
        dgi_refs_add(&state, (struct dgi_ref){e, {0, 0}, DGI_NONE, true});
    return state;
}

/* May it be one of several measures against somebody: a state's, that names nobody? */
static bool is_measure(const struct coder *c, const struct draft *w)
{
    const struct actor_refs *s = &w->side[DGI_SIDE_SOURCE];
    uint8_t p = w->frame->plover;
    return (p == DGI_SANCTION || (p == DGI_COERCE && !w->nominal)) && !w->passive && !w->side[DGI_SIDE_TARGET].n &&
           !w->frame->role[ROLE_TARGET].none && s->n == 1 && entity_of(c, &s->ref[0])->type == DGI_ENT_COUNTRY &&
           w->parent == DGI_NONE;
}

/* The state that a text is about beside the one at hand: named thrice, and twice as often as any third. DGI_NONE: there is none. */
static uint32_t other_of_story(const struct coder *c, const struct dgi_entity *self)
{
    const struct dgi_doc *d = c->doc;
    uint32_t best = DGI_NONE, n_best = 0, n_third = 0;
    for (uint32_t i = 0; i < d->n_entities; i++) {
        const struct dgi_entity *e = &d->entities[i];
        if (e->type != DGI_ENT_COUNTRY || !strcmp(e->country, self->country))
            continue;
        if (e->n_mentions > n_best) {
            n_third = n_best;
            n_best = e->n_mentions;
            best = i;
        } else if (e->n_mentions > n_third) {
            n_third = e->n_mentions;
        }
    }
    return n_best >= LEAST_NAMED && n_best >= 2 * n_third ? best : DGI_NONE;
}

/* "Pakistan closed the frontier": to the other one of the two that the text is about. */
static void whose_border(struct coder *c, struct draft *w)
{
    const struct dgi_entity *self = power_of(c, &w->side[DGI_SIDE_SOURCE]);
    uint8_t p = w->frame->plover;
    struct dgi_fill f = {{0}, 0};
    if (!self || !self->country[0] || (p != DGI_COERCE && p != DGI_SANCTION) || w->nominal ||
        w->side[DGI_SIDE_TARGET].n || w->frame->role[ROLE_TARGET].none || !for_state(c, &w->side[DGI_SIDE_SOURCE]))
        return;
    dgi_objects(&c->r, w->tok, &f);
    if (f.n != 1 || !dgi_lemma_in(c->doc, f.tok[0], DGI_W_BORDER) || c->r.upos[f.tok[0]] != DGI_NOUN)
        return;
    uint32_t e = other_of_story(c, self);
    if (e == DGI_NONE)
        return;
    dgi_refs_add(&w->side[DGI_SIDE_TARGET], (struct dgi_ref){e, {0, 0}, DGI_NONE, true});
    dgi_trace_add(c->doc, w->tok, "target", "the other state that the text is about");
}

/* "A crowd stormed the embassy": of two powers that the text has just joined, that of the other one. */
static void whose_embassy(struct coder *c, struct draft *const *order, uint32_t n, uint32_t at)
{
    struct draft *w = order[at];
    struct actor_refs *out = &w->side[DGI_SIDE_TARGET];
    const struct dgi_entity *self = power_of(c, &w->side[DGI_SIDE_SOURCE]);
    static const char nobodys[] = "role::GOV";
    if (!self || out->n != 1 || out->ref[0].head == DGI_NONE ||
        !dgi_str_is(entity_of(c, &out->ref[0])->actor, nobodys) ||
        !dgi_lemma_in(c->doc, out->ref[0].head, DGI_W_EMBASSY))
        return;
    struct actor_refs other = last_counterpart(c, order, at, self);
    uint32_t told = self->country[0] ? other_of_story(c, self) : DGI_NONE;
    if (!other.n && told != DGI_NONE) {
        out->ref[0].entity = told;
        dgi_trace_add(c->doc, w->tok, "target", "the embassy of the other state that the text is about");
        return;
    }
    const struct dgi_entity *them = power_of(c, &other);
    if (other.n != 1 || !them || entity_of(c, &other.ref[0])->type != DGI_ENT_COUNTRY ||
        !of_two(c, order, n, at, self, them))
        return;
    out->ref[0].entity = other.ref[0].entity;
    dgi_trace_add(c->doc, w->tok, "target", "the embassy of the other of the two");
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
    const struct dgi_entity *who = power_of(c, &p->side[DGI_SIDE_SOURCE]), *by = power_of(c, &w->side[DGI_SIDE_SOURCE]);
    if (!who || (by && dgi_same_power(who, by)))
        return false;
    for (uint32_t i = w->tok + 1; i < c->doc->sents[t[w->tok].sent].end; i++) {
        uint32_t m = t[i].mention;
        if (m == DGI_NONE || !dgi_dominates(c->doc, w->tok, i) ||
            !dgi_same_power(&c->doc->entities[c->doc->mentions[m].entity], who))
            continue;
        dgi_refs_add(&w->side[DGI_SIDE_TARGET],
                     (struct dgi_ref){c->doc->mentions[m].entity, c->doc->mentions[m].span, i, false});
        dgi_trace_add(c->doc, w->tok, "target", "who complains of it, named in the deed: %.*s", (int)who->actor.len,
                      who->actor.ptr);
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
            const struct dgi_entity *self = power_of(c, known);
            if (side == DGI_SIDE_TARGET && !w->side[side].n && !w->recip && !w->frame->role[ROLE_TARGET].none) {
                struct actor_refs said = dgi_answered(c, order, i);
                for (uint32_t k = 0; k < said.n; k++)
                    dgi_refs_add(&w->side[side], (struct dgi_ref){said.ref[k].entity, {0, 0}, DGI_NONE, true});
                if (said.n)
                    dgi_trace_add(c->doc, w->tok, "target", "whose word or deed it is that is answered");
            }
            if (side == DGI_SIDE_TARGET && complainer_inside(c, w))
                continue;
            if (side == DGI_SIDE_TARGET)
                whose_embassy(c, order, n, i);
            if (side == DGI_SIDE_TARGET)
                whose_border(c, w);
            if (side == DGI_SIDE_TARGET && self && is_measure(c, w))
                w->side[side] = like_the_others(c, order, i, self);
            if (!wants_side(w, side) || !self || (!for_state(c, known) && !are_troops(c, w, known)))
                continue;
            struct actor_refs other = last_counterpart(c, order, i, self);
            const struct dgi_entity *them = power_of(c, &other);
            if (other.n && (object_is_somebody(c, w) || !them || !of_two(c, order, n, i, self, them)))
                continue;
            for (uint32_t k = 0; k < other.n; k++)
                dgi_refs_add(&w->side[side], (struct dgi_ref){other.ref[k].entity, {0, 0}, DGI_NONE, true});
            if (other.n)
                dgi_trace_add(c->doc, w->tok, side ? "target" : "source", "whom the text has just named with %.*s",
                              (int)self->actor.len, self->actor.ptr);
        }
    return true;
}
