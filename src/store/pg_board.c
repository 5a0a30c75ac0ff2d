/* SPDX-License-Identifier: Apache-2.0 */
/* store/pg_board.c: the kept board in PostgreSQL: what dgi_ledger_host and the questions about items ask for.
 *
 * Reads   tables items, item_names, item_entries, item_marks, board, reads
 * Writes  the same, and item_history, item_parties, item_words: for people, for SQL and for search, never read back here
 *
 * What the ledger asks costs a journey each; what it writes is queued. So nothing is read in order to be written: an item's number and what
 * its row and parties were given last are remembered (struct known), and marks and reads are rows alone, of which the database itself
 * leaves out those that are there. */
#include <stdlib.h>

#include "base/day.h"
#include "store/pg_int.h"

/* ---- items that this writer has written ---- */
struct known {
    dg_str key;
    int64_t no;              /* 0: it is gone */
    uint64_t words, parties; /* hashes of what was written last; 0: not known, 1: nothing */
};
enum { MOST_KNOWN = 1 << 19 };
struct dgi_pg_items {
    dgi_arena *a;
    struct known *list; /* by hash, open */
    uint32_t n, cap;    /* cap: a power of two */
    char *last; /* the greatest key that was there when this began: what sorts after it and is not here is new */
    size_t last_len;
    bool looked;
};

void dgi_pg_items_free(struct dgi_pg_items *i)
{
    if (!i)
        return;
    dgi_arena_free(i->a);
    free(i->list);
    free(i->last);
    free(i);
}

void dgi_pg_items_forget(struct dgi_pg *b)
{
    dgi_pg_items_free(b->items);
    b->items = NULL;
}

static dg_status no_memory(dg_error *err)
{
    return dgi_fail(err, DG_E_NOMEM, "no memory for the board");
}

static bool more_room(struct dgi_pg_items *m)
{
    uint32_t cap = m->cap ? m->cap * 2 : 1024;
    struct known *list = calloc(cap, sizeof *list);
    if (!list)
        return false;
    for (uint32_t i = 0; i < m->cap; i++)
        if (m->list[i].key.ptr) {
            uint32_t at = (uint32_t)dgi_str_hash(m->list[i].key) & (cap - 1);
            while (list[at].key.ptr)
                at = (at + 1) & (cap - 1);
            list[at] = m->list[i];
        }
    free(m->list);
    m->list = list;
    m->cap = cap;
    return true;
}

/* Its place; key.ptr NULL there: it is not known. NULL: no memory. */
static struct known *place(struct dgi_pg *b, dg_str key)
{
    if (b->items && b->items->n >= MOST_KNOWN)
        dgi_pg_items_forget(b);
    if (!b->items && (!(b->items = calloc(1, sizeof *b->items)) || !(b->items->a = dgi_arena_new((size_t)4 << 30))))
        return NULL;
    struct dgi_pg_items *m = b->items;
    if (m->n * 2 >= m->cap && !more_room(m))
        return NULL;
    uint32_t at = (uint32_t)dgi_str_hash(key) & (m->cap - 1);
    while (m->list[at].key.ptr && !dgi_str_eq(m->list[at].key, key))
        at = (at + 1) & (m->cap - 1);
    return &m->list[at];
}

/* The greatest key there is. */
static dg_status look_at_last(struct dgi_pg *b, dg_error *err)
{
    PGresult *r;
    struct dgi_pg_items *m = b->items;
    dg_status st = dgi_pg_ask_text(b, "SELECT key FROM items ORDER BY key DESC LIMIT 1", NULL, &r, err);
    if (st != DG_OK)
        return st;
    dg_str last = b->pq->PQntuples(r) ? dgi_pg_r_str(b, r, 0, 0) : (dg_str){"", 0};
    m->last = malloc(last.len + 1);
    if (m->last) {
        memcpy(m->last, last.ptr, last.len);
        m->last_len = last.len;
        m->looked = true;
    }
    b->pq->PQclear(r);
    return m->looked ? DG_OK : no_memory(err);
}

