/* SPDX-License-Identifier: Apache-2.0 */
/* io/window.h: the part of the unpacked input that is looked at. It never grows past the largest record and one read.
 *
 * What has been filled and not yet consumed is dgi_window_left(); filling may move it, so places are counted from there. */
#ifndef DGI_WINDOW_H
#define DGI_WINDOW_H

#include "io/stream.h"

struct dgi_joint {
    uint64_t made,
        member; /* from this byte of the unpacked input on, the member that begins at that byte of the file */
};
struct dgi_window {
    dgi_stream *s;
    const char *buf; /* own, or the caller's bytes */
    char *own;
    size_t cap, len, pos; /* filled, consumed */
    size_t max;           /* most bytes of one record */
    uint64_t offset;      /* of buf[0] in the unpacked input */
    bool eof;
    bool cut; /* the packed data breaks off behind what is filled, for the reason `why`; dgi_window_mend() goes on */
    dg_error why; /* byte: of the file */
    struct dgi_joint *joints;
    uint32_t n_joints, cap_joints;
};

/* The window owns s from now on. */
void dgi_window_init(struct dgi_window *w, dgi_stream *s, size_t max);
void dgi_window_clear(struct dgi_window *w);
/* More bytes, or eof, or cut: one of them. Fails with DG_E_IO, DG_E_NOMEM, DG_E_CANCELLED. */
dg_status dgi_window_fill(struct dgi_window *w, dg_error *err);
/* At least n bytes left (n <= max + DGI_WINDOW_STEP), unless it ends before. */
dg_status dgi_window_want(struct dgi_window *w, size_t n, dg_error *err);
/* Pass over n bytes, which need not be filled; *left: how many were not there. */
dg_status dgi_window_skip(struct dgi_window *w, uint64_t n, uint64_t *left, dg_error *err);
/* Behind a cut: forget what is left and go on with the next member. */
void dgi_window_mend(struct dgi_window *w);
/* A record begins `ahead` bytes behind what is consumed; *byte: where, in the unpacked input, and the answer: the byte of the
 * file where its member begins (0: nothing is packed). Limits on unpacking start anew. */
uint64_t dgi_window_begin(struct dgi_window *w, size_t ahead, uint64_t *byte);

/* Does a member begin `ahead` bytes behind what is consumed? */
bool dgi_window_joint(const struct dgi_window *w, size_t ahead);

enum { DGI_WINDOW_STEP = 256 * 1024 };

static inline dg_str dgi_window_left(const struct dgi_window *w)
{
    return dgi_str_sub(dgi_strn(w->buf, w->len), w->pos, w->len);
}
static inline bool dgi_window_ended(const struct dgi_window *w)
{
    return w->eof || w->cut;
}
static inline uint64_t dgi_window_at(const struct dgi_window *w)
{
    return w->offset + w->pos;
}

#endif
