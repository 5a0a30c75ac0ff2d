/* SPDX-License-Identifier: Apache-2.0 */
/* api/items.c: items of a document or of a store as handles.
 *
 * Reads   dgi_board, the state of each item on a day
 * Writes  dg_board: what the question wants, worked out once, so that getters only look */
#include <assert.h>
#include <stdlib.h>

#include "api/api.h"
#include "export/board_json.h"

enum { MOST_NUMBERS = 16 };

struct dg_line {
    const struct dgi_sit_change *c; /* NULL: silence */
    int32_t date;
    uint8_t status;
    bool first;
};
struct dg_item {
    const struct dgi_sit_item *it;
    struct dgi_item_state st;
    const struct dgi_ev_quantity **quantities;
    uint32_t n_quantities;
    struct dg_line *lines;
    uint32_t n_lines;
};
struct dg_board {
    dgi_arena *a;
    int32_t as_of;
    struct dg_item *items;
    uint32_t n, cap;
};

static bool add_item(dg_board *b, const struct dgi_sit_item *it, const struct dgi_item_state *st,
                     const struct dgi_sit_when *w)
{
    struct dg_item *x = DGI_PUSH(b->a, b->items, b->n, b->cap);
    const struct dgi_sit_change **c = dgi_arena_array(b->a, (size_t)it->n_history + 1, sizeof *c);
    uint8_t *status = dgi_arena_array(b->a, (size_t)it->n_history + 1, 1);
    if (!x || !c || !status)
        return false;
    uint32_t n = dgi_item_lines(it, w, c, status, it->n_history);
    *x = (struct dg_item){.it = it,
                          .st = *st,
                          .lines = dgi_arena_array(b->a, (size_t)n + 1, sizeof *x->lines),
                          .quantities = dgi_arena_array(b->a, MOST_NUMBERS, sizeof *x->quantities)};
    if (!x->lines || !x->quantities || (st->n_seen && !n))
        return false;
    for (uint32_t i = 0; i < n; i++)
        x->lines[i] = (struct dg_line){c[i], c[i]->date, status[i], c[i] == &it->history[0]};
    x->n_lines = n;
    if (st->lapsed_by_clock)
        x->lines[x->n_lines++] = (struct dg_line){NULL, st->since, st->status, false};
    x->n_quantities = dgi_lines_quantities(c, n, x->quantities, MOST_NUMBERS);
    return true;
}

static dg_status fill(dg_board *b, const dgi_board *from, const struct dgi_sit_filter *f, dg_error *err)
{
    b->as_of = f->when.as_of;
    for (uint8_t kind = 0; kind < DGI_N_ITEM_KIND; kind++)
        for (uint32_t i = 0; from && i < dgi_board_n(from); i++) {
            const struct dgi_sit_item *it = dgi_board_item(from, i);
            struct dgi_item_state st;
            if (it->kind == kind && dgi_item_wanted(it, f, &st) && !add_item(b, it, &st, &f->when))
                return dgi_fail(err, DG_E_NOMEM, "no memory for the items");
        }
    return DG_OK;
}

static dg_board *board_new(void)
{
    dg_board *b = calloc(1, sizeof *b);
    if (b && !(b->a = dgi_arena_new((size_t)8 << 30))) {
        free(b);
        return NULL;
    }
    return b;
}

dg_status dgi_board_view(dg_board **out, const dgi_board *from, const struct dgi_sit_filter *f, dg_error *err)
{
    dg_board *b = board_new();
    dg_status st = b ? fill(b, from, f, err) : dgi_fail(err, DG_E_NOMEM, "no memory for the items");
    *out = NULL;
    if (st == DG_OK)
        *out = b;
    else
        dg_board_free(b);
    return st;
}

dg_status dgi_board_of_store(dg_board **out, dgi_store *s, const struct dgi_sit_filter *f, dg_error *err)
{
    struct dgi_sit_filter mine = *f;
    struct dgi_store_item *list;
    uint32_t n = 0;
    uint64_t seen = 0;
    dg_board *b = board_new();
    *out = NULL;
    dg_status st = b ? dgi_store_day(s, &mine.when, err) : dgi_fail(err, DG_E_NOMEM, "no memory for the items");
    if (st == DG_OK && (st = dgi_store_items(s, &mine, b->a, &list, &n, err)) == DG_OK)
        b->as_of = mine.when.as_of;
    for (uint8_t kind = 0; st == DG_OK && kind < DGI_N_ITEM_KIND; kind++)
        for (uint32_t i = 0; st == DG_OK && i < n; i++)
            if (list[i].it->kind == kind && dgi_sit_page(&mine, &seen) > 0 &&
                !add_item(b, list[i].it, &list[i].state, &mine.when))
                st = dgi_fail(err, DG_E_NOMEM, "no memory for the items");
    if (st == DG_OK)
        *out = b;
    else
        dg_board_free(b);
    return st;
}

dg_status dg_doc_board(dg_board **out, const dg_doc *doc, dg_error *err)
{
    struct dgi_sit_filter f = {.when = {.as_of = doc->ev.reported, .known_on = DGI_NO_DAY}};
    return dgi_board_view(out, doc->board, &f, err);
}

void dg_board_free(dg_board *b)
{
    if (!b)
        return;
    dgi_arena_free(b->a);
    free(b);
}

