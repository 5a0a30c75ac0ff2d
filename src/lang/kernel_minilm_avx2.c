/* SPDX-License-Identifier: Apache-2.0 */
/* lang/kernel_minilm_avx2.c: layer norm, GELU and attention with AVX2. The same operations in the same order as in
 * kernel_minilm_scalar.c; the 16 lanes of a sum are two vectors of 8. */
#include "lang/kernel.h"

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#include <math.h>

#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#endif

#define TARGET __attribute__((target("avx2")))
#define INLINE static inline __attribute__((always_inline))

/* Lanes 0-7 and 8-15 to their sum. */
TARGET INLINE float lanes(__m256 low, __m256 high)
{
    __m256 a = _mm256_add_ps(low, high);
    __m128 b = _mm_add_ps(_mm256_castps256_ps128(a), _mm256_extractf128_ps(a, 1));
    b = _mm_add_ps(b, _mm_movehl_ps(b, b));
    return _mm_cvtss_f32(_mm_add_ss(b, _mm_movehdup_ps(b)));
}

TARGET static void norm(float *x, const float *plus, const float *gamma, const float *beta, uint32_t k)
{
    __m256 sum[2] = {_mm256_setzero_ps(), _mm256_setzero_ps()}, square[2] = {sum[0], sum[0]};
    for (uint32_t i = 0; i < k; i += 16)
#pragma GCC unroll 2
        for (uint32_t h = 0; h < 2; h++) {
            __m256 v = _mm256_loadu_ps(x + i + 8 * h);
            if (plus)
                v = _mm256_add_ps(v, _mm256_loadu_ps(plus + i + 8 * h));
            _mm256_storeu_ps(x + i + 8 * h, v);
            sum[h] = _mm256_add_ps(sum[h], v);
        }
    __m256 mean = _mm256_set1_ps(lanes(sum[0], sum[1]) / (float)k);
    for (uint32_t i = 0; i < k; i += 16)
#pragma GCC unroll 2
        for (uint32_t h = 0; h < 2; h++) {
            __m256 v = _mm256_sub_ps(_mm256_loadu_ps(x + i + 8 * h), mean);
            _mm256_storeu_ps(x + i + 8 * h, v);
            square[h] = _mm256_add_ps(square[h], _mm256_mul_ps(v, v));
        }
    __m256 by = _mm256_set1_ps(1.0f / sqrtf(lanes(square[0], square[1]) / (float)k + DGI_NORM_EPS));
    for (uint32_t i = 0; i < k; i += 8) {
        __m256 v = _mm256_mul_ps(_mm256_loadu_ps(x + i), by);
        v = _mm256_mul_ps(v, _mm256_loadu_ps(gamma + i));
        _mm256_storeu_ps(x + i, _mm256_add_ps(v, _mm256_loadu_ps(beta + i)));
    }
}

TARGET static void gelu(float *x, uint32_t k)
{
    static const float c[DGI_GELU_N] = DGI_GELU;
    const __m256 no_sign = _mm256_castsi256_ps(_mm256_set1_epi32(0x7fffffff)), most = _mm256_set1_ps(DGI_GELU_LIMIT);
    for (uint32_t i = 0; i < k; i += 8) {
        __m256 v = _mm256_loadu_ps(x + i), t = _mm256_min_ps(_mm256_and_ps(v, no_sign), most);
        __m256 p = _mm256_set1_ps(c[DGI_GELU_N - 1]);
#pragma GCC unroll 8
        for (int n = DGI_GELU_N - 2; n >= 0; n--)
            p = _mm256_add_ps(_mm256_mul_ps(p, t), _mm256_set1_ps(c[n]));
        p = _mm256_mul_ps(p, t);
        _mm256_storeu_ps(x + i, _mm256_sub_ps(_mm256_max_ps(v, _mm256_setzero_ps()), p));
    }
}

