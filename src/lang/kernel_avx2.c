/* SPDX-License-Identifier: Apache-2.0 */
/* lang/kernel_avx2.c: AVX2, and AVX-VNNI, which has the product of bytes that AVX2 lacks.
 *
 * vpmaddubsw multiplies bytes and adds two products in 16 bits, one operand without sign: the activation's sign (it lies
 * within +-127 once its offset is off) goes over to the weight (no weight is -128: lang/model.c), and 2 x 127 x 127 fits. Two
 * such sums are added before they are widened wherever four activations together are small enough for any weight,
 * 127 x 258 < 32768, which holds for 95 % of real ones; the others are widened at once. So it is exact, and a third
 * faster than products of 16 bits. Reads the same packed weights as the other paths. */
#include "lang/kernel.h"

#if defined(__x86_64__) && defined(__GNUC__)
#include <cpuid.h>
#include <immintrin.h>

#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#endif

#define TARGET __attribute__((target("avx2")))
#define INLINE static inline __attribute__((always_inline))

#define ROWS 3  /* of a tile: 6 sums, 4 weights, the ones and 5 for the products are all 16 registers */
#define LOTS 6  /* tiles' rows that are prepared together: the weights that the first reads are near for the others */
#define BLOCK 8 /* inputs that are multiplied together */
#define SMALL_SUM 258 /* 127 times this fits in 16 bits */

/* The rows of a tile as its loop reads them: for each block of 8 inputs and row: four inputs, the same without sign, the
 * other four, the same without sign. Blocks that are small in all rows stand first. */
struct lot {
    uint32_t first, rows, small;
    uint32_t block[DGI_MAX_K / BLOCK]; /* which block of the inputs stands here */
    uint8_t x[ROWS * 2 * DGI_MAX_K];
};

/* y = sum * scale * x_scale + add, 8 outputs */
TARGET INLINE void store(float *out, __m256i sum, __m256 scale, float sx, const float *add)
{
    __m256 f = _mm256_mul_ps(_mm256_cvtepi32_ps(sum), scale);
    f = _mm256_mul_ps(f, _mm256_set1_ps(sx));
    _mm256_storeu_ps(out, _mm256_add_ps(f, _mm256_loadu_ps(add)));
}

TARGET INLINE __m256i load(const int8_t *w)
{
    return _mm256_loadu_si256((const __m256i *)(const void *)w);
}

/* sum[0] and [1] += four inputs of one row by four weights of 16 outputs. Assembly, because gcc 12 copies the sums. */
TARGET INLINE void dot4(__m256i sum[2], const uint8_t *x, __m256i w0, __m256i w1, __m256i ones)
{
    __m256i v, u, t;
    __asm__("vpbroadcastd (%[x]), %[v]\n\t"
            "vpbroadcastd 4(%[x]), %[u]\n\t"
            "vpsignb %[v], %[w0], %[t]\n\t"
            "vpmaddubsw %[t], %[u], %[t]\n\t"
            "vpsignb %[v], %[w1], %[v]\n\t"
            "vpmaddubsw %[v], %[u], %[u]\n\t"
            "vpmaddwd %[ones], %[t], %[t]\n\t"
            "vpmaddwd %[ones], %[u], %[u]\n\t"
            "vpaddd %[t], %[s0], %[s0]\n\t"
            "vpaddd %[u], %[s1], %[s1]"
            : [s0] "+x"(sum[0]), [s1] "+x"(sum[1]), [v] "=&x"(v), [u] "=&x"(u), [t] "=&x"(t)
            : [x] "r"(x), [w0] "x"(w0), [w1] "x"(w1), [ones] "x"(ones), "m"(*(const uint8_t(*)[8])x));
}

