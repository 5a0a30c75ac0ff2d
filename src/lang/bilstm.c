/* SPDX-License-Identifier: Apache-2.0 */
/* lang/bilstm.c: the encoder, two bidirectional LSTM layers over whole sentences.
 *
 * Reads   forms of a window of sentences
 * Writes  one quantised vector per word and layer
 *
 * Sentences of a window step in lock-step, longest first, so that the recurrent product is matrix by matrix. The input
 * product of the first layer depends on the form alone: it is kept for the forms seen last, which saves it for two words
 * of three in running text and changes no bit. A word's numbers never depend on its neighbours in the window, only on its
 * own sentence: each row has its own scale. */
#include <stdio.h>
#include <stdlib.h>

#include "lang/net.h"

struct layer {
    struct dgi_qmat in;     /* [8H, D]: four gates forward, four backward */
    struct dgi_qmat rec[2]; /* [4H, H] each                               */
};
struct bilstm {
    uint32_t h, d; /* units per direction; width of the input */
    struct layer l1, l2;
};
struct slot {
    uint64_t hash;
    uint32_t window; /* in which it was last read: it must not be overwritten there */
    uint8_t len;     /* 0: empty */
    char form[DGI_CACHE_FORM];
};
struct scratch {
    uint32_t window;
    float *xw;     /* [W, 8H] input products            */
    float *cached; /* [DGI_CACHE_ROWS, 8H]              */
    float *h;      /* [W, 2H] */
    float *z;      /* [S, 4H] */
    float *c;      /* [S, H]  */
    uint8_t *hq;   /* [S, H]  */
    float hs[DGI_WINDOW_SENTS];
    float *x;    /* [D] */
    uint8_t *xq; /* [W, D] */
    float xs[DGI_WINDOW_WORDS];
    const float *row[DGI_WINDOW_WORDS]; /* input product of each word, both directions */
    struct slot slot[DGI_CACHE_ROWS];
};

static uint32_t input_dim(const struct dgi_lang_model *m)
{
    return m->vec.d + m->word.d + m->affix.d + m->shape.d;
}

/* A word's input before any context. out: [vec|word|affix|shape] */
static void word_input(const struct dgi_lang_model *m, dg_str form, float *out)
{
    struct dgi_word_ids id;
    dgi_word_ids(&m->tables, form, &id);
    const struct {
        const struct dgi_rows *rows;
        uint32_t n, i[DGI_N_AFFIX];
    } part[] = {
        {&m->vec, 1, {id.vec}},
        {&m->word, 1, {id.word}},
        {&m->affix, DGI_N_AFFIX, {id.affix[0], id.affix[1], id.affix[2], id.affix[3], id.affix[4], id.affix[5]}},
        {&m->shape, 1, {id.shape}}};
    for (size_t p = 0; p < sizeof part / sizeof *part; p++) {
        const struct dgi_rows *r = part[p].rows;
        for (uint32_t k = 0; k < part[p].n; k++)
            m->kern->row(r->q + (size_t)part[p].i[k] * r->d, r->scale[part[p].i[k]], k > 0, r->d, out);
        out += r->d;
    }
}

static dg_status load_words(struct dgi_lang_model *m, dg_error *err)
{
    dg_status st;
    const struct {
        struct dgi_rows *rows;
        const char *name;
    } t[] = {{&m->vec, "vec"}, {&m->word, "word"}, {&m->affix, "affix"}, {&m->shape, "shape"}};
    for (int i = 0; i < 4; i++)
        if ((st = dgi_rows_load(t[i].rows, &m->file, t[i].name, dgi_layer_num(m->layers, "words", t[i].name), err)) !=
            DG_OK)
            return st;
    m->tables.affix_rows = m->affix.n;
    m->tables.shape_rows = m->shape.n;
    if ((st = dgi_mtable_load(&m->tables.vec, &m->file, "vec.table", m->vec.n - 1, err)) != DG_OK)
        return st;
    return dgi_mtable_load(&m->tables.word, &m->file, "word.table", m->word.n - 1, err);
}

static dg_status load_layer(struct layer *l, const struct dgi_mfile *f, const char *name, uint32_t h, uint32_t d,
                            dg_error *err)
{
    char part[32];
    dg_status st;
    snprintf(part, sizeof part, "%s.in", name);
    if ((st = dgi_qmat_load(&l->in, f, part, 8 * h, d, false, err)) != DG_OK)
        return st;
    for (int dir = 0; dir < 2; dir++) {
        snprintf(part, sizeof part, "%s.%s", name, dir ? "bw" : "fw");
        if ((st = dgi_qmat_load(&l->rec[dir], f, part, 4 * h, h, false, err)) != DG_OK)
            return st;
    }
    return DG_OK;
}

