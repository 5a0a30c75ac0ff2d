/* SPDX-License-Identifier: Apache-2.0 */
/* quote/quote_speaker.c: from a cue to its subject, and from a noun phrase to the entity that speaks.
 *
 * Participles, conjuncts and infinitives borrow the subject of the verb they hang on ("rejected the plan, saying ...");
 * a relative pronoun stands for the noun before it. A text that speaks ("the statement said") speaks for whoever gave it
 * out; a noun phrase that no mention covers ("a spokesman for the ministry") for the mention inside it. */
#include "base/utf8.h"
#include "quote/quote_in.h"

enum { ASIDE = 10 }; /* tokens of a name set off behind an office */
enum { MOST_NAME = 60 /* tokens: a longer mention is the parser's slip, and no speaker */ };

static bool is_relative(const struct dgi_doc *d, uint32_t t)
{
    return dgi_tok_in(d, t, DGI_W_RELATIVE) || dgi_tok_in(d, t, DGI_W_RELATIVE_OBLIQUE) || dgi_tok_in(d, t, DGI_W_THAT);
}

static bool nominal(const struct dgi_doc *d, uint32_t t)
{
    const uint8_t u = d->toks[t].upos;
    return u == DGI_NOUN || u == DGI_PROPN || u == DGI_PRON || u == DGI_NUM;
}

/* "according to the police, who said": the noun phrase that ends before the comma, where the tree does not say. */
static uint32_t noun_before(const struct dgi_doc *d, uint32_t pronoun)
{
    if (pronoun < 2 || !dgi_tok_is(d, pronoun - 1, ",") || !nominal(d, pronoun - 2) ||
        d->toks[pronoun - 2].sent != d->toks[pronoun].sent)
        return DGI_NONE;
    uint32_t t = pronoun - 2;
    for (uint32_t h = d->toks[t].head; h != DGI_NONE && h < pronoun && nominal(d, h); h = d->toks[t].head) {
        const uint8_t r = dgi_rel_base(d->toks[t].rel);
        if (r != DGI_REL_FLAT && r != DGI_REL_COMPOUND && r != DGI_REL_NMOD && r != DGI_REL_APPOS)
            break;
        t = h;
    }
    return t;
}

/* "Ana Roy, the mayor of Ulm, one of the cities that sued, said": the name before the comma, where the tree takes what is set off behind it
 * for another subject of v; else the subject. */
static uint32_t before_apposition(const struct dgi_quote_work *w, uint32_t v, uint32_t subject)
{
    const struct dgi_doc *d = w->doc;
    const uint32_t name = dgi_child(d, v, DGI_REL_NSUBJ, DGI_NONE), m = name < d->n_toks ? w->cover[name] : DGI_NONE;
    uint32_t first, end;
    if (m == DGI_NONE || name >= subject || subject > v || d->toks[name].upos != DGI_PROPN ||
        d->toks[subject].upos == DGI_PRON || d->toks[subject].upos == DGI_PROPN ||
        !dgi_tok_is(d, d->mentions[m].end, ","))
        return subject;
    dgi_subtree(d, subject, &first, &end);
    return first > name && dgi_tok_is(d, first - 1, ",") && d->toks[first].sent == d->toks[v].sent ? name : subject;
}

/* "CNS reported Monday that ...": a name right before the verb that the tree does not take for its subject, or DGI_NONE. */
static uint32_t name_right_before(const struct dgi_quote_work *w, uint32_t v)
{
    const struct dgi_doc *d = w->doc;
    const uint32_t t = v - 1;
    if (v == 0 || d->toks[t].sent != d->toks[v].sent || d->toks[t].head != v || d->toks[t].upos != DGI_PROPN ||
        dgi_form(d, v) == DGI_FORM_ING || dgi_cue_class(w, v) != DGI_CUE_SAY || w->region_of[t] != w->region_of[v])
        return DGI_NONE;
    const uint8_t r = d->toks[t].rel;
    return r == DGI_REL_ADVMOD || r == DGI_REL_DEP || r == DGI_REL_VOCATIVE ? t : DGI_NONE;
}

enum { INVERTED = 12 /* words of a noun phrase behind a cue */ };

/* "..., said the monitors, ...": who stands between a verb of saying behind a comma and the next mark, whatever the tree makes of him: a
 * name or a mention, but no "said a prayer". */
