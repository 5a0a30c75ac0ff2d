/* SPDX-License-Identifier: Apache-2.0 */
/* resolve/time_relative.c: weekdays, day words, and periods counted from another: "Friday", "yesterday", "last June", "the next two weeks", "that day".
 *
 * Reads and writes as time_points.c, which takes the longest of what these readers find. */
#include "resolve/time_readers.h"

static bool is_weekday(const struct dgi_time_reader *r, uint32_t i)
{
    return dgi_tc(r, i) == DGI_TC_WEEKDAY && !is_person(r, i);
}

static bool read_parts_only(const struct dgi_time_reader *r, uint32_t i, uint32_t e)
{
    return e > i + 1 && dgi_tc(r, i + 1) != DGI_TC_NONE;
}

static bool sentence_mark(const struct dgi_time_reader *r, uint32_t i)
{
    return dgi_mark(r, i, '.') || dgi_mark(r, i, '!') || dgi_mark(r, i, '?');
}

static bool is_day_name(const struct dgi_time_reader *r, uint32_t i)
{
    return (dgi_tc(r, i) == DGI_TC_DAYABBR || dgi_tc(r, i) == DGI_TC_WEEKDAY) && atom(r, i)->upper;
}

static bool lists_days(const struct dgi_time_reader *r, uint32_t i)
{
    return dgi_word(r, i, DGI_W_AND_OR) || dgi_word(r, i, DGI_W_TIME_RANGE_TO) || dgi_mark(r, i, ',') ||
           dgi_mark(r, i, '-');
}

/* An abbreviation beside the name of another day: "Mon or Tue". */
static bool beside_day(const struct dgi_time_reader *r, uint32_t i)
{
    return !(i > 0 && dgi_word(r, i - 1, DGI_W_THE)) && ((i > 1 && lists_days(r, i - 1) && is_day_name(r, i - 2)) ||
                                                         (lists_days(r, i + 1) && is_day_name(r, i + 2)));
}

/* "Friday the 13th", "Sunday 31": the last and the next day of that number that is such a weekday. */
static bool weekday_of_month(const struct dgi_time_reader *r, uint32_t k, int wd, struct dgi_point *p)
{
    enum { MONTHS = 60 };
    int d = 0, y, m, ad;
    uint32_t e = dgi_point_ordinal(r, k, &d);
    bool the = k > 0 && dgi_word(r, k - 1, DGI_W_THE), figures = k < r->as->n && atom(r, k)->kind == DGI_ATOM_NUM;
    bool suffix = e != k && (figures || (the && e >= r->as->n) || (the && dgi_mark(r, e, '.')));
    if (!suffix)
        e = dgi_point_day_number(r, k, &d);
    if (e == k || (!suffix && (the || !dgi_point_clause_end(r, e) || sentence_mark(r, e) == (e + 1 < r->as->n))) ||
        dgi_mark(r, e, '-') || dgi_word(r, e, DGI_W_OF) || r->anchor == DGI_NO_DAY)
        return false;
    p->to = e;
    p->shape = DGI_PT_OTHER;
    p->two = true;
    p->range = p->future = DGI_NO_RANGE;
    anchor_split(r, &y, &m, &ad);
    for (int i = 0; i < MONTHS; i++) {
        int back = y * 12 + m - 1 - i, on = y * 12 + m - 1 + i;
        int32_t b = dgi_day_make(back / 12, back % 12 + 1, d), f = dgi_day_make(on / 12, on % 12 + 1, d);
        if (p->range.start == DGI_NO_DAY && b != DGI_NO_DAY && b <= r->anchor && dgi_day_weekday(b) == wd)
            p->range = dgi_cal_day(b);
        if (p->future.start == DGI_NO_DAY && f != DGI_NO_DAY && f >= r->anchor && dgi_day_weekday(f) == wd)
            p->future = dgi_cal_day(f);
    }
    p->two = p->range.start != p->future.start;
    return p->range.start != DGI_NO_DAY || p->future.start != DGI_NO_DAY;
}

