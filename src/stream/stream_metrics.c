/* SPDX-License-Identifier: Apache-2.0 */
/* stream/stream_metrics.c: how far a stream is, in the text form of Prometheus, over HTTP or in a file.
 *
 * The thread of the pipe writes the text once a second; who asks gets the last one. So nobody who asks often slows the work down. */
#include "serve/mhd.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "stream/stream_int.h"

enum { MOST_CONNECTIONS = 16, IDLE_S = 10 };

struct dgl_gauge {
    struct dgl_pipe *p;
    struct MHD_Daemon *daemon;
    char *file, *fresh;
    pthread_mutex_t lock;
    struct dgi_buf text; /* under lock */
    bool told;
};

static void one(struct dgi_buf *b, const char *name, const char *type, const char *help, uint64_t v)
{
    dgi_buf_printf(b, "# HELP dragoman_stream_%s %s\n# TYPE dragoman_stream_%s %s\ndragoman_stream_%s %llu\n", name,
                   help, name, type, name, (unsigned long long)v);
}

static void label(struct dgi_buf *b, const char *s)
{
    for (; *s; s++) {
        if (*s == '"' || *s == '\\')
            dgi_buf_add(b, DGI_S("\\"));
        dgi_buf_add(b, *s == '\n' ? DGI_S("\\n") : dgi_strn(s, 1));
    }
}

static void by_part(const struct dgl_pipe *p, struct dgi_buf *b, const char *name, const char *help, bool lag)
{
    dgi_buf_printf(b, "# HELP dragoman_stream_%s %s\n# TYPE dragoman_stream_%s gauge\n", name, help, name);
    for (uint32_t i = 0; i < p->parts.n; i++) {
        const struct dgl_part *part = p->parts.list[i];
        int64_t v = lag ? part->lag : part->next;
        if (!part->assigned || part->partition < 0 || v < 0)
            continue;
        dgi_buf_printf(b, "dragoman_stream_%s{topic=\"", name);
        label(b, part->topic);
        dgi_buf_printf(b, "\",partition=\"%d\"} %lld\n", (int)part->partition, (long long)v);
    }
}

void dgl_metrics_text(const struct dgl_pipe *p, struct dgi_buf *b)
{
    const struct dgl_stats *s = &p->stats;
    uint64_t parts = 0, waiting = 0;
    for (uint32_t i = 0; i < p->parts.n; i++)
        parts += p->parts.list[i]->assigned;
    waiting += p->out && p->out->waiting ? p->out->waiting(p->out) : 0;
    waiting += p->dead && p->dead->waiting ? p->dead->waiting(p->dead) : 0;
    one(b, "messages_total", "counter", "Messages or records read.", s->c.messages);
    one(b, "bytes_total", "counter", "Their bytes.", s->bytes);
    one(b, "documents_total", "counter", "Documents coded.", s->c.documents);
    one(b, "events_total", "counter", "Events in them.", s->c.events);
    one(b, "foreign_total", "counter", "Documents in another language, which are not coded.", s->foreign);
    one(b, "written_total", "counter", "Records that were acknowledged.", s->c.written);
    one(b, "dead_total", "counter", "Messages or records that could not be used.", s->c.dead);
    one(b, "too_large_total", "counter", "Those of them whose record was too large for the log.", s->too_large);
    one(b, "tombstones_total", "counter", "Messages without a value, passed over.", s->tombstones);
    one(b, "unacknowledged_bytes", "gauge", "Bytes written and not acknowledged.", waiting);
    one(b, "holding", "gauge", "1: nothing is read, since too much is not acknowledged.", s->holding);
    one(b, "holds_total", "counter", "How often that was so.", s->held);
    one(b, "partitions", "gauge", "Partitions that this worker has.", parts);
    one(b, "rebalances_total", "counter", "How often partitions were given to this worker.", s->rebalances);
    one(b, "commits_total", "counter", "Positions committed.", s->commits);
    one(b, "commit_errors_total", "counter", "Commits that failed; the next one makes up for them.", s->commit_errors);
    dgi_buf_printf(
        b,
        "# HELP dragoman_stream_coding_seconds_total Time of all threads that code.\n# TYPE dragoman_stream_coding_seconds_total counter\n"
        "dragoman_stream_coding_seconds_total %.6f\n",
        (double)s->coding_us / 1e6);
    one(b, "threads", "gauge", "Threads that code.", p->o->threads);
    one(b, "up_seconds", "gauge", "How long it has been running.",
        (uint64_t)((dgl_now_us() - p->started_us) / 1000000));
    by_part(p, b, "lag", "Messages between this worker and the end of a partition.", true);
    by_part(p, b, "position", "The first message of a partition that is not done.", false);
}

