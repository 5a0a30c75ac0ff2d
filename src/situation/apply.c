/* SPDX-License-Identifier: Apache-2.0 */
/* situation/apply.c: the events of one document open, move and close items.
 *
 * Reads   struct dgi_ev_doc, the rules
 * Writes  the board: items and lines of their history; the caller's notes
 *
 * Three passes over the document: first what opens or reports a matter, then answers and withdrawals, which may stand
 * before the demand they answer ("rejected Russia's demand"), then what the events that happened do to what was
 * demanded, threatened and promised. Within an item the day of a change decides what its status is, not the order in
 * which reports come: a background paragraph about 2014 does not undo what happened last week. */
#include <math.h>
#include <stdio.h>

#include "situation/board.h"

/* ---- board ---- */
dgi_board *dgi_board_new(const dgi_sit_rules *rules, size_t limit)
{
    dgi_arena *a = dgi_arena_new(limit ? limit : (size_t)2 << 30);
    dgi_board *b = a ? dgi_arena_alloc(a, sizeof *b) : NULL;
    if (!b) {
        dgi_arena_free(a);
        return NULL;
    }
    b->a = a;
    b->rules = rules;
    return b;
}

void dgi_board_free(dgi_board *b)
{
    if (b)
        dgi_arena_free(b->a);
}

uint32_t dgi_board_n(const dgi_board *b) { return b->n_items; }
const struct dgi_sit_item *dgi_board_item(const dgi_board *b, uint32_t i) { return b->items[i]; }

const struct dgi_sit_item *dgi_board_find(const dgi_board *b, dg_str id)
{
    for (uint32_t i = 0; i < b->n_items; i++)
        if (dgi_str_eq(b->items[i]->id, id))
            return b->items[i];
    return NULL;
}

struct apply {
    dgi_board *b;
    const struct dgi_ev_doc *doc;
    struct dgi_sit_notes *notes;
    dgi_arena *na;
    struct dgi_sit_item **of; /* [n_events][2]: the demand, the offer that an event opened or reported */
    struct list *cands;
    uint16_t *late; /* [n_events] bit per kind: nobody named for it; what is opened further down may be the same matter */
    bool again;  /* the second look at those */
    bool *fresh; /* [n_events]: the event opened something or changed a status, it is no mere mention */
    dgi_arena *tmp;
    bool failed;
};

static dg_str keep(struct apply *p, dg_str s)
{
    dg_str c = s.len ? dgi_arena_str(p->b->a, s) : (dg_str){"", 0};
    if (!c.ptr)
        p->failed = true;
    return c;
}

static void keep_actor(struct apply *p, struct dgi_ev_actor *out, const struct dgi_ev_actor *in)
{
    *out = *in;
    out->id = keep(p, in->id);
    out->name = keep(p, in->name);
    out->cameo = keep(p, in->cameo);
    out->sectors = keep(p, in->sectors);
}

static const struct dgi_ev_place *keep_place(struct apply *p, const struct dgi_ev_place *in)
{
    if (!in)
        return NULL;
    struct dgi_ev_place *out = dgi_arena_alloc(p->b->a, sizeof *out);
    if (!out) {
        p->failed = true;
        return NULL;
    }
    *out = *in;
    out->name = keep(p, in->name);
    out->admin1 = keep(p, in->admin1);
    return out;
}

/* ---- status ---- */
static const struct dgi_sit_change *current(const struct dgi_sit_item *it)
{
    const struct dgi_sit_change *best = NULL;
    for (uint32_t i = 0; i < it->n_history; i++)
        if (it->history[i].status != DGI_IS_NONE && (!best || it->history[i].date >= best->date))
            best = &it->history[i];
    return best;
}

/* Would `to` be a step back that a mere mention must not take? ("the embargo, imposed in May and eased in June") */
static bool step_back(uint8_t kind, uint8_t cur, uint8_t to, bool later)
{
    if (cur == to)
        return true;
    switch (kind) {
    case DGI_IT_DEMAND:
        return to == DGI_IS_OPEN || ((cur == DGI_IS_MET || cur == DGI_IS_WITHDRAWN) && !later) ||
               (to == DGI_IS_DEFERRED && cur != DGI_IS_OPEN && !later);
    case DGI_IT_OFFER: return (to == DGI_IS_OPEN && !later) || (cur == DGI_IS_WITHDRAWN && !later);
    case DGI_IT_THREAT:
    case DGI_IT_COMMITMENT: return to == DGI_IS_STANDING && !(later && cur == DGI_IS_CARRIED_OUT);
    case DGI_IT_MEETING: return to == DGI_IS_PLANNED && cur == DGI_IS_HELD;
    case DGI_IT_DEPLOYMENT:
        return (to == DGI_IS_IN_PLACE && (cur == DGI_IS_GROWING || (cur == DGI_IS_REDUCED) || (cur == DGI_IS_WITHDRAWN && !later))) ||
               (to == DGI_IS_PLANNED && cur != DGI_IS_WITHDRAWN);
    case DGI_IT_SANCTION:
        return (to == DGI_IS_IMPOSED && (cur == DGI_IS_WIDENED || ((cur == DGI_IS_EASED || cur == DGI_IS_LIFTED) && !later))) ||
               (to == DGI_IS_PLANNED && cur != DGI_IS_LIFTED) || (to == DGI_IS_WIDENED && cur == DGI_IS_LIFTED && !later) ||
               (to == DGI_IS_EASED && cur == DGI_IS_LIFTED);
    case DGI_IT_AGREEMENT:
        return (to == DGI_IS_PROPOSED && cur != DGI_IS_ENDED) || (to == DGI_IS_SIGNED && (cur == DGI_IS_IN_FORCE || !later));
    case DGI_IT_RELATION:
        return (to == DGI_IS_STRAINED && cur != DGI_IS_RESTORED && cur != DGI_IS_NORMAL) ||
               (to == DGI_IS_REDUCED && (cur == DGI_IS_SEVERED || cur == DGI_IS_SUSPENDED || !later)) ||
               (to == DGI_IS_SUSPENDED && cur == DGI_IS_SEVERED) || (to == DGI_IS_NORMAL && !later);
    case DGI_IT_CONTROL:
        return ((to == DGI_IS_CLAIMED || to == DGI_IS_CONTESTED) && (cur == DGI_IS_OCCUPIED || cur == DGI_IS_ANNEXED)) ||
               (to == DGI_IS_OCCUPIED && (cur == DGI_IS_ANNEXED || (cur == DGI_IS_RETURNED && !later)));
    case DGI_IT_HOSTILITY: return to == DGI_IS_ONGOING && !later;
    default: return false;
    }
}

