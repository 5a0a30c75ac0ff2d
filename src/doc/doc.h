/* SPDX-License-Identifier: Apache-2.0 */
/* doc/doc.h: the document record. Every stage reads some of its fields and writes others (docs/stages/).
 *
 * All memory comes from doc->arena and goes with it. Offsets are BYTES into doc->text; they become code points only when
 * a record leaves the library. Indices (tok, sent, ent ...) are uint32_t, DGI_NONE = no such thing.
 *
 *   stage          fills
 *   text/blocks    text, blocks, meta.published
 *   text/segment   sents, toks.{start,end,form,mwt}
 *   lang/analyse   toks.{upos,xpos,feats,lemma,head,deprel,name}, read
 *   doc/doc.c      toks.{first_child,next_sib,word,lemma_word}
 *   clause         clauses
 *   resolve/actor  entities, mentions          resolve/time   times
 *   resolve/place  places                      resolve/quantity  quantities
 *   quote          statements                  code           events
 */
#ifndef DGI_DOC_H
#define DGI_DOC_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/table.h"
#include "doc/function_words.h"
#include "doc/words.h"

/* ---- text ---- */
enum dgi_block_kind { /* only HEADLINE, SUBHEAD, BODY, LIST hold sentences */
                      DGI_BLOCK_BODY,
                      DGI_BLOCK_HEADLINE,
                      DGI_BLOCK_SUBHEAD,
                      DGI_BLOCK_LIST,     /* a list item */
                      DGI_BLOCK_DATELINE, /* a dateline paragraph of its own */
                      DGI_BLOCK_BYLINE,
                      DGI_BLOCK_CAPTION,
                      DGI_BLOCK_RELATED, /* "Related:", "Read more" */
                      DGI_BLOCK_URL,     /* bare address */
                      DGI_BLOCK_OTHER    /* any other thing that is no running text */
};
struct dgi_block {
    dgi_span span;
    uint8_t kind;      /* enum dgi_block_kind */
    dgi_span dateline; /* inside a BODY block: "KABUL (Reuters) - " before the first sentence; not part of a sentence */
};

/* ---- tokens ---- */
enum dgi_upos {
    DGI_UPOS_NONE,
    DGI_ADJ,
    DGI_ADP,
    DGI_ADV,
    DGI_AUX,
    DGI_CCONJ,
    DGI_DET,
    DGI_INTJ,
    DGI_NOUN,
    DGI_NUM,
    DGI_PART,
    DGI_PRON,
    DGI_PROPN,
    DGI_PUNCT,
    DGI_SCONJ,
    DGI_SYM,
    DGI_VERB,
    DGI_X,
    DGI_N_UPOS
};
/* Universal relations and the English subtypes of UD 2; names in dgi_rel_name. A subtype the list lacks maps to its base. */
/* clang-format off */
#define DGI_RELS(X)                                                                                                    \
    X(NONE, "_") X(ROOT, "root") X(ACL, "acl") X(ACL_RELCL, "acl:relcl") X(ADVCL, "advcl") X(ADVCL_RELCL, "advcl:relcl") \
    X(ADVMOD, "advmod") X(AMOD, "amod") X(APPOS, "appos") X(AUX, "aux") X(AUX_PASS, "aux:pass") X(CASE, "case")         \
    X(CC, "cc") X(CC_PRECONJ, "cc:preconj") X(CCOMP, "ccomp") X(COMPOUND, "compound") X(COMPOUND_PRT, "compound:prt")   \
    X(CONJ, "conj") X(COP, "cop") X(CSUBJ, "csubj") X(CSUBJ_PASS, "csubj:pass") X(CSUBJ_OUTER, "csubj:outer")           \
    X(DEP, "dep") X(DET, "det") X(DET_PREDET, "det:predet") X(DISCOURSE, "discourse") X(DISLOCATED, "dislocated")       \
    X(EXPL, "expl") X(FIXED, "fixed") X(FLAT, "flat") X(GOESWITH, "goeswith") X(IOBJ, "iobj") X(LIST, "list")           \
    X(MARK, "mark") X(NMOD, "nmod") X(NMOD_POSS, "nmod:poss") X(NMOD_UNMARKED, "nmod:unmarked") X(NMOD_DESC, "nmod:desc") \
    X(NSUBJ, "nsubj") X(NSUBJ_PASS, "nsubj:pass") X(NSUBJ_OUTER, "nsubj:outer") X(NUMMOD, "nummod") X(OBJ, "obj")       \
    X(OBL, "obl") X(OBL_AGENT, "obl:agent") X(OBL_UNMARKED, "obl:unmarked") X(OBL_TMOD, "obl:tmod")                     \
    X(NMOD_TMOD, "nmod:tmod") X(NMOD_NPMOD, "nmod:npmod") X(OBL_NPMOD, "obl:npmod") X(ORPHAN, "orphan")                \
    X(PARATAXIS, "parataxis") X(PUNCT, "punct") X(REPARANDUM, "reparandum") X(VOCATIVE, "vocative") X(XCOMP, "xcomp")
