/* SPDX-License-Identifier: Apache-2.0 */
/* store/pg_docs.c: coded documents into tables of PostgreSQL and back.
 *
 * Reads   struct dgi_ev_doc; tables documents, sentences, entities, statements, events, event_*
 * Writes  rows for COPY into the same and into document_words, statement_words
 *
 * A document's parts are rows by the table of fields (event/fields.h), as in the file; loading it takes six questions, which go out together. */
#include <math.h>
#include <stdlib.h>

#include "store/pg_int.h"

/* ---- writing ---- */
static void copy_str(struct dgi_pg *b, enum dgi_pg_table t, dg_str s, bool null)
{
    b->load.bad_text |= s.len && memchr(s.ptr, 0, s.len);
    if (!s.len && null)
        dgi_copy_null(&b->load.row[t]);
    else
        dgi_copy_bytes(&b->load.row[t], s);
}

static void copy_day(struct dgi_buf *t, int32_t day)
{
    if (day == DGI_NO_DAY)
        dgi_copy_null(t);
    else
        dgi_copy_int(t, day);
}

static void copy_num(struct dgi_buf *t, double v)
{
    int64_t bits;
    memcpy(&bits, &v, sizeof bits);
    if (isnan(v))
        dgi_copy_null(t);
    else
        dgi_copy_int(t, bits);
}

static void copy_bool(struct dgi_buf *t, bool v)
{
    dgi_copy_bytes(t, (dg_str){v ? "\1" : "\0", 1});
}

static void copy_field(struct dgi_pg *b, enum dgi_pg_table t, const struct dgi_field *f, const void *p)
{
    struct dgi_buf *row = &b->load.row[t];
    bool null = !dgi_str_ends(dgi_str(f->sql), DGI_S("NOT NULL"));
    switch (f->type) {
    case DGI_F_STR:
    case DGI_F_LIST: copy_str(b, t, *(const dg_str *)p, null); break;
    case DGI_F_CODE: copy_str(b, t, dgi_str(p), null); break;
    case DGI_F_ENUM: dgi_copy_int(row, *(const uint8_t *)p); break;
    case DGI_F_BOOL: dgi_copy_int(row, *(const bool *)p); break;
    case DGI_F_COUNT: dgi_copy_int(row, *(const uint32_t *)p); break;
    case DGI_F_INDEX:
        if (*(const uint32_t *)p == DGI_NONE)
            dgi_copy_null(row);
        else
            dgi_copy_int(row, *(const uint32_t *)p);
        break;
    case DGI_F_DAY: copy_day(row, *(const int32_t *)p); break;
    case DGI_F_NUM: copy_num(row, *(const double *)p); break;
    case DGI_F_SHARE: copy_num(row, (double)*(const float *)p); break;
    case DGI_F_ID64: dgi_copy_int(row, *(const int64_t *)p); break;
    default: dgi_copy_null(row); /* lists and spans have no column; a test sees to it */
    }
}

/* object NULL: its columns stay NULL. */
static void copy_fields(struct dgi_pg *b, enum dgi_pg_table t, const struct dgi_field *f, uint32_t n,
                        const void *object)
{
    for (uint32_t i = 0; i < n; i++)
        if (f[i].column && object)
            copy_field(b, t, &f[i], dgi_field_at(&f[i], object));
        else if (f[i].column)
            dgi_copy_null(&b->load.row[t]);
}

static int n_columns(const struct dgi_rows *r)
{
    int n = r->n_keys;
    for (uint32_t i = 0; i < r->n_fields; i++)
        n += r->fields[i].column != NULL;
    for (uint32_t i = 0; i < r->n_more; i++)
        n += r->more[i].column != NULL;
    return n;
}

static void put_row(struct dgi_pg *b, enum dgi_pg_table t, const int64_t *keys, const void *object)
{
    const struct dgi_rows *r = dgi_pg_rows[t];
    dgi_copy_row(&b->load.row[t], n_columns(r));
    for (int i = 0; i < r->n_keys; i++)
        dgi_copy_int(&b->load.row[t], keys[i]);
    copy_fields(b, t, r->fields, r->n_fields, object);
}

static void put_words(struct dgi_pg *b, enum dgi_pg_table t, uint32_t n_tokens, dg_str vector)
{
    dgi_copy_int(&b->load.row[t], n_tokens);
    if (vector.ptr)
        dgi_copy_bytes(&b->load.row[t], vector);
    else
        dgi_copy_null(&b->load.row[t]);
}

