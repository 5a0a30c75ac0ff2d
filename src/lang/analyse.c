/* SPDX-License-Identifier: Apache-2.0 */
/* lang/analyse.c: runs the network over a document and writes its answers into the tokens.
 *
 * Reads   sentences; token form
 * Writes  token upos, xpos, feats, lemma, head, rel, name, DGI_TOK_NAME_BEGIN; with the event reader's heads doc->read
 *
 * Sentences go through in windows of at most 16 sentences and 256 words (larger ones gain nothing: the products
 * are at the limit of the processor already, and these stay in its second cache). scores.c has what the heads score; here are the
 * decisions: decoders, and what no English word can be. */
#include <stdlib.h>

#include "lang/tags.h"
#include "lang/worker.h"

struct piece {
    uint32_t first, len; /* tokens of the document */
};
struct dgi_lang_worker *dgi_lang_worker_new(const struct dgi_lang_model *m)
{
    struct dgi_lang_worker *w = calloc(1, sizeof *w);
    if (!w)
        return NULL;
    const size_t n = DGI_WINDOW_WORDS;
    w->m = m;
    w->e.dim = m->enc_dim;
    w->q_dim = m->n_tag > m->n_lab ? m->n_tag : m->n_lab;
    w->q_dim = w->q_dim > m->n_arc ? w->q_dim : m->n_arc;
    w->enc = m->enc->scratch_new(m);
    w->e.top = malloc(n * m->enc_dim);
    w->e.low = m->enc->one_output ? w->e.top : malloc(n * m->enc_dim);
    w->e.top_scale = malloc(n * sizeof(float));
    w->e.low_scale = m->enc->one_output ? w->e.top_scale : malloc(n * sizeof(float));
    w->tag_hidden = malloc(n * m->tag_in.n * sizeof(float));
    w->tag = malloc(n * m->tag_out.n * sizeof(float));
    w->top = malloc(n * m->top.n * sizeof(float));
    w->lab = malloc(n * m->lab_out.n * sizeof(float));
    w->arc_q = malloc(n * m->arc_u.n * sizeof(float));
    w->q = malloc(n * w->q_dim);
    w->qs = malloc(n * sizeof(float));
    w->head = malloc(n * sizeof(uint32_t));
    w->score = malloc((size_t)DGI_LANG_MAX_WORDS * MAX_COL * sizeof(float));
    w->heads = calloc(MAX_COL, m->n_arc);
    w->root_q = malloc(m->n_arc);
    w->decode = malloc(dgi_decode_scratch(DGI_LANG_MAX_WORDS));
    w->names = malloc(n);
    w->names_back = malloc((size_t)DGI_LANG_MAX_WORDS * m->n_names);
    w->sort = dgi_tag_sorts(m->upos, m->n_upos, m->xpos, m->n_xpos);
    w->events = m->events.n_hidden ? dgi_events_scratch_new(m) : NULL;
    w->beside = m->beside ? dgi_lang_worker_new(m->beside) : NULL;
    if ((m->events.n_hidden && !w->events) || (m->beside && !w->beside) || !w->enc || !w->e.low || !w->e.top ||
        !w->e.low_scale || !w->e.top_scale || !w->tag_hidden || !w->tag || !w->top || !w->lab || !w->arc_q || !w->q ||
        !w->qs || !w->head || !w->score || !w->heads || !w->root_q || !w->decode || !w->names || !w->names_back ||
        !w->sort) {
        dgi_lang_worker_free(w);
        return NULL;
    }
    w->root_scale = m->kern->quantise(m->root_arc, NULL, false, m->n_arc, w->root_q);
    return w;
}

void dgi_lang_worker_free(struct dgi_lang_worker *w)
{
    if (!w)
        return;
    dgi_lang_worker_free(w->beside);
    w->m->enc->scratch_free(w->enc);
    if (!w->m->enc->one_output) {
        free(w->e.low);
        free(w->e.low_scale);
    }
    free(w->e.top);
    free(w->e.top_scale);
    free(w->tag_hidden);
    free(w->tag);
    free(w->top);
    free(w->lab);
    free(w->arc_q);
    free(w->q);
    free(w->qs);
    free(w->head);
    free(w->score);
    free(w->heads);
    free(w->root_q);
    free(w->decode);
    free(w->names);
    free(w->names_back);
    free(w->sort);
    dgi_events_scratch_free(w->events);
    free(w);
}

