/* SPDX-License-Identifier: Apache-2.0 */
/* lang/kernel_neon.c: 64-bit ARM: Advanced SIMD, which all of them have, and the dot products that came with Armv8.2.
 *
 * Inputs lose their offset (exclusive or with 0x80) and are multiplied as signed bytes; the sums are then what the other
 * paths have after adding corr, which is -128 times the sum of the weights (lang/model.c looks). Without dot products two
 * products of bytes are added in 16 bits, where they fit since no weight is -128, and then widened. */
#include "lang/kernel.h"

#if defined(__aarch64__) && !defined(__AARCH64EB__) && defined(__GNUC__)
#include <arm_neon.h>
#ifdef __APPLE__
#include <sys/sysctl.h>
#elif defined(__linux__)
#include <sys/auxv.h>
#endif

#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#define DOT_TARGET __attribute__((target("dotprod")))
#else
#define DOT_TARGET __attribute__((target("arch=armv8.2-a+dotprod")))
#endif
#define INLINE static inline __attribute__((always_inline))

#define ROWS 3     /* 24 sums, two weights, an input and a product */
#define DOT_ROWS 4 /* 16 sums, four inputs and four weights        */

/* y = sum * scale * x_scale + add, 4 outputs */
INLINE void store(float *out, int32x4_t sum, float32x4_t scale, float sx, const float *add)
{
    float32x4_t f = vmulq_f32(vcvtq_f32_s32(sum), scale);
    f = vmulq_f32(f, vdupq_n_f32(sx));
    vst1q_f32(out, vaddq_f32(f, vld1q_f32(add)));
}

/* four inputs, twice, without their offset */
INLINE int8x8_t inputs4(const uint8_t *x)
{
    uint32_t four;
    __builtin_memcpy(&four, x, 4);
    return vreinterpret_s8_u32(vdup_n_u32(four ^ 0x80808080u));
}

/* m (constant where it is inlined) rows by 16 outputs, without dot products */
INLINE void tile(const int m, const struct dgi_qmat *w, uint32_t n0, const uint8_t *x, size_t ldx, const float *sx,
                 const float *const *add, float *out, size_t ldo)
{
    const int8_t *wb = w->w + (size_t)n0 * w->k;
    int32x4_t acc[ROWS][8]; /* two halves of two outputs each */
    DGI_UNROLL
    for (int i = 0; i < m; i++) {
        DGI_UNROLL
        for (int j = 0; j < 8; j++)
            acc[i][j] = vdupq_n_s32(0);
    }
    for (uint32_t k = 0; k < w->k; k += 8, wb += 128) {
        DGI_UNROLL
        for (int i = 0; i < m; i++) {
            const int8x8_t a = inputs4(x + (size_t)i * ldx + k), b = inputs4(x + (size_t)i * ldx + k + 4);
            DGI_UNROLL
            for (int j = 0; j < 8; j++) {
                int16x8_t two = vmull_s8(vld1_s8(wb + 8 * j), a);
                acc[i][j] = vpadalq_s16(acc[i][j], vmlal_s8(two, vld1_s8(wb + 64 + 8 * j), b));
            }
        }
    }
    DGI_UNROLL
    for (uint32_t j = 0; j < 4; j++, n0 += 4) {
        const float32x4_t scale = vld1q_f32(w->scale + n0);
        DGI_UNROLL
        for (int i = 0; i < m; i++)
            store(out + (size_t)i * ldo + n0, vpaddq_s32(acc[i][2 * j], acc[i][2 * j + 1]), scale, sx[i],
                  (add ? add[i] : w->bias) + n0);
    }
}

static void gemm(const struct dgi_qmat *w, uint32_t m, const uint8_t *x, size_t ldx, const float *sx,
                 const float *const *add, float *out, size_t ldo)
{
    for (uint32_t n0 = 0; n0 < w->n; n0 += 16)
        for (uint32_t i = 0, rows; i < m; i += rows) {
            rows = m - i == 4 ? 2 : m - i < ROWS ? m - i : ROWS;
            const uint8_t *xi = x + i * ldx;
            const float *const *ai = add ? add + i : NULL;
            float *oi = out + i * ldo;
            switch (rows) {
            case 1: tile(1, w, n0, xi, ldx, sx + i, ai, oi, ldo); break;
            case 2: tile(2, w, n0, xi, ldx, sx + i, ai, oi, ldo); break;
            default: tile(3, w, n0, xi, ldx, sx + i, ai, oi, ldo); break;
            }
        }
}

/* sum += four weights of four outputs times the four inputs of lane L of x. Assembly, because clang 14 has the
 * intrinsic only where the whole file is for such processors. */
