/* SPDX-License-Identifier: Apache-2.0 */
/* store/store.h: documents, statements, events and items, kept in one SQLite file or in PostgreSQL (store/backend.h).
 *
 * One store handle belongs to one thread. Any number of handles read; one process at a time writes (flock on FILE-lock, an advisory lock).
 * docs/formats/store.md has the schema, docs/stages/store.md the why. */
#ifndef DGI_STORE_H
#define DGI_STORE_H

#include "situation/situation.h"

enum { DGI_STORE_SCHEMA = 5, DGI_STORE_MAX_ID = 4096 /* bytes of an id, of an address */ };

typedef struct dgi_store dgi_store;

/* `rules` is borrowed until close. write: the file is made when it is missing, migrated when it is older; refused when it
 * is newer or belongs to another program; another writer is waited for, a minute at most. Without write nothing is ever changed. */
dg_status dgi_store_open(dgi_store **out, const char *path, bool write, const dgi_sit_rules *rules, dg_error *err);
struct dgi_store_options; /* storefile.h; NULL: as above */
dg_status dgi_store_open_with(dgi_store **out, const char *path, bool write, const dgi_sit_rules *rules,
                              const struct dgi_store_options *o, dg_error *err);
/* What other programs ask of a database, made for these codes: views and functions of a store in PostgreSQL. Nothing elsewhere. */
struct dgi_codes;
dg_status dgi_store_publish(dgi_store *s, const struct dgi_codes *codes, dg_error *err);
/* Also what has not been synced is kept: a reader works it out over the kept board, the next writer brings it there. */
void dgi_store_close(dgi_store *s);
/* Of what is put in from now on no running text is kept: hashes, offsets, titles, names, codes, triggers, and of a clause its content
 * words as lemmas. Such documents are not coded again. */
void dgi_store_no_text(dgi_store *s, bool yes);
/* Who codes what is put in from now on: a hash of model and lexicon, kept with each document. */
void dgi_store_coder(dgi_store *s, uint64_t coder);

/* ---- writing ---- */
enum dgi_ingest_result { DGI_INGEST_ADDED, DGI_INGEST_SAME, DGI_INGEST_CORRECTED };

/* Keep one coded document, in one transaction. The same address (else id) with the current text again changes nothing; with
 * another text it is a corrected version, known from its own publication day or, when that is not later, from `today`
 * (DGI_NO_DAY: the day after the version before it). So is a text that was replaced once and comes back, unless it says
 * itself that it is older than the current one; within one day the last to come back counts. A document without id and
 * address gets an id made of its text. Items follow at the next dgi_store_sync(). DG_E_LIMIT: an id or address of more
 * than DGI_STORE_MAX_ID bytes. */
dg_status dgi_store_put(dgi_store *s, const struct dgi_ev_doc *doc, int32_t today, enum dgi_ingest_result *result,
                        dg_error *err);
/* Is this very text already there under this address or id? Lets a caller skip the coding. */
dg_status dgi_store_has(dgi_store *s, const struct dgi_meta *meta, dg_str text, bool *has, dg_error *err);
/* The publisher took it back: from `day` on it is not known any more. *found false: no such document. */
dg_status dgi_store_withdraw(dgi_store *s, dg_str url_or_id, int32_t day, bool *found, dg_error *err);
/* Bring the kept board up to date: the new documents, and those later ones that looked where they wrote. */
dg_status dgi_store_sync(dgi_store *s, dg_error *err);
/* Asked between the transactions of dgi_store_sync(): false stops it with DG_E_CANCELLED. fn may be NULL. */
void dgi_store_progress(dgi_store *s, dg_progress_fn *fn, void *user);

/* Kept texts coded again. begin: how many were coded by another than dgi_store_coder() said; when they are many the board is
 * put aside until the next dgi_store_sync(). next: the first of them after number `after` (0: from the start), with its
 * text; *no 0: no more. recode: its new coding, in one transaction. What a kill leaves undone the next run finds. */
dg_status dgi_store_recode_begin(dgi_store *s, uint64_t *n_texts, dg_error *err);
dg_status dgi_store_recode_next(dgi_store *s, int64_t after, dgi_arena *a, int64_t *no, struct dgi_ev_doc *out,
                                dg_error *err);
dg_status dgi_store_recode(dgi_store *s, int64_t no, const struct dgi_ev_doc *doc, dg_error *err);