/* "Tuesday two weeks ago", "the Sunday three weeks after 15 January": that day of the week so many weeks away; counted in Sundays
 * behind a date it may be the one before. */
static bool weekday_weeks_away(const struct dgi_time_reader *r, uint32_t e, struct dgi_point *p)
{
    struct dgi_point q, from;
    double n = 0;
    uint32_t k = dgi_time_amount(r, e, &n), u = k;
    if (k == e && dgi_word(r, e, DGI_W_A))
        u = e + 1;
    const uint32_t word = u + 1;
    const bool after = dgi_word(r, word, DGI_W_AFTER);
    if (u == e || dgi_time_unit_at(r, u) != DGI_U_WEEK || r->anchor == DGI_NO_DAY ||
        dgi_tc(r, word + 1) == DGI_TC_WEEKDAY ||
        !(after || dgi_word(r, word, DGI_W_TIME_AGO) || dgi_word(r, word, DGI_W_TIME_HENCE) ||
          (dgi_word(r, word, DGI_W_FROM) && dgi_word(r, word + 1, DGI_W_TIME_NOW))))
        return false;
    memset(&q, 0, sizeof q);
    q.range = q.future = DGI_NO_RANGE;
    if (!dgi_time_count(r, e, &q) || q.no_date || q.range.precision != DGI_P_WEEK || q.range.end - q.range.start != 6 ||
        q.to < word + 1)
        return false;
    p->to = q.to;
    p->shape = DGI_PT_OTHER;
    p->two = q.two;
    p->range = dgi_cal_day(q.range.start + p->weekday);
    p->future = q.two && q.future.start != DGI_NO_DAY ? dgi_cal_day(q.future.start + p->weekday) : DGI_NO_RANGE;
    k = word + 1 + dgi_word(r, word + 1, DGI_W_THE);
    if (after && !q.two && dgi_point_plain(r, k, &from) && from.range.start == from.range.end &&
        dgi_day_weekday(from.range.end) < p->weekday)
        dgi_point_or(p, dgi_cal_day(p->range.start - 7));
    return true;
}

/* Behind a weekday or its abbreviation: a date that names the same day. */
bool dgi_time_weekday(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p)
{
    bool abbr = dgi_tc(r, i) == DGI_TC_DAYABBR && atom(r, i)->upper;
    if ((!abbr && !is_weekday(r, i)) || in_every_list(r, i))
        return false;
    int wd = dgi_tv(r, i);
    uint32_t e = dgi_time_parts(r, i + 1), k = e;
    struct dgi_point q = {0};
    if (dgi_mark(r, k, ','))
        k++;
    if (dgi_word(r, k, DGI_W_THE))
        k++;
    if ((dgi_time_day_month(r, k, &q) || dgi_time_month_first(r, k, &q) || dgi_time_numeric(r, k, &q) ||
         dgi_time_short_numeric(r, k, &q)) &&
        (q.shape == DGI_PT_DAY || q.shape == DGI_PT_MONTH_DAY)) {
        *p = q;
        p->from = i;
        if (q.shape == DGI_PT_MONTH_DAY && q.range.start != DGI_NO_DAY) { /* the year in which the weekday fits */
            bool past = dgi_day_weekday(q.range.start) == wd,
                 fut = q.future.start != DGI_NO_DAY && dgi_day_weekday(q.future.start) == wd;
            if (past != fut) {
                p->range = past ? q.range : q.future;
                p->future = DGI_NO_RANGE;
                p->two = false;
                p->shape = DGI_PT_DAY;
            }
        }
        return true;
    }
    if (!read_parts_only(r, i, e) && weekday_of_month(r, k, wd, p)) {
        p->from = i;
        return true;
    }
    if (abbr && !beside_day(r, i))
        return false;
    p->from = i;
    p->weekday = wd;
    p->to = e;
    dgi_time_weekday_both_ways(r, p);
    if (weekday_weeks_away(r, e, p))
        return true;
    /* Monday last week, Wednesday of next week, Monday week */
    k = e + dgi_word(r, e, DGI_W_OF_IN);
    k += dgi_word(r, k, DGI_W_THE);
    if (dgi_tc(r, k) == DGI_TC_REL && is_unit(r, k + 1, DGI_U_WEEK)) {
        struct dgi_day_range w = dgi_cal_unit(r->anchor, DGI_U_WEEK, dgi_tv(r, k));
        p->range = w.start == DGI_NO_DAY ? DGI_NO_RANGE : dgi_cal_day(w.start + wd);
        p->future = DGI_NO_RANGE;
        p->two = false;
        p->shape = DGI_PT_OTHER;
        p->to = k + 2;
    }
    return true;
}

