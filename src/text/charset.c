/* SPDX-License-Identifier: Apache-2.0 */
/* text/charset.c: which encoding, and to UTF-8.
 *
 * Order: byte order mark; declaration (HTTP, then <meta> or <?xml); valid UTF-8; NULs in every other byte (UTF-16);
 * uchardet from 1 KB on; windows-1252. A declaration of a single-byte set is overruled by text that is valid UTF-8 and
 * not ASCII (pages saved again), and "utf-8" by text where most of the high bytes are none. uchardet is asked late,
 * because it takes short UTF-8 with one typographic quote for windows-1250. */
#include "text/charset.h"

#include <ctype.h>
#include <errno.h>
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <uchardet/uchardet.h>

#include "base/utf8.h"

enum { META_WITHIN = 4096, UTF8_SURE = 16, DETECT_MIN = 1024, DETECT_MAX = 256 * 1024 };

/* The WHATWG Encoding Standard's labels that the web still uses, with iconv's names. */
static const struct {
    const char *label, *name;
} labels[] = {
    {"utf-8", "UTF-8"},
    {"utf8", "UTF-8"},
    {"unicode-1-1-utf-8", "UTF-8"},
    {"x-unicode20utf8", "UTF-8"},
    {"ascii", "windows-1252"},
    {"us-ascii", "windows-1252"},
    {"ansi_x3.4-1968", "windows-1252"},
    {"iso-8859-1", "windows-1252"},
    {"iso8859-1", "windows-1252"},
    {"iso_8859-1", "windows-1252"},
    {"latin1", "windows-1252"},
    {"l1", "windows-1252"},
    {"cp819", "windows-1252"},
    {"windows-1252", "windows-1252"},
    {"cp1252", "windows-1252"},
    {"x-cp1252", "windows-1252"},
    {"iso-8859-15", "ISO-8859-15"},
    {"iso8859-15", "ISO-8859-15"},
    {"latin-9", "ISO-8859-15"},
    {"iso-8859-2", "ISO-8859-2"},
    {"latin2", "ISO-8859-2"},
    {"iso-8859-3", "ISO-8859-3"},
    {"iso-8859-4", "ISO-8859-4"},
    {"iso-8859-5", "ISO-8859-5"},
    {"cyrillic", "ISO-8859-5"},
    {"iso-8859-6", "ISO-8859-6"},
    {"arabic", "ISO-8859-6"},
    {"iso-8859-7", "ISO-8859-7"},
    {"greek", "ISO-8859-7"},
    {"iso-8859-8", "ISO-8859-8"},
    {"hebrew", "ISO-8859-8"},
    {"iso-8859-9", "windows-1254"},
    {"latin5", "windows-1254"},
    {"iso-8859-10", "ISO-8859-10"},
    {"iso-8859-13", "ISO-8859-13"},
    {"iso-8859-14", "ISO-8859-14"},
    {"iso-8859-16", "ISO-8859-16"},
    {"windows-1250", "windows-1250"},
    {"cp1250", "windows-1250"},
    {"windows-1251", "windows-1251"},
    {"cp1251", "windows-1251"},
    {"windows-1253", "windows-1253"},
    {"windows-1254", "windows-1254"},
    {"cp1254", "windows-1254"},
    {"windows-1255", "windows-1255"},
    {"windows-1256", "windows-1256"},
    {"cp1256", "windows-1256"},
    {"windows-1257", "windows-1257"},
    {"windows-1258", "windows-1258"},
    {"windows-874", "CP874"},
    {"tis-620", "CP874"},
    {"iso-8859-11", "CP874"},
    {"ibm866", "CP866"},
    {"cp866", "CP866"},
    {"koi8-r", "KOI8-R"},
    {"koi8", "KOI8-R"},
    {"koi8-u", "KOI8-U"},
    {"macintosh", "MACINTOSH"},
    {"mac", "MACINTOSH"},
    {"x-mac-roman", "MACINTOSH"},
    {"x-mac-cyrillic", "MAC-CYRILLIC"},
    {"gbk", "GB18030"},
    {"gb2312", "GB18030"},
    {"gb_2312-80", "GB18030"},
    {"gb18030", "GB18030"},
    {"chinese", "GB18030"},
    {"x-gbk", "GB18030"},
    {"big5", "BIG5-HKSCS"},
    {"big5-hkscs", "BIG5-HKSCS"},
    {"cn-big5", "BIG5-HKSCS"},
    {"euc-jp", "EUC-JP"},
    {"x-euc-jp", "EUC-JP"},
    {"iso-2022-jp", "ISO-2022-JP"},
    {"shift_jis", "CP932"},
    {"shift-jis", "CP932"},
    {"sjis", "CP932"},
    {"x-sjis", "CP932"},
    {"windows-31j", "CP932"},
    {"ms_kanji", "CP932"},
    {"euc-kr", "CP949"},
    {"ks_c_5601-1987", "CP949"},
    {"korean", "CP949"},
    {"windows-949", "CP949"},
    {"uhc", "CP949"},
    {"utf-16", "UTF-16LE"},
    {"utf-16le", "UTF-16LE"},
    {"unicode", "UTF-16LE"},
    {"utf-16be", "UTF-16BE"},
    {"utf-32", "UTF-32LE"},
    {"utf-32le", "UTF-32LE"},
    {"utf-32be", "UTF-32BE"},
    {"mac-cyrillic", "MAC-CYRILLIC"},
    {"mac-centraleurope", "MAC-CENTRALEUROPE"},
    {"johab", "JOHAB"},
    {"viscii", "VISCII"},
    {"ibm852", "CP852"},
    {"ibm855", "CP855"},
    {"euc-tw", "EUC-TW"},
    {"iso-2022-kr", "ISO-2022-KR"},
    {"hz-gb-2312", "GB18030"},
};

