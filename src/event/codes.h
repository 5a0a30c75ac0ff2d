/* SPDX-License-Identifier: Apache-2.0 */
/* event/codes.h: scales of a CAMEO or PLOVER code, from the lexicon's cameo.tsv and plover.tsv. */
#ifndef DGI_CODES_H
#define DGI_CODES_H

#include "base/table.h"

/* Goldstein, quad class and PLOVER score by code; tables may be NULL (values are then null). */
struct dgi_codes {
    const struct dgi_table *cameo, *plover;
};
void dgi_codes_init(struct dgi_codes *c, const dgi_lexicon *lex);
bool dgi_codes_goldstein(const struct dgi_codes *c, dg_str cameo, double *out);
int dgi_codes_quad(dg_str cameo); /* 1..4 by root (GDELT's classes except 09 and 14: docs/formats/record.md) */
dg_str dgi_codes_cameo_name(const struct dgi_codes *c, dg_str cameo);
bool dgi_codes_score(const struct dgi_codes *c, dg_str event, dg_str mode, double *out);

#endif
