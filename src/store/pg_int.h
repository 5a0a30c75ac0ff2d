/* SPDX-License-Identifier: Apache-2.0 */
/* store/pg_int.h: PostgreSQL behind store/backend.h; inside store/pg*.c only. */
#ifndef DGI_PG_INT_H
#define DGI_PG_INT_H

#include "base/json.h"
#include "store/backend.h"
#include "store/pg_lib.h"
#include "store/rows.h"
#include "store/storefile.h"

enum {
    DGI_PG_SCHEMA = 1,
    DGI_PG_PARTS = 6 /* of a document */,
    DGI_PG_MAX_POS = 2600 /* bytes of a position: what an entry of a B-tree holds */
};

enum dgi_pg_stmt {
    P_VERSIONS,
    P_VERSION,
    P_SET_CURRENT,
    P_DROP_SENT,
    P_DROP_ENT,
    P_DROP_STAT,
    P_DROP_EVENTS,
    P_DROP_ACTORS,
    P_DROP_QUANT,
    P_DROP_LINKS,
    P_DROP_STAT_WORDS,
    P_DROP_DOC_WORDS,
    P_DROP_DOC,
    P_RECODED,
    P_SET_APPLIED,
    P_LOAD_DOC,
    P_LOAD_SENT,
    P_LOAD_EVENTS,
    P_LOAD_ACTORS,
    P_LOAD_QUANT,
    P_LOAD_LINKS,
    P_KNOWN_NOW,
    P_KNOWN_ON,
    P_KNOWN_ONLY_NOW,
    P_KNOWN_ONLY_ON,
    P_APPLIED_ONLY_NOW,
    P_APPLIED_ONLY_ON,
    P_TEXTS,
    P_FIND_DOC,
    P_EVENTS_NOW,
    P_EVENTS_ON,
    P_STATEMENTS_NOW,
    P_STATEMENTS_ON,
    P_COUNT,
    P_LAST_DAY_NOW,
    P_LAST_DAY_ON,
    P_SEEN,
    P_WROTE,
    P_NUMBERS,
    P_MARKED,
    P_MARKED_BEFORE,
    P_HEAD,
    P_ENTRIES,
    P_WRITTEN,
    P_NEXT_READER,
    P_LAST_POS,
    P_APPLIED_AT,
    P_ITEM_NO,
    P_NEW_ITEM,
    P_PUT_LINE,
    P_DROP_LINES,
    P_PUT_ENTRY,
    P_DROP_ENTRY,
    P_PUT_ITEM,
    P_DROP_WORDS,
    P_PUT_WORDS,
    P_PUT_PARTY,
    P_PUT_NAME,
    P_DROP_NAMES,
    P_DROP_PARTIES,
    P_DROP_ITEM_LINES,
    P_DROP_ITEM_ENTRIES,
    P_DROP_ITEM_MARKS,
    P_DROP_ITEM,
    P_PUT_MARKS,
    P_KEEP_MARKS,
    P_PUT_READS,
    P_KEEP_READS,
    P_PUT_BOARD,
    P_DROP_BOARD,
    P_ITEMS,
    P_ITEMS_OF,
    P_ITEMS_OF_TWO,
    P_ITEMS_BY_ID,
    P_ROWS_HEADS,
    P_ROWS_ENTRIES,
    P_ROWS_MARKS,
    P_ROWS_READS,
    N_PG_STMT
};
/* The text of a statement; what follows from the table of fields is made into buf. */
const char *dgi_pg_sql(enum dgi_pg_stmt s, struct dgi_buf *buf);

/* Tables that are loaded with COPY. */
enum dgi_pg_table {
    T_DOCS,
    T_DOC_WORDS,
    T_SENT,
    T_ENT,
    T_STAT,
    T_STAT_WORDS,
    T_EVENTS,
    T_ACTORS,
    T_QUANT,
    T_LINKS,
    N_PG_TABLE
};
extern const struct dgi_rows *const dgi_pg_rows[N_PG_TABLE]; /* NULL: no table of fields */

struct dgi_pg_items; /* what this writer knows of items (pg_board.c) */
struct dgi_words;    /* FTS5 in memory (pg_words.c) */

