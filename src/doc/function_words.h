/* SPDX-License-Identifier: Apache-2.0 */
/* doc/function_words.h: closed classes of words ("and", "who", "not"), as lexicon/en/function_words.tsv lists them.
 *
 * No word of a language stands in C: the code asks for a class. To add one: a line in DGI_WORD_SETS below and one or more
 * rows in the table; `dragoman lexicon check` knows of both and tells what the other lacks (docs/lexicon.md).
 *
 *   of a token's form    dgi_tok_in(doc, tok, DGI_W_NEGATOR)            (doc/doc.h)   case and shape of quotes do not matter
 *   of a token's lemma   dgi_lemma_in(doc, tok, DGI_W_GO_ON)            (doc/doc.h)   as written: lemmas are in lower case
 *   of any word          dgi_word_in(words, DGI_W_NEGATOR, str)         as for forms
 *   by id                dgi_words_id(words, str) once, then dgi_words_id_in(words, id, set) as often as needed
 *
 * The model compiles the table once (dgi_words_open) and all threads share it; dgi_doc_words() gives every token of a document
 * the ids of its form and lemma, so that asking is a look into a small array. What is a word's meaning for an event
 * ("would", "refuse") is not here but in status.tsv; words of several tokens are phrases of other tables. */
#ifndef DGI_FUNCTION_WORDS_H
#define DGI_FUNCTION_WORDS_H

#include "base/table.h"
#include "doc/name_weights.h"

