/* SPDX-License-Identifier: Apache-2.0 */
/* Decoders: always one tree with one root, the best one by exhaustive search on short sentences; well-formed name tags. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lang/net.h"

static uint32_t seed = 3;
static float rnd_score(void)
{
    seed = seed * 1664525u + 1013904223u;
    return (float)((seed >> 8) % 2001) / 100.0f - 10.0f;
}

static bool projective(const uint32_t *head, uint32_t n)
{
    for (uint32_t i = 1; i <= n; i++)
        for (uint32_t j = 1; j <= n; j++) {
            uint32_t a = head[i - 1], b = i, c = head[j - 1], d = j;
            if (a > b) {
                uint32_t t = a;
                a = b;
                b = t;
            }
            if (c > d) {
                uint32_t t = c;
                c = d;
                d = t;
            }
            if (a < c && c < b && b < d)
                return false;
        }
    return true;
}

static float total(const float *score, size_t ld, uint32_t n, const uint32_t *head)
{
    float sum = 0;
    for (uint32_t i = 0; i < n; i++)
        sum += score[i * ld + head[i]];
    return sum;
}

static void trees_are_the_best(void **state)
{
    (void)state;
    enum { N = 5, LD = 8 };
    float score[N * LD];
    void *scratch = malloc(dgi_decode_scratch(N));
    for (int round = 0; round < 400; round++) {
        uint32_t n = 1 + (uint32_t)round % N, head[N], try[N], best_of_each[N];
        for (uint32_t i = 0; i < N * LD; i++)
            score[i] = rnd_score();
        dgi_decode_tree(score, LD, n, head, scratch);
        assert_true(dgi_is_tree(head, n));
        float best = -1e9f;
        uint32_t codes = 1;
        for (uint32_t i = 0; i < n; i++)
            codes *= n + 1;
        for (uint32_t code = 0; code < codes; code++) {
            uint32_t c = code;
            for (uint32_t i = 0; i < n; i++, c /= n + 1)
                try[i] = c % (n + 1);
            if (dgi_is_tree(try, n) && projective(try, n) && total(score, LD, n, try) > best)
                best = total(score, LD, n, try);
        }
        for (uint32_t i = 0; i < n; i++) {
            best_of_each[i] = 0;
            for (uint32_t j = 1; j <= n; j++)
                if (j != i + 1 && score[i * LD + j] > score[i * LD + best_of_each[i]])
                    best_of_each[i] = j;
        }
        if (dgi_is_tree(best_of_each, n))
            assert_memory_equal(head, best_of_each, n * sizeof *head);
        else
            assert_float_equal(total(score, LD, n, head), best, 1e-3);
    }
    free(scratch);
}

static void long_and_degenerate_sentences(void **state)
{
    (void)state;
    enum { N = DGI_LANG_MAX_WORDS, LD = 256 };
    float *score = malloc(sizeof(float) * N * LD);
    uint32_t head[N];
    void *scratch = malloc(dgi_decode_scratch(N));
    for (int kind = 0; kind < 4; kind++) {
        for (uint32_t i = 0; i < N; i++)
            for (uint32_t j = 0; j < LD; j++)
                score[i * LD + j] = kind == 0 ? 0 : kind == 1 ? rnd_score() : kind == 2 ? (j == i ? 5.0f : -5.0f) : (j == i + 2 ? 5.0f : -5.0f);
        dgi_decode_tree(score, LD, N, head, scratch);
        assert_true(dgi_is_tree(head, N));
    }
    score[0] = -1e30f;
    dgi_decode_tree(score, LD, 1, head, scratch);
    assert_int_equal(head[0], 0);
    free(score);
    free(scratch);
}

static void not_trees(void **state)
{
    (void)state;
    const struct {
        uint32_t n, head[4];
        bool tree;
    } t[] = {{1, {0}, true},           {1, {1}, false},          {2, {0, 0}, false},        {2, {2, 1}, false},
             {3, {2, 3, 2}, false},    {3, {2, 0, 2}, true},     {4, {0, 3, 4, 2}, false},  {4, {0, 1, 9, 1}, false}};
    for (size_t i = 0; i < sizeof t / sizeof *t; i++)
        assert_int_equal(dgi_is_tree(t[i].head, t[i].n), t[i].tree);
}

static void names_are_well_formed(void **state)
{
    (void)state;
    const uint8_t type[] = {0, DGI_NAME_PER, DGI_NAME_PER, DGI_NAME_ORG, DGI_NAME_ORG};
    const bool begin[] = {false, true, false, true, false};
    enum { N = 6, T = 5, LD = 8 };
    float score[N * LD];
    uint8_t tag[N], back[N * T];
    for (int round = 0; round < 500; round++) {
        for (int i = 0; i < N * LD; i++)
            score[i] = rnd_score();
        dgi_decode_names(score, LD, N, T, type, begin, tag, back);
        float got = 0, best = -1e9f;
        for (uint32_t i = 0; i < N; i++) {
            got += score[i * LD + tag[i]];
            if (type[tag[i]] && !begin[tag[i]]) {
                assert_true(i > 0);
                assert_int_equal(type[tag[i - 1]], type[tag[i]]);
            }
        }
        for (uint32_t code = 0; code < 15625; code++) {
            uint32_t c = code, last = 0;
            float sum = 0;
            bool ok = true;
            for (uint32_t i = 0; i < N; i++, c /= T) {
                uint32_t t = c % T;
                ok &= !(type[t] && !begin[t]) || (i > 0 && type[last] == type[t]);
                sum += score[i * LD + t];
                last = t;
            }
            if (ok && sum > best)
                best = sum;
        }
        assert_float_equal(got, best, 1e-3);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(trees_are_the_best),
        cmocka_unit_test(long_and_degenerate_sentences),
        cmocka_unit_test(not_trees),
        cmocka_unit_test(names_are_well_formed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
