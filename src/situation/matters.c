/* SPDX-License-Identifier: Apache-2.0 */
/* situation/matters.c: the items in memory, how they are found, and the document at hand.
 *
 * Reads   parties of items and events; heads and entries from the host
 * Writes  items in memory, the marks under which they are found, the reads of the document at hand
 *
 * An item is found under four sorts of mark, all with its kind: the pair of two of its parties; one party, when one of its
 * sides is unknown; one party in a season in which it was heard of; the season alone. So a busy state does not hide its
 * quarrel with one neighbour behind all its other quarrels, and what a document looks at can be said in a few numbers: its
 * pairs, its parties, its kinds. What shares but one party with an event is found only when it was heard of within REACH_ONE
 * days, so a late document sets off replays no further than that, but for the matters it touches. */
#include <stdlib.h>

#include "situation/board.h"

/* ---- tables ---- */
bool dgi_map_put(struct map *t, dgi_arena *a, uint64_t hash, uint32_t index)
{
    if (!t->bits || t->n * 2 >= 1u << t->bits) {
        struct map grown = {.bits = t->bits ? t->bits + 1 : 8};
        if (!(grown.slots = dgi_arena_array(a, (size_t)1 << grown.bits, sizeof *grown.slots)))
            return false;
        for (uint32_t i = 0; t->bits && i < 1u << t->bits; i++)
            if (t->slots[i].index && !dgi_map_put(&grown, a, t->slots[i].hash, t->slots[i].index - 1))
                return false;
        *t = grown;
    }
    uint32_t mask = (1u << t->bits) - 1, i = (uint32_t)(hash ^ hash >> 29) & mask;
    while (t->slots[i].index)
        i = (i + 1) & mask;
    t->slots[i] = (struct map_slot){hash, index + 1};
    t->n++;
    return true;
}

uint32_t dgi_map_next(const struct map *t, uint64_t hash, uint32_t *at)
{
    if (!t->bits)
        return DGI_NONE;
    uint32_t mask = (1u << t->bits) - 1,
             i = *at == UINT32_MAX ? (uint32_t)(hash ^ hash >> 29) & mask : (*at + 1) & mask;
    for (; t->slots[i].index; i = (i + 1) & mask)
        if (t->slots[i].hash == hash) {
            *at = i;
            return t->slots[i].index - 1;
        }
    return DGI_NONE;
}

/* ---- board ---- */
dgi_board *dgi_board_new(const dgi_sit_rules *rules, size_t limit)
{
    dgi_arena *a = dgi_arena_new(limit ? limit : (size_t)2 << 30);
    dgi_board *b = a ? dgi_arena_alloc(a, sizeof *b) : NULL;
    if (!b) {
        dgi_arena_free(a);
        return NULL;
    }
    b->a = a;
    b->rules = rules;
    b->whole = true;
    b->reach_one = rules->scale.reach_one;
    b->reach_none = rules->scale.reach_none;
    return b;
}

void dgi_board_free(dgi_board *b)
{
    if (b)
        dgi_arena_free(b->a);
}

uint32_t dgi_board_n(const dgi_board *b)
{
    return b->n_items;
}
const struct dgi_sit_item *dgi_board_item(const dgi_board *b, uint32_t i)
{
    return &b->items[i]->it;
}

const struct dgi_sit_item *dgi_board_find(const dgi_board *b, dg_str id)
{
    uint32_t at = UINT32_MAX, i, first = DGI_NONE;
    while ((i = dgi_map_next(&b->by_id, dgi_str_hash(id), &at)) != DGI_NONE)
        if (i < first && dgi_str_eq(b->items[i]->it.id, id))
            first = i;
    return first == DGI_NONE ? NULL : &b->items[first]->it;
}

dg_status dgi_board_fail(dgi_board *b, dg_status st, const char *what)
{
    if (b->st == DG_OK)
        b->st = what ? dgi_fail(b->err, st, "%s", what) : st;
    return b->st;
}

static void no_memory(dgi_board *b)
{
    dgi_board_fail(b, DG_E_NOMEM, "no memory for the board");
}

int dgi_key_cmp(dg_str a, dg_str b)
{
    return dgi_str_cmp(a, b);
}

static struct matter *known(const dgi_board *b, dg_str key)
{
    uint32_t at = UINT32_MAX, i;
    while ((i = dgi_map_next(&b->by_key, dgi_str_hash(key), &at)) != DGI_NONE)
        if (dgi_str_eq(b->items[i]->it.key, key))
            return b->items[i];
    return NULL;
}