struct dgi_pg {
    dgi_backend base;
    const struct dgi_pq *pq;
    PGconn *c;
    char *path; /* as the user named it, a long one without its options: for messages; there is no password in it */
    bool write, locked;
    bool open, begun, writing; /* a transaction of the store; the server knows of it */
    bool failed;               /* nothing more is asked before the rollback */
    dg_error why;              /* of `failed` */
    uint32_t n_queued;         /* commands whose results were not looked at */
    uint32_t n_cursors;
    bool prepared[N_PG_STMT];
    int64_t next_doc, next_item;
    struct { /* documents that were put and not sent: whole ones */
        struct dgi_buf row[N_PG_TABLE];
        size_t before[N_PG_TABLE]; /* lengths when the transaction began */
        dg_str *keys;              /* in `a` */
        uint32_t n, cap, n_before;
        dgi_arena *a;
        uint64_t since; /* ms; when the first of them came */
        bool bad_text;
    } load;
    struct { /* documents that will be asked for, and the rows of some of them */
        int64_t *list;
        uint32_t n, cap, at;
        PGresult *r[DGI_PG_PARTS];
    } ahead;
    struct dgi_pg_items *items;
    struct dgi_words *words;
    struct dgi_ledger_host host;
    dgi_arena *scratch;
};

/* ---- parameters ---- */
enum { DGI_PG_MOST_PARAMS = 16 };
struct dgi_pg_params {
    int n;
    Oid type[DGI_PG_MOST_PARAMS];
    const char *v[DGI_PG_MOST_PARAMS];
    int len[DGI_PG_MOST_PARAMS], format[DGI_PG_MOST_PARAMS];
    char room[DGI_PG_MOST_PARAMS][16];
};
void dgi_pg_int(struct dgi_pg_params *p, int64_t v);
void dgi_pg_day(struct dgi_pg_params *p, int32_t day); /* DGI_NO_DAY -> NULL */
void dgi_pg_iso(struct dgi_pg_params *p, int32_t day);
void dgi_pg_num(struct dgi_pg_params *p, double v); /* NaN -> NULL */
void dgi_pg_str(struct dgi_pg_params *p, dg_str s); /* empty -> NULL */
void dgi_pg_blob(struct dgi_pg_params *p, dg_str s);
void dgi_pg_vector(struct dgi_pg_params *p, dg_str s); /* a tsvector of dgi_pg_words(); NULL: NULL */
/* bigint[]; in scratch memory that lives as long as `a`. False: no memory. */
bool dgi_pg_ints(struct dgi_pg_params *p, dgi_arena *a, const uint64_t *v, uint32_t n);

/* ---- commands ---- */
/* In pipeline mode a command goes out and its answer is looked at later: `queue`, for what gives no rows. */
dg_status dgi_pg_queue(struct dgi_pg *b, enum dgi_pg_stmt s, const struct dgi_pg_params *p, dg_error *err);
dg_status dgi_pg_queue_text(struct dgi_pg *b, const char *sql, dg_error *err);
/* Ask now, wait for the rows: for PQclear. */
dg_status dgi_pg_ask(struct dgi_pg *b, enum dgi_pg_stmt s, const struct dgi_pg_params *p, PGresult **r, dg_error *err);
dg_status dgi_pg_ask_text(struct dgi_pg *b, const char *sql, const struct dgi_pg_params *p, PGresult **r,
                          dg_error *err);
/* The same, the values as text for people. */
dg_status dgi_pg_ask_shown(struct dgi_pg *b, const char *sql, PGresult **r, dg_error *err);
/* Several with the same parameters, in one journey: n results. On failure none. */
dg_status dgi_pg_ask_many(struct dgi_pg *b, const enum dgi_pg_stmt *s, uint32_t n, const struct dgi_pg_params *p,
                          PGresult **r, dg_error *err);
dg_status dgi_pg_settle(struct dgi_pg *b, dg_error *err); /* look at all that is queued */
/* Rows in pieces, so that a whole board is never in memory; the callback may ask for other things in between. false stops. */
typedef bool dgi_pg_row_fn(void *user, const struct dgi_pg *b, const PGresult *r, int row);
dg_status dgi_pg_scan(struct dgi_pg *b, const char *sql, const struct dgi_pg_params *p, dgi_pg_row_fn *fn, void *user,
                      dg_error *err);
/* Documents that were put go to the server. */
dg_status dgi_pg_flush(struct dgi_pg *b, dg_error *err);
/* The same into the transaction that is begun. */
dg_status dgi_pg_load_now(struct dgi_pg *b, dg_error *err);
/* The transaction of the store is to be one of the server. */
dg_status dgi_pg_begin_now(struct dgi_pg *b, dg_error *err);
/* Outside pipeline mode; r may be NULL. */
dg_status dgi_pg_plain(struct dgi_pg *b, const char *sql, PGresult **r, dg_error *err);
dg_status dgi_pg_fail(struct dgi_pg *b, const PGresult *r, dg_error *err);
dg_status dgi_pg_schema(struct dgi_pg *b, dg_error *err);

/* ---- documents that will be asked for (pg_docs.c) ---- */
void dgi_pg_will_load(struct dgi_pg *b, int64_t no);
void dgi_pg_forget_ahead(struct dgi_pg *b, bool wanted); /* their rows; also which they are */
int64_t dgi_pg_ahead_at(struct dgi_pg *b, dg_str pos);   /* the number of that one at a position; 0: not here */

