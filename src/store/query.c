/* SPDX-License-Identifier: Apache-2.0 */
/* store/query.c: what a reader asks: the situation, one item, what if, the timeline, who said what.
 *
 * Reads   the whole store
 * Writes  a board, or calls back per row; JSON is export's
 *
 * The board is worked out from the events for each question, so that it is exact also for a day in the past and for a
 * store whose writer was killed. A question runs in one read transaction. */
#include <stdlib.h>

#include "base/day.h"
#include "store/store_int.h"

/* One snapshot for all statements of a question; the writer's own transactions stay as they are. */
static dg_status begin(dgi_store *s, bool *mine, dg_error *err)
{
    *mine = sqlite3_get_autocommit(s->db) != 0;
    return *mine ? dgi_store_exec(s, "BEGIN", err) : DG_OK;
}
static void end(dgi_store *s, bool mine)
{
    if (mine)
        sqlite3_exec(s->db, "COMMIT", NULL, NULL, NULL);
}

dg_status dgi_store_count(dgi_store *s, struct dgi_store_counts *out, dg_error *err)
{
    static const char sql[] = "SELECT (SELECT count(*) FROM documents WHERE current=1 AND withdrawn=0),(SELECT count(*) FROM documents),"
                              "(SELECT count(*) FROM statements),(SELECT count(*) FROM events WHERE cameo<>''),(SELECT count(*) FROM items),"
                              "(SELECT min(published) FROM documents WHERE current=1),(SELECT max(published) FROM documents WHERE current=1)";
    sqlite3_stmt *q = NULL;
    *out = (struct dgi_store_counts){.first = DGI_NO_DAY, .last = DGI_NO_DAY};
    if (sqlite3_prepare_v2(s->db, sql, -1, &q, NULL) != SQLITE_OK || sqlite3_step(q) != SQLITE_ROW) {
        sqlite3_finalize(q);
        return dgi_store_fail(s, err, "cannot be read");
    }
    out->documents = (uint64_t)sqlite3_column_int64(q, 0);
    out->versions = (uint64_t)sqlite3_column_int64(q, 1);
    out->statements = (uint64_t)sqlite3_column_int64(q, 2);
    out->events = (uint64_t)sqlite3_column_int64(q, 3);
    out->items = (uint64_t)sqlite3_column_int64(q, 4);
    out->first = dgi_col_day(q, 5);
    out->last = dgi_col_day(q, 6);
    sqlite3_finalize(q);
    return DG_OK;
}

static dg_status default_day(dgi_store *s, struct dgi_sit_when *w, dg_error *err)
{
    struct dgi_store_counts n;
    if (w->as_of != DGI_NO_DAY)
        return DG_OK;
    dg_status st = dgi_store_count(s, &n, err);
    if (st == DG_OK)
        w->as_of = w->known_on != DGI_NO_DAY && (n.last == DGI_NO_DAY || w->known_on < n.last) ? w->known_on : n.last;
    return st;
}

dg_status dgi_store_stand(dgi_store *s, struct dgi_sit_when *w, dgi_board **out, dg_error *err)
{
    bool own;
    *out = NULL;
    dg_status st = begin(s, &own, err);
    if (st != DG_OK)
        return st;
    if ((st = default_day(s, w, err)) == DG_OK)
        st = dgi_store_board(s, w->known_on, out, err);
    end(s, own);
    return st;
}