/* clang-format on */
enum dgi_rel {
#define DGI_REL_ENUM(id, name) DGI_REL_##id,
    DGI_RELS(DGI_REL_ENUM)
#undef DGI_REL_ENUM
        DGI_N_REL
};
extern const char *const dgi_rel_name[DGI_N_REL];
extern const char *const dgi_upos_name[DGI_N_UPOS];
uint8_t dgi_rel_parse(dg_str name);  /* unknown subtype -> its base; unknown base -> DGI_REL_DEP */
uint8_t dgi_upos_parse(dg_str name); /* unknown -> DGI_X */

enum dgi_name_type {
    DGI_NAME_O,
    DGI_NAME_PER,
    DGI_NAME_ORG,
    DGI_NAME_LOC,
    DGI_NAME_NORP,
    DGI_NAME_EVENT,
    DGI_NAME_MISC,
    DGI_N_NAME
};

enum {
    DGI_TOK_SPACE_AFTER = 1, /* white space follows in the text */
    DGI_TOK_MWT_FIRST = 2,   /* first word of a multiword token ("don't", "Russia's" are one token, two words) */
    DGI_TOK_MWT_REST = 4,    /* a further word of it */
    DGI_TOK_NAME_BEGIN = 8   /* name tag begins here (B-) */
};

struct dgi_tok {
    uint32_t start, end;       /* bytes of doc->text. Words of one multiword token: each its own slice ("do" "n't"); all
                             slices where the text has them, else every word has the whole token's span */
    dg_str form;               /* the word; normally the slice, a word of CoNLL-U input as given */
    dg_str lemma, xpos, feats; /* feats: UD string sorted as usual, empty = "_" ; views into the model or the arena */
    uint32_t head;             /* index into doc->toks of the head; DGI_NONE: root of its sentence */
    uint32_t first_child, next_sib; /* children in order of position, by dgi_tree_index(); DGI_NONE ends */
    uint32_t sent;
    uint8_t upos; /* enum dgi_upos */
    uint8_t rel;  /* enum dgi_rel */
    uint8_t name; /* enum dgi_name_type from the network */
    uint8_t flags;
    uint32_t mention;          /* innermost mention of resolve/ that has this token as its head, or DGI_NONE */
    uint16_t word, lemma_word; /* ids of form and lemma in doc->words, 0: in no class; set by dgi_doc_words() */
};
struct dgi_sent {
    dgi_span span;
    uint32_t first, end; /* tokens */
    uint32_t block;
    bool starts_par;         /* first sentence of its paragraph */
    uint32_t root;           /* token, set by dgi_tree_index() */
    dg_str id, text_comment; /* CoNLL-U input: sent_id and # text to be kept; else empty */
};

/* ---- resolved things ---- */

