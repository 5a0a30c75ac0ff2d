/* SPDX-License-Identifier: Apache-2.0 */
/* resolve/coref_rank.h: whom a pronoun or description means, by weights: every actor and thing spoken of shortly before is a
 * candidate, and "nobody" is one. Each has features, yes or no; the weights of lexicon/en/coref_weights.tsv add up; the highest
 * sum wins, of equal ones the nearer. Not for other rooms, but for bench/coref_dump.c. */
#ifndef DGI_COREF_RANK_H
#define DGI_COREF_RANK_H

#include <stdbool.h>
#include <stdint.h>

struct resolver;
struct cand;

/* What is asked about. Columns of coref_weights.tsv in this order. */
/* clang-format off */
#define DGI_COREF_CLASSES(X)                                                                                           \
    X(HE, "he") X(HIM, "him") X(HIS, "his") X(IT, "it") X(IT_OBJ, "it-object") X(ITS, "its")                            \
    X(THEY, "they") X(THEM, "them") X(THEIR, "their") X(PERSON, "person") X(PEOPLE, "people")
/* clang-format on */
enum dgi_coref_class {
#define DGI_COREF_CLASS_ENUM(id, name) DGI_COREF_##id,
    DGI_COREF_CLASSES(DGI_COREF_CLASS_ENUM)
#undef DGI_COREF_CLASS_ENUM
        DGI_N_COREF_CLASS
};

/* Of the candidate's last mention, unless said otherwise; a: what is asked about. */
/* clang-format off */
#define DGI_COREF_FEATURES(X)                                                                                          \
    /* how far */                                                                                                      \
    X(SAME, "same-sentence") X(PREV, "sentence-before") X(BACK2, "two-sentences-back") X(FAR, "farther-back")          \
    X(NEAREST, "nearest") X(SECOND, "second-nearest") X(LATER, "third-or-farther")                                     \
    /* what part of its clause */                                                                                      \
    X(SUBJ, "subject") X(OBJ, "object") X(OBL, "oblique") X(POSS, "owner") X(NMOD, "of-a-noun")                        \
    X(APPOS, "apposition") X(CONJ, "joined") X(LOC, "place") X(ADJ, "adjective")                                       \
    X(TOPIC, "first-of-its-sentence") X(MAIN, "main-subject") X(PARALLEL, "same-part-as-asked")                        \
    /* of what form */                                                                                                 \
    X(NAME, "name") X(NOMINAL, "description") X(PRONOUN, "pronoun") X(SAMEWORD, "same-pronoun")                        \
    /* who */                                                                                                          \
    X(T_PERSON, "is-person") X(T_STATE, "is-state") X(T_ORG, "is-organisation") X(T_GROUP, "is-group")                 \
    X(T_ONE, "is-somebody") X(T_MANY, "is-people") X(T_BODY, "is-body") X(T_PAIR, "is-several")                        \
    X(T_THING, "is-thing") X(T_THINGS, "is-things") X(T_HUMAN, "is-human-noun") X(GENDER, "gender-agrees")             \
    X(NOGENDER, "gender-unknown") X(PLURAL, "plural-form") X(UNPOLITICAL, "no-actor")                                  \
    /* how much the text speaks of him */                                                                              \
    X(ONCE, "said-once") X(OFTEN, "said-often") X(MOST, "said-most") X(WAS_SUBJ, "subject-before")                     \
    /* how the two hang together */                                                                                    \
    X(OWN_SUBJ, "subject-of-the-same-verb") X(REPORTED, "subject-of-the-verb-over-it")                                 \
    X(TOLD, "object-of-the-verb-over-it") X(MAINCL, "subject-of-its-main-clause")                                      \
    X(ADDRESSED, "is-addressed") X(QUOTE_OUT, "outside-the-quotation")                                                 \
    X(QUOTE_SPEAKER, "speaks-the-quotation") X(QUOTE_SAME, "inside-the-same-quotation")                                \
    X(THING_SUBJ, "thing-as-subject") X(THING_OBJ, "thing-as-object") X(THING_NEAR, "thing-nearest")                   \
    /* a description and whom it fits */                                                                               \
    X(SAMENOUN, "same-noun") X(TITLE, "same-title") X(OFFICE, "same-office") X(CODE, "same-kind")                      \
    X(CODE_OTHER, "other-kind") X(CODE_NONE, "kind-unknown") X(LAND, "same-state")                                     \
    X(LAND_OTHER, "other-state") X(FOCUS, "state-of-the-story") X(SAMECLAUSE, "in-the-same-clause")                    \
    X(OWN_WORD, "his-own") X(WITHIN, "inside-the-same-phrase") X(ONE_SAYS, "somebody-who-says-it")                     \
    /* the rules of coref.c */                                                                                         \
    X(RULE, "rules-say-so")                                                                                            \
    /* nobody */                                                                                                       \
    X(NOBODY, "nobody") X(N_RULE, "nobody-by-rules") X(N_EXPL, "nobody-empty-it")                                      \
    X(N_NONE, "nobody-else-there") X(N_ONE, "nobody-or-one") X(N_TELLS, "nobody-description-tells-more")               \
    X(N_SUBJ, "nobody-for-a-subject") X(N_QUOTE, "nobody-in-a-quotation") X(N_THE, "nobody-with-the")                  \
    X(N_RECEIVER, "nobody-for-a-receiver")
/* clang-format on */
enum dgi_coref_feature {
#define DGI_COREF_FEATURE_ENUM(id, name) DGI_COREF_F_##id,
    DGI_COREF_FEATURES(DGI_COREF_FEATURE_ENUM)
#undef DGI_COREF_FEATURE_ENUM
        DGI_N_COREF_FEATURE
};
extern const char *const dgi_coref_class_name[DGI_N_COREF_CLASS];
extern const char *const dgi_coref_feature_name[DGI_N_COREF_FEATURE];

enum { DGI_COREF_MOST = 32, DGI_COREF_WORDS = (DGI_N_COREF_FEATURE + 63) / 64 };

struct dgi_coref_option {
    uint32_t entity; /* DGI_NONE: a thing, or nobody */
    uint32_t tok;    /* head of the mention that is meant; DGI_NONE: nobody */
    bool several;    /* the mention stands for several actors */
    uint64_t f[DGI_COREF_WORDS];
    int32_t score;
};
struct dgi_coref_case {
    uint8_t cls;
    uint32_t n; /* option[0] is nobody, then from the nearest on */
    struct dgi_coref_option option[DGI_COREF_MOST + 1];
};

static inline bool dgi_coref_has(const struct dgi_coref_option *o, int f)
{
    return o->f[f / 64] >> (f % 64) & 1;
}

/* Weights in hundredths of log odds. */
struct dgi_coref_weights {
    int16_t w[DGI_N_COREF_CLASS][DGI_N_COREF_FEATURE];
};

/* c: a pronoun or description with what the rules say (entity, also; DGI_NONE: nothing). Leaves in c whom the weights say.
 * Looks at the last DGI_COREF_MOST candidates at most. */
void dgi_coref_rank(struct resolver *r, struct cand *c, uint8_t cls);

#endif