static dg_status number_of(struct dgi_pg *b, dg_str key, int64_t *no, dg_error *err)
{
    struct dgi_pg_params p = {0};
    PGresult *r;
    *no = 0;
    dg_status st = b->items->looked ? DG_OK : look_at_last(b, err);
    if (st != DG_OK || dgi_str_cmp(key, (dg_str){b->items->last, b->items->last_len}) > 0)
        return st;
    dgi_pg_blob(&p, key);
    if ((st = dgi_pg_ask(b, P_ITEM_NO, &p, &r, err)) != DG_OK)
        return st;
    if (b->pq->PQntuples(r))
        *no = dgi_pg_r_int(b, r, 0, 0);
    b->pq->PQclear(r);
    return DG_OK;
}

/* The item; made when there is none and `make`; *out NULL: none. */
static dg_status item(struct dgi_pg *b, dg_str key, bool make, struct known **out, dg_error *err)
{
    int64_t no;
    dg_status st = dgi_pg_begin_now(b, err);
    struct known *k = st == DG_OK ? place(b, key) : NULL;
    *out = k && k->no ? k : NULL;
    if (st != DG_OK || *out)
        return st;
    if (!k)
        return no_memory(err);
    no = 0;
    if (!k->key.ptr && (st = number_of(b, key, &no, err)) != DG_OK)
        return st;
    if (!no && !make)
        return DG_OK;
    if (!k->key.ptr) {
        if (!(k->key = dgi_arena_str(b->items->a, key)).ptr)
            return no_memory(err);
        b->items->n++;
    }
    k->no = no;
    k->words = k->parties = 0;
    if (!no) {
        struct dgi_pg_params p = {0};
        k->no = b->next_item++;
        k->words = k->parties = 1; /* a new row has none: there is nothing to drop */
        dgi_pg_int(&p, k->no);
        dgi_pg_blob(&p, key);
        st = dgi_pg_queue(b, P_NEW_ITEM, &p, err);
    }
    *out = k;
    return st;
}

/* ---- asking ---- */
static dg_status put_blob(dg_str *out, dgi_arena *a, dg_str v, dg_error *err)
{
    *out = v.len ? dgi_arena_str(a, v) : (dg_str){"", 0};
    return out->ptr ? DG_OK : no_memory(err);
}

/* All values of the first column, into a list. */
static dg_status list_of(struct dgi_pg *b, enum dgi_pg_stmt s, const struct dgi_pg_params *p, dgi_arena *a,
                         dg_str **list, uint32_t *n, dg_error *err)
{
    PGresult *r;
    *list = NULL;
    *n = 0;
    dg_status st = dgi_pg_ask(b, s, p, &r, err);
    if (st != DG_OK)
        return st;
    int rows = b->pq->PQntuples(r);
    if (rows && !(*list = dgi_arena_array(a, (size_t)rows, sizeof **list)))
        st = no_memory(err);
    for (int i = 0; i < rows && st == DG_OK; i++)
        st = put_blob(&(*list)[(*n)++], a, dgi_pg_r_str(b, r, i, 0), err);
    b->pq->PQclear(r);
    return st;
}

/* The first column of the first row, or nothing. */
static dg_status one_of(struct dgi_pg *b, enum dgi_pg_stmt s, const struct dgi_pg_params *p, dgi_arena *a, dg_str *out,
                        dg_error *err)
{
    PGresult *r;
    *out = (dg_str){"", 0};
    dg_status st = dgi_pg_ask(b, s, p, &r, err);
    if (st == DG_OK && b->pq->PQntuples(r))
        st = put_blob(out, a, dgi_pg_r_str(b, r, 0, 0), err);
    if (st == DG_OK)
        b->pq->PQclear(r);
    return st;
}

static dg_status b_marked(void *self, uint64_t mark, dg_str before, uint32_t most, dgi_arena *a, dg_str **items,
                          uint32_t *n, dg_error *err)
{
    struct dgi_pg_params p = {0};
    dgi_pg_int(&p, (int64_t)mark);
    dgi_pg_int(&p, most);
    if (before.len)
        dgi_pg_blob(&p, before);
    return list_of(self, before.len ? P_MARKED_BEFORE : P_MARKED, &p, a, items, n, err);
}

static dg_status b_head(void *self, dg_str key, dgi_arena *a, dg_str *blob, dg_error *err)
{
    struct dgi_pg_params p = {0};
    dgi_pg_blob(&p, key);
    return one_of(self, P_HEAD, &p, a, blob, err);
}