static dg_status put_head(struct dgi_pg *b, const struct dgi_ev_doc *d, const struct dgi_version *v, dg_error *err)
{
    const struct dgi_meta *m = &d->meta;
    struct dgi_buf *t = &b->load.row[T_DOCS];
    dg_str id = m->id.len ? m->id : v->key, words;
    uint32_t n_words;
    dgi_copy_row(t, 22);
    dgi_copy_int(t, v->no);
    copy_str(b, T_DOCS, v->key, false);
    dgi_copy_int(t, (int64_t)dgi_str_hash(v->key));
    copy_str(b, T_DOCS, id, false);
    dgi_copy_int(t, (int64_t)dgi_str_hash(id));
    const dg_str texts[] = {m->url, m->title, m->author, m->publisher, m->lang};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        copy_str(b, T_DOCS, texts[i], true);
    copy_day(t, m->published);
    copy_str(b, T_DOCS, m->published_from, true);
    dgi_copy_int(t, v->known_from);
    dgi_copy_int(t, v->hash);
    copy_bool(t, true);
    copy_bool(t, v->withdrawn);
    dgi_copy_int(t, d->n_words);
    if (v->withdrawn)
        dgi_copy_null(t);
    else
        dgi_copy_bytes(t, v->pos);
    dgi_copy_int(t, (int64_t)v->coder);
    copy_bool(t, false);
    if (d->blocks.len)
        dgi_copy_bytes(t, d->blocks);
    else
        dgi_copy_null(t);
    copy_str(b, T_DOCS, d->text, false);
    if (!m->title.len && !d->text.len)
        return DG_OK;
    dgi_arena_reset(b->scratch);
    dg_status st = dgi_pg_words(b, (const dg_str[]){m->title, d->text}, 2, b->scratch, &words, &n_words, err);
    dgi_copy_row(&b->load.row[T_DOC_WORDS], 3);
    dgi_copy_int(&b->load.row[T_DOC_WORDS], v->no);
    put_words(b, T_DOC_WORDS, n_words, words);
    return st;
}

static dg_status put_parts(struct dgi_pg *b, const struct dgi_ev_doc *d, int64_t no, dg_error *err)
{
    int64_t n = 0;
    dg_status st = DG_OK;
    for (uint32_t i = 0; i < d->n_sentences; i++)
        put_row(b, T_SENT, (int64_t[]){no, i}, &d->sentences[i]);
    for (uint32_t i = 0; i < d->n_entities; i++) /* who is nobody in particular is not kept */
        if (d->entities[i].actor.id.len)
            put_row(b, T_ENT, (int64_t[]){no, n++}, &d->entities[i]);
    for (uint32_t i = 0; i < d->n_statements && st == DG_OK; i++) {
        dg_str words;
        uint32_t n_words;
        put_row(b, T_STAT, (int64_t[]){no, i}, &d->statements[i]);
        if (!d->statements[i].content.len)
            continue;
        dgi_arena_reset(b->scratch);
        st = dgi_pg_words(b, &d->statements[i].content, 1, b->scratch, &words, &n_words, err);
        dgi_copy_row(&b->load.row[T_STAT_WORDS], 4);
        dgi_copy_int(&b->load.row[T_STAT_WORDS], no);
        dgi_copy_int(&b->load.row[T_STAT_WORDS], i);
        put_words(b, T_STAT_WORDS, n_words, words);
    }
    return st;
}

static void put_links(struct dgi_pg *b, int64_t no, uint32_t n, int kind, const uint32_t *other, uint32_t n_other)
{
    struct dgi_buf *t = &b->load.row[T_LINKS];
    for (uint32_t i = 0; i < n_other; i++) {
        const int64_t v[] = {no, n, kind, i, other[i]};
        dgi_copy_row(t, 5);
        for (int k = 0; k < 5; k++)
            dgi_copy_int(t, v[k]);
    }
}

static void put_actors(struct dgi_pg *b, int64_t no, uint32_t n, int side, const struct dgi_ev_actor *a, uint32_t n_a)
{
    for (uint32_t i = 0; i < n_a; i++)
        put_row(b, T_ACTORS, (int64_t[]){no, n, side, i}, &a[i]);
}

static void put_event(struct dgi_pg *b, int64_t no, uint32_t n, const struct dgi_event *e, int32_t reported)
{
    const struct dgi_rows *r = &dgi_rows_events;
    struct dgi_buf *t = &b->load.row[T_EVENTS];
    dgi_copy_row(t, n_columns(r));
    dgi_copy_int(t, no);
    dgi_copy_int(t, n);
    copy_day(t, dgi_ev_line_day(e, reported));
    copy_fields(b, T_EVENTS, r->fields, r->n_fields, e);
    copy_fields(b, T_EVENTS, r->more, r->n_more, e->place);
    put_actors(b, no, n, 0, e->source, e->n_source);
    put_actors(b, no, n, 1, e->target, e->n_target);
    put_actors(b, no, n, 2, e->claimed_by, e->n_claimed_by);
    put_links(b, no, n, 0, e->content, e->n_content);
    put_links(b, no, n, 1, e->condition, e->n_condition);
    for (uint32_t i = 0; i < e->n_quantities; i++)
        put_row(b, T_QUANT, (int64_t[]){no, n, i}, &e->quantities[i]);
}

