/* SPDX-License-Identifier: Apache-2.0 */
/* All paths of the arithmetic that this processor has give the same bits; the approximations stay near what they approximate. */
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
enum { MAX_PATHS = 5 };
static size_t others(const struct dgi_kernels *k[MAX_PATHS])
{
    const struct dgi_kernels *all[MAX_PATHS] = {dgi_kernels_avx2(), dgi_kernels_avxvnni(), dgi_kernels_avx512(),
                                                dgi_kernels_neon(), dgi_kernels_dotprod()};
    size_t n = 0;
    for (size_t i = 0; i < MAX_PATHS; i++)
        if (all[i])
            k[n++] = all[i];
    return n;
}

enum { N = 128, M = 41 }; /* outputs; rows: more than any path takes together */
struct product {
    struct dgi_qmat q;
    int8_t w[N * DGI_MAX_K];
    float scale[N], bias[N], sx[M], want[M * N], got[M * N];
    int32_t corr[N];
    uint8_t x[M * DGI_MAX_K];
};
/* one number: extremes of either sign, small ones, any */
static int number(int kind)
{
    switch (kind) {
    case 0: return 127;
    case 1: return -127;
    case 2: return 0;
    case 3: return rnd() % 2 ? 127 : -127;
    case 4: return (int)(rnd() % 129) - 64; /* sums of four around what fits in 16 bits */
    case 5: return rnd() % 9 ? (int)(rnd() % 21) - 10 : (int)(rnd() % 255) - 127;
    default: return (int)(rnd() % 255) - 127;
    }
}
static void fill(struct product *p, uint32_t k, int kind_w, int kind_x)
{
    p->q = (struct dgi_qmat){N, k, p->w, p->scale, p->corr, p->bias};
    memset(p->corr, 0, sizeof p->corr);
    for (uint32_t i = 0; i < N * k; i++) { /* the packed layout: block of 16 outputs, 4 inputs at a time */
        p->w[i] = (int8_t)number(kind_w);
        p->corr[i / (k * 16) * 16 + i % 64 / 4] -= 128 * p->w[i];
    }
    for (uint32_t i = 0; i < M * k; i++)
        p->x[i] = (uint8_t)(number(kind_x) + 128);
    for (uint32_t i = 0; i < N; i++) {
        p->scale[i] = rnd_float(.01f);
        p->bias[i] = rnd_float(1);
    }
    for (uint32_t i = 0; i < M; i++)
        p->sx[i] = rnd_float(.1f);
}

static void agree(struct product *p, uint32_t m, const float *const *add)
{
    const struct dgi_kernels *k[MAX_PATHS];
    size_t n_k = others(k);
    for (size_t path = 0; path < n_k; path++) {
        memset(p->got, 0, sizeof p->got);
        k[path]->gemm(&p->q, m, p->x, p->q.k, p->sx, add, p->got, N);
        if (memcmp(p->got, p->want, m * N * sizeof(float)))
            fail_msg("%s: a product of %u rows with %u inputs differs", k[path]->name, m, p->q.k);
    }
}

static void products_agree(void **state)
{
    static struct product p;
    static float added[M * N];
    const float *add[M];
    const uint32_t widths[] = {96, 16, 160, 48, DGI_MAX_K};
    (void)state;
    for (int kind = 0; kind < 49; kind++) {
        const uint32_t k = kind < 16 ? DGI_MAX_K : widths[kind % 5];
        fill(&p, k, kind % 7, kind / 7);
        dgi_kernels_scalar.gemm(&p.q, M, p.x, k, p.sx, NULL, p.want, N);
        double sum = 0;
        for (uint32_t c = 0; c < k; c++)
            sum += ((double)p.x[c] - 128) * p.w[(17 / 16) * k * 16 + c / 4 * 64 + (17 % 16) * 4 + c % 4];
        sum *= (double)p.scale[17] * (double)p.sx[0];
        assert_float_equal(p.want[17], sum + (double)p.bias[17], 1e-2 + fabs(sum) * 1e-5);
        for (uint32_t m = 1; m <= M; m += m < 20 ? 1 : 7)
            agree(&p, m, NULL);
        memcpy(added, p.want, sizeof added);
        for (uint32_t i = 0; i < M; i++)
            add[i] = added + (M - 1 - i) * N;
        dgi_kernels_scalar.gemm(&p.q, M, p.x, k, p.sx, add, p.want, N);
        agree(&p, M, add);
    }
}

static void quantising_agrees(void **state)
{
    (void)state;
    enum { K = 112 };
    float x[K], plus[K];
    uint8_t want[K], got[K];
    const struct dgi_kernels *k[MAX_PATHS];
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
    const struct dgi_kernels *k[MAX_PATHS];
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
    const struct dgi_kernels *k[MAX_PATHS];
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
    static const uint32_t faster_first[] = {DGI_KERNEL_AVX512, DGI_KERNEL_AVXVNNI, DGI_KERNEL_AVX2, DGI_KERNEL_DOTPROD,
                                            DGI_KERNEL_NEON};
    const struct dgi_kernels *have[] = {dgi_kernels_avx512(), dgi_kernels_avxvnni(), dgi_kernels_avx2(),
                                        dgi_kernels_dotprod(), dgi_kernels_neon(), &dgi_kernels_scalar};
    (void)state;
    for (size_t i = 0; i < 5; i++) {
        size_t next = i;
        while (!have[next])
            next++;
        assert_ptr_equal(dgi_kernels_get(faster_first[i]), have[next]);
        if (!i) {
            assert_ptr_equal(dgi_kernels_get(DGI_KERNEL_AUTO), have[next]);
            assert_ptr_equal(dgi_kernels_get(99), have[next]); /* of a newer program */
        }
    }
    assert_ptr_equal(dgi_kernels_get(DGI_KERNEL_SCALAR), &dgi_kernels_scalar);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(products_agree),           cmocka_unit_test(quantising_agrees), cmocka_unit_test(rows_agree),
        cmocka_unit_test(cells_agree_and_are_near), cmocka_unit_test(a_level_that_is_missing_falls_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
