/* SPDX-License-Identifier: Apache-2.0 */
/* text/address.h: one address for one article. */
#ifndef DGI_ADDRESS_H
#define DGI_ADDRESS_H

#include "base/arena.h"

/* An http address without what leads to the same page: fragment, default port, parameters that only tell where the reader came
 * from; scheme and host in small letters. Anything else comes back as it is. ptr NULL: no memory. */
dg_str dgi_address(dgi_arena *a, dg_str url);

#endif
