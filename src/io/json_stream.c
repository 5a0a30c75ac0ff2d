/* SPDX-License-Identifier: Apache-2.0 */
/* io/json_stream.c: the records inside a larger JSON value, one by one: an array of objects, a JSON Feed, the answer of a news
 * service ({"articles": [...]}, {"response": {"docs": [...]}}), one object over several lines.
 *
 * The value around them is walked through and never held; of an object that is a record its bytes are, up to the limit, and then
 * it is read as a line of JSON Lines is. After a fault the next object behind "}," is looked for. */
#include "io/field_names.h"
#include "io/formats.h"

/* Members that hold a list of articles, and those that hold such a member. */
static const char *const list_keys[] = {"items",   "articles", "docs",    "documents", "results", "data", "news",
                                        "stories", "entries",  "records", "posts",     "hits",    "value"};
static const char *const outer_keys[] = {"response", "data", "hits", "result", "feed", "rss", "channel", "content"};
enum { MOST_KEY = 40, MOST_DEPTH = 6 };

static bool among(dg_str s, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (dgi_str_ieq(s, dgi_str(names[i])))
            return true;
    return false;
}
#define AMONG(s, names) among(s, names, sizeof names / sizeof *names)

static bool blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* ---- a value's end ---- */
struct scan {
    size_t at;      /* looked at so far */
    uint32_t depth; /* open brackets */
    uint64_t kinds; /* of the innermost 64: 1 an object */
    char last;      /* sign outside strings that is no white space */
    bool string, escaped;
};
/* STRAY: an object begins where a name should stand: the one before it was not closed. */
enum ends { OPEN, ENDS, BROKEN, STRAY };

static enum ends string_on(struct scan *k, char c)
{
    if (c == '\n') /* a line end inside a string is no JSON */
        return BROKEN;
    if (k->escaped)
        k->escaped = false;
    else if (c == '\\')
        k->escaped = true;
    else if (c == '"')
        k->string = false;
    return !k->string && !k->depth ? ENDS : OPEN;
}

static enum ends bracket_on(struct scan *k, char c)
{
    bool object = c == '{' || c == '}';
    if (c == '{' || c == '[') {
        if (object && k->depth && (k->kinds & 1) && k->last == ',')
            return STRAY;
        k->kinds = k->kinds << 1 | object;
        k->depth++;
        return OPEN;
    }
    if ((k->kinds & 1) != object && k->depth <= 64)
        return BROKEN;
    k->kinds >>= 1;
    return --k->depth ? OPEN : ENDS;
}

/* Goes on over s; ENDS: the value that began at 0 ends before scan->at. */
static enum ends scan_on(struct scan *k, dg_str s)
{
    for (; k->at < s.len; k->at++) {
        char c = s.ptr[k->at];
        enum ends e = OPEN;
        if (k->string)
            e = string_on(k, c);
        else if (c == '"')
            k->string = true;
        else if (!k->depth && (c == ',' || c == '}' || c == ']' || blank(c)))
            return ENDS; /* a number or a word ended before it */
        else if (c == '{' || c == '[' || c == '}' || c == ']')
            e = bracket_on(k, c);
        if (!k->string && !blank(c))
            k->last = c;
        if (e == ENDS)
            k->at++;
        if (e != OPEN)
            return e;
    }
    return OPEN;
}

/* White space and commas away. *c: what comes then, 0: nothing. */
static dg_status next_char(struct dgi_window *w, char *c, dg_error *err)
{
    for (;;) {
        while (w->pos < w->len && (blank(w->buf[w->pos]) || w->buf[w->pos] == ','))
            w->pos++;
        *c = (char)(w->pos < w->len ? w->buf[w->pos] : 0);
        if (w->pos < w->len || dgi_window_ended(w))
            return DG_OK;
        dg_status st = dgi_window_fill(w, err);
        if (st != DG_OK)
            return st;
    }
}

/* A value that is no record: passed over without being kept. */
static dg_status pass_value(dgi_reader *r, dg_error *err)
{
    struct dgi_window *w = &r->w;
    struct scan k = {0};
    for (;;) {
        enum ends e = scan_on(&k, dgi_window_left(w));
        w->pos += k.at;
        k.at = 0;
        if (e != OPEN || dgi_window_ended(w))
            return DG_OK;
        dg_status st = dgi_window_fill(w, err);
        if (st != DG_OK)
            return st;
    }
}

/* A key (or another short string) at the window's front. Too long or broken: empty. */
static dg_status take_key(dgi_reader *r, char buf[MOST_KEY], dg_str *key, dg_error *err)
{
    struct dgi_window *w = &r->w;
    dg_status st = dgi_window_want(w, MOST_KEY, err);
    if (st != DG_OK)
        return st;
    dg_str s = dgi_window_left(w);
    struct scan k = {0};
    *key = (dg_str){buf, 0};
    if (scan_on(&k, dgi_str_sub(s, 0, MOST_KEY)) != ENDS || k.at < 2)
        return pass_value(r, err);
    memcpy(buf, s.ptr + 1, k.at - 2);
    key->len = k.at - 2;
    w->pos += k.at;
    return DG_OK;
}

