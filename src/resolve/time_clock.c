/* SPDX-License-Identifier: Apache-2.0 */
/* resolve/time_clock.c: times of day, parts of the day, and references without a day ("in the past"); inside of time.c.
 *
 * Reads   atoms of a sentence, UPOS of their tokens where there are any, words of times.tsv
 * Writes  struct dgi_point
 *
 * A clock without a day belongs to the day told last, else to the day of publication. Figures alone ("14:30") are a time only
 * behind a preposition or before a zone: results of matches and verses of holy books look the same. */
#include "resolve/time_points.h"

enum { MINUTES = 1440, LONGEST_REF = 4 /* words of a phrase of class ref */ };

static bool glued(const struct dgi_time_reader *r, uint32_t i)
{
    return i < r->as->n && !r->as->a[i].gap;
}

static dg_str raw(const struct dgi_time_reader *r, uint32_t i)
{
    return dgi_str_sub(r->doc->text, r->as->a[i].start, r->as->a[i].end);
}

/* What stands behind the figures of an hour. */
struct half {
    bool am, pm, zone, zulu, oclock, local;
};

/* "p.m.", "GMT", "o'clock", "local time", "Moscow time": returns the atom behind. */
static uint32_t read_half(const struct dgi_time_reader *r, uint32_t i, struct half *h)
{
    if (dgi_word(r, i, DGI_W_TIME_OCLOCK)) {
        h->oclock = true;
        i++;
        while (dgi_mark(r, i, '\'') || (h->oclock && i < r->as->n && glued(r, i) && r->as->a[i].kind == DGI_ATOM_WORD))
            i++;
    }
    h->am = dgi_word(r, i, DGI_W_TIME_AM);
    h->pm = !h->am && dgi_word(r, i, DGI_W_TIME_PM);
    i += h->am || h->pm;
    uint32_t k = i + dgi_mark(r, i, '(');
    if (dgi_word(r, k, DGI_W_TIME_ZONE) && r->as->a[k].all_upper) {
        h->zone = true;
        h->zulu = dgi_word(r, k, DGI_W_TIME_ZULU);
        k++;
        bool offset = (dgi_mark(r, k, '-') || dgi_mark(r, k, '+')) && k + 1 < r->as->n && glued(r, k + 1) &&
                      r->as->a[k + 1].kind == DGI_ATOM_NUM && r->as->a[k + 1].num <= 14;
        h->zulu = h->zulu && !offset;
        k += offset ? 2 : 0;
        return k + (dgi_mark(r, i, '(') && dgi_mark(r, k, ')'));
    }
    for (uint32_t n = 1; n <= 3 && i + n < r->as->n; n++) { /* local time, Eastern Standard Time */
        if (r->as->a[i + n - 1].kind != DGI_ATOM_WORD ||
            (n == 1 && !r->as->a[i].upper && !dgi_word(r, i, DGI_W_TIME_LOCAL)))
            break;
        if (r->as->a[i + n].kind == DGI_ATOM_WORD && dgi_tc(r, i + n) == DGI_TC_REFTAIL &&
            dgi_word(r, i + n, DGI_W_TIME_LOCAL)) {
            h->local = true;
            return i + n + 1;
        }
    }
    return i;
}

static bool two_digits(const struct dgi_time_reader *r, uint32_t i, int most)
{
    return i < r->as->n && r->as->a[i].kind == DGI_ATOM_NUM && r->as->a[i].n_digits == 2 && glued(r, i) &&
           r->as->a[i].num <= most;
}