/* Look for what is wrong: the file itself, rows that belong to nothing, the board against one made anew. A line of text for
 * each finding and each remark; *wrong counts the findings. repair (a writer's store only): the board is made anew. */
typedef bool dgi_line_fn(void *user, const char *line);
dg_status dgi_store_doctor(dgi_store *s, bool repair, dgi_line_fn *fn, void *user, uint64_t *wrong, dg_error *err);

/* ---- asking ---- */
struct dgi_store_counts {
    uint64_t documents, versions, statements, events, items;
    int32_t first, last; /* publication days, DGI_NO_DAY: none */
};
dg_status dgi_store_count(dgi_store *s, struct dgi_store_counts *out, dg_error *err); /* looks at every row */
dg_status dgi_store_last_day(dgi_store *s, int32_t *day, dg_error *err); /* of publication; DGI_NO_DAY: none */

/* *w made whole: as_of DGI_NO_DAY becomes the last publication day (known_on, if the store knows later ones). */
dg_status dgi_store_day(dgi_store *s, struct dgi_sit_when *w, dg_error *err);
/* The items that the filter wants, by kind, then in order of opening, as they stand on f->when. Views during the call;
 * false stops. */
typedef bool dgi_store_item_fn(void *user, const struct dgi_sit_item *it, const struct dgi_item_state *state);
dg_status dgi_store_each_item(dgi_store *s, const struct dgi_sit_filter *f, dgi_store_item_fn *fn, void *user,
                              dg_error *err);
struct dgi_store_item {
    const struct dgi_sit_item *it;
    struct dgi_item_state state;
    dg_str key; /* sorts in order of opening */
};
/* The same in order of opening, in `a`. */
dg_status dgi_store_items(dgi_store *s, const struct dgi_sit_filter *f, dgi_arena *a, struct dgi_store_item **list,
                          uint32_t *n, dg_error *err);
/* One item by its id or an unambiguous beginning of it (4 bytes at least), with its whole history, in `a`. *w becomes the day
 * it is asked for. DG_E_ARG: no such item, or several. */
dg_status dgi_store_item(dgi_store *s, dg_str id, struct dgi_sit_when *w, dgi_arena *a,
                         const struct dgi_sit_item **item, dg_error *err);
/* For the newest documents that wrote in the item (`key` of dgi_store_item, at most 32): with what else each of their events
 * was compared, and how well it fitted. */
dg_status dgi_store_considered(dgi_store *s, dg_str key, dgi_considered_fn *fn, void *user, dg_error *err);
/* What the events of `doc` would bring due, carry out, meet, keep or break. Items of `out` live in `a`. */
dg_status dgi_store_what_if(dgi_store *s, const struct dgi_ev_doc *doc, const struct dgi_sit_when *w,
                            struct dgi_sit_effects *out, dgi_arena *a, dg_error *err);

/* ---- what readers said ---- */
/* A reader's word on an item or an event. It stands beside the machine's, which it does not change, and is only ever added to. */
enum dgi_says {
    DGI_SAYS_ACCEPT,
    DGI_SAYS_STRIKE,
    DGI_SAYS_MERGE,
    DGI_SAYS_SPLIT,
    DGI_SAYS_STATUS,
    DGI_SAYS_UNDO,
    DGI_N_SAYS
};
extern const char *const dgi_says_name[DGI_N_SAYS];
struct dgi_verdict {
    int64_t no;          /* 1 and up, in order of being said */
    dg_str target, kind; /* id as it was then; kind of the item, or "event" */
    dg_str document;     /* where it began: finds the matter again when texts that are coded anew give it another id */
    uint32_t start, end; /* the sentence there, code points */
    uint8_t says;        /* enum dgi_says */
    dg_str value; /* merge: the other item; split: an event of its history; status: which; undo: number of a verdict */
    dg_str by, reason;
    int32_t day;
    bool undone; /* worked out when they are read */
};
typedef bool dgi_verdict_fn(void *user, const struct dgi_verdict *v); /* false stops */
/* Checks and keeps one: target an id of an item or an event (or an unambiguous beginning of an item's), for undo the number of a
 * verdict. Sets no, kind, document, start, end and the whole id. DG_E_ARG: there is no such thing, or that cannot be said of it. */
dg_status dgi_store_judge(dgi_store *s, struct dgi_verdict *v, dg_error *err);
/* All of them, in order of no, in `a`. */
dg_status dgi_store_verdicts(dgi_store *s, dgi_arena *a, struct dgi_verdict **list, uint32_t *n, dg_error *err);
/* Is it about this item, also under another id? */
bool dgi_verdict_about(const struct dgi_verdict *v, const struct dgi_sit_item *it);

