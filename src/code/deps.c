/* SPDX-License-Identifier: Apache-2.0 */
/* code/deps.c: the tree as the frames see it: logical subject, object and so on of any trigger.
 *
 * Reads   tokens with head, deprel, lemma, xpos, feats
 * Writes  nothing; answers are lists of tokens
 *
 * Passive, relative and participle clauses, control and raising, shared arguments of coordinated verbs and coordination
 * of nouns are undone here, once, so that a frame row names only "nsubj" and "obj". Enhanced UD is built that way too;
 * doing it on demand costs nothing for the nine tenths of tokens that trigger nothing. All walks are bounded. */
#include "code/coder.h"

enum { MAX_DEPTH = 6 }; /* of subjects inherited from governing clauses */

bool dgi_lemma_has(const struct coder *c, uint32_t tok, uint32_t bit)
{
    return tok != DGI_NONE && (c->t->lx.bits[c->lem[tok]] & bit) != 0;
}

bool dgi_sees_through(const struct coder *c, uint32_t tok)
{
    uint8_t u = c->upos[tok];
    return dgi_lemma_has(c, tok, DGI_LEX_TRANSPARENT) || u == DGI_NUM || u == DGI_DET || u == DGI_PRON || u == DGI_ADJ;
}

/* "demanded that they halt and warned that ...": a past tense is not coordinated with a subjunctive or an infinitive.
 */
static uint32_t finite_partner(const struct coder *c, uint32_t v, uint32_t h)
{
    const struct dgi_tok *t = c->doc->toks;
    if (dgi_form_at(c, v) != DGI_FORM_PAST)
        return h;
    uint32_t x = h;
    for (int i = 0; i < 3 && x != DGI_NONE; i++) {
        if (dgi_form_at(c, x) != DGI_FORM_BASE && dgi_form_at(c, x) != DGI_FORM_PRESENT && dgi_form_at(c, x) != DGI_FORM_ING)
            break;
        uint8_t b = dgi_rel_base(t[x].rel);
        if (b != DGI_REL_CCOMP && b != DGI_REL_XCOMP && b != DGI_REL_ADVCL)
            break;
        x = t[x].head;
    }
    return x != DGI_NONE && dgi_form_at(c, x) == DGI_FORM_PAST ? x : h;
}

/* "broke off ties after Moscow occupied and annexed it": annexed goes with the verb before its "and", wherever it was
 * hung. */
uint32_t dgi_conj_head(const struct coder *c, uint32_t v)
{
    const struct dgi_tok *t = c->doc->toks;
    uint32_t h = t[v].head;
    if (h == DGI_NONE || v < 3 || c->upos[v] != DGI_VERB)
        return h;
    h = finite_partner(c, v, h);
    uint32_t cc = v - 1;
    if (c->upos[cc] == DGI_ADV || c->upos[cc] == DGI_AUX || c->upos[cc] == DGI_PART)
        cc--;
    if (c->upos[cc] != DGI_CCONJ || cc == 0)
        return h;
    uint32_t w = cc - 1;
    bool past = (dgi_form_at(c, w) == DGI_FORM_PAST || dgi_form_at(c, w) == DGI_FORM_PARTICIPLE) && (dgi_form_at(c, v) == DGI_FORM_PAST || dgi_form_at(c, v) == DGI_FORM_PARTICIPLE);
    return w > h && c->upos[w] == DGI_VERB && t[w].sent == t[v].sent && (past || dgi_form(c->doc, w) == dgi_form(c->doc, v)) ? w
                                                                                                                   : h;
}

uint32_t dgi_child_base(const struct coder *c, uint32_t tok, uint8_t base, uint32_t after)
{
    const struct dgi_tok *k = c->doc->toks;
    uint32_t ch = after == DGI_NONE ? k[tok].first_child : k[after].next_sib;
    while (ch != DGI_NONE && dgi_rel_base(k[ch].rel) != base)
        ch = k[ch].next_sib;
    return ch;
}

static uint32_t child(const struct coder *c, uint32_t tok, uint8_t rel)
{
    return dgi_child(c->doc, tok, rel, DGI_NONE);
}

bool dgi_has_mark(const struct coder *c, uint32_t tok, const char *form)
{
    for (uint32_t m = c->doc->toks[tok].first_child; m != DGI_NONE; m = c->doc->toks[m].next_sib)
        if ((c->doc->toks[m].rel == DGI_REL_MARK || c->doc->toks[m].rel == DGI_REL_CASE) &&
            dgi_str_ieq(c->doc->toks[m].form, dgi_str(form)))
            return true;
    return false;
}

bool dgi_is_gerund_of(const struct coder *c, uint32_t v)
{
    const struct dgi_tok *t = c->doc->toks;
    if (t[v].rel != DGI_REL_AMOD || v == 0 || t[v].head == DGI_NONE || t[v].head < v || dgi_form_at(c, v) != DGI_FORM_ING)
        return false;
    if (t[v - 1].rel == DGI_REL_CASE && t[v - 1].head == t[v].head)
        return true;
    /* ", challenging President Putin to": names are not modified by participles */
    return dgi_str_is(t[v - 1].form, ",") && c->upos[t[v].head] == DGI_PROPN;
}

