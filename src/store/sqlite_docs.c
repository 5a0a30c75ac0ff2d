/* SPDX-License-Identifier: Apache-2.0 */
/* store/sqlite_docs.c: coded documents into tables and back.
 *
 * Reads   struct dgi_ev_doc; tables documents, sentences, entities, statements, events, event_*
 * Writes  the same tables, documents_fts, statements_fts
 *
 * A document's parts are rows by the table of fields (sqlite_rows.c); loading it puts them together again. */
#include "store/rows.h"
#include "store/sqlite_int.h"

/* ---- writing ---- */
static dg_status insert_document(struct dgi_sqlite *b, const struct dgi_ev_doc *d, struct dgi_version *v, dg_error *err)
{
    const struct dgi_meta *m = &d->meta;
    sqlite3_stmt *q;
    dg_status st;
    NEED(Q_INS_DOC)
    dgi_bind_str(q, 1, v->key);
    dgi_bind_str(q, 2, m->id.len ? m->id : v->key);
    dgi_bind_str(q, 3, m->url);
    dgi_bind_str(q, 4, m->title);
    dgi_bind_str(q, 5, m->author);
    dgi_bind_str(q, 6, m->publisher);
    dgi_bind_str(q, 7, m->lang);
    dgi_bind_day(q, 8, m->published);
    dgi_bind_str(q, 9, m->published_from);
    sqlite3_bind_int(q, 10, v->known_from);
    sqlite3_bind_int64(q, 11, v->hash);
    sqlite3_bind_int(q, 12, v->withdrawn);
    sqlite3_bind_int64(q, 13, d->n_words);
    if (!v->withdrawn)
        dgi_bind_blob(q, 14, v->pos);
    sqlite3_bind_int64(q, 15, (int64_t)v->coder);
    sqlite3_bind_text64(q, 16, d->text.ptr ? d->text.ptr : "", d->text.len, SQLITE_STATIC, SQLITE_UTF8);
    if (d->blocks.len)
        dgi_bind_blob(q, 17, d->blocks);
    if ((st = dgi_sqlite_done(b, q, err)) != DG_OK)
        return st;
    v->no = sqlite3_last_insert_rowid(b->db);
    if (!m->title.len && !d->text.len) /* no words to find it by */
        return DG_OK;
    NEED(Q_FTS_DOC)
    sqlite3_bind_int64(q, 1, v->no);
    dgi_bind_str(q, 2, m->title);
    dgi_bind_str(q, 3, d->text);
    return dgi_sqlite_done(b, q, err);
}

/* One row: the keys, then the fields. */
static dg_status insert_row(struct dgi_sqlite *b, enum store_stmt which, const struct dgi_rows *r, const int64_t *keys,
                            const void *object, dg_error *err)
{
    sqlite3_stmt *q;
    NEED(which)
    for (int i = 0; i < r->n_keys; i++)
        sqlite3_bind_int64(q, i + 1, keys[i]);
    dgi_rows_bind(q, r->n_keys + 1, r->fields, r->n_fields, object);
    return dgi_sqlite_done(b, q, err);
}

static dg_status insert_parts(struct dgi_sqlite *b, const struct dgi_ev_doc *d, int64_t no, dg_error *err)
{
    sqlite3_stmt *q;
    dg_status st = DG_OK;
    int64_t n = 0;
    for (uint32_t i = 0; i < d->n_sentences && st == DG_OK; i++)
        st = insert_row(b, Q_INS_SENT, &dgi_rows_sentences, (int64_t[]){no, i}, &d->sentences[i], err);
    for (uint32_t i = 0; i < d->n_entities && st == DG_OK; i++) /* who is nobody in particular is not kept */
        if (d->entities[i].actor.id.len)
            st = insert_row(b, Q_INS_ENT, &dgi_rows_entities, (int64_t[]){no, n++}, &d->entities[i], err);
    for (uint32_t i = 0; i < d->n_statements && st == DG_OK; i++) {
        if ((st = insert_row(b, Q_INS_STAT, &dgi_rows_statements, (int64_t[]){no, i}, &d->statements[i], err)) != DG_OK)
            break;
        if (!d->statements[i].content.len)
            continue;
        int64_t row = sqlite3_last_insert_rowid(b->db);
        NEED(Q_FTS_STAT)
        sqlite3_bind_int64(q, 1, row);
        dgi_bind_str(q, 2, d->statements[i].content);
        st = dgi_sqlite_done(b, q, err);
    }
    return st;
}

