/* SPDX-License-Identifier: Apache-2.0 */
/* io/jsonl.c: one line of JSON to a raw record.
 *
 * Fields id text html title url published|date author publisher lang; others are ignored. json-c, because it keeps
 * records with lone surrogates (as U+FFFD) and 64-bit ids. A line is first counted through: json-c takes some 80 bytes
 * per value, so a line of 30 million commas would cost gigabytes. */
#include "io/reader.h"

#include <json-c/json.h>
#include <limits.h>
#include <stdlib.h>

enum { MAX_VALUES = 200000, MAX_DEPTH = 64 };

static size_t count_values(dg_str s)
{
    size_t n = 1;
    bool in = false;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        if (in) {
            if (c == '\\')
                i++;
            else if (c == '"')
                in = false;
        } else if (c == '"') {
            in = true;
        } else {
            n += c == ',' || c == '[' || c == '{';
        }
    }
    return n;
}

static dg_str str_of(struct json_object *o)
{
    return dgi_strn(json_object_get_string(o), (size_t)json_object_get_string_len(o));
}

/* A string, a number (ids), an object with "name", or a list of those joined by ", " into *scratch. */
static bool take(struct json_object *o, dg_str *out, char **scratch)
{
    struct json_object *v;
    *out = (dg_str){NULL, 0};
    switch (json_object_get_type(o)) {
    case json_type_null:
        return true;
    case json_type_string:
        *out = str_of(o);
        return true;
    case json_type_int:
    case json_type_double:
        *out = dgi_str(json_object_to_json_string_ext(o, JSON_C_TO_STRING_PLAIN));
        return true;
    case json_type_object:
        if (!json_object_object_get_ex(o, "name", &v) || json_object_get_type(v) != json_type_string)
            return false;
        *out = str_of(v);
        return true;
    case json_type_array:
        break;
    default:
        return false;
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

dg_status dgi_jsonl_parse(struct dgi_raw *raw, dg_str line, void **owner, char **scratch, dg_error *err)
{
    *owner = NULL;
    *scratch = NULL;
    if (line.len > INT_MAX)
        return dgi_fail(err, DG_E_LIMIT, "line is longer than 2 GiB");
    size_t n = count_values(line);
    if (n > MAX_VALUES)
        return dgi_fail(err, DG_E_LIMIT, "record has %zu values, more than %d", n, MAX_VALUES);
    struct json_tokener *tok = json_tokener_new_ex(MAX_DEPTH);
    if (!tok)
        return dgi_fail(err, DG_E_NOMEM, "no memory for JSON");
    struct json_object *o = json_tokener_parse_ex(tok, line.ptr, (int)line.len);
    enum json_tokener_error e = json_tokener_get_error(tok);
    size_t used = json_tokener_get_parse_end(tok);
    dg_status st = DG_OK;
    if (e == json_tokener_continue)
        st = dgi_fail_at(err, DG_E_FORMAT, 0, line.len, "JSON breaks off at the end of the line");
    else if (e != json_tokener_success)
        st = dgi_fail_at(err, DG_E_FORMAT, 0, used, "bad JSON: %s", json_tokener_error_desc(e));
    else if (dgi_str_trim(dgi_str_sub(line, used, line.len)).len)
        st = dgi_fail_at(err, DG_E_FORMAT, 0, used, "more after the JSON object on its line");
    else if (json_object_get_type(o) != json_type_object)
        st = dgi_fail(err, DG_E_FORMAT, "not a JSON object but %s",
                      json_object_get_type(o) == json_type_array ? "an array; write one object per line"
                                                                 : "a bare value");
    json_tokener_free(tok);
    if (st != DG_OK) {
        json_object_put(o);
        return st;
    }
    *owner = o;

    struct field {
        const char *name;
        dg_str *to;
    } fields[] = {{"id", &raw->id}, {"url", &raw->url}, {"title", &raw->title}, {"author", &raw->author},
                  {"publisher", &raw->publisher}, {"lang", &raw->lang}, {"date", &raw->published},
                  {"published", &raw->published}};
    struct json_object *v;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        dg_str s;
        /* what has the wrong type is left out: a record is not thrown away for an odd author */
        if (json_object_object_get_ex(o, fields[i].name, &v) && take(v, &s, scratch) && s.len)
            *fields[i].to = s;
    }
    bool text = json_object_object_get_ex(o, "text", &v) && json_object_get_type(v) != json_type_null;
    bool html = !text && json_object_object_get_ex(o, "html", &v) && json_object_get_type(v) != json_type_null;
    if (!text && !html)
        return dgi_fail(err, DG_E_FORMAT, "record has neither 'text' nor 'html'");
    if (json_object_get_type(v) != json_type_string)
        return dgi_fail(err, DG_E_FORMAT, "field '%s' is not a string", text ? "text" : "html");
    raw->kind = html ? DGI_RAW_HTML : DGI_RAW_TEXT;
    raw->decoded = true;
    raw->body = str_of(v);
    return DG_OK;
}

void dgi_jsonl_free(void *owner, char *scratch)
{
    json_object_put(owner);
    free(scratch);
}
