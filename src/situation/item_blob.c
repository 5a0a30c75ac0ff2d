/* SPDX-License-Identifier: Apache-2.0 */
/* situation/item_blob.c: items as bytes: the entry that one document wrote, and the head that matching needs.
 *
 * Reads   struct matter, or a blob
 * Writes  a blob, or struct matter
 *
 * Whole numbers are varints (7 bits a byte, low end first; signed ones folded), strings a length and their bytes, doubles
 * eight bytes, low end first. A blob begins with its version. The same item gives the same bytes: blobs are compared to tell
 * whether a document says what it said before. docs/formats/store.md lists the fields. */
#include <math.h>

#include "situation/item.h"

enum { VERSION = 1, HAS_SHAPE = 1 };
enum { LINE_DUE = 1, LINE_DEADLINE = 2, LINE_WHEN = 4, LINE_PLACE = 8 };

/* ---- writing ---- */
static void put_raw(struct bytes *o, const void *p, size_t n)
{
    if (o->failed || n > UINT32_MAX / 4 - o->n) {
        o->failed = true;
        return;
    }
    if (o->n + n > o->cap) {
        uint32_t cap = o->cap ? o->cap : 256;
        while (cap < o->n + n)
            cap *= 2;
        unsigned char *grown = dgi_arena_regrow(o->a, o->p, o->n, cap, 1);
        if (!grown) {
            o->failed = true;
            return;
        }
        o->p = grown;
        o->cap = cap;
    }
    if (n)
        memcpy(o->p + o->n, p, n);
    o->n += (uint32_t)n;
}

static void put_u(struct bytes *o, uint64_t v)
{
    unsigned char b[10];
    size_t n = 0;
    do {
        b[n] = (unsigned char)(v & 0x7f);
        v >>= 7;
        b[n] |= v ? 0x80 : 0;
        n++;
    } while (v);
    put_raw(o, b, n);
}

static void put_i(struct bytes *o, int64_t v)
{
    put_u(o, (uint64_t)v << 1 ^ (uint64_t)(v >> 63));
}

static void put_str(struct bytes *o, dg_str s)
{
    put_u(o, s.len);
    put_raw(o, s.ptr, s.len);
}

static void put_word(struct bytes *o, uint64_t v)
{
    unsigned char b[8];
    for (int i = 0; i < 8; i++)
        b[i] = (unsigned char)(v >> 8 * i);
    put_raw(o, b, 8);
}

static void put_num(struct bytes *o, double v)
{
    uint64_t bits;
    if (isnan(v))
        v = (double)NAN; /* one of many */
    memcpy(&bits, &v, 8);
    put_word(o, bits);
}

static void put_code(struct bytes *o, const char *c, size_t size)
{
    size_t n = 0;
    while (n < size && c[n])
        n++;
    put_str(o, (dg_str){c, n});
}

static void put_actor(struct bytes *o, const struct dgi_ev_actor *a)
{
    put_str(o, a->id);
    put_str(o, a->name);
    put_code(o, a->country, sizeof a->country);
    put_str(o, a->cameo);
    put_str(o, a->sectors);
}

static void put_range(struct bytes *o, const struct dgi_day_range *r)
{
    put_i(o, r->start);
    put_i(o, r->end);
    put_u(o, r->precision);
}

static void put_place(struct bytes *o, const struct dgi_ev_place *p)
{
    put_str(o, p->name);
    put_str(o, p->admin1);
    put_code(o, p->country, sizeof p->country);
    put_num(o, p->lat);
    put_num(o, p->lon);
    put_i(o, p->geonames);
    put_u(o, p->precision);
}

static void put_shape(struct bytes *o, const struct dgi_sit_item *it)
{
    put_u(o, it->kind);
    put_u(o, it->sub);
    put_str(o, it->id);
    put_u(o, it->n_parties);
    for (uint32_t i = 0; i < it->n_parties; i++) {
        put_u(o, it->parties[i].role);
        put_u(o, (uint64_t)(it->parties[i].side | (it->parties[i].inferred ? 2 : 0)));
        put_actor(o, &it->parties[i].actor);
    }
    put_str(o, it->content);
    put_str(o, it->condition);
    put_u(o, it->n_codes);
    for (uint8_t i = 0; i < it->n_codes; i++)
        put_code(o, it->codes[i], sizeof it->codes[i]);
    put_u(o, it->n_cond_codes);
    for (uint8_t i = 0; i < it->n_cond_codes; i++)
        put_code(o, it->cond_codes[i], sizeof it->cond_codes[i]);
    put_u(o, (it->cond_negated ? 1u : 0) | (it->content_negated ? 2u : 0));
    put_actor(o, &it->cond_actor);
    put_u(o, it->n_keys);
    for (uint32_t i = 0; i < it->n_keys; i++)
        put_word(o, it->keys[i]);
}

