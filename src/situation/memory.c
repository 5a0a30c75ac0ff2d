/* SPDX-License-Identifier: Apache-2.0 */
/* situation/memory.c: a host of the ledger in memory, alone or over another one.
 *
 * Reads   the host below
 * Writes  nothing but memory
 *
 * Over another host it is a scratch sheet: the first entry written in an item brings that item's entries up, everything not
 * written here is asked of the host below. */
#include <stdlib.h>

#include "situation/board.h"

struct page { /* one item */
    dg_str key, head;
    struct dgi_ledger_entry *entries; /* all, when `own` */
    uint32_t n_entries, cap_entries;
    bool own, has_head, gone; /* gone: whatever base says */
    bool hides_marks;         /* of base */
    uint64_t *marks;
    uint32_t n_marks, cap_marks;
};
struct sheet { /* one document */
    dg_str pos;
    const struct dgi_ev_doc *doc;
    bool read, gone; /* reads are those here; not on the board */
    uint64_t *reads;
    uint32_t n_reads;
    dg_str *items; /* it may have written in, in the order of writing */
    uint32_t n_items, cap_items;
};
struct sorted { /* names in ascending order */
    dg_str *name;
    uint32_t *of; /* index of its page or sheet */
    uint32_t n, cap, cap_of;
};
struct dgi_ledger_memory {
    dgi_arena *a;
    const struct dgi_ledger_host *base;
    struct dgi_ledger_host host;
    struct page *pages;
    struct sheet *sheets;
    uint32_t n_pages, cap_pages, n_sheets, cap_sheets;
    struct sorted page_order, sheet_order;
    struct map by_mark, by_read;
    struct sorted *buckets; /* of marks and of reads */
    uint32_t n_buckets, cap_buckets;
};

static dg_status short_of(dg_error *err)
{
    return dgi_fail(err, DG_E_NOMEM, "no memory for the board");
}

