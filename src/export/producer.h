/* SPDX-License-Identifier: Apache-2.0 */
/* export/producer.h: what the formats of other producers share: states, the parts of an actor's code, the scales of each. */
#ifndef DGI_EXPORT_PRODUCER_H
#define DGI_EXPORT_PRODUCER_H

#include "export/columns.h"

enum dgi_side { DGI_SIDE_SOURCE, DGI_SIDE_TARGET };
/* The actor on that side of a row with dyads; NULL: none is named. */
const struct dgi_ev_actor *dgi_side_actor(const struct dgi_row *r, int side);

/* A CAMEO actor code in its parts of three letters. */
struct dgi_actor_code {
    dg_str country; /* of a state, as CAMEO has it */
    dg_str role[3]; /* GOV, MIL, IGO ... */
    dg_str religion[2];
    dg_str group; /* of a known group or organisation */
};
void dgi_actor_code_split(struct dgi_actor_code *out, const struct dgi_ev_actor *a, const struct dgi_export *x);

/* Columns of cameo.tsv and of states.tsv, state_codes.tsv. */
enum {
    DGI_CAMEO_LABEL = 1,
    DGI_CAMEO_GDELT = 2,
    DGI_CAMEO_QUAD = 3,
    DGI_CAMEO_ICEWS = 5,
    DGI_CAMEO_PHOENIX = 6,
    DGI_CAMEO_PENTA = 10,
    DGI_CAMEO_IN_GDELT = 11,
    DGI_CAMEO_IN_ICEWS = 12,
    DGI_STATE_NAME = 1,
    DGI_STATE_CAMEO = 2,
    DGI_CODES_FIPS = 1,
    DGI_CODES_COW = 2
};
/* The code itself where the producer has it (column `in` is 1), else its nearest parent that he has. */
dg_str dgi_code_known(const struct dgi_export *x, dg_str cameo, uint32_t in);
/* The value of a code in a column, else of its nearest parent that has one. */
bool dgi_code_value(const struct dgi_export *x, dg_str cameo, uint32_t col, double *out);
/* A column of a state, or a code of it on a day; empty: none. */
dg_str dgi_state_cell(const struct dgi_export *x, const char *iso3, uint32_t col);
dg_str dgi_state_code(const struct dgi_export *x, const char *iso3, uint32_t col, int32_t day);

/* A number that stands for a row (event, source, target) or for a text, the same whenever it is written; below 2^53, so that
 * R and JavaScript keep it. */
int64_t dgi_row_number(const struct dgi_row *r);
int64_t dgi_text_number(dg_str s);
/* A day of a cell: 20210302 or 2021-03-02. */
void dgi_cell_day(struct dgi_cell *c, int32_t day, bool dashes);

/* clang-format off */
#define COLUMN_FIELD(name, fn, arg, type, says) {name, DGI_C_OWN, arg, fn, type, says}
/* clang-format on */

#endif
