/* SPDX-License-Identifier: Apache-2.0 */
/* text/page.c: which paragraphs of a page are its article?
 *
 * Reads   a page as clean UTF-8
 * Writes  paragraphs with the kind their mark-up gives; title, author, publisher, address, date
 *
 * 1. libxml2 builds the tree (page_clean.c has made it harmless). One iterative walk lists elements and paragraphs.
 * 2. Elements that are boilerplate by tag, role, class or id are marked, unless they hold most of the page's text
 *    (<body class="has-comments">, a consent dialog's aria-hidden on everything else).
 * 3. The article's root: an element whose class or itemprop says "article body", or <article>, or <main>, if it holds
 *    enough of the text; from there down as long as one child holds nearly all of it.
 * 4. Its paragraphs, less those that are links, credits, share bars, captions ...; the h1 and the deck before them.
 * Text density alone was not enough: on short news items the footer's legal notice and the teasers weigh as much.
 * A paragraph score after the readability family, in own words: length up to a limit, less its share of link text.
 * Known faults: docs/stages/read.md. */
#include "text/page.h"

#include <libxml/HTMLparser.h>
#include <libxml/tree.h>
#include <pthread.h>

#include "base/utf8.h"
#include "text/blocks.h"
#include "text/charset.h"
#include "text/published.h"

/* The lengths and shares below were set by hand on the pages of tests/data/pages and three pages of development; no labelled
 * corpus of pages was at hand (docs/stages/read.md). Lengths are bytes. */
enum {
    GOOD_LEN = 25,         /* shorter paragraphs carry no weight for finding the article */
    SCORE_LEN = 800,       /* a paragraph weighs no more than this */
    TEXT_LEN = 80,         /* from here on a paragraph is taken for text where there is another sign of it */
    LONG_LEN = 120,        /* from here on without any */
    SHORT_CLASS_LEN = 160, /* paragraphs under a class that counts when the text is short, such as "meta" */
    DECK_LEN = 30,         /* the deck between headline and article, when its class or place says so */
    DECK_TEXT_LEN = 60,    /* a sentence there without such a sign */
    ITEMS_LEAST = 2,       /* paragraphs that make a list */
    TITLE_LEN = 15,        /* what must be left of a <title> whose end is cut off */
    SITE_LEN = 60,         /* longest name of a paper */
    LD_LEN = 200,          /* shortest article body in JSON-LD that counts */
    DATE_PARS = 6,         /* paragraphs before the article in which its date line is looked for */
    WEB_BEGAN = 7305,      /* 1 January 1990 in days since 1970: nothing was put on a page before */
    STAMPS = 32,           /* dates in places for dates that are kept until the article is found */
    STAMP_LEN = 120,       /* longest text of such a place */
    STAMP_BEFORE = 8,      /* paragraphs between such a place and the article */
    STAMP_AFTER = 4,
    MAX_ELEMS = DGI_PAGE_TAGS * 2,
    MAX_TITLE = 500
};
/* The least share of the page's weight that makes an element with that mark the article. */
static const double BODYPROP_LEAST = 0.3, CONTENT_LEAST = 0.4, ARTICLE_LEAST = 0.4, MAIN_LEAST = 0.5;
static const double CHILD_HOLDS_ALL = 0.85;   /* of its parent's weight: the article's root is the child */
static const double PARENT_ADDS_LITTLE = 1.2; /* times the weight of a lone paragraph: its parent is the container */
static const double LIST_WEIGHT = 0.4;        /* of a list item, against a paragraph */
static const double LOOSE_WEIGHT = 0.3;       /* of a short text that stands in no <p> */
/* Shares of a paragraph's bytes inside links: */
static const double LINK_MOST = 0.6;     /* above it is a list of links, or the heading of a card */
static const double LINK_LIST = 0.4;     /* of all of a list: above it is a list of links */
static const double LINK_HEADLINE = 0.5; /* an h1 with as much leads elsewhere */
static const double THIN = 300;          /* weight of an article below which boilerplate by class is doubted */
static const double SECTION_LEAST = 240; /* mean weight of a section of an article; a card has less */
static const double CARDS_MOST =
    0.3; /* of the root's weight below headings that are links: above it they are the article's */
static const double LINK_DECK = 0.3; /* a deck, or an entry below a heading that was left out */

enum {
    F_DROP = 1,
    F_SOFT = 2,
    F_SHORT = 4,
    F_DECK = 8,
    F_CONTENT = 16,
    F_ARTICLE = 32,
    F_MAIN = 64,
    F_BODYPROP = 128,
    F_HEADER = 256,
    F_HIDDEN = 512,
    F_DATE = 2048, /* the day of publication may stand there */
    F_CLASS = 1024 /* boilerplate by its class alone */
};

struct elem {
    uint32_t parent;
    uint32_t p0, p1; /* paragraphs inside */
    size_t start;    /* in text */
    uint16_t flags;
    bool li;
};
struct stamp { /* a day that stands in a place for dates */
    int32_t day;
    uint32_t par; /* the paragraph it stands in or before */
};
enum tag_kind { T_INLINE, T_BLOCK, T_BR, T_HARD };
struct par {
    size_t start, end;   /* in text */
    uint32_t elem;       /* innermost element when it began */
    uint32_t link, bold; /* bytes inside <a>, inside <b> and the like */
    uint8_t h;           /* 1..6 */
    bool p, li, quote, cell, pre, link_open;
    bool boiler;
};
struct walk {
    dgi_arena *a;
    const dgi_layout *l;
    char *text;
    size_t n, cap;
    struct elem *elems;
    uint32_t n_elems, cap_elems;
    struct par *pars;
    uint32_t n_pars, cap_pars;
    uint32_t cur;    /* element we are in, DGI_NONE at the top */
    bool open;       /* a paragraph is being filled */
    bool space;      /* white space is due before the next character */
    uint32_t breaks; /* <br> since the last character */
    uint32_t in_a, in_b;
    uint32_t in_li, in_quote, in_cell, in_p, in_pre;
    uint8_t h;
    bool failed;
    uint32_t *bytes, *linked; /* [n_pars + 1]: of the paragraphs before, in all and in links */
    bool cards;               /* headings that are links belong to other articles */
    /* metadata */
    struct dgi_page *page;
    uint32_t rank[DGI_META_URL + 1];
    int32_t time_day;
    struct stamp stamps[STAMPS];
    uint32_t n_stamps;
    dg_str doc_title, canonical;
};