static dg_status insert_actors(struct dgi_sqlite *b, int64_t no, uint32_t n, int side, const struct dgi_ev_actor *a,
                               uint32_t n_a, dg_error *err)
{
    dg_status st = DG_OK;
    for (uint32_t i = 0; i < n_a && st == DG_OK; i++)
        st = insert_row(b, Q_INS_ACTOR, &dgi_rows_actors, (int64_t[]){no, n, side, i}, &a[i], err);
    return st;
}

static dg_status insert_links(struct dgi_sqlite *b, int64_t no, uint32_t n, int kind, const uint32_t *other,
                              uint32_t n_other, dg_error *err)
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
        st = dgi_sqlite_done(b, q, err);
    }
    return st;
}

static dg_status insert_event(struct dgi_sqlite *b, int64_t no, uint32_t n, const struct dgi_event *e, int32_t reported,
                              dg_error *err)
{
    const struct dgi_rows *r = &dgi_rows_events;
    sqlite3_stmt *q;
    dg_status st;
    NEED(Q_INS_EVENT)
    sqlite3_bind_int64(q, 1, no);
    sqlite3_bind_int64(q, 2, n);
    dgi_bind_day(q, 3, dgi_ev_line_day(e, reported));
    dgi_rows_bind(q, dgi_rows_bind(q, r->n_keys + 1, r->fields, r->n_fields, e), r->more, r->n_more, e->place);
    if ((st = dgi_sqlite_done(b, q, err)) != DG_OK ||
        (st = insert_actors(b, no, n, 0, e->source, e->n_source, err)) != DG_OK ||
        (st = insert_actors(b, no, n, 1, e->target, e->n_target, err)) != DG_OK ||
        (st = insert_actors(b, no, n, 2, e->claimed_by, e->n_claimed_by, err)) != DG_OK ||
        (st = insert_links(b, no, n, 0, e->content, e->n_content, err)) != DG_OK)
        return st;
    for (uint32_t i = 0; i < e->n_quantities && st == DG_OK; i++)
        st = insert_row(b, Q_INS_QUANT, &dgi_rows_quantities, (int64_t[]){no, n, i}, &e->quantities[i], err);
    return st == DG_OK ? insert_links(b, no, n, 1, e->condition, e->n_condition, err) : st;
}

static dg_status insert_coding(struct dgi_sqlite *b, const struct dgi_ev_doc *d, int64_t no, dg_error *err)
{
    dg_status st = insert_parts(b, d, no, err);
    for (uint32_t i = 0; i < d->n_events && st == DG_OK; i++)
        st = insert_event(b, no, i, &d->events[i], d->meta.published, err);
    return st;
}

static dg_status set_current(struct dgi_sqlite *b, dg_str key, dg_error *err)
{
    sqlite3_stmt *q;
    NEED(Q_SET_CURRENT)
    dgi_bind_str(q, 1, key);
    return dgi_sqlite_done(b, q, err);
}

dg_status dgi_sqlite_put_document(dgi_backend *base, const struct dgi_ev_doc *doc, struct dgi_version *v, dg_error *err)
{
    struct dgi_sqlite *b = (struct dgi_sqlite *)base;
    dg_status st = insert_document(b, doc, v, err);
    if (st == DG_OK)
        st = insert_coding(b, doc, v->no, err);
    return st == DG_OK ? set_current(b, v->key, err) : st;
}

