/* SPDX-License-Identifier: Apache-2.0 */
/* lang/decode.c: from scores to a tree, and to a well-formed sequence of name tags.
 *
 * The best head of each word is a tree for nineteen sentences of twenty, crossing arcs and all. For the rest the best
 * projective tree is found exactly (Eisner's algorithm, one root): cubic, but sentences are at most 250 words, and fewer
 * than 1 arc in 200 crosses another in English. */
#include <math.h>
#include <stdlib.h>

#include "lang/net.h"

bool dgi_is_tree(const uint32_t *head, uint32_t n)
{
    uint32_t n_root = 0;
    for (uint32_t i = 0; i < n; i++) {
        n_root += head[i] == 0;
        if (head[i] > n || head[i] == i + 1)
            return false;
    }
    if (n_root != 1)
        return false;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t at = i, steps = 0;
        while (head[at] && steps++ < n)
            at = head[at] - 1;
        if (head[at])
            return false;
    }
    return true;
}

/* Spans [i,j] of words: complete and incomplete, headed by the left or the right end. What a sum takes at its right end is
 * kept by columns ([j][i]) too, so that both of its parts lie in memory one after the other. Where a span was split is not
 * kept: of all spans the tree needs 2n, whose splits are found again. */
enum { CR, CL, IR, IL, CR_BY_COLUMN, CL_BY_COLUMN, IL_BY_COLUMN, N_CHART };
struct chart {
    uint32_t n;
    float *best[N_CHART];
};

size_t dgi_decode_scratch(uint32_t n_max)
{
    return (size_t)n_max * n_max * N_CHART * sizeof(float);
}

#define LANES 4
typedef float lanes __attribute__((vector_size(LANES * sizeof(float))));
typedef int32_t masks __attribute__((vector_size(LANES * sizeof(int32_t))));

/* The greatest of `best` and a[k] + b[k], k < n. */
static inline float best_sum(const float *a, const float *b, uint32_t n, float best)
{
    uint32_t k = 0;
    if (n >= 2 * LANES) {
        lanes x, y, top = {best, best, best, best};
        for (; k + LANES <= n; k += LANES) {
            memcpy(&x, a + k, sizeof x);
            memcpy(&y, b + k, sizeof y);
            lanes v = x + y;
            masks more = v > top;
            top = (lanes)(((masks)v & more) | ((masks)top & ~more));
        }
        for (uint32_t l = 0; l < LANES; l++)
            best = top[l] > best ? top[l] : best;
    }
    for (; k < n; k++)
        best = a[k] + b[k] > best ? a[k] + b[k] : best;
    return best;
}

/* The first k of from <= k < to with a[k] + b[k] == best. */
static uint32_t split_at(const float *a, const float *b, uint32_t from, uint32_t to, float best)
{
    uint32_t k = from;
    while (k + 1 < to && a[k] + b[k] != best)
        k++;
    return k;
}

static void fill(const struct chart *c, const float *score, size_t ld)
{
    const uint32_t n = c->n;
    float *const *const t = c->best;
    for (uint32_t i = 0; i < n; i++)
        for (int kind = CR; kind < N_CHART; kind++)
            t[kind][i * n + i] = 0;
    for (uint32_t len = 1; len < n; len++)
        for (uint32_t i = 0; i + len < n; i++) {
            const uint32_t j = i + len, row = i * n, col = j * n;
            float best = t[CR][row + i] + t[CL_BY_COLUMN][col + i + 1];
            best = best_sum(t[CR] + row + i + 1, t[CL_BY_COLUMN] + col + i + 2, len - 1, best);
            t[IR][row + j] = best + score[j * ld + i + 1];
            t[IL][row + j] = t[IL_BY_COLUMN][col + i] = best + score[i * ld + j + 1];

            best = best_sum(t[IR] + row + i + 1, t[CR_BY_COLUMN] + col + i + 1, len, t[IR][row + j]);
            t[CR][row + j] = t[CR_BY_COLUMN][col + i] = best;

            best = best_sum(t[CL] + row + i, t[IL_BY_COLUMN] + col + i, len, t[IL][row + j]);
            t[CL][row + j] = t[CL_BY_COLUMN][col + i] = best;
        }
}

