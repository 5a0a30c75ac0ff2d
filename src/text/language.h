/* SPDX-License-Identifier: Apache-2.0 */
/* text/language.h: is a text in the language of the models at all? */
#ifndef DGI_LANGUAGE_H
#define DGI_LANGUAGE_H

#include "doc/doc.h"

/* The commonest words of the lexicon's language among the tokens of doc: how many of each hundred there are, rounded down;
 * -1: the text is too short to tell. `words` is the model's. */
int dgi_language_share(const struct dgi_doc *doc, const struct dgi_words *words);
/* Fewer of each hundred: another language, or no running text. By bench/language_share.py: 4,581 pieces of English news have 11 to
 * 41 (half of them 24 or more), 358 pieces in 60 other languages 0 in the median and 344 of them under 6; what is more is full of
 * names of English programs. Tables of persons with their offices have 9 to 18; tables of bare names mostly under 6. */
enum { DGI_LANGUAGE_LEAST = 6 };

#endif
