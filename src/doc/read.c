/* SPDX-License-Identifier: Apache-2.0 */
/* doc/read.c: names of roles, and the trigger that a token is part of. See read.h. */
#include "doc/read.h"

const char *const dgi_read_role_name[DGI_N_READ_ROLE] = {"none", "source",  "target",   "place",
                                                         "when", "content", "condition"};

void dgi_read_drop(struct dgi_doc *doc)
{
    if (doc->read)
        dgi_arena_free(doc->read->arena);
    doc->read = NULL;
}

const struct dgi_read_event *dgi_read_event_at(const struct dgi_doc *doc, uint32_t tok)
{
    const struct dgi_read *r = doc->read;
    uint32_t low = 0, high = r ? r->n_events : 0;
    while (low < high) { /* the first that ends after tok */
        uint32_t mid = low + (high - low) / 2;
        if (r->events[mid].end <= tok)
            low = mid + 1;
        else
            high = mid;
    }
    return r && low < r->n_events && r->events[low].first <= tok ? &r->events[low] : NULL;
}
