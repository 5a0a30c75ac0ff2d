/* SPDX-License-Identifier: Apache-2.0 */
/* text/language.h: is a text in the language of the models at all? */
#ifndef DGI_LANGUAGE_H
#define DGI_LANGUAGE_H

#include "doc/doc.h"

/* The commonest words of the lexicon's language among the tokens of doc: how many of each hundred there are, rounded down;
 * -1: the text is too short to tell. `words` is the model's. */
int dgi_language_share(const struct dgi_doc *doc, const struct dgi_words *words);
/* Fewer of each hundred: another language, or no running text. English news has 20 to 35, tables of names in English 8 and
 * more, the other languages of Europe 0 to 3. */
enum { DGI_LANGUAGE_LEAST = 6 };

#endif
