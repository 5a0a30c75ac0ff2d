/* SPDX-License-Identifier: Apache-2.0 */
/* text/segment_core.c: candidate boundaries and the features by which they are judged. See segment_core.h.
 *
 * Only places that can be a boundary are looked at: inside a white-space-free chunk where two classes of character meet,
 * and after a token that ends in punctuation (or before one that begins with a capital). */
#include "text/segment_core.h"

#include "base/utf8.h"

static inline uint32_t mix(uint32_t h, uint32_t v)
{
    h ^= v + 0x9E3779B9u + (h << 6) + (h >> 2);
    h *= 0x85EBCA6Bu;
    return h ^ (h >> 13);
}

uint32_t dgi_seg_hash(const char *folded, size_t n)
{
    uint32_t h = 17;
    for (size_t i = 0; i < n; i++)
        h = mix(h, (unsigned char)folded[i]);
    return h;
}

/* ---- characters ---- */
static void classify(uint32_t cp, struct dgi_seg_char *c)
{
    c->norm = cp;
    if (cp < 128) {
        if (cp >= 'a' && cp <= 'z')
            c->cls = 'a';
        else if (cp >= 'A' && cp <= 'Z')
            c->cls = 'A', c->norm = cp + 32;
        else if (cp >= '0' && cp <= '9')
            c->cls = '9';
        else if (cp < 32)
            c->cls = 'S';
        else
            c->cls = (uint8_t)(cp == '`' ? '\'' : cp), c->norm = c->cls;
        return;
    }
    switch (cp) {
    case 0x2018:
    case 0x201A:
    case 0x2039: c->norm = '\'', c->cls = 'o'; return;
    case 0x2019:
    case 0x203A:
    case 0x2032:
    case 0x02BC: c->norm = '\'', c->cls = '\''; return;
    case 0x201C:
    case 0x201E:
    case 0xAB: c->norm = '"', c->cls = 'O'; return;
    case 0x201D:
    case 0xBB:
    case 0x2033: c->norm = '"', c->cls = 'C'; return;
    case 0x2010:
    case 0x2011: c->norm = '-', c->cls = '-'; return;
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
    case 0x2212: c->norm = 0x2013, c->cls = 'd'; return;
    case 0x2026: c->cls = 'e'; return;
    case 0x20AC:
    case 0xA3:
    case 0xA5: c->norm = '$', c->cls = '$'; return;
    case 0x2022:
    case 0xB7: c->norm = '*', c->cls = '*'; return;
    default: break;
    }
    if (dgi_cp_is_alpha(cp)) {
        bool up = dgi_cp_is_upper(cp);
        c->cls = up ? 'A' : 'a';
        c->norm = up ? dgi_cp_lower(cp) : cp;
    } else if ((cp >= 0x300 && cp < 0x370) || cp == 0x200D || cp == 0x200C || cp == 0xAD ||
               (cp >= 0xFE00 && cp < 0xFE10)) {
        c->cls = 'a'; /* goes with the letter before it */
    } else {
        c->cls = 'S';
    }
}

static inline bool is_word(uint8_t cls)
{
    return cls == 'a' || cls == 'A' || cls == '9';
}
static inline bool is_letter(uint8_t cls)
{
    return cls == 'a' || cls == 'A';
}

