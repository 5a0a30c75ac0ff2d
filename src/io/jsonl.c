/* SPDX-License-Identifier: Apache-2.0 */
/* io/jsonl.c: JSON Lines: cuts the input at newlines, and makes a raw record of an object.
 *
 * A line past the limit is read through without being kept, told with its record and byte, and the next one is read.
 * Fields by their names (io/field_names.h); others are ignored. json-c, because it keeps
 * records with lone surrogates (as U+FFFD). What it would let pass is refused before (io/json_strict.c), and numbers are
 * taken from the line, since json-c makes one number of all above 2^64. */
#include "io/formats.h"

#include <json-c/json.h>
#include <limits.h>
#include <stdlib.h>

enum { MAX_VALUES = 200000, MAX_DEPTH = 64 };

static dg_str str_of(struct json_object *o)
{
    return dgi_strn(json_object_get_string(o), (size_t)json_object_get_string_len(o));
}

/* A string, a number (ids; `written` is its text in the line), an object with "name" or the like, or a list of those joined by ", "
 * into *scratch. */
static bool take(struct json_object *o, dg_str written, dg_str *out, char **scratch)
{
    static const char *const inner[] = {"name", "rendered", "main", "value", "text"}; /* what wraps a string */
    struct json_object *v;
    *out = (dg_str){NULL, 0};
    switch (json_object_get_type(o)) {
    case json_type_null: return true;
    case json_type_string: *out = str_of(o); return true;
    case json_type_int:
    case json_type_double: *out = written; return true;
    case json_type_object:
        for (size_t i = 0; i < sizeof inner / sizeof *inner; i++)
            if (json_object_object_get_ex(o, inner[i], &v) && json_object_get_type(v) == json_type_string) {
                *out = str_of(v);
                return true;
            }
        return false;
    case json_type_array: break;
    default: return false;
    }
    size_t n = json_object_array_length(o), len = 0;
    for (size_t pass = 0; pass < 2; pass++) {
        char *to = NULL;
        if (pass == 1) {
            if (*scratch || len == 0)
                return len == 0;
            if (!(to = malloc(len)))
                return false;
            *scratch = to;
        }
        len = 0;
        for (size_t i = 0; i < n; i++) {
            struct json_object *e = json_object_array_get_idx(o, i);
            if (json_object_get_type(e) == json_type_object && json_object_object_get_ex(e, "name", &v))
                e = v;
            if (json_object_get_type(e) != json_type_string)
                continue;
            dg_str s = str_of(e);
            if (len) {
                if (to)
                    memcpy(to + len, ", ", 2);
                len += 2;
            }
            if (to && s.len)
                memcpy(to + len, s.ptr, s.len);
            len += s.len;
        }
    }
    *out = dgi_strn(*scratch, len);
    return true;
}

/* An object with a name twice: which of the two was meant? Nobody knows, so none is taken. */
static dg_status name_doubled(dg_str line, size_t n_members, dg_error *err)
{
    dg_str again;
    if (!dgi_json_doubled(&again, line, n_members))
        return dgi_fail(err, DG_E_NOMEM, "no memory for the names of a record");
    if (!again.ptr) /* written in two ways: "id" and "\u0069d" */
        return dgi_fail(err, DG_E_FORMAT, "a name stands twice in the record");
    return dgi_fail_at(err, DG_E_FORMAT, 0, (uint64_t)(again.ptr - line.ptr), "'%.*s' stands twice in the record",
                       again.len < 60 ? (int)again.len : 60, again.ptr);
}

