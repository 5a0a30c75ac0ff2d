/* SPDX-License-Identifier: Apache-2.0 */
/* situation/scale.c: reads board_scale.tsv and threat_deeds.tsv: the numbers by which the board judges, the deeds that threats name.
 *
 * Reads   the two tables
 * Writes  struct dgi_sit_rules: scale, deeds
 *
 * Numbers are read once, into fields: judging looks nothing up. */
#include <math.h>
#include <stddef.h>

#include "situation/rules.h"

enum { SCALE_ID, SCALE_VALUE, SCALE_UNIT, SCALE_LEAST, SCALE_MOST };

/* What no row may go beyond, whatever its own range says: a user's row must not make a board slow or endless. */
struct unit {
    const char *name;
    double least, most;
    bool whole;
};
static const struct unit units[] = {{"share", -1, 1, false},      {"weight", -2, 2, false}, {"times", 0, 1e6, false},
                                    {"persons", 0, 1e9, false},   {"words", 0, 32, false},  {"days", 0, 7320, true},
                                    {"characters", 0, 1e5, true}, {"bytes", 0, 1e4, true},  {"events", 0, 1000, true}};
enum { N_UNITS = sizeof units / sizeof *units };

struct number {
    const char *name;
    size_t at;
    bool whole;
};
static const struct number numbers[] = {
#define DGI_SCALE_NUMBER(name) {#name, offsetof(struct scale, name), false},
#define DGI_SCALE_COUNT(name) {#name, offsetof(struct scale, name), true},
    DGI_SCALE_NUMBERS(DGI_SCALE_NUMBER) DGI_SCALE_COUNTS(DGI_SCALE_COUNT)
#undef DGI_SCALE_NUMBER
#undef DGI_SCALE_COUNT
};
enum { N_NUMBERS = sizeof numbers / sizeof *numbers };

static dg_status read_number(dgi_sit_rules *r, const struct source *t, uint32_t row, bool *seen, dg_error *err)
{
    uint32_t k = 0, u = 0;
    double value, least, most;
    while (k < N_NUMBERS && !dgi_str_is(dgi_source_cell(t, row, SCALE_ID), numbers[k].name))
        k++;
    if (k == N_NUMBERS)
        return dgi_row_fail(t, row, SCALE_ID, err, "nobody asks for this number");
    if (seen[k])
        return dgi_row_fail(t, row, SCALE_ID, err, "this number has a row already");
    while (u < N_UNITS && !dgi_str_is(dgi_source_cell(t, row, SCALE_UNIT), units[u].name))
        u++;
    if (u == N_UNITS || units[u].whole != numbers[k].whole)
        return dgi_row_fail(t, row, SCALE_UNIT, err, "unknown unit, or not one of this number");
    if (!dgi_str_double(dgi_source_cell(t, row, SCALE_LEAST), &least) || least < units[u].least)
        return dgi_row_fail(t, row, SCALE_LEAST, err, "no number, or below %g, the least %s", units[u].least,
                            units[u].name);
    if (!dgi_str_double(dgi_source_cell(t, row, SCALE_MOST), &most) || !(most <= units[u].most))
        return dgi_row_fail(t, row, SCALE_MOST, err, "no number, or above %g, the most %s", units[u].most,
                            units[u].name);
    if (!dgi_str_double(dgi_source_cell(t, row, SCALE_VALUE), &value) || !(value >= least && value <= most))
        return dgi_row_fail(t, row, SCALE_VALUE, err, "no number between %g and %g", least, most);
    if (units[u].whole && value != floor(value))
        return dgi_row_fail(t, row, SCALE_VALUE, err, "%s are counted in whole numbers", units[u].name);
    char *field = (char *)&r->scale + numbers[k].at;
    if (numbers[k].whole)
        *(int32_t *)(void *)field = (int32_t)value;
    else
        *(double *)(void *)field = value;
    seen[k] = true;
    return DG_OK;
}

dg_status dgi_scale_read(dgi_sit_rules *r, const struct source *t, dg_error *err)
{
    bool seen[N_NUMBERS] = {false};
    uint32_t n = dgi_source_rows(t);
    for (uint32_t i = 0; i < n; i++) {
        dg_status st = read_number(r, t, i, seen, err);
        if (st != DG_OK)
            return st;
    }
    for (uint32_t k = 0; k < N_NUMBERS; k++)
        if (!seen[k])
            return dgi_table_lacks(t, numbers[k].name, err);
    return DG_OK;
}

/* ---- deeds ---- */
/* A CAMEO code or the beginning of codes: two to four digits. */
static bool read_code(char out[5], dg_str cell)
{
    for (size_t i = 0; i < cell.len; i++)
        if (cell.ptr[i] < '0' || cell.ptr[i] > '9')
            return false;
    if (cell.len < 2 || cell.len > 4)
        return false;
    memset(out, 0, 5);
    memcpy(out, cell.ptr, cell.len);
    return true;
}

dg_status dgi_deeds_read(dgi_sit_rules *r, const struct source *t, dg_error *err)
{
    enum { ID, DEED };
    uint32_t n = dgi_source_rows(t);
    if (!n)
        return dgi_table_lacks(t, NULL, err);
    if (!(r->deeds = dgi_arena_array(r->arena, n, sizeof *r->deeds)))
        return dgi_fail(err, DG_E_NOMEM, "no memory for the rules of the board");
    for (uint32_t i = 0; i < n; i++) {
        dg_str id = dgi_source_cell(t, i, ID);
        if (!read_code(r->deeds[i].threat, id) || !dgi_str_starts(id, DGI_S("13")))
            return dgi_row_fail(t, i, ID, err, "no code of a threat (13...)");
        if (!read_code(r->deeds[i].deed, dgi_source_cell(t, i, DEED)))
            return dgi_row_fail(t, i, DEED, err, "no code");
    }
    r->n_deeds = n;
    return DG_OK;
}

const char *dgi_threatened_deed(const dgi_sit_rules *r, const char *cameo)
{
    const char *best = "";
    size_t length = 0;
    for (uint32_t i = 0; i < r->n_deeds; i++) {
        size_t n = strlen(r->deeds[i].threat);
        if (n > length && !strncmp(cameo, r->deeds[i].threat, n)) {
            best = r->deeds[i].deed;
            length = n;
        }
    }
    return best;
}
