/* SPDX-License-Identifier: Apache-2.0 */
/* text/article.h: a raw record to the text, blocks and metadata of a document. */
#ifndef DGI_ARTICLE_H
#define DGI_ARTICLE_H

#include "base/error.h"
#include "doc/doc.h"
#include "io/raw.h"
#include "text/charset.h"
#include "text/layout.h"

struct dgi_article_ctx {
    const dgi_layout *layout;
    int32_t published; /* the option's day, DGI_NO_DAY: none */
    bool plain;        /* every paragraph is running text: labels and datelines only tell the date, title and author */
};
/* What the caller may want to tell the user. */
struct dgi_article_info {
    struct dgi_charset_info charset;
    bool bad_date; /* the record's field was no date and was left out */
};

/* Fills doc->text, doc->blocks and doc->meta. `raw` may go afterwards: all is copied into doc->arena. info may be NULL.
 * Fails with DG_E_NOMEM, DG_E_LIMIT, and DG_E_FORMAT when there is no text in it. */
dg_status dgi_article(struct dgi_doc *doc, const struct dgi_raw *raw, const struct dgi_article_ctx *ctx,
                      struct dgi_article_info *info, dg_error *err);

#endif
