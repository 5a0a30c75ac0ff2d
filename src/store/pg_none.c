/* SPDX-License-Identifier: Apache-2.0 */
/* store/pg_none.c: a build without PostgreSQL says so; in place of the other pg*.c where libpq-fe.h was not found. */
#include <strings.h>

#include "store/backend.h"

bool dgi_pg_is_address(const char *path)
{
    return path && (!strncasecmp(path, "postgresql://", 13) || !strncasecmp(path, "postgres://", 11));
}

dg_status dgi_pg_open(dgi_backend **out, const char *address, bool write, const struct dgi_store_options *o,
                      dg_error *err)
{
    (void)address, (void)write, (void)o;
    *out = NULL;
    return dgi_fail(err, DG_E_ARG, "this program was built without PostgreSQL: install libpq-dev and build it again");
}
