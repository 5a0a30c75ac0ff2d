/* SPDX-License-Identifier: Apache-2.0 */
/* stream/log_in.c: messages of topics, as a member of a consumer group.
 *
 * Before a partition goes to another member all that was read of it is coded, written, acknowledged and committed, so that nobody does
 * it twice; where that is impossible in time (the broker is away, this member was taken for dead) the other one does it again. Where a
 * store keeps the documents it keeps the positions, too, and they go before what the log was told. */
#include <stdlib.h>

#include "stream/log_conf.h"

enum { DRAIN_AT_REVOKE_S = 30, CLUSTER_ID_MS = 5000 };

struct log_in {
    struct dgl_source base;
    struct dgl_pipe *p;
    rd_kafka_t *rk;
    bool held, nothing; /* nothing: a member without partitions */
};

static void release(void *raw)
{
    rd_kafka_message_destroy(raw);
}

/* ---- membership ---- */
/* Where a store keeps the documents it knows better than the log how far it is. */
static int64_t kept_position(struct log_in *s, const struct dgl_part *part, int64_t offset)
{
    char name[400];
    int64_t next = -1;
    dg_error err = {0};
    if (!s->p->o->store)
        return offset;
    dgl_position_name(s->p, part, name, sizeof name);
    if (dg_store_position(s->p->o->store, dgi_str(name), &next, &err) != DG_OK)
        dgl_fail(s->p, DG_E_STORE, "%s", err.message);
    return next >= 0 ? next : offset;
}

static void assign(struct log_in *s, rd_kafka_topic_partition_list_t *list)
{
    s->nothing = list->cnt == 0;
    for (int i = 0; i < list->cnt; i++) {
        struct dgl_part *part = dgl_part_of(&s->p->parts, list->elems[i].topic, list->elems[i].partition);
        if (!part) {
            dgl_fail(s->p, DG_E_NOMEM, "no memory for partitions");
            return;
        }
        dgl_part_forget(part);
        part->assigned = true;
        list->elems[i].offset = kept_position(s, part, list->elems[i].offset);
    }
    rd_kafka_resp_err_t e = rd_kafka_assign(s->rk, list);
    if (e)
        dgl_fail(s->p, DG_E_IO, "kafka: partitions cannot be taken: %s", rd_kafka_err2str(e));
    if (s->held) /* new ones are not held yet */
        rd_kafka_pause_partitions(s->rk, list);
}

static void revoke(struct log_in *s)
{
    struct dgl_parts *parts = &s->p->parts;
    if (!s->p->closing) /* the end has drained before */
        dgl_drain(s->p, DRAIN_AT_REVOKE_S);
    rd_kafka_assign(s->rk, NULL);
    for (uint32_t i = 0; !s->p->closing && !s->p->failed && dgl_idle(s->p) && i < parts->n; i++)
        dgl_part_forget(parts->list[i]);
}

static void on_rebalance(rd_kafka_t *rk, rd_kafka_resp_err_t what, rd_kafka_topic_partition_list_t *list, void *user)
{
    struct dgl_pipe *p = user;
    struct log_in *s = (struct log_in *)p->source;
    (void)rk;
    p->stats.rebalances += what == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS;
    if (what == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS && !p->closing)
        assign(s, list);
    else
        revoke(s);
}

static void on_commit(rd_kafka_t *rk, rd_kafka_resp_err_t e, rd_kafka_topic_partition_list_t *list, void *user)
{
    struct dgl_pipe *p = user;
    (void)rk;
    if (e == RD_KAFKA_RESP_ERR__NO_OFFSET)
        return;
    p->stats.commits += !e;
    p->stats.commit_errors += e != 0;
    for (int i = 0; e && i < list->cnt; i++) { /* once more, with the next */
        struct dgl_part *part = dgl_part_of(&p->parts, list->elems[i].topic, list->elems[i].partition);
        if (part)
            part->committed = -1;
    }
}

/* ---- messages ---- */
static bool all_at_end(const struct dgl_parts *parts)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < parts->n; i++) {
        if (parts->list[i]->assigned && !parts->list[i]->at_end)
            return false;
        n += parts->list[i]->assigned;
    }
    return n > 0;
}

