/* SPDX-License-Identifier: Apache-2.0 */
/* dragoman.h: who did what to whom, who said it, and where every matter stands. The whole public interface.
 *
 * The shortest use (examples/code_text.c):
 *
 *     dg_model *model;  dg_coder *coder;  dg_doc *doc;  dg_error err;
 *     dg_model_open(&model, NULL, &err);              trained models and lexicon, mapped; one for all threads
 *     dg_coder_new(&coder, model, NULL, &err);        scratch memory; one for each thread
 *     dg_code(&doc, coder, text, NULL, &err);         analyse and code
 *     for (uint32_t i = 0; i < dg_doc_n_events(doc); i++) ... dg_event_plover(dg_doc_event(doc, i)) ...
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
 *   Structs    that the caller fills begin with `size`, set by their _INIT; fields join at the end only, and a program built
 *              with a shorter one gets the defaults of what it does not know. What the library hands out are opaque handles
 *              with getters; only dg_str, dg_text and dg_span, which never grow, are passed by value.
 *   Binary     version 0.2 replaced the structs dg_event, dg_statement, dg_actor of 0.1 by handles. From here on functions,
 *              options and numbers are added, none changes its meaning before the major version does.
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
#define DG_VERSION "0.2.0"
/* The library's own version, NUL-terminated, static. Compare with DG_VERSION. */
DG_API const char *dg_version(void);

/* ---- errors -------------------------------------------------------------------------------------------------- */
/* What a call came to. A number never changes its meaning. */
typedef enum dg_status {
    DG_OK = 0,
    DG_E_IO = 1,        /* a file could not be opened, read or written */
    DG_E_FORMAT = 2,    /* the input is not what it says it is */
    DG_E_MODEL = 3,     /* model or lexicon file missing, damaged or of another version */
    DG_E_NOMEM = 4,     /* out of memory */
    DG_E_LIMIT = 5,     /* larger than a limit allows */
    DG_E_STORE = 6,     /* the store cannot be used */
    DG_E_ARG = 7,       /* an argument makes no sense (a date that is none, an unknown name) */
    DG_E_LEXICON = 8,   /* a lexicon table has a bad row */
    DG_E_CANCELLED = 9, /* the caller's dg_progress_fn said stop */
    DG_E_KIND = 10      /* the input is of a kind that holds no news: an image, a program ... */
} dg_status;

/* Where and what. message is one line of UTF-8 without newline or full stop. */
typedef struct dg_error {
    dg_status status;
    uint64_t record; /* 1-based record of the input; 0: not about a record */
    uint64_t byte;   /* 0-based offset in the input */
    char message[240];
} dg_error;

/* ---- long work ----------------------------------------------------------------------------------------------- */
/* Called now and then during long work, by the thread that does it: `done` of `of` steps. false: stop; the call then fails
 * with DG_E_CANCELLED, and what was done step by step stays done. The library may not be called from inside it. */
typedef bool dg_progress_fn(void *user, uint64_t done, uint64_t of);

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
/* The trained models (segment.dgm; parser.dgm, with accurate.dgm beside it in the accurate tier) and the compiled lexicon (world.lex: what is true in any
 * language; en.lex: the words of English), all mapped read-only. */
typedef struct dg_model dg_model;

typedef enum dg_kernel { /* same results, different speed */
                         DG_KERNEL_AUTO = 0,
                         DG_KERNEL_SCALAR = 1,
                         DG_KERNEL_AVX2 = 2,
                         DG_KERNEL_AVX512 = 3,  /* with VNNI */
                         DG_KERNEL_AVXVNNI = 4, /* 256 bits, without AVX-512 */
                         DG_KERNEL_NEON = 5,    /* any 64-bit ARM */
                         DG_KERNEL_DOTPROD = 6  /* ARM with dot products: Armv8.2 */
} dg_kernel;

typedef enum dg_tier { /* which network reads the sentences; all that comes after it is the same */
                       DG_TIER_AUTO =
                           0, /* what the environment's DRAGOMAN_TIER says, "fast" or "accurate"; else fast */
                       DG_TIER_FAST = 1, /* parser.dgm */
                       DG_TIER_ACCURATE =
                           2 /* both networks: accurate.dgm, a file of its own that need not be there, and parser.dgm; some 7 times slower */
} dg_tier;

typedef struct dg_model_options {
    uint32_t size;
    /* Folder that holds the four files. NULL: the first of these that has world.lex:
     *   1. the environment's DRAGOMAN_DATA (taken as it is, if set);
     *   2. from the folder L of the shared library that this code is in (whatever program loaded it: Python, Java ...):
     *      L/share/dragoman, L/../share/dragoman, L/../../share/dragoman, L, L/.. ;
     *   3. from the folder P of the program: P/../share/dragoman, P, P/.., P/../.. ;
     *   4. the folder given when the library was built. */
    const char *data_dir;
    uint32_t kernel; /* dg_kernel; for one that this processor lacks: the next slower one that it has */
    /* false: the files are mapped, so that processes share them; they may be replaced (a new file by the old name) at any
     * time, but a file that is cut short in place kills the process that maps it (SIGBUS). true: they are copied into this
     * process's memory, about 27 MB, and nothing that happens to them matters any more. */
    bool copy;
    uint32_t tier; /* dg_tier */
    /* Folders with rows of one's own, ended by NULL; NULL: none. DIR/TABLE.tsv has rows with the columns of the built-in TABLE: a
     * known id is replaced, a new one added (docs/lexicon.md). Opening fails with DG_E_LEXICON and file:line:field of a bad row. */
    const char *const *lexicon;
} dg_model_options;
/* clang-format off */
#define DG_MODEL_OPTIONS_INIT {sizeof(dg_model_options), NULL, DG_KERNEL_AUTO, false, DG_TIER_AUTO, NULL}
/* clang-format on */

/* options may be NULL. Fails with DG_E_MODEL when a file is missing, damaged or of another version, DG_E_NOMEM. */
DG_API dg_status dg_model_open(dg_model **out, const dg_model_options *options, dg_error *err);
/* No coder, store or document made with it may be in use any more. */
DG_API void dg_model_close(dg_model *model);
/* The language model's card (data, licences, scores), Markdown. Lives with the model. */
DG_API dg_str dg_model_card(const dg_model *model);
/* What codes. The caller sets size (DG_VERSIONS_INIT); strings are static. Without a model (NULL) its numbers are 0. */
typedef struct dg_versions {
    uint32_t size;
    const char *program; /* as dg_version(): "0.2.0" */
    const char *record;  /* schema of a record's JSON, "dragoman/1" */
    uint64_t models;  /* of the contents of segment.dgm and the networks of the tier: another content, another number */
    uint64_t lexicon; /* of world.lex and en.lex */
    uint64_t coder;   /* of both; never 0 with a model. A store keeps it with each document */
    const char *tier; /* "fast" or "accurate"; NULL without a model */
    uint32_t store;   /* schema of a store's file */
} dg_versions;
/* clang-format off */
#define DG_VERSIONS_INIT {sizeof(dg_versions), NULL, NULL, 0, 0, 0, NULL, 0}
/* clang-format on */
DG_API void dg_version_info(dg_versions *out, const dg_model *model);
/* What is bounded, and how. The caller sets size (DG_LIMITS_INIT). */
typedef struct dg_limits {
    uint32_t size;
    uint64_t
        document_bytes; /* largest text or record by default (dg_coder_options, dg_reader_options); larger: DG_E_LIMIT */
    uint64_t conllu_bytes;   /* largest CoNLL-U input */
    uint32_t id_bytes;       /* largest id of a document; longer: the record is refused */
    uint32_t tree_words;     /* a longer sentence is parsed in pieces */
    uint32_t sentence_words; /* a longer sentence is not coded */
} dg_limits;
/* clang-format off */
#define DG_LIMITS_INIT {sizeof(dg_limits), 0, 0, 0, 0, 0}
/* clang-format on */
DG_API void dg_limit_info(dg_limits *out);
/* What runs: "avx512-vnni", "avx-vnni", "avx2", "neon-dotprod", "neon" or "scalar"; and how large the lexicon is, as text:
 * its frames, triggers and so on. */
