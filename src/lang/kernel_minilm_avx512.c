/* SPDX-License-Identifier: Apache-2.0 */
/* lang/kernel_minilm_avx512.c: layer norm, GELU and attention with AVX-512. The same operations in the same order as in
 * kernel_minilm_scalar.c; a sum's 16 lanes are one vector. */
#include "lang/kernel.h"

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#include <math.h>

#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#endif

#define TARGET __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq")))
#define INLINE static inline __attribute__((always_inline))

TARGET INLINE float lanes(__m512 x)
{
    __m256 a = _mm256_add_ps(_mm512_castps512_ps256(x), _mm512_extractf32x8_ps(x, 1));
    __m128 b = _mm_add_ps(_mm256_castps256_ps128(a), _mm256_extractf128_ps(a, 1));
    b = _mm_add_ps(b, _mm_movehl_ps(b, b));
    return _mm_cvtss_f32(_mm_add_ss(b, _mm_movehdup_ps(b)));
}

TARGET static void norm(float *x, const float *plus, const float *gamma, const float *beta, uint32_t k)
{
    __m512 sum = _mm512_setzero_ps(), square = sum;
    for (uint32_t i = 0; i < k; i += 16) {
        __m512 v = _mm512_loadu_ps(x + i);
        if (plus)
            v = _mm512_add_ps(v, _mm512_loadu_ps(plus + i));
        _mm512_storeu_ps(x + i, v);
        sum = _mm512_add_ps(sum, v);
    }
    __m512 mean = _mm512_set1_ps(lanes(sum) / (float)k);
    for (uint32_t i = 0; i < k; i += 16) {
        __m512 v = _mm512_sub_ps(_mm512_loadu_ps(x + i), mean);
        _mm512_storeu_ps(x + i, v);
        square = _mm512_add_ps(square, _mm512_mul_ps(v, v));
    }
    __m512 by = _mm512_set1_ps(1.0f / sqrtf(lanes(square) / (float)k + DGI_NORM_EPS));
    for (uint32_t i = 0; i < k; i += 16) {
        __m512 v = _mm512_mul_ps(_mm512_loadu_ps(x + i), by);
        v = _mm512_mul_ps(v, _mm512_loadu_ps(gamma + i));
        _mm512_storeu_ps(x + i, _mm512_add_ps(v, _mm512_loadu_ps(beta + i)));
    }
}

TARGET static void gelu(float *x, uint32_t k)
{
    static const float c[DGI_GELU_N] = DGI_GELU;
    const __m512 most = _mm512_set1_ps(DGI_GELU_LIMIT);
#pragma GCC unroll 4
    for (uint32_t i = 0; i < k; i += 16) {
        __m512 v = _mm512_loadu_ps(x + i), t = _mm512_min_ps(_mm512_abs_ps(v), most);
        __m512 p = _mm512_set1_ps(c[DGI_GELU_N - 1]);
#pragma GCC unroll 8
        for (int n = DGI_GELU_N - 2; n >= 0; n--)
            p = _mm512_add_ps(_mm512_mul_ps(p, t), _mm512_set1_ps(c[n]));
        p = _mm512_mul_ps(p, t);
        _mm512_storeu_ps(x + i, _mm512_sub_ps(_mm512_max_ps(v, _mm512_setzero_ps()), p));
    }
}

TARGET INLINE __m512 exp16(__m512 x)
{
    static const float c[DGI_EXP_N] = DGI_EXP;
    x = _mm512_max_ps(_mm512_min_ps(x, _mm512_set1_ps(DGI_EXP_LIMIT)), _mm512_set1_ps(-DGI_EXP_LIMIT));
    __m512 y = _mm512_mul_ps(x, _mm512_set1_ps(DGI_LOG2E));
    __m512i n = _mm512_cvtps_epi32(y);
    __m512 f = _mm512_sub_ps(y, _mm512_cvtepi32_ps(n));
    __m512 p = _mm512_set1_ps(c[DGI_EXP_N - 1]);
#pragma GCC unroll 8
    for (int i = DGI_EXP_N - 2; i >= 0; i--)
        p = _mm512_add_ps(_mm512_mul_ps(p, f), _mm512_set1_ps(c[i]));
    p = _mm512_add_ps(_mm512_mul_ps(p, f), _mm512_set1_ps(1));
    return _mm512_castsi512_ps(_mm512_add_epi32(_mm512_castps_si512(p), _mm512_slli_epi32(n, 23)));
}

