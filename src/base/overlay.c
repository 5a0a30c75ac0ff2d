/* SPDX-License-Identifier: Apache-2.0 */
/* base/overlay.c: a user's own rows laid over the compiled tables when a lexicon is opened. See table.h.
 *
 * Reads   DIR/TABLE.tsv, DIR/world/TABLE.tsv ...: rows with the columns of the built-in table of that name
 * Writes  the lexicon's tables: such a table is made anew in memory, the others stay mapped
 *
 * A row whose id the table has takes the place of that row; others are put where their id belongs, since offices and their like are
 * found by order. What is laid over holds until the lexicon is closed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/table_in.h"

enum { MOST_OWN_TABLES = 64 };

void dgi_own_free(struct dgi_own *own)
{
    if (!own)
        return;
    dgi_table_drop(&own->b);
    free(own->line);
    free(own->from);
    for (int i = 0; i < DGI_OWN_MOST; i++)
        free(own->path[i]);
    free(own);
}

static dg_str id_of(const struct dgi_tsv *t, uint32_t row)
{
    return t->cell[(size_t)row * t->n_cols];
}

static int compare(dg_str a, dg_str b)
{
    int c = memcmp(a.ptr, b.ptr, a.len < b.len ? a.len : b.len);
    return c ? c : (a.len > b.len) - (a.len < b.len);
}

struct own_row {
    dg_str id;
    uint32_t row;
};
static int by_id(const void *a, const void *b)
{
    const struct own_row *x = a, *y = b;
    int c = compare(x->id, y->id);
    return c ? c : (x->row > y->row) - (x->row < y->row);
}

/* The table being made: rows of the one below, and of one's own. */
struct merging {
    const struct dgi_table *t;
    const struct dgi_tsv *in;
    struct dgi_tsv out;
    struct dgi_own *own;
    const struct dgi_own *old;
    uint8_t which;
};

static void take_built(struct merging *m, uint32_t row)
{
    uint32_t n = m->out.n_rows++;
    for (uint32_t c = 0; c < m->t->n_cols; c++)
        m->out.cell[(size_t)n * m->t->n_cols + c] = dgi_table_cell(m->t, row, c);
    m->own->line[n] = m->t->line[row];
    m->own->from[n] = m->old ? m->old->from[row] : 0;
}

static void take_own(struct merging *m, uint32_t row)
{
    uint32_t n = m->out.n_rows++;
    memcpy(m->out.cell + (size_t)n * m->t->n_cols, m->in->cell + (size_t)row * m->t->n_cols,
           m->t->n_cols * sizeof *m->out.cell);
    m->own->line[n] = m->in->line[row];
    m->own->from[n] = m->which;
}

/* In order of ids where the table below is in order, else one's own at the end. */
static void merge(struct merging *m, const struct own_row *mine, uint32_t n_mine)
{
    bool sorted = true;
    for (uint32_t r = 1; r < m->t->n_rows && sorted; r++)
        sorted = compare(dgi_table_cell(m->t, r - 1, 0), dgi_table_cell(m->t, r, 0)) <= 0;
    uint32_t k = 0;
    for (uint32_t r = 0; r < m->t->n_rows; r++) {
        dg_str id = dgi_table_cell(m->t, r, 0);
        while (sorted && k < n_mine && compare(mine[k].id, id) < 0)
            take_own(m, mine[k++].row);
        struct own_row key = {id, 0};
        uint32_t lo = 0, hi = n_mine;
        while (lo < hi) { /* is the row replaced? */
            uint32_t mid = (lo + hi) / 2;
            if (by_id(&mine[mid], &key) < 0)
                lo = mid + 1;
            else
                hi = mid;
        }
        if (lo == n_mine || compare(mine[lo].id, id))
            take_built(m, r);
    }
    while (k < n_mine)
        take_own(m, mine[k++].row);
}

static void use_table(struct dgi_table *t, struct dgi_own *own)
{
    t->n_rows = own->b.shape[0];
    t->cell = own->b.cell;
    t->line = own->line;
    t->text = own->b.text;
    t->n_text = own->b.cell[(size_t)t->n_rows * t->n_cols];
    t->key = own->b.key;
    t->key_bits = (uint32_t)__builtin_ctzll(own->b.n_key);
    if (own->b.ph.slots) {
        t->phrase = own->b.ph.slots;
        t->phrase_rows = own->b.ph.rows;
        t->n_phrase_rows = own->b.ph.n_rows;
        t->phrase_bits = (uint32_t)__builtin_ctzll(own->b.ph.n_slots);
    }
    t->own_from = own->from;
    t->own_path = (const char *const *)own->path;
}