DG_API const char *dg_model_kernel(const dg_model *model);
DG_API dg_str dg_model_lexicon(const dg_model *model);

/* ---- coder --------------------------------------------------------------------------------------------------- */
/* Scratch memory and settings of one thread. */
typedef struct dg_coder dg_coder;
typedef struct dg_doc dg_doc;

typedef enum dg_depth {                    /* how far to go */
                        DG_DEPTH_TEXT = 0, /* article text and metadata only */
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
    dg_progress_fn
        *progress; /* called before each stage of a document (8 MB take some seconds a stage); NULL: nobody */
    void *progress_user;
    int32_t
        since; /* a document that was published before that day, or nobody knows when, is not analysed: DG_OK, and no
                    * document; DG_NO_DAY: all are */
} dg_coder_options;
/* clang-format off */
#define DG_CODER_OPTIONS_INIT {sizeof(dg_coder_options), DG_DEPTH_CODE, false, 0, DG_NO_DAY, false, NULL, NULL, DG_NO_DAY}
/* clang-format on */

DG_API dg_status dg_coder_new(dg_coder **out, const dg_model *model, const dg_coder_options *options, dg_error *err);
DG_API void dg_coder_free(dg_coder *coder);

/* What the caller knows of a document; absent strings stay empty. `published` goes before what the text says. */
typedef struct dg_meta {
    uint32_t size;
    dg_str id, url, title, author, publisher;
    int32_t published;
    dg_str lang;    /* "en" */
    dg_str charset; /* of the bytes, as HTTP declared it; dg_code() takes UTF-8 only and does not look at it */
} dg_meta;
/* clang-format off */
#define DG_META_INIT {sizeof(dg_meta), {NULL, 0}, {NULL, 0}, {NULL, 0}, {NULL, 0}, {NULL, 0}, DG_NO_DAY, {NULL, 0}, {NULL, 0}}
/* clang-format on */

/* Analyse `text` (plain UTF-8) and code its events. text and meta (may be NULL) are borrowed for the call.
 * *out owns all that can be reached from it, until dg_doc_free(). Ill-formed UTF-8 and NULs are replaced by U+FFFD.
 * Fails with DG_E_FORMAT when there is no text in it, DG_E_LIMIT when text is longer than options.max_bytes, DG_E_NOMEM. */
DG_API dg_status dg_code(dg_doc **out, dg_coder *coder, dg_str text, const dg_meta *meta, dg_error *err);
DG_API void dg_doc_free(dg_doc *doc);

/* ---- reading files and memory --------------------------------------------------------------------------------- */
typedef struct dg_reader dg_reader;
typedef struct dg_record dg_record; /* the bytes of one news item, not yet analysed */

typedef enum dg_input {
    DG_INPUT_AUTO = 0, /* by content */
    DG_INPUT_TEXT = 1,
    DG_INPUT_HTML = 2,
    DG_INPUT_JSONL = 3,  /* one object a line: id, text or html, title, url, published, author, publisher */
    DG_INPUT_CONLLU = 4, /* tokens and sentences are kept, the annotation is replaced */
    DG_INPUT_JSON =
        5, /* an array of such objects, a JSON Feed, the answer of a news service with a list of articles in it */
    DG_INPUT_FEED = 6,  /* RSS 0.9x, 1.0, 2.0, Atom */
    DG_INPUT_CSV = 7,   /* a table whose first row names the columns; also with tabs, semicolons or bars */
    DG_INPUT_WARC = 8,  /* archives of crawled pages: pages of responses, texts of conversions */
    DG_INPUT_EXPORT = 9 /* texts saved from Nexis, Factiva or ProQuest, many articles to a file */
} dg_input;

typedef struct dg_reader_options {
    uint32_t size;
    uint32_t input;     /* dg_input */
    uint64_t max_bytes; /* largest record, 0 = 8 MiB */
    dg_progress_fn
        *progress; /* called before each read of a file with the bytes read of it; false stops, also a read that a
                               * signal breaks off: DG_E_CANCELLED. NULL: nobody */
    void *progress_user;
    /* "text=body,date=pub": what members or columns are called, besides the usual names, for text, html, summary, title, date,
     * url, publisher, author, id, lang. Read when the reader is opened (DG_E_ARG); must live as long. NULL: the usual names. */
    const char *map;
} dg_reader_options;
/* clang-format off */
#define DG_READER_OPTIONS_INIT {sizeof(dg_reader_options), DG_INPUT_AUTO, 0, NULL, NULL, NULL}
/* clang-format on */

/* path "-" is standard input. What is packed (gzip, zstd, bzip2, xz) is unpacked. Fails with DG_E_IO (missing, a directory,
 * unreadable); what is no news (an image, a program) is told by the first dg_reader_next(): DG_E_KIND. */
DG_API dg_status dg_reader_open(dg_reader **out, const char *path, const dg_reader_options *options, dg_error *err);
/* The same from memory: `bytes` are borrowed until the reader is closed. name (may be NULL) only helps to guess the kind:
 * "a.jsonl". */
DG_API dg_status dg_reader_open_bytes(dg_reader **out, dg_str bytes, const char *name, const dg_reader_options *options,
                                      dg_error *err);
/* One record from memory, copied: a page as it came over HTTP, a line of JSON, a text, one document of CoNLL-U. What `meta`
 * (may be NULL) says goes before what the bytes say. Fails with DG_E_FORMAT when there is none, or more than one, in it. */
DG_API dg_status dg_record_new(dg_record **out, dg_input input, dg_str bytes, const dg_meta *meta, dg_error *err);
/* The next record. DG_OK with *out NULL: the end. Any other status: this record cannot be had and *err says why; the next
 * call goes on behind it (after DG_E_IO and DG_E_NOMEM it says end). */
DG_API dg_status dg_reader_next(dg_record **out, dg_reader *reader, dg_error *err);
DG_API void dg_reader_close(dg_reader *reader);
DG_API void dg_record_free(dg_record *record);
DG_API uint64_t dg_record_number(const dg_record *record); /* 1-based */
DG_API uint64_t dg_record_bytes(const dg_record *record);
/* Analyse a record; as dg_code(). The record stays as it is and may be coded again, also by several threads at once. Of an
 * input with many records *err names the record and the byte where it begins. A warning (bad bytes replaced, a sentence left out) is told by dg_doc_warning(). */
DG_API dg_status dg_code_record(dg_doc **out, dg_coder *coder, const dg_record *record, dg_error *err);

/* ---- document ------------------------------------------------------------------------------------------------ */
DG_API dg_str dg_doc_text(const dg_doc *doc); /* what all offsets point into */
DG_API dg_str dg_doc_warning(const dg_doc *doc);
/* Of which record of an input with many (JSON Lines) it was made, 1-based, and the byte where that begins; 0: of no such. */
DG_API uint64_t dg_doc_record(const dg_doc *doc);
DG_API uint64_t dg_doc_byte(const dg_doc *doc);
DG_API dg_str dg_doc_id(const dg_doc *doc);
DG_API dg_str dg_doc_url(const dg_doc *doc);
DG_API dg_str dg_doc_title(const dg_doc *doc);
DG_API dg_str dg_doc_author(const dg_doc *doc);
DG_API dg_str dg_doc_publisher(const dg_doc *doc);
DG_API dg_str
dg_doc_lang(const dg_doc *doc); /* BCP 47: as given, else as the words say ("en", "fr"), "und", or empty */
/* The text is in another language than the models': nothing was coded, and dg_doc_warning() says so. */
DG_API bool dg_doc_foreign(const dg_doc *doc);
DG_API int32_t dg_doc_published(const dg_doc *doc);
DG_API dg_str dg_doc_published_from(const dg_doc *doc); /* meta url dateline option feed none */