TARGET INLINE float softmax(float *p, uint32_t tp)
{
    __m512 m = _mm512_loadu_ps(p), sum = _mm512_setzero_ps();
    for (uint32_t j = 16; j < tp; j += 16)
        m = _mm512_max_ps(m, _mm512_loadu_ps(p + j));
    m = _mm512_set1_ps(_mm512_reduce_max_ps(m));
    for (uint32_t j = 0; j < tp; j += 16) {
        __m512 e = exp16(_mm512_sub_ps(_mm512_loadu_ps(p + j), m));
        _mm512_storeu_ps(p + j, e);
        sum = _mm512_add_ps(sum, e);
    }
    return 1.0f / lanes(sum);
}

/* Scores of n (1 to 4) queries for g (1 or 2) times 16 keys */
TARGET INLINE void scores(const int n, const int g, const struct dgi_attention *a, const float *q, uint32_t tp,
                          uint32_t j0)
{
    __m512 s[4][2], k[2];
#pragma GCC unroll 4
    for (int i = 0; i < n; i++)
#pragma GCC unroll 2
        for (int h = 0; h < g; h++)
            s[i][h] = _mm512_setzero_ps();
    for (uint32_t c = 0; c < a->d; c++) {
#pragma GCC unroll 2
        for (int h = 0; h < g; h++)
            k[h] = _mm512_loadu_ps(a->kt + c * tp + j0 + 16 * (uint32_t)h);
#pragma GCC unroll 4
        for (int i = 0; i < n; i++) {
            __m512 one = _mm512_set1_ps(q[(size_t)i * a->ld + c]);
#pragma GCC unroll 2
            for (int h = 0; h < g; h++)
                s[i][h] = _mm512_add_ps(s[i][h], _mm512_mul_ps(one, k[h]));
        }
    }
#pragma GCC unroll 4
    for (int i = 0; i < n; i++)
#pragma GCC unroll 2
        for (int h = 0; h < g; h++)
            _mm512_storeu_ps(a->p + (uint32_t)i * tp + j0 + 16 * (uint32_t)h, s[i][h]);
}

/* g times 16 columns of the outputs of n queries */
TARGET INLINE void weigh(const int n, const int g, const struct dgi_attention *a, uint32_t tp, const float by[4],
                         float *out)
{
    __m512 s[4][2], v[2];
#pragma GCC unroll 4
    for (int i = 0; i < n; i++)
#pragma GCC unroll 2
        for (int h = 0; h < g; h++)
            s[i][h] = _mm512_setzero_ps();
    for (uint32_t j = 0; j < a->t; j++) {
#pragma GCC unroll 2
        for (int h = 0; h < g; h++)
            v[h] = _mm512_loadu_ps(a->v + j * a->ld + 16 * h);
#pragma GCC unroll 4
        for (int i = 0; i < n; i++) {
            __m512 one = _mm512_set1_ps(a->p[(uint32_t)i * tp + j]);
#pragma GCC unroll 2
            for (int h = 0; h < g; h++)
                s[i][h] = _mm512_add_ps(s[i][h], _mm512_mul_ps(one, v[h]));
        }
    }
#pragma GCC unroll 4
    for (int i = 0; i < n; i++)
#pragma GCC unroll 2
        for (int h = 0; h < g; h++)
            _mm512_storeu_ps(out + (size_t)i * a->ldo + 16 * h, _mm512_mul_ps(s[i][h], _mm512_set1_ps(by[i])));
}

