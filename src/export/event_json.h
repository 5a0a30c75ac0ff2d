/* SPDX-License-Identifier: Apache-2.0 */
/* export/event_json.h: events and their parts as JSON, by the table of fields (event/fields.h).
 *
 * Record, timeline, board, what-if and look-ups all write actors, places, dates, quantities and evidence through here, so
 * that a place looks the same wherever it stands. A writer that ran out of memory has j->out->failed set. */
#ifndef DGI_EVENT_JSON_H
#define DGI_EVENT_JSON_H

#include "base/json.h"
#include "event/codes.h"
#include "event/fields.h"

/* Which rows of a structure are written, in this order, under these keys. */
struct dgi_pick {
    uint8_t row;
    const char *json; /* NULL: the row's own */
};
struct dgi_view {
    const struct dgi_field *fields;
    const struct dgi_pick *picks; /* NULL: all rows that have a key */
    uint32_t n;
};
extern const struct dgi_view dgi_view_place;    /* without span: what a look-up, an item or a row of the store knows */
extern const struct dgi_view dgi_view_quantity; /* likewise */
extern const struct dgi_view dgi_view_actor;    /* id, name, country */

/* The members of an object of that view, without its braces; structures without links only. */
void dgi_json_members(struct dgi_json *j, const struct dgi_view *v, const void *object);
/* The same with braces; object NULL: null. */
void dgi_json_object(struct dgi_json *j, const struct dgi_view *v, const void *object);

void dgi_json_list(struct dgi_json *j, const char *key, dg_str joined); /* "a,b" as an array */
void dgi_json_span(struct dgi_json *j, dg_span s);                      /* [start, end], null when empty */
/* {"start","end","precision"}, null without a start. */
void dgi_json_range(struct dgi_json *j, const struct dgi_day_range *r);
/* The id of each, its name where it has none. */
void dgi_json_who(struct dgi_json *j, const char *key, const struct dgi_ev_actor *a, uint32_t n);
/* "evidence": {"start","end","text","trigger":[start,end]}, with its key. */
void dgi_json_evidence(struct dgi_json *j, uint32_t start, uint32_t end, dg_str text, uint32_t trig_start,
                       uint32_t trig_end);

/* The parts of a record, an object each. */
void dgi_json_event(struct dgi_json *j, const struct dgi_ev_doc *doc, const struct dgi_codes *codes,
                    const struct dgi_event *ev);
void dgi_json_time(struct dgi_json *j, const struct dgi_ev_time *t, uint32_t number);
void dgi_json_place(struct dgi_json *j, const struct dgi_ev_place *p); /* with span and alternatives */
void dgi_json_quantity(struct dgi_json *j, const struct dgi_ev_quantity *q,
                       dg_str event); /* id of who took it, or empty */
void dgi_json_statement(struct dgi_json *j, const struct dgi_ev_statement *s);
void dgi_json_entity(struct dgi_json *j, const struct dgi_ev_entity *e, uint32_t number);
/* An event as a line of the timeline, with the document it comes from. */
void dgi_json_timeline_event(struct dgi_json *j, const struct dgi_event *ev, int32_t day, dg_str document,
                             int32_t reported);

#endif
