/* SPDX-License-Identifier: Apache-2.0 */
/* resolve/timex.c: times as TIMEX3: type, value, modifier, and what they were counted from.
 *
 * Reads   a point with its range, the atoms it was read from; the tree, for tense
 * Writes  type, mod, value, against, told, ahead of a struct dgi_time
 *
 * The grammar reads days, because that is what events need; the value of TIMEX3 keeps how it was said ("2014-SU", "P3W",
 * "2014-05-03TMO"). It is made from the range and the classes of the words, so that no reader of the grammar has to know it. */
#include "resolve/timex.h"

#include <math.h>
#include <stdio.h>

enum { MOST_CLIMB = 12, BESIDE = 3 /* tokens from a verb to the day told with it, less one */ };

/* ---- periods ---- */
static void iso_week(int32_t day, int *year, int *week)
{
    int m, d;
    int32_t thursday = day - dgi_day_weekday(day) + 3;
    dgi_day_split(thursday, year, &m, &d);
    *week = (int)(thursday - dgi_day_make(*year, 1, 1)) / 7 + 1;
}

static void one_end(char *out, size_t size, int32_t day, uint8_t precision)
{
    int y, m, d;
    dgi_day_split(day, &y, &m, &d);
    if (precision == DGI_P_YEAR)
        snprintf(out, size, "%04d", y);
    else if (precision == DGI_P_MONTH || precision == DGI_P_QUARTER)
        snprintf(out, size, "%04d-%02d", y, m);
    else
        snprintf(out, size, "%04d-%02d-%02d", y, m, d);
}

/* Does the range begin and end with whole months? Their number, or 0. */
static int whole_months(struct dgi_day_range g)
{
    int y, m, d, y2, m2, d2;
    dgi_day_split(g.start, &y, &m, &d);
    dgi_day_split(g.end + 1, &y2, &m2, &d2);
    return d == 1 && d2 == 1 ? (y2 - y) * 12 + m2 - m : 0;
}

void dgi_timex_period(char out[DGI_TIMEX_VALUE], struct dgi_day_range g)
{
    const size_t size = DGI_TIMEX_VALUE;
    int y, m, d, week;
    out[0] = 0;
    if (!dgi_day_known(g.start) || !dgi_day_known(g.end))
        return;
    dgi_day_split(g.start, &y, &m, &d);
    int months = whole_months(g), wd = dgi_day_weekday(g.start);
    if (g.end == g.start) {
        snprintf(out, size, "%04d-%02d-%02d", y, m, d);
    } else if (g.precision == DGI_P_WEEK && wd == 0 && g.end - g.start == 6) {
        iso_week(g.start, &y, &week);
        snprintf(out, size, "%04d-W%02d", y, week);
    } else if (months == 1) {
        snprintf(out, size, "%04d-%02d", y, m);
    } else if (months == 3 && g.precision == DGI_P_QUARTER && m % 3 == 1) {
        snprintf(out, size, "%04d-Q%d", y, m / 3 + 1);
    } else if (months == 6 && m % 6 == 1) {
        snprintf(out, size, "%04d-H%d", y, m / 6 + 1);
    } else if (months == 12 && m == 1) {
        snprintf(out, size, "%04d", y);
    } else if (months == 120 && m == 1 && y % 10 == 0) {
        snprintf(out, size, "%03d", y / 10);
    } else if (months == 1200 && m == 1 && (y % 100 == 0 || y % 100 == 1)) {
        snprintf(out, size, "%02d", y / 100);
    } else {
        char a[12], b[12];
        one_end(a, sizeof a, g.start, g.precision);
        one_end(b, sizeof b, g.end, g.precision);
        snprintf(out, size, "%s/%s", a, b);
    }
}

