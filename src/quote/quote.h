/* SPDX-License-Identifier: Apache-2.0 */
/* quote/quote.h: statements: who is said to have said what.
 *
 * Reads   tokens with tree, blocks, entities and mentions
 * Writes  doc->statements, in order of content, outer before inner
 *
 *   quote_marks.c    what stands inside quotation marks, also over paragraphs
 *   quote_cues.c     the table lexicon/en/cues.tsv
 *   quote_speaker.c  from a cue to its subject, from a subject to an entity
 *   quote_clause.c   the words of an indirect statement
 *   quote.c          the stage
 *   attribution.c    on demand: attributions as corpora of the field have them */
#ifndef DGI_QUOTE_H
#define DGI_QUOTE_H

#include "base/error.h"
#include "base/table.h"
#include "doc/doc.h"

struct dgi_quote_ctx; /* read-only after opening: may be shared between threads */

/* Borrows `lex`. Fails with DG_E_MODEL when table cues is missing or has an unknown class, DG_E_NOMEM. */
dg_status dgi_quote_open(struct dgi_quote_ctx **out, const dgi_lexicon *lex, dg_error *err);
void dgi_quote_close(struct dgi_quote_ctx *ctx);

/* Needs dgi_tree_index(doc) and mentions. Fails with DG_E_NOMEM only. */
dg_status dgi_quote(const struct dgi_quote_ctx *ctx, struct dgi_doc *doc, dg_error *err);

#endif
