/* SPDX-License-Identifier: Apache-2.0 */
/* resolve/time_periods.c: parts of periods, seasons, named days, sets and periods: "early May", "the third quarter", "Ramadan", "every Friday", "fiscal 2012".
 *
 * Reads and writes as time_points.c, which takes the longest of what these readers find. */
#include "resolve/time_readers.h"

/* Narrow a period: 1 early, 2 middle, 3 late. */
static struct dgi_day_range part_of(struct dgi_day_range g, int edge)
{
    if (g.start == DGI_NO_DAY || edge == 0)
        return g;
    int32_t days = g.end - g.start + 1;
    int y, m, d;
    dgi_day_split(g.start, &y, &m, &d);
    if (g.precision == DGI_P_MONTH && days <= 31) {
        g.start = edge == 1 ? g.start : g.start + (edge == 2 ? 10 : 20);
        g.end = edge == 3 ? g.end : g.start + 9;
        return g;
    }
    if (g.precision == DGI_P_YEAR && days <= 366) { /* thirds of the year, kept as exact as the year is */
        struct dgi_day_range a = dgi_cal_month(y, edge * 4 - 3), b = dgi_cal_month(y, edge * 4);
        return dgi_cal_days(a.start, b.end, DGI_P_YEAR);
    }
    if (g.precision == DGI_P_YEAR && days > 3600 && days < 3700) { /* early nineties: the first four years */
        int from = edge == 1 ? y : edge == 2 ? y + 4 : y + 6;
        return dgi_cal_years(from, edge == 2 ? 3 : 4);
    }
    if (days < 7)
        return g;
    if (days == 7) {
        g.start += edge == 1 ? 0 : edge == 2 ? 2 : 4;
        g.end = edge == 3 ? g.end : g.start + 2;
        return g;
    }
    int32_t third = days / 3;
    g.start += (edge - 1) * third;
    if (edge < 3)
        g.end = g.start + third - 1;
    return g;
}

/* Early and late May may be its halves as well, mid-May the fifteenth and five days either way. */
static struct dgi_day_range half_of(struct dgi_day_range g, int edge)
{
    if (g.start == DGI_NO_DAY || g.precision != DGI_P_MONTH || g.end - g.start > 30 || edge < 1 || edge > 3)
        return DGI_NO_RANGE;
    return dgi_cal_days(g.start + (edge == 1   ? 0
                                   : edge == 2 ? 9
                                               : 15),
                        edge == 3 ? g.end : g.start + (edge == 1 ? 14 : 19), DGI_P_MONTH);
}

/* "the end of March", "the end of the year": the last days or weeks. 1 beginning, 2 middle, 3 end. */
static struct dgi_day_range end_of(struct dgi_day_range g, int edge)
{
    if (g.start == DGI_NO_DAY)
        return g;
    int y, m, d;
    dgi_day_split(g.start, &y, &m, &d);
    if (g.precision == DGI_P_YEAR && g.end - g.start <= 366) {
        if (edge == 2)
            return dgi_cal_days(dgi_day_make(y, 6, 1), dgi_day_make(y, 7, 31), DGI_P_MONTH);
        return dgi_cal_month(y, edge == 1 ? 1 : 12);
    }
    return part_of(g, edge);
}

/* A point, or "the week|month|year" meaning this one. */
static bool read_after_edge(const struct dgi_time_reader *r, uint32_t i, bool need_the, struct dgi_point *p)
{
    bool the = dgi_word(r, i, DGI_W_THE);
    uint32_t k = i + the;
    memset(p, 0, sizeof *p);
    p->range = p->future = DGI_NO_RANGE;
    if (dgi_point_plain(r, k, p) && !p->no_date && !p->dropped)
        return true;
    memset(p, 0, sizeof *p);
    p->range = p->future = DGI_NO_RANGE;
    if ((the || !need_the) && dgi_tc(r, k) == DGI_TC_UNIT && dgi_tv(r, k) >= DGI_U_WEEK &&
        dgi_tv(r, k) <= DGI_U_DECADE) {
        p->from = i;
        p->to = k + 1;
        p->range = dgi_cal_unit(r->anchor, dgi_tv(r, k), 0);
        return true;
    }
    if (the && need_the && is_unit(r, k, DGI_U_DAY) && !dgi_word(r, k + 1, DGI_W_OF)) { /* later in the day */
        p->from = i;
        p->to = k + 1;
        p->range = r->told_day.start != DGI_NO_DAY ? r->told_day : dgi_cal_unit(r->anchor, DGI_U_DAY, 0);
        return true;
    }
    int y;
    if (dgi_point_year_number(r, k, &y) && !dgi_time_year_denied(r, k, k + 1)) {
        p->from = i;
        p->to = k + 1;
        p->shape = DGI_PT_YEAR;
        p->range = dgi_cal_years(y, 1);
        return true;
    }
    return false;
}