/* Depth at most 2n: each call shortens the span or turns complete into incomplete. */
static void unfold(const struct chart *c, int kind, uint32_t i, uint32_t j, uint32_t *head)
{
    if (i == j)
        return;
    const uint32_t n = c->n, row = i * n, col = j * n;
    float *const *const t = c->best;
    uint32_t k;
    switch (kind) {
    case CR:
        k = t[CR][row + j] == t[IR][row + j] + t[CR][col + j]
                ? j
                : split_at(t[IR] + row, t[CR_BY_COLUMN] + col, i + 1, j, t[CR][row + j]);
        unfold(c, IR, i, k, head);
        unfold(c, CR, k, j, head);
        break;
    case CL:
        k = split_at(t[CL] + row, t[IL_BY_COLUMN] + col, i, j, t[CL][row + j]);
        unfold(c, CL, i, k, head);
        unfold(c, IL, k, j, head);
        break;
    default:
        if (kind == IR)
            head[j] = i + 1;
        else
            head[i] = j + 1;
        k = split_at(t[CR] + row, t[CL_BY_COLUMN] + col + 1, i, j,
                     best_sum(t[CR] + row + i, t[CL_BY_COLUMN] + col + i + 1, j - i, -INFINITY));
        unfold(c, CR, i, k, head);
        unfold(c, CL, k + 1, j, head);
    }
}

static void eisner(const float *score, size_t ld, uint32_t n, uint32_t *head, void *scratch)
{
    struct chart c = {.n = n};
    for (size_t k = 0; k < N_CHART; k++)
        c.best[k] = (float *)scratch + k * n * n;
    fill(&c, score, ld);
    uint32_t root = 0;
    float best = 0;
    for (uint32_t r = 0; r < n; r++) {
        float v = c.best[CL][r] + c.best[CR][r * n + n - 1] + score[r * ld];
        if (r == 0 || v > best) {
            best = v;
            root = r;
        }
    }
    head[root] = 0;
    unfold(&c, CL, 0, root, head);
    unfold(&c, CR, root, n - 1, head);
}

void dgi_decode_tree(const float *score, size_t ld, uint32_t n, uint32_t *head, void *scratch)
{
    for (uint32_t i = 0; i < n; i++) {
        const float *s = score + i * ld;
        uint32_t best = 0;
        float top = s[0];
        for (uint32_t j = 1; j <= n; j++)
            if (s[j] > top && j != i + 1) {
                top = s[j];
                best = j;
            }
        head[i] = best;
    }
    if (!dgi_is_tree(head, n))
        eisner(score, ld, n, head, scratch);
}

#define MAX_TAGS 64

void dgi_decode_names(const float *score, size_t ld, uint32_t n, uint32_t n_tags, const uint8_t *type,
                      const bool *begin, uint8_t *tag, uint8_t *back)
{
    float now[MAX_TAGS] = {0}, last[MAX_TAGS];
    if (n_tags > MAX_TAGS || n_tags == 0) {
        memset(tag, 0, n);
        return;
    }
    for (uint32_t i = 0; i < n; i++) {
        /* best predecessor of anything, and of I-X by type */
        uint32_t any = 0, of[DGI_N_NAME];
        memset(of, 0xff, sizeof of);
        memcpy(last, now, sizeof last);
        for (uint32_t t = 0; i > 0 && t < n_tags; t++) {
            any = last[t] > last[any] ? t : any;
            if (type[t] && (of[type[t]] == UINT32_MAX || last[t] > last[of[type[t]]]))
                of[type[t]] = t;
        }
        for (uint32_t t = 0; t < n_tags; t++) {
            bool inside = type[t] && !begin[t];
            uint32_t from = inside ? of[type[t]] : any;
            if (from == UINT32_MAX) { /* I-X at the beginning: not allowed */
                now[t] = -1e30f;
                back[i * n_tags + t] = 0;
            } else {
                now[t] = (i ? last[from] : 0) + score[i * ld + t];
                back[i * n_tags + t] = (uint8_t)from;
            }
        }
    }
    uint32_t t = 0;
    for (uint32_t k = 1; k < n_tags; k++)
        t = now[k] > now[t] ? k : t;
    for (uint32_t i = n; i-- > 0;) {
        tag[i] = (uint8_t)t;
        t = back[i * n_tags + t];
    }
}
