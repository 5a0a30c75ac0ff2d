/* SPDX-License-Identifier: Apache-2.0 */
/* clause/subject.c: is a verb passive, and whose subject does it take?
 *
 * Reads   clauses, tree, mentions; the lexicon's word on control
 * Writes  nothing
 *
 * A verb without a subject of its own borrows one: an infinitive from the verb above (its object or its subject, as that
 * verb wills), a participle from the noun or clause that it describes, a coordinated verb from its partner. Enhanced UD is
 * built that way too. */
#include "clause/repair.h"

enum { MAX_DEPTH = 6 }; /* of subjects inherited from governing clauses */

static uint32_t child(const struct dgi_reading *r, uint32_t tok, uint8_t rel)
{
    return dgi_child(r->doc, tok, rel, DGI_NONE);
}

/* Is the participle passive by its place alone? *next: ask this one instead. */
static bool passive_place(const struct dgi_reading *r, uint32_t v, uint32_t *next)
{
    const struct dgi_tok *t = r->doc->toks;
    *next = DGI_NONE;
    switch (t[v].rel) {
    case DGI_REL_ACL: return true;
    case DGI_REL_ACL_RELCL:
    case DGI_REL_AMOD:
    case DGI_REL_XCOMP:
    case DGI_REL_ADVCL:
    case DGI_REL_CCOMP:
    case DGI_REL_DEP:
    case DGI_REL_PARATAXIS:
    case DGI_REL_ROOT: return child(r, v, DGI_REL_OBJ) == DGI_NONE; /* the root: a headline */
    case DGI_REL_CONJ: *next = dgi_partner(r, v); return false;
    default: return false;
    }
}

bool dgi_is_passive(const struct dgi_reading *r, uint32_t v)
{
    const struct dgi_tok *t = r->doc->toks;
    if (dgi_is_set_off(r, v))
        return true;
    for (int depth = 0; v != DGI_NONE && depth < MAX_DEPTH; depth++) {
        bool own_aux = false, own_subj = false;
        for (uint32_t ch = t[v].first_child; ch != DGI_NONE; ch = t[ch].next_sib) {
            if (t[ch].rel == DGI_REL_AUX_PASS || t[ch].rel == DGI_REL_NSUBJ_PASS || t[ch].rel == DGI_REL_CSUBJ_PASS ||
                t[ch].rel == DGI_REL_OBL_AGENT)
                return true;
            own_aux = own_aux || t[ch].rel == DGI_REL_AUX;
            own_subj = own_subj || t[ch].rel == DGI_REL_NSUBJ;
        }
        if (own_aux || own_subj || r->form[v] != DGI_FORM_PARTICIPLE || dgi_swallowed_subject(r, v) != DGI_NONE)
            return false;
        if (passive_place(r, v, &v))
            return true;
    }
    return false;
}

/* Whose is the plan, the wish, the right that an infinitive or gerund describes? */
static uint32_t noun_owner(const struct dgi_reading *r, uint32_t n)
{
    const struct dgi_tok *t = r->doc->toks;
    uint32_t p = child(r, n, DGI_REL_NMOD_POSS);
    if (p != DGI_NONE)
        return p;
    if (t[n].mention != DGI_NONE) /* "the ministers to meet", "the first leader to visit" */
        return n;
    for (uint32_t ch = t[n].first_child; ch != DGI_NONE; ch = t[ch].next_sib) {
        if (t[ch].mention == DGI_NONE)
            continue;
        if (t[ch].rel == DGI_REL_AMOD || t[ch].rel == DGI_REL_COMPOUND)
            return ch;
        if (t[ch].rel == DGI_REL_NMOD && (dgi_prep_is(r, ch, DGI_PREP_AGENT) || dgi_prep_is(r, ch, DGI_PREP_FROM) ||
                                          dgi_prep_is(r, ch, DGI_PREP_OF) || dgi_prep_is(r, ch, DGI_PREP_BETWEEN)))
            return ch;
    }
    return DGI_NONE;
}

