/* SPDX-License-Identifier: Apache-2.0 */
/* base/pack.c: see pack.h. Every number of the file is checked before it is used; the checksum is read once at open. */
#define XXH_INLINE_ALL
#include "base/pack.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

enum { HEAD = 64, ENTRY = 104, NAME = 48, MOST_ARRAYS = 4096, FORMAT = 1 };
static const char magic[8] = {'D', 'G', 'P', 'A', 'C', 'K', '\r', '\n'};

struct head {
    char magic[8];
    uint32_t format, order;
    uint64_t size, sum;
    char kind[8];
    uint32_t kind_version, n;
    unsigned char zero[16];
};
struct entry {
    char name[NAME];
    uint32_t type, n_dims;
    uint64_t dim[4], offset, bytes;
};
_Static_assert(sizeof(struct head) == HEAD && sizeof(struct entry) == ENTRY, "pack layout");

struct dgi_pack {
    unsigned char *map;
    size_t size;
    struct dgi_array *array;
    uint32_t n;
};

static const uint32_t type_size[] = {0, 1, 1, 2, 4, 4, 8, 4, 8};

static dg_status check_entry(const struct entry *e, uint64_t size, const char *path, uint32_t i, dg_error *err)
{
    if (!memchr(e->name, 0, NAME) || !e->name[0])
        return dgi_fail(err, DG_E_MODEL, "%s: array %u has no proper name", path, i);
    if (e->type < 1 || e->type > 8 || e->n_dims < 1 || e->n_dims > 4)
        return dgi_fail(err, DG_E_MODEL, "%s: array '%s' has an unknown type or number of dimensions", path, e->name);
    uint64_t n = 1;
    for (uint32_t d = 0; d < 4; d++) {
        if (d >= e->n_dims && e->dim[d] != 1)
            return dgi_fail(err, DG_E_MODEL, "%s: array '%s' has a wrong shape", path, e->name);
        if (e->dim[d] && n > ((uint64_t)1 << 40) / e->dim[d])
            return dgi_fail(err, DG_E_MODEL, "%s: array '%s' is impossibly large", path, e->name);
        n *= e->dim[d];
    }
    if (n * type_size[e->type] != e->bytes)
        return dgi_fail(err, DG_E_MODEL, "%s: the shape of array '%s' and its size disagree", path, e->name);
    if (e->offset % 64 || e->offset > size || e->bytes > size - e->offset)
        return dgi_fail(err, DG_E_MODEL, "%s: array '%s' lies outside the file", path, e->name);
    return DG_OK;
}

/* Checksum of all bytes from HEAD on, a megabyte at a time, giving the pages back: they stay in the page cache, but do not
 * count as this process's memory until they are looked at. */
static uint64_t checksum(const dgi_pack *p)
{
    enum { STEP = 1 << 20 };
    XXH3_state_t sum;
    XXH3_64bits_reset(&sum);
    for (size_t at = HEAD; at < p->size;) {
        size_t next = (at / STEP + 1) * STEP, n = (next < p->size ? next : p->size) - at;
        XXH3_64bits_update(&sum, p->map + at, n);
        madvise(p->map + at / STEP * STEP, STEP < p->size - at / STEP * STEP ? STEP : p->size - at / STEP * STEP,
                MADV_DONTNEED);
        at += n;
    }
    return XXH3_64bits_digest(&sum);
}

