/* SPDX-License-Identifier: Apache-2.0 */
/* resolve/actor_registry.c: look-ups in the actor tables: states, persons and offices by date.
 *
 * Nothing is copied at opening: the tables are mapped (base/table.h), and offices are found by binary search over their
 * sorted ids "RUS:president:2000-05-07". */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/day.h"
#include "base/utf8.h"
#include "resolve/actor_in.h"

struct need {
    const char *name;
    uint32_t cols;
    size_t at;
};
#define AT(f) offsetof(struct dgi_actors_ctx, f)
static const struct need needed_tables[] = {
    {"states", ST_COLS, AT(states)},       {"actor_words", WD_COLS, AT(words)},
    {"orgs", OG_COLS, AT(orgs)},           {"groups", OG_COLS, AT(groups)},
    {"parties", OG_COLS, AT(parties)},     {"persons", PS_COLS, AT(persons)},
    {"offices", OF_COLS, AT(offices)},     {"roles", RL_COLS, AT(roles)},
    {"actor_traps", TR_COLS, AT(traps)},   {"actor_nominals", NM_COLS, AT(nominals)},
    {"actor_cues", CU_COLS, AT(cues)},     {"actor_first_names", FN_COLS, AT(first_names)},
    {"numbers", 3, AT(numbers)},           {"cues", 7, AT(sayings)},
    {"gazetteer", 6, AT(places)},          {"gazetteer_towns", 6, AT(towns)},
    {"place_owners", OW_COLS, AT(owners)}, {"region_states", RS_COLS, AT(region_states)},
};

/* One row a feature, one column a class. A feature without a row, a weight that is no number: fails. */
static bool read_weights(const dgi_lexicon *lex, struct dgi_coref_weights *w, dg_error *err)
{
    const struct dgi_table *t = dgi_lexicon_table(lex, "coref_weights");
    if (!t || t->n_cols < 1 + DGI_N_COREF_CLASS)
        return dgi_fail(err, DG_E_MODEL, "lexicon table 'coref_weights' %s; run 'make' to compile the lexicon again",
                        t ? "has too few columns" : "is missing") == DG_OK;
    for (int f = 0; f < DGI_N_COREF_FEATURE; f++) {
        uint32_t row = dgi_table_find(t, dgi_str(dgi_coref_feature_name[f]));
        for (int c = 0; c < DGI_N_COREF_CLASS; c++) {
            dg_str cell = row == DGI_NONE ? dgi_str("") : dgi_table_cell(t, row, 1 + (uint32_t)c);
            int64_t n = 0;
            if (row == DGI_NONE || (cell.len && !dgi_str_int(cell, &n)) || n < INT16_MIN || n > INT16_MAX)
                return dgi_fail(err, DG_E_MODEL, "lexicon table 'coref_weights': no whole number for %s of %s",
                                dgi_coref_feature_name[f], dgi_coref_class_name[c]) == DG_OK;
            w->w[c][f] = (int16_t)n;
        }
    }
    return true;
}

dg_status dgi_actors_open(struct dgi_actors_ctx **out, const dgi_lexicon *lex, const struct dgi_words *words,
                          dg_error *err)
{
    struct dgi_actors_ctx *c = calloc(1, sizeof *c);
    *out = NULL;
    if (!c)
        return dgi_fail(err, DG_E_NOMEM, "no memory for the actor stage");
    c->lex = lex;
    c->fwords = words;
    for (size_t i = 0; i < sizeof needed_tables / sizeof *needed_tables; i++) {
        const struct dgi_table *t = dgi_lexicon_table(lex, needed_tables[i].name);
        if (!t || t->n_cols < needed_tables[i].cols) {
            free(c);
            return dgi_fail(err, DG_E_MODEL, "lexicon table '%s' %s; run 'make' to compile the lexicon again",
                            needed_tables[i].name, t ? "has too few columns" : "is missing");
        }
        memcpy((char *)c + needed_tables[i].at, &t, sizeof t);
    }
    if (!read_weights(lex, &c->coref, err)) {
        free(c);
        return DG_E_MODEL;
    }
    *out = c;
    return DG_OK;
}

void dgi_actors_close(struct dgi_actors_ctx *ctx)
{
    free(ctx);
}

int32_t dgi_actor_day(dg_str cell, bool end)
{
    struct dgi_day_range r;
    if (!cell.len || !dgi_day_parse(cell, &r))
        return DGI_NO_DAY;
    return end ? r.end : r.start;
}

bool dgi_actor_valid(const struct dgi_table *t, uint32_t row, uint32_t from_col, int32_t day)
{
    if (day == DGI_NO_DAY)
        return !dgi_table_cell(t, row, from_col + 1).len;
    int32_t from = dgi_actor_day(dgi_table_cell(t, row, from_col), false);
    int32_t to = dgi_actor_day(dgi_table_cell(t, row, from_col + 1), true);
    return (from == DGI_NO_DAY || from <= day) && (to == DGI_NO_DAY || day <= to);
}