static dg_status load(struct dgi_lang_model *m, dg_error *err)
{
    struct bilstm *b = calloc(1, sizeof *b);
    if (!b)
        return dgi_fail(err, DG_E_NOMEM, "no memory for the model");
    m->enc_state = b;
    dg_status st = load_words(m, err);
    if (st != DG_OK)
        return st;
    b->h = dgi_layer_num(m->layers, "bilstm l1", "out");
    b->d = dgi_layer_num(m->layers, "bilstm l1", "in");
    if (b->h < 16 || b->h > 512 || b->h % 16 || b->d != input_dim(m) ||
        dgi_layer_num(m->layers, "bilstm l2", "out") != b->h || dgi_layer_num(m->layers, "bilstm l2", "in") != 2 * b->h)
        return dgi_fail(err, DG_E_MODEL,
                        "%s: the widths of its bilstm layers do not fit together; rebuild it with 'make train'",
                        m->file.path);
    if ((st = load_layer(&b->l1, &m->file, "l1", b->h, b->d, err)) != DG_OK ||
        (st = load_layer(&b->l2, &m->file, "l2", b->h, 2 * b->h, err)) != DG_OK)
        return st;
    /* l1.in.bias has one row per style */
    uint32_t shape[4] = {0, b->l1.in.n}, shape2[4] = {b->l2.in.n};
    const float *b1 = dgi_mfile_array(&m->file, "l1.in.bias", DGI_F32, 2, shape, err);
    const float *b2 = b1 ? dgi_mfile_array(&m->file, "l2.in.bias", DGI_F32, 1, shape2, err) : NULL;
    if (!b2)
        return DG_E_MODEL;
    if (!dgi_floats_sane(b1, (size_t)shape[0] * shape[1]) || !dgi_floats_sane(b2, shape2[0]))
        return dgi_fail(err, DG_E_MODEL, "%s: a bias of its bilstm layers is no number; rebuild it with 'make train'",
                        m->file.path);
    if (m->style >= shape[0])
        return dgi_fail(err, DG_E_ARG, "%s: style %u asked for, the model has %u", m->file.path, m->style, shape[0]);
    b->l1.in.bias = b1 + (size_t)m->style * shape[1];
    b->l2.in.bias = b2;
    m->enc_dim = 2 * b->h;
    return DG_OK;
}

static void unload(struct dgi_lang_model *m)
{
    free(m->enc_state);
    m->enc_state = NULL;
}

static void scratch_free(void *p)
{
    struct scratch *s = p;
    if (!s)
        return;
    free(s->xw);
    free(s->cached);
    free(s->h);
    free(s->z);
    free(s->c);
    free(s->hq);
    free(s->x);
    free(s->xq);
    free(s);
}

static void *scratch_new(const struct dgi_lang_model *m)
{
    const struct bilstm *b = m->enc_state;
    struct scratch *s = calloc(1, sizeof *s);
    if (!s)
        return NULL;
    size_t h = b->h, n8 = b->l1.in.n, n4 = b->l1.rec[0].n, wide = b->d > 2 * h ? b->d : 2 * h;
    s->xw = malloc(DGI_WINDOW_WORDS * n8 * sizeof(float));
    s->cached = malloc(DGI_CACHE_ROWS * n8 * sizeof(float));
    s->h = malloc(DGI_WINDOW_WORDS * 2 * h * sizeof(float));
    s->z = malloc(DGI_WINDOW_SENTS * n4 * sizeof(float));
    s->c = malloc(DGI_WINDOW_SENTS * h * sizeof(float));
    s->hq = malloc(DGI_WINDOW_SENTS * h);
    s->x = malloc(wide * sizeof(float));
    s->xq = malloc(DGI_WINDOW_WORDS * wide);
    if (!s->xw || !s->cached || !s->h || !s->z || !s->c || !s->hq || !s->x || !s->xq) {
        scratch_free(s);
        return NULL;
    }
    return s;
}

