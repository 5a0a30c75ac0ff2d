/* SPDX-License-Identifier: Apache-2.0 */
/* resolve/time_dates.c: dates as they are written and years: "May 3, 2014", "3/5/1998", "the 5th and 6th of June", "the 1990s", "the twentieth century".
 *
 * Reads and writes as time_points.c, which takes the longest of what these readers find. */
#include "resolve/time_readers.h"

/* The month, or day of it, nearest to the anchor: sign -1 before, 1 after it; the anchor itself counts. */
static struct dgi_day_range nearest(int32_t anchor, int m, int d, int sign)
{
    int y, am, ad;
    if (anchor == DGI_NO_DAY)
        return DGI_NO_RANGE;
    dgi_day_split(anchor, &y, &am, &ad);
    if (d == 0)
        return dgi_cal_month(sign * (m - am) >= 0 ? y : y + sign, m);
    for (int k = 0; k < 9; k++) { /* nine: 29 February around 1900 */
        int32_t day = dgi_day_make(y + sign * k, m, d);
        if (day != DGI_NO_DAY && sign * (day - anchor) >= 0)
            return dgi_cal_day(day);
    }
    return DGI_NO_RANGE;
}

struct dgi_day_range dgi_point_past(int32_t anchor, int m, int d)
{
    return nearest(anchor, m, d, -1);
}

struct dgi_day_range dgi_point_future(int32_t anchor, int m, int d)
{
    return nearest(anchor, m, d, 1);
}

static void both_ways(const struct dgi_time_reader *r, struct dgi_point *p)
{
    p->range = dgi_point_past(r->anchor, p->month, p->day);
    p->future = dgi_point_future(r->anchor, p->month, p->day);
    p->two = p->range.start != p->future.start || p->range.start == DGI_NO_DAY;
}

void dgi_time_weekday_both_ways(const struct dgi_time_reader *r, struct dgi_point *p)
{
    p->shape = DGI_PT_WEEKDAY;
    p->range = p->future = DGI_NO_RANGE;
    p->two = true;
    if (r->anchor == DGI_NO_DAY)
        return;
    int back = (dgi_day_weekday(r->anchor) - p->weekday + 7) % 7;
    p->range = dgi_cal_day(r->anchor - back);
    p->future = dgi_cal_day(r->anchor + (7 - back) % 7);
    p->two = back != 0;
}

/* ---- small readers; each returns the atom after what it read, or i ---- */
bool dgi_time_glued(const struct dgi_time_reader *r, uint32_t i)
{
    return i < r->as->n && !r->as->a[i].gap;
}

uint32_t dgi_time_ordinal_suffix(const struct dgi_time_reader *r, uint32_t i)
{
    return dgi_time_glued(r, i) && dgi_word(r, i, DGI_W_TIME_ORDINAL_END) ? i + 1 : i;
}

/* Is the number at i part of something larger: a price, a code, a ratio, a clock time? */
bool dgi_time_number_in_code(const struct dgi_time_reader *r, uint32_t i)
{
    if (i == 0)
        return false;
    const struct dgi_atom *b = atom(r, i - 1);
    if (r->as->a[i].gap) /* "$ 12" */
        return b->kind == DGI_ATOM_MARK && (b->mark == '$' || b->mark == 'E' || b->mark == 'L' || b->mark == 'Y');
    if (b->kind == DGI_ATOM_MARK)
        return b->mark == '$' || b->mark == ':' || b->mark == '#' || b->mark == '/' || b->mark == '.' ||
               b->mark == 'E' || b->mark == 'L' || b->mark == 'Y' || b->mark == '@';
    return true; /* A4, v2 */
}

uint32_t dgi_point_day_number(const struct dgi_time_reader *r, uint32_t i, int *d)
{
    if (i >= r->as->n || atom(r, i)->kind != DGI_ATOM_NUM)
        return i;
    const struct dgi_atom *a = atom(r, i);
    if (a->n_digits < 1 || a->n_digits > 2 || a->num < 1 || a->num > 31 || dgi_time_number_in_code(r, i))
        return i;
    if (dgi_time_glued(r, i + 1) && atom(r, i + 1)->kind == DGI_ATOM_MARK &&
        strchr("%:/", atom(r, i + 1)->mark ? atom(r, i + 1)->mark : ' '))
        return i;
    *d = (int)a->num;
    uint32_t e = dgi_time_ordinal_suffix(r, i + 1);
    if (e == i + 1 && dgi_time_glued(r, e) && atom(r, e)->kind == DGI_ATOM_WORD)
        return i; /* "5m" */
    return e;
}

bool dgi_point_year_number(const struct dgi_time_reader *r, uint32_t i, int *y)
{
    if (i >= r->as->n)
        return false;
    const struct dgi_atom *a = atom(r, i);
    if (a->kind != DGI_ATOM_NUM || a->n_digits != 4 || a->num < EARLIEST_YEAR || a->num > LATEST_YEAR ||
        dgi_time_number_in_code(r, i))
        return false;
    if (dgi_time_glued(r, i + 1) && (atom(r, i + 1)->kind == DGI_ATOM_WORD || dgi_mark(r, i + 1, '%')))
        return false;
    *y = (int)a->num;
    return true;
}

static bool ranges_on(const struct dgi_time_reader *r, uint32_t i)
{
    return dgi_word(r, i, DGI_W_TIME_RANGE_TO) || dgi_mark(r, i, '-');
}

/* "april 2017", "12 dec", "from april to june": written in small letters, beside a day or a year, or behind a preposition with
 * nothing to count behind. Not "may" and "march", which are words. */