uint32_t dgi_quote_inverted(const struct dgi_quote_work *w, uint32_t v)
{
    const struct dgi_doc *d = w->doc;
    const uint32_t end = d->sents[d->toks[v].sent].end;
    uint32_t t = v + 1, head = DGI_NONE;
    if (v == 0 || !dgi_tok_is(d, v - 1, ",") || !dgi_lemma_in(d, v, DGI_W_SAY) || dgi_form(d, v) == DGI_FORM_ING ||
        dgi_child(d, v, DGI_REL_AUX, DGI_NONE) != DGI_NONE || dgi_child(d, v, DGI_REL_CC, DGI_NONE) != DGI_NONE)
        return DGI_NONE;
    bool verb = false; /* before it: "he rose, said the prayers" */
    for (uint32_t k = d->sents[d->toks[v].sent].first; k < v && !verb; k++)
        verb = dgi_is_finite(d, k);
    for (; t < end && t < v + INVERTED && d->toks[t].upos != DGI_PUNCT; t++) {
        const uint8_t u = d->toks[t].upos;
        if (u == DGI_VERB || u == DGI_AUX || u == DGI_SCONJ || u == DGI_CCONJ || u == DGI_ADV ||
            (u == DGI_PRON && d->toks[t].rel != DGI_REL_NMOD_POSS))
            return DGI_NONE;
        if (u == DGI_ADP && head == DGI_NONE)
            return DGI_NONE;
        const uint32_t m = u == DGI_PRON ? DGI_NONE : w->cover[t];
        if (m != DGI_NONE && d->mentions[m].head == t && (head == DGI_NONE || d->toks[head].head == t))
            head = t;
        if (m == DGI_NONE && ((u == DGI_PROPN && t == v + 1) || (u == DGI_NOUN && !verb && head == DGI_NONE)))
            head = t;
        while (head != DGI_NONE && d->toks[head].head != DGI_NONE &&
               d->toks[head].head > head && /* "Colonel Idris Saleh" */
               d->toks[head].head < v + INVERTED && d->toks[d->toks[head].head].upos == DGI_PROPN)
            head = d->toks[head].head;
    }
    return t > v + 1 && (t >= end || d->toks[t].upos == DGI_PUNCT) ? head : DGI_NONE;
}

/* Who speaks by the clause of v itself: its nearest active subject (a farther one belongs to the clause before), else the
 * agent of a passive, else who suffers it ("was quoted by the paper as saying": not the paper). */
static uint32_t own_subject(const struct dgi_quote_work *w, uint32_t v)
{
    const struct dgi_clause *c = dgi_clause_at(w->doc, v);
    if (!c)
        return DGI_NONE;
    if (c->near_subject != DGI_NONE)
        return before_apposition(w, v, c->near_subject);
    bool agent = c->pass_subject != DGI_NONE && c->agent != DGI_NONE && dgi_cue_class(w, v) != DGI_CUE_QUOTE;
    return agent ? c->agent : c->pass_subject;
}

static bool same_tense(uint8_t a, uint8_t b)
{
    bool past_a = a == DGI_FORM_PAST || a == DGI_FORM_PARTICIPLE,
         past_b = b == DGI_FORM_PAST || b == DGI_FORM_PARTICIPLE;
    return a == b || (past_a && past_b); /* the tagger mixes the two after "and" */
}

/* "The plan was rejected by Peru, whose envoy called it a trick and said ...": an active verb joined to a passive one by the tree, though
 * another verb of saying stands before the "and" with a subject of its own: that verb, or DGI_NONE. */
static uint32_t joined_to(const struct dgi_quote_work *w, uint32_t cue)
{
    const struct dgi_doc *d = w->doc;
    const uint32_t h = d->toks[cue].head, cc = dgi_child(d, cue, DGI_REL_CC, DGI_NONE);
    const struct dgi_clause *c = h == DGI_NONE ? NULL : dgi_clause_at(d, h);
    if (d->toks[cue].rel != DGI_REL_CONJ || cc == DGI_NONE || h > cue || !c || c->pass_subject == DGI_NONE ||
        dgi_tok_is(d, cc - 1, ","))
        return DGI_NONE;
    for (uint32_t u = cc; --u > h;) {
        if (w->region_of[u] != DGI_NONE || !dgi_is_finite(d, u))
            continue;
        const uint32_t s =
            d->toks[u].upos == DGI_VERB && dgi_cue_class(w, u) != DGI_CUE_NONE ? own_subject(w, u) : DGI_NONE;
        return s != DGI_NONE && s > h && !is_relative(d, s) && same_tense(dgi_form(d, u), dgi_form(d, cue)) ? u
                                                                                                            : DGI_NONE;
    }
    return DGI_NONE;
}