bool dgi_time_dayword(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p)
{
    p->from = i;
    if (dgi_tc(r, i) == DGI_TC_OVERNIGHT) {
        /* "overnight talks" of any day carries no date of its own */
        if (i + 1 < r->as->n && upos(r, i + 1) == DGI_NOUN && atom(r, i + 1)->gap && upos(r, i) == DGI_ADJ)
            return false;
        p->to = i + 1;
        p->range = r->anchor == DGI_NO_DAY ? DGI_NO_RANGE : dgi_cal_days(r->anchor - 1, r->anchor, DGI_P_DAY);
        return true;
    }
    if (dgi_tc(r, i) == DGI_TC_DAYWORD) {
        p->to = dgi_time_parts(r, i + 1);
        p->range = dgi_cal_unit(r->anchor, DGI_U_DAY, dgi_tv(r, i));
        return true;
    }
    /* the week before last, the month after next */
    if (dgi_tc(r, i) == DGI_TC_UNIT && i > 0 && dgi_word(r, i - 1, DGI_W_THE) && dgi_point_clause_end(r, i + 3) &&
        ((dgi_word(r, i + 1, DGI_W_BEFORE) && dgi_word(r, i + 2, DGI_W_TIME_LAST)) ||
         (dgi_word(r, i + 1, DGI_W_AFTER) && dgi_word(r, i + 2, DGI_W_TIME_NEXT)))) {
        p->to = i + 3;
        p->range = dgi_cal_unit(r->anchor, dgi_tv(r, i), dgi_word(r, i + 1, DGI_W_BEFORE) ? -2 : 2);
        return true;
    }
    /* the day before yesterday, the day after tomorrow */
    if (is_unit(r, i, DGI_U_DAY) && dgi_word(r, i + 1, DGI_W_AFTER_BEFORE) && dgi_tc(r, i + 2) == DGI_TC_DAYWORD) {
        p->to = i + 3;
        p->range = dgi_cal_unit(r->anchor, DGI_U_DAY, dgi_tv(r, i + 2) + (dgi_word(r, i + 1, DGI_W_BEFORE) ? -1 : 1));
        return true;
    }
    return false;
}

/* ---- last, this, next, following, that ---- */
static bool rough_number(const struct dgi_time_reader *r, uint32_t i)
{
    uint8_t c =
        i < r->as->n && atom(r, i)->num_row != DGI_NONE ? r->numbers->cls[atom(r, i)->num_row] : (uint8_t)DGI_NUM_NONE;
    return c == DGI_NUM_VAGUE || c == DGI_NUM_DOZEN; /* few, dozen */
}

bool dgi_time_vague_number(const struct dgi_time_reader *r, uint32_t i)
{
    return i < r->as->n && atom(r, i)->num_row != DGI_NONE && r->numbers->cls[atom(r, i)->num_row] == DGI_NUM_VAGUE;
}

uint32_t dgi_time_amount(const struct dgi_time_reader *r, uint32_t i, double *n)
{
    uint32_t e = dgi_atoms_number(r->as, i, r->numbers, false, n);
    if (e != i)
        return e;
    if (dgi_word(r, e, DGI_W_A) && rough_number(r, e + 1))
        e++;
    if (rough_number(r, e)) {
        *n = r->numbers->value[atom(r, e)->num_row];
        e++;
        if (dgi_word(r, e, DGI_W_OF))
            e++;
        return e;
    }
    return i;
}

