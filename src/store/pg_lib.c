/* SPDX-License-Identifier: Apache-2.0 */
/* store/pg_lib.c: libpq, loaded when the first store of PostgreSQL is opened.
 *
 * Reads   libpq.so.5 of the system
 * Writes  the table of its functions */
#include "store/pg_lib.h"

#include <dlfcn.h>
#include <pthread.h>

static struct dgi_pq pq;
static const char library_name[] = "libpq";
static const char *missing; /* NULL: all there */
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void)
{
    static const char *const files[] = {"libpq.so.5", "libpq.so", "libpq.5.dylib"};
    void *lib = NULL;
    for (size_t i = 0; i < sizeof files / sizeof *files && !lib; i++)
        lib = dlopen(files[i], RTLD_NOW | RTLD_LOCAL);
    if (!lib) {
        missing = library_name;
        return;
    }
#define X(name)                                                                                                        \
    *(void **)&pq.name = dlsym(lib, #name);                                                                            \
    if (!pq.name)                                                                                                      \
        missing = #name;
    DGI_PQ_FUNCTIONS(X)
#undef X
}

const struct dgi_pq *dgi_pq_load(dg_error *err)
{
    pthread_once(&once, load);
    if (!missing)
        return &pq;
    dgi_fail(err, DG_E_ARG,
             "a store in PostgreSQL needs libpq 14 or later, of which %s is not there (apt-get install libpq5)",
             missing);
    return NULL;
}