static dg_status b_entries(void *self, dg_str key, dgi_arena *a, struct dgi_ledger_entry **list, uint32_t *n,
                           dg_error *err)
{
    struct dgi_pg *b = self;
    struct dgi_pg_params p = {0};
    PGresult *r;
    *list = NULL;
    *n = 0;
    dgi_pg_blob(&p, key);
    dg_status st = dgi_pg_ask(b, P_ENTRIES, &p, &r, err);
    if (st != DG_OK)
        return st;
    int rows = b->pq->PQntuples(r);
    if (rows && !(*list = dgi_arena_array(a, (size_t)rows, sizeof **list)))
        st = no_memory(err);
    for (int i = 0; i < rows && st == DG_OK; i++) {
        struct dgi_ledger_entry *e = &(*list)[(*n)++];
        if ((st = put_blob(&e->pos, a, dgi_pg_r_str(b, r, i, 0), err)) == DG_OK)
            st = put_blob(&e->blob, a, dgi_pg_r_str(b, r, i, 1), err);
    }
    b->pq->PQclear(r);
    return st;
}

static dg_status b_written(void *self, dg_str pos, dgi_arena *a, dg_str **items, uint32_t *n, dg_error *err)
{
    struct dgi_pg_params p = {0};
    dgi_pg_blob(&p, pos);
    return list_of(self, P_WRITTEN, &p, a, items, n, err);
}

static dg_status b_next_reader(void *self, uint64_t read, dg_str pos, dgi_arena *a, dg_str *next, dg_error *err)
{
    struct dgi_pg_params p = {0};
    dgi_pg_int(&p, (int64_t)read);
    dgi_pg_blob(&p, pos);
    return one_of(self, P_NEXT_READER, &p, a, next, err);
}

static dg_status b_last(void *self, dgi_arena *a, dg_str *pos, dg_error *err)
{
    return one_of(self, P_LAST_POS, NULL, a, pos, err);
}

static dg_status b_document(void *self, dg_str pos, dgi_arena *a, struct dgi_ev_doc *out, dg_error *err)
{
    struct dgi_pg *b = self;
    struct dgi_pg_params p = {0};
    PGresult *r;
    int64_t no = b->begun ? dgi_pg_ahead_at(b, pos) : 0;
    if (no)
        return dgi_pg_load_document(&b->base, no, a, out, err);
    dgi_pg_blob(&p, pos);
    dg_status st = dgi_pg_ask(b, P_APPLIED_AT, &p, &r, err);
    if (st != DG_OK)
        return st;
    no = b->pq->PQntuples(r) ? dgi_pg_r_int(b, r, 0, 0) : 0;
    b->pq->PQclear(r);
    return no ? dgi_pg_load_document(&b->base, no, a, out, err)
              : dgi_fail(err, DG_E_STORE, "%s: a document of the board is missing; 'dragoman doctor' tells more",
                         b->path);
}

/* ---- writing ---- */
static dg_status put_line(struct dgi_pg *b, int64_t no, dg_str pos, uint32_t i, const struct dgi_sit_change *c,
                          dg_error *err)
{
    struct dgi_pg_params p = {0};
    dgi_pg_int(&p, no);
    dgi_pg_blob(&p, pos);
    dgi_pg_int(&p, i);
    dgi_pg_iso(&p, c->date);
    dgi_pg_iso(&p, c->reported);
    dgi_pg_str(&p, dgi_str(dgi_item_status_name[c->status]));
    dgi_pg_int(&p, c->due);
    dgi_pg_str(&p, c->event);
    dgi_pg_str(&p, c->document);
    dgi_pg_str(&p, c->rule);
    dgi_pg_str(&p, c->n_claimed_by ? c->claimed_by[0].id : (dg_str){"", 0});
    dgi_pg_num(&p, c->n_quantities ? c->quantities[0].value : 0.0 / 0.0);
    return dgi_pg_queue(b, P_PUT_LINE, &p, err);
}

static dg_status b_put_entry(void *self, dg_str key, dg_str pos, dg_str blob, const struct dgi_sit_change *lines,
                             uint32_t n, dg_error *err)
{
    struct dgi_pg *b = self;
    struct dgi_pg_params p = {0};
    struct known *k;
    dg_status st = item(b, key, blob.len > 0, &k, err);
    if (st != DG_OK || !k)
        return st;
    int64_t no = k->no;
    dgi_pg_int(&p, no);
    dgi_pg_blob(&p, pos);
    if ((st = dgi_pg_queue(b, P_DROP_LINES, &p, err)) != DG_OK)
        return st;
    if (blob.len)
        dgi_pg_blob(&p, blob);
    st = dgi_pg_queue(b, blob.len ? P_PUT_ENTRY : P_DROP_ENTRY, &p, err);
    for (uint32_t i = 0; i < n && blob.len && st == DG_OK; i++)
        st = put_line(b, no, pos, i, &lines[i], err);
    return st;
}

