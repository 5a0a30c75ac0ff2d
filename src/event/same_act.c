/* SPDX-License-Identifier: Apache-2.0 */
/* event/same_act.c: which events of a document tell an act that an earlier one of it told.
 *
 * Reads   events of one resolved document
 * Writes  same_as; the date of an account that tells none itself
 *
 * Headline, lead and background report one act in other words. Two accounts are one when codes lie on one line of the
 * tree (19, 190, 193; not 193 and 195), status and negation agree, both name the same parties, and no date, place, number or
 * content says otherwise. What is told twice in one sentence is two acts, and so is what nobody in particular did: "a man", "protesters" may be others
 * in the next sentence. An act is the first account; every later one is held against all that the act has so far. */
#include <math.h>
#include <stdlib.h>

#include "event/same_act.h"

enum {
    ACTS_BACK = 48,     /* acts of one root and status that an account is held against, the latest first */
    ACCOUNTS_BACK = 16, /* accounts of an act, likewise */
    STEM = 5,
    FRESH_DAYS = 30 /* a report without a date tells of these days: what the text dates earlier is another act */
};

/* ---- parties ---- */
static dg_str who(const struct dgi_ev_actor *a)
{
    return a->id.len ? a->id : a->name;
}

/* Known by name or state? */
static bool known(const struct dgi_ev_actor *a)
{
    return a->id.len && !dgi_str_starts(a->id, DGI_S("role::"));
}

/* The state itself, or somebody who acts for it. */
static bool speaks_for(const struct dgi_ev_actor *a, const char *country)
{
    return !strcmp(a->country, country) &&
           (dgi_str_starts(a->id, DGI_S("country:")) || dgi_str_in(a->sectors, ',', DGI_S("GOV")));
}

/* "Putin" of "Vladimir Putin": whole words at either end. */
static bool part_of(dg_str part, dg_str whole)
{
    if (part.len < 3 || part.len >= whole.len)
        return false;
    dg_str end = dgi_str_sub(whole, whole.len - part.len, whole.len);
    return (dgi_str_starts(whole, part) && whole.ptr[part.len] == ' ') ||
           (dgi_str_eq(end, part) && whole.ptr[whole.len - part.len - 1] == ' ');
}

static bool one_actor(const struct dgi_ev_actor *a, const struct dgi_ev_actor *b)
{
    if (dgi_str_eq(who(a), who(b)))
        return true;
    if (strcmp(a->country, b->country))
        return false;
    if (part_of(a->name, b->name) || part_of(b->name, a->name))
        return true;
    bool state = dgi_str_starts(a->id, DGI_S("country:")) || dgi_str_starts(b->id, DGI_S("country:"));
    return state && speaks_for(a, b->country) && speaks_for(b, a->country);
}

struct side {
    const struct dgi_ev_actor *a[2];
    uint32_t n[2];
};

static const struct dgi_ev_actor *at(const struct side *s, uint32_t i)
{
    return i < s->n[0] ? &s->a[0][i] : &s->a[1][i - s->n[0]];
}

static bool all_in(const struct side *a, const struct side *b)
{
    for (uint32_t i = 0; i < a->n[0] + a->n[1]; i++) {
        uint32_t k = 0, n = b->n[0] + b->n[1];
        while (k < n && !one_actor(at(a, i), at(b, k)))
            k++;
        if (k == n)
            return false;
    }
    return true;
}

static bool one_side(const struct side *a, const struct side *b)
{
    return all_in(a, b) && all_in(b, a);
}

static bool one_dyad(const struct dgi_event *a, const struct dgi_event *b)
{
    struct side x = {{a->source, a->target}, {a->n_source, a->n_target}},
                y = {{b->source, b->target}, {b->n_source, b->n_target}};
    if (a->reciprocal && b->reciprocal) /* whoever is named first */
        return one_side(&x, &y);
    struct side xs = x, xt = {{a->target, NULL}, {a->n_target, 0}}, ys = y, yt = {{b->target, NULL}, {b->n_target, 0}};
    xs.n[1] = ys.n[1] = 0;
    return one_side(&xs, &ys) && one_side(&xt, &yt);
}

/* Somebody in it is known, and on neither side is there only somebody. */
static bool named(const struct dgi_event *e)
{
    uint32_t side[2] = {0, 0};
    for (uint32_t i = 0; i < e->n_source; i++)
        side[0] += known(&e->source[i]);
    for (uint32_t i = 0; i < e->n_target; i++)
        side[1] += known(&e->target[i]);
    return (side[0] || side[1]) && (side[0] || !e->n_source) && (side[1] || !e->n_target);
}

