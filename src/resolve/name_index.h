/* SPDX-License-Identifier: Apache-2.0 */
/* resolve/name_index.h: names by the ways in which they may be said again, so that nobody searches all of them.
 *
 * A name "Jean-Marie Le Pen" is found by "Jean-Marie Le Pen", by what it ends with ("Marie Le Pen", "Le Pen", "Pen") and by what
 * it begins with ("Jean-Marie", "Jean-Marie Le"). Equal means dgi_fold_eq(); a hit is to be compared, for hashes may collide. */
#ifndef DGI_NAME_INDEX_H
#define DGI_NAME_INDEX_H

#include "base/arena.h"

struct dgi_name_form {
    uint32_t hash, of, next; /* next: 1 + index of the form before it in its slot, 0 ends */
};
struct dgi_name_index {
    uint32_t *slot, bits;
    struct dgi_name_form *forms;
    uint32_t n, cap;
};

/* The last word but one of three and more: by it a bearer of two family names is called, "Wanda Vera Lind": "Vera". Empty: none. */
dg_str dgi_fathers_name(dg_str name);
/* Add the name of thing number `of`. False: no memory. */
bool dgi_name_index_add(struct dgi_name_index *x, dgi_arena *a, dg_str name, uint32_t of);
/* Things that may be said as `said`, the last added first: *at = 0 begins, UINT32_MAX ends. One thing may come twice. */
uint32_t dgi_name_index_next(const struct dgi_name_index *x, uint64_t fold_hash, uint32_t *at);

#endif
