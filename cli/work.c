/* SPDX-License-Identifier: Apache-2.0 */
/* cli/work.c: reads records, codes them with several threads, hands them on in the order of the input.
 *
 * A ring of jobs: this thread fills it and takes finished ones out at the other end, the workers take what is next. A job
 * holds one document, or only its text where that is all that is wanted. Memory is bounded by the bytes of the records in the
 * ring, not by their number: behind a long record that takes its time the others wait unread. The output is the same for
 * any number of threads. With one thread there is no ring. */
#include <json-c/json.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli.h"

enum { MOST_THREADS = 64, JOBS_PER_THREAD = 8 };
/* Bytes of records in the ring. A coded document takes 40 to 120 bytes a byte of text, so that this is about 250 MB at most,
 * and a hundred ordinary articles for each thread. A record that is longer goes in alone. */
enum { AHEAD_LEAST = 4 << 20, AHEAD_PER_THREAD = 256 << 10 };

struct job {
    const char *file;
    bool found; /* below a folder */
    dg_record *record;
    dg_doc *doc;
    dg_text text; /* what w->prepare made of it */
    dg_error err;
    dg_status status;
    uint64_t bytes; /* of its record */
    uint64_t events, words;
    struct copies_mark mark; /* --once */
    char *head;              /* --once: the document's own fields as JSON */
    char *id;
    dg_text unknown; /* --unknown */
    char warning[320];
    bool foreign;
    bool done, made; /* made: a document, of which the text may be all that is left */
};
struct state {
    struct work *w;
    struct intake in;
    struct copies *copies; /* --once */
    struct unknown *unknown;
    bool enough; /* --limit */
    dg_coder *coder[MOST_THREADS];
    int n_threads;
    struct job *ring;
    uint64_t cap, n_read, n_taken, n_out; /* jobs so far; slot = number % cap */
    uint64_t ahead, most_ahead;           /* bytes of records in the ring, and how many there may be */
    bool no_more;
    pthread_mutex_t lock;
    pthread_cond_t work_there, job_done;
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
    if (s->in.bytes > w->bytes && w->bytes && !last)
        fprintf(stderr, ", %.0f s left", (double)(s->in.bytes - w->bytes) / ((double)w->bytes / run));
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

/* Pieces of text with white space around them. */
static uint64_t words_of(dg_str s)
{
    uint64_t n = 0;
    for (size_t i = 0; i < s.len; i++)
        n += (unsigned char)s.ptr[i] > ' ' && (i == 0 || (unsigned char)s.ptr[i - 1] <= ' ');
    return n;
}

static void put(struct json_object *o, const char *key, dg_str s)
{
    json_object_object_add(o, key, s.len ? json_object_new_string_len(s.ptr, (int)s.len) : NULL);
}

/* By what a copy is known, and how it is told. False: no memory. */
static bool mark(struct job *j)
{
    const dg_doc *d = j->doc;
    dg_str id = dg_doc_id(d);
    char day[16] = "";
    struct json_object *o = json_object_new_object();
    if (dg_doc_published(d) != DG_NO_DAY)
        dg_day_format(dg_doc_published(d), day);
    copies_print(&j->mark, d);
    put(o, "id", id);
    put(o, "url", dg_doc_url(d));
    put(o, "title", dg_doc_title(d));
    put(o, "author", dg_doc_author(d));
    put(o, "publisher", dg_doc_publisher(d));
    put(o, "published", (dg_str){day, strlen(day)});
    j->head =
        o ? strdup(json_object_to_json_string_ext(o, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE)) : NULL;
    j->id = strndup(id.len ? id.ptr : "", id.len);
    json_object_put(o);
    return j->head && j->id;
}

static void empty(struct job *j)
{
    free(j->head);
    free(j->id);
    dg_text_free(&j->text);
    dg_text_free(&j->unknown);
    dg_doc_free(j->doc);
    dg_record_free(j->record);
    *j = (struct job){0};
}

/* Code one record and prepare its output. Runs in any thread. */
static void do_job(struct state *s, struct job *j, dg_coder *coder)
{
    if (!j->record)
        return;
    j->status = dg_code_record(&j->doc, coder, j->record, &j->err);
    dg_record_free(j->record);
    j->record = NULL;
    if (j->status != DG_OK || !j->doc)
        return;
    note(j);
    j->foreign = dg_doc_foreign(j->doc);
    j->events = dg_doc_n_events(j->doc);
    if (s->unknown && (j->status = dg_doc_unknown(&j->unknown, j->doc, &j->err)) != DG_OK)
        return;
    if ((s->copies || s->unknown) && !mark(j)) {
        j->status = DG_E_NOMEM;
        snprintf(j->err.message, sizeof j->err.message, "no memory to look for copies");
        return;
    }
    j->words = s->w->stats ? words_of(dg_doc_text(j->doc)) : 0;
    if (s->n_threads == 1 && s->w->stream) /* hand_on() writes it */
        return;
    if (s->w->prepare)
        j->status = s->w->prepare(s->w->user, j->doc, &j->text, &j->err);
    j->made = true;
    if (s->w->text_only) { /* what waits for its turn is the text alone */
        dg_doc_free(j->doc);
        j->doc = NULL;
    }
}

/* Is it a copy of one that was handed on? *go false: stop. */
static bool is_copy(struct state *s, const struct job *j, bool *go)
{
    const char *of = NULL;
    struct work *w = s->w;
    if (!s->copies)
        return false;
    if (!copies_seen(s->copies, &j->mark, (dg_str){j->id, strlen(j->id)}, &of)) {
        cli_say("no memory to look for copies");
        *go = false;
        return true;
    }
    if (!of)
        return false;
    w->copies++;
    if (w->copy)
        *go = w->copy(w->user, (dg_str){j->head, strlen(j->head)}, of);
    return true;
}

/* Hand a finished job on and empty it. False: `each` said stop. */
static bool hand_on(struct state *s, struct job *j)
{
    struct work *w = s->w;
    bool go = true;
    w->bytes += j->bytes;
    if (j->found && j->status == DG_E_KIND) {
        w->passed_over++;
    } else if (j->status != DG_OK) {
        cli_say_error(j->file, &j->err);
        w->refused[j->status % WORK_REASONS]++;
        w->failed++;
    } else if (!j->doc && !j->made) {
        w->too_old++;
    } else if (!is_copy(s, j, &go)) {
        if (j->warning[0])
            cli_say("%s: %s", strcmp(j->file, "-") ? j->file : "standard input", j->warning);
        w->docs++;
        w->foreign += j->foreign;
        w->events += j->events;
        w->words += j->words;
        if (s->unknown)
            go = unknown_add(s->unknown, (dg_str){j->id, strlen(j->id)}, &j->unknown);
        if (!go)
            ;
        else if (j->doc && w->text_only)
            go = w->stream(w->user, j->doc);
        else
            go = w->each(w->user, j->file, j->doc, &j->text);
        s->enough = s->in.limit && w->docs == (uint64_t)s->in.limit;
    }
    empty(j);
    progress(s, false);
    return go && !s->enough;
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

static bool read_file(struct state *s, const struct intake_file *file)
{
    dg_reader *r;
    struct job j = {.file = file->path, .found = file->found};
    if ((j.status = dg_reader_open(&r, file->path, &s->in.reader, &j.err)) != DG_OK)
        return put_in(s, &j);
    bool go = true;
    while (go && !intake_done(&s->in)) {
        j = (struct job){.file = file->path, .found = file->found};
        j.status = dg_reader_next(&j.record, r, &j.err);
        if ((j.status == DG_OK && !j.record) || (j.status == DG_E_CANCELLED && intake_stopped()))
            break;
        if (j.status == DG_OK && !intake_wants(&s->in)) {
            dg_record_free(j.record);
            continue;
        }
        j.bytes = j.record ? dg_record_bytes(j.record) : 0;
        go = put_in(s, &j);
    }
    dg_reader_close(r);
    return go;
}

/* Options of the command into s. EXIT_DONE, or what was told. */
static int prepare(struct state *s, dg_coder_options *co)
{
    struct work *w = s->w;
    long threads = 1, most = 0, ahead = 0;
    if (!cli_number(w->c, "threads", 1, MOST_THREADS, &threads) || !cli_number(w->c, "max-bytes", 1, 1L << 30, &most) ||
        !cli_number(w->c, "ahead", 1, 1L << 40, &ahead) || !cli_day(w->c, "since", &co->since))
        return EXIT_USAGE;
    co->max_bytes = (uint32_t)most;
    co->depth = w->depth;
    co->trace = w->trace;
    co->plain = cli_given(w->c, "plain");
    co->published = w->day;
    w->stats = cli_given(w->c, "stats");
    s->n_threads = (int)threads;
    s->cap = (uint64_t)threads * JOBS_PER_THREAD;
    s->most_ahead = ahead ? (uint64_t)ahead : (uint64_t)threads * AHEAD_PER_THREAD;
    if (!ahead && s->most_ahead < AHEAD_LEAST)
        s->most_ahead = AHEAD_LEAST;
    if (!(s->ring = calloc(s->cap, sizeof *s->ring))) {
        cli_say("no memory for the records of %ld threads", threads);
        return EXIT_SOME_FAILED;
    }
    if (cli_given(w->c, "once") && !(s->copies = copies_new())) {
        cli_say("no memory to look for copies");
        return EXIT_SOME_FAILED;
    }
    const char *unknown = cli_value(w->c, "unknown");
    if (unknown && !unknown_open(&s->unknown, unknown))
        return EXIT_USAGE;
    return intake_open(&s->in, w->c);
}

static void say_stats(const struct state *s)
{
    static const char *const why[WORK_REASONS] = {[DG_E_IO] = "cannot be read",
                                                  [DG_E_FORMAT] = "damaged or without text",
                                                  [DG_E_LIMIT] = "too long",
                                                  [DG_E_KIND] = "of no kind of news",
                                                  [DG_E_NOMEM] = "no memory"};
    const struct work *w = s->w;
    double t = now() - s->started;
    fprintf(
        stderr,
        "%llu documents, %llu words, %.1f MB of records, %llu events in %.1f s: %.1f documents, %.0f words, %.2f MB a second\n",
        (unsigned long long)w->docs, (unsigned long long)w->words, (double)w->bytes / 1e6,
        (unsigned long long)w->events, t, (double)w->docs / t, (double)w->words / t, (double)w->bytes / 1e6 / t);
    for (int i = 0; i < WORK_REASONS; i++)
        if (w->refused[i])
            fprintf(stderr, "%llu refused: %s\n", (unsigned long long)w->refused[i], why[i] ? why[i] : "other reasons");
    if (w->foreign)
        fprintf(stderr, "%llu not coded: in another language\n", (unsigned long long)w->foreign);
    if (w->passed_over)
        fprintf(stderr, "%llu files below folders passed over: of no kind of news\n",
                (unsigned long long)w->passed_over);
    if (w->copies)
        fprintf(stderr, "%llu copies of texts read before\n", (unsigned long long)w->copies);
    if (w->too_old)
        fprintf(stderr, "%llu left out: before --since, or without a day\n", (unsigned long long)w->too_old);
}

/* What is left in the ring is thrown away; all that was made is freed. */
static void clean_up(struct state *s)
{
    for (; s->n_out < s->n_read; s->n_out++) {
        empty(&s->ring[s->n_out % s->cap]);
    }
    copies_free(s->copies);
    unknown_drop(s->unknown);
    for (int i = 0; i < MOST_THREADS; i++)
        dg_coder_free(s->coder[i]);
    free(s->ring);
    intake_close(&s->in);
}

/* Reads all files; true: to the end. */
static bool read_all(struct state *s, pthread_t *thread, struct hand *hand)
{
    int n_started = 0;
    bool ok = true;
    for (int i = 0; s->n_threads > 1 && i < s->n_threads; i++) {
        hand[i] = (struct hand){s, i};
        if (pthread_create(&thread[n_started], NULL, worker, &hand[i]))
            break; /* fewer threads do the same work */
        n_started++;
    }
    if (!n_started)
        s->n_threads = 1;
    for (int i = 0; ok && i < s->in.n && !intake_done(&s->in); i++)
        ok = read_file(s, &s->in.files[i]);
    pthread_mutex_lock(&s->lock);
    s->no_more = true;
    pthread_cond_broadcast(&s->work_there);
    pthread_mutex_unlock(&s->lock);
    if (n_started && ok)
        ok = take_out(s, 0, true);
    for (int i = 0; i < n_started; i++)
        pthread_join(thread[i], NULL);
    return ok || s->enough;
}

int work_run(struct work *w, dg_model *model)
{
    struct state s = {.w = w,
                      .started = now(),
                      .tty = isatty(2) == 1,
                      .lock = PTHREAD_MUTEX_INITIALIZER,
                      .work_there = PTHREAD_COND_INITIALIZER,
                      .job_done = PTHREAD_COND_INITIALIZER};
    pthread_t thread[MOST_THREADS];
    struct hand hand[MOST_THREADS];
    dg_coder_options co = DG_CODER_OPTIONS_INIT;
    dg_error err = {0};
    int st = prepare(&s, &co);
    for (int i = 0; st == EXIT_DONE && i < s.n_threads; i++)
        if (dg_coder_new(&s.coder[i], model, &co, &err) != DG_OK) {
            cli_say("%s", err.message);
            st = EXIT_SOME_FAILED;
        }
    if (st == EXIT_DONE) {
        bool ok = read_all(&s, thread, hand);
        progress(&s, true);
        if (w->stats)
            say_stats(&s);
        bool foreign = w->foreign && cli_given(w->c, "strict");
        st = ok && !w->failed && !s.in.unread && !foreign ? EXIT_DONE : EXIT_SOME_FAILED;
        if (!unknown_close(s.unknown))
            st = EXIT_SOME_FAILED;
        s.unknown = NULL;
        if (intake_stopped()) {
            cli_say("stopped; %llu documents are done", (unsigned long long)w->docs);
            st = EXIT_STOPPED;
        }
    }
    clean_up(&s);
    return st;
}