uint8_t dgi_time_unit_precision(int unit)
{
    switch (unit) {
    case DGI_U_WEEK:
    case DGI_U_FORTNIGHT: return DGI_P_WEEK;
    case DGI_U_MONTH: return DGI_P_MONTH;
    case DGI_U_QUARTER: return DGI_P_QUARTER;
    case DGI_U_YEAR:
    case DGI_U_DECADE:
    case DGI_U_CENTURY: return DGI_P_YEAR;
    default: return DGI_P_DAY;
    }
}

/* So many units up to `day` (dir -1) or from it on; quarters are those of the calendar. */
void dgi_time_set_rolling(struct dgi_point *p, int32_t day, int unit, double n, int dir)
{
    p->rolling = true;
    if (unit == DGI_U_QUARTER && n >= 1 && n < 400) {
        struct dgi_day_range a = dgi_cal_unit(day, unit, dir), b = dgi_cal_unit(day, unit, dir * (int)n);
        p->range = dgi_cal_days(dir < 0 ? b.start : a.start, dir < 0 ? a.end : b.end, DGI_P_QUARTER);
        return;
    }
    int32_t other = dgi_cal_span_end(day, unit, n, dir);
    p->range = dir < 0 ? dgi_cal_days(other, day, dgi_time_unit_precision(unit))
                       : dgi_cal_days(day, other, dgi_time_unit_precision(unit));
    if (n >= 1 && n < 400 && n == (int)n && unit != DGI_U_DAY) { /* or whole weeks, months, decades of the calendar */
        struct dgi_day_range a = dgi_cal_unit(day, unit, dir), b = dgi_cal_unit(day, unit, dir * (int)n);
        if (a.precision > DGI_P_DAY)
            dgi_point_or(p, dgi_cal_days(dir < 0 ? b.start : a.start, dir < 0 ? a.end : b.end, a.precision));
    }
}

static bool set_rel_unit(const struct dgi_time_reader *r, struct dgi_point *p, uint32_t i, int unit, int shift,
                         bool definite)
{
    bool is_past_word = dgi_word(r, i, DGI_W_TIME_PAST);
    bool before = dgi_word(r, i, DGI_W_TIME_PREVIOUS);
    bool is_next = dgi_word(r, i, DGI_W_TIME_NEXT);
    int32_t base = r->anchor;
    if (unit == DGI_U_HOUR || unit == DGI_U_MINUTE) {
        dgi_time_set_rolling(p, base, unit, 1, shift < 0 ? -1 : 1);
        return true;
    }
    if (unit == DGI_U_DAY && dgi_word(r, i, DGI_W_TIME_LAST))
        return false; /* "the last day of the summit" */
    bool age = (unit == DGI_U_DECADE || unit == DGI_U_CENTURY) && definite && dgi_word(r, i, DGI_W_TIME_LAST);
    if ((is_past_word && unit != DGI_U_WEEKEND) || age) {
        dgi_time_set_rolling(p, base, unit, 1, -1);
        return true;
    }
    /* "the next day", "the previous month": counted from what was told, if anything was */
    if ((before || (is_next && definite)) && r->told.start != DGI_NO_DAY &&
        (r->told_here || unit == DGI_U_DAY || before || (i > 0 && i <= 2 && r->told.end < r->anchor - 62)))
        base = unit == DGI_U_DAY && r->told_day.start != DGI_NO_DAY ? (before ? r->told_day.start : r->told_day.end)
                                                                    : (before ? r->told.start : r->told.end);
    p->from_told = base != r->anchor;
    p->range = dgi_cal_unit(base, unit, shift);
    if (unit == DGI_U_WEEKEND && shift < 0 && base != DGI_NO_DAY && dgi_day_weekday(base) == 6 && is_past_word)
        p->range = dgi_cal_unit(base, unit, 0); /* "this past weekend" written on its Sunday */
    return true;
}

