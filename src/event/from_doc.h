/* SPDX-License-Identifier: Apache-2.0 */
/* event/from_doc.h: the coded document as a resolved one. */
#ifndef DGI_FROM_DOC_H
#define DGI_FROM_DOC_H

#include "base/arena.h"
#include "doc/doc.h"
#include "event/event.h"

/* Stable ids: of the document when it has none (its address, else a hash of its text), and of its events. False: no
 * memory. Call it before dgi_ev_from_doc(). */
bool dgi_ids_make(struct dgi_doc *doc);
/* The coded document resolved. What has to be made lies in `a`, the rest are views into `doc`, which must live as long. */
dg_status dgi_ev_from_doc(struct dgi_ev_doc *out, const struct dgi_doc *doc, dgi_arena *a, dg_error *err);

/* A place of the gazetteer as it leaves the library; without span. Views into what `p` views. */
void dgi_ev_place_of(struct dgi_ev_place *out, const struct dgi_place *p);

/* The layout of a document's text as bytes (ptr NULL: no memory) and back; false: these are no blocks of this text, and the
 * document has none. */
dg_str dgi_blocks_pack(const struct dgi_doc *doc, dgi_arena *a);
bool dgi_blocks_unpack(struct dgi_doc *doc, dg_str packed);

/* The stretches of what was said behind one another, white space made single. Into `a`; ptr NULL: no memory. */
dg_str dgi_ev_said(dgi_arena *a, const struct dgi_doc *doc, const struct dgi_statement *statement);

#endif
