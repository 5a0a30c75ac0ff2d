/* SPDX-License-Identifier: Apache-2.0 */
/* io/json_strict.c: is this line JSON by the letter (RFC 8259)? And where in it does a member stand?
 *
 * Reads   the bytes of one line
 * Writes  how many values and members it has, or the byte and the reason why it is not JSON
 *
 * json-c, which takes the values out (io/jsonl.c), lets comments, single quotes and commas with nothing after them pass,
 * makes 2^64-1 of every larger number and keeps the last of two members with one name: a record would be read otherwise
 * than it was meant, without a word. So the line is gone through first. It is also counted: json-c takes some 80 bytes
 * per value, and a line of 30 million commas would cost gigabytes. */
#include "io/reader.h"

#include <stdlib.h>

enum { MAX_DEPTH = 64 };

struct scan {
    dg_str s;
    size_t at;
    const char *fault; /* NULL: none; cut: the line ends too early */
    bool cut;
};

static bool fail(struct scan *p, const char *fault)
{
    p->cut = p->at >= p->s.len;
    p->fault = fault;
    return false;
}

static int peek(const struct scan *p)
{
    return p->at < p->s.len ? (unsigned char)p->s.ptr[p->at] : -1;
}

static void blanks(struct scan *p)
{
    while (peek(p) == ' ' || peek(p) == '\t' || peek(p) == '\r' || peek(p) == '\n')
        p->at++;
}

static bool digits(struct scan *p)
{
    size_t from = p->at;
    while (peek(p) >= '0' && peek(p) <= '9')
        p->at++;
    return p->at > from || fail(p, "a digit is missing in a number");
}

static bool number(struct scan *p)
{
    p->at += peek(p) == '-';
    if (peek(p) == '0') {
        p->at++;
        if (peek(p) >= '0' && peek(p) <= '9')
            return fail(p, "a number begins with 0");
    } else if (!digits(p)) {
        return false;
    }
    if (peek(p) == '.') {
        p->at++;
        if (!digits(p))
            return false;
    }
    if (peek(p) == 'e' || peek(p) == 'E') {
        p->at++;
        p->at += peek(p) == '+' || peek(p) == '-';
        return digits(p);
    }
    return true;
}

/* At the opening quote; leaves *at behind the closing one. */
static bool string(struct scan *p)
{
    for (p->at++; p->at < p->s.len; p->at++) {
        unsigned char c = (unsigned char)p->s.ptr[p->at];
        if (c == '"') {
            p->at++;
            return true;
        }
        if (c < 0x20)
            return fail(p, "a control character in a string, which should be written as an escape");
        if (c != '\\')
            continue;
        int e = (p->at++, peek(p));
        if (e < 0)
            break;
        if (!strchr("\"\\/bfnrtu", e))
            return fail(p, "an unknown escape in a string");
        for (int i = 0; e == 'u' && i < 4; i++) {
            int h = (p->at++, peek(p));
            if (!((h >= '0' && h <= '9') || (h >= 'a' && h <= 'f') || (h >= 'A' && h <= 'F')))
                return fail(p, "an escape \\u without four hexadecimal digits");
        }
    }
    return fail(p, "a string is not closed");
}

static bool word(struct scan *p, dg_str w)
{
    for (size_t i = 0; i < w.len; i++, p->at++)
        if (peek(p) != w.ptr[i])
            return fail(p, "a word that is not true, false or null");
    return true;
}

/* A value that holds no others. */
static bool plain_value(struct scan *p)
{
    int c = peek(p);
    switch (c) {
    case '"': return string(p);
    case 't': return word(p, DGI_S("true"));
    case 'f': return word(p, DGI_S("false"));
    case 'n': return word(p, DGI_S("null"));
    case '\'': return fail(p, "a single quote; JSON has double ones");
    case '/':
    case '#': return fail(p, "a comment; JSON has none");
    case ']':
    case '}': return fail(p, "a comma with nothing after it, or a value is missing");
    default: return (c >= '0' && c <= '9') || c == '-' ? number(p) : fail(p, "a value should stand here");
    }
}

/* `"name" :` */
static bool name(struct scan *p, dg_str *key)
{
    size_t from = p->at + 1;
    if (peek(p) != '"')
        return fail(p, peek(p) == '}'    ? "a comma with nothing after it"
                       : peek(p) == '\'' ? "a single quote; JSON has double ones"
                                         : "a name in double quotes should stand here");
    if (!string(p))
        return false;
    *key = dgi_str_sub(p->s, from, p->at - 1);
    blanks(p);
    if (peek(p) != ':')
        return fail(p, "a colon should stand here");
    p->at++;
    return true;
}

/* Called for each member of the outermost object; false: stop. */
typedef bool member_fn(void *user, dg_str key, dg_str value);

