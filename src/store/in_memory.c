/* SPDX-License-Identifier: Apache-2.0 */
/* store/in_memory.c: the store in memory, the second of the two behind store/backend.h.
 *
 * It is there to prove the seam: the tests of the store run over both, and what they say must be the same. So it is as
 * plain as it can be, lists that are searched from end to end, and fit for some hundred documents. Nothing is freed before the
 * store is closed. A transaction that is rolled back takes documents back one by one, and lets the board be made again. */
#include <stdlib.h>
#include <string.h>

#include "event/fields.h"
#include "store/store_int.h"

struct record {
    struct dgi_version v;
    struct dgi_ev_doc doc;
    bool gone;
};
struct item {
    dg_str key, id, head;
    uint8_t kind;
    struct dgi_ledger_entry *entries; /* ascending by pos */
    uint32_t n_entries, cap_entries;
    uint64_t *marks;
    uint32_t n_marks, cap_marks;
};
struct applied {
    dg_str pos;
    const uint64_t *reads;
    uint32_t n_reads;
};
struct undo {
    uint32_t record;
    struct record was; /* gone: it was not there */
};
struct in_log {
    dg_str log;
    int64_t next;
};
struct memory {
    dgi_backend base;
    dgi_arena *a;
    struct record *records; /* number i + 1 */
    uint32_t n_records, cap_records;
    struct item *items; /* ascending by key */
    uint32_t n_items, cap_items;
    struct applied *board; /* ascending by pos */
    uint32_t n_board, cap_board;
    struct undo *undo;
    uint32_t n_undo, cap_undo;
    struct in_log *places;
    uint32_t n_places, cap_places, n_places_were; /* were: before the transaction */
    struct dgi_verdict *verdicts;
    uint32_t n_verdicts, cap_verdicts, n_verdicts_before; /* before: when the transaction began */
    bool writing, moved;
    struct dgi_ledger_host host;
};

static dg_status no_memory(dg_error *err)
{
    return dgi_fail(err, DG_E_NOMEM, "no memory for a store in memory");
}

/* Was there room for one more? */
static bool got(const void *element)
{
    return element != NULL;
}

/* ---- copies of documents: what the table of fields keeps, as the tables of a database would ---- */
static bool copy_fields(dgi_arena *a, const struct dgi_field *f, uint32_t n, const void *from, void *to)
{
    for (uint32_t i = 0; i < n; i++) {
        const void *src = dgi_field_at(&f[i], from);
        char *dst = (char *)to + f[i].offset;
        if (!f[i].column)
            continue;
        memcpy(dst, src, f[i].size);
        if (f[i].type == DGI_F_STR || f[i].type == DGI_F_LIST) {
            dg_str *s = (dg_str *)(void *)dst;
            *s = s->len ? dgi_arena_str(a, *s) : (dg_str){"", 0};
            if (!s->ptr)
                return false;
        }
    }
    return true;
}

static void *copy_list(dgi_arena *a, const struct dgi_field *f, uint32_t n_f, const void *list, uint32_t n, size_t size)
{
    char *out = dgi_arena_array(a, (size_t)n + 1, size);
    for (uint32_t i = 0; out && i < n; i++)
        if (!copy_fields(a, f, n_f, (const char *)list + i * size, out + i * size))
            return NULL;
    return out;
}

static bool copy_links(dgi_arena *a, const uint32_t *from, uint32_t n, const uint32_t **to, uint32_t *n_to)
{
    uint32_t *out = dgi_arena_array(a, (size_t)n + 1, sizeof *out);
    if (out && n)
        memcpy(out, from, n * sizeof *out);
    *to = out;
    *n_to = n;
    return out != NULL;
}

static bool copy_event(dgi_arena *a, const struct dgi_ev_doc *doc, const struct dgi_event *from, struct dgi_event *to)
{
    if (!copy_fields(a, dgi_event_fields, DGI_N_EVENT_FIELD, from, to) ||
        !(to->source =
              copy_list(a, dgi_actor_fields, DGI_N_ACTOR_FIELD, from->source, from->n_source, sizeof *to->source)) ||
        !(to->target =
              copy_list(a, dgi_actor_fields, DGI_N_ACTOR_FIELD, from->target, from->n_target, sizeof *to->target)) ||
        !(to->claimed_by = copy_list(a, dgi_actor_fields, DGI_N_ACTOR_FIELD, from->claimed_by, from->n_claimed_by,
                                     sizeof *to->claimed_by)) ||
        !(to->quantities = copy_list(a, dgi_quantity_fields, DGI_N_QUANTITY_FIELD, from->quantities, from->n_quantities,
                                     sizeof *to->quantities)) ||
        !copy_links(a, from->content, from->n_content, &to->content, &to->n_content) ||
        !copy_links(a, from->condition, from->n_condition, &to->condition, &to->n_condition))
        return false;
    to->n_source = from->n_source;
    to->n_target = from->n_target;
    to->n_claimed_by = from->n_claimed_by;
    to->n_quantities = from->n_quantities;
    if (from->place &&
        !(to->place = copy_list(a, dgi_place_fields, DGI_N_PLACE_FIELD, from->place, 1, sizeof *to->place)))
        return false;
    to->ev_text = (dg_str){"", 0};
    if (to->sentence < doc->n_sentences) {
        const struct dgi_ev_sentence *x = &doc->sentences[to->sentence];
        to->ev_start = x->start;
        to->ev_end = x->end;
        to->ev_text = dgi_str_sub(doc->text, x->b_start, x->b_end);
    }
    return true;
}