DG_API uint32_t dg_doc_n_tokens(const dg_doc *doc); /* syntactic words */
DG_API uint32_t dg_doc_n_sentences(const dg_doc *doc);
DG_API dg_span dg_doc_sentence(const dg_doc *doc, uint32_t sent);
/* Of token `tok`, 0 <= tok < dg_doc_n_tokens(doc). Views into `doc`. */
DG_API dg_str dg_token_form(const dg_doc *doc, uint32_t tok);
DG_API dg_str dg_token_lemma(const dg_doc *doc, uint32_t tok);
DG_API dg_str dg_token_upos(const dg_doc *doc, uint32_t tok);  /* universal tag: "VERB" */
DG_API dg_str dg_token_xpos(const dg_doc *doc, uint32_t tok);  /* tag of the treebank: "VBD" */
DG_API dg_str dg_token_feats(const dg_doc *doc, uint32_t tok); /* "Mood=Ind|Tense=Past", empty: none */
DG_API dg_str dg_token_deprel(const dg_doc *doc, uint32_t tok);
DG_API uint32_t dg_token_head(const dg_doc *doc, uint32_t tok); /* DG_NONE for the root of a sentence */
DG_API uint32_t dg_token_sentence(const dg_doc *doc, uint32_t tok);
DG_API dg_span dg_token_span(const dg_doc *doc, uint32_t tok);

/* ---- what was found ------------------------------------------------------------------------------------------ */
/* Everything below is a handle: opaque, read-only, reached from a document or a board and valid as long as that. What it
 * has is asked by a getter, so that new things can join without breaking a program. Lists are counted by dg_THING_n_LIST()
 * and numbered from 0; an index beyond the count is a mistake of the caller (assert). Absent strings have length 0, absent
 * handles are NULL, absent indices DG_NONE, absent days DG_NO_DAY, absent numbers NaN, absent spans start == end. */
typedef struct dg_actor dg_actor;
typedef struct dg_place dg_place;
typedef struct dg_quantity dg_quantity;
typedef struct dg_time dg_time;
typedef struct dg_name dg_name;
typedef struct dg_entity dg_entity;
typedef struct dg_statement dg_statement;
typedef struct dg_event dg_event;

/* Who fills a slot, speaks, claims, or is party to a matter. */
DG_API dg_str
dg_actor_id(const dg_actor *actor); /* "country:RUS", "org:NATO", "person:Wendy Sherman", "role:RUS:MIL" */
DG_API dg_str dg_actor_name(const dg_actor *actor);
DG_API dg_str dg_actor_country(const dg_actor *actor); /* ISO 3166-1 alpha-3 */
DG_API dg_str dg_actor_cameo(const dg_actor *actor);   /* CAMEO actor code */
DG_API dg_str dg_actor_sectors(const dg_actor *actor); /* PLOVER sectors, comma between */
DG_API dg_span dg_actor_span(const dg_actor *actor);   /* where it stands; none: implied, or it comes from a store */

DG_API dg_str dg_place_name(const dg_place *place);
DG_API dg_str dg_place_country(const dg_place *place); /* ISO3 */
DG_API dg_str dg_place_admin1(const dg_place *place);
DG_API double dg_place_lat(const dg_place *place); /* degrees */
DG_API double dg_place_lon(const dg_place *place);
DG_API int64_t dg_place_geonames(const dg_place *place); /* GeoNames id, 0 unknown */
DG_API dg_str dg_place_precision(const dg_place *place); /* city admin1 country region */
DG_API dg_span dg_place_span(const dg_place *place);
DG_API dg_str dg_place_feature(const dg_place *place); /* code of GeoNames ("PPLC"), empty unknown */
/* Of an event's place: syntax (in its own phrase), clause (in the clause or sentence that it shares), discourse (told before),
 * dateline (where the report was written). Of the places of a document: what the first event there has, empty where none is.
 * Empty also for the place of an item, and where an older program kept the store. */
DG_API dg_str dg_place_from(const dg_place *place);
/* Of the places of a document: what else the name may be, the likelier first. */
DG_API uint32_t dg_place_n_alternatives(const dg_place *place);
DG_API const dg_place *dg_place_alternative(const dg_place *place, uint32_t i);

DG_API dg_str
dg_quantity_kind(const dg_quantity *quantity); /* troops deaths injured displaced detained money weapons other */
DG_API double dg_quantity_value(const dg_quantity *quantity);
DG_API double dg_quantity_low(const dg_quantity *quantity);
DG_API double dg_quantity_high(const dg_quantity *quantity);
DG_API bool dg_quantity_approx(const dg_quantity *quantity);
DG_API dg_str dg_quantity_unit(const dg_quantity *quantity); /* "USD", "percent" */
DG_API dg_str dg_quantity_of(const dg_quantity *quantity);   /* lemma of what is counted: "soldier" */
DG_API dg_span dg_quantity_span(const dg_quantity *quantity);
DG_API bool dg_quantity_total(const dg_quantity *quantity); /* a sum ("brings the toll to 40"), no addition */

DG_API int32_t dg_time_start(const dg_time *time); /* first and last day */
DG_API int32_t dg_time_end(const dg_time *time);
DG_API dg_str dg_time_precision(const dg_time *time);     /* day week month quarter year unknown */
DG_API dg_str dg_time_kind(const dg_time *time);          /* when, since, until, duration, by tense */
DG_API int32_t dg_time_future_start(const dg_time *time); /* "by tense": the reading that lies ahead */
DG_API int32_t dg_time_future_end(const dg_time *time);
DG_API dg_span dg_time_span(const dg_time *time);
/* As TIMEX3. Of a "by tense" one the reading that its verb asks for. */
DG_API dg_str dg_time_type(const dg_time *time);  /* DATE TIME DURATION SET */
DG_API dg_str dg_time_value(const dg_time *time); /* "2014-05", "P3W", "2014-05-03TMO"; empty unknown */
DG_API dg_str dg_time_mod(const dg_time *time);   /* START MID END APPROX ..., or empty */
DG_API dg_str
dg_time_relative_to(const dg_time *time); /* "publication", "x3" (the third time of the document), or empty */
/* A name of the text, known or not. */
DG_API dg_str dg_name_type(const dg_name *name); /* PER ORG LOC GPE NORP FAC EVENT PRODUCT MISC */
/* "name": the name alone; "titled": with its titles ("Mr. Obi"); "inner": within another name; "nominal": no name ("the rebels") */
DG_API dg_str dg_name_level(const dg_name *name);
DG_API dg_span dg_name_span(const dg_name *name);
DG_API uint32_t dg_name_entity(const dg_name *name); /* of the document, DG_NONE: nobody known */

DG_API const dg_actor *dg_entity_actor(const dg_entity *entity); /* its span: the first mention */
DG_API dg_str dg_entity_type(const dg_entity *entity);           /* country org person group role place other */
DG_API dg_str dg_entity_title(const dg_entity *entity);          /* "deputy secretary of state" */
DG_API uint32_t dg_entity_n_mentions(const dg_entity *entity);
DG_API dg_span dg_entity_mention(const dg_entity *entity, uint32_t i);
DG_API dg_str dg_entity_mention_kind(const dg_entity *entity, uint32_t i); /* name nominal pronoun */
DG_API dg_str dg_entity_mention_head(const dg_entity *entity, uint32_t i); /* its head word */

DG_API dg_str dg_statement_id(const dg_statement *statement);                 /* "s1", of its document */
DG_API dg_str dg_statement_kind(const dg_statement *statement);               /* direct indirect mixed */
DG_API const dg_actor *dg_statement_speaker(const dg_statement *statement);   /* NULL: not known who */
DG_API const dg_actor *dg_statement_addressee(const dg_statement *statement); /* NULL: nobody named */
DG_API dg_span dg_statement_cue(const dg_statement *statement);
DG_API uint32_t dg_statement_n_content(const dg_statement *statement); /* stretches of what was said */
DG_API dg_span dg_statement_content(const dg_statement *statement, uint32_t i);
DG_API dg_str dg_statement_text(const dg_statement *statement);       /* the stretches joined, white space folded */
DG_API uint32_t dg_statement_sentence(const dg_statement *statement); /* in which it begins */
DG_API bool dg_statement_negated(const dg_statement *statement);
DG_API uint32_t
dg_statement_outer(const dg_statement *statement); /* index of the statement that quotes it, or DG_NONE */

