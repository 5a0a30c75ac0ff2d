/* SPDX-License-Identifier: Apache-2.0 */
/* resolve/quantity.h: how many? Numbers of soldiers, dead, injured, displaced, detained, weapons, sums of money
 * (docs/stages/quantity.md). */
#ifndef DGI_QUANTITY_H
#define DGI_QUANTITY_H

#include "base/table.h"
#include "doc/doc.h"

struct dgi_quantity_ctx;

/* Reads the tables 'numbers', 'units' and 'quantity_nouns' of `lex`, which must outlive the context. One context belongs to
 * one thread at a time (it holds a scratch arena). */
dg_status dgi_quantity_open(struct dgi_quantity_ctx **out, const dgi_lexicon *lex, dg_error *err);
void dgi_quantity_close(struct dgi_quantity_ctx *ctx);

/* Fills doc->quantities in order of position. Run after dgi_times(): numbers inside dates count nothing. Reads lemmas and
 * tree where there are any.
 * value   the number said; of a range its lower end; of "hundreds" and the like one of them (100), with approx
 * low     "at least", "more than" and ranges; high "up to", "fewer than" and ranges; else NaN
 * noun    the token counted; the span covers hedge, number and scale, not the noun */
dg_status dgi_quantities(struct dgi_quantity_ctx *ctx, struct dgi_doc *doc, dg_error *err);

#endif