bool dgi_time_edge(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p)
{
    uint8_t c = dgi_tc(r, i);
    uint32_t k = i + 1;
    bool comparative = dgi_word(r, i, DGI_W_TIME_COMPARATIVE);
    if (c == DGI_TC_EDGEOF) {
        bool bare = is_unit(r, k + 1, DGI_U_YEAR) || is_unit(r, k + 1, DGI_U_MONTH); /* "by end of year" */
        if (!dgi_word(r, k, DGI_W_OF) || (dgi_word(r, k + 1, DGI_W_THE) && is_unit(r, k + 2, DGI_U_DAY)) ||
            !read_after_edge(r, k + 1, !bare, p))
            return false;
        int edge = dgi_tv(r, i);
        p->whole = p->range;
        p->whole_future = p->future;
        if (edge == REST) {
            if (p->range.start < r->anchor && r->anchor <= p->range.end && r->anchor != DGI_NO_DAY)
                p->range.start = r->anchor; /* from today on */
        } else {
            p->range = end_of(p->range, edge);
            p->future = end_of(p->future, edge);
            p->edge = (uint8_t)edge;
        }
        p->shape = DGI_PT_OTHER;
        p->from = i;
        return true;
    }
    if (c != DGI_TC_EDGE)
        return false;
    int edge = dgi_tv(r, i);
    if (dgi_mark(r, k, '-') && dgi_time_glued(r, k))
        k++;
    bool prep = dgi_word(r, k, DGI_W_TIME_EDGE_PREP);
    if (!read_after_edge(r, k + prep, prep, p))
        return false;
    p->from = i;
    if (p->range.precision == DGI_P_DAY && p->range.end - p->range.start < 3 && !p->rolling)
        return true; /* early on Tuesday, later that day */
    if (p->future.precision == DGI_P_DAY && !p->rolling)
        return true;
    if (p->rolling)
        return false;
    p->whole = p->range;
    p->whole_future = p->future;
    bool now = r->anchor != DGI_NO_DAY && p->range.start != DGI_NO_DAY && p->range.start <= r->anchor &&
               r->anchor <= p->range.end;
    if (comparative && now) { /* earlier this week: up to today */
        if (edge == 1)
            p->range.end = r->anchor;
        else
            p->range.start = r->anchor;
        p->two = false;
        p->future = DGI_NO_RANGE;
    } else if (comparative && r->told_here && r->told.start >= p->range.start && r->told.end < p->range.end &&
               edge == 3) {
        p->range.start = r->told.end; /* "in March ... later that year" */
    } else if (!comparative || (r->told.start == DGI_NO_DAY && p->range.precision != DGI_P_MONTH)) {
        p->also = half_of(p->range, edge);
        p->also_ahead = half_of(p->future, edge);
        p->range = part_of(p->range, edge);
        p->future = part_of(p->future, edge);
    }
    p->shape = DGI_PT_OTHER;
    return true;
}

/* "in the third quarter", "the third-quarter results": the last one that has begun, or the coming one. */
static bool bare_quarter(const struct dgi_time_reader *r, uint32_t i, uint32_t end, int n, struct dgi_point *p)
{
    int y, m, d, year;
    uint32_t e = dgi_time_year_after(r, end, false, &year);
    p->from = i;
    p->to = year ? e : end;
    anchor_split(r, &y, &m, &d);
    if (year) {
        p->range = dgi_cal_quarter(year, n);
        return true;
    }
    p->two = true;
    if (!y)
        return true;
    p->range = dgi_cal_quarter(n * 3 - 2 <= m ? y : y - 1, n);
    p->future = dgi_cal_quarter(n * 3 >= m ? y : y + 1, n);
    p->two = p->range.start != p->future.start;
    return true;
}

/* "the first nine months of 2018" */
static bool part_of_year(const struct dgi_time_reader *r, uint32_t i, int n, struct dgi_point *p)
{
    double k = 0;
    uint32_t e = dgi_time_amount(r, i + 1, &k);
    if (n != 1 || e == i + 1 || dgi_time_unit_at(r, e) != DGI_U_MONTH || !dgi_word(r, e + 1, DGI_W_OF) ||
        !(k >= 1 && k < 12) || !read_after_edge(r, e + 2, true, p) || p->range.precision != DGI_P_YEAR ||
        p->range.end - p->range.start > 366)
        return false;
    int y, m, d;
    dgi_day_split(p->range.start, &y, &m, &d);
    p->from = i;
    p->shape = DGI_PT_OTHER;
    p->range = dgi_cal_days(p->range.start, dgi_cal_month(y, (int)k).end, k == 3 ? DGI_P_QUARTER : DGI_P_MONTH);
    return true;
}

/* The n-th day of a kind (weekday 0 to 6, -1: any) in a month; n 0: the last. */
static struct dgi_day_range day_in(struct dgi_day_range g, int weekday, int n)
{
    if (g.start == DGI_NO_DAY)
        return g;
    int step = weekday < 0 ? 1 : 7;
    int32_t first = weekday < 0 ? g.start : g.start + (weekday - dgi_day_weekday(g.start) + 7) % 7;
    int32_t day = n ? first + (n - 1) * step : g.end - (weekday < 0 ? 0 : (dgi_day_weekday(g.end) - weekday + 7) % 7);
    return day <= g.end ? dgi_cal_day(day) : DGI_NO_RANGE;
}

/* "the first Sunday of May", "the last day of June 2014" */
static bool nth_day(const struct dgi_time_reader *r, uint32_t i, uint32_t e, int n, struct dgi_point *p)
{
    bool day = is_unit(r, e, DGI_U_DAY);
    if ((!day && dgi_tc(r, e) != DGI_TC_WEEKDAY) || !dgi_word(r, e + 1, DGI_W_OF_IN) || n < 0 || n > 31)
        return false;
    int weekday = day ? -1 : dgi_tv(r, e);
    if (!read_after_edge(r, e + 2, true, p) || p->dropped || p->range.precision != DGI_P_MONTH)
        return false;
    p->range = day_in(p->range, weekday, n);
    p->future = day_in(p->future, weekday, n);
    p->from = i;
    p->shape = DGI_PT_OTHER;
    return p->range.start != DGI_NO_DAY;
}