/* "after Moscow occupied the region", parsed as "after Moscow" and a participle: the subject, or DGI_NONE. */
static uint32_t swallowed_subject(const struct coder *c, uint32_t v)
{
    static const char *const marks[] = {"after", "before", "since", "until", "as", "while", "because", "when", "once"};
    const struct dgi_tok *t = c->doc->toks;
    if (v < 2 || dgi_rel_base(t[v].rel) != DGI_REL_ADVCL || !(dgi_form_at(c, v) == DGI_FORM_PARTICIPLE || dgi_form_at(c, v) == DGI_FORM_PAST))
        return DGI_NONE;
    uint32_t n = v - 1;
    if (c->upos[n] == DGI_ADV && n > 0)
        n--;
    for (int i = 0; i < 3 && t[n].rel == DGI_REL_FLAT && t[n].head != DGI_NONE; i++)
        n = t[n].head;
    if (dgi_rel_base(t[n].rel) != DGI_REL_OBL || t[n].head != t[v].head || t[n].head == DGI_NONE || n > v)
        return DGI_NONE;
    for (uint32_t ch = t[v].first_child; ch != DGI_NONE; ch = t[ch].next_sib)
        if (t[ch].rel == DGI_REL_OBL_AGENT || t[ch].rel == DGI_REL_AUX_PASS || dgi_rel_base(t[ch].rel) == DGI_REL_NSUBJ)
            return DGI_NONE;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (dgi_has_mark(c, n, marks[i]) || (dgi_has_mark(c, v, marks[i]) && !c->cas[n]))
            return n;
    return DGI_NONE;
}

/* An infinitive hung on a name that is the object of a verb which makes its object do something: the verb is the head. */
uint32_t dgi_head_of(const struct coder *c, uint32_t x)
{
    const struct dgi_tok *t = c->doc->toks;
    uint32_t h = t[x].head;
    if (t[x].rel == DGI_REL_CONJ)
        return dgi_conj_head(c, x);
    if (h == DGI_NONE || t[x].rel != DGI_REL_ACL)
        return h;
    uint32_t to = DGI_NONE;
    for (uint32_t m = t[x].first_child; m != DGI_NONE; m = t[m].next_sib)
        if (t[m].rel == DGI_REL_MARK && dgi_str_ieq(t[m].form, DGI_S("to")))
            to = m;
    if (to == DGI_NONE || to == 0)
        return h;
    uint32_t o = h;
    for (int i = 0; i < 4 && (t[o].rel == DGI_REL_FLAT || t[o].rel == DGI_REL_COMPOUND) && t[o].head != DGI_NONE; i++)
        o = t[o].head;
    if (t[o].mention == DGI_NONE || o < h)
        return h;
    uint32_t g = t[o].rel == DGI_REL_OBJ || t[o].rel == DGI_REL_IOBJ ? t[o].head : DGI_NONE;
    for (uint32_t ch = t[o].first_child; ch != DGI_NONE && g == DGI_NONE; ch = t[ch].next_sib)
        if (dgi_is_gerund_of(c, ch))
            g = ch;
    if (g == DGI_NONE || g == h)
        return h;
    const struct governor *gov = dgi_governor(c, g, STEP_XCOMP, 0);
    return gov && gov->control == CTRL_OBJ ? g : h;
}

bool dgi_is_verbal(const struct coder *c, uint32_t v)
{
    const struct dgi_tok *k = &c->doc->toks[v];
    return k->upos == DGI_VERB || k->upos == DGI_AUX || child(c, v, DGI_REL_COP) != DGI_NONE ||
           dgi_child_base(c, v, DGI_REL_NSUBJ, DGI_NONE) != DGI_NONE;
}

uint32_t dgi_predicate_above(const struct coder *c, uint32_t tok)
{
    for (int i = 0; tok != DGI_NONE && i < MAX_CLIMB; i++, tok = c->doc->toks[tok].head)
        if (dgi_is_verbal(c, tok))
            return tok;
    return DGI_NONE;
}

/* "Uribe, who had accused them, called for changes": a main verb taken for a second participle of the name */
static bool main_verb_in_disguise(const struct coder *c, uint32_t v)
{
    const struct dgi_tok *t = c->doc->toks;
    uint32_t h = t[v].head;
    if (t[v].rel != DGI_REL_ACL || h == DGI_NONE || t[h].rel != DGI_REL_ROOT || t[h].mention == DGI_NONE || v == 0)
        return false;
    if (c->upos[v - 1] != DGI_PUNCT)
        return false;
    uint32_t r = dgi_child(c->doc, h, DGI_REL_ACL_RELCL, DGI_NONE);
    return r != DGI_NONE && r < v;
}

