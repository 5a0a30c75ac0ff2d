/* SPDX-License-Identifier: Apache-2.0 */
/* resolve/time.c: times of a document: points, ranges of points, and what the word before them makes of them.
 *
 * Reads   text, sents, toks (UPOS, name tags, where there are any), meta.published
 * Writes  times
 *
 * Sentence by sentence: atoms, points (time_points.c) from left to right, two points joined to a range, then the
 * preposition ("since", "by"). The last time told is kept, so that "the following day" and "three weeks later" count from
 * it. The tense of the verb does not enter here: a weekday keeps both readings (BY_TENSE), because only the coder knows
 * which verb it belongs to. Known faults: docs/stages/time.md. */
#include "resolve/time.h"

#include <stdlib.h>

#include "resolve/timex.h"

enum { TOLD_REACH = 4 /* sentences over which "later" still counts from a time told */ };

struct dgi_time_ctx {
    dgi_arena *scratch;
    const struct dgi_table *table;
    const struct dgi_words *words; /* of phrases that are no document */
    uint8_t *cls;
    int16_t *val;
    struct dgi_numbers numbers;
};

static const struct {
    const char *name;
    uint8_t cls;
} class_name[] = {
    {"month", DGI_TC_MONTH},       {"weekday", DGI_TC_WEEKDAY},
    {"weekdays", DGI_TC_WEEKDAYS}, {"dayabbr", DGI_TC_DAYABBR},
    {"unit", DGI_TC_UNIT},         {"units", DGI_TC_UNITS},
    {"dayword", DGI_TC_DAYWORD},   {"overnight", DGI_TC_OVERNIGHT},
    {"part", DGI_TC_PART},         {"rel", DGI_TC_REL},
    {"narr", DGI_TC_NARR},         {"recent", DGI_TC_RECENT},
    {"edge", DGI_TC_EDGE},         {"edgeof", DGI_TC_EDGEOF},
    {"season", DGI_TC_SEASON},     {"since", DGI_TC_SINCE},
    {"until", DGI_TC_UNTIL},       {"within", DGI_TC_WITHIN},
    {"every", DGI_TC_EVERY},       {"half", DGI_TC_HALF},
    {"holiday", DGI_TC_HOLIDAY},   {"name", DGI_TC_NAME},
    {"era", DGI_TC_ERA},           {"ref", DGI_TC_REF},
    {"set", DGI_TC_SET},           {"lasts", DGI_TC_LASTS},
    {"long", DGI_TC_LONG},         {"fiscal", DGI_TC_FISCAL},
    {"years", DGI_TC_YEARS},       {"clock", DGI_TC_CLOCK},
    {"reftail", DGI_TC_REFTAIL},   {"mod", DGI_TC_MOD},
    {"letter", DGI_TC_LETTER},     {"parts", DGI_TC_PARTS},
    {"whole", DGI_TC_WHOLE},       {"setprefix", DGI_TC_SETPREFIX},
};

void dgi_time_close(struct dgi_time_ctx *ctx)
{
    if (!ctx)
        return;
    dgi_numbers_close(&ctx->numbers);
    dgi_arena_free(ctx->scratch);
    free(ctx->cls);
    free(ctx->val);
    free(ctx);
}

dg_status dgi_time_open(struct dgi_time_ctx **out, const dgi_lexicon *lex, const struct dgi_words *words, dg_error *err)
{
    dg_status st;
    *out = NULL;
    const struct dgi_table *t = dgi_lexicon_table(lex, "times");
    if (!t || t->n_cols < 3)
        return dgi_fail(err, DG_E_MODEL, "the lexicon has no table 'times'; run 'make' to compile the lexicon");
    struct dgi_time_ctx *ctx = calloc(1, sizeof *ctx);
    if (!ctx)
        return dgi_fail(err, DG_E_NOMEM, "no memory for the table of times");
    ctx->table = t;
    ctx->words = words;
    ctx->scratch = dgi_arena_new(0);
    ctx->cls = calloc(t->n_rows + 1, sizeof *ctx->cls);
    ctx->val = calloc(t->n_rows + 1, sizeof *ctx->val);
    if (!ctx->scratch || !ctx->cls || !ctx->val) {
        dgi_time_close(ctx);
        return dgi_fail(err, DG_E_NOMEM, "no memory for the table of times");
    }
    if ((st = dgi_numbers_open(&ctx->numbers, lex, err)) != DG_OK) {
        dgi_time_close(ctx);
        return st;
    }
    for (uint32_t r = 0; r < t->n_rows; r++) {
        dg_str c = dgi_table_cell(t, r, 1);
        int64_t v = 0;
        for (size_t k = 0; k < sizeof class_name / sizeof *class_name; k++)
            if (dgi_str_is(c, class_name[k].name))
                ctx->cls[r] = class_name[k].cls;
        if (dgi_str_int(dgi_table_cell(t, r, 2), &v) && v > -1000 && v < 1000)
            ctx->val[r] = (int16_t)v;
    }
    *out = ctx;
    return DG_OK;
}

