/* SPDX-License-Identifier: Apache-2.0 */
/* lang/tags.h: which tags a word may have.
 *
 * A class of words that takes no new ones has only the words that it has: "refused" is no particle and "bullets" no preposition,
 * whatever the network's sum says; "the" and "of" are nothing else. The words are the sets closed and closed_only of
 * function_words.tsv. And a word's two tags go together: a verb's fine tag is one of verbs. */
#ifndef DGI_LANG_TAGS_H
#define DGI_LANG_TAGS_H

#include "doc/doc.h"

/* malloc()ed [n_upos + n_xpos] of what kind each tag is; NULL: no memory. */
uint8_t *dgi_tag_sorts(const uint8_t *upos, uint32_t n_upos, const dg_str *xpos, uint32_t n_xpos);
/* The kinds of tags that the word cannot have; none without the lexicon's words. */
uint8_t dgi_tags_refused(const struct dgi_words *words, dg_str form);
/* The kind that the fine tag must be of. */
uint8_t dgi_tag_asked(uint8_t upos);
/* The best of the scores x of which none is refused and which has what is asked; of all, when there is none. */
uint32_t dgi_tag_best(const float *x, const uint8_t *sort, uint32_t n, uint8_t refused, uint8_t asked);
/* "broke [X|ADV] off relations [VBD]": a tensed form that was called no word class, or an adverb, is a verb. */
bool dgi_tag_tells_verb(uint8_t upos, dg_str xpos);

#endif