static dg_status drop_rows(struct dgi_sqlite *b, int64_t no, const enum store_stmt *parts, size_t n, dg_error *err)
{
    dg_status st = DG_OK;
    for (size_t i = 0; i < n && st == DG_OK; i++) {
        sqlite3_stmt *q;
        NEED(parts[i])
        sqlite3_bind_int64(q, 1, no);
        st = dgi_sqlite_done(b, q, err);
    }
    return st;
}

static const enum store_stmt coding[] = {Q_DROP_FTS_STAT, Q_DROP_SENT,   Q_DROP_ENT,   Q_DROP_STAT,
                                         Q_DROP_EVENTS,   Q_DROP_ACTORS, Q_DROP_QUANT, Q_DROP_LINKS};

dg_status dgi_sqlite_drop_document(dgi_backend *base, int64_t no, dg_error *err)
{
    static const enum store_stmt row[] = {Q_DROP_FTS_DOC, Q_DROP_DOC};
    struct dgi_sqlite *b = (struct dgi_sqlite *)base;
    struct dgi_version v;
    dgi_arena *a = dgi_arena_new(0);
    dg_status st =
        a ? dgi_sqlite_version(base, no, a, &v, err) : dgi_fail(err, DG_E_NOMEM, "no memory to drop a document");
    if (st == DG_OK && (st = drop_rows(b, no, coding, sizeof coding / sizeof *coding, err)) == DG_OK &&
        (st = drop_rows(b, no, row, sizeof row / sizeof *row, err)) == DG_OK)
        st = set_current(b, v.key, err);
    dgi_arena_free(a);
    return st;
}

dg_status dgi_sqlite_recode_document(dgi_backend *base, int64_t no, const struct dgi_ev_doc *doc, uint64_t coder,
                                     dg_error *err)
{
    struct dgi_sqlite *b = (struct dgi_sqlite *)base;
    sqlite3_stmt *q;
    dg_status st = drop_rows(b, no, coding, sizeof coding / sizeof *coding, err);
    if (st == DG_OK)
        st = insert_coding(b, doc, no, err);
    if (st != DG_OK)
        return st;
    NEED(Q_RECODED)
    sqlite3_bind_int64(q, 1, no);
    sqlite3_bind_int64(q, 2, (int64_t)coder);
    sqlite3_bind_int64(q, 3, doc->n_words);
    return dgi_sqlite_done(b, q, err);
}

/* ---- versions ---- */
/* Views into the row: valid until the next step. */
static void read_version(sqlite3_stmt *q, struct dgi_version *v, struct dgi_store_source *src)
{
    *v = (struct dgi_version){.no = sqlite3_column_int64(q, 0),
                              .key = dgi_col_str(q, 1),
                              .pos = dgi_col_blob(q, 2),
                              .known_from = sqlite3_column_int(q, 3),
                              .published = dgi_col_day(q, 4),
                              .hash = sqlite3_column_int64(q, 5),
                              .coder = (uint64_t)sqlite3_column_int64(q, 6),
                              .withdrawn = sqlite3_column_int(q, 7) != 0,
                              .applied = sqlite3_column_int(q, 8) != 0};
    if (src)
        *src = (struct dgi_store_source){dgi_col_str(q, 9), dgi_col_str(q, 10), dgi_col_str(q, 11), dgi_col_str(q, 12),
                                         v->published};
}

dg_status dgi_sqlite_versions(dgi_backend *base, dg_str key, dgi_arena *a, struct dgi_version **list, uint32_t *n,
                              dg_error *err)
{
    struct dgi_sqlite *b = (struct dgi_sqlite *)base;
    sqlite3_stmt *q;
    uint32_t cap = 0;
    int rc;
    bool ok = true;
    *list = NULL;
    *n = 0;
    NEED(Q_VERSIONS)
    dgi_bind_str(q, 1, key);
    while ((rc = sqlite3_step(q)) == SQLITE_ROW && ok) {
        struct dgi_version *v = DGI_PUSH(a, *list, *n, cap);
        ok = v != NULL;
        if (ok)
            read_version(q, v, NULL);
        ok = ok && dgi_version_keep(v, a);
    }
    sqlite3_reset(q);
    if (!ok)
        return dgi_fail(err, DG_E_NOMEM, "no memory for a document's versions");
    return rc == SQLITE_DONE ? DG_OK : dgi_sqlite_fail(b, err, "cannot be read");
}

