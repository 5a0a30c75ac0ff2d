/* SPDX-License-Identifier: Apache-2.0 */
/* store/pg_lib.c: libpq, loaded when the first store of PostgreSQL is opened.
 *
 * Reads   libpq.so.5 of the system
 * Writes  the table of its functions */
#include "store/pg_lib.h"

#include "base/loaded.h"

static struct dgi_pq pq;
static const char library_name[] = "libpq";

const struct dgi_pq *dgi_pq_load(dg_error *err)
{
    static const char *const files[] = {"libpq.so.5", "libpq.so", "libpq.5.dylib", NULL};
    static const char *const functions[] = {
#define X(name) #name,
        DGI_PQ_FUNCTIONS(X)
#undef X
    };
    static struct dgi_library lib = {.need = "a store in PostgreSQL needs libpq 14 or later",
                                     .name = library_name,
                                     .package = "libpq5",
                                     .files = files,
                                     .functions = functions,
                                     .into = (void **)&pq,
                                     .n = sizeof functions / sizeof *functions};
    return dgi_library_load(&lib, err) == DG_OK ? &pq : NULL;
}
