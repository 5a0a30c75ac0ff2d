/* SPDX-License-Identifier: Apache-2.0 */
/* serve/answers.h: the functions behind the routes. */
#ifndef DGS_ANSWERS_H
#define DGS_ANSWERS_H

#include "serve/serve_int.h"

/* Take the bytes of a growing buffer as an answer. */
dg_status dgs_give(dg_text *out, struct dgi_buf *buf, dg_error *err);

run_fn dgs_documents, dgs_document, dgs_events, dgs_statements, dgs_items, dgs_item, dgs_series, dgs_search, dgs_actors,
    dgs_places, dgs_explain, dgs_paste, dgs_ingest, dgs_health, dgs_metrics, dgs_description;

#endif