/* ---- what speaks against it ---- */
/* On one line of the tree: 190 is 19 in general and fits 193, 193 does not fit 195. */
static bool one_line(const struct dgi_event *a, const struct dgi_event *b)
{
    dg_str x = dgi_str(a->cameo), y = dgi_str(b->cameo);
    while (x.len > 2 && x.ptr[x.len - 1] == '0')
        x.len--;
    while (y.len > 2 && y.ptr[y.len - 1] == '0')
        y.len--;
    return dgi_str_starts(x, y) || dgi_str_starts(y, x);
}

static bool far_apart(const struct dgi_event *a, const struct dgi_event *b, int32_t reported)
{
    if (a->date.start == DGI_NO_DAY || b->date.start == DGI_NO_DAY)
        return false;
    if (a->date_from_text && b->date_from_text)
        return a->date.start > b->date.end || b->date.start > a->date.end;
    const struct dgi_event *dated = a->date_from_text ? a : b;
    return dated->date_from_text && reported != DGI_NO_DAY && dated->status <= DGI_ST_HISTORICAL &&
           dated->date.end < reported - FRESH_DAYS;
}

static bool elsewhere(const struct dgi_ev_place *a, const struct dgi_ev_place *b)
{
    if (!a || !b)
        return false;
    if (strcmp(a->country, b->country))
        return true;
    if (a->precision == DGI_PLACE_CITY && b->precision == DGI_PLACE_CITY)
        return !dgi_str_eq(a->name, b->name);
    return a->admin1.len && b->admin1.len && !dgi_str_eq(a->admin1, b->admin1);
}

static double low(const struct dgi_ev_quantity *q)
{
    double v = isnan(q->low) ? q->value : q->low;
    return q->approx ? v * 0.8 : v;
}
static double high(const struct dgi_ev_quantity *q)
{
    double v = isnan(q->high) ? q->value : q->high;
    return q->approx ? v * 1.25 : v;
}

/* Numbers of one kind and thing, of which none fits. */
static bool other_numbers(const struct dgi_event *a, const struct dgi_event *b)
{
    bool against = false;
    for (uint32_t i = 0; i < a->n_quantities; i++)
        for (uint32_t k = 0; k < b->n_quantities; k++) {
            const struct dgi_ev_quantity *x = &a->quantities[i], *y = &b->quantities[k];
            if (x->kind != y->kind || !dgi_str_eq(x->noun, y->noun))
                continue;
            if (!(low(x) > high(y) || low(y) > high(x)))
                return false;
            against = true;
        }
    return against;
}

/* ---- what speaks for it ---- */
/* "resign", "resignation": one beginning, of STEM letters or the whole of the shorter. */
static bool one_stem(dg_str a, dg_str b)
{
    size_t n = a.len < b.len ? a.len : b.len, k = 0;
    while (k < n && a.ptr[k] == b.ptr[k])
        k++;
    return k >= STEM || (k == n && n >= STEM - 1);
}

static bool stem_in(dg_str word, dg_str list)
{
    dg_str one;
    while (list.len && dgi_str_next(&list, ' ', &one))
        if (one.len && one_stem(word, one))
            return true;
    return false;
}

static bool one_trigger(const struct dgi_event *a, const struct dgi_event *b)
{
    dg_str rest = a->lemma, word;
    while (rest.len && dgi_str_next(&rest, ' ', &word))
        if (stem_in(word, b->lemma))
            return true;
    return false;
}

/* A word of what they are about, beside their triggers. */
static bool one_matter(const struct dgi_event *a, const struct dgi_event *b)
{
    dg_str rest = a->keys, word;
    while (rest.len && dgi_str_next(&rest, ' ', &word))
        if (word.len && dgi_str_in(b->keys, ' ', word) && !stem_in(word, a->lemma) && !stem_in(word, b->lemma))
            return true;
    return false;
}

static bool next_name(dg_str *rest, dg_str *word)
{
    while (rest->len && dgi_str_next(rest, ' ', word))
        if (word->len && word->ptr[0] >= 'A' && word->ptr[0] <= 'Z')
            return true;
    return false;
}

/* The trigger's phrases name something each, and not the same: "pardoned Smith", "pardoned Jones". */
static bool other_names(const struct dgi_event *a, const struct dgi_event *b)
{
    dg_str x = a->about, y = b->about, one, other;
    bool some = false;
    while (next_name(&x, &one))
        for (y = b->about; next_name(&y, &other); some = true)
            if (dgi_str_eq(one, other))
                return false;
    return some;
}

