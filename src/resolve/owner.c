/* SPDX-License-Identifier: Apache-2.0 */
/* resolve/owner.c: whose was it then?
 *
 * Reads   place_owners.tsv
 * Writes  nothing
 *
 * Gazetteers say to which state a place belongs today. Kiev was the Soviet Union's in 1962, Leipzig East Germany's, Dacca Pakistan's. */
#include "resolve/owner.h"

#include "base/day.h"

static bool is_part(dg_str parts, dg_str name, dg_str admin1)
{
    dg_str one;
    while (dgi_str_next(&parts, '|', &one))
        if (dgi_str_eq(one, admin1) || dgi_str_eq(one, name))
            return true;
    return false;
}

static bool in_its_time(const struct dgi_table *t, uint32_t row, int32_t day)
{
    struct dgi_day_range from, to;
    dg_str first = dgi_table_cell(t, row, OW_FROM), last = dgi_table_cell(t, row, OW_TO);
    return (!first.len || (dgi_day_parse(first, &from) && from.start <= day)) &&
           (!last.len || (dgi_day_parse(last, &to) && day <= to.end));
}

dg_str dgi_owner_on(const struct dgi_table *owners, dg_str land, dg_str name, dg_str admin1, double lat, int32_t day)
{
    if (!dgi_day_known(day))
        return land;
    for (uint32_t i = 0; i < owners->n_rows; i++) {
        double north = 0;
        if (!dgi_str_eq(dgi_table_cell(owners, i, OW_LAND), land))
            continue;
        dg_str parts = dgi_table_cell(owners, i, OW_PARTS), line = dgi_table_cell(owners, i, OW_NORTH);
        if ((parts.len && !is_part(parts, name, admin1)) ||
            (line.len && !(dgi_str_double(line, &north) && lat >= north)))
            continue;
        if (in_its_time(owners, i, day))
            return dgi_table_cell(owners, i, OW_OWNER);
    }
    return land;
}