static bool copy_str(dgi_arena *a, dg_str *s)
{
    *s = s->len ? dgi_arena_str(a, *s) : (dg_str){"", 0};
    return s->ptr != NULL;
}

static bool copy_document(dgi_arena *a, const struct dgi_ev_doc *from, dg_str key, struct dgi_ev_doc *to)
{
    struct dgi_event *ev = dgi_arena_array(a, (size_t)from->n_events + 1, sizeof *ev);
    struct dgi_meta *m = &to->meta;
    *to = (struct dgi_ev_doc){.meta = from->meta,
                              .reported = from->meta.published,
                              .text = from->text,
                              .blocks = from->blocks,
                              .n_words = from->n_words,
                              .n_sentences = from->n_sentences,
                              .n_statements = from->n_statements,
                              .n_events = from->n_events};
    if (!m->id.len)
        m->id = key;
    dg_str *s[] = {&m->id,    &m->url,    &m->title, &m->author, &m->publisher, &m->lang, &m->published_from,
                   &to->text, &to->blocks};
    for (size_t i = 0; i < sizeof s / sizeof *s; i++)
        if (!copy_str(a, s[i]))
            return false;
    to->id = m->id;
    to->sentences = copy_list(a, dgi_sentence_fields, DGI_N_SENTENCE_FIELD, from->sentences, from->n_sentences,
                              sizeof *to->sentences);
    to->statements = copy_list(a, dgi_statement_fields, DGI_N_STATEMENT_FIELD, from->statements, from->n_statements,
                               sizeof *to->statements);
    struct dgi_ev_entity *es =
        copy_list(a, dgi_entity_fields, DGI_N_ENTITY_FIELD, from->entities, from->n_entities, sizeof *es);
    if (!ev || !to->sentences || !to->statements || !es)
        return false;
    for (uint32_t i = 0; i < from->n_entities; i++) /* who is nobody in particular is not kept */
        if (es[i].actor.id.len)
            es[to->n_entities++] = es[i];
    to->entities = es;
    for (uint32_t i = 0; i < from->n_events; i++)
        if (!copy_event(a, to, &from->events[i], &ev[i]))
            return false;
    to->events = ev;
    while (to->n_coded < to->n_events && ev[to->n_coded].cameo[0])
        to->n_coded++;
    return true;
}

/* ---- transactions ---- */
static bool remember(struct memory *m, uint32_t record, bool fresh)
{
    struct undo *u = DGI_PUSH(m->a, m->undo, m->n_undo, m->cap_undo);
    if (!u)
        return false;
    *u = (struct undo){record, m->records[record]};
    u->was.gone |= fresh;
    return true;
}

static dg_status m_begin(dgi_backend *b, bool write, dg_error *err)
{
    struct memory *m = (struct memory *)b;
    (void)err;
    m->writing = write;
    m->moved = false;
    m->n_undo = 0;
    m->n_places_were = m->n_places;
    m->n_verdicts_before = m->n_verdicts;
    return DG_OK;
}

static dg_status m_commit(dgi_backend *b, dg_error *err)
{
    struct memory *m = (struct memory *)b;
    (void)err;
    m->writing = false;
    m->n_undo = 0;
    return DG_OK;
}

static dg_status m_clear_board(dgi_backend *b, dg_error *err)
{
    struct memory *m = (struct memory *)b;
    (void)err;
    m->n_items = m->n_board = 0;
    for (uint32_t i = 0; i < m->n_records; i++)
        m->records[i].v.applied = false;
    return DG_OK;
}

static void m_rollback(dgi_backend *b)
{
    struct memory *m = (struct memory *)b;
    if (!m->writing)
        return;
    while (m->n_undo) {
        m->n_undo--;
        m->records[m->undo[m->n_undo].record] = m->undo[m->n_undo].was;
    }
    m->n_places = m->n_places_were;
    if (m->moved)
        m_clear_board(b, NULL);
    m->n_verdicts = m->n_verdicts_before;
    m->writing = false;
}