/* ", saying": a participle behind a comma goes on with the sentence's subject, whatever noun the tree hangs it on. */
static bool trails(const struct dgi_doc *d, uint32_t v)
{
    return dgi_form(d, v) == DGI_FORM_ING && v > 1 && dgi_tok_is(d, v - 1, ",") &&
           d->toks[d->toks[v].head].rel != DGI_REL_NSUBJ && d->toks[d->toks[v].head].rel != DGI_REL_NSUBJ_PASS;
}

/* The verb that the noun hangs on, else the noun. */
static uint32_t verb_over(const struct dgi_doc *d, uint32_t noun)
{
    uint32_t u = noun;
    for (int n = 0; n < 8 && u != DGI_NONE; n++) {
        if (d->toks[u].upos == DGI_VERB)
            return u;
        u = d->toks[u].head;
    }
    return noun;
}

/* "The paper quotes the envoy as saying": the envoy, not the paper. */
static uint32_t quoted_as(const struct dgi_quote_work *w, uint32_t cue)
{
    const struct dgi_doc *d = w->doc;
    const uint32_t q = d->toks[cue].head;
    if (cue == 0 || !dgi_tok_in(d, cue - 1, DGI_W_AS) || q == DGI_NONE || q > cue ||
        dgi_cue_class(w, q) != DGI_CUE_QUOTE)
        return DGI_NONE;
    const uint32_t o = dgi_child(d, q, DGI_REL_OBJ, DGI_NONE);
    return o != DGI_NONE && o > q && o < cue ? o : DGI_NONE;
}

/* "a tape of Ana Roy asking ...": the person right before a participle that no comma sets off. */
static uint32_t person_beside(const struct dgi_quote_work *w, uint32_t cue)
{
    const struct dgi_doc *d = w->doc;
    const uint32_t m = cue > 1 && dgi_form(d, cue) == DGI_FORM_ING ? w->cover[cue - 1] : DGI_NONE;
    if (m == DGI_NONE || d->mentions[m].end != cue || d->mentions[m].kind != DGI_MENTION_NAME ||
        d->toks[cue - 1].upos != DGI_PROPN || d->mentions[m].entity >= d->n_entities ||
        d->entities[d->mentions[m].entity].type != DGI_ENT_PERSON || d->toks[cue].sent != d->toks[cue - 1].sent ||
        dgi_child(d, cue, DGI_REL_AUX, DGI_NONE) != DGI_NONE)
        return DGI_NONE;
    return d->mentions[m].head;
}

/* '... is "not enough," says Ana Roy': the person right behind a cue that stands right behind a closing mark. */
static uint32_t person_behind(const struct dgi_quote_work *w, uint32_t cue)
{
    const struct dgi_doc *d = w->doc;
    const uint8_t cls = dgi_cue_class(w, cue);
    const uint32_t m =
        cue > 0 && cue + 1 < d->n_toks && (cls == DGI_CUE_SAY || cls == DGI_CUE_TELL) ? w->cover[cue + 1] : DGI_NONE;
    if (m == DGI_NONE || d->mentions[m].first != cue + 1 || d->mentions[m].kind != DGI_MENTION_NAME ||
        !dgi_is_quote_mark(d->toks[cue - 1].form) || !dgi_is_finite(d, cue) || d->mentions[m].entity >= d->n_entities ||
        d->entities[d->mentions[m].entity].type != DGI_ENT_PERSON)
        return DGI_NONE;
    return d->mentions[m].head;
}

/* The verb of saying right before the comma in front of the participle v, or behind which only who speaks stands before it ("said Roy,
 * adding"); else DGI_NONE. */
