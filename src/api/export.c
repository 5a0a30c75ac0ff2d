/* SPDX-License-Identifier: Apache-2.0 */
/* api/export.c: events as rows for other programs, behind the public header. */
#include <stdio.h>
#include <stdlib.h>

#include "api/api.h"
#include "export/arrow.h"
#include "export/columns.h"

struct dg_export {
    struct dgi_export x;
    const dg_model *model;
    struct dgi_asked asked;
    struct dgi_timeline_filter filter;
    struct dgi_sit_filter items;
    struct dgi_buf out, about;
    dg_write_fn *write;
    void *user;
    bool stopped; /* the sink said so */
};

static bool pass_on(void *user, const char *ptr, size_t len)
{
    dg_export *x = user;
    x->stopped = !x->write(x->user, ptr, len);
    return !x->stopped;
}

/* A question that a table cannot answer is refused, not passed over. */
static dg_status table_check(const dg_export_options *o, const dg_query *q, dg_error *err)
{
    const struct dgi_layout *as = &dgi_layout_table[o->format];
    if (!o->table)
        return DG_OK;
    const char *name = dgi_tables_table[o->table].name;
    if (as->columns != dgi_plain_table || as->text == DGI_TEXT_GEOJSON)
        return dgi_fail(err, DG_E_ARG, "format '%s' has events only; '%s' come as csv, tsv, jsonl, arrow, parquet",
                        as->name, name);
    bool items = o->table == DGI_TABLE_ITEMS, said = o->table == DGI_TABLE_STATEMENTS;
    const char *what = q->code.len                                                        ? "code"
                       : q->status.len                                                    ? "status"
                       : q->place.len                                                     ? "place"
                       : q->min_confidence > 0                                            ? "confidence"
                       : q->actor.len && !items && !said                                  ? "actor"
                       : q->other.len && !items                                           ? "other actor"
                       : !items && (q->as_of != DG_NO_DAY || q->kind.len || q->open_only) ? "state of items"
                       : items && (q->from != DG_NO_DAY || q->to != DG_NO_DAY)            ? "days (as-of says which)"
                       : o->lists || o->one_a_day || o->fold || ((q->fold || q->acts) && !items)
                           ? "way of counting events"
                           : NULL;
    return what ? dgi_fail(err, DG_E_ARG, "the table '%s' cannot be asked by %s", name, what) : DG_OK;
}

static void pair(struct dgi_buf *b, const char *key, const char *value)
{
    dgi_buf_add(b, b->len ? dgi_strn("", 1) : DGI_S(""));
    dgi_buf_add(b, dgi_str(key));
    dgi_buf_add(b, dgi_strn("", 1));
    dgi_buf_add(b, dgi_str(value));
}

static void query_text(struct dgi_buf *b, const struct dgi_asked *k, bool fold, bool events);
/* What stands with the schema of Arrow: who wrote it and what was asked for. */
static void about(dg_export *x)
{
    dg_versions v = DG_VERSIONS_INIT;
    struct dgi_buf query = {0};
    char sum[24];
    dg_version_info(&v, x->model);
    query_text(&query, &x->asked, x->filter.fold, !x->x.table);
    pair(&x->about, "dragoman", v.program);
    snprintf(sum, sizeof sum, "%016llx", (unsigned long long)v.models);
    pair(&x->about, "models", sum);
    snprintf(sum, sizeof sum, "%016llx", (unsigned long long)v.lexicon);
    pair(&x->about, "lexicon", sum);
    pair(&x->about, "table", dgi_tables_table[x->x.table].name);
    pair(&x->about, "query", query.ptr ? query.ptr : "");
    x->about.failed |= query.failed;
    dgi_buf_free(&query);
    x->x.about = dgi_buf_str(&x->about);
}