static void note(struct apply *p, struct dgi_sit_item *it, bool opened)
{
    if (!p->notes)
        return;
    struct dgi_sit_note *n = DGI_PUSH(p->na, p->notes->notes, p->notes->n, p->notes->cap);
    if (!n) {
        p->failed = true;
        return;
    }
    n->item = it;
    n->change = it->n_history - 1;
    n->opened = opened;
}

/* Adds a line to the history. */
static void change(struct apply *p, struct dgi_sit_item *it, const struct dgi_event *ev, uint8_t status, int32_t day, bool due, dg_str rule,
                   bool opened)
{
    if (!opened && it->n_history) {
        const struct dgi_sit_change *l = &it->history[it->n_history - 1];
        if (dgi_str_eq(l->event, ev->id) && dgi_str_eq(l->document, p->doc->id) && (l->status == status || status == DGI_IS_NONE) && l->due == due)
            return;
    }
    struct dgi_sit_change *c = DGI_PUSH(p->b->a, it->history, it->n_history, it->cap_history);
    if (status != DGI_IS_NONE && ev >= p->doc->events && ev < p->doc->events + p->doc->n_events)
        p->fresh[ev - p->doc->events] = true;
    if (!c) {
        p->failed = true;
        return;
    }
    c->date = day;
    c->reported = p->doc->reported;
    c->status = status;
    c->due = due;
    c->event = keep(p, ev->id);
    c->document = it->n_history > 1 && dgi_str_eq(it->history[it->n_history - 2].document, p->doc->id) ? it->history[it->n_history - 2].document
                                                                                                       : keep(p, p->doc->id);
    c->rule = rule;
    c->ev_start = ev->ev_start;
    c->ev_end = ev->ev_end;
    c->trig_start = ev->trig_start;
    c->trig_end = ev->trig_end;
    c->ev_text = keep(p, ev->ev_text);
    c->deadline.start = c->deadline.end = c->when.start = c->when.end = DGI_NO_DAY;
    c->place = keep_place(p, ev->place);
    if (ev->deadline.start != DGI_NO_DAY)
        c->deadline = ev->deadline;
    if (ev->date_from_text && ev->date.start != DGI_NO_DAY)
        c->when = ev->date;
    if (ev->n_claimed_by) {
        struct dgi_ev_actor *who = dgi_arena_array(p->b->a, ev->n_claimed_by, sizeof *who);
        for (uint32_t i = 0; who && i < ev->n_claimed_by; i++)
            keep_actor(p, &who[i], &ev->claimed_by[i]);
        c->claimed_by = who;
        c->n_claimed_by = who ? ev->n_claimed_by : 0;
        p->failed |= !who;
    }
    uint32_t n = 0;
    struct dgi_ev_quantity *q = ev->n_quantities ? dgi_arena_array(p->b->a, ev->n_quantities, sizeof *q) : NULL;
    p->failed |= ev->n_quantities && !q;
    for (uint32_t i = 0; q && i < ev->n_quantities; i++) {
        if (it->kind == DGI_IT_TOLL && ev->quantities[i].kind != it->sub)
            continue;
        q[n] = ev->quantities[i];
        q[n].unit = keep(p, q[n].unit);
        q[n].noun = keep(p, q[n].noun);
        n++;
    }
    c->quantities = q;
    c->n_quantities = n;
    note(p, it, opened);
}

/* ---- roles ---- */
static const uint8_t role_of[DGI_N_ITEM_KIND][2] = {
    {DGI_R_ISSUER, DGI_R_ADDRESSEE},    {DGI_R_ISSUER, DGI_R_ADDRESSEE}, {DGI_R_ISSUER, DGI_R_ADDRESSEE},   {DGI_R_ISSUER, DGI_R_ADDRESSEE},
    {DGI_R_PARTICIPANT, DGI_R_PARTICIPANT}, {DGI_R_PARTY, DGI_R_ADDRESSEE}, {DGI_R_ISSUER, DGI_R_ADDRESSEE}, {DGI_R_PARTY, DGI_R_PARTY},
    {DGI_R_PARTY, DGI_R_PARTY},         {DGI_R_HOLDER, DGI_R_CLAIMANT},  {DGI_R_PARTY, DGI_R_PARTY},        {DGI_R_MEMBER, DGI_R_ORGANISATION},
    {DGI_R_CLAIMANT, DGI_R_PARTY},
};

static bool among(const struct dgi_ev_actor *x, const struct dgi_ev_actor *list, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        if (x->id.len ? dgi_str_eq(x->id, list[i].id) : dgi_str_eq(x->name, list[i].name))
            return true;
    return false;
}

static struct roles roles_of(const struct dgi_event *ev, uint8_t who)
{
    struct roles r = {ev->source, ev->target, ev->n_source, ev->n_target, who == WHO_BOTH, false};
    switch (who) {
    case WHO_BOTH: {
        bool all = true; /* reciprocal events may name everybody on both sides */
        for (uint32_t i = 0; i < r.n_b; i++)
            all = all && among(&r.b[i], r.a, r.n_a);
        if (all && r.n_a >= 2)
            r.b = r.a + 1, r.n_b = r.n_a - 1, r.n_a = 1;
        else if (!r.n_a && r.n_b >= 2)
            r.a = r.b, r.n_a = 1, r.b = r.a + 1, r.n_b--;
        break;
    }
    case WHO_MEMBER_T: r = (struct roles){ev->target, ev->source, ev->n_target, ev->n_source, false, false}; break;
    case WHO_TOLL: r = (struct roles){ev->claimed_by, ev->target, ev->n_claimed_by < 1 ? 0 : 1, ev->n_target, false, false}; break;
    default: break;
    }
    return r;
}