static void put_line(struct bytes *o, const struct dgi_sit_change *c)
{
    put_i(o, c->date);
    put_u(o, c->status);
    put_u(o, (c->due ? LINE_DUE : 0u) | (c->deadline.start != DGI_NO_DAY ? LINE_DEADLINE : 0u) |
                 (c->when.start != DGI_NO_DAY ? LINE_WHEN : 0u) | (c->place ? LINE_PLACE : 0u));
    put_str(o, c->event);
    put_str(o, c->rule);
    put_u(o, c->ev_start);
    put_u(o, c->ev_end);
    put_u(o, c->trig_start);
    put_u(o, c->trig_end);
    put_str(o, c->ev_text);
    if (c->deadline.start != DGI_NO_DAY)
        put_range(o, &c->deadline);
    if (c->when.start != DGI_NO_DAY)
        put_range(o, &c->when);
    if (c->place)
        put_place(o, c->place);
    put_u(o, c->n_claimed_by);
    for (uint32_t i = 0; i < c->n_claimed_by; i++)
        put_actor(o, &c->claimed_by[i]);
    put_u(o, c->n_quantities);
    for (uint32_t i = 0; i < c->n_quantities; i++) {
        const struct dgi_ev_quantity *q = &c->quantities[i];
        put_u(o, q->kind);
        put_num(o, q->value);
        put_num(o, q->low);
        put_num(o, q->high);
        put_u(o, q->approx);
        put_str(o, q->unit);
        put_str(o, q->noun);
        put_u(o, q->start);
        put_u(o, q->end);
    }
}

void dgi_entry_write(struct bytes *o, const struct matter *m, dg_str document)
{
    uint32_t n = m->it.n_history - m->from;
    put_u(o, VERSION);
    put_u(o, m->reshaped ? HAS_SHAPE : 0);
    put_str(o, document);
    if (m->reshaped)
        put_shape(o, &m->it);
    put_u(o, n);
    for (uint32_t i = 0; i < n; i++)
        put_line(o, &m->it.history[m->from + i]);
}

static void put_told(struct bytes *o, const struct told *t)
{
    put_i(o, t->date);
    put_i(o, t->reported);
    put_u(o, t->status);
}

void dgi_head_write(struct bytes *o, const struct matter *m)
{
    const struct fold *f = &m->f;
    put_u(o, VERSION);
    put_shape(o, &m->it);
    put_str(o, f->pos);
    put_u(o, f->lines);
    put_told(o, &f->first);
    put_told(o, &f->last);
    put_told(o, &f->cur);
    put_str(o, f->first_text);
    put_u(o, (f->counted ? 1u : 0) | (f->claimed ? 2u : 0) | (f->place ? 4u : 0) | (f->state.place ? 8u : 0));
    if (f->counted)
        put_num(o, f->value);
    if (f->claimed)
        put_actor(o, &f->claimant);
    put_range(o, &f->when);
    if (f->place)
        put_place(o, f->place);
    put_i(o, f->due);
    put_i(o, f->state.opened);
    put_i(o, f->state.last);
    put_range(o, &f->state.deadline);
    put_range(o, &f->state.when);
    if (f->state.place)
        put_place(o, f->state.place);
    put_u(o, f->state.sources);
}

/* ---- reading ---- */
struct reader {
    const unsigned char *p, *end;
    dgi_arena *a;
    bool bad;
};

static uint64_t get_u(struct reader *r)
{
    uint64_t v = 0;
    for (int shift = 0; shift < 64; shift += 7) {
        if (r->p == r->end)
            break;
        unsigned char b = *r->p++;
        v |= (uint64_t)(b & 0x7f) << shift;
        if (!(b & 0x80))
            return v;
    }
    r->bad = true;
    return 0;
}

static int64_t get_i(struct reader *r)
{
    uint64_t v = get_u(r);
    return (int64_t)(v >> 1 ^ (~(v & 1) + 1));
}

