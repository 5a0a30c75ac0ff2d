/* SPDX-License-Identifier: Apache-2.0 */
/* quote/attribution_in.h: shared by the files of the attributions only. */
#ifndef DGI_ATTRIBUTION_IN_H
#define DGI_ATTRIBUTION_IN_H

#include "quote/quote_in.h"

/* attribution_source.c */
/* Who wants, fears, criticises by the cue v: the head of its noun phrase, or DGI_NONE. */
uint32_t dgi_attribution_source(const struct dgi_quote_work *w, uint32_t v);
/* Is it by the verb above that we know whose the cue v is: "issued a statement calling it fair", "led the envoy to fear"? */
bool dgi_attribution_led(const struct dgi_quote_work *w, uint32_t v);
/* The words of the source whose head is `noun`, up to the relative pronoun that stands for it before the cue: "three members, who". */
dgi_span dgi_attribution_phrase(const struct dgi_doc *d, uint32_t noun, uint32_t cue);

#endif
