/* SPDX-License-Identifier: Apache-2.0 */
/* situation/clock.c: where an item stands on a day, and the item as JSON.
 *
 * Reads   the history of an item
 * Writes  struct dgi_item_state; JSON of SPEC.md section 4
 *
 * Nothing is stored for "as of" and "known on": both leave out lines of the history, by the day of the change and by the
 * day of the report, and the rest is folded in order of day. Silence is judged here too, because no document reports it. */
#include <stdlib.h>

#include "base/day.h"
#include "situation/board.h"

enum { LAPSE_DAYS = 90, MOST_LINES = 4096 };

bool dgi_change_seen(const struct dgi_sit_change *c, const struct dgi_sit_when *w)
{
    return (w->as_of == DGI_NO_DAY || c->date <= w->as_of) && (w->known_on == DGI_NO_DAY || c->reported <= w->known_on);
}

static int32_t range_end(const struct dgi_day_range *r) { return r->end == DGI_NO_DAY ? r->start : r->end; }

static bool closer(const struct dgi_day_range *neu, const struct dgi_day_range *old, bool moves)
{
    if (neu->start == DGI_NO_DAY)
        return false;
    if (old->start == DGI_NO_DAY)
        return true;
    int64_t wn = (int64_t)range_end(neu) - neu->start, wo = (int64_t)range_end(old) - old->start;
    return wn < wo || (wn <= wo && moves);
}

bool dgi_status_waits(uint8_t status) { return status == DGI_IS_OPEN || status == DGI_IS_STANDING || status == DGI_IS_DEFERRED; }

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
    if (s->when.start == DGI_NO_DAY && it->kind == DGI_IT_MEETING && s->status == DGI_IS_HELD && s->opened != DGI_NO_DAY) {
        s->when.start = s->when.end = s->since;
        s->when.precision = DGI_P_DAY;
    }
}

/* What the calendar alone says on the day asked for: a deadline has passed, silence has lasted. */
static void by_the_clock(const struct dgi_sit_item *it, const struct dgi_sit_when *w, struct dgi_item_state *s)
{
    int32_t until = s->deadline.start == DGI_NO_DAY ? DGI_NO_DAY : range_end(&s->deadline);
    if (until != DGI_NO_DAY && w->as_of > until && (it->kind == DGI_IT_DEMAND || it->kind == DGI_IT_THREAT || it->kind == DGI_IT_COMMITMENT))
        s->due = true;
    /* Silence: threats and offers fade, a demand does when its deadline has passed; a commitment stands. */
    int32_t days = w->lapse_days > 0 ? w->lapse_days : LAPSE_DAYS;
    bool fades = it->kind == DGI_IT_THREAT || it->kind == DGI_IT_OFFER || (it->kind == DGI_IT_DEMAND && until != DGI_NO_DAY);
    int32_t from = s->last > until ? s->last : until;
    if (fades && from != DGI_NO_DAY && (int64_t)from + days <= w->as_of) {
        s->status = DGI_IS_LAPSED;
        s->since = from + days;
        s->lapsed_by_clock = true;
        s->due = false;
    }
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
        int32_t heard = c->reported != DGI_NO_DAY && (w->as_of == DGI_NO_DAY || c->reported <= w->as_of) ? c->reported : c->date;
        dgi_state_add(out, c, !dgi_str_eq(prev, c->document), heard); /* lines of one document follow each other */
        prev = c->document;
    }
    if (!out->n_seen)
        return false;
    out->status = cur ? cur->status : it->history[0].status;
    out->since = cur ? cur->date : out->opened;
    dgi_state_close(it, out);
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
    return dgi_item_at(it, &f->when, out) && !(f->open_only && dgi_item_closed(it->kind, out->status));
}