static dg_status put_coding(struct dgi_pg *b, const struct dgi_ev_doc *d, int64_t no, dg_error *err)
{
    for (uint32_t i = 0; i < d->n_events; i++)
        put_event(b, no, i, &d->events[i], d->meta.published);
    return put_parts(b, d, no, err);
}

static dg_status whole(struct dgi_pg *b, dg_status st, dg_error *err)
{
    bool failed = false;
    for (int t = 0; t < N_PG_TABLE; t++)
        failed |= b->load.row[t].failed;
    if (st == DG_OK && failed)
        st = dgi_fail(err, DG_E_NOMEM, "no memory to keep a document");
    if (st == DG_OK && b->load.bad_text)
        st = dgi_fail(err, DG_E_FORMAT,
                      "the document has a NUL character, which PostgreSQL's text cannot hold; it was left out");
    b->load.bad_text = false;
    return st;
}

dg_status dgi_pg_put_document(dgi_backend *base, const struct dgi_ev_doc *doc, struct dgi_version *v, dg_error *err)
{
    struct dgi_pg *b = (struct dgi_pg *)base;
    if (b->failed)
        return dgi_pg_fail(b, NULL, err);
    if (v->pos.len > DGI_PG_MAX_POS)
        return dgi_fail(err, DG_E_LIMIT,
                        "the document's id has %zu bytes, more than PostgreSQL's indexes hold (some 2,500)",
                        doc->meta.id.len ? doc->meta.id.len : v->key.len);
    dg_str *key = DGI_PUSH(b->load.a, b->load.keys, b->load.n, b->load.cap);
    if (!key || !(*key = dgi_arena_str(b->load.a, v->key)).ptr)
        return dgi_fail(err, DG_E_NOMEM, "no memory to keep a document");
    v->no = b->next_doc++;
    dg_status st = put_head(b, doc, v, err);
    if (st == DG_OK)
        st = put_coding(b, doc, v->no, err);
    return whole(b, st, err);
}

static dg_status drop_rows(struct dgi_pg *b, int64_t no, const enum dgi_pg_stmt *parts, size_t n, dg_error *err)
{
    struct dgi_pg_params p = {0};
    dg_status st = dgi_pg_begin_now(b, err);
    dgi_pg_int(&p, no);
    for (size_t i = 0; i < n && st == DG_OK; i++)
        st = dgi_pg_queue(b, parts[i], &p, err);
    return st;
}

static const enum dgi_pg_stmt coding[] = {P_DROP_STAT_WORDS, P_DROP_SENT,   P_DROP_ENT,   P_DROP_STAT,
                                          P_DROP_EVENTS,     P_DROP_ACTORS, P_DROP_QUANT, P_DROP_LINKS};

dg_status dgi_pg_drop_document(dgi_backend *base, int64_t no, dg_error *err)
{
    static const enum dgi_pg_stmt row[] = {P_DROP_DOC_WORDS, P_DROP_DOC};
    struct dgi_pg *b = (struct dgi_pg *)base;
    struct dgi_pg_params p = {0};
    struct dgi_version v;
    dgi_arena *a = dgi_arena_new(0);
    dg_status st = a ? dgi_pg_begin_now(b, err) : dgi_fail(err, DG_E_NOMEM, "no memory to drop a document");
    if (st == DG_OK && (st = dgi_pg_version(base, no, a, &v, err)) == DG_OK &&
        (st = drop_rows(b, no, coding, sizeof coding / sizeof *coding, err)) == DG_OK &&
        (st = drop_rows(b, no, row, sizeof row / sizeof *row, err)) == DG_OK) {
        dgi_pg_int(&p, (int64_t)dgi_str_hash(v.key));
        dgi_pg_str(&p, v.key);
        st = dgi_pg_queue(b, P_SET_CURRENT, &p, err);
    }
    dgi_arena_free(a);
    return st;
}

dg_status dgi_pg_recode_document(dgi_backend *base, int64_t no, const struct dgi_ev_doc *doc, uint64_t coder,
                                 dg_error *err)
{
    struct dgi_pg *b = (struct dgi_pg *)base;
    struct dgi_pg_params p = {0};
    dg_status st = drop_rows(b, no, coding, sizeof coding / sizeof *coding, err);
    if (st == DG_OK)
        st = whole(b, put_coding(b, doc, no, err), err);
    if (st == DG_OK)
        st = dgi_pg_load_now(b, err);
    dgi_pg_int(&p, no);
    dgi_pg_int(&p, (int64_t)coder);
    dgi_pg_int(&p, doc->n_words);
    return st == DG_OK ? dgi_pg_queue(b, P_RECODED, &p, err) : st;
}