static dg_status on_item(struct dgi_pg *b, enum dgi_pg_stmt s, int64_t no, dg_error *err)
{
    struct dgi_pg_params p = {0};
    dgi_pg_int(&p, no);
    return dgi_pg_queue(b, s, &p, err);
}

/* Names are compared without case, as dgi_ev_actor_is does: kept folded, and no longer than an index holds. */
static dg_str folded(dgi_arena *a, dg_str s)
{
    enum { LONGEST_NAME = 512 };
    size_t n = s.len < LONGEST_NAME ? s.len : LONGEST_NAME;
    char *out = dgi_arena_alloc(a, n + 1);
    for (size_t i = 0; out && i < n; i++)
        out[i] = (char)(s.ptr[i] >= 'A' && s.ptr[i] <= 'Z' ? s.ptr[i] + 32 : s.ptr[i]);
    return (dg_str){out, out ? n : 0};
}

/* A name by which dgi_ev_actor_is knows this party: its id, the end of its id, its name, its country. */
static dg_status put_names(struct dgi_pg *b, int64_t no, const struct dgi_ev_actor *who, dg_error *err)
{
    size_t colon = dgi_str_find(who->id, DGI_S(":"));
    const dg_str names[] = {who->id, colon == SIZE_MAX ? (dg_str){"", 0} : dgi_str_sub(who->id, colon + 1, who->id.len),
                            who->name, dgi_str(who->country)};
    dg_status st = DG_OK;
    for (size_t i = 0; i < sizeof names / sizeof *names && st == DG_OK; i++) {
        struct dgi_pg_params p = {0};
        if (!names[i].len)
            continue;
        dg_str name = folded(b->scratch, names[i]);
        if (!name.ptr)
            return no_memory(err);
        dgi_pg_blob(&p, name);
        dgi_pg_int(&p, no);
        st = dgi_pg_queue(b, P_PUT_NAME, &p, err);
    }
    return st;
}

static uint64_t mix(uint64_t h, dg_str s)
{
    return (h ^ dgi_str_hash(s)) * 0x9E3779B97F4A7C15u + s.len;
}

static uint64_t parties_hash(const struct dgi_sit_item *it)
{
    uint64_t h = it->n_parties + UINT64_C(2);
    for (uint32_t i = 0; i < it->n_parties; i++) {
        const struct dgi_sit_party_ref *x = &it->parties[i];
        h = mix(mix(mix(mix(h, x->actor.id), x->actor.name), dgi_str(x->actor.country)),
                dgi_str(dgi_role_name[x->role])) *
                2 +
            x->inferred;
    }
    return h > 1 ? h : 2;
}

static dg_status put_parties(struct dgi_pg *b, struct known *k, const struct dgi_sit_item *it, dg_error *err)
{
    uint64_t h = parties_hash(it), had = k->parties;
    int64_t no = k->no;
    dg_status st = DG_OK;
    if (h == had)
        return DG_OK;
    k->parties = h;
    if (had != 1 &&
        ((st = on_item(b, P_DROP_NAMES, no, err)) != DG_OK || (st = on_item(b, P_DROP_PARTIES, no, err)) != DG_OK))
        return st;
    dgi_arena_reset(b->scratch);
    for (uint32_t i = 0; i < it->n_parties && st == DG_OK; i++) {
        struct dgi_pg_params p = {0};
        dgi_pg_int(&p, no);
        dgi_pg_int(&p, i);
        dgi_pg_str(&p, dgi_str(dgi_role_name[it->parties[i].role]));
        dgi_pg_str(&p, it->parties[i].actor.id);
        dgi_pg_str(&p, it->parties[i].actor.name);
        dgi_pg_str(&p, dgi_str(it->parties[i].actor.country));
        dgi_pg_int(&p, it->parties[i].inferred);
        if ((st = dgi_pg_queue(b, P_PUT_PARTY, &p, err)) == DG_OK)
            st = put_names(b, no, &it->parties[i].actor, err);
    }
    return st;
}

