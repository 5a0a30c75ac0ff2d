/* SPDX-License-Identifier: Apache-2.0 */
/* store/view.c: the board as a question sees it.
 *
 * Reads   the kept board; the versions of documents known on a day
 * Writes  nothing: what must be otherwise than it is kept is moved in memory, over it
 *
 * What was known on a day is a beginning of every history, so it is cut off there; only documents of which another
 * version was known then are taken off and put on, and with them what they touch. */
#include <stdlib.h>

#include "store/view.h"

static dg_status lay_over(struct view *v, const struct dgi_moves *m, dg_error *err)
{
    struct dgi_ev_doc *docs = dgi_arena_array(v->a, m->n, sizeof *docs); /* the host borrows them */
    v->over = dgi_ledger_memory_new(OPS(v->s)->host(v->s->b));
    dg_status st = v->over && docs ? DG_OK : dgi_fail(err, DG_E_NOMEM, "no memory for the board");
    for (uint32_t i = 0; i < m->n && st == DG_OK; i++) {
        if (m->on[i])
            st = OPS(v->s)->load_document(v->s->b, m->on[i], v->a, &docs[i], err);
        if (st == DG_OK)
            st = dgi_ledger_memory_put_document(v->over, m->change[i].pos, m->on[i] ? &docs[i] : NULL, err);
    }
    if (st != DG_OK)
        return st;
    v->host = dgi_ledger_memory_host(v->over);
    dgi_ledger *l = dgi_ledger_new(v->s->rules, v->host, 0);
    st = l ? dgi_ledger_move(l, m->change, m->n, NULL, NULL, NULL, err)
           : dgi_fail(err, DG_E_NOMEM, "no memory for the board");
    dgi_ledger_free(l);
    return st == DG_OK ? dgi_ledger_memory_changed(v->over, v->a, &v->changed, &v->n_changed, err) : st;
}

dg_status dgi_view_open(struct view *v, dgi_store *s, int32_t known_on, dg_error *err)
{
    struct dgi_moves m;
    *v = (struct view){.s = s, .a = dgi_arena_new((size_t)4 << 30), .host = OPS(s)->host(s->b)};
    if (!v->a)
        return dgi_fail(err, DG_E_NOMEM, "no memory for the board");
    if (known_on != DGI_NO_DAY)
        v->before = dgi_ledger_pos_after(known_on, v->cut);
    dg_status st = dgi_store_moves(s, known_on, v->a, &m, err);
    if (st == DG_OK && m.n)
        st = lay_over(v, &m, err);
    if (st != DG_OK)
        dgi_view_close(v);
    return st;
}

void dgi_view_close(struct view *v)
{
    dgi_ledger_memory_free(v->over);
    dgi_arena_free(v->a);
    *v = (struct view){0};
}

static bool is_changed(const struct view *v, dg_str item)
{
    uint32_t lo = 0, hi = v->n_changed;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        int c = dgi_str_cmp(v->changed[mid], item);
        if (!c)
            return true;
        *(c < 0 ? &lo : &hi) = c < 0 ? mid + 1 : mid;
    }
    return false;
}

struct scan {
    struct view *v;
    const struct dgi_sit_filter *f;
    dgi_arena *a;
    bool keep, stopped;
    view_item_fn *fn;
    void *user;
    dg_status st;
    dg_error *err;
    uint32_t next; /* of the changed items that are to come in between */
    struct other { /* changed items that are wanted, in order of kind and key */
        dg_str key;
        const struct dgi_sit_item *it;
        struct dgi_item_state state;
    } * others;
    uint32_t n_others, cap_others;
};

/* What the clock asks of a store before it takes silence for an answer. */
static bool heard(void *user, const struct dgi_sit_item *it, int32_t from, int32_t to)
{
    struct scan *s = user;
    bool yes = true;
    if (s->st == DG_OK)
        s->st = dgi_ledger_heard(s->v->s->rules, s->v->host, it, from, to, s->v->before, &yes, s->err);
    return yes;
}

static bool give(struct scan *s, dg_str key, const struct dgi_sit_item *it, const struct dgi_item_state *state)
{
    s->stopped = !s->fn(s->user, key, it, state);
    return !s->stopped;
}

/* Changed items that come before (kind, key). */
static bool others_before(struct scan *s, uint8_t kind, dg_str key)
{
    for (; s->next < s->n_others && !s->stopped; s->next++) {
        struct other *o = &s->others[s->next];
        if (o->it->kind > kind || (o->it->kind == kind && dgi_str_cmp(o->key, key) > 0))
            break;
        give(s, o->key, o->it, &o->state);
    }
    return !s->stopped;
}

/* Items are views into their entries: those that are to be kept need entries that stay. */
static const struct dgi_ledger_entry *lasting(const struct dgi_ledger_entry *e, uint32_t n, dgi_arena *a)
{
    struct dgi_ledger_entry *out = dgi_arena_array(a, (size_t)n + 1, sizeof *out);
    for (uint32_t i = 0; out && i < n; i++) {
        out[i] = (struct dgi_ledger_entry){dgi_arena_str(a, e[i].pos), dgi_arena_str(a, e[i].blob)};
        if (!out[i].pos.ptr || !out[i].blob.ptr)
            return NULL;
    }
    return out;
}

