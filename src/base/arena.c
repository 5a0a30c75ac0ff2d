/* SPDX-License-Identifier: Apache-2.0 */
/* base/arena.c: see arena.h. Blocks double up to 1 MiB; a large request gets a block of its own. */
#include "base/arena.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ALIGN = 16, FIRST = 16 * 1024, MOST = 1024 * 1024 };

struct block {
    struct block *next;
    size_t cap, used;
    _Alignas(ALIGN) unsigned char mem[];
};

struct dgi_arena {
    struct block *head; /* newest first */
    size_t limit, used;
    uint64_t fail_at;   /* 0: never */
};

dgi_arena *dgi_arena_new(size_t limit)
{
    dgi_arena *a = calloc(1, sizeof *a);
    if (a)
        a->limit = limit ? limit : (size_t)1 << 30;
    return a;
}

static void drop(struct block *b)
{
    while (b) {
        struct block *next = b->next;
        free(b);
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
            free(a->head);
            a->head = NULL;
        } else {
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

static struct block *add_block(dgi_arena *a, size_t size)
{
#ifdef DG_ARENA_MALLOC
    size_t cap = size;
#else
    size_t cap = a->head ? a->head->cap * 2 : FIRST;
    if (cap > MOST)
        cap = MOST;
    if (cap < size)
        cap = size;
#endif
    struct block *b = malloc(sizeof *b + cap);
    if (!b)
        return NULL;
    b->cap = cap;
    b->used = 0;
    b->next = a->head;
    a->head = b;
    return b;
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
    b->used += need;
    a->used += need;
    return memset(p, 0, size);
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

int dgi_push_grow(dgi_arena *a, void **ptr, uint32_t n, uint32_t *cap, size_t size)
{
    if (n > UINT32_MAX / 2)
        return 0;
    uint32_t want = n ? n * 2 : 8;
    void *p = dgi_arena_regrow(a, *ptr, n, want, size);
    if (!p)
        return 0;
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
