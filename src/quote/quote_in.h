/* SPDX-License-Identifier: Apache-2.0 */
/* quote/quote_in.h: shared inside quote/ only. */
#ifndef DGI_QUOTE_IN_H
#define DGI_QUOTE_IN_H

#include "clause/clause.h"
#include "doc/doc.h"
#include "quote/quote.h"

enum dgi_cue_class {
    DGI_CUE_NONE,
    DGI_CUE_SAY,
    DGI_CUE_TELL,
    DGI_CUE_URGE,
    DGI_CUE_ASK,
    DGI_CUE_THINK,
    DGI_CUE_WEAK,
    DGI_CUE_MANNER,
    DGI_CUE_NAME,
    DGI_CUE_ACT,
    DGI_CUE_QUOTE,
    DGI_CUE_NOUN,
    DGI_CUE_PREP,
    DGI_CUE_ADJ,
    DGI_CUE_CARRIER,
    DGI_N_CUE
};
struct dgi_cue_row {
    uint8_t cls; /* enum dgi_cue_class */
    bool deny;
    bool addressee_obj;
    float weight;
};
struct dgi_quote_ctx {
    const struct dgi_table *table, *stances, *weights;
    struct dgi_cue_row *row; /* [table->n_rows] */
    float *weight;           /* [weights->n_rows] */
};

/* One stretch inside quotation marks within one paragraph. */
struct dgi_region {
    uint32_t first, end;  /* tokens inside the marks */
    uint32_t open, close; /* tokens of the marks; close DGI_NONE: the paragraph ended before it */
    uint32_t prev;        /* region of the paragraph before that this one carries on, or DGI_NONE */
    bool full;            /* an utterance; false: some words within the reporter's sentence */
    bool done;            /* belongs to a statement */
    uint32_t statement;   /* or DGI_NONE */
};

struct dgi_quote_work {
    const struct dgi_quote_ctx *ctx;
    struct dgi_doc *doc;
    dgi_arena *arena; /* scratch */
    struct dgi_region *regions;
    uint32_t n_regions, cap_regions;
    uint32_t *region_of;   /* [n_toks] region whose inside holds the token, or DGI_NONE */
    uint32_t *cue;         /* [n_toks] row of cues.tsv, or DGI_NONE */
    uint32_t *cover;       /* [n_toks] innermost mention (not adjectival) that holds the token, or DGI_NONE */
    uint8_t *used;         /* [n_toks] the cue has a quotation */
    uint8_t *in;           /* [n_toks] scratch of quote_clause.c, all zero between calls */
    uint32_t last_speaker; /* entity, as the text goes on */
    uint32_t last_sent;    /* where last_speaker was set */
};

/* quote.c */
bool dgi_quote_look(struct dgi_quote_work
                        *w); /* marks, cues, mentions: all that is read before a statement is made; false: no memory */

/* quote_cues.c */
const struct dgi_cue_row *dgi_cue_at(const struct dgi_quote_work *w, uint32_t tok); /* NULL: no cue */
static inline uint8_t dgi_cue_class(const struct dgi_quote_work *w, uint32_t tok)
{
    const struct dgi_cue_row *r = dgi_cue_at(w, tok);
    return r ? r->cls : DGI_CUE_NONE;
}
bool dgi_cue_is_speech(uint8_t cls);                             /* say tell urge ask think weak manner */
bool dgi_cues_find(struct dgi_quote_work *w);                    /* fills cue[]; false: no memory */
dg_str dgi_stance(const struct dgi_quote_work *w, uint32_t tok); /* class in stances.tsv, else cues.tsv, else empty */
bool dgi_cue_carrier(const struct dgi_quote_work *w, uint32_t tok); /* a text that "says": statement, letter */

/* quote_marks.c */
bool dgi_marks_find(struct dgi_quote_work *w); /* fills regions, region_of; false: no memory */
bool dgi_is_quote_mark(dg_str form);

/* quote_turns.c */
bool dgi_turns(struct dgi_quote_work *w); /* statements of a transcript, by labels; false: no memory */

/* quote_speaker.c */
uint32_t dgi_quote_subject(const struct dgi_quote_work *w, uint32_t cue); /* token or DGI_NONE */
/* Entity that the noun phrase headed by tok stands for as a speaker; *span its words. DGI_NONE: none known. */
uint32_t dgi_quote_entity(const struct dgi_quote_work *w, uint32_t tok, dgi_span *span);
/* A cue that goes on with the reporter though the tree puts it into the clause of the cue before: "said it was late, and added
 * that ...": that cue, or DGI_NONE. */
uint32_t dgi_quote_resumes(const struct dgi_quote_work *w, uint32_t cue);
/* "..., said the monitors, ...": who stands behind the cue v, whatever the tree makes of him, or DGI_NONE. */
uint32_t dgi_quote_inverted(const struct dgi_quote_work *w, uint32_t v);
/* A name that no mention covers: the first mention of a person whose name ends with it, or DGI_NONE. */
uint32_t dgi_quote_namesake(const struct dgi_quote_work *w, uint32_t tok);
uint32_t dgi_quote_addressee(const struct dgi_quote_work *w, uint32_t cue);
bool dgi_quote_negated(const struct dgi_quote_work *w, uint32_t cue);
bool dgi_quote_unreal(const struct dgi_quote_work *w, uint32_t cue); /* would say, if he says, to say */
bool dgi_quote_cover(struct dgi_quote_work *w);                      /* fills cover[]; false: no memory */

/* quote_clause.c */
#define DGI_QUOTE_MAX_SPANS 8
struct dgi_content {
    uint32_t first[DGI_QUOTE_MAX_SPANS], end[DGI_QUOTE_MAX_SPANS]; /* tokens */
    uint32_t n;
    bool quoted; /* some words stand inside quotation marks */
};
/* What makes up a clause: subtrees less one subtree, or a row of tokens. */
struct dgi_said_parts {
    uint32_t head[4], n;       /* tops of subtrees; the first is the clause's verb */
    uint32_t cut;              /* top of a subtree left out, or DGI_NONE */
    uint32_t from, to;         /* with n == 0: these tokens, */
    uint32_t gap_from, gap_to; /* less these */
};
/* Words of the parts, less the cue, less what quotations hold, trimmed to what is said. False: nothing left. */
bool dgi_said_words(struct dgi_quote_work *w, const struct dgi_said_parts *p, uint32_t cue, struct dgi_content *out);
/* Find the clause that the verb at `v` reports. False: none. */
bool dgi_said_find(const struct dgi_quote_work *w, uint32_t v, struct dgi_said_parts *p);
/* "called it unlikely that Ghana would join": the judgement with its clause; "claims to know nothing", "described seeing smoke". False:
 * none. */
bool dgi_said_judged(const struct dgi_quote_work *w, uint32_t v, struct dgi_said_parts *p);
/* Is one of the words a marker of the clause of v? */
bool dgi_marked(const struct dgi_doc *d, uint32_t v, enum dgi_word_set words);

static inline bool dgi_tok_is(const struct dgi_doc *d, uint32_t t, const char *form)
{
    return t < d->n_toks && dgi_str_ieq(d->toks[t].form, dgi_str(form));
}

#endif
