/* SPDX-License-Identifier: Apache-2.0 */
/* store/pg_words.h: FTS5 of SQLite in memory, for a store in PostgreSQL: it cuts words and reads queries. */
#ifndef DGI_PG_WORDS_H
#define DGI_PG_WORDS_H

#include <sqlite3.h>

#include "store/pg_int.h"

struct dgi_words {
    sqlite3 *db;
    fts5_api *api;
    fts5_tokenizer cut;
    Fts5Tokenizer *cutter;
    bool asked; /* its tables and its ranking function are made (pg_search.c) */
    /* of the question at hand, for the ranking function */
    int64_t n_rows, n_tokens;
    const int64_t *n_hits; /* by phrase; NULL: counted among the rows that are here */
};
/* The words of a piece of a query. */
dg_status dgi_words_cut(struct dgi_pg *b, dg_str text, bool query, dgi_arena *a, dg_str **list, uint32_t *n,
                        dg_error *err);

#endif
