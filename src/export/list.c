/* SPDX-License-Identifier: Apache-2.0 */
/* export/list.c: what a store holds, page by page.
 *
 * Reads   documents, statements, events and items of a store, one by one
 * Writes  JSON: rows and the cursor of the next page
 *
 * A cursor is where the last row stands (its day, kind or count) and a hash of its name; the walk begins at that day and passes over
 * rows until it has met the name. Actors and places are counted first, the most frequent first, and then walked the same way. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "export/event_json.h"
#include "export/list.h"
#include "export/record.h"

static const char letter[DGI_N_LIST] = {'d', 's', 'e', 'i', 'a', 'p'};

struct mark {
    int64_t at;
    uint64_t name;
};
struct walk {
    struct dgi_json j;
    const struct dgi_list *list;
    struct mark after, last;
    bool passing; /* the row of `after` was not met yet */
    bool more;
    uint32_t n;
};

/* ---- cursors ---- */
static bool mark_read(dg_str s, uint8_t of, struct mark *m)
{
    char text[48], again[48];
    if (s.len >= sizeof text)
        return false;
    memcpy(text, s.ptr, s.len);
    text[s.len] = 0;
    if (sscanf(text + (s.len ? 1 : 0), "%" SCNd64 ".%" SCNx64, &m->at, &m->name) != 2)
        return false;
    snprintf(again, sizeof again, "%c%" PRId64 ".%016" PRIx64, letter[of], m->at, m->name);
    return !strcmp(text, again);
}

static void mark_write(struct dgi_json *j, uint8_t of, const struct mark *m)
{
    char text[48];
    snprintf(text, sizeof text, "%c%" PRId64 ".%016" PRIx64, letter[of], m->at, m->name);
    dgi_json_str(j, dgi_str(text));
}

/* The next row: 1 is given, -1 is passed over, 0 there were enough. */
static int next_row(struct walk *w, int64_t at, dg_str a, dg_str b)
{
    struct mark m = {at, dgi_str_hash(a) * 31 + (b.len ? dgi_str_hash(b) : 0)};
    if (w->passing) {
        w->passing = m.at != w->after.at || m.name != w->after.name;
        return -1;
    }
    if (w->list->limit && w->n == w->list->limit) {
        w->more = true;
        return 0;
    }
    w->n++;
    w->last = m;
    return 1;
}

/* ---- rows ---- */
static void source_members(struct dgi_json *j, const struct dgi_store_source *src)
{
    dgi_json_kstrn(j, "url", src->url);
    dgi_json_kstrn(j, "title", src->title);
    dgi_json_kstrn(j, "publisher", src->publisher);
    dgi_json_key(j, "published");
    dgi_json_day(j, src->published);
}

static bool document(void *user, const struct dgi_store_source *src)
{
    struct walk *w = user;
    const struct dgi_timeline_filter *f = &w->list->events;
    if ((f->from != DGI_NO_DAY && src->published < f->from) ||
        (f->to != DGI_NO_DAY && (src->published == DGI_NO_DAY || src->published > f->to)))
        return true;
    int how = next_row(w, src->published, src->id, (dg_str){NULL, 0});
    if (how <= 0)
        return how < 0;
    dgi_json_open(&w->j, '{');
    dgi_json_kstr(&w->j, "id", src->id);
    source_members(&w->j, src);
    dgi_json_close(&w->j, '}');
    return !w->j.out->failed;
}

static bool statement(void *user, const struct dgi_store_source *src, const struct dgi_said *said)
{
    struct walk *w = user;
    int how = next_row(w, src->published, src->id, said->id);
    if (how <= 0)
        return how < 0;
    dgi_json_open(&w->j, '{');
    dgi_json_kstr(&w->j, "id", said->id);
    dgi_json_kstr(&w->j, "kind", dgi_str(said->kind < DGI_N_STATEMENT_KIND ? dgi_statement_kind_name[said->kind] : ""));
    dgi_json_key(&w->j, "speaker");
    if (said->speaker.len || said->speaker_name.len) {
        struct dgi_ev_actor a = {.id = said->speaker, .name = said->speaker_name};
        memcpy(a.country, said->speaker_country, sizeof a.country);
        dgi_json_object(&w->j, &dgi_view_actor, &a);
    } else {
        dgi_json_null(&w->j);
    }
    dgi_json_kstr(&w->j, "content", said->content);
    dgi_json_key(&w->j, "span");
    dgi_json_span(&w->j, (dg_span){said->start, said->end});
    dgi_json_kstr(&w->j, "sentence", said->sentence);
    dgi_json_kstr(&w->j, "document", src->id);
    source_members(&w->j, src);
    dgi_json_close(&w->j, '}');
    return !w->j.out->failed;
}