/* The same with the eight inputs of a small block; w[0], w[1]: weights of the first four, w[2], w[3]: of the others */
TARGET INLINE void dot8(__m256i sum[2], const uint8_t *x, const __m256i w[4], __m256i ones)
{
    __m256i v, u, v2, u2, t;
    __asm__(
        "vpbroadcastd (%[x]), %[v]\n\t"
        "vpbroadcastd 4(%[x]), %[u]\n\t"
        "vpbroadcastd 8(%[x]), %[v2]\n\t"
        "vpbroadcastd 12(%[x]), %[u2]\n\t"
        "vpsignb %[v], %[w0], %[t]\n\t"
        "vpsignb %[v], %[w1], %[v]\n\t"
        "vpmaddubsw %[t], %[u], %[t]\n\t"
        "vpmaddubsw %[v], %[u], %[v]\n\t"
        "vpsignb %[v2], %[w2], %[u]\n\t"
        "vpsignb %[v2], %[w3], %[v2]\n\t"
        "vpmaddubsw %[u], %[u2], %[u]\n\t"
        "vpmaddubsw %[v2], %[u2], %[v2]\n\t"
        "vpaddw %[u], %[t], %[t]\n\t"
        "vpaddw %[v2], %[v], %[v]\n\t"
        "vpmaddwd %[ones], %[t], %[t]\n\t"
        "vpmaddwd %[ones], %[v], %[v]\n\t"
        "vpaddd %[t], %[s0], %[s0]\n\t"
        "vpaddd %[v], %[s1], %[s1]"
        : [s0] "+x"(sum[0]), [s1] "+x"(sum[1]), [v] "=&x"(v), [u] "=&x"(u), [v2] "=&x"(v2), [u2] "=&x"(u2), [t] "=&x"(t)
        : [x] "r"(x), [w0] "x"(w[0]), [w1] "x"(w[1]), [w2] "x"(w[2]), [w3] "x"(w[3]), [ones] "x"(ones),
          "m"(*(const uint8_t(*)[16])x));
}

/* m (constant where it is inlined) rows by 16 outputs */
TARGET INLINE void tile(const int m, const struct dgi_qmat *w, uint32_t n0, const struct lot *l, const float *sx,
                        const float *const *add, float *out, size_t ldo)
{
    const int8_t *wb = w->w + (size_t)n0 * w->k;
    const uint8_t *x = l->x;
    const __m256i ones = _mm256_set1_epi16(1);
    __m256i acc[ROWS][2];
    uint32_t b = 0;
    DGI_UNROLL
    for (int i = 0; i < m; i++)
        acc[i][0] = acc[i][1] = _mm256_setzero_si256();
    for (; b < l->small; b++, x += 16 * m) {
        const int8_t *at = wb + (size_t)l->block[b] * (16 * BLOCK);
        const __m256i w8[4] = {load(at), load(at + 32), load(at + 64), load(at + 96)};
        DGI_UNROLL
        for (int i = 0; i < m; i++)
            dot8(acc[i], x + 16 * i, w8, ones);
    }
    for (; b < w->k / BLOCK; b++, x += 16 * m) {
        const int8_t *at = wb + (size_t)l->block[b] * (16 * BLOCK);
        for (int half = 0; half < 2; half++) {
            const __m256i w0 = load(at + 64 * half), w1 = load(at + 64 * half + 32);
            DGI_UNROLL
            for (int i = 0; i < m; i++)
                dot4(acc[i], x + 16 * i + 8 * half, w0, w1, ones);
        }
    }
    DGI_UNROLL
    for (uint32_t j = 0; j < 2; j++, n0 += 8) {
        const __m256 scale = _mm256_loadu_ps(w->scale + n0);
        DGI_UNROLL
        for (int i = 0; i < m; i++)
            store(out + (size_t)i * ldo + n0, acc[i][j], scale, sx[i], (add ? add[i] : w->bias) + n0);
    }
}

/* eight inputs without their offset */
TARGET INLINE __m128i block8(const uint8_t *x)
{
    return _mm_xor_si128(_mm_loadl_epi64((const __m128i *)(const void *)x), _mm_set1_epi8((char)0x80));
}

TARGET static void prepare(struct lot *l, uint32_t k, const uint8_t *x, size_t ldx)
{
    uint32_t large = k / BLOCK, small = 0;
    for (uint32_t b = 0; b < k / BLOCK; b++) {
        __m128i most = _mm_setzero_si128();
        for (uint32_t i = 0; i < l->rows; i++) {
            /* inputs 0+1, 2+3, 4+5, 6+7; 4+5 go to the sums that 0+1 go to */
            __m128i two = _mm_maddubs_epi16(_mm_abs_epi8(block8(x + i * ldx + b * BLOCK)), _mm_set1_epi8(1));
            most = _mm_max_epi16(most, _mm_add_epi16(two, _mm_srli_epi64(two, 32)));
        }
        const uint32_t sums = (uint32_t)_mm_cvtsi128_si32(most);
        const uint32_t at = (sums & 0xffff) <= SMALL_SUM && sums >> 16 <= SMALL_SUM ? small++ : --large;
        l->block[at] = b;
        uint8_t *to = l->x + (size_t)at * l->rows * 2 * BLOCK;
        for (uint32_t i = 0; i < l->rows; i++, to += 2 * BLOCK) {
            const __m128i v = block8(x + i * ldx + b * BLOCK);
            _mm_storeu_si128((__m128i *)(void *)to, _mm_unpacklo_epi32(v, _mm_abs_epi8(v)));
        }
    }
    l->small = small;
}