static void fill(struct apply *p, const struct dgi_ev_actor **list, uint32_t *n, const struct dgi_ev_actor *who)
{
    struct dgi_ev_actor *grown = dgi_arena_array(p->tmp, (size_t)*n + 1, sizeof *grown);
    if (!grown) {
        p->failed = true;
        return;
    }
    if (*n)
        memcpy(grown, *list, *n * sizeof *grown);
    grown[(*n)++] = *who;
    *list = grown;
}

static bool strangers(const struct apply *p, const struct dgi_ev_actor *x, const struct dgi_ev_actor *l, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        if (dgi_sit_party(p->b->rules, x, &l[i]) >= 0.5)
            return false;
    return x->id.len > 0;
}

static bool body(const struct dgi_ev_actor *a)
{
    return dgi_str_starts(a->id, DGI_S("country:")) || dgi_str_starts(a->id, DGI_S("org:")) || dgi_str_starts(a->id, DGI_S("group:")) || a->country[0];
}

/* The state that lies where it happened, by the name that the document has for it. */
static const struct dgi_ev_actor *state_at(const struct apply *p, const char *country)
{
    char id[16];
    snprintf(id, sizeof id, "country:%s", country);
    for (uint32_t i = 0; country[0] && i < p->doc->n_events; i++)
        for (uint32_t k = 0; k < p->doc->events[i].n_source + p->doc->events[i].n_target; k++) {
            const struct dgi_event *e = &p->doc->events[i];
            const struct dgi_ev_actor *a = k < e->n_source ? &e->source[k] : &e->target[k - e->n_source];
            if (dgi_str_is(a->id, id))
                return a;
        }
    return NULL;
}

/* Whom the document has this party deal with: most of its other events are with one and the same. NULL: nobody so clearly. */
static const struct dgi_ev_actor *counterpart(const struct apply *p, const struct dgi_ev_actor *us, uint32_t n_us)
{
    enum { MOST = 12 };
    const struct dgi_ev_actor *who[MOST];
    uint32_t count[MOST], n = 0, total = 0, best = 0;
    for (uint32_t i = 0; i < p->doc->n_events; i++) {
        const struct dgi_event *e = &p->doc->events[i];
        for (int side = 0; side < 2; side++) {
            const struct dgi_ev_actor *mine = side ? e->target : e->source, *theirs = side ? e->source : e->target;
            uint32_t n_mine = side ? e->n_target : e->n_source, n_theirs = side ? e->n_source : e->n_target;
            bool ours = false;
            for (uint32_t k = 0; k < n_mine && !ours; k++)
                ours = dgi_sit_party(p->b->rules, &mine[k], &us[0]) >= 0.8;
            for (uint32_t k = 0; ours && k < n_theirs; k++) {
                if (!body(&theirs[k]) || !strangers(p, &theirs[k], us, n_us))
                    continue;
                uint32_t w = 0;
                while (w < n && dgi_sit_party(p->b->rules, who[w], &theirs[k]) < 0.8)
                    w++;
                if (w == n && n == MOST)
                    continue;
                if (w == n)
                    who[n] = &theirs[k], count[n++] = 0;
                else if (dgi_str_starts(theirs[k].id, DGI_S("country:")) || dgi_str_starts(theirs[k].id, DGI_S("org:")))
                    who[w] = &theirs[k];
                count[w]++;
                total++;
            }
        }
    }
    for (uint32_t w = 1; w < n; w++)
        best = count[w] > count[best] ? w : best;
    return n && count[best] >= 2 && count[best] * 5 >= total * 3 ? who[best] : NULL;
}

/* What the sentence leaves to the reader: who is to do what is demanded, who met, against whom a raid in a country was. */
static void complete(struct apply *p, const struct dgi_event *ev, uint8_t kind, struct roles *ro)
{
    const struct dgi_event *evs = p->doc->events;
    uint32_t first = (uint32_t)(ev - evs), last = first;
    if (!ro->symmetric && kind != DGI_IT_TOLL) { /* nobody demands of himself, or sanctions himself */
        bool self = ro->n_b > 0;
        for (uint32_t i = 0; i < ro->n_b; i++)
            self = self && among(&ro->b[i], ro->a, ro->n_a);
        if (self)
            ro->n_b = 0;
    }
    if (kind == DGI_IT_HOSTILITY || kind == DGI_IT_TOLL || !ev->cameo[0]) {
        if (kind != DGI_IT_HOSTILITY || ro->n_b || !ro->n_a || !ev->place)
            return;
        const struct dgi_ev_actor *s = state_at(p, ev->place->country);
        if (s && strangers(p, s, ro->a, ro->n_a))
            fill(p, &ro->b, &ro->n_b, s);
        return;
    }
    while (first && evs[first - 1].sentence == ev->sentence)
        first--;
    while (last + 1 < p->doc->n_events && evs[last + 1].sentence == ev->sentence)
        last++;
    if (kind == DGI_IT_MEETING && !ro->n_a && !ro->n_b) {
        for (uint32_t i = first; i <= last; i++)
            for (uint32_t k = 0; k < evs[i].n_source + evs[i].n_target && ro->n_a < 3; k++) {
                const struct dgi_ev_actor *a = k < evs[i].n_source ? &evs[i].source[k] : &evs[i].target[k - evs[i].n_source];
                if (body(a) && strangers(p, a, ro->a, ro->n_a))
                    fill(p, &ro->a, &ro->n_a, a);
            }
        if (ro->n_a > 1)
            *ro = (struct roles){ro->a, ro->a + 1, 1, ro->n_a - 1, true, false};
        return;
    }
    if ((kind > DGI_IT_COMMITMENT && kind != DGI_IT_SANCTION) || !ro->n_a || ro->n_b)
        return;
    for (uint32_t i = 0; i < ev->n_content && !ro->n_b; i++) {
        const struct dgi_event *c = &evs[ev->content[i]];
        bool theirs = kind == DGI_IT_DEMAND || (kind == DGI_IT_OFFER && c->n_target == 0);
        const struct dgi_ev_actor *l = theirs ? c->source : c->target;
        for (uint32_t k = 0; k < (theirs ? c->n_source : c->n_target); k++)
            if (strangers(p, &l[k], ro->a, ro->n_a))
                fill(p, &ro->b, &ro->n_b, &l[k]);
    }
    /* "X demanded A and accused Z of B": the same mouth in the same sentence speaks to Z */
    for (uint32_t i = first; i <= last && !ro->n_b && kind <= DGI_IT_THREAT; i++)
        if (&evs[i] != ev && evs[i].n_source && evs[i].n_target && evs[i].content_of == DGI_NONE && evs[i].condition_of == DGI_NONE &&
            dgi_str_eq(evs[i].source[0].id, ro->a[0].id) && body(&evs[i].target[0]) && strangers(p, &evs[i].target[0], ro->a, ro->n_a))
            fill(p, &ro->b, &ro->n_b, &evs[i].target[0]);
    const struct dgi_ev_actor *other = ro->n_b || kind == DGI_IT_COMMITMENT ? NULL : counterpart(p, ro->a, ro->n_a);
    if (other) {
        fill(p, &ro->b, &ro->n_b, other);
        ro->guessed = true;
    }
}