/* ---- tags ---- */

static uint32_t best_of(const float *x, uint32_t n)
{
    uint32_t b = 0;
    for (uint32_t i = 1; i < n; i++)
        b = x[i] > x[b] ? i : b;
    return b;
}

static void tags(struct dgi_lang_worker *w, struct dgi_doc *doc)
{
    const struct dgi_lang_model *m = w->m;
    const struct dgi_window *win = &w->win;
    const size_t no = m->tag_out.n;
    for (uint32_t s = 0; s < win->n_sents; s++)
        for (uint32_t k = 0; k < win->len[s]; k++) {
            const float *x = w->tag + (win->row[s] + k) * no;
            struct dgi_tok *t = &doc->toks[win->first_tok[s] + k];
            const uint8_t refused = dgi_tags_refused(doc->words, t->form);
            uint32_t upos = dgi_tag_best(x, w->sort, m->n_upos, refused, 0);
            dg_str form = m->xpos[dgi_tag_best(x + m->n_upos, w->sort + m->n_upos, m->n_xpos, refused, 0)];
            if (doc->words && dgi_tag_tells_verb(m->upos[upos], form))
                for (uint32_t u = 0; u < m->n_upos; u++)
                    upos = m->upos[u] == DGI_VERB ? u : upos;
            t->upos = m->upos[upos];
            t->xpos = m->xpos[dgi_tag_best(x + m->n_upos, w->sort + m->n_upos, m->n_xpos, refused,
                                           doc->words ? dgi_tag_asked(t->upos) : 0)];
            /* the best feature string among those that go with the UPOS */
            const float *f = x + m->n_upos + m->n_xpos;
            uint32_t from = m->feats_from[upos], n = m->feats_from[upos + 1] - from;
            t->feats = n ? m->feats[from + best_of(f + from, n)] : (dg_str){"", 0};
        }
}

/* ---- tree ---- */

static void tree(struct dgi_lang_worker *w, struct dgi_doc *doc)
{
    const struct dgi_lang_model *m = w->m;
    const struct dgi_window *win = &w->win;
    for (uint32_t s = 0; s < win->n_sents; s++) {
        uint32_t cols = dgi_score_arcs(w, win, s);
        dgi_decode_tree(w->score, cols, win->len[s], w->head + win->row[s], w->decode);
    }
    dgi_score_relations(w, win, w->head);
    for (uint32_t s = 0; s < win->n_sents; s++)
        for (uint32_t k = 0; k < win->len[s]; k++) {
            uint32_t i = win->row[s] + k, h = w->head[i];
            struct dgi_tok *t = &doc->toks[win->first_tok[s] + k];
            float *x = w->lab + i * m->lab_out.n;
            t->head = h ? win->first_tok[s] + h - 1 : DGI_NONE;
            x[m->root_rel] = -1e30f;
            t->rel = h ? m->rel[best_of(x, m->n_rel)] : DGI_REL_ROOT;
        }
}

/* ---- names ---- */

static void names(struct dgi_lang_worker *w, struct dgi_doc *doc)
{
    const struct dgi_lang_model *m = w->m;
    const struct dgi_window *win = &w->win;
    const size_t nt = m->top.n;
    for (uint32_t s = 0; s < win->n_sents; s++) {
        dgi_decode_names(w->top + win->row[s] * nt + dgi_names_at(m), nt, win->len[s], m->n_names, m->name_type,
                         m->name_begin, w->names, w->names_back);
        for (uint32_t k = 0; k < win->len[s]; k++) {
            struct dgi_tok *t = &doc->toks[win->first_tok[s] + k];
            t->name = m->name_type[w->names[k]];
            t->flags &= (uint8_t)~DGI_TOK_NAME_BEGIN;
            if (m->name_begin[w->names[k]])
                t->flags |= DGI_TOK_NAME_BEGIN;
        }
    }
}

/* ---- windows ---- */

