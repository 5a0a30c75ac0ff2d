/* SPDX-License-Identifier: Apache-2.0 */
/* stream/pipe.c: messages in, coded by several threads, handed on in the order they came, committed when they are acknowledged.
 *
 * Reads   a source: tickets
 * Writes  records to a sink or a store, dead messages to another sink, positions to the source
 *
 * A ring of jobs as in cli/work.c, but nothing here ever waits for long: this thread also has to answer the log's group, to take
 * acknowledgements and to end when it is told. What is read and not handed on is bounded by bytes, what is handed on and not
 * acknowledged likewise; beyond that nothing more is read. */
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "stream/stream_int.h"

enum { MOST_THREADS = 64, JOBS_PER_THREAD = 8, AHEAD_LEAST = 4 << 20, AHEAD_PER_THREAD = 256 << 10 };
enum {
    MOST_UNACKNOWLEDGED = 32 << 20,
    COMMIT_US = 1000000,
    SHOW_US = 1000000,
    SYNC_US = 5000000,
    TURN_MS = 20,
    IDLE_MS = 100
};
enum { MOST_RECORDS = 10000 }; /* of one message; what is beyond is dead */

struct result {
    dg_doc *doc; /* a store wants it */
    dg_text text;
    char *key;
    dg_status status;
    dg_error err;
    char warning[320];
    uint32_t events;
    bool foreign;
};
struct job {
    struct dgl_ticket *t;
    struct result *list;
    uint32_t n, cap;
    int64_t took_us;
    bool done, no_memory;
};
struct hand {
    struct dgl_pipe *p;
    dg_coder *coder;
    pthread_t thread;
};
struct dgl_ring {
    struct job *jobs;
    uint64_t cap, n_in, n_taken, n_out; /* jobs so far; slot = number % cap */
    uint64_t ahead, most_ahead;
    struct hand hand[MOST_THREADS];
    uint32_t n_hands;
    bool no_more;
    pthread_mutex_t lock;
    pthread_cond_t work_there, job_done;
};

int64_t dgl_now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

void dgl_say(const struct dgl_pipe *p, const char *fmt, ...)
{
    char line[1024];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(line, sizeof line, fmt, ap);
    va_end(ap);
    p->o->say(p->o->user, line);
}

void dgl_fail(struct dgl_pipe *p, dg_status st, const char *fmt, ...)
{
    char line[sizeof p->err.message];
    va_list ap;
    if (p->failed)
        return;
    va_start(ap, fmt);
    vsnprintf(line, sizeof line, fmt, ap);
    va_end(ap);
    dgi_fail(&p->err, st, "%s", line);
    p->failed = true;
}

/* ---- coding: any thread ---- */
static struct result *more(struct job *j)
{
    if (j->n == j->cap) {
        uint32_t cap = j->cap ? j->cap * 2 : 1;
        struct result *list = realloc(j->list, cap * sizeof *list);
        if (!list) {
            j->no_memory = true;
            return NULL;
        }
        j->list = list;
        j->cap = cap;
    }
    j->list[j->n] = (struct result){0};
    return &j->list[j->n++];
}

/* What makes versions of one document: its address, else its id. NULL: neither, or no memory. */
static char *key_of(const dg_doc *d)
{
    dg_str key = dg_doc_url(d).len ? dg_doc_url(d) : dg_doc_id(d);
    return key.len ? strndup(key.ptr, key.len) : NULL;
}

static void note(struct result *r)
{
    dg_str w = dg_doc_warning(r->doc);
    uint64_t record = dg_doc_record(r->doc);
    if (w.len && record)
        snprintf(r->warning, sizeof r->warning, "record %llu, byte %llu: %.*s", (unsigned long long)record,
                 (unsigned long long)dg_doc_byte(r->doc), (int)w.len, w.ptr);
    else if (w.len)
        snprintf(r->warning, sizeof r->warning, "%.*s", (int)w.len, w.ptr);
}

static void code(const struct dgl_pipe *p, struct job *j, dg_coder *coder, const dg_record *record)
{
    struct result *r = more(j);
    uint32_t lists = p->o->lists;
    if (!r)
        return;
    r->status = dg_code_record(&r->doc, coder, record, &r->err);
    if (r->status != DG_OK || !r->doc) {
        j->n -= r->status == DG_OK; /* left out by --since */
        return;
    }
    note(r);
    r->foreign = dg_doc_foreign(r->doc);
    r->events = dg_doc_n_events(r->doc);
    if (p->o->store)
        return;
    r->key = key_of(r->doc);
    r->status =
        p->o->write_coded ? dg_doc_write(&r->text, r->doc, DG_FORMAT_CODED, &r->err)
        : (lists | DG_LIST_TEXT) != DG_LIST_ALL
            ? dg_doc_write_only(&r->text, r->doc, lists, &r->err)
            : dg_doc_write(&r->text, r->doc, lists & DG_LIST_TEXT ? DG_FORMAT_JSON_TEXT : DG_FORMAT_JSON, &r->err);
    dg_doc_free(r->doc);
    r->doc = NULL;
}

