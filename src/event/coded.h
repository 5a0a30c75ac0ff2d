/* SPDX-License-Identifier: Apache-2.0 */
/* event/coded.h: a coded document as one line of JSON that has all that a store keeps of it (docs/formats/coded.md). */
#ifndef DGI_CODED_H
#define DGI_CODED_H

#include "base/arena.h"
#include "base/json.h"
#include "event/event.h"

enum { DGI_CODED_VERSION = 1 };

/* coder: dgi_coder_sum() of the model and lexicon that coded it. No newline at the end. False: no memory. */
bool dgi_coded_write(struct dgi_buf *out, const struct dgi_ev_doc *doc, uint64_t coder);
/* The document again, as far as a store keeps it; strings in `a`. DG_E_FORMAT: not such a line, or one of another version; err->byte is
 * where in the line, as far as that is known. */
dg_status dgi_coded_read(dg_str line, dgi_arena *a, struct dgi_ev_doc *doc, uint64_t *coder, dg_error *err);

#endif
