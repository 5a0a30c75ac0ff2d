/* SPDX-License-Identifier: Apache-2.0 */
/* situation/ledger.c: moves the kept board by the documents that came, went or changed.
 *
 * Reads   documents, heads, entries and reads from the host
 * Writes  entries, heads, marks and reads to the host
 *
 * A document after all others is applied to heads. One in the middle (late, corrected, withdrawn) is applied to the items as
 * they stood before it; where what it writes differs from what is kept, the item is *moved*: the reads under which it was or
 * is found become dirty, and the next document that has a dirty read is applied again, in order, until none is left. A document
 * that writes what it wrote before dirties nothing, unless it writes in a moved item, whose later readers see something else
 * although its entry is the same. */
#include <stdlib.h>

#include "situation/apply.h"

struct dirty { /* a read */
    uint64_t read;
    int32_t until; /* documents reported later do not see it */
    dg_str next;   /* in the heap: the next document that has it */
    bool queued;
};
struct moved { /* an item that is not what was kept */
    dg_str key;
    bool saved;
    struct touch *touch; /* every read it was or is under since then */
    uint32_t n_touch, cap_touch;
};
struct dgi_ledger {
    const dgi_sit_rules *rules;
    const struct dgi_ledger_host *host;
    size_t cache;
    dgi_board *b;      /* NULL: nothing is held */
    dgi_arena *events; /* of the document at hand */
    dgi_arena *tmp;
    struct matter **unsaved; /* in b->a */
    uint32_t n_unsaved, cap_unsaved;
    /* of one dgi_ledger_move */
    dgi_arena *work;
    struct map dirty_by_read, moved_by_key;
    struct dirty *dirty;
    struct moved *moved;
    uint32_t *heap; /* of dirty reads, the earliest document first */
    uint32_t n_dirty, cap_dirty, n_moved, cap_moved, n_heap, cap_heap;
    struct dgi_ledger_stats *stats;
    dg_error *err;
};

static dg_status no_memory(dgi_ledger *l)
{
    return dgi_fail(l->err, DG_E_NOMEM, "no memory for the board");
}

dgi_ledger *dgi_ledger_new(const dgi_sit_rules *rules, const struct dgi_ledger_host *host, size_t cache)
{
    dgi_ledger *l = calloc(1, sizeof *l);
    if (!l || !(l->events = dgi_arena_new(0)) || !(l->tmp = dgi_arena_new(0)) ||
        !(l->work = dgi_arena_new((size_t)4 << 30))) {
        dgi_ledger_free(l);
        return NULL;
    }
    l->rules = rules;
    l->host = host;
    l->cache = cache ? cache : (size_t)256 << 20;
    return l;
}

void dgi_ledger_forget(dgi_ledger *l)
{
    dgi_board_free(l->b);
    l->b = NULL;
    l->unsaved = NULL;
    l->n_unsaved = l->cap_unsaved = 0;
}

void dgi_ledger_free(dgi_ledger *l)
{
    if (!l)
        return;
    dgi_ledger_forget(l);
    dgi_arena_free(l->events);
    dgi_arena_free(l->tmp);
    dgi_arena_free(l->work);
    free(l);
}

static dg_status hold(dgi_ledger *l, bool late, dg_str last)
{
    if (l->b)
        return DG_OK;
    if (!(l->b = dgi_board_new(l->rules, l->cache + ((size_t)2 << 30))))
        return no_memory(l);
    l->b->host = l->host;
    l->b->late = late;
    l->b->whole = !last.len;
    l->b->host_day = late ? INT32_MAX : last.len ? dgi_ledger_pos_day(last) : DGI_NO_DAY;
    return DG_OK;
}

/* ---- heads ---- */
static dg_status put_head(dgi_ledger *l, struct matter *m)
{
    struct bytes blob = {.a = l->tmp};
    dgi_head_write(&blob, m);
    if (blob.failed)
        return no_memory(l);
    struct dgi_item_state st = dgi_fold_state(&m->it, &m->f);
    return l->host->put_head(l->host->self, m->it.key, dgi_bytes_str(&blob), &m->it, &st, l->err);
}