/* "last Friday", "this Friday", "next Friday": w is the word that decides. */
static bool rel_weekday(const struct dgi_time_reader *r, struct dgi_point *p, uint32_t e, uint32_t w, int shift)
{
    int wd = dgi_tv(r, e);
    p->weekday = wd;
    p->to = dgi_time_parts(r, e + 1);
    if (r->anchor == DGI_NO_DAY)
        return true;
    int today = dgi_day_weekday(r->anchor);
    int32_t monday = r->anchor - today;
    if (shift < 0) {
        p->range = dgi_cal_day(r->anchor - ((today - wd + 6) % 7 + 1)); /* the last one before today */
        if (wd < today &&
            !dgi_word(r, w, DGI_W_TIME_PAST)) /* or that of last week, because this week's is plain "Monday" */
            dgi_point_or(p, dgi_cal_day(p->range.start - 7));
    }
    if (shift >= 0 && (shift == 0 || !dgi_word(r, w, DGI_W_TIME_NEXT)))
        p->range = dgi_cal_day(shift == 0 ? monday + wd : r->anchor + ((wd - today + 6) % 7 + 1));
    else if (shift > 0) /* a newspaper writes plain "Friday" for the one of this week */
        p->range = dgi_cal_day(monday + 7 + wd);
    return true;
}

static bool rel_month(const struct dgi_time_reader *r, struct dgi_point *p, uint32_t e, int shift)
{
    int y, m, d, md = 0;
    p->month = dgi_tv(r, e);
    uint32_t k = dgi_point_day_number(r, e + 1, &md);
    if (k != e + 1 && dgi_point_valid_day(p->month, md) && !dgi_word(r, k, DGI_W_OF))
        p->day = md;
    else
        k = e + 1, p->day = 0;
    p->to = k;
    anchor_split(r, &y, &m, &d);
    if (!y)
        return true;
    if (shift < 0)
        y -= p->month >= m;
    else if (shift > 0)
        y += p->month <= m;
    p->range = p->day ? dgi_cal_day(dgi_day_make(y, p->month, p->day)) : dgi_cal_month(y, p->month);
    return true;
}

static bool rel_season(const struct dgi_time_reader *r, struct dgi_point *p, uint32_t e, int shift)
{
    int y, m, d;
    anchor_split(r, &y, &m, &d);
    p->to = e + 1;
    if (!y)
        return true;
    struct dgi_day_range s = dgi_cal_season(y, dgi_tv(r, e));
    if (shift < 0 && s.end >= r->anchor)
        s = dgi_cal_season(y - 1, dgi_tv(r, e));
    else if (shift > 0 && s.start <= r->anchor)
        s = dgi_cal_season(y + 1, dgi_tv(r, e));
    p->range = s;
    return true;
}

/* "last Christmas", "next Easter", "this Ramadan" */
static bool rel_holiday(const struct dgi_time_reader *r, struct dgi_point *p, uint32_t e, int shift)
{
    struct dgi_point q;
    memset(&q, 0, sizeof q);
    q.range = q.future = DGI_NO_RANGE;
    if (!dgi_time_holiday(r, e, &q) || !q.two || q.dropped)
        return false;
    p->to = q.to;
    p->approx = q.approx;
    p->range = shift < 0 ? q.range : q.future;
    if (shift == 0 && r->anchor != DGI_NO_DAY && q.range.start != DGI_NO_DAY) { /* that of this year */
        int y, y2, m, d;
        dgi_day_split(r->anchor, &y, &m, &d);
        dgi_day_split(q.range.start, &y2, &m, &d);
        p->range = y == y2 ? q.range : q.future;
    }
    return true;
}

/* "three weeks", "couple weeks", "3 months and 2 days" behind "last" or "next": the number at e, its unit at k. */
static void rolling_amount(const struct dgi_time_reader *r, uint32_t e, uint32_t k, double n, int shift,
                           struct dgi_point *p)
{
    const int unit = dgi_time_unit_at(r, k), dir = shift < 0 ? -1 : 1;
    dgi_time_set_rolling(p, r->anchor, unit, n, shift);
    p->to = k + 1;
    if (n == 2 && rough_number(r, e)) { /* a couple are two */
        p->amount = n;
        p->amount_unit = unit;
    }
    if (dgi_tc(r, k) != DGI_TC_UNITS)
        return;
    p->to = dgi_time_smaller(r, k + 1, unit, true, p);
    p->either = p->either && p->to == k + 1;
    for (size_t m = 0; m < sizeof p->more / sizeof *p->more && p->more[m].n > 0; m++) {
        if (dir < 0)
            p->range.start = dgi_cal_span_end(p->range.start, p->more[m].unit, p->more[m].n, dir);
        else
            p->range.end = dgi_cal_span_end(p->range.end, p->more[m].unit, p->more[m].n, dir);
    }
}

