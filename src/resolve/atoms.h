/* SPDX-License-Identifier: Apache-2.0 */
/* resolve/atoms.h: the letters, digits and marks of one sentence, and numbers read from them.
 *
 * Dates and amounts hide inside tokens ("$1.7bn", "mid-2014", "3-5", "1990s") and run over several ("two hundred and
 * fifty"). So times and quantities are read from atoms, not tokens: runs of letters, numbers, single marks. An atom knows
 * its token, so that tags and tree stay within reach. This also makes both stages independent of how the tokenizer cuts. */
#ifndef DGI_ATOMS_H
#define DGI_ATOMS_H

#include "base/table.h"
#include "doc/doc.h"

enum dgi_atom_kind { DGI_ATOM_WORD, DGI_ATOM_NUM, DGI_ATOM_MARK };
struct dgi_atom {
    uint32_t start, end; /* bytes of doc->text; an abbreviation's full stop is inside */
    uint32_t tok;
    uint32_t time_row;     /* row of times.tsv, DGI_NONE */
    uint32_t num_row;      /* row of numbers.tsv, DGI_NONE */
    uint16_t word;         /* of a WORD: its id among the function words of the document, 0 */
    uint8_t kind;          /* enum dgi_atom_kind */
    uint8_t n_digits;      /* of a NUM without commas and decimals; else 0 */
    bool gap;              /* white space (or the sentence) begins before it */
    bool upper, all_upper; /* first letter, all letters */
    char mark;             /* of a MARK; dashes are '-', apostrophes '\'', quotes '"', else the byte, 0 for non-ASCII */
    double num;            /* of a NUM */
    dg_str text;           /* letters without the final full stop */
};

struct dgi_atoms {
    struct dgi_atom *a;
    uint32_t n, cap;
    const struct dgi_words *words;
};

/* First of the rows of `t` whose phrase is the words of the atoms [from, to), DGI_NONE: it has none. */
uint32_t dgi_atoms_phrase(const struct dgi_atoms *as, const struct dgi_table *t, uint32_t from, uint32_t to);
/* Is atom i a word of the set? */
static inline bool dgi_atom_in(const struct dgi_atoms *as, uint32_t i, enum dgi_word_set set)
{
    return i < as->n && dgi_words_id_in(as->words, as->a[i].word, set);
}

/* Number words of numbers.tsv, decoded once. */
enum dgi_num_class {
    DGI_NUM_NONE,
    DGI_NUM_UNIT,
    DGI_NUM_TEEN,
    DGI_NUM_TEN,
    DGI_NUM_HUNDRED,
    DGI_NUM_SCALE,
    DGI_NUM_DOZEN,
    DGI_NUM_HALF,
    DGI_NUM_ARTICLE,
    DGI_NUM_ORDINAL,
    DGI_NUM_VAGUE,
    DGI_NUM_PLURAL
};
struct dgi_numbers {
    const struct dgi_table *table;
    uint8_t *cls;  /* [rows] enum dgi_num_class */
    double *value; /* [rows] */
};
dg_status dgi_numbers_open(struct dgi_numbers *n, const dgi_lexicon *lex, dg_error *err);
void dgi_numbers_close(struct dgi_numbers *n);

/* Atoms of sentence `sent` into `out` (reset first; memory from `scratch`). times may be NULL; doc->words may not. */
dg_status dgi_atoms_read(struct dgi_atoms *out, dgi_arena *scratch, const struct dgi_doc *doc, uint32_t sent,
                         const struct dgi_table *times, const struct dgi_numbers *numbers, dg_error *err);

/* A number at atom i: digits with scale ("1.7 million", "1.7bn"), words ("two hundred and fifty", "forty-five", "a dozen",
 * "two and a half", "half a million"). Returns the atom after it, or i when there is none.
 * A bare article counts only before a scale or dozen word unless `article`. */
uint32_t dgi_atoms_number(const struct dgi_atoms *as, uint32_t i, const struct dgi_numbers *numbers, bool article,
                          double *value);

/* A document of one sentence made from a phrase, for `dragoman date` and `dragoman place`: tokens are cut at white space and
 * around marks. Memory from `arena`, `words` borrowed; *doc is filled by the call. */
dg_status dgi_phrase_doc(struct dgi_doc *doc, dgi_arena *arena, const struct dgi_words *words, dg_str phrase,
                         int32_t published, dg_error *err);

#endif