const char *dgi_charset_label(dg_str label)
{
    label = dgi_str_trim(label);
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        if (dgi_str_ieq(label, dgi_str(labels[i].label)))
            return labels[i].name;
    return NULL;
}

static bool has_bytes(dg_str s, const char *p, size_t n)
{
    return s.len >= n && !memcmp(s.ptr, p, n);
}

static const char *by_mark(dg_str s, size_t *skip)
{
    *skip = 0;
    if (has_bytes(s, "\xEF\xBB\xBF", 3)) {
        *skip = 3;
        return "UTF-8";
    }
    if (has_bytes(s, "\xFF\xFE\0\0", 4) || has_bytes(s, "\0\0\xFE\xFF", 4)) {
        *skip = 4;
        return s.ptr[0] ? "UTF-32LE" : "UTF-32BE";
    }
    if (has_bytes(s, "\xFF\xFE", 2) || has_bytes(s, "\xFE\xFF", 2)) {
        *skip = 2;
        return (unsigned char)s.ptr[0] == 0xFF ? "UTF-16LE" : "UTF-16BE";
    }
    return NULL;
}

/* The value after `word` and '=' in s: charset=utf-8, charset="utf-8", encoding='x'. */
static dg_str attr_value(dg_str s, const char *word)
{
    dg_str w = dgi_str(word);
    for (size_t i = 0; i + w.len < s.len; i++) {
        if (!dgi_str_ieq(dgi_str_sub(s, i, i + w.len), w))
            continue;
        size_t j = i + w.len;
        while (j < s.len && isspace((unsigned char)s.ptr[j]))
            j++;
        if (j >= s.len || s.ptr[j] != '=')
            continue;
        j++;
        while (j < s.len && (isspace((unsigned char)s.ptr[j]) || s.ptr[j] == '"' || s.ptr[j] == '\''))
            j++;
        size_t from = j;
        while (j < s.len && (isalnum((unsigned char)s.ptr[j]) || strchr("-_.:", s.ptr[j])) && s.ptr[j])
            j++;
        if (j > from)
            return dgi_str_sub(s, from, j);
    }
    return (dg_str){"", 0};
}

static const char *by_declaration(dg_str bytes, dg_str declared, bool html)
{
    const char *name = declared.len ? dgi_charset_label(declared) : NULL;
    if (name || !html)
        return name;
    dg_str head = dgi_str_sub(bytes, 0, META_WITHIN);
    dg_str xml = dgi_str_trim(head);
    if (has_bytes(xml, "<?xml", 5)) {
        size_t end = dgi_str_find(xml, DGI_S("?>"));
        name = end == SIZE_MAX ? NULL : dgi_charset_label(attr_value(dgi_str_sub(xml, 0, end), "encoding"));
    }
    if (!name)
        name = dgi_charset_label(attr_value(head, "charset"));
    /* a page whose <meta> could be read as ASCII is not UTF-16, whatever it says */
    if (name && (!strncmp(name, "UTF-16", 6) || !strncmp(name, "UTF-32", 6)))
        name = "UTF-8";
    return name;
}

/* Well-formed multi-byte sequences and ill-formed bytes of s taken as UTF-8. */
static void count_utf8(dg_str s, size_t *good, size_t *bad)
{
    *good = *bad = 0;
    while (s.len) {
        size_t at = dgi_utf8_invalid(s), end = at == SIZE_MAX ? s.len : at;
        for (size_t i = 0; i < end; i++)
            *good += (unsigned char)s.ptr[i] >= 0xC2;
        if (at == SIZE_MAX)
            return;
        ++*bad;
        s = dgi_str_sub(s, at + 1, s.len);
    }
}

