/* SPDX-License-Identifier: Apache-2.0 */
/* export/plain.c: the columns of csv, tsv and jsonl, with plain names.
 *
 * Reads   the table of fields, the row
 * Writes  cells
 *
 * The order and the names are what programs of others rely on: columns are added at the end. docs/formats/export.md has the
 * same list; a test compares the two. */
#include <math.h>
#include <stdio.h>

#include "export/columns.h"

void dgi_cell_number(struct dgi_cell *c, bool known, double v)
{
    c->type = known && isfinite(v) ? DGI_CELL_NUMBER : DGI_CELL_NONE;
    c->number = v;
}

void dgi_cell_date(struct dgi_cell *c, int32_t day)
{
    c->type = dgi_day_known(day) ? DGI_CELL_DAY : DGI_CELL_NONE;
    c->n = day;
}

static void day_of(struct dgi_cell *c, const struct dgi_row *r, struct dgi_export *x)
{
    (void)x, dgi_cell_date(c, r->day);
}

/* Of no date at all nothing is known of where it came from. */
static void date_from(struct dgi_cell *c, const struct dgi_row *r, struct dgi_export *x)
{
    const struct dgi_field *f = &dgi_event_fields[DGI_EF_DATE_FROM];
    (void)x;
    dgi_cell_text(c, dgi_day_known(r->day) ? dgi_str(f->names[r->ev->date_from_text]) : (dg_str){NULL, 0});
}

static void reported(struct dgi_cell *c, const struct dgi_row *r, struct dgi_export *x)
{
    (void)x, dgi_cell_date(c, r->doc->meta.published);
}

static void code_name(struct dgi_cell *c, const struct dgi_row *r, struct dgi_export *x)
{
    dgi_cell_text(c, dgi_codes_cameo_name(x->codes, dgi_str(r->ev->cameo)));
}

/* A ';' of a name would make two members of it. */
void dgi_list_add(struct dgi_export *x, bool follows, dg_str s)
{
    struct dgi_buf *b = &x->cell;
    dg_str part;
    dgi_buf_add(b, follows ? DGI_S(";") : DGI_S(""));
    for (bool more = false; s.ptr && dgi_str_next(&s, ';', &part); more = true) {
        dgi_buf_add(b, more ? DGI_S(",") : DGI_S(""));
        dgi_buf_add(b, part);
    }
}

/* Lists are put together in x->cell, which holds one cell. */
void dgi_cell_list(struct dgi_cell *c, struct dgi_export *x)
{
    dgi_cell_text(c, dgi_buf_str(&x->cell));
    c->list = true;
}

static void claimed_by(struct dgi_cell *c, const struct dgi_row *r, struct dgi_export *x)
{
    for (uint32_t i = 0; i < r->ev->n_claimed_by; i++) {
        const struct dgi_ev_actor *a = &r->ev->claimed_by[i];
        dgi_list_add(x, i > 0, a->name.len ? a->name : a->id);
    }
    dgi_cell_list(c, x);
}

void dgi_quantity_cell(struct dgi_cell *c, const struct dgi_row *r, uint8_t kind)
{
    for (uint32_t i = 0; i < r->ev->n_quantities; i++)
        if (r->ev->quantities[i].kind == kind) {
            const struct dgi_ev_quantity *q = &r->ev->quantities[i];
            dgi_cell_number(c, true, isnan(q->value) ? q->low : q->value);
            return;
        }
}
static void deaths(struct dgi_cell *c, const struct dgi_row *r, struct dgi_export *x)
{
    (void)x, dgi_quantity_cell(c, r, DGI_Q_DEATHS);
}
static void injured(struct dgi_cell *c, const struct dgi_row *r, struct dgi_export *x)
{
    (void)x, dgi_quantity_cell(c, r, DGI_Q_INJURED);
}

static void same_as(struct dgi_cell *c, const struct dgi_row *r, struct dgi_export *x)
{
    (void)x;
    if (r->ev->same_as < r->doc->n_events)
        dgi_cell_text(c, r->doc->events[r->ev->same_as].id);
}