struct dgi_store_source { /* the document a row comes from; views valid during the callback */
    dg_str id, url, title, publisher;
    int32_t published;
};
struct dgi_timeline_filter {                   /* empty / DGI_NO_DAY = all */
    const char *actor, *between_a, *between_b; /* as in dgi_sit_filter */
    const char *place;                         /* name or ISO3 */
    const char *code;                          /* CAMEO prefix, PLOVER event or EVENT.mode */
    const char *status;                        /* actual, historical, future, hypothetical; joined by ',' */
    int32_t from, to;                          /* day of the event */
    int32_t known_on;
    uint64_t limit, offset; /* events given at most, 0 = all; passed over before them */
    double min_confidence;  /* 0 = all */
    bool fold;              /* of what a document tells more than once one account */
    bool acts;              /* of what several documents tell one account, the first; fold as well */
};
/* clang-format off */
#define DGI_TIMELINE_INIT {NULL, NULL, NULL, NULL, NULL, NULL, DGI_NO_DAY, DGI_NO_DAY, DGI_NO_DAY, 0, 0, 0, false, false}
/* clang-format on */
/* false stops. Events come in order of day, then document, then position. */
typedef bool dgi_event_fn(void *user, const struct dgi_store_source *src, int32_t day, const struct dgi_event *ev);
dg_status dgi_store_timeline(dgi_store *s, const struct dgi_timeline_filter *f, dgi_event_fn *fn, void *user,
                             dg_error *err);
/* The same with the whole document: the event is doc->events[n]. Few documents are loaded twice. */
typedef bool dgi_doc_event_fn(void *user, const struct dgi_ev_doc *doc, uint32_t n, int32_t day);
dg_status dgi_store_events(dgi_store *s, const struct dgi_timeline_filter *f, dgi_doc_event_fn *fn, void *user,
                           dg_error *err);
/* Does it fit all of the filter but its days? */
bool dgi_event_wanted(const struct dgi_event *ev, const struct dgi_timeline_filter *f);
/* Which of a document's events the filter leaves out, days and fold included: an array in `a`. NULL: no memory. */
const bool *dgi_events_left_out(const struct dgi_ev_doc *doc, const struct dgi_timeline_filter *f, dgi_arena *a);
struct dgi_said {
    dg_str id, speaker, speaker_name, content, sentence;
    uint32_t start, end, sent_start; /* code points */
    char speaker_country[4];
    uint8_t kind;
};
typedef bool dgi_said_fn(void *user, const struct dgi_store_source *src, const struct dgi_said *said);
/* Statements of documents published from..to, in order. actor: as in dgi_sit_filter, NULL = all. */
dg_status dgi_store_said(dgi_store *s, const char *actor, int32_t from, int32_t to, int32_t known_on, dgi_said_fn *fn,
                         void *user, dg_error *err);

/* Documents known on `known_on`, in order of publication. */
typedef bool dgi_source_fn(void *user, const struct dgi_store_source *src);
dg_status dgi_store_sources(dgi_store *s, int32_t known_on, dgi_source_fn *fn, void *user, dg_error *err);

/* The same, each loaded whole; views during the call. */
typedef bool dgi_doc_fn(void *user, const struct dgi_ev_doc *doc);
dg_status dgi_store_docs(dgi_store *s, int32_t from, int32_t to, int32_t known_on, dgi_doc_fn *fn, void *user,
                         dg_error *err);

/* The whole document by address or id, in `a`. */
dg_status dgi_store_load(dgi_store *s, dg_str url_or_id, dgi_arena *a, struct dgi_ev_doc *out, bool *found,
                         dg_error *err);
/* In a message log: which message is the next to be read, -1 not known. What is set is written with the next document. */
dg_status dgi_store_position(dgi_store *s, dg_str log, int64_t *next, dg_error *err);
dg_status dgi_store_set_position(dgi_store *s, dg_str log, int64_t next, dg_error *err);
/* Another number than at the last call on this handle: somebody else has written since. */
dg_status dgi_store_version(dgi_store *s, uint64_t *version, dg_error *err);

/* The document by address or id: its record without the events. false in *found: none. Views valid until the next call. */
dg_status dgi_store_document(dgi_store *s, dg_str url_or_id, struct dgi_store_source *src, dg_str *text, bool *found,
                             dg_error *err);

#endif
