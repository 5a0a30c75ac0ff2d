/* SPDX-License-Identifier: Apache-2.0 */
/* stream/stream_int.h: what the files of src/stream share.
 *
 * A ticket is one message on its way: it is open until all that was made of it is acknowledged by whoever keeps it. A part is one
 * partition of a log, or a file: its tickets in order. What stands before the first open one is done, and only that is committed.
 * All but the coding runs in one thread. */
#ifndef DGL_STREAM_INT_H
#define DGL_STREAM_INT_H

#include "base/error.h"
#include "base/json.h"
#include "stream/streams.h"

struct dgl_pipe;
struct dgl_part;

struct dgl_ticket {
    struct dgl_ticket *after; /* the next of its part */
    struct dgl_part *part;    /* NULL: the partition went to somebody else meanwhile */
    int64_t offset;
    uint32_t open; /* outputs without acknowledgement, and 1 while it is coded */
    uint64_t bytes;
    dg_str value, key; /* of a log; views into raw */
    void *raw;
    void (*release)(void *raw);
    dg_record *record; /* of a file */
    dg_status status;  /* of a file: not DG_OK: this record cannot be had */
    dg_error err;
};

struct dgl_part {
    char *topic;       /* or the file's name */
    int32_t partition; /* -1: a file */
    struct dgl_ticket *first, *last;
    int64_t next;      /* all before it is done; -1: nothing was read */
    int64_t committed; /* what the log or the store was told last; -1: nothing */
    int64_t read;      /* the next to be read; -1: not known */
    int64_t lag;       /* messages behind the end of the log; -1: not known */
    bool assigned, at_end;
};
struct dgl_parts {
    struct dgl_part **list;
    uint32_t n, cap;
};
/* The part, made if it is new. NULL: no memory. */
struct dgl_part *dgl_part_of(struct dgl_parts *p, const char *topic, int32_t partition);
void dgl_part_add(struct dgl_part *p, struct dgl_ticket *t);
void dgl_ticket_done(struct dgl_ticket *t);      /* one less is open; frees the ticket when none is */
void dgl_part_forget(struct dgl_part *p);        /* its tickets belong to nobody any more; nobody codes them */
bool dgl_parts_dirty(const struct dgl_parts *p); /* is there something to commit? */
void dgl_parts_free(struct dgl_parts *p);        /* with what is still on its way */

/* ---- where messages come from ---- */
enum dgl_next { DGL_MESSAGE, DGL_NOTHING, DGL_END, DGL_FAILED };
struct dgl_source {
    /* The next message within wait_ms as an open ticket of its part. FAILED: the pipe has failed. */
    enum dgl_next (*next)(struct dgl_source *s, struct dgl_ticket **out, int wait_ms);
    void (*hold)(struct dgl_source *s,
                 bool yes); /* give nothing for a while, and stay a member; NULL: a file waits by itself */
    dg_status (*commit)(struct dgl_source *s, bool wait,
                        dg_error *err);  /* what the parts say is done; NULL: nothing to tell */
    void (*watch)(struct dgl_source *s); /* lag of the parts; NULL */
    void (*close)(struct dgl_source *s);
};
dg_status dgl_file_source(struct dgl_source **out, struct dgl_pipe *p, const char *path, dg_error *err);
dg_status dgl_log_source(struct dgl_source **out, struct dgl_pipe *p, const char *uri, dg_error *err);

/* ---- where records go ---- */
struct dgl_letter { /* why a message is dead */
    dg_status status;
    uint64_t record, byte;
    const char *reason;
};
enum dgl_put { DGL_PUT, DGL_BUSY, DGL_TOO_LARGE, DGL_PUT_FAILED };
struct dgl_sink {
    /* Opens the ticket once more until it is acknowledged. letter: it is a dead message (value, key: as they came); NULL: a record. */
    enum dgl_put (*put)(struct dgl_sink *s, struct dgl_ticket *t, dg_str key, dg_str value,
                        const struct dgl_letter *letter);
    void (*poll)(struct dgl_sink *s, int wait_ms); /* acknowledgements; NULL: a file */
    dg_status (*settle)(struct dgl_sink *s,
                        dg_error *err); /* before a commit: what was acknowledged outlives this process; NULL */
    uint64_t (*waiting)(const struct dgl_sink *s); /* bytes without acknowledgement; NULL: none */
    void (*close)(struct dgl_sink *s);
};
dg_status dgl_file_sink(struct dgl_sink **out, struct dgl_pipe *p, const char *path, bool anew, dg_error *err);
dg_status dgl_log_sink(struct dgl_sink **out, struct dgl_pipe *p, const char *uri, dg_error *err);

/* ---- properties of librdkafka ---- */
enum dgl_side { DGL_BOTH, DGL_IN, DGL_OUT };
struct dgl_prop {
    char *key, *value;
    enum dgl_side side;
};
struct dgl_props {
    struct dgl_prop *list; /* who comes first goes before */
    uint32_t n, cap;
};
dg_status dgl_props_read(struct dgl_props *p, const struct dgl_options *o, dg_error *err);
void dgl_props_free(struct dgl_props *p);
bool dgl_prop_secret(const char *key);

/* "kafka://HOST:PORT,.../TOPIC,..." in two strings, which the caller frees. */
dg_status dgl_uri(const char *uri, char **brokers, char **topics, dg_error *err);

/* ---- what is counted ---- */
struct dgl_stats {
    struct dgl_counts c;
    uint64_t bytes, foreign, tombstones, rebalances, commits, commit_errors, too_large, held;
    uint64_t coding_us;
    bool holding;
};
struct dgl_gauge;
dg_status dgl_gauge_open(struct dgl_gauge **out, struct dgl_pipe *p, const char *where, dg_error *err);
void dgl_gauge_show(struct dgl_gauge *g); /* as things are now */
void dgl_gauge_close(struct dgl_gauge *g);
void dgl_metrics_text(const struct dgl_pipe *p, struct dgi_buf *out);

struct dgl_job;
struct dgl_pipe {
    const struct dgl_options *o;
    struct dgl_props props;
    struct dgl_parts parts;
    struct dgl_source *source;
    struct dgl_sink *out, *dead;
    struct dgl_gauge *gauge;
    struct dgl_stats stats;
    struct dgl_producer *producers; /* log_out.c: out and dead share one where their brokers are the same */
    struct dgl_ring *ring;
    char cluster[128]; /* of the log, where a store keeps positions */
    int64_t started_us, committed_us, shown_us, synced_us;
    int64_t give_up_us; /* 0: not ending */
    bool closing, failed;
    dg_error err; /* why */
};
int64_t dgl_now_us(void);
void dgl_say(const struct dgl_pipe *p, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Nothing more is done. The first reason stays. */
void dgl_fail(struct dgl_pipe *p, dg_status st, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* What was read is coded, handed on, acknowledged and committed, within `seconds`. False: not all of it. */
bool dgl_drain(struct dgl_pipe *p, uint32_t seconds);
bool dgl_idle(const struct dgl_pipe *p); /* nothing that was read is still to be handed on */
/* A message that cannot be used: to --dead, or told. Opens and closes the ticket by itself. */
void dgl_bury(struct dgl_pipe *p, struct dgl_ticket *t, const struct dgl_letter *letter);

/* Under which name a store keeps the position of a part. */
void dgl_position_name(const struct dgl_pipe *p, const struct dgl_part *part, char *out, size_t size);

#endif
