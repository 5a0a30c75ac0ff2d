/* SPDX-License-Identifier: Apache-2.0 */
/* text/page_ld.c: JSON-LD of a page: the object that is an article, wherever it stands in the graph.
 *
 * The depth of the walk is bounded by json-c's own limit, the work by the number of values. */
#include <json-c/json.h>
#include <limits.h>

#include "text/page.h"

enum { LD_DEPTH = 32, LD_VALUES = 20000, LD_BYTES = 2 << 20 };

/* Some sites escape for HTML what stands in JSON. In place; it only shrinks. */
static dg_str unescape(dg_str s)
{
    static const struct {
        const char *name, *to;
    } known[] = {{"&amp;", "&"},   {"&quot;", "\""}, {"&#39;", "'"},   {"&#039;", "'"},  {"&apos;", "'"},
                 {"&lt;", "<"},    {"&gt;", ">"},    {"&nbsp;", " "},  {"&rsquo;", "’"}, {"&lsquo;", "‘"},
                 {"&#8217;", "’"}, {"&#8216;", "‘"}, {"&ldquo;", "“"}, {"&rdquo;", "”"}, {"&#8220;", "“"},
                 {"&#8221;", "”"}, {"&#x27;", "'"}};
    char *p = (char *)(uintptr_t)s.ptr;
    size_t n = 0;
    for (size_t i = 0; i < s.len;) {
        size_t k = 0;
        if (s.ptr[i] == '&')
            while (k < sizeof known / sizeof *known &&
                   !dgi_str_starts(dgi_str_sub(s, i, s.len), dgi_str(known[k].name)))
                k++;
        else
            k = sizeof known / sizeof *known;
        if (k == sizeof known / sizeof *known) {
            p[n++] = s.ptr[i++];
            continue;
        }
        size_t m = strlen(known[k].to);
        memcpy(p + n, known[k].to, m);
        n += m;
        i += strlen(known[k].name);
    }
    return dgi_strn(p, n);
}

static dg_str copy(dgi_arena *a, struct json_object *o)
{
    if (json_object_get_type(o) != json_type_string)
        return (dg_str){"", 0};
    dg_str s = dgi_arena_str(a, dgi_strn(json_object_get_string(o), (size_t)json_object_get_string_len(o)));
    return s.ptr ? dgi_str_trim(unescape(s)) : (dg_str){"", 0};
}

/* A string, {"name": string}, or a list of those joined by ", ". */
static dg_str names(dgi_arena *a, struct json_object *o)
{
    struct json_object *v;
    if (json_object_get_type(o) == json_type_object)
        return json_object_object_get_ex(o, "name", &v) ? copy(a, v) : (dg_str){"", 0};
    if (json_object_get_type(o) != json_type_array)
        return copy(a, o);
    dg_str all = {NULL, 0};
    size_t n = json_object_array_length(o);
    for (size_t i = 0; i < n && i < 16; i++) {
        struct json_object *e = json_object_array_get_idx(o, i);
        if (json_object_get_type(e) == json_type_object && !json_object_object_get_ex(e, "name", &e))
            continue;
        dg_str s = copy(a, e);
        if (s.len)
            all = all.len ? dgi_arena_printf(a, "%.*s, %.*s", (int)all.len, all.ptr, (int)s.len, s.ptr) : s;
    }
    return all;
}

static bool is_article(struct json_object *o)
{
    struct json_object *t;
    if (!json_object_object_get_ex(o, "@type", &t))
        return false;
    if (json_object_get_type(t) == json_type_array)
        t = json_object_array_get_idx(t, 0);
    if (json_object_get_type(t) != json_type_string)
        return false;
    dg_str s = dgi_str(json_object_get_string(t));
    static const char *const type_names[] = {"Article", "Posting",
                                             "Report"}; /* "NewsArticle", "BlogPosting"; a report alone */
    return dgi_str_ends(s, dgi_str(type_names[0])) || dgi_str_ends(s, dgi_str(type_names[1])) ||
           dgi_str_is(s, type_names[2]);
}

static void set(dg_str *to, dg_str s)
{
    if (!to->len)
        *to = s;
}

static void take(struct dgi_page_ld *out, dgi_arena *a, struct json_object *o)
{
    struct json_object *v;
    if (json_object_object_get_ex(o, "headline", &v))
        set(&out->headline, copy(a, v));
    if (json_object_object_get_ex(o, "datePublished", &v))
        set(&out->date, copy(a, v));
    if (json_object_object_get_ex(o, "dateCreated", &v))
        set(&out->date, copy(a, v));
    if (json_object_object_get_ex(o, "author", &v) || json_object_object_get_ex(o, "creator", &v))
        set(&out->author, names(a, v));
    if (json_object_object_get_ex(o, "publisher", &v))
        set(&out->publisher, names(a, v));
    if (json_object_object_get_ex(o, "articleBody", &v))
        set(&out->body, copy(a, v));
    if (json_object_object_get_ex(o, "mainEntityOfPage", &v)) {
        struct json_object *id;
        if (json_object_get_type(v) == json_type_object && json_object_object_get_ex(v, "@id", &id))
            v = id;
        set(&out->url, copy(a, v));
    }
    if (json_object_object_get_ex(o, "url", &v))
        set(&out->url, copy(a, v));
}

/* Breadth first over objects and lists, so that the outermost article wins. */
static void walk(struct dgi_page_ld *out, dgi_arena *a, struct json_object *root)
{
    struct json_object **queue = NULL;
    uint32_t n = 0, cap = 0;
    struct json_object **q = DGI_PUSH(a, queue, n, cap);
    if (!q)
        return;
    *q = root;
    for (uint32_t i = 0; i < n && n < LD_VALUES; i++) {
        struct json_object *o = queue[i];
        if (json_object_get_type(o) == json_type_array) {
            size_t len = json_object_array_length(o);
            for (size_t k = 0; k < len && n < LD_VALUES; k++) {
                if (!(q = DGI_PUSH(a, queue, n, cap)))
                    return;
                *q = json_object_array_get_idx(o, k);
            }
        } else if (json_object_get_type(o) == json_type_object) {
            if (is_article(o)) {
                take(out, a, o);
                return;
            }
            json_object_object_foreach(o, key, v)
            {
                (void)key;
                enum json_type t = json_object_get_type(v);
                if ((t == json_type_object || t == json_type_array) && n < LD_VALUES) {
                    if (!(q = DGI_PUSH(a, queue, n, cap)))
                        return;
                    *q = v;
                }
            }
        }
    }
}

static size_t count_values(dg_str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++)
        n += s.ptr[i] == ',' || s.ptr[i] == '[' || s.ptr[i] == '{';
    return n;
}

void dgi_page_ld(struct dgi_page_ld *out, dgi_arena *a, dg_str ld)
{
    dg_str one;
    out->headline = out->author = out->publisher = out->url = out->date = out->body = (dg_str){"", 0};
    for (int k = 0; k < 16 && ld.len && dgi_str_next(&ld, 0, &one); k++) {
        one = dgi_str_trim(one);
        if (!one.len || one.len > LD_BYTES || count_values(one) > LD_VALUES * 4)
            continue;
        struct json_tokener *tok = json_tokener_new_ex(LD_DEPTH);
        if (!tok)
            return;
        struct json_object *o = json_tokener_parse_ex(tok, one.ptr, (int)one.len);
        if (json_tokener_get_error(tok) == json_tokener_success)
            walk(out, a, o);
        json_object_put(o);
        json_tokener_free(tok);
    }
}
