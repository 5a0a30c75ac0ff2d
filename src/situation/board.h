/* SPDX-License-Identifier: Apache-2.0 */
/* situation/board.h: the board's insides, shared by the files of src/situation only. */
#ifndef DGI_SITUATION_BOARD_H
#define DGI_SITUATION_BOARD_H

#include "situation/item.h"
#include "situation/scale.h"

enum {
    N_ANSWERS = 64,  /* lookups of one document that are kept */
    MOST_PAIRED = 8, /* parties of an item that are indexed as pairs */
    MOST_ASKED = 4,  /* parties on each side of an event that are asked for as pairs */
    MOST_SPLIT = 8
};
enum reach { FOR_GOOD, FOR_ONE, FOR_NONE };

struct ref { /* an item under a mark */
    dg_str key;
    struct matter *m; /* NULL: not loaded yet */
};
struct marked {
    uint64_t mark;
    struct ref *refs; /* ascending by key */
    uint32_t n, cap;
    bool more; /* the host has older ones */
};
struct answer { /* what was found for an event of the document at hand */
    uint64_t key;
    struct matter **list;  /* in tmp */
    uint32_t n, cap, puts; /* puts: of this kind, when it was asked */
};
struct map { /* hash -> index, several of one hash allowed */
    struct map_slot {
        uint64_t hash;
        uint32_t index; /* + 1 */
    } * slots;
    uint32_t bits, n;
};

struct dgi_board {
    dgi_arena *a;
    const dgi_sit_rules *rules;
    struct matter **items; /* in order of opening; with a host: as they came into memory */
    uint32_t n_items, cap_items;
    struct map by_key, by_id, by_mark;
    struct marked *marked;
    uint32_t n_marked, cap_marked;
    /* the ledger's board */
    const struct dgi_ledger_host *host; /* NULL: all items are here */
    bool whole;                         /* the host has nothing that is not here */
    int32_t host_day;                   /* the host has nothing reported later that is not here */
    int32_t reach_one, reach_none;
    uint64_t n_loaded;
    dgi_considered_fn *considered; /* NULL: nobody asks */
    void *considered_user;
    /* the document at hand */
    dgi_arena *tmp;
    dg_str at;
    int32_t reported;
    bool late; /* items may be opened after it */
    uint32_t doc, n_opened;
    struct matter **wrote;
    uint32_t n_wrote, cap_wrote;
    uint64_t *reads;
    uint32_t n_reads, read_bits;
    struct marked *here; /* what the document at hand has put under a mark */
    uint32_t n_here, cap_here;
    struct map here_by_mark;
    struct answer answers[N_ANSWERS];
    uint32_t puts[DGI_N_ITEM_KIND]; /* how often an item of the kind came under other marks */
    uint32_t stamp;
    dg_status st; /* first failure */
    dg_error *err;
};

struct list { /* candidates */
    struct matter *item[MOST_CANDIDATES];
    uint32_t n;
};

/* who is who in one event for one kind of item */
struct roles {
    const struct party *a, *b; /* issuer side, addressee side */
    uint32_t n_a, n_b;
    bool symmetric;
    bool guessed; /* b is whom the document has a deal with, not named for this matter */
};

struct keyset {
    uint64_t key[MOST_KEYS];
    uint32_t n;
};

/* matters.c */
bool dgi_map_put(struct map *t, dgi_arena *a, uint64_t hash, uint32_t index);
/* The next index under `hash`; *at begins at UINT32_MAX. DGI_NONE: no more. */
uint32_t dgi_map_next(const struct map *t, uint64_t hash, uint32_t *at);
dg_status dgi_board_fail(dgi_board *b, dg_status st, const char *what); /* the first failure stays */
/* Opens the document at hand: position, number, empty lists. tmp lives until the next. */
void dgi_board_begin(dgi_board *b, dg_str at, int32_t reported, dgi_arena *tmp, dg_error *err);
void dgi_board_between(dgi_board *b, dgi_arena *tmp, dg_error *err); /* a question between documents: none is at hand */
struct matter *dgi_board_open(dgi_board *b); /* a new item of the document at hand, without parties; NULL: no memory */
void dgi_board_wrote(dgi_board *b, struct matter *m); /* the document at hand is about to write in m */
void dgi_board_marks(dgi_board *b, struct matter *m); /* the document at hand finds m under its marks of now */
void dgi_board_end(dgi_board *b);                     /* and so do the next ones */
struct matter *
dgi_board_matter(dgi_board *b,
                 dg_str key); /* from memory or the host, as it stood before the document at hand; NULL: failed */
