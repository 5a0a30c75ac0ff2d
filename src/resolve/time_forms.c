/* SPDX-License-Identifier: Apache-2.0 */
/* resolve/time_forms.c: ordinals and years in words, and dates in figures and letters run together; inside of time.c.
 *
 * Reads   atoms of a sentence, words of times.tsv and numbers.tsv
 * Writes  struct dgi_point
 *
 * "the twenty-third", "nineteen ninety-six" (people speak so in quotations), "22/Jan/2019", "from 10/1 to 11/7", "2017-Q1". */
#include "resolve/time_points.h"

enum { FIRST_SPOKEN = 1100, LAST_SPOKEN = 2199, MOST_DAY = 31 };

static const struct dgi_atom *atom(const struct dgi_time_reader *r, uint32_t i)
{
    return &r->as->a[i];
}

static bool glued(const struct dgi_time_reader *r, uint32_t i)
{
    return i < r->as->n && !r->as->a[i].gap;
}

static uint8_t num_class(const struct dgi_time_reader *r, uint32_t i)
{
    return i < r->as->n && atom(r, i)->kind == DGI_ATOM_WORD && atom(r, i)->num_row != DGI_NONE
               ? r->numbers->cls[atom(r, i)->num_row]
               : (uint8_t)DGI_NUM_NONE;
}

static int num_value(const struct dgi_time_reader *r, uint32_t i)
{
    return (int)r->numbers->value[atom(r, i)->num_row];
}

static uint32_t skip_hyphen(const struct dgi_time_reader *r, uint32_t i)
{
    return i + (dgi_mark(r, i, '-') && glued(r, i));
}

/* ---- numbers in words ---- */
uint32_t dgi_point_ordinal(const struct dgi_time_reader *r, uint32_t i, int *n)
{
    if (i >= r->as->n)
        return i;
    if (atom(r, i)->kind == DGI_ATOM_NUM) {
        uint32_t e = dgi_point_day_number(r, i, n);
        return e == i + 2 ? e : i;
    }
    uint8_t c = num_class(r, i);
    if (c == DGI_NUM_ORDINAL) {
        *n = num_value(r, i);
        return i + 1;
    }
    uint32_t k = skip_hyphen(r, i + 1);
    if (c != DGI_NUM_TEN || num_class(r, k) != DGI_NUM_ORDINAL || num_value(r, k) > 9)
        return i;
    *n = num_value(r, i) + num_value(r, k);
    return k + 1;
}

/* A number all in words at i: the atom behind, or i. */
static uint32_t in_words(const struct dgi_time_reader *r, uint32_t i, double *n)
{
    if (num_class(r, i) == DGI_NUM_NONE)
        return i;
    uint32_t e = dgi_atoms_number(r->as, i, r->numbers, false, n);
    for (uint32_t k = i; k < e; k++)
        if (atom(r, k)->kind == DGI_ATOM_NUM)
            return i;
    return e;
}

uint32_t dgi_point_spoken_day(const struct dgi_time_reader *r, uint32_t i, int *d)
{
    double n = 0;
    uint32_t e = in_words(r, i, &n);
    if (e == i || n < 1 || n > MOST_DAY)
        return i;
    *d = (int)n;
    return e;
}

uint32_t dgi_point_spoken_year(const struct dgi_time_reader *r, uint32_t i, int *year, bool *pair)
{
    double n = 0, low = 0;
    uint8_t c = num_class(r, i);
    bool century = c == DGI_NUM_TEEN || (c == DGI_NUM_TEN && num_value(r, i) == 20);
    if (!century && !(c == DGI_NUM_UNIT && num_value(r, i) == 2))
        return i;
    uint32_t e = in_words(r, i, &n), k = skip_hyphen(r, i + 1);
    *pair = false;
    if (e > i + 1 && n >= FIRST_SPOKEN &&
        n <= LAST_SPOKEN) { /* seventeen hundred thirty-three, two thousand and five */
        *year = (int)n;
        return e;
    }
    if (!century || e != i + 1 || num_value(r, i) < FIRST_SPOKEN / 100 || (e = in_words(r, k, &low)) == k || low < 10 ||
        low > 99)
        return i;
    *year = num_value(r, i) * 100 + (int)low;
    *pair = true;
    return e;
}

