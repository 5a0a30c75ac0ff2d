/* SPDX-License-Identifier: Apache-2.0 */
/* serve/server.c: sockets, who may ask, how a request goes through, and the end.
 *
 * Reads   HTTP through libmicrohttpd
 * Writes  answers
 *
 * Who may ask: an address of this machine alone needs no token, but then a name in Host that is not this machine's is refused (a page of
 * another site that lets its name point here), and so is a POST that comes from a page of another site. */
#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "serve/answers.h"
#include "serve/assets.h"

/* ---- a request's beginning and end ---- */
static void *uri_seen(void *user, const char *uri, struct MHD_Connection *c)
{
    struct server *sv = user;
    struct request *r = calloc(1, sizeof *r);
    size_t n = strlen(uri);
    (void)c;
    if (!r)
        return NULL;
    r->sv = sv;
    r->began_us = dgs_now_us();
    r->n_uri = n;
    if (n <= MOST_URI) {
        r->uri = malloc(2 * (n + 1));
        if (r->uri) {
            memcpy(r->uri, uri, n + 1);
            r->room = r->uri + n + 1;
        }
    }
    atomic_fetch_add(&sv->active, 1);
    return r;
}

static void completed(void *user, struct MHD_Connection *c, void **con_cls, enum MHD_RequestTerminationCode why)
{
    struct request *r = *con_cls;
    (void)user;
    (void)c;
    (void)why;
    if (!r)
        return;
    *con_cls = NULL;
    atomic_fetch_sub(&r->sv->active, 1);
    dgs_page_drop(r->page);
    dgi_buf_free(&r->body);
    dgi_buf_free(&r->key);
    free(r->uri);
    free(r);
}

/* ---- sending ---- */
static bool is_same(struct request *r)
{
    const char *have = MHD_lookup_connection_value(r->c, MHD_HEADER_KIND, "If-None-Match");
    dg_str list = dgi_str(have ? have : ""), one;
    if (!have || !r->page->same || r->page->code != 200)
        return false;
    while (list.ptr && dgi_str_next(&list, ',', &one)) {
        one = dgi_str_trim(one);
        if (dgi_str_starts(one, DGI_S("W/")))
            one = dgi_str_sub(one, 2, one.len);
        if (dgi_str_is(one, r->page->etag) || dgi_str_is(one, "*"))
            return true;
    }
    return false;
}

static enum MHD_Result send_page(struct request *r)
{
    if (!r->page)
        return MHD_NO; /* no memory: the connection is closed */
    bool same = is_same(r);
    unsigned code = same ? 304 : r->page->code;
    dgs_metrics_note(r->sv, r->q.route, code, dgs_now_us() - r->began_us);
    return MHD_queue_response(r->c, code, same ? r->page->same : r->page->whole);
}

static enum MHD_Result refuse(struct request *r, unsigned code, const char *detail, const char *header)
{
    r->page = dgs_problem(code, detail, header);
    return send_page(r);
}

/* ---- who may ask ---- */
/* As long as the token decides, not where the first wrong letter is. */
static bool token_is(const char *given, const char *token)
{
    size_t n = strlen(token), m = strlen(given);
    unsigned char wrong = n != m;
    for (size_t i = 0; i < n; i++)
        wrong |= (unsigned char)(token[i] ^ (i < m ? given[i] : 0));
    return !wrong;
}

static bool has_token(struct request *r)
{
    const char *a = MHD_lookup_connection_value(r->c, MHD_HEADER_KIND, "Authorization");
    return a && !strncasecmp(a, "Bearer ", 7) && token_is(a + 7, r->sv->o->token);
}

static bool host_is_here(struct request *r)
{
    static const char *const names[] = {"localhost", "127.0.0.1", "[::1]"};
    const char *host = MHD_lookup_connection_value(r->c, MHD_HEADER_KIND, "Host");
    if (!host || !r->sv->local || r->sv->o->token)
        return true;
    for (int i = 0; i < 3; i++) {
        size_t n = strlen(names[i]);
        if (!strncasecmp(host, names[i], n) && (!host[n] || host[n] == ':'))
            return true;
    }
    size_t n = strlen(r->sv->o->address);
    return !strncmp(host, r->sv->o->address, n) && (!host[n] || host[n] == ':');
}