static uint32_t cue_before_comma(const struct dgi_quote_work *w, uint32_t v)
{
    const struct dgi_doc *d = w->doc;
    const uint32_t from = d->sents[d->toks[v].sent].first;
    if (v < from + 2 || dgi_form(d, v) != DGI_FORM_ING || !dgi_tok_is(d, v - 1, ","))
        return DGI_NONE;
    if (d->toks[v - 2].upos == DGI_VERB && dgi_cue_class(w, v - 2) == DGI_CUE_SAY)
        return v - 2;
    for (uint32_t t = v - 1; t-- > from + 1 && t + INVERTED > v && d->toks[t].upos != DGI_PUNCT;)
        if (d->toks[t].upos == DGI_VERB)
            return dgi_quote_inverted(w, t) != DGI_NONE ? t : DGI_NONE;
    return DGI_NONE;
}

enum { FAR_AUX = 6 }; /* words between "having" and its participle */

/* ", having earlier this week described it as": the auxiliary read as a clause of its own, and the cue as what is told. */
static bool set_off_participle(const struct dgi_doc *d, uint32_t v)
{
    const uint32_t from = d->sents[d->toks[v].sent].first;
    uint32_t i = v;
    while (i > from && v - i < FAR_AUX && !dgi_tok_is(d, i - 1, ","))
        i--;
    return i > from && i < v && dgi_tok_is(d, i - 1, ",") && dgi_form(d, i) == DGI_FORM_ING;
}

uint32_t dgi_quote_subject(const struct dgi_quote_work *w, uint32_t cue)
{
    const struct dgi_doc *d = w->doc;
    const uint32_t quoted = quoted_as(w, cue);
    if (quoted != DGI_NONE)
        return quoted;
    uint32_t beside = person_beside(w, cue);
    if (beside == DGI_NONE)
        beside = person_behind(w, cue);
    if (beside != DGI_NONE)
        return beside;
    uint32_t v = cue, before = dgi_quote_resumes(w, cue);
    if (before != DGI_NONE)
        v = before;
    for (int hop = 0; hop < 8 && v != DGI_NONE; hop++) {
        uint32_t s = own_subject(w, v), head = d->toks[v].head;
        uint8_t rel = d->toks[v].rel;
        if (s == DGI_NONE && (s = name_right_before(w, v)) == DGI_NONE)
            s = dgi_quote_inverted(w, v);
        if (s == DGI_NONE && v > cue_before_comma(w, v)) { /* "Roy said, going on to say" */
            v = cue_before_comma(w, v);
            s = own_subject(w, v);
            if (s == DGI_NONE || s < v)
                s = dgi_quote_inverted(w, v) != DGI_NONE ? dgi_quote_inverted(w, v) : s;
            head = d->toks[v].head;
            rel = d->toks[v].rel;
        }
        if (s != DGI_NONE) {
            if (!is_relative(d, s))
                return s;
            if (head == DGI_NONE)
                return DGI_NONE;
            if (rel == DGI_REL_ACL_RELCL || rel == DGI_REL_ACL)
                return head;
            /* "who met them and said": the relative clause is further up */
            for (uint32_t u = v; u != DGI_NONE && hop < 8; u = d->toks[u].head, hop++)
                if (d->toks[u].rel == DGI_REL_ACL_RELCL)
                    return d->toks[u].head;
            return noun_before(d, s);
        }
        const uint32_t nearer = v == cue ? joined_to(w, cue) : DGI_NONE;
        if (nearer != DGI_NONE)
            return own_subject(w, nearer);
        switch (dgi_rel_base(rel)) {
        case DGI_REL_CONJ:
        case DGI_REL_XCOMP:
        case DGI_REL_ADVCL:
        case DGI_REL_PARATAXIS:
        case DGI_REL_DEP: v = head; break;
        case DGI_REL_CCOMP:
            if (v != cue || !set_off_participle(d, v))
                return DGI_NONE;
            v = head;
            break;
        case DGI_REL_ACL:
            if (!trails(d, v))
                return head;
            v = verb_over(d, head);
            break;
        case DGI_REL_CSUBJ: { /* "had alleged Kip was poisoned" read as a subject: both subjects hang on the later verb */
            uint32_t last = DGI_NONE;
            if (head == DGI_NONE)
                return DGI_NONE;
            for (uint32_t c = d->toks[head].first_child; c != DGI_NONE && c < v; c = d->toks[c].next_sib)
                if (dgi_rel_base(d->toks[c].rel) == DGI_REL_NSUBJ)
                    last = c;
            return last;
        }
        default: return DGI_NONE;
        }
        /* the verb above: its subject; a noun above is not one, unless it is the predicate */
        if (v != DGI_NONE && d->toks[v].upos != DGI_VERB && d->toks[v].upos != DGI_AUX &&
            own_subject(w, v) == DGI_NONE && dgi_rel_base(d->toks[v].rel) != DGI_REL_CONJ &&
            dgi_rel_base(d->toks[v].rel) != DGI_REL_ADVCL && dgi_rel_base(d->toks[v].rel) != DGI_REL_XCOMP)
            return d->toks[v].upos == DGI_NOUN || d->toks[v].upos == DGI_PROPN || d->toks[v].upos == DGI_PRON ||
                           d->toks[v].upos == DGI_NUM
                       ? v
                       : DGI_NONE;
    }
    return DGI_NONE;
}

