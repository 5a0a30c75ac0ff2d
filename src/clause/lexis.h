/* SPDX-License-Identifier: Apache-2.0 */
/* clause/lexis.h: the words that the lexicon's rows speak of, numbered, and what the machinery knows of each.
 *
 * Reading a clause needs to know verbs: is this a verb of the tables at all, does it make its object do something, does it
 * report speech? code/ fills the numbers and bits from its tables (dgi_coder_tables_open); here they are only asked.
 * Built by one thread, read-only afterwards, shared by all. */
#ifndef DGI_LEXIS_H
#define DGI_LEXIS_H

#include "base/arena.h"
#include "base/str.h"

enum { /* bits of a word: classes of lexicon/en/grammar.tsv, then what the frame tables make of it */
       DGI_LEX_TRANSPARENT = 1, /* a noun of quantity: its "of" phrase is meant */
       DGI_LEX_REPORT = 2,      /* a verb of saying */
       DGI_LEX_GERUND_OBJ = 4,  /* its object is the subject of the gerund after it: accuse of doing */
       DGI_LEX_FORCE = 8,
       DGI_LEX_LOCAL_PREP = 16,
       DGI_LEX_TERRITORY = 32,
       DGI_LEX_WARN = 64,
       DGI_LEX_CONSEQUENCE = 128,
       DGI_LEX_PATIENT = 256,
       DGI_LEX_NEGATOR = 4096,         /* a row that asks for one of these words is negated by itself */
       DGI_LEX_TOPIC_PREP = 8192,      /* after a word of agreeing or asking: what it is about */
       DGI_LEX_SIDE_PREP = 16384,      /* before the other side, or its ground */
       DGI_LEX_HARM = 32768,           /* what a number behind it counts are people */
       DGI_LEX_COUNTED = 65536,        /* a word that stands for people where one of harm has it for an object */
       DGI_LEX_PRIVATE = 131072,       /* people of private life: what they do in an idiom's words is meant literally */
       DGI_LEX_VOW = 262144,           /* a verb of promising: of a hostile act, it threatens */
       DGI_LEX_MEETING_PREP = 524288,  /* between who goes, stays or leaves and a meeting of his */
       DGI_LEX_CHARGE_PREP = 1048576,  /* between a word of accusing and the deed */
       DGI_LEX_PART_IN = 2097152,      /* "responsibility for the raid": a noun that says who had to do with a deed */
       DGI_LEX_NATION = 4194304,       /* "the Dutch": a whole nation, where "the Serb" is one man */
       DGI_LEX_FIGHTS_WITH = 16777216, /* "Chadian columns": what a power fights with stands for it */
       DGI_LEX_STRUCK = 8388608,    /* "a mosque bombing": a building or vehicle that is struck and does not strike */
       DGI_LEX_ANSWERED = 33554432, /* "the offer": what somebody has said and another answers */
       DGI_LEX_CHARGED = 67108864,  /* "the accusation": the same, of what one is charged with */
       DGI_LEX_DEED = 134217728,    /* "the raid", "the step": what somebody has done and another condemns */
       DGI_LEX_SUMMON = 268435456,  /* "summoned the envoy to": who summons says what comes next */
       DGI_LEX_GROUND = 1073741824, /* "Lennox Island": a noun of land, with whose name it is a place */
       DGI_LEX_SAID_TO = 536870912, /* "demand", "protest": what is said to somebody who was summoned */
       DGI_LEX_VERB = 512,          /* a trigger of a frame for verbs */
       DGI_LEX_NOUN = 1024,         /* for nouns */
       DGI_LEX_SPEECH = 2048        /* a trigger of a threat, a request or a charge */
};

/* Prepositions that the machinery itself asks for, by what they mark; one word each, rows prep_* of grammar.tsv. */
enum dgi_prep {
    DGI_PREP_AGENT, /* by */
    DGI_PREP_OF,    /* of: part, owner, victim */
    DGI_PREP_WITH,
    DGI_PREP_BETWEEN,
    DGI_PREP_TO,
    DGI_PREP_FOR,
    DGI_PREP_FROM,
    DGI_PREP_ON,
    DGI_PREP_IN, /* where it is done */
    DGI_N_PREP
};

struct dgi_lexis {
    dgi_arena *arena;
    uint32_t *slots, slot_bits; /* open addressing: word id */
    dg_str *word;               /* by id; word 0 is no word */
    uint32_t n_words, cap_words;
    uint32_t *bits;            /* by id, DGI_LEX_ bits; NULL until the last word is in */
    uint32_t prep[DGI_N_PREP]; /* word ids; 0: the lexicon names none */
    bool nomem;
};

static inline bool dgi_lexis_is(const struct dgi_lexis *lx, uint32_t id, uint32_t bit)
{
    return (lx->bits[id] & bit) != 0;
}

uint32_t dgi_lexis_add(struct dgi_lexis *lx,
                       dg_str w); /* its id, new or old; 0: empty, or no memory (then lx->nomem) */
uint32_t dgi_lexis_id(const struct dgi_lexis *lx, dg_str w); /* 0: unknown */
uint32_t dgi_lexis_id_lower(const struct dgi_lexis *lx, dg_str w);

#endif
