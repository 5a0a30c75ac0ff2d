/* SPDX-License-Identifier: Apache-2.0 */
/* event/same_act.h: events of one document that report the same act. */
#ifndef DGI_SAME_ACT_H
#define DGI_SAME_ACT_H

#include "event/event.h"

/* Sets same_as of each event: the first that tells the act, DGI_NONE where it is that itself. Accounts of one act that tell no
 * day get the one that another tells. False: no memory. */
bool dgi_same_acts(struct dgi_event *ev, uint32_t n, int32_t reported);
/* Of each act one account stays, the one with a date of the text, a place, a number, else the first: left_out[] says on
 * entry which events are out of the question, and then also those that tell again what another one tells. False: no memory. */
bool dgi_same_acts_fold(const struct dgi_event *ev, uint32_t n, bool *left_out);

#endif
