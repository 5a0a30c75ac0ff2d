/* SPDX-License-Identifier: Apache-2.0 */
/* export/plover.c: events as the records of PLOVER 2.0, one JSON object a line.
 *
 * Reads   rows with lists of actors
 * Writes  JSON
 *
 * Names of members are those of the manual's chapter 5; one of which nothing is known is left out, as the manual has it. It has
 * four auxiliary modes and no field for them: `aux_mode` is ours, and lets what is planned or denied be told from what
 * happened. AGREE is itself future cooperation, so its own status `future` is not said again. docs/formats/export.md. */
#include <math.h>

#include "export/producer.h"

/* clang-format off */
#define PLOVER_FIELD(name, type, says) {name, DGI_C_OWN, 0, NULL, type, says}
/* clang-format on */
const struct dgi_column dgi_plover_table[] = {
    PLOVER_FIELD("id", "text", "the event"),
    PLOVER_FIELD("has_event", "bool", "true"),
    PLOVER_FIELD("date", "date", "first day, else the day it is counted on"),
    PLOVER_FIELD("enddate", "date", "last day, where that is another"),
    PLOVER_FIELD("actor", "list", "entities: code, sector, entity_text, identifier_id, country_code"),
    PLOVER_FIELD("recipient", "list", "likewise"),
    PLOVER_FIELD("event", "list", "PLOVER type"),
    PLOVER_FIELD("mode", "word", "PLOVER mode"),
    PLOVER_FIELD("aux_mode", "list", "historical, future, hypothetical, negation"),
    PLOVER_FIELD("context", "list", "PLOVER contexts"),
    PLOVER_FIELD("quad_code", "1 to 4", "PLOVER's class"),
    PLOVER_FIELD("event_scale", "number", "PLOVER score"),
    PLOVER_FIELD("event_text", "text", "the words that tell the event"),
    PLOVER_FIELD("event_loc", "object",
                 "resolved_place, geonameid, lat, lon, city, province, country_code, resolution"),
    PLOVER_FIELD("size", "object", "dead, injured, arrested, as the sentence counts them"),
    PLOVER_FIELD("link", "list", "events that are its content or condition"),
    PLOVER_FIELD("text", "text", "the sentence"),
    PLOVER_FIELD("text_info", "object", "sequence of the sentence, from 1; start and end of the trigger"),
    PLOVER_FIELD("cite_info", "object", "citation, url, title, language, publication, version"),
    PLOVER_FIELD("coder", "text", "dragoman and its version"),
};
_Static_assert(sizeof dgi_plover_table / sizeof *dgi_plover_table == DGI_N_PLOVER_FIELDS, "as many as columns.h says");

static void json_known(struct dgi_json *j, const char *key, dg_str s)
{
    if (s.len)
        dgi_json_kstr(j, key, s);
}

static void json_day(struct dgi_json *j, const char *key, int32_t d)
{
    dgi_json_key(j, key);
    dgi_json_day(j, d);
}

static void json_strings(struct dgi_json *j, const char *key, dg_str joined)
{
    dg_str one;
    dgi_json_key(j, key);
    dgi_json_open(j, '[');
    while (joined.len && dgi_str_next(&joined, ',', &one))
        if (one.len)
            dgi_json_str(j, one);
    dgi_json_close(j, ']');
}

static void json_entities(struct dgi_json *j, const char *key, const struct dgi_ev_actor *a, uint32_t n)
{
    dgi_json_key(j, key);
    dgi_json_open(j, '[');
    for (uint32_t i = 0; i < n; i++) {
        dgi_json_open(j, '{');
        json_known(j, "code", a[i].cameo);
        json_known(j, "country_code", dgi_str(a[i].country));
        json_strings(j, "sector", a[i].sectors);
        json_known(j, "entity_text", a[i].name);
        json_known(j, "identifier_id", a[i].id);
        dgi_json_close(j, '}');
    }
    dgi_json_close(j, ']');
}

static void aux_modes(struct dgi_json *j, const struct dgi_event *ev)
{
    dgi_json_key(j, "aux_mode");
    dgi_json_open(j, '[');
    if (ev->status != DGI_ST_ACTUAL && !(ev->plover == DGI_AGREE && ev->status == DGI_ST_FUTURE))
        dgi_json_str(j, dgi_str(dgi_status_name[ev->status & 3]));
    if (ev->negated)
        dgi_json_str(j, DGI_S("negation"));
    dgi_json_close(j, ']');
}

static void place(struct dgi_json *j, const struct dgi_ev_place *p)
{
    static const int resolution[DGI_N_PLACE_PRECISION] = {
        [DGI_PLACE_CITY] = 4, [DGI_PLACE_ADMIN1] = 2, [DGI_PLACE_COUNTRY] = 1};
    if (!p)
        return;
    dgi_json_key(j, "event_loc");
    dgi_json_open(j, '{');
    json_known(j, "resolved_place", p->name);
    if (p->geonames)
        dgi_json_kint(j, "geonameid", p->geonames);
    if (isfinite(p->lat) && isfinite(p->lon)) {
        dgi_json_key(j, "lat");
        dgi_json_num(j, p->lat);
        dgi_json_key(j, "lon");
        dgi_json_num(j, p->lon);
    }
    json_known(j, "city", p->precision == DGI_PLACE_CITY ? p->name : DGI_S(""));
    json_known(j, "province", p->precision == DGI_PLACE_ADMIN1 ? p->name : p->admin1);
    json_known(j, "country_code", dgi_str(p->country));
    if (p->precision < DGI_N_PLACE_PRECISION && resolution[p->precision])
        dgi_json_kint(j, "resolution", resolution[p->precision]);
    dgi_json_close(j, '}');
}