/* Constant and name in the table. The order means nothing; keep the sets of a room together. */
/* clang-format off */
#define DGI_WORD_SETS(X)                                                                                               \
    /* of any room */                                                                                                  \
    X(A, "a") X(AFTER, "after") X(BEFORE, "before") X(AND, "and") X(AND_OR, "and_or") X(BETWEEN, "between")            \
    X(FROM, "from") X(IN, "in") X(INDEFINITE, "indefinite") X(OF, "of") X(ON, "on") X(ONE, "one") X(OWN, "own") X(OR, "or")          \
    X(THE, "the") X(THAN, "than")                                                                                      \
    X(TO, "to") X(THAT, "that") X(AS, "as") X(SO, "so") X(IT, "it") X(HE_SHE, "he_she") X(RELATIVE, "relative")          \
    X(RELATIVE_OBLIQUE, "relative_oblique") X(RELATIVE_THING, "relative_thing")                                                                            \
    X(WHERE, "where") X(NEGATOR, "negator") X(WHETHER, "whether") X(CONDITION, "condition") X(WHILE, "while") X(TOLL_UNSURE, "toll_unsure") \
    X(RULE_AUX, "rule_aux") X(VOW_AUX, "vow_aux") X(VOICE, "voice") X(EXCEPTION, "exception") X(THOUGH, "though") X(WOULD, "would") \
    X(REASON, "reason") X(AFTER_BEFORE, "after_before") X(PER, "per") X(I_WE, "i_we") X(SELF_OR_YOU, "self_or_you") X(UNLIKE, "unlike") X(UNDER_RULE, "under_rule") \
    X(SECTOR_TRADE, "sector_trade") X(SECTOR_STATES, "sector_states") X(RULE_TEXT, "rule_text") X(CONCUR, "concur") X(RAIL, "rail") X(ACCIDENT, "accident") \
    X(VIOLENCE, "violence") X(MISHAP, "mishap") X(SUFFERS, "suffers") X(CONTEST, "contest") X(BEATS, "beats") X(GOING_TO, "going_to") \
    X(PLANTED, "planted") X(YOU, "you") X(HEARS, "hears") X(CLOSED, "closed") X(CLOSED_ONLY, "closed_only") X(PAST_END, "past_end") \
    /* resolve: times */                                                                                               \
    X(TIME_ORDINAL_END, "time_ordinal_end") X(TIME_PREP, "time_prep")                                                  \
    X(TIME_MONTH_OR_WORD, "time_month_or_word") X(TIME_MONTH_BEFORE_NAME, "time_month_before_name")                    \
    X(OF_IN, "of_in") X(TIME_RANGE_TO, "time_range_to") X(TIME_IN_SINCE, "time_in_since")                    \
    X(TIME_MEASURE, "time_measure") X(TIME_COUNTED, "time_counted") X(TIME_PREFIX, "time_prefix")                      \
    X(TIME_BEFORE_YEAR, "time_before_year") X(LETTER_S, "letter_s") X(POSSESSIVE, "possessive") X(TIME_PAST, "time_past")                              \
    X(TIME_PREVIOUS, "time_previous") X(TIME_PRECEDING, "time_preceding") X(TIME_NEXT, "time_next")                    \
    X(TIME_LAST, "time_last") X(TIME_LAST_THIS, "time_last_this") X(TIME_LAST_FINAL, "time_last_final")                \
    X(AMOUNT_TOTAL, "amount_total") X(AMOUNT_CHANGE, "amount_change") X(AMOUNT_JAIL, "amount_jail") X(TIME_TONIGHT, "time_tonight") X(TIME_THIS, "time_this") X(TIME_SAME, "time_same") X(TIME_VERY, "time_very") X(TIME_WILL, "time_will") X(TIME_AS, "time_as") X(TIME_TELLING, "time_telling") X(TIME_TRYING, "time_trying") X(TIME_BEGINNING, "time_beginning") X(TIME_WEEKENDS, "time_weekends") X(TIME_NIGHT, "time_night")          \
    X(TIME_MORE, "time_more") X(TIME_FULL, "time_full") X(TIME_RUNNING, "time_running")                                \
    X(TIME_CLAUSE_END, "time_clause_end") X(TIME_EARLIER, "time_earlier") X(TIME_LATER, "time_later")                  \
    X(TIME_LATER_THAN, "time_later_than") X(TIME_JUST_EARLIER, "time_just_earlier") X(TIME_PRIOR, "time_prior")        \
    X(TIME_AGO, "time_ago") X(TIME_HENCE, "time_hence") X(TIME_NOW, "time_now") X(TIME_OLD, "time_old")                \
    X(TIME_NO_DEADLINE, "time_no_deadline") X(TIME_MEASURING, "time_measuring")                                        \
    X(TIME_SUPERLATIVE_END, "time_superlative_end") X(TIME_COMPARATIVE, "time_comparative")                            \
    X(TIME_EDGE_PREP, "time_edge_prep") X(TIME_SEASON_PREP, "time_season_prep")                                        \
    X(TIME_SEASON_OR_WORD, "time_season_or_word") X(TIME_END, "time_end") X(TIME_DAY_PREP, "time_day_prep")            \
    X(TIME_NEW, "time_new") X(TIME_THE_FINAL, "time_the_final") X(TIME_CLOCK, "time_clock")                            \
    X(TIME_LOCAL, "time_local") X(TIME_FROM, "time_from") X(TIME_FILLER, "time_filler")                                \
    X(TIME_THE_ON, "time_the_on") X(TIME_AM, "time_am") X(TIME_PM, "time_pm") X(TIME_OCLOCK, "time_oclock")             \
    X(TIME_ZONE, "time_zone") X(TIME_ZULU, "time_zulu") X(TIME_CLOCK_PREP, "time_clock_prep")                           \
    X(TIME_PART_PREP, "time_part_prep") X(TIME_LASTING, "time_lasting") X(TIME_LASTING_MANY, "time_lasting_many")       \
    X(TIME_TIMES, "time_times") X(TIME_OTHER, "time_other") X(TIME_LONG, "time_long") X(TIME_INTENT, "time_intent")     \
    X(TIME_FOR, "time_for") X(TIME_ODD, "time_odd") X(TIME_PAPER, "time_paper") X(TIME_NUMBERED, "time_numbered") X(TIME_FOLLOWING, "time_following") X(TIME_GIVEN, "time_given") X(TIME_CALENDAR, "time_calendar") X(TIME_STARTING, "time_starting") X(TIME_WISH, "time_wish") X(TIME_MONTH_LIKE, "time_month_like") X(TIME_AHEAD, "time_ahead") X(TIME_COME, "time_come") X(TIME_PRESENT, "time_present")                                                            \
    /* resolve: amounts */                                                                                             \
    X(AMOUNT_NUMBERED, "amount_numbered") X(AMOUNT_GROUP, "amount_group")                                              \
    X(AMOUNT_GLUED_UNIT, "amount_glued_unit") X(AMOUNT_CURRENCY, "amount_currency")                                    \
    X(AMOUNT_TO_OR, "amount_to_or") X(AMOUNT_PLUS, "amount_plus") X(AMOUNT_PARTITIVE, "amount_partitive")              \
    X(AMOUNT_TOLL, "amount_toll") X(AMOUNT_LIFE, "amount_life") X(AMOUNT_TAKES, "amount_takes") X(AMOUNT_STRONG, "amount_strong") X(AMOUNT_MEN_END, "amount_men_end")                \
    /* resolve: places and actors */                                                                                   \
    X(PLACE_PREP, "place_prep") X(PLACE_INSIDE, "place_inside") X(PLACE_WAY, "place_way")                                                        \
    X(ACTOR_DEFINITE, "actor_definite") X(ACTOR_BOTH, "actor_both") X(ACTOR_INDEFINITE, "actor_indefinite")             \
    X(NAME_BODY, "name_body") X(NAME_ORG, "name_org") X(NAME_PLACE, "name_place") X(NAME_TITLE, "name_title") X(PRIVATE_BODY, "private_body") X(PRODUCT_NAME, "product_name") X(PRODUCT_WORD, "product_word") X(PRODUCT_THING, "product_thing") X(SHIP_MARK, "ship_mark")                                     \
    X(ACTOR_FOR, "actor_for") X(ACTOR_LEAD, "actor_lead") X(ACTOR_ALLY, "actor_ally")                                  \
    /* text: is it our language? */                                                                                    \
    X(COMMON, "common") X(SHARED, "shared")                                                                                                \
    /* quote: cues, speakers, what is said */                                                                          \
    X(AUTHOR_PREP, "author_prep") X(GO_ON, "go_on") X(I_YOU, "i_you") X(NO_STAND_IN, "no_stand_in") X(SAY, "say") X(TURN_ASK, "turn_ask") X(TURN_ANSWER, "turn_answer") X(LETTER_OPEN, "letter_open") X(CLAIM_TO, "claim_to") X(SAID_WHEN, "said_when") X(OCCASION_PREP, "occasion_prep") X(OTHER_END, "other_end") X(FOLLOWERS, "followers") X(STATE_NOUN, "state_noun") X(CLAIM_ING, "claim_ing") X(SAYS_NOUN, "says_noun") X(WORDING, "wording") X(USES_WORDS, "uses_words") X(MINDED, "minded") X(LETTER_CLOSE, "letter_close") X(MOVES, "moves") X(OFFICE_ADJ, "office_adj") X(PRESS, "press") X(WITH, "with") \
    X(UNREAL_AUX, "unreal_aux") X(UNSAYABLE, "unsayable") X(WHAT, "what") X(FACT_SHOWS, "fact_shows") X(BARE_DAY, "bare_day") X(DATA_NOUN, "data_noun") X(LAW_TEXT, "law_text") X(CREDIT_LABEL, "credit_label")                                                              \
    /* clause and code */                                                                                              \
    X(BE, "be") X(CLAUSE_OPENER, "clause_opener") X(CONTENT_MARK, "content_mark") X(DEFINITE, "definite")              \
    X(ARMED_DEED, "armed_deed") X(ARMED_DOER, "armed_doer") X(RELATION, "relation") X(TAKEOVER, "takeover") X(BLAMED_ON, "blamed_on") X(BORDER, "border") X(ASSURES, "assures") X(BROKER_VERB, "broker_verb") X(CEASES, "ceases") X(CHARGED_WITH, "charged_with") X(DONE_BY, "done_by") X(DRIVES_OFF, "drives_off") X(FACES, "faces") X(GAOLER, "gaoler") X(GOES_WITH, "goes_with") X(SENDS, "sends") X(MEASURE_NOUN, "measure_noun") X(ELLIPSIS, "ellipsis") X(EMBASSY, "embassy") X(GERUND_PREP, "gerund_prep") X(HAVE, "have")            \
    X(KEPT_MARK, "kept_mark") X(NO, "no") X(NOBODY, "nobody") X(OBJECT_GERUND_PREP, "object_gerund_prep")              \
    X(GIVE, "give") X(HYPHEN_KEEPS, "hyphen_keeps") X(PARTICLE, "particle") X(POLL, "poll") X(SEQUENCE, "sequence") X(TIME_CLAUSE, "time_clause")                      \
    X(DURING, "during") X(CURRENCY, "currency") X(LONG_UNIT, "long_unit") X(UNTIL, "until") X(WHEN, "when") X(COMPARED, "compared") X(NOR, "nor") X(VERB_ENDING, "verb_ending") X(WITHOUT, "without") X(YET, "yet") \
    X(ALONE, "alone") X(SHORT_WHILE, "short_while") X(UNTIL_NOW, "until_now") X(FAIL, "fail") X(SCENE, "scene") X(SEE, "see") X(THERE, "there") X(THING_PRONOUN, "thing_pronoun") X(USE, "use") X(SECTOR_PRIVATE, "sector_private") X(SECTOR_NO_POWER, "sector_no_power") X(SECTOR_NO_OFFICE, "sector_no_office") X(SECTOR_ARMS, "sector_arms") X(SECTOR_HELPERS, "sector_helpers") X(SECTOR_ORGANS, "sector_organs") X(SECTOR_OWN_PEOPLE, "sector_own_people") X(SECTOR_SPEAKS, "sector_speaks")      \
    X(PLACE_CAPITAL, "place_capital") X(PLACE_CITY, "place_city") X(PLACE_STATE, "place_state") X(PLACE_COUNTRY, "place_country")
