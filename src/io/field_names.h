/* SPDX-License-Identifier: Apache-2.0 */
/* io/field_names.h: what columns and members are called, and which of them is the text, the date, the title ... */
#ifndef DGI_FIELDS_H
#define DGI_FIELDS_H

#include "base/error.h"
#include "io/raw.h"

enum dgi_field {
    DGI_F_TEXT,
    DGI_F_HTML,
    DGI_F_SUMMARY,
    DGI_F_TITLE,
    DGI_F_DATE,
    DGI_F_URL,
    DGI_F_PUBLISHER,
    DGI_F_AUTHOR,
    DGI_F_ID,
    DGI_F_LANG,
    DGI_N_FIELDS
};

/* "text=body,date=pub" of the user, checked. A field that stands there has no other name any more. */
struct dgi_map {
    dg_str name[DGI_N_FIELDS]; /* views of what was parsed; empty: the usual names */
};
/* spec may be NULL or empty. DG_E_ARG: what is wrong in it. */
dg_status dgi_map_parse(struct dgi_map *m, const char *spec, dg_error *err);

/* Is `name` a name of a field? rank: the lower the better among several of the same field. Case, '_', '-' and ' ' do not count. */
bool dgi_field_of(const struct dgi_map *m, dg_str name, uint8_t *field, uint8_t *rank);

/* The fields of a record into *raw: text, else page, else summary, else the headline alone. A text that is mark-up is a page,
 * unless `plain`. False: none of them. */
bool dgi_fields_take(struct dgi_raw *raw, const dg_str value[DGI_N_FIELDS], bool plain);
/* Is this text mark-up of a page or of a piece of one? */
bool dgi_looks_html(dg_str s);

#endif
