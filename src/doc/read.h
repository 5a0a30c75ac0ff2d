/* SPDX-License-Identifier: Apache-2.0 */
/* doc/read.h: what the trained event reader says of a document, in probabilities. Advice for the code room: no event yet.
 *
 * Reads   the network's event heads (lang/events.c), where the model file has them
 * Writes  doc->read; NULL where the file has no such heads or the sentences were not analysed here (CoNLL-U input)
 *
 * Low ones are kept: DGI_READ_LEAST is far under what a reader would call an event, so that whoever combines them with the rows
 * of the lexicon can ask how unlikely an event is, too. It is seven bytes for each trigger and word of its sentence and nobody
 * asks for it once the events are written: it has an arena of its own, which goes with dgi_read_drop. */
#ifndef DGI_READ_H
#define DGI_READ_H

#include "doc/doc.h"

#define DGI_READ_LEAST 0.15f /* a trigger's first word has 1 - P(O) of this or more */
#define DGI_READ_MOST 32     /* triggers of a sentence that are kept, from the left */

enum dgi_read_role {
    DGI_ROLE_NONE,
    DGI_ROLE_SOURCE,
    DGI_ROLE_TARGET,
    DGI_ROLE_PLACE,
    DGI_ROLE_WHEN,
    DGI_ROLE_CONTENT,
    DGI_ROLE_CONDITION,
    DGI_N_READ_ROLE
};
extern const char *const dgi_read_role_name[DGI_N_READ_ROLE]; /* as the model file writes them: "none", "source" ... */

/* One token: is it part of a trigger, and of which type most likely? */
struct dgi_read_tok {
    float some;   /* 0 to 1: 1 - P(O) */
    float p;      /* 0 to some: P(B-type) + P(I-type) of the best type */
    uint8_t type; /* enum dgi_plover */
};

/* One trigger. Probabilities are those of its first word. */
struct dgi_read_event {
    uint32_t sent;
    uint32_t first, end;        /* tokens of the trigger, within the sentence */
    float some;                 /* 1 - P(O) of the first word: DGI_READ_LEAST to 1 */
    float type[DGI_N_PLOVER];   /* P(B-type) + P(I-type), by enum dgi_plover; they sum to `some` */
    float status[DGI_N_STATUS]; /* by enum dgi_status; they sum to 1 */
    float negated;              /* 0 to 1 */
    uint32_t from,
        to; /* tokens whose role is known: the sentence, or the piece of a very long one that was read at once */
    const uint8_t (*role)
        [DGI_N_READ_ROLE]; /* [to - from] probabilities in steps of 1/255, by enum dgi_read_role; about 1 together */
};

struct dgi_read {
    dgi_arena *arena;          /* holds all of it, this struct too; NULL: made by hand, in an arena of somebody else */
    struct dgi_read_tok *toks; /* [doc->n_toks] */
    struct dgi_read_event *events; /* in order of their first token; no two overlap */
    uint32_t n_events, cap_events;
    bool small; /* read by a small network (the fast tier's), which sees less and is less sure */
};

/* Frees doc->read, which is NULL from then on. */
void dgi_read_drop(struct dgi_doc *doc);

/* Probability that token tok fills the role; 0 outside the trigger's piece. */
static inline float dgi_read_role_of(const struct dgi_read_event *e, uint32_t tok, enum dgi_read_role role)
{
    return tok >= e->from && tok < e->to ? (float)e->role[tok - e->from][role] / 255.0f : 0;
}
/* The type with the highest probability (enum dgi_plover). */
static inline uint8_t dgi_read_best_type(const struct dgi_read_event *e)
{
    uint8_t best = 0;
    for (uint8_t k = 1; k < DGI_N_PLOVER; k++)
        best = e->type[k] > e->type[best] ? k : best;
    return best;
}
/* The first event of doc whose trigger holds token tok; NULL: none, or nothing was read. */
const struct dgi_read_event *dgi_read_event_at(const struct dgi_doc *doc, uint32_t tok);

#endif
