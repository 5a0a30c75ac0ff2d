/* SPDX-License-Identifier: Apache-2.0 */
/* store/ingest.c: one coded document into the store, whole or not at all; then the items.
 *
 * Reads   struct dgi_ev_doc
 * Writes  tables documents, sentences, entities, statements, events, event_*, items, item_*, *_fts
 *
 * The items are a function of the documents in order of (published, id), whatever order they came in. When all that is
 * new is later than all that was applied, the board in memory is continued; else it is worked out from the start. Both
 * ways must give the same rows (tests/unit/test_store_items.c). */
#include <stdlib.h>

#include "store/store_int.h"

static dg_status step_done(dgi_store *s, sqlite3_stmt *q, dg_error *err)
{
    int rc = sqlite3_step(q);
    sqlite3_reset(q);
    return rc == SQLITE_DONE || rc == SQLITE_ROW ? DG_OK : dgi_store_fail(s, err, "cannot be written");
}

static dg_status run(dgi_store *s, enum store_stmt which, dg_error *err)
{
    sqlite3_stmt *q = dgi_store_stmt(s, which, err);
    return q ? step_done(s, q, err) : err ? err->status : DG_E_STORE;
}

static void rollback(dgi_store *s)
{
    if (!sqlite3_get_autocommit(s->db)) {
        dg_error ignored;
        run(s, Q_ROLLBACK, &ignored);
    }
}

static int64_t text_hash(const struct dgi_meta *m, dg_str text)
{
    uint64_t h = dgi_str_hash(text) * 0x9E3779B97F4A7C15u ^ dgi_str_hash(m->title);
    h ^= h >> 31;
    return (int64_t)(h & INT64_MAX);
}

static dg_str key_of(const struct dgi_meta *m) { return m->url.len ? m->url : m->id; }

enum { NO_DAY_KNOWN = -2000000 }; /* a document without a date was always known; before any year 0 */

struct version {
    int64_t no, hash;
    int32_t known_from, published;
    bool withdrawn;
};
struct versions { /* of one key, the current one last */
    struct version *v;
    uint32_t n, cap;
};

static dg_status look(dgi_store *s, dg_str key, dgi_arena *a, struct versions *out, dg_error *err)
{
    sqlite3_stmt *q = dgi_store_stmt(s, Q_FIND_VERSIONS, err);
    int rc = SQLITE_ERROR;
    *out = (struct versions){0};
    if (!q)
        return err ? err->status : DG_E_STORE;
    dgi_bind_str(q, 1, key);
    while ((rc = sqlite3_step(q)) == SQLITE_ROW) {
        struct version *v = DGI_PUSH(a, out->v, out->n, out->cap);
        if (!v) {
            sqlite3_reset(q);
            return dgi_fail(err, DG_E_NOMEM, "no memory for a document's versions");
        }
        *v = (struct version){sqlite3_column_int64(q, 0), sqlite3_column_int64(q, 2), sqlite3_column_int(q, 1), dgi_col_day(q, 4),
                              sqlite3_column_int(q, 3) != 0};
    }
    sqlite3_reset(q);
    return rc == SQLITE_DONE ? DG_OK : dgi_store_fail(s, err, "cannot be read");
}

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
    const struct version *cur = &v->v[v->n - 1];
    if (cur->hash == hash && !cur->withdrawn)
        return ARRIVES_SAME;
    if (!earlier_text(v, v->n, hash))
        return ARRIVES_NEW;
    bool older = published != DGI_NO_DAY && (published < cur->published || cur->withdrawn);
    return older ? ARRIVES_SAME : ARRIVES_BACK;
}

/* The version that a text made by coming back today, or NULL. Within one day the last word counts: a feed that delivers
 * both texts every day does not pile up versions. */
static const struct version *back_today(const struct versions *v, int32_t today)
{
    const struct version *cur = v->n ? &v->v[v->n - 1] : NULL;
    if (!cur || cur->withdrawn || !earlier_text(v, v->n - 1, cur->hash) || (today != DGI_NO_DAY && cur->known_from < today))
        return NULL;
    return cur;
}

dg_status dgi_store_has(dgi_store *s, const struct dgi_meta *meta, dg_str text, bool *has, dg_error *err)
{
    struct versions v;
    dgi_arena *a = dgi_arena_new(0);
    *has = false;
    dg_status st = a ? look(s, key_of(meta), a, &v, err) : dgi_fail(err, DG_E_NOMEM, "no memory for a document's versions");
    if (st == DG_OK)
        *has = arrival_of(&v, text_hash(meta, text), meta->published) == ARRIVES_SAME;
    dgi_arena_free(a);
    return st;
}

