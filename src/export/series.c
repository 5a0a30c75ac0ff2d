/* SPDX-License-Identifier: Apache-2.0 */
/* export/series.c: events counted by period, and by dyad, type or place.
 *
 * Reads   events and documents of a store
 * Writes  JSON
 *
 * An event counts on its own day, a document on that of its publication; both are kept by day, and periods are sums of days, so
 * that a norm is always that of the 28 and 364 days before a period, whatever its length. A change against a norm of fewer than
 * LEAST_NORM events is not a number: two events after one are not "+100 %". Nor is one where norm or period reach out of what was read, or where
 * the norm is shorter than the period. */
#include <math.h>
#include <stdlib.h>

#include "export/record.h"
#include "export/series.h"

enum { LEAST_NORM = 3, NORM_SHORT = 28, NORM_LONG = 364, MOST_ROWS = 5000000 };

struct point { /* one key on one day */
    uint32_t key;
    int32_t day;
    uint32_t events, told; /* told: documents published on that day that tell such an event */
    double goldstein, plover;
    uint32_t n_goldstein, n_plover;
};
struct series {
    const struct dgi_series_options *o;
    const struct dgi_timeline_filter *f;
    dgi_arena *a;
    dg_str *key; /* "RUS\tUKR", "ASSAULT", "Knin, HRV" */
    uint32_t n_keys, cap_keys;
    uint32_t *slot, n_slots; /* of keys */
    struct point *points;
    uint32_t n_points, cap_points;
    struct {
        int32_t day;
        uint32_t n;
    } * docs; /* read, ascending */
    uint32_t n_docs, cap_docs;
    uint64_t *seen, n_seen, cap_seen; /* documents that told a key */
    bool failed;
};

/* ---- periods ---- */
int32_t dgi_period_first(int32_t day, uint8_t period)
{
    int y, m, d;
    dgi_day_split(day, &y, &m, &d);
    switch (period) {
    case DGI_WEEK: return day - dgi_day_weekday(day);
    case DGI_MONTH: return dgi_day_make(y, m, 1);
    case DGI_YEAR: return dgi_day_make(y, 1, 1);
    default: return day;
    }
}

int32_t dgi_period_next(int32_t first, uint8_t period)
{
    int y, m, d;
    dgi_day_split(first, &y, &m, &d);
    switch (period) {
    case DGI_WEEK: return first + 7;
    case DGI_MONTH: return first + dgi_month_days(y, m);
    case DGI_YEAR: return first + dgi_day_make(y, 12, 31) - dgi_day_make(y, 1, 1) + 1;
    default: return first + 1;
    }
}

/* ---- gathering ---- */
static uint32_t key_of(struct series *s, dg_str name)
{
    if (s->n_keys * 2 >= s->n_slots) {
        uint32_t n = s->n_slots ? s->n_slots * 2 : 256, *slot = dgi_arena_array(s->a, n, sizeof *slot);
        if (!slot) {
            s->failed = true;
            return DGI_NONE;
        }
        for (uint32_t i = 0; i < s->n_keys; i++) {
            uint32_t at = (uint32_t)dgi_str_hash(s->key[i]) & (n - 1);
            while (slot[at])
                at = (at + 1) & (n - 1);
            slot[at] = i + 1;
        }
        s->slot = slot;
        s->n_slots = n;
    }
    uint32_t at = (uint32_t)dgi_str_hash(name) & (s->n_slots - 1);
    for (; s->slot[at]; at = (at + 1) & (s->n_slots - 1))
        if (dgi_str_eq(s->key[s->slot[at] - 1], name))
            return s->slot[at] - 1;
    dg_str *k = DGI_PUSH(s->a, s->key, s->n_keys, s->cap_keys);
    if (!k || !(*k = dgi_arena_str(s->a, name)).ptr) {
        s->failed = true;
        return DGI_NONE;
    }
    s->slot[at] = s->n_keys;
    return s->n_keys - 1;
}

/* True: this document had not told that key before. */
static bool first_told(struct series *s, uint64_t h)
{
    if (s->n_seen * 2 >= s->cap_seen) {
        uint64_t cap = s->cap_seen ? s->cap_seen * 2 : 1024, *seen = calloc(cap, sizeof *seen);
        if (!seen) {
            s->failed = true;
            return false;
        }
        for (uint64_t i = 0; i < s->cap_seen; i++)
            for (uint64_t at = s->seen[i] & (cap - 1); s->seen[i]; at = (at + 1) & (cap - 1))
                if (!seen[at]) {
                    seen[at] = s->seen[i];
                    break;
                }
        free(s->seen);
        s->seen = seen;
        s->cap_seen = cap;
    }
    h += !h;
    for (uint64_t at = h & (s->cap_seen - 1);; at = (at + 1) & (s->cap_seen - 1)) {
        if (s->seen[at] == h)
            return false;
        if (!s->seen[at]) {
            s->seen[at] = h;
            s->n_seen++;
            return true;
        }
    }
}