/* clang-format on */

enum dgi_word_set {
#define DGI_WORD_SET_ENUM(id, name) DGI_W_##id,
    DGI_WORD_SETS(DGI_WORD_SET_ENUM)
#undef DGI_WORD_SET_ENUM
        DGI_N_WORD_SETS
};
enum { DGI_WORD_LIMBS = (DGI_N_WORD_SETS + 63) / 64 };

struct dgi_words {
    uint64_t (*bits)[DGI_WORD_LIMBS]; /* [n] classes of each word; [0] is "no word of the table": all zero */
    dg_str *word;                     /* [n] in lower case */
    uint16_t *slot;                   /* open-addressed [1<<slot_bits] of ids, 0: free */
    uint32_t n, slot_bits;
    uint64_t lengths[256]; /* by first byte: a bit for each length that words have; turns most words down at once */
    struct dgi_name_weights names; /* what speaks for the kind of a name */
    dgi_arena *arena;
};

/* Compile the tables function_words and name_weights of `lex`, whose text the words borrow. Fails with DG_E_MODEL when the lexicon
 * lacks one, when a row names no set or a set has no row, when a weight is missing. */
dg_status dgi_words_open(struct dgi_words **out, const dgi_lexicon *lex, dg_error *err);
void dgi_words_close(struct dgi_words *words);

/* Id of a word, 0: in no set. Letters A-Z count as a-z and a typographic apostrophe as "'". */
uint16_t dgi_words_id(const struct dgi_words *words, dg_str word);
/* The same for a word that counts only as written. */
uint16_t dgi_words_id_exact(const struct dgi_words *words, dg_str word);

static inline bool dgi_words_id_in(const struct dgi_words *words, uint16_t id, enum dgi_word_set set)
{
    return id && (words->bits[id][set >> 6] >> (set & 63) & 1);
}
static inline bool dgi_word_in(const struct dgi_words *words, enum dgi_word_set set, dg_str word)
{
    return dgi_words_id_in(words, dgi_words_id(words, word), set);
}

/* What `dragoman lexicon check` says of the table: unknown sets, sets without a row, a word twice in a set, words that are
 * not in lower case, examples without the word. */
void dgi_words_check(const struct dgi_tsv *tables, uint32_t n_tables, dgi_fault_fn *fault, void *user);

#endif