/* The n-th week of a month (0: the last) by the calendar: a week belongs to the month that has its Thursday. */
static struct dgi_day_range week_in_month(struct dgi_day_range g, int n)
{
    struct dgi_day_range thursday = day_in(g, 3, n);
    return dgi_cal_unit(thursday.start, DGI_U_WEEK, 0);
}

/* "the third week of 2021", "the last month of last year"; "the first ten days of May", "the last four months of 2021". n 0: the last. */
static bool nth_unit(const struct dgi_time_reader *r, uint32_t i, uint32_t e, int n, struct dgi_point *p)
{
    double count = 1;
    uint32_t k = dgi_time_amount(r, e, &count);
    int unit = dgi_time_unit_at(r, k);
    if (k == e)
        count = 1;
    if (k > e && n > 1)
        return false; /* "the third two weeks" */
    if ((unit != DGI_U_DAY && unit != DGI_U_WEEK && unit != DGI_U_MONTH) || !dgi_word(r, k + 1, DGI_W_OF) ||
        count < 1 || count > 60 || n > 53 || !read_after_edge(r, k + 2, true, p) || p->dropped || p->two ||
        p->range.start == DGI_NO_DAY || p->range.end - p->range.start > 366 ||
        (p->range.precision != DGI_P_YEAR && (p->range.precision != DGI_P_MONTH || unit == DGI_U_MONTH)))
        return false;
    const struct dgi_day_range g = p->range;
    const int32_t many = (int32_t)count, skip = n > 1 ? n - 1 : 0;
    int32_t a, b;
    if (unit == DGI_U_MONTH) {
        int y, m, d;
        dgi_day_split(g.start, &y, &m, &d);
        int first = n ? 1 + skip : 13 - many;
        if (first < 1 || first + many > 13)
            return false;
        a = dgi_cal_month(y, first).start;
        b = dgi_cal_month(y, first + many - 1).end;
    } else {
        int32_t step = unit == DGI_U_WEEK ? 7 : 1;
        /* weeks of a year are those of the calendar, the first has its fourth of January */
        int32_t from =
            unit == DGI_U_WEEK && g.precision == DGI_P_YEAR ? g.start + 3 - dgi_day_weekday(g.start + 3) : g.start;
        a = n ? from + skip * step : g.end - many * step + 1;
        if (!n && unit == DGI_U_WEEK && g.precision == DGI_P_YEAR)
            a = g.end - 3 - dgi_day_weekday(g.end - 3) - (many - 1) * step;
        b = a + many * step - 1;
    }
    p->from = i;
    p->shape = DGI_PT_OTHER;
    p->range =
        dgi_cal_days(a, b, unit == DGI_U_MONTH && many == 3 ? (uint8_t)DGI_P_QUARTER : dgi_time_unit_precision(unit));
    if (unit == DGI_U_WEEK && g.precision == DGI_P_MONTH && many == 1)
        dgi_point_or(p, week_in_month(g, n));
    return true;
}

/* "the first week of October, on Friday" */
static void day_of_week_told(const struct dgi_time_reader *r, struct dgi_point *p)
{
    uint32_t k = p->to + dgi_mark(r, p->to, ',');
    k += dgi_word(r, k, DGI_W_ON);
    if (k == p->to || dgi_tc(r, k) != DGI_TC_WEEKDAY)
        return;
    struct dgi_day_range *const g[] = {&p->range, &p->future};
    for (int i = 0; i < 2; i++) {
        int32_t day = g[i]->start == DGI_NO_DAY ? DGI_NO_DAY
                                                : g[i]->start + (dgi_tv(r, k) - dgi_day_weekday(g[i]->start) + 7) % 7;
        *g[i] = day != DGI_NO_DAY && day <= g[i]->end ? dgi_cal_day(day) : DGI_NO_RANGE;
    }
    p->either = false;
    p->to = dgi_time_parts(r, k + 1);
}