bool dgi_is_passive(const struct coder *c, uint32_t v)
{
    const struct dgi_tok *t = c->doc->toks;
    for (int depth = 0; depth < MAX_DEPTH; depth++) {
        bool own_aux = false, own_subj = false;
        for (uint32_t ch = t[v].first_child; ch != DGI_NONE; ch = t[ch].next_sib) {
            if (t[ch].rel == DGI_REL_AUX_PASS || t[ch].rel == DGI_REL_NSUBJ_PASS || t[ch].rel == DGI_REL_CSUBJ_PASS ||
                t[ch].rel == DGI_REL_OBL_AGENT)
                return true;
            own_aux = own_aux || t[ch].rel == DGI_REL_AUX;
            own_subj = own_subj || t[ch].rel == DGI_REL_NSUBJ;
        }
        if (own_aux || own_subj || dgi_form_at(c, v) != DGI_FORM_PARTICIPLE || main_verb_in_disguise(c, v) ||
            swallowed_subject(c, v) != DGI_NONE)
            return false;
        switch (t[v].rel) {
        case DGI_REL_ACL:
        case DGI_REL_ACL_RELCL:
        case DGI_REL_AMOD:
        case DGI_REL_XCOMP:
        case DGI_REL_ADVCL:
        case DGI_REL_CCOMP:
        case DGI_REL_DEP:
        case DGI_REL_PARATAXIS: return child(c, v, DGI_REL_OBJ) == DGI_NONE || t[v].rel == DGI_REL_ACL;
        case DGI_REL_CONJ: /* "were detained and beaten" */
            v = dgi_conj_head(c, v);
            if (v == DGI_NONE)
                return false;
            continue;
        default: /* headline: "Two killed in clashes" */
            return t[v].rel == DGI_REL_ROOT && child(c, v, DGI_REL_OBJ) == DGI_NONE;
        }
    }
    return false;
}

static bool in_relative_clause(const struct coder *c, uint32_t v)
{
    return c->doc->toks[v].rel == DGI_REL_ACL_RELCL || c->doc->toks[v].rel == DGI_REL_ACL;
}

/* The noun of an infinitive or gerund ("Iran's plan to", "accused of a plot to"): whose is it? */
static uint32_t noun_owner(const struct coder *c, uint32_t n)
{
    const struct dgi_tok *t = c->doc->toks;
    uint32_t p = child(c, n, DGI_REL_NMOD_POSS);
    if (p != DGI_NONE)
        return p;
    if (t[n].mention != DGI_NONE) /* "the ministers to meet", "the first leader to visit" */
        return n;
    for (uint32_t ch = t[n].first_child; ch != DGI_NONE; ch = t[ch].next_sib) {
        if ((t[ch].rel == DGI_REL_AMOD || t[ch].rel == DGI_REL_COMPOUND) && t[ch].mention != DGI_NONE)
            return ch;
        if (t[ch].rel == DGI_REL_NMOD &&
            (c->cas[ch] == c->t->lx.prep[DGI_PREP_AGENT] || c->cas[ch] == c->t->lx.prep[DGI_PREP_FROM] || c->cas[ch] == c->t->lx.prep[DGI_PREP_OF] ||
             c->cas[ch] == c->t->lx.prep[DGI_PREP_BETWEEN]) &&
            c->cas[ch] && t[ch].mention != DGI_NONE)
            return ch;
    }
    return DGI_NONE;
}

/* "summoned the envoy, to demand that": the purpose is the subject's */
static bool comma_before_to(const struct coder *c, uint32_t x)
{
    for (uint32_t m = c->doc->toks[x].first_child; m != DGI_NONE; m = c->doc->toks[m].next_sib)
        if (c->doc->toks[m].rel == DGI_REL_MARK)
            return m > 0 && c->upos[m - 1] == DGI_PUNCT;
    return false;
}

/* "said it had no veto, warning it would pay": a participle of speech belongs to whoever said the clause before. */
static uint32_t speaker_verb(const struct coder *c, uint32_t x, uint32_t h)
{
    const struct dgi_tok *t = c->doc->toks;
    if (dgi_form_at(c, x) != DGI_FORM_ING || x == 0 || c->upos[x - 1] != DGI_PUNCT)
        return h;
    struct word_list wl = c->t->by_frame[c->lem[x]];
    bool speech = dgi_lemma_has(c, x, DGI_LEX_REPORT);
    for (uint32_t k = 0; k < wl.n && !speech; k++) {
        uint8_t p = c->t->frame[c->t->ix_frame[wl.first + k]].plover;
        speech = p == DGI_THREATEN || p == DGI_REQUEST || p == DGI_ACCUSE;
    }
    uint32_t u = h;
    for (int i = 0; speech && u != DGI_NONE && i < 4; i++) {
        if (dgi_lemma_has(c, u, DGI_LEX_REPORT) && u != h)
            return u;
        if (t[u].rel != DGI_REL_CCOMP && t[u].rel != DGI_REL_CONJ)
            break;
        u = t[u].head;
    }
    return h;
}

