/* SPDX-License-Identifier: Apache-2.0 */
/* text/page_clean.c: one linear pass over a page before libxml2 sees it.
 *
 * libxml2's HTML parser takes time with the square of the attributes of a tag, and its end tags search the open
 * elements; a hostile page of some hundred KB could hold it for minutes. So: few attributes (those that extraction
 * reads), no script, style or comment, no end tag without its start tag, a bounded number of tags and depth. Quoted
 * values are looked through at most VALUE_MAX bytes, so that a missing quote costs no more than that. */
#include <ctype.h>

#include "text/page.h"

enum {
    VALUE_MAX = 64 * 1024,
    KEEP_MAX = 2048,
    ATTR_MAX = 32,
    ALL_ATTRS = 200000,
    NAME_MAX_LEN = 32,
    STAMP_BACK = 64,
    N_COUNTS = 256
};

struct cleaner {
    dg_str s;
    char *out;
    size_t n, cap;
    uint32_t tags, attrs;
    uint32_t depth;
    uint32_t open[N_COUNTS]; /* open elements by hash of the name: start tags less end tags */
    char *ld;
    size_t n_ld;
    struct dgi_page_stamps *stamps;
    bool no_end[8]; /* for raw elements: no end tag follows any more */
};

static const char *const raw_names[] = {"script", "style", "textarea", "iframe", "noembed", "noframes", "xmp", "title"};

static bool in_list(dg_str w, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (dgi_str_ieq(w, dgi_str(list[i])))
            return true;
    return false;
}

static bool kept_attr(dg_str w)
{
    static const char *const kept_attrs[] = {"class",       "id",      "href",       "role",     "rel",  "name",
                                             "property",    "content", "itemprop",   "datetime", "lang", "hidden",
                                             "aria-hidden", "style",   "http-equiv", "pubdate"};
    return in_list(w, kept_attrs, sizeof kept_attrs / sizeof *kept_attrs);
}

static bool is_void(dg_str w)
{
    static const char *const void_tags[] = {"br",    "hr",   "img",    "input", "meta",    "link",
                                            "area",  "base", "col",    "embed", "param",   "source",
                                            "track", "wbr",  "keygen", "frame", "basefont"};
    return in_list(w, void_tags, sizeof void_tags / sizeof *void_tags);
}

/* Elements that close themselves when the next one begins: they do not nest by being left open. */
static bool self_closing(dg_str w)
{
    static const char *const closing_tags[] = {"p",      "li",   "td",   "tr",    "th",    "dt",    "dd",
                                               "option", "body", "html", "head",  "h1",    "h2",    "h3",
                                               "h4",     "h5",   "h6",   "thead", "tbody", "tfoot", "optgroup"};
    return in_list(w, closing_tags, sizeof closing_tags / sizeof *closing_tags);
}

static void put(struct cleaner *c, const char *p, size_t n)
{
    memcpy(c->out + c->n, p, n);
    c->n += n;
}

static uint32_t *counter(struct cleaner *c, dg_str name)
{
    uint64_t h = 1469598103934665603u;
    for (size_t i = 0; i < name.len; i++)
        h = (h ^ (uint64_t)tolower((unsigned char)name.ptr[i])) * 1099511628211u;
    return &c->open[(h ^ h >> 32) % N_COUNTS];
}

/* Position of "</name" from i on, or SIZE_MAX. */
static size_t find_end_tag(dg_str s, size_t i, const char *name)
{
    dg_str n = dgi_str(name);
    while (i + 2 + n.len <= s.len) {
        const char *p = memchr(s.ptr + i, '<', s.len - i);
        if (!p)
            return SIZE_MAX;
        i = (size_t)(p - s.ptr);
        if (i + 2 + n.len <= s.len && s.ptr[i + 1] == '/' && dgi_str_ieq(dgi_str_sub(s, i + 2, i + 2 + n.len), n) &&
            (i + 2 + n.len == s.len || !isalnum((unsigned char)s.ptr[i + 2 + n.len])))
            return i;
        i++;
    }
    return SIZE_MAX;
}

