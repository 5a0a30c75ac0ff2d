/* SPDX-License-Identifier: Apache-2.0 */
/* io/feed.c: RSS 0.9x, 1.0 and 2.0 and Atom, item by item.
 *
 * Feeds are often no well-formed XML, and a reader of the whole stops at the first fault. So the items are cut out by their
 * tags, as they come, and each is given to libxml2 by itself: a broken item costs itself, memory is that of one item, and no
 * declaration of an entity ever reaches the parser. References are replaced by numbers before (those of HTML too; what is
 * none is taken as written), since libxml2 drops all that follow once an item is not well-formed.
 * xmlTextReader was the other way: it gives up at the first fault even when told to recover. */
#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/json.h"
#include "base/utf8.h"
#include "io/field_names.h"
#include "io/formats.h"

enum { MOST_HEAD = 1 << 20, MOST_QUOTES = 128, MOST_ENTITY = 32 };

static bool space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* ---- finding items ---- */

/* The name of the tag, without its prefix, that begins at `at`, just behind '<' or '</'. Empty: no name, or not all of it. */
static dg_str tag_name(dg_str s, size_t at)
{
    size_t k = at, from = at;
    for (; k < s.len && k < at + 24 && s.ptr[k] && !space(s.ptr[k]) && s.ptr[k] != '>' && s.ptr[k] != '/'; k++)
        if (s.ptr[k] == ':')
            from = k + 1;
    return k < s.len ? dgi_str_sub(s, from, k) : (dg_str){NULL, 0};
}

static bool item_name(dg_str s, size_t at)
{
    dg_str name = tag_name(s, at);
    return dgi_str_is(name, "item") || dgi_str_is(name, "entry");
}

/* Where the construct that opens at `at` ("<!--", "<![CDATA[") ends; SIZE_MAX: not in s. */
static size_t behind(dg_str s, size_t at, const char *end)
{
    size_t k = dgi_str_find(dgi_str_sub(s, at, s.len), dgi_str(end));
    return k == SIZE_MAX ? SIZE_MAX : at + k + strlen(end);
}

static bool starts(dg_str s, size_t at, const char *what)
{
    return dgi_str_starts(dgi_str_sub(s, at, s.len), dgi_str(what));
}

enum found { NOTHING, ITEM_OPENS, ITEM_CLOSES };

/* The next tag of an item from *at on: *at is where it begins; NOTHING: *at is where to look again when there is more. */
static enum found find_item(dg_str s, size_t *at)
{
    for (size_t i = *at; i < s.len;) {
        const char *p = memchr(s.ptr + i, '<', s.len - i);
        if (!p)
            break;
        i = (size_t)(p - s.ptr);
        *at = i;
        if (i + 32 > s.len && !memchr(p, '>', s.len - i))
            return NOTHING;
        const char *end = starts(s, i, "<!--") ? "-->" : starts(s, i, "<![CDATA[") ? "]]>" : NULL;
        if (end) {
            size_t k = behind(s, i, end);
            if (k == SIZE_MAX)
                return NOTHING;
            i = k;
            continue;
        }
        bool closes = i + 1 < s.len && s.ptr[i + 1] == '/';
        if (item_name(s, i + 1 + closes))
            return closes ? ITEM_CLOSES : ITEM_OPENS;
        i++;
    }
    *at = s.len;
    return NOTHING;
}

/* The next tag of an item at the window's front, one that closes it where it has none that opens it; what was before it is passed
 * over. *ok false: err is filled. True: it stands there. */
