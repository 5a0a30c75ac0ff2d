/* SPDX-License-Identifier: Apache-2.0 */
/* lang/decode.c: from scores to a tree, and to a well-formed sequence of name tags.
 *
 * The best head of each word is a tree for nineteen sentences of twenty, crossing arcs and all. For the rest the best
 * projective tree is found exactly (Eisner's algorithm, one root): cubic, but sentences are at most 250 words, and fewer
 * than 1 arc in 200 crosses another in English. */
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

/* Spans [i,j] of words: complete and incomplete, headed by the left or the right end; with the best split. */
enum { CR, CL, IR, IL };
struct chart {
    uint32_t n;
    float *best[4];
    uint8_t *split[4]; /* sentences have at most 250 words */
};
_Static_assert(DGI_LANG_MAX_WORDS <= 255, "a split is one byte");

size_t dgi_decode_scratch(uint32_t n_max)
{
    return (size_t)n_max * n_max * 4 * (sizeof(float) + 1);
}

static void fill(struct chart *c, const float *score, size_t ld)
{
    uint32_t n = c->n;
    for (uint32_t i = 0; i < n; i++)
        c->best[CR][i * n + i] = c->best[CL][i * n + i] = 0;
    for (uint32_t len = 1; len < n; len++)
        for (uint32_t i = 0; i + len < n; i++) {
            uint32_t j = i + len, at = i * n + j, k_best = i;
            float best = c->best[CR][i * n + i] + c->best[CL][(i + 1) * n + j];
            for (uint32_t k = i + 1; k < j; k++) {
                float v = c->best[CR][i * n + k] + c->best[CL][(k + 1) * n + j];
                if (v > best) {
                    best = v;
                    k_best = k;
                }
            }
            c->best[IR][at] = best + score[j * ld + i + 1];
            c->best[IL][at] = best + score[i * ld + j + 1];
            c->split[IR][at] = c->split[IL][at] = (uint8_t)k_best;

            best = c->best[IR][at] + c->best[CR][j * n + j];
            k_best = j;
            for (uint32_t k = i + 1; k < j; k++) {
                float v = c->best[IR][i * n + k] + c->best[CR][k * n + j];
                if (v > best) {
                    best = v;
                    k_best = k;
                }
            }
            c->best[CR][at] = best;
            c->split[CR][at] = (uint8_t)k_best;

            best = c->best[CL][i * n + i] + c->best[IL][at];
            k_best = i;
            for (uint32_t k = i + 1; k < j; k++) {
                float v = c->best[CL][i * n + k] + c->best[IL][k * n + j];
                if (v > best) {
                    best = v;
                    k_best = k;
                }
            }
            c->best[CL][at] = best;
            c->split[CL][at] = (uint8_t)k_best;
        }
}

/* Depth at most 2n: each call shortens the span or turns complete into incomplete. */
static void unfold(const struct chart *c, int kind, uint32_t i, uint32_t j, uint32_t *head)
{
    if (i == j)
        return;
    uint32_t k = c->split[kind][i * c->n + j];
    switch (kind) {
    case CR:
        unfold(c, IR, i, k, head);
        unfold(c, CR, k, j, head);
        break;
    case CL:
        unfold(c, CL, i, k, head);
        unfold(c, IL, k, j, head);
        break;
    default:
        if (kind == IR)
            head[j] = i + 1;
        else
            head[i] = j + 1;
        unfold(c, CR, i, k, head);
        unfold(c, CL, k + 1, j, head);
    }
}

static void eisner(const float *score, size_t ld, uint32_t n, uint32_t *head, void *scratch)
{
    struct chart c = {.n = n};
    size_t cells = (size_t)n * n;
    float *f = scratch;
    uint8_t *u = (uint8_t *)(f + 4 * cells);
    for (size_t k = 0; k < 4; k++) {
        c.best[k] = f + k * cells;
        c.split[k] = u + k * cells;
    }
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
