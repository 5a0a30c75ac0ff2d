/* SPDX-License-Identifier: Apache-2.0 */
/* store/judge.c: what readers say of items and events: accepted, struck, merged, split, of another status; and taken back.
 *
 * Reads   items, events, the verdicts there are
 * Writes  one verdict
 *
 * A verdict is a claim: the board stays what the documents make it, and shows what was said beside it. So it is held by the place
 * where its matter began (document, sentence, kind), which stays when texts are coded again. */
#include <stdio.h>

#include "store/store_int.h"

const char *const dgi_says_name[DGI_N_SAYS] = {"accept", "strike", "merge", "split", "status", "undo"};

struct gathered {
    dgi_arena *a;
    struct dgi_verdict *list;
    uint32_t n, cap;
    bool failed;
};

static bool gather(void *user, const struct dgi_verdict *v)
{
    struct gathered *g = user;
    struct dgi_verdict *x = DGI_PUSH(g->a, g->list, g->n, g->cap);
    if (x) {
        *x = *v;
        dg_str *const strings[] = {&x->target, &x->kind, &x->document, &x->value, &x->by, &x->reason};
        for (size_t i = 0; i < sizeof strings / sizeof *strings; i++) {
            *strings[i] = strings[i]->len ? dgi_arena_str(g->a, *strings[i]) : (dg_str){"", 0};
            g->failed |= !strings[i]->ptr;
        }
    }
    g->failed |= !x;
    return !g->failed;
}

static int64_t number_of(dg_str s)
{
    enum { MOST_DIGITS = 15 };
    int64_t n = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] < '0' || s.ptr[i] > '9' || s.len > MOST_DIGITS)
            return 0;
        n = n * 10 + (s.ptr[i] - '0');
    }
    return n;
}

static dg_status read_all(dgi_store *s, dgi_arena *a, struct dgi_verdict **list, uint32_t *n, dg_error *err)
{
    struct gathered g = {.a = a};
    *list = NULL;
    *n = 0;
    if (!OPS(s)->each_verdict)
        return DG_OK;
    dg_status st = OPS(s)->each_verdict(s->b, gather, &g, err);
    if (st == DG_OK && g.failed)
        st = dgi_fail(err, DG_E_NOMEM, "no memory for what readers said");
    if (st != DG_OK)
        return st;
    for (uint32_t i = 0; i < g.n; i++)
        for (uint32_t k = 0; g.list[i].says == DGI_SAYS_UNDO && k < g.n; k++)
            g.list[k].undone |= g.list[k].no == number_of(g.list[i].value);
    *list = g.list;
    *n = g.n;
    return DG_OK;
}

dg_status dgi_store_verdicts(dgi_store *s, dgi_arena *a, struct dgi_verdict **list, uint32_t *n, dg_error *err)
{
    dg_status st = OPS(s)->begin(s->b, false, err);
    if (st == DG_OK)
        st = read_all(s, a, list, n, err);
    OPS(s)->rollback(s->b);
    return st;
}

bool dgi_verdict_about(const struct dgi_verdict *v, const struct dgi_sit_item *it)
{
    if (dgi_str_eq(v->target, it->id))
        return true;
    const struct dgi_sit_change *c = it->n_history ? &it->history[0] : NULL;
    return c && dgi_str_is(v->kind, dgi_item_kind_name[it->kind]) && dgi_str_eq(v->document, c->document) &&
           c->ev_start < v->end && v->start < c->ev_end;
}

/* ---- what is judged ---- */
struct wanted_event {
    dgi_arena *a;
    struct dgi_verdict *v;
    bool found, failed;
};

static bool find_event(void *user, const struct dgi_store_source *src, int32_t day, const struct dgi_event *ev)
{
    struct wanted_event *w = user;
    (void)day;
    if (!dgi_str_eq(ev->id, w->v->target))
        return true;
    w->found = true;
    w->v->kind = dgi_str("event");
    w->v->document = dgi_arena_str(w->a, src->id);
    w->v->start = ev->trig_start;
    w->v->end = ev->trig_end;
    w->failed = !w->v->document.ptr;
    return false;
}

static dg_status no_such(dgi_store *s, const struct dgi_verdict *v, dg_error *err)
{
    return dgi_fail(err, DG_E_ARG, "%s: no item or event '%.*s'; 'situation --evidence' shows the ids of items",
                    s->path, (int)(v->target.len < 60 ? v->target.len : 60), v->target.ptr);
}

static dg_status judge_event(dgi_store *s, struct dgi_verdict *v, dgi_arena *a, dg_error *err)
{
    struct wanted_event w = {a, v, false, false};
    struct dgi_timeline_filter f = DGI_TIMELINE_INIT;
    dg_status st = dgi_store_timeline(s, &f, find_event, &w, err);
    if (st != DG_OK)
        return st;
    if (w.failed)
        return dgi_fail(err, DG_E_NOMEM, "no memory for a verdict");
    if (!w.found)
        return no_such(s, v, err);
    if (v->says != DGI_SAYS_ACCEPT && v->says != DGI_SAYS_STRIKE)
        return dgi_fail(err, DG_E_ARG, "of an event only accept and strike can be said, not '%s'",
                        dgi_says_name[v->says]);
    return DG_OK;
}

