/* SPDX-License-Identifier: Apache-2.0 */
/* io/stream.c: see stream.h.
 *
 * After damage the next member is looked for from behind the start of the damaged one, as far back as the input is still held:
 * a broken length may have run over the members that follow. How much may be read twice in that way is bounded. */
#include "io/stream.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/unpack.h"

enum { HOLD = 256 * 1024, MOST_TWICE = 64 << 20 };

struct dgi_stream {
    int fd; /* -1: memory */
    bool close_fd, eof, known;
    dg_progress_fn *go;
    void *user;
    char *own;
    const char *in; /* own, or the caller's bytes */
    size_t len, pos;
    uint64_t at; /* of in[0] in the file */
    uint64_t size;
    const struct dgi_packing *packing;
    void *state;
    bool well;                       /* the last bytes given end a whole member */
    bool in_member, searching, told; /* told: of the damage that is searched behind */
    bool cut;                        /* *why is still to be told */
    dg_error why;
    uint64_t member, member_made; /* where it begins, what it gave */
    uint64_t made, mark_made, mark_used, twice;
};

static dg_status io_error(dg_error *err, int e, uint64_t byte)
{
    char text[128];
#ifdef __GLIBC__
    const char *why = strerror_r(e, text, sizeof text);
#else /* POSIX's */
    const char *why = strerror_r(e, text, sizeof text) ? "cannot be read" : text;
#endif
    if (e == EISDIR)
        why = "is a directory";
    if (e == ENOENT)
        why = "no such file";
    return dgi_fail_at(err, DG_E_IO, 0, byte, "%s", why);
}

static dg_status open_fd(dgi_stream *s, const char *path, dg_error *err)
{
    struct stat st;
    s->close_fd = strcmp(path, "-") != 0;
    s->fd = s->close_fd ? open(path, O_RDONLY | O_CLOEXEC) : STDIN_FILENO;
    if (s->fd < 0)
        return io_error(err, errno, 0);
    if (fstat(s->fd, &st) == 0) {
        if (S_ISDIR(st.st_mode))
            return io_error(err, EISDIR, 0);
        if (S_ISREG(st.st_mode) && st.st_size > 0)
            s->size = (uint64_t)st.st_size;
    }
    return DG_OK;
}

dg_status dgi_stream_open(dgi_stream **out, const char *path, dg_progress_fn *go, void *user, dg_error *err)
{
    dgi_stream *s = calloc(1, sizeof *s);
    *out = NULL;
    if (!s || !(s->own = malloc(HOLD))) {
        free(s);
        return dgi_fail(err, DG_E_NOMEM, "no memory for a reader");
    }
    s->in = s->own;
    s->go = go;
    s->user = user;
    dg_status st = open_fd(s, path, err);
    if (st != DG_OK) {
        dgi_stream_close(s);
        return st;
    }
    *out = s;
    return DG_OK;
}

dg_status dgi_stream_open_bytes(dgi_stream **out, dg_str bytes, dg_error *err)
{
    dgi_stream *s = *out = calloc(1, sizeof *s);
    if (!s)
        return dgi_fail(err, DG_E_NOMEM, "no memory for a reader");
    s->fd = -1;
    s->in = bytes.ptr;
    s->len = bytes.len;
    s->size = bytes.len;
    s->eof = true;
    return DG_OK;
}

void dgi_stream_close(dgi_stream *s)
{
    if (!s)
        return;
    if (s->state)
        s->packing->stop(s->state);
    if (s->close_fd && s->fd >= 0)
        close(s->fd);
    free(s->own);
    free(s);
}

uint64_t dgi_stream_member(const dgi_stream *s)
{
    return s->member;
}

bool dgi_stream_ended_well(const dgi_stream *s)
{
    return s->well;
}

const char *dgi_stream_packing(const dgi_stream *s)
{
    return s->packing ? s->packing->name : NULL;
}

uint64_t dgi_stream_size(const dgi_stream *s)
{
    return s->packing ? 0 : s->size;
}

static uint64_t used(const dgi_stream *s)
{
    return s->at + s->pos;
}

void dgi_stream_mark(dgi_stream *s)
{
    s->mark_made = s->made;
    s->mark_used = used(s);
}

/* More of the file, and the start of the member that is being read kept as long as there is room. */
static dg_status refill(dgi_stream *s, dg_error *err)
{
    if (s->eof)
        return DG_OK;
    size_t keep = s->in_member && s->member >= s->at && s->at + s->len - s->member <= HOLD / 2
                      ? (size_t)(s->member - s->at)
                      : s->pos;
    memmove(s->own, s->own + keep, s->len - keep);
    s->at += keep;
    s->len -= keep;
    s->pos -= keep;
    ssize_t n;
    do {
        if (s->go && !s->go(s->user, s->at + s->len, s->size))
            return dgi_fail_at(err, DG_E_CANCELLED, 0, s->at + s->len, "stopped by the caller");
        n = read(s->fd, s->own + s->len, HOLD - s->len);
    } while (n < 0 && errno == EINTR);
    if (n < 0)
        return io_error(err, errno, s->at + s->len);
    s->eof = n == 0;
    s->len += (size_t)n;
    return DG_OK;
}

/* At least n bytes held from pos on, if there are so many. */
static dg_status hold(dgi_stream *s, size_t n, dg_error *err)
{
    dg_status st = DG_OK;
    while (st == DG_OK && s->len - s->pos < n && !s->eof)
        st = refill(s, err);
    return st;
}

static dg_str held(const dgi_stream *s)
{
    return dgi_str_sub(dgi_strn(s->in, s->len), s->pos, s->len);
}