static void add(struct series *s, const struct dgi_ev_doc *doc, const struct dgi_event *ev, int32_t day, dg_str name)
{
    uint32_t key = key_of(s, name);
    struct point *p = key == DGI_NONE ? NULL : DGI_PUSH(s->a, s->points, s->n_points, s->cap_points);
    double v;
    if (!p) {
        s->failed = true;
        return;
    }
    *p = (struct point){.key = key, .day = day, .events = 1};
    if (s->o->codes && dgi_codes_goldstein(s->o->codes, dgi_str(ev->cameo), &v)) {
        p->goldstein = v;
        p->n_goldstein = 1;
    }
    if (s->o->codes && ev->plover < DGI_N_PLOVER &&
        dgi_codes_score(s->o->codes, dgi_str(dgi_plover_name[ev->plover]), ev->mode, &v)) {
        p->plover = v;
        p->n_plover = 1;
    }
    if (dgi_day_known(doc->meta.published) &&
        first_told(s, (dgi_str_hash(doc->id) ^ (key * 0x9E3779B97F4A7C15u)) * 0xD6E8FEB86659FD93u)) {
        if ((p = DGI_PUSH(s->a, s->points, s->n_points, s->cap_points)))
            *p = (struct point){.key = key, .day = doc->meta.published, .told = 1};
        s->failed |= !p;
    }
}

/* Who an actor is in a dyad: the country, of an organisation or a group without one its id. */
static dg_str party(const struct dgi_ev_actor *a)
{
    return a->country[0] ? dgi_str(a->country) : a->id.len ? a->id : a->name;
}

struct keys { /* of one event, each once */
    char *at[64];
    char text[4096];
    size_t n, used;
};

static void put_key(struct keys *k, dg_str a, dg_str b)
{
    size_t len = a.len + b.len + 1;
    if (k->n == sizeof k->at / sizeof *k->at || k->used + len + 1 > sizeof k->text || !a.len)
        return;
    char *p = k->text + k->used;
    memcpy(p, a.ptr, a.len);
    p[a.len] = '\t';
    if (b.len)
        memcpy(p + a.len + 1, b.ptr, b.len);
    p[len] = 0;
    for (size_t i = 0; i < k->n; i++)
        if (!strcmp(k->at[i], p))
            return;
    k->at[k->n++] = p;
    k->used += len + 1;
}

/* Of an event in which the asked actor has a part, the pairs in which it has none do not count. */
static bool asked_pair(const struct dgi_timeline_filter *f, const struct dgi_ev_actor *a, const struct dgi_ev_actor *b)
{
    if (f->actor && *f->actor)
        return dgi_ev_actor_is(a, f->actor) || dgi_ev_actor_is(b, f->actor);
    if (!f->between_a || !f->between_b)
        return true;
    return (dgi_ev_actor_is(a, f->between_a) && dgi_ev_actor_is(b, f->between_b)) ||
           (dgi_ev_actor_is(b, f->between_a) && dgi_ev_actor_is(a, f->between_b));
}

static void pair_keys(struct keys *k, const struct dgi_timeline_filter *f, const struct dgi_ev_actor *a, uint32_t na,
                      const struct dgi_ev_actor *b, uint32_t nb, bool both)
{
    for (uint32_t i = 0; i < na; i++)
        for (uint32_t j = 0; j < nb; j++) {
            dg_str x = party(&a[i]), y = party(&b[j]);
            if ((dgi_str_eq(x, y) && a == b) || !asked_pair(f, &a[i], &b[j]))
                continue;
            put_key(k, x, y);
            if (both)
                put_key(k, y, x);
        }
}

static void dyad_keys(struct keys *k, const struct dgi_timeline_filter *f, const struct dgi_event *ev)
{
    if (ev->reciprocal && !ev->n_target)
        pair_keys(k, f, ev->source, ev->n_source, ev->source, ev->n_source, false);
    else if (ev->n_source && ev->n_target)
        pair_keys(k, f, ev->source, ev->n_source, ev->target, ev->n_target, ev->reciprocal);
}