/* ---- JSON ---- */
static void json_range(struct dgi_json *j, const struct dgi_day_range *r)
{
    if (r->start == DGI_NO_DAY) {
        dgi_json_null(j);
        return;
    }
    dgi_json_open(j, '{');
    dgi_json_key(j, "start");
    dgi_json_day(j, r->start);
    dgi_json_key(j, "end");
    dgi_json_day(j, range_end(r));
    dgi_json_kstr(j, "precision", dgi_str(dgi_precision_name[r->precision]));
    dgi_json_close(j, '}');
}

static void json_place(struct dgi_json *j, const struct dgi_ev_place *p)
{
    static const char *const precision[] = {"city", "admin1", "country", "region"};
    if (!p) {
        dgi_json_null(j);
        return;
    }
    dgi_json_open(j, '{');
    dgi_json_kstrn(j, "name", p->name);
    dgi_json_kstrn(j, "country", dgi_str(p->country));
    dgi_json_kstrn(j, "admin1", p->admin1);
    dgi_json_key(j, "lat");
    dgi_json_num(j, p->lat);
    dgi_json_key(j, "lon");
    dgi_json_num(j, p->lon);
    dgi_json_key(j, "geonames");
    if (p->geonames)
        dgi_json_int(j, p->geonames);
    else
        dgi_json_null(j);
    dgi_json_kstr(j, "precision", dgi_str(precision[p->precision & 3]));
    dgi_json_close(j, '}');
}

static void json_quantity(struct dgi_json *j, const struct dgi_ev_quantity *q)
{
    static const char *const kinds[] = {"troops", "deaths", "injured", "displaced", "detained", "money", "weapons", "other"};
    dgi_json_open(j, '{');
    dgi_json_kstr(j, "kind", dgi_str(kinds[q->kind & 7]));
    dgi_json_key(j, "value");
    dgi_json_num(j, q->value);
    dgi_json_key(j, "low");
    dgi_json_num(j, q->low);
    dgi_json_key(j, "high");
    dgi_json_num(j, q->high);
    dgi_json_kbool(j, "approx", q->approx);
    dgi_json_kstrn(j, "unit", q->unit);
    dgi_json_close(j, '}');
}

