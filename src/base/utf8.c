/* SPDX-License-Identifier: Apache-2.0 */
/* base/utf8.c: see utf8.h. Case and category by utf8proc; ASCII is handled without it. */
#include "base/utf8.h"

#include <utf8proc.h>

uint32_t dgi_utf8_next(dg_str s, size_t *at)
{
    const unsigned char *p = (const unsigned char *)s.ptr + *at;
    size_t left = s.len - *at;
    uint32_t c = p[0], cp, min;
    size_t n;
    if (c < 0x80) {
        *at += 1;
        return c;
    }
    if (c >= 0xC2 && c <= 0xDF)
        n = 2, cp = c & 0x1F, min = 0x80;
    else if (c >= 0xE0 && c <= 0xEF)
        n = 3, cp = c & 0x0F, min = 0x800;
    else if (c >= 0xF0 && c <= 0xF4)
        n = 4, cp = c & 0x07, min = 0x10000;
    else
        goto bad;
    if (left < n)
        goto bad;
    for (size_t i = 1; i < n; i++) {
        if ((p[i] & 0xC0) != 0x80)
            goto bad;
        cp = cp << 6 | (p[i] & 0x3F);
    }
    if (cp < min || cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF))
        goto bad;
    *at += n;
    return cp;
bad:
    *at += 1;
    return 0xFFFD;
}

size_t dgi_utf8_put(uint32_t cp, char out[4])
{
    unsigned char *o = (unsigned char *)out;
    if (cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF))
        cp = 0xFFFD;
    if (cp < 0x80) {
        o[0] = (unsigned char)cp;
        return 1;
    }
    if (cp < 0x800) {
        o[0] = (unsigned char)(0xC0 | cp >> 6);
        o[1] = (unsigned char)(0x80 | (cp & 0x3F));
        return 2;
    }
    if (cp < 0x10000) {
        o[0] = (unsigned char)(0xE0 | cp >> 12);
        o[1] = (unsigned char)(0x80 | (cp >> 6 & 0x3F));
        o[2] = (unsigned char)(0x80 | (cp & 0x3F));
        return 3;
    }
    o[0] = (unsigned char)(0xF0 | cp >> 18);
    o[1] = (unsigned char)(0x80 | (cp >> 12 & 0x3F));
    o[2] = (unsigned char)(0x80 | (cp >> 6 & 0x3F));
    o[3] = (unsigned char)(0x80 | (cp & 0x3F));
    return 4;
}

/* U+FFFD written as such is well-formed; tell it from a bad byte by how far the decoder moved. */
static bool bad_here(dg_str s, size_t from, size_t to, uint32_t cp)
{
    (void)s;
    return cp == 0xFFFD && to - from == 1;
}

size_t dgi_utf8_invalid(dg_str s)
{
    for (size_t at = 0; at < s.len;) {
        if ((unsigned char)s.ptr[at] < 0x80) {
            at++;
            continue;
        }
        size_t from = at;
        uint32_t cp = dgi_utf8_next(s, &at);
        if (bad_here(s, from, at, cp))
            return from;
    }
    return SIZE_MAX;
}

uint32_t dgi_utf8_count(dg_str s)
{
    uint32_t n = 0;
    for (size_t i = 0; i < s.len; i++)
        n += ((unsigned char)s.ptr[i] & 0xC0) != 0x80;
    return n;
}

bool dgi_cp_steers(uint32_t cp)
{
    if (cp < 0xA0)
        return (cp < 0x20 && cp != '\t' && cp != '\n') || cp >= 0x7f;
    return cp == 0x061C || cp == 0x200E || cp == 0x200F || (cp >= 0x2028 && cp <= 0x202E) ||
           (cp >= 0x2066 && cp <= 0x2069);
}

size_t dgi_utf8_shown(dg_str s, size_t *bad)
{
    size_t at = 0;
    while (at < s.len) {
        size_t from = at;
        uint32_t cp = dgi_utf8_next(s, &at);
        if (dgi_cp_steers(cp) || bad_here(s, from, at, cp)) {
            *bad = at - from;
            return from;
        }
    }
    *bad = 0;
    return s.len;
}

