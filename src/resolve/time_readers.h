/* SPDX-License-Identifier: Apache-2.0 */
/* resolve/time_readers.h: the readers of single time expressions, family by family; inside of time_points.c and its like.
 *
 * A reader reads one expression of its family at atom i into *p and returns false when there is none. */
#ifndef DGI_TIME_READERS_H
#define DGI_TIME_READERS_H

#include "base/utf8.h"
#include "resolve/time_points.h"

enum {
    EARLIEST_YEAR = 1000,
    LATEST_YEAR = 2199,
    FIRST_FIGURES = 1900 /* year written as 5/1900 */,
    VAGUE = 3, /* "recent days": so many */
    REST = 4   /* edge: "the rest of the year" */
};

static inline const struct dgi_atom *atom(const struct dgi_time_reader *r, uint32_t i)
{
    return &r->as->a[i];
}

static inline bool is_unit(const struct dgi_time_reader *r, uint32_t i, int unit) /* in the singular */
{
    return dgi_tc(r, i) == DGI_TC_UNIT && dgi_tv(r, i) == unit;
}

static inline uint8_t upos(const struct dgi_time_reader *r, uint32_t i)
{
    uint32_t t = i < r->as->n ? r->as->a[i].tok : DGI_NONE;
    return t < r->doc->n_toks ? r->doc->toks[t].upos : (uint8_t)DGI_UPOS_NONE;
}

static inline bool in_every_list(const struct dgi_time_reader *r,
                                 uint32_t i) /* "every Monday and Thursday": Thursday */
{
    return i > 2 && dgi_tc(r, i) == DGI_TC_WEEKDAY && dgi_word(r, i - 1, DGI_W_AND_OR) &&
           dgi_tc(r, i - 2) == DGI_TC_WEEKDAY && dgi_tc(r, i - 3) == DGI_TC_EVERY && !dgi_tv(r, i - 3);
}

static inline bool is_person(const struct dgi_time_reader *r, uint32_t i)
{
    uint32_t t = r->as->a[i].tok;
    return t < r->doc->n_toks && r->doc->toks[t].name == DGI_NAME_PER;
}

static inline void anchor_split(const struct dgi_time_reader *r, int *y, int *m, int *d)
{
    *y = *m = *d = 0;
    if (r->anchor != DGI_NO_DAY)
        dgi_day_split(r->anchor, y, m, d);
}

/* time_dates.c */
void dgi_time_weekday_both_ways(const struct dgi_time_reader *r, struct dgi_point *p);
bool dgi_time_glued(const struct dgi_time_reader *r, uint32_t i);
uint32_t dgi_time_ordinal_suffix(const struct dgi_time_reader *r, uint32_t i);
bool dgi_time_number_in_code(const struct dgi_time_reader *r, uint32_t i);
bool dgi_time_is_month(const struct dgi_time_reader *r, uint32_t i);
uint32_t dgi_time_parts(const struct dgi_time_reader *r, uint32_t i);
uint32_t dgi_time_year_after(const struct dgi_time_reader *r, uint32_t i, bool day_before, int *year);
bool dgi_time_drop(struct dgi_point *p, uint32_t from, uint32_t to);
bool dgi_time_day_month(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p);
bool dgi_time_month_first(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p);
bool dgi_time_numeric(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p);
bool dgi_time_short_numeric(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p);
bool dgi_time_year_denied(const struct dgi_time_reader *r, uint32_t i, uint32_t end);
bool dgi_time_spaced_month(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p);
bool dgi_time_year(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p);
int dgi_time_unit_at(const struct dgi_time_reader *r, uint32_t i);
bool dgi_time_century(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p);

/* time_relative.c */
bool dgi_time_weekday(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p);
bool dgi_time_dayword(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p);
bool dgi_time_vague_number(const struct dgi_time_reader *r, uint32_t i);
uint32_t dgi_time_amount(const struct dgi_time_reader *r, uint32_t i, double *n);
uint8_t dgi_time_unit_precision(int unit);
void dgi_time_set_rolling(struct dgi_point *p, int32_t day, int unit, double n, int dir);
bool dgi_time_rel(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p);
bool dgi_time_narr(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p);

/* time_amounts.c */
/* "and three months, a day" at e behind an amount of `unit`, into p->more; `ahead`: not what "ago" takes. The atom behind. */
uint32_t dgi_time_smaller(const struct dgi_time_reader *r, uint32_t e, int unit, bool ahead, struct dgi_point *p);
bool dgi_time_counted(struct dgi_point *p, uint32_t to, bool no_date, struct dgi_day_range range);
bool dgi_time_bare_units(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p);
bool dgi_time_count(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p);

/* time_periods.c */
bool dgi_time_edge(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p);
bool dgi_time_quarter(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p);
bool dgi_time_season(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p);
bool dgi_time_bare(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p);
bool dgi_time_holiday(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p);
bool dgi_time_every(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p);
bool dgi_time_set(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p);
bool dgi_time_named_period(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p);
bool dgi_time_fiscal(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p);

#endif