/* ---- two points ---- */
static bool same_family(const struct dgi_point *a, const struct dgi_point *b)
{
    static const uint8_t group[] = {0, 1, 1, 2, 3, 4}; /* by shape: OTHER, DAY and MONTH_DAY, MONTH, WEEKDAY, YEAR */
    if (a->shape == DGI_PT_MONTH && b->shape == DGI_PT_OTHER)
        return b->range.precision == DGI_P_MONTH; /* "June to August 2014" */
    if (!a->shape && !b->shape)                   /* "May 1940 to April 1945" */
        return a->month && b->month && !a->day && !b->day && a->range.precision == DGI_P_MONTH &&
               b->range.precision == DGI_P_MONTH && a->whole.start == a->whole.end && b->whole.start == b->whole.end;
    return a->shape && group[a->shape] == group[b->shape];
}

/* Resolve a again as the last of its kind not after the day `end`. */
static struct dgi_day_range before_day(const struct dgi_point *a, int32_t end)
{
    if (end == DGI_NO_DAY)
        return DGI_NO_RANGE;
    if (a->shape == DGI_PT_WEEKDAY)
        return dgi_cal_day(end - (dgi_day_weekday(end) - a->weekday + 7) % 7);
    if (a->shape == DGI_PT_MONTH_DAY)
        return dgi_point_past(end, a->month, a->day);
    if (a->shape == DGI_PT_MONTH)
        return dgi_point_past(end, a->month, 0);
    return a->range;
}

/* "from a to b": one point over both. */
static bool join(const struct dgi_point *a, const struct dgi_point *b, struct dgi_point *out)
{
    if (!same_family(a, b))
        return false;
    *out = *a;
    out->to = b->to;
    out->two = b->two;
    bool move = a->shape == DGI_PT_WEEKDAY || a->shape == DGI_PT_MONTH_DAY || a->shape == DGI_PT_MONTH;
    struct dgi_day_range past = move ? before_day(a, b->range.start) : a->range;
    struct dgi_day_range fut = move ? before_day(a, b->future.start) : a->future;
    out->range = dgi_cal_days(past.start, b->range.end, b->range.precision);
    out->future = b->two ? dgi_cal_days(fut.start, b->future.end, b->future.precision) : DGI_NO_RANGE;
    out->shape = DGI_PT_OTHER;
    out->joined = true;
    out->also.precision = out->also_ahead.precision = 0;
    return out->range.start == DGI_NO_DAY || out->range.start <= out->range.end;
}

/* Does "from" or "between" stand before a, or "until" behind it, or "to today"? */
static bool bound(const struct dgi_time_reader *r, const struct dgi_point *a)
{
    uint32_t b = a->from;
    b -= b > 0 && dgi_word(r, b - 1, DGI_W_THE);
    return (b > 0 && (dgi_word(r, b - 1, DGI_W_FROM) || dgi_word(r, b - 1, DGI_W_BETWEEN))) ||
           dgi_tc(r, a->to) == DGI_TC_UNTIL ||
           (dgi_word(r, a->to, DGI_W_TIME_RANGE_TO) && dgi_tc(r, a->to + 1) == DGI_TC_DAYWORD);
}

static bool whole_days(const struct dgi_point *p)
{
    return !p->rolling && !p->clock[0] && !p->joined && !p->part;
}

/* "from the end of March" begins when March has ended, "to the middle of May" ends in the middle of May: `g` is the last or the
 * middle part of its period. */
