/* SPDX-License-Identifier: Apache-2.0 */
/* cli/work.c: reads records, codes them with several threads, hands them on in the order of the input.
 *
 * A ring of jobs: this thread fills it and takes finished ones out at the other end, the workers take what is next. A job
 * holds one document, or only its text where that is all that is wanted. Memory is bounded by the bytes of the records in the
 * ring, not by their number: behind a long record that takes its time the others wait unread. The output is the same for
 * any number of threads. With one thread there is no ring. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "cli.h"

enum { MOST_THREADS = 64, JOBS_PER_THREAD = 8 };
/* Bytes of records in the ring. A coded document takes 40 to 120 bytes a byte of text, so that this is about 250 MB at most,
 * and a hundred ordinary articles for each thread. A record that is longer goes in alone. */
enum { AHEAD_LEAST = 4 << 20, AHEAD_PER_THREAD = 256 << 10 };

struct job {
    const char *file;
    dg_record *record;
    dg_doc *doc;
    dg_text text; /* what w->prepare made of it */
    dg_error err;
    dg_status status;
    uint64_t bytes; /* of its record */
    uint64_t events;
    char warning[320];
    bool done;
};
struct state {
    struct work *w;
    dg_coder *coder[MOST_THREADS];
    int n_threads;
    struct job *ring;
    uint64_t cap, n_read, n_taken, n_out; /* jobs so far; slot = number % cap */
    uint64_t ahead, most_ahead;           /* bytes of records in the ring, and how many there may be */
    bool no_more;
    pthread_mutex_t lock;
    pthread_cond_t work_there, job_done;
    uint64_t total_bytes; /* of all files, 0: not known */
    double started, shown;
    bool tty;
};
struct hand {
    struct state *s;
    int i;
};

