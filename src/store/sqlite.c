/* SPDX-License-Identifier: Apache-2.0 */
/* store/sqlite.c: opening and closing the SQLite file; transactions; statements; what is wrong with the file.
 *
 * WAL while it is written, synchronous=NORMAL: a transaction is whole or not there after a kill; after a power cut the last ones
 * may be missing, and ingest is repeated. Debian's SQLite 3.40 has the WAL-reset bug of two connections that checkpoint at
 * one moment; so there is one writing process (store/storefile.c), its one connection alone checkpoints, and readers open
 * read-only. At rest the file is out of WAL mode: one file that anybody can read anywhere. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/day.h"
#include "store/sqlite_int.h"

enum { BUSY_MS = 10000 };

dg_status dgi_sqlite_fail(struct dgi_sqlite *b, dg_error *err, const char *what)
{
    int rc = b->db ? sqlite3_errcode(b->db) : SQLITE_NOMEM;
    if (rc == SQLITE_FULL)
        return dgi_fail(err, DG_E_STORE, "%s: the disk is full; what was kept before is not lost", b->path);
    dg_status st = rc == SQLITE_NOMEM ? DG_E_NOMEM : rc == SQLITE_IOERR || rc == SQLITE_CANTOPEN ? DG_E_IO : DG_E_STORE;
    return dgi_fail(err, st, "%s: %s: %s", b->path, what, b->db ? sqlite3_errmsg(b->db) : "no memory");
}

dg_status dgi_sqlite_exec(struct dgi_sqlite *b, const char *sql, dg_error *err)
{
    return sqlite3_exec(b->db, sql, NULL, NULL, NULL) == SQLITE_OK ? DG_OK : dgi_sqlite_fail(b, err, "cannot be used");
}

/* ---- statements ---- */
/* The statements that follow from the table of fields. */
static const struct {
    const struct dgi_rows *rows;
    bool load;
} by_fields[N_STMT] = {
    [Q_INS_SENT] = {&dgi_rows_sentences, false},  [Q_INS_ENT] = {&dgi_rows_entities, false},
    [Q_INS_STAT] = {&dgi_rows_statements, false}, [Q_INS_EVENT] = {&dgi_rows_events, false},
    [Q_INS_ACTOR] = {&dgi_rows_actors, false},    [Q_INS_QUANT] = {&dgi_rows_quantities, false},
    [Q_LOAD_SENT] = {&dgi_rows_sentences, true},  [Q_LOAD_EVENTS] = {&dgi_rows_events, true},
    [Q_LOAD_ACTORS] = {&dgi_rows_actors, true},   [Q_LOAD_QUANT] = {&dgi_rows_quantities, true},
};

static bool prepare(struct dgi_sqlite *b, enum store_stmt q)
{
    struct dgi_buf text = {0};
    const char *made = dgi_sqlite_sql(q);
    if (by_fields[q].rows) {
        (by_fields[q].load ? dgi_rows_select_sql : dgi_rows_insert_sql)(by_fields[q].rows, &text);
        dgi_buf_add(&text, (dg_str){"", 1}); /* its NUL */
        made = text.failed ? NULL : text.ptr;
    }
    bool ok = made && sqlite3_prepare_v3(b->db, made, -1, SQLITE_PREPARE_PERSISTENT, &b->stmt[q], NULL) == SQLITE_OK;
    dgi_buf_free(&text);
    return ok;
}

sqlite3_stmt *dgi_sqlite_stmt(struct dgi_sqlite *b, enum store_stmt q, dg_error *err)
{
    if (!b->stmt[q] && !prepare(b, q)) {
        dgi_sqlite_fail(b, err, "cannot be read");
        return NULL;
    }
    sqlite3_reset(b->stmt[q]);
    sqlite3_clear_bindings(b->stmt[q]);
    return b->stmt[q];
}

dg_status dgi_sqlite_done(struct dgi_sqlite *b, sqlite3_stmt *q, dg_error *err)
{
    int rc = sqlite3_step(q);
    sqlite3_reset(q);
    return rc == SQLITE_DONE || rc == SQLITE_ROW ? DG_OK : dgi_sqlite_fail(b, err, "cannot be written");
}