static int32_t moment(const struct dgi_point *p, struct dgi_day_range g, bool begins)
{
    if (p->edge == 2)
        return g.start + (g.end - g.start + 2) / 2;
    return p->edge == 3 && begins ? g.end + 1 : begins ? g.start : g.end;
}

/* One point from the first day of a to the last of b. */
static bool span(const struct dgi_point *a, const struct dgi_point *b, struct dgi_day_range first,
                 struct dgi_day_range last, struct dgi_point *out)
{
    *out = *a;
    out->to = b->to;
    out->range = dgi_cal_days(first.start, last.end, last.precision);
    out->future = out->whole = out->whole_future = DGI_NO_RANGE;
    if ((a->edge | b->edge) > 1 && out->range.start != DGI_NO_DAY) { /* the value names the months or years whole */
        out->whole = out->range;
        out->range = dgi_cal_days(moment(a, first, true), moment(b, last, false), last.precision);
    }
    out->shape = DGI_PT_OTHER;
    out->two = out->no_date = out->now = false;
    out->joined = true;
    out->also.precision = out->also_ahead.precision = 0;
    return out->range.start != DGI_NO_DAY && out->range.start <= out->range.end;
}

/* The first reading of b behind the day `from`: "(from next Monday) to Friday". */
static struct dgi_day_range after_day(const struct dgi_point *b, int32_t from)
{
    if (b->shape == DGI_PT_WEEKDAY)
        return dgi_cal_day(from + (b->weekday - dgi_day_weekday(from) + 6) % 7 + 1);
    if (b->shape == DGI_PT_MONTH_DAY || b->shape == DGI_PT_MONTH)
        return dgi_point_future(from, b->month, b->day);
    return b->range.start != DGI_NO_DAY && b->range.start > from ? b->range : b->future;
}

/* "from 2014 through May 2018", "between January 2019 and yesterday", "from tomorrow to Friday": the first is known without
 * the other. */
static bool join_apart(const struct dgi_time_reader *r, const struct dgi_point *a, const struct dgi_point *b,
                       struct dgi_point *out)
{
    if (!bound(r, a) || a->two || !whole_days(a) || !whole_days(b) || a->range.start == DGI_NO_DAY)
        return false;
    struct dgi_day_range last = b->two ? after_day(b, a->range.end) : b->range;
    return last.end != DGI_NO_DAY && a->range.end < last.start && span(a, b, a->range, last, out);
}

static struct dgi_day_range years_back(struct dgi_day_range g, int32_t until)
{
    int y, m, d, y2, m2, d2;
    for (int i = 0; i < 2 && g.start != DGI_NO_DAY && g.start > until; i++) {
        dgi_day_split(g.start, &y, &m, &d);
        dgi_day_split(g.end, &y2, &m2, &d2);
        g = dgi_cal_days(dgi_day_make(y - 1, m, d), dgi_day_make(y2 - 1, m2, d2), g.precision);
    }
    return g;
}

/* "from the end of March to mid-September", "November to 5 February": neither has a year, or the first takes that of the second. */
static bool join_in_year(const struct dgi_time_reader *r, const struct dgi_point *a, const struct dgi_point *b,
                         struct dgi_point *out)
{
    bool near = dgi_mark(r, a->to, '-') && !r->as->a[a->to].gap;
    if ((!near && !bound(r, a)) || !a->two || !a->month || !b->month || !whole_days(a) || !whole_days(b) ||
        b->range.start == DGI_NO_DAY)
        return false;
    struct dgi_point next;
    bool ok = span(a, b, years_back(a->range, b->range.start), b->range, out);
    if (ok && b->two &&
        span(a, b, years_back(a->future.start == DGI_NO_DAY ? a->range : a->future, b->future.start), b->future,
             &next)) {
        out->future = next.range;
        out->whole_future = next.whole;
        out->two = true;
    }
    return ok;
}

static bool connects(const struct dgi_time_reader *r, uint32_t i, uint32_t from)
{
    if (dgi_mark(r, i, '-') || dgi_word(r, i, DGI_W_TIME_RANGE_TO))
        return true;
    if (!dgi_word(r, i, DGI_W_AND))
        return false;
    for (uint32_t k = from; k > 0 && from - k < 3; k--)
        if (dgi_word(r, k - 1, DGI_W_BETWEEN))
            return true;
    return false;
}

