/* SPDX-License-Identifier: Apache-2.0 */
/* export/judge_json.c: what readers said of items and events: beside them, as a list, and in the form of gold documents.
 *
 * Reads   the verdicts of a store, its items
 * Writes  JSON */
#include <stdlib.h>

#include "base/utf8.h"
#include "export/board_json.h"
#include "export/record.h"

static void verdict(struct dgi_json *j, const struct dgi_verdict *v, bool whole)
{
    dgi_json_open(j, '{');
    dgi_json_kint(j, "no", v->no);
    if (whole) {
        dgi_json_kstr(j, "target", v->target);
        dgi_json_kstr(j, "kind", v->kind);
        dgi_json_kstr(j, "document", v->document);
    }
    dgi_json_kstr(j, "verdict", dgi_str(dgi_says_name[v->says]));
    dgi_json_kstrn(j, "value", v->value);
    dgi_json_kstr(j, "by", v->by);
    dgi_json_key(j, "day");
    dgi_json_day(j, v->day);
    dgi_json_kstrn(j, "reason", v->reason);
    dgi_json_kbool(j, "undone", v->undone);
    dgi_json_close(j, '}');
}

/* One member more in the object that was just closed. */
static void beside(struct dgi_buf *out, const struct dgi_buf *list)
{
    if (out->failed || !out->len)
        return;
    out->len--;
    dgi_buf_add(out, DGI_S(",\"judged\":["));
    dgi_buf_add(out, dgi_buf_str(list));
    dgi_buf_add(out, DGI_S("]}"));
    out->failed |= list->failed;
}

static bool stands(const struct dgi_verdict *v)
{
    return !v->undone && v->says != DGI_SAYS_UNDO;
}

static void those_that(struct dgi_buf *out, const struct dgi_verdicts *v, const struct dgi_sit_item *it, dg_str event)
{
    struct dgi_buf list = {0};
    struct dgi_json j;
    dgi_json_init(&j, &list);
    for (uint32_t i = 0; i < v->n; i++)
        if (stands(&v->list[i]) && (it ? dgi_verdict_about(&v->list[i], it) : dgi_str_eq(v->list[i].target, event)))
            verdict(&j, &v->list[i], false);
    if (list.len || list.failed)
        beside(out, &list);
    dgi_buf_free(&list);
}

void dgi_judged_item(struct dgi_buf *out, const struct dgi_verdicts *v, const struct dgi_sit_item *it)
{
    those_that(out, v, it, (dg_str){"", 0});
}

void dgi_judged_event(struct dgi_buf *out, const struct dgi_verdicts *v, dg_str event)
{
    those_that(out, v, NULL, event);
}

dg_status dgi_verdicts_json(struct dgi_buf *out, dgi_store *s, dgi_arena *a, dg_error *err)
{
    struct dgi_verdicts v;
    struct dgi_json j;
    dg_status st = dgi_store_verdicts(s, a, &v.list, &v.n, err);
    if (st != DG_OK)
        return st;
    dgi_json_init(&j, out);
    dgi_json_open(&j, '{');
    dgi_json_kstr(&j, "schema", DGI_S(DGI_SCHEMA));
    dgi_json_key(&j, "verdicts");
    dgi_json_open(&j, '[');
    for (uint32_t i = 0; i < v.n; i++)
        verdict(&j, &v.list[i], true);
    dgi_json_close(&j, ']');
    dgi_json_close(&j, '}');
    return out->failed ? dgi_fail(err, DG_E_NOMEM, "no memory for what readers said") : DG_OK;
}

/* ---- in the form of gold ---- */
struct gold {
    const struct dgi_verdicts *v;
    struct dgi_json j, names;
    struct dgi_buf list, entities;
    dg_str seen[512];
    uint32_t n_seen;
    dgi_arena *a;
    int32_t as_of;
};

static void entity(struct gold *g, const struct dgi_ev_actor *x)
{
    dg_str id = x->id.len ? x->id : x->name;
    for (uint32_t i = 0; i < g->n_seen; i++)
        if (dgi_str_eq(g->seen[i], id))
            return;
    dg_str mine = dgi_arena_str(g->a, id);
    if (!mine.ptr || g->n_seen == sizeof g->seen / sizeof *g->seen) {
        g->entities.failed |= !mine.ptr;
        return;
    }
    g->seen[g->n_seen++] = mine;
    dgi_buf_printf(&g->entities, "%s", g->entities.len ? "," : "");
    dgi_json_init(&g->names, &g->entities);
    dgi_json_str(&g->names, id);
    dgi_buf_printf(&g->entities, ":");
    dgi_json_init(&g->names, &g->entities);
    dgi_json_open(&g->names, '[');
    dgi_json_str(&g->names, id);
    if (x->name.len && !dgi_str_eq(x->name, id))
        dgi_json_str(&g->names, x->name);
    dgi_json_close(&g->names, ']');
}

