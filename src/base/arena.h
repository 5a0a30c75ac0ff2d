/* SPDX-License-Identifier: Apache-2.0 */
/* base/arena.h: memory that is freed at once.
 *
 * One arena per document, one scratch arena per stage. Blocks grow; nothing moves. An arena has a limit, so that hostile
 * input cannot take all memory: past it every allocation returns NULL.
 * With -DDG_ARENA_MALLOC=ON each allocation is its own malloc, so that the sanitizers see between objects. */
#ifndef DGI_ARENA_H
#define DGI_ARENA_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

typedef struct dgi_arena dgi_arena;

/* limit: most bytes handed out over the arena's life until reset; 0 = 1 GiB. NULL: no memory. */
dgi_arena *dgi_arena_new(size_t limit);
void dgi_arena_free(dgi_arena *a);
void dgi_arena_reset(dgi_arena *a); /* forget everything, keep the first block */
size_t dgi_arena_used(const dgi_arena *a);

/* Zeroed, aligned for any type. NULL when out of memory or over the limit. */
void *dgi_arena_alloc(dgi_arena *a, size_t size);
/* n objects of size bytes; checks the product. */
void *dgi_arena_array(dgi_arena *a, size_t n, size_t size);
/* A growing array: copies the old n_old objects into a new array of n_new (>= n_old). */
void *dgi_arena_regrow(dgi_arena *a, const void *old, size_t n_old, size_t n_new, size_t size);
/* Copies; the copy is NUL-terminated beyond its length. ptr NULL on failure. */
dg_str dgi_arena_str(dgi_arena *a, dg_str s);
dg_str dgi_arena_printf(dgi_arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* The n-th allocation from now fails (fault tests); 0 switches it off. */
void dgi_arena_fail_at(dgi_arena *a, uint64_t n);

/* A large array grows in place or moves without a copy left behind: pointers into it do not outlive a push.
 * Append one element to a growing arena array: DGI_PUSH(arena, ptr, n, cap) -> pointer to the new zeroed element or NULL.
 * ptr, n and cap are lvalues; n and cap are uint32_t. */
#define DGI_PUSH(arena, ptr, n, cap)                                                                                   \
    ((n) < (cap) || dgi_push_grow((arena), (void **)&(ptr), (n), &(cap), sizeof *(ptr)) ? &(ptr)[(n)++] : NULL)
int dgi_push_grow(dgi_arena *a, void **ptr, uint32_t n, uint32_t *cap, size_t size);

#endif
