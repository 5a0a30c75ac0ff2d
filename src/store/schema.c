/* SPDX-License-Identifier: Apache-2.0 */
/* store/schema.c: opening, locking, migrating and closing the SQLite file.
 *
 * WAL while it is written, synchronous=NORMAL: a transaction is whole or not there after a kill; after a power cut the last ones may be
 * missing, and ingest is repeated. Debian's SQLite 3.40 has the WAL-reset bug of two connections that checkpoint at one
 * moment; so there is one writing process (flock on FILE-lock), its one connection alone checkpoints, and readers open
 * read-only. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "store/store_int.h"

enum { APPLICATION_ID = 0x4447524d, /* "DGRM" */ BUSY_MS = 10000 };

/* One entry per schema version; entry i leads from version i to i+1. Never edit an entry that was released: add one. */
static const char *const migrations[] = {
    /* 1 */
    "CREATE TABLE meta(name TEXT PRIMARY KEY, value INTEGER) WITHOUT ROWID;"
    "INSERT INTO meta VALUES('rev',0),('items_rev',0);"
    "CREATE TABLE documents(no INTEGER PRIMARY KEY, key TEXT NOT NULL, id TEXT NOT NULL, url TEXT, title TEXT, author TEXT, publisher TEXT,"
    " lang TEXT, published INTEGER, published_from TEXT, known_from INTEGER NOT NULL, hash INTEGER NOT NULL, current INTEGER NOT NULL,"
    " withdrawn INTEGER NOT NULL DEFAULT 0, tokens INTEGER NOT NULL, text TEXT NOT NULL, UNIQUE(key,known_from,hash));"
    "CREATE INDEX documents_order ON documents(published,id);"
    "CREATE INDEX documents_id ON documents(id);"
    "CREATE TABLE sentences(doc INTEGER NOT NULL, i INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, b_start INTEGER NOT NULL,"
    " b_end INTEGER NOT NULL, PRIMARY KEY(doc,i)) WITHOUT ROWID;"
    "CREATE TABLE entities(doc INTEGER NOT NULL, n INTEGER NOT NULL, actor TEXT, name TEXT, type INTEGER NOT NULL, title TEXT, country TEXT,"
    " cameo TEXT, sectors TEXT, PRIMARY KEY(doc,n)) WITHOUT ROWID;"
    "CREATE TABLE statements(no INTEGER PRIMARY KEY, doc INTEGER NOT NULL, n INTEGER NOT NULL, id TEXT, kind INTEGER NOT NULL, speaker TEXT,"
    " speaker_name TEXT, addressee TEXT, content TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, sentence INTEGER NOT NULL,"
    " negated INTEGER NOT NULL);"
    "CREATE UNIQUE INDEX statements_doc ON statements(doc,n);"
    "CREATE TABLE events(doc INTEGER NOT NULL, n INTEGER NOT NULL, id TEXT NOT NULL, day INTEGER, cameo TEXT NOT NULL, plover INTEGER NOT NULL,"
    " mode TEXT, contexts TEXT, status INTEGER NOT NULL, negated INTEGER NOT NULL, reciprocal INTEGER NOT NULL, date_start INTEGER,"
    " date_end INTEGER, date_precision INTEGER NOT NULL, date_from_text INTEGER NOT NULL, deadline_start INTEGER, deadline_end INTEGER,"
    " deadline_precision INTEGER NOT NULL, sentence INTEGER NOT NULL, trig_start INTEGER NOT NULL, trig_end INTEGER NOT NULL, trigger TEXT,"
    " lemma TEXT, keys TEXT, content_text TEXT, condition_text TEXT, about TEXT, statement TEXT, content_of INTEGER, condition_of INTEGER,"
    " place TEXT, place_country TEXT, place_admin1 TEXT, lat REAL, lon REAL, geonames INTEGER, place_precision INTEGER, frame TEXT,"
    " confidence REAL, PRIMARY KEY(doc,n)) WITHOUT ROWID;"
    "CREATE INDEX events_day ON events(day);"
    "CREATE TABLE event_actors(doc INTEGER NOT NULL, n INTEGER NOT NULL, side INTEGER NOT NULL, i INTEGER NOT NULL, actor TEXT, name TEXT,"
    " country TEXT, cameo TEXT, sectors TEXT, PRIMARY KEY(doc,n,side,i)) WITHOUT ROWID;" /* side 0 source, 1 target, 2 claimed_by */
    "CREATE INDEX event_actors_actor ON event_actors(actor);"
    "CREATE TABLE event_quantities(doc INTEGER NOT NULL, n INTEGER NOT NULL, i INTEGER NOT NULL, kind INTEGER NOT NULL, value REAL, low REAL,"
    " high REAL, approx INTEGER NOT NULL, unit TEXT, noun TEXT, start INTEGER, end INTEGER, PRIMARY KEY(doc,n,i)) WITHOUT ROWID;"
    "CREATE TABLE event_links(doc INTEGER NOT NULL, n INTEGER NOT NULL, kind INTEGER NOT NULL, i INTEGER NOT NULL, other INTEGER NOT NULL,"
    " PRIMARY KEY(doc,n,kind,i)) WITHOUT ROWID;" /* kind 0 content, 1 condition */
    "CREATE TABLE items(no INTEGER PRIMARY KEY, id TEXT NOT NULL, kind TEXT NOT NULL, status TEXT NOT NULL, opened INTEGER, since INTEGER,"
    " content TEXT, condition TEXT, sources INTEGER NOT NULL);"
    "CREATE INDEX items_id ON items(id);"
    "CREATE TABLE item_parties(item INTEGER NOT NULL, i INTEGER NOT NULL, role TEXT NOT NULL, actor TEXT, name TEXT, country TEXT,"
    " PRIMARY KEY(item,i)) WITHOUT ROWID;"
    "CREATE INDEX item_parties_actor ON item_parties(actor);"
    "CREATE TABLE item_history(item INTEGER NOT NULL, i INTEGER NOT NULL, date INTEGER, reported INTEGER, status TEXT, due INTEGER NOT NULL,"
    " event TEXT, document TEXT, rule TEXT, claimed_by TEXT, quantity REAL, ev_start INTEGER, ev_end INTEGER, ev_text TEXT,"
    " PRIMARY KEY(item,i)) WITHOUT ROWID;"
    "CREATE VIRTUAL TABLE documents_fts USING fts5(title, text, content='documents', content_rowid='no', tokenize='porter unicode61');"
    "CREATE VIRTUAL TABLE statements_fts USING fts5(content, content='statements', content_rowid='no', tokenize='porter unicode61');"
    "CREATE VIRTUAL TABLE items_fts USING fts5(content, evidence, tokenize='porter unicode61');",
};
_Static_assert(sizeof migrations / sizeof *migrations == DGI_STORE_SCHEMA, "one migration per schema version");

