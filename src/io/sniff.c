/* SPDX-License-Identifier: Apache-2.0 */
/* io/sniff.c: what kind of input is this? By its first bytes, then by its name.
 *
 * Compressed and binary files are refused here with what they are, so that nobody gets events out of a JPEG. */
#include "io/reader.h"

struct magic {
    const char *bytes;
    uint8_t len;
    const char *what; /* message */
};
static const struct magic refused[] = {
    {"\x1f\x8b", 2, "gzip data, which this version does not unpack; use: gzip -dc FILE | dragoman ... -"},
    {"\x28\xb5\x2f\xfd", 4, "zstd data, which this version does not unpack; use: zstd -dc FILE | dragoman ... -"},
    {"\xfd" "7zXZ", 5, "xz data, which this version does not unpack; use: xz -dc FILE | dragoman ... -"},
    {"BZh", 3, "bzip2 data, which this version does not unpack; use: bzip2 -dc FILE | dragoman ... -"},
    {"PK\x03\x04", 4, "a zip archive or office document, not text"},
    {"%PDF-", 5, "a PDF file; turn it into text first (pdftotext)"},
    {"WARC/", 5, "a WARC archive, which this version does not read"},
    {"\x89PNG", 4, "a PNG image, not text"},
    {"\xff\xd8\xff", 3, "a JPEG image, not text"},
    {"GIF8", 4, "a GIF image, not text"},
    {"\x7f" "ELF", 4, "a program (ELF), not text"},
    {"\xd0\xcf\x11\xe0", 4, "an old office document, not text"},
    {"{\\rtf", 5, "an RTF document; turn it into text first"},
    {"SQLite format 3", 15, "an SQLite database, not text"},
};

static bool name_ends(const char *name, const char *ext)
{
    dg_str n = dgi_str(name), e = dgi_str(ext);
    return name && n.len >= e.len && dgi_str_ieq(dgi_str_sub(n, n.len - e.len, n.len), e);
}

static bool has_ci(dg_str s, const char *word, size_t within)
{
    dg_str w = dgi_str(word);
    if (s.len > within)
        s.len = within;
    for (size_t i = 0; i + w.len <= s.len; i++)
        if (dgi_str_ieq(dgi_str_sub(s, i, i + w.len), w))
            return true;
    return false;
}

/* NULs in every other place: UTF-16 without a mark. */
static bool utf16_like(dg_str s)
{
    size_t odd = 0, even = 0;
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] == 0)
            *(i & 1 ? &odd : &even) += 1;
    size_t half = s.len / 2;
    return half >= 4 && ((odd * 10 > half * 7 && even * 10 <= half) || (even * 10 > half * 7 && odd * 10 <= half));
}

static bool binary(dg_str s)
{
    size_t bad = 0;
    if (dgi_str_starts(s, DGI_S("\xff\xfe")) || dgi_str_starts(s, DGI_S("\xfe\xff")) || utf16_like(s))
        return false;
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        bad += (c < 0x20 && !(c >= '\t' && c <= '\r') && c != 0x1b && c != 0x1a) || c == 0x7f;
    }
    return bad > s.len / 10;
}

static uint8_t guess(dg_str s, const char *name, bool *feed)
{
    dg_str t = dgi_str_starts(s, DGI_S("\xEF\xBB\xBF")) ? dgi_str_sub(s, 3, s.len) : s;
    t = dgi_str_trim(t);
    *feed = false;
    if (t.len && t.ptr[0] == '{') {
        dg_str rest = dgi_str_trim(dgi_str_sub(t, 1, t.len));
        if (rest.len && (rest.ptr[0] == '"' || rest.ptr[0] == '}'))
            return DGI_INPUT_JSONL;
    }
    if (t.len && t.ptr[0] == '<') {
        *feed = has_ci(t, "<rss", 1024) || has_ci(t, "<feed", 1024) || has_ci(t, "<rdf:rdf", 1024);
        if (has_ci(t, "<!doctype html", 2048) || has_ci(t, "<html", t.len) || has_ci(t, "<head", t.len) ||
            has_ci(t, "<body", t.len) || has_ci(t, "<p", t.len) || has_ci(t, "<div", t.len) ||
            has_ci(t, "<article", t.len) || has_ci(t, "<h1", t.len) || has_ci(t, "<meta", t.len))
            return DGI_INPUT_HTML;
    }
    if (has_ci(t, "<html", 1024) && has_ci(t, "<head", t.len))
        return DGI_INPUT_HTML;
    if (name_ends(name, ".jsonl") || name_ends(name, ".ndjson"))
        return DGI_INPUT_JSONL;
    if (name_ends(name, ".html") || name_ends(name, ".htm") || name_ends(name, ".xhtml"))
        return DGI_INPUT_HTML;
    return DGI_INPUT_TEXT;
}

bool dgi_sniff(dg_str head, const char *name, uint8_t *input, dg_error *err)
{
    bool feed;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        if (dgi_str_starts(head, dgi_strn(refused[i].bytes, refused[i].len))) {
            dgi_fail(err, DG_E_FORMAT, "%s", refused[i].what);
            return false;
        }
    if (binary(head)) {
        dgi_fail(err, DG_E_FORMAT, "a binary file, not text");
        return false;
    }
    if (*input != DGI_INPUT_AUTO)
        return true;
    *input = guess(head, name, &feed);
    if (feed) {
        dgi_fail(err, DG_E_FORMAT, "an RSS or Atom feed, which this version does not read");
        return false;
    }
    return true;
}