dg_status dg_export_new(dg_export **out, const dg_model *model, const dg_query *query, const dg_export_options *options,
                        dg_write_fn *write, void *user, dg_error *err)
{
    dg_export_options o = DG_EXPORT_OPTIONS_INIT;
    *out = NULL;
    dgi_options(&o, sizeof o, options);
    if (o.format >= DGI_N_EXPORT_FORMAT || o.scheme >= DGI_N_SCHEME || o.table >= DGI_N_TABLE)
        return dgi_fail(err, DG_E_ARG, "unknown format %u, scheme %u or table %u of an export", o.format, o.scheme,
                        o.table);
    if (!write && o.format != DGI_EXPORT_COLUMNS)
        return dgi_fail(err, DG_E_ARG, "nobody takes the text of an export");
    dg_export *x = calloc(1, sizeof *x);
    if (!x)
        return dgi_fail(err, DG_E_NOMEM, "no memory for an export");
    dg_status st = dgi_ask(&x->asked, model, NULL, query, err);
    if (st == DG_OK && (st = table_check(&o, &x->asked.q, err)) != DG_OK)
        dgi_arena_free(x->asked.a);
    if (st != DG_OK) {
        free(x);
        return st;
    }
    x->filter = dgi_ask_timeline(&x->asked);
    x->items = dgi_ask_items(&x->asked);
    x->filter.fold |= o.fold || x->filter.acts;
    x->model = model;
    x->write = write;
    x->user = user;
    x->out.sink = write ? pass_on : NULL;
    x->out.user = x;
    const struct dgi_layout *as = &dgi_layout_table[o.format];
    x->x = (struct dgi_export){.format = (uint8_t)o.format,
                               .lists = o.lists || as->lists,
                               .one_a_day = o.one_a_day,
                               .raw = o.raw,
                               .no_header = o.no_header,
                               .scheme = (uint8_t)o.scheme,
                               .actor = x->asked.actor,
                               .other = x->asked.other,
                               .codes = &model->codes,
                               .columns = o.table ? dgi_tables_table[o.table].columns : as->columns,
                               .n_columns = o.table ? dgi_tables_table[o.table].n : as->n,
                               .fields = dgi_tables_table[o.table].fields,
                               .table = (uint8_t)o.table,
                               .text = as->text,
                               .any_status = x->filter.status != NULL,
                               .states = dgi_lexicon_table(model->lexicon, "states"),
                               .state_codes = dgi_lexicon_table(model->lexicon, "state_codes"),
                               .acled = dgi_lexicon_table(model->lexicon, "acled"),
                               .out = &x->out};
    if (as->text == DGI_TEXT_ARROW)
        about(x);
    if (x->about.failed) {
        dg_export_free(x);
        return dgi_fail(err, DG_E_NOMEM, "no memory for an export");
    }
    *out = x;
    return DG_OK;
}

static dg_status state(const dg_export *x, dg_error *err)
{
    if (x->stopped)
        return dgi_fail(err, DG_E_CANCELLED, "the export was stopped");
    return x->out.failed ? dgi_fail(err, DG_E_NOMEM, "no memory for an export") : DG_OK;
}

/* The board of one document, on its day. */
static void items_of(dg_export *x, const dg_doc *doc)
{
    struct dgi_sit_filter f = x->items;
    struct dgi_item_state state;
    if (f.when.as_of == DGI_NO_DAY)
        f.when.as_of = doc->ev.reported;
    for (uint8_t kind = 0; doc->board && kind < DGI_N_ITEM_KIND; kind++)
        for (uint32_t i = 0; i < dgi_board_n(doc->board); i++) {
            const struct dgi_sit_item *it = dgi_board_item(doc->board, i);
            if (it->kind == kind && dgi_item_wanted(it, &f, &state))
                dgi_export_item(&x->x, &doc->ev, it, &state, &f.when);
        }
}

static bool in_days(const struct dgi_timeline_filter *f, int32_t day)
{
    return (f->from == DGI_NO_DAY || day >= f->from) && (f->to == DGI_NO_DAY || (day != DGI_NO_DAY && day <= f->to));
}

static dg_status things_of(dg_export *x, const dg_doc *doc, dg_error *err)
{
    if (x->x.table == DGI_TABLE_ITEMS)
        items_of(x, doc);
    else if (in_days(&x->filter, doc->ev.reported))
        dgi_export_things(&x->x, &doc->ev);
    return state(x, err);
}

dg_status dg_export_doc(dg_export *x, const dg_doc *doc, dg_error *err)
{
    if (x->x.table)
        return things_of(x, doc, err);
    dgi_arena *a = dgi_arena_new(0);
    const bool *left_out = a ? dgi_events_left_out(&doc->ev, &x->filter, a) : NULL;
    for (uint32_t i = 0; left_out && i < doc->ev.n_coded; i++)
        if (!left_out[i] &&
            !dgi_export_event(&x->x, &doc->ev, i, dgi_ev_line_day(&doc->ev.events[i], doc->ev.reported)))
            break;
    dgi_arena_free(a);
    if (!left_out)
        return dgi_fail(err, DG_E_NOMEM, "no memory for an export");
    return state(x, err);
}

static bool from_store(void *user, const struct dgi_ev_doc *doc, uint32_t n, int32_t day)
{
    dg_export *x = user;
    return dgi_export_event(&x->x, doc, n, day);
}

static bool thing_of_store(void *user, const struct dgi_ev_doc *doc)
{
    dg_export *x = user;
    return dgi_export_things(&x->x, doc);
}

static bool said_of_store(void *user, const struct dgi_store_source *src, const struct dgi_said *said)
{
    dg_export *x = user;
    return dgi_export_said(&x->x, src, said);
}

static dg_status items_of_store(dg_export *x, dg_store *store, dg_error *err)
{
    struct dgi_sit_filter f = x->items;
    struct dgi_store_item *list = NULL;
    uint32_t n = 0;
    uint64_t seen = 0;
    dgi_arena *a = dgi_arena_new((size_t)8 << 30);
    dg_status st = a ? dgi_store_day(store->s, &f.when, err) : dgi_fail(err, DG_E_NOMEM, "no memory for the items");
    if (st == DG_OK)
        st = dgi_store_items(store->s, &f, a, &list, &n, err);
    for (uint8_t kind = 0; st == DG_OK && kind < DGI_N_ITEM_KIND; kind++)
        for (uint32_t i = 0; i < n; i++)
            if (list[i].it->kind == kind && dgi_sit_page(&f, &seen) > 0)
                dgi_export_item(&x->x, NULL, list[i].it, &list[i].state, &f.when);
    dgi_arena_free(a);
    return st;
}