static void add_parties(struct apply *p, struct dgi_sit_item *it, const struct roles *ro)
{
    for (int side = 0; side < 2; side++) {
        const struct dgi_ev_actor *l = side ? ro->b : ro->a;
        uint32_t n = side ? ro->n_b : ro->n_a;
        for (uint32_t i = 0; i < n && it->n_parties < MOST_PARTIES; i++) {
            bool there = false;
            for (uint32_t k = 0; k < it->n_parties && !there; k++)
                there = dgi_sit_party(p->b->rules, &it->parties[k].actor, &l[i]) >= 0.8;
            if (there || (!l[i].id.len && !l[i].name.len))
                continue;
            struct dgi_sit_party_ref *r = DGI_PUSH(p->b->a, it->parties, it->n_parties, it->cap_parties);
            if (!r) {
                p->failed = true;
                return;
            }
            r->role = role_of[it->kind][side];
            r->inferred = side && ro->guessed;
            r->side = (uint8_t)side;
            keep_actor(p, &r->actor, &l[i]);
        }
    }
}

/* A report that names more parties than were known adds them, when the item had none on that side or shares one. */
static void learn_parties(struct apply *p, struct dgi_sit_item *it, const struct roles *ro)
{
    /* "four Arab states", then which: the name takes the place of the way of speaking */
    if (it->history[0].reported == p->doc->reported && dgi_str_eq(it->history[0].document, p->doc->id))
        for (uint32_t k = 0; k < it->n_parties; k++) {
            const struct dgi_ev_actor *l = it->parties[k].side ? ro->b : ro->a;
            uint32_t n = it->parties[k].side ? ro->n_b : ro->n_a;
            if (!dgi_bloc_loose(p->b->rules, &it->parties[k].actor))
                continue;
            for (uint32_t i = 0; i < n; i++)
                if (dgi_sit_party(p->b->rules, &it->parties[k].actor, &l[i]) > 0.5 && !dgi_bloc_loose(p->b->rules, &l[i])) {
                    keep_actor(p, &it->parties[k].actor, &l[i]);
                    dgi_index_item(p->b, it);
                    break;
                }
        }
    if (it->kind == DGI_IT_RELATION || it->kind == DGI_IT_CONTROL || it->kind == DGI_IT_TOLL)
        return;
    uint32_t before = it->n_parties;
    if (ro->n_b && !ro->guessed) { /* now it is said */
        uint32_t n = 0;
        for (uint32_t k = 0; k < it->n_parties; k++)
            if (!it->parties[k].inferred)
                it->parties[n++] = it->parties[k];
        if (n != it->n_parties)
            it->n_parties = n, before = UINT32_MAX;
    }
    struct roles turned = {ro->b, ro->a, ro->n_b, ro->n_a, true, false};
    if (ro->symmetric && it->kind == DGI_IT_HOSTILITY && dgi_side(p->b->rules, it, 0, ro->a, ro->n_a) < 0.5 &&
        (dgi_side(p->b->rules, it, 0, ro->b, ro->n_b) >= 0.5 || dgi_side(p->b->rules, it, 1, ro->a, ro->n_a) >= 0.5))
        ro = &turned;
    bool has[2] = {false, false};
    for (uint32_t k = 0; k < it->n_parties; k++)
        has[it->parties[k].side] = true;
    struct roles add = {ro->a, ro->b, has[0] && it->kind != DGI_IT_MEETING ? 0 : ro->n_a, has[1] && it->kind != DGI_IT_MEETING ? 0 : ro->n_b,
                        false, ro->guessed};
    add_parties(p, it, &add);
    if (it->n_parties != before)
        dgi_index_item(p->b, it);
}

/* ---- opening ---- */
static void learn_condition(struct apply *p, struct dgi_sit_item *it, const struct dgi_event *ev)
{
    const struct dgi_event *evs = p->doc->events;
    it->condition = keep(p, ev->condition_text);
    for (uint32_t i = 0; i < ev->n_condition && it->n_cond_codes < 4; i++) {
        const struct dgi_event *c = &evs[ev->condition[i]];
        memcpy(it->cond_codes[it->n_cond_codes++], c->cameo, 5);
        it->cond_negated |= c->negated;
        if (c->n_source && !it->cond_actor.id.len)
            keep_actor(p, &it->cond_actor, &c->source[0]);
    }
    /* "unless they withdraw", "if he fails to withdraw": the condition is that something does not happen */
    static const char *const nots[] = {"unless ", "fail", "refus", "until ", " not ", "n't "};
    for (size_t i = 0; i < sizeof nots / sizeof *nots; i++)
        if (dgi_str_find(ev->condition_text, dgi_str(nots[i])) != SIZE_MAX || dgi_str_starts(ev->condition_text, dgi_str(nots[i])))
            it->cond_negated = true;
}

