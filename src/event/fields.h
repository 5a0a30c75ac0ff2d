/* SPDX-License-Identifier: Apache-2.0 */
/* event/fields.h: every field of the resolved event, described once.
 *
 * One row a field: where it lies, what it holds, its key in the record's JSON, its column in the store. The store binds
 * and loads by these rows (store/sqlite_rows.c), the writers print by them (export/event_json.c), and a test fills every one,
 * stores, loads and prints it (tests/unit/test_event_fields.c). How to add one: docs/adding-a-field.md. */
#ifndef DGI_FIELDS_H
#define DGI_FIELDS_H

#include <stddef.h>

#include "event/event.h"

enum dgi_field_type {             /* what lies at the offset */
                      DGI_F_STR,  /* dg_str; empty: NULL, null */
                      DGI_F_LIST, /* dg_str joined by ','; JSON array */
                      DGI_F_CODE, /* char[size], NUL-terminated */
                      DGI_F_ENUM, /* one byte, names[0..n_names); a bool where there are two names */
                      DGI_F_BOOL,
                      DGI_F_COUNT,      /* uint32_t */
                      DGI_F_INDEX,      /* uint32_t: an event of the document; DGI_NONE: NULL, null. JSON: its id */
                      DGI_F_DAY,        /* int32_t; DGI_NO_DAY: NULL, null */
                      DGI_F_NUM,        /* double; NaN: NULL, null */
                      DGI_F_SHARE,      /* float 0..1; JSON: rounded to 0.001 */
                      DGI_F_ID64,       /* int64_t; 0 unknown. JSON: null then */
                      DGI_F_SPAN,       /* two uint32_t, start and end; JSON [start,end], null when empty */
                      DGI_F_ACTORS,     /* pointer to actors, their number at `count`; JSON: objects */
                      DGI_F_CLAIMS,     /* the same; JSON: ids, names where there is none */
                      DGI_F_PLACE,      /* pointer to a place or NULL; JSON: object or null */
                      DGI_F_QUANTITIES, /* pointer to quantities, their number at `count` */
                      DGI_F_LINKS,  /* pointer to events of the document, their number at `count`; JSON: their ids */
                      DGI_F_PLACES, /* the same of places; written beside the rows */
                      DGI_F_SPANS,  /* pointer to spans, their number at `count` */
                      DGI_F_WHO,    /* an actor; JSON: its id, its name where it has none */
                      /* not kept, told from the code by event/codes.h: lie where the code lies */
                      DGI_F_ROOT,
                      DGI_F_GOLDSTEIN,
                      DGI_F_QUAD,
                      DGI_F_SCORE
};
enum dgi_unit {
    DGI_U_NONE,
    DGI_U_CP /* code points */,
    DGI_U_BYTES,
    DGI_U_DAYS /* since 1970-01-01 */,
    DGI_U_DEGREES,
    DGI_U_INDEX
};

struct dgi_field {
    const char *name; /* as C names it */
    uint8_t type;     /* enum dgi_field_type */
    uint8_t unit;     /* enum dgi_unit */
    uint16_t offset, size;
    uint16_t count; /* offset of the number of a list, 0: no list */
    const char *
        json; /* key in the record's JSON; "group.key" inside an object, whose keys follow each other; NULL: not there */
    const char
        *column; /* of the store's table; NULL: not kept there, or (lists, places) in tables or columns of its own */
    const char *sql;          /* type of the column as the schema declares it */
    const char *const *names; /* DGI_F_ENUM */
    uint8_t n_names;
    bool or_none; /* n_names itself is a value: none of them */
};

