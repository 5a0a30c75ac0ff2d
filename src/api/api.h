/* SPDX-License-Identifier: Apache-2.0 */
/* api/api.h: what the files of api/ share. This room pulls the others together behind include/dragoman.h. */
#ifndef DGI_API_H
#define DGI_API_H

#include "base/error.h"
#include "base/json.h"
#include "base/table.h"
#include "base/utf8.h"
#include "clause/clause.h"
#include "code/code.h"
#include "doc/doc.h"
#include "event/from_doc.h"
#include "export/conllu.h"
#include "export/record.h"
#include "io/reader.h"
#include "lang/lang.h"
#include "quote/quote.h"
#include "resolve/actor.h"
#include "resolve/coref.h"
#include "resolve/place.h"
#include "resolve/quantity.h"
#include "resolve/time.h"
#include "situation/situation.h"
#include "store/store.h"
#include "text/article.h"
#include "text/conllu_read.h"
#include "text/language.h"
#include "text/segment.h"

struct dg_model {
    dgi_lexicon *lexicon;
    struct dgi_words *words;
    struct dgi_segmenter *segmenter;
    struct dgi_lang_model *lang;
    dgi_layout *layout;
    struct dgi_actors_ctx *actors;
    dgi_coder_tables *frames;
    struct dgi_quote_ctx *quotes;
    dgi_sit_rules *rules;
    struct dgi_codes codes;
    char kernel[24];
    const char *tier; /* "fast", "accurate" */
    char lexicon_text[120];
    char *dir; /* the data folder */
};

struct dg_coder {
    const dg_model *model;
    dg_coder_options options;
    struct dgi_lang_worker *worker;
    struct dgi_time_ctx *times;
    struct dgi_place_ctx *places;
    struct dgi_quantity_ctx *quantities;
    bool no_veto;         /* code_ctx.no_veto, for `lexicon check` */
    uint64_t repairs_off; /* of the parser (clause/repair.h); set by bench/without */
};

struct dg_record {
    uint64_t number, bytes;
    struct dgi_raw raw; /* views into `memory` */
    char *memory;
    bool is_conllu;   /* raw.body is one document of it, checked */
    dg_error warning; /* what was left out of it */
};

struct dg_event { /* behind the public handle */
    const struct dgi_event *e;
    const struct dg_doc *doc;
};
struct dg_doc {
    struct dgi_doc *d;
    struct dgi_ev_doc ev; /* the same resolved: made once, in d's arena */
    const dg_model *model;
    char warning[240];
    bool foreign;          /* in another language: nothing was coded */
    uint64_t record, byte; /* 0: not one of many */
    struct dg_event *events;
    struct dgi_cpmap map;
    struct dgi_item_change *items; /* what it does to an empty situation */
    uint32_t n_items;
    dgi_board *board; /* that situation */
};

/* Fills ev->attributions, into `a` (api/attributions.c). */
dg_status dgi_attributions_of(const struct dg_doc *doc, dgi_arena *a, struct dgi_ev_doc *ev, dg_error *err);

enum { DGI_DOCUMENT_MAX = 8 << 20, DGI_CONLLU_MAX = 512 << 20 };

/* The caller's options over the defaults in *own: as many bytes of them as both sides know. `given` may be NULL. */
static inline void dgi_options(void *own, size_t n_own, const void *given)
{
    uint32_t n;
    if (!given)
        return;
    memcpy(&n, given, sizeof n);
    memcpy(own, given, n < n_own ? n : n_own);
    n = (uint32_t)n_own;
    memcpy(own, &n, sizeof n);
}
/* Answers into the caller's struct, of which only its `size` bytes may be written. */
static inline void dgi_answer(void *out, const void *own, size_t n_own)
{
    uint32_t n;
    memcpy(&n, out, sizeof n);
    size_t m = n < n_own ? n : n_own;
    if (m > sizeof n)
        memcpy((char *)out + sizeof n, (const char *)own + sizeof n, m - sizeof n);
}

/* What codes, as a number: of the contents of models and lexicon. Never 0. */
uint64_t dgi_coder_sum(const dg_model *m);
struct dg_store {
    dgi_store *s;
    const dg_model *model;
    int32_t today; /* DGI_NO_DAY: not told */
};

/* The public handles of a resolved document. False: no memory. */
bool dgi_views_make(struct dg_doc *doc);
/* The items that the filter wants, as handles: of a board, which must live as long (NULL: none), and of a store. */
dg_status dgi_board_view(dg_board **out, const dgi_board *from, const struct dgi_sit_filter *f, dg_error *err);
dg_status dgi_board_of_store(dg_board **out, dgi_store *s, const struct dgi_sit_filter *f, dg_error *err);
/* Are code, status, days and actors of a question such as there are? DG_E_ARG says what would have been right. `actor` and
 * `other` may be NULL; one that the registry does not know is looked for among the events of the store. */
dg_status dgi_question_check(const dg_model *m, dgi_store *store, const dg_query *q, const char *actor,
                             const char *other, dg_error *err);
/* A query with NUL-terminated, composed copies of its strings, checked: what there is not is DG_E_ARG. store NULL: an actor that
 * the registry does not know is let pass. The arena is the caller's to free, on success alone. */
struct dgi_asked {
    dg_query q;
    dgi_arena *a;
    const char *actor, *other, *code, *status, *place;
    uint32_t kinds;
    uint64_t statuses; /* of items */
};
/* As dgi_ask(), but `status` is of items: accepted, held, due, ... */
dg_status dgi_ask_board(struct dgi_asked *out, const dg_model *m, dgi_store *store, const dg_query *query,
                        dg_error *err);
dg_status dgi_ask(struct dgi_asked *out, const dg_model *m, dgi_store *store, const dg_query *query, dg_error *err);
struct dgi_timeline_filter dgi_ask_timeline(const struct dgi_asked *k); /* views into k->a */
struct dgi_sit_filter dgi_ask_items(const struct dgi_asked *k);         /* likewise */
/* DG_E_ARG: `kind` is no kind of item; names those there are. */
dg_status dgi_question_kind(dg_str kind, dg_error *err);
/* Code a text that a store has kept, as it was coded when it came. */
dg_status dgi_code_kept(dg_doc **out, dg_coder *c, const struct dgi_ev_doc *kept, dg_error *err);
/* Take the bytes of a growing buffer as the caller's text. */
dg_status dgi_text_give(dg_text *out, struct dgi_buf *buf, dg_error *err);

/* Tell every cell of a column with a closed list of words that holds another one (lexicon_columns.c). */
void dgi_lexicon_columns_check(const struct dgi_tsv *t, dgi_fault_fn *fault, void *user);
/* Rows of a user, before they are laid over the lexicon (dgi_rows_check): states, sectors, days and closed columns. */
/* Faults of a user's own frames, which the coder left out. */
dg_status dgi_lexicon_own_frames(const dgi_lexicon *lex, const dgi_coder_tables *frames, dg_error *err);
void dgi_lexicon_own_check(const dgi_lexicon *lex, const struct dgi_tsv *own, dgi_fault_fn *fault, void *user);

#endif
