/* SPDX-License-Identifier: Apache-2.0 */
/* export/gdelt.c: the columns of GDELT 1.0 (58), of GDELT 2.0 events (61) and of its mentions (16).
 *
 * Reads   rows, scales and states
 * Writes  cells
 *
 * As in GDELT's own files: what is absent is empty, a place that is not known is of type 0 with nothing behind it, names of
 * actors are upper case, countries of actors are CAMEO's and of places FIPS 10-4, the quad class is GDELT's (root 09 is 2, 14 is
 * 3), the scale has one decimal at least, FractionDate is YYYY + ((MONTH - 1) * 30 + DAY) / 365. What we do not have stays empty: the
 * tone, the id of a feature in the GNS (ours is of GeoNames), the place of an actor. docs/formats/export.md. */
#include <math.h>
#include <stdio.h>

#include "base/utf8.h"
#include "export/producer.h"

enum actor_part { CODE, NAME, COUNTRY, GROUP, ETHNIC, RELIGION1, RELIGION2, TYPE1, TYPE2, TYPE3 };
enum { SIDE = 16 }; /* argument: part of the actor, + SIDE for the second */
#define OF(side, part) ((side)*SIDE + (part))

static void upper(struct dgi_cell *c, dg_str s, struct dgi_export *x)
{
    for (size_t at = 0; at < s.len;) {
        char up[4];
        size_t n = dgi_utf8_put(dgi_cp_upper(dgi_utf8_next(s, &at)), up);
        dgi_buf_add(&x->cell, dgi_strn(up, n));
    }
    dgi_cell_text(c, dgi_buf_str(&x->cell));
}

static void actor(struct dgi_cell *c, const struct dgi_row *r, struct dgi_export *x)
{
    const struct dgi_ev_actor *a = dgi_side_actor(r, x->column->field / SIDE);
    struct dgi_actor_code code;
    if (!a)
        return;
    dgi_actor_code_split(&code, a, x);
    switch (x->column->field % SIDE) {
    case CODE: dgi_cell_text(c, a->cameo); break;
    case NAME: upper(c, a->name, x); break;
    case COUNTRY: dgi_cell_text(c, code.country); break;
    case GROUP: dgi_cell_text(c, code.group); break;
    case RELIGION1: dgi_cell_text(c, code.religion[0]); break;
    case RELIGION2: dgi_cell_text(c, code.religion[1]); break;
    case TYPE1: dgi_cell_text(c, code.role[0]); break;
    case TYPE2: dgi_cell_text(c, code.role[1]); break;
    case TYPE3: dgi_cell_text(c, code.role[2]); break;
    default: break;
    }
}

/* ---- days ---- */
enum { SQLDATE, MONTH, YEAR, FRACTION, ADDED, ADDED_SECOND, EVENT_SECOND };
static void day(struct dgi_cell *c, const struct dgi_row *r, struct dgi_export *x)
{
    int y, m, d, what = x->column->field;
    int32_t on = what == ADDED || what == ADDED_SECOND ? r->doc->meta.published : r->day;
    if (!dgi_day_known(on))
        on = r->day;
    dgi_day_split(on, &y, &m, &d);
    if (what == MONTH)
        snprintf(c->own, sizeof c->own, "%04d%02d", y, m);
    else if (what == YEAR)
        snprintf(c->own, sizeof c->own, "%04d", y);
    else if (what == FRACTION)
        snprintf(c->own, sizeof c->own, "%.4f", y + ((m - 1) * 30 + d) / 365.0);
    else
        snprintf(c->own, sizeof c->own, "%04d%02d%02d%s", y, m, d,
                 what == ADDED_SECOND || what == EVENT_SECOND ? "000000" : "");
    dgi_cell_text(c, dgi_str(c->own));
}