bool dgi_time_quarter(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p)
{
    int y, m, d, n = 0;
    anchor_split(r, &y, &m, &d);
    uint32_t e = i;
    if (i >= r->as->n)
        return false;
    const struct dgi_atom *a = atom(r, i);
    bool half_mark;
    if ((e = dgi_point_quarter_mark(r, i, &n, &half_mark)) != i) {
        int yy = y;
        bool of = dgi_mark(r, e, '-') ? dgi_time_glued(r, e) : dgi_word(r, e, DGI_W_OF); /* Q1-2019, Q1 of 2019 */
        bool got = dgi_point_year_number(r, e + of, &yy);
        if (!yy ||
            (!got && !a->upper && !dgi_word(r, e, DGI_W_AND_OR) && !(i > 0 && dgi_word(r, i - 1, DGI_W_TIME_PREP)) &&
             !(i > 2 && dgi_word(r, i - 1, DGI_W_AND_OR) && dgi_tc(r, i - 3) == DGI_TC_LETTER)))
            return false;
        p->from = i;
        p->to = got ? e + of + 1 : e;
        p->range = dgi_point_part_of_year(yy, n, half_mark);
        return true;
    }
    bool last = dgi_word(r, i, DGI_W_TIME_LAST_FINAL);
    e = i + 1;
    if (!last && (e = dgi_point_ordinal(r, i, &n)) == i)
        return false;
    if (is_unit(r, e, DGI_U_WEEK) && dgi_word(r, e + 1, DGI_W_OF_IN) && n <= 5 && dgi_point_plain(r, e + 2, p) &&
        p->range.precision == DGI_P_MONTH && !p->dropped) { /* the second week of May */
        struct dgi_day_range *g[2] = {&p->range, &p->future};
        for (int k = 0; k < 2; k++)
            if (g[k]->start != DGI_NO_DAY) {
                int32_t start = last ? g[k]->end - 6 : g[k]->start + 7 * (n - 1),
                        stop = last || n == 5 ? g[k]->end : start + 6;
                if (k == 0)
                    dgi_point_or(p, week_in_month(*g[k], last ? 0 : n));
                *g[k] = dgi_cal_days(start < stop ? start : stop, stop, DGI_P_WEEK);
            }
        p->from = i;
        p->shape = DGI_PT_OTHER;
        day_of_week_told(r, p);
        return true;
    }
    if (nth_day(r, i, e, last ? 0 : n, p) || nth_unit(r, i, e, last ? 0 : n, p))
        return true;
    bool hyphen = dgi_mark(r, e, '-') && dgi_time_glued(r, e);
    if (is_unit(r, e + hyphen, DGI_U_QUARTER) && !dgi_word(r, e + hyphen + 1, DGI_W_OF) && n >= 1 && n <= 4 && !last)
        return bare_quarter(r, i, e + hyphen + 1, n, p);
    if (n > 0 && part_of_year(r, i, n, p))
        return true;
    bool half = dgi_tc(r, e) == DGI_TC_HALF, quarter = is_unit(r, e, DGI_U_QUARTER);
    if ((!half && !quarter) || !dgi_word(r, e + 1, DGI_W_OF) || n > (half ? 2 : 4))
        return false;
    if (last)
        n = half ? 2 : 4;
    if (!read_after_edge(r, e + 2, true, p) || p->range.start == DGI_NO_DAY)
        return false;
    struct dgi_day_range g = p->range;
    p->from = i;
    p->shape = DGI_PT_OTHER;
    dgi_day_split(g.start, &y, &m, &d);
    if (g.precision == DGI_P_YEAR && g.end - g.start <= 366) {
        p->range = half ? dgi_cal_days(dgi_day_make(y, n == 1 ? 1 : 7, 1),
                                       n == 1 ? dgi_day_make(y, 6, 30) : dgi_day_make(y, 12, 31), DGI_P_QUARTER)
                        : dgi_cal_quarter(y, n);
    } else if (half) {
        int32_t mid = g.start + (g.end - g.start + 1) / 2;
        p->range = n == 1 ? dgi_cal_days(g.start, mid - 1, g.precision) : dgi_cal_days(mid, g.end, g.precision);
    } else {
        return false;
    }
    return true;
}

bool dgi_time_season(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p)
{
    if (dgi_tc(r, i) != DGI_TC_SEASON)
        return false;
    int y, m, d, s = dgi_tv(r, i);
    uint32_t e = dgi_time_year_after(r, i + 1, false, &y);
    p->from = i;
    if (y) {
        p->range = dgi_cal_season(y, s);
        p->to = e;
        return true;
    }
    bool word = dgi_word(r, i, DGI_W_TIME_SEASON_OR_WORD);
    bool in_the =
        i > 1 && dgi_word(r, i - 1, DGI_W_THE) && dgi_word(r, i - 2, DGI_W_IN) && dgi_point_clause_end(r, i + 1);
    bool bound = !word && i > 0 &&
                 (dgi_tc(r, i - 1) == DGI_TC_SINCE || dgi_tc(r, i - 1) == DGI_TC_UNTIL ||
                  (dgi_word(r, i - 1, DGI_W_TIME_FOR) && dgi_point_clause_end(r, i + 1)));
    if (!(i > 0 && (bound || dgi_word(r, i - 1, DGI_W_IN) ||
                    (dgi_word(r, i - 1, DGI_W_THE) && i > 1 && dgi_word(r, i - 2, DGI_W_TIME_SEASON_PREP)))))
        return false;
    if (atom(r, i)->upper || dgi_word(r, i + 1, DGI_W_OF) || (word && !in_the))
        return false;
    anchor_split(r, &y, &m, &d);
    p->to = i + 1;
    if (!y)
        return true;
    p->range = dgi_cal_season(y, s);
    if (p->range.start > r->anchor)
        p->range = dgi_cal_season(y - 1, s);
    p->future = dgi_cal_season(y, s);
    if (p->future.end < r->anchor)
        p->future = dgi_cal_season(y + 1, s);
    p->two = p->range.start != p->future.start;
    return true;
}

/* Day d of the last month that has it, up to the day of publication, and of the next one. */
static void day_of_any_month(const struct dgi_time_reader *r, int d, struct dgi_point *p)
{
    enum { MONTHS = 3 };
    int y, m, ad;
    p->two = true;
    if (r->anchor == DGI_NO_DAY)
        return;
    anchor_split(r, &y, &m, &ad);
    for (int k = 0; k < MONTHS; k++) {
        int back = y * 12 + m - 1 - k, on = y * 12 + m - 1 + k;
        int32_t b = dgi_day_make(back / 12, back % 12 + 1, d), f = dgi_day_make(on / 12, on % 12 + 1, d);
        if (p->range.start == DGI_NO_DAY && b != DGI_NO_DAY && b <= r->anchor)
            p->range = dgi_cal_day(b);
        if (p->future.start == DGI_NO_DAY && f != DGI_NO_DAY && f >= r->anchor)
            p->future = dgi_cal_day(f);
    }
}

