/* SPDX-License-Identifier: Apache-2.0 */
/* store/sqlite_int.h: the SQLite file behind store/backend.h; inside store/sqlite*.c only. */
#ifndef DGI_SQLITE_INT_H
#define DGI_SQLITE_INT_H

#include <sqlite3.h>

#include "base/json.h"
#include "event/fields.h"
#include "store/backend.h"
#include "store/rows.h"
#include "store/storefile.h"

enum store_stmt {
    Q_BEGIN_READ,
    Q_BEGIN,
    Q_COMMIT,
    Q_ROLLBACK,
    /* documents */
    Q_VERSIONS,
    Q_VERSION,
    Q_INS_DOC,
    Q_SET_CURRENT,
    Q_INS_SENT,
    Q_INS_ENT,
    Q_INS_STAT,
    Q_INS_EVENT,
    Q_INS_ACTOR,
    Q_INS_QUANT,
    Q_INS_LINK,
    Q_FTS_DOC,
    Q_FTS_STAT,
    Q_DROP_FTS_DOC,
    Q_DROP_FTS_STAT,
    Q_DROP_SENT,
    Q_DROP_ENT,
    Q_DROP_STAT,
    Q_DROP_EVENTS,
    Q_DROP_ACTORS,
    Q_DROP_QUANT,
    Q_DROP_LINKS,
    Q_DROP_DOC,
    Q_RECODED,
    Q_SET_APPLIED,
    Q_LOAD_DOC,
    Q_LOAD_SENT,
    Q_LOAD_EVENTS,
    Q_LOAD_ACTORS,
    Q_LOAD_QUANT,
    Q_LOAD_LINKS,
    Q_DOCS_KNOWN,
    Q_DOCS_KNOWN_ONLY,
    Q_DOCS_APPLIED_ONLY,
    Q_DOCS_TEXTS,
    Q_FIND_DOC,
    Q_EVENTS,
    Q_STATEMENTS,
    Q_COUNT,
    Q_LAST_DAY,
    Q_SEEN,
    Q_POSITION,
    Q_SET_POSITION,
    /* the board */
    Q_MARKED,
    Q_MARKED_BEFORE,
    Q_HEAD,
    Q_ENTRIES,
    Q_WRITTEN,
    Q_NEXT_READER,
    Q_LAST_POS,
    Q_APPLIED_AT,
    Q_ITEM_NO,
    Q_NEW_ITEM,
    Q_PUT_LINE,
    Q_DROP_LINES,
    Q_NEW_ENTRY,
    Q_PUT_ENTRY,
    Q_DROP_ENTRY,
    Q_SAME_WORDS,
    Q_PUT_ITEM,
    Q_FTS_ITEM,
    Q_FTS_ITEM_DEL,
    Q_PARTIES,
    Q_PUT_PARTY,
    Q_PUT_NAME,
    Q_DROP_NAMES,
    Q_DROP_SHORT_NAMES,
    Q_DROP_PARTIES,
    Q_DROP_ITEM_LINES,
    Q_DROP_ITEM_ENTRIES,
    Q_DROP_ITEM,
    Q_MARKS_OF,
    Q_SET_MARKS,
    Q_PUT_MARK,
    Q_DROP_MARK,
    Q_READS_OF,
    Q_PUT_READ,
    Q_DROP_READ,
    Q_PUT_BOARD,
    Q_DROP_BOARD,
    Q_ITEMS,
    Q_ITEMS_OF,
    Q_ITEMS_OF_TWO,
    Q_ITEMS_BY_ID,
    Q_ROWS_HEADS,
    Q_ROWS_ENTRIES,
    Q_ROWS_MARKS,
    Q_ROWS_READS,
    N_STMT
};

struct dgi_sqlite {
    dgi_backend base;
    sqlite3 *db;
    char *path; /* as the user named it, for messages */
    char *real; /* the file itself */
    int lock_fd;
    bool write, views;      /* views: those of a reader's own SQL are made */
    bool positions;         /* there is that table */
    dgi_backend *documents; /* whose documents the board is about; NULL: its own */
    sqlite3_stmt *stmt[N_STMT];
    struct dgi_ledger_host host;
    int64_t at_item; /* number of the item written last, 0: none; its key: */
    char at_key[512];
    uint32_t at_len;
    dgi_arena *scratch;
};

dg_status dgi_sqlite_fail(struct dgi_sqlite *b, dg_error *err, const char *what);
sqlite3_stmt *dgi_sqlite_stmt(struct dgi_sqlite *b, enum store_stmt q,
                              dg_error *err); /* reset and cleared; NULL: err is written */
dg_status dgi_sqlite_exec(struct dgi_sqlite *b, const char *sql, dg_error *err);
dg_status dgi_sqlite_done(struct dgi_sqlite *b, sqlite3_stmt *q,
                          dg_error *err); /* run a statement that gives no rows */
/* The text of a statement that does not follow from the table of fields (sqlite_sql.c). */
const char *dgi_sqlite_sql(enum store_stmt q);
dg_status dgi_sqlite_schema(struct dgi_sqlite *b, dg_error *err); /* looks, and brings up to date what may be written */

