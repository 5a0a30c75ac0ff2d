/* SPDX-License-Identifier: Apache-2.0 */
/* serve/feeds.c: new documents and moved items, to whoever waits for them (server-sent events).
 *
 * Reads   the store, when its number of changes has moved
 * Writes  messages, into a ring that every feed reads at its own pace
 *
 * What moved is told by comparing the items with what they were at the last look; so a correction, a withdrawal and a text coded
 * again are seen as well as a new document. Nobody waiting: nothing is compared. A feed that fell behind, and one that comes
 * back, is told to reload. A suspended connection's end is not seen by libmicrohttpd; the heartbeat finds it. */
#include <json.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "serve/serve_int.h"

enum { RING = 1024, MOST_TOLD = 200 };

struct feed {
    struct feeds *all;
    struct MHD_Connection *c;
    uint64_t at; /* message it reads next */
    size_t off;  /* bytes of it that were sent */
    bool asleep, beat, greeted, reload;
    struct feed *next;
};
struct item_state {
    int64_t no;
    uint64_t hash;
};
struct feeds {
    struct server *sv;
    pthread_mutex_t lock;
    pthread_t thread;
    bool started;
    dg_store *store;
    struct feed *list;
    uint32_t n;
    char *ring[RING];
    size_t len[RING];
    uint64_t end; /* messages so far */
    /* what the last look saw; known: it is of this store as it was then */
    bool known;
    int64_t last_document;
    struct item_state *items;
    size_t n_items;
};

/* ---- messages ---- */
static void wake(struct feed *x)
{
    if (x->asleep) {
        x->asleep = false;
        MHD_resume_connection(x->c);
    }
}

static void tell(struct feeds *f, const char *event, const char *data)
{
    struct dgi_buf b = {0};
    dgi_buf_printf(&b, "id: %llu\nevent: %s\ndata: ", (unsigned long long)(f->end + 1), event);
    dgi_buf_add(&b, dgi_str(data));
    dgi_buf_add(&b, DGI_S("\n\n"));
    if (b.failed) {
        dgi_buf_free(&b);
        return;
    }
    pthread_mutex_lock(&f->lock);
    free(f->ring[f->end % RING]);
    f->ring[f->end % RING] = b.ptr;
    f->len[f->end % RING] = b.len;
    f->end++;
    for (struct feed *x = f->list; x; x = x->next)
        wake(x);
    pthread_mutex_unlock(&f->lock);
}

static ssize_t put(char *buf, size_t max, const char *s, size_t n)
{
    size_t m = n < max ? n : max;
    memcpy(buf, s, m);
    return (ssize_t)m;
}

static ssize_t next_bytes(void *user, uint64_t pos, char *buf, size_t max)
{
    static const char hello[] = "retry: 3000\n: what changes is told here\n\n", beat[] = ": \n\n",
                      reload[] = "event: reload\ndata: {}\n\n";
    struct feed *x = user;
    struct feeds *f = x->all;
    ssize_t n = 0;
    (void)pos;
    pthread_mutex_lock(&f->lock);
    if (atomic_load(&f->sv->stopping)) {
        n = MHD_CONTENT_READER_END_OF_STREAM;
    } else if (!x->greeted) {
        x->greeted = true;
        n = put(buf, max, hello, sizeof hello - 1);
    } else if (x->reload || (!x->off && f->end - x->at > RING)) {
        x->reload = false;
        x->at = f->end;
        x->off = 0;
        n = put(buf, max, reload, sizeof reload - 1);
    } else if (x->off && f->end - x->at > RING) {
        n = MHD_CONTENT_READER_END_OF_STREAM; /* the rest of a message has gone: it comes back by itself */
    } else if (x->at < f->end) {
        n = put(buf, max, f->ring[x->at % RING] + x->off, f->len[x->at % RING] - x->off);
        x->off += (size_t)n;
        if (x->off == f->len[x->at % RING]) {
            x->at++;
            x->off = 0;
        }
    } else if (x->beat) {
        x->beat = false;
        n = put(buf, max, beat, sizeof beat - 1);
    } else {
        x->asleep = true;
        MHD_suspend_connection(x->c);
    }
    pthread_mutex_unlock(&f->lock);
    return n;
}