static void size(struct dgi_json *j, const struct dgi_event *ev)
{
    static const struct {
        uint8_t kind;
        const char *key;
    } size_keys[] = {{DGI_Q_DEATHS, "dead"}, {DGI_Q_INJURED, "injured"}, {DGI_Q_DETAINED, "arrested"}};
    bool open = false;
    for (size_t k = 0; k < sizeof size_keys / sizeof *size_keys; k++)
        for (uint32_t i = 0; i < ev->n_quantities; i++) {
            const struct dgi_ev_quantity *q = &ev->quantities[i];
            double v = isnan(q->value) ? q->low : q->value;
            if (q->kind != size_keys[k].kind || !isfinite(v))
                continue;
            if (!open) {
                dgi_json_key(j, "size");
                dgi_json_open(j, '{');
                open = true;
            }
            dgi_json_key(j, size_keys[k].key);
            dgi_json_num(j, v);
            break;
        }
    if (open)
        dgi_json_close(j, '}');
}

static void links(struct dgi_json *j, const struct dgi_row *r)
{
    const struct dgi_event *ev = r->ev;
    if (!ev->n_content && !ev->n_condition)
        return;
    dgi_json_key(j, "link");
    dgi_json_open(j, '[');
    for (uint32_t i = 0; i < ev->n_content + ev->n_condition; i++) {
        uint32_t other = i < ev->n_content ? ev->content[i] : ev->condition[i - ev->n_content];
        if (other < r->doc->n_events)
            dgi_json_str(j, r->doc->events[other].id);
    }
    dgi_json_close(j, ']');
}

static void sources(struct dgi_json *j, const struct dgi_row *r)
{
    const struct dgi_meta *m = &r->doc->meta;
    dgi_json_key(j, "text_info");
    dgi_json_open(j, '{');
    dgi_json_kint(j, "sequence", (int64_t)r->ev->sentence + 1);
    dgi_json_kint(j, "start", r->ev->trig_start);
    dgi_json_kint(j, "end", r->ev->trig_end);
    dgi_json_close(j, '}');
    dgi_json_key(j, "cite_info");
    dgi_json_open(j, '{');
    json_known(j, "citation", r->doc->id);
    json_known(j, "url", m->url);
    json_known(j, "title", m->title);
    json_known(j, "language", m->lang);
    json_known(j, "publication", m->publisher);
    dgi_json_kstr(j, "version", DGI_S("PLOVER 2.0"));
    dgi_json_close(j, '}');
    dgi_json_kstr(j, "coder", DGI_S("dragoman " DG_VERSION));
}

static void scale(struct dgi_json *j, const struct dgi_event *ev, const struct dgi_export *x)
{
    dg_str type = dgi_str(dgi_plover_name[ev->plover]);
    uint32_t row = x->codes->plover ? dgi_table_find(x->codes->plover, type) : DGI_NONE;
    double v;
    if (row != DGI_NONE && dgi_str_double(dgi_table_cell(x->codes->plover, row, 3), &v))
        dgi_json_kint(j, "quad_code", (int64_t)v);
    if (dgi_codes_score(x->codes, type, ev->mode, &v)) {
        dgi_json_key(j, "event_scale");
        dgi_json_num(j, v);
    }
}

void dgi_export_plover(struct dgi_export *x, const struct dgi_row *r)
{
    const struct dgi_event *ev = r->ev;
    struct dgi_json j;
    int32_t first = dgi_day_known(ev->date.start) ? ev->date.start : r->day;
    dgi_json_init(&j, x->out);
    dgi_json_open(&j, '{');
    dgi_json_kstr(&j, "id", ev->id);
    dgi_json_key(&j, "has_event");
    dgi_json_bool(&j, true);
    json_day(&j, "date", first);
    if (dgi_day_known(ev->date.end) && ev->date.end > first)
        json_day(&j, "enddate", ev->date.end);
    json_entities(&j, "actor", r->source, r->n_source);
    json_entities(&j, "recipient", r->target, r->n_target);
    json_strings(&j, "event", dgi_str(dgi_plover_name[ev->plover]));
    json_known(&j, "mode", ev->mode);
    aux_modes(&j, ev);
    json_strings(&j, "context", ev->contexts);
    scale(&j, ev, x);
    json_known(&j, "event_text", ev->trigger);
    place(&j, ev->place);
    size(&j, ev);
    links(&j, r);
    json_known(&j, "text", ev->ev_text);
    sources(&j, r);
    dgi_json_close(&j, '}');
    dgi_buf_add(x->out, DGI_S("\n"));
}
