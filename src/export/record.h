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
/* One line of JSON without newline. False: no memory. */
bool dgi_record_json(struct dgi_buf *out, const struct dgi_ev_doc *doc, const struct dgi_codes *codes, bool with_text,
                     const struct dgi_item_change *items, uint32_t n_items);

#endif
