/* SPDX-License-Identifier: Apache-2.0 */
/* io/reader.c: opens an input, finds out what it is, hands out its records.
 *
 * Plain text and HTML are one record per input; the other formats have a file each (io/formats.h). */
#include "io/reader.h"

#include <stdlib.h>

#include "io/formats.h"
#include "io/office.h"
#include "io/saved_html.h"
#include "io/zip.h"

enum { SNIFF = 8192 };

static dg_status reader_new(dgi_reader **out, dgi_stream *s, const struct dgi_reader_options *o, const char *name,
                            dg_error *err)
{
    dgi_reader *r = *out = calloc(1, sizeof *r);
    if (r && name && !(r->name = strdup(name))) {
        free(r);
        *out = r = NULL;
    }
    if (!r) {
        dgi_stream_close(s);
        return dgi_fail(err, DG_E_NOMEM, "no memory for a reader");
    }
    r->input = r->asked = o ? o->input : DGI_INPUT_AUTO;
    r->options = o ? *o : (struct dgi_reader_options){0};
    dg_status st = dgi_map_parse(&r->map, o ? o->map : NULL, err);
    size_t max = o && o->max_document ? o->max_document : DGI_MAX_DOCUMENT;
    dgi_window_init(&r->w, s, max);
    if (st == DG_OK && (!(r->keep = dgi_arena_new(0)) || !(r->arena = dgi_arena_new(max * 8 + (1 << 20)))))
        st = dgi_fail(err, DG_E_NOMEM, "no memory for a reader");
    if (st == DG_OK)
        return DG_OK;
    dgi_reader_close(r);
    *out = NULL;
    return st;
}

dg_status dgi_reader_open(dgi_reader **out, const char *path, const struct dgi_reader_options *options, dg_error *err)
{
    dgi_stream *s;
    *out = NULL;
    dg_status st = dgi_stream_open(&s, path, options ? options->go : NULL, options ? options->user : NULL, err);
    return st == DG_OK ? reader_new(out, s, options, path, err) : st;
}

dg_status dgi_reader_open_bytes(dgi_reader **out, dg_str bytes, const char *name,
                                const struct dgi_reader_options *options, dg_error *err)
{
    dgi_stream *s;
    *out = NULL;
    dg_status st = dgi_stream_open_bytes(&s, bytes, err);
    return st == DG_OK ? reader_new(out, s, options, name, err) : st;
}

void dgi_reader_close(dgi_reader *r)
{
    if (!r)
        return;
    dgi_jsonl_free(r->json, r->scratch);
    dgi_table_end(r);
    dgi_reader_close(r->inner);
    dgi_zip_close(r->zip);
    dgi_buf_free(&r->body[0]);
    dgi_buf_free(&r->body[1]);
    dgi_arena_free(r->arena);
    dgi_arena_free(r->keep);
    dgi_window_clear(&r->w);
    free(r->name);
    free(r);
}

uint64_t dgi_reader_bytes(const dgi_reader *r)
{
    return dgi_window_at(&r->w);
}

uint64_t dgi_reader_size(const dgi_reader *r)
{
    return dgi_stream_size(r->w.s);
}

enum dgi_next dgi_fail_now(dgi_reader *r)
{
    r->done = true;
    return DGI_NEXT_FAILED;
}

enum dgi_next dgi_cut_here(dgi_reader *r, dg_error *err)
{
    const dg_error *why = &r->w.why;
    uint64_t before = r->n_records++;
    dgi_fail_at(err, why->status, r->n_records, why->byte, "%s; %llu record%s before it", why->message,
                (unsigned long long)before, before == 1 ? "" : "s");
    dgi_window_mend(&r->w);
    r->mended = true;
    return DGI_NEXT_BAD;
}

void dgi_record_begins(dgi_reader *r, struct dgi_raw *raw, size_t ahead)
{
    uint64_t member = dgi_window_begin(&r->w, ahead, &raw->byte);
    if (r->input == DGI_INPUT_WARC && dgi_stream_packing(r->w.s)) /* as indexes of archives have it */
        raw->byte = member;
    raw->record = ++r->n_records;
    raw->many = true;
}

enum dgi_next dgi_records_end(dgi_reader *r, dg_error *err)
{
    r->done = true;
    if (r->n_records)
        return DGI_NEXT_END;
    dgi_fail(err, DG_E_FORMAT, "there is no record in it");
    return DGI_NEXT_BAD;
}