/* Figures or words of an hour at i: *minute -1 when none are said. Returns the atom behind, or i. */
static uint32_t read_hour(const struct dgi_time_reader *r, uint32_t i, int *hour, int *minute, bool *four)
{
    const struct dgi_atom *a = &r->as->a[i];
    *minute = -1;
    *four = false;
    if (a->kind == DGI_ATOM_WORD) {
        uint8_t c = a->num_row == DGI_NONE ? (uint8_t)DGI_NUM_NONE : r->numbers->cls[a->num_row];
        *hour = c == DGI_NUM_UNIT || c == DGI_NUM_TEEN ? (int)r->numbers->value[a->num_row] : 0;
        return *hour >= 1 && *hour <= 12 ? i + 1 : i;
    }
    if (a->kind != DGI_ATOM_NUM || (i > 0 && glued(r, i) && !dgi_mark(r, i - 1, '(') && !dgi_mark(r, i - 1, '-')))
        return i;
    if (a->n_digits == 4 && a->num < 2400 && (int)a->num % 100 < 60) {
        *hour = (int)a->num / 100;
        *minute = (int)a->num % 100;
        *four = true;
        return i + 1;
    }
    if (a->n_digits == 1 || a->n_digits == 2) {
        *hour = (int)a->num;
        if ((dgi_mark(r, i + 1, ':') || dgi_mark(r, i + 1, '.')) && glued(r, i + 1) && two_digits(r, i + 2, 59)) {
            *minute = (int)r->as->a[i + 2].num;
            bool seconds = dgi_mark(r, i + 3, ':') && glued(r, i + 3) && two_digits(r, i + 4, 60);
            return i + (seconds ? 5 : 3);
        }
        return *hour <= 24 ? i + 1 : i;
    }
    dg_str s = raw(r, i); /* "10.30" is one number */
    size_t dot = dgi_str_find(s, DGI_S("."));
    int64_t h, m;
    if (dot == 0 || dot > 2 || s.len != dot + 3 || !dgi_str_int(dgi_str_sub(s, 0, dot), &h) ||
        !dgi_str_int(dgi_str_sub(s, dot + 1, s.len), &m) || h > 23 || m > 59)
        return i;
    *hour = (int)h;
    *minute = (int)m;
    return i + 1;
}

/* "half past six", "a quarter to nine": minutes and one, 0: none. */
static int16_t said_clock(const struct dgi_time_reader *r, uint32_t i, uint32_t *to)
{
    int hour = 0, minute = -1, part;
    bool four, quarter = dgi_tc(r, i) == DGI_TC_UNIT && dgi_tv(r, i) == DGI_U_QUARTER;
    if (i + 2 >= r->as->n || (!quarter && dgi_tc(r, i) != DGI_TC_HALF))
        return 0;
    bool past = dgi_word(r, i + 1, DGI_W_TIME_PAST), before = quarter && dgi_word(r, i + 1, DGI_W_TO);
    uint32_t e = past || before ? read_hour(r, i + 2, &hour, &minute, &four) : i + 2;
    if (e == i + 2 || minute >= 0 || hour < 1 || hour > 12)
        return 0;
    part = quarter ? 15 : 30;
    *to = e;
    return (int16_t)(hour * 60 + (past ? part : -part) + 1);
}

/* One time of day at i, without a day; 0 when it is none, else minutes and one. *to: the atom behind. */
static int16_t one_clock(const struct dgi_time_reader *r, uint32_t i, uint32_t *to, bool loose, bool *zulu)
{
    int hour = 0, minute = -1;
    bool four = false;
    struct half h = {0};
    if (i >= r->as->n)
        return 0;
    if (dgi_tc(r, i) == DGI_TC_CLOCK) {
        *to = i + 1;
        return (int16_t)(dgi_tv(r, i) * 60 + 1);
    }
    int16_t said = said_clock(r, i, to);
    if (said)
        return said;
    uint32_t e = read_hour(r, i, &hour, &minute, &four);
    if (e == i)
        return 0;
    bool word = r->as->a[i].kind == DGI_ATOM_WORD, decimal = !word && e == i + 1 && minute >= 0 && !four;
    *to = read_half(r, e, &h);
    bool half = h.am || h.pm || h.oclock, behind = half || h.zone || h.local, sure = false;
    if (word || (minute < 0)) /* "five in the morning" */
        sure = half || (i > 0 && dgi_word(r, i - 1, DGI_W_TIME_CLOCK_PREP) && dgi_word(r, e, DGI_W_IN) &&
                        dgi_word(r, e + 1, DGI_W_THE) && dgi_tc(r, e + 2) == DGI_TC_PART);
    else if (four)
        sure = h.zone || (h.local && i > 0 && dgi_word(r, i - 1, DGI_W_TIME_CLOCK_PREP));
    else if (decimal) /* "at 11.30 on Friday" */
        sure = half || (i > 0 && dgi_word(r, i - 1, DGI_W_TIME_CLOCK_PREP) && dgi_word(r, e, DGI_W_ON) &&
                        (dgi_tc(r, e + 1) == DGI_TC_WEEKDAY || dgi_tc(r, e + 1) == DGI_TC_MONTH));
    else
        sure = behind || loose || (i > 0 && dgi_word(r, i - 1, DGI_W_TIME_CLOCK_PREP));
    if (!sure || ((h.am || h.pm) && (hour < 1 || hour > 12)) || hour > 24)
        return 0;
    if (e < r->as->n && glued(r, e) && *to == e && r->as->a[e].kind != DGI_ATOM_MARK)
        return 0; /* "14:30h" is one, but so is a code */
    if (h.pm && hour < 12)
        hour += 12;
    else if (h.am && hour == 12)
        hour = 0;
    *zulu |= h.zulu;
    return (int16_t)(hour * 60 + (minute > 0 ? minute : 0) + 1);
}

