/* SPDX-License-Identifier: Apache-2.0 */
/* store/view.h: the board as a question sees it; inside src/store only. */
#ifndef DGI_VIEW_H
#define DGI_VIEW_H

#include "store/store_int.h"

/* The kept board, with a few documents more or less when other versions were known on the day that is asked about, or
 * when the last ingest was stopped before the board had followed. Open inside one transaction. */
struct view {
    dgi_store *s;
    dgi_arena *a;
    dgi_ledger_memory *over; /* NULL: the kept board is as it should be */
    const struct dgi_ledger_host *host;
    dg_str *changed; /* items that `over` has instead of the kept ones, ascending */
    uint32_t n_changed;
    char cut[8];
    dg_str before; /* items and entries from here on were not known yet; empty: all are */
};
dg_status dgi_view_open(struct view *v, dgi_store *s, int32_t known_on, dg_error *err);
void dgi_view_close(struct view *v);

/* Items that the filter wants, in order of kind, then opening. `it` lives in `a`, which is reset between items when
 * keep is false. false stops. */
typedef bool view_item_fn(void *user, dg_str key, const struct dgi_sit_item *it, const struct dgi_item_state *state);
dg_status dgi_view_items(struct view *v, const struct dgi_sit_filter *f, dgi_arena *a, bool keep, view_item_fn *fn,
                         void *user, dg_error *err);
/* The items whose ids begin with this, at most `most`; one that has the very id comes alone. */
dg_status dgi_view_items_by_id(struct view *v, dg_str id, uint32_t most, dgi_arena *a, const struct dgi_sit_item **out,
                               uint32_t *n, dg_error *err);

/* Puts the store's answer about this item's silence into w, for questions after the view is closed. */
dg_status dgi_view_ask_silence(struct view *v, const struct dgi_sit_item *it, struct dgi_sit_when *w, dg_error *err);

#endif
