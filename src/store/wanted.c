/* SPDX-License-Identifier: Apache-2.0 */
/* store/wanted.c: is this event one that a question asks for?
 *
 * Reads   events and the filter of a timeline
 * Writes  nothing
 *
 * The same answer for an event of a store and for one that was coded a moment ago. */
#include "event/same_act.h"
#include "store/store.h"

static bool actor_in(const struct dgi_event *ev, const char *who, const struct dgi_ev_actor **which,
                     const struct dgi_ev_actor *not_this)
{
    for (uint32_t i = 0; i < ev->n_source + ev->n_target; i++) {
        const struct dgi_ev_actor *a = i < ev->n_source ? &ev->source[i] : &ev->target[i - ev->n_source];
        if (a != not_this && dgi_ev_actor_is(a, who)) {
            if (which)
                *which = a;
            return true;
        }
    }
    return false;
}

static bool between(const struct dgi_event *ev, const char *x, const char *y)
{
    for (uint32_t i = 0; i < ev->n_source + ev->n_target; i++) {
        const struct dgi_ev_actor *a = i < ev->n_source ? &ev->source[i] : &ev->target[i - ev->n_source];
        if (dgi_ev_actor_is(a, x) && actor_in(ev, y, NULL, a))
            return true;
    }
    return false;
}

static bool code_is(const struct dgi_event *ev, const char *code)
{
    dg_str c = dgi_str(code), name = ev->plover < DGI_N_PLOVER ? dgi_str(dgi_plover_name[ev->plover]) : (dg_str){"", 0};
    if (code[0] >= '0' && code[0] <= '9')
        return dgi_str_starts(dgi_str(ev->cameo), c);
    size_t dot = dgi_str_find(c, DGI_S("."));
    if (dot != SIZE_MAX)
        return dgi_str_ieq(dgi_str_sub(c, 0, dot), name) && dgi_str_ieq(dgi_str_sub(c, dot + 1, c.len), ev->mode);
    return dgi_str_ieq(c, name);
}

bool dgi_event_wanted(const struct dgi_event *ev, const struct dgi_timeline_filter *f)
{
    if (f->actor && *f->actor && !actor_in(ev, f->actor, NULL, NULL))
        return false;
    if (f->between_a && *f->between_a && f->between_b && *f->between_b && !between(ev, f->between_a, f->between_b))
        return false;
    if (f->place && *f->place &&
        !(ev->place && (dgi_str_ieq(ev->place->name, dgi_str(f->place)) ||
                        (ev->place->country[0] && dgi_str_ieq(dgi_str(ev->place->country), dgi_str(f->place))))))
        return false;
    if (f->code && *f->code && !code_is(ev, f->code))
        return false;
    if ((double)ev->confidence + 1e-6 < f->min_confidence)
        return false;
    return !f->status || !*f->status || dgi_str_in(dgi_str(f->status), ',', dgi_str(dgi_status_name[ev->status & 3]));
}

static bool of_those_days(const struct dgi_timeline_filter *f, int32_t day)
{
    return (f->from == DGI_NO_DAY || (day != DGI_NO_DAY && day >= f->from)) &&
           (f->to == DGI_NO_DAY || (day != DGI_NO_DAY && day <= f->to));
}

const bool *dgi_events_left_out(const struct dgi_ev_doc *doc, const struct dgi_timeline_filter *f, dgi_arena *a)
{
    bool *out = dgi_arena_array(a, (size_t)doc->n_events + 1, sizeof *out);
    for (uint32_t i = 0; out && i < doc->n_events; i++)
        out[i] =
            !of_those_days(f, dgi_ev_line_day(&doc->events[i], doc->reported)) || !dgi_event_wanted(&doc->events[i], f);
    return out && (!(f->fold || f->acts) || dgi_same_acts_fold(doc->events, doc->n_events, out)) ? out : NULL;
}