static dg_status things_of_store(dg_export *x, dg_store *store, dg_error *err)
{
    const struct dgi_timeline_filter *f = &x->filter;
    if (x->x.table == DGI_TABLE_TIMES || x->x.table == DGI_TABLE_NAMES)
        return dgi_fail(err, DG_E_ARG, "a store keeps no %s: take them from the documents",
                        dgi_tables_table[x->x.table].name);
    dg_status st = x->x.table == DGI_TABLE_ITEMS ? items_of_store(x, store, err)
                   : x->x.table == DGI_TABLE_STATEMENTS
                       ? dgi_store_said(store->s, x->asked.actor, f->from, f->to, f->known_on, said_of_store, x, err)
                       : dgi_store_docs(store->s, f->from, f->to, f->known_on, thing_of_store, x, err);
    return st == DG_OK ? state(x, err) : st;
}

dg_status dg_export_store(dg_export *x, dg_store *store, dg_error *err)
{
    if (x->x.table) {
        dg_status st = dgi_question_check(x->model, store->s, &x->asked.q, x->asked.actor, x->asked.other, err);
        return st == DG_OK ? things_of_store(x, store, err) : st;
    }
    dg_status st = dgi_question_check(x->model, store->s, &x->asked.q, x->asked.actor, x->asked.other, err);
    if (st == DG_OK && (st = dgi_store_events(store->s, &x->filter, from_store, x, err)) == DG_OK)
        st = state(x, err);
    return st;
}

dg_status dg_export_end(dg_export *x, dg_error *err)
{
    dgi_export_finish(&x->x);
    dgi_buf_flush(&x->out);
    return state(x, err);
}

dg_status dg_export_take(struct ArrowArrayStream *out, dg_export *x, dg_error *err)
{
    *out = (struct ArrowArrayStream){0};
    if (x->x.format != DGI_EXPORT_COLUMNS)
        return dgi_fail(err, DG_E_ARG, "only an export made with DG_EXPORT_COLUMNS hands its rows over");
    return dgi_arrow_take(out, &x->x) ? DG_OK : dgi_fail(err, DG_E_NOMEM, "no memory for an export");
}

uint64_t dg_export_rows(const dg_export *x)
{
    return x->x.rows;
}
uint64_t dg_export_events(const dg_export *x)
{
    return x->x.events;
}

static void asked_for(struct dgi_buf *b, const char *name, dg_str value)
{
    if (!value.len)
        return;
    dgi_buf_printf(b, "%s%s ", b->len ? ", " : "", name);
    dgi_buf_add(b, value);
}

static void asked_day(struct dgi_buf *b, const char *name, int32_t day)
{
    char iso[16];
    dgi_day_format(day, iso);
    if (dgi_day_known(day))
        asked_for(b, name, dgi_str(iso));
}

static void query_text(struct dgi_buf *b, const struct dgi_asked *k, bool fold, bool events)
{
    asked_for(b, k->other ? "between" : "actor", dgi_str(k->actor));
    asked_for(b, "and", dgi_str(k->other));
    asked_for(b, "code", dgi_str(k->code));
    asked_for(b, "status", dgi_str(k->status));
    asked_for(b, "place", dgi_str(k->place));
    asked_day(b, "from", k->q.from);
    asked_day(b, "to", k->q.to);
    asked_day(b, "known on", k->q.known_on);
    asked_day(b, "as of", events ? DG_NO_DAY : k->q.as_of);
    asked_for(b, "kind", events ? (dg_str){NULL, 0} : k->q.kind);
    if (k->q.min_confidence > 0)
        dgi_buf_printf(b, "%sconfidence from %g", b->len ? ", " : "", k->q.min_confidence);
    if (!b->len)
        dgi_buf_add(b, events ? DGI_S("all events") : DGI_S("all"));
    if (fold)
        dgi_buf_add(b, k->q.acts ? DGI_S("; an act once, whoever tells it")
                                 : DGI_S("; an act told twice by a document once"));
}

dg_status dg_export_codebook(dg_text *out, const dg_export *x, dg_error *err)
{
    struct dgi_buf text = {0}, query = {0};
    dg_versions v = DG_VERSIONS_INIT;
    *out = (dg_text){NULL, 0};
    dg_version_info(&v, x->model);
    query_text(&query, &x->asked, x->filter.fold, !x->x.table);
    struct dgi_codebook about = {v.program, v.models, v.lexicon, dgi_buf_str(&query)};
    dgi_export_codebook(&text, &x->x, &about);
    text.failed |= query.failed;
    dgi_buf_free(&query);
    return dgi_text_give(out, &text, err);
}

void dg_export_free(dg_export *x)
{
    if (!x)
        return;
    dgi_export_clear(&x->x);
    dgi_buf_free(&x->out);
    dgi_buf_free(&x->about);
    dgi_arena_free(x->asked.a);
    free(x);
}
