/* SPDX-License-Identifier: Apache-2.0 */
/* resolve/timex.h: a time as ISO-TimeML writes it; inside of time.c. */
#ifndef DGI_TIMEX_H
#define DGI_TIMEX_H

#include "resolve/time_points.h"

/* Fills type, mod, value and what it was counted from of a time whose range, future and kind are set. */
void dgi_timex(const struct dgi_time_reader *r, const struct dgi_point *p, struct dgi_time *t);
/* For times of kind BY_TENSE: does the verb over them look ahead? Needs the tree; without one nothing lies ahead. */
void dgi_timex_tense(struct dgi_doc *doc);
/* A period of the calendar as a TIMEX3 value: "2014-05", "2014-W20", "199", "2014-05-03/2014-05-05". */
void dgi_timex_period(char out[DGI_TIMEX_VALUE], struct dgi_day_range g);

#endif
