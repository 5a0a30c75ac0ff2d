/* SPDX-License-Identifier: Apache-2.0 */
/* code/status_told.c: what is asked, told, played or remembered, and so did not happen now, or at all.
 *
 * Reads   tree, clauses; effects truth, false, past, fiction, tell, drill of lexicon/en/status.tsv
 * Writes  nothing
 *
 * The words of an event are the same in a report, a question, a novel and a memorial speech. What tells them apart stands
 * above the clause: the question mark, the noun that reports and what becomes of it, the work that tells, the exercise in
 * which it is done, the years between. */
#include "code/coder.h"

enum { UP = 8, CONJUNCTS = 3 };

/* Has the word a row with this effect and relation? */
static bool has_row(const struct coder *c, uint32_t tok, uint8_t effect, uint8_t step)
{
    struct word_list wl = c->t->by_gov[c->r.lem[tok]];
    for (uint32_t k = 0; k < wl.n; k++) {
        const struct governor *g = &c->t->gov[c->t->ix_gov[wl.first + k]];
        if (g->effect == effect && (g->rels & (1u << step)) && (!g->pos || g->pos == c->r.upos[tok]))
            return true;
    }
    return false;
}

static bool child_has_row(const struct coder *c, uint32_t tok, uint8_t effect, uint8_t step)
{
    const struct dgi_tok *t = c->doc->toks;
    for (uint32_t ch = t[tok].first_child; ch != DGI_NONE; ch = t[ch].next_sib)
        if (has_row(c, ch, effect, step))
            return true;
    return false;
}

/* ---- questions ---- */
static bool ends_in_question(const struct coder *c, uint32_t sent)
{
    const struct dgi_sent *s = &c->doc->sents[sent];
    for (uint32_t t = s->end; t-- > s->first && c->r.upos[t] == DGI_PUNCT;)
        if (dgi_str_is(c->doc->toks[t].form, "?"))
            return true;
    return false;
}

/* An auxiliary before its subject asks; after "why", "when" it asks about the circumstances of what did happen, unless a
 * modal stands there. */
bool dgi_is_asked(const struct coder *c, uint32_t v)
{
    const struct dgi_tok *t = c->doc->toks;
    if (!ends_in_question(c, t[v].sent))
        return false;
    for (int i = 0; i < UP && t[v].head != DGI_NONE && (t[v].rel == DGI_REL_XCOMP || t[v].rel == DGI_REL_CONJ); i++)
        v = t[v].head;
    if (t[v].rel != DGI_REL_ROOT && t[v].rel != DGI_REL_PARATAXIS)
        return false;
    uint32_t subject = dgi_subject(c->doc, v);
    bool inverted = false, modal = false, wh = false;
    for (uint32_t ch = t[v].first_child; ch != DGI_NONE; ch = t[ch].next_sib) {
        bool aux = t[ch].rel == DGI_REL_AUX || t[ch].rel == DGI_REL_AUX_PASS || t[ch].rel == DGI_REL_COP;
        inverted = inverted || (aux && subject != DGI_NONE && ch < subject);
        modal = modal || (aux && c->r.form[ch] == DGI_FORM_MODAL);
        wh = wh || (dgi_is_wh(c->doc, ch) && ch < v);
    }
    return inverted && (!wh || modal);
}

bool dgi_is_inverted(const struct coder *c, uint32_t v)
{
    const struct dgi_tok *t = c->doc->toks;
    uint32_t subject = dgi_subject(c->doc, v);
    bool before = false;
    if (subject != DGI_NONE &&
        t[v].rel != DGI_REL_ADVCL) { /* the second clause hung on the first: "Had he left, they would" */
        uint32_t first = c->doc->sents[t[v].sent].first, then = dgi_child(c->doc, v, DGI_REL_PARATAXIS, DGI_NONE);
        if (t[v].rel != DGI_REL_ROOT || t[first].head != v || first > subject || then == DGI_NONE ||
            ends_in_question(c, t[v].sent))
            return false;
    }
    for (uint32_t ch = subject == DGI_NONE ? DGI_NONE : t[v].first_child; ch != DGI_NONE; ch = t[ch].next_sib) {
        if (dgi_rel_base(t[ch].rel) == DGI_REL_CC || (t[ch].rel == DGI_REL_MARK && ch < subject) ||
            dgi_is_wh(c->doc, ch))
            return false;
        before = before || ((t[ch].rel == DGI_REL_AUX || t[ch].rel == DGI_REL_AUX_PASS || t[ch].rel == DGI_REL_COP) &&
                            ch < subject);
    }
    return before;
}

/* ---- works of fiction ---- */
/* "film", "novel"; "series", "game" only of a medium: "television series". */
static bool is_work(const struct coder *c, uint32_t n)
{
    return n != DGI_NONE && (has_row(c, n, EF_FICTION, STEP_ACL) ||
                             (has_row(c, n, EF_FICTION, STEP_COMPOUND) && child_has_row(c, n, EF_FICTION, STEP_AMOD)));
}

/* The relative clause says what is in its noun, not what is done to it: "in which", "where". */
static bool tells_inside(const struct coder *c, uint32_t v)
{
    const struct dgi_tok *t = c->doc->toks;
    for (uint32_t ch = t[v].first_child; ch != DGI_NONE; ch = t[ch].next_sib)
        if (dgi_is_wh(c->doc, ch) && (dgi_tok_in(c->doc, ch, DGI_W_WHERE) || dgi_has_mark(&c->r, ch, DGI_W_IN)))
            return true;
    return false;
}

