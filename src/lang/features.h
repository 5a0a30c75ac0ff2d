/* SPDX-License-Identifier: Apache-2.0 */
/* lang/features.h: what the network is told of a word by itself. train/lang/features.py computes the same numbers. */
#ifndef DGI_FEATURES_H
#define DGI_FEATURES_H

#include "lang/modelfile.h"

#define DGI_N_AFFIX 6

struct dgi_word_tables {
    struct dgi_mtable vec, word; /* lower-cased word; the same with digits as 0 */
    uint32_t affix_rows, shape_rows;
};
struct dgi_word_ids {
    uint32_t vec, word;          /* 0: unknown */
    uint32_t affix[DGI_N_AFFIX]; /* last 1 2 3 4, first 2 3 code points, hashed */
    uint32_t shape;
};
#define DGI_FEATURE_CP 128 /* a longer word is known by its first and last 64 code points */
/* The form's code points with quotes, dashes and apostrophes in ASCII: what the network sees of it. How many. */
uint32_t dgi_feature_fold(dg_str form, uint32_t cp[DGI_FEATURE_CP]);
void dgi_word_ids(const struct dgi_word_tables *t, dg_str form, struct dgi_word_ids *out);
/* Lower case where it stays one code point (Python's str.lower() on single characters). */
uint32_t dgi_feature_lower(uint32_t cp);

#endif