static dg_status save_heads(dgi_ledger *l)
{
    dg_status st = DG_OK;
    for (uint32_t i = 0; i < l->n_unsaved && st == DG_OK; i++) {
        l->unsaved[i]->unsaved = false;
        dgi_arena_reset(l->tmp);
        st = put_head(l, l->unsaved[i]);
    }
    l->n_unsaved = 0;
    return st;
}

struct union_of {
    dgi_ledger *l;
    uint64_t *marks;
    uint32_t n, cap;
    bool failed;
};
static void join_mark(void *user, uint64_t mark, int32_t since)
{
    (void)since;
    struct union_of *u = user;
    for (uint32_t i = u->n; i-- > 0;)
        if (u->marks[i] == mark)
            return;
    uint64_t *slot = DGI_PUSH(u->l->tmp, u->marks, u->n, u->cap);
    if (slot)
        *slot = mark;
    else
        u->failed = true;
}

/* Head and marks of a moved item, from all of its entries. */
static dg_status save_moved(dgi_ledger *l, struct moved *v)
{
    struct dgi_ledger_entry *e;
    uint32_t n;
    struct matter *m;
    struct union_of u = {.l = l};
    dgi_arena_reset(l->tmp);
    dg_status st = l->host->entries(l->host->self, v->key, l->tmp, &e, &n, l->err);
    v->saved = true;
    if (st != DG_OK)
        return st;
    if (!n)
        return l->host->put_head(l->host->self, v->key, (dg_str){NULL, 0}, NULL, NULL, l->err);
    if (!(m = dgi_arena_alloc(l->tmp, sizeof *m)))
        return no_memory(l);
    m->it.key = v->key;
    m->it.rules = l->rules;
    for (uint32_t i = 0; i < n; i++) {
        bool shape;
        struct dgi_sit_change *lines;
        uint32_t n_lines;
        if (!dgi_entry_read(&m->it, e[i].pos, e[i].blob, &shape, &lines, &n_lines, l->tmp))
            return dgi_fail(l->err, DG_E_STORE, "an item of the board cannot be read: 'doctor' makes it again");
        for (uint32_t k = 0; k < n_lines; k++)
            dgi_fold_line(&m->f, &lines[k], k == 0, 0);
        m->f.pos = e[i].pos;
        if (shape && !dgi_matter_parties(m, l->rules, l->tmp))
            return no_memory(l);
        dgi_marks_of(m, join_mark, &u);
    }
    if (u.failed)
        return no_memory(l);
    if ((st = l->host->put_marks(l->host->self, v->key, u.marks, u.n, true, l->err)) == DG_OK)
        st = put_head(l, m);
    return st;
}

static dg_status save_all_moved(dgi_ledger *l)
{
    dg_status st = DG_OK;
    for (uint32_t i = 0; i < l->n_moved && st == DG_OK; i++)
        if (!l->moved[i].saved)
            st = save_moved(l, &l->moved[i]);
    return st;
}

/* ---- dirty reads ---- */
static bool earlier(const dgi_ledger *l, uint32_t x, uint32_t y)
{
    return dgi_key_cmp(l->dirty[x].next, l->dirty[y].next) < 0;
}

static bool heap_push(dgi_ledger *l, uint32_t d)
{
    uint32_t *slot = DGI_PUSH(l->work, l->heap, l->n_heap, l->cap_heap), i = l->n_heap - 1;
    if (!slot)
        return false;
    *slot = d;
    for (; i && earlier(l, d, l->heap[(i - 1) / 2]); i = (i - 1) / 2)
        l->heap[i] = l->heap[(i - 1) / 2];
    l->heap[i] = d;
    return true;
}

