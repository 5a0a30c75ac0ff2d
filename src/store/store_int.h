/* SPDX-License-Identifier: Apache-2.0 */
/* store/store_int.h: the handle, and what the files of src/store above the seam (store/backend.h) share. */
#ifndef DGI_STORE_INT_H
#define DGI_STORE_INT_H

#include "store/backend.h"

struct dgi_store {
    dgi_backend *b;
    const dgi_sit_rules *rules;
    bool write;
    bool no_text;       /* of what is put in */
    char *path;         /* as the user named it, for messages */
    uint64_t coder;     /* who codes what is put in; 0: not told */
    dgi_ledger *ledger; /* writer: over the backend's host; NULL until the first sync */
    dgi_arena *scratch; /* of dgi_store_document */
    struct {            /* documents that were put and the board has not followed */
        char *pos;      /* the greatest position there is; NULL: not looked yet */
        size_t len;
        uint32_t n;
        bool late; /* one came before another that was there */
    } put;
    dg_progress_fn *progress; /* of a sync; NULL: nobody asks */
    void *user;
    struct dgi_position { /* in a message log: to be written with the next document */
        char *log;
        int64_t next;
        bool told; /* not written yet */
    } * position;
    uint32_t n_positions;
};
#define OPS(s) ((s)->b->ops)

/* What makes versions of one document: its address, else its id. */
dg_str dgi_store_key(const struct dgi_meta *m);
int64_t dgi_store_text_hash(const struct dgi_meta *m, dg_str text);

/* Positions that the board must move at to hold the documents known on a day: those that stand on it and are not known,
 * and those that are known and do not stand on it. Lives in `a`. */
struct dgi_moves {
    struct dgi_ledger_change *change; /* ascending by pos, each once */
    int64_t *off, *on;                /* for each: the version that leaves, that comes; 0: none */
    uint32_t n;
};
dg_status dgi_store_moves(dgi_store *s, int32_t known_on, dgi_arena *a, struct dgi_moves *out, dg_error *err);
/* Make them, inside the caller's transaction. */
dg_status dgi_store_move(dgi_store *s, const struct dgi_ledger_change *change, const int64_t *off, const int64_t *on,
                         uint32_t n, dg_error *err);
void dgi_store_rollback(dgi_store *s);
/* Positions that were told, inside the caller's transaction; then that they are written. */
dg_status dgi_store_put_positions(dgi_store *s, dg_error *err);
void dgi_store_positions_done(dgi_store *s);
dg_status dgi_store_keep_positions(dgi_store *s, dg_error *err); /* in a transaction of their own */
void dgi_store_positions_free(dgi_store *s);
/* A document is to be put at pos. While they come in order of time the board follows every thousand of them, which costs no
 * more than once at the end, so that a reader in the meantime has no more than a thousand to work out for itself. */
dg_status dgi_store_follow(dgi_store *s, dg_str pos, dg_error *err);

#endif
