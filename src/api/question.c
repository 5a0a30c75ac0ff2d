/* SPDX-License-Identifier: Apache-2.0 */
/* api/question.c: is what a query asks for a thing that there is?
 *
 * Reads   dg_query; tables of codes and actors; the store's events where the registry does not know an actor
 * Writes  DG_E_ARG with what would have been right
 *
 * A misspelt code or actor used to be answered with "no events", which reads like a finding. An actor is right when the
 * registry knows it or the store holds it under that id or name (people and groups that no table has). */
#include <stdio.h>

#include "api/api.h"

static const char *const statuses[] = {"actual", "historical", "future", "hypothetical"};

static int cut(dg_str s)
{
    return (int)(s.len < 60 ? s.len : 60);
}

static dg_status check_status(dg_str list, dg_error *err)
{
    dg_str one;
    while (list.len && dgi_str_next(&list, ',', &one)) {
        uint32_t i = 0;
        while (i < 4 && !dgi_str_is(one, statuses[i]))
            i++;
        if (i == 4)
            return dgi_fail(err, DG_E_ARG, "unknown status '%.*s' (actual, historical, future, hypothetical)", cut(one),
                            one.ptr);
    }
    return DG_OK;
}

/* How many letters the two begin with in common. */
static size_t beginning(dg_str a, dg_str b)
{
    size_t n = 0;
    while (n < a.len && n < b.len && a.ptr[n] == b.ptr[n])
        n++;
    return n;
}

/* The statuses of items in a list, as bits. */
static dg_status item_statuses(dg_str list, uint64_t *out, dg_error *err)
{
    dg_str one;
    *out = 0;
    while (list.len && dgi_str_next(&list, ',', &one)) {
        uint8_t status = dgi_item_status_parse(one);
        if (dgi_str_is(one, "due"))
            *out |= DGI_AS_DUE;
        else if (dgi_str_is(one, "stale"))
            *out |= DGI_AS_STALE;
        else if (status != DGI_IS_NONE && status < DGI_N_ITEM_STATUS)
            *out |= UINT64_C(1) << status;
        else {
            uint8_t best = DGI_IS_OPEN;
            for (uint8_t i = DGI_IS_OPEN; i < DGI_N_ITEM_STATUS; i++)
                if (beginning(one, dgi_str(dgi_item_status_name[i])) >
                    beginning(one, dgi_str(dgi_item_status_name[best])))
                    best = i;
            return dgi_fail(err, DG_E_ARG, "unknown status of an item '%.*s'; did you mean '%s'?", cut(one), one.ptr,
                            dgi_item_status_name[best]);
        }
    }
    return DG_OK;
}

dg_status dgi_question_kind(dg_str kind, dg_error *err)
{
    char known[160];
    size_t n = 0;
    for (uint32_t i = 0; i < DGI_N_ITEM_KIND && n < sizeof known; i++)
        n += (size_t)snprintf(known + n, sizeof known - n, "%s%s", i ? ", " : "", dgi_item_kind_name[i]);
    return dgi_fail(err, DG_E_ARG, "unknown kind of item '%.*s' (%s)", cut(kind), kind.ptr, known);
}

/* A CAMEO code or the beginning of one, a PLOVER type, or type and mode. */
static dg_status check_code(const struct dgi_codes *c, dg_str code, dg_error *err)
{
    bool number = code.len && code.ptr[0] >= '0' && code.ptr[0] <= '9';
    const struct dgi_table *t = number ? c->cameo : c->plover;
    for (uint32_t i = 0; t && i < t->n_rows; i++) {
        dg_str id = dgi_table_cell(t, i, 0);
        if (number ? dgi_str_starts(id, code) : dgi_str_ieq(id, code))
            return DG_OK;
    }
    if (!t || !code.len)
        return DG_OK;
    if (number)
        return dgi_fail(err, DG_E_ARG, "no CAMEO code begins with '%.*s' (roots are 01 to 20)", cut(code), code.ptr);
    return dgi_fail(err, DG_E_ARG, "unknown PLOVER type '%.*s' (AGREE, CONSULT, ... or a CAMEO code such as 19)",
                    cut(code), code.ptr);
}

static bool any_event(void *user, const struct dgi_store_source *src, int32_t day, const struct dgi_event *ev)
{
    (void)src;
    (void)day;
    (void)ev;
    *(bool *)user = true;
    return false;
}

