/* SPDX-License-Identifier: Apache-2.0 */
/* store/positions.c: how far message logs were read, kept with the documents that came from there.
 *
 * A position that is told is written in the transaction of the next document that changes the store, so that a kill leaves both or
 * neither; where nothing changes (what came was there already), dgi_store_sync writes it. */
#include <stdlib.h>

#include "store/store_int.h"

enum { MOST_LOGS = 100000 };

dg_status dgi_store_position(dgi_store *s, dg_str log, int64_t *next, dg_error *err)
{
    *next = -1;
    if (!s->write)
        return dgi_fail(err, DG_E_ARG, "%s: opened for reading", s->path);
    for (uint32_t i = 0; i < s->n_positions; i++)
        if (dgi_str_is(log, s->position[i].log)) {
            *next = s->position[i].next;
            return DG_OK;
        }
    return OPS(s)->position ? OPS(s)->position(s->b, log, next, err) : DG_OK;
}

dg_status dgi_store_set_position(dgi_store *s, dg_str log, int64_t next, dg_error *err)
{
    if (!s->write)
        return dgi_fail(err, DG_E_ARG, "%s: opened for reading", s->path);
    uint32_t i = 0;
    while (i < s->n_positions && !dgi_str_is(log, s->position[i].log))
        i++;
    if (i == s->n_positions) {
        if (i == MOST_LOGS || log.len > DGI_STORE_MAX_ID)
            return dgi_fail(err, DG_E_LIMIT, "too many logs, or one with a name of more than %d bytes",
                            DGI_STORE_MAX_ID);
        struct dgi_position *more = realloc(s->position, (i + 1) * sizeof *more);
        s->position = more ? more : s->position;
        if (!more || !(more[i].log = strndup(log.ptr, log.len)))
            return dgi_fail(err, DG_E_NOMEM, "no memory for a position");
        s->n_positions++;
    }
    s->position[i].next = next;
    s->position[i].told = true;
    return DG_OK;
}

dg_status dgi_store_put_positions(dgi_store *s, dg_error *err)
{
    dg_status st = DG_OK;
    for (uint32_t i = 0; OPS(s)->set_position && st == DG_OK && i < s->n_positions; i++)
        if (s->position[i].told)
            st = OPS(s)->set_position(s->b, dgi_str(s->position[i].log), s->position[i].next, err);
    return st;
}

void dgi_store_positions_done(dgi_store *s)
{
    for (uint32_t i = 0; i < s->n_positions; i++)
        s->position[i].told = false;
}

dg_status dgi_store_keep_positions(dgi_store *s, dg_error *err)
{
    bool any = false;
    for (uint32_t i = 0; i < s->n_positions; i++)
        any |= s->position[i].told;
    if (!any || !OPS(s)->set_position)
        return DG_OK;
    dg_status st = OPS(s)->begin(s->b, true, err);
    if (st != DG_OK)
        return st;
    if ((st = dgi_store_put_positions(s, err)) == DG_OK)
        st = OPS(s)->commit(s->b, err);
    if (st == DG_OK)
        dgi_store_positions_done(s);
    else
        dgi_store_rollback(s);
    return st;
}

void dgi_store_positions_free(dgi_store *s)
{
    for (uint32_t i = 0; i < s->n_positions; i++)
        free(s->position[i].log);
    free(s->position);
}