static void content_of_item(struct apply *p, struct dgi_sit_item *it, const struct dgi_event *ev, const struct keyset *k)
{
    const struct dgi_event *evs = p->doc->events;
    dg_str text = ev->content_text.len ? ev->content_text : ev->about.len ? ev->about : ev->trigger;
    if (dgi_str_starts(text, DGI_S("that ")))
        text = dgi_str_sub(text, 5, text.len);
    if ((dgi_str_starts(text, DGI_S("which ")) || dgi_str_starts(text, DGI_S("who "))) && ev->about.len)
        text = ev->about;
    it->content = keep(p, text);
    for (uint32_t i = 0; i < ev->n_content && it->n_codes < 4; i++) {
        memcpy(it->codes[it->n_codes++], evs[ev->content[i]].cameo, 5);
        it->content_negated |= evs[ev->content[i]].negated;
    }
    if (it->kind == DGI_IT_MEETING || it->kind == DGI_IT_SANCTION || it->kind == DGI_IT_AGREEMENT)
        if (!it->n_codes)
            memcpy(it->codes[it->n_codes++], ev->cameo, 5);
    learn_condition(p, it, ev);
    if (k->n) {
        it->keys = dgi_arena_array(p->b->a, k->n, sizeof *it->keys);
        p->failed |= !it->keys;
        if (it->keys)
            memcpy(it->keys, k->key, k->n * sizeof *it->keys);
        it->n_keys = it->keys ? k->n : 0;
    }
}

static bool may_open(const struct dgi_event *ev, uint8_t kind, const struct roles *ro, const struct keyset *k)
{
    switch (kind) {
    case DGI_IT_MEETING:
    case DGI_IT_TOLL: return true;
    case DGI_IT_RELATION:
    case DGI_IT_MEMBERSHIP: return ro->n_a && ro->n_b;
    case DGI_IT_HOSTILITY: return (ro->n_a && body(&ro->a[0])) || (ro->n_b && body(&ro->b[0]));
    case DGI_IT_AGREEMENT: return ro->n_a + ro->n_b >= 2 || (ro->n_a + ro->n_b == 1 && k->n > 0);
    case DGI_IT_CONTROL: return ro->n_a && (ev->place || k->n);
    default: return ro->n_a > 0;
    }
}

static struct dgi_sit_item *new_item(struct apply *p, const struct dgi_event *ev, uint8_t kind, uint8_t sub, const struct roles *ro,
                                     const struct keyset *k)
{
    dgi_board *b = p->b;
    struct dgi_sit_item *it = dgi_arena_alloc(b->a, sizeof *it), **slot = it ? DGI_PUSH(b->a, b->items, b->n_items, b->cap_items) : NULL;
    if (!slot) {
        p->failed = true;
        return NULL;
    }
    *slot = it;
    it->index = b->n_items - 1;
    it->kind = kind;
    it->sub = sub;
    add_parties(p, it, ro);
    content_of_item(p, it, ev, k);
    /* stable: from the opening evidence alone */
    char buf[64];
    uint64_t h = dgi_str_hash(p->doc->id) * 0x9E3779B97F4A7C15u ^ dgi_str_hash(ev->id);
    h = (h ^ (uint64_t)kind << 8 ^ sub) * 0xC2B2AE3D27D4EB4Fu;
    for (uint32_t i = 0; i < it->n_parties; i++)
        h = (h ^ dgi_str_hash(it->parties[i].actor.id)) * 0x9E3779B97F4A7C15u;
    h ^= h >> 32;
    snprintf(buf, sizeof buf, "%s-%010llx", dgi_item_kind_name[kind], (unsigned long long)(h & 0xffffffffffull));
    it->id = keep(p, dgi_str(buf));
    dgi_index_item(b, it);
    return it;
}

static struct dgi_sit_item *find(struct apply *p, const struct dgi_event *ev, uint8_t kind, uint8_t sub, const struct roles *ro,
                                 const struct keyset *k)
{
    struct dgi_sit_item *best = NULL;
    double top = 0;
    dgi_candidates(p->cands, p->b, kind, ro);
    for (uint32_t i = 0; i < p->cands->n; i++) {
        struct dgi_sit_item *it = p->cands->item[i];
        if (it->sub != sub)
            continue;
        double s = dgi_same_matter(p->b, it, p->doc, ev, ro, k, p->doc->reported);
        if (s > top + 1e-9) {
            top = s;
            best = it;
        }
    }
    return best;
}

/* The one sanction of this issuer that is in force: "lifted all remaining restrictions" need not say which. */
static struct dgi_sit_item *only_one(struct apply *p, uint8_t kind, const struct roles *ro)
{
    struct dgi_sit_item *found = NULL;
    for (uint32_t i = 0; i < p->cands->n; i++) { /* as find() left them */
        struct dgi_sit_item *it = p->cands->item[i];
        const struct dgi_sit_change *cur = current(it);
        double pb = dgi_side(p->b->rules, it, 1, ro->b, ro->n_b);
        if (it->kind != kind || !cur || (cur->status == DGI_IS_LIFTED && !dgi_str_eq(cur->document, p->doc->id)) || cur->status == DGI_IS_PLANNED || (pb >= 0 && pb < 0.5) ||
            dgi_side(p->b->rules, it, 0, ro->a, ro->n_a) < 0.8)
            continue;
        if (found)
            return NULL;
        found = it;
    }
    return found;
}

static uint32_t side_count(const struct dgi_sit_item *it, int side)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < it->n_parties; i++)
        n += it->parties[i].side == side;
    return n;
}