enum { DG_STATUS_ACTUAL = 0, DG_STATUS_HISTORICAL = 1, DG_STATUS_FUTURE = 2, DG_STATUS_HYPOTHETICAL = 3 };
DG_API dg_str dg_event_id(const dg_event *event);
DG_API uint32_t dg_event_sentence(const dg_event *event);
DG_API dg_span dg_event_evidence(const dg_event *event); /* that sentence */
DG_API dg_str dg_event_evidence_text(const dg_event *event);
DG_API dg_span dg_event_trigger(const dg_event *event);
DG_API dg_str dg_event_trigger_text(const dg_event *event);
DG_API uint32_t dg_event_n_source(const dg_event *event);
DG_API const dg_actor *dg_event_source(const dg_event *event, uint32_t i);
DG_API uint32_t dg_event_n_target(const dg_event *event);
DG_API const dg_actor *dg_event_target(const dg_event *event, uint32_t i);
DG_API bool dg_event_reciprocal(const dg_event *event); /* both sides do it to one another */
DG_API dg_str dg_event_cameo(const dg_event *event);    /* "1042" */
DG_API dg_str dg_event_cameo_name(const dg_event *event);
DG_API double dg_event_goldstein(const dg_event *event); /* -10..10 */
DG_API int dg_event_quad(const dg_event *event);         /* 1..4 */
DG_API dg_str dg_event_plover(const dg_event *event);    /* "REQUEST" */
DG_API dg_str dg_event_mode(const dg_event *event);
DG_API dg_str dg_event_contexts(const dg_event *event); /* comma between */
DG_API double dg_event_score(const dg_event *event);    /* PLOVER's own scale */
DG_API uint32_t dg_event_status(const dg_event *event); /* DG_STATUS_... */
DG_API bool dg_event_negated(const dg_event *event);    /* the event itself is said not to have happened */
DG_API uint32_t
dg_event_statement(const dg_event *event); /* index of the innermost statement that holds it, or DG_NONE */
DG_API uint32_t dg_event_n_claimed_by(const dg_event *event); /* speakers, from the inside out */
DG_API const dg_actor *dg_event_claimed_by(const dg_event *event, uint32_t i);
DG_API uint32_t dg_event_content_of(const dg_event *event); /* index of the event whose content it is, or DG_NONE */
DG_API uint32_t dg_event_condition_of(const dg_event *event);
DG_API uint32_t dg_event_n_content(const dg_event *event); /* events that are demanded, offered, threatened ... */
DG_API uint32_t dg_event_content(const dg_event *event, uint32_t i); /* index of an event of the document */
DG_API uint32_t dg_event_n_condition(const dg_event *event);
DG_API uint32_t dg_event_condition(const dg_event *event, uint32_t i);
DG_API dg_span dg_event_content_span(const dg_event *event);
DG_API dg_str dg_event_content_text(const dg_event *event); /* without the condition that follows, white space folded */
DG_API dg_span dg_event_condition_span(const dg_event *event);
DG_API dg_str dg_event_condition_text(const dg_event *event);
DG_API dg_str dg_event_about(const dg_event *event);       /* the trigger with its objects */
DG_API int32_t dg_event_date_start(const dg_event *event); /* first and last day */
DG_API int32_t dg_event_date_end(const dg_event *event);
DG_API dg_str dg_event_date_precision(const dg_event *event); /* day week month quarter year unknown */
DG_API bool dg_event_date_from_text(const dg_event *event);   /* else it is the day of publication */
DG_API dg_span dg_event_date_span(const dg_event *event);
DG_API int32_t dg_event_deadline_start(const dg_event *event);
DG_API int32_t dg_event_deadline_end(const dg_event *event);
DG_API dg_str dg_event_deadline_precision(const dg_event *event);
DG_API dg_span dg_event_deadline_span(const dg_event *event);
DG_API int32_t dg_event_reported(const dg_event *event);      /* day of publication */
DG_API const dg_place *dg_event_place(const dg_event *event); /* NULL: none */
DG_API uint32_t dg_event_n_quantities(const dg_event *event);
DG_API const dg_quantity *dg_event_quantity(const dg_event *event, uint32_t i);
DG_API double dg_event_confidence(const dg_event *event); /* 0..1 */
DG_API uint32_t dg_event_same_as(
    const dg_event *event); /* index of the first event of the document that reports the same act, or DG_NONE */
DG_API dg_str dg_event_act(const dg_event *event);   /* id of the act: the same in other documents that report it */
DG_API dg_str dg_event_frame(const dg_event *event); /* id of the lexicon row */

/* What a document holds. */
DG_API uint32_t dg_doc_n_statements(const dg_doc *doc);
DG_API const dg_statement *dg_doc_statement(const dg_doc *doc, uint32_t i);
DG_API uint32_t dg_doc_n_events(const dg_doc *doc);
DG_API const dg_event *dg_doc_event(const dg_doc *doc, uint32_t i);
DG_API uint32_t dg_doc_n_entities(const dg_doc *doc);
DG_API const dg_entity *dg_doc_entity(const dg_doc *doc, uint32_t i);
DG_API uint32_t dg_doc_n_times(const dg_doc *doc);
DG_API const dg_time *dg_doc_time(const dg_doc *doc, uint32_t i);
DG_API uint32_t dg_doc_n_places(const dg_doc *doc);
DG_API const dg_place *dg_doc_place(const dg_doc *doc, uint32_t i);
DG_API uint32_t dg_doc_n_quantities(const dg_doc *doc);
DG_API const dg_quantity *dg_doc_quantity(const dg_doc *doc, uint32_t i);
DG_API uint32_t dg_doc_n_names(const dg_doc *doc);
DG_API const dg_name *dg_doc_name(const dg_doc *doc, uint32_t i);

/* Attributions as corpora of the field (PARC, PolNeAR) have them: what somebody says, and also what he wants, plans, fears, praises,
 * blames, shows, with a noun phrase for content, too. In order of content; no two share a word. DG_LIST_ATTRIBUTIONS writes the same.
 *     Peru wants to reopen the mine.      source "Peru", cue "wants", content "to reopen the mine", sense "want" */
typedef struct dg_attributions dg_attributions;
typedef struct dg_attribution dg_attribution;
/* Made anew by each call; none for a document that was not coded. Frees with dg_attributions_free(), before the document. */
DG_API dg_status dg_doc_attributions(dg_attributions **out, const dg_doc *doc, dg_error *err);
DG_API void dg_attributions_free(dg_attributions *list);
DG_API uint32_t dg_attributions_n(const dg_attributions *list);
DG_API const dg_attribution *dg_attributions_at(const dg_attributions *list, uint32_t i);
DG_API dg_str dg_attribution_id(const dg_attribution *attribution);   /* "a1" */
DG_API dg_str dg_attribution_kind(const dg_attribution *attribution); /* direct indirect mixed */
/* want aim fear believe praise blame topic show urge rule seem, or the class of a verb of saying; empty: none known */
DG_API dg_str dg_attribution_sense(const dg_attribution *attribution);
DG_API const dg_actor *dg_attribution_speaker(const dg_attribution *attribution); /* NULL: nobody in particular */
DG_API dg_span dg_attribution_source(const dg_attribution *attribution);          /* the whole phrase */
DG_API dg_span dg_attribution_cue(const dg_attribution *attribution);             /* with auxiliaries and adverbs */
DG_API uint32_t dg_attribution_n_content(const dg_attribution *attribution);      /* stretches of it */
DG_API dg_span dg_attribution_content(const dg_attribution *attribution, uint32_t i);
DG_API dg_str dg_attribution_text(const dg_attribution *attribution); /* the stretches joined, white space folded */
DG_API uint32_t dg_attribution_sentence(const dg_attribution *attribution);
DG_API bool dg_attribution_negated(const dg_attribution *attribution);
DG_API uint32_t dg_attribution_statement(const dg_attribution *attribution); /* index of a statement, or DG_NONE */
DG_API double dg_attribution_confidence(const dg_attribution *attribution);  /* 0.5..1 */

