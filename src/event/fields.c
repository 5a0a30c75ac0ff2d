/* SPDX-License-Identifier: Apache-2.0 */
/* event/fields.c: the rows of event/fields.h.
 *
 * A row without JSON key is used by the ledger or by other writers only; a row without column lies in a table of its own,
 * is told from another row, or says why it is not kept. */
#include "event/fields.h"

#define AT(S, m) offsetof(struct S, m), sizeof(((struct S *)0)->m)
/* member, type, unit, JSON key, column, its SQL type */
/* clang-format off */
#define ROW_FIELD(S, m, type, unit, json, column, sql) {#m, DGI_F_##type, DGI_U_##unit, AT(S, m), 0, json, column, sql, NULL, 0, false}
#define NAMED_FIELD(S, m, json, column, sql, list, n) {#m, DGI_F_ENUM, DGI_U_NONE, AT(S, m), 0, json, column, sql, list, n, false}
#define MANY_FIELD(S, m, type, json) {#m, DGI_F_##type, DGI_U_NONE, AT(S, m), offsetof(struct S, n_##m), json, NULL, NULL, NULL, 0, false}
/* as NAMED, and n itself is "none of them" */
#define OR_NONE_FIELD(S, m, json, column, sql, list, n) {#m, DGI_F_ENUM, DGI_U_NONE, AT(S, m), 0, json, column, sql, list, n, true}
/* two members, start and end, as one span */
#define PAIR_FIELD(name, S, m, json) {name, DGI_F_SPAN, DGI_U_CP, offsetof(struct S, m), 2 * sizeof(uint32_t), 0, json, NULL, NULL, NULL, 0, false}
/* clang-format on */
#define N(list) (sizeof(list) / sizeof *(list))

#define TXT "TEXT"
#define TXT_ "TEXT NOT NULL"
#define INT "INTEGER"
#define INT_ "INTEGER NOT NULL"

static const char *const date_from_name[] = {"publication", "text"};

