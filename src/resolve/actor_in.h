/* SPDX-License-Identifier: Apache-2.0 */
/* resolve/actor_in.h: what the files of the actor stage share. Not for other rooms. */
#ifndef DGI_ACTOR_IN_H
#define DGI_ACTOR_IN_H

#include "clause/clause.h"
#include "doc/doc.h"
#include "resolve/actor.h"
#include "resolve/coref_rank.h"
#include "resolve/name_index.h"
#include "resolve/owner.h"

enum { GZ_KIND = 2, GZ_COUNTRY = 3, GZ_ADMIN1 = 4, GZ_LAT = 5 }; /* columns of gazetteer.tsv and gazetteer_towns.tsv */
/* Columns of the tables, 0-based, as in their header comments. */
enum { ST_ID, ST_NAME, ST_CAMEO, ST_FROM, ST_TO, ST_KIND, ST_OF, ST_COLS };
enum { WD_ID, WD_STATE, WD_KIND, WD_PHRASES, WD_FROM, WD_TO, WD_ROLE, WD_UNLESS, WD_COLS };
enum {
    OG_ID,
    OG_NAME,
    OG_PHRASES,
    OG_KIND,
    OG_COUNTRY,
    OG_CAMEO,
    OG_SECTORS,
    OG_FROM,
    OG_TO,
    OG_NOMINALS,
    OG_COLS,
    OG_SOURCE = OG_COLS
};
enum { PS_ID, PS_COUNTRY, PS_PHRASES, PS_GENDER, PS_SECTORS, PS_ORG, PS_FROM, PS_TO, PS_WEIGHT, PS_COLS };
enum { OF_ID, OF_TITLE, OF_PERSON, OF_FROM, OF_TO, OF_SOURCE, OF_COLS };
enum { RL_ID, RL_PHRASES, RL_KIND, RL_CODE, RL_SECTORS, RL_CAMEO, RL_POLITICAL, RL_HOME, RL_OFFICE, RL_COLS };
enum { TR_ID, TR_PHRASES, TR_AS, TR_COLS };
enum { NM_ID, NM_PHRASES, NM_OWNERS, NM_COLS };
enum { RS_ID, RS_PHRASES, RS_MEMBERS, RS_COLS };
enum { CU_ID, CU_NOTE, CU_COLS };
enum { FN_ID, FN_GENDER, FN_COLS };

struct dgi_actors_ctx {
    const dgi_lexicon *lex;
    const struct dgi_words *fwords; /* function words, for phrases that are no document */
    const struct dgi_table *states, *words, *orgs, *groups, *parties, *persons, *offices, *roles, *traps, *nominals,
        *region_states, *cues, *first_names, *numbers, *sayings, *places, *towns, *owners;
    struct dgi_coref_weights coref;
    /* bench/coref_dump.c: sees every question before it is answered; NULL. Off: the rules answer alone. */
    void (*coref_watch)(void *user, const struct dgi_doc *doc, uint32_t tok, const struct dgi_coref_case *x);
    void *coref_user;
    bool coref_off;
};

enum cand_kind {
    C_COUNTRY, /* name of a state, as such */
    C_ADJ,     /* "Russian": adjective, or people */
    C_DEMONYM, /* "Frenchmen" */
    C_CAPITAL, /* "Moscow": government or place */
    C_SEAT,    /* "the Kremlin": government */
    C_REGION,  /* part of a country: gives it to a phrase, is no actor */
    C_ORG,     /* row of orgs, groups or parties */
    C_UNKNOWN, /* organisation or group without a row */
    C_PERSON,
    C_ROLE,
    C_PRON,
    C_NOMINAL /* "the alliance", "the kingdom": an actor said by its kind */
};
enum { MOST_MODS = 4, MOST_ALSO = 5 };

struct cand { /* a place in the text where an actor may be meant */
    uint32_t first, end, head;
    uint8_t kind;
    uint8_t name_type;         /* C_UNKNOWN, C_PERSON: network's tag */
    const struct dgi_table *t; /* row's table, or NULL */
    uint32_t row;
    char country[4];
    uint32_t parent;          /* role candidate that this one modifies, DGI_NONE */
    uint32_t mods[MOST_MODS]; /* candidates that modify this role */
    uint8_t link[MOST_MODS];  /* enum mod_link */
    uint8_t n_mods;
    uint32_t nominal;         /* row of actor_nominals that the head also is, DGI_NONE */
    uint32_t person;          /* role: candidate of the person whose title it is; person: its title */
    uint32_t entity, entity2; /* after resolution */
    uint32_t also[MOST_ALSO]; /* further entities of the same head ("the two countries") */
    uint32_t mention;
    bool done, adjectival, locative, hidden; /* hidden: makes no mention of its own */
    bool led;                                /* "Saudi-led" */
    bool joined;                             /* "Anglo-French" */
    /* a role, composed */
    uint32_t org;                /* entity it belongs to (org, group), DGI_NONE */
    char more[MOST_ALSO][4];     /* further countries */
    dg_str code, sectors, cameo; /* of the role, or of the role inside it ("rebel leader") */
    bool former, deputy;         /* not the present holder of the office */
};
enum mod_link { L_ADJ, L_POSS, L_OF, L_IN, L_TO, L_FROM, L_FOR, L_APPOS };