uint32_t dgi_quote_resumes(const struct dgi_quote_work *w, uint32_t cue)
{
    const struct dgi_doc *d = w->doc;
    uint8_t cls = dgi_cue_class(w, cue);
    if ((cls != DGI_CUE_SAY && cls != DGI_CUE_TELL && cls != DGI_CUE_NAME && cls != DGI_CUE_URGE &&
         cls != DGI_CUE_ASK) ||
        own_subject(w, cue) != DGI_NONE || dgi_child(d, cue, DGI_REL_AUX, DGI_NONE) != DGI_NONE)
        return DGI_NONE;
    const uint32_t at = cue > 1 && d->toks[cue - 1].upos == DGI_ADV ? cue - 1 : cue; /* ", further saying" */
    const bool comma = at > 0 && (dgi_tok_is(d, at - 1, ",") ||
                                  (at > 1 && dgi_is_quote_mark(d->toks[at - 1].form) && dgi_tok_is(d, at - 2, ",")));
    bool participle = dgi_form(d, cue) == DGI_FORM_ING && comma;
    if (!participle && (d->toks[cue].rel != DGI_REL_CONJ || dgi_child(d, cue, DGI_REL_CC, DGI_NONE) == DGI_NONE))
        return DGI_NONE;
    uint32_t v = cue;
    for (int n = 0; n < 12; n++) {
        uint32_t h = d->toks[v].head;
        if (h == DGI_NONE)
            return DGI_NONE;
        if (d->toks[v].rel == DGI_REL_CCOMP && (v != cue || participle) &&
            (dgi_cue_class(w, h) == DGI_CUE_SAY || dgi_cue_class(w, h) == DGI_CUE_TELL))
            return h < cue && (participle || same_tense(dgi_form(d, h), dgi_form(d, cue))) &&
                           w->region_of[h] == w->region_of[cue]
                       ? h
                       : DGI_NONE;
        v = h;
    }
    return DGI_NONE;
}

static bool may_speak(const struct dgi_mention *m)
{
    return !m->adjectival && m->end - m->first <= MOST_NAME;
}

bool dgi_quote_cover(struct dgi_quote_work *w)
{
    return (w->cover = dgi_mention_cover(w->doc, w->arena, may_speak)) != NULL;
}

static uint32_t mention_at(const struct dgi_quote_work *w, uint32_t t)
{
    uint32_t m = w->doc->toks[t].mention;
    return m < w->doc->n_mentions ? m : DGI_NONE;
}

