/* SPDX-License-Identifier: Apache-2.0 */
/* situation/item.h: an item in the hands of the board: its shape, the fold of its history, and both as bytes.
 *
 * The *shape* is what can be learnt later: parties, content, condition, codes, words. The *fold* is all that matching asks
 * of the history, so that an item with ten thousand lines is read as quickly as one with two. */
#ifndef DGI_SITUATION_ITEM_H
#define DGI_SITUATION_ITEM_H

#include "situation/ledger.h"
#include "situation/party.h"

enum { MOST_PARTIES = 24, MOST_KEYS = 32 };

struct told { /* of one line */
    int32_t date, reported;
    uint8_t status;
    uint32_t doc; /* number of the document at hand that wrote it, 0: an earlier one */
};
struct fold {
    uint32_t lines;
    struct told first, last, cur; /* cur: the line with a status that is latest in date; status NONE: none yet */
    dg_str first_text;            /* evidence of the opening */
    bool counted;                 /* the last line had a quantity: */
    double value;
    bool claimed; /* it had a claimant: */
    struct dgi_ev_actor claimant;
    struct dgi_day_range when;        /* the last one given */
    const struct dgi_ev_place *place; /* the last one given */
    struct dgi_item_state state;      /* dgi_item_at with no day; status, since and due are worked out at the end */
    int32_t due;                      /* latest line that made it due */
    dg_str pos;                       /* of the last document */
};

enum marks_new { MARKS_NONE, MARKS_SEASONS, MARKS_ALL };

struct matter {     /* first what every lookup reads of every candidate: one or two lines of the processor's cache */
    uint32_t stamp; /* of the list of candidates it is in */
    uint32_t next, n_entries; /* later entries, not yet folded: [next, n_entries) */
    uint32_t cap_party;
    struct party *party; /* of it.parties */
    struct fold f;
    struct dgi_sit_item it; /* history: on a board whole; on a ledger the lines of the document at hand */
    struct party cond;      /* of it.cond_actor */
    /* the document at hand */
    uint32_t doc;  /* its number, when it wrote here or did before */
    uint32_t from; /* its first line in it.history */
    bool reshaped; /* it taught the item something */
    bool old;      /* it had an entry here before: */
    dg_str old_entry;
    double score;
    /* kept by the ledger */
    struct dgi_ledger_entry *entries;
    bool unsaved;        /* the head is older than the item */
    bool marked, remark; /* it is under its marks, of these seasons; its parties changed since */
    uint8_t marks_new;   /* enum marks_new, to be put when the document at hand is done */
    uint64_t seasons;
    struct touch *before; /* reads that it was under before the document at hand, when that is late */
    uint32_t n_before, cap_before;
};
struct touch {
    uint64_t read;
    uint8_t reach; /* enum reach, board.h */
};

/* One line more. new_doc: of another document than the line before. doc: its number when it is the one at hand, else 0. */
void dgi_fold_line(struct fold *f, const struct dgi_sit_change *c, bool new_doc, uint32_t doc);
/* dgi_item_at with no day, from the fold. */
struct dgi_item_state dgi_fold_state(const struct dgi_sit_item *it, const struct fold *f);
/* it.parties or it.cond_actor changed. false: no memory. */
bool dgi_matter_parties(struct matter *m, const dgi_sit_rules *r, dgi_arena *a);

/* ---- bytes ---- */
struct bytes { /* grows in an arena */
    dgi_arena *a;
    unsigned char *p;
    uint32_t n, cap;
    bool failed;
};
static inline dg_str dgi_bytes_str(const struct bytes *b)
{
    return (dg_str){(const char *)b->p, b->n};
}
/* What one document wrote: lines, and the shape when it changed. */
void dgi_entry_write(struct bytes *out, const struct matter *m, dg_str document);
void dgi_head_write(struct bytes *out, const struct matter *m);
/* Reading leaves views into the blob. false: it is no such blob, or memory is short. */
bool dgi_entry_read(struct dgi_sit_item *it, dg_str pos, dg_str blob, bool *shape, struct dgi_sit_change **lines,
                    uint32_t *n, dgi_arena *a);
bool dgi_head_read(struct matter *m, dg_str blob, dgi_arena *a);

#endif
