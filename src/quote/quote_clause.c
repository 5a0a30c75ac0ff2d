/* SPDX-License-Identifier: Apache-2.0 */
/* quote/quote_clause.c: the words of an indirect statement.
 *
 * The clause's subtree without the cue's own words, and without what the reporter adds: a second cue (", adding that"), a
 * contrast (", while Paris ..."), the other side of a semicolon, and the marks at the edges. What stands in a
 * quotation that is a statement of its own is left to it. */
#include "quote/quote_in.h"

enum { MOST_AS = 20, AFTER_AS = 6 }; /* words before and behind the verb of "as he said last week" */
enum { BARE = 10 };                  /* words of "the Lagos Times reported on Friday" */

/* Set in[t] = value for the subtree of `top`. Linear in its size. */
static void mark_subtree(struct dgi_quote_work *w, uint32_t top, uint8_t value)
{
    const struct dgi_doc *d = w->doc;
    const struct dgi_sent *st = &d->sents[d->toks[top].sent];
    uint32_t t = top;
    uint64_t steps = 4ull * (st->end - st->first) + 4;
    while (steps--) {
        w->in[t] = value;
        if (d->toks[t].first_child != DGI_NONE) {
            t = d->toks[t].first_child;
            continue;
        }
        while (t != top && d->toks[t].next_sib == DGI_NONE && d->toks[t].head != DGI_NONE)
            t = d->toks[t].head;
        if (t == top || d->toks[t].next_sib == DGI_NONE)
            return;
        t = d->toks[t].next_sib;
    }
}

static bool is_punct(const struct dgi_doc *d, uint32_t t)
{
    return d->toks[t].upos == DGI_PUNCT;
}

static bool relative_pronoun(const struct dgi_doc *d, uint32_t t)
{
    return dgi_tok_in(d, t, DGI_W_RELATIVE) || dgi_tok_in(d, t, DGI_W_RELATIVE_OBLIQUE);
}

static bool present(const struct dgi_doc *d, uint32_t v)
{
    const struct dgi_clause *c = dgi_clause_at(d, v);
    const uint8_t f = dgi_form(d, v);
    return f == DGI_FORM_PRESENT_S || f == DGI_FORM_PRESENT || (c && c->tense == DGI_TENSE_PRESENT);
}

/* "He denied that Togo meddles, and accused Chad of lying": what is said stands in the present, the verb behind "and" in the past like the cue. */
static bool goes_on_after(const struct dgi_quote_work *w, uint32_t conj)
{
    const struct dgi_doc *d = w->doc;
    const uint32_t v = dgi_tok_in(d, conj, DGI_W_AND) ? d->toks[conj].head : DGI_NONE;
    if (v == DGI_NONE || v < conj || v > conj + 5 || d->toks[v].rel != DGI_REL_CONJ ||
        dgi_form(d, v) != DGI_FORM_PAST || dgi_has_subject(d, v))
        return false;
    const uint32_t said = d->toks[v].head, cue = said == DGI_NONE ? DGI_NONE : d->toks[said].head;
    return cue != DGI_NONE && said < conj && d->toks[said].rel == DGI_REL_CCOMP && cue < said &&
           dgi_form(d, cue) == DGI_FORM_PAST && present(d, said) && w->region_of[cue] == w->region_of[v];
}

/* Does the reporter take over at t, a word after a comma? */
static bool reporter_again(const struct dgi_quote_work *w, uint32_t t)
{
    const struct dgi_doc *d = w->doc;
    uint8_t cls = dgi_cue_class(w, t);
    if ((cls == DGI_CUE_SAY || cls == DGI_CUE_TELL || cls == DGI_CUE_QUOTE) && dgi_form(d, t) == DGI_FORM_ING &&
        d->toks[t].rel != DGI_REL_AMOD && d->toks[t].rel != DGI_REL_COMPOUND)
        return true;
    if (dgi_tok_in(d, t, DGI_W_WHILE))
        return true;
    if (d->toks[t].upos == DGI_CCONJ && d->toks[t].head != DGI_NONE && d->toks[t].head > t && d->toks[t].head < t + 6 &&
        dgi_quote_resumes(w, d->toks[t].head) != DGI_NONE)
        return true;
    if (d->toks[t].upos == DGI_CCONJ && goes_on_after(w, t))
        return true;
    if (d->toks[t].upos == DGI_SCONJ && d->toks[t].rel == DGI_REL_MARK && dgi_tok_is(d, t - 1, ",") &&
        dgi_tok_in(d, t, DGI_W_THOUGH) && d->toks[t].head != DGI_NONE && d->toks[t].head < t + 6) {
        cls = dgi_cue_class(w, d->toks[t].head); /* ", though she admitted that" */
        return cls == DGI_CUE_SAY || cls == DGI_CUE_TELL;
    }
    if (relative_pronoun(d, t)) /* ", which the army denied" */
        for (uint32_t v = t + 1; v < t + 8 && v < d->sents[d->toks[t].sent].end && !is_punct(d, v); v++)
            if (d->toks[v].upos == DGI_VERB && dgi_cue_at(w, v) && dgi_cue_at(w, v)->deny)
                return true;
    return cls == DGI_CUE_PREP;
}

bool dgi_marked(const struct dgi_doc *d, uint32_t v, enum dgi_word_set words)
{
    for (uint32_t c = d->toks[v].first_child; c != DGI_NONE; c = d->toks[c].next_sib)
        if (d->toks[c].rel == DGI_REL_MARK && dgi_tok_in(d, c, words))
            return true;
    return false;
}

/* "said [Tuesday] that", "said [in Ulm] she": takes off when or where it was said; how many words went. */
static uint32_t told_when(const struct dgi_doc *d, uint32_t cue, struct dgi_content *out)
{
    for (uint32_t t = cue + 2; out->n && out->first[0] == cue + 1 && t < cue + 5 && t < out->end[0]; t++) {
        if (d->toks[t - 1].upos == DGI_VERB || d->toks[t - 1].upos == DGI_AUX)
            break; /* "said [he knew that ...]" */
        const bool place = d->toks[cue + 1].upos == DGI_ADP && d->toks[t - 1].upos == DGI_PROPN &&
                           d->toks[t].upos == DGI_PRON && d->toks[t].rel == DGI_REL_NSUBJ;
        if (place || (d->toks[t].upos == DGI_SCONJ && d->toks[t].rel == DGI_REL_MARK && dgi_tok_in(d, t, DGI_W_THAT))) {
            const uint32_t gone = t - out->first[0];
            out->first[0] = t;
            return gone;
        }
    }
    return 0;
}

/* Words in quotation marks go together, whatever the tree makes of them: 'called it a "good day in a year | when few were"'. */
static void whole_quotations(struct dgi_quote_work *w, const struct dgi_sent *st, uint32_t cue)
{
    for (uint32_t t = cue + 1 > st->first ? cue + 1 : st->first; t < st->end; t++) {
        const uint32_t r = w->in[t] ? w->region_of[t] : DGI_NONE;
        if (r == DGI_NONE || r == w->region_of[cue] || w->regions[r].full)
            continue;
        for (; t < w->regions[r].end && t < st->end; t++)
            w->in[t] = 1;
        t--;
    }
}

