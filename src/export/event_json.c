/* SPDX-License-Identifier: Apache-2.0 */
/* export/event_json.c: events and their parts as JSON.
 *
 * Reads   the table of fields, the resolved structures
 * Writes  JSON
 *
 * A row is written by its type. Rows whose key is "group.key" and that follow each other make one object; an object of
 * dates of which none is known is null. */
#include <math.h>
#include <stdio.h>

#include "export/event_json.h"

/* clang-format off */
#define ALL(list) {list, NULL, sizeof(list) / sizeof *(list)}
#define SOME(list, picks) {list, picks, sizeof(picks) / sizeof *(picks)}
/* clang-format on */
static const struct dgi_pick place_picks[] = {{DGI_PF_NAME, NULL},     {DGI_PF_COUNTRY, NULL}, {DGI_PF_ADMIN1, NULL},
                                              {DGI_PF_LAT, NULL},      {DGI_PF_LON, NULL},     {DGI_PF_GEONAMES, NULL},
                                              {DGI_PF_PRECISION, NULL}};
static const struct dgi_pick quantity_picks[] = {{DGI_QF_KIND, NULL}, {DGI_QF_VALUE, NULL},  {DGI_QF_LOW, NULL},
                                                 {DGI_QF_HIGH, NULL}, {DGI_QF_APPROX, NULL}, {DGI_QF_UNIT, NULL}};
static const struct dgi_pick actor_picks[] = {{DGI_AF_ID, NULL}, {DGI_AF_NAME, NULL}, {DGI_AF_COUNTRY, NULL}};
const struct dgi_view dgi_view_place = SOME(dgi_place_fields, place_picks);
const struct dgi_view dgi_view_quantity = SOME(dgi_quantity_fields, quantity_picks);
const struct dgi_view dgi_view_actor = SOME(dgi_actor_fields, actor_picks);

struct writer {
    struct dgi_json *j;
    const struct dgi_ev_doc *doc; /* whose events the links name; NULL: none in this view */
    const struct dgi_codes *codes;
    const struct dgi_view *actor, *place, *quantity;
};
static void members(struct writer *w, const struct dgi_view *v, const void *object);

/* ---- single values ---- */
void dgi_json_span(struct dgi_json *j, dg_span s)
{
    if (s.end_cp <= s.start_cp) {
        dgi_json_null(j);
        return;
    }
    dgi_json_open(j, '[');
    dgi_json_int(j, s.start_cp);
    dgi_json_int(j, s.end_cp);
    dgi_json_close(j, ']');
}

static void list(struct dgi_json *j, dg_str joined)
{
    dg_str f;
    dgi_json_open(j, '[');
    while (joined.len && dgi_str_next(&joined, ',', &f))
        if (f.len)
            dgi_json_str(j, f);
    dgi_json_close(j, ']');
}

void dgi_json_list(struct dgi_json *j, const char *key, dg_str joined)
{
    dgi_json_key(j, key);
    list(j, joined);
}

static dg_str who(const struct dgi_ev_actor *a)
{
    return a->id.len ? a->id : a->name;
}

static void claims(struct dgi_json *j, const struct dgi_ev_actor *a, uint32_t n)
{
    dgi_json_open(j, '[');
    for (uint32_t i = 0; i < n; i++)
        dgi_json_str(j, who(&a[i]));
    dgi_json_close(j, ']');
}

void dgi_json_who(struct dgi_json *j, const char *key, const struct dgi_ev_actor *a, uint32_t n)
{
    dgi_json_key(j, key);
    claims(j, a, n);
}

void dgi_json_range(struct dgi_json *j, const struct dgi_day_range *r)
{
    if (r->start == DGI_NO_DAY) {
        dgi_json_null(j);
        return;
    }
    dgi_json_open(j, '{');
    dgi_json_key(j, "start");
    dgi_json_day(j, r->start);
    dgi_json_key(j, "end");
    dgi_json_day(j, r->end == DGI_NO_DAY ? r->start : r->end);
    dgi_json_kstr(j, "precision", dgi_str(dgi_precision_name[r->precision]));
    dgi_json_close(j, '}');
}

void dgi_json_evidence(struct dgi_json *j, uint32_t start, uint32_t end, dg_str text, uint32_t trig_start,
                       uint32_t trig_end)
{
    dgi_json_key(j, "evidence");
    dgi_json_open(j, '{');
    dgi_json_kint(j, "start", start);
    dgi_json_kint(j, "end", end);
    dgi_json_kstr(j, "text", text);
    dgi_json_key(j, "trigger");
    dgi_json_open(j, '[');
    dgi_json_int(j, trig_start);
    dgi_json_int(j, trig_end);
    dgi_json_close(j, ']');
    dgi_json_close(j, '}');
}