/* ---- amounts ---- */
/* "P3W", "PT48H", "P1DE"; n < 0: vague. */
static void amount(char out[DGI_TIMEX_VALUE], int unit, double n)
{
    static const char *const letter[] = {"D", "D", "W", "M", "Q", "Y", "DE", "CE", "H", "M", "WE", "W", "S"};
    static const uint8_t half[][3] = {{DGI_U_HOUR, DGI_U_MINUTE, 30},
                                      {DGI_U_CENTURY, DGI_U_YEAR, 50},
                                      {DGI_U_DECADE, DGI_U_YEAR, 5},
                                      {DGI_U_YEAR, DGI_U_MONTH, 6},
                                      {DGI_U_MINUTE, DGI_U_SECOND, 30}};
    const size_t size = DGI_TIMEX_VALUE;
    if (unit < 0 || unit > DGI_U_SECOND)
        unit = DGI_U_DAY;
    for (size_t i = 0; n == 0.5 && i < sizeof half / sizeof *half; i++)
        if (unit == half[i][0]) { /* half an hour is 30 minutes */
            unit = half[i][1];
            n = half[i][2];
        }
    const char *t = unit == DGI_U_HOUR || unit == DGI_U_MINUTE || unit == DGI_U_SECOND ? "T" : "";
    if (n < 0) {
        snprintf(out, size, "P%sX%s", t, letter[unit]);
        return;
    }
    if (unit == DGI_U_FORTNIGHT)
        n *= 2;
    snprintf(out, size, "P%s%.6g%s", t, n, letter[unit]);
}

/* "P1Y" and three months: "P1Y3M". */
static void add_amount(char out[DGI_TIMEX_VALUE], int unit, double n)
{
    char more[DGI_TIMEX_VALUE];
    amount(more, unit, n);
    bool time = more[1] == 'T', has = strchr(out, 'T') != NULL;
    size_t len = strlen(out);
    snprintf(out + len, DGI_TIMEX_VALUE - len, "%.16s", more + 1 + (time && has));
}

/* Number and unit in the words of the point; *n < 0: a number that nobody counted ("days", "recent weeks"). 0: no unit. */
static int said_amount(const struct dgi_time_reader *r, const struct dgi_point *p, double *n)
{
    uint32_t stop = p->to < r->as->n ? p->to : r->as->n;
    if (p->amount > 0) {
        *n = p->amount;
        return p->amount_unit;
    }
    for (uint32_t i = p->from; i < stop; i++) {
        double v = 0;
        uint32_t k = dgi_atoms_number(r->as, i, r->numbers, true, &v);
        bool number = k > i;
        if (!number && dgi_word(r, i, DGI_W_ONE))
            number = true, v = 1, k = i + 1;
        while (number && k < stop &&
               (dgi_mark(r, k, '-') || dgi_word(r, k, DGI_W_TIME_RUNNING) || dgi_word(r, k, DGI_W_TIME_MORE)))
            k++;
        if (!number)
            k = i;
        uint8_t c = dgi_tc(r, k);
        bool nights = number && c == DGI_TC_PARTS && dgi_tv(r, k) == 1;
        if (k >= stop || (c != DGI_TC_UNIT && c != DGI_TC_UNITS && !nights))
            continue;
        if (nights) {
            *n = v;
            return DGI_U_DAY;
        }
        *n = number ? v : c == DGI_TC_UNIT ? 1 : -1;
        if (dgi_word(r, k + 1, DGI_W_AND) && dgi_tc(r, k + 3) == DGI_TC_HALF && k + 3 < stop)
            *n += 0.5; /* a year and a half */
        else if (i > p->from && dgi_tc(r, i - 1) == DGI_TC_HALF)
            *n = 0.5;
        return dgi_tv(r, k);
    }
    return 0;
}

/* ---- words of the point ---- */
static const char *const part_code[] = {"", "NI", "MO", "MI", "AF", "EV"};

/* What the words of a point say beside its days. */
struct said {
    int part, season;
    bool weekend, relative, vague;
    uint8_t mod;
};

static struct said look(const struct dgi_time_reader *r, const struct dgi_point *p)
{
    static const uint8_t edge_mod[] = {DGI_TM_NONE, DGI_TM_START, DGI_TM_MID, DGI_TM_END};
    struct said s = {0};
    for (uint32_t i = p->from; i < p->to && i < r->as->n; i++) {
        uint8_t c = dgi_tc(r, i);
        int v = c ? dgi_tv(r, i) : 0;
        if ((c == DGI_TC_PART || c == DGI_TC_PARTS) && v >= 0 && v < 6)
            s.part = v;
        else if (c == DGI_TC_OVERNIGHT || (c == DGI_TC_DAYWORD && dgi_word(r, i, DGI_W_TIME_TONIGHT)))
            s.part = 1;
        else if (c == DGI_TC_SEASON)
            s.season = v;
        else if (c == DGI_TC_UNIT && v == DGI_U_WEEKEND)
            s.weekend = true;
        else if ((c == DGI_TC_EDGE || c == DGI_TC_EDGEOF) && v > 0 && v < 4 && !dgi_word(r, i, DGI_W_TIME_COMPARATIVE))
            s.mod = edge_mod[v];
        s.relative |= c == DGI_TC_DAYWORD || c == DGI_TC_OVERNIGHT || c == DGI_TC_REL || c == DGI_TC_RECENT ||
                      dgi_word(r, i, DGI_W_TIME_AGO) || dgi_word(r, i, DGI_W_TIME_NOW) ||
                      dgi_word(r, i, DGI_W_TIME_HENCE);
        s.vague |= c == DGI_TC_RECENT;
    }
    return s;
}

