/* SPDX-License-Identifier: Apache-2.0 */
/* text/page.h: an HTML page to the paragraphs of its article and what its metadata say. */
#ifndef DGI_PAGE_H
#define DGI_PAGE_H

#include "base/error.h"
#include "doc/doc.h"
#include "text/layout.h"

/* One paragraph of the article, white space collapsed; "\n" stands for <br>. */
struct dgi_page_par {
    dg_str text;
    uint8_t preset; /* enum dgi_block_kind: HEADLINE SUBHEAD LIST BODY */
};
struct dgi_page {
    struct dgi_page_par *pars;
    uint32_t n_pars, cap_pars;
    dg_str title, author, publisher, url, lang;
    int32_t published; /* by metadata or <time>; DGI_NO_DAY */
    int32_t updated;   /* by metadata, of a later change; DGI_NO_DAY */
    int32_t date_line; /* by a date line that was left out of the text; DGI_NO_DAY */
};

enum {
    DGI_PAGE_MAX = 16 << 20, /* bytes of one page */
    DGI_PAGE_TAGS = 250000,  /* tags of one page */
    DGI_PAGE_DEPTH = 1024,   /* deeper elements are opened flat */
};

/* `html` is clean UTF-8 (dgi_charset_decode). Everything goes into the arena. DG_E_LIMIT: too large. */
dg_status dgi_page_read(struct dgi_page *page, dgi_arena *a, dg_str html, const dgi_layout *l, dg_error *err);

/* ---- inside text/ ---- */
/* The linear pass before libxml2: comments, scripts and styles out, few attributes kept, tags and depth bounded.
 * JSON-LD goes to *ld, one piece after the other with NUL between. Both in the arena. The first dates that other scripts
 * give a name to go to *stamps. */
struct dgi_page_stamps { /* "publishDate": "2015-04-16T20:02" in scripts: names and values, views into the page */
    dg_str name[16], value[16];
    uint32_t n;
};
dg_status dgi_page_clean(dg_str *out, dg_str *ld, struct dgi_page_stamps *stamps, dgi_arena *a, dg_str html,
                         dg_error *err);

struct dgi_page_ld { /* what JSON-LD says of the article */
    dg_str headline, author, publisher, url, date, body;
};
void dgi_page_ld(struct dgi_page_ld *out, dgi_arena *a, dg_str ld);

#endif
