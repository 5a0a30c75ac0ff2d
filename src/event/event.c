/* SPDX-License-Identifier: Apache-2.0 */
/* event/event.c: what one asks of a resolved event. */
#include "event/event.h"

int32_t dgi_ev_day(const struct dgi_event *e, int32_t reported)
{
    if (e->status == DGI_ST_FUTURE || e->status == DGI_ST_HYPOTHETICAL || !e->date_from_text ||
        e->date.start == DGI_NO_DAY)
        return reported;
    if (reported == DGI_NO_DAY)
        return e->date.start;
    if (e->date.start > reported)
        return reported;
    /* "this year", "in 2022" written in 2022: some day up to now, not New Year */
    if (e->date.precision > DGI_P_WEEK && e->date.end != DGI_NO_DAY && e->date.end >= reported)
        return reported;
    return e->date.start;
}

int32_t dgi_ev_line_day(const struct dgi_event *e, int32_t reported)
{
    return e->status == DGI_ST_FUTURE && e->date.start != DGI_NO_DAY ? e->date.start : dgi_ev_day(e, reported);
}

bool dgi_ev_actor_is(const struct dgi_ev_actor *a, const char *who)
{
    dg_str w = dgi_str(who);
    if (!w.len)
        return true;
    if (dgi_str_ieq(a->id, w) || dgi_str_ieq(a->name, w))
        return true;
    if (dgi_str_starts(w, DGI_S("country:")))
        w = dgi_str_sub(w, 8, w.len);
    if (w.len == 3 && a->country[0] && dgi_str_ieq(dgi_str(a->country), w))
        return true;
    /* "NATO" for org:NATO */
    size_t colon = dgi_str_find(a->id, DGI_S(":"));
    return colon != SIZE_MAX && dgi_str_ieq(dgi_str_sub(a->id, colon + 1, a->id.len), w);
}