static bool to_item(dgi_reader *r, bool *ok, dg_error *err)
{
    struct dgi_window *w = &r->w;
    size_t at = 0;
    for (*ok = true;;) {
        dg_str s = dgi_window_left(w);
        enum found f = find_item(s, &at);
        if (f == ITEM_OPENS) {
            w->pos += at;
            return true;
        }
        if (f == ITEM_CLOSES) { /* its start is broken */
            w->pos += at;
            return true;
        }
        if (dgi_window_ended(w)) {
            r->wasted += s.len - at;
            if (at + 1 >= s.len || r->wasted > DGI_MOST_WASTED)
                return false;
            at++; /* a comment that nothing closes */
            continue;
        }
        if (s.len - at > w->max)
            at = s.len;
        w->pos += at;
        at = 0;
        if (dgi_window_fill(w, err) != DG_OK)
            return *ok = false;
    }
}

/* The item at the window's front. false: *err says why, and *len is where to go on. */
static bool cut_item(dgi_reader *r, size_t *len, dg_error *err)
{
    struct dgi_window *w = &r->w;
    size_t at = 1;
    for (;;) {
        dg_str s = dgi_window_left(w);
        enum found f = find_item(s, &at);
        if (f == ITEM_OPENS) {
            *len = at;
            dgi_fail(err, DG_E_FORMAT, "the item is not closed before the next one");
            return false;
        }
        if (f == ITEM_CLOSES) {
            const char *gt = memchr(s.ptr + at, '>', s.len - at);
            if (gt) {
                *len = (size_t)(gt - s.ptr) + 1;
                return true;
            }
        }
        if (w->cut || w->eof || s.len > w->max) {
            *len = 1;
            r->wasted += s.len;
            if (s.len > w->max)
                dgi_fail(err, DG_E_LIMIT, "the item is longer than %zu bytes; it was left out", w->max);
            else
                dgi_fail(err, DG_E_FORMAT, "the item breaks off");
            return false;
        }
        if (dgi_window_fill(w, err) != DG_OK) {
            r->done = true;
            return false;
        }
    }
}

/* ---- one item to well-formed XML ---- */

/* "&name;" or "&#10;" at s.ptr[i]: its code point and length; 0: none. */
static uint32_t reference(dg_str s, size_t i, size_t *len)
{
    char name[MOST_ENTITY];
    size_t k = i + 1;
    while (k < s.len && k - i < MOST_ENTITY && s.ptr[k] && !space(s.ptr[k]) && !strchr(";&<", s.ptr[k]))
        k++;
    if (k >= s.len || s.ptr[k] != ';' || k == i + 1)
        return 0;
    memcpy(name, s.ptr + i + 1, k - i - 1);
    name[k - i - 1] = 0;
    *len = k + 1 - i;
    if (name[0] == '#') {
        char *end;
        bool hex = name[1] == 'x' || name[1] == 'X';
        unsigned long cp = strtoul(name + 1 + hex, &end, hex ? 16 : 10);
        return *end || cp < ' ' || cp > 0x10ffff || (cp >= 0xd800 && cp < 0xe000) ? (*end ? 0 : ' ') : (uint32_t)cp;
    }
    if (!strcmp(name, "apos"))
        return '\'';
    const htmlEntityDesc *e = htmlEntityLookup(BAD_CAST name);
    return e ? e->value : 0;
}

/* Text between tags with its references as characters. */
static dg_str without_references(dgi_arena *a, dg_str s)
{
    if (!s.len || !memchr(s.ptr, '&', s.len))
        return s;
    char *out = dgi_arena_alloc(a, s.len + 4);
    size_t n = 0, len;
    for (size_t i = 0; out && i < s.len;) {
        uint32_t cp = s.ptr[i] == '&' ? reference(s, i, &len) : 0;
        if (cp && len >= 4) { /* never longer than it was */
            n += dgi_utf8_put(cp, out + n);
            i += len;
        } else
            out[n++] = s.ptr[i++];
    }
    return dgi_strn(out, out ? n : 0);
}

struct mend {
    struct dgi_buf out;
    bool tag;        /* inside "<...>" */
    unsigned quotes; /* of it: two an attribute */
    char quote;      /* open */
    bool cdata;
};

static void mend_reference(struct mend *m, dg_str s, size_t *i)
{
    size_t len = 0;
    uint32_t cp = reference(s, *i, &len);
    dgi_buf_printf(&m->out, "&#%u;", cp ? cp : '&');
    *i += cp ? len : 1;
}