static void refuse(struct job *j, dg_status st, const dg_error *err)
{
    struct result *r = more(j);
    if (!r)
        return;
    r->status = st;
    r->err = *err;
}

/* A message is whatever a file could be: a line of JSON, a page, a feed. */
static void code_message(const struct dgl_pipe *p, struct job *j, dg_coder *coder)
{
    dg_reader *reader;
    dg_record *record;
    dg_error err = {0};
    dg_reader_options ro = *p->o->reader;
    ro.progress = NULL;
    dg_status st = dg_reader_open_bytes(&reader, j->t->value, NULL, &ro, &err);
    if (st != DG_OK) {
        refuse(j, st, &err);
        return;
    }
    while ((st = dg_reader_next(&record, reader, &err)) != DG_OK || record) {
        if (j->n == MOST_RECORDS) {
            dg_record_free(record);
            dgi_fail_at(&err, DG_E_LIMIT, MOST_RECORDS + 1, 0,
                        "the message has more than %d records; those before are done", MOST_RECORDS);
            refuse(j, DG_E_LIMIT, &err);
            break;
        }
        if (st != DG_OK)
            refuse(j, st, &err);
        else
            code(p, j, coder, record);
        dg_record_free(record);
        if (j->no_memory)
            break;
    }
    dg_reader_close(reader);
}

/* It was coded elsewhere: one document a message, which the store reads where it is kept. */
static void pass_on(struct job *j)
{
    dg_str s = dgi_str_trim(j->t->value);
    if (s.len)
        more(j);
}

static void *work(void *arg)
{
    struct hand *h = arg;
    struct dgl_ring *r = h->p->ring;
    pthread_mutex_lock(&r->lock);
    for (;;) {
        while (r->n_taken == r->n_in && !r->no_more)
            pthread_cond_wait(&r->work_there, &r->lock);
        if (r->n_taken == r->n_in)
            break;
        struct job *j = &r->jobs[r->n_taken++ % r->cap];
        pthread_mutex_unlock(&r->lock);
        int64_t began = dgl_now_us();
        if (j->t->record)
            code(h->p, j, h->coder, j->t->record);
        else if (j->t->status != DG_OK)
            refuse(j, j->t->status, &j->t->err);
        else if (h->p->o->read_coded)
            pass_on(j);
        else
            code_message(h->p, j, h->coder);
        j->took_us = dgl_now_us() - began;
        pthread_mutex_lock(&r->lock);
        j->done = true;
        pthread_cond_signal(&r->job_done);
    }
    pthread_mutex_unlock(&r->lock);
    return NULL;
}

/* ---- what is acknowledged ---- */
static void poll_sinks(struct dgl_pipe *p, int wait_ms)
{
    if (p->out && p->out->poll)
        p->out->poll(p->out, wait_ms);
    if (p->dead && p->dead->poll)
        p->dead->poll(p->dead, p->out ? 0 : wait_ms);
}

static uint64_t unacknowledged(const struct dgl_pipe *p)
{
    uint64_t n = p->out && p->out->waiting ? p->out->waiting(p->out) : 0;
    return n + (p->dead && p->dead->waiting ? p->dead->waiting(p->dead) : 0);
}

/* ---- handing on ---- */
static void where(const struct dgl_ticket *t, char *out, size_t size)
{
    if (!t->part)
        snprintf(out, size, "a partition that went to another worker");
    else if (t->part->partition < 0)
        snprintf(out, size, "%s", t->part->topic);
    else
        snprintf(out, size, "%s, partition %d, offset %lld", t->part->topic, t->part->partition, (long long)t->offset);
}

static bool giving_up(const struct dgl_pipe *p)
{
    return p->failed || (p->give_up_us && dgl_now_us() > p->give_up_us);
}

/* Looks, while it is waited for others, whether it is to end. */
static void look_for_end(struct dgl_pipe *p)
{
    if (!p->give_up_us && p->o->stopped && p->o->stopped(p->o->user))
        p->give_up_us = dgl_now_us() + (int64_t)p->o->drain_s * 1000000;
}