/* "2019-03-13T06:40Z"; minutes count from midnight and one. */
static void put_clock(char out[DGI_TIMEX_VALUE], const char *day, int minutes, bool zulu)
{
    minutes--;
    snprintf(out, DGI_TIMEX_VALUE, "%.10sT%02d:%02d%s", day, minutes / 60, minutes % 60, zulu ? "Z" : "");
}

static void put_date(const struct dgi_point *p, const struct said *s, struct dgi_day_range g, char out[DGI_TIMEX_VALUE])
{
    static const char *const season[] = {"", "SP", "SU", "FA", "WI"};
    int y, m, d;
    dgi_timex_period(out, g);
    if (!out[0] || p->joined)
        return;
    if (p->fiscal) {
        dgi_day_split(g.start, &y, &m, &d);
        snprintf(out, DGI_TIMEX_VALUE, "FY%04d", y);
        return;
    }
    if (p->clock[0] && strlen(out) == 10) {
        char day[12];
        memcpy(day, out, 11);
        put_clock(out, day, p->clock[0], p->zulu);
        if (p->clock[1] && strlen(out) < DGI_TIMEX_VALUE / 2) {
            char end[DGI_TIMEX_VALUE];
            if (p->clock[1] < p->clock[0]) { /* over midnight */
                char next[DGI_TIMEX_VALUE];
                dgi_timex_period(next, (struct dgi_day_range){g.start + 1, g.start + 1, DGI_P_DAY});
                memcpy(day, next, 10);
            }
            put_clock(end, day, p->clock[1], p->zulu);
            size_t n = strlen(out);
            snprintf(out + n, DGI_TIMEX_VALUE - n, "/%.18s", end);
        }
        return;
    }
    if (s->season > 0 && s->season < 5 && g.end > g.start) {
        dgi_day_split(s->season == 4 ? g.end : g.start, &y, &m, &d);
        snprintf(out, DGI_TIMEX_VALUE, "%04d-%s", s->season == 4 ? y - 1 : y, season[s->season]);
    } else if (s->weekend && g.end == g.start + 1) {
        iso_week(g.start, &y, &m);
        snprintf(out, DGI_TIMEX_VALUE, "%04d-W%02d-WE", y, m);
    } else if (s->part == 1 && g.end == g.start + 1) { /* overnight */
        dgi_timex_period(out, (struct dgi_day_range){g.start, g.start, DGI_P_DAY});
        snprintf(out + 10, DGI_TIMEX_VALUE - 10, "T%s", part_code[s->part]);
    } else if (s->part > 0 && strlen(out) == 10) {
        snprintf(out + 10, DGI_TIMEX_VALUE - 10, "T%s", part_code[s->part]);
    }
}

static void put_set(const struct dgi_time_reader *r, const struct dgi_point *p, const struct said *s,
                    struct dgi_time *t)
{
    double n = 1;
    int unit = said_amount(r, p, &n);
    t->type = DGI_TX_SET;
    if (p->day) { /* the 1st of every month */
        snprintf(t->value, sizeof t->value, "XXXX-XX-%02d", p->day);
        return;
    }
    for (uint32_t i = p->from; i < p->to; i++) {
        uint8_t c = dgi_tc(r, i);
        if (c == DGI_TC_WEEKDAY || c == DGI_TC_WEEKDAYS) {
            snprintf(t->value, sizeof t->value, "XXXX-WXX-%d%s%s", dgi_tv(r, i) + 1, s->part ? "T" : "",
                     part_code[s->part]);
            return;
        }
        if (c == DGI_TC_MONTH) {
            snprintf(t->value, sizeof t->value, "XXXX-%02d", dgi_tv(r, i));
            return;
        }
    }
    if (unit == DGI_U_WEEKEND && n <= 1) {
        snprintf(t->value, sizeof t->value, "XXXX-WXX-WE");
        return;
    }
    if (s->part)
        snprintf(t->value, sizeof t->value, "XXXX-XX-XXT%s", part_code[s->part]);
    else if (unit)
        amount(t->value, unit, n < 0 ? 1 : n);
    else if (s->season)
        snprintf(t->value, sizeof t->value, "XXXX-%s",
                 s->season == 1   ? "SP"
                 : s->season == 2 ? "SU"
                 : s->season == 3 ? "FA"
                                  : "WI");
}