/* ---- versions ---- */
/* Views into the row: valid until PQclear. */
static void read_version(const struct dgi_pg *b, const PGresult *r, int i, struct dgi_version *v,
                         struct dgi_store_source *src)
{
    *v = (struct dgi_version){.no = dgi_pg_r_int(b, r, i, 0),
                              .key = dgi_pg_r_str(b, r, i, 1),
                              .pos = dgi_pg_r_str(b, r, i, 2),
                              .known_from = (int32_t)dgi_pg_r_int(b, r, i, 3),
                              .published = dgi_pg_r_day(b, r, i, 4),
                              .hash = dgi_pg_r_int(b, r, i, 5),
                              .coder = (uint64_t)dgi_pg_r_int(b, r, i, 6),
                              .withdrawn = dgi_pg_r_int(b, r, i, 7) != 0,
                              .applied = dgi_pg_r_int(b, r, i, 8) != 0};
    if (src)
        *src = (struct dgi_store_source){dgi_pg_r_str(b, r, i, 9), dgi_pg_r_str(b, r, i, 10), dgi_pg_r_str(b, r, i, 11),
                                         dgi_pg_r_str(b, r, i, 12), v->published};
}

dg_status dgi_pg_versions(dgi_backend *base, dg_str key, dgi_arena *a, struct dgi_version **list, uint32_t *n,
                          dg_error *err)
{
    struct dgi_pg *b = (struct dgi_pg *)base;
    struct dgi_pg_params p = {0};
    PGresult *r;
    bool waits = false, ok = true;
    *list = NULL;
    *n = 0;
    for (uint32_t i = 0; i < b->load.n && !waits; i++)
        waits = dgi_str_eq(b->load.keys[i], key);
    dg_status st = waits ? dgi_pg_flush(b, err) : DG_OK;
    dgi_pg_int(&p, (int64_t)dgi_str_hash(key));
    dgi_pg_str(&p, key);
    if (st != DG_OK || (st = dgi_pg_ask(b, P_VERSIONS, &p, &r, err)) != DG_OK)
        return st;
    int rows = b->pq->PQntuples(r);
    *list = rows ? dgi_arena_array(a, (size_t)rows, sizeof **list) : NULL;
    ok = !rows || *list;
    for (int i = 0; i < rows && ok; i++) {
        read_version(b, r, i, &(*list)[i], NULL);
        ok = dgi_version_keep(&(*list)[(*n)++], a);
    }
    b->pq->PQclear(r);
    return ok ? DG_OK : dgi_fail(err, DG_E_NOMEM, "no memory for a document's versions");
}

struct each_version {
    dgi_version_fn *fn;
    void *user;
};

static bool on_version(void *user, const struct dgi_pg *b, const PGresult *r, int row)
{
    struct each_version *e = user;
    struct dgi_version v;
    struct dgi_store_source src;
    read_version(b, r, row, &v, &src);
    return e->fn(e->user, &v, &src);
}

dg_status dgi_pg_each_document(dgi_backend *base, enum dgi_documents which, int64_t k, dgi_version_fn *fn, void *user,
                               dg_error *err)
{
    static const enum dgi_pg_stmt now[] = {P_KNOWN_NOW, P_KNOWN_ONLY_NOW, P_APPLIED_ONLY_NOW, P_TEXTS},
                                  on[] = {P_KNOWN_ON, P_KNOWN_ONLY_ON, P_APPLIED_ONLY_ON, P_TEXTS};
    struct dgi_pg *b = (struct dgi_pg *)base;
    struct each_version e = {fn, user};
    struct dgi_pg_params p = {0};
    bool today = which != DGI_DOCS_TEXTS && k == DGI_NO_DAY;
    if (!today)
        dgi_pg_int(&p, k);
    dg_status st = dgi_pg_flush(b, err);
    return st == DG_OK ? dgi_pg_scan(b, dgi_pg_sql((today ? now : on)[which], NULL), &p, on_version, &e, err) : st;
}

/* The version in the first row, if there is one. */
static dg_status one_version(struct dgi_pg *b, PGresult *r, dgi_arena *a, struct dgi_version *out, dg_error *err)
{
    bool ok = true;
    *out = (struct dgi_version){0};
    if (b->pq->PQntuples(r)) {
        read_version(b, r, 0, out, NULL);
        ok = dgi_version_keep(out, a);
    }
    b->pq->PQclear(r);
    return ok ? DG_OK : dgi_fail(err, DG_E_NOMEM, "no memory to find a document");
}

dg_status dgi_pg_find_document(dgi_backend *base, dg_str url_or_id, dgi_arena *a, struct dgi_version *out,
                               dg_error *err)
{
    struct dgi_pg *b = (struct dgi_pg *)base;
    struct dgi_pg_params p = {0};
    PGresult *r;
    dg_status st = dgi_pg_flush(b, err);
    dgi_pg_int(&p, (int64_t)dgi_str_hash(url_or_id));
    dgi_pg_str(&p, url_or_id);
    if (st == DG_OK)
        st = dgi_pg_ask(b, P_FIND_DOC, &p, &r, err);
    return st == DG_OK ? one_version(b, r, a, out, err) : st;
}

