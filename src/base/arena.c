/* SPDX-License-Identifier: Apache-2.0 */
/* base/arena.c: see arena.h. Blocks double up to 1 MiB; a large request gets a block of its own.
 *
 * From BIG on a block of its own is mapped, not allocated: what nobody wrote to costs no memory, an array in it grows without
 * a copy (mremap), and it goes back to the system when it is freed, which a heap does only by luck. */
#include "base/arena.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#define BURY(p, n) ASAN_POISON_MEMORY_REGION(p, n) /* a pointer into an array that has moved is a fault */
#define UNBURY(p, n) ASAN_UNPOISON_MEMORY_REGION(p, n)
#else
#define BURY(p, n) ((void)(p), (void)(n))
#define UNBURY(p, n) ((void)(p), (void)(n))
#endif

enum { ALIGN = 16, FIRST = 16 * 1024, MOST = 1024 * 1024, OWN = MOST / 2, BIG = 2 * MOST };

struct block {
    struct block *next;
    size_t cap, used;
    size_t mapped; /* 0: from malloc; else the length of its mapping */
    _Alignas(ALIGN) unsigned char mem[];
};

struct dgi_arena {
    struct block *head; /* newest first */
    size_t limit, used;
    uint64_t fail_at; /* 0: never */
};

dgi_arena *dgi_arena_new(size_t limit)
{
    dgi_arena *a = calloc(1, sizeof *a);
    if (a)
        a->limit = limit ? limit : (size_t)1 << 30;
    return a;
}

static void drop_one(struct block *b)
{
    UNBURY(b->mem, b->cap);
    if (b->mapped)
        munmap(b, b->mapped);
    else
        free(b);
}

static void drop(struct block *b)
{
    while (b) {
        struct block *next = b->next;
        drop_one(b);
        b = next;
    }
}

void dgi_arena_free(dgi_arena *a)
{
    if (!a)
        return;
    drop(a->head);
    free(a);
}

void dgi_arena_reset(dgi_arena *a)
{
#ifdef DG_ARENA_MALLOC
    drop(a->head);
    a->head = NULL;
#else
    if (a->head) { /* keep the newest, which is the largest of the ordinary ones */
        drop(a->head->next);
        a->head->next = NULL;
        if (a->head->cap > 4 * MOST) {
            drop_one(a->head);
            a->head = NULL;
        } else {
            UNBURY(a->head->mem, a->head->cap);
            a->head->used = 0;
        }
    }
#endif
    a->used = 0;
}

size_t dgi_arena_used(const dgi_arena *a)
{
    return a->used;
}

void dgi_arena_fail_at(dgi_arena *a, uint64_t n)
{
    a->fail_at = n;
}