/* ---- attributes ---- */

static dg_str attr(const xmlNode *n, const char *name)
{
    for (const xmlAttr *at = n->properties; at; at = at->next)
        if (!strcmp((const char *)at->name, name))
            return at->children && at->children->content ? dgi_str((const char *)at->children->content)
                                                         : (dg_str){"", 0};
    return (dg_str){"", 0};
}

static bool attr_is(const xmlNode *n, const char *name, const char *value)
{
    return dgi_str_is(attr(n, name), value);
}

static bool has_attr(const xmlNode *n, const char *name)
{
    for (const xmlAttr *at = n->properties; at; at = at->next)
        if (!strcmp((const char *)at->name, name))
            return true;
    return false;
}

/* At most n bytes, no code point cut. */
static dg_str cut(dg_str s, size_t n)
{
    if (s.len <= n)
        return s;
    while (n && ((unsigned char)s.ptr[n] & 0xC0) == 0x80)
        n--;
    return dgi_str_sub(s, 0, n);
}

static bool tag_is(const xmlNode *n, const char *name)
{
    return !strcmp((const char *)n->name, name);
}

static bool among(const char *w, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!strcmp(w, list[i]))
            return true;
    return false;
}
#define NAME_AMONG(w, ...)                                                                                             \
    among((const char *)(w), (const char *const[]){__VA_ARGS__},                                                       \
          sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

static enum tag_kind kind_of(const xmlNode *n)
{
    const xmlChar *w = n->name;
    if (NAME_AMONG(w, "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "canvas",
                   "video", "audio", "map", "select", "button", "input", "textarea", "datalist", "picture", "applet",
                   "frameset"))
        return T_HARD;
    if (NAME_AMONG(w, "br"))
        return T_BR;
    if (NAME_AMONG(w, "p", "div", "article", "section", "main", "header", "footer", "nav", "aside", "ul", "ol", "li",
                   "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "figure", "figcaption", "table",
                   "tbody", "thead", "tfoot", "tr", "td", "th", "caption", "form", "fieldset", "pre", "hr", "address",
                   "center", "body", "html", "details", "summary", "hgroup", "dir", "menu", "legend", "option", "label",
                   "dialog"))
        return T_BLOCK;
    return T_INLINE;
}

/* "sharing-with-a-single-developer": an id made of a heading says what is said there, not what the element is. */
static bool is_slug(dg_str id)
{
    uint32_t n = 0;
    for (size_t i = 0; i < id.len; i++)
        n += id.ptr[i] == '-' || id.ptr[i] == '_';
    return n > 3;
}

static uint16_t flags_of(struct walk *w, const xmlNode *n)
{
    uint16_t f = 0;
    const xmlChar *t = n->name;
    if (NAME_AMONG(t, "nav", "aside", "footer", "figure", "figcaption", "dialog", "menu", "label", "form", "caption"))
        f |= F_SOFT;
    if (NAME_AMONG(t, "article"))
        f |= F_ARTICLE;
    if (NAME_AMONG(t, "main"))
        f |= F_MAIN;
    if (NAME_AMONG(t, "header"))
        f |= F_HEADER;
    if (NAME_AMONG(t, "body", "html"))
        return f;
    if (!n->properties)
        return f;
    dg_str role = attr(n, "role"), style = attr(n, "style");
    if (role.len) {
        if (attr_is(n, "role", "main"))
            f |= F_MAIN;
        if (attr_is(n, "role", "article"))
            f |= F_ARTICLE;
        if (NAME_AMONG(role.ptr, "navigation", "complementary", "banner", "contentinfo", "search", "dialog",
                       "alertdialog", "menu", "menubar", "toolbar", "alert", "tablist", "figure"))
            f |= F_SOFT;
    }
    if (has_attr(n, "hidden") || dgi_str_ieq(attr(n, "aria-hidden"), DGI_S("true")) ||
        dgi_str_find(style, DGI_S("display:none")) != SIZE_MAX ||
        dgi_str_find(style, DGI_S("display: none")) != SIZE_MAX)
        f |= F_SOFT;
    if (attr_is(n, "itemprop", "articleBody"))
        f |= F_BODYPROP;
    dg_str names[2] = {attr(n, "class"), attr(n, "id")};
    bool date = NAME_AMONG(t, "time");
    if (is_slug(names[1]))
        names[1] = (dg_str){"", 0};
    for (int i = 0; i < 2; i++)
        switch (names[i].len ? dgi_layout_class(w->l, names[i], &date) : DGI_LINE_NONE) {
        case DGI_CLASS_HIDDEN: f |= F_HIDDEN; break;
        case DGI_CLASS_DROP: f |= f & F_SOFT ? 0 : F_SOFT | F_CLASS; break;
        case DGI_CLASS_SHORT: f |= F_SHORT; break;
        case DGI_CLASS_DECK: f |= F_DECK; break;
        case DGI_CLASS_CONTENT: f |= F_CONTENT; break;
        default: break;
        }
    return date ? f | F_DATE : f;
}

/* ---- text ---- */

static void close_par(struct walk *w)
{
    if (w->open)
        w->pars[w->n_pars - 1].end = w->n;
    w->open = false;
    w->space = false;
    w->breaks = 0;
}

static bool open_par(struct walk *w)
{
    struct par *p = DGI_PUSH(w->a, w->pars, w->n_pars, w->cap_pars);
    if (!p) {
        w->failed = true;
        return false;
    }
    p->start = w->n;
    p->elem = w->cur;
    p->h = w->h;
    p->li = w->in_li > 0;
    p->quote = w->in_quote > 0;
    p->cell = w->in_cell > 0;
    p->p = w->in_p > 0;
    p->pre = w->in_pre > 0;
    w->open = true;
    w->space = false;
    w->breaks = 0;
    return true;
}

static void put(struct walk *w, const char *p, size_t n)
{
    if (w->n + n > w->cap) { /* bounded by the page: entities only shrink */
        w->failed = true;
        return;
    }
    memcpy(w->text + w->n, p, n);
    w->n += n;
}

static void add_text(struct walk *w, dg_str s)
{
    for (size_t i = 0; i < s.len && !w->failed;) {
        size_t from = i;
        uint32_t cp = dgi_utf8_next(s, &i);
        if (dgi_cp_is_space(cp) || cp == 0x85) {
            w->space = w->open;
            w->breaks += cp == '\n' && w->in_pre && w->open;
            continue;
        }
        if (cp == 0xAD || cp == 0x200B || cp == 0xFEFF || cp == 0x2060)
            continue; /* where a word may be broken: no part of it */
        if (w->open && w->breaks >= 2)
            close_par(w);
        if (!w->open && !open_par(w))
            return;
        struct par *par = &w->pars[w->n_pars - 1];
        size_t before = w->n;
        if (w->n > par->start && (w->space || w->breaks))
            put(w, w->breaks ? "\n" : " ", 1);
        w->space = false;
        w->breaks = 0;
        if (cp >= 0x80 && cp < 0xA0) {
            char utf8[4];
            put(w, utf8, dgi_utf8_put(dgi_charset_1252(cp), utf8));
        } else if (cp < 0x20 || cp == 0x7f || cp == 0xFFFE || cp == 0xFFFF || cp == 0xFFFD)
            put(w, "\xEF\xBF\xBD", 3);
        else
            put(w, s.ptr + from, i - from);
        if (w->in_a)
            par->link += (uint32_t)(w->n - before);
        if (w->in_b)
            par->bold += (uint32_t)(w->n - before);
    }
}

/* ---- metadata met on the way ---- */

static void set_meta(struct walk *w, uint8_t kind, uint32_t rank, dg_str value)
{
    value = dgi_str_trim(value);
    if (!value.len || rank >= w->rank[kind])
        return;
    int32_t day;
    if (kind == DGI_META_DATE || kind == DGI_META_UPDATED) {
        if (!dgi_date_value(w->l, value, &day))
            return;
        *(kind == DGI_META_DATE ? &w->page->published : &w->page->updated) = day;
    } else {
        if (value.len > MAX_TITLE * 2)
            return;
        dg_str *to = kind == DGI_META_TITLE    ? &w->page->title
                     : kind == DGI_META_AUTHOR ? &w->page->author
                     : kind == DGI_META_SITE   ? &w->page->publisher
                                               : &w->page->url;
        if (kind == DGI_META_AUTHOR && dgi_str_starts(value, DGI_S("http")))
            return;
        *to = dgi_arena_str(w->a, value);
    }
    w->rank[kind] = rank;
}

static void meta_tag(struct walk *w, const xmlNode *n)
{
    static const char *const names[] = {"property", "name", "itemprop", "http-equiv"};
    dg_str content = attr(n, "content");
    for (size_t i = 0; content.len && i < sizeof names / sizeof *names; i++) {
        dg_str name = attr(n, names[i]);
        uint32_t rank;
        uint8_t kind = name.len ? dgi_layout_meta(w->l, name, &rank) : DGI_LINE_NONE;
        if (kind >= DGI_META_DATE)
            set_meta(w, kind, rank, content);
    }
}

static void note_meta(struct walk *w, const xmlNode *n)
{
    if (tag_is(n, "meta")) {
        meta_tag(w, n);
        return;
    }
    if (tag_is(n, "link") && dgi_str_ieq(attr(n, "rel"), DGI_S("canonical")) && !w->canonical.len) {
        w->canonical = dgi_arena_str(w->a, attr(n, "href"));
        return;
    }
    if (tag_is(n, "html")) {
        w->page->lang = dgi_arena_str(w->a, cut(attr(n, "lang"), 16));
        return;
    }
    dg_str prop = n->properties ? attr(n, "itemprop") : (dg_str){"", 0};
    dg_str when = n->properties ? attr(n, "datetime") : (dg_str){"", 0};
    int32_t day;
    if (prop.len && when.len) {
        uint32_t rank;
        if (dgi_layout_meta(w->l, prop, &rank) == DGI_META_DATE)
            set_meta(w, DGI_META_DATE, rank, when);
    }
    if (tag_is(n, "time") && when.len && w->time_day == DGI_NO_DAY &&
        !dgi_str_ieq(attr(n, "itemprop"), DGI_S("dateModified")) && dgi_date_value(w->l, when, &day)) {
        /* a time inside boilerplate dates a teaser */
        for (uint32_t e = w->cur; e != DGI_NONE; e = w->elems[e].parent)
            if (w->elems[e].flags & F_SOFT && !(w->elems[e].flags & (F_ARTICLE | F_MAIN)) &&
                w->elems[e].p0 + 3 > w->n_pars)
                return;
        w->time_day = day;
    }
}

/* ---- the walk ---- */

/* A link to somewhere else; not a heading's own anchor, an entry of the table of contents, a note. */
static bool leads_away(const xmlNode *a)
{
    dg_str href = dgi_str_trim(attr(a, "href"));
    return href.len && href.ptr[0] != '#';
}

static void count_in(struct walk *w, const xmlNode *n, int by)
{
    uint32_t *c = NULL;
    const char *t = (const char *)n->name;
    if (NAME_AMONG(t, "a"))
        c = leads_away(n) ? &w->in_a : NULL;
    else if (NAME_AMONG(t, "b", "strong"))
        c = &w->in_b;
    else if (NAME_AMONG(t, "li", "dd", "dt"))
        c = &w->in_li;
    else if (NAME_AMONG(t, "blockquote"))
        c = &w->in_quote;
    else if (NAME_AMONG(t, "td", "th"))
        c = &w->in_cell;
    else if (NAME_AMONG(t, "p"))
        c = &w->in_p;
    else if (NAME_AMONG(t, "pre"))
        c = &w->in_pre;
    if (c)
        *c = by > 0 ? *c + 1 : *c ? *c - 1 : 0;
    if (t[0] == 'h' && t[1] >= '1' && t[1] <= '6' && !t[2])
        w->h = by > 0 ? (uint8_t)(t[1] - '0') : 0;
}

/* Returns false: do not go into it. */
static bool enter(struct walk *w, const xmlNode *n)
{
    if (n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE) {
        if (n->content)
            add_text(w, dgi_str((const char *)n->content));
        return false;
    }
    if (n->type != XML_ELEMENT_NODE)
        return n->type == XML_ENTITY_REF_NODE ? false : n->type == XML_HTML_DOCUMENT_NODE;
    enum tag_kind k = kind_of(n);
    if (k == T_HARD)
        return false;
    if (k == T_BR) {
        w->breaks += w->open;
        return false;
    }
    if (k == T_BLOCK)
        close_par(w);
    if (tag_is(n, "title")) {
        if (n->children && n->children->content && !w->doc_title.len)
            w->doc_title = dgi_arena_str(w->a, cut(dgi_str((const char *)n->children->content), MAX_TITLE));
        return false;
    }
    note_meta(w, n);
    if (NAME_AMONG(n->name, "meta", "link"))
        return false;
    uint16_t flags = flags_of(w, n);
    if (flags & F_HIDDEN)
        return false;
    struct elem *e = w->n_elems < MAX_ELEMS ? DGI_PUSH(w->a, w->elems, w->n_elems, w->cap_elems) : NULL;
    if (!e) {
        w->failed = true;
        return false;
    }
    e->parent = w->cur;
    e->p0 = w->n_pars;
    e->start = w->n;
    e->flags = flags;
    w->cur = w->n_elems - 1;
    count_in(w, n, 1);
    return true;
}

/* The day that an element for dates gives, by attribute or in words. One outside navigation and the like. */
static void note_stamp(struct walk *w, const xmlNode *n)
{
    const struct elem *e = &w->elems[w->cur];
    int32_t day;
    if (w->n_stamps == STAMPS || w->n - e->start > STAMP_LEN || dgi_str_ieq(attr(n, "itemprop"), DGI_S("dateModified")))
        return;
    if (!dgi_date_value(w->l, attr(n, "datetime"), &day) &&
        !dgi_date_find(w->l, dgi_strn(w->text + e->start, w->n - e->start), &day, NULL))
        return;
    if (day < WEB_BEGAN)
        return;
    for (uint32_t up = w->cur; up != DGI_NONE; up = w->elems[up].parent)
        if ((w->elems[up].flags & (F_SOFT | F_CLASS)) == F_SOFT)
            return;
    w->stamps[w->n_stamps++] = (struct stamp){day, w->n_pars ? w->n_pars - 1 : 0};
}

static void leave(struct walk *w, const xmlNode *n)
{
    if (n->type != XML_ELEMENT_NODE)
        return;
    if (w->elems[w->cur].flags & F_DATE)
        note_stamp(w, n);
    if (kind_of(n) == T_BLOCK)
        close_par(w);
    count_in(w, n, -1);
    w->elems[w->cur].p1 = w->n_pars;
    w->cur = w->elems[w->cur].parent;
}

static void walk_tree(struct walk *w, const xmlNode *root)
{
    const xmlNode *n = root;
    w->cur = DGI_NONE;
    while (n && !w->failed) {
        if (enter(w, n)) {
            if (n->children) {
                n = n->children;
                continue;
            }
            leave(w, n);
        }
        while (n && n != root && !n->next) {
            n = n->parent;
            if (n && n != root)
                leave(w, n);
        }
        if (!n || n == root)
            break;
        n = n->next;
    }
    close_par(w);
    while (w->cur != DGI_NONE) {
        w->elems[w->cur].p1 = w->n_pars;
        w->cur = w->elems[w->cur].parent;
    }
}

/* ---- which paragraphs ---- */

static dg_str par_text(const struct walk *w, const struct par *p)
{
    return dgi_strn(w->text + p->start, p->end - p->start);
}

static double link_share(const struct par *p)
{
    size_t n = p->end - p->start;
    return n ? (double)p->link / (double)n : 0;
}

static double weight(const struct par *p)
{
    size_t n = p->end - p->start;
    if (n < GOOD_LEN || p->h)
        return 0;
    double v = n < SCORE_LEN ? (double)n : SCORE_LEN;
    v *= 1 - link_share(p);
    if (p->li)
        v *= LIST_WEIGHT;
    if (!p->p && n < TEXT_LEN)
        v *= LOOSE_WEIGHT;
    return v;
}

static bool ends_sentence(dg_str s)
{
    s = dgi_str_trim(s);
    static const char *const close[] = {"\"", "'", "”", "’", ")", "]", "»"};
    for (bool again = true; again;) {
        again = false;
        for (size_t i = 0; i < sizeof close / sizeof *close; i++)
            if (s.len && dgi_str_ends(s, dgi_str(close[i]))) {
                s.len -= strlen(close[i]);
                again = true;
            }
    }
    return s.len && (strchr(".!?:", s.ptr[s.len - 1]) || dgi_str_ends(s, DGI_S("…")));
}

/* sum[i] = weight of paragraphs before i, boilerplate left out when asked. */
static void prefix(const struct walk *w, double *sum, bool skip_boiler)
{
    sum[0] = 0;
    for (uint32_t i = 0; i < w->n_pars; i++)
        sum[i + 1] = sum[i] + (skip_boiler && w->pars[i].boiler ? 0 : weight(&w->pars[i]));
}

static double share(const double *sum, const struct elem *e)
{
    return sum[e->p1] - sum[e->p0];
}

/* Boilerplate marks that hold most of the text are wrong; the others go to all paragraphs below. */
static void mark_boiler(struct walk *w, const double *sum, bool by_class)
{
    double all = sum[w->n_pars];
    uint32_t until = 0;
    for (uint32_t i = 0; i < w->n_pars; i++)
        w->pars[i].boiler = false;
    for (uint32_t i = 0; i < w->n_elems; i++) {
        struct elem *e = &w->elems[i];
        e->flags &= (uint16_t)~F_DROP;
        if (!(e->flags & F_SOFT) || (!by_class && e->flags & F_CLASS) || share(sum, e) * 2 > all)
            continue;
        e->flags |= F_DROP;
        /* ranges nest or are disjoint, in order of their start: each paragraph is marked once */
        for (uint32_t p = e->p0 > until ? e->p0 : until; p < e->p1; p++)
            w->pars[p].boiler = true;
        if (e->p1 > until)
            until = e->p1;
    }
}

/* The element that holds the article. DGI_NONE: there is none to speak of. */
static uint32_t find_root(const struct walk *w, const double *sum)
{
    const struct {
        uint16_t flag;
        double least;
    } hints[] = {
        {F_BODYPROP, BODYPROP_LEAST}, {F_CONTENT, CONTENT_LEAST}, {F_ARTICLE, ARTICLE_LEAST}, {F_MAIN, MAIN_LEAST}};
    double all = sum[w->n_pars];
    uint32_t root = DGI_NONE;
    if (all <= 0)
        return DGI_NONE;
    for (size_t h = 0; h < sizeof hints / sizeof *hints && root == DGI_NONE; h++) {
        double best = all * hints[h].least;
        for (uint32_t i = 0; i < w->n_elems; i++) {
            const struct elem *e = &w->elems[i];
            if ((e->flags & hints[h].flag) && !(e->flags & F_DROP) && share(sum, e) > best) {
                best = share(sum, e);
                root = i;
            }
        }
    }
    if (root == DGI_NONE)
        root = 0;
    /* down, while one child holds nearly everything; elements are in document order, so one pass does it */
    for (uint32_t i = root + 1; i < w->n_elems; i++) {
        const struct elem *e = &w->elems[i];
        if (e->p0 >= w->elems[root].p1)
            break;
        if (e->parent == root && share(sum, e) >= CHILD_HOLDS_ALL * share(sum, &w->elems[root]))
            root = i;
    }
    /* a single paragraph is no container: its parent is */
    while (w->elems[root].p1 - w->elems[root].p0 < 2 && w->elems[root].parent != DGI_NONE &&
           share(sum, &w->elems[w->elems[root].parent]) <= share(sum, &w->elems[root]) * PARENT_ADDS_LITTLE)
        root = w->elems[root].parent;
    return root;
}

static bool has_flag_above(const struct walk *w, uint32_t e, uint16_t flag, int levels)
{
    for (int i = 0; i < levels && e != DGI_NONE; i++, e = w->elems[e].parent)
        if (w->elems[e].flags & flag)
            return true;
    return false;
}

/* Letters and digits only, lower case, for comparing titles. */
static dg_str bare(dg_str s, char *buf, size_t size)
{
    char tmp[MAX_TITLE * 2];
    size_t n = 0;
    s = dgi_utf8_lower_buf(cut(s, MAX_TITLE), tmp, sizeof tmp);
    for (size_t i = 0; i < s.len && n < size; i++)
        if (((unsigned char)s.ptr[i] & 0x80) || (s.ptr[i] >= 'a' && s.ptr[i] <= 'z') ||
            (s.ptr[i] >= '0' && s.ptr[i] <= '9'))
            buf[n++] = s.ptr[i];
    return dgi_strn(buf, n);
}

static bool same_title(dg_str a, dg_str b)
{
    char x[MAX_TITLE], y[MAX_TITLE];
    dg_str p = bare(a, x, sizeof x), q = bare(b, y, sizeof y);
    if (!p.len || !q.len)
        return false;
    dg_str lo = p.len < q.len ? p : q, hi = p.len < q.len ? q : p;
    return dgi_str_find(hi, lo) != SIZE_MAX && lo.len * 3 >= hi.len * 2;
}

/* "Headline - The Paper", "Headline | Paper": the last part off, if enough remains. */
static dg_str cut_site(dg_str t, dg_str site)
{
    static const char *const seps[] = {" | ", " - ", " – ", " — ", " :: ", " » ", " · "};
    t = dgi_str_trim(t);
    for (size_t i = t.len; i-- > 0;)
        for (size_t k = 0; k < sizeof seps / sizeof *seps; k++)
            if (dgi_str_starts(dgi_str_sub(t, i, t.len), dgi_str(seps[k]))) {
                dg_str tail = dgi_str_sub(t, i + strlen(seps[k]), t.len);
                if (i >= TITLE_LEN && (tail.len * 2 < t.len || (site.len && same_title(tail, site))))
                    return dgi_str_trim(dgi_str_sub(t, 0, i));
                return t;
            }
    return t;
}

/* The last part of <title> names the paper when what is before it is the title. */
static dg_str site_of(dg_str doc_title, dg_str title)
{
    dg_str head = cut_site(doc_title, (dg_str){"", 0});
    doc_title = dgi_str_trim(doc_title);
    if (head.len == doc_title.len || !same_title(head, title))
        return (dg_str){"", 0};
    dg_str tail = dgi_str_sub(doc_title, (size_t)(head.ptr - doc_title.ptr) + head.len, doc_title.len);
    while (tail.len) {
        size_t at = 0;
        uint32_t cp = dgi_utf8_next(tail, &at);
        if (dgi_cp_is_alpha(cp) || dgi_cp_is_digit(cp))
            break;
        tail = dgi_str_sub(tail, at, tail.len);
    }
    return tail.len <= SITE_LEN ? tail : (dg_str){"", 0};
}

static bool add_par(struct dgi_page *page, dgi_arena *a, dg_str text, uint8_t preset)
{
    struct dgi_page_par *p = DGI_PUSH(a, page->pars, page->n_pars, page->cap_pars);
    if (!p)
        return false;
    p->text = text;
    p->preset = preset;
    return true;
}

/* below: of text, where a date alone may be of anything and only "Posted 4 May 2021" says what it is. cell: of a
 * table, which may be of history. */
static void note_line(struct walk *w, dg_str s, bool below, bool cell)
{
    int32_t day;
    bool updated;
    for (dg_str f; dgi_str_next(&s, '\n', &f);)
        if (w->page->date_line == DGI_NO_DAY && dgi_date_line(w->l, f, &day, &updated) && !updated &&
            !(cell && day < WEB_BEGAN) && (!below || dgi_layout_line(w->l, dgi_str_trim(f)).kind == DGI_LINE_DATE))
            w->page->date_line = day;
}

/* An item of a list that is no list of links: what it says stands in a link by chance. */
static bool item_of_text(const struct walk *w, const struct par *p)
{
    uint32_t e = p->elem;
    while (e != DGI_NONE && w->elems[e].p1 - w->elems[e].p0 < ITEMS_LEAST)
        e = w->elems[e].parent;
    if (!p->li || e == DGI_NONE)
        return false;
    const struct elem *list = &w->elems[e];
    uint32_t all = w->bytes[list->p1] - w->bytes[list->p0], linked = w->linked[list->p1] - w->linked[list->p0];
    return linked < LINK_LIST * all;
}

/* Is this paragraph inside the root part of the article? */
static bool keep(struct walk *w, const struct par *p, bool before_text)
{
    dg_str s = par_text(w, p);
    size_t n = s.len;
    bool stop = ends_sentence(s);
    if (p->boiler)
        return false;
    if (link_share(p) > LINK_MOST && !(stop && n >= TEXT_LEN) && !(p->h && !w->cards) && !item_of_text(w, p))
        return false;
    uint8_t kind = dgi_blocks_kind(w->l, s, before_text);
    if (kind != DGI_BLOCK_BODY)
        return false;
    if (p->h || p->pre)
        return true;
    if (has_flag_above(w, p->elem, F_SHORT, 2) && n < SHORT_CLASS_LEN && !stop)
        return false;
    if (p->cell && !p->p && n < TEXT_LEN && !stop)
        return false;
    if (stop || n >= LONG_LEN)
        return true;
    /* short and no sentence: a sub-head when it is bold or a paragraph of its own after the text has begun */
    bool bold = p->bold * 10 >= n * 9;
    return p->li || bold || (p->p && !before_text);
}

static bool linked_heading(const struct par *p)
{
    return p->h && link_share(p) > LINK_MOST;
}

/* Are headings that are links those of cards for other articles? Not where much of the text stands below such, and more of it
 * than a card has: "the best 21 films". */
static bool links_head_cards(const struct walk *w, uint32_t from, uint32_t end)
{
    double all = 0, below = 0;
    uint32_t n = 0;
    bool in_card = false;
    for (uint32_t i = from; i < end; i++) {
        const struct par *p = &w->pars[i];
        if (p->boiler)
            continue;
        if (p->h)
            n += in_card = linked_heading(p);
        all += weight(p);
        below += in_card ? weight(p) : 0;
    }
    return below <= CARDS_MOST * all || below < SECTION_LEAST * n;
}

static uint8_t preset_of(const struct par *p)
{
    return p->h ? DGI_BLOCK_SUBHEAD : p->li ? DGI_BLOCK_LIST : DGI_BLOCK_BODY;
}

/* The h1 that is the headline: like the metadata's title, else the last one before the text. DGI_NONE: none. */
static uint32_t find_headline(const struct walk *w, uint32_t from, uint32_t end)
{
    uint32_t like = DGI_NONE, last = DGI_NONE;
    for (uint32_t i = 0; i < w->n_pars && i < end; i++) {
        const struct par *p = &w->pars[i];
        dg_str s = par_text(w, p);
        if (p->h == 0 || p->h > 2 || s.len > MAX_TITLE)
            continue;
        if (like == DGI_NONE &&
            (same_title(s, w->page->title) || same_title(s, cut_site(w->doc_title, w->page->publisher))))
            like = i;
        if (p->h == 1 && !p->boiler && link_share(p) < LINK_HEADLINE && (last == DGI_NONE || i < from))
            last = i;
    }
    return like != DGI_NONE ? like : last;
}

/* Marks boilerplate and finds the article's root; where next to nothing is left, classes are not believed. */
static uint32_t find_article(struct walk *w, double *sum)
{
    uint32_t root = DGI_NONE;
    double first = 0;
    for (int by_class = 1; by_class >= 0; by_class--) {
        prefix(w, sum, false);
        mark_boiler(w, sum, by_class);
        prefix(w, sum, true);
        root = w->n_elems ? find_root(w, sum) : DGI_NONE;
        double found = root == DGI_NONE ? 0 : share(sum, &w->elems[root]);
        if (found >= THIN)
            break;
        if (by_class) {
            first = found;
        } else if (found < first * 2) {
            prefix(w, sum, false);
            mark_boiler(w, sum, true);
            prefix(w, sum, true);
            root = w->n_elems ? find_root(w, sum) : DGI_NONE;
        }
    }
    w->cards = root == DGI_NONE || links_head_cards(w, w->elems[root].p0, w->elems[root].p1);
    return root;
}

/* The first day in a place for dates near the article; DGI_NO_DAY: none. */
static int32_t stamp_near(const struct walk *w, uint32_t from, uint32_t end)
{
    for (uint32_t i = 0; i < w->n_stamps; i++)
        if (w->stamps[i].par + STAMP_BEFORE >= from && w->stamps[i].par <= end + STAMP_AFTER)
            return w->stamps[i].day;
    return DGI_NO_DAY;
}

static bool count_links(struct walk *w)
{
    w->bytes = dgi_arena_array(w->a, (size_t)w->n_pars + 1, sizeof *w->bytes);
    w->linked = dgi_arena_array(w->a, (size_t)w->n_pars + 1, sizeof *w->linked);
    if (!w->bytes || !w->linked)
        return false;
    for (uint32_t i = 0; i < w->n_pars; i++) {
        w->bytes[i + 1] = w->bytes[i] + (uint32_t)(w->pars[i].end - w->pars[i].start);
        w->linked[i + 1] = w->linked[i] + w->pars[i].link;
    }
    return true;
}

static dg_status choose(struct walk *w, dg_error *err)
{
    double *sum = dgi_arena_array(w->a, (size_t)w->n_pars + 1, sizeof *sum);
    if (!sum)
        return dgi_fail(err, DG_E_NOMEM, "no memory for %u paragraphs", w->n_pars);
    if (!count_links(w))
        return dgi_fail(err, DG_E_NOMEM, "no memory for %u paragraphs", w->n_pars);
    uint32_t root = find_article(w, sum);
    uint32_t from = root == DGI_NONE ? 0 : w->elems[root].p0, end = root == DGI_NONE ? 0 : w->elems[root].p1;
    uint32_t head = find_headline(w, from, end ? end : w->n_pars);
    dg_str head_text = head != DGI_NONE ? par_text(w, &w->pars[head]) : w->page->title;
    bool from_title = !head_text.len; /* <title> alone is on every page, articles or not */
    if (from_title)
        head_text = cut_site(w->doc_title, w->page->publisher);
    if (!w->page->title.len)
        w->page->title = head_text;
    if (!w->page->publisher.len && !from_title)
        w->page->publisher = site_of(w->doc_title, head_text);
    bool ok = !head_text.len || add_par(w->page, w->a, head_text, DGI_BLOCK_HEADLINE);
    uint32_t first = from;
    if (head != DGI_NONE && head < from)
        first = head + 1;
    else if (head != DGI_NONE && head >= from && head < end)
        first = head + 1;
    bool begun = false;   /* a real paragraph was kept */
    bool listing = false; /* below a heading such as "Sources" or "Related" */
    bool teaser = false;  /* below a heading that is a link: a card for another article */
    uint32_t n_head = w->page->n_pars, last_text = n_head;
    /* date lines above the article count, though they are not kept */
    for (uint32_t i = head != DGI_NONE && head < from ? head + 1
                      : from > DATE_PARS              ? from - DATE_PARS
                                                      : 0;
         i < first; i++)
        note_line(w, par_text(w, &w->pars[i]), false, w->pars[i].cell);
    for (uint32_t i = first; i < end && ok; i++) {
        const struct par *p = &w->pars[i];
        dg_str s = par_text(w, p);
        if (!begun || (!p->boiler && !p->li && link_share(p) == 0))
            note_line(w, s, begun, p->cell);
        bool take;
        if (i < from) {
            /* between headline and root: the deck */
            bool deck = has_flag_above(w, p->elem, F_DECK, 3) || (i <= first + 1 && (p->p || p->h == 2));
            take = !p->boiler && link_share(p) < LINK_DECK && !p->li &&
                   (deck ? s.len >= DECK_LEN && dgi_blocks_kind(w->l, s, true) == DGI_BLOCK_BODY
                         : s.len >= DECK_TEXT_LEN && ends_sentence(s) && keep(w, p, true));
        } else {
            take = keep(w, p, !begun);
        }
        if (p->h) {
            listing = !take && !p->boiler;
            teaser = listing && w->cards && linked_heading(p);
        } else if (teaser) {
            take = false;
        } else if (listing && (p->li || link_share(p) > LINK_DECK || s.len < TEXT_LEN)) {
            take = false;
        }
        if (!take || same_title(s, head_text))
            continue;
        uint8_t preset = preset_of(p);
        ok = add_par(w->page, w->a, s, preset);
        if (preset != DGI_BLOCK_SUBHEAD) {
            begun = begun || s.len >= TEXT_LEN || ends_sentence(s);
            last_text = w->page->n_pars;
        }
    }
    if (w->page->date_line == DGI_NO_DAY)
        w->page->date_line = stamp_near(w, head != DGI_NONE && head < from ? head : from, end);
    if (from_title && last_text == n_head)
        last_text = 0;
    w->page->n_pars = last_text; /* headings with nothing below them head a list of links */
    if (!ok)
        return dgi_fail(err, DG_E_NOMEM, "no memory for the article");
    return DG_OK;
}

/* The page builds itself by script: the article may still stand in its JSON-LD. */
static bool use_ld_body(struct dgi_page *page, dgi_arena *a, dg_str body)
{
    size_t have = 0;
    for (uint32_t i = 0; i < page->n_pars; i++)
        have += page->pars[i].preset != DGI_BLOCK_HEADLINE ? page->pars[i].text.len : 0;
    if (body.len < LD_LEN || have * 3 > body.len)
        return true;
    uint32_t n = page->n_pars && page->pars[0].preset == DGI_BLOCK_HEADLINE ? 1 : 0;
    page->n_pars = n;
    uint64_t bad;
    body = dgi_utf8_clean(a, body, &bad);
    if (!body.ptr)
        return false;
    for (dg_str f; dgi_str_next(&body, '\n', &f);) {
        f = dgi_str_trim(f);
        if (f.len && !add_par(page, a, f, DGI_BLOCK_BODY))
            return false;
    }
    return true;
}

static void finish_meta(struct walk *w, const struct dgi_page_ld *ld)
{
    struct dgi_page *page = w->page;
    int32_t day;
    /* rank 0..: <meta> article:published_time comes before JSON-LD, everything else after it */
    if (ld->date.len && w->rank[DGI_META_DATE] > 5 && dgi_date_value(w->l, ld->date, &day)) {
        page->published = day;
        w->rank[DGI_META_DATE] = 5;
    }
    if (page->published == DGI_NO_DAY)
        page->published = w->time_day;
    if (!page->title.len)
        page->title = ld->headline;
    if (ld->author.len)
        page->author = ld->author;
    if (!page->publisher.len)
        page->publisher = ld->publisher;
    if (w->canonical.len)
        page->url = w->canonical;
    if (!page->url.len)
        page->url = ld->url;
    page->title = cut_site(page->title, page->publisher);
    size_t by = dgi_layout_by(w->l, page->author);
    if (by && page->author.ptr[by - 1] == ' ')
        page->author = dgi_str_trim(dgi_str_sub(page->author, by, page->author.len));
}

/* The best named date of the page's scripts, by the names of <meta>; DGI_NO_DAY: none. */
static int32_t in_script(const dgi_layout *l, const struct dgi_page_stamps *s)
{
    int32_t best = DGI_NO_DAY, day;
    uint32_t least = UINT32_MAX, rank;
    for (uint32_t i = 0; i < s->n; i++)
        if (dgi_layout_meta(l, s->name[i], &rank) == DGI_META_DATE && rank < least &&
            dgi_date_value(l, s->value[i], &day)) {
            least = rank;
            best = day;
        }
    return best;
}

static pthread_once_t started = PTHREAD_ONCE_INIT;

dg_status dgi_page_read(struct dgi_page *page, dgi_arena *a, dg_str html, const dgi_layout *l, dg_error *err)
{
    dg_str clean, ld_text;
    memset(page, 0, sizeof *page);
    page->published = page->updated = page->date_line = DGI_NO_DAY;
    page->title = page->author = page->publisher = page->url = page->lang = (dg_str){"", 0};
    if (html.len > DGI_PAGE_MAX)
        return dgi_fail_at(err, DG_E_LIMIT, 0, DGI_PAGE_MAX, "page is longer than %d bytes", DGI_PAGE_MAX);
    struct dgi_page_stamps in_scripts;
    dg_status st = dgi_page_clean(&clean, &ld_text, &in_scripts, a, html, err);
    if (st != DG_OK)
        return st;
    struct dgi_page_ld ld;
    dgi_page_ld(&ld, a, ld_text);
    struct walk *w = dgi_arena_alloc(a, sizeof *w);
    if (!w || !(w->text = dgi_arena_alloc(a, clean.len * 2 + 16)))
        return dgi_fail(err, DG_E_NOMEM, "no memory for a page");
    w->a = a;
    w->l = l;
    w->cap = clean.len * 2 + 16;
    w->page = page;
    w->doc_title = w->canonical = (dg_str){"", 0};
    w->time_day = DGI_NO_DAY;
    w->n_stamps = 0;
    memset(w->rank, 0xff, sizeof w->rank);
    if (clean.len) {
        pthread_once(&started, xmlInitParser); /* it is not safe in two threads at once */
        htmlParserCtxtPtr ctx = htmlNewParserCtxt();
        if (!ctx)
            return dgi_fail(err, DG_E_NOMEM, "no memory for a page");
        htmlDocPtr tree = htmlCtxtReadMemory(ctx, clean.ptr, (int)clean.len, NULL, "UTF-8",
                                             HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                                                 HTML_PARSE_NONET | HTML_PARSE_COMPACT | XML_PARSE_HUGE);
        htmlFreeParserCtxt(ctx);
        if (tree) {
            walk_tree(w, (const xmlNode *)tree);
            xmlFreeDoc(tree);
        }
    }
    if (w->failed)
        return dgi_fail(err, DG_E_NOMEM, "no memory for the page's text");
    finish_meta(w, &ld);
    if ((st = choose(w, err)) != DG_OK)
        return st;
    if (page->published == DGI_NO_DAY && page->date_line == DGI_NO_DAY)
        page->date_line = in_script(w->l, &in_scripts);
    if (!use_ld_body(page, a, ld.body))
        return dgi_fail(err, DG_E_NOMEM, "no memory for the article");
    return DG_OK;
}