dg_str dgi_actor_owner(const struct dgi_actors_ctx *ctx, const struct dgi_table *t, uint32_t row, int32_t day)
{
    double lat;
    if (!dgi_str_double(dgi_table_cell(t, row, GZ_LAT), &lat))
        lat = NAN;
    return dgi_owner_on(ctx->owners, dgi_table_cell(t, row, GZ_COUNTRY), dgi_str(""), dgi_table_cell(t, row, GZ_ADMIN1),
                        lat, day);
}

dg_str dgi_actor_land(const struct dgi_actors_ctx *ctx, dg_str iso, int32_t day)
{
    return dgi_owner_on(ctx->owners, iso, dgi_str(""), dgi_str(""), NAN, day);
}

void dgi_actor_iso(char out[4], dg_str cell)
{
    out[0] = 0;
    if (cell.len == 3) {
        memcpy(out, cell.ptr, 3);
        out[3] = 0;
    }
}

bool dgi_actor_is_state(const struct dgi_actors_ctx *ctx, dg_str iso)
{
    return iso.len == 3 && dgi_table_find(ctx->states, iso) != DGI_NONE;
}

bool dgi_actor_known(const struct dgi_actors_ctx *ctx, dg_str id)
{
    const struct dgi_table *tables[] = {ctx->orgs, ctx->groups, ctx->parties, ctx->persons};
    char iso[4] = "";
    size_t colon = dgi_str_find(id, DGI_S(":"));
    dg_str kind = colon == SIZE_MAX ? (dg_str){NULL, 0} : dgi_str_sub(id, 0, colon);
    dg_str rest = colon == SIZE_MAX ? id : dgi_str_sub(id, colon + 1, id.len);
    if (!kind.len || dgi_str_is(kind, "country") || dgi_str_is(kind, "role")) {
        if (rest.len >= 3 && (rest.len == 3 || (rest.ptr[3] == ':' && kind.len == 4)))
            for (int i = 0; i < 3; i++)
                iso[i] = rest.ptr[i] >= 'a' && rest.ptr[i] <= 'z' ? (char)(rest.ptr[i] - 32) : rest.ptr[i];
        if (iso[0] && dgi_actor_is_state(ctx, dgi_str(iso)))
            return true;
    }
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        if (dgi_table_find(tables[i], rest) != DGI_NONE)
            return true;
    return false;
}

dg_str dgi_actor_state_name(const struct dgi_actors_ctx *ctx, const char iso[4])
{
    uint32_t row = iso[0] ? dgi_table_find(ctx->states, dgi_str(iso)) : DGI_NONE;
    return row == DGI_NONE ? dgi_str(iso) : dgi_table_cell(ctx->states, row, ST_NAME);
}

dg_str dgi_actor_state_cameo(const struct dgi_actors_ctx *ctx, const char iso[4])
{
    uint32_t row = iso[0] ? dgi_table_find(ctx->states, dgi_str(iso)) : DGI_NONE;
    dg_str c = dgi_table_cell(ctx->states, row, ST_CAMEO);
    return c.len ? c : dgi_str(iso);
}