static uint32_t heap_pop(dgi_ledger *l)
{
    uint32_t top = l->heap[0], d = l->heap[--l->n_heap], i = 0;
    for (uint32_t c; (c = 2 * i + 1) < l->n_heap; i = c) {
        c += c + 1 < l->n_heap && earlier(l, l->heap[c + 1], l->heap[c]);
        if (!earlier(l, l->heap[c], d))
            break;
        l->heap[i] = l->heap[c];
    }
    l->heap[i] = d;
    return top;
}

/* Queue the next document after `pos` that has the read and may see the item. */
static dg_status queue_next(dgi_ledger *l, uint32_t d, dg_str pos)
{
    dg_str next;
    dg_status st = l->host->next_reader(l->host->self, l->dirty[d].read, pos, l->work, &next, l->err);
    l->dirty[d].queued = st == DG_OK && next.len && dgi_ledger_pos_day(next) <= l->dirty[d].until;
    if (!l->dirty[d].queued)
        return st;
    if (!(l->dirty[d].next = dgi_arena_str(l->work, next)).ptr || !heap_push(l, d))
        return no_memory(l);
    return DG_OK;
}

static dg_status make_dirty(dgi_ledger *l, const struct touch *t)
{
    const struct scale *sc = &l->rules->scale;
    int32_t day = l->b->reported, until = INT32_MAX;
    if (t->reach != FOR_GOOD)
        until = day == DGI_NO_DAY ? DGI_NO_DAY : day + (t->reach == FOR_ONE ? sc->reach_one : sc->reach_none);
    uint32_t at = UINT32_MAX, d = dgi_map_next(&l->dirty_by_read, t->read, &at);
    if (d == DGI_NONE) {
        d = l->n_dirty;
        struct dirty *neu = DGI_PUSH(l->work, l->dirty, l->n_dirty, l->cap_dirty);
        if (!neu || !dgi_map_put(&l->dirty_by_read, l->work, t->read, d))
            return no_memory(l);
        *neu = (struct dirty){.read = t->read, .until = DGI_NO_DAY};
    } else if (until <= l->dirty[d].until)
        return DG_OK;
    l->dirty[d].until = until > l->dirty[d].until ? until : l->dirty[d].until;
    return l->dirty[d].queued ? DG_OK : queue_next(l, d, l->b->at);
}

struct adding {
    dgi_ledger *l;
    struct moved *v;
    bool failed;
};
static void add_touch(void *user, uint64_t read, enum reach reach)
{
    struct adding *g = user;
    for (uint32_t i = 0; i < g->v->n_touch; i++)
        if (g->v->touch[i].read == read) {
            if (reach < g->v->touch[i].reach) /* FOR_GOOD is the smallest */
                g->v->touch[i].reach = (uint8_t)reach;
            return;
        }
    struct touch *t = DGI_PUSH(g->l->work, g->v->touch, g->v->n_touch, g->v->cap_touch);
    if (t)
        *t = (struct touch){read, (uint8_t)reach};
    else
        g->failed = true;
}

static struct moved *moved_item(dgi_ledger *l, const struct matter *m, bool make)
{
    uint64_t hash = dgi_str_hash(m->it.key);
    uint32_t at = UINT32_MAX, i;
    while ((i = dgi_map_next(&l->moved_by_key, hash, &at)) != DGI_NONE)
        if (dgi_str_eq(l->moved[i].key, m->it.key))
            return &l->moved[i];
    struct moved *v = make ? DGI_PUSH(l->work, l->moved, l->n_moved, l->cap_moved) : NULL;
    if (!v || !(v->key = dgi_arena_str(l->work, m->it.key)).ptr ||
        !dgi_map_put(&l->moved_by_key, l->work, hash, l->n_moved - 1))
        return NULL;
    return v;
}