dg_status dgi_sqlite_each_document(dgi_backend *base, enum dgi_documents which, int64_t k, dgi_version_fn *fn,
                                   void *user, dg_error *err)
{
    static const enum store_stmt of[] = {Q_DOCS_KNOWN, Q_DOCS_KNOWN_ONLY, Q_DOCS_APPLIED_ONLY, Q_DOCS_TEXTS};
    struct dgi_sqlite *b = (struct dgi_sqlite *)base;
    sqlite3_stmt *q;
    int rc;
    NEED(of[which])
    if (which == DGI_DOCS_TEXTS)
        sqlite3_bind_int64(q, 1, k);
    else
        dgi_bind_day(q, 1, (int32_t)k);
    while ((rc = sqlite3_step(q)) == SQLITE_ROW) {
        struct dgi_version v;
        struct dgi_store_source src;
        read_version(q, &v, &src);
        if (!fn(user, &v, &src)) {
            rc = SQLITE_DONE;
            break;
        }
    }
    sqlite3_reset(q);
    return rc == SQLITE_DONE ? DG_OK : dgi_sqlite_fail(b, err, "cannot be read");
}

/* The version in the first row, if there is one. */
static dg_status one_version(struct dgi_sqlite *b, sqlite3_stmt *q, dgi_arena *a, struct dgi_version *out,
                             dg_error *err)
{
    bool ok = true;
    int rc = sqlite3_step(q);
    *out = (struct dgi_version){0};
    if (rc == SQLITE_ROW) {
        read_version(q, out, NULL);
        ok = dgi_version_keep(out, a);
    }
    sqlite3_reset(q);
    if (!ok)
        return dgi_fail(err, DG_E_NOMEM, "no memory to find a document");
    return rc == SQLITE_ROW || rc == SQLITE_DONE ? DG_OK : dgi_sqlite_fail(b, err, "cannot be read");
}

dg_status dgi_sqlite_find_document(dgi_backend *base, dg_str url_or_id, dgi_arena *a, struct dgi_version *out,
                                   dg_error *err)
{
    struct dgi_sqlite *b = (struct dgi_sqlite *)base;
    sqlite3_stmt *q;
    NEED(Q_FIND_DOC)
    dgi_bind_str(q, 1, url_or_id);
    return one_version(b, q, a, out, err);
}

dg_status dgi_sqlite_version(dgi_backend *base, int64_t no, dgi_arena *a, struct dgi_version *out, dg_error *err)
{
    struct dgi_sqlite *b = (struct dgi_sqlite *)base;
    sqlite3_stmt *q;
    NEED(Q_VERSION)
    sqlite3_bind_int64(q, 1, no);
    dg_status st = one_version(b, q, a, out, err);
    return st == DG_OK && !out->no ? dgi_fail(err, DG_E_STORE, "%s: a document is missing", b->path) : st;
}

/* ---- loading ---- */
struct loading {
    struct dgi_sqlite *b;
    dgi_arena *a;
    bool failed;
};

static dg_str keep(struct loading *l, dg_str s)
{
    dg_str c = s.len ? dgi_arena_str(l->a, s) : (dg_str){"", 0};
    l->failed |= !c.ptr;
    return c;
}

static dg_status finish(struct loading *l, sqlite3_stmt *q, int rc, dg_error *err)
{
    sqlite3_reset(q);
    if (l->failed)
        return dgi_fail(err, DG_E_NOMEM, "no memory to read a document");
    return rc == SQLITE_DONE || rc == SQLITE_ROW ? DG_OK : dgi_sqlite_fail(l->b, err, "cannot be read");
}