/* The words by which search finds the item: they rarely change. */
static dg_status put_words(struct dgi_pg *b, struct known *k, const struct dgi_sit_item *it, dg_error *err)
{
    const dg_str text[] = {it->content, it->condition};
    uint64_t h = mix(mix(3, text[0]), text[1]), had = k->words;
    uint32_t n;
    dg_str words;
    struct dgi_pg_params p = {0};
    h = h > 1 ? h : 2;
    if (h == had)
        return DG_OK;
    k->words = h;
    int64_t no = k->no;
    dg_status st = had != 1 ? on_item(b, P_DROP_WORDS, no, err) : DG_OK;
    if (st != DG_OK || (!text[0].len && !text[1].len))
        return st;
    dgi_arena_reset(b->scratch);
    if ((st = dgi_pg_words(b, text, 2, b->scratch, &words, &n, err)) != DG_OK)
        return st;
    dgi_pg_int(&p, no);
    dgi_pg_int(&p, n);
    dgi_pg_vector(&p, words);
    return dgi_pg_queue(b, P_PUT_WORDS, &p, err);
}

static dg_status drop_item(struct dgi_pg *b, dg_str key, struct known *k, dg_error *err)
{
    static const enum dgi_pg_stmt drop[] = {P_DROP_WORDS,      P_DROP_NAMES,        P_DROP_PARTIES,
                                            P_DROP_ITEM_LINES, P_DROP_ITEM_ENTRIES, P_DROP_ITEM};
    struct dgi_pg_params p = {0};
    dgi_pg_blob(&p, key);
    dg_status st = dgi_pg_queue(b, P_DROP_ITEM_MARKS, &p, err);
    for (size_t i = 0; i < sizeof drop / sizeof *drop && st == DG_OK; i++)
        st = on_item(b, drop[i], k->no, err);
    k->no = 0;
    return st;
}

static dg_status b_put_head(void *self, dg_str key, dg_str blob, const struct dgi_sit_item *it,
                            const struct dgi_item_state *state, dg_error *err)
{
    struct dgi_pg *b = self;
    struct dgi_pg_params p = {0};
    struct known *k;
    dg_status st = item(b, key, blob.len > 0, &k, err);
    if (st != DG_OK || !k)
        return st;
    if (!blob.len)
        return drop_item(b, key, k, err);
    dgi_pg_int(&p, k->no);
    dgi_pg_str(&p, it->id);
    dgi_pg_str(&p, dgi_str(dgi_item_kind_name[it->kind]));
    dgi_pg_str(&p, dgi_str(dgi_item_status_name[state->status]));
    dgi_pg_iso(&p, state->opened);
    dgi_pg_iso(&p, state->since);
    dgi_pg_str(&p, it->content);
    dgi_pg_str(&p, it->condition);
    dgi_pg_int(&p, state->sources);
    dgi_pg_blob(&p, blob);
    dgi_pg_int(&p, it->kind);
    if ((st = dgi_pg_queue(b, P_PUT_ITEM, &p, err)) == DG_OK && (st = put_words(b, k, it, err)) == DG_OK)
        st = put_parties(b, k, it, err);
    return st;
}

/* A list of numbers beside a key: `keep` drops the others, `put` adds those that are not there. */
static dg_status put_numbers(struct dgi_pg *b, enum dgi_pg_stmt keep, enum dgi_pg_stmt put, dg_str key,
                             const uint64_t *v, uint32_t n, bool replace, dg_error *err)
{
    struct dgi_pg_params p = {0};
    dg_status st = dgi_pg_begin_now(b, err);
    dgi_arena_reset(b->scratch);
    if (st == DG_OK && !dgi_pg_ints(&p, b->scratch, v, n))
        st = no_memory(err);
    dgi_pg_blob(&p, key);
    if (st == DG_OK && replace)
        st = dgi_pg_queue(b, keep, &p, err);
    return st == DG_OK && n ? dgi_pg_queue(b, put, &p, err) : st;
}

static dg_status b_put_marks(void *self, dg_str key, const uint64_t *marks, uint32_t n, bool replace, dg_error *err)
{
    struct known *k;
    dg_status st = item(self, key, true, &k, err);
    return st == DG_OK ? put_numbers(self, P_KEEP_MARKS, P_PUT_MARKS, key, marks, n, replace, err) : st;
}