static dg_status insert_document(dgi_store *s, const struct dgi_ev_doc *d, int32_t known, int64_t hash, bool withdrawn, int64_t *no, dg_error *err)
{
    const struct dgi_meta *m = &d->meta;
    sqlite3_stmt *q = dgi_store_stmt(s, Q_INS_DOC, err);
    dg_status st;
    if (!q)
        return err ? err->status : DG_E_STORE;
    dgi_bind_str(q, 1, key_of(m));
    dgi_bind_str(q, 2, m->id.len ? m->id : key_of(m));
    dgi_bind_str(q, 3, m->url);
    dgi_bind_str(q, 4, m->title);
    dgi_bind_str(q, 5, m->author);
    dgi_bind_str(q, 6, m->publisher);
    dgi_bind_str(q, 7, m->lang);
    dgi_bind_day(q, 8, m->published);
    dgi_bind_str(q, 9, m->published_from);
    sqlite3_bind_int(q, 10, known);
    sqlite3_bind_int64(q, 11, hash);
    sqlite3_bind_int(q, 12, withdrawn);
    sqlite3_bind_int64(q, 13, d->n_words);
    sqlite3_bind_text64(q, 14, d->text.ptr ? d->text.ptr : "", d->text.len, SQLITE_STATIC, SQLITE_UTF8);
    if ((st = step_done(s, q, err)) != DG_OK)
        return st;
    *no = sqlite3_last_insert_rowid(s->db);
    if (withdrawn)
        return DG_OK;
    if (!(q = dgi_store_stmt(s, Q_FTS_DOC, err)))
        return err ? err->status : DG_E_STORE;
    sqlite3_bind_int64(q, 1, *no);
    dgi_bind_str(q, 2, m->title);
    dgi_bind_str(q, 3, d->text);
    return step_done(s, q, err);
}

#define NEED(which)                                                                                                    \
    if (!(q = dgi_store_stmt(s, which, err)))                                                                          \
        return err ? err->status : DG_E_STORE;

/* One row: the keys, then the fields. */
static dg_status insert_row(dgi_store *s, enum store_stmt which, const struct dgi_rows *r, const int64_t *keys, const void *object, dg_error *err)
{
    sqlite3_stmt *q;
    NEED(which)
    for (int i = 0; i < r->n_keys; i++)
        sqlite3_bind_int64(q, i + 1, keys[i]);
    dgi_rows_bind(q, r->n_keys + 1, r->fields, r->n_fields, object);
    return step_done(s, q, err);
}

static dg_status insert_parts(dgi_store *s, const struct dgi_ev_doc *d, int64_t no, dg_error *err)
{
    sqlite3_stmt *q;
    dg_status st = DG_OK;
    int64_t n = 0;
    for (uint32_t i = 0; i < d->n_sentences && st == DG_OK; i++)
        st = insert_row(s, Q_INS_SENT, &dgi_rows_sentences, (int64_t[]){no, i}, &d->sentences[i], err);
    for (uint32_t i = 0; i < d->n_entities && st == DG_OK; i++) /* who is nobody in particular is not kept */
        if (d->entities[i].actor.id.len)
            st = insert_row(s, Q_INS_ENT, &dgi_rows_entities, (int64_t[]){no, n++}, &d->entities[i], err);
    for (uint32_t i = 0; i < d->n_statements && st == DG_OK; i++) {
        if ((st = insert_row(s, Q_INS_STAT, &dgi_rows_statements, (int64_t[]){no, i}, &d->statements[i], err)) != DG_OK)
            break;
        int64_t row = sqlite3_last_insert_rowid(s->db);
        NEED(Q_FTS_STAT)
        sqlite3_bind_int64(q, 1, row);
        dgi_bind_str(q, 2, d->statements[i].content);
        st = step_done(s, q, err);
    }
    return st;
}

static dg_status insert_actors(dgi_store *s, int64_t no, uint32_t n, int side, const struct dgi_ev_actor *a, uint32_t n_a, dg_error *err)
{
    dg_status st = DG_OK;
    for (uint32_t i = 0; i < n_a && st == DG_OK; i++)
        st = insert_row(s, Q_INS_ACTOR, &dgi_rows_actors, (int64_t[]){no, n, side, i}, &a[i], err);
    return st;
}