static void feed_gone(void *user)
{
    struct feed *x = user, **at;
    struct feeds *f = x->all;
    pthread_mutex_lock(&f->lock);
    for (at = &f->list; *at && *at != x; at = &(*at)->next)
        ;
    if (*at) {
        *at = x->next;
        f->n--;
    }
    pthread_mutex_unlock(&f->lock);
    free(x);
}

struct MHD_Response *dgs_feed(struct feeds *f, struct MHD_Connection *c)
{
    struct feed *x = calloc(1, sizeof *x);
    struct MHD_Response *r =
        x ? MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 4096, next_bytes, x, feed_gone) : NULL;
    if (!r) {
        free(x);
        return NULL;
    }
    bool again = MHD_lookup_connection_value(c, MHD_HEADER_KIND, "Last-Event-ID") != NULL;
    pthread_mutex_lock(&f->lock);
    bool room = f->n < MOST_FEEDS;
    *x = (struct feed){.all = f, .c = c, .at = f->end, .reload = again, .next = f->list};
    if (room) {
        f->list = x;
        f->n++;
    }
    pthread_mutex_unlock(&f->lock);
    MHD_add_response_header(r, "Content-Type", "text/event-stream");
    MHD_add_response_header(r, "Cache-Control", "no-store");
    MHD_add_response_header(r, "X-Content-Type-Options", "nosniff");
    if (room)
        return r;
    MHD_destroy_response(r); /* frees x */
    return NULL;
}

uint32_t dgs_n_feeds(struct feeds *f)
{
    pthread_mutex_lock(&f->lock);
    uint32_t n = f->n;
    pthread_mutex_unlock(&f->lock);
    return n;
}

/* ---- looking ---- */
/* Rows of a question that is written here, never out of a request. NULL: it failed. */
static json_object *rows(struct feeds *f, const char *sql, json_object **whole)
{
    dg_text text = {NULL, 0};
    dg_error err;
    json_object *list = NULL;
    *whole = NULL;
    if (dg_sql(&text, f->store, dgi_str(sql), 0, &err) == DG_OK)
        *whole = json_tokener_parse(text.ptr);
    dg_text_free(&text);
    if (*whole)
        json_object_object_get_ex(*whole, "rows", &list);
    return list;
}

static int64_t number(json_object *row, const char *name)
{
    json_object *v;
    return json_object_object_get_ex(row, name, &v) ? json_object_get_int64(v) : 0;
}

static void tell_rows(struct feeds *f, const char *event, json_object *list)
{
    for (size_t i = 0; list && i < json_object_array_length(list); i++)
        tell(f, event, json_object_to_json_string_ext(json_object_array_get_idx(list, i), JSON_C_TO_STRING_PLAIN));
}

static void look_at_documents(struct feeds *f)
{
    char sql[200];
    json_object *whole, *list;
    if (!f->known) {
        list = rows(f, "SELECT max(doc) AS doc FROM document", &whole);
        f->last_document =
            list && json_object_array_length(list) ? number(json_object_array_get_idx(list, 0), "doc") : 0;
        json_object_put(whole);
        return;
    }
    snprintf(sql, sizeof sql,
             "SELECT doc,id,title,url,publisher,published FROM document WHERE doc>%lld ORDER BY doc LIMIT %d",
             (long long)f->last_document, MOST_TOLD + 1);
    list = rows(f, sql, &whole);
    size_t n = list ? json_object_array_length(list) : 0;
    if (n > MOST_TOLD) {
        tell(f, "reload", "{}");
        f->known = false;
    } else if (n) {
        f->last_document = number(json_object_array_get_idx(list, n - 1), "doc");
        tell_rows(f, "document", list);
    }
    json_object_put(whole);
}

/* The items that are not as they were: their numbers, ',' between, into sql. How many. */
static size_t moved(struct feeds *f, const struct item_state *now, size_t n, struct dgi_buf *sql)
{
    size_t k = 0, found = 0;
    for (size_t i = 0; i < n; i++) {
        while (k < f->n_items && f->items[k].no < now[i].no)
            k++;
        if (k < f->n_items && f->items[k].no == now[i].no && f->items[k].hash == now[i].hash)
            continue;
        if (found++ < MOST_TOLD)
            dgi_buf_printf(sql, "%s%lld", found > 1 ? "," : "", (long long)now[i].no);
    }
    return found;
}

