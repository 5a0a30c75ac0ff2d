/* SPDX-License-Identifier: Apache-2.0 */
/* clause/repair.h: what the parser is known to get wrong, each case a function of its own that can be switched off.
 *
 * Every repair has its measured gain in docs/stages/clause.md; `bench/repairs.sh` measures them again, one switched off at
 * a time. One that brings nothing is taken out: with a better parser it would do harm. Each answers as if the tree were
 * right where it does not apply. */
#ifndef DGI_REPAIR_H
#define DGI_REPAIR_H

#include "clause/reading.h"

/* clang-format off */
#define DGI_REPAIRS(X)                                                                                                 \
    X(LEMMA, "lemma") X(NOUN, "noun") X(TWO_TAGS, "two_tags") X(HEADLINE_VERB, "headline_verb")                        \
    X(FINITE_PARTNER, "finite_partner") X(GERUND_OF, "gerund_of") X(SWALLOWED, "swallowed_subject")                    \
    X(SPEAKER, "speaker") X(NESTED_AGENT, "nested_agent") X(NESTED, "nested_phrase") X(PARTICLE, "particle")           \
    X(LATER_OBJECT, "later_object") X(OBJECT_PHRASE, "object_phrase") X(PURPOSE, "purpose")                            \
    X(PARENTHESIS, "parenthesis") X(ADJUNCT_INFINITIVE, "adjunct_infinitive") X(RECIPIENT, "recipient")                \
    X(SET_OFF, "set_off") X(SAID_PARTNER, "said_partner") X(SPLIT_SUBJECT, "split_subject")
/* clang-format on */

enum dgi_repair {
#define DGI_REPAIR_ENUM(id, name) DGI_REPAIR_##id,
    DGI_REPAIRS(DGI_REPAIR_ENUM)
#undef DGI_REPAIR_ENUM
        DGI_N_REPAIR
};
extern const char *const dgi_repair_name[DGI_N_REPAIR];

static inline bool dgi_repairs(const struct dgi_reading *r, enum dgi_repair which)
{
    return !(r->off >> which & 1);
}

/* ---- of words: repair_words.c ---- */
/* Sets upos, form and lem of a token that the tagger or the lemmatiser took for something else. */
void dgi_repair_word(struct dgi_reading *r, uint32_t t);

/* ---- of the tree: repair.c ---- */
uint32_t dgi_partner(const struct dgi_reading *r, uint32_t v); /* what a coordinated word is coordinated with */
uint32_t dgi_head_of(const struct dgi_reading *r, uint32_t x); /* the head; of a coordinated word its partner */
bool dgi_is_gerund_of(const struct dgi_reading *r,
                      uint32_t v); /* a gerund that hangs on its own object as an adjective */
uint32_t dgi_swallowed_subject(const struct dgi_reading *r, uint32_t v); /* or DGI_NONE, as the next */
uint32_t dgi_split_subject(const struct dgi_reading *r, uint32_t v);
uint32_t dgi_particle_object(const struct dgi_reading *r, uint32_t v);
uint32_t dgi_speaker_verb(const struct dgi_reading *r, uint32_t x,
                          uint32_t h); /* whose participle of speech x is: h or one above */
/* Phrases with this preposition further down than they belong. */
void dgi_nested_agents(const struct dgi_reading *r, uint32_t v, struct dgi_fill *out);
void dgi_nested_phrases(const struct dgi_reading *r, uint32_t tok, uint32_t prep, struct dgi_fill *out);
void dgi_object_phrases(const struct dgi_reading *r, uint32_t v, uint32_t prep, struct dgi_fill *out);
uint32_t dgi_recipient(const struct dgi_reading *r, uint32_t v); /* hung on the object that he is offered */
uint32_t dgi_later_object(const struct dgi_reading *r, uint32_t v);
bool dgi_is_set_off(const struct dgi_reading *r,
                    uint32_t v); /* a participle between commas that was read as the main verb */
/* bidding.c: "Lay down your arms, the cardinal told the rebels": who says the imperative x, what the verb v says so, to whom */
uint32_t dgi_bid_by(const struct dgi_reading *r, uint32_t x);
uint32_t dgi_bidding(const struct dgi_reading *r, uint32_t v);
uint32_t dgi_bidden(const struct dgi_reading *r, uint32_t v);
void dgi_strayed_infinitives(const struct dgi_reading *r, uint32_t v, struct dgi_fill *out);
uint32_t dgi_parenthesis(const struct dgi_reading *r,
                         uint32_t v); /* what is said around a verb of saying in a parenthesis */

#endif
