/* SPDX-License-Identifier: Apache-2.0 */
/* event/name_products.h: names of arms, aircraft, ships and other makes. Inside of annotations.c. */
#ifndef DGI_NAME_PRODUCTS_H
#define DGI_NAME_PRODUCTS_H

#include "event/name_kind.h"

/* A make that function_words.tsv knows ("F-16s", "Sputnik V") begins at token `t`: the token behind it. 0: none begins here. */
uint32_t dgi_product_at(const struct dgi_doc *doc, uint32_t t);
/* Is the name that the network found one of a thing: a ship by what stands before its name, or what it calls neither person,
 * organisation nor place, beside a word for a thing ("the Vortex missile")? */
bool dgi_is_product(const struct dgi_doc *doc, const struct dgi_named *n);

#endif
