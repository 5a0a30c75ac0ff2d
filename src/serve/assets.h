/* SPDX-License-Identifier: Apache-2.0 */
/* serve/assets.h: the page's files, inside the program. */
#ifndef DGS_ASSETS_H
#define DGS_ASSETS_H

#include "serve/serve_int.h"

struct asset {
    const char *path, *type;
    const unsigned char *bytes;
    size_t n;
};
extern const struct asset dgs_files[]; /* made by the build of web/ (cmake/assets.cmake) */
extern const uint32_t dgs_n_files;

struct assets *dgs_assets_new(void);
void dgs_assets_free(struct assets *a);
/* The file at this address, counted; NULL: none is there. */
struct page *dgs_asset(struct assets *a, dg_str uri, enum packing as);

#endif
