/* SPDX-License-Identifier: Apache-2.0 */
/* api/from_coded.c: documents that were coded elsewhere, into a store. */
#include <stdlib.h>

#include "api/api.h"
#include "event/coded.h"
#include "io/stream.h"
#include "store/store.h"

enum { LONGEST_LINE = 512 << 20, READ_STEP = 1 << 18 };

dg_status dg_store_ingest_coded(dg_store *s, dg_str record, dg_ingested *what, dg_error *err)
{
    struct dgi_ev_doc doc;
    enum dgi_ingest_result r = DGI_INGEST_SAME;
    uint64_t coder;
    dg_error ignored;
    dgi_arena *a = dgi_arena_new(0);
    err = err ? err : &ignored;
    dg_status st = a ? dgi_coded_read(record, a, &doc, &coder, err)
                     : dgi_fail(err, DG_E_NOMEM, "no memory to read a coded document");
    if (st == DG_OK) {
        dgi_store_coder(s->s, coder);
        st = dgi_store_put(s->s, &doc, s->today, &r, err);
        dgi_store_coder(s->s, dgi_coder_sum(s->model));
    }
    dgi_arena_free(a);
    if (what)
        *what = r == DGI_INGEST_ADDED  ? DG_INGESTED_NEW
                : r == DGI_INGEST_SAME ? DG_INGESTED_SAME
                                       : DG_INGESTED_CORRECTED;
    return st;
}

/* ---- a file of lines ---- */
struct lines {
    dg_store *s;
    dg_coded_fault_fn *fault;
    void *user;
    dg_coded_counts *counts;
    uint64_t line, at; /* of the line that comes: its number and place */
    char *buf;
    size_t len, cap;
};

static dg_status told(struct lines *l, dg_error *err)
{
    l->counts->n_refused++;
    if (!l->fault || l->fault(l->user, err))
        return DG_OK;
    return dgi_fail(err, DG_E_CANCELLED, "stopped");
}

static dg_status one_line(struct lines *l, dg_str line, dg_error *err)
{
    dg_ingested what;
    l->line++;
    if (line.len && line.ptr[line.len - 1] == '\r')
        line.len--;
    if (!line.len)
        return DG_OK;
    *err = (dg_error){0};
    dg_status st = dg_store_ingest_coded(l->s, line, &what, err);
    err->record = l->line;
    err->byte += l->at;
    if (st == DG_E_FORMAT || st == DG_E_LIMIT)
        return told(l, err);
    if (st == DG_OK)
        (*(what == DG_INGESTED_NEW    ? &l->counts->n_new
           : what == DG_INGESTED_SAME ? &l->counts->n_same
                                      : &l->counts->n_corrected))++;
    return st;
}

/* The whole lines that are here; last: also what has no newline behind it. */
static dg_status whole_lines(struct lines *l, bool last, dg_error *err)
{
    size_t from = 0;
    dg_status st = DG_OK;
    while (st == DG_OK && from < l->len) {
        char *end = memchr(l->buf + from, '\n', l->len - from);
        size_t n = end ? (size_t)(end - l->buf) - from : l->len - from;
        if (!end && !last)
            break;
        st = one_line(l, (dg_str){l->buf + from, n}, err);
        l->at += n + (end != NULL);
        from += n + (end != NULL);
    }
    if (from)
        memmove(l->buf, l->buf + from, l->len - from);
    l->len -= from;
    return st;
}

static dg_status room(struct lines *l, dg_error *err)
{
    if (l->cap - l->len >= READ_STEP)
        return DG_OK;
    size_t cap = l->cap * 2 + READ_STEP;
    char *buf = cap <= LONGEST_LINE ? realloc(l->buf, cap) : NULL;
    if (!buf)
        return dgi_fail_at(err, cap <= LONGEST_LINE ? DG_E_NOMEM : DG_E_LIMIT, l->line + 1, l->at,
                           "the line is too long");
    l->buf = buf;
    l->cap = cap;
    return DG_OK;
}

static dg_status all_lines(struct lines *l, dgi_stream *in, dg_error *err)
{
    for (;;) {
        size_t n = 0;
        dg_status st = room(l, err);
        if (st != DG_OK)
            return st;
        switch (dgi_stream_read(in, l->buf + l->len, l->cap - l->len, &n, err)) {
        case DGI_FLOW_MORE: l->len += n; break;
        case DGI_FLOW_END: return whole_lines(l, true, err);
        case DGI_FLOW_CUT: /* a line that was begun is lost with what is damaged */
            l->at += l->len;
            l->len = 0;
            err->record = l->line + 1;
            st = told(l, err);
            break;
        default: return err->status;
        }
        dgi_stream_mark(in);
        if (st == DG_OK)
            st = whole_lines(l, false, err);
        if (st != DG_OK)
            return st;
    }
}

dg_status dg_store_ingest_coded_file(dg_store *s, const char *path, dg_coded_fault_fn *fault, void *user,
                                     dg_coded_counts *counts, dg_error *err)
{
    dg_coded_counts own = {0};
    dg_error ignored = {0};
    dgi_stream *in;
    struct lines l = {.s = s, .fault = fault, .user = user, .counts = counts ? counts : &own};
    err = err ? err : &ignored;
    dg_status st = dgi_stream_open(&in, path, NULL, NULL, err);
    if (st == DG_OK)
        st = all_lines(&l, in, err);
    if (st == DG_OK)
        *err = (dg_error){0};
    dgi_stream_close(in);
    free(l.buf);
    return st;
}