static bool lower_month(const struct dgi_time_reader *r, uint32_t i)
{
    int y, d;
    uint32_t b = i > 1 && dgi_word(r, i - 1, DGI_W_THE) ? i - 1 : i; /* "in the april" */
    if (b > 0 && dgi_word(r, b - 1, DGI_W_TIME_IN_SINCE) &&
        (i + 1 >= r->as->n || (atom(r, i + 1)->kind == DGI_ATOM_MARK && !dgi_mark(r, i + 1, '-'))))
        return true; /* "it may be in may" */
    if (dgi_word(r, i, DGI_W_TIME_MONTH_LIKE))
        return false;
    uint32_t k = i + 1 + dgi_word(r, i + 1, DGI_W_OF_IN), the = i + 1 + dgi_word(r, i + 1, DGI_W_THE);
    if (dgi_point_ordinal(r, the, &d) != the ||
        (i > 0 && dgi_word(r, i - 1, DGI_W_TIME_PREP) && (dgi_point_clause_end(r, i + 1) || ranges_on(r, i + 1))) ||
        (i > 2 && dgi_word(r, i - 1, DGI_W_AND) && dgi_tc(r, i - 2) == DGI_TC_MONTH))
        return true;
    return dgi_point_year_number(r, k, &y) || dgi_point_day_number(r, i + 1, &d) != i + 1 ||
           (i > 0 && (atom(r, i - 1)->kind == DGI_ATOM_NUM || dgi_time_ordinal_suffix(r, i - 1) != i - 1));
}

/* A month name that means the month, and not a verb ("may"), a noun ("march") or a woman ("June"). */
bool dgi_time_is_month(const struct dgi_time_reader *r, uint32_t i)
{
    if (dgi_tc(r, i) != DGI_TC_MONTH)
        return false;
    const struct dgi_atom *a = atom(r, i);
    bool care = dgi_word(r, i, DGI_W_TIME_MONTH_OR_WORD);
    if (!a->upper && a->text.len < 5 && !lower_month(r, i))
        return false;
    if (!a->upper && care && !lower_month(r, i))
        return false;
    if (is_person(r, i))
        return false;
    if (a->text.len < 5 && dgi_mark(r, i + 1, '-') && dgi_time_glued(r, i + 1) && dgi_time_glued(r, i + 2) &&
        atom(r, i + 2)->kind == DGI_ATOM_WORD && dgi_tc(r, i + 2) != DGI_TC_MONTH)
        return false; /* Mar-a-Lago */
    if (!care)
        return true;
    int d;
    if (a->upper && dgi_mark(r, i + 1, '-') && dgi_time_glued(r, i + 1) && dgi_tc(r, i + 2) == DGI_TC_MONTH)
        return true; /* Jan-Feb */
    bool number_beside = dgi_point_day_number(r, i + 1, &d) != i + 1 || dgi_point_year_number(r, i + 1, &d) ||
                         (dgi_mark(r, i + 1, ',') && dgi_point_year_number(r, i + 2, &d)) ||
                         (i > 0 && atom(r, i - 1)->kind == DGI_ATOM_NUM) ||
                         (i > 0 && dgi_time_ordinal_suffix(r, i - 1) != i - 1) ||
                         (!a->upper && lower_month(r, i)); /* in small letters it has shown itself */
    uint8_t u = upos(r, i);
    if (number_beside)
        return true;
    if (u == DGI_AUX || u == DGI_VERB || a->all_upper)
        return i > 0 && dgi_word(r, i - 1, DGI_W_TIME_PREP) && u != DGI_AUX;
    if (i > 0 && dgi_word(r, i - 1, DGI_W_TIME_PREP))
        return true;
    if (i > 0 && dgi_mark(r, i - 1, '-') && !a->gap)
        return true;
    if (i == 0 || (i > 0 && atom(r, i - 1)->upper && !dgi_mark(r, i - 1, ',')))
        return false;
    if (i + 1 < r->as->n && atom(r, i + 1)->kind == DGI_ATOM_WORD && atom(r, i + 1)->upper &&
        dgi_tc(r, i + 1) == DGI_TC_NONE)
        return u == DGI_PROPN && dgi_word(r, i, DGI_W_TIME_MONTH_BEFORE_NAME);
    return u == DGI_PROPN || u == DGI_UPOS_NONE;
}

uint32_t dgi_time_parts(const struct dgi_time_reader *r, uint32_t i)
{
    uint32_t e = i;
    if (dgi_tc(r, e) == DGI_TC_EDGE && dgi_tc(r, e + 1) == DGI_TC_PART) /* "Monday late night" */
        e++;
    if (dgi_tc(r, e) == DGI_TC_PART)
        return e + 1;
    return i;
}

