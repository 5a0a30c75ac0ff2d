/* SPDX-License-Identifier: Apache-2.0 */
/* lang/modelfile.c: the arrays of a model file, each checked before it is used. The container is base/pack.h. */
#include "lang/modelfile.h"

#include <stdlib.h>

uint64_t dgi_mfile_hash(const void *p, size_t n)
{
    const unsigned char *s = p;
    uint64_t h = DGI_MFILE_HASH_START;
    for (size_t i = 0; i < n; i++)
        h = dgi_mfile_hash_step(h, s[i]);
    return dgi_mfile_hash_end(h);
}

dg_status dgi_mfile_open(struct dgi_mfile *f, const char *path, dg_error *err)
{
    *f = (struct dgi_mfile){0};
    dg_status st =
        dgi_pack_open(&f->pack, path, "model", DGI_MODEL_VERSION, "copy it again or rebuild it with 'make train'", err);
    if (st == DG_OK && !(f->path = strdup(path))) {
        dgi_mfile_close(f);
        return dgi_fail(err, DG_E_NOMEM, "no memory for the model");
    }
    return st;
}

void dgi_mfile_close(struct dgi_mfile *f)
{
    dgi_pack_close(f->pack);
    free(f->path);
    *f = (struct dgi_mfile){0};
}

const void *dgi_mfile_array(const struct dgi_mfile *f, const char *name, enum dgi_type type, uint32_t ndim,
                            uint32_t shape[4], dg_error *err)
{
    const struct dgi_array *a = dgi_pack_find(f->pack, name);
    if (!a) {
        dgi_fail(err, DG_E_MODEL, "%s: the model file has no array '%s'; rebuild it with 'make train'", f->path, name);
        return NULL;
    }
    bool same = a->type == (uint32_t)type && a->n_dims == ndim;
    for (uint32_t k = 0; same && k < ndim; k++) {
        same = a->dim[k] <= UINT32_MAX && (!shape[k] || shape[k] == a->dim[k]);
        shape[k] = (uint32_t)a->dim[k];
    }
    if (!same) {
        dgi_fail(err, DG_E_MODEL,
                 "%s: array '%s' does not have the type or shape that its layer needs; rebuild it with 'make train'",
                 f->path, name);
        return NULL;
    }
    return a->data;
}

dg_str dgi_mfile_text(const struct dgi_mfile *f, const char *name, dg_error *err)
{
    uint32_t shape[4] = {0};
    const char *p = dgi_mfile_array(f, name, DGI_U8, 1, shape, err);
    return (dg_str){p, p ? shape[0] : 0};
}

dg_status dgi_mtable_load(struct dgi_mtable *t, const struct dgi_mfile *f, const char *name, uint32_t max_value,
                          dg_error *err)
{
    uint32_t shape[4] = {0, 2};
    const uint32_t *slot = dgi_mfile_array(f, name, DGI_U32, 2, shape, err);
    if (!slot)
        return DG_E_MODEL;
    bool ok = shape[0] && !(shape[0] & (shape[0] - 1));
    uint32_t n_empty = 0;
    for (uint32_t i = 0; ok && i < shape[0]; i++) {
        n_empty += !slot[2 * i + 1];
        ok = slot[2 * i + 1] <= max_value;
    }
    if (!ok || !n_empty)
        return dgi_fail(err, DG_E_MODEL, "%s: string table '%s' is not well formed; rebuild it with 'make train'",
                        f->path, name);
    *t = (struct dgi_mtable){slot, shape[0] - 1};
    return DG_OK;
}

uint32_t dgi_mtable_find(const struct dgi_mtable *t, uint64_t hash)
{
    for (uint32_t i = (uint32_t)hash & t->mask;; i = (i + 1) & t->mask) {
        if (!t->slot[2 * i + 1])
            return 0;
        if (t->slot[2 * i] == (uint32_t)(hash >> 32))
            return t->slot[2 * i + 1];
    }
}
