/* SPDX-License-Identifier: Apache-2.0 */
/* dragoman.h: who did what to whom, who said it, and where every matter stands. The whole public interface.
 *
 * The shortest use (examples/code_text.c):
 *
 *     dg_model *model;  dg_coder *coder;  dg_doc *doc;  dg_error err;
 *     dg_model_open(&model, NULL, &err);              trained models and lexicon, mapped; one for all threads
 *     dg_coder_new(&coder, model, NULL, &err);        scratch memory; one for each thread
 *     dg_code(&doc, coder, text, NULL, &err);         analyse and code
 *     for (uint32_t i = 0; i < dg_doc_n_events(doc); i++) ... dg_doc_event(doc, i)->plover ...
 *     dg_doc_free(doc);  dg_coder_free(coder);  dg_model_close(model);
 *
 * Rules that hold everywhere
 *   Ownership  `out` comes first; on success the caller owns *out and frees it with the function named there, on failure
 *              *out is NULL. Whatever is reached from a handle lives as long as that handle. Freeing NULL is fine.
 *   Errors     the status tells a program what it can do, err->message tells a person; err may be NULL.
 *   Offsets    count Unicode code points (_cp) of dg_doc_text(), 0-based, end exclusive; start == end means "none".
 *   Days       are int32_t since 1970-01-01; DG_NO_DAY is "not known".
 *   Threads    a dg_model may be shared; every other handle belongs to one thread at a time.
 *   Strings    are UTF-8 views (dg_str), not NUL-terminated unless said so. {NULL,0} or length 0 = absent.
 *   Structs    that the caller fills begin with `size`, set by their _INIT; fields join at the end only.
 *   The library keeps no global state, prints nothing and never exits. */
#ifndef DRAGOMAN_H
#define DRAGOMAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define DG_API __attribute__((visibility("default")))
#else
#define DG_API
#endif

/* ---- version ------------------------------------------------------------------------------------------------- */
#define DG_VERSION "0.1.0"
/* The library's own version, NUL-terminated, static. Compare with DG_VERSION. */
DG_API const char *dg_version(void);

/* ---- errors -------------------------------------------------------------------------------------------------- */
/* What a call came to. A number never changes its meaning. */
typedef enum dg_status {
    DG_OK = 0,
    DG_E_IO = 1,      /* a file could not be opened, read or written */
    DG_E_FORMAT = 2,  /* the input is not what it says it is */
    DG_E_MODEL = 3,   /* model or lexicon file missing, damaged or of another version */
    DG_E_NOMEM = 4,   /* out of memory */
    DG_E_LIMIT = 5,   /* larger than a limit allows */
    DG_E_STORE = 6,   /* the store cannot be used */
    DG_E_ARG = 7,     /* an argument makes no sense (a date that is none, an unknown name) */
    DG_E_LEXICON = 8  /* a lexicon table has a bad row */
} dg_status;

/* Where and what. message is one line of UTF-8 without newline or full stop. */
typedef struct dg_error {
    dg_status status;
    uint64_t record; /* 1-based record of the input; 0: not about a record */
    uint64_t byte;   /* 0-based offset in the input */
    char message[240];
} dg_error;

/* ---- text ---------------------------------------------------------------------------------------------------- */
/* A piece of UTF-8 that somebody else owns. Not NUL-terminated. */
typedef struct dg_str {
    const char *ptr;
    size_t len;
} dg_str;

/* Text that the library made and the caller frees with dg_text_free(); NUL-terminated beyond len. */
typedef struct dg_text {
    char *ptr;
    size_t len;
} dg_text;
DG_API void dg_text_free(dg_text *text);

/* For whoever shows text of others on a terminal: how many bytes from the start of s can be shown as they are. *bad: the
 * bytes after them that cannot, a character that steers the terminal or turns the order of the line (controls but tab and
 * newline, U+0080-U+009F, bidi marks) or an ill-formed byte; write U+FFFD for it and go on behind it. 0: all of s can.
 * Texts and names of a document hold no controls; bidi marks they may. */
DG_API size_t dg_shown(dg_str s, size_t *bad);

/* The mark that closes the double quotation which s, a slice of a text, opens and does not close; empty: none is open. */
DG_API dg_str dg_unclosed(dg_str s);

typedef struct dg_span {
    uint32_t start_cp, end_cp;
} dg_span;

#define DG_NO_DAY INT32_MIN
#define DG_NONE UINT32_MAX
/* "2022-01-12" -> day; DG_NO_DAY when it is no date. */
DG_API int32_t dg_day_parse(dg_str iso);
/* Writes "2022-01-12" and NUL. */
DG_API void dg_day_format(int32_t day, char out[16]);