/* ---- sorted names ---- */
static uint32_t place_of(const struct sorted *s, dg_str name) /* the first that is not smaller */
{
    uint32_t lo = 0, hi = s->n;
    if (hi && dgi_key_cmp(s->name[hi - 1], name) < 0)
        return hi;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (dgi_key_cmp(s->name[mid], name) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

static uint32_t look(const struct sorted *s, dg_str name)
{
    uint32_t at = place_of(s, name);
    return at < s->n && dgi_str_eq(s->name[at], name) ? s->of[at] : DGI_NONE;
}

static bool insert(dgi_arena *a, struct sorted *s, dg_str name, uint32_t of)
{
    uint32_t at = place_of(s, name), n = s->n;
    if (at < n && dgi_str_eq(s->name[at], name))
        return true;
    dg_str *slot = DGI_PUSH(a, s->name, s->n, s->cap);
    uint32_t *num = slot ? DGI_PUSH(a, s->of, n, s->cap_of) : NULL;
    if (!num)
        return false;
    memmove(s->name + at + 1, s->name + at, (s->n - 1 - at) * sizeof *slot);
    memmove(s->of + at + 1, s->of + at, (s->n - 1 - at) * sizeof *num);
    s->name[at] = name;
    s->of[at] = of;
    return true;
}

static void take_out(struct sorted *s, dg_str name)
{
    uint32_t at = place_of(s, name);
    if (at == s->n || !dgi_str_eq(s->name[at], name))
        return;
    memmove(s->name + at, s->name + at + 1, (s->n - 1 - at) * sizeof *s->name);
    memmove(s->of + at, s->of + at + 1, (s->n - 1 - at) * sizeof *s->of);
    s->n--;
}

static struct sorted *bucket(dgi_ledger_memory *m, struct map *by, uint64_t key, bool make)
{
    uint32_t at = UINT32_MAX, i = dgi_map_next(by, key, &at);
    if (i != DGI_NONE)
        return &m->buckets[i];
    struct sorted *b = make ? DGI_PUSH(m->a, m->buckets, m->n_buckets, m->cap_buckets) : NULL;
    return b && dgi_map_put(by, m->a, key, m->n_buckets - 1) ? b : NULL;
}

static struct page *page_at(dgi_ledger_memory *m, dg_str key, bool make)
{
    uint32_t i = look(&m->page_order, key);
    if (i != DGI_NONE || !make)
        return i == DGI_NONE ? NULL : &m->pages[i];
    struct page *p = DGI_PUSH(m->a, m->pages, m->n_pages, m->cap_pages);
    if (!p || !(p->key = dgi_arena_str(m->a, key)).ptr || !insert(m->a, &m->page_order, p->key, m->n_pages - 1))
        return NULL;
    return p;
}

static struct sheet *sheet_at(dgi_ledger_memory *m, dg_str pos, bool make)
{
    uint32_t i = look(&m->sheet_order, pos);
    if (i != DGI_NONE || !make)
        return i == DGI_NONE ? NULL : &m->sheets[i];
    struct sheet *s = DGI_PUSH(m->a, m->sheets, m->n_sheets, m->cap_sheets);
    if (!s || !(s->pos = dgi_arena_str(m->a, pos)).ptr || !insert(m->a, &m->sheet_order, s->pos, m->n_sheets - 1))
        return NULL;
    return s;
}

/* ---- asking ---- */
static dg_status marked(void *self, uint64_t mark, dg_str before, uint32_t most, dgi_arena *a, dg_str **items,
                        uint32_t *n, dg_error *err)
{
    dgi_ledger_memory *m = self;
    const struct sorted *s = bucket(m, &m->by_mark, mark, false);
    uint32_t mine = s ? before.len ? place_of(s, before) : s->n : 0, n_base = 0, k = 0;
    dg_str *base = NULL;
    bool more = m->base != NULL;
    dg_str from = before;
    *n = 0;
    if (!(*items = dgi_arena_array(a, (size_t)most + 1, sizeof **items)))
        return short_of(err);
    while (*n < most) {
        if (k == n_base && more) {
            dg_status st = m->base->marked(m->base->self, mark, from, most, a, &base, &n_base, err);
            if (st != DG_OK)
                return st;
            k = 0;
            more = n_base == most;
            if (n_base)
                from = base[n_base - 1];
        }
        if (k == n_base && !mine)
            return DG_OK;
        int c = k == n_base ? 1 : !mine ? -1 : dgi_key_cmp(s->name[mine - 1], base[k]);
        dg_str key = c >= 0 ? s->name[mine - 1] : base[k];
        if (c < 0) {
            const struct page *p = page_at(m, key, false);
            if (!p || (!p->hides_marks && !p->gone))
                (*items)[(*n)++] = key;
        } else
            (*items)[(*n)++] = key;
        mine -= c >= 0;
        k += c <= 0 && k < n_base;
    }
    return DG_OK;
}

static dg_status head(void *self, dg_str item, dgi_arena *a, dg_str *blob, dg_error *err)
{
    dgi_ledger_memory *m = self;
    const struct page *p = page_at(m, item, false);
    *blob = (dg_str){NULL, 0};
    if (p && (p->has_head || p->gone)) {
        if (p->has_head)
            *blob = p->head;
        return DG_OK;
    }
    return m->base ? m->base->head(m->base->self, item, a, blob, err) : DG_OK;
}

static dg_status entries(void *self, dg_str item, dgi_arena *a, struct dgi_ledger_entry **list, uint32_t *n,
                         dg_error *err)
{
    dgi_ledger_memory *m = self;
    const struct page *p = page_at(m, item, false);
    *list = NULL;
    *n = 0;
    if (!p || !p->own)
        return m->base ? m->base->entries(m->base->self, item, a, list, n, err) : DG_OK;
    if (!(*list = dgi_arena_array(a, (size_t)p->n_entries + 1, sizeof **list)))
        return short_of(err);
    if (p->n_entries)
        memcpy(*list, p->entries, p->n_entries * sizeof **list);
    *n = p->n_entries;
    return DG_OK;
}

static bool has_entry(const struct page *p, dg_str pos)
{
    for (uint32_t i = p->n_entries; i-- > 0;) {
        int c = dgi_key_cmp(p->entries[i].pos, pos);
        if (c <= 0)
            return c == 0;
    }
    return false;
}

static int by_key(const void *a, const void *b)
{
    return dgi_key_cmp(*(const dg_str *)a, *(const dg_str *)b);
}

static dg_status written(void *self, dg_str pos, dgi_arena *a, dg_str **items, uint32_t *n, dg_error *err)
{
    dgi_ledger_memory *m = self;
    const struct sheet *s = sheet_at(m, pos, false);
    dg_str *base = NULL, *out;
    uint32_t n_base = 0, k = 0;
    dg_status st = m->base ? m->base->written(m->base->self, pos, a, &base, &n_base, err) : DG_OK;
    if (st != DG_OK)
        return st;
    if (!(out = dgi_arena_array(a, (size_t)n_base + (s ? s->n_items : 0) + 1, sizeof *out)))
        return short_of(err);
    for (uint32_t i = 0; i < n_base; i++) {
        const struct page *p = page_at(m, base[i], false);
        if (!p || !p->own)
            out[k++] = base[i];
    }
    for (uint32_t i = 0; s && i < s->n_items; i++) {
        const struct page *p = page_at(m, s->items[i], false);
        if (p && p->own && has_entry(p, pos))
            out[k++] = s->items[i];
    }
    for (uint32_t i = 0; i < n_base; i++) {
        const struct page *p = page_at(m, base[i], false);
        if (p && p->own && has_entry(p, pos))
            out[k++] = base[i];
    }
    qsort(out, k, sizeof *out, by_key);
    *n = 0;
    for (uint32_t i = 0; i < k; i++)
        if (!*n || !dgi_str_eq(out[*n - 1], out[i]))
            out[(*n)++] = out[i];
    *items = out;
    return DG_OK;
}

static dg_status next_reader(void *self, uint64_t read, dg_str pos, dgi_arena *a, dg_str *next, dg_error *err)
{
    dgi_ledger_memory *m = self;
    const struct sorted *s = bucket(m, &m->by_read, read, false);
    dg_str mine = {NULL, 0}, base = {NULL, 0}, from = pos;
    if (s) {
        uint32_t at = place_of(s, pos);
        at += at < s->n && dgi_str_eq(s->name[at], pos);
        if (at < s->n)
            mine = s->name[at];
    }
    while (m->base) {
        dg_status st = m->base->next_reader(m->base->self, read, from, a, &base, err);
        if (st != DG_OK)
            return st;
        const struct sheet *d = base.len ? sheet_at(m, base, false) : NULL;
        if (!d || !d->read)
            break;
        from = base;
    }
    *next = !base.len || (mine.len && dgi_key_cmp(mine, base) < 0) ? mine : base;
    return DG_OK;
}

static dg_status last(void *self, dgi_arena *a, dg_str *pos, dg_error *err)
{
    dgi_ledger_memory *m = self;
    *pos = (dg_str){NULL, 0};
    dg_status st = m->base ? m->base->last(m->base->self, a, pos, err) : DG_OK;
    for (uint32_t i = m->sheet_order.n; st == DG_OK && i-- > 0;) {
        if (!m->sheets[m->sheet_order.of[i]].read)
            continue;
        if (!pos->len || dgi_key_cmp(m->sheet_order.name[i], *pos) > 0)
            *pos = m->sheet_order.name[i];
        break;
    }
    return st;
}

static dg_status document(void *self, dg_str pos, dgi_arena *a, struct dgi_ev_doc *out, dg_error *err)
{
    dgi_ledger_memory *m = self;
    const struct sheet *s = sheet_at(m, pos, false);
    if (s && s->doc) {
        *out = *s->doc;
        return DG_OK;
    }
    return m->base ? m->base->document(m->base->self, pos, a, out, err)
                   : dgi_fail(err, DG_E_STORE, "a document of the board is missing");
}

/* ---- writing ---- */
static dg_status put_entry(void *self, dg_str item, dg_str pos, dg_str blob, const struct dgi_sit_change *lines,
                           uint32_t n, dg_error *err)
{
    (void)lines;
    (void)n;
    dgi_ledger_memory *m = self;
    struct page *p = page_at(m, item, true);
    struct sheet *s = sheet_at(m, pos, true);
    if (!p || !s)
        return short_of(err);
    if (!p->own) {
        dg_status st = m->base ? m->base->entries(m->base->self, item, m->a, &p->entries, &p->n_entries, err) : DG_OK;
        if (st != DG_OK)
            return st;
        p->cap_entries = p->n_entries;
        p->own = true;
    }
    uint32_t at = p->n_entries;
    while (at && dgi_key_cmp(p->entries[at - 1].pos, pos) >= 0)
        at--;
    bool there = at < p->n_entries && dgi_str_eq(p->entries[at].pos, pos);
    if (!blob.len) {
        if (there) {
            memmove(p->entries + at, p->entries + at + 1, (p->n_entries - 1 - at) * sizeof *p->entries);
            p->n_entries--;
        }
        return DG_OK;
    }
    dg_str copy = dgi_arena_str(m->a, blob);
    if (!there) {
        struct dgi_ledger_entry *slot = DGI_PUSH(m->a, p->entries, p->n_entries, p->cap_entries);
        if (!slot)
            return short_of(err);
        memmove(p->entries + at + 1, p->entries + at, (p->n_entries - 1 - at) * sizeof *p->entries);
        dg_str *w = DGI_PUSH(m->a, s->items, s->n_items, s->cap_items);
        if (!w)
            return short_of(err);
        *w = p->key;
    }
    p->entries[at] = (struct dgi_ledger_entry){s->pos, copy};
    p->gone = false;
    return copy.ptr ? DG_OK : short_of(err);
}

static void drop_marks(dgi_ledger_memory *m, struct page *p)
{
    for (uint32_t i = 0; i < p->n_marks; i++) {
        struct sorted *s = bucket(m, &m->by_mark, p->marks[i], false);
        if (s)
            take_out(s, p->key);
    }
    p->n_marks = 0;
    p->hides_marks = true;
}

static dg_status put_head(void *self, dg_str item, dg_str blob, const struct dgi_sit_item *it,
                          const struct dgi_item_state *st, dg_error *err)
{
    (void)it;
    (void)st;
    dgi_ledger_memory *m = self;
    struct page *p = page_at(m, item, true);
    if (!p)
        return short_of(err);
    p->has_head = blob.len > 0;
    p->gone = !blob.len;
    if (p->gone)
        drop_marks(m, p);
    else if (!(p->head = dgi_arena_str(m->a, blob)).ptr)
        return short_of(err);
    return DG_OK;
}

static dg_status put_marks(void *self, dg_str item, const uint64_t *marks, uint32_t n, bool replace, dg_error *err)
{
    dgi_ledger_memory *m = self;
    struct page *p = page_at(m, item, true);
    if (!p)
        return short_of(err);
    if (replace)
        drop_marks(m, p);
    for (uint32_t i = 0; i < n; i++) {
        struct sorted *s = bucket(m, &m->by_mark, marks[i], true);
        if (!s)
            return short_of(err);
        if (look(s, item) != DGI_NONE)
            continue;
        uint64_t *mine = DGI_PUSH(m->a, p->marks, p->n_marks, p->cap_marks);
        if (!mine || !insert(m->a, s, p->key, 0))
            return short_of(err);
        *mine = marks[i];
    }
    return DG_OK;
}

static dg_status put_reads(void *self, dg_str pos, const uint64_t *reads, uint32_t n, bool gone, dg_error *err)
{
    dgi_ledger_memory *m = self;
    struct sheet *s = sheet_at(m, pos, true);
    if (!s)
        return short_of(err);
    for (uint32_t i = 0; i < s->n_reads; i++) {
        struct sorted *b = bucket(m, &m->by_read, s->reads[i], false);
        if (b)
            take_out(b, s->pos);
    }
    s->read = true;
    s->gone = gone;
    s->n_reads = 0;
    if (gone)
        return DG_OK;
    if (!(s->reads = dgi_arena_array(m->a, (size_t)n + 1, sizeof *s->reads)))
        return short_of(err);
    for (uint32_t i = 0; i < n; i++) {
        struct sorted *b = bucket(m, &m->by_read, reads[i], true);
        if (!b || !insert(m->a, b, s->pos, 0))
            return short_of(err);
        s->reads[s->n_reads++] = reads[i];
    }
    return DG_OK;
}

/* ---- the host ---- */
dgi_ledger_memory *dgi_ledger_memory_new(const struct dgi_ledger_host *base)
{
    dgi_arena *a = dgi_arena_new((size_t)8 << 30);
    dgi_ledger_memory *m = a ? dgi_arena_alloc(a, sizeof *m) : NULL;
    if (!m) {
        dgi_arena_free(a);
        return NULL;
    }
    m->a = a;
    m->base = base;
    m->host = (struct dgi_ledger_host){m,    marked,   head,      entries,  written,   next_reader,
                                       last, document, put_entry, put_head, put_marks, put_reads};
    return m;
}

void dgi_ledger_memory_free(dgi_ledger_memory *m)
{
    if (m)
        dgi_arena_free(m->a);
}

const struct dgi_ledger_host *dgi_ledger_memory_host(dgi_ledger_memory *m)
{
    return &m->host;
}

dg_status dgi_ledger_memory_changed(dgi_ledger_memory *m, dgi_arena *a, dg_str **items, uint32_t *n, dg_error *err)
{
    *n = 0;
    if (!(*items = dgi_arena_array(a, (size_t)m->page_order.n + 1, sizeof **items)))
        return short_of(err);
    for (uint32_t i = 0; i < m->page_order.n; i++)
        if (m->pages[m->page_order.of[i]].own)
            (*items)[(*n)++] = m->page_order.name[i];
    return DG_OK;
}

dg_status dgi_ledger_memory_put_document(dgi_ledger_memory *m, dg_str pos, const struct dgi_ev_doc *doc, dg_error *err)
{
    struct sheet *s = sheet_at(m, pos, true);
    if (!s)
        return short_of(err);
    s->doc = doc;
    return DG_OK;
}

static void dump_name(struct dgi_buf *out, dg_str name)
{
    for (size_t i = 0; i < name.len; i++)
        dgi_buf_printf(out, name.ptr[i] > ' ' && name.ptr[i] < 127 ? "%c" : "%02x", (unsigned char)name.ptr[i]);
}

static int by_u64(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

void dgi_ledger_memory_dump(dgi_ledger_memory *m, struct dgi_buf *out)
{
    for (uint32_t i = 0; i < m->page_order.n; i++) {
        struct page *p = &m->pages[m->page_order.of[i]];
        if (!p->has_head && !p->n_entries && !p->n_marks)
            continue;
        dump_name(out, p->key);
        dgi_buf_printf(out, " head %016llx", (unsigned long long)(p->has_head ? dgi_str_hash(p->head) : 0));
        qsort(p->marks, p->n_marks, sizeof *p->marks, by_u64);
        dgi_buf_printf(
            out, " marks %u %016llx", p->n_marks,
            (unsigned long long)dgi_str_hash((dg_str){(const char *)p->marks, p->n_marks * sizeof *p->marks}));
        for (uint32_t k = 0; k < p->n_entries; k++) {
            dgi_buf_printf(out, "\n  ");
            dump_name(out, p->entries[k].pos);
            dgi_buf_printf(out, " %016llx", (unsigned long long)dgi_str_hash(p->entries[k].blob));
        }
        dgi_buf_printf(out, "\n");
    }
    for (uint32_t i = 0; i < m->sheet_order.n; i++) {
        const struct sheet *s = &m->sheets[m->sheet_order.of[i]];
        if (!s->read || s->gone)
            continue;
        dump_name(out, s->pos);
        dgi_buf_printf(
            out, " reads %u %016llx\n", s->n_reads,
            (unsigned long long)dgi_str_hash((dg_str){(const char *)s->reads, s->n_reads * sizeof *s->reads}));
    }
}