/* "last year", "of this year", "that year", ", 2014" after a month or a day of it: which year? 0: none said. */
uint32_t dgi_time_year_after(const struct dgi_time_reader *r, uint32_t i, bool day_before, int *year)
{
    uint32_t e = i;
    int y, m, d;
    *year = 0;
    if (dgi_mark(r, e, ',') && dgi_point_year_number(r, e + 1, year)) {
        return e + 2;
    }
    if (!day_before && dgi_mark(r, e, '-') && dgi_time_glued(r, e) && dgi_point_year_number(r, e + 1, year))
        return e + 2;
    if (dgi_point_year_number(r, e, year))
        return e + 1;
    if (dgi_word(r, e, DGI_W_OF_IN))
        e++;
    if (dgi_mark(r, e, '\'') && dgi_time_glued(r, e + 1) && atom(r, e + 1)->kind == DGI_ATOM_NUM &&
        atom(r, e + 1)->n_digits == 2 &&
        !(dgi_time_glued(r, e + 2) && atom(r, e + 2)->kind == DGI_ATOM_WORD)) { /* the summer of '69 */
        anchor_split(r, &y, &m, &d);
        *year = (int)atom(r, e + 1)->num + 2000;
        *year -= *year > (y ? y : 2030) ? 100 : 0;
        return e + 2;
    }
    if (e > i && dgi_point_year_number(r, e, year))
        return e + 1;
    bool pair;
    uint32_t said = dgi_point_spoken_year(r, e, year, &pair);
    if (said != e && dgi_point_clause_end(r, said)) /* October nineteen eighty-six */
        return said;
    *year = 0;
    if (e > i && !dgi_word(r, i, DGI_W_IN) && e < r->as->n && atom(r, e)->kind == DGI_ATOM_NUM &&
        atom(r, e)->n_digits == 2 && atom(r, e)->num > 31 && dgi_point_clause_end(r, e + 1)) { /* April of 87 */
        *year = (int)atom(r, e)->num + 1900;
        return e + 1;
    }
    if (dgi_word(r, e, DGI_W_THE))
        e++;
    anchor_split(r, &y, &m, &d);
    if (dgi_tc(r, e) == DGI_TC_REL && is_unit(r, e + 1, DGI_U_YEAR) && y) {
        *year = y + dgi_tv(r, e);
        return e + 2;
    }
    if (dgi_tc(r, e) == DGI_TC_NARR && dgi_tc(r, e + 1) == DGI_TC_NARR && dgi_tv(r, e) == 0)
        e++;
    if (dgi_tc(r, e) == DGI_TC_NARR && is_unit(r, e + 1, DGI_U_YEAR) && r->told.start != DGI_NO_DAY) {
        dgi_day_split(r->told.start, &y, &m, &d);
        *year = y + dgi_tv(r, e);
        return e + 2;
    }
    return i;
}

static void set_month_day(const struct dgi_time_reader *r, struct dgi_point *p, int year)
{
    p->future = DGI_NO_RANGE;
    if (year) {
        p->shape = p->day ? DGI_PT_DAY : DGI_PT_OTHER;
        p->range = p->day ? dgi_cal_day(dgi_day_make(year, p->month, p->day)) : dgi_cal_month(year, p->month);
        return;
    }
    p->shape = p->day ? DGI_PT_MONTH_DAY : DGI_PT_MONTH;
    both_ways(r, p);
}

/* Two days of one month: make the range. */
static void widen(struct dgi_point *p, int d2)
{
    p->joined = true;
    if (p->range.start != DGI_NO_DAY && d2 > p->day)
        p->range.end = p->range.start + (d2 - p->day);
    if (p->future.start != DGI_NO_DAY && d2 > p->day)
        p->future.end = p->future.start + (d2 - p->day);
}

/* Two numbers of days with "and" between: "between 3 and 5", or days that follow each other ("on 3 and 4 June"). */
static bool next_days(const struct dgi_time_reader *r, uint32_t i)
{
    return i > 0 && dgi_word(r, i, DGI_W_AND) && i + 1 < r->as->n && atom(r, i - 1)->kind == DGI_ATOM_NUM &&
           atom(r, i + 1)->kind == DGI_ATOM_NUM && atom(r, i + 1)->num == atom(r, i - 1)->num + 1;
}

static bool joins_days(const struct dgi_time_reader *r, uint32_t i, uint32_t from)
{
    from -= from > 0 && dgi_word(r, from - 1, DGI_W_THE);
    return next_days(r, i) || dgi_mark(r, i, '-') || dgi_word(r, i, DGI_W_TIME_RANGE_TO) ||
           (dgi_word(r, i, DGI_W_AND_OR) && from > 0 && dgi_word(r, from - 1, DGI_W_BETWEEN)) || dgi_mark(r, i, '/');
}

/* Words that look like a time and are none ("31 February", "Black Friday"): taken, so that no part of them is read. */
bool dgi_time_drop(struct dgi_point *p, uint32_t from, uint32_t to)
{
    p->from = from;
    p->to = to;
    p->dropped = true;
    p->shape = DGI_PT_OTHER;
    p->range = p->future = DGI_NO_RANGE;
    return true;
}

bool dgi_point_valid_day(int m, int d)
{
    return d >= 1 && d <= dgi_month_days(2000, m);
}

/* "and the seventeenth" behind the first day: the atom behind, or e. */
static uint32_t second_day(const struct dgi_time_reader *r, uint32_t e, int *d)
{
    uint32_t k = e + 1, e2 = dgi_point_day_number(r, k, d);
    if (e2 != k)
        return e2;
    k += dgi_word(r, k, DGI_W_THE);
    e2 = dgi_point_ordinal(r, k, d);
    return e2 == k || *d > 31 ? e : e2;
}

/* The year that two figures mean: up to five years ahead. */
static int century_of(const struct dgi_time_reader *r, int figures)
{
    int y, m, d;
    anchor_split(r, &y, &m, &d);
    return figures + (figures > (y ? y % 100 + 5 : 40) ? 1900 : 2000);
}

