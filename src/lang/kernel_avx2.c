/* SPDX-License-Identifier: Apache-2.0 */
/* lang/kernel_avx2.c: AVX2.
 *
 * vpmaddubsw would saturate on full 8-bit operands, so both sides are widened to 16 bits and multiplied with vpmaddwd:
 * half as fast, exact. Reads the same packed weights as the other paths. */
#include "lang/kernel.h"

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>

#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#endif

#define TARGET __attribute__((target("avx2")))
#define INLINE static inline __attribute__((always_inline))

/* m rows (1 or 2) by 16 outputs; x16: the rows widened to 16 bits */
TARGET INLINE void tile(const int m, const struct dgi_qmat *w, uint32_t n0, const int16_t x16[2][DGI_MAX_K],
                        const float *sx, const float *const *add, float *out, size_t ldo)
{
    const int8_t *wb = w->w + (size_t)n0 * w->k;
    __m256i acc[2][4];
    for (int i = 0; i < m; i++)
#pragma GCC unroll 4
        for (int j = 0; j < 4; j++)
            acc[i][j] = _mm256_setzero_si256();
    for (uint32_t k = 0; k < w->k; k += 4, wb += 64) {
        __m256i b[4];
#pragma GCC unroll 4
        for (int j = 0; j < 4; j++)
            b[j] = _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)(const void *)(wb + 16 * j)));
#pragma GCC unroll 2
        for (int i = 0; i < m; i++) {
            int64_t four;
            __builtin_memcpy(&four, x16[i] + k, 8);
            __m256i a = _mm256_set1_epi64x(four);
#pragma GCC unroll 4
            for (int j = 0; j < 4; j++)
                acc[i][j] = _mm256_add_epi32(acc[i][j], _mm256_madd_epi16(a, b[j]));
        }
    }
#pragma GCC unroll 2
    for (int i = 0; i < m; i++) {
        const float *ai = (add ? add[i] : w->bias) + n0;
        __m256 s = _mm256_set1_ps(sx[i]);
        for (int j = 0; j < 2; j++) {
            /* each sum holds two halves of four outputs: o0 o0' o1 o1' | o2 o2' o3 o3' */
            __m256i t = _mm256_permute4x64_epi64(_mm256_hadd_epi32(acc[i][2 * j], acc[i][2 * j + 1]), 0xD8);
            t = _mm256_add_epi32(t, _mm256_loadu_si256((const __m256i *)(const void *)(w->corr + n0 + 8 * j)));
            __m256 f = _mm256_mul_ps(_mm256_cvtepi32_ps(t), _mm256_loadu_ps(w->scale + n0 + 8 * j));
            f = _mm256_mul_ps(f, s);
            _mm256_storeu_ps(out + (size_t)i * ldo + n0 + 8 * j, _mm256_add_ps(f, _mm256_loadu_ps(ai + 8 * j)));
        }
    }
}

TARGET static void gemm(const struct dgi_qmat *w, uint32_t m, const uint8_t *x, size_t ldx, const float *sx,
                        const float *const *add, float *out, size_t ldo)
{
    int16_t x16[2][DGI_MAX_K];
    for (uint32_t i = 0; i < m; i += 2) {
        int pair = i + 1 < m ? 2 : 1;
        for (int r = 0; r < pair; r++)
            for (uint32_t k = 0; k < w->k; k++)
                x16[r][k] = x[(i + (uint32_t)r) * ldx + k];
        for (uint32_t n0 = 0; n0 < w->n; n0 += 16) {
            if (pair == 2)
                tile(2, w, n0, (const int16_t(*)[DGI_MAX_K])x16, sx + i, add ? add + i : NULL, out + i * ldo, ldo);
            else
                tile(1, w, n0, (const int16_t(*)[DGI_MAX_K])x16, sx + i, add ? add + i : NULL, out + i * ldo, ldo);
        }
    }
}

TARGET INLINE __m256 value(const float *x, const float *plus, bool relu, uint32_t i)
{
    __m256 v = _mm256_loadu_ps(x + i);
    if (plus)
        v = _mm256_add_ps(v, _mm256_loadu_ps(plus + i));
    return relu ? _mm256_max_ps(v, _mm256_setzero_ps()) : v;
}