#define EVENT_FIELD(m, type, unit, json, column, sql) ROW_FIELD(dgi_event, m, type, unit, json, column, sql)
const struct dgi_field dgi_event_fields[DGI_N_EVENT_FIELD] = {
    [DGI_EF_ID] = EVENT_FIELD(id, STR, NONE, "id", "id", TXT_),
    [DGI_EF_SENTENCE] = EVENT_FIELD(sentence, COUNT, INDEX, "sentence", "sentence", INT_),
    [DGI_EF_TRIG] = PAIR_FIELD("trig", dgi_event, trig_start, "trigger"),
    [DGI_EF_TRIG_START] = EVENT_FIELD(trig_start, COUNT, CP, NULL, "trig_start", INT_),
    [DGI_EF_TRIG_END] = EVENT_FIELD(trig_end, COUNT, CP, NULL, "trig_end", INT_),
    [DGI_EF_TRIGGER] = EVENT_FIELD(trigger, STR, NONE, "trigger_text", "trigger", TXT),
    [DGI_EF_LEMMA] = EVENT_FIELD(lemma, STR, NONE, NULL, "lemma", TXT),
    [DGI_EF_KEYS] = EVENT_FIELD(keys, STR, NONE, NULL, "keys", TXT),
    [DGI_EF_EV_START] = EVENT_FIELD(ev_start, COUNT, CP, NULL, NULL, NULL), /* kept as the sentence */
    [DGI_EF_EV_END] = EVENT_FIELD(ev_end, COUNT, CP, NULL, NULL, NULL),
    [DGI_EF_EV_TEXT] = EVENT_FIELD(ev_text, STR, NONE, NULL, NULL, NULL),
    [DGI_EF_SOURCE] = MANY_FIELD(dgi_event, source, ACTORS, "source"),
    [DGI_EF_TARGET] = MANY_FIELD(dgi_event, target, ACTORS, "target"),
    [DGI_EF_RECIPROCAL] = EVENT_FIELD(reciprocal, BOOL, NONE, "reciprocal", "reciprocal", INT_),
    [DGI_EF_CAMEO] = EVENT_FIELD(cameo, CODE, NONE, "cameo", "cameo", TXT_),
    [DGI_EF_ROOT] = EVENT_FIELD(cameo, ROOT, NONE, "root", NULL, NULL),
    [DGI_EF_GOLDSTEIN] = EVENT_FIELD(cameo, GOLDSTEIN, NONE, "goldstein", NULL, NULL),
    [DGI_EF_QUAD] = EVENT_FIELD(cameo, QUAD, NONE, "quad", NULL, NULL),
    [DGI_EF_PLOVER] = OR_NONE_FIELD(dgi_event, plover, "plover.event", "plover", INT_, dgi_plover_name, DGI_N_PLOVER),
    [DGI_EF_MODE] = EVENT_FIELD(mode, STR, NONE, "plover.mode", "mode", TXT),
    [DGI_EF_CONTEXTS] = EVENT_FIELD(contexts, LIST, NONE, "plover.contexts", "contexts", TXT),
    [DGI_EF_SCORE] = EVENT_FIELD(plover, SCORE, NONE, "plover.score", NULL, NULL),
    [DGI_EF_STATUS] = NAMED_FIELD(dgi_event, status, "status", "status", INT_, dgi_status_name, DGI_N_STATUS),
    [DGI_EF_NEGATED] = EVENT_FIELD(negated, BOOL, NONE, "negated", "negated", INT_),
    [DGI_EF_STATEMENT] = EVENT_FIELD(statement, STR, NONE, "statement", "statement", TXT),
    [DGI_EF_CLAIMED_BY] = MANY_FIELD(dgi_event, claimed_by, CLAIMS, "claimed_by"),
    [DGI_EF_CONTENT_OF] = EVENT_FIELD(content_of, INDEX, INDEX, "content_of", "content_of", INT),
    [DGI_EF_CONDITION_OF] = EVENT_FIELD(condition_of, INDEX, INDEX, "condition_of", "condition_of", INT),
    [DGI_EF_CONTENT] = MANY_FIELD(dgi_event, content, LINKS, "content"),
    [DGI_EF_CONDITION] = MANY_FIELD(dgi_event, condition, LINKS, "condition"),
    [DGI_EF_CONTENT_SPAN] =
        EVENT_FIELD(content_span, SPAN, CP, "content_span", NULL, NULL), /* spans but the trigger's: the record only */
    [DGI_EF_CONDITION_SPAN] = EVENT_FIELD(condition_span, SPAN, CP, "condition_span", NULL, NULL),
    [DGI_EF_CONTENT_TEXT] = EVENT_FIELD(content_text, STR, NONE, NULL, "content_text", TXT),
    [DGI_EF_CONDITION_TEXT] = EVENT_FIELD(condition_text, STR, NONE, NULL, "condition_text", TXT),
    [DGI_EF_ABOUT] = EVENT_FIELD(about, STR, NONE, NULL, "about", TXT),
    [DGI_EF_DATE_START] = EVENT_FIELD(date.start, DAY, DAYS, "date.start", "date_start", INT),
    [DGI_EF_DATE_END] = EVENT_FIELD(date.end, DAY, DAYS, "date.end", "date_end", INT),
    [DGI_EF_DATE_PRECISION] = NAMED_FIELD(dgi_event, date.precision, "date.precision", "date_precision", INT_,
                                          dgi_precision_name, DGI_N_PRECISION),
    [DGI_EF_DATE_FROM] =
        NAMED_FIELD(dgi_event, date_from_text, "date.from", "date_from_text", INT_, date_from_name, N(date_from_name)),
    [DGI_EF_DATE_SPAN] = EVENT_FIELD(date_span, SPAN, CP, "date.span", NULL, NULL),
    [DGI_EF_DEADLINE_START] = EVENT_FIELD(deadline.start, DAY, DAYS, "deadline.start", "deadline_start", INT),
    [DGI_EF_DEADLINE_END] = EVENT_FIELD(deadline.end, DAY, DAYS, "deadline.end", "deadline_end", INT),
    [DGI_EF_DEADLINE_PRECISION] = NAMED_FIELD(dgi_event, deadline.precision, "deadline.precision", "deadline_precision",
                                              INT_, dgi_precision_name, DGI_N_PRECISION),
    [DGI_EF_DEADLINE_SPAN] = EVENT_FIELD(deadline_span, SPAN, CP, "deadline.span", NULL, NULL),
    [DGI_EF_PLACE] = EVENT_FIELD(place, PLACE, NONE, "place", NULL, NULL), /* its columns: dgi_place_fields */
    [DGI_EF_QUANTITIES] = MANY_FIELD(dgi_event, quantities, QUANTITIES, "quantities"),
    [DGI_EF_CONFIDENCE] = EVENT_FIELD(confidence, SHARE, NONE, "confidence", "confidence", "REAL"),
    [DGI_EF_SAME_AS] = EVENT_FIELD(same_as, INDEX, INDEX, "same_as", "same_as", INT),
    [DGI_EF_ACT] = EVENT_FIELD(act, STR, NONE, "act", "act", TXT),
    [DGI_EF_FRAME] = EVENT_FIELD(frame, STR, NONE, "frame", "frame", TXT),
};

