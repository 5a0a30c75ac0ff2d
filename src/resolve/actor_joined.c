/* SPDX-License-Identifier: Apache-2.0 */
/* resolve/actor_joined.c: two or more states in one word, "Anglo-French", "Egyptian-Libyan", "US-Japan".
 *
 * Reads   tokens; actor_words (names and adjectives of states), cues `joined`, `descent`
 * Writes  candidates: one for the whole word, the first state its own, the others in cand.more
 *
 * The tree hangs the first part on the second or on the noun, as it comes; so the word is put together before anybody looks
 * at the tree. "Franco" and "Anglo" are states only here. What says where somebody comes from ("an Iranian-American
 * journalist", "Cuban-American voters") joins no two powers: the last word alone counts. */
#include "resolve/actor_in.h"

/* Row of actor_words for the part at tok; *len tokens, *prefix: it stands only before a hyphen. DGI_NONE: no state. */
static uint32_t part_at(struct resolver *r, uint32_t tok, uint32_t limit, uint32_t *len, bool *prefix)
{
    const struct dgi_table *t = r->ctx->words;
    const uint32_t *rows;
    uint32_t n = 0, cue;
    *len = 1;
    if ((*prefix = dgi_actor_row_of_cue(r->ctx, "joined", r->doc->toks[tok].form, &cue))) {
        if (!dgi_phrase_lookup(t, dgi_table_cell(r->ctx->cues, cue, CU_NOTE), &rows, &n))
            n = 0;
    } else {
        *len = dgi_phrase_match(t, r->doc, tok, limit, &rows, &n);
    }
    for (uint32_t i = 0; i < n && *len; i++) {
        dg_str kind = dgi_table_cell(t, rows[i], WD_KIND);
        if ((dgi_str_is(kind, "adj") || dgi_str_is(kind, "name")) && dgi_actor_valid(t, rows[i], WD_FROM, r->day))
            return rows[i];
    }
    return DGI_NONE;
}

static bool hyphen_at(const struct dgi_doc *doc, uint32_t tok, uint32_t limit)
{
    const struct dgi_tok *t = doc->toks;
    return tok + 1 < limit && (dgi_str_is(t[tok].form, "-") || dgi_str_is(t[tok].form, "–")) &&
           t[tok].start == t[tok - 1].end && t[tok + 1].start == t[tok].end && dgi_is_upper_initial(t[tok + 1].form);
}

uint32_t dgi_actor_joined(struct resolver *r, uint32_t tok, uint32_t limit, uint32_t longest)
{
    const struct dgi_table *t = r->ctx->words;
    uint32_t row[1 + MOST_ALSO], n = 0, at = tok, end = tok, len;
    bool prefix = false;
    if (!dgi_is_upper_initial(r->doc->toks[tok].form))
        return tok;
    while (n <= MOST_ALSO && at < limit && (row[n] = part_at(r, at, limit, &len, &prefix)) != DGI_NONE) {
        for (uint32_t i = 0; i < n; i++)
            if (dgi_str_eq(dgi_table_cell(t, row[i], WD_STATE), dgi_table_cell(t, row[n], WD_STATE)))
                return tok;
        n++;
        end = at + len;
        if (!hyphen_at(r->doc, end, limit))
            break;
        at = end + 1;
    }
    if (n < 2 || prefix || hyphen_at(r->doc, end, limit) || longest > end)
        return tok;
    struct cand *c = dgi_actor_add_word(r, row[n - 1], tok, end);
    if (!c)
        return tok;
    dgi_actor_iso(c->country, dgi_table_cell(t, row[0], WD_STATE));
    for (uint32_t i = 1; i < n; i++)
        dgi_actor_iso(c->more[i - 1], dgi_table_cell(t, row[i], WD_STATE));
    for (uint32_t i = 0; i + 1 < n; i++) {
        char iso[4];
        dgi_actor_iso(iso, dgi_table_cell(t, row[i], WD_STATE));
        dgi_actor_add_focus(r, iso, 1);
    }
    c->joined = true;
    return end;
}

/* "an Iranian-American journalist", "Cuban-American lawmakers": one land, and where the people's fathers came from. */
static bool tells_descent(const struct resolver *r, const struct cand *c)
{
    const struct cand *role = c->parent == DGI_NONE ? NULL : &r->cands[c->parent];
    if (!role || role->kind != C_ROLE)
        return false;
    dg_str kind = dgi_table_cell(r->ctx->roles, role->row, RL_KIND);
    if (!dgi_str_is(kind, "person") && !dgi_str_is(kind, "people"))
        return false;
    return !dgi_is_plural(r->doc, role->head) ||
           dgi_actor_cue(r->ctx, "descent-of", dgi_table_cell(r->ctx->roles, role->row, RL_CODE)) ||
           dgi_actor_cue(r->ctx, "descent", r->doc->toks[c->end - 1].form);
}

void dgi_actor_descent(struct resolver *r)
{
    for (uint32_t k = 0; k < r->n; k++) {
        struct cand *c = &r->cands[k];
        if (!c->joined || !tells_descent(r, c))
            continue;
        dgi_actor_iso(c->country, dgi_table_cell(c->t, c->row, WD_STATE));
        memset(c->more, 0, sizeof c->more);
    }
}
