/* SPDX-License-Identifier: Apache-2.0 */
/* export/arrow.h: rows as Arrow columns: handed over in memory (C data interface) or written as an IPC file or stream. */
#ifndef DGI_ARROW_H
#define DGI_ARROW_H

#include "export/columns.h"

enum dgi_arrow_type { DGI_A_TEXT, DGI_A_INT, DGI_A_NUMBER, DGI_A_BOOL, DGI_A_DATE, DGI_A_LIST };
struct dgi_arrow_column { /* of a batch that is being filled */
    uint8_t type;         /* enum dgi_arrow_type */
    struct dgi_buf valid; /* a bit a row */
    struct dgi_buf offsets,
        bytes; /* text: n+1 int32 and UTF-8; others: bytes alone, their values; list: offsets of the rows ... */
    struct dgi_buf member_offsets; /* ... and of the members, whose UTF-8 is in bytes */
    int64_t n, n_null, n_members;
};
struct dgi_arrow {
    struct dgi_arrow_column *columns;
    uint32_t n_columns;
    int64_t rows; /* of this batch */
    /* finished batches that wait to be taken */
    struct ArrowArray *ready;
    uint32_t n_ready, cap_ready;
    /* of a file: where its batches stand */
    uint64_t written;
    struct dgi_arrow_block {
        int64_t offset, body;
        int32_t head;
    } * blocks;
    uint32_t n_blocks, cap_blocks;
    bool begun;
};

/* One row; a batch that is full is written or put aside. What fails leaves x->out->failed set. */
void dgi_arrow_row(struct dgi_export *x, const struct dgi_row *r);
/* The last batch, and what a file or stream ends with. */
void dgi_arrow_finish(struct dgi_export *x);
void dgi_arrow_free(struct dgi_arrow *a);
/* All rows so far; x begins anew. False: no memory, nothing is taken. */
bool dgi_arrow_take(struct ArrowArrayStream *out, struct dgi_export *x);

extern const char dgi_item_name[]; /* of the members of a list, as others name them */

/* ---- export/arrow_ipc.c ---- */
uint8_t dgi_arrow_type_of(const struct dgi_export *x, const struct dgi_column *col);
void dgi_ipc_begin(struct dgi_export *x);
void dgi_ipc_batch(struct dgi_export *x);
void dgi_ipc_end(struct dgi_export *x);

#endif