static dg_status b_put_reads(void *self, dg_str pos, const uint64_t *reads, uint32_t n, bool gone, dg_error *err)
{
    struct dgi_pg_params p = {0};
    dg_status st = put_numbers(self, P_KEEP_READS, P_PUT_READS, pos, reads, gone ? 0 : n, true, err);
    dgi_pg_blob(&p, pos);
    return st == DG_OK ? dgi_pg_queue(self, gone ? P_DROP_BOARD : P_PUT_BOARD, &p, err) : st;
}

void dgi_pg_host(struct dgi_pg *b)
{
    b->host = (struct dgi_ledger_host){b,      b_marked,   b_head,      b_entries,  b_written,   b_next_reader,
                                       b_last, b_document, b_put_entry, b_put_head, b_put_marks, b_put_reads};
}

/* ---- items for questions ---- */
static const char *or_null(const char *s)
{
    return s && *s ? s : NULL;
}

/* The two words by which item_names has whom dgi_ev_actor_is takes for this. */
static bool actor_params(struct dgi_pg_params *p, dgi_arena *a, const char *who)
{
    dg_str name = folded(a, dgi_str(who)), bare = folded(a, dgi_str(!strncmp(who, "country:", 8) ? who + 8 : who));
    dgi_pg_blob(p, name);
    dgi_pg_blob(p, bare);
    return name.ptr && bare.ptr;
}

struct scan { /* rows of one item follow each other: they are gathered, then handed out */
    dgi_arena *a;
    struct dgi_ledger_entry *list;
    uint32_t n, cap;
    dg_str item;
    int64_t no;
    dgi_item_fn *fn;
    void *user;
    bool go_on, failed;
};

static bool hand_out(struct scan *s)
{
    if (s->no && s->go_on)
        s->go_on = s->fn(s->user, s->item, s->list, s->n);
    dgi_arena_reset(s->a);
    s->list = NULL;
    s->n = s->cap = 0;
    s->no = 0;
    return s->go_on;
}

static bool on_entry(void *user, const struct dgi_pg *b, const PGresult *r, int row)
{
    struct scan *s = user;
    dg_error ignored;
    int64_t no = dgi_pg_r_int(b, r, row, 0);
    if (s->no && s->no != no && !hand_out(s))
        return false;
    if (!s->no)
        s->failed |= put_blob(&s->item, s->a, dgi_pg_r_str(b, r, row, 1), &ignored) != DG_OK;
    s->no = no;
    struct dgi_ledger_entry *e = DGI_PUSH(s->a, s->list, s->n, s->cap);
    s->failed |= !e || put_blob(&e->pos, s->a, dgi_pg_r_str(b, r, row, 2), &ignored) != DG_OK ||
                 put_blob(&e->blob, s->a, dgi_pg_r_str(b, r, row, 3), &ignored) != DG_OK;
    return !s->failed;
}

dg_status dgi_pg_each_item(dgi_backend *base, uint32_t kinds, const char *actor, const char *other, dgi_item_fn *fn,
                           void *user, dg_error *err)
{
    struct dgi_pg *b = (struct dgi_pg *)base;
    struct scan s = {.fn = fn, .user = user, .go_on = true, .a = dgi_arena_new(0)};
    struct dgi_pg_params p = {0};
    dgi_arena *names = dgi_arena_new(0);
    actor = or_null(actor);
    other = actor ? or_null(other) : NULL;
    dgi_pg_int(&p, kinds ? kinds : UINT32_MAX);
    bool ok = s.a && names && (!actor || actor_params(&p, names, actor)) && (!other || actor_params(&p, names, other));
    dg_status st = ok ? dgi_pg_flush(b, err) : no_memory(err);
    if (st == DG_OK)
        st = dgi_pg_scan(b,
                         dgi_pg_sql(other   ? P_ITEMS_OF_TWO
                                    : actor ? P_ITEMS_OF
                                            : P_ITEMS,
                                    NULL),
                         &p, on_entry, &s, err);
    if (st == DG_OK && s.failed)
        st = no_memory(err);
    if (st == DG_OK && s.go_on)
        hand_out(&s);
    dgi_arena_free(names);
    dgi_arena_free(s.a);
    return st;
}

