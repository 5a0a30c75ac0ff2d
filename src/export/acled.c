/* SPDX-License-Identifier: Apache-2.0 */
/* export/acled.c: the 31 columns of ACLED, for programs made for its files.
 *
 * Reads   rows; acled.tsv (types by CAMEO code), states
 * Writes  cells
 *
 * ACLED's coders decide by rules that no code of CAMEO holds: whether a crowd turned violent, who took a town. What is here is the
 * nearest type of the table; what has none is left out. Deaths are those that the sentence counts, empty where it counts none:
 * ACLED's 0 would say that nobody died. */
#include <stdio.h>

#include "export/producer.h"

enum { ACLED_DISORDER = 1, ACLED_TYPE = 2, ACLED_SUB = 3 };
enum inter {
    INTER_NONE,
    STATE = 1,
    REBELS,
    POLITICAL_MILITIA,
    IDENTITY_MILITIA,
    RIOTERS,
    PROTESTERS,
    CIVILIANS,
    OTHERS
};

static bool sector(const struct dgi_ev_actor *a, const char *any)
{
    dg_str rest = dgi_str(any), one;
    while (a && rest.len && dgi_str_next(&rest, ' ', &one))
        if (dgi_str_in(a->sectors, ',', one))
            return true;
    return false;
}

static bool of_state(const struct dgi_ev_actor *a)
{
    return a && (sector(a, "GOV MIL COP JUD SPY LEG") || dgi_str_starts(a->id, DGI_S("country:")));
}

static bool unarmed(const struct dgi_ev_actor *a)
{
    return a && !of_state(a) && !sector(a, "REB INS SEP UAF RAD CRM") &&
           (sector(a, "CVL MED BUS LAB EDU REF NGO HRI HLH DEV AGR REL OPP") ||
            dgi_str_starts(a->id, DGI_S("person:")));
}

static uint32_t code_row(const struct dgi_export *x, dg_str code, const char *who)
{
    char key[16];
    for (size_t n = code.len; n >= 2; n--) {
        snprintf(key, sizeof key, "%.*s%s", (int)n, code.ptr, who);
        uint32_t r = dgi_table_find(x->acled, dgi_str(key));
        if (r != DGI_NONE)
            return r;
    }
    return DGI_NONE;
}

/* Row of acled.tsv, or DGI_NONE: no event of ACLED. */
static uint32_t type_row(const struct dgi_row *r, const struct dgi_export *x)
{
    const struct dgi_ev_actor *source = dgi_side_actor(r, DGI_SIDE_SOURCE),
                              *target = dgi_side_actor(r, DGI_SIDE_TARGET);
    dg_str code = dgi_str(r->ev->cameo);
    if (!x->acled)
        return DGI_NONE;
    uint32_t plain = code_row(x, code, ""), by_whom = DGI_NONE;
    if (unarmed(target))
        by_whom = code_row(x, code, "/civ");
    if (by_whom == DGI_NONE && of_state(source))
        by_whom = code_row(x, code, "/gov");
    /* a row of the code itself goes before one for its kind: 195 against civilians is still a strike from the air */
    return by_whom != DGI_NONE && (plain == DGI_NONE || dgi_table_cell(x->acled, plain, 0).len + 4 <=
                                                            dgi_table_cell(x->acled, by_whom, 0).len)
               ? by_whom
               : plain;
}

bool dgi_export_is_acled(const struct dgi_row *r, const struct dgi_export *x)
{
    return type_row(r, x) != DGI_NONE;
}

/* ACLED's kinds of actors. A state's own forces are 1 at home and 8 abroad. */
static int inter(const struct dgi_row *r, int side)
{
    const struct dgi_ev_actor *a = dgi_side_actor(r, side);
    const struct dgi_ev_place *p = r->ev->place;
    if (!a)
        return INTER_NONE;
    if (!side && !strncmp(r->ev->cameo, "14", 2))
        return !strncmp(r->ev->cameo, "145", 3) ? RIOTERS : PROTESTERS;
    if (sector(a, "IGO NGM MNC"))
        return OTHERS;
    if (of_state(a))
        return p && p->country[0] && a->country[0] && strcmp(p->country, a->country) ? OTHERS : STATE;
    if (sector(a, "REB INS SEP"))
        return REBELS;
    if (sector(a, "UAF CRM RAD"))
        return POLITICAL_MILITIA;
    return CIVILIANS;
}

enum what {
    ID,
    DAY,
    YEAR,
    DAY_PRECISION,
    DISORDER,
    TYPE,
    SUB,
    ACTOR,
    ACTOR2,
    INTER,
    INTER2,
    INTERACTION,
    TARGETING,
    COUNTRY,
    PROVINCE,
    PLACE,
    LAT,
    LON,
    PLACE_PRECISION,
    PUBLISHER,
    NOTES,
    DEATHS,
    REPORTED,
    NOTHING
};

static void name(struct dgi_cell *c, const struct dgi_ev_actor *a)
{
    if (a)
        dgi_cell_text(c, a->name.len ? a->name : a->id);
}

static void where(struct dgi_cell *c, const struct dgi_ev_place *p, const struct dgi_export *x, int what)
{
    if (!p)
        return;
    switch (what) {
    case COUNTRY: dgi_cell_text(c, dgi_state_cell(x, p->country, DGI_STATE_NAME)); break;
    case PROVINCE: dgi_cell_text(c, p->precision == DGI_PLACE_ADMIN1 ? p->name : p->admin1); break;
    case PLACE: dgi_cell_text(c, p->name); break;
    case LAT: dgi_cell_number(c, true, p->lat); break;
    case LON: dgi_cell_number(c, true, p->lon); break;
    default: dgi_cell_int(c, p->precision == DGI_PLACE_CITY ? 1 : p->precision == DGI_PLACE_ADMIN1 ? 2 : 3); break;
    }
}