static uint32_t get_u32(struct reader *r)
{
    uint64_t v = get_u(r);
    r->bad |= v > UINT32_MAX;
    return (uint32_t)v;
}

static int32_t get_day(struct reader *r)
{
    int64_t v = get_i(r);
    r->bad |= v < INT32_MIN || v > INT32_MAX;
    return (int32_t)v;
}

static uint8_t get_below(struct reader *r, uint32_t limit)
{
    uint64_t v = get_u(r);
    r->bad |= v >= limit;
    return v < limit ? (uint8_t)v : 0;
}

static dg_str get_str(struct reader *r)
{
    uint64_t n = get_u(r);
    if (n > (uint64_t)(r->end - r->p)) {
        r->bad = true;
        return (dg_str){"", 0};
    }
    dg_str s = {n ? (const char *)r->p : "", (size_t)n};
    r->p += n;
    return s;
}

static uint64_t get_word(struct reader *r)
{
    uint64_t v = 0;
    if (r->end - r->p < 8) {
        r->bad = true;
        return 0;
    }
    for (int i = 0; i < 8; i++)
        v |= (uint64_t)r->p[i] << 8 * i;
    r->p += 8;
    return v;
}

static double get_num(struct reader *r)
{
    uint64_t bits = get_word(r);
    double v;
    memcpy(&v, &bits, 8);
    return v;
}

static void get_code(struct reader *r, char *out, size_t size)
{
    dg_str s = get_str(r);
    memset(out, 0, size);
    if (s.len >= size)
        r->bad = true;
    else
        memcpy(out, s.ptr, s.len);
}

static void get_actor(struct reader *r, struct dgi_ev_actor *a)
{
    a->id = get_str(r);
    a->name = get_str(r);
    get_code(r, a->country, sizeof a->country);
    a->cameo = get_str(r);
    a->sectors = get_str(r);
}

static struct dgi_day_range get_range(struct reader *r)
{
    struct dgi_day_range d = {0};
    d.start = get_day(r);
    d.end = get_day(r);
    d.precision = get_below(r, DGI_P_YEAR + 1);
    return d;
}

/* How many things of at least one byte each are to come; an array for them. */
static void *get_array(struct reader *r, uint32_t *n, size_t size)
{
    uint64_t v = get_u(r);
    *n = 0;
    if (v > (uint64_t)(r->end - r->p)) {
        r->bad = true;
        return NULL;
    }
    void *p = v ? dgi_arena_array(r->a, (size_t)v, size) : NULL;
    r->bad |= v && !p;
    *n = p ? (uint32_t)v : 0;
    return p;
}

static const struct dgi_ev_place *get_place(struct reader *r)
{
    struct dgi_ev_place *p = dgi_arena_alloc(r->a, sizeof *p);
    if (!p) {
        r->bad = true;
        return NULL;
    }
    p->name = get_str(r);
    p->admin1 = get_str(r);
    get_code(r, p->country, sizeof p->country);
    p->lat = get_num(r);
    p->lon = get_num(r);
    p->geonames = get_i(r);
    p->precision = (uint8_t)get_u(r);
    p->from = DGI_N_PLACE_FROM;
    return p;
}

static void get_shape(struct reader *r, struct dgi_sit_item *it)
{
    it->kind = get_below(r, DGI_N_ITEM_KIND);
    it->sub = (uint8_t)get_u(r);
    it->id = get_str(r);
    struct dgi_sit_party_ref *p = get_array(r, &it->n_parties, sizeof *p);
    r->bad |= it->n_parties > MOST_PARTIES;
    for (uint32_t i = 0; i < it->n_parties && !r->bad; i++) {
        p[i].role = get_below(r, DGI_N_ROLE);
        uint8_t side = get_below(r, 4);
        p[i].side = side & 1;
        p[i].inferred = side >> 1;
        get_actor(r, &p[i].actor);
    }
    it->parties = p;
    it->cap_parties = it->n_parties;
    it->content = get_str(r);
    it->condition = get_str(r);
    it->n_codes = get_below(r, 5);
    for (uint8_t i = 0; i < it->n_codes; i++)
        get_code(r, it->codes[i], sizeof it->codes[i]);
    it->n_cond_codes = get_below(r, 5);
    for (uint8_t i = 0; i < it->n_cond_codes; i++)
        get_code(r, it->cond_codes[i], sizeof it->cond_codes[i]);
    uint8_t flags = get_below(r, 4);
    it->cond_negated = flags & 1;
    it->content_negated = flags >> 1;
    get_actor(r, &it->cond_actor);
    it->keys = get_array(r, &it->n_keys, sizeof *it->keys);
    r->bad |= it->n_keys > MOST_KEYS;
    for (uint32_t i = 0; i < it->n_keys && !r->bad; i++)
        it->keys[i] = get_word(r);
}

