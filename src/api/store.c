/* SPDX-License-Identifier: Apache-2.0 */
/* api/store.c: the store, the situation and the brief behind the public header. */
#include <stdlib.h>

#include <stdio.h>

#include "api/api.h"
#include "brief/brief.h"
#include "export/board_json.h"
#include "store/store.h"
#include "store/storefile.h"

dg_status dg_store_open_with(dg_store **out, const char *path, dg_store_mode mode, const dg_model *model,
                             const dg_store_options *options, dg_error *err)
{
    dg_store_options o = DG_STORE_OPTIONS_INIT;
    *out = NULL;
    dgi_options(&o, sizeof o, options);
    dg_store *s = calloc(1, sizeof *s);
    if (!s)
        return dgi_fail(err, DG_E_NOMEM, "no memory for a store");
    struct dgi_store_options so = {o.wait_ms, o.waiting, o.user};
    dg_status st = dgi_store_open_with(&s->s, path, mode == DG_STORE_WRITE, model->rules, &so, err);
    if (st != DG_OK) {
        free(s);
        return st;
    }
    if ((st = dgi_store_publish(s->s, &model->codes, err)) != DG_OK) {
        dgi_store_close(s->s);
        free(s);
        return st;
    }
    s->model = model;
    dgi_store_coder(s->s, dgi_coder_sum(model));
    dgi_store_no_text(s->s, o.no_text);
    s->today = DGI_NO_DAY;
    *out = s;
    return DG_OK;
}

dg_status dg_store_open(dg_store **out, const char *path, dg_store_mode mode, const dg_model *model, dg_error *err)
{
    return dg_store_open_with(out, path, mode, model, NULL, err);
}

void dg_store_today(dg_store *s, int32_t day)
{
    s->today = day;
}

void dg_store_close(dg_store *s)
{
    if (!s)
        return;
    dgi_store_close(s->s);
    free(s);
}

dg_status dg_store_ingest(dg_store *s, const dg_doc *doc, dg_ingested *what, dg_error *err)
{
    enum dgi_ingest_result r = DGI_INGEST_ADDED;
    dg_status st = dgi_store_put(s->s, &doc->ev, s->today, &r, err);
    if (what)
        *what = r == DGI_INGEST_ADDED  ? DG_INGESTED_NEW
                : r == DGI_INGEST_SAME ? DG_INGESTED_SAME
                                       : DG_INGESTED_CORRECTED;
    return st;
}

dg_status dg_store_position(dg_store *s, dg_str log, int64_t *next, dg_error *err)
{
    return dgi_store_position(s->s, log, next, err);
}

dg_status dg_store_set_position(dg_store *s, dg_str log, int64_t next, dg_error *err)
{
    return dgi_store_set_position(s->s, log, next, err);
}

void dg_store_progress(dg_store *s, dg_progress_fn *fn, void *user)
{
    dgi_store_progress(s->s, fn, user);
}

dg_status dg_store_sync(dg_store *s, dg_error *err)
{
    return dgi_store_sync(s->s, err);
}

/* ---- questions ---- */
static dg_status give(dg_text *out, struct dgi_buf *buf, dg_status st, dg_error *err)
{
    if (st == DG_OK)
        return dgi_text_give(out, buf, err);
    dgi_buf_free(buf);
    return st;
}

dg_status dg_situation(dg_text *out, dg_store *s, const dg_query *query, dg_error *err)
{
    struct dgi_buf buf = {0};
    struct dgi_asked k;
    *out = (dg_text){NULL, 0};
    dg_status st = dgi_ask_board(&k, s->model, s->s, query, err);
    if (st != DG_OK)
        return st;
    struct dgi_sit_filter f = dgi_ask_items(&k);
    st = dgi_situation_json(&buf, s->s, &f, err);
    dgi_arena_free(k.a);
    return give(out, &buf, st, err);
}

dg_status dg_board_open(dg_board **out, dg_store *s, const dg_query *query, dg_error *err)
{
    struct dgi_asked k;
    *out = NULL;
    dg_status st = dgi_ask_board(&k, s->model, s->s, query, err);
    if (st != DG_OK)
        return st;
    struct dgi_sit_filter f = dgi_ask_items(&k);
    st = dgi_board_of_store(out, s->s, &f, err);
    dgi_arena_free(k.a);
    return st;
}

