/* SPDX-License-Identifier: Apache-2.0 */
/* lang/modelfile.h: trained arrays by name, in a pack (base/pack.h) of kind "model" (docs/formats/model.md). */
#ifndef DGI_MODELFILE_H
#define DGI_MODELFILE_H

#include "base/pack.h"

#define DGI_MODEL_VERSION 2 /* 1 had a container of its own */

struct dgi_mfile {
    dgi_pack *pack;
    char *path; /* for messages */
};

/* Nothing to close on failure. */
dg_status dgi_mfile_open(struct dgi_mfile *f, const char *path, dg_error *err);
void dgi_mfile_close(struct dgi_mfile *f);

/* The array `name`; a message and NULL when it is missing, of another type or of another shape.
 * shape[i] == 0 on entry takes any length and returns it. */
const void *dgi_mfile_array(const struct dgi_mfile *f, const char *name, enum dgi_type type, uint32_t ndim,
                            uint32_t shape[4], dg_error *err);
/* A text (bytes, one dimension); ptr NULL and a message when it is missing. */
dg_str dgi_mfile_text(const struct dgi_mfile *f, const char *name, dg_error *err);

/* Hash of the file's string tables; in steps, for all beginnings of a string at once: end(step(step(START, ..))). */
#define DGI_MFILE_HASH_START UINT64_C(0xCBF29CE484222325)
static inline uint64_t dgi_mfile_hash_step(uint64_t h, unsigned char byte)
{
    return (h ^ byte) * UINT64_C(0x100000001B3);
}
static inline uint64_t dgi_mfile_hash_end(uint64_t h)
{
    h ^= h >> 32;
    h *= UINT64_C(0x9E3779B97F4A7C15);
    return h ^ (h >> 29);
}
uint64_t dgi_mfile_hash(const void *p, size_t n);

/* A string table: uint32 [n_slots,2] of (check, value), n_slots a power of two, empty where value is 0. */
struct dgi_mtable {
    const uint32_t *slot;
    uint32_t mask;
};
dg_status dgi_mtable_load(struct dgi_mtable *t, const struct dgi_mfile *f, const char *name, uint32_t max_value,
                          dg_error *err);
uint32_t dgi_mtable_find(const struct dgi_mtable *t, uint64_t hash); /* 0: not there */

#endif