bool dgi_said_words(struct dgi_quote_work *w, const struct dgi_said_parts *p, uint32_t cue, struct dgi_content *out)
{
    const struct dgi_doc *d = w->doc;
    const uint32_t head = p->n ? p->head[0] : p->from;
    const struct dgi_sent *st = &d->sents[d->toks[head].sent];
    *out = (struct dgi_content){.n = 0};
    for (uint32_t i = 0; i < p->n; i++)
        mark_subtree(w, p->head[i], 1);
    for (uint32_t t = p->from; !p->n && t < p->to; t++)
        w->in[t] = 1;
    whole_quotations(w, st, cue);
    if (p->cut != DGI_NONE)
        mark_subtree(w, p->cut, 0);
    for (uint32_t t = p->gap_from; t < p->gap_to; t++)
        w->in[t] = 0;
    w->in[cue] = 0;
    /* the far side of a semicolon is another matter; from the clause's head outwards */
    uint32_t lo = st->first, hi = st->end;
    for (uint32_t t = head; t-- > st->first;)
        if (dgi_tok_is(d, t, ";")) {
            lo = t + 1;
            break;
        }
    for (uint32_t t = head + 1; t < st->end; t++)
        if (dgi_tok_is(d, t, ";") && (w->region_of[t] == DGI_NONE || w->region_of[t] != w->region_of[head])) {
            hi = t;
            break;
        }
    if (p->n && head > cue && p->cut == DGI_NONE && lo <= cue)
        lo = cue + 1; /* "which officials said was safe": the pronoun stands before */
    uint32_t first = DGI_NONE;
    for (uint32_t t = lo; t < hi; t++)
        if (w->in[t] && first == DGI_NONE)
            first = t;
    if (first != DGI_NONE)
        for (uint32_t t = first + 2; t < hi; t++)
            if (w->in[t] && (is_punct(d, t - 1) || d->toks[t].upos == DGI_CCONJ) && w->region_of[t] == DGI_NONE &&
                t > cue && reporter_again(w, t) && t > head) {
                hi = t;
                break;
            }
    const uint32_t at = w->region_of[cue]; /* a cue within a quotation reports words of that quotation */
    const uint32_t inside = at != DGI_NONE && w->regions[at].full ? at : DGI_NONE;
    uint32_t run = DGI_NONE, last_word = 0, words = 0;
    for (uint32_t t = lo; t <= hi; t++) {
        uint32_t r = t < hi ? w->region_of[t] : DGI_NONE;
        bool own = t < hi && w->in[t] && (inside == DGI_NONE ? !(r != DGI_NONE && w->regions[r].full) : r == inside);
        bool punct = t < hi && is_punct(d, t);
        if (own && !punct) {
            if (run == DGI_NONE)
                run = t;
            last_word = t;
            words++;
            out->quoted |= r != inside;
            continue;
        }
        if (run == DGI_NONE || (punct && (own || t + 1 < hi)))
            continue; /* marks neither begin nor end a run */
        if (out->n == DGI_QUOTE_MAX_SPANS)
            break;
        out->first[out->n] = run;
        out->end[out->n++] = last_word + 1;
        run = DGI_NONE;
    }
    if (run != DGI_NONE && out->n < DGI_QUOTE_MAX_SPANS) {
        out->first[out->n] = run;
        out->end[out->n++] = last_word + 1;
    }
    memset(w->in + st->first, 0, st->end - st->first);
    /* "told reporters she was ill": whom the parser took into the clause */
    if (out->n && dgi_cue_class(w, cue) == DGI_CUE_TELL && out->first[0] == cue + 1 &&
        out->first[0] + 2 < out->end[0]) {
        uint32_t f = out->first[0];
        uint8_t next = d->toks[f + 1].upos;
        bool whole =
            w->cover[f] != DGI_NONE && d->mentions[w->cover[f]].first == f && d->mentions[w->cover[f]].end == f + 1;
        if ((next == DGI_PRON || next == DGI_DET || next == DGI_PROPN) && d->toks[f + 1].rel != DGI_REL_FLAT &&
            ((d->toks[f].upos == DGI_NOUN && dgi_is_plural(d, f)) || (whole && d->toks[f].upos == DGI_PROPN)))
            out->first[0]++;
    }
    words -= told_when(d, cue, out);
    /* what joins the clause to its cue */
    while (out->n) {
        const uint32_t f = out->first[0];
        /* "that" is said too: PolNeAR's manual */
        if (!is_punct(d, f) && !(d->toks[f].rel == DGI_REL_CC && (f > cue || f == st->first)))
            break;
        words--;
        if (++out->first[0] < out->end[0])
            continue;
        out->n--;
        memmove(out->first, out->first + 1, out->n * sizeof *out->first);
        memmove(out->end, out->end + 1, out->n * sizeof *out->end);
    }
    if (out->n && out->first[0] > cue && d->toks[out->first[0]].upos == DGI_ADP &&
        relative_pronoun(d, out->first[0] + 1))
        return false; /* preposition and relative pronoun: it belongs to a noun */
    return out->n && words >= 2;
}

/* ---- which clause ---- */
/* A clause that begins with "which" or "who" is the parser's slip: nobody says it. */
static bool relative(const struct dgi_doc *d, uint32_t v)
{
    const struct dgi_clause *c = dgi_clause_at(d, v);
    return c && c->wh < v && (relative_pronoun(d, c->wh) || dgi_tok_in(d, c->wh, DGI_W_WHERE));
}

/* "..., which the army denied", "a charge that the army denied": the same where the tree lost it, by its place. */
static bool relative_by_place(const struct dgi_doc *d, uint32_t v)
{
    const uint32_t first = d->sents[d->toks[v].sent].first;
    if (d->toks[v].rel == DGI_REL_ACL_RELCL)
        return true;
    for (uint32_t t = v; t > first + 1 && t + 8 > v; t--)
        if (dgi_tok_is(d, t - 1, ","))
            return dgi_tok_in(d, t, DGI_W_RELATIVE) || dgi_tok_in(d, t, DGI_W_RELATIVE_OBLIQUE);
    return false;
}

static bool is_clause(const struct dgi_doc *d, uint32_t v)
{
    return dgi_clause_at(d, v) || dgi_has_subject(d, v) || dgi_marked(d, v, DGI_W_THAT);
}

/* "said in a speech beamed to the islands": a participle behind a preposition's noun that the parser took for the clause. */
static bool heard_in(const struct dgi_doc *d, uint32_t c)
{
    uint32_t first, end;
    dgi_subtree(d, c, &first, &end);
    if (dgi_has_subject(d, c) || d->toks[first].upos != DGI_ADP)
        return false;
    for (uint32_t t = first; t < end; t++)
        if (d->toks[t].upos == DGI_PUNCT || dgi_tok_in(d, t, DGI_W_THAT))
            return false;
    return true;
}