/* A mention that depends on the noun: first its determiner's place (possessor, compound, adjective), then of/for/from/at. */
static uint32_t inner_mention(const struct dgi_quote_work *w, uint32_t noun)
{
    const struct dgi_doc *d = w->doc;
    uint32_t best = DGI_NONE;
    int best_rank = 99;
    const bool press = dgi_lemma_in(d, noun, DGI_W_PRESS); /* "Jordanian radio" does not speak for Jordan */
    for (uint32_t c = d->toks[noun].first_child; c != DGI_NONE; c = d->toks[c].next_sib) {
        uint32_t m = mention_at(w, c);
        if (m == DGI_NONE && w->cover[c] != DGI_NONE && d->mentions[w->cover[c]].head == c)
            m = w->cover[c];
        int rank;
        switch (dgi_rel_base(d->toks[c].rel)) {
        case DGI_REL_FLAT: rank = 0; break;
        case DGI_REL_APPOS: rank = 1; break;
        case DGI_REL_NMOD: rank = d->toks[c].rel == DGI_REL_NMOD_POSS ? 2 : 4; break;
        case DGI_REL_COMPOUND: rank = 3; break;
        case DGI_REL_AMOD: rank = 3; break;
        default: continue;
        }
        if (m == DGI_NONE && (rank == 3 || rank == 4)) { /* "a foreign ministry of Kenya spokesman" */
            for (uint32_t g = d->toks[c].first_child; g != DGI_NONE && m == DGI_NONE; g = d->toks[g].next_sib)
                m = mention_at(w, g);
        }
        if (m == DGI_NONE && rank == 3 && w->cover[c] != DGI_NONE && d->mentions[w->cover[c]].end <= noun &&
            d->mentions[w->cover[c]].kind == DGI_MENTION_NAME)
            m = w->cover[c]; /* "the United Nations human rights office", whatever is the name's head */
        if (press && m != DGI_NONE && d->mentions[m].entity < d->n_entities &&
            d->entities[d->mentions[m].entity].type == DGI_ENT_COUNTRY)
            continue;
        if (m != DGI_NONE && rank < best_rank) {
            best = m;
            best_rank = rank;
        }
    }
    return best;
}

/* The same one step deeper: "one of the groups, the Front"; "a statement released by the ministry". */
static uint32_t deeper_mention(const struct dgi_quote_work *w, uint32_t noun)
{
    const struct dgi_doc *d = w->doc;
    const bool text = dgi_cue_carrier(w, noun); /* "a letter that Kip wrote", but not "those whom Kip met" */
    for (uint32_t c = d->toks[noun].first_child; c != DGI_NONE; c = d->toks[c].next_sib) {
        uint8_t r = d->toks[c].rel;
        uint32_t m = DGI_NONE;
        if (r == DGI_REL_NMOD)
            m = inner_mention(w, c);
        if (r == DGI_REL_ACL || r == DGI_REL_ACL_RELCL)
            for (uint32_t a = d->toks[c].first_child; a != DGI_NONE && m == DGI_NONE; a = d->toks[a].next_sib)
                if (d->toks[a].rel == DGI_REL_OBL_AGENT ||
                    (r == DGI_REL_ACL_RELCL && d->toks[a].rel == DGI_REL_NSUBJ && text)) {
                    m = mention_at(w, a);
                    if (m == DGI_NONE)
                        m = inner_mention(w, a);
                }
        if (m != DGI_NONE)
            return m;
    }
    return DGI_NONE;
}

/* "A tweet sent from Mayor Roy's account": the one person in the words of a text. */
static uint32_t only_person(const struct dgi_quote_work *w, uint32_t noun)
{
    const struct dgi_doc *d = w->doc;
    uint32_t first, end, found = DGI_NONE;
    dgi_subtree(d, noun, &first, &end);
    for (uint32_t t = noun + 1; t < end && t < noun + MOST_NAME; t++) {
        const uint32_t m = mention_at(w, t), e = m == DGI_NONE ? DGI_NONE : d->mentions[m].entity;
        if (e >= d->n_entities || d->entities[e].type != DGI_ENT_PERSON || d->mentions[m].kind == DGI_MENTION_PRONOUN)
            continue;
        if (found != DGI_NONE && d->mentions[found].entity != e)
            return DGI_NONE;
        found = m;
    }
    return found;
}

/* A name that no mention covers: the entity that an earlier or later name of the document ends with ("Okoro"). */
uint32_t dgi_quote_namesake(const struct dgi_quote_work *w, uint32_t tok)
{
    const struct dgi_doc *d = w->doc;
    uint32_t last = tok;
    for (uint32_t c = d->toks[tok].first_child; c != DGI_NONE; c = d->toks[c].next_sib)
        if (d->toks[c].rel == DGI_REL_FLAT && c > last)
            last = c;
    if (d->toks[last].upos != DGI_PROPN || d->toks[last].form.len < 3)
        return DGI_NONE;
    for (uint32_t i = 0; i < d->n_mentions && i < 4000; i++) {
        const struct dgi_mention *m = &d->mentions[i];
        if (m->kind == DGI_MENTION_NAME && !m->adjectival && m->end > m->first && m->end <= d->n_toks &&
            dgi_str_eq(d->toks[m->end - 1].form, d->toks[last].form) && m->entity < d->n_entities &&
            d->entities[m->entity].type == DGI_ENT_PERSON)
            return i;
    }
    return DGI_NONE;
}

