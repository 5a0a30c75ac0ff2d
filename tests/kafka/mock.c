/* SPDX-License-Identifier: Apache-2.0 */
/* tests/kafka/mock.c: librdkafka's mock cluster in a process of its own, steered by lines on standard input; and a small producer and
 * reader for any cluster, so that the tests need no other client.
 *
 *   mock cluster                     prints its address, then does what it reads: "topic NAME PARTITIONS", "down", "up",
 *                                    "errors API CODE COUNT"; answers each line with "ok"; ends with its input
 *   mock put BROKERS TOPIC           lines of standard input as messages, "KEY<TAB>VALUE"; values with "\xHH" for bytes; "-" null
 *   mock get BROKERS TOPIC           all messages there are now: PARTITION<TAB>OFFSET<TAB>KEY<TAB>VALUE<TAB>HEADER=VALUE...
 *   mock committed BROKERS GROUP TOPIC PARTITIONS   sum of committed offsets
 *   mock topic BROKERS TOPIC PARTITIONS [KEY=VALUE]...   makes a topic on a real cluster */
#include <ctype.h>
#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static rd_kafka_t *client(rd_kafka_type_t type, const char *brokers, const char *group)
{
    char why[200];
    rd_kafka_conf_t *conf = rd_kafka_conf_new();
    const char *const pairs[][2] = {{"bootstrap.servers", brokers},
                                    {"log_level", "0"},
                                    {"group.id", group},
                                    {"enable.auto.commit", "false"},
                                    {"enable.partition.eof", "true"},
                                    {"auto.offset.reset", "earliest"},
                                    {"isolation.level", "read_committed"}};
    int n = type == RD_KAFKA_CONSUMER ? 7 : 2;
    for (int i = 0; i < n; i++)
        if (rd_kafka_conf_set(conf, pairs[i][0], pairs[i][1], why, sizeof why))
            exit((fprintf(stderr, "mock: %s\n", why), 2));
    rd_kafka_t *rk = rd_kafka_new(type, conf, why, sizeof why);
    if (!rk)
        exit((fprintf(stderr, "mock: %s\n", why), 2));
    return rk;
}

static int cluster(void)
{
    char line[256], name[128];
    int n, code;
    rd_kafka_t *rk = client(RD_KAFKA_PRODUCER, "localhost:1", "");
    rd_kafka_mock_cluster_t *m = rd_kafka_mock_cluster_new(rk, 1);
    if (!m)
        return 2;
    printf("%s\n", rd_kafka_mock_cluster_bootstraps(m));
    fflush(stdout);
    while (fgets(line, sizeof line, stdin)) {
        int bad = 0;
        if (sscanf(line, "topic %100s %d", name, &n) == 2)
            bad = rd_kafka_mock_topic_create(m, name, n, 1);
        else if (!strncmp(line, "down", 4))
            bad = rd_kafka_mock_broker_set_down(m, 1);
        else if (!strncmp(line, "up", 2))
            bad = rd_kafka_mock_broker_set_up(m, 1);
        else if (sscanf(line, "errors %d %d %d", &code, &bad, &n) == 3) {
            for (; n > 0; n--)
                rd_kafka_mock_push_request_errors(m, (int16_t)code, 1, (rd_kafka_resp_err_t)bad);
            bad = 0;
        } else
            bad = 1;
        printf(bad ? "failed\n" : "ok\n");
        fflush(stdout);
    }
    rd_kafka_mock_cluster_destroy(m);
    rd_kafka_destroy(rk);
    return 0;
}

/* ---- put ---- */
static int n_failed;

static void delivered(rd_kafka_t *rk, const rd_kafka_message_t *m, void *user)
{
    (void)rk;
    (void)user;
    n_failed += m->err != 0;
}

static size_t unescape(char *s)
{
    char *to = s, *p = s;
    for (; *p; to++) {
        unsigned v;
        if (p[0] == '\\' && p[1] == 'x' && isxdigit((unsigned char)p[2]) && sscanf(p + 2, "%2x", &v) == 1) {
            *to = (char)v;
            p += 4;
        } else
            *to = *p++;
    }
    return (size_t)(to - s);
}

static int put(const char *brokers, const char *topic)
{
    char *line = NULL, why[200];
    size_t cap = 0;
    ssize_t n;
    rd_kafka_conf_t *conf = rd_kafka_conf_new();
    rd_kafka_conf_set(conf, "bootstrap.servers", brokers, why, sizeof why);
    rd_kafka_conf_set(conf, "enable.idempotence", "true", why, sizeof why);
    rd_kafka_conf_set(conf, "message.max.bytes", "10000000", why, sizeof why);
    rd_kafka_conf_set(conf, "partitioner", "murmur2_random", why, sizeof why);
    rd_kafka_conf_set_dr_msg_cb(conf, delivered);
    rd_kafka_t *rk = rd_kafka_new(RD_KAFKA_PRODUCER, conf, why, sizeof why);
    if (!rk)
        return 2;
    while ((n = getline(&line, &cap, stdin)) > 0) {
        if (line[n - 1] == '\n')
            line[--n] = 0;
        char *tab = strchr(line, '\t'), *value = tab ? tab + 1 : line;
        if (tab)
            *tab = 0;
        size_t len = unescape(value);
        rd_kafka_resp_err_t e;
        do {
            int null = len == 1 && *value == '-';
            char *bytes = null ? NULL : value, *key = tab && *line ? line : NULL;
            e = rd_kafka_producev(rk, RD_KAFKA_V_TOPIC(topic),
                                  RD_KAFKA_V_KEY(key, key ? strlen(key) : 0),
                                  RD_KAFKA_V_VALUE(bytes, null ? 0 : len),
                                  RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_END);
            rd_kafka_poll(rk, e ? 50 : 0);
        } while (e == RD_KAFKA_RESP_ERR__QUEUE_FULL);
        n_failed += e != 0;
    }
    rd_kafka_flush(rk, 60000);
    n_failed += rd_kafka_outq_len(rk);
    rd_kafka_destroy(rk);
    free(line);
    return n_failed != 0;
}