static void look_at_items(struct feeds *f)
{
    json_object *whole,
        *list = rows(f, "SELECT no,id||status||coalesce(since,'')||sources AS s FROM item ORDER BY no", &whole);
    size_t n = list ? json_object_array_length(list) : 0, found;
    struct item_state *now = list ? malloc((n + 1) * sizeof *now) : NULL;
    for (size_t i = 0; now && i < n; i++) {
        json_object *row = json_object_array_get_idx(list, i), *s = NULL;
        json_object_object_get_ex(row, "s", &s);
        now[i] = (struct item_state){number(row, "no"), dgi_str_hash(dgi_str(s ? json_object_get_string(s) : ""))};
    }
    json_object_put(whole);
    if (!now) {
        f->known = false;
        return;
    }
    struct dgi_buf sql = {0};
    dgi_buf_add(&sql, DGI_S("SELECT id,kind,status,since,parties,content,sources FROM item WHERE no IN ("));
    found = f->known ? moved(f, now, n, &sql) : 0;
    dgi_buf_add(&sql, (dg_str){") ORDER BY no", 14});
    if (found > MOST_TOLD) {
        tell(f, "reload", "{}");
    } else if (found && !sql.failed) {
        list = rows(f, sql.ptr, &whole);
        tell_rows(f, "item", list);
        json_object_put(whole);
    }
    dgi_buf_free(&sql);
    free(f->items);
    f->items = now;
    f->n_items = n;
    f->known = true;
}

static void look(struct feeds *f)
{
    if (!dgs_n_feeds(f)) {
        f->known = false;
        return;
    }
    look_at_documents(f);
    look_at_items(f);
}

static void beat(struct feeds *f)
{
    pthread_mutex_lock(&f->lock);
    for (struct feed *x = f->list; x; x = x->next) {
        x->beat = true;
        wake(x);
    }
    pthread_mutex_unlock(&f->lock);
}

static void *watch(void *user)
{
    struct feeds *f = user;
    uint64_t last = 0, now = 0;
    int64_t beaten = dgs_now_us(), pause = LOOK_MS;
    dg_error err;
    while (!atomic_load(&f->sv->stopping)) {
        bool changed = dg_store_version(f->store, &now, &err) == DG_OK && now != last;
        int64_t began = dgs_now_us();
        if (changed && last) {
            atomic_fetch_add(&f->sv->version, 1);
            atomic_fetch_add(&f->sv->metrics.changes, 1);
        }
        if (changed || (!f->known && dgs_n_feeds(f)))
            look(f);
        last = now;
        if (began - beaten > BEAT_S * 1000000LL) {
            beat(f);
            beaten = began;
        }
        pause = (dgs_now_us() - began) / 200; /* ms: looking takes a fifth of the time at most */
        pause = pause < LOOK_MS ? LOOK_MS : pause;
        for (int64_t ms = 0; ms < pause && !atomic_load(&f->sv->stopping); ms += 50) {
            struct timespec t = {0, 50000000};
            nanosleep(&t, NULL);
        }
    }
    return NULL;
}

struct feeds *dgs_feeds_new(struct server *sv, dg_error *err)
{
    struct feeds *f = calloc(1, sizeof *f);
    if (!f) {
        dgi_fail(err, DG_E_NOMEM, "no memory for the server");
        return NULL;
    }
    f->sv = sv;
    pthread_mutex_init(&f->lock, NULL);
    if (dg_store_open(&f->store, sv->o->db, DG_STORE_READ, sv->o->model, err) != DG_OK) {
        dgs_feeds_free(f);
        return NULL;
    }
    f->started = pthread_create(&f->thread, NULL, watch, f) == 0;
    if (!f->started) {
        dgi_fail(err, DG_E_NOMEM, "no thread for the server");
        dgs_feeds_free(f);
        return NULL;
    }
    return f;
}

void dgs_feeds_end(struct feeds *f)
{
    if (f->started)
        pthread_join(f->thread, NULL);
    f->started = false;
    pthread_mutex_lock(&f->lock);
    for (struct feed *x = f->list; x; x = x->next)
        wake(x);
    pthread_mutex_unlock(&f->lock);
}

void dgs_feeds_free(struct feeds *f)
{
    if (!f)
        return;
    dg_store_close(f->store);
    for (int i = 0; i < RING; i++)
        free(f->ring[i]);
    free(f->items);
    pthread_mutex_destroy(&f->lock);
    free(f);
}
