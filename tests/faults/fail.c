/* SPDX-License-Identifier: Apache-2.0 */
/* tests/faults/fail.c: bad weather for a whole process. LD_PRELOAD=libfail.so makes one call fail.
 *
 *   FAIL_KIND=malloc FAIL_AT=n   the n-th malloc, calloc, realloc, strdup, posix_memalign returns NULL with ENOMEM
 *   FAIL_KIND=io     FAIL_AT=n   the n-th open, read, write, pread, pwrite, fsync, fdatasync, ftruncate, rename or mmap fails,
 *                                with EIO, a write by turns with ENOSPC
 *   FAIL_STICKY=1                and every one after it too
 *   FAIL_AT=0                    nothing fails; the number of calls goes to FAIL_COUNT (a file)
 * A crash writes its frames to standard error, innermost first ("frame MODULE(symbol+offset)"), and ends with exit status 99.
 * Counted from the start of the process, the dynamic loader's calls left out. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/types.h>
#include <unistd.h>

enum { KIND_NONE, KIND_MALLOC, KIND_IO };
static int kind, sticky;
static long fail_at;
static atomic_long calls;

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);

static int fails(int what)
{
    if (kind != what)
        return 0;
    long n = atomic_fetch_add(&calls, 1) + 1;
    return fail_at && (n == fail_at || (sticky && n > fail_at));
}

static void crashed(int sig)
{
    void *frame[24];
    int n = backtrace(frame, 24);
    char line[64];
    int len = snprintf(line, sizeof line, "crash signal %d\n", sig);
    if (write(2, line, (size_t)len) == len)
        backtrace_symbols_fd(frame, n, 2);
    _exit(99);
}

__attribute__((constructor)) static void begin(void)
{
    const char *k = getenv("FAIL_KIND"), *at = getenv("FAIL_AT");
    void *warm[2];
    backtrace(warm, 2); /* loads its library now, not in the handler */
    struct sigaction sa = {.sa_handler = crashed, .sa_flags = (int)SA_RESETHAND};
    sigaction(SIGSEGV, &sa, NULL);
    sigaction(SIGBUS, &sa, NULL);
    sigaction(SIGABRT, &sa, NULL);
    sigaction(SIGFPE, &sa, NULL);
    fail_at = at ? atol(at) : 0;
    sticky = getenv("FAIL_STICKY") != NULL;
    kind = !k ? KIND_NONE : !strcmp(k, "malloc") ? KIND_MALLOC : KIND_IO;
}

__attribute__((destructor)) static void end(void)
{
    const char *f = getenv("FAIL_COUNT");
    long n = atomic_load(&calls);
    kind = KIND_NONE;
    FILE *out = f ? fopen(f, "w") : NULL;
    if (out) {
        fprintf(out, "%ld\n", n);
        fclose(out);
    }
}

void *malloc(size_t n)
{
    if (fails(KIND_MALLOC)) {
        errno = ENOMEM;
        return NULL;
    }
    return __libc_malloc(n);
}
void *calloc(size_t n, size_t m)
{
    if (fails(KIND_MALLOC)) {
        errno = ENOMEM;
        return NULL;
    }
    return __libc_calloc(n, m);
}
void *realloc(void *p, size_t n)
{
    if (fails(KIND_MALLOC)) {
        errno = ENOMEM;
        return NULL;
    }
    return __libc_realloc(p, n);
}
int posix_memalign(void **out, size_t align, size_t n)
{
    if (fails(KIND_MALLOC))
        return ENOMEM;
    *out = __libc_memalign(align, n);
    return *out ? 0 : ENOMEM;
}
void *aligned_alloc(size_t align, size_t n)
{
    if (fails(KIND_MALLOC)) {
        errno = ENOMEM;
        return NULL;
    }
    return __libc_memalign(align, n);
}

#define REAL(name) __extension__((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define IO_FAILS(result, no)                                                                                                             \
    if (fails(KIND_IO)) {                                                                                                                \
        errno = (no);                                                                                                                    \
        return (result);                                                                                                                 \
    }
#define FULL_OR_BROKEN (fail_at % 2 ? ENOSPC : EIO)

static int open_mode(int flags, va_list ap) { return flags & (O_CREAT | O_TMPFILE) ? va_arg(ap, int) : 0; }
int open(const char *path, int flags, ...)
{
    va_list ap;
    va_start(ap, flags);
    int mode = open_mode(flags, ap);
    va_end(ap);
    IO_FAILS(-1, EIO)
    return REAL(open)(path, flags, mode);
}
int open64(const char *path, int flags, ...)
{
    va_list ap;
    va_start(ap, flags);
    int mode = open_mode(flags, ap);
    va_end(ap);
    IO_FAILS(-1, EIO)
    return REAL(open64)(path, flags, mode);
}
ssize_t read(int fd, void *p, size_t n)
{
    IO_FAILS(-1, EIO)
    return REAL(read)(fd, p, n);
}
ssize_t write(int fd, const void *p, size_t n)
{
    IO_FAILS(-1, FULL_OR_BROKEN)
    return REAL(write)(fd, p, n);
}
ssize_t pread(int fd, void *p, size_t n, off_t at)
{
    IO_FAILS(-1, EIO)
    return REAL(pread)(fd, p, n, at);
}
ssize_t pread64(int fd, void *p, size_t n, off64_t at)
{
    IO_FAILS(-1, EIO)
    return REAL(pread64)(fd, p, n, at);
}
ssize_t pwrite(int fd, const void *p, size_t n, off_t at)
{
    IO_FAILS(-1, FULL_OR_BROKEN)
    return REAL(pwrite)(fd, p, n, at);
}
ssize_t pwrite64(int fd, const void *p, size_t n, off64_t at)
{
    IO_FAILS(-1, FULL_OR_BROKEN)
    return REAL(pwrite64)(fd, p, n, at);
}
int fsync(int fd)
{
    IO_FAILS(-1, EIO)
    return REAL(fsync)(fd);
}
int fdatasync(int fd)
{
    IO_FAILS(-1, EIO)
    return REAL(fdatasync)(fd);
}
int ftruncate(int fd, off_t n)
{
    IO_FAILS(-1, EIO)
    return REAL(ftruncate)(fd, n);
}
int ftruncate64(int fd, off64_t n)
{
    IO_FAILS(-1, EIO)
    return REAL(ftruncate64)(fd, n);
}
int rename(const char *from, const char *to)
{
    IO_FAILS(-1, EIO)
    return REAL(rename)(from, to);
}
void *mmap(void *at, size_t n, int prot, int flags, int fd, off_t off)
{
    if (fd >= 0)
        IO_FAILS(MAP_FAILED, ENOMEM)
    return REAL(mmap)(at, n, prot, flags, fd, off);
}