/* ---- get ---- */
static void show(const char *s, size_t n, int text)
{
    for (size_t i = 0; i < n; i++)
        if ((unsigned char)s[i] < ' ' || s[i] == 127 || ((unsigned char)s[i] > 127 && !text))
            printf("\\x%02x", (unsigned char)s[i]);
        else
            putchar(s[i]);
}

static int get(const char *brokers, const char *topic)
{
    const struct rd_kafka_metadata *md;
    rd_kafka_t *rk = client(RD_KAFKA_CONSUMER, brokers, "mock-get");
    rd_kafka_topic_t *t = rd_kafka_topic_new(rk, topic, NULL);
    if (rd_kafka_metadata(rk, 0, t, &md, 15000) || md->topic_cnt != 1)
        return 1;
    int n = md->topics[0].partition_cnt, at_end = 0;
    rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new(n);
    for (int i = 0; i < n; i++)
        rd_kafka_topic_partition_list_add(list, topic, i)->offset = RD_KAFKA_OFFSET_BEGINNING;
    rd_kafka_assign(rk, list);
    while (at_end < n) {
        rd_kafka_message_t *m = rd_kafka_consumer_poll(rk, 20000);
        if (!m)
            return 1;
        if (m->err == RD_KAFKA_RESP_ERR__PARTITION_EOF)
            at_end++;
        else if (!m->err) {
            rd_kafka_headers_t *h;
            const char *name;
            const void *value;
            size_t size;
            printf("%d\t%lld\t", (int)m->partition, (long long)m->offset);
            show(m->key, m->key_len, 1);
            putchar('\t');
            if (m->payload)
                show(m->payload, m->len, ((const char *)m->payload)[0] == '{');
            else
                putchar('-');
            if (!rd_kafka_message_headers(m, &h))
                for (size_t i = 0; !rd_kafka_header_get_all(h, i, &name, &value, &size); i++)
                    printf("\t%s=%s", name, (const char *)value);
            putchar('\n');
        }
        rd_kafka_message_destroy(m);
    }
    rd_kafka_metadata_destroy(md);
    rd_kafka_topic_partition_list_destroy(list);
    rd_kafka_topic_destroy(t);
    rd_kafka_consumer_close(rk);
    rd_kafka_destroy(rk);
    return 0;
}

static int committed(const char *brokers, const char *group, const char *topic, int n)
{
    long long sum = 0;
    rd_kafka_t *rk = client(RD_KAFKA_CONSUMER, brokers, group);
    rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new(n);
    for (int i = 0; i < n; i++)
        rd_kafka_topic_partition_list_add(list, topic, i);
    rd_kafka_resp_err_t e = rd_kafka_committed(rk, list, 20000);
    for (int i = 0; i < n; i++)
        sum += list->elems[i].offset > 0 ? list->elems[i].offset : 0;
    printf("%lld\n", sum);
    rd_kafka_topic_partition_list_destroy(list);
    rd_kafka_destroy(rk);
    return e != 0;
}

static int topic(const char *brokers, const char *name, int n, char **more, int n_more)
{
    char why[200];
    rd_kafka_t *rk = client(RD_KAFKA_PRODUCER, brokers, "");
    rd_kafka_NewTopic_t *t = rd_kafka_NewTopic_new(name, n, 1, why, sizeof why);
    for (int i = 0; i < n_more; i++) {
        char *eq = strchr(more[i], '=');
        *eq = 0;
        rd_kafka_NewTopic_set_config(t, more[i], eq + 1);
    }
    rd_kafka_queue_t *q = rd_kafka_queue_new(rk);
    rd_kafka_CreateTopics(rk, &t, 1, NULL, q);
    rd_kafka_event_t *ev = rd_kafka_queue_poll(q, 30000);
    size_t got = 0;
    const rd_kafka_topic_result_t **r =
        ev ? rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(ev), &got) : NULL;
    int bad = !got || rd_kafka_topic_result_error(r[0]);
    if (bad)
        fprintf(stderr, "mock: %s: %s\n", name,
                got  ? rd_kafka_topic_result_error_string(r[0])
                : ev ? rd_kafka_event_error_string(ev)
                     : "no answer");
    if (ev)
        rd_kafka_event_destroy(ev);
    rd_kafka_NewTopic_destroy(t);
    rd_kafka_queue_destroy(q);
    rd_kafka_destroy(rk);
    return bad;
}

int main(int argc, char **argv)
{
    const char *what = argc > 1 ? argv[1] : "";
    if (!strcmp(what, "cluster"))
        return cluster();
    if (!strcmp(what, "put") && argc == 4)
        return put(argv[2], argv[3]);
    if (!strcmp(what, "get") && argc == 4)
        return get(argv[2], argv[3]);
    if (!strcmp(what, "committed") && argc == 6)
        return committed(argv[2], argv[3], argv[4], atoi(argv[5]));
    if (!strcmp(what, "topic") && argc >= 5)
        return topic(argv[2], argv[3], atoi(argv[4]), argv + 5, argc - 5);
    fprintf(
        stderr,
        "usage: mock cluster | put BROKERS TOPIC | get BROKERS TOPIC | committed BROKERS GROUP TOPIC N | topic BROKERS NAME N [K=V]...\n");
    return 2;
}