enum { DGI_TIMEX_VALUE = 40 };
enum dgi_time_against { DGI_AGAINST_NOTHING, DGI_AGAINST_PUBLICATION, DGI_AGAINST_TOLD }; /* what it was counted from */
struct dgi_time { /* a time expression of the text */
    dgi_span span;
    uint32_t first, end; /* tokens */
    struct dgi_day_range range;
    uint8_t kind; /* enum dgi_time_kind; BY_TENSE: the range is the past reading, `future` the coming one */
    struct dgi_day_range future;
    uint32_t days; /* length of a DURATION of hours to months, a month as 30; else 0 */
    /* as TIMEX3 (resolve/timex.c) */
    uint8_t type, mod, against; /* enum dgi_timex_type, dgi_timex_mod, dgi_time_against */
    bool ahead;                 /* of a BY_TENSE one: the verb over it means `future` */
    bool either;                /* not BY_TENSE: `future` is what the same words may mean as well ("4/3/2022") */
    struct dgi_day_range also,
        also_ahead;                    /* a third reading, and that of `future`: "mid-May" from the 10th to the 20th */
    uint32_t told;                     /* AGAINST_TOLD: the time it counts from, or DGI_NONE */
    char value[DGI_TIMEX_VALUE];       /* empty: unknown */
    char value_ahead[DGI_TIMEX_VALUE]; /* of `future` */
};
struct dgi_place {
    dgi_span span;
    uint32_t first, end;
    dg_str name;     /* as the gazetteer writes it */
    char country[4]; /* ISO3 or "" */
    dg_str admin1;
    double lat, lon;                /* NaN unknown */
    int64_t geonames;               /* 0 unknown */
    uint8_t precision;              /* enum dgi_place_precision */
    bool part;                      /* of another name ("Kentucky State Police"): nothing need happen there */
    bool adjective;                 /* "Syrian": the state or region of which it is; a part, too */
    dg_str feature;                 /* code of GeoNames ("PPLC"), or empty */
    const struct dgi_place *others; /* other readings of the name, the likelier first; they have none of their own */
    uint32_t n_others;
};
struct dgi_quantity {
    dgi_span span;
    uint32_t first, end;
    uint32_t noun; /* token counted ("troops"), or DGI_NONE */
    uint8_t kind;
    double value, low, high; /* NaN = null */
    bool approx;
    bool total;  /* a sum that takes in what was counted before ("brings the toll to 40") */
    dg_str unit; /* "USD", "EUR", "percent" ... or empty */
};

struct dgi_entity {
    dg_str actor; /* "country:RUS", "org:NATO", "person:Wendy Sherman", "group:...", "role:RUS:MIL"; empty: no actor */
    dg_str name;
    uint8_t type;    /* enum dgi_entity_type */
    char country[4]; /* ISO3 or "" */
    dg_str cameo;    /* CAMEO actor code, "RUSMIL" */
    dg_str sectors;  /* PLOVER sectors joined by ',' */
    dg_str title;    /* "deputy secretary of state" or empty */
    bool political;  /* can be source or target of an event */
    bool known;      /* a row of the tables says who it is */
    bool plural;
    uint32_t n_mentions;
};
struct dgi_mention {
    dgi_span span;       /* the phrase a reader would underline */
    uint32_t first, end; /* tokens */
    uint32_t head;       /* token */
    uint32_t entity;
    uint8_t kind;    /* enum dgi_mention_kind */
    bool adjectival; /* "Russian" in "Russian troops": a mention of the country, not of the phrase */
    bool locative;   /* used as a place ("in Moscow", "near Ukraine") */
    uint8_t said_as; /* enum dgi_said_as: what the noun of roles.tsv at its head calls it */
};

/* ---- statements ---- */
struct dgi_statement {
    uint8_t kind;
    uint32_t speaker; /* entity or DGI_NONE */
    dgi_span speaker_span, cue;
    uint32_t cue_tok; /* or DGI_NONE */
    const dgi_span *content;
    uint32_t n_content;
    uint32_t addressee; /* entity or DGI_NONE */
    uint32_t sentence;  /* in which it begins */
    bool negated;
    uint32_t outer; /* statement inside which this one is quoted ("X said Y had denied ..."), or DGI_NONE */
};

