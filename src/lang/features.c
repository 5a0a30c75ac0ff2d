/* SPDX-License-Identifier: Apache-2.0 */
/* lang/features.c: a word's form to table rows.
 *
 * Curly quotes, dashes and apostrophes count as their ASCII cousins here, and only here: what is printed stays as it
 * was written. Words of more than 128 code points are known by their first and last 64. */
#include "lang/features.h"

#include "base/utf8.h"

#define MAX_CP DGI_FEATURE_CP
#define MAX_BYTES (MAX_CP * 4)

uint32_t dgi_feature_lower(uint32_t cp)
{
    if (cp < 0x80)
        return cp - 'A' < 26u ? cp + 32 : cp;
    return cp == 0x130 ? cp : dgi_cp_lower(cp); /* U+0130 lower-cases to two code points */
}

static uint32_t fold(uint32_t cp)
{
    switch (cp) {
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x201B:
    case 0x02BC:
    case 0x2032:
    case 0x00B4:
    case '`': return '\'';
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x201F:
    case 0x2033:
    case 0x00AB:
    case 0x00BB: return '"';
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
    case 0x2212: return '-';
    default: return cp;
    }
}

uint32_t dgi_feature_fold(dg_str form, uint32_t cp[DGI_FEATURE_CP])
{
    if (dgi_str_is(form, "\xE2\x80\xA6")) { /* an ellipsis is known as three points */
        cp[0] = cp[1] = cp[2] = '.';
        return 3;
    }
    uint32_t n = 0;
    size_t at = 0;
    bool cut = form.len > MAX_CP && dgi_utf8_count(form) > MAX_CP;
    while (at < form.len && n < (cut ? MAX_CP / 2 : MAX_CP))
        cp[n++] = fold(dgi_utf8_next(form, &at));
    if (cut) {
        at = form.len;
        for (int k = 0; k < MAX_CP / 2; k++)
            for (at--; at > 0 && ((unsigned char)form.ptr[at] & 0xC0) == 0x80;)
                at--;
        while (at < form.len && n < MAX_CP)
            cp[n++] = fold(dgi_utf8_next(form, &at));
    }
    if (n == 2 && cp[0] == '\'' && cp[1] == '\'') {
        cp[0] = '"';
        n = 1;
    }
    return n;
}

static inline uint32_t fnv_start(uint32_t kind)
{
    return (2166136261u ^ kind) * 16777619u;
}
static inline uint32_t fnv_end(uint32_t h)
{
    return h ^ (h >> 15);
}
static uint32_t fnv(uint32_t kind, const char *p, size_t n)
{
    uint32_t h = fnv_start(kind);
    for (size_t i = 0; i < n; i++)
        h = (h ^ (unsigned char)p[i]) * 16777619u;
    return fnv_end(h);
}

/* "Xxdd-": upper, lower (and all that is not ASCII), digit, others as they are; no class more than twice in a row */
static uint32_t shape_hash(const uint32_t *cp, uint32_t n)
{
    uint32_t h = fnv_start(7), last = 0, run = 0;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t c = cp[i], k;
        if (dgi_feature_lower(c) != c)
            k = 'X';
        else if (c - 'a' < 26u || c >= 128)
            k = 'x';
        else if (c - '0' < 10u)
            k = 'd';
        else
            k = c;
        run = k == last ? run + 1 : 1;
        last = k;
        if (run <= 2)
            h = (h ^ k) * 16777619u;
    }
    return fnv_end(h);
}

void dgi_word_ids(const struct dgi_word_tables *t, dg_str form, struct dgi_word_ids *out)
{
    uint32_t cp[MAX_CP], n = dgi_feature_fold(form, cp);
    char low[MAX_BYTES], key[MAX_BYTES];
    size_t start[MAX_CP + 1], len = 0; /* start[i]: byte where code point i begins */
    out->shape = shape_hash(cp, n) % t->shape_rows;
    bool digit = false;
    for (uint32_t i = 0; i < n; i++) {
        start[i] = len;
        size_t put = dgi_utf8_put(dgi_feature_lower(cp[i]), low + len);
        memcpy(key + len, low + len, put);
        if (put == 1 && low[len] >= '0' && low[len] <= '9') {
            key[len] = '0';
            digit = true;
        }
        len += put;
    }
    start[n] = len;
    uint64_t h = dgi_mfile_hash(low, len);
    out->vec = dgi_mtable_find(&t->vec, h);
    out->word = dgi_mtable_find(&t->word, digit ? dgi_mfile_hash(key, len) : h);
    for (uint32_t k = 1; k <= 4; k++) {
        size_t from = n > k ? start[n - k] : 0;
        out->affix[k - 1] = fnv(k, key + from, len - from) % t->affix_rows;
    }
    for (uint32_t k = 2; k <= 3; k++)
        out->affix[k + 2] = fnv(k + 3, key, n > k ? start[k] : len) % t->affix_rows;
}