static dg_status check(dgi_pack *p, const char *path, const char *kind, uint32_t kind_version, const char *rebuild,
                       dg_error *err)
{
    struct head h;
    if (p->size < HEAD)
        return dgi_fail(err, DG_E_MODEL, "%s: too short to be a %s file; %s", path, kind, rebuild);
    memcpy(&h, p->map, HEAD);
    if (memcmp(h.magic, magic, 8))
        return dgi_fail(err, DG_E_MODEL, "%s: not a Dragoman %s file; %s", path, kind, rebuild);
    if (h.order != 0x01020304)
        return dgi_fail(err, DG_E_MODEL, "%s: written on a machine of other byte order; %s", path, rebuild);
    if (h.format != FORMAT)
        return dgi_fail(err, DG_E_MODEL, "%s: file format %u, this library reads %d; %s", path, h.format, FORMAT,
                        rebuild);
    if (strncmp(h.kind, kind, 8))
        return dgi_fail(err, DG_E_MODEL, "%s: a '%.8s' file where a '%s' file is needed; %s", path, h.kind, kind,
                        rebuild);
    if (h.kind_version != kind_version)
        return dgi_fail(err, DG_E_MODEL, "%s: %s format %u, this library reads %u; %s", path, kind, h.kind_version,
                        kind_version, rebuild);
    if (h.size != p->size)
        return dgi_fail(err, DG_E_MODEL, "%s: %zu bytes long, should be %llu (cut off?); %s", path, p->size,
                        (unsigned long long)h.size, rebuild);
    if (h.n > MOST_ARRAYS || (uint64_t)HEAD + (uint64_t)h.n * ENTRY > p->size)
        return dgi_fail(err, DG_E_MODEL, "%s: directory of %u arrays does not fit the file; %s", path, h.n, rebuild);
    if (checksum(p) != h.sum)
        return dgi_fail(err, DG_E_MODEL, "%s: checksum does not match, the file is damaged; %s", path, rebuild);
    p->array = calloc(h.n ? h.n : 1, sizeof *p->array);
    if (!p->array)
        return dgi_fail(err, DG_E_NOMEM, "no memory for the directory of %s", path);
    p->n = h.n;
    for (uint32_t i = 0; i < h.n; i++) {
        struct entry e;
        memcpy(&e, p->map + HEAD + (size_t)i * ENTRY, ENTRY);
        dg_status st = check_entry(&e, p->size, path, i, err);
        if (st != DG_OK)
            return st;
        const char *name = (const char *)p->map + HEAD + (size_t)i * ENTRY;
        p->array[i] = (struct dgi_array){dgi_str(name),     e.type, e.n_dims, {e.dim[0], e.dim[1], e.dim[2], e.dim[3]},
                                         p->map + e.offset, e.bytes};
    }
    return DG_OK;
}

dg_status dgi_pack_open(dgi_pack **out, const char *path, const char *kind, uint32_t kind_version, const char *rebuild,
                        dg_error *err)
{
    *out = NULL;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return dgi_fail(err, DG_E_MODEL, "%s: %s; %s", path, strerror(errno), rebuild);
    struct stat sb;
    if (fstat(fd, &sb) || !S_ISREG(sb.st_mode)) {
        close(fd);
        return dgi_fail(err, DG_E_MODEL, "%s: not a regular file; %s", path, rebuild);
    }
    dgi_pack *p = calloc(1, sizeof *p);
    if (!p) {
        close(fd);
        return dgi_fail(err, DG_E_NOMEM, "no memory to open %s", path);
    }
    p->size = (size_t)sb.st_size;
    if (p->size) {
        p->map = mmap(NULL, p->size, PROT_READ, MAP_SHARED, fd, 0);
        if (p->map == MAP_FAILED) {
            p->map = NULL;
            close(fd);
            dgi_pack_close(p);
            return dgi_fail(err, DG_E_IO, "%s: cannot be mapped: %s", path, strerror(errno));
        }
    }
    close(fd);
    dg_status st = check(p, path, kind, kind_version, rebuild, err);
    if (st != DG_OK) {
        dgi_pack_close(p);
        return st;
    }
    *out = p;
    return DG_OK;
}

void dgi_pack_close(dgi_pack *p)
{
    if (!p)
        return;
    if (p->map)
        munmap(p->map, p->size);
    free(p->array);
    free(p);
}

