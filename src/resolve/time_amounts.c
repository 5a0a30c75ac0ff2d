/* SPDX-License-Identifier: Apache-2.0 */
/* resolve/time_amounts.c: numbers of units: "three days ago", "within two weeks", "a year, three months and a day later".
 *
 * Reads and writes as time_points.c, which takes the longest of what these readers find. */
#include "resolve/time_readers.h"

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
    bool half = dgi_tc(r, k) == DGI_TC_HALF && (a || dgi_time_unit_at(r, k + 1) || dgi_point_clause_end(r, k + 1)),
         quarter = a && is_unit(r, k, DGI_U_QUARTER);
    *n += half ? 0.5 : quarter ? 0.25 : 0;
    return half || quarter ? k + 1 : e;
}

/* "twenty and four hours": the atom at the unit, or e. */
static uint32_t tens_and_units(const struct dgi_time_reader *r, uint32_t e, double *n)
{
    const struct dgi_numbers *nb = r->numbers;
    if (!dgi_word(r, e, DGI_W_AND) || e + 2 >= r->as->n || !dgi_time_unit_at(r, e + 2))
        return e;
    uint32_t tens = atom(r, e - 1)->num_row, units = atom(r, e + 1)->num_row;
    if (tens == DGI_NONE || units == DGI_NONE || nb->cls[tens] != DGI_NUM_TEN || nb->cls[units] != DGI_NUM_UNIT)
        return e;
    *n += nb->value[units];
    return e + 2;
}

/* "1 night", "for one night": in the singular a night is a part of a day unless it is counted. */
static bool one_night(const struct dgi_time_reader *r, uint32_t i, uint32_t e, double n)
{
    return n == 1 && dgi_tc(r, e) == DGI_TC_PART && dgi_tv(r, e) == 1 && dgi_word(r, e, DGI_W_TIME_NIGHT) &&
           (atom(r, i)->kind == DGI_ATOM_NUM ||
            (dgi_word(r, i, DGI_W_ONE) && i > 0 && dgi_word(r, i - 1, DGI_W_TIME_FOR)));
}