/* "Tell them, she said", "The bank told brokers to sell, the Lagos Times reported on Friday": nothing but who says so, and when. */
static bool only_says(const struct dgi_doc *d, uint32_t v, uint32_t c)
{
    uint32_t first, end;
    dgi_subtree(d, c, &first, &end);
    if (end - first < 4)
        return true;
    while (first < c && d->toks[first].upos == DGI_PUNCT)
        first++;
    if (c < v || first == 0 || !dgi_tok_is(d, first - 1, ",") || !dgi_is_finite(d, c) || end > first + BARE ||
        dgi_child(d, c, DGI_REL_OBJ, DGI_NONE) != DGI_NONE)
        return false;
    for (uint32_t t = first; t < end; t++)
        if (t != c && (d->toks[t].upos == DGI_VERB || d->toks[t].upos == DGI_AUX || d->toks[t].upos == DGI_SCONJ ||
                       dgi_tok_is(d, t, ",")))
            return false;
    return true;
}

/* Can this be what somebody says? Not "when she left", not "compared with", not a bare participle. */
static bool sayable(const struct dgi_quote_work *w, uint32_t v, uint32_t c)
{
    const struct dgi_doc *d = w->doc;
    for (uint32_t k = d->toks[c].first_child; k != DGI_NONE && k < c; k = d->toks[k].next_sib) {
        if ((d->toks[k].rel == DGI_REL_MARK || d->toks[k].rel == DGI_REL_ADVMOD) && dgi_tok_in(d, k, DGI_W_UNSAYABLE))
            return false;
    }
    if (c > v) { /* the same: it belongs to a noun */
        uint32_t first, end;
        dgi_subtree(d, c, &first, &end);
        for (uint32_t t = first; t < first + 2 && t < c; t++)
            if (t > v && relative_pronoun(d, t))
                return false;
    }
    bool aux =
        dgi_child(d, c, DGI_REL_AUX, DGI_NONE) != DGI_NONE || dgi_child(d, c, DGI_REL_AUX_PASS, DGI_NONE) != DGI_NONE;
    uint8_t x = dgi_form(d, c);
    uint32_t o = dgi_child(d, v, DGI_REL_OBJ, DGI_NONE);
    if ((x == DGI_FORM_ING || x == DGI_FORM_PARTICIPLE) && !aux && !dgi_has_subject(d, c) &&
        !dgi_marked(d, c, DGI_W_THAT) && !(o != DGI_NONE && o > v && o < c))
        return false;
    if (c > v && x == DGI_FORM_PAST && !aux && heard_in(d, c))
        return false;
    if (w->region_of[c] != DGI_NONE && w->regions[w->region_of[c]].full && w->region_of[v] != w->region_of[c])
        return false; /* a statement of its own */
    if (c < v) {      /* a row of names is the subject, not the clause */
        uint32_t first, end;
        bool verb = false;
        dgi_subtree(d, c, &first, &end);
        for (uint32_t t = first; t < end && t < v; t++)
            verb |= dgi_is_finite(d, t);
        bool subject = dgi_child(d, v, DGI_REL_NSUBJ, DGI_NONE) != DGI_NONE ||
                       dgi_child(d, v, DGI_REL_NSUBJ_PASS, DGI_NONE) != DGI_NONE ||
                       dgi_child(d, v, DGI_REL_OBJ, DGI_NONE) != DGI_NONE;
        if (!verb || !subject || dgi_tok_is(d, end - 1, ":") || (end < v && dgi_tok_is(d, end, ":")))
            return false;
    }
    return !(dgi_cue_class(w, c) == DGI_CUE_SAY && only_says(d, v, c));
}

static bool semicolon_between(const struct dgi_doc *d, uint32_t a, uint32_t b)
{
    if (a > b) {
        uint32_t x = a;
        a = b;
        b = x;
    }
    for (uint32_t t = a + 1; t < b; t++)
        if (dgi_tok_is(d, t, ";"))
            return true;
    return false;
}

/* "The rebels hold the bridge, said officials briefed on the raid": "said officials" is not what they were told. */
static bool mark_between(const struct dgi_doc *d, uint32_t a, uint32_t b)
{
    for (uint32_t t = a < b ? a : b; t < (a < b ? b : a); t++)
        if (d->toks[t].upos == DGI_PUNCT)
            return true;
    return false;
}

/* "said, adding that the port was theirs": the parser hung the clause of "adding" on "said". */
static bool handed_on(const struct dgi_quote_work *w, uint32_t v, uint32_t c)
{
    uint32_t first, end;
    if (c < v)
        return false;
    dgi_subtree(w->doc, c, &first, &end);
    if (first > v + 2 && w->doc->toks[first - 1].upos == DGI_VERB && dgi_cue_class(w, first - 1) == DGI_CUE_SAY &&
        mark_between(w->doc, v, first)) /* "said, going on to say that" */
        return true;
    return first > v + 2 && reporter_again(w, first - 1) && dgi_tok_is(w->doc, first - 2, ",");
}

/* A clause right of the verb whose "that" the parser hung on a noun between: "told reporters that ...". */
static uint32_t that_clause(const struct dgi_quote_work *w, uint32_t v)
{
    const struct dgi_doc *d = w->doc;
    const uint32_t end = d->sents[d->toks[v].sent].end;
    for (uint32_t t = v + 1; t < end && t < v + 16; t++) {
        if (dgi_tok_is(d, t, ";") || dgi_is_quote_mark(d->toks[t].form) || dgi_is_finite(d, t))
            return DGI_NONE;
        if (reporter_again(w, t) && dgi_tok_is(d, t - 1, ","))
            return DGI_NONE; /* "said on Monday, adding that ..." */
        if (d->toks[t].upos == DGI_VERB && dgi_cue_class(w, t) == DGI_CUE_SAY &&
            (mark_between(d, v, t) || dgi_form(d, t) == DGI_FORM_ING))
            return DGI_NONE; /* "said, going on to say that ...", "said in a note announcing that ..." */
        if (d->toks[t].rel == DGI_REL_OBJ && d->toks[t].head == v && d->toks[t].upos == DGI_NOUN &&
            !dgi_cue_at(w, v)->addressee_obj)
            return DGI_NONE; /* the noun's clause: "demanded a promise that ..." */
        uint32_t h = d->toks[t].head;
        if (!dgi_tok_in(d, t, DGI_W_THAT) || h == DGI_NONE || h < t)
            continue;
        if (d->toks[t].rel == DGI_REL_MARK)
            return h;
        /* taken for a relative pronoun: "said in a letter that Chad was late" */
        uint32_t noun = d->toks[h].head;
        if (d->toks[h].rel == DGI_REL_ACL_RELCL && d->toks[t].rel != DGI_REL_NSUBJ &&
            d->toks[t].rel != DGI_REL_NSUBJ_PASS && dgi_has_subject(d, h) && noun != DGI_NONE && noun > v &&
            dgi_rel_base(d->toks[noun].rel) == DGI_REL_OBL)
            return h;
    }
    return DGI_NONE;
}

/* "Togo and Benin said", "residents and a doctor told the agency" */
static bool between_names(const struct dgi_doc *d, uint32_t t)
{
    if (t == 0 || t + 1 >= d->n_toks)
        return false;
    const uint8_t a = d->toks[t - 1].upos, b = d->toks[t + 1].upos;
    return (a == DGI_PROPN && b == DGI_PROPN) || (a == DGI_NOUN && d->toks[t + 1].rel != DGI_REL_AMOD &&
                                                  (b == DGI_DET || b == DGI_NOUN || b == DGI_PROPN || b == DGI_ADJ));
}