/* "about three hours", "more than a year": what the words before a number make of it. */
static uint8_t amount_mod(const struct dgi_time_reader *r, const struct dgi_point *p)
{
    uint32_t b = p->from;
    for (int i = 0; i < 2 && b > 0; i++) {
        uint32_t row = b > 1 ? dgi_atoms_phrase(r->as, r->table, b - 2, b) : DGI_NONE;
        if (row == DGI_NONE || r->cls[row] != DGI_TC_MOD)
            row = dgi_atoms_phrase(r->as, r->table, b - 1, b);
        if (row != DGI_NONE && r->cls[row] == DGI_TC_MOD)
            return (uint8_t)r->val[row];
        if (!dgi_word(r, b - 1, DGI_W_INDEFINITE))
            break;
        b--;
    }
    return DGI_TM_NONE;
}

void dgi_timex(const struct dgi_time_reader *r, const struct dgi_point *p, struct dgi_time *t)
{
    struct said s = look(r, p);
    double n = 1;
    if (p->part)
        s.part = p->part;
    t->type = s.part || p->clock[0] ? DGI_TX_TIME : DGI_TX_DATE;
    t->mod = s.mod ? s.mod : p->approx ? DGI_TM_APPROX : amount_mod(r, p);
    t->told = DGI_NONE;
    if (p->every) {
        put_set(r, p, &s, t);
        return;
    }
    if (p->of_event) { /* TimeML: a length, with a signal and an event */
        int unit = said_amount(r, p, &n);
        t->type = DGI_TX_DURATION;
        t->against = DGI_AGAINST_TOLD;
        t->told = r->told_at;
        amount(t->value, unit, p->vague ? -1 : n);
        return;
    }
    if (p->no_date && t->kind == DGI_TIME_DURATION) {
        int unit = said_amount(r, p, &n);
        if (p->now) {
            snprintf(t->value, sizeof t->value, "%s_REF", p->ref < 0 ? "PAST" : p->ref > 0 ? "FUTURE" : "PRESENT");
            return;
        }
        if (p->narrated) { /* "that day" of nobody knows which */
            snprintf(t->value, sizeof t->value, "PAST_REF");
            return;
        }
        t->type = DGI_TX_DURATION;
        amount(t->value, unit, p->vague || s.vague ? -1 : n);
        for (size_t k = 0; k < sizeof p->more / sizeof *p->more && p->more[k].n > 0; k++)
            add_amount(t->value, p->more[k].unit, p->more[k].n);
        return;
    }
    t->against =
        p->from_told ? DGI_AGAINST_TOLD
        : p->two || s.relative || p->shape == DGI_PT_MONTH || p->shape == DGI_PT_MONTH_DAY || p->shape == DGI_PT_WEEKDAY
            ? DGI_AGAINST_PUBLICATION
            : DGI_AGAINST_NOTHING;
    if (t->against == DGI_AGAINST_TOLD)
        t->told = r->told_at;
    if (p->ref == DGI_REF_TOLD) {
        snprintf(t->value, sizeof t->value, "PAST_REF");
        return;
    }
    if (p->rolling) {
        int unit = said_amount(r, p, &n);
        t->type = DGI_TX_DURATION;
        if (s.vague || n < 0)
            t->type = DGI_TX_DATE, snprintf(t->value, sizeof t->value, s.vague ? "PAST_REF" : "FUTURE_REF");
        else
            amount(t->value, unit, n);
        for (size_t k = 0; n >= 0 && k < sizeof p->more / sizeof *p->more && p->more[k].n > 0; k++)
            add_amount(t->value, p->more[k].unit, p->more[k].n);
        if (n < 0 && !s.vague && p->range.end == r->anchor)
            snprintf(t->value, sizeof t->value, "PAST_REF");
        t->either &= !s.vague && n >= 0;
        if (t->either)
            dgi_timex_period(t->value_ahead, t->future);
        return;
    }
    if (p->vague_date && !p->from_told) { /* "a few years ago": when, nobody counted */
        snprintf(t->value, sizeof t->value, t->range.start < r->anchor ? "PAST_REF" : "FUTURE_REF");
        return;
    }
    if (t->type == DGI_TX_DATE && t->range.start == t->range.end && dgi_word(r, p->to - 1, DGI_W_TIME_AGO)) {
        int unit = said_amount(r, p, &n);
        if (unit == DGI_U_HOUR || unit == DGI_U_MINUTE || unit == DGI_U_SECOND)
            t->type = DGI_TX_TIME;
    }
    put_date(p, &s, p->whole.start != p->whole.end ? p->whole : t->range, t->value);
    put_date(p, &s, p->whole_future.start != p->whole_future.end ? p->whole_future : t->future, t->value_ahead);
}

