/* SPDX-License-Identifier: Apache-2.0 */
/* event/event.h: the resolved document: ids, words, code points and days instead of indices into tokens.
 *
 * Made once from the coded document (event/from_doc.h); the ledger, the store, the writers and the public views all take
 * it from here and see no tree. event/fields.h describes every member once: JSON key, SQL column, unit.
 *
 * Memory: views into the coded document, the model or the arena it was made in. Offsets are code points (dg_span; start
 * == end: none). Indices that may be missing are DGI_NONE, days DGI_NO_DAY, numbers NaN, strings empty. */
#ifndef DGI_EVENT_H
#define DGI_EVENT_H

#include "base/error.h"
#include "doc/words.h"

struct dgi_ev_actor {
    dg_str id, name; /* "person:Vladimir Putin", "Vladimir Putin" */
    char country[4]; /* "RUS" or "" */
    dg_str cameo;
    dg_str sectors; /* joined by ',' */
    dg_span span;   /* where it stands; none: implied */
    dg_str from;    /* "discourse": its clause does not name it; else empty */
};
struct dgi_ev_place {
    dg_str name, admin1;
    char country[4];
    double lat, lon;   /* NaN unknown */
    int64_t geonames;  /* 0 unknown */
    uint8_t precision; /* enum dgi_place_precision */
    uint8_t from;      /* of an event's place: enum dgi_place_from; else DGI_N_PLACE_FROM */
    dg_span span;
    dg_str feature; /* code of GeoNames, "PPLC", or empty */
    const struct dgi_ev_place
        *others; /* in the document's list of places: other readings of the name, the likelier first */
    uint32_t n_others;
};
struct dgi_ev_quantity {
    uint8_t kind;            /* enum dgi_quantity_kind */
    double value, low, high; /* NaN = null */
    bool approx;
    dg_str unit;
    dg_str noun;         /* lemma of what is counted, or empty */
    uint32_t start, end; /* code points */
    bool total;          /* a sum, no addition */
};
struct dgi_ev_time { /* a time expression of the text */
    dg_span span;
    struct dgi_day_range range, future;         /* future: the coming reading of a "by tense" one */
    uint8_t kind;                               /* enum dgi_time_kind */
    uint8_t type, mod;                          /* enum dgi_timex_type, dgi_timex_mod: as TIMEX3 */
    dg_str value;                               /* of the reading that the tense of the verb asks for; empty: unknown */
    struct dgi_day_range days;                  /* of that reading */
    dg_str other;                               /* value of the other reading, or empty */
    struct dgi_day_range other_days, also_days; /* also: a third reading, whose value is that of `days`; or no day */
    dg_str relative_to;                         /* "publication", id of a time ("x3"), or empty */
};
struct dgi_ev_name { /* a name of the text, known or not, or what stands around or within one */
    dg_span span;
    uint8_t kind;    /* enum dgi_name_kind */
    uint8_t level;   /* enum dgi_name_level */
    uint32_t entity; /* of the document, or DGI_NONE */
};
struct dgi_event {
    dg_str id;
    uint32_t sentence;
    uint32_t ev_start, ev_end;     /* code points of the sentence in the document's text */
    dg_str ev_text;                /* the slice itself */
    uint32_t trig_start, trig_end; /* code points of the trigger */
    dg_str trigger, lemma;         /* text and lower-case lemma(s) of the trigger */
    dg_str keys;                   /* lower-case lemmas of what the event is about, one space between */
    const struct dgi_ev_actor *source, *target;
    uint32_t n_source, n_target;
    char
        cameo[5]; /* empty: for the ledger alone, a step of a matter (it has a mode) or a number of dead or displaced */
    uint8_t plover; /* enum dgi_plover; DGI_N_PLOVER where cameo is empty */
    dg_str mode, contexts, frame;
    uint8_t status; /* enum dgi_status */
    bool negated, reciprocal;
    struct dgi_day_range date;
    bool date_from_text;
    dg_span date_span;
    struct dgi_day_range deadline;    /* start DGI_NO_DAY: none */
    dg_span deadline_span;            /* its words */
    const struct dgi_ev_place *place; /* NULL: none */
    const struct dgi_ev_quantity *quantities;
    uint32_t n_quantities;
    const struct dgi_ev_actor *claimed_by; /* innermost speaker first */
    uint32_t n_claimed_by;
    uint32_t content_of, condition_of;   /* event of the same document or DGI_NONE */
    const uint32_t *content, *condition; /* events of the same document */
    uint32_t n_content, n_condition;
    dg_span content_span, condition_span;
    dg_str content_text, condition_text; /* white space folded; empty if none */
    dg_str about;                        /* the trigger with its objects: shown where there is no content_text */
    dg_str statement;                    /* id of the statement it stands in, or empty */
    float confidence;
    uint32_t same_as; /* the first event of the document that reports the same act, or DGI_NONE (event/same_act.h) */
    dg_str
        act; /* id of the act, the same in other documents (event/act_id.h); empty: cameo is, or the store is older */
};