/* "Asked whether Chad would send troops, the premier said no": words up to the last comma that are a question put to who speaks. */
static bool was_asked(const struct dgi_quote_work *w, uint32_t from, uint32_t to)
{
    const struct dgi_doc *d = w->doc;
    if (d->toks[from].upos != DGI_VERB || dgi_is_finite(d, from) || dgi_form(d, from) == DGI_FORM_ING)
        return false;
    for (uint32_t t = from; t < to; t++)
        if (dgi_tok_is(d, t, ","))
            return false;
    return from + 1 < to && (dgi_tok_in(d, from + 1, DGI_W_WHETHER) || dgi_tok_in(d, from + 1, DGI_W_WHAT) ||
                             dgi_cue_class(w, from) == DGI_CUE_ASK || dgi_has_finite(d, from));
}

/* "Roy said it was "a good start," she said.": a pronoun and a verb of saying for the speaker who is named before all of it. */
static bool says_again(const struct dgi_quote_work *w, uint32_t from, uint32_t k, uint32_t v)
{
    const struct dgi_doc *d = w->doc;
    if (v != k + 1 || d->toks[k].upos != DGI_PRON)
        return false;
    for (uint32_t t = from; t < k; t++)
        if (dgi_is_finite(d, t))
            return w->region_of[t] == DGI_NONE && dgi_cue_class(w, t) == DGI_CUE_SAY && dgi_has_subject(d, t);
    return false;
}

/* A subject with its verb behind the last comma: "..., people near the minister said.": the verb ends the sentence and all before the last comma is the clause. */
static bool ends_sentence(const struct dgi_quote_work *w, uint32_t v, struct dgi_said_parts *p)
{
    const struct dgi_doc *d = w->doc;
    const struct dgi_sent *st = &d->sents[d->toks[v].sent];
    uint32_t after = 0;
    const uint32_t o = dgi_child(d, v, DGI_REL_OBJ, DGI_NONE);
    if (d->toks[v].rel == DGI_REL_ACL_RELCL && dgi_cue_at(w, v)->deny)
        return false; /* "said it had fired, a charge that the navy denied" */
    if (o != DGI_NONE && o > v && dgi_cue_class(w, v) == DGI_CUE_SAY && d->toks[o].upos == DGI_NOUN &&
        dgi_child(d, o, DGI_REL_DET, DGI_NONE) != DGI_NONE && !dgi_cue_at(w, v)->addressee_obj)
        return false; /* "While most pay in dollars, the bank announced a currency": it has what it announces */
    for (uint32_t t = v + 1; t < st->end; t++) {
        if (dgi_tok_is(d, t, ";"))
            break;
        if (d->toks[t].upos == DGI_VERB || d->toks[t].upos == DGI_AUX || dgi_tok_is(d, t, ","))
            return false;
        after += d->toks[t].upos != DGI_PUNCT;
    }
    if (after > 6)
        return false;
    uint32_t k = v, from = st->first;
    bool noun = false;
    while (k > st->first && !dgi_tok_is(d, k - 1, ",")) {
        k--;
        if (dgi_is_finite(d, k) || dgi_tok_is(d, k, ";") || w->region_of[k] != DGI_NONE ||
            dgi_tok_in(d, k, DGI_W_RELATIVE) || dgi_tok_in(d, k, DGI_W_WHILE) ||
            (d->toks[k].upos == DGI_CCONJ && !between_names(d, k)))
            return false;
        noun |= d->toks[k].upos == DGI_NOUN || d->toks[k].upos == DGI_PROPN || d->toks[k].upos == DGI_PRON;
    }
    if (!noun || k <= st->first + 3)
        return false;
    for (uint32_t t = k; t-- > st->first;)
        if (dgi_tok_is(d, t, ";")) {
            from = t + 1;
            break;
        }
    bool verb = false;
    for (uint32_t t = from; t < k; t++)
        verb |= dgi_is_finite(d, t);
    *p = (struct dgi_said_parts){.cut = DGI_NONE, .from = from, .to = k - 1};
    return verb && k > from + 3 && !says_again(w, from, k, v) && !was_asked(w, from, k - 1);
}

/* "said officials briefed on the raid": the only verb behind "said", right behind the noun and before a preposition. */
static bool like_participle(const struct dgi_doc *d, uint32_t v, uint32_t t)
{
    const dg_str form = d->toks[t].form;
    return dgi_lemma_in(d, v, DGI_W_SAY) && dgi_form(d, t) == DGI_FORM_PAST && d->toks[t].upos == DGI_VERB &&
           d->toks[t - 1].upos == DGI_NOUN && t + 1 < d->n_toks && d->toks[t + 1].upos == DGI_ADP && form.len > 3 &&
           form.ptr[form.len - 1] == 'd';
}

/* ", noted Ana Roy", ", noted Togo's Ana Roy": does a person's name begin here, or behind an owner's? */
static bool person_at(const struct dgi_quote_work *w, uint32_t t)
{
    const struct dgi_doc *d = w->doc;
    for (uint32_t k = t; k < t + 5 && k < d->sents[d->toks[t].sent].end && d->toks[k].upos != DGI_PUNCT; k++) {
        const uint32_t m = w->cover[k];
        if (m != DGI_NONE && d->mentions[m].first >= t && d->mentions[m].kind == DGI_MENTION_NAME &&
            d->mentions[m].entity < d->n_entities && d->entities[d->mentions[m].entity].type == DGI_ENT_PERSON)
            return d->toks[t].upos == DGI_PROPN;
    }
    return false;
}

/* ", noted Ana Roy.": nothing but a name of two words or more up to the end, and no row of verbs. */
static bool names_end(const struct dgi_doc *d, uint32_t v, uint32_t end)
{
    uint32_t t = v + 1;
    while (t < end && d->toks[t].upos == DGI_PROPN)
        t++;
    return t > v + 2 && d->toks[v].rel != DGI_REL_CONJ && (t == end || (t + 1 == end && d->toks[t].upos == DGI_PUNCT));
}