/* "from the 27th to the 3rd of April": the month is at e, the first day is of the one before. */
static bool from_month_before(const struct dgi_time_reader *r, uint32_t i, uint32_t e, int d, int d2,
                              struct dgi_point *p)
{
    int year, y, m, day;
    uint32_t b = i - (i > 0 && dgi_word(r, i - 1, DGI_W_THE)), to = dgi_time_year_after(r, e + 1, true, &year);
    if (b == 0 || !(dgi_word(r, b - 1, DGI_W_FROM) || dgi_word(r, b - 1, DGI_W_BETWEEN)))
        return false;
    p->day = d2;
    set_month_day(r, p, year);
    struct dgi_day_range *const g[] = {&p->range, &p->future};
    for (int k = 0; k < 2; k++) {
        if (g[k]->start == DGI_NO_DAY)
            continue;
        dgi_day_split(g[k]->start, &y, &m, &day);
        *g[k] = dgi_cal_days(dgi_day_make(m > 1 ? y : y - 1, m > 1 ? m - 1 : 12, d), g[k]->end, DGI_P_DAY);
    }
    p->from = i;
    p->to = to;
    p->shape = DGI_PT_OTHER;
    p->joined = true;
    return true;
}

/* 12 January 2022, 12th of January, 3-5 May, the first of May, twenty-five January nineteen eighty-six */
bool dgi_time_day_month(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p)
{
    int d = 0, d2 = 0, year;
    uint32_t e = dgi_point_day_number(r, i, &d);
    if (e == i) {
        if (i >= r->as->n || atom(r, i)->num_row == DGI_NONE)
            return false;
        if ((e = dgi_point_ordinal(r, i, &d)) == i) {
            bool pair;
            e = dgi_point_spoken_day(r, i, &d);
            if (e == i || !dgi_time_is_month(r, e) ||
                (!dgi_point_year_number(r, e + 1, &year) && dgi_point_spoken_year(r, e + 1, &year, &pair) == e + 1))
                return false;
        } else if (dgi_word(r, e, DGI_W_OF)) {
            ;
        } else if (is_unit(r, e, DGI_U_DAY) && dgi_word(r, e + 1, DGI_W_OF)) { /* the twenty-third day of May */
            e++;
        } else if (!joins_days(r, e, i) || second_day(r, e, &d2) == e) {
            return false;
        }
        d2 = 0;
    }
    if (joins_days(r, e, i)) {
        uint32_t e2 = second_day(r, e, &d2);
        if (e2 != e)
            e = e2;
        else if (!(dgi_mark(r, e, '-') && dgi_time_glued(r, e)))
            return false;
    }
    if (dgi_word(r, e, DGI_W_OF))
        e++;
    if (dgi_time_glued(r, e) && dgi_mark(r, e, '-')) /* 12-Jan-2022 */
        e++;
    if (!dgi_time_is_month(r, e))
        return false;
    p->month = dgi_tv(r, e);
    p->day = d;
    if (d2 && d2 < d && from_month_before(r, i, e, d, d2, p))
        return true;
    if (!dgi_point_valid_day(p->month, d) || (d2 && (!dgi_point_valid_day(p->month, d2) || d2 < d)))
        return dgi_time_drop(p, i, dgi_time_year_after(r, e + 1, true, &year));
    e++;
    e = dgi_time_year_after(r, e, true, &year);
    if (year == 0 && dgi_mark(r, e, '-') && dgi_time_glued(r, e) && dgi_point_year_number(r, e + 1, &year))
        e += 2;
    else if (year == 0 && i + 2 < e && dgi_mark(r, e, '-') && dgi_time_glued(r, e) && dgi_time_glued(r, e + 1) &&
             dgi_mark(r, e - 2, '-') && atom(r, e + 1)->kind == DGI_ATOM_NUM &&
             atom(r, e + 1)->n_digits == 2) { /* 19-Nov-12 */
        int ay, am, ad;
        anchor_split(r, &ay, &am, &ad);
        year = (int)atom(r, e + 1)->num + 2000;
        if (year > (ay ? ay + 5 : 2040))
            year -= 100;
        e += 2;
    }
    p->from = i;
    p->to = e;
    set_month_day(r, p, year);
    if (d2)
        widen(p, d2);
    return (year == 0 || p->range.start != DGI_NO_DAY) ? true : dgi_time_drop(p, i, e);
}

/* A year of two figures before the end of its clause: "April ninth 12". */
static bool two_figures(const struct dgi_time_reader *r, uint32_t e)
{
    return e < r->as->n && atom(r, e)->kind == DGI_ATOM_NUM && atom(r, e)->n_digits == 2 && atom(r, e)->gap &&
           dgi_point_clause_end(r, e + 1) && !dgi_mark(r, e + 1, '%') && !dgi_mark(r, e + 1, '.');
}

/* "April ninth", "March the twenty-first", "June two nineteen ninety" behind a month: the atom behind, or k. Without an article the
 * clause, a range or a year must follow ("In January first reports"). */
static uint32_t day_in_words(const struct dgi_time_reader *r, uint32_t k, int *d)
{
    int y;
    bool pair;
    if (k >= r->as->n || atom(r, k)->num_row == DGI_NONE || atom(r, k)->kind != DGI_ATOM_WORD)
        return k;
    uint32_t e = dgi_point_ordinal(r, k, d);
    bool year = dgi_point_year_number(r, e, &y) || dgi_point_spoken_year(r, e, &y, &pair) != e || two_figures(r, e);
    if (e != k)
        return (k > 0 && dgi_word(r, k - 1, DGI_W_THE)) || dgi_point_clause_end(r, e) || ranges_on(r, e) || year ? e
                                                                                                                 : k;
    e = dgi_point_spoken_day(r, k, d);
    return e != k && (dgi_point_year_number(r, e, &y) || dgi_point_spoken_year(r, e, &y, &pair) != e) ? e : k;
}