static size_t skip_to(dg_str s, size_t i, char what)
{
    const char *p = i < s.len ? memchr(s.ptr + i, what, s.len - i) : NULL;
    return p ? (size_t)(p - s.ptr) + 1 : s.len;
}

/* One attribute at *i inside a tag. Returns false at the tag's end ('>' passed over or input over). */
static bool attribute(dg_str s, size_t *i, size_t tag_start, dg_str *name, dg_str *value)
{
    size_t j = *i;
    while (j < s.len && (isspace((unsigned char)s.ptr[j]) || s.ptr[j] == '/'))
        j++;
    if (j >= s.len || s.ptr[j] == '>' || s.ptr[j] == '<') {
        *i = j < s.len && s.ptr[j] == '>' ? j + 1 : j;
        return false;
    }
    size_t from = j++;
    while (j < s.len && !isspace((unsigned char)s.ptr[j]) && !strchr("=>/", s.ptr[j]))
        j++;
    *name = dgi_str_sub(s, from, j);
    *value = (dg_str){"", 0};
    while (j < s.len && isspace((unsigned char)s.ptr[j]))
        j++;
    if (j < s.len && s.ptr[j] == '=') {
        j++;
        while (j < s.len && isspace((unsigned char)s.ptr[j]))
            j++;
        char q = j < s.len ? s.ptr[j] : 0;
        if (q == '"' || q == '\'') {
            size_t room = s.len - j - 1 < VALUE_MAX ? s.len - j - 1 : (size_t)VALUE_MAX;
            const char *p = room ? memchr(s.ptr + j + 1, q, room) : NULL;
            if (!p) { /* never closed: the tag ends at its first '>' */
                *i = skip_to(s, tag_start, '>');
                return false;
            }
            *value = dgi_strn(s.ptr + j + 1, (size_t)(p - s.ptr) - j - 1);
            j = (size_t)(p - s.ptr) + 1;
        } else {
            size_t v = j;
            while (j < s.len && !isspace((unsigned char)s.ptr[j]) && s.ptr[j] != '>')
                j++;
            *value = dgi_str_sub(s, v, j);
        }
    }
    *i = j;
    return true;
}

static void put_attr(struct cleaner *c, dg_str name, dg_str value)
{
    if (value.len > KEEP_MAX) {
        value.len = KEEP_MAX;
        while (value.len && ((unsigned char)value.ptr[value.len] & 0xC0) == 0x80)
            value.len--;
    }
    put(c, " ", 1);
    put(c, name.ptr, name.len);
    put(c, "=\"", 2);
    for (size_t i = 0; i < value.len; i++) {
        if (value.ptr[i] == '"')
            put(c, "&quot;", 6);
        else if (value.ptr[i] == '<')
            put(c, "&lt;", 4);
        else
            put(c, value.ptr + i, 1);
    }
    put(c, "\"", 1);
}

/* Room for what one tag of `bytes` source bytes can become: names and values, each '"' or '<' six bytes. */
static bool room(struct cleaner *c, dgi_arena *a, size_t bytes)
{
    size_t need = c->n + bytes * 6 + 64;
    if (need <= c->cap)
        return true;
    size_t cap = need + c->cap / 2;
    char *p = dgi_arena_alloc(a, cap);
    if (!p)
        return false;
    memcpy(p, c->out, c->n);
    c->out = p;
    c->cap = cap;
    return true;
}

static bool digits(dg_str s, size_t i, size_t n)
{
    for (size_t k = i; k < i + n; k++)
        if (k >= s.len || s.ptr[k] < '0' || s.ptr[k] > '9')
            return false;
    return true;
}

/* What may stand between a name and its value in JSON, quoted or not, escaped or not. */
static bool joint(char c)
{
    return c == '"' || c == '\'' || c == '\\' || c == ':' || c == '=' || c == ' ';
}