void dgi_bind_str(sqlite3_stmt *q, int i, dg_str t)
{
    if (t.len)
        sqlite3_bind_text64(q, i, t.ptr, t.len, SQLITE_STATIC, SQLITE_UTF8);
    else
        sqlite3_bind_null(q, i);
}
void dgi_bind_blob(sqlite3_stmt *q, int i, dg_str t)
{
    sqlite3_bind_blob64(q, i, t.len ? t.ptr : "", t.len, SQLITE_STATIC);
}
void dgi_bind_day(sqlite3_stmt *q, int i, int32_t day)
{
    if (day == DGI_NO_DAY)
        sqlite3_bind_null(q, i);
    else
        sqlite3_bind_int(q, i, day);
}
void dgi_bind_iso(sqlite3_stmt *q, int i, int32_t day)
{
    char text[16];
    if (day == DGI_NO_DAY)
        sqlite3_bind_null(q, i);
    else {
        dgi_day_format(day, text);
        sqlite3_bind_text(q, i, text, -1, SQLITE_TRANSIENT);
    }
}
void dgi_bind_num(sqlite3_stmt *q, int i, double v)
{
    if (isnan(v))
        sqlite3_bind_null(q, i);
    else
        sqlite3_bind_double(q, i, v);
}
dg_str dgi_col_str(sqlite3_stmt *q, int i)
{
    const char *p = (const char *)sqlite3_column_text(q, i);
    return p ? (dg_str){p, (size_t)sqlite3_column_bytes(q, i)} : (dg_str){"", 0};
}
dg_str dgi_col_blob(sqlite3_stmt *q, int i)
{
    const char *p = sqlite3_column_blob(q, i);
    return p ? (dg_str){p, (size_t)sqlite3_column_bytes(q, i)} : (dg_str){"", 0};
}
int32_t dgi_col_day(sqlite3_stmt *q, int i)
{
    return sqlite3_column_type(q, i) == SQLITE_NULL ? DGI_NO_DAY : sqlite3_column_int(q, i);
}
double dgi_col_num(sqlite3_stmt *q, int i)
{
    return sqlite3_column_type(q, i) == SQLITE_NULL ? (double)NAN : sqlite3_column_double(q, i);
}

/* ---- transactions ---- */
static dg_status run(struct dgi_sqlite *b, enum store_stmt which, dg_error *err)
{
    sqlite3_stmt *q;
    NEED(which)
    return dgi_sqlite_done(b, q, err);
}

static dg_status sq_begin(dgi_backend *base, bool write, dg_error *err)
{
    ((struct dgi_sqlite *)base)->at_item = 0;
    return run((struct dgi_sqlite *)base, write ? Q_BEGIN : Q_BEGIN_READ, err);
}

static dg_status sq_commit(dgi_backend *base, dg_error *err)
{
    return run((struct dgi_sqlite *)base, Q_COMMIT, err);
}

static void sq_rollback(dgi_backend *base)
{
    struct dgi_sqlite *b = (struct dgi_sqlite *)base;
    dg_error ignored;
    b->at_item = 0;
    if (!sqlite3_get_autocommit(b->db))
        run(b, Q_ROLLBACK, &ignored);
}

/* ---- small questions ---- */
static dg_status sq_set_applied(dgi_backend *base, int64_t no, bool applied, dg_error *err)
{
    struct dgi_sqlite *b = (struct dgi_sqlite *)base;
    sqlite3_stmt *q;
    NEED(Q_SET_APPLIED)
    sqlite3_bind_int64(q, 1, no);
    sqlite3_bind_int(q, 2, applied);
    return dgi_sqlite_done(b, q, err);
}

static dg_status sq_count(dgi_backend *base, struct dgi_store_counts *out, dg_error *err)
{
    struct dgi_sqlite *b = (struct dgi_sqlite *)base;
    sqlite3_stmt *q;
    *out = (struct dgi_store_counts){.first = DGI_NO_DAY, .last = DGI_NO_DAY};
    NEED(Q_COUNT)
    if (sqlite3_step(q) != SQLITE_ROW) {
        sqlite3_reset(q);
        return dgi_sqlite_fail(b, err, "cannot be read");
    }
    *out = (struct dgi_store_counts){(uint64_t)sqlite3_column_int64(q, 0),
                                     (uint64_t)sqlite3_column_int64(q, 1),
                                     (uint64_t)sqlite3_column_int64(q, 2),
                                     (uint64_t)sqlite3_column_int64(q, 3),
                                     (uint64_t)sqlite3_column_int64(q, 4),
                                     dgi_col_day(q, 5),
                                     dgi_col_day(q, 6)};
    sqlite3_reset(q);
    return DG_OK;
}

