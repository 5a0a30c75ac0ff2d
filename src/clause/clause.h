/* SPDX-License-Identifier: Apache-2.0 */
/* clause/clause.h: one reading of every clause, asked by all stages that come after the tree.
 *
 * dgi_clauses_read() is called once per document, after dgi_tree_index(); from then on nobody compares tags. A stage asks
 *
 *   of a word      dgi_form(doc, t)            what form of a verb it is: DGI_FORM_PAST, DGI_FORM_ING ..., DGI_FORM_NONE
 *                  dgi_is_finite(doc, t)       a finite form by itself ("wrote", "writes", "will")
 *                  dgi_is_wh(doc, t)           who, which, what, whose, relative "that", where, when: asks or relates
 *                  dgi_is_relative(doc, t)     the pronouns among these: who, which, what, whose, relative "that"
 *                  dgi_is_negator(doc, t)      not, n't, no, never, nobody, nothing
 *   of a clause    dgi_clause_at(doc, t)       the clause whose predicate is t, NULL if t is none
 *                  dgi_clause_of(doc, t)       the innermost clause that holds t, NULL if none does
 *   in one breath  dgi_subject(doc, v), dgi_has_subject(doc, v), dgi_is_negated(doc, v), dgi_has_finite(doc, v) ...: the
 *                  field of the clause at v, and the answer for "no clause" where v is none
 *
 * A predicate is a verb, an auxiliary, or any word with a copula or a subject below it. What a clause says of itself (its
 * fields) is in its tree; whose subject it borrows when it has none, and what the parser got wrong on the way, is asked
 * of clause/reading.h, which knows the verbs of the lexicon.
 *
 * Forms come from the features (VerbForm, Tense, Mood) where the Penn tag is no tag of a verb, see form_of() in clause.c:
 * the one place that knows tags. Another language needs the features alone.
 *
 * Tokens are indices into doc->toks, DGI_NONE where there is none. All memory is the document's; read-only afterwards. */
#ifndef DGI_CLAUSE_H
#define DGI_CLAUSE_H

#include "doc/doc.h"

enum dgi_form { /* of one word */
                DGI_FORM_NONE,
                DGI_FORM_PAST,       /* finite: wrote */
                DGI_FORM_PRESENT_S,  /* finite, third person singular: writes */
                DGI_FORM_PRESENT,    /* finite, other persons: write */
                DGI_FORM_MODAL,      /* finite, without tense: will, may */
                DGI_FORM_BASE,       /* infinitive, imperative, subjunctive: write */
                DGI_FORM_PARTICIPLE, /* written */
                DGI_FORM_ING         /* writing, as participle or gerund */
};
enum dgi_voice { DGI_ACTIVE, DGI_PASSIVE };
enum dgi_tense { DGI_TENSE_NONE, DGI_TENSE_PAST, DGI_TENSE_PRESENT }; /* of the clause's first finite word */
enum dgi_mood {                                                       /* of the clause */
                DGI_MOOD_NONE,                                        /* a bare participle, a noun */
                DGI_MOOD_INDICATIVE,                                  /* a finite word with tense */
                DGI_MOOD_MODAL,                                       /* a modal */
                DGI_MOOD_INFINITIVE,                                  /* with its particle: to write */
                DGI_MOOD_BASE                                         /* imperative or subjunctive */
};

struct dgi_clause {
    uint32_t pred;
    uint32_t governor; /* head of the predicate; DGI_NONE: the root */
    uint32_t subject;  /* nsubj of any kind: of several the first; no expletive */
    uint32_t
        near_subject; /* nsubj but not nsubj:pass: of several the last before the predicate, else the first after it */
    uint32_t pass_subject;   /* nsubj:pass, the last of several */
    uint32_t clause_subject; /* csubj of any kind: the predicate of that clause */
    uint32_t expletive;      /* "there", "it" of "it is time" */
    uint32_t object, iobj;   /* the first of each */
    uint32_t agent;          /* obl:agent: "by the court" */
    uint32_t complement;     /* the first ccomp or xcomp */
    uint32_t aux;            /* the first auxiliary or copula */
    uint32_t modal;          /* the first modal auxiliary */
    uint32_t marker;   /* the first subordinator or preposition of the clause other than the infinitive's particle */
    uint32_t particle; /* the infinitive's "to" */
    uint32_t negator;  /* the first child that negates the clause as a whole */
    uint32_t wh;       /* the first child that asks or relates, a subordinator apart */
    uint32_t partner;  /* conj: what it is coordinated with */
    uint32_t relative; /* acl, acl:relcl: the noun that it describes */
    uint8_t form;      /* of the predicate, enum dgi_form */
    uint8_t voice, tense, mood;
    bool finite;  /* the predicate or an auxiliary of its own is a finite form */
    bool perfect; /* has, had written */
    bool copular;
    bool negated; /* an odd number of negators */
};

