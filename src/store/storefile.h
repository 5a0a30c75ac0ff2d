/* SPDX-License-Identifier: Apache-2.0 */
/* store/storefile.h: which file is meant by the user's name for a store, and who may write it. Knows no database. */
#ifndef DGI_STOREFILE_H
#define DGI_STOREFILE_H

#include <stdbool.h>

#include "base/error.h"

struct dgi_store_options {
    uint32_t wait_ms;                                /* how long a writer waits for the one before it; 0: not at all */
    void (*waiting)(void *user, uint32_t waited_ms); /* when the wait begins, then about once a second; may be NULL */
    void *user;
};
enum { DGI_STORE_WAIT_MS = 60000 };

/* The one absolute name of the file, whatever links lead to it; for the caller to free. Without `make` it must be there.
 * DG_E_ARG: a name that SQLite would take for a place in memory or an address; DG_E_IO: no such file, a directory. */
dg_status dgi_storefile_name(char **real, const char *path, bool make, dg_error *err);
/* The right to write, until the descriptor is closed. `shown` is the user's name, for messages. */
dg_status dgi_storefile_lock(int *fd, const char *real, const char *shown, const struct dgi_store_options *o,
                             dg_error *err);
/* "file:...?immutable=1" with every byte escaped that means something in an address. NULL: no memory. */
char *dgi_storefile_uri(const char *real);
/* Was the file's writer stopped before it could put its last changes into it? */
bool dgi_storefile_unfinished(const char *real);

#endif
