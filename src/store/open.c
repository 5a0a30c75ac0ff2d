/* SPDX-License-Identifier: Apache-2.0 */
/* store/open.c: opening and closing a store over one of the backends. */
#include <stdlib.h>

#include "store/store_int.h"
#include "store/storefile.h"

dg_status dgi_store_over(dgi_store **out, dgi_backend *b, const char *path, bool write, const dgi_sit_rules *rules,
                         dg_error *err)
{
    dgi_store *s = calloc(1, sizeof *s);
    *out = NULL;
    if (!s || !(s->path = strdup(path)) || !(s->scratch = dgi_arena_new(0))) {
        if (s)
            free(s->path);
        free(s);
        b->ops->close(b);
        return dgi_fail(err, DG_E_NOMEM, "no memory to open a store");
    }
    s->b = b;
    s->write = write;
    s->rules = rules;
    *out = s;
    return DG_OK;
}

dg_status dgi_store_open_with(dgi_store **out, const char *path, bool write, const dgi_sit_rules *rules,
                              const struct dgi_store_options *o, dg_error *err)
{
    dgi_backend *b;
    *out = NULL;
    dg_status st =
        dgi_pg_is_address(path) ? dgi_pg_open(&b, path, write, o, err) : dgi_sqlite_open(&b, path, write, o, err);
    return st == DG_OK ? dgi_store_over(out, b, path, write, rules, err) : st;
}

dg_status dgi_store_open(dgi_store **out, const char *path, bool write, const dgi_sit_rules *rules, dg_error *err)
{
    return dgi_store_open_with(out, path, write, rules, NULL, err);
}

dg_status dgi_store_publish(dgi_store *s, const struct dgi_codes *codes, dg_error *err)
{
    return s->write && OPS(s)->publish ? OPS(s)->publish(s->b, codes, err) : DG_OK;
}

void dgi_store_coder(dgi_store *s, uint64_t coder)
{
    s->coder = coder;
}

void dgi_store_close(dgi_store *s)
{
    if (!s)
        return;
    dgi_ledger_free(s->ledger);
    s->b->ops->close(s->b);
    dgi_arena_free(s->scratch);
    free(s->put.pos);
    dgi_store_positions_free(s);
    free(s->path);
    free(s);
}
