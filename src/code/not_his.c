/* SPDX-License-Identifier: Apache-2.0 */
/* code/not_his.c: whom a clause itself tells to be no side of the event, whatever the trained reader thinks.
 *
 * Reads   drafts with their sides, clauses; class suffers of function_words.tsv
 * Writes  nothing
 *
 * The reader points at words that often stand for whoever does such things; who condemns a raid, survives it or is sentenced
 * has not done it. */
#include "code/coder.h"

enum { MOST_UP = 6 }; /* heads climbed from a word */

/* "The union condemned the raid": who condemns a deed has not done it, whatever the reader thinks of the deed's sides. */
static bool judged_by(const struct coder *c, const struct draft *w, const struct actor_refs *got)
{
    uint32_t h = c->doc->toks[w->tok].head, e = h == DGI_NONE ? DGI_NONE : c->ev[h];
    return w->nominal && e != DGI_NONE && c->w[e].tok == h && c->w[e].frame->plover != w->frame->plover &&
           dgi_refs_same(got, &c->w[e].side[DGI_SIDE_SOURCE]);
}

/* "40 users were arrested, officials said": to whom such a thing is done its own object says, known or not. */
static bool beside_object(const struct coder *c, const struct draft *w, const struct actor_refs *got)
{
    struct dgi_fill f = {{0}, 0};
    if (w->nominal || !dgi_lemma_has(&c->r, w->tok, DGI_LEX_HARM))
        return false;
    dgi_objects(&c->r, w->tok, &f);
    for (uint32_t i = 0; i < got->n && f.n; i++)
        for (uint32_t k = 0; k < f.n; k++)
            if (got->ref[i].head != DGI_NONE && dgi_dominates(c->doc, f.tok[k], got->ref[i].head))
                return false;
    return f.n > 0;
}

/* "A shell on the Ugandan base wounded six": whom it is done to, and what stands where it struck, has not done it. */
static bool suffers_it(const struct coder *c, const struct draft *w, const struct actor_refs *got)
{
    const struct dgi_tok *t = c->doc->toks;
    const uint32_t *prep = c->t->lx.prep;
    struct dgi_fill f = {{0}, 0};
    if (w->nominal || !dgi_lemma_has(&c->r, w->tok, DGI_LEX_HARM))
        return false;
    dgi_objects(&c->r, w->tok, &f);
    for (uint32_t i = 0; i < got->n; i++) {
        uint32_t h = got->ref[i].head;
        for (uint32_t k = 0; k < f.n && h != DGI_NONE; k++)
            if (dgi_dominates(c->doc, f.tok[k], h))
                return true;
        for (int up = 0; up < MOST_UP && h != DGI_NONE && h != w->tok; up++, h = t[h].head)
            if (t[h].rel == DGI_REL_NMOD && c->r.cas[h] && c->r.cas[h] != prep[DGI_PREP_OF] &&
                c->r.cas[h] != prep[DGI_PREP_FROM] && c->r.cas[h] != prep[DGI_PREP_AGENT])
                return true;
    }
    return false;
}

/* The verb that a noun stands under as object or phrase, and whether an act of another kind is between them ("considers sanctions
 * over the killing"). */
static uint32_t verb_over(const struct coder *c, const struct draft *w, bool *other)
{
    uint32_t v = w->tok;
    const struct dgi_tok *t = c->doc->toks;
    for (int up = 0; up < MOST_UP && t[v].head != DGI_NONE; up++) {
        uint8_t rel = dgi_rel_base(t[v].rel);
        if (rel != DGI_REL_OBJ && rel != DGI_REL_OBL && rel != DGI_REL_NMOD && rel != DGI_REL_COMPOUND &&
            !(rel == DGI_REL_ACL && c->r.upos[t[v].head] == DGI_NOUN) && c->r.upos[v] != DGI_NOUN)
            return DGI_NONE;
        v = t[v].head;
        if (c->r.upos[v] == DGI_VERB)
            return v;
        uint32_t e = c->ev[v];
        *other = *other || (w->nominal && e != DGI_NONE && c->w[e].tok == v && c->w[e].nominal &&
                            c->w[e].frame->plover != w->frame->plover && !dgi_for_board(c->w[e].frame));
    }
    return DGI_NONE;
}

/* "The mayor survived a bomb attack that killed his guard", "Police responded to reports of a shooting", "The spokesman for
 * the cabinet condemned the raid": what one survives, hears of or judges another has done. */