static dg_status insert_links(dgi_store *s, int64_t no, uint32_t n, int kind, const uint32_t *other, uint32_t n_other, dg_error *err)
{
    sqlite3_stmt *q;
    dg_status st = DG_OK;
    for (uint32_t i = 0; i < n_other && st == DG_OK; i++) {
        NEED(Q_INS_LINK)
        sqlite3_bind_int64(q, 1, no);
        sqlite3_bind_int64(q, 2, n);
        sqlite3_bind_int(q, 3, kind);
        sqlite3_bind_int64(q, 4, i);
        sqlite3_bind_int64(q, 5, other[i]);
        st = step_done(s, q, err);
    }
    return st;
}

static dg_status insert_event(dgi_store *s, int64_t no, uint32_t n, const struct dgi_event *e, int32_t reported, dg_error *err)
{
    const struct dgi_rows *r = &dgi_rows_events;
    sqlite3_stmt *q;
    dg_status st;
    NEED(Q_INS_EVENT)
    sqlite3_bind_int64(q, 1, no);
    sqlite3_bind_int64(q, 2, n);
    dgi_bind_day(q, 3, dgi_ev_line_day(e, reported));
    dgi_rows_bind(q, dgi_rows_bind(q, r->n_keys + 1, r->fields, r->n_fields, e), r->more, r->n_more, e->place);
    if ((st = step_done(s, q, err)) != DG_OK || (st = insert_actors(s, no, n, 0, e->source, e->n_source, err)) != DG_OK ||
        (st = insert_actors(s, no, n, 1, e->target, e->n_target, err)) != DG_OK ||
        (st = insert_actors(s, no, n, 2, e->claimed_by, e->n_claimed_by, err)) != DG_OK ||
        (st = insert_links(s, no, n, 0, e->content, e->n_content, err)) != DG_OK)
        return st;
    for (uint32_t i = 0; i < e->n_quantities && st == DG_OK; i++)
        st = insert_row(s, Q_INS_QUANT, &dgi_rows_quantities, (int64_t[]){no, n, i}, &e->quantities[i], err);
    return st == DG_OK ? insert_links(s, no, n, 1, e->condition, e->n_condition, err) : st;
}

static dg_status remember(dgi_store *s, int64_t no, const struct dgi_meta *m, dg_error *err)
{
    struct pending *p = DGI_PUSH(s->pend_arena, s->pending, s->n_pending, s->cap_pending);
    dg_str id = p ? dgi_arena_str(s->pend_arena, m->id.len ? m->id : key_of(m)) : (dg_str){NULL, 0};
    if (!id.ptr)
        return dgi_fail(err, DG_E_NOMEM, "no memory to keep a document");
    *p = (struct pending){no, m->published, id};
    return DG_OK;
}

static dg_status put_rows(dgi_store *s, const struct dgi_ev_doc *d, int32_t known, int64_t hash, bool withdrawn, dg_error *err)
{
    int64_t no = 0;
    dg_status st = insert_document(s, d, known, hash, withdrawn, &no, err);
    if (st == DG_OK)
        st = insert_parts(s, d, no, err);
    for (uint32_t i = 0; i < d->n_events && st == DG_OK; i++)
        st = insert_event(s, no, i, &d->events[i], d->meta.published, err);
    return st == DG_OK && !withdrawn ? remember(s, no, &d->meta, err) : st;
}

static dg_status drop_document(dgi_store *s, int64_t no, dg_error *err)
{
    static const enum store_stmt parts[] = {Q_DROP_FTS_DOC, Q_DROP_FTS_STAT, Q_DROP_SENT, Q_DROP_ENT, Q_DROP_STAT, Q_DROP_EVENTS, Q_DROP_ACTORS,
                                            Q_DROP_QUANT, Q_DROP_LINKS, Q_DROP_DOC};
    dg_status st = DG_OK;
    for (size_t i = 0; i < sizeof parts / sizeof *parts && st == DG_OK; i++) {
        sqlite3_stmt *q;
        NEED(parts[i])
        sqlite3_bind_int64(q, 1, no);
        st = step_done(s, q, err);
    }
    return st;
}