static bool event(void *user, const struct dgi_store_source *src, int32_t day, const struct dgi_event *ev)
{
    struct walk *w = user;
    int how = next_row(w, day, src->id, ev->id);
    if (how <= 0)
        return how < 0;
    dgi_json_timeline_event(&w->j, ev, day, src->id, src->published);
    return !w->j.out->failed;
}

static bool item(void *user, const struct dgi_sit_item *it, const struct dgi_item_state *state)
{
    struct walk *w = user;
    int how = next_row(w, it->kind, it->id, (dg_str){NULL, 0});
    if (how <= 0)
        return how < 0;
    dgi_item_json(&w->j, it, &w->list->items.when, state);
    return !w->j.out->failed;
}

/* ---- who and where, counted ---- */
struct tally {
    dg_str key;
    struct dgi_ev_actor actor;
    struct dgi_ev_place place;
    uint64_t events, source, target, seen;
    int32_t first, last;
};
struct count {
    dgi_arena *a;
    struct tally *list;
    uint32_t n, cap, *slot, n_slots;
    uint64_t number; /* of the event */
    bool places, failed;
};

static bool slots_grow(struct count *c)
{
    uint32_t n = c->n_slots ? c->n_slots * 2 : 256, *slot = dgi_arena_array(c->a, n, sizeof *slot);
    for (uint32_t i = 0; slot && i < c->n; i++) {
        uint32_t at = (uint32_t)dgi_str_hash(c->list[i].key) & (n - 1);
        while (slot[at])
            at = (at + 1) & (n - 1);
        slot[at] = i + 1;
    }
    c->slot = slot;
    c->n_slots = n;
    return slot;
}

static struct tally *tally_of(struct count *c, dg_str key)
{
    if (c->n * 2 >= c->n_slots && !slots_grow(c))
        return NULL;
    uint32_t at = (uint32_t)dgi_str_hash(key) & (c->n_slots - 1);
    while (c->slot[at]) {
        struct tally *t = &c->list[c->slot[at] - 1];
        if (dgi_str_eq(t->key, key))
            return t;
        at = (at + 1) & (c->n_slots - 1);
    }
    struct tally *t = DGI_PUSH(c->a, c->list, c->n, c->cap);
    if (!t || !(t->key = dgi_arena_str(c->a, key)).ptr)
        return NULL;
    t->first = t->last = DGI_NO_DAY;
    c->slot[at] = c->n;
    return t;
}

static void tally_event(struct count *c, struct tally *t, int32_t day)
{
    t->events += t->seen != c->number;
    t->seen = c->number;
    if (day == DGI_NO_DAY)
        return;
    t->first = t->first == DGI_NO_DAY || day < t->first ? day : t->first;
    t->last = day > t->last ? day : t->last;
}

static void count_actor(struct count *c, const struct dgi_ev_actor *a, bool source, int32_t day)
{
    dg_str key = a->id.len ? a->id : a->name;
    struct tally *t = key.len ? tally_of(c, key) : NULL;
    c->failed |= key.len && !t;
    if (!t)
        return;
    if (!t->actor.id.len && !t->actor.name.len) {
        t->actor.id = dgi_arena_str(c->a, a->id);
        t->actor.name = dgi_arena_str(c->a, a->name);
        memcpy(t->actor.country, a->country, sizeof a->country);
    }
    t->source += source;
    t->target += !source;
    tally_event(c, t, day);
}

static void count_place(struct count *c, const struct dgi_ev_place *p, int32_t day)
{
    char key[512];
    int n = snprintf(key, sizeof key, "%.*s\t%s\t%.*s", (int)(p->name.len < 200 ? p->name.len : 200), p->name.ptr,
                     p->country, (int)(p->admin1.len < 200 ? p->admin1.len : 200), p->admin1.ptr);
    struct tally *t = tally_of(c, dgi_strn(key, (size_t)n));
    c->failed |= !t;
    if (!t)
        return;
    if (!t->events) {
        t->place = *p;
        t->place.name = dgi_arena_str(c->a, p->name);
        t->place.admin1 = dgi_arena_str(c->a, p->admin1);
    }
    tally_event(c, t, day);
}

static bool count_event(void *user, const struct dgi_store_source *src, int32_t day, const struct dgi_event *ev)
{
    struct count *c = user;
    (void)src;
    c->number++;
    for (uint32_t i = 0; !c->places && i < ev->n_source; i++)
        count_actor(c, &ev->source[i], true, day);
    for (uint32_t i = 0; !c->places && i < ev->n_target; i++)
        count_actor(c, &ev->target[i], false, day);
    if (c->places && ev->place)
        count_place(c, ev->place, day);
    return !c->failed;
}

static int by_events(const void *x, const void *y)
{
    const struct tally *a = x, *b = y;
    return a->events != b->events ? (a->events < b->events ? 1 : -1) : dgi_str_cmp(a->key, b->key);
}

