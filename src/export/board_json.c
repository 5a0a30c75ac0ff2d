/* SPDX-License-Identifier: Apache-2.0 */
/* export/board_json.c: items, boards, what-if and timelines as JSON.
 *
 * Reads   struct dgi_sit_item and its state, dgi_board, the timeline of a store
 * Writes  JSON of SPEC.md section 4 */
#include <stdlib.h>

#include "export/board_json.h"
#include "export/event_json.h"
#include "export/record.h"

enum { MOST_LINES = 4096, MOST_NUMBERS = 16 };

struct lines { /* the history that counts, in order of date */
    const struct dgi_sit_change **c;
    uint8_t *status;
    uint32_t n;
};

static void write_parties(struct dgi_json *j, const struct dgi_sit_item *it)
{
    dgi_json_key(j, "parties");
    dgi_json_open(j, '[');
    for (uint32_t i = 0; i < it->n_parties; i++) {
        dgi_json_open(j, '{');
        dgi_json_kstr(j, "role", dgi_str(dgi_role_name[it->parties[i].role]));
        dgi_json_members(j, &dgi_view_actor, &it->parties[i].actor);
        if (it->parties[i].inferred)
            dgi_json_kbool(j, "inferred", true);
        dgi_json_close(j, '}');
    }
    dgi_json_close(j, ']');
}

uint32_t dgi_lines_quantities(const struct dgi_sit_change *const *lines, uint32_t n, const struct dgi_ev_quantity **out,
                              uint32_t max)
{
    uint32_t found = 0;
    for (uint32_t i = n; i-- > 0;)
        for (uint32_t k = 0; k < lines[i]->n_quantities && found < max; k++) {
            const struct dgi_ev_quantity *q = &lines[i]->quantities[k];
            bool again = false;
            for (uint32_t d = 0; d < found && !again; d++)
                again = out[d]->value == q->value;
            if (!again)
                out[found++] = q;
        }
    return found;
}

static void write_quantities(struct dgi_json *j, const struct lines *l)
{
    const struct dgi_ev_quantity *q[MOST_NUMBERS];
    uint32_t n = dgi_lines_quantities(l->c, l->n, q, MOST_NUMBERS);
    dgi_json_key(j, "quantities");
    dgi_json_open(j, '[');
    for (uint32_t i = 0; i < n; i++)
        dgi_json_object(j, &dgi_view_quantity, q[i]);
    dgi_json_close(j, ']');
}

dg_str dgi_line_change(const struct dgi_sit_change *c, bool first)
{
    return first ? DGI_S("opened") : c->status != DGI_IS_NONE || c->due ? DGI_S("updated") : DGI_S("reported");
}

static void write_line(struct dgi_json *j, const struct dgi_sit_change *c, uint8_t status, bool first)
{
    dgi_json_open(j, '{');
    dgi_json_key(j, "date");
    dgi_json_day(j, c->date);
    dgi_json_kstr(j, "status", dgi_str(dgi_item_status_name[status]));
    dgi_json_kstr(j, "change", dgi_line_change(c, first));
    if (c->due)
        dgi_json_kbool(j, "due", true);
    dgi_json_kstr(j, "event", c->event);
    dgi_json_kstr(j, "document", c->document);
    dgi_json_key(j, "reported");
    dgi_json_day(j, c->reported);
    dgi_json_who(j, "claimed_by", c->claimed_by, c->n_claimed_by);
    dgi_json_key(j, "quantities");
    dgi_json_open(j, '[');
    for (uint32_t k = 0; k < c->n_quantities; k++)
        dgi_json_object(j, &dgi_view_quantity, &c->quantities[k]);
    dgi_json_close(j, ']');
    dgi_json_kstr(j, "rule", c->rule);
    dgi_json_evidence(j, c->ev_start, c->ev_end, c->ev_text, c->trig_start, c->trig_end);
    dgi_json_close(j, '}');
}

