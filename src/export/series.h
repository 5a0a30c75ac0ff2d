/* SPDX-License-Identifier: Apache-2.0 */
/* export/series.h: events counted by period, and by dyad, type or place. */
#ifndef DGI_EXPORT_SERIES_H
#define DGI_EXPORT_SERIES_H

#include "base/json.h"
#include "event/codes.h"
#include "store/store.h"

enum dgi_period { DGI_DAY, DGI_WEEK, DGI_MONTH, DGI_YEAR, DGI_N_PERIOD };
enum dgi_series_by { DGI_BY_NONE, DGI_BY_DYAD, DGI_BY_TYPE, DGI_BY_PLACE, DGI_N_SERIES_BY };
struct dgi_series_options {
    uint8_t period, by; /* enum dgi_period, dgi_series_by */
    bool panel;         /* a row for each key and period, also where nothing happened */
    const struct dgi_codes *codes;
};
/* {"schema","period","by","rows":[...]} (docs/formats/series.md). Without f->status what did not happen is left out. */
dg_status dgi_series_json(dgi_store *s, const struct dgi_timeline_filter *f, const struct dgi_series_options *o,
                          struct dgi_buf *out, dg_error *err);

/* The first day of the period in which a day lies, and of the period after it. */
int32_t dgi_period_first(int32_t day, uint8_t period);
int32_t dgi_period_next(int32_t first, uint8_t period);

#endif
