/* SPDX-License-Identifier: Apache-2.0 */
/* lang/modelfile.c: maps a model file and hands out its arrays, each checked before it is used.
 *
 * A file is trusted only after: magic, byte order, version, size on disk, every directory entry inside the file and
 * aligned, shape times element size within bounds, checksum over all bytes after the header. The checksum reads the
 * whole file once (about 1 ms for 10 MB in the page cache), which also brings it in for the first sentence. */
#include "lang/modelfile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

struct header {
    char magic[8];
    uint32_t order, version;
    uint64_t size, checksum;
    uint32_t n_arrays, zero;
    char pad[24];
};
struct entry {
    char name[32];
    uint32_t type, ndim, shape[4];
    uint64_t offset;
};
_Static_assert(sizeof(struct header) == 64 && sizeof(struct entry) == 64, "as in docs/formats/model.md");

#define BYTE_ORDER_CHECK 0x01020304u
#define MAX_ARRAYS 4096

static const uint8_t type_size[] = {0, 1, 1, 4, 4, 8, 4, 1};

#define K1 UINT64_C(0x9E3779B97F4A7C15)
#define K2 UINT64_C(0xC2B2AE3D27D4EB4F)

uint64_t dgi_mfile_hash(const void *p, size_t n)
{
    const unsigned char *s = p;
    uint64_t h = UINT64_C(0xCBF29CE484222325);
    for (size_t i = 0; i < n; i++)
        h = (h ^ s[i]) * UINT64_C(0x100000001B3);
    h ^= h >> 32;
    h *= K1;
    return h ^ (h >> 29);
}

uint64_t dgi_mfile_checksum(const unsigned char *p, size_t n)
{
    uint64_t lane[4] = {1 * K2, 2 * K2, 3 * K2, 4 * K2};
    for (size_t i = 0; i + 32 <= n; i += 32) {
        uint64_t w[4];
        memcpy(w, p + i, 32);
        for (int k = 0; k < 4; k++) {
            lane[k] = (lane[k] ^ w[k]) * K1;
            lane[k] ^= lane[k] >> 31;
        }
    }
    uint64_t h = n;
    for (int k = 0; k < 4; k++) {
        h = (h ^ lane[k]) * K2;
        h ^= h >> 32;
    }
    return h;
}

static const struct entry *entry_at(const struct dgi_mfile *f, uint32_t i)
{
    return (const struct entry *)(const void *)(f->map + sizeof(struct header) + (size_t)i * sizeof(struct entry));
}

static dg_status check_header(const struct dgi_mfile *f, dg_error *err)
{
    struct header h;
    memcpy(&h, f->map, sizeof h);
    if (memcmp(h.magic, "DRAGOMDL", 8) != 0)
        return dgi_fail(err, DG_E_MODEL, "%s: not a Dragoman model file; name one made by 'make train'", f->path);
    if (h.order != BYTE_ORDER_CHECK)
        return dgi_fail(err, DG_E_MODEL, "%s: model file of the other byte order; rebuild it on this kind of machine with 'make train'", f->path);
    if (h.version != DGI_MODEL_VERSION)
        return dgi_fail(err, DG_E_MODEL, "%s: model format %u, this library reads %d; rebuild it with 'make train'", f->path, h.version, DGI_MODEL_VERSION);
    if (h.size != f->size)
        return dgi_fail(err, DG_E_MODEL, "%s: model file has %zu bytes instead of %llu; copy it again or rebuild it with 'make train'", f->path,
                        f->size, (unsigned long long)h.size);
    if (h.n_arrays > MAX_ARRAYS || sizeof h + (uint64_t)h.n_arrays * sizeof(struct entry) > f->size)
        return dgi_fail(err, DG_E_MODEL, "%s: model file says it holds %u arrays, more than fit in it; copy it again or rebuild it with 'make train'",
                        f->path, h.n_arrays);
    return DG_OK;
}

static dg_status check_entry(const struct dgi_mfile *f, const struct entry *e, uint32_t i, dg_error *err)
{
    if (!memchr(e->name, 0, sizeof e->name) || e->type < DGI_T_I8 || e->type > DGI_T_TEXT || e->ndim < 1 || e->ndim > 4)
        return dgi_fail(err, DG_E_MODEL, "%s: array %u of the model file has a bad name, type or shape; copy it again or rebuild it with 'make train'",
                        f->path, i);
    uint64_t bytes = type_size[e->type];
    for (uint32_t k = 0; k < e->ndim; k++) {
        if (e->shape[k] && bytes > f->size / e->shape[k])
            bytes = UINT64_MAX;
        else
            bytes *= e->shape[k];
        if (bytes == UINT64_MAX)
            break;
    }
    if (bytes == UINT64_MAX || e->offset % 64 || e->offset > f->size || bytes > f->size - e->offset)
        return dgi_fail(err, DG_E_MODEL, "%s: array '%s' lies outside the model file; copy it again or rebuild it with 'make train'", f->path, e->name);
    return DG_OK;
}

