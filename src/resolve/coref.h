/* SPDX-License-Identifier: Apache-2.0 */
/* resolve/coref.h: what a pronoun or a nominal refers to. The sieve itself runs inside the actor stage (actor.h); here is
 * the part that needs the statements. */
#ifndef DGI_COREF_H
#define DGI_COREF_H

#include "base/error.h"
#include "doc/doc.h"
#include "resolve/actor.h"

/* After the statements are known: "we", "our", "us", "I", "my" inside their words are the speaker's side. "I" is the
 * speaker; "we" is the speaker's state, organisation or group where the speaker acts for one, else the speaker. Adds
 * mentions (DGI_MENTION_PRONOUN), keeps doc->mentions in order and toks[].mention right. Call once, for all statements;
 * a token inside two statements takes the inner one (outer != DGI_NONE). */
dg_status dgi_coref_first_person(const struct dgi_actors_ctx *ctx, struct dgi_doc *doc, dg_error *err);

#endif
