/* SPDX-License-Identifier: Apache-2.0 */
/* api/ask.c: words in a store, events by period, SQL, behind the public header. */
#include "api/api.h"
#include "export/series.h"
#include "store/search.h"
#include "store/sql.h"

enum { BEGIN = 2, END = 3 }; /* around what was found, in a snippet */
struct answer {
    struct dgi_json j;
    struct dgi_buf plain, marks;
};

/* The snippet without its marks, on one line, and where they were. */
static void snippet(struct answer *a, dg_str s)
{
    uint32_t cp = 0, from = 0;
    a->plain.len = a->marks.len = 0;
    for (size_t at = 0; at < s.len;) {
        char out[4];
        uint32_t c = dgi_utf8_next(s, &at);
        if (c == BEGIN) {
            from = cp;
        } else if (c == END) {
            dgi_buf_printf(&a->marks, "%s[%u,%u]", a->marks.len ? "," : "", from, cp);
        } else {
            dgi_buf_add(&a->plain, dgi_strn(out, dgi_utf8_put(c < ' ' ? ' ' : c, out)));
            cp++;
        }
    }
}

static bool hit(void *user, const struct dgi_hit *h)
{
    static const char *const kind_name[DGI_N_SEARCH_KIND] = {"item", "statement", "document"};
    struct answer *a = user;
    struct dgi_json *j = &a->j;
    snippet(a, h->snippet);
    dgi_json_open(j, '{');
    dgi_json_kstr(j, "kind", dgi_str(kind_name[h->kind]));
    dgi_json_kstr(j, "id", h->id);
    dgi_json_kstrn(j, "day", h->day);
    dgi_json_kstrn(j, "who", h->who);
    dgi_json_kstrn(j, "status", h->what);
    dgi_json_kstr(j, "snippet", dgi_buf_str(&a->plain));
    dgi_json_key(j, "marks");
    dgi_json_open(j, '[');
    dgi_buf_add(j->out, dgi_buf_str(&a->marks)); /* numbers and brackets only */
    dgi_json_close(j, ']');
    dgi_json_kstrn(j, "document", h->document);
    dgi_json_kstrn(j, "url", h->url);
    dgi_json_kstrn(j, "title", h->title);
    dgi_json_kstrn(j, "publisher", h->publisher);
    dgi_json_key(j, "rank");
    dgi_json_num(j, h->rank);
    dgi_json_close(j, '}');
    return !j->out->failed && !a->plain.failed && !a->marks.failed;
}

dg_status dg_search(dg_text *out, dg_store *store, dg_str query, const dg_search_options *options, dg_error *err)
{
    dg_search_options o = DG_SEARCH_OPTIONS_INIT;
    dg_query q = DG_QUERY_INIT;
    struct dgi_buf buf = {0};
    struct answer a = {0};
    struct dgi_asked k;
    *out = (dg_text){NULL, 0};
    dgi_options(&o, sizeof o, options);
    q.actor = o.actor;
    q.from = o.from;
    q.to = o.to;
    dg_status st = dgi_ask(&k, store->model, store->s, &q, err);
    if (st != DG_OK)
        return st;
    struct dgi_search s = {dgi_utf8_nfc(k.a, query), o.kinds, k.actor, o.from, o.to, o.limit};
    dgi_json_init(&a.j, &buf);
    dgi_json_open(&a.j, '{');
    dgi_json_kstr(&a.j, "schema", dgi_str(DGI_SCHEMA));
    dgi_json_kstr(&a.j, "query", query);
    dgi_json_key(&a.j, "results");
    dgi_json_open(&a.j, '[');
    st = dgi_store_search(store->s, &s, hit, &a, err);
    dgi_json_close(&a.j, ']');
    dgi_json_close(&a.j, '}');
    buf.failed |= a.plain.failed || a.marks.failed;
    dgi_buf_free(&a.plain);
    dgi_buf_free(&a.marks);
    dgi_arena_free(k.a);
    if (st == DG_OK)
        return dgi_text_give(out, &buf, err);
    dgi_buf_free(&buf);
    return st;
}

/* ---- series ---- */
dg_status dg_series(dg_text *out, dg_store *store, const dg_query *query, const dg_series_options *options,
                    dg_error *err)
{
    dg_series_options o = DG_SERIES_OPTIONS_INIT;
    struct dgi_buf buf = {0};
    struct dgi_asked k;
    *out = (dg_text){NULL, 0};
    dgi_options(&o, sizeof o, options);
    if (o.period >= DGI_N_PERIOD || o.by >= DGI_N_SERIES_BY)
        return dgi_fail(err, DG_E_ARG, "unknown period %u or key %u of a series", o.period, o.by);
    dg_status st = dgi_ask(&k, store->model, store->s, query, err);
    if (st != DG_OK)
        return st;
    struct dgi_timeline_filter f = dgi_ask_timeline(&k);
    struct dgi_series_options so = {(uint8_t)o.period, (uint8_t)o.by, o.panel, &store->model->codes};
    f.limit = f.offset = 0;
    st = dgi_series_json(store->s, &f, &so, &buf, err);
    dgi_arena_free(k.a);
    if (st == DG_OK)
        return dgi_text_give(out, &buf, err);
    dgi_buf_free(&buf);
    return st;
}

/* ---- SQL ---- */
dg_status dg_sql(dg_text *out, dg_store *store, dg_str query, uint64_t limit, dg_error *err)
{
    struct dgi_buf buf = {0};
    *out = (dg_text){NULL, 0};
    dg_status st = dgi_store_sql(store->s, query, limit, &store->model->codes, &buf, err);
    if (st == DG_OK)
        return dgi_text_give(out, &buf, err);
    dgi_buf_free(&buf);
    return st;
}