static void tally_json(struct dgi_json *j, const struct tally *t, bool place)
{
    dgi_json_open(j, '{');
    dgi_json_members(j, place ? &dgi_view_place : &dgi_view_actor, place ? (const void *)&t->place : &t->actor);
    dgi_json_kint(j, "events", (int64_t)t->events);
    if (!place) {
        dgi_json_kint(j, "as_source", (int64_t)t->source);
        dgi_json_kint(j, "as_target", (int64_t)t->target);
    }
    dgi_json_key(j, "first");
    dgi_json_day(j, t->first);
    dgi_json_key(j, "last");
    dgi_json_day(j, t->last);
    dgi_json_close(j, '}');
}

static dg_status counted(dgi_store *s, struct walk *w, dg_error *err)
{
    struct count c = {.a = dgi_arena_new(0), .places = w->list->of == DGI_LIST_PLACES};
    struct dgi_timeline_filter f = w->list->events;
    dg_status st = c.a ? dgi_store_timeline(s, &f, count_event, &c, err) : DG_E_NOMEM;
    if (!c.a || c.failed)
        st = dgi_fail(err, DG_E_NOMEM, "no memory to count who and where");
    if (st == DG_OK && c.n)
        qsort(c.list, c.n, sizeof *c.list, by_events);
    for (uint32_t i = 0; st == DG_OK && i < c.n; i++) {
        int how = 0;
        if (w->passing && (int64_t)c.list[i].events < w->after.at)
            w->passing = false; /* the row of the cursor has gone */
        if ((how = next_row(w, (int64_t)c.list[i].events, c.list[i].key, (dg_str){NULL, 0})) == 0)
            break;
        if (how > 0)
            tally_json(&w->j, &c.list[i], c.places);
    }
    w->passing = false;
    dgi_arena_free(c.a);
    return st;
}

/* ---- the page ---- */
static int32_t later(int32_t a, int64_t b)
{
    return b == DGI_NO_DAY || b < INT32_MIN || b > INT32_MAX || (a != DGI_NO_DAY && a > b) ? a : (int32_t)b;
}

static dg_status walk(dgi_store *s, struct walk *w, dg_error *err)
{
    struct dgi_timeline_filter f = w->list->events;
    struct dgi_sit_filter items = w->list->items;
    bool on = w->list->after.len;
    f.limit = f.offset = items.limit = items.offset = 0;
    if (on)
        f.from = later(f.from, w->after.at);
    switch (w->list->of) {
    case DGI_LIST_DOCUMENTS: return dgi_store_sources(s, f.known_on, document, w, err);
    case DGI_LIST_STATEMENTS: return dgi_store_said(s, f.actor, f.from, f.to, f.known_on, statement, w, err);
    case DGI_LIST_EVENTS: return dgi_store_timeline(s, &f, event, w, err);
    case DGI_LIST_ITEMS:
        if (on && w->after.at >= 0 && w->after.at < DGI_N_ITEM_KIND)
            items.kinds = (items.kinds ? items.kinds : UINT32_MAX) & (UINT32_MAX << w->after.at);
        return dgi_store_each_item(s, &items, item, w, err);
    default: return counted(s, w, err);
    }
}

dg_status dgi_list_json(dgi_store *s, const struct dgi_list *list, struct dgi_buf *out, dg_error *err)
{
    struct dgi_list mine = *list;
    struct walk w = {.list = &mine, .passing = list->after.len > 0};
    dg_status st = DG_OK;
    if (list->after.len && !mark_read(list->after, list->of, &w.after))
        return dgi_fail(err, DG_E_ARG, "the cursor is none of this list");
    if (list->of == DGI_LIST_ITEMS)
        st = dgi_store_day(s, &mine.items.when, err);
    dgi_json_init(&w.j, out);
    dgi_json_open(&w.j, '{');
    dgi_json_kstr(&w.j, "schema", DGI_S(DGI_SCHEMA));
    if (list->of == DGI_LIST_ITEMS) {
        dgi_json_key(&w.j, "as_of");
        dgi_json_day(&w.j, mine.items.when.as_of);
    }
    dgi_json_key(&w.j, "rows");
    dgi_json_open(&w.j, '[');
    if (st == DG_OK && (st = walk(s, &w, err)) == DG_OK && w.passing) { /* the row of the cursor has gone */
        w.passing = false;
        st = walk(s, &w, err);
    }
    dgi_json_close(&w.j, ']');
    dgi_json_key(&w.j, "next");
    if (w.more)
        mark_write(&w.j, list->of, &w.last);
    else
        dgi_json_null(&w.j);
    dgi_json_close(&w.j, '}');
    return st == DG_OK && out->failed ? dgi_fail(err, DG_E_NOMEM, "no memory for the list") : st;
}
