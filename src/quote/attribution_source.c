/* SPDX-License-Identifier: Apache-2.0 */
/* quote/attribution_source.c: whose attribution it is, and the words that name him. */
#include "quote/attribution_in.h"

enum { WHO = 24 /* words from "who" to a verb that goes on with its clause: "who came late and said" */ };

/* The phrase of the source: the noun with what stands before it, its name, its title, and prepositions behind it. */
static dgi_span phrase(const struct dgi_doc *d, uint32_t noun)
{
    uint32_t first, end, last = noun;
    dgi_subtree(d, noun, &first, &end);
    for (uint32_t c = d->toks[noun].first_child; c != DGI_NONE; c = d->toks[c].next_sib) {
        const uint8_t r = dgi_rel_base(d->toks[c].rel);
        uint32_t f, e;
        if (c < noun || r == DGI_REL_ACL || r == DGI_REL_CC || r == DGI_REL_PUNCT || r == DGI_REL_PARATAXIS ||
            d->toks[c].rel == DGI_REL_ACL_RELCL)
            continue;
        if (c > last + 12)
            break;
        dgi_subtree(d, c, &f, &e);
        last = e - 1 > last ? e - 1 : last;
    }
    while (first < noun && (d->toks[first].upos == DGI_PUNCT || d->toks[first].upos == DGI_ADP))
        first++;
    return (dgi_span){d->toks[first].start, d->toks[last].end};
}

/* "sent the board a letter urging them": the verb whose object is the text that the participle v, or a noun over it, belongs to. */
static uint32_t text_given(const struct dgi_quote_work *w, uint32_t v)
{
    const struct dgi_doc *d = w->doc;
    uint32_t n = d->toks[v].head;
    bool text = false;
    if (d->toks[v].rel != DGI_REL_ACL || n == DGI_NONE || dgi_form(d, v) != DGI_FORM_ING)
        return DGI_NONE;
    for (int hop = 0; hop < 4; hop++) {
        text |= dgi_cue_carrier(w, n);
        const uint32_t h = d->toks[n].head;
        const uint8_t r = dgi_rel_base(d->toks[n].rel);
        if (h == DGI_NONE || h > n)
            return DGI_NONE;
        if (r == DGI_REL_OBJ)
            return text ? h : DGI_NONE;
        if (r == DGI_REL_OBL) {
            const uint32_t o = dgi_child(d, h, DGI_REL_OBJ, DGI_NONE);
            return o != DGI_NONE && o > h && o < n && dgi_cue_carrier(w, o) ? h : DGI_NONE;
        }
        if (r != DGI_REL_NMOD)
            return DGI_NONE;
        n = h;
    }
    return DGI_NONE;
}

/* "led the envoy to fear", "gave the board leave to order": whom the verb above moves, or DGI_NONE. */
static uint32_t moved(const struct dgi_doc *d, uint32_t v)
{
    uint32_t h = d->toks[v].head;
    if (h == DGI_NONE || h > v || !dgi_marked(d, v, DGI_W_TO) || dgi_has_subject(d, v))
        return DGI_NONE;
    if (d->toks[v].rel == DGI_REL_ACL && d->toks[h].rel == DGI_REL_OBJ && d->toks[h].head != DGI_NONE) {
        const uint32_t to = dgi_child(d, d->toks[h].head, DGI_REL_IOBJ, DGI_NONE);
        return to;
    }
    const bool far = d->toks[v].rel == DGI_REL_ADVCL && dgi_lemma_in(d, h, DGI_W_MOVES); /* "at its summit" between */
    if (d->toks[v].rel != DGI_REL_XCOMP && !far)
        return DGI_NONE;
    uint32_t o = dgi_child(d, h, DGI_REL_OBJ, DGI_NONE);
    if (o == DGI_NONE)
        o = dgi_child(d, h, DGI_REL_IOBJ, DGI_NONE);
    return o != DGI_NONE && o > h && o < v ? o : DGI_NONE;
}

/* "arrested Roy for mocking the king", "held the envoy in contempt for refusing": a person or body to whom the verb above does something for
 * the deed, or DGI_NONE. */