/* Input products of the first layer: from the cache, or computed together and put there. */
static void input_products(const struct dgi_lang_model *m, const struct bilstm *b, struct scratch *s,
                           const struct dgi_window *win)
{
    size_t n8 = b->l1.in.n;
    uint32_t n_miss = 0;
    static const uint32_t none = UINT32_MAX;
    uint32_t place[DGI_WINDOW_WORDS]; /* cache row of a miss, or none */
    s->window++;
    for (uint32_t i = 0; i < win->n_words; i++) {
        dg_str form = win->form[i];
        uint64_t hash = dgi_mfile_hash(form.ptr, form.len);
        uint32_t at = (uint32_t)hash & (DGI_CACHE_ROWS - 1);
        struct slot *sl = &s->slot[at];
        bool fits = form.len > 0 && form.len <= DGI_CACHE_FORM;
        if (fits && sl->hash == hash && sl->len == form.len && !memcmp(sl->form, form.ptr, form.len)) {
            sl->window = s->window;
            s->row[i] = s->cached + at * n8;
            continue;
        }
        bool keep = fits && (!sl->len || sl->window != s->window);
        if (keep) {
            *sl = (struct slot){hash, s->window, (uint8_t)form.len, {0}};
            memcpy(sl->form, form.ptr, form.len);
        }
        word_input(m, form, s->x);
        s->xs[n_miss] = m->kern->quantise(s->x, NULL, false, b->d, s->xq + (size_t)n_miss * b->d);
        place[n_miss] = keep ? at : none;
        s->row[i] = keep ? s->cached + at * n8 : s->xw + n_miss * n8;
        n_miss++;
    }
    m->kern->gemm(&b->l1.in, n_miss, s->xq, b->d, s->xs, NULL, s->xw, n8);
    for (uint32_t i = 0; i < n_miss; i++)
        if (place[i] != none)
            memcpy(s->cached + place[i] * n8, s->xw + i * n8, n8 * sizeof(float));
}

/* Both directions of a layer; s->row holds the input products. Writes s->h [W, 2H]. */
static void recur(const struct dgi_lang_model *m, const struct bilstm *b, const struct layer *l, struct scratch *s,
                  const struct dgi_window *win)
{
    const struct dgi_kernels *kern = m->kern;
    size_t h = b->h, n4 = l->rec[0].n;
    const float *add[DGI_WINDOW_SENTS];
    for (uint32_t dir = 0; dir < 2; dir++) {
        uint32_t live = win->n_sents;
        memset(s->c, 0, DGI_WINDOW_SENTS * h * sizeof(float));
        for (uint32_t t = 0; t < win->len[0]; t++) {
            while (win->len[live - 1] <= t)
                live--;
            for (uint32_t k = 0; k < live; k++)
                add[k] = s->row[win->row[k] + (dir ? win->len[k] - 1 - t : t)] + dir * 4 * h;
            if (t > 0)
                kern->gemm(&l->rec[dir], live, s->hq, h, s->hs, add, s->z, n4);
            for (uint32_t k = 0; k < live; k++) {
                float *out = s->h + (size_t)(win->row[k] + (dir ? win->len[k] - 1 - t : t)) * 2 * h + dir * h;
                kern->cell(t > 0 ? s->z + k * n4 : add[k], b->h, s->c + k * h, out);
                s->hs[k] = kern->quantise(out, NULL, false, b->h, s->hq + k * h);
            }
        }
    }
}

static void run(const struct dgi_lang_model *m, void *scratch, const struct dgi_window *win, struct dgi_encoded *out)
{
    const struct bilstm *b = m->enc_state;
    struct scratch *s = scratch;
    size_t d2 = 2 * (size_t)b->h, n8 = b->l2.in.n;
    input_products(m, b, s, win);
    recur(m, b, &b->l1, s, win);
    for (uint32_t i = 0; i < win->n_words; i++)
        out->low_scale[i] = m->kern->quantise(s->h + i * d2, NULL, false, (uint32_t)d2, out->low + i * d2);
    m->kern->gemm(&b->l2.in, win->n_words, out->low, d2, out->low_scale, NULL, s->xw, n8);
    for (uint32_t i = 0; i < win->n_words; i++)
        s->row[i] = s->xw + i * n8;
    recur(m, b, &b->l2, s, win);
    for (uint32_t i = 0; i < win->n_words; i++)
        out->top_scale[i] = m->kern->quantise(s->h + i * d2, NULL, false, (uint32_t)d2, out->top + i * d2);
}

const struct dgi_encoder dgi_encoder_bilstm = {"bilstm", false, load, unload, scratch_new, scratch_free, run};