/* "(from 27 April) to the third": the first such day behind the other. */
static bool to_day_of_month(const struct dgi_time_reader *r, uint32_t k, struct dgi_point *p)
{
    int d = 0, y, m, day;
    uint32_t e = dgi_point_ordinal(r, k, &d);
    if (e == k || d > 31 || !dgi_point_clause_end(r, e) || !bound(r, p) || !whole_days(p) || !p->day ||
        (p->shape != DGI_PT_DAY && p->shape != DGI_PT_MONTH_DAY))
        return false;
    struct dgi_day_range *const g[] = {&p->range, &p->future};
    for (int i = 0; i < 2; i++) {
        if (g[i]->start == DGI_NO_DAY)
            continue;
        dgi_day_split(g[i]->start, &y, &m, &day);
        m += d <= day;
        *g[i] = dgi_cal_days(g[i]->start, dgi_day_make(y + (m > 12), m > 12 ? 1 : m, d), DGI_P_DAY);
    }
    p->to = e;
    p->shape = DGI_PT_OTHER;
    p->joined = true;
    return true;
}

static void swap_order(struct dgi_point *p)
{
    struct dgi_day_range g = p->range;
    p->range = p->other;
    p->other = g;
    p->order = (uint8_t)(3 - p->order);
}

/* 5/1/2019 - 5/7/2020: both ends are written in one order. */
static void one_order(struct dgi_point *a, struct dgi_point *b)
{
    if (a->order && b->order && a->order != b->order) {
        if (b->either)
            swap_order(b);
        else if (a->either)
            swap_order(a);
    }
}

/* Both ends read the other way, when both can be. */
static void join_others(const struct dgi_point *a, const struct dgi_point *b, struct dgi_point *out)
{
    out->either = false;
    if (a->either && b->either && a->order && b->order && a->other.start <= b->other.end)
        dgi_point_or(out, dgi_cal_days(a->other.start, b->other.end, DGI_P_DAY));
}

/* 3 of "between 3 May and 5 June", also the bare day of "between 3 and 5 May", which read_day_month() took already. */
static void read_range(const struct dgi_time_reader *r, struct dgi_point *p)
{
    uint32_t k = p->to;
    bool from_now = p->now && p->ref == 0 && r->anchor != DGI_NO_DAY && p->to == p->from + 1;
    if ((p->no_date && !from_now) || p->dropped || !connects(r, k, p->from))
        return;
    k++;
    if (dgi_word(r, k, DGI_W_THE))
        k++;
    if (k >= r->as->n)
        return;
    struct dgi_point q, both;
    if (to_day_of_month(r, k, p))
        return;
    bool ok = dgi_point_read(r, k, &q);
    if (ok)
        one_order(p, &q);
    if (from_now) { /* between now and 15 November */
        struct dgi_point today = *p;
        today.range = dgi_cal_day(r->anchor);
        if (ok && !q.no_date && !q.dropped && join_apart(r, &today, &q, &both))
            *p = both;
        return;
    }
    if (ok && q.now && q.ref == 0 && q.to == k + 1 && r->anchor != DGI_NO_DAY) { /* between March and now */
        q.no_date = q.now = false;
        q.range = dgi_cal_day(r->anchor);
        q.future = DGI_NO_RANGE;
        struct dgi_point past = *p;
        past.two = p->range.start == DGI_NO_DAY;
        if (join_apart(r, &past, &q, &both))
            *p = both;
        return;
    }
    if (!ok && p->shape == DGI_PT_YEAR && r->as->a[k].kind == DGI_ATOM_NUM && r->as->a[k].n_digits == 4) {
        memset(&q, 0, sizeof q); /* a year that stands there only because of the first one */
        q.shape = DGI_PT_YEAR;
        q.to = k + 1;
        q.range = dgi_cal_years((int)r->as->a[k].num, 1);
        q.future = DGI_NO_RANGE;
        ok = q.range.start > p->range.start;
    }
    if (ok && !q.no_date && !q.dropped &&
        (join(p, &q, &both) || join_apart(r, p, &q, &both) || join_in_year(r, p, &q, &both))) {
        join_others(p, &q, &both);
        *p = both;
    }
}