static bool is_told_by_work(const struct coder *c, uint32_t x, uint32_t h)
{
    const struct dgi_tok *t = c->doc->toks;
    switch (dgi_rel_base(t[x].rel)) {
    case DGI_REL_ACL: return is_work(c, h) && tells_inside(c, x);
    case DGI_REL_CCOMP: return is_work(c, dgi_subject(c->doc, h));
    case DGI_REL_OBJ:
    case DGI_REL_ADVCL:
    case DGI_REL_XCOMP: return has_row(c, h, EF_TELL, STEP_OBJ) && is_work(c, dgi_surface_subject(&c->r, h));
    default: return false;
    }
}

/* "In the film, the army bombs the city" */
static bool is_set_in(const struct coder *c, uint32_t v, bool (*kind)(const struct coder *, uint32_t),
                      enum dgi_word_set prep)
{
    const struct dgi_tok *t = c->doc->toks;
    for (uint32_t ch = t[v].first_child; ch != DGI_NONE; ch = t[ch].next_sib)
        if (dgi_rel_base(t[ch].rel) == DGI_REL_OBL && dgi_has_mark(&c->r, ch, prep) && kind(c, ch))
            return true;
    return false;
}

bool dgi_is_fiction(const struct coder *c, uint32_t tok)
{
    const struct dgi_tok *t = c->doc->toks;
    for (int i = 0; tok != DGI_NONE && i < UP; i++, tok = t[tok].head)
        if ((t[tok].head != DGI_NONE && is_told_by_work(c, tok, t[tok].head)) || is_set_in(c, tok, is_work, DGI_W_IN))
            return true;
    return false;
}

/* ---- exercises ---- */
static bool is_drill(const struct coder *c, uint32_t n)
{
    return has_row(c, n, EF_DRILL, STEP_ACL) || child_has_row(c, n, EF_DRILL, STEP_AMOD);
}

bool dgi_is_played(const struct coder *c, uint32_t v)
{
    const struct dgi_tok *t = c->doc->toks;
    for (int i = 0; v != DGI_NONE && i < CONJUNCTS; i++) {
        if (is_set_in(c, v, is_drill, DGI_W_DURING) ||
            (dgi_rel_base(t[v].rel) == DGI_REL_ACL && t[v].head != DGI_NONE && is_drill(c, t[v].head) &&
             tells_inside(c, v)))
            return true;
        v = t[v].rel == DGI_REL_CONJ ? dgi_partner(&c->r, v) : DGI_NONE;
    }
    return false;
}

/* ---- memory ---- */
/* "thirty years after they invaded": the years stand right before the word. */
static bool after_years(const struct coder *c, uint32_t v)
{
    const struct dgi_tok *t = c->doc->toks;
    for (uint32_t m = t[v].first_child; m != DGI_NONE; m = t[m].next_sib)
        if ((t[m].rel == DGI_REL_MARK || t[m].rel == DGI_REL_CASE) && m > 0 && dgi_tok_in(c->doc, m, DGI_W_SEQUENCE) &&
            dgi_lemma_in(c->doc, m - 1, DGI_W_LONG_UNIT))
            return true;
    return false;
}

bool dgi_is_long_ago(const struct coder *c, uint32_t v)
{
    const struct dgi_tok *t = c->doc->toks;
    for (int i = 0; i < CONJUNCTS; i++) {
        uint32_t s = dgi_swallowed_subject(&c->r, v); /* "after" was hung on it */
        if (after_years(c, v) || (s != DGI_NONE && after_years(c, s)))
            return true;
        if (t[v].rel != DGI_REL_CONJ)
            break;
        v = dgi_partner(&c->r, v);
        if (v == DGI_NONE)
            return false;
    }
    uint32_t n = t[v].head, prep; /* "the anniversary of the day they came", "a memorial to those whom they killed" */
    if (dgi_rel_base(t[v].rel) != DGI_REL_ACL || n == DGI_NONE || t[n].head == DGI_NONE)
        return false;
    const struct governor *g = dgi_governor(c, t[n].head, dgi_step_of(c, n, &prep), c->r.cas[n]);
    return g && g->effect == EF_PAST;
}

/* ---- reports ---- */
bool dgi_told_falsely(const struct coder *c, uint32_t v)
{
    return child_has_row(c, v, EF_FALSE, STEP_ADVMOD);
}

uint8_t dgi_told_status(const struct coder *c, uint32_t n, bool *negated)
{
    uint32_t h = c->doc->toks[n].head, prep;
    if (child_has_row(c, n, EF_FALSE, STEP_AMOD)) {
        *negated = !*negated;
        return DGI_ST_ACTUAL;
    }
    if (h == DGI_NONE)
        return DGI_ST_ACTUAL;
    uint8_t kind = dgi_step_of(c, n, &prep);
    const struct governor *g = dgi_governor(c, h, kind, prep);
    if (!g)
        return DGI_ST_ACTUAL;
    bool not = dgi_is_negated(c->doc, h);
    switch (g->effect) {
    case EF_FAIL:
    case EF_FALSE:
    case EF_NEG: *negated ^= !not ; return DGI_ST_ACTUAL;
    case EF_TRUTH: *negated ^= not ; return DGI_ST_ACTUAL;
    case EF_HYP:
    case EF_SOFT:
    case EF_HYPNEG: return DGI_ST_HYPOTHETICAL;
    default: return DGI_ST_ACTUAL;
    }
}