static void write_silence(struct dgi_json *j, int32_t since)
{
    dgi_json_open(j, '{');
    dgi_json_key(j, "date");
    dgi_json_day(j, since);
    dgi_json_kstr(j, "status", dgi_str(dgi_item_status_name[DGI_IS_LAPSED]));
    dgi_json_kstr(j, "change", DGI_S("silence"));
    dgi_json_key(j, "event");
    dgi_json_null(j);
    dgi_json_key(j, "document");
    dgi_json_null(j);
    dgi_json_key(j, "reported");
    dgi_json_null(j);
    dgi_json_who(j, "claimed_by", NULL, 0);
    dgi_json_key(j, "evidence");
    dgi_json_null(j);
    dgi_json_close(j, '}');
}

static void write_item(struct dgi_json *j, const struct dgi_sit_item *it, const struct dgi_item_state *st,
                       const struct lines *l)
{
    dgi_json_open(j, '{');
    dgi_json_kstr(j, "id", it->id);
    dgi_json_kstr(j, "kind", dgi_str(dgi_item_kind_name[it->kind]));
    dgi_json_kstr(j, "status", dgi_str(dgi_item_status_name[st->status]));
    dgi_json_kbool(j, "due", st->due);
    dgi_json_kbool(j, "stale", st->stale);
    dgi_json_key(j, "since");
    dgi_json_day(j, st->since);
    dgi_json_key(j, "opened");
    dgi_json_day(j, st->opened);
    write_parties(j, it);
    dgi_json_kstrn(j, "content", it->content);
    dgi_json_kstrn(j, "condition", it->condition);
    dgi_json_key(j, "deadline"); /* its last day */
    dgi_json_day(j, st->deadline.start == DGI_NO_DAY || st->deadline.end == DGI_NO_DAY ? st->deadline.start
                                                                                       : st->deadline.end);
    dgi_json_key(j, "date");
    dgi_json_range(j, &st->when);
    dgi_json_key(j, "place");
    dgi_json_object(j, &dgi_view_place, st->place);
    write_quantities(j, l);
    dgi_json_kint(j, "sources", st->sources);
    dgi_json_key(j, "history");
    dgi_json_open(j, '[');
    for (uint32_t i = 0; i < l->n; i++)
        write_line(j, l->c[i], l->status[i], l->c[i] == &it->history[0]);
    if (st->lapsed_by_clock)
        write_silence(j, st->since);
    dgi_json_close(j, ']');
    dgi_json_close(j, '}');
}

void dgi_item_json(struct dgi_json *j, const struct dgi_sit_item *it, const struct dgi_sit_when *w,
                   const struct dgi_item_state *st)
{
    uint32_t most = it->n_history < MOST_LINES ? it->n_history : MOST_LINES;
    struct lines l = {.c = malloc((most ? most : 1) * sizeof *l.c), .status = malloc(most ? most : 1)};
    l.n = l.c && l.status ? dgi_item_lines(it, w, l.c, l.status, most) : 0;
    if (st->n_seen && !l.n)
        j->out->failed = true; /* an item without its history is no item */
    else
        write_item(j, it, st, &l);
    free(l.c);
    free(l.status);
}

static void board_begin(struct dgi_json *j, struct dgi_buf *out, const struct dgi_sit_when *w)
{
    dgi_json_init(j, out);
    dgi_json_open(j, '{');
    dgi_json_kstr(j, "schema", DGI_S(DGI_SCHEMA));
    dgi_json_key(j, "as_of");
    dgi_json_day(j, w->as_of);
    dgi_json_key(j, "known_on");
    dgi_json_day(j, w->known_on);
    dgi_json_key(j, "items");
    dgi_json_open(j, '[');
}

static void board_end(struct dgi_json *j)
{
    dgi_json_close(j, ']');
    dgi_json_close(j, '}');
}