/* Waits while the sink is busy. False: it did not go in, and the pipe has failed or is at its end. */
static enum dgl_put put(struct dgl_pipe *p, struct dgl_sink *s, struct dgl_ticket *t, dg_str key, dg_str value,
                        const struct dgl_letter *letter)
{
    enum dgl_put got;
    while ((got = s->put(s, t, key, value, letter)) == DGL_BUSY && !giving_up(p)) {
        s->poll(s, TURN_MS);
        look_for_end(p);
    }
    return got;
}

static void tell(struct dgl_pipe *p, const struct dgl_ticket *t, const struct dgl_letter *l)
{
    char at[300];
    where(t, at, sizeof at);
    if (l->record)
        dgl_say(p, "%s: record %llu, byte %llu: %s", at, (unsigned long long)l->record, (unsigned long long)l->byte,
                l->reason);
    else
        dgl_say(p, "%s: %s", at, l->reason);
}

void dgl_bury(struct dgl_pipe *p, struct dgl_ticket *t, const struct dgl_letter *letter)
{
    p->stats.c.dead++;
    if (!p->dead) {
        tell(p, t, letter);
        return;
    }
    enum dgl_put got = put(p, p->dead, t, t->key, t->value, letter);
    if (got == DGL_TOO_LARGE) /* what is left is the reason, and where it was */
        got = put(p, p->dead, t, t->key, (dg_str){NULL, 0}, letter);
    if (got == DGL_TOO_LARGE)
        tell(p, t, letter);
    if (got == DGL_BUSY || got == DGL_PUT_FAILED)
        t->open++; /* never acknowledged: it is read again */
}

void dgl_position_name(const struct dgl_pipe *p, const struct dgl_part *part, char *out, size_t size)
{
    snprintf(out, size, "kafka/%s/%s/%d", p->cluster, part->topic, (int)part->partition);
}

/* With the last document of its message the store writes that the message is done; what of it is dead must be acknowledged before. */
static void tell_position(struct dgl_pipe *p, struct dgl_ticket *t)
{
    char name[400];
    dg_error err = {0};
    if (!p->o->store || !t->part || t->part->partition < 0)
        return;
    while (unacknowledged(p) && !giving_up(p)) {
        poll_sinks(p, TURN_MS);
        look_for_end(p);
    }
    if (unacknowledged(p))
        return;
    dgl_position_name(p, t->part, name, sizeof name);
    if (dg_store_set_position(p->o->store, dgi_str(name), t->offset + 1, &err) != DG_OK)
        dgl_fail(p, DG_E_STORE, "%s", err.message);
}

static void keep(struct dgl_pipe *p, struct dgl_ticket *t, struct result *r)
{
    dg_ingested what = DG_INGESTED_NEW;
    dg_error err = {0};
    bool coded = p->o->read_coded;
    if (coded && !t->part) /* the partition went to another worker, and the message with it */
        return;
    dg_status st = coded ? dg_store_ingest_coded(p->o->store, dgi_str_trim(t->value), &what, &err)
                         : dg_store_ingest(p->o->store, r->doc, &what, &err);
    if (st == DG_OK) {
        p->stats.c.documents += coded;
        p->stats.c.kept[what]++;
        p->stats.c.written++;
    } else if (st == DG_E_STORE || st == DG_E_IO || st == DG_E_NOMEM) {
        t->open++;
        dgl_fail(p, st == DG_E_IO ? DG_E_STORE : st, "%s", err.message);
    } else {
        struct dgl_letter l = {st, coded ? 1 : err.record, err.byte, err.message};
        dgl_bury(p, t, &l);
    }
}

static void hand_on_one(struct dgl_pipe *p, struct dgl_ticket *t, struct result *r)
{
    char at[300];
    if (r->status == DG_E_NOMEM || r->status == DG_E_MODEL) {
        t->open++;
        dgl_fail(p, r->status, "%s", r->err.message);
        return;
    }
    if (r->status != DG_OK) /* told with the whole message */
        return;
    if (r->warning[0]) {
        where(t, at, sizeof at);
        dgl_say(p, "%s: %s", at, r->warning);
    }
    p->stats.c.documents += !p->o->read_coded;
    p->stats.c.events += r->events;
    p->stats.foreign += r->foreign;
    if (p->o->store) {
        keep(p, t, r);
        return;
    }
    dg_str key = {r->key, r->key ? strlen(r->key) : 0};
    enum dgl_put got = put(p, p->out, t, key, (dg_str){r->text.ptr, r->text.len}, NULL);
    if (got == DGL_TOO_LARGE) {
        char why[120];
        snprintf(why, sizeof why, "its record has %zu bytes, more than message.max.bytes allows", r->text.len);
        struct dgl_letter l = {DG_E_LIMIT, r->err.record, r->err.byte, why};
        p->stats.too_large++;
        dgl_bury(p, t, &l);
    } else if (got != DGL_PUT)
        t->open++;
}

