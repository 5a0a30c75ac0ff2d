/* SPDX-License-Identifier: Apache-2.0 */
/* lang/pieces.c: a word to pieces of the vocabulary of the accurate network.
 *
 * Reads   a word's form; the model's table of pieces
 * Writes  numbers of pieces; how the word is written
 *
 * Folded as in features.c, in small letters, without accents; cut at all that is no letter or digit; of each part the longest piece
 * that the vocabulary has, again and again. A table of hashes is enough: the hashes of all beginnings of the rest of a part come out of one
 * pass over its bytes. */
#include "lang/pieces.h"

#include <utf8proc.h>

#include "base/utf8.h"
#include "lang/features.h"

#define MOST_PARTS_CP (DGI_FEATURE_CP * 4) /* Unicode's longest canonical decomposition is four code points */

static bool letter_or_digit(uint32_t cp)
{
    if (cp < 0x80)
        return dgi_cp_is_alpha(cp) || dgi_cp_is_digit(cp);
    utf8proc_category_t c = utf8proc_category((utf8proc_int32_t)cp);
    return dgi_cp_is_alpha(cp) || (c >= UTF8PROC_CATEGORY_ND && c <= UTF8PROC_CATEGORY_NO);
}

/* Small letters without accents. How many code points. */
static uint32_t plain(dg_str form, uint32_t out[MOST_PARTS_CP])
{
    uint32_t cp[DGI_FEATURE_CP], n = dgi_feature_fold(form, cp), any = 0;
    for (uint32_t i = 0; i < n; i++) {
        out[i] = dgi_feature_lower(cp[i]);
        any |= out[i];
    }
    if (any < 0x80)
        return n;
    char text[DGI_FEATURE_CP * 4];
    utf8proc_int32_t apart[MOST_PARTS_CP];
    size_t len = 0;
    for (uint32_t i = 0; i < n; i++)
        len += dgi_utf8_put(out[i], text + len);
    utf8proc_ssize_t got = utf8proc_decompose((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)len, apart,
                                              MOST_PARTS_CP, UTF8PROC_STABLE | UTF8PROC_DECOMPOSE);
    if (got < 0 || got > MOST_PARTS_CP)
        return n;
    n = 0;
    for (utf8proc_ssize_t i = 0; i < got; i++)
        if (utf8proc_category(apart[i]) != UTF8PROC_CATEGORY_MN)
            out[n++] = (uint32_t)apart[i];
    return n;
}

/* Number of the longest piece that text[at..len) begins with; *end: where it ends. 0: there is none. */
static uint32_t longest(const struct dgi_pieces *p, const char *text, size_t at, size_t len, size_t *end)
{
    uint64_t hash[DGI_PIECE_BYTES], h = DGI_MFILE_HASH_START;
    size_t to[DGI_PIECE_BYTES], n = 0;
    if (at)
        h = dgi_mfile_hash_step(dgi_mfile_hash_step(h, '#'), '#');
    for (size_t i = at; i < len && i - at < p->longest; i++) {
        h = dgi_mfile_hash_step(h, (unsigned char)text[i]);
        if (i + 1 == len || ((unsigned char)text[i + 1] & 0xC0) != 0x80) {
            hash[n] = dgi_mfile_hash_end(h);
            to[n++] = i + 1;
        }
    }
    while (n-- > 0) {
        uint32_t id = dgi_mtable_find(&p->table, hash[n]);
        *end = to[n];
        if (id)
            return id;
    }
    return 0;
}

/* Pieces of one part, after the n that out has already; the new number, of which no more than DGI_WORD_PIECES were written. */
static uint32_t of_part(const struct dgi_pieces *p, const char *text, size_t len, uint32_t n, uint32_t *out)
{
    uint32_t before = n;
    for (size_t at = 0, end = 0; at < len; at = end) {
        uint32_t id = longest(p, text, at, len, &end);
        if (!id) {
            id = p->unk;
            n = before;
            end = len;
        }
        if (n < DGI_WORD_PIECES)
            out[n] = id;
        n++;
    }
    return n;
}

uint32_t dgi_pieces_of(const struct dgi_pieces *p, dg_str form, uint32_t out[DGI_WORD_PIECES])
{
    uint32_t cp[MOST_PARTS_CP], n_cp = plain(form, cp), n = 0;
    char text[MOST_PARTS_CP * 4];
    for (uint32_t i = 0; i < n_cp && n < DGI_WORD_PIECES;) {
        size_t len = dgi_utf8_put(cp[i], text);
        bool word = letter_or_digit(cp[i++]);
        while (word && i < n_cp && letter_or_digit(cp[i]))
            len += dgi_utf8_put(cp[i++], text + len);
        n = of_part(p, text, len, n, out);
    }
    if (!n)
        out[n++] = p->unk;
    return n < DGI_WORD_PIECES ? n : DGI_WORD_PIECES;
}

uint32_t dgi_form_case(dg_str form)
{
    uint32_t cp[DGI_FEATURE_CP], n = dgi_feature_fold(form, cp), letters = 0, up = 0;
    bool digit = false, later = false; /* later: a capital that is not the first letter */
    for (uint32_t i = 0; i < n; i++) {
        digit |= dgi_cp_is_digit(cp[i]);
        if (!dgi_cp_is_alpha(cp[i]))
            continue;
        bool capital = dgi_feature_lower(cp[i]) != cp[i];
        later |= capital && letters;
        up += capital;
        letters++;
    }
    if (!letters)
        return digit ? 0 : 1;
    bool only = letters == n, first = dgi_feature_lower(cp[0]) != cp[0];
    if (!up)
        return only ? 2 : 3;
    if (up == letters && letters == 1)
        return n == 1 ? 4 : 5;
    if (up == letters)
        return only ? 6 : 7;
    if (first && !later)
        return only ? 8 : 9;
    return first ? 10 : 11;
}
