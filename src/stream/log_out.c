/* SPDX-License-Identifier: Apache-2.0 */
/* stream/log_out.c: records and dead messages to topics, through an idempotent producer.
 *
 * A message that the broker finds too large is dead, whichever of the two finds it out: librdkafka before it sends, or the broker. Any
 * other failure that is final ends the stream: what was not acknowledged is read again. */
#include <stdlib.h>

#include "stream/log_conf.h"

enum { PURGE_MS = 2000 };

struct late { /* what the broker refused */
    struct late *after;
    struct dgl_ticket *t;
    char reason[160];
};
struct dgl_producer {
    struct dgl_producer *after;
    char *brokers;
    rd_kafka_t *rk;
    struct late *late;
    uint32_t users;
};
struct log_out {
    struct dgl_sink base;
    struct dgl_pipe *p;
    struct dgl_producer *producer;
    char *topic;
    uint64_t waiting; /* bytes */
};
struct flight { /* one message without acknowledgement */
    struct log_out *s;
    struct dgl_ticket *t;
    uint64_t bytes;
    bool dead;
};

/* ---- acknowledgements ---- */
static bool too_large(rd_kafka_resp_err_t e)
{
    return e == RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE || e == RD_KAFKA_RESP_ERR_RECORD_LIST_TOO_LARGE;
}

static void keep_for_later(struct log_out *s, struct dgl_ticket *t, const rd_kafka_message_t *m)
{
    struct late *l = calloc(1, sizeof *l);
    if (!l) {
        dgl_fail(s->p, DG_E_NOMEM, "no memory for a message that was refused");
        return;
    }
    l->t = t;
    snprintf(l->reason, sizeof l->reason, "its record has %zu bytes, more than the broker takes", m->len);
    l->after = s->producer->late;
    s->producer->late = l;
}

static void on_delivery(rd_kafka_t *rk, const rd_kafka_message_t *m, void *user)
{
    struct flight *f = m->_private;
    struct dgl_pipe *p = user;
    (void)rk;
    f->s->waiting -= f->bytes;
    if (!m->err || p->closing) { /* at the end nothing is committed any more */
        p->stats.c.written += !m->err && !f->dead;
        dgl_ticket_done(f->t);
    } else if (too_large(m->err)) {
        p->stats.too_large++;
        if (f->dead)
            dgl_fail(
                p, DG_E_IO,
                "kafka: the broker takes no message of %zu bytes, which '%s' must take: raise its max.message.bytes",
                m->len, f->s->topic);
        else
            keep_for_later(f->s, f->t, m);
    } else /* the ticket stays open, and so its message is read again */
        dgl_fail(p, DG_E_IO, "kafka: '%s' cannot be written: %s", f->s->topic, rd_kafka_err2str(m->err));
    free(f);
}

/* ---- the sink ---- */
static rd_kafka_headers_t *headers(const struct dgl_ticket *t, const struct dgl_letter *l)
{
    static const char *const names[] = {"ok",    "io",  "format",  "model",     "nomem", "limit",
                                        "store", "arg", "lexicon", "cancelled", "kind"};
    rd_kafka_headers_t *h = rd_kafka_headers_new(8);
    char n[24];
    rd_kafka_header_add(h, "dragoman.reason", -1, l->reason, -1);
    rd_kafka_header_add(h, "dragoman.status", -1,
                        (size_t)l->status < sizeof names / sizeof *names ? names[l->status] : "other", -1);
    snprintf(n, sizeof n, "%llu", (unsigned long long)l->record);
    rd_kafka_header_add(h, "dragoman.record", -1, n, -1);
    snprintf(n, sizeof n, "%llu", (unsigned long long)l->byte);
    rd_kafka_header_add(h, "dragoman.byte", -1, n, -1);
    if (!t->part)
        return h;
    rd_kafka_header_add(h, t->part->partition < 0 ? "dragoman.file" : "dragoman.topic", -1, t->part->topic, -1);
    if (t->part->partition >= 0) {
        snprintf(n, sizeof n, "%d", (int)t->part->partition);
        rd_kafka_header_add(h, "dragoman.partition", -1, n, -1);
        snprintf(n, sizeof n, "%lld", (long long)t->offset);
        rd_kafka_header_add(h, "dragoman.offset", -1, n, -1);
    }
    return h;
}

static enum dgl_put failed(struct log_out *s, const char *why)
{
    dgl_fail(s->p, DG_E_IO, "kafka: '%s' cannot be written: %s", s->topic, why);
    return DGL_PUT_FAILED;
}

