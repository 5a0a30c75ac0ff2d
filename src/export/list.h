/* SPDX-License-Identifier: Apache-2.0 */
/* export/list.h: what a store holds, page by page, as JSON: documents, statements, events, items, actors, places.
 *
 * A page ends with a cursor that names its last row, not a number of rows: what is ingested between two pages neither hides a
 * row nor gives one twice. Where the row itself has gone meanwhile, the rows of its day (of its kind, for items) come again. */
#ifndef DGI_LIST_H
#define DGI_LIST_H

#include "export/board_json.h"

enum dgi_list_of {
    DGI_LIST_DOCUMENTS,
    DGI_LIST_STATEMENTS,
    DGI_LIST_EVENTS,
    DGI_LIST_ITEMS,
    DGI_LIST_ACTORS,
    DGI_LIST_PLACES,
    DGI_N_LIST
};
struct dgi_list {
    uint8_t of;
    uint32_t limit;                    /* rows, 0: all */
    dg_str after;                      /* the cursor of the page before; empty: from the start */
    struct dgi_timeline_filter events; /* days, actor and known_on are also those of documents and statements */
    struct dgi_sit_filter items;
};
/* {"schema","as_of","rows":[...],"next":CURSOR or null}; as_of of items alone. DG_E_ARG: a cursor that is none, or of another list. */
dg_status dgi_list_json(dgi_store *s, const struct dgi_list *list, struct dgi_buf *out, dg_error *err);

#endif