/* ---- tense ---- */
/* What hangs on a word and says how it stands in time. */
struct tense {
    bool to, modal, past, present, passive, subject;
};

static struct tense tense_of(const struct dgi_doc *doc, uint32_t v)
{
    struct tense t = {.past = dgi_str_is(doc->toks[v].xpos, "VBD")};
    for (uint32_t c = doc->toks[v].first_child; c != DGI_NONE; c = doc->toks[c].next_sib) {
        const struct dgi_tok *k = &doc->toks[c];
        uint8_t base = dgi_rel_base(k->rel);
        t.to |= base == DGI_REL_MARK && dgi_str_is(k->xpos, "TO");
        t.subject |= base == DGI_REL_NSUBJ;
        t.passive |= k->rel == DGI_REL_AUX_PASS;
        if (base != DGI_REL_AUX && base != DGI_REL_COP)
            continue;
        t.modal |= dgi_str_is(k->xpos, "MD");
        t.past |= dgi_str_is(k->xpos, "VBD") || dgi_lemma_in(doc, c, DGI_W_HAVE);
        t.present |= dgi_str_is(k->xpos, "VBZ") || dgi_str_is(k->xpos, "VBP");
    }
    return t;
}

static bool has_case(const struct dgi_doc *doc, uint32_t x, enum dgi_word_set set)
{
    for (uint32_t c = doc->toks[x].first_child; c != DGI_NONE; c = doc->toks[c].next_sib)
        if (dgi_rel_base(doc->toks[c].rel) == DGI_REL_CASE && dgi_tok_in(doc, c, set))
            return true;
    return false;
}

/* "will meet", "to meet", "meets" on the day look ahead; "met", "was meeting" look back. What is planned, promised, due lies ahead
 * unless the day is that of the promise ("promised on Monday"). `below` is the word under v that leads to the time. */
static bool word_ahead(const struct dgi_doc *doc, uint32_t v, uint32_t below, bool near, bool day)
{
    struct tense t = tense_of(doc, v);
    const struct dgi_tok *k = &doc->toks[v];
    if (dgi_lemma_in(doc, v, DGI_W_TIME_INTENT)) {
        bool meant = t.passive || !t.subject || k->upos == DGI_ADJ || k->rel == DGI_REL_ACL;
        if (!near || !day || has_case(doc, below, DGI_W_TIME_FOR) || meant)
            return true;
    }
    if (t.past && !t.to)
        return false;
    if (near && day && below < v + BESIDE && !t.to && !t.modal && dgi_lemma_in(doc, v, DGI_W_TIME_TELLING))
        return false; /* "the agency reports Sunday", "on Sunday, the agency reports" */
    if (!near)        /* "the Monday meeting shows" */
        return t.to || t.modal;
    return t.to || t.modal || dgi_str_is(k->xpos, "VBZ") || dgi_str_is(k->xpos, "VBP") ||
           (t.present && (dgi_str_is(k->xpos, "VBG") || dgi_str_is(k->xpos, "VB") || k->upos != DGI_VERB));
}