/* ---- model --------------------------------------------------------------------------------------------------- */
/* The trained models (segment.dgm, parser.dgm) and the compiled lexicon (world.lex: what is true in any
 * language; en.lex: the words of English), all mapped read-only. */
typedef struct dg_model dg_model;

typedef enum dg_kernel { /* same results, different speed */
    DG_KERNEL_AUTO = 0,
    DG_KERNEL_SCALAR = 1,
    DG_KERNEL_AVX2 = 2,
    DG_KERNEL_AVX512 = 3
} dg_kernel;

typedef struct dg_model_options {
    uint32_t size;
    /* Folder that holds the three files. NULL: the environment's DRAGOMAN_DATA, else a folder `share/dragoman` beside the
     * program's own `bin`, else the folder of the build, else the one given at installation. */
    const char *data_dir;
    uint32_t kernel; /* dg_kernel */
} dg_model_options;
#define DG_MODEL_OPTIONS_INIT {sizeof(dg_model_options), NULL, DG_KERNEL_AUTO}

/* options may be NULL. Fails with DG_E_MODEL when a file is missing, damaged or of another version, DG_E_NOMEM. */
DG_API dg_status dg_model_open(dg_model **out, const dg_model_options *options, dg_error *err);
/* No coder, store or document made with it may be in use any more. */
DG_API void dg_model_close(dg_model *model);
/* The language model's card (data, licences, scores), Markdown. Lives with the model. */
DG_API dg_str dg_model_card(const dg_model *model);
/* What runs: "avx512-vnni", "avx2" or "scalar"; and how large the lexicon is ("1612 frames, 1034 triggers, ..."). */
DG_API const char *dg_model_kernel(const dg_model *model);
DG_API dg_str dg_model_lexicon(const dg_model *model);

/* ---- coder --------------------------------------------------------------------------------------------------- */
/* Scratch memory and settings of one thread. */
typedef struct dg_coder dg_coder;
typedef struct dg_doc dg_doc;

typedef enum dg_depth { /* how far to go */
    DG_DEPTH_TEXT = 0,  /* article text and metadata only */
    DG_DEPTH_TOKENS = 1,
    DG_DEPTH_PARSE = 2, /* tags, lemmas, trees, names */
    DG_DEPTH_CODE = 3   /* everything */
} dg_depth;

typedef struct dg_coder_options {
    uint32_t size;
    uint32_t depth;     /* dg_depth */
    bool trace;         /* keep the reasons for dg_explain() */
    uint32_t max_bytes; /* largest document text, 0 = 8 MiB */
    int32_t published;  /* publication day of every document, before what it says itself; DG_NO_DAY: none */
    bool plain;         /* every paragraph is running text: captions, bylines, "Related" lines are not looked for */
} dg_coder_options;
#define DG_CODER_OPTIONS_INIT {sizeof(dg_coder_options), DG_DEPTH_CODE, false, 0, DG_NO_DAY, false}

DG_API dg_status dg_coder_new(dg_coder **out, const dg_model *model, const dg_coder_options *options, dg_error *err);
DG_API void dg_coder_free(dg_coder *coder);

/* What the caller knows of a document; absent strings stay empty. `published` goes before what the text says. */
typedef struct dg_meta {
    uint32_t size;
    dg_str id, url, title, author, publisher;
    int32_t published;
} dg_meta;
#define DG_META_INIT {sizeof(dg_meta), {NULL, 0}, {NULL, 0}, {NULL, 0}, {NULL, 0}, {NULL, 0}, DG_NO_DAY}

/* Analyse `text` (plain UTF-8) and code its events. text and meta (may be NULL) are borrowed for the call.
 * *out owns all that can be reached from it, until dg_doc_free(). Ill-formed UTF-8 and NULs are replaced by U+FFFD.
 * Fails with DG_E_FORMAT when there is no text in it, DG_E_LIMIT when text is longer than options.max_bytes, DG_E_NOMEM. */
DG_API dg_status dg_code(dg_doc **out, dg_coder *coder, dg_str text, const dg_meta *meta, dg_error *err);
DG_API void dg_doc_free(dg_doc *doc);

/* ---- reading files ------------------------------------------------------------------------------------------- */
typedef struct dg_reader dg_reader;
typedef struct dg_record dg_record; /* the bytes of one news item, not yet analysed */

typedef enum dg_input {
    DG_INPUT_AUTO = 0, /* by content */
    DG_INPUT_TEXT = 1,
    DG_INPUT_HTML = 2,
    DG_INPUT_JSONL = 3,  /* one object a line: id, text or html, title, url, published, author, publisher */
    DG_INPUT_CONLLU = 4  /* tokens and sentences are kept, the annotation is replaced */
} dg_input;

