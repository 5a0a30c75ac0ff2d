/* SPDX-License-Identifier: Apache-2.0 */
/* text/segment.h: article text to sentences and tokens.
 *
 * Reads   doc->text, doc->blocks (kinds HEADLINE, SUBHEAD, BODY, LIST; a block's dateline is skipped)
 * Writes  doc->sents (span, first, end, block, starts_par), doc->toks (start, end, form, sent, flags)
 *
 * A segmenter is read-only after opening and may be shared between threads. */
#ifndef DGI_SEGMENT_H
#define DGI_SEGMENT_H

#include "base/error.h"
#include "base/table.h"
#include "doc/doc.h"

struct dgi_segmenter;

/* Open models/segment.dgm; contractions are cut as the lexicon's table of them says, NULL: not at all. The lexicon may go. Fails with DG_E_IO, DG_E_FORMAT or DG_E_MODEL. */
dg_status dgi_segmenter_open(struct dgi_segmenter **out, const char *path, const dgi_lexicon *lex, dg_error *err);
bool dgi_segmenter_keep(struct dgi_segmenter *seg);          /* dgi_pack_keep() of its file */
uint64_t dgi_segmenter_sum(const struct dgi_segmenter *seg); /* of its file */
void dgi_segmenter_close(struct dgi_segmenter *seg);

/* doc->toks and doc->sents must be empty. Fails with DG_E_NOMEM only. Forms are views into doc->text. */
dg_status dgi_segment(const struct dgi_segmenter *seg, struct dgi_doc *doc, dg_error *err);

#endif