/* The item is not what was kept, at the document at hand or already before it: who looks for it later looks again. */
static dg_status mark_moved(dgi_ledger *l, struct matter *m, struct moved *v)
{
    struct adding g = {l, v, false};
    v->saved = false;
    for (uint32_t i = 0; i < m->n_before; i++)
        add_touch(&g, m->before[i].read, m->before[i].reach);
    if (m->f.lines)
        dgi_touches_of(l->rules, m, add_touch, &g);
    if (m->old) { /* as the document left it before */
        struct matter *was = dgi_arena_alloc(l->tmp, sizeof *was);
        struct dgi_sit_change *lines;
        uint32_t n;
        bool shape;
        if (was)
            was->it.rules = l->rules;
        if (!was || !dgi_entry_read(&was->it, l->b->at, m->old_entry, &shape, &lines, &n, l->tmp) ||
            (shape && !dgi_matter_parties(was, l->rules, l->tmp)))
            return dgi_fail(l->err, DG_E_STORE, "an item of the board cannot be read: 'doctor' makes it again");
        if (shape)
            dgi_touches_of(l->rules, was, add_touch, &g);
    }
    if (g.failed)
        return no_memory(l);
    dg_status st = DG_OK;
    for (uint32_t i = 0; i < v->n_touch && st == DG_OK; i++)
        st = make_dirty(l, &v->touch[i]);
    return st;
}

/* ---- one document ---- */
static dg_status keep_entry(dgi_ledger *l, struct matter *m, dg_str document)
{
    struct bytes blob = {.a = l->tmp};
    bool wrote = m->it.n_history > m->from;
    dg_status st = DG_OK;
    if (wrote)
        dgi_entry_write(&blob, m, document);
    if (blob.failed)
        return no_memory(l);
    dg_str neu = dgi_bytes_str(&blob);
    bool differs = wrote != m->old || (wrote && !dgi_str_eq(neu, m->old_entry));
    if (differs) {
        st = l->host->put_entry(l->host->self, m->it.key, l->b->at, neu,
                                m->from ? m->it.history + m->from : m->it.history, m->it.n_history - m->from, l->err);
        if (l->stats)
            l->stats->items_written++;
    }
    if (wrote)
        m->f.pos = l->b->at;
    if (st == DG_OK && l->b->late) {
        struct moved *v = moved_item(l, m, differs);
        if (differs && !v)
            return no_memory(l);
        if (v)
            st = mark_moved(l, m, v);
    } else if (st == DG_OK && wrote && !m->unsaved) {
        struct matter **slot = DGI_PUSH(l->b->a, l->unsaved, l->n_unsaved, l->cap_unsaved);
        if (!slot)
            return no_memory(l);
        *slot = m;
        m->unsaved = true;
    }
    return st;
}

/* What the document wrote here in its other life is put aside. */
static dg_status take_back(dgi_ledger *l)
{
    dg_str *items;
    uint32_t n;
    dg_status st = l->host->written(l->host->self, l->b->at, l->tmp, &items, &n, l->err);
    for (uint32_t i = 0; i < n && st == DG_OK; i++) {
        struct matter *m = dgi_board_matter(l->b, items[i]);
        if (!m)
            return l->b->st;
        if (m->next == m->n_entries || !dgi_str_eq(m->entries[m->next].pos, l->b->at))
            return dgi_fail(l->err, DG_E_STORE, "the board does not fit its documents: 'doctor' makes it again");
        dgi_board_wrote(l->b, m);
        m->old = true;
        m->old_entry = m->entries[m->next++].blob;
    }
    return st == DG_OK ? l->b->st : st;
}

