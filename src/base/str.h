/* SPDX-License-Identifier: Apache-2.0 */
/* base/str.h: pieces of UTF-8 that somebody else owns (dg_str of the public header), compared, hashed, parsed. */
#ifndef DGI_STR_H
#define DGI_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "dragoman.h"

#define DGI_NONE UINT32_MAX /* no such index */

typedef struct dgi_span {
    uint32_t start, end; /* bytes of a text, end exclusive; start == end: absent */
} dgi_span;

#define DGI_S(lit) ((dg_str){(lit), sizeof(lit) - 1})

static inline dg_str dgi_str(const char *z)
{
    return (dg_str){z, z ? strlen(z) : 0};
}
static inline dg_str dgi_strn(const char *p, size_t n)
{
    return (dg_str){p, n};
}
static inline bool dgi_str_eq(dg_str a, dg_str b)
{
    return a.len == b.len && (a.len == 0 || !memcmp(a.ptr, b.ptr, a.len));
}
static inline bool dgi_str_is(dg_str a, const char *z)
{
    return dgi_str_eq(a, dgi_str(z));
}
static inline dg_str dgi_str_sub(dg_str s, size_t from, size_t to)
{
    if (to > s.len)
        to = s.len;
    if (from > to)
        from = to;
    return (dg_str){s.ptr ? s.ptr + from : NULL, to - from}; /* NULL + 0 is undefined */
}
int dgi_str_cmp(dg_str a, dg_str b);  /* byte order */
bool dgi_str_ieq(dg_str a, dg_str b); /* ASCII case folded */
bool dgi_str_starts(dg_str s, dg_str prefix);
bool dgi_str_ends(dg_str s, dg_str suffix);
dg_str dgi_str_trim(dg_str s);                /* ASCII white space at both ends */
size_t dgi_str_find(dg_str s, dg_str needle); /* byte offset or SIZE_MAX */
bool dgi_str_int(dg_str s, int64_t *out);     /* whole string is a decimal number */
bool dgi_str_double(dg_str s, double *out);
/* Cut the next field off *rest at `sep`; false when *rest is used up (rest->ptr == NULL). */
bool dgi_str_next(dg_str *rest, char sep, dg_str *field);
/* Is `word` one of the fields of `list` separated by sep? */
bool dgi_str_in(dg_str list, char sep, dg_str word);
uint64_t dgi_str_hash(dg_str s); /* FNV-1a 64, finalised; stable over versions: stored in files */

#endif
