/* SPDX-License-Identifier: Apache-2.0 */
/* api/export.c: events as rows for other programs, behind the public header. */
#include <stdlib.h>

#include "api/api.h"
#include "export/columns.h"

struct dg_export {
    struct dgi_export x;
    const dg_model *model;
    struct dgi_asked asked;
    struct dgi_timeline_filter filter;
    struct dgi_buf out;
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

dg_status dg_export_new(dg_export **out, const dg_model *model, const dg_query *query, const dg_export_options *options,
                        dg_write_fn *write, void *user, dg_error *err)
{
    dg_export_options o = DG_EXPORT_OPTIONS_INIT;
    *out = NULL;
    dgi_options(&o, sizeof o, options);
    if (o.format >= DGI_N_EXPORT_FORMAT || o.scheme >= DGI_N_SCHEME)
        return dgi_fail(err, DG_E_ARG, "unknown format %u or scheme %u of an export", o.format, o.scheme);
    dg_export *x = calloc(1, sizeof *x);
    if (!x)
        return dgi_fail(err, DG_E_NOMEM, "no memory for an export");
    dg_status st = dgi_ask(&x->asked, model, NULL, query, err);
    if (st != DG_OK) {
        free(x);
        return st;
    }
    x->filter = dgi_ask_timeline(&x->asked);
    x->filter.fold |= o.fold;
    x->model = model;
    x->write = write;
    x->user = user;
    x->out.sink = pass_on;
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
                               .columns = as->columns,
                               .n_columns = as->n,
                               .text = as->text,
                               .any_status = x->filter.status != NULL,
                               .states = dgi_lexicon_table(model->lexicon, "states"),
                               .state_codes = dgi_lexicon_table(model->lexicon, "state_codes"),
                               .acled = dgi_lexicon_table(model->lexicon, "acled"),
                               .out = &x->out};
    *out = x;
    return DG_OK;
}

static dg_status state(const dg_export *x, dg_error *err)
{
    if (x->stopped)
        return dgi_fail(err, DG_E_CANCELLED, "the export was stopped");
    return x->out.failed ? dgi_fail(err, DG_E_NOMEM, "no memory for an export") : DG_OK;
}

dg_status dg_export_doc(dg_export *x, const dg_doc *doc, dg_error *err)
{
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

dg_status dg_export_store(dg_export *x, dg_store *store, dg_error *err)
{
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

static void query_text(struct dgi_buf *b, const struct dgi_asked *k, bool fold)
{
    asked_for(b, k->other ? "between" : "actor", dgi_str(k->actor));
    asked_for(b, "and", dgi_str(k->other));
    asked_for(b, "code", dgi_str(k->code));
    asked_for(b, "status", dgi_str(k->status));
    asked_for(b, "place", dgi_str(k->place));
    asked_day(b, "from", k->q.from);
    asked_day(b, "to", k->q.to);
    asked_day(b, "known on", k->q.known_on);
    if (k->q.min_confidence > 0)
        dgi_buf_printf(b, "%sconfidence from %g", b->len ? ", " : "", k->q.min_confidence);
    if (!b->len)
        dgi_buf_add(b, DGI_S("all events"));
    if (fold)
        dgi_buf_add(b, DGI_S("; an act told twice by a document once"));
}

dg_status dg_export_codebook(dg_text *out, const dg_export *x, dg_error *err)
{
    struct dgi_buf text = {0}, query = {0};
    dg_versions v = DG_VERSIONS_INIT;
    *out = (dg_text){NULL, 0};
    dg_version_info(&v, x->model);
    query_text(&query, &x->asked, x->filter.fold);
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
    dgi_arena_free(x->asked.a);
    free(x);
}