static void open_one(struct apply *p, uint32_t e, const struct rule *u, uint8_t sub, const struct roles *ro)
{
    const struct dgi_event *ev = &p->doc->events[e];
    struct keyset k;
    dgi_keys_of(&k, p->b->rules, ev->keys, ev);
    struct dgi_sit_item *it = find(p, ev, u->kind, sub, ro, &k);
    if (!it && (u->to == DGI_IS_LIFTED || u->to == DGI_IS_EASED))
        it = only_one(p, u->kind, ro);
    int32_t day = dgi_ev_day(ev, p->doc->reported);
    if (!it) {
        bool may = may_open(ev, u->kind, ro, &k);
        if (u->action != DO_MOVE && !may)
            p->late[e] |= (uint16_t)(1u << u->kind);
        if (u->action == DO_MOVE || !may || p->again || !(it = new_item(p, ev, u->kind, sub, ro, &k)))
            return;
        change(p, it, ev, u->to, day, false, u->id, true);
    } else {
        const struct dgi_sit_change *cur = current(it);
        /* an undated event of long ago says nothing about now */
        bool undated = ev->status == DGI_ST_HISTORICAL && !ev->date_from_text;
        uint8_t to = u->to;
        if (to == DGI_IS_LIFTED && ro->n_a && ro->n_a < side_count(it, 0))
            to = DGI_IS_EASED; /* one of several who imposed it */
        bool later = cur && day > cur->date;
        if (u->action == DO_OPEN && u->to != DGI_IS_OPEN && u->to != DGI_IS_STANDING)
            later = false;
        if (undated || !cur || step_back(u->kind, cur->status, to, later))
            to = DGI_IS_NONE;
        change(p, it, ev, to, undated && cur ? cur->date : day, false, u->id, false);
        learn_parties(p, it, ro);
        /* "its demands" opened it, now it is said which */
        if (u->kind <= DGI_IT_COMMITMENT && !it->n_keys && !it->n_codes && k.n && ev->content_text.len)
            content_of_item(p, it, ev, &k);
        if (!it->condition.len && !it->n_cond_codes && (ev->condition_text.len || ev->n_condition))
            learn_condition(p, it, ev);
    }
    if (u->kind <= DGI_IT_OFFER)
        p->of[2 * e + u->kind] = it;
}

/* form of a relation: 0 diplomatic ties, 1 cooperation, 2 talks */
static uint8_t relation_form(const struct dgi_event *ev)
{
    dg_str words = ev->keys, w;
    uint8_t form = 0;
    if (dgi_str_starts(dgi_str(ev->cameo), DGI_S("164")) || dgi_str_starts(dgi_str(ev->cameo), DGI_S("165")))
        form = 2;
    while (dgi_str_next(&words, ' ', &w)) {
        if (dgi_str_in(DGI_S("diplomatic|ambassador|embassy|envoy|mission|diplomat|consulate|consul|commissioner"), '|', w))
            return 0;
        if (dgi_str_in(DGI_S("cooperation|co-operation|collaboration|exchange"), '|', w))
            form = 1;
        if (dgi_str_in(DGI_S("talk|negotiation|dialogue"), '|', w) && !form)
            form = 2;
    }
    return form;
}

/* The fighting that this document is about: the latest matter of two parties that it reported. */
static struct dgi_sit_item *fighting_here(struct apply *p)
{
    struct dgi_sit_item *best = NULL;
    uint32_t most = 0, stop = p->b->n_items > 4 * MOST_CANDIDATES ? p->b->n_items - 4 * MOST_CANDIDATES : 0;
    for (uint32_t i = p->b->n_items; i-- > stop;) {
        struct dgi_sit_item *it = p->b->items[i];
        uint32_t n = 0;
        if (it->kind != DGI_IT_HOSTILITY || !side_count(it, 0) || !side_count(it, 1))
            continue;
        for (uint32_t k = it->n_history; k-- > 0 && dgi_str_eq(it->history[k].document, p->doc->id);)
            n++;
        if (n > most)
            most = n, best = it;
    }
    return best;
}

/* A truce or the end of a war, told of the two, or of whoever brokered or welcomed it: the fighting of the document stops. */
static void silence_pass(struct apply *p, uint32_t e)
{
    const struct dgi_event *ev = &p->doc->events[e];
    const struct rule *u = dgi_rule_for(p->b->rules, DGI_IT_HOSTILITY, p->doc, ev);
    if (!u || u->to == DGI_IS_ONGOING)
        return;
    struct roles ro = roles_of(ev, u->who);
    struct keyset k = {{0}, 0};
    struct dgi_sit_item *it = ro.n_a && ro.n_b ? find(p, ev, DGI_IT_HOSTILITY, 0, &ro, &k) : NULL;
    if (!it)
        it = fighting_here(p);
    if (!it) {
        if (ro.n_a && ro.n_b)
            open_one(p, e, u, 0, &ro);
        return;
    }
    const struct dgi_sit_change *cur = current(it);
    int32_t day = dgi_ev_day(ev, p->doc->reported);
    bool undated = ev->status == DGI_ST_HISTORICAL && !ev->date_from_text;
    change(p, it, ev, undated || !cur || step_back(DGI_IT_HOSTILITY, cur->status, u->to, day > cur->date) ? DGI_IS_NONE : u->to,
           undated && cur ? cur->date : day, false, u->id, false);
}