typedef struct dg_reader_options {
    uint32_t size;
    uint32_t input;      /* dg_input */
    uint64_t max_bytes;  /* largest record, 0 = 8 MiB */
} dg_reader_options;
#define DG_READER_OPTIONS_INIT {sizeof(dg_reader_options), DG_INPUT_AUTO, 0}

/* path "-" is standard input. Fails with DG_E_IO (missing, a directory, unreadable), DG_E_FORMAT (binary). */
DG_API dg_status dg_reader_open(dg_reader **out, const char *path, const dg_reader_options *options, dg_error *err);
/* The next record. DG_OK with *out NULL: the end. Any other status: this record cannot be had and *err says why; the next
 * call goes on behind it (after DG_E_IO and DG_E_NOMEM it says end). */
DG_API dg_status dg_reader_next(dg_record **out, dg_reader *reader, dg_error *err);
DG_API void dg_reader_close(dg_reader *reader);
DG_API void dg_record_free(dg_record *record);
DG_API uint64_t dg_record_number(const dg_record *record); /* 1-based */
DG_API uint64_t dg_record_bytes(const dg_record *record);
/* Analyse a record; as dg_code(). A warning (bad bytes replaced, a sentence left out) is told by dg_doc_warning(). */
DG_API dg_status dg_code_record(dg_doc **out, dg_coder *coder, const dg_record *record, dg_error *err);

/* ---- document ------------------------------------------------------------------------------------------------ */
DG_API dg_str dg_doc_text(const dg_doc *doc); /* what all offsets point into */
DG_API dg_str dg_doc_warning(const dg_doc *doc);
DG_API dg_str dg_doc_id(const dg_doc *doc);
DG_API dg_str dg_doc_url(const dg_doc *doc);
DG_API dg_str dg_doc_title(const dg_doc *doc);
DG_API dg_str dg_doc_author(const dg_doc *doc);
DG_API dg_str dg_doc_publisher(const dg_doc *doc);
DG_API int32_t dg_doc_published(const dg_doc *doc);
DG_API dg_str dg_doc_published_from(const dg_doc *doc); /* meta url dateline option feed none */

DG_API uint32_t dg_doc_n_tokens(const dg_doc *doc); /* syntactic words */
DG_API uint32_t dg_doc_n_sentences(const dg_doc *doc);
DG_API dg_span dg_doc_sentence(const dg_doc *doc, uint32_t sent);
/* Of token `tok`, 0 <= tok < dg_doc_n_tokens(doc). Views into `doc`. */
DG_API dg_str dg_token_form(const dg_doc *doc, uint32_t tok);
DG_API dg_str dg_token_lemma(const dg_doc *doc, uint32_t tok);
DG_API dg_str dg_token_upos(const dg_doc *doc, uint32_t tok);
DG_API dg_str dg_token_deprel(const dg_doc *doc, uint32_t tok);
DG_API uint32_t dg_token_head(const dg_doc *doc, uint32_t tok); /* DG_NONE for the root of a sentence */
DG_API dg_span dg_token_span(const dg_doc *doc, uint32_t tok);

/* An actor of the document, or what fills a slot. */
typedef struct dg_actor {
    dg_str id;      /* "country:RUS", "org:NATO", "person:Wendy Sherman", "role:RUS:MIL"; see docs/formats/record.md */
    dg_str name;
    dg_str country; /* ISO 3166-1 alpha-3 */
    dg_str cameo;   /* CAMEO actor code */
    dg_str sectors; /* PLOVER sectors, comma between */
    dg_span span;   /* where it stands */
} dg_actor;

typedef struct dg_dates {
    int32_t start, end; /* days, inclusive */
    dg_str precision;   /* day week month quarter year unknown */
} dg_dates;

typedef struct dg_statement {
    dg_str kind;          /* direct indirect mixed */
    dg_actor speaker;     /* id empty: not known who */
    dg_span cue;
    const dg_span *content;
    uint32_t n_content;
    dg_actor addressee;
    uint32_t sentence;
    bool negated;
} dg_statement;

typedef enum dg_event_status {
    DG_STATUS_ACTUAL = 0,
    DG_STATUS_HISTORICAL = 1,
    DG_STATUS_FUTURE = 2,
    DG_STATUS_HYPOTHETICAL = 3
} dg_event_status;