static dg_status one_document(dgi_ledger *l, dg_str pos, bool is)
{
    struct dgi_ev_doc doc = {.id = {"", 0}};
    dgi_arena_reset(l->events);
    dgi_arena_reset(l->tmp);
    dg_str at = dgi_arena_str(l->b->a, pos);
    if (!at.ptr)
        return no_memory(l);
    dg_status st = is ? l->host->document(l->host->self, pos, l->events, &doc, l->err) : DG_OK;
    if (st != DG_OK)
        return st;
    dgi_board_begin(l->b, at, dgi_ledger_pos_day(pos), l->tmp, l->err);
    if (l->b->late && (st = take_back(l)) != DG_OK)
        return st;
    if (is && (st = dgi_apply_document(l->b, &doc, NULL, NULL, l->tmp)) != DG_OK)
        return st;
    for (uint32_t i = 0; i < l->b->n_wrote && st == DG_OK; i++)
        st = keep_entry(l, l->b->wrote[i], doc.id);
    if (st != DG_OK)
        return st;
    dgi_board_end(l->b);
    uint32_t n;
    const uint64_t *reads = dgi_board_reads(l->b, &n);
    if (l->b->st == DG_OK)
        l->b->st = l->host->put_reads(l->host->self, pos, reads, n, !is, l->err);
    return l->b->st;
}

/* ---- moving ---- */
static int by_pos(const void *a, const void *b)
{
    const struct dgi_ledger_change *const *x = a, *const *y = b;
    return dgi_key_cmp((*x)->pos, (*y)->pos);
}

struct moving {
    const struct dgi_ledger_change **list;
    uint32_t n, next;
    uint64_t done;
    dgi_ledger_progress *progress;
    void *user;
};

static dg_status step(dgi_ledger *l, struct moving *v, dg_str pos, bool was, bool is)
{
    uint64_t loaded = l->b->n_loaded;
    dg_status st = one_document(l, pos, is);
    if (st != DG_OK)
        return st;
    if (l->stats) {
        l->stats->applied += is && !was;
        l->stats->replayed += is && was;
        l->stats->removed += !is;
        l->stats->items_read += l->b->n_loaded - loaded;
    }
    v->done++;
    return !v->progress || v->progress(v->user, v->done, v->n) ? DG_OK : dgi_fail(l->err, DG_E_ARG, "stopped");
}

/* Everything up to `last` and what it sets off. */
static dg_status move_late(dgi_ledger *l, struct moving *v, dg_str last)
{
    dg_status st = DG_OK;
    while (st == DG_OK) {
        const struct dgi_ledger_change *c =
            v->next < v->n && dgi_key_cmp(v->list[v->next]->pos, last) <= 0 ? v->list[v->next] : NULL;
        if (!c && !l->n_heap)
            break;
        dg_str pos = l->n_heap ? l->dirty[l->heap[0]].next : c->pos;
        bool was = true, is = true;
        if (c && dgi_key_cmp(c->pos, pos) <= 0) {
            pos = c->pos;
            was = c->was;
            is = c->is;
            v->next++;
        }
        if ((st = hold(l, true, last)) != DG_OK)
            break;
        while (st == DG_OK && l->n_heap && dgi_str_eq(l->dirty[l->heap[0]].next, pos))
            st = queue_next(l, heap_pop(l), pos);
        if (st == DG_OK && (was || is))
            st = step(l, v, pos, was, is);
        if (st == DG_OK && dgi_arena_used(l->b->a) > l->cache) {
            st = save_all_moved(l);
            dgi_ledger_forget(l);
        }
    }
    if (st == DG_OK)
        st = save_all_moved(l);
    dgi_ledger_forget(l);
    return st;
}

static dg_status move_on(dgi_ledger *l, struct moving *v, dg_str last)
{
    dg_status st = DG_OK;
    for (; v->next < v->n && st == DG_OK; v->next++) {
        const struct dgi_ledger_change *c = v->list[v->next];
        if (!c->is)
            continue;
        if ((st = hold(l, false, last)) == DG_OK)
            st = step(l, v, c->pos, false, true);
        last = c->pos;
        if (st == DG_OK && dgi_arena_used(l->b->a) > l->cache) {
            st = save_heads(l);
            dgi_ledger_forget(l);
        }
    }
    return st == DG_OK ? save_heads(l) : st;
}

