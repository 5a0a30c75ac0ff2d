/* SPDX-License-Identifier: Apache-2.0 */
/* lang/worker.h: the scratch memory of one thread, and the scores that its network gives a window of sentences.
 *
 * Where a second network reads along (dgi_lang_model_beside), every score is the mean of both: two networks that learned the same
 * in different ways err in different places. Both read the same words; nothing else passes between them. */
#ifndef DGI_WORKER_H
#define DGI_WORKER_H

#include "lang/net.h"

#define MAX_COL 320 /* columns of the arc scores: 250 words and the root, in groups of 64 */
_Static_assert(MAX_COL >= DGI_LANG_MAX_WORDS + 1 && MAX_COL % DGI_GROUP == 0, "room for the longest sentence");

struct dgi_lang_worker {
    const struct dgi_lang_model *m;
    struct dgi_lang_worker *beside; /* of the network that reads along; NULL: none */
    void *enc;
    struct dgi_window win;
    struct dgi_encoded e;
    /* per word of the window */
    float *tag_hidden, *tag; /* [W, n of tag_in], [W, n of tag_out] */
    float *top;              /* [W, n of top]                       */
    float *lab;              /* [W, n of lab_out]                   */
    float *arc_q;            /* [W, n of arc_u]                     */
    uint8_t *q;              /* [W, widest hidden layer]            */
    float *qs;               /* [W]                                 */
    uint32_t *head;          /* [W] 0 root, else word + 1           */
    /* one sentence */
    float *score;  /* [250, MAX_COL] */
    int8_t *heads; /* [MAX_COL/16, n_arc/4, 16, 4] */
    float head_scale[MAX_COL], zero[MAX_COL];
    int32_t head_corr[MAX_COL];
    uint8_t *root_q; /* [n_arc] */
    float root_scale;
    void *decode;
    uint8_t *names, *names_back;
    uint32_t q_dim;
    struct dgi_event_scratch *events; /* NULL: the model reads none */
    uint8_t *sort;                    /* [n_upos + n_xpos] what kind of tag each is (tags.h) */
};

/* ---- scores.c ---- */
/* The window through the encoder, and all that needs no tree: w->tag, w->top with the names' scores, arc queries in w->q. */
void dgi_score_words(struct dgi_lang_worker *w, const struct dgi_window *win);
/* w->score of sentence s: [words, what is returned], as dgi_decode_tree reads it. After dgi_score_words, before dgi_score_relations. */
uint32_t dgi_score_arcs(struct dgi_lang_worker *w, const struct dgi_window *win, uint32_t s);
/* w->lab, the relation of each word to its head: head[row] 0 root, else word + 1. */
void dgi_score_relations(struct dgi_lang_worker *w, const struct dgi_window *win, const uint32_t *head);
/* Column of w->top where the names' scores begin. */
static inline size_t dgi_names_at(const struct dgi_lang_model *m)
{
    return 2 * (size_t)m->n_arc + 2 * (size_t)m->n_lab;
}
/* x becomes the mean of x and y, [rows, n] in rows of nx and ny numbers. */
static inline void dgi_mean(float *x, size_t nx, const float *y, size_t ny, uint32_t rows, uint32_t n)
{
    for (uint32_t i = 0; i < rows; i++)
        for (uint32_t k = 0; k < n; k++)
            x[i * nx + k] = .5f * (x[i * nx + k] + y[i * ny + k]);
}

/* ---- events.c ---- */
/* What the event heads say of the window whose words were scored. */
dg_status dgi_events_run(struct dgi_lang_worker *w, struct dgi_doc *doc, dg_error *err);

#endif
