/* SPDX-License-Identifier: Apache-2.0 */
/* lang/minilm.c: the accurate encoder, a transformer over word pieces (MiniLM's shape; all sizes come from the file).
 *
 * Reads   forms of a window of sentences
 * Writes  one quantised vector per word, that of its first piece
 *
 * Whole sentences go through in chunks of some hundred pieces, so that a weight that has come into the cache serves many rows and
 * the rows stay in it too; nothing is padded. A row's numbers depend on its sentence alone: each row has its own scale, and attention
 * sees one sentence at a time. How a word is written is added to its first piece before the first norm and to its vector at the end: the
 * pieces are in small letters. In the last layer only the words' first pieces go on after attention. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "lang/net.h"
#include "lang/pieces.h"

#define MOST_LAYERS 24
#define MOST_ROWS 512  /* pieces of the longest sentence, with the marks at both ends */
#define CHUNK_ROWS 384 /* a window is mostly one chunk (a Zen 5 core: 128 44 us a word, 192 44, 288 42, 512 42) */
#define INNER_ROWS 48  /* rows of the wide layer at once: their 300 KB stay in the second cache */

struct norm {
    const float *gamma, *beta; /* [D] */
};
struct block {
    struct dgi_qmat qkv, out, up, down; /* [3D,D] queries are scaled; [D,D]; [I,D]; [D,I] */
    struct norm n1, n2;
};
struct minilm {
    uint32_t n_layers, d, heads, inner, n_pos;
    uint32_t cls, sep;
    struct dgi_pieces pieces;
    struct dgi_rows piece, position;
    const float *case_in, *case_top; /* [12,D] */
    struct norm n0;
    struct block block[MOST_LAYERS];
};
struct scratch {
    /* the sentence that is being cut */
    uint32_t id[DGI_LANG_MAX_WORDS * DGI_WORD_PIECES], n_of[DGI_LANG_MAX_WORDS];
    /* the chunk */
    uint32_t n_rows, n_words, n_sents;
    uint32_t from[DGI_WINDOW_SENTS + 1]; /* row of a sentence's first piece */
    uint32_t first[DGI_WINDOW_WORDS];    /* row of a word's first piece */
    uint8_t written[DGI_WINDOW_WORDS];   /* dgi_form_case */
    float *x;                            /* [R, D] */
    float *qkv;                          /* [R, n of qkv]; later the products that are added to x */
    float *ctx;                          /* [R, D] */
    uint8_t *q;                          /* [R, D] x or ctx, quantised */
    float qs[MOST_ROWS];
    float *wide;     /* [INNER_ROWS, n of up] */
    uint8_t *wide_q; /* [INNER_ROWS, I] */
    float wide_s[INNER_ROWS];
    float kt[32 * MOST_ROWS], p[DGI_ATTEND_ROWS * MOST_ROWS];
};

/* ---- loading ---- */

static const float *floats(const struct dgi_lang_model *m, const char *name, uint32_t ndim, uint32_t shape[4],
                           dg_error *err)
{
    const float *x = dgi_mfile_array(&m->file, name, DGI_F32, ndim, shape, err);
    size_t n = 1;
    for (uint32_t k = 0; k < ndim; k++)
        n *= shape[k];
    for (size_t i = 0; x && i < n; i++)
        if (!(fabsf(x[i]) <= 1e3f)) { /* no sum can overflow then, and nothing becomes no number */
            dgi_fail(err, DG_E_MODEL,
                     "%s: array '%s' holds numbers that are out of range; rebuild it with 'make train'", m->file.path,
                     name);
            return NULL;
        }
    return x;
}

static dg_status load_norm(struct norm *n, const struct dgi_lang_model *m, const char *name, uint32_t d, dg_error *err)
{
    char part[32];
    uint32_t shape[4] = {d};
    snprintf(part, sizeof part, "%s.gamma", name);
    if (!(n->gamma = floats(m, part, 1, shape, err)))
        return DG_E_MODEL;
    snprintf(part, sizeof part, "%s.beta", name);
    return (n->beta = floats(m, part, 1, shape, err)) ? DG_OK : DG_E_MODEL;
}