/* Rows of struct dgi_event. The order is that of the record's JSON; the tags let a writer name single rows. */
enum dgi_event_field {
    DGI_EF_ID,
    DGI_EF_SENTENCE,
    DGI_EF_TRIG,
    DGI_EF_TRIG_START,
    DGI_EF_TRIG_END,
    DGI_EF_TRIGGER,
    DGI_EF_LEMMA,
    DGI_EF_KEYS,
    DGI_EF_EV_START,
    DGI_EF_EV_END,
    DGI_EF_EV_TEXT,
    DGI_EF_SOURCE,
    DGI_EF_TARGET,
    DGI_EF_RECIPROCAL,
    DGI_EF_CAMEO,
    DGI_EF_ROOT,
    DGI_EF_GOLDSTEIN,
    DGI_EF_QUAD,
    DGI_EF_PLOVER,
    DGI_EF_MODE,
    DGI_EF_CONTEXTS,
    DGI_EF_SCORE,
    DGI_EF_STATUS,
    DGI_EF_NEGATED,
    DGI_EF_STATEMENT,
    DGI_EF_CLAIMED_BY,
    DGI_EF_CONTENT_OF,
    DGI_EF_CONDITION_OF,
    DGI_EF_CONTENT,
    DGI_EF_CONDITION,
    DGI_EF_CONTENT_SPAN,
    DGI_EF_CONDITION_SPAN,
    DGI_EF_CONTENT_TEXT,
    DGI_EF_CONDITION_TEXT,
    DGI_EF_ABOUT,
    DGI_EF_DATE_START,
    DGI_EF_DATE_END,
    DGI_EF_DATE_PRECISION,
    DGI_EF_DATE_FROM,
    DGI_EF_DATE_SPAN,
    DGI_EF_DEADLINE_START,
    DGI_EF_DEADLINE_END,
    DGI_EF_DEADLINE_PRECISION,
    DGI_EF_DEADLINE_SPAN,
    DGI_EF_PLACE,
    DGI_EF_QUANTITIES,
    DGI_EF_CONFIDENCE,
    DGI_EF_SAME_AS,
    DGI_EF_ACT,
    DGI_EF_FRAME,
    DGI_N_EVENT_FIELD
};
extern const struct dgi_field dgi_event_fields[DGI_N_EVENT_FIELD];
enum dgi_actor_field {
    DGI_AF_ID,
    DGI_AF_NAME,
    DGI_AF_SPAN,
    DGI_AF_FROM,
    DGI_AF_COUNTRY,
    DGI_AF_CAMEO,
    DGI_AF_SECTORS,
    DGI_N_ACTOR_FIELD
};
enum dgi_place_field {
    DGI_PF_NAME,
    DGI_PF_COUNTRY,
    DGI_PF_ADMIN1,
    DGI_PF_LAT,
    DGI_PF_LON,
    DGI_PF_GEONAMES,
    DGI_PF_PRECISION,
    DGI_PF_SPAN,
    DGI_PF_FEATURE,
    DGI_PF_FROM,
    DGI_PF_OTHERS,
    DGI_N_PLACE_FIELD
};
enum dgi_quantity_field {
    DGI_QF_KIND,
    DGI_QF_VALUE,
    DGI_QF_LOW,
    DGI_QF_HIGH,
    DGI_QF_APPROX,
    DGI_QF_UNIT,
    DGI_QF_NOUN,
    DGI_QF_TOTAL,
    DGI_QF_SPAN,
    DGI_QF_START,
    DGI_QF_END,
    DGI_N_QUANTITY_FIELD
};
enum { DGI_N_SENTENCE_FIELD = 4, DGI_N_ENTITY_FIELD = 7 };
enum dgi_statement_field {
    DGI_SF_ID,
    DGI_SF_KIND,
    DGI_SF_SPEAKER,
    DGI_SF_SPEAKER_ID,
    DGI_SF_SPEAKER_NAME,
    DGI_SF_SPEAKER_SPAN,
    DGI_SF_CUE,
    DGI_SF_STRETCHES,
    DGI_SF_CONTENT,
    DGI_SF_START,
    DGI_SF_END,
    DGI_SF_ADDRESSEE,
    DGI_SF_ADDRESSEE_ID,
    DGI_SF_SENTENCE,
    DGI_SF_NEGATED,
    DGI_SF_OUTER,
    DGI_N_STATEMENT_FIELD
};
enum dgi_time_field {
    DGI_TF_SPAN,
    DGI_TF_TYPE,
    DGI_TF_VALUE,
    DGI_TF_START,
    DGI_TF_END,
    DGI_TF_PRECISION,
    DGI_TF_MOD,
    DGI_TF_KIND,
    DGI_TF_RELATIVE_TO,
    DGI_TF_RANGE_START,
    DGI_TF_RANGE_END,
    DGI_TF_FUTURE_START,
    DGI_TF_FUTURE_END,
    DGI_TF_OTHER,
    DGI_TF_OTHER_START,
    DGI_N_TIME_FIELD
};
extern const struct dgi_field dgi_actor_fields[DGI_N_ACTOR_FIELD];
extern const struct dgi_field dgi_place_fields[DGI_N_PLACE_FIELD];
extern const struct dgi_field dgi_quantity_fields[DGI_N_QUANTITY_FIELD];
/* Parts of the document. Mentions and the running numbers of the record have their own lines in export/. */
extern const struct dgi_field dgi_sentence_fields[DGI_N_SENTENCE_FIELD];
extern const struct dgi_field dgi_entity_fields[DGI_N_ENTITY_FIELD];
extern const struct dgi_field dgi_statement_fields[DGI_N_STATEMENT_FIELD];
extern const struct dgi_field dgi_time_fields[DGI_N_TIME_FIELD];
enum dgi_name_field { DGI_NF_SPAN, DGI_NF_TYPE, DGI_NF_LEVEL, DGI_N_NAME_FIELD };
extern const struct dgi_field dgi_name_fields[DGI_N_NAME_FIELD];

/* What lies at a row's offset. */
static inline const void *dgi_field_at(const struct dgi_field *f, const void *object)
{
    return (const char *)object + f->offset;
}
static inline uint32_t dgi_field_count(const struct dgi_field *f, const void *object)
{
    uint32_t n;
    memcpy(&n, (const char *)object + f->count, sizeof n);
    return n;
}

#endif