static dg_status lay_over(dgi_lexicon *lex, uint32_t k, const struct dgi_tsv *in, dgi_arena *a, dg_error *err)
{
    struct dgi_table *t = &lex->tables[k];
    uint32_t most = t->n_rows + in->n_rows;
    struct own_row *mine = dgi_arena_array(a, in->n_rows, sizeof *mine);
    struct merging m = {.t = t, .in = in, .old = lex->own[k], .own = calloc(1, sizeof *m.own)};
    m.which = (uint8_t)lex->n_own;
    m.out = (struct dgi_tsv){
        .name = t->name, .n_rows = 0, .n_cols = t->n_cols, .phrase_col = t->phrase_col, .fold = t->fold};
    m.out.cell = dgi_arena_array(a, (size_t)most * t->n_cols, sizeof *m.out.cell);
    if (!mine || !m.own || !m.out.cell || !(m.own->line = calloc(most, sizeof *m.own->line)) ||
        !(m.own->from = calloc(most, 1)))
        goto no_memory;
    for (int i = 0; i < DGI_OWN_MOST; i++)
        if (m.old && m.old->path[i] && !(m.own->path[i] = strdup(m.old->path[i])))
            goto no_memory;
    if (!(m.own->path[m.which - 1] = strdup(in->path.ptr)))
        goto no_memory;
    for (uint32_t r = 0; r < in->n_rows; r++)
        mine[r] = (struct own_row){id_of(in, r), r};
    qsort(mine, in->n_rows, sizeof *mine, by_id);
    merge(&m, mine, in->n_rows);
    m.out.line = m.own->line;
    if (!dgi_table_build(&m.own->b, &m.out))
        goto no_memory;
    for (size_t i = 0; i < (size_t)in->n_rows * in->n_cols; i++)
        lex->own_sum = lex->own_sum * 0x9E3779B97F4A7C15u + dgi_str_hash(in->cell[i]) + i;
    use_table(t, m.own);
    dgi_own_free(lex->own[k]);
    lex->own[k] = m.own;
    return DG_OK;
no_memory:
    dgi_own_free(m.own);
    return dgi_fail(err, DG_E_NOMEM, "no memory to lay %s over the lexicon", in->path.ptr);
}

struct first_fault {
    char text[400];
    uint32_t n;
};

static void keep_first(void *user, const char *file, uint32_t line, uint32_t field, const char *message)
{
    struct first_fault *f = user;
    if (!f->n++)
        snprintf(f->text, sizeof f->text, "%s:%u:%u: %s", file, line, field, message);
}

/* Which table the rows go over; faults of theirs are told. DGI_NONE: none. */
static uint32_t table_of(const dgi_lexicon *lex, const struct dgi_tsv *in, struct first_fault *f)
{
    char msg[160];
    for (uint32_t k = 0; k < lex->n; k++) {
        const struct dgi_table *t = &lex->tables[k];
        if (!dgi_str_eq(t->name, in->name))
            continue;
        if (in->n_rows && in->n_cols != t->n_cols) {
            snprintf(msg, sizeof msg, "a row has %u columns; those of '%.*s' have %u", in->n_cols, (int)t->name.len,
                     t->name.ptr, t->n_cols);
            keep_first(f, in->path.ptr, in->line[0], 1, msg);
        }
        for (uint32_t r = 0; r < in->n_rows; r++)
            if (!id_of(in, r).len)
                keep_first(f, in->path.ptr, in->line[r], 1, "a row needs an id");
        return k;
    }
    snprintf(msg, sizeof msg, "the lexicon has no table '%.*s'", (int)in->name.len, in->name.ptr);
    keep_first(f, in->path.ptr, 1, 1, msg);
    return DGI_NONE;
}

dg_status dgi_lexicon_overlay(dgi_lexicon *lex, const char *dir, dgi_rows_check *check, dg_error *err)
{
    struct first_fault f = {{0}, 0};
    uint32_t n = 0, faults = 0;
    dgi_arena *a = dgi_arena_new(0);
    struct dgi_tsv *in = a ? dgi_arena_array(a, MOST_OWN_TABLES, sizeof *in) : NULL;
    if (lex->n_own == DGI_OWN_MOST) {
        dgi_arena_free(a);
        return dgi_fail(err, DG_E_LIMIT, "%s: more than %d folders of own rows", dir, DGI_OWN_MOST);
    }
    lex->n_own++;
    dg_status st = in ? dgi_tsv_read_tree(in, MOST_OWN_TABLES, &n, a, dir, keep_first, &f, &faults, err)
                      : dgi_fail(err, DG_E_NOMEM, "no memory for the rows of %s", dir);
    for (uint32_t i = 0; st == DG_OK && i < n; i++) {
        uint32_t k = table_of(lex, &in[i], &f);
        if (check && k != DGI_NONE && !f.n)
            check(lex, &in[i], keep_first, &f);
        if (!f.n)
            st = lay_over(lex, k, &in[i], a, err);
    }
    dgi_arena_free(a);
    if (st == DG_OK && f.n)
        st = dgi_fail(err, DG_E_LEXICON, "%s%s", f.text, f.n > 1 ? " (and more)" : "");
    return st;
}