/* ---- the event ---- */
enum { ID, LEAD, EVENT, BASE, ROOT, QUAD, SCALE, ONE, URL, NOTHING };
static void event(struct dgi_cell *c, const struct dgi_row *r, struct dgi_export *x)
{
    dg_str code = dgi_code_known(x, dgi_str(r->ev->cameo), DGI_CAMEO_IN_GDELT);
    double v = 0;
    switch (x->column->field) {
    case ID: dgi_cell_int(c, dgi_row_number(r)); break;
    case LEAD: dgi_cell_int(c, r->ev->sentence < 2); break; /* headline and lead */
    case EVENT: dgi_cell_text(c, code); break;
    case BASE: dgi_cell_text(c, dgi_str_sub(code, 0, 3)); break;
    case ROOT: dgi_cell_text(c, dgi_str_sub(code, 0, 2)); break;
    case QUAD:
        if (dgi_code_value(x, code, DGI_CAMEO_QUAD, &v))
            dgi_cell_int(c, (int64_t)v);
        break;
    case SCALE:
        if (dgi_code_value(x, code, DGI_CAMEO_GDELT, &v)) {
            snprintf(c->own, sizeof c->own, "%.1f", v);
            dgi_cell_text(c, dgi_str(c->own));
        }
        break;
    case ONE: dgi_cell_int(c, 1); break;
    case URL: dgi_cell_text(c, r->doc->meta.url.len ? r->doc->meta.url : r->doc->meta.id); break;
    default: break;
    }
}

/* ---- the place ---- */
enum { GEO_TYPE, FULL_NAME, FIPS, ADM1, ADM2, LAT, LON, FEATURE, NO_PLACE };
static int geo_type(const struct dgi_ev_place *p)
{
    bool usa = p && !strcmp(p->country, "USA");
    if (!p || !p->country[0] || !isfinite(p->lat) || p->precision == DGI_PLACE_REGION)
        return 0;
    return p->precision == DGI_PLACE_COUNTRY ? 1 : p->precision == DGI_PLACE_ADMIN1 ? (usa ? 2 : 5) : usa ? 3 : 4;
}

static void full_name(struct dgi_cell *c, const struct dgi_ev_place *p, struct dgi_export *x)
{
    dg_str state = dgi_state_cell(x, p->country, DGI_STATE_NAME);
    dgi_buf_add(&x->cell, p->name);
    if (p->precision == DGI_PLACE_CITY && p->admin1.len) {
        dgi_buf_add(&x->cell, DGI_S(", "));
        dgi_buf_add(&x->cell, p->admin1);
    }
    if (p->precision != DGI_PLACE_COUNTRY && state.len) {
        dgi_buf_add(&x->cell, DGI_S(", "));
        dgi_buf_add(&x->cell, state);
    }
    dgi_cell_text(c, dgi_buf_str(&x->cell));
}

static void place(struct dgi_cell *c, const struct dgi_row *r, struct dgi_export *x)
{
    const struct dgi_ev_place *p = r->ev->place;
    int type = geo_type(p), what = x->column->field;
    if (what == GEO_TYPE)
        dgi_cell_int(c, type);
    if (what == NO_PLACE) /* where an actor is: not known */
        dgi_cell_int(c, 0);
    if (!type || what == GEO_TYPE || what == NO_PLACE)
        return;
    dg_str fips = dgi_state_code(x, p->country, DGI_CODES_FIPS, r->day);
    if (what == FULL_NAME)
        full_name(c, p, x);
    else if (what == FIPS || what == ADM1 || (what == FEATURE && type == 1))
        dgi_cell_text(c, fips);
    else if (what == LAT || what == LON)
        dgi_cell_number(c, true, what == LAT ? p->lat : p->lon);
}

/* ---- mentions ---- */
enum { KIND, SOURCE_NAME, SENTENCE, OFFSET1, OFFSET2, ACTION_OFFSET, RAW, CONFIDENCE, LENGTH };
static void offset(struct dgi_cell *c, const struct dgi_ev_actor *a)
{
    dgi_cell_int(c, a && a->span.end_cp > a->span.start_cp ? (int64_t)a->span.start_cp : -1);
}

static void mention(struct dgi_cell *c, const struct dgi_row *r, struct dgi_export *x)
{
    const struct dgi_meta *m = &r->doc->meta;
    int tens = (int)((double)r->ev->confidence * 10 + 0.5) * 10;
    switch (x->column->field) {
    case KIND: dgi_cell_int(c, m->url.len ? 1 : 2); break;
    case SOURCE_NAME: dgi_cell_text(c, m->publisher); break;
    case SENTENCE: dgi_cell_int(c, (int64_t)r->ev->sentence + 1); break;
    case OFFSET1: offset(c, dgi_side_actor(r, DGI_SIDE_SOURCE)); break;
    case OFFSET2: offset(c, dgi_side_actor(r, DGI_SIDE_TARGET)); break;
    case ACTION_OFFSET: dgi_cell_int(c, r->ev->trig_start); break;
    case RAW: dgi_cell_int(c, 1); break;
    case CONFIDENCE: dgi_cell_int(c, tens < 10 ? 10 : tens > 100 ? 100 : tens); break;
    default: dgi_cell_int(c, r->doc->n_chars ? r->doc->n_chars : dgi_utf8_count(r->doc->text)); break;
    }
}