/* ---- by the rows ---- */
static void object(struct writer *w, const struct dgi_view *v, const void *thing)
{
    dgi_json_open(w->j, '{');
    members(w, v, thing);
    dgi_json_close(w->j, '}');
}

static void event_id(struct writer *w, uint32_t i)
{
    dgi_json_str_or_null(w->j, w->doc && i < w->doc->n_events ? w->doc->events[i].id : (dg_str){"", 0});
}

/* A list: pointer at the row's offset, number beside it. */
static void array(struct writer *w, const struct dgi_field *f, const void *from)
{
    uint32_t n = dgi_field_count(f, from);
    const void *p;
    memcpy(&p, dgi_field_at(f, from), sizeof p);
    if (f->type == DGI_F_CLAIMS) {
        claims(w->j, p, n);
        return;
    }
    dgi_json_open(w->j, '[');
    for (uint32_t i = 0; i < n; i++)
        if (f->type == DGI_F_ACTORS)
            object(w, w->actor, (const struct dgi_ev_actor *)p + i);
        else if (f->type == DGI_F_QUANTITIES)
            object(w, w->quantity, (const struct dgi_ev_quantity *)p + i);
        else if (f->type == DGI_F_SPANS)
            dgi_json_span(w->j, ((const dg_span *)p)[i]);
        else
            event_id(w, ((const uint32_t *)p)[i]);
    dgi_json_close(w->j, ']');
}

/* What follows from a code; the row's offset is that of the code or of the PLOVER type. */
static void derived(struct writer *w, const struct dgi_field *f, const void *p, const void *from)
{
    const struct dgi_event *ev = from;
    double v = (double)NAN;
    if (f->type == DGI_F_ROOT)
        dgi_json_str(w->j, dgi_str_sub(dgi_str(p), 0, 2));
    else if (f->type == DGI_F_QUAD)
        dgi_json_int(w->j, dgi_codes_quad(dgi_str(p)));
    else if (f->type == DGI_F_GOLDSTEIN)
        dgi_json_num(w->j, w->codes && dgi_codes_goldstein(w->codes, dgi_str(p), &v) ? v : (double)NAN);
    else
        dgi_json_num(w->j, w->codes && ev->plover < DGI_N_PLOVER &&
                                   dgi_codes_score(w->codes, dgi_str(dgi_plover_name[ev->plover]), ev->mode, &v)
                               ? v
                               : (double)NAN);
}

static void value(struct writer *w, const struct dgi_field *f, const void *from)
{
    const void *p = dgi_field_at(f, from), *other;
    struct dgi_json *j = w->j;
    switch (f->type) {
    case DGI_F_STR: dgi_json_str_or_null(j, *(const dg_str *)p); break;
    case DGI_F_LIST: list(j, *(const dg_str *)p); break;
    case DGI_F_CODE: dgi_json_str_or_null(j, dgi_str(p)); break;
    case DGI_F_ENUM:
        dgi_json_str_or_null(j, *(const uint8_t *)p < f->n_names ? dgi_str(f->names[*(const uint8_t *)p])
                                                                 : (dg_str){"", 0});
        break;
    case DGI_F_BOOL: dgi_json_bool(j, *(const bool *)p); break;
    case DGI_F_COUNT: dgi_json_int(j, *(const uint32_t *)p); break;
    case DGI_F_INDEX: event_id(w, *(const uint32_t *)p); break;
    case DGI_F_DAY: dgi_json_day(j, *(const int32_t *)p); break;
    case DGI_F_NUM: dgi_json_num(j, *(const double *)p); break;
    case DGI_F_SHARE: dgi_json_num(j, round((double)*(const float *)p * 1000) / 1000); break;
    case DGI_F_ID64:
        if (*(const int64_t *)p)
            dgi_json_int(j, *(const int64_t *)p);
        else
            dgi_json_null(j);
        break;
    case DGI_F_SPAN: dgi_json_span(j, *(const dg_span *)p); break;
    case DGI_F_WHO: dgi_json_str_or_null(j, who(p)); break;
    case DGI_F_PLACE:
        memcpy(&other, p, sizeof other);
        if (other)
            object(w, w->place, other);
        else
            dgi_json_null(j);
        break;
    case DGI_F_ROOT:
    case DGI_F_GOLDSTEIN:
    case DGI_F_QUAD:
    case DGI_F_SCORE: derived(w, f, p, from); break;
    default: array(w, f, from);
    }
}