#ifndef DG_ARENA_MALLOC
static struct block *map_block(size_t cap)
{
    size_t n = sizeof(struct block) + cap;
    struct block *b = mmap(NULL, n, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (b == MAP_FAILED)
        return NULL;
    b->mapped = n;
    return b;
}
#endif

static struct block *add_block(dgi_arena *a, size_t size)
{
    struct block *b, **at = &a->head;
#ifdef DG_ARENA_MALLOC
    size_t cap = size;
    b = malloc(sizeof *b + cap);
    if (b)
        b->mapped = 0;
#else
    size_t cap = a->head ? a->head->cap * 2 : FIRST;
    if (cap > MOST)
        cap = MOST;
    if (cap < size || size >= OWN)
        cap = size;
    if (size >= OWN && a->head) /* behind the newest, whose room stays in use */
        at = &a->head->next;
    if (size >= BIG) {
        b = map_block(cap);
    } else if ((b = malloc(sizeof *b + cap)) != NULL) {
        b->mapped = 0;
    }
#endif
    if (!b)
        return NULL;
    b->cap = cap;
    b->used = 0;
    b->next = *at;
    return *at = b;
}

void *dgi_arena_alloc(dgi_arena *a, size_t size)
{
    if (a->fail_at && --a->fail_at == 0)
        return NULL;
    if (size > a->limit || a->used > a->limit - size)
        return NULL;
#ifdef DG_ARENA_MALLOC
    size_t need = size ? size : 1;
    struct block *b = add_block(a, need);
#else
    size_t need = (size + ALIGN - 1) / ALIGN * ALIGN;
    struct block *b = a->head;
    if (!b || b->cap - b->used < need)
        b = add_block(a, need);
#endif
    if (!b)
        return NULL;
    void *p = b->mem + b->used;
    bool fresh = b->mapped && !b->used; /* already zero, and untouched */
    b->used += need;
    a->used += need;
    return fresh ? p : memset(p, 0, size);
}

void *dgi_arena_array(dgi_arena *a, size_t n, size_t size)
{
    if (size && n > SIZE_MAX / size)
        return NULL;
    return dgi_arena_alloc(a, n * size);
}

void *dgi_arena_regrow(dgi_arena *a, const void *old, size_t n_old, size_t n_new, size_t size)
{
    void *p = dgi_arena_array(a, n_new, size);
    if (p && n_old)
        memcpy(p, old, n_old * size);
    return p;
}

#if !defined(DG_ARENA_MALLOC) && defined(MREMAP_MAYMOVE)
/* An array in a mapped block of its own: the mapping grows. NULL: it is none, or there is no room. */
static void *remap(dgi_arena *a, void *old, size_t n_old, size_t n_new)
{
    for (struct block **at = &a->head; *at; at = &(*at)->next) {
        struct block *b = *at;
        if (b->mem != (unsigned char *)old)
            continue;
        if (!b->mapped || b->cap != n_old || a->used > a->limit - (n_new - n_old))
            return NULL;
        if ((b = mremap(b, b->mapped, sizeof *b + n_new, MREMAP_MAYMOVE)) == MAP_FAILED)
            return NULL;
        b->mapped = sizeof *b + n_new;
        UNBURY(b->mem, n_new);
        a->used += n_new - n_old;
        b->cap = b->used = n_new;
        *at = b;
        return b->mem;
    }
    return NULL;
}
#endif

int dgi_push_grow(dgi_arena *a, void **ptr, uint32_t n, uint32_t *cap, size_t size)
{
    if (n > UINT32_MAX / 2)
        return 0;
    /* twice as much; a large array only a quarter more, for there the room left over is what costs */
    uint32_t want = !n ? 8 : (size_t)n * size < 2 * (size_t)BIG ? n * 2 : n + n / 4;
    void *p = NULL;
    if (size && want > SIZE_MAX / size / 2)
        return 0;
#if !defined(DG_ARENA_MALLOC) && defined(MREMAP_MAYMOVE)
    size_t n_old = ((size_t)*cap * size + ALIGN - 1) / ALIGN * ALIGN,
           n_new = ((size_t)want * size + ALIGN - 1) / ALIGN * ALIGN;
    if (n_old >= BIG && n == *cap && !a->fail_at)
        p = remap(a, *ptr, n_old, n_new);
#endif
    if (!p) {
        if (!(p = dgi_arena_regrow(a, *ptr, n, want, size)))
            return 0;
        if (*ptr)
            BURY(*ptr, (size_t)n * size);
    }
    *ptr = p;
    *cap = want;
    return 1;
}

dg_str dgi_arena_str(dgi_arena *a, dg_str s)
{
    char *p = s.len < SIZE_MAX ? dgi_arena_alloc(a, s.len + 1) : NULL;
    if (!p)
        return (dg_str){NULL, 0};
    if (s.len)
        memcpy(p, s.ptr, s.len);
    return (dg_str){p, s.len};
}

dg_str dgi_arena_printf(dgi_arena *a, const char *fmt, ...)
{
    va_list ap, again;
    va_start(ap, fmt);
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, ap);
    char *p = n >= 0 ? dgi_arena_alloc(a, (size_t)n + 1) : NULL;
    if (p)
        vsnprintf(p, (size_t)n + 1, fmt, again);
    va_end(again);
    va_end(ap);
    return (dg_str){p, p ? (size_t)n : 0};
}
