/* SPDX-License-Identifier: Apache-2.0 */
/* text/layout.h: lexicon/en/layout.tsv made ready: what labels, credits, classes and <meta> names mean; and the words that stand
 * around dates, places and names on a page, months and weekdays from times.tsv among them. */
#ifndef DGI_LAYOUT_H
#define DGI_LAYOUT_H

#include "base/error.h"
#include "base/table.h"
#include "doc/doc.h"

typedef struct dgi_layout dgi_layout; /* read-only after making; shared between threads */

enum dgi_line_kind { /* of a row, and of a line that one matches */
                     DGI_LINE_NONE,
                     DGI_LINE_RELATED,
                     DGI_LINE_CAPTION,
                     DGI_LINE_BYLINE,
                     DGI_LINE_OTHER,
                     DGI_LINE_DATE,
                     DGI_LINE_UPDATED,
                     DGI_LINE_HEADER,
                     DGI_LINE_OUTLET,
                     DGI_CLASS_HIDDEN,
                     DGI_CLASS_DROP,
                     DGI_CLASS_SHORT,
                     DGI_CLASS_CONTENT,
                     DGI_CLASS_DECK,
                     DGI_CLASS_DATE,
                     DGI_WORD_BY,
                     DGI_WORD_CLASS_STATE,
                     DGI_WORD_CREDIT,
                     DGI_WORD_DATE,
                     DGI_WORD_DATE_JOIN,
                     DGI_WORD_NAME_PARTICLE,
                     DGI_WORD_NAME_PREFIX,
                     DGI_WORD_NAME_SEP,
                     DGI_WORD_NAME_OUTLET,
                     DGI_WORD_ORDINAL,
                     DGI_WORD_PAGE,
                     DGI_WORD_PAGE_OF,
                     DGI_WORD_PLACE,
                     DGI_WORD_MONTH,
                     DGI_META_DATE,
                     DGI_META_TITLE,
                     DGI_META_AUTHOR,
                     DGI_META_SITE,
                     DGI_META_UPDATED,
                     DGI_META_URL
};

/* From the tables layout and times. Copies what it needs; the lexicon may go. NULL: a layout that knows nothing (everything is
 * text, and no date has a month's name). */
dg_status dgi_layout_new(dgi_layout **out, const dgi_lexicon *lex, dg_error *err);
void dgi_layout_free(dgi_layout *l);

struct dgi_layout_hit {
    uint8_t kind;    /* enum dgi_line_kind */
    bool label_only; /* the line is nothing but the label: what follows belongs to it */
    bool colon;      /* an explicit label ("Related: ..."), safe inside a paragraph's lines */
    uint32_t row;    /* of the table, DGI_NONE when none */
};
/* What kind of line is this? Lines of running text give DGI_LINE_NONE. */
struct dgi_layout_hit dgi_layout_line(const dgi_layout *l, dg_str line);
/* Is this phrase the name of an agency or a paper? */
bool dgi_layout_outlet(const dgi_layout *l, dg_str phrase);
/* Best DGI_CLASS_* kind of an HTML class or id (HIDDEN, DROP, DECK, CONTENT, SHORT in that order), DGI_LINE_NONE if none.
 * *date becomes true where it is of kind DATE too: the day of publication may stand there. */
uint8_t dgi_layout_class(const dgi_layout *l, dg_str attr, bool *date);
/* Kind and rank (0 best) of a <meta> name, property or itemprop. */
uint8_t dgi_layout_meta(const dgi_layout *l, dg_str name, uint32_t *rank);

/* The kind that a row of the table names, DGI_LINE_NONE if there is no such kind. */
uint8_t dgi_layout_kind(dg_str name);
/* Is `word` one of the words of that DGI_WORD_* kind, as it stands there, or when `fold` in lower case? */
bool dgi_layout_has(const dgi_layout *l, uint8_t kind, dg_str word, bool fold);
/* Month 1 to 12 that `word` names: a word of times.tsv, or the first three or four letters of one; or another language's name. */
bool dgi_layout_month(const dgi_layout *l, dg_str word, int *month);
/* Bytes of the "by " that s begins with, the mark behind it counted, 0 if there is none. */
size_t dgi_layout_by(const dgi_layout *l, dg_str s);

#endif
