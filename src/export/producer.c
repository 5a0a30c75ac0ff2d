/* SPDX-License-Identifier: Apache-2.0 */
/* export/producer.c: states, parts of an actor's code, scales: see producer.h.
 *
 * Reads   rows; cameo.tsv, states.tsv, state_codes.tsv
 * Writes  values for the columns of gdelt.c, icews.c, phoenix.c, polecat.c */
#include <stdio.h>

#include "export/producer.h"

const struct dgi_ev_actor *dgi_side_actor(const struct dgi_row *r, int side)
{
    if (side == DGI_SIDE_SOURCE)
        return r->n_source ? r->source : NULL;
    return r->n_target ? r->target : NULL;
}

/* CAMEO manual 1.1b3, chapter 3; the first letters of an actor's code are a state or one of these. */
static const char role_set[] =
    "COP GOV JUD MIL OPP REB SPY UAF AGR BUS CRM CVL DEV EDU ELI ENV HLH HRI LAB LEG MED REF MOD RAD IGO IMG INT MNC NGM NGO UIS SET INS PTY";
static const char religion_set[] =
    "ATH BAH BUD CHR CON CPT CTH DOX DRZ HIN HRE HSD ITR JAN JEW JHW LDS MOS NRM PAG PRO SFI SHI SHN SIK SUN TAO UDX ZRO";

static void add(dg_str *list, uint32_t most, dg_str part)
{
    for (uint32_t i = 0; i < most; i++)
        if (!list[i].len) {
            list[i] = part;
            return;
        }
}

void dgi_actor_code_split(struct dgi_actor_code *out, const struct dgi_ev_actor *a, const struct dgi_export *x)
{
    *out = (struct dgi_actor_code){0};
    if (!a)
        return;
    dg_str code = a->cameo, state = dgi_state_cell(x, a->country, DGI_STATE_CAMEO);
    for (size_t i = 0; i + 3 <= code.len; i += 3) {
        dg_str part = dgi_str_sub(code, i, i + 3);
        if (!i && state.len && dgi_str_eq(part, state))
            out->country = part;
        else if (dgi_str_in(dgi_str(role_set), ' ', part))
            add(out->role, 3, part);
        else if (i && dgi_str_in(dgi_str(religion_set), ' ', part))
            add(out->religion, 2, part);
        else
            out->group = part;
    }
}

static uint32_t code_row(const struct dgi_export *x, dg_str cameo)
{
    return x->codes->cameo ? dgi_table_find(x->codes->cameo, cameo) : DGI_NONE;
}

dg_str dgi_code_known(const struct dgi_export *x, dg_str cameo, uint32_t in)
{
    for (size_t n = cameo.len; n > 2; n--) {
        dg_str code = dgi_str_sub(cameo, 0, n);
        uint32_t r = code_row(x, code);
        if (r != DGI_NONE && dgi_str_is(dgi_table_cell(x->codes->cameo, r, in), "1"))
            return code;
    }
    return dgi_str_sub(cameo, 0, 2);
}

bool dgi_code_value(const struct dgi_export *x, dg_str cameo, uint32_t col, double *out)
{
    for (size_t n = cameo.len; n >= 2; n--) {
        uint32_t r = code_row(x, dgi_str_sub(cameo, 0, n));
        if (r != DGI_NONE && dgi_str_double(dgi_table_cell(x->codes->cameo, r, col), out))
            return true;
    }
    return false;
}

dg_str dgi_state_cell(const struct dgi_export *x, const char *iso3, uint32_t col)
{
    uint32_t r = x->states && *iso3 ? dgi_table_find(x->states, dgi_str(iso3)) : DGI_NONE;
    return r == DGI_NONE ? (dg_str){NULL, 0} : dgi_table_cell(x->states, r, col);
}

dg_str dgi_state_code(const struct dgi_export *x, const char *iso3, uint32_t col, int32_t day)
{
    enum { COW_BEFORE = 3, UNTIL, FIPS_BEFORE };
    const struct dgi_table *t = x->state_codes;
    struct dgi_day_range until;
    uint32_t r = t && *iso3 ? dgi_table_find(t, dgi_str(iso3)) : DGI_NONE;
    if (r == DGI_NONE)
        return (dg_str){NULL, 0};
    bool before = dgi_day_known(day) && dgi_day_parse(dgi_table_cell(t, r, UNTIL), &until) && day <= until.end;
    return dgi_table_cell(t, r, !before ? col : col == DGI_CODES_COW ? COW_BEFORE : FIPS_BEFORE);
}

dg_str dgi_country_code(const struct dgi_export *x, const char *iso3, int32_t day)
{
    switch (x->scheme) {
    case DGI_SCHEME_COW: return dgi_state_code(x, iso3, DGI_CODES_COW, day);
    case DGI_SCHEME_FIPS: return dgi_state_code(x, iso3, DGI_CODES_FIPS, day);
    case DGI_SCHEME_CAMEO: return dgi_state_cell(x, iso3, DGI_STATE_CAMEO);
    default: return dgi_str(iso3);
    }
}

int64_t dgi_text_number(dg_str s)
{
    return (int64_t)(dgi_str_hash(s) >> 11) + 1;
}

int64_t dgi_row_number(const struct dgi_row *r)
{
    uint64_t h = dgi_str_hash(r->ev->id);
    for (int side = 0; side < 2; side++) {
        const struct dgi_ev_actor *a = dgi_side_actor(r, side);
        h = (h ^ (a ? dgi_str_hash(a->id.len ? a->id : a->name) : 1)) * 0x9E3779B97F4A7C15u + 7;
    }
    return (int64_t)(h >> 11) + 1;
}

void dgi_cell_day(struct dgi_cell *c, int32_t day, bool dashes)
{
    int y, m, d;
    if (!dgi_day_known(day))
        return;
    dgi_day_split(day, &y, &m, &d);
    snprintf(c->own, sizeof c->own, dashes ? "%04d-%02d-%02d" : "%04d%02d%02d", y, m, d);
    dgi_cell_text(c, dgi_str(c->own));
}
