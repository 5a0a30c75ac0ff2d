/* SPDX-License-Identifier: Apache-2.0 */
/* export/record.h: a resolved document as JSON (SPEC: schema dragoman/1). */
#ifndef DGI_RECORD_H
#define DGI_RECORD_H

#define DGI_SCHEMA "dragoman/1" /* of every JSON that leaves the library */

#include "base/json.h"
#include "event/codes.h"
#include "event/event.h"

/* What one document did to the situation; appended to the record as "items". */
struct dgi_item_change {
    dg_str id, kind, status, event;
    bool opened;
};
/* One line of JSON without newline, with the text and lists of `lists` (DG_LIST_* of dragoman.h). False: no memory. */
bool dgi_record_json(struct dgi_buf *out, const struct dgi_ev_doc *doc, const struct dgi_codes *codes, uint32_t lists,
                     const struct dgi_item_change *items, uint32_t n_items);
/* The text with its times (and events) marked, TimeML as TempEval-3 has it; the standoff of brat over the text. */
bool dgi_record_timeml(struct dgi_buf *out, const struct dgi_ev_doc *doc);
bool dgi_record_brat(struct dgi_buf *out, const struct dgi_ev_doc *doc);

#endif
