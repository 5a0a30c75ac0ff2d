/* SPDX-License-Identifier: Apache-2.0 */
/* io/reader.c: one window over the input that never grows past the largest record allowed.
 *
 * Plain text and HTML are one record per input. JSON Lines are cut at newlines; a line past the limit is read through
 * without being kept, reported with its record and byte, and the next one is read. */
#include "io/reader.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CHUNK = 256 * 1024, SNIFF = 8192 };

struct dgi_reader {
    int fd; /* -1: memory */
    bool close_fd;
    char *name;
    uint8_t input;
    size_t max;
    char *own; /* window when reading from fd */
    size_t cap;
    const char *buf; /* window: own, or the caller's bytes */
    size_t len, pos; /* filled, consumed */
    size_t scanned;  /* no newline in [pos, scanned) */
    uint64_t offset; /* of buf[0] in the input */
    uint64_t size;
    bool eof, sniffed, done;
    uint64_t n_records; /* seen, good or bad */
    void *json;
    char *scratch;
};

static dg_status io_error(dg_error *err, int e, uint64_t byte)
{
    char text[128];
    const char *why = strerror_r(e, text, sizeof text);
    if (e == EISDIR)
        why = "is a directory";
    if (e == ENOENT)
        why = "no such file";
    return dgi_fail_at(err, DG_E_IO, 0, byte, "%s", why);
}

static dgi_reader *reader_new(const struct dgi_reader_options *o, const char *name)
{
    dgi_reader *r = calloc(1, sizeof *r);
    if (!r)
        return NULL;
    r->fd = -1;
    r->input = o ? o->input : DGI_INPUT_AUTO;
    r->max = o && o->max_document ? o->max_document : DGI_MAX_DOCUMENT;
    if (name && !(r->name = strdup(name))) {
        free(r);
        return NULL;
    }
    return r;
}

static dg_status open_fd(const char *path, int *fd, bool *close_fd, uint64_t *size, dg_error *err)
{
    struct stat st;
    *close_fd = strcmp(path, "-") != 0;
    *size = 0;
    *fd = *close_fd ? open(path, O_RDONLY | O_CLOEXEC) : STDIN_FILENO;
    if (*fd < 0)
        return io_error(err, errno, 0);
    if (fstat(*fd, &st) == 0) {
        if (S_ISDIR(st.st_mode)) {
            if (*close_fd)
                close(*fd);
            return io_error(err, EISDIR, 0);
        }
        if (S_ISREG(st.st_mode) && st.st_size > 0)
            *size = (uint64_t)st.st_size;
    }
    return DG_OK;
}

dg_status dgi_reader_open(dgi_reader **out, const char *path, const struct dgi_reader_options *options, dg_error *err)
{
    dg_status st;
    *out = NULL;
    dgi_reader *r = reader_new(options, path);
    if (!r)
        return dgi_fail(err, DG_E_NOMEM, "no memory for a reader");
    if ((st = open_fd(path, &r->fd, &r->close_fd, &r->size, err)) != DG_OK) {
        free(r->name);
        free(r);
        return st;
    }
    *out = r;
    return DG_OK;
}

dg_status dgi_reader_open_bytes(dgi_reader **out, dg_str bytes, const char *name,
                                const struct dgi_reader_options *options, dg_error *err)
{
    dgi_reader *r = reader_new(options, name);
    *out = r;
    if (!r)
        return dgi_fail(err, DG_E_NOMEM, "no memory for a reader");
    r->buf = bytes.ptr;
    r->len = bytes.len;
    r->size = bytes.len;
    r->eof = true;
    return DG_OK;
}

void dgi_reader_close(dgi_reader *r)
{
    if (!r)
        return;
    dgi_jsonl_free(r->json, r->scratch);
    if (r->close_fd)
        close(r->fd);
    free(r->own);
    free(r->name);
    free(r);
}

uint64_t dgi_reader_bytes(const dgi_reader *r)
{
    return r->offset + r->pos;
}

uint64_t dgi_reader_size(const dgi_reader *r)
{
    return r->size;
}

/* Drop what was consumed. */
static void shift(dgi_reader *r)
{
    if (r->fd < 0 || r->pos == 0)
        return;
    memmove(r->own, r->own + r->pos, r->len - r->pos);
    r->len -= r->pos;
    r->scanned -= r->scanned < r->pos ? r->scanned : r->pos;
    r->offset += r->pos;
    r->pos = 0;
}

/* Read more; the window may hold up to r->max + CHUNK bytes. */
static dg_status fill(dgi_reader *r, dg_error *err)
{
    if (r->eof)
        return DG_OK;
    if (r->len == r->cap) {
        size_t cap = r->cap ? r->cap * 2 : CHUNK;
        if (cap > r->max + CHUNK)
            cap = r->max + CHUNK;
        char *p = cap > r->cap ? realloc(r->own, cap) : NULL;
        if (!p)
            return dgi_fail(err, DG_E_NOMEM, "no memory for %zu bytes of input", cap);
        r->own = p;
        r->buf = p;
        r->cap = cap;
    }
    ssize_t n;
    do {
        n = read(r->fd, r->own + r->len, r->cap - r->len);
    } while (n < 0 && errno == EINTR);
    if (n < 0)
        return io_error(err, errno, r->offset + r->len);
    if (n == 0)
        r->eof = true;
    r->len += (size_t)n;
    return DG_OK;
}

static enum dgi_next fail_now(dgi_reader *r)
{
    r->done = true;
    return DGI_NEXT_FAILED;
}

