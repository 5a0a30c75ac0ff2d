/* SPDX-License-Identifier: Apache-2.0 */
/* serve/answers.c: the functions behind the routes: each asks the library and gives its JSON.
 *
 * Reads   struct question, the worker's store and coder
 * Writes  the body of the answer
 *
 * What came over the wire is handed on as text and days and is never part of SQL, of a file's name or of markup. */
#include <stdio.h>

#include "serve/answers.h"

static int32_t day(const struct question *q, const char *name)
{
    dg_str v = dgs_value(q, name);
    return v.ptr ? dg_day_parse(v) : DG_NO_DAY;
}

static uint32_t count(const struct question *q, const char *name, uint32_t otherwise)
{
    int64_t n;
    dg_str v = dgs_value(q, name);
    return v.ptr && dgi_str_int(v, &n) ? (uint32_t)n : otherwise;
}

static dg_str text(const struct question *q, const char *name)
{
    dg_str v = dgs_value(q, name);
    return v.ptr ? v : (dg_str){"", 0};
}

/* The filters that the route knows. */
static dg_status query(const struct question *q, dg_query *out, dg_error *err)
{
    dg_str pair = text(q, "between");
    *out = (dg_query)DG_QUERY_INIT;
    out->as_of = day(q, "as_of");
    out->known_on = day(q, "known_on");
    out->from = day(q, dgs_value(q, "since").ptr ? "since" : "from");
    out->to = day(q, "to");
    out->actor = text(q, "actor");
    out->kind = text(q, "kind");
    out->code = text(q, "code");
    out->status = text(q, "status");
    out->place = text(q, "place");
    out->open_only = dgi_str_is(text(q, "open"), "true");
    if (dgs_value(q, "min_confidence").ptr)
        dgi_str_double(dgs_value(q, "min_confidence"), &out->min_confidence);
    if (!pair.len)
        return DG_OK;
    size_t comma = dgi_str_find(pair, DGI_S(","));
    if (comma == SIZE_MAX || !comma || comma + 1 == pair.len ||
        dgi_str_find(dgi_str_sub(pair, comma + 1, pair.len), DGI_S(",")) != SIZE_MAX)
        return dgi_fail(err, DG_E_ARG, "parameter 'between' is two actors with a comma between: RUS,UKR");
    if (out->actor.len)
        return dgi_fail(err, DG_E_ARG, "parameters 'actor' and 'between' exclude each other");
    out->actor = dgi_str_sub(pair, 0, comma);
    out->other = dgi_str_sub(pair, comma + 1, pair.len);
    return DG_OK;
}

static dg_status list(struct worker *w, const struct question *q, dg_list_of of, dg_text *out, dg_error *err)
{
    dg_query asked;
    dg_list_options o = DG_LIST_OPTIONS_INIT;
    o.limit = count(q, "limit", o.limit);
    o.after = text(q, "cursor");
    dg_status st = query(q, &asked, err);
    return st == DG_OK ? dg_list(out, w->store, of, &asked, &o, err) : st;
}

#define LIST(name, of)                                                                                                 \
    dg_status name(struct worker *w, const struct question *q, dg_text *out, dg_error *err)                            \
    {                                                                                                                  \
        return list(w, q, of, out, err);                                                                               \
    }
LIST(dgs_documents, DG_ROWS_DOCUMENTS)
LIST(dgs_statements, DG_ROWS_STATEMENTS)
LIST(dgs_events, DG_ROWS_EVENTS)
LIST(dgs_items, DG_ROWS_ITEMS)
LIST(dgs_actors, DG_ROWS_ACTORS)
LIST(dgs_places, DG_ROWS_PLACES)

dg_status dgs_document(struct worker *w, const struct question *q, dg_text *out, dg_error *err)
{
    return dg_store_document(out, w->store, q->rest, DG_FORMAT_JSON_TEXT, err);
}

dg_status dgs_item(struct worker *w, const struct question *q, dg_text *out, dg_error *err)
{
    return dg_item_explain(out, w->store, q->rest, err);
}

static uint32_t word(const struct question *q, const char *name, uint32_t otherwise)
{
    dg_str v = dgs_value(q, name), list, one;
    const struct param *const *p = q->route->params;
    uint32_t n = 0;
    for (; v.ptr && *p && strcmp((*p)->name, name); p++)
        ;
    if (!v.ptr || !*p)
        return otherwise;
    for (list = dgi_str((*p)->words); list.ptr && dgi_str_next(&list, ' ', &one) && !dgi_str_eq(one, v); n++)
        ;
    return n;
}

