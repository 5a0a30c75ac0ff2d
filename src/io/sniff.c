/* SPDX-License-Identifier: Apache-2.0 */
/* io/sniff.c: what kind of input is this? By its first bytes, then by its name.
 *
 * Binary files are refused here with what they are, so that nobody gets events out of a JPEG. */
#include "io/formats.h"

struct magic {
    const char *bytes;
    uint8_t len;
    const char *what; /* message */
};
static const struct magic refused[] = {
    {"PK\x03\x04", 4, "a zip archive or office document, not text"},
    {"%PDF-", 5, "a PDF file; turn it into text first (pdftotext)"},
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

/* ---- tables: a column of names read as prose gives events that nobody reported ---- */
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

/* A first line of which two fields are called as parts of an article are, one of them a text or a headline, and another line
 * behind it: a table, however long its first row is. */
static bool names_known(dg_str s, const struct dgi_map *map)
{
    static const char seps[] = ",;\t|";
    const char *nl = s.len ? memchr(s.ptr, '\n', s.len) : NULL;
    dg_str line = nl ? dgi_str_trim(dgi_strn(s.ptr, (size_t)(nl - s.ptr))) : (dg_str){NULL, 0};
    if (!nl || !dgi_str_trim(dgi_str_sub(s, (size_t)(nl - s.ptr), s.len)).len)
        return false;
    for (size_t k = 0; seps[k]; k++) {
        dg_str rest = line, cell;
        uint32_t seen = 0;
        bool body = false, names = true, asked = false; /* asked: by the user */
        while (names && rest.ptr && dgi_str_next(&rest, seps[k], &cell)) {
            uint8_t f, rank;
            cell = dgi_str_trim(cell);
            if (cell.len > 1 && cell.ptr[0] == '"' && cell.ptr[cell.len - 1] == '"')
                cell = dgi_str_sub(cell, 1, cell.len - 1);
            names = cell.len <= NAME_LEN;
            if (!dgi_field_of(map, cell, &f, &rank))
                continue;
            asked = asked || (map && map->name[f].len);
            seen |= 1u << f;
            body = body || f <= DGI_F_TITLE;
        }
        if (names && body && (asked || (seen & (seen - 1))))
            return true;
    }
    return false;
}

static bool table_like(dg_str s, const char *name, const struct dgi_map *map)
{
    dg_str t = dgi_str_starts(s, DGI_S("\xEF\xBB\xBF")) ? dgi_str_sub(s, 3, s.len) : s;
    bool csv = name_ends(name, ".csv"), tsv = name_ends(name, ".tsv") || name_ends(name, ".tab");
    return names_known(t, map) || table_of(t, ',', csv ? 2 : 3) || table_of(t, ';', csv ? 2 : 3) ||
           table_of(t, '\t', tsv ? 2 : 3);
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

/* The element that a file of XML begins with, behind declaration, comments and DOCTYPE: does it end in one of these names? */
static bool root_of_feed(dg_str s)
{
    static const char *const root_tags[] = {"rss", "feed", "RDF"};
    size_t i = 0;
    for (;;) {
        while (i < s.len && strchr(" \t\r\n", s.ptr[i]) && s.ptr[i])
            i++;
        dg_str t = dgi_str_sub(s, i, s.len);
        if (!dgi_str_starts(t, DGI_S("<?")) && !dgi_str_starts(t, DGI_S("<!")))
            break;
        const char *end = dgi_str_starts(t, DGI_S("<!--")) ? "-->" : ">";
        size_t k = dgi_str_find(t, dgi_str(end)), own = dgi_str_find(t, DGI_S("["));
        if (*end == '>' && own < k) { /* declarations inside a DOCTYPE */
            size_t close = dgi_str_find(dgi_str_sub(t, own, t.len), DGI_S("]"));
            own += close == SIZE_MAX ? 0 : close;
            k = dgi_str_find(dgi_str_sub(t, own, t.len), DGI_S(">"));
            k += k == SIZE_MAX ? 0 : own;
        }
        if (k == SIZE_MAX)
            return false;
        i += k + strlen(end);
    }
    size_t from = ++i, k = from;
    for (; k < s.len && k < from + 24 && s.ptr[k] && !strchr(" \t\r\n>/", s.ptr[k]); k++)
        if (s.ptr[k] == ':')
            from = k + 1;
    for (size_t t = 0; t < sizeof root_tags / sizeof *root_tags; t++)
        if (dgi_str_is(dgi_str_sub(s, from, k), root_tags[t]))
            return i > 0 && i - 1 < s.len && s.ptr[i - 1] == '<';
    return false;
}

static uint8_t guess_json(dg_str t, bool *whole)
{
    dg_str rest = dgi_str_trim(dgi_str_sub(t, 1, t.len));
    if (t.ptr[0] == '{' && rest.len && (rest.ptr[0] == '"' || rest.ptr[0] == '}'))
        return dgi_json_holds_list(t, whole) ? DGI_INPUT_JSON : DGI_INPUT_JSONL;
    if (t.ptr[0] != '[' || !rest.len || rest.ptr[0] != '{')
        return DGI_INPUT_AUTO;
    rest = dgi_str_trim(dgi_str_sub(rest, 1, rest.len));
    return rest.len && (rest.ptr[0] == '"' || rest.ptr[0] == '}') ? DGI_INPUT_JSON : DGI_INPUT_AUTO;
}

static bool page_like(dg_str t)
{
    static const char *const page_tags[] = {"<html", "<head", "<body", "<p", "<div", "<article", "<h1", "<meta"};
    if (!t.len || t.ptr[0] != '<')
        return has_ci(t, "<html", 1024) && has_ci(t, "<head", t.len);
    for (size_t i = 0; i < sizeof page_tags / sizeof *page_tags; i++)
        if (has_ci(t, page_tags[i], t.len))
            return true;
    return has_ci(t, "<!doctype html", 2048);
}

static uint8_t guess(dg_str s, const char *name, const struct dgi_map *map, bool *whole)
{
    dg_str t = dgi_str_starts(s, DGI_S("\xEF\xBB\xBF")) ? dgi_str_sub(s, 3, s.len) : s;
    t = dgi_str_trim(t);
    if (dgi_str_starts(t, DGI_S("WARC/")))
        return DGI_INPUT_WARC;
    uint8_t json = t.len ? guess_json(t, whole) : DGI_INPUT_AUTO;
    if (json)
        return json;
    if (t.len && t.ptr[0] == '<' && root_of_feed(t))
        return DGI_INPUT_FEED;
    if (page_like(t))
        return DGI_INPUT_HTML;
    if (name_ends(name, ".jsonl") || name_ends(name, ".ndjson"))
        return DGI_INPUT_JSONL;
    if (name_ends(name, ".html") || name_ends(name, ".htm") || name_ends(name, ".xhtml"))
        return DGI_INPUT_HTML;
    return table_like(s, name, map) ? DGI_INPUT_CSV : dgi_export_of(t) ? DGI_INPUT_EXPORT : DGI_INPUT_TEXT;
}

bool dgi_sniff(dg_str head, const char *name, const struct dgi_map *map, uint8_t *input, bool *whole, dg_error *err)
{
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        if (dgi_str_starts(head, dgi_strn(refused[i].bytes, refused[i].len))) {
            dgi_fail(err, DG_E_KIND, "%s", refused[i].what);
            return false;
        }
    if (!dgi_str_starts(head, DGI_S("WARC/")) && binary(head)) {
        dgi_fail(err, DG_E_KIND, "a binary file, not text");
        return false;
    }
    *whole = false;
    if (*input == DGI_INPUT_JSON)
        guess(head, NULL, map, whole);
    if (*input != DGI_INPUT_AUTO)
        return true;
    *input = guess(head, name, map, whole);
    if (*input == DGI_INPUT_TEXT && program_like(head)) {
        dgi_fail(err, DG_E_KIND, "a program or a style sheet, not running text ('-i text' reads it as prose)");
        return false;
    }
    return true;
}