uint32_t dgi_seg_decode(dg_str text, uint32_t from, uint32_t to, struct dgi_seg_char *chars,
                        struct dgi_seg_chunk *chunks, uint32_t *n_chunks)
{
    uint32_t n = 0, k = 0;
    bool open = false;
    dg_str piece = {text.ptr, to};
    size_t at = from;
    while (at < to) {
        uint32_t byte = (uint32_t)at;
        unsigned char b = (unsigned char)text.ptr[at];
        uint32_t cp;
        if (b < 128) {
            cp = b;
            at++;
        } else {
            cp = dgi_utf8_next(piece, &at);
        }
        bool white = b < 128 ? (b == ' ' || (b >= 9 && b <= 13)) : dgi_cp_is_space(cp) || cp == 0x200B || cp == 0xFEFF;
        if (white || (open && n - chunks[k - 1].first >= DGI_SEG_MAX_CHUNK)) {
            if (open)
                chunks[k - 1].end = n;
            open = false;
            if (white)
                continue;
        }
        if (!open) {
            chunks[k].first = n;
            k++;
            open = true;
        }
        chars[n].byte = byte;
        classify(cp, &chars[n]);
        n++;
    }
    if (open)
        chunks[k - 1].end = n;
    chars[n] = (struct dgi_seg_char){.byte = to, .norm = 0, .cls = 0};
    *n_chunks = k;
    return n;
}

static uint8_t abbr_of(const struct dgi_seg_model *m, uint32_t hash)
{
    uint32_t lo = 0, hi = m->n_abbr;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (m->abbr_hash[mid] < hash)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < m->n_abbr && m->abbr_hash[lo] == hash ? m->abbr_kind[lo] : DGI_ABBR_NONE;
}

static uint32_t hash_chars(const struct dgi_seg_char *c, uint32_t first, uint32_t end)
{
    uint32_t h = 17;
    for (uint32_t i = first; i < end; i++) {
        if (c[i].norm < 128) {
            h = mix(h, c[i].norm);
        } else { /* as bytes, so that dgi_seg_hash() of a folded string agrees */
            char buf[4];
            size_t len = dgi_utf8_put(c[i].norm, buf);
            for (size_t j = 0; j < len; j++)
                h = mix(h, (unsigned char)buf[j]);
        }
    }
    return h;
}

/* ---- token boundaries ---- */
bool dgi_seg_may_cut(const struct dgi_seg_char *c, uint32_t p)
{
    uint8_t a = c[p - 1].cls, b = c[p].cls;
    if (is_letter(a) && is_letter(b))
        return false;
    return !(a == '9' && b == '9');
}

/* Where an address that begins the chunk ends, 0 when it does not begin with one: http://..., www...., name@host. Marks
 * that close a sentence or a bracket around it stay outside. */
uint32_t dgi_seg_address(const struct dgi_seg_model *m, const struct dgi_seg_char *c, const struct dgi_seg_chunk *k)
{
    uint32_t n = k->end - k->first, f = k->first;
    if (n < 6)
        return 0;
    bool web = c[f].norm == 'w' && c[f + 1].norm == 'w' && c[f + 2].norm == 'w' && c[f + 3].cls == '.';
    if (c[f].norm == 'h' && c[f + 1].norm == 't' && c[f + 2].norm == 't' && c[f + 3].norm == 'p') {
        uint32_t q = f + 4 + (c[f + 4].norm == 's');
        web = q + 2 < k->end && c[q].cls == ':' && c[q + 1].cls == '/' && c[q + 2].cls == '/';
    }
    uint32_t e = f;
    if (web) {
        for (e = f;
             e < k->end && c[e].cls != '"' && c[e].cls != '<' && c[e].cls != '>' && c[e].cls != 'C' && c[e].cls != 'O';
             e++)
            ;
    } else {
        uint32_t at = 0, dot = 0;
        for (; e < k->end && (is_word(c[e].cls) || c[e].cls == '.' || c[e].cls == '_' || c[e].cls == '-' ||
                              c[e].cls == '@' || c[e].cls == '+');
             e++) {
            if (c[e].cls == '@')
                at = at ? UINT32_MAX : e;
            if (c[e].cls == '.' && at && e > at + 1)
                dot = e;
        }
        if (!at && e < f + 60) { /* example.com, bbc.co.uk: the last label is a top domain that the table knows */
            uint32_t q = e;
            while (q > f && c[q - 1].cls == '.')
                q--;
            uint32_t l = q;
            while (l > f && is_letter(c[l - 1].cls))
                l--;
            if (l > f + 2 && q > l + 1 && c[l - 1].cls == '.' && is_word(c[l - 2].cls) && is_word(c[l - 3].cls) &&
                abbr_of(m, hash_chars(c, l, q)) == DGI_ABBR_DOMAIN)
                return q;
        }
        if (!at || at == UINT32_MAX || at == f || !dot)
            return 0;
    }
    while (e > f && (c[e - 1].cls == '.' || c[e - 1].cls == ',' || c[e - 1].cls == ';' || c[e - 1].cls == ':' ||
                     c[e - 1].cls == '!' || c[e - 1].cls == '?' || c[e - 1].cls == ')' || c[e - 1].cls == ']' ||
                     c[e - 1].cls == '\'' || c[e - 1].cls == '*'))
        e--;
    return e;
}

