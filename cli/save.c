/* SPDX-License-Identifier: Apache-2.0 */
/* cli/save.c: a report into a file, whole or not at all.
 *
 * Written beside the file under another name, brought to the disk, then renamed: with a full disk, or when the program is
 * killed, the report of yesterday stays. Devices, pipes and the like are written to as they are. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli.h"

static bool failed(const char *path, int e)
{
    cli_say("%s: cannot be written: %s", path, e == ENOENT ? "there is no such folder" : strerror(e));
    return false;
}

static bool write_all(int fd, const char *p, size_t n)
{
    while (n) {
        ssize_t k = write(fd, p, n);
        if (k < 0 && errno == EINTR)
            continue;
        if (k <= 0)
            return false;
        p += k;
        n -= (size_t)k;
    }
    return true;
}

/* The permissions of the file that is there, else what the umask leaves. */
static mode_t mode_for(const struct stat *old)
{
    mode_t mask = umask(0);
    umask(mask);
    return old ? old->st_mode & 07777 : 0666 & ~mask;
}

static bool in_place(const char *path, const dg_text *text)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    bool ok = fd >= 0 && write_all(fd, text->ptr, text->len);
    int e = errno;
    if (fd >= 0 && close(fd) && ok) {
        ok = false;
        e = errno;
    }
    return ok || failed(path, e);
}

/* Folder of path, with its last slash; empty: here. */
static size_t folder_len(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? (size_t)(slash - path) + 1 : 0;
}

static bool beside(const char *path, const dg_text *text, const struct stat *old)
{
    static const char tail[] = ".dragoman-XXXXXX";
    size_t dir = folder_len(path);
    char *temp = malloc(dir + sizeof tail);
    if (!temp)
        return failed(path, ENOMEM);
    memcpy(temp, path, dir);
    memcpy(temp + dir, tail, sizeof tail);
    int fd = mkstemp(temp), e = errno;
    bool made = fd >= 0, ok = made && write_all(fd, text->ptr, text->len) && !fchmod(fd, mode_for(old)) && !fsync(fd);
    if (!ok)
        e = errno;
    if (made && close(fd) && ok) {
        ok = false;
        e = errno;
    }
    if (ok && rename(temp, path)) {
        ok = false;
        e = errno;
    }
    if (made && !ok)
        unlink(temp);
    free(temp);
    return ok || failed(path, e);
}

bool cli_can_save(const char *path)
{
    struct stat st;
    char dir[4096];
    size_t n = folder_len(path);
    if (stat(path, &st) == 0)
        return S_ISDIR(st.st_mode) ? failed(path, EISDIR) : access(path, W_OK) ? failed(path, errno) : true;
    if (n >= sizeof dir)
        return failed(path, ENAMETOOLONG);
    snprintf(dir, sizeof dir, "%.*s", (int)n, n ? path : "./");
    return access(n ? dir : ".", W_OK | X_OK) ? failed(path, errno) : true;
}

bool cli_save(const char *path, const dg_text *text)
{
    struct stat st;
    bool there = stat(path, &st) == 0;
    if (!cli_can_save(path))
        return false;
    if (there && !S_ISREG(st.st_mode))
        return in_place(path, text);
    char *real = there ? realpath(path, NULL) : NULL; /* a link stays one */
    bool ok = beside(real ? real : path, text, there ? &st : NULL);
    free(real);
    return ok;
}