dg_status dgi_pg_items_by_id(dgi_backend *base, dg_str prefix, uint32_t most, dgi_arena *a, dg_str **items, uint32_t *n,
                             dg_error *err)
{
    struct dgi_pg_params p = {0};
    dg_str end = dgi_arena_printf(a, "%.*s\xF4\x8F\xBF\xBF", (int)prefix.len, prefix.ptr);
    dg_status st = end.ptr ? dgi_pg_flush((struct dgi_pg *)base, err) : no_memory(err);
    dgi_pg_str(&p, prefix);
    dgi_pg_str(&p, end);
    dgi_pg_int(&p, most);
    return st == DG_OK ? list_of((struct dgi_pg *)base, P_ITEMS_BY_ID, &p, a, items, n, err) : st;
}

dg_status dgi_pg_clear_board(dgi_backend *base, dg_error *err)
{
    static const char *const sql[] = {"DELETE FROM items",        "DELETE FROM item_words",
                                      "DELETE FROM item_parties", "DELETE FROM item_names",
                                      "DELETE FROM item_history", "DELETE FROM item_entries",
                                      "DELETE FROM item_marks",   "DELETE FROM board",
                                      "DELETE FROM reads",        "UPDATE documents SET applied=false WHERE applied"};
    struct dgi_pg *b = (struct dgi_pg *)base;
    dg_status st = dgi_pg_begin_now(b, err);
    for (size_t i = 0; i < sizeof sql / sizeof *sql && st == DG_OK; i++)
        st = dgi_pg_queue_text(b, sql[i], err);
    dgi_pg_items_forget(b);
    return st;
}

/* ---- all rows, as doctor compares them ---- */
struct pairs {
    dgi_pair_fn *fn;
    void *user;
    dgi_arena *a; /* numbers are gathered: NULL for pairs that come as they are */
    dg_str key;
    uint64_t *list;
    uint32_t n, cap;
    bool some, go_on, failed;
};

static int by_u64(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

static bool give_numbers(struct pairs *s)
{
    if (s->some && s->go_on) {
        if (s->n)
            qsort(s->list, s->n, sizeof *s->list, by_u64);
        s->go_on = s->fn(s->user, s->key, (dg_str){s->n ? (const char *)s->list : "", s->n * sizeof *s->list});
    }
    dgi_arena_reset(s->a);
    s->list = NULL;
    s->n = s->cap = 0;
    s->some = false;
    return s->go_on;
}

static bool on_pair(void *user, const struct dgi_pg *b, const PGresult *r, int row)
{
    struct pairs *s = user;
    dg_str key = dgi_pg_r_str(b, r, row, 0);
    if (!s->a)
        return s->fn(s->user, key, dgi_pg_r_str(b, r, row, 1));
    if (s->some && !dgi_str_eq(s->key, key) && !give_numbers(s))
        return false;
    if (!s->some)
        s->failed |= !(s->key = dgi_arena_str(s->a, key)).ptr;
    s->some = true;
    if (b->pq->PQgetisnull(r, row, 1))
        return !s->failed;
    uint64_t *v = DGI_PUSH(s->a, s->list, s->n, s->cap);
    s->failed |= !v;
    if (v)
        *v = (uint64_t)dgi_pg_r_int(b, r, row, 1);
    return !s->failed;
}

dg_status dgi_pg_each_row(dgi_backend *base, enum dgi_rows_of which, dgi_pair_fn *fn, void *user, dg_error *err)
{
    static const enum dgi_pg_stmt of[DGI_N_ROWS_OF] = {P_ROWS_HEADS, P_ROWS_ENTRIES, P_ROWS_MARKS, P_ROWS_READS};
    struct dgi_pg *b = (struct dgi_pg *)base;
    bool numbers = which == DGI_ROWS_MARKS || which == DGI_ROWS_READS;
    struct pairs s = {.fn = fn, .user = user, .a = numbers ? dgi_arena_new(0) : NULL, .go_on = true};
    dg_status st = numbers && !s.a ? no_memory(err) : dgi_pg_flush(b, err);
    if (st == DG_OK)
        st = dgi_pg_scan(b, dgi_pg_sql(of[which], NULL), NULL, on_pair, &s, err);
    if (st == DG_OK && s.failed)
        st = no_memory(err);
    if (st == DG_OK && numbers)
        give_numbers(&s);
    dgi_arena_free(s.a);
    return st;
}