/* ---- events ---- */
struct dgi_ref { /* a filler of source or target */
    uint32_t entity;
    dgi_span span;
    uint32_t head;  /* token, DGI_NONE when implied */
    bool discourse; /* not named in its clause: who the text has just spoken of */
};
struct dgi_coded {
    uint32_t sentence;
    uint32_t trigger_tok; /* head token of the trigger */
    dgi_span trigger;
    struct dgi_ref *source, *target;
    uint32_t n_source, n_target;
    char cameo[5];
    uint8_t plover;  /* enum dgi_plover */
    dg_str mode;     /* or empty */
    dg_str contexts; /* joined by ',' */
    uint8_t status;
    bool negated;
    bool reciprocal;
    uint32_t statement;   /* innermost statement that holds the trigger, or DGI_NONE */
    uint32_t *claimed_by; /* entities, innermost speaker first */
    uint32_t n_claimed_by;
    uint32_t content_of;   /* event or DGI_NONE */
    uint32_t condition_of; /* event or DGI_NONE */
    uint32_t *content, *condition;
    uint32_t n_content, n_condition;
    struct dgi_day_range date;
    bool date_from_text;
    uint8_t place_from; /* enum dgi_place_from */
    dgi_span date_span;
    struct dgi_day_range deadline; /* "by Friday", "within 48 hours": for demands and threats; start DGI_NO_DAY: none */
    dgi_span deadline_span;        /* its words */
    uint32_t place;                /* index into doc->places or DGI_NONE */
    uint32_t *quantities;
    uint32_t n_quantities;
    dgi_span content_span; /* words of what is demanded, offered, threatened ...; empty if none */
    dgi_span condition_span;
    float confidence;
    dg_str frame; /* id of the lexicon row */
    dg_str id;    /* stable id, set by api/ at the end */
};

/* ---- document ---- */
struct dgi_doc {
    dgi_arena *arena;
    struct dgi_meta meta;
    dg_str text; /* valid UTF-8, what `dragoman text` prints */
    struct dgi_block *blocks;
    uint32_t n_blocks, cap_blocks;
    struct dgi_tok *toks;
    uint32_t n_toks, cap_toks;
    struct dgi_sent *sents;
    uint32_t n_sents, cap_sents;
    struct dgi_time *times;
    uint32_t n_times, cap_times;
    struct dgi_place *places;
    uint32_t n_places, cap_places;
    struct dgi_quantity *quantities;
    uint32_t n_quantities, cap_quantities;
    struct dgi_entity *entities;
    uint32_t n_entities, cap_entities;
    struct dgi_mention *mentions;
    uint32_t n_mentions, cap_mentions; /* in order of first token */
    struct dgi_statement *statements;
    uint32_t n_statements, cap_statements;
    struct dgi_clauses *clauses; /* clause/clause.h; NULL until dgi_clauses_read() */
    struct dgi_coded *events;
    uint32_t n_events, cap_events; /* in order of trigger position */
    struct dgi_read *read;         /* doc/read.h: what the trained event reader says; NULL: the model has none */
    uint32_t n_told; /* behind them: what is no event of CAMEO but moves a matter on the board ("took effect") */
    const struct dgi_words *words; /* classes of words, borrowed from the model; NULL until dgi_doc_words() */
    /* trace for `explain`: stages append lines here when not NULL */
    struct dgi_trace *trace;
};

struct dgi_trace_line {
    uint32_t tok; /* trigger token the line is about, or DGI_NONE */
    dg_str stage; /* "frame", "source", "status", "refused" ... */
    dg_str text;
};
struct dgi_trace {
    struct dgi_trace_line *lines;
    uint32_t n, cap;
};
/* Add a line; does nothing when doc->trace is NULL. */
void dgi_trace_add(struct dgi_doc *doc, uint32_t tok, const char *stage, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));