static bool survives_it(const struct coder *c, const struct draft *w, const struct actor_refs *got)
{
    bool other = false;
    uint32_t v = w->frame->plover == DGI_ASSAULT || w->frame->plover == DGI_COERCE ? verb_over(c, w, &other) : DGI_NONE;
    if (v == DGI_NONE || v == w->light_tok)
        return false;
    bool suffers = dgi_lemma_in(c->doc, v, DGI_W_SUFFERS), hears = w->nominal && dgi_lemma_in(c->doc, v, DGI_W_HEARS);
    uint32_t e = c->ev[v], s = dgi_surface_subject(&c->r, v);
    uint8_t p = w->nominal && e != DGI_NONE && c->w[e].tok == v ? c->w[e].frame->plover : DGI_N_PLOVER;
    bool judges = p == DGI_ACCUSE || p == DGI_SUPPORT || p == DGI_REQUEST;
    for (uint32_t i = 0; (suffers || hears || judges || other) && i < got->n && s != DGI_NONE; i++)
        if (got->ref[i].head != DGI_NONE && dgi_dominates(c->doc, s, got->ref[i].head))
            return true;
    return false;
}

/* "demanded compensation for the victims", "urged the release of the monks": whom it is asked for is not who is asked. */
static bool asked_for(const struct coder *c, const struct draft *w, const struct actor_refs *got)
{
    const struct dgi_tok *t = c->doc->toks;
    const uint32_t *prep = c->t->lx.prep;
    if (w->frame->plover != DGI_REQUEST)
        return false;
    for (uint32_t i = 0; i < got->n; i++) {
        uint32_t h = got->ref[i].head;
        bool asked = true;
        for (int up = 0; up < MOST_UP && h != DGI_NONE && h != w->tok; up++, h = t[h].head) {
            uint32_t n = t[h].head, e = n == DGI_NONE ? DGI_NONE : c->ev[n];
            bool of = t[h].rel == DGI_REL_NMOD && c->r.cas[h] && c->r.cas[h] == prep[DGI_PREP_OF],
                 to = t[h].rel == DGI_REL_NMOD && c->r.cas[h] && c->r.cas[h] == prep[DGI_PREP_FOR];
            bool patient = e != DGI_NONE && c->w[e].tok == n && c->w[e].nominal && c->w[e].frame->plover == DGI_RETREAT;
            if (n != DGI_NONE && n != w->tok && c->r.upos[n] == DGI_NOUN &&
                (to || (patient && (of || t[h].rel == DGI_REL_COMPOUND || t[h].rel == DGI_REL_NMOD_POSS))))
                asked = false;
        }
        if (asked)
            return false;
    }
    return got->n > 0;
}

/* Is it (part of) the subject of a verb that stands over the deed? */
static bool subject_above(const struct coder *c, uint32_t tok, uint32_t who)
{
    const struct dgi_tok *t = c->doc->toks;
    for (int up = 0; up < MOST_UP && t[tok].head != DGI_NONE; up++) {
        tok = t[tok].head;
        uint32_t s = c->r.upos[tok] == DGI_VERB ? dgi_surface_subject(&c->r, tok) : DGI_NONE;
        if (s != DGI_NONE && dgi_dominates(c->doc, s, who))
            return true;
    }
    return false;
}

/* "Police said a bomb killed two": whoever planted it, it was not who tells of it. "The victims of the raid" have not made it. */
static bool only_tells(const struct coder *c, const struct draft *w, const struct actor_refs *got)
{
    uint32_t s = w->nominal || w->passive ? DGI_NONE : dgi_surface_subject(&c->r, w->tok);
    bool planted = s != DGI_NONE && c->doc->toks[s].mention == DGI_NONE && dgi_lemma_in(c->doc, s, DGI_W_PLANTED);
    for (uint32_t i = 0; w->frame->plover == DGI_ASSAULT && i < got->n; i++) {
        uint32_t h = got->ref[i].head;
        if (h == DGI_NONE)
            continue;
        bool victims = dgi_lemma_in(c->doc, h, DGI_W_SUFFERS) && dgi_dominates(c->doc, h, w->tok);
        if (victims || (planted && !dgi_dominates(c->doc, s, h) && subject_above(c, w->tok, h)))
            return true;
    }
    return false;
}

/* "He received a prison sentence": the row says that it befalls the subject. */
static bool befalls_subject(const struct coder *c, const struct draft *w, const struct actor_refs *got)
{
    const struct role *r = &w->frame->role[ROLE_TARGET];
    if (w->nominal || w->passive || !r->given || !r->n || r->path[0].n != 1 || r->path[0].step[0].kind != STEP_NSUBJ)
        return false;
    struct dgi_fill f = {{0}, 0};
    dgi_frame_step(c, w->tok, r->path[0].step[0], false, &f);
    for (uint32_t i = 0; i < got->n; i++)
        for (uint32_t k = 0; k < f.n; k++)
            if (got->ref[i].head != DGI_NONE && dgi_dominates(c->doc, f.tok[k], got->ref[i].head))
                return true;
    return false;
}

bool dgi_is_another(const struct coder *c, const struct draft *w, int side, const struct actor_refs *got)
{
    if (side == DGI_SIDE_TARGET)
        return beside_object(c, w, got) || asked_for(c, w, got) || dgi_is_own_means(c, w, got);
    return judged_by(c, w, got) || suffers_it(c, w, got) || survives_it(c, w, got) || only_tells(c, w, got) ||
           befalls_subject(c, w, got);
}