static const char *utf16_without_mark(dg_str s)
{
    size_t odd = 0, even = 0, n = s.len < 8192 ? s.len : 8192;
    for (size_t i = 0; i < n; i++)
        if (s.ptr[i] == 0)
            *(i & 1 ? &odd : &even) += 1;
    size_t half = n / 2;
    if (half < 4)
        return NULL;
    if (odd * 10 > half * 7 && even * 10 <= half)
        return "UTF-16LE";
    return even * 10 > half * 7 && odd * 10 <= half ? "UTF-16BE" : NULL;
}

static const char *by_detector(dg_str s)
{
    if (s.len < DETECT_MIN)
        return NULL;
    uchardet_t d = uchardet_new();
    if (!d)
        return NULL;
    /* from the first high byte on, so that long ASCII heads do not use up the budget */
    size_t from = 0;
    while (from < s.len && (unsigned char)s.ptr[from] < 0x80)
        from++;
    from = from > 512 ? from - 512 : 0;
    dg_str part = dgi_str_sub(s, from, from + DETECT_MAX);
    const char *name = NULL;
    if (uchardet_handle_data(d, part.ptr, part.len) == 0) {
        uchardet_data_end(d);
        name = dgi_charset_label(dgi_str(uchardet_get_charset(d)));
    }
    uchardet_delete(d);
    return name;
}

static bool single_byte(const char *name)
{
    static const char *const family_names[] = {"windows-", "ISO-8859-", "KOI8", "CP8", "MAC"};
    for (size_t i = 0; i < sizeof family_names / sizeof *family_names; i++)
        if (!strncmp(name, family_names[i], strlen(family_names[i])))
            return true;
    return false;
}

static dg_status convert(dg_str *out, uint64_t *n_bad, dgi_arena *a, dg_str s, const char *name, dg_error *err)
{
    iconv_t cd = iconv_open("UTF-8", name);
    if (cd == (iconv_t)-1)
        return dgi_fail(err, DG_E_FORMAT, "encoding %s is not known to this system's iconv", name);
    if (s.len > SIZE_MAX / 4) {
        iconv_close(cd);
        return dgi_fail(err, DG_E_LIMIT, "text too long");
    }
    /* 3 bytes of UTF-8 a byte at most (single-byte sets), and so is U+FFFD; stateful ones give less. Decoded in steps,
     * so that ordinary text takes ordinary memory. */
    size_t cap = s.len + s.len / 8 + 64, len = 0;
    char *buf = malloc(cap);
    char *in = (char *)(uintptr_t)s.ptr; /* iconv does not write there */
    size_t left = s.len;
    dg_status st = buf ? DG_OK : dgi_fail(err, DG_E_NOMEM, "no memory to decode %zu bytes", s.len);
    while (st == DG_OK && left) {
        char *to = buf + len;
        size_t room = cap - len;
        size_t r = iconv(cd, &in, &left, &to, &room);
        int e = errno;
        len = (size_t)(to - buf);
        if (r != (size_t)-1)
            break;
        if (e == E2BIG || cap - len < 8) {
            size_t want = cap + cap / 2 + 64;
            char *p = realloc(buf, want);
            if (!p) {
                st = dgi_fail(err, DG_E_NOMEM, "no memory to decode %zu bytes", s.len);
                break;
            }
            buf = p;
            cap = want;
            if (e == E2BIG)
                continue;
        }
        /* EILSEQ, or EINVAL: cut off at the end */
        memcpy(buf + len, "\xEF\xBF\xBD", 3);
        len += 3;
        ++*n_bad;
        size_t skip = left < 1 ? left : 1;
        if (!strncmp(name, "UTF-16", 6))
            skip = left < 2 ? left : 2;
        if (!strncmp(name, "UTF-32", 6))
            skip = left < 4 ? left : 4;
        in += skip;
        left -= skip;
    }
    iconv_close(cd);
    if (st == DG_OK) {
        *out = dgi_arena_str(a, dgi_strn(buf, len));
        if (!out->ptr)
            st = dgi_fail(err, DG_E_NOMEM, "no memory for the text");
    }
    free(buf);
    return st;
}