/* ---- the word before ---- */
/* A noun right behind takes the preposition: "after Friday's attack", "since the 2014 annexation". */
static bool noun_follows(const struct dgi_time_reader *r, const struct dgi_point *p)
{
    if (p->to >= r->as->n)
        return false;
    const struct dgi_atom *a = &r->as->a[p->to];
    if (a->kind == DGI_ATOM_MARK)
        return a->mark == '\'' && !a->gap;
    uint8_t u = a->tok < r->doc->n_toks ? r->doc->toks[a->tok].upos : (uint8_t)DGI_UPOS_NONE;
    return (u == DGI_NOUN || u == DGI_ADJ) && a->kind == DGI_ATOM_WORD;
}

static bool clock_word(const struct dgi_time_reader *r, uint32_t i)
{
    return dgi_word(r, i, DGI_W_TIME_CLOCK) || dgi_word(r, i, DGI_W_TIME_LOCAL) || dgi_mark(r, i, ':');
}

/* Part of "6 p.m. local time" between a preposition and its day: "by 6 p.m. on Friday". */
static bool clock_time(const struct dgi_time_reader *r, uint32_t i)
{
    if (clock_word(r, i))
        return true;
    const struct dgi_atom *a = &r->as->a[i];
    return a->kind == DGI_ATOM_NUM && a->n_digits && a->n_digits <= 4 &&
           (clock_word(r, i + 1) || dgi_word(r, i + 1, DGI_W_ON) || (i > 0 && dgi_mark(r, i - 1, ':')));
}

static uint8_t kind_before(const struct dgi_time_reader *r, const struct dgi_point *p, bool *within)
{
    uint32_t i = p->from;
    *within = false;
    for (int steps = 0; steps < 8 && i > 0; steps++) {
        if (dgi_tc(r, i - 1) == DGI_TC_WITHIN) {
            *within = true;
            return DGI_TIME_UNTIL;
        }
        if (dgi_tc(r, i - 1) == DGI_TC_SINCE || dgi_tc(r, i - 1) == DGI_TC_UNTIL) {
            bool from = dgi_word(r, i - 1, DGI_W_TIME_FROM);
            if (from && (p->joined || p->two)) /* "from March 15": of the next one, too */
                return DGI_TIME_WHEN;
            return noun_follows(r, p)                 ? DGI_TIME_WHEN
                   : dgi_tc(r, i - 1) == DGI_TC_SINCE ? DGI_TIME_SINCE
                                                      : DGI_TIME_UNTIL;
        }
        uint32_t row = i > 1 ? dgi_atoms_phrase(r->as, r->table, i - 2, i) : DGI_NONE; /* ahead of */
        if (row != DGI_NONE && (r->cls[row] == DGI_TC_SINCE || r->cls[row] == DGI_TC_UNTIL))
            return !r->val[row] && noun_follows(r, p) ? DGI_TIME_WHEN
                   : r->cls[row] == DGI_TC_SINCE      ? DGI_TIME_SINCE
                                                      : DGI_TIME_UNTIL;
        if (!dgi_word(r, i - 1, DGI_W_TIME_FILLER) && !dgi_mark(r, i - 1, '\'') && dgi_tc(r, i - 1) != DGI_TC_PART &&
            !clock_time(r, i - 1))
            return DGI_TIME_WHEN;
        i--;
    }
    return DGI_TIME_WHEN;
}

static void within_days(const struct dgi_time_reader *r, struct dgi_point *p)
{
    /* "within 48 hours", "within two weeks": read again as an amount */
    double n = 1;
    uint32_t k = dgi_atoms_number(r->as, p->from, r->numbers, true, &n);
    if (dgi_mark(r, k, '-'))
        k++;
    p->range = DGI_NO_RANGE;
    if (k == p->from && dgi_tc(r, k) == DGI_TC_UNITS)
        n = 3; /* "within days" */
    else if (dgi_tc(r, k) != DGI_TC_UNIT && dgi_tc(r, k) != DGI_TC_UNITS)
        k = p->to - 1;
    if (dgi_tc(r, k) == DGI_TC_UNIT || dgi_tc(r, k) == DGI_TC_UNITS) {
        int unit = dgi_tv(r, k);
        int32_t end = dgi_cal_span_end(r->anchor, unit, n, 1);
        for (size_t m = 0; m < sizeof p->more / sizeof *p->more && p->more[m].n > 0; m++)
            end = dgi_cal_span_end(end, p->more[m].unit, p->more[m].n, 1);
        p->range = dgi_cal_days(r->anchor, end, DGI_P_DAY);
        p->rolling = true;
    }
    p->no_date = false;
    p->two = false;
}

