/* SPDX-License-Identifier: Apache-2.0 */
/* lang/scores.c: what the network's heads score for tags, names, arcs and relations of a window.
 *
 * Reads   forms of a window
 * Writes  scores in the worker; decides nothing (analyse.c does)
 *
 * The encoder hands over one quantised vector per word for the tags and one for tree and names; what follows are products with small
 * matrices. */
#include "lang/worker.h"

static void tags(struct dgi_lang_worker *w, const struct dgi_window *win)
{
    const struct dgi_lang_model *m = w->m;
    const size_t nh = m->tag_in.n, no = m->tag_out.n;
    m->kern->gemm(&m->tag_in, win->n_words, w->e.low, w->e.dim, w->e.low_scale, NULL, w->tag_hidden, nh);
    for (uint32_t i = 0; i < win->n_words; i++)
        w->qs[i] = m->kern->quantise(w->tag_hidden + i * nh, NULL, true, m->n_tag, w->q + (size_t)i * m->n_tag);
    m->kern->gemm(&m->tag_out, win->n_words, w->q, m->n_tag, w->qs, NULL, w->tag, no);
}

static void arc_queries(struct dgi_lang_worker *w, const struct dgi_window *win)
{
    const struct dgi_lang_model *m = w->m;
    const size_t nt = m->top.n, nu = m->arc_u.n;
    const uint32_t na = m->n_arc;
    for (uint32_t i = 0; i < win->n_words; i++)
        w->qs[i] = m->kern->quantise(w->top + i * nt, NULL, true, na, w->q + (size_t)i * na);
    m->kern->gemm(&m->arc_u, win->n_words, w->q, na, w->qs, NULL, w->arc_q, nu);
    for (uint32_t i = 0; i < win->n_words; i++)
        w->qs[i] = m->kern->quantise(w->arc_q + i * nu, NULL, false, na, w->q + (size_t)i * na);
}

void dgi_score_words(struct dgi_lang_worker *w, const struct dgi_window *win)
{
    const struct dgi_lang_model *m = w->m;
    struct dgi_lang_worker *o = w->beside;
    m->enc->run(m, w->enc, win, &w->e);
    tags(w, win);
    m->kern->gemm(&m->top, win->n_words, w->e.top, w->e.dim, w->e.top_scale, NULL, w->top, m->top.n);
    arc_queries(w, win);
    if (!o)
        return;
    dgi_score_words(o, win);
    dgi_mean(w->tag, m->tag_out.n, o->tag, o->m->tag_out.n, win->n_words, m->n_upos + m->n_xpos + m->n_feats);
    dgi_mean(w->top + dgi_names_at(m), m->top.n, o->top + dgi_names_at(o->m), o->m->top.n, win->n_words, m->n_names);
}

/* Column c of the arc scores: the head's vector, packed as the kernels read a matrix. */
static void put_head(struct dgi_lang_worker *w, uint32_t c, const uint8_t *q, float scale)
{
    const uint32_t k4 = w->m->n_arc / 4;
    int8_t *to = w->heads + (size_t)(c / 16) * k4 * 64 + (c % 16) * 4;
    int32_t sum = 0;
    for (uint32_t k = 0; k < k4; k++, to += 64) {
        uint32_t four;
        memcpy(&four, q + 4 * k, 4);
        sum += q[4 * k] + q[4 * k + 1] + q[4 * k + 2] + q[4 * k + 3];
        four ^= 0x80808080u; /* minus 128, byte by byte */
        memcpy(to, &four, 4);
    }
    w->head_scale[c] = scale;
    w->head_corr[c] = -128 * (sum - 128 * (int32_t)w->m->n_arc);
}

uint32_t dgi_score_arcs(struct dgi_lang_worker *w, const struct dgi_window *win, uint32_t s)
{
    const struct dgi_lang_model *m = w->m;
    const uint32_t n = win->len[s], row = win->row[s], na = m->n_arc;
    const uint32_t cols = (n + 1 + DGI_GROUP - 1) / DGI_GROUP * DGI_GROUP;
    const size_t nt = m->top.n;
    uint8_t q[DGI_MAX_K];
    put_head(w, 0, w->root_q, w->root_scale);
    for (uint32_t i = 0; i < n; i++) {
        float scale = m->kern->quantise(w->top + (row + i) * nt + na, NULL, true, na, q);
        put_head(w, i + 1, q, scale);
    }
    for (uint32_t c = n + 1; c < cols; c++) {
        w->head_scale[c] = 0;
        w->head_corr[c] = 0;
    }
    struct dgi_qmat hm = {
        .n = cols, .k = na, .w = w->heads, .scale = w->head_scale, .corr = w->head_corr, .bias = w->zero};
    m->kern->gemm(&hm, n, w->q + (size_t)row * na, na, w->qs + row, NULL, w->score, cols);
    if (w->beside) {
        dgi_score_arcs(w->beside, win, s);
        dgi_mean(w->score, cols, w->beside->score, cols, n, n + 1);
    }
    return cols;
}

/* Dependent and head side added, one hidden layer. */
void dgi_score_relations(struct dgi_lang_worker *w, const struct dgi_window *win, const uint32_t *head)
{
    const struct dgi_lang_model *m = w->m;
    const size_t nt = m->top.n, nl = m->lab_out.n, at = 2 * (size_t)m->n_arc;
    for (uint32_t s = 0; s < win->n_sents; s++)
        for (uint32_t k = 0; k < win->len[s]; k++) {
            uint32_t i = win->row[s] + k, h = head[i];
            const float *dep = w->top + i * nt + at;
            const float *gov = h ? w->top + (win->row[s] + h - 1) * nt + at + m->n_lab : m->root_lab;
            w->qs[i] = m->kern->quantise(dep, gov, true, m->n_lab, w->q + (size_t)i * m->n_lab);
        }
    m->kern->gemm(&m->lab_out, win->n_words, w->q, m->n_lab, w->qs, NULL, w->lab, nl);
    if (w->beside) {
        dgi_score_relations(w->beside, win, head);
        dgi_mean(w->lab, nl, w->beside->lab, w->beside->m->lab_out.n, win->n_words, m->n_rel);
    }
}
