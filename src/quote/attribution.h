/* SPDX-License-Identifier: Apache-2.0 */
/* quote/attribution.h: attributions as corpora of the field (PARC, PolNeAR) have them: what is said, and also what is wanted,
 * planned, feared, decided, praised, known or shown by somebody, with its source, its cue and its content.
 *
 *     Peru wants to reopen the mine.      source "Peru", cue "wants", content "to reopen the mine"
 *
 * Statements are among them, two of one cue as one and none inside another. Made on demand; the stage quote and what comes
 * after it know nothing of them. */
#ifndef DGI_ATTRIBUTION_H
#define DGI_ATTRIBUTION_H

#include "quote/quote.h"

struct dgi_attribution {
    struct dgi_statement
        s;              /* speaker_span: the whole phrase of the source; cue: with its auxiliaries; outer: DGI_NONE */
    uint32_t statement; /* index into doc->statements of the first that it holds, or DGI_NONE */
    dg_str sense;       /* class of the cue in stances.tsv or cues.tsv; empty: in neither. A view into the lexicon */
    float confidence;   /* 0 to 1 */
};

/* In order of content; no two share a word. Into `a`. Needs a document that dgi_quote() has read. Fails with DG_E_NOMEM only.
 * Several threads may ask about one document. */
dg_status dgi_attributions(const struct dgi_quote_ctx *ctx, const struct dgi_doc *doc, dgi_arena *a,
                           struct dgi_attribution **out, uint32_t *n, dg_error *err);

/* For training: called for each candidate and each of its features, before any is chosen. */
typedef void dgi_feature_fn(void *user, const struct dgi_attribution *candidate, const char *feature);
dg_status dgi_attribution_features(const struct dgi_quote_ctx *ctx, const struct dgi_doc *doc, dgi_feature_fn *fn,
                                   void *user, dg_error *err);

#endif