/* ---- documents ---- */
static bool later(const struct dgi_version *x, const struct dgi_version *y)
{
    return x->known_from != y->known_from ? x->known_from > y->known_from : x->hash > y->hash;
}

/* Is it the last version of its key that was known on the day, and has a text? */
static bool known(const struct memory *m, const struct record *r, int32_t day)
{
    if (r->gone || r->v.withdrawn || (day != DGI_NO_DAY && r->v.known_from > day))
        return false;
    for (uint32_t i = 0; i < m->n_records; i++) {
        const struct record *o = &m->records[i];
        if (!o->gone && o != r && dgi_str_eq(o->v.key, r->v.key) && (day == DGI_NO_DAY || o->v.known_from <= day) &&
            later(&o->v, &r->v))
            return false;
    }
    return true;
}

static int by_version(const void *a, const void *b)
{
    const struct dgi_version *x = a, *y = b;
    return later(x, y) ? 1 : later(y, x) ? -1 : 0;
}

static dg_status m_versions(dgi_backend *b, dg_str key, dgi_arena *a, struct dgi_version **list, uint32_t *n,
                            dg_error *err)
{
    struct memory *m = (struct memory *)b;
    uint32_t cap = 0;
    *list = NULL;
    *n = 0;
    for (uint32_t i = 0; i < m->n_records; i++)
        if (!m->records[i].gone && dgi_str_eq(m->records[i].v.key, key)) {
            struct dgi_version *v = DGI_PUSH(a, *list, *n, cap);
            if (!v)
                return no_memory(err);
            *v = m->records[i].v;
        }
    if (*n)
        qsort(*list, *n, sizeof **list, by_version);
    return DG_OK;
}

static dg_status m_put_document(dgi_backend *b, const struct dgi_ev_doc *doc, struct dgi_version *v, dg_error *err)
{
    struct memory *m = (struct memory *)b;
    struct record *r = DGI_PUSH(m->a, m->records, m->n_records, m->cap_records);
    if (!r)
        return no_memory(err);
    v->no = m->n_records;
    *r = (struct record){.v = *v};
    if (!remember(m, m->n_records - 1, true) || !copy_str(m->a, &r->v.key) || !copy_str(m->a, &r->v.pos) ||
        !copy_document(m->a, doc, v->key, &r->doc)) {
        r->gone = true;
        return no_memory(err);
    }
    return DG_OK;
}

static struct record *record_of(struct memory *m, int64_t no)
{
    return no > 0 && no <= m->n_records && !m->records[no - 1].gone ? &m->records[no - 1] : NULL;
}

static dg_status m_version(dgi_backend *b, int64_t no, dgi_arena *a, struct dgi_version *out, dg_error *err)
{
    const struct record *r = record_of((struct memory *)b, no);
    (void)a;
    if (!r)
        return dgi_fail(err, DG_E_STORE, "a document is missing");
    *out = r->v;
    return DG_OK;
}

static dg_status m_drop_document(dgi_backend *b, int64_t no, dg_error *err)
{
    struct memory *m = (struct memory *)b;
    struct record *r = record_of(m, no);
    if (r && !remember(m, (uint32_t)no - 1, false))
        return no_memory(err);
    if (r)
        r->gone = true;
    return DG_OK;
}

static dg_status m_recode_document(dgi_backend *b, int64_t no, const struct dgi_ev_doc *doc, uint64_t coder,
                                   dg_error *err)
{
    struct memory *m = (struct memory *)b;
    struct record *r = record_of(m, no);
    struct dgi_ev_doc neu, had = r ? r->doc : (struct dgi_ev_doc){0};
    if (!r)
        return dgi_fail(err, DG_E_STORE, "a document is missing");
    if (!remember(m, (uint32_t)no - 1, false) || !copy_document(m->a, doc, r->v.key, &neu))
        return no_memory(err);
    r->doc = neu;
    r->doc.meta = had.meta;
    r->doc.id = had.id;
    r->doc.reported = had.reported;
    r->v.coder = coder;
    return DG_OK;
}

static dg_status m_set_applied(dgi_backend *b, int64_t no, bool applied, dg_error *err)
{
    struct memory *m = (struct memory *)b;
    struct record *r = record_of(m, no);
    if (r && !remember(m, (uint32_t)no - 1, false))
        return no_memory(err);
    m->moved = true;
    if (r)
        r->v.applied = applied;
    return DG_OK;
}

static dg_status m_load_document(dgi_backend *b, int64_t no, dgi_arena *a, struct dgi_ev_doc *out, dg_error *err)
{
    struct record *r = record_of((struct memory *)b, no);
    (void)a;
    if (!r)
        return dgi_fail(err, DG_E_STORE, "a document is missing");
    *out = r->doc;
    return DG_OK;
}