typedef enum dg_format {
    DG_FORMAT_JSON = 0,
    DG_FORMAT_JSON_TEXT = 1 /* with "text" */,
    DG_FORMAT_CONLLU = 2,
    DG_FORMAT_CONLLU_NER = 3, /* CoNLL-U with NER=B-PER ... in its last column */
    DG_FORMAT_TIMEML = 4,     /* the text with times and events marked */
    DG_FORMAT_BRAT = 5,       /* standoff: names, times, places, statements, events over dg_doc_text() */
    DG_FORMAT_CODED = 6       /* all that a store keeps, for dg_store_ingest_coded() (docs/formats/coded.md) */
} dg_format;
/* The record as one line of JSON without newline (schema dragoman/1), or in a format of other programs. */
DG_API dg_status dg_doc_write(dg_text *out, const dg_doc *doc, dg_format format, dg_error *err);
/* Lists of the record, to be joined by |. */
enum {
    DG_LIST_TEXT = 1,
    DG_LIST_SENTENCES = 2,
    DG_LIST_ENTITIES = 4,
    DG_LIST_STATEMENTS = 8,
    DG_LIST_TIMES = 16,
    DG_LIST_PLACES = 32,
    DG_LIST_QUANTITIES = 64,
    DG_LIST_NAMES = 128,
    DG_LIST_EVENTS = 256,
    DG_LIST_ITEMS = 512,
    DG_LIST_ALL = 1023,
    DG_LIST_ATTRIBUTIONS =
        1024 /* what is wanted, feared, praised ... beside what is said; not in ALL: made when asked for */
};
/* As JSON with these lists only, and what is known of the document. */
DG_API dg_status dg_doc_write_only(dg_text *out, const dg_doc *doc, uint32_t lists, dg_error *err);
/* The same by pieces, so that the whole (up to 40 bytes a byte of news) need not stand in memory. false: stop, DG_E_CANCELLED. */
typedef bool dg_write_fn(void *user, const char *ptr, size_t len);
DG_API dg_status dg_doc_write_to(dg_write_fn *write, void *user, const dg_doc *doc, dg_format format, dg_error *err);
/* Who acted or spoke and is in no table, one JSON object a line for each time (docs/formats/unknown.md); empty text: nobody, or a document that
 * was not coded here. */
DG_API dg_status dg_doc_unknown(dg_text *out, const dg_doc *doc, dg_error *err);
/* Why event `i` was coded, as text for people: sentence, tree, frame with file and line, slots, what was refused.
 * Needs a coder with options.trace. */
DG_API dg_status dg_explain(dg_text *out, const dg_doc *doc, uint32_t event, dg_error *err);
/* Why not more was coded, sentence by sentence: each word that a row of the frame tables is about, with what was refused of it or
 * what the nearest rows ask for; where there is no such word, a line that says so. Needs options.trace. */
DG_API dg_status dg_explain_not(dg_text *out, const dg_doc *doc, dg_error *err);

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
DG_API dg_status dg_lexicon_check(const char *dir, const dg_model *model, dg_fault_fn *fault, void *user,
                                  uint64_t *n_faults, uint64_t *n_known, dg_error *err);
/* Compile the tables of each folder of `dir` (world/, en/) to `out`/FOLDER.lex; `out` is made if it is not there. With parser.dgm and
 * segment.dgm beside them it is a data folder. Bad rows are told, counted in *n_faults and left out. Fails when a folder cannot be read
 * or written, and when there are no tables. */
DG_API dg_status dg_lexicon_compile(const char *dir, const char *out, dg_fault_fn *fault, void *user,
                                    uint64_t *n_faults, dg_error *err);
/* One row more in DIR/TABLE.tsv for dg_model_options.lexicon, of n COLUMN=VALUE; what is not said is "-", or follows (phrases from the
 * name). Nothing is written unless all rows of that file are good: DG_E_ARG, DG_E_LEXICON, DG_E_IO. */
DG_API dg_status dg_lexicon_add(const char *dir, const dg_model *model, const char *table, const char *const *pairs,
                                uint32_t n, dg_error *err);
/* Rows of the compiled lexicon that hold `word` as a whole cell or an alternative of one: "table:line<TAB>cells". */
DG_API dg_status dg_lexicon_find(dg_text *out, const dg_model *model, dg_str word, dg_error *err);

/* ---- store and situation ------------------------------------------------------------------------------------- */
/* One SQLite file. One process writes at a time; any number may read. */
typedef struct dg_store dg_store;
typedef enum dg_store_mode { DG_STORE_READ = 0, DG_STORE_WRITE = 1 /* made if it is not there */ } dg_store_mode;
typedef struct dg_store_options {
    uint32_t size;
    uint32_t wait_ms; /* how long a writer waits for another process that is writing; 0: not at all */
    void (*waiting)(void *user,
                    uint32_t waited_ms); /* when the wait begins, then once a second; NULL: nobody is told */
    void *user;
    /* Of what is ingested no running text is kept: hashes, offsets, titles, names, codes, triggers, and of a clause its content
     * words as lemmas. Such documents are not found by their words and not coded again. */
    bool no_text;
} dg_store_options;
/* clang-format off */
#define DG_STORE_OPTIONS_INIT {sizeof(dg_store_options), 60000, NULL, NULL, false}
/* clang-format on */

/* The model's lexicon has the ledger's rules; the model must live until the store is closed. `path` is a file of SQLite, or the
 * address of a database of PostgreSQL as libpq reads it ("postgresql://host/news?sslmode=verify-full", "postgresql:///?service=news"):
 * the same documents, ids and answers (docs/integrations.md).
 * Fails with DG_E_ARG: no name of a file, an address with a password in it (libpq has places for it that others do not see), no libpq on
 * this machine or in this build; DG_E_IO: no such file, it cannot be read, the server does not answer; DG_E_STORE: not a store, of a
 * newer schema (nothing is changed), another process was writing to it all the time that was to be waited. */
DG_API dg_status dg_store_open(dg_store **out, const char *path, dg_store_mode mode, const dg_model *model,
                               dg_error *err);
/* options may be NULL. */
DG_API dg_status dg_store_open_with(dg_store **out, const char *path, dg_store_mode mode, const dg_model *model,
                                    const dg_store_options *options, dg_error *err);
DG_API void dg_store_close(dg_store *store);

typedef enum dg_ingested { DG_INGESTED_NEW = 0, DG_INGESTED_SAME = 1, DG_INGESTED_CORRECTED = 2 } dg_ingested;
/* Keep a coded document in one transaction. The same document again changes nothing; the same address or id with another
 * text is a correction, known from its publication day or, if that is not later, from the day after the version before. So
 * is an earlier text that comes back. A document without id and address gets an id made of its text. DG_E_LIMIT: an id or
 * address of more than 4096 bytes; DG_E_STORE, DG_E_IO: the store cannot be written (the disk is full ...), and nothing
 * that was kept before is lost. A store in PostgreSQL takes documents in groups of at most 64 or a second's, each whole: only after
 * dg_store_sync() are all of them sure to be there, and when the connection breaks the last ones are to be ingested again. */
DG_API dg_status dg_store_ingest(dg_store *store, const dg_doc *doc, dg_ingested *what, dg_error *err);
/* Documents may be coded anywhere, on many machines, and be kept on one: `record` is a line of DG_FORMAT_CODED, and what comes of it is what
 * would come of dg_store_ingest() of that document, whoever coded it, in whatever order. Borrowed for the call. DG_E_FORMAT: not such a
 * line (err->byte: where in it), or one that another version of Dragoman wrote; nothing was kept of it, and the store is as good as before. */
DG_API dg_status dg_store_ingest_coded(dg_store *store, dg_str record, dg_ingested *what, dg_error *err);
typedef struct dg_coded_counts {
    uint64_t n_new, n_same, n_corrected, n_refused;
} dg_coded_counts;
/* A line that was refused: err->record is its number (1-based), err->byte its place in the unpacked file. false: stop, DG_E_CANCELLED. */
typedef bool dg_coded_fault_fn(void *user, const dg_error *err);
/* All lines of a file (packed or not; "-": standard input). What is refused is told to `fault` (may be NULL) and the rest is done. counts
 * (may be NULL) are added to. Fails with DG_E_IO: no such file, it cannot be read; else as dg_store_ingest(). */
DG_API dg_status dg_store_ingest_coded_file(dg_store *store, const char *path, dg_coded_fault_fn *fault, void *user,
                                            dg_coded_counts *counts, dg_error *err);
/* The day from which corrections count that bring no later publication day of their own. Not set: the day after the version
 * before (so that a store made from the same files is the same on any day). */