dg_status dgi_pg_version(dgi_backend *base, int64_t no, dgi_arena *a, struct dgi_version *out, dg_error *err)
{
    struct dgi_pg *b = (struct dgi_pg *)base;
    struct dgi_pg_params p = {0};
    PGresult *r;
    dg_status st = dgi_pg_flush(b, err);
    dgi_pg_int(&p, no);
    if (st == DG_OK && (st = dgi_pg_ask(b, P_VERSION, &p, &r, err)) == DG_OK)
        st = one_version(b, r, a, out, err);
    return st == DG_OK && !out->no ? dgi_fail(err, DG_E_STORE, "%s: a document is missing", b->path) : st;
}

/* ---- loading ---- */
/* Documents are loaded some dozens at once where it is known which come next (b->ahead): a journey each would be most of the
 * time. Rows of one document follow each other in each part. */
struct loading {
    const struct dgi_pg *b;
    const PGresult *r;
    int lo, hi; /* its rows */
    dgi_arena *a;
    bool failed;
};

static dg_str keep(struct loading *l, dg_str s)
{
    dg_str c = s.len ? dgi_arena_str(l->a, s) : (dg_str){"", 0};
    l->failed |= !c.ptr;
    return c;
}

static void read_field(struct loading *l, int i, int col, const struct dgi_field *f, void *p)
{
    dg_str s;
    int64_t v =
        f->type == DGI_F_STR || f->type == DGI_F_LIST || f->type == DGI_F_CODE ? 0 : dgi_pg_r_int(l->b, l->r, i, col);
    bool null = l->b->pq->PQgetisnull(l->r, i, col);
    switch (f->type) {
    case DGI_F_STR:
    case DGI_F_LIST:
        s = keep(l, dgi_pg_r_str(l->b, l->r, i, col));
        memcpy(p, &s, sizeof s);
        break;
    case DGI_F_CODE:
        s = dgi_pg_r_str(l->b, l->r, i, col);
        memset(p, 0, f->size);
        memcpy(p, s.ptr, s.len < f->size ? s.len : f->size - 1u);
        break;
    case DGI_F_ENUM: /* a changed row must not lead beyond the names; n_names is "none" where the row allows it */
        v = null && f->or_none ? f->n_names : v;
        *(uint8_t *)p = (uint8_t)(v >= 0 && v < f->n_names + f->or_none ? v : 0);
        break;
    case DGI_F_BOOL: *(bool *)p = v != 0; break;
    case DGI_F_COUNT: *(uint32_t *)p = (uint32_t)v; break;
    case DGI_F_INDEX: *(uint32_t *)p = !null && v >= 0 && v < DGI_NONE ? (uint32_t)v : DGI_NONE; break;
    case DGI_F_DAY: *(int32_t *)p = dgi_pg_r_day(l->b, l->r, i, col); break;
    case DGI_F_NUM: *(double *)p = dgi_pg_r_num(l->b, l->r, i, col); break;
    case DGI_F_SHARE: *(float *)p = (float)dgi_pg_r_num(l->b, l->r, i, col); break;
    case DGI_F_ID64: *(int64_t *)p = v; break;
    default: break;
    }
}

/* Returns the number of the next column. */
static int read_fields(struct loading *l, int i, int col, const struct dgi_field *f, uint32_t n, void *object)
{
    for (uint32_t k = 0; k < n; k++)
        if (f[k].column)
            read_field(l, i, col++, &f[k], (char *)object + f[k].offset);
    return col;
}

static void read_head(struct loading *l, struct dgi_ev_doc *out)
{
    struct dgi_meta *m = &out->meta;
    dg_str *text[] = {&m->id, &m->url, &m->title, &m->author, &m->publisher, &m->lang};
    for (int i = 0; i < 6; i++)
        *text[i] = keep(l, dgi_pg_r_str(l->b, l->r, l->lo, 2 + i));
    m->published = dgi_pg_r_day(l->b, l->r, l->lo, 8);
    m->published_from = keep(l, dgi_pg_r_str(l->b, l->r, l->lo, 9));
    out->n_words = (uint32_t)dgi_pg_r_int(l->b, l->r, l->lo, 10);
    out->text = keep(l, dgi_pg_r_str(l->b, l->r, l->lo, 11));
    out->blocks = keep(l, dgi_pg_r_str(l->b, l->r, l->lo, 12));
    out->id = m->id;
    out->reported = m->published;
}

