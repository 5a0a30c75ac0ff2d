/* SPDX-License-Identifier: Apache-2.0 */
/* situation/rules.h: the compiled tables items, blocs and itemstop; inside src/situation only. */
#ifndef DGI_SITUATION_RULES_H
#define DGI_SITUATION_RULES_H

#include "situation/situation.h"

enum rule_do { DO_OPEN, DO_SET, DO_MOVE, DO_ANSWER, DO_OWN };
enum rule_who { WHO_ST, WHO_BOTH, WHO_MEMBER_S, WHO_MEMBER_T, WHO_TOLL };
enum cond_type { COND_TRIGGER, COND_KEY, COND_CODE, COND_QUANTITY, COND_PARTIES, COND_ORG, COND_CONTENT, COND_TOP, COND_SOMEONE, COND_PLACE, COND_CONDITION };

struct rule_cond {
    uint8_t type;
    bool negate;
    dg_str list;
};
enum { MOST_CONDS = 6, MOST_BLOCS = 64 };
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
    struct rule *rules; /* by kind, then falling rank */
    uint32_t n_rules;
    uint32_t first[DGI_N_ITEM_KIND + 1];
    struct bloc blocs[MOST_BLOCS];
    uint32_t n_blocs;
    uint64_t *land; /* [26^3] bit per bloc that holds the state with this code */
    struct dgi_kinship *kinship; /* party.c */
    uint64_t *stop; /* sorted hashes */
    uint32_t n_stop;
};

/* The row that fires for event `ev` and kind `kind`, or NULL. */
const struct rule *dgi_rule_for(const dgi_sit_rules *r, uint8_t kind, const struct dgi_ev_doc *doc, const struct dgi_event *ev);
bool dgi_code_in(dg_str codes, const char *cameo, uint8_t plover, dg_str mode);
bool dgi_rule_stop(const dgi_sit_rules *r, uint64_t word);

#endif
