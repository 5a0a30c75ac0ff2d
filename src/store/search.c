/* SPDX-License-Identifier: Apache-2.0 */
/* store/search.c: words looked for in documents, statements and items.
 *
 * Reads   a question
 * Writes  hits, kind by kind
 *
 * Ranks of two indexes mean nothing to each other, so that kinds are not mixed: what is few and dense comes first. */
#include "store/search.h"
#include "store/store_int.h"

dg_status dgi_store_search(dgi_store *s, const struct dgi_search *q, dgi_hit_fn *fn, void *user, dg_error *err)
{
    bool stopped = false;
    if (!dgi_str_trim(q->query).len)
        return dgi_fail(err, DG_E_ARG, "nothing to search for");
    if (!OPS(s)->search)
        return dgi_fail(err, DG_E_ARG, "%s: this store has no index of words", s->path);
    dg_status st = OPS(s)->begin(s->b, false, err);
    for (uint8_t kind = 0; st == DG_OK && !stopped && kind < DGI_N_SEARCH_KIND; kind++)
        if (!q->kinds || (q->kinds >> kind & 1))
            st = OPS(s)->search(s->b, q, kind, fn, user, &stopped, err);
    OPS(s)->rollback(s->b);
    return st;
}
