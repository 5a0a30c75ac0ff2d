/* SPDX-License-Identifier: Apache-2.0 */
/* code/frames_parse.h: parsers of the cells of the coder's tables, shared by the files that read them (frames*.c). */
#ifndef DGI_FRAMES_PARSE_H
#define DGI_FRAMES_PARSE_H

#include "code/frames.h"

struct row_at { /* where a cell stands, for the message */
    const struct dgi_table *tab;
    uint32_t row;
};
struct words { /* sorted word ids */
    uint32_t *w, n, cap;
};

/* Count a fault of column `col` (from 1) and say it when a check asks. */
__attribute__((format(printf, 4, 5))) void dgi_frames_fault(dgi_coder_tables *t, struct row_at at, uint32_t col,
                                                            const char *fmt, ...);
struct class_def *dgi_frames_class(dgi_coder_tables *t, dg_str name); /* of classes.tsv; NULL: none of that name */
struct words dgi_parse_words(dgi_coder_tables *t, struct row_at at, uint32_t col, dg_str list);
bool dgi_parse_step(dgi_coder_tables *t, dg_str s, struct step *out);
bool dgi_parse_paths(dgi_coder_tables *t, struct row_at at, uint32_t col, dg_str s, const struct path **out,
                     uint32_t *n);
bool dgi_parse_pos(dg_str s, uint8_t *out);
bool dgi_parse_trigger(dgi_coder_tables *t, struct row_at at, uint32_t col, dg_str s, struct frame *f);
bool dgi_parse_roles(dgi_coder_tables *t, struct row_at at, uint32_t col, dg_str s, struct frame *f);
bool dgi_parse_codes(dgi_coder_tables *t, struct row_at at, struct frame *f); /* need, CAMEO, PLOVER, mode, flags */

/* Read every table; faults are counted, rows with faults left out. t->nomem tells of want of memory. */
void dgi_frames_read_all(dgi_coder_tables *t);

#endif