typedef struct dg_event {
    dg_str id;
    uint32_t sentence;
    dg_span trigger;
    dg_str trigger_text;
    const dg_actor *source, *target;
    uint32_t n_source, n_target;
    bool reciprocal;
    dg_str cameo, cameo_name;
    dg_str plover, mode, contexts;
    double goldstein; /* -10..10, NaN unknown */
    int quad;         /* 1..4 */
    uint32_t status;  /* dg_event_status */
    bool negated;
    uint32_t statement; /* index or DG_NONE */
    dg_dates date;
    bool date_from_text;
    dg_str place;       /* name; empty: none */
    dg_str place_country;
    double lat, lon;    /* NaN unknown */
    uint32_t content_of, condition_of; /* index of the parent event or DG_NONE */
    dg_span content_span, condition_span;
    double confidence;  /* 0..1 */
    dg_str frame;       /* id of the lexicon row */
} dg_event;

/* Valid until dg_doc_free(). i below the count. */
DG_API uint32_t dg_doc_n_statements(const dg_doc *doc);
DG_API const dg_statement *dg_doc_statement(const dg_doc *doc, uint32_t i);
DG_API uint32_t dg_doc_n_events(const dg_doc *doc);
DG_API const dg_event *dg_doc_event(const dg_doc *doc, uint32_t i);
DG_API uint32_t dg_doc_n_entities(const dg_doc *doc);
DG_API dg_actor dg_doc_entity(const dg_doc *doc, uint32_t i);

typedef enum dg_format { DG_FORMAT_JSON = 0, DG_FORMAT_JSON_TEXT = 1 /* with "text" */, DG_FORMAT_CONLLU = 2 } dg_format;
/* The record as one line of JSON without newline (schema dragoman/1), or as CoNLL-U. */
DG_API dg_status dg_doc_write(dg_text *out, const dg_doc *doc, dg_format format, dg_error *err);
/* Why event `i` was coded, as text for people: sentence, tree, frame with file and line, slots, what was refused.
 * Needs a coder with options.trace. */
DG_API dg_status dg_explain(dg_text *out, const dg_doc *doc, uint32_t event, dg_error *err);

/* ---- looking things up --------------------------------------------------------------------------------------- */
/* How a name or role, a place, a time expression resolves on `day`: one JSON object each (docs/formats/lookup.md).
 * DG_E_ARG when nothing in the phrase is understood. */
DG_API dg_status dg_actor_lookup(dg_text *out, const dg_model *model, dg_str phrase, int32_t day, dg_error *err);
DG_API dg_status dg_place_lookup(dg_text *out, const dg_model *model, dg_str phrase, int32_t day, dg_error *err);
DG_API dg_status dg_date_lookup(dg_text *out, const dg_model *model, dg_str phrase, int32_t day, dg_error *err);

/* ---- lexicon ------------------------------------------------------------------------------------------------- */
/* Called for each fault, as a compiler would print it: file:line:field: message. field 1 is the first column. */
typedef void dg_fault_fn(void *user, const char *file, uint32_t line, uint32_t field, const char *message);
/* Check every table of folder `dir` and of the folders in it (columns, encoding, order, ids, codes, dates, aliases, and that the
 * program reads each kind, class and flag); with a model also code each example and counter-example. *n_faults counts. Rows that
 * `dir`/known-faults.tsv names are no faults while they fail: *n_known (may be NULL) counts them. Fails only when the folder
 * cannot be read or memory is short. */
DG_API dg_status dg_lexicon_check(const char *dir, const dg_model *model, dg_fault_fn *fault, void *user, uint64_t *n_faults,
                                  uint64_t *n_known, dg_error *err);
/* Rows of the compiled lexicon that hold `word` as a whole cell or an alternative of one: "table:line<TAB>cells". */
DG_API dg_status dg_lexicon_find(dg_text *out, const dg_model *model, dg_str word, dg_error *err);

/* ---- store and situation ------------------------------------------------------------------------------------- */
/* One SQLite file. One process writes at a time; any number may read. */
typedef struct dg_store dg_store;
typedef enum dg_store_mode { DG_STORE_READ = 0, DG_STORE_WRITE = 1 /* made if it is not there */ } dg_store_mode;
typedef struct dg_store_options {
    uint32_t size;
    uint32_t wait_ms; /* how long a writer waits for another process that is writing; 0: not at all */
    void (*waiting)(void *user, uint32_t waited_ms); /* when the wait begins, then once a second; NULL: nobody is told */
    void *user;
} dg_store_options;
#define DG_STORE_OPTIONS_INIT {sizeof(dg_store_options), 60000, NULL, NULL}

/* The model's lexicon has the ledger's rules; the model must live until the store is closed. Fails with DG_E_ARG: no name
 * of a file; DG_E_IO: no such file, or it cannot be read; DG_E_STORE: not a store, of a newer schema (nothing is changed),
 * another process was writing to it all the time that was to be waited. */