static int by_place(const void *a, const void *b)
{
    const struct record *x = *(struct record *const *)a, *y = *(struct record *const *)b;
    int c = dgi_str_cmp(x->v.pos, y->v.pos);
    return c ? c : x->v.no < y->v.no ? -1 : x->v.no > y->v.no;
}

/* Numbers of the records known on a day, by pos, ended by 0; to be freed. */
static struct record **known_records(struct memory *m, int32_t day, uint32_t *n)
{
    struct record **list = calloc((size_t)m->n_records + 1, sizeof *list);
    *n = 0;
    for (uint32_t i = 0; list && i < m->n_records; i++)
        if (known(m, &m->records[i], day))
            list[(*n)++] = &m->records[i];
    if (list && *n)
        qsort(list, *n, sizeof *list, by_place);
    return list;
}

static struct dgi_store_source source_of(const struct record *r)
{
    const struct dgi_meta *m = &r->doc.meta;
    return (struct dgi_store_source){m->id, m->url, m->title, m->publisher, m->published};
}

static dg_status m_each_document(dgi_backend *b, enum dgi_documents which, int64_t k, dgi_version_fn *fn, void *user,
                                 dg_error *err)
{
    struct memory *m = (struct memory *)b;
    uint32_t n = 0;
    bool by_day = which == DGI_DOCS_KNOWN || which == DGI_DOCS_KNOWN_ONLY;
    struct record **list = by_day ? known_records(m, (int32_t)k, &n) : calloc((size_t)m->n_records + 1, sizeof *list);
    if (!list)
        return no_memory(err);
    for (uint32_t i = 0; !by_day && i < m->n_records; i++) {
        struct record *r = &m->records[i];
        bool in_time = k == DGI_NO_DAY || r->v.published == DGI_NO_DAY || r->v.published <= k;
        if (!r->gone && (which == DGI_DOCS_TEXTS ? !r->v.withdrawn && r->doc.text.len && r->v.no > k
                                                 : r->v.applied && in_time && !known(m, r, (int32_t)k)))
            list[n++] = r;
    }
    for (uint32_t i = 0; i < n; i++) {
        struct dgi_store_source src = source_of(list[i]);
        if (which == DGI_DOCS_KNOWN_ONLY && list[i]->v.applied)
            continue;
        if (!fn(user, &list[i]->v, &src))
            break;
    }
    free(list);
    return DG_OK;
}

static dg_status m_find_document(dgi_backend *b, dg_str url_or_id, dgi_arena *a, struct dgi_version *out, dg_error *err)
{
    struct memory *m = (struct memory *)b;
    (void)a;
    (void)err;
    *out = (struct dgi_version){0};
    for (int by_id = 0; by_id < 2 && !out->no; by_id++)
        for (uint32_t i = 0; i < m->n_records && !out->no; i++)
            if (known(m, &m->records[i], DGI_NO_DAY) &&
                dgi_str_eq(by_id ? m->records[i].doc.id : m->records[i].v.key, url_or_id))
                *out = m->records[i].v;
    return DG_OK;
}

struct place {
    const struct record *r;
    uint32_t n;
    int32_t day;
};

static int by_day(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    int c = by_place(&x->r, &y->r);
    return c ? c : x->n < y->n ? -1 : x->n > y->n;
}

static dg_status m_each_event(dgi_backend *b, int32_t from, int32_t to, int32_t known_on, dgi_place_fn *fn, void *user,
                              dg_error *err)
{
    struct memory *m = (struct memory *)b;
    uint32_t n_docs, n = 0, cap = 0;
    struct record **list = known_records(m, known_on, &n_docs);
    dgi_arena *a = dgi_arena_new(0);
    struct place *p = NULL;
    bool ok = list && a;
    for (uint32_t i = 0; ok && i < n_docs; i++)
        for (uint32_t k = 0; ok && k < list[i]->doc.n_events; k++) {
            const struct dgi_event *e = &list[i]->doc.events[k];
            int32_t day = dgi_ev_line_day(e, list[i]->doc.reported);
            if (!e->cameo[0] || (from != DGI_NO_DAY && day < from) ||
                (to != DGI_NO_DAY && (day == DGI_NO_DAY || day > to)))
                continue;
            struct place *x = DGI_PUSH(a, p, n, cap);
            ok = x != NULL;
            if (ok)
                *x = (struct place){list[i], k, day};
        }
    if (ok && n)
        qsort(p, n, sizeof *p, by_day);
    for (uint32_t i = 0; ok && i < n; i++)
        if (!fn(user, p[i].r->v.no, p[i].n, p[i].day))
            break;
    free(list);
    dgi_arena_free(a);
    return ok ? DG_OK : no_memory(err);
}