bool dgi_point_year_in_words(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p)
{
    int y;
    bool pair;
    if (i == 0 || num_class(r, i) == DGI_NUM_NONE || !dgi_word(r, i - 1, DGI_W_TIME_PREP))
        return false;
    uint32_t e = dgi_point_spoken_year(r, i, &y, &pair);
    /* "a crowd of two thousand" */
    if (e == i || !dgi_point_clause_end(r, e) || (!pair && !dgi_word(r, i - 1, DGI_W_TIME_IN_SINCE)))
        return false;
    p->from = i;
    p->to = e;
    p->shape = DGI_PT_YEAR;
    p->range = dgi_cal_years(y, 1);
    return true;
}

/* ---- letters and figures: 22/Jan/2019, 2019-Aug-01, Sep-23-2020, Dec/2018 ---- */
static bool number_between(const struct dgi_time_reader *r, uint32_t i, int digits, int least, int most)
{
    const struct dgi_atom *a = atom(r, i);
    return a->kind == DGI_ATOM_NUM && a->n_digits >= 1 && a->n_digits <= digits && (digits == 2 || a->n_digits == 4) &&
           a->num >= least && a->num <= most;
}

static bool starts_apart(const struct dgi_time_reader *r, uint32_t i)
{
    return i == 0 || atom(r, i)->gap || dgi_mark(r, i - 1, '(') || dgi_mark(r, i - 1, '-');
}

static bool ends_apart(const struct dgi_time_reader *r, uint32_t e)
{
    return !glued(r, e) || (atom(r, e)->kind == DGI_ATOM_MARK && !dgi_mark(r, e, '/') &&
                            !(dgi_mark(r, e, '-') && glued(r, e + 1) && atom(r, e + 1)->kind == DGI_ATOM_NUM));
}

static bool dated(struct dgi_point *p, uint32_t i, uint32_t e, int32_t day)
{
    p->from = i;
    p->to = e;
    p->shape = DGI_PT_DAY;
    p->range = dgi_cal_day(day);
    return day != DGI_NO_DAY;
}

/* Does "on", a weekday, or a weekday and a bracket stand before atom i? */
static bool day_before(const struct dgi_time_reader *r, uint32_t i)
{
    i -= i > 1 && (dgi_mark(r, i - 1, '(') || dgi_mark(r, i - 1, ','));
    return dgi_word(r, i - 1, DGI_W_ON) || dgi_tc(r, i - 1) == DGI_TC_WEEKDAY || dgi_tc(r, i - 1) == DGI_TC_DAYABBR;
}

bool dgi_point_mixed(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p)
{
    if (i + 2 >= r->as->n || atom(r, i + 1)->kind != DGI_ATOM_MARK || !starts_apart(r, i) || !glued(r, i + 1) ||
        !glued(r, i + 2))
        return false;
    char m = atom(r, i + 1)->mark;
    if (m != '-' && m != '/')
        return false;
    bool first = dgi_tc(r, i) == DGI_TC_MONTH, second = dgi_tc(r, i + 2) == DGI_TC_MONTH;
    if (first == second)
        return false;
    if (first && m == '-' && i > 0 && day_before(r, i) && number_between(r, i + 2, 2, 1, MOST_DAY) &&
        ends_apart(r, i + 3) && dgi_point_valid_day(dgi_tv(r, i), (int)atom(r, i + 2)->num)) { /* Friday (jun-15) */
        p->from = i;
        p->to = i + 3;
        p->month = dgi_tv(r, i);
        p->day = (int)atom(r, i + 2)->num;
        p->shape = DGI_PT_MONTH_DAY;
        p->range = dgi_point_past(r->anchor, p->month, p->day);
        p->future = dgi_point_future(r->anchor, p->month, p->day);
        p->two = p->range.start != p->future.start || p->range.start == DGI_NO_DAY;
        return true;
    }
    bool third = dgi_mark(r, i + 3, m) && glued(r, i + 3) && glued(r, i + 4) && i + 4 < r->as->n;
    if (first && m == '/' && !third && number_between(r, i + 2, 4, FIRST_SPOKEN, LAST_SPOKEN) && ends_apart(r, i + 3)) {
        p->from = i;
        p->to = i + 3;
        p->month = dgi_tv(r, i);
        p->range = dgi_cal_month((int)atom(r, i + 2)->num, p->month);
        return true;
    }
    if (!third || !ends_apart(r, i + 5) || (first && !number_between(r, i + 2, 2, 1, MOST_DAY)))
        return false;
    int month = dgi_tv(r, first ? i : i + 2);
    if (first && number_between(r, i + 4, 4, FIRST_SPOKEN, LAST_SPOKEN))
        return dated(p, i, i + 5, dgi_day_make((int)atom(r, i + 4)->num, month, (int)atom(r, i + 2)->num));
    if (second && number_between(r, i, 2, 1, MOST_DAY) && number_between(r, i + 4, 4, FIRST_SPOKEN, LAST_SPOKEN))
        return dated(p, i, i + 5, dgi_day_make((int)atom(r, i + 4)->num, month, (int)atom(r, i)->num));
    return second && number_between(r, i, 4, FIRST_SPOKEN, LAST_SPOKEN) && number_between(r, i + 4, 2, 1, MOST_DAY) &&
           dated(p, i, i + 5, dgi_day_make((int)atom(r, i)->num, month, (int)atom(r, i + 4)->num));
}

