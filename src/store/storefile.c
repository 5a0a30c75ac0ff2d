/* SPDX-License-Identifier: Apache-2.0 */
/* store/storefile.c: the name of a store, and the lock of its writer.
 *
 * Reads   the file system
 * Writes  FILE-lock
 *
 * Two names of one file must meet in one lock, so links are followed before it is taken. The lock is a file of its own:
 * opening and closing the database itself would drop the locks that SQLite holds on it in this process. */
#include "store/storefile.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { MOST_LINKS = 32, FIRST_PAUSE_MS = 5, LONGEST_PAUSE_MS = 200, TELL_EVERY_MS = 1000 };

/* "dir/of/link" and "../name" -> "dir/of/../name" */
static bool beside(char out[PATH_MAX], const char *link, const char *to)
{
    const char *slash = strrchr(link, '/');
    int n = *to == '/' || !slash ? snprintf(out, PATH_MAX, "%s", to)
                                 : snprintf(out, PATH_MAX, "%.*s/%s", (int)(slash - link), link, to);
    return n > 0 && n < PATH_MAX;
}

/* The name of a file that is not there yet: its folder's real name and its own. */
static char *in_real_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    char folder[PATH_MAX], real[PATH_MAX], *out = NULL;
    int n = !slash ? snprintf(folder, sizeof folder, ".")
                   : snprintf(folder, sizeof folder, "%.*s", slash == path ? 1 : (int)(slash - path), path);
    const char *name = slash ? slash + 1 : path;
    if (n < 0 || n >= (int)sizeof folder || !*name) {
        errno = *name ? ENAMETOOLONG : ENOENT;
        return NULL;
    }
    if (!realpath(folder, real))
        return NULL;
    size_t need = strlen(real) + strlen(name) + 2;
    if ((out = malloc(need)))
        snprintf(out, need, "%s/%s", strcmp(real, "/") ? real : "", name);
    return out;
}

static char *follow(const char *path)
{
    char now[PATH_MAX], to[PATH_MAX], next[PATH_MAX], *real = realpath(path, NULL);
    if (real || errno != ENOENT)
        return real;
    if (snprintf(now, sizeof now, "%s", path) >= (int)sizeof now) {
        errno = ENAMETOOLONG;
        return NULL;
    }
    for (int i = 0; i < MOST_LINKS; i++) { /* a link to what is not there yet */
        ssize_t n = readlink(now, to, sizeof to - 1);
        if (n < 0)
            return in_real_folder(now);
        to[n] = 0;
        if (!beside(next, now, to)) {
            errno = ENAMETOOLONG;
            return NULL;
        }
        memcpy(now, next, sizeof now);
    }
    errno = ELOOP;
    return NULL;
}

dg_status dgi_storefile_name(char **real, const char *path, bool make, dg_error *err)
{
    struct stat sb;
    *real = NULL;
    if (!path || !*path)
        return dgi_fail(err, DG_E_ARG, "the name of the store is empty");
    if (*path == ':')
        return dgi_fail(err, DG_E_ARG, "%s: nothing would be kept; a store is a file (./%s for a file of this name)",
                        path, path);
    if (!strncasecmp(path, "file:", 5))
        return dgi_fail(err, DG_E_ARG,
                        "%s: a store is named by its path, not by an address (./%s for a file of this name)", path,
                        path);
    if (!make && stat(path, &sb) != 0)
        return dgi_fail(err, DG_E_IO, "%s: %s", path, strerror(errno));
    if (!(*real = follow(path)))
        return dgi_fail(err, errno == ENOMEM ? DG_E_NOMEM : DG_E_IO, "%s: %s", path, strerror(errno));
    if (stat(*real, &sb) == 0 && !S_ISREG(sb.st_mode)) {
        free(*real);
        *real = NULL;
        return dgi_fail(err, DG_E_IO, "%s: %s", path, S_ISDIR(sb.st_mode) ? "is a directory" : "is no regular file");
    }
    return DG_OK;
}

static void pause_ms(uint32_t ms)
{
    struct timespec t = {ms / 1000, (long)(ms % 1000) * 1000000};
    nanosleep(&t, NULL);
}

static uint32_t ms_since(const struct timespec *from)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    int64_t ms = (t.tv_sec - from->tv_sec) * INT64_C(1000) + (t.tv_nsec - from->tv_nsec) / 1000000;
    return ms < 0 ? 0 : ms > UINT32_MAX ? UINT32_MAX : (uint32_t)ms;
}

dg_status dgi_storefile_lock(int *fd, const char *real, const char *shown, const struct dgi_store_options *o,
                             dg_error *err)
{
    size_t n = strlen(real) + 8;
    char *name = malloc(n);
    struct timespec began;
    *fd = -1;
    if (!name)
        return dgi_fail(err, DG_E_NOMEM, "no memory to open a store");
    snprintf(name, n, "%s-lock", real);
    *fd = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    free(name);
    if (*fd < 0)
        return dgi_fail(err, DG_E_IO, "%s: cannot be written: %s", shown, strerror(errno));
    clock_gettime(CLOCK_MONOTONIC, &began);
    uint32_t pause = FIRST_PAUSE_MS, told = 0;
    while (flock(*fd, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK && errno != EINTR)
            return dgi_fail(err, DG_E_IO, "%s: cannot be locked: %s", shown, strerror(errno));
        uint32_t waited = ms_since(&began);
        if (waited >= o->wait_ms) {
            if (waited < 1000)
                return dgi_fail(err, DG_E_STORE, "%s: another process is writing to it; nothing was changed", shown);
            return dgi_fail(err, DG_E_STORE,
                            "%s: another process is still writing to it after %u seconds; nothing was changed", shown,
                            waited / 1000);
        }
        if (o->waiting && (!told || waited >= told)) {
            o->waiting(o->user, waited);
            told = waited + TELL_EVERY_MS;
        }
        pause_ms(pause < o->wait_ms - waited ? pause : o->wait_ms - waited);
        pause = pause * 2 < LONGEST_PAUSE_MS ? pause * 2 : LONGEST_PAUSE_MS;
    }
    return DG_OK;
}

char *dgi_storefile_uri(const char *real)
{
    static const char plain[] = "/-._~";
    char *out = malloc(3 * strlen(real) + 24), *p = out;
    if (!out)
        return NULL;
    p += sprintf(p, "file:");
    for (const unsigned char *c = (const unsigned char *)real; *c; c++) {
        bool as_is =
            (*c >= '0' && *c <= '9') || (*c >= 'A' && *c <= 'Z') || (*c >= 'a' && *c <= 'z') || strchr(plain, *c);
        p += as_is ? sprintf(p, "%c", *c) : sprintf(p, "%%%02X", *c);
    }
    sprintf(p, "?immutable=1");
    return out;
}

bool dgi_storefile_unfinished(const char *real)
{
    struct stat sb;
    size_t n = strlen(real) + 5;
    char *wal = malloc(n);
    if (!wal)
        return true;
    snprintf(wal, n, "%s-wal", real);
    bool is = stat(wal, &sb) == 0 && sb.st_size > 0;
    free(wal);
    return is;
}
