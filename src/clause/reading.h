/* SPDX-License-Identifier: Apache-2.0 */
/* clause/reading.h: who does what to whom in a clause, with what the lexicon knows of verbs and what the parser got wrong.
 *
 * clause.h tells what stands in the tree. Here the passive, relative and participle clauses, control and raising, arguments
 * that coordinated verbs share, and slips of the parser (repair.h) are undone, on demand: nine tenths of the tokens are
 * never asked about. Mentions and times of the document must be known; all walks are bounded.
 *
 * A reading belongs to one document and one stage; its arrays live in the arena given to dgi_reading_make(). */
#ifndef DGI_READING_H
#define DGI_READING_H

#include "clause/clause.h"
#include "clause/lexis.h"

enum { DGI_MAX_FILL = 24 }; /* tokens of one list; more are left out */
struct dgi_fill {           /* a list of tokens, none twice */
    uint32_t tok[DGI_MAX_FILL];
    uint32_t n;
};
/* False: DGI_NONE, there already, or full. */
bool dgi_fill_add(struct dgi_fill *f, uint32_t tok);

enum dgi_control {                   /* whose subject the infinitive below a word takes */
                   DGI_CONTROL_AUTO, /* its object's if it has one, else its subject's */
                   DGI_CONTROL_SUBJECT,
                   DGI_CONTROL_OBJECT
};

struct dgi_reading {
    const struct dgi_doc *doc;
    const struct dgi_lexis *lx;
    uint64_t off; /* repairs switched off, bit per enum dgi_repair; 0 but in bench/ */
    /* the lexicon's word on a governing word (status.tsv): by its word id and part of speech */
    enum dgi_control (*control)(const void *tables, uint32_t word, uint8_t upos);
    bool (*unreal)(const void *tables, uint32_t word, uint8_t upos); /* what it governs need not come true: ask, want */
    const void *tables;
    uint8_t *upos;   /* [n_toks] as the network says, or as the tree shows */
    uint8_t *form;   /* enum dgi_form, the same */
    uint32_t *lem;   /* word id of the lemma (lower case), 0 unknown */
    uint32_t *cas;   /* word id of the preposition that marks it, 0 none or unknown */
    uint32_t *cover; /* innermost name mention that holds the token, or DGI_NONE */
    bool *is_time;   /* token of a time expression */
    bool *asks;      /* set by the stage: a noun that asks somebody to act, so its infinitive is not its owner's */
};

/* Fills all arrays but asks[], which is false. `off`, `lx`, `control`, `unreal` and `tables` are the caller's, set before.
 * False: no memory. */
bool dgi_reading_make(struct dgi_reading *r, const struct dgi_doc *doc, dgi_arena *scratch);

/* Has the lemma one of these DGI_LEX_ bits? False for DGI_NONE. */
static inline bool dgi_lemma_has(const struct dgi_reading *r, uint32_t tok, uint32_t bits)
{
    return tok != DGI_NONE && dgi_lexis_is(r->lx, r->lem[tok], bits);
}
/* Is it marked by this preposition? */
static inline bool dgi_prep_is(const struct dgi_reading *r, uint32_t tok, enum dgi_prep prep)
{
    return r->cas[tok] && r->cas[tok] == r->lx->prep[prep];
}
bool dgi_sees_through(const struct dgi_reading *r, uint32_t tok);      /* "a series of talks", "the first of them" */
void dgi_fill_expand(const struct dgi_reading *r, struct dgi_fill *f); /* coordination, nouns that are seen through */
/* Is a word of the set among its subordinators and prepositions? */
bool dgi_has_mark(const struct dgi_reading *r, uint32_t tok, enum dgi_word_set set);
/* The predicate of the innermost clause that holds tok, DGI_NONE: in none. */
static inline uint32_t dgi_predicate_above(const struct dgi_reading *r, uint32_t tok)
{
    const struct dgi_clause *c = dgi_clause_of(r->doc, tok);
    return c ? c->pred : DGI_NONE;
}

/* ---- subject.c ---- */
bool dgi_is_passive(const struct dgi_reading *r, uint32_t v);
/* The subject as it stands, or as control, coordination, a relative or a participle clause hand it down. */
uint32_t dgi_surface_subject(const struct dgi_reading *r, uint32_t v);

/* ---- arguments.c ---- */
void dgi_agents(const struct dgi_reading *r, uint32_t v, struct dgi_fill *out);  /* who does it, of a passive */
void dgi_objects(const struct dgi_reading *r, uint32_t v, struct dgi_fill *out); /* whom it is done to */
/* Phrases with this preposition (word id, 0: any) below tok, `base` DGI_REL_OBL or DGI_REL_NMOD. */
void dgi_phrases(const struct dgi_reading *r, uint32_t tok, uint32_t prep, uint8_t base, struct dgi_fill *out);
/* The phrases of the verb that v is coordinated with, where they stand after v and so belong to both. */
void dgi_shared_phrases(const struct dgi_reading *r, uint32_t v, uint32_t prep, struct dgi_fill *out);
/* Infinitives and other open complements. */
void dgi_open_complements(const struct dgi_reading *r, uint32_t v, struct dgi_fill *out);

#endif