/* ---- the value around the records ---- */

/* Behind a key. Goes into what may hold records, remembers the feed's name, passes over the rest. */
static dg_status member(dgi_reader *r, dg_str key, dg_error *err)
{
    struct dgi_window *w = &r->w;
    char c, buf[MOST_KEY];
    dg_status st = next_char(w, &c, err);
    if (st == DG_OK && c == ':') {
        w->pos++;
        st = next_char(w, &c, err);
    }
    if (st != DG_OK)
        return st;
    if (c == '[' && AMONG(key, list_keys)) {
        w->pos++;
        r->in_list = true;
        return DG_OK;
    }
    if (c == '{' && AMONG(key, outer_keys) && r->depth < MOST_DEPTH) {
        w->pos++;
        r->depth++;
        return DG_OK;
    }
    if (c == '"' && !r->of.len && dgi_str_is(key, "title")) {
        dg_str title;
        if ((st = take_key(r, buf, &title, err)) == DG_OK && title.len && !memchr(title.ptr, '\\', title.len))
            r->of = dgi_arena_str(r->keep, title);
        return st;
    }
    return c ? pass_value(r, err) : DG_OK;
}

/* On to the next list of records. *more false: there is none. */
static dg_status to_list(dgi_reader *r, bool *more, dg_error *err)
{
    struct dgi_window *w = &r->w;
    char c, buf[MOST_KEY];
    dg_str key;
    dg_status st = DG_OK;
    for (*more = true; st == DG_OK && !r->in_list;) {
        if ((st = next_char(w, &c, err)) != DG_OK)
            return st;
        if (!c) {
            *more = false;
            return DG_OK;
        }
        if (c == '"') {
            if ((st = take_key(r, buf, &key, err)) == DG_OK)
                st = member(r, key, err);
        } else {
            w->pos++;
            if (c == '[' && !r->depth)
                r->in_list = true;
            else if (c == '{' && r->depth < MOST_DEPTH)
                r->depth++;
            else if (c == '}' && r->depth)
                r->depth--;
        }
    }
    return st;
}

/* ---- records ---- */

/* Behind a fault: to the next "{" behind "},", from the byte after the broken one's start. */
static dg_status resync(dgi_reader *r, dg_error *err)
{
    struct dgi_window *w = &r->w;
    bool closed = false, comma = false;
    w->pos += w->pos < w->len;
    for (;;) {
        for (; w->pos < w->len; w->pos++) {
            char c = w->buf[w->pos];
            if (c == '{' && comma)
                return DG_OK;
            if (c == '}')
                closed = true, comma = false;
            else if (c == ',')
                comma = closed;
            else if (!blank(c))
                closed = comma = false;
        }
        if (dgi_window_ended(w))
            return DG_OK;
        dg_status st = dgi_window_fill(w, err);
        if (st != DG_OK)
            return st;
    }
}

/* The value at the window's front, whole. A fault: *why; *next: where the next value stands, 0: not known. */
static dg_status cut_value(dgi_reader *r, dg_str *value, size_t *next, dg_error *why)
{
    struct dgi_window *w = &r->w;
    struct scan k = {0};
    enum ends e;
    *value = (dg_str){NULL, 0};
    while ((e = scan_on(&k, dgi_window_left(w))) == OPEN && !dgi_window_ended(w) && k.at <= w->max) {
        dg_status st = dgi_window_fill(w, why);
        if (st != DG_OK) {
            r->done = true;
            return st;
        }
    }
    if (e == ENDS && k.at <= w->max) {
        *value = dgi_str_sub(dgi_window_left(w), 0, k.at);
        return DG_OK;
    }
    r->wasted += k.at;
    *next = e == STRAY ? k.at : 0;
    if (k.at > w->max)
        return dgi_fail(why, DG_E_LIMIT, "the record is longer than %zu bytes; it was left out", w->max);
    return dgi_fail(why, DG_E_FORMAT, "bad JSON: %s",
                    e == BROKEN ? "a line ends inside a string" : "the record breaks off");
}

/* A quotation mark too many may have made one value of several: behind the fault, where the next one seems to begin, else the end. */
static size_t behind_fault(dg_str value, size_t fault)
{
    bool closed = false, comma = false;
    for (size_t i = fault; i < value.len; i++) {
        char c = value.ptr[i];
        if (c == '{' && comma)
            return i;
        comma = (c == ',' && closed) || (comma && blank(c));
        closed = c == '}' || (closed && blank(c));
    }
    return value.len;
}