void dgi_board_json(struct dgi_buf *out, const dgi_board *b, const struct dgi_sit_filter *f)
{
    struct dgi_json j;
    board_begin(&j, out, &f->when);
    for (uint8_t kind = 0; kind < DGI_N_ITEM_KIND; kind++)
        for (uint32_t i = 0; i < dgi_board_n(b); i++) {
            const struct dgi_sit_item *it = dgi_board_item(b, i);
            struct dgi_item_state st;
            if (it->kind == kind && dgi_item_wanted(it, f, &st))
                dgi_item_json(&j, it, &f->when, &st);
        }
    board_end(&j);
}

struct situation {
    struct dgi_json j;
    struct dgi_sit_filter f;
    struct dgi_verdicts said;
    uint64_t seen;
};

static bool situation_item(void *user, const struct dgi_sit_item *it, const struct dgi_item_state *state)
{
    struct situation *x = user;
    int page = dgi_sit_page(&x->f, &x->seen);
    if (page <= 0)
        return page < 0;
    dgi_item_json(&x->j, it, &x->f.when, state);
    dgi_judged_item(x->j.out, &x->said, it);
    return !x->j.out->failed;
}

dg_status dgi_situation_json(struct dgi_buf *out, dgi_store *s, const struct dgi_sit_filter *f, dg_error *err)
{
    struct situation x = {.f = *f};
    dgi_arena *a = dgi_arena_new(0);
    dg_status st = a ? dgi_store_day(s, &x.f.when, err) : dgi_fail(err, DG_E_NOMEM, "no memory for the situation");
    if (st == DG_OK)
        st = dgi_store_verdicts(s, a, &x.said.list, &x.said.n, err);
    if (st == DG_OK) {
        board_begin(&x.j, out, &x.f.when);
        st = dgi_store_each_item(s, &x.f, situation_item, &x, err);
        board_end(&x.j);
    }
    dgi_arena_free(a);
    return st == DG_OK && out->failed ? dgi_fail(err, DG_E_NOMEM, "no memory for the situation") : st;
}

void dgi_what_if_json(struct dgi_buf *out, const struct dgi_ev_doc *doc, const struct dgi_sit_effects *e,
                      const struct dgi_sit_when *w)
{
    struct dgi_json j;
    dgi_json_init(&j, out);
    dgi_json_open(&j, '{');
    dgi_json_kstr(&j, "schema", DGI_S(DGI_SCHEMA));
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
        dgi_json_who(&j, "source", ev->source, ev->n_source);
        dgi_json_who(&j, "target", ev->target, ev->n_target);
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

struct timeline {
    struct dgi_json j;
    struct dgi_verdicts said;
};

static bool timeline_line(void *user, const struct dgi_store_source *src, int32_t day, const struct dgi_event *ev)
{
    struct timeline *t = user;
    dgi_json_timeline_event(&t->j, ev, day, src->id, src->published);
    dgi_judged_event(t->j.out, &t->said, ev->id);
    return !t->j.out->failed;
}

dg_status dgi_timeline_json(dgi_store *s, const struct dgi_timeline_filter *f, struct dgi_buf *out, dg_error *err)
{
    struct timeline t = {.said = {NULL, 0}};
    dgi_arena *a = dgi_arena_new(0);
    dg_status st = a ? dgi_store_verdicts(s, a, &t.said.list, &t.said.n, err)
                     : dgi_fail(err, DG_E_NOMEM, "no memory for the timeline");
    dgi_json_init(&t.j, out);
    dgi_json_open(&t.j, '{');
    dgi_json_kstr(&t.j, "schema", DGI_S(DGI_SCHEMA));
    dgi_json_key(&t.j, "events");
    dgi_json_open(&t.j, '[');
    if (st == DG_OK)
        st = dgi_store_timeline(s, f, timeline_line, &t, err);
    dgi_json_close(&t.j, ']');
    dgi_json_close(&t.j, '}');
    dgi_arena_free(a);
    if (st == DG_OK && out->failed)
        st = dgi_fail(err, DG_E_NOMEM, "no memory for the timeline");
    return st;
}