/* A version of the document, in one transaction with the one that it replaces (0: none). d NULL: no new version. */
static dg_status change_document(dgi_store *s, const struct dgi_ev_doc *d, dg_str key, int32_t known, int64_t hash, bool withdrawn, int64_t instead_of,
                                 dg_error *err)
{
    uint32_t before = s->n_pending;
    dg_status st = run(s, Q_BEGIN, err);
    if (st != DG_OK)
        return st;
    if (instead_of)
        st = drop_document(s, instead_of, err);
    if (st == DG_OK && d)
        st = put_rows(s, d, known, hash, withdrawn, err);
    sqlite3_stmt *q = st == DG_OK ? dgi_store_stmt(s, Q_SET_CURRENT, err) : NULL;
    if (st == DG_OK && !q)
        st = DG_E_STORE;
    if (st == DG_OK) {
        dgi_bind_str(q, 1, key);
        st = step_done(s, q, err);
    }
    if (st == DG_OK)
        st = run(s, Q_BUMP, err);
    if (st == DG_OK)
        st = run(s, Q_COMMIT, err);
    if (st != DG_OK) {
        rollback(s);
        s->n_pending = before;
    }
    return st;
}

static dg_status check_ids(dgi_store *s, const struct dgi_meta *m, dg_error *err)
{
    if (!s->write)
        return dgi_fail(err, DG_E_ARG, "%s: opened for reading", s->path);
    if (!key_of(m).len)
        return dgi_fail(err, DG_E_ARG, "%s: a document needs an id or an address", s->path);
    const dg_str *field = m->id.len > DGI_STORE_MAX_ID ? &m->id : m->url.len > DGI_STORE_MAX_ID ? &m->url : NULL;
    if (field)
        return dgi_fail(err, DG_E_LIMIT, "the document's %s has %zu bytes, more than %d: '%.*s...'", field == &m->id ? "id" : "address", field->len,
                        DGI_STORE_MAX_ID, 40, field->ptr);
    return DG_OK;
}

dg_status dgi_store_put(dgi_store *s, const struct dgi_ev_doc *d, int32_t today, enum dgi_ingest_result *result, dg_error *err)
{
    struct versions v;
    int64_t hash = text_hash(&d->meta, d->text);
    dg_str key = key_of(&d->meta);
    *result = DGI_INGEST_SAME;
    dg_status st = check_ids(s, &d->meta, err);
    dgi_arena *a = st == DG_OK ? dgi_arena_new(0) : NULL;
    if (st == DG_OK)
        st = a ? look(s, key, a, &v, err) : dgi_fail(err, DG_E_NOMEM, "no memory for a document's versions");
    enum arrival how = st == DG_OK ? arrival_of(&v, hash, d->meta.published) : ARRIVES_SAME;
    if (how == ARRIVES_SAME) {
        dgi_arena_free(a);
        return st;
    }
    const struct version *instead = back_today(&v, today);
    uint32_t n = instead ? v.n - 1 : v.n;
    const struct version *last = n ? &v.v[n - 1] : NULL;
    int32_t known = d->meta.published == DGI_NO_DAY ? NO_DAY_KNOWN : d->meta.published;
    if (last && (known == last->known_from || (how == ARRIVES_BACK && known <= last->known_from))) /* corrected without a new date */
        known = today != DGI_NO_DAY && today > last->known_from ? today : last->known_from + 1;
    bool as_before = instead && last->hash == hash && !last->withdrawn; /* the text that came back is taken back */
    st = change_document(s, as_before ? NULL : d, key, known, hash, false, instead ? instead->no : 0, err);
    if (st == DG_OK) {
        s->corrected |= v.n > 0;
        *result = v.n ? DGI_INGEST_CORRECTED : DGI_INGEST_ADDED;
    }
    dgi_arena_free(a);
    return st;
}

dg_status dgi_store_withdraw(dgi_store *s, dg_str url_or_id, int32_t day, bool *found, dg_error *err)
{
    struct versions v;
    *found = false;
    if (!s->write)
        return dgi_fail(err, DG_E_ARG, "%s: opened for reading", s->path);
    dgi_arena *a = dgi_arena_new(0);
    dg_status st = a ? look(s, url_or_id, a, &v, err) : dgi_fail(err, DG_E_NOMEM, "no memory for a document's versions");
    if (st == DG_OK && v.n) {
        int32_t last = v.v[v.n - 1].known_from;
        struct dgi_ev_doc d = {.meta = {.id = url_or_id, .published = DGI_NO_DAY, .published_from = DGI_S("none")}, .text = {"", 0}};
        *found = true;
        if (!v.v[v.n - 1].withdrawn)
            st = change_document(s, &d, url_or_id, day > last ? day : last + 1, 0, true, 0, err);
        s->corrected |= st == DG_OK;
    }
    dgi_arena_free(a);
    return st;
}

