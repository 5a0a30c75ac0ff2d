/* SPDX-License-Identifier: Apache-2.0 */
/* lang/kernel_minilm_neon.c: layer norm, GELU and attention on 64-bit ARM. The same operations in the same order as in
 * kernel_minilm_scalar.c; the 16 lanes of a sum are four vectors of 4. */
#include "lang/kernel.h"

#if defined(__aarch64__) && !defined(__AARCH64EB__) && defined(__GNUC__)
#include <arm_neon.h>
#include <math.h>

#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#endif

#define INLINE static inline __attribute__((always_inline))

INLINE float lanes(const float32x4_t a[4])
{
    float32x4_t b = vaddq_f32(vaddq_f32(a[0], a[2]), vaddq_f32(a[1], a[3]));
    float32x2_t c = vadd_f32(vget_low_f32(b), vget_high_f32(b));
    return vget_lane_f32(c, 0) + vget_lane_f32(c, 1);
}

static void norm(float *x, const float *plus, const float *gamma, const float *beta, uint32_t k)
{
    float32x4_t sum[4], square[4];
    for (int h = 0; h < 4; h++)
        sum[h] = square[h] = vdupq_n_f32(0);
    for (uint32_t i = 0; i < k; i += 16) {
        DGI_UNROLL
        for (uint32_t h = 0; h < 4; h++) {
            float32x4_t v = vld1q_f32(x + i + 4 * h);
            if (plus)
                v = vaddq_f32(v, vld1q_f32(plus + i + 4 * h));
            vst1q_f32(x + i + 4 * h, v);
            sum[h] = vaddq_f32(sum[h], v);
        }
    }
    const float32x4_t mean = vdupq_n_f32(lanes(sum) / (float)k);
    for (uint32_t i = 0; i < k; i += 16) {
        DGI_UNROLL
        for (uint32_t h = 0; h < 4; h++) {
            float32x4_t v = vsubq_f32(vld1q_f32(x + i + 4 * h), mean);
            vst1q_f32(x + i + 4 * h, v);
            square[h] = vaddq_f32(square[h], vmulq_f32(v, v));
        }
    }
    const float32x4_t by = vdupq_n_f32(1.0f / sqrtf(lanes(square) / (float)k + DGI_NORM_EPS));
    for (uint32_t i = 0; i < k; i += 4) {
        float32x4_t v = vmulq_f32(vld1q_f32(x + i), by);
        v = vmulq_f32(v, vld1q_f32(gamma + i));
        vst1q_f32(x + i, vaddq_f32(v, vld1q_f32(beta + i)));
    }
}

static void gelu(float *x, uint32_t k)
{
    static const float c[DGI_GELU_N] = DGI_GELU;
    for (uint32_t i = 0; i < k; i += 4) {
        float32x4_t v = vld1q_f32(x + i), t = vminq_f32(vabsq_f32(v), vdupq_n_f32(DGI_GELU_LIMIT));
        float32x4_t p = vdupq_n_f32(c[DGI_GELU_N - 1]);
        DGI_UNROLL
        for (int n = DGI_GELU_N - 2; n >= 0; n--)
            p = vaddq_f32(vmulq_f32(p, t), vdupq_n_f32(c[n]));
        p = vmulq_f32(p, t);
        vst1q_f32(x + i, vsubq_f32(vmaxq_f32(v, vdupq_n_f32(0)), p));
    }
}

INLINE float32x4_t exp4(float32x4_t x)
{
    static const float c[DGI_EXP_N] = DGI_EXP;
    x = vmaxq_f32(vminq_f32(x, vdupq_n_f32(DGI_EXP_LIMIT)), vdupq_n_f32(-DGI_EXP_LIMIT));
    float32x4_t y = vmulq_f32(x, vdupq_n_f32(DGI_LOG2E));
    int32x4_t n = vcvtnq_s32_f32(y);
    float32x4_t f = vsubq_f32(y, vcvtq_f32_s32(n));
    float32x4_t p = vdupq_n_f32(c[DGI_EXP_N - 1]);
    DGI_UNROLL
    for (int i = DGI_EXP_N - 2; i >= 0; i--)
        p = vaddq_f32(vmulq_f32(p, f), vdupq_n_f32(c[i]));
    p = vaddq_f32(vmulq_f32(p, f), vdupq_n_f32(1));
    return vreinterpretq_f32_s32(vaddq_s32(vreinterpretq_s32_f32(p), vshlq_n_s32(n, 23)));
}

