/* SPDX-License-Identifier: Apache-2.0 */
/* io/office.c: see office.h. libarchive takes the zip apart, libxml2's reader walks through the document; RTF is read by hand, since
 * Debian has no library for it: control words, groups, and destinations that hold no text. */
#include "io/office.h"

#include <archive.h>
#include <archive_entry.h>
#include <libxml/xmlreader.h>
#include <stdlib.h>

#include "base/utf8.h"

static dg_status no_memory(dg_error *err)
{
    return dgi_fail(err, DG_E_NOMEM, "no memory for the document's text");
}

/* ---- docx ---- */
enum { MOST_ENTRIES = 10000, PIECE = 65536 };

static dg_status read_entry(struct archive *a, struct dgi_buf *xml, dg_error *err)
{
    char piece[PIECE];
    la_ssize_t n;
    while ((n = archive_read_data(a, piece, sizeof piece)) > 0) {
        dgi_buf_add(xml, dgi_strn(piece, (size_t)n));
        if (xml->len > DGI_OFFICE_MOST)
            return dgi_fail(err, DG_E_LIMIT, "the document unpacks to more than %d bytes", DGI_OFFICE_MOST);
    }
    if (n < 0)
        return dgi_fail(err, DG_E_FORMAT, "the document in the zip archive is damaged");
    return xml->failed ? no_memory(err) : DG_OK;
}

static dg_status unzip(struct dgi_buf *xml, dg_str zip, bool *files, dg_error *err)
{
    static const char *const of_package[] = {"[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF"};
    struct archive *a = archive_read_new();
    struct archive_entry *e;
    dg_status st = a ? DG_OK : no_memory(err);
    bool found = false;
    if (st == DG_OK && (archive_read_support_format_zip_seekable(a) != ARCHIVE_OK ||
                        archive_read_open_memory(a, zip.ptr, zip.len) != ARCHIVE_OK))
        st = dgi_fail(err, DG_E_FORMAT, "a zip archive that is damaged or ends early");
    for (int i = 0; st == DG_OK && !found && i < MOST_ENTRIES && archive_read_next_header(a, &e) == ARCHIVE_OK; i++) {
        const char *name = archive_entry_pathname(e);
        if ((found = name && !strcmp(name, "word/document.xml")))
            st = read_entry(a, xml, err);
        for (size_t k = 0; name && k < sizeof of_package / sizeof *of_package; k++)
            *files = *files && strcmp(name, of_package[k]) != 0;
    }
    if (a)
        archive_read_free(a);
    if (st == DG_OK && !found)
        st = dgi_fail(err, DG_E_KIND, "a zip archive or office document, not text");
    return st;
}

static void put_node(struct dgi_buf *out, xmlTextReaderPtr r, bool *text, uint32_t *skip)
{
    int type = xmlTextReaderNodeType(r);
    const char *name = (const char *)xmlTextReaderConstLocalName(r);
    bool opens = type == XML_READER_TYPE_ELEMENT, closes = type == XML_READER_TYPE_END_ELEMENT;
    bool whole = opens && xmlTextReaderIsEmptyElement(r);
    if (!name)
        return;
    if (!strcmp(name, "t") && (opens || closes))
        *text = opens && !whole;
    else if (!strcmp(name, "Fallback") && (opens || closes) && !whole) /* the same once more, for older programs */
        *skip += opens ? 1 : (uint32_t) - (*skip > 0);
    else if (*text && !*skip && (type == XML_READER_TYPE_TEXT || type == XML_READER_TYPE_SIGNIFICANT_WHITESPACE))
        dgi_buf_add(out, dgi_str((const char *)xmlTextReaderConstValue(r)));
    else if (!strcmp(name, "p") && (closes || whole))
        dgi_buf_add(out, DGI_S("\n"));
    else if (opens && (!strcmp(name, "br") || !strcmp(name, "cr")))
        dgi_buf_add(out, DGI_S("\n"));
    else if (opens && !strcmp(name, "tab"))
        dgi_buf_add(out, DGI_S("\t"));
}

dg_status dgi_docx_text(struct dgi_buf *out, dg_str zip, bool *files, dg_error *err)
{
    struct dgi_buf xml = {0};
    bool text = false;
    uint32_t skip = 0;
    *files = true;
    dg_status st = unzip(&xml, zip, files, err);
    xmlTextReaderPtr r = NULL;
    if (st == DG_OK && !(r = xmlReaderForMemory(xml.ptr, (int)xml.len, NULL, NULL,
                                                XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING)))
        st = no_memory(err);
    while (st == DG_OK && xmlTextReaderRead(r) == 1 && out->len <= DGI_OFFICE_MOST)
        put_node(out, r, &text, &skip);
    xmlFreeTextReader(r);
    dgi_buf_free(&xml);
    if (st == DG_OK && out->failed)
        st = no_memory(err);
    if (st == DG_OK && !out->len)
        st = dgi_fail(err, DG_E_FORMAT, "there is no text in the document");
    return st;
}

/* ---- RTF ---- */
enum { MOST_DEPTH = 200 };
struct group {
    bool hidden;   /* no text in it */
    uint32_t skip; /* bytes behind a \u that say the same for older programs */
};
struct rtf {
    struct dgi_buf *out;
    struct group stack[MOST_DEPTH];
    uint32_t depth, deeper; /* deeper: groups past the limit, hidden */
    uint32_t pending;       /* of skip */
    uint32_t high;          /* first half of a pair of UTF-16 */
};

static void put_cp(struct rtf *r, uint32_t cp)
{
    char utf8[4];
    if (r->stack[r->depth].hidden || r->deeper)
        return;
    dgi_buf_add(r->out, dgi_strn(utf8, dgi_utf8_put(cp, utf8)));
}

