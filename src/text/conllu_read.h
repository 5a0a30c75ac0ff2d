/* SPDX-License-Identifier: Apache-2.0 */
/* text/conllu_read.h: CoNLL-U as input: its tokens and sentences are kept, its annotation is read and may be replaced. */
#ifndef DGI_CONLLU_READ_H
#define DGI_CONLLU_READ_H

#include "base/error.h"
#include "doc/doc.h"

struct dgi_conllu {
    dg_str all, rest;  /* borrowed */
    uint64_t sentence; /* sentences read so far, for messages */
    bool more_of_doc;  /* the chunk before ended inside a document */
};
void dgi_conllu_init(struct dgi_conllu *r, dg_str bytes);
/* Fill an empty doc with the next document ("# newdoc", or at most 512 sentences of one). *end = true when nothing was
 * left. A sentence that is not CoNLL-U is left out: the first such fault of the chunk is put into *warn (status not DG_OK)
 * with the sentence as record and the byte of its line. Fails only for want of memory. */
dg_status dgi_conllu_next(struct dgi_conllu *r, struct dgi_doc *doc, bool *end, dg_error *warn, dg_error *err);

#endif
