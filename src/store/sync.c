/* SPDX-License-Identifier: Apache-2.0 */
/* store/sync.c: the kept board follows the documents.
 *
 * Reads   which versions stand on the board and which are to
 * Writes  the board, by situation/ledger.h; the mark `applied` of versions
 *
 * A version that was put, replaced or taken back is one that is on the board and should not be, or the other way round; so
 * a store whose writer was killed knows by itself what is left to do. The board moves in transactions of up to
 * 2,000 documents, each of which leaves it whole. */
#include <stdlib.h>

#include "store/store_int.h"

enum { DOCS_A_TRANSACTION = 2000, FOLLOWED_AT = 1000 };

void dgi_store_rollback(dgi_store *s)
{
    OPS(s)->rollback(s->b);
    if (s->ledger)
        dgi_ledger_forget(s->ledger); /* it may hold what the file does not */
}

/* ---- what there is to do ---- */
struct found {
    dg_str pos;
    int64_t no;
    bool on;
};
struct gather {
    dgi_arena *a;
    struct found *list;
    uint32_t n, cap;
    bool on, failed;
};

static bool add(void *user, const struct dgi_version *v, const struct dgi_store_source *src)
{
    struct gather *g = user;
    struct found *f = DGI_PUSH(g->a, g->list, g->n, g->cap);
    (void)src;
    if (f)
        *f = (struct found){dgi_arena_str(g->a, v->pos), v->no, g->on};
    g->failed |= !f || !f->pos.ptr;
    return !g->failed;
}

static int by_pos(const void *a, const void *b)
{
    const struct found *x = a, *y = b;
    int c = dgi_str_cmp(x->pos, y->pos);
    return c ? c : (int)x->on - (int)y->on;
}

dg_status dgi_store_moves(dgi_store *s, int32_t known_on, dgi_arena *a, struct dgi_moves *out, dg_error *err)
{
    struct gather g = {.a = a};
    *out = (struct dgi_moves){0};
    dg_status st = OPS(s)->each_document(s->b, DGI_DOCS_APPLIED_ONLY, known_on, add, &g, err);
    g.on = true;
    if (st == DG_OK && !g.failed)
        st = OPS(s)->each_document(s->b, DGI_DOCS_KNOWN_ONLY, known_on, add, &g, err);
    if (st != DG_OK || !g.n)
        return g.failed ? dgi_fail(err, DG_E_NOMEM, "no memory for the board") : st;
    qsort(g.list, g.n, sizeof *g.list, by_pos);
    out->change = dgi_arena_array(a, g.n, sizeof *out->change);
    out->off = dgi_arena_array(a, g.n, sizeof *out->off);
    out->on = dgi_arena_array(a, g.n, sizeof *out->on);
    if (g.failed || !out->change || !out->off || !out->on)
        return dgi_fail(err, DG_E_NOMEM, "no memory for the board");
    for (uint32_t i = 0; i < g.n; i++) {
        const struct found *f = &g.list[i];
        if (!out->n || !dgi_str_eq(out->change[out->n - 1].pos, f->pos))
            out->change[out->n++].pos = f->pos;
        uint32_t k = out->n - 1;
        *(f->on ? &out->change[k].is : &out->change[k].was) = true;
        (f->on ? out->on : out->off)[k] = f->no;
    }
    return DG_OK;
}

/* ---- doing it ---- */
dg_status dgi_store_move(dgi_store *s, const struct dgi_ledger_change *change, const int64_t *off, const int64_t *on,
                         uint32_t n, dg_error *err)
{
    dg_status st = DG_OK;
    if (!s->ledger && !(s->ledger = dgi_ledger_new(s->rules, OPS(s)->host(s->b), 0)))
        return dgi_fail(err, DG_E_NOMEM, "no memory for the board");
    for (uint32_t i = 0; i < n && st == DG_OK; i++)
        if (off[i])
            st = OPS(s)->set_applied(s->b, off[i], false, err);
    for (uint32_t i = 0; i < n && st == DG_OK; i++)
        if (on[i])
            st = OPS(s)->set_applied(s->b, on[i], true, err);
    return st == DG_OK ? dgi_ledger_move(s->ledger, change, n, NULL, NULL, NULL, err) : st;
}

void dgi_store_progress(dgi_store *s, dg_progress_fn *fn, void *user)
{
    s->progress = fn;
    s->user = user;
}

dg_status dgi_store_sync(dgi_store *s, dg_error *err)
{
    struct dgi_moves m;
    if (!s->write)
        return DG_OK;
    dgi_arena *a = dgi_arena_new((size_t)4 << 30);
    dg_status st =
        a ? dgi_store_moves(s, DGI_NO_DAY, a, &m, err) : dgi_fail(err, DG_E_NOMEM, "no memory for the board");
    for (uint32_t i = 0; st == DG_OK && i < m.n;) {
        uint32_t n = m.n - i < DOCS_A_TRANSACTION ? m.n - i : DOCS_A_TRANSACTION;
        if (s->progress && !s->progress(s->user, i, m.n)) {
            st = dgi_fail(err, DG_E_CANCELLED, "stopped after %u of %u documents", i, m.n);
            break;
        }
        if ((st = OPS(s)->begin(s->b, true, err)) != DG_OK)
            break;
        if ((st = dgi_store_move(s, m.change + i, m.off + i, m.on + i, n, err)) == DG_OK)
            st = OPS(s)->commit(s->b, err);
        if (st != DG_OK)
            dgi_store_rollback(s);
        i += n;
    }
    dgi_arena_free(a);
    s->put.n = 0;
    s->put.late = st != DG_OK;
    return st == DG_OK ? dgi_store_keep_positions(s, err) : st;
}

/* ---- as documents come ---- */
static dg_status keep_pos(dgi_store *s, dg_str pos, dg_error *err)
{
    char *p = realloc(s->put.pos, pos.len + 1);
    if (!p)
        return dgi_fail(err, DG_E_NOMEM, "no memory for the board");
    if (pos.len)
        memcpy(p, pos.ptr, pos.len);
    s->put.pos = p;
    s->put.len = pos.len;
    return DG_OK;
}

static dg_status last_pos(dgi_store *s, dg_error *err)
{
    const struct dgi_ledger_host *host = OPS(s)->host(s->b);
    dgi_arena *a = dgi_arena_new(0);
    dg_str last;
    dg_status st = a ? host->last(host->self, a, &last, err) : dgi_fail(err, DG_E_NOMEM, "no memory for the board");
    if (st == DG_OK)
        st = keep_pos(s, last, err);
    dgi_arena_free(a);
    return st;
}

dg_status dgi_store_follow(dgi_store *s, dg_str pos, dg_error *err)
{
    dg_status st = s->put.n >= FOLLOWED_AT && !s->put.late ? dgi_store_sync(s, err) : DG_OK;
    if (st == DG_OK && !s->put.pos)
        st = last_pos(s, err);
    if (st != DG_OK)
        return st;
    s->put.n++;
    s->put.late |= dgi_str_cmp(pos, (dg_str){s->put.pos, s->put.len}) <= 0;
    return s->put.late ? DG_OK : keep_pos(s, pos, err);
}