/* First row whose id is not before `key` in byte order. */
static uint32_t lower_bound(const struct dgi_table *t, dg_str key)
{
    uint32_t lo = 0, hi = t->n_rows;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (dgi_str_cmp(dgi_table_cell(t, mid, 0), key) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

/* Has the office passed from the holder of row a to that of row b, both in it on that day? Where one of them knows the day of it
 * more finely, that one decides; where both know the same year (or month) alone, its middle. Real terms overlap by days: the later one then. */
static bool handed_over(const struct dgi_table *t, uint32_t a, uint32_t b, int32_t day)
{
    enum { DAY_LEN = 10 }; /* YYYY-MM-DD */
    dg_str left = dgi_table_cell(t, a, OF_TO), came = dgi_table_cell(t, b, OF_FROM);
    size_t n = left.len < came.len ? left.len : came.len;
    if (day == DGI_NO_DAY || !n || n >= DAY_LEN || !dgi_str_eq(dgi_str_sub(left, 0, n), dgi_str_sub(came, 0, n)))
        return true;
    if (left.len != came.len)
        return left.len < came.len;
    int32_t from = dgi_actor_day(came, false), to = dgi_actor_day(left, true);
    return day - from > to - day;
}

uint32_t dgi_actor_office(const struct dgi_actors_ctx *ctx, dg_str owner, dg_str office, int32_t day)
{
    char buf[96];
    if (!owner.len || !office.len || owner.len + office.len + 3 > sizeof buf)
        return DGI_NONE;
    memcpy(buf, owner.ptr, owner.len);
    buf[owner.len] = ':';
    memcpy(buf + owner.len + 1, office.ptr, office.len);
    buf[owner.len + 1 + office.len] = ':';
    dg_str prefix = {buf, owner.len + office.len + 2};
    uint32_t best = DGI_NONE;
    for (uint32_t i = lower_bound(ctx->offices, prefix); i < ctx->offices->n_rows; i++) {
        if (!dgi_str_starts(dgi_table_cell(ctx->offices, i, OF_ID), prefix))
            break;
        if (day == DGI_NO_DAY || dgi_actor_valid(ctx->offices, i, OF_FROM, day))
            best = best == DGI_NONE || handed_over(ctx->offices, best, i, day) ? i : best;
    }
    return best;
}

uint32_t dgi_actor_office_of(const struct dgi_actors_ctx *ctx, dg_str owner, dg_str one, int32_t day)
{
    size_t colon = dgi_str_find(one, DGI_S(":"));
    if (one.len && one.ptr[0] == '=' && colon != SIZE_MAX) /* "=VAT:pontiff": there is only one */
        return dgi_actor_office(ctx, dgi_str_sub(one, 1, colon), dgi_str_sub(one, colon + 1, one.len), day);
    return dgi_actor_office(ctx, owner, one, day);
}

uint32_t dgi_actor_term(const struct dgi_actors_ctx *ctx, dg_str person, int32_t day, bool *current)
{
    const uint32_t *rows;
    uint32_t n, best = DGI_NONE;
    int32_t best_to = INT32_MIN;
    *current = false;
    if (!dgi_phrase_lookup(ctx->offices, person, &rows, &n))
        return DGI_NONE;
    for (uint32_t i = 0; i < n; i++) {
        int32_t from = dgi_actor_day(dgi_table_cell(ctx->offices, rows[i], OF_FROM), false);
        int32_t to = dgi_actor_day(dgi_table_cell(ctx->offices, rows[i], OF_TO), true);
        if (to == DGI_NO_DAY)
            to = INT32_MAX;
        bool leader = dgi_str_find(dgi_table_cell(ctx->offices, rows[i], OF_ID), DGI_S(":leader:")) != SIZE_MAX;
        bool now = day == DGI_NO_DAY ? to == INT32_MAX : from <= day && day <= to;
        if (now && (!*current || !leader)) { /* a real title says more than "leader" */
            best = rows[i];
            *current = true;
        } else if (!*current && (day == DGI_NO_DAY || from <= day) && to >= best_to) {
            best = rows[i];
            best_to = to;
        }
    }
    return best;
}

dg_str dgi_actor_term_sector(const struct dgi_actors_ctx *ctx, uint32_t term, bool current)
{
    static const char cue_set[] = "office-sector";
    char buf[64];
    dg_str id = dgi_table_cell(ctx->offices, term, OF_ID), owner, office;
    if (!current)
        return dgi_str("ELI");
    if (!dgi_str_next(&id, ':', &owner) || !dgi_str_next(&id, ':', &office) || office.len > 32)
        return dgi_str("GOV");
    int k = snprintf(buf, sizeof buf, "%s:%.*s", cue_set, (int)office.len, office.ptr);
    uint32_t row = dgi_table_find(ctx->cues, (dg_str){buf, (size_t)k});
    return row == DGI_NONE ? dgi_str("GOV") : dgi_table_cell(ctx->cues, row, CU_NOTE);
}

void dgi_actor_citizen(const struct dgi_actors_ctx *ctx, uint32_t person, uint32_t term, bool current, int32_t day,
                       char out[4])
{
    dgi_actor_iso(out, dgi_table_cell(ctx->persons, person, PS_COUNTRY));
    if (term != DGI_NONE && current) {
        dg_str id = dgi_table_cell(ctx->offices, term, OF_ID), owner;
        dgi_str_next(&id, ':', &owner);
        if (owner.len == 3 && owner.ptr[0] != '@')
            dgi_actor_iso(out, owner);
        return;
    }
    for (int k = 0; k < 2; k++) { /* the Soviet Union, then Russia */
        uint32_t row = dgi_table_find(ctx->states, dgi_str(out));
        if (row == DGI_NONE || day == DGI_NO_DAY)
            return;
        int32_t to = dgi_actor_day(dgi_table_cell(ctx->states, row, ST_TO), true);
        dg_str next = dgi_table_cell(ctx->states, row, ST_OF);
        if (to == DGI_NO_DAY || day <= to || next.len != 3)
            return;
        dgi_actor_iso(out, next);
    }
}

/* The closer the day to the years in which the person was in the news, the better; 1e9 and more: not at all. */
static double distance(const struct dgi_actors_ctx *ctx, uint32_t row, int32_t day)
{
    int32_t from = dgi_actor_day(dgi_table_cell(ctx->persons, row, PS_FROM), false);
    int32_t to = dgi_actor_day(dgi_table_cell(ctx->persons, row, PS_TO), true);
    if (day == DGI_NO_DAY)
        return to == DGI_NO_DAY ? 0 : 1e6 - to;
    if (from != DGI_NO_DAY && day < from)
        return (double)from - day;
    if (to != DGI_NO_DAY && day > to)
        return (double)day - to;
    return 0;
}

uint32_t dgi_actor_best_person(const struct dgi_actors_ctx *ctx, const uint32_t *rows, uint32_t n, int32_t day,
                               const char *country, bool family_only)
{
    uint32_t best = DGI_NONE;
    double best_score = 0;
    for (uint32_t i = 0; i < n && i < 256; i++) {
        double d = distance(ctx, rows[i], day), score = -d / 365.25;
        int64_t w = 0;
        dg_str c = dgi_table_cell(ctx->persons, rows[i], PS_COUNTRY);
        dgi_str_int(dgi_table_cell(ctx->persons, rows[i], PS_WEIGHT), &w);
        if (country && country[0] && !dgi_str_is(c, country))
            score -= 50;
        if (family_only && day != DGI_NO_DAY && d > 366 * 2)
            continue; /* a bare family name is news only while its bearer is */
        score += (double)w * 0.5;
        if (best == DGI_NONE || score > best_score) {
            best = rows[i];
            best_score = score;
        }
    }
    return best;
}

/* Base letters of U+00C0..U+017F; '?' where there is none. */
static const char latin[] = "AAAAAAACEEEEIIIIDNOOOOO?OUUUUYTsaaaaaaaceeeeiiiidnooooo?ouuuuyty"
                            "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIiIiJjKkkLlLlLlL"
                            "lLlNnNnNnnNnOoOoOoOoRrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs";

static uint32_t fold(uint32_t cp)
{
    if (cp >= 0xC0 && cp <= 0x17F && cp - 0xC0 < sizeof latin - 1)
        cp = (unsigned char)latin[cp - 0xC0];
    if (cp >= 0x1EA0 && cp <= 0x1EF9) { /* Vietnamese, coarse */
        static const char viet[] =
            "aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy";
        if (cp - 0x1EA0 < sizeof viet - 1)
            cp = (unsigned char)viet[cp - 0x1EA0];
    }
    if (cp == 0x218 || cp == 0x219 || cp == 0x259)
        cp = cp == 0x259 ? 'a' : 's';
    if (cp == 0x21A || cp == 0x21B)
        cp = 't';
    if (cp >= 'A' && cp <= 'Z')
        cp += 32;
    return cp < 0x80 ? cp : dgi_cp_lower(cp);
}

/* Hyphens, apostrophes and white space do not count: "Kim Jong-un", "Kim Jong Un". */
static uint32_t next_letter(dg_str s, size_t *at)
{
    while (*at < s.len) {
        uint32_t cp = dgi_utf8_next(s, at);
        if (cp == '-' || cp == '\'' || cp == ' ' || cp == '.' || cp == '\n' || cp == 0x2019 || cp == 0x2018 ||
            cp == 0x2010)
            continue;
        return fold(cp);
    }
    return 0;
}

bool dgi_fold_eq(dg_str a, dg_str b)
{
    size_t i = 0, j = 0;
    for (;;) {
        uint32_t x = next_letter(a, &i), y = next_letter(b, &j);
        if (x != y)
            return false;
        if (!x)
            return true;
    }
}

uint64_t dgi_fold_hash(dg_str a)
{
    uint64_t h = 14695981039346656037u;
    size_t i = 0;
    for (uint32_t x; (x = next_letter(a, &i)) != 0;)
        h = (h ^ x) * 1099511628211u;
    return h ^ h >> 29;
}

bool dgi_actor_row_of_cue(const struct dgi_actors_ctx *ctx, const char *kind, dg_str word, uint32_t *row)
{
    char buf[64];
    size_t k = strlen(kind);
    if (k + word.len + 1 > sizeof buf)
        return false;
    memcpy(buf, kind, k);
    buf[k] = ':';
    dg_str low = dgi_utf8_lower_buf(word, buf + k + 1, sizeof buf - k - 1);
    return (*row = dgi_table_find(ctx->cues, (dg_str){buf, k + 1 + low.len})) != DGI_NONE;
}

bool dgi_actor_cue(const struct dgi_actors_ctx *ctx, const char *kind, dg_str word)
{
    uint32_t row;
    return dgi_actor_row_of_cue(ctx, kind, word, &row);
}
