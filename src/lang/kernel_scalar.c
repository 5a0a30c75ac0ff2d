/* SPDX-License-Identifier: Apache-2.0 */
/* lang/kernel_scalar.c: the portable path, the reference for the others; and the choice between them. */
#include "lang/kernel.h"

#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#endif

static void gemm(const struct dgi_qmat *w, uint32_t m, const uint8_t *x, size_t ldx, const float *sx,
                 const float *const *add, float *out, size_t ldo)
{
    uint32_t k4 = w->k / 4;
    for (uint32_t i = 0; i < m; i++) {
        const uint8_t *xi = x + i * ldx;
        const float *ai = add ? add[i] : w->bias;
        for (uint32_t nb = 0; nb < w->n / 16; nb++) {
            const int8_t *wb = w->w + (size_t)nb * k4 * 64;
            int32_t acc[16];
            for (int j = 0; j < 16; j++)
                acc[j] = w->corr[nb * 16 + (uint32_t)j];
            for (uint32_t k = 0; k < k4; k++, wb += 64) {
                const int32_t x0 = xi[4 * k], x1 = xi[4 * k + 1], x2 = xi[4 * k + 2], x3 = xi[4 * k + 3];
                for (int j = 0; j < 16; j++)
                    acc[j] += (x0 * wb[4 * j] + x1 * wb[4 * j + 1]) + (x2 * wb[4 * j + 2] + x3 * wb[4 * j + 3]);
            }
            for (uint32_t j = 0; j < 16; j++) {
                float t = (float)acc[j] * w->scale[nb * 16 + j];
                t = t * sx[i];
                out[i * ldo + nb * 16 + j] = t + ai[nb * 16 + j];
            }
        }
    }
}

static inline float value(const float *x, const float *plus, bool relu, uint32_t i)
{
    float v = plus ? x[i] + plus[i] : x[i];
    return relu && !(v > 0) ? 0 : v;
}

static float quantise(const float *x, const float *plus, bool relu, uint32_t k, uint8_t *q)
{
    float amax = 0;
    for (uint32_t i = 0; i < k; i++) {
        float a = value(x, plus, relu, i);
        a = a < 0 ? -a : a;
        amax = a > amax ? a : amax;
    }
    float inv = amax > DGI_TINY ? 127.0f / amax : 0;
    for (uint32_t i = 0; i < k; i++) {
        float p = value(x, plus, relu, i) * inv;
        volatile float r = p + DGI_ROUND; /* volatile: the compiler must not cancel the two */
        r = r - DGI_ROUND;
        q[i] = (uint8_t)((int32_t)r + 128);
    }
    return amax / 127.0f;
}

static void row(const int8_t *q, float s, bool add, uint32_t d, float *out)
{
    for (uint32_t i = 0; i < d; i++) {
        float v = (float)q[i] * s;
        out[i] = add ? out[i] + v : v;
    }
}

struct frac {
    float p, q;
};
static inline struct frac tanh_frac(float x)
{
    x = x < DGI_TANH_LIMIT ? x : DGI_TANH_LIMIT;
    x = x > -DGI_TANH_LIMIT ? x : -DGI_TANH_LIMIT;
    float s = x * x;
    float p = s + DGI_P2;
    p = p * s;
    p = p + DGI_P1;
    p = p * s;
    p = p + DGI_P0;
    p = p * x;
    float q = s * DGI_Q3;
    q = q + DGI_Q2;
    q = q * s;
    q = q + DGI_Q1;
    q = q * s;
    q = q + DGI_Q0;
    return (struct frac){p, q};
}

static void cell(const float *z, uint32_t h, float *c, float *out)
{
    for (uint32_t j = 0; j < h; j++) {
        struct frac i = tanh_frac(z[j] * 0.5f), f = tanh_frac(z[h + j] * 0.5f), g = tanh_frac(z[2 * h + j]);
        float fc = (f.q + f.p) * c[j];
        fc = fc / f.q;
        float ig = (i.q + i.p) * g.p;
        float dd = i.q * g.q;
        ig = ig / dd;
        float cn = (fc + ig) * 0.5f;
        c[j] = cn;
        struct frac o = tanh_frac(z[3 * h + j] * 0.5f), t = tanh_frac(cn);
        float ot = (o.q + o.p) * t.p;
        float od = o.q * t.q;
        ot = ot / od;
        out[j] = ot * 0.5f;
    }
}

const struct dgi_kernels dgi_kernels_scalar = {"scalar", gemm, quantise, row, cell, &dgi_attn_scalar};

const struct dgi_kernels *dgi_kernels_get(uint32_t level)
{
    static const struct {
        uint32_t level;
        const struct dgi_kernels *(*get)(void);
    } fastest_first[] = {
        {DGI_KERNEL_AVX512, dgi_kernels_avx512}, {DGI_KERNEL_AVXVNNI, dgi_kernels_avxvnni},
        {DGI_KERNEL_AVX2, dgi_kernels_avx2},     {DGI_KERNEL_DOTPROD, dgi_kernels_dotprod},
        {DGI_KERNEL_NEON, dgi_kernels_neon},
    };
    enum { N = sizeof fastest_first / sizeof *fastest_first };
    uint32_t i = 0;
    while (i < N && level != DGI_KERNEL_AUTO && level < DGI_KERNEL_COUNT && fastest_first[i].level != level)
        i++;
    for (; i < N; i++)
        if (fastest_first[i].get())
            return fastest_first[i].get();
    return &dgi_kernels_scalar;
}
