/* SPDX-License-Identifier: Apache-2.0 */
/* code/refs.c: a list of actors, each once.
 *
 * Reads   nothing of the document
 * Writes  struct actor_refs of the caller */
#include "code/coder.h"

bool dgi_refs_add(struct actor_refs *r, struct dgi_ref ref)
{
    for (uint32_t i = 0; i < r->n; i++)
        if (r->ref[i].entity == ref.entity)
            return false;
    if (r->n == MAX_SOURCES)
        return false;
    r->ref[r->n++] = ref;
    return true;
}

bool dgi_refs_same(const struct actor_refs *a, const struct actor_refs *b)
{
    for (uint32_t i = 0; i < a->n; i++)
        for (uint32_t k = 0; k < b->n; k++)
            if (a->ref[i].entity == b->ref[k].entity)
                return true;
    return false;
}
