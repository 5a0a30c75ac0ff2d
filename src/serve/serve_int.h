/* SPDX-License-Identifier: Apache-2.0 */
/* serve/serve_int.h: what the files of the server share.
 *
 * One thread of libmicrohttpd talks to the sockets and never waits: it looks into the cache, answers, or hands the request to a worker,
 * which has a store and a coder of its own and wakes the connection when the answer is there. routes.c is the one table of what
 * can be asked; the description (openapi.c) is written from it. */
#ifndef DGS_SERVE_INT_H
#define DGS_SERVE_INT_H

#include "serve/mhd.h"
#include <pthread.h>
#include <stdatomic.h>

#include "base/error.h"
#include "base/json.h"
#include "serve/serve.h"

enum {
    MOST_PARAMS = 16,
    MOST_URI = 8000,        /* bytes */
    MOST_BODY = 1 << 20,    /* of a text that is pasted or put in */
    MOST_ANSWER = 64 << 20, /* of one answer */
    MOST_ROWS = 1000,       /* of one page */
    MOST_CONNECTIONS = 512,
    MOST_FEEDS = 64,    /* connections that wait for changes */
    MOST_WAITING = 256, /* requests that wait for a worker */
    IDLE_S = 30,        /* a connection that says nothing is closed */
    WORK_S = 20,        /* coding a text stops after it */
    DRAIN_S = 10,
    LOOK_MS = 250, /* how often the store is looked at */
    BEAT_S = 15,
    N_CLASSES = 6, /* of status codes: 1xx .. 5xx */
    N_BUCKETS = 12
};

/* ---- what can be asked ---- */
enum param_type { P_TEXT, P_DAY, P_COUNT, P_SHARE, P_FLAG, P_WORD };
struct param {
    const char *name;
    uint8_t type;       /* enum param_type */
    const char *words;  /* P_WORD: those there are, ' ' between */
    uint32_t low, high; /* P_COUNT */
    const char *help;
};
enum route_flags {
    R_OPEN = 1,    /* needs no token */
    R_KEEP = 2,    /* the answer holds until the store changes */
    R_FEED = 4,    /* a stream of changes */
    R_WRITES = 8,  /* only with --writable */
    R_AT_ONCE = 16 /* needs no worker */
};
struct worker;
struct question;
typedef dg_status run_fn(struct worker *w, const struct question *q, dg_text *out, dg_error *err);
struct route {
    const char *method, *path; /* a last part in braces stands for the rest of the path */
    const char *id;            /* operationId */
    const char *summary, *answer;
    const char *type;                  /* of the answer's content */
    const struct param *const *params; /* NULL ends */
    run_fn *run;
    uint32_t flags;
};
extern const struct route dgs_routes[];
extern const uint32_t dgs_n_routes;

struct question { /* a request, read and checked; views into the request */
    const struct route *route;
    dg_str rest; /* what the part in braces stands for */
    dg_str value[MOST_PARAMS];
    bool given[MOST_PARAMS];
    dg_str body, body_type;
};
/* Reads path and query as they came. The HTTP status: 200, or that of the refusal, with *err. `room` holds what is decoded: as many bytes as
 * `uri` has. */
unsigned dgs_question(struct question *q, const char *method, dg_str uri, char *room, dg_error *err);
/* The methods that a path knows, ", " between, for Allow. */
void dgs_methods(const struct question *q, dg_str uri, char out[64]);
dg_str dgs_value(const struct question *q, const char *name); /* ptr NULL: not given */
/* The same question has the same key. */
void dgs_key(struct dgi_buf *out, const struct question *q);

/* ---- answers ---- */
struct page { /* never changes; counted */
    atomic_uint refs;
    unsigned code;
    struct MHD_Response *whole, *same; /* same: 304 */
    char etag[24];
    size_t bytes;
};
enum packing { PLAIN, GZIP, BROTLI, N_PACKINGS }; /* of an answer */
struct page *dgs_page(unsigned code, const char *type, dg_str body, enum packing as, bool keep, const char *allow);
struct page *dgs_problem(unsigned code, const char *detail, const char *allow);
void dgs_page_drop(struct page *p);
unsigned dgs_code(dg_status st, const struct route *route); /* HTTP status of a failed question */

struct cache;
struct cache *dgs_cache_new(void);
void dgs_cache_free(struct cache *c);
/* What was kept of this version of the store; the caller drops it. NULL: nothing. */
struct page *dgs_cache_get(struct cache *c, dg_str key, uint64_t version);
void dgs_cache_put(struct cache *c, dg_str key, uint64_t version, struct page *p);
size_t dgs_cache_bytes(struct cache *c);

/* ---- the server ---- */
struct worker {
    struct server *sv;
    pthread_t thread;
    dg_store *store;
    dg_coder *coder, *tracer; /* made when they are needed */
    int64_t until_ms;         /* what is coded now must be done */
};
struct request {
    struct server *sv;
    struct MHD_Connection *c;
    char *uri, *room;
    size_t n_uri;
    char method[12], type[64];
    struct question q;
    struct dgi_buf body, key;
    struct page *page; /* the answer */
    bool begun, head;
    enum packing packing; /* the best that the client takes */
    int64_t began_us;
    struct request *next;
};
struct metrics {
    atomic_ulong requests[64][N_CLASSES]; /* by route; the last: no such route */
    atomic_ulong bucket[N_BUCKETS], micros, hits, misses, changes, refused;
};
struct feeds;
struct assets;
struct server {
    const struct dgs_options *o;
    struct MHD_Daemon *daemon;
    bool local; /* it listens on this machine alone */
    atomic_bool stopping, wrote;
    atomic_llong stop_by_us; /* when it stops: what is not answered by then is not; 0: it does not stop */
    atomic_ulong version;    /* of the store: grows when it changes */
    atomic_uint active;      /* requests begun and not ended */
    struct cache *cache;
    struct assets *assets;
    struct metrics metrics;
    struct feeds *feeds;
    pthread_mutex_t lock, writing;
    pthread_cond_t wake;
    struct request *first, *last;
    uint32_t n_waiting, n_workers, n_started;
    struct worker *workers;
    int64_t started_us;
};
int64_t dgs_now_us(void);
void *dgs_work(void *worker);
bool dgs_worker_open(struct worker *w, struct server *sv, dg_error *err);
void dgs_worker_close(struct worker *w);
/* Put a request before the workers; false: too many wait. Its connection is suspended. */
bool dgs_enqueue(struct server *sv, struct request *r);
void dgs_work_end(struct server *sv);
void dgs_metrics_text(struct server *sv, struct dgi_buf *out);
void dgs_metrics_note(struct server *sv, const struct route *route, unsigned code, int64_t micros);

/* Changes: who waits for them, and the thread that looks for them. */
struct feeds *dgs_feeds_new(struct server *sv, dg_error *err);
void dgs_feeds_end(struct feeds *f); /* lets all go */
void dgs_feeds_free(struct feeds *f);
/* The response that streams; NULL: there are too many. */
struct MHD_Response *dgs_feed(struct feeds *f, struct MHD_Connection *c);
uint32_t dgs_n_feeds(struct feeds *f);

#endif