static dg_status sq_last_day(dgi_backend *base, int32_t known_on, int32_t *day, dg_error *err)
{
    struct dgi_sqlite *b = (struct dgi_sqlite *)base;
    sqlite3_stmt *q;
    *day = DGI_NO_DAY;
    NEED(Q_LAST_DAY)
    dgi_bind_day(q, 1, known_on);
    int rc = sqlite3_step(q);
    if (rc == SQLITE_ROW)
        *day = dgi_col_day(q, 0);
    sqlite3_reset(q);
    return rc == SQLITE_ROW || rc == SQLITE_DONE ? DG_OK : dgi_sqlite_fail(b, err, "cannot be read");
}

static const struct dgi_ledger_host *sq_host(dgi_backend *base)
{
    return &((struct dgi_sqlite *)base)->host;
}

/* What PRAGMA integrity_check says, and rows that belong to nothing. */
dg_status dgi_sqlite_check(dgi_backend *base, dgi_line_fn *fn, void *user, dg_error *err)
{
    static const char *const sql[] = {
        "SELECT 'the file: '||integrity_check FROM pragma_integrity_check(20) WHERE integrity_check<>'ok'",
        "SELECT n||' sentences belong to nothing' FROM (SELECT count(*) n FROM sentences WHERE doc NOT IN (SELECT no FROM documents)) WHERE n>0",
        "SELECT n||' entities belong to nothing' FROM (SELECT count(*) n FROM entities WHERE doc NOT IN (SELECT no FROM documents)) WHERE n>0",
        "SELECT n||' statements belong to nothing' FROM (SELECT count(*) n FROM statements WHERE doc NOT IN (SELECT no FROM documents)) WHERE n>0",
        "SELECT n||' events belong to nothing' FROM (SELECT count(*) n FROM events WHERE doc NOT IN (SELECT no FROM documents)) WHERE n>0",
        "SELECT n||' actors of events belong to nothing' FROM (SELECT count(*) n FROM event_actors a WHERE NOT EXISTS(SELECT 1 FROM events e WHERE e.doc=a.doc AND e.n=a.n)) WHERE n>0",
        "SELECT n||' quantities of events belong to nothing' FROM (SELECT count(*) n FROM event_quantities a WHERE NOT EXISTS(SELECT 1 FROM events e WHERE e.doc=a.doc AND e.n=a.n)) WHERE n>0",
        "SELECT n||' links of events belong to nothing' FROM (SELECT count(*) n FROM event_links a WHERE NOT EXISTS(SELECT 1 FROM events e WHERE e.doc=a.doc AND e.n=a.n)) WHERE n>0",
        "SELECT n||' entries of items belong to nothing' FROM (SELECT count(*) n FROM item_entries WHERE item NOT IN (SELECT no FROM items)) WHERE n>0",
        "SELECT n||' lines of items belong to nothing' FROM (SELECT count(*) n FROM item_history h WHERE NOT EXISTS(SELECT 1 FROM item_entries e WHERE e.item=h.item AND e.pos=h.pos)) WHERE n>0",
        "SELECT n||' parties of items belong to nothing' FROM (SELECT count(*) n FROM item_parties WHERE item NOT IN (SELECT no FROM items)) WHERE n>0",
        "SELECT n||' names of items belong to nothing' FROM (SELECT count(*) n FROM item_names WHERE item NOT IN (SELECT no FROM items)) WHERE n>0",
        "SELECT n||' marks of items belong to nothing' FROM (SELECT count(*) n FROM item_marks WHERE item NOT IN (SELECT key FROM items)) WHERE n>0",
        "SELECT n||' reads of documents belong to nothing' FROM (SELECT count(*) n FROM reads WHERE pos NOT IN (SELECT pos FROM board)) WHERE n>0",
        "SELECT n||' documents of the board belong to nothing' FROM (SELECT count(*) n FROM board WHERE pos NOT IN (SELECT pos FROM documents WHERE applied=1)) WHERE n>0",
    };
    struct dgi_sqlite *b = (struct dgi_sqlite *)base;
    bool go = true;
    (void)err;
    for (size_t i = 0; go && i < sizeof sql / sizeof *sql; i++) {
        sqlite3_stmt *q = NULL;
        int rc = sqlite3_prepare_v2(b->db, sql[i], -1, &q, NULL);
        while (go && rc == SQLITE_OK && sqlite3_step(q) == SQLITE_ROW)
            go = fn(user, (const char *)sqlite3_column_text(q, 0));
        rc = sqlite3_errcode(b->db);
        if (go && rc != SQLITE_OK && rc != SQLITE_DONE &&
            rc != SQLITE_ROW) { /* a file too damaged to be looked at is a finding, no failure */
            char line[300];
            snprintf(line, sizeof line, "the file: %s", sqlite3_errmsg(b->db));
            go = fn(user, line);
        }
        sqlite3_finalize(q);
    }
    return DG_OK;
}

