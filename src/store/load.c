/* SPDX-License-Identifier: Apache-2.0 */
/* store/load.c: a document's events back out of the store, as the ledger wants them; the board from all of them.
 *
 * Reads   tables documents, sentences, events, event_*
 * Writes  struct dgi_ev_doc, dgi_board */
#include "store/store_int.h"

struct loading {
    dgi_arena *a;
    bool failed;
};

static dg_str keep(struct loading *l, dg_str s)
{
    dg_str c = s.len ? dgi_arena_str(l->a, s) : (dg_str){"", 0};
    l->failed |= !c.ptr;
    return c;
}

static uint32_t col_link(sqlite3_stmt *q, int i, uint32_t n)
{
    int64_t v = sqlite3_column_type(q, i) == SQLITE_NULL ? -1 : sqlite3_column_int64(q, i);
    return v >= 0 && v < n ? (uint32_t)v : DGI_NONE;
}

#define NEED(which)                                                                                                    \
    if (!(q = dgi_store_stmt(s, which, err)))                                                                          \
        return err ? err->status : DG_E_STORE;                                                                         \
    sqlite3_bind_int64(q, 1, no);

static dg_status finish(dgi_store *s, sqlite3_stmt *q, int rc, const struct loading *l, dg_error *err)
{
    sqlite3_reset(q);
    if (rc != SQLITE_DONE && rc != SQLITE_ROW)
        return dgi_store_fail(s, err, "cannot be read");
    return l->failed ? dgi_fail(err, DG_E_NOMEM, "no memory to read a document") : DG_OK;
}

static int read_fields(struct loading *l, sqlite3_stmt *q, int at, const struct dgi_field *f, uint32_t n, void *object)
{
    int next = dgi_rows_read(q, at, f, n, object, l->a);
    l->failed |= next < 0;
    return next;
}

static void read_event(struct loading *l, sqlite3_stmt *q, struct dgi_event *e)
{
    const struct dgi_rows *r = &dgi_rows_events;
    struct dgi_ev_place *p = dgi_arena_alloc(l->a, sizeof *p);
    int at = read_fields(l, q, r->n_keys - 1, r->fields, r->n_fields, e);
    l->failed |= !p;
    if (l->failed)
        return;
    read_fields(l, q, at, r->more, r->n_more, p);
    if (p->name.len || p->country[0])
        e->place = p;
}

static dg_status read_parts(dgi_store *s, int64_t no, struct loading *l, struct dgi_event *ev, uint32_t n_ev, dg_error *err)
{
    sqlite3_stmt *q;
    int rc;
    dg_status st;
    /* rows come in order of event and side, so that a list grows by one at its end */
    NEED(Q_LOAD_ACTORS)
    uint32_t cap[3] = {0}, last = UINT32_MAX;
    while ((rc = sqlite3_step(q)) == SQLITE_ROW && !l->failed) {
        uint32_t n = (uint32_t)sqlite3_column_int64(q, 0);
        int side = sqlite3_column_int(q, 1);
        if (n >= n_ev || side < 0 || side > 2)
            continue;
        if (n != last)
            memset(cap, 0, sizeof cap);
        last = n;
        struct dgi_event *e = &ev[n];
        const struct dgi_ev_actor **list = side == 0 ? &e->source : side == 1 ? &e->target : &e->claimed_by;
        uint32_t *count = side == 0 ? &e->n_source : side == 1 ? &e->n_target : &e->n_claimed_by;
        struct dgi_ev_actor *grown = (struct dgi_ev_actor *)*list, *a = DGI_PUSH(l->a, grown, *count, cap[side]);
        *list = grown;
        if (!a) {
            l->failed = true;
            break;
        }
        read_fields(l, q, 3, dgi_actor_fields, DGI_N_ACTOR_FIELD, a);
    }
    if ((st = finish(s, q, rc, l, err)) != DG_OK)
        return st;
    NEED(Q_LOAD_QUANT)
    last = UINT32_MAX;
    while ((rc = sqlite3_step(q)) == SQLITE_ROW && !l->failed) {
        uint32_t n = (uint32_t)sqlite3_column_int64(q, 0);
        if (n >= n_ev)
            continue;
        if (n != last)
            cap[0] = 0;
        last = n;
        struct dgi_ev_quantity *grown = (struct dgi_ev_quantity *)ev[n].quantities, *x = DGI_PUSH(l->a, grown, ev[n].n_quantities, cap[0]);
        ev[n].quantities = grown;
        if (!x) {
            l->failed = true;
            break;
        }
        read_fields(l, q, 2, dgi_quantity_fields, DGI_N_QUANTITY_FIELD, x);
    }
    if ((st = finish(s, q, rc, l, err)) != DG_OK)
        return st;
    NEED(Q_LOAD_LINKS)
    last = UINT32_MAX;
    while ((rc = sqlite3_step(q)) == SQLITE_ROW && !l->failed) {
        uint32_t n = (uint32_t)sqlite3_column_int64(q, 0), kind = (uint32_t)sqlite3_column_int(q, 1) & 1, other = col_link(q, 2, n_ev);
        if (n >= n_ev || other == DGI_NONE)
            continue;
        if (n != last)
            cap[0] = cap[1] = 0;
        last = n;
        const uint32_t **list = kind ? &ev[n].condition : &ev[n].content;
        uint32_t *grown = (uint32_t *)*list, *x = DGI_PUSH(l->a, grown, *(kind ? &ev[n].n_condition : &ev[n].n_content), cap[kind]);
        *list = grown;
        if (!x) {
            l->failed = true;
            break;
        }
        *x = other;
    }
    return finish(s, q, rc, l, err);
}