/* Who has said one thing of another says more: what is done by words alone needs a matter in common. A deed is told by its
 * sides; where one of them is not named, by its words. */
static bool alike(const struct dgi_event *a, const struct dgi_event *b)
{
    int root = (a->cameo[0] - '0') * 10 + a->cameo[1] - '0';
    bool words = root <= 3 || root == 5 || (root >= 9 && root <= 13), both = a->n_source && a->n_target;
    if (words)
        return one_matter(a, b);
    return both || a->reciprocal || (one_trigger(a, b) && !other_names(a, b));
}

static bool one_act(const struct dgi_event *a, const struct dgi_event *b, int32_t reported)
{
    return a->sentence != b->sentence && one_line(a, b) && one_dyad(a, b) && !far_apart(a, b, reported) &&
           !elsewhere(a->place, b->place) && !other_numbers(a, b) && alike(a, b);
}

/* ---- the acts of a document ---- */
struct acts {
    uint32_t last[100 * 8]; /* by root, status and negation: the act that was found last */
    uint32_t *before;       /* of an act: the one found before it */
    uint32_t *told;         /* of an act: its latest account; of an account: the one before it */
};

static uint32_t drawer(const struct dgi_event *e)
{
    uint32_t root = (uint32_t)(e->cameo[0] - '0') * 10 + (uint32_t)(e->cameo[1] - '0');
    return (root < 100 ? root : 0) * 8 + (e->status & 3u) * 2 + e->negated;
}

/* Does account `i` fit all that act `act` has? told[act] leads to its latest account, from each one to the one before. */
static bool fits(const struct acts *s, const struct dgi_event *ev, uint32_t act, uint32_t i, int32_t reported)
{
    if (!one_act(&ev[act], &ev[i], reported))
        return false;
    uint32_t k = s->told[act];
    for (uint32_t n = 0; k != act && n < ACCOUNTS_BACK; n++, k = s->told[k])
        if (!one_act(&ev[k], &ev[i], reported))
            return false;
    return true;
}

/* One act has one day: an account that tells none has that of the other. */
static void share_day(const struct dgi_event *from, struct dgi_event *to)
{
    if (!from->date_from_text || to->date_from_text)
        return;
    to->date = from->date;
    to->date_span = from->date_span;
    to->date_from_text = true;
}

bool dgi_same_acts(struct dgi_event *ev, uint32_t n, int32_t reported)
{
    struct acts s;
    memset(s.last, 0xff, sizeof s.last);
    s.before = calloc(2 * ((size_t)n + 1), sizeof *s.before);
    if (!s.before)
        return false;
    s.told = s.before + n + 1;
    for (uint32_t i = 0; i < n; i++) {
        ev[i].same_as = DGI_NONE;
        if (!ev[i].cameo[0] || !named(&ev[i]))
            continue;
        uint32_t *last = &s.last[drawer(&ev[i])], act = *last, back = 0;
        while (act != DGI_NONE && back++ < ACTS_BACK && !fits(&s, ev, act, i, reported))
            act = s.before[act];
        if (act != DGI_NONE && back <= ACTS_BACK) {
            ev[i].same_as = act;
            s.told[i] = s.told[act];
            s.told[act] = i;
        } else {
            s.before[i] = *last;
            s.told[i] = i;
            *last = i;
        }
    }
    for (uint32_t i = 0; i < n; i++)
        if (ev[i].same_as != DGI_NONE)
            share_day(&ev[i], &ev[ev[i].same_as]);
    for (uint32_t i = 0; i < n; i++)
        if (ev[i].same_as != DGI_NONE)
            share_day(&ev[ev[i].same_as], &ev[i]);
    free(s.before);
    return true;
}

static uint32_t fullness(const struct dgi_event *e)
{
    return (e->date_from_text ? 4u : 0u) + (e->place ? 2u : 0u) + (e->n_quantities ? 1u : 0u);
}

bool dgi_same_acts_fold(const struct dgi_event *ev, uint32_t n, bool *left_out)
{
    uint32_t *best = calloc((size_t)n + 1, sizeof *best);
    if (!best)
        return false;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t act = ev[i].same_as < i ? ev[i].same_as : i;
        if (left_out[i])
            continue;
        if (best[act] && fullness(&ev[best[act] - 1]) >= fullness(&ev[i])) {
            left_out[i] = true;
            continue;
        }
        if (best[act])
            left_out[best[act] - 1] = true;
        best[act] = i + 1;
    }
    free(best);
    return true;
}
