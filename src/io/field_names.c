/* SPDX-License-Identifier: Apache-2.0 */
/* io/field_names.c: the names that exports, feeds and programs give to the parts of an article.
 *
 * Collected from the column lists of public news data sets, of news services' replies and of library exports; what is not here
 * is mapped by the user (--map). */
#include "io/field_names.h"

enum { MOST_NAME = 40 };

/* By rank. Lower case, without '_', '-' and ' '. */
static const char *const field_names[DGI_N_FIELDS][20] = {
    [DGI_F_TEXT] = {"text", "body", "content", "fulltext", "articletext", "articlebody", "bodytext", "contenttext",
                    "maintext", "article", "story", "plaintext", "textcontent", "maincontent", "cleantext", "newstext",
                    "rawtext"},
    [DGI_F_HTML] = {"html", "contenthtml", "bodyhtml", "rawhtml", "pagehtml", "htmlcontent"},
    [DGI_F_SUMMARY] = {"summary", "description", "abstract", "leadparagraph", "lead", "snippet", "excerpt", "teaser"},
    [DGI_F_TITLE] = {"title", "headline", "headlinetext", "articletitle", "newstitle"},
    [DGI_F_DATE] = {"published", "date", "publicationdate", "pubdate", "datepublished", "publisheddate", "publishedat",
                    "publishdate", "publishedon", "publishedtime", "webpublicationdate", "firstpublished",
                    "articledate", "datetime", "timestamp", "issued", "created", "createdat"},
    [DGI_F_URL] = {"url", "link", "weburl", "canonicalurl", "articleurl", "sourceurl", "permalink", "externalurl",
                   "uri", "href"},
    [DGI_F_PUBLISHER] = {"publisher", "outlet", "publication", "publicationtitle", "newspaper", "source", "sourcename",
                         "sitename", "site", "website", "domain", "sourcedomain", "media"},
    [DGI_F_AUTHOR] = {"author", "authors", "byline", "creator", "writer", "reporter"},
    [DGI_F_ID] = {"id", "guid", "uid", "uuid", "docid", "documentid", "articleid", "storyid", "newsid", "identifier"},
    [DGI_F_LANG] = {"lang", "language", "languagecode"},
};
static const char *const field_keys[DGI_N_FIELDS] = {"text", "html",      "summary", "title", "date",
                                                     "url",  "publisher", "author",  "id",    "lang"};

/* Lower case, without what separates words. Empty: too long for a name. */
static dg_str plain(dg_str s, char buf[MOST_NAME])
{
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        if (c == '_' || c == '-' || c == ' ')
            continue;
        if (n == MOST_NAME)
            return (dg_str){NULL, 0};
        buf[n++] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
    }
    return dgi_strn(buf, n);
}

dg_status dgi_map_parse(struct dgi_map *m, const char *spec, dg_error *err)
{
    *m = (struct dgi_map){0};
    dg_str rest = dgi_str(spec), part;
    while (rest.len && dgi_str_next(&rest, ',', &part)) {
        const char *eq = part.len ? memchr(part.ptr, '=', part.len) : NULL;
        dg_str key = dgi_str_trim(dgi_strn(part.ptr, eq ? (size_t)(eq - part.ptr) : part.len));
        dg_str name = eq ? dgi_str_trim(dgi_str_sub(part, key.len + 1, part.len)) : (dg_str){NULL, 0};
        uint32_t f = 0;
        while (f < DGI_N_FIELDS && !dgi_str_is(key, field_keys[f]) &&
               !(f == DGI_F_DATE && dgi_str_is(key, field_names[f][0])))
            f++;
        if (eq)
            name = dgi_str_trim(dgi_strn(eq + 1, part.len - (size_t)(eq + 1 - part.ptr)));
        if (f == DGI_N_FIELDS)
            return dgi_fail(err, DG_E_ARG,
                            "'%.*s' is no field (text, html, summary, title, date, url, publisher, author, id, lang)",
                            key.len < 60 ? (int)key.len : 60, key.len ? key.ptr : "");
        if (!name.len)
            return dgi_fail(err, DG_E_ARG, "'%s' has no name behind it; write %s=COLUMN", field_keys[f], field_keys[f]);
        m->name[f] = name;
    }
    return DG_OK;
}

bool dgi_field_of(const struct dgi_map *m, dg_str name, uint8_t *field, uint8_t *rank)
{
    char buf[MOST_NAME];
    name = dgi_str_trim(name);
    for (uint8_t f = 0; m && f < DGI_N_FIELDS; f++)
        if (m->name[f].len && dgi_str_ieq(m->name[f], name)) {
            *field = f;
            *rank = 0;
            return true;
        }
    dg_str s = plain(name, buf);
    if (!s.len)
        return false;
    for (uint8_t f = 0; f < DGI_N_FIELDS; f++) {
        if (m && m->name[f].len)
            continue;
        for (uint8_t i = 0; i < sizeof field_names[f] / sizeof *field_names[f] && field_names[f][i]; i++)
            if (dgi_str_is(s, field_names[f][i])) {
                *field = f;
                *rank = i;
                return true;
            }
    }
    return false;
}

bool dgi_looks_html(dg_str s)
{
    static const char *const tags[] = {"p",      "div",        "br",    "a",    "b",    "i",      "em", "strong",
                                       "span",   "ul",         "ol",    "li",   "h1",   "h2",     "h3", "img",
                                       "figure", "blockquote", "table", "html", "body", "article"};
    size_t seen = 0;
    for (size_t i = 0; i + 2 < s.len && seen < 64; i++) {
        if (s.ptr[i] != '<')
            continue;
        seen++;
        size_t j = i + 1 + (s.ptr[i + 1] == '/'), k = j;
        while (k < s.len &&
               ((s.ptr[k] | 32) >= 'a' && (s.ptr[k] | 32) <= 'z' ? true : s.ptr[k] >= '1' && s.ptr[k] <= '6'))
            k++;
        if (k == s.len || !s.ptr[k] || !strchr(" />\t\r\n", s.ptr[k]))
            continue;
        for (size_t t = 0; t < sizeof tags / sizeof *tags; t++)
            if (dgi_str_ieq(dgi_str_sub(s, j, k), dgi_str(tags[t])))
                return true;
    }
    return false;
}

bool dgi_fields_take(struct dgi_raw *raw, const dg_str value[DGI_N_FIELDS], bool plain_text)
{
    static const uint8_t bodies[] = {DGI_F_TEXT, DGI_F_HTML, DGI_F_SUMMARY, DGI_F_TITLE};
    raw->title = value[DGI_F_TITLE];
    raw->published = value[DGI_F_DATE];
    raw->url = value[DGI_F_URL];
    raw->publisher = value[DGI_F_PUBLISHER];
    raw->author = value[DGI_F_AUTHOR];
    raw->id = value[DGI_F_ID];
    raw->lang = value[DGI_F_LANG];
    for (size_t i = 0; i < sizeof bodies; i++) {
        dg_str s = value[bodies[i]];
        if (!dgi_str_trim(s).len)
            continue;
        raw->body = s;
        raw->decoded = true;
        bool page = bodies[i] == DGI_F_HTML ||
                    (bodies[i] != DGI_F_TITLE && !(plain_text && bodies[i] == DGI_F_TEXT) && dgi_looks_html(s));
        raw->kind = page ? DGI_RAW_HTML : DGI_RAW_TEXT;
        return true;
    }
    return false;
}