#define ACTOR(k, side)                                                                                                 \
    COLUMN_FIELD("Actor" #k "Code", actor, OF(side, CODE), "code", "CAMEO actor code"),                                \
        COLUMN_FIELD("Actor" #k "Name", actor, OF(side, NAME), "text", "its name, upper case"),                        \
        COLUMN_FIELD("Actor" #k "CountryCode", actor, OF(side, COUNTRY), "code", "CAMEO country code"),                \
        COLUMN_FIELD("Actor" #k "KnownGroupCode", actor, OF(side, GROUP), "code", "code of an organisation or group"), \
        COLUMN_FIELD("Actor" #k "EthnicCode", actor, OF(side, ETHNIC), "code", "always empty"),                        \
        COLUMN_FIELD("Actor" #k "Religion1Code", actor, OF(side, RELIGION1), "code", "CAMEO religion"),                \
        COLUMN_FIELD("Actor" #k "Religion2Code", actor, OF(side, RELIGION2), "code", "likewise"),                      \
        COLUMN_FIELD("Actor" #k "Type1Code", actor, OF(side, TYPE1), "code", "CAMEO role: GOV, MIL, ..."),             \
        COLUMN_FIELD("Actor" #k "Type2Code", actor, OF(side, TYPE2), "code", "likewise"),                              \
        COLUMN_FIELD("Actor" #k "Type3Code", actor, OF(side, TYPE3), "code", "likewise")
#define HEAD                                                                                                           \
    COLUMN_FIELD("GLOBALEVENTID", event, ID, "number", "of event, source and target; below 2^53"),                     \
        COLUMN_FIELD("SQLDATE", day, SQLDATE, "YYYYMMDD", "the day it is counted on"),                                 \
        COLUMN_FIELD("MonthYear", day, MONTH, "YYYYMM", "of it"), COLUMN_FIELD("Year", day, YEAR, "YYYY", "of it"),    \
        COLUMN_FIELD("FractionDate", day, FRACTION, "number", "YYYY + ((MONTH - 1) * 30 + DAY) / 365"), ACTOR(1, 0),   \
        ACTOR(2, 1), COLUMN_FIELD("IsRootEvent", event, LEAD, "0 or 1", "1: it stands in the first two sentences"),    \
        COLUMN_FIELD("EventCode", event, EVENT, "code", "CAMEO; a code that GDELT lacks is its parent"),               \
        COLUMN_FIELD("EventBaseCode", event, BASE, "code", "its first three digits"),                                  \
        COLUMN_FIELD("EventRootCode", event, ROOT, "code", "its first two digits"),                                    \
        COLUMN_FIELD("QuadClass", event, QUAD, "1 to 4", "as GDELT counts: root 09 is 2, 14 is 3"),                    \
        COLUMN_FIELD("GoldsteinScale", event, SCALE, "number", "GDELT's scale, one decimal"),                          \
        COLUMN_FIELD("NumMentions", event, ONE, "number", "1: a row is one mention"),                                  \
        COLUMN_FIELD("NumSources", event, ONE, "number", "1"), COLUMN_FIELD("NumArticles", event, ONE, "number", "1"), \
        COLUMN_FIELD("AvgTone", event, NOTHING, "number", "always empty")
#define NOWHERE_FIELD(k, what) COLUMN_FIELD("Actor" #k "Geo_" what, event, NOTHING, "-", "always empty")
#define ACTOR_GEO(k, adm2)                                                                                             \
    COLUMN_FIELD("Actor" #k "Geo_Type", place, NO_PLACE, "0", "where the actor is: not known"),                        \
        NOWHERE_FIELD(k, "FullName"), NOWHERE_FIELD(k, "CountryCode"), NOWHERE_FIELD(k, "ADM1Code") adm2,              \
        NOWHERE_FIELD(k, "Lat"), NOWHERE_FIELD(k, "Long"), NOWHERE_FIELD(k, "FeatureID")
#define ACTION_GEO(adm2)                                                                                               \
    COLUMN_FIELD("ActionGeo_Type", place, GEO_TYPE, "0 to 5",                                                          \
                 "1 country, 2 US state, 3 US city, 4 city, 5 state; 0 not known"),                                    \
        COLUMN_FIELD("ActionGeo_FullName", place, FULL_NAME, "text", "town, province, country"),                       \
        COLUMN_FIELD("ActionGeo_CountryCode", place, FIPS, "code", "FIPS 10-4"),                                       \
        COLUMN_FIELD("ActionGeo_ADM1Code", place, ADM1, "code",                                                        \
                     "the FIPS country alone: a code of the province is not known") adm2,                              \
        COLUMN_FIELD("ActionGeo_Lat", place, LAT, "number", "degrees north"),                                          \
        COLUMN_FIELD("ActionGeo_Long", place, LON, "number", "degrees east"),                                          \
        COLUMN_FIELD("ActionGeo_FeatureID", place, FEATURE, "text",                                                    \
                     "FIPS of a country; else empty, GeoNames ids are not GNS ids")
#define NO_COLUMN
#define ADM2_FIELD(who) , COLUMN_FIELD(who "Geo_ADM2Code", event, NOTHING, "-", "always empty")

const struct dgi_column dgi_gdelt1_table[] = {
    HEAD,
    ACTOR_GEO(1, NO_COLUMN),
    ACTOR_GEO(2, NO_COLUMN),
    ACTION_GEO(NO_COLUMN),
    COLUMN_FIELD("DATEADDED", day, ADDED, "YYYYMMDD", "publication day of the document"),
    COLUMN_FIELD("SOURCEURL", event, URL, "text", "address of the document, else its id")};
const struct dgi_column dgi_gdelt2_table[] = {
    HEAD,
    ACTOR_GEO(1, ADM2_FIELD("Actor1")),
    ACTOR_GEO(2, ADM2_FIELD("Actor2")),
    ACTION_GEO(ADM2_FIELD("Action")),
    COLUMN_FIELD("DATEADDED", day, ADDED_SECOND, "YYYYMMDDHHMMSS", "publication day of the document, 000000"),
    COLUMN_FIELD("SOURCEURL", event, URL, "text", "address of the document, else its id")};
const struct dgi_column dgi_mentions_table[] = {
    COLUMN_FIELD("GLOBALEVENTID", event, ID, "number", "as in the events"),
    COLUMN_FIELD("EventTimeDate", day, EVENT_SECOND, "YYYYMMDDHHMMSS", "the day of the event, 000000"),
    COLUMN_FIELD("MentionTimeDate", day, ADDED_SECOND, "YYYYMMDDHHMMSS", "publication day of the document, 000000"),
    COLUMN_FIELD("MentionType", mention, KIND, "1 or 2", "1 web, with an address; 2 a citation"),
    COLUMN_FIELD("MentionSourceName", mention, SOURCE_NAME, "text", "publisher"),
    COLUMN_FIELD("MentionIdentifier", event, URL, "text", "address of the document, else its id"),
    COLUMN_FIELD("SentenceID", mention, SENTENCE, "number", "from 1"),
    COLUMN_FIELD("Actor1CharOffset", mention, OFFSET1, "number",
                 "code points from the start of the text; -1 where it is implied"),
    COLUMN_FIELD("Actor2CharOffset", mention, OFFSET2, "number", "likewise"),
    COLUMN_FIELD("ActionCharOffset", mention, ACTION_OFFSET, "number", "of the trigger"),
    COLUMN_FIELD("InRawText", mention, RAW, "1", "always 1: no text is rewritten"),
    COLUMN_FIELD("Confidence", mention, CONFIDENCE, "10 to 100", "in tens"),
    COLUMN_FIELD("MentionDocLen", mention, LENGTH, "number", "of the text, in code points"),
    COLUMN_FIELD("MentionDocTone", event, NOTHING, "-", "always empty"),
    COLUMN_FIELD("MentionDocTranslationInfo", event, NOTHING, "-", "always empty"),
    COLUMN_FIELD("Extras", event, NOTHING, "-", "always empty")};
_Static_assert(sizeof dgi_gdelt1_table / sizeof *dgi_gdelt1_table == DGI_N_GDELT1, "58 columns");
_Static_assert(sizeof dgi_gdelt2_table / sizeof *dgi_gdelt2_table == DGI_N_GDELT2, "61 columns");
_Static_assert(sizeof dgi_mentions_table / sizeof *dgi_mentions_table == DGI_N_MENTIONS, "16 columns");