static const struct dgi_field *row(const struct dgi_view *v, uint32_t i, const char **key)
{
    const struct dgi_field *f = &v->fields[v->picks ? v->picks[i].row : i];
    *key = v->picks && v->picks[i].json ? v->picks[i].json : f->json;
    return f;
}

/* Rows [i, the result) are those of the group in which row i stands; *known: not all its dates are missing. */
static uint32_t group_end(const struct dgi_view *v, uint32_t i, dg_str group, const void *from, bool *known)
{
    bool dates = false, some = false;
    for (; i < v->n; i++) {
        const char *key;
        const struct dgi_field *f = row(v, i, &key);
        if (key && !(dgi_str_starts(dgi_str(key), group) && key[group.len] == '.'))
            break;
        if (key && f->type == DGI_F_DAY) {
            dates = true;
            some |= *(const int32_t *)dgi_field_at(f, from) != DGI_NO_DAY;
        }
    }
    *known = some || !dates;
    return i;
}

static void members(struct writer *w, const struct dgi_view *v, const void *from)
{
    for (uint32_t i = 0, end; i < v->n; i = end) {
        const char *key;
        const struct dgi_field *f = row(v, i, &key);
        size_t dot = key ? dgi_str_find(dgi_str(key), DGI_S(".")) : SIZE_MAX;
        end = i + 1;
        if (key && dot == SIZE_MAX) {
            dgi_json_key(w->j, key);
            value(w, f, from);
        }
        if (dot == SIZE_MAX)
            continue;
        char group[32];
        bool known;
        snprintf(group, sizeof group, "%.*s", (int)dot, key);
        end = group_end(v, i, dgi_str(group), from, &known);
        dgi_json_key(w->j, group);
        if (!known) {
            dgi_json_null(w->j);
            continue;
        }
        dgi_json_open(w->j, '{');
        for (uint32_t k = i; k < end; k++)
            if ((f = row(v, k, &key)), key) {
                dgi_json_key(w->j, key + dot + 1);
                value(w, f, from);
            }
        dgi_json_close(w->j, '}');
    }
}

void dgi_json_members(struct dgi_json *j, const struct dgi_view *v, const void *thing)
{
    struct writer w = {.j = j, .actor = &dgi_view_actor, .place = &dgi_view_place, .quantity = &dgi_view_quantity};
    members(&w, v, thing);
}

void dgi_json_object(struct dgi_json *j, const struct dgi_view *v, const void *thing)
{
    if (!thing) {
        dgi_json_null(j);
        return;
    }
    dgi_json_open(j, '{');
    dgi_json_members(j, v, thing);
    dgi_json_close(j, '}');
}

/* ---- the parts of a record ---- */
void dgi_json_event(struct dgi_json *j, const struct dgi_ev_doc *doc, const struct dgi_codes *codes,
                    const struct dgi_event *ev)
{
    static const struct dgi_view event = ALL(dgi_event_fields), actor = ALL(dgi_actor_fields),
                                 place = ALL(dgi_place_fields), quantity = ALL(dgi_quantity_fields);
    struct writer w = {j, doc, codes, &actor, &place, &quantity};
    object(&w, &event, ev);
}

static void reading(struct dgi_json *j, dg_str value, struct dgi_day_range days)
{
    dgi_json_open(j, '{');
    dgi_json_kstr(j, "value", value);
    dgi_json_key(j, "start");
    dgi_json_day(j, days.start);
    dgi_json_key(j, "end");
    dgi_json_day(j, days.end);
    dgi_json_close(j, '}');
}

void dgi_json_time(struct dgi_json *j, const struct dgi_ev_time *t, uint32_t number)
{
    static const struct dgi_view view = ALL(dgi_time_fields);
    char id[16];
    snprintf(id, sizeof id, "x%u", number);
    dgi_json_open(j, '{');
    dgi_json_kstr(j, "id", dgi_str(id));
    dgi_json_members(j, &view, t);
    dgi_json_key(j, "alternatives");
    dgi_json_open(j, '[');
    if (t->other.len)
        reading(j, t->other, t->other_days);
    if (t->also_days.start != DGI_NO_DAY)
        reading(j, t->value, t->also_days);
    dgi_json_close(j, ']');
    dgi_json_close(j, '}');
}

