/* SPDX-License-Identifier: Apache-2.0 */
/* store/sqlite_board.c: the kept board in SQLite: what dgi_ledger_host and the questions about items ask for.
 *
 * Reads   tables items, item_parties, item_entries, item_marks, board, reads
 * Writes  the same, and item_history, items_fts: columns for people and for SQL, never read back here
 *
 * A board is many small rows, so what is looked up is a key of a table without rowid, and an item's marks and a document's
 * reads are kept as lists too, so that only the difference is written when they change. */
#include <stdlib.h>

#include "base/day.h"
#include "store/sqlite_int.h"

static dg_status put_blob(dg_str *out, dgi_arena *a, dg_str v, dg_error *err)
{
    *out = v.len ? dgi_arena_str(a, v) : (dg_str){"", 0};
    return out->ptr ? DG_OK : dgi_fail(err, DG_E_NOMEM, "no memory to read the board");
}

/* All values of the first column, into a list. */
static dg_status list_of(struct dgi_sqlite *b, sqlite3_stmt *q, dgi_arena *a, dg_str **list, uint32_t *n, dg_error *err)
{
    uint32_t cap = 0;
    int rc;
    dg_status st = DG_OK;
    *list = NULL;
    *n = 0;
    while (st == DG_OK && (rc = sqlite3_step(q)) == SQLITE_ROW) {
        dg_str *s = DGI_PUSH(a, *list, *n, cap);
        st = s ? put_blob(s, a, dgi_col_blob(q, 0), err) : dgi_fail(err, DG_E_NOMEM, "no memory to read the board");
    }
    sqlite3_reset(q);
    return st != DG_OK || rc == SQLITE_DONE ? st : dgi_sqlite_fail(b, err, "cannot be read");
}

/* The first column of the first row, or nothing. */
static dg_status one_of(struct dgi_sqlite *b, sqlite3_stmt *q, dgi_arena *a, dg_str *out, dg_error *err)
{
    int rc = sqlite3_step(q);
    dg_status st = DG_OK;
    *out = (dg_str){"", 0};
    if (rc == SQLITE_ROW)
        st = put_blob(out, a, dgi_col_blob(q, 0), err);
    sqlite3_reset(q);
    return rc == SQLITE_ROW || rc == SQLITE_DONE ? st : dgi_sqlite_fail(b, err, "cannot be read");
}

/* ---- asking ---- */
static dg_status b_marked(void *self, uint64_t mark, dg_str before, uint32_t most, dgi_arena *a, dg_str **items,
                          uint32_t *n, dg_error *err)
{
    struct dgi_sqlite *b = self;
    sqlite3_stmt *q;
    NEED(before.len ? Q_MARKED_BEFORE : Q_MARKED)
    sqlite3_bind_int64(q, 1, (int64_t)mark);
    sqlite3_bind_int64(q, 2, most);
    if (before.len)
        dgi_bind_blob(q, 3, before);
    return list_of(b, q, a, items, n, err);
}

static dg_status b_head(void *self, dg_str item, dgi_arena *a, dg_str *blob, dg_error *err)
{
    struct dgi_sqlite *b = self;
    sqlite3_stmt *q;
    NEED(Q_HEAD)
    dgi_bind_blob(q, 1, item);
    return one_of(b, q, a, blob, err);
}

static dg_status b_entries(void *self, dg_str item, dgi_arena *a, struct dgi_ledger_entry **list, uint32_t *n,
                           dg_error *err)
{
    struct dgi_sqlite *b = self;
    sqlite3_stmt *q;
    uint32_t cap = 0;
    int rc = SQLITE_DONE;
    dg_status st = DG_OK;
    *list = NULL;
    *n = 0;
    NEED(Q_ENTRIES)
    dgi_bind_blob(q, 1, item);
    while (st == DG_OK && (rc = sqlite3_step(q)) == SQLITE_ROW) {
        struct dgi_ledger_entry *e = DGI_PUSH(a, *list, *n, cap);
        if (!e)
            st = dgi_fail(err, DG_E_NOMEM, "no memory to read the board");
        else if ((st = put_blob(&e->pos, a, dgi_col_blob(q, 0), err)) == DG_OK)
            st = put_blob(&e->blob, a, dgi_col_blob(q, 1), err);
    }
    sqlite3_reset(q);
    return st != DG_OK || rc == SQLITE_DONE ? st : dgi_sqlite_fail(b, err, "cannot be read");
}