static dg_status check_value(dgi_store *s, struct dgi_verdict *v, const struct dgi_sit_item *it, dgi_arena *a,
                             dg_error *err)
{
    int cut = (int)(v->value.len < 60 ? v->value.len : 60);
    if (v->says == DGI_SAYS_STATUS) {
        uint8_t status = dgi_item_status_parse(v->value);
        if (status < DGI_N_ITEM_STATUS && status != DGI_IS_NONE && dgi_item_status_allowed(it->rules, it->kind, status))
            return DG_OK;
        char known[160] = "";
        size_t n = 0;
        for (uint8_t i = 1; i < DGI_N_ITEM_STATUS && n < sizeof known; i++)
            if (dgi_item_status_allowed(it->rules, it->kind, i))
                n += (size_t)snprintf(known + n, sizeof known - n, "%s%s", n ? ", " : "", dgi_item_status_name[i]);
        return dgi_fail(err, DG_E_ARG, "a %s cannot be '%.*s' (%s)", dgi_item_kind_name[it->kind], cut, v->value.ptr,
                        known);
    }
    if (v->says == DGI_SAYS_MERGE) {
        const struct dgi_sit_item *other;
        struct dgi_sit_when w;
        dg_status st = dgi_store_item(s, v->value, &w, a, &other, err);
        if (st != DG_OK)
            return st;
        if (other->kind != it->kind || dgi_str_eq(other->id, it->id))
            return dgi_fail(err, DG_E_ARG, "'%.*s' cannot be merged with '%.*s': two matters of one kind are asked for",
                            (int)it->id.len, it->id.ptr, cut, v->value.ptr);
        v->value = other->id;
        return DG_OK;
    }
    if (v->says == DGI_SAYS_SPLIT) {
        for (uint32_t i = 0; i < it->n_history; i++)
            if (dgi_str_eq(it->history[i].event, v->value))
                return DG_OK;
        return dgi_fail(err, DG_E_ARG, "'%.*s' is no event of the history of '%.*s'", cut, v->value.ptr,
                        (int)it->id.len, it->id.ptr);
    }
    v->value = dgi_str("");
    return DG_OK;
}

static dg_status judge_undo(dgi_store *s, struct dgi_verdict *v, dgi_arena *a, dg_error *err)
{
    struct dgi_verdict *list;
    uint32_t n;
    int64_t no = number_of(v->target);
    dg_status st = dgi_store_verdicts(s, a, &list, &n, err);
    for (uint32_t i = 0; st == DG_OK && i < n; i++)
        if (list[i].no == no && list[i].says != DGI_SAYS_UNDO) {
            if (list[i].undone)
                return dgi_fail(err, DG_E_ARG, "verdict %lld is undone already", (long long)no);
            v->value = v->target;
            v->target = list[i].target;
            v->kind = list[i].kind;
            v->document = list[i].document;
            v->start = list[i].start;
            v->end = list[i].end;
            return DG_OK;
        }
    return st != DG_OK ? st
                       : dgi_fail(err, DG_E_ARG, "%s: no verdict has the number '%.*s'", s->path, (int)v->target.len,
                                  v->target.ptr);
}

static dg_status judge_item(dgi_store *s, struct dgi_verdict *v, dgi_arena *a, dg_error *err)
{
    const struct dgi_sit_item *it;
    struct dgi_sit_when w;
    dg_error none = {0};
    dg_status st = dgi_store_item(s, v->target, &w, a, &it, &none);
    if (st == DG_E_ARG)
        return judge_event(s, v, a, err);
    if (st != DG_OK)
        return dgi_fail(err, st, "%s", none.message);
    v->target = it->id;
    v->kind = dgi_str(dgi_item_kind_name[it->kind]);
    v->document = it->history[0].document;
    v->start = it->history[0].ev_start;
    v->end = it->history[0].ev_end;
    return check_value(s, v, it, a, err);
}

dg_status dgi_store_judge(dgi_store *s, struct dgi_verdict *v, dg_error *err)
{
    if (!s->write)
        return dgi_fail(err, DG_E_ARG, "%s: opened for reading", s->path);
    if (!OPS(s)->put_verdict || !OPS(s)->each_verdict)
        return dgi_fail(err, DG_E_ARG, "%s: a store of this sort keeps no verdicts", s->path);
    if (!v->by.len)
        return dgi_fail(err, DG_E_ARG, "a verdict needs the name of who gives it");
    if (!v->target.len || v->says >= DGI_N_SAYS)
        return no_such(s, v, err);
    dgi_arena *a = dgi_arena_new(0);
    if (!a)
        return dgi_fail(err, DG_E_NOMEM, "no memory for a verdict");
    dg_status st = v->says == DGI_SAYS_UNDO ? judge_undo(s, v, a, err) : judge_item(s, v, a, err);
    if (st == DG_OK && (st = OPS(s)->begin(s->b, true, err)) == DG_OK) {
        st = OPS(s)->put_verdict(s->b, v, err);
        if (st == DG_OK)
            st = OPS(s)->commit(s->b, err);
        if (st != DG_OK)
            dgi_store_rollback(s);
    }
    v->target = v->kind = v->document = v->value = dgi_str(""); /* they lived in the arena */
    dgi_arena_free(a);
    return st;
}