/* After a comma an infinitive of purpose is the subject's, not the object's. */
static bool comma_before_mark(const struct dgi_reading *r, uint32_t x)
{
    for (uint32_t m = r->doc->toks[x].first_child; m != DGI_NONE; m = r->doc->toks[m].next_sib)
        if (r->doc->toks[m].rel == DGI_REL_MARK)
            return m > 0 && r->upos[m - 1] == DGI_PUNCT;
    return false;
}

/* "Summoned the envoy to demand", "to protest": who summons him says it; "to explain" is what he is to do. */
static bool says_it_itself(const struct dgi_reading *r, uint32_t x, uint32_t h)
{
    return dgi_lemma_has(r, h, DGI_LEX_SUMMON) && dgi_lemma_has(r, x, DGI_LEX_SAID_TO) && dgi_has_mark(r, x, DGI_W_TO);
}

static enum dgi_control control_of(const struct dgi_reading *r, uint32_t v)
{
    return r->control ? r->control(r->tables, r->lem[v], r->upos[v]) : DGI_CONTROL_AUTO;
}

/* "It is Moscow that keeps Cuba afloat": a clause that describes what is said to be. */
static bool is_cleft(const struct dgi_reading *r, uint32_t x)
{
    const struct dgi_tok *t = r->doc->toks;
    return t[x].rel == DGI_REL_ADVCL_RELCL && t[x].head != DGI_NONE && child(r, t[x].head, DGI_REL_COP) != DGI_NONE;
}

/* "The raid on a base that killed nine": what kills is the deed, though the clause was hung on its place. */
static uint32_t deed_above(const struct dgi_reading *r, uint32_t x, uint32_t pronoun, uint32_t n)
{
    const struct dgi_tok *t = r->doc->toks;
    if (!dgi_lemma_in(r->doc, x, DGI_W_MISHAP) || !dgi_tok_in(r->doc, pronoun, DGI_W_RELATIVE_THING) ||
        dgi_lemma_in(r->doc, n, DGI_W_VIOLENCE) || dgi_lemma_in(r->doc, n, DGI_W_MISHAP))
        return n;
    for (uint32_t d = n; t[d].head != DGI_NONE && (t[d].rel == DGI_REL_NMOD || t[d].rel == DGI_REL_CONJ);
         d = t[d].head) {
        if (dgi_prep_is(r, d, DGI_PREP_AGENT) || dgi_prep_is(r, d, DGI_PREP_FROM))
            return n;
        if (r->upos[t[d].head] == DGI_NOUN && dgi_lemma_in(r->doc, t[d].head, DGI_W_VIOLENCE) &&
            t[t[d].head].mention == DGI_NONE)
            return t[d].head;
    }
    return n;
}

/* Its own subject; a relative pronoun stands for the noun that its clause describes. The clause itself may be coordinated
 * or hang under an auxiliary verb. */
static uint32_t own_subject(const struct dgi_reading *r, uint32_t x)
{
    const struct dgi_tok *t = r->doc->toks;
    uint32_t s = dgi_subject(r->doc, x);
    if (s == DGI_NONE || !dgi_is_relative(r->doc, s))
        return s;
    for (int i = 0; x != DGI_NONE && i < MAX_DEPTH && dgi_rel_base(t[x].rel) != DGI_REL_ACL && !is_cleft(r, x); i++)
        x = t[x].head;
    return x != DGI_NONE && t[x].head != DGI_NONE ? deed_above(r, x, s, t[x].head) : s;
}