/* ---- over HTTP ---- */
static enum MHD_Result answer(void *user, struct MHD_Connection *c, const char *url, const char *method,
                              const char *version, const char *upload, size_t *n_upload, void **con_cls)
{
    struct dgl_gauge *g = user;
    static int seen;
    (void)version;
    (void)upload;
    if (!*con_cls) { /* the first call has the head alone */
        *con_cls = &seen;
        return MHD_YES;
    }
    if (*n_upload) {
        *n_upload = 0;
        return MHD_YES;
    }
    bool get = !strcmp(method, "GET") || !strcmp(method, "HEAD"), health = !strcmp(url, "/healthz");
    unsigned code = !get ? 405 : health || !strcmp(url, "/metrics") || !strcmp(url, "/") ? 200 : 404;
    const char *said = code == 405 ? "only GET\n" : code == 404 ? "see /metrics\n" : "ok\n";
    struct MHD_Response *r;
    if (code == 200 && !health) {
        pthread_mutex_lock(&g->lock);
        r = MHD_create_response_from_buffer(g->text.len, g->text.ptr, MHD_RESPMEM_MUST_COPY);
        pthread_mutex_unlock(&g->lock);
    } else
        r = MHD_create_response_from_buffer(strlen(said), (void *)(uintptr_t)said, MHD_RESPMEM_PERSISTENT);
    if (!r)
        return MHD_NO;
    MHD_add_response_header(r, "Content-Type", "text/plain; version=0.0.4; charset=utf-8");
    if (code == 405)
        MHD_add_response_header(r, "Allow", "GET, HEAD");
    enum MHD_Result got = MHD_queue_response(c, code, r);
    MHD_destroy_response(r);
    return got;
}

/* PORT or ADDRESS:PORT; false: it is neither, and so a file. */
static bool socket_of(const char *where, struct sockaddr_in *a)
{
    const char *colon = strrchr(where, ':'), *digits = colon ? colon + 1 : where;
    char host[64] = "127.0.0.1";
    char *end;
    unsigned long port = strtoul(digits, &end, 10);
    if (!*digits || *end || digits[0] == '-' || port > 65535)
        return false;
    if (colon && (size_t)(colon - where) < sizeof host)
        snprintf(host, sizeof host, "%.*s", (int)(colon - where), where);
    if (!strcmp(host, "localhost"))
        snprintf(host, sizeof host, "127.0.0.1");
    *a = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    return inet_pton(AF_INET, host, &a->sin_addr) == 1;
}

static dg_status listen_at(struct dgl_gauge *g, const char *where, const struct sockaddr_in *a, dg_error *err)
{
    errno = 0;
    g->daemon = MHD_start_daemon(MHD_USE_AUTO_INTERNAL_THREAD, ntohs(a->sin_port), NULL, NULL, answer, g,
                                 MHD_OPTION_SOCK_ADDR, (const struct sockaddr *)a, MHD_OPTION_CONNECTION_LIMIT,
                                 (unsigned)MOST_CONNECTIONS, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_S,
                                 MHD_OPTION_LISTENING_ADDRESS_REUSE, 1u, MHD_OPTION_END);
    if (!g->daemon)
        return dgi_fail(err, DG_E_ARG, "option '--metrics': cannot listen at %.80s: %s", where,
                        errno ? strerror(errno) : "refused");
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(g->daemon, MHD_DAEMON_INFO_BIND_PORT);
    char host[64];
    inet_ntop(AF_INET, &a->sin_addr, host, sizeof host);
    dgl_say(g->p, "metrics at http://%s:%u/metrics", host, info ? info->port : ntohs(a->sin_port));
    return DG_OK;
}

/* ---- in a file ---- */
static void write_file(struct dgl_gauge *g)
{
    FILE *f = fopen(g->fresh, "w");
    bool ok = f && fwrite(g->text.ptr, 1, g->text.len, f) == g->text.len;
    if (f && fclose(f))
        ok = false;
    if ((!ok || rename(g->fresh, g->file)) && !g->told) {
        dgl_say(g->p, "%s: %s; the work goes on", g->file, strerror(errno));
        g->told = true;
    }
}

void dgl_gauge_show(struct dgl_gauge *g)
{
    struct dgi_buf b = {0};
    dgl_metrics_text(g->p, &b);
    if (b.failed) {
        dgi_buf_free(&b);
        return;
    }
    pthread_mutex_lock(&g->lock);
    struct dgi_buf old = g->text;
    g->text = b;
    pthread_mutex_unlock(&g->lock);
    dgi_buf_free(&old);
    if (g->file)
        write_file(g);
}

dg_status dgl_gauge_open(struct dgl_gauge **out, struct dgl_pipe *p, const char *where, dg_error *err)
{
    struct sockaddr_in a;
    struct dgl_gauge *g = *out = calloc(1, sizeof *g);
    size_t n = strlen(where) + 5;
    if (!g)
        return dgi_fail(err, DG_E_NOMEM, "no memory for metrics");
    g->p = p;
    pthread_mutex_init(&g->lock, NULL);
    if (socket_of(where, &a)) {
        dg_status st = dgs_mhd_load(err);
        if (st != DG_OK)
            return st;
        dgl_gauge_show(g);
        return listen_at(g, where, &a, err);
    }
    if (!(g->fresh = malloc(n)) || !(g->file = strdup(where)))
        return dgi_fail(err, DG_E_NOMEM, "no memory for metrics");
    snprintf(g->fresh, n, "%s.tmp", where);
    dgl_gauge_show(g);
    return g->told
               ? dgi_fail(err, DG_E_ARG,
                          "option '--metrics': '%.150s' is no port, no ADDRESS:PORT and no file that can be written",
                          where)
               : DG_OK;
}

void dgl_gauge_close(struct dgl_gauge *g)
{
    if (!g)
        return;
    if (g->daemon)
        MHD_stop_daemon(g->daemon);
    pthread_mutex_destroy(&g->lock);
    dgi_buf_free(&g->text);
    free(g->file);
    free(g->fresh);
    free(g);
}
