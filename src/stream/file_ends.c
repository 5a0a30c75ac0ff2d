/* SPDX-License-Identifier: Apache-2.0 */
/* stream/file_ends.c: files and pipes as the two ends of a stream, so that it can be tried without a log.
 *
 * A thread of its own reads, because a pipe may be silent for hours while what was coded waits to be written. */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/utf8.h"
#include "stream/stream_int.h"

/* ---- in ---- */
enum { HANDED = 64, HANDED_BYTES = 4 << 20 }; /* records and bytes between the reading thread and the other */

struct file_in {
    struct dgl_source base;
    struct dgl_pipe *p;
    struct dgl_part *part;
    dg_reader *reader;
    pthread_t thread;
    bool started;
    pthread_mutex_t lock;
    pthread_cond_t there, room;
    struct dgl_ticket *handed[HANDED];
    uint32_t first, n;
    uint64_t bytes;
    bool end, stop, broken;
    int64_t n_read;
};

static bool go_on(void *user, uint64_t done, uint64_t of)
{
    struct file_in *f = user;
    (void)done, (void)of;
    pthread_mutex_lock(&f->lock);
    bool go = !f->stop;
    pthread_mutex_unlock(&f->lock);
    return go;
}

/* The next record as a ticket; NULL: the end. */
static struct dgl_ticket *read_one(struct file_in *f)
{
    struct dgl_ticket *t = calloc(1, sizeof *t);
    if (!t)
        return NULL;
    t->offset = f->n_read++;
    t->open = 1;
    t->status = dg_reader_next(&t->record, f->reader, &t->err);
    if ((t->status == DG_OK && !t->record) || t->status == DG_E_CANCELLED) {
        free(t);
        return NULL;
    }
    t->bytes = t->record ? dg_record_bytes(t->record) : 0;
    return t;
}

static void *reading(void *arg)
{
    struct file_in *f = arg;
    for (;;) {
        struct dgl_ticket *t = read_one(f);
        pthread_mutex_lock(&f->lock);
        while (t && (f->n == HANDED || (f->n && f->bytes + t->bytes > HANDED_BYTES)) && !f->stop)
            pthread_cond_wait(&f->room, &f->lock);
        if (!t || f->stop) {
            f->end = true;
            pthread_cond_broadcast(&f->there);
            pthread_mutex_unlock(&f->lock);
            if (t)
                dg_record_free(t->record);
            free(t);
            return NULL;
        }
        f->handed[(f->first + f->n++) % HANDED] = t;
        f->bytes += t->bytes;
        pthread_cond_signal(&f->there);
        pthread_mutex_unlock(&f->lock);
    }
}

static void until(struct timespec *ts, int ms)
{
    clock_gettime(CLOCK_REALTIME, ts);
    ts->tv_nsec += (long)(ms % 1000) * 1000000;
    ts->tv_sec += ms / 1000 + ts->tv_nsec / 1000000000;
    ts->tv_nsec %= 1000000000;
}

static enum dgl_next file_next(struct dgl_source *base, struct dgl_ticket **out, int wait_ms)
{
    struct file_in *f = (struct file_in *)base;
    struct timespec ts;
    enum dgl_next got = DGL_NOTHING;
    until(&ts, wait_ms);
    pthread_mutex_lock(&f->lock);
    while (!f->n && !f->end && wait_ms && pthread_cond_timedwait(&f->there, &f->lock, &ts) == 0)
        ;
    if (f->n) {
        *out = f->handed[f->first];
        f->first = (f->first + 1) % HANDED;
        f->n--;
        f->bytes -= (*out)->bytes;
        pthread_cond_signal(&f->room);
        got = DGL_MESSAGE;
    } else if (f->end)
        got = DGL_END;
    pthread_mutex_unlock(&f->lock);
    if (got == DGL_MESSAGE)
        dgl_part_add(f->part, *out);
    return got;
}

/* The reading thread may sit in read(): a signal gets it out of there, again and again until it has ended. */
static void end_thread(struct file_in *f)
{
    struct timespec ts;
    pthread_mutex_lock(&f->lock);
    f->stop = true;
    pthread_cond_broadcast(&f->room);
    while (!f->end) {
        pthread_kill(f->thread, SIGUSR2);
        until(&ts, 20);
        pthread_cond_timedwait(&f->there, &f->lock, &ts);
    }
    pthread_mutex_unlock(&f->lock);
    pthread_join(f->thread, NULL);
}

