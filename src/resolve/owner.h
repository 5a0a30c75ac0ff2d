/* SPDX-License-Identifier: Apache-2.0 */
/* resolve/owner.h: whose a place was on a day. */
#ifndef DGI_OWNER_H
#define DGI_OWNER_H

#include "base/table.h"

enum { OW_LAND = 1, OW_PARTS, OW_NORTH, OW_FROM, OW_TO, OW_OWNER, OW_COLS }; /* columns of place_owners.tsv */

/* The state (ISO 3166-1, -3) to which what is `land` today belonged on `day`: "SUN" of UKR in 1962; `land` where no row says other.
 * name, admin1: of the place; empty: the land as a whole. lat: NaN unknown. day DGI_NO_DAY: today. */
dg_str dgi_owner_on(const struct dgi_table *owners, dg_str land, dg_str name, dg_str admin1, double lat, int32_t day);

#endif