dg_status dgi_ledger_move(dgi_ledger *l, const struct dgi_ledger_change *changes, uint32_t n,
                          struct dgi_ledger_stats *stats, dgi_ledger_progress *progress, void *user, dg_error *err)
{
    dg_str last;
    struct moving v = {.n = n, .progress = progress, .user = user};
    l->stats = stats;
    l->err = err;
    l->dirty_by_read = l->moved_by_key = (struct map){0};
    l->dirty = NULL;
    l->moved = NULL;
    l->heap = NULL;
    l->n_dirty = l->cap_dirty = l->n_moved = l->cap_moved = l->n_heap = l->cap_heap = 0;
    dgi_arena_reset(l->work);
    if (!(v.list = dgi_arena_array(l->work, (size_t)n + 1, sizeof *v.list)))
        return no_memory(l);
    for (uint32_t i = 0; i < n; i++)
        v.list[i] = &changes[i];
    qsort(v.list, n, sizeof *v.list, by_pos);
    dg_status st = l->host->last(l->host->self, l->work, &last, err);
    if (st == DG_OK && n && last.len && dgi_key_cmp(v.list[0]->pos, last) <= 0) {
        dgi_ledger_forget(l);
        st = move_late(l, &v, last);
    }
    return st == DG_OK ? move_on(l, &v, last) : st;
}

dg_status dgi_ledger_considered(const dgi_sit_rules *rules, const struct dgi_ledger_host *host, dg_str pos,
                                dgi_considered_fn *fn, void *user, dg_error *err)
{
    struct dgi_ev_doc doc = {.id = {"", 0}};
    dgi_ledger *l = dgi_ledger_new(rules, host, 0);
    if (l)
        l->err = err;
    dg_status st = l && (l->b = dgi_board_new(rules, 0)) ? host->document(host->self, pos, l->events, &doc, err)
                                                         : dgi_fail(err, DG_E_NOMEM, "no memory for the board");
    if (st == DG_OK) {
        l->b->host = host;
        l->b->whole = false;
        l->b->host_day = INT32_MAX;
        l->b->late = true;
        dgi_board_begin(l->b, pos, dgi_ledger_pos_day(pos), l->tmp, err);
        st = take_back(l);
    }
    if (st == DG_OK) {
        l->b->considered = fn;
        l->b->considered_user = user;
        st = dgi_apply_document(l->b, &doc, NULL, NULL, l->tmp);
    }
    if (l)
        dgi_ledger_free(l);
    return st;
}

/* One of the handles of one party; "the rebels" of nowhere tell nothing. */
static dg_status heard_of(const struct dgi_ledger_host *host, const struct party *p, dg_str after, int32_t to,
                          dg_str before, dgi_arena *a, bool *heard, dg_error *err)
{
    dg_status st = DG_OK;
    for (uint8_t h = 0; st == DG_OK && !*heard && !p->anyone && h < p->n_handles; h++) {
        dg_str next;
        st = host->next_reader(host->self, dgi_read_of(p->handle[h]), after, a, &next, err);
        *heard =
            st == DG_OK && next.len && dgi_ledger_pos_day(next) <= to && (!before.len || dgi_str_cmp(next, before) < 0);
    }
    return st;
}

dg_status dgi_ledger_heard(const dgi_sit_rules *rules, const struct dgi_ledger_host *host,
                           const struct dgi_sit_item *it, int32_t from, int32_t to, dg_str before, bool *heard,
                           dg_error *err)
{
    char cut[8];
    dg_str after = dgi_ledger_pos_after(from, cut);
    dgi_arena *a = dgi_arena_new(0);
    dg_status st = a ? DG_OK : dgi_fail(err, DG_E_NOMEM, "no memory for the board");
    *heard = false;
    for (uint32_t i = 0; st == DG_OK && !*heard && i < it->n_parties; i++) {
        struct party p;
        if (it->parties[i].inferred)
            continue;
        dgi_party_make(&p, rules, &it->parties[i].actor);
        st = heard_of(host, &p, after, to, before, a, heard, err);
    }
    dgi_arena_free(a);
    return st;
}
