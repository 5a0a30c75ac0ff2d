/* SPDX-License-Identifier: Apache-2.0 */
/* situation/board.h: the board's insides, shared by the files of src/situation only. */
#ifndef DGI_SITUATION_BOARD_H
#define DGI_SITUATION_BOARD_H

#include "situation/rules.h"

enum { MOST_CANDIDATES = 512, MOST_STRAYS = 64, MOST_PARTIES = 24, MOST_SPLIT = 8 };

struct node { /* of the index party -> items, newest first */
    uint32_t item, next;
};
struct slot {
    uint64_t key;
    uint32_t head; /* node + 1 */
};
struct dgi_board {
    dgi_arena *a;
    const dgi_sit_rules *rules;
    struct dgi_sit_item **items;
    uint32_t n_items, cap_items;
    struct node *nodes;
    uint32_t n_nodes, cap_nodes;
    struct slot *slots;
    uint32_t bits, n_used;
    uint32_t stamp;
    bool failed;
};

struct list { /* candidates */
    struct dgi_sit_item *item[MOST_CANDIDATES];
    uint32_t n;
};

/* who is who in one event for one kind of item */
struct roles {
    const struct dgi_ev_actor *a, *b; /* issuer side, addressee side */
    uint32_t n_a, n_b;
    bool symmetric;
    bool guessed; /* b is whom the document has a deal with, not named for this matter */
};

struct keyset {
    uint64_t key[32];
    uint32_t n;
};

/* match.c */
void dgi_keys_of(struct keyset *k, const dgi_sit_rules *r, dg_str words, const struct dgi_event *ev);
double dgi_keys_overlap(const struct dgi_sit_item *it, const struct keyset *k);
void dgi_candidates(struct list *out, const dgi_board *b, uint8_t kind, const struct roles *ro);
void dgi_index_item(dgi_board *b, struct dgi_sit_item *it);
double dgi_side(const dgi_sit_rules *r, const struct dgi_sit_item *it, int side, const struct dgi_ev_actor *x, uint32_t n);
/* 0: another matter .. 1: surely the same */
double dgi_same_matter(const dgi_board *b, const struct dgi_sit_item *it, const struct dgi_ev_doc *doc, const struct dgi_event *ev,
                       const struct roles *ro, const struct keyset *k, int32_t reported);
double dgi_same_content(const struct dgi_sit_item *it, const struct dgi_ev_doc *doc, const struct dgi_event *ev, const struct keyset *k);
/* The same sort of act: retreat, restriction, force ... by CAMEO code. */
int dgi_code_group(const char *cameo);

/* outcome.c: what an event that happened does to standing demands, threats, commitments and agreements */
struct outcome {
    uint8_t effect; /* enum dgi_effect */
    uint8_t status; /* DGI_IS_NONE: only due */
};
bool dgi_outcome_of(const dgi_board *b, const struct dgi_sit_item *it, const struct dgi_ev_doc *doc, const struct dgi_event *ev,
                    int32_t day, bool same_doc, bool fresh, bool hypothetical, struct outcome *out);

#endif
