/* SPDX-License-Identifier: Apache-2.0 */
/* situation/apply.h: one document on its way onto the board; inside src/situation only. */
#ifndef DGI_SITUATION_APPLY_H
#define DGI_SITUATION_APPLY_H

#include "situation/board.h"

struct sides { /* the parties of one event */
    struct party *source, *target;
    const struct party *claimed;
    uint32_t first, last;  /* events of its sentence */
    struct matter **wrote; /* in which it wrote */
    uint32_t n_wrote, cap_wrote;
    bool answered; /* it answered or took back a matter */
};
struct named { /* where the document names a party: by word (id, name, state, bloc), then in order */
    uint64_t word;
    uint32_t event;
    uint32_t k; /* side << 31 | which of its list */
};
struct speaks { /* an event in which a mouth speaks to somebody, by sentence and mouth */
    uint32_t sentence, event;
    uint64_t mouth;
};
struct asked { /* counterpart() was asked for these */
    uint64_t us;
    const struct party *them;
};
struct apply {
    dg_str seen_text,
        kept_text; /* the last sentence kept, and its copy: of many events in one sentence it is kept once */
    dgi_board *b;
    const struct dgi_ev_doc *doc;
    struct dgi_sit_notes *notes;
    dgi_arena *na;
    struct sides *side; /* [n_events] */
    struct named *named;
    uint32_t n_named;
    struct speaks *speaks;
    uint32_t n_speaks;
    struct asked *asked;
    uint32_t asked_bits, n_asked;
    struct matter **of; /* [n_events][2]: the demand, the offer that an event opened or reported */
    struct list *cands;
    uint16_t
        *late;   /* [n_events] bit per kind: nobody named for it; what is opened further down may be the same matter */
    bool again;  /* the second look at those */
    bool *fresh; /* [n_events]: the event opened something or changed a status, it is no mere mention */
    struct matter *fighting; /* the fighting that the document is about */
    uint32_t n_fighting;
    dgi_arena *tmp;
    uint64_t looks; /* of opposite.c at the document's events */
    bool failed;
};

/* who.c: who is who */
/* Is c the letting go that ev asks for? */
bool dgi_asks_release(const struct dgi_event *ev, const struct dgi_event *c);
/* Of events from..to, in the order of their sentences, the first of `sentence` or behind it; `to`: none. */
uint32_t dgi_first_of(const struct dgi_ev_doc *doc, uint32_t from, uint32_t to, uint32_t sentence);
bool dgi_who_prepare(struct apply *p);
struct roles dgi_roles_of(const struct apply *p, uint32_t e, uint8_t who);
/* What the sentence leaves to the reader: who is to do what is demanded, who met, against whom a raid in a country was. */
void dgi_roles_complete(struct apply *p, uint32_t e, uint8_t kind, struct roles *ro);
/* Whom the document has this party deal with: most of its other events are with one and the same. NULL: nobody so clearly. */
const struct party *dgi_counterpart(struct apply *p, const struct party *us, uint32_t n_us);
/* The only other body that the sentence of event `e` names, or NULL. */
const struct party *dgi_beside(const struct apply *p, uint32_t e, const struct party *us, uint32_t n_us);
/* opposite.c: the only one to whom it can have been put, by the document or by what the board has of them. NULL: nobody, or two. */
const struct party *dgi_opposite(struct apply *p, const struct party *us, uint32_t n_us, bool named);
/* The two of whose quarrel the document tells, and we are none of them: whom a third party wants to bring together. */
bool dgi_two_sides(struct apply *p, const struct party *us, uint32_t n_us, const struct party *two[2]);
bool dgi_doc_names(const struct apply *p, const struct party *x); /* surely the same is named somewhere */
bool dgi_party_body(const struct party *x);

/* home.c: for which state an official speaks of whom neither a table nor the text says it */
void dgi_home_officials(struct apply *p);

/* line.c: what is written in an item */
dg_str dgi_keep(struct apply *p, dg_str s);
void dgi_keep_actor(struct apply *p, struct dgi_ev_actor *out, const struct dgi_ev_actor *in);
void dgi_add_line(struct apply *p, struct matter *m, const struct dgi_event *ev, uint8_t status, int32_t day, bool due,
                  dg_str rule, bool opened);
void dgi_event_wrote(struct apply *p, const struct dgi_event *ev,
                     struct matter *m); /* of the document's own events: what it wrote in is no outcome of it */
void dgi_learn_parties(struct apply *p, struct matter *m, const struct roles *ro);
void dgi_learn_claimants(struct apply *p, struct matter *m, const struct party *who, uint32_t n);
void dgi_learn_condition(struct apply *p, struct matter *m, const struct dgi_event *ev);
void dgi_learn_content(struct apply *p, struct matter *m, const struct dgi_event *ev, const struct keyset *k);
struct matter *dgi_new_item(struct apply *p, const struct dgi_event *ev, uint8_t kind, uint8_t sub,
                            const struct roles *ro, const struct keyset *k);
void dgi_note_fighting(struct apply *p, struct matter *m);

/* apply.c */
struct matter *dgi_find_matter(struct apply *p, const struct dgi_event *ev, uint8_t kind, uint8_t sub,
                               const struct roles *ro, const struct keyset *k);

/* answer.c */
/* A document that names others, and none of the item's parties, is about another crisis. */
bool dgi_doc_about(const struct apply *p, const struct matter *m);
void dgi_silence_pass(struct apply *p, uint32_t e,
                      void (*open)(struct apply *, uint32_t, const struct rule *, uint8_t, const struct roles *));
void dgi_answer_pass(struct apply *p, uint32_t e);
void dgi_outcome_pass(struct apply *p, uint32_t e);

/* The document at hand, with the board at its position. */
dg_status dgi_apply_document(dgi_board *b, const struct dgi_ev_doc *doc, struct dgi_sit_notes *notes, dgi_arena *na,
                             dgi_arena *tmp);

#endif