TARGET INLINE void queries(const int n, const struct dgi_attention *a, uint32_t i0, uint32_t tp)
{
    float by[4];
    uint32_t j = 0;
    for (; j + 32 <= tp; j += 32)
        scores(n, 2, a, a->q + i0 * a->ld, tp, j);
    if (j < tp)
        scores(n, 1, a, a->q + i0 * a->ld, tp, j);
    for (int i = 0; i < n; i++) {
        if (a->t < tp) /* what is beyond the sentence weighs nothing */
            _mm512_mask_storeu_ps(a->p + (uint32_t)i * tp + tp - 16, (__mmask16)(0xFFFFu << (16 - (tp - a->t))),
                                  _mm512_set1_ps(-1e30f));
        by[i] = softmax(a->p + (uint32_t)i * tp, tp);
    }
    if (a->d == 32)
        weigh(n, 2, a, tp, by, a->out + i0 * a->ldo);
    else
        weigh(n, 1, a, tp, by, a->out + i0 * a->ldo);
}

/* 16 columns of n (at most 16) keys, turned: to[c * tp + j] = k[j * ld + c], 0 for j from n on */
TARGET INLINE void turn(const float *k, size_t ld, uint32_t n, float *to, size_t tp)
{
    __m512 r[16], a[16], b[16];
#pragma GCC unroll 16
    for (uint32_t i = 0; i < 16; i++)
        r[i] = i < n ? _mm512_loadu_ps(k + i * ld) : _mm512_setzero_ps();
#pragma GCC unroll 8
    for (int i = 0; i < 16; i += 2) {
        a[i] = _mm512_unpacklo_ps(r[i], r[i + 1]);
        a[i + 1] = _mm512_unpackhi_ps(r[i], r[i + 1]);
    }
#pragma GCC unroll 8
    for (int i = 0; i < 8; i++) { /* b[4i + c]: in each quarter q column 4q + c of rows 4i to 4i + 3 */
        int row = i / 2 * 4, odd = i % 2;
        __m512d x = _mm512_castps_pd(a[row + odd]), y = _mm512_castps_pd(a[row + odd + 2]);
        b[row + 2 * odd] = _mm512_castpd_ps(_mm512_unpacklo_pd(x, y));
        b[row + 2 * odd + 1] = _mm512_castpd_ps(_mm512_unpackhi_pd(x, y));
    }
#pragma GCC unroll 4
    for (uint32_t c = 0; c < 4; c++) {
        __m512 low = _mm512_shuffle_f32x4(b[c], b[4 + c], 0x44), low2 = _mm512_shuffle_f32x4(b[8 + c], b[12 + c], 0x44);
        __m512 high = _mm512_shuffle_f32x4(b[c], b[4 + c], 0xEE),
               high2 = _mm512_shuffle_f32x4(b[8 + c], b[12 + c], 0xEE);
        _mm512_storeu_ps(to + c * tp, _mm512_shuffle_f32x4(low, low2, 0x88));
        _mm512_storeu_ps(to + (4 + c) * tp, _mm512_shuffle_f32x4(low, low2, 0xDD));
        _mm512_storeu_ps(to + (8 + c) * tp, _mm512_shuffle_f32x4(high, high2, 0x88));
        _mm512_storeu_ps(to + (12 + c) * tp, _mm512_shuffle_f32x4(high, high2, 0xDD));
    }
}

TARGET static void attend(const struct dgi_attention *a)
{
    const uint32_t tp = (a->t + 15) / 16 * 16;
    for (uint32_t j = 0; j < tp; j += 16)
        for (uint32_t c = 0; c < a->d; c += 16) {
            float *to = a->kt + (size_t)c * tp + j;
            if (a->t - j >= 16)
                turn(a->k + j * a->ld + c, a->ld, 16, to, tp);
            else
                turn(a->k + j * a->ld + c, a->ld, a->t - j, to, tp);
        }
    uint32_t i = 0;
    for (; i + 4 <= a->t; i += 4)
        queries(4, a, i, tp);
    switch (a->t - i) {
    case 1: queries(1, a, i, tp); break;
    case 2: queries(2, a, i, tp); break;
    case 3: queries(3, a, i, tp); break;
    default: break;
    }
}

const struct dgi_attn_kernels dgi_attn_avx512 = {norm, gelu, attend};
#endif
