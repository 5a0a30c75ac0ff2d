/* SPDX-License-Identifier: Apache-2.0 */
/* store/store.h: documents, statements, events and items in one SQLite file.
 *
 * One store handle belongs to one thread. Any number of handles read; one process at a time writes (flock on FILE-lock).
 * docs/formats/store.md has the schema, docs/stages/store.md the why. */
#ifndef DGI_STORE_H
#define DGI_STORE_H

#include "situation/situation.h"

enum { DGI_STORE_SCHEMA = 1, DGI_STORE_MAX_ID = 4096 /* bytes of an id, of an address */ };

typedef struct dgi_store dgi_store;

/* `rules` is borrowed until close. write: the file is made when it is missing, migrated when it is older; refused when it
 * is newer or belongs to another program; another writer is waited for, a minute at most. Without write nothing is ever changed. */
dg_status dgi_store_open(dgi_store **out, const char *path, bool write, const dgi_sit_rules *rules, dg_error *err);
struct dgi_store_options; /* storefile.h; NULL: as above */
dg_status dgi_store_open_with(dgi_store **out, const char *path, bool write, const dgi_sit_rules *rules, const struct dgi_store_options *o, dg_error *err);
/* Also what has not been synced is kept; the next writer or reader works the items out again. */
void dgi_store_close(dgi_store *s);

/* ---- writing ---- */
enum dgi_ingest_result { DGI_INGEST_ADDED, DGI_INGEST_SAME, DGI_INGEST_CORRECTED };

/* Keep one coded document, in one transaction. The same address (else id) with the current text again changes nothing; with
 * another text it is a corrected version, known from its own publication day or, when that is not later, from `today`
 * (DGI_NO_DAY: the day after the version before it). So is a text that was replaced once and comes back, unless it says
 * itself that it is older than the current one; within one day the last to come back counts. Items follow at the next
 * dgi_store_sync(). DG_E_LIMIT: an id or address of more than DGI_STORE_MAX_ID bytes. */
dg_status dgi_store_put(dgi_store *s, const struct dgi_ev_doc *doc, int32_t today, enum dgi_ingest_result *result, dg_error *err);
/* Is this very text already there under this address or id? Lets a caller skip the coding. */
dg_status dgi_store_has(dgi_store *s, const struct dgi_meta *meta, dg_str text, bool *has, dg_error *err);
/* The publisher took it back: from `day` on it is not known any more. *found false: no such document. */
dg_status dgi_store_withdraw(dgi_store *s, dg_str url_or_id, int32_t day, bool *found, dg_error *err);
/* Bring the kept items up to date. Cheap when the new documents are the latest; else everything is worked out again. */
dg_status dgi_store_sync(dgi_store *s, dg_error *err);

/* ---- asking ---- */
struct dgi_store_counts {
    uint64_t documents, versions, statements, events, items;
    int32_t first, last; /* publication days, DGI_NO_DAY: none */
};
dg_status dgi_store_count(dgi_store *s, struct dgi_store_counts *out, dg_error *err);

/* The board from the documents known on `known_on` (DGI_NO_DAY: all), to be freed with dgi_board_free(). */
dg_status dgi_store_board(dgi_store *s, int32_t known_on, dgi_board **out, dg_error *err);
/* The board for a question, in one read transaction: of what was known on w->known_on; w->as_of, when it is DGI_NO_DAY,
 * becomes the last publication day (known_on, if that is earlier). To be freed with dgi_board_free(). */
dg_status dgi_store_stand(dgi_store *s, struct dgi_sit_when *w, dgi_board **out, dg_error *err);
/* One item by its id or an unambiguous beginning of it (4 bytes at least), on the board that holds it, to be freed by the
 * caller. *w becomes the day it is asked for. DG_E_ARG: no such item, or several. */
dg_status dgi_store_item(dgi_store *s, dg_str id, struct dgi_sit_when *w, dgi_board **board, const struct dgi_sit_item **item, dg_error *err);

struct dgi_store_source { /* the document a row comes from; views valid during the callback */
    dg_str id, url, title, publisher;
    int32_t published;
};
struct dgi_timeline_filter { /* empty / DGI_NO_DAY = all */
    const char *actor, *between_a, *between_b; /* as in dgi_sit_filter */
    const char *place;                         /* name or ISO3 */
    const char *code;                          /* CAMEO prefix, PLOVER event or EVENT.mode */
    const char *status;                        /* actual, historical, future, hypothetical; joined by ',' */
    int32_t from, to;                          /* day of the event */
    int32_t known_on;
    uint64_t limit;                            /* 0 = all */
};
#define DGI_TIMELINE_INIT {NULL, NULL, NULL, NULL, NULL, NULL, DGI_NO_DAY, DGI_NO_DAY, DGI_NO_DAY, 0}
/* false stops. Events come in order of day, then document, then position. */
typedef bool dgi_event_fn(void *user, const struct dgi_store_source *src, int32_t day, const struct dgi_event *ev);
dg_status dgi_store_timeline(dgi_store *s, const struct dgi_timeline_filter *f, dgi_event_fn *fn, void *user, dg_error *err);
struct dgi_said {
    dg_str id, speaker, speaker_name, content, sentence;
    uint32_t start, end, sent_start; /* code points */
    uint8_t kind;
};
typedef bool dgi_said_fn(void *user, const struct dgi_store_source *src, const struct dgi_said *said);
/* Statements of documents published from..to, in order. actor: as in dgi_sit_filter, NULL = all. */
dg_status dgi_store_said(dgi_store *s, const char *actor, int32_t from, int32_t to, int32_t known_on, dgi_said_fn *fn, void *user,
                         dg_error *err);

/* Documents known on `known_on`, in order of publication. */
typedef bool dgi_source_fn(void *user, const struct dgi_store_source *src);
dg_status dgi_store_sources(dgi_store *s, int32_t known_on, dgi_source_fn *fn, void *user, dg_error *err);

/* The document by address or id: its record without the events. false in *found: none. Views valid until the next call. */
dg_status dgi_store_document(dgi_store *s, dg_str url_or_id, struct dgi_store_source *src, dg_str *text, bool *found, dg_error *err);

#endif