dg_status dgi_store_fail(dgi_store *s, dg_error *err, const char *what)
{
    int rc = s->db ? sqlite3_errcode(s->db) : SQLITE_NOMEM;
    if (rc == SQLITE_FULL)
        return dgi_fail(err, DG_E_STORE, "%s: the disk is full; what was kept before is not lost", s->path);
    dg_status st = rc == SQLITE_NOMEM ? DG_E_NOMEM : rc == SQLITE_IOERR || rc == SQLITE_CANTOPEN ? DG_E_IO : DG_E_STORE;
    return dgi_fail(err, st, "%s: %s: %s", s->path, what, s->db ? sqlite3_errmsg(s->db) : "no memory");
}

dg_status dgi_store_exec(dgi_store *s, const char *sql, dg_error *err)
{
    return sqlite3_exec(s->db, sql, NULL, NULL, NULL) == SQLITE_OK ? DG_OK : dgi_store_fail(s, err, "cannot be used");
}

static dg_status pragma_int(dgi_store *s, const char *sql, int64_t *out, dg_error *err)
{
    sqlite3_stmt *q = NULL;
    *out = 0;
    if (sqlite3_prepare_v2(s->db, sql, -1, &q, NULL) != SQLITE_OK || sqlite3_step(q) != SQLITE_ROW) {
        int rc = sqlite3_errcode(s->db);
        dg_status st = rc == SQLITE_NOTADB ? dgi_fail(err, DG_E_STORE, "%s: this is no store of Dragoman; nothing was changed", s->path)
                                           : dgi_store_fail(s, err, "cannot be read");
        sqlite3_finalize(q);
        return st;
    }
    *out = sqlite3_column_int64(q, 0);
    sqlite3_finalize(q);
    return DG_OK;
}

