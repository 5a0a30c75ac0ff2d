/* SPDX-License-Identifier: Apache-2.0 */
/* situation/ledger.h: the board that is kept and moved by the new document alone.
 *
 * The board is a function of the documents in order of their positions, whatever order they came in. What one document
 * wrote in one item is an *entry*; an item is the fold of its entries in order of position. Who keeps them is the *host*
 * (the SQLite store, the store in memory, a test); the engine asks it through the functions below and sees no SQL.
 *
 * Positions are byte strings that memcmp puts in order (dgi_ledger_pos): the day of the report, the document's id, the
 * document's key. The name of an item, its *key*, is the position of the document that opened it and four bytes, big end
 * first, that count the items which that document opened. So both sort as BLOB columns, the newest item has the greatest
 * key, and the keys of the items that a document opened begin with its position.
 *
 * Three things are kept beside the entries, all made by the engine and compared byte for byte by whoever checks a store:
 *   heads   an item after its last entry, as short as it needs to be for matching: a new document reads heads, never a
 *           whole history. Blob of situation/item_blob.c.
 *   marks   uint64 -> items: by whom an item is found (its pair of parties, one party in a season, ...)
 *   reads   document -> uint64s: by whom it looked for items. When an item changes, the later documents that looked there
 *           are applied again, the others are never loaded. */
#ifndef DGI_SITUATION_LEDGER_H
#define DGI_SITUATION_LEDGER_H

#include "base/json.h"
#include "situation/situation.h"

/* The position of a document. reported DGI_NO_DAY comes before all days. id as in dgi_ev_doc; key tells two documents of
 * one day and id apart (address; may be empty). ptr NULL: no memory. */
dg_str dgi_ledger_pos(dgi_arena *a, int32_t reported, dg_str id, dg_str key);
int32_t dgi_ledger_pos_day(dg_str pos); /* `reported` of a position or of an item's key */
/* Everything reported after `day` has a position >= this one: the cut for known_on. Written into buf. */
dg_str dgi_ledger_pos_after(int32_t day, char buf[8]);

struct dgi_ledger_entry {
    dg_str pos; /* of the document that wrote it */
    dg_str blob;
};

/* All functions return DG_OK or write *err. Lists and blobs that a host hands out are put into `a` and live as long as it;
 * what it is handed is borrowed for the call. A host belongs to one thread. Functions that write are called inside
 * dgi_ledger_move() only, so that the caller's transaction around it holds all of them; a host that is only asked may
 * leave them NULL. The engine never asks for what it has written and the host not yet kept: writes are seen at once. */
struct dgi_ledger_host {
    void *self;
    /* ---- asking ---- */
    /* At most `most` items that bear `mark` and whose key is < before (empty: all), greatest key first. */
    dg_status (*marked)(void *self, uint64_t mark, dg_str before, uint32_t most, dgi_arena *a, dg_str **items,
                        uint32_t *n, dg_error *err);
    /* The head of an item; len 0: there is none. */
    dg_status (*head)(void *self, dg_str item, dgi_arena *a, dg_str *blob, dg_error *err);
    /* The entries of an item, ascending by pos. *n 0: no such item. */
    dg_status (*entries)(void *self, dg_str item, dgi_arena *a, struct dgi_ledger_entry **list, uint32_t *n,
                         dg_error *err);
    /* The items in which the document at `pos` wrote, ascending. */
    dg_status (*written)(void *self, dg_str pos, dgi_arena *a, dg_str **items, uint32_t *n, dg_error *err);
    /* The first document after `pos` that has `read`; len 0: none. */
    dg_status (*next_reader)(void *self, uint64_t read, dg_str pos, dgi_arena *a, dg_str *next, dg_error *err);
    /* The greatest position that has reads or was applied without any; len 0: nothing was applied yet. */
    dg_status (*last)(void *self, dgi_arena *a, dg_str *pos, dg_error *err);
    /* The events of the document that is to stand at `pos` (its latest version, or the one known on the day asked for). */
    dg_status (*document)(void *self, dg_str pos, dgi_arena *a, struct dgi_ev_doc *out, dg_error *err);
    /* ---- writing ---- */
    /* What the document at `pos` wrote in `item`, instead of what was there; blob.len 0: nothing any more. `lines` are the
     * lines of history in it, for those who keep columns beside the blob. */
    dg_status (*put_entry)(void *self, dg_str item, dg_str pos, dg_str blob, const struct dgi_sit_change *lines,
                           uint32_t n, dg_error *err);
    /* The item's head and, decoded, what a summary wants: it->id, kind, parties, content, condition; st: the state after
     * the last entry (as_of and known_on DGI_NO_DAY). it->history is NOT whole. blob.len 0: the item is gone, its head and
     * marks are to be dropped (it and st NULL). */
    dg_status (*put_head)(void *self, dg_str item, dg_str blob, const struct dgi_sit_item *it,
                          const struct dgi_item_state *st, dg_error *err);
    /* `marks` join those that the item bears; a mark that is there already is no fault. replace: the item bears these only. */
    dg_status (*put_marks)(void *self, dg_str item, const uint64_t *marks, uint32_t n, bool replace, dg_error *err);
    /* The reads of a document, ascending, instead of those kept. gone: the document is not on the board any more. */
    dg_status (*put_reads)(void *self, dg_str pos, const uint64_t *reads, uint32_t n, bool gone, dg_error *err);
};

