/* SPDX-License-Identifier: Apache-2.0 */
/* doc/words.c: the names of doc/words.h, in the order of its lists. */
#include "doc/words.h"

const char *const dgi_plover_name[DGI_N_PLOVER] = {"AGREE",    "CONSULT",  "SUPPORT", "CONCEDE", "COOPERATE", "AID",
                                                   "RETREAT",  "REQUEST",  "ACCUSE",  "REJECT",  "THREATEN",  "PROTEST",
                                                   "SANCTION", "MOBILIZE", "COERCE",  "ASSAULT"};
const char *const dgi_status_name[DGI_N_STATUS] = {"actual", "historical", "future", "hypothetical"};
const char *const dgi_statement_kind_name[DGI_N_STATEMENT_KIND] = {"direct", "indirect", "mixed"};
const char *const dgi_entity_type_name[DGI_N_ENTITY_TYPE] = {"country", "org",   "person", "group",
                                                             "role",    "place", "other"};
const char *const dgi_mention_kind_name[DGI_N_MENTION_KIND] = {"name", "nominal", "pronoun"};
const char *const dgi_place_precision_name[DGI_N_PLACE_PRECISION] = {"city", "admin1", "country", "region"};
const char *const dgi_place_from_name[DGI_N_PLACE_FROM] = {"syntax", "clause", "discourse", "dateline"};
const char *const dgi_quantity_kind_name[DGI_N_QUANTITY_KIND] = {"troops",   "deaths", "injured", "displaced",
                                                                 "detained", "money",  "weapons", "other"};
const char *const dgi_timex_type_name[DGI_N_TIMEX_TYPE] = {"DATE", "TIME", "DURATION", "SET"};
const char *const dgi_timex_mod_name[DGI_N_TIMEX_MOD] = {
    "", "START", "MID", "END", "APPROX", "LESS_THAN", "MORE_THAN", "EQUAL_OR_LESS", "EQUAL_OR_MORE"};
const char *const dgi_name_kind_name[DGI_N_NAME_KIND] = {"PER", "ORG",   "LOC",     "GPE", "NORP",
                                                         "FAC", "EVENT", "PRODUCT", "MISC"};
const char *const dgi_name_level_name[DGI_N_NAME_LEVEL] = {"name", "titled", "inner", "nominal"};
const char *const dgi_time_kind_name[DGI_N_TIME_KIND] = {"when", "since", "until", "duration", "by tense"};