int32_t dg_board_as_of(const dg_board *b)
{
    return b->as_of;
}
uint32_t dg_board_n_items(const dg_board *b)
{
    return b->n;
}
const dg_item *dg_board_item(const dg_board *b, uint32_t i)
{
    assert(i < b->n);
    return &b->items[i];
}

dg_str dg_item_id(const dg_item *x)
{
    return x->it->id;
}
dg_str dg_item_kind(const dg_item *x)
{
    return dgi_str(dgi_item_kind_name[x->it->kind]);
}
dg_str dg_item_status(const dg_item *x)
{
    return dgi_str(dgi_item_status_name[x->st.status]);
}
bool dg_item_due(const dg_item *x)
{
    return x->st.due;
}
bool dg_item_stale(const dg_item *x)
{
    return x->st.stale;
}
bool dg_item_closed(const dg_item *x)
{
    return dgi_item_closed(x->it, x->st.status);
}
int32_t dg_item_since(const dg_item *x)
{
    return x->st.since;
}
int32_t dg_item_opened(const dg_item *x)
{
    return x->st.opened;
}
uint32_t dg_item_n_parties(const dg_item *x)
{
    return x->it->n_parties;
}
static const struct dgi_sit_party_ref *party(const dg_item *x, uint32_t i)
{
    assert(i < x->it->n_parties);
    return &x->it->parties[i];
}
const dg_actor *dg_item_party(const dg_item *x, uint32_t i)
{
    return (const dg_actor *)&party(x, i)->actor;
}
dg_str dg_item_party_role(const dg_item *x, uint32_t i)
{
    return dgi_str(dgi_role_name[party(x, i)->role]);
}
bool dg_item_party_inferred(const dg_item *x, uint32_t i)
{
    return party(x, i)->inferred;
}
dg_str dg_item_content(const dg_item *x)
{
    return x->it->content;
}
dg_str dg_item_condition(const dg_item *x)
{
    return x->it->condition;
}
int32_t dg_item_deadline(const dg_item *x)
{
    return x->st.deadline.end == DGI_NO_DAY ? x->st.deadline.start : x->st.deadline.end;
}
int32_t dg_item_date_start(const dg_item *x)
{
    return x->st.when.start;
}
int32_t dg_item_date_end(const dg_item *x)
{
    return x->st.when.end == DGI_NO_DAY ? x->st.when.start : x->st.when.end;
}
dg_str dg_item_date_precision(const dg_item *x)
{
    return dgi_str(dgi_precision_name[x->st.when.start == DGI_NO_DAY ? DGI_P_UNKNOWN : x->st.when.precision]);
}
const dg_place *dg_item_place(const dg_item *x)
{
    return (const dg_place *)x->st.place;
}
uint32_t dg_item_n_quantities(const dg_item *x)
{
    return x->n_quantities;
}
const dg_quantity *dg_item_quantity(const dg_item *x, uint32_t i)
{
    assert(i < x->n_quantities);
    return (const dg_quantity *)x->quantities[i];
}
uint32_t dg_item_sources(const dg_item *x)
{
    return x->st.sources;
}
uint32_t dg_item_n_lines(const dg_item *x)
{
    return x->n_lines;
}
const dg_line *dg_item_line(const dg_item *x, uint32_t i)
{
    assert(i < x->n_lines);
    return &x->lines[i];
}

static const dg_str nothing = {"", 0};
int32_t dg_line_date(const dg_line *l)
{
    return l->date;
}
int32_t dg_line_reported(const dg_line *l)
{
    return l->c ? l->c->reported : DGI_NO_DAY;
}
dg_str dg_line_status(const dg_line *l)
{
    return dgi_str(dgi_item_status_name[l->status]);
}
dg_str dg_line_change(const dg_line *l)
{
    return l->c ? dgi_line_change(l->c, l->first) : DGI_S("silence");
}
bool dg_line_due(const dg_line *l)
{
    return l->c && l->c->due;
}
dg_str dg_line_event(const dg_line *l)
{
    return l->c ? l->c->event : nothing;
}
dg_str dg_line_document(const dg_line *l)
{
    return l->c ? l->c->document : nothing;
}
dg_str dg_line_rule(const dg_line *l)
{
    return l->c ? l->c->rule : nothing;
}
uint32_t dg_line_n_claimed_by(const dg_line *l)
{
    return l->c ? l->c->n_claimed_by : 0;
}
const dg_actor *dg_line_claimed_by(const dg_line *l, uint32_t i)
{
    assert(i < dg_line_n_claimed_by(l));
    return (const dg_actor *)&l->c->claimed_by[i];
}
uint32_t dg_line_n_quantities(const dg_line *l)
{
    return l->c ? l->c->n_quantities : 0;
}
const dg_quantity *dg_line_quantity(const dg_line *l, uint32_t i)
{
    assert(i < dg_line_n_quantities(l));
    return (const dg_quantity *)&l->c->quantities[i];
}
dg_span dg_line_evidence(const dg_line *l)
{
    return l->c ? (dg_span){l->c->ev_start, l->c->ev_end} : (dg_span){0, 0};
}
dg_str dg_line_evidence_text(const dg_line *l)
{
    return l->c ? l->c->ev_text : nothing;
}
dg_span dg_line_trigger(const dg_line *l)
{
    return l->c ? (dg_span){l->c->trig_start, l->c->trig_end} : (dg_span){0, 0};
}