TARGET static float quantise(const float *x, const float *plus, bool relu, uint32_t k, uint8_t *q)
{
    const __m256 no_sign = _mm256_castsi256_ps(_mm256_set1_epi32(0x7fffffff));
    __m256 m = _mm256_setzero_ps();
    for (uint32_t i = 0; i < k; i += 8)
        m = _mm256_max_ps(m, _mm256_and_ps(no_sign, value(x, plus, relu, i)));
    float part[8], amax = 0;
    _mm256_storeu_ps(part, m);
    for (int i = 0; i < 8; i++)
        amax = part[i] > amax ? part[i] : amax;
    __m256 inv = _mm256_set1_ps(amax > DGI_TINY ? 127.0f / amax : 0);
    for (uint32_t i = 0; i < k; i += 8) {
        int32_t r[8];
        _mm256_storeu_si256((__m256i *)(void *)r, _mm256_cvtps_epi32(_mm256_mul_ps(value(x, plus, relu, i), inv)));
        for (uint32_t j = 0; j < 8; j++)
            q[i + j] = (uint8_t)(r[j] + 128);
    }
    return amax / 127.0f;
}

TARGET static void row(const int8_t *q, float s, bool add, uint32_t d, float *out)
{
    __m256 scale = _mm256_set1_ps(s);
    uint32_t i = 0;
    for (; i + 8 <= d; i += 8) {
        __m256i w = _mm256_cvtepi8_epi32(_mm_loadl_epi64((const __m128i *)(const void *)(q + i)));
        __m256 v = _mm256_mul_ps(_mm256_cvtepi32_ps(w), scale);
        if (add)
            v = _mm256_add_ps(_mm256_loadu_ps(out + i), v);
        _mm256_storeu_ps(out + i, v);
    }
    for (; i < d; i++) {
        float v = (float)q[i] * s;
        out[i] = add ? out[i] + v : v;
    }
}

struct frac {
    __m256 p, q;
};
TARGET INLINE struct frac tanh_frac(__m256 x)
{
    x = _mm256_min_ps(x, _mm256_set1_ps(DGI_TANH_LIMIT));
    x = _mm256_max_ps(x, _mm256_set1_ps(-DGI_TANH_LIMIT));
    __m256 s = _mm256_mul_ps(x, x);
    __m256 p = _mm256_add_ps(s, _mm256_set1_ps(DGI_P2));
    p = _mm256_mul_ps(p, s);
    p = _mm256_add_ps(p, _mm256_set1_ps(DGI_P1));
    p = _mm256_mul_ps(p, s);
    p = _mm256_add_ps(p, _mm256_set1_ps(DGI_P0));
    p = _mm256_mul_ps(p, x);
    __m256 q = _mm256_mul_ps(s, _mm256_set1_ps(DGI_Q3));
    q = _mm256_add_ps(q, _mm256_set1_ps(DGI_Q2));
    q = _mm256_mul_ps(q, s);
    q = _mm256_add_ps(q, _mm256_set1_ps(DGI_Q1));
    q = _mm256_mul_ps(q, s);
    q = _mm256_add_ps(q, _mm256_set1_ps(DGI_Q0));
    return (struct frac){p, q};
}

TARGET static void cell(const float *z, uint32_t h, float *c, float *out)
{
    const __m256 half = _mm256_set1_ps(0.5f);
    for (uint32_t j = 0; j < h; j += 8) {
        struct frac i = tanh_frac(_mm256_mul_ps(_mm256_loadu_ps(z + j), half));
        struct frac f = tanh_frac(_mm256_mul_ps(_mm256_loadu_ps(z + h + j), half));
        struct frac g = tanh_frac(_mm256_loadu_ps(z + 2 * h + j));
        __m256 fc = _mm256_mul_ps(_mm256_add_ps(f.q, f.p), _mm256_loadu_ps(c + j));
        fc = _mm256_div_ps(fc, f.q);
        __m256 ig = _mm256_mul_ps(_mm256_add_ps(i.q, i.p), g.p);
        __m256 dd = _mm256_mul_ps(i.q, g.q);
        ig = _mm256_div_ps(ig, dd);
        __m256 cn = _mm256_mul_ps(_mm256_add_ps(fc, ig), half);
        _mm256_storeu_ps(c + j, cn);
        struct frac o = tanh_frac(_mm256_mul_ps(_mm256_loadu_ps(z + 3 * h + j), half));
        struct frac t = tanh_frac(cn);
        __m256 ot = _mm256_mul_ps(_mm256_add_ps(o.q, o.p), t.p);
        __m256 od = _mm256_mul_ps(o.q, t.q);
        ot = _mm256_div_ps(ot, od);
        _mm256_storeu_ps(out + j, _mm256_mul_ps(ot, half));
    }
}

static const struct dgi_kernels kernels = {"avx2", gemm, quantise, row, cell, &dgi_attn_avx2};

const struct dgi_kernels *dgi_kernels_avx2(void)
{
    return __builtin_cpu_supports("avx2") ? &kernels : NULL;
}
#else
const struct dgi_kernels *dgi_kernels_avx2(void)
{
    return NULL;
}
#endif