/* DG_OK: the file's schema is *version, which this program can use or bring up to date. */
static dg_status look_at_schema(dgi_store *s, int64_t *version, dg_error *err)
{
    int64_t app, tables;
    dg_status st;
    if ((st = pragma_int(s, "PRAGMA application_id", &app, err)) != DG_OK || (st = pragma_int(s, "PRAGMA user_version", version, err)) != DG_OK ||
        (st = pragma_int(s, "SELECT count(*) FROM sqlite_master", &tables, err)) != DG_OK)
        return st;
    if (app != APPLICATION_ID && (app || *version || tables))
        return dgi_fail(err, DG_E_STORE, "%s: this database belongs to another program; nothing was changed", s->path);
    if (*version < 0 || (app == APPLICATION_ID && !*version))
        return dgi_fail(err, DG_E_STORE, "%s: schema %lld: the file is damaged; nothing was changed", s->path, (long long)*version);
    if (*version > DGI_STORE_SCHEMA)
        return dgi_fail(err, DG_E_STORE, "%s: schema %lld is newer than this program (%d); nothing was changed", s->path, (long long)*version,
                        DGI_STORE_SCHEMA);
    return DG_OK;
}

dg_status dgi_store_migrate(dgi_store *s, dg_error *err)
{
    int64_t version;
    dg_status st = look_at_schema(s, &version, err);
    if (st != DG_OK || version == DGI_STORE_SCHEMA)
        return st;
    if (!s->write)
        return dgi_fail(err, DG_E_STORE, version ? "%s: schema %lld is older than this program (%d); an ingest brings it up to date"
                                                 : "%s: nothing was ingested here yet (schema %lld of %d)", s->path, (long long)version, DGI_STORE_SCHEMA);
    if ((st = dgi_store_exec(s, "BEGIN IMMEDIATE", err)) != DG_OK)
        return st;
    char sql[96];
    st = look_at_schema(s, &version, err); /* nobody can change it now */
    for (int64_t v = version; st == DG_OK && v < DGI_STORE_SCHEMA; v++)
        st = dgi_store_exec(s, migrations[v], err);
    snprintf(sql, sizeof sql, "PRAGMA application_id=%d; PRAGMA user_version=%d; COMMIT", APPLICATION_ID, DGI_STORE_SCHEMA);
    if (st == DG_OK)
        st = dgi_store_exec(s, sql, err);
    if (st != DG_OK)
        sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
    return st;
}

/* A file in WAL mode and a folder that this reader may not write to: SQLite needs a file beside it that is not there.
 * When the last writer finished, the file alone is the whole store and nobody is writing it. */
static dg_status open_immutable(dgi_store *s, dg_error *err)
{
    sqlite3_close(s->db);
    s->db = NULL;
    if (dgi_storefile_unfinished(s->real))
        return dgi_fail(err, DG_E_STORE, "%s: its last writer was stopped; it can be read here when an ingest has opened it once", s->path);
    char *uri = dgi_storefile_uri(s->real);
    int rc = uri ? sqlite3_open_v2(uri, &s->db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI, NULL) : SQLITE_NOMEM;
    free(uri);
    return rc == SQLITE_OK ? DG_OK : dgi_store_fail(s, err, "cannot be opened");
}