/* "whose envoy, Ana Roy, said": the name in commas behind an office, which the tree took for another subject. */
static uint32_t name_beside(const struct dgi_quote_work *w, uint32_t noun)
{
    const struct dgi_doc *d = w->doc;
    uint32_t comma = noun + 1; /* behind "the spokesman for the Sudanese army" too */
    while (comma < noun + ASIDE && comma + 2 < d->n_toks &&
           (d->toks[comma].upos == DGI_ADP || d->toks[comma].upos == DGI_DET || d->toks[comma].upos == DGI_ADJ ||
            (comma > noun + 1 && (d->toks[comma].upos == DGI_NOUN || d->toks[comma].upos == DGI_PROPN))))
        comma++;
    if (d->toks[noun].upos != DGI_NOUN || comma + 2 >= d->n_toks || !dgi_tok_is(d, comma, ","))
        return DGI_NONE;
    uint32_t m = DGI_NONE; /* the last name before the next comma: "an IMF official, Deputy Director Ana Roy, said" */
    for (uint32_t t = comma + 1; t < comma + ASIDE && t < d->n_toks && !dgi_tok_is(d, t, ","); t++) {
        if (d->toks[t].upos == DGI_VERB || d->toks[t].upos == DGI_ADP || d->toks[t].upos == DGI_CCONJ)
            return DGI_NONE;
        m = w->cover[t];
    }
    if (m == DGI_NONE || d->mentions[m].first < comma + 1 || d->mentions[m].kind != DGI_MENTION_NAME ||
        !dgi_tok_is(d, d->mentions[m].end, ",") || d->mentions[m].entity >= d->n_entities ||
        d->entities[d->mentions[m].entity].type != DGI_ENT_PERSON)
        return DGI_NONE;
    uint32_t h = d->mentions[m].head;
    const uint32_t on = d->toks[h].head, in = on < d->n_toks ? w->cover[on] : DGI_NONE;
    const uint8_t type = in == DGI_NONE || d->mentions[in].entity >= d->n_entities
                             ? DGI_ENT_ROLE
                             : d->entities[d->mentions[in].entity].type;
    if (on != DGI_NONE && on > noun && on < comma && d->toks[h].rel == DGI_REL_APPOS && type != DGI_ENT_ROLE &&
        type != DGI_ENT_PERSON)
        return m; /* "the spokesman in Lima, Ana Roy, said" */
    while (d->toks[h].head != DGI_NONE && d->toks[h].head != noun && d->toks[h].head > noun && d->toks[h].head < h)
        h = d->toks[h].head;
    const uint8_t r = d->toks[h].rel;
    return d->toks[h].head == noun && (r == DGI_REL_NSUBJ || r == DGI_REL_APPOS) ? m : DGI_NONE;
}

static dgi_span words_of(const struct dgi_doc *d, uint32_t noun)
{
    /* the noun with what stands before it and its flat parts; no clauses, no apposition */
    uint32_t first = noun, last = noun;
    for (uint32_t c = d->toks[noun].first_child; c != DGI_NONE; c = d->toks[c].next_sib) {
        uint8_t r = dgi_rel_base(d->toks[c].rel);
        if (c < noun && (r == DGI_REL_DET || r == DGI_REL_AMOD || r == DGI_REL_COMPOUND || r == DGI_REL_NMOD ||
                         r == DGI_REL_NUMMOD)) {
            uint32_t f, e;
            dgi_subtree(d, c, &f, &e);
            if (f < first)
                first = f;
        }
        if (c > last && (r == DGI_REL_FLAT || r == DGI_REL_COMPOUND) && c == last + 1)
            last = c;
    }
    return (dgi_span){d->toks[first].start, d->toks[last].end};
}