/* The JSON object of a line. Owned by the caller. */
static dg_status parse_object(struct json_object **out, dg_str line, dg_error *err)
{
    size_t n_members;
    *out = NULL;
    if (line.len > INT_MAX)
        return dgi_fail(err, DG_E_LIMIT, "line is longer than 2 GiB");
    dg_status st = dgi_json_check(line, MAX_VALUES, &n_members, err);
    if (st != DG_OK)
        return st;
    struct json_tokener *tok = json_tokener_new_ex(MAX_DEPTH);
    if (!tok)
        return dgi_fail(err, DG_E_NOMEM, "no memory for JSON");
    json_tokener_set_flags(tok, JSON_TOKENER_STRICT);
    struct json_object *o = json_tokener_parse_ex(tok, line.ptr, (int)line.len);
    enum json_tokener_error e = json_tokener_get_error(tok);
    size_t used = json_tokener_get_parse_end(tok);
    json_tokener_free(tok);
    if (e != json_tokener_success && e != json_tokener_continue)
        st = dgi_fail_at(err, DG_E_FORMAT, 0, used, "bad JSON: %s", json_tokener_error_desc(e));
    else if (json_object_get_type(o) != json_type_object)
        st = dgi_fail(err, DG_E_FORMAT, "not a JSON object but %s",
                      json_object_get_type(o) == json_type_array ? "an array; write one object per line"
                                                                 : "a bare value");
    else if ((size_t)json_object_object_length(o) < n_members)
        st = name_doubled(line, n_members, err);
    if (st != DG_OK) {
        json_object_put(o);
        return st;
    }
    *out = o;
    return DG_OK;
}

/* The best member for each field, by its name. */
struct chosen {
    struct json_object *value[DGI_N_FIELDS];
    const char *key[DGI_N_FIELDS];
    uint8_t rank[DGI_N_FIELDS];
};

static void choose(struct chosen *c, struct json_object *o, const struct dgi_map *map)
{
    *c = (struct chosen){0};
    json_object_object_foreach(o, key, v)
    {
        uint8_t f, rank;
        if (json_object_get_type(v) == json_type_null || !dgi_field_of(map, dgi_str(key), &f, &rank) ||
            (c->value[f] && c->rank[f] <= rank))
            continue;
        c->value[f] = v;
        c->key[f] = key;
        c->rank[f] = rank;
    }
}

/* What has the wrong type is left out: a record is not thrown away for an odd author. */
static dg_str value_of(const struct chosen *c, uint8_t f, dg_str line, char **scratch)
{
    dg_str s = {NULL, 0}, written = {NULL, 0};
    struct json_object *v = c->value[f];
    if (f <= DGI_F_SUMMARY && !json_object_is_type(v, json_type_string) && !json_object_is_type(v, json_type_object))
        return s; /* neither a number nor a list is a text */
    if (f == DGI_F_PUBLISHER && c->rank[f] && json_object_is_type(v, json_type_array))
        return s; /* a list of sources is of something else: of codes, of links */
    if (json_object_is_type(v, json_type_int) || json_object_is_type(v, json_type_double))
        written = dgi_json_member(line, dgi_str(c->key[f]));
    return v && take(v, written, &s, scratch) ? s : (dg_str){NULL, 0};
}

dg_status dgi_jsonl_parse(struct dgi_raw *raw, dg_str line, const struct dgi_map *map, void **owner, char **scratch,
                          dg_error *err)
{
    struct json_object *o;
    struct chosen c;
    dg_str value[DGI_N_FIELDS];
    *owner = NULL;
    *scratch = NULL;
    dg_status st = parse_object(&o, line, err);
    if (st != DG_OK)
        return st;
    *owner = o;
    choose(&c, o, map);
    for (uint8_t f = 0; f < DGI_N_FIELDS; f++)
        value[f] = value_of(&c, f, line, scratch);
    if (value[DGI_F_ID].len > DGI_MAX_ID) {
        dg_str at = dgi_json_member(line, dgi_str(c.key[DGI_F_ID]));
        return dgi_fail_at(err, DG_E_LIMIT, 0, at.ptr ? (uint64_t)(at.ptr - line.ptr) : 0,
                           "the id has %zu bytes, more than %d", value[DGI_F_ID].len, DGI_MAX_ID);
    }
    bool text = c.value[DGI_F_TEXT] != NULL, html = !text && c.value[DGI_F_HTML];
    uint8_t f = text ? DGI_F_TEXT : DGI_F_HTML;
    if ((text || html) && !value[f].ptr)
        return dgi_fail(err, DG_E_FORMAT, "field '%.60s' is not a string", c.key[f]);
    if (dgi_fields_take(raw, value, text && c.rank[DGI_F_TEXT] == 0 && !(map && map->name[DGI_F_TEXT].len)))
        return DG_OK;
    if (!text && !html)
        return dgi_fail(err, DG_E_FORMAT, "record has neither 'text' nor 'html'");
    raw->kind = html ? DGI_RAW_HTML : DGI_RAW_TEXT; /* there, and empty */
    raw->decoded = true;
    raw->body = value[f];
    return DG_OK;
}

