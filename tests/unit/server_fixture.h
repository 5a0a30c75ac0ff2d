/* SPDX-License-Identifier: Apache-2.0 */
/* tests/unit/server_fixture.h: the tests of the store over a server, where scripts/test_doors_pg.sh has started one.
 *
 * DRAGOMAN_TEST_PG names an empty database that psql reaches by PG* alone; each store is a schema of it. Not set: a file. */
#ifndef SERVER_FIXTURE_H
#define SERVER_FIXTURE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/backend.h"

static inline const char *fx_server(void)
{
    const char *s = getenv("DRAGOMAN_TEST_PG");
    return s && *s ? s : NULL;
}

/* One statement into the schema of a store. */
static inline int fx_server_sql(const char *schema, const char *sql)
{
    char command[64];
    if (setenv("PGDATABASE", fx_server(), 1))
        return -1;
    snprintf(command, sizeof command, "psql -qX -v ON_ERROR_STOP=1 >/dev/null");
    FILE *f = popen(command, "w");
    if (!f)
        return -1;
    fprintf(f, "SET client_min_messages=error; SET search_path=\"%s\";\n%s;\n", schema, sql);
    return pclose(f);
}

/* The store of this name, on the server or in `dir`. fresh: without what was there. */
static inline dg_status fx_open(dgi_backend **b, const char *dir, const char *name, bool fresh, char path[128],
                                dg_error *err)
{
    char sql[160];
    if (!fx_server()) {
        snprintf(path, 128, "%s/%s", dir, name);
        if (fresh)
            remove(path);
        return dgi_sqlite_open(b, path, true, NULL, err);
    }
    snprintf(path, 128, "postgresql:///%s?options=-csearch_path%%3D%s", fx_server(), name);
    snprintf(sql, sizeof sql, "DROP SCHEMA IF EXISTS \"%s\" CASCADE; CREATE SCHEMA \"%s\"", name, name);
    if (fresh && fx_server_sql("public", sql))
        return dgi_fail(err, DG_E_STORE, "psql cannot make a schema");
    return dgi_pg_open(b, path, true, NULL, err);
}

#endif