bool dgi_time_rel(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p)
{
    uint32_t e = i, w;
    if (dgi_tc(r, e) != DGI_TC_REL)
        return false;
    int shift = dgi_tv(r, e);
    bool definite = i > 0 && dgi_word(r, i - 1, DGI_W_THE);
    e++;
    if (dgi_tc(r, e) == DGI_TC_REL) { /* this past weekend, this coming Friday, this last week */
        shift = dgi_tv(r, e);
        e++;
    }
    w = e - 1; /* the word that decides */
    p->from = i;
    double n = 0;
    uint32_t k = dgi_time_amount(r, e, &n);
    if (k != e && dgi_word(r, k, DGI_W_TIME_MORE))
        k++;
    if (k != e && dgi_time_unit_at(r, k) && shift != 0) { /* the last three weeks, the next 48 hours */
        rolling_amount(r, e, k, n, shift, p);
        return true;
    }
    if (k != e && dgi_time_unit_at(r, k) && shift == 0)
        return false;
    if (dgi_tc(r, e) == DGI_TC_UNITS && shift != 0) { /* past weeks, the coming days */
        if (dgi_word(r, w, DGI_W_TIME_LAST_THIS))
            return false;
        dgi_time_set_rolling(p, r->anchor, dgi_tv(r, e), VAGUE, shift);
        p->to = e + 1;
        return true;
    }
    if (dgi_tc(r, e) == DGI_TC_FISCAL && is_unit(r, e + 1, DGI_U_YEAR)) { /* last fiscal year */
        p->to = e + 2;
        p->fiscal = true;
        p->range = dgi_cal_unit(r->anchor, DGI_U_YEAR, shift);
        return true;
    }
    e += dgi_word(r, e, DGI_W_TIME_MORE) && dgi_tc(r, e + 1) == DGI_TC_UNIT; /* this calendar year */
    if (dgi_tc(r, e) == DGI_TC_UNIT) {
        if (dgi_word(r, w, DGI_W_TIME_PRECEDING) && !definite)
            return false;
        p->to = e + 1;
        k = e + 1 + (dgi_word(r, e + 1, DGI_W_ON) || dgi_mark(r, e + 1, '-'));
        if (dgi_tv(r, e) == DGI_U_WEEK && (is_weekday(r, k) || (dgi_tc(r, k) == DGI_TC_DAYABBR && is_day_name(r, k))) &&
            r->anchor != DGI_NO_DAY) { /* next week on Tuesday */
            p->to = dgi_time_parts(r, k + 1);
            p->range = dgi_cal_day(dgi_cal_unit(r->anchor, DGI_U_WEEK, shift).start + dgi_tv(r, k));
            return true;
        }
        return set_rel_unit(r, p, w, dgi_tv(r, e), shift, definite);
    }
    if (dgi_tc(r, e) == DGI_TC_PART) { /* this morning, last night */
        if (shift > 0 && !definite)
            return false;
        if (shift > 0 && r->told_day.start != DGI_NO_DAY) { /* the next morning */
            p->to = e + 1;
            p->from_told = true;
            p->range = dgi_cal_unit(r->told_day.end, DGI_U_DAY, 1);
            return true;
        }
        p->to = e + 1;
        p->range = dgi_cal_unit(r->anchor, DGI_U_DAY, shift);
        return shift == 0 || dgi_word(r, e, DGI_W_TIME_NIGHT);
    }
    if (is_weekday(r, e))
        return rel_weekday(r, p, e, w, shift);
    if (dgi_time_is_month(r, e))
        return rel_month(r, p, e, shift);
    return (dgi_tc(r, e) == DGI_TC_SEASON && rel_season(r, p, e, shift)) || rel_holiday(r, p, e, shift);
}