dg_status dgi_store_item(dgi_store *s, dg_str id, struct dgi_sit_when *w, dgi_board **board, const struct dgi_sit_item **item, dg_error *err)
{
    uint32_t n = 0;
    *item = NULL;
    *w = (struct dgi_sit_when){DGI_NO_DAY, DGI_NO_DAY, 0};
    dg_status st = dgi_store_stand(s, w, board, err);
    for (uint32_t i = 0; st == DG_OK && i < dgi_board_n(*board); i++) {
        const struct dgi_sit_item *x = dgi_board_item(*board, i);
        if (dgi_str_eq(x->id, id)) {
            *item = x;
            n = 1;
            break;
        }
        if (id.len >= 4 && dgi_str_starts(x->id, id)) {
            *item = x;
            n++;
        }
    }
    if (st == DG_OK && !n)
        st = dgi_fail(err, DG_E_ARG, "%s: no item '%.*s'", s->path, (int)id.len, id.ptr);
    else if (st == DG_OK && n > 1)
        st = dgi_fail(err, DG_E_ARG, "%s: %u items begin with '%.*s'", s->path, n, (int)id.len, id.ptr);
    if (st != DG_OK) {
        dgi_board_free(*board);
        *board = NULL;
        *item = NULL;
    }
    return st;
}

/* ---- timeline ---- */
static bool actor_in(const struct dgi_event *ev, const char *who, const struct dgi_ev_actor **which, const struct dgi_ev_actor *not_this)
{
    for (uint32_t i = 0; i < ev->n_source + ev->n_target; i++) {
        const struct dgi_ev_actor *a = i < ev->n_source ? &ev->source[i] : &ev->target[i - ev->n_source];
        if (a != not_this && dgi_ev_actor_is(a, who)) {
            if (which)
                *which = a;
            return true;
        }
    }
    return false;
}

static bool between(const struct dgi_event *ev, const char *x, const char *y)
{
    for (uint32_t i = 0; i < ev->n_source + ev->n_target; i++) {
        const struct dgi_ev_actor *a = i < ev->n_source ? &ev->source[i] : &ev->target[i - ev->n_source];
        if (dgi_ev_actor_is(a, x) && actor_in(ev, y, NULL, a))
            return true;
    }
    return false;
}

static bool code_is(const struct dgi_event *ev, const char *code)
{
    dg_str c = dgi_str(code), name = ev->plover < DGI_N_PLOVER ? dgi_str(dgi_plover_name[ev->plover]) : (dg_str){"", 0};
    if (code[0] >= '0' && code[0] <= '9')
        return dgi_str_starts(dgi_str(ev->cameo), c);
    size_t dot = dgi_str_find(c, DGI_S("."));
    if (dot != SIZE_MAX)
        return dgi_str_ieq(dgi_str_sub(c, 0, dot), name) && dgi_str_ieq(dgi_str_sub(c, dot + 1, c.len), ev->mode);
    return dgi_str_ieq(c, name);
}

static bool event_wanted(const struct dgi_event *ev, const struct dgi_timeline_filter *f)
{
    if (f->actor && *f->actor && !actor_in(ev, f->actor, NULL, NULL))
        return false;
    if (f->between_a && *f->between_a && f->between_b && *f->between_b && !between(ev, f->between_a, f->between_b))
        return false;
    if (f->place && *f->place &&
        !(ev->place && (dgi_str_ieq(ev->place->name, dgi_str(f->place)) || (ev->place->country[0] && dgi_str_ieq(dgi_str(ev->place->country), dgi_str(f->place))))))
        return false;
    if (f->code && *f->code && !code_is(ev, f->code))
        return false;
    return !f->status || !*f->status || dgi_str_in(dgi_str(f->status), ',', ev->status < DGI_N_STATUS ? dgi_str(dgi_status_name[ev->status]) : (dg_str){"", 0});
}

