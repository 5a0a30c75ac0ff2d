/* SPDX-License-Identifier: Apache-2.0 */
/* store/ingest.c: one coded document into the store, whole or not at all: its versions, corrections, withdrawal.
 *
 * Reads   struct dgi_ev_doc, the versions that are there
 * Writes  a version
 *
 * What a text is depends on what is there under its key, never on who delivers it or how often. The board follows at
 * the next dgi_store_sync (store/sync.c). */
#include <stdio.h>

#include "store/store_int.h"

int64_t dgi_store_text_hash(const struct dgi_meta *m, dg_str text)
{
    uint64_t h = dgi_str_hash(text) * 0x9E3779B97F4A7C15u ^ dgi_str_hash(m->title);
    h ^= h >> 31;
    return (int64_t)(h & INT64_MAX);
}

dg_str dgi_store_key(const struct dgi_meta *m)
{
    return m->url.len ? m->url : m->id;
}

dg_str dgi_store_pos(dgi_arena *a, int32_t published, dg_str id, dg_str key)
{
    dg_str apart = {"", 0};
    if (!dgi_str_eq(
            id, key)) /* sixteen letters do: an address may be long, and no one asks for the order of two of one id */
        apart = dgi_arena_printf(a, "%016llx", (unsigned long long)dgi_str_hash(key));
    return apart.ptr ? dgi_ledger_pos(a, published, id, apart) : apart;
}

enum { NO_DAY_KNOWN = -2000000 }; /* a document without a date was always known; before any year 0 */

struct versions { /* of one key, the current one last */
    struct dgi_version *v;
    uint32_t n;
};

static bool earlier_text(const struct versions *v, uint32_t before, int64_t hash)
{
    for (uint32_t i = 0; i < before; i++)
        if (v->v[i].hash == hash && !v->v[i].withdrawn)
            return true;
    return false;
}

enum arrival { ARRIVES_SAME, ARRIVES_NEW, ARRIVES_BACK /* a text that was replaced once has come back */ };

/* What this text under this key is. The current version is what counts; an older text that says itself that it is older
 * than the current version is only a repeated delivery. */
static enum arrival arrival_of(const struct versions *v, int64_t hash, int32_t published)
{
    if (!v->n)
        return ARRIVES_NEW;
    const struct dgi_version *cur = &v->v[v->n - 1];
    if (cur->hash == hash && !cur->withdrawn)
        return ARRIVES_SAME;
    if (!earlier_text(v, v->n, hash))
        return ARRIVES_NEW;
    bool older = published != DGI_NO_DAY && (published < cur->published || cur->withdrawn);
    return older ? ARRIVES_SAME : ARRIVES_BACK;
}

/* The version that a text made by coming back today, or NULL. Within one day the last word counts: a feed that delivers
 * both texts every day does not pile up versions. */
static const struct dgi_version *back_today(const struct versions *v, int32_t today)
{
    const struct dgi_version *cur = v->n ? &v->v[v->n - 1] : NULL;
    if (!cur || cur->withdrawn || !earlier_text(v, v->n - 1, cur->hash) ||
        (today != DGI_NO_DAY && cur->known_from < today))
        return NULL;
    return cur;
}

static dg_status look(dgi_store *s, dg_str key, dgi_arena *a, struct versions *out, dg_error *err)
{
    return OPS(s)->versions(s->b, key, a, &out->v, &out->n, err);
}

dg_status dgi_store_has(dgi_store *s, const struct dgi_meta *meta, dg_str text, bool *has, dg_error *err)
{
    struct versions v;
    dgi_arena *a = dgi_arena_new(0);
    *has = false;
    dg_status st =
        a ? look(s, dgi_store_key(meta), a, &v, err) : dgi_fail(err, DG_E_NOMEM, "no memory for a document's versions");
    if (st == DG_OK)
        *has = arrival_of(&v, dgi_store_text_hash(meta, text), meta->published) == ARRIVES_SAME;
    dgi_arena_free(a);
    return st;
}

/* A version of the document, in one transaction with the one that it replaces (NULL: none). d NULL: no new version. */
static dg_status change_document(dgi_store *s, const struct dgi_ev_doc *d, struct dgi_version *v,
                                 const struct dgi_version *instead_of, dg_error *err)
{
    dg_status st = OPS(s)->begin(s->b, true, err);
    if (st != DG_OK)
        return st;
    if (instead_of && instead_of->applied) { /* a version that stands on the board leaves it first */
        struct dgi_ledger_change off = {instead_of->pos, true, false};
        st = dgi_store_move(s, &off, &instead_of->no, &(int64_t){0}, 1, err);
    }
    if (instead_of && st == DG_OK)
        st = OPS(s)->drop_document(s->b, instead_of->no, err);
    if (st == DG_OK && d)
        st = OPS(s)->put_document(s->b, d, v, err);
    if (st == DG_OK)
        st = dgi_store_put_positions(s, err);
    if (st == DG_OK)
        st = OPS(s)->commit(s->b, err);
    if (st != DG_OK)
        dgi_store_rollback(s);
    else
        dgi_store_positions_done(s);
    return st;
}

static dg_status check_ids(dgi_store *s, const struct dgi_meta *m, dg_error *err)
{
    if (!s->write)
        return dgi_fail(err, DG_E_ARG, "%s: opened for reading", s->path);
    const dg_str *field = m->id.len > DGI_STORE_MAX_ID ? &m->id : m->url.len > DGI_STORE_MAX_ID ? &m->url : NULL;
    if (field)
        return dgi_fail(err, DG_E_LIMIT, "the document's %s has %zu bytes, more than %d: '%.*s...'",
                        field == &m->id ? "id" : "address", field->len, DGI_STORE_MAX_ID, 40, field->ptr);
    return DG_OK;
}