static dg_status b_written(void *self, dg_str pos, dgi_arena *a, dg_str **items, uint32_t *n, dg_error *err)
{
    struct dgi_sqlite *b = self;
    sqlite3_stmt *q;
    NEED(Q_WRITTEN)
    dgi_bind_blob(q, 1, pos);
    return list_of(b, q, a, items, n, err);
}

static dg_status b_next_reader(void *self, uint64_t read, dg_str pos, dgi_arena *a, dg_str *next, dg_error *err)
{
    struct dgi_sqlite *b = self;
    sqlite3_stmt *q;
    NEED(Q_NEXT_READER)
    sqlite3_bind_int64(q, 1, (int64_t)read);
    dgi_bind_blob(q, 2, pos);
    return one_of(b, q, a, next, err);
}

static dg_status b_last(void *self, dgi_arena *a, dg_str *pos, dg_error *err)
{
    struct dgi_sqlite *b = self;
    sqlite3_stmt *q;
    NEED(Q_LAST_POS)
    return one_of(b, q, a, pos, err);
}

static dg_status b_document(void *self, dg_str pos, dgi_arena *a, struct dgi_ev_doc *out, dg_error *err)
{
    struct dgi_sqlite *b = self;
    sqlite3_stmt *q;
    if (b->documents) {
        const struct dgi_ledger_host *h = b->documents->ops->host(b->documents);
        return h->document(h->self, pos, a, out, err);
    }
    NEED(Q_APPLIED_AT)
    dgi_bind_blob(q, 1, pos);
    int rc = sqlite3_step(q);
    int64_t no = rc == SQLITE_ROW ? sqlite3_column_int64(q, 0) : 0;
    sqlite3_reset(q);
    if (!no)
        return rc == SQLITE_DONE
                   ? dgi_fail(err, DG_E_STORE, "%s: a document of the board is missing; 'dragoman doctor' tells more",
                              b->path)
                   : dgi_sqlite_fail(b, err, "cannot be read");
    return b->base.ops->load_document(&b->base, no, a, out, err);
}

/* ---- writing ---- */
/* The number of the item's row; made when there is none. */
static dg_status item_no(struct dgi_sqlite *b, dg_str item, bool make, int64_t *no, dg_error *err)
{
    sqlite3_stmt *q;
    *no = 0;
    if (b->at_item && item.len == b->at_len &&
        !memcmp(item.ptr, b->at_key, item.len)) { /* entry, head and marks follow each other */
        *no = b->at_item;
        return DG_OK;
    }
    NEED(Q_ITEM_NO)
    dgi_bind_blob(q, 1, item);
    int rc = sqlite3_step(q);
    if (rc == SQLITE_ROW)
        *no = sqlite3_column_int64(q, 0);
    sqlite3_reset(q);
    if (rc != SQLITE_ROW && rc != SQLITE_DONE)
        return dgi_sqlite_fail(b, err, "cannot be read");
    if (!*no && make) {
        NEED(Q_NEW_ITEM)
        dgi_bind_blob(q, 1, item);
        dg_status st = dgi_sqlite_done(b, q, err);
        if (st != DG_OK)
            return st;
        *no = sqlite3_last_insert_rowid(b->db);
    }
    b->at_item = item.len <= sizeof b->at_key ? *no : 0;
    if (b->at_item) {
        memcpy(b->at_key, item.ptr, item.len);
        b->at_len = (uint32_t)item.len;
    }
    return DG_OK;
}