#define ROWS_OF(which)                                                                                                 \
    struct dgi_sqlite *b = l->b;                                                                                       \
    sqlite3_stmt *q;                                                                                                   \
    int rc;                                                                                                            \
    NEED(which)                                                                                                        \
    sqlite3_bind_int64(q, 1, no);

static int read_fields(struct loading *l, sqlite3_stmt *q, int at, const struct dgi_field *f, uint32_t n, void *object)
{
    int next = dgi_rows_read(q, at, f, n, object, l->a);
    l->failed |= next < 0;
    return next;
}

static void read_event(struct loading *l, sqlite3_stmt *q, struct dgi_event *e)
{
    const struct dgi_rows *r = &dgi_rows_events;
    struct dgi_ev_place *p = dgi_arena_alloc(l->a, sizeof *p);
    int at = read_fields(l, q, r->n_keys - 1, r->fields, r->n_fields, e);
    l->failed |= !p;
    if (l->failed)
        return;
    read_fields(l, q, at, r->more, r->n_more, p);
    if (p->name.len || p->country[0])
        e->place = p;
}

/* The lists of events come in order of event and side, so that a list grows by one at its end. */
struct growing {
    uint32_t event, cap[3];
};

static struct growing *at_event(struct growing *g, uint32_t n)
{
    if (g->event != n)
        *g = (struct growing){.event = n};
    return g;
}

static dg_status read_actors(struct loading *l, int64_t no, struct dgi_event *ev, uint32_t n_ev, dg_error *err)
{
    struct growing g = {.event = UINT32_MAX};
    ROWS_OF(Q_LOAD_ACTORS)
    while ((rc = sqlite3_step(q)) == SQLITE_ROW && !l->failed) {
        uint32_t n = (uint32_t)sqlite3_column_int64(q, 0);
        int side = sqlite3_column_int(q, 1);
        if (n >= n_ev || side < 0 || side > 2)
            continue;
        struct dgi_event *e = &ev[n];
        const struct dgi_ev_actor **list = side == 0 ? &e->source : side == 1 ? &e->target : &e->claimed_by;
        uint32_t *count = side == 0 ? &e->n_source : side == 1 ? &e->n_target : &e->n_claimed_by;
        struct dgi_ev_actor *grown = (struct dgi_ev_actor *)*list,
                            *x = DGI_PUSH(l->a, grown, *count, at_event(&g, n)->cap[side]);
        *list = grown;
        l->failed |= !x;
        if (x)
            read_fields(l, q, 3, dgi_actor_fields, DGI_N_ACTOR_FIELD, x);
    }
    return finish(l, q, rc, err);
}

static dg_status read_quantities(struct loading *l, int64_t no, struct dgi_event *ev, uint32_t n_ev, dg_error *err)
{
    struct growing g = {.event = UINT32_MAX};
    ROWS_OF(Q_LOAD_QUANT)
    while ((rc = sqlite3_step(q)) == SQLITE_ROW && !l->failed) {
        uint32_t n = (uint32_t)sqlite3_column_int64(q, 0);
        if (n >= n_ev)
            continue;
        struct dgi_ev_quantity *grown = (struct dgi_ev_quantity *)ev[n].quantities,
                               *x = DGI_PUSH(l->a, grown, ev[n].n_quantities, at_event(&g, n)->cap[0]);
        ev[n].quantities = grown;
        l->failed |= !x;
        if (x)
            read_fields(l, q, 2, dgi_quantity_fields, DGI_N_QUANTITY_FIELD, x);
    }
    return finish(l, q, rc, err);
}