uint32_t dgi_quote_entity(const struct dgi_quote_work *w, uint32_t tok, dgi_span *span)
{
    const struct dgi_doc *d = w->doc;
    *span = (dgi_span){0, 0};
    if (tok == DGI_NONE)
        return DGI_NONE;
    *span = words_of(d, tok);
    uint32_t m = mention_at(w, tok);
    if (m != DGI_NONE && d->mentions[m].adjectival)
        m = DGI_NONE;
    bool carrier = dgi_cue_carrier(w, tok) && d->toks[tok].upos == DGI_NOUN;
    if (m == DGI_NONE && w->cover[tok] != DGI_NONE && !carrier)
        m = w->cover[tok];
    if (m != DGI_NONE) {
        const uint32_t named = name_beside(w, tok);
        *span = d->mentions[m].span;
        m = named == DGI_NONE ? m : named;
    }
    if ((m == DGI_NONE || carrier) && d->toks[tok].upos != DGI_PRON) {
        uint32_t in = inner_mention(w, tok);
        if (in == DGI_NONE)
            in = deeper_mention(w, tok);
        if (in == DGI_NONE && carrier)
            in = only_person(w, tok);
        if (in != DGI_NONE)
            m = in;
        if (m == DGI_NONE && d->toks[tok].upos == DGI_PROPN)
            m = dgi_quote_namesake(w, tok);
    }
    return m == DGI_NONE ? DGI_NONE : d->mentions[m].entity < d->n_entities ? d->mentions[m].entity : DGI_NONE;
}

/* "a letter to the council": to whom a text goes, or DGI_NONE. */
static uint32_t to_whom(const struct dgi_doc *d, uint32_t text)
{
    char buf[64];
    for (uint32_t c = d->toks[text].first_child; c != DGI_NONE; c = d->toks[c].next_sib)
        if (c > text && dgi_rel_base(d->toks[c].rel) == DGI_REL_NMOD &&
            dgi_word_in(d->words, DGI_W_TO, dgi_case_of(d, c, buf, sizeof buf)))
            return c;
    return DGI_NONE;
}

uint32_t dgi_quote_addressee(const struct dgi_quote_work *w, uint32_t cue)
{
    const struct dgi_doc *d = w->doc;
    const struct dgi_cue_row *row = dgi_cue_at(w, cue);
    char buf[64];
    dgi_span span;
    if (!row)
        return DGI_NONE;
    for (uint32_t c = d->toks[cue].first_child; c != DGI_NONE; c = d->toks[c].next_sib) {
        uint8_t r = d->toks[c].rel;
        if (r == DGI_REL_IOBJ || (r == DGI_REL_OBJ && row->addressee_obj) ||
            (r == DGI_REL_OBL && dgi_word_in(d->words, DGI_W_TO, dgi_case_of(d, c, buf, sizeof buf))))
            return dgi_quote_entity(w, c, &span);
        if (r == DGI_REL_NSUBJ_PASS && row->cls == DGI_CUE_TELL) /* "he was told by the envoy that" */
            return dgi_quote_entity(w, c, &span);
        if (r == DGI_REL_OBL && dgi_cue_carrier(w, c)) { /* "wrote in a letter to the council" */
            const uint32_t to = to_whom(d, c);
            if (to != DGI_NONE)
                return dgi_quote_entity(w, to, &span);
        }
    }
    return DGI_NONE;
}

/* "did not say that": by words, because a negator beside the cue denies it whatever the parser hangs it on. */
bool dgi_quote_negated(const struct dgi_quote_work *w, uint32_t cue)
{
    const struct dgi_doc *d = w->doc;
    for (uint32_t c = d->toks[cue].first_child; c != DGI_NONE; c = d->toks[c].next_sib)
        if (dgi_tok_in(d, c, DGI_W_NEGATOR) && w->region_of[c] == w->region_of[cue]) /* '"Probably not," she said' */
            return true;
    return false;
}

bool dgi_quote_unreal(const struct dgi_quote_work *w, uint32_t cue)
{
    const struct dgi_doc *d = w->doc;
    const struct dgi_clause *c = dgi_clause_at(d, cue);
    if (!c)
        return false;
    if (dgi_tok_in(d, c->modal, DGI_W_UNREAL_AUX) || dgi_tok_in(d, c->aux, DGI_W_UNREAL_AUX))
        return true; /* would say; having said */
    if (dgi_tok_in(d, c->marker, DGI_W_CONDITION))
        return true;
    bool to = c->particle != DGI_NONE ||
              dgi_tok_in(d, c->marker, DGI_W_TO);            /* the parser may take the particle for a preposition */
    return to && !dgi_lemma_in(d, c->governor, DGI_W_GO_ON); /* to say, but not "went on to say" */
}