/* ---- items ---- */
static dg_status write_item(dgi_store *s, const struct dgi_sit_item *it, uint32_t from_line, dg_error *err)
{
    struct dgi_sit_when all = {DGI_NO_DAY, DGI_NO_DAY, 0};
    struct dgi_item_state state;
    sqlite3_stmt *q;
    dg_status st;
    if (!dgi_item_at(it, &all, &state))
        return DG_OK;
    int64_t no = (int64_t)it->index + 1;
    NEED(Q_PUT_ITEM)
    sqlite3_bind_int64(q, 1, no);
    dgi_bind_str(q, 2, it->id);
    dgi_bind_str(q, 3, dgi_str(dgi_item_kind_name[it->kind]));
    dgi_bind_str(q, 4, dgi_str(dgi_item_status_name[state.status]));
    dgi_bind_day(q, 5, state.opened);
    dgi_bind_day(q, 6, state.since);
    dgi_bind_str(q, 7, it->content);
    dgi_bind_str(q, 8, it->condition);
    sqlite3_bind_int64(q, 9, state.sources);
    if ((st = step_done(s, q, err)) != DG_OK)
        return st;
    NEED(Q_DEL_PARTIES)
    sqlite3_bind_int64(q, 1, no);
    if ((st = step_done(s, q, err)) != DG_OK)
        return st;
    for (uint32_t i = 0; i < it->n_parties; i++) {
        NEED(Q_PUT_PARTY)
        sqlite3_bind_int64(q, 1, no);
        sqlite3_bind_int64(q, 2, i);
        dgi_bind_str(q, 3, dgi_str(dgi_role_name[it->parties[i].role]));
        dgi_bind_str(q, 4, it->parties[i].actor.id);
        dgi_bind_str(q, 5, it->parties[i].actor.name);
        dgi_bind_str(q, 6, dgi_str(it->parties[i].actor.country));
        if ((st = step_done(s, q, err)) != DG_OK)
            return st;
    }
    for (uint32_t i = from_line; i < it->n_history; i++) {
        const struct dgi_sit_change *c = &it->history[i];
        NEED(Q_PUT_LINE)
        sqlite3_bind_int64(q, 1, no);
        sqlite3_bind_int64(q, 2, i);
        dgi_bind_day(q, 3, c->date);
        dgi_bind_day(q, 4, c->reported);
        dgi_bind_str(q, 5, dgi_str(dgi_item_status_name[c->status]));
        sqlite3_bind_int(q, 6, c->due);
        dgi_bind_str(q, 7, c->event);
        dgi_bind_str(q, 8, c->document);
        dgi_bind_str(q, 9, c->rule);
        dgi_bind_str(q, 10, c->n_claimed_by ? c->claimed_by[0].id : (dg_str){"", 0});
        if (c->n_quantities)
            dgi_bind_num(q, 11, c->quantities[0].value);
        sqlite3_bind_int64(q, 12, c->ev_start);
        sqlite3_bind_int64(q, 13, c->ev_end);
        dgi_bind_str(q, 14, c->ev_text);
        if ((st = step_done(s, q, err)) != DG_OK)
            return st;
    }
    if (from_line)
        return DG_OK;
    NEED(Q_FTS_ITEM_DEL)
    sqlite3_bind_int64(q, 1, no);
    if ((st = step_done(s, q, err)) != DG_OK)
        return st;
    NEED(Q_FTS_ITEM)
    sqlite3_bind_int64(q, 1, no);
    dgi_bind_str(q, 2, it->content);
    dgi_bind_str(q, 3, it->history[0].ev_text);
    return step_done(s, q, err);
}

static int by_order(const void *a, const void *b)
{
    const struct pending *x = a, *y = b;
    if (x->published != y->published)
        return x->published < y->published ? -1 : 1;
    return dgi_str_cmp(x->id, y->id);
}

static bool after_last(const dgi_store *s, const struct pending *p)
{
    if (p->published != s->last_published)
        return p->published > s->last_published;
    return !s->last_id || dgi_str_cmp(p->id, dgi_str(s->last_id)) > 0;
}

static dg_status set_last(dgi_store *s, int32_t published, dg_str id, dg_error *err)
{
    char *copy = strndup(id.ptr, id.len);
    if (!copy)
        return dgi_fail(err, DG_E_NOMEM, "no memory for the board");
    free(s->last_id);
    s->last_id = copy;
    s->last_published = published;
    return DG_OK;
}