/* A text that breaks off is none: nobody knows what its next word would have been. */
static enum dgi_next next_whole(dgi_reader *r, struct dgi_raw *raw, dg_error *err)
{
    struct dgi_window *w = &r->w;
    if (dgi_window_want(w, w->max + 1, err) != DG_OK)
        return dgi_fail_now(r);
    dg_str all = dgi_window_left(w);
    if (w->cut) {
        r->sniffed = false;
        r->input = r->asked;
        return dgi_cut_here(r, err);
    }
    if (all.len > w->max) {
        dgi_fail_at(err, DG_E_LIMIT, 0, w->max, "longer than %zu bytes, the most that one document may have", w->max);
        return dgi_fail_now(r);
    }
    w->pos = w->len;
    r->done = true;
    r->n_records++;
    raw->record = r->n_records;
    raw->kind = r->input == DGI_INPUT_HTML ? DGI_RAW_HTML : DGI_RAW_TEXT;
    raw->body = all;
    return DGI_NEXT_RECORD;
}

/* What stands in body[0] takes the place of the input. */
static dg_status read_instead(dgi_reader *r, dg_error *err)
{
    dgi_stream *s;
    size_t max = r->w.max;
    dg_status st = dgi_stream_open_bytes(&s, dgi_buf_str(&r->body[0]), err);
    if (st != DG_OK)
        return st;
    dgi_window_clear(&r->w);
    dgi_window_init(&r->w, s, max);
    return DG_OK;
}

/* A word processor's file becomes its text, and that is looked at anew. */
static dg_status unwrap(dgi_reader *r, dg_error *err)
{
    struct dgi_window *w = &r->w;
    bool rtf = dgi_str_starts(dgi_window_left(w), DGI_S("{\\rtf"));
    dg_status st = dgi_window_want(w, w->max + 1, err);
    dg_str all = dgi_window_left(w);
    if (st != DG_OK)
        return st;
    if (all.len > w->max)
        return dgi_fail_at(err, DG_E_LIMIT, 0, w->max, "longer than %zu bytes, the most that one document may have",
                           w->max);
    dg_error why = {DG_OK, 0, 0, ""};
    bool files = false;
    st = rtf ? dgi_rtf_text(&r->body[0], all, &why) : dgi_docx_text(&r->body[0], all, &files, &why);
    if (st == DG_E_KIND && files && !r->is_inner) /* a zip archive, and no document itself */
        return dgi_zip_open(&r->zip, all, err);
    if (st != DG_OK && err)
        *err = why;
    return st == DG_OK ? read_instead(r, err) : st;
}

/* A page that is an export of a news library, many articles in it: its lines take its place. */
static dg_status export_of_page(dgi_reader *r, dg_error *err)
{
    struct dgi_window *w = &r->w;
    dg_status st = dgi_window_want(w, w->max + 1, err);
    dg_str all = dgi_window_left(w);
    if (st != DG_OK || w->cut || all.len > w->max || !dgi_html_may_be_export(all))
        return st;
    st = dgi_html_lines(&r->body[0], all, err);
    uint8_t export = st == DG_OK ? dgi_export_of(dgi_buf_str(&r->body[0])) : 0;
    if (!export)
        return st;
    if ((st = read_instead(r, err)) != DG_OK)
        return st;
    r->input = DGI_INPUT_EXPORT;
    r->export = export;
    return DG_OK;
}

/* What is it? By its first bytes. Anything but a record: that is what there is to tell. */
static enum dgi_next know(dgi_reader *r, dg_error *err)
{
    struct dgi_window *w = &r->w;
    if (dgi_window_want(w, SNIFF, err) != DG_OK)
        return dgi_fail_now(r);
    dg_str head = dgi_window_left(w);
    if (!head.len && w->cut) /* perhaps there is a whole member behind the damaged one */
        return dgi_cut_here(r, err);
    r->sniffed = true;
    if (!head.len && r->n_records) {
        r->done = true;
        return DGI_NEXT_END;
    }
    if (!head.len)
        dgi_fail(err, DG_E_FORMAT, "there is nothing in it (0 bytes)");
    if (!head.len)
        return dgi_fail_now(r);
    if (r->asked == DGI_INPUT_AUTO &&
        (dgi_str_starts(head, DGI_S("PK\x03\x04")) || dgi_str_starts(head, DGI_S("{\\rtf")))) {
        if (unwrap(r, err) != DG_OK)
            return dgi_fail_now(r);
        if (r->zip)
            return DGI_NEXT_RECORD;
        head = dgi_window_left(w);
    }
    if (!dgi_sniff(dgi_str_sub(head, 0, SNIFF), r->name, &r->map, &r->input, &r->whole, err)) {
        if (!w->cut)
            return dgi_fail_now(r);
        r->sniffed = false; /* what a damaged member gave before it broke off says nothing of those behind it */
        return dgi_cut_here(r, err);
    }
    if (r->input >= DGI_INPUT_JSON && dgi_str_starts(head, DGI_S("\xEF\xBB\xBF")))
        w->pos += 3;
    if (r->input == DGI_INPUT_HTML && r->asked == DGI_INPUT_AUTO && export_of_page(r, err) != DG_OK)
        return dgi_fail_now(r);
    if (r->input == DGI_INPUT_EXPORT && !r->export)
        r->export = dgi_export_of(dgi_window_left(w));
    return DGI_NEXT_RECORD;
}

