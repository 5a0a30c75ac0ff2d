/* SPDX-License-Identifier: Apache-2.0 */
/* brief/brief.h: a readable report of a store: what stands, what changed, who said what, with the evidence for each line. */
#ifndef DGI_BRIEF_H
#define DGI_BRIEF_H

#include "base/json.h"
#include "store/store.h"

struct dgi_brief_options {
    const char *title;  /* NULL: made from the parties that most items have */
    int32_t as_of;      /* DGI_NO_DAY: last publication day */
    int32_t since;      /* "what changed" begins the day after; DGI_NO_DAY: 14 days before as_of */
    int32_t known_on;   /* DGI_NO_DAY: all */
    int32_t lapse_days; /* 0 = 90 */
    const char *actor, *between_a, *between_b; /* as in dgi_sit_filter; NULL: all */
};
/* clang-format off */
#define DGI_BRIEF_INIT {NULL, DGI_NO_DAY, DGI_NO_DAY, DGI_NO_DAY, 0, NULL, NULL, NULL}
/* clang-format on */

dg_status dgi_brief_markdown(dgi_store *s, const struct dgi_brief_options *o, struct dgi_buf *out, dg_error *err);
/* One page without anything from outside: style, timeline (SVG) and evidence inside. */
dg_status dgi_brief_html(dgi_store *s, const struct dgi_brief_options *o, struct dgi_buf *out, dg_error *err);

#endif