static bool read_units(const struct dgi_time_reader *r, uint32_t i, struct count *c)
{
    uint32_t e;
    *c = (struct count){.article = dgi_word(r, i, DGI_W_INDEFINITE), .the = dgi_word(r, i, DGI_W_THE)};
    if (dgi_tc(r, i) == DGI_TC_HALF && (dgi_word(r, i + 1, DGI_W_INDEFINITE) || dgi_time_unit_at(r, i + 1) ||
                                        (dgi_mark(r, i + 1, '-') && dgi_time_glued(r, i + 1)))) {
        c->n = 0.5;
        e = i + 1 + dgi_word(r, i + 1, DGI_W_INDEFINITE);
    } else if (dgi_tc(r, i) == DGI_TC_WHOLE && dgi_tc(r, i + 1) == DGI_TC_UNIT && dgi_tv(r, i + 1) <= DGI_U_YEAR) {
        c->n = 1; /* all day, another month */
        e = i + 1;
    } else if ((e = dgi_time_amount(r, i, &c->n)) == i) {
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
        more = tens_and_units(r, e, &c->n);
        c->parted = more != e;
        e = more;
    }
    for (int k = 0; k < 2 && (dgi_word(r, e, DGI_W_TIME_RUNNING) || dgi_word(r, e, DGI_W_TIME_MORE)); k++)
        e++;
    if (dgi_mark(r, e, '-') && dgi_time_glued(r, e) && dgi_time_glued(r, e + 1) && dgi_word(r, e + 1, DGI_W_TIME_ODD) &&
        dgi_time_unit_at(r, e + 2)) { /* 30-odd years */
        c->parted = true;
        e += 2;
    }
    uint32_t part = read_part(r, e, &c->n);
    if (part != e && !c->article && !c->the && dgi_time_unit_at(r, part)) { /* one and a quarter years */
        c->parted = true;
        e = part;
    }
    c->glued = dgi_mark(r, e, '-') && dgi_time_glued(r, e);
    if (c->glued)
        e++;
    c->unit = dgi_time_unit_at(r, e);
    if (!c->unit && one_night(r, i, e, c->n)) {
        c->unit = DGI_U_DAY;
        c->parted = true;
    }
    if (!c->unit)
        return false;
    e++;
    uint32_t k = e;
    if (c->unit == DGI_U_QUARTER && c->n == 1) { /* a quarter century, a quarter of a century */
        k += dgi_mark(r, k, '-') && dgi_time_glued(r, k);
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
    c->glued = c->glued || (dgi_mark(r, e, '-') && dgi_time_glued(r, e));
    return true;
}

bool dgi_time_counted(struct dgi_point *p, uint32_t to, bool no_date, struct dgi_day_range range)
{
    p->to = to;
    p->no_date = no_date;
    p->range = range;
    return true;
}

static bool is_amount(const struct dgi_time_reader *r, uint32_t i)
{
    double n;
    uint32_t e = dgi_time_amount(r, i, &n);
    e += e == i && (dgi_word(r, i, DGI_W_INDEFINITE) || dgi_word(r, i, DGI_W_THE));
    return e != i && dgi_time_unit_at(r, e);
}

/* Does "within" or "less than" stand before: anything up to the end of it? */
static bool up_to(const struct dgi_time_reader *r, uint32_t i)
{
    uint32_t row = i > 1 ? dgi_atoms_phrase(r->as, r->table, i - 2, i) : DGI_NONE;
    return (i > 0 && dgi_tc(r, i - 1) == DGI_TC_WITHIN) ||
           (row != DGI_NONE && r->cls[row] == DGI_TC_MOD && r->val[row] == DGI_TM_LESS_THAN);
}

/* Is the amount so much smaller than the month or the year that was told that nothing is counted from its ends? */
static bool within_told(const struct dgi_day_range *t, int unit, double n)
{
    enum { HALF_MONTH = 15 };
    if (t->start == DGI_NO_DAY || (t->precision != DGI_P_MONTH && t->precision != DGI_P_YEAR))
        return false;
    const double days = unit == DGI_U_HOUR ? n / 24 : unit == DGI_U_DAY ? n : 7 * n;
    return (unit == DGI_U_HOUR || unit == DGI_U_DAY || unit == DGI_U_WEEK) && days < HALF_MONTH;
}

/* "two days earlier", "a week later", "a day after the vote": counted from what was told. */
static bool count_from_told(const struct dgi_time_reader *r, const struct count *c, struct dgi_point *p)
{
    enum { REACH = 40 /* atoms to the date of a clause */ };
    const uint32_t e = c->end;
    const int unit = c->unit;
    const bool bare = !c->article && !c->the, back = dgi_word(r, e, DGI_W_TIME_EARLIER),
               on = dgi_word(r, e, DGI_W_TIME_LATER);
    const bool after = dgi_word(r, e, DGI_W_AFTER);
    struct dgi_point q;
    if ((after || dgi_word(r, e, DGI_W_BEFORE)) &&
        !dgi_point_clause_end(r, e + 1)) { /* two days after the 9 May raid */
        uint32_t k = e + 1 + dgi_word(r, e + 1, DGI_W_THE);
        if (k < r->as->n && dgi_tc(r, k) != DGI_TC_UNIT && !is_amount(r, k) && dgi_point_plain(r, k, &q) &&
            !q.no_date && !q.dropped && !q.joined && !q.clock_only && q.range.start != DGI_NO_DAY) {
            int sign = after ? 1 : -1;
            if (up_to(r, p->from) && !q.two &&
                (after || dgi_tc(r, k) != DGI_TC_DAYWORD)) { /* within two weeks after 3 May */
                int32_t far = dgi_cal_span_end(after ? q.range.end : q.range.start, unit, c->n, sign);
                p->joined = true;
                return dgi_time_counted(p, q.to, false,
                                        after ? dgi_cal_days(q.range.start, far, DGI_P_DAY)
                                              : dgi_cal_days(far, q.range.end, DGI_P_DAY));
            }
            p->two = q.two;
            p->future = DGI_NO_RANGE;
            if (q.two && q.future.start != DGI_NO_DAY)
                p->future = dgi_cal_shift(after ? q.future.end : q.future.start, unit, c->n, sign);
            return dgi_time_counted(p, q.to, false,
                                    dgi_cal_shift(after ? q.range.end : q.range.start, unit, c->n, sign));
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
    if (!after && !(dgi_word(r, e, DGI_W_BEFORE) && !dgi_point_clause_end(r, e + 1)) && within_told(t, unit, c->n))
        return dgi_time_counted(p, e + 1, false, *t); /* "in August ... a week before": in August, too */
    if (!after && !(dgi_word(r, e, DGI_W_BEFORE) && !dgi_point_clause_end(r, e + 1)))
        return dgi_time_counted(p, e + 1, t->start == DGI_NO_DAY,
                                back ? dgi_cal_shift(t->start, unit, c->n, -1) : dgi_cal_shift(t->end, unit, c->n, 1));
    /* it governs: after "on Friday, a day after a bomb exploded" Friday is told, and the bomb exploded the day before it */
    if (dgi_point_clause_end(r, e + 1) && after && c->the) /* "the day after, ..." */
        return dgi_time_counted(p, e + 1, t->start == DGI_NO_DAY, dgi_cal_shift(t->end, unit, c->n, 1));
    if (after && !r->told_here && bare)
        for (uint32_t k = e + 1; k < r->as->n && k - e < REACH; k++) /* "two days after the bank shut on Monday" */
            if (dgi_tc(r, k) != DGI_TC_UNIT && dgi_tc(r, k) != DGI_TC_UNITS && !is_amount(r, k) &&
                dgi_point_plain(r, k, &q)) {
                p->of_event = true;
                if (q.no_date || q.dropped || q.clock_only || q.range.precision != DGI_P_DAY ||
                    q.range.start != q.range.end)
                    return true;
                return dgi_time_counted(p, e + 1, false, dgi_cal_shift(q.range.start, unit, c->n, 1));
            }
    if (!r->told_here || r->told.start == DGI_NO_DAY || r->told.precision != DGI_P_DAY)
        return bare ||
               (c->article && unit != DGI_U_SECOND && unit != DGI_U_QUARTER); /* "a day after rebels fled": a length */
    p->of_event = true;
    return dgi_time_counted(p, e + 1, false,
                            dgi_cal_shift(after ? r->told.start : r->told.end, unit, c->n, after ? -1 : 1));
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

/* Does "will" or "want to" stand close before? */
static bool foretells(const struct dgi_time_reader *r, uint32_t i)
{
    enum { REACH = 10 };
    for (uint32_t b = i; b > 0 && i - b < REACH; b--)
        if (dgi_word(r, b - 1, DGI_W_TIME_WILL) || (dgi_word(r, b - 1, DGI_W_TIME_WISH) && dgi_word(r, b, DGI_W_TO)))
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
    return (b->kind == DGI_ATOM_NUM && !dgi_time_number_in_code(r, i - 1)) || dgi_mark(r, i - 1, '%') || u == DGI_NUM ||
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
bool dgi_time_bare_units(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p)
{
    uint32_t k = i;
    bool many = atom(r, i)->num_row != DGI_NONE && r->numbers->cls[atom(r, i)->num_row] == DGI_NUM_PLURAL &&
                dgi_word(r, i + 1, DGI_W_OF);
    k += many ? 2 : 0;
    bool plural = dgi_tc(r, k) == DGI_TC_UNITS,
         glue = dgi_mark(r, k + 1, '-') && dgi_time_glued(r, k + 1) && dgi_word(r, k + 2, DGI_W_TIME_LONG);
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

uint32_t dgi_time_smaller(const struct dgi_time_reader *r, uint32_t e, int unit, bool ahead, struct dgi_point *p)
{
    static const uint8_t size[] = {[DGI_U_SECOND] = 1, [DGI_U_MINUTE] = 2, [DGI_U_HOUR] = 3, [DGI_U_DAY] = 4,
                                   [DGI_U_WEEK] = 5,   [DGI_U_MONTH] = 6,  [DGI_U_YEAR] = 7};
    struct count less;
    for (size_t n = 0; n < sizeof p->more / sizeof *p->more && unit <= DGI_U_SECOND && size[unit]; n++) {
        uint32_t k = e + dgi_mark(r, e, ',');
        bool and = dgi_word(r, k, DGI_W_AND);
        k += and;
        if (k == r->as->n || !read_units(r, k, &less) || (less.article && !and) || less.the || less.glued ||
            less.unit > DGI_U_SECOND || !size[less.unit] || size[less.unit] >= size[unit] ||
            (ahead && dgi_word(r, less.end, DGI_W_TIME_AGO)))
            break;
        p->more[n].n = less.n;
        p->more[n].unit = unit = less.unit;
        e = less.end;
    }
    return e;
}

/* "a year and three months", "1 hour 20 minutes", "two weeks and two days ago" */
static bool smaller_amount(const struct dgi_time_reader *r, const struct count *c, struct dgi_point *p)
{
    uint32_t e = dgi_time_smaller(r, c->end, c->unit, false, p);
    if (e == c->end)
        return false;
    p->amount = c->n;
    p->amount_unit = c->unit;
    p->to = e;
    bool back = dgi_word(r, e, DGI_W_TIME_EARLIER), on = dgi_word(r, e, DGI_W_TIME_LATER),
         told = r->told_day.start != DGI_NO_DAY;
    if (dgi_word(r, e, DGI_W_TIME_AGO))
        return dgi_time_counted(p, e + 1, false, amount_away(p, r->anchor, -1));
    if (dgi_word(r, e, DGI_W_TIME_HENCE))
        return dgi_time_counted(p, e + 1, false, amount_away(p, r->anchor, 1));
    if (dgi_word(r, e, DGI_W_ON) || (!back && !on))
        return true;
    p->from_told = told;
    return dgi_time_counted(p, e + 1, !told && on && r->told_at != DGI_NONE,
                            amount_away(p, told ? r->told_day.start : r->anchor, back ? -1 : 1));
}

/* "the five coming years", "3 past weeks" */
static bool rel_behind_number(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p)
{
    double n = 0;
    uint32_t k = dgi_time_amount(r, i, &n);
    if (k == i || dgi_tc(r, k) != DGI_TC_REL || dgi_tv(r, k) == 0 || dgi_tc(r, k + 1) != DGI_TC_UNITS)
        return false;
    dgi_time_set_rolling(p, r->anchor, dgi_tv(r, k + 1), n, dgi_tv(r, k));
    p->from = i;
    p->to = k + 2;
    p->amount = n;
    p->amount_unit = dgi_tv(r, k + 1);
    return true;
}

/* "the three months to May", "the year to September": the months that end with that one. */
static bool months_to(const struct dgi_time_reader *r, uint32_t i, const struct count *c, struct dgi_point *p)
{
    const int each = c->unit == DGI_U_MONTH ? 1 : c->unit == DGI_U_QUARTER ? 3 : c->unit == DGI_U_YEAR ? 12 : 0;
    const int months = c->n >= 1 && c->n <= 100 ? (int)c->n * each : 0;
    struct dgi_point q;
    if (!months || !(c->the || (i > 0 && dgi_word(r, i - 1, DGI_W_THE))) || !dgi_word(r, c->end, DGI_W_TIME_RANGE_TO))
        return false;
    memset(&q, 0, sizeof q);
    q.range = q.future = DGI_NO_RANGE;
    if (!dgi_time_month_first(r, c->end + 1, &q) || q.day || q.dropped || q.range.precision != DGI_P_MONTH)
        return false;
    struct dgi_day_range *const g[] = {&q.range, &q.future};
    for (int k = 0; k < 2; k++) {
        int y, m, d;
        if (g[k]->start == DGI_NO_DAY)
            continue;
        dgi_day_split(g[k]->start, &y, &m, &d);
        *g[k] = dgi_cal_days(dgi_cal_month(y, m - months + 1).start, g[k]->end, DGI_P_MONTH);
    }
    p->joined = true;
    p->two = q.two;
    p->future = q.future;
    return dgi_time_counted(p, q.to, false, q.range);
}

/* "a year ago today", "two weeks ago last Saturday", "70 years ago this week": so long before that day or week. */
static bool ago_that_day(const struct dgi_time_reader *r, const struct count *c, struct dgi_point *p)
{
    struct dgi_point q;
    uint32_t k = c->end + 1;
    if (!dgi_word(r, c->end, DGI_W_TIME_AGO) || c->unit < DGI_U_WEEK || c->unit > DGI_U_CENTURY || k >= r->as->n ||
        (dgi_tc(r, k) != DGI_TC_DAYWORD && dgi_tc(r, k) != DGI_TC_REL) ||
        (dgi_tc(r, k) == DGI_TC_DAYWORD && dgi_tv(r, k) > 0))
        return false;
    memset(&q, 0, sizeof q);
    q.range = q.future = DGI_NO_RANGE;
    if (!(dgi_time_dayword(r, k, &q) || dgi_time_rel(r, k, &q)) || q.rolling || q.from_told ||
        q.range.start == DGI_NO_DAY || q.range.end - q.range.start > 31 || q.range.start > r->anchor)
        return false;
    int32_t day = dgi_cal_span_end(q.range.start, c->unit, c->n, -1);
    int unit = q.range.start == q.range.end ? DGI_U_DAY : q.range.precision == DGI_P_WEEK ? DGI_U_WEEK : DGI_U_MONTH;
    return dgi_time_counted(p, q.to, false, day == DGI_NO_DAY ? DGI_NO_RANGE : dgi_cal_unit(day, unit, 0));
}

/* So many units from the first day of g on, that day with them. */
static struct dgi_day_range lasting_from(struct dgi_day_range g, const struct count *c)
{
    int32_t end = g.start == DGI_NO_DAY ? DGI_NO_DAY : dgi_cal_span_end(g.start, c->unit, c->n, 1);
    return end == DGI_NO_DAY || end <= g.start ? DGI_NO_RANGE : dgi_cal_days(g.start, end - 1, DGI_P_DAY);
}

/* "a week from Friday", "four months from tomorrow" are one day; "3 days starting on Monday", "for a week from 20 May" last. */
static bool count_from_day(const struct dgi_time_reader *r, uint32_t i, const struct count *c, struct dgi_point *p)
{
    const bool comma = dgi_mark(r, c->end, ',');
    uint32_t k = c->end + comma;
    const bool from = dgi_word(r, k, DGI_W_FROM),
               lasts = dgi_word(r, k, DGI_W_TIME_STARTING) || (from && i > 0 && dgi_word(r, i - 1, DGI_W_TIME_FOR));
    struct dgi_point q;
    if ((!from && !lasts) || (comma && !lasts) || c->unit == DGI_U_MINUTE || c->unit == DGI_U_SECOND ||
        (c->unit == DGI_U_HOUR && c->n < 24))
        return false;
    k++;
    k += lasts && (dgi_word(r, k, DGI_W_ON) || dgi_word(r, k, DGI_W_FROM));
    if (is_amount(r, k) || !dgi_point_plain(r, k, &q) || q.joined || q.no_date || q.dropped || q.clock[0] ||
        (q.shape != DGI_PT_WEEKDAY && q.shape != DGI_PT_DAY && q.shape != DGI_PT_MONTH_DAY &&
         (q.range.precision != DGI_P_DAY || q.range.start != q.range.end)))
        return false;
    if (!lasts) {
        int32_t day = dgi_cal_span_end(q.two ? q.future.start : q.range.start, c->unit, c->n, 1);
        if (day != DGI_NO_DAY && dgi_word(r, q.to, DGI_W_ON) && dgi_tc(r, q.to + 1) == DGI_TC_WEEKDAY) {
            day += (dgi_tv(r, q.to + 1) - dgi_day_weekday(day) + 7) % 7; /* a month from today, on Tuesday */
            q.to += 2;
        }
        return dgi_time_counted(p, q.to, false, day == DGI_NO_DAY ? DGI_NO_RANGE : dgi_cal_day(day));
    }
    p->joined = true;
    p->two = q.two;
    p->future = q.two ? lasting_from(q.future, c) : DGI_NO_RANGE;
    return dgi_time_counted(p, q.to, false, lasting_from(q.range, c));
}

bool dgi_time_count(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p)
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
    p->vague = dgi_time_vague_number(r, i + dgi_word(r, i, DGI_W_A));
    if (!c.glued && !c.the && smaller_amount(r, &c, p))
        return true;
    if (c.ranged || c.parted || (c.unit == DGI_U_YEAR && c.n == 25)) {
        p->amount = c.n;
        p->amount_unit = c.unit;
    }
    if (c.glued)
        return !c.article && !c.the;
    p->vague_date = p->vague;
    if (months_to(r, i, &c, p) || (!c.the && ago_that_day(r, &c, p)))
        return true;
    if (!c.the && dgi_word(r, e, DGI_W_TIME_AGO))
        return dgi_time_counted(p, e + 1, false, dgi_cal_shift(r->anchor, c.unit, c.n, -1));
    if (!c.the && dgi_word(r, e, DGI_W_TIME_HENCE))
        return dgi_time_counted(p, e + 1, false, dgi_cal_shift(r->anchor, c.unit, c.n, 1));
    if (!c.the && dgi_word(r, e, DGI_W_FROM) && dgi_word(r, e + 1, DGI_W_TIME_NOW) &&
        dgi_tc(r, e + 1) != DGI_TC_DAYWORD)
        return dgi_time_counted(p, e + 2, false, dgi_cal_shift(r->anchor, c.unit, c.n, 1));
    if (!c.the && count_from_day(r, i, &c, p))
        return true;
    if (c.the && c.unit == DGI_U_HOUR && i > 0 && dgi_word(r, i - 1, DGI_W_TIME_FOR) && dgi_point_clause_end(r, e)) {
        p->amount = 1; /* out for the hour */
        p->amount_unit = c.unit;
        return true;
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