/* "..., said one of the men in the room." */
static bool ends_inverted(const struct dgi_quote_work *w, uint32_t v, struct dgi_said_parts *p)
{
    const struct dgi_doc *d = w->doc;
    const struct dgi_sent *st = &d->sents[d->toks[v].sent];
    if (v < st->first + 4 || !dgi_tok_is(d, v - 1, ",") || !dgi_is_finite(d, v) || v + 1 >= st->end ||
        dgi_child(d, v, DGI_REL_AUX, DGI_NONE) != DGI_NONE)
        return false;
    uint8_t u = d->toks[v + 1].upos;
    if (u != DGI_DET && u != DGI_PROPN && u != DGI_NOUN && u != DGI_NUM && u != DGI_ADJ)
        return false;
    uint32_t s = dgi_child(d, v, DGI_REL_NSUBJ, DGI_NONE);
    while (s != DGI_NONE && s < v) /* that of the clause before hangs on the same verb */
        s = dgi_child(d, v, DGI_REL_NSUBJ, s);
    if (s == DGI_NONE && !dgi_lemma_in(d, v, DGI_W_SAY) && !person_at(w, v + 1) && !names_end(d, v, st->end))
        return false; /* an object */
    for (uint32_t t = v + 1; t < st->end && !dgi_tok_is(d, t, ",") && !dgi_tok_is(d, t, ";"); t++)
        if (dgi_tok_in(d, t, DGI_W_THAT) ||
            (dgi_is_finite(d, t) && d->toks[t].rel != DGI_REL_ACL_RELCL && d->toks[t].rel != DGI_REL_AUX &&
             d->toks[t].rel != DGI_REL_COP && !like_participle(d, v, t)))
            return false;
    uint32_t from = st->first;
    bool verb = false;
    for (uint32_t t = v; t-- > st->first;)
        if (dgi_tok_is(d, t, ";")) {
            from = t + 1;
            break;
        }
    for (uint32_t t = from; t < v; t++) {
        verb |= dgi_is_finite(d, t);
        if (w->region_of[t] != DGI_NONE && w->regions[w->region_of[t]].full)
            return false;
    }
    /* "Kip rose, thanked them, said a prayer and left": verbs in a row share their subject */
    if (d->toks[v].rel == DGI_REL_CONJ && dgi_child(d, v, DGI_REL_NSUBJ, DGI_NONE) == DGI_NONE &&
        d->toks[v + 1].upos != DGI_PROPN && dgi_child(d, v, DGI_REL_CC, DGI_NONE) != DGI_NONE)
        return false;
    *p = (struct dgi_said_parts){.cut = DGI_NONE, .from = from, .to = v - 1};
    return verb && v > from + 3;
}

/* "The museum, he said on Friday, would open": the sentence around the cue between commas. */
static bool between_commas(const struct dgi_quote_work *w, uint32_t v, struct dgi_said_parts *p)
{
    const struct dgi_doc *d = w->doc;
    const struct dgi_sent *st = &d->sents[d->toks[v].sent];
    if (!dgi_is_finite(d, v))
        return false;
    uint32_t a = v, b = v + 1;
    bool noun = false;
    while (a > st->first && v - a < 12 && d->toks[a - 1].upos != DGI_PUNCT && w->region_of[a - 1] == DGI_NONE) {
        a--;
        if (dgi_is_finite(d, a) || d->toks[a].upos == DGI_SCONJ || d->toks[a].upos == DGI_CCONJ ||
            dgi_tok_in(d, a, DGI_W_RELATIVE) || dgi_tok_in(d, a, DGI_W_WHAT))
            return false;
        noun |= d->toks[a].upos == DGI_NOUN || d->toks[a].upos == DGI_PROPN || d->toks[a].upos == DGI_PRON;
    }
    if (b < st->end && d->toks[b].upos != DGI_PUNCT && d->toks[b].upos != DGI_ADP && d->toks[b].upos != DGI_ADV &&
        dgi_rel_base(d->toks[b].rel) != DGI_REL_OBL && d->toks[b].rel != DGI_REL_ADVMOD)
        return false; /* "he said Kip, who ...": its clause follows */
    while (b < st->end && b - v < 6 && d->toks[b].upos != DGI_PUNCT) {
        if (d->toks[b].upos == DGI_VERB || d->toks[b].upos == DGI_AUX || d->toks[b].upos == DGI_SCONJ)
            return false;
        b++;
    }
    if (!noun || a <= st->first + 1 || b + 3 >= st->end || !dgi_tok_is(d, a - 1, ",") || !dgi_tok_is(d, b, ","))
        return false;
    uint32_t from = st->first, to = st->end;
    for (uint32_t t = a - 1; t-- > st->first;)
        if (dgi_tok_is(d, t, ";")) {
            from = t + 1;
            break;
        }
    bool verb = false;
    for (uint32_t t = b; t < to; t++) {
        if (dgi_tok_is(d, t, ";"))
            to = t;
        else
            verb |= dgi_is_finite(d, t) && !(w->region_of[t] != DGI_NONE && w->regions[w->region_of[t]].full);
    }
    /* the verb must stand on one side without its clause being whole: only an adverbial or a subject before the cue */
    for (uint32_t t = from; t + 1 < a; t++)
        if (w->region_of[t] != DGI_NONE && w->regions[w->region_of[t]].full)
            return false;
    *p = (struct dgi_said_parts){.cut = DGI_NONE, .from = from, .to = to, .gap_from = a - 1, .gap_to = b + 1};
    return verb;
}

/* "As the mayor pointed out, the bridge was mined", "The bridge, as he noted, was mined": the sentence around the clause with "as", when it
 * holds nothing but who says so. */
static bool as_said(const struct dgi_quote_work *w, uint32_t v, struct dgi_said_parts *p)
{
    const struct dgi_doc *d = w->doc;
    const struct dgi_sent *st = &d->sents[d->toks[v].sent];
    uint32_t as = v, end = v + 1, verbs = 0;
    bool noun = false;
    if (w->region_of[v] != DGI_NONE || (!dgi_is_finite(d, v) && dgi_child(d, v, DGI_REL_AUX, DGI_NONE) == DGI_NONE))
        return false;
    while (as > st->first && as + MOST_AS > v && !(dgi_tok_in(d, as, DGI_W_AS) && dgi_tok_is(d, as - 1, ","))) {
        as--;
        if (w->region_of[as] != DGI_NONE || (dgi_is_finite(d, as) && d->toks[as].head != v))
            return false;
        noun |= d->toks[as].upos == DGI_NOUN || d->toks[as].upos == DGI_PROPN || d->toks[as].upos == DGI_PRON;
    }
    if (!noun || !dgi_tok_in(d, as, DGI_W_AS))
        return false;
    while (end < st->end && end < v + AFTER_AS && d->toks[end].upos != DGI_PUNCT) {
        const uint8_t u = d->toks[end].upos, r = dgi_rel_base(d->toks[end].rel);
        if (u == DGI_VERB || u == DGI_AUX || u == DGI_SCONJ || u == DGI_CCONJ || u == DGI_DET || u == DGI_PRON ||
            r == DGI_REL_OBJ)
            return false; /* "as she said it" */
        end++;
    }
    const bool comma = end < st->end && dgi_tok_is(d, end, ",");
    if (end < st->end && !comma && end + 2 < st->end)
        return false;
    for (uint32_t t = st->first; t < st->end; t++)
        verbs += (t < as || t > end) && dgi_is_finite(d, t);
    *p = (struct dgi_said_parts){
        .cut = DGI_NONE, .from = st->first, .to = st->end, .gap_from = as - (as > st->first), .gap_to = end + comma};
    return verbs > 0;
}

