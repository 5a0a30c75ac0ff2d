/* SPDX-License-Identifier: Apache-2.0 */
/* base/str.c: string views. See str.h. */
#include "base/str.h"

#include <stdlib.h>

int dgi_str_cmp(dg_str a, dg_str b)
{
    size_t n = a.len < b.len ? a.len : b.len;
    int c = n ? memcmp(a.ptr, b.ptr, n) : 0;
    return c ? c : (a.len > b.len) - (a.len < b.len);
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

bool dgi_str_ieq(dg_str a, dg_str b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if (lower(a.ptr[i]) != lower(b.ptr[i]))
            return false;
    return true;
}

bool dgi_str_starts(dg_str s, dg_str prefix)
{
    return s.len >= prefix.len && (prefix.len == 0 || !memcmp(s.ptr, prefix.ptr, prefix.len));
}

bool dgi_str_ends(dg_str s, dg_str suffix)
{
    return s.len >= suffix.len && (suffix.len == 0 || !memcmp(s.ptr + s.len - suffix.len, suffix.ptr, suffix.len));
}

static bool space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

dg_str dgi_str_trim(dg_str s)
{
    while (s.len && space(s.ptr[0]))
        s.ptr++, s.len--;
    while (s.len && space(s.ptr[s.len - 1]))
        s.len--;
    return s;
}

size_t dgi_str_find(dg_str s, dg_str needle)
{
    if (needle.len == 0)
        return 0;
    if (s.len < needle.len)
        return SIZE_MAX;
    const char *p = memmem(s.ptr, s.len, needle.ptr, needle.len);
    return p ? (size_t)(p - s.ptr) : SIZE_MAX;
}

bool dgi_str_int(dg_str s, int64_t *out)
{
    bool neg = s.len && s.ptr[0] == '-';
    size_t i = neg ? 1 : 0;
    int64_t v = 0;
    if (s.len == i || s.len - i > 18)
        return false;
    for (; i < s.len; i++) {
        if (s.ptr[i] < '0' || s.ptr[i] > '9')
            return false;
        v = v * 10 + (s.ptr[i] - '0');
    }
    *out = neg ? -v : v;
    return true;
}

bool dgi_str_double(dg_str s, double *out)
{
    char buf[64], *end;
    if (s.len == 0 || s.len >= sizeof buf)
        return false;
    memcpy(buf, s.ptr, s.len);
    buf[s.len] = 0;
    for (size_t i = 0; i < s.len; i++)
        if (!strchr("0123456789+-.eE", buf[i]))
            return false;
    *out = strtod(buf, &end);
    return end == buf + s.len;
}

bool dgi_str_next(dg_str *rest, char sep, dg_str *field)
{
    if (!rest->ptr)
        return false;
    const char *p = rest->len ? memchr(rest->ptr, sep, rest->len) : NULL;
    if (p) {
        *field = (dg_str){rest->ptr, (size_t)(p - rest->ptr)};
        *rest = (dg_str){p + 1, rest->len - field->len - 1};
    } else {
        *field = *rest;
        *rest = (dg_str){NULL, 0};
    }
    return true;
}

bool dgi_str_in(dg_str list, char sep, dg_str word)
{
    dg_str f;
    while (dgi_str_next(&list, sep, &f))
        if (dgi_str_eq(f, word))
            return true;
    return false;
}

uint64_t dgi_str_hash(dg_str s)
{
    uint64_t h = 14695981039346656037u;
    for (size_t i = 0; i < s.len; i++)
        h = (h ^ (unsigned char)s.ptr[i]) * 1099511628211u;
    h ^= h >> 32;
    h *= 0x9E3779B97F4A7C15u;
    return h ^ h >> 29;
}