/* Dates as 2015-04-16 that follow a name, in a script. Looks at each byte once and at most STAMP_BACK before a date. */
static void find_stamps(struct dgi_page_stamps *to, dg_str s)
{
    for (size_t i = 4; i + 6 <= s.len && to->n < sizeof to->name / sizeof *to->name; i++) {
        const char *p = memchr(s.ptr + i, '-', s.len - i);
        if (!p)
            return;
        i = (size_t)(p - s.ptr);
        if (!digits(s, i - 4, 4) || !digits(s, i + 1, 2) || i + 3 >= s.len || s.ptr[i + 3] != '-' ||
            !digits(s, i + 4, 2))
            continue;
        size_t end = i - 4, least = end > STAMP_BACK ? end - STAMP_BACK : 0, colons = 0;
        while (end > least && joint(s.ptr[end - 1]))
            colons += s.ptr[--end] == ':' || s.ptr[end] == '=';
        size_t from = end;
        while (from > least && (isalnum((unsigned char)s.ptr[from - 1]) || strchr("_-.", s.ptr[from - 1])))
            from--;
        if (colons != 1 || from == end)
            continue;
        to->name[to->n] = dgi_str_sub(s, from, end);
        to->value[to->n++] = dgi_str_sub(s, i - 4, i + 6);
    }
}

static size_t start_tag(struct cleaner *c, dgi_arena *a, size_t lt, dg_str name, size_t i, bool *no_memory)
{
    bool drop = false, is_v = is_void(name);
    c->tags++;
    if (!is_v && !self_closing(name)) {
        if (c->depth >= DGI_PAGE_DEPTH)
            drop = true;
        else
            c->depth++;
    }
    size_t mark = c->n;
    dg_str an, av;
    uint32_t n_attr = 0;
    bool json_ld = false;
    if (!room(c, a, name.len + 8)) {
        *no_memory = true;
        return c->s.len;
    }
    put(c, "<", 1);
    put(c, name.ptr, name.len);
    while (attribute(c->s, &i, lt, &an, &av)) {
        if (dgi_str_ieq(an, DGI_S("type")) && dgi_str_find(av, DGI_S("ld+json")) != SIZE_MAX)
            json_ld = true;
        if (n_attr >= ATTR_MAX || c->attrs >= ALL_ATTRS || !kept_attr(an))
            continue;
        n_attr++;
        c->attrs++;
        if (!room(c, a, an.len + (av.len < KEEP_MAX ? av.len : (size_t)KEEP_MAX))) {
            *no_memory = true;
            return c->s.len;
        }
        put_attr(c, an, av);
    }
    put(c, ">", 1);
    if (drop) {
        c->n = mark;
        put(c, " ", 1);
    } else if (!is_v) {
        ++*counter(c, name);
    }
    for (size_t k = 0; k < sizeof raw_names / sizeof *raw_names; k++) {
        if (!dgi_str_ieq(name, dgi_str(raw_names[k])))
            continue;
        bool title = k == 7;
        if (!title && !drop) {
            c->n = mark;
            --*counter(c, name);
            if (c->depth)
                c->depth--;
        }
        size_t end = c->no_end[k] ? SIZE_MAX : find_end_tag(c->s, i, raw_names[k]);
        if (end == SIZE_MAX) {
            c->no_end[k] = true;
            return i;
        }
        dg_str body = dgi_str_sub(c->s, i, end);
        if (json_ld && k == 0) {
            memcpy(c->ld + c->n_ld, body.ptr, body.len);
            c->n_ld += body.len;
            c->ld[c->n_ld++] = 0;
        } else if (k == 0) {
            find_stamps(c->stamps, body);
        }
        if (title) {
            for (size_t j = 0; j < body.len; j++) {
                if (!room(c, a, 1)) {
                    *no_memory = true;
                    return c->s.len;
                }
                if (body.ptr[j] == '<')
                    put(c, "&lt;", 4);
                else
                    put(c, body.ptr + j, 1);
            }
            return end;
        }
        return skip_to(c->s, end, '>');
    }
    return i;
}