DG_API void dg_store_today(dg_store *store, int32_t day);
/* Bring the kept items up to date with what was ingested; call it after the last dg_store_ingest(). What was not synced is
 * worked out by the next dg_store_sync(); nothing is lost. */
DG_API dg_status dg_store_sync(dg_store *store, dg_error *err);
/* For who feeds a store from a message log, and must know after a kill how far it came. `log`: any name of up to 4096 bytes; next: of the
 * message to be read next, >= 0. What is set is written in the transaction of the next document that changes the store, or by the next
 * dg_store_sync(): so tell it before the last document of a message is ingested. *next is -1 where nothing was told of that log. Both need
 * a store that was opened for writing (else DG_E_ARG). */
DG_API dg_status dg_store_set_position(dg_store *store, dg_str log, int64_t next, dg_error *err);
DG_API dg_status dg_store_position(dg_store *store, dg_str log, int64_t *next, dg_error *err);
/* Who is asked between two transactions of dg_store_sync() whether to go on (fn NULL: nobody): `done` of `of` documents are on
 * the board. After DG_E_CANCELLED the next sync does the rest. */
DG_API void dg_store_progress(dg_store *store, dg_progress_fn *fn, void *user);

/* The publisher took a document back: from `day` on (DG_NO_DAY: the day after its last version) it is not known any more,
 * and what was known before stays. The address or the id names it; DG_E_ARG: no such document. Sync as after an ingest. */
DG_API dg_status dg_store_withdraw(dg_store *store, dg_str url_or_id, int32_t day, dg_error *err);

/* Code those kept texts again that another model or lexicon has coded, one transaction each; what a kill leaves undone the
 * next call does. `coder` is of the model that the store was opened with; progress may be NULL; *n_coded (may be NULL)
 * counts. The board follows before it returns. */
DG_API dg_status dg_store_recode(dg_store *store, dg_coder *coder, dg_progress_fn *progress, void *user,
                                 uint64_t *n_coded, dg_error *err);

/* One line of text without newline; false: no more of them. */
typedef bool dg_line_fn(void *user, const char *line);
/* Look for what is wrong with a store: the file itself, rows that belong to nothing, and the kept board compared byte for
 * byte with one made anew from all documents. A line for each finding, and for each remark (texts that another model or lexicon has coded,
 * documents not yet on the board); *wrong counts the findings. repair (a store opened for writing): the board is made anew. */
DG_API dg_status dg_store_doctor(dg_store *store, bool repair, dg_line_fn *line, void *user, uint64_t *wrong,
                                 dg_error *err);

/* What of the store is asked for; empty = all. A question for what there is not (a code, a status or a kind that is none, an
 * actor that neither registry nor store knows, a first day after the last) fails with DG_E_ARG, and the message says what
 * would have been right. */
typedef struct dg_query {
    uint32_t size;
    int32_t as_of;    /* as things stood on that day; DG_NO_DAY: the last day the store knows */
    int32_t known_on; /* only what had been reported by that day; DG_NO_DAY: everything */
    int32_t from, to; /* days of events (timeline) or of changes (brief); items: from = stand as they do since then */
    dg_str actor;     /* an actor id, or an ISO3 country code: everybody who belongs to it */
    dg_str other;     /* with actor: the dyad */
    dg_str kind;      /* kinds of items, comma between */
    dg_str code;      /* CAMEO prefix or PLOVER type */
    dg_str status;    /* of events; of items for dg_situation() and dg_board_open(): open, held, ..., due, stale */
    dg_str place;
    bool open_only;      /* leave out what is closed */
    uint32_t lapse_days; /* silence after which a threat or demand lapses; 0 = 90 */
    /* Of the events of dg_timeline(), the items of dg_situation() and dg_board_open(), in their order: how many are given at
     * most (0: all), and how many before them are passed over. */
    uint64_t limit, offset;
    double min_confidence; /* of events; 0: all */
    bool fold;             /* of the events of a document that report the same act (same_as) one account */
    bool
        acts; /* of the events of all documents that report the same act (dg_event_act) the first account; fold as well */
} dg_query;
/* clang-format off */
#define DG_QUERY_INIT                                                                                                  \
    {sizeof(dg_query), DG_NO_DAY, DG_NO_DAY, DG_NO_DAY, DG_NO_DAY, {NULL, 0}, {NULL, 0}, {NULL, 0}, {NULL, 0}, {NULL, 0}, \
     {NULL, 0}, false, 0, 0, 0, 0, false, false}
/* clang-format on */

/* Where the matters of this one document stand on the day of its publication, as dg_situation() writes it. */
DG_API dg_status dg_doc_situation(dg_text *out, const dg_doc *doc, dg_error *err);
/* The board as one JSON object (SPEC section 4, docs/formats/situation.md). */
DG_API dg_status dg_situation(dg_text *out, dg_store *store, const dg_query *query, dg_error *err);
/* What the events of `doc` (coded from a sentence, taken as hypothetical) would bring due or break; the store stays as it
 * is. JSON: {"schema", "as_of", "what_if": [{"effect", "event", "item"}]}. */
DG_API dg_status dg_what_if(dg_text *out, dg_store *store, const dg_query *query, const dg_doc *doc, dg_error *err);
/* Events in order of date as JSON: {"events": [...]}. */
DG_API dg_status dg_timeline(dg_text *out, dg_store *store, const dg_query *query, dg_error *err);
/* One item as JSON (docs/formats/situation.md) with its whole history, and "why": for each line the row of items.tsv that wrote
 * it and the matters with which its event was compared besides. The newest 32 documents that wrote in it are read once more. */
DG_API dg_status dg_item_explain(dg_text *out, dg_store *store, dg_str item_id, dg_error *err);

/* ---- what readers say ------------------------------------------------------------------------------------------ */
/* A reader's word on an item or an event. It stands beside the machine's, changes nothing of it, and outlives a new coding of the
 * texts (it is held by document, sentence and kind). Nothing is overwritten: "undo" takes one back and is kept, too. */
typedef struct dg_verdict {
    uint32_t size;
    dg_str target;  /* id of an item (or its unambiguous beginning) or of an event; for undo the number of a verdict */
    dg_str verdict; /* accept, strike, merge, split, status, undo; of an event accept or strike */
    dg_str value;   /* merge: which item it is; split: an event of its history that is another matter; status: which */
    dg_str by;      /* who says so; must be given */
    dg_str reason;
    int32_t day; /* DG_NO_DAY: none */
} dg_verdict;
/* clang-format off */
#define DG_VERDICT_INIT {sizeof(dg_verdict), {NULL, 0}, {NULL, 0}, {NULL, 0}, {NULL, 0}, {NULL, 0}, DG_NO_DAY}
/* clang-format on */
/* Keep one, in a store opened for writing; *no is its number. DG_E_ARG: there is no such thing, or that cannot be said of it. */
DG_API dg_status dg_judge(uint64_t *no, dg_store *store, const dg_verdict *verdict, dg_error *err);
/* All verdicts as JSON: {"schema","verdicts":[{"no","target","kind","document","verdict","value","by","day","reason","undone"}]};
 * gold: what was accepted or given a status, as the "entities" and "situation" of a gold document (docs/formats/situation.md). */
DG_API dg_status dg_verdicts(dg_text *out, dg_store *store, bool gold, dg_error *err);

/* ---- items --------------------------------------------------------------------------------------------------- */
/* Where matters stand, as handles: of one document (dg_doc_board) or of a store (dg_board_open). */
typedef struct dg_board dg_board;
typedef struct dg_item dg_item;
typedef struct dg_line dg_line; /* one line of an item's history */

/* The items that `query` wants, as dg_situation() has them; frees with dg_board_free(). */
DG_API dg_status dg_board_open(dg_board **out, dg_store *store, const dg_query *query, dg_error *err);
/* What dg_doc_situation() writes. Frees with dg_board_free(), before the document. */
DG_API dg_status dg_doc_board(dg_board **out, const dg_doc *doc, dg_error *err);
DG_API void dg_board_free(dg_board *board);
DG_API int32_t dg_board_as_of(const dg_board *board);
DG_API uint32_t dg_board_n_items(const dg_board *board);
DG_API const dg_item *dg_board_item(const dg_board *board, uint32_t i); /* by kind, then in order of opening */