static bool on_event(void *user, const struct dgi_ev_doc *doc, uint32_t n, int32_t day)
{
    struct series *s = user;
    const struct dgi_event *ev = &doc->events[n];
    struct keys k;
    k.n = k.used = 0;
    if (!dgi_day_known(day) || (!s->f->status && (ev->negated || ev->status > DGI_ST_HISTORICAL)))
        return true;
    if (s->o->by == DGI_BY_DYAD)
        dyad_keys(&k, s->f, ev);
    else if (s->o->by == DGI_BY_TYPE)
        put_key(&k, ev->plover < DGI_N_PLOVER ? dgi_str(dgi_plover_name[ev->plover]) : DGI_S("STATEMENT"), DGI_S(""));
    else if (s->o->by == DGI_BY_PLACE && ev->place)
        put_key(&k, ev->place->name, dgi_str(ev->place->country));
    else if (s->o->by == DGI_BY_NONE)
        put_key(&k, DGI_S("*"), DGI_S(""));
    for (size_t i = 0; i < k.n; i++)
        add(s, doc, ev, day, dgi_str(k.at[i]));
    return !s->failed;
}

static bool on_document(void *user, const struct dgi_store_source *src)
{
    struct series *s = user;
    if (!dgi_day_known(src->published))
        return true;
    if (!s->n_docs || s->docs[s->n_docs - 1].day != src->published) {
        void *p = DGI_PUSH(s->a, s->docs, s->n_docs, s->cap_docs);
        s->failed |= !p;
        if (p)
            s->docs[s->n_docs - 1].day = src->published;
    }
    if (!s->failed)
        s->docs[s->n_docs - 1].n++;
    return !s->failed;
}

/* ---- sums ---- */
static int by_key_day(const void *a, const void *b)
{
    const struct point *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return (x->day > y->day) - (x->day < y->day);
}

/* First of the points [from, to) of one key that is not before `day`. */
static uint32_t at_day(const struct series *s, uint32_t from, uint32_t to, int32_t day)
{
    while (from < to) {
        uint32_t mid = from + (to - from) / 2;
        if (s->points[mid].day < day)
            from = mid + 1;
        else
            to = mid;
    }
    return from;
}

static struct point sum(const struct series *s, uint32_t from, uint32_t to, int32_t first, int32_t next)
{
    struct point p = {0};
    for (uint32_t i = at_day(s, from, to, first); i < to && s->points[i].day < next; i++) {
        const struct point *x = &s->points[i];
        p.events += x->events;
        p.told += x->told;
        p.goldstein += x->goldstein;
        p.plover += x->plover;
        p.n_goldstein += x->n_goldstein;
        p.n_plover += x->n_plover;
    }
    return p;
}

static uint64_t documents(const struct series *s, int32_t first, int32_t next)
{
    uint64_t n = 0;
    uint32_t lo = 0, hi = s->n_docs;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (s->docs[mid].day < first)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (; lo < s->n_docs && s->docs[lo].day < next; lo++)
        n += s->docs[lo].n;
    return n;
}

/* Events that the `days` before a period let one expect in it, and how far it is from that; null: not known, too few. */
static void json_norm(struct dgi_json *j, const struct series *s, uint32_t from, uint32_t to, int32_t first,
                      int32_t next, int32_t days, const char *norm_key, const char *change_key, uint32_t events)
{
    double before = (double)sum(s, from, to, first - days, first).events * (next - first) / days;
    bool known =
        s->n_docs && s->docs[0].day <= first - days && s->docs[s->n_docs - 1].day >= next - 1 && next - first <= days;
    dgi_json_key(j, norm_key);
    dgi_json_num(j, known ? round(before * 1000) / 1000 : (double)NAN);
    dgi_json_key(j, change_key);
    dgi_json_num(j, known && before >= LEAST_NORM ? round((events / before - 1) * 1000) / 1000 : (double)NAN);
}

static void json_mean(struct dgi_json *j, const char *key, double total, uint32_t n)
{
    dgi_json_key(j, key);
    dgi_json_num(j, n ? round(total / n * 1000) / 1000 : (double)NAN);
}

static void row(struct dgi_json *j, const struct series *s, uint32_t from, uint32_t to, dg_str key, int32_t first,
                int32_t next)
{
    struct point p = sum(s, from, to, first, next);
    uint64_t read = documents(s, first, next);
    dg_str a = {NULL, 0};
    char iso[16];
    dgi_str_next(&key, '\t', &a);
    dgi_day_format(first, iso);
    dgi_json_open(j, '{');
    dgi_json_kstr(j, "period",
                  dgi_str_sub(dgi_str(iso), 0,
                              s->o->period == DGI_YEAR    ? 4
                              : s->o->period == DGI_MONTH ? 7
                                                          : 10));
    dgi_json_key(j, "first");
    dgi_json_day(j, first);
    dgi_json_key(j, "last");
    dgi_json_day(j, next - 1);
    if (s->o->by == DGI_BY_DYAD) {
        dgi_json_kstr(j, "source", a);
        dgi_json_kstr(j, "target", key);
    } else if (s->o->by == DGI_BY_TYPE) {
        dgi_json_kstr(j, "type", a);
    } else if (s->o->by == DGI_BY_PLACE) {
        dgi_json_kstr(j, "place", a);
        dgi_json_kstrn(j, "country", key);
    }
    dgi_json_kint(j, "events", p.events);
    json_mean(j, "goldstein", p.goldstein, p.n_goldstein);
    json_mean(j, "plover", p.plover, p.n_plover);
    dgi_json_kint(j, "documents", (int64_t)read);
    dgi_json_kint(j, "telling", p.told);
    dgi_json_key(j, "share");
    dgi_json_num(j, read ? round((double)p.told / (double)read * 10000) / 10000 : (double)NAN);
    json_norm(j, s, from, to, first, next, NORM_SHORT, "norm_4", "change_4", p.events);
    json_norm(j, s, from, to, first, next, NORM_LONG, "norm_52", "change_52", p.events);
    dgi_json_close(j, '}');
}