static struct matter *add_matter(dgi_board *b, dg_str key)
{
    struct matter *m = dgi_arena_alloc(b->a, sizeof *m),
                  **slot = m ? DGI_PUSH(b->a, b->items, b->n_items, b->cap_items) : NULL;
    if (!slot || !dgi_map_put(&b->by_key, b->a, dgi_str_hash(key), b->n_items - 1)) {
        no_memory(b);
        return NULL;
    }
    *slot = m;
    m->it.key = key;
    m->it.rules = b->rules;
    m->it.index = b->n_items - 1;
    return m;
}

static uint64_t seasons_of(const struct matter *m);

/* ---- items of the host ---- */
static bool fold_entry(dgi_board *b, struct matter *m, const struct dgi_ledger_entry *e)
{
    struct dgi_sit_change *lines;
    uint32_t n;
    bool shape;
    if (!dgi_entry_read(&m->it, e->pos, e->blob, &shape, &lines, &n, b->a)) {
        dgi_board_fail(b, DG_E_STORE, "an item of the board cannot be read: 'doctor' makes it again");
        return false;
    }
    m->f.pos = e->pos;
    for (uint32_t i = 0; i < n; i++)
        dgi_fold_line(&m->f, &lines[i], i == 0, 0);
    if (shape && !dgi_matter_parties(m, b->rules, b->a))
        no_memory(b);
    return b->st == DG_OK;
}

void dgi_board_advance(dgi_board *b, struct matter *m)
{
    while (m->next < m->n_entries && b->st == DG_OK && dgi_key_cmp(m->entries[m->next].pos, b->at) < 0)
        if (fold_entry(b, m, &m->entries[m->next])) {
            m->next++;
            m->marked = true;
            m->seasons = seasons_of(m);
        }
}

struct matter *dgi_board_matter(dgi_board *b, dg_str key)
{
    struct matter *m = known(b, key);
    if (m) {
        if (m->next < m->n_entries)
            dgi_board_advance(b, m);
        return b->st == DG_OK ? m : NULL;
    }
    dg_str head = {NULL, 0}, copy = dgi_arena_str(b->a, key);
    if (!copy.ptr) {
        no_memory(b);
        return NULL;
    }
    dg_status st = b->host->head(b->host->self, key, b->a, &head, b->err);
    if (st != DG_OK) {
        dgi_board_fail(b, st, NULL);
        return NULL;
    }
    b->n_loaded++;
    if (!(m = add_matter(b, copy)))
        return NULL;
    if (head.len && !dgi_head_read(m, head, b->a)) {
        dgi_board_fail(b, DG_E_STORE, "an item of the board cannot be read: 'doctor' makes it again");
        return NULL;
    }
    if (b->late && head.len && dgi_key_cmp(m->f.pos, b->at) >= 0) { /* as it stood before the document at hand */
        struct dgi_sit_item bare = {.key = m->it.key, .rules = b->rules, .index = m->it.index};
        m->it = bare;
        m->f = (struct fold){0};
        if ((st = b->host->entries(b->host->self, key, b->a, &m->entries, &m->n_entries, b->err)) != DG_OK) {
            dgi_board_fail(b, st, NULL);
            return NULL;
        }
        dgi_board_advance(b, m);
    }
    if (!dgi_matter_parties(m, b->rules, b->a))
        no_memory(b);
    m->marked = m->f.lines > 0; /* the host has it under the marks of this state */
    m->seasons = seasons_of(m);
    return b->st == DG_OK ? m : NULL;
}

/* ---- marks and reads ---- */
static uint64_t mix(uint64_t sort, uint64_t x, uint64_t y)
{
    uint64_t h = (sort * 0x9E3779B97F4A7C15u ^ x) * 0xC2B2AE3D27D4EB4Fu;
    h = ((h ^ h >> 32) ^ y) * 0x9E3779B97F4A7C15u;
    h ^= h >> 29;
    return h ? h : 1;
}