#define ACTOR_FIELD(m, type, json, column, sql) ROW_FIELD(dgi_ev_actor, m, type, NONE, json, column, sql)
const struct dgi_field dgi_actor_fields[DGI_N_ACTOR_FIELD] = {
    [DGI_AF_ID] = ACTOR_FIELD(id, STR, "actor", "actor", TXT),
    [DGI_AF_NAME] = ACTOR_FIELD(name, STR, "name", "name", TXT),
    [DGI_AF_SPAN] = ROW_FIELD(dgi_ev_actor, span, SPAN, CP, "span", NULL, NULL),
    [DGI_AF_FROM] = ACTOR_FIELD(from, STR, "from", NULL, NULL),
    [DGI_AF_COUNTRY] = ACTOR_FIELD(country, CODE, "country", "country", TXT),
    [DGI_AF_CAMEO] = ACTOR_FIELD(cameo, STR, "cameo", "cameo", TXT),
    [DGI_AF_SECTORS] = ACTOR_FIELD(sectors, LIST, "sector", "sectors", TXT),
};

#define PLACE_FIELD(m, type, unit, json, column, sql) ROW_FIELD(dgi_ev_place, m, type, unit, json, column, sql)
const struct dgi_field dgi_place_fields[DGI_N_PLACE_FIELD] = {
    [DGI_PF_NAME] = PLACE_FIELD(name, STR, NONE, "name", "place", TXT),
    [DGI_PF_COUNTRY] = PLACE_FIELD(country, CODE, NONE, "country", "place_country", TXT),
    [DGI_PF_ADMIN1] = PLACE_FIELD(admin1, STR, NONE, "admin1", "place_admin1", TXT),
    [DGI_PF_LAT] = PLACE_FIELD(lat, NUM, DEGREES, "lat", "lat", "REAL"),
    [DGI_PF_LON] = PLACE_FIELD(lon, NUM, DEGREES, "lon", "lon", "REAL"),
    [DGI_PF_GEONAMES] = PLACE_FIELD(geonames, ID64, NONE, "geonames", "geonames", INT),
    [DGI_PF_PRECISION] = NAMED_FIELD(dgi_ev_place, precision, "precision", "place_precision", INT,
                                     dgi_place_precision_name, DGI_N_PLACE_PRECISION),
    [DGI_PF_SPAN] = PLACE_FIELD(span, SPAN, CP, "span", NULL, NULL),
    [DGI_PF_FEATURE] = PLACE_FIELD(feature, STR, NONE, "feature", NULL, NULL), /* told by the gazetteer */
    [DGI_PF_FROM] = OR_NONE_FIELD(dgi_ev_place, from, "from", "place_from", INT, dgi_place_from_name, DGI_N_PLACE_FROM),
    [DGI_PF_OTHERS] = MANY_FIELD(dgi_ev_place, others, PLACES, NULL),
};