/* One letter a message, however much of it is bad: it has the whole of it. */
static void hand_on_bad(struct dgl_pipe *p, struct dgl_ticket *t, const struct job *j)
{
    const struct result *first = NULL;
    char why[sizeof first->err.message + 32];
    uint32_t n = 0;
    for (uint32_t i = j->n; i-- > 0;)
        if (j->list[i].status != DG_OK) {
            first = &j->list[i];
            n++;
        }
    if (!first || p->failed)
        return;
    snprintf(why, sizeof why, n > 1 ? "%s (and %u more)" : "%s", first->err.message, n - 1);
    struct dgl_letter l = {first->status, first->err.record, first->err.byte, why};
    dgl_bury(p, t, &l);
}

static void empty(struct job *j)
{
    for (uint32_t i = 0; i < j->n; i++) {
        dg_doc_free(j->list[i].doc);
        dg_text_free(&j->list[i].text);
        free(j->list[i].key);
    }
    free(j->list);
    *j = (struct job){0};
}

static void hand_on(struct dgl_pipe *p, struct job *j)
{
    struct dgl_ticket *t = j->t;
    p->stats.coding_us += (uint64_t)j->took_us;
    if (j->no_memory) {
        t->open++;
        dgl_fail(p, DG_E_NOMEM, "no memory for the records of a message");
    }
    hand_on_bad(p, t, j);
    for (uint32_t i = 0; i < j->n && !p->failed; i++) {
        if (i + 1 == j->n)
            tell_position(p, t);
        if (!p->failed)
            hand_on_one(p, t, &j->list[i]);
    }
    if (!j->n && !p->failed)
        tell_position(p, t);
    if (!p->failed) /* else it stays open, and with it all that came after */
        dgl_ticket_done(t);
    empty(j);
}

/* Finished jobs leave the ring at the front. wait: until at least the first one has, a turn at most. */
static void take_out(struct dgl_pipe *p, bool wait)
{
    struct dgl_ring *r = p->ring;
    struct timespec ts;
    pthread_mutex_lock(&r->lock);
    if (wait && r->n_out < r->n_in && !r->jobs[r->n_out % r->cap].done) {
        clock_gettime(CLOCK_REALTIME, &ts);
        ts.tv_nsec += TURN_MS * 1000000L;
        ts.tv_sec += ts.tv_nsec / 1000000000;
        ts.tv_nsec %= 1000000000;
        pthread_cond_timedwait(&r->job_done, &r->lock, &ts);
    }
    while (r->n_out < r->n_in && r->jobs[r->n_out % r->cap].done && !p->failed) {
        struct job *j = &r->jobs[r->n_out % r->cap];
        uint64_t bytes = j->t->bytes;
        pthread_mutex_unlock(&r->lock);
        hand_on(p, j);
        pthread_mutex_lock(&r->lock);
        r->ahead -= bytes;
        r->n_out++;
    }
    pthread_mutex_unlock(&r->lock);
}

static bool has_room(struct dgl_pipe *p)
{
    struct dgl_ring *r = p->ring;
    return r->n_in - r->n_out < r->cap && (r->ahead < r->most_ahead || r->n_in == r->n_out);
}

static void put_in(struct dgl_pipe *p, struct dgl_ticket *t)
{
    struct dgl_ring *r = p->ring;
    p->stats.c.messages++;
    p->stats.bytes += t->bytes;
    if (!t->record && t->status == DG_OK && !t->value.ptr) { /* a tombstone: nothing to code */
        p->stats.tombstones++;
        dgl_ticket_done(t);
        return;
    }
    pthread_mutex_lock(&r->lock);
    r->ahead += t->bytes;
    r->jobs[r->n_in++ % r->cap] = (struct job){.t = t};
    pthread_cond_signal(&r->work_there);
    pthread_mutex_unlock(&r->lock);
}

