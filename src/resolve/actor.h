/* SPDX-License-Identifier: Apache-2.0 */
/* resolve/actor.h: who is meant? Mentions of countries, organisations, persons, groups and roles, with registry ids.
 *
 *   actor_find.c      where names and role nouns stand (candidates)
 *   actor_registry.c  what the tables say of them: states, orgs, persons and offices by date
 *   actor.c           the stage: country + role + organisation composed, entities and mentions written
 *   actor_settle.c    after the places: the land of bare people
 *   coref.c           names shortened, titles, nominals, pronouns
 *   actor_phrase.c    `dragoman actor PHRASE`, checks of the tables
 *
 * Tables (lexicon/): states, actor_words, orgs, groups, parties, persons, offices, roles, actor_traps, actor_nominals,
 * actor_cues, actor_first_names. Each explains its columns. */
#ifndef DGI_ACTOR_H
#define DGI_ACTOR_H

#include "base/error.h"
#include "base/table.h"
#include "doc/doc.h"

struct dgi_actors_ctx; /* read-only after opening: may be shared between threads */

/* Borrows `lex`. Fails with DG_E_MODEL when a table or column is missing. */
dg_status dgi_actors_open(struct dgi_actors_ctx **out, const dgi_lexicon *lex, const struct dgi_words *words,
                          dg_error *err);
void dgi_actors_close(struct dgi_actors_ctx *ctx);

/* The stage: fills doc->entities, doc->mentions, toks[].mention; needs the tree (dgi_tree_index) and tok.name. */
dg_status dgi_actors(struct dgi_actors_ctx *ctx, struct dgi_doc *doc, dg_error *err);

/* After the places: bare people of the land that they stand in ("police in Zomba") get its country. */
dg_status dgi_actor_settle(const struct dgi_actors_ctx *ctx, struct dgi_doc *doc, dg_error *err);

/* The entity of a state, added without a mention where the text does not name it; DGI_NONE: no memory, or `ctx` is NULL
 * and the text does not name it. */
uint32_t dgi_actor_state(const struct dgi_actors_ctx *ctx, struct dgi_doc *doc, const char *iso);

/* Whose a land of today was on a day: "SUN" of UKR in 1962 (resolve/owner.h). */
dg_str dgi_actor_land(const struct dgi_actors_ctx *ctx, dg_str iso, int32_t day);
/* The same for people of a state of whom nothing else is said, "role:ISO:CVL"; iso "": of nobody knows which. DGI_NONE: no memory. */
uint32_t dgi_actor_people(const struct dgi_actors_ctx *ctx, struct dgi_doc *doc, const char *iso);
/* A bare role ("role::MED") as one of that state, role:ISO:MED; the entity itself where it is none. */
uint32_t dgi_actor_of_land(const struct dgi_actors_ctx *ctx, struct dgi_doc *doc, uint32_t entity, const char *iso);

/* Entities that token `tok` stands for as a filler: one for most mentions, several for "Kenyan and Ugandan officials"
 * or "the two countries". Writes at most `max`, returns how many. 0: no mention. */
uint32_t dgi_actor_fillers(const struct dgi_doc *doc, uint32_t tok, uint32_t *out, uint32_t max);

/* ---- `dragoman actor PHRASE --date D` ---- */
struct dgi_actor_reading {
    dg_str actor, name, cameo, sectors, title;
    uint8_t type; /* enum dgi_entity_type */
    char country[4];
    dg_str office;    /* "president of Russia" when an office chose the person, else empty */
    int32_t from, to; /* days of the office or of the name; DGI_NO_DAY open */
    dg_str rows;      /* of the best reading: "lexicon/en/roles.tsv:12", '|' between */
};
/* Readings of `phrase` on `day` (DGI_NO_DAY: now unknown, latest holder), best first, into the arena. *n may be 0. */
dg_status dgi_actor_resolve_phrase(const struct dgi_actors_ctx *ctx, dgi_arena *arena, dg_str phrase, int32_t day,
                                   struct dgi_actor_reading **out, uint32_t *n, dg_error *err);

/* Is `id` an actor id that the registry can give (org:NATO, country:RUS, role:RUS:GOV), an id without its kind (NATO) or the
 * code of a state (RUS)? */
bool dgi_actor_known(const struct dgi_actors_ctx *ctx, dg_str id);

/* ---- `dragoman lexicon check` ---- */
/* Rules of the actor tables that concern one another: codes exist, dates in order, countries and persons known, aliases
 * with two owners. `tables` are all tables read; calls fault for each fault and returns how many. */
uint32_t dgi_actor_check(const struct dgi_tsv *tables, uint32_t n_tables, dgi_fault_fn *fault, void *user);

#endif