static bool is_vowel(uint32_t cp)
{
    return cp > 127 || cp == 'a' || cp == 'e' || cp == 'i' || cp == 'o' || cp == 'u' || cp == 'y';
}

/* "Lviv." at p: a word of three letters or more, with a vowel, that the table does not list. */
static bool plain_word(const struct dgi_seg_model *m, const struct dgi_seg_char *c, const struct dgi_seg_chunk *k,
                       uint32_t p)
{
    bool vowel = false;
    if (c[p].cls != '.' || p + 1 != k->end || p < k->first + 3 || p - k->first > 20)
        return false;
    for (uint32_t i = k->first; i < p; i++) {
        if (!is_letter(c[i].cls))
            return false;
        vowel = vowel || is_vowel(c[i].norm);
    }
    return vowel && abbr_of(m, hash_chars(c, k->first, p + 1)) == DGI_ABBR_NONE;
}

/* "pp. 3", "incl. women", "Msgr. Rossi" at the full stop p: of the table, and followed by what goes on. */
static bool goes_on(const struct dgi_seg_model *m, const struct dgi_seg_char *c, const struct dgi_seg_chunk *k,
                    uint32_t p)
{
    uint32_t f = k->first;
    if (c[p].cls != '.' || p + 1 != k->end || p - f > 12)
        return false;
    while (f < p && !is_word(c[f].cls))
        f++;
    uint8_t abbr = abbr_of(m, hash_chars(c, f, p + 1)), next = c[p + 1].cls;
    if (p == f + 1 && c[f].cls == 'A' && next == 'A' && f >= 2 && f == k->first) /* "M. K. Stalin" */
        return c[f - 1].cls == '.' && c[f - 2].cls == 'A' && c[f - 1].byte == c[f - 2].byte + 1 &&
               (f == 2 || c[f - 3].byte + 1 < c[f - 2].byte);
    if (p < f + 2 && abbr != DGI_ABBR_TITLE)
        return false;
    return (abbr == DGI_ABBR_NUMBER && next == '9') || (abbr == DGI_ABBR_TITLE && next == 'A') ||
           (next == 'a' && (abbr == DGI_ABBR_TITLE || abbr == DGI_ABBR_OTHER || abbr == DGI_ABBR_NAME));
}