static dg_status m_each_statement(dgi_backend *b, int32_t from, int32_t to, int32_t known_on, dgi_said_fn *fn,
                                  void *user, dg_error *err)
{
    struct memory *m = (struct memory *)b;
    uint32_t n;
    struct record **list = known_records(m, known_on, &n);
    bool go = true;
    if (!list)
        return no_memory(err);
    for (uint32_t i = 0; go && i < n; i++) {
        const struct dgi_ev_doc *d = &list[i]->doc;
        struct dgi_store_source src = source_of(list[i]);
        int32_t day = d->meta.published;
        if ((from != DGI_NO_DAY && day < from) || (to != DGI_NO_DAY && (day == DGI_NO_DAY || day > to)))
            continue;
        for (uint32_t k = 0; go && k < d->n_statements; k++) {
            const struct dgi_ev_statement *t = &d->statements[k];
            struct dgi_said said = {.id = t->id,
                                    .speaker = t->speaker.id,
                                    .speaker_name = t->speaker.name,
                                    .content = t->content,
                                    .start = t->start,
                                    .end = t->end,
                                    .kind = t->kind,
                                    .sentence = {"", 0}};
            if (t->negated)
                continue;
            for (uint32_t e = 0; e < d->n_entities; e++)
                if (dgi_str_eq(d->entities[e].actor.id, t->speaker.id)) {
                    memcpy(said.speaker_country, d->entities[e].actor.country, 4);
                    break;
                }
            if (t->sentence < d->n_sentences) {
                said.sent_start = d->sentences[t->sentence].start;
                said.sentence =
                    dgi_str_sub(d->text, d->sentences[t->sentence].b_start, d->sentences[t->sentence].b_end);
            }
            go = fn(user, &src, &said);
        }
    }
    free(list);
    return DG_OK;
}

static dg_status m_last_day(dgi_backend *b, int32_t known_on, int32_t *day, dg_error *err)
{
    struct memory *m = (struct memory *)b;
    (void)err;
    *day = DGI_NO_DAY;
    for (uint32_t i = 0; i < m->n_records; i++)
        if (known(m, &m->records[i], known_on) && m->records[i].v.published > *day)
            *day = m->records[i].v.published;
    return DG_OK;
}

static dg_status m_count(dgi_backend *b, struct dgi_store_counts *out, dg_error *err)
{
    struct memory *m = (struct memory *)b;
    *out = (struct dgi_store_counts){.first = DGI_NO_DAY, .last = DGI_NO_DAY, .items = m->n_items};
    for (uint32_t i = 0; i < m->n_records; i++) {
        const struct record *r = &m->records[i];
        bool is = known(m, r, DGI_NO_DAY);
        int32_t day = r->v.published;
        if (r->gone)
            continue;
        out->versions++;
        out->documents += is;
        out->statements += r->doc.n_statements;
        out->events += r->doc.n_coded;
        if (is && day != DGI_NO_DAY && (out->first == DGI_NO_DAY || day < out->first))
            out->first = day;
    }
    return m_last_day(b, DGI_NO_DAY, &out->last, err);
}

/* ---- the board ---- */
/* Index of the first element whose key is not below `key`. */
static uint32_t lower(const void *list, uint32_t n, size_t size, dg_str key)
{
    uint32_t i = 0;
    while (i < n && dgi_str_cmp(*(const dg_str *)(const void *)((const char *)list + i * size), key) < 0)
        i++;
    return i;
}

static struct item *item_at(struct memory *m, dg_str key, bool make)
{
    uint32_t i = lower(m->items, m->n_items, sizeof *m->items, key);
    if (i < m->n_items && dgi_str_eq(m->items[i].key, key))
        return &m->items[i];
    dg_str copy = make ? dgi_arena_str(m->a, key) : (dg_str){NULL, 0};
    if (!copy.ptr || !got(DGI_PUSH(m->a, m->items, m->n_items, m->cap_items)))
        return NULL;
    memmove(&m->items[i + 1], &m->items[i], (m->n_items - 1 - i) * sizeof *m->items);
    m->items[i] = (struct item){.key = copy, .id = {"", 0}, .head = {"", 0}};
    return &m->items[i];
}

static dg_status m_marked(void *self, uint64_t mark, dg_str before, uint32_t most, dgi_arena *a, dg_str **items,
                          uint32_t *n, dg_error *err)
{
    struct memory *m = self;
    uint32_t cap = 0;
    *items = NULL;
    *n = 0;
    for (uint32_t i = m->n_items; i-- > 0 && *n < most;) {
        const struct item *it = &m->items[i];
        bool has = false;
        for (uint32_t k = 0; k < it->n_marks && !has; k++)
            has = it->marks[k] == mark;
        if (!has || (before.len && dgi_str_cmp(it->key, before) >= 0))
            continue;
        dg_str *s = DGI_PUSH(a, *items, *n, cap);
        if (!s)
            return no_memory(err);
        *s = it->key;
    }
    return DG_OK;
}