static dg_status continue_board(dgi_store *s, dg_error *err)
{
    dgi_arena *a = dgi_arena_new(0);
    dg_status st = a ? DG_OK : dgi_fail(err, DG_E_NOMEM, "no memory for the board");
    for (uint32_t i = 0; i < s->n_pending && st == DG_OK; i++) {
        struct dgi_ev_doc doc;
        struct dgi_sit_notes notes = {0};
        dgi_arena_reset(a);
        uint32_t items_before = dgi_board_n(s->board);
        if ((st = dgi_store_load(s, s->pending[i].no, a, &doc, NULL, err)) != DG_OK || (st = dgi_board_apply(s->board, &doc, &notes, a, err)) != DG_OK)
            break;
        for (uint32_t k = 0; k < notes.n && st == DG_OK; k++) {
            /* each item once, from its first new line on */
            uint32_t first = notes.notes[k].change;
            bool again = false;
            for (uint32_t m = 0; m < notes.n; m++)
                if (notes.notes[m].item == notes.notes[k].item) {
                    again |= m < k;
                    first = notes.notes[m].change < first ? notes.notes[m].change : first;
                }
            if (!again)
                st = write_item(s, notes.notes[k].item, notes.notes[k].item->index >= items_before ? 0 : first, err);
        }
        if (st == DG_OK)
            st = set_last(s, s->pending[i].published, s->pending[i].id, err);
    }
    dgi_arena_free(a);
    return st;
}

static dg_status from_the_start(dgi_store *s, dg_error *err)
{
    dgi_board_free(s->board);
    s->board = NULL;
    dg_status st = dgi_store_board(s, DGI_NO_DAY, &s->board, err);
    if (st == DG_OK)
        st = dgi_store_exec(s, "DELETE FROM items; DELETE FROM item_parties; DELETE FROM item_history; DELETE FROM items_fts", err);
    for (uint32_t i = 0; st == DG_OK && i < dgi_board_n(s->board); i++)
        st = write_item(s, dgi_board_item(s->board, i), 0, err);
    if (st != DG_OK)
        return st;
    /* where to continue from */
    sqlite3_stmt *q = NULL;
    free(s->last_id);
    s->last_id = NULL;
    s->last_published = DGI_NO_DAY;
    if (sqlite3_prepare_v2(s->db, "SELECT published,id FROM documents WHERE current=1 AND withdrawn=0 ORDER BY published DESC,id DESC LIMIT 1", -1, &q,
                           NULL) != SQLITE_OK)
        return dgi_store_fail(s, err, "cannot be read");
    if (sqlite3_step(q) == SQLITE_ROW)
        st = set_last(s, dgi_col_day(q, 0), dgi_col_str(q, 1), err);
    sqlite3_finalize(q);
    return st;
}

dg_status dgi_store_sync(dgi_store *s, dg_error *err)
{
    sqlite3_stmt *q = NULL;
    bool stale = true;
    if (!s->write)
        return DG_OK;
    if (sqlite3_prepare_v2(s->db, "SELECT (SELECT value FROM meta WHERE name='rev')<>(SELECT value FROM meta WHERE name='items_rev')", -1, &q, NULL) !=
            SQLITE_OK ||
        sqlite3_step(q) != SQLITE_ROW) {
        sqlite3_finalize(q);
        return dgi_store_fail(s, err, "cannot be read");
    }
    stale = sqlite3_column_int(q, 0);
    sqlite3_finalize(q);
    if (!stale)
        return DG_OK;
    dg_status st = run(s, Q_BEGIN, err);
    if (st != DG_OK)
        return st;
    if (s->n_pending)
        qsort(s->pending, s->n_pending, sizeof *s->pending, by_order);
    if (s->board && !s->corrected && s->n_pending && after_last(s, &s->pending[0]))
        st = continue_board(s, err);
    else
        st = from_the_start(s, err);
    if (st == DG_OK)
        st = dgi_store_exec(s, "UPDATE meta SET value=(SELECT value FROM meta WHERE name='rev') WHERE name='items_rev'", err);
    if (st == DG_OK)
        st = run(s, Q_COMMIT, err);
    if (st != DG_OK) {
        rollback(s);
        dgi_board_free(s->board); /* it may hold what the file does not */
        s->board = NULL;
        return st;
    }
    s->corrected = false;
    s->pending = NULL;
    s->n_pending = s->cap_pending = 0;
    dgi_arena_reset(s->pend_arena);
    return DG_OK;
}
