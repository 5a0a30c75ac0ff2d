/* SPDX-License-Identifier: Apache-2.0 */
/* export/record.h: a document record as JSON (SPEC: schema dragoman/1) and as CoNLL-U. */
#ifndef DGI_RECORD_H
#define DGI_RECORD_H

#include "base/json.h"
#include "base/utf8.h"
#include "doc/doc.h"
#include "event/codes.h"


/* What one document did to the situation; appended to the record as "items". */
struct dgi_item_change {
    dg_str id, kind, status, event;
    bool opened;
};
/* One line of JSON without newline. scratch holds the offset map. False: no memory. */
bool dgi_record_json(struct dgi_buf *out, const struct dgi_doc *doc, const struct dgi_codes *codes, bool with_text,
                     const struct dgi_item_change *items, uint32_t n_items, dgi_arena *scratch);
/* Standard CoNLL-U: # newdoc, # newpar, # sent_id, # text, MWT ranges, SpaceAfter=No. */
bool dgi_record_conllu(struct dgi_buf *out, const struct dgi_doc *doc);


#endif