/* arena limit in bytes; 0 = default. NULL: no memory. */
struct dgi_doc *dgi_doc_new(size_t limit);
void dgi_doc_free(struct dgi_doc *doc);

/* Link children and set sents[].root. Needs head. Heads outside the sentence are made roots. */
void dgi_tree_index(struct dgi_doc *doc);

/* First child of tok with relation rel, from `after` on (pass DGI_NONE to begin). DGI_NONE: no more. */
uint32_t dgi_child(const struct dgi_doc *doc, uint32_t tok, uint8_t rel, uint32_t after);
/* The same for any subtype of the relation `base`. */
uint32_t dgi_child_base(const struct dgi_doc *doc, uint32_t tok, uint8_t base, uint32_t after);
/* Is anc an ancestor of tok (or tok itself)? Bounded by the sentence's length. */
bool dgi_dominates(const struct dgi_doc *doc, uint32_t anc, uint32_t tok);
/* Longest phrase of `t` that starts at token `tok` and ends before `limit`: dgi_phrase_match_words() over the tokens' forms. */
static inline uint32_t dgi_phrase_match(const struct dgi_table *t, const struct dgi_doc *doc, uint32_t tok,
                                        uint32_t limit, const uint32_t **rows, uint32_t *n_rows)
{
    return dgi_phrase_match_words(t, doc->n_toks ? &doc->toks[0].form : NULL, sizeof(struct dgi_tok), tok,
                                  limit < doc->n_toks ? limit : doc->n_toks, rows, n_rows);
}
/* The first token that starts at byte `at` or after it; n_toks: none. O(log n): tokens stand in order of their start. */
uint32_t dgi_tok_from(const struct dgi_doc *doc, uint32_t at);
/* Smallest token range [*first,*end) that holds tok's whole subtree (by tree, contiguous hull). */
void dgi_subtree(const struct dgi_doc *doc, uint32_t tok, uint32_t *first, uint32_t *end);
bool dgi_lemma_is(const struct dgi_doc *doc, uint32_t tok, const char *lemma);
/* Lower-cased lemma of the preposition that case-marks tok ("in", "because_of" for fixed ones), "" if none. Into buf. */
dg_str dgi_case_of(const struct dgi_doc *doc, uint32_t tok, char *buf, size_t size);
/* Base relation without its subtype: DGI_REL_NSUBJ for nsubj:pass. */
uint8_t dgi_rel_base(uint8_t rel);

/* [n_toks + 1] for each token the shortest mention that counts() and holds it, DGI_NONE: none; of two as short the first.
 * NULL: no memory. The end of the list is there so that a token past the end may be asked for. */
uint32_t *dgi_mention_cover(const struct dgi_doc *doc, dgi_arena *arena, bool (*counts)(const struct dgi_mention *m));

/* Let the document know its language's closed classes: forms and lemmas of all tokens get their ids. `words` is borrowed.
 * After the last stage that changes a form or lemma. */
void dgi_doc_words(struct dgi_doc *doc, const struct dgi_words *words);
/* Is the form of token tok in the set? False for DGI_NONE and past the end. */
static inline bool dgi_tok_in(const struct dgi_doc *doc, uint32_t tok, enum dgi_word_set set)
{
    return tok < doc->n_toks && dgi_words_id_in(doc->words, doc->toks[tok].word, set);
}
/* The same for its lemma. */
static inline bool dgi_lemma_in(const struct dgi_doc *doc, uint32_t tok, enum dgi_word_set set)
{
    return tok < doc->n_toks && dgi_words_id_in(doc->words, doc->toks[tok].lemma_word, set);
}

static inline dg_str dgi_slice(const struct dgi_doc *doc, dgi_span s)
{
    return (dg_str){doc->text.ptr + s.start, s.end - s.start};
}

#endif
