/* SPDX-License-Identifier: Apache-2.0 */
/* store/fts.h: what FTS5 says of a query that it cannot read; both databases ask it. */
#ifndef DGI_STORE_FTS_H
#define DGI_STORE_FTS_H

#include <sqlite3.h>

#include "base/error.h"
#include "base/str.h"

/* Is what went wrong last the query, not the database? */
bool dgi_fts_is_syntax(sqlite3 *db);
/* DG_E_ARG with what can be read. */
dg_status dgi_fts_unreadable(sqlite3 *db, dg_str query, dg_error *err);

#endif