static void file_close(struct dgl_source *base)
{
    struct file_in *f = (struct file_in *)base;
    if (f->started)
        end_thread(f);
    for (; f->n; f->n--, f->first = (f->first + 1) % HANDED) {
        dg_record_free(f->handed[f->first]->record);
        free(f->handed[f->first]);
    }
    dg_reader_close(f->reader);
    pthread_cond_destroy(&f->there);
    pthread_cond_destroy(&f->room);
    pthread_mutex_destroy(&f->lock);
    free(f);
}

static void nothing(int sig)
{
    (void)sig;
}

dg_status dgl_file_source(struct dgl_source **out, struct dgl_pipe *p, const char *path, dg_error *err)
{
    struct sigaction sa = {.sa_handler = nothing}; /* no SA_RESTART: read() returns */
    struct file_in *f = calloc(1, sizeof *f);
    *out = NULL;
    if (!f)
        return dgi_fail(err, DG_E_NOMEM, "no memory to read a file");
    f->base = (struct dgl_source){.next = file_next, .close = file_close};
    f->p = p;
    pthread_mutex_init(&f->lock, NULL);
    pthread_cond_init(&f->there, NULL);
    pthread_cond_init(&f->room, NULL);
    dg_reader_options ro = *p->o->reader;
    ro.progress = go_on;
    ro.progress_user = f;
    f->part = dgl_part_of(&p->parts, strcmp(path, "-") ? path : "standard input", -1);
    dg_status st =
        f->part ? dg_reader_open(&f->reader, path, &ro, err) : dgi_fail(err, DG_E_NOMEM, "no memory to read a file");
    sigaction(SIGUSR2, &sa, NULL);
    if (st == DG_OK && pthread_create(&f->thread, NULL, reading, f))
        st = dgi_fail(err, DG_E_NOMEM, "no thread to read a file");
    if (st != DG_OK) {
        file_close(&f->base);
        return st;
    }
    f->started = f->part->assigned = true;
    *out = &f->base;
    return DG_OK;
}

/* ---- out ---- */
struct file_out {
    struct dgl_sink base;
    struct dgl_pipe *p;
    const char *path;
    FILE *f;
    bool regular;
};

static void base64(struct dgi_buf *b, dg_str s)
{
    static const char letter[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < s.len; i += 3) {
        uint32_t n = s.len - i, v = 0;
        char four[4] = {'=', '=', '=', '='};
        for (uint32_t k = 0; k < 3; k++)
            v = v << 8 | (k < n ? (unsigned char)s.ptr[i + k] : 0);
        for (uint32_t k = 0; k < 4 && k <= n; k++)
            four[k] = letter[v >> (18 - 6 * k) & 63];
        dgi_buf_add(b, dgi_strn(four, 4));
    }
}

/* Bytes as they are where they are UTF-8, else under another name. */
static void bytes(struct dgi_json *j, const char *key, const char *key64, dg_str s)
{
    struct dgi_buf b = {0};
    if (!s.ptr)
        return;
    if (dgi_utf8_invalid(s) == SIZE_MAX) {
        dgi_json_kstr(j, key, s);
        return;
    }
    base64(&b, s);
    dgi_json_kstr(j, key64, dgi_buf_str(&b));
    j->out->failed |= b.failed;
    dgi_buf_free(&b);
}

static void letter_json(struct dgi_buf *b, const struct dgl_ticket *t, dg_str key, dg_str value,
                        const struct dgl_letter *l)
{
    static const char *const names[] = {"ok",    "io",  "format",  "model",     "nomem", "limit",
                                        "store", "arg", "lexicon", "cancelled", "kind"};
    struct dgi_json j;
    dgi_json_init(&j, b);
    dgi_json_open(&j, '{');
    dgi_json_kstr(&j, "reason", dgi_str(l->reason));
    dgi_json_kstr(&j, "status", dgi_str((size_t)l->status < sizeof names / sizeof *names ? names[l->status] : "other"));
    dgi_json_kint(&j, "record", (int64_t)l->record);
    dgi_json_kint(&j, "byte", (int64_t)l->byte);
    if (t->part) {
        dgi_json_kstr(&j, t->part->partition < 0 ? "file" : "topic", dgi_str(t->part->topic));
        if (t->part->partition >= 0) {
            dgi_json_kint(&j, "partition", t->part->partition);
            dgi_json_kint(&j, "offset", t->offset);
        }
    }
    bytes(&j, "key", "key_base64", key);
    bytes(&j, "value", "value_base64", value);
    dgi_json_close(&j, '}');
}

