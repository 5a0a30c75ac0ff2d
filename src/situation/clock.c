/* SPDX-License-Identifier: Apache-2.0 */
/* situation/clock.c: where an item stands on a day.
 *
 * Reads   the history of an item
 * Writes  struct dgi_item_state
 *
 * Nothing is stored for "as of" and "known on": both leave out lines of the history, by the day of the change and by the
 * day of the report, and the rest is folded in order of day. Silence is judged here too, because no document reports it. */
#include <stdlib.h>

#include "base/day.h"
#include "situation/board.h"

bool dgi_change_seen(const struct dgi_sit_change *c, const struct dgi_sit_when *w)
{
    return (w->as_of == DGI_NO_DAY || c->date <= w->as_of) && (w->known_on == DGI_NO_DAY || c->reported <= w->known_on);
}

static int32_t range_end(const struct dgi_day_range *r)
{
    return r->end == DGI_NO_DAY ? r->start : r->end;
}

static bool closer(const struct dgi_day_range *neu, const struct dgi_day_range *old, bool moves)
{
    if (neu->start == DGI_NO_DAY)
        return false;
    if (old->start == DGI_NO_DAY)
        return true;
    int64_t wn = (int64_t)range_end(neu) - neu->start, wo = (int64_t)range_end(old) - old->start;
    return wn < wo || (wn <= wo && moves);
}

bool dgi_status_waits(uint8_t status)
{
    return status == DGI_IS_OPEN || status == DGI_IS_STANDING || status == DGI_IS_DEFERRED;
}

void dgi_state_add(struct dgi_item_state *s, const struct dgi_sit_change *c, bool new_doc, int32_t heard)
{
    if (!s->n_seen++ || c->date < s->opened)
        s->opened = c->date;
    s->last = heard > s->last ? heard : s->last;
    if (c->deadline.start != DGI_NO_DAY)
        s->deadline = c->deadline;
    if (closer(&c->when, &s->when, c->status != DGI_IS_NONE))
        s->when = c->when;
    if (c->place && (!s->place || c->place->precision < s->place->precision))
        s->place = c->place;
    s->sources += new_doc;
}

void dgi_state_close(const struct dgi_sit_item *it, struct dgi_item_state *s)
{
    if (s->when.start == DGI_NO_DAY && it->kind == DGI_IT_MEETING && s->status == DGI_IS_HELD &&
        s->opened != DGI_NO_DAY) {
        s->when.start = s->when.end = s->since;
        s->when.precision = DGI_P_DAY;
    }
}

/* What the calendar alone says on the day asked for: a deadline has passed, silence has lasted. */
static void by_the_clock(const struct dgi_sit_item *it, const struct dgi_sit_when *w, struct dgi_item_state *s)
{
    const struct kind_law *law = &it->rules->kinds[it->kind];
    int32_t until = s->deadline.start == DGI_NO_DAY ? DGI_NO_DAY : range_end(&s->deadline);
    if (until != DGI_NO_DAY && w->as_of > until && law->due)
        s->due = true;
    /* Silence: demands, offers and threats fade; where the store is silent about their parties, too, it says nothing */
    int32_t days = w->lapse_days > 0 ? w->lapse_days : law->silence;
    int32_t from = s->last > until ? s->last : until;
    if (!law->silence || from == DGI_NO_DAY || (int64_t)from + days > w->as_of)
        return;
    if (w->heard && !w->heard(w->heard_user, it, from, from + days)) {
        s->stale = true;
        return;
    }
    s->status = DGI_IS_LAPSED;
    s->since = from + days;
    s->lapsed_by_clock = true;
    s->due = false;
}

