/* SPDX-License-Identifier: Apache-2.0 */
/* io/warc.c: archives of crawled pages (WARC 0.17 to 1.1), as they are or packed record by record.
 *
 * Pages of responses (status 200, HTML) and texts of "conversion" and "resource" records come out, all else is passed over
 * without being held. Where each record is a member of its own, its byte is the file's, as indexes of archives have it.
 * A record that breaks off, has no length, or a wrong one, is told, and the next "WARC/" at the start of a line is looked for.
 * The day of the crawl is not taken for that of publication: an archive holds old pages too. */
#include "base/json.h"
#include "io/formats.h"
#include "io/http.h"

enum { MOST_HEAD = 64 << 10 };

struct head {
    size_t len; /* with its blank line */
    dg_str type, uri, content_type, payload;
    int64_t length; /* -1: not told */
};

static bool at_record(dg_str s)
{
    return dgi_str_starts(s, DGI_S("WARC/"));
}

/* Behind a record, `ahead` bytes from here: line ends, then another one, or nothing more, or another member whatever is in it. Where
 * nothing is packed the two line ends are enough. */
static bool ends_well(const struct dgi_window *w, size_t ahead)
{
    dg_str s = dgi_str_sub(dgi_window_left(w), ahead, SIZE_MAX);
    if (!dgi_stream_packing(w->s) && dgi_str_starts(s, DGI_S("\r\n\r\n")))
        return true;
    while (s.len && (s.ptr[0] == '\r' || s.ptr[0] == '\n')) {
        s = dgi_str_sub(s, 1, s.len);
        ahead++;
    }
    return dgi_str_starts(s, dgi_str_sub(DGI_S("WARC/"), 0, s.len)) || dgi_window_joint(w, ahead);
}

/* Passes over bytes until a line begins with "WARC/", from `from` bytes ahead. At the end nothing is left. */
static dg_status resync(struct dgi_window *w, size_t from, dg_error *err)
{
    w->pos += from < w->len - w->pos ? from : w->len - w->pos;
    for (;;) {
        dg_str s = dgi_window_left(w);
        size_t k = dgi_str_find(s, DGI_S("\nWARC/"));
        if (k != SIZE_MAX) {
            w->pos += k + 1;
            return DG_OK;
        }
        if (dgi_window_ended(w)) {
            w->pos = w->len;
            return DG_OK;
        }
        w->pos = w->len - (s.len < 5 ? s.len : 5);
        dg_status st = dgi_window_fill(w, err);
        if (st != DG_OK)
            return st;
    }
}

static void read_head(struct head *h, dg_str text)
{
    dg_str rest = text, line, name, value;
    *h = (struct head){.len = text.len, .length = -1};
    dgi_str_next(&rest, '\n', &line); /* WARC/1.0 */
    while (dgi_http_field(&rest, &name, &value)) {
        if (dgi_str_ieq(name, DGI_S("WARC-Type")))
            h->type = value;
        else if (dgi_str_ieq(name, DGI_S("WARC-Target-URI")))
            h->uri = dgi_str_starts(value, DGI_S("<")) && dgi_str_ends(value, DGI_S(">"))
                         ? dgi_str_sub(value, 1, value.len - 1)
                         : value;
        else if (dgi_str_ieq(name, DGI_S("Content-Type")))
            h->content_type = value;
        else if (dgi_str_ieq(name, DGI_S("WARC-Identified-Payload-Type")))
            h->payload = value;
        else if (dgi_str_ieq(name, DGI_S("Content-Length")) && (!dgi_str_int(value, &h->length) || h->length < 0))
            h->length = -1;
    }
}

static bool media_is(dg_str content_type, const char *what)
{
    dg_str t = content_type, first;
    return dgi_str_next(&t, ';', &first) && dgi_str_ieq(dgi_str_trim(first), dgi_str(what));
}

static bool is_page(dg_str content_type)
{
    return media_is(content_type, "text/html") || media_is(content_type, "application/xhtml+xml");
}