static dg_status lemmas(struct dgi_lang_worker *w, struct dgi_doc *doc, dg_error *err)
{
    const struct dgi_window *win = &w->win;
    for (uint32_t s = 0; s < win->n_sents; s++)
        for (uint32_t k = 0; k < win->len[s]; k++) {
            struct dgi_tok *t = &doc->toks[win->first_tok[s] + k];
            if (!dgi_lemma_tense(t, doc->arena))
                return dgi_fail(err, DG_E_NOMEM, "no memory for features");
            t->lemma = dgi_lemma(w->m, doc->arena, t->form, t->xpos);
            if (!t->lemma.ptr)
                return dgi_fail(err, DG_E_NOMEM, "no memory for lemmas");
        }
    return DG_OK;
}

static int longest_first(const void *a, const void *b)
{
    const struct piece *x = a, *y = b;
    if (x->len != y->len)
        return x->len < y->len ? 1 : -1;
    return x->first < y->first ? -1 : x->first > y->first;
}

static dg_status run_window(struct dgi_lang_worker *w, struct dgi_doc *doc, struct piece *p, uint32_t n, dg_error *err)
{
    struct dgi_window *win = &w->win;
    qsort(p, n, sizeof *p, longest_first);
    win->n_sents = n;
    win->n_words = 0;
    for (uint32_t s = 0; s < n; s++) {
        win->first_tok[s] = p[s].first;
        win->len[s] = p[s].len;
        win->row[s] = win->n_words;
        for (uint32_t k = 0; k < p[s].len; k++)
            win->form[win->n_words++] = doc->toks[p[s].first + k].form;
    }
    dgi_score_words(w, win);
    tags(w, doc);
    tree(w, doc);
    names(w, doc);
    dg_status st = w->events ? dgi_events_run(w, doc, err) : DG_OK;
    return st == DG_OK ? lemmas(w, doc, err) : st;
}

/* Length of the next piece of a sentence that has `left` tokens from `first` on: all of it, or up to the last punctuation
 * mark in the second half of the longest piece allowed. Looks at the text only, so that it never depends on a tag. */
static uint32_t piece_len(const struct dgi_doc *doc, uint32_t first, uint32_t left)
{
    if (left <= DGI_LANG_MAX_WORDS)
        return left;
    for (uint32_t n = DGI_LANG_MAX_WORDS; n > DGI_LANG_MAX_WORDS / 2; n--) {
        dg_str f = doc->toks[first + n - 1].form;
        if (f.len == 1 && memchr(";:,.!?)", f.ptr[0], 7))
            return n;
    }
    return DGI_LANG_MAX_WORDS;
}

/* The pieces of a very long sentence become one tree: later roots hang on the first one. */
static void join_pieces(struct dgi_doc *doc, const struct dgi_sent *s)
{
    uint32_t root = DGI_NONE;
    for (uint32_t t = s->first; t < s->end; t++)
        if (doc->toks[t].head == DGI_NONE) {
            if (root == DGI_NONE)
                root = t;
            else {
                doc->toks[t].head = root;
                doc->toks[t].rel = DGI_REL_PARATAXIS;
            }
        }
}

dg_status dgi_lang_analyse(struct dgi_lang_worker *w, struct dgi_doc *doc, dg_error *err)
{
    struct piece p[DGI_WINDOW_SENTS];
    uint32_t n = 0, words = 0;
    dg_status st;
    dgi_read_drop(doc);
    if (w->events && (st = dgi_events_begin(doc, err)) != DG_OK)
        return st;
    if (w->events)
        doc->read->small = w->m->enc == &dgi_encoder_bilstm;
    for (uint32_t s = 0; s < doc->n_sents; s++)
        for (uint32_t at = doc->sents[s].first; at < doc->sents[s].end;) {
            uint32_t len = piece_len(doc, at, doc->sents[s].end - at);
            if (n == DGI_WINDOW_SENTS || words + len > DGI_WINDOW_WORDS) {
                if ((st = run_window(w, doc, p, n, err)) != DG_OK)
                    return st;
                n = words = 0;
            }
            p[n++] = (struct piece){at, len};
            words += len;
            at += len;
        }
    if (n && (st = run_window(w, doc, p, n, err)) != DG_OK)
        return st;
    for (uint32_t s = 0; s < doc->n_sents; s++)
        if (doc->sents[s].end - doc->sents[s].first > DGI_LANG_MAX_WORDS)
            join_pieces(doc, &doc->sents[s]);
    if (w->events)
        dgi_events_end(doc);
    return DG_OK;
}