static void mend_char(struct mend *m, dg_str s, size_t *i)
{
    char c = s.ptr[*i];
    if (m->tag) {
        if (m->quote ? c == m->quote : c == '"' || c == '\'') {
            m->quote = (char)(m->quote ? 0 : c);
            m->quotes++;
        } else if (c == '>' && !m->quote)
            m->tag = false;
        if (m->tag && m->quotes > MOST_QUOTES) { /* attributes are compared with each other: not with thousands */
            ++*i;
            return;
        }
    } else if (c == '<') {
        char next = (char)(*i + 1 < s.len ? s.ptr[*i + 1] | 32 : 0);
        m->tag = (next >= 'a' && next <= 'z') || (*i + 1 < s.len && s.ptr[*i + 1] == '/');
        m->quotes = 0;
        m->quote = 0;
        if (!m->tag) {
            dgi_buf_add(&m->out, DGI_S("&#60;"));
            ++*i;
            return;
        }
    }
    size_t from = *i;
    uint32_t cp = dgi_utf8_next(s, i);
    if (cp < ' ' && !space((char)cp))
        dgi_buf_add(&m->out, DGI_S(" "));
    else if (cp == 0xFFFD || cp == 0xFFFE || cp == 0xFFFF)
        dgi_buf_add(&m->out, DGI_S("\xEF\xBF\xBD"));
    else
        dgi_buf_add(&m->out, dgi_str_sub(s, from, *i));
}

/* Every reference a number, no comment, CDATA as text, no other "<!", bounded attributes, clean UTF-8. */
static bool mend_item(struct dgi_buf *out, dg_str s)
{
    struct mend m = {0};
    for (size_t i = 0; i < s.len && !m.out.failed;) {
        if (m.cdata && starts(s, i, "]]>")) {
            m.cdata = false;
            i += 3;
        } else if (m.cdata) {
            char c = s.ptr[i];
            if (c == '<' || c == '&' || c == '>') {
                dgi_buf_printf(&m.out, "&#%d;", c);
                i++;
            } else
                mend_char(&m, s, &i);
        } else if (!m.tag && starts(s, i, "<![CDATA[")) {
            m.cdata = true;
            i += 9;
        } else if (!m.tag && (starts(s, i, "<!") || starts(s, i, "<?"))) {
            size_t k = behind(s, i, starts(s, i, "<!--") ? "-->" : ">");
            i = k == SIZE_MAX ? s.len : k;
        } else if (s.ptr[i] == '&')
            mend_reference(&m, s, &i);
        else
            mend_char(&m, s, &i);
    }
    *out = m.out;
    return !m.out.failed;
}

/* ---- fields of an item ---- */
struct item {
    dgi_arena *a;
    dg_str value[DGI_N_FIELDS];
    uint8_t rank[DGI_N_FIELDS];
    bool failed;
};

static dg_str local_of(const xmlNode *n, dg_str *prefix)
{
    dg_str name = dgi_str((const char *)n->name);
    const char *colon = memchr(name.ptr, ':', name.len);
    *prefix = n->ns && n->ns->prefix ? dgi_str((const char *)n->ns->prefix) : (dg_str){NULL, 0};
    if (!colon)
        return name;
    *prefix = dgi_str_sub(name, 0, (size_t)(colon - name.ptr));
    return dgi_str_sub(name, (size_t)(colon - name.ptr) + 1, name.len);
}

static dg_str attribute(struct item *it, xmlNode *n, const char *name)
{
    xmlChar *v = xmlGetProp(n, BAD_CAST name);
    dg_str s = v ? dgi_arena_str(it->a, dgi_str((const char *)v)) : (dg_str){NULL, 0};
    it->failed = it->failed || (v && !s.ptr);
    xmlFree(v);
    return s;
}