/* "the week of April 10", "the week starting on the 18th" */
static bool week_of(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p)
{
    struct dgi_point q;
    uint32_t k = i + 2, e;
    int d = 0;
    bool begins = (dgi_tc(r, i + 1) == DGI_TC_EDGEOF && dgi_tv(r, i + 1) == 1) ||
                  dgi_word(r, i + 1, DGI_W_TIME_FROM); /* "the week beginning May 9" */
    k += begins && dgi_word(r, k, DGI_W_ON);
    if (!is_unit(r, i, DGI_U_WEEK) || (!begins && !dgi_word(r, i + 1, DGI_W_OF)))
        return false;
    memset(&q, 0, sizeof q);
    q.range = q.future = DGI_NO_RANGE;
    if (dgi_word(r, k, DGI_W_THE) && (e = dgi_point_ordinal(r, k + 1, &d)) != k + 1 && d <= 31 &&
        dgi_point_clause_end(r, e) && !dgi_mark(r, e, '-')) {
        q.to = e;
        q.shape = DGI_PT_MONTH_DAY;
        day_of_any_month(r, d, &q);
    } else if (!(dgi_time_month_first(r, k, &q) || dgi_time_day_month(r, k, memset(&q, 0, sizeof q))) ||
               (q.shape != DGI_PT_DAY && q.shape != DGI_PT_MONTH_DAY) || q.dropped) {
        return false;
    }
    *p = q;
    p->from = i;
    p->shape = DGI_PT_OTHER;
    if (begins) { /* seven days from that one on */
        p->range.end += q.range.start == DGI_NO_DAY ? 0 : 6;
        p->future.end += q.future.start == DGI_NO_DAY ? 0 : 6;
        p->range.precision = p->future.precision = DGI_P_WEEK;
        return true;
    }
    p->range = dgi_cal_unit(q.range.start, DGI_U_WEEK, 0);
    p->future = dgi_cal_unit(q.future.start, DGI_U_WEEK, 0);
    return true;
}

static bool weekend_of(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p);

/* "on the 15th", "the 12th of next month", "on the thirty-first", "the 1st of every month" */
static bool bare_day(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p)
{
    int d = 0;
    uint32_t e = dgi_point_ordinal(r, i, &d);
    if (e == i || d > 31)
        return false;
    uint32_t k = e + (is_unit(r, e, DGI_U_DAY) ? 1 : 0); /* the third day of the month */
    if (dgi_word(r, k, DGI_W_OF) && dgi_tc(r, k + 1) == DGI_TC_EVERY && is_unit(r, k + 2, DGI_U_MONTH)) {
        p->to = k + 3;
        p->no_date = p->every = true;
        p->day = d;
        return true;
    }
    if (e == i + 2 && dgi_word(r, e, DGI_W_OF) && dgi_tc(r, e + 1) == DGI_TC_REL && is_unit(r, e + 2, DGI_U_MONTH)) {
        struct dgi_day_range g = dgi_cal_unit(r->anchor, DGI_U_MONTH, dgi_tv(r, e + 1)); /* the 12th of next month */
        p->to = e + 3;
        if (g.start != DGI_NO_DAY && d <= g.end - g.start + 1)
            p->range = dgi_cal_day(g.start + d - 1);
        return true;
    }
    bool figures = atom(r, i)->kind == DGI_ATOM_NUM, the = i > 0 && dgi_word(r, i - 1, DGI_W_THE);
    if (i <= the || !dgi_word(r, i - 1 - the, DGI_W_TIME_DAY_PREP) || (!figures && (!the || e < i + 2)) ||
        !(e >= r->as->n || atom(r, e)->kind == DGI_ATOM_MARK) ||
        (dgi_mark(r, e, '-') && !(atom(r, e)->gap && e + 1 < r->as->n && atom(r, e + 1)->gap)))
        return false;
    p->to = e;
    day_of_any_month(r, d, p);
    return true;
}

/* "week 23 of 2018", "Thursday, week 23", "calendar week 12" */
static bool numbered_week(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p)
{
    enum { MOST = 53 };
    int y, m, d, year = 0;
    if (!is_unit(r, i, DGI_U_WEEK) || i + 1 >= r->as->n || atom(r, i + 1)->kind != DGI_ATOM_NUM ||
        atom(r, i + 1)->n_digits < 1 || atom(r, i + 1)->n_digits > 2 || atom(r, i + 1)->num < 1 ||
        atom(r, i + 1)->num > MOST)
        return false;
    uint32_t k = i + 2 + (dgi_word(r, i + 2, DGI_W_OF_IN) || dgi_mark(r, i + 2, ','));
    bool shown = i > 0 && (dgi_word(r, i - 1, DGI_W_TIME_CALENDAR) ||
                           (i > 1 && dgi_mark(r, i - 1, ',') && dgi_tc(r, i - 2) == DGI_TC_WEEKDAY));
    anchor_split(r, &y, &m, &d);
    if (dgi_point_year_number(r, k, &year))
        y = year;
    if ((!year && !shown) || !y)
        return false;
    int32_t fourth = dgi_day_make(y, 1, 4); /* of January: in the first week */
    p->to = year ? k + 1 : i + 2;
    p->range = dgi_cal_unit(fourth, DGI_U_WEEK, (int)atom(r, i + 1)->num - 1);
    return true;
}

