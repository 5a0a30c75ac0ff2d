/* SPDX-License-Identifier: Apache-2.0 */
/* store/backend.h: what the store asks of a database. No SQL and no type of a database above this line.
 *
 * The store's logic (versions of a document, corrections, the kept board, questions) is written against this table of
 * functions; store/sqlite.c has them for SQLite, store/in_memory.c in memory. Both run the same tests.
 *
 * All functions return DG_OK or write *err. What is handed out lives in the arena that was given, or during the callback.
 * What is handed in is borrowed for the call. A backend belongs to one thread. Functions that write are called between
 * begin(write) and commit; a reader's functions between begin and commit see one state of the store. */
#ifndef DGI_BACKEND_H
#define DGI_BACKEND_H

#include "situation/ledger.h"
#include "store/search.h"
#include "store/sql.h"
#include "store/store.h"

typedef struct dgi_backend dgi_backend;

struct dgi_version {    /* one version of one document */
    int64_t no;         /* number of the row, >= 1; set by the backend */
    dg_str key;         /* what makes versions of one document: its address, else its id */
    dg_str pos;         /* its position on the board (dgi_ledger_pos) */
    int32_t known_from; /* day */
    int32_t published;
    int64_t hash;   /* of text and title */
    uint64_t coder; /* who coded it: dgi_store_options.coder; 0: not known */
    bool withdrawn; /* no text: taken back from known_from on */
    bool applied;   /* it stands on the kept board */
};
/* Versions of one key are ordered by (known_from, hash); the last one is current. "Known on day K": the last one with
 * known_from <= K, unless it is withdrawn; K = DGI_NO_DAY: the current one. */
enum dgi_documents {
    DGI_DOCS_KNOWN,        /* on day K, in order of pos */
    DGI_DOCS_KNOWN_ONLY,   /* known on day K and not applied, in order of pos */
    DGI_DOCS_APPLIED_ONLY, /* applied, published on K or before (K DGI_NO_DAY: ever), and not known on K */
    DGI_DOCS_TEXTS         /* every version that has a text, in order of no, after number K64 */
};
enum dgi_rows_of { DGI_ROWS_HEADS, DGI_ROWS_ENTRIES, DGI_ROWS_MARKS, DGI_ROWS_READS, DGI_N_ROWS_OF };

/* Callbacks: false stops, which is no failure. */
typedef bool dgi_version_fn(void *user, const struct dgi_version *v, const struct dgi_store_source *src);
typedef bool dgi_place_fn(void *user, int64_t no, uint32_t n,
                          int32_t day); /* event n of version no stands on this day */
typedef bool dgi_item_fn(void *user, dg_str item, const struct dgi_ledger_entry *entries, uint32_t n);
typedef bool dgi_pair_fn(void *user, dg_str key, dg_str value);

struct dgi_backend_ops {
    void (*close)(dgi_backend *b);
    dg_status (*begin)(dgi_backend *b, bool write, dg_error *err);
    dg_status (*commit)(dgi_backend *b, dg_error *err);
    void (*rollback)(dgi_backend *b); /* nothing when nothing is open */

    /* ---- documents ---- */
    dg_status (*versions)(dgi_backend *b, dg_str key, dgi_arena *a, struct dgi_version **list, uint32_t *n,
                          dg_error *err); /* current last */
    dg_status (*version)(dgi_backend *b, int64_t no, dgi_arena *a, struct dgi_version *out,
                         dg_error *err); /* DG_E_STORE: none */
    dg_status (*put_document)(dgi_backend *b, const struct dgi_ev_doc *doc, struct dgi_version *v,
                              dg_error *err); /* sets v->no */
    dg_status (*drop_document)(dgi_backend *b, int64_t no, dg_error *err);
    /* What was coded of the same text is coded anew. */
    dg_status (*recode_document)(dgi_backend *b, int64_t no, const struct dgi_ev_doc *doc, uint64_t coder,
                                 dg_error *err);
    dg_status (*set_applied)(dgi_backend *b, int64_t no, bool applied, dg_error *err);
    dg_status (*load_document)(dgi_backend *b, int64_t no, dgi_arena *a, struct dgi_ev_doc *out, dg_error *err);
    dg_status (*each_document)(dgi_backend *b, enum dgi_documents which, int64_t k, dgi_version_fn *fn, void *user,
                               dg_error *err);
    /* The current version, by address or id; *no 0: none that has a text. */
    dg_status (*find_document)(dgi_backend *b, dg_str url_or_id, dgi_arena *a, struct dgi_version *out, dg_error *err);
    /* Events of the documents known on a day that have a code, from..to, in order of (day, pos, n). */
    dg_status (*each_event)(dgi_backend *b, int32_t from, int32_t to, int32_t known_on, dgi_place_fn *fn, void *user,
                            dg_error *err);
    /* Statements that are not denied, of documents known on a day and published from..to, in order of (pos, n). */
    dg_status (*each_statement)(dgi_backend *b, int32_t from, int32_t to, int32_t known_on, dgi_said_fn *fn, void *user,
                                dg_error *err);
    dg_status (*count)(dgi_backend *b, struct dgi_store_counts *out, dg_error *err); /* looks at every row */
    /* Of publication, among documents known on a day; DGI_NO_DAY: none. */
    dg_status (*last_day)(dgi_backend *b, int32_t known_on, int32_t *day, dg_error *err);

