/* SPDX-License-Identifier: Apache-2.0 */
/* resolve/place.h: names of places in a document to the gazetteer (docs/stages/place.md). */
#ifndef DGI_PLACE_H
#define DGI_PLACE_H

#include "base/table.h"
#include "doc/doc.h"

struct dgi_place_ctx;

/* Reads the tables 'gazetteer', 'gazetteer_countries' and 'regions' of `lex`, which must outlive the context. One context
 * belongs to one thread at a time (it holds a scratch arena). */
dg_status dgi_place_open(struct dgi_place_ctx **out, const dgi_lexicon *lex, const struct dgi_words *words,
                         dg_error *err);
void dgi_place_close(struct dgi_place_ctx *ctx);

/* Fills doc->places in order of position; spans do not overlap. All places named are listed, also a capital that stands for
 * its government; adjectives ("Syrian") are not. A place that the tables lack, but the network takes for one, has NaN
 * coordinates. Reads name tags and mentions where there are any. */
dg_status dgi_places(struct dgi_place_ctx *ctx, struct dgi_doc *doc, dg_error *err);

/* `dragoman place`: what `phrase` may mean, best first, at most `max`; strings point into the lexicon, name may point into
 * `phrase`. *n 0: unknown. "Paris, Texas" and "the Syrian city of Homs" are understood. */
dg_status dgi_place_phrase(struct dgi_place_ctx *ctx, dg_str phrase, struct dgi_place *out, uint32_t max, uint32_t *n,
                           dg_error *err);

#endif