static void sentence(struct dgi_cell *c, const struct dgi_row *r, struct dgi_export *x)
{
    (void)x, dgi_cell_text(c, r->ev->ev_text);
}
static void document(struct dgi_cell *c, const struct dgi_row *r, struct dgi_export *x)
{
    (void)x, dgi_cell_text(c, r->doc->meta.id);
}
static void url(struct dgi_cell *c, const struct dgi_row *r, struct dgi_export *x)
{
    (void)x, dgi_cell_text(c, r->doc->meta.url);
}
static void title(struct dgi_cell *c, const struct dgi_row *r, struct dgi_export *x)
{
    (void)x, dgi_cell_text(c, r->doc->meta.title);
}
static void publisher(struct dgi_cell *c, const struct dgi_row *r, struct dgi_export *x)
{
    (void)x, dgi_cell_text(c, r->doc->meta.publisher);
}

/* clang-format off */
#define EV(name, field, type, says) {name, DGI_C_EVENT, DGI_EF_##field, NULL, type, says}
#define WHO(side, name, field, type, says) {name, DGI_C_##side, DGI_AF_##field, NULL, type, says}
#define AT(name, field, type, says) {name, DGI_C_PLACE, DGI_PF_##field, NULL, type, says}
#define OWN(name, fn, type, says) {name, DGI_C_OWN, 0, fn, type, says}
/* clang-format on */
const struct dgi_column dgi_plain_table[] = {
    EV("event_id", ID, "text", "the event; rows of one event share it"),
    OWN("date", day_of, "date", "the day it is counted on: of the text, else of the report"),
    EV("date_start", DATE_START, "date", "first day of when it happened, as far as the text says"),
    EV("date_end", DATE_END, "date", "last day of that"),
    EV("date_precision", DATE_PRECISION, "word", "day, week, month, quarter, year; unknown"),
    OWN("date_from", date_from, "word", "text: a time expression says it; publication: taken from the report's day"),
    OWN("reported", reported, "date", "publication day of the document"),
    WHO(SOURCE, "source", NAME, "text", "who did it, by name"),
    WHO(SOURCE, "source_id", ID, "text", "actor id: country:RUS, org:NATO, person:..., role:..."),
    WHO(SOURCE, "source_country", COUNTRY, "code", "country it belongs to: ISO 3166 alpha-3, or as --scheme says"),
    WHO(SOURCE, "source_code", CAMEO, "code", "CAMEO actor code"),
    WHO(SOURCE, "source_sectors", SECTORS, "list", "GOV, MIL, REB, ..."),
    WHO(TARGET, "target", NAME, "text", "to whom, by name"),
    WHO(TARGET, "target_id", ID, "text", "actor id"),
    WHO(TARGET, "target_country", COUNTRY, "code", "likewise"),
    WHO(TARGET, "target_code", CAMEO, "code", "CAMEO actor code"),
    WHO(TARGET, "target_sectors", SECTORS, "list", "GOV, MIL, REB, ..."),
    EV("reciprocal", RECIPROCAL, "bool", "both sides do it to each other: with dyads there is a row each way"),
    EV("cameo", CAMEO, "code", "CAMEO event code; text with leading zeros, not a number"),
    OWN("cameo_name", code_name, "text", "what the code means"),
    EV("cameo_root", ROOT, "code", "its first two digits, 01 to 20"),
    EV("quad", QUAD, "number", "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict"),
    EV("goldstein", GOLDSTEIN, "number", "-10 (conflict) to 10 (cooperation); empty where the scale has no value"),
    EV("plover", PLOVER, "word", "PLOVER type: AGREE, CONSULT, ..., ASSAULT"),
    EV("plover_mode", MODE, "word", "PLOVER mode"),
    EV("plover_contexts", CONTEXTS, "list", "PLOVER contexts"),
    EV("plover_score", SCORE, "number", "PLOVER score, -10 to 10"),
    EV("status", STATUS, "word", "actual, historical, future, hypothetical"),
    EV("negated", NEGATED, "bool", "true: the text says that it did not happen"),
    OWN("claimed_by", claimed_by, "list", "who says so, innermost speaker first; empty: the report itself"),
    EV("trigger", TRIGGER, "text", "the words that tell the event"),
    EV("content", CONTENT_TEXT, "text", "what is demanded, offered, promised, threatened, said"),
    EV("condition", CONDITION_TEXT, "text", "under which condition"),
    EV("deadline", DEADLINE_END, "date", "last day of a deadline"),
    AT("place", NAME, "text", "where it happened"),
    AT("place_country", COUNTRY, "code", "likewise"),
    AT("place_admin1", ADMIN1, "text", "province or state"),
    AT("latitude", LAT, "number", "degrees north"),
    AT("longitude", LON, "number", "degrees east"),
    AT("geonames", GEONAMES, "number", "GeoNames id"),
    AT("place_precision", PRECISION, "word", "city, admin1, country, region: what the coordinates stand for"),
    OWN("deaths", deaths, "number", "dead, as the sentence counts them"),
    OWN("injured", injured, "number", "injured, likewise"),
    EV("confidence", CONFIDENCE, "number", "0 to 1"),
    EV("frame", FRAME, "text", "id of the lexicon row that coded it"),
    OWN("sentence", sentence, "text", "the sentence, on one line"),
    EV("sentence_number", SENTENCE, "number", "of the document, from 0"),
    OWN("document", document, "text", "id of the document"),
    OWN("url", url, "text", "its address"),
    OWN("title", title, "text", "its headline"),
    OWN("publisher", publisher, "text", "who published it"),
    OWN("same_as", same_as, "text", "the first event of the document that reports the same act; empty: it is that"),
    EV("act", ACT, "text", "id of the act: the same in other documents that report it"),
    AT("place_from", FROM, "word", "syntax, clause, discourse, dateline: what says that it happened there"),
};
_Static_assert(sizeof dgi_plain_table / sizeof *dgi_plain_table == DGI_N_PLAIN, "as many columns as columns.h says");