/* ---- moving the board ---- */
typedef struct dgi_ledger dgi_ledger; /* one thread; holds heads between calls, in at most `cache` bytes */

/* rules and host are borrowed. cache 0 = 256 MiB. NULL: no memory. */
dgi_ledger *dgi_ledger_new(const dgi_sit_rules *rules, const struct dgi_ledger_host *host, size_t cache);
void dgi_ledger_free(dgi_ledger *l);
/* Forget what is held: after a transaction that was rolled back, or when somebody else has written. */
void dgi_ledger_forget(dgi_ledger *l);

struct dgi_ledger_change {
    dg_str pos;
    bool was, is; /* the document at `pos` was on the board; is to be on it. Both: another text at the same place. */
};
struct dgi_ledger_stats { /* counted up, never reset */
    uint64_t applied;     /* documents applied for the first time */
    uint64_t replayed;    /* documents applied again because of another */
    uint64_t removed;
    uint64_t items_read, items_written;
};
/* Bring the board up to date: one entry in `changes` for each position, in any order. What comes after everything that is
 * there costs what it says itself; what comes before replays the later documents that looked where it wrote, in order, and
 * stops where their entries come out as they were. `stats` may be NULL. `progress` (may be NULL) is called after each
 * document; false stops with DG_E_ARG, and the caller rolls back. After a failure the caller rolls its transaction back
 * and calls dgi_ledger_forget(). */
typedef bool dgi_ledger_progress(void *user, uint64_t done, uint64_t known_of);
dg_status dgi_ledger_move(dgi_ledger *l, const struct dgi_ledger_change *changes, uint32_t n,
                          struct dgi_ledger_stats *stats, dgi_ledger_progress *progress, void *user, dg_error *err);

/* ---- asking ---- */
/* The item with its whole history as it stood before position `before` (empty: now), in `a`. *out NULL: it did not exist.
 * `entries` as the host gives them; lets a host that scans many items in order pass what it has. */
dg_status dgi_ledger_item(const dgi_sit_rules *rules, dg_str item, const struct dgi_ledger_entry *entries, uint32_t n,
                          dg_str before, dgi_arena *a, const struct dgi_sit_item **out, dg_error *err);
/* Does a document of a day after `from` and up to `to` look for one of the item's parties? before: as in dgi_ledger_item(). */
dg_status dgi_ledger_heard(const dgi_sit_rules *rules, const struct dgi_ledger_host *host,
                           const struct dgi_sit_item *it, int32_t from, int32_t to, dg_str before, bool *heard,
                           dg_error *err);
/* (Items of an actor or of a pair are found by the host: it has the parties as columns from put_head.) */

/* What the events of `doc` would do, as dgi_board_what_if, over items loaded on demand. Items of `out` live in `a`. */
dg_status dgi_ledger_what_if(const dgi_sit_rules *rules, const struct dgi_ledger_host *host,
                             const struct dgi_ev_doc *doc, const struct dgi_sit_when *w, struct dgi_sit_effects *out,
                             dgi_arena *a, dg_error *err);

/* ---- what else was considered ---- */
/* Apply the document that stands at `pos` once more to the board as it stood before it, tell each comparison, and keep nothing. */
dg_status dgi_ledger_considered(const dgi_sit_rules *rules, const struct dgi_ledger_host *host, dg_str pos,
                                dgi_considered_fn *fn, void *user, dg_error *err);

/* ---- a host in memory, alone or over another ---- */
/* With `base` it is an overlay: what is written stays in memory, everything else is asked of base. For a question about a
 * day on which other versions were known, and for a reader that finds documents not yet brought in: make the changes on
 * the overlay, read it, throw it away. base->document is used for documents that were not given here. */
typedef struct dgi_ledger_memory dgi_ledger_memory;
dgi_ledger_memory *dgi_ledger_memory_new(const struct dgi_ledger_host *base);
void dgi_ledger_memory_free(dgi_ledger_memory *m);
const struct dgi_ledger_host *dgi_ledger_memory_host(dgi_ledger_memory *m);
/* The items that were written here, gone ones among them, ascending: who lists the items of base takes these instead. */
dg_status dgi_ledger_memory_changed(dgi_ledger_memory *m, dgi_arena *a, dg_str **items, uint32_t *n, dg_error *err);
/* Everything that was written here, one line for each item and document, for comparing: names and hashes. Not what base has. */
void dgi_ledger_memory_dump(dgi_ledger_memory *m, struct dgi_buf *out);
/* The document that `document` hands out for pos, borrowed until the host is freed; doc NULL: taken away. */
dg_status dgi_ledger_memory_put_document(dgi_ledger_memory *m, dg_str pos, const struct dgi_ev_doc *doc, dg_error *err);

#endif
