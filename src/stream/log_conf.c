/* SPDX-License-Identifier: Apache-2.0 */
/* stream/log_conf.c: how librdkafka is set up, and what it tells.
 *
 * Its log and its errors are taken by the thread that polls, so that no other one writes to stderr. A broker that is away is told once
 * in a while, not at each try; wrong credentials end the stream, since no waiting mends them. */
#include "stream/log_conf.h"

enum { TELL_AGAIN_US = 30000000 };

struct preset {
    enum dgl_side side;
    const char *key, *value;
};
/* docs/integrations.md lists those that a user may want to know of. */
static const struct preset presets[] = {
    {DGL_BOTH, "client.id", "dragoman"},
    {DGL_BOTH, "log.queue", "true"},
    {DGL_BOTH, "log_level", "4"},
    {DGL_IN, "enable.auto.commit", "false"},
    {DGL_IN, "enable.auto.offset.store", "false"},
    {DGL_IN, "enable.partition.eof", "true"},
    {DGL_IN, "auto.offset.reset", "earliest"},
    {DGL_IN, "partition.assignment.strategy", "range,roundrobin"},
    {DGL_IN, "queued.max.messages.kbytes", "16384"},
    {DGL_IN, "isolation.level", "read_committed"},
    {DGL_OUT, "enable.idempotence", "true"},
    {DGL_OUT, "compression.type", "zstd"},
    {DGL_OUT, "compression.level", "1"},
    {DGL_OUT, "linger.ms", "20"},
    {DGL_OUT, "message.timeout.ms", "0"}, /* a broker that is away is waited for */
    {DGL_OUT, "message.max.bytes", "10000000"},
    {DGL_OUT, "queue.buffering.max.kbytes", "262144"},
    {DGL_OUT, "partitioner", "murmur2_random"}, /* as Java's */
};

static bool users(const struct dgl_pipe *p, enum dgl_side side, const char *key)
{
    for (uint32_t i = 0; i < p->props.n; i++)
        if (!strcmp(p->props.list[i].key, key) && (p->props.list[i].side == DGL_BOTH || p->props.list[i].side == side))
            return true;
    return false;
}

static dg_status set(rd_kafka_conf_t *conf, const char *key, const char *value, dg_error *err)
{
    char why[200];
    rd_kafka_conf_res_t got = rd_kafka_conf_set(conf, key, value, why, sizeof why);
    if (got == RD_KAFKA_CONF_OK)
        return DG_OK;
    if (got == RD_KAFKA_CONF_UNKNOWN)
        return dgi_fail(err, DG_E_ARG, "librdkafka %s has no property '%s'", rd_kafka_version_str(), key);
    if (dgl_prop_secret(key)) /* the reason repeats the value */
        return dgi_fail(err, DG_E_ARG, "librdkafka does not take the value of '%s'", key);
    return dgi_fail(err, DG_E_ARG, "librdkafka: %s", why);
}

/* What is said again and again is said once in a while. */
void dgl_log_tell(struct dgl_pipe *p, const char *what)
{
    static struct { /* of the process, as stderr is; written by the one thread that polls */
        int64_t at;
        uint64_t hash;
    } said[8];
    uint64_t hash = dgi_str_hash(dgi_str(what));
    int64_t now = dgl_now_us();
    int oldest = 0;
    for (int i = 0; i < 8; i++) {
        if (said[i].hash == hash && now - said[i].at < TELL_AGAIN_US)
            return;
        if (said[i].at < said[oldest].at)
            oldest = i;
    }
    said[oldest].at = now;
    said[oldest].hash = hash;
    dgl_say(p, "kafka: %s", what);
}

static void on_log(const rd_kafka_t *rk, int level, const char *facility, const char *text)
{
    struct dgl_pipe *p = rd_kafka_opaque(rk);
    char what[300], *past;
    (void)level;
    if (p->closing) /* what a member leaves behind is nobody's concern */
        return;
    if (!strcmp(facility, "CONFWARN") || !strcmp(facility, "FAIL") ||
        !strcmp(facility, "ERROR")) /* on_error tells them */
        return;
    snprintf(what, sizeof what, "%.280s", text);
    if (!strncmp(what, "[thrd:", 6) && (past = strstr(what, "]: ")))
        memmove(what, past + 3, strlen(past + 3) + 1);
    dgl_log_tell(p, what);
}

static void on_error(rd_kafka_t *rk, int code, const char *reason, void *user)
{
    struct dgl_pipe *p = user;
    char why[300], *elapsed;
    if (code == RD_KAFKA_RESP_ERR__FATAL) {
        char fatal[200];
        rd_kafka_resp_err_t what = rd_kafka_fatal_error(rk, fatal, sizeof fatal);
        dgl_fail(p, DG_E_IO, "kafka: %s: %s", rd_kafka_err2str(what), fatal);
        return;
    }
    snprintf(why, sizeof why, "%.280s", reason);
    if ((elapsed = strstr(why, " (after "))) /* milliseconds: the same message each time */
        *elapsed = 0;
    if (code == RD_KAFKA_RESP_ERR__AUTHENTICATION || code == RD_KAFKA_RESP_ERR__SSL ||
        code == RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED)
        dgl_fail(p, DG_E_IO, "kafka: %s", why);
    else if (!p->closing && code != RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN)
        dgl_log_tell(p, why);
}

dg_status dgl_log_conf(rd_kafka_conf_t **out, struct dgl_pipe *p, enum dgl_side side, const char *brokers,
                       dg_error *err)
{
    dg_status st = dgl_kafka_load(err);
    if (st != DG_OK)
        return st;
    rd_kafka_conf_t *conf = rd_kafka_conf_new();
    st = set(conf, "bootstrap.servers", brokers, err);
    for (size_t i = 0; st == DG_OK && i < sizeof presets / sizeof *presets; i++) {
        const struct preset *q = &presets[i];
        bool other =
            users(p, side, q->key) || (!strcmp(q->key, "compression.level") && users(p, side, "compression.type"));
        if ((q->side == DGL_BOTH || q->side == side) && !other)
            st = set(conf, q->key, q->value, err);
    }
    for (uint32_t i = p->props.n; st == DG_OK && i-- > 0;) { /* backwards: who comes first goes before */
        const struct dgl_prop *q = &p->props.list[i];
        if (q->side == DGL_BOTH || q->side == side)
            st = set(conf, q->key, q->value, err);
    }
    if (st != DG_OK) {
        rd_kafka_conf_destroy(conf);
        return st;
    }
    rd_kafka_conf_set_opaque(conf, p);
    rd_kafka_conf_set_log_cb(conf, on_log);
    rd_kafka_conf_set_error_cb(conf, on_error);
    *out = conf;
    return DG_OK;
}

dg_status dgl_log_new(rd_kafka_t **out, struct dgl_pipe *p, enum dgl_side side, rd_kafka_conf_t *conf, dg_error *err)
{
    char why[200];
    (void)p;
    *out = rd_kafka_new(side == DGL_IN ? RD_KAFKA_CONSUMER : RD_KAFKA_PRODUCER, conf, why, sizeof why);
    if (!*out) {
        rd_kafka_conf_destroy(conf);
        return dgi_fail(err, DG_E_ARG, "librdkafka: %s", why);
    }
    rd_kafka_set_log_queue(*out, NULL); /* to the queue that is polled */
    return DG_OK;
}