/* January 12, Jan. 12-14, 2022, January 2022, January last year, January */
bool dgi_time_month_first(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p)
{
    int d = 0, d2 = 0, year = 0, y2;
    if (!dgi_time_is_month(r, i))
        return false;
    p->month = dgi_tv(r, i);
    uint32_t e = i + 1, k = e + dgi_word(r, e, DGI_W_THE);
    uint32_t after = dgi_point_day_number(r, k, &d);
    bool said = after == k && (after = day_in_words(r, k, &d)) != k;
    if (said && dgi_point_valid_day(p->month, d)) {
        e = after;
    } else if (after != k && (k == e || after > k + 1) && dgi_point_valid_day(p->month, d)) {
        /* "In August 20 soldiers died": the number counts what follows */
        bool counts = after == k + 1 && i > 0 && dgi_word(r, i - 1, DGI_W_IN) && after < r->as->n &&
                      atom(r, after)->kind == DGI_ATOM_WORD && !atom(r, after)->upper &&
                      (upos(r, after) == DGI_NOUN || upos(r, after) == DGI_ADJ) && dgi_tc(r, after) == DGI_TC_NONE;
        if (!counts) {
            e = after;
        } else {
            d = 0;
        }
    } else {
        d = 0;
    }
    p->day = d;
    if (d && joins_days(r, e, i)) {
        uint32_t k2 = e + 1;
        bool same = dgi_time_is_month(r, k2) && dgi_tv(r, k2) == p->month;
        uint32_t e2 = second_day(r, e + same, &d2);
        if (e2 != e + same && d2 > d && dgi_point_valid_day(p->month, d2))
            e = e2;
        else
            d2 = 0;
    }
    p->from = i;
    p->to = dgi_time_year_after(r, e, d != 0, &year);
    if (said && p->to == e && two_figures(r, e)) {
        year = century_of(r, (int)atom(r, e)->num);
        p->to = e + 1;
    }
    if (d && p->to == e + 2 && dgi_mark(r, e, ',') && p->to < r->as->n && upos(r, p->to) == DGI_NOUN &&
        !atom(r, p->to)->upper && atom(r, p->to)->text.len > 1 &&
        atom(r, p->to)->text.ptr[atom(r, p->to)->text.len - 1] == 's' && dgi_point_year_number(r, e + 1, &y2) &&
        dgi_tc(r, p->to) == DGI_TC_NONE) {
        p->to = e; /* "On June 15, 2000 soldiers ..." */
        year = 0;
    }
    set_month_day(r, p, year);
    if (d2)
        widen(p, d2);
    if (year && p->range.start == DGI_NO_DAY)
        return dgi_time_drop(p, i, p->to);
    if (d == 0 && year == 0 && p->to == i + 1 && i > 0 && atom(r, i - 1)->kind == DGI_ATOM_NUM && !atom(r, i)->gap)
        return false;
    return true;
}

/* Three numbers with the mark m between them, as 10-7-2018. */
static bool three_numbers(const struct dgi_time_reader *r, uint32_t i, char m)
{
    for (uint32_t k = i; k < i + 5; k++)
        if (k >= r->as->n || (k > i && !dgi_time_glued(r, k)) ||
            ((k - i) % 2 ? !dgi_mark(r, k, m) : atom(r, k)->kind != DGI_ATOM_NUM))
            return false;
    return !dgi_mark(r, i + 5, m) || !dgi_time_glued(r, i + 5);
}

/* 4/3/2022: in the order that the document shows, else the reading nearer to, and not after, the day of writing; else day first. */
static int32_t day_in_figures(const struct dgi_time_reader *r, int first, int second, int y, char m,
                              struct dgi_point *p)
{
    int32_t dm = dgi_day_make(y, second, first), md = dgi_day_make(y, first, second);
    bool month_first = false;
    if (dm == DGI_NO_DAY || md == DGI_NO_DAY)
        month_first = dm == DGI_NO_DAY;
    else if (r->slash_order || m == '.')
        month_first = r->slash_order == 2 && m != '.';
    else if (r->anchor != DGI_NO_DAY)
        month_first = (dm <= r->anchor ? r->anchor - dm : (dm - r->anchor) * 2) >=
                      (md <= r->anchor ? r->anchor - md : (md - r->anchor) * 2);
    p->order = month_first ? 2 : 1;
    int32_t other = month_first ? dm : md;
    if (other != DGI_NO_DAY && dm != md && !r->slash_order && m != '.')
        dgi_point_or(p, dgi_cal_day(other));
    return month_first ? md : dm;
}

/* 2022-01-12, 2022/01/12, 12/01/2022, 12.01.2022, 1/12/22 */
bool dgi_time_numeric(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p)
{
    if (i + 4 >= r->as->n)
        return false;
    const struct dgi_atom *a = atom(r, i);
    char m = atom(r, i + 1)->mark;
    if (a->kind != DGI_ATOM_NUM || a[2].kind != DGI_ATOM_NUM || a[4].kind != DGI_ATOM_NUM ||
        a[1].kind != DGI_ATOM_MARK || a[3].kind != DGI_ATOM_MARK || a[3].mark != m ||
        (m != '-' && m != '/' && m != '.') || a[1].gap || a[2].gap || a[3].gap || a[4].gap ||
        dgi_time_number_in_code(r, i) || a[2].n_digits < 1 || a[2].n_digits > 2)
        return false;
    bool range = m == '-' && dgi_mark(r, i + 5, '-') && three_numbers(r, i + 6, '-'); /* 10-1-2018-10-7-2018 */
    if (!range && i + 5 < r->as->n && dgi_time_glued(r, i + 5) &&
        ((dgi_mark(r, i + 5, m) && (m != '.' || dgi_time_glued(r, i + 6))) || atom(r, i + 5)->kind == DGI_ATOM_NUM))
        return false;
    int32_t day = DGI_NO_DAY;
    if (a->n_digits == 4 && a[4].n_digits >= 1 && a[4].n_digits <= 2) {
        day = dgi_day_make((int)a->num, (int)a[2].num, (int)a[4].num);
    } else if ((a[4].n_digits == 4 || (a[4].n_digits == 2 && m == '/')) && a->n_digits >= 1 && a->n_digits <= 2) {
        int y = a[4].n_digits == 2 ? century_of(r, (int)a[4].num) : (int)a[4].num;
        day = day_in_figures(r, (int)a->num, (int)a[2].num, y, m, p);
    }
    if (day == DGI_NO_DAY)
        return false;
    p->from = i;
    p->to = i + 5;
    p->range = dgi_cal_day(day);
    p->shape = DGI_PT_DAY;
    return true;
}