int dgi_seg_sure_cut(const struct dgi_seg_model *m, const struct dgi_seg_char *c, const struct dgi_seg_chunk *k,
                     uint32_t address, uint32_t p)
{
    uint8_t b = c[p].cls;
    if (address && p <= address)
        return p == address;
    /* a comma or semicolon at the end of a plain word, perhaps a quotation's; the quotation mark behind it */
    bool quote = k->end - p == 2 && (c[p + 1].cls == '"' || c[p + 1].cls == 'C' || c[p + 1].cls == 'O');
    if ((p + 1 == k->end || quote) && (b == ',' || b == ';') && is_letter(c[p - 1].cls) && is_letter(c[k->first].cls))
        return 1;
    if (p + 1 == k->end && p > k->first + 1 && (b == '"' || b == 'C' || b == 'O') &&
        (c[p - 1].cls == ',' || c[p - 1].cls == ';'))
        return 1;
    /* ''the old mechanics'': two apostrophes behind a word, and only marks behind them, are a quotation's mark */
    const bool before = b == '\'' && p + 1 < k->end && c[p + 1].cls == '\'' && is_letter(c[p - 1].cls);
    if (before && (p + 2 == k->end || !is_word(c[p + 2].cls)))
        return 1;
    if (b == '\'' && c[p - 1].cls == '\'' && p >= k->first + 2 && is_letter(c[p - 2].cls) &&
        (p + 1 == k->end || !is_word(c[p + 1].cls)))
        return 0;
    /* don't, Russia's, O'Brien, al-Qa'ida: an apostrophe between letters stays; clitics are words, not tokens */
    if (b == '\'' && p + 1 < k->end && is_letter(c[p - 1].cls) && is_letter(c[p + 1].cls))
        return 0;
    if (c[p - 1].cls == '\'' && p >= k->first + 2 && is_letter(c[p - 2].cls) && is_letter(b))
        return 0;
    /* Saudi-led, Udvar-Hazy: cut, unless what stands before is a prefix ("pro-"); then the model is asked */
    uint32_t h = b == '-' ? p : c[p - 1].cls == '-' ? p - 1 : 0;
    if (h > k->first + 1 && h + 2 < k->end && is_letter(c[h - 1].cls) && is_letter(c[h - 2].cls) &&
        is_letter(c[h + 1].cls) && is_letter(c[h + 2].cls)) {
        uint32_t f = h, e = h + 1;
        while (f > k->first && h - f < 20 && is_letter(c[f - 1].cls))
            f--;
        while (e < k->end && e - h < 20 && is_letter(c[e].cls))
            e++;
        bool plain =
            f == k->first || c[f - 1].cls == '-' || c[f - 1].cls == '"' || c[f - 1].cls == 'O' || c[f - 1].cls == '(';
        plain &= e == k->end || (c[e].cls && strchr("-,')]\":;?!C", c[e].cls)) || (c[e].cls == '.' && e + 1 == k->end);
        if (plain && abbr_of(m, hash_chars(c, f, h + 1)) != DGI_ABBR_PREFIX)
            return 1;
    }
    /* U.S., D.C., a.m.: single letters with full stops, two or more */
    if (b == '.' && p >= k->first + 3 && is_letter(c[p - 1].cls) && c[p - 2].cls == '.' && is_letter(c[p - 3].cls) &&
        (p == k->first + 3 || !is_letter(c[p - 4].cls)) && (p + 1 == k->end || !is_letter(c[p + 1].cls)))
        return 0;
    return plain_word(m, c, k, p) ? 1 : goes_on(m, c, k, p) ? 0 : -1;
}

#define ADD(id, v) (out[n++] = mix((id)*0x1000193u, (v)) & ((1u << DGI_SEG_BITS) - 1))

enum { LONG = 40 }; /* characters looked at to either side, so that time is linear in the text */

static uint32_t shape_of(const struct dgi_seg_char *c, uint32_t first, uint32_t end)
{
    uint32_t h = 3;
    uint8_t last = 0;
    uint32_t n = 0;
    for (uint32_t i = first; i < end && n < 12; i++) {
        if (c[i].cls == last && is_word(last))
            continue;
        last = c[i].cls;
        h = mix(h, last);
        n++;
    }
    return h;
}

/* The characters p-4 .. p+3 and their classes; 1 outside the chunk. */
static void around(const struct dgi_seg_char *c, const struct dgi_seg_chunk *k, uint32_t p, uint32_t w[8], uint8_t s[8])
{
    for (uint32_t i = 0; i < 8; i++) {
        int64_t q = (int64_t)p - 4 + i;
        bool in = q >= (int64_t)k->first && q < (int64_t)k->end;
        w[i] = in ? c[q].norm : 1;
        s[i] = in ? c[q].cls : 1;
    }
}