/* "within a week", "within days": no point of their own. */
static bool read_within(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p)
{
    if (i == 0 || dgi_tc(r, i - 1) != DGI_TC_WITHIN)
        return false;
    uint32_t k = i;
    if (dgi_word(r, k, DGI_W_INDEFINITE))
        k++;
    if ((k > i && dgi_tc(r, k) != DGI_TC_UNIT) || (k == i && dgi_tc(r, k) != DGI_TC_UNITS))
        return false;
    if (dgi_word(r, k + 1, DGI_W_OF))
        return false; /* "within hours of the vote" */
    memset(p, 0, sizeof *p);
    p->from = i;
    p->to = k + 1;
    p->range = p->future = DGI_NO_RANGE;
    p->no_date = true;
    return true;
}

/* How many days "ten days", "a fortnight", "48-hour" are, a month as 30; 0: no such number of hours to months. */
static uint32_t length_in_days(const struct dgi_time_reader *r, const struct dgi_point *p)
{
    static const uint8_t days[] = {[DGI_U_DAY] = 1, [DGI_U_WEEK] = 7, [DGI_U_MONTH] = 30, [DGI_U_FORTNIGHT] = 14};
    for (uint32_t i = p->from; i < p->to; i++) {
        double n = 0;
        uint32_t k = dgi_atoms_number(r->as, i, r->numbers, true, &n);
        while (k > i && k < p->to && dgi_mark(r, k, '-'))
            k++;
        if (k == i || k >= p->to || !(n >= 1 && n < 1000) ||
            (dgi_tc(r, k) != DGI_TC_UNIT && dgi_tc(r, k) != DGI_TC_UNITS))
            continue;
        int unit = dgi_tv(r, k);
        if (unit == DGI_U_HOUR)
            return ((uint32_t)n + 23) / 24;
        return unit >= 0 && (size_t)unit < sizeof days ? (uint32_t)n * days[unit] : 0;
    }
    return 0;
}