/* "The bridge was mined, said the mayor, Ana Roy, and had to be closed": the sentence around the inverted cue. */
static bool inverted_between(const struct dgi_quote_work *w, uint32_t v, uint32_t best, struct dgi_said_parts *p)
{
    const struct dgi_doc *d = w->doc;
    const struct dgi_sent *st = &d->sents[d->toks[v].sent];
    if (v < st->first + 4 || !dgi_tok_is(d, v - 1, ",") || !dgi_is_finite(d, v) || v + 1 >= st->end ||
        dgi_child(d, v, DGI_REL_AUX, DGI_NONE) != DGI_NONE || dgi_child(d, v, DGI_REL_CC, DGI_NONE) != DGI_NONE)
        return false;
    uint32_t s = dgi_child(d, v, DGI_REL_NSUBJ, DGI_NONE);
    while (s != DGI_NONE && s < v)
        s = dgi_child(d, v, DGI_REL_NSUBJ, s);
    if (s == DGI_NONE && d->toks[v + 1].upos != DGI_PROPN)
        return false; /* "he rose, announced a plan, and left" */
    uint32_t b = v + 1, to = st->end;
    while (b < st->end && b < v + 20 && !(dgi_tok_is(d, b, ",") && d->toks[b + 1].rel == DGI_REL_CC)) {
        if (w->region_of[b] != DGI_NONE || d->toks[b].upos == DGI_VERB || d->toks[b].upos == DGI_AUX ||
            d->toks[b].upos == DGI_SCONJ || dgi_tok_is(d, b, ";"))
            return false;
        b++;
    }
    if (b + 2 >= st->end || !dgi_tok_is(d, b, ","))
        return false;
    const uint32_t joined = d->toks[b + 1].head; /* what goes on is a clause of what was said */
    if (joined == DGI_NONE || (best != DGI_NONE && best > v && best != joined) || joined < b + 2 || joined >= to ||
        dgi_cue_class(w, joined) == DGI_CUE_SAY || dgi_cue_class(w, joined) == DGI_CUE_TELL ||
        !(d->toks[joined].upos == DGI_VERB || dgi_has_subject(d, joined)))
        return false;
    bool verb = false;
    for (uint32_t t = st->first; t < v - 1; t++) {
        verb |= dgi_is_finite(d, t);
        if (w->region_of[t] != DGI_NONE || dgi_tok_is(d, t, ";"))
            return false;
    }
    *p = (struct dgi_said_parts){.cut = DGI_NONE, .from = st->first, .to = to, .gap_from = v - 1, .gap_to = b + 1};
    return verb;
}

/* "By two, said the monitors, it had been broken": the sentence around an inverted cue whose clause stands behind it. */
static bool inverted_inside(const struct dgi_quote_work *w, uint32_t v, struct dgi_said_parts *p)
{
    const struct dgi_doc *d = w->doc;
    const struct dgi_sent *st = &d->sents[d->toks[v].sent];
    const uint32_t who = dgi_quote_inverted(w, v);
    uint32_t b = v + 1;
    if (who == DGI_NONE || v < st->first + 2)
        return false;
    while (b < st->end && d->toks[b].upos != DGI_PUNCT)
        b++;
    if (b + 3 >= st->end || !dgi_tok_is(d, b, ",") || d->toks[b + 1].rel == DGI_REL_CC)
        return false;
    for (uint32_t t = st->first; t < v; t++)
        if (dgi_is_finite(d, t) || w->region_of[t] != DGI_NONE || dgi_tok_is(d, t, ";"))
            return false;
    *p = (struct dgi_said_parts){.cut = DGI_NONE, .from = st->first, .to = st->end, .gap_from = v - 1, .gap_to = b + 1};
    if (dgi_is_finite(d, b + 1) && v > st->first + 2)
        return true; /* "The council, said its chairman, would meet" */
    bool verb = false;
    for (uint32_t t = b + 1; t < st->end; t++)
        verb |= dgi_is_finite(d, t);
    const uint8_t u = d->toks[b + 1].upos;
    return verb && (u == DGI_PRON || u == DGI_DET || u == DGI_PROPN || u == DGI_NOUN || u == DGI_NUM || u == DGI_ADJ) &&
           !dgi_is_relative(d, b + 1);
}

/* "had alleged Kip was poisoned": what follows the verb when the tree has lost it. */
static bool follows(const struct dgi_quote_work *w, uint32_t v, struct dgi_said_parts *p)
{
    const struct dgi_doc *d = w->doc;
    const uint32_t end = d->sents[d->toks[v].sent].end, told = dgi_child(d, v, DGI_REL_IOBJ, DGI_NONE),
                   x = dgi_child(d, v, DGI_REL_XCOMP, DGI_NONE);
    uint32_t from = v + 1;
    if (told != DGI_NONE && told > v && x != DGI_NONE && x > told && dgi_marked(d, x, DGI_W_TO)) {
        uint32_t first, to; /* "tells his men to "wait" and "watch"": whom he tells is no part of it */
        dgi_subtree(d, x, &first, &to);
        *p = (struct dgi_said_parts){.cut = DGI_NONE, .from = first, .to = end};
        return w->region_of[x] != DGI_NONE && !w->regions[w->region_of[x]].full;
    }
    if (from >= end || w->region_of[from] != DGI_NONE || d->toks[v].rel == DGI_REL_AMOD ||
        dgi_cue_at(w, v)->weight < 0.9f || dgi_cue_at(w, v)->deny ||
        (!dgi_is_finite(d, v) && d->toks[v].rel != DGI_REL_CSUBJ && dgi_quote_resumes(w, v) == DGI_NONE &&
         dgi_child(d, v, DGI_REL_AUX, DGI_NONE) == DGI_NONE))
        return false;
    uint8_t u = d->toks[from].upos;
    if (dgi_is_finite(d, from) && relative(d, v)) { /* "which inspectors said was unsafe" */
        uint32_t e = from;
        while (e < end && !dgi_tok_is(d, e, ",") && !dgi_tok_is(d, e, ";"))
            e++;
        *p = (struct dgi_said_parts){.cut = DGI_NONE, .from = from, .to = e};
        return e > from + 1;
    }
    if (u != DGI_DET && u != DGI_PRON && u != DGI_PROPN && u != DGI_NOUN && u != DGI_NUM && u != DGI_ADJ &&
        u != DGI_SCONJ)
        return false;
    if (dgi_tok_in(d, from, DGI_W_SO) || dgi_tok_in(d, from, DGI_W_AS) || dgi_tok_in(d, from, DGI_W_WHETHER))
        return false;
    uint32_t to = from, verbs = 0;
    for (; to < end; to++) {
        if (dgi_tok_is(d, to, ";") || (w->region_of[to] != DGI_NONE && w->regions[w->region_of[to]].full))
            break;
        if (to > from + 2 && dgi_tok_is(d, to - 1, ",") &&
            (d->toks[to].upos == DGI_CCONJ || dgi_tok_in(d, to, DGI_W_WHILE)))
            break;
        verbs += dgi_is_finite(d, to);
    }
    if (!verbs &&
        dgi_lemma_in(
            d, v, DGI_W_SAY)) { /* "said the phrase referred to him": a participle's look, but there must be a verb */
        const uint32_t o = dgi_child(d, v, DGI_REL_OBJ, DGI_NONE),
                       k = o == DGI_NONE ? o : dgi_child(d, o, DGI_REL_ACL, DGI_NONE);
        if (k != DGI_NONE && k > o && k < to && dgi_form(d, k) == DGI_FORM_PARTICIPLE) {
            *p = (struct dgi_said_parts){.cut = DGI_NONE, .from = from, .to = to};
            return true;
        }
    }
    /* a subject before the verb: otherwise it is an object with a relative clause */
    uint32_t first_verb = from;
    while (first_verb < to && !dgi_is_finite(d, first_verb))
        first_verb++;
    if (first_verb > from && first_verb < to && d->toks[first_verb].rel == DGI_REL_CONJ &&
        d->toks[first_verb].head == v && d->toks[first_verb - 1].upos == DGI_CCONJ)
        return false; /* "declared a curfew and sent soldiers" */
    for (uint32_t t = from; t < first_verb; t++)
        if (dgi_tok_in(d, t, DGI_W_RELATIVE) || dgi_tok_is(d, t, ",") || (t > from && dgi_tok_in(d, t, DGI_W_THAT)) ||
            (d->toks[t].upos == DGI_SCONJ && !dgi_tok_in(d, t, DGI_W_THAT)) || dgi_tok_in(d, t, DGI_W_AFTER_BEFORE))
            return false;
    *p = (struct dgi_said_parts){.cut = DGI_NONE, .from = from, .to = to};
    return verbs > 0 && first_verb > from;
}