TARGET INLINE __m256 exp8(__m256 x)
{
    static const float c[DGI_EXP_N] = DGI_EXP;
    x = _mm256_max_ps(_mm256_min_ps(x, _mm256_set1_ps(DGI_EXP_LIMIT)), _mm256_set1_ps(-DGI_EXP_LIMIT));
    __m256 y = _mm256_mul_ps(x, _mm256_set1_ps(DGI_LOG2E));
    __m256i n = _mm256_cvtps_epi32(y);
    __m256 f = _mm256_sub_ps(y, _mm256_cvtepi32_ps(n));
    __m256 p = _mm256_set1_ps(c[DGI_EXP_N - 1]);
#pragma GCC unroll 8
    for (int i = DGI_EXP_N - 2; i >= 0; i--)
        p = _mm256_add_ps(_mm256_mul_ps(p, f), _mm256_set1_ps(c[i]));
    p = _mm256_add_ps(_mm256_mul_ps(p, f), _mm256_set1_ps(1));
    return _mm256_castsi256_ps(_mm256_add_epi32(_mm256_castps_si256(p), _mm256_slli_epi32(n, 23)));
}

TARGET INLINE float softmax(float *p, uint32_t tp)
{
    __m256 m = _mm256_loadu_ps(p), sum[2] = {_mm256_setzero_ps(), _mm256_setzero_ps()};
    for (uint32_t j = 8; j < tp; j += 8)
        m = _mm256_max_ps(m, _mm256_loadu_ps(p + j));
    float part[8], max;
    _mm256_storeu_ps(part, m);
    max = part[0];
    for (int j = 1; j < 8; j++)
        max = part[j] > max ? part[j] : max;
    __m256 all = _mm256_set1_ps(max);
    for (uint32_t j = 0; j < tp; j += 16)
#pragma GCC unroll 2
        for (uint32_t h = 0; h < 2; h++) {
            __m256 e = exp8(_mm256_sub_ps(_mm256_loadu_ps(p + j + 8 * h), all));
            _mm256_storeu_ps(p + j + 8 * h, e);
            sum[h] = _mm256_add_ps(sum[h], e);
        }
    return 1.0f / lanes(sum[0], sum[1]);
}

/* Scores of n (1 to 4) queries for 16 keys */
TARGET INLINE void scores(const int n, const struct dgi_attention *a, const float *q, uint32_t tp, uint32_t j0)
{
    __m256 s[4][2];
#pragma GCC unroll 4
    for (int i = 0; i < n; i++)
        s[i][0] = s[i][1] = _mm256_setzero_ps();
    for (uint32_t c = 0; c < a->d; c++) {
        __m256 k0 = _mm256_loadu_ps(a->kt + c * tp + j0), k1 = _mm256_loadu_ps(a->kt + c * tp + j0 + 8);
#pragma GCC unroll 4
        for (int i = 0; i < n; i++) {
            __m256 one = _mm256_set1_ps(q[(size_t)i * a->ld + c]);
            s[i][0] = _mm256_add_ps(s[i][0], _mm256_mul_ps(one, k0));
            s[i][1] = _mm256_add_ps(s[i][1], _mm256_mul_ps(one, k1));
        }
    }
#pragma GCC unroll 4
    for (int i = 0; i < n; i++) {
        _mm256_storeu_ps(a->p + (uint32_t)i * tp + j0, s[i][0]);
        _mm256_storeu_ps(a->p + (uint32_t)i * tp + j0 + 8, s[i][1]);
    }
}