static void event(struct dgi_cell *c, const struct dgi_row *r, struct dgi_export *x)
{
    const struct dgi_event *ev = r->ev;
    int what = x->column->field, y, m, d, a = inter(r, 0), b = inter(r, 1);
    uint32_t row = type_row(r, x);
    switch (what) {
    case ID:
        dgi_buf_printf(&x->cell, "%s%lld", ev->place ? ev->place->country : "", (long long)dgi_row_number(r));
        dgi_cell_text(c, dgi_buf_str(&x->cell));
        break;
    case DAY: dgi_cell_day(c, r->day, true); break;
    case YEAR:
        dgi_day_split(r->day, &y, &m, &d);
        dgi_cell_int(c, y);
        break;
    case DAY_PRECISION:
        dgi_cell_int(c, ev->date.precision == DGI_P_DAY ? 1 : ev->date.precision == DGI_P_WEEK ? 2 : 3);
        break;
    case DISORDER:
    case TYPE:
    case SUB:
        if (row != DGI_NONE)
            dgi_cell_text(c, dgi_table_cell(x->acled, row, ACLED_DISORDER + (uint32_t)(what - DISORDER)));
        break;
    case ACTOR:
    case ACTOR2: name(c, dgi_side_actor(r, what - ACTOR)); break;
    case INTER: dgi_cell_int(c, a); break;
    case INTER2: dgi_cell_int(c, b); break;
    case INTERACTION: dgi_cell_int(c, !b ? a * 10 : a < b ? a * 10 + b : b * 10 + a); break;
    case TARGETING:
        dgi_cell_text(c, b == CIVILIANS && row != DGI_NONE &&
                                 dgi_str_is(dgi_table_cell(x->acled, row, ACLED_DISORDER), "Political violence")
                             ? DGI_S("Civilian targeting")
                             : DGI_S(""));
        break;
    case PUBLISHER: dgi_cell_text(c, r->doc->meta.publisher); break;
    case NOTES: dgi_cell_text(c, ev->ev_text); break;
    case DEATHS: dgi_quantity_cell(c, r, DGI_Q_DEATHS); break;
    case REPORTED:
        if (dgi_day_known(r->doc->meta.published))
            dgi_cell_int(c, (int64_t)r->doc->meta.published * 86400);
        break;
    case NOTHING: break;
    default: where(c, ev->place, x, what); break;
    }
}

#define EMPTY_FIELD(name) COLUMN_FIELD(name, event, NOTHING, "-", "always empty")
const struct dgi_column dgi_acled_table[] = {
    COLUMN_FIELD("event_id_cnty", event, ID, "text", "country of the place and a number of event, source and target"),
    COLUMN_FIELD("event_date", event, DAY, "date", "the day it is counted on"),
    COLUMN_FIELD("year", event, YEAR, "number", "of it"),
    COLUMN_FIELD("time_precision", event, DAY_PRECISION, "1 to 3", "day, week, longer"),
    COLUMN_FIELD("disorder_type", event, DISORDER, "word", "by lexicon/world/acled.tsv"),
    COLUMN_FIELD("event_type", event, TYPE, "word", "likewise"),
    COLUMN_FIELD("sub_event_type", event, SUB, "word", "likewise"),
    COLUMN_FIELD("actor1", event, ACTOR, "text", "who did it"),
    EMPTY_FIELD("assoc_actor_1"),
    COLUMN_FIELD("inter1", event, INTER, "1 to 8", "state, rebels, militia, -, rioters, protesters, civilians, others"),
    COLUMN_FIELD("actor2", event, ACTOR2, "text", "to whom"),
    EMPTY_FIELD("assoc_actor_2"),
    COLUMN_FIELD("inter2", event, INTER2, "0 to 8", "likewise; 0 nobody"),
    COLUMN_FIELD("interaction", event, INTERACTION, "number", "both, the smaller first"),
    COLUMN_FIELD("civilian_targeting", event, TARGETING, "word", "Civilian targeting, or empty"),
    EMPTY_FIELD("iso"),
    EMPTY_FIELD("region"),
    COLUMN_FIELD("country", event, COUNTRY, "text", "of the place"),
    COLUMN_FIELD("admin1", event, PROVINCE, "text", "province or state"),
    EMPTY_FIELD("admin2"),
    EMPTY_FIELD("admin3"),
    COLUMN_FIELD("location", event, PLACE, "text", "where"),
    COLUMN_FIELD("latitude", event, LAT, "number", "degrees north"),
    COLUMN_FIELD("longitude", event, LON, "number", "degrees east"),
    COLUMN_FIELD("geo_precision", event, PLACE_PRECISION, "1 to 3", "town, province, country"),
    COLUMN_FIELD("source", event, PUBLISHER, "text", "who published it"),
    EMPTY_FIELD("source_scale"),
    COLUMN_FIELD("notes", event, NOTES, "text", "the sentence"),
    COLUMN_FIELD("fatalities", event, DEATHS, "number", "dead, as the sentence counts them; empty: it counts none"),
    EMPTY_FIELD("tags"),
    COLUMN_FIELD("timestamp", event, REPORTED, "number", "seconds since 1970 of the report's day"),
};
_Static_assert(sizeof dgi_acled_table / sizeof *dgi_acled_table == DGI_N_ACLED, "31 columns");
