/* SPDX-License-Identifier: Apache-2.0 */
/* io/unpack.h: one row for each way of packing: gzip, zstd, bzip2, xz. Told by the first bytes, unpacked piece by piece. */
#ifndef DGI_UNPACK_H
#define DGI_UNPACK_H

#include "base/str.h"

/* What a step came to. MORE: some bytes were taken or made. MEMBER: the member (frame, stream) is whole and its check sum
 * holds; another one may follow. BAD: no such data. NOMEM: no memory, or more than a limit allows. */
enum dgi_step { DGI_STEP_MORE, DGI_STEP_MEMBER, DGI_STEP_BAD, DGI_STEP_NOMEM };

struct dgi_packing {
    const char *name;
    uint8_t head; /* bytes that tell it */
    bool (*is)(const char *head);
    void *(*start)(void);       /* NULL: no memory */
    bool (*again)(void *state); /* a new member begins, whatever became of the last one. False: no memory */
    enum dgi_step (*step)(void *state, dg_str in, size_t *used, char *out, size_t cap, size_t *made);
    void (*stop)(void *state);
};

enum { DGI_PACKING_HEAD = 10 }; /* the longest head */

/* By the first bytes; NULL: not packed. */
const struct dgi_packing *dgi_packing_of(dg_str head);

#endif
