/* SPDX-License-Identifier: Apache-2.0 */
/* code/steps.c: the steps of a frame's paths ("nsubj", "obl:to>nmod:of") through a clause as it is read.
 *
 * Reads   the reading of the clauses (clause/reading.h)
 * Writes  nothing; answers are lists of tokens
 *
 * A frame row names only "nsubj" and "obj": what passive, control, coordination and the parser did to them has been undone
 * in clause/. */
#include "code/coder.h"

static void children(const struct coder *c, uint32_t tok, uint8_t base, struct dgi_fill *out)
{
    for (uint32_t ch = dgi_child_base(c->doc, tok, base, DGI_NONE); ch != DGI_NONE;
         ch = dgi_child_base(c->doc, tok, base, ch))
        dgi_fill_add(out, ch);
}

/* "is not going to bow", "was never about to sign": the adverbs of such a verb go with what is to be done. */
static void adverbs_above(const struct coder *c, uint32_t tok, struct dgi_fill *out)
{
    const struct dgi_tok *t = c->doc->toks;
    if (t[tok].rel == DGI_REL_XCOMP && t[tok].head != DGI_NONE && dgi_tok_in(c->doc, t[tok].head, DGI_W_GOING_TO))
        children(c, t[tok].head, DGI_REL_ADVMOD, out);
}

/* "Is [going] to bow", "was [about] to sign": it stands where "will" stands. */
static void aux_above(const struct coder *c, uint32_t tok, struct dgi_fill *out)
{
    const struct dgi_tok *t = c->doc->toks;
    if (t[tok].rel == DGI_REL_XCOMP && t[tok].head != DGI_NONE && dgi_tok_in(c->doc, t[tok].head, DGI_W_GOING_TO))
        dgi_fill_add(out, t[tok].head);
}

static void children_exactly(const struct coder *c, uint32_t tok, uint8_t rel, struct dgi_fill *out)
{
    for (uint32_t ch = dgi_child(c->doc, tok, rel, DGI_NONE); ch != DGI_NONE; ch = dgi_child(c->doc, tok, rel, ch))
        dgi_fill_add(out, ch);
}

/* `wide`: also where a parser often hangs it wrongly. */
static void oblique(const struct coder *c, uint32_t tok, uint32_t prep, bool wide, struct dgi_fill *out)
{
    uint32_t start = out->n;
    if (prep && prep == c->t->lx.prep[DGI_PREP_AGENT] && c->r.upos[tok] == DGI_VERB && dgi_is_passive(&c->r, tok)) {
        dgi_agents(&c->r, tok, out);
        return;
    }
    dgi_phrases(&c->r, tok, prep, DGI_REL_OBL, out);
    if (out->n == start && prep)
        dgi_shared_phrases(&c->r, tok, prep, out);
    for (uint32_t ch = dgi_child(c->doc, tok, DGI_REL_ADVMOD, DGI_NONE); ch != DGI_NONE && prep && out->n == start;
         ch = dgi_child(c->doc, tok, DGI_REL_ADVMOD, ch))
        if (ch > tok) /* "walked away from the talks": hung on the adverb that goes with the verb */
            dgi_phrases(&c->r, ch, prep, DGI_REL_OBL, out);
    if (out->n == start && wide)
        dgi_object_phrases(&c->r, tok, prep, out);
}

uint32_t dgi_meant_by_pronoun(const struct coder *c, uint32_t verb)
{
    const struct dgi_tok *t = c->doc->toks;
    uint32_t pron = dgi_child(c->doc, verb, DGI_REL_OBJ, DGI_NONE), v = verb;
    if (pron == DGI_NONE || !dgi_tok_in(c->doc, pron, DGI_W_THING_PRONOUN) || t[pron].mention != DGI_NONE)
        return DGI_NONE;
    if (t[v].rel == DGI_REL_XCOMP && t[v].head != DGI_NONE) /* "and decided to widen them" */
        v = t[v].head;
    if (dgi_rel_base(t[v].rel) != DGI_REL_CONJ || t[v].head == DGI_NONE || c->r.upos[t[v].head] != DGI_VERB)
        return DGI_NONE;
    struct dgi_fill f = {{0}, 0};
    dgi_objects(&c->r, t[v].head, &f);
    for (uint32_t i = 0; i < f.n; i++)
        if (f.tok[i] < verb && c->r.upos[f.tok[i]] == DGI_NOUN &&
            dgi_is_plural(c->doc, f.tok[i]) == !dgi_tok_in(c->doc, pron, DGI_W_IT))
            return f.tok[i];
    return DGI_NONE;
}