static void also(struct dgi_said_parts *p, uint32_t head)
{
    for (uint32_t i = 0; i < p->n; i++)
        if (p->head[i] == head)
            return;
    if (p->n < 4)
        p->head[p->n++] = head;
}

/* What the tree hung on the cue though it stands right behind the clause, with no mark between: "said there were [losses]", "said it was
 * unwise [to go]". */
static void carry_on(const struct dgi_doc *d, uint32_t v, struct dgi_said_parts *p)
{
    uint32_t first, end;
    dgi_subtree(d, p->head[0], &first, &end);
    for (uint32_t k = d->toks[v].first_child; k != DGI_NONE; k = d->toks[k].next_sib) {
        const uint8_t r = d->toks[k].rel;
        const bool subject = r == DGI_REL_NSUBJ || r == DGI_REL_NSUBJ_PASS;
        const bool to = (r == DGI_REL_CCOMP || r == DGI_REL_XCOMP || r == DGI_REL_ADVCL) &&
                        dgi_marked(d, k, DGI_W_TO) && !dgi_has_subject(d, k);
        uint32_t from, to_end;
        if (k <= p->head[0] || !(subject || to))
            continue;
        dgi_subtree(d, k, &from, &to_end);
        if (from == end) {
            also(p, k);
            end = to_end;
        }
    }
}

/* Clauses that go on with what is said though the tree hangs them higher: ", and that ..."; ", and would not pay". */
static void go_on(const struct dgi_quote_work *w, uint32_t v, struct dgi_said_parts *p)
{
    const struct dgi_doc *d = w->doc;
    uint32_t c = p->head[0];
    for (uint32_t up = v, n = 0; up != DGI_NONE && n < 3; up = d->toks[up].head, n++)
        for (uint32_t k = d->toks[up].first_child; k != DGI_NONE; k = d->toks[k].next_sib) {
            bool higher = dgi_rel_base(d->toks[k].rel) == DGI_REL_CONJ || (up == v && d->toks[k].rel == DGI_REL_CCOMP);
            if (k <= c || !higher || k == v || semicolon_between(d, c, k))
                continue;
            const struct dgi_clause *whole = dgi_clause_at(d, c);
            const bool could = dgi_form(d, c) == DGI_FORM_MODAL || (whole && whole->modal != DGI_NONE);
            bool modal = false;
            for (uint32_t a = d->toks[k].first_child; a != DGI_NONE && a < k; a = d->toks[a].next_sib)
                modal |= d->toks[a].rel == DGI_REL_AUX &&
                         (dgi_tok_in(d, a, DGI_W_WOULD) || (could && dgi_form(d, a) == DGI_FORM_MODAL));
            if (dgi_marked(d, k, DGI_W_THAT) || (modal && !dgi_has_subject(d, k)))
                also(p, k);
        }
    carry_on(d, v, p);
    for (uint32_t k = dgi_child(d, v, DGI_REL_ADVCL, DGI_NONE); k != DGI_NONE; k = dgi_child(d, v, DGI_REL_ADVCL, k))
        if (k > c && dgi_marked(d, k, DGI_W_REASON) && !semicolon_between(d, c, k))
            also(p, k);
}

/* The clause that is said, `best`, with what belongs to it. */
static void take_clause(const struct dgi_quote_work *w, uint32_t v, uint32_t best, uint8_t cls,
                        struct dgi_said_parts *p)
{
    const struct dgi_doc *d = w->doc;
    also(p, best);
    if (best > v) {
        if (cls == DGI_CUE_TELL && !dgi_has_subject(d, best)) { /* "told the press [his aide] was ill": two objects */
            uint32_t n = 0, last = DGI_NONE;
            for (uint32_t o = d->toks[v].first_child; o != DGI_NONE && o < best; o = d->toks[o].next_sib)
                if (o > v && (d->toks[o].rel == DGI_REL_OBJ || d->toks[o].rel == DGI_REL_IOBJ ||
                              d->toks[o].rel == DGI_REL_NSUBJ)) {
                    n++;
                    last = o;
                }
            if (n > 1)
                also(p, last);
        }
        if (cls == DGI_CUE_SAY &&
            !dgi_has_subject(d, best)) { /* "said the bridge (obj) fell": the object is its subject */
            for (uint32_t o = d->toks[v].first_child; o != DGI_NONE; o = d->toks[o].next_sib) {
                uint8_t r = d->toks[o].rel;
                if (o > v && o < best &&
                    (r == DGI_REL_OBJ || r == DGI_REL_IOBJ || r == DGI_REL_XCOMP || r == DGI_REL_CCOMP ||
                     r == DGI_REL_NSUBJ || r == DGI_REL_NSUBJ_PASS ||
                     (r == DGI_REL_OBL && dgi_child(d, o, DGI_REL_CASE, DGI_NONE) == DGI_NONE)) &&
                    (d->toks[o].upos == DGI_NOUN || d->toks[o].upos == DGI_PROPN || d->toks[o].upos == DGI_PRON ||
                     d->toks[o].upos == DGI_NUM))
                    also(p, o);
            }
        }
        go_on(w, v, p);
    } else if (!dgi_has_subject(d, best)) { /* "Kenya, which ..., will help, Oduya said": two subjects of one verb */
        uint32_t n = dgi_child(d, v, DGI_REL_NSUBJ, DGI_NONE);
        if (n != DGI_NONE && n < best && dgi_quote_subject(w, v) > best)
            also(p, n);
    }
}

/* "claims to know nothing", "described seeing smoke": what somebody says of himself. */
static bool self_reported(const struct dgi_doc *d, uint32_t v, struct dgi_said_parts *p)
{
    uint32_t x = dgi_child(d, v, DGI_REL_XCOMP, DGI_NONE);
    if (x == DGI_NONE)
        x = dgi_child(d, v, DGI_REL_CCOMP, DGI_NONE);
    if (x == DGI_NONE || x < v || dgi_has_subject(d, x))
        return false;
    const bool to = dgi_lemma_in(d, v, DGI_W_CLAIM_TO) && dgi_marked(d, x, DGI_W_TO);
    if (!to && !(dgi_lemma_in(d, v, DGI_W_CLAIM_ING) && dgi_form(d, x) == DGI_FORM_ING))
        return false;
    also(p, x);
    return true;
}