static dg_status read_links(struct loading *l, int64_t no, struct dgi_event *ev, uint32_t n_ev, dg_error *err)
{
    struct growing g = {.event = UINT32_MAX};
    ROWS_OF(Q_LOAD_LINKS)
    while ((rc = sqlite3_step(q)) == SQLITE_ROW && !l->failed) {
        uint32_t n = (uint32_t)sqlite3_column_int64(q, 0), kind = (uint32_t)sqlite3_column_int(q, 1) & 1;
        int64_t other = sqlite3_column_type(q, 2) == SQLITE_NULL ? -1 : sqlite3_column_int64(q, 2);
        if (n >= n_ev || other < 0 || other >= n_ev)
            continue;
        const uint32_t **list = kind ? &ev[n].condition : &ev[n].content;
        uint32_t *grown = (uint32_t *)*list, *x = DGI_PUSH(l->a, grown, *(kind ? &ev[n].n_condition : &ev[n].n_content),
                                                           at_event(&g, n)->cap[kind]);
        *list = grown;
        l->failed |= !x;
        if (x)
            *x = (uint32_t)other;
    }
    return finish(l, q, rc, err);
}

static dg_status read_head(struct loading *l, int64_t no, struct dgi_ev_doc *out, dg_error *err)
{
    ROWS_OF(Q_LOAD_DOC)
    rc = sqlite3_step(q);
    if (rc != SQLITE_ROW) {
        sqlite3_reset(q);
        return dgi_sqlite_fail(b, err, "a document is missing");
    }
    struct dgi_meta *m = &out->meta;
    m->id = keep(l, dgi_col_str(q, 0));
    m->url = keep(l, dgi_col_str(q, 1));
    m->title = keep(l, dgi_col_str(q, 2));
    m->author = keep(l, dgi_col_str(q, 3));
    m->publisher = keep(l, dgi_col_str(q, 4));
    m->lang = keep(l, dgi_col_str(q, 5));
    m->published = dgi_col_day(q, 6);
    m->published_from = keep(l, dgi_col_str(q, 7));
    out->n_words = (uint32_t)sqlite3_column_int64(q, 8);
    out->text = keep(l, dgi_col_str(q, 9));
    out->blocks = keep(l, dgi_col_blob(q, 10));
    out->id = m->id;
    out->reported = m->published;
    return finish(l, q, rc, err);
}

static dg_status read_sentences(struct loading *l, int64_t no, struct dgi_ev_sentence **list, uint32_t *n,
                                dg_error *err)
{
    uint32_t cap = 0;
    ROWS_OF(Q_LOAD_SENT)
    while ((rc = sqlite3_step(q)) == SQLITE_ROW && !l->failed) {
        struct dgi_ev_sentence *x = DGI_PUSH(l->a, *list, *n, cap);
        l->failed |= !x;
        if (x)
            read_fields(l, q, 1, dgi_sentence_fields, DGI_N_SENTENCE_FIELD, x);
    }
    return finish(l, q, rc, err);
}

static dg_status read_events(struct loading *l, int64_t no, const struct dgi_ev_doc *doc, struct dgi_event **ev,
                             uint32_t *n, dg_error *err)
{
    uint32_t cap = 0;
    ROWS_OF(Q_LOAD_EVENTS)
    while ((rc = sqlite3_step(q)) == SQLITE_ROW && !l->failed) {
        struct dgi_event *e = DGI_PUSH(l->a, *ev, *n, cap);
        if (!e) {
            l->failed = true;
            break;
        }
        read_event(l, q, e);
        e->ev_text = (dg_str){"", 0};
        if (e->sentence < doc->n_sentences) {
            const struct dgi_ev_sentence *x = &doc->sentences[e->sentence];
            e->ev_start = x->start;
            e->ev_end = x->end;
            e->ev_text = dgi_str_sub(doc->text, x->b_start, x->b_end);
        }
    }
    return finish(l, q, rc, err);
}