/* Is the 11/20 at i, up to e, a date? Behind "on" or a weekday, behind another one ("on 11/20, 11/22 or 11/25"), and where a
 * sentence begins with a number that no month has ("11/20, Geneva"). */
static bool short_date_shown(const struct dgi_time_reader *r, uint32_t i, uint32_t e)
{
    enum { MOST = 8, EACH = 4 /* atoms: three and what joins */ };
    if (i == 0)
        return (atom(r, i)->num > 12 || atom(r, i + 2)->num > 12) &&
               (e >= r->as->n || dgi_mark(r, e, ',') || dgi_mark(r, e, ':') ||
                (dgi_mark(r, e, '.') && e + 1 == r->as->n));
    for (uint32_t k = i, n = 0; n < MOST; n++) {
        if (dgi_word(r, k - 1, DGI_W_ON) || dgi_tc(r, k - 1) == DGI_TC_WEEKDAY || dgi_tc(r, k - 1) == DGI_TC_DAYABBR)
            return true;
        k -= k > EACH && dgi_mark(r, k - 2, ',') ? 1 : 0; /* ", and" */
        if (k <= EACH || !(dgi_word(r, k - 1, DGI_W_AND_OR) || dgi_mark(r, k - 1, ',')) ||
            atom(r, k - 2)->kind != DGI_ATOM_NUM || !dgi_mark(r, k - 3, '/') || atom(r, k - 4)->kind != DGI_ATOM_NUM)
            return false;
        k -= EACH;
    }
    return false;
}

/* 11/2016, 11-2016; where it is shown also 11/20, the month first unless the document shows the other order. */
bool dgi_time_short_numeric(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p)
{
    int y;
    if (i + 2 >= r->as->n || dgi_time_number_in_code(r, i))
        return false;
    const struct dgi_atom *a = atom(r, i);
    bool slash = dgi_mark(r, i + 1, '/');
    if (a->kind != DGI_ATOM_NUM || a->n_digits < 1 || a->n_digits > 2 || a->num < 1 || a->num > 31 ||
        (!slash && !dgi_mark(r, i + 1, '-')) || !dgi_time_glued(r, i + 1) || !dgi_time_glued(r, i + 2) ||
        a[2].kind != DGI_ATOM_NUM ||
        (i + 3 < r->as->n && dgi_time_glued(r, i + 3) &&
         (a[3].kind != DGI_ATOM_MARK || a[3].mark == '/' || a[3].mark == '-')))
        return false;
    p->from = i;
    p->to = i + 3;
    if (a[2].n_digits == 4) {
        y = (int)a[2].num;
        if (a->num > 12 || y < FIRST_FIGURES || y > LATEST_YEAR)
            return false;
        p->range = dgi_cal_month(y, (int)a->num);
        return true;
    }
    if (!slash || a[2].n_digits < 1 || a[2].n_digits > 2 || !short_date_shown(r, i, i + 3))
        return false;
    bool month_first = a->num <= 12 && (r->slash_order != 1 || a[2].num > 12);
    p->month = (int)(month_first ? a->num : a[2].num);
    p->day = (int)(month_first ? a[2].num : a->num);
    if (p->month < 1 || p->month > 12 || !dgi_point_valid_day(p->month, p->day))
        return false;
    set_month_day(r, p, 0);
    return true;
}

/* ---- years ---- */
/* Does the number at i count what follows or name a thing ("2000 troops", "Resolution 1701")? */
bool dgi_time_year_denied(const struct dgi_time_reader *r, uint32_t i, uint32_t end)
{
    if (end < r->as->n && atom(r, end)->kind == DGI_ATOM_WORD && !atom(r, end)->upper && atom(r, end)->gap) {
        dg_str w = atom(r, end)->text;
        uint8_t u = upos(r, end);
        bool plural = w.len > 3 && w.ptr[w.len - 1] == 's' && w.ptr[w.len - 2] != 's';
        if (plural && (u == DGI_NOUN || u == DGI_UPOS_NONE) && i > 0 && !dgi_word(r, i - 1, DGI_W_THE) &&
            dgi_tc(r, end) != DGI_TC_PART && !dgi_word(r, i - 1, DGI_W_TIME_IN_SINCE))
            return true;
        if (dgi_tc(r, end) == DGI_TC_UNITS || dgi_word(r, end, DGI_W_TIME_MEASURE))
            return true;
        if (i > 0 && dgi_word(r, i - 1, DGI_W_TIME_IN_SINCE))
            return false;
        if (dgi_word(r, end, DGI_W_TIME_COUNTED))
            return true;
    }
    return false;
}

