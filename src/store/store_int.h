/* SPDX-License-Identifier: Apache-2.0 */
/* store/store_int.h: the handle and helpers shared by the files of src/store only. */
#ifndef DGI_STORE_INT_H
#define DGI_STORE_INT_H

#include <sqlite3.h>

#include "base/json.h"
#include "event/fields.h"
#include "store/store.h"
#include "store/storefile.h"

enum store_stmt {
    Q_BEGIN, Q_COMMIT, Q_ROLLBACK, Q_FIND_VERSIONS, Q_BUMP, Q_INS_DOC, Q_SET_CURRENT, Q_INS_SENT, Q_INS_ENT, Q_INS_STAT, Q_INS_EVENT, Q_INS_ACTOR,
    Q_INS_QUANT, Q_INS_LINK, Q_FTS_DOC, Q_FTS_STAT, Q_DROP_FTS_DOC, Q_DROP_FTS_STAT, Q_DROP_SENT,
    Q_DROP_ENT, Q_DROP_STAT, Q_DROP_EVENTS, Q_DROP_ACTORS, Q_DROP_QUANT, Q_DROP_LINKS, Q_DROP_DOC, Q_LOAD_DOC, Q_LOAD_SENT, Q_LOAD_EVENTS, Q_LOAD_ACTORS, Q_LOAD_QUANT, Q_LOAD_LINKS,
    Q_PUT_ITEM, Q_DEL_PARTIES, Q_PUT_PARTY, Q_PUT_LINE, Q_FTS_ITEM, Q_FTS_ITEM_DEL, N_STMT
};

struct pending {
    int64_t no;
    int32_t published;
    dg_str id;
};

struct dgi_store {
    sqlite3 *db;
    char *path; /* as the user named it, for messages */
    char *real; /* the file itself */
    int lock_fd;
    bool write;
    const dgi_sit_rules *rules;
    sqlite3_stmt *stmt[N_STMT];
    dgi_board *board; /* writer only: state after all documents up to (last_published, last_id); NULL: to be worked out */
    int32_t last_published;
    char *last_id;
    dgi_arena *pend_arena;
    struct pending *pending;
    uint32_t n_pending, cap_pending;
    bool corrected;   /* since the last sync: no longer a plain addition */
    dgi_arena *scratch; /* of dgi_store_document */
};

dg_status dgi_store_fail(dgi_store *s, dg_error *err, const char *what);
sqlite3_stmt *dgi_store_stmt(dgi_store *s, enum store_stmt q, dg_error *err); /* reset and cleared; NULL: err is written */
dg_status dgi_store_migrate(dgi_store *s, dg_error *err);
dg_status dgi_store_exec(dgi_store *s, const char *sql, dg_error *err);

void dgi_bind_str(sqlite3_stmt *q, int i, dg_str s);  /* empty -> NULL */
void dgi_bind_day(sqlite3_stmt *q, int i, int32_t day); /* DGI_NO_DAY -> NULL */
void dgi_bind_num(sqlite3_stmt *q, int i, double v);  /* NaN -> NULL */
dg_str dgi_col_str(sqlite3_stmt *q, int i);           /* valid until the next step */
int32_t dgi_col_day(sqlite3_stmt *q, int i);
double dgi_col_num(sqlite3_stmt *q, int i);

/* ---- rows by the table of fields (store/rows.c) ---- */
/* A table whose columns are keys, then the fields of a structure. */
struct dgi_rows {
    const char *table, *keys; /* keys joined by ',' */
    const struct dgi_field *fields, *more; /* more: the fields of a place, in the same row; or NULL */
    uint8_t n_keys, n_fields, n_more;
    const char *order;        /* of loading */
};
extern const struct dgi_rows dgi_rows_events, dgi_rows_actors, dgi_rows_quantities, dgi_rows_sentences, dgi_rows_entities, dgi_rows_statements;
/* "INSERT INTO ..." and "SELECT keys but the first, fields FROM ... WHERE <first key>=?1 ORDER BY ...", into buf. */
void dgi_rows_insert_sql(const struct dgi_rows *r, struct dgi_buf *out);
void dgi_rows_select_sql(const struct dgi_rows *r, struct dgi_buf *out);
/* Bind the kept fields of `object`, the first to parameter `at`; returns the number of the next. NULL: leaves them NULL. */
int dgi_rows_bind(sqlite3_stmt *q, int at, const struct dgi_field *fields, uint32_t n, const void *object);
/* Read them back from column `at` on; strings are copied into `a`. Returns the number of the next column, -1: no memory.
 * Indices are not checked against the number of events here. */
int dgi_rows_read(sqlite3_stmt *q, int at, const struct dgi_field *fields, uint32_t n, void *object, dgi_arena *a);

/* Everything the ledger needs of document `no`, into `a`. */
dg_status dgi_store_load(dgi_store *s, int64_t no, dgi_arena *a, struct dgi_ev_doc *out, struct dgi_store_source *src, dg_error *err);
/* SQL condition: the versions known on day ?1 (NULL: all days), that is the last one of each key, unless withdrawn. */
#define KNOWN_SQL(d)                                                                                                   \
    " " d ".withdrawn=0 AND (?1 IS NULL OR " d ".known_from<=?1) AND NOT EXISTS(SELECT 1 FROM documents v WHERE v.key=" d ".key AND" \
    " (?1 IS NULL OR v.known_from<=?1) AND (v.known_from,v.hash)>(" d ".known_from," d ".hash)) "

#endif
