/* SPDX-License-Identifier: Apache-2.0 */
/* io/window.c: see window.h. Memory that is not packed is looked at where it lies. */
#include "io/window.h"

#include <stdlib.h>

enum { MOST_JOINTS = 65536 };

void dgi_window_init(struct dgi_window *w, dgi_stream *s, size_t max)
{
    dg_str all;
    *w = (struct dgi_window){.s = s, .max = max};
    if (dgi_stream_whole(s, &all)) {
        w->buf = all.ptr;
        w->len = all.len;
        w->eof = true;
    }
}

void dgi_window_clear(struct dgi_window *w)
{
    dgi_stream_close(w->s);
    free(w->own);
    free(w->joints);
    *w = (struct dgi_window){0};
}

static void shift(struct dgi_window *w)
{
    memmove(w->own, w->own + w->pos, w->len - w->pos);
    w->len -= w->pos;
    w->offset += w->pos;
    w->pos = 0;
}

static dg_status grow(struct dgi_window *w, dg_error *err)
{
    size_t most = w->max + 2 * (size_t)DGI_WINDOW_STEP, cap = w->cap ? w->cap * 2 : (size_t)DGI_WINDOW_STEP;
    cap = cap < most ? cap : most;
    char *p = cap > w->cap ? realloc(w->own, cap) : NULL;
    if (!p)
        return dgi_fail(err, DG_E_NOMEM, "no memory for %zu bytes of input", cap);
    w->own = p;
    w->buf = p;
    w->cap = cap;
    return DG_OK;
}

/* Bytes that begin another member were added. Those of members that are behind us go. */
static dg_status note_member(struct dgi_window *w, dg_error *err)
{
    uint64_t member = dgi_stream_member(w->s);
    if (w->n_joints && w->joints[w->n_joints - 1].member == member)
        return DG_OK;
    uint32_t gone = 0;
    while (gone + 1 < w->n_joints && w->joints[gone + 1].made <= dgi_window_at(w))
        gone++;
    if (gone) {
        memmove(w->joints, w->joints + gone, (w->n_joints - gone) * sizeof *w->joints);
        w->n_joints -= gone;
    }
    if (w->n_joints == MOST_JOINTS) /* tiny members: the address of an earlier one has to do */
        return DG_OK;
    if (w->n_joints == w->cap_joints) {
        uint32_t cap = w->cap_joints ? w->cap_joints * 2 : 16;
        struct dgi_joint *p = realloc(w->joints, cap * sizeof *p);
        if (!p)
            return dgi_fail(err, DG_E_NOMEM, "no memory for the members of a file");
        w->joints = p;
        w->cap_joints = cap;
    }
    w->joints[w->n_joints++] = (struct dgi_joint){w->offset + w->len, member};
    return DG_OK;
}

dg_status dgi_window_fill(struct dgi_window *w, dg_error *err)
{
    dg_status st = DG_OK;
    dg_error why = {DG_OK, 0, 0, ""};
    size_t n;
    if (w->eof || w->cut)
        return DG_OK;
    if (w->pos && (w->pos == w->len || w->len == w->cap))
        shift(w);
    if (w->len == w->cap && (st = grow(w, err)) != DG_OK)
        return st;
    switch (dgi_stream_read(w->s, w->own + w->len, w->cap - w->len, &n, &why)) {
    case DGI_FLOW_MORE:
        if (dgi_stream_packing(w->s))
            st = note_member(w, err);
        w->len += n;
        break;
    case DGI_FLOW_END: w->eof = true; break;
    case DGI_FLOW_CUT:
        w->cut = true;
        w->why = why;
        break;
    case DGI_FLOW_FAILED:
        if (err)
            *err = why;
        st = why.status;
        break;
    }
    return st;
}

dg_status dgi_window_want(struct dgi_window *w, size_t n, dg_error *err)
{
    dg_status st = DG_OK;
    while (st == DG_OK && !dgi_window_ended(w) && w->len - w->pos < n)
        st = dgi_window_fill(w, err);
    return st;
}

dg_status dgi_window_skip(struct dgi_window *w, uint64_t n, uint64_t *left, dg_error *err)
{
    for (;;) {
        size_t have = w->len - w->pos, k = have < n ? have : (size_t)n;
        w->pos += k;
        *left = n -= k;
        if (!n || dgi_window_ended(w))
            return DG_OK;
        dg_status st = dgi_window_fill(w, err);
        if (st != DG_OK)
            return st;
    }
}

void dgi_window_mend(struct dgi_window *w)
{
    w->pos = w->len;
    w->cut = false;
}

uint64_t dgi_window_begin(struct dgi_window *w, size_t ahead, uint64_t *byte)
{
    uint64_t at = *byte = dgi_window_at(w) + ahead, member = 0;
    dgi_stream_mark(w->s);
    for (uint32_t i = 0; i < w->n_joints && w->joints[i].made <= at; i++)
        member = w->joints[i].member;
    return member;
}

bool dgi_window_joint(const struct dgi_window *w, size_t ahead)
{
    for (uint32_t i = 0; i < w->n_joints; i++)
        if (w->joints[i].made == dgi_window_at(w) + ahead)
            return true;
    return false;
}