struct line {
    const struct dgi_sit_change *c;
    uint32_t order;
};
static int by_date(const void *a, const void *b)
{
    const struct line *x = a, *y = b;
    if (x->c->date != y->c->date)
        return x->c->date < y->c->date ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

uint32_t dgi_item_lines(const struct dgi_sit_item *it, const struct dgi_sit_when *w, const struct dgi_sit_change **out, uint8_t *status, uint32_t max)
{
    struct line *l = malloc((it->n_history ? it->n_history : 1) * sizeof *l);
    uint32_t n = 0;
    if (!l)
        return 0;
    for (uint32_t i = 0; i < it->n_history; i++)
        if (dgi_change_seen(&it->history[i], w))
            l[n] = (struct line){&it->history[i], i}, n++;
    qsort(l, n, sizeof *l, by_date);
    uint8_t cur = it->history[0].status;
    for (uint32_t i = 0; i < n && i < max; i++) {
        cur = l[i].c->status != DGI_IS_NONE ? l[i].c->status : cur;
        out[i] = l[i].c;
        status[i] = cur;
    }
    free(l);
    return n < max ? n : max;
}

void dgi_item_json(struct dgi_json *j, const struct dgi_sit_item *it, const struct dgi_sit_when *w, const struct dgi_item_state *st)
{
    dgi_json_open(j, '{');
    dgi_json_kstr(j, "id", it->id);
    dgi_json_kstr(j, "kind", dgi_str(dgi_item_kind_name[it->kind]));
    dgi_json_kstr(j, "status", dgi_str(dgi_item_status_name[st->status]));
    dgi_json_kbool(j, "due", st->due);
    dgi_json_key(j, "since");
    dgi_json_day(j, st->since);
    dgi_json_key(j, "opened");
    dgi_json_day(j, st->opened);
    dgi_json_key(j, "parties");
    dgi_json_open(j, '[');
    for (uint32_t i = 0; i < it->n_parties; i++) {
        const struct dgi_ev_actor *a = &it->parties[i].actor;
        dgi_json_open(j, '{');
        dgi_json_kstr(j, "role", dgi_str(dgi_role_name[it->parties[i].role]));
        dgi_json_kstrn(j, "actor", a->id);
        dgi_json_kstrn(j, "name", a->name);
        dgi_json_kstrn(j, "country", dgi_str(a->country));
        if (it->parties[i].inferred)
            dgi_json_kbool(j, "inferred", true);
        dgi_json_close(j, '}');
    }
    dgi_json_close(j, ']');
    dgi_json_kstrn(j, "content", it->content);
    dgi_json_kstrn(j, "condition", it->condition);
    dgi_json_key(j, "deadline");
    if (st->deadline.start != DGI_NO_DAY)
        dgi_json_day(j, range_end(&st->deadline));
    else
        dgi_json_null(j);
    dgi_json_key(j, "date");
    json_range(j, &st->when);
    dgi_json_key(j, "place");
    json_place(j, st->place);

    const struct dgi_sit_change **lines = malloc((it->n_history ? it->n_history : 1) * sizeof *lines);
    uint8_t *status = malloc(it->n_history ? it->n_history : 1);
    uint32_t n = lines && status ? dgi_item_lines(it, w, lines, status, MOST_LINES) : 0;
    dgi_json_key(j, "quantities");
    dgi_json_open(j, '[');
    double done[16]; /* each number once, the latest first: the rest is its history */
    uint32_t n_done = 0;
    for (uint32_t i = n; i-- > 0;)
        for (uint32_t k = 0; k < lines[i]->n_quantities && n_done < 16; k++) {
            const struct dgi_ev_quantity *q = &lines[i]->quantities[k];
            bool again = false;
            for (uint32_t d = 0; d < n_done && !again; d++)
                again = done[d] == q->value;
            if (again)
                continue;
            done[n_done++] = q->value;
            json_quantity(j, q);
        }
    dgi_json_close(j, ']');
    dgi_json_kint(j, "sources", st->sources);
    dgi_json_key(j, "history");
    dgi_json_open(j, '[');
    for (uint32_t i = 0; i < n; i++) {
        const struct dgi_sit_change *c = lines[i];
        dgi_json_open(j, '{');
        dgi_json_key(j, "date");
        dgi_json_day(j, c->date);
        dgi_json_kstr(j, "status", dgi_str(dgi_item_status_name[status[i]]));
        dgi_json_kstr(j, "change", c == &it->history[0] ? DGI_S("opened") : c->status != DGI_IS_NONE || c->due ? DGI_S("updated") : DGI_S("reported"));
        if (c->due)
            dgi_json_kbool(j, "due", true);
        dgi_json_kstr(j, "event", c->event);
        dgi_json_kstr(j, "document", c->document);
        dgi_json_key(j, "reported");
        dgi_json_day(j, c->reported);
        dgi_json_key(j, "claimed_by");
        dgi_json_open(j, '[');
        for (uint32_t k = 0; k < c->n_claimed_by; k++)
            dgi_json_str(j, c->claimed_by[k].id.len ? c->claimed_by[k].id : c->claimed_by[k].name);
        dgi_json_close(j, ']');
        dgi_json_key(j, "quantities");
        dgi_json_open(j, '[');
        for (uint32_t k = 0; k < c->n_quantities; k++)
            json_quantity(j, &c->quantities[k]);
        dgi_json_close(j, ']');
        dgi_json_kstr(j, "rule", c->rule);
        dgi_json_key(j, "evidence");
        dgi_json_open(j, '{');
        dgi_json_kint(j, "start", c->ev_start);
        dgi_json_kint(j, "end", c->ev_end);
        dgi_json_kstr(j, "text", c->ev_text);
        dgi_json_key(j, "trigger");
        dgi_json_open(j, '[');
        dgi_json_int(j, c->trig_start);
        dgi_json_int(j, c->trig_end);
        dgi_json_close(j, ']');
        dgi_json_close(j, '}');
        dgi_json_close(j, '}');
    }
    if (st->lapsed_by_clock) {
        dgi_json_open(j, '{');
        dgi_json_key(j, "date");
        dgi_json_day(j, st->since);
        dgi_json_kstr(j, "status", DGI_S("lapsed"));
        dgi_json_kstr(j, "change", DGI_S("silence"));
        dgi_json_key(j, "event");
        dgi_json_null(j);
        dgi_json_key(j, "document");
        dgi_json_null(j);
        dgi_json_key(j, "reported");
        dgi_json_null(j);
        dgi_json_key(j, "claimed_by");
        dgi_json_open(j, '[');
        dgi_json_close(j, ']');
        dgi_json_key(j, "evidence");
        dgi_json_null(j);
        dgi_json_close(j, '}');
    }
    dgi_json_close(j, ']');
    dgi_json_close(j, '}');
    free(lines);
    free(status);
}

void dgi_board_json(struct dgi_buf *out, const dgi_board *b, const struct dgi_sit_filter *f)
{
    struct dgi_json j;
    dgi_json_init(&j, out);
    dgi_json_open(&j, '{');
    dgi_json_kstr(&j, "schema", DGI_S("dragoman/1"));
    dgi_json_key(&j, "as_of");
    dgi_json_day(&j, f->when.as_of);
    dgi_json_key(&j, "known_on");
    dgi_json_day(&j, f->when.known_on);
    dgi_json_key(&j, "items");
    dgi_json_open(&j, '[');
    for (uint8_t kind = 0; kind < DGI_N_ITEM_KIND; kind++)
        for (uint32_t i = 0; i < dgi_board_n(b); i++) {
            const struct dgi_sit_item *it = dgi_board_item(b, i);
            struct dgi_item_state st;
            if (it->kind == kind && dgi_item_wanted(it, f, &st))
                dgi_item_json(&j, it, &f->when, &st);
        }
    dgi_json_close(&j, ']');
    dgi_json_close(&j, '}');
}

static void json_actors(struct dgi_json *j, const char *key, const struct dgi_ev_actor *a, uint32_t n)
{
    dgi_json_key(j, key);
    dgi_json_open(j, '[');
    for (uint32_t i = 0; i < n; i++)
        dgi_json_str(j, a[i].id.len ? a[i].id : a[i].name);
    dgi_json_close(j, ']');
}

void dgi_what_if_json(struct dgi_buf *out, const struct dgi_ev_doc *doc, const struct dgi_sit_effects *e, const struct dgi_sit_when *w)
{
    struct dgi_json j;
    dgi_json_init(&j, out);
    dgi_json_open(&j, '{');
    dgi_json_kstr(&j, "schema", DGI_S("dragoman/1"));
    dgi_json_key(&j, "as_of");
    dgi_json_day(&j, w->as_of);
    dgi_json_key(&j, "what_if");
    dgi_json_open(&j, '[');
    for (uint32_t i = 0; i < e->n; i++) {
        const struct dgi_event *ev = &doc->events[e->list[i].event];
        struct dgi_item_state st;
        if (!dgi_item_at(e->list[i].item, w, &st))
            continue;
        dgi_json_open(&j, '{');
        dgi_json_kstr(&j, "effect", dgi_str(dgi_effect_name[e->list[i].effect]));
        dgi_json_key(&j, "event");
        dgi_json_open(&j, '{');
        json_actors(&j, "source", ev->source, ev->n_source);
        json_actors(&j, "target", ev->target, ev->n_target);
        dgi_json_kstr(&j, "cameo", dgi_str(ev->cameo));
        dgi_json_kstr(&j, "text", ev->trigger);
        dgi_json_close(&j, '}');
        dgi_json_key(&j, "item");
        dgi_item_json(&j, e->list[i].item, w, &st);
        dgi_json_close(&j, '}');
    }
    dgi_json_close(&j, ']');
    dgi_json_close(&j, '}');
}
