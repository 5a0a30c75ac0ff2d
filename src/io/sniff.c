/* SPDX-License-Identifier: Apache-2.0 */
/* io/sniff.c: what kind of input is this? By its first bytes, then by its name.
 *
 * Binary files are refused here with what they are, so that nobody gets events out of a JPEG. */
#include "io/reader.h"

struct magic {
    const char *bytes;
    uint8_t len;
    const char *what; /* message */
};
static const struct magic refused[] = {
    {"PK\x03\x04", 4, "a zip archive or office document, not text"},
    {"%PDF-", 5, "a PDF file; turn it into text first (pdftotext)"},
    {"WARC/", 5, "a WARC archive, which this version does not read"},
    {"\x89PNG", 4, "a PNG image, not text"},
    {"\xff\xd8\xff", 3, "a JPEG image, not text"},
    {"GIF8", 4, "a GIF image, not text"},
    {"\x7f"
     "ELF",
     4, "a program (ELF), not text"},
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

/* ---- tables: refused, since a column of names read as prose gives events that nobody reported ---- */
enum { MOST_FIELDS = 200, NAME_LEN = 40 };

/* One record by RFC 4180 from *at on: how many fields, 0 when it is cut off at the end of s. *names: each field looks like
 * the name of a column. */
static uint32_t record(dg_str s, size_t *at, char sep, bool *names)
{
    uint32_t n = 0;
    *names = true;
    while (n < MOST_FIELDS) {
        size_t from = *at, end;
        bool quoted = from < s.len && s.ptr[from] == '"';
        if (quoted) {
            for (from = ++*at; *at < s.len; ++*at)
                if (s.ptr[*at] == '"') {
                    if (*at + 1 < s.len && s.ptr[*at + 1] == '"')
                        ++*at;
                    else
                        break;
                }
            end = (*at)++;
        } else {
            while (*at < s.len && s.ptr[*at] != sep && s.ptr[*at] != '\n')
                ++*at;
            end = *at;
        }
        if (*at < s.len && s.ptr[*at] == '\r')
            ++*at;
        dg_str f = dgi_str_trim(dgi_str_sub(s, from, end));
        *names = *names && f.len && f.len <= NAME_LEN && f.ptr[0] != ' ' && (quoted || f.len >= end - from - 1);
        for (size_t i = 0; i < f.len; i++)
            *names = *names && !strchr(".!?;:", f.ptr[i]);
        n++;
        if (*at >= s.len)
            return 0;
        char c = s.ptr[(*at)++];
        if (c == '\n')
            return n;
        if (c != sep) /* a letter behind a closing quotation mark: prose */
            return 0;
    }
    return n;
}

/* A first line of names, no blank before or behind any, and every whole record after it with as many fields. The comma of
 * prose has a blank behind it. */
static bool table_of(dg_str s, char sep, uint32_t at_least)
{
    size_t at = 0, start;
    bool names, ignored;
    uint32_t n = record(s, &at, sep, &names), rows = 0;
    if (n < at_least || !names)
        return false;
    for (size_t i = 0; i + 1 < at; i++)
        if (s.ptr[i] == sep && sep != '\t' && s.ptr[i + 1] == ' ')
            return false;
    for (start = at; at < s.len; start = at) {
        uint32_t k = record(s, &at, sep, &ignored);
        if (!k) /* cut by the end of what was read so far, or a last line without an end */
            break;
        if (k != n && !(k == 1 && at - start <= 2)) /* an empty line may stand anywhere */
            return false;
        rows += k == n;
    }
    /* a short file may end without a newline */
    if (!rows && start < s.len && !memchr(s.ptr + start, '\n', s.len - start)) {
        uint32_t k = 1;
        for (size_t i = start; i < s.len; i++)
            k += s.ptr[i] == sep;
        rows += k == n;
    }
    return rows > 0;
}

static const char *table_like(dg_str s, const char *name)
{
    dg_str t = dgi_str_starts(s, DGI_S("\xEF\xBB\xBF")) ? dgi_str_sub(s, 3, s.len) : s;
    bool csv = name_ends(name, ".csv"), tsv = name_ends(name, ".tsv") || name_ends(name, ".tab");
    dg_str list = dgi_str_trim(t);
    if (list.len > 1 && list.ptr[0] == '[') {
        dg_str rest = dgi_str_trim(dgi_str_sub(list, 1, list.len));
        bool object = rest.len && rest.ptr[0] == '{';
        rest = dgi_str_trim(dgi_str_sub(rest, 1, rest.len));
        if (object && rest.len && rest.ptr[0] == '"')
            return "a JSON array; write one object per line: jq -c '.[]' FILE | dragoman ... -i jsonl -";
    }
    if (table_of(t, ',', csv ? 2 : 3) || table_of(t, ';', csv ? 2 : 3))
        return "a table (CSV), which this version does not read; write one JSON object per line with 'text', 'title', 'date' "
               "and 'url' ('-i text' reads it as prose)";
    if (table_of(t, '\t', tsv ? 2 : 3))
        return "a table (tab-separated), which this version does not read; write one JSON object per line with 'text', 'title', "
               "'date' and 'url' ('-i text' reads it as prose)";
    return NULL;
}

/* Scripts and style sheets lie beside saved pages. Of their bytes one in seven to one in four is a sign of these, and they hold
 * braces or semicolons throughout; of prose, lists and datelines one in a hundred. */
static bool program_like(dg_str s)
{
    enum { ONE_IN = 20, LEAST = 4 };
    size_t signs = 0, ends = 0;
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        signs += c && strchr("{}();=<>[]|&", c) != NULL;
        ends += c == ';' || c == '{';
    }
    return signs * ONE_IN > s.len && ends >= LEAST && ends * 100 > s.len;
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
            dgi_fail(err, DG_E_KIND, "%s", refused[i].what);
            return false;
        }
    if (binary(head)) {
        dgi_fail(err, DG_E_KIND, "a binary file, not text");
        return false;
    }
    if (*input != DGI_INPUT_AUTO)
        return true;
    *input = guess(head, name, &feed);
    if (feed) {
        dgi_fail(err, DG_E_KIND, "an RSS or Atom feed, which this version does not read");
        return false;
    }
    const char *table = *input == DGI_INPUT_TEXT ? table_like(head, name) : NULL;
    if (table) {
        dgi_fail(err, DG_E_KIND, "%s", table);
        return false;
    }
    if (*input == DGI_INPUT_TEXT && program_like(head)) {
        dgi_fail(err, DG_E_KIND, "a program or a style sheet, not running text ('-i text' reads it as prose)");
        return false;
    }
    return true;
}
