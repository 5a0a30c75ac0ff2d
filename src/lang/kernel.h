/* SPDX-License-Identifier: Apache-2.0 */
/* lang/kernel.h: the arithmetic of the network, for each kind of processor, to the same bits.
 *
 * Integers are exact, and floats see the same operations in the same order everywhere (no fused multiply-add, no
 * reciprocal estimates), so a result depends on the numbers alone. tests/unit/test_lang_kernels.c compares the paths. */
#ifndef DGI_KERNEL_H
#define DGI_KERNEL_H

#include <stddef.h>
#include <stdint.h>

#include "lang/lang.h"

#define DGI_GROUP 64 /* output rows of a packed matrix come in groups of this many */
#define DGI_MAX_K 1536

/* Before a loop of a few rounds: unrolled wholly, early enough that its arrays become registers */
#ifdef __clang__
#define DGI_UNROLL _Pragma("clang loop unroll(full)")
#else
#define DGI_UNROLL _Pragma("GCC unroll 8")
#endif

/* A quantised matrix, mapped from the file: y[n] = (sum_k x[k] w[n,k]) * scale[n] * x_scale + add[n] */
struct dgi_qmat {
    uint32_t n, k;       /* N: a multiple of 64; K: a multiple of 16, at most DGI_MAX_K  */
    const int8_t *w;     /* [N/16, K/4, 16, 4], none of them -128                        */
    const float *scale;  /* [N]                                                          */
    const int32_t *corr; /* [N] -128 x row sum: undoes the offset of the activations     */
    const float *bias;   /* [N] or NULL                                                  */
};

/* One head of attention over one sentence: out[i] = sum_j softmax_j(q[i] . k[j]) v[j]. */
struct dgi_attention {
    uint32_t t, d;          /* pieces; width of the head, 16 or 32 */
    const float *q, *k, *v; /* [t,d] each at stride ld; q is scaled already */
    size_t ld;
    float *out; /* [t,d] at stride ldo */
    size_t ldo;
    float *kt, *p; /* scratch: d and DGI_ATTEND_ROWS times (t rounded up to 16) */
};
#define DGI_ATTEND_ROWS 4
/* What a transformer needs besides (kernel_minilm_*.c). Sums over many go through 16 lanes: element i is added to lane i % 16,
 * then lane j + 8 to lane j, j + 4, j + 2, j + 1. */
struct dgi_attn_kernels {
    /* x = layer norm of x + plus, times gamma, plus beta; plus may be NULL. k: a multiple of 16. */
    void (*norm)(float *x, const float *plus, const float *gamma, const float *beta, uint32_t k);
    void (*gelu)(float *x, uint32_t k); /* k: a multiple of 16 */
    void (*attend)(const struct dgi_attention *a);
};
extern const struct dgi_attn_kernels dgi_attn_scalar;
#if defined(__x86_64__) && defined(__GNUC__)
extern const struct dgi_attn_kernels dgi_attn_avx2, dgi_attn_avx512; /* only where the processor has them */
#endif
#if defined(__aarch64__) && !defined(__AARCH64EB__) && defined(__GNUC__)
extern const struct dgi_attn_kernels dgi_attn_neon;
#endif

struct dgi_kernels {
    const char *name;
    /* m rows: x [m] at stride ldx, offset by 128, with scale sx[m]; add: m pointers to rows of N floats, or NULL: w->bias
     * for each; out [m] at stride ldo. */
    void (*gemm)(const struct dgi_qmat *w, uint32_t m, const uint8_t *x, size_t ldx, const float *sx,
                 const float *const *add, float *out, size_t ldo);
    /* v = x, or x + plus where plus is not NULL; then max(v, 0) if relu; q = round(v * 127 / max|v|) + 128.
     * Returns the scale, 0 for a row of zeros. k: a multiple of 16. */
    float (*quantise)(const float *x, const float *plus, bool relu, uint32_t k, uint8_t *q);
    /* out[i] = q[i] * s, or out[i] + q[i] * s when add; d of them. Nothing beyond them is read or written. */
    void (*row)(const int8_t *q, float s, bool add, uint32_t d, float *out);
    /* One LSTM step of one word: z [4,h] in the order i f g o; c [h] is updated, out [h] written. h: a multiple of 16. */
    void (*cell)(const float *z, uint32_t h, float *c, float *out);
    const struct dgi_attn_kernels *attn;
};

const struct dgi_kernels *dgi_kernels_get(uint32_t level); /* enum dgi_kernel_level; never NULL */
extern const struct dgi_kernels dgi_kernels_scalar;
const struct dgi_kernels *dgi_kernels_avx2(void); /* NULL when this build or processor lacks it */
const struct dgi_kernels *dgi_kernels_avxvnni(void);
const struct dgi_kernels *dgi_kernels_avx512(void);
const struct dgi_kernels *dgi_kernels_neon(void);
const struct dgi_kernels *dgi_kernels_dotprod(void);

/* tanh(x) = x P(x^2) / Q(x^2), Lambert's continued fraction cut after seven terms; off by less than 2e-5, and 1 beyond
 * the limit. A sigmoid is 0.5 (Q+P)/Q of x/2; products of two share one division. */
#define DGI_TANH_LIMIT 4.97f
#define DGI_P0 135135.0f
#define DGI_P1 17325.0f
#define DGI_P2 378.0f
#define DGI_Q0 135135.0f
#define DGI_Q1 62370.0f
#define DGI_Q2 3150.0f
#define DGI_Q3 28.0f

/* gelu(x) = max(x, 0) - t G(t) with t = min(|x|, 4), G fitted to 1 - the normal distribution: off by less than 2e-5 up to |x| = 3,
 * where most inputs are (G(0) is exact: a slope that is wrong at 0 costs more than the rest together), and than 4e-4 beyond. */
#define DGI_GELU_LIMIT 4.0f
#define DGI_GELU_N 9
#define DGI_GELU                                                                                                       \
    {                                                                                                                  \
        0.5f, -0.398068f, -0.0029298523f, 0.067282014f, 0.0075267144f, -0.022194166f, 0.0082585542f, -0.0012993712f,   \
            7.7742763e-05f                                                                                             \
    }

/* exp(x) = 2^n 2^f with n = round(x / ln 2), -0.5 <= f <= 0.5, 2^f = 1 + f E(f): off by less than 3e-6 of itself; x is held in
 * -87 to 87. The same in every path; dgi_exp() for single numbers. */
#define DGI_EXP_LIMIT 87.0f
#define DGI_LOG2E 1.44269504f
#define DGI_EXP_N 4
#define DGI_EXP                                                                                                        \
    {                                                                                                                  \
        0.69312418f, 0.24024099f, 0.055906445f, 0.0095828446f                                                          \
    }
float dgi_exp(float x);

#define DGI_NORM_EPS 1e-12f

#define DGI_TINY 1e-30f /* a row no larger than this counts as zeros: 127 / max would overflow */

/* Adding and taking away 1.5 x 2^23 rounds a float of less than 2^22 to the nearest integer, ties to even. */
#define DGI_ROUND 12582912.0f

#endif