static bool origin_is_ours(struct request *r)
{
    const char *origin = MHD_lookup_connection_value(r->c, MHD_HEADER_KIND, "Origin"),
               *host = MHD_lookup_connection_value(r->c, MHD_HEADER_KIND, "Host"), *rest;
    if (!origin)
        return true;
    rest = strstr(origin, "://");
    return rest && host && !strcasecmp(rest + 3, host);
}

/* What is known before the body comes. 200: go on. */
static unsigned may_ask(struct request *r, const char **why, const char **header)
{
    const char *length = MHD_lookup_connection_value(r->c, MHD_HEADER_KIND, "Content-Length");
    const struct route *route = r->q.route;
    if (!host_is_here(r))
        return *why = "this server is asked as localhost or 127.0.0.1; for other names start it with --token", 421;
    if (r->sv->o->token && !(route->flags & R_OPEN) && !has_token(r))
        return *why = "this needs the header Authorization: Bearer TOKEN, with the token the server was started with",
               *header = "Bearer", 401;
    if (!strcmp(route->method, "POST") && !origin_is_ours(r))
        return *why = "a page of another site may not send here", 403;
    if (route->flags & R_WRITES && !r->sv->o->writable)
        return *why = "this server only reads; 'dragoman serve --writable' takes documents", 403;
    if (length && strtoull(length, NULL, 10) > MOST_BODY)
        return *why = "the text has more than a megabyte", 413;
    return 200;
}

static enum packing taken(struct request *r)
{
    enum packing best = PLAIN;
    const char *a = MHD_lookup_connection_value(r->c, MHD_HEADER_KIND, "Accept-Encoding");
    dg_str list = dgi_str(a ? a : ""), one;
    while (list.ptr && dgi_str_next(&list, ',', &one)) {
        one = dgi_str_trim(one);
        bool refused = dgi_str_find(one, DGI_S("q=0")) != SIZE_MAX && dgi_str_find(one, DGI_S("q=0.")) == SIZE_MAX;
        dg_str name = dgi_str_sub(one, 0, dgi_str_find(one, DGI_S(";")));
        if (!refused && dgi_str_is(dgi_str_trim(name), "br"))
            return BROTLI;
        if (!refused && dgi_str_is(dgi_str_trim(name), "gzip"))
            best = GZIP;
    }
    return best;
}

/* ---- on its way ---- */
static enum MHD_Result begin(struct request *r, const char *method)
{
    const char *why = NULL, *header = NULL, *asked = r->head ? "GET" : method;
    dg_error err = {0};
    char allow[64];
    r->packing = taken(r);
    if (r->n_uri > MOST_URI)
        return refuse(r, 414, "the address has more than 8000 bytes", NULL);
    if (!r->uri)
        return MHD_NO;
    dg_str uri = dgi_strn(r->uri, r->n_uri);
    r->page = !strcmp(asked, "GET") ? dgs_asset(r->sv->assets, uri, r->packing) : NULL;
    if (r->page)
        return host_is_here(r)
                   ? send_page(r)
                   : (dgs_page_drop(r->page), refuse(r, 421, "this server is asked as localhost or 127.0.0.1", NULL));
    unsigned code = dgs_question(&r->q, asked, uri, r->room, &err);
    if (code == 200 && (code = may_ask(r, &why, &header)) == 200)
        return MHD_YES;
    if (code == 405) {
        dgs_methods(&r->q, uri, allow);
        header = allow;
    }
    return refuse(r, code, why ? why : err.message, header);
}

static enum MHD_Result stream(struct request *r)
{
    struct MHD_Response *feed = dgs_feed(r->sv->feeds, r->c);
    if (!feed)
        return refuse(r, 503, "too many wait for changes", "30");
    dgs_metrics_note(r->sv, r->q.route, 200, dgs_now_us() - r->began_us);
    enum MHD_Result got = MHD_queue_response(r->c, 200, feed);
    MHD_destroy_response(feed);
    return got;
}

static enum MHD_Result at_once(struct request *r)
{
    struct worker nobody = {.sv = r->sv};
    dg_text text = {NULL, 0};
    dg_error err = {0};
    if (r->q.route->run(&nobody, &r->q, &text, &err) != DG_OK)
        return refuse(r, 503, err.message, "1");
    r->page = dgs_page(200, r->q.route->type, dgi_strn(text.ptr, text.len), r->packing, false, NULL);
    dg_text_free(&text);
    return send_page(r);
}