static dg_status put_line(struct dgi_sqlite *b, int64_t no, dg_str pos, uint32_t i, const struct dgi_sit_change *c,
                          dg_error *err)
{
    sqlite3_stmt *q;
    NEED(Q_PUT_LINE)
    sqlite3_bind_int64(q, 1, no);
    dgi_bind_blob(q, 2, pos);
    sqlite3_bind_int64(q, 3, i);
    dgi_bind_iso(q, 4, c->date);
    dgi_bind_iso(q, 5, c->reported);
    dgi_bind_str(q, 6, dgi_str(dgi_item_status_name[c->status]));
    sqlite3_bind_int(q, 7, c->due);
    dgi_bind_str(q, 8, c->event);
    dgi_bind_str(q, 9, c->document);
    dgi_bind_str(q, 10, c->rule);
    dgi_bind_str(q, 11, c->n_claimed_by ? c->claimed_by[0].id : (dg_str){"", 0});
    if (c->n_quantities)
        dgi_bind_num(q, 12, c->quantities[0].value);
    return dgi_sqlite_done(b, q, err);
}

static dg_status b_put_entry(void *self, dg_str item, dg_str pos, dg_str blob, const struct dgi_sit_change *lines,
                             uint32_t n, dg_error *err)
{
    struct dgi_sqlite *b = self;
    sqlite3_stmt *q;
    int64_t no;
    dg_status st = item_no(b, item, blob.len > 0, &no, err);
    if (st != DG_OK || !no)
        return st;
    if (blob.len) { /* most are new */
        NEED(Q_NEW_ENTRY)
        sqlite3_bind_int64(q, 1, no);
        dgi_bind_blob(q, 2, pos);
        dgi_bind_blob(q, 3, blob);
        if ((st = dgi_sqlite_done(b, q, err)) != DG_OK)
            return st;
    }
    if (!blob.len || !sqlite3_changes(b->db)) {
        NEED(Q_DROP_LINES)
        sqlite3_bind_int64(q, 1, no);
        dgi_bind_blob(q, 2, pos);
        if ((st = dgi_sqlite_done(b, q, err)) != DG_OK)
            return st;
        NEED(blob.len ? Q_PUT_ENTRY : Q_DROP_ENTRY)
        sqlite3_bind_int64(q, 1, no);
        dgi_bind_blob(q, 2, pos);
        if (blob.len)
            dgi_bind_blob(q, 3, blob);
        st = dgi_sqlite_done(b, q, err);
    }
    for (uint32_t i = 0; i < n && blob.len && st == DG_OK; i++)
        st = put_line(b, no, pos, i, &lines[i], err);
    return st;
}

static dg_status on_item(struct dgi_sqlite *b, enum store_stmt which, int64_t no, dg_error *err)
{
    sqlite3_stmt *q;
    NEED(which)
    sqlite3_bind_int64(q, 1, no);
    return dgi_sqlite_done(b, q, err);
}

/* A name by which dgi_ev_actor_is knows this party: its id, the end of its id, its name, its country. */
static dg_status put_names(struct dgi_sqlite *b, int64_t no, const struct dgi_ev_actor *who, dg_error *err)
{
    size_t colon = dgi_str_find(who->id, DGI_S(":"));
    const dg_str names[] = {who->id, colon == SIZE_MAX ? (dg_str){"", 0} : dgi_str_sub(who->id, colon + 1, who->id.len),
                            who->name, dgi_str(who->country)};
    sqlite3_stmt *q;
    dg_status st = DG_OK;
    for (size_t i = 0; i < sizeof names / sizeof *names && st == DG_OK; i++) {
        if (!names[i].len)
            continue;
        NEED(Q_PUT_NAME)
        dgi_bind_str(q, 1, names[i]);
        sqlite3_bind_int64(q, 2, no);
        st = dgi_sqlite_done(b, q, err);
    }
    return st;
}