/* "in the year", "in the week": that of today, where nothing else is said; "the fortnight" */
static bool the_unit(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p)
{
    int unit = dgi_tc(r, i) == DGI_TC_UNIT ? dgi_tv(r, i) : 0;
    bool end = i + 1 >= r->as->n || (atom(r, i + 1)->kind == DGI_ATOM_MARK && !dgi_mark(r, i + 1, '-') &&
                                     !dgi_mark(r, i + 1, '\'') && !dgi_mark(r, i + 1, '('));
    if (!end || i == 0 || !dgi_word(r, i - 1, DGI_W_THE))
        return false;
    p->to = i + 1;
    if (unit == DGI_U_FORTNIGHT) {
        struct dgi_day_range week = dgi_cal_unit(r->anchor, DGI_U_WEEK, 0);
        p->range = week.start == DGI_NO_DAY ? week : dgi_cal_days(week.start, week.end + 7, DGI_P_WEEK);
        return true;
    }
    bool in = i > 1 && dgi_word(r, i - 2, DGI_W_IN) && !(i > 2 && dgi_tc(r, i - 3) == DGI_TC_EDGE);
    if (!in || (unit != DGI_U_YEAR && unit != DGI_U_MONTH && unit != DGI_U_WEEK))
        return false;
    p->range = dgi_cal_unit(r->anchor, unit, 0);
    return true;
}

/* "the weekend", "over the weekend"; "on the 15th" */
bool dgi_time_bare(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p)
{
    p->from = i;
    if (week_of(r, i, p) || numbered_week(r, i, p) || the_unit(r, i, p))
        return true;
    /* year's end */
    int unit = dgi_tc(r, i) == DGI_TC_UNIT ? dgi_tv(r, i) : 0;
    if ((unit == DGI_U_YEAR || unit == DGI_U_MONTH || unit == DGI_U_WEEK) && dgi_mark(r, i + 1, '\'') &&
        dgi_word(r, i + 2, DGI_W_LETTER_S) && dgi_word(r, i + 3, DGI_W_TIME_END)) {
        p->to = i + 4;
        p->whole = dgi_cal_unit(r->anchor, unit, 0);
        p->range = end_of(p->whole, 3);
        return true;
    }
    if (unit == DGI_U_YEAR && dgi_mark(r, i + 1, '-') && dgi_time_glued(r, i + 1) &&
        dgi_word(r, i + 2, DGI_W_TIME_END) && i > 0 &&
        (dgi_word(r, i - 1, DGI_W_TIME_PREP) || dgi_tc(r, i - 1) == DGI_TC_UNTIL)) { /* by year-end */
        p->to = i + 3;
        p->whole = dgi_cal_unit(r->anchor, unit, 0);
        p->range = end_of(p->whole, 3);
        return true;
    }
    if (unit == DGI_U_WEEKEND && i > 0 && dgi_word(r, i - 1, DGI_W_THE) && !dgi_word(r, i + 1, DGI_W_OF)) {
        p->to = i + 1;
        p->two = true;
        if (r->anchor == DGI_NO_DAY)
            return true;
        bool begun = dgi_day_weekday(r->anchor) >= 5;
        p->range = dgi_cal_unit(r->anchor, DGI_U_WEEKEND, begun ? 0 : -1);
        p->future = dgi_cal_unit(r->anchor, DGI_U_WEEKEND, 0);
        p->two = !begun;
        return true;
    }
    return weekend_of(r, i, p) || bare_day(r, i, p);
}

/* "Labor Day weekend": the weekend beside the day, and the day. */
static struct dgi_day_range with_weekend(struct dgi_day_range g)
{
    if (g.start == DGI_NO_DAY || g.start != g.end)
        return g;
    int wd = dgi_day_weekday(g.start);
    int32_t saturday = g.start + (wd < 2 ? -wd - 2 : 5 - wd);
    return dgi_cal_days(g.start < saturday ? g.start : saturday, g.start > saturday + 1 ? g.start : saturday + 1,
                        DGI_P_DAY);
}

/* One word in small letters that stands where only a time does: "next easter", "halloween weekend", "the weekend of thanksgiving". */
static bool named_small(const struct dgi_time_reader *r, uint32_t i)
{
    uint8_t c = i > 0 ? dgi_tc(r, i - 1) : (uint8_t)DGI_TC_NONE;
    return c == DGI_TC_REL || c == DGI_TC_NARR || is_unit(r, i + 1, DGI_U_WEEKEND) ||
           (i > 1 && dgi_word(r, i - 1, DGI_W_OF) && is_unit(r, i - 2, DGI_U_WEEKEND));
}