/* Ill-formed bytes, controls, line ends; in one pass over s into the arena. */
static dg_status clean(dg_str *out, uint64_t *n_bad, dgi_arena *a, dg_str s, dg_error *err)
{
    size_t extra = 0;
    for (size_t i = 0; i < s.len; i++)
        extra += (unsigned char)s.ptr[i] >= 0x80 || (unsigned char)s.ptr[i] < 0x20 || s.ptr[i] == 0x7f;
    if (extra > (SIZE_MAX - s.len - 1) / 2)
        return dgi_fail(err, DG_E_LIMIT, "text too long");
    size_t most = s.len + 2 * extra; /* a bad byte grows to three; well-formed text does not grow */
    size_t bad_at = dgi_utf8_invalid(s);
    if (bad_at == SIZE_MAX) {
        most = s.len;
        for (size_t i = 0; i < s.len; i++) /* 0xC2 may begin a C1 control */
            most += 2 * ((unsigned char)s.ptr[i] < 0x20 || s.ptr[i] == 0x7f || (unsigned char)s.ptr[i] == 0xC2);
    }
    char *to = dgi_arena_alloc(a, most + 1);
    if (!to)
        return dgi_fail(err, DG_E_NOMEM, "no memory for the text");
    size_t n = 0;
    for (size_t i = 0; i < s.len;) {
        unsigned char c = (unsigned char)s.ptr[i];
        if (c < 0x80) {
            i++;
            if (c == '\r') {
                if (i < s.len && s.ptr[i] == '\n')
                    i++;
                to[n++] = '\n';
            } else if (c == '\f' || c == '\v') {
                to[n++] = '\n';
            } else if ((c < 0x20 && c != '\t' && c != '\n') || c == 0x7f) {
                memcpy(to + n, "\xEF\xBF\xBD", 3);
                n += 3;
                ++*n_bad;
            } else {
                to[n++] = (char)c;
            }
            continue;
        }
        size_t from = i;
        uint32_t cp = dgi_utf8_next(s, &i);
        if (cp == 0xFFFD && !(i - from == 3 && !memcmp(s.ptr + from, "\xEF\xBF\xBD", 3)))
            ++*n_bad;
        if (cp == 0xFEFF && from == 0)
            continue;
        if (cp == 0x85) { /* NEL ends a line */
            to[n++] = '\n';
            continue;
        }
        if (cp >= 0x80 &&
            cp < 0xA0) { /* C1 controls: a terminal obeys them; the extra byte fits, `most` allows for it */
            cp = 0xFFFD;
            ++*n_bad;
        }
        n += dgi_utf8_put(cp, to + n);
    }
    *out = dgi_strn(to, n);
    return DG_OK;
}

enum from { FROM_GIVEN, FROM_BOM, FROM_DECLARED, FROM_VALID, FROM_DETECTED, FROM_ASSUMED };
static const char *const from_name[] = {"given", "bom", "declared", "valid", "detected", "assumed"};

dg_status dgi_charset_decode(dg_str *out, struct dgi_charset_info *info, dgi_arena *a, dg_str bytes, dg_str declared,
                             bool html, bool decoded, dg_error *err)
{
    size_t skip, good, bad;
    const char *name;
    enum from from;
    memset(info, 0, sizeof *info);
    if (!bytes.len)
        bytes.ptr = "";
    *out = (dg_str){"", 0};
    if (bytes.len > UINT32_MAX / 4)
        return dgi_fail(err, DG_E_LIMIT, "text is longer than 1 GiB");
    if (decoded) {
        name = "UTF-8";
        from = FROM_GIVEN;
        skip = 0;
    } else if ((name = by_mark(bytes, &skip))) {
        from = FROM_BOM;
    } else {
        const char *said = by_declaration(bytes, declared, html);
        count_utf8(bytes, &good, &bad);
        from = FROM_DECLARED;
        name = said;
        /* a page saved anew keeps the <meta> of its old encoding: in no other would this many sequences come out well-formed */
        if (said && !bad && (good >= UTF8_SURE || (single_byte(said) && good)))
            name = "UTF-8";
        if (said && !strcmp(said, "UTF-8") && bad > good)
            name = NULL;
        if (!name) {
            /* many good sequences and a few bad bytes: damaged UTF-8 */
            from = FROM_VALID;
            if ((name = utf16_without_mark(bytes)))
                from = FROM_DETECTED;
            else if (!bad || good > bad * 4)
                name = "UTF-8";
            else if ((name = by_detector(bytes)))
                from = FROM_DETECTED;
            else
                name = "windows-1252", from = FROM_ASSUMED;
        }
    }
    snprintf(info->name, sizeof info->name, "%s", name);
    snprintf(info->from, sizeof info->from, "%s", from_name[from]);
    bytes = dgi_str_sub(bytes, skip, bytes.len);
    if (strcmp(name, "UTF-8")) {
        dg_status st = convert(&bytes, &info->n_bad, a, bytes, name, err);
        if (st != DG_OK)
            return st;
    }
    return clean(out, &info->n_bad, a, bytes, err);
}

uint32_t dgi_charset_1252(uint32_t cp)
{
    static const uint16_t of[32] = {0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                    0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};
    return of[cp & 31] ? of[cp & 31] : 0xFFFD;
}