static uint32_t paid_for(const struct dgi_quote_work *w, uint32_t v)
{
    const struct dgi_doc *d = w->doc;
    const uint32_t h = d->toks[v].head, mark = dgi_child(d, v, DGI_REL_MARK, DGI_NONE);
    if (h == DGI_NONE || h > v || mark == DGI_NONE || !dgi_tok_in(d, mark, DGI_W_ACTOR_FOR) ||
        dgi_form(d, v) != DGI_FORM_ING || d->toks[h].upos != DGI_VERB || d->toks[v].rel == DGI_REL_CONJ)
        return DGI_NONE;
    const uint32_t o = dgi_child(d, h, DGI_REL_OBJ, DGI_NONE);
    if (o == DGI_NONE || o < h || o > v)
        return DGI_NONE;
    const uint32_t m = w->cover[o];
    return d->toks[o].upos == DGI_PRON || (m != DGI_NONE && d->mentions[m].head == o) ? o : DGI_NONE;
}

/* "decided after a long inquiry not to recommend", "hid it, in many cases reporting less": the verb beside whose circumstances, a noun that
 * nobody is, the tree hangs the cue v on, or DGI_NONE. */
static uint32_t past_aside(const struct dgi_quote_work *w, uint32_t v)
{
    const struct dgi_doc *d = w->doc;
    const uint32_t n = d->toks[v].head, c = n == DGI_NONE ? DGI_NONE : dgi_child(d, n, DGI_REL_CASE, DGI_NONE);
    if (d->toks[v].rel != DGI_REL_ACL || c == DGI_NONE || n > v || d->toks[n].upos != DGI_NOUN ||
        w->cover[n] != DGI_NONE || dgi_rel_base(d->toks[n].rel) != DGI_REL_OBL || dgi_cue_carrier(w, n) || c == 0)
        return DGI_NONE;
    char buf[64];
    const bool when = dgi_word_in(d->words, DGI_W_SAID_WHEN, dgi_case_of(d, n, buf, sizeof buf));
    const bool to = when && dgi_marked(d, v, DGI_W_TO);
    const bool set_off = dgi_form(d, v) == DGI_FORM_ING && dgi_tok_is(d, c - 1, ",") && n + 1 == v;
    return to || set_off ? d->toks[n].head : DGI_NONE;
}

/* "said the plan had failed, citing two reports", "The plan failed, the auditor said in May, citing ...": the verb of saying whose speaker
 * goes on with the participle v, or DGI_NONE. */
static uint32_t goes_on_from(const struct dgi_quote_work *w, uint32_t v)
{
    const struct dgi_doc *d = w->doc;
    if (v == 0 || dgi_form(d, v) != DGI_FORM_ING || !dgi_tok_is(d, v - 1, ",") || dgi_cue_class(w, v) != DGI_CUE_QUOTE)
        return DGI_NONE;
    uint32_t u = v;
    for (int hop = 0; hop < 8 && d->toks[u].head != DGI_NONE; hop++) {
        const uint32_t h = d->toks[u].head;
        if (d->toks[u].rel == DGI_REL_CCOMP && h < v && dgi_cue_is_speech(dgi_cue_class(w, h)))
            return h;
        for (uint32_t c = d->toks[h].first_child; c != DGI_NONE && c < v; c = d->toks[c].next_sib)
            if (d->toks[c].rel == DGI_REL_PARATAXIS && c > h && dgi_cue_class(w, c) == DGI_CUE_SAY)
                return c;
        u = h;
    }
    return DGI_NONE;
}

bool dgi_attribution_led(const struct dgi_quote_work *w, uint32_t v)
{
    return text_given(w, v) != DGI_NONE || moved(w->doc, v) != DGI_NONE || paid_for(w, v) != DGI_NONE ||
           past_aside(w, v) != DGI_NONE;
}