    /* ---- the board ---- */
    const struct dgi_ledger_host *(*host)(dgi_backend *b); /* its document() is the applied version at a position */
    /* Items of these kinds (bits; 0: all) that may have a party who is `actor` (NULL: any) in the sense of dgi_ev_actor_is
     * and one who is `other`, in order of kind, then key, with their entries. More may come than are wanted, never fewer. */
    dg_status (*each_item)(dgi_backend *b, uint32_t kinds, const char *actor, const char *other, dgi_item_fn *fn,
                           void *user, dg_error *err);
    /* Items whose id begins with this, at most `most`, by key. */
    dg_status (*items_by_id)(dgi_backend *b, dg_str prefix, uint32_t most, dgi_arena *a, dg_str **items, uint32_t *n,
                             dg_error *err);
    dg_status (*clear_board)(dgi_backend *b, dg_error *err); /* also `applied` of every document */
    /* All rows of one sort in order of their keys: for whoever compares two boards. */
    dg_status (*each_row)(dgi_backend *b, enum dgi_rows_of which, dgi_pair_fn *fn, void *user, dg_error *err);
    /* Calls back with a line for each fault of the file itself and each row that belongs to nothing. */
    dg_status (*check)(dgi_backend *b, dgi_line_fn *fn, void *user, dg_error *err);
    /* One SELECT of the reader's own: members "columns" and "rows" of an open object; NULL: no SQL. */
    dg_status (*ask)(dgi_backend *b, dg_str query, uint64_t limit, const struct dgi_codes *codes, struct dgi_json *j,
                     dg_error *err);
    /* Words in documents, statements or items (enum dgi_search_kind), by rank; NULL: no index of words. */
    dg_status (*search)(dgi_backend *b, const struct dgi_search *q, uint8_t kind, dgi_hit_fn *fn, void *user,
                        bool *stopped, dg_error *err);
    /* Another number than last time: somebody else has written. */
    dg_status (*seen)(dgi_backend *b, uint64_t *version, dg_error *err);
    /* Which message of a log is the next to be read; -1: nothing is known of that log. */
    dg_status (*position)(dgi_backend *b, dg_str log, int64_t *next, dg_error *err);
    dg_status (*set_position)(dgi_backend *b, dg_str log, int64_t next, dg_error *err);

    /* ---- what readers said ---- */
    /* Both NULL: this store keeps no verdicts. They are only ever added; put sets v->no, 1 and up. each: in order of no. */
    dg_status (*put_verdict)(dgi_backend *b, struct dgi_verdict *v, dg_error *err);
    dg_status (*each_verdict)(dgi_backend *b, dgi_verdict_fn *fn, void *user, dg_error *err);
    /* A writer: what other programs ask of the database, made for these codes; NULL: nothing to do. */
    dg_status (*publish)(dgi_backend *b, const struct dgi_codes *codes, dg_error *err);
};
struct dgi_backend { /* the first member of each implementation's own structure */
    const struct dgi_backend_ops *ops;
};

/* A store over an open backend, which it closes. */
dg_status dgi_store_over(dgi_store **out, dgi_backend *b, const char *path, bool write, const dgi_sit_rules *rules,
                         dg_error *err);
/* The position of a document on the board. ptr NULL: no memory. */
dg_str dgi_store_pos(dgi_arena *a, int32_t published, dg_str id, dg_str key);

struct dgi_store_options;
dg_status dgi_sqlite_open(dgi_backend **out, const char *path, bool write, const struct dgi_store_options *o,
                          dg_error *err);
/* A board alone, in a temporary file that has no name: what doctor compares with. Documents are asked of another. */
dg_status dgi_sqlite_scratch(dgi_backend **out, dgi_backend *documents, dg_error *err);
dg_status dgi_memory_open(dgi_backend **out, dg_error *err);
/* A store in PostgreSQL, by an address of libpq ("postgresql://..."). DG_E_ARG: one with a password in it; no libpq on this machine;
 * built without. DG_E_IO: the server does not answer. */
bool dgi_pg_is_address(const char *path);
dg_status dgi_pg_open(dgi_backend **out, const char *address, bool write, const struct dgi_store_options *o,
                      dg_error *err);

#endif
