/* SPDX-License-Identifier: Apache-2.0 */
/* lang/kernel_minilm_scalar.c: layer norm, GELU and attention in portable C, the reference for the other paths. */
#include <math.h>
#include <string.h>

#include "lang/kernel.h"

#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#endif

float dgi_exp(float x)
{
    static const float c[DGI_EXP_N] = DGI_EXP;
    x = x < DGI_EXP_LIMIT ? x : DGI_EXP_LIMIT;
    x = x > -DGI_EXP_LIMIT ? x : -DGI_EXP_LIMIT;
    float y = x * DGI_LOG2E;
    volatile float r = y + DGI_ROUND; /* volatile: the compiler must not cancel the two */
    float n = r - DGI_ROUND;
    float f = y - n;
    float p = c[DGI_EXP_N - 1];
    for (int i = DGI_EXP_N - 2; i >= 0; i--) {
        p = p * f;
        p = p + c[i];
    }
    p = p * f;
    p = p + 1.0f;
    int32_t bits;
    memcpy(&bits, &p, sizeof bits);
    bits += (int32_t)n * (1 << 23);
    memcpy(&p, &bits, sizeof p);
    return p;
}

static float lanes(float a[16])
{
    for (int step = 8; step; step /= 2)
        for (int j = 0; j < step; j++)
            a[j] = a[j] + a[j + step];
    return a[0];
}

static void norm(float *x, const float *plus, const float *gamma, const float *beta, uint32_t k)
{
    float sum[16] = {0}, square[16] = {0};
    for (uint32_t i = 0; i < k; i++) {
        x[i] = plus ? x[i] + plus[i] : x[i];
        sum[i % 16] = sum[i % 16] + x[i];
    }
    float mean = lanes(sum) / (float)k;
    for (uint32_t i = 0; i < k; i++) {
        float v = x[i] - mean;
        x[i] = v;
        v = v * v;
        square[i % 16] = square[i % 16] + v;
    }
    float by = 1.0f / sqrtf(lanes(square) / (float)k + DGI_NORM_EPS);
    for (uint32_t i = 0; i < k; i++) {
        float v = x[i] * by;
        v = v * gamma[i];
        x[i] = v + beta[i];
    }
}

static void gelu(float *x, uint32_t k)
{
    static const float c[DGI_GELU_N] = DGI_GELU;
    for (uint32_t i = 0; i < k; i++) {
        float v = x[i], t = v < 0 ? -v : v;
        t = t < DGI_GELU_LIMIT ? t : DGI_GELU_LIMIT;
        float p = c[DGI_GELU_N - 1];
        for (int n = DGI_GELU_N - 2; n >= 0; n--) {
            p = p * t;
            p = p + c[n];
        }
        p = p * t;
        x[i] = (v > 0 ? v : 0) - p;
    }
}

/* Scores of one query to weights that are not yet divided by their sum; returns 1 / sum. p: [tp], tp a multiple of 16 */
static float softmax(float *p, uint32_t tp)
{
    float max = p[0], sum[16] = {0};
    for (uint32_t j = 1; j < tp; j++)
        max = p[j] > max ? p[j] : max;
    for (uint32_t j = 0; j < tp; j++) {
        p[j] = dgi_exp(p[j] - max);
        sum[j % 16] = sum[j % 16] + p[j];
    }
    return 1.0f / lanes(sum);
}

static void attend(const struct dgi_attention *a)
{
    const uint32_t tp = (a->t + 15) / 16 * 16;
    for (uint32_t c = 0; c < a->d; c++)
        for (uint32_t j = 0; j < tp; j++)
            a->kt[c * tp + j] = j < a->t ? a->k[j * a->ld + c] : 0;
    for (uint32_t i = 0; i < a->t; i++) {
        const float *q = a->q + i * a->ld;
        float *out = a->out + i * a->ldo, *p = a->p;
        memset(p, 0, tp * sizeof *p);
        for (uint32_t c = 0; c < a->d; c++)
            for (uint32_t j = 0; j < tp; j++) {
                float v = q[c] * a->kt[c * tp + j];
                p[j] = p[j] + v;
            }
        for (uint32_t j = a->t; j < tp; j++)
            p[j] = -1e30f; /* weighs nothing */
        float by = softmax(p, tp);
        memset(out, 0, a->d * sizeof *out);
        for (uint32_t j = 0; j < a->t; j++)
            for (uint32_t c = 0; c < a->d; c++) {
                float v = p[j] * a->v[j * a->ld + c];
                out[c] = out[c] + v;
            }
        for (uint32_t c = 0; c < a->d; c++)
            out[c] = out[c] * by;
    }
}

const struct dgi_attn_kernels dgi_attn_scalar = {norm, gelu, attend};