#define DOT(sum, w, x, L) __asm__("sdot %0.4s, %1.16b, %2.4b[" #L "]" : "+w"(sum) : "w"(w), "w"(x))

/* m rows by 16 outputs, 16 inputs at a time */
DOT_TARGET INLINE void dot_tile(const int m, const struct dgi_qmat *w, uint32_t n0, const uint8_t *x, size_t ldx,
                                const float *sx, const float *const *add, float *out, size_t ldo)
{
    const int8_t *wb = w->w + (size_t)n0 * w->k;
    const uint8x16_t off = vdupq_n_u8(0x80);
    int32x4_t acc[DOT_ROWS][4];
    DGI_UNROLL
    for (int i = 0; i < m; i++)
        acc[i][0] = acc[i][1] = acc[i][2] = acc[i][3] = vdupq_n_s32(0);
    for (uint32_t k = 0; k < w->k; k += 16, wb += 256) {
        int8x16_t a[DOT_ROWS];
        DGI_UNROLL
        for (int i = 0; i < m; i++)
            a[i] = vreinterpretq_s8_u8(veorq_u8(vld1q_u8(x + (size_t)i * ldx + k), off));
        DGI_UNROLL
        for (int j = 0; j < 4; j++) {
            const int8x16_t w0 = vld1q_s8(wb + 16 * j), w1 = vld1q_s8(wb + 64 + 16 * j);
            const int8x16_t w2 = vld1q_s8(wb + 128 + 16 * j), w3 = vld1q_s8(wb + 192 + 16 * j);
            DGI_UNROLL
            for (int i = 0; i < m; i++) {
                DOT(acc[i][j], w0, a[i], 0);
                DOT(acc[i][j], w1, a[i], 1);
                DOT(acc[i][j], w2, a[i], 2);
                DOT(acc[i][j], w3, a[i], 3);
            }
        }
    }
    DGI_UNROLL
    for (uint32_t j = 0; j < 4; j++, n0 += 4) {
        const float32x4_t scale = vld1q_f32(w->scale + n0);
        DGI_UNROLL
        for (int i = 0; i < m; i++)
            store(out + (size_t)i * ldo + n0, acc[i][j], scale, sx[i], (add ? add[i] : w->bias) + n0);
    }
}

DOT_TARGET static void dot_gemm(const struct dgi_qmat *w, uint32_t m, const uint8_t *x, size_t ldx, const float *sx,
                                const float *const *add, float *out, size_t ldo)
{
    for (uint32_t n0 = 0; n0 < w->n; n0 += 16)
        for (uint32_t i = 0, rows; i < m; i += rows) {
            rows = m - i < DOT_ROWS ? m - i : m - i == DOT_ROWS + 1 ? 3 : DOT_ROWS;
            const uint8_t *xi = x + i * ldx;
            const float *const *ai = add ? add + i : NULL;
            float *oi = out + i * ldo;
            switch (rows) {
            case 1: dot_tile(1, w, n0, xi, ldx, sx + i, ai, oi, ldo); break;
            case 2: dot_tile(2, w, n0, xi, ldx, sx + i, ai, oi, ldo); break;
            case 3: dot_tile(3, w, n0, xi, ldx, sx + i, ai, oi, ldo); break;
            default: dot_tile(4, w, n0, xi, ldx, sx + i, ai, oi, ldo); break;
            }
        }
}

INLINE float32x4_t value(const float *x, const float *plus, bool relu, uint32_t i)
{
    float32x4_t v = vld1q_f32(x + i);
    if (plus)
        v = vaddq_f32(v, vld1q_f32(plus + i));
    return relu ? vmaxq_f32(v, vdupq_n_f32(0)) : v;
}

static float quantise(const float *x, const float *plus, bool relu, uint32_t k, uint8_t *q)
{
    float32x4_t m = vdupq_n_f32(0);
    for (uint32_t i = 0; i < k; i += 4)
        m = vmaxq_f32(m, vabsq_f32(value(x, plus, relu, i)));
    const float amax = vmaxvq_f32(m);
    const float32x4_t inv = vdupq_n_f32(amax > DGI_TINY ? 127.0f / amax : 0);
    for (uint32_t i = 0; i < k; i += 8) {
        int16x4_t r = vqmovn_s32(vcvtnq_s32_f32(vmulq_f32(value(x, plus, relu, i), inv)));
        int16x4_t r2 = vqmovn_s32(vcvtnq_s32_f32(vmulq_f32(value(x, plus, relu, i + 4), inv)));
        int8x8_t b = vqmovn_s16(vcombine_s16(r, r2));
        vst1_u8(q + i, veor_u8(vreinterpret_u8_s8(b), vdup_n_u8(0x80)));
    }
    return amax / 127.0f;
}