/* "in Cape Town, South Africa offered", where the subject was hung on the town: the name right before a finite verb. */
static uint32_t name_before(const struct coder *c, uint32_t v)
{
    const struct dgi_tok *t = c->doc->toks;
    uint32_t p = v;
    if (dgi_form_at(c, v) != DGI_FORM_PAST && dgi_form_at(c, v) != DGI_FORM_PRESENT_S && dgi_form_at(c, v) != DGI_FORM_PRESENT)
        return DGI_NONE;
    do {
        if (p == 0 || t[--p].sent != t[v].sent)
            return DGI_NONE;
    } while (c->upos[p] == DGI_ADV && v - p < 4);
    uint32_t m = t[p].mention != DGI_NONE ? t[p].mention : c->cover[p];
    if (m == DGI_NONE || c->doc->mentions[m].locative || c->doc->mentions[m].adjectival ||
        !c->doc->entities[c->doc->mentions[m].entity].political)
        return DGI_NONE;
    uint32_t first = c->doc->mentions[m].first; /* a name after a preposition is no subject */
    return first > 0 && t[first - 1].sent == t[v].sent && c->upos[first - 1] != DGI_PUNCT ? DGI_NONE
                                                                                          : c->doc->mentions[m].head;
}

/* One step towards the surface subject: *v becomes the next place to look (then DGI_NONE is returned), or the subject.
 */
static uint32_t subject_step(const struct coder *c, uint32_t *v)
{
    const struct dgi_tok *t = c->doc->toks;
    uint32_t x = *v, h = t[x].head;
    uint32_t s = dgi_child_base(c, x, DGI_REL_NSUBJ, DGI_NONE);
    while (s != DGI_NONE && dgi_str_ieq(t[s].form, DGI_S("there")))
        s = dgi_child_base(c, x, DGI_REL_NSUBJ, s);
    if (s != DGI_NONE) {
        *v = DGI_NONE;
        if (dgi_is_relative(c->doc, s)) {
            for (int i = 0; x != DGI_NONE && i < MAX_DEPTH && !in_relative_clause(c, x); i++)
                x = t[x].head; /* the clause itself may be coordinated or hang under an auxiliary verb */
            if (x != DGI_NONE && t[x].head != DGI_NONE)
                return t[x].head;
        }
        return s;
    }
    *v = DGI_NONE;
    if (h == DGI_NONE)
        return name_before(c, x);
    if ((s = swallowed_subject(c, x)) != DGI_NONE)
        return s;
    uint32_t true_head = dgi_head_of(c, x);
    if (true_head != h && t[x].rel == DGI_REL_ACL)
        return h; /* the object on which the infinitive was hung is to do it */
    if (t[x].rel != DGI_REL_CONJ)
        h = true_head;
    uint32_t obj = child(c, h, DGI_REL_OBJ), iobj = child(c, h, DGI_REL_IOBJ);
    if (iobj != DGI_NONE)
        obj = iobj;
    switch (t[x].rel) {
    case DGI_REL_ACL_RELCL: return h;
    case DGI_REL_ACL:
        if ((dgi_form_at(c, x) == DGI_FORM_ING && !dgi_has_mark(c, x, "of") && !dgi_has_mark(c, x, "for") &&
             !dgi_has_mark(c, x, "on") && !dgi_has_mark(c, x, "to") && !dgi_has_mark(c, x, "about") &&
             !dgi_has_mark(c, x, "over")) ||
            (dgi_form_at(c, x) == DGI_FORM_PARTICIPLE && !dgi_has_mark(c, x, "to")))
            return h;
        if (c->ev[h] != DGI_NONE && c->w[c->ev[h]].frame->plover == DGI_REQUEST)
            return DGI_NONE; /* "a Greek demand to withdraw": whom it is made to, not Greece (link.c) */
        s = noun_owner(c, h);
        if (s != DGI_NONE)
            return s;
        if (t[h].rel == DGI_REL_OBJ || t[h].rel == DGI_REL_OBL || t[h].rel == DGI_REL_CONJ ||
            t[h].rel == DGI_REL_NMOD || t[h].rel == DGI_REL_ROOT || t[h].rel == DGI_REL_XCOMP ||
            t[h].rel == DGI_REL_CCOMP) {
            uint32_t u = dgi_predicate_above(c, t[h].head == DGI_NONE ? h : t[h].head);
            if (u == h && dgi_child_base(c, h, DGI_REL_NSUBJ, DGI_NONE) == DGI_NONE)
                return DGI_NONE;
            *v = u;
        }
        return DGI_NONE;
    case DGI_REL_XCOMP: {
        const struct governor *g = dgi_governor(c, h, STEP_XCOMP, 0);
        uint8_t ctl = g ? g->control : CTRL_AUTO;
        if (dgi_is_passive(c, h)) {
            *v = h;
            return DGI_NONE;
        }
        if (ctl != CTRL_SUBJ && obj != DGI_NONE && obj != x)
            return obj;
        if (ctl == CTRL_OBJ) { /* "called on Iran to", "appealed to both sides to" */
            for (uint32_t o = t[h].first_child; o != DGI_NONE; o = t[o].next_sib)
                if (dgi_rel_base(t[o].rel) == DGI_REL_OBL && o < x &&
                    (c->cas[o] == c->t->lx.prep[DGI_PREP_ON] || c->cas[o] == c->t->lx.prep[DGI_PREP_TO] || c->cas[o] == c->t->lx.prep[DGI_PREP_FOR] ||
                     c->cas[o] == c->t->lx.prep[DGI_PREP_WITH]))
                    return o;
        }
        *v = h;
        return DGI_NONE;
    }
    case DGI_REL_ADVCL:
    case DGI_REL_ADVCL_RELCL:
        if (obj != DGI_NONE && (dgi_has_mark(c, x, "of") || dgi_has_mark(c, x, "for") || dgi_has_mark(c, x, "from") ||
                                dgi_has_mark(c, x, "into")))
            return obj;
        if (obj != DGI_NONE && obj < x && dgi_has_mark(c, x, "to") &&
            !comma_before_to(c, x)) { /* "urged Iran to" parsed as an adjunct */
            const struct governor *g = dgi_governor(c, h, STEP_XCOMP, 0);
            if (dgi_lemma_has(c, h, DGI_LEX_GERUND_OBJ) || (g && g->control == CTRL_OBJ))
                return obj;
        }
        *v = speaker_verb(c, x, h);
        return DGI_NONE;
    case DGI_REL_AMOD:
        if (dgi_is_gerund_of(c, x) && t[h].head != DGI_NONE) {
            uint32_t u = dgi_predicate_above(c, t[h].head), o = u != DGI_NONE ? child(c, u, DGI_REL_OBJ) : DGI_NONE;
            if (o != DGI_NONE && o < x && o != h && dgi_lemma_has(c, u, DGI_LEX_GERUND_OBJ))
                return o;
            *v = u;
        }
        return DGI_NONE;
    case DGI_REL_CONJ: *v = dgi_conj_head(c, x); return DGI_NONE;
    case DGI_REL_CCOMP:
    case DGI_REL_DEP:
    case DGI_REL_CSUBJ: *v = h; return DGI_NONE;
    case DGI_REL_OBL:
    case DGI_REL_OBJ:
    case DGI_REL_NMOD:
    case DGI_REL_PARATAXIS: /* a gerund in a noun's place */
        if (dgi_form_at(c, x) == DGI_FORM_ING) {
            uint32_t u = dgi_predicate_above(c, h);
            *v = u == DGI_NONE ? u : speaker_verb(c, x, u);
        }
        return DGI_NONE;
    default: return DGI_NONE;
    }
}

