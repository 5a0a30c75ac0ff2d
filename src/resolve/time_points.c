/* SPDX-License-Identifier: Apache-2.0 */
/* resolve/time_points.c: grammar of single time expressions.
 *
 * Reads   atoms of a sentence, UPOS and name tags of their tokens where there are any, words of times.tsv
 * Writes  struct dgi_point
 *
 * A grammar in C over word classes from the table: each read_* below knows one family and returns the longest it can make
 * at an atom; dgi_point_read() takes the longest of all. Nothing recurses but "early|end of" + point, once. Regular
 * expressions were not used because half of the decisions need the calendar or the tags ("May", "March", "2000 troops"). */
#include "resolve/time_points.h"

#include "base/utf8.h"

enum {
    EARLIEST_YEAR = 1000,
    LATEST_YEAR = 2199,
    FIRST_FIGURES = 1900 /* year written as 5/1900 */,
    VAGUE = 3, /* "recent days": so many */
    REST = 4   /* edge: "the rest of the year" */
};

static const struct dgi_atom *atom(const struct dgi_time_reader *r, uint32_t i)
{
    return &r->as->a[i];
}

static bool is_unit(const struct dgi_time_reader *r, uint32_t i, int unit) /* in the singular */
{
    return dgi_tc(r, i) == DGI_TC_UNIT && dgi_tv(r, i) == unit;
}

static uint8_t upos(const struct dgi_time_reader *r, uint32_t i)
{
    uint32_t t = i < r->as->n ? r->as->a[i].tok : DGI_NONE;
    return t < r->doc->n_toks ? r->doc->toks[t].upos : (uint8_t)DGI_UPOS_NONE;
}

static bool is_person(const struct dgi_time_reader *r, uint32_t i)
{
    uint32_t t = r->as->a[i].tok;
    return t < r->doc->n_toks && r->doc->toks[t].name == DGI_NAME_PER;
}

static void anchor_split(const struct dgi_time_reader *r, int *y, int *m, int *d)
{
    *y = *m = *d = 0;
    if (r->anchor != DGI_NO_DAY)
        dgi_day_split(r->anchor, y, m, d);
}

/* ---- months and days without a year ---- */
struct dgi_day_range dgi_point_past(int32_t anchor, int m, int d)
{
    int y, am, ad;
    if (anchor == DGI_NO_DAY)
        return DGI_NO_RANGE;
    dgi_day_split(anchor, &y, &am, &ad);
    if (d == 0)
        return dgi_cal_month(m <= am ? y : y - 1, m);
    for (int k = 0; k < 9; k++) { /* nine: 29 February around 1900 */
        int32_t day = dgi_day_make(y - k, m, d);
        if (day != DGI_NO_DAY && day <= anchor)
            return dgi_cal_day(day);
    }
    return DGI_NO_RANGE;
}

struct dgi_day_range dgi_point_future(int32_t anchor, int m, int d)
{
    int y, am, ad;
    if (anchor == DGI_NO_DAY)
        return DGI_NO_RANGE;
    dgi_day_split(anchor, &y, &am, &ad);
    if (d == 0)
        return dgi_cal_month(m >= am ? y : y + 1, m);
    for (int k = 0; k < 9; k++) {
        int32_t day = dgi_day_make(y + k, m, d);
        if (day != DGI_NO_DAY && day >= anchor)
            return dgi_cal_day(day);
    }
    return DGI_NO_RANGE;
}

static void both_ways(const struct dgi_time_reader *r, struct dgi_point *p)
{
    p->range = dgi_point_past(r->anchor, p->month, p->day);
    p->future = dgi_point_future(r->anchor, p->month, p->day);
    p->two = p->range.start != p->future.start || p->range.start == DGI_NO_DAY;
}

static void weekday_both_ways(const struct dgi_time_reader *r, struct dgi_point *p)
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
static bool glued(const struct dgi_time_reader *r, uint32_t i)
{
    return i < r->as->n && !r->as->a[i].gap;
}

static uint32_t ordinal_suffix(const struct dgi_time_reader *r, uint32_t i)
{
    return glued(r, i) && dgi_word(r, i, DGI_W_TIME_ORDINAL_END) ? i + 1 : i;
}

/* Is the number at i part of something larger: a price, a code, a ratio, a clock time? */
static bool number_in_code(const struct dgi_time_reader *r, uint32_t i)
{
    if (i == 0 || r->as->a[i].gap)
        return false;
    const struct dgi_atom *b = atom(r, i - 1);
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
    if (a->n_digits < 1 || a->n_digits > 2 || a->num < 1 || a->num > 31 || number_in_code(r, i))
        return i;
    if (glued(r, i + 1) && atom(r, i + 1)->kind == DGI_ATOM_MARK &&
        strchr("%:/", atom(r, i + 1)->mark ? atom(r, i + 1)->mark : ' '))
        return i;
    *d = (int)a->num;
    uint32_t e = ordinal_suffix(r, i + 1);
    if (e == i + 1 && glued(r, e) && atom(r, e)->kind == DGI_ATOM_WORD)
        return i; /* "5m" */
    return e;
}

bool dgi_point_year_number(const struct dgi_time_reader *r, uint32_t i, int *y)
{
    if (i >= r->as->n)
        return false;
    const struct dgi_atom *a = atom(r, i);
    if (a->kind != DGI_ATOM_NUM || a->n_digits != 4 || a->num < EARLIEST_YEAR || a->num > LATEST_YEAR ||
        number_in_code(r, i))
        return false;
    if (glued(r, i + 1) && (atom(r, i + 1)->kind == DGI_ATOM_WORD || dgi_mark(r, i + 1, '%')))
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
    if (dgi_word(r, i, DGI_W_TIME_MONTH_LIKE))
        return false;
    uint32_t k = i + 1 + dgi_word(r, i + 1, DGI_W_OF_IN), the = i + 1 + dgi_word(r, i + 1, DGI_W_THE);
    if (dgi_point_ordinal(r, the, &d) != the ||
        (i > 0 && dgi_word(r, i - 1, DGI_W_TIME_PREP) && (dgi_point_clause_end(r, i + 1) || ranges_on(r, i + 1))) ||
        (i > 2 && dgi_word(r, i - 1, DGI_W_AND) && dgi_tc(r, i - 2) == DGI_TC_MONTH))
        return true;
    return dgi_point_year_number(r, k, &y) || dgi_point_day_number(r, i + 1, &d) != i + 1 ||
           (i > 0 && (atom(r, i - 1)->kind == DGI_ATOM_NUM || ordinal_suffix(r, i - 1) != i - 1));
}

/* A month name that means the month, and not a verb ("may"), a noun ("march") or a woman ("June"). */
static bool is_month(const struct dgi_time_reader *r, uint32_t i)
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
    if (a->text.len < 5 && dgi_mark(r, i + 1, '-') && glued(r, i + 1) && glued(r, i + 2) &&
        atom(r, i + 2)->kind == DGI_ATOM_WORD && dgi_tc(r, i + 2) != DGI_TC_MONTH)
        return false; /* Mar-a-Lago */
    if (!care)
        return true;
    int d;
    if (a->upper && dgi_mark(r, i + 1, '-') && glued(r, i + 1) && dgi_tc(r, i + 2) == DGI_TC_MONTH)
        return true; /* Jan-Feb */
    bool number_beside = dgi_point_day_number(r, i + 1, &d) != i + 1 || dgi_point_year_number(r, i + 1, &d) ||
                         (dgi_mark(r, i + 1, ',') && dgi_point_year_number(r, i + 2, &d)) ||
                         (i > 0 && atom(r, i - 1)->kind == DGI_ATOM_NUM) ||
                         (i > 0 && ordinal_suffix(r, i - 1) != i - 1) ||
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

