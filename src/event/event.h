/* SPDX-License-Identifier: Apache-2.0 */
/* event/event.h: the event that leaves the coder: ids, words, code points and days instead of indices into tokens.
 *
 * Made once from the coded document (event/from_doc.h); the ledger, the store, the writers and the public views all take
 * it from here and see no tree. */
#ifndef DGI_EVENT_H
#define DGI_EVENT_H

#include "base/error.h"
#include "doc/words.h"

struct dgi_ev_actor {
    dg_str id, name;    /* "person:Vladimir Putin", "Vladimir Putin" */
    char country[4];    /* "RUS" or "" */
    dg_str cameo;
    dg_str sectors;     /* joined by ',' */
};
struct dgi_ev_place {
    dg_str name, admin1;
    char country[4];
    double lat, lon;    /* NaN unknown */
    int64_t geonames;
    uint8_t precision;  /* as dgi_place */
};
struct dgi_ev_quantity {
    uint8_t kind;             /* enum dgi_quantity_kind */
    double value, low, high;  /* NaN = null */
    bool approx;
    dg_str unit;
    dg_str noun;              /* lemma of what is counted, or empty */
    uint32_t start, end;      /* code points */
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
    char cameo[5];
    uint8_t plover;                /* enum dgi_plover */
    dg_str mode, contexts, frame;
    uint8_t status;                /* enum dgi_status */
    bool negated, reciprocal;
    struct dgi_day_range date;
    bool date_from_text;
    struct dgi_day_range deadline; /* start DGI_NO_DAY: none */
    const struct dgi_ev_place *place; /* NULL: none */
    const struct dgi_ev_quantity *quantities;
    uint32_t n_quantities;
    const struct dgi_ev_actor *claimed_by; /* innermost speaker first */
    uint32_t n_claimed_by;
    uint32_t content_of, condition_of;      /* event of the same document or DGI_NONE */
    const uint32_t *content, *condition;    /* events of the same document */
    uint32_t n_content, n_condition;
    dg_str content_text, condition_text;    /* white space folded; empty if none */
    dg_str about;                           /* the trigger with its objects: shown where there is no content_text */
    dg_str statement;                       /* id of the statement it stands in, or empty */
    float confidence;
};
struct dgi_ev_doc {
    dg_str id;
    int32_t reported; /* publication; DGI_NO_DAY: unknown, then events without a date of their own move nothing */
    const struct dgi_event *events;
    uint32_t n_events;
};
/* The day an event counts for in histories; reported when it says nothing usable. */
int32_t dgi_ev_day(const struct dgi_event *e, int32_t reported);
bool dgi_ev_actor_is(const struct dgi_ev_actor *a, const char *who); /* id, ISO3, or name, ASCII case folded */

#endif