#define QUANTITY_FIELD(m, type, unit, json, column, sql) ROW_FIELD(dgi_ev_quantity, m, type, unit, json, column, sql)
const struct dgi_field dgi_quantity_fields[DGI_N_QUANTITY_FIELD] = {
    [DGI_QF_KIND] =
        NAMED_FIELD(dgi_ev_quantity, kind, "kind", "kind", INT_, dgi_quantity_kind_name, DGI_N_QUANTITY_KIND),
    [DGI_QF_VALUE] = QUANTITY_FIELD(value, NUM, NONE, "value", "value", "REAL"),
    [DGI_QF_LOW] = QUANTITY_FIELD(low, NUM, NONE, "low", "low", "REAL"),
    [DGI_QF_HIGH] = QUANTITY_FIELD(high, NUM, NONE, "high", "high", "REAL"),
    [DGI_QF_APPROX] = QUANTITY_FIELD(approx, BOOL, NONE, "approx", "approx", INT_),
    [DGI_QF_UNIT] = QUANTITY_FIELD(unit, STR, NONE, "unit", "unit", TXT),
    [DGI_QF_NOUN] = QUANTITY_FIELD(noun, STR, NONE, "of", "noun", TXT),
    [DGI_QF_TOTAL] = QUANTITY_FIELD(total, BOOL, NONE, "total", NULL, NULL), /* of the document's text only */
    [DGI_QF_SPAN] = PAIR_FIELD("span", dgi_ev_quantity, start, "span"),
    [DGI_QF_START] = QUANTITY_FIELD(start, COUNT, CP, NULL, "start", INT),
    [DGI_QF_END] = QUANTITY_FIELD(end, COUNT, CP, NULL, "end", INT),
};

#define SENTENCE_FIELD(m, unit) ROW_FIELD(dgi_ev_sentence, m, COUNT, unit, NULL, #m, INT_)
const struct dgi_field dgi_sentence_fields[DGI_N_SENTENCE_FIELD] = {
    SENTENCE_FIELD(start, CP), SENTENCE_FIELD(end, CP), SENTENCE_FIELD(b_start, BYTES), SENTENCE_FIELD(b_end, BYTES)};

#define ENTITY_FIELD(m, type, json, column, sql) ROW_FIELD(dgi_ev_entity, m, type, NONE, json, column, sql)
const struct dgi_field dgi_entity_fields[DGI_N_ENTITY_FIELD] = {
    ENTITY_FIELD(actor.id, STR, "actor", "actor", TXT),
    ENTITY_FIELD(actor.name, STR, "name", "name", TXT),
    NAMED_FIELD(dgi_ev_entity, type, "type", "type", INT_, dgi_entity_type_name, DGI_N_ENTITY_TYPE),
    ENTITY_FIELD(actor.country, CODE, "country", "country", TXT),
    ENTITY_FIELD(actor.cameo, STR, "cameo", "cameo", TXT),
    ENTITY_FIELD(actor.sectors, LIST, "sector", "sectors", TXT),
    ENTITY_FIELD(title, STR, "title", "title", TXT),
};