static void side(struct gold *g, const struct dgi_sit_item *it, const char *key, uint8_t which)
{
    dgi_json_key(&g->j, key);
    dgi_json_open(&g->j, '[');
    uint32_t n = 0;
    for (uint32_t i = 0; i < it->n_parties; i++)
        if (it->parties[i].side == which) {
            const struct dgi_ev_actor *x = &it->parties[i].actor;
            dgi_json_str(&g->j, x->id.len ? x->id : x->name);
            entity(g, x);
            n++;
        }
    if (!n)
        dgi_json_str(&g->j, DGI_S("*"));
    dgi_json_close(&g->j, ']');
}

/* Its longest words, of which one is asked for. */
static void about(struct gold *g, dg_str content)
{
    enum { MOST = 3, SHORTEST = 5 };
    dg_str best[MOST];
    uint32_t n = 0;
    for (size_t i = 0, from = 0; i <= content.len; i++) {
        unsigned char c = i < content.len ? (unsigned char)content.ptr[i] : ' ';
        if ((c | 32) >= 'a' && (c | 32) <= 'z')
            continue;
        dg_str w = dgi_str_sub(content, from, i);
        from = i + 1;
        if (w.len < SHORTEST)
            continue;
        uint32_t at = n < MOST ? n++ : MOST;
        for (uint32_t k = 0; at == MOST && k < MOST; k++)
            at = best[k].len < w.len ? k : at;
        if (at < MOST)
            best[at] = w;
    }
    struct dgi_buf words = {0};
    for (uint32_t k = 0; k < n; k++)
        dgi_buf_printf(&words, "%s%.*s", k ? "|" : "", (int)best[k].len, best[k].ptr);
    dgi_json_kstr(&g->j, "about", dgi_buf_str(&words));
    g->list.failed |= words.failed;
    dgi_buf_free(&words);
}

static bool gold_item(void *user, const struct dgi_sit_item *it, const struct dgi_item_state *state)
{
    struct gold *g = user;
    const struct dgi_verdict *said = NULL;
    bool out = false;
    for (uint32_t i = 0; i < g->v->n; i++) {
        const struct dgi_verdict *v = &g->v->list[i];
        if (!stands(v) || !dgi_verdict_about(v, it))
            continue;
        out = v->says == DGI_SAYS_STRIKE || v->says == DGI_SAYS_MERGE; /* the later word counts */
        if (v->says == DGI_SAYS_ACCEPT || v->says == DGI_SAYS_STATUS)
            said = v;
    }
    if (!said || out)
        return true;
    dgi_json_open(&g->j, '{');
    dgi_json_key(&g->j, "as_of");
    dgi_json_day(&g->j, g->as_of);
    dgi_json_kstr(&g->j, "kind", dgi_str(dgi_item_kind_name[it->kind]));
    side(g, it, "issuer", 0);
    side(g, it, "addressee", 1);
    if (it->content.len)
        about(g, it->content);
    dgi_json_key(&g->j, "status");
    dgi_json_open(&g->j, '[');
    dgi_json_str(&g->j, said->says == DGI_SAYS_STATUS ? said->value : dgi_str(dgi_item_status_name[state->status]));
    dgi_json_close(&g->j, ']');
    dgi_json_kstr(&g->j, "by", said->by);
    dgi_json_close(&g->j, '}');
    return !g->list.failed && !g->entities.failed;
}

dg_status dgi_verdicts_gold(struct dgi_buf *out, dgi_store *s, dgi_arena *a, dg_error *err)
{
    struct dgi_verdicts v;
    struct gold *g = dgi_arena_alloc(a, sizeof *g);
    struct dgi_sit_filter f = {.when = {.as_of = DGI_NO_DAY, .known_on = DGI_NO_DAY}};
    if (!g)
        return dgi_fail(err, DG_E_NOMEM, "no memory for what readers said");
    *g = (struct gold){.v = &v, .a = a};
    dgi_json_init(&g->j, &g->list);
    dgi_json_open(&g->j, '[');
    dg_status st = dgi_store_verdicts(s, a, &v.list, &v.n, err);
    if (st == DG_OK && (st = dgi_store_day(s, &f.when, err)) == DG_OK) {
        g->as_of = f.when.as_of;
        st = dgi_store_each_item(s, &f, gold_item, g, err);
    }
    dgi_json_close(&g->j, ']');
    dgi_buf_add(out, DGI_S("{\"entities\":{"));
    dgi_buf_add(out, dgi_buf_str(&g->entities));
    dgi_buf_add(out, DGI_S("},\"situation\":"));
    dgi_buf_add(out, dgi_buf_str(&g->list));
    dgi_buf_add(out, DGI_S("}"));
    out->failed |= g->list.failed || g->entities.failed;
    dgi_buf_free(&g->list);
    dgi_buf_free(&g->entities);
    return st == DG_OK && out->failed ? dgi_fail(err, DG_E_NOMEM, "no memory for what readers said") : st;
}
