/* SPDX-License-Identifier: Apache-2.0 */
/* situation/rules.h: the compiled tables of the board; inside src/situation only. */
#ifndef DGI_SITUATION_RULES_H
#define DGI_SITUATION_RULES_H

#include "situation/scale.h"
#include "situation/situation.h"

struct kind_law {              /* a row of item_kinds.tsv */
    uint8_t role[2];           /* of each side */
    uint64_t statuses, closed; /* bit per status */
    int32_t silence;           /* days after which it is lapsed, 0: it stands */
    bool due;                  /* its deadline makes it due */
};
struct deed { /* of threat_deeds.tsv: codes or beginnings of codes */
    char threat[5], deed[5];
};

enum words_of {
    WORDS_CONDITION_NOT,
    WORDS_CONTENT_LEAD,
    WORDS_CONTENT_NEVER,
    WORDS_CONTENT_RELATIVE,
    WORDS_KNOWN,
    WORDS_SINCE,
    WORDS_DEMAND,
    WORDS_OFFER,
    WORDS_PLURAL,
    WORDS_QUESTION,
    WORDS_IT,
    WORDS_AS,
    WORDS_AND,
    WORDS_COOPERATION,
    WORDS_TALKS,
    WORDS_TIES,
    WORDS_TOLL_NEW,
    WORDS_TRUCE,
    WORDS_CLAUSES, /* a step that is one clause of what is demanded */
    WORDS_BLOW,
    WORDS_BETWEEN,      /* what a third party asks of two, or offers to them */
    WORDS_BETWEEN_TEXT, /* the two, as the sentence calls them */
    WORDS_FIGHT_AGAIN,  /* the fighting is taken up again */
    WORDS_VAGUE,        /* a threat that says no more than that something will come */
    N_WORDS_OF
};
enum words_how { WORDS_AS_KEY, WORDS_AS_PART, WORDS_AS_BEGINNING, WORDS_AS_WHOLE, WORDS_AS_END };

enum rule_do { DO_OPEN, DO_SET, DO_MOVE, DO_ANSWER, DO_OWN, DO_NONE };
enum rule_who { WHO_ST, WHO_BOTH, WHO_MEMBER_S, WHO_MEMBER_T, WHO_TOLL, WHO_SAYS };
enum cond_type {
    COND_TRIGGER,
    COND_KEY,
    COND_CODE,
    COND_QUANTITY,
    COND_PARTIES,
    COND_ORG,
    COND_CONTENT,
    COND_TOP,
    COND_SOMEONE,
    COND_PLACE,
    COND_TOWN,
    COND_CONDITION,
    COND_OF,
    COND_OWN,
    COND_LEAD,
    COND_FRAME,
    COND_ARMS,
    COND_SAY,
    COND_BEFORE,
    COND_INSIDE,
    COND_EVIDENCE,
    COND_MOUTH
};

struct rule_cond {
    uint8_t type;
    bool negate;
    dg_str list;
};
enum { MOST_CONDS = 7, MOST_BLOCS = 64 };
struct rule {
    dg_str id, codes;
    int32_t rank;
    uint8_t kind, action, to, who;
    bool partisan; /* only by one who has a counterpart in the document */
    bool actual, future, hypothetical, positive, negative;
    struct rule_cond conds[MOST_CONDS];
    uint8_t n_conds;
};
struct bloc {
    dg_str id, name, members;
    bool loose; /* a way of speaking ("the Arab states"), no body that acts */
};
struct dgi_sit_rules {
    dgi_arena *arena;
    struct scale scale;
    struct kind_law kinds[DGI_N_ITEM_KIND];
    struct deed *deeds;
    uint32_t n_deeds;
    struct rule *rules; /* by kind, then falling rank */
    uint32_t n_rules;
    uint32_t first[DGI_N_ITEM_KIND + 1];
    struct bloc blocs[MOST_BLOCS];
    uint32_t n_blocs;
    uint64_t *land;              /* [26^3] bit per bloc that holds the state with this code */
    struct dgi_kinship *kinship; /* party.c */
    uint64_t barred[DGI_N_ITEM_KIND][DGI_N_ITEM_STATUS]
                   [2]; /* to a status: bit per status from which a mention never leads to it; not
                                                               without a later day */
    struct {
        dg_str list;
        uint8_t how;
    } words[N_WORDS_OF];
    uint64_t *stop; /* sorted hashes */
    uint32_t n_stop;
};

struct source { /* either of the two forms of a table */
    const struct dgi_table *table;
    const struct dgi_tsv *tsv;
    const char *name;    /* "world/blocs" */
    dgi_fault_fn *fault; /* NULL: a fault is only the error */
    void *user;
};
uint32_t dgi_source_rows(const struct source *s);
dg_str dgi_source_cell(const struct source *s, uint32_t row, uint32_t col);
/* DG_E_LEXICON, "file:line:field: message"; col from 0. The file is the user's own where the row is. */
dg_status dgi_row_fail(const struct source *s, uint32_t row, uint32_t col, dg_error *err, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));
dg_status dgi_table_lacks(const struct source *s, const char *id, dg_error *err); /* id NULL: it has no row at all */

/* kinds.c */
dg_status dgi_kinds_read(dgi_sit_rules *r, const struct source *t, dg_error *err);

/* scale.c */
dg_status dgi_scale_read(dgi_sit_rules *r, const struct source *t, dg_error *err);
dg_status dgi_deeds_read(dgi_sit_rules *r, const struct source *t, dg_error *err);
/* Of a threat whose words are no event by themselves ("to occupy them"): the deed that its code names. Empty: none. */
const char *dgi_threatened_deed(const dgi_sit_rules *r, const char *cameo);

/* law.c */
uint64_t dgi_statuses_parse(dg_str list); /* "a|b", "!a|b", "*" as bits; 0: there is an unknown word */
dg_status dgi_law_read(dgi_sit_rules *r, const struct source *t, dg_error *err);
dg_status dgi_words_read(dgi_sit_rules *r, const struct source *t, dg_error *err);
/* Would `to` be a step back that a mere mention must not take? later: it is told of a later day than `cur`. */
bool dgi_step_back(const dgi_sit_rules *r, uint8_t kind, uint8_t cur, uint8_t to, bool later);
/* The length of the one that the text has, 0: none. */
size_t dgi_has_words(const dgi_sit_rules *r, enum words_of which, dg_str text);
/* The length of the one with which the text ends, 0: none. */
size_t dgi_ends_with_words(const dgi_sit_rules *r, enum words_of which, dg_str text);
bool dgi_any_word(dg_str words, dg_str list); /* words parted by blanks, the list by | */

/* The row that fires for event `ev` and kind `kind`, or NULL. */
const struct rule *dgi_rule_for(const dgi_sit_rules *r, uint8_t kind, const struct dgi_ev_doc *doc,
                                const struct dgi_event *ev);
bool dgi_code_in(dg_str codes, const char *cameo, uint8_t plover, dg_str mode);
bool dgi_rule_stop(const dgi_sit_rules *r, uint64_t word);

#endif