/* "the following Easter": the first behind the time told, or, where nothing was told, the next. */
static bool narr_holiday(const struct dgi_time_reader *r, uint32_t e, struct dgi_point *p)
{
    struct dgi_time_reader then = *r;
    struct dgi_point q;
    memset(&q, 0, sizeof q);
    q.range = q.future = DGI_NO_RANGE;
    if (r->told.end != DGI_NO_DAY)
        then.anchor = r->told.end + 1;
    if (!dgi_time_holiday(&then, e, &q) || q.dropped || (!q.two && q.range.start == DGI_NO_DAY))
        return false;
    p->to = q.to;
    p->approx = q.approx;
    p->from_told = r->told.end != DGI_NO_DAY;
    p->range = q.two && q.future.start != DGI_NO_DAY ? q.future : q.range;
    return p->range.start != DGI_NO_DAY;
}

/* Does a verb in the past stand close before? */
static bool narrates(const struct dgi_time_reader *r, uint32_t i)
{
    enum { REACH = 8 };
    for (uint32_t b = i; b > 0 && i - b < REACH; b--) {
        uint32_t t = atom(r, b - 1)->tok;
        if (t < r->doc->n_toks && upos(r, b - 1) == DGI_VERB && dgi_str_is(r->doc->toks[t].xpos, "VBD"))
            return true;
    }
    return false;
}

/* "that day", "the same month a year ago", "the following week": unit or part of day at e behind the word at i. */
static bool narr_unit(const struct dgi_time_reader *r, uint32_t i, uint32_t e, int shift, struct dgi_point *p)
{
    const struct dgi_day_range *t = &r->told;
    int unit = dgi_tc(r, e) == DGI_TC_PART ? DGI_U_DAY : dgi_tv(r, e);
    if (unit == DGI_U_HOUR || unit == DGI_U_MINUTE)
        return false;
    if (unit == DGI_U_DAY && r->told_day.start != DGI_NO_DAY)
        t = &r->told_day;
    uint32_t ago = e + 1 + dgi_word(r, e + 1, DGI_W_A);
    if (shift == 0 && r->anchor != DGI_NO_DAY && unit < DGI_U_YEAR && is_unit(r, ago, DGI_U_YEAR) && ago > e + 1 &&
        (dgi_word(r, ago + 1, DGI_W_TIME_AGO) ||
         dgi_word(r, ago + 1, DGI_W_TIME_EARLIER))) { /* the same month a year ago */
        p->range = dgi_cal_unit(dgi_cal_span_end(r->anchor, DGI_U_YEAR, 1, -1), unit, 0);
        p->to = ago + 2;
        return true;
    }
    if (shift == 0 && dgi_tc(r, e + 1) == DGI_TC_REL && is_unit(r, e + 2, DGI_U_YEAR) && r->anchor != DGI_NO_DAY &&
        unit < DGI_U_YEAR) {
        p->range = dgi_cal_unit(dgi_cal_span_end(r->anchor, DGI_U_YEAR, 1, dgi_tv(r, e + 1)), unit,
                                0); /* the same month last year */
        p->to = e + 3;
        return true;
    }
    p->to = e + 1;
    if (shift == 1 && r->told_at == DGI_NONE && r->anchor != DGI_NO_DAY && !narrates(r, i)) { /* it comes */
        p->range = dgi_cal_unit(r->anchor, unit, 1);
        return true;
    }
    p->narrated = p->from_told = true;
    if (t->start == DGI_NO_DAY) {
        p->no_date = true;
        return true;
    }
    p->range = shift ? dgi_cal_unit(t->end, unit, 1) : dgi_cal_unit(t->start, unit, 0);
    return true;
}