/* May there be a page or a text in it? */
static bool wanted(const struct head *h)
{
    if (dgi_str_ieq(h->type, DGI_S("response")))
        return media_is(h->content_type, "application/http") && (!h->payload.len || is_page(h->payload));
    return (dgi_str_ieq(h->type, DGI_S("conversion")) || dgi_str_ieq(h->type, DGI_S("resource"))) &&
           (is_page(h->content_type) || media_is(h->content_type, "text/plain"));
}

/* The head of the record at the window's front; 0 bytes: there is no end to it. */
static dg_status take_head(struct dgi_window *w, dg_str *head, dg_error *err)
{
    dg_status st;
    for (size_t want = 1024;; want *= 2) {
        if ((st = dgi_window_want(w, want, err)) != DG_OK)
            return st;
        dg_str s = dgi_str_sub(dgi_window_left(w), 0, MOST_HEAD);
        size_t n = dgi_http_head(s);
        *head = dgi_str_sub(s, 0, n);
        if (n || want >= MOST_HEAD || s.len < want)
            return DG_OK;
    }
}

/* What there is to say of a record, and on to the next one. */
static enum dgi_next bad(dgi_reader *r, struct dgi_raw *raw, size_t behind, dg_status status, const char *what,
                         dg_error *err)
{
    dg_error why = {DG_OK, 0, 0, ""};
    if (!raw->record)
        dgi_record_begins(r, raw, 0);
    dgi_fail_at(err, status, raw->record, raw->byte, "%s", what);
    if (resync(&r->w, behind, &why) == DG_OK)
        return DGI_NEXT_BAD;
    if (err)
        *err = why;
    return dgi_fail_now(r);
}

/* A record at the front that is not wanted. END: it was passed over. */
static enum dgi_next pass_over(dgi_reader *r, struct dgi_raw *raw, const struct head *h, dg_error *err)
{
    struct dgi_window *w = &r->w;
    uint64_t left = 0;
    size_t at_head = w->len - w->pos < h->len ? w->len - w->pos : h->len;
    if (dgi_window_skip(w, at_head + (uint64_t)h->length, &left, err) != DG_OK || dgi_window_want(w, 9, err) != DG_OK)
        return dgi_fail_now(r);
    if (left && w->cut)
        return dgi_cut_here(r, err);
    if (left)
        return bad(r, raw, 0, DG_E_FORMAT, "the record breaks off", err);
    if (!ends_well(w, 0))
        return bad(r, raw, 0, DG_E_FORMAT, "the record is longer than it says", err);
    return DGI_NEXT_END;
}

/* The block of a wanted record to *raw. END: it holds no page. */
static enum dgi_next take_block(dgi_reader *r, struct dgi_raw *raw, const struct head *h, dg_str block, dg_error *err)
{
    struct dgi_http http = {0};
    dg_error why = {DG_OK, 0, 0, ""};
    if (!dgi_str_ieq(h->type, DGI_S("response"))) {
        raw->kind = is_page(h->content_type) ? DGI_RAW_HTML : DGI_RAW_TEXT;
        raw->charset = dgi_http_charset(h->content_type);
        raw->body = block;
        return DGI_NEXT_RECORD;
    }
    if (!dgi_http_read(&http, block) || http.status != 200 || (http.type.len && !is_page(http.type)) ||
        (!http.type.len && !dgi_looks_html(dgi_str_sub(http.body, 0, 4096))))
        return DGI_NEXT_END;
    dg_status st = dgi_http_decode(&raw->body, &http, r->body, r->w.max, &why);
    if (st != DG_OK) {
        dgi_record_begins(r, raw, 0);
        dgi_fail_at(err, st, raw->record, raw->byte, "%s", why.message);
        return st == DG_E_NOMEM ? dgi_fail_now(r) : DGI_NEXT_BAD;
    }
    raw->kind = DGI_RAW_HTML;
    raw->charset = dgi_http_charset(http.type);
    return dgi_str_trim(raw->body).len ? DGI_NEXT_RECORD : DGI_NEXT_END;
}