/* ---- from the table of fields ---- */
/* "a,b" of the record becomes "a;b": a list has one separator here. */
static void list(struct dgi_buf *b, dg_str joined)
{
    dg_str one;
    bool some = false;
    while (joined.len && dgi_str_next(&joined, ',', &one)) {
        if (!one.len)
            continue;
        dgi_buf_add(b, some ? DGI_S(";") : DGI_S(""));
        dgi_buf_add(b, one);
        some = true;
    }
}

static void derived(struct dgi_cell *c, const struct dgi_field *f, const struct dgi_event *ev, struct dgi_export *x)
{
    dg_str code = dgi_str(ev->cameo);
    double v = 0;
    if (f->type == DGI_F_ROOT) {
        dgi_cell_text(c, dgi_str_sub(code, 0, 2));
    } else if (f->type == DGI_F_QUAD) {
        c->type = DGI_CELL_INT;
        c->n = dgi_codes_quad(code);
    } else if (f->type == DGI_F_GOLDSTEIN) {
        bool known = dgi_codes_goldstein(x->codes, code, &v);
        dgi_cell_number(c, known, v);
    } else {
        bool known =
            ev->plover < DGI_N_PLOVER && dgi_codes_score(x->codes, dgi_str(dgi_plover_name[ev->plover]), ev->mode, &v);
        dgi_cell_number(c, known, v);
    }
}