static void read_sentences(struct loading *l, struct dgi_ev_doc *out)
{
    int n = l->hi - l->lo;
    struct dgi_ev_sentence *s = dgi_arena_array(l->a, (size_t)n + 1, sizeof *s);
    l->failed |= !s;
    for (int i = 0; i < n && s; i++)
        read_fields(l, l->lo + i, 2, dgi_sentence_fields, DGI_N_SENTENCE_FIELD, &s[i]);
    out->sentences = s;
    out->n_sentences = s ? (uint32_t)n : 0;
}

static void read_event(struct loading *l, int i, const struct dgi_ev_doc *doc, struct dgi_event *e)
{
    struct dgi_ev_place place = {0};
    int at = read_fields(l, i, 3, dgi_event_fields, DGI_N_EVENT_FIELD, e);
    read_fields(l, i, at, dgi_place_fields, DGI_N_PLACE_FIELD, &place);
    if (place.name.len || place.country[0]) {
        struct dgi_ev_place *kept = dgi_arena_alloc(l->a, sizeof *kept);
        l->failed |= !kept;
        if (kept)
            *kept = place;
        e->place = kept;
    }
    e->ev_text = (dg_str){"", 0};
    if (e->sentence < doc->n_sentences) {
        const struct dgi_ev_sentence *x = &doc->sentences[e->sentence];
        e->ev_start = x->start;
        e->ev_end = x->end;
        e->ev_text = dgi_str_sub(doc->text, x->b_start, x->b_end);
    }
}

static struct dgi_event *read_events(struct loading *l, const struct dgi_ev_doc *doc, uint32_t *n)
{
    *n = (uint32_t)(l->hi - l->lo);
    struct dgi_event *ev = dgi_arena_array(l->a, (size_t)*n + 1, sizeof *ev);
    l->failed |= !ev;
    for (uint32_t i = 0; i < *n && ev; i++)
        read_event(l, l->lo + (int)i, doc, &ev[i]);
    for (uint32_t i = 0; i < *n && ev; i++) {
        ev[i].content_of = ev[i].content_of < *n ? ev[i].content_of : DGI_NONE;
        ev[i].condition_of = ev[i].condition_of < *n ? ev[i].condition_of : DGI_NONE;
        ev[i].same_as = ev[i].same_as < *n ? ev[i].same_as : DGI_NONE;
    }
    return ev;
}

/* How many rows from `i` on have these first `n_keys` columns after the document in common with it: a list of one event. */
static int run(const struct loading *l, int i, int n_keys)
{
    int k = i + 1;
    for (; k < l->hi; k++)
        for (int c = 1; c <= n_keys; c++)
            if (dgi_pg_r_int(l->b, l->r, k, c) != dgi_pg_r_int(l->b, l->r, i, c))
                return k - i;
    return k - i;
}

static void read_actors(struct loading *l, struct dgi_event *ev, uint32_t n_ev)
{
    for (int i = l->lo, n; i < l->hi && !l->failed; i += n) {
        uint64_t at = (uint64_t)dgi_pg_r_int(l->b, l->r, i, 1), side = (uint64_t)dgi_pg_r_int(l->b, l->r, i, 2);
        n = run(l, i, 2);
        if (at >= n_ev || side > 2)
            continue;
        struct dgi_event *e = &ev[at];
        struct dgi_ev_actor *list = dgi_arena_array(l->a, (size_t)n, sizeof *list);
        l->failed |= !list;
        for (int k = 0; k < n && list; k++)
            read_fields(l, i + k, 4, dgi_actor_fields, DGI_N_ACTOR_FIELD, &list[k]);
        *(side == 0 ? &e->source : side == 1 ? &e->target : &e->claimed_by) = list;
        *(side == 0 ? &e->n_source : side == 1 ? &e->n_target : &e->n_claimed_by) = (uint32_t)n;
    }
}

static void read_quantities(struct loading *l, struct dgi_event *ev, uint32_t n_ev)
{
    for (int i = l->lo, n; i < l->hi && !l->failed; i += n) {
        uint64_t at = (uint64_t)dgi_pg_r_int(l->b, l->r, i, 1);
        n = run(l, i, 1);
        if (at >= n_ev)
            continue;
        struct dgi_ev_quantity *list = dgi_arena_array(l->a, (size_t)n, sizeof *list);
        l->failed |= !list;
        for (int k = 0; k < n && list; k++)
            read_fields(l, i + k, 3, dgi_quantity_fields, DGI_N_QUANTITY_FIELD, &list[k]);
        ev[at].quantities = list;
        ev[at].n_quantities = (uint32_t)n;
    }
}

