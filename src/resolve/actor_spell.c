/* SPDX-License-Identifier: Apache-2.0 */
/* resolve/actor_spell.c: a name that no table has, one slip away from one that it has.
 *
 * Reads   a word or a name; actor_words, persons
 * Writes  row and phrase of the table
 *
 * "Isreali", "Khartum", "Viktor Yuschenko": one letter missing, too many, other or changed with its neighbour; two in a name of
 * ten letters and more. The first letter is right, and nothing else may be as near: asked only where nothing else fits. */
#include "base/utf8.h"
#include "resolve/actor_in.h"

enum { MOST_LETTERS = 48, SHORTEST = 6, LONG_NAME = 10, SHORTEST_PERSON = 10 };

struct letters {
    uint32_t c[MOST_LETTERS];
    uint32_t n;
};

static bool read_letters(dg_str s, struct letters *out)
{
    out->n = 0;
    for (size_t at = 0; at < s.len;) {
        if (out->n == MOST_LETTERS)
            return false;
        out->c[out->n++] = dgi_cp_lower(dgi_utf8_next(s, &at));
    }
    return true;
}

/* Damerau's distance (neighbours changed count one), or more than `most`. */
static uint32_t slips(const struct letters *a, const struct letters *b, uint32_t most)
{
    uint32_t row[3][MOST_LETTERS + 1];
    if (a->n > b->n + most || b->n > a->n + most)
        return most + 1;
    for (uint32_t j = 0; j <= b->n; j++)
        row[0][j] = j;
    for (uint32_t i = 1; i <= a->n; i++) {
        uint32_t *now = row[i % 3], *up = row[(i + 2) % 3], *two = row[(i + 1) % 3], best = now[0] = i;
        for (uint32_t j = 1; j <= b->n; j++) {
            uint32_t d = up[j - 1] + (a->c[i - 1] != b->c[j - 1]);
            if (up[j] + 1 < d)
                d = up[j] + 1;
            if (now[j - 1] + 1 < d)
                d = now[j - 1] + 1;
            if (i > 1 && j > 1 && a->c[i - 1] == b->c[j - 2] && a->c[i - 2] == b->c[j - 1] && two[j - 2] + 1 < d)
                d = two[j - 2] + 1;
            now[j] = d;
            best = d < best ? d : best;
        }
        if (best > most)
            return most + 1;
    }
    return row[a->n % 3][b->n];
}

static uint32_t nearest(const struct dgi_table *t, uint32_t phrases, uint32_t owner, dg_str word, uint32_t shortest,
                        dg_str *as)
{
    struct letters a, b;
    uint32_t found = DGI_NONE;
    bool two = false;
    if (word.len < shortest || !read_letters(word, &a) || a.n < shortest)
        return DGI_NONE;
    uint32_t most = a.n >= LONG_NAME ? 2 : 1, best = most + 1;
    for (uint32_t i = 0; i < t->n_rows; i++) {
        dg_str all = dgi_table_cell(t, i, phrases), one;
        while (dgi_str_next(&all, '|', &one)) {
            if (one.len + most < word.len || one.len > word.len + most + 4 || !read_letters(one, &b) || !b.n ||
                b.c[0] != a.c[0])
                continue;
            uint32_t d = slips(&a, &b, most);
            if (d > most || d > best)
                continue;
            two = d == best && found != DGI_NONE &&
                  !dgi_str_eq(dgi_table_cell(t, i, owner), dgi_table_cell(t, found, owner));
            if (d < best)
                two = false;
            best = d;
            found = i;
            *as = one;
        }
    }
    return two ? DGI_NONE : found;
}

uint32_t dgi_actor_misspelt_state(const struct dgi_actors_ctx *ctx, dg_str word, dg_str *as)
{
    return nearest(ctx->words, WD_PHRASES, WD_STATE, word, SHORTEST, as);
}

uint32_t dgi_actor_misspelt_person(const struct dgi_actors_ctx *ctx, dg_str name, dg_str *as)
{
    return dgi_str_find(name, DGI_S(" ")) == SIZE_MAX
               ? DGI_NONE
               : nearest(ctx->persons, PS_PHRASES, PS_ID, name, SHORTEST_PERSON, as);
}
