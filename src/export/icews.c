/* SPDX-License-Identifier: Apache-2.0 */
/* export/icews.c: the columns of ICEWS (20), Phoenix (26) and POLECAT (40).
 *
 * Reads   rows, scales and states
 * Writes  cells
 *
 * ICEWS has a header, ISO days, names of countries, and its own intensity where it differs from Goldstein's (016, 022, 164, 165).
 * Phoenix has none, days as YYYYMMDD, the penta class 0 to 4 and an older scale. POLECAT has a row an event with lists, PLOVER
 * types and scores. docs/formats/export.md. */
#include <math.h>
#include <stdio.h>

#include "export/producer.h"

enum { SIDE = 16 };
#define OF(side, part) ((side)*SIDE + (part))

static void number_of(struct dgi_cell *c, const struct dgi_export *x, const struct dgi_row *r, uint32_t col)
{
    double v = 0;
    bool known = dgi_code_value(x, dgi_str(r->ev->cameo), col, &v);
    if (known && snprintf(c->own, sizeof c->own, "%.1f", v) > 0)
        dgi_cell_text(c, dgi_str(c->own));
}

/* ---- actors of one side: the n-th member of a list is the n-th actor's ---- */
enum who { NAME, SECTORS, COUNTRY_NAME, FULL, ENTITY, ROLE, ATTRIBUTE, ISO3, COW, FIRST_SECTOR, RAW };
static dg_str part_of(const struct dgi_ev_actor *a, const struct dgi_row *r, struct dgi_export *x, int what)
{
    struct dgi_actor_code code;
    dg_str first = a->sectors;
    switch (what) {
    case NAME: return a->name.len ? a->name : a->id;
    case SECTORS: return a->sectors;
    case COUNTRY_NAME: return dgi_state_cell(x, a->country, DGI_STATE_NAME);
    case FULL: return a->cameo;
    case ENTITY: return dgi_str_sub(a->cameo, 0, 3);
    case ISO3: return dgi_str(a->country);
    case COW: return dgi_state_code(x, a->country, DGI_CODES_COW, r->day);
    case FIRST_SECTOR:
        return dgi_str_sub(first, 0,
                           dgi_str_find(first, DGI_S(",")) == SIZE_MAX ? first.len : dgi_str_find(first, DGI_S(",")));
    case RAW: return a->name;
    default:
        dgi_actor_code_split(&code, a, x);
        return what == ROLE ? code.role[0] : code.role[1].len ? code.role[1] : code.group;
    }
}

static void who(struct dgi_cell *c, const struct dgi_row *r, struct dgi_export *x)
{
    int side = x->column->field / SIDE, what = x->column->field % SIDE;
    const struct dgi_ev_actor *a = side ? r->target : r->source;
    uint32_t n = side ? r->n_target : r->n_source;
    for (uint32_t i = 0; i < n; i++) {
        dgi_buf_add(&x->cell, i ? DGI_S(";") : DGI_S(""));
        dgi_buf_add(&x->cell, part_of(&a[i], r, x, what));
    }
    dgi_cell_text(c, dgi_buf_str(&x->cell));
}

/* ---- event and document ---- */
enum what {
    ID,
    DAY,
    CODE,
    CODE_NAME,
    INTENSITY,
    STORY,
    SENTENCE,
    PUBLISHER,
    ID_VERSION,
    PLAIN_DAY,
    YEAR,
    MONTH,
    MDAY,
    ANY_CODE,
    ROOT,
    PENTA,
    OLD_SCALE,
    SENTENCE_ID,
    ADDRESS,
    TYPE,
    MODE,
    SCORE,
    QUAD,
    CONTEXTS,
    REPORTED,
    LANGUAGE,
    VERSION,
    PEOPLE,
    ORGS,
    PLACES,
    NOTHING
};

static void named(struct dgi_cell *c, const struct dgi_ev_doc *d, uint8_t type, struct dgi_export *x)
{
    for (uint32_t i = 0; i < d->n_entities; i++) {
        const struct dgi_ev_entity *e = &d->entities[i];
        if (e->type != type || !e->actor.name.len || !e->actor.id.len)
            continue;
        dgi_buf_add(&x->cell, x->cell.len ? DGI_S(";") : DGI_S(""));
        dgi_buf_add(&x->cell, e->actor.name);
    }
    dgi_cell_text(c, dgi_buf_str(&x->cell));
}

static void places(struct dgi_cell *c, const struct dgi_ev_doc *d, struct dgi_export *x)
{
    for (uint32_t i = 0; i < d->n_places; i++) {
        bool again = false;
        for (uint32_t k = 0; k < i && !again; k++)
            again = dgi_str_eq(d->places[k].name, d->places[i].name);
        if (again)
            continue;
        dgi_buf_add(&x->cell, x->cell.len ? DGI_S(";") : DGI_S(""));
        dgi_buf_add(&x->cell, d->places[i].name);
    }
    dgi_cell_text(c, dgi_buf_str(&x->cell));
}

