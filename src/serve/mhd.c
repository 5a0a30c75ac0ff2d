/* SPDX-License-Identifier: Apache-2.0 */
/* serve/mhd.c: see mhd.h. */
#define DGS_MHD_LOADER
#include "serve/mhd.h"

#include <pthread.h>

#include "base/error.h"
#include "base/loaded.h"

struct dgs_mhd_functions dgs_mhd;
static const char *missing;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void)
{
    static const char *const files[] = {"libmicrohttpd.so.12", "libmicrohttpd.so", "libmicrohttpd.12.dylib", NULL};
    static const char *const names[] = {
#define X(name) #name,
        DGS_MHD_FUNCTIONS(X)
#undef X
    };
    enum { N = sizeof names / sizeof *names };
    void *function[N];
    missing = dgi_load("libmicrohttpd", files, names, function, N);
    size_t i = 0;
#define X(name) *(void **)&dgs_mhd.name = function[i++];
    if (!missing) {
        DGS_MHD_FUNCTIONS(X)
    }
#undef X
}

dg_status dgs_mhd_load(dg_error *err)
{
    pthread_once(&once, load);
    return !missing
               ? DG_OK
               : dgi_fail(
                     err, DG_E_ARG,
                     "whoever listens needs libmicrohttpd, of which %s is not there (apt-get install libmicrohttpd12)",
                     missing);
}