/* recent days; the following day, that day, the same month, the following Monday */
bool dgi_time_narr(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p)
{
    uint8_t c = dgi_tc(r, i);
    p->from = i;
    if (c == DGI_TC_RECENT && dgi_tc(r, i + 1) == DGI_TC_UNITS) {
        dgi_time_set_rolling(p, r->anchor, dgi_tv(r, i + 1), VAGUE, -1);
        p->to = i + 2;
        return true;
    }
    if (c != DGI_TC_NARR && !(dgi_word(r, i, DGI_W_TIME_THIS) && dgi_word(r, i + 1, DGI_W_TIME_SAME)))
        return false;
    uint32_t e = i + 1;
    if (dgi_word(r, e, DGI_W_TIME_SAME) || (dgi_word(r, e, DGI_W_TIME_VERY) && dgi_tc(r, e + 1) == DGI_TC_UNIT))
        e++;
    int shift = c == DGI_TC_NARR ? dgi_tv(r, i) : 0;
    const struct dgi_day_range *t = &r->told;
    if (dgi_word(r, i, DGI_W_THAT) && i > 0 && dgi_word(r, i - 1, DGI_W_TIME_DAY_PREP) &&
        dgi_tc(r, e) == DGI_TC_REFTAIL && dgi_word(r, e, DGI_W_TIME_LOCAL) &&
        t->start != DGI_NO_DAY) { /* by that time */
        p->to = e + 1;
        p->narrated = p->from_told = true;
        p->range = *t;
        return true;
    }
    if (dgi_tc(r, e) == DGI_TC_UNIT || (dgi_tc(r, e) == DGI_TC_PART && shift == 0 && dgi_word(r, i, DGI_W_THAT)))
        return narr_unit(r, i, e, shift, p);
    if (dgi_tc(r, e) == DGI_TC_SEASON && t->start != DGI_NO_DAY) { /* that summer, the following spring */
        int y, m, d;
        dgi_day_split(t->start, &y, &m, &d);
        p->to = e + 1;
        p->from_told = true;
        p->range = dgi_cal_season(y, dgi_tv(r, e));
        if (shift && p->range.start <= t->end)
            p->range = dgi_cal_season(y + 1, dgi_tv(r, e));
        return true;
    }
    if (shift == 1 && narr_holiday(r, e, p))
        return true;
    double n = 0;
    uint32_t k = shift == 1 ? dgi_time_amount(r, e, &n) : e;
    if (k != e && dgi_time_unit_at(r, k)) { /* the following three months */
        p->from_told = t->end != DGI_NO_DAY;
        dgi_time_set_rolling(p, p->from_told ? t->end : r->anchor, dgi_time_unit_at(r, k), n, 1);
        p->to = k + 1;
        p->no_date = p->range.start == DGI_NO_DAY;
        return true;
    }
    if (shift == 1 && dgi_tc(r, e) == DGI_TC_PART && r->told_day.start != DGI_NO_DAY) { /* the following morning */
        p->to = e + 1;
        p->from_told = true;
        p->range = dgi_cal_unit(r->told_day.end, DGI_U_DAY, 1);
        return true;
    }
    if (shift == 1 && is_weekday(r, e)) {
        p->to = dgi_time_parts(r, e + 1);
        if (t->start == DGI_NO_DAY) {
            bool the = i > 0 && dgi_word(r, i - 1, DGI_W_THE);
            if (!the && r->anchor != DGI_NO_DAY && dgi_word(r, i, DGI_W_TIME_FOLLOWING)) { /* as "next Friday" */
                p->range = dgi_cal_day(r->anchor - dgi_day_weekday(r->anchor) + 7 + dgi_tv(r, e));
                return true;
            }
            if (the)
                p->no_date = true;
            p->narrated = p->no_date;
            return p->no_date;
        }
        p->from_told = true;
        p->range = dgi_cal_day(t->end + (dgi_tv(r, e) - dgi_day_weekday(t->end) + 6) % 7 + 1);
        return true;
    }
    if (shift == 1 && dgi_time_is_month(r, e) && t->start != DGI_NO_DAY) {
        int y, m, d;
        dgi_day_split(t->end, &y, &m, &d);
        p->to = e + 1;
        p->from_told = true;
        p->range = dgi_cal_month(dgi_tv(r, e) > m ? y : y + 1, dgi_tv(r, e));
        return true;
    }
    return false;
}