/* One value with all that is in it. */
static bool value(struct scan *p, size_t *n_values, member_fn *member, void *user)
{
    uint64_t object = 0; /* bit per depth: an object, not a list */
    int depth = 0;
    dg_str key = {NULL, 0}, outer = {NULL, 0};
    size_t from = 0;
    for (;;) {
        blanks(p);
        if (depth == 1 && key.ptr) {
            outer = key;
            from = p->at;
        }
        key.ptr = NULL;
        int c = peek(p);
        ++*n_values;
        bool opened = c == '[' || c == '{';
        if (opened) {
            if (depth == MAX_DEPTH - 1)
                return fail(p, "nesting deeper than 63 levels");
            depth++;
            object = c == '{' ? object | (uint64_t)1 << depth : object & ~((uint64_t)1 << depth);
            p->at++;
            blanks(p);
        } else if (!plain_value(p)) {
            return false;
        }
        while (depth &&
               (!opened || peek(p) == (object >> depth & 1 ? '}' : ']'))) { /* behind a value, or nothing in it */
            bool list = !(object >> depth & 1);
            if (!opened) {
                if (depth == 1 && member && outer.ptr && !member(user, outer, dgi_str_sub(p->s, from, p->at)))
                    return true;
                blanks(p);
                if (peek(p) == ',') {
                    p->at++;
                    blanks(p);
                    break;
                }
                if (peek(p) != (list ? ']' : '}'))
                    return fail(p, "a comma or a closing bracket should stand here");
            }
            p->at++;
            depth--;
            opened = false;
        }
        if (!depth)
            return true;
        if ((object >> depth & 1) && !name(p, &key))
            return false;
    }
}

static bool count(void *user, dg_str key, dg_str text)
{
    (void)key;
    (void)text;
    ++*(size_t *)user;
    return true;
}

dg_status dgi_json_check(dg_str line, size_t most_values, size_t *n_members, dg_error *err)
{
    struct scan p = {.s = line};
    size_t n = 0;
    *n_members = 0;
    bool ok = value(&p, &n, count, n_members);
    if (n > most_values)
        return dgi_fail(err, DG_E_LIMIT, "record has %zu values, more than %zu", n, most_values);
    if (!ok && p.cut)
        return dgi_fail_at(err, DG_E_FORMAT, 0, line.len, "JSON breaks off at the end of the line");
    if (!ok)
        return dgi_fail_at(err, DG_E_FORMAT, 0, p.at, "bad JSON: %s", p.fault);
    blanks(&p);
    if (p.at < line.len)
        return dgi_fail_at(err, DG_E_FORMAT, 0, p.at, "more after the JSON object on its line");
    return DG_OK;
}

/* Is `raw`, as it stands between the quotes, the name `key` (plain ASCII)? */
static bool spells(dg_str raw, dg_str key)
{
    size_t at = 0, i = 0;
    for (; at < raw.len && i < key.len; i++) {
        unsigned c = (unsigned char)raw.ptr[at++];
        if (c == '\\') {
            if (raw.ptr[at++] != 'u') /* \n and the like are in none of our names */
                return false;
            c = 0;
            for (int k = 0; k < 4; k++, at++) {
                int h = raw.ptr[at];
                c = c * 16 + (unsigned)(h <= '9' ? h - '0' : (h | 32) - 'a' + 10);
            }
        }
        if (c != (unsigned char)key.ptr[i])
            return false;
    }
    return at == raw.len && i == key.len;
}

struct wanted {
    dg_str key, text;
};
static bool is_wanted(void *user, dg_str key, dg_str text)
{
    struct wanted *w = user;
    if (spells(key, w->key))
        w->text = text;
    return w->text.ptr == NULL;
}

dg_str dgi_json_member(dg_str line, dg_str key)
{
    struct scan p = {.s = line};
    struct wanted w = {.key = key};
    size_t n = 0;
    value(&p, &n, is_wanted, &w);
    return w.text;
}

struct names {
    dg_str *key;
    size_t n, cap;
};
static bool add_name(void *user, dg_str key, dg_str text)
{
    struct names *all = user;
    (void)text;
    if (all->n < all->cap)
        all->key[all->n++] = key;
    return true;
}

/* By name, then by place. */
static int by_name(const void *a, const void *b)
{
    const dg_str *x = a, *y = b;
    int c = dgi_str_cmp(*x, *y);
    return c ? c : (x->ptr > y->ptr) - (x->ptr < y->ptr);
}

bool dgi_json_doubled(dg_str *out, dg_str line, size_t n_members)
{
    struct scan p = {.s = line};
    struct names all = {.key = calloc(n_members + 1, sizeof *all.key), .cap = n_members};
    size_t n = 0;
    *out = (dg_str){NULL, 0};
    if (!all.key)
        return false;
    value(&p, &n, add_name, &all);
    qsort(all.key, all.n, sizeof *all.key, by_name);
    for (size_t i = 1; i < all.n; i++)
        if (dgi_str_eq(all.key[i - 1], all.key[i]) && (!out->ptr || all.key[i].ptr < out->ptr))
            *out = all.key[i];
    free(all.key);
    return true;
}