static dg_status load_block(struct block *l, const struct dgi_lang_model *m, const struct minilm *b, uint32_t k,
                            dg_error *err)
{
    const struct {
        struct dgi_qmat *q;
        const char *name;
        uint32_t n, k;
    } mat[] = {{&l->qkv, "qkv", 3 * b->d, b->d},
               {&l->out, "out", b->d, b->d},
               {&l->up, "up", b->inner, b->d},
               {&l->down, "down", b->d, b->inner}};
    char part[32];
    dg_status st;
    for (size_t i = 0; i < sizeof mat / sizeof *mat; i++) {
        snprintf(part, sizeof part, "b%u.%s", k, mat[i].name);
        if ((st = dgi_qmat_load(mat[i].q, &m->file, part, mat[i].n, mat[i].k, true, err)) != DG_OK)
            return st;
    }
    snprintf(part, sizeof part, "b%u.ln1", k);
    if ((st = load_norm(&l->n1, m, part, b->d, err)) != DG_OK)
        return st;
    snprintf(part, sizeof part, "b%u.ln2", k);
    return load_norm(&l->n2, m, part, b->d, err);
}

static dg_status load_inputs(struct minilm *b, struct dgi_lang_model *m, dg_error *err)
{
    uint32_t in[4] = {0, DGI_N_CASE, b->d}, top[4] = {DGI_N_CASE, b->d};
    const uint32_t n = dgi_layer_num(m->layers, "minilm", "pieces");
    dg_status st;
    if ((st = dgi_rows_load(&b->piece, &m->file, "piece", b->d, err)) != DG_OK ||
        (st = dgi_rows_load(&b->position, &m->file, "position", b->d, err)) != DG_OK ||
        (st = dgi_mtable_load(&b->pieces.table, &m->file, "piece.table", b->piece.n - 1, err)) != DG_OK ||
        (st = load_norm(&b->n0, m, "ln", b->d, err)) != DG_OK)
        return st;
    if (b->piece.n != n || b->position.n != b->n_pos || b->pieces.unk >= n || b->cls >= n || b->sep >= n)
        return dgi_fail(err, DG_E_MODEL,
                        "%s: its tables of pieces and positions do not fit its layers; rebuild it with 'make train'",
                        m->file.path);
    if (!(b->case_in = floats(m, "case.in", 3, in, err)) || !(b->case_top = floats(m, "case.top", 2, top, err)))
        return DG_E_MODEL;
    if (m->style >= in[0])
        return dgi_fail(err, DG_E_ARG, "%s: style %u asked for, the model has %u", m->file.path, m->style, in[0]);
    b->case_in += (size_t)m->style * DGI_N_CASE * b->d;
    return DG_OK;
}

static dg_status load(struct dgi_lang_model *m, dg_error *err)
{
    struct minilm *b = calloc(1, sizeof *b);
    if (!b)
        return dgi_fail(err, DG_E_NOMEM, "no memory for the model");
    m->enc_state = b;
    const struct {
        uint32_t *to;
        const char *key;
        uint32_t least, most;
    } num[] = {{&b->n_layers, "layers", 1, MOST_LAYERS},
               {&b->d, "width", 16, 1024},
               {&b->heads, "heads", 1, 64},
               {&b->inner, "inner", 16, DGI_MAX_K},
               {&b->pieces.longest, "longest", 1, DGI_PIECE_BYTES},
               {&b->n_pos, "positions", DGI_LANG_MAX_WORDS + 2, MOST_ROWS},
               {&b->pieces.unk, "unk", 1, 1u << 20},
               {&b->cls, "cls", 1, 1u << 20},
               {&b->sep, "sep", 1, 1u << 20}};
    bool fits = true;
    for (size_t i = 0; i < sizeof num / sizeof *num; i++) {
        *num[i].to = dgi_layer_num(m->layers, "minilm", num[i].key);
        fits &= *num[i].to >= num[i].least && *num[i].to <= num[i].most;
    }
    if (!fits || b->d % 16 || b->inner % 16 || (b->d != 16 * b->heads && b->d != 32 * b->heads))
        return dgi_fail(
            err, DG_E_MODEL,
            "%s: its minilm layers name a width that this library cannot compute; rebuild it with 'make train'",
            m->file.path);
    dg_status st = load_inputs(b, m, err);
    for (uint32_t k = 0; st == DG_OK && k < b->n_layers; k++)
        st = load_block(&b->block[k], m, b, k, err);
    m->enc_dim = b->d;
    return st;
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
    free(s->x);
    free(s->qkv);
    free(s->ctx);
    free(s->q);
    free(s->wide);
    free(s->wide_q);
    free(s);
}