/* A participle or infinitive that describes the noun h. */
static uint32_t of_described(const struct dgi_reading *r, uint32_t x, uint32_t h, uint32_t *next)
{
    const struct dgi_tok *t = r->doc->toks;
    if ((r->form[x] == DGI_FORM_ING && !dgi_has_mark(r, x, DGI_W_GERUND_PREP)) ||
        (r->form[x] == DGI_FORM_PARTICIPLE && !dgi_has_mark(r, x, DGI_W_TO)))
        return h;
    if (r->asks[h]) /* whom the demand is made to is not known here */
        return DGI_NONE;
    if (dgi_has_mark(r, x, DGI_W_TO) && child(r, x, DGI_REL_AUX_PASS) != DGI_NONE &&
        child(r, h, DGI_REL_NMOD_POSS) == DGI_NONE) /* "a summit to be held": it is held, not who calls it */
        return h;
    uint32_t s = noun_owner(r, h);
    if (s != DGI_NONE)
        return s;
    switch (t[h].rel) {
    case DGI_REL_OBJ:
    case DGI_REL_OBL:
    case DGI_REL_CONJ:
    case DGI_REL_NMOD:
    case DGI_REL_ROOT:
    case DGI_REL_XCOMP:
    case DGI_REL_CCOMP: break;
    default: return DGI_NONE;
    }
    uint32_t u = dgi_predicate_above(r, t[h].head == DGI_NONE ? h : t[h].head);
    if (u != h || dgi_child_base(r->doc, h, DGI_REL_NSUBJ, DGI_NONE) != DGI_NONE)
        *next = u;
    return DGI_NONE;
}

/* "called on the firm to", "appealed to both sides to": the phrase between the verb and the infinitive x. */
static uint32_t phrase_controller(const struct dgi_reading *r, uint32_t x, uint32_t h)
{
    const struct dgi_tok *t = r->doc->toks;
    for (uint32_t o = t[h].first_child; o != DGI_NONE; o = t[o].next_sib)
        if (dgi_rel_base(t[o].rel) == DGI_REL_OBL && o < x && o > h &&
            (dgi_prep_is(r, o, DGI_PREP_ON) || dgi_prep_is(r, o, DGI_PREP_TO) || dgi_prep_is(r, o, DGI_PREP_FOR) ||
             dgi_prep_is(r, o, DGI_PREP_WITH)) &&
            !r->is_time[o])
            return o;
    return DGI_NONE;
}

/* An open complement: as the verb above wills. */
static uint32_t of_controller(const struct dgi_reading *r, uint32_t x, uint32_t h, uint32_t obj, uint32_t *next)
{
    enum dgi_control ctl = control_of(r, h);
    *next = h;
    if (dgi_is_passive(r, h) || says_it_itself(r, x, h))
        return DGI_NONE;
    if (ctl != DGI_CONTROL_SUBJECT && obj != DGI_NONE && obj != x)
        return obj;
    return ctl == DGI_CONTROL_OBJECT ? phrase_controller(r, x, h) : DGI_NONE;
}

/* An adverbial clause without a subject: the subject's above, but the object's after "accuse of", "prevent from", and
 * after verbs that make their object do something. */
static uint32_t of_main_clause(const struct dgi_reading *r, uint32_t x, uint32_t h, uint32_t obj, uint32_t *next)
{
    if (says_it_itself(r, x, h)) {
        *next = h;
        return DGI_NONE;
    }
    if (obj != DGI_NONE && dgi_has_mark(r, x, DGI_W_OBJECT_GERUND_PREP))
        return obj;
    if (obj != DGI_NONE && obj < x && dgi_lemma_has(r, h, DGI_LEX_GERUND_OBJ) && r->form[x] == DGI_FORM_ING &&
        dgi_has_mark(r, x, DGI_W_CHARGED_WITH)) /* "charged Mali with shelling its towns" */
        return obj;
    if (obj != DGI_NONE && obj < x && dgi_has_mark(r, x, DGI_W_TO) && !comma_before_mark(r, x) &&
        (dgi_lemma_has(r, h, DGI_LEX_GERUND_OBJ) || control_of(r, h) == DGI_CONTROL_OBJECT) &&
        dgi_repairs(r, DGI_REPAIR_ADJUNCT_INFINITIVE))
        return obj;
    if (obj == DGI_NONE && dgi_has_mark(r, x, DGI_W_TO) && !comma_before_mark(r, x) &&
        control_of(r, h) == DGI_CONTROL_OBJECT && !dgi_is_passive(r, h) &&
        dgi_repairs(r, DGI_REPAIR_ADJUNCT_INFINITIVE)) {
        uint32_t o = phrase_controller(r, x, h);
        if (o != DGI_NONE)
            return o;
    }
    *next = dgi_speaker_verb(r, x, h);
    return DGI_NONE;
}