#define STATEMENT_FIELD(m, type, unit, json, column, sql) ROW_FIELD(dgi_ev_statement, m, type, unit, json, column, sql)
const struct dgi_field dgi_statement_fields[DGI_N_STATEMENT_FIELD] = {
    [DGI_SF_ID] = STATEMENT_FIELD(id, STR, NONE, "id", "id", TXT),
    [DGI_SF_KIND] =
        NAMED_FIELD(dgi_ev_statement, kind, "kind", "kind", INT_, dgi_statement_kind_name, DGI_N_STATEMENT_KIND),
    [DGI_SF_SPEAKER] = STATEMENT_FIELD(speaker, WHO, NONE, "speaker", NULL, NULL),
    [DGI_SF_SPEAKER_ID] = STATEMENT_FIELD(speaker.id, STR, NONE, NULL, "speaker", TXT),
    [DGI_SF_SPEAKER_NAME] = STATEMENT_FIELD(speaker.name, STR, NONE, "speaker_name", "speaker_name", TXT),
    [DGI_SF_SPEAKER_SPAN] = STATEMENT_FIELD(speaker.span, SPAN, CP, "speaker_span", NULL, NULL),
    [DGI_SF_CUE] = STATEMENT_FIELD(cue, SPAN, CP, "cue", NULL, NULL),
    [DGI_SF_STRETCHES] = MANY_FIELD(dgi_ev_statement, stretches, SPANS, "content"),
    [DGI_SF_CONTENT] = STATEMENT_FIELD(content, STR, NONE, NULL, "content", TXT_),
    [DGI_SF_START] = STATEMENT_FIELD(start, COUNT, CP, NULL, "start", INT_),
    [DGI_SF_END] = STATEMENT_FIELD(end, COUNT, CP, NULL, "end", INT_),
    [DGI_SF_ADDRESSEE] = STATEMENT_FIELD(addressee, WHO, NONE, "addressee", NULL, NULL),
    [DGI_SF_ADDRESSEE_ID] = STATEMENT_FIELD(addressee.id, STR, NONE, NULL, "addressee", TXT),
    [DGI_SF_SENTENCE] = STATEMENT_FIELD(sentence, COUNT, INDEX, "sentence", "sentence", INT_),
    [DGI_SF_NEGATED] = STATEMENT_FIELD(negated, BOOL, NONE, "negated", "negated", INT_),
    [DGI_SF_OUTER] = STATEMENT_FIELD(outer, STR, NONE, "outer", NULL, NULL),
};

/* A time of the text; the record only. Its id and the other reading are written beside the rows. */
#define TIME_FIELD(m, type, unit, json) ROW_FIELD(dgi_ev_time, m, type, unit, json, NULL, NULL)
const struct dgi_field dgi_time_fields[DGI_N_TIME_FIELD] = {
    [DGI_TF_SPAN] = TIME_FIELD(span, SPAN, CP, "span"),
    [DGI_TF_TYPE] = NAMED_FIELD(dgi_ev_time, type, "type", NULL, NULL, dgi_timex_type_name, DGI_N_TIMEX_TYPE),
    [DGI_TF_VALUE] = TIME_FIELD(value, STR, NONE, "value"),
    [DGI_TF_START] = TIME_FIELD(days.start, DAY, DAYS, "start"),
    [DGI_TF_END] = TIME_FIELD(days.end, DAY, DAYS, "end"),
    [DGI_TF_PRECISION] =
        NAMED_FIELD(dgi_ev_time, days.precision, "precision", NULL, NULL, dgi_precision_name, DGI_N_PRECISION),
    [DGI_TF_MOD] = NAMED_FIELD(dgi_ev_time, mod, "mod", NULL, NULL, dgi_timex_mod_name, DGI_N_TIMEX_MOD),
    [DGI_TF_KIND] = NAMED_FIELD(dgi_ev_time, kind, "kind", NULL, NULL, dgi_time_kind_name, DGI_N_TIME_KIND),
    [DGI_TF_RELATIVE_TO] = TIME_FIELD(relative_to, STR, NONE, "relative_to"),
    [DGI_TF_RANGE_START] = TIME_FIELD(range.start, DAY, DAYS, NULL),
    [DGI_TF_RANGE_END] = TIME_FIELD(range.end, DAY, DAYS, NULL),
    [DGI_TF_FUTURE_START] = TIME_FIELD(future.start, DAY, DAYS, NULL),
    [DGI_TF_FUTURE_END] = TIME_FIELD(future.end, DAY, DAYS, NULL),
    [DGI_TF_OTHER] = TIME_FIELD(other, STR, NONE, NULL),
    [DGI_TF_OTHER_START] = TIME_FIELD(other_days.start, DAY, DAYS, NULL),
};

const struct dgi_field dgi_name_fields[DGI_N_NAME_FIELD] = {
    [DGI_NF_SPAN] = ROW_FIELD(dgi_ev_name, span, SPAN, CP, "span", NULL, NULL),
    [DGI_NF_TYPE] = NAMED_FIELD(dgi_ev_name, kind, "type", NULL, NULL, dgi_name_kind_name, DGI_N_NAME_KIND),
    [DGI_NF_LEVEL] = NAMED_FIELD(dgi_ev_name, level, "level", NULL, NULL, dgi_name_level_name, DGI_N_NAME_LEVEL),
};