dg_status dgi_store_timeline(dgi_store *s, const struct dgi_timeline_filter *f, dgi_event_fn *fn, void *user, dg_error *err)
{
    /* ?1 known_on as in KNOWN_SQL */
    static const char sql[] = "SELECT e.doc,e.n,e.day FROM events e JOIN documents d ON d.no=e.doc WHERE" KNOWN_SQL("d")
                              "AND (?2 IS NULL OR e.day>=?2) AND (?3 IS NULL OR e.day<=?3) AND e.cameo<>'' ORDER BY e.day,d.published,d.id,e.n";
    sqlite3_stmt *q = NULL;
    enum { SLOTS = 64 }; /* documents in memory at once: rows of one day come from few */
    struct {
        int64_t no;
        dgi_arena *a;
        struct dgi_ev_doc doc;
        struct dgi_store_source src;
    } *slot = calloc(SLOTS, sizeof *slot);
    bool own = false;
    dg_status st = slot ? begin(s, &own, err) : dgi_fail(err, DG_E_NOMEM, "no memory for the timeline");
    int rc = SQLITE_DONE;
    uint64_t given = 0;
    if (st == DG_OK && sqlite3_prepare_v2(s->db, sql, -1, &q, NULL) != SQLITE_OK)
        st = dgi_store_fail(s, err, "cannot be read");
    if (st == DG_OK) {
        dgi_bind_day(q, 1, f->known_on);
        dgi_bind_day(q, 2, f->from);
        dgi_bind_day(q, 3, f->to);
    }
    while (st == DG_OK && (!f->limit || given < f->limit) && (rc = sqlite3_step(q)) == SQLITE_ROW) {
        int64_t no = sqlite3_column_int64(q, 0);
        uint32_t n = (uint32_t)sqlite3_column_int64(q, 1), k = (uint32_t)(no % SLOTS);
        if (slot[k].no != no) {
            if (!slot[k].a && !(slot[k].a = dgi_arena_new(0))) {
                st = dgi_fail(err, DG_E_NOMEM, "no memory for the timeline");
                break;
            }
            dgi_arena_reset(slot[k].a);
            slot[k].no = 0;
            if ((st = dgi_store_load(s, no, slot[k].a, &slot[k].doc, &slot[k].src, err)) != DG_OK)
                break;
            slot[k].no = no;
        }
        if (n < slot[k].doc.n_events && event_wanted(&slot[k].doc.events[n], f)) {
            given++;
            if (!fn(user, &slot[k].src, dgi_col_day(q, 2), &slot[k].doc.events[n])) {
                rc = SQLITE_DONE;
                break;
            }
        }
    }
    if (st == DG_OK && rc != SQLITE_DONE && rc != SQLITE_ROW)
        st = dgi_store_fail(s, err, "cannot be read");
    sqlite3_finalize(q);
    end(s, own);
    for (int i = 0; slot && i < SLOTS; i++)
        dgi_arena_free(slot[i].a);
    free(slot);
    return st;
}

/* ---- statements and documents ---- */
dg_status dgi_store_said(dgi_store *s, const char *actor, int32_t from, int32_t to, int32_t known_on, dgi_said_fn *fn, void *user, dg_error *err)
{
    static const char sql[] = "SELECT d.id,d.url,d.title,d.publisher,d.published,t.id,t.speaker,t.speaker_name,t.content,t.start,t.end,t.kind,"
                              "(SELECT country FROM entities e WHERE e.doc=t.doc AND e.actor=t.speaker LIMIT 1),x.start,d.text,x.b_start,x.b_end"
                              " FROM statements t JOIN documents d ON d.no=t.doc LEFT JOIN sentences x ON x.doc=t.doc AND x.i=t.sentence WHERE" KNOWN_SQL("d")
                              "AND (?2 IS NULL OR d.published>=?2) AND (?3 IS NULL OR d.published<=?3) AND t.negated=0 ORDER BY d.published,d.id,t.n";
    sqlite3_stmt *q = NULL;
    int rc;
    if (sqlite3_prepare_v2(s->db, sql, -1, &q, NULL) != SQLITE_OK) {
        sqlite3_finalize(q);
        return dgi_store_fail(s, err, "cannot be read");
    }
    dgi_bind_day(q, 1, known_on);
    dgi_bind_day(q, 2, from);
    dgi_bind_day(q, 3, to);
    while ((rc = sqlite3_step(q)) == SQLITE_ROW) {
        struct dgi_ev_actor a = {.id = dgi_col_str(q, 6), .name = dgi_col_str(q, 7)};
        dg_str c = dgi_col_str(q, 12);
        memcpy(a.country, c.ptr, c.len < 3 ? c.len : 3);
        if (actor && *actor && !dgi_ev_actor_is(&a, actor))
            continue;
        struct dgi_store_source src = {dgi_col_str(q, 0), dgi_col_str(q, 1), dgi_col_str(q, 2), dgi_col_str(q, 3), dgi_col_day(q, 4)};
        struct dgi_said said = {.id = dgi_col_str(q, 5), .speaker = a.id, .speaker_name = a.name, .content = dgi_col_str(q, 8),
                                .start = (uint32_t)sqlite3_column_int64(q, 9), .end = (uint32_t)sqlite3_column_int64(q, 10),
                                .kind = (uint8_t)sqlite3_column_int(q, 11), .sent_start = (uint32_t)sqlite3_column_int64(q, 13),
                                .sentence = dgi_str_sub(dgi_col_str(q, 14), (size_t)sqlite3_column_int64(q, 15), (size_t)sqlite3_column_int64(q, 16))};
        if (!fn(user, &src, &said)) {
            rc = SQLITE_DONE;
            break;
        }
    }
    sqlite3_finalize(q);
    return rc == SQLITE_DONE ? DG_OK : dgi_store_fail(s, err, "cannot be read");
}