enum { OF_PAIR = 1, OF_LONELY, OF_ONE, OF_NONE };
static uint64_t pair_mark(uint8_t kind, uint64_t x, uint64_t y)
{
    return mix((uint64_t)OF_PAIR << 8 | kind, x < y ? x : y, x < y ? y : x);
}
static uint64_t lonely_mark(uint8_t kind, uint64_t x)
{
    return mix((uint64_t)OF_LONELY << 8 | kind, x, 0);
}
/* The season stands in front: what is written in one season is written side by side in a host that sorts by mark. */
static uint64_t seasonal(uint32_t season, uint64_t h)
{
    return (uint64_t)(season & 0xffffff) << 39 | h >> 25;
}
static uint64_t one_mark(uint8_t kind, uint64_t x, uint32_t season)
{
    return seasonal(season * (SEASON / STRAY_SEASON), mix((uint64_t)OF_ONE << 8 | kind, x, season));
}
static uint64_t none_mark(uint8_t kind, uint32_t season)
{
    return seasonal(season, mix((uint64_t)OF_NONE << 8 | kind, 0, season));
}
static uint64_t pair_read(uint64_t x, uint64_t y)
{
    return mix((uint64_t)OF_PAIR << 16, x < y ? x : y, x < y ? y : x);
}
static uint64_t one_read(uint64_t x)
{
    return mix((uint64_t)OF_ONE << 16, x, 0);
}
uint64_t dgi_read_of(uint64_t handle)
{
    return one_read(handle);
}
static uint64_t none_read(uint8_t kind)
{
    return mix((uint64_t)OF_NONE << 16 | kind, 0, 0);
}

enum { BEFORE_ALL = 800000 }; /* days from before the year 0 to 1970 */
static uint32_t season_of(int32_t day, int32_t length)
{
    if (day == DGI_NO_DAY)
        return 0;
    int64_t d = (int64_t)day + BEFORE_ALL;
    return d < 0 ? 1 : (uint32_t)(d / length) + 1;
}
static int32_t season_starts(uint32_t season, int32_t length)
{
    int64_t d = season ? (int64_t)(season - 1) * length - BEFORE_ALL : DGI_NO_DAY;
    return d > INT32_MAX ? INT32_MAX : (int32_t)d;
}

static uint64_t seasons_of(const struct matter *m)
{
    return (uint64_t)season_of(m->f.last.reported, SEASON) << 32 | season_of(m->f.last.reported, STRAY_SEASON);
}

/* Kinds of which an item can be meant though it shares no party: the same number, day and place, or plain words. */
static bool has_strays(uint8_t kind)
{
    return kind == DGI_IT_TOLL || kind <= DGI_IT_COMMITMENT || kind == DGI_IT_MEETING || kind == DGI_IT_AGREEMENT ||
           kind == DGI_IT_SANCTION || kind == DGI_IT_HOSTILITY;
}

/* Kinds that stand for decades with him whose word, paper or land it is: "went back on its word" names but one of them. */
static bool stands_alone(uint8_t kind)
{
    return kind == DGI_IT_COMMITMENT || kind == DGI_IT_AGREEMENT || kind == DGI_IT_CONTROL;
}

static bool one_sided(const struct matter *m)
{
    if (stands_alone(m->it.kind))
        return true;
    bool has[2] = {false, false};
    for (uint32_t i = 0; i < m->it.n_parties; i++)
        if (!m->it.parties[i].inferred)
            has[m->it.parties[i].side & 1] = true;
    return !has[0] || !has[1];
}

static uint32_t paired(uint32_t n)
{
    return n < MOST_PAIRED ? n : MOST_PAIRED;
}

/* seasons: those alone that are new with a season. */
static void marks_of(const struct matter *m, bool seasons, dgi_mark_fn *fn, void *user)
{
    uint8_t kind = m->it.kind;
    uint32_t season = season_of(m->f.last.reported, SEASON), n = m->it.n_parties;
    bool lonely = one_sided(m);
    for (uint32_t i = 0; i < n; i++)
        for (uint8_t h = 0; h < m->party[i].n_handles; h++) {
            uint64_t x = m->party[i].handle[h];
            for (uint32_t k = i + 1; k < paired(n) && !seasons; k++)
                for (uint8_t g = 0; g < m->party[k].n_handles; g++)
                    fn(user, pair_mark(kind, x, m->party[k].handle[g]), DGI_NO_DAY);
            if (lonely && !seasons)
                fn(user, lonely_mark(kind, x), DGI_NO_DAY);
            fn(user, one_mark(kind, x, season), season_starts(season, SEASON));
        }
    season = season_of(m->f.last.reported, STRAY_SEASON);
    if (has_strays(kind))
        fn(user, none_mark(kind, season), season_starts(season, STRAY_SEASON));
}

void dgi_marks_of(const struct matter *m, dgi_mark_fn *fn, void *user)
{
    marks_of(m, false, fn, user);
}

