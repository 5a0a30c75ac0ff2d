/* SPDX-License-Identifier: Apache-2.0 */
/* api/listing.c: what a store holds, page by page; one kept document; why one of its events was coded; has it changed? */
#include "api/api.h"
#include "export/list.h"

static dg_status give(dg_text *out, struct dgi_buf *buf, dg_status st, dg_error *err)
{
    if (st == DG_OK)
        return dgi_text_give(out, buf, err);
    dgi_buf_free(buf);
    return st;
}

dg_status dg_list(dg_text *out, dg_store *store, dg_list_of of, const dg_query *query, const dg_list_options *options,
                  dg_error *err)
{
    dg_list_options o = DG_LIST_OPTIONS_INIT;
    struct dgi_buf buf = {0};
    struct dgi_asked k;
    *out = (dg_text){NULL, 0};
    dgi_options(&o, sizeof o, options);
    if ((uint32_t)of >= DGI_N_LIST)
        return dgi_fail(err, DG_E_ARG, "there is no list of kind %u", (unsigned)of);
    dg_status st = (uint8_t)of == DGI_LIST_ITEMS ? dgi_ask_board(&k, store->model, store->s, query, err)
                                                 : dgi_ask(&k, store->model, store->s, query, err);
    if (st != DG_OK)
        return st;
    struct dgi_list list = {.of = (uint8_t)of,
                            .limit = o.limit,
                            .after = o.after,
                            .events = dgi_ask_timeline(&k),
                            .items = dgi_ask_items(&k)};
    st = dgi_list_json(store->s, &list, &buf, err);
    dgi_arena_free(k.a);
    return give(out, &buf, st, err);
}

static dg_status no_document(dg_str id, dg_error *err)
{
    return dgi_fail(err, DG_E_ARG, "no document has the address or id '%.*s'", (int)(id.len < 120 ? id.len : 120),
                    id.ptr);
}

dg_status dg_store_document(dg_text *out, dg_store *store, dg_str url_or_id, dg_format format, dg_error *err)
{
    struct dgi_buf buf = {0};
    struct dgi_ev_doc doc;
    bool found = false;
    *out = (dg_text){NULL, 0};
    if (format != DG_FORMAT_JSON && format != DG_FORMAT_JSON_TEXT)
        return dgi_fail(err, DG_E_ARG, "a store keeps no trees: a document of it is written as JSON");
    dgi_arena *a = dgi_arena_new(0);
    dg_status st = a ? dgi_store_load(store->s, url_or_id, a, &doc, &found, err)
                     : dgi_fail(err, DG_E_NOMEM, "no memory for a document");
    if (st == DG_OK && !found)
        st = no_document(url_or_id, err);
    if (st == DG_OK &&
        !dgi_record_json(&buf, &doc, &store->model->codes,
                         format == DG_FORMAT_JSON_TEXT ? DG_LIST_ALL : DG_LIST_ALL & ~DG_LIST_TEXT, NULL, 0))
        st = dgi_fail(err, DG_E_NOMEM, "no memory for a document");
    dgi_arena_free(a);
    return give(out, &buf, st, err);
}

/* ---- why ---- */
struct sought {
    dg_str event;
    dg_str document; /* in `a` */
    dgi_arena *a;
};

static bool is_sought(void *user, const struct dgi_store_source *src, int32_t day, const struct dgi_event *ev)
{
    struct sought *x = user;
    (void)day;
    if (!dgi_str_eq(ev->id, x->event))
        return true;
    x->document = dgi_arena_str(x->a, src->id);
    return false;
}

static dg_status explain(dg_text *out, dg_coder *coder, const struct dgi_ev_doc *kept, dg_str event, dg_error *err)
{
    dg_doc *doc;
    if (!kept->text.len)
        return dgi_fail(err, DG_E_ARG, "the text of this document was not kept, so that nothing can be told of it");
    dg_status st = dgi_code_kept(&doc, coder, kept, err);
    if (st != DG_OK)
        return st;
    uint32_t i = 0;
    while (i < doc->ev.n_coded && !dgi_str_eq(doc->ev.events[i].id, event))
        i++;
    st = i < doc->ev.n_coded
             ? dg_explain(out, doc, i, err)
             : dgi_fail(err, DG_E_ARG,
                        "event '%.*s' is not coded by this model and lexicon any more, or never was in this document",
                        (int)(event.len < 60 ? event.len : 60), event.ptr);
    dg_doc_free(doc);
    return st;
}

dg_status dg_store_explain(dg_text *out, dg_store *store, dg_coder *coder, dg_str event, dg_str document, dg_error *err)
{
    struct dgi_ev_doc kept;
    struct dgi_timeline_filter all = DGI_TIMELINE_INIT;
    bool found = false;
    struct sought x = {event, document, dgi_arena_new(0)};
    *out = (dg_text){NULL, 0};
    dg_status st = x.a ? DG_OK : dgi_fail(err, DG_E_NOMEM, "no memory for a document");
    if (st == DG_OK && !document.len)
        st = dgi_store_timeline(store->s, &all, is_sought, &x, err);
    if (st == DG_OK && !x.document.len)
        st = dgi_fail(err, DG_E_ARG, "no event '%.*s'", (int)(event.len < 60 ? event.len : 60), event.ptr);
    if (st == DG_OK)
        st = dgi_store_load(store->s, x.document, x.a, &kept, &found, err);
    if (st == DG_OK && !found)
        st = no_document(x.document, err);
    if (st == DG_OK)
        st = explain(out, coder, &kept, event, err);
    dgi_arena_free(x.a);
    return st;
}

dg_status dg_store_version(dg_store *store, uint64_t *version, dg_error *err)
{
    return dgi_store_version(store->s, version, err);
}