static void *scratch_new(const struct dgi_lang_model *m)
{
    const struct minilm *b = m->enc_state;
    struct scratch *s = calloc(1, sizeof *s);
    if (!s)
        return NULL;
    size_t d = b->d, n_qkv = b->block[0].qkv.n;
    s->x = malloc(MOST_ROWS * d * sizeof(float));
    s->qkv = malloc(MOST_ROWS * n_qkv * sizeof(float));
    s->ctx = malloc(MOST_ROWS * d * sizeof(float));
    s->q = malloc(MOST_ROWS * d);
    s->wide = malloc(INNER_ROWS * (size_t)b->block[0].up.n * sizeof(float));
    s->wide_q = malloc(INNER_ROWS * (size_t)b->inner);
    if (!s->x || !s->qkv || !s->ctx || !s->q || !s->wide || !s->wide_q) {
        scratch_free(s);
        return NULL;
    }
    return s;
}

/* ---- running ---- */

/* Cuts sentence k of the window into pieces; how many rows it takes. */
static uint32_t cut(const struct minilm *b, struct scratch *s, const struct dgi_window *win, uint32_t k)
{
    uint32_t n = 0, words = win->len[k];
    for (uint32_t i = 0; i < words; i++)
        n += s->n_of[i] = dgi_pieces_of(&b->pieces, win->form[win->row[k] + i], s->id + n);
    if (n + 2 > b->n_pos) { /* too many: words keep their first piece */
        n = 0;
        for (uint32_t i = 0, at = 0; i < words; at += s->n_of[i], s->n_of[i] = 1, i++)
            s->id[n++] = s->id[at];
    }
    return n + 2;
}

/* One row of x: piece at its position, with `plus` where it is a word's first one, then the first norm. */
static void embed(const struct dgi_lang_model *m, const struct minilm *b, struct scratch *s, uint32_t id, uint32_t pos,
                  const float *plus)
{
    float *x = s->x + (size_t)s->n_rows * b->d;
    m->kern->row(b->piece.q + (size_t)id * b->d, b->piece.scale[id], false, b->d, x);
    m->kern->row(b->position.q + (size_t)pos * b->d, b->position.scale[pos], true, b->d, x);
    m->kern->attn->norm(x, plus, b->n0.gamma, b->n0.beta, b->d);
    s->n_rows++;
}

/* The sentence that was cut last becomes rows of the chunk. */
static void place(const struct dgi_lang_model *m, const struct minilm *b, struct scratch *s,
                  const struct dgi_window *win, uint32_t k)
{
    uint32_t start = s->n_rows, at = 0;
    embed(m, b, s, b->cls, 0, NULL);
    for (uint32_t i = 0; i < win->len[k]; i++) {
        uint32_t how = dgi_form_case(win->form[win->row[k] + i]);
        s->first[s->n_words] = s->n_rows;
        s->written[s->n_words++] = (uint8_t)how;
        for (uint32_t p = 0; p < s->n_of[i]; p++)
            embed(m, b, s, s->id[at++], s->n_rows - start, p ? NULL : b->case_in + (size_t)how * b->d);
    }
    embed(m, b, s, b->sep, s->n_rows - start, NULL);
    s->from[s->n_sents++] = start;
    s->from[s->n_sents] = s->n_rows;
}

static void quantise_rows(const struct dgi_lang_model *m, struct scratch *s, const float *x, uint32_t d, uint32_t from,
                          uint32_t to)
{
    for (uint32_t i = from; i < to; i++)
        s->qs[i] = m->kern->quantise(x + (size_t)i * d, NULL, false, d, s->q + (size_t)i * d);
}