static dg_status m_head(void *self, dg_str item, dgi_arena *a, dg_str *blob, dg_error *err)
{
    struct item *it = item_at(self, item, false);
    (void)a;
    (void)err;
    *blob = it ? it->head : (dg_str){"", 0};
    return DG_OK;
}

static dg_status m_entries(void *self, dg_str item, dgi_arena *a, struct dgi_ledger_entry **list, uint32_t *n,
                           dg_error *err)
{
    struct item *it = item_at(self, item, false);
    *n = it ? it->n_entries : 0;
    *list = dgi_arena_array(a, (size_t)*n + 1, sizeof **list); /* the item's own list moves when it is written */
    if (!*list)
        return no_memory(err);
    if (*n)
        memcpy(*list, it->entries, *n * sizeof **list);
    return DG_OK;
}

static dg_status m_written(void *self, dg_str pos, dgi_arena *a, dg_str **items, uint32_t *n, dg_error *err)
{
    struct memory *m = self;
    uint32_t cap = 0;
    *items = NULL;
    *n = 0;
    for (uint32_t i = 0; i < m->n_items; i++)
        for (uint32_t k = 0; k < m->items[i].n_entries; k++)
            if (dgi_str_eq(m->items[i].entries[k].pos, pos)) {
                dg_str *s = DGI_PUSH(a, *items, *n, cap);
                if (!s)
                    return no_memory(err);
                *s = m->items[i].key;
            }
    return DG_OK;
}

static dg_status m_next_reader(void *self, uint64_t read, dg_str pos, dgi_arena *a, dg_str *next, dg_error *err)
{
    struct memory *m = self;
    (void)a;
    (void)err;
    *next = (dg_str){"", 0};
    for (uint32_t i = lower(m->board, m->n_board, sizeof *m->board, pos); i < m->n_board; i++)
        for (uint32_t k = 0; k < m->board[i].n_reads; k++)
            if (m->board[i].reads[k] == read && !dgi_str_eq(m->board[i].pos, pos)) {
                *next = m->board[i].pos;
                return DG_OK;
            }
    return DG_OK;
}

static dg_status m_last(void *self, dgi_arena *a, dg_str *pos, dg_error *err)
{
    struct memory *m = self;
    (void)a;
    (void)err;
    *pos = m->n_board ? m->board[m->n_board - 1].pos : (dg_str){"", 0};
    return DG_OK;
}

static dg_status m_document(void *self, dg_str pos, dgi_arena *a, struct dgi_ev_doc *out, dg_error *err)
{
    struct memory *m = self;
    (void)a;
    for (uint32_t i = 0; i < m->n_records; i++)
        if (!m->records[i].gone && m->records[i].v.applied && dgi_str_eq(m->records[i].v.pos, pos)) {
            *out = m->records[i].doc;
            return DG_OK;
        }
    return dgi_fail(err, DG_E_STORE, "a document of the board is missing");
}

static dg_status m_put_entry(void *self, dg_str item, dg_str pos, dg_str blob, const struct dgi_sit_change *lines,
                             uint32_t n, dg_error *err)
{
    struct memory *m = self;
    struct item *it = item_at(m, item, blob.len > 0);
    (void)lines;
    (void)n;
    if (!it)
        return blob.len ? no_memory(err) : DG_OK;
    uint32_t i = lower(it->entries, it->n_entries, sizeof *it->entries, pos);
    bool there = i < it->n_entries && dgi_str_eq(it->entries[i].pos, pos);
    if (!blob.len) {
        if (there) {
            memmove(&it->entries[i], &it->entries[i + 1], (it->n_entries - 1 - i) * sizeof *it->entries);
            it->n_entries--;
        }
        return DG_OK;
    }
    dg_str copy = dgi_arena_str(m->a, blob), at = there ? it->entries[i].pos : dgi_arena_str(m->a, pos);
    if (!copy.ptr || !at.ptr || (!there && !got(DGI_PUSH(m->a, it->entries, it->n_entries, it->cap_entries))))
        return no_memory(err);
    if (!there)
        memmove(&it->entries[i + 1], &it->entries[i], (it->n_entries - 1 - i) * sizeof *it->entries);
    it->entries[i] = (struct dgi_ledger_entry){at, copy};
    return DG_OK;
}

