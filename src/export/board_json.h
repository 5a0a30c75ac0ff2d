/* SPDX-License-Identifier: Apache-2.0 */
/* export/board_json.h: items, boards, what-if and timelines as JSON (SPEC section 4, docs/formats/situation.md).
 *
 * Writers that ran out of memory leave out->failed (j->out->failed) set. */
#ifndef DGI_BOARD_JSON_H
#define DGI_BOARD_JSON_H

#include "base/json.h"
#include "situation/situation.h"
#include "store/store.h"

/* The numbers of a history, each once, the latest first: what came before is its history. `lines` in order of date. */
uint32_t dgi_lines_quantities(const struct dgi_sit_change *const *lines, uint32_t n, const struct dgi_ev_quantity **out,
                              uint32_t max);
/* opened updated reported; first: it is the item's first line. */
dg_str dgi_line_change(const struct dgi_sit_change *c, bool first);
/* What readers said, from dgi_store_verdicts(). */
struct dgi_verdicts {
    struct dgi_verdict *list;
    uint32_t n;
};
/* The item, the event, whose object was just written gets "judged":[...] where somebody said something of it that stands. */
void dgi_judged_item(struct dgi_buf *out, const struct dgi_verdicts *v, const struct dgi_sit_item *it);
void dgi_judged_event(struct dgi_buf *out, const struct dgi_verdicts *v, dg_str event);
/* {"schema","verdicts":[...]}, undone ones among them. */
dg_status dgi_verdicts_json(struct dgi_buf *out, dgi_store *s, dgi_arena *a, dg_error *err);
/* {"entities","situation":[...]} as gold documents have it: what was accepted, or given a status, and not struck or merged later. */
dg_status dgi_verdicts_gold(struct dgi_buf *out, dgi_store *s, dgi_arena *a, dg_error *err);
/* An array: for each line of the item's history why it was written, and with what else its event was compared. */
dg_status dgi_why_json(struct dgi_json *j, dgi_store *s, const dgi_sit_rules *rules, const struct dgi_sit_item *it,
                       dgi_arena *a, dg_error *err);
/* One item as SPEC.md section 4 says. */
void dgi_item_json(struct dgi_json *j, const struct dgi_sit_item *it, const struct dgi_sit_when *w,
                   const struct dgi_item_state *st);
/* {"schema","as_of","items":[...]} of all that the filter wants, in order of kind, then opening. */
void dgi_board_json(struct dgi_buf *out, const dgi_board *b, const struct dgi_sit_filter *f);
/* The same of a store; f->when.as_of DGI_NO_DAY becomes the last publication day. */
dg_status dgi_situation_json(struct dgi_buf *out, dgi_store *s, const struct dgi_sit_filter *f, dg_error *err);
/* {"schema","as_of","what_if":[{"effect","event":{…},"item":ITEM}]} */
void dgi_what_if_json(struct dgi_buf *out, const struct dgi_ev_doc *doc, const struct dgi_sit_effects *e,
                      const struct dgi_sit_when *w);
/* {"schema","events":[...]}: dgi_store_timeline() as JSON. */
dg_status dgi_timeline_json(dgi_store *s, const struct dgi_timeline_filter *f, struct dgi_buf *out, dg_error *err);

#endif
