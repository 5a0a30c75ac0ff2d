/* SPDX-License-Identifier: Apache-2.0 */
/* cli/work.c: reads records, codes them with several threads, hands them on in the order of the input.
 *
 * Records are taken in batches; each batch is shared out by a counter, so that a thread with short records takes more of
 * them. Output is the same for any number of threads. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "cli.h"

enum { MOST_THREADS = 64, PER_THREAD = 32 };

struct job {
    dg_record *record;
    dg_doc *doc;
    dg_error err;
    dg_status status;
};
struct batch {
    struct job *job;
    int n, cap;
    atomic_int next;
};
struct state {
    struct work *w;
    dg_coder *coder[MOST_THREADS];
    int n_threads;
    struct batch batch;
    const char *file;
    uint64_t total_bytes; /* of all files, 0: not known */
    double started, shown;
    bool tty;
};

static double now(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

struct hand {
    struct state *s;
    int i;
};

static void *worker(void *arg)
{
    struct hand *h = arg;
    struct batch *b = &h->s->batch;
    for (int k; (k = atomic_fetch_add(&b->next, 1)) < b->n;) {
        struct job *j = &b->job[k];
        if (j->record)
            j->status = dg_code_record(&j->doc, h->s->coder[h->i], j->record, &j->err);
    }
    return NULL;
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

/* Codes the batch and hands the documents on. False: `each` said stop. */
static bool flush_batch(struct state *s)
{
    pthread_t thread[MOST_THREADS];
    struct hand hand[MOST_THREADS];
    int started = 0;
    bool go = true;
    atomic_store(&s->batch.next, 0);
    int want = s->n_threads < s->batch.n ? s->n_threads : s->batch.n;
    for (int i = 1; i < want; i++) {
        hand[i] = (struct hand){s, i};
        if (pthread_create(&thread[started], NULL, worker, &hand[i]))
            break; /* fewer threads do the same work */
        started++;
    }
    hand[0] = (struct hand){s, 0};
    worker(&hand[0]);
    for (int i = 0; i < started; i++)
        pthread_join(thread[i], NULL);
    for (int i = 0; i < s->batch.n; i++) {
        struct job *j = &s->batch.job[i];
        if (j->record)
            s->w->bytes += dg_record_bytes(j->record);
        if (j->status != DG_OK) {
            cli_say_error(s->file, &j->err);
            s->w->failed++;
        } else if (go) {
            dg_str warning = dg_doc_warning(j->doc);
            if (warning.len)
                cli_say("%s: %.*s", strcmp(s->file, "-") ? s->file : "standard input", (int)warning.len, warning.ptr);
            s->w->docs++;
            s->w->events += dg_doc_n_events(j->doc);
            go = s->w->each(s->w->user, s->file, j->doc);
        }
        dg_doc_free(j->doc);
        dg_record_free(j->record);
        *j = (struct job){0};
    }
    s->batch.n = 0;
    progress(s, false);
    return go;
}

static bool read_file(struct state *s, const dg_reader_options *o)
{
    dg_reader *r;
    dg_error err = {0};
    if (dg_reader_open(&r, s->file, o, &err) != DG_OK) {
        cli_say_error(s->file, &err);
        s->w->failed++;
        return true;
    }
    bool go = true;
    for (bool end = false; go && !end;) {
        struct job *j = &s->batch.job[s->batch.n];
        *j = (struct job){0};
        j->status = dg_reader_next(&j->record, r, &j->err);
        end = j->status == DG_OK && !j->record;
        s->batch.n += !end;
        if (s->batch.n == s->batch.cap || (end && s->batch.n))
            go = flush_batch(s);
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
    struct state s = {.w = w, .started = now(), .tty = isatty(2) == 1};
    dg_reader_options ro = DG_READER_OPTIONS_INIT;
    dg_coder_options co = DG_CODER_OPTIONS_INIT;
    dg_error err = {0};
    long threads = 1, most = 0;
    int status = EXIT_SOME_FAILED;
    char **files = w->c->n_files ? w->c->files : standard;
    int n_files = w->c->n_files ? w->c->n_files : 1;
    if (!cli_input(w->c, &ro.input) || !cli_number(w->c, "threads", 1, MOST_THREADS, &threads) ||
        !cli_number(w->c, "max-bytes", 1, 1L << 30, &most))
        return EXIT_USAGE;
    ro.max_bytes = (uint64_t)most;
    co.max_bytes = (uint32_t)most;
    co.depth = w->depth;
    co.trace = w->trace;
    co.plain = cli_given(w->c, "plain");
    co.published = w->day;
    s.n_threads = (int)threads;
    s.batch.cap = s.n_threads == 1 ? 1 : s.n_threads * PER_THREAD;
    s.batch.job = calloc((size_t)s.batch.cap, sizeof *s.batch.job);
    s.total_bytes = size_of(files, n_files);
    bool ok = s.batch.job != NULL;
    for (int i = 0; ok && i < s.n_threads; i++)
        if (dg_coder_new(&s.coder[i], model, &co, &err) != DG_OK) {
            cli_say("%s", err.message);
            ok = false;
        }
    for (int i = 0; ok && i < n_files; i++) {
        s.file = files[i];
        ok = read_file(&s, &ro);
    }
    progress(&s, true);
    for (int i = 0; i < s.n_threads; i++)
        dg_coder_free(s.coder[i]);
    free(s.batch.job);
    if (ok)
        status = w->failed ? EXIT_SOME_FAILED : EXIT_DONE;
    return status;
}
