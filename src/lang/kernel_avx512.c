/* SPDX-License-Identifier: Apache-2.0 */
/* lang/kernel_avx512.c: AVX-512 with VNNI.
 *
 * The product works on 6 rows by 64 outputs: 24 sums stay in registers. vpdpbusd is written as assembly because gcc 12
 * copies the sum before each use of the intrinsic, which costs three quarters of the speed (measured: 80 against 320
 * billion multiply-adds a second). */
#include "lang/kernel.h"

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>

#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#endif

#define TARGET __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512vnni")))
#define INLINE static inline __attribute__((always_inline))

TARGET INLINE __m512i dot(__m512i acc, __m512i x, __m512i w)
{
    __asm__("vpdpbusd %2, %1, %0" : "+v"(acc) : "v"(x), "v"(w));
    return acc;
}

TARGET INLINE void store(float *out, __m512i acc, __m512 scale, __m512 sx, const float *add)
{
    __m512 t = _mm512_mul_ps(_mm512_cvtepi32_ps(acc), scale);
    t = _mm512_mul_ps(t, sx);
    _mm512_storeu_ps(out, _mm512_add_ps(t, _mm512_loadu_ps(add)));
}

/* m (constant where it is inlined) rows by one group of 64 outputs */
TARGET INLINE void tile(const int m, const struct dgi_qmat *w, uint32_t n0, const uint8_t *x, size_t ldx,
                        const float *sx, const float *const *add, float *out, size_t ldo)
{
    const size_t block = (size_t)w->k * 16; /* bytes of 16 outputs */
    const int8_t *w0 = w->w + n0 / 16 * block;
    __m512i acc[6][4];
    DGI_UNROLL
    for (int i = 0; i < m; i++) {
        DGI_UNROLL
        for (int j = 0; j < 4; j++)
            acc[i][j] = _mm512_loadu_si512(w->corr + n0 + 16 * j);
    }
    for (uint32_t k = 0; k < w->k; k += 4, w0 += 64) {
        __m512i b[4];
        DGI_UNROLL
        for (int j = 0; j < 4; j++)
            b[j] = _mm512_loadu_si512(w0 + (size_t)j * block);
        DGI_UNROLL
        for (int i = 0; i < m; i++) {
            int32_t four;
            __builtin_memcpy(&four, x + (size_t)i * ldx + k, 4);
            __m512i a = _mm512_set1_epi32(four);
            DGI_UNROLL
            for (int j = 0; j < 4; j++)
                acc[i][j] = dot(acc[i][j], a, b[j]);
        }
    }
    DGI_UNROLL
    for (int j = 0; j < 4; j++) {
        __m512 scale = _mm512_loadu_ps(w->scale + n0 + 16 * j);
        DGI_UNROLL
        for (int i = 0; i < m; i++)
            store(out + (size_t)i * ldo + n0 + 16 * j, acc[i][j], scale, _mm512_set1_ps(sx[i]),
                  (add ? add[i] : w->bias) + n0 + 16 * j);
    }
}

TARGET static void gemm(const struct dgi_qmat *w, uint32_t m, const uint8_t *x, size_t ldx, const float *sx,
                        const float *const *add, float *out, size_t ldo)
{
    for (uint32_t n0 = 0; n0 < w->n; n0 += DGI_GROUP) {
        uint32_t i = 0;
        for (; i + 6 <= m; i += 6)
            tile(6, w, n0, x + i * ldx, ldx, sx + i, add ? add + i : NULL, out + i * ldo, ldo);
        const uint8_t *xi = x + i * ldx;
        const float *const *ai = add ? add + i : NULL;
        float *oi = out + i * ldo;
        switch (m - i) {
        case 1: tile(1, w, n0, xi, ldx, sx + i, ai, oi, ldo); break;
        case 2: tile(2, w, n0, xi, ldx, sx + i, ai, oi, ldo); break;
        case 3: tile(3, w, n0, xi, ldx, sx + i, ai, oi, ldo); break;
        case 4: tile(4, w, n0, xi, ldx, sx + i, ai, oi, ldo); break;
        case 5: tile(5, w, n0, xi, ldx, sx + i, ai, oi, ldo); break;
        default: break;
        }
    }
}

TARGET INLINE __m512 value(const float *x, const float *plus, bool relu, uint32_t i)
{
    __m512 v = _mm512_loadu_ps(x + i);
    if (plus)
        v = _mm512_add_ps(v, _mm512_loadu_ps(plus + i));
    return relu ? _mm512_max_ps(v, _mm512_setzero_ps()) : v;
}