static enum dgl_put file_put(struct dgl_sink *base, struct dgl_ticket *t, dg_str key, dg_str value,
                             const struct dgl_letter *letter)
{
    struct file_out *f = (struct file_out *)base;
    struct dgi_buf b = {0};
    if (letter) {
        letter_json(&b, t, key, value, letter);
        value = dgi_buf_str(&b);
    }
    bool ok = !b.failed && fwrite(value.ptr, 1, value.len, f->f) == value.len && fputc('\n', f->f) != EOF;
    if (!ok)
        dgl_fail(f->p, DG_E_IO, "%s: %s", f->path, b.failed ? "no memory" : strerror(errno));
    dgi_buf_free(&b);
    f->p->stats.c.written += ok && !letter;
    return ok ? DGL_PUT : DGL_PUT_FAILED;
}

static dg_status file_settle(struct dgl_sink *base, dg_error *err)
{
    struct file_out *f = (struct file_out *)base;
    if (fflush(f->f) || (f->regular && fdatasync(fileno(f->f))))
        return dgi_fail(err, DG_E_IO, "%s: %s", f->path, strerror(errno));
    return DG_OK;
}

static void file_poll(struct dgl_sink *base, int wait_ms)
{
    struct file_out *f = (struct file_out *)base;
    (void)wait_ms;
    if (fflush(f->f) && !f->p->failed)
        dgl_fail(f->p, DG_E_IO, "%s: %s", f->path, strerror(errno));
}

static void out_close(struct dgl_sink *base)
{
    struct file_out *f = (struct file_out *)base;
    if (f->f && f->f != stdout && fclose(f->f) && !f->p->failed)
        dgl_fail(f->p, DG_E_IO, "%s: %s", f->path, strerror(errno));
    free(f);
}

/* A line that a kill cut short is taken away: its message was not committed, and comes again. */
static dg_status whole_lines(FILE *f, const char *path, dg_error *err)
{
    off_t end = lseek(fileno(f), 0, SEEK_END), at = end;
    char c = '\n';
    while (at > 0 && pread(fileno(f), &c, 1, at - 1) == 1 && c != '\n')
        at--;
    if (end < 0 || (at != end && ftruncate(fileno(f), at)) || fseeko(f, at, SEEK_SET))
        return dgi_fail(err, DG_E_IO, "%s: %s", path, strerror(errno));
    return DG_OK;
}

dg_status dgl_file_sink(struct dgl_sink **out, struct dgl_pipe *p, const char *path, bool anew, dg_error *err)
{
    struct stat sb;
    dg_status st = DG_OK;
    struct file_out *f = calloc(1, sizeof *f);
    *out = NULL;
    if (!f)
        return dgi_fail(err, DG_E_NOMEM, "no memory to write a file");
    bool standard = !strcmp(path, "-");
    int fd = standard ? -1 : open(path, O_RDWR | O_CREAT | O_CLOEXEC | (anew ? O_TRUNC : 0), 0666);
    f->base = (struct dgl_sink){.put = file_put, .settle = file_settle, .poll = file_poll, .close = out_close};
    f->p = p;
    f->path = standard ? "standard output" : path;
    f->f = standard ? stdout : fd >= 0 ? fdopen(fd, "r+") : NULL;
    if (!f->f)
        st = dgi_fail(err, DG_E_IO, "%s: %s", path, strerror(errno));
    f->regular = st == DG_OK && fstat(fileno(f->f), &sb) == 0 && S_ISREG(sb.st_mode);
    if (st == DG_OK && !standard && !anew && f->regular)
        st = whole_lines(f->f, path, err);
    if (st != DG_OK) {
        out_close(&f->base);
        return st;
    }
    *out = &f->base;
    return DG_OK;
}