static dg_status check_actor(const dg_model *m, dgi_store *store, const char *who, dg_error *err)
{
    dg_str id = dgi_str(who), meant = {NULL, 0};
    struct dgi_timeline_filter f = DGI_TIMELINE_INIT;
    struct dgi_actor_reading *r;
    bool there = false;
    uint32_t n = 0;
    if (!id.len || dgi_actor_known(m->actors, id) || !store)
        return DG_OK;
    f.actor = who;
    f.limit = 1;
    dg_status st = dgi_store_timeline(store, &f, any_event, &there, err);
    if (st != DG_OK || there)
        return st;
    dgi_arena *a = dgi_arena_new(0);
    st = a ? dgi_actor_resolve_phrase(m->actors, a, id, DGI_NO_DAY, &r, &n, err)
           : dgi_fail(err, DG_E_NOMEM, "no memory for a question to the store");
    if (st == DG_OK && n)
        meant = r[0].actor;
    if (st == DG_OK && meant.len)
        st = dgi_fail(err, DG_E_ARG, "no actor '%.*s' in store or registry; did you mean '%.*s'?", cut(id), id.ptr,
                      cut(meant), meant.ptr);
    else if (st == DG_OK)
        st = dgi_fail(err, DG_E_ARG,
                      "no actor or country '%.*s' in store or registry; 'dragoman actor NAME' tells the id of a name",
                      cut(id), id.ptr);
    dgi_arena_free(a);
    return st;
}

dg_status dgi_question_check(const dg_model *m, dgi_store *store, const dg_query *q, const char *actor,
                             const char *other, dg_error *err)
{
    dg_status st;
    int32_t last = q->to != DG_NO_DAY ? q->to : q->as_of;
    if (q->from != DG_NO_DAY && last != DG_NO_DAY && q->from > last) {
        char from[16], to[16];
        dgi_day_format(q->from, from);
        dgi_day_format(last, to);
        return dgi_fail(err, DG_E_ARG, "from %s to %s: the first day is after the last", from, to);
    }
    if ((st = check_code(&m->codes, q->code, err)) != DG_OK)
        return st;
    if ((st = check_actor(m, store, actor ? actor : "", err)) != DG_OK)
        return st;
    return check_actor(m, store, other ? other : "", err);
}

/* ---- a query, ready to be used ---- */
static const char *terminated(struct dgi_asked *k, dg_str s)
{
    return s.len ? dgi_arena_str(k->a, dgi_utf8_nfc(k->a, s)).ptr : NULL; /* composed, as names of texts are */
}

static dg_status ask(struct dgi_asked *k, const dg_model *m, dgi_store *store, const dg_query *query, bool board,
                     dg_error *err)
{
    dg_query q = DG_QUERY_INIT;
    dg_str list, one;
    dgi_options(&q, sizeof q, query);
    *k = (struct dgi_asked){.q = q, .a = dgi_arena_new(0)};
    if (!k->a)
        return dgi_fail(err, DG_E_NOMEM, "no memory for a question to the store");
    k->actor = terminated(k, q.actor);
    k->other = terminated(k, q.other);
    k->code = terminated(k, q.code);
    k->status = terminated(k, q.status);
    k->place = terminated(k, q.place);
    list = q.kind;
    while (list.len && dgi_str_next(&list, ',', &one)) {
        uint8_t kind = dgi_item_kind_parse(one);
        if (kind == DGI_N_ITEM_KIND) {
            dgi_arena_free(k->a);
            return dgi_question_kind(one, err);
        }
        k->kinds |= 1u << kind;
    }
    dg_status st = board ? item_statuses(k->q.status, &k->statuses, err) : check_status(k->q.status, err);
    if (st == DG_OK)
        st = dgi_question_check(m, store, &k->q, k->actor, k->other, err);
    if (st != DG_OK)
        dgi_arena_free(k->a);
    return st;
}

dg_status dgi_ask(struct dgi_asked *k, const dg_model *m, dgi_store *store, const dg_query *query, dg_error *err)
{
    return ask(k, m, store, query, false, err);
}

dg_status dgi_ask_board(struct dgi_asked *k, const dg_model *m, dgi_store *store, const dg_query *query, dg_error *err)
{
    return ask(k, m, store, query, true, err);
}

struct dgi_timeline_filter dgi_ask_timeline(const struct dgi_asked *k)
{
    struct dgi_timeline_filter f = DGI_TIMELINE_INIT;
    f.actor = k->other ? NULL : k->actor;
    f.between_a = k->other ? k->actor : NULL;
    f.between_b = k->other;
    f.place = k->place;
    f.code = k->code;
    f.status = k->status;
    f.from = k->q.from;
    f.to = k->q.to;
    f.known_on = k->q.known_on;
    f.limit = k->q.limit;
    f.offset = k->q.offset;
    f.min_confidence = k->q.min_confidence;
    f.fold = k->q.fold;
    f.acts = k->q.acts;
    return f;
}

struct dgi_sit_filter dgi_ask_items(const struct dgi_asked *k)
{
    struct dgi_sit_filter f = {
        .when = {.as_of = k->q.as_of, .known_on = k->q.known_on, .lapse_days = (int32_t)k->q.lapse_days},
        .kinds = k->kinds,
        .statuses = k->statuses,
        .has_since = k->q.from != DG_NO_DAY,
        .since = k->q.from,
        .open_only = k->q.open_only,
        .limit = k->q.limit,
        .offset = k->q.offset};
    if (k->other) {
        f.between_a = k->actor;
        f.between_b = k->other;
    } else {
        f.actor = k->actor;
    }
    return f;
}
