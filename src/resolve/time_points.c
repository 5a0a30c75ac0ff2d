/* SPDX-License-Identifier: Apache-2.0 */
/* resolve/time_points.c: grammar of single time expressions.
 *
 * Reads   atoms of a sentence, UPOS and name tags of their tokens where there are any, words of times.tsv
 * Writes  struct dgi_point
 *
 * A grammar in C over word classes from the table: each read_* below knows one family (time_dates.c, time_relative.c, time_amounts.c,
 * time_periods.c, time_clock.c, time_forms.c) and returns the longest it can make at an atom; dgi_point_read() takes the longest of all. Nothing recurses but "early|end of" + point, once. Regular
 * expressions were not used because half of the decisions need the calendar or the tags ("May", "March", "2000 troops"). */
#include "resolve/time_readers.h"

typedef bool point_reader(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p);

static void take_longest(const struct dgi_time_reader *r, uint32_t i, point_reader *const *f, size_t n,
                         struct dgi_point *best)
{
    for (size_t k = 0; k < n; k++) {
        struct dgi_point q;
        memset(&q, 0, sizeof q);
        q.range = q.future = DGI_NO_RANGE;
        if (f[k](r, i, &q) && q.to > best->to)
            *best = q;
    }
}

bool dgi_point_plain(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p)
{
    static point_reader *const by_number[] = {dgi_time_numeric, dgi_time_short_numeric, dgi_time_day_month,
                                              dgi_time_year,    dgi_time_century,       dgi_time_count,
                                              dgi_time_bare,    dgi_time_holiday,       dgi_point_clock,
                                              dgi_point_mixed,  dgi_point_short_range,  dgi_time_spaced_month};
    static point_reader *const by_word[] = {
        dgi_time_month_first, dgi_time_weekday,      dgi_time_dayword, dgi_time_rel,        dgi_time_narr,
        dgi_time_count,       dgi_time_day_month,    dgi_time_century, dgi_time_season,     dgi_time_bare,
        dgi_time_holiday,     dgi_time_every,        dgi_time_set,     dgi_point_clock,     dgi_point_part,
        dgi_point_ref,        dgi_time_named_period, dgi_time_fiscal,  dgi_time_bare_units, dgi_point_year_in_words,
        dgi_point_mixed};
    memset(p, 0, sizeof *p);
    if (i >= r->as->n)
        return false;
    if (atom(r, i)->kind == DGI_ATOM_NUM)
        take_longest(r, i, by_number, sizeof by_number / sizeof *by_number, p);
    else if (atom(r, i)->kind == DGI_ATOM_WORD)
        take_longest(r, i, by_word, sizeof by_word / sizeof *by_word, p);
    return p->to > i;
}

void dgi_point_or(struct dgi_point *p, struct dgi_day_range other)
{
    p->other = other;
    p->either = other.start != DGI_NO_DAY && !p->two;
}

bool dgi_point_read(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p)
{
    static point_reader *const over[] = {dgi_time_edge, dgi_time_quarter};
    const struct dgi_atom *a = atom(r, i);
    memset(p, 0, sizeof *p);
    if (a->kind == DGI_ATOM_MARK ||
        (a->kind == DGI_ATOM_WORD && a->time_row == DGI_NONE && a->num_row == DGI_NONE && !a->upper &&
         !dgi_word(r, i, DGI_W_TIME_THE_FINAL) && !is_unit(r, i + 1, DGI_U_DAY) && !is_unit(r, i + 1, DGI_U_WEEKEND) &&
         !(i > 0 && dgi_word(r, i - 1, DGI_W_TIME_DAY_PREP))))
        return false; /* in small letters: "independence day", "on eid al fitr" */
    dgi_point_plain(r, i, p);
    if (a->kind == DGI_ATOM_WORD || dgi_time_ordinal_suffix(r, i + 1) != i + 1) /* "the 1st quarter" */
        take_longest(r, i, over, sizeof over / sizeof *over, p);
    if (p->to > i)
        dgi_point_add_clock(r, p);
    return p->to > i;
}