bool dgi_said_judged(const struct dgi_quote_work *w, uint32_t v, struct dgi_said_parts *p)
{
    const struct dgi_doc *d = w->doc;
    const uint32_t a = dgi_child(d, v, DGI_REL_XCOMP, DGI_NONE);
    *p = (struct dgi_said_parts){.cut = DGI_NONE};
    if (self_reported(d, v, p))
        return true;
    if (a == DGI_NONE || a < v + 2 || !dgi_tok_in(d, v + 1, DGI_W_IT) || d->toks[a].upos == DGI_VERB)
        return false;
    for (uint32_t h = a, n = 0; n < 2; h = v, n++)
        for (uint32_t c = d->toks[h].first_child; c != DGI_NONE; c = d->toks[c].next_sib)
            if (c > a && (d->toks[c].upos == DGI_VERB || dgi_has_subject(d, c)) &&
                (dgi_marked(d, c, DGI_W_THAT) || dgi_marked(d, c, DGI_W_TO))) {
                also(p, a);
                also(p, c);
                return true;
            }
    return false;
}

/* "concluded evidence supported his claim": a participle by the tree, but one that follows its noun has no object: a verb, and the noun
 * its subject. */
static bool acts_as_verb(const struct dgi_quote_work *w, uint32_t v, uint32_t obj)
{
    const struct dgi_doc *d = w->doc;
    uint32_t first, end;
    if (obj == DGI_NONE || obj < v || d->toks[obj].upos == DGI_PRON)
        return false;
    const uint32_t k = dgi_child(d, obj, DGI_REL_ACL, DGI_NONE),
                   o = k == DGI_NONE ? k : dgi_child(d, k, DGI_REL_OBJ, DGI_NONE);
    const uint8_t f = k == DGI_NONE ? DGI_FORM_NONE : dgi_form(d, k);
    dgi_subtree(d, obj, &first, &end);
    return first == v + 1 && o != DGI_NONE && k > obj && o > k && (f == DGI_FORM_PAST || f == DGI_FORM_PARTICIPLE) &&
           dgi_cue_class(w, k) != DGI_CUE_NAME && !dgi_lemma_in(d, k, DGI_W_GIVE) && /* "a prize awarded the poet" */
           dgi_child(d, k, DGI_REL_AUX, DGI_NONE) == DGI_NONE;
}

bool dgi_said_find(const struct dgi_quote_work *w, uint32_t v, struct dgi_said_parts *p)
{
    const struct dgi_doc *d = w->doc;
    const uint8_t cls = dgi_cue_class(w, v);
    *p = (struct dgi_said_parts){.cut = DGI_NONE};
    uint32_t best = DGI_NONE;
    for (uint32_t c = d->toks[v].first_child; c != DGI_NONE; c = d->toks[c].next_sib)
        if (d->toks[c].rel == DGI_REL_CCOMP && is_clause(d, c) && !(c < v && relative(d, c)) && !handed_on(w, v, c) &&
            sayable(w, v, c) && !semicolon_between(d, v, c) &&
            (best == DGI_NONE || best < v)) /* the first one behind the verb, else the last before */
            best = c;
    if (best != DGI_NONE && best < v && !dgi_has_subject(d, best) && d->toks[best].upos == DGI_VERB &&
        !dgi_is_finite(d, best) && dgi_form(d, best) == DGI_FORM_ING)
        best = DGI_NONE; /* "Meeting the envoys, they said": a participle */
    const bool says = cls == DGI_CUE_SAY || cls == DGI_CUE_TELL;
    if (best != DGI_NONE && best < v && v > 0 && says_again(w, d->sents[d->toks[v].sent].first, v - 1, v))
        return false;
    if (says && ((best == DGI_NONE && as_said(w, v, p)) || between_commas(w, v, p) || inverted_between(w, v, best, p) ||
                 inverted_inside(w, v, p)))
        return true;
    *p = (struct dgi_said_parts){.cut = DGI_NONE};
    if (best == DGI_NONE || best < v) {
        uint32_t that = that_clause(w, v);
        if (that != DGI_NONE && (says || cls == DGI_CUE_URGE))
            best = that;
    }
    if ((best == DGI_NONE || best < v) && says) { /* behind all that it reports: its place says more than the tree */
        if (ends_sentence(w, v, p) || ends_inverted(w, v, p))
            return true;
        *p = (struct dgi_said_parts){.cut = DGI_NONE};
    }
    if (best != DGI_NONE) {
        take_clause(w, v, best, cls, p);
        return true;
    }
    if (!says)
        return false;
    uint32_t x = dgi_child(d, v, DGI_REL_XCOMP, DGI_NONE), obj = dgi_child(d, v, DGI_REL_OBJ, DGI_NONE);
    if (cls == DGI_CUE_SAY && x != DGI_NONE && obj != DGI_NONE && obj > v && x > obj && d->toks[x].upos == DGI_VERB &&
        !dgi_marked(d, x, DGI_W_TO) && dgi_form(d, x) != DGI_FORM_ING) { /* "concluded evidence supported it" */
        uint32_t first, end;
        dgi_subtree(d, obj, &first, &end);
        if (first == v + 1) {
            also(p, x);
            also(p, obj);
            return true;
        }
    }
    if (cls == DGI_CUE_SAY && acts_as_verb(w, v, obj)) {
        also(p, dgi_child(d, obj, DGI_REL_ACL, DGI_NONE));
        also(p, obj);
        return true;
    }
    for (uint32_t c = d->toks[v].first_child; c != DGI_NONE; c = d->toks[c].next_sib) {
        uint32_t first, end;
        if (d->toks[c].rel == DGI_REL_PARATAXIS) {
            dgi_subtree(d, c, &first, &end);
            if (semicolon_between(d, v, c))
                continue;
            uint32_t o = dgi_child(d, v, DGI_REL_OBJ, DGI_NONE);
            if (relative(d, c))
                continue;
            if (c > v && o != DGI_NONE && o > v && o < c && cls == DGI_CUE_SAY && !dgi_has_subject(d, c)) {
                also(p, c);
                also(p, o);
                return true;
            }
            if ((c < v && sayable(w, v, c)) ||
                (first > 0 && (dgi_tok_is(d, first, ":") || dgi_tok_is(d, first - 1, ":")))) {
                also(p, c); /* "The road is open, the police said" with "said" as root; "He said: ..." */
                return true;
            }
        }
        if (d->toks[c].rel == DGI_REL_ADVCL && dgi_has_subject(d, c) && !relative(d, c) && sayable(w, v, c)) {
            bool mark = dgi_child(d, c, DGI_REL_MARK, DGI_NONE) != DGI_NONE;
            dgi_subtree(d, c, &first, &end);
            if (!mark && (first == v + 1 || (c < v && dgi_tok_is(d, end < v ? end : c, ",")))) {
                also(p, c);
                return true;
            }
        }
    }
    uint32_t h = d->toks[v].head;
    if (d->toks[v].rel == DGI_REL_PARATAXIS && h != DGI_NONE && d->toks[h].sent == d->toks[v].sent &&
        !relative_by_place(d, v) && mark_between(d, h, v)) {
        uint32_t s = dgi_quote_subject(w, v);
        if (s != DGI_NONE && dgi_dominates(d, v, s) && !semicolon_between(d, h, v) && !dgi_quote_negated(w, v)) {
            also(p, h);
            p->cut = v;
            return true;
        }
    }
    return follows(w, v, p);
}
