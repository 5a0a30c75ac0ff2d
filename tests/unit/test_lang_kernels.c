/* SPDX-License-Identifier: Apache-2.0 */
/* The three paths of the arithmetic give the same bits; the approximations stay near what they approximate. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lang/kernel.h"

static uint32_t seed = 1;
static uint32_t rnd(void)
{
    seed = seed * 1664525u + 1013904223u;
    return seed >> 8;
}
static float rnd_float(float scale)
{
    return ((float)(rnd() % 20001) - 10000.0f) / 10000.0f * scale;
}

/* The paths this machine has besides the scalar one. */
static size_t others(const struct dgi_kernels *k[2])
{
    size_t n = 0;
    if (dgi_kernels_avx2())
        k[n++] = dgi_kernels_avx2();
    if (dgi_kernels_avx512())
        k[n++] = dgi_kernels_avx512();
    return n;
}

static void products_agree(void **state)
{
    (void)state;
    enum { N = 128, K = 96, M = 14 };
    static int8_t w[N * K];
    static float scale[N], bias[N], sx[M], want[M * N], got[M * N];
    static int32_t corr[N];
    static uint8_t x[M * K];
    const struct dgi_kernels *k[2];
    size_t n_k = others(k);
    for (int round = 0; round < 20; round++) {
        memset(corr, 0, sizeof corr);
        for (uint32_t i = 0; i < N * K; i++) {
            w[i] = round == 0 ? -127 : round == 1 ? 127 : (int8_t)((int)(rnd() % 255) - 127);
            corr[i / (K * 16) * 16 + i % 64 / 4] -= 128 * w[i];
        }
        for (uint32_t i = 0; i < M * K; i++)
            x[i] = round < 2 ? 255 : (uint8_t)(1 + rnd() % 255);
        for (uint32_t i = 0; i < N; i++) {
            scale[i] = rnd_float(.01f);
            bias[i] = rnd_float(1);
        }
        for (uint32_t i = 0; i < M; i++)
            sx[i] = rnd_float(.1f);
        struct dgi_qmat q = {N, K, w, scale, corr, bias};
        /* the packed layout: block of 16 outputs, 4 inputs at a time */
        dgi_kernels_scalar.gemm(&q, M, x, K, sx, NULL, want, N);
        double sum = 0;
        for (uint32_t c = 0; c < K; c++)
            sum += ((double)x[c] - 128) * w[(17 / 16) * K * 16 + c / 4 * 64 + (17 % 16) * 4 + c % 4];
        assert_float_equal(want[17], sum * (double)scale[17] * (double)sx[0] + (double)bias[17], 1e-2);
        for (size_t p = 0; p < n_k; p++)
            for (uint32_t m = 1; m <= M; m++) {
                memset(got, 0, sizeof got);
                k[p]->gemm(&q, m, x, K, sx, NULL, got, N);
                assert_memory_equal(got, want, m * N * sizeof(float));
            }
        const float *add[M];
        for (uint32_t i = 0; i < M; i++)
            add[i] = want + (M - 1 - i) * N;
        static float want2[M * N];
        dgi_kernels_scalar.gemm(&q, M, x, K, sx, add, want2, N);
        for (size_t p = 0; p < n_k; p++) {
            k[p]->gemm(&q, M, x, K, sx, add, got, N);
            assert_memory_equal(got, want2, sizeof got);
        }
    }
}

static void quantising_agrees(void **state)
{
    (void)state;
    enum { K = 112 };
    float x[K], plus[K];
    uint8_t want[K], got[K];
    const struct dgi_kernels *k[2];
    size_t n_k = others(k);
    for (int round = 0; round < 2000; round++) {
        float size = powf(10, (float)(round % 9) - 4);
        for (int i = 0; i < K; i++) {
            x[i] = round % 50 == 0 ? 0 : rnd_float(size);
            plus[i] = round % 50 == 0 ? 0 : rnd_float(size);
            if (round % 7 == 0) /* many exact ties */
                x[i] = (float)(rnd() % 255) / 2 - 63.5f;
        }
        for (int mode = 0; mode < 4; mode++) {
            float ws = dgi_kernels_scalar.quantise(x, mode & 1 ? plus : NULL, mode & 2, K, want);
            for (int i = 0; i < K; i++)
                assert_true(want[i] >= 1);
            for (size_t p = 0; p < n_k; p++) {
                float gs = k[p]->quantise(x, mode & 1 ? plus : NULL, mode & 2, K, got);
                assert_memory_equal(&gs, &ws, sizeof gs);
                assert_memory_equal(got, want, K);
            }
            if (mode == 0)
                for (int i = 0; i < K; i++)
                    assert_true(fabsf(((float)want[i] - 128) * ws - x[i]) <= ws * .501f);
        }
    }
}

static void rows_agree(void **state)
{
    (void)state;
    const struct dgi_kernels *k[2];
    size_t n_k = others(k);
    int8_t q[100];
    for (int i = 0; i < 100; i++)
        q[i] = (int8_t)((int)(rnd() % 255) - 127);
    for (uint32_t d = 1; d <= 100; d++)
        for (int add = 0; add < 2; add++) {
            float want[104], got[104];
            for (int i = 0; i < 104; i++)
                want[i] = (float)i;
            dgi_kernels_scalar.row(q, .0123f, add, d, want);
            for (size_t p = 0; p < n_k; p++) {
                for (int i = 0; i < 104; i++)
                    got[i] = (float)i;
                k[p]->row(q, .0123f, add, d, got);
                assert_memory_equal(got, want, sizeof got);
            }
        }
}

static void cells_agree_and_are_near(void **state)
{
    (void)state;
    enum { H = 32 };
    float z[4 * H], c[H], c2[H], want[H], got[H];
    const struct dgi_kernels *k[2];
    size_t n_k = others(k);
    for (int round = 0; round < 3000; round++) {
        for (int i = 0; i < 4 * H; i++)
            z[i] = rnd_float(round % 10 == 0 ? 1000.0f : 6);
        for (int i = 0; i < H; i++)
            c2[i] = c[i] = rnd_float(3);
        float before[H];
        memcpy(before, c, sizeof c);
        dgi_kernels_scalar.cell(z, H, c, want);
        for (size_t p = 0; p < n_k; p++) {
            memcpy(c2, before, sizeof c);
            k[p]->cell(z, H, c2, got);
            assert_memory_equal(c2, c, sizeof c);
            assert_memory_equal(got, want, sizeof got);
        }
        for (int i = 0; i < H; i++) {
            double sg[4];
            for (int g = 0; g < 4; g++)
                sg[g] = 1 / (1 + exp(-(double)z[g * H + i]));
            double cn = sg[1] * (double)before[i] + sg[0] * tanh((double)z[2 * H + i]);
            assert_true(fabs(cn - (double)c[i]) < 2e-2);
            assert_true(fabs(sg[3] * tanh((double)c[i]) - (double)want[i]) < 1e-2);
            assert_true(want[i] >= -1 && want[i] <= 1);
        }
    }
}

static void a_level_that_is_missing_falls_back(void **state)
{
    (void)state;
    assert_string_equal(dgi_kernels_get(DGI_KERNEL_SCALAR)->name, "scalar");
    assert_non_null(dgi_kernels_get(DGI_KERNEL_AVX2));
    assert_non_null(dgi_kernels_get(DGI_KERNEL_AVX512));
    assert_non_null(dgi_kernels_get(99));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(products_agree),           cmocka_unit_test(quantising_agrees), cmocka_unit_test(rows_agree),
        cmocka_unit_test(cells_agree_and_are_near), cmocka_unit_test(a_level_that_is_missing_falls_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