static dg_str content(struct item *it, xmlNode *n)
{
    xmlChar *v = xmlNodeGetContent(n);
    dg_str s = v ? dgi_arena_str(it->a, dgi_str((const char *)v)) : (dg_str){NULL, 0};
    it->failed = it->failed || !s.ptr;
    xmlFree(v);
    return dgi_str_trim(s);
}

/* Children as mark-up: Atom's type="xhtml". */
static dg_str markup(struct item *it, xmlNode *n)
{
    xmlBuffer *b = xmlBufferCreate();
    for (xmlNode *c = n->children; b && c; c = c->next)
        xmlNodeDump(b, n->doc, c, 0, 0);
    dg_str s = {NULL, 0};
    if (b)
        s = dgi_arena_str(it->a, dgi_strn((const char *)xmlBufferContent(b), (size_t)xmlBufferLength(b)));
    it->failed = it->failed || !s.ptr;
    xmlBufferFree(b);
    return s;
}

static void put(struct item *it, uint8_t field, uint8_t rank, dg_str s)
{
    if (!s.len || (it->value[field].len && it->rank[field] <= rank))
        return;
    it->value[field] = s;
    it->rank[field] = rank;
}

static void put_body(struct item *it, xmlNode *n, uint8_t rank)
{
    dg_str type = attribute(it, n, "type");
    bool nested = dgi_str_is(type, "xhtml");
    for (xmlNode *c = n->children; c && !nested; c = c->next)
        nested = c->type == XML_ELEMENT_NODE;
    dg_str s = nested ? markup(it, n) : content(it, n);
    if (dgi_looks_html(s) && !dgi_str_is(type, "text"))
        put(it, DGI_F_HTML, rank, s);
    else
        put(it, DGI_F_TEXT, rank, dgi_str_is(type, "text") ? s : without_references(it->a, s));
}

static void put_author(struct item *it, xmlNode *n)
{
    dg_str prefix;
    for (xmlNode *c = n->children; c; c = c->next)
        if (c->type == XML_ELEMENT_NODE && dgi_str_is(local_of(c, &prefix), "name")) {
            put(it, DGI_F_AUTHOR, 0, content(it, c));
            return;
        }
    put(it, DGI_F_AUTHOR, 1, content(it, n));
}

static void put_link(struct item *it, xmlNode *n)
{
    dg_str rel = attribute(it, n, "rel"), href = attribute(it, n, "href");
    if (href.len && (!rel.len || dgi_str_is(rel, "alternate")))
        put(it, DGI_F_URL, 0, href);
    else if (!href.len)
        put(it, DGI_F_URL, 0, content(it, n));
}

static void put_guid(struct item *it, xmlNode *n)
{
    dg_str s = content(it, n);
    put(it, DGI_F_ID, 0, s);
    if (dgi_str_starts(s, DGI_S("http")) && !dgi_str_is(attribute(it, n, "isPermaLink"), "false"))
        put(it, DGI_F_URL, 2, s);
}

/* RSS: the name of another feed; Atom: its head. */
static void put_source(struct item *it, xmlNode *n)
{
    dg_str prefix;
    for (xmlNode *c = n->children; c; c = c->next)
        if (c->type == XML_ELEMENT_NODE && dgi_str_is(local_of(c, &prefix), "title"))
            put(it, DGI_F_PUBLISHER, 0, content(it, c));
    if (!it->value[DGI_F_PUBLISHER].len)
        put(it, DGI_F_PUBLISHER, 0, content(it, n));
}