/* ---- committed ---- */
static void sync_store(struct dgl_pipe *p)
{
    dg_error err = {0};
    dg_status st = p->o->store && !p->failed && !unacknowledged(p) ? dg_store_sync(p->o->store, &err) : DG_OK;
    p->synced_us = dgl_now_us();
    if (st != DG_OK)
        dgl_fail(p, DG_E_STORE, "%s", err.message);
}

/* A store's documents are certain and its board has followed before the log is told that they are done. */
static void commit(struct dgl_pipe *p, bool wait)
{
    dg_error err = {0};
    dg_status st = DG_OK;
    p->committed_us = dgl_now_us();
    if (p->failed || !p->source->commit || !dgl_parts_dirty(&p->parts) || (p->o->store && unacknowledged(p)))
        return;
    sync_store(p);
    if (p->failed)
        return;
    if (p->out && p->out->settle)
        st = p->out->settle(p->out, &err);
    if (st == DG_OK && p->dead && p->dead->settle)
        st = p->dead->settle(p->dead, &err);
    if (st != DG_OK) {
        dgl_fail(p, st, "%s", err.message);
        return;
    }
    if (p->source->commit(p->source, wait, &err) != DG_OK) {
        p->stats.commit_errors++;
        if (wait)
            dgl_say(p, "%s; what was done since the last commit is read again, which changes nothing", err.message);
    }
}

bool dgl_idle(const struct dgl_pipe *p)
{
    return p->ring->n_out == p->ring->n_in;
}

bool dgl_drain(struct dgl_pipe *p, uint32_t seconds)
{
    struct dgl_ring *r = p->ring;
    while (r->n_out < r->n_in && !giving_up(p)) {
        take_out(p, true);
        poll_sinks(p, 0);
        look_for_end(p);
    }
    int64_t patience = (int64_t)seconds * 1000000, by = dgl_now_us() + patience;
    for (uint64_t n = unacknowledged(p), last = n; n && !giving_up(p) && dgl_now_us() < by; n = unacknowledged(p)) {
        if (n < last) /* some of it arrives: who was not told to end waits on */
            by = dgl_now_us() + patience;
        last = n;
        poll_sinks(p, TURN_MS);
        look_for_end(p);
    }
    sync_store(p);
    commit(p, true);
    return !p->failed && !unacknowledged(p);
}

/* ---- the turn of the wheel ---- */
static void now_and_then(struct dgl_pipe *p, bool idle)
{
    int64_t now = dgl_now_us();
    if (now - p->committed_us > (p->o->store && !idle ? SYNC_US : COMMIT_US))
        commit(p, false);
    if (now - p->shown_us > SHOW_US) {
        p->shown_us = now;
        if (p->source->watch)
            p->source->watch(p->source);
        if (p->gauge)
            dgl_gauge_show(p->gauge);
        if (p->o->tick)
            p->o->tick(p->o->user, &p->stats.c);
    }
    if (idle && !p->source->commit && now - p->synced_us > SYNC_US)
        sync_store(p);
}

/* Too much is on its way: nothing more is given until half of it has arrived. */
static bool must_hold(struct dgl_pipe *p)
{
    uint64_t n = unacknowledged(p);
    bool hold = n > (p->stats.holding ? MOST_UNACKNOWLEDGED / 2 : MOST_UNACKNOWLEDGED);
    if (hold == p->stats.holding)
        return hold;
    p->stats.holding = hold;
    p->stats.held += hold;
    if (p->source->hold)
        p->source->hold(p->source, hold);
    return hold;
}

static void run(struct dgl_pipe *p)
{
    bool ended = false;
    while (!ended && !p->failed) {
        struct dgl_ticket *t = NULL;
        look_for_end(p);
        if (p->give_up_us || (p->o->limit && p->stats.c.messages == p->o->limit))
            break;
        bool busy = p->ring->n_out < p->ring->n_in, room = has_room(p), hold = must_hold(p);
        enum dgl_next got = DGL_NOTHING;
        if (room && (!hold || p->source->hold))
            got = p->source->next(p->source, &t, hold ? TURN_MS : busy ? 1 : IDLE_MS);
        if (got == DGL_MESSAGE)
            put_in(p, t);
        ended = got == DGL_END;
        take_out(p, busy && got != DGL_MESSAGE);
        poll_sinks(p, hold && !p->source->hold ? TURN_MS : 0);
        now_and_then(p, got == DGL_NOTHING && !busy);
    }
}

