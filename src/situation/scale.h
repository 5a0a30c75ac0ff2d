/* SPDX-License-Identifier: Apache-2.0 */
/* situation/scale.h: the numbers by which the board judges, each with what it measures.
 *
 * Shares are between 0 (nothing) and 1 (all). Unless a line says otherwise they were tuned by hand in steps of .05 (the finer ones
 * by single stories) on the boards of gold/dev, items precision and recall of gold/score.py, before the freeze of 0.1. */
#ifndef DGI_SITUATION_SCALE_H
#define DGI_SITUATION_SCALE_H

/* ---- parties (party.c): how far two actors are the same ---- */
#define PARTY_SAME 1.0
#define PARTY_NAME 0.95      /* the same name under another id */
#define PARTY_STATE 0.85     /* both speak for one state */
#define PARTY_AT_HOME 0.6    /* two of one country, neither speaks for it */
#define PARTY_MEMBER 0.55    /* a bloc and a member of it */
#define PARTY_KIND 0.5       /* "rebels" and the rebels of a country */
#define PARTY_OPPOSED 0.3    /* of one country, only one speaks for it */
#define PARTY_TWO_GROUPS 0.2 /* two armed groups of one country */
#define PARTY_SURE 0.8       /* from here on one stands for the other: nothing is added to know both */
#define PARTY_LIKELY 0.5     /* from here on a report about one may be about the other */
#define PARTY_STRANGE 0.3    /* below this they are others */
#define PARTIES_MET 0.45     /* share of those who met that must be known */
#define SIDE_ALONE 0.7       /* what a pair weighs of which one side is unknown */
#define PAIR_HALF_NAMED 0.4  /* a pair of which the event names one side: from here on the same quarrel */

/* ---- content (match.c): words and codes of what is demanded, threatened, promised ---- */
#define CODE_SAME_LEAF 0.55 /* the same three digits, and a third that says something */
#define CODE_SAME 0.45
#define CODE_SAME_ROOT 0.35
#define CODE_SAME_SORT 0.2
#define CODE_OTHER (-0.15)
#define FEW_WORDS                                                                                                      \
    0.5 /* added to a number of words below three: one in common among few says less than three among many */
#define CONTENT_WORDS 0.75 /* weight of the words in common */
#define CONTENT_CODE 0.5   /* weight of the codes */
#define CONTENT_BARE 0.45  /* "the demand": nothing to compare */
#define CONTENT_BARE_CODED 0.2
#define CONTENT_UNKNOWN 0.4    /* the item says nothing of what it is */
#define CONTENT_TALKS 0.62     /* talks, dialogue, a meeting: the words differ, the matter is talks */
#define CONTENT_PLAIN 0.6      /* plainly the same thing, whoever it is said to */
#define CONTENT_NO_ISSUER 0.5  /* without an issuer only this much will do */
#define CONTENT_LEAST 0.32     /* the same two: from here on the same matter */
#define CONTENT_LEAST_HERE 0.2 /* the same two in one document */
#define CONTENT_LEAST_COMMITMENT 0.38
#define PAPER_SAME_REPORT 0.35 /* the same parties sign twice in one report: one paper */
#define PAPER_LEAST 0.25
#define PAPER_LEAST_HERE 0.15

/* ---- answers (answer.c) ---- */
#define ANSWER_LEAST 0.2        /* both sides named */
#define ANSWER_LEAST_WORDS 0.22 /* both sides named, words on both sides */
#define ANSWER_NO_ADDRESSEE 0.45
#define ANSWER_NO_ISSUER 0.5
#define ANSWER_NO_ISSUER_HERE 0.4 /* in the document that told of it */
#define ANSWER_PARTY 0.2          /* weight of each side */
#define ANSWER_OPEN 0.1           /* it still waits for an answer */
#define ANSWER_HERE 0.05          /* it was told of last in this document */
#define ANSWER_BARE 0.6           /* "the demand", whosever: it weighs as much as plain words */
#define ANSWER_NAMED 2.0          /* the matter is the content of the answer: nothing outdoes it */

/* ---- deeds (outcome.c) ---- */
#define DEED_WORDS 0.45      /* words in common that make a deed the one spoken of */
#define DEED_BOTH 0.3        /* the same with both sides named, for a blow that was threatened */
#define DEED_WORDS_CODED 0.2 /* the same with the same code */
#define DEED_SAME_DAY 0.6    /* on the very day it was demanded */

/* ---- days ---- */
enum {
    LAPSE_DAYS = 90,     /* of silence; an option of every question */
    MEETING_BEHIND = 7,  /* "the talks" with no day: those of the last week ... */
    MEETING_AHEAD = 30,  /* ... or of the next month */
    WAR_BEHIND = 366,    /* fighting of longer ago is history: it opens nothing that goes on today */
    PAPER_APART = 60,    /* two who sign again after so many days sign another paper, unless the words are the same */
    PAPER_BEHIND = 3660, /* a paper of longer ago is history: it is opened by nobody who only speaks of it */
    ASKED_BEHIND = 366,  /* so is a demand, an offer, a threat of longer ago */
    MOST_BETWEEN = 40,   /* bytes between two numbers that are counted together */
    TOLL_BEHIND = 14,    /* "the attack" with no day */
    ANSWER_BEHIND = 60,  /* "rejected the demand", nobody says whose: a demand heard of within so many days */
    ANSWER_BEHIND_NOBODY = 14, /* the same when nobody says by whom either */
    ANSWER_NEAR = 300,         /* characters between the question and the sentence in which "it" is answered */
    MEETING_WIDE = 31,         /* a date wider than this tells no meeting from another */
    REACH_ONE = 366, /* a report finds a matter that shares but one party when it was heard of within so many days */
    REACH_NONE =
        60, /* one that shares none; nothing on the boards of gold/dev and tests/corpus is heard of again later */
    REACH_WHAT_IF = 20 * 366, /* what if looks as far back as matters stand */
    SEASON = 128,             /* days under one mark of a party; of none: */
    STRAY_SEASON = 8
};

/* ---- candidates (matters.c) ----
 * What one event is compared with must not grow with the board, or ten thousand documents about one pair cost ten thousand
 * times as much. No board of gold/dev, tests/corpus and of the stories moved when they were set (from 512, 128, 128, 64). */
enum {
    MOST_CANDIDATES = 128, /* items that one event is compared with, for one kind */
    MOST_MARKED = 32,      /* of them by one pair, or one party whose other side is unknown: the newest */
    MOST_ONE = 16,         /* by one party and a season */
    MOST_STRAYS = 32       /* by nobody */
};

/* ---- tolls (match.c) ---- */
#define TOLL_BIG 100        /* from here on an equal number is no chance */
#define TOLL_FEW 3          /* below this it is, even in one report */
#define TOLL_RISING 50      /* from here on a later number of one place and no day goes on counting the same dead */
#define TOLL_HELD 15        /* fewer who are held are no toll */
#define TOLL_LEAST_RISE 0.5 /* a corrected number is between this part and */
#define TOLL_MOST_RISE 20   /* so many times the one before */

#define SCORE_TIE 1e-9 /* closer than this are equal, and the newest is taken */

#endif
