/* SPDX-License-Identifier: Apache-2.0 */
/* code/code.h: the coder: trees, mentions, times and statements in, events out.
 *
 * dgi_coder_tables_open() turns the lexicon tables `frames-*`, classes, lightverbs, compose, nonevents, status, grammar
 * and topics into compact read-only structures, once; any number of threads share them. dgi_code() fills doc->events.
 */
#ifndef DGI_CODE_H
#define DGI_CODE_H

#include "base/table.h"
#include "doc/doc.h"

typedef struct dgi_coder_tables dgi_coder_tables;

/* `lex` is borrowed: it must live until close. Rows with faults are left out here; dgi_frames_check() names them. */
dg_status dgi_coder_tables_open(dgi_coder_tables **out, const dgi_lexicon *lex, dg_error *err);
void dgi_coder_tables_close(dgi_coder_tables *t);
/* The words of the tables and what is known of them (clause/lexis.h); lives as long as `t`. */
const struct dgi_lexis *dgi_coder_lexis(const dgi_coder_tables *t);
uint32_t dgi_coder_n_frames(const dgi_coder_tables *t);
uint32_t dgi_coder_n_triggers(const dgi_coder_tables *t); /* different lemma and part of speech */

enum { DGI_CODE_MAX_WORDS = 1000 }; /* a longer sentence is none, and is not coded */

struct dgi_code_ctx {
    const dgi_coder_tables *tables;
    const struct dgi_actors_ctx *actors; /* may be NULL: then no state is a side that the text does not name */
    bool no_veto;                        /* the trained reader refuses no row's event: for `lexicon check` */
    uint64_t repairs_off;                /* bit per enum dgi_repair (clause/repair.h): for bench/, else 0 */
};
/* Needs dgi_tree_index(doc), dgi_doc_words(doc) and dgi_clauses_read(doc). Fails only for want of memory. */
dg_status dgi_code(struct dgi_code_ctx *ctx, struct dgi_doc *doc, dg_error *err);

/* Where a frame comes from, for `explain`: table name and line in its file; false: no such frame. */
bool dgi_coder_frame_where(const dgi_coder_tables *t, dg_str frame_id, const struct dgi_table **table, uint32_t *line);

/* ---- `dragoman lexicon check` ---- */
/* Codes `sentence` through the whole pipeline and calls add() with the frame id, the CAMEO code and the PLOVER type of
 * every event found. Returns false when the pipeline failed. */
typedef void dgi_frame_hit_fn(void *user, dg_str frame_id, const char *cameo, uint8_t plover);
typedef bool dgi_run_example_fn(void *run_user, dg_str sentence, dgi_frame_hit_fn *add, void *add_user);

/* Checks the frame tables: patterns and paths parse, classes, codes and modes exist, ids are unique over files; then
 * runs each example and counter when `run` is not NULL. Faults go to `fault` (file, line, field, message); returns how
 * many. */
uint32_t dgi_frames_check(const dgi_coder_tables *t, dgi_run_example_fn *run, void *run_user, dgi_fault_fn *fault,
                          void *fault_user);

#endif