static enum MHD_Result ask(struct request *r)
{
    struct server *sv = r->sv;
    const char *type = MHD_lookup_connection_value(r->c, MHD_HEADER_KIND, "Content-Type");
    if (r->q.route->flags & R_FEED)
        return stream(r);
    if (r->q.route->flags & R_AT_ONCE)
        return at_once(r);
    if (r->body.failed || r->body.len > MOST_BODY)
        return refuse(r, 413, "the text has more than a megabyte", NULL);
    snprintf(r->type, sizeof r->type, "%s", type ? type : "");
    r->q.body = (dg_str){r->body.ptr ? r->body.ptr : "", r->body.len};
    r->q.body_type = dgi_str(r->type);
    if (r->q.route->flags & R_KEEP) {
        dgs_key(&r->key, &r->q);
        dgi_buf_add(&r->key, r->packing == BROTLI ? DGI_S("\nb") : r->packing == GZIP ? DGI_S("\nz") : DGI_S("\n-"));
        if (r->key.failed)
            return MHD_NO;
        r->page = dgs_cache_get(sv->cache, dgi_buf_str(&r->key), atomic_load(&sv->version));
        atomic_fetch_add(r->page ? &sv->metrics.hits : &sv->metrics.misses, 1);
        if (r->page)
            return send_page(r);
    }
    if (dgs_enqueue(sv, r))
        return MHD_YES;
    atomic_fetch_add(&sv->metrics.refused, 1);
    return refuse(r, 503, "too many requests wait; come again", "1");
}

static enum MHD_Result on_request(void *user, struct MHD_Connection *c, const char *url, const char *method,
                                  const char *version, const char *upload, size_t *n_upload, void **con_cls)
{
    struct request *r = *con_cls;
    (void)user;
    (void)url;
    (void)version;
    if (!r)
        return MHD_NO;
    r->c = c;
    if (!r->begun) {
        r->begun = true;
        r->head = !strcmp(method, "HEAD");
        return begin(r, method);
    }
    if (r->page)
        return send_page(r);
    if (*n_upload) {
        if (r->body.len <= MOST_BODY)
            dgi_buf_add(&r->body, dgi_strn(upload, *n_upload));
        *n_upload = 0;
        return MHD_YES;
    }
    return ask(r);
}

/* ---- listening ---- */
struct address {
    struct sockaddr_storage sa;
    bool local;
};

static dg_status address_of(const struct dgs_options *o, struct address *a, dg_error *err)
{
    struct addrinfo how = {.ai_flags = AI_NUMERICHOST | AI_PASSIVE, .ai_socktype = SOCK_STREAM}, *got = NULL;
    const char *name = !strcmp(o->address, "localhost") ? "127.0.0.1" : o->address;
    *a = (struct address){.local = false};
    if (getaddrinfo(name, NULL, &how, &got))
        return dgi_fail(err, DG_E_ARG, "'%.60s' is no address of a machine (127.0.0.1, 0.0.0.0, ::1 ...)", o->address);
    memcpy(&a->sa, got->ai_addr, got->ai_addrlen);
    freeaddrinfo(got);
    if (a->sa.ss_family == AF_INET6) {
        struct sockaddr_in6 *six = (struct sockaddr_in6 *)&a->sa;
        six->sin6_port = htons(o->port);
        a->local = IN6_IS_ADDR_LOOPBACK(&six->sin6_addr);
    } else {
        struct sockaddr_in *four = (struct sockaddr_in *)&a->sa;
        four->sin_port = htons(o->port);
        a->local = ntohl(four->sin_addr.s_addr) >> 24 == 127;
    }
    if (!a->local && !o->token)
        return dgi_fail(err, DG_E_ARG, "%s can be reached from other machines: that needs --token", o->address);
    return DG_OK;
}

static dg_status listen_at(struct server *sv, const struct address *a, dg_error *err)
{
    unsigned flags =
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | (a->sa.ss_family == AF_INET6 ? MHD_USE_IPv6 : 0);
    errno = 0;
    sv->daemon = MHD_start_daemon(flags, sv->o->port, NULL, NULL, on_request, sv, MHD_OPTION_SOCK_ADDR,
                                  (const struct sockaddr *)&a->sa, MHD_OPTION_URI_LOG_CALLBACK, uri_seen, sv,
                                  MHD_OPTION_NOTIFY_COMPLETED, completed, sv, MHD_OPTION_CONNECTION_LIMIT,
                                  (unsigned)MOST_CONNECTIONS, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_S,
                                  MHD_OPTION_LISTENING_ADDRESS_REUSE, 1u, MHD_OPTION_END);
    if (sv->daemon)
        return DG_OK;
    return dgi_fail(err, DG_E_IO, "cannot listen at %s, port %u: %s", sv->o->address, sv->o->port,
                    errno ? strerror(errno) : "refused");
}

