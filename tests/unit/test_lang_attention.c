/* SPDX-License-Identifier: Apache-2.0 */
/* Layer norm, GELU and attention: the same bits on every path, and near what they stand for. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lang/kernel.h"

static uint32_t seed = 5;
static float rnd(float scale)
{
    seed = seed * 1664525u + 1013904223u;
    return ((float)((seed >> 8) % 20001) - 10000.0f) / 10000.0f * scale;
}

/* The paths of this machine besides the scalar one. */
static size_t others(const struct dgi_attn_kernels *k[DGI_KERNEL_COUNT])
{
    size_t n = 0;
    for (uint32_t level = DGI_KERNEL_SCALAR + 1; level < DGI_KERNEL_COUNT; level++) {
        const struct dgi_attn_kernels *a = dgi_kernels_get(level)->attn;
        if (a != &dgi_attn_scalar && (!n || k[n - 1] != a))
            k[n++] = a;
    }
    return n;
}

static void norms_agree(void **state)
{
    (void)state;
    enum { K = 112 };
    float x[K], plus[K], gamma[K], beta[K], want[K], got[K];
    const struct dgi_attn_kernels *k[DGI_KERNEL_COUNT];
    size_t n = others(k);
    for (int round = 0; round < 1000; round++) {
        float size = powf(10, (float)(round % 7) - 3);
        for (int i = 0; i < K; i++) {
            x[i] = round % 100 == 99 ? 2.5f : rnd(size);
            plus[i] = round % 100 == 99 ? 0 : rnd(size);
            gamma[i] = rnd(2);
            beta[i] = rnd(1);
        }
        const float *p = round % 3 ? plus : NULL;
        memcpy(want, x, sizeof x);
        dgi_attn_scalar.norm(want, p, gamma, beta, K);
        for (size_t j = 0; j < n; j++) {
            memcpy(got, x, sizeof x);
            k[j]->norm(got, p, gamma, beta, K);
            assert_memory_equal(got, want, sizeof got);
        }
        double mean = 0, var = 0;
        for (int i = 0; i < K; i++)
            mean += ((double)x[i] + (p ? (double)p[i] : 0)) / K;
        for (int i = 0; i < K; i++)
            var += pow((double)x[i] + (p ? (double)p[i] : 0) - mean, 2) / K;
        for (int i = 0; i < K && var > 1e-12; i++)
            assert_true(fabs(((double)x[i] + (p ? (double)p[i] : 0) - mean) / sqrt(var) * (double)gamma[i] +
                             (double)beta[i] - (double)want[i]) < 1e-4);
    }
}

static void gelu_agrees_and_is_near(void **state)
{
    (void)state;
    enum { K = 4096 };
    static float x[K], want[K], got[K];
    const struct dgi_attn_kernels *k[DGI_KERNEL_COUNT];
    size_t n = others(k);
    for (int i = 0; i < K; i++)
        x[i] = (float)(i - K / 2) / 256.0f; /* -8 to 8 */
    memcpy(want, x, sizeof x);
    dgi_attn_scalar.gelu(want, K);
    for (size_t j = 0; j < n; j++) {
        memcpy(got, x, sizeof x);
        k[j]->gelu(got, K);
        assert_memory_equal(got, want, sizeof got);
    }
    for (int i = 0; i < K; i++) {
        double v = (double)x[i];
        assert_true(fabs(v * .5 * (1 + erf(v / sqrt(2))) - (double)want[i]) < (fabs(v) < 3 ? 2e-5 : 4e-4));
    }
}

static void exp_is_near(void **state)
{
    (void)state;
    for (int i = -8600; i <= 8600; i++) {
        double x = i / 100.0, want = exp(x), got = (double)dgi_exp((float)x);
        assert_true(fabs(got - want) < 2e-5 * want);
    }
    assert_true(dgi_exp(0) == 1);
    assert_true(dgi_exp(-1e30f) > 0 && dgi_exp(-1e30f) < 1e-37f);
    assert_true(isfinite(dgi_exp(1e30f)));
}

static void attention_agrees_and_is_near(void **state)
{
    (void)state;
    enum { T = 70, LD = 100 };
    static float qkv[T * LD], want[T * 32], got[T * 32], kt[32 * 80], p[DGI_ATTEND_ROWS * 80];
    const struct dgi_attn_kernels *k[DGI_KERNEL_COUNT];
    size_t n = others(k);
    for (uint32_t t = 1; t <= T; t += t < 20 ? 1 : 7)
        for (uint32_t d = 16; d <= 32; d += 16) {
            for (int i = 0; i < T * LD; i++)
                qkv[i] = rnd(t % 5 ? 1 : 30);
            struct dgi_attention a = {.t = t,
                                      .d = d,
                                      .q = qkv,
                                      .k = qkv + d,
                                      .v = qkv + 2 * d,
                                      .ld = LD,
                                      .out = want,
                                      .ldo = d,
                                      .kt = kt,
                                      .p = p};
            dgi_attn_scalar.attend(&a);
            a.out = got;
            for (size_t j = 0; j < n; j++) {
                memset(got, 0, sizeof got);
                k[j]->attend(&a);
                assert_memory_equal(got, want, t * d * sizeof(float));
            }
            for (uint32_t i = 0; i < t; i++) {
                double w[T], sum = 0, max = -1e30;
                for (uint32_t j = 0; j < t; j++) {
                    w[j] = 0;
                    for (uint32_t c = 0; c < d; c++)
                        w[j] += (double)qkv[i * LD + c] * (double)qkv[j * LD + d + c];
                    max = fmax(max, w[j]);
                }
                for (uint32_t j = 0; j < t; j++)
                    sum += w[j] = exp(w[j] - max);
                for (uint32_t c = 0; c < d; c++) {
                    double o = 0;
                    for (uint32_t j = 0; j < t; j++)
                        o += w[j] / sum * (double)qkv[j * LD + 2 * d + c];
                    assert_true(fabs(o - (double)want[i * d + c]) < (t % 5 ? 1e-4 : 5e-2));
                }
            }
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(norms_agree),
        cmocka_unit_test(gelu_agrees_and_is_near),
        cmocka_unit_test(exp_is_near),
        cmocka_unit_test(attention_agrees_and_is_near),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
