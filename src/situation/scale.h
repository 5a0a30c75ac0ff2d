/* SPDX-License-Identifier: Apache-2.0 */
/* situation/scale.h: the numbers by which the board judges, by name. What each measures, its value, unit and range, and the data on
 * which it was set stand in lexicon/world/board_scale.tsv; law.c reads them once, when the rules are made.
 *
 * A new one is a name here and a row there: the loader names the one that a side lacks. */
#ifndef DGI_SITUATION_SCALE_H
#define DGI_SITUATION_SCALE_H

#include <stdint.h>

/* clang-format off */
/* shares, weights, factors, numbers of persons and words */
#define DGI_SCALE_NUMBERS(X) \
    X(answer_bare) X(answer_here) X(answer_least) X(answer_least_words) X(answer_named) X(answer_no_addressee) \
    X(answer_no_issuer) X(answer_no_issuer_here) X(answer_open) X(answer_party) X(code_other) X(code_same) \
    X(code_same_leaf) X(code_same_root) X(code_same_sort) X(content_bare) X(content_bare_coded) X(content_code) \
    X(content_least) X(content_least_commitment) X(content_least_here) X(content_no_issuer) X(content_plain) \
    X(content_talks) X(content_unknown) X(content_words) X(counterpart_share) X(deed_both) X(deed_same_day) \
    X(deed_words) X(deed_words_coded) X(few_words) X(few_words_below) X(land_holder) X(land_place) X(land_words) \
    X(land_words_least) X(matter_addressee) X(matter_content) X(matter_issuer) X(matter_nobody) \
    X(matter_to_nobody) X(meeting_dated) X(meeting_gets_day) X(meeting_moved) X(meeting_no_place) \
    X(meeting_nobody) X(meeting_parties) X(meeting_place) X(meeting_undated) X(meeting_waits) X(pair_half_named) \
    X(paper_content) X(paper_least) X(paper_least_here) X(paper_party) X(paper_same_report) X(parties_met) \
    X(party_at_home) X(party_kind) X(party_likely) X(party_member) X(party_name) X(party_opposed) X(party_same) \
    X(party_state) X(party_strange) X(party_sure) X(party_two_groups) X(post_actor) X(post_against) X(post_here) \
    X(post_place) X(side_alone) X(toll_big) X(toll_equal) X(toll_equal_big) X(toll_equal_small) X(toll_captives) X(toll_equal_words) X(toll_few) \
    X(toll_held) X(toll_least_rise) X(toll_most_rise) X(toll_renewed) X(toll_rising) X(toll_two_words)
/* whole numbers: days, events, bytes, characters */
#define DGI_SCALE_COUNTS(X) \
    X(answer_behind) X(answer_behind_nobody) X(answer_near) X(asked_behind) X(counterpart_least) \
    X(meeting_ahead) X(meeting_behind) X(meeting_wide) X(matter_apart) X(measure_apart) X(most_between) X(one_side_behind) X(paper_apart) X(paper_behind) \
    X(paper_days_apart) X(reach_none) X(reach_one) X(reach_what_if) X(toll_apart) X(toll_behind) X(war_behind)
/* clang-format on */

struct scale {
#define DGI_SCALE_NUMBER(name) double name;
#define DGI_SCALE_COUNT(name) int32_t name;
    DGI_SCALE_NUMBERS(DGI_SCALE_NUMBER) DGI_SCALE_COUNTS(DGI_SCALE_COUNT)
#undef DGI_SCALE_NUMBER
#undef DGI_SCALE_COUNT
};

/* ---- the index (matters.c) ----
 * No law but how items lie in a store: a store made with other numbers would have to be made anew. What one event is compared with must
 * not grow with the board, or ten thousand documents about one pair cost ten thousand times as much. No board of gold/dev, tests/corpus
 * and of the stories moved when they were set (from 512, 128, 128, 64). */
enum {
    SEASON = 128, /* days under one mark of a party; of none: */
    STRAY_SEASON = 8,
    MOST_CANDIDATES = 128, /* items that one event is compared with, for one kind */
    MOST_MARKED = 32,      /* of them by one pair, or one party whose other side is unknown: the newest */
    MOST_ONE = 16,         /* by one party and a season */
    MOST_STRAYS = 32       /* by nobody */
};

#define SCORE_TIE                                                                                                      \
    1e-9 /* scores closer than this are equal, and the newest is taken: for the arithmetic of the machine */

#endif