static void tell_ready(struct server *sv, const struct address *a)
{
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(sv->daemon, MHD_DAEMON_INFO_BIND_PORT);
    char url[96];
    bool six = a->sa.ss_family == AF_INET6;
    snprintf(url, sizeof url, "http://%s%.60s%s:%u/", six ? "[" : "", sv->o->address, six ? "]" : "",
             info ? info->port : sv->o->port);
    if (sv->o->ready)
        sv->o->ready(sv->o->user, url);
}

/* ---- the whole ---- */
static dg_status start(struct server *sv, dg_error *err)
{
    sv->cache = dgs_cache_new();
    sv->assets = dgs_assets_new();
    sv->workers = calloc(sv->n_workers, sizeof *sv->workers);
    if (!sv->cache || !sv->assets || !sv->workers)
        return dgi_fail(err, DG_E_NOMEM, "no memory for the server");
    for (uint32_t i = 0; i < sv->n_workers; i++)
        if (!dgs_worker_open(&sv->workers[i], sv, err))
            return err->status;
    if (!(sv->feeds = dgs_feeds_new(sv, err)))
        return err->status;
    for (; sv->n_started < sv->n_workers; sv->n_started++)
        if (pthread_create(&sv->workers[sv->n_started].thread, NULL, dgs_work, &sv->workers[sv->n_started]))
            return dgi_fail(err, DG_E_NOMEM, "no thread for the server");
    return DG_OK;
}

/* No new connections; what was asked is answered, for some seconds; then all ends. */
static void end(struct server *sv)
{
    dg_store *last;
    int listening = sv->daemon ? MHD_quiesce_daemon(sv->daemon) : -1;
    int64_t until = dgs_now_us() + DRAIN_S * 1000000LL;
    atomic_store(&sv->stop_by_us, until);
    dgs_work_end(sv);
    if (sv->feeds)
        dgs_feeds_end(sv->feeds);
    while (atomic_load(&sv->active) && dgs_now_us() < until) {
        struct timespec t = {0, 5000000};
        nanosleep(&t, NULL);
    }
    if (sv->daemon)
        MHD_stop_daemon(sv->daemon);
    if (listening >= 0)
        close(listening);
    for (uint32_t i = 0; sv->workers && i < sv->n_workers; i++)
        dgs_worker_close(&sv->workers[i]);
    free(sv->workers);
    dgs_feeds_free(sv->feeds);
    if (atomic_load(&sv->wrote) && dg_store_open(&last, sv->o->db, DG_STORE_WRITE, sv->o->model, NULL) == DG_OK)
        dg_store_close(last); /* with no reader left the store is one file again */
    dgs_cache_free(sv->cache);
    dgs_assets_free(sv->assets);
}

dg_status dgs_serve(const struct dgs_options *o, dg_error *err)
{
    struct server *sv = calloc(1, sizeof *sv);
    struct address a;
    sigset_t stop, before;
    int got;
    dg_error mine = {0};
    if (!sv)
        return dgi_fail(err, DG_E_NOMEM, "no memory for the server");
    sv->o = o;
    sv->n_workers = o->threads ? o->threads : 1;
    sv->started_us = dgs_now_us();
    atomic_store(&sv->version, 1);
    pthread_mutex_init(&sv->lock, NULL);
    pthread_mutex_init(&sv->writing, NULL);
    pthread_cond_init(&sv->wake, NULL);
    sigemptyset(&stop);
    sigaddset(&stop, SIGTERM);
    sigaddset(&stop, SIGINT);
    pthread_sigmask(SIG_BLOCK, &stop, &before); /* in every thread: this one waits for them */
    signal(SIGPIPE, SIG_IGN);
    dg_status st = address_of(o, &a, &mine);
    sv->local = a.local;
    if (st == DG_OK && (st = dgs_mhd_load(&mine)) == DG_OK && (st = start(sv, &mine)) == DG_OK &&
        (st = listen_at(sv, &a, &mine)) == DG_OK) {
        tell_ready(sv, &a);
        while (sigwait(&stop, &got) != 0)
            ;
    }
    end(sv);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    pthread_cond_destroy(&sv->wake);
    pthread_mutex_destroy(&sv->writing);
    pthread_mutex_destroy(&sv->lock);
    free(sv);
    if (err)
        *err = mine;
    return st;
}
