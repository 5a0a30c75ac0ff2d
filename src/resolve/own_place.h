/* SPDX-License-Identifier: Apache-2.0 */
/* resolve/own_place.h: the land that a clause says it is in. */
#ifndef DGI_OWN_PLACE_H
#define DGI_OWN_PLACE_H

#include "resolve/actor.h"

struct dgi_where {
    const struct dgi_actors_ctx *ctx;
    const struct dgi_doc *doc;
    uint32_t (*place)(const void *user, uint32_t tok); /* index into doc->places of the place at a token, DGI_NONE */
    const void *user;
};

/* The country (ISO 3) of the place that a token is, or that is in its name ("Dohuk province"); "". */
const char *dgi_country_at(const struct dgi_where *w, uint32_t tok);

/* Is what stands at `tok` where a meeting is or its paper is signed, which is no home of those who come? */
bool dgi_is_venue(const struct dgi_actors_ctx *ctx, const struct dgi_doc *doc, uint32_t tok);

/* The country of the places in which the clause of `tok` says it is, where they agree; "". */
const char *dgi_own_place(const struct dgi_where *w, uint32_t tok);

#endif