TARGET static float quantise(const float *x, const float *plus, bool relu, uint32_t k, uint8_t *q)
{
    __m512 m = _mm512_setzero_ps();
    for (uint32_t i = 0; i < k; i += 16)
        m = _mm512_max_ps(m, _mm512_abs_ps(value(x, plus, relu, i)));
    float amax = _mm512_reduce_max_ps(m);
    __m512 inv = _mm512_set1_ps(amax > DGI_TINY ? 127.0f / amax : 0);
    const __m512i off = _mm512_set1_epi32(128);
    for (uint32_t i = 0; i < k; i += 16) {
        __m512i r = _mm512_cvtps_epi32(_mm512_mul_ps(value(x, plus, relu, i), inv));
        _mm_storeu_si128((__m128i *)(void *)(q + i), _mm512_cvtepi32_epi8(_mm512_add_epi32(r, off)));
    }
    return amax / 127.0f;
}

TARGET static void row(const int8_t *q, float s, bool add, uint32_t d, float *out)
{
    __m512 scale = _mm512_set1_ps(s);
    for (uint32_t i = 0; i < d; i += 16) {
        __mmask16 m = d - i >= 16 ? 0xFFFF : (__mmask16)((1u << (d - i)) - 1);
        __m512 v = _mm512_mul_ps(_mm512_cvtepi32_ps(_mm512_cvtepi8_epi32(_mm_maskz_loadu_epi8(m, q + i))), scale);
        if (add)
            v = _mm512_add_ps(_mm512_maskz_loadu_ps(m, out + i), v);
        _mm512_mask_storeu_ps(out + i, m, v);
    }
}

struct frac {
    __m512 p, q;
};
TARGET INLINE struct frac tanh_frac(__m512 x)
{
    x = _mm512_min_ps(x, _mm512_set1_ps(DGI_TANH_LIMIT));
    x = _mm512_max_ps(x, _mm512_set1_ps(-DGI_TANH_LIMIT));
    __m512 s = _mm512_mul_ps(x, x);
    __m512 p = _mm512_add_ps(s, _mm512_set1_ps(DGI_P2));
    p = _mm512_mul_ps(p, s);
    p = _mm512_add_ps(p, _mm512_set1_ps(DGI_P1));
    p = _mm512_mul_ps(p, s);
    p = _mm512_add_ps(p, _mm512_set1_ps(DGI_P0));
    p = _mm512_mul_ps(p, x);
    __m512 q = _mm512_mul_ps(s, _mm512_set1_ps(DGI_Q3));
    q = _mm512_add_ps(q, _mm512_set1_ps(DGI_Q2));
    q = _mm512_mul_ps(q, s);
    q = _mm512_add_ps(q, _mm512_set1_ps(DGI_Q1));
    q = _mm512_mul_ps(q, s);
    q = _mm512_add_ps(q, _mm512_set1_ps(DGI_Q0));
    return (struct frac){p, q};
}

TARGET static void cell(const float *z, uint32_t h, float *c, float *out)
{
    const __m512 half = _mm512_set1_ps(0.5f);
    for (uint32_t j = 0; j < h; j += 16) {
        struct frac i = tanh_frac(_mm512_mul_ps(_mm512_loadu_ps(z + j), half));
        struct frac f = tanh_frac(_mm512_mul_ps(_mm512_loadu_ps(z + h + j), half));
        struct frac g = tanh_frac(_mm512_loadu_ps(z + 2 * h + j));
        __m512 fc = _mm512_mul_ps(_mm512_add_ps(f.q, f.p), _mm512_loadu_ps(c + j));
        fc = _mm512_div_ps(fc, f.q);
        __m512 ig = _mm512_mul_ps(_mm512_add_ps(i.q, i.p), g.p);
        __m512 dd = _mm512_mul_ps(i.q, g.q);
        ig = _mm512_div_ps(ig, dd);
        __m512 cn = _mm512_mul_ps(_mm512_add_ps(fc, ig), half);
        _mm512_storeu_ps(c + j, cn);
        struct frac o = tanh_frac(_mm512_mul_ps(_mm512_loadu_ps(z + 3 * h + j), half));
        struct frac t = tanh_frac(cn);
        __m512 ot = _mm512_mul_ps(_mm512_add_ps(o.q, o.p), t.p);
        __m512 od = _mm512_mul_ps(o.q, t.q);
        ot = _mm512_div_ps(ot, od);
        _mm512_storeu_ps(out + j, _mm512_mul_ps(ot, half));
    }
}

static const struct dgi_kernels kernels = {"avx512-vnni", gemm, quantise, row, cell, &dgi_attn_avx512};

const struct dgi_kernels *dgi_kernels_avx512(void)
{
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                   __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") &&
                   __builtin_cpu_supports("avx512vnni")
               ? &kernels
               : NULL;
}
#else
const struct dgi_kernels *dgi_kernels_avx512(void)
{
    return NULL;
}
#endif
