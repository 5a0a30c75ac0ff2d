/* SPDX-License-Identifier: Apache-2.0 */
/* code/frames.h: the coder's tables in memory. Format of the files: docs/formats/frames.md. */
#ifndef DGI_FRAMES_H
#define DGI_FRAMES_H

#include "clause/reading.h"
#include "code/code.h"

enum step_kind {
    STEP_SELF,
    STEP_HEAD,
    STEP_SUBJ,
    STEP_NSUBJ,
    STEP_OBJ,
    STEP_IOBJ,
    STEP_OBL,
    STEP_NMOD,
    STEP_POSS,
    STEP_COMPOUND,
    STEP_AMOD,
    STEP_MOD,
    STEP_XCOMP,
    STEP_CCOMP,
    STEP_ADVCL,
    STEP_ACL,
    STEP_ADVMOD,
    STEP_PRT,
    STEP_APPOS,
    STEP_CONJ,
    STEP_AUX,
    STEP_MARK,
    STEP_DET,
    STEP_CASE,
    STEP_NUMMOD,
    STEP_ANY,
    STEP_RUN,       /* X of a fixed expression */
    STEP_SPEAKER,   /* who says the clause */
    STEP_ADDRESSEE, /* to whom */
    STEP_UNMARKED,  /* a phrase without preposition: "waited two days" */
    N_STEP
};
struct step {
    uint8_t kind;
    uint32_t word; /* case-marking preposition, 0: any */
};
enum { MAX_STEPS = 4, MAX_ALT = 16 };
struct path {
    uint32_t n;
    struct step step[MAX_STEPS];
};
struct role {
    const struct path *path; /* alternatives, in order */
    const struct path *more; /* all of these fill too */
    uint32_t n, n_more;
    bool none, given;
};
enum test_kind {
    TEST_WORDS,
    TEST_ANY,
    TEST_NONE,
    TEST_ACTOR,
    TEST_POWERS,
    TEST_PLACE,
    TEST_NUM,
    TEST_WISH,
    TEST_VOW,
    TEST_UNLESS,
    TEST_VERB,
    TEST_BIDDING,
    TEST_RUN
};
enum { MAX_RUN = 8, MAX_RUNS = 40, DGI_SIGN = 4 };
/* Of a set of word ids: one bit of 256 for each, so that most sentences without a word are seen at once. */
struct dgi_sign {
    uint64_t bit[DGI_SIGN];
};
enum { GAP_NONE, GAP_PHRASE, GAP_CLAUSE };
struct run { /* a fixed expression: words in a row after the trigger */
    uint32_t n;
    uint32_t
        joint; /* "with X" at its end, and the row is reciprocal: so many words stand where X is among the subjects; else 0 */
    struct run_word {
        const uint32_t *word; /* sorted word ids; none: X, the phrase that fills a slot */
        uint32_t n_words;
        uint8_t gap; /* none, or a few words of any kind: of a phrase, of a clause */
    } el[MAX_RUN];
    struct dgi_sign all; /* of the words of which it has no choice */
    struct dgi_sign any; /* of the shortest list that it has to choose from; empty: none */
};
struct constraint {
    struct step rel[3]; /* any of these */
    uint8_t n_rel;
    uint8_t test;
    bool negated;
    const uint32_t *word; /* sorted word ids */
    uint32_t n_words;
    struct run *run; /* of TEST_RUN: any of these */
    uint32_t n_run;
};
enum { DGI_SIDE_SOURCE, DGI_SIDE_TARGET, DGI_N_SIDE }; /* of an event; the first two roles of a row */
enum { ROLE_SOURCE = DGI_SIDE_SOURCE, ROLE_TARGET = DGI_SIDE_TARGET, ROLE_CONTENT, ROLE_PLACE, N_ROLE };
enum { NEED_ANY, NEED_SOURCE, NEED_TARGET, NEED_BOTH, NEED_NONE };
enum {
    FRAME_FUTURE = 1,
    FRAME_HYP_CONTENT = 2,
    FRAME_RECIP = 4,
    FRAME_WEAK = 8,
    FRAME_PASSIVE = 16,
    FRAME_ACTIVE = 32,
    FRAME_EATS_NEG = 64,  /* "not" is part of the trigger */
    FRAME_EATS_AUX = 128, /* so is "will" */
    FRAME_RUN = 256,      /* a fixed expression */
    FRAME_LAST = 512,     /* tried after all other rows of its word */
    FRAME_SURE = 1024,    /* so closely worded that the trained reader refuses it nothing */
    FRAME_EATS_NO = 2048  /* "no" stands in its fixed expression */
};
struct frame {
    dg_str id;
    const uint32_t *lemma;
    struct constraint *con;
    uint32_t n_lemmas, n_con;
    struct role role[N_ROLE];
    uint32_t flags;
    uint32_t weight;     /* specificity: higher is tried first */
    uint32_t table, row; /* where it stands */
    char cameo[5];
    uint8_t plover, pos, need;
    dg_str mode;
};
extern const char dgi_frame_board[]; /* column 6 of a row that is no event of PLOVER, but moves a matter on the board */
static inline bool dgi_for_board(const struct frame *f)
{
    return f->plover == DGI_N_PLOVER;
}
/* An expression that says enough with its doer alone: tried when no row of its word has found both sides. */
static inline bool dgi_is_lone(const struct frame *f)
{
    const uint32_t all = FRAME_RUN | FRAME_LAST | FRAME_SURE;
    return f->need == NEED_SOURCE && (f->flags & all) == all;
}
struct light {
    struct frame verb;  /* trigger and constraints of the verb */
    struct step rel[3]; /* how the noun hangs on the verb: any of these */
    uint8_t n_rel;
    struct role source, target;
    uint8_t effect;
};
enum effect {
    EF_NONE,
    EF_ACTUAL,
    EF_FUTURE,
    EF_HYP,
    EF_NEG,
    EF_HYPNEG,
    EF_FAIL,
    EF_WOULD,
    EF_COND,
    EF_FACT,    /* certainly real */
    EF_SOFT,    /* not real, unless spoken of as known ("discussed the attack") */
    EF_TRUTH,   /* as real as the word itself: "it is (not) true that" */
    EF_FALSE,   /* beside a word of telling: what it tells did not happen */
    EF_PAST,    /* happened long ago: what an anniversary is of */
    EF_FICTION, /* a work: what it tells is no event */
    EF_TELL,    /* a verb by which a work tells */
    EF_DRILL    /* an exercise: what is done in it is not done in earnest */
};
struct governor {
    uint32_t rels;                /* bit per step_kind; all bits: any */
    uint32_t prep[4], n_prep;     /* any of these, of STEP_OBL / STEP_NMOD; none: any */
    uint8_t pos, effect, control; /* enum dgi_control */
    dg_str id;
};
struct compose {
    char parent[5], content[5], result[5];
};
struct topic {
    uint8_t topic; /* index into topic names + 1 */
    int8_t weight;
};
struct reader_row { /* what the trained reader may do for one PLOVER event; chances 0 to 1 */
    bool known;
    struct chances {
        float propose, backed, veto, side, alone, doubt, sure, guess, held, retype; /* doubt 0: corrects no side */
    } by[2]; /* of a large reader; of a small one (dgi_read.small) */
    struct frame frame;
};
enum { SURE_BASE, SURE_SEEN, SURE_ALONE, SURE_NOBODY, N_SURE }; /* what adds to the log odds of an event */
struct word_list {                                              /* rows of one word */
    uint32_t first, n;
};
enum { DGI_WORDS_READ = 4096 }; /* lists of words remembered while the tables are read */
struct dgi_coder_tables {
    dgi_arena *arena;
    const dgi_lexicon *lex;
    struct dgi_lexis lx; /* words by number, and their classes */
    /* frames, sorted by weight within a word */
    struct frame *frame;
    uint32_t n_frames, cap_frames;
    struct light *light;
    uint32_t n_light, cap_light;
    struct frame *neg;
    uint32_t n_neg, cap_neg;
    struct governor *gov;
    uint32_t n_gov, cap_gov;
    struct compose *comp;
    uint32_t n_comp, cap_comp;
    /* per word id: ranges into the index arrays */
    struct word_list *by_frame, *by_light, *by_neg, *by_gov;
    uint32_t *ix_frame, *ix_light, *ix_neg, *ix_gov;
    uint32_t *gov_word;
    uint32_t cap_gov_word; /* word id of gov[i] */
    struct topic *topic;   /* per word id */
    uint64_t *context;     /* per word id: bit per PLOVER context */
    dg_str ctx_name[64];
    uint32_t n_ctx;
    struct words_read { /* a list of words as a row has it, and its numbers: most lists stand in many rows */
        dg_str list;
        uint32_t *word, n;
    } * read_before; /* DGI_WORDS_READ, by the hash of the list, the last one read; only while the tables are read */
    struct class_def {
        dg_str name;
        uint32_t *word;
        uint32_t n, cap;
    } * cls;
    uint32_t n_cls, cap_cls;
    struct role def_verb[DGI_N_SIDE], def_noun[DGI_N_SIDE], def_run; /* default source, target */
    struct reader_row reader[DGI_N_PLOVER];
    float sure[N_SURE];
    uint32_t n_faults;
    dgi_fault_fn *fault; /* while checking */
    void *fault_user;
    bool nomem;
};

static inline void dgi_sign_add(struct dgi_sign *s, uint32_t id)
{
    s->bit[id / 64 % DGI_SIGN] |= (uint64_t)1 << id % 64;
}

static inline bool dgi_in_words(const uint32_t *w, uint32_t n, uint32_t id)
{
    uint32_t lo = 0, hi = n;
    while (lo < hi) {
        uint32_t mid = (lo + hi) / 2;
        if (w[mid] < id)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < n && w[lo] == id;
}

#endif