/* "who's called for talks": "has", read as a passive. */
static bool has_done(const struct dgi_doc *d, uint32_t v)
{
    uint32_t be = dgi_child(d, v, DGI_REL_AUX_PASS, DGI_NONE);
    if (be == DGI_NONE)
        be = dgi_child(d, v, DGI_REL_AUX, DGI_NONE);
    if (be == DGI_NONE || be > v || d->toks[be].form.len < 2 ||
        dgi_child(d, v, DGI_REL_OBL_AGENT, DGI_NONE) != DGI_NONE)
        return false;
    const char first = d->toks[be].form.ptr[0];
    if (first != '\'' && first != '\xe2')
        return false; /* "'s", also with a curly mark */
    for (uint32_t c = d->toks[v].first_child; c != DGI_NONE; c = d->toks[c].next_sib)
        if (c > v && (d->toks[c].rel == DGI_REL_OBJ || dgi_rel_base(d->toks[c].rel) == DGI_REL_OBL))
            return true;
    return false;
}

/* Who wants, fears, criticises: the subject; of a noun its owner, its "by", or the subject of the verb it hangs on. */
uint32_t dgi_attribution_source(const struct dgi_quote_work *w, uint32_t v)
{
    const struct dgi_doc *d = w->doc;
    if (d->toks[v].upos != DGI_NOUN) {
        const uint32_t given = text_given(w, v), on = goes_on_from(w, v), whom = moved(d, v);
        if (given != DGI_NONE || on != DGI_NONE)
            return dgi_quote_subject(w, given != DGI_NONE ? given : on);
        const uint32_t doer = whom != DGI_NONE ? whom : paid_for(w, v), over = past_aside(w, v);
        if (doer != DGI_NONE)
            return doer;
        if (over != DGI_NONE)
            return dgi_quote_subject(w, over);
        const uint32_t of = d->toks[v].head, agent = dgi_child(d, v, DGI_REL_OBL_AGENT, DGI_NONE);
        uint32_t s = dgi_quote_subject(w, v);
        if (d->toks[v].rel == DGI_REL_ACL && of != DGI_NONE && s == of && d->toks[of].rel == DGI_REL_OBJ &&
            dgi_marked(d, v, DGI_W_TO) && d->toks[of].mention == DGI_NONE) /* "took the chance to praise her" */
            s = dgi_quote_subject(w, d->toks[of].head);
        const uint32_t suffers = dgi_child(d, v, DGI_REL_NSUBJ_PASS, DGI_NONE);
        if (suffers != DGI_NONE && (dgi_lemma_in(d, v, DGI_W_MINDED) || has_done(d, v)))
            return suffers; /* "We are convinced that ...", "The mayor was angered by ..." */
        if (s == DGI_NONE &&
            agent == DGI_NONE) { /* "Judges hearing the case have cited ..." read as a clause that is the subject */
            const uint32_t c = dgi_child(d, v, DGI_REL_CSUBJ, DGI_NONE);
            s = c != DGI_NONE && dgi_form(d, c) == DGI_FORM_ING ? dgi_child(d, c, DGI_REL_NSUBJ, DGI_NONE) : DGI_NONE;
        }
        if (agent != DGI_NONE || suffers == DGI_NONE)
            return agent != DGI_NONE ? agent : s;
        return DGI_NONE;
    }
    const uint32_t owner = dgi_child(d, v, DGI_REL_NMOD_POSS, DGI_NONE), h = d->toks[v].head;
    if (owner != DGI_NONE || h == DGI_NONE)
        return owner;
    if (d->toks[v].rel == DGI_REL_OBJ || d->toks[v].rel == DGI_REL_OBL)
        return dgi_quote_subject(w, h);
    const bool predicate = dgi_child(d, v, DGI_REL_COP, DGI_NONE) != DGI_NONE;
    return predicate ? dgi_quote_subject(w, v) : DGI_NONE;
}

/* The same, up to the relative pronoun that stands for it before the cue: "three members, who". */
dgi_span dgi_attribution_phrase(const struct dgi_doc *d, uint32_t noun, uint32_t cue)
{
    dgi_span s = phrase(d, noun);
    const uint32_t last = dgi_tok_from(d, s.end);
    for (uint32_t t = cue; t-- > noun + 1 && t + WHO > cue;)
        if (dgi_is_relative(d, t) && (t + 8 > cue || t <= last + 1)) {
            if (t <= last + 1)
                s.end = d->toks[t].end;
            break;
        }
    return s;
}