/* Are the kept parties these? They mostly are. */
static dg_status same_parties(struct dgi_sqlite *b, int64_t no, const struct dgi_sit_item *it, bool *same,
                              dg_error *err)
{
    sqlite3_stmt *q;
    uint32_t n = 0;
    int rc;
    *same = true;
    NEED(Q_PARTIES)
    sqlite3_bind_int64(q, 1, no);
    for (; (rc = sqlite3_step(q)) == SQLITE_ROW && *same; n++) {
        const struct dgi_sit_party_ref *p = n < it->n_parties ? &it->parties[n] : NULL;
        *same = p && dgi_str_is(dgi_col_str(q, 0), dgi_role_name[p->role]) &&
                dgi_str_eq(dgi_col_str(q, 1), p->actor.id) && dgi_str_eq(dgi_col_str(q, 2), p->actor.name) &&
                dgi_str_is(dgi_col_str(q, 3), p->actor.country) && (sqlite3_column_int(q, 4) != 0) == p->inferred;
    }
    *same = *same && n == it->n_parties;
    sqlite3_reset(q);
    return rc == SQLITE_ROW || rc == SQLITE_DONE ? DG_OK : dgi_sqlite_fail(b, err, "cannot be read");
}

static dg_status drop_parties(struct dgi_sqlite *b, int64_t no, dg_error *err)
{
    static const enum store_stmt drop[] = {Q_DROP_NAMES, Q_DROP_SHORT_NAMES, Q_DROP_PARTIES};
    dg_status st = DG_OK;
    for (size_t i = 0; i < sizeof drop / sizeof *drop && st == DG_OK; i++)
        st = on_item(b, drop[i], no, err);
    return st;
}

static dg_status put_parties(struct dgi_sqlite *b, int64_t no, const struct dgi_sit_item *it, dg_error *err)
{
    sqlite3_stmt *q;
    bool same;
    dg_status st = same_parties(b, no, it, &same, err);
    if (st != DG_OK || same || (st = drop_parties(b, no, err)) != DG_OK)
        return st;
    for (uint32_t i = 0; i < it->n_parties && st == DG_OK; i++) {
        NEED(Q_PUT_PARTY)
        sqlite3_bind_int64(q, 1, no);
        sqlite3_bind_int64(q, 2, i);
        dgi_bind_str(q, 3, dgi_str(dgi_role_name[it->parties[i].role]));
        dgi_bind_str(q, 4, it->parties[i].actor.id);
        dgi_bind_str(q, 5, it->parties[i].actor.name);
        dgi_bind_str(q, 6, dgi_str(it->parties[i].actor.country));
        sqlite3_bind_int(q, 7, it->parties[i].inferred);
        if ((st = dgi_sqlite_done(b, q, err)) == DG_OK)
            st = put_names(b, no, &it->parties[i].actor, err);
    }
    return st;
}

static dg_status set_marks(struct dgi_sqlite *b, int64_t no, dg_str item, const uint64_t *marks, uint32_t n,
                           bool replace, dg_error *err);

static dg_status b_put_head(void *self, dg_str item, dg_str blob, const struct dgi_sit_item *it,
                            const struct dgi_item_state *state, dg_error *err)
{
    struct dgi_sqlite *b = self;
    sqlite3_stmt *q;
    int64_t no;
    dg_status st = item_no(b, item, blob.len > 0, &no, err);
    if (st != DG_OK || !no)
        return st;
    if (!blob.len) {
        b->at_item = 0;
        static const enum store_stmt drop[] = {Q_FTS_ITEM_DEL, Q_DROP_ITEM_LINES, Q_DROP_ITEM_ENTRIES, Q_DROP_ITEM};
        if ((st = set_marks(b, no, item, NULL, 0, true, err)) == DG_OK)
            st = drop_parties(b, no, err);
        for (size_t i = 0; i < sizeof drop / sizeof *drop && st == DG_OK; i++)
            st = on_item(b, drop[i], no, err);
        return st;
    }
    /* the words of an item rarely change: only then the index of words is touched */
    NEED(Q_SAME_WORDS)
    sqlite3_bind_int64(q, 1, no);
    dgi_bind_str(q, 2, it->content);
    dgi_bind_str(q, 3, it->condition);
    bool same = sqlite3_step(q) == SQLITE_ROW && sqlite3_column_int(q, 0);
    sqlite3_reset(q);
    if (!same && (st = on_item(b, Q_FTS_ITEM_DEL, no, err)) != DG_OK)
        return st;
    NEED(Q_PUT_ITEM)
    sqlite3_bind_int64(q, 1, no);
    dgi_bind_str(q, 2, it->id);
    dgi_bind_str(q, 3, dgi_str(dgi_item_kind_name[it->kind]));
    dgi_bind_str(q, 4, dgi_str(dgi_item_status_name[state->status]));
    dgi_bind_iso(q, 5, state->opened);
    dgi_bind_iso(q, 6, state->since);
    dgi_bind_str(q, 7, it->content);
    dgi_bind_str(q, 8, it->condition);
    sqlite3_bind_int64(q, 9, state->sources);
    dgi_bind_blob(q, 10, blob);
    sqlite3_bind_int(q, 11, it->kind);
    if ((st = dgi_sqlite_done(b, q, err)) != DG_OK || (!same && (st = on_item(b, Q_FTS_ITEM, no, err)) != DG_OK))
        return st;
    return put_parties(b, no, it, err);
}

