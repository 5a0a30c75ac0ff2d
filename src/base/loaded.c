/* SPDX-License-Identifier: Apache-2.0 */
/* base/loaded.c: see loaded.h. */
#include "base/loaded.h"

#include <dlfcn.h>
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void load(struct dgi_library *lib)
{
    void *h = NULL;
    for (const char *const *f = lib->files; *f && !h; f++)
        h = dlopen(*f, RTLD_NOW | RTLD_LOCAL);
    lib->missing = h ? NULL : lib->name;
    for (size_t i = 0; i < lib->n && !lib->missing; i++)
        if (!(lib->into[i] = dlsym(h, lib->functions[i])))
            lib->missing = lib->functions[i];
}

dg_status dgi_library_load(struct dgi_library *lib, dg_error *err)
{
    pthread_mutex_lock(&lock);
    if (!lib->state)
        load(lib);
    lib->state = 1;
    const char *missing = lib->missing;
    pthread_mutex_unlock(&lock);
    return !missing ? DG_OK
                    : dgi_fail(err, DG_E_ARG, "%s, of which %s is not there (apt-get install %s)", lib->need, missing,
                               lib->package);
}