DG_API dg_str dg_item_id(const dg_item *item);
DG_API dg_str dg_item_kind(const dg_item *item);   /* demand offer threat ..., docs/formats/situation.md */
DG_API dg_str dg_item_status(const dg_item *item); /* on dg_board_as_of() */
DG_API bool dg_item_due(const dg_item *item);
DG_API bool
dg_item_stale(const dg_item *item); /* it would have lapsed, but the store is silent about its parties, too */
DG_API bool dg_item_closed(const dg_item *item);   /* what open_only leaves out */
DG_API int32_t dg_item_since(const dg_item *item); /* of the status */
DG_API int32_t dg_item_opened(const dg_item *item);
DG_API uint32_t dg_item_n_parties(const dg_item *item);
DG_API const dg_actor *dg_item_party(const dg_item *item, uint32_t i);
DG_API dg_str dg_item_party_role(const dg_item *item, uint32_t i);   /* issuer addressee participant party holder ... */
DG_API bool dg_item_party_inferred(const dg_item *item, uint32_t i); /* not named for this matter */
DG_API dg_str dg_item_content(const dg_item *item);
DG_API dg_str dg_item_condition(const dg_item *item);
DG_API int32_t dg_item_deadline(const dg_item *item);   /* its last day */
DG_API int32_t dg_item_date_start(const dg_item *item); /* of a meeting, an attack */
DG_API int32_t dg_item_date_end(const dg_item *item);
DG_API dg_str dg_item_date_precision(const dg_item *item);
DG_API const dg_place *dg_item_place(const dg_item *item); /* NULL: none */
DG_API uint32_t dg_item_n_quantities(const dg_item *item); /* each number once, the latest first */
DG_API const dg_quantity *dg_item_quantity(const dg_item *item, uint32_t i);
DG_API uint32_t dg_item_sources(const dg_item *item); /* documents */
DG_API uint32_t dg_item_n_lines(const dg_item *item);
DG_API const dg_line *dg_item_line(const dg_item *item, uint32_t i); /* in order of date */

DG_API int32_t dg_line_date(const dg_line *line);     /* when it happened */
DG_API int32_t dg_line_reported(const dg_line *line); /* when the document said so */
DG_API dg_str dg_line_status(const dg_line *line);    /* of the item from here on */
DG_API dg_str dg_line_change(const dg_line *line);    /* opened updated reported; silence: no document says it */
DG_API bool dg_line_due(const dg_line *line);         /* its condition came about */
DG_API dg_str dg_line_event(const dg_line *line);     /* ids; empty for silence */
DG_API dg_str dg_line_document(const dg_line *line);
DG_API dg_str dg_line_rule(const dg_line *line); /* id of the lexicon row */
DG_API uint32_t dg_line_n_claimed_by(const dg_line *line);
DG_API const dg_actor *dg_line_claimed_by(const dg_line *line, uint32_t i);
DG_API uint32_t dg_line_n_quantities(const dg_line *line);
DG_API const dg_quantity *dg_line_quantity(const dg_line *line, uint32_t i);
DG_API dg_span dg_line_evidence(const dg_line *line); /* the sentence, in the text of that document */
DG_API dg_str dg_line_evidence_text(const dg_line *line);
DG_API dg_span dg_line_trigger(const dg_line *line);

typedef enum dg_brief_format { DG_BRIEF_MARKDOWN = 0, DG_BRIEF_HTML = 1 } dg_brief_format;
/* A report to read: what stands on query.as_of (else query.to, else the last day), what changed since query.from (default:
 * the 14 days before), who said what, a timeline, each line with its evidence. */
DG_API dg_status dg_brief(dg_text *out, dg_store *store, const dg_query *query, dg_brief_format format, dg_error *err);

/* ---- search -------------------------------------------------------------------------------------------------- */
enum { DG_SEARCH_ITEMS = 1, DG_SEARCH_STATEMENTS = 2, DG_SEARCH_DOCUMENTS = 4 };
typedef struct dg_search_options {
    uint32_t size;
    uint32_t kinds;   /* DG_SEARCH_..., added; 0: all */
    int32_t from, to; /* days of publication; of an item, since it stands as it does; DG_NO_DAY: any */
    dg_str actor;     /* as in dg_query: who is in the document, who speaks, who is a party */
    uint32_t limit;   /* of each kind; 0: all */
} dg_search_options;
/* clang-format off */
#define DG_SEARCH_OPTIONS_INIT {sizeof(dg_search_options), 0, DG_NO_DAY, DG_NO_DAY, {NULL, 0}, 20}
/* clang-format on */
/* Words in what is current and not withdrawn: {"schema","query","results":[{"kind","id","day","who","status","snippet","marks",
 * "document","url","title","publisher","rank"}]}; items, then statements, then documents, each with the best first. marks: what was found, in
 * code points of the snippet. query: words (all must be there, in any form: "attack" finds "attacked"), "a phrase", begin*, AND, OR, NOT,
 * NEAR(a b, 5). Fails with DG_E_ARG when the query cannot be read, the actor is not known; the message says why. */
DG_API dg_status dg_search(dg_text *out, dg_store *store, dg_str query, const dg_search_options *options,
                           dg_error *err);

/* ---- series -------------------------------------------------------------------------------------------------- */
typedef enum dg_period {
    DG_PERIOD_DAY = 0,
    DG_PERIOD_WEEK = 1 /* from Monday */,
    DG_PERIOD_MONTH = 2,
    DG_PERIOD_YEAR = 3
} dg_period;
typedef enum dg_series_by { DG_BY_NONE = 0, DG_BY_DYAD = 1, DG_BY_TYPE = 2 /* PLOVER */, DG_BY_PLACE = 3 } dg_series_by;
typedef struct dg_series_options {
    uint32_t size;
    uint32_t period; /* dg_period */
    uint32_t by;     /* dg_series_by */
    bool panel;      /* a row for every key and period, also where nothing happened */
} dg_series_options;
/* clang-format off */
#define DG_SERIES_OPTIONS_INIT {sizeof(dg_series_options), DG_PERIOD_MONTH, DG_BY_NONE, false}
/* clang-format on */
/* Events by period: how many, their mean on both scales, documents read and those that tell them, the norm of the 4 and of the 52 weeks
 * before and the change against it (docs/formats/series.md). What did not happen is left out unless query.status asks for it. The query is
 * that of dg_timeline(). Fails with DG_E_ARG, and with DG_E_LIMIT: a panel of more than five million rows. */
DG_API dg_status dg_series(dg_text *out, dg_store *store, const dg_query *query, const dg_series_options *options,
                           dg_error *err);

/* ---- lists --------------------------------------------------------------------------------------------------- */
typedef enum dg_list_of {
    DG_ROWS_DOCUMENTS = 0,  /* in order of publication */
    DG_ROWS_STATEMENTS = 1, /* in order of their documents */
    DG_ROWS_EVENTS = 2,     /* as dg_timeline() */
    DG_ROWS_ITEMS = 3,      /* as dg_situation() */
    DG_ROWS_ACTORS = 4,     /* of the events that are asked for, the most frequent first */
    DG_ROWS_PLACES = 5
} dg_list_of;
typedef struct dg_list_options {
    uint32_t size;
    uint32_t limit; /* rows, 0: all */
    dg_str after;   /* "next" of the page before; empty: the first page */
} dg_list_options;
/* clang-format off */
#define DG_LIST_OPTIONS_INIT {sizeof(dg_list_options), 50, {NULL, 0}}
/* clang-format on */
/* What the store holds, a page at a time: {"schema","rows":[...],"next":TEXT or null}, of items also "as_of". The query's limit and
 * offset are not looked at; documents look at its days (of publication) and known_on, statements at actor, too. What is ingested
 * between two pages neither hides a row nor gives one twice; where the last row of a page was withdrawn or corrected meanwhile,
 * those of its day (items: of its kind) come again. Fails with DG_E_ARG when `after` is of no such list. */
DG_API dg_status dg_list(dg_text *out, dg_store *store, dg_list_of of, const dg_query *query,
                         const dg_list_options *options, dg_error *err);