bool dgi_time_holiday(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p)
{
    const uint32_t *rows;
    uint32_t n_rows, tok;
    if (i >= r->as->n || (i > 0 && atom(r, i - 1)->tok == atom(r, i)->tok))
        return false;
    const struct dgi_atom *a = atom(r, i);
    if (a->kind == DGI_ATOM_MARK)
        return false;
    bool small = a->kind == DGI_ATOM_WORD && !a->upper && !dgi_word(r, i, DGI_W_TIME_NEW);
    tok = a->tok;
    if (tok >= r->doc->n_toks)
        return false;
    uint32_t n = dgi_phrase_match(r->table, r->doc, tok, r->doc->sents[r->doc->toks[tok].sent].end, &rows, &n_rows);
    if (!n || n_rows < 1 || (small && ((n < 2 && !named_small(r, i)) || r->cls[rows[0]] != DGI_TC_HOLIDAY)))
        return false;
    uint8_t c = r->cls[rows[0]];
    if (c != DGI_TC_HOLIDAY && c != DGI_TC_NAME && c != DGI_TC_ERA)
        return false;
    uint32_t e = i;
    while (e < r->as->n && atom(r, e)->tok < tok + n)
        e++;
    p->from = i;
    p->to = e;
    if (c == DGI_TC_NAME)
        return dgi_time_drop(p, i, e);
    bool whole = false, weekend;
    int y, m, d, year;
    dg_str v = dgi_table_cell(r->table, rows[0], 2);
    if (c == DGI_TC_ERA) { /* "in the Vietnam War"; elsewhere it is only a name */
        uint32_t before = i > 0 && dgi_word(r, i - 1, DGI_W_THE) ? i - 1 : i;
        return before > 0 && dgi_word(r, before - 1, DGI_W_DURING) && dgi_cal_era(v, &p->range);
    }
    weekend = is_unit(r, e, DGI_U_WEEKEND);
    p->to += weekend;
    e = dgi_time_year_after(r, p->to, false, &year);
    if (year && !weekend && is_unit(r, e, DGI_U_WEEKEND)) { /* Labor Day 2021 weekend */
        weekend = true;
        e++;
    }
    anchor_split(r, &y, &m, &d);
    struct dgi_day_range g = dgi_cal_holiday(v, year ? year : y ? y : 2000, &whole, &p->approx);
    if (whole || year) {
        p->to = year && !whole ? e : p->to;
        p->range = weekend && !whole ? with_weekend(g) : g;
        return whole || g.start != DGI_NO_DAY;
    }
    p->two = true;
    if (!y)
        return true;
    p->range = p->future = g;
    if (g.start != DGI_NO_DAY && g.start > r->anchor)
        p->range = dgi_cal_holiday(v, y - 1, &whole, &p->approx);
    else if (g.start != DGI_NO_DAY && g.end < r->anchor)
        p->future = dgi_cal_holiday(v, y + 1, &whole, &p->approx);
    p->two = p->range.start != p->future.start;
    if (weekend) {
        p->range = with_weekend(p->range);
        p->future = with_weekend(p->future);
    }
    return true;
}

/* "the weekend of Thanksgiving 2023" */
static bool weekend_of(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p)
{
    struct dgi_point q;
    memset(&q, 0, sizeof q);
    q.range = q.future = DGI_NO_RANGE;
    if (!is_unit(r, i, DGI_U_WEEKEND) || !dgi_word(r, i + 1, DGI_W_OF) || !dgi_time_holiday(r, i + 2, &q) || q.dropped)
        return false;
    *p = q;
    p->from = i;
    p->range = with_weekend(q.range);
    p->future = with_weekend(q.future);
    return true;
}

/* A plural of weekends or parts of the day that ends its clause behind a verb or an adverb ("open evenings"), weekends behind a noun. */
static bool by_the_way(const struct dgi_time_reader *r, uint32_t i, bool noun)
{
    uint8_t u = i > 0 ? upos(r, i - 1) : (uint8_t)DGI_UPOS_NONE;
    return i > 0 && dgi_point_clause_end(r, i + 1) &&
           (u == DGI_VERB || u == DGI_ADV || u == DGI_PRON || (noun && (u == DGI_NOUN || u == DGI_PROPN)));
}