/* Puts the copy where the file is mapped; other systems than Linux cannot move a mapping, and copy once more. */
static bool replace(dgi_pack *p, void *copy)
{
#ifdef __linux__
    return !mprotect(copy, p->size, PROT_READ) &&
           mremap(copy, p->size, p->size, MREMAP_MAYMOVE | MREMAP_FIXED, p->map) != MAP_FAILED;
#else
    void *map = p->map;
    if (mmap(map, p->size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == MAP_FAILED)
        return false;
    memcpy(map, copy, p->size);
    mprotect(map, p->size, PROT_READ);
    munmap(copy, p->size);
    return true;
#endif
}

bool dgi_pack_keep(dgi_pack *p)
{
    void *copy = mmap(NULL, p->size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (copy == MAP_FAILED)
        return false;
    memcpy(copy, p->map, p->size);
    if (replace(p, copy))
        return true;
    munmap(copy, p->size);
    return false;
}

uint64_t dgi_pack_sum(const dgi_pack *p)
{
    struct head h;
    memcpy(&h, p->map, sizeof h);
    return h.sum;
}

uint32_t dgi_pack_n(const dgi_pack *p)
{
    return p->n;
}

const struct dgi_array *dgi_pack_at(const dgi_pack *p, uint32_t i)
{
    return i < p->n ? &p->array[i] : NULL;
}

const struct dgi_array *dgi_pack_find(const dgi_pack *p, const char *name)
{
    for (uint32_t i = 0; i < p->n; i++)
        if (dgi_str_is(p->array[i].name, name))
            return &p->array[i];
    return NULL;
}

dg_status dgi_pack_need(const struct dgi_array **out, const dgi_pack *p, const char *name, uint32_t type,
                        uint32_t n_dims, const uint64_t dim[], dg_error *err)
{
    const struct dgi_array *a = dgi_pack_find(p, name);
    *out = NULL;
    if (!a)
        return dgi_fail(err, DG_E_MODEL, "array '%s' is missing", name);
    if (a->type != type || a->n_dims != n_dims)
        return dgi_fail(err, DG_E_MODEL, "array '%s' has type %u and %u dimensions, needed are type %u and %u", name,
                        a->type, a->n_dims, type, n_dims);
    for (uint32_t d = 0; d < n_dims; d++)
        if (dim[d] && a->dim[d] != dim[d])
            return dgi_fail(err, DG_E_MODEL, "array '%s' has %llu in dimension %u, needed is %llu", name,
                            (unsigned long long)a->dim[d], d, (unsigned long long)dim[d]);
    *out = a;
    return DG_OK;
}

static bool put(FILE *f, XXH3_state_t *sum, const void *p, size_t n)
{
    if (n == 0)
        return true;
    XXH3_64bits_update(sum, p, n);
    return fwrite(p, 1, n, f) == n;
}

static bool write_body(FILE *f, const struct dgi_array *arrays, uint32_t n, struct head *h)
{
    static const unsigned char zero[64];
    XXH3_state_t sum;
    XXH3_64bits_reset(&sum);
    uint64_t at = HEAD + (uint64_t)n * ENTRY, end = at;
    bool ok = fwrite(h, 1, HEAD, f) == HEAD;
    for (uint32_t i = 0; i < n && ok; i++) {
        struct entry e = {.type = arrays[i].type, .n_dims = arrays[i].n_dims};
        memcpy(e.name, arrays[i].name.ptr, arrays[i].name.len < NAME ? arrays[i].name.len : NAME - 1);
        for (uint32_t d = 0; d < 4; d++)
            e.dim[d] = d < arrays[i].n_dims ? arrays[i].dim[d] : 1;
        e.bytes = arrays[i].bytes;
        e.offset = (end + 63) / 64 * 64;
        end = e.offset + e.bytes;
        ok = put(f, &sum, &e, ENTRY);
    }
    for (uint32_t i = 0; i < n && ok; i++) {
        uint64_t start = (at + 63) / 64 * 64;
        ok = put(f, &sum, zero, (size_t)(start - at)) && put(f, &sum, arrays[i].data, arrays[i].bytes);
        at = start + arrays[i].bytes;
    }
    h->size = at;
    h->sum = XXH3_64bits_digest(&sum);
    return ok && fseek(f, 0, SEEK_SET) == 0 && fwrite(h, 1, HEAD, f) == HEAD;
}

dg_status dgi_pack_write(const char *path, const char *kind, uint32_t kind_version, const struct dgi_array *arrays,
                         uint32_t n, dg_error *err)
{
    char tmp[4096];
    if (n > MOST_ARRAYS)
        return dgi_fail(err, DG_E_LIMIT, "%u arrays are more than a file may have (%d)", n, MOST_ARRAYS);
    if (snprintf(tmp, sizeof tmp, "%s.%ld.tmp", path, (long)getpid()) >= (int)sizeof tmp)
        return dgi_fail(err, DG_E_ARG, "path is too long");
    struct head h = {.format = FORMAT, .order = 0x01020304, .kind_version = kind_version, .n = n};
    memcpy(h.magic, magic, 8);
    strncpy(h.kind, kind, sizeof h.kind - 1);
    FILE *f = fopen(tmp, "wb");
    if (!f)
        return dgi_fail(err, DG_E_IO, "%s: %s", tmp, strerror(errno));
    bool ok = write_body(f, arrays, n, &h);
    ok = fclose(f) == 0 && ok;
    if (!ok || rename(tmp, path)) {
        int e = errno;
        remove(tmp);
        return dgi_fail(err, DG_E_IO, "%s: cannot be written: %s", path, strerror(e));
    }
    return DG_OK;
}
