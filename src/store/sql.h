/* SPDX-License-Identifier: Apache-2.0 */
/* store/sql.h: a question of the reader's own, in SQL, over views with readable dates and names. */
#ifndef DGI_STORE_SQL_H
#define DGI_STORE_SQL_H

#include "base/json.h"
#include "event/codes.h"
#include "store/store.h"

/* {"schema","columns":[...],"rows":[{...}]}: views document, event, dyad, statement, item, history, quantity and functions goldstein(cameo), quad(cameo),
 * cameo_name(cameo), plover_score(type, mode). Nothing can be changed: the file is open for reading, and all but SELECT is refused. limit: most
 * rows, 0: all; *more: there are others. DG_E_ARG: the query cannot be read; the message says why. */
dg_status dgi_store_sql(dgi_store *s, dg_str query, uint64_t limit, const struct dgi_codes *codes, struct dgi_buf *out,
                        dg_error *err);

#endif