/* A number behind a name, as in "Expo 2015": a year of our days that no noun follows. */
static bool named_year(const struct dgi_time_reader *r, uint32_t i)
{
    enum { FROM = 1950, AHEAD = 15 };
    int y, m, d;
    anchor_split(r, &y, &m, &d);
    double n = atom(r, i)->num;
    bool end = i + 1 >= r->as->n || atom(r, i + 1)->kind == DGI_ATOM_MARK ||
               (!atom(r, i + 1)->upper && upos(r, i + 1) != DGI_NOUN && upos(r, i + 1) != DGI_ADJ &&
                upos(r, i + 1) != DGI_NUM);
    return end && !dgi_mark(r, i + 1, '-') && n >= FROM && n <= (y ? y : FROM + 100) + AHEAD;
}

static bool year_supported(const struct dgi_time_reader *r, uint32_t i)
{
    if (i == 0)
        return true;
    const struct dgi_atom *b = atom(r, i - 1);
    if (b->kind == DGI_ATOM_MARK)
        return b->mark == '(' || b->mark == '[' || b->mark == ',' || b->mark == '"' || b->mark == '\'' ||
               (b->mark == '-' &&
                (b->gap || (i > 1 && (dgi_tc(r, i - 2) == DGI_TC_EDGE || dgi_word(r, i - 2, DGI_W_TIME_PREFIX)))));
    if (b->kind == DGI_ATOM_NUM)
        return false;
    if (dgi_word(r, i - 1, DGI_W_TIME_PREP) || dgi_word(r, i - 1, DGI_W_TIME_BEFORE_YEAR) ||
        dgi_tc(r, i - 1) == DGI_TC_SEASON || dgi_tc(r, i - 1) == DGI_TC_EDGE || dgi_word(r, i - 1, DGI_W_LETTER_S))
        return true;
    if (b->upper && !b->all_upper && upos(r, i - 1) == DGI_PROPN && !is_person(r, i - 1) &&
        dgi_tc(r, i - 1) == DGI_TC_NONE && named_year(r, i)) /* the World Cup 2018 */
        return true;
    if (!b->upper && upos(r, i - 1) == DGI_NOUN && !dgi_word(r, i - 1, DGI_W_TIME_NUMBERED) && named_year(r, i) &&
        (i + 1 >= r->as->n || dgi_mark(r, i + 1, '.')) && atom(r, i)->gap) /* "the budget 2021." */
        return b->text.len > 2 && b->text.ptr[b->text.len - 1] != 's';
    return !b->upper && upos(r, i - 1) != DGI_VERB && upos(r, i - 1) != DGI_NOUN && upos(r, i - 1) != DGI_UPOS_NONE &&
           upos(r, i - 1) != DGI_SYM;
}

/* 2017 Q1, 2017-Q1, "in 2017 April." */
static bool year_and_part(const struct dgi_time_reader *r, uint32_t i, int year, struct dgi_point *p)
{
    int n;
    bool half;
    uint32_t k = i + 1 + (dgi_mark(r, i + 1, '-') && dgi_time_glued(r, i + 1)),
             e = dgi_point_quarter_mark(r, k, &n, &half);
    if (e != k) {
        p->to = e;
        p->shape = DGI_PT_OTHER;
        p->range = dgi_point_part_of_year(year, n, half);
        return true;
    }
    if (k != i + 1 || dgi_tc(r, k) != DGI_TC_MONTH || dgi_word(r, k, DGI_W_TIME_MONTH_LIKE) ||
        !(k + 1 >= r->as->n || atom(r, k + 1)->kind == DGI_ATOM_MARK) || !year_supported(r, i))
        return false;
    p->to = k + 1;
    p->shape = DGI_PT_OTHER;
    p->month = dgi_tv(r, k);
    p->range = dgi_cal_month(year, p->month);
    return true;
}

/* At the end of a sentence also with spaces: "2016 / 11", "11 - 2016", "2016, Nov". */
bool dgi_time_spaced_month(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p)
{
    int y = 0, m = 0;
    const uint32_t k = i + 2;
    if (k >= r->as->n || (k + 1 < r->as->n && !(dgi_mark(r, k + 1, '.') && k + 2 == r->as->n)))
        return false;
    const struct dgi_atom *a = atom(r, i), *b = atom(r, k);
    if (dgi_mark(r, i + 1, ',') && dgi_tc(r, k) == DGI_TC_MONTH && dgi_point_year_number(r, i, &y)) {
        m = dgi_tv(r, k);
    } else if ((dgi_mark(r, i + 1, '/') || dgi_mark(r, i + 1, '-')) && a->kind == DGI_ATOM_NUM &&
               b->kind == DGI_ATOM_NUM && !dgi_time_number_in_code(r, i)) {
        const struct dgi_atom *four = a->n_digits == 4 ? a : b, *two = a->n_digits == 4 ? b : a;
        if (four->n_digits != 4 || two->n_digits < 1 || two->n_digits > 2)
            return false;
        y = (int)four->num;
        m = (int)two->num;
        if (a == four && dgi_mark(r, i + 1, '-') && m > y % 100) { /* 2009 - 10 are two years */
            p->from = i;
            p->to = k + 1;
            p->joined = true;
            p->range = dgi_cal_years(y, m - y % 100 + 1);
            return y >= FIRST_FIGURES && y <= LATEST_YEAR;
        }
    }
    if (m < 1 || m > 12 || y < FIRST_FIGURES || y > LATEST_YEAR)
        return false;
    p->from = i;
    p->to = k + 1;
    p->month = m;
    p->range = dgi_cal_month(y, m);
    return true;
}