dg_str dgi_utf8_clean(dgi_arena *a, dg_str s, uint64_t *n_bad)
{
    uint64_t bad = 0;
    size_t n = 0;
    for (size_t at = 0; at < s.len;) {
        size_t from = at;
        uint32_t cp = dgi_utf8_next(s, &at);
        bool b = cp == 0 || bad_here(s, from, at, cp);
        bad += b;
        n += b ? 3 : at - from;
    }
    *n_bad = bad;
    char *p = dgi_arena_alloc(a, n + 1), *o = p;
    if (!p)
        return (dg_str){NULL, 0};
    for (size_t at = 0; at < s.len;) {
        size_t from = at;
        uint32_t cp = dgi_utf8_next(s, &at);
        if (cp == 0 || bad_here(s, from, at, cp)) {
            memcpy(o, "\xEF\xBF\xBD", 3);
            o += 3;
        } else {
            memcpy(o, s.ptr + from, at - from);
            o += at - from;
        }
    }
    return (dg_str){p, n};
}

dg_str dgi_unclosed(dg_str s)
{
    static const struct {
        const char *open, *close;
    } pair[] = {{"\xE2\x80\x9C", "\xE2\x80\x9D"}, {"\xE2\x80\x9E", "\xE2\x80\x9C"}, {"\xC2\xAB", "\xC2\xBB"}};
    dg_str open = {"", 0};
    for (size_t i = 0; i < s.len; i++) {
        if (open.len && dgi_str_starts(dgi_str_sub(s, i, s.len), open)) {
            i += open.len - 1;
            open.len = 0;
        } else if (s.ptr[i] ==
                   '"') { /* it opens at a word's beginning; behind one it closes what was opened before s */
            bool begins = i == 0 || strchr(" \n\t([-", s.ptr[i - 1]);
            if (begins && i + 1 < s.len && s.ptr[i + 1] != ' ')
                open = DGI_S("\"");
        } else if (!open.len) {
            for (size_t k = 0; k < sizeof pair / sizeof *pair; k++)
                if (dgi_str_starts(dgi_str_sub(s, i, s.len), dgi_str(pair[k].open)))
                    open = dgi_str(pair[k].close);
        }
    }
    return open;
}

/* Does cp never combine with what stands before it? Marks do, and the vowels and finals of Korean letters. */
static bool starts_anew(uint32_t cp)
{
    if (cp < 0x300)
        return true;
    utf8proc_category_t c = utf8proc_category((utf8proc_int32_t)cp);
    return !(c >= UTF8PROC_CATEGORY_MN && c <= UTF8PROC_CATEGORY_ME) && !(cp >= 0x1160 && cp <= 0x11FF);
}

/* May cp by itself be written otherwise in NFC? (Angstrom sign, Greek tonos and oxia: also letters that come back.) */
static bool decomposes(uint32_t cp)
{
    if (cp < 0x300)
        return false;
    const utf8proc_property_t *p = utf8proc_get_property((utf8proc_int32_t)cp);
    return p->decomp_type == 0 && p->decomp_seqindex != UINT16_MAX;
}

/* One base with its marks: at most 64 code points, each four after decomposition. Returns the end of what was written. */
enum { MOST_MARKS = 64 };
static size_t compose(dg_str s, char *to)
{
    utf8proc_int32_t cp[MOST_MARKS * 4];
    const utf8proc_option_t how = UTF8PROC_STABLE | UTF8PROC_COMPOSE;
    size_t n = 0;
    utf8proc_ssize_t k =
        utf8proc_decompose((const utf8proc_uint8_t *)s.ptr, (utf8proc_ssize_t)s.len, cp, MOST_MARKS * 4, how);
    if (k > 0 && k <= MOST_MARKS * 4)
        k = utf8proc_normalize_utf32(cp, k, how);
    if (k <= 0 || k > MOST_MARKS * 4) {
        memcpy(to, s.ptr, s.len);
        return s.len;
    }
    for (utf8proc_ssize_t i = 0; i < k; i++)
        n += dgi_utf8_put((uint32_t)cp[i], to + n);
    return n;
}

/* First byte from which on s may not be composed; s.len: all of it is. Latin letters and signs below U+0300 cost a look
 * at their first byte. */
static size_t composed_until(dg_str s)
{
    for (size_t at = 0; at < s.len;) {
        if ((unsigned char)s.ptr[at] < 0xCC) {
            at++;
            continue;
        }
        size_t from = at;
        uint32_t cp = dgi_utf8_next(s, &at);
        if (!starts_anew(cp) || decomposes(cp))
            return from;
    }
    return s.len;
}