uint32_t dgi_seg_cut_feats(const struct dgi_seg_model *m, const struct dgi_seg_char *c,
                           const struct dgi_seg_chunk *chunks, uint32_t n_chunks, uint32_t chunk, uint32_t tok,
                           uint32_t p, uint32_t *out)
{
    const struct dgi_seg_chunk *k = &chunks[chunk];
    uint32_t n = 0;
    uint32_t w[8]; /* norm chars p-4 .. p+3 */
    uint8_t s[8];
    around(c, k, p, w, s);
    uint32_t left = p, right = p; /* runs of word characters that touch p or the mark beside it */
    uint32_t l0 = is_word(c[p - 1].cls) ? p : p - 1;
    for (left = l0; left > tok && l0 - left < LONG && is_word(c[left - 1].cls); left--)
        ;
    uint32_t r0 = is_word(c[p].cls) ? p : p + 1;
    for (right = r0; right < k->end && right - r0 < LONG && is_word(c[right].cls); right++)
        ;
    const uint32_t t0 = p - tok > LONG ? p - LONG : tok; /* a longer token is known by its end */
    uint32_t hl = hash_chars(c, left, l0), hr = hash_chars(c, r0, right);
    uint32_t edge = mix(w[3], w[4]);
    uint32_t place = (p == k->first + 1 ? 1u : 0) | (p + 1 == k->end ? 2u : 0) | (tok == k->first ? 4u : 0) |
                     (k->end - k->first > 30 ? 8u : 0);
    uint32_t next_cls = chunk + 1 < n_chunks ? c[chunks[chunk + 1].first].cls : 2;
    uint32_t next2 = chunk + 1 < n_chunks && chunks[chunk + 1].end - chunks[chunk + 1].first > 1
                         ? c[chunks[chunk + 1].first + 1].cls
                         : 2;
    uint32_t web = 0;
    if (k->end - k->first > 4) {
        uint32_t lim = k->end - k->first > 80 ? k->first + 80 : k->end;
        for (uint32_t i = k->first; i < lim; i++) {
            if (c[i].cls == '@')
                web |= 1;
            if (c[i].cls == ':' && i + 2 < lim && c[i + 1].cls == '/' && c[i + 2].cls == '/')
                web |= 2;
            if (c[i].norm == 'w' && i + 3 < lim && c[i + 1].norm == 'w' && c[i + 2].norm == 'w' && c[i + 3].cls == '.')
                web |= 2;
        }
    }
    ADD(1, edge);
    ADD(2, mix(w[3], s[4]));
    ADD(3, mix(s[3], w[4]));
    ADD(4, mix(edge, mix(s[2], s[5])));
    ADD(5, mix(edge, mix(w[2], w[5])));
    ADD(6, mix(edge, w[5]));
    ADD(7, mix(edge, w[2]));
    ADD(8, mix(mix(edge, w[2]), w[1]));
    ADD(9, mix(mix(edge, w[5]), w[6]));
    ADD(10, mix(mix(mix(s[1], s[2]), mix(s[3], s[4])), mix(s[5], s[6])));
    ADD(11, mix(mix(mix(mix(s[0], s[1]), mix(s[2], s[3])), mix(mix(s[4], s[5]), mix(s[6], s[7]))), 7));
    ADD(12, mix(mix(hl, edge), 3));
    ADD(13, mix(mix(hr, edge), 5));
    ADD(14, mix(mix(hl, hr), edge));
    ADD(15, mix(hash_chars(c, t0, p), w[4]));
    ADD(16, mix(hash_chars(c, p, k->end - p > LONG ? p + LONG : k->end), w[3]));
    ADD(17, mix(edge, place));
    ADD(18, mix(mix(edge, place), mix(next_cls, s[2])));
    ADD(19, mix(mix(edge, web), place));
    ADD(20, mix(mix(edge, web), mix(mix(s[2], s[5]), s[1])));
    ADD(21, mix(mix(shape_of(c, t0, p), shape_of(c, p, k->end - p > LONG ? p + LONG : k->end)), edge));
    ADD(22, mix(hash_chars(c, k->first, p > k->first + LONG ? k->first + LONG : p),
                hash_chars(c, p, k->end - p > LONG ? p + LONG : k->end)));
    uint32_t len = p - tok > 5 ? 6 : p - tok, rest = k->end - p > 5 ? 6 : k->end - p;
    ADD(23, mix(edge, mix(len, rest)));
    ADD(24, mix(mix(edge, hash_chars(c, k->first, k->first + 3 < k->end ? k->first + 3 : k->end)), web));
    if (c[p].cls == '.' && p + 1 == k->end) {
        uint8_t ab = abbr_of(m, hash_chars(c, t0, p + 1));
        uint32_t up = 0;
        for (uint32_t i = t0; i < p; i++)
            up |= c[i].cls == '.' ? 2u : c[i].cls == 'A' ? 1u : c[i].cls == '9' ? 4u : 8u;
        ADD(30, mix(mix(ab, next_cls), 11));
        ADD(31, mix(mix(ab, len), mix(up, next_cls)));
        ADD(32, mix(mix(hash_chars(c, t0, p), next_cls), next2));
        ADD(33, mix(mix(len, up), mix(next_cls, next2)));
        if (chunk + 1 < n_chunks) {
            const struct dgi_seg_chunk *q = &chunks[chunk + 1];
            uint32_t e = q->first;
            while (e < q->end && e - q->first < LONG && is_word(c[e].cls))
                e++;
            ADD(34, mix(mix(hash_chars(c, q->first, e), mix(up, next_cls)), len));
        }
    }
    if (c[p].cls == '-' || c[p - 1].cls == '-') {
        ADD(40, mix(hash_chars(c, t0, p), c[p].cls));
        ADD(41, mix(mix(s[3], s[4]), mix(place, len)));
        uint32_t b = left;
        while (b > k->first && l0 - b < LONG && c[b - 1].cls != '-')
            b--;
        ADD(42, mix(hash_chars(c, b, l0), place));
    }
    if (c[p].norm == '\'' || c[p - 1].norm == '\'') {
        ADD(50, mix(mix(edge, s[3]), mix(place, s[5])));
        ADD(51, mix(mix(hr, s[3]), s[4]));
        ADD(52, mix(mix(w[2], w[3]), mix(place, w[4])));
    }
    return n;
}