static void part_of_day(struct dgi_cell *c, int32_t day, int what)
{
    int y, m, d;
    dgi_day_split(day, &y, &m, &d);
    dgi_cell_int(c, what == YEAR ? y : what == MONTH ? m : d);
}

static void plover(struct dgi_cell *c, const struct dgi_event *ev, struct dgi_export *x, int what)
{
    dg_str type = ev->plover < DGI_N_PLOVER ? dgi_str(dgi_plover_name[ev->plover]) : DGI_S("");
    double v = 0;
    uint32_t r = x->codes->plover ? dgi_table_find(x->codes->plover, type) : DGI_NONE;
    if (what == SCORE) {
        bool known = dgi_codes_score(x->codes, type, ev->mode, &v);
        dgi_cell_number(c, known, v);
    } else {
        dgi_cell_text(c, what == TYPE    ? type
                         : what == MODE  ? ev->mode
                         : r == DGI_NONE ? DGI_S("")
                                         : dgi_table_cell(x->codes->plover, r, 3));
    }
}

static void contexts(struct dgi_cell *c, dg_str joined, struct dgi_export *x)
{
    dgi_buf_add(&x->cell, joined);
    for (size_t i = 0; i < x->cell.len; i++)
        if (x->cell.ptr[i] == ',')
            x->cell.ptr[i] = ';';
    dgi_cell_text(c, dgi_buf_str(&x->cell));
}

static void event(struct dgi_cell *c, const struct dgi_row *r, struct dgi_export *x)
{
    const struct dgi_meta *m = &r->doc->meta;
    dg_str cameo = dgi_str(r->ev->cameo), code = dgi_code_known(x, cameo, DGI_CAMEO_IN_ICEWS);
    double v = 0;
    int what = x->column->field;
    switch (what) {
    case ID: dgi_cell_int(c, dgi_row_number(r)); break;
    case DAY: dgi_cell_day(c, r->day, true); break;
    case CODE: dgi_cell_text(c, code); break;
    case CODE_NAME: dgi_cell_text(c, dgi_codes_cameo_name(x->codes, code)); break;
    case INTENSITY: number_of(c, x, r, DGI_CAMEO_ICEWS); break;
    case STORY: dgi_cell_int(c, dgi_text_number(r->doc->id)); break;
    case SENTENCE: dgi_cell_int(c, (int64_t)r->ev->sentence + 1); break;
    case PUBLISHER: dgi_cell_text(c, m->publisher); break;
    case ID_VERSION:
        dgi_buf_printf(&x->cell, "%lld_%s", (long long)dgi_row_number(r), DG_VERSION);
        dgi_cell_text(c, dgi_buf_str(&x->cell));
        break;
    case PLAIN_DAY: dgi_cell_day(c, r->day, false); break;
    case YEAR:
    case MONTH:
    case MDAY: part_of_day(c, r->day, what); break;
    case ANY_CODE: dgi_cell_text(c, cameo); break;
    case ROOT: dgi_cell_text(c, dgi_str_sub(cameo, 0, 2)); break;
    case PENTA:
        if (dgi_code_value(x, cameo, DGI_CAMEO_PENTA, &v))
            dgi_cell_int(c, (int64_t)v);
        break;
    case OLD_SCALE: number_of(c, x, r, DGI_CAMEO_PHOENIX); break;
    case SENTENCE_ID:
        dgi_buf_printf(&x->cell, "%.*s_%u", (int)r->doc->id.len, r->doc->id.ptr, r->ev->sentence);
        dgi_cell_text(c, dgi_buf_str(&x->cell));
        break;
    case ADDRESS: dgi_cell_text(c, m->url); break;
    case TYPE:
    case MODE:
    case SCORE:
    case QUAD: plover(c, r->ev, x, what); break;
    case CONTEXTS: contexts(c, r->ev->contexts, x); break;
    case REPORTED: dgi_cell_day(c, m->published, true); break;
    case LANGUAGE: dgi_cell_text(c, m->lang); break;
    case VERSION: dgi_cell_text(c, dgi_str(DG_VERSION)); break;
    case PEOPLE: named(c, r->doc, DGI_ENT_PERSON, x); break;
    case ORGS: named(c, r->doc, DGI_ENT_ORG, x); break;
    case PLACES: places(c, r->doc, x); break;
    default: break;
    }
}