static bool on_item(void *user, dg_str key, const struct dgi_ledger_entry *entries, uint32_t n)
{
    struct scan *s = user;
    const struct dgi_sit_item *it;
    struct dgi_item_state state;
    if (is_changed(s->v, key))
        return true;
    if (!s->keep)
        dgi_arena_reset(s->a);
    else if (!(entries = lasting(entries, n, s->a)))
        return (s->st = dgi_fail(s->err, DG_E_NOMEM, "no memory for the board")) == DG_OK;
    if ((s->st = dgi_ledger_item(s->v->s->rules, key, entries, n, s->v->before, s->a, &it, s->err)) != DG_OK)
        return false;
    if (!it || !dgi_item_wanted(it, s->f, &state))
        return true;
    return others_before(s, it->kind, key) && give(s, key, it, &state);
}

static int by_kind_and_key(const void *a, const void *b)
{
    const struct other *x = a, *y = b;
    return x->it->kind != y->it->kind ? (x->it->kind < y->it->kind ? -1 : 1) : dgi_str_cmp(x->key, y->key);
}

/* What is laid over lends its entries only until the view is closed: a copy. */
static dg_status one_item(struct view *v, dg_str key, dgi_arena *a, const struct dgi_sit_item **it, dg_error *err)
{
    struct dgi_ledger_entry *lent;
    const struct dgi_ledger_entry *entries;
    uint32_t n;
    *it = NULL;
    dg_status st = v->host->entries(v->host->self, key, a, &lent, &n, err);
    if (st != DG_OK || !n)
        return st;
    if (!(entries = lasting(lent, n, a)))
        return dgi_fail(err, DG_E_NOMEM, "no memory for the board");
    return dgi_ledger_item(v->s->rules, key, entries, n, v->before, a, it, err);
}

static dg_status wanted_others(struct scan *s, dg_error *err)
{
    for (uint32_t i = 0; i < s->v->n_changed; i++) {
        const struct dgi_sit_item *it;
        struct dgi_item_state state;
        dg_status st = one_item(s->v, s->v->changed[i], s->keep ? s->a : s->v->a, &it, err);
        if (st != DG_OK)
            return st;
        if (!it || !dgi_item_wanted(it, s->f, &state))
            continue;
        struct other *o = DGI_PUSH(s->v->a, s->others, s->n_others, s->cap_others);
        if (!o)
            return dgi_fail(err, DG_E_NOMEM, "no memory for the board");
        *o = (struct other){s->v->changed[i], it, state};
    }
    if (s->n_others)
        qsort(s->others, s->n_others, sizeof *s->others, by_kind_and_key);
    return DG_OK;
}

dg_status dgi_view_items(struct view *v, const struct dgi_sit_filter *f, dgi_arena *a, bool keep, view_item_fn *fn,
                         void *user, dg_error *err)
{
    struct dgi_sit_filter asked = *f;
    struct scan s = {.v = v, .f = &asked, .a = a, .keep = keep, .fn = fn, .user = user, .err = err};
    asked.when.heard = heard;
    asked.when.heard_user = &s;
    bool pair = f->between_a && *f->between_a && f->between_b && *f->between_b;
    dg_status st = wanted_others(&s, err);
    if (st == DG_OK)
        st = OPS(v->s)->each_item(v->s->b, f->kinds, pair ? f->between_a : f->actor, pair ? f->between_b : NULL,
                                  on_item, &s, err);
    if (st == DG_OK && s.st == DG_OK)
        others_before(&s, DGI_N_ITEM_KIND, (dg_str){"", 0});
    return st != DG_OK ? st : s.st;
}

dg_status dgi_view_items_by_id(struct view *v, dg_str id, uint32_t most, dgi_arena *a, const struct dgi_sit_item **out,
                               uint32_t *n, dg_error *err)
{
    dg_str *keys;
    uint32_t n_keys;
    *n = 0;
    dg_status st = OPS(v->s)->items_by_id(v->s->b, id, most + v->n_changed, a, &keys, &n_keys, err);
    for (uint32_t i = 0; st == DG_OK && i < n_keys + v->n_changed; i++) {
        const struct dgi_sit_item *it;
        dg_str key = i < n_keys ? keys[i] : v->changed[i - n_keys];
        if (i < n_keys && is_changed(v, key))
            continue;
        if ((st = one_item(v, key, a, &it, err)) != DG_OK || !it || !dgi_str_starts(it->id, id))
            continue;
        if (dgi_str_eq(it->id, id)) {
            out[0] = it;
            *n = 1;
            break;
        }
        if (*n < most)
            out[(*n)++] = it;
    }
    return st;
}

static bool nobody(void *user, const struct dgi_sit_item *it, int32_t from, int32_t to)
{
    (void)user, (void)it, (void)from, (void)to;
    return false;
}

dg_status dgi_view_ask_silence(struct view *v, const struct dgi_sit_item *it, struct dgi_sit_when *w, dg_error *err)
{
    struct scan s = {.v = v, .err = err};
    struct dgi_sit_when asked = *w;
    struct dgi_item_state state;
    asked.heard = heard;
    asked.heard_user = &s;
    if (dgi_item_at(it, &asked, &state) && state.stale)
        w->heard = nobody;
    return s.st;
}