static uint32_t read_parts(const struct dgi_time_reader *r, uint32_t i)
{
    uint32_t e = i;
    if (dgi_tc(r, e) == DGI_TC_EDGE && dgi_tc(r, e + 1) == DGI_TC_PART) /* "Monday late night" */
        e++;
    if (dgi_tc(r, e) == DGI_TC_PART)
        return e + 1;
    return i;
}

/* "last year", "of this year", "that year", ", 2014" after a month or a day of it: which year? 0: none said. */
static uint32_t read_year_after(const struct dgi_time_reader *r, uint32_t i, bool day_before, int *year)
{
    uint32_t e = i;
    int y, m, d;
    *year = 0;
    if (dgi_mark(r, e, ',') && dgi_point_year_number(r, e + 1, year)) {
        return e + 2;
    }
    if (!day_before && dgi_mark(r, e, '-') && glued(r, e) && dgi_point_year_number(r, e + 1, year))
        return e + 2;
    if (dgi_point_year_number(r, e, year))
        return e + 1;
    if (dgi_word(r, e, DGI_W_OF_IN))
        e++;
    if (dgi_mark(r, e, '\'') && glued(r, e + 1) && atom(r, e + 1)->kind == DGI_ATOM_NUM &&
        atom(r, e + 1)->n_digits == 2 &&
        !(glued(r, e + 2) && atom(r, e + 2)->kind == DGI_ATOM_WORD)) { /* the summer of '69 */
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
static bool drop(struct dgi_point *p, uint32_t from, uint32_t to)
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

/* 12 January 2022, 12th of January, 3-5 May, the first of May, twenty-five January nineteen eighty-six */
static bool read_day_month(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p)
{
    int d = 0, d2 = 0, year;
    uint32_t e = dgi_point_day_number(r, i, &d);
    if (e == i) {
        if (i >= r->as->n || atom(r, i)->num_row == DGI_NONE)
            return false;
        if ((e = dgi_point_ordinal(r, i, &d)) == i) {
            bool pair;
            e = dgi_point_spoken_day(r, i, &d);
            if (e == i || !is_month(r, e) ||
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
        else if (!(dgi_mark(r, e, '-') && glued(r, e)))
            return false;
    }
    if (dgi_word(r, e, DGI_W_OF))
        e++;
    if (glued(r, e) && dgi_mark(r, e, '-')) /* 12-Jan-2022 */
        e++;
    if (!is_month(r, e))
        return false;
    p->month = dgi_tv(r, e);
    p->day = d;
    if (!dgi_point_valid_day(p->month, d) || (d2 && (!dgi_point_valid_day(p->month, d2) || d2 < d)))
        return drop(p, i, read_year_after(r, e + 1, true, &year));
    e++;
    e = read_year_after(r, e, true, &year);
    if (year == 0 && dgi_mark(r, e, '-') && glued(r, e) && dgi_point_year_number(r, e + 1, &year))
        e += 2;
    else if (year == 0 && i + 2 < e && dgi_mark(r, e, '-') && glued(r, e) && glued(r, e + 1) &&
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
    return (year == 0 || p->range.start != DGI_NO_DAY) ? true : drop(p, i, e);
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
    bool year = dgi_point_year_number(r, e, &y) || dgi_point_spoken_year(r, e, &y, &pair) != e;
    if (e != k)
        return (k > 0 && dgi_word(r, k - 1, DGI_W_THE)) || dgi_point_clause_end(r, e) || ranges_on(r, e) || year ? e
                                                                                                                 : k;
    e = dgi_point_spoken_day(r, k, d);
    return e != k && (dgi_point_year_number(r, e, &y) || dgi_point_spoken_year(r, e, &y, &pair) != e) ? e : k;
}

/* January 12, Jan. 12-14, 2022, January 2022, January last year, January */
static bool read_month_first(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p)
{
    int d = 0, d2 = 0, year = 0, y2;
    if (!is_month(r, i))
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
        bool same = is_month(r, k2) && dgi_tv(r, k2) == p->month;
        uint32_t e2 = second_day(r, e + same, &d2);
        if (e2 != e + same && d2 > d && dgi_point_valid_day(p->month, d2))
            e = e2;
        else
            d2 = 0;
    }
    p->from = i;
    p->to = read_year_after(r, e, d != 0, &year);
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
        return drop(p, i, p->to);
    if (d == 0 && year == 0 && p->to == i + 1 && i > 0 && atom(r, i - 1)->kind == DGI_ATOM_NUM && !atom(r, i)->gap)
        return false;
    return true;
}

/* 2022-01-12, 2022/01/12, 12/01/2022, 12.01.2022, 1/12/22 */
static bool read_numeric(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p)
{
    if (i + 4 >= r->as->n)
        return false;
    const struct dgi_atom *a = atom(r, i);
    char m = atom(r, i + 1)->mark;
    if (a->kind != DGI_ATOM_NUM || a[2].kind != DGI_ATOM_NUM || a[4].kind != DGI_ATOM_NUM ||
        a[1].kind != DGI_ATOM_MARK || a[3].kind != DGI_ATOM_MARK || a[3].mark != m ||
        (m != '-' && m != '/' && m != '.') || a[1].gap || a[2].gap || a[3].gap || a[4].gap || number_in_code(r, i) ||
        a[2].n_digits < 1 || a[2].n_digits > 2)
        return false;
    if (i + 5 < r->as->n && glued(r, i + 5) &&
        ((dgi_mark(r, i + 5, m) && (m != '.' || glued(r, i + 6))) || atom(r, i + 5)->kind == DGI_ATOM_NUM))
        return false;
    int32_t day = DGI_NO_DAY;
    if (a->n_digits == 4 && a[4].n_digits >= 1 && a[4].n_digits <= 2) {
        day = dgi_day_make((int)a->num, (int)a[2].num, (int)a[4].num);
    } else if ((a[4].n_digits == 4 || (a[4].n_digits == 2 && m == '/')) && a->n_digits >= 1 && a->n_digits <= 2) {
        int y = (int)a[4].num, ay, am, ad;
        anchor_split(r, &ay, &am, &ad);
        if (a[4].n_digits == 2)
            y += y > (ay ? ay % 100 + 5 : 40) ? 1900 : 2000;
        int32_t dm = dgi_day_make(y, (int)a[2].num, (int)a->num), md = dgi_day_make(y, (int)a->num, (int)a[2].num);
        if (dm == DGI_NO_DAY || md == DGI_NO_DAY)
            day = dm == DGI_NO_DAY ? md : dm;
        else if (r->slash_order || m == '.')
            day = r->slash_order == 2 && m != '.' ? md : dm;
        else if (r->anchor != DGI_NO_DAY) /* the reading nearer to the day of writing, and not after it */
            day = (dm <= r->anchor ? r->anchor - dm : (dm - r->anchor) * 2) <
                          (md <= r->anchor ? r->anchor - md : (md - r->anchor) * 2)
                      ? dm
                      : md;
        else
            day = dm;
    }
    if (day == DGI_NO_DAY)
        return false;
    p->from = i;
    p->to = i + 5;
    p->range = dgi_cal_day(day);
    p->shape = DGI_PT_DAY;
    return true;
}

/* 11/2016, 11-2016; behind "on" or a weekday also 11/20, the month first unless the document shows the other order. */
static bool read_short_numeric(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p)
{
    int y;
    if (i + 2 >= r->as->n || number_in_code(r, i))
        return false;
    const struct dgi_atom *a = atom(r, i);
    bool slash = dgi_mark(r, i + 1, '/');
    if (a->kind != DGI_ATOM_NUM || a->n_digits < 1 || a->n_digits > 2 || a->num < 1 || a->num > 31 ||
        (!slash && !dgi_mark(r, i + 1, '-')) || !glued(r, i + 1) || !glued(r, i + 2) || a[2].kind != DGI_ATOM_NUM ||
        (i + 3 < r->as->n && glued(r, i + 3) && (a[3].kind != DGI_ATOM_MARK || a[3].mark == '/' || a[3].mark == '-')))
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
    if (!slash || i == 0 || a[2].n_digits < 1 || a[2].n_digits > 2 ||
        !(dgi_word(r, i - 1, DGI_W_ON) || dgi_tc(r, i - 1) == DGI_TC_WEEKDAY || dgi_tc(r, i - 1) == DGI_TC_DAYABBR))
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
static bool year_denied(const struct dgi_time_reader *r, uint32_t i, uint32_t end)
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
    return !b->upper && upos(r, i - 1) != DGI_VERB && upos(r, i - 1) != DGI_NOUN && upos(r, i - 1) != DGI_UPOS_NONE &&
           upos(r, i - 1) != DGI_SYM;
}

/* 2017 Q1, 2017-Q1, "in 2017 April." */
static bool year_and_part(const struct dgi_time_reader *r, uint32_t i, int year, struct dgi_point *p)
{
    int n;
    bool half;
    uint32_t k = i + 1 + (dgi_mark(r, i + 1, '-') && glued(r, i + 1)), e = dgi_point_quarter_mark(r, k, &n, &half);
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
static bool spaced_month(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p)
{
    int y = 0, m = 0;
    const uint32_t k = i + 2;
    if (k >= r->as->n || (k + 1 < r->as->n && !(dgi_mark(r, k + 1, '.') && k + 2 == r->as->n)))
        return false;
    const struct dgi_atom *a = atom(r, i), *b = atom(r, k);
    if (dgi_mark(r, i + 1, ',') && dgi_tc(r, k) == DGI_TC_MONTH && dgi_point_year_number(r, i, &y)) {
        m = dgi_tv(r, k);
    } else if ((dgi_mark(r, i + 1, '/') || dgi_mark(r, i + 1, '-')) && a->kind == DGI_ATOM_NUM &&
               b->kind == DGI_ATOM_NUM && !number_in_code(r, i)) {
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

static bool read_year(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p)
{
    int y, y2;
    p->from = i;
    p->shape = DGI_PT_YEAR;
    if (i >= r->as->n || atom(r, i)->kind != DGI_ATOM_NUM)
        return false;
    const struct dgi_atom *a = atom(r, i);
    /* 1990s, 1990's; 90s after an apostrophe */
    if (a->num >= EARLIEST_YEAR && a->n_digits == 4 && (int)a->num % 10 == 0 && glued(r, i + 1)) {
        uint32_t e = i + 1 + dgi_mark(r, i + 1, '\'');
        if (dgi_word(r, e, DGI_W_LETTER_S) && glued(r, e)) {
            p->range = dgi_cal_years((int)a->num, (int)a->num % 100 ? 10 : 100);
            if (p->range.end - p->range.start > 4000 && a->num >= 2000)
                p->range = dgi_cal_years((int)a->num, 10);
            p->to = e + 1;
            return true;
        }
    }
    if (a->n_digits == 2 && (int)a->num % 10 == 0 && i > 0 && glued(r, i + 1) && dgi_word(r, i + 1, DGI_W_LETTER_S) &&
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
        (dgi_mark(r, i + 1, '-') || glued(r, i + 2)) && atom(r, i + 2)->kind == DGI_ATOM_NUM) {
        const struct dgi_atom *b = atom(r, i + 2);
        y2 = b->n_digits == 4 ? (int)b->num : b->n_digits == 2 && glued(r, i + 2) ? y / 100 * 100 + (int)b->num : 0;
        if (y2 > y && y2 - y <= 150 && y2 <= LATEST_YEAR && !(glued(r, i + 3) && (dgi_mark(r, i + 3, '-')))) {
            p->range = dgi_cal_days(dgi_day_make(y, 1, 1), dgi_day_make(y2, 12, 31), DGI_P_YEAR);
            p->to = i + 3;
            p->joined = true;
            return shown || b->n_digits == 4;
        }
        if (glued(r, i + 1) && glued(r, i + 2) && b->n_digits < 3 && b->num >= 1 && b->num <= 12 &&
            !(i + 3 < r->as->n && glued(r, i + 3) &&
              (atom(r, i + 3)->kind != DGI_ATOM_MARK || dgi_mark(r, i + 3, '-')))) {
            p->range = dgi_cal_month(y, (int)b->num); /* 2016-11 */
            p->shape = DGI_PT_OTHER;
            p->to = i + 3;
            return shown;
        }
    }
    if (year_and_part(r, i, y, p) || spaced_month(r, i, p))
        return true;
    if (dgi_word(r, i + 1, DGI_W_TO) && dgi_point_year_number(r, i + 2, &y2) && y2 > y && i > 0 &&
        dgi_word(r, i - 1, DGI_W_FROM))
        shown = true;
    return shown && !year_denied(r, i, i + 1);
}

static int unit_at(const struct dgi_time_reader *r, uint32_t i)
{
    uint8_t c = dgi_tc(r, i);
    if (c == DGI_TC_PARTS && dgi_tv(r, i) == 1) /* nights are counted like days */
        return DGI_U_DAY;
    return c == DGI_TC_UNIT || c == DGI_TC_UNITS ? dgi_tv(r, i) : 0;
}

/* "the 19th century" */
static bool read_century(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p)
{
    int n = 0;
    uint32_t e = dgi_point_ordinal(r, i, &n);
    if (e == i)
        return false;
    if (dgi_mark(r, e, '-') && glued(r, e))
        e++;
    int last = 0;
    uint32_t k = dgi_word(r, e, DGI_W_AND) || ranges_on(r, e) ? e + 1 : e; /* the 17th and early 18th centuries */
    k += k > e && dgi_tc(r, k) == DGI_TC_EDGE;
    uint32_t e2 = k > e ? dgi_point_ordinal(r, k, &last) : k;
    if (e2 != k && unit_at(r, e2) == DGI_U_CENTURY && n >= 1 && last > n && last <= 22) {
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
    return true;
}

/* ---- weekdays and day words ---- */

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

/* Behind a weekday or its abbreviation: a date that names the same day. */
static bool read_weekday(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p)
{
    bool abbr = dgi_tc(r, i) == DGI_TC_DAYABBR && atom(r, i)->upper;
    if (!abbr && !is_weekday(r, i))
        return false;
    int wd = dgi_tv(r, i);
    uint32_t e = read_parts(r, i + 1), k = e;
    struct dgi_point q = {0};
    if (dgi_mark(r, k, ','))
        k++;
    if (dgi_word(r, k, DGI_W_THE))
        k++;
    if ((read_day_month(r, k, &q) || read_month_first(r, k, &q) || read_numeric(r, k, &q) ||
         read_short_numeric(r, k, &q)) &&
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
    if (abbr)
        return false;
    p->from = i;
    p->weekday = wd;
    p->to = e;
    weekday_both_ways(r, p);
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

static bool read_dayword(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p)
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
        p->to = read_parts(r, i + 1);
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

static bool read_holiday(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p);

/* ---- last, this, next, following, that ---- */
static bool rough_number(const struct dgi_time_reader *r, uint32_t i)
{
    uint8_t c =
        i < r->as->n && atom(r, i)->num_row != DGI_NONE ? r->numbers->cls[atom(r, i)->num_row] : (uint8_t)DGI_NUM_NONE;
    return c == DGI_NUM_VAGUE || c == DGI_NUM_DOZEN; /* few, dozen */
}

static bool vague_number(const struct dgi_time_reader *r, uint32_t i)
{
    return i < r->as->n && atom(r, i)->num_row != DGI_NONE && r->numbers->cls[atom(r, i)->num_row] == DGI_NUM_VAGUE;
}

static uint32_t read_amount(const struct dgi_time_reader *r, uint32_t i, double *n)
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

static uint8_t unit_precision(int unit)
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
static void set_rolling(struct dgi_point *p, int32_t day, int unit, double n, int dir)
{
    p->rolling = true;
    if (unit == DGI_U_QUARTER && n >= 1 && n < 400) {
        struct dgi_day_range a = dgi_cal_unit(day, unit, dir), b = dgi_cal_unit(day, unit, dir * (int)n);
        p->range = dgi_cal_days(dir < 0 ? b.start : a.start, dir < 0 ? a.end : b.end, DGI_P_QUARTER);
        return;
    }
    int32_t other = dgi_cal_span_end(day, unit, n, dir);
    p->range =
        dir < 0 ? dgi_cal_days(other, day, unit_precision(unit)) : dgi_cal_days(day, other, unit_precision(unit));
}

static bool set_rel_unit(const struct dgi_time_reader *r, struct dgi_point *p, uint32_t i, int unit, int shift,
                         bool definite)
{
    bool is_past_word = dgi_word(r, i, DGI_W_TIME_PAST);
    bool before = dgi_word(r, i, DGI_W_TIME_PREVIOUS);
    bool is_next = dgi_word(r, i, DGI_W_TIME_NEXT);
    int32_t base = r->anchor;
    if (unit == DGI_U_HOUR || unit == DGI_U_MINUTE) {
        set_rolling(p, base, unit, 1, shift < 0 ? -1 : 1);
        return true;
    }
    if (unit == DGI_U_DAY && dgi_word(r, i, DGI_W_TIME_LAST))
        return false; /* "the last day of the summit" */
    bool age = (unit == DGI_U_DECADE || unit == DGI_U_CENTURY) && definite && dgi_word(r, i, DGI_W_TIME_LAST);
    if ((is_past_word && unit != DGI_U_WEEKEND) || age) {
        set_rolling(p, base, unit, 1, -1);
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
    p->to = read_parts(r, e + 1);
    if (r->anchor == DGI_NO_DAY)
        return true;
    int today = dgi_day_weekday(r->anchor);
    int32_t monday = r->anchor - today;
    if (shift < 0)
        p->range = dgi_cal_day(r->anchor - ((today - wd + 6) % 7 + 1)); /* the last one before today */
    else if (shift == 0 || !dgi_word(r, w, DGI_W_TIME_NEXT))
        p->range = dgi_cal_day(shift == 0 ? monday + wd : r->anchor + ((wd - today + 6) % 7 + 1));
    else /* a newspaper writes plain "Friday" for the one of this week */
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
    if (!read_holiday(r, e, &q) || !q.two || q.dropped)
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

static bool read_rel(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p)
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
    uint32_t k = read_amount(r, e, &n);
    if (k != e && dgi_word(r, k, DGI_W_TIME_MORE))
        k++;
    if (k != e && unit_at(r, k) && shift != 0) { /* the last three weeks, the next 48 hours */
        set_rolling(p, r->anchor, unit_at(r, k), n, shift);
        p->to = k + 1;
        return true;
    }
    if (k != e && unit_at(r, k) && shift == 0)
        return false;
    if (dgi_tc(r, e) == DGI_TC_UNITS && shift != 0) { /* past weeks, the coming days */
        if (dgi_word(r, w, DGI_W_TIME_LAST_THIS))
            return false;
        set_rolling(p, r->anchor, dgi_tv(r, e), VAGUE, shift);
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
        if (dgi_tv(r, e) == DGI_U_WEEK && is_weekday(r, k) && r->anchor != DGI_NO_DAY) { /* next week on Tuesday */
            p->to = read_parts(r, k + 1);
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
    if (is_month(r, e))
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
    if (!read_holiday(&then, e, &q) || q.dropped || (!q.two && q.range.start == DGI_NO_DAY))
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
static bool read_narr(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p)
{
    uint8_t c = dgi_tc(r, i);
    p->from = i;
    if (c == DGI_TC_RECENT && dgi_tc(r, i + 1) == DGI_TC_UNITS) {
        set_rolling(p, r->anchor, dgi_tv(r, i + 1), VAGUE, -1);
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
    uint32_t k = shift == 1 ? read_amount(r, e, &n) : e;
    if (k != e && unit_at(r, k)) { /* the following three months */
        p->from_told = t->end != DGI_NO_DAY;
        set_rolling(p, p->from_told ? t->end : r->anchor, unit_at(r, k), n, 1);
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
        p->to = read_parts(r, e + 1);
        if (t->start == DGI_NO_DAY) {
            if (i > 0 && dgi_word(r, i - 1, DGI_W_THE))
                p->no_date = true;
            p->narrated = p->no_date;
            return p->no_date;
        }
        p->from_told = true;
        p->range = dgi_cal_day(t->end + (dgi_tv(r, e) - dgi_day_weekday(t->end) + 6) % 7 + 1);
        return true;
    }
    if (shift == 1 && is_month(r, e) && t->start != DGI_NO_DAY) {
        int y, m, d;
        dgi_day_split(t->end, &y, &m, &d);
        p->to = e + 1;
        p->from_told = true;
        p->range = dgi_cal_month(dgi_tv(r, e) > m ? y : y + 1, dgi_tv(r, e));
        return true;
    }
    return false;
}

/* ---- numbers of units ---- */
bool dgi_point_clause_end(const struct dgi_time_reader *r, uint32_t i)
{
    if (i >= r->as->n)
        return true;
    const struct dgi_atom *a = atom(r, i);
    if (a->kind == DGI_ATOM_MARK)
        return a->mark != '-' && a->mark != '\'' && a->mark != '(';
    return a->kind == DGI_ATOM_WORD &&
           (upos(r, i) == DGI_VERB || upos(r, i) == DGI_AUX || dgi_word(r, i, DGI_W_TIME_CLAUSE_END));
}

static bool superlative_ending(const struct dgi_time_reader *r, uint32_t i)
{
    dg_str w = atom(r, i)->text;
    return atom(r, i)->kind == DGI_ATOM_WORD && w.len > 4 &&
           dgi_word_in(r->doc->words, DGI_W_TIME_SUPERLATIVE_END, dgi_str_sub(w, w.len - 3, w.len));
}

/* An amount of units: "three straight weeks", "half a year", "a year and a half", "the day". */
struct count {
    double n;
    int unit;
    uint32_t end;      /* atom after the unit */
    bool article, the; /* one unit, said by an article: a time only when something else says so */
    bool glued;        /* three-day, 45-year-old */
    bool ranged;       /* "six to eight weeks": the lesser counts */
    bool parted;       /* "an hour and a quarter", "three quarters of an hour" */
};

/* "to eight" behind "six", "and four" behind "between three": the atom behind the greater number, or e. */
static uint32_t greater_number(const struct dgi_time_reader *r, uint32_t i, uint32_t e, double n)
{
    double more = 0;
    bool joins = dgi_word(r, e, DGI_W_TIME_RANGE_TO) || dgi_word(r, e, DGI_W_OR) || dgi_mark(r, e, '-') ||
                 (dgi_word(r, e, DGI_W_AND) && i > 0 && dgi_word(r, i - 1, DGI_W_BETWEEN));
    uint32_t k = joins ? dgi_atoms_number(r->as, e + 1, r->numbers, false, &more) : e;
    return k > e + 1 && more > n ? k : e;
}

/* "and a half", "and a quarter", "and half" behind a number or a unit at e: what it adds, and the atom behind. */
static uint32_t read_part(const struct dgi_time_reader *r, uint32_t e, double *n)
{
    bool a = dgi_word(r, e + 1, DGI_W_A);
    uint32_t k = e + 1 + a;
    if (!dgi_word(r, e, DGI_W_AND) || dgi_word(r, k + 1, DGI_W_OF))
        return e;
    bool half = dgi_tc(r, k) == DGI_TC_HALF && (a || unit_at(r, k + 1) || dgi_point_clause_end(r, k + 1)),
         quarter = a && is_unit(r, k, DGI_U_QUARTER);
    *n += half ? 0.5 : quarter ? 0.25 : 0;
    return half || quarter ? k + 1 : e;
}

static bool read_units(const struct dgi_time_reader *r, uint32_t i, struct count *c)
{
    uint32_t e;
    *c = (struct count){.article = dgi_word(r, i, DGI_W_INDEFINITE), .the = dgi_word(r, i, DGI_W_THE)};
    if (dgi_tc(r, i) == DGI_TC_HALF &&
        (dgi_word(r, i + 1, DGI_W_INDEFINITE) || unit_at(r, i + 1) || (dgi_mark(r, i + 1, '-') && glued(r, i + 1)))) {
        c->n = 0.5;
        e = i + 1 + dgi_word(r, i + 1, DGI_W_INDEFINITE);
    } else if (dgi_tc(r, i) == DGI_TC_WHOLE && dgi_tc(r, i + 1) == DGI_TC_UNIT && dgi_tv(r, i + 1) <= DGI_U_YEAR) {
        c->n = 1; /* all day, another month */
        e = i + 1;
    } else if ((e = read_amount(r, i, &c->n)) == i) {
        if (!c->article && !c->the && !dgi_word(r, i, DGI_W_ONE))
            return false;
        c->n = 1;
        e = i + 1;
        if (dgi_word(r, e, DGI_W_TIME_FULL))
            e++;
    } else {
        c->article = c->the = false;
        uint32_t more = greater_number(r, i, e, c->n);
        c->ranged = more != e;
        e = more;
    }
    for (int k = 0; k < 2 && (dgi_word(r, e, DGI_W_TIME_RUNNING) || dgi_word(r, e, DGI_W_TIME_MORE)); k++)
        e++;
    uint32_t part = read_part(r, e, &c->n);
    if (part != e && !c->article && !c->the && unit_at(r, part)) { /* one and a quarter years */
        c->parted = true;
        e = part;
    }
    c->glued = dgi_mark(r, e, '-') && glued(r, e);
    if (c->glued)
        e++;
    c->unit = unit_at(r, e);
    if (!c->unit)
        return false;
    e++;
    uint32_t k = e;
    if (c->unit == DGI_U_QUARTER && c->n == 1) { /* a quarter century, a quarter of a century */
        k += dgi_mark(r, k, '-') && glued(r, k);
        k += dgi_word(r, k, DGI_W_OF) && dgi_word(r, k + 1, DGI_W_A) ? 2 : 0;
        if (is_unit(r, k, DGI_U_CENTURY)) {
            *c = (struct count){.n = 25, .unit = DGI_U_YEAR, .end = k + 1};
            return true;
        }
    }
    if (c->unit == DGI_U_QUARTER && c->n < 4 && dgi_word(r, e, DGI_W_OF) && dgi_word(r, e + 1, DGI_W_INDEFINITE) &&
        is_unit(r, e + 2, DGI_U_HOUR)) { /* three quarters of an hour */
        *c = (struct count){.n = c->n * 15, .unit = DGI_U_MINUTE, .end = e + 3, .parted = true};
        return true;
    }
    part = read_part(r, e, &c->n); /* a year and a half */
    c->parted |= part != e;
    e = part;
    c->end = e;
    c->glued = c->glued || (dgi_mark(r, e, '-') && glued(r, e));
    return true;
}

static bool counted(struct dgi_point *p, uint32_t to, bool no_date, struct dgi_day_range range)
{
    p->to = to;
    p->no_date = no_date;
    p->range = range;
    return true;
}

/* "two days earlier", "a week later", "a day after the vote": counted from what was told. */
static bool count_from_told(const struct dgi_time_reader *r, const struct count *c, struct dgi_point *p)
{
    const uint32_t e = c->end;
    const int unit = c->unit;
    const bool bare = !c->article && !c->the, back = dgi_word(r, e, DGI_W_TIME_EARLIER),
               on = dgi_word(r, e, DGI_W_TIME_LATER);
    const bool after = dgi_word(r, e, DGI_W_AFTER);
    struct dgi_point q;
    if ((after || dgi_word(r, e, DGI_W_BEFORE)) &&
        !dgi_point_clause_end(r, e + 1)) { /* two days after the 9 May raid */
        uint32_t k = e + 1 + dgi_word(r, e + 1, DGI_W_THE);
        if (k < r->as->n && dgi_tc(r, k) != DGI_TC_UNIT && dgi_point_plain(r, k, &q) && !q.no_date && !q.dropped &&
            !q.joined && !q.clock_only && q.range.start != DGI_NO_DAY) {
            int sign = after ? 1 : -1;
            p->two = q.two;
            p->future = DGI_NO_RANGE;
            if (q.two && q.future.start != DGI_NO_DAY)
                p->future = dgi_cal_shift(after ? q.future.end : q.future.start, unit, c->n, sign);
            return counted(p, q.to, false, dgi_cal_shift(after ? q.range.end : q.range.start, unit, c->n, sign));
        }
    }
    const struct dgi_day_range *t =
        (unit == DGI_U_DAY || unit == DGI_U_HOUR) && r->told_day.start != DGI_NO_DAY ? &r->told_day : &r->told;
    if ((dgi_word(r, e, DGI_W_TIME_LATER_THAN) && dgi_word(r, e + 1, DGI_W_THAN)) ||
        (dgi_word(r, e, DGI_W_ON) && !(dgi_mark(r, e + 1, ',') || e + 1 >= r->as->n)) ||
        (dgi_word(r, e, DGI_W_TIME_PRIOR) && !dgi_point_clause_end(r, e + 1)))
        return bare;
    if (c->the && unit != DGI_U_DAY && unit != DGI_U_WEEK && unit != DGI_U_MONTH && unit != DGI_U_YEAR)
        return false;
    if (c->the && (on || dgi_word(r, e, DGI_W_TIME_JUST_EARLIER)))
        return false; /* "the week later" */
    const struct dgi_day_range today = dgi_cal_unit(r->anchor, DGI_U_DAY, 0);
    bool alone = c->the && unit == DGI_U_DAY && r->told_at == DGI_NONE && (after || dgi_word(r, e, DGI_W_BEFORE)) &&
                 dgi_point_clause_end(r, e + 1); /* "the day before." */
    if (t->start == DGI_NO_DAY &&
        (alone || dgi_word(r, e, DGI_W_TIME_JUST_EARLIER))) { /* "a year earlier" than this is written */
        p->from_told = false;
        t = &today;
    }
    if (!after && !(dgi_word(r, e, DGI_W_BEFORE) && !dgi_point_clause_end(r, e + 1)))
        return counted(p, e + 1, t->start == DGI_NO_DAY,
                       back ? dgi_cal_shift(t->start, unit, c->n, -1) : dgi_cal_shift(t->end, unit, c->n, 1));
    /* it governs: after "on Friday, a day after a bomb exploded" Friday is told, and the bomb exploded the day before it */
    if (dgi_point_clause_end(r, e + 1) && after && c->the) /* "the day after, ..." */
        return counted(p, e + 1, t->start == DGI_NO_DAY, dgi_cal_shift(t->end, unit, c->n, 1));
    if (after && !r->told_here && bare)
        for (uint32_t k = e + 1; k < r->as->n; k++) /* "two days after they were seized on Monday" */
            if (dgi_tc(r, k) != DGI_TC_UNIT && dgi_tc(r, k) != DGI_TC_UNITS && dgi_point_plain(r, k, &q)) {
                p->of_event = true;
                if (q.no_date || q.dropped || q.clock_only || q.range.precision != DGI_P_DAY ||
                    q.range.start != q.range.end)
                    return true;
                return counted(p, e + 1, false, dgi_cal_shift(q.range.start, unit, c->n, 1));
            }
    if (!r->told_here || r->told.start == DGI_NO_DAY || r->told.precision != DGI_P_DAY)
        return bare ||
               (c->article && unit != DGI_U_SECOND && unit != DGI_U_QUARTER); /* "a day after rebels fled": a length */
    p->of_event = true;
    return counted(p, e + 1, false, dgi_cal_shift(after ? r->told.start : r->told.end, unit, c->n, after ? -1 : 1));
}

/* Is "in" so many years what something is the first or the worst of? */
static bool measures(const struct dgi_time_reader *r, uint32_t i)
{
    if (i == 0 || !dgi_word(r, i - 1, DGI_W_IN))
        return false;
    for (uint32_t b = i - 1; b > 0 && i - b < 6; b--)
        if (dgi_word(r, b - 1, DGI_W_TIME_MEASURING) || superlative_ending(r, b - 1))
            return true;
    return false;
}

/* Does "will" stand close before? */
static bool foretells(const struct dgi_time_reader *r, uint32_t i)
{
    enum { REACH = 10 };
    for (uint32_t b = i; b > 0 && i - b < REACH; b--)
        if (dgi_word(r, b - 1, DGI_W_TIME_WILL))
            return true;
    return false;
}

/* "in two weeks" lies ahead; "in two years" mostly measures ("the worst in two years"), unless something will be then. */
static bool lies_ahead(const struct dgi_time_reader *r, uint32_t i, const struct count *c)
{
    if (i == 0 || !dgi_word(r, i - 1, DGI_W_IN) ||
        (c->unit != DGI_U_DAY && c->unit != DGI_U_WEEK && c->unit != DGI_U_MONTH && c->unit != DGI_U_HOUR &&
         c->unit != DGI_U_FORTNIGHT && !(c->unit == DGI_U_YEAR && !c->glued && foretells(r, i))) ||
        dgi_word(r, c->end, DGI_W_TIME_NO_DEADLINE))
        return false;
    return !measures(r, i);
}

/* An article and a unit behind what is counted: "40,000 euros a year", "twice a week", "15 a day". */
static bool so_often(const struct dgi_time_reader *r, uint32_t i, uint32_t e)
{
    if (i == 0 || dgi_word(r, e, DGI_W_OF) || (e < r->as->n && !dgi_mark(r, e, '-') && upos(r, e) == DGI_NOUN))
        return false;
    if (dgi_word(r, i - 1, DGI_W_TIME_TIMES))
        return true;
    const struct dgi_atom *b = atom(r, i - 1);
    uint8_t u = upos(r, i - 1);
    return (b->kind == DGI_ATOM_NUM && !number_in_code(r, i - 1)) || dgi_mark(r, i - 1, '%') || u == DGI_NUM ||
           (u == DGI_NOUN && b->kind == DGI_ATOM_WORD && !b->upper);
}

/* "of" and what fills the time behind a unit: "of talks", "of heavy fighting"; not "of the year". */
static bool filled(const struct dgi_time_reader *r, uint32_t i)
{
    uint8_t u = upos(r, i + 1);
    return dgi_word(r, i, DGI_W_OF) && (u == DGI_NOUN || u == DGI_ADJ || u == DGI_VERB) &&
           dgi_tc(r, i + 1) == DGI_TC_NONE;
}

/* for years, months of talks, decades-long; hundreds of years; years ago */
static bool read_bare_units(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p)
{
    uint32_t k = i;
    bool many = atom(r, i)->num_row != DGI_NONE && r->numbers->cls[atom(r, i)->num_row] == DGI_NUM_PLURAL &&
                dgi_word(r, i + 1, DGI_W_OF);
    k += many ? 2 : 0;
    bool plural = dgi_tc(r, k) == DGI_TC_UNITS,
         glue = dgi_mark(r, k + 1, '-') && glued(r, k + 1) && dgi_word(r, k + 2, DGI_W_TIME_LONG);
    if (!plural && !(dgi_tc(r, k) == DGI_TC_UNIT && glue && !dgi_mark(r, k ? k - 1 : 0, '-')))
        return false;
    p->from = i;
    p->to = k + 1;
    p->no_date = p->vague = true;
    if (plural && dgi_word(r, k + 1, DGI_W_TIME_AGO)) {
        p->to = k + 2;
        p->now = true;
        p->ref = -1;
        return true;
    }
    if (plural && (dgi_word(r, k + 1, DGI_W_TIME_AHEAD) ||
                   (dgi_word(r, k + 1, DGI_W_TO) && dgi_word(r, k + 2, DGI_W_TIME_COME)))) { /* in the weeks ahead */
        p->to = k + 2 + dgi_word(r, k + 1, DGI_W_TO);
        p->now = true;
        p->ref = 1;
        return true;
    }
    if (plural && dgi_word(r, k + 1, DGI_W_AFTER_BEFORE) && !dgi_point_clause_end(r, k + 2)) /* hours after the vote */
        return true;
    if (plural && (dgi_word(r, k + 1, DGI_W_TIME_COMPARATIVE)) &&
        dgi_point_clause_end(r, k + 2)) { /* "Hours later, ..." */
        p->to = k + 2;
        return true;
    }
    if (glue) {
        p->to = k + 3;
        p->vague = plural;
        return true;
    }
    bool the = i > 1 && dgi_word(r, i - 1, DGI_W_THE) && !dgi_word(r, k + 1, DGI_W_OF); /* over the years */
    return many || (i > the && dgi_word(r, i - 1 - the, DGI_W_TIME_LASTING_MANY)) ||
           (plural && dgi_word(r, k + 1, DGI_W_OF) && (i == 0 || dgi_tc(r, i - 1) == DGI_TC_LASTS)) ||
           (plural && filled(r, k + 1) && upos(r, i - 1) != DGI_ADJ && upos(r, i - 1) != DGI_NOUN &&
            !dgi_word(r, i - 1, DGI_W_THE));
}

/* The day that lies the amount of p away from `day`, in its smallest unit. */
static struct dgi_day_range amount_away(const struct dgi_point *p, int32_t day, int sign)
{
    int unit = p->amount_unit;
    day = dgi_cal_span_end(day, unit, p->amount, sign);
    for (size_t k = 0; k < sizeof p->more / sizeof *p->more && p->more[k].n > 0; k++) {
        unit = p->more[k].unit;
        day = dgi_cal_span_end(day, unit, p->more[k].n, sign);
    }
    return dgi_cal_unit(day, unit, 0);
}

/* "a year and three months", "1 hour 20 minutes", "two weeks and two days ago" */
static bool smaller_amount(const struct dgi_time_reader *r, const struct count *c, struct dgi_point *p)
{
    static const uint8_t size[] = {[DGI_U_SECOND] = 1, [DGI_U_MINUTE] = 2, [DGI_U_HOUR] = 3, [DGI_U_DAY] = 4,
                                   [DGI_U_WEEK] = 5,   [DGI_U_MONTH] = 6,  [DGI_U_YEAR] = 7};
    struct count less;
    uint32_t e = c->end;
    int unit = c->unit;
    size_t n = 0;
    for (; n < sizeof p->more / sizeof *p->more && unit <= DGI_U_SECOND && size[unit]; n++) {
        uint32_t k = e + dgi_mark(r, e, ',');
        bool and = dgi_word(r, k, DGI_W_AND);
        k += and;
        if (k == r->as->n || !read_units(r, k, &less) || (less.article && !and) || less.the || less.glued ||
            less.unit > DGI_U_SECOND || !size[less.unit] || size[less.unit] >= size[unit])
            break;
        p->more[n].n = less.n;
        p->more[n].unit = unit = less.unit;
        e = less.end;
    }
    if (!n)
        return false;
    p->amount = c->n;
    p->amount_unit = c->unit;
    p->to = e;
    bool back = dgi_word(r, e, DGI_W_TIME_EARLIER), on = dgi_word(r, e, DGI_W_TIME_LATER),
         told = r->told_day.start != DGI_NO_DAY;
    if (dgi_word(r, e, DGI_W_TIME_AGO))
        return counted(p, e + 1, false, amount_away(p, r->anchor, -1));
    if (dgi_word(r, e, DGI_W_TIME_HENCE))
        return counted(p, e + 1, false, amount_away(p, r->anchor, 1));
    if (dgi_word(r, e, DGI_W_ON) || (!back && !on))
        return true;
    p->from_told = told;
    return counted(p, e + 1, !told && on && r->told_at != DGI_NONE,
                   amount_away(p, told ? r->told_day.start : r->anchor, back ? -1 : 1));
}

/* "the five coming years", "3 past weeks" */
static bool rel_behind_number(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p)
{
    double n = 0;
    uint32_t k = read_amount(r, i, &n);
    if (k == i || dgi_tc(r, k) != DGI_TC_REL || dgi_tv(r, k) == 0 || dgi_tc(r, k + 1) != DGI_TC_UNITS)
        return false;
    set_rolling(p, r->anchor, dgi_tv(r, k + 1), n, dgi_tv(r, k));
    p->from = i;
    p->to = k + 2;
    p->amount = n;
    p->amount_unit = dgi_tv(r, k + 1);
    return true;
}

static bool read_count(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p)
{
    struct count c;
    if (rel_behind_number(r, i, p))
        return true;
    if (!read_units(r, i, &c))
        return false;
    const uint32_t e = c.end;
    p->from = i;
    p->to = e;
    p->no_date = true; /* until it turns out otherwise */
    p->vague = vague_number(r, i + dgi_word(r, i, DGI_W_A));
    if (!c.glued && !c.the && smaller_amount(r, &c, p))
        return true;
    if (c.ranged || c.parted || (c.unit == DGI_U_YEAR && c.n == 25)) {
        p->amount = c.n;
        p->amount_unit = c.unit;
    }
    if (c.glued)
        return !c.article && !c.the;
    p->vague_date = p->vague;
    if (!c.the && dgi_word(r, e, DGI_W_TIME_AGO))
        return counted(p, e + 1, false, dgi_cal_shift(r->anchor, c.unit, c.n, -1));
    if (!c.the && dgi_word(r, e, DGI_W_TIME_HENCE))
        return counted(p, e + 1, false, dgi_cal_shift(r->anchor, c.unit, c.n, 1));
    if (!c.the && dgi_word(r, e, DGI_W_FROM) && dgi_word(r, e + 1, DGI_W_TIME_NOW))
        return counted(p, e + 2, false, dgi_cal_shift(r->anchor, c.unit, c.n, 1));
    struct dgi_point q;
    if (!c.the && dgi_word(r, e, DGI_W_FROM) && dgi_point_plain(r, e + 1, &q) &&
        (q.shape == DGI_PT_WEEKDAY || q.shape == DGI_PT_DAY || q.shape == DGI_PT_MONTH_DAY ||
         dgi_tc(r, e + 1) == DGI_TC_DAYWORD) &&
        !q.joined) { /* a week from Friday, four months from tomorrow */
        int32_t day = dgi_cal_span_end(q.two ? q.future.start : q.range.start, c.unit, c.n, 1);
        return counted(p, q.to, false, day == DGI_NO_DAY ? DGI_NO_RANGE : dgi_cal_day(day));
    }
    bool goes_on = c.article && dgi_word(r, e, DGI_W_ON) && !dgi_point_clause_end(r, e + 1); /* a week on charges */
    if (c.unit != DGI_U_MINUTE && !goes_on &&
        (dgi_word(r, e, DGI_W_TIME_EARLIER) || dgi_word(r, e, DGI_W_TIME_LATER) || dgi_word(r, e, DGI_W_AFTER)))
        return (p->from_told = true) && count_from_told(r, &c, p);
    if (c.article && so_often(r, i, e)) { /* "twice a week" */
        p->every = true;
        return true;
    }
    bool and_half = c.n == 1.5 && c.article;
    if (c.article && measures(r, i)) /* "the hottest summer in a century" */
        return c.unit >= DGI_U_WEEK && c.unit <= DGI_U_CENTURY && c.unit != DGI_U_QUARTER;
    if (c.article && i > 0 && (dgi_tc(r, i - 1) == DGI_TC_LASTS || dgi_word(r, i - 1, DGI_W_TIME_LASTING)))
        return c.unit != DGI_U_SECOND && c.unit != DGI_U_QUARTER; /* "more than a week", "spent a year" */
    if (c.article && filled(r, e) && c.unit >= DGI_U_WEEK && c.unit <= DGI_U_CENTURY && c.unit != DGI_U_QUARTER)
        return true; /* a decade of strife */
    if ((c.article || c.the) && !and_half && !(c.article && lies_ahead(r, i, &c)))
        return false;
    if (dgi_word(r, e, DGI_W_TIME_OLD))
        p->to = e + 1;
    if (lies_ahead(r, i, &c)) {
        p->no_date = false;
        p->two = true;
        p->range = DGI_NO_RANGE;
        p->future = dgi_cal_shift(r->anchor, c.unit, c.n, 1);
    }
    return true;
}

/* ---- early, late, end of; quarters, halves, seasons ---- */
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

static bool read_plain(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p);

/* A point, or "the week|month|year" meaning this one. */
static bool read_after_edge(const struct dgi_time_reader *r, uint32_t i, bool need_the, struct dgi_point *p)
{
    bool the = dgi_word(r, i, DGI_W_THE);
    uint32_t k = i + the;
    memset(p, 0, sizeof *p);
    p->range = p->future = DGI_NO_RANGE;
    if (read_plain(r, k, p) && !p->no_date && !p->dropped)
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
    if (dgi_point_year_number(r, k, &y) && !year_denied(r, k, k + 1)) {
        p->from = i;
        p->to = k + 1;
        p->shape = DGI_PT_YEAR;
        p->range = dgi_cal_years(y, 1);
        return true;
    }
    return false;
}

static bool read_edge(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p)
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
        }
        p->shape = DGI_PT_OTHER;
        p->from = i;
        return true;
    }
    if (c != DGI_TC_EDGE)
        return false;
    int edge = dgi_tv(r, i);
    if (dgi_mark(r, k, '-') && glued(r, k))
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
    uint32_t e = read_year_after(r, end, false, &year);
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
    uint32_t e = read_amount(r, i + 1, &k);
    if (n != 1 || e == i + 1 || unit_at(r, e) != DGI_U_MONTH || !dgi_word(r, e + 1, DGI_W_OF) || !(k >= 1 && k < 12) ||
        !read_after_edge(r, e + 2, true, p) || p->range.precision != DGI_P_YEAR || p->range.end - p->range.start > 366)
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

/* "the third week of 2021", "the last month of last year"; "the first ten days of May", "the last four months of 2021". n 0: the last. */
static bool nth_unit(const struct dgi_time_reader *r, uint32_t i, uint32_t e, int n, struct dgi_point *p)
{
    double count = 1;
    uint32_t k = read_amount(r, e, &count);
    int unit = unit_at(r, k);
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
    p->range = dgi_cal_days(a, b, unit == DGI_U_MONTH && many == 3 ? (uint8_t)DGI_P_QUARTER : unit_precision(unit));
    return true;
}

static bool read_quarter(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p)
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
        bool of = dgi_mark(r, e, '-') ? glued(r, e) : dgi_word(r, e, DGI_W_OF); /* Q1-2019, Q1 of 2019 */
        bool got = dgi_point_year_number(r, e + of, &yy);
        if (!yy || (!got && !a->upper))
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
    if (is_unit(r, e, DGI_U_WEEK) && dgi_word(r, e + 1, DGI_W_OF_IN) && n <= 5 && read_plain(r, e + 2, p) &&
        p->range.precision == DGI_P_MONTH && !p->dropped) { /* the second week of May */
        struct dgi_day_range *g[2] = {&p->range, &p->future};
        for (int k = 0; k < 2; k++)
            if (g[k]->start != DGI_NO_DAY) {
                int32_t start = last ? g[k]->end - 6 : g[k]->start + 7 * (n - 1),
                        stop = last || n == 5 ? g[k]->end : start + 6;
                *g[k] = dgi_cal_days(start < stop ? start : stop, stop, DGI_P_WEEK);
            }
        p->from = i;
        p->shape = DGI_PT_OTHER;
        return true;
    }
    if (nth_day(r, i, e, last ? 0 : n, p) || nth_unit(r, i, e, last ? 0 : n, p))
        return true;
    bool hyphen = dgi_mark(r, e, '-') && glued(r, e);
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

static bool read_season(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p)
{
    if (dgi_tc(r, i) != DGI_TC_SEASON)
        return false;
    int y, m, d, s = dgi_tv(r, i);
    uint32_t e = read_year_after(r, i + 1, false, &y);
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
    } else if (!(read_month_first(r, k, &q) || read_day_month(r, k, memset(&q, 0, sizeof q))) ||
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
        !(e >= r->as->n || atom(r, e)->kind == DGI_ATOM_MARK) || dgi_mark(r, e, '-'))
        return false;
    p->to = e;
    day_of_any_month(r, d, p);
    return true;
}

/* "the weekend", "over the weekend"; "on the 15th" */
static bool read_bare(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p)
{
    p->from = i;
    if (week_of(r, i, p))
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
    if (unit == DGI_U_YEAR && dgi_mark(r, i + 1, '-') && glued(r, i + 1) && dgi_word(r, i + 2, DGI_W_TIME_END) &&
        i > 0 && (dgi_word(r, i - 1, DGI_W_TIME_PREP) || dgi_tc(r, i - 1) == DGI_TC_UNTIL)) { /* by year-end */
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

static bool read_holiday(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p)
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
        return drop(p, i, e);
    bool whole = false, weekend;
    int y, m, d, year;
    dg_str v = dgi_table_cell(r->table, rows[0], 2);
    if (c == DGI_TC_ERA) { /* "in the Vietnam War"; elsewhere it is only a name */
        uint32_t before = i > 0 && dgi_word(r, i - 1, DGI_W_THE) ? i - 1 : i;
        return before > 0 && dgi_word(r, before - 1, DGI_W_DURING) && dgi_cal_era(v, &p->range);
    }
    weekend = is_unit(r, e, DGI_U_WEEKEND);
    p->to += weekend;
    e = read_year_after(r, p->to, false, &year);
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
    if (!is_unit(r, i, DGI_U_WEEKEND) || !dgi_word(r, i + 1, DGI_W_OF) || !read_holiday(r, i + 2, &q) || q.dropped)
        return false;
    *p = q;
    p->from = i;
    p->range = with_weekend(q.range);
    p->future = with_weekend(q.future);
    return true;
}

static bool read_every(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p)
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
        (i == 0 || dgi_word(r, i - 1, DGI_W_TIME_WEEKENDS) || dgi_tc(r, i - 1) == DGI_TC_WHOLE)) { /* on weekends */
        p->to = i + 1;
        return true;
    }
    if (dgi_tc(r, i) != DGI_TC_EVERY)
        return false;
    uint32_t k = i + 1;
    double n = 1;
    if (dgi_word(r, k, DGI_W_TIME_OTHER) && (dgi_tc(r, k + 1) == DGI_TC_WEEKDAY || dgi_tc(r, k + 1) == DGI_TC_MONTH)) {
        p->to = read_parts(r, k + 2); /* every other Friday */
        return true;
    }
    if (dgi_word(r, k, DGI_W_TIME_OTHER) && dgi_tc(r, k + 1) == DGI_TC_UNIT) { /* every other day */
        p->amount = 2;
        p->amount_unit = dgi_tv(r, k + 1);
        p->to = k + 2;
        return true;
    }
    uint32_t e = read_amount(r, k, &n);
    if (e > k && unit_at(r, e)) { /* every four years */
        p->to = e + 1;
        return true;
    }
    uint8_t c = dgi_tc(r, k);
    if (c == DGI_TC_UNIT || c == DGI_TC_UNITS || c == DGI_TC_WEEKDAY || c == DGI_TC_MONTH || c == DGI_TC_PART ||
        c == DGI_TC_SEASON) {
        p->to = read_parts(r, k + 1);
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
    return u == DGI_NOUN && (b == DGI_ADV || b == DGI_VERB || b == DGI_PRON || b == DGI_NUM) &&
           dgi_point_clause_end(r, i + 1);
}

/* daily, weekly, biennial, bi-monthly, semi-annually */
static bool read_set(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p)
{
    enum { MANY = 100 /* of a value of class set: so many units */ };
    uint32_t k = i;
    p->amount = 1;
    if (dgi_tc(r, i) == DGI_TC_SETPREFIX && dgi_mark(r, i + 1, '-') && glued(r, i + 1)) {
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
static bool read_named_period(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p)
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
static bool read_fiscal(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p)
{
    int y;
    uint32_t k = i + 1;
    if (dgi_tc(r, i) != DGI_TC_FISCAL)
        return false;
    k += is_unit(r, k, DGI_U_YEAR);
    if (!dgi_point_year_number(r, k, &y) &&
        !(k == i + 1 && k < r->as->n && atom(r, k)->kind == DGI_ATOM_NUM && atom(r, k)->n_digits == 4 && glued(r, k) &&
          (y = (int)atom(r, k)->num) >= EARLIEST_YEAR && y <= LATEST_YEAR))
        return false;
    p->from = i;
    p->to = k + 1;
    p->fiscal = true;
    p->range = dgi_cal_years(y, 1);
    return true;
}

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

/* Everything but edges and parts of periods. */
static bool read_plain(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p)
{
    static point_reader *const by_number[] = {
        read_numeric, read_short_numeric, read_day_month,  read_year,       read_century,          read_count,
        read_bare,    read_holiday,       dgi_point_clock, dgi_point_mixed, dgi_point_short_range, spaced_month};
    static point_reader *const by_word[] = {
        read_month_first, read_weekday,      read_dayword, read_rel,        read_narr,
        read_count,       read_day_month,    read_century, read_season,     read_bare,
        read_holiday,     read_every,        read_set,     dgi_point_clock, dgi_point_part,
        dgi_point_ref,    read_named_period, read_fiscal,  read_bare_units, dgi_point_year_in_words,
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

bool dgi_point_plain(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p)
{
    return read_plain(r, i, p);
}

bool dgi_point_read(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p)
{
    static point_reader *const over[] = {read_edge, read_quarter};
    const struct dgi_atom *a = atom(r, i);
    memset(p, 0, sizeof *p);
    if (a->kind == DGI_ATOM_MARK ||
        (a->kind == DGI_ATOM_WORD && a->time_row == DGI_NONE && a->num_row == DGI_NONE && !a->upper &&
         !dgi_word(r, i, DGI_W_TIME_THE_FINAL) && !is_unit(r, i + 1, DGI_U_DAY) && !is_unit(r, i + 1, DGI_U_WEEKEND)))
        return false; /* in small letters: "independence day" */
    read_plain(r, i, p);
    if (a->kind == DGI_ATOM_WORD || ordinal_suffix(r, i + 1) != i + 1) /* "the 1st quarter" */
        take_longest(r, i, over, sizeof over / sizeof *over, p);
    if (p->to > i)
        dgi_point_add_clock(r, p);
    return p->to > i;
}
