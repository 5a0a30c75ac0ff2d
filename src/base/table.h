/* SPDX-License-Identifier: Apache-2.0 */
/* base/table.h: lexicon tables. TSV files are read and checked at build time by dg-lexc, kept in one pack (base/pack.h),
 * and looked into at run time without parsing: rows by key, phrases by longest match over tokens.
 *
 * A cell "-" is read as empty. Comment lines begin with '#'. "# phrases: N" in the header comment asks for a phrase
 * index over column N (1-based); "# fold: lower" makes that index (and the key index) match lower-cased words
 * (default: phrases match as written). A cell with several phrases separates them by '|'.
 * Words of a phrase are separated by one space, written as the tokenizer cuts them: "U.S.", "Cote d' Ivoire" and
 * "People 's Republic" are tokenised by dg-lexc with dgi_phrase_words() so that table writers need not care. */
#ifndef DGI_TABLE_H
#define DGI_TABLE_H

#include "base/arena.h"
#include "base/day.h"
#include "base/error.h"
#include "base/pack.h"

/* ---- compiled tables ---- */
typedef struct dgi_lexicon dgi_lexicon; /* all tables of one or two packs; shared read-only between threads */

/* The tables of `dir`/world.lex, true in any language, and of `dir`/LANGUAGE.lex, the words of one, as one lexicon. No table
 * stands in both. */
dg_status dgi_lexicon_open(dgi_lexicon **out, const char *dir, const char *language, dg_error *err);
/* The tables of one pack alone. */
dg_status dgi_lexicon_open_file(dgi_lexicon **out, const char *path, dg_error *err);
bool dgi_lexicon_keep(dgi_lexicon *lex);          /* dgi_pack_keep() of its packs */
uint64_t dgi_lexicon_sum(const dgi_lexicon *lex); /* of its packs: another content, another number */
void dgi_lexicon_close(dgi_lexicon *lex);

struct dgi_table {
    dg_str name;
    dg_str folder; /* of its source: "world" or a language, "en" */
    uint32_t n_rows, n_cols;
    const uint32_t *cell; /* [n_rows*n_cols+1] end offsets into text; cell i = [cell[i], cell[i+1]) */
    const uint32_t *line; /* [n_rows] line in the file */
    const char *text;
    uint64_t n_text;
    const uint32_t *key; /* open-addressed [1<<key_bits] of row+1, by dgi_str_hash of column 0 */
    uint32_t key_bits;
    const uint64_t *phrase; /* [n_phrase_slots*2]: hash, (row list offset << 1 | is_prefix ... see table.c) */
    const uint32_t *phrase_rows;
    uint64_t n_phrase_rows;
    uint32_t phrase_bits, phrase_col; /* phrase_col: 1-based, 0 none */
    bool fold;
    const uint8_t *own_from;     /* [n_rows] 0: built in, else 1 + which of own_path; NULL: all are built in */
    const char *const *own_path; /* files of rows that were laid over the table */
};
/* The table called `name`, or NULL. */
const struct dgi_table *dgi_lexicon_table(const dgi_lexicon *lex, const char *name);
/* Where the table's rows are written: "lexicon/en/cues.tsv", in buf. */
const char *dgi_table_file(const struct dgi_table *t, char *buf, size_t size);
/* The same for one row, which may be a user's own. */
const char *dgi_table_row_file(const struct dgi_table *t, uint32_t row, char *buf, size_t size);
/* The i-th table, NULL past the end: to go over all, e.g. those that start with "frames-". */
const struct dgi_table *dgi_lexicon_table_at(const dgi_lexicon *lex, uint32_t i);

dg_str dgi_table_cell(const struct dgi_table *t, uint32_t row, uint32_t col); /* empty when col is out of range */
/* First row whose first column is `key` (folded if the table folds), DGI_NONE if none. Rows with the same key follow
 * each other in file order when the file is sorted. */
uint32_t dgi_table_find(const struct dgi_table *t, dg_str key);

/* Longest phrase of `t` that starts at word `at` and ends before `limit`; word i is the dg_str at (char *)first + i * stride. Returns the number of tokens (0: none) and
 * the rows that own it: *rows points to *n_rows row numbers in ascending order. Thread-safe.
 * Words are compared with quotes folded to ASCII; with fold tables lower-cased. */
uint32_t dgi_phrase_match_words(const struct dgi_table *t, const dg_str *first, size_t stride, uint32_t at,
                                uint32_t limit, const uint32_t **rows, uint32_t *n_rows);
/* Exact look-up of a phrase given as text ("Russian president"); same normalisation and word cutting. */
bool dgi_phrase_lookup(const struct dgi_table *t, dg_str phrase, const uint32_t **rows, uint32_t *n_rows);

/* ---- reading TSV (dg-lexc, `dragoman lexicon check`) ---- */
struct dgi_tsv {
    dg_str name; /* file name without folder and .tsv */
    dg_str path; /* as given to dgi_tsv_read(), NUL-terminated */
    uint32_t n_rows, n_cols;
    dg_str *cell;        /* [n_rows*n_cols], "-" already empty */
    uint32_t *line;      /* [n_rows] */
    uint32_t phrase_col; /* 1-based, 0 none */
    bool fold;
};
/* Called for every fault found: file:line:field and one sentence. */
typedef void dgi_fault_fn(void *user, const char *file, uint32_t line, uint32_t field, const char *message);
/* Reads `path`. Faults (columns differ, not UTF-8, no rows ...) go to `fault` and are counted in *n_faults; the rest of
 * the file is still read. Fails only when the file cannot be read or memory is short. */
dg_status dgi_tsv_read(struct dgi_tsv *out, dgi_arena *a, const char *path, dgi_fault_fn *fault, void *user,
                       uint32_t *n_faults, dg_error *err);
/* Reads every *.tsv of the folder `dir`, in order of name, behind the *n tables already in out[0..room). */
dg_status dgi_tsv_read_dir(struct dgi_tsv *out, uint32_t room, uint32_t *n, dgi_arena *a, const char *dir,
                           dgi_fault_fn *fault, void *user, uint32_t *n_faults, dg_error *err);
/* The same of `dir` and of each folder in it (lexicon/: world/, en/); fails when there is no table at all. */
dg_status dgi_tsv_read_tree(struct dgi_tsv *out, uint32_t room, uint32_t *n, dgi_arena *a, const char *dir,
                            dgi_fault_fn *fault, void *user, uint32_t *n_faults, dg_error *err);
/* Lay the rows of the tables in `dir` over those of the lexicon: a known id is replaced, a new one added, each table made anew in
 * memory. `check` looks at each table first and tells faults. DG_E_LEXICON with "file:line:field: message" of the first. To be done
 * before anything of the lexicon is used; at most DGI_OWN_MOST folders. */
enum { DGI_OWN_MOST = 4 };
typedef void dgi_rows_check(const dgi_lexicon *lex, const struct dgi_tsv *own, dgi_fault_fn *fault, void *user);
dg_status dgi_lexicon_overlay(dgi_lexicon *lex, const char *dir, dgi_rows_check *check, dg_error *err);
/* Compile tables into a pack file. */
dg_status dgi_lexicon_write(const char *path, const struct dgi_tsv *tables, uint32_t n_tables, dg_error *err);

/* Cut a phrase into words the way the tokenizer cuts text: at white space, then brackets, commas and quotes at the edges, the
 * possessive ending, slashes, and every hyphen (docs/stages/segment.md). Calls add for each. */
void dgi_phrase_words(dg_str phrase, bool fold, void (*add)(void *user, dg_str word), void *user);

#endif