void dgi_jsonl_free(void *owner, char *scratch)
{
    json_object_put(owner);
    free(scratch);
}

/* ---- lines ---- */

/* Pass over the rest of a line that is too long. */
static dg_status skip_line(struct dgi_window *w, dg_error *err)
{
    for (;;) {
        dg_str have = dgi_window_left(w);
        const char *nl = have.len ? memchr(have.ptr, '\n', have.len) : NULL;
        w->pos += nl ? (size_t)(nl - have.ptr) + 1 : have.len;
        if (nl || dgi_window_ended(w))
            return DG_OK;
        dg_status st = dgi_window_fill(w, err);
        if (st != DG_OK)
            return st;
    }
}

/* The next line, without its end; *open: no newline behind it. A line longer than the limit comes cut off. */
static dg_status find_line(struct dgi_window *w, dg_str *line, bool *open, dg_error *err)
{
    size_t seen = 0;
    for (;;) {
        dg_str have = dgi_window_left(w);
        const char *nl = have.len > seen ? memchr(have.ptr + seen, '\n', have.len - seen) : NULL;
        *open = !nl;
        if (nl || have.len > w->max || dgi_window_ended(w)) {
            *line = dgi_str_sub(have, 0, nl ? (size_t)(nl - have.ptr) : have.len);
            return DG_OK;
        }
        seen = have.len;
        dg_status st = dgi_window_fill(w, err);
        if (st != DG_OK)
            return st;
    }
}

enum dgi_next dgi_next_line(dgi_reader *r, struct dgi_raw *raw, dg_error *err)
{
    struct dgi_window *w = &r->w;
    dg_error why = {0};
    dg_str line;
    bool open; /* no newline behind it */
    for (;;) {
        if (find_line(w, &line, &open, err) != DG_OK)
            return dgi_fail_now(r);
        if (line.len > w->max) {
            dgi_record_begins(r, raw, 0);
            if (skip_line(w, err) != DG_OK)
                return dgi_fail_now(r);
            if (w->cut) {
                r->n_records--; /* one fault, told once */
                return dgi_cut_here(r, err);
            }
            dgi_fail_at(err, DG_E_LIMIT, raw->record, raw->byte, "line is longer than %zu bytes; it was left out",
                        w->max);
            return DGI_NEXT_BAD;
        }
        if (open && w->cut)
            return dgi_cut_here(r, err);
        uint64_t at = dgi_window_at(w);
        size_t whole = line.len + !open;
        if (at == 0 && dgi_str_starts(line, DGI_S("\xEF\xBB\xBF")))
            line = dgi_str_sub(line, 3, line.len);
        if (!dgi_str_trim(line).len) {
            w->pos += whole;
            if (open)
                return dgi_records_end(r, err);
            continue;
        }
        bool piece = r->mended; /* may be the end of a line whose start is lost */
        r->mended = false;
        dg_status st = dgi_jsonl_parse(raw, line, &r->map, &r->json, &r->scratch, &why);
        if (piece && st == DG_E_FORMAT) {
            dgi_jsonl_free(r->json, r->scratch);
            r->json = r->scratch = NULL;
            *raw = (struct dgi_raw){0};
        } else
            dgi_record_begins(r, raw, 0);
        w->pos += whole;
        if (st == DG_OK)
            return DGI_NEXT_RECORD;
        if (piece && st == DG_E_FORMAT)
            continue;
        dgi_fail_at(err, st, raw->record, at + why.byte, "%s", why.message);
        return st == DG_E_NOMEM ? dgi_fail_now(r) : DGI_NEXT_BAD;
    }
}