/* Told and passed over. */
static enum dgi_next bad(dgi_reader *r, const struct dgi_raw *raw, size_t next, const dg_error *why, dg_error *err)
{
    dg_error other = *why;
    r->w.pos += next;
    if (!r->done && !next && resync(r, &other) != DG_OK)
        r->done = true;
    dgi_fail_at(err, other.status, raw->record, raw->byte + why->byte, "%s", other.message);
    return r->done ? DGI_NEXT_FAILED : DGI_NEXT_BAD;
}

static enum dgi_next record(dgi_reader *r, struct dgi_raw *raw, dg_error *err)
{
    struct dgi_window *w = &r->w;
    dg_error why = {DG_OK, 0, 0, ""};
    dg_str value;
    size_t next = 0;
    dgi_record_begins(r, raw, 0);
    if (cut_value(r, &value, &next, &why) != DG_OK) {
        if (w->cut && !r->done) {
            r->n_records--;
            return dgi_cut_here(r, err);
        }
        return bad(r, raw, next, &why, err);
    }
    dg_status st = dgi_jsonl_parse(raw, value, &r->map, &r->json, &r->scratch, &why);
    w->pos += st == DG_E_FORMAT ? behind_fault(value, (size_t)why.byte) : value.len;
    if (st == DG_OK) {
        if (!raw->publisher.len)
            raw->publisher = r->of;
        return DGI_NEXT_RECORD;
    }
    dgi_fail_at(err, st, raw->record, raw->byte + why.byte, "%s", why.message);
    return st == DG_E_NOMEM ? dgi_fail_now(r) : DGI_NEXT_BAD;
}

static enum dgi_next end_of_value(dgi_reader *r, dg_error *err)
{
    struct dgi_window *w = &r->w;
    bool cut = w->cut;
    if (!cut && !r->in_list && !r->depth)
        return dgi_records_end(r, err);
    if (!cut)
        dgi_fail_at(&w->why, DG_E_FORMAT, 0, dgi_window_at(w), "bad JSON: it breaks off");
    enum dgi_next n = dgi_cut_here(r, err);
    r->done = !cut;
    return n;
}

enum dgi_next dgi_next_value(dgi_reader *r, struct dgi_raw *raw, dg_error *err)
{
    struct dgi_window *w = &r->w;
    bool more;
    char c;
    for (;;) {
        if (r->wasted > DGI_MOST_WASTED) {
            dgi_fail_at(err, DG_E_FORMAT, 0, dgi_window_at(w), "too much of it is broken; the rest was left out");
            return dgi_fail_now(r);
        }
        if (r->mended && r->in_list && resync(r, err) != DG_OK)
            return dgi_fail_now(r);
        r->mended = false;
        more = true;
        if ((!r->whole && to_list(r, &more, err) != DG_OK) || (more && next_char(w, &c, err) != DG_OK))
            return dgi_fail_now(r);
        if (!more || !c)
            return end_of_value(r, err);
        if (c == '{')
            return record(r, raw, err);
        if (c == ']') {
            w->pos++;
            r->in_list = false;
        } else if (pass_value(r, err) != DG_OK)
            return dgi_fail_now(r);
        else if (w->pos < w->len && (w->buf[w->pos] == '}' || w->buf[w->pos] == ':'))
            w->pos++; /* a stray sign */
    }
}

/* ---- what the first bytes say ---- */

/* Does this begin an object with a list of records in it, or an object that goes over several lines? Not: JSON Lines. */
bool dgi_json_holds_list(dg_str head, bool *whole)
{
    struct scan k = {0};
    *whole = false;
    scan_on(&k, head);
    const char *nl = memchr(head.ptr, '\n', k.at);
    size_t second = nl ? (size_t)(nl - head.ptr) + 1 : head.len;
    while (second < head.len && blank(head.ptr[second]))
        second++;
    bool lines = second < head.len && head.ptr[second] != '{';
    for (size_t i = 0; i + 1 < head.len && i < k.at; i++) {
        if (head.ptr[i] != '"')
            continue;
        size_t from = ++i;
        while (i < head.len && head.ptr[i] != '"')
            i += 1 + (head.ptr[i] == '\\');
        dg_str word = dgi_str_sub(head, from, i);
        size_t j = i + 1;
        while (j < head.len && blank(head.ptr[j]))
            j++;
        if (j >= head.len || head.ptr[j] != ':')
            continue;
        uint8_t field, rank;
        if (dgi_field_of(NULL, word, &field, &rank) && field <= DGI_F_HTML) /* it is a record itself */
            break;
        for (j++; j < head.len && (blank(head.ptr[j]));)
            j++;
        if (j < head.len && head.ptr[j] == '[' && AMONG(word, list_keys)) {
            for (j++; j < head.len && blank(head.ptr[j]);)
                j++;
            if (j < head.len && head.ptr[j] == '{')
                return true;
        }
    }
    return *whole = lines;
}
