/* SPDX-License-Identifier: Apache-2.0 */
/* base/loaded.h: a library of the system that is loaded when it is first needed.
 *
 * Loaded, not linked: what a server, a log or a database needs brings TLS, Kerberos and the like with it, which no command that reads a
 * file should start with, and a machine without it can still run everything else. */
#ifndef DGI_LOADED_H
#define DGI_LOADED_H

#include <stddef.h>

#include "base/error.h"

struct dgi_library {
    const char *need;           /* "a store in PostgreSQL needs libpq 14 or later": how the message begins */
    const char *name, *package; /* "libpq"; of Debian, "libpq5" */
    const char *const *files;   /* names to try, NULL at the end */
    const char *const
        *functions; /* their names; each comes to the same place of `into`, a struct of pointers to them */
    void **into;
    size_t n;
    const char *missing; /* kept by dgi_library_load() */
    int state;
};
/* Loads it, the first time; it stays loaded. DG_E_ARG: it, or one of its functions, is not there. Any thread. */
dg_status dgi_library_load(struct dgi_library *lib, dg_error *err);

#endif