/* ---- from 10/1 to 11/7, between 2/3 and 4/3, 10/1-11/2/2017 ---- */
static bool month_and_day(const struct dgi_time_reader *r, uint32_t i, int *m, int *d)
{
    if (i + 2 >= r->as->n || !number_between(r, i, 2, 1, MOST_DAY) || !dgi_mark(r, i + 1, '/') || !glued(r, i + 1) ||
        !glued(r, i + 2) || !number_between(r, i + 2, 2, 1, MOST_DAY))
        return false;
    int a = (int)atom(r, i)->num, b = (int)atom(r, i + 2)->num;
    bool month_first = a <= 12 && (r->slash_order != 1 || b > 12);
    *m = month_first ? a : b;
    *d = month_first ? b : a;
    return *m <= 12 && dgi_point_valid_day(*m, *d);
}

bool dgi_point_short_range(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p)
{
    int m, d, m2, d2, y = 0;
    if (!starts_apart(r, i) || !month_and_day(r, i, &m, &d))
        return false;
    bool bound = i > 0 && (dgi_word(r, i - 1, DGI_W_FROM) || dgi_word(r, i - 1, DGI_W_BETWEEN));
    uint32_t k = i + 3, e;
    if (!dgi_mark(r, k, '-') && !dgi_word(r, k, DGI_W_TIME_RANGE_TO) && !(bound && dgi_word(r, k, DGI_W_AND)))
        return false;
    if (!month_and_day(r, k + 1, &m2, &d2))
        return false;
    e = k + 4;
    if (dgi_mark(r, e, '/') && glued(r, e) && glued(r, e + 1) &&
        number_between(r, e + 1, 4, FIRST_SPOKEN, LAST_SPOKEN)) {
        y = (int)atom(r, e + 1)->num;
        e += 2;
    } else if (dgi_mark(r, e, ',') && dgi_point_year_number(r, e + 1, &y)) {
        e += 2;
    }
    bool whole = i == 0 && (e >= r->as->n || (dgi_mark(r, e, '.') && e + 1 == r->as->n)) && (d > 12 || d2 > 12);
    if (!ends_apart(r, e) || (!bound && !y && !whole))
        return false;
    p->from = i;
    p->to = e;
    p->joined = true;
    p->future = DGI_NO_RANGE;
    if (y) {
        p->range = dgi_cal_days(dgi_day_make(m > m2 ? y - 1 : y, m, d), dgi_day_make(y, m2, d2), DGI_P_DAY);
        return p->range.start != DGI_NO_DAY && p->range.start <= p->range.end;
    }
    struct dgi_day_range past = dgi_point_past(r->anchor, m2, d2), next = dgi_point_future(r->anchor, m2, d2);
    p->two = past.start != next.start || past.start == DGI_NO_DAY;
    p->range = dgi_cal_days(dgi_point_past(past.end, m, d).start, past.end, DGI_P_DAY);
    if (p->two)
        p->future = dgi_cal_days(dgi_point_past(next.end, m, d).start, next.end, DGI_P_DAY);
    return true;
}

/* ---- Q1, H2 ---- */
uint32_t dgi_point_quarter_mark(const struct dgi_time_reader *r, uint32_t i, int *n, bool *half)
{
    if (dgi_tc(r, i) != DGI_TC_LETTER || !glued(r, i + 1) || atom(r, i + 1)->kind != DGI_ATOM_NUM ||
        atom(r, i + 1)->n_digits != 1 || atom(r, i + 1)->num < 1 || atom(r, i + 1)->num > dgi_tv(r, i))
        return i;
    *n = (int)atom(r, i + 1)->num;
    *half = dgi_tv(r, i) == 2;
    return i + 2;
}

struct dgi_day_range dgi_point_part_of_year(int year, int n, bool half)
{
    if (!half)
        return dgi_cal_quarter(year, n);
    return dgi_cal_days(dgi_day_make(year, n == 1 ? 1 : 7, 1),
                        n == 1 ? dgi_day_make(year, 6, 30) : dgi_day_make(year, 12, 31), DGI_P_QUARTER);
}