dg_status dgi_sqlite_load_document(dgi_backend *base, int64_t no, dgi_arena *a, struct dgi_ev_doc *out, dg_error *err)
{
    struct loading l = {(struct dgi_sqlite *)base, a, false};
    struct dgi_ev_sentence *sents = NULL;
    struct dgi_event *ev = NULL;
    uint32_t n_ev = 0;
    *out = (struct dgi_ev_doc){.reported = DGI_NO_DAY};
    dg_status st = read_head(&l, no, out, err);
    if (st != DG_OK || (st = read_sentences(&l, no, &sents, &out->n_sentences, err)) != DG_OK)
        return st;
    out->sentences = sents;
    if ((st = read_events(&l, no, out, &ev, &n_ev, err)) != DG_OK)
        return st;
    for (uint32_t i = 0; i < n_ev; i++) {
        ev[i].content_of = ev[i].content_of < n_ev ? ev[i].content_of : DGI_NONE;
        ev[i].condition_of = ev[i].condition_of < n_ev ? ev[i].condition_of : DGI_NONE;
        ev[i].same_as = ev[i].same_as < n_ev ? ev[i].same_as : DGI_NONE;
    }
    if ((st = read_actors(&l, no, ev, n_ev, err)) != DG_OK || (st = read_quantities(&l, no, ev, n_ev, err)) != DG_OK ||
        (st = read_links(&l, no, ev, n_ev, err)) != DG_OK)
        return st;
    out->events = ev;
    out->n_events = n_ev;
    while (out->n_coded < n_ev && ev[out->n_coded].cameo[0])
        out->n_coded++;
    return DG_OK;
}

/* ---- scans ---- */
dg_status dgi_sqlite_each_event(dgi_backend *base, int32_t from, int32_t to, int32_t known_on, dgi_place_fn *fn,
                                void *user, dg_error *err)
{
    struct dgi_sqlite *b = (struct dgi_sqlite *)base;
    sqlite3_stmt *q;
    int rc;
    NEED(Q_EVENTS)
    dgi_bind_day(q, 1, known_on);
    dgi_bind_day(q, 2, from);
    dgi_bind_day(q, 3, to);
    while ((rc = sqlite3_step(q)) == SQLITE_ROW)
        if (!fn(user, sqlite3_column_int64(q, 0), (uint32_t)sqlite3_column_int64(q, 1), dgi_col_day(q, 2))) {
            rc = SQLITE_DONE;
            break;
        }
    sqlite3_reset(q);
    return rc == SQLITE_DONE ? DG_OK : dgi_sqlite_fail(b, err, "cannot be read");
}

dg_status dgi_sqlite_each_statement(dgi_backend *base, int32_t from, int32_t to, int32_t known_on, dgi_said_fn *fn,
                                    void *user, dg_error *err)
{
    struct dgi_sqlite *b = (struct dgi_sqlite *)base;
    sqlite3_stmt *q;
    int rc;
    NEED(Q_STATEMENTS)
    dgi_bind_day(q, 1, known_on);
    dgi_bind_day(q, 2, from);
    dgi_bind_day(q, 3, to);
    while ((rc = sqlite3_step(q)) == SQLITE_ROW) {
        struct dgi_store_source src = {dgi_col_str(q, 0), dgi_col_str(q, 1), dgi_col_str(q, 2), dgi_col_str(q, 3),
                                       dgi_col_day(q, 4)};
        struct dgi_said said = {.id = dgi_col_str(q, 5),
                                .speaker = dgi_col_str(q, 6),
                                .speaker_name = dgi_col_str(q, 7),
                                .content = dgi_col_str(q, 8),
                                .start = (uint32_t)sqlite3_column_int64(q, 9),
                                .end = (uint32_t)sqlite3_column_int64(q, 10),
                                .kind = (uint8_t)sqlite3_column_int(q, 11),
                                .sent_start = (uint32_t)sqlite3_column_int64(q, 13),
                                .sentence = dgi_str_sub(dgi_col_str(q, 14), (size_t)sqlite3_column_int64(q, 15),
                                                        (size_t)sqlite3_column_int64(q, 16))};
        dg_str land = dgi_col_str(q, 12);
        memcpy(said.speaker_country, land.ptr, land.len < 3 ? land.len : 3);
        if (!fn(user, &src, &said)) {
            rc = SQLITE_DONE;
            break;
        }
    }
    sqlite3_reset(q);
    return rc == SQLITE_DONE ? DG_OK : dgi_sqlite_fail(b, err, "cannot be read");
}