struct ent_info {  /* beside doc->entities[i] */
    char gender;   /* 'm' 'f' or 0 */
    dg_str office; /* office code of a person's last title */
    const struct dgi_table *t;
    uint32_t row;
    uint32_t last_tok;  /* last mention */
    uint32_t last_name; /* last one that is no pronoun */
    uint32_t n_names;   /* mentions that are no pronouns */
    uint32_t n_places;  /* mentions that are only where something is */
    uint32_t last_subj; /* last mention as a subject, DGI_NONE */
    bool of_body;       /* a person who speaks for a body of many states: his own is no party */
};

struct resolver {
    struct dgi_actors_ctx *ctx;
    struct dgi_doc *doc;
    struct cand *cands;
    uint32_t n, cap;
    struct ent_info *info;
    uint32_t cap_info;
    uint32_t *ent_hash, ent_bits;
    uint32_t *tok_cand; /* [n_toks] candidate that covers the token, DGI_NONE */
    struct {
        char iso[4];
        uint32_t n;
    } focus[64];
    uint32_t n_focus;
    struct {
        char iso[4];
        uint32_t n;
    } named[64]; /* the same over the whole document, when it was asked for */
    uint32_t n_named;
    bool named_made;
    int32_t day;
    bool failed;                   /* memory */
    uint32_t *by_tok;              /* candidates in order of first token (indices) */
    dgi_arena *a;                  /* of this stage: gone at its end */
    struct dgi_name_index persons; /* entities that are persons, by name */
    struct dgi_name_index said;    /* candidates of several words, by text; made when first asked for */
    bool said_made;
    struct held {
        const char *list;
        bool has;
    } * held; /* lists of words looked for in the whole document */
    uint32_t n_held, cap_held;
    dg_str *titled; /* [n_toks] words in capitals as names are written; NULL: there are none */
};

/* ---- registry ---- */
int32_t dgi_actor_day(dg_str cell, bool end); /* YYYY, YYYY-MM, YYYY-MM-DD; end: last day; NO_DAY when empty */
bool dgi_actor_valid(const struct dgi_table *t, uint32_t row, uint32_t from_col, int32_t day); /* day inside from..to */
dg_str dgi_actor_state_name(const struct dgi_actors_ctx *ctx, const char iso[4]);
dg_str dgi_actor_state_cameo(const struct dgi_actors_ctx *ctx, const char iso[4]);
bool dgi_actor_is_state(const struct dgi_actors_ctx *ctx, dg_str iso);
/* Row of offices: who held `office` of `owner` ("RUS", "@NATO") on `day`; DGI_NONE. day NO_DAY: the last. */
uint32_t dgi_actor_office(const struct dgi_actors_ctx *ctx, dg_str owner, dg_str office, int32_t day);
/* The same for one field of roles' `office`, which may name its owner: "=VAT:pontiff". */
uint32_t dgi_actor_office_of(const struct dgi_actors_ctx *ctx, dg_str owner, dg_str one, int32_t day);
/* Row of offices that `person` held on `day` or nearest before; *current says which. DGI_NONE: none known. */
uint32_t dgi_actor_term(const struct dgi_actors_ctx *ctx, dg_str person, int32_t day, bool *current);
/* Sector of who holds the office of a row of offices: GOV but for those of `office-sector` in actor_cues; ELI afterwards. */
dg_str dgi_actor_term_sector(const struct dgi_actors_ctx *ctx, uint32_t term, bool current);
/* Of which state somebody is on the day: that of his office, else his own, or what came after it. */
void dgi_actor_citizen(const struct dgi_actors_ctx *ctx, uint32_t person, uint32_t term, bool current, int32_t day,
                       char out[4]);

/* actor_spell.c: row of actor_words, of persons that is meant by a slip of the pen, and as what it is written there; DGI_NONE */
uint32_t dgi_actor_misspelt_state(const struct dgi_actors_ctx *ctx, dg_str word, dg_str *as);
uint32_t dgi_actor_misspelt_person(const struct dgi_actors_ctx *ctx, dg_str name, dg_str *as);
/* Best row of persons among rows for day; score to compare; DGI_NONE. */
uint32_t dgi_actor_best_person(const struct dgi_actors_ctx *ctx, const uint32_t *rows, uint32_t n, int32_t day,
                               const char *country, bool family_only);