static dg_status emit(struct dgi_time_reader *r, struct dgi_doc *doc, struct dgi_point *p, dg_error *err)
{
    bool within;
    uint8_t kind = kind_before(r, p, &within);
    if ((p->clock[0] || p->part) && p->from > 0 && dgi_word(r, p->from - 1, DGI_W_AFTER_BEFORE))
        kind = DGI_TIME_WHEN; /* "just before midnight on Monday" is on Monday */
    const struct dgi_atom *first = &r->as->a[p->from], *last = &r->as->a[p->to - 1];
    if ((p->of_event || (p->no_date && kind == DGI_TIME_DURATION)) && p->to > p->from + 1 &&
        dgi_word(r, p->to - 1, DGI_W_AFTER_BEFORE))
        last--; /* "two days" after the vote: TIMEX3 has a signal for what stands between */
    if (within && p->no_date && !dgi_word(r, p->to, DGI_W_OF)) {
        within_days(r, p);
    } else if (p->no_date) {
        kind = DGI_TIME_DURATION;
    } else if (p->rolling && kind != DGI_TIME_SINCE && p->range.start == r->anchor && r->anchor != DGI_NO_DAY &&
               within) {
        kind = DGI_TIME_UNTIL;
    } else if (within) {
        kind = p->range.end != DGI_NO_DAY ? DGI_TIME_UNTIL : DGI_TIME_DURATION;
    }
    if (kind == DGI_TIME_WHEN && p->two)
        kind = DGI_TIME_BY_TENSE;
    if (kind == DGI_TIME_UNTIL && p->two &&
        p->future.start != DGI_NO_DAY) { /* a deadline lies ahead; "before Wednesday" may lie behind */
        uint32_t b = p->from;
        while (b > 0 && dgi_word(r, b - 1, DGI_W_TIME_THE_ON))
            b--;
        if (!(b > 0 && dgi_word(r, b - 1, DGI_W_BEFORE)))
            p->range = p->future, p->whole = p->whole_future;
    }
    struct dgi_time *t = DGI_PUSH(doc->arena, doc->times, doc->n_times, doc->cap_times);
    if (!t)
        return dgi_fail(err, DG_E_NOMEM, "no memory for times");
    /* the article belongs to what it makes definite ("the past week"), not to a noun behind ("the 2014 vote") */
    uint8_t c = dgi_tc(r, p->from);
    bool the = p->from > 0 && dgi_word(r, p->from - 1, DGI_W_THE) && !noun_follows(r, p) &&
               (c == DGI_TC_REL || c == DGI_TC_NARR || c == DGI_TC_EDGEOF || (c == DGI_TC_REF && p->ref > 0) ||
                c == DGI_TC_NONE) &&
               first->kind == DGI_ATOM_WORD;
    t->span = (dgi_span){the ? r->as->a[p->from - 1].start : first->start, last->end};
    t->first = first->tok;
    t->end = last->tok + 1;
    t->kind = kind;
    /* "a day after the raid" gives nobody a day */
    t->days = kind == DGI_TIME_DURATION && !dgi_word(r, p->to, DGI_W_AFTER_BEFORE) ? length_in_days(r, p) : 0;
    t->range = kind == DGI_TIME_DURATION ? DGI_NO_RANGE : p->range;
    t->future = kind == DGI_TIME_DURATION || (kind != DGI_TIME_BY_TENSE && !p->two) ? DGI_NO_RANGE : p->future;
    t->against = DGI_AGAINST_NOTHING;
    t->ahead = false;
    t->either = p->either && (kind == DGI_TIME_WHEN || kind == DGI_TIME_SINCE || kind == DGI_TIME_UNTIL) && !p->two &&
                (p->other.start != p->range.start || p->other.end != p->range.end);
    if (t->either)
        t->future = p->other;
    t->also = p->also.precision ? p->also : DGI_NO_RANGE;
    t->also_ahead = p->also_ahead.precision ? p->also_ahead : DGI_NO_RANGE;
    t->value[0] = t->value_ahead[0] = 0;
    dgi_timex(r, p, t);
    /* "the 5 May attack" only names its noun: what is told goes on from elsewhere */
    bool names = noun_follows(r, p) && !dgi_mark(r, p->to, '\'') && r->told.start != DGI_NO_DAY;
    if (t->range.start != DGI_NO_DAY && !p->rolling && !names && !p->clock_only) {
        r->told = t->range;
        r->told_here = true;
        r->told_at = doc->n_times - 1;
        if (t->range.precision == DGI_P_DAY && t->range.end == t->range.start)
            r->told_day = t->range;
    }
    return DG_OK;
}

/* "in May and June 2014": a month or day without a year takes that of its neighbour. */
static void share_year(const struct dgi_time_reader *r, struct dgi_doc *doc, uint32_t first, const struct dgi_point *a,
                       const struct dgi_point *b)
{
    if (doc->n_times < first + 2)
        return;
    struct dgi_time *t = &doc->times[doc->n_times - 2];
    bool named = (b->shape == DGI_PT_OTHER && b->range.precision == DGI_P_MONTH && a->shape == DGI_PT_MONTH) ||
                 (b->shape == DGI_PT_DAY && a->shape == DGI_PT_MONTH_DAY);
    if (!named || b->from != a->to + 1 || !(dgi_word(r, a->to, DGI_W_AND_OR) || dgi_mark(r, a->to, ',')))
        return;
    struct dgi_day_range g = before_day(a, b->range.end);
    if (g.start == DGI_NO_DAY)
        return;
    t->range = g;
    t->future = DGI_NO_RANGE;
    t->either = false;
    dgi_timex_period(t->value, g);
    t->against = DGI_AGAINST_NOTHING;
    if (t->kind == DGI_TIME_BY_TENSE)
        t->kind = DGI_TIME_WHEN;
}

/* "He fell on 3 May 2011. .. On 9 June he fled": looked back on, a day of the weeks after the one told is of its year. */
static void carry_year(const struct dgi_time_reader *r, struct dgi_point *p)
{
    enum { WEEKS_AFTER = 62 }; /* days */
    if (!p->two || p->shape != DGI_PT_MONTH_DAY || r->told_day.start == DGI_NO_DAY)
        return;
    struct dgi_day_range next = dgi_point_future(r->told_day.start, p->month, p->day);
    if (next.start != DGI_NO_DAY && next.start < p->range.start && next.start - r->told_day.start <= WEEKS_AFTER)
        p->range = next;
}