static void touch_pair(const dgi_sit_rules *r, uint64_t x, uint64_t y, dgi_touch_fn *fn, void *user)
{
    uint32_t n;
    fn(user, pair_read(x, y), FOR_GOOD);
    const uint64_t *kin = dgi_kin(r, x, &n);
    for (uint32_t i = 0; i < n; i++)
        fn(user, pair_read(kin[i], y), FOR_GOOD);
    kin = dgi_kin(r, y, &n);
    for (uint32_t i = 0; i < n; i++)
        fn(user, pair_read(x, kin[i]), FOR_GOOD);
}

void dgi_touches_of(const dgi_sit_rules *r, const struct matter *m, dgi_touch_fn *fn, void *user)
{
    enum reach one = one_sided(m) ? FOR_GOOD : FOR_ONE;
    for (uint32_t i = 0; i < m->it.n_parties; i++)
        for (uint8_t h = 0; h < m->party[i].n_handles; h++) {
            uint64_t x = m->party[i].handle[h];
            uint32_t n;
            for (uint32_t k = i + 1; k < paired(m->it.n_parties); k++)
                for (uint8_t g = 0; g < m->party[k].n_handles; g++)
                    touch_pair(r, x, m->party[k].handle[g], fn, user);
            fn(user, one_read(x), one);
            const uint64_t *kin = dgi_kin(r, x, &n);
            for (uint32_t k = 0; k < n; k++)
                fn(user, one_read(kin[k]), one);
        }
    if (has_strays(m->it.kind))
        fn(user, none_read(m->it.kind), FOR_NONE);
}

static void note_read(dgi_board *b, uint64_t read)
{
    if (!b->host)
        return;
    if (!b->read_bits || b->n_reads * 2 >= 1u << b->read_bits) {
        uint32_t bits = b->read_bits ? b->read_bits + 1 : 6, n = b->read_bits ? 1u << b->read_bits : 0;
        uint64_t *old = b->reads, *neu = dgi_arena_array(b->tmp, (size_t)1 << bits, sizeof *neu);
        if (!neu) {
            no_memory(b);
            return;
        }
        b->reads = neu;
        b->read_bits = bits;
        b->n_reads = 0;
        for (uint32_t i = 0; i < n; i++)
            if (old[i])
                note_read(b, old[i]);
    }
    uint32_t mask = (1u << b->read_bits) - 1, i = (uint32_t)(read >> 11) & mask;
    while (b->reads[i] && b->reads[i] != read)
        i = (i + 1) & mask;
    b->n_reads += !b->reads[i];
    b->reads[i] = read;
}

