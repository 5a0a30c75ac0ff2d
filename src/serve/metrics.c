/* SPDX-License-Identifier: Apache-2.0 */
/* serve/metrics.c: what the server did, in the text form of Prometheus. */
#include <time.h>

#include "serve/serve_int.h"

static const uint32_t bounds_us[N_BUCKETS] = {100,   250,   500,   1000,   2500,    5000,
                                              10000, 25000, 50000, 100000, 1000000, UINT32_MAX};

int64_t dgs_now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

void dgs_metrics_note(struct server *sv, const struct route *route, unsigned code, int64_t micros)
{
    uint32_t i = route ? (uint32_t)(route - dgs_routes) : 63, b = 0;
    while (b < N_BUCKETS - 1 && micros > bounds_us[b])
        b++;
    atomic_fetch_add(&sv->metrics.requests[i][code / 100 % N_CLASSES], 1);
    atomic_fetch_add(&sv->metrics.bucket[b], 1);
    atomic_fetch_add(&sv->metrics.micros, (unsigned long)(micros > 0 ? micros : 0));
}

static void one(struct dgi_buf *out, const char *name, const char *type, const char *help, unsigned long v)
{
    dgi_buf_printf(out, "# HELP dragoman_%s %s\n# TYPE dragoman_%s %s\ndragoman_%s %lu\n", name, help, name, type, name,
                   v);
}

static void times(struct server *sv, struct dgi_buf *out)
{
    unsigned long n = 0;
    dgi_buf_add(
        out,
        DGI_S(
            "# HELP dragoman_request_seconds Time from a request to its answer.\n# TYPE dragoman_request_seconds histogram\n"));
    for (uint32_t b = 0; b < N_BUCKETS; b++) {
        n += atomic_load(&sv->metrics.bucket[b]);
        if (b + 1 < N_BUCKETS)
            dgi_buf_printf(out, "dragoman_request_seconds_bucket{le=\"%g\"} %lu\n", bounds_us[b] / 1e6, n);
    }
    dgi_buf_printf(
        out,
        "dragoman_request_seconds_bucket{le=\"+Inf\"} %lu\ndragoman_request_seconds_sum %.6f\ndragoman_request_seconds_count %lu\n",
        n, (double)atomic_load(&sv->metrics.micros) / 1e6, n);
}

void dgs_metrics_text(struct server *sv, struct dgi_buf *out)
{
    dgi_buf_add(out,
                DGI_S("# HELP dragoman_requests_total Answered requests.\n# TYPE dragoman_requests_total counter\n"));
    for (uint32_t i = 0; i < 64; i++)
        for (uint32_t k = 1; k < N_CLASSES; k++) {
            unsigned long n = atomic_load(&sv->metrics.requests[i][k]);
            if (n)
                dgi_buf_printf(out, "dragoman_requests_total{route=\"%s\",code=\"%uxx\"} %lu\n",
                               i < dgs_n_routes ? dgs_routes[i].id : "other", k, n);
        }
    times(sv, out);
    pthread_mutex_lock(&sv->lock);
    unsigned long waiting = sv->n_waiting;
    pthread_mutex_unlock(&sv->lock);
    one(out, "waiting", "gauge", "Requests that wait for a worker.", waiting);
    one(out, "active", "gauge", "Requests begun and not ended.", atomic_load(&sv->active));
    one(out, "feeds", "gauge", "Connections that wait for changes.", dgs_n_feeds(sv->feeds));
    one(out, "cache_hits_total", "counter", "Answers out of the cache.", atomic_load(&sv->metrics.hits));
    one(out, "cache_misses_total", "counter", "Answers that were worked out.", atomic_load(&sv->metrics.misses));
    one(out, "cache_bytes", "gauge", "Bytes of kept answers.", (unsigned long)dgs_cache_bytes(sv->cache));
    one(out, "store_changes_total", "counter", "Times the store was seen to have changed.",
        atomic_load(&sv->metrics.changes));
    one(out, "refused_total", "counter", "Requests refused because too many waited.",
        atomic_load(&sv->metrics.refused));
    one(out, "up_seconds", "gauge", "How long it has been running.",
        (unsigned long)((dgs_now_us() - sv->started_us) / 1000000));
}