static dg_status read_sentence(struct dgi_time_reader *r, struct dgi_doc *doc, dg_error *err)
{
    uint32_t first = doc->n_times;
    struct dgi_point last = {0};
    uint32_t floor = 0; /* atoms before it are taken */
    r->told_here = false;
    for (uint32_t i = 0; i < r->as->n;) {
        struct dgi_point p;
        bool found = dgi_point_read(r, i, &p);
        if (!found)
            found = read_within(r, i, &p);
        if (found && p.from < floor)
            found = false;
        if (!found || p.dropped) {
            i = found && p.to > i ? p.to : i + 1;
            continue;
        }
        read_range(r, &p);
        carry_year(r, &p);
        dg_status st = emit(r, doc, &p, err);
        if (st != DG_OK)
            return st;
        share_year(r, doc, first, &last, &p);
        last = p;
        i = floor = p.to;
    }
    return DG_OK;
}

/* Does a date like 25/12/2021 show which order this document writes? */
static uint8_t find_slash_order(const struct dgi_doc *doc)
{
    const char *s = doc->text.ptr;
    size_t n = doc->text.len;
    for (const char *p = n ? memchr(s, '/', n) : NULL; p; p = memchr(p + 1, '/', n - (size_t)(p + 1 - s))) {
        size_t at = (size_t)(p - s);
        if (at < 2 || at + 5 >= n || s[at + 3] != '/')
            continue;
        int64_t a, b;
        if (!dgi_str_int(dgi_strn(s + at - 2, 2), &a) || !dgi_str_int(dgi_strn(s + at + 1, 2), &b))
            continue;
        if (a > 12 && a <= 31 && b >= 1 && b <= 12)
            return 1;
        if (b > 12 && b <= 31 && a >= 1 && a <= 12)
            return 2;
    }
    return 0;
}

dg_status dgi_times(struct dgi_time_ctx *ctx, struct dgi_doc *doc, dg_error *err)
{
    struct dgi_atoms as = {0};
    struct dgi_time_reader r = {.doc = doc,
                                .as = &as,
                                .table = ctx->table,
                                .cls = ctx->cls,
                                .val = ctx->val,
                                .numbers = &ctx->numbers,
                                .anchor = doc->meta.published,
                                .told = DGI_NO_RANGE,
                                .told_at = DGI_NONE,
                                .told_day = DGI_NO_RANGE};
    dgi_arena_reset(ctx->scratch);
    r.slash_order = find_slash_order(doc);
    uint32_t told_at = 0;
    for (uint32_t s = 0; s < doc->n_sents; s++) {
        dg_status st = dgi_atoms_read(&as, ctx->scratch, doc, s, ctx->table, &ctx->numbers, err);
        if (st == DG_OK)
            st = read_sentence(&r, doc, err);
        if (st != DG_OK)
            return st;
        if (r.told_here)
            told_at = s;
        else if (s - told_at >= TOLD_REACH)
            r.told = r.told_day = DGI_NO_RANGE;
    }
    dgi_timex_tense(doc);
    return DG_OK;
}

dg_status dgi_time_phrase(struct dgi_time_ctx *ctx, dg_str phrase, int32_t anchor, struct dgi_time *out, bool *found,
                          dg_error *err)
{
    dgi_arena *a = dgi_arena_new(1u << 20);
    struct dgi_doc doc;
    *found = false;
    memset(out, 0, sizeof *out);
    out->range = out->future = DGI_NO_RANGE;
    if (!a)
        return dgi_fail(err, DG_E_NOMEM, "no memory for a phrase");
    dg_status st = dgi_phrase_doc(&doc, a, ctx->words, phrase, anchor, err);
    if (st == DG_OK)
        st = dgi_times(ctx, &doc, err);
    /* dates first, then durations */
    for (int round = 0; st == DG_OK && round < 2 && !*found; round++)
        for (uint32_t i = 0; i < doc.n_times && !*found; i++)
            if ((doc.times[i].kind == DGI_TIME_DURATION) == (round == 1)) {
                *out = doc.times[i];
                *found = true;
            }
    dgi_arena_free(a);
    return st;
}