static void open_pass(struct apply *p, uint32_t e)
{
    const struct dgi_event *ev = &p->doc->events[e];
    for (uint8_t kind = 0; kind < DGI_N_ITEM_KIND && !p->failed; kind++) {
        const struct rule *u = dgi_rule_for(p->b->rules, kind, p->doc, ev);
        if (!u || u->action == DO_ANSWER || u->action == DO_OWN) {
            /* an answer may also be a matter of its own: look for an opening row below it */
            continue;
        }
        if ((kind == DGI_IT_HOSTILITY && u->to != DGI_IS_ONGOING) /* silence_pass */ || (p->again && !(p->late[e] >> kind & 1)))
            continue;
        struct roles ro = roles_of(ev, u->who);
        complete(p, ev, kind, &ro);
        if (u->partisan && (!ro.n_a || (!ro.n_b && !counterpart(p, ro.a, ro.n_a))))
            continue;
        if (kind == DGI_IT_RELATION) { /* a matter between two: one item per pair */
            uint8_t form = relation_form(ev);
            for (uint32_t i = 0, n = 0; i < ro.n_a && n < MOST_SPLIT; i++)
                for (uint32_t j = 0; j < ro.n_b && n < MOST_SPLIT; j++, n++) {
                    struct roles one = {&ro.a[i], &ro.b[j], 1, 1, true, false};
                    if (dgi_sit_party(p->b->rules, &ro.a[i], &ro.b[j]) < 0.8)
                        open_one(p, e, u, form, &one);
                }
            continue;
        }
        if (kind == DGI_IT_HOSTILITY && ro.n_a && ro.n_b && dgi_sit_party(p->b->rules, &ro.a[0], &ro.b[0]) >= 0.85)
            ro.n_a = 0; /* "the attack on its forces": whose forces is known, whose attack is not */
        if (kind == DGI_IT_TOLL) { /* one item per number */
            for (uint32_t i = 0; i < ev->n_quantities && i < MOST_SPLIT; i++) {
                const struct dgi_ev_quantity *q = &ev->quantities[i];
                if (q->kind < DGI_Q_DEATHS || q->kind > DGI_Q_DETAINED || isnan(q->value) || q->value < 1)
                    continue;
                struct dgi_event one = *ev;
                one.quantities = q;
                one.n_quantities = 1;
                struct keyset k;
                dgi_keys_of(&k, p->b->rules, ev->keys, ev);
                struct dgi_sit_item *it = find(p, &one, kind, q->kind, &ro, &k);
                bool opened = !it;
                if (!it && !(it = new_item(p, &one, kind, q->kind, &ro, &k)))
                    continue;
                bool same = !opened && it->history[it->n_history - 1].n_quantities && it->history[it->n_history - 1].quantities[0].value == q->value;
                change(p, it, &one, same ? DGI_IS_NONE : u->to, dgi_ev_day(ev, p->doc->reported), false, u->id, opened);
            }
            continue;
        }
        open_one(p, e, u, 0, &ro);
    }
}

/* ---- answers ---- */
static bool has_word(const struct dgi_event *ev, dg_str list)
{
    dg_str words = ev->keys, w;
    while (dgi_str_next(&words, ' ', &w))
        if (dgi_str_in(list, '|', w))
            return true;
    return false;
}