static void put_element(struct item *it, xmlNode *n)
{
    static const struct {
        const char *name;
        uint8_t field, rank;
    } simple[] = {{"pubDate", DGI_F_DATE, 0},  {"published", DGI_F_DATE, 0}, {"issued", DGI_F_DATE, 1},
                  {"date", DGI_F_DATE, 1},     {"created", DGI_F_DATE, 2},   {"updated", DGI_F_DATE, 3},
                  {"modified", DGI_F_DATE, 4}, {"language", DGI_F_LANG, 0},  {"origLink", DGI_F_URL, 0}};
    static const char *const foreign[] = {"media", "itunes", "georss", "geo", "slash", "thr", "wfw", "yt", "podcast"};
    dg_str prefix, name = local_of(n, &prefix);
    for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++)
        if (dgi_str_is(prefix, foreign[i]))
            return;
    for (size_t i = 0; i < sizeof simple / sizeof *simple; i++)
        if (dgi_str_is(name, simple[i].name))
            put(it, simple[i].field, simple[i].rank, content(it, n));
    if (dgi_str_is(name, "title"))
        put(it, DGI_F_TITLE, 0, without_references(it->a, content(it, n)));
    else if (dgi_str_is(name, "encoded"))
        put_body(it, n, 0);
    else if (dgi_str_is(name, "content"))
        put_body(it, n, 1);
    else if (dgi_str_is(name, "description") || dgi_str_is(name, "summary"))
        put_body(it, n, 2);
    else if (dgi_str_is(name, "link"))
        put_link(it, n);
    else if (dgi_str_is(name, "guid") || dgi_str_is(name, "id"))
        put_guid(it, n);
    else if (dgi_str_is(name, "author") || dgi_str_is(name, "creator"))
        put_author(it, n);
    else if (dgi_str_is(name, "source"))
        put_source(it, n);
}

/* Of text and page the one of the better element, the page when both are of one. */
static void choose_body(struct item *it)
{
    uint8_t lose = it->value[DGI_F_HTML].len && it->value[DGI_F_TEXT].len && it->rank[DGI_F_TEXT] < it->rank[DGI_F_HTML]
                       ? DGI_F_HTML
                       : DGI_F_TEXT;
    if (it->value[DGI_F_HTML].len)
        it->value[lose] = (dg_str){NULL, 0};
}

static dg_status parse_item(struct item *it, dg_str s, dg_error *err)
{
    struct dgi_buf xml;
    dg_status st = DG_OK;
    xmlDoc *doc = NULL;
    if (!mend_item(&xml, s))
        st = dgi_fail(err, DG_E_NOMEM, "no memory for an item");
    else if (xml.len > INT32_MAX)
        st = dgi_fail(err, DG_E_LIMIT, "the item is too long");
    else
        doc = xmlReadMemory(xml.ptr, (int)xml.len, NULL, "UTF-8",
                            XML_PARSE_RECOVER | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NONET |
                                XML_PARSE_COMPACT);
    dgi_buf_free(&xml);
    xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;
    for (xmlNode *n = root ? root->children : NULL; n && !it->failed; n = n->next)
        if (n->type == XML_ELEMENT_NODE)
            put_element(it, n);
    xmlFreeDoc(doc);
    if (st == DG_OK && it->failed)
        st = dgi_fail(err, DG_E_NOMEM, "no memory for an item");
    choose_body(it);
    return st;
}

/* ---- the feed ---- */

/* Text of the first element of that name in the head of the feed. */
static dg_str head_value(dgi_reader *r, dg_str head, const char *name)
{
    dg_str s = {NULL, 0};
    for (size_t i = 0; i < head.len && !s.ptr; i++)
        if (head.ptr[i] == '<' && dgi_str_is(tag_name(head, i + 1), name)) {
            const char *gt = memchr(head.ptr + i, '>', head.len - i);
            s = dgi_str_trim(dgi_str_sub(head, gt ? (size_t)(gt - head.ptr) + 1 : head.len, head.len));
        }
    bool cdata = dgi_str_starts(s, DGI_S("<![CDATA["));
    s = dgi_str_sub(s, cdata ? 9 : 0, s.len);
    size_t end = dgi_str_find(s, dgi_str(cdata ? "]]>" : "<"));
    s = dgi_str_trim(dgi_str_sub(s, 0, end == SIZE_MAX ? 0 : end));
    return s.len && s.len < 300 ? dgi_arena_str(r->keep, without_references(r->keep, s)) : (dg_str){NULL, 0};
}

