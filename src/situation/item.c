/* SPDX-License-Identifier: Apache-2.0 */
/* situation/item.c: positions, the fold of a history, an item from its entries.
 *
 * Reads   lines of history; entries as blobs
 * Writes  struct fold, struct dgi_sit_item */
#include "situation/board.h"

/* ---- positions ---- */
enum { DAY_BYTES = 4 };

static void put_day(char *p, int32_t day)
{
    uint32_t v = (uint32_t)day ^ UINT32_C(0x80000000); /* DGI_NO_DAY, the smallest, first */
    for (int i = 0; i < DAY_BYTES; i++)
        p[i] = (char)(v >> (24 - 8 * i));
}

/* A zero byte of the text becomes 0 255, the end is 0 1: so a text sorts before what it begins. */
static size_t put_text(char *p, dg_str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++) {
        p[n++] = s.ptr[i];
        if (!s.ptr[i])
            p[n++] = (char)255;
    }
    p[n++] = 0;
    p[n++] = 1;
    return n;
}

dg_str dgi_ledger_pos(dgi_arena *a, int32_t reported, dg_str id, dg_str key)
{
    if (id.len > UINT32_MAX / 8 || key.len > UINT32_MAX / 8)
        return (dg_str){NULL, 0};
    char *p = dgi_arena_alloc(a, DAY_BYTES + 2 * (id.len + key.len) + 4);
    if (!p)
        return (dg_str){NULL, 0};
    put_day(p, reported);
    size_t n = DAY_BYTES + put_text(p + DAY_BYTES, id);
    n += put_text(p + n, key);
    return (dg_str){p, n};
}

int32_t dgi_ledger_pos_day(dg_str pos)
{
    uint32_t v = 0;
    if (pos.len < DAY_BYTES)
        return DGI_NO_DAY;
    for (int i = 0; i < DAY_BYTES; i++)
        v = v << 8 | (unsigned char)pos.ptr[i];
    return (int32_t)(v ^ UINT32_C(0x80000000));
}

dg_str dgi_ledger_pos_after(int32_t day, char buf[8])
{
    size_t n = DAY_BYTES;
    put_day(buf, day == INT32_MAX ? day : day + 1);
    if (day == INT32_MAX) /* after all there can be */
        while (n < 8)
            buf[n++] = (char)255;
    return (dg_str){buf, n};
}

/* ---- the fold ---- */
void dgi_fold_line(struct fold *f, const struct dgi_sit_change *c, bool new_doc, uint32_t doc)
{
    struct told t = {c->date, c->reported, c->status, doc};
    if (!f->lines++) {
        *f = (struct fold){.lines = 1, .first = t, .first_text = c->ev_text, .pos = f->pos, .due = DGI_NO_DAY};
        f->state.opened = f->state.since = f->state.last = DGI_NO_DAY;
        f->state.deadline.start = f->state.deadline.end = f->state.when.start = f->state.when.end = DGI_NO_DAY;
        f->when = f->state.when;
    }
    f->last = t;
    if (c->status != DGI_IS_NONE && (f->cur.status == DGI_IS_NONE || c->date >= f->cur.date))
        f->cur = t;
    f->counted = c->n_quantities > 0;
    f->value = f->counted ? c->quantities[0].value : 0;
    f->claimed = c->n_claimed_by > 0;
    f->claimant = f->claimed ? c->claimed_by[0] : (struct dgi_ev_actor){0};
    if (c->when.start != DGI_NO_DAY)
        f->when = c->when;
    if (c->place)
        f->place = c->place;
    if (c->due && c->date > f->due)
        f->due = c->date;
    dgi_state_add(&f->state, c, new_doc || f->lines == 1, c->reported != DGI_NO_DAY ? c->reported : c->date);
}

struct dgi_item_state dgi_fold_state(const struct dgi_sit_item *it, const struct fold *f)
{
    struct dgi_item_state s = f->state;
    bool cur = f->cur.status != DGI_IS_NONE;
    s.status = cur ? f->cur.status : f->first.status;
    s.since = cur ? f->cur.date : s.opened;
    dgi_state_close(it, &s);
    s.due = dgi_status_waits(s.status) && f->due != DGI_NO_DAY && (!cur || f->due >= f->cur.date);
    return s;
}

bool dgi_matter_parties(struct matter *m, const dgi_sit_rules *r, dgi_arena *a)
{
    if (m->it.n_parties > m->cap_party) {
        uint32_t cap = m->it.n_parties < 4 ? m->it.n_parties : MOST_PARTIES;
        struct party *p = dgi_arena_array(a, cap, sizeof *p);
        if (!p)
            return false;
        m->party = p;
        m->cap_party = cap;
    }
    for (uint32_t i = 0; i < m->it.n_parties; i++)
        dgi_party_make(&m->party[i], r, &m->it.parties[i].actor);
    dgi_party_make(&m->cond, r, &m->it.cond_actor);
    return true;
}

/* ---- whole items ---- */
dg_status dgi_ledger_item(const dgi_sit_rules *rules, dg_str item, const struct dgi_ledger_entry *entries, uint32_t n,
                          dg_str before, dgi_arena *a, const struct dgi_sit_item **out, dg_error *err)
{
    struct dgi_sit_item *it = dgi_arena_alloc(a, sizeof *it);
    *out = NULL;
    if (!it)
        return dgi_fail(err, DG_E_NOMEM, "no memory for an item");
    it->key = item;
    it->rules = rules;
    for (uint32_t i = 0; i < n && (!before.len || dgi_key_cmp(entries[i].pos, before) < 0); i++) {
        struct dgi_sit_change *lines;
        uint32_t n_lines;
        bool shape;
        if (!dgi_entry_read(it, entries[i].pos, entries[i].blob, &shape, &lines, &n_lines, a))
            return dgi_fail(err, DG_E_STORE, "an item of the board cannot be read: 'doctor' makes it again");
        if (!it->n_history) {
            it->history = lines;
            it->n_history = it->cap_history = n_lines;
            continue;
        }
        for (uint32_t k = 0; k < n_lines; k++) {
            struct dgi_sit_change *c = DGI_PUSH(a, it->history, it->n_history, it->cap_history);
            if (!c)
                return dgi_fail(err, DG_E_NOMEM, "no memory for an item");
            *c = lines[k];
        }
    }
    if (it->n_history)
        *out = it;
    return DG_OK;
}
