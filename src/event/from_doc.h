/* SPDX-License-Identifier: Apache-2.0 */
/* event/from_doc.h: the coded document as resolved events. */
#ifndef DGI_FROM_DOC_H
#define DGI_FROM_DOC_H

#include "base/arena.h"
#include "doc/doc.h"
#include "event/event.h"

/* The coded document as such a record, in `a`. Reads doc->{sents,toks,entities,statements,events ...}, needs events[].id. */
dg_status dgi_ev_from_doc(struct dgi_ev_doc *out, const struct dgi_doc *doc, dgi_arena *a, dg_error *err);

#endif