/* A gerund that hangs on its own object: the clause above knows. */
static uint32_t of_gerund(const struct dgi_reading *r, uint32_t x, uint32_t h, uint32_t *next)
{
    const struct dgi_tok *t = r->doc->toks;
    if (!dgi_is_gerund_of(r, x) || t[h].head == DGI_NONE)
        return DGI_NONE;
    uint32_t u = dgi_predicate_above(r, t[h].head), o = u != DGI_NONE ? child(r, u, DGI_REL_OBJ) : DGI_NONE;
    if (o != DGI_NONE && o < x && o != h && dgi_lemma_has(r, u, DGI_LEX_GERUND_OBJ))
        return o;
    *next = u;
    return DGI_NONE;
}

/* "Togo shuts border, recalls envoy": of a headline, the second verb in the same form behind a comma has the first one's subject. */
static bool goes_on(const struct dgi_reading *r, uint32_t x, uint32_t h)
{
    return x > h && r->upos[x] == DGI_VERB && r->upos[h] == DGI_VERB && r->form[x] == r->form[h] &&
           dgi_form_finite(r->form[x]) && r->upos[x - 1] == DGI_PUNCT;
}

/* One step towards the subject: the answer, or DGI_NONE and in *v the next place to look. */
static uint32_t subject_step(const struct dgi_reading *r, uint32_t *v)
{
    const struct dgi_tok *t = r->doc->toks;
    uint32_t x = *v, h = t[x].head, s = own_subject(r, x);
    *v = DGI_NONE;
    if (s != DGI_NONE)
        return s;
    uint32_t by = dgi_bid_by(r, x);
    if (by != DGI_NONE)
        return dgi_bidden(r, by);
    if (h == DGI_NONE)
        return DGI_NONE;
    if ((s = dgi_swallowed_subject(r, x)) != DGI_NONE)
        return s;
    uint32_t obj = child(r, h, DGI_REL_IOBJ);
    if (obj == DGI_NONE)
        obj = child(r, h, DGI_REL_OBJ);
    switch (t[x].rel) {
    case DGI_REL_ACL_RELCL: return h;
    case DGI_REL_ACL: return of_described(r, x, h, v);
    case DGI_REL_XCOMP: return of_controller(r, x, h, obj, v);
    case DGI_REL_ADVCL:
    case DGI_REL_ADVCL_RELCL: return of_main_clause(r, x, h, obj, v);
    case DGI_REL_AMOD: return of_gerund(r, x, h, v);
    case DGI_REL_CONJ:
        if ((s = dgi_split_subject(r, x)) != DGI_NONE)
            return s;
        *v = dgi_partner(r, x);
        return DGI_NONE;
    case DGI_REL_CCOMP:
    case DGI_REL_DEP:
    case DGI_REL_CSUBJ: *v = h; return DGI_NONE;
    case DGI_REL_OBL:
    case DGI_REL_OBJ:
    case DGI_REL_NMOD:
    case DGI_REL_PARATAXIS:
        if (t[x].rel == DGI_REL_PARATAXIS && goes_on(r, x, h)) {
            *v = h;
            return DGI_NONE;
        } /* a gerund in a noun's place */
        if (r->form[x] == DGI_FORM_ING && (*v = dgi_predicate_above(r, h)) != DGI_NONE)
            *v = dgi_speaker_verb(r, x, *v);
        return DGI_NONE;
    default: return DGI_NONE;
    }
}

uint32_t dgi_surface_subject(const struct dgi_reading *r, uint32_t v)
{
    for (int depth = 0; v != DGI_NONE && depth < MAX_DEPTH; depth++) {
        uint32_t s = subject_step(r, &v);
        if (s != DGI_NONE)
            return s;
    }
    return DGI_NONE;
}
