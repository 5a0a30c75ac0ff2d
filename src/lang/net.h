/* SPDX-License-Identifier: Apache-2.0 */
/* lang/net.h: what the parts of the network share: the loaded model, a worker's scratch memory, a window of sentences. */
#ifndef DGI_NET_H
#define DGI_NET_H

#include "doc/read.h"
#include "lang/features.h"
#include "lang/kernel.h"
#include "lang/lang.h"

#define DGI_WINDOW_WORDS 256
#define DGI_WINDOW_SENTS 16
#define DGI_CACHE_ROWS 1024 /* forms whose input product is kept; a power of two */
#define DGI_CACHE_FORM 28   /* bytes of the longest form kept */

/* A matrix of small rows with one scale each: an embedding. */
struct dgi_rows {
    uint32_t n, d;
    const int8_t *q;    /* [n,d] */
    const float *scale; /* [n]   */
};

/* Sentences (or pieces of very long ones) that go through the network together; longest first. */
struct dgi_window {
    uint32_t n_sents, n_words;
    uint32_t first_tok[DGI_WINDOW_SENTS]; /* in doc->toks */
    uint32_t len[DGI_WINDOW_SENTS];
    uint32_t row[DGI_WINDOW_SENTS]; /* of its first word */
    dg_str form[DGI_WINDOW_WORDS];
};

/* Word vectors in context, already quantised for the heads: what an encoder hands over. */
struct dgi_encoded {
    uint8_t *low, *top; /* [words, dim] offset by 128: input of the tag heads; of tree and names */
    float *low_scale, *top_scale;
    uint32_t dim;
};

struct dgi_lang_worker;

/* The one interface behind which an encoder stands. The file's "layers" text says which it is. */
struct dgi_encoder {
    const char *kind;
    bool one_output; /* low and top are the same vectors */
    /* Load what `layers` names; sets m->enc_dim. */
    dg_status (*load)(struct dgi_lang_model *m, dg_error *err);
    void (*unload)(struct dgi_lang_model *m);
    void *(*scratch_new)(const struct dgi_lang_model *m);
    void (*scratch_free)(void *scratch);
    void (*run)(const struct dgi_lang_model *m, void *scratch, const struct dgi_window *win, struct dgi_encoded *out);
};
extern const struct dgi_encoder dgi_encoder_bilstm, dgi_encoder_minilm;

/* The event reader's heads; n_hidden 0: the file has none. */
struct dgi_event_heads {
    uint32_t n_hidden, n_tags, n_status, n_roles;
    struct dgi_qmat trig_in, trig_out;                   /* tags, status, negation from one hidden layer */
    struct dgi_qmat role_in, role_out;                   /* a trigger's and a word's side, added */
    uint8_t type[64];                                    /* of a tag: enum dgi_plover; tag 0 is O */
    bool begin[64];                                      /* B- */
    uint8_t status[DGI_N_STATUS], role[DGI_N_READ_ROLE]; /* ids of doc.h and read.h */
};

struct dgi_lang_model {
    struct dgi_mfile file;
    const struct dgi_kernels *kern;
    uint32_t style;
    dg_str layers, card;
    const struct dgi_encoder *enc;
    void *enc_state;
    uint32_t enc_dim;

    struct dgi_word_tables tables;
    struct dgi_rows vec, word, affix, shape;

    struct dgi_qmat tag_in, tag_out, top, arc_u, lab_out;
    uint32_t n_tag, n_arc, n_lab; /* hidden units */
    const float *root_arc, *root_lab;

    uint32_t n_upos, n_xpos, n_feats, n_rel, n_names;
    uint8_t *upos, *rel;       /* ids of doc.h */
    dg_str *xpos, *feats;      /* views into the file */
    const uint8_t *feats_upos; /* UPOS (of this file) that a feature string goes with */
    uint32_t *feats_from;      /* [n_upos+1] feature strings of UPOS u: from feats_from[u] to feats_from[u+1] */
    uint8_t *name_type;        /* enum dgi_name_type */
    bool *name_begin;          /* B- */
    uint32_t root_rel;
    struct dgi_event_heads events;
    struct dgi_lang_model *beside; /* reads along; NULL: none */

    struct dgi_mtable lem_suffix, lem_word;
    struct dgi_lemma_rule *lem_rule;
    uint32_t n_lem_rule;
};
struct dgi_lemma_rule {
    bool keep_case;
    uint32_t cut; /* bytes off the end */
    dg_str append;
};

/* One line of the layers text: the number after `key` on the line that begins with `layer`; 0 if it is not there. */
uint32_t dgi_layer_num(dg_str layers, const char *layer, const char *key);
/* name.w, .scale, .corr and, if with_bias, .bias. n_min: rows that are needed. */
dg_status dgi_qmat_load(struct dgi_qmat *q, const struct dgi_mfile *f, const char *name, uint32_t n_min, uint32_t k,
                        bool with_bias, dg_error *err);
dg_status dgi_rows_load(struct dgi_rows *r, const struct dgi_mfile *f, const char *name, uint32_t d, dg_error *err);
/* The n lines of text `name` as views; *out is freed by the caller, on failure too. */
dg_status dgi_lines_load(struct dgi_lang_model *m, const char *name, uint32_t n, dg_str **out, dg_error *err);
/* All n numbers finite and no larger than 1e6. */
bool dgi_floats_sane(const float *x, size_t n);

/* ---- decode.c ---- */
/* Heads of a sentence of n words from scores [n, ld], column 0 the root, column j+1 word j. head[i]: 0 root, j+1 word j.
 * A tree with one root: best head of each word where that is one, else the best projective tree.
 * scratch: dgi_decode_scratch(n_max) bytes, 16-byte aligned. */
void dgi_decode_tree(const float *score, size_t ld, uint32_t n, uint32_t *head, void *scratch);
size_t dgi_decode_scratch(uint32_t n_max);
bool dgi_is_tree(const uint32_t *head, uint32_t n);
/* Best tag sequence in which I-X follows only B-X or I-X. score [n, ld]. scratch: n * n_tags bytes. */
void dgi_decode_names(const float *score, size_t ld, uint32_t n, uint32_t n_tags, const uint8_t *type,
                      const bool *begin, uint8_t *tag, uint8_t *scratch);

/* ---- events.c ---- */
struct dgi_event_scratch;
dg_status dgi_events_load(struct dgi_lang_model *m, dg_error *err); /* fills m->events, where the file has such heads */
struct dgi_event_scratch *dgi_events_scratch_new(const struct dgi_lang_model *m);
void dgi_events_scratch_free(struct dgi_event_scratch *s);
dg_status dgi_events_begin(struct dgi_doc *doc, dg_error *err); /* makes doc->read */
void dgi_events_end(struct dgi_doc *doc);                       /* puts them in order */

/* ---- lemma.c ---- */
dg_status dgi_lemma_load(struct dgi_lang_model *m, dg_error *err);
void dgi_lemma_unload(struct dgi_lang_model *m);
/* A view of form, or of a string in the arena. ptr NULL: no memory. */
dg_str dgi_lemma(const struct dgi_lang_model *m, dgi_arena *a, dg_str form, dg_str xpos);
/* "signed" tagged as a present (VBP, beside a plural subject): no verb but need, feed and their like has a base form in -ed that
 * long. Sets tag and tense right, so that the lemma is "sign". False: no memory. */
bool dgi_lemma_tense(struct dgi_tok *t, dgi_arena *a);

#endif
