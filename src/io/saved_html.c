/* SPDX-License-Identifier: Apache-2.0 */
/* io/saved_html.c: see saved_html.h. libxml2 tells the elements one after the other (SAX), no tree is built. */
#include "io/saved_html.h"

#include <libxml/HTMLparser.h>

enum { PIECE = 65536, MOST_LINES = 64 << 20 };

bool dgi_html_may_be_export(dg_str html)
{
    static const char *const words[] = {"End of Document",      "Load-Date", "LOAD-DATE", " DOCUMENTS",
                                        "ProQuest document ID", "Document "};
    enum { NEAR = 400 };
    dg_str last = dgi_str_sub(html, html.len > NEAR * 50 ? html.len - NEAR * 50 : 0, html.len);
    dg_str first = dgi_str_sub(html, 0, NEAR * 500);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (memmem(first.ptr, first.len, words[i], strlen(words[i])) ||
            memmem(last.ptr, last.len, words[i], strlen(words[i])))
            return true;
    return false;
}

struct lines {
    struct dgi_buf *out;
    uint32_t hidden; /* open elements without text */
    bool space;      /* blanks are due before the next word */
};

static bool is_one_of(const xmlChar *name, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!strcmp((const char *)name, list[i]))
            return true;
    return false;
}

static bool hides(const xmlChar *name)
{
    static const char *const list[] = {"script", "style", "head", "noscript", "template"};
    return is_one_of(name, list, sizeof list / sizeof *list);
}

/* Blank lines between paragraphs, none between lines of one. */
static uint32_t breaks_of(const xmlChar *name)
{
    static const char *const paragraphs[] = {"p",  "h1",    "h2", "h3", "h4",         "h5",
                                             "h6", "table", "ul", "ol", "blockquote", "hr"};
    static const char *const one_line[] = {"br",      "div",     "tr",     "li",     "dt",  "dd",
                                           "article", "section", "header", "footer", "pre", "body"};
    return is_one_of(name, paragraphs, sizeof paragraphs / sizeof *paragraphs) ? 2
           : is_one_of(name, one_line, sizeof one_line / sizeof *one_line)     ? 1
                                                                               : 0;
}

static void put_breaks(struct lines *l, uint32_t n)
{
    struct dgi_buf *out = l->out;
    uint32_t there = 0;
    l->space = false;
    while (there < 2 && there < out->len && out->ptr[out->len - 1 - there] == '\n')
        there++;
    for (; out->len && there < n; there++)
        dgi_buf_add(out, DGI_S("\n"));
}

static void put_text(void *user, const xmlChar *text, int len)
{
    struct lines *l = user;
    if (l->hidden || l->out->len > MOST_LINES)
        return;
    for (int i = 0; i < len;) {
        int k = i;
        while (k < len && !strchr(" \t\r\n", text[k]))
            k++;
        if (k == i) {
            l->space = l->out->len && !strchr("\n\t", l->out->ptr[l->out->len - 1]);
            i++;
            continue;
        }
        if (l->space)
            dgi_buf_add(l->out, DGI_S(" "));
        l->space = false;
        dgi_buf_add(l->out, dgi_strn((const char *)text + i, (size_t)(k - i)));
        i = k;
    }
}

static void opens(void *user, const xmlChar *name, const xmlChar **attributes)
{
    struct lines *l = user;
    (void)attributes;
    l->hidden += hides(name);
    put_breaks(l, breaks_of(name));
    if (!strcmp((const char *)name, "hr") && !l->hidden)
        dgi_buf_add(l->out, DGI_S("____________________\n"));
}

static void closes(void *user, const xmlChar *name)
{
    struct lines *l = user;
    bool cell = !strcmp((const char *)name, "td") || !strcmp((const char *)name, "th");
    l->hidden -= l->hidden && hides(name);
    if (strcmp((const char *)name, "br") != 0 && strcmp((const char *)name, "hr") != 0)
        put_breaks(l, breaks_of(name));
    if (cell && !l->hidden && l->out->len && l->out->ptr[l->out->len - 1] != '\n') {
        l->space = false;
        dgi_buf_add(l->out, DGI_S("\t"));
    }
}

dg_status dgi_html_lines(struct dgi_buf *out, dg_str html, dg_error *err)
{
    htmlSAXHandler sax = {.startElement = opens, .endElement = closes, .characters = put_text, .cdataBlock = NULL};
    struct lines l = {out, 0, false};
    sax.ignorableWhitespace = put_text;
    htmlParserCtxtPtr c = htmlCreatePushParserCtxt(&sax, &l, NULL, 0, NULL, XML_CHAR_ENCODING_NONE);
    if (c)
        htmlCtxtUseOptions(c, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET);
    for (size_t at = 0; c && at < html.len && out->len <= MOST_LINES && !out->failed; at += PIECE) {
        size_t n = html.len - at < PIECE ? html.len - at : PIECE;
        htmlParseChunk(c, html.ptr + at, (int)n, 0);
    }
    if (c)
        htmlParseChunk(c, NULL, 0, 1);
    bool memory = c && c->errNo != XML_ERR_NO_MEMORY && !out->failed;
    if (c && c->myDoc)
        xmlFreeDoc(c->myDoc);
    htmlFreeParserCtxt(c);
    return memory ? DG_OK : dgi_fail(err, DG_E_NOMEM, "no memory for the lines of a saved page");
}