dg_str dgi_utf8_nfc(dgi_arena *a, dg_str s)
{
    size_t at = composed_until(s), n;
    if (!s.len)
        return (dg_str){"", 0};
    if (at == s.len || s.len > SIZE_MAX / 3 - 1)
        return s;
    char *to = dgi_arena_alloc(a, s.len * 3 + 1); /* NFC grows to three times the bytes at most */
    if (!to)
        return (dg_str){NULL, 0};
    /* back to the base of the first mark */
    while (at > 0 && ((unsigned char)s.ptr[--at] & 0xC0) == 0x80)
        ;
    memcpy(to, s.ptr, at);
    n = at;
    while (at < s.len) {
        size_t from = at, marks = 0, end;
        uint32_t base = dgi_utf8_next(s, &at);
        for (end = at; at < s.len && !starts_anew(dgi_utf8_next(s, &at)); end = at)
            marks++;
        at = end;
        if ((marks || decomposes(base)) && marks < MOST_MARKS) {
            n += compose(dgi_strn(s.ptr + from, at - from), to + n);
        } else {
            memcpy(to + n, s.ptr + from, at - from);
            n += at - from;
        }
    }
    return (dg_str){to, n};
}

uint32_t dgi_cp_upper(uint32_t cp)
{
    return (uint32_t)utf8proc_toupper((utf8proc_int32_t)cp);
}

uint32_t dgi_cp_lower(uint32_t cp)
{
    if (cp < 0x80)
        return cp >= 'A' && cp <= 'Z' ? cp + 32 : cp;
    return (uint32_t)utf8proc_tolower((utf8proc_int32_t)cp);
}

bool dgi_cp_is_upper(uint32_t cp)
{
    if (cp < 0x80)
        return cp >= 'A' && cp <= 'Z';
    return utf8proc_category((utf8proc_int32_t)cp) == UTF8PROC_CATEGORY_LU;
}

bool dgi_cp_is_alpha(uint32_t cp)
{
    if (cp < 0x80)
        return (cp >= 'A' && cp <= 'Z') || (cp >= 'a' && cp <= 'z');
    utf8proc_category_t c = utf8proc_category((utf8proc_int32_t)cp);
    return c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_LO;
}

bool dgi_cp_is_digit(uint32_t cp)
{
    return cp >= '0' && cp <= '9';
}

bool dgi_cp_is_space(uint32_t cp)
{
    return cp == ' ' || (cp >= 9 && cp <= 13) || cp == 0x85 || cp == 0xA0 || cp == 0x1680 ||
           (cp >= 0x2000 && cp <= 0x200B) || cp == 0x2028 || cp == 0x2029 || cp == 0x202F || cp == 0x205F ||
           cp == 0x3000 || cp == 0xFEFF;
}

dg_str dgi_utf8_lower_buf(dg_str s, char *buf, size_t size)
{
    size_t n = 0;
    for (size_t at = 0; at < s.len;) {
        char out[4];
        size_t k = dgi_utf8_put(dgi_cp_lower(dgi_utf8_next(s, &at)), out);
        if (n + k > size)
            break;
        memcpy(buf + n, out, k);
        n += k;
    }
    return (dg_str){buf, n};
}

dg_str dgi_utf8_lower(dgi_arena *a, dg_str s)
{
    /* A lower-case letter takes at most one byte more than its upper case (U+023A, U+023E), and bad bytes become three. */
    char *p = s.len < SIZE_MAX / 3 ? dgi_arena_alloc(a, s.len * 3 + 1) : NULL;
    if (!p)
        return (dg_str){NULL, 0};
    return dgi_utf8_lower_buf(s, p, s.len * 3);
}

bool dgi_cpmap_init(struct dgi_cpmap *m, dgi_arena *a, dg_str text)
{
    m->text = text;
    m->n_marks = (uint32_t)(text.len / 256 + 1);
    m->marks = dgi_arena_array(a, m->n_marks, sizeof *m->marks);
    if (!m->marks)
        return false;
    for (uint32_t i = 1; i < m->n_marks; i++)
        m->marks[i] = m->marks[i - 1] + dgi_utf8_count(dgi_strn(text.ptr + 256u * (i - 1), 256));
    return true;
}

uint32_t dgi_cpmap_cp(const struct dgi_cpmap *m, uint32_t byte)
{
    if (byte > m->text.len)
        byte = (uint32_t)m->text.len;
    uint32_t i = byte / 256;
    return m->marks[i] + dgi_utf8_count(dgi_strn(m->text.ptr + 256u * i, byte - 256u * i));
}
