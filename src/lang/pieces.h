/* SPDX-License-Identifier: Apache-2.0 */
/* lang/pieces.h: a word as the accurate network sees it: pieces of a vocabulary, and how it is written. */
#ifndef DGI_PIECES_H
#define DGI_PIECES_H

#include "lang/modelfile.h"

#define DGI_WORD_PIECES 16 /* of one word; what is left over is not seen */
#define DGI_PIECE_BYTES 64 /* of the longest piece that a vocabulary may have */
#define DGI_N_CASE 12

struct dgi_pieces {
    struct dgi_mtable table; /* piece, "##piece" inside a word, to its number */
    uint32_t longest;        /* bytes of the longest piece without "##" */
    uint32_t unk;            /* number of the piece for what has none */
};
/* The same pieces as train/lang/minilm.py's Pieces; 1 to DGI_WORD_PIECES of them. */
uint32_t dgi_pieces_of(const struct dgi_pieces *p, dg_str form, uint32_t out[DGI_WORD_PIECES]);
/* Its case_of(): 0 digits without a letter, 1 no letter, 2 "paris", 3 "o'brien", 4 "A", 5 "A.", 6 "UN", 7 "U.N.", 8 "Paris",
 * 9 "O'brien", 10 "McDonald", 11 "iPhone". */
uint32_t dgi_form_case(dg_str form);

#endif
