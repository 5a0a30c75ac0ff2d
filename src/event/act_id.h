/* SPDX-License-Identifier: Apache-2.0 */
/* event/act_id.h: a name for the act that an event reports, the same in every document that reports it. */
#ifndef DGI_ACT_ID_H
#define DGI_ACT_ID_H

#include "base/arena.h"
#include "event/event.h"

/* Sets act of each event of a document; same_as stands already. Strings in `a`. False: no memory. */
bool dgi_act_ids(struct dgi_event *ev, uint32_t n, int32_t reported, dgi_arena *a);

/* Acts of one day that were met already: of each one account is wanted. Days come in order. */
struct dgi_acts_met {
    uint64_t *slot; /* hashes, 0: free */
    uint32_t n, cap;
    int32_t day;
};
/* *again: an account of this act was given already. False: no memory. */
bool dgi_act_again(struct dgi_acts_met *m, const struct dgi_event *ev, int32_t day, bool *again);
void dgi_acts_met_free(struct dgi_acts_met *m);

#endif
