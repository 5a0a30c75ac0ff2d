/* SPDX-License-Identifier: Apache-2.0 */
/* text/language.h: in which language is a text? */
#ifndef DGI_LANGUAGE_H
#define DGI_LANGUAGE_H

#include "doc/doc.h"

/* What the words of a text say. */
struct dgi_language {
    int share;              /* common words of the lexicon's own language in a hundred; -1: too short to tell */
    dg_str code, name;      /* of another language that the text is in ("fr", "French"); empty: none is sure */
    uint32_t n, own, other; /* words, common ones of ours, of the likeliest other language */
};
/* `words` is the model's, `table` languages.tsv. Linear in the first few thousand words. */
void dgi_language_tell(struct dgi_language *out, const struct dgi_doc *doc, const struct dgi_words *words,
                       const struct dgi_table *table);
/* A text in two languages: its blocks in another one become DGI_BLOCK_OTHER where a third of its words or more stand in blocks of
 * ours. `whole` is what dgi_language_tell() said of it; of: the language of the last such block. How many; 0: nothing was changed, else
 * the text is to be segmented anew. A second reading of those texts only that hold words of another language. */
uint32_t dgi_language_part(struct dgi_language *of, const struct dgi_language *whole, struct dgi_doc *doc,
                           const struct dgi_words *words, const struct dgi_table *table);
/* Fewer of each hundred: another language, or no running text. By bench/language_share.py: 4,581 pieces of English news have 11 to
 * 41 (half of them 24 or more), 358 pieces in 60 other languages 0 in the median and 344 of them under 6; what is more is full of
 * names of English programs. Tables of persons with their offices have 9 to 18; tables of bare names mostly under 6. */
enum { DGI_LANGUAGE_LEAST = 6 };

#endif