uint32_t dgi_surface_subject(const struct coder *c, uint32_t v)
{
    for (int depth = 0; v != DGI_NONE && depth < MAX_DEPTH; depth++) {
        uint32_t s = subject_step(c, &v);
        if (s != DGI_NONE)
            return s;
    }
    return DGI_NONE;
}

/* A phrase with this preposition below the phrases of `top`: "issued on Sunday by ECOWAS", hung on Sunday. */
static void nested(const struct coder *c, uint32_t top, uint32_t prep, uint32_t after, bool actors_only,
                   struct dgi_fill *out)
{
    enum { MAX_NEST = 3, MAX_SEEN = 24 };
    const struct dgi_tok *t = c->doc->toks;
    uint32_t level[MAX_SEEN], n = 0;
    level[n++] = top;
    for (uint32_t i = 0, end = 1, depth = 0; depth < MAX_NEST && i < end; depth++) {
        uint32_t stop = end;
        for (; i < stop; i++)
            for (uint32_t ch = t[level[i]].first_child; ch != DGI_NONE; ch = t[ch].next_sib) {
                uint8_t b = dgi_rel_base(t[ch].rel);
                if ((b != DGI_REL_NMOD && b != DGI_REL_OBL && b != DGI_REL_CONJ && !(b == DGI_REL_OBJ && depth == 0)) ||
                    ch < after || t[ch].rel == DGI_REL_NMOD_POSS || c->upos[ch] == DGI_VERB)
                    continue;
                if (c->cas[ch] == prep && depth && !c->is_time[ch] &&
                    (!actors_only || t[ch].mention != DGI_NONE || c->cover[ch] != DGI_NONE))
                    dgi_fill_add(out, ch);
                if (n < MAX_SEEN)
                    level[n++] = ch;
            }
        end = n;
    }
}