void dgi_store_no_text(dgi_store *s, bool yes)
{
    s->no_text = yes;
}

/* The document without its running text: of a clause the content words alone, as lemmas. False: no memory. */
static bool without_text(struct dgi_ev_doc *bare, const struct dgi_ev_doc *d, dgi_arena *a)
{
    struct dgi_ev_statement *st = dgi_arena_array(a, d->n_statements + 1u, sizeof *st);
    struct dgi_event *ev = dgi_arena_array(a, d->n_events + 1u, sizeof *ev);
    if (!st || !ev)
        return false;
    for (uint32_t i = 0; i < d->n_events; i++) {
        struct dgi_event *e = &ev[i];
        *e = d->events[i];
        e->ev_text = DGI_S("");
        e->about = e->about.len ? e->keys : e->about;
        e->content_text = e->content_text.len ? e->keys : e->content_text;
        e->condition_text = e->condition_text.len ? e->keys : e->condition_text;
    }
    for (uint32_t i = 0; i < d->n_statements; i++) {
        st[i] = d->statements[i];
        st[i].content = DGI_S("");
    }
    *bare = *d;
    bare->text = bare->blocks = DGI_S("");
    bare->statements = st;
    bare->events = ev;
    return true;
}

dg_status dgi_store_put(dgi_store *s, const struct dgi_ev_doc *d, int32_t today, enum dgi_ingest_result *result,
                        dg_error *err)
{
    struct versions v;
    struct dgi_ev_doc with_id, bare;
    char id[24];
    if (!dgi_store_key(&d->meta).len) { /* CoNLL-U may come without */
        with_id = *d;
        snprintf(id, sizeof id, "d%016llx", (unsigned long long)dgi_str_hash(d->text));
        with_id.id = with_id.meta.id = dgi_str(id);
        d = &with_id;
    }
    const struct dgi_meta *m = &d->meta;
    struct dgi_version neu = {
        .key = dgi_store_key(m), .hash = dgi_store_text_hash(m, d->text), .published = m->published, .coder = s->coder};
    *result = DGI_INGEST_SAME;
    dg_status st = check_ids(s, m, err);
    dgi_arena *a = st == DG_OK ? dgi_arena_new(0) : NULL;
    if (st == DG_OK)
        st = a ? look(s, neu.key, a, &v, err) : dgi_fail(err, DG_E_NOMEM, "no memory for a document's versions");
    enum arrival how = st == DG_OK ? arrival_of(&v, neu.hash, m->published) : ARRIVES_SAME;
    if (how == ARRIVES_SAME) {
        dgi_arena_free(a);
        return st;
    }
    const struct dgi_version *instead = back_today(&v, today);
    uint32_t n = instead ? v.n - 1 : v.n;
    const struct dgi_version *last = n ? &v.v[n - 1] : NULL;
    neu.known_from = m->published == DGI_NO_DAY ? NO_DAY_KNOWN : m->published;
    if (last && (neu.known_from == last->known_from ||
                 (how == ARRIVES_BACK && neu.known_from <= last->known_from))) /* corrected without a new date */
        neu.known_from = today != DGI_NO_DAY && today > last->known_from ? today : last->known_from + 1;
    bool as_before = instead && last->hash == neu.hash && !last->withdrawn; /* the text that came back is taken back */
    neu.pos = dgi_store_pos(a, m->published, m->id.len ? m->id : neu.key, neu.key);
    st = neu.pos.ptr ? dgi_store_follow(s, neu.pos, err) : dgi_fail(err, DG_E_NOMEM, "no memory to keep a document");
    if (st == DG_OK && s->no_text && !without_text(&bare, d, a))
        st = dgi_fail(err, DG_E_NOMEM, "no memory to keep a document");
    if (st == DG_OK && s->no_text)
        d = &bare;
    if (st == DG_OK)
        st = change_document(s, as_before ? NULL : d, &neu, instead, err);
    if (st == DG_OK)
        *result = v.n ? DGI_INGEST_CORRECTED : DGI_INGEST_ADDED;
    dgi_arena_free(a);
    return st;
}

dg_status dgi_store_withdraw(dgi_store *s, dg_str url_or_id, int32_t day, bool *found, dg_error *err)
{
    struct versions v;
    struct dgi_version what;
    *found = false;
    if (!s->write)
        return dgi_fail(err, DG_E_ARG, "%s: opened for reading", s->path);
    dgi_arena *a = dgi_arena_new(0);
    dg_status st = a ? OPS(s)->find_document(s->b, url_or_id, a, &what, err)
                     : dgi_fail(err, DG_E_NOMEM, "no memory for a document's versions");
    if (st == DG_OK && what.no && (st = look(s, what.key, a, &v, err)) == DG_OK) {
        int32_t last = v.v[v.n - 1].known_from;
        struct dgi_ev_doc d = {.meta = {.id = what.key, .published = DGI_NO_DAY, .published_from = DGI_S("none")},
                               .text = {"", 0}};
        struct dgi_version neu = {
            .key = what.key, .known_from = day > last ? day : last + 1, .published = DGI_NO_DAY, .withdrawn = true};
        *found = true;
        st = change_document(s, &d, &neu, NULL, err);
    }
    dgi_arena_free(a);
    return st;
}