/* ---- tokens ---- */
void dgi_seg_token_make(const struct dgi_seg_model *m, const struct dgi_seg_char *c, uint32_t first, uint32_t end,
                        bool space, struct dgi_seg_token *out)
{
    uint32_t cased = 29, keep = end;
    if (end - first > 64)
        end = first + 64;
    for (uint32_t i = first; i < end; i++)
        cased = mix(cased, c[i].norm + (c[i].cls == 'A' ? 0x200000u : 0));
    out->start = c[first].byte;
    out->end = c[keep].byte;
    out->hash = hash_chars(c, first, end);
    out->cased = cased;
    out->shape = shape_of(c, first, end);
    out->first = c[first].cls;
    out->last = c[keep - 1].cls;
    out->abbr = c[keep - 1].cls == '.' || keep - first < 5 ? abbr_of(m, out->hash) : DGI_ABBR_NONE;
    out->space = space;
    out->len = (uint16_t)(keep - first > 65535 ? 65535 : keep - first);
    out->initials = (keep - first == 4 || keep - first == 6) && out->abbr == DGI_ABBR_NONE;
    for (uint32_t i = first; i < keep && out->initials; i++)
        out->initials = c[i].cls == ((i - first) % 2 ? '.' : 'A');
    out->letter = (keep - first == 1 || (keep - first == 2 && c[first + 1].cls == '.')) && c[first].cls == 'A';
}