/* The day a time of day belongs to when none is said. */
static void day_told(const struct dgi_time_reader *r, struct dgi_point *p)
{
    bool told = r->told_day.start != DGI_NO_DAY;
    p->range = told ? r->told_day : dgi_cal_unit(r->anchor, DGI_U_DAY, 0);
    p->from_told = told;
    p->clock_only = true;
}

static bool is_day(const struct dgi_point *q)
{
    return !q->no_date && !q->dropped && !q->joined && !q->clock[0] &&
           (q->range.precision == DGI_P_DAY || q->shape == DGI_PT_WEEKDAY || q->shape == DGI_PT_MONTH_DAY) &&
           q->range.start == q->range.end && q->future.start == q->future.end;
}

/* "on Friday", "Monday" behind a time of day at k: its day into *q. */
static bool day_behind(const struct dgi_time_reader *r, uint32_t k, struct dgi_point *q)
{
    k += dgi_word(r, k, DGI_W_ON) || dgi_word(r, k, DGI_W_OF);
    k += dgi_word(r, k, DGI_W_THE);
    uint32_t e;
    bool zulu = false;
    if (one_clock(r, k, &e, false, &zulu)) /* "5 p.m. on 5 p.m. on" ends here */
        return false;
    return k < r->as->n && dgi_point_plain(r, k, q) && is_day(q);
}

bool dgi_point_clock(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p)
{
    struct dgi_point q;
    uint32_t e = i, e2;
    bool zulu = false;
    int16_t a = one_clock(r, i, &e, false, &zulu), b = 0;
    if (!a) { /* "from 9 to 5 p.m.": the first takes the half of the second */
        bool four;
        int hour, minute;
        e = i > 0 && (dgi_word(r, i - 1, DGI_W_FROM) || dgi_word(r, i - 1, DGI_W_BETWEEN))
                ? read_hour(r, i, &hour, &minute, &four)
                : i;
        if (e == i || four || hour > 12 ||
            !(dgi_word(r, e, DGI_W_TIME_RANGE_TO) || dgi_mark(r, e, '-') || dgi_word(r, e, DGI_W_AND)) ||
            !(b = one_clock(r, e + 1, &e2, false, &zulu)))
            return false;
        a = (int16_t)(hour % 12 * 60 + (minute > 0 ? minute : 0) + 1);
        if (b > MINUTES / 2 && a + MINUTES / 2 < b)
            a = (int16_t)(a + MINUTES / 2);
        e = e2;
    } else if ((dgi_word(r, e, DGI_W_TIME_RANGE_TO) || dgi_mark(r, e, '-') ||
                (dgi_word(r, e, DGI_W_AND) && i > 0 && dgi_word(r, i - 1, DGI_W_BETWEEN))) &&
               (b = one_clock(r, e + 1, &e2, true, &zulu))) {
        e = e2;
    }
    p->from = i;
    p->to = e;
    uint32_t k = e + (dgi_word(r, e, DGI_W_IN) && dgi_word(r, e + 1, DGI_W_THE)
                          ? 2
                          : dgi_word(r, e, DGI_W_TIME_PART_PREP)); /* seven in the evening */
    if (k > e && dgi_tc(r, k) == DGI_TC_PART) {
        int part = dgi_tv(r, k);
        p->to = e = k + 1;
        if (a <= MINUTES / 2 && (part == 4 || part == 5 || (part == 1 && a > MINUTES / 4)))
            a = (int16_t)(a + MINUTES / 2);
    }
    if (day_behind(r, e, &q)) {
        *p = q;
        p->from = i;
    } else {
        day_told(r, p);
    }
    p->clock[0] = a;
    p->clock[1] = b;
    p->zulu = zulu;
    return true;
}

void dgi_point_add_clock(const struct dgi_time_reader *r, struct dgi_point *p)
{
    uint32_t k = p->to, e;
    bool zulu = false;
    if (!is_day(p))
        return;
    k += dgi_mark(r, k, ',');
    uint32_t at = k;
    while (dgi_word(r, k, DGI_W_TIME_CLOCK_PREP) && k < at + 2) /* at around */
        k++;
    if (k == p->to)
        return;
    int16_t a = one_clock(r, k, &e, false, &zulu);
    if (!a)
        return;
    p->clock[0] = a;
    p->zulu = zulu;
    p->to = e;
}