static size_t end_tag(struct cleaner *c, dgi_arena *a, dg_str name, size_t i, bool *no_memory)
{
    uint32_t *open = counter(c, name);
    i = skip_to(c->s, i, '>');
    c->tags++;
    if (!*open && !dgi_str_ieq(name, DGI_S("p")) && !dgi_str_ieq(name, DGI_S("br")))
        return i;
    if (*open) {
        --*open;
        if (!self_closing(name) && c->depth)
            c->depth--;
    }
    if (!room(c, a, name.len + 4)) {
        *no_memory = true;
        return c->s.len;
    }
    put(c, "</", 2);
    put(c, name.ptr, name.len);
    put(c, ">", 1);
    return i;
}

dg_status dgi_page_clean(dg_str *out, dg_str *ld, struct dgi_page_stamps *stamps, dgi_arena *a, dg_str html,
                         dg_error *err)
{
    struct cleaner *c = dgi_arena_alloc(a, sizeof *c);
    bool no_memory = false;
    *out = *ld = (dg_str){NULL, 0};
    if (!c)
        return dgi_fail(err, DG_E_NOMEM, "no memory for a page");
    c->s = html;
    c->stamps = stamps;
    stamps->n = 0;
    c->cap = html.len + html.len / 4 + 4096;
    c->out = dgi_arena_alloc(a, c->cap);
    c->ld = dgi_arena_alloc(a, html.len + 1);
    if (!c->out || !c->ld)
        return dgi_fail(err, DG_E_NOMEM, "no memory for a page of %zu bytes", html.len);
    bool no_comment_end = false;
    for (size_t i = 0; i < html.len && !no_memory;) {
        const char *p = memchr(html.ptr + i, '<', html.len - i);
        size_t lt = p ? (size_t)(p - html.ptr) : html.len;
        if (lt > i) {
            if (!room(c, a, (lt - i) / 6 + 1)) {
                no_memory = true;
                break;
            }
            put(c, html.ptr + i, lt - i);
        }
        i = lt;
        if (i >= html.len)
            break;
        char k = i + 1 < html.len ? html.ptr[i + 1] : 0;
        size_t j = i + 1 + (k == '/');
        size_t from = j;
        while (j < html.len && (isalnum((unsigned char)html.ptr[j]) || (j > from && strchr("-:_", html.ptr[j]))) &&
               j - from < NAME_MAX_LEN)
            j++;
        dg_str name = dgi_str_sub(html, from, j);
        if (k == '!' && dgi_str_starts(dgi_str_sub(html, i, html.len), DGI_S("<!--"))) {
            size_t end = no_comment_end ? SIZE_MAX : dgi_str_find(dgi_str_sub(html, i + 4, html.len), DGI_S("-->"));
            if (end == SIZE_MAX)
                no_comment_end = true;
            i = end == SIZE_MAX ? skip_to(html, i, '>') : i + 4 + end + 3;
        } else if (k == '!' || k == '?') {
            i = skip_to(html, i, '>');
        } else if (name.len && isalpha((unsigned char)name.ptr[0])) {
            i = k == '/' ? end_tag(c, a, name, j, &no_memory) : start_tag(c, a, i, name, j, &no_memory);
        } else {
            if (!room(c, a, 1))
                no_memory = true;
            else
                put(c, "&lt;", 4);
            i++;
        }
        if (c->tags > DGI_PAGE_TAGS)
            return dgi_fail(err, DG_E_LIMIT, "page has more than %d tags", DGI_PAGE_TAGS);
    }
    if (no_memory)
        return dgi_fail(err, DG_E_NOMEM, "no memory for a page of %zu bytes", html.len);
    *out = dgi_strn(c->out, c->n);
    *ld = dgi_strn(c->ld, c->n_ld);
    return DG_OK;
}
