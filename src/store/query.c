/* SPDX-License-Identifier: Apache-2.0 */
/* store/query.c: what a reader asks: the situation, one item, what if, the timeline, who said what.
 *
 * Reads   the kept board through a view (store/view.c), documents
 * Writes  items and events, one by one or in lists; JSON is export's
 *
 * A question runs in one read transaction and costs in proportion to what it asks for. */
#include <stdlib.h>

#include "event/act_id.h"
#include "store/view.h"

static dg_status begin(dgi_store *s, dg_error *err)
{
    return OPS(s)->begin(s->b, false, err);
}
static void end(dgi_store *s)
{
    OPS(s)->rollback(s->b);
}

dg_status dgi_store_count(dgi_store *s, struct dgi_store_counts *out, dg_error *err)
{
    return OPS(s)->count(s->b, out, err);
}

dg_status dgi_store_last_day(dgi_store *s, int32_t *day, dg_error *err)
{
    return OPS(s)->last_day(s->b, DGI_NO_DAY, day, err);
}

dg_status dgi_store_day(dgi_store *s, struct dgi_sit_when *w, dg_error *err)
{
    int32_t last, now;
    if (w->as_of != DGI_NO_DAY)
        return DG_OK;
    dg_status st = OPS(s)->last_day(s->b, w->known_on, &last, err);
    if (st == DG_OK)
        st = OPS(s)->last_day(s->b, DGI_NO_DAY, &now, err);
    if (st == DG_OK)
        w->as_of = w->known_on != DGI_NO_DAY && (now == DGI_NO_DAY || w->known_on < now) ? w->known_on : last;
    return st;
}

struct each {
    dgi_store_item_fn *fn;
    void *user;
};

static bool pass_on(void *user, dg_str key, const struct dgi_sit_item *it, const struct dgi_item_state *state)
{
    struct each *e = user;
    (void)key;
    return e->fn(e->user, it, state);
}

dg_status dgi_store_each_item(dgi_store *s, const struct dgi_sit_filter *f, dgi_store_item_fn *fn, void *user,
                              dg_error *err)
{
    struct each e = {fn, user};
    struct view v = {0};
    dgi_arena *a = dgi_arena_new(0);
    dg_status st = a ? begin(s, err) : dgi_fail(err, DG_E_NOMEM, "no memory for the board");
    if (st == DG_OK && (st = dgi_view_open(&v, s, f->when.known_on, err)) == DG_OK) {
        st = dgi_view_items(&v, f, a, false, pass_on, &e, err);
        dgi_view_close(&v);
    }
    end(s);
    dgi_arena_free(a);
    return st;
}

struct listing {
    dgi_arena *a;
    struct dgi_store_item *list;
    uint32_t n, cap;
    bool failed;
};

static bool list_item(void *user, dg_str key, const struct dgi_sit_item *it, const struct dgi_item_state *state)
{
    struct listing *l = user;
    struct dgi_store_item *x = DGI_PUSH(l->a, l->list, l->n, l->cap);
    if (x)
        *x = (struct dgi_store_item){it, *state, dgi_arena_str(l->a, key)};
    l->failed |= !x || !x->key.ptr;
    return !l->failed;
}

static int by_opening(const void *a, const void *b)
{
    const struct dgi_store_item *x = a, *y = b;
    return dgi_str_cmp(x->key, y->key);
}

dg_status dgi_store_items(dgi_store *s, const struct dgi_sit_filter *f, dgi_arena *a, struct dgi_store_item **list,
                          uint32_t *n, dg_error *err)
{
    struct listing l = {.a = a};
    struct view v = {0};
    dg_status st = begin(s, err);
    *list = NULL;
    *n = 0;
    if (st == DG_OK && (st = dgi_view_open(&v, s, f->when.known_on, err)) == DG_OK) {
        st = dgi_view_items(&v, f, a, true, list_item, &l, err);
        dgi_view_close(&v);
    }
    end(s);
    if (st == DG_OK && l.failed)
        st = dgi_fail(err, DG_E_NOMEM, "no memory for the board");
    if (st != DG_OK)
        return st;
    if (l.n)
        qsort(l.list, l.n, sizeof *l.list, by_opening);
    for (uint32_t i = 0; i < l.n; i++)
        ((struct dgi_sit_item *)(uintptr_t)l.list[i].it)->index = i;
    *list = l.list;
    *n = l.n;
    return DG_OK;
}