INLINE float softmax(float *p, uint32_t tp)
{
    float32x4_t m = vld1q_f32(p), sum[4];
    for (uint32_t j = 4; j < tp; j += 4)
        m = vmaxq_f32(m, vld1q_f32(p + j));
    for (int h = 0; h < 4; h++)
        sum[h] = vdupq_n_f32(0);
    const float32x4_t all = vdupq_n_f32(vmaxvq_f32(m));
    for (uint32_t j = 0; j < tp; j += 16) {
        DGI_UNROLL
        for (uint32_t h = 0; h < 4; h++) {
            float32x4_t e = exp4(vsubq_f32(vld1q_f32(p + j + 4 * h), all));
            vst1q_f32(p + j + 4 * h, e);
            sum[h] = vaddq_f32(sum[h], e);
        }
    }
    return 1.0f / lanes(sum);
}

/* s [n,16] = sum over j of a[i,j] (stride ld) times b[j,16] (stride ldb) */
INLINE void sums16(const int n, uint32_t steps, const float *a, size_t ld, const float *b, size_t ldb,
                   float32x4_t s[DGI_ATTEND_ROWS][4])
{
    DGI_UNROLL
    for (int i = 0; i < n; i++)
        s[i][0] = s[i][1] = s[i][2] = s[i][3] = vdupq_n_f32(0);
    for (uint32_t j = 0; j < steps; j++, b += ldb) {
        const float32x4_t b0 = vld1q_f32(b), b1 = vld1q_f32(b + 4), b2 = vld1q_f32(b + 8), b3 = vld1q_f32(b + 12);
        DGI_UNROLL
        for (int i = 0; i < n; i++) {
            const float32x4_t one = vdupq_n_f32(a[(size_t)i * ld + j]);
            s[i][0] = vaddq_f32(s[i][0], vmulq_f32(one, b0));
            s[i][1] = vaddq_f32(s[i][1], vmulq_f32(one, b1));
            s[i][2] = vaddq_f32(s[i][2], vmulq_f32(one, b2));
            s[i][3] = vaddq_f32(s[i][3], vmulq_f32(one, b3));
        }
    }
}

/* n (constant where it is inlined) queries from i0 on */
INLINE void queries(const int n, const struct dgi_attention *a, uint32_t i0, uint32_t tp)
{
    float32x4_t s[DGI_ATTEND_ROWS][4];
    float by[DGI_ATTEND_ROWS];
    for (uint32_t j = 0; j < tp; j += 16) {
        sums16(n, a->d, a->q + i0 * a->ld, a->ld, a->kt + j, tp, s);
        DGI_UNROLL
        for (int i = 0; i < n; i++) {
            DGI_UNROLL
            for (int h = 0; h < 4; h++)
                vst1q_f32(a->p + (uint32_t)i * tp + j + 4 * h, s[i][h]);
        }
    }
    for (int i = 0; i < n; i++) {
        for (uint32_t j = a->t; j < tp; j++)
            a->p[(uint32_t)i * tp + j] = -1e30f;
        by[i] = softmax(a->p + (uint32_t)i * tp, tp);
    }
    for (uint32_t c = 0; c < a->d; c += 16) {
        sums16(n, a->t, a->p, tp, a->v + c, a->ld, s);
        DGI_UNROLL
        for (int i = 0; i < n; i++) {
            DGI_UNROLL
            for (int h = 0; h < 4; h++)
                vst1q_f32(a->out + (i0 + (uint32_t)i) * a->ldo + c + 4 * h, vmulq_f32(s[i][h], vdupq_n_f32(by[i])));
        }
    }
}

static void attend(const struct dgi_attention *a)
{
    const uint32_t tp = (a->t + 15) / 16 * 16;
    for (uint32_t c = 0; c < a->d; c++)
        for (uint32_t j = 0; j < tp; j++)
            a->kt[c * tp + j] = j < a->t ? a->k[j * a->ld + c] : 0;
    uint32_t i = 0;
    for (; i + DGI_ATTEND_ROWS <= a->t; i += DGI_ATTEND_ROWS)
        queries(DGI_ATTEND_ROWS, a, i, tp);
    for (; i < a->t; i++)
        queries(1, a, i, tp);
}

const struct dgi_attn_kernels dgi_attn_neon = {norm, gelu, attend};
#endif