/* ---- sentence ends ---- */
static bool closing(const struct dgi_seg_token *t)
{
    return t->len == 1 && (t->first == '"' || t->first == '\'' || t->first == 'C' || t->first == ')' ||
                           t->first == ']' || t->first == '}');
}

bool dgi_seg_may_end(const struct dgi_seg_token *t, uint32_t n, uint32_t i)
{
    if (i + 1 >= n)
        return false;
    uint8_t l = t[i].last;
    if (is_word(l))
        return t[i + 1].space && t[i + 1].first != 'a';
    const struct dgi_seg_token *b = &t[i + 1];
    if (l == '.' && ((t[i].abbr != DGI_ABBR_NONE && b->first == 'a') ||          /* "incl. women" */
                     (t[i].abbr == DGI_ABBR_NUMBER && b->first == '9') ||        /* "pp. 3" */
                     (t[i].abbr == DGI_ABBR_NAME && b->abbr == DGI_ABBR_NAME) || /* "Co. Ltd." */
                     (t[i].initials && i && t[i - 1].first == 'A' && b->first == 'A' &&
                      b->len > 3) || /* "Minister P.J. Patterson" */
                     (t[i].letter && i && t[i - 1].letter && t[i - 1].last == '.' && t[i].len == 2 && b->first == 'A' &&
                      b->len > 3))) /* "M. K. Stalin" */
        return false;
    if (l == ')' && i && t[i - 1].last == '.' && b->first == 'a')
        return false; /* "Amina Oduya (D-Wis.) said" */
    if (l == ',' || l == '$' || l == '(' || l == '[' || l == '{' || l == 'O' || l == 'o' || l == '@' || l == '&')
        return false;
    if (l == 'd' || (l == '-' && t[i].space &&
                     t[i].len <= 2)) /* "the envoy — now a minister — Amina Oduya": the second of a pair */
        for (uint32_t j = i, n = 0; j-- > 0 && n < 30; n++) {
            if (t[j].last == '.' || t[j].last == '?' || t[j].last == '!')
                break;
            if (t[j].last == l && t[j].space)
                return false;
        }
    return true;
}

static uint32_t bucket(uint32_t n)
{
    return n < 4 ? n : n < 6 ? 4 : n < 10 ? 5 : n < 20 ? 6 : n < 40 ? 7 : 8;
}