/* Rows of one key: points [from, to). */
static void key_rows(struct dgi_json *j, const struct series *s, uint32_t from, uint32_t to, int32_t begin, int32_t end)
{
    dg_str key = s->key[s->points[from].key];
    if (s->o->panel) {
        for (int32_t first = begin, next; first <= end; first = next) {
            next = dgi_period_next(first, s->o->period);
            row(j, s, from, to, key, first, next);
        }
        return;
    }
    uint32_t start =
        s->f->from == DGI_NO_DAY ? from : at_day(s, from, to, s->f->from); /* what is before it is for the norms */
    for (uint32_t i = start; i < to;) {
        int32_t first = dgi_period_first(s->points[i].day, s->o->period), next = dgi_period_next(first, s->o->period);
        uint32_t after = at_day(s, i, to, next);
        if (sum(s, from, to, first, next).events)
            row(j, s, from, to, key, first, next);
        i = after;
    }
}

static dg_status write_rows(struct dgi_json *j, struct series *s, dg_error *err)
{
    int32_t begin = s->f->from, end = s->f->to;
    if (s->n_points)
        qsort(s->points, s->n_points, sizeof *s->points, by_key_day);
    if (begin == DGI_NO_DAY)
        begin = s->n_docs ? s->docs[0].day : 0;
    if (end == DGI_NO_DAY)
        end = s->n_docs ? s->docs[s->n_docs - 1].day : -1;
    begin = dgi_period_first(begin, s->o->period);
    int64_t periods = (end - (int64_t)begin) / (s->o->period == DGI_DAY     ? 1
                                                : s->o->period == DGI_WEEK  ? 7
                                                : s->o->period == DGI_MONTH ? 28
                                                                            : 365) +
                      1;
    if (s->o->panel && periods * s->n_keys > MOST_ROWS)
        return dgi_fail(
            err, DG_E_LIMIT,
            "a panel of %u keys and %lld periods is larger than %d rows; ask for less with from, to, actor, code",
            s->n_keys, (long long)periods, MOST_ROWS);
    for (uint32_t i = 0, k; i < s->n_points; i = k) {
        for (k = i; k < s->n_points && s->points[k].key == s->points[i].key; k++)
            ;
        key_rows(j, s, i, k, begin, end);
    }
    return DG_OK;
}

dg_status dgi_series_json(dgi_store *store, const struct dgi_timeline_filter *f, const struct dgi_series_options *o,
                          struct dgi_buf *out, dg_error *err)
{
    static const char *const period_name[DGI_N_PERIOD] = {"day", "week", "month", "year"},
                             *const by_name[DGI_N_SERIES_BY] = {"none", "dyad", "type", "place"};
    struct dgi_timeline_filter all = *f;
    struct series s = {.o = o, .f = f, .a = dgi_arena_new((size_t)4 << 30)};
    struct dgi_json j;
    if (!s.a)
        return dgi_fail(err, DG_E_NOMEM, "no memory for a series");
    if (all.from != DGI_NO_DAY)
        all.from -= NORM_LONG; /* what the norms need */
    dgi_json_init(&j, out);
    dgi_json_open(&j, '{');
    dgi_json_kstr(&j, "schema", dgi_str(DGI_SCHEMA));
    dgi_json_kstr(&j, "period", dgi_str(period_name[o->period]));
    dgi_json_kstr(&j, "by", dgi_str(by_name[o->by]));
    dgi_json_key(&j, "rows");
    dgi_json_open(&j, '[');
    dg_status st = dgi_store_sources(store, f->known_on, on_document, &s, err);
    if (st == DG_OK && (st = dgi_store_events(store, &all, on_event, &s, err)) == DG_OK && !s.failed)
        st = write_rows(&j, &s, err);
    dgi_json_close(&j, ']');
    dgi_json_close(&j, '}');
    if (st == DG_OK && s.failed)
        st = dgi_fail(err, DG_E_NOMEM, "no memory for a series");
    free(s.seen);
    dgi_arena_free(s.a);
    return st;
}