#define NEED(which)                                                                                                    \
    if (!(q = dgi_sqlite_stmt(b, which, err)))                                                                         \
        return err ? err->status : DG_E_STORE;

void dgi_bind_str(sqlite3_stmt *q, int i, dg_str s); /* empty -> NULL */
void dgi_bind_blob(sqlite3_stmt *q, int i, dg_str s);
void dgi_bind_day(sqlite3_stmt *q, int i, int32_t day); /* DGI_NO_DAY -> NULL */
void dgi_bind_iso(sqlite3_stmt *q, int i, int32_t day); /* "2022-01-12"; DGI_NO_DAY -> NULL */
void dgi_bind_num(sqlite3_stmt *q, int i, double v);    /* NaN -> NULL */
dg_str dgi_col_str(sqlite3_stmt *q, int i);             /* valid until the next step */
dg_str dgi_col_blob(sqlite3_stmt *q, int i);
int32_t dgi_col_day(sqlite3_stmt *q, int i);
double dgi_col_num(sqlite3_stmt *q, int i);

/* ---- rows by the table of fields (sqlite_rows.c) ---- */
/* "INSERT INTO ..." and "SELECT keys but the first, fields FROM ... WHERE <first key>=?1 ORDER BY ...", into buf. */
void dgi_rows_insert_sql(const struct dgi_rows *r, struct dgi_buf *out);
void dgi_rows_select_sql(const struct dgi_rows *r, struct dgi_buf *out);
/* Bind the kept fields of `object`, the first to parameter `at`; returns the number of the next. NULL: leaves them NULL. */
int dgi_rows_bind(sqlite3_stmt *q, int at, const struct dgi_field *fields, uint32_t n, const void *object);
/* Read them back from column `at` on; strings are copied into `a`. Returns the number of the next column, -1: no memory.
 * Indices are not checked against the number of events here. */
int dgi_rows_read(sqlite3_stmt *q, int at, const struct dgi_field *fields, uint32_t n, void *object, dgi_arena *a);

/* ---- the functions of backend.h, by file ---- */
dg_status dgi_sqlite_put_verdict(dgi_backend *b, struct dgi_verdict *v, dg_error *err); /* sqlite_judge.c */
dg_status dgi_sqlite_each_verdict(dgi_backend *b, dgi_verdict_fn *fn, void *user, dg_error *err);
dg_status dgi_sqlite_versions(dgi_backend *b, dg_str key, dgi_arena *a, struct dgi_version **list, uint32_t *n,
                              dg_error *err);
dg_status dgi_sqlite_version(dgi_backend *b, int64_t no, dgi_arena *a, struct dgi_version *out, dg_error *err);
dg_status dgi_sqlite_put_document(dgi_backend *b, const struct dgi_ev_doc *doc, struct dgi_version *v, dg_error *err);
dg_status dgi_sqlite_drop_document(dgi_backend *b, int64_t no, dg_error *err);
dg_status dgi_sqlite_recode_document(dgi_backend *b, int64_t no, const struct dgi_ev_doc *doc, uint64_t coder,
                                     dg_error *err);
dg_status dgi_sqlite_load_document(dgi_backend *b, int64_t no, dgi_arena *a, struct dgi_ev_doc *out, dg_error *err);
dg_status dgi_sqlite_each_document(dgi_backend *b, enum dgi_documents which, int64_t k, dgi_version_fn *fn, void *user,
                                   dg_error *err);
dg_status dgi_sqlite_find_document(dgi_backend *b, dg_str url_or_id, dgi_arena *a, struct dgi_version *out,
                                   dg_error *err);
dg_status dgi_sqlite_each_event(dgi_backend *b, int32_t from, int32_t to, int32_t known_on, dgi_place_fn *fn,
                                void *user, dg_error *err);
dg_status dgi_sqlite_each_statement(dgi_backend *b, int32_t from, int32_t to, int32_t known_on, dgi_said_fn *fn,
                                    void *user, dg_error *err);

void dgi_sqlite_host(struct dgi_sqlite *b); /* fills b->host */
dg_status dgi_sqlite_each_item(dgi_backend *b, uint32_t kinds, const char *actor, const char *other, dgi_item_fn *fn,
                               void *user, dg_error *err);
dg_status dgi_sqlite_items_by_id(dgi_backend *b, dg_str prefix, uint32_t most, dgi_arena *a, dg_str **items,
                                 uint32_t *n, dg_error *err);
dg_status dgi_sqlite_clear_board(dgi_backend *b, dg_error *err);
dg_status dgi_sqlite_each_row(dgi_backend *b, enum dgi_rows_of which, dgi_pair_fn *fn, void *user, dg_error *err);
dg_status dgi_sqlite_check(dgi_backend *b, dgi_line_fn *fn, void *user, dg_error *err);
dg_status dgi_sqlite_ask(dgi_backend *b, dg_str query, uint64_t limit, const struct dgi_codes *codes,
                         struct dgi_json *j, dg_error *err);
dg_status dgi_sqlite_search(dgi_backend *b, const struct dgi_search *q, uint8_t kind, dgi_hit_fn *fn, void *user,
                            bool *stopped, dg_error *err);

#endif