static void row(const int8_t *q, float s, bool add, uint32_t d, float *out)
{
    const float32x4_t scale = vdupq_n_f32(s);
    uint32_t i = 0;
    for (; i + 8 <= d; i += 8) {
        const int16x8_t w = vmovl_s8(vld1_s8(q + i));
        float32x4_t v = vmulq_f32(vcvtq_f32_s32(vmovl_s16(vget_low_s16(w))), scale);
        float32x4_t v2 = vmulq_f32(vcvtq_f32_s32(vmovl_s16(vget_high_s16(w))), scale);
        if (add) {
            v = vaddq_f32(vld1q_f32(out + i), v);
            v2 = vaddq_f32(vld1q_f32(out + i + 4), v2);
        }
        vst1q_f32(out + i, v);
        vst1q_f32(out + i + 4, v2);
    }
    for (; i < d; i++) {
        float v = (float)q[i] * s;
        out[i] = add ? out[i] + v : v;
    }
}

struct frac {
    float32x4_t p, q;
};
INLINE struct frac tanh_frac(float32x4_t x)
{
    x = vminq_f32(x, vdupq_n_f32(DGI_TANH_LIMIT));
    x = vmaxq_f32(x, vdupq_n_f32(-DGI_TANH_LIMIT));
    float32x4_t s = vmulq_f32(x, x);
    float32x4_t p = vaddq_f32(s, vdupq_n_f32(DGI_P2));
    p = vmulq_f32(p, s);
    p = vaddq_f32(p, vdupq_n_f32(DGI_P1));
    p = vmulq_f32(p, s);
    p = vaddq_f32(p, vdupq_n_f32(DGI_P0));
    p = vmulq_f32(p, x);
    float32x4_t q = vmulq_f32(s, vdupq_n_f32(DGI_Q3));
    q = vaddq_f32(q, vdupq_n_f32(DGI_Q2));
    q = vmulq_f32(q, s);
    q = vaddq_f32(q, vdupq_n_f32(DGI_Q1));
    q = vmulq_f32(q, s);
    q = vaddq_f32(q, vdupq_n_f32(DGI_Q0));
    return (struct frac){p, q};
}

static void cell(const float *z, uint32_t h, float *c, float *out)
{
    const float32x4_t half = vdupq_n_f32(0.5f);
    for (uint32_t j = 0; j < h; j += 4) {
        struct frac i = tanh_frac(vmulq_f32(vld1q_f32(z + j), half));
        struct frac f = tanh_frac(vmulq_f32(vld1q_f32(z + h + j), half));
        struct frac g = tanh_frac(vld1q_f32(z + 2 * h + j));
        float32x4_t fc = vmulq_f32(vaddq_f32(f.q, f.p), vld1q_f32(c + j));
        fc = vdivq_f32(fc, f.q);
        float32x4_t ig = vmulq_f32(vaddq_f32(i.q, i.p), g.p);
        float32x4_t dd = vmulq_f32(i.q, g.q);
        ig = vdivq_f32(ig, dd);
        float32x4_t cn = vmulq_f32(vaddq_f32(fc, ig), half);
        vst1q_f32(c + j, cn);
        struct frac o = tanh_frac(vmulq_f32(vld1q_f32(z + 3 * h + j), half));
        struct frac t = tanh_frac(cn);
        float32x4_t ot = vmulq_f32(vaddq_f32(o.q, o.p), t.p);
        float32x4_t od = vmulq_f32(o.q, t.q);
        ot = vdivq_f32(ot, od);
        vst1q_f32(out + j, vmulq_f32(ot, half));
    }
}

static const struct dgi_kernels kernels = {"neon", gemm, quantise, row, cell, &dgi_attn_neon};
static const struct dgi_kernels dot_kernels = {"neon-dotprod", dot_gemm, quantise, row, cell, &dgi_attn_neon};

static bool has_dot_products(void)
{
#ifdef __APPLE__
    int has = 0;
    size_t size = sizeof has;
    return sysctlbyname("hw.optional.arm.FEAT_DotProd", &has, &size, NULL, 0) == 0 && has;
#elif defined(__linux__)
    return getauxval(AT_HWCAP) & 1ul << 20; /* HWCAP_ASIMDDP */
#else
    return false;
#endif
}

const struct dgi_kernels *dgi_kernels_neon(void)
{
    return &kernels;
}
const struct dgi_kernels *dgi_kernels_dotprod(void)
{
    return has_dot_products() ? &dot_kernels : NULL;
}
#else
const struct dgi_kernels *dgi_kernels_neon(void)
{
    return NULL;
}
const struct dgi_kernels *dgi_kernels_dotprod(void)
{
    return NULL;
}
#endif
