/* SPDX-License-Identifier: Apache-2.0 */
/* resolve/place_in.h: what place.c (the record), place_find.c (pass 1: names) and place_choose.c (pass 2: which place) share. */
#ifndef DGI_PLACE_IN_H
#define DGI_PLACE_IN_H

#include <math.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "resolve/atoms.h"
#include "resolve/owner.h"
#include "resolve/place.h"

enum { GAZ, COUNTRY, REGION, TOWN, N_TABLES }; /* TOWN has the columns of GAZ */
/* columns */
enum { GAZ_ID = 0, GAZ_NAMES, GAZ_KIND, GAZ_ISO3, GAZ_ADMIN1, GAZ_LAT, GAZ_LON, GAZ_POP, GAZ_WEAK, GAZ_FAME, GAZ_COLS };
enum { CO_ISO3 = 0, CO_NAMES, CO_NAME, CO_ID, CO_LAT, CO_LON, CO_POP, CO_CAPITAL, CO_N, CO_ADJ, CO_COLS };
enum { RE_ID = 0, RE_NAMES, RE_KIND, RE_ISO3, RE_LAT, RE_LON, RE_GEONAMES, RE_ADMIN1, RE_COLS };
enum { PA_HOST = 0, PA_TOWN, PA_ADMIN1, PA_ISO3, PA_COLS };

enum {
    MOST_ROWS = 40 /* places of one name that are weighed */,
    MOST_ADMIN1 = 96 /* first-order regions of a document that are counted */,
    MOST_HOMES = 8 /* regions that may have a name that still tells of one */,
    MOST_TOKENS = 8 /* of a name */,
    RUN = 24,
    MOST_NAMES = 48 /* of a document that are weighed against each other */,
    BESIDE = 5
};

/* Weights of the choice, in powers of ten of inhabitants (place.c has the values, bench/place_fit.c fits them). */
enum weight {
    P_PEOPLE,
    P_FAME,
    P_TOWN,
    P_CAPITAL,
    P_SEAT,
    P_ADMIN1,
    P_ADMIN2,
    P_NATURAL,
    P_STATE,
    P_SITE,
    P_REGION,
    P_COUNTRY,
    P_STORY,
    P_HOME,
    P_LARGEST,
    P_ONLY_ONE,
    P_PAIR,
    P_WORDS,
    P_BESIDE,
    P_SENTENCE,
    P_SIBLING,
    P_THE,
    P_OTHER,
    P_NEAR,
    P_FAR,
    P_EVEN,
    P_PSTATE,
    P_PLAND,
    P_SHARP,
    P_BULK,
    P_PAPER_LAND,
    P_PAPER_STATE,
    P_PAPER_NEAR,
    N_WEIGHTS
};