uint32_t dgi_seg_end_feats(const struct dgi_seg_token *t, uint32_t n_toks, uint32_t i, const struct dgi_seg_state *st,
                           uint32_t *out)
{
    static const struct dgi_seg_token none = {.hash = 1, .cased = 1, .shape = 1, .first = 1, .last = 1};
    const struct dgi_seg_token *c = &t[i], *a = i ? &t[i - 1] : &none, *aa = i > 1 ? &t[i - 2] : &none;
    const struct dgi_seg_token *b = &t[i + 1], *bb = i + 2 < n_toks ? &t[i + 2] : &none;
    const struct dgi_seg_token *bbb = i + 3 < n_toks ? &t[i + 3] : &none;
    if (i == st->since)
        a = aa = &none;
    else if (i == st->since + 1)
        aa = &none;
    uint32_t n = 0;
    /* the mark that ends, when closers follow it: ." and .) */
    const struct dgi_seg_token *e = c;
    uint32_t j = i;
    while (j > st->since && closing(&t[j]) && !t[j].space)
        j--;
    e = &t[j];
    uint32_t kind = mix(e->last, mix(c->last, j == i ? 0 : 1));
    uint32_t inq = (st->quotes & 1) | (st->curly > 0 ? 2u : 0) | (st->paren > 0 ? 4u : 0);
    uint32_t gap = (b->space ? 1u : 0) | (bb->space ? 2u : 0);
    uint32_t len = bucket(i - st->since + 1), rest = bucket(n_toks - i - 1);
    uint32_t caps = st->upper > 8 * (st->lower + 1) ? 1 : st->lower > 12 * (st->upper + 1) ? 2 : 0;
    uint32_t nf = mix(b->first, is_word(b->first) ? 0 : mix(bb->first, gap));
    ADD(1, kind);
    ADD(2, mix(kind, nf));
    ADD(3, mix(mix(kind, nf), gap));
    ADD(4, mix(mix(kind, nf), inq));
    ADD(5, mix(kind, b->cased));
    ADD(6, mix(kind, mix(b->shape, b->letter)));
    ADD(7, mix(c->hash, nf));
    ADD(8, mix(c->hash, b->cased));
    ADD(9, mix(mix(c->abbr, kind), mix(nf, c->letter)));
    ADD(10, mix(mix(c->abbr, kind), b->cased));
    ADD(11, mix(mix(a->hash, kind), nf));
    ADD(12, mix(mix(a->shape, kind), nf));
    ADD(13, mix(mix(a->hash, c->hash), nf));
    ADD(14, mix(mix(len, kind), nf));
    ADD(15, mix(mix(rest, kind), nf));
    ADD(16, mix(mix(c->shape, b->shape), mix(gap, c->letter)));
    ADD(17, mix(mix(c->hash, b->shape), bb->shape));
    ADD(18, mix(mix(kind, b->hash), bb->hash));
    ADD(19, mix(mix(kind, b->shape), mix(bb->shape, bbb->first)));
    ADD(20, mix(mix(aa->shape, a->shape), mix(c->shape, b->shape)));
    ADD(21, mix(mix(e->hash, kind), nf));
    ADD(22, mix(mix(inq, gap), mix(kind, len)));
    ADD(23, mix(mix(caps, kind), nf));
    ADD(24, mix(mix(c->len > 6 ? 7 : c->len, c->last), mix(nf, a->first)));
    ADD(25, mix(mix(c->letter, a->first), mix(b->first, a->letter)));
    ADD(26, mix(mix(kind, len), rest));
    ADD(27, mix(mix(st->since < i ? t[st->since].hash : 1, kind), nf));
    if (is_word(c->last)) {
        ADD(40, mix(mix(c->cased, b->cased), 1));
        ADD(41, mix(mix(c->shape, b->cased), len));
        ADD(42, mix(mix(c->first, b->first), mix(bb->first, caps)));
    }
    if (j != i) {
        const struct dgi_seg_token *p = j > st->since ? &t[j - 1] : &none;
        ADD(50, mix(mix(e->last, c->last), mix(p->shape, nf)));
        ADD(51, mix(mix(e->hash, b->cased), c->last));
        ADD(52, mix(mix(e->abbr, c->last), mix(nf, inq)));
    }
    return n;
}

void dgi_seg_state_begin(struct dgi_seg_state *s, const struct dgi_seg_token *t, uint32_t n)
{
    *s = (struct dgi_seg_state){0};
    uint32_t lim = n < 200 ? n : 200;
    for (uint32_t i = 0; i < lim; i++) {
        s->lower += t[i].first == 'a';
        s->upper += t[i].first == 'A';
    }
}

void dgi_seg_state_next(struct dgi_seg_state *s, const struct dgi_seg_token *t, uint32_t i, bool ended)
{
    if (t[i].len <= 2) {
        s->quotes += t[i].first == '"';
        s->curly += t[i].first == 'O' ? 1 : t[i].first == 'C' && s->curly > 0 ? -1 : 0;
        s->paren += t[i].first == '(' ? 1 : t[i].first == ')' && s->paren > 0 ? -1 : 0;
    }
    if (ended) {
        s->since = i + 1;
        s->paren = 0;
    }
}