static dg_status open_db(dgi_store *s, dg_error *err)
{
    int how = s->write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
    if (sqlite3_open_v2(s->real, &s->db, how | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
        return dgi_store_fail(s, err, "cannot be opened");
    sqlite3_busy_timeout(s->db, BUSY_MS);
    sqlite3_extended_result_codes(s->db, 0);
    if (s->write)
        return DG_OK;
    int rc = sqlite3_exec(s->db, "SELECT 1 FROM sqlite_master", NULL, NULL, NULL);
    return rc == SQLITE_CANTOPEN || rc == SQLITE_READONLY ? open_immutable(s, err) : DG_OK;
}

dg_status dgi_store_open_with(dgi_store **out, const char *path, bool write, const dgi_sit_rules *rules, const struct dgi_store_options *o, dg_error *err)
{
    static const struct dgi_store_options usual = {DGI_STORE_WAIT_MS, NULL, NULL};
    *out = NULL;
    dgi_store *s = calloc(1, sizeof *s);
    if (s)
        s->lock_fd = -1;
    if (!s || !(s->path = strdup(path)) || !(s->pend_arena = dgi_arena_new(0)) || !(s->scratch = dgi_arena_new(0))) {
        dgi_store_close(s);
        return dgi_fail(err, DG_E_NOMEM, "no memory to open a store");
    }
    s->write = write;
    s->rules = rules;
    dg_status st = dgi_storefile_name(&s->real, path, write, err);
    if (st == DG_OK && write)
        st = dgi_storefile_lock(&s->lock_fd, s->real, path, o ? o : &usual, err);
    if (st == DG_OK)
        st = open_db(s, err);
    if (st == DG_OK)
        st = dgi_store_migrate(s, err); /* looks before anything is changed */
    if (st == DG_OK)
        st = dgi_store_exec(s, write ? "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536; PRAGMA secure_delete=OFF;"
                                       "PRAGMA temp_store=MEMORY; PRAGMA trusted_schema=OFF"
                                     : "PRAGMA wal_autocheckpoint=0; PRAGMA cache_size=-32768; PRAGMA query_only=ON; PRAGMA trusted_schema=OFF",
                            err);
    if (st != DG_OK) {
        dgi_store_close(s);
        return st;
    }
    *out = s;
    return DG_OK;
}

dg_status dgi_store_open(dgi_store **out, const char *path, bool write, const dgi_sit_rules *rules, dg_error *err)
{
    return dgi_store_open_with(out, path, write, rules, NULL, err);
}

void dgi_store_close(dgi_store *s)
{
    if (!s)
        return;
    for (int i = 0; i < N_STMT; i++)
        sqlite3_finalize(s->stmt[i]);
    if (s->db && s->write) {
        /* at rest the store is one file that anybody can read anywhere; while a reader has it open it stays as it is */
        sqlite3_busy_timeout(s->db, 0);
        sqlite3_wal_checkpoint_v2(s->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
        sqlite3_exec(s->db, "PRAGMA journal_mode=DELETE", NULL, NULL, NULL);
    }
    sqlite3_close(s->db);
    if (s->lock_fd >= 0)
        close(s->lock_fd);
    dgi_board_free(s->board);
    dgi_arena_free(s->pend_arena);
    dgi_arena_free(s->scratch);
    free(s->last_id);
    free(s->real);
    free(s->path);
    free(s);
}

/* ---- statements ---- */
static const char *const sql[N_STMT] = {
    [Q_BEGIN] = "BEGIN IMMEDIATE",
    [Q_COMMIT] = "COMMIT",
    [Q_ROLLBACK] = "ROLLBACK",
    [Q_FIND_VERSIONS] = "SELECT no,known_from,hash,withdrawn,published FROM documents WHERE key=?1 ORDER BY known_from,hash",
    [Q_BUMP] = "UPDATE meta SET value=value+1 WHERE name='rev'",
    [Q_INS_DOC] = "INSERT INTO documents(key,id,url,title,author,publisher,lang,published,published_from,known_from,hash,current,withdrawn,tokens,text)"
                  " VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,1,?12,?13,?14)",
    [Q_SET_CURRENT] = "UPDATE documents SET current=NOT EXISTS(SELECT 1 FROM documents v WHERE v.key=documents.key AND"
                      " (v.known_from,v.hash)>(documents.known_from,documents.hash)) WHERE key=?1",
    [Q_INS_LINK] = "INSERT INTO event_links VALUES(?1,?2,?3,?4,?5)",
    [Q_FTS_DOC] = "INSERT INTO documents_fts(rowid,title,text) VALUES(?1,?2,?3)",
    [Q_FTS_STAT] = "INSERT INTO statements_fts(rowid,content) VALUES(?1,?2)",
    [Q_DROP_FTS_DOC] = "INSERT INTO documents_fts(documents_fts,rowid,title,text) SELECT 'delete',no,title,text FROM documents WHERE no=?1 AND withdrawn=0",
    [Q_DROP_FTS_STAT] = "INSERT INTO statements_fts(statements_fts,rowid,content) SELECT 'delete',no,content FROM statements WHERE doc=?1",
    [Q_DROP_SENT] = "DELETE FROM sentences WHERE doc=?1",
    [Q_DROP_ENT] = "DELETE FROM entities WHERE doc=?1",
    [Q_DROP_STAT] = "DELETE FROM statements WHERE doc=?1",
    [Q_DROP_EVENTS] = "DELETE FROM events WHERE doc=?1",
    [Q_DROP_ACTORS] = "DELETE FROM event_actors WHERE doc=?1",
    [Q_DROP_QUANT] = "DELETE FROM event_quantities WHERE doc=?1",
    [Q_DROP_LINKS] = "DELETE FROM event_links WHERE doc=?1",
    [Q_DROP_DOC] = "DELETE FROM documents WHERE no=?1",
    [Q_LOAD_DOC] = "SELECT id,url,title,publisher,published,text FROM documents WHERE no=?1",
    [Q_LOAD_LINKS] = "SELECT n,kind,other FROM event_links WHERE doc=?1 ORDER BY n,kind,i",
    [Q_PUT_ITEM] = "INSERT INTO items VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9) ON CONFLICT(no) DO UPDATE SET id=?2,kind=?3,status=?4,opened=?5,since=?6,"
                   "content=?7,condition=?8,sources=?9",
    [Q_DEL_PARTIES] = "DELETE FROM item_parties WHERE item=?1",
    [Q_PUT_PARTY] = "INSERT INTO item_parties VALUES(?1,?2,?3,?4,?5,?6)",
    [Q_PUT_LINE] = "INSERT INTO item_history VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14) ON CONFLICT DO NOTHING",
    [Q_FTS_ITEM] = "INSERT INTO items_fts(rowid,content,evidence) VALUES(?1,?2,?3)",
    [Q_FTS_ITEM_DEL] = "DELETE FROM items_fts WHERE rowid=?1",
};

/* The statements that follow from the table of fields. */
static const struct {
    const struct dgi_rows *rows;
    bool load;
} by_fields[N_STMT] = {
    [Q_INS_SENT] = {&dgi_rows_sentences, false}, [Q_INS_ENT] = {&dgi_rows_entities, false}, [Q_INS_STAT] = {&dgi_rows_statements, false},
    [Q_INS_EVENT] = {&dgi_rows_events, false},   [Q_INS_ACTOR] = {&dgi_rows_actors, false}, [Q_INS_QUANT] = {&dgi_rows_quantities, false},
    [Q_LOAD_SENT] = {&dgi_rows_sentences, true}, [Q_LOAD_EVENTS] = {&dgi_rows_events, true}, [Q_LOAD_ACTORS] = {&dgi_rows_actors, true},
    [Q_LOAD_QUANT] = {&dgi_rows_quantities, true},
};

static bool prepare(dgi_store *s, enum store_stmt q)
{
    struct dgi_buf text = {0};
    const char *made = sql[q];
    if (by_fields[q].rows) {
        (by_fields[q].load ? dgi_rows_select_sql : dgi_rows_insert_sql)(by_fields[q].rows, &text);
        dgi_buf_add(&text, (dg_str){"", 1}); /* its NUL */
        made = text.failed ? NULL : text.ptr;
    }
    bool ok = made && sqlite3_prepare_v3(s->db, made, -1, SQLITE_PREPARE_PERSISTENT, &s->stmt[q], NULL) == SQLITE_OK;
    dgi_buf_free(&text);
    return ok;
}

sqlite3_stmt *dgi_store_stmt(dgi_store *s, enum store_stmt q, dg_error *err)
{
    if (!s->stmt[q] && !prepare(s, q)) {
        dgi_store_fail(s, err, "cannot be read");
        return NULL;
    }
    sqlite3_reset(s->stmt[q]);
    sqlite3_clear_bindings(s->stmt[q]);
    return s->stmt[q];
}

void dgi_bind_str(sqlite3_stmt *q, int i, dg_str t)
{
    if (t.len)
        sqlite3_bind_text64(q, i, t.ptr, t.len, SQLITE_STATIC, SQLITE_UTF8);
    else
        sqlite3_bind_null(q, i);
}
void dgi_bind_day(sqlite3_stmt *q, int i, int32_t day)
{
    if (day == DGI_NO_DAY)
        sqlite3_bind_null(q, i);
    else
        sqlite3_bind_int(q, i, day);
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
int32_t dgi_col_day(sqlite3_stmt *q, int i) { return sqlite3_column_type(q, i) == SQLITE_NULL ? DGI_NO_DAY : sqlite3_column_int(q, i); }
double dgi_col_num(sqlite3_stmt *q, int i) { return sqlite3_column_type(q, i) == SQLITE_NULL ? (double)NAN : sqlite3_column_double(q, i); }