static void read_links(struct loading *l, struct dgi_event *ev, uint32_t n_ev)
{
    for (int i = l->lo, n; i < l->hi && !l->failed; i += n) {
        uint64_t at = (uint64_t)dgi_pg_r_int(l->b, l->r, i, 1);
        bool condition = dgi_pg_r_int(l->b, l->r, i, 2) & 1;
        uint32_t *list, n_list = 0;
        n = run(l, i, 2);
        if (at >= n_ev)
            continue;
        l->failed |= !(list = dgi_arena_array(l->a, (size_t)n, sizeof *list));
        for (int k = 0; k < n && list; k++) {
            uint64_t other = (uint64_t)dgi_pg_r_int(l->b, l->r, i + k, 3);
            if (other < n_ev)
                list[n_list++] = (uint32_t)other;
        }
        *(condition ? &ev[at].condition : &ev[at].content) = list;
        *(condition ? &ev[at].n_condition : &ev[at].n_content) = n_list;
    }
}

/* The rows of document `no` in part `part`, which are in order of documents. */
static void rows_of(struct loading *l, int part, int64_t no)
{
    int lo = 0, n = l->b->pq->PQntuples(l->r = l->b->ahead.r[part]), hi = n;
    while (lo < hi) {
        int mid = lo + (hi - lo) / 2;
        *(dgi_pg_r_int(l->b, l->r, mid, 0) < no ? &lo : &hi) = dgi_pg_r_int(l->b, l->r, mid, 0) < no ? mid + 1 : mid;
    }
    l->lo = l->hi = lo;
    while (l->hi < n && dgi_pg_r_int(l->b, l->r, l->hi, 0) == no)
        l->hi++;
}

void dgi_pg_forget_ahead(struct dgi_pg *b, bool wanted)
{
    for (int i = 0; i < DGI_PG_PARTS; i++) {
        b->pq->PQclear(b->ahead.r[i]);
        b->ahead.r[i] = NULL;
    }
    if (wanted)
        b->ahead.n = b->ahead.at = 0;
}

/* These documents will be asked for, in this order, as the transaction has them. What cannot be remembered comes one by one. */
void dgi_pg_will_load(struct dgi_pg *b, int64_t no)
{
    if (b->ahead.n && b->ahead.list[b->ahead.n - 1] == no)
        return;
    if (b->ahead.n == b->ahead.cap) {
        uint32_t cap = b->ahead.cap ? b->ahead.cap * 2 : 256;
        int64_t *list = realloc(b->ahead.list, cap * sizeof *list);
        if (!list)
            return;
        b->ahead.list = list;
        b->ahead.cap = cap;
    }
    b->ahead.list[b->ahead.n++] = no;
}

/* Document `no`, and those that are said to come after it. */
static dg_status load_ahead(struct dgi_pg *b, int64_t no, dg_error *err)
{
    enum { AT_ONCE = 32 };
    static const enum dgi_pg_stmt parts[DGI_PG_PARTS] = {P_LOAD_DOC,    P_LOAD_SENT,  P_LOAD_EVENTS,
                                                         P_LOAD_ACTORS, P_LOAD_QUANT, P_LOAD_LINKS};
    struct dgi_pg_params p = {0};
    uint64_t list[AT_ONCE] = {(uint64_t)no};
    uint32_t n = 1, at = b->ahead.at;
    while (at < b->ahead.n && b->ahead.list[at] != no)
        at++;
    if (at < b->ahead.n) {
        for (at++; n < AT_ONCE && at < b->ahead.n; at++)
            list[n++] = (uint64_t)b->ahead.list[at];
        b->ahead.at = at - 1;
    }
    dgi_pg_forget_ahead(b, false);
    dgi_arena_reset(b->scratch);
    dg_status st = dgi_pg_flush(b, err);
    if (st == DG_OK && !dgi_pg_ints(&p, b->scratch, list, n))
        st = dgi_fail(err, DG_E_NOMEM, "no memory to read a document");
    return st == DG_OK ? dgi_pg_ask_many(b, parts, DGI_PG_PARTS, &p, b->ahead.r, err) : st;
}

static void read_parts(struct loading *l, int64_t no, struct dgi_ev_doc *out)
{
    uint32_t n = 0;
    read_head(l, out);
    rows_of(l, 1, no);
    read_sentences(l, out);
    rows_of(l, 2, no);
    struct dgi_event *ev = read_events(l, out, &n);
    if (!ev)
        return;
    rows_of(l, 3, no);
    read_actors(l, ev, n);
    rows_of(l, 4, no);
    read_quantities(l, ev, n);
    rows_of(l, 5, no);
    read_links(l, ev, n);
    out->events = ev;
    out->n_events = n;
    while (out->n_coded < n && ev[out->n_coded].cameo[0])
        out->n_coded++;
}

