/* SPDX-License-Identifier: Apache-2.0 */
/* text/layout.h: lexicon/en/layout.tsv made ready: what labels, credits, classes and <meta> names mean. */
#ifndef DGI_LAYOUT_H
#define DGI_LAYOUT_H

#include "doc/doc.h"
#include "base/error.h"
#include "base/table.h"

typedef struct dgi_layout dgi_layout; /* read-only after making; shared between threads */

enum dgi_line_kind { /* of a row, and of a line that one matches */
    DGI_LINE_NONE, DGI_LINE_RELATED, DGI_LINE_CAPTION, DGI_LINE_BYLINE, DGI_LINE_OTHER, DGI_LINE_DATE, DGI_LINE_UPDATED,
    DGI_LINE_HEADER, DGI_LINE_OUTLET, DGI_CLASS_HIDDEN, DGI_CLASS_DROP, DGI_CLASS_SHORT, DGI_CLASS_CONTENT, DGI_CLASS_DECK, DGI_META_DATE,
    DGI_META_TITLE, DGI_META_AUTHOR, DGI_META_SITE, DGI_META_UPDATED, DGI_META_URL
};

/* Copies what it needs; the table may go. NULL table: a layout that knows nothing (everything is text). */
dg_status dgi_layout_new(dgi_layout **out, const struct dgi_table *table, dg_error *err);
/* The same from a table just read (tests, `lexicon check`). */
dg_status dgi_layout_from_tsv(dgi_layout **out, const struct dgi_tsv *tsv, dg_error *err);
void dgi_layout_free(dgi_layout *l);

struct dgi_layout_hit {
    uint8_t kind;      /* enum dgi_line_kind */
    bool label_only;   /* the line is nothing but the label: what follows belongs to it */
    bool colon;        /* an explicit label ("Related: ..."), safe inside a paragraph's lines */
    uint32_t row;      /* of the table, DGI_NONE when none */
};
/* What kind of line is this? Lines of running text give DGI_LINE_NONE. */
struct dgi_layout_hit dgi_layout_line(const dgi_layout *l, dg_str line);
/* Is this phrase the name of an agency or a paper? */
bool dgi_layout_outlet(const dgi_layout *l, dg_str phrase);
/* Best DGI_CLASS_* kind of an HTML class or id (HIDDEN, DROP, DECK, CONTENT, SHORT in that order), DGI_LINE_NONE if none. */
uint8_t dgi_layout_class(const dgi_layout *l, dg_str attr);
/* Kind and rank (0 best) of a <meta> name, property or itemprop. */
uint8_t dgi_layout_meta(const dgi_layout *l, dg_str name, uint32_t *rank);

#endif