static dg_status m_put_head(void *self, dg_str item, dg_str blob, const struct dgi_sit_item *it,
                            const struct dgi_item_state *state, dg_error *err)
{
    struct memory *m = self;
    struct item *x = item_at(m, item, blob.len > 0);
    (void)state;
    if (!blob.len) {
        if (x) {
            uint32_t i = (uint32_t)(x - m->items);
            memmove(x, x + 1, (m->n_items - 1 - i) * sizeof *x);
            m->n_items--;
        }
        return DG_OK;
    }
    if (!x)
        return no_memory(err);
    x->kind = it->kind;
    x->id = it->id;
    x->head = blob;
    return copy_str(m->a, &x->id) && copy_str(m->a, &x->head) ? DG_OK : no_memory(err);
}

static dg_status m_put_marks(void *self, dg_str item, const uint64_t *marks, uint32_t n, bool replace, dg_error *err)
{
    struct memory *m = self;
    struct item *it = item_at(m, item, true);
    if (!it)
        return no_memory(err);
    if (replace)
        it->n_marks = 0;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t k = 0;
        while (k < it->n_marks && it->marks[k] < marks[i])
            k++;
        if (k < it->n_marks && it->marks[k] == marks[i])
            continue;
        if (!got(DGI_PUSH(m->a, it->marks, it->n_marks, it->cap_marks)))
            return no_memory(err);
        memmove(&it->marks[k + 1], &it->marks[k], (it->n_marks - 1 - k) * sizeof *it->marks);
        it->marks[k] = marks[i];
    }
    return DG_OK;
}

static dg_status m_put_reads(void *self, dg_str pos, const uint64_t *reads, uint32_t n, bool gone, dg_error *err)
{
    struct memory *m = self;
    uint32_t i = lower(m->board, m->n_board, sizeof *m->board, pos);
    bool there = i < m->n_board && dgi_str_eq(m->board[i].pos, pos);
    if (gone) {
        if (there) {
            memmove(&m->board[i], &m->board[i + 1], (m->n_board - 1 - i) * sizeof *m->board);
            m->n_board--;
        }
        return DG_OK;
    }
    uint64_t *copy = dgi_arena_array(m->a, (size_t)n + 1, sizeof *copy);
    dg_str at = there ? m->board[i].pos : dgi_arena_str(m->a, pos);
    if (!copy || !at.ptr || (!there && !got(DGI_PUSH(m->a, m->board, m->n_board, m->cap_board))))
        return no_memory(err);
    if (n)
        memcpy(copy, reads, n * sizeof *copy);
    if (!there)
        memmove(&m->board[i + 1], &m->board[i], (m->n_board - 1 - i) * sizeof *m->board);
    m->board[i] = (struct applied){at, copy, n};
    return DG_OK;
}

static const struct dgi_ledger_host *m_host(dgi_backend *b)
{
    return &((struct memory *)b)->host;
}

static dg_status m_each_item(dgi_backend *b, uint32_t kinds, const char *actor, const char *other, dgi_item_fn *fn,
                             void *user, dg_error *err)
{
    struct memory *m = (struct memory *)b;
    (void)actor; /* more may come than are wanted */
    (void)other;
    (void)err;
    for (uint8_t kind = 0; kind < DGI_N_ITEM_KIND; kind++)
        for (uint32_t i = 0; i < m->n_items && (!kinds || kinds >> kind & 1); i++)
            if (m->items[i].kind == kind && !fn(user, m->items[i].key, m->items[i].entries, m->items[i].n_entries))
                return DG_OK;
    return DG_OK;
}

static dg_status m_items_by_id(dgi_backend *b, dg_str prefix, uint32_t most, dgi_arena *a, dg_str **items, uint32_t *n,
                               dg_error *err)
{
    struct memory *m = (struct memory *)b;
    uint32_t cap = 0;
    *items = NULL;
    *n = 0;
    for (int exact = 1; exact >= 0; exact--)
        for (uint32_t i = 0; i < m->n_items && *n < most; i++)
            if (exact ? dgi_str_eq(m->items[i].id, prefix)
                      : m->items[i].id.len > prefix.len && dgi_str_starts(m->items[i].id, prefix)) {
                dg_str *s = DGI_PUSH(a, *items, *n, cap);
                if (!s)
                    return no_memory(err);
                *s = m->items[i].key;
            }
    return DG_OK;
}