/* ---- beginning and end ---- */
static dg_status start_ring(struct dgl_pipe *p, dg_error *err)
{
    const struct dgl_options *o = p->o;
    struct dgl_ring *r = p->ring = calloc(1, sizeof *r);
    if (!r || !(r->jobs = calloc((uint64_t)o->threads * JOBS_PER_THREAD, sizeof *r->jobs)))
        return dgi_fail(err, DG_E_NOMEM, "no memory for messages on their way");
    r->cap = (uint64_t)o->threads * JOBS_PER_THREAD;
    r->most_ahead = o->ahead ? o->ahead : (uint64_t)o->threads * AHEAD_PER_THREAD;
    if (!o->ahead && r->most_ahead < AHEAD_LEAST)
        r->most_ahead = AHEAD_LEAST;
    pthread_mutex_init(&r->lock, NULL);
    pthread_cond_init(&r->work_there, NULL);
    pthread_cond_init(&r->job_done, NULL);
    for (uint32_t i = 0; i < o->threads && i < MOST_THREADS; i++) {
        struct hand *h = &r->hand[i];
        h->p = p;
        dg_status st = dg_coder_new(&h->coder, o->model, o->coder, err);
        if (st != DG_OK)
            return st;
        if (pthread_create(&h->thread, NULL, work, h)) {
            dg_coder_free(h->coder);
            return dgi_fail(err, DG_E_NOMEM, "no thread to code with");
        }
        r->n_hands++;
    }
    return DG_OK;
}

static void end_ring(struct dgl_ring *r)
{
    if (!r)
        return;
    pthread_mutex_lock(&r->lock);
    r->n_taken = r->n_taken > r->n_in ? r->n_taken : r->n_in; /* what nobody has begun is left */
    r->no_more = true;
    pthread_cond_broadcast(&r->work_there);
    pthread_mutex_unlock(&r->lock);
    for (uint32_t i = 0; i < r->n_hands; i++) {
        pthread_join(r->hand[i].thread, NULL);
        dg_coder_free(r->hand[i].coder);
    }
    for (; r->jobs && r->n_out < r->n_in; r->n_out++)
        empty(&r->jobs[r->n_out % r->cap]);
    free(r->jobs);
    free(r);
}

static dg_status open_sink(struct dgl_sink **out, struct dgl_pipe *p, const char *uri, dg_error *err)
{
    return dgl_is_log(uri) ? dgl_log_sink(out, p, uri, err) : dgl_file_sink(out, p, uri, !dgl_is_log(p->o->in), err);
}

static dg_status begin(struct dgl_pipe *p, dg_error *err)
{
    const struct dgl_options *o = p->o;
    dg_status st = dgl_props_read(&p->props, o, err);
    if (st == DG_OK)
        st = start_ring(p, err);
    if (st == DG_OK && o->metrics)
        st = dgl_gauge_open(&p->gauge, p, o->metrics, err);
    if (st == DG_OK && o->out)
        st = open_sink(&p->out, p, o->out, err);
    if (st == DG_OK && o->dead)
        st = open_sink(&p->dead, p, o->dead, err);
    if (st == DG_OK)
        st = dgl_is_log(o->in) ? dgl_log_source(&p->source, p, o->in, err) : dgl_file_source(&p->source, p, o->in, err);
    return st;
}

static void end(struct dgl_pipe *p)
{
    p->closing = true;
    end_ring(p->ring);
    if (p->source && p->source->watch)
        p->source->watch(p->source);
    if (p->gauge)
        dgl_gauge_show(p->gauge);
    dgl_gauge_close(p->gauge);
    if (p->out)
        p->out->close(p->out);
    if (p->dead)
        p->dead->close(p->dead);
    if (p->source) /* last: messages on their way are views into it */
        p->source->close(p->source);
    dgl_parts_free(&p->parts);
    dgl_props_free(&p->props);
}

dg_status dgl_stream(const struct dgl_options *o, struct dgl_counts *counts, dg_error *err)
{
    struct dgl_pipe p = {.o = o, .started_us = dgl_now_us()};
    p.committed_us = p.shown_us = p.synced_us = p.started_us;
    dg_status st = begin(&p, &p.err);
    if (st == DG_OK) {
        run(&p);
        bool all = dgl_drain(&p, o->drain_s);
        p.stats.c.unacknowledged = unacknowledged(&p);
        if (!all)
            dgl_fail(&p, DG_E_IO,
                     "not all that was handed on was acknowledged within %u seconds; it is read again by the next run",
                     o->drain_s);
    }
    end(&p);
    *counts = p.stats.c;
    if (st == DG_OK && p.failed)
        st = p.err.status;
    if (err)
        *err = p.err;
    return st;
}