/* Whose the place of a row of gazetteer or gazetteer_towns was on the day. */
dg_str dgi_actor_owner(const struct dgi_actors_ctx *ctx, const struct dgi_table *t, uint32_t row, int32_t day);
void dgi_actor_iso(char out[4], dg_str cell);
bool dgi_fold_eq(dg_str a, dg_str b); /* same letters after accents and case are taken off */
uint64_t dgi_fold_hash(dg_str a);     /* equal for names that dgi_fold_eq takes for the same */
bool dgi_actor_cue(const struct dgi_actors_ctx *ctx, const char *kind, dg_str word);
bool dgi_actor_row_of_cue(const struct dgi_actors_ctx *ctx, const char *kind, dg_str word, uint32_t *row);

/* A power that broke away ("Biafra"), of groups: acts as a state while its dates last. */
static inline bool dgi_actor_broke_away(const struct dgi_table *t, uint32_t row)
{
    return dgi_str_is(dgi_table_cell(t, row, OG_KIND), "breakaway");
}

/* Offices of a leader of whatever it is: "leader", "leader.party". */
static inline bool dgi_office_leads(dg_str office)
{
    static const char leader_key[] = "leader";
    return dgi_str_starts(office, dgi_str(leader_key));
}

/* ---- noun phrases without a tree (actor_noun.c) ---- */
enum { DGI_NOUN_ROWS = 6 };
struct dgi_actor_noun {
    uint32_t head, inner;          /* rows of roles: the head; a role that tells more of it ("army chief"); DGI_NONE */
    char iso[4], also[4];          /* whose: a state, and another one */
    const struct dgi_table *org_t; /* or an organisation */
    uint32_t org_row;
    const struct dgi_table *person_t; /* who is named behind the head */
    uint32_t person_row;
    bool former, plural, strange; /* strange: a word before the head that no table knows */
    const struct dgi_table *own_t;
    uint32_t own_row;
    struct dgi_actor_row {
        const struct dgi_table *t;
        uint32_t row;
    } from[DGI_NOUN_ROWS]; /* rows that decided */
    uint32_t n_rows;
};
bool dgi_actor_noun(const struct dgi_actors_ctx *ctx, dg_str phrase, int32_t day, struct dgi_actor_noun *out);
bool dgi_actor_noun_people(const struct dgi_actor_noun *noun); /* org_t is a people ("Kurds") */

/* ---- find ---- */
void dgi_actor_find(struct resolver *r);
struct cand *dgi_actor_add_word(struct resolver *r, uint32_t row, uint32_t first,
                                uint32_t end); /* row of actor_words */
void dgi_actor_add_focus(struct resolver *r, const char iso[4], uint32_t n);
/* "Anglo-French" at tok: a candidate for both, and the token behind it; tok when there is none, or when another name goes on
 * to the token `longest`. */
uint32_t dgi_actor_joined(struct resolver *r, uint32_t tok, uint32_t limit, uint32_t longest);
void dgi_actor_descent(struct resolver *r); /* takes back those that say where somebody comes from */
bool dgi_is_upper_initial(dg_str s);

/* ---- resolve ---- */
uint32_t dgi_actor_entity(struct resolver *r, dg_str actor, dg_str name, uint8_t type);
dg_str dgi_actor_text(struct resolver *r, uint32_t first,
                      uint32_t end); /* words joined as the text has them, in one line */
void dgi_actor_resolve(struct resolver *r, uint32_t cand, int depth);
void dgi_actor_country_entity(struct resolver *r, struct cand *c, const char iso[4]);
bool dgi_actor_country_at_hand(struct resolver *r, const struct cand *c, char out[4], bool far);
/* Gives bare people of a land ("miners") the state that their text is about, if any. */
void dgi_actor_local_people(struct resolver *r, struct cand *c);

/* Does the noun at head speak? Subject of a verb of saying, "according to", "told by". */
bool dgi_actor_speaks(const struct resolver *r, uint32_t head);
uint32_t dgi_actor_focus(const struct resolver *r,
                         const char iso[4]); /* how often the document names words of a state */

/* ---- coref ---- */
void dgi_coref_person(struct resolver *r, struct cand *c); /* sets entity when the name is one seen before */
void dgi_coref_pronoun(struct resolver *r, struct cand *c);
void dgi_coref_nominal(struct resolver *r, struct cand *c);
/* regional.c: "the West African country": one of that region that was named before. True when c has its entity. */
bool dgi_coref_regional(struct resolver *r, struct cand *c);
uint32_t dgi_coref_same_kind(struct resolver *r, const struct cand *c);
uint32_t dgi_coref_members(struct resolver *r, const struct cand *c); /* the organisation whose "members" are meant */
uint32_t dgi_coref_same_noun(struct resolver *r, const struct cand *c);
bool dgi_coref_bears_title(const struct resolver *r, const struct cand *c, dg_str office, dg_str title);
/* Is the person, whom the tables know, of another kind than the description says? "The opposition leader" is no minister. */
bool dgi_coref_of_another_kind(const struct resolver *r, const struct cand *c, uint32_t entity);
uint32_t dgi_coref_titled(struct resolver *r, const struct cand *c, dg_str office, const char *country);

#endif