static enum dgl_put log_put(struct dgl_sink *base, struct dgl_ticket *t, dg_str key, dg_str value,
                            const struct dgl_letter *letter)
{
    struct log_out *s = (struct log_out *)base;
    struct flight *f = malloc(sizeof *f);
    rd_kafka_headers_t *h = f && letter ? headers(t, letter) : NULL;
    if (!f)
        return failed(s, "no memory");
    *f = (struct flight){s, t, value.len + key.len, letter != NULL};
    /* clang-format off */
    rd_kafka_vu_t vu[6] = {{.vtype = RD_KAFKA_VTYPE_TOPIC, .u.cstr = s->topic},
                           {.vtype = RD_KAFKA_VTYPE_MSGFLAGS, .u.i = RD_KAFKA_MSG_F_COPY},
                           {.vtype = RD_KAFKA_VTYPE_VALUE, .u.mem = {(void *)(uintptr_t)value.ptr, value.len}},
                           {.vtype = RD_KAFKA_VTYPE_OPAQUE, .u.ptr = f},
                           {.vtype = RD_KAFKA_VTYPE_KEY, .u.mem = {(void *)(uintptr_t)(key.len ? key.ptr : NULL), key.len}},
                           {.vtype = RD_KAFKA_VTYPE_HEADERS, .u.headers = h}};
    /* clang-format on */
    rd_kafka_error_t *e = rd_kafka_produceva(s->producer->rk, vu, h ? 6 : 5);
    if (!e) {
        s->waiting += f->bytes;
        t->open++;
        return DGL_PUT;
    }
    rd_kafka_resp_err_t code = rd_kafka_error_code(e);
    enum dgl_put got = code == RD_KAFKA_RESP_ERR__QUEUE_FULL ? DGL_BUSY
                       : too_large(code)                     ? DGL_TOO_LARGE
                                                             : failed(s, rd_kafka_error_string(e));
    rd_kafka_error_destroy(e);
    if (h)
        rd_kafka_headers_destroy(h);
    free(f);
    return got;
}

static void bury_late(struct log_out *s)
{
    while (s->producer->late && !s->p->failed) {
        struct late *l = s->producer->late;
        struct dgl_letter letter = {DG_E_LIMIT, 0, 0, l->reason};
        s->producer->late = l->after;
        if (l->t->part) /* else another worker has it */
            dgl_bury(s->p, l->t, &letter);
        dgl_ticket_done(l->t);
        free(l);
    }
}

static void log_poll(struct dgl_sink *base, int wait_ms)
{
    struct log_out *s = (struct log_out *)base;
    rd_kafka_poll(s->producer->rk, wait_ms);
    bury_late(s);
}

static uint64_t log_waiting(const struct dgl_sink *base)
{
    return ((const struct log_out *)base)->waiting;
}

static void producer_drop(struct dgl_pipe *p, struct dgl_producer *x)
{
    struct dgl_producer **at = &p->producers;
    if (!x || --x->users)
        return;
    while (*at && *at != x)
        at = &(*at)->after;
    if (*at)
        *at = x->after;
    if (x->rk)
        rd_kafka_destroy(x->rk);
    for (struct late *l = x->late, *after; l; l = after) {
        after = l->after;
        free(l);
    }
    free(x->brokers);
    free(x);
}

static void log_close(struct dgl_sink *base)
{
    struct log_out *s = (struct log_out *)base;
    if (s->producer && s->producer->rk && s->waiting) { /* what was not acknowledged in time */
        rd_kafka_purge(s->producer->rk, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
        rd_kafka_flush(s->producer->rk, PURGE_MS);
    }
    producer_drop(s->p, s->producer);
    free(s->topic);
    free(s);
}

static dg_status producer_of(struct log_out *s, const char *brokers, dg_error *err)
{
    rd_kafka_conf_t *conf;
    for (struct dgl_producer *x = s->p->producers; x; x = x->after)
        if (!strcmp(x->brokers, brokers)) {
            x->users++;
            s->producer = x;
            return DG_OK;
        }
    struct dgl_producer *x = calloc(1, sizeof *x);
    if (!x || !(x->brokers = strdup(brokers))) {
        free(x);
        return dgi_fail(err, DG_E_NOMEM, "no memory to write a log");
    }
    x->users = 1;
    x->after = s->p->producers;
    s->p->producers = s->producer = x;
    dg_status st = dgl_log_conf(&conf, s->p, DGL_OUT, brokers, err);
    if (st != DG_OK)
        return st;
    rd_kafka_conf_set_dr_msg_cb(conf, on_delivery);
    return dgl_log_new(&x->rk, s->p, DGL_OUT, conf, err);
}

dg_status dgl_log_sink(struct dgl_sink **out, struct dgl_pipe *p, const char *uri, dg_error *err)
{
    char *brokers = NULL;
    struct log_out *s = calloc(1, sizeof *s);
    *out = NULL;
    if (!s)
        return dgi_fail(err, DG_E_NOMEM, "no memory to write a log");
    s->base = (struct dgl_sink){.put = log_put, .poll = log_poll, .waiting = log_waiting, .close = log_close};
    s->p = p;
    dg_status st = dgl_uri(uri, &brokers, &s->topic, err);
    if (st == DG_OK && strchr(s->topic, ','))
        st = dgi_fail(err, DG_E_ARG, "'%.100s': one topic can be written to", uri);
    if (st == DG_OK)
        st = producer_of(s, brokers, err);
    free(brokers);
    if (st != DG_OK) {
        log_close(&s->base);
        return st;
    }
    *out = &s->base;
    return DG_OK;
}