static int by_u64(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

/* Ascending and each once. Returns how many. */
static uint32_t tidy(uint64_t *v, uint32_t n)
{
    uint32_t m = 0;
    if (n)
        qsort(v, n, sizeof *v, by_u64);
    for (uint32_t i = 0; i < n; i++)
        if (!m || v[m - 1] != v[i])
            v[m++] = v[i];
    return m;
}

struct lists { /* of one row: what it had, what it is to have; sorted */
    uint64_t *was, *is;
    uint32_t n_was, n_is;
};

/* `had`: the kept list as bytes; `add` joins it, or takes its place. */
static dg_status make_lists(struct lists *l, dgi_arena *a, dg_str had, const uint64_t *add, uint32_t n, bool replace,
                            dg_error *err)
{
    l->n_was = (uint32_t)(had.len / sizeof(uint64_t));
    l->was = dgi_arena_array(a, (size_t)l->n_was + 1, sizeof *l->was);
    l->is = dgi_arena_array(a, (size_t)l->n_was + n + 1, sizeof *l->is);
    if (!l->was || !l->is)
        return dgi_fail(err, DG_E_NOMEM, "no memory to write the board");
    if (l->n_was)
        memcpy(l->was, had.ptr, l->n_was * sizeof *l->was);
    l->n_was = tidy(l->was, l->n_was);
    if (n)
        memcpy(l->is, add, n * sizeof *add);
    if (!replace && l->n_was)
        memcpy(l->is + n, l->was, l->n_was * sizeof *l->was);
    l->n_is = tidy(l->is, n + (replace ? 0 : l->n_was));
    return DG_OK;
}

/* One row for each number: those that are new are put, those that are gone are dropped. */
static dg_status write_difference(struct dgi_sqlite *b, const struct lists *l, dg_str key, enum store_stmt put,
                                  enum store_stmt drop, dg_error *err)
{
    dg_status st = DG_OK;
    uint32_t i = 0, k = 0;
    while (st == DG_OK && (i < l->n_was || k < l->n_is)) {
        bool gone = k == l->n_is || (i < l->n_was && l->was[i] < l->is[k]),
             fresh = !gone && (i == l->n_was || l->is[k] < l->was[i]);
        if (gone || fresh) {
            sqlite3_stmt *q;
            NEED(gone ? drop : put)
            sqlite3_bind_int64(q, 1, (int64_t)(gone ? l->was[i] : l->is[k]));
            dgi_bind_blob(q, 2, key);
            st = dgi_sqlite_done(b, q, err);
        }
        i += !fresh;
        k += !gone;
    }
    return st;
}

static bool differ(const struct lists *l)
{
    return l->n_was != l->n_is || (l->n_is && memcmp(l->was, l->is, l->n_is * sizeof *l->is) != 0);
}

static dg_status set_marks(struct dgi_sqlite *b, int64_t no, dg_str item, const uint64_t *marks, uint32_t n,
                           bool replace, dg_error *err)
{
    sqlite3_stmt *q;
    struct lists l;
    dg_str had;
    dgi_arena_reset(b->scratch);
    NEED(Q_MARKS_OF)
    sqlite3_bind_int64(q, 1, no);
    dg_status st = one_of(b, q, b->scratch, &had, err);
    if (st != DG_OK || (st = make_lists(&l, b->scratch, had, marks, n, replace, err)) != DG_OK || !differ(&l))
        return st;
    if ((st = write_difference(b, &l, item, Q_PUT_MARK, Q_DROP_MARK, err)) != DG_OK)
        return st;
    NEED(Q_SET_MARKS)
    sqlite3_bind_int64(q, 1, no);
    dgi_bind_blob(q, 2, (dg_str){(const char *)l.is, l.n_is * sizeof *l.is});
    return dgi_sqlite_done(b, q, err);
}

static dg_status b_put_marks(void *self, dg_str item, const uint64_t *marks, uint32_t n, bool replace, dg_error *err)
{
    struct dgi_sqlite *b = self;
    int64_t no;
    dg_status st = item_no(b, item, true, &no, err);
    return st == DG_OK ? set_marks(b, no, item, marks, n, replace, err) : st;
}

static dg_status b_put_reads(void *self, dg_str pos, const uint64_t *reads, uint32_t n, bool gone, dg_error *err)
{
    struct dgi_sqlite *b = self;
    sqlite3_stmt *q;
    struct lists l;
    dg_str had;
    dgi_arena_reset(b->scratch);
    NEED(Q_READS_OF)
    dgi_bind_blob(q, 1, pos);
    dg_status st = one_of(b, q, b->scratch, &had, err);
    if (st != DG_OK || (st = make_lists(&l, b->scratch, had, reads, gone ? 0 : n, true, err)) != DG_OK)
        return st;
    if (differ(&l) && (st = write_difference(b, &l, pos, Q_PUT_READ, Q_DROP_READ, err)) != DG_OK)
        return st;
    NEED(gone ? Q_DROP_BOARD : Q_PUT_BOARD)
    dgi_bind_blob(q, 1, pos);
    if (!gone)
        dgi_bind_blob(q, 2, (dg_str){(const char *)l.is, l.n_is * sizeof *l.is});
    return dgi_sqlite_done(b, q, err);
}

void dgi_sqlite_host(struct dgi_sqlite *b)
{
    b->host = (struct dgi_ledger_host){b,      b_marked,   b_head,      b_entries,  b_written,   b_next_reader,
                                       b_last, b_document, b_put_entry, b_put_head, b_put_marks, b_put_reads};
}

/* ---- items for questions ---- */
static const char *or_null(const char *s)
{
    return s && *s ? s : NULL;
}

/* The two words by which item_names has whom dgi_ev_actor_is takes for this. */
static void bind_actor(sqlite3_stmt *q, int i, const char *who)
{
    sqlite3_bind_text(q, i, who, -1, SQLITE_STATIC);
    sqlite3_bind_text(q, i + 1, !strncmp(who, "country:", 8) ? who + 8 : who, -1, SQLITE_STATIC);
}

struct scan { /* rows of one item follow each other: they are gathered, then handed out */
    dgi_arena *a;
    struct dgi_ledger_entry *list;
    uint32_t n, cap;
    dg_str item;
    int64_t no;
};

static dg_status gather(struct scan *s, sqlite3_stmt *q, dg_error *err)
{
    dg_status st = DG_OK;
    if (!s->no)
        st = put_blob(&s->item, s->a, dgi_col_blob(q, 1), err);
    s->no = sqlite3_column_int64(q, 0);
    struct dgi_ledger_entry *e = st == DG_OK ? DGI_PUSH(s->a, s->list, s->n, s->cap) : NULL;
    if (st == DG_OK && !e)
        return dgi_fail(err, DG_E_NOMEM, "no memory to read the board");
    if (st == DG_OK && (st = put_blob(&e->pos, s->a, dgi_col_blob(q, 2), err)) == DG_OK)
        st = put_blob(&e->blob, s->a, dgi_col_blob(q, 3), err);
    return st;
}

static bool hand_out(struct scan *s, dgi_item_fn *fn, void *user)
{
    bool go = !s->no || fn(user, s->item, s->list, s->n);
    dgi_arena_reset(s->a);
    *s = (struct scan){.a = s->a};
    return go;
}

dg_status dgi_sqlite_each_item(dgi_backend *base, uint32_t kinds, const char *actor, const char *other, dgi_item_fn *fn,
                               void *user, dg_error *err)
{
    struct dgi_sqlite *b = (struct dgi_sqlite *)base;
    struct scan s = {0};
    sqlite3_stmt *q;
    int rc = SQLITE_DONE;
    bool go = true;
    dg_status st = DG_OK;
    actor = or_null(actor);
    other = actor ? or_null(other) : NULL;
    NEED(other ? Q_ITEMS_OF_TWO : actor ? Q_ITEMS_OF : Q_ITEMS)
    if (!(s.a = dgi_arena_new(0)))
        return dgi_fail(err, DG_E_NOMEM, "no memory to read the board");
    sqlite3_bind_int64(q, 1, kinds ? kinds : UINT32_MAX);
    if (actor)
        bind_actor(q, 2, actor);
    if (other)
        bind_actor(q, 4, other);
    while (go && st == DG_OK && (rc = sqlite3_step(q)) == SQLITE_ROW) {
        if (s.no && s.no != sqlite3_column_int64(q, 0))
            go = hand_out(&s, fn, user);
        if (go)
            st = gather(&s, q, err);
    }
    sqlite3_reset(q);
    if (st == DG_OK && go)
        rc == SQLITE_DONE ? (void)hand_out(&s, fn, user) : (void)(st = dgi_sqlite_fail(b, err, "cannot be read"));
    dgi_arena_free(s.a);
    return st;
}

dg_status dgi_sqlite_items_by_id(dgi_backend *base, dg_str prefix, uint32_t most, dgi_arena *a, dg_str **items,
                                 uint32_t *n, dg_error *err)
{
    struct dgi_sqlite *b = (struct dgi_sqlite *)base;
    sqlite3_stmt *q;
    NEED(Q_ITEMS_BY_ID)
    dgi_bind_str(q, 1, prefix);
    dgi_bind_str(q, 2, dgi_arena_printf(a, "%.*s\xF4\x8F\xBF\xBF", (int)prefix.len, prefix.ptr));
    sqlite3_bind_int64(q, 3, most);
    return list_of(b, q, a, items, n, err);
}

dg_status dgi_sqlite_clear_board(dgi_backend *base, dg_error *err)
{
    ((struct dgi_sqlite *)base)->at_item = 0;
    return dgi_sqlite_exec(
        (struct dgi_sqlite *)base,
        "DELETE FROM items; DELETE FROM item_parties; DELETE FROM item_names; DELETE FROM item_history; DELETE FROM item_entries; DELETE FROM item_marks;"
        "DELETE FROM board; DELETE FROM reads; INSERT INTO items_fts(items_fts) VALUES('delete-all');"
        "UPDATE documents SET applied=0 WHERE applied<>0",
        err);
}

dg_status dgi_sqlite_each_row(dgi_backend *base, enum dgi_rows_of which, dgi_pair_fn *fn, void *user, dg_error *err)
{
    static const enum store_stmt of[DGI_N_ROWS_OF] = {Q_ROWS_HEADS, Q_ROWS_ENTRIES, Q_ROWS_MARKS, Q_ROWS_READS};
    struct dgi_sqlite *b = (struct dgi_sqlite *)base;
    sqlite3_stmt *q;
    int rc;
    NEED(of[which])
    while ((rc = sqlite3_step(q)) == SQLITE_ROW)
        if (!fn(user, dgi_col_blob(q, 0), dgi_col_blob(q, 1))) {
            rc = SQLITE_DONE;
            break;
        }
    sqlite3_reset(q);
    return rc == SQLITE_DONE ? DG_OK : dgi_sqlite_fail(b, err, "cannot be read");
}