dg_status dgi_mfile_open(struct dgi_mfile *f, const char *path, bool skip_checksum, dg_error *err)
{
    *f = (struct dgi_mfile){0};
    dg_status st = DG_E_IO;
    struct stat sb;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return dgi_fail(err, DG_E_IO, "%s: model file cannot be opened: %s", path, strerror(errno));
    if (fstat(fd, &sb) != 0 || !S_ISREG(sb.st_mode)) {
        close(fd);
        return dgi_fail(err, DG_E_IO, "%s: model file is not a regular file", path);
    }
    if (sb.st_size < (off_t)sizeof(struct header)) {
        close(fd);
        return dgi_fail(err, DG_E_MODEL, "%s: model file is cut short (%lld bytes); copy it again or rebuild it with 'make train'", path,
                        (long long)sb.st_size);
    }
    void *map = mmap(NULL, (size_t)sb.st_size, PROT_READ, MAP_SHARED, fd, 0);
    close(fd);
    if (map == MAP_FAILED)
        return dgi_fail(err, DG_E_IO, "%s: model file cannot be mapped: %s", path, strerror(errno));
    f->map = map;
    f->size = (size_t)sb.st_size;
    f->path = path;
    if ((st = check_header(f, err)) != DG_OK)
        goto fail;
    struct header h;
    memcpy(&h, f->map, sizeof h);
    if (!skip_checksum && (f->size % 64 || dgi_mfile_checksum(f->map + sizeof h, f->size - sizeof h) != h.checksum)) {
        st = dgi_fail(err, DG_E_MODEL, "%s: model file is damaged (checksum differs); copy it again or rebuild it with 'make train'", path);
        goto fail;
    }
    f->n_arrays = h.n_arrays;
    for (uint32_t i = 0; i < f->n_arrays; i++)
        if ((st = check_entry(f, entry_at(f, i), i, err)) != DG_OK)
            goto fail;
    char *copy = malloc(strlen(path) + 1);
    if (!copy) {
        st = dgi_fail(err, DG_E_NOMEM, "no memory for the model");
        goto fail;
    }
    f->path = strcpy(copy, path);
    return DG_OK;
fail:
    munmap(map, f->size);
    *f = (struct dgi_mfile){0};
    return st;
}

void dgi_mfile_close(struct dgi_mfile *f)
{
    if (f->map)
        munmap((void *)(uintptr_t)f->map, f->size);
    free((void *)(uintptr_t)f->path);
    *f = (struct dgi_mfile){0};
}

static const struct entry *find(const struct dgi_mfile *f, const char *name)
{
    for (uint32_t i = 0; i < f->n_arrays; i++)
        if (!strcmp(entry_at(f, i)->name, name))
            return entry_at(f, i);
    return NULL;
}

const void *dgi_mfile_array(const struct dgi_mfile *f, const char *name, enum dgi_array_type type, uint32_t ndim,
                            uint32_t shape[4], dg_error *err)
{
    const struct entry *e = find(f, name);
    if (!e) {
        dgi_fail(err, DG_E_MODEL, "%s: the model file has no array '%s'; rebuild it with 'make train'", f->path, name);
        return NULL;
    }
    bool same = e->type == (uint32_t)type && e->ndim == ndim;
    for (uint32_t k = 0; same && k < ndim; k++) {
        if (!shape[k])
            shape[k] = e->shape[k];
        same = shape[k] == e->shape[k];
    }
    if (!same) {
        dgi_fail(err, DG_E_MODEL, "%s: array '%s' does not have the type or shape that its layer needs; rebuild it with 'make train'", f->path, name);
        return NULL;
    }
    return f->map + e->offset;
}

dg_str dgi_mfile_text(const struct dgi_mfile *f, const char *name, dg_error *err)
{
    uint32_t shape[4] = {0};
    const char *p = dgi_mfile_array(f, name, DGI_T_TEXT, 1, shape, err);
    return (dg_str){p, p ? shape[0] : 0};
}

dg_status dgi_mtable_load(struct dgi_mtable *t, const struct dgi_mfile *f, const char *name, uint32_t max_value, dg_error *err)
{
    uint32_t shape[4] = {0, 2};
    const uint32_t *slot = dgi_mfile_array(f, name, DGI_T_U32, 2, shape, err);
    if (!slot)
        return DG_E_MODEL;
    bool ok = shape[0] && !(shape[0] & (shape[0] - 1));
    uint32_t n_empty = 0;
    for (uint32_t i = 0; ok && i < shape[0]; i++) {
        n_empty += !slot[2 * i + 1];
        ok = slot[2 * i + 1] <= max_value;
    }
    if (!ok || !n_empty)
        return dgi_fail(err, DG_E_MODEL, "%s: string table '%s' is not well formed; rebuild it with 'make train'", f->path, name);
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