void dgi_json_place(struct dgi_json *j, const struct dgi_ev_place *p)
{
    static const struct dgi_view view = {dgi_place_fields, NULL, DGI_PF_FROM}; /* from: of an event's place alone */
    dgi_json_open(j, '{');
    dgi_json_members(j, &view, p);
    dgi_json_key(j, "alternatives");
    dgi_json_open(j, '[');
    for (uint32_t i = 0; i < p->n_others; i++)
        dgi_json_object(j, &dgi_view_place, &p->others[i]);
    dgi_json_close(j, ']');
    dgi_json_close(j, '}');
}

void dgi_json_quantity(struct dgi_json *j, const struct dgi_ev_quantity *q, dg_str event)
{
    static const struct dgi_view view = ALL(dgi_quantity_fields);
    dgi_json_open(j, '{');
    dgi_json_members(j, &view, q);
    dgi_json_kstrn(j, "event", event);
    dgi_json_close(j, '}');
}

void dgi_json_statement(struct dgi_json *j, const struct dgi_ev_statement *s)
{
    static const struct dgi_view view = ALL(dgi_statement_fields);
    dgi_json_object(j, &view, s);
}

void dgi_json_entity(struct dgi_json *j, const struct dgi_ev_entity *e, uint32_t number)
{
    static const struct dgi_view view = ALL(dgi_entity_fields);
    char id[16];
    snprintf(id, sizeof id, "t%u", number);
    dgi_json_open(j, '{');
    dgi_json_kstr(j, "id", dgi_str(id));
    dgi_json_members(j, &view, e);
    dgi_json_key(j, "mentions");
    dgi_json_open(j, '[');
    for (uint32_t i = 0; i < e->n_mentions; i++) {
        const struct dgi_ev_mention *m = &e->mentions[i];
        dgi_json_open(j, '{');
        dgi_json_kint(j, "start", m->span.start_cp);
        dgi_json_kint(j, "end", m->span.end_cp);
        dgi_json_kstr(j, "kind", dgi_str(dgi_mention_kind_name[m->kind]));
        dgi_json_kstr(j, "head", m->head);
        dgi_json_close(j, '}');
    }
    dgi_json_close(j, ']');
    dgi_json_close(j, '}');
}

void dgi_json_timeline_event(struct dgi_json *j, const struct dgi_event *ev, int32_t day, dg_str document,
                             int32_t reported)
{
    static const struct dgi_pick line_keys[] = {{DGI_EF_DATE_START, NULL},
                                                {DGI_EF_DATE_END, NULL},
                                                {DGI_EF_DATE_PRECISION, NULL},
                                                {DGI_EF_DATE_FROM, NULL},
                                                {DGI_EF_SOURCE, NULL},
                                                {DGI_EF_TARGET, NULL},
                                                {DGI_EF_CAMEO, NULL},
                                                {DGI_EF_PLOVER, NULL},
                                                {DGI_EF_MODE, NULL},
                                                {DGI_EF_STATUS, NULL},
                                                {DGI_EF_NEGATED, NULL},
                                                {DGI_EF_TRIGGER, "trigger"},
                                                {DGI_EF_CONTENT_TEXT, "content"},
                                                {DGI_EF_ABOUT, "about"},
                                                {DGI_EF_CLAIMED_BY, NULL},
                                                {DGI_EF_PLACE, NULL},
                                                {DGI_EF_QUANTITIES, NULL},
                                                {DGI_EF_ACT, NULL}};
    static const struct dgi_pick at[] = {
        {DGI_PF_NAME, NULL}, {DGI_PF_COUNTRY, NULL}, {DGI_PF_LAT, NULL}, {DGI_PF_LON, NULL}};
    static const struct dgi_pick number[] = {{DGI_QF_KIND, NULL}, {DGI_QF_VALUE, NULL}, {DGI_QF_APPROX, NULL}};
    static const struct dgi_view event = SOME(dgi_event_fields, line_keys), place = SOME(dgi_place_fields, at),
                                 quantity = SOME(dgi_quantity_fields, number);
    struct writer w = {j, NULL, NULL, &dgi_view_actor, &place, &quantity};
    dgi_json_open(j, '{');
    dgi_json_kstr(j, "id", ev->id);
    dgi_json_key(j, "day");
    dgi_json_day(j, day);
    members(&w, &event, ev);
    dgi_json_kstr(j, "document", document);
    dgi_json_key(j, "reported");
    dgi_json_day(j, reported);
    dgi_json_evidence(j, ev->ev_start, ev->ev_end, ev->ev_text, ev->trig_start, ev->trig_end);
    dgi_json_close(j, '}');
}
