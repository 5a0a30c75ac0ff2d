/* SPDX-License-Identifier: Apache-2.0 */
/* event/name_levels.h: what stands around and within the names of a record. Inside of annotations.c. */
#ifndef DGI_NAME_LEVELS_H
#define DGI_NAME_LEVELS_H

#include "event/name_kind.h"

/* Names of the registries' kinds and of the gazetteer's, as the record calls them. */
uint8_t dgi_name_kind_of_entity(const struct dgi_doc *doc, const struct dgi_mention *m);
uint8_t dgi_name_kind_of_place(const struct dgi_place *p);

/* Beside `names` (n of them, in order, none within another; their kinds set) the names with their titles, those within them and the
 * nominals, all in order of their first word, the longer first. Views into `scratch`; NULL: no memory. */
struct dgi_named *dgi_name_levels(const struct dgi_doc *doc, const struct dgi_named *names, uint32_t n,
                                  dgi_arena *scratch, uint32_t *n_all);

#endif
