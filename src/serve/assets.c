/* SPDX-License-Identifier: Apache-2.0 */
/* serve/assets.c: the page's files as answers, packed once at the start.
 *
 * Reads   the bytes that the build put into the program
 * Writes  answers
 *
 * No path of a request is ever a path of a file: what is not one of these names is not there. */
#include <stdlib.h>

#include "serve/assets.h"

struct assets {
    struct page *as[32][N_PACKINGS];
};

struct assets *dgs_assets_new(void)
{
    struct assets *a = calloc(1, sizeof *a);
    for (uint32_t i = 0; a && i < dgs_n_files && i < 32; i++) {
        dg_str s = dgi_strn((const char *)dgs_files[i].bytes, dgs_files[i].n);
        for (enum packing k = PLAIN; k < N_PACKINGS; k++)
            if (!(a->as[i][k] = dgs_page(200, dgs_files[i].type, s, k, true, NULL))) {
                dgs_assets_free(a);
                return NULL;
            }
    }
    return a;
}

void dgs_assets_free(struct assets *a)
{
    for (int i = 0; a && i < 32; i++) {
        for (enum packing k = PLAIN; k < N_PACKINGS; k++)
            dgs_page_drop(a->as[i][k]);
    }
    free(a);
}

struct page *dgs_asset(struct assets *a, dg_str uri, enum packing as)
{
    size_t mark = dgi_str_find(uri, DGI_S("?"));
    dg_str path = dgi_str_sub(uri, 0, mark == SIZE_MAX ? uri.len : mark);
    for (uint32_t i = 0; i < dgs_n_files && i < 32; i++)
        if (dgi_str_is(path, dgs_files[i].path)) {
            struct page *p = a->as[i][as];
            atomic_fetch_add(&p->refs, 1);
            return p;
        }
    return NULL;
}