static void agents(const struct coder *c, uint32_t v, struct dgi_fill *out)
{
    const struct dgi_tok *t = c->doc->toks;
    uint32_t start = out->n;
    for (uint32_t ch = t[v].first_child; ch != DGI_NONE; ch = t[ch].next_sib)
        if (t[ch].rel == DGI_REL_OBL_AGENT ||
            (!c->is_time[ch] && dgi_rel_base(t[ch].rel) == DGI_REL_OBL && c->cas[ch] == c->t->lx.prep[DGI_PREP_AGENT] && c->cas[ch]))
            dgi_fill_add(out, ch);
    if (out->n > start)
        return;
    /* "were detained and beaten by police": the agent hangs on the other verb */
    if (t[v].rel == DGI_REL_CONJ && t[v].head != DGI_NONE && dgi_is_passive(c, t[v].head)) {
        for (uint32_t ch = t[t[v].head].first_child; ch != DGI_NONE; ch = t[ch].next_sib)
            if (t[ch].rel == DGI_REL_OBL_AGENT && ch > v)
                dgi_fill_add(out, ch);
    }
    for (uint32_t w = t[v].first_child; w != DGI_NONE && out->n == start; w = t[w].next_sib)
        if (t[w].rel == DGI_REL_CONJ && dgi_is_passive(c, w) && child(c, w, DGI_REL_NSUBJ_PASS) == DGI_NONE)
            for (uint32_t ch = t[w].first_child; ch != DGI_NONE; ch = t[ch].next_sib)
                if (t[ch].rel == DGI_REL_OBL_AGENT)
                    dgi_fill_add(out, ch);
    if (out->n == start)
        nested(c, v, c->t->lx.prep[DGI_PREP_AGENT], v, true, out);
}

/* "called off the summit", parsed as if "off the summit" were a phrase of place: the noun, or DGI_NONE. */
static uint32_t phrasal_object(const struct coder *c, uint32_t v)
{
    static const char *const particles[] = {"off", "out", "up", "down", "over", "back", "in"};
    const struct dgi_tok *t = c->doc->toks;
    uint32_t p = v + 1;
    if (p >= c->doc->n_toks || t[p].sent != t[v].sent || t[p].rel != DGI_REL_CASE || t[p].head == DGI_NONE ||
        t[t[p].head].head != v || dgi_rel_base(t[t[p].head].rel) != DGI_REL_OBL)
        return DGI_NONE;
    uint32_t o = t[p].head, m = t[o].mention;
    if (c->is_time[o] || (m != DGI_NONE && c->doc->mentions[m].locative))
        return DGI_NONE;
    for (size_t i = 0; i < sizeof particles / sizeof *particles; i++)
        if (dgi_str_ieq(t[p].form, dgi_str(particles[i])))
            return o;
    return DGI_NONE;
}

static void objects(const struct coder *c, uint32_t v, struct dgi_fill *out)
{
    const struct dgi_tok *t = c->doc->toks;
    uint32_t start = out->n;
    if (dgi_is_passive(c, v)) {
        dgi_fill_add(out, dgi_surface_subject(c, v));
        for (uint32_t o = child(c, v, DGI_REL_OBJ); o != DGI_NONE; o = dgi_child(c->doc, v, DGI_REL_OBJ, o))
            dgi_fill_add(out, o); /* "was given a warning" */
        return;
    }
    bool relative_subject = false;
    for (uint32_t ch = t[v].first_child; ch != DGI_NONE; ch = t[ch].next_sib) {
        if (t[ch].rel == DGI_REL_OBJ && (!c->cas[ch] || ch < v))
            dgi_fill_add(out, dgi_is_relative(c->doc, ch) && in_relative_clause(c, v) ? t[v].head : ch);
        if (dgi_rel_base(t[ch].rel) == DGI_REL_NSUBJ && dgi_is_relative(c->doc, ch))
            relative_subject = true;
    }
    if (out->n > start)
        return;
    if (t[v].rel == DGI_REL_ACL_RELCL && !relative_subject &&
        dgi_child_base(c, v, DGI_REL_NSUBJ, DGI_NONE) != DGI_NONE && child(c, v, DGI_REL_CCOMP) == DGI_NONE &&
        child(c, v, DGI_REL_XCOMP) == DGI_NONE) {
        bool where = false; /* "the town where they fought": no gap */
        for (uint32_t ch = t[v].first_child; ch != DGI_NONE; ch = t[ch].next_sib)
            where = where || (dgi_is_wh(c->doc, ch) && !dgi_is_relative(c->doc, ch)) ||
                    (dgi_rel_base(t[ch].rel) == DGI_REL_OBL && dgi_is_relative(c->doc, ch));
        if (!where)
            dgi_fill_add(out, t[v].head);
        return;
    }
    if ((t[v].rel == DGI_REL_AMOD && dgi_form_at(c, v) == DGI_FORM_PARTICIPLE) || dgi_is_gerund_of(c, v))
        dgi_fill_add(out, t[v].head);
    dgi_fill_add(out, phrasal_object(c, v));
    if (out->n == start)
        dgi_fill_add(out, child(c, v, DGI_REL_IOBJ)); /* "warned Lebanon that" */
    if (out->n > start)
        return;
    /* "occupied and annexed the region": the object hangs on the first verb, in bad parses on the last */
    uint32_t first = t[v].rel == DGI_REL_CONJ ? dgi_conj_head(c, v) : DGI_NONE;
    if (first != DGI_NONE && !dgi_is_passive(c, first) && child(c, v, DGI_REL_CCOMP) == DGI_NONE) {
        for (uint32_t o = child(c, first, DGI_REL_OBJ); o != DGI_NONE; o = dgi_child(c->doc, first, DGI_REL_OBJ, o))
            if (o > v)
                dgi_fill_add(out, o);
    }
    uint32_t w = v + 2; /* the same, the second verb hung elsewhere */
    if (out->n == start && w < c->doc->n_toks && t[w].sent == t[v].sent && c->upos[v + 1] == DGI_CCONJ &&
        c->upos[w] == DGI_VERB && t[w].rel == DGI_REL_CONJ && dgi_conj_head(c, w) == v)
        dgi_fill_add(out, child(c, w, DGI_REL_OBJ));
}