DG_API dg_status dg_store_open(dg_store **out, const char *path, dg_store_mode mode, const dg_model *model, dg_error *err);
/* options may be NULL. */
DG_API dg_status dg_store_open_with(dg_store **out, const char *path, dg_store_mode mode, const dg_model *model,
                                    const dg_store_options *options, dg_error *err);
DG_API void dg_store_close(dg_store *store);

typedef enum dg_ingested { DG_INGESTED_NEW = 0, DG_INGESTED_SAME = 1, DG_INGESTED_CORRECTED = 2 } dg_ingested;
/* Keep a coded document in one transaction. The same document again changes nothing; the same address or id with another
 * text is a correction, known from its publication day or, if that is not later, from the day after the version before. So
 * is an earlier text that comes back. A document without id and address gets an id made of its text. DG_E_LIMIT: an id or
 * address of more than 4096 bytes; DG_E_STORE, DG_E_IO: the store cannot be written (the disk is full ...), and nothing
 * that was kept before is lost. */
DG_API dg_status dg_store_ingest(dg_store *store, const dg_doc *doc, dg_ingested *what, dg_error *err);
/* The day from which corrections count that bring no later publication day of their own. Not set: the day after the version
 * before (so that a store made from the same files is the same on any day). */
DG_API void dg_store_today(dg_store *store, int32_t day);
/* Bring the kept items up to date with what was ingested; call it after the last dg_store_ingest(). What was not synced is
 * worked out by the next dg_store_sync(); nothing is lost. */
DG_API dg_status dg_store_sync(dg_store *store, dg_error *err);

/* What of the store is asked for; empty = all. A question for what there is not (a code, a status or a kind that is none, an
 * actor that neither registry nor store knows, a first day after the last) fails with DG_E_ARG, and the message says what
 * would have been right. */
typedef struct dg_query {
    uint32_t size;
    int32_t as_of;    /* as things stood on that day; DG_NO_DAY: the last day the store knows */
    int32_t known_on; /* only what had been reported by that day; DG_NO_DAY: everything */
    int32_t from, to; /* days of events (timeline) or of changes (brief) */
    dg_str actor;     /* an actor id, or an ISO3 country code: everybody who belongs to it */
    dg_str other;     /* with actor: the dyad */
    dg_str kind;      /* kinds of items, comma between */
    dg_str code;      /* CAMEO prefix or PLOVER type */
    dg_str status;    /* of events */
    dg_str place;
    bool open_only;   /* leave out what is closed */
    uint32_t lapse_days; /* silence after which a threat or demand lapses; 0 = 90 */
} dg_query;
#define DG_QUERY_INIT                                                                                                  \
    {sizeof(dg_query), DG_NO_DAY, DG_NO_DAY, DG_NO_DAY, DG_NO_DAY, {NULL, 0}, {NULL, 0}, {NULL, 0}, {NULL, 0}, {NULL, 0}, \
     {NULL, 0}, false, 0}

/* Where the matters of this one document stand on the day of its publication, as dg_situation() writes it. */
DG_API dg_status dg_doc_situation(dg_text *out, const dg_doc *doc, dg_error *err);
/* The board as one JSON object (SPEC section 4, docs/formats/situation.md). */
DG_API dg_status dg_situation(dg_text *out, dg_store *store, const dg_query *query, dg_error *err);
/* What the events of `doc` (coded from a sentence, taken as hypothetical) would bring due or break; the store stays as it
 * is. JSON: {"schema", "as_of", "what_if": [{"effect", "event", "item"}]}. */
DG_API dg_status dg_what_if(dg_text *out, dg_store *store, const dg_query *query, const dg_doc *doc, dg_error *err);
/* Events in order of date as JSON: {"events": [...]}. */
DG_API dg_status dg_timeline(dg_text *out, dg_store *store, const dg_query *query, dg_error *err);
/* The history of one item with its evidence, as text. */
DG_API dg_status dg_item_explain(dg_text *out, dg_store *store, dg_str item_id, dg_error *err);

typedef enum dg_brief_format { DG_BRIEF_MARKDOWN = 0, DG_BRIEF_HTML = 1 } dg_brief_format;
/* A report to read: what stands on query.as_of (else query.to, else the last day), what changed since query.from (default:
 * the 14 days before), who said what, a timeline, each line with its evidence. */
DG_API dg_status dg_brief(dg_text *out, dg_store *store, const dg_query *query, dg_brief_format format, dg_error *err);

#ifdef __cplusplus
}
#endif
#endif
