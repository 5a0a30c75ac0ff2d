/* SPDX-License-Identifier: Apache-2.0 */
/* export/conllu.h: a document's trees as CoNLL-U; the one writer that sees tokens. */
#ifndef DGI_CONLLU_H
#define DGI_CONLLU_H

#include "base/json.h"
#include "doc/doc.h"
#include "event/event.h"

/* Standard CoNLL-U: # newdoc, # newpar, # sent_id, # text, MWT ranges, SpaceAfter=No; with the names of `named` (NULL: without)
 * as NER=B-PER, NER=I-PER in the last column. False: no memory. */
bool dgi_record_conllu(struct dgi_buf *out, const struct dgi_doc *doc, const struct dgi_ev_doc *named);

#endif