TARGET static void gemm(const struct dgi_qmat *w, uint32_t m, const uint8_t *x, size_t ldx, const float *sx,
                        const float *const *add, float *out, size_t ldo)
{
    struct lot lot[LOTS];
    for (uint32_t i = 0; i < m;) {
        uint32_t left = m - i < LOTS * ROWS ? m - i : LOTS * ROWS, n_lots = (left + ROWS - 1) / ROWS;
        for (uint32_t l = 0; l < n_lots; l++) {
            lot[l].first = i;
            lot[l].rows = (left + n_lots - l - 1) / (n_lots - l);
            prepare(&lot[l], w->k, x + i * ldx, ldx);
            i += lot[l].rows;
            left -= lot[l].rows;
        }
        for (uint32_t n0 = 0; n0 < w->n; n0 += 16)
            for (uint32_t l = 0; l < n_lots; l++) {
                const uint32_t r = lot[l].first;
                const float *const *a = add ? add + r : NULL;
                switch (lot[l].rows) {
                case 1: tile(1, w, n0, &lot[l], sx + r, a, out + r * ldo, ldo); break;
                case 2: tile(2, w, n0, &lot[l], sx + r, a, out + r * ldo, ldo); break;
                default: tile(3, w, n0, &lot[l], sx + r, a, out + r * ldo, ldo); break;
                }
            }
    }
}

/* plus and relu are constants where this is inlined */
TARGET INLINE __m256 value(const float *x, const float *plus, const bool relu, uint32_t i)
{
    __m256 v = _mm256_loadu_ps(x + i);
    if (plus)
        v = _mm256_add_ps(v, _mm256_loadu_ps(plus + i));
    return relu ? _mm256_max_ps(v, _mm256_setzero_ps()) : v;
}

TARGET INLINE float quantise_as(const float *x, const float *plus, const bool relu, uint32_t k, uint8_t *q)
{
    const __m256 no_sign = _mm256_castsi256_ps(_mm256_set1_epi32(0x7fffffff));
    __m256 m = _mm256_setzero_ps(), m2 = m;
    for (uint32_t i = 0; i < k; i += 16) {
        m = _mm256_max_ps(m, _mm256_and_ps(no_sign, value(x, plus, relu, i)));
        m2 = _mm256_max_ps(m2, _mm256_and_ps(no_sign, value(x, plus, relu, i + 8)));
    }
    m = _mm256_max_ps(m, m2);
    __m128 t = _mm_max_ps(_mm256_castps256_ps128(m), _mm256_extractf128_ps(m, 1));
    t = _mm_max_ps(t, _mm_movehl_ps(t, t));
    const float amax = _mm_cvtss_f32(_mm_max_ss(t, _mm_movehdup_ps(t)));
    const __m256 inv = _mm256_set1_ps(amax > DGI_TINY ? 127.0f / amax : 0);
    const __m128i off = _mm_set1_epi8((char)0x80);
    for (uint32_t i = 0; i < k; i += 16) {
        __m256i r = _mm256_cvtps_epi32(_mm256_mul_ps(value(x, plus, relu, i), inv));
        __m256i r2 = _mm256_cvtps_epi32(_mm256_mul_ps(value(x, plus, relu, i + 8), inv));
        r = _mm256_permute4x64_epi64(_mm256_packs_epi32(r, r2), 0xD8);
        __m128i b = _mm_packs_epi16(_mm256_castsi256_si128(r), _mm256_extracti128_si256(r, 1));
        _mm_storeu_si128((__m128i *)(void *)(q + i), _mm_xor_si128(b, off));
    }
    return amax / 127.0f;
}

