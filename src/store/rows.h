/* SPDX-License-Identifier: Apache-2.0 */
/* store/rows.h: which tables follow from the table of fields (event/fields.h), whatever database keeps them. */
#ifndef DGI_STORE_ROWS_H
#define DGI_STORE_ROWS_H

#include "base/json.h"
#include "event/fields.h"
#include "store/backend.h"

/* A table whose columns are keys, then the fields of a structure. */
struct dgi_rows {
    const char *table, *keys;              /* keys joined by ',' */
    const struct dgi_field *fields, *more; /* more: the fields of a place, in the same row; or NULL */
    uint8_t n_keys, n_fields, n_more;
    const char *order; /* of loading */
};
extern const struct dgi_rows dgi_rows_events, dgi_rows_actors, dgi_rows_quantities, dgi_rows_sentences,
    dgi_rows_entities, dgi_rows_statements;

/* Copies what a version borrows from the answer of a query into the arena. False: no memory. */
bool dgi_version_keep(struct dgi_version *v, dgi_arena *a);

/* For a view: the day in column `column` of table `of`, as text under the name `as`. */
typedef void dgi_day_sql_fn(struct dgi_buf *b, const char *of, const char *column, const char *as);
/* ", OF.column" for each kept column of `f`, as a reader wants it: names instead of numbers, days as text. */
void dgi_columns_sql(struct dgi_buf *b, const char *of, const struct dgi_field *f, uint32_t n, dgi_day_sql_fn *day_sql);
/* The columns of the event view, from table x. */
void dgi_event_columns_sql(struct dgi_buf *b, dgi_day_sql_fn *day_sql);

#endif
