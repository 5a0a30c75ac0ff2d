/* SPDX-License-Identifier: Apache-2.0 */
/* quote/quote_clause.c: the words of an indirect statement.
 *
 * The clause's subtree without the cue's own words, and without what the reporter adds: a second cue (", adding that"), a
 * contrast (", while Paris ..."), the other side of a semicolon, "that" and the marks at the edges. What stands in a
 * quotation that is a statement of its own is left to it. */
#include "quote/quote_in.h"

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

/* Does the reporter take over at t, a word after a comma? */
static bool reporter_again(const struct dgi_quote_work *w, uint32_t t)
{
    const struct dgi_doc *d = w->doc;
    uint8_t cls = dgi_cue_class(w, t);
    if ((cls == DGI_CUE_SAY || cls == DGI_CUE_TELL || cls == DGI_CUE_QUOTE) && dgi_str_is(d->toks[t].xpos, "VBG") &&
        d->toks[t].rel != DGI_REL_AMOD && d->toks[t].rel != DGI_REL_COMPOUND)
        return true;
    if (dgi_tok_is(d, t, "while") || dgi_tok_is(d, t, "whereas"))
        return true;
    return cls == DGI_CUE_PREP;
}

bool dgi_clause_words(struct dgi_quote_work *w, uint32_t head, uint32_t cut, uint32_t cue, struct dgi_clause *out)
{
    const struct dgi_doc *d = w->doc;
    const struct dgi_sent *st = &d->sents[d->toks[head].sent];
    out->n = 0;
    out->quoted = false;
    mark_subtree(w, head, 1);
    if (cut != DGI_NONE)
        mark_subtree(w, cut, 0);
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
    uint32_t first = DGI_NONE;
    for (uint32_t t = lo; t < hi; t++)
        if (w->in[t] && first == DGI_NONE)
            first = t;
    if (first != DGI_NONE)
        for (uint32_t t = first + 2; t < hi; t++)
            if (w->in[t] && is_punct(d, t - 1) && w->region_of[t] == DGI_NONE && t > cue && reporter_again(w, t) && t > head) {
                hi = t;
                break;
            }
    uint32_t run = DGI_NONE, last_word = 0, words = 0;
    for (uint32_t t = lo; t <= hi; t++) {
        uint32_t r = t < hi ? w->region_of[t] : DGI_NONE;
        bool own = t < hi && w->in[t] && !(r != DGI_NONE && w->regions[r].full);
        bool punct = t < hi && is_punct(d, t);
        if (own && !punct) {
            if (run == DGI_NONE)
                run = t;
            last_word = t;
            words++;
            out->quoted |= r != DGI_NONE;
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
    mark_subtree(w, head, 0);
    /* what joins the clause to its cue */
    while (out->n) {
        uint32_t f = out->first[0];
        bool joins = (d->toks[f].rel == DGI_REL_MARK && dgi_tok_is(d, f, "that")) || d->toks[f].rel == DGI_REL_CC ||
                     is_punct(d, f);
        if (!joins)
            break;
        words--;
        if (++out->first[0] < out->end[0])
            continue;
        out->n--;
        memmove(out->first, out->first + 1, out->n * sizeof *out->first);
        memmove(out->end, out->end + 1, out->n * sizeof *out->end);
    }
    return out->n && words >= 2;
}
