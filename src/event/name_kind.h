/* SPDX-License-Identifier: Apache-2.0 */
/* event/name_kind.h: is a name a person, an organisation or a place? Inside of annotations.c. */
#ifndef DGI_NAME_KIND_H
#define DGI_NAME_KIND_H

#include "base/arena.h"
#include "doc/doc.h"

struct dgi_named {       /* a name that was found */
    uint32_t first, end; /* tokens */
    uint32_t mention;    /* of the registries' names, or DGI_NONE */
    uint32_t place;      /* of the gazetteer's, or DGI_NONE */
    uint8_t tag;         /* enum dgi_name_type: the network's, DGI_NAME_O where it passed it over */
    uint8_t kind;        /* enum dgi_name_kind */
    uint8_t level;       /* enum dgi_name_level */
};

/* Weigh what speaks for each kind and set `kind` of those that the network calls person, organisation or place.
 * False: no memory. */
bool dgi_name_kinds(const struct dgi_doc *doc, struct dgi_named *names, uint32_t n, dgi_arena *scratch);

#endif
