/* SPDX-License-Identifier: Apache-2.0 */
/* base/pack.h: a file of named arrays, mapped read-only. The container of the compiled lexicon and of models.
 *
 * Layout (little-endian, docs/formats/pack.md):
 *   0   8  magic "DGPACK\r\n"       8  u32 format version (1)    12  u32 byte-order check 0x01020304
 *   16  8  u64 file size            24 u64 XXH3-64 of all bytes from 64 on
 *   32  8  kind, NUL-padded text ("model", "lexicon")            40  u32 kind version   44 u32 number of arrays
 *   48 16  zero
 *   64  directory: per array  char name[48], u32 type, u32 n_dims, u64 dim[4], u64 offset, u64 bytes   (104 bytes)
 *   then the arrays, each 64-byte aligned. */
#ifndef DGI_PACK_H
#define DGI_PACK_H

#include "base/error.h"
#include "base/str.h"

enum dgi_type { DGI_U8 = 1, DGI_I8 = 2, DGI_U16 = 3, DGI_U32 = 4, DGI_I32 = 5, DGI_U64 = 6, DGI_F32 = 7, DGI_F64 = 8 };

typedef struct dgi_pack dgi_pack;

struct dgi_array {
    dg_str name;
    uint32_t type, n_dims;
    uint64_t dim[4];  /* unused ones are 1 */
    const void *data; /* 64-byte aligned, mapped: never written */
    uint64_t bytes;
};

/* Map `path` and check everything: magic, version, byte order, size, checksum, directory. `kind` and `kind_version` must
 * be as in the file. `rebuild` is what the message tells the user to do ("run 'make train'"). */
dg_status dgi_pack_open(dgi_pack **out, const char *path, const char *kind, uint32_t kind_version, const char *rebuild,
                        dg_error *err);
void dgi_pack_close(dgi_pack *p);
/* Exchange the mapping for a copy in this process's memory at the same address: views stay, the file may go. False: no memory. */
bool dgi_pack_keep(dgi_pack *p);
uint64_t dgi_pack_sum(const dgi_pack *p); /* the file's own checksum: another content, another number */
uint32_t dgi_pack_n(const dgi_pack *p);
const struct dgi_array *dgi_pack_at(const dgi_pack *p, uint32_t i);
const struct dgi_array *dgi_pack_find(const dgi_pack *p, const char *name); /* NULL: not there */
/* The array `name` with exactly this type and these dims (dim 0 = any), or a message in err. */
dg_status dgi_pack_need(const struct dgi_array **out, const dgi_pack *p, const char *name, uint32_t type,
                        uint32_t n_dims, const uint64_t dim[], dg_error *err);

/* Write a pack: arrays are borrowed. Written to a temporary name and renamed. */
dg_status dgi_pack_write(const char *path, const char *kind, uint32_t kind_version, const struct dgi_array *arrays,
                         uint32_t n, dg_error *err);

#endif