static bool plural_matter(const struct dgi_event *ev)
{
    static const char *const words[] = {"demands", "terms", "conditions", "proposals", "offers", "requests"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (dgi_str_find(ev->content_text, dgi_str(words[i])) != SIZE_MAX || dgi_str_find(ev->about, dgi_str(words[i])) != SIZE_MAX)
            return true;
    return false;
}

struct hit {
    struct dgi_sit_item *item;
    double score;
    const struct rule *rule;
};

static void settle(struct apply *p, const struct dgi_event *ev, const struct hit *h)
{
    const struct dgi_sit_change *cur = current(h->item);
    int32_t day = dgi_ev_day(ev, p->doc->reported);
    if (ev->status == DGI_ST_HISTORICAL && !ev->date_from_text && cur && !dgi_str_eq(cur->document, p->doc->id))
        day = cur->date;
    /* an answer cannot come before the question; the day of one of them is a guess */
    int32_t opened = h->item->history[0].date;
    for (uint32_t i = 1; i < h->item->n_history; i++)
        opened = h->item->history[i].date < opened ? h->item->history[i].date : opened;
    if (day < opened)
        day = opened;
    bool later = cur && day > cur->date;
    uint8_t to = h->rule->to;
    if (cur && step_back(h->item->kind, cur->status, to, later))
        to = DGI_IS_NONE;
    change(p, h->item, ev, to, day, false, h->rule->id, false);
    if (h->rule->action == DO_ANSWER && ev->n_source) { /* who answers was asked */
        struct roles asked = {NULL, ev->source, 0, ev->n_source, false, false};
        learn_parties(p, h->item, &asked);
    }
}

/* Does the document speak of the issuer at all? */
static bool mentions(const struct apply *p, const struct dgi_sit_item *it)
{
    for (uint32_t i = 0; i < p->doc->n_events; i++) {
        const struct dgi_event *e = &p->doc->events[i];
        if (dgi_side(p->b->rules, it, 0, e->source, e->n_source) >= 0.8 || dgi_side(p->b->rules, it, 0, e->target, e->n_target) >= 0.8)
            return true;
    }
    return false;
}

static void answer_pass(struct apply *p, uint32_t e)
{
    const struct dgi_event *ev = &p->doc->events[e];
    struct hit best = {NULL, 0, NULL};
    bool plural = plural_matter(ev);
    struct keyset k;
    dgi_keys_of(&k, p->b->rules, ev->keys, ev);
    bool offerish = has_word(ev, DGI_S("offer|proposal|invitation|mediation|plan")), demandish = has_word(ev, DGI_S("demand|request|call|ultimatum|term|appeal"));
    for (uint8_t kind = DGI_IT_DEMAND; kind <= DGI_IT_COMMITMENT && !p->failed; kind++) {
        const struct rule *u = dgi_rule_for(p->b->rules, kind, p->doc, ev);
        if (!u || (u->action != DO_ANSWER && u->action != DO_OWN))
            continue;
        if (u->action == DO_ANSWER && ((kind == DGI_IT_DEMAND && offerish && !demandish) || (kind == DGI_IT_OFFER && demandish && !offerish)))
            continue;
        /* the matter is named as the content of the answer */
        for (uint32_t i = 0; i < ev->n_content && kind <= DGI_IT_OFFER; i++) {
            struct dgi_sit_item *it = p->of[2 * ev->content[i] + kind];
            if (it && best.score < 2)
                best = (struct hit){it, 2, u};
        }
        struct roles ro = u->action == DO_OWN ? (struct roles){ev->source, ev->target, ev->n_source, ev->n_target, false, false}
                                              : (struct roles){ev->target, ev->source, ev->n_target, ev->n_source, false, false};
        dgi_candidates(p->cands, p->b, kind, &ro);
        for (uint32_t i = 0; i < p->cands->n; i++) {
            struct dgi_sit_item *it = p->cands->item[i];
            double pa = dgi_side(p->b->rules, it, 0, ro.a, ro.n_a), pb = dgi_side(p->b->rules, it, 1, ro.b, ro.n_b);
            const struct dgi_sit_change *cur = current(it), *last = &it->history[it->n_history - 1];
            if (!cur || (u->action == DO_OWN && pa < 0.5))
                continue;
            if (u->action == DO_ANSWER && (pb == 0 || (pb > 0 && pb < 0.5) || (pa >= 0 && pa < 0.5)))
                continue;
            double c = dgi_same_content(it, p->doc, ev, &k);
            /* neither side is named: only another party's plain words about the very thing answer it */
            if (u->action == DO_ANSWER && pa < 0 && pb < 0 && (c < 0.6 || !mentions(p, it) || !ev->n_source || dgi_side(p->b->rules, it, 0, ev->source, ev->n_source) >= 0.5))
                continue;
            /* with the other side unnamed the words must tell; with both named a bare "the demand" will do */
            double need = pa < 0 ? 0.5 : pb < 0 ? 0.45 : k.n && it->n_keys ? 0.22 : 0.2;
            bool here = dgi_str_eq(last->document, p->doc->id);
            if (pa < 0 && here && c >= 0.4)
                need = 0.4;
            if (plural && pa >= 0.5 && (pb < 0 || pb >= 0.5)) /* "the demands": whichever they are */
                c = c > need ? c : need;
            if (c < need)
                continue;
            bool open = cur->status == DGI_IS_OPEN || cur->status == DGI_IS_STANDING || cur->status == DGI_IS_DEFERRED;
            double s = c + 0.2 * (pa > 0 ? pa : 0) + 0.2 * (pb > 0 ? pb : 0) + (open ? 0.1 : 0) + (here ? 0.05 : 0);
            if (plural && s < 2 && pa >= 0.5 && (open || u->to == DGI_IS_WITHDRAWN)) {
                struct hit one = {it, s, u};
                settle(p, ev, &one);
            }
            if (s > best.score + 1e-9)
                best = (struct hit){it, s, u};
        }
    }
    if (best.item)
        settle(p, ev, &best);
}

/* ---- outcomes ---- */
static void outcome_pass(struct apply *p, uint32_t e)
{
    const struct dgi_event *ev = &p->doc->events[e];
    static const uint8_t kinds[] = {DGI_IT_DEMAND, DGI_IT_THREAT, DGI_IT_COMMITMENT, DGI_IT_AGREEMENT};
    if ((ev->status != DGI_ST_ACTUAL && !(ev->status == DGI_ST_HISTORICAL && ev->date_from_text)) || (!ev->n_source && !ev->n_target))
        return;
    int32_t day = dgi_ev_day(ev, p->doc->reported);
    for (size_t i = 0; i < sizeof kinds && !p->failed; i++) {
        struct roles ro = {ev->source, ev->target, ev->n_source, ev->n_target, false, false};
        dgi_candidates(p->cands, p->b, kinds[i], &ro);
        for (uint32_t c = 0; c < p->cands->n && !p->failed; c++) {
            struct dgi_sit_item *it = p->cands->item[c];
            const struct dgi_sit_change *cur = current(it);
            struct outcome o;
            bool same_doc = dgi_str_eq(it->history[0].document, p->doc->id);
            if (!cur || !dgi_outcome_of(p->b, it, p->doc, ev, day, same_doc, p->fresh[e], false, &o))
                continue;
            if (o.status != DGI_IS_NONE && (day < cur->date || step_back(it->kind, cur->status, o.status, day > cur->date)))
                continue;
            change(p, it, ev, o.status, day, o.effect == DGI_EFF_DUE, DGI_S("outcome"), false);
        }
    }
}

dg_status dgi_board_apply(dgi_board *b, const struct dgi_ev_doc *doc, struct dgi_sit_notes *notes, dgi_arena *na, dg_error *err)
{
    dgi_arena *tmp = dgi_arena_new(0);
    struct apply p = {.b = b, .doc = doc, .notes = notes, .na = na, .tmp = tmp};
    if (tmp) {
        p.of = dgi_arena_array(tmp, 2 * (size_t)doc->n_events + 1, sizeof *p.of);
        p.cands = dgi_arena_alloc(tmp, sizeof *p.cands);
        p.late = dgi_arena_array(tmp, (size_t)doc->n_events + 1, sizeof *p.late);
        p.fresh = dgi_arena_array(tmp, (size_t)doc->n_events + 1, sizeof *p.fresh);
    }
    p.failed = !tmp || !p.of || !p.cands || !p.fresh || !p.late;
    for (uint32_t e = 0; e < doc->n_events && !p.failed; e++)
        open_pass(&p, e);
    p.again = true;
    for (uint32_t e = 0; e < doc->n_events && !p.failed; e++)
        if (p.late[e])
            open_pass(&p, e);
    for (uint32_t e = 0; e < doc->n_events && !p.failed; e++)
        silence_pass(&p, e);
    for (uint32_t e = 0; e < doc->n_events && !p.failed; e++)
        answer_pass(&p, e);
    for (uint32_t e = 0; e < doc->n_events && !p.failed; e++)
        outcome_pass(&p, e);
    dgi_arena_free(tmp);
    if (p.failed || b->failed)
        return dgi_fail(err, DG_E_NOMEM, "no memory for the board");
    return DG_OK;
}