dg_status dgs_series(struct worker *w, const struct question *q, dg_text *out, dg_error *err)
{
    dg_query asked;
    dg_series_options o = DG_SERIES_OPTIONS_INIT;
    o.period = word(q, "per", o.period);
    o.by = word(q, "by", o.by);
    dg_status st = query(q, &asked, err);
    return st == DG_OK ? dg_series(out, w->store, &asked, &o, err) : st;
}

dg_status dgs_search(struct worker *w, const struct question *q, dg_text *out, dg_error *err)
{
    static const uint32_t kinds[] = {0, DG_SEARCH_ITEMS, DG_SEARCH_STATEMENTS, DG_SEARCH_DOCUMENTS};
    dg_search_options o = DG_SEARCH_OPTIONS_INIT;
    if (!dgs_value(q, "q").ptr)
        return dgi_fail(err, DG_E_ARG, "parameter 'q' is missing: the words that are looked for");
    o.kinds = kinds[word(q, "among", 0) & 3];
    o.from = day(q, "from");
    o.to = day(q, "to");
    o.actor = text(q, "actor");
    o.limit = count(q, "limit", o.limit);
    return dg_search(out, w->store, text(q, "q"), &o, err);
}

/* ---- coding ---- */
static bool in_time(void *user, uint64_t done, uint64_t of)
{
    struct worker *w = user;
    (void)done;
    (void)of;
    int64_t stop = atomic_load(&w->sv->stop_by_us), now = dgs_now_us();
    return now / 1000 < w->until_ms && (!stop || now < stop);
}

static dg_status coder_of(struct worker *w, bool trace, dg_coder **out, dg_error *err)
{
    dg_coder **kept = trace ? &w->tracer : &w->coder;
    dg_coder_options o = DG_CODER_OPTIONS_INIT;
    o.trace = trace;
    o.progress = in_time;
    o.progress_user = w;
    w->until_ms = dgs_now_us() / 1000 + WORK_S * 1000;
    dg_status st = *kept ? DG_OK : dg_coder_new(kept, w->sv->o->model, &o, err);
    *out = *kept;
    return st;
}

dg_status dgs_explain(struct worker *w, const struct question *q, dg_text *out, dg_error *err)
{
    dg_text why = {0};
    dg_coder *coder;
    dg_status st = coder_of(w, true, &coder, err);
    if (st == DG_OK)
        st = dg_store_explain(&why, w->store, coder, q->rest, text(q, "document"), err);
    if (st != DG_OK)
        return st;
    struct dgi_buf buf = {0};
    struct dgi_json j;
    dgi_json_init(&j, &buf);
    dgi_json_open(&j, '{');
    dgi_json_kstr(&j, "event", q->rest);
    dgi_json_kstr(&j, "text", dgi_strn(why.ptr, why.len));
    dgi_json_close(&j, '}');
    dg_text_free(&why);
    return dgs_give(out, &buf, err);
}

static bool type_is(dg_str type, const char *want)
{
    size_t n = strlen(want);
    return type.len >= n && dgi_str_ieq(dgi_str_sub(type, 0, n), dgi_str(want)) &&
           (type.len == n || type.ptr[n] == ';' || type.ptr[n] == ' ');
}

/* What was sent, coded. */
static dg_status sent(struct worker *w, const struct question *q, dg_doc **doc, dg_error *err)
{
    dg_meta meta = DG_META_INIT;
    dg_record *record;
    dg_coder *coder;
    dg_input input;
    *doc = NULL;
    if (type_is(q->body_type, "text/plain") || !q->body_type.len)
        input = DG_INPUT_TEXT;
    else if (type_is(q->body_type, "text/html"))
        input = DG_INPUT_HTML;
    else if (type_is(q->body_type, "application/json"))
        input = DG_INPUT_JSONL;
    else
        return dgi_fail(err, DG_E_KIND, "the content type is none of text/plain, text/html, application/json");
    meta.published = day(q, "date");
    dg_status st = coder_of(w, false, &coder, err);
    if (st == DG_OK)
        st = dg_record_new(&record, input, q->body, &meta, err);
    if (st != DG_OK)
        return st;
    st = dg_code_record(doc, coder, record, err);
    dg_record_free(record);
    if (st == DG_OK && !*doc)
        st = dgi_fail(err, DG_E_FORMAT, "there is no text in it");
    return st;
}

