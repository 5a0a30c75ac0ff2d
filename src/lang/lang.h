/* SPDX-License-Identifier: Apache-2.0 */
/* lang/lang.h: tags, lemmas, trees and names of a document whose sentences and tokens are known.
 *
 *   struct dgi_lang_options opt = DGI_LANG_OPTIONS_INIT;
 *   struct dgi_lang_model *model;
 *   dgi_lang_model_open(&model, "models/parser.dgm", &opt, &err);   once, shared by all threads
 *   struct dgi_lang_worker *w = dgi_lang_worker_new(model);         one for each thread
 *   dgi_lang_analyse(w, doc, &err);
 *
 * The model file is mapped read-only and never written. Same document, same result: whatever the instruction set, the
 * thread, and what was analysed before or beside it. */
#ifndef DGI_LANG_H
#define DGI_LANG_H

#include "base/error.h"
#include "doc/doc.h"

/* Which arithmetic to use. All give the same bits; the slower ones are there for old processors and for tests. */
/* dg_kernel of dragoman.h. The numbers are the order in which they came, not of speed (dgi_kernels_get). */
enum dgi_kernel_level {
    DGI_KERNEL_AUTO,
    DGI_KERNEL_SCALAR,
    DGI_KERNEL_AVX2,
    DGI_KERNEL_AVX512,
    DGI_KERNEL_AVXVNNI,
    DGI_KERNEL_NEON,
    DGI_KERNEL_DOTPROD,
    DGI_KERNEL_COUNT
};

struct dgi_lang_options {
    uint32_t size;   /* set by DGI_LANG_OPTIONS_INIT */
    uint32_t kernel; /* enum dgi_kernel_level; for one that this processor lacks: the next slower one it has */
    uint32_t style;  /* row of the file's "styles": 0 neutral (the default), 1 as EWT annotates, 2 as GUM does */
};
/* clang-format off */
#define DGI_LANG_OPTIONS_INIT {sizeof(struct dgi_lang_options), DGI_KERNEL_AUTO, 0}
/* clang-format on */

struct dgi_lang_model;
struct dgi_lang_worker;

/* Map and check the file. On failure *out is NULL and *err (may be NULL) says what is wrong and what to do.
 * DG_E_MODEL: missing, not such a file, damaged, or of another version; DG_E_IO: cannot be mapped; DG_E_NOMEM. opt may be NULL. */
dg_status dgi_lang_model_open(struct dgi_lang_model **out, const char *path, const struct dgi_lang_options *opt,
                              dg_error *err);
/* Lets `other` read along: what workers of m made from now on score (tags, names, arcs, relations, triggers, roles) is the mean of what both
 * networks score. DG_E_MODEL: they know other labels, or not both have the event reader's heads. m owns other from now on, on failure too. */
dg_status dgi_lang_model_beside(struct dgi_lang_model *m, struct dgi_lang_model *other, dg_error *err);
bool dgi_lang_model_keep(struct dgi_lang_model *m);          /* dgi_pack_keep() of its file and of the one beside */
uint64_t dgi_lang_model_sum(const struct dgi_lang_model *m); /* of its file and of the one beside */
/* No worker may be alive, and documents whose tokens hold views into the model must not be read any more. */
void dgi_lang_model_close(struct dgi_lang_model *m);
dg_str dgi_lang_model_card(const struct dgi_lang_model *m);        /* the file's card, Markdown */
dg_str dgi_lang_model_layers(const struct dgi_lang_model *m);      /* the file's own list of layers */
const char *dgi_lang_model_kernel(const struct dgi_lang_model *m); /* "avx512-vnni", "neon", "scalar" ... */

/* Scratch memory of one thread, about 10 MB. NULL: no memory. */
struct dgi_lang_worker *dgi_lang_worker_new(const struct dgi_lang_model *m);
void dgi_lang_worker_free(struct dgi_lang_worker *w);

/* Fill upos, xpos, feats, lemma, head, rel, name and DGI_TOK_NAME_BEGIN of every token of doc, sentence by sentence; and doc->read,
 * where the model has the event reader's heads.
 * Every sentence gets one tree with one root. Sentences of more than DGI_LANG_MAX_WORDS words are parsed in pieces, cut
 * after punctuation where there is any, whose roots are then joined. DG_E_NOMEM only. */
#define DGI_LANG_MAX_WORDS 250
dg_status dgi_lang_analyse(struct dgi_lang_worker *w, struct dgi_doc *doc, dg_error *err);

/* Sets right what no English tree has (mend.c), in place; before dgi_tree_index(). Every sentence still has one tree with its root.
 * DG_E_NOMEM only. */
dg_status dgi_lang_mend(struct dgi_doc *doc, dg_error *err);

#endif