void dgi_board_advance(dgi_board *b, struct matter *m); /* fold the kept entries before the document at hand */
int dgi_key_cmp(dg_str a, dg_str b);
/* The marks of an item as it stands; since: nothing heard of before that day bears it. */
typedef void dgi_mark_fn(void *user, uint64_t mark, int32_t since);
void dgi_marks_of(const struct matter *m, dgi_mark_fn *fn, void *user);
/* The reads that a change of m reaches, with how far. */
typedef void dgi_touch_fn(void *user, uint64_t read, enum reach reach);
void dgi_touches_of(const dgi_sit_rules *r, const struct matter *m, dgi_touch_fn *fn, void *user);
uint64_t dgi_read_of(uint64_t handle);                      /* the read of a document that looks for one party */
const uint64_t *dgi_board_reads(dgi_board *b, uint32_t *n); /* of the document at hand, ascending, in tmp */
void dgi_candidates(struct list *out, dgi_board *b, uint8_t kind, const struct roles *ro);
void dgi_newest_first(struct list *l);
static inline void dgi_consider(const dgi_board *b, const struct matter *m, dg_str event, double score, bool answer)
{
    if (b->considered)
        b->considered(b->considered_user, &(struct dgi_considered){event, &m->it, m->f.cur.status, score, answer});
}
static inline bool dgi_here(const dgi_board *b, const struct told *t)
{
    return t->doc && t->doc == b->doc;
}

bool dgi_board_named(dgi_board *b, const struct matter *m); /* it has its id now: dgi_board_find finds it */

/* line.c */
uint32_t dgi_side_count(const struct matter *m, int side); /* of its parties */

/* match.c */
void dgi_keys_of(struct keyset *k, const dgi_sit_rules *r, dg_str words, const struct dgi_event *ev);
/* With the beginnings of all longer words of its sentence: what happened, where, to whom. */
void dgi_keys_of_sentence(struct keyset *k, const dgi_sit_rules *r, const struct dgi_event *ev);
void dgi_keys_of_deed(struct keyset *k, const dgi_sit_rules *r,
                      const struct dgi_event *ev); /* with the words of the deed itself */
double dgi_keys_overlap(const struct dgi_sit_item *it, const struct keyset *k);
double dgi_side(const struct matter *m, int side, const struct party *x, uint32_t n);
/* 0: another matter .. 1: surely the same */
double dgi_same_matter(const dgi_board *b, const struct matter *m, const struct dgi_ev_doc *doc,
                       const struct dgi_event *ev, const struct roles *ro, const struct keyset *k);
bool dgi_yields_only(const struct dgi_event *ev);
int64_t dgi_silent_for(const dgi_board *b, const struct matter *m); /* days since it was last told of */
double dgi_same_content(const struct dgi_sit_item *it, const struct dgi_ev_doc *doc, const struct dgi_event *ev,
                        const struct keyset *k);
/* The same sort of act: retreat, restriction, force ... by CAMEO code. */
int dgi_code_group(const char *cameo);

/* outcome.c: what an event that happened does to standing demands, threats, commitments and agreements */
struct outcome {
    uint8_t effect; /* enum dgi_effect */
    uint8_t status; /* DGI_IS_NONE: only due */
};
struct happened { /* an event and its sides */
    const struct dgi_event *ev;
    const struct party *source, *target;
    struct keyset keys;
    int32_t day;
    bool says_which;   /* it has words beside its trigger */
    bool nobody;       /* no one in particular does it, to no one in particular */
    bool fresh;        /* it opened something or changed a status, it is no mere mention */
    bool hypothetical; /* what if */
};
bool dgi_outcome_of(const dgi_board *b, const struct matter *m, const struct happened *h, struct outcome *out);

/* clock.c */
/* What one line adds to the state but status and since; heard: the day on which it was a sign of life. */
void dgi_state_add(struct dgi_item_state *s, const struct dgi_sit_change *c, bool new_doc, int32_t heard);
void dgi_state_close(const struct dgi_sit_item *it, struct dgi_item_state *s); /* after status and since */
bool dgi_status_waits(uint8_t status);

#endif