static dg_str declared(dg_str head)
{
    size_t at = dgi_str_find(dgi_str_sub(head, 0, 200), DGI_S("encoding="));
    if (at == SIZE_MAX || at + 11 >= head.len)
        return (dg_str){NULL, 0};
    char q = head.ptr[at + 9];
    dg_str s = dgi_str_sub(head, at + 10, head.len < at + 50 ? head.len : at + 50);
    const char *end = memchr(s.ptr, q, s.len);
    return end ? dgi_strn(s.ptr, (size_t)(end - s.ptr)) : (dg_str){NULL, 0};
}

/* Before the first item: the feed's name, language and encoding. */
static bool read_head(dgi_reader *r, dg_error *err)
{
    struct dgi_window *w = &r->w;
    size_t at = 0;
    if (dgi_window_want(w, 8192, err) != DG_OK)
        return false;
    dg_str s = dgi_window_left(w);
    find_item(s, &at);
    dg_str head = dgi_str_sub(s, 0, at);
    r->charset = dgi_arena_str(r->keep, declared(head));
    if (dgi_str_ieq(r->charset, DGI_S("utf-8")) || dgi_str_ieq(r->charset, DGI_S("us-ascii")))
        r->charset = (dg_str){NULL, 0};
    r->of = head_value(r, head, "title");
    r->lang = head_value(r, head, "language");
    return true;
}

enum dgi_next dgi_next_item(dgi_reader *r, struct dgi_raw *raw, dg_error *err)
{
    struct dgi_window *w = &r->w;
    dg_error why = {DG_OK, 0, 0, ""};
    size_t len = 0;
    bool ok;
    if (!r->headed && !read_head(r, err))
        return dgi_fail_now(r);
    r->headed = true;
    if (r->wasted > DGI_MOST_WASTED) {
        dgi_fail_at(err, DG_E_FORMAT, 0, dgi_window_at(w), "too much of it is broken; the rest was left out");
        return dgi_fail_now(r);
    }
    if (!to_item(r, &ok, err))
        return !ok ? dgi_fail_now(r) : w->cut ? dgi_cut_here(r, err) : dgi_records_end(r, err);
    dgi_record_begins(r, raw, 0);
    if (dgi_str_starts(dgi_window_left(w), DGI_S("</"))) {
        w->pos += 2;
        dgi_fail_at(err, DG_E_FORMAT, raw->record, raw->byte, "the item that ends here has no beginning");
        return DGI_NEXT_BAD;
    }
    if (!cut_item(r, &len, &why)) {
        if (w->cut && len <= 1) {
            r->n_records--;
            return dgi_cut_here(r, err);
        }
        w->pos += len;
        dgi_fail_at(err, why.status, raw->record, raw->byte, "%s", why.message);
        return r->done ? DGI_NEXT_FAILED : DGI_NEXT_BAD;
    }
    struct item it = {.a = r->arena};
    dg_str s = dgi_str_sub(dgi_window_left(w), 0, len), utf8 = dgi_to_utf8(r->arena, s, r->charset);
    w->pos += len;
    dg_status st = utf8.ptr ? parse_item(&it, utf8, &why) : dgi_fail(&why, DG_E_NOMEM, "no memory for an item");
    if (st == DG_OK && !it.value[DGI_F_PUBLISHER].len)
        it.value[DGI_F_PUBLISHER] = r->of;
    if (st == DG_OK && !it.value[DGI_F_LANG].len)
        it.value[DGI_F_LANG] = r->lang;
    if (st == DG_OK && dgi_fields_take(raw, it.value, true))
        return DGI_NEXT_RECORD;
    if (st == DG_OK)
        st = dgi_fail(&why, DG_E_FORMAT, "the item has neither text nor title");
    dgi_fail_at(err, st, raw->record, raw->byte, "%s", why.message);
    return DGI_NEXT_BAD;
}
