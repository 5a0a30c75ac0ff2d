/* SPDX-License-Identifier: Apache-2.0 */
/* event/ids.c: ids that are the same on every run and machine.
 *
 * Reads   meta.{id,url}, text, events[].{trigger,plover,cameo}
 * Writes  meta.id where there is none, events[].id
 *
 * A document without id takes its address if it has one, else a hash of its text. An event: a hash of document, place and
 * code, so that an article coded again keeps its ids where nothing changed. */
#include <stdio.h>
#include <stdlib.h>

#include "event/from_doc.h"
#include "io/raw.h"

/* An event's id when one before it has the same: one trigger, two events of one code, told apart by how far apart they stand.
 * Ids stand in a table of open slots, `mask` + 1 of them, each 1 + the event's index. */
static bool id_keep(struct dgi_doc *d, uint32_t *slots, uint32_t mask, uint32_t i)
{
    struct dgi_coded *e = &d->events[i];
    for (uint32_t h = (uint32_t)dgi_str_hash(e->id) & mask;; h = (h + 1) & mask) {
        if (!slots[h]) {
            slots[h] = i + 1;
            return true;
        }
        uint32_t k = slots[h] - 1;
        if (!dgi_str_eq(d->events[k].id, e->id))
            continue;
        e->id = dgi_arena_printf(d->arena, "%.*s.%u", (int)d->events[k].id.len, d->events[k].id.ptr, i - k);
        return e->id.ptr && id_keep(d, slots, mask, i); /* the longer id may be taken, too */
    }
}

bool dgi_ids_make(struct dgi_doc *d)
{
    uint32_t mask = 15;
    if (!d->meta.id.len)
        d->meta.id = d->meta.url.len && d->meta.url.len <= DGI_MAX_ID
                         ? d->meta.url
                         : dgi_arena_printf(d->arena, "d%016llx", (unsigned long long)dgi_str_hash(d->text));
    uint64_t base = dgi_str_hash(d->meta.id);
    uint32_t n_all = d->n_events + d->n_told;
    while (mask / 2 < n_all)
        mask = mask * 2 + 1;
    uint32_t *slots = calloc((size_t)mask + 1, sizeof *slots);
    bool ok = slots && d->meta.id.ptr;
    for (uint32_t i = 0; ok && i < n_all; i++) {
        struct dgi_coded *e = &d->events[i];
        char key[64];
        int n = snprintf(key, sizeof key, "%016llx/%u/%u/%s", (unsigned long long)base, e->trigger.start, e->plover,
                         e->cameo);
        e->id = dgi_arena_printf(d->arena, "e%016llx", (unsigned long long)dgi_str_hash(dgi_strn(key, (size_t)n)));
        ok = e->id.ptr && id_keep(d, slots, mask, i);
    }
    free(slots);
    return ok;
}
