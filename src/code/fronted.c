/* SPDX-License-Identifier: Apache-2.0 */
/* code/fronted.c: fixed expressions that open a sentence as a participle: "Given the cold shoulder by Togo, Mali turned to Chad".
 *
 * Reads   lemmas, forms, tree only for the subject behind the comma
 * Writes  draft.side[] of an expression whose own words hold neither who does it nor to whom
 *
 * The subject behind the comma is whom it is done to and "by" names who does it. Parsers take the participle for a finite verb, or
 * hang the agent on the last noun before it; so both are looked for where they stand. */
#include "code/coder.h"

enum { MOST_FRONT = 24 }; /* words before the comma */

bool dgi_is_comma(const struct coder *c, uint32_t tok)
{
    return c->r.upos[tok] == DGI_PUNCT && dgi_str_eq(c->doc->toks[tok].form, dgi_str(","));
}

/* Nothing but a quotation mark, "but", "having been" stands before it. */
static bool opens_sentence(const struct coder *c, uint32_t v)
{
    for (uint32_t i = c->doc->sents[c->doc->toks[v].sent].first; i < v; i++)
        if (c->r.upos[i] != DGI_PUNCT && c->r.upos[i] != DGI_CCONJ && c->r.upos[i] != DGI_AUX &&
            c->r.upos[i] != DGI_ADV)
            return false;
    return true;
}

/* The noun that begins right behind the comma and is a subject there. */
static uint32_t subject_after(const struct coder *c, uint32_t v, uint32_t comma, uint32_t end)
{
    const struct dgi_tok *t = c->doc->toks;
    for (uint32_t i = comma + 1; i < end && i < comma + MOST_FRONT; i++) {
        uint32_t h = t[i].head;
        if (dgi_rel_base(t[i].rel) == DGI_REL_NSUBJ && h != DGI_NONE && (h > comma || h < v))
            return i;
        if (c->r.upos[i] == DGI_VERB || c->r.upos[i] == DGI_AUX || c->r.upos[i] == DGI_PUNCT ||
            c->r.upos[i] == DGI_SCONJ)
            break;
    }
    return DGI_NONE;
}

uint32_t dgi_fronted(const struct coder *c, uint32_t v, uint32_t *comma)
{
    const struct dgi_tok *t = c->doc->toks;
    uint32_t end = c->doc->sents[t[v].sent].end;
    if (c->r.upos[v] != DGI_VERB || (c->r.form[v] != DGI_FORM_PARTICIPLE && c->r.form[v] != DGI_FORM_PAST) ||
        !opens_sentence(c, v))
        return DGI_NONE;
    for (uint32_t i = v + 1; i < end && i < v + MOST_FRONT; i++) {
        if (dgi_rel_base(t[i].rel) == DGI_REL_NSUBJ && t[i].head == v && !dgi_is_comma(c, i - 1))
            return DGI_NONE;
        if (!dgi_is_comma(c, i))
            continue;
        uint32_t s = subject_after(c, v, i, end);
        if (s != DGI_NONE) {
            *comma = i;
            return s;
        }
    }
    return DGI_NONE;
}

void dgi_fill_fronted(const struct coder *c, struct draft *w)
{
    struct actor_refs by = {.n = 0};
    struct dgi_fill f = {{0}, 0};
    uint32_t comma = DGI_NONE, s;
    if (w->nominal || !(w->frame->flags & FRAME_RUN) || w->frame->role[ROLE_SOURCE].given ||
        w->frame->role[ROLE_TARGET].given)
        return;
    s = dgi_fronted(c, w->tok, &comma);
    if (s == DGI_NONE || c->run[w->tok] != s)
        return;
    for (uint32_t i = w->tok + 1; i < comma; i++)
        if (c->r.cas[i] && c->r.cas[i] == c->t->lx.prep[DGI_PREP_AGENT])
            dgi_fill_add(&f, i);
    dgi_fill_expand(&c->r, &f);
    for (uint32_t i = 0; i < f.n; i++)
        dgi_actors_at(c, f.tok[i], true, &by, 0);
    w->side[DGI_SIDE_SOURCE] = by;
}