dg_status dgi_store_load(dgi_store *s, int64_t no, dgi_arena *a, struct dgi_ev_doc *out, struct dgi_store_source *src, dg_error *err)
{
    struct loading l = {a, false};
    struct dgi_event *ev = NULL;
    uint32_t n_ev = 0, cap = 0, n_sent = 0, cap_sent = 0;
    struct dgi_ev_sentence *sents = NULL;
    sqlite3_stmt *q;
    dg_status st;
    *out = (struct dgi_ev_doc){.reported = DGI_NO_DAY};
    NEED(Q_LOAD_DOC)
    int rc = sqlite3_step(q);
    if (rc != SQLITE_ROW) {
        sqlite3_reset(q);
        return dgi_store_fail(s, err, "a document is missing");
    }
    out->id = keep(&l, dgi_col_str(q, 0));
    out->reported = dgi_col_day(q, 4);
    dg_str text = keep(&l, dgi_col_str(q, 5));
    if (src)
        *src = (struct dgi_store_source){out->id, keep(&l, dgi_col_str(q, 1)), keep(&l, dgi_col_str(q, 2)), keep(&l, dgi_col_str(q, 3)), out->reported};
    if ((st = finish(s, q, rc, &l, err)) != DG_OK)
        return st;
    NEED(Q_LOAD_SENT)
    while ((rc = sqlite3_step(q)) == SQLITE_ROW && !l.failed) {
        struct dgi_ev_sentence *x = DGI_PUSH(a, sents, n_sent, cap_sent);
        if (!x) {
            l.failed = true;
            break;
        }
        read_fields(&l, q, 1, dgi_sentence_fields, DGI_N_SENTENCE_FIELD, x);
    }
    if ((st = finish(s, q, rc, &l, err)) != DG_OK)
        return st;
    NEED(Q_LOAD_EVENTS)
    while ((rc = sqlite3_step(q)) == SQLITE_ROW && !l.failed) {
        struct dgi_event *e = DGI_PUSH(a, ev, n_ev, cap);
        if (!e) {
            l.failed = true;
            break;
        }
        read_event(&l, q, e);
        e->ev_text = (dg_str){"", 0};
        if (e->sentence < n_sent) {
            const struct dgi_ev_sentence *x = &sents[e->sentence];
            e->ev_start = x->start;
            e->ev_end = x->end;
            e->ev_text = dgi_str_sub(text, x->b_start, x->b_end);
        }
    }
    if ((st = finish(s, q, rc, &l, err)) != DG_OK)
        return st;
    while (out->n_coded < n_ev && ev[out->n_coded].cameo[0])
        out->n_coded++;
    for (uint32_t i = 0; i < n_ev; i++) {
        ev[i].content_of = ev[i].content_of < n_ev ? ev[i].content_of : DGI_NONE;
        ev[i].condition_of = ev[i].condition_of < n_ev ? ev[i].condition_of : DGI_NONE;
    }
    if ((st = read_parts(s, no, &l, ev, n_ev, err)) != DG_OK)
        return st;
    out->events = ev;
    out->n_events = n_ev;
    out->sentences = sents;
    out->n_sentences = n_sent;
    out->text = text;
    return DG_OK;
}

dg_status dgi_store_board(dgi_store *s, int32_t known_on, dgi_board **out, dg_error *err)
{
    static const char sql[] = "SELECT d.no FROM documents d WHERE" KNOWN_SQL("d") "ORDER BY d.published,d.id";
    sqlite3_stmt *q = NULL;
    dgi_arena *a = dgi_arena_new(0);
    dgi_board *b = dgi_board_new(s->rules, 0);
    dg_status st = DG_OK;
    int rc = SQLITE_DONE;
    *out = NULL;
    if (!a || !b)
        st = dgi_fail(err, DG_E_NOMEM, "no memory for the board");
    else if (sqlite3_prepare_v2(s->db, sql, -1, &q, NULL) != SQLITE_OK)
        st = dgi_store_fail(s, err, "cannot be read");
    else
        dgi_bind_day(q, 1, known_on);
    while (st == DG_OK && (rc = sqlite3_step(q)) == SQLITE_ROW) {
        struct dgi_ev_doc doc;
        dgi_arena_reset(a);
        if ((st = dgi_store_load(s, sqlite3_column_int64(q, 0), a, &doc, NULL, err)) == DG_OK)
            st = dgi_board_apply(b, &doc, NULL, NULL, err);
    }
    if (st == DG_OK && rc != SQLITE_DONE)
        st = dgi_store_fail(s, err, "cannot be read");
    sqlite3_finalize(q);
    dgi_arena_free(a);
    if (st != DG_OK) {
        dgi_board_free(b);
        return st;
    }
    *out = b;
    return DG_OK;
}