dg_status dg_doc_situation(dg_text *out, const dg_doc *doc, dg_error *err)
{
    struct dgi_buf buf = {0};
    struct dgi_sit_filter f = {.when = {.as_of = doc->d->meta.published, .known_on = DGI_NO_DAY}};
    *out = (dg_text){NULL, 0};
    dgi_board *empty = doc->board ? NULL : dgi_board_new(doc->model->rules, 0);
    if (!doc->board && !empty)
        return dgi_fail(err, DG_E_NOMEM, "no memory for the document's situation");
    dgi_board_json(&buf, doc->board ? doc->board : empty, &f);
    dgi_board_free(empty);
    return dgi_text_give(out, &buf, err);
}

/* The first few conditions of what stands, for whoever asked in words that are no event. */
struct waiting {
    char text[160];
    size_t n;
};

static bool add_waiting(void *user, const struct dgi_sit_item *it, const struct dgi_item_state *state)
{
    struct waiting *w = user;
    enum { MOST = 60 };
    dg_str words = it->condition.len ? it->condition : it->content;
    (void)state;
    int len = (int)(words.len < MOST ? words.len : MOST);
    while (len > 0 && (size_t)len < words.len && ((unsigned char)words.ptr[len] & 0xC0) == 0x80)
        len--;
    if (!len || w->n + (size_t)len + 5 > sizeof w->text)
        return len == 0;
    w->n += (size_t)snprintf(w->text + w->n, sizeof w->text - w->n, "%s'%.*s'", w->n ? ", " : "", len, words.ptr);
    return true;
}

static dg_status waits_for(dgi_store *s, const struct dgi_sit_filter *asked, dg_error *err)
{
    struct waiting w = {.n = 0};
    struct dgi_sit_filter f = *asked;
    f.open_only = true;
    f.kinds = 1u << DGI_IT_THREAT | 1u << DGI_IT_COMMITMENT | 1u << DGI_IT_DEMAND;
    dg_status st = dgi_store_day(s, &f.when, err);
    if (st == DG_OK)
        st = dgi_store_each_item(s, &f, add_waiting, &w, err);
    if (st != DG_OK)
        return st;
    if (!w.n)
        return dgi_fail(err, DG_E_ARG, "no event was found in the sentence, and nothing that stands waits for one");
    return dgi_fail(err, DG_E_ARG, "no event was found in the sentence; what stands waits for words such as %s",
                    w.text);
}

dg_status dg_what_if(dg_text *out, dg_store *s, const dg_query *query, const dg_doc *doc, dg_error *err)
{
    struct dgi_buf buf = {0};
    struct dgi_asked k;
    *out = (dg_text){NULL, 0};
    dg_status st = dgi_ask_board(&k, s->model, s->s, query, err);
    if (st != DG_OK)
        return st;
    struct dgi_sit_filter f = dgi_ask_items(&k);
    if (!doc->ev.n_events)
        st = waits_for(s->s, &f, err);
    struct dgi_sit_effects effects;
    if (st == DG_OK && (st = dgi_store_day(s->s, &f.when, err)) == DG_OK &&
        (st = dgi_store_what_if(s->s, &doc->ev, &f.when, &effects, k.a, err)) == DG_OK)
        dgi_what_if_json(&buf, &doc->ev, &effects, &f.when);
    dgi_arena_free(k.a);
    return give(out, &buf, st, err);
}

dg_status dg_timeline(dg_text *out, dg_store *s, const dg_query *query, dg_error *err)
{
    struct dgi_buf buf = {0};
    struct dgi_asked k;
    *out = (dg_text){NULL, 0};
    dg_status st = dgi_ask(&k, s->model, s->s, query, err);
    if (st != DG_OK)
        return st;
    struct dgi_timeline_filter f = dgi_ask_timeline(&k);
    st = dgi_timeline_json(s->s, &f, &buf, err);
    dgi_arena_free(k.a);
    return give(out, &buf, st, err);
}