/* Whose tense counts for the verb v: that of the verb above "trying (to march)" and above a participle without auxiliary
 * ("toured the camps, stopping on Monday in Juba"). */
static bool lends_tense(const struct dgi_doc *doc, uint32_t v, bool near)
{
    const struct dgi_tok *k = &doc->toks[v];
    if (k->head == DGI_NONE)
        return false;
    struct tense t = tense_of(doc, v);
    if (t.to)
        return near && !t.modal && dgi_rel_base(k->rel) == DGI_REL_XCOMP &&
               dgi_lemma_in(doc, k->head, DGI_W_TIME_TRYING);
    for (uint32_t c = k->first_child; c != DGI_NONE; c = doc->toks[c].next_sib)
        if (dgi_rel_base(doc->toks[c].rel) == DGI_REL_MARK &&
            dgi_tok_in(doc, c, DGI_W_AFTER)) /* after winning Sunday's vote */
            return false;
    return dgi_str_is(k->xpos, "VBG") && !t.modal && !t.past && !t.present &&
           (dgi_rel_base(k->rel) == DGI_REL_ADVCL || dgi_rel_base(k->rel) == DGI_REL_ACL ||
            dgi_rel_base(k->rel) == DGI_REL_XCOMP);
}

/* "a summit starting Friday" */
static bool begins(const struct dgi_doc *doc, uint32_t v)
{
    return dgi_str_is(doc->toks[v].xpos, "VBG") && dgi_rel_base(doc->toks[v].rel) == DGI_REL_ACL &&
           dgi_lemma_in(doc, v, DGI_W_TIME_BEGINNING);
}

static bool lies_ahead(const struct dgi_doc *doc, const struct dgi_time *t)
{
    const bool day = t->range.precision == DGI_P_DAY;
    for (uint32_t i = t->first; i < t->end && i < doc->n_toks; i++) {
        uint32_t h = doc->toks[i].head, below = i;
        if (h != DGI_NONE && h >= t->first && h < t->end)
            continue;
        if (h == DGI_NONE) /* "the vote is on Thursday" */
            return word_ahead(doc, i, i, true, day);
        for (int n = 0; h != DGI_NONE && n < MOST_CLIMB; n++, below = h, h = doc->toks[h].head) {
            uint8_t u = doc->toks[h].upos;
            if (u != DGI_VERB && u != DGI_AUX && dgi_child(doc, h, DGI_REL_COP, DGI_NONE) == DGI_NONE &&
                !(u == DGI_ADJ && dgi_lemma_in(doc, h, DGI_W_TIME_INTENT)))
                continue;
            if (begins(doc, h) && n == 0)
                return true;
            if (!dgi_lemma_in(doc, h, DGI_W_TIME_INTENT) && lends_tense(doc, h, n == 0))
                continue;
            return word_ahead(doc, h, below, n == 0, day);
        }
        return false;
    }
    return false;
}

/* "ahead of the October 15 vote": the one that is nearer; of weekdays the next. */
static bool is_awaited(const struct dgi_doc *doc, const struct dgi_time *t)
{
    enum { REACH = 7, WEEK = 7 };
    const int32_t now = doc->meta.published;
    if (now == DGI_NO_DAY || t->range.start == DGI_NO_DAY || t->first >= doc->n_toks)
        return false;
    const uint32_t from = doc->sents[doc->toks[t->first].sent].first;
    for (uint32_t i = t->first; i > from + 1 && t->first - i < REACH; i--) {
        if (doc->toks[i - 1].upos == DGI_VERB || doc->toks[i - 1].upos == DGI_PUNCT)
            return false;
        if (dgi_tok_in(doc, i - 1, DGI_W_OF) && dgi_tok_in(doc, i - 2, DGI_W_TIME_AHEAD))
            return t->future.start - t->range.start <= WEEK || t->future.start - now <= now - t->range.end;
    }
    return false;
}

void dgi_timex_tense(struct dgi_doc *doc)
{
    for (uint32_t i = 0; i < doc->n_times; i++) {
        struct dgi_time *t = &doc->times[i];
        if (t->kind != DGI_TIME_BY_TENSE || t->future.start == DGI_NO_DAY)
            continue;
        t->ahead = t->range.start == DGI_NO_DAY ||
                   (t->range.start != doc->meta.published && (is_awaited(doc, t) || lies_ahead(doc, t)));
    }
}