/* A wanted record at the front. END: no page in it after all. */
static enum dgi_next take_record(dgi_reader *r, struct dgi_raw *raw, struct head *h, dg_error *err)
{
    struct dgi_window *w = &r->w;
    if ((uint64_t)h->length > w->max) {
        dgi_record_begins(r, raw, 0);
        uint64_t left;
        if (dgi_window_skip(w, h->len + (uint64_t)h->length, &left, err) != DG_OK)
            return dgi_fail_now(r);
        dgi_fail_at(err, DG_E_LIMIT, raw->record, raw->byte,
                    "the record has %lld bytes, more than %zu; it was left out", (long long)h->length, w->max);
        return DGI_NEXT_BAD;
    }
    size_t whole = h->len + (size_t)h->length;
    /* more than its end: the next record must begin there, and the check sum of its member is looked at */
    if (dgi_window_want(w, whole + 9, err) != DG_OK)
        return dgi_fail_now(r);
    dg_str s = dgi_window_left(w);
    if (w->cut && s.len <= whole + 4 && !(s.len >= whole && dgi_stream_ended_well(w->s)))
        return dgi_cut_here(r, err);
    if (s.len < whole)
        return bad(r, raw, h->len, DG_E_FORMAT, "the record breaks off", err);
    read_head(h, dgi_str_sub(s, 0, h->len)); /* the window may have moved */
    if (!ends_well(w, whole))
        return bad(r, raw, h->len, DG_E_FORMAT, "the record's length is wrong", err);
    raw->url = h->uri;
    enum dgi_next n = take_block(r, raw, h, dgi_str_sub(s, h->len, whole), err);
    if (n == DGI_NEXT_RECORD)
        dgi_record_begins(r, raw, 0);
    w->pos += whole;
    return n;
}

static enum dgi_next archive_end(dgi_reader *r, dg_error *err)
{
    if (!r->n_records) {
        dgi_fail(err, DG_E_KIND, "an archive without any page or text");
        return dgi_fail_now(r);
    }
    r->done = true;
    return DGI_NEXT_END;
}

enum dgi_next dgi_next_archived(dgi_reader *r, struct dgi_raw *raw, dg_error *err)
{
    struct dgi_window *w = &r->w;
    struct head h;
    dg_str head;
    enum dgi_next n = DGI_NEXT_END;
    while (n == DGI_NEXT_END) {
        *raw = (struct dgi_raw){0};
        if (dgi_window_want(w, 5, err) != DG_OK)
            return dgi_fail_now(r);
        while (w->pos < w->len && (w->buf[w->pos] == '\r' || w->buf[w->pos] == '\n'))
            w->pos++;
        if (dgi_window_want(w, 5, err) != DG_OK)
            return dgi_fail_now(r);
        dg_str s = dgi_window_left(w);
        if (s.len && (s.ptr[0] == '\r' || s.ptr[0] == '\n'))
            continue;
        if (!s.len)
            return w->cut ? dgi_cut_here(r, err) : archive_end(r, err);
        if (s.len < 5 && w->cut)
            return dgi_cut_here(r, err);
        if (!at_record(s))
            return bad(r, raw, 0, DG_E_FORMAT, "no WARC record begins here", err);
        if (take_head(w, &head, err) != DG_OK)
            return dgi_fail_now(r);
        if (!head.len && w->cut)
            return dgi_cut_here(r, err);
        if (!head.len)
            return bad(r, raw, 1, DG_E_FORMAT, "the record's head has no end", err);
        read_head(&h, head);
        if (h.length < 0)
            return bad(r, raw, h.len, DG_E_FORMAT, "the record does not say how long it is", err);
        dgi_stream_mark(w->s);
        n = wanted(&h) ? take_record(r, raw, &h, err) : pass_over(r, raw, &h, err);
    }
    return n;
}