bool dgi_time_year(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p)
{
    int y, y2;
    p->from = i;
    p->shape = DGI_PT_YEAR;
    if (i >= r->as->n || atom(r, i)->kind != DGI_ATOM_NUM)
        return false;
    const struct dgi_atom *a = atom(r, i);
    /* 1990s, 1990's; 90s after an apostrophe */
    if (a->num >= EARLIEST_YEAR && a->n_digits == 4 && (int)a->num % 10 == 0 && dgi_time_glued(r, i + 1)) {
        uint32_t e = i + 1 + dgi_mark(r, i + 1, '\'');
        if (dgi_word(r, e, DGI_W_LETTER_S) && dgi_time_glued(r, e)) {
            p->range = dgi_cal_years((int)a->num, (int)a->num % 100 ? 10 : 100);
            if (p->range.end - p->range.start > 4000 && a->num >= 2000)
                p->range = dgi_cal_years((int)a->num, 10);
            p->to = e + 1;
            return true;
        }
    }
    if (a->n_digits == 2 && (int)a->num % 10 == 0 && i > 0 && dgi_time_glued(r, i + 1) &&
        dgi_word(r, i + 1, DGI_W_LETTER_S) &&
        (dgi_mark(r, i - 1, '\'') || dgi_word(r, i - 1, DGI_W_THE) || dgi_tc(r, i - 1) == DGI_TC_EDGE ||
         (i > 2 && dgi_word(r, i - 1, DGI_W_AND_OR) && dgi_word(r, i - 2, DGI_W_LETTER_S)))) {
        p->range = dgi_cal_years(1900 + (int)a->num, 10);
        p->to = i + 2;
        return true;
    }
    if (!dgi_point_year_number(r, i, &y))
        return false;
    p->to = i + 1;
    p->range = dgi_cal_years(y, 1);
    bool shown = year_supported(r, i);
    /* 2014-2016, 2014-16, 2014/15 */
    if ((dgi_mark(r, i + 1, '-') || dgi_mark(r, i + 1, '/')) && i + 2 < r->as->n &&
        (dgi_mark(r, i + 1, '-') || dgi_time_glued(r, i + 2)) && atom(r, i + 2)->kind == DGI_ATOM_NUM) {
        const struct dgi_atom *b = atom(r, i + 2);
        y2 = b->n_digits == 4                               ? (int)b->num
             : b->n_digits == 2 && dgi_time_glued(r, i + 2) ? y / 100 * 100 + (int)b->num
                                                            : 0;
        if (y2 > y && y2 - y <= 150 && y2 <= LATEST_YEAR && !(dgi_time_glued(r, i + 3) && (dgi_mark(r, i + 3, '-')))) {
            p->range = dgi_cal_days(dgi_day_make(y, 1, 1), dgi_day_make(y2, 12, 31), DGI_P_YEAR);
            p->to = i + 3;
            p->joined = true;
            return shown || b->n_digits == 4;
        }
        if (dgi_time_glued(r, i + 1) && dgi_time_glued(r, i + 2) && b->n_digits < 3 && b->num >= 1 && b->num <= 12 &&
            !(i + 3 < r->as->n && dgi_time_glued(r, i + 3) &&
              (atom(r, i + 3)->kind != DGI_ATOM_MARK || dgi_mark(r, i + 3, '-')))) {
            p->range = dgi_cal_month(y, (int)b->num); /* 2016-11 */
            p->shape = DGI_PT_OTHER;
            p->to = i + 3;
            return shown;
        }
    }
    if (year_and_part(r, i, y, p) || dgi_time_spaced_month(r, i, p))
        return true;
    if (dgi_word(r, i + 1, DGI_W_TO) && dgi_point_year_number(r, i + 2, &y2) && y2 > y && i > 0 &&
        dgi_word(r, i - 1, DGI_W_FROM))
        shown = true;
    return shown && !dgi_time_year_denied(r, i, i + 1);
}

int dgi_time_unit_at(const struct dgi_time_reader *r, uint32_t i)
{
    uint8_t c = dgi_tc(r, i);
    if (c == DGI_TC_PARTS && dgi_tv(r, i) == 1) /* nights are counted like days */
        return DGI_U_DAY;
    return c == DGI_TC_UNIT || c == DGI_TC_UNITS ? dgi_tv(r, i) : 0;
}

/* "the 19th century" */
bool dgi_time_century(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p)
{
    int n = 0;
    uint32_t e = dgi_point_ordinal(r, i, &n);
    if (e == i)
        return false;
    if (dgi_mark(r, e, '-') && dgi_time_glued(r, e))
        e++;
    int last = 0;
    uint32_t k = dgi_word(r, e, DGI_W_AND) || ranges_on(r, e) ? e + 1 : e; /* the 17th and early 18th centuries */
    k += k > e && dgi_tc(r, k) == DGI_TC_EDGE;
    uint32_t e2 = k > e ? dgi_point_ordinal(r, k, &last) : k;
    if (e2 != k && dgi_time_unit_at(r, e2) == DGI_U_CENTURY && n >= 1 && last > n && last <= 22) {
        p->from = i;
        p->to = e2 + 1;
        p->range = dgi_cal_years((n - 1) * 100 + 1, (last - n + 1) * 100);
        p->joined = true;
        return true;
    }
    if (dgi_tc(r, e) != DGI_TC_UNIT || dgi_tv(r, e) != DGI_U_CENTURY || n < 1 || n > 22)
        return false;
    p->from = i;
    p->to = e + 1;
    p->range = dgi_cal_years((n - 1) * 100 + 1, 100);
    dgi_point_or(p, dgi_cal_years((n - 1) * 100, 100)); /* as its figures count */
    return true;
}