/* 16 columns of the outputs of n queries */
TARGET INLINE void weigh(const int n, const struct dgi_attention *a, uint32_t tp, const float by[4], float *out,
                         uint32_t c)
{
    __m256 s[4][2];
#pragma GCC unroll 4
    for (int i = 0; i < n; i++)
        s[i][0] = s[i][1] = _mm256_setzero_ps();
    for (uint32_t j = 0; j < a->t; j++) {
        const float *v = a->v + j * a->ld + c;
        __m256 v0 = _mm256_loadu_ps(v), v1 = _mm256_loadu_ps(v + 8);
#pragma GCC unroll 4
        for (int i = 0; i < n; i++) {
            __m256 one = _mm256_set1_ps(a->p[(uint32_t)i * tp + j]);
            s[i][0] = _mm256_add_ps(s[i][0], _mm256_mul_ps(one, v0));
            s[i][1] = _mm256_add_ps(s[i][1], _mm256_mul_ps(one, v1));
        }
    }
#pragma GCC unroll 4
    for (int i = 0; i < n; i++) {
        _mm256_storeu_ps(out + (size_t)i * a->ldo + c, _mm256_mul_ps(s[i][0], _mm256_set1_ps(by[i])));
        _mm256_storeu_ps(out + (size_t)i * a->ldo + c + 8, _mm256_mul_ps(s[i][1], _mm256_set1_ps(by[i])));
    }
}

TARGET INLINE void queries(const int n, const struct dgi_attention *a, uint32_t i0, uint32_t tp)
{
    float by[4];
    for (uint32_t j = 0; j < tp; j += 16)
        scores(n, a, a->q + i0 * a->ld, tp, j);
    for (int i = 0; i < n; i++) {
        for (uint32_t j = a->t; j < tp; j++)
            a->p[(uint32_t)i * tp + j] = -1e30f;
        by[i] = softmax(a->p + (uint32_t)i * tp, tp);
    }
    for (uint32_t c = 0; c < a->d; c += 16)
        weigh(n, a, tp, by, a->out + i0 * a->ldo, c);
}

/* 8 columns of n (at most 8) keys, turned: to[c * tp + j] = k[j * ld + c], 0 for j from n on */
TARGET INLINE void turn(const float *k, size_t ld, uint32_t n, float *to, size_t tp)
{
    __m256 r[8], a[8], b[8];
#pragma GCC unroll 8
    for (uint32_t i = 0; i < 8; i++)
        r[i] = i < n ? _mm256_loadu_ps(k + i * ld) : _mm256_setzero_ps();
#pragma GCC unroll 4
    for (int i = 0; i < 8; i += 2) {
        a[i] = _mm256_unpacklo_ps(r[i], r[i + 1]);
        a[i + 1] = _mm256_unpackhi_ps(r[i], r[i + 1]);
    }
#pragma GCC unroll 4
    for (int i = 0; i < 4; i++) { /* b[4i + c]: in each half h column 4h + c of rows 4i to 4i + 3 */
        int row = i / 2 * 4, odd = i % 2;
        b[row + 2 * odd] = _mm256_shuffle_ps(a[row + odd], a[row + odd + 2], 0x44);
        b[row + 2 * odd + 1] = _mm256_shuffle_ps(a[row + odd], a[row + odd + 2], 0xEE);
    }
#pragma GCC unroll 4
    for (uint32_t c = 0; c < 4; c++) {
        _mm256_storeu_ps(to + c * tp, _mm256_permute2f128_ps(b[c], b[4 + c], 0x20));
        _mm256_storeu_ps(to + (4 + c) * tp, _mm256_permute2f128_ps(b[c], b[4 + c], 0x31));
    }
}

TARGET static void attend(const struct dgi_attention *a)
{
    const uint32_t tp = (a->t + 15) / 16 * 16;
    for (uint32_t j = 0; j < tp; j += 8)
        for (uint32_t c = 0; c < a->d; c += 8) {
            const float *k = a->k + j * a->ld + c;
            float *to = a->kt + (size_t)c * tp + j;
            if (j + 8 <= a->t)
                turn(k, a->ld, 8, to, tp);
            else
                turn(k, a->ld, j < a->t ? a->t - j : 0, to, tp);
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

const struct dgi_attn_kernels dgi_attn_avx2 = {norm, gelu, attend};
#endif
