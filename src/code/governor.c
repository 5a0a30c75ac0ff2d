/* SPDX-License-Identifier: Apache-2.0 */
/* code/governor.c: rows of status.tsv: what a governing or modifying word says of what hangs on it.
 *
 * Reads   lexicon/en/status.tsv as indexed by frames.c; relations
 * Writes  nothing */
#include <stdio.h>

#include "code/coder.h"

uint8_t dgi_step_of(const struct coder *c, uint32_t tok, uint32_t *prep)
{
    const struct dgi_tok *k = &c->doc->toks[tok];
    *prep = c->r.cas[tok];
    switch (dgi_rel_base(k->rel)) {
    case DGI_REL_XCOMP: return STEP_XCOMP;
    case DGI_REL_CCOMP: return STEP_CCOMP;
    case DGI_REL_ADVCL: return STEP_ADVCL;
    case DGI_REL_ACL: return STEP_ACL;
    case DGI_REL_OBJ: return STEP_OBJ;
    case DGI_REL_IOBJ: return STEP_IOBJ;
    case DGI_REL_NSUBJ:
        if (k->rel == DGI_REL_NSUBJ_PASS)
            return STEP_OBJ;
        return STEP_NSUBJ;
    case DGI_REL_CSUBJ: return STEP_NSUBJ;
    case DGI_REL_OBL: return k->rel == DGI_REL_OBL_AGENT ? STEP_NSUBJ : STEP_OBL;
    case DGI_REL_NMOD: return k->rel == DGI_REL_NMOD_POSS ? STEP_POSS : STEP_NMOD;
    case DGI_REL_COMPOUND: return STEP_COMPOUND;
    case DGI_REL_AMOD: return STEP_AMOD;
    case DGI_REL_APPOS: return STEP_APPOS;
    case DGI_REL_CONJ: return STEP_CONJ;
    default: return STEP_ANY;
    }
}

/* A verb's row holds for a participle tagged as adjective too, and the other way round. */
static bool governs_as(uint8_t row, uint8_t upos)
{
    return !row || row == upos || (row == DGI_VERB && (upos == DGI_AUX || upos == DGI_ADJ)) ||
           (row == DGI_ADJ && upos == DGI_VERB);
}

const struct governor *dgi_governor_of(const dgi_coder_tables *t, uint32_t word, uint8_t upos, uint8_t step_kind,
                                       uint32_t prep)
{
    struct word_list wl = t->by_gov[word];
    for (uint32_t k = 0; k < wl.n; k++) {
        const struct governor *g = &t->gov[t->ix_gov[wl.first + k]];
        bool other_prep = g->n_prep && prep && (step_kind == STEP_OBL || step_kind == STEP_NMOD);
        for (uint32_t i = 0; i < g->n_prep; i++)
            other_prep = other_prep && g->prep[i] != prep;
        if ((g->rels & (1u << step_kind)) && !other_prep && governs_as(g->pos, upos))
            return g;
    }
    return NULL;
}

const struct governor *dgi_governor(const struct coder *c, uint32_t word_tok, uint8_t step_kind, uint32_t prep)
{
    return dgi_governor_of(c->t, c->r.lem[word_tok], c->r.upos[word_tok], step_kind, prep);
}

/* "no longer": the word with the one before it that hangs on it, as tables write it ("no_longer"). 0: unknown. */
static uint32_t with_word_before(const struct coder *c, uint32_t tok)
{
    const struct dgi_tok *t = c->doc->toks;
    char both[48];
    if (!tok || t[tok - 1].head != tok || t[tok - 1].form.len + t[tok].form.len + 2 > sizeof both)
        return 0;
    int n = snprintf(both, sizeof both, "%.*s_%.*s", (int)t[tok - 1].form.len, t[tok - 1].form.ptr,
                     (int)t[tok].form.len, t[tok].form.ptr);
    return dgi_lexis_id_lower(&c->t->lx, dgi_strn(both, (size_t)n));
}

/* By its lemma, else by its form, else with the word before it. */
const struct governor *dgi_modifier(const struct coder *c, uint32_t tok, uint8_t step_kind)
{
    uint32_t id = c->r.lem[tok];
    for (int form = 0; form < 3; form++) {
        struct word_list wl = c->t->by_gov[id];
        for (uint32_t k = 0; k < wl.n; k++) {
            const struct governor *g = &c->t->gov[c->t->ix_gov[wl.first + k]];
            if (g->rels != UINT32_MAX && (g->rels & (1u << step_kind)))
                return g;
        }
        id = form ? with_word_before(c, tok) : dgi_lexis_id_lower(&c->t->lx, c->doc->toks[tok].form);
    }
    return NULL;
}