static void attention(const struct dgi_lang_model *m, const struct minilm *b, struct scratch *s, const struct block *l)
{
    const uint32_t d = b->d, width = d / b->heads;
    m->kern->gemm(&l->qkv, s->n_rows, s->q, d, s->qs, NULL, s->qkv, l->qkv.n);
    for (uint32_t k = 0; k < s->n_sents; k++)
        for (uint32_t h = 0; h < b->heads; h++) {
            const float *q = s->qkv + (size_t)s->from[k] * l->qkv.n + h * width;
            struct dgi_attention a = {.t = s->from[k + 1] - s->from[k],
                                      .d = width,
                                      .q = q,
                                      .k = q + d,
                                      .v = q + 2 * d,
                                      .ld = l->qkv.n,
                                      .out = s->ctx + (size_t)s->from[k] * d + h * width,
                                      .ldo = d,
                                      .kt = s->kt,
                                      .p = s->p};
            m->kern->attn->attend(&a);
        }
}

/* The rest of a layer for n rows of x and ctx; leaves x and, quantised, q. */
static void feed(const struct dgi_lang_model *m, const struct minilm *b, struct scratch *s, const struct block *l,
                 uint32_t n)
{
    const uint32_t d = b->d;
    const size_t n_out = l->out.n, n_up = l->up.n;
    quantise_rows(m, s, s->ctx, d, 0, n);
    m->kern->gemm(&l->out, n, s->q, d, s->qs, NULL, s->qkv, n_out);
    for (uint32_t i = 0; i < n; i++)
        m->kern->attn->norm(s->x + (size_t)i * d, s->qkv + i * n_out, l->n1.gamma, l->n1.beta, d);
    quantise_rows(m, s, s->x, d, 0, n);
    for (uint32_t at = 0; at < n; at += INNER_ROWS) {
        uint32_t some = n - at < INNER_ROWS ? n - at : INNER_ROWS;
        m->kern->gemm(&l->up, some, s->q + (size_t)at * d, d, s->qs + at, NULL, s->wide, n_up);
        for (uint32_t i = 0; i < some; i++) {
            m->kern->attn->gelu(s->wide + i * n_up, b->inner);
            s->wide_s[i] =
                m->kern->quantise(s->wide + i * n_up, NULL, false, b->inner, s->wide_q + (size_t)i * b->inner);
        }
        m->kern->gemm(&l->down, some, s->wide_q, b->inner, s->wide_s, NULL, s->qkv, l->down.n);
        for (uint32_t i = 0; i < some; i++)
            m->kern->attn->norm(s->x + (size_t)(at + i) * d, s->qkv + i * (size_t)l->down.n, l->n2.gamma, l->n2.beta,
                                d);
        quantise_rows(m, s, s->x, d, at, at + some);
    }
}

/* The chunk through all layers; words from `word` on of the window. */
static void chunk(const struct dgi_lang_model *m, const struct minilm *b, struct scratch *s, uint32_t word,
                  struct dgi_encoded *out)
{
    const size_t d = b->d;
    quantise_rows(m, s, s->x, b->d, 0, s->n_rows);
    for (uint32_t k = 0; k < b->n_layers; k++) {
        attention(m, b, s, &b->block[k]);
        if (k + 1 == b->n_layers) {
            for (uint32_t i = 0; i < s->n_words; i++) { /* first[i] > i, ascending */
                memcpy(s->x + i * d, s->x + s->first[i] * d, d * sizeof(float));
                memcpy(s->ctx + i * d, s->ctx + s->first[i] * d, d * sizeof(float));
            }
            s->n_rows = s->n_words;
        }
        feed(m, b, s, &b->block[k], s->n_rows);
    }
    for (uint32_t i = 0; i < s->n_words; i++)
        out->top_scale[word + i] =
            m->kern->quantise(s->x + i * d, b->case_top + s->written[i] * d, false, b->d, out->top + (word + i) * d);
    s->n_rows = s->n_words = s->n_sents = 0;
}

static void run(const struct dgi_lang_model *m, void *scratch, const struct dgi_window *win, struct dgi_encoded *out)
{
    const struct minilm *b = m->enc_state;
    struct scratch *s = scratch;
    uint32_t word = 0;
    s->n_rows = s->n_words = s->n_sents = 0;
    for (uint32_t k = 0; k < win->n_sents; k++) {
        uint32_t n = cut(b, s, win, k);
        if (s->n_rows && s->n_rows + n > CHUNK_ROWS) {
            chunk(m, b, s, word, out);
            word = win->row[k];
        }
        place(m, b, s, win, k);
    }
    chunk(m, b, s, word, out);
}

const struct dgi_encoder dgi_encoder_minilm = {"minilm", true, load, unload, scratch_new, scratch_free, run};