/* What comes instead of a message. */
static enum dgl_next told(struct log_in *s, const rd_kafka_message_t *m)
{
    struct dgl_pipe *p = s->p;
    if (m->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
        struct dgl_part *part = dgl_part_of(&p->parts, rd_kafka_topic_name(m->rkt), m->partition);
        if (part)
            part->at_end = true;
        return p->o->to_end && all_at_end(&p->parts) ? DGL_END : DGL_NOTHING;
    }
    if (m->err == RD_KAFKA_RESP_ERR__FATAL) {
        char why[200];
        rd_kafka_resp_err_t e = rd_kafka_fatal_error(s->rk, why, sizeof why);
        dgl_fail(p, DG_E_IO, "kafka: %s: %s", rd_kafka_err2str(e), why);
        return DGL_FAILED;
    }
    static const rd_kafka_resp_err_t hopeless[] = {
        RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED, RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED,
        RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION, RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET, RD_KAFKA_RESP_ERR_FENCED_INSTANCE_ID};
    const char *why = rd_kafka_message_errstr(m);
    for (size_t i = 0; i < sizeof hopeless / sizeof *hopeless; i++)
        if (m->err == hopeless[i]) {
            dgl_fail(p, DG_E_IO, "kafka: %s", why);
            return DGL_FAILED;
        }
    dgl_log_tell(p, why);
    return DGL_NOTHING;
}

static enum dgl_next log_next(struct dgl_source *base, struct dgl_ticket **out, int wait_ms)
{
    struct log_in *s = (struct log_in *)base;
    rd_kafka_message_t *m = rd_kafka_consumer_poll(s->rk, wait_ms);
    if (s->p->failed) { /* a callback said so */
        if (m)
            rd_kafka_message_destroy(m);
        return DGL_FAILED;
    }
    if (!m)
        return s->p->o->to_end && s->nothing ? DGL_END : DGL_NOTHING;
    if (m->err) {
        enum dgl_next got = told(s, m);
        rd_kafka_message_destroy(m);
        return got;
    }
    struct dgl_part *part = dgl_part_of(&s->p->parts, rd_kafka_topic_name(m->rkt), m->partition);
    struct dgl_ticket *t = part ? calloc(1, sizeof *t) : NULL;
    if (!t) {
        rd_kafka_message_destroy(m);
        dgl_fail(s->p, DG_E_NOMEM, "no memory for a message");
        return DGL_FAILED;
    }
    *t = (struct dgl_ticket){.offset = m->offset,
                             .open = 1,
                             .bytes = m->len + m->key_len,
                             .value = {m->payload, m->len},
                             .key = {m->key, m->key_len},
                             .raw = m,
                             .release = release};
    part->at_end = false;
    dgl_part_add(part, t);
    *out = t;
    return DGL_MESSAGE;
}

static void log_hold(struct dgl_source *base, bool yes)
{
    struct log_in *s = (struct log_in *)base;
    rd_kafka_topic_partition_list_t *list = NULL;
    s->held = yes;
    if (rd_kafka_assignment(s->rk, &list) || !list)
        return;
    if (yes)
        rd_kafka_pause_partitions(s->rk, list);
    else
        rd_kafka_resume_partitions(s->rk, list);
    rd_kafka_topic_partition_list_destroy(list);
}

static dg_status log_commit(struct dgl_source *base, bool wait, dg_error *err)
{
    struct log_in *s = (struct log_in *)base;
    struct dgl_parts *parts = &s->p->parts;
    rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new((int)parts->n);
    for (uint32_t i = 0; i < parts->n; i++) {
        struct dgl_part *part = parts->list[i];
        if (part->assigned && part->next > part->committed) {
            rd_kafka_topic_partition_list_add(list, part->topic, part->partition)->offset = part->next;
            part->committed = part->next;
        }
    }
    rd_kafka_resp_err_t e = list->cnt ? rd_kafka_commit(s->rk, list, !wait) : RD_KAFKA_RESP_ERR_NO_ERROR;
    if (wait && list->cnt)
        s->p->stats.commits += !e;
    rd_kafka_topic_partition_list_destroy(list);
    return e ? dgi_fail(err, DG_E_IO, "kafka: positions cannot be committed: %s", rd_kafka_err2str(e)) : DG_OK;
}