/* ---- rows ---- */
int64_t dgi_pg_r_int(const struct dgi_pg *b, const PGresult *r, int row, int col); /* NULL -> 0 */
int32_t dgi_pg_r_day(const struct dgi_pg *b, const PGresult *r, int row, int col);
double dgi_pg_r_num(const struct dgi_pg *b, const PGresult *r, int row, int col);
dg_str dgi_pg_r_str(const struct dgi_pg *b, const PGresult *r, int row, int col); /* NULL -> empty; until PQclear */

/* ---- words (pg_words.c) ---- */
/* The words of a text as FTS5 of SQLite cuts and stems them, as a binary tsvector; false: no memory. NULL in *vector: they are more
 * than a tsvector holds. */
dg_status dgi_pg_words(struct dgi_pg *b, const dg_str *text, uint32_t n_text, dgi_arena *a, dg_str *vector,
                       uint32_t *n_tokens, dg_error *err);
void dgi_pg_words_free(struct dgi_words *w);
struct dgi_words *dgi_pg_words_of(struct dgi_pg *b, dg_error *err);

/* ---- COPY ---- */
void dgi_copy_row(struct dgi_buf *t, int n_columns);
void dgi_copy_int(struct dgi_buf *t, int64_t v);
void dgi_copy_null(struct dgi_buf *t);
void dgi_copy_bytes(struct dgi_buf *t, dg_str s); /* text, bytea, tsvector: as they are */

/* ---- the functions of backend.h, by file ---- */
dg_status dgi_pg_versions(dgi_backend *b, dg_str key, dgi_arena *a, struct dgi_version **list, uint32_t *n,
                          dg_error *err);
dg_status dgi_pg_version(dgi_backend *b, int64_t no, dgi_arena *a, struct dgi_version *out, dg_error *err);
dg_status dgi_pg_put_document(dgi_backend *b, const struct dgi_ev_doc *doc, struct dgi_version *v, dg_error *err);
dg_status dgi_pg_drop_document(dgi_backend *b, int64_t no, dg_error *err);
dg_status dgi_pg_recode_document(dgi_backend *b, int64_t no, const struct dgi_ev_doc *doc, uint64_t coder,
                                 dg_error *err);
dg_status dgi_pg_load_document(dgi_backend *b, int64_t no, dgi_arena *a, struct dgi_ev_doc *out, dg_error *err);
dg_status dgi_pg_each_document(dgi_backend *b, enum dgi_documents which, int64_t k, dgi_version_fn *fn, void *user,
                               dg_error *err);
dg_status dgi_pg_find_document(dgi_backend *b, dg_str url_or_id, dgi_arena *a, struct dgi_version *out, dg_error *err);
dg_status dgi_pg_each_event(dgi_backend *b, int32_t from, int32_t to, int32_t known_on, dgi_place_fn *fn, void *user,
                            dg_error *err);
dg_status dgi_pg_each_statement(dgi_backend *b, int32_t from, int32_t to, int32_t known_on, dgi_said_fn *fn, void *user,
                                dg_error *err);
void dgi_pg_host(struct dgi_pg *b);
void dgi_pg_items_free(struct dgi_pg_items *i);
void dgi_pg_items_forget(struct dgi_pg *b); /* after a rollback */
dg_status dgi_pg_each_item(dgi_backend *b, uint32_t kinds, const char *actor, const char *other, dgi_item_fn *fn,
                           void *user, dg_error *err);
dg_status dgi_pg_items_by_id(dgi_backend *b, dg_str prefix, uint32_t most, dgi_arena *a, dg_str **items, uint32_t *n,
                             dg_error *err);
dg_status dgi_pg_clear_board(dgi_backend *b, dg_error *err);
dg_status dgi_pg_each_row(dgi_backend *b, enum dgi_rows_of which, dgi_pair_fn *fn, void *user, dg_error *err);
dg_status dgi_pg_asked(dgi_backend *b, dg_str query, uint64_t limit, const struct dgi_codes *codes, struct dgi_json *j,
                       dg_error *err);
dg_status dgi_pg_publish(dgi_backend *b, const struct dgi_codes *codes, dg_error *err);
extern const char dgi_pg_verdicts_sql[]; /* makes the table (pg_judge.c) */
dg_status dgi_pg_put_verdict(dgi_backend *b, struct dgi_verdict *v, dg_error *err);
dg_status dgi_pg_each_verdict(dgi_backend *b, dgi_verdict_fn *fn, void *user, dg_error *err);
dg_status dgi_pg_search(dgi_backend *b, const struct dgi_search *q, uint8_t kind, dgi_hit_fn *fn, void *user,
                        bool *stopped, dg_error *err);

#endif