dg_status dgi_store_sources(dgi_store *s, int32_t known_on, dgi_source_fn *fn, void *user, dg_error *err)
{
    static const char sql[] = "SELECT d.id,d.url,d.title,d.publisher,d.published FROM documents d WHERE" KNOWN_SQL("d") "ORDER BY d.published,d.id";
    sqlite3_stmt *q = NULL;
    int rc;
    if (sqlite3_prepare_v2(s->db, sql, -1, &q, NULL) != SQLITE_OK) {
        sqlite3_finalize(q);
        return dgi_store_fail(s, err, "cannot be read");
    }
    dgi_bind_day(q, 1, known_on);
    while ((rc = sqlite3_step(q)) == SQLITE_ROW) {
        struct dgi_store_source src = {dgi_col_str(q, 0), dgi_col_str(q, 1), dgi_col_str(q, 2), dgi_col_str(q, 3), dgi_col_day(q, 4)};
        if (!fn(user, &src)) {
            rc = SQLITE_DONE;
            break;
        }
    }
    sqlite3_finalize(q);
    return rc == SQLITE_DONE ? DG_OK : dgi_store_fail(s, err, "cannot be read");
}

dg_status dgi_store_document(dgi_store *s, dg_str url_or_id, struct dgi_store_source *src, dg_str *text, bool *found, dg_error *err)
{
    static const char sql[] = "SELECT id,url,title,publisher,published,text FROM documents WHERE (key=?1 OR id=?1) AND current=1 AND withdrawn=0 LIMIT 1";
    sqlite3_stmt *q = NULL;
    *found = false;
    dgi_arena_reset(s->scratch);
    if (sqlite3_prepare_v2(s->db, sql, -1, &q, NULL) != SQLITE_OK) {
        sqlite3_finalize(q);
        return dgi_store_fail(s, err, "cannot be read");
    }
    dgi_bind_str(q, 1, url_or_id);
    int rc = sqlite3_step(q);
    if (rc == SQLITE_ROW) {
        dg_str f[5];
        static const int cols[5] = {0, 1, 2, 3, 5};
        *found = true;
        for (int i = 0; i < 5; i++) {
            dg_str v = dgi_col_str(q, cols[i]);
            f[i] = v.len ? dgi_arena_str(s->scratch, v) : v;
            if (!f[i].ptr)
                f[i] = (dg_str){"", 0};
        }
        *src = (struct dgi_store_source){f[0], f[1], f[2], f[3], dgi_col_day(q, 4)};
        *text = f[4];
    }
    sqlite3_finalize(q);
    return rc == SQLITE_ROW || rc == SQLITE_DONE ? DG_OK : dgi_store_fail(s, err, "cannot be read");
}