struct dgi_place_ctx {
    const struct dgi_words *words;  /* of phrases that are no document */
    const struct dgi_table *cues;   /* lexicon/en/place_words.tsv */
    const struct dgi_table *papers; /* lexicon/world/paper_homes.tsv */
    const struct dgi_table *owners; /* lexicon/world/place_owners.tsv */
    const struct dgi_table *t[N_TABLES];
    dgi_arena *scratch;
    double w[N_WEIGHTS];
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

/* One of the places that a name may be. */
struct reading {
    double base;                       /* by itself and by the document's countries and states */
    float lat, lon;                    /* NaN: a state or a mountain, which lies about nothing */
    float boost;                       /* by what stands beside the name, where that says the most */
    float p;                           /* how likely */
    float near, state_near, land_near; /* the document's other names about it, in its state, in its country */
    uint32_t row, land, state;         /* hashes of country and state */
    uint8_t table;
    bool other; /* a small town with the name of a country or of another state */
};

/* A name of the document, once. */
struct name {
    uint64_t key; /* of its text (name_of) */
    const uint32_t *rows[N_TABLES];
    uint32_t n_rows[N_TABLES], n;
    struct reading *r;
};

/* What stands beside a name and may contain it: a country (by adjective or name) or a first-order region. */
struct beside {
    dg_str iso3[BESIDE];
    dg_str admin1[BESIDE]; /* with its country in iso3 */
    uint32_t from[BESIDE]; /* the name in the list that says it, or DGI_NONE */
    uint32_t n;
    bool spelt;                  /* the first of them stands behind a comma, and no list goes on: "Rome, Italy, said" */
    bool comma;                  /* it stands behind a comma: "Holliday, Mo." */
    dg_str own_iso3, own_admin1; /* what the name itself spoke for, which tells nothing about it */
    float own;
};

/* Other readings that names of the record share: a document repeats its names. */
struct shared {
    uint64_t key; /* 0: free */
    const struct dgi_place *others;
    uint32_t n;
};
enum { MOST_SHARED = 256 };

/* The last name of a person in the document, and how the network takes the word elsewhere. */
struct surname {
    uint64_t key;        /* hash of the word; 0: free */
    uint32_t full, town; /* ends names of persons; is taken for a place */
    bool place;          /* the text shows that it is one ("in Warden") */
};

struct work {
    struct shared shared[MOST_SHARED];
    struct dgi_place_ctx *ctx;
    const struct dgi_doc *doc;
    struct found_list list;
    struct found_list refused; /* names that their own sentence does not show to be places */
    float *country;            /* [rows of countries] how much the document speaks of it */
    struct admin1 admin1[MOST_ADMIN1];
    uint32_t n_admin1;
    uint8_t *mention; /* [tokens] of the name mention over it: 1 person, 2 organisation or group, 3 country or place */
    uint32_t *m_first, *m_end; /* [tokens] that mention's tokens */
    struct name *names;        /* [n_names] the names of the document, each once; past MOST_NAMES they stand alone */
    uint32_t n_names;
    struct surname *surname; /* [surname_mask + 1] last names of persons; NULL: none */
    uint64_t surname_mask;
    float home_lat, home_lon; /* of the paper that the document is from; NaN: not known */
    bool tags, upos;          /* is there anything of the network? */
};

/* ---- words ---- */
static inline bool starts_upper(dg_str w)
{
    size_t at = 0;
    if (!w.len)
        return false;
    if (!((unsigned char)w.ptr[0] & 0x80))
        return w.ptr[0] >= 'A' && w.ptr[0] <= 'Z';
    return dgi_cp_is_upper(dgi_utf8_next(w, &at));
}

static inline bool all_upper(dg_str w)
{
    for (size_t i = 0; i < w.len; i++)
        if (w.ptr[i] >= 'a' && w.ptr[i] <= 'z')
            return false;
    return true;
}

static inline bool in(const struct work *w, uint32_t t, enum dgi_word_set set)
{
    return dgi_tok_in(w->doc, t, set);
}

static inline dg_str form(const struct work *w, uint32_t t)
{
    return t < w->doc->n_toks ? w->doc->toks[t].form : (dg_str){NULL, 0};
}

/* Is this one of the kinds that lexicon/en/place_words.tsv gives a word? */
static inline bool in_place_set(const struct work *w, dg_str word, const char *kind)
{
    uint32_t row = word.len ? dgi_table_find(w->ctx->cues, word) : DGI_NONE;
    dg_str kinds = row == DGI_NONE ? (dg_str){NULL, 0} : dgi_table_cell(w->ctx->cues, row, 1), one;
    while (kinds.len && dgi_str_next(&kinds, '|', &one))
        if (dgi_str_is(one, kind))
            return true;
    return false;
}

static inline bool is_place_noun(const struct work *w, dg_str word)
{
    return in_place_set(w, word, "noun");
}

static inline bool is_person_title(const struct work *w, dg_str word)
{
    return in_place_set(w, word, "title");
}

static inline bool is_town_table(uint8_t table)
{
    return table == GAZ || table == TOWN;
}

static inline double row_number(const struct dgi_table *t, uint32_t row, uint32_t col)
{
    double v;
    return dgi_str_double(dgi_table_cell(t, row, col), &v) ? v : NAN;
}
/* The same for "KABUL" and "Kabul". */
static inline uint64_t name_of(const struct work *w, const struct found *f)
{
    char buf[96];
    dg_str text = dgi_str_sub(w->doc->text, w->doc->toks[f->tok].start, w->doc->toks[f->tok + f->n_tok - 1].end);
    return dgi_str_hash(text.len < sizeof buf ? dgi_utf8_lower_buf(text, buf, sizeof buf) : text);
}

static inline uint32_t country_row(const struct dgi_place_ctx *ctx, dg_str iso3)
{
    return iso3.len == 3 ? dgi_table_find(ctx->t[COUNTRY], iso3) : DGI_NONE;
}

static inline dg_str row_country(const struct dgi_place_ctx *ctx, uint8_t table, uint32_t row)
{
    return dgi_table_cell(ctx->t[table], row, is_town_table(table) ? GAZ_ISO3 : table == COUNTRY ? CO_ISO3 : RE_ISO3);
}

static inline dg_str row_admin1(const struct dgi_place_ctx *ctx, uint8_t table, uint32_t row)
{
    return table == COUNTRY ? (dg_str){NULL, 0}
                            : dgi_table_cell(ctx->t[table], row, is_town_table(table) ? GAZ_ADMIN1 : RE_ADMIN1);
}

/* place_find.c */
void dgi_pl_tag_run(const struct dgi_doc *doc, uint32_t t, uint32_t *first, uint32_t *end);
bool dgi_pl_adjective(const struct work *w, uint32_t tok, uint32_t n, uint32_t row);
dg_status dgi_pl_find(struct work *w, dg_error *err);
dg_status dgi_pl_revive(struct work *w, dg_error *err);
/* place_choose.c */
void dgi_pl_count(struct work *w);
bool dgi_pl_weigh(struct work *w);
/* Which of what stands beside a name contains the reading; DGI_NONE: nothing does. */
uint32_t dgi_pl_within(const struct work *w, const struct choice *c, const struct beside *b);
void dgi_pl_add_beside(const struct dgi_place_ctx *ctx, struct beside *b, const struct found *f, uint32_t from,
                       bool regions);
void dgi_pl_look_beside(const struct work *w, uint32_t i, struct beside *b);
bool dgi_pl_choose(const struct work *w, uint32_t at, const struct beside *b, struct choice *best, struct choice *every,
                   uint32_t *n);
const struct name *dgi_pl_name(const struct work *w, const struct found *f);
double dgi_pl_score(const struct work *w, uint8_t table, uint32_t row, const struct beside *b);

#endif