bool dgi_time_every(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p)
{
    p->from = i;
    p->no_date = p->every = true;
    if (dgi_tc(r, i) == DGI_TC_WEEKDAYS) {
        p->to = i + 1;
        return true;
    }
    if (dgi_tc(r, i) == DGI_TC_WEEKDAY && dgi_tc(r, i + 1) == DGI_TC_PARTS) { /* Friday mornings */
        p->to = i + 2;
        return true;
    }
    if (dgi_tc(r, i) == DGI_TC_UNITS && dgi_tv(r, i) == DGI_U_WEEKEND && !dgi_word(r, i + 1, DGI_W_OF) &&
        (i == 0 || dgi_word(r, i - 1, DGI_W_TIME_WEEKENDS) || dgi_tc(r, i - 1) == DGI_TC_WHOLE ||
         by_the_way(r, i, true))) { /* on weekends */
        p->to = i + 1;
        return true;
    }
    if (in_every_list(r, i)) {
        p->to = dgi_time_parts(r, i + 1);
        return true;
    }
    if (dgi_tc(r, i) == DGI_TC_UNIT && dgi_word(r, i + 1, DGI_W_AFTER) && is_unit(r, i + 2, dgi_tv(r, i)) &&
        !(i > 0 && (dgi_word(r, i - 1, DGI_W_THE) || dgi_word(r, i - 1, DGI_W_INDEFINITE)))) { /* year after year */
        p->amount = 1;
        p->amount_unit = dgi_tv(r, i);
        p->to = i + 3;
        return true;
    }
    if (dgi_tc(r, i) == DGI_TC_PARTS && by_the_way(r, i, false)) { /* he works nights */
        p->to = i + 1;
        return true;
    }
    if (dgi_tc(r, i) != DGI_TC_EVERY)
        return false;
    uint32_t k = i + 1;
    if (dgi_tv(r, i)) { /* any year, any given day; not "any day now" */
        bool given = dgi_word(r, k, DGI_W_TIME_GIVEN);
        int unit = dgi_tc(r, k + given) == DGI_TC_UNIT ? dgi_tv(r, k + given) : 0;
        p->to = k + given + 1;
        return (unit >= DGI_U_WEEK && unit <= DGI_U_YEAR && dgi_point_clause_end(r, p->to)) ||
               (unit == DGI_U_WEEKEND && dgi_point_clause_end(r, p->to)) || (unit && given);
    }
    double n = 1;
    if (dgi_word(r, k, DGI_W_TIME_OTHER) && (dgi_tc(r, k + 1) == DGI_TC_WEEKDAY || dgi_tc(r, k + 1) == DGI_TC_MONTH)) {
        p->to = dgi_time_parts(r, k + 2); /* every other Friday */
        return true;
    }
    if (dgi_word(r, k, DGI_W_TIME_OTHER) && dgi_tc(r, k + 1) == DGI_TC_UNIT) { /* every other day */
        p->amount = 2;
        p->amount_unit = dgi_tv(r, k + 1);
        p->to = k + 2;
        return true;
    }
    uint32_t e = dgi_time_amount(r, k, &n);
    if (e > k && dgi_time_unit_at(r, e)) { /* every four years */
        p->to = e + 1;
        return true;
    }
    uint8_t c = dgi_tc(r, k);
    if (c == DGI_TC_UNIT || c == DGI_TC_UNITS || c == DGI_TC_WEEKDAY || c == DGI_TC_MONTH || c == DGI_TC_PART ||
        c == DGI_TC_SEASON) {
        p->to = dgi_time_parts(r, k + 1);
        return true;
    }
    return false;
}

/* Does a word like "weekly" say how often? "the weekly said" does not. */
static bool says_how_often(const struct dgi_time_reader *r, uint32_t i, uint32_t before)
{
    uint8_t u = upos(r, i), b = before < i ? upos(r, before) : (uint8_t)DGI_UPOS_NONE;
    if (u == DGI_ADJ || u == DGI_ADV)
        return true;
    if (u == DGI_NOUN && b == DGI_NOUN &&
        !dgi_word(r, before, DGI_W_TIME_PAPER)) /* "a run weekly", no "trade weekly" */
        return i + 1 >= r->as->n || dgi_mark(r, i + 1, '.');
    return u == DGI_NOUN && (b == DGI_ADV || b == DGI_VERB || b == DGI_PRON || b == DGI_NUM) &&
           dgi_point_clause_end(r, i + 1);
}

/* daily, weekly, biennial, bi-monthly, semi-annually */
bool dgi_time_set(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p)
{
    enum { MANY = 100 /* of a value of class set: so many units */ };
    uint32_t k = i;
    p->amount = 1;
    if (dgi_tc(r, i) == DGI_TC_SETPREFIX && dgi_mark(r, i + 1, '-') && dgi_time_glued(r, i + 1)) {
        k = i + 2;
        p->amount = dgi_tv(r, i) < 0 ? 0.5 : dgi_tv(r, i);
    }
    if (dgi_tc(r, k) != DGI_TC_SET || (k > 0 && atom(r, k)->upper))
        return false;
    p->from = i;
    p->to = k + 1;
    p->no_date = p->every = true;
    p->amount_unit = dgi_tv(r, k) % MANY;
    p->amount *= dgi_tv(r, k) >= MANY ? dgi_tv(r, k) / MANY : 1;
    return says_how_often(r, k, i > 0 ? i - 1 : k);
}

/* the nineties; the 70s behind an article or another decade; yearlong */
bool dgi_time_named_period(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p)
{
    p->from = i;
    p->to = i + 1;
    if (dgi_tc(r, i) == DGI_TC_LONG) {
        p->no_date = true;
        p->amount = 1;
        p->amount_unit = dgi_tv(r, i);
        return true;
    }
    if (dgi_tc(r, i) != DGI_TC_YEARS || i == 0 ||
        !(dgi_word(r, i - 1, DGI_W_THE) || dgi_word(r, i - 1, DGI_W_IN) || dgi_tc(r, i - 1) == DGI_TC_EDGE ||
          (dgi_mark(r, i - 1, '-') && !atom(r, i)->gap)))
        return false;
    p->range = dgi_cal_years(1900 + dgi_tv(r, i), 10);
    return true;
}

/* fiscal 2018, the fiscal year 2018, FY2018, FY 2018-19: the year by which accounts call it */
bool dgi_time_fiscal(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p)
{
    int y;
    uint32_t k = i + 1;
    if (dgi_tc(r, i) != DGI_TC_FISCAL)
        return false;
    k += is_unit(r, k, DGI_U_YEAR);
    if (!dgi_point_year_number(r, k, &y) &&
        !(k == i + 1 && k < r->as->n && atom(r, k)->kind == DGI_ATOM_NUM && atom(r, k)->n_digits == 4 &&
          dgi_time_glued(r, k) && (y = (int)atom(r, k)->num) >= EARLIEST_YEAR && y <= LATEST_YEAR))
        return false;
    p->from = i;
    p->to = k + 1;
    p->fiscal = true;
    p->range = dgi_cal_years(y, 1);
    return true;
}