static dg_status know(dgi_stream *s, dg_error *err)
{
    if (s->known)
        return DG_OK;
    dg_status st = hold(s, DGI_PACKING_HEAD, err);
    if (st != DG_OK)
        return st;
    s->known = true;
    s->packing = dgi_packing_of(held(s));
    if (s->packing && !(s->state = s->packing->start()))
        return dgi_fail(err, DG_E_NOMEM, "no memory to unpack %s data", s->packing->name);
    return DG_OK;
}

bool dgi_stream_whole(dgi_stream *s, dg_str *all)
{
    *all = dgi_strn(s->in, s->len);
    return s->fd < 0 && !dgi_packing_of(*all);
}

/* ---- members ---- */

/* Damage: told once, by the next read; then the next member is looked for. */
static void damaged(dgi_stream *s, dg_status status, const char *what)
{
    bool silent = s->told && s->member_made == 0; /* no member after all, found while looking for one */
    uint64_t from = s->member + 1;
    if (!silent) {
        s->cut = true;
        dgi_fail_at(&s->why, status, 0, used(s), "%s", what);
    }
    if (s->in_member && used(s) < from)
        s->pos++;
    else if (s->in_member && from >= s->at && s->twice < MOST_TWICE && status == DG_E_FORMAT) {
        s->twice += used(s) - from;
        s->pos = (size_t)(from - s->at);
    }
    s->in_member = false;
    s->searching = s->told = true;
}

static void begin_member(dgi_stream *s)
{
    s->in_member = true;
    s->searching = false;
    s->member = used(s);
    s->member_made = 0;
    if (!s->packing->again(s->state))
        damaged(s, DG_E_NOMEM, "no memory to unpack it");
}

/* The next member begins here, or behind bytes that are none. False: there is none (*st: why). */
static bool next_member(dgi_stream *s, dg_status *st, dg_error *err)
{
    bool zeros = !s->searching; /* padding of tapes and blocks is no damage */
    for (;;) {
        if ((*st = hold(s, DGI_PACKING_HEAD, err)) != DG_OK)
            return false;
        dg_str h = held(s);
        if (h.len >= s->packing->head && s->packing->is(h.ptr)) {
            begin_member(s);
            return true;
        }
        if (!h.len)
            return false;
        if (!s->searching && !(zeros = zeros && h.ptr[0] == 0)) {
            char what[96];
            s->member_made = 1; /* told in any case */
            snprintf(what, sizeof what, "what follows is no %s data", s->packing->name);
            damaged(s, DG_E_FORMAT, what);
        }
        s->pos++;
    }
}

static void after_step(dgi_stream *s, enum dgi_step step, bool stuck)
{
    char what[128];
    const char *name = s->packing->name;
    if (step == DGI_STEP_MEMBER) {
        s->in_member = s->told = false;
        return;
    }
    if (step == DGI_STEP_BAD)
        snprintf(what, sizeof what, "the %s data is damaged", name);
    else if (step == DGI_STEP_NOMEM)
        snprintf(what, sizeof what, "the %s data needs more memory than is given to it", name);
    else if (stuck)
        snprintf(what, sizeof what, "the %s data ends early", name);
    else if (s->made - s->mark_made > DGI_UNPACK_FREE &&
             (s->made - s->mark_made) / DGI_UNPACK_TIMES > used(s) - s->mark_used) {
        snprintf(what, sizeof what, "one record of the %s data is more than %d times its packed size", name,
                 DGI_UNPACK_TIMES);
        dgi_stream_mark(s);
        s->member_made = 1;
        damaged(s, DG_E_LIMIT, what);
        return;
    } else
        return;
    damaged(s, step == DGI_STEP_NOMEM ? DG_E_LIMIT : DG_E_FORMAT, what);
}

static enum dgi_flow read_packed(dgi_stream *s, char *to, size_t cap, size_t *n, dg_error *err)
{
    dg_status st = DG_OK;
    for (;;) {
        if (s->cut) {
            s->cut = false;
            if (err)
                *err = s->why;
            return DGI_FLOW_CUT;
        }
        if (!s->in_member && !next_member(s, &st, err) && !s->cut)
            return st != DG_OK ? DGI_FLOW_FAILED : DGI_FLOW_END;
        if (s->cut || !s->in_member)
            continue;
        if (s->pos == s->len && refill(s, err) != DG_OK)
            return DGI_FLOW_FAILED;
        size_t took = 0;
        enum dgi_step step = s->packing->step(s->state, held(s), &took, to, cap, n);
        s->pos += took;
        s->made += *n;
        s->member_made += *n;
        s->well = step == DGI_STEP_MEMBER || (s->well && !*n);
        after_step(s, step, !took && !*n && s->eof && s->pos == s->len);
        if (*n)
            return DGI_FLOW_MORE;
        if (s->in_member && step == DGI_STEP_MORE && !took && s->pos < s->len) /* neither takes nor gives */
            damaged(s, DG_E_FORMAT, "the packed data is damaged");
    }
}

enum dgi_flow dgi_stream_read(dgi_stream *s, char *to, size_t cap, size_t *n, dg_error *err)
{
    *n = 0;
    if (know(s, err) != DG_OK)
        return DGI_FLOW_FAILED;
    if (s->packing)
        return read_packed(s, to, cap, n, err);
    if (s->pos == s->len && !s->eof && refill(s, err) != DG_OK)
        return DGI_FLOW_FAILED;
    dg_str h = held(s);
    *n = h.len < cap ? h.len : cap;
    if (*n)
        memcpy(to, h.ptr, *n);
    s->pos += *n;
    return *n ? DGI_FLOW_MORE : DGI_FLOW_END;
}