static void log_watch(struct dgl_source *base)
{
    struct log_in *s = (struct log_in *)base;
    for (uint32_t i = 0; i < s->p->parts.n; i++) {
        struct dgl_part *part = s->p->parts.list[i];
        int64_t low, high;
        if (part->assigned && !rd_kafka_get_watermark_offsets(s->rk, part->topic, part->partition, &low, &high) &&
            high >= 0)
            part->lag = part->read >= 0 ? (high > part->read ? high - part->read : 0)
                        : part->at_end  ? 0
                                        : high - (low > 0 ? low : 0);
    }
}

static void log_close(struct dgl_source *base)
{
    struct log_in *s = (struct log_in *)base;
    if (s->rk) {
        rd_kafka_consumer_close(s->rk);
        /* messages on their way belong to the handle */
        dgl_parts_free(&s->p->parts);
        rd_kafka_destroy(s->rk);
    }
    free(s);
}

static dg_status subscribe(struct log_in *s, const char *topics, dg_error *err)
{
    rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new(4);
    dg_str rest = dgi_str(topics), one;
    char name[256];
    while (rest.ptr && dgi_str_next(&rest, ',', &one))
        if (one.len && one.len < sizeof name) {
            snprintf(name, sizeof name, "%.*s", (int)one.len, one.ptr);
            rd_kafka_topic_partition_list_add(list, name, RD_KAFKA_PARTITION_UA);
        }
    rd_kafka_resp_err_t e = rd_kafka_subscribe(s->rk, list);
    rd_kafka_topic_partition_list_destroy(list);
    return e ? dgi_fail(err, DG_E_ARG, "kafka: '%.100s' cannot be read: %s", topics, rd_kafka_err2str(e)) : DG_OK;
}

dg_status dgl_log_source(struct dgl_source **out, struct dgl_pipe *p, const char *uri, dg_error *err)
{
    char *brokers = NULL, *topics = NULL, *id, why[200];
    rd_kafka_conf_t *conf = NULL;
    struct log_in *s = calloc(1, sizeof *s);
    *out = NULL;
    if (!s)
        return dgi_fail(err, DG_E_NOMEM, "no memory to read a log");
    s->base = (struct dgl_source){log_next, log_hold, log_commit, log_watch, log_close};
    s->p = p;
    dg_status st = dgl_uri(uri, &brokers, &topics, err);
    if (st == DG_OK)
        st = dgl_log_conf(&conf, p, DGL_IN, brokers, err);
    if (st == DG_OK) {
        rd_kafka_conf_set_rebalance_cb(conf, on_rebalance);
        rd_kafka_conf_set_offset_commit_cb(conf, on_commit);
        if (rd_kafka_conf_set(conf, "group.id", p->o->group ? p->o->group : "dragoman", why, sizeof why) ||
            (p->o->instance && rd_kafka_conf_set(conf, "group.instance.id", p->o->instance, why, sizeof why))) {
            rd_kafka_conf_destroy(conf);
            st = dgi_fail(err, DG_E_ARG, "librdkafka: %s", why);
        }
    }
    if (st == DG_OK)
        st = dgl_log_new(&s->rk, p, DGL_IN, conf, err);
    if (st == DG_OK) {
        rd_kafka_poll_set_consumer(s->rk);
        if (p->o->store && (id = rd_kafka_clusterid(s->rk, CLUSTER_ID_MS))) {
            snprintf(p->cluster, sizeof p->cluster, "%s", id);
            rd_kafka_mem_free(s->rk, id);
        } else if (p->o->store)
            st = dgi_fail(err, DG_E_IO,
                          "kafka: %s does not answer, and a store keeps positions by the name of the cluster", brokers);
    }
    if (st == DG_OK) {
        *out = p->source = &s->base;
        st = subscribe(s, topics, err);
    }
    free(brokers);
    free(topics);
    if (st != DG_OK) {
        p->source = *out = NULL;
        p->closing = true;
        log_close(&s->base);
    }
    return st;
}