static enum dgi_next next_whole(dgi_reader *r, struct dgi_raw *raw, dg_error *err)
{
    while (!r->eof && r->len <= r->max)
        if (fill(r, err) != DG_OK)
            return fail_now(r);
    if (r->len > r->max) {
        dgi_fail_at(err, DG_E_LIMIT, 0, r->max, "longer than %zu bytes, the most that one document may have", r->max);
        return fail_now(r);
    }
    r->done = true;
    r->pos = r->len;
    r->n_records = 1;
    raw->record = 1;
    raw->kind = r->input == DGI_INPUT_HTML ? DGI_RAW_HTML : DGI_RAW_TEXT;
    raw->body = dgi_strn(r->buf, r->len);
    return DGI_NEXT_RECORD;
}

static bool blank(dg_str s)
{
    return dgi_str_trim(s).len == 0;
}

/* Pass over the rest of a line that is too long. */
static dg_status skip_line(dgi_reader *r, dg_error *err)
{
    for (;;) {
        const char *nl = r->len > r->pos ? memchr(r->buf + r->pos, '\n', r->len - r->pos) : NULL;
        if (nl) {
            r->pos = (size_t)(nl - r->buf) + 1;
            r->scanned = r->pos;
            return DG_OK;
        }
        r->pos = r->scanned = r->len;
        if (r->eof)
            return DG_OK;
        shift(r);
        dg_status st = fill(r, err);
        if (st != DG_OK)
            return st;
    }
}

static enum dgi_next next_line(dgi_reader *r, struct dgi_raw *raw, dg_error *err)
{
    for (;;) {
        if (r->scanned < r->pos)
            r->scanned = r->pos;
        const char *nl = r->len > r->scanned ? memchr(r->buf + r->scanned, '\n', r->len - r->scanned) : NULL;
        if (!nl && !r->eof && r->len - r->pos <= r->max) {
            r->scanned = r->len;
            shift(r);
            if (fill(r, err) != DG_OK)
                return fail_now(r);
            continue;
        }
        size_t end = nl ? (size_t)(nl - r->buf) : r->len;
        uint64_t at = r->offset + r->pos;
        if (end - r->pos > r->max) {
            r->n_records++;
            dg_error why = {0};
            if (skip_line(r, &why) != DG_OK) {
                if (err)
                    *err = why;
                return fail_now(r);
            }
            dgi_fail_at(err, DG_E_LIMIT, r->n_records, at, "line is longer than %zu bytes; it was left out", r->max);
            return DGI_NEXT_BAD;
        }
        dg_str line = dgi_strn(r->buf + r->pos, end - r->pos);
        bool last = !nl;
        r->pos = nl ? end + 1 : end;
        if (at == 0 && dgi_str_starts(line, DGI_S("\xEF\xBB\xBF")))
            line = dgi_str_sub(line, 3, line.len);
        if (blank(line)) {
            if (!last)
                continue;
            r->done = true;
            if (r->n_records)
                return DGI_NEXT_END;
            dgi_fail(err, DG_E_FORMAT, "there is no record in it");
            return DGI_NEXT_BAD;
        }
        r->n_records++;
        raw->record = r->n_records;
        raw->byte = at;
        raw->many = true;
        dg_error why = {0};
        dg_status st = dgi_jsonl_parse(raw, line, &r->json, &r->scratch, &why);
        if (st == DG_OK)
            return DGI_NEXT_RECORD;
        dgi_fail_at(err, st, r->n_records, at + why.byte, "%s", why.message);
        return st == DG_E_NOMEM ? fail_now(r) : DGI_NEXT_BAD;
    }
}

enum dgi_next dgi_reader_next(dgi_reader *r, struct dgi_raw *raw, dg_error *err)
{
    memset(raw, 0, sizeof *raw);
    dgi_jsonl_free(r->json, r->scratch);
    r->json = NULL;
    r->scratch = NULL;
    if (r->done)
        return DGI_NEXT_END;
    if (!r->sniffed) {
        while (!r->eof && r->len < SNIFF)
            if (fill(r, err) != DG_OK)
                return fail_now(r);
        r->sniffed = true;
        if (r->len == 0) {
            dgi_fail(err, DG_E_FORMAT, "there is nothing in it (0 bytes)");
            return fail_now(r);
        }
        dg_str head = dgi_strn(r->buf, r->len < SNIFF ? r->len : (size_t)SNIFF);
        if (!dgi_sniff(head, r->name, &r->input, err))
            return fail_now(r);
    }
    return r->input == DGI_INPUT_JSONL ? next_line(r, raw, err) : next_whole(r, raw, err);
}

dg_status dgi_read_all(char **bytes, size_t *len, const char *path, size_t max, dg_error *err)
{
    struct dgi_reader r = {.fd = -1, .max = max ? max : DGI_MAX_DOCUMENT};
    dg_status st;
    *bytes = NULL;
    *len = 0;
    if ((st = open_fd(path, &r.fd, &r.close_fd, &r.size, err)) != DG_OK)
        return st;
    while (st == DG_OK && !r.eof && r.len <= r.max)
        st = fill(&r, err);
    if (st == DG_OK && r.len > r.max)
        st = dgi_fail_at(err, DG_E_LIMIT, 0, r.max, "longer than %zu bytes, the most that is read", r.max);
    if (r.close_fd)
        close(r.fd);
    if (st != DG_OK) {
        free(r.own);
        return st;
    }
    *bytes = r.own;
    *len = r.len;
    return DG_OK;
}