TARGET static float quantise(const float *x, const float *plus, bool relu, uint32_t k, uint8_t *q)
{
    if (plus)
        return relu ? quantise_as(x, plus, true, k, q) : quantise_as(x, plus, false, k, q);
    return relu ? quantise_as(x, NULL, true, k, q) : quantise_as(x, NULL, false, k, q);
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

/* ---- AVX-VNNI: the same with another product ---- */

#define VNNI_ROWS 6 /* 12 sums, two weights and an input */

/* The instruction of 256 bits that needs no AVX-512: assemblers choose the other one unless they are told */
TARGET INLINE __m256i dot(__m256i sum, __m256i x, __m256i w)
{
    __asm__("%{vex%} vpdpbusd %2, %1, %0" : "+x"(sum) : "x"(x), "x"(w));
    return sum;
}

/* m (constant where it is inlined) rows by 16 outputs */
TARGET INLINE void vnni_tile(const int m, const struct dgi_qmat *w, uint32_t n0, const uint8_t *x, size_t ldx,
                             const float *sx, const float *const *add, float *out, size_t ldo)
{
    const int8_t *wb = w->w + (size_t)n0 * w->k;
    __m256i acc[VNNI_ROWS][2];
    DGI_UNROLL
    for (int i = 0; i < m; i++) {
        DGI_UNROLL
        for (int j = 0; j < 2; j++)
            acc[i][j] = _mm256_loadu_si256((const __m256i *)(const void *)(w->corr + n0 + 8 * j));
    }
    for (uint32_t k = 0; k < w->k; k += 4, wb += 64) {
        const __m256i w0 = load(wb), w1 = load(wb + 32);
        DGI_UNROLL
        for (int i = 0; i < m; i++) {
            int32_t four;
            __builtin_memcpy(&four, x + (size_t)i * ldx + k, 4);
            const __m256i a = _mm256_set1_epi32(four);
            acc[i][0] = dot(acc[i][0], a, w0);
            acc[i][1] = dot(acc[i][1], a, w1);
        }
    }
    DGI_UNROLL
    for (uint32_t j = 0; j < 2; j++, n0 += 8) {
        const __m256 scale = _mm256_loadu_ps(w->scale + n0);
        DGI_UNROLL
        for (int i = 0; i < m; i++)
            store(out + (size_t)i * ldo + n0, acc[i][j], scale, sx[i], (add ? add[i] : w->bias) + n0);
    }
}

TARGET static void vnni_gemm(const struct dgi_qmat *w, uint32_t m, const uint8_t *x, size_t ldx, const float *sx,
                             const float *const *add, float *out, size_t ldo)
{
    for (uint32_t n0 = 0; n0 < w->n; n0 += 16)
        for (uint32_t i = 0, rows; i < m; i += rows) {
            const uint32_t left = m - i;
            rows = left >= 2 * VNNI_ROWS ? VNNI_ROWS : left > VNNI_ROWS ? left - left / 2 : left;
            const uint8_t *xi = x + i * ldx;
            const float *const *ai = add ? add + i : NULL;
            float *oi = out + i * ldo;
            switch (rows) {
            case 1: vnni_tile(1, w, n0, xi, ldx, sx + i, ai, oi, ldo); break;
            case 2: vnni_tile(2, w, n0, xi, ldx, sx + i, ai, oi, ldo); break;
            case 3: vnni_tile(3, w, n0, xi, ldx, sx + i, ai, oi, ldo); break;
            case 4: vnni_tile(4, w, n0, xi, ldx, sx + i, ai, oi, ldo); break;
            case 5: vnni_tile(5, w, n0, xi, ldx, sx + i, ai, oi, ldo); break;
            default: vnni_tile(6, w, n0, xi, ldx, sx + i, ai, oi, ldo); break;
            }
        }
}

static const struct dgi_kernels vnni_kernels = {"avx-vnni", vnni_gemm, quantise, row, cell, &dgi_attn_avx2};

const struct dgi_kernels *dgi_kernels_avxvnni(void)
{
    unsigned a, b, c, d;
    return dgi_kernels_avx2() && __get_cpuid_count(7, 1, &a, &b, &c, &d) && a & 1u << 4 ? &vnni_kernels : NULL;
}
#else
const struct dgi_kernels *dgi_kernels_avx2(void)
{
    return NULL;
}
const struct dgi_kernels *dgi_kernels_avxvnni(void)
{
    return NULL;
}
#endif
