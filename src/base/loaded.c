/* SPDX-License-Identifier: Apache-2.0 */
/* base/loaded.c: see loaded.h. */
#include "base/loaded.h"

#include <dlfcn.h>

const char *dgi_load(const char *library, const char *const *files, const char *const *names, void **function, size_t n)
{
    void *lib = NULL;
    for (; *files && !lib; files++)
        lib = dlopen(*files, RTLD_NOW | RTLD_LOCAL);
    if (!lib)
        return library;
    for (size_t i = 0; i < n; i++)
        if (!(function[i] = dlsym(lib, names[i])))
            return names[i];
    return NULL;
}
