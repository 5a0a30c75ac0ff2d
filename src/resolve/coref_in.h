/* SPDX-License-Identifier: Apache-2.0 */
/* resolve/coref_in.h: what coref.c and coref_rank.c share. */
#ifndef DGI_COREF_IN_H
#define DGI_COREF_IN_H

#include "resolve/actor_in.h"
#include "resolve/coref_rank.h"

/* Is `entity` the subject of the verb whose object c is? */
bool dgi_coref_own_subject(const struct resolver *r, const struct cand *c, uint32_t entity);
/* c becomes the members of the coordination whose first word is tok. */
void dgi_coref_take_joined(struct resolver *r, struct cand *c, uint32_t tok);
/* c becomes all whom the mention at tok stands for. */
void dgi_coref_take_all(const struct resolver *r, struct cand *c, uint32_t tok);
/* Whom the verb addresses or is joined with; DGI_NONE. */
uint32_t dgi_coref_other_party(const struct dgi_doc *doc, uint32_t verb);
/* The verb of the sentence before when c is the subject of this sentence's verb, which is *own; DGI_NONE. */
uint32_t dgi_coref_verb_before(const struct resolver *r, const struct cand *c, uint32_t *own);
/* Is c a description that points back: "the envoy", "the visitor"? */
bool dgi_coref_described(const struct resolver *r, const struct cand *c);
bool dgi_coref_lists_share(dg_str a, dg_str b);
/* 5 of "five" in numbers.tsv, up to nine; 0: no such word. */
uint32_t dgi_coref_number(const struct resolver *r, dg_str w);

#endif