static dg_status m_each_row(dgi_backend *b, enum dgi_rows_of which, dgi_pair_fn *fn, void *user, dg_error *err)
{
    struct memory *m = (struct memory *)b;
    dgi_arena *a = dgi_arena_new(0);
    bool go = a != NULL;
    for (uint32_t i = 0; go && which != DGI_ROWS_READS && i < m->n_items; i++) {
        const struct item *it = &m->items[i];
        if (which == DGI_ROWS_HEADS)
            go = fn(user, it->key, it->head);
        else if (which == DGI_ROWS_MARKS)
            go = fn(user, it->key, (dg_str){(const char *)it->marks, it->n_marks * sizeof *it->marks});
        for (uint32_t k = 0; go && which == DGI_ROWS_ENTRIES && k < it->n_entries; k++) {
            dg_str key = dgi_arena_printf(a, "%*s", (int)(it->key.len + it->entries[k].pos.len), "");
            if (key.ptr) {
                memcpy((char *)(uintptr_t)key.ptr, it->key.ptr, it->key.len);
                memcpy((char *)(uintptr_t)key.ptr + it->key.len, it->entries[k].pos.ptr, it->entries[k].pos.len);
            }
            go = key.ptr && fn(user, key, it->entries[k].blob);
        }
    }
    for (uint32_t i = 0; go && which == DGI_ROWS_READS && i < m->n_board; i++)
        go = fn(user, m->board[i].pos,
                (dg_str){(const char *)m->board[i].reads, m->board[i].n_reads * sizeof *m->board[i].reads});
    dgi_arena_free(a);
    return a ? DG_OK : no_memory(err);
}

static dg_status m_check(dgi_backend *b, dgi_line_fn *fn, void *user, dg_error *err)
{
    (void)b;
    (void)fn;
    (void)user;
    (void)err;
    return DG_OK;
}

static void m_close(dgi_backend *b)
{
    dgi_arena_free(((struct memory *)b)->a);
    free(b);
}

static dg_status m_seen(dgi_backend *b, uint64_t *version, dg_error *err)
{
    (void)b;
    (void)err;
    *version = 1; /* nobody else can write to it */
    return DG_OK;
}

static struct in_log *place_of(struct memory *m, dg_str log)
{
    for (uint32_t i = m->n_places; i-- > 0;) /* the last one counts; a rollback cuts the list */
        if (dgi_str_eq(m->places[i].log, log))
            return &m->places[i];
    return NULL;
}

static dg_status m_position(dgi_backend *b, dg_str log, int64_t *next, dg_error *err)
{
    const struct in_log *p = place_of((struct memory *)b, log);
    (void)err;
    *next = p ? p->next : -1;
    return DG_OK;
}

static dg_status m_set_position(dgi_backend *b, dg_str log, int64_t next, dg_error *err)
{
    struct memory *m = (struct memory *)b;
    struct in_log *p = DGI_PUSH(m->a, m->places, m->n_places, m->cap_places);
    if (!p)
        return no_memory(err);
    *p = (struct in_log){dgi_arena_str(m->a, log), next};
    return got(p->log.ptr) ? DG_OK : no_memory(err);
}

static dg_status m_put_verdict(dgi_backend *b, struct dgi_verdict *v, dg_error *err)
{
    struct memory *m = (struct memory *)b;
    struct dgi_verdict *x = DGI_PUSH(m->a, m->verdicts, m->n_verdicts, m->cap_verdicts);
    if (!x)
        return no_memory(err);
    v->no = m->n_verdicts;
    *x = *v;
    dg_str *const strings[] = {&x->target, &x->kind, &x->document, &x->value, &x->by, &x->reason};
    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++) {
        *strings[i] = strings[i]->len ? dgi_arena_str(m->a, *strings[i]) : (dg_str){"", 0};
        if (!strings[i]->ptr)
            return no_memory(err);
    }
    return DG_OK;
}

static dg_status m_each_verdict(dgi_backend *b, dgi_verdict_fn *fn, void *user, dg_error *err)
{
    struct memory *m = (struct memory *)b;
    (void)err;
    for (uint32_t i = 0; i < m->n_verdicts && fn(user, &m->verdicts[i]); i++)
        ;
    return DG_OK;
}

dg_status dgi_memory_open(dgi_backend **out, dg_error *err)
{
    static const struct dgi_backend_ops ops = {
        m_close,
        m_begin,
        m_commit,
        m_rollback,
        m_versions,
        m_version,
        m_put_document,
        m_drop_document,
        m_recode_document,
        m_set_applied,
        m_load_document,
        m_each_document,
        m_find_document,
        m_each_event,
        m_each_statement,
        m_count,
        m_last_day,
        m_host,
        m_each_item,
        m_items_by_id,
        m_clear_board,
        m_each_row,
        m_check,
        NULL,
        NULL,
        m_seen,
        m_position,
        m_set_position,
        m_put_verdict,
        m_each_verdict,
        NULL,
    };
    struct memory *m = calloc(1, sizeof *m);
    *out = NULL;
    if (!m || !(m->a = dgi_arena_new(0))) {
        free(m);
        return no_memory(err);
    }
    m->base.ops = &ops;
    m->host = (struct dgi_ledger_host){m,      m_marked,   m_head,      m_entries,  m_written,   m_next_reader,
                                       m_last, m_document, m_put_entry, m_put_head, m_put_marks, m_put_reads};
    *out = &m->base;
    return DG_OK;
}