struct dgi_clauses {
    uint8_t *form;             /* [n_toks] enum dgi_form */
    uint32_t *of;              /* [n_toks] index of the innermost clause that holds the token, DGI_NONE: in none */
    struct dgi_clause *clause; /* in order of predicates */
    uint32_t n;
};

/* Needs dgi_tree_index(doc). Fills doc->clauses. Fails with DG_E_NOMEM only. Calling it again reads the tree anew. */
dg_status dgi_clauses_read(struct dgi_doc *doc, dg_error *err);

/* ---- of a word ---- */
static inline uint8_t dgi_form(const struct dgi_doc *doc, uint32_t t)
{
    return t < doc->n_toks ? doc->clauses->form[t] : DGI_FORM_NONE;
}
static inline bool dgi_form_finite(uint8_t form)
{
    return form >= DGI_FORM_PAST && form <= DGI_FORM_MODAL;
}
static inline bool dgi_is_finite(const struct dgi_doc *doc, uint32_t t)
{
    return dgi_form_finite(dgi_form(doc, t));
}
bool dgi_is_wh(const struct dgi_doc *doc, uint32_t t);
bool dgi_is_relative(const struct dgi_doc *doc, uint32_t t);
bool dgi_is_negator(const struct dgi_doc *doc, uint32_t t);
bool dgi_is_plural(const struct dgi_doc *doc, uint32_t t); /* a plural noun or name */

/* ---- of a clause ---- */
static inline const struct dgi_clause *dgi_clause_of(const struct dgi_doc *doc, uint32_t t)
{
    uint32_t k = t < doc->n_toks ? doc->clauses->of[t] : DGI_NONE;
    return k == DGI_NONE ? NULL : &doc->clauses->clause[k];
}
static inline const struct dgi_clause *dgi_clause_at(const struct dgi_doc *doc, uint32_t t)
{
    const struct dgi_clause *c = dgi_clause_of(doc, t);
    return c && c->pred == t ? c : NULL;
}
#define DGI_CLAUSE_FIELD(name, field)                                                                                  \
    static inline uint32_t name(const struct dgi_doc *doc, uint32_t v)                                                 \
    {                                                                                                                  \
        const struct dgi_clause *c = dgi_clause_at(doc, v);                                                            \
        return c ? c->field : DGI_NONE;                                                                                \
    }
DGI_CLAUSE_FIELD(dgi_subject, subject)
DGI_CLAUSE_FIELD(dgi_object, object)
DGI_CLAUSE_FIELD(dgi_clause_marker, marker)
DGI_CLAUSE_FIELD(dgi_particle, particle)
DGI_CLAUSE_FIELD(dgi_relative_head, relative)
#undef DGI_CLAUSE_FIELD
#define DGI_CLAUSE_IS(name, expr)                                                                                      \
    static inline bool name(const struct dgi_doc *doc, uint32_t v)                                                     \
    {                                                                                                                  \
        const struct dgi_clause *c = dgi_clause_at(doc, v);                                                            \
        return c && (expr);                                                                                            \
    }
DGI_CLAUSE_IS(dgi_has_subject, c->subject != DGI_NONE || c->clause_subject != DGI_NONE || c->expletive != DGI_NONE)
DGI_CLAUSE_IS(dgi_has_finite, c->finite)
DGI_CLAUSE_IS(dgi_is_negated, c->negated)
DGI_CLAUSE_IS(dgi_is_perfect, c->perfect)
DGI_CLAUSE_IS(dgi_is_infinitive, c->particle != DGI_NONE)
DGI_CLAUSE_IS(dgi_in_relative, c->relative != DGI_NONE)
#undef DGI_CLAUSE_IS

#endif