bool dgi_item_at(const struct dgi_sit_item *it, const struct dgi_sit_when *w, struct dgi_item_state *out)
{
    const struct dgi_sit_change *cur = NULL;
    dg_str prev = {NULL, 0};
    *out = (struct dgi_item_state){.opened = DGI_NO_DAY, .since = DGI_NO_DAY, .last = DGI_NO_DAY};
    out->deadline.start = out->deadline.end = out->when.start = out->when.end = DGI_NO_DAY;
    for (uint32_t i = 0; i < it->n_history; i++) {
        const struct dgi_sit_change *c = &it->history[i];
        if (!dgi_change_seen(c, w))
            continue;
        if (c->status != DGI_IS_NONE && (!cur || c->date >= cur->date))
            cur = c;
        int32_t heard =
            c->reported != DGI_NO_DAY && (w->as_of == DGI_NO_DAY || c->reported <= w->as_of) ? c->reported : c->date;
        dgi_state_add(out, c, !dgi_str_eq(prev, c->document), heard); /* lines of one document follow each other */
        prev = c->document;
    }
    if (!out->n_seen)
        return false;
    out->status = cur ? cur->status : it->history[0].status;
    out->since = cur ? cur->date : out->opened;
    dgi_state_close(it, out);
    if (it->kind == DGI_IT_MEETING && out->status == DGI_IS_PLANNED && w->as_of != DGI_NO_DAY &&
        out->when.start != DGI_NO_DAY)
        out->due = w->as_of > range_end(&out->when); /* its day has passed without word */
    if (!dgi_status_waits(out->status))
        return true;
    for (uint32_t i = 0; i < it->n_history; i++)
        if (it->history[i].due && dgi_change_seen(&it->history[i], w) && (!cur || it->history[i].date >= cur->date))
            out->due = true;
    if (w->as_of != DGI_NO_DAY)
        by_the_clock(it, w, out);
    return true;
}

static bool has_party(const struct dgi_sit_item *it, const char *who, uint32_t not_this, uint32_t *which)
{
    for (uint32_t i = 0; i < it->n_parties; i++)
        if (i != not_this && dgi_ev_actor_is(&it->parties[i].actor, who)) {
            if (which)
                *which = i;
            return true;
        }
    return false;
}

bool dgi_item_wanted(const struct dgi_sit_item *it, const struct dgi_sit_filter *f, struct dgi_item_state *out)
{
    if (f->kinds && !(f->kinds >> it->kind & 1))
        return false;
    if (f->actor && *f->actor && !has_party(it, f->actor, UINT32_MAX, NULL))
        return false;
    if (f->between_a && *f->between_a && f->between_b && *f->between_b) {
        bool both = false;
        for (uint32_t i = 0; i < it->n_parties && !both; i++)
            both = dgi_ev_actor_is(&it->parties[i].actor, f->between_a) && has_party(it, f->between_b, i, NULL);
        if (!both)
            return false;
    }
    if (!dgi_item_at(it, &f->when, out) || (f->open_only && dgi_item_closed(it, out->status)))
        return false;
    if (f->has_since && (out->since == DGI_NO_DAY || out->since < f->since))
        return false;
    uint64_t as = UINT64_C(1) << out->status | (out->due ? DGI_AS_DUE : 0) | (out->stale ? DGI_AS_STALE : 0);
    return !f->statuses || (f->statuses & as);
}

/* ---- its history in order of day ---- */
/* By date; of one date in the order in which documents brought them, which is that of the history. */
static int by_date(const void *a, const void *b)
{
    const struct dgi_sit_change *x = *(const struct dgi_sit_change *const *)a,
                                *y = *(const struct dgi_sit_change *const *)b;
    if (x->date != y->date)
        return x->date < y->date ? -1 : 1;
    return x < y ? -1 : x > y;
}

/* Puts c among the n earliest so far, `max` at most; how many there are then. */
static uint32_t among_earliest(const struct dgi_sit_change **out, uint32_t n, const struct dgi_sit_change *c,
                               uint32_t max)
{
    uint32_t at = n;
    while (at && out[at - 1]->date > c->date)
        at--;
    if (at == max)
        return n;
    n += n < max;
    memmove(out + at + 1, out + at, (n - 1 - at) * sizeof *out);
    out[at] = c;
    return n;
}

uint32_t dgi_item_lines(const struct dgi_sit_item *it, const struct dgi_sit_when *w, const struct dgi_sit_change **out,
                        uint8_t *status, uint32_t max)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < it->n_history; i++)
        if (!dgi_change_seen(&it->history[i], w))
            continue;
        else if (it->n_history <= max)
            out[n++] = &it->history[i];
        else
            n = among_earliest(out, n, &it->history[i], max);
    qsort(out, n, sizeof *out, by_date);
    uint8_t cur = n ? it->history[0].status : DGI_IS_NONE;
    for (uint32_t i = 0; i < n; i++) {
        cur = out[i]->status != DGI_IS_NONE ? out[i]->status : cur;
        status[i] = cur;
    }
    return n;
}
