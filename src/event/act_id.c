/* SPDX-License-Identifier: Apache-2.0 */
/* event/act_id.c: see act_id.h.
 *
 * Reads   events of one resolved document, with same_as
 * Writes  act
 *
 * Reports of different documents are of one act when they agree in type, day, negation, in whether it happened, is to happen or is thought
 * of, and in both sides, where a state's government, forces, courts and police stand for the state. So the id is made of these alone, no other document is
 * needed for it, and the order of reading cannot matter; numbers and places that reports tell otherwise do not part them. A demand or
 * threat has the type of what is demanded in it, too: words between two states are many in a day. What one document tells as two acts stays two:
 * the second of a kind gets its number. What nobody known has done has an id of its own. */
#include <stdlib.h>
#include <xxhash.h>

#include "event/act_id.h"

/* Whose deed it is in other reports as well; ptr NULL: nobody's in particular. */
static dg_str whose(const struct dgi_ev_actor *a)
{
    static const char *const of_state[] = {"GOV", "MIL", "COP", "SPY", "LEG", "JUD"};
    bool state = dgi_str_starts(a->id, DGI_S("country:"));
    for (size_t i = 0; i < sizeof of_state / sizeof *of_state; i++)
        state = state || dgi_str_in(a->sectors, ',', dgi_str(of_state[i]));
    if (state && a->country[0])
        return dgi_str(a->country);
    return a->id.len && !dgi_str_starts(a->id, DGI_S("role::")) ? a->id : (dg_str){NULL, 0};
}

static int in_order(const void *a, const void *b)
{
    return dgi_str_cmp(*(const dg_str *)a, *(const dg_str *)b);
}

/* Names in order, each once. False: one of them is nobody in particular, or there is none. */
static bool add_side(XXH3_state_t *h, dg_str *who, uint32_t n)
{
    bool known = n > 0;
    if (n)
        qsort(who, n, sizeof *who, in_order);
    for (uint32_t i = 0; i < n; i++) {
        known = known && who[i].ptr;
        if (i && dgi_str_eq(who[i], who[i - 1]))
            continue;
        XXH3_64bits_update(h, who[i].ptr ? who[i].ptr : "?", who[i].ptr ? who[i].len : 1);
        XXH3_64bits_update(h, ",", 1);
    }
    XXH3_64bits_update(h, "|", 1);
    return known;
}

struct making {
    XXH3_state_t *h;
    dg_str *who;
    uint32_t *count; /* of each hash so far, by open addressing */
    uint64_t *key;
    uint32_t mask;
};

/* False: it has to have an id of its own. */
static bool facts(struct making *m, const struct dgi_event *ev, const struct dgi_event *e, int32_t reported,
                  uint64_t *out)
{
    static const uint8_t when[DGI_N_STATUS] = {0, 0, 1, 2}; /* actual and historical: done */
    int32_t day = dgi_ev_line_day(e, reported);
    const struct dgi_event *what = e->n_content ? &ev[e->content[0]] : NULL;
    bool words = e->plover == DGI_REQUEST || e->plover == DGI_THREATEN;
    uint8_t head[] = {e->plover, when[e->status % DGI_N_STATUS], e->negated, words && what ? what->plover : 255};
    uint32_t n = 0;
    XXH3_64bits_reset(m->h);
    XXH3_64bits_update(m->h, head, sizeof head);
    XXH3_64bits_update(m->h, &day, sizeof day);
    for (uint32_t i = 0; i < e->n_source; i++)
        m->who[n++] = whose(&e->source[i]);
    bool known = true;
    if (!e->reciprocal) {
        known = add_side(m->h, m->who, n);
        n = 0;
    }
    for (uint32_t i = 0; i < e->n_target; i++)
        m->who[n++] = whose(&e->target[i]);
    bool other = add_side(m->h, m->who, n);
    *out = XXH3_64bits_digest(m->h);
    return day != DGI_NO_DAY && known && (other || (!n && !e->reciprocal));
}

/* How many events of the document had this key before. */
static uint32_t met_before(struct making *m, uint64_t key)
{
    uint32_t i = (uint32_t)key & m->mask;
    while (m->count[i] && m->key[i] != key)
        i = (i + 1) & m->mask;
    m->key[i] = key;
    return m->count[i]++;
}

static bool one_id(struct making *m, struct dgi_event *ev, uint32_t i, int32_t reported, dgi_arena *a)
{
    struct dgi_event *e = &ev[i];
    uint64_t key;
    if (!e->cameo[0])
        return true;
    if (e->same_as < i) {
        e->act = ev[e->same_as].act;
        return true;
    }
    if (facts(m, ev, e, reported, &key)) {
        uint32_t nth = met_before(m, key);
        key = nth ? XXH3_64bits_withSeed(&nth, sizeof nth, key) : key;
    } else
        key = XXH3_64bits(e->id.ptr, e->id.len);
    e->act = dgi_arena_printf(a, "a%016llx", (unsigned long long)key);
    return e->act.ptr != NULL;
}

bool dgi_act_ids(struct dgi_event *ev, uint32_t n, int32_t reported, dgi_arena *a)
{
    struct making m = {.h = XXH3_createState(), .mask = 15};
    uint32_t most = 0;
    for (uint32_t i = 0; i < n; i++)
        if (ev[i].n_source + ev[i].n_target > most)
            most = ev[i].n_source + ev[i].n_target;
    while (m.mask < 2 * n)
        m.mask = m.mask * 2 + 1;
    m.who = calloc((size_t)most + 1, sizeof *m.who);
    m.count = calloc((size_t)m.mask + 1, sizeof *m.count);
    m.key = calloc((size_t)m.mask + 1, sizeof *m.key);
    bool ok = m.h && m.who && m.count && m.key;
    for (uint32_t i = 0; i < n && ok; i++)
        ok = one_id(&m, ev, i, reported, a);
    XXH3_freeState(m.h);
    free(m.who);
    free(m.count);
    free(m.key);
    return ok;
}

/* ---- one account of each ---- */
static bool grow(struct dgi_acts_met *m)
{
    uint32_t cap = m->cap ? 2 * m->cap : 256;
    uint64_t *slot = calloc(cap, sizeof *slot);
    if (!slot)
        return false;
    for (uint32_t i = 0; i < m->cap; i++)
        if (m->slot[i]) {
            uint32_t k = (uint32_t)m->slot[i] & (cap - 1);
            while (slot[k])
                k = (k + 1) & (cap - 1);
            slot[k] = m->slot[i];
        }
    free(m->slot);
    m->slot = slot;
    m->cap = cap;
    return true;
}

bool dgi_act_again(struct dgi_acts_met *m, const struct dgi_event *ev, int32_t day, bool *again)
{
    *again = false;
    if (!ev->act.len) /* coded before acts had ids */
        return true;
    if (m->cap && day != m->day && m->n) {
        memset(m->slot, 0, m->cap * sizeof *m->slot);
        m->n = 0;
    }
    m->day = day;
    if (2 * m->n >= m->cap && !grow(m))
        return false;
    uint64_t key = XXH3_64bits(ev->act.ptr, ev->act.len) | 1;
    uint32_t i = (uint32_t)key & (m->cap - 1);
    while (m->slot[i] && m->slot[i] != key)
        i = (i + 1) & (m->cap - 1);
    *again = m->slot[i] != 0;
    m->n += !*again;
    m->slot[i] = key;
    return true;
}

void dgi_acts_met_free(struct dgi_acts_met *m)
{
    free(m->slot);
    *m = (struct dgi_acts_met){0};
}
