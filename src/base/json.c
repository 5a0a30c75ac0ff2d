/* SPDX-License-Identifier: Apache-2.0 */
/* base/json.c: see json.h. RFC 8259 output; no pretty printing: one record is one line. */
#include "base/json.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/day.h"
#include "base/utf8.h"

void dgi_buf_free(struct dgi_buf *b)
{
    free(b->ptr);
    *b = (struct dgi_buf){0};
}

enum { PIECE = 64 * 1024 }; /* handed to a sink at once */

bool dgi_buf_flush(struct dgi_buf *b)
{
    if (!b->failed && b->sink && b->len && !b->sink(b->user, b->ptr, b->len))
        b->failed = true;
    b->len = 0;
    return !b->failed;
}

static bool room(struct dgi_buf *b, size_t n)
{
    if (b->sink && b->len >= PIECE)
        dgi_buf_flush(b);
    if (b->failed || n > SIZE_MAX / 4 - b->len) {
        b->failed = true;
        return false;
    }
    if (b->len + n + 1 > b->cap) {
        size_t cap = b->cap ? b->cap * 2 : 1024;
        while (cap < b->len + n + 1)
            cap *= 2;
        char *p = realloc(b->ptr, cap);
        if (!p) {
            b->failed = true;
            return false;
        }
        b->ptr = p;
        b->cap = cap;
    }
    return true;
}

void dgi_buf_add(struct dgi_buf *b, dg_str s)
{
    if (!room(b, s.len))
        return;
    if (s.len)
        memcpy(b->ptr + b->len, s.ptr, s.len);
    b->len += s.len;
    b->ptr[b->len] = 0;
}

void dgi_buf_printf(struct dgi_buf *b, const char *fmt, ...)
{
    va_list ap, again;
    va_start(ap, fmt);
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, ap);
    if (n >= 0 && room(b, (size_t)n)) {
        vsnprintf(b->ptr + b->len, (size_t)n + 1, fmt, again);
        b->len += (size_t)n;
    }
    va_end(again);
    va_end(ap);
}

void dgi_json_init(struct dgi_json *j, struct dgi_buf *out)
{
    *j = (struct dgi_json){.out = out};
}

static void lead(struct dgi_json *j)
{
    if (j->after_key) {
        j->after_key = false;
        return;
    }
    uint64_t bit = (uint64_t)1 << (j->depth & 63);
    if (j->comma & bit)
        dgi_buf_add(j->out, DGI_S(","));
    j->comma |= bit;
}

void dgi_json_open(struct dgi_json *j, char bracket)
{
    lead(j);
    dgi_buf_add(j->out, dgi_strn(&bracket, 1));
    j->depth++;
    j->comma &= ~((uint64_t)1 << (j->depth & 63));
}

void dgi_json_close(struct dgi_json *j, char bracket)
{
    j->depth--;
    dgi_buf_add(j->out, dgi_strn(&bracket, 1));
}

static void quoted(struct dgi_buf *b, dg_str s)
{
    dgi_buf_add(b, DGI_S("\""));
    size_t from = 0;
    for (size_t at = 0; at < s.len;) {
        unsigned char c = (unsigned char)s.ptr[at];
        if (c >= 0x20 && c < 0x80 && c != '"' && c != '\\' && c != 0x7f) {
            at++;
            continue;
        }
        size_t next = at;
        uint32_t cp = dgi_utf8_next(s, &next);
        if (c >= 0x80 && !(cp == 0xFFFD && next - at == 1) && !dgi_cp_steers(cp)) {
            at = next;
            continue;
        }
        dgi_buf_add(b, dgi_strn(s.ptr + from, at - from));
        switch (c) {
        case '"': dgi_buf_add(b, DGI_S("\\\"")); break;
        case '\\': dgi_buf_add(b, DGI_S("\\\\")); break;
        case '\n': dgi_buf_add(b, DGI_S("\\n")); break;
        case '\r': dgi_buf_add(b, DGI_S("\\r")); break;
        case '\t': dgi_buf_add(b, DGI_S("\\t")); break;
        default: dgi_buf_printf(b, "\\u%04x", (unsigned)cp); break;
        }
        at = from = next;
    }
    dgi_buf_add(b, dgi_strn(s.ptr + from, s.len - from));
    dgi_buf_add(b, DGI_S("\""));
}

void dgi_json_key(struct dgi_json *j, const char *key)
{
    lead(j);
    quoted(j->out, dgi_str(key));
    dgi_buf_add(j->out, DGI_S(":"));
    j->after_key = true;
}

void dgi_json_str(struct dgi_json *j, dg_str s)
{
    lead(j);
    quoted(j->out, s);
}

void dgi_json_null(struct dgi_json *j)
{
    lead(j);
    dgi_buf_add(j->out, DGI_S("null"));
}

void dgi_json_str_or_null(struct dgi_json *j, dg_str s)
{
    if (s.len)
        dgi_json_str(j, s);
    else
        dgi_json_null(j);
}

void dgi_json_int(struct dgi_json *j, int64_t v)
{
    char digits[24];
    size_t at = sizeof digits;
    uint64_t u = v < 0 ? -(uint64_t)v : (uint64_t)v;
    lead(j);
    do
        digits[--at] = (char)('0' + u % 10);
    while (u /= 10);
    if (v < 0)
        digits[--at] = '-';
    dgi_buf_add(j->out, dgi_strn(digits + at, sizeof digits - at));
}

void dgi_json_num(struct dgi_json *j, double v)
{
    char buf[40];
    if (!isfinite(v)) {
        dgi_json_null(j);
        return;
    }
    if (v == floor(v) && fabs(v) < 1e15) {
        dgi_json_int(j, (int64_t)v);
        return;
    }
    lead(j);
    {
        for (int p = 6; p <= 17; p++) {
            snprintf(buf, sizeof buf, "%.*g", p, v);
            if (strtod(buf, NULL) == v)
                break;
        }
    }
    dgi_buf_add(j->out, dgi_str(buf));
}

void dgi_json_bool(struct dgi_json *j, bool v)
{
    lead(j);
    dgi_buf_add(j->out, v ? DGI_S("true") : DGI_S("false"));
}

void dgi_json_day(struct dgi_json *j, int32_t day)
{
    char buf[16];
    if (!dgi_day_known(day)) {
        dgi_json_null(j);
        return;
    }
    dgi_day_format(day, buf);
    dgi_json_str(j, dgi_str(buf));
}