struct dgi_ev_sentence {
    uint32_t start, end;     /* code points */
    uint32_t b_start, b_end; /* bytes */
};
struct dgi_ev_mention {
    dg_span span;
    dg_str head;  /* its head word */
    uint8_t kind; /* enum dgi_mention_kind */
};
struct dgi_ev_entity {
    struct dgi_ev_actor actor; /* id empty: nobody in particular; span: the first mention */
    dg_str title;
    uint8_t type; /* enum dgi_entity_type */
    const struct dgi_ev_mention *mentions;
    uint32_t n_mentions;
};
struct dgi_ev_statement {
    dg_str id;                              /* "s1", of its document */
    uint8_t kind;                           /* enum dgi_statement_kind */
    struct dgi_ev_actor speaker, addressee; /* id and name empty: nobody known */
    dg_span cue;
    const dg_span *stretches; /* of what was said */
    uint32_t n_stretches;
    uint32_t start, end; /* first to last stretch */
    dg_str content;      /* the stretches, white space folded */
    uint32_t sentence;   /* in which it begins */
    bool negated;
    dg_str outer; /* id of the statement that quotes it, or empty */
};
struct dgi_ev_attribution {    /* as corpora of the field have them; only made for the list that is asked for */
    struct dgi_ev_statement s; /* id "a1" */
    dg_str statement, sense;   /* id of the statement that it is, class of its cue; or empty */
    float confidence;
};
struct dgi_ev_doc {
    dg_str id;        /* meta.id */
    int32_t reported; /* meta.published; DGI_NO_DAY: unknown, then events without a date of their own move nothing */
    struct dgi_meta meta;
    dg_str text;
    dg_str blocks; /* its layout, packed (event/packed.c): what is headline, caption, running text; empty: not known */
    uint32_t n_chars;  /* code points of text */
    uint32_t n_tokens; /* surface tokens: a multiword token counts once */
    uint32_t n_words;  /* syntactic words */
    const struct dgi_ev_sentence *sentences;
    uint32_t n_sentences;
    const struct dgi_ev_entity *entities;
    uint32_t n_entities;
    const struct dgi_ev_statement *statements;
    uint32_t n_statements;
    const struct dgi_ev_attribution *attributions; /* api/attributions.c */
    uint32_t n_attributions;
    const struct dgi_ev_time *times;
    uint32_t n_times;
    const struct dgi_ev_place *places;
    uint32_t n_places;
    const struct dgi_ev_quantity *quantities;
    uint32_t n_quantities;
    const struct dgi_ev_name *names;
    uint32_t n_names;
    const struct dgi_event *events;
    uint32_t n_events;
    uint32_t n_coded; /* events[0 .. n_coded) are the coder's; the rest are for the ledger alone: what moves a
                         matter and is no event of CAMEO ("took effect"), and loose numbers for its tolls */
};
/* The day an event counts for in histories; reported when it says nothing usable. */
int32_t dgi_ev_day(const struct dgi_event *e, int32_t reported);
/* The day it stands on in a timeline: as dgi_ev_day(), but what is planned stands on the day it is planned for. */
int32_t dgi_ev_line_day(const struct dgi_event *e, int32_t reported);
bool dgi_ev_actor_is(const struct dgi_ev_actor *a, const char *who); /* id, ISO3, or name, ASCII case folded */

#endif