static int by_u64(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

const uint64_t *dgi_board_reads(dgi_board *b, uint32_t *n)
{
    uint64_t *out = dgi_arena_array(b->tmp, (size_t)b->n_reads + 1, sizeof *out);
    *n = 0;
    if (!out) {
        no_memory(b);
        return NULL;
    }
    for (uint32_t i = 0; b->read_bits && i < 1u << b->read_bits; i++)
        if (b->reads[i])
            out[(*n)++] = b->reads[i];
    qsort(out, *n, sizeof *out, by_u64);
    return out;
}

/* ---- lists under a mark ---- */
/* The list under a mark, made when it is not there. DGI_NONE: nothing can be under it, or, unless `make`, it would be empty. */
static uint32_t list_of(dgi_board *b, uint64_t mark, int32_t since, bool make)
{
    uint32_t at = UINT32_MAX, i = dgi_map_next(&b->by_mark, mark, &at);
    bool empty = b->whole || since > b->host_day; /* the host cannot have any that is not here */
    if (i != DGI_NONE || make != empty)
        return i;
    struct marked *l = DGI_PUSH(b->a, b->marked, b->n_marked, b->cap_marked);
    if (!l || !dgi_map_put(&b->by_mark, b->a, mark, b->n_marked - 1)) {
        no_memory(b);
        return DGI_NONE;
    }
    l->mark = mark;
    l->more = !empty;
    return b->n_marked - 1;
}

static void insert_ref(dgi_board *b, struct marked *l, struct matter *m)
{
    uint32_t at = l->n;
    int c = 1;
    while (at && (c = dgi_key_cmp(l->refs[at - 1].key, m->it.key)) > 0)
        at--;
    if (at && !c) {
        l->refs[at - 1].m = m;
        return;
    }
    if (!at && l->more) /* the host gives it with the older ones */
        return;
    struct ref *r = DGI_PUSH(b->a, l->refs, l->n, l->cap);
    if (!r) {
        no_memory(b);
        return;
    }
    memmove(l->refs + at + 1, l->refs + at, (l->n - 1 - at) * sizeof *r);
    l->refs[at] = (struct ref){m->it.key, m};
}

/* Older ones from the host, in front of the list; how many. */
static uint32_t page_older(dgi_board *b, struct marked *l)
{
    enum { LEAST = 32, MOST = 1024 };
    dg_str *keys;
    uint32_t n = 0, most = l->n < LEAST ? LEAST : l->n < MOST ? l->n : MOST;
    dg_status st =
        b->host->marked(b->host->self, l->mark, l->n ? l->refs[0].key : (dg_str){"", 0}, most, b->a, &keys, &n, b->err);
    if (st != DG_OK) {
        dgi_board_fail(b, st, NULL);
        return 0;
    }
    l->more = n == most;
    if (!n)
        return 0;
    struct ref *neu = dgi_arena_array(b->a, (size_t)l->n + n + 4, sizeof *neu);
    if (!neu) {
        no_memory(b);
        return 0;
    }
    for (uint32_t i = 0; i < n; i++)
        neu[n - 1 - i] = (struct ref){keys[i], NULL};
    if (l->n)
        memcpy(neu + n, l->refs, l->n * sizeof *neu);
    l->refs = neu;
    l->n += n;
    l->cap = l->n + 4;
    return n;
}

/* A list that is not here and may have older ones in the host is left there: it comes with this one when it is asked for. */
static void put_mark(void *user, uint64_t mark, int32_t since)
{
    void **u = user;
    dgi_board *b = u[0];
    uint32_t l = list_of(b, mark, since, true);
    if (l != DGI_NONE)
        insert_ref(b, &b->marked[l], u[1]);
}

/* The same among what the document at hand wrote. */
static void put_mark_here(void *user, uint64_t mark, int32_t since)
{
    (void)since;
    void **u = user;
    dgi_board *b = u[0];
    uint32_t at = UINT32_MAX, i = dgi_map_next(&b->here_by_mark, mark, &at);
    if (i == DGI_NONE) {
        i = b->n_here;
        struct marked *l = DGI_PUSH(b->tmp, b->here, b->n_here, b->cap_here);
        if (!l || !dgi_map_put(&b->here_by_mark, b->tmp, mark, i)) {
            no_memory(b);
            return;
        }
        l->mark = mark;
    }
    struct marked *l = &b->here[i];
    struct ref *r = DGI_PUSH(b->tmp, l->refs, l->n, l->cap);
    if (r)
        *r = (struct ref){.m = u[1]};
    else
        no_memory(b);
}

struct keep_marks {
    dgi_board *b;
    uint64_t *marks;
    uint32_t n, cap;
};
static void keep_mark(void *user, uint64_t mark, int32_t since)
{
    (void)since;
    struct keep_marks *k = user;
    uint64_t *slot = DGI_PUSH(k->b->tmp, k->marks, k->n, k->cap);
    if (slot)
        *slot = mark;
    else
        no_memory(k->b);
}

void dgi_board_marks(dgi_board *b, struct matter *m)
{
    bool seasons = m->marked && !m->remark;
    if (seasons && m->seasons == seasons_of(m))
        return;
    b->puts[m->it.kind]++;
    m->marks_new = seasons && m->marks_new != MARKS_ALL ? MARKS_SEASONS : MARKS_ALL;
    m->marked = true;
    m->remark = false;
    m->seasons = seasons_of(m);
    marks_of(m, seasons, put_mark_here, (void *[]){b, m});
}

void dgi_board_end(dgi_board *b)
{
    for (uint32_t i = 0; i < b->n_wrote && b->st == DG_OK; i++) {
        struct matter *m = b->wrote[i];
        bool seasons = m->marks_new == MARKS_SEASONS;
        if (m->marks_new == MARKS_NONE || !m->f.lines)
            continue;
        m->marks_new = MARKS_NONE;
        if (b->host) { /* the host first: a list that is not here yet comes from there */
            struct keep_marks k = {.b = b};
            marks_of(m, seasons, keep_mark, &k);
            dg_status st = b->st == DG_OK && k.n
                               ? b->host->put_marks(b->host->self, m->it.key, k.marks, k.n, false, b->err)
                               : b->st;
            if (st != DG_OK)
                dgi_board_fail(b, st, NULL);
        }
        marks_of(m, seasons, put_mark, (void *[]){b, m});
    }
}

void dgi_board_between(dgi_board *b, dgi_arena *tmp, dg_error *err)
{
    b->tmp = tmp;
    b->err = err;
    b->st = DG_OK;
    b->wrote = NULL;
    b->n_wrote = b->cap_wrote = 0;
    b->reads = NULL;
    b->n_reads = b->read_bits = 0;
    b->here = NULL;
    b->n_here = b->cap_here = 0;
    b->here_by_mark = (struct map){0};
    memset(b->answers, 0, sizeof b->answers);
}

/* ---- the document at hand ---- */
void dgi_board_begin(dgi_board *b, dg_str at, int32_t reported, dgi_arena *tmp, dg_error *err)
{
    bool again = b->doc && dgi_str_eq(b->at, at); /* on a board two documents may have one name */
    b->at = at;
    b->reported = reported;
    b->doc++;
    b->n_opened = again ? b->n_opened : 0;
    dgi_board_between(b, tmp, err);
}

struct matter *dgi_board_open(dgi_board *b)
{
    size_t n = b->at.len;
    char *p = dgi_arena_alloc(b->a, n + 4);
    if (!p) {
        no_memory(b);
        return NULL;
    }
    memcpy(p, b->at.ptr, n);
    for (int i = 0; i < 4; i++)
        p[n + (size_t)i] = (char)(b->n_opened >> (24 - 8 * i));
    b->n_opened++;
    dg_str key = {p, n + 4};
    struct matter *m = b->late ? known(b, key) : NULL; /* what the document opened here before */
    if (!m && !(m = add_matter(b, key)))
        return NULL;
    if (b->late && b->st == DG_OK) {
        struct dgi_sit_item bare = {.key = m->it.key, .rules = b->rules, .index = m->it.index};
        m->it = bare;
        m->f = (struct fold){0};
        m->marked = m->remark = false;
        m->marks_new = MARKS_NONE;
    }
    dgi_board_wrote(b, m);
    m->reshaped = true;
    return m;
}

static void note_before(void *user, uint64_t read, enum reach reach)
{
    void **u = user;
    dgi_board *b = u[0];
    struct matter *m = u[1];
    struct touch *t = DGI_PUSH(b->tmp, m->before, m->n_before, m->cap_before);
    if (t)
        *t = (struct touch){read, reach};
    else
        no_memory(b);
}

void dgi_board_wrote(dgi_board *b, struct matter *m)
{
    if (m->doc != b->doc) {
        m->doc = b->doc;
        m->old = false;
        m->old_entry = (dg_str){NULL, 0};
        m->reshaped = false;
        if (b->host) {
            m->it.history = NULL;
            m->it.n_history = m->it.cap_history = 0;
        }
        m->from = m->it.n_history;
        m->before = NULL;
        m->n_before = m->cap_before = 0;
        if (b->late && m->f.lines)
            dgi_touches_of(b->rules, m, note_before, (void *[]){b, m});
        struct matter **w = DGI_PUSH(b->tmp, b->wrote, b->n_wrote, b->cap_wrote);
        if (!w)
            no_memory(b);
        else
            *w = m;
    }
}

/* ---- candidates ---- */
struct wanted {    /* what an item under a mark must be, now, to be meant */
    uint64_t x, y; /* handles, 0: any */
    int32_t reach; /* days, 0: without end */
    bool lonely;
    uint8_t kind;
};

static bool has_handle(const struct party *p, uint64_t h)
{
    for (uint8_t i = 0; i < p->n_handles; i++)
        if (p->handle[i] == h)
            return true;
    return false;
}

static bool meant(const dgi_board *b, const struct matter *m, const struct wanted *w)
{
    uint32_t n = w->y ? paired(m->it.n_parties) : m->it.n_parties;
    bool x = !w->x;
    if (m->it.kind != w->kind) /* the document that opened it says something else by now */
        return false;
    for (uint32_t i = 0; i < n && !x; i++)
        if (has_handle(&m->party[i], w->x)) {
            x = !w->y;
            for (uint32_t k = 0; k < n && !x; k++)
                x = k != i && has_handle(&m->party[k], w->y);
        }
    if (!x || (w->lonely && !one_sided(m)))
        return false;
    if (!w->reach)
        return true;
    if (b->reported == DGI_NO_DAY || m->f.last.reported == DGI_NO_DAY)
        return b->reported == m->f.last.reported;
    return (int64_t)m->f.last.reported + w->reach >= b->reported;
}

/* Takes m when it is meant and not there yet; true: it was taken. */
static bool take(struct list *out, dgi_board *b, struct matter *m, const struct wanted *w)
{
    if (m->stamp == b->stamp || !m->f.lines || !meant(b, m, w))
        return false;
    m->stamp = b->stamp;
    out->item[out->n++] = m;
    return true;
}

/* The newest `most` under a mark: what the document at hand wrote, then what was there before it. */
static void gather(struct list *out, dgi_board *b, uint64_t mark, uint32_t most, const struct wanted *w, int32_t since)
{
    uint32_t got = 0, slot = UINT32_MAX, h = dgi_map_next(&b->here_by_mark, mark, &slot);
    for (uint32_t i = h == DGI_NONE ? 0 : b->here[h].n; i-- > 0 && got < most && out->n < MOST_CANDIDATES;)
        got += take(out, b, b->here[h].refs[i].m, w);
    uint32_t at = list_of(b, mark, since, false);
    if (at == DGI_NONE)
        return;
    struct marked *l = &b->marked[at];
    for (uint32_t i = l->n; got < most && out->n < MOST_CANDIDATES && b->st == DG_OK;) {
        if (!i && (!l->more || !(i = page_older(b, l))))
            break;
        dg_str key = l->refs[--i].key;
        if (b->late && dgi_key_cmp(key, b->at) >= 0)
            continue; /* opened by this document in another life, or by a later one */
        struct matter *m = l->refs[i].m;
        if (!m || m->next < m->n_entries) {
            if (!(m = dgi_board_matter(b, key)))
                break;
            l->refs[i].m = m;
        }
        got += take(out, b, m, w);
    }
}

static void gather_pair(struct list *out, dgi_board *b, uint8_t kind, uint64_t x, uint64_t y)
{
    struct wanted w = {x, y, 0, false, kind};
    uint32_t n;
    note_read(b, pair_read(x, y));
    gather(out, b, pair_mark(kind, x, y), MOST_MARKED, &w, DGI_NO_DAY);
    const uint64_t *kin = dgi_kin(b->rules, x, &n);
    for (uint32_t i = 0; i < n; i++) {
        w.x = kin[i];
        gather(out, b, pair_mark(kind, kin[i], y), MOST_MARKED, &w, DGI_NO_DAY);
    }
    w.x = x;
    kin = dgi_kin(b->rules, y, &n);
    for (uint32_t i = 0; i < n; i++) {
        w.y = kin[i];
        gather(out, b, pair_mark(kind, x, kin[i]), MOST_MARKED, &w, DGI_NO_DAY);
    }
}

static void gather_one(struct list *out, dgi_board *b, uint8_t kind, uint64_t x, bool seasons)
{
    uint32_t n;
    const uint64_t *kin = dgi_kin(b->rules, x, &n);
    if (!seasons) {
        note_read(b, one_read(x));
        for (uint32_t i = 0; i <= n; i++) {
            uint64_t h = i ? kin[i - 1] : x;
            gather(out, b, lonely_mark(kind, h), MOST_MARKED, &(struct wanted){h, 0, 0, true, kind}, DGI_NO_DAY);
        }
        return;
    }
    uint32_t last = season_of(b->reported, SEASON),
             first = b->reported == DGI_NO_DAY ? last : season_of(b->reported - b->reach_one, SEASON);
    for (uint32_t i = 0; i <= n; i++)
        for (uint32_t s = last; s >= first; s--) {
            uint64_t h = i ? kin[i - 1] : x;
            gather(out, b, one_mark(kind, h, s), MOST_ONE, &(struct wanted){h, 0, b->reach_one, false, kind},
                   season_starts(s, SEASON));
            if (!s)
                break;
        }
}

static void gather_strays(struct list *out, dgi_board *b, uint8_t kind)
{
    note_read(b, none_read(kind));
    uint32_t last = season_of(b->reported, STRAY_SEASON);
    uint32_t first = b->reported == DGI_NO_DAY ? last : season_of(b->reported - b->reach_none, STRAY_SEASON),
             before = out->n;
    for (uint32_t s = last; s >= first && out->n - before < MOST_STRAYS; s--) {
        gather(out, b, none_mark(kind, s), MOST_STRAYS, &(struct wanted){0, 0, b->reach_none, false, kind},
               season_starts(s, STRAY_SEASON));
        if (!s)
            break;
    }
}

/* Each handle of the parties on one side, given once to fn. */
static uint32_t handles_of(uint64_t *out, uint32_t most, const struct party *p, uint32_t n)
{
    uint32_t k = 0;
    for (uint32_t i = 0; i < n; i++)
        for (uint8_t h = 0; h <= p[i].n_handles && k < most; h++) {
            uint64_t x = h < p[i].n_handles ? p[i].handle[h] : p[i].role ? HANDLE_ANYONE : 0;
            bool there = !x;
            for (uint32_t j = 0; j < k && !there; j++)
                there = out[j] == x;
            if (!there)
                out[k++] = x;
        }
    return k;
}

/* What an event asks for: its handles, as pairs and one by one. */
struct asked {
    uint64_t one[2 * MOST_PARTIES * (MOST_HANDLES + 1)], pair[2 * MOST_ASKED * (MOST_HANDLES + 1)];
    uint32_t n_one, n_pair;
    uint8_t kind;
    bool strays;
};

static uint64_t make_asked(struct asked *k, uint8_t kind, const struct roles *ro)
{
    uint32_t n_a = ro->n_a < MOST_PARTIES ? ro->n_a : MOST_PARTIES,
             n_b = ro->n_b < MOST_PARTIES ? ro->n_b : MOST_PARTIES;
    enum { ONE = sizeof k->one / sizeof *k->one / 2, PAIR = sizeof k->pair / sizeof *k->pair / 2 };
    /* pairs of what the first few parties are known by */
    uint32_t p = handles_of(k->pair, PAIR, ro->a, n_a < MOST_ASKED ? n_a : MOST_ASKED);
    k->n_pair = p + handles_of(k->pair + p, PAIR, ro->b, n_b < MOST_ASKED ? n_b : MOST_ASKED);
    uint32_t n = handles_of(k->one, ONE, ro->a, n_a);
    k->n_one = n + handles_of(k->one + n, ONE, ro->b, n_b);
    k->kind = kind;
    /* where a side is unknown the parties do not lead to it: the newest of these days */
    k->strays =
        has_strays(kind) && (kind == DGI_IT_TOLL || (kind <= DGI_IT_OFFER && !ro->n_a) || (!ro->n_a && !ro->n_b));
    uint64_t h = mix((uint64_t)kind << 1 | k->strays, k->n_one, k->n_pair);
    for (uint32_t i = 0; i < k->n_pair; i++)
        h = mix(h, k->pair[i], i);
    for (uint32_t i = 0; i < k->n_one; i++)
        h = mix(h, k->one[i], i);
    return h;
}

static void look_up(struct list *out, dgi_board *b, const struct asked *k)
{
    b->stamp++;
    out->n = 0;
    for (uint32_t i = 0; i < k->n_pair; i++)
        for (uint32_t j = i + 1; j < k->n_pair; j++)
            gather_pair(out, b, k->kind, k->pair[i], k->pair[j]);
    for (uint32_t i = 0; i < k->n_one; i++)
        gather_one(out, b, k->kind, k->one[i], false);
    for (uint32_t i = 0; i < k->n_one; i++)
        gather_one(out, b, k->kind, k->one[i], true);
    if (k->strays)
        gather_strays(out, b, k->kind);
}

/* The events of a document mostly have the same few parties: what one of them found the next one finds, until the document
 * puts an item of this kind under another mark. */
void dgi_candidates(struct list *out, dgi_board *b, uint8_t kind, const struct roles *ro)
{
    struct asked k;
    uint64_t key = make_asked(&k, kind, ro);
    struct answer *a = &b->answers[key % N_ANSWERS];
    if (a->list && a->key == key && a->puts == b->puts[kind]) {
        out->n = a->n;
        memcpy(out->item, a->list, a->n * sizeof *a->list);
        return;
    }
    look_up(out, b, &k);
    struct matter **list = out->n > a->cap ? dgi_arena_array(b->tmp, out->n, sizeof *list) : a->list;
    if (!list && !(list = dgi_arena_array(b->tmp, 1, sizeof *list))) {
        no_memory(b);
        return;
    }
    a->cap = out->n > a->cap ? out->n : a->cap;
    memcpy(list, out->item, out->n * sizeof *list);
    *a = (struct answer){key, list, out->n, a->cap, b->puts[kind]};
}

static int newer(const void *a, const void *b)
{
    const struct matter *x = *(struct matter *const *)a, *y = *(struct matter *const *)b;
    return dgi_key_cmp(y->it.key, x->it.key);
}

void dgi_newest_first(struct list *l)
{
    if (l->n > 1)
        qsort(l->item, l->n, sizeof l->item[0], newer);
}

/* ---- ids ---- */
bool dgi_board_named(dgi_board *b, const struct matter *m)
{
    if (b->host || dgi_map_put(&b->by_id, b->a, dgi_str_hash(m->it.id), m->it.index))
        return true;
    no_memory(b);
    return false;
}
