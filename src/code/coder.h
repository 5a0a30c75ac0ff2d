/* SPDX-License-Identifier: Apache-2.0 */
/* code/coder.h: what the files of this room share while one document is coded. */
#ifndef DGI_CODER_H
#define DGI_CODER_H

#include "clause/clause.h"
#include "code/frames.h"
#include "doc/doc.h"

enum {
    MAX_FILL = 24,  /* fillers of one slot */
    MAX_CLIMB = 40, /* steps up a tree that any walk takes at most */
    MAX_SOURCES = 16,
    MAX_SENTENCE = DGI_CODE_MAX_WORDS
}; /* words; nothing longer is a sentence, and work per sentence stays bounded */

struct dgi_fill { /* tokens that fill a relation */
    uint32_t tok[MAX_FILL];
    uint32_t n;
};
struct actor_refs { /* actors that fill a slot */
    struct dgi_ref ref[MAX_SOURCES];
    uint32_t n;
};
struct draft { /* an event in the making */
    struct actor_refs side[DGI_N_SIDE];
    const struct frame *frame;
    const struct light *light;
    uint32_t tok, light_tok;        /* trigger; verb that carries it or DGI_NONE */
    uint32_t clause;                /* verb or predicate whose tense and modals count: tok, or light_tok */
    uint32_t parent, parent_cond;   /* work index or DGI_NONE */
    uint32_t content_tok, cond_tok; /* head of the content and of the condition clause, or DGI_NONE */
    uint32_t extra_tok[3], n_extra; /* further words of a multi-word trigger */
    uint8_t status;
    bool negated, own_actor, self_pronoun, dropped, used_up, nominal, recip, passive, inherited, has_child,
        governed; /* its status was said of itself, not only of its clause */
    uint32_t out; /* index in doc->events */
};
struct coder {
    const dgi_coder_tables *t;
    struct dgi_doc *doc;
    dgi_arena *scratch;
    uint8_t *upos;   /* as the network says, or VERB where the tree shows that it is one */
    bool *gerund;    /* taken for a gerund although tagged otherwise */
    uint32_t *lem;   /* word id of each token's lemma (lower-cased), 0 unknown */
    uint32_t *cas;   /* word id of the preposition that marks it, 0 none or unknown */
    uint32_t *ev;    /* work index of the trigger at a token, or DGI_NONE */
    uint32_t *cover; /* innermost name mention that holds the token, or DGI_NONE */
    uint32_t *cue;   /* statement whose cue the token is, or DGI_NONE */
    uint32_t *stmt;  /* innermost statement that holds the token, or DGI_NONE */
    bool *is_time;   /* token of a time expression */
    bool *political; /* per sentence: somebody political is named, or its words leave no doubt */
    uint32_t *used;  /* token is part of another event's trigger: 1 + work index of that */
    struct in_sent { /* which times, places and numbers a sentence has: item[first[s]] .. item[first[s + 1]] */
        uint32_t *first, *item;
    } times, places, quantities;
    struct draft *w;
    uint32_t n_w, cap_w;
    bool nomem;
};

/* deps.c: the tree as the frames see it */
bool dgi_is_passive(const struct coder *c, uint32_t v);
bool dgi_is_gerund_of(const struct coder *c,
                      uint32_t v); /* "of sheltering rebels", parsed as if the rebels sheltered */
bool dgi_is_verbal(const struct coder *c, uint32_t v);
uint32_t dgi_surface_subject(const struct coder *c, uint32_t v);
void dgi_frame_step(const struct coder *c, uint32_t tok, struct step s, bool wide, struct dgi_fill *out);
void dgi_frame_path(const struct coder *c, uint32_t tok, const struct path *p, struct dgi_fill *out);
void dgi_fill_expand(const struct coder *c, struct dgi_fill *f); /* coordination, transparent nouns */
bool dgi_lemma_has(const struct coder *c, uint32_t tok, uint32_t bit);
bool dgi_sees_through(const struct coder *c, uint32_t tok); /* "a series of talks", "the first of them" */
bool dgi_has_mark(const struct coder *c, uint32_t tok, const char *form);
uint32_t dgi_child_base(const struct coder *c, uint32_t tok, uint8_t base, uint32_t after);
uint32_t dgi_head_of(const struct coder *c,
                     uint32_t x); /* the head, where the parser is known to be wrong the likely one */
uint32_t dgi_conj_head(const struct coder *c, uint32_t v);   /* what a coordinated word is coordinated with */
uint32_t dgi_predicate_above(const struct coder *c, uint32_t tok); /* nearest verbal or predicate ancestor-or-self */
/* Form of a verb, where the parser took a gerund for a noun or an adjective that of a gerund. */
static inline uint8_t dgi_form_at(const struct coder *c, uint32_t tok)
{
    return c->gerund[tok] ? DGI_FORM_ING : dgi_form(c->doc, tok);
}
static inline bool dgi_fill_add(struct dgi_fill *f, uint32_t tok)
{
    if (tok == DGI_NONE)
        return false;
    for (uint32_t i = 0; i < f->n; i++)
        if (f->tok[i] == tok)
            return false;
    if (f->n == MAX_FILL)
        return false;
    f->tok[f->n++] = tok;
    return true;
}

/* slots.c */
void dgi_actors_at(const struct coder *c, uint32_t tok, bool allow_place, struct actor_refs *out, int depth);
bool dgi_refs_add(struct actor_refs *r, struct dgi_ref ref);
void dgi_fill_slots(struct coder *c, struct draft *w);
bool dgi_slots_needed(const struct coder *c, const struct draft *w);
void dgi_fill_from_light(struct coder *c, struct draft *w);

/* matching.c */
bool dgi_constraints_hold(const struct coder *c, uint32_t tok, const struct frame *f, struct dgi_fill *used);
void dgi_match_sentence(struct coder *c, uint32_t sent);

/* filter.c */
bool dgi_sentence_topic_out(const struct coder *c, uint32_t sent, int *score);
bool dgi_political_sentence(const struct coder *c, uint32_t sent);
const char *dgi_refuse_trigger(const struct coder *c, uint32_t tok);

/* link.c, status.c, setting.c, compose.c */
void dgi_link_events(struct coder *c);
void dgi_inherit_slots(struct coder *c);
bool dgi_presupposed(const struct coder *c, uint32_t n); /* has "the", "this" or an owner */
void dgi_find_status(struct coder *c, struct draft *w);
const struct governor *dgi_governor(const struct coder *c, uint32_t word_tok, uint8_t step_kind, uint32_t prep);
bool dgi_set_event(struct coder *c, struct draft *w, struct dgi_coded *e); /* date, place, quantities, statement */
void dgi_compose_codes(struct coder *c);
uint8_t dgi_step_of(const struct coder *c, uint32_t tok,
                    uint32_t *prep); /* how tok hangs on its head, as a step kind */

#endif