static void objects(const struct coder *c, uint32_t tok, struct dgi_fill *out)
{
    dgi_objects(&c->r, tok, out);
    if (c->r.upos[tok] == DGI_VERB)
        dgi_fill_add(out, dgi_meant_by_pronoun(c, tok));
}

static void subject(const struct coder *c, uint32_t tok, struct dgi_fill *out)
{
    if (c->r.upos[tok] == DGI_VERB && dgi_is_passive(&c->r, tok))
        dgi_agents(&c->r, tok, out);
    else
        dgi_fill_add(out, dgi_surface_subject(&c->r, tok));
}

static void modifiers(const struct coder *c, uint32_t tok, struct dgi_fill *out)
{
    const struct dgi_tok *t = c->doc->toks;
    for (uint32_t ch = t[tok].first_child; ch != DGI_NONE; ch = t[ch].next_sib)
        if (t[ch].rel == DGI_REL_COMPOUND || t[ch].rel == DGI_REL_AMOD || t[ch].rel == DGI_REL_NMOD_POSS)
            dgi_fill_add(out, ch);
}

static void particles(const struct coder *c, uint32_t tok, struct dgi_fill *out)
{
    const struct dgi_tok *t = c->doc->toks;
    for (uint32_t ch = t[tok].first_child; ch != DGI_NONE; ch = t[ch].next_sib)
        if (t[ch].rel == DGI_REL_COMPOUND_PRT || t[ch].rel == DGI_REL_ADVMOD ||
            (t[ch].rel == DGI_REL_CASE && c->r.upos[ch] == DGI_ADP))
            dgi_fill_add(out, ch);
    if (dgi_particle_object(&c->r, tok) != DGI_NONE)
        dgi_fill_add(out, tok + 1);
}

/* The verb with which somebody says the clause of `tok`: the cue of the statement that holds it, else the verb whose clause of content
 * it is, or on which the bare words hang ("Over my dead body, he told"). DGI_NONE: the text itself says it. */
static uint32_t saying(const struct coder *c, uint32_t tok)
{
    enum { HIGHEST = 6 };
    const struct dgi_tok *t = c->doc->toks;
    uint32_t s = c->stmt[tok], v = s == DGI_NONE ? DGI_NONE : c->doc->statements[s].cue_tok;
    if (v < c->doc->n_toks && v != tok)
        return v;
    for (uint32_t i = 0, at = tok; i < HIGHEST && t[at].head != DGI_NONE; i++, at = t[at].head)
        if (c->cue[t[at].head] != DGI_NONE ||
            (dgi_rel_base(t[at].rel) == DGI_REL_CCOMP && c->r.upos[t[at].head] == DGI_VERB))
            return t[at].head;
    return DGI_NONE;
}

static void addressee(const struct coder *c, uint32_t verb, struct dgi_fill *out)
{
    dgi_objects(&c->r, verb, out);
    children(c, verb, DGI_REL_IOBJ, out);
    dgi_phrases(&c->r, verb, c->t->lx.prep[DGI_PREP_TO], DGI_REL_OBL, out);
}

/* Steps that are children of one relation, whatever its subtype. */
static uint8_t relation_of(uint8_t kind)
{
    switch (kind) {
    case STEP_AMOD: return DGI_REL_AMOD;
    case STEP_ADVCL: return DGI_REL_ADVCL;
    case STEP_ACL: return DGI_REL_ACL;
    case STEP_ADVMOD: return DGI_REL_ADVMOD;
    case STEP_APPOS: return DGI_REL_APPOS;
    case STEP_CONJ: return DGI_REL_CONJ;
    case STEP_AUX: return DGI_REL_AUX;
    case STEP_MARK: return DGI_REL_MARK;
    case STEP_DET: return DGI_REL_DET;
    case STEP_CASE: return DGI_REL_CASE;
    case STEP_NUMMOD: return DGI_REL_NUMMOD;
    default: return DGI_REL_NONE;
    }
}

