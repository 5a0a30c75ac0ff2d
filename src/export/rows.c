/* SPDX-License-Identifier: Apache-2.0 */
/* export/rows.c: an event as rows: a row for each pair of source and target, or one with lists.
 *
 * Reads   resolved documents
 * Writes  rows to export/cells.c
 *
 * What both sides do to each other (a meeting, a treaty) has a row each way, as in ICEWS and GDELT; `reciprocal` tells them
 * apart for whoever wants one. Where all parties are on one side each stands against each other one.
 *
 * One a day is a choice of the reader: it merges distinct acts of one day, and is off unless asked for. */
#include <stdlib.h>

#include "export/arrow.h"
#include "export/columns.h"

static dg_str who(const struct dgi_ev_actor *a)
{
    return a->id.len ? a->id : a->name;
}

/* ---- one a day ---- */
/* True: new. A hash of 64 bits stands for what is known, so that ten million rows take 160 MB and one in a million of such
 * exports loses a row. */
static bool seen_add(struct dgi_seen *s, uint64_t h, bool *failed)
{
    if (s->n * 2 >= s->cap) {
        struct dgi_seen more = {calloc(s->cap ? s->cap * 2 : 1024, sizeof *more.slot), 0, s->cap ? s->cap * 2 : 1024};
        if (!more.slot) {
            *failed = true;
            return false;
        }
        for (uint64_t i = 0; i < s->cap; i++)
            if (s->slot[i])
                seen_add(&more, s->slot[i], failed);
        free(s->slot);
        *s = more;
    }
    h += !h;
    for (uint64_t i = h & (s->cap - 1);; i = (i + 1) & (s->cap - 1)) {
        if (s->slot[i] == h)
            return false;
        if (!s->slot[i]) {
            s->slot[i] = h;
            s->n++;
            return true;
        }
    }
}

static uint64_t mix(uint64_t h, dg_str s)
{
    return (h ^ dgi_str_hash(s)) * 0x9E3779B97F4A7C15u + 1;
}

static bool first_of_day(struct dgi_export *x, const struct dgi_row *r)
{
    uint64_t h = (uint64_t)(uint32_t)r->day;
    if (!dgi_day_known(r->day))
        return true; /* of no day: not the same day as any other */
    for (uint32_t i = 0; i < r->n_source; i++)
        h = mix(h, who(&r->source[i]));
    h = mix(h, DGI_S(">"));
    for (uint32_t i = 0; i < r->n_target; i++)
        h = mix(h, who(&r->target[i]));
    h = mix(h, dgi_str(r->ev->cameo)) ^ (h >> 31);
    h = mix(h + r->ev->negated, dgi_str(dgi_status_name[r->ev->status & 3]));
    return seen_add(&x->seen, h ^ (h >> 29), &x->out->failed);
}

/* Of an event in which the asked actor has a part, the pairs in which it has none are left out. */
static bool asked_pair(const struct dgi_export *x, const struct dgi_row *r)
{
    const struct dgi_ev_actor *a = r->n_source ? r->source : NULL, *b = r->n_target ? r->target : NULL;
    if (x->lists || !x->actor)
        return true;
    bool source = a && dgi_ev_actor_is(a, x->actor), target = b && dgi_ev_actor_is(b, x->actor);
    if (!x->other)
        return source || target;
    return (source && b && dgi_ev_actor_is(b, x->other)) || (target && a && dgi_ev_actor_is(a, x->other));
}

static void give(struct dgi_export *x, const struct dgi_row *r)
{
    if (x->format == DGI_EXPORT_ACLED && !dgi_export_is_acled(r, x))
        return;
    if (asked_pair(x, r) && (!x->one_a_day || first_of_day(x, r)))
        dgi_export_row(x, r);
}

/* ---- dyads ---- */
static bool same(const struct dgi_ev_actor *a, const struct dgi_ev_actor *b)
{
    return dgi_str_eq(who(a), who(b));
}