/* ---- the place ---- */
enum where { CITY, PROVINCE, STATE, LAT, LON, PLACE_NAME, PLACE_ISO3, GEONAMES, PRECISION };
static void where(struct dgi_cell *c, const struct dgi_row *r, struct dgi_export *x)
{
    const struct dgi_ev_place *p = r->ev->place;
    if (!p)
        return;
    switch (x->column->field) {
    case CITY: dgi_cell_text(c, p->precision == DGI_PLACE_CITY ? p->name : DGI_S("")); break;
    case PROVINCE: dgi_cell_text(c, p->precision == DGI_PLACE_ADMIN1 ? p->name : p->admin1); break;
    case STATE: dgi_cell_text(c, dgi_state_cell(x, p->country, DGI_STATE_NAME)); break;
    case LAT: dgi_cell_number(c, true, p->lat); break;
    case LON: dgi_cell_number(c, true, p->lon); break;
    case PLACE_NAME: dgi_cell_text(c, p->name); break;
    case PLACE_ISO3: dgi_cell_text(c, dgi_str(p->country)); break;
    case GEONAMES:
        if (p->geonames)
            dgi_cell_int(c, p->geonames);
        break;
    default:
        dgi_cell_text(c, p->precision < DGI_N_PLACE_PRECISION ? dgi_str(dgi_place_precision_name[p->precision])
                                                              : DGI_S(""));
        break;
    }
}

#define EMPTY_FIELD(name) COLUMN_FIELD(name, event, NOTHING, "-", "always empty")
const struct dgi_column dgi_icews_table[] = {
    COLUMN_FIELD("Event ID", event, ID, "number", "of event, source and target; below 2^53"),
    COLUMN_FIELD("Event Date", event, DAY, "date", "the day it is counted on"),
    COLUMN_FIELD("Source Name", who, OF(0, NAME), "text", "who did it"),
    COLUMN_FIELD("Source Sectors", who, OF(0, SECTORS), "list", "sector codes, comma between"),
    COLUMN_FIELD("Source Country", who, OF(0, COUNTRY_NAME), "text", "name of the country"),
    COLUMN_FIELD("Event Text", event, CODE_NAME, "text", "what the code means"),
    COLUMN_FIELD("CAMEO Code", event, CODE, "code", "a code that ICEWS lacks is its parent"),
    COLUMN_FIELD("Intensity", event, INTENSITY, "number", "ICEWS's own scale, one decimal"),
    COLUMN_FIELD("Target Name", who, OF(1, NAME), "text", "to whom"),
    COLUMN_FIELD("Target Sectors", who, OF(1, SECTORS), "list", "sector codes, comma between"),
    COLUMN_FIELD("Target Country", who, OF(1, COUNTRY_NAME), "text", "name of the country"),
    COLUMN_FIELD("Story ID", event, STORY, "number", "of the document; below 2^53"),
    COLUMN_FIELD("Sentence Number", event, SENTENCE, "number", "from 1"),
    COLUMN_FIELD("Publisher", event, PUBLISHER, "text", "who published it"),
    COLUMN_FIELD("City", where, CITY, "text", "where, if a town is known"),
    EMPTY_FIELD("District"),
    COLUMN_FIELD("Province", where, PROVINCE, "text", "province or state"),
    COLUMN_FIELD("Country", where, STATE, "text", "name of the country"),
    COLUMN_FIELD("Latitude", where, LAT, "number", "degrees north"),
    COLUMN_FIELD("Longitude", where, LON, "number", "degrees east")};
#define PHOENIX_ACTOR_FIELDS(side, name)                                                                               \
    COLUMN_FIELD(name "ActorFull", who, OF(side, FULL), "code", "CAMEO actor code"),                                   \
        COLUMN_FIELD(name "ActorEntity", who, OF(side, ENTITY), "code", "its first three letters"),                    \
        COLUMN_FIELD(name "ActorRole", who, OF(side, ROLE), "code", "role: GOV, MIL, ..."),                            \
        COLUMN_FIELD(name "ActorAttribute", who, OF(side, ATTRIBUTE), "code", "second role, else group")
