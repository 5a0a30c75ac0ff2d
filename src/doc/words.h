/* SPDX-License-Identifier: Apache-2.0 */
/* doc/words.h: the words of the field as enumerations, with their names: what a document and its events are told in.
 *
 * No tree and no token stands here, so that the rooms that see events only (situation, store, brief, export) may include
 * it. The order of each list is written into stores: add at the end, never in between. */
#ifndef DGI_WORDS_H
#define DGI_WORDS_H

#include "base/day.h"

enum dgi_quantity_kind {
    DGI_Q_TROOPS,
    DGI_Q_DEATHS,
    DGI_Q_INJURED,
    DGI_Q_DISPLACED,
    DGI_Q_DETAINED,
    DGI_Q_MONEY,
    DGI_Q_WEAPONS,
    DGI_Q_OTHER,
    DGI_N_QUANTITY_KIND
};
enum dgi_entity_type {
    DGI_ENT_COUNTRY,
    DGI_ENT_ORG,
    DGI_ENT_PERSON,
    DGI_ENT_GROUP,
    DGI_ENT_ROLE,
    DGI_ENT_PLACE,
    DGI_ENT_OTHER,
    DGI_N_ENTITY_TYPE
};
enum dgi_place_precision {
    DGI_PLACE_CITY,
    DGI_PLACE_ADMIN1,
    DGI_PLACE_COUNTRY,
    DGI_PLACE_REGION,
    DGI_N_PLACE_PRECISION
};
/* How an event came by its place: in its own phrase; in the clause or sentence it shares; told before; where it was written. */
enum dgi_place_from {
    DGI_PLACE_FROM_SYNTAX,
    DGI_PLACE_FROM_CLAUSE,
    DGI_PLACE_FROM_DISCOURSE,
    DGI_PLACE_FROM_DATELINE,
    DGI_N_PLACE_FROM
};
/* WHEN a point or period, SINCE open at its end, UNTIL a deadline, DURATION or frequency: no date, BY_TENSE a weekday or month
 * whose direction depends on the tense of its verb */
enum dgi_time_kind {
    DGI_TIME_WHEN,
    DGI_TIME_SINCE,
    DGI_TIME_UNTIL,
    DGI_TIME_DURATION,
    DGI_TIME_BY_TENSE,
    DGI_N_TIME_KIND
};
/* TIMEX3: what a time expression is, how its value is to be read, and what it was counted from */
enum dgi_timex_type { DGI_TX_DATE, DGI_TX_TIME, DGI_TX_DURATION, DGI_TX_SET, DGI_N_TIMEX_TYPE };
enum dgi_timex_mod {
    DGI_TM_NONE,
    DGI_TM_START,
    DGI_TM_MID,
    DGI_TM_END,
    DGI_TM_APPROX,
    DGI_TM_LESS_THAN,
    DGI_TM_MORE_THAN,
    DGI_TM_EQUAL_OR_LESS,
    DGI_TM_EQUAL_OR_MORE,
    DGI_N_TIMEX_MOD
};
enum dgi_name_kind { /* of a name in the record */
                     DGI_NK_PER,
                     DGI_NK_ORG,
                     DGI_NK_LOC,
                     DGI_NK_GPE,
                     DGI_NK_NORP,
                     DGI_NK_FAC,
                     DGI_NK_EVENT,
                     DGI_NK_PRODUCT,
                     DGI_NK_MISC,
                     DGI_N_NAME_KIND
};
enum dgi_said_as { DGI_SAID_OTHERWISE, DGI_SAID_AS_PEOPLE, DGI_SAID_AS_BODY }; /* "two soldiers", "the army" */
enum dgi_name_level { /* of a row of a record's names: is it a name, or a phrase around or within one? */
                      DGI_NL_NAME,
                      DGI_NL_TITLED,  /* "President Adeyemi": the name with the titles before it */
                      DGI_NL_INNER,   /* "Oslo" in "University of Oslo" */
                      DGI_NL_NOMINAL, /* "two French soldiers": no name, somebody known */
                      DGI_N_NAME_LEVEL
};
enum dgi_mention_kind { DGI_MENTION_NAME, DGI_MENTION_NOMINAL, DGI_MENTION_PRONOUN, DGI_N_MENTION_KIND };
enum dgi_statement_kind { DGI_DIRECT, DGI_INDIRECT, DGI_MIXED, DGI_N_STATEMENT_KIND };
enum dgi_status { DGI_ST_ACTUAL, DGI_ST_HISTORICAL, DGI_ST_FUTURE, DGI_ST_HYPOTHETICAL, DGI_N_STATUS };
enum dgi_plover {
    DGI_AGREE,
    DGI_CONSULT,
    DGI_SUPPORT,
    DGI_CONCEDE,
    DGI_COOPERATE,
    DGI_AID,
    DGI_RETREAT,
    DGI_REQUEST,
    DGI_ACCUSE,
    DGI_REJECT,
    DGI_THREATEN,
    DGI_PROTEST,
    DGI_SANCTION,
    DGI_MOBILIZE,
    DGI_COERCE,
    DGI_ASSAULT,
    DGI_N_PLOVER
};

/* What is known of a document besides its text. */
struct dgi_meta {
    dg_str id, url, title, author, publisher, lang;
    int32_t published;     /* day or DGI_NO_DAY */
    dg_str published_from; /* meta url dateline option feed none */
};

extern const char *const dgi_plover_name[DGI_N_PLOVER];
extern const char *const dgi_status_name[DGI_N_STATUS],
    *const dgi_statement_kind_name[DGI_N_STATEMENT_KIND],
        *const dgi_entity_type_name[DGI_N_ENTITY_TYPE], *const dgi_mention_kind_name[DGI_N_MENTION_KIND],
                                                            *const dgi_place_precision_name[DGI_N_PLACE_PRECISION],
                                                                *const dgi_place_from_name[DGI_N_PLACE_FROM],
                                                                    *const dgi_quantity_kind_name[DGI_N_QUANTITY_KIND],
                                                                        *const dgi_time_kind_name[DGI_N_TIME_KIND];
extern const char *const dgi_timex_type_name[DGI_N_TIMEX_TYPE], *const dgi_timex_mod_name[DGI_N_TIMEX_MOD],
                                                                    *const dgi_name_kind_name[DGI_N_NAME_KIND];
extern const char *const dgi_name_level_name[DGI_N_NAME_LEVEL];

#endif
