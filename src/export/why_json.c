/* SPDX-License-Identifier: Apache-2.0 */
/* export/why_json.c: why each report moved an item, and what else it might have been about.
 *
 * Reads   an item with its history, the rules, what the ledger tells of its comparisons
 * Writes  one JSON array: an object for each event of the history */
#include <stdlib.h>

#include "export/board_json.h"

enum { MOST_OTHERS = 8, MOST_EVENTS = 512 };

struct other {
    dg_str event, id, content;
    uint8_t kind, status;
    double score;
    bool answer;
};
struct why {
    const struct dgi_sit_item *it;
    dgi_arena *a;
    struct other *list;
    uint32_t n, cap;
    bool failed;
};

static bool of_history(const struct why *w, dg_str event)
{
    for (uint32_t i = 0; i < w->it->n_history; i++)
        if (dgi_str_eq(w->it->history[i].event, event))
            return true;
    return false;
}

static void keep(void *user, const struct dgi_considered *c)
{
    struct why *w = user;
    if (dgi_str_eq(c->item->id, w->it->id) || !c->item->id.len || !of_history(w, c->event))
        return;
    for (uint32_t i = 0; i < w->n; i++)
        if (dgi_str_eq(w->list[i].id, c->item->id) && dgi_str_eq(w->list[i].event, c->event)) {
            w->list[i].score = c->score > w->list[i].score ? c->score : w->list[i].score;
            return;
        }
    struct other *o = DGI_PUSH(w->a, w->list, w->n, w->cap);
    if (o)
        *o = (struct other){dgi_arena_str(w->a, c->event),
                            dgi_arena_str(w->a, c->item->id),
                            dgi_arena_str(w->a, c->item->content),
                            c->item->kind,
                            c->status,
                            c->score,
                            c->answer};
    w->failed |= !o || !o->event.ptr || !o->id.ptr || !o->content.ptr;
}

static int by_score(const void *a, const void *b)
{
    const struct other *x = a, *y = b;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    return dgi_str_cmp(x->id, y->id);
}

static void write_others(struct dgi_json *j, const struct why *w, dg_str event)
{
    dgi_json_key(j, "considered");
    dgi_json_open(j, '[');
    for (uint32_t i = 0, n = 0; i < w->n && n < MOST_OTHERS; i++) {
        const struct other *o = &w->list[i];
        if (!dgi_str_eq(o->event, event))
            continue;
        n++;
        dgi_json_open(j, '{');
        dgi_json_kstr(j, "item", o->id);
        dgi_json_kstr(j, "kind", dgi_str(dgi_item_kind_name[o->kind]));
        dgi_json_kstr(j, "status", dgi_str(dgi_item_status_name[o->status]));
        dgi_json_kstrn(j, "content", o->content);
        dgi_json_kstr(j, "as", o->answer ? DGI_S("answer") : DGI_S("same"));
        dgi_json_key(j, "fit");
        dgi_json_num(j, o->score > 0 ? o->score : 0);
        dgi_json_close(j, '}');
    }
    dgi_json_close(j, ']');
}

static void write_why(struct dgi_json *j, const struct why *w, const dgi_sit_rules *rules,
                      const struct dgi_sit_change *c)
{
    struct dgi_sit_rule_view u;
    dgi_json_open(j, '{');
    dgi_json_kstr(j, "event", c->event);
    dgi_json_kstr(j, "document", c->document);
    dgi_json_kstr(j, "rule", c->rule);
    if (dgi_sit_rule_view(rules, c->rule, &u)) {
        dgi_json_kstr(j, "does", dgi_str(u.does));
        dgi_json_kstr(j, "to", dgi_str(u.to));
        dgi_json_kstr(j, "codes", u.codes);
    }
    write_others(j, w, c->event);
    dgi_json_close(j, '}');
}

dg_status dgi_why_json(struct dgi_json *j, dgi_store *s, const dgi_sit_rules *rules, const struct dgi_sit_item *it,
                       dgi_arena *a, dg_error *err)
{
    struct why w = {.it = it, .a = a};
    dg_status st = dgi_store_considered(s, it->key, keep, &w, err);
    if (st == DG_OK && w.failed)
        st = dgi_fail(err, DG_E_NOMEM, "no memory for an item");
    if (st != DG_OK)
        return st;
    if (w.n)
        qsort(w.list, w.n, sizeof *w.list, by_score);
    dgi_json_open(j, '[');
    for (uint32_t i = 0; i < it->n_history && i < MOST_EVENTS; i++)
        write_why(j, &w, rules, &it->history[i]);
    dgi_json_close(j, ']');
    return DG_OK;
}
