/* SPDX-License-Identifier: Apache-2.0 */
/* tests/fault/oom.c: loaded before a program, makes its OOM_AT-th allocation fail (0 or unset: none). glibc only. */
#include <errno.h>
#include <stdlib.h>

extern void *__libc_malloc(size_t), *__libc_calloc(size_t, size_t), *__libc_realloc(void *, size_t);

static long n, at = -1;
static int fails(void)
{
    if (at < 0) {
        const char *e = getenv("OOM_AT");
        at = e ? atol(e) : 0;
    }
    if (!at || ++n != at)
        return 0;
    errno = ENOMEM;
    return 1;
}

void *malloc(size_t size) { return fails() ? NULL : __libc_malloc(size); }
void *calloc(size_t k, size_t size) { return fails() ? NULL : __libc_calloc(k, size); }
void *realloc(void *p, size_t size) { return fails() ? NULL : __libc_realloc(p, size); }