/* Did an earlier one of the list mean the same actor? A sentence may name one twice. */
static bool named_before(const struct dgi_ev_actor *list, uint32_t i)
{
    for (uint32_t k = 0; k < i; k++)
        if (same(&list[k], &list[i]) && who(&list[i]).len)
            return true;
    return false;
}

static void pairs(struct dgi_export *x, struct dgi_row *r, const struct dgi_ev_actor *a, uint32_t na,
                  const struct dgi_ev_actor *b, uint32_t nb)
{
    for (uint32_t i = 0; i < na; i++)
        for (uint32_t k = 0; k < nb; k++) {
            if (named_before(a, i) || named_before(b, k) || ((a == b || r->ev->reciprocal) && same(&a[i], &b[k])))
                continue;
            r->source = &a[i];
            r->target = &b[k];
            give(x, r);
        }
}

/* Sides of which one is empty: a row for each actor that there is. */
static void alone(struct dgi_export *x, struct dgi_row *r, const struct dgi_event *ev)
{
    r->n_source = ev->n_source > 0;
    r->n_target = ev->n_target > 0;
    uint32_t n = ev->n_source ? ev->n_source : ev->n_target;
    for (uint32_t i = 0; i < n; i++) {
        if (named_before(ev->n_source ? ev->source : ev->target, i))
            continue;
        r->source = ev->n_source ? &ev->source[i] : NULL;
        r->target = ev->n_target ? &ev->target[i] : NULL;
        give(x, r);
    }
    if (!n)
        give(x, r);
}

static void dyads(struct dgi_export *x, struct dgi_row *r)
{
    const struct dgi_event *ev = r->ev;
    uint64_t before = x->rows;
    r->n_source = r->n_target = 1;
    if (ev->reciprocal && ev->n_source > 1 && !ev->n_target) {
        pairs(x, r, ev->source, ev->n_source, ev->source, ev->n_source);
    } else if (ev->n_source && ev->n_target) {
        pairs(x, r, ev->source, ev->n_source, ev->target, ev->n_target);
        if (ev->reciprocal)
            pairs(x, r, ev->target, ev->n_target, ev->source, ev->n_source);
    } else {
        alone(x, r, ev);
        return;
    }
    if (x->rows == before && !x->one_a_day && !x->other) { /* all of them one actor */
        r->source = ev->source;
        r->target = NULL;
        r->n_target = 0;
        give(x, r);
    }
}

/* ---- the whole ---- */
void dgi_export_begin(struct dgi_export *x)
{
    if (!x->begun && !x->no_header)
        dgi_export_header(x);
    x->begun = true;
}

/* The producers have no word for what is planned, denied or only thought of: a row of theirs says that it happened, on a day. */
static bool there(const struct dgi_export *x, const struct dgi_event *ev, int32_t day)
{
    bool happened = !ev->negated && (ev->status == DGI_ST_ACTUAL || ev->status == DGI_ST_HISTORICAL);
    return dgi_day_known(day) && (happened || x->any_status || dgi_layout_table[x->format].tells);
}

bool dgi_export_event(struct dgi_export *x, const struct dgi_ev_doc *doc, uint32_t n, int32_t day)
{
    const struct dgi_event *ev = &doc->events[n];
    struct dgi_row r = {.doc = doc,
                        .ev = ev,
                        .day = day,
                        .source = ev->source,
                        .target = ev->target,
                        .n_source = ev->n_source,
                        .n_target = ev->n_target};
    const struct dgi_layout *as = &dgi_layout_table[x->format];
    dgi_export_begin(x);
    if (as->as_others && !there(x, ev, day))
        return true;
    if (as->plover && ev->plover >= DGI_N_PLOVER)
        return true;
    uint64_t before = x->rows;
    if (x->lists)
        give(x, &r);
    else
        dyads(x, &r);
    x->events += x->rows > before;
    return !x->out->failed;
}

void dgi_export_clear(struct dgi_export *x)
{
    free(x->seen.slot);
    dgi_buf_free(&x->cell);
    dgi_arrow_free(x->arrow);
    free(x->find);
}