/* A byte of text: what stands for a \u is passed over. Windows-1252, as nearly all exports are. */
static void put_byte(struct rtf *r, unsigned char c)
{
    static const uint16_t of[32] = {0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD,
                                    0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};
    if (r->pending)
        r->pending--;
    else
        put_cp(r, c >= 0x80 && c < 0xA0 ? of[c & 31] : c);
}

static void put_utf16(struct rtf *r, int32_t n)
{
    uint32_t u = (uint32_t)n & 0xFFFF;
    if (u >= 0xD800 && u < 0xDC00)
        r->high = u;
    else if (u >= 0xDC00 && u < 0xE000 && r->high)
        put_cp(r, 0x10000 + ((r->high - 0xD800) << 10) + (u - 0xDC00)), r->high = 0;
    else
        put_cp(r, u);
    r->pending = r->stack[r->depth].skip;
}

static void control(struct rtf *r, dg_str word, bool has_number, int32_t number)
{
    static const char *const hidden_tags[] = {"fonttbl",   "colortbl",  "stylesheet",        "info",     "pict",
                                              "header",    "headerl",   "headerr",           "headerf",  "footer",
                                              "footerl",   "footerr",   "footerf",           "footnote", "object",
                                              "fldinst",   "listtable", "listoverridetable", "rsidtbl",  "generator",
                                              "themedata", "datastore", "latentstyles",      "xmlnstbl"};
    static const struct {
        const char *name;
        uint16_t cp;
    } signs[] = {{"par", '\n'},         {"line", '\n'},       {"row", '\n'},      {"sect", '\n'},
                 {"page", '\n'},        {"tab", '\t'},        {"cell", '\t'},     {"emdash", 0x2014},
                 {"endash", 0x2013},    {"bullet", 0x2022},   {"lquote", 0x2018}, {"rquote", 0x2019},
                 {"ldblquote", 0x201C}, {"rdblquote", 0x201D}};
    struct group *g = &r->stack[r->depth];
    if (dgi_str_is(word, "u") && has_number) {
        put_utf16(r, number);
        return;
    }
    if (dgi_str_is(word, "uc") && has_number && number >= 0 && number < 16)
        g->skip = (uint32_t)number;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (dgi_str_is(word, signs[i].name))
            put_cp(r, signs[i].cp);
    for (size_t i = 0; i < sizeof hidden_tags / sizeof *hidden_tags; i++)
        g->hidden = g->hidden || dgi_str_is(word, hidden_tags[i]);
}

static int hex(char c)
{
    char low = (char)(c | 32);
    return c >= '0' && c <= '9' ? c - '0' : low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

/* Behind a backslash at s.ptr[i]: where to go on. */
static size_t escape(struct rtf *r, dg_str s, size_t i)
{
    size_t k = i + 1;
    char c = (char)(k < s.len ? s.ptr[k] : 0);
    if ((c | 32) >= 'a' && (c | 32) <= 'z') {
        while (k < s.len && (s.ptr[k] | 32) >= 'a' && (s.ptr[k] | 32) <= 'z')
            k++;
        dg_str word = dgi_str_sub(s, i + 1, k);
        bool minus = k < s.len && s.ptr[k] == '-';
        size_t from = k += minus;
        int32_t n = 0;
        for (; k < s.len && s.ptr[k] >= '0' && s.ptr[k] <= '9' && k - from < 9; k++)
            n = n * 10 + (s.ptr[k] - '0');
        bool number = k > from;
        k += k < s.len && s.ptr[k] == ' ';
        if (dgi_str_is(word, "bin") && number && !minus)
            return (size_t)n < s.len - k ? k + (size_t)n : s.len;
        control(r, word, number, minus ? -n : n);
        return k;
    }
    if (c == '\'' && k + 2 < s.len && hex(s.ptr[k + 1]) >= 0 && hex(s.ptr[k + 2]) >= 0) {
        put_byte(r, (unsigned char)(hex(s.ptr[k + 1]) * 16 + hex(s.ptr[k + 2])));
        return k + 3;
    }
    if (c == '*')
        r->stack[r->depth].hidden = true;
    else if (c == '~')
        put_byte(r, 0xA0);
    else if (c == '_')
        put_byte(r, '-');
    else if (c == '\n' || c == '\r')
        put_cp(r, '\n');
    else if (c == '\\' || c == '{' || c == '}')
        put_byte(r, (unsigned char)c);
    return k + 1;
}

dg_status dgi_rtf_text(struct dgi_buf *out, dg_str s, dg_error *err)
{
    struct rtf *r = calloc(1, sizeof *r);
    if (!r)
        return no_memory(err);
    r->out = out;
    r->stack[0].skip = 1;
    for (size_t i = 0; i < s.len && !out->failed && out->len <= DGI_OFFICE_MOST;) {
        char c = s.ptr[i];
        if (c == '\\') {
            i = escape(r, s, i);
            continue;
        }
        i++;
        if (c == '{') {
            r->pending = 0;
            if (r->deeper || r->depth + 1 == MOST_DEPTH)
                r->deeper++;
            else {
                r->stack[r->depth + 1] = r->stack[r->depth];
                r->depth++;
            }
        } else if (c == '}') {
            r->pending = 0;
            if (r->deeper)
                r->deeper--;
            else
                r->depth -= r->depth > 0;
        } else if (c != '\r' && c != '\n' && c)
            put_byte(r, (unsigned char)c);
    }
    free(r);
    if (out->failed)
        return no_memory(err);
    return out->len ? DG_OK : dgi_fail(err, DG_E_FORMAT, "there is no text in the document");
}