dg_status dgi_pg_load_document(dgi_backend *base, int64_t no, dgi_arena *a, struct dgi_ev_doc *out, dg_error *err)
{
    struct dgi_pg *b = (struct dgi_pg *)base;
    struct loading l = {.b = b, .a = a};
    dg_status st = DG_OK;
    *out = (struct dgi_ev_doc){.reported = DGI_NO_DAY};
    if (b->ahead.r[0])
        rows_of(&l, 0, no);
    if (l.lo == l.hi) {
        if ((st = load_ahead(b, no, err)) != DG_OK)
            return st;
        rows_of(&l, 0, no);
    }
    bool there = l.lo < l.hi;
    if (there)
        read_parts(&l, no, out);
    if (!b->begun) /* without a transaction the next one may find other rows */
        dgi_pg_forget_ahead(b, true);
    if (l.failed)
        return dgi_fail(err, DG_E_NOMEM, "no memory to read a document");
    return there ? DG_OK : dgi_fail(err, DG_E_STORE, "%s: a document is missing", b->path);
}

int64_t dgi_pg_ahead_at(struct dgi_pg *b, dg_str pos)
{
    const PGresult *r = b->ahead.r[0];
    for (int i = 0, n = r ? b->pq->PQntuples(r) : 0; i < n; i++)
        if (dgi_str_eq(dgi_pg_r_str(b, r, i, 1), pos))
            return dgi_pg_r_int(b, r, i, 0);
    return 0;
}

/* ---- scans ---- */
struct each_place {
    struct dgi_pg *b;
    dgi_place_fn *fn;
    void *user;
};

static bool on_place(void *user, const struct dgi_pg *b, const PGresult *r, int row)
{
    struct each_place *e = user;
    if (row == 0) { /* a new piece: whose events these are is likely asked for */
        dgi_pg_forget_ahead(e->b, true);
        for (int i = 0; i < b->pq->PQntuples(r); i++)
            dgi_pg_will_load(e->b, dgi_pg_r_int(b, r, i, 0));
    }
    return e->fn(e->user, dgi_pg_r_int(b, r, row, 0), (uint32_t)dgi_pg_r_int(b, r, row, 1), dgi_pg_r_day(b, r, row, 2));
}

static void days(struct dgi_pg_params *p, int32_t from, int32_t to, int32_t known_on)
{
    if (known_on != DGI_NO_DAY)
        dgi_pg_int(p, known_on);
    dgi_pg_day(p, from);
    dgi_pg_day(p, to);
}

dg_status dgi_pg_each_event(dgi_backend *base, int32_t from, int32_t to, int32_t known_on, dgi_place_fn *fn, void *user,
                            dg_error *err)
{
    struct dgi_pg *b = (struct dgi_pg *)base;
    struct each_place e = {b, fn, user};
    struct dgi_pg_params p = {0};
    dg_status st = dgi_pg_flush(b, err);
    days(&p, from, to, known_on);
    return st == DG_OK ? dgi_pg_scan(b, dgi_pg_sql(known_on == DGI_NO_DAY ? P_EVENTS_NOW : P_EVENTS_ON, NULL), &p,
                                     on_place, &e, err)
                       : st;
}

struct each_said {
    dgi_said_fn *fn;
    void *user;
};

static bool on_said(void *user, const struct dgi_pg *b, const PGresult *r, int i)
{
    struct each_said *e = user;
    struct dgi_store_source src = {dgi_pg_r_str(b, r, i, 0), dgi_pg_r_str(b, r, i, 1), dgi_pg_r_str(b, r, i, 2),
                                   dgi_pg_r_str(b, r, i, 3), dgi_pg_r_day(b, r, i, 4)};
    struct dgi_said said = {.id = dgi_pg_r_str(b, r, i, 5),
                            .speaker = dgi_pg_r_str(b, r, i, 6),
                            .speaker_name = dgi_pg_r_str(b, r, i, 7),
                            .content = dgi_pg_r_str(b, r, i, 8),
                            .start = (uint32_t)dgi_pg_r_int(b, r, i, 9),
                            .end = (uint32_t)dgi_pg_r_int(b, r, i, 10),
                            .kind = (uint8_t)dgi_pg_r_int(b, r, i, 11),
                            .sent_start = (uint32_t)dgi_pg_r_int(b, r, i, 13),
                            .sentence = dgi_pg_r_str(b, r, i, 14)};
    dg_str land = dgi_pg_r_str(b, r, i, 12);
    memcpy(said.speaker_country, land.ptr, land.len < 3 ? land.len : 3);
    return e->fn(e->user, &src, &said);
}

dg_status dgi_pg_each_statement(dgi_backend *base, int32_t from, int32_t to, int32_t known_on, dgi_said_fn *fn,
                                void *user, dg_error *err)
{
    struct dgi_pg *b = (struct dgi_pg *)base;
    struct each_said e = {fn, user};
    struct dgi_pg_params p = {0};
    dg_status st = dgi_pg_flush(b, err);
    days(&p, from, to, known_on);
    return st == DG_OK ? dgi_pg_scan(b, dgi_pg_sql(known_on == DGI_NO_DAY ? P_STATEMENTS_NOW : P_STATEMENTS_ON, NULL),
                                     &p, on_said, &e, err)
                       : st;
}