/* The record of one document, by address or id, as dg_doc_write() has it (JSON; without its "items"). DG_E_ARG: no such document. */
DG_API dg_status dg_store_document(dg_text *out, dg_store *store, dg_str url_or_id, dg_format format, dg_error *err);
/* Why an event was coded: dg_explain() of its kept text, coded again by `coder`, which needs options.trace. `document` (its address or
 * id) spares the search for it; empty: not known. DG_E_ARG: no such event, or its text was not kept. */
DG_API dg_status dg_store_explain(dg_text *out, dg_store *store, dg_coder *coder, dg_str event, dg_str document,
                                  dg_error *err);
/* Another number than at the last call on this handle: another process or handle has written to the store since. */
DG_API dg_status dg_store_version(dg_store *store, uint64_t *version, dg_error *err);

/* ---- SQL ----------------------------------------------------------------------------------------------------- */
/* One SELECT over views with readable dates and names (docs/formats/sql.md): {"query","columns":[...],"rows":[{...}]}; limit: most rows, 0: all.
 * Nothing can be changed. Fails with DG_E_ARG when the query cannot be read or is no SELECT; the message says why. */
DG_API dg_status dg_sql(dg_text *out, dg_store *store, dg_str query, uint64_t limit, dg_error *err);

/* ---- export -------------------------------------------------------------------------------------------------- */
/* Events as rows for other programs: docs/formats/export.md has the columns. */
typedef struct dg_export dg_export;
typedef enum dg_export_format {
    DG_EXPORT_CSV = 0, /* RFC 4180 */
    DG_EXPORT_TSV = 1,
    DG_EXPORT_JSONL = 2, /* an object a row, the columns as keys */
    /* as other producers write events; what did not happen is left out unless query.status asks for it */
    DG_EXPORT_GDELT1 = 3,          /* 58 columns */
    DG_EXPORT_GDELT2 = 4,          /* 61 */
    DG_EXPORT_GDELT2_MENTIONS = 5, /* 16 */
    DG_EXPORT_ICEWS = 6,           /* 20, with a header */
    DG_EXPORT_PHOENIX = 7,         /* 26 */
    DG_EXPORT_POLECAT = 8,         /* 40, with a header */
    DG_EXPORT_GEOJSON = 9,         /* RFC 7946, the plain columns as properties */
    DG_EXPORT_PLOVER = 10,         /* PLOVER 2.0's event records, a line each */
    DG_EXPORT_ACLED = 11,          /* 31 columns as ACLED has them */
    DG_EXPORT_ARROW = 12,          /* an Arrow IPC file, also called Feather 2 */
    DG_EXPORT_ARROW_STREAM = 13,   /* an Arrow IPC stream */
    DG_EXPORT_COLUMNS = 14         /* nothing is written: dg_export_take() hands the rows over in memory */
} dg_export_format;
/* What is a row. Tables but the events can be had as csv, tsv, jsonl and Arrow. */
typedef enum dg_table {
    DG_TABLE_EVENTS = 0, /* a row for each source and target, the columns of csv (with `lists`: a row an event) */
    DG_TABLE_DOCUMENTS = 1,
    DG_TABLE_STATEMENTS = 2,
    DG_TABLE_ITEMS = 3, /* of a store its board, of a document its own */
    DG_TABLE_TIMES = 4, /* of documents: a store keeps none */
    DG_TABLE_PLACES = 5,
    DG_TABLE_QUANTITIES = 6,
    DG_TABLE_NAMES = 7 /* as times */
} dg_table;
/* Codes of countries: ISO 3166 alpha-3, Correlates of War (by the day of the event), FIPS 10-4, CAMEO. */
typedef enum dg_scheme { DG_SCHEME_ISO = 0, DG_SCHEME_COW = 1, DG_SCHEME_FIPS = 2, DG_SCHEME_CAMEO = 3 } dg_scheme;
typedef struct dg_export_options {
    uint32_t size;
    uint32_t format; /* dg_export_format */
    bool lists;      /* an event is one row, its actors lists; false: a row for each source and target */
    bool one_a_day;  /* one row for each day, source, target, code and status; over all that is written */
    bool fold;       /* what a document tells twice (headline and lead) is one event */
    bool raw;        /* cells that a spreadsheet would run as a formula get no apostrophe */
    bool no_header;
    uint32_t scheme; /* dg_scheme: of the country columns of csv, tsv, jsonl, geojson and Arrow */
    uint32_t table;  /* dg_table */
} dg_export_options;
/* clang-format off */
#define DG_EXPORT_OPTIONS_INIT {sizeof(dg_export_options), DG_EXPORT_CSV, false, false, false, false, false, DG_SCHEME_ISO, DG_TABLE_EVENTS}
/* clang-format on */

/* `query` (may be NULL: all) chooses the events as dg_timeline() does; as_of, kind, open_only are not looked at. Items are chosen as
 * dg_situation() does; of the other tables from, to are days of publication, statements look at actor (who speaks), and what else a
 * query says is refused. Both are copied; `write` gets the text in pieces, and false from it stops
 * with DG_E_CANCELLED; of DG_EXPORT_COLUMNS it may be NULL, else it is called without text when a batch is full, and may take it. The model must outlive the export.
 * Fails with DG_E_ARG: a question for what there is not, an unknown format, a table that the format has not. */
DG_API dg_status dg_export_new(dg_export **out, const dg_model *model, const dg_query *query,
                               const dg_export_options *options, dg_write_fn *write, void *user, dg_error *err);
/* The events of one document, of a store in order of their days. Any number of calls. */
DG_API dg_status dg_export_doc(dg_export *x, const dg_doc *doc, dg_error *err);
DG_API dg_status dg_export_store(dg_export *x, dg_store *store, dg_error *err);
/* The rest of the text, a header also where there are no rows. Call it once, at the end. */
DG_API dg_status dg_export_end(dg_export *x, dg_error *err);
DG_API uint64_t dg_export_rows(const dg_export *x);   /* written so far */
DG_API uint64_t dg_export_events(const dg_export *x); /* of how many events */
/* What stands in each column, who wrote it (version, models, lexicon) and what was asked for, as Markdown. */
DG_API dg_status dg_export_codebook(dg_text *out, const dg_export *x, dg_error *err);
DG_API void dg_export_free(dg_export *x);

/* ---- Arrow ---- */
/* The C data and C stream interfaces of Apache Arrow, as published to be copied: columns in memory that pyarrow, polars, DuckDB,
 * R's arrow and others take as they are. */
#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE
#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4
struct ArrowSchema {
    const char *format;
    const char *name;
    const char *metadata;
    int64_t flags;
    int64_t n_children;
    struct ArrowSchema **children;
    struct ArrowSchema *dictionary;
    void (*release)(struct ArrowSchema *);
    void *private_data;
};
struct ArrowArray {
    int64_t length;
    int64_t null_count;
    int64_t offset;
    int64_t n_buffers;
    int64_t n_children;
    const void **buffers;
    struct ArrowArray **children;
    struct ArrowArray *dictionary;
    void (*release)(struct ArrowArray *);
    void *private_data;
};
#endif
#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE
struct ArrowArrayStream {
    int (*get_schema)(struct ArrowArrayStream *, struct ArrowSchema *out);
    int (*get_next)(struct ArrowArrayStream *, struct ArrowArray *out);
    const char *(*get_last_error)(struct ArrowArrayStream *);
    void (*release)(struct ArrowArrayStream *);
    void *private_data;
};
#endif
/* The rows so far of an export made with DG_EXPORT_COLUMNS; it begins anew. *out is the caller's, who releases it as Arrow says; it
 * holds no view into documents, model or export and may go to another thread. Text is utf8, whole numbers int64, numbers float64, days
 * date32, lists list<utf8>; absent is null, a list without members empty. Batches have at most 16384 rows; none: only the schema. Fails
 * with DG_E_NOMEM, and with DG_E_ARG where the format is another; out->release is then NULL. */
DG_API dg_status dg_export_take(struct ArrowArrayStream *out, dg_export *x, dg_error *err);

#ifdef __cplusplus
}
#endif
#endif