static void field(struct dgi_cell *c, const struct dgi_field *f, const void *thing, struct dgi_export *x)
{
    const void *p = dgi_field_at(f, thing);
    switch (f->type) {
    case DGI_F_STR: dgi_cell_text(c, *(const dg_str *)p); break;
    case DGI_F_CODE: dgi_cell_text(c, dgi_str(p)); break;
    case DGI_F_ENUM:
        dgi_cell_text(c, *(const uint8_t *)p < f->n_names ? dgi_str(f->names[*(const uint8_t *)p]) : (dg_str){NULL, 0});
        break;
    case DGI_F_LIST:
        list(&x->cell, *(const dg_str *)p);
        dgi_cell_list(c, x);
        break;
    case DGI_F_BOOL:
        c->type = DGI_CELL_BOOL;
        c->n = *(const bool *)p;
        break;
    case DGI_F_COUNT:
        c->type = DGI_CELL_INT;
        c->n = *(const uint32_t *)p;
        break;
    case DGI_F_ID64:
        c->n = *(const int64_t *)p;
        c->type = c->n ? DGI_CELL_INT : DGI_CELL_NONE;
        break;
    case DGI_F_DAY: dgi_cell_date(c, *(const int32_t *)p); break;
    case DGI_F_NUM: dgi_cell_number(c, true, *(const double *)p); break;
    case DGI_F_SHARE: dgi_cell_number(c, true, round((double)*(const float *)p * 1000) / 1000); break;
    default: derived(c, f, thing, x);
    }
}

/* A field of one actor, or of all of them with ';' between: the n-th member is the n-th actor's, also where it is empty. */
static void actors(struct dgi_cell *c, const struct dgi_field *f, const struct dgi_ev_actor *a, uint32_t n, int32_t day,
                   struct dgi_export *x)
{
    bool country = f == &dgi_actor_fields[DGI_AF_COUNTRY];
    if (!x->lists) {
        if (n && country)
            dgi_cell_text(c, dgi_country_code(x, a->country, day));
        else if (n)
            field(c, f, a, x);
        c->list |= f->type == DGI_F_LIST;
        return;
    }
    for (uint32_t i = 0; i < n; i++) {
        const void *p = dgi_field_at(f, &a[i]);
        dgi_list_add(x, i > 0, country ? dgi_country_code(x, a[i].country, day) : *(const dg_str *)p);
    }
    dgi_cell_list(c, x);
    c->type = n ? DGI_CELL_TEXT : DGI_CELL_NONE;
}

bool dgi_column_is_list(const struct dgi_export *x, const struct dgi_column *col)
{
    bool side = col->from == DGI_C_SOURCE || col->from == DGI_C_TARGET;
    return (side && x->lists) || !strcmp(col->type, "list");
}

static void span_cell(struct dgi_cell *c, const struct dgi_column *col, const void *p)
{
    uint32_t s[2];
    memcpy(s, p, sizeof s);
    if (s[0] < s[1])
        dgi_cell_int(c, s[col->from == DGI_C_SPAN_END]);
}

void dgi_export_cell(struct dgi_cell *c, const struct dgi_column *col, const struct dgi_row *r, struct dgi_export *x)
{
    *c = (struct dgi_cell){0};
    x->cell.len = 0;
    x->column = col;
    if (col->from == DGI_C_OWN)
        col->own(c, r, x);
    else if (col->from == DGI_C_THING)
        field(c, &x->fields[col->field], r->thing, x);
    else if (col->from == DGI_C_SPAN_START || col->from == DGI_C_SPAN_END)
        span_cell(c, col, dgi_field_at(&x->fields[col->field], r->thing));
    else if (col->from == DGI_C_SOURCE)
        actors(c, &dgi_actor_fields[col->field], r->source, r->n_source, r->day, x);
    else if (col->from == DGI_C_TARGET)
        actors(c, &dgi_actor_fields[col->field], r->target, r->n_target, r->day, x);
    else if (col->from == DGI_C_EVENT)
        field(c, &dgi_event_fields[col->field], r->ev, x);
    else if (r->ev->place && col->field == DGI_PF_COUNTRY)
        dgi_cell_text(c, dgi_country_code(x, r->ev->place->country, r->day));
    else if (r->ev->place)
        field(c, &dgi_place_fields[col->field], r->ev->place, x);
}