void dgi_frame_step(const struct coder *c, uint32_t tok, struct step s, bool wide, struct dgi_fill *out)
{
    uint32_t start = out->n, v;
    switch (s.kind) {
    case STEP_SELF: dgi_fill_add(out, tok); break;
    case STEP_HEAD: dgi_fill_add(out, c->doc->toks[tok].head); break;
    case STEP_SUBJ:
        if ((v = dgi_predicate_above(&c->r, tok)) != DGI_NONE)
            dgi_fill_add(out, dgi_surface_subject(&c->r, v));
        break;
    case STEP_NSUBJ: subject(c, tok, out); break;
    case STEP_OBJ: objects(c, tok, out); break;
    case STEP_OBL: oblique(c, tok, s.word, wide, out); break;
    case STEP_NMOD:
        dgi_phrases(&c->r, tok, s.word, DGI_REL_NMOD, out);
        if (out->n == start && wide)
            dgi_nested_phrases(&c->r, tok, s.word, out);
        break;
    case STEP_UNMARKED: children_exactly(c, tok, DGI_REL_OBL_UNMARKED, out); break;
    case STEP_POSS: children_exactly(c, tok, DGI_REL_NMOD_POSS, out); break;
    case STEP_COMPOUND: children_exactly(c, tok, DGI_REL_COMPOUND, out); break;
    case STEP_MOD: modifiers(c, tok, out); break;
    case STEP_XCOMP: dgi_open_complements(&c->r, tok, out); break;
    case STEP_CCOMP:
        children(c, tok, DGI_REL_CCOMP, out);
        if (out->n == start)
            dgi_fill_add(out, dgi_parenthesis(&c->r, tok));
        break;
    case STEP_IOBJ:
        children(c, tok, DGI_REL_IOBJ, out);
        if (out->n == start && c->r.upos[tok] == DGI_VERB &&
            dgi_child(c->doc, tok, DGI_REL_OBJ, DGI_NONE) != DGI_NONE &&
            dgi_is_passive(&c->r, tok)) /* "was given arms" */
            dgi_fill_add(out, dgi_surface_subject(&c->r, tok));
        if (out->n == start)
            dgi_fill_add(out, dgi_recipient(&c->r, tok));
        break;
    case STEP_PRT: particles(c, tok, out); break;
    case STEP_RUN: dgi_fill_add(out, c->run[tok]); break;
    case STEP_SPEAKER:
        if ((v = saying(c, tok)) != DGI_NONE)
            subject(c, v, out);
        break;
    case STEP_ADDRESSEE:
        if ((v = saying(c, tok)) != DGI_NONE)
            addressee(c, v, out);
        break;
    case STEP_ADVMOD:
        children(c, tok, DGI_REL_ADVMOD, out);
        adverbs_above(c, tok, out);
        break;
    case STEP_AUX:
        children(c, tok, DGI_REL_AUX, out);
        aux_above(c, tok, out);
        break;
    case STEP_ANY:
        for (uint32_t ch = c->doc->toks[tok].first_child; ch != DGI_NONE; ch = c->doc->toks[ch].next_sib)
            dgi_fill_add(out, ch);
        aux_above(c, tok, out);
        break;
    default: children(c, tok, relation_of(s.kind), out); break;
    }
}

void dgi_frame_path(const struct coder *c, uint32_t tok, const struct path *p, struct dgi_fill *out)
{
    struct dgi_fill cur = {{0}, 0}, next;
    cur.tok[cur.n++] = tok;
    for (uint32_t i = 0; i < p->n; i++) {
        next.n = 0;
        for (uint32_t k = 0; k < cur.n; k++)
            dgi_frame_step(c, cur.tok[k], p->step[i], i == 0, &next);
        if (p->step[i].kind != STEP_SELF && p->step[i].kind != STEP_HEAD)
            dgi_fill_expand(&c->r, &next);
        cur = next;
    }
    for (uint32_t k = 0; k < cur.n; k++)
        dgi_fill_add(out, cur.tok[k]);
}