static void prepositional(const struct coder *c, uint32_t tok, uint32_t prep, uint8_t base, struct dgi_fill *out)
{
    const struct dgi_tok *t = c->doc->toks;
    for (uint32_t ch = t[tok].first_child; ch != DGI_NONE; ch = t[ch].next_sib) {
        uint8_t b = dgi_rel_base(t[ch].rel);
        if ((b == base || (base == DGI_REL_OBL && b == DGI_REL_NMOD) || (base == DGI_REL_NMOD && b == DGI_REL_OBL)) &&
            t[ch].rel != DGI_REL_NMOD_POSS && !c->is_time[ch] && (prep ? c->cas[ch] == prep : true))
            dgi_fill_add(out, ch);
    }
}

static void clauses(const struct coder *c, uint32_t tok, uint8_t rel, struct dgi_fill *out)
{
    for (uint32_t ch = dgi_child_base(c, tok, rel, DGI_NONE); ch != DGI_NONE; ch = dgi_child_base(c, tok, rel, ch))
        dgi_fill_add(out, ch);
}

/* `wide`: also where a parser often hangs it wrongly (a phrase of the object that belongs to the verb). */
void dgi_frame_step(const struct coder *c, uint32_t tok, struct step s, bool wide, struct dgi_fill *out)
{
    const struct dgi_tok *t = c->doc->toks;
    uint32_t start = out->n;
    switch (s.kind) {
    case STEP_SELF: dgi_fill_add(out, tok); break;
    case STEP_HEAD: dgi_fill_add(out, t[tok].head); break;
    case STEP_SUBJ: {
        uint32_t v = dgi_predicate_above(c, tok);
        if (v != DGI_NONE)
            dgi_fill_add(out, dgi_surface_subject(c, v));
        break;
    }
    case STEP_NSUBJ:
        if (c->upos[tok] == DGI_VERB && dgi_is_passive(c, tok))
            agents(c, tok, out);
        else {
            uint32_t s1 = dgi_surface_subject(c, tok);
            if (s1 != DGI_NONE)
                dgi_fill_add(out, s1);
        }
        break;
    case STEP_OBJ: objects(c, tok, out); break;
    case STEP_IOBJ: clauses(c, tok, DGI_REL_IOBJ, out); break;
    case STEP_OBL:
        if (s.word == c->t->lx.prep[DGI_PREP_AGENT] && s.word && c->upos[tok] == DGI_VERB && dgi_is_passive(c, tok)) {
            agents(c, tok, out);
            break;
        }
        prepositional(c, tok, s.word, DGI_REL_OBL, out);
        if (out->n == start && t[tok].rel == DGI_REL_CONJ && t[tok].head != DGI_NONE &&
            s.word) { /* shared by both verbs */
            struct dgi_fill up = {{0}, 0};
            prepositional(c, t[tok].head, s.word, DGI_REL_OBL, &up);
            for (uint32_t i = 0; i < up.n; i++)
                if (up.tok[i] > tok)
                    dgi_fill_add(out, up.tok[i]);
        }
        if (out->n == start && wide && s.word) {
            struct dgi_fill o = {{0}, 0};
            objects(c, tok, &o);
            for (uint32_t i = 0; i < o.n; i++)
                if (o.tok[i] > tok)
                    prepositional(c, o.tok[i], s.word, DGI_REL_NMOD, out);
        }
        break;
    case STEP_NMOD:
        prepositional(c, tok, s.word, DGI_REL_NMOD, out);
        if (out->n == start && wide && s.word &&
            s.word != c->t->lx.prep[DGI_PREP_OF]) /* "the invasion of Kuwait by Iraq", hung on Kuwait */
            nested(c, tok, s.word, tok, s.word != c->t->lx.prep[DGI_PREP_AGENT], out);
        break;
    case STEP_POSS:
        for (uint32_t ch = child(c, tok, DGI_REL_NMOD_POSS); ch != DGI_NONE;
             ch = dgi_child(c->doc, tok, DGI_REL_NMOD_POSS, ch))
            dgi_fill_add(out, ch);
        break;
    case STEP_COMPOUND:
        for (uint32_t ch = child(c, tok, DGI_REL_COMPOUND); ch != DGI_NONE;
             ch = dgi_child(c->doc, tok, DGI_REL_COMPOUND, ch))
            dgi_fill_add(out, ch);
        break;
    case STEP_AMOD: clauses(c, tok, DGI_REL_AMOD, out); break;
    case STEP_MOD:
        for (uint32_t ch = t[tok].first_child; ch != DGI_NONE; ch = t[ch].next_sib)
            if (t[ch].rel == DGI_REL_COMPOUND || t[ch].rel == DGI_REL_AMOD || t[ch].rel == DGI_REL_NMOD_POSS)
                dgi_fill_add(out, ch);
        break;
    case STEP_XCOMP:
        clauses(c, tok, DGI_REL_XCOMP, out);
        if (out->n == start && dgi_is_gerund_of(c, tok)) {
            for (uint32_t ch = child(c, t[tok].head, DGI_REL_ACL); ch != DGI_NONE;
                 ch = dgi_child(c->doc, t[tok].head, DGI_REL_ACL, ch))
                if (dgi_head_of(c, ch) == tok)
                    dgi_fill_add(out, ch);
        }
        if (out->n == start &&
            c->upos[tok] == DGI_VERB) { /* "asked them to leave", the infinitive hung as purpose or on "them" */
            const struct governor *g = dgi_governor(c, tok, STEP_XCOMP, 0);
            if (g && g->effect != EF_ACTUAL && g->effect != EF_NONE)
                for (uint32_t ch = t[tok].first_child; ch != DGI_NONE; ch = t[ch].next_sib) {
                    if (dgi_rel_base(t[ch].rel) == DGI_REL_ADVCL && ch > tok && dgi_has_mark(c, ch, "to"))
                        dgi_fill_add(out, ch);
                    if ((t[ch].rel == DGI_REL_OBJ || t[ch].rel == DGI_REL_IOBJ) && t[ch].mention != DGI_NONE)
                        for (uint32_t k = child(c, ch, DGI_REL_ACL); k != DGI_NONE;
                             k = dgi_child(c->doc, ch, DGI_REL_ACL, k))
                            if (dgi_has_mark(c, k, "to"))
                                dgi_fill_add(out, k);
                }
        }
        break;
    case STEP_CCOMP:
        clauses(c, tok, DGI_REL_CCOMP, out);
        if (out->n == start) /* "Turkey will open its gates, he warned": the verb in a parenthesis */
            for (uint32_t ch = child(c, tok, DGI_REL_PARATAXIS); ch != DGI_NONE;
                 ch = dgi_child(c->doc, tok, DGI_REL_PARATAXIS, ch))
                if (ch < tok)
                    dgi_fill_add(out, ch);
        if (out->n == start && t[tok].rel == DGI_REL_PARATAXIS && t[tok].head != DGI_NONE && t[tok].head < tok)
            dgi_fill_add(out, t[tok].head);
        break;
    case STEP_ADVCL: clauses(c, tok, DGI_REL_ADVCL, out); break;
    case STEP_ACL: clauses(c, tok, DGI_REL_ACL, out); break;
    case STEP_ADVMOD: clauses(c, tok, DGI_REL_ADVMOD, out); break;
    case STEP_APPOS: clauses(c, tok, DGI_REL_APPOS, out); break;
    case STEP_CONJ: clauses(c, tok, DGI_REL_CONJ, out); break;
    case STEP_AUX: clauses(c, tok, DGI_REL_AUX, out); break;
    case STEP_MARK: clauses(c, tok, DGI_REL_MARK, out); break;
    case STEP_DET: clauses(c, tok, DGI_REL_DET, out); break;
    case STEP_CASE: clauses(c, tok, DGI_REL_CASE, out); break;
    case STEP_NUMMOD: clauses(c, tok, DGI_REL_NUMMOD, out); break;
    case STEP_PRT:
        for (uint32_t ch = t[tok].first_child; ch != DGI_NONE; ch = t[ch].next_sib)
            if (t[ch].rel == DGI_REL_COMPOUND_PRT || t[ch].rel == DGI_REL_ADVMOD ||
                (t[ch].rel == DGI_REL_CASE && c->upos[ch] == DGI_ADP))
                dgi_fill_add(out, ch);
        if (phrasal_object(c, tok) != DGI_NONE)
            dgi_fill_add(out, tok + 1);
        break;
    case STEP_ANY:
        for (uint32_t ch = t[tok].first_child; ch != DGI_NONE; ch = t[ch].next_sib)
            dgi_fill_add(out, ch);
        break;
    default: break;
    }
}

void dgi_fill_expand(const struct coder *c, struct dgi_fill *f)
{
    const struct dgi_tok *t = c->doc->toks;
    for (uint32_t i = 0; i < f->n; i++) { /* grows while it is walked; MAX_FILL bounds it */
        for (uint32_t ch = t[f->tok[i]].first_child; ch != DGI_NONE; ch = t[ch].next_sib)
            if (t[ch].rel == DGI_REL_CONJ ||
                (t[ch].rel == DGI_REL_NMOD && c->cas[ch] == c->t->lx.prep[DGI_PREP_OF] && c->cas[ch] && dgi_sees_through(c, f->tok[i])))
                dgi_fill_add(f, ch);
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
            dgi_fill_expand(c, &next);
        cur = next;
    }
    for (uint32_t k = 0; k < cur.n; k++)
        dgi_fill_add(out, cur.tok[k]);
}