/* ---- opening and closing ---- */
static void sq_close(dgi_backend *base)
{
    struct dgi_sqlite *b = (struct dgi_sqlite *)base;
    for (int i = 0; i < N_STMT; i++)
        sqlite3_finalize(b->stmt[i]);
    if (b->db && b->write && !b->documents) {
        /* at rest the store is one file that anybody can read anywhere; while a reader has it open it stays as it is */
        sqlite3_busy_timeout(b->db, 0);
        sqlite3_wal_checkpoint_v2(b->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
        sqlite3_exec(b->db, "PRAGMA journal_mode=DELETE", NULL, NULL, NULL);
    }
    sqlite3_close(b->db);
    if (b->lock_fd >= 0)
        close(b->lock_fd);
    dgi_arena_free(b->scratch);
    free(b->real);
    free(b->path);
    free(b);
}

static dg_status sq_seen(dgi_backend *base, uint64_t *version, dg_error *err)
{
    struct dgi_sqlite *b = (struct dgi_sqlite *)base;
    sqlite3_stmt *q;
    NEED(Q_SEEN)
    bool ok = sqlite3_step(q) == SQLITE_ROW;
    *version = ok ? (uint64_t)sqlite3_column_int64(q, 0) : 0;
    dg_status st = ok ? DG_OK : dgi_sqlite_fail(b, err, "cannot be read");
    sqlite3_reset(q);
    return st;
}

/* A table that only stores have which keep what a message log brings: no other schema, which older programs would refuse. */
static dg_status positions(struct dgi_sqlite *b, dg_error *err)
{
    dg_status st =
        b->positions
            ? DG_OK
            : dgi_sqlite_exec(
                  b, "CREATE TABLE IF NOT EXISTS positions(log TEXT PRIMARY KEY, next INTEGER NOT NULL) WITHOUT ROWID",
                  err);
    b->positions = st == DG_OK;
    return st;
}

static dg_status sq_position(dgi_backend *base, dg_str log, int64_t *next, dg_error *err)
{
    struct dgi_sqlite *b = (struct dgi_sqlite *)base;
    sqlite3_stmt *q;
    dg_status st = positions(b, err);
    *next = -1;
    if (st != DG_OK)
        return st;
    NEED(Q_POSITION)
    dgi_bind_str(q, 1, log);
    int rc = sqlite3_step(q);
    if (rc == SQLITE_ROW)
        *next = sqlite3_column_int64(q, 0);
    else if (rc != SQLITE_DONE)
        st = dgi_sqlite_fail(b, err, "cannot be read");
    sqlite3_reset(q);
    return st;
}

static dg_status sq_set_position(dgi_backend *base, dg_str log, int64_t next, dg_error *err)
{
    struct dgi_sqlite *b = (struct dgi_sqlite *)base;
    sqlite3_stmt *q;
    dg_status st = positions(b, err);
    if (st != DG_OK)
        return st;
    NEED(Q_SET_POSITION)
    dgi_bind_str(q, 1, log);
    sqlite3_bind_int64(q, 2, next);
    return dgi_sqlite_done(b, q, err);
}

static const struct dgi_backend_ops ops = {
    sq_close,
    sq_begin,
    sq_commit,
    sq_rollback,
    dgi_sqlite_versions,
    dgi_sqlite_version,
    dgi_sqlite_put_document,
    dgi_sqlite_drop_document,
    dgi_sqlite_recode_document,
    sq_set_applied,
    dgi_sqlite_load_document,
    dgi_sqlite_each_document,
    dgi_sqlite_find_document,
    dgi_sqlite_each_event,
    dgi_sqlite_each_statement,
    sq_count,
    sq_last_day,
    sq_host,
    dgi_sqlite_each_item,
    dgi_sqlite_items_by_id,
    dgi_sqlite_clear_board,
    dgi_sqlite_each_row,
    dgi_sqlite_check,
    dgi_sqlite_ask,
    dgi_sqlite_search,
    sq_seen,
    sq_position,
    sq_set_position,
    dgi_sqlite_put_verdict,
    dgi_sqlite_each_verdict,
    NULL,
};

/* A file in WAL mode and a folder that this reader may not write to: SQLite needs a file beside it that is not there.
 * When the last writer finished, the file alone is the whole store and nobody is writing it. */
static dg_status open_immutable(struct dgi_sqlite *b, dg_error *err)
{
    sqlite3_close(b->db);
    b->db = NULL;
    if (dgi_storefile_unfinished(b->real))
        return dgi_fail(err, DG_E_STORE,
                        "%s: its last writer was stopped; it can be read here when an ingest has opened it once",
                        b->path);
    char *uri = dgi_storefile_uri(b->real);
    int rc = uri ? sqlite3_open_v2(uri, &b->db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI, NULL)
                 : SQLITE_NOMEM;
    free(uri);
    return rc == SQLITE_OK ? DG_OK : dgi_sqlite_fail(b, err, "cannot be opened");
}

static dg_status open_db(struct dgi_sqlite *b, dg_error *err)
{
    int how = b->write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
    if (sqlite3_open_v2(b->real, &b->db, how | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
        return dgi_sqlite_fail(b, err, "cannot be opened");
    sqlite3_busy_timeout(b->db, BUSY_MS);
    sqlite3_extended_result_codes(b->db, 0);
    if (b->write)
        return DG_OK;
    int rc = sqlite3_exec(b->db, "SELECT 1 FROM sqlite_master", NULL, NULL, NULL);
    return rc == SQLITE_CANTOPEN || rc == SQLITE_READONLY ? open_immutable(b, err) : DG_OK;
}

static struct dgi_sqlite *new_backend(const char *path)
{
    struct dgi_sqlite *b = calloc(1, sizeof *b);
    if (!b)
        return NULL;
    b->base.ops = &ops;
    b->lock_fd = -1;
    dgi_sqlite_host(b);
    if ((b->path = strdup(path)) && (b->scratch = dgi_arena_new(0)))
        return b;
    sq_close(&b->base);
    return NULL;
}

dg_status dgi_sqlite_open(dgi_backend **out, const char *path, bool write, const struct dgi_store_options *o,
                          dg_error *err)
{
    static const struct dgi_store_options usual = {DGI_STORE_WAIT_MS, NULL, NULL};
    struct dgi_sqlite *b = new_backend(path);
    *out = NULL;
    if (!b)
        return dgi_fail(err, DG_E_NOMEM, "no memory to open a store");
    b->write = write;
    dg_status st = dgi_storefile_name(&b->real, path, write, err);
    if (st == DG_OK && write)
        st = dgi_storefile_lock(&b->lock_fd, b->real, path, o ? o : &usual, err);
    if (st == DG_OK)
        st = open_db(b, err);
    if (st == DG_OK)
        st = dgi_sqlite_schema(b, err); /* looks before anything is changed */
    if (st == DG_OK)
        st = dgi_sqlite_exec(
            b,
            write
                ? "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536; PRAGMA secure_delete=OFF;"
                  "PRAGMA wal_autocheckpoint=8000;"
                  "PRAGMA temp_store=MEMORY; PRAGMA trusted_schema=OFF"
                : "PRAGMA wal_autocheckpoint=0; PRAGMA cache_size=-32768; PRAGMA query_only=ON; PRAGMA trusted_schema=OFF",
            err);
    if (st != DG_OK) {
        sq_close(&b->base);
        return st;
    }
    *out = &b->base;
    return DG_OK;
}

dg_status dgi_sqlite_scratch(dgi_backend **out, dgi_backend *documents, dg_error *err)
{
    struct dgi_sqlite *b = new_backend("the board to compare with");
    *out = NULL;
    if (!b)
        return dgi_fail(err, DG_E_NOMEM, "no memory for a board to compare with");
    b->write = true;
    b->documents = documents;
    dg_status st =
        sqlite3_open_v2("", &b->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK
            ? dgi_sqlite_schema(b, err)
            : dgi_sqlite_fail(b, err, "cannot be opened");
    if (st == DG_OK)
        st = dgi_sqlite_exec(b, "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-65536", err);
    if (st != DG_OK) {
        sq_close(&b->base);
        return st;
    }
    *out = &b->base;
    return DG_OK;
}