bool dgi_point_part(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p)
{
    struct dgi_point q;
    if (dgi_tc(r, i) != DGI_TC_PART || i == 0)
        return false;
    uint32_t b = i;
    b -= dgi_mark(r, b - 1, '-'); /* "mid-morning" */
    bool edge = b > 0 && (dgi_tc(r, b - 1) == DGI_TC_EDGE || dgi_tc(r, b - 1) == DGI_TC_EDGEOF);
    b -= edge;
    uint32_t from_edge = b;
    bool the = b > 0 && dgi_word(r, b - 1, DGI_W_THE);
    b -= the;
    bool dated = (dgi_word(r, i + 1, DGI_W_OF) || dgi_word(r, i + 1, DGI_W_ON)) && day_behind(r, i + 1, &q);
    if (b == 0 || !(dated || dgi_word(r, b - 1, DGI_W_TIME_PART_PREP) || dgi_tc(r, b - 1) == DGI_TC_SINCE ||
                    dgi_tc(r, b - 1) == DGI_TC_UNTIL))
        return false;
    int part = dgi_tv(r, i);
    p->from = edge ? from_edge : i;
    p->to = i + 1;
    if (dated) { /* the morning of 9 October, dawn on Friday */
        uint32_t from = p->from;
        *p = q;
        p->from = from;
    } else {
        day_told(r, p);
    }
    p->part = (uint8_t)part;
    return true;
}

bool dgi_point_ref(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p)
{
    uint8_t c = dgi_tc(r, i);
    const struct dgi_atom *a = &r->as->a[i];
    uint8_t u = a->tok < r->doc->n_toks ? r->doc->toks[a->tok].upos : (uint8_t)DGI_UPOS_NONE;
    uint8_t next = i + 1 < r->as->n && r->as->a[i + 1].tok < r->doc->n_toks ? r->doc->toks[r->as->a[i + 1].tok].upos
                                                                            : (uint8_t)DGI_UPOS_NONE;
    if (dgi_mark(r, i + 1, '-') && glued(r, i + 1)) /* "the soon-to-open terminal" */
        return false;
    p->to = i + 1;
    p->no_date = p->now = true;
    for (uint32_t n = LONGEST_REF; n > 1; n--) { /* at the moment */
        uint32_t row = i + 1 >= n && (c == DGI_TC_REFTAIL || c == DGI_TC_REF || c == DGI_TC_REL || c == DGI_TC_UNIT ||
                                      c == DGI_TC_UNITS || c == DGI_TC_EDGE)
                           ? dgi_atoms_phrase(r->as, r->table, i + 1 - n, i + 1)
                           : DGI_NONE;
        if (row == DGI_NONE || r->cls[row] != DGI_TC_REF || (c != DGI_TC_UNITS && next == DGI_NOUN) ||
            next == DGI_ADJ || next == DGI_NUM || dgi_word(r, i + 1, DGI_W_OF) || dgi_tc(r, i + 1) == DGI_TC_UNIT ||
            dgi_tc(r, i + 1) == DGI_TC_UNITS)
            continue;
        p->from = i + 1 - n;
        p->ref = (int8_t)r->val[row];
        if (p->ref == DGI_REF_TOLD && p->from == 0 && r->told.start != DGI_NO_DAY && r->anchor != DGI_NO_DAY &&
            r->told.end <= r->anchor) { /* "At the time, the mayor refused" */
            p->no_date = p->now = false;
            p->from_told = true;
            p->range = r->told;
        }
        return true;
    }
    p->from = i;
    if (u == DGI_ADJ &&
        (next == DGI_NOUN || next == DGI_ADJ || next == DGI_PROPN || next == DGI_NUM || next == DGI_VERB) &&
        (c == DGI_TC_RECENT || dgi_word(r, i, DGI_W_TIME_PRESENT))) {
        p->ref = c == DGI_TC_RECENT ? -1 : 0;
        return true;
    }
    if (c != DGI_TC_REF || dgi_word(r, i + 1, DGI_W_AFTER_BEFORE) ||
        (dgi_word(r, i + 1, DGI_W_TIME_AS) && i > 0 &&
         dgi_word(r, i - 1, DGI_W_TIME_AS))) /* "soon after", "as soon as" */
        return false;
    p->ref = (int8_t)dgi_tv(r, i);
    return u == DGI_ADV || (u == DGI_NOUN && i > 0 && dgi_word(r, i - 1, DGI_W_THE) && next != DGI_NOUN &&
                            !dgi_word(r, i + 1, DGI_W_OF));
}