dg_status dg_item_explain(dg_text *out, dg_store *s, dg_str item_id, dg_error *err)
{
    struct dgi_buf buf = {0};
    *out = (dg_text){NULL, 0};
    struct dgi_sit_when w;
    struct dgi_item_state state;
    const struct dgi_sit_item *item;
    dgi_arena *a = dgi_arena_new(0);
    dg_status st =
        a ? dgi_store_item(s->s, item_id, &w, a, &item, err) : dgi_fail(err, DG_E_NOMEM, "no memory for an item");
    if (st == DG_OK && !dgi_item_at(item, &w, &state)) { /* it begins later than the last day of a report */
        w.as_of = DGI_NO_DAY;
        dgi_item_at(item, &w, &state);
    }
    if (st == DG_OK) {
        struct dgi_json j;
        dgi_json_init(&j, &buf);
        struct dgi_verdicts said = {NULL, 0};
        dgi_item_json(&j, item, &w, &state);
        st = dgi_store_verdicts(s->s, a, &said.list, &said.n, err);
        dgi_judged_item(&buf, &said, item);
        if (st == DG_OK && !buf.failed && buf.len) { /* one member more, before the closing brace */
            struct dgi_buf why = {0};
            buf.len--;
            dgi_json_init(&j, &why);
            st = dgi_why_json(&j, s->s, s->model->rules, item, a, err);
            dgi_buf_add(&buf, DGI_S(",\"why\":"));
            dgi_buf_add(&buf, dgi_buf_str(&why));
            dgi_buf_add(&buf, DGI_S("}"));
            buf.failed |= why.failed;
            dgi_buf_free(&why);
        }
    }
    dgi_arena_free(a);
    return give(out, &buf, st, err);
}

/* ---- what readers say ---- */
dg_status dg_judge(uint64_t *no, dg_store *s, const dg_verdict *verdict, dg_error *err)
{
    dg_verdict v = DG_VERDICT_INIT;
    *no = 0;
    dgi_options(&v, sizeof v, verdict);
    struct dgi_verdict mine = {
        .target = v.target, .value = v.value, .by = v.by, .reason = v.reason, .day = v.day, .says = 0};
    while (mine.says < DGI_N_SAYS && !dgi_str_is(v.verdict, dgi_says_name[mine.says]))
        mine.says++;
    if (mine.says == DGI_N_SAYS)
        return dgi_fail(err, DG_E_ARG, "unknown verdict '%.*s' (accept, strike, merge, split, status, undo)",
                        (int)(v.verdict.len < 60 ? v.verdict.len : 60), v.verdict.ptr);
    dg_status st = dgi_store_judge(s->s, &mine, err);
    if (st == DG_OK)
        *no = (uint64_t)mine.no;
    return st;
}

dg_status dg_verdicts(dg_text *out, dg_store *s, bool gold, dg_error *err)
{
    struct dgi_buf buf = {0};
    dgi_arena *a = dgi_arena_new(0);
    *out = (dg_text){NULL, 0};
    dg_status st = !a     ? dgi_fail(err, DG_E_NOMEM, "no memory for what readers said")
                   : gold ? dgi_verdicts_gold(&buf, s->s, a, err)
                          : dgi_verdicts_json(&buf, s->s, a, err);
    dgi_arena_free(a);
    return give(out, &buf, st, err);
}

dg_status dg_brief(dg_text *out, dg_store *s, const dg_query *query, dg_brief_format format, dg_error *err)
{
    struct dgi_buf buf = {0};
    struct dgi_brief_options o = DGI_BRIEF_INIT;
    struct dgi_asked k;
    *out = (dg_text){NULL, 0};
    dg_status st = dgi_ask(&k, s->model, s->s, query, err);
    if (st != DG_OK)
        return st;
    o.as_of = k.q.as_of != DG_NO_DAY ? k.q.as_of : k.q.to;
    o.since = k.q.from;
    o.known_on = k.q.known_on;
    o.lapse_days = (int32_t)k.q.lapse_days;
    o.actor = k.other ? NULL : k.actor;
    o.between_a = k.other ? k.actor : NULL;
    o.between_b = k.other;
    st = format == DG_BRIEF_HTML ? dgi_brief_html(s->s, &o, &buf, err) : dgi_brief_markdown(s->s, &o, &buf, err);
    dgi_arena_free(k.a);
    return give(out, &buf, st, err);
}