dg_status dgi_store_item(dgi_store *s, dg_str id, struct dgi_sit_when *w, dgi_arena *a,
                         const struct dgi_sit_item **item, dg_error *err)
{
    enum { MOST = 64 };
    const struct dgi_sit_item *it[MOST];
    struct view v = {0};
    uint32_t n = 0;
    *item = NULL;
    *w = (struct dgi_sit_when){.as_of = DGI_NO_DAY, .known_on = DGI_NO_DAY};
    dg_status st = begin(s, err);
    if (st == DG_OK && (st = dgi_store_day(s, w, err)) == DG_OK &&
        (st = dgi_view_open(&v, s, DGI_NO_DAY, err)) == DG_OK) {
        st = dgi_view_items_by_id(&v, id, MOST, a, it, &n, err);
        if (st == DG_OK && n == 1)
            st = dgi_view_ask_silence(&v, it[0], w, err);
        dgi_view_close(&v);
    }
    end(s);
    if (st == DG_OK && n && id.len < 4 && !dgi_str_eq(it[0]->id, id))
        n = 0; /* too short to mean one */
    if (st == DG_OK && !n)
        return dgi_fail(err, DG_E_ARG, "%s: no item '%.*s'; 'situation --evidence' shows their ids", s->path,
                        (int)id.len, id.ptr);
    if (st == DG_OK && n > 1)
        return dgi_fail(err, DG_E_ARG, "%s: %u items%s begin with '%.*s'", s->path, n, n == MOST ? " or more" : "",
                        (int)id.len, id.ptr);
    if (st == DG_OK)
        *item = it[0];
    return st;
}

dg_status dgi_store_considered(dgi_store *s, dg_str key, dgi_considered_fn *fn, void *user, dg_error *err)
{
    enum { MOST = 32 };
    struct dgi_ledger_entry *entries;
    struct view v = {0};
    uint32_t n = 0;
    dgi_arena *a = dgi_arena_new(0);
    dg_status st = a ? begin(s, err) : dgi_fail(err, DG_E_NOMEM, "no memory for the board");
    if (st == DG_OK && (st = dgi_view_open(&v, s, DGI_NO_DAY, err)) == DG_OK) {
        st = v.host->entries(v.host->self, key, a, &entries, &n, err);
        for (uint32_t i = n > MOST ? n - MOST : 0; i < n && st == DG_OK; i++)
            st = dgi_ledger_considered(s->rules, v.host, entries[i].pos, fn, user, err);
        dgi_view_close(&v);
    }
    end(s);
    dgi_arena_free(a);
    return st;
}

dg_status dgi_store_what_if(dgi_store *s, const struct dgi_ev_doc *doc, const struct dgi_sit_when *w,
                            struct dgi_sit_effects *out, dgi_arena *a, dg_error *err)
{
    struct view v = {0};
    dg_status st = begin(s, err);
    *out = (struct dgi_sit_effects){0};
    if (st == DG_OK && (st = dgi_view_open(&v, s, w->known_on, err)) == DG_OK) {
        st = dgi_ledger_what_if(s->rules, v.host, doc, w, out, a, err);
        dgi_view_close(&v);
    }
    end(s);
    return st;
}

/* ---- timeline ---- */
enum { SLOTS = 64 }; /* documents in memory at once: rows of one day come from few */
struct timeline {
    dgi_store *s;
    const struct dgi_timeline_filter *f;
    dgi_doc_event_fn *fn;
    void *user;
    dg_error *err;
    dg_status st;
    uint64_t given, passed;
    struct dgi_acts_met met;
    struct slot {
        int64_t no;
        dgi_arena *a;
        struct dgi_ev_doc doc;
        const bool *left_out; /* of its events */
    } slot[SLOTS];
};

static struct slot *slot_of(struct timeline *t, int64_t no)
{
    struct slot *x = &t->slot[no % SLOTS];
    if (x->no == no)
        return x;
    x->no = 0;
    if (!x->a && !(x->a = dgi_arena_new(0))) {
        t->st = dgi_fail(t->err, DG_E_NOMEM, "no memory for the timeline");
        return NULL;
    }
    dgi_arena_reset(x->a);
    if ((t->st = OPS(t->s)->load_document(t->s->b, no, x->a, &x->doc, t->err)) != DG_OK)
        return NULL;
    if (!(x->left_out = dgi_events_left_out(&x->doc, t->f, x->a))) {
        t->st = dgi_fail(t->err, DG_E_NOMEM, "no memory for the timeline");
        return NULL;
    }
    x->no = no;
    return x;
}

static bool on_event(void *user, int64_t no, uint32_t n, int32_t day)
{
    struct timeline *t = user;
    struct slot *x = slot_of(t, no);
    if (!x)
        return false;
    if (n >= x->doc.n_events || x->left_out[n])
        return true;
    bool again = false;
    if (t->f->acts && !dgi_act_again(&t->met, &x->doc.events[n], day, &again)) {
        t->st = dgi_fail(t->err, DG_E_NOMEM, "no memory for the timeline");
        return false;
    }
    if (again)
        return true;
    if (t->passed < t->f->offset) {
        t->passed++;
        return true;
    }
    t->given++;
    return t->fn(t->user, &x->doc, n, day) && (!t->f->limit || t->given < t->f->limit);
}

dg_status dgi_store_events(dgi_store *s, const struct dgi_timeline_filter *f, dgi_doc_event_fn *fn, void *user,
                           dg_error *err)
{
    struct timeline *t = calloc(1, sizeof *t);
    if (!t)
        return dgi_fail(err, DG_E_NOMEM, "no memory for the timeline");
    *t = (struct timeline){.s = s, .f = f, .fn = fn, .user = user, .err = err};
    dg_status st = begin(s, err);
    if (st == DG_OK && (st = OPS(s)->each_event(s->b, f->from, f->to, f->known_on, on_event, t, err)) == DG_OK)
        st = t->st;
    end(s);
    for (int i = 0; i < SLOTS; i++)
        dgi_arena_free(t->slot[i].a);
    dgi_acts_met_free(&t->met);
    free(t);
    return st;
}

