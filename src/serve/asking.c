/* SPDX-License-Identifier: Apache-2.0 */
/* serve/asking.c: requests that need the store, and the threads that answer them.
 *
 * Reads   the queue of requests
 * Writes  the answer of each, into the cache too; wakes its connection
 *
 * A store and a coder belong to one thread, so each worker has its own. */
#include <stdlib.h>

#include "serve/answers.h"

bool dgs_worker_open(struct worker *w, struct server *sv, dg_error *err)
{
    *w = (struct worker){.sv = sv};
    return dg_store_open(&w->store, sv->o->db, DG_STORE_READ, sv->o->model, err) == DG_OK;
}

void dgs_worker_close(struct worker *w)
{
    dg_coder_free(w->coder);
    dg_coder_free(w->tracer);
    dg_store_close(w->store);
    *w = (struct worker){.sv = w->sv};
}

bool dgs_enqueue(struct server *sv, struct request *r)
{
    pthread_mutex_lock(&sv->lock);
    bool room = sv->n_waiting < MOST_WAITING && !atomic_load(&sv->stopping);
    if (room) {
        r->next = NULL;
        if (sv->last)
            sv->last->next = r;
        else
            sv->first = r;
        sv->last = r;
        sv->n_waiting++;
        MHD_suspend_connection(r->c);
        pthread_cond_signal(&sv->wake);
    }
    pthread_mutex_unlock(&sv->lock);
    return room;
}

/* The next request; NULL: the server ends and all are answered. */
static struct request *take(struct server *sv)
{
    pthread_mutex_lock(&sv->lock);
    while (!sv->first && !atomic_load(&sv->stopping))
        pthread_cond_wait(&sv->wake, &sv->lock);
    struct request *r = sv->first;
    if (r) {
        sv->first = r->next;
        if (!sv->first)
            sv->last = NULL;
        sv->n_waiting--;
    }
    pthread_mutex_unlock(&sv->lock);
    return r;
}

static struct page *answer(struct worker *w, struct request *r, uint64_t version)
{
    const struct route *route = r->q.route;
    dg_text text = {NULL, 0};
    dg_error err = {0};
    struct page *p;
    bool keep = route->flags & R_KEEP;
    int64_t stop = atomic_load(&w->sv->stop_by_us);
    dg_status st = stop && dgs_now_us() > stop ? dgi_fail(&err, DG_E_CANCELLED, "the server ends")
                                               : route->run(w, &r->q, &text, &err);
    if (st == DG_OK && text.len > MOST_ANSWER)
        st = dgi_fail(&err, DG_E_LIMIT, "the answer has more than %d MB: ask for less", MOST_ANSWER >> 20);
    if (st == DG_OK)
        p = dgs_page(200, route->type, dgi_strn(text.ptr, text.len), r->packing, keep, NULL);
    else
        p = dgs_problem(dgs_code(st, route), err.message, dgs_code(st, route) == 503 ? "1" : NULL);
    dg_text_free(&text);
    if (p && st == DG_OK && keep)
        dgs_cache_put(w->sv->cache, dgi_buf_str(&r->key), version, p);
    return p;
}

void *dgs_work(void *user)
{
    struct worker *w = user;
    struct request *r;
    while ((r = take(w->sv))) {
        uint64_t version = atomic_load(&w->sv->version);
        if (r->q.route->flags & R_KEEP) /* another worker may have answered the same meanwhile */
            r->page = dgs_cache_get(w->sv->cache, dgi_buf_str(&r->key), version);
        if (!r->page)
            r->page = answer(w, r, version);
        MHD_resume_connection(r->c);
    }
    return NULL;
}

void dgs_work_end(struct server *sv)
{
    pthread_mutex_lock(&sv->lock);
    atomic_store(&sv->stopping, true);
    pthread_cond_broadcast(&sv->wake);
    pthread_mutex_unlock(&sv->lock);
    for (uint32_t i = 0; i < sv->n_started; i++)
        pthread_join(sv->workers[i].thread, NULL);
    sv->n_started = 0;
}