const struct dgi_column dgi_phoenix_table[] = {
    COLUMN_FIELD("EventID", event, ID_VERSION, "text", "number_version"),
    COLUMN_FIELD("Date", event, PLAIN_DAY, "YYYYMMDD", "the day it is counted on"),
    COLUMN_FIELD("Year", event, YEAR, "number", "of it"),
    COLUMN_FIELD("Month", event, MONTH, "number", "of it"),
    COLUMN_FIELD("Day", event, MDAY, "number", "of it"),
    PHOENIX_ACTOR_FIELDS(0, "Source"),
    PHOENIX_ACTOR_FIELDS(1, "Target"),
    COLUMN_FIELD("EventCode", event, ANY_CODE, "code", "CAMEO"),
    COLUMN_FIELD("EventRootCode", event, ROOT, "code", "its first two digits"),
    COLUMN_FIELD("QuadClass", event, PENTA, "0 to 4", "the penta class: 0 statements, 14 is 4, 16 is 3"),
    COLUMN_FIELD("GoldsteinScore", event, OLD_SCALE, "number", "the older scale of Phoenix, one decimal"),
    EMPTY_FIELD("Issues"),
    COLUMN_FIELD("Lat", where, LAT, "number", "degrees north"),
    COLUMN_FIELD("Lon", where, LON, "number", "degrees east"),
    COLUMN_FIELD("LocationName", where, PLACE_NAME, "text", "where"),
    COLUMN_FIELD("StateName", where, PROVINCE, "text", "province or state"),
    COLUMN_FIELD("CountryCode", where, PLACE_ISO3, "code", "ISO 3166 alpha-3"),
    COLUMN_FIELD("SentenceID", event, SENTENCE_ID, "text", "document_sentence, from 0"),
    COLUMN_FIELD("URLs", event, ADDRESS, "text", "address of the document"),
    COLUMN_FIELD("NewsSources", event, PUBLISHER, "text", "who published it")};
#define POLECAT_ACTOR_FIELDS(side, name)                                                                               \
    COLUMN_FIELD(name " Name", who, OF(side, NAME), "list", "who"),                                                    \
        COLUMN_FIELD(name " Country", who, OF(side, ISO3), "list", "ISO 3166 alpha-3"),                                \
        COLUMN_FIELD(name " COW", who, OF(side, COW), "list", "Correlates of War number on that day"),                 \
        COLUMN_FIELD("Primary " name " Sector", who, OF(side, FIRST_SECTOR), "list", "its first sector"),              \
        COLUMN_FIELD(name " Sectors", who, OF(side, SECTORS), "list", "all, comma between"),                           \
        EMPTY_FIELD(name " Title"),                                                                                    \
        COLUMN_FIELD(name " Name Raw", who, OF(side, RAW), "list", "as the text names it"),                            \
        EMPTY_FIELD("Wikipedia " name " ID")
const struct dgi_column dgi_polecat_table[] = {
    COLUMN_FIELD("Event ID", event, ID, "number", "below 2^53"),
    COLUMN_FIELD("Event Date", event, DAY, "date", "the day it is counted on"),
    COLUMN_FIELD("Event Type", event, TYPE, "word", "PLOVER type"),
    COLUMN_FIELD("Event Mode", event, MODE, "word", "PLOVER mode"),
    COLUMN_FIELD("Intensity", event, SCORE, "number", "PLOVER score"),
    COLUMN_FIELD("Quad Code", event, QUAD, "1 to 4", "PLOVER's class"),
    COLUMN_FIELD("Contexts", event, CONTEXTS, "list", "PLOVER contexts"),
    POLECAT_ACTOR_FIELDS(0, "Actor"),
    POLECAT_ACTOR_FIELDS(1, "Recipient"),
    COLUMN_FIELD("Placename", where, PLACE_NAME, "text", "where"),
    COLUMN_FIELD("City", where, CITY, "text", "if a town is known"),
    EMPTY_FIELD("District"),
    COLUMN_FIELD("Province", where, PROVINCE, "text", "province or state"),
    COLUMN_FIELD("Country", where, PLACE_ISO3, "code", "ISO 3166 alpha-3"),
    COLUMN_FIELD("Latitude", where, LAT, "number", "degrees north"),
    COLUMN_FIELD("Longitude", where, LON, "number", "degrees east"),
    COLUMN_FIELD("GeoNames ID", where, GEONAMES, "number", "of the place"),
    EMPTY_FIELD("Raw Placename"),
    COLUMN_FIELD("Feature Type", where, PRECISION, "word", "city, admin1, country, region"),
    COLUMN_FIELD("Source", event, PUBLISHER, "text", "who published it"),
    COLUMN_FIELD("Publication Date", event, REPORTED, "date", "of the document"),
    COLUMN_FIELD("Story People", event, PEOPLE, "list", "persons of the document"),
    COLUMN_FIELD("Story Organizations", event, ORGS, "list", "organisations"),
    COLUMN_FIELD("Story Locations", event, PLACES, "list", "places"),
    COLUMN_FIELD("Language", event, LANGUAGE, "code", "of the document"),
    COLUMN_FIELD("Version", event, VERSION, "text", "of dragoman")};
_Static_assert(sizeof dgi_icews_table / sizeof *dgi_icews_table == DGI_N_ICEWS, "20 columns");
_Static_assert(sizeof dgi_phoenix_table / sizeof *dgi_phoenix_table == DGI_N_PHOENIX, "26 columns");
_Static_assert(sizeof dgi_polecat_table / sizeof *dgi_polecat_table == DGI_N_POLECAT, "40 columns");