/* The next entry of a zip archive gets a reader of its own. END: there is none. */
static enum dgi_next next_entry(dgi_reader *r, dg_error *err)
{
    dg_error why = {DG_OK, 0, 0, ""};
    dg_str name;
    bool end = false;
    dg_status st = dgi_zip_next(r->zip, &r->body[0], r->w.max, &name, &end, &why);
    if (st == DG_OK && end)
        return DGI_NEXT_END;
    if (st == DG_OK)
        st = dgi_reader_open_bytes(&r->inner, dgi_buf_str(&r->body[0]), name.ptr, &r->options, &why);
    if (st == DG_OK) {
        r->inner->is_inner = true;
        return DGI_NEXT_RECORD;
    }
    r->done = end || st == DG_E_NOMEM;
    dgi_fail_at(err, st, ++r->n_records, 0, "'%.60s': %s", name.ptr, why.message);
    return r->done ? DGI_NEXT_FAILED : DGI_NEXT_BAD;
}

/* Records of the entries, one entry after the other; what holds no news among them is passed over. */
static enum dgi_next next_zipped(dgi_reader *r, struct dgi_raw *raw, dg_error *err)
{
    dg_error why = {DG_OK, 0, 0, ""};
    for (;;) {
        enum dgi_next n = r->inner ? dgi_reader_next(r->inner, raw, &why) : next_entry(r, err);
        if (!r->inner && n == DGI_NEXT_END) {
            r->done = true;
            if (r->n_records)
                return DGI_NEXT_END;
            dgi_fail(err, DG_E_KIND, "a zip archive with no news in it");
            return DGI_NEXT_FAILED;
        }
        if (!r->inner)
            return n;
        if (raw->body.ptr && n == DGI_NEXT_RECORD) {
            raw->record = ++r->n_records;
            raw->many = true;
            return n;
        }
        if (n == DGI_NEXT_RECORD) /* it was just opened */
            continue;
        bool tell = n == DGI_NEXT_BAD || (n == DGI_NEXT_FAILED && why.status != DG_E_KIND);
        if (tell)
            dgi_fail_at(err, why.status, ++r->n_records, why.byte, "'%.60s': %s", r->inner->name, why.message);
        if (n != DGI_NEXT_BAD) {
            dgi_reader_close(r->inner);
            r->inner = NULL;
        }
        if (tell)
            return why.status == DG_E_NOMEM ? dgi_fail_now(r) : DGI_NEXT_BAD;
    }
}

enum dgi_next dgi_reader_next(dgi_reader *r, struct dgi_raw *raw, dg_error *err)
{
    memset(raw, 0, sizeof *raw);
    dgi_jsonl_free(r->json, r->scratch);
    r->json = NULL;
    r->scratch = NULL;
    dgi_arena_reset(r->arena);
    if (r->done)
        return DGI_NEXT_END;
    enum dgi_next known = r->sniffed ? DGI_NEXT_RECORD : know(r, err);
    if (known != DGI_NEXT_RECORD)
        return known;
    if (r->zip)
        return next_zipped(r, raw, err);
    switch (r->input) {
    case DGI_INPUT_JSONL: return dgi_next_line(r, raw, err);
    case DGI_INPUT_JSON: return dgi_next_value(r, raw, err);
    case DGI_INPUT_FEED: return dgi_next_item(r, raw, err);
    case DGI_INPUT_CSV: return dgi_next_row(r, raw, err);
    case DGI_INPUT_WARC: return dgi_next_archived(r, raw, err);
    case DGI_INPUT_EXPORT: return dgi_next_article(r, raw, err);
    default: return next_whole(r, raw, err);
    }
}

dg_status dgi_read_all(char **bytes, size_t *len, const char *path, size_t max, dg_error *err)
{
    struct dgi_window w;
    dgi_stream *s;
    *bytes = NULL;
    *len = 0;
    dg_status st = dgi_stream_open(&s, path, NULL, NULL, err);
    if (st != DG_OK)
        return st;
    dgi_window_init(&w, s, max ? max : DGI_MAX_DOCUMENT);
    st = dgi_window_want(&w, w.max + 1, err);
    if (st == DG_OK && w.cut)
        st = dgi_fail_at(err, w.why.status, 0, w.why.byte, "%s", w.why.message);
    if (st == DG_OK && w.len > w.max)
        st = dgi_fail_at(err, DG_E_LIMIT, 0, w.max, "longer than %zu bytes, the most that is read", w.max);
    if (st == DG_OK) {
        *bytes = w.own;
        *len = w.len;
        w.own = NULL;
    }
    dgi_window_clear(&w);
    return st;
}