struct line {
    dgi_event_fn *fn;
    void *user;
};

static bool as_line(void *user, const struct dgi_ev_doc *doc, uint32_t n, int32_t day)
{
    struct line *l = user;
    const struct dgi_meta *m = &doc->meta;
    struct dgi_store_source src = {m->id, m->url, m->title, m->publisher, m->published};
    return l->fn(l->user, &src, day, &doc->events[n]);
}

dg_status dgi_store_timeline(dgi_store *s, const struct dgi_timeline_filter *f, dgi_event_fn *fn, void *user,
                             dg_error *err)
{
    struct line l = {fn, user};
    return dgi_store_events(s, f, as_line, &l, err);
}

/* ---- statements and documents ---- */
struct said_by {
    const char *actor;
    dgi_said_fn *fn;
    void *user;
};

static bool on_statement(void *user, const struct dgi_store_source *src, const struct dgi_said *said)
{
    struct said_by *w = user;
    struct dgi_ev_actor a = {.id = said->speaker, .name = said->speaker_name};
    memcpy(a.country, said->speaker_country, sizeof a.country);
    return (w->actor && *w->actor && !dgi_ev_actor_is(&a, w->actor)) || w->fn(w->user, src, said);
}

dg_status dgi_store_said(dgi_store *s, const char *actor, int32_t from, int32_t to, int32_t known_on, dgi_said_fn *fn,
                         void *user, dg_error *err)
{
    struct said_by w = {actor, fn, user};
    return OPS(s)->each_statement(s->b, from, to, known_on, on_statement, &w, err);
}

struct sources {
    dgi_source_fn *fn;
    void *user;
};

static bool on_document(void *user, const struct dgi_version *v, const struct dgi_store_source *src)
{
    struct sources *x = user;
    (void)v;
    return x->fn(x->user, src);
}

dg_status dgi_store_sources(dgi_store *s, int32_t known_on, dgi_source_fn *fn, void *user, dg_error *err)
{
    struct sources x = {fn, user};
    return OPS(s)->each_document(s->b, DGI_DOCS_KNOWN, known_on, on_document, &x, err);
}

struct docs {
    dgi_store *s;
    int32_t from, to;
    dgi_doc_fn *fn;
    void *user;
    dgi_arena *a;
    dg_error *err;
    dg_status st;
};

static bool on_doc(void *user, const struct dgi_version *v, const struct dgi_store_source *src)
{
    struct docs *x = user;
    struct dgi_ev_doc doc;
    if ((x->from != DGI_NO_DAY && src->published < x->from) ||
        (x->to != DGI_NO_DAY && (src->published == DGI_NO_DAY || src->published > x->to)))
        return true;
    dgi_arena_reset(x->a);
    x->st = OPS(x->s)->load_document(x->s->b, v->no, x->a, &doc, x->err);
    return x->st == DG_OK && x->fn(x->user, &doc);
}

dg_status dgi_store_docs(dgi_store *s, int32_t from, int32_t to, int32_t known_on, dgi_doc_fn *fn, void *user,
                         dg_error *err)
{
    struct docs x = {s, from, to, fn, user, dgi_arena_new(0), err, DG_OK};
    dg_status st = x.a ? begin(s, err) : dgi_fail(err, DG_E_NOMEM, "no memory for the documents");
    if (x.a && st == DG_OK)
        st = OPS(s)->each_document(s->b, DGI_DOCS_KNOWN, known_on, on_doc, &x, err);
    if (x.a)
        end(s);
    dgi_arena_free(x.a);
    return st == DG_OK ? x.st : st;
}

dg_status dgi_store_load(dgi_store *s, dg_str url_or_id, dgi_arena *a, struct dgi_ev_doc *out, bool *found,
                         dg_error *err)
{
    struct dgi_version v;
    *found = false;
    dg_status st = OPS(s)->find_document(s->b, url_or_id, a, &v, err);
    if (st == DG_OK && v.no && (st = OPS(s)->load_document(s->b, v.no, a, out, err)) == DG_OK)
        *found = true;
    return st;
}

dg_status dgi_store_version(dgi_store *s, uint64_t *version, dg_error *err)
{
    return OPS(s)->seen(s->b, version, err);
}

dg_status dgi_store_document(dgi_store *s, dg_str url_or_id, struct dgi_store_source *src, dg_str *text, bool *found,
                             dg_error *err)
{
    struct dgi_ev_doc doc;
    dgi_arena_reset(s->scratch);
    dg_status st = dgi_store_load(s, url_or_id, s->scratch, &doc, found, err);
    if (st != DG_OK || !*found)
        return st;
    *src = (struct dgi_store_source){doc.meta.id, doc.meta.url, doc.meta.title, doc.meta.publisher, doc.meta.published};
    *text = doc.text;
    return DG_OK;
}
