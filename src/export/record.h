/* SPDX-License-Identifier: Apache-2.0 */
/* export/record.h: a document record as JSON (SPEC: schema dragoman/1) and as CoNLL-U. */
#ifndef DGI_RECORD_H
#define DGI_RECORD_H

#include "base/json.h"
#include "base/table.h"
#include "base/utf8.h"

/* Goldstein, quad class and PLOVER score by code; tables may be NULL (values are then null). */
struct dgi_codes {
    const struct dgi_table *cameo, *plover;
};
void dgi_codes_init(struct dgi_codes *c, const dgi_lexicon *lex);
bool dgi_codes_goldstein(const struct dgi_codes *c, dg_str cameo, double *out);
int dgi_codes_quad(dg_str cameo);                    /* 1..4 by root (GDELT's classes except 09 and 14: docs/formats/record.md) */
dg_str dgi_codes_cameo_name(const struct dgi_codes *c, dg_str cameo);
bool dgi_codes_score(const struct dgi_codes *c, dg_str event, dg_str mode, double *out);

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

extern const char *const dgi_status_name[], *const dgi_statement_kind_name[], *const dgi_entity_type_name[],
    *const dgi_mention_kind_name[], *const dgi_place_precision_name[], *const dgi_quantity_kind_name[];

#endif
