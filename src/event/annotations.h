/* SPDX-License-Identifier: Apache-2.0 */
/* event/annotations.h: times, places, quantities and names of a document; inside of from_doc.c. */
#ifndef DGI_EV_ANNOTATIONS_H
#define DGI_EV_ANNOTATIONS_H

#include "base/utf8.h"
#include "event/from_doc.h"

/* Fills times, places, quantities and names. False: no memory. */
bool dgi_ev_annotations(struct dgi_ev_doc *out, const struct dgi_doc *doc, const struct dgi_cpmap *map, dgi_arena *a);

#endif
