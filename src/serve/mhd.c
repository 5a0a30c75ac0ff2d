/* SPDX-License-Identifier: Apache-2.0 */
/* serve/mhd.c: see mhd.h. */
#define DGS_MHD_LOADER
#include "serve/mhd.h"

#include "base/loaded.h"

struct dgs_mhd_functions dgs_mhd;

dg_status dgs_mhd_load(dg_error *err)
{
    static const char *const files[] = {"libmicrohttpd.so.12", "libmicrohttpd.so", "libmicrohttpd.12.dylib", NULL};
    static const char *const functions[] = {
#define X(name) #name,
        DGS_MHD_FUNCTIONS(X)
#undef X
    };
    static struct dgi_library lib = {.need = "whoever listens needs libmicrohttpd",
                                     .name = "libmicrohttpd",
                                     .package = "libmicrohttpd12",
                                     .files = files,
                                     .functions = functions,
                                     .into = (void **)&dgs_mhd,
                                     .n = sizeof functions / sizeof *functions};
    return dgi_library_load(&lib, err);
}