static void get_line(struct reader *r, struct dgi_sit_change *c)
{
    c->date = get_day(r);
    c->status = get_below(r, DGI_N_ITEM_STATUS);
    uint8_t flags = get_below(r, 16);
    c->due = flags & LINE_DUE;
    c->event = get_str(r);
    c->rule = get_str(r);
    c->ev_start = get_u32(r);
    c->ev_end = get_u32(r);
    c->trig_start = get_u32(r);
    c->trig_end = get_u32(r);
    c->ev_text = get_str(r);
    c->deadline.start = c->deadline.end = c->when.start = c->when.end = DGI_NO_DAY;
    if (flags & LINE_DEADLINE)
        c->deadline = get_range(r);
    if (flags & LINE_WHEN)
        c->when = get_range(r);
    if (flags & LINE_PLACE)
        c->place = get_place(r);
    struct dgi_ev_actor *who = get_array(r, &c->n_claimed_by, sizeof *who);
    for (uint32_t i = 0; i < c->n_claimed_by && !r->bad; i++)
        get_actor(r, &who[i]);
    c->claimed_by = who;
    struct dgi_ev_quantity *q = get_array(r, &c->n_quantities, sizeof *q);
    for (uint32_t i = 0; i < c->n_quantities && !r->bad; i++) {
        q[i].kind = get_below(r, 8);
        q[i].value = get_num(r);
        q[i].low = get_num(r);
        q[i].high = get_num(r);
        q[i].approx = get_below(r, 2);
        q[i].unit = get_str(r);
        q[i].noun = get_str(r);
        q[i].start = get_u32(r);
        q[i].end = get_u32(r);
    }
    c->quantities = q;
}

bool dgi_entry_read(struct dgi_sit_item *it, dg_str pos, dg_str blob, bool *shape, struct dgi_sit_change **lines,
                    uint32_t *n, dgi_arena *a)
{
    struct reader r = {(const unsigned char *)blob.ptr, (const unsigned char *)blob.ptr + blob.len, a, false};
    if (get_u(&r) != VERSION)
        return false;
    *shape = get_below(&r, 2) & HAS_SHAPE;
    dg_str document = get_str(&r);
    if (*shape)
        get_shape(&r, it);
    struct dgi_sit_change *l = get_array(&r, n, sizeof *l);
    for (uint32_t i = 0; i < *n && !r.bad; i++) {
        get_line(&r, &l[i]);
        l[i].reported = dgi_ledger_pos_day(pos);
        l[i].document = document;
    }
    *lines = l;
    return !r.bad && r.p == r.end;
}

static void get_told(struct reader *r, struct told *t)
{
    t->date = get_day(r);
    t->reported = get_day(r);
    t->status = get_below(r, DGI_N_ITEM_STATUS);
    t->doc = 0;
}

bool dgi_head_read(struct matter *m, dg_str blob, dgi_arena *a)
{
    struct reader r = {(const unsigned char *)blob.ptr, (const unsigned char *)blob.ptr + blob.len, a, false};
    struct fold *f = &m->f;
    if (get_u(&r) != VERSION)
        return false;
    get_shape(&r, &m->it);
    f->pos = get_str(&r);
    f->lines = get_u32(&r);
    get_told(&r, &f->first);
    get_told(&r, &f->last);
    get_told(&r, &f->cur);
    f->first_text = get_str(&r);
    uint8_t flags = get_below(&r, 16);
    f->counted = flags & 1;
    f->claimed = flags & 2;
    if (f->counted)
        f->value = get_num(&r);
    if (f->claimed)
        get_actor(&r, &f->claimant);
    f->when = get_range(&r);
    f->place = flags & 4 ? get_place(&r) : NULL;
    f->due = get_day(&r);
    f->state.opened = get_day(&r);
    f->state.last = get_day(&r);
    f->state.deadline = get_range(&r);
    f->state.when = get_range(&r);
    f->state.place = flags & 8 ? get_place(&r) : NULL;
    f->state.sources = get_u32(&r);
    f->state.n_seen = f->lines;
    return !r.bad && r.p == r.end;
}
