/* SPDX-License-Identifier: Apache-2.0 */
/* store/rows.h: which tables follow from the table of fields (event/fields.h), whatever database keeps them. */
#ifndef DGI_STORE_ROWS_H
#define DGI_STORE_ROWS_H

#include "event/fields.h"

/* A table whose columns are keys, then the fields of a structure. */
struct dgi_rows {
    const char *table, *keys;              /* keys joined by ',' */
    const struct dgi_field *fields, *more; /* more: the fields of a place, in the same row; or NULL */
    uint8_t n_keys, n_fields, n_more;
    const char *order; /* of loading */
};
extern const struct dgi_rows dgi_rows_events, dgi_rows_actors, dgi_rows_quantities, dgi_rows_sentences,
    dgi_rows_entities, dgi_rows_statements;

#endif