static double now(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

static void progress(struct state *s, bool last)
{
    double t = now(), run = t - s->started;
    struct work *w = s->w;
    if (!s->tty || run < 1 || (!last && t - s->shown < 0.25))
        return;
    s->shown = t;
    fprintf(stderr, "\r\033[K%llu documents, %.1f MB/s, %llu events", (unsigned long long)w->docs,
            (double)w->bytes / 1e6 / run, (unsigned long long)w->events);
    if (s->total_bytes > w->bytes && w->bytes && !last)
        fprintf(stderr, ", %.0f s left", (double)(s->total_bytes - w->bytes) / ((double)w->bytes / run));
    if (last)
        fputs("\r\033[K", stderr);
}

/* Where in a file of many records a warning belongs. */
static void note(struct job *j)
{
    dg_str w = dg_doc_warning(j->doc);
    uint64_t record = dg_doc_record(j->doc);
    if (w.len && record)
        snprintf(j->warning, sizeof j->warning, "record %llu, byte %llu: %.*s", (unsigned long long)record,
                 (unsigned long long)dg_doc_byte(j->doc), (int)w.len, w.ptr);
    else if (w.len)
        snprintf(j->warning, sizeof j->warning, "%.*s", (int)w.len, w.ptr);
}

/* Code one record and prepare its output. Runs in any thread. */
static void do_job(struct state *s, struct job *j, dg_coder *coder)
{
    if (!j->record)
        return;
    j->status = dg_code_record(&j->doc, coder, j->record, &j->err);
    dg_record_free(j->record);
    j->record = NULL;
    if (j->status != DG_OK)
        return;
    note(j);
    j->events = dg_doc_n_events(j->doc);
    if (s->n_threads == 1 && s->w->stream) /* hand_on() writes it */
        return;
    if (s->w->prepare)
        j->status = s->w->prepare(s->w->user, j->doc, &j->text, &j->err);
    if (s->w->text_only) { /* what waits for its turn is the text alone */
        dg_doc_free(j->doc);
        j->doc = NULL;
    }
}

/* Hand a finished job on and empty it. False: `each` said stop. */
static bool hand_on(struct state *s, struct job *j)
{
    bool go = true;
    s->w->bytes += j->bytes;
    if (j->status != DG_OK) {
        cli_say_error(j->file, &j->err);
        s->w->failed++;
    } else {
        if (j->warning[0])
            cli_say("%s: %s", strcmp(j->file, "-") ? j->file : "standard input", j->warning);
        s->w->docs++;
        s->w->events += j->events;
        if (j->doc && s->w->text_only)
            go = s->w->stream(s->w->user, j->doc);
        else
            go = s->w->each(s->w->user, j->file, j->doc, &j->text);
    }
    dg_text_free(&j->text);
    dg_doc_free(j->doc);
    dg_record_free(j->record);
    *j = (struct job){0};
    progress(s, false);
    return go;
}

static void *worker(void *arg)
{
    struct hand *h = arg;
    struct state *s = h->s;
    pthread_mutex_lock(&s->lock);
    for (;;) {
        while (s->n_taken == s->n_read && !s->no_more)
            pthread_cond_wait(&s->work_there, &s->lock);
        if (s->n_taken == s->n_read)
            break;
        struct job *j = &s->ring[s->n_taken++ % s->cap];
        pthread_mutex_unlock(&s->lock);
        do_job(s, j, s->coder[h->i]);
        pthread_mutex_lock(&s->lock);
        j->done = true;
        pthread_cond_signal(&s->job_done);
    }
    pthread_mutex_unlock(&s->lock);
    return NULL;
}

/* Take finished jobs out at the front; wait for the first one when the ring is full, or has no room for `bytes` more (or
 * `all` are to come out). */
static bool take_out(struct state *s, uint64_t bytes, bool all)
{
    bool go = true;
    pthread_mutex_lock(&s->lock);
    while (go && s->n_out < s->n_read) {
        struct job *j = &s->ring[s->n_out % s->cap];
        if (!j->done && !all && s->n_read - s->n_out < s->cap && s->ahead + bytes <= s->most_ahead)
            break;
        while (!j->done)
            pthread_cond_wait(&s->job_done, &s->lock);
        s->ahead -= j->bytes;
        pthread_mutex_unlock(&s->lock);
        go = hand_on(s, j);
        pthread_mutex_lock(&s->lock);
        s->n_out++;
    }
    pthread_mutex_unlock(&s->lock);
    return go;
}

/* A record (or why there is none) becomes a job. False: stop. */
static bool put_in(struct state *s, const struct job *job)
{
    if (s->n_threads == 1) {
        struct job j = *job;
        do_job(s, &j, s->coder[0]);
        return hand_on(s, &j);
    }
    if (!take_out(s, job->bytes, false))
        return false;
    pthread_mutex_lock(&s->lock);
    s->ahead += job->bytes;
    s->ring[s->n_read % s->cap] = *job;
    s->ring[s->n_read % s->cap].done = false;
    s->n_read++;
    pthread_cond_signal(&s->work_there);
    pthread_mutex_unlock(&s->lock);
    return take_out(s, 0, false);
}

static bool read_file(struct state *s, const char *file, const dg_reader_options *o)
{
    dg_reader *r;
    struct job j = {.file = file};
    if ((j.status = dg_reader_open(&r, file, o, &j.err)) != DG_OK)
        return put_in(s, &j);
    bool go = true;
    while (go) {
        j = (struct job){.file = file};
        j.status = dg_reader_next(&j.record, r, &j.err);
        if (j.status == DG_OK && !j.record)
            break;
        j.bytes = j.record ? dg_record_bytes(j.record) : 0;
        go = put_in(s, &j);
    }
    dg_reader_close(r);
    return go;
}

static uint64_t size_of(char **files, int n)
{
    uint64_t sum = 0;
    for (int i = 0; i < n; i++) {
        struct stat sb;
        if (stat(files[i], &sb) || !S_ISREG(sb.st_mode))
            return 0;
        sum += (uint64_t)sb.st_size;
    }
    return sum;
}

int work_run(struct work *w, dg_model *model)
{
    static char *standard[] = {"-"};
    struct state s = {.w = w,
                      .started = now(),
                      .tty = isatty(2) == 1,
                      .lock = PTHREAD_MUTEX_INITIALIZER,
                      .work_there = PTHREAD_COND_INITIALIZER,
                      .job_done = PTHREAD_COND_INITIALIZER};
    pthread_t thread[MOST_THREADS];
    struct hand hand[MOST_THREADS];
    int n_started = 0;
    dg_reader_options ro = DG_READER_OPTIONS_INIT;
    dg_coder_options co = DG_CODER_OPTIONS_INIT;
    dg_error err = {0};
    long threads = 1, most = 0, ahead = 0;
    char **files = w->c->n_files ? w->c->files : standard;
    int n_files = w->c->n_files ? w->c->n_files : 1;
    if (!cli_input(w->c, &ro.input) || !cli_number(w->c, "threads", 1, MOST_THREADS, &threads) ||
        !cli_number(w->c, "max-bytes", 1, 1L << 30, &most) || !cli_number(w->c, "ahead", 1, 1L << 40, &ahead))
        return EXIT_USAGE;
    ro.max_bytes = (uint64_t)most;
    co.max_bytes = (uint32_t)most;
    co.depth = w->depth;
    co.trace = w->trace;
    co.plain = cli_given(w->c, "plain");
    co.published = w->day;
    s.n_threads = (int)threads;
    s.cap = (uint64_t)threads * JOBS_PER_THREAD;
    s.most_ahead = ahead ? (uint64_t)ahead : (uint64_t)threads * AHEAD_PER_THREAD;
    if (!ahead && s.most_ahead < AHEAD_LEAST)
        s.most_ahead = AHEAD_LEAST;
    s.ring = calloc(s.cap, sizeof *s.ring);
    s.total_bytes = size_of(files, n_files);
    bool ok = s.ring != NULL;
    if (!ok)
        cli_say("no memory for the records of %ld threads", threads);
    for (int i = 0; ok && i < s.n_threads; i++)
        if (dg_coder_new(&s.coder[i], model, &co, &err) != DG_OK) {
            cli_say("%s", err.message);
            ok = false;
        }
    for (int i = 0; ok && s.n_threads > 1 && i < s.n_threads; i++) {
        hand[i] = (struct hand){&s, i};
        if (pthread_create(&thread[n_started], NULL, worker, &hand[i]))
            break; /* fewer threads do the same work */
        n_started++;
    }
    if (ok && s.n_threads > 1 && !n_started)
        s.n_threads = 1;
    for (int i = 0; ok && i < n_files; i++)
        ok = read_file(&s, files[i], &ro);
    pthread_mutex_lock(&s.lock);
    s.no_more = true;
    pthread_cond_broadcast(&s.work_there);
    pthread_mutex_unlock(&s.lock);
    if (n_started)
        ok = take_out(&s, 0, true) && ok;
    for (int i = 0; i < n_started; i++)
        pthread_join(thread[i], NULL);
    for (; s.n_out < s.n_read; s.n_out++) { /* stopped early: what is left is thrown away */
        struct job *j = &s.ring[s.n_out % s.cap];
        dg_text_free(&j->text);
        dg_doc_free(j->doc);
        dg_record_free(j->record);
    }
    progress(&s, true);
    for (int i = 0; i < (int)threads; i++)
        dg_coder_free(s.coder[i]);
    free(s.ring);
    return ok && !w->failed ? EXIT_DONE : EXIT_SOME_FAILED;
}