dg_status dgs_paste(struct worker *w, const struct question *q, dg_text *out, dg_error *err)
{
    dg_doc *doc;
    dg_status st = sent(w, q, &doc, err);
    if (st == DG_OK)
        st = dg_doc_write(out, doc, DG_FORMAT_JSON_TEXT, err);
    dg_doc_free(doc);
    return st;
}

static dg_status keep(struct worker *w, const dg_doc *doc, dg_ingested *what, dg_error *err)
{
    dg_store_options o = DG_STORE_OPTIONS_INIT;
    dg_store *store;
    o.wait_ms = 5000;
    pthread_mutex_lock(&w->sv->writing);
    dg_status st = dg_store_open_with(&store, w->sv->o->db, DG_STORE_WRITE, w->sv->o->model, &o, err);
    if (st == DG_OK && (st = dg_store_ingest(store, doc, what, err)) == DG_OK)
        st = dg_store_sync(store, err);
    dg_store_close(store);
    atomic_store(&w->sv->wrote, true);
    pthread_mutex_unlock(&w->sv->writing);
    return st;
}

dg_status dgs_ingest(struct worker *w, const struct question *q, dg_text *out, dg_error *err)
{
    static const char *const names[] = {"new", "same", "corrected"};
    dg_ingested what = DG_INGESTED_SAME;
    dg_doc *doc;
    dg_status st = sent(w, q, &doc, err);
    if (st == DG_OK)
        st = keep(w, doc, &what, err);
    if (st == DG_OK) {
        struct dgi_buf buf = {0};
        struct dgi_json j;
        dgi_json_init(&j, &buf);
        dgi_json_open(&j, '{');
        dgi_json_kstr(&j, "id", dg_doc_id(doc));
        dgi_json_kstr(&j, "result", dgi_str(names[what]));
        dgi_json_kint(&j, "events", dg_doc_n_events(doc));
        dgi_json_close(&j, '}');
        st = dgs_give(out, &buf, err);
    }
    dg_doc_free(doc);
    return st;
}

/* ---- about the server ---- */
dg_status dgs_give(dg_text *out, struct dgi_buf *buf, dg_error *err)
{
    if (buf->failed || !buf->ptr) {
        dgi_buf_free(buf);
        return dgi_fail(err, DG_E_NOMEM, "no memory for the answer");
    }
    *out = (dg_text){buf->ptr, buf->len};
    return DG_OK;
}

dg_status dgs_health(struct worker *w, const struct question *q, dg_text *out, dg_error *err)
{
    struct dgi_buf buf = {0};
    struct dgi_json j;
    dg_versions v = DG_VERSIONS_INIT;
    char number[24];
    (void)q;
    dg_version_info(&v, w->sv->o->model);
    dgi_json_init(&j, &buf);
    dgi_json_open(&j, '{');
    dgi_json_kstr(&j, "status", dgi_str(atomic_load(&w->sv->stopping) ? "stopping" : "ok"));
    dgi_json_kstr(&j, "program", dgi_str(v.program));
    dgi_json_kstr(&j, "schema", dgi_str(v.record));
    snprintf(number, sizeof number, "%016llx", (unsigned long long)v.coder);
    dgi_json_kstr(&j, "coder", dgi_str(number));
    dgi_json_kbool(&j, "writable", w->sv->o->writable);
    dgi_json_kbool(&j, "token", w->sv->o->token != NULL);
    dgi_json_kint(&j, "version", (int64_t)atomic_load(&w->sv->version));
    dgi_json_close(&j, '}');
    return dgs_give(out, &buf, err);
}

dg_status dgs_metrics(struct worker *w, const struct question *q, dg_text *out, dg_error *err)
{
    struct dgi_buf buf = {0};
    (void)q;
    dgs_metrics_text(w->sv, &buf);
    return dgs_give(out, &buf, err);
}

dg_status dgs_description(struct worker *w, const struct question *q, dg_text *out, dg_error *err)
{
    (void)w;
    (void)q;
    return dgs_openapi(out, err);
}
