/* SPDX-License-Identifier: Apache-2.0 */
/* quote/quote.c: the stage: statements out of cues, trees and quotation marks.
 *
 * Reads   toks (tree, lemma), sents, blocks, mentions
 * Writes  doc->statements
 *
 * Sentence by sentence: quotations that are utterances find their cue by place (behind the closing mark, before the opening
 * one, before a colon, in the sentence before) and only then ask the tree for the subject, because trees over quotations
 * are the parser's weakest; indirect statements come from the tree alone. A learned scorer of cue-content pairs was not
 * tried. Known faults: docs/stages/quote.md. */
#include "quote/quote.h"

#include <stdlib.h>

#include "quote/quote_in.h"

enum { TAIL = 18 }; /* words after a closing mark among which the cue must stand */
enum {
    ASIDE = 44
}; /* the same where they are a name and what is set off behind it: '"...," Ana Roy, head of ..., said' */
enum { NAME = 7 }; /* words of a name with its titles */
enum { SPEAKER = 8 /* words before the colon of a headline */ };
enum { LABEL = 4 };  /* words of a speaker's name in capitals before a colon */
enum { MEMORY = 4 }; /* sentences for which "he" is the last speaker when coreference has no answer */

struct found {        /* who says it, and by which word */
    uint32_t cue;     /* token or DGI_NONE */
    uint32_t subject; /* token or DGI_NONE */
    uint32_t speaker; /* entity or DGI_NONE */
    dgi_span span;
};
static const struct found nobody = {DGI_NONE, DGI_NONE, DGI_NONE, {0, 0}};

static uint32_t sent_of(const struct dgi_quote_work *w, uint32_t t)
{
    return w->doc->toks[t].sent;
}

static bool is_word(const struct dgi_doc *d, uint32_t t)
{
    return d->toks[t].upos != DGI_PUNCT;
}

/* Is the pronoun's answer one that grammar forbids or place makes unlikely? "Speaking to Smith, he said" is not Smith, and
 * a "he said" between two quotations goes on with the speaker of the sentence. */
static bool misled(const struct dgi_quote_work *w, const struct found *f)
{
    const struct dgi_doc *d = w->doc;
    if (!dgi_tok_in(d, f->subject, DGI_W_HE_SHE))
        return false;
    uint8_t type = d->entities[w->last_speaker].type;
    uint32_t s = sent_of(w, f->subject);
    if (w->last_sent == s)
        return true;
    if (type != DGI_ENT_PERSON && type != DGI_ENT_ROLE)
        return false;
    if (w->last_sent + MEMORY < s)
        return false;
    for (uint32_t t = d->sents[s].first; t < f->subject; t++)
        if (w->cover[t] != DGI_NONE && d->mentions[w->cover[t]].entity == f->speaker &&
            d->toks[d->mentions[w->cover[t]].head].head != DGI_NONE &&
            d->mentions[w->cover[t]].kind != DGI_MENTION_PRONOUN &&
            dgi_rel_base(d->toks[d->mentions[w->cover[t]].head].rel) != DGI_REL_NSUBJ)
            return true;
    return false;
}

/* "the report", "its statement", but not "a report", "reports", "the court's report": those are of somebody else. */
static bool known(const struct dgi_doc *d, uint32_t noun)
{
    bool determined = false, definite = false;
    for (uint32_t c = d->toks[noun].first_child; c != DGI_NONE; c = d->toks[c].next_sib) {
        const uint8_t r = d->toks[c].rel;
        if (r == DGI_REL_NMOD_POSS)
            return d->toks[c].upos == DGI_PRON;
        if ((r == DGI_REL_NMOD && c > noun) || (r == DGI_REL_COMPOUND && d->toks[c].upos == DGI_PROPN))
            return false;
        definite |= dgi_tok_in(d, c, DGI_W_DEFINITE);
        determined |= r == DGI_REL_DET;
    }
    return definite || (!determined && !dgi_is_plural(d, noun));
}

/* Is f->speaker, the pronoun's answer, named in what the pronoun is said to have said: '"Hamas shelled us," it said', 'The soldiers
 * burned a van, they said' after somebody else has spoken? Nobody speaks of himself so. */
static bool names_itself(const struct dgi_quote_work *w, const struct found *f)
{
    const struct dgi_doc *d = w->doc;
    const uint32_t s = sent_of(w, f->subject);
    const bool goes_on = w->last_speaker != DGI_NONE && d->entities[w->last_speaker].plural && w->last_sent + 1 >= s &&
                         dgi_is_plural(d, f->subject);
    for (uint32_t t = d->sents[s].first; t < f->subject; t++) {
        const uint32_t m = w->cover[t];
        if (m == DGI_NONE || d->mentions[m].entity != f->speaker || d->mentions[m].kind == DGI_MENTION_PRONOUN)
            continue;
        const bool quoted = w->region_of[t] != DGI_NONE && w->region_of[f->subject] == DGI_NONE;
        if (quoted || (goes_on && d->toks[d->mentions[m].head].rel == DGI_REL_NSUBJ))
            return true;
    }
    return false;
}

/* "Her letter was read aloud. "I resign," it said.": whose the text is that the sentence before speaks of: its owner, or who published it. */
static uint32_t giver_before(const struct dgi_quote_work *w, uint32_t pronoun)
{
    const struct dgi_doc *d = w->doc;
    const uint32_t s = sent_of(w, pronoun);
    dgi_span span;
    for (uint32_t n = 1; n <= 2 && n <= s; n++)
        for (uint32_t t = d->sents[s - n].end; t-- > d->sents[s - n].first;) {
            if (w->region_of[t] != DGI_NONE || d->toks[t].upos != DGI_NOUN || !dgi_cue_carrier(w, t))
                continue;
            const uint32_t owner = dgi_child(d, t, DGI_REL_NMOD_POSS, DGI_NONE), v = d->toks[t].head;
            if (owner != DGI_NONE)
                return dgi_quote_entity(w, owner, &span);
            const uint32_t who = d->toks[t].rel == DGI_REL_OBJ && v != DGI_NONE ? dgi_quote_subject(w, v) : t;
            return who == DGI_NONE ? DGI_NONE : dgi_quote_entity(w, who, &span);
        }
    return DGI_NONE;
}

/* "Speaking to Kip on Monday, she said": is the pronoun's answer in a participle's words before it, which the pronoun itself governs? */
static bool addressed(const struct dgi_quote_work *w, const struct found *f)
{
    const struct dgi_doc *d = w->doc;
    const uint32_t first = d->sents[sent_of(w, f->subject)].first;
    if (!dgi_tok_in(d, f->subject, DGI_W_HE_SHE) || d->toks[first].upos != DGI_VERB ||
        dgi_form(d, first) != DGI_FORM_ING || f->subject < first + 3 || !dgi_tok_is(d, f->subject - 1, ","))
        return false;
    for (uint32_t t = first + 1; t < f->subject; t++) {
        const uint32_t m = w->cover[t];
        if (m != DGI_NONE && d->mentions[m].entity == f->speaker && d->mentions[m].kind == DGI_MENTION_NAME)
            return true;
    }
    return false;
}

/* Who gives out the text that the noun names: "signed a letter saying". DGI_NONE: the sentence does not tell. */
static uint32_t giver(const struct dgi_quote_work *w, uint32_t n)
{
    const struct dgi_doc *d = w->doc;
    const uint32_t v = d->toks[n].rel == DGI_REL_OBJ ? d->toks[n].head : DGI_NONE;
    return v == DGI_NONE || v > n || !dgi_lemma_in(d, v, DGI_W_SAYS_NOUN) || dgi_quote_unreal(w, v) ||
                   dgi_quote_negated(w, v)
               ? DGI_NONE
               : dgi_quote_subject(w, v);
}

/* "Speaking to Kip, he said", '"Only Kip can help," she said' where the answer cannot be Kip: the subject of the sentence before, a person. */
static uint32_t person_before(const struct dgi_quote_work *w, uint32_t pronoun, uint32_t but)
{
    const struct dgi_doc *d = w->doc;
    const uint32_t s = sent_of(w, pronoun);
    for (uint32_t k = s; k > 0 && k + 2 > s;) {
        k--;
        uint32_t found = DGI_NONE;
        for (uint32_t t = d->sents[k].first; t < d->sents[k].end; t++) {
            const uint32_t m = w->cover[t], e = m == DGI_NONE ? DGI_NONE : d->mentions[m].entity;
            if (e >= d->n_entities || e == but || d->mentions[m].head != t || w->region_of[t] != DGI_NONE ||
                d->entities[e].type != DGI_ENT_PERSON || dgi_rel_base(d->toks[t].rel) != DGI_REL_NSUBJ)
                continue;
            found = e;
        }
        if (found != DGI_NONE)
            return found;
    }
    return DGI_NONE;
}

/* Fill speaker from subject, with the speaker of before for pronouns and texts that no mention covers. */
static void resolve(const struct dgi_quote_work *w, struct found *f)
{
    const struct dgi_doc *d = w->doc;
    if (f->subject == DGI_NONE)
        return;
    f->speaker = dgi_quote_entity(w, f->subject, &f->span);
    if (f->speaker != DGI_NONE && dgi_tok_in(d, f->subject, DGI_W_HE_SHE) &&
        d->entities[f->speaker].type == DGI_ENT_COUNTRY)
        f->speaker = DGI_NONE; /* "Tehran, he said, would answer": no land is "he" */
    const bool astray = f->speaker != DGI_NONE && d->toks[f->subject].upos == DGI_PRON && names_itself(w, f);
    if (f->speaker != DGI_NONE && !astray && !addressed(w, f) &&
        !(w->last_speaker != DGI_NONE && w->last_speaker != f->speaker && misled(w, f)))
        return;
    const bool carrier = d->toks[f->subject].upos == DGI_NOUN && dgi_cue_carrier(w, f->subject);
    if (carrier && f->speaker == DGI_NONE) {
        const uint32_t by = giver(w, f->subject);
        dgi_span span;
        if (by != DGI_NONE && (f->speaker = dgi_quote_entity(w, by, &span)) != DGI_NONE)
            return;
    }
    if ((dgi_tok_in(d, f->subject, DGI_W_IT) || (carrier && known(d, f->subject))) &&
        (f->speaker == DGI_NONE || astray)) {
        const uint32_t by = giver_before(w, f->subject);
        if (by != DGI_NONE) {
            f->speaker = by;
            return;
        }
    }
    if (dgi_tok_in(d, f->subject, DGI_W_HE_SHE) && f->speaker != DGI_NONE) {
        const uint32_t person = person_before(w, f->subject, f->speaker);
        if (person != DGI_NONE && (astray || addressed(w, f))) {
            f->speaker = person;
            return;
        }
    }
    bool stands_for = (d->toks[f->subject].upos == DGI_PRON && !dgi_tok_in(d, f->subject, DGI_W_NO_STAND_IN)) ||
                      (dgi_cue_carrier(w, f->subject) && known(d, f->subject));
    if (dgi_tok_in(d, f->subject, DGI_W_IT) && w->last_speaker != DGI_NONE &&
        sent_of(w, f->subject) <= w->last_sent + 1 && d->entities[w->last_speaker].type != DGI_ENT_PERSON)
        f->speaker = w->last_speaker;
    const bool land = w->last_speaker != DGI_NONE && d->entities[w->last_speaker].type == DGI_ENT_COUNTRY &&
                      dgi_tok_in(d, f->subject, DGI_W_HE_SHE);
    if (stands_for && !land && w->last_speaker != DGI_NONE && sent_of(w, f->subject) <= w->last_sent + MEMORY)
        f->speaker = w->last_speaker;
}

static bool is_nominal(const struct dgi_doc *d, uint32_t t)
{
    return d->toks[t].upos == DGI_NOUN || d->toks[t].upos == DGI_PROPN || d->toks[t].upos == DGI_PRON;
}

/* The noun that heads the words [from, to): the first whose own head is the verb or lies outside. */
static uint32_t head_noun(const struct dgi_quote_work *w, uint32_t from, uint32_t to, uint32_t verb)
{
    const struct dgi_doc *d = w->doc;
    uint32_t any = DGI_NONE;
    for (uint32_t t = from; t < to; t++) {
        if (t == verb || !is_nominal(d, t) || w->region_of[t] != DGI_NONE)
            continue;
        uint32_t h = d->toks[t].head;
        if (h == DGI_NONE || h == verb || h < from || h >= to)
            return t;
        if (any == DGI_NONE)
            any = t;
    }
    return any;
}

/* A mention in [from, to) that can be the cue's subject: the first before it that modifies nothing, else the nearest. */
static uint32_t mention_near(const struct dgi_quote_work *w, uint32_t cue, uint32_t from, uint32_t to)
{
    const struct dgi_doc *d = w->doc;
    for (uint32_t t = from; t < cue; t++) {
        if (w->cover[t] == DGI_NONE || d->mentions[w->cover[t]].first < from || d->mentions[w->cover[t]].end > cue)
            continue;
        uint32_t h = d->mentions[w->cover[t]].head;
        uint8_t rel = dgi_rel_base(d->toks[h].rel);
        if (rel != DGI_REL_NMOD && rel != DGI_REL_COMPOUND && rel != DGI_REL_AMOD && rel != DGI_REL_OBL)
            return h;
    }
    for (uint32_t t = cue; t-- > from;)
        if (w->cover[t] != DGI_NONE && d->mentions[w->cover[t]].first >= from && d->mentions[w->cover[t]].end <= cue)
            return d->mentions[w->cover[t]].head;
    for (uint32_t t = cue + 1; t < to; t++)
        if (w->cover[t] != DGI_NONE && d->mentions[w->cover[t]].end <= to) {
            const uint32_t h = d->mentions[w->cover[t]].head, of = d->toks[h].head;
            const uint8_t rel = dgi_rel_base(d->toks[h].rel);
            const bool inner =
                (rel == DGI_REL_NMOD || rel == DGI_REL_COMPOUND || rel == DGI_REL_AMOD) && of > h && of < to;
            return inner && w->cover[of] != DGI_NONE ? of : h; /* "said Chad's prime minister" */
        }
    return DGI_NONE;
}

static struct found from_cue(const struct dgi_quote_work *w, uint32_t cue, uint32_t from, uint32_t to)
{
    const struct dgi_doc *d = w->doc;
    struct found f = nobody;
    f.cue = cue;
    f.subject = dgi_cue_class(w, cue) == DGI_CUE_PREP ? d->toks[cue].head : dgi_quote_subject(w, cue);
    if (f.subject != DGI_NONE && w->region_of[f.subject] != DGI_NONE && w->region_of[f.subject] != w->region_of[cue])
        f.subject = DGI_NONE;                               /* the tree went astray into the quotation */
    if (f.subject == DGI_NONE && cue == from && cue < to) { /* '"...?" asked the leader': an object by its place only */
        uint32_t o = dgi_child(d, cue, DGI_REL_OBJ, DGI_NONE);
        f.subject = o != DGI_NONE && o < to ? o : DGI_NONE;
    }
    const uint32_t root = d->sents[sent_of(w, cue)].root;
    if (f.subject == DGI_NONE && dgi_form(d, cue) == DGI_FORM_ING && root < cue && w->region_of[root] == DGI_NONE &&
        dgi_has_finite(d, root)) /* 'Roy shrugged and, when asked after the vote, adding, "I pay"' */
        f.subject = dgi_quote_subject(w, root);
    if (f.subject == DGI_NONE && from < to)
        f.subject = mention_near(w, cue, from, to);
    if (f.subject == DGI_NONE && cue > from && is_word(d, cue - 1) &&
        (d->toks[cue - 1].upos == DGI_PRON || d->toks[cue - 1].upos == DGI_PROPN || d->toks[cue - 1].upos == DGI_NOUN))
        f.subject = cue - 1;
    for (uint32_t t = from > d->sents[sent_of(w, cue)].first ? from : d->sents[sent_of(w, cue)].first;
         t < cue && f.subject == DGI_NONE; t++) /* the head of the first noun phrase of these words */
        if (d->toks[t].upos == DGI_NOUN || d->toks[t].upos == DGI_PROPN || d->toks[t].upos == DGI_PRON) {
            uint32_t h = d->toks[t].head;
            if (h != DGI_NONE && h > t && h < cue && (d->toks[h].upos == DGI_NOUN || d->toks[h].upos == DGI_PROPN) &&
                w->region_of[h] == DGI_NONE)
                continue;
            if (w->region_of[t] == DGI_NONE)
                f.subject = t;
        }
    if (f.subject == DGI_NONE && cue + 1 < to &&
        (d->toks[cue + 1].upos == DGI_PROPN || d->toks[cue + 1].upos == DGI_PRON))
        f.subject = cue + 1;
    resolve(w, &f);
    return f;
}

/* ---- quotations ---- */
static bool speech_at(const struct dgi_quote_work *w, uint32_t t)
{
    return w->doc->toks[t].upos == DGI_VERB && dgi_cue_is_speech(dgi_cue_class(w, t));
}

/* 'Ana "Mimi" Roy' */
static bool nickname(const struct dgi_quote_work *w, uint32_t region)
{
    const struct dgi_doc *d = w->doc;
    const struct dgi_region *r = &w->regions[region];
    return r->end == r->first + 1 && r->close != DGI_NONE && r->open > 0 && r->close + 1 < d->n_toks &&
           d->toks[r->open - 1].upos == DGI_PROPN && d->toks[r->first].upos == DGI_PROPN &&
           d->toks[r->close + 1].upos == DGI_PROPN;
}

/* Words outside quotations from `from` to the sentence's end, a semicolon or the next opening mark. */
static uint32_t outside_until(const struct dgi_quote_work *w, uint32_t from, uint32_t end)
{
    uint32_t t = from;
    while (t < end && (w->region_of[t] == DGI_NONE || nickname(w, w->region_of[t])) && !dgi_tok_is(w->doc, t, ";"))
        t++;
    return t;
}

/* "...," X said.  "...?" asked X. */
static bool cue_behind(const struct dgi_quote_work *w, const struct dgi_region *r, struct found *f)
{
    const struct dgi_doc *d = w->doc;
    if (r->close == DGI_NONE || r->close + 1 >= d->n_toks)
        return false;
    uint32_t s = sent_of(w, r->close), from = r->close + 1, end = d->sents[s].end;
    bool next = from == end;
    if (next) { /* the splitter ended the sentence at the mark: "Is it?" | Oduya asked. */
        if (s + 1 >= d->n_sents || d->sents[s + 1].block != d->sents[s].block)
            return false;
        dg_str last = d->toks[r->end - 1].form;
        bool lower = d->toks[from].form.ptr[0] >= 'a' && d->toks[from].form.ptr[0] <= 'z';
        if (!lower && !dgi_str_is(last, "?") && !dgi_str_is(last, "!") && !dgi_str_is(last, ",") &&
            !dgi_str_is(last, "—") && !dgi_str_is(last, "…") && !dgi_str_is(last, "..."))
            return false;
        end = d->sents[s + 1].end;
    }
    uint32_t to = outside_until(w, from, end);
    bool name = false; /* a name, and a comma behind it */
    for (uint32_t t = from; t < to && t < from + NAME && !name; t++) {
        if (d->toks[t].upos != DGI_PROPN && d->toks[t].upos != DGI_ADJ)
            break;
        name = d->toks[t].upos == DGI_PROPN && dgi_tok_is(d, t + 1, ",");
    }
    bool acts = false; /* a verb before it */
    for (uint32_t t = from; t < to && t < from + ASIDE; t++) {
        acts |= t > from && (d->toks[t - 1].upos == DGI_VERB || d->toks[t - 1].upos == DGI_AUX);
        if (!name && acts && t >= from + TAIL)
            return false;
        if (t >= from + TAIL && !(dgi_tok_is(d, t - 1, ",") && dgi_is_finite(d, t)))
            continue;
        if (!speech_at(w, t) && !(dgi_cue_class(w, t) == DGI_CUE_PREP && t <= from + 1 && !next))
            continue;
        if (next) { /* its own statement follows: it does not look back */
            uint32_t c = dgi_child(d, t, DGI_REL_CCOMP, DGI_NONE);
            /* '"Stop!" The mayor's niece, Ana Roy (D-Ulm), shouted' */
            if ((c != DGI_NONE && c > t) || (t > from + 6 && (acts || (t > from + 14 && !dgi_tok_is(d, t - 1, ",")))))
                return false;
        }
        if (d->toks[t].rel == DGI_REL_ACL_RELCL && t > from + 2)
            continue; /* "..." the man who said it */
        *f = from_cue(w, t, from, to);
        return true;
    }
    return false;
}

static bool relative_cue(const struct dgi_quote_work *w, uint32_t t)
{
    const struct dgi_doc *d = w->doc;
    if (d->toks[t].rel == DGI_REL_ACL_RELCL)
        return true;
    for (uint32_t c = d->toks[t].first_child; c != DGI_NONE && c < t; c = d->toks[c].next_sib)
        if (dgi_tok_in(d, c, DGI_W_RELATIVE))
            return true;
    return false;
}

/* "..." - Amina Oduya, Kisumu: no verb, a name. */
static bool name_behind(const struct dgi_quote_work *w, const struct dgi_region *r, struct found *f)
{
    const struct dgi_doc *d = w->doc;
    if (r->close == DGI_NONE || r->close + 1 >= d->n_toks)
        return false;
    uint32_t s = sent_of(w, r->close), from = r->close + 1;
    if (from == d->sents[s].end) { /* split off as a sentence of its own */
        if (s + 1 >= d->n_sents || d->sents[s + 1].block != d->sents[s].block)
            return false;
        s++;
    }
    uint32_t end = d->sents[s].end, names = 0;
    if (end - from > 12)
        return false;
    for (uint32_t t = from; t < end; t++) {
        if (d->toks[t].upos == DGI_VERB || d->toks[t].upos == DGI_AUX || d->toks[t].upos == DGI_PRON ||
            w->region_of[t] != DGI_NONE)
            return false;
        names += d->toks[t].upos == DGI_PROPN;
    }
    if (!names || d->toks[from].upos == DGI_ADP || d->toks[from].upos == DGI_CCONJ)
        return false;
    *f = nobody;
    f->subject = mention_near(w, end, from, end);
    if (f->subject == DGI_NONE)
        f->subject = head_noun(w, from, end, DGI_NONE);
    resolve(w, f);
    return f->subject != DGI_NONE;
}

/* Last verb of the row of words [from, to) that can introduce a quotation. With a colon any verb can. */
static uint32_t introducer(const struct dgi_quote_work *w, uint32_t from, uint32_t to, bool colon)
{
    uint32_t speech = DGI_NONE, act = DGI_NONE, verb = DGI_NONE;
    for (uint32_t t = from; t < to; t++) {
        uint8_t cls = dgi_cue_class(w, t);
        if (w->region_of[t] != DGI_NONE || (w->doc->toks[t].upos != DGI_VERB && cls != DGI_CUE_PREP))
            continue;
        if (cls == DGI_CUE_PREP)
            speech = t;
        const bool would = speech != DGI_NONE && dgi_child(w->doc, t, DGI_REL_AUX, DGI_NONE) != DGI_NONE &&
                           dgi_quote_unreal(w, t); /* 'Togo, he said, would answer "at a time of its choosing"' */
        if ((dgi_cue_is_speech(cls) || cls == DGI_CUE_QUOTE) && !would &&
            !(speech != DGI_NONE && t + 4 < to && relative_cue(w, t))) /* "commented - which X noted as odd - " */
            speech = t;
        else if (cls == DGI_CUE_ACT || cls == DGI_CUE_NAME)
            act = t;
        if (cls == DGI_CUE_NAME && t + 1 < to &&
            dgi_tok_in(w->doc, dgi_tok_is(w->doc, to - 1, ",") ? to - 2 : to - 1, DGI_W_AS))
            speech = t; /* 'described the envoy as, "a little tired"' */
        if (w->doc->toks[t].upos == DGI_VERB && dgi_quote_subject(w, t) != DGI_NONE &&
            (verb == DGI_NONE || w->doc->toks[t].head == DGI_NONE))
            verb = t;
    }
    const uint32_t top = from < to ? w->doc->sents[sent_of(w, from)].root : DGI_NONE,
                   who = colon && speech != DGI_NONE && top > speech && top < to
                             ? dgi_child(w->doc, top, DGI_REL_NSUBJ, DGI_NONE)
                             : DGI_NONE;
    if (who != DGI_NONE && who > speech && w->doc->toks[top].upos == DGI_VERB && w->region_of[who] == DGI_NONE)
        return top; /* 'With members worried about the vote, Roy is trying out a new message:' */
    if (speech != DGI_NONE)
        return speech;
    if (colon && act == DGI_NONE && verb == DGI_NONE && from < to) { /* "The minister was blunt:" */
        uint32_t root = w->doc->sents[sent_of(w, from)].root;
        if (root >= from && root < to && dgi_child(w->doc, root, DGI_REL_NSUBJ, DGI_NONE) != DGI_NONE)
            verb = root;
    }
    return colon ? (act != DGI_NONE ? act : verb) : DGI_NONE;
}

/* X said: "..."   X said in Ulm that "..."   "...," X said, "..." */
static bool cue_before(const struct dgi_quote_work *w, const struct dgi_region *r, struct found *f)
{
    const struct dgi_doc *d = w->doc;
    uint32_t s = sent_of(w, r->open), first = d->sents[s].first;
    if (r->open > first) {
        bool colon = dgi_tok_is(d, r->open - 1, ":");
        uint32_t from = r->open;
        while (from > first && w->region_of[from - 1] == DGI_NONE && !dgi_tok_is(d, from - 1, ";"))
            from--;
        uint32_t cue = introducer(w, from, r->open, colon);
        if (cue == DGI_NONE && colon)
            cue = introducer(w, first, r->open, true); /* a scare quote stands between */
        if (cue == DGI_NONE)
            return false;
        *f = from_cue(w, cue, from, r->open);
        return true;
    }
    if (s == 0)
        return false;
    const struct dgi_sent *p = &d->sents[s - 1];
    uint32_t last = p->end - 1;
    if (!dgi_tok_is(d, last, ":") || w->region_of[last] != DGI_NONE)
        return false;
    uint32_t cue = introducer(w, p->first, last, true);
    if (cue == DGI_NONE)
        return false;
    *f = from_cue(w, cue, p->first, last);
    return true;
}

/* Is the paragraph nothing but quotations? Looked at for FAR sentences to either side, so that time stays linear. */
enum { FAR = 32 };

static bool all_quoted(const struct dgi_quote_work *w, uint32_t sent)
{
    const struct dgi_doc *d = w->doc;
    uint32_t b = d->sents[sent].block, s = sent;
    while (s > 0 && sent - s < FAR && d->sents[s - 1].block == b && !d->sents[s].starts_par)
        s--;
    for (; s < d->n_sents && s < sent + FAR && d->sents[s].block == b; s++) {
        if (s > sent && d->sents[s].starts_par)
            break;
        for (uint32_t t = d->sents[s].first; t < d->sents[s].end; t++)
            if (is_word(d, t) && w->region_of[t] == DGI_NONE)
                return false;
    }
    return true;
}

/* The last cue with a speaker in the sentence, or its root's subject. */
static bool talks_in(const struct dgi_quote_work *w, uint32_t sent, struct found *f)
{
    const struct dgi_doc *d = w->doc;
    const struct dgi_sent *s = &d->sents[sent];
    for (int pass = 0; pass < 2; pass++)
        for (uint32_t t = s->end; t-- > s->first;) {
            if (w->region_of[t] != DGI_NONE || d->toks[t].upos != DGI_VERB)
                continue;
            bool take = pass == 0 ? dgi_cue_is_speech(dgi_cue_class(w, t)) && !dgi_quote_unreal(w, t)
                                  : t == s->root || d->toks[t].rel == DGI_REL_CONJ;
            if (!take)
                continue;
            struct found x = nobody;
            x.subject = dgi_quote_subject(w, t);
            if (x.subject == DGI_NONE || w->region_of[x.subject] != DGI_NONE)
                continue;
            resolve(w, &x);
            if (x.speaker != DGI_NONE && d->entities[x.speaker].political) {
                *f = x;
                return true;
            }
            if (x.speaker != DGI_NONE) {
                *f = x;
                return true;
            }
        }
    return false;
}

/* "Make Your Child a Millionaire": a title, unless a cue says otherwise. */
static bool title_case(const struct dgi_quote_work *w, const struct dgi_region *r)
{
    const struct dgi_doc *d = w->doc;
    uint32_t words = 0, small = 0;
    if (r->end > r->first && sent_of(w, r->first) != sent_of(w, r->end - 1))
        return false; /* "The King. The King is back." */
    for (uint32_t t = r->first; t < r->end; t++)
        if (d->toks[t].form.len > 3 && is_word(d, t)) {
            words++;
            small += d->toks[t].form.ptr[0] >= 'a' && d->toks[t].form.ptr[0] <= 'z';
        }
    return words >= 2 && small * 5 < words && r->end - r->first < 15;
}

/* 'The note was blunt: "We will not pay," it said': the cue and who says it, and nothing else, behind the mark. */
static bool right_behind(const struct dgi_quote_work *w, const struct dgi_region *r, const struct found *f)
{
    const struct dgi_doc *d = w->doc;
    const uint8_t cls = dgi_cue_class(w, f->cue);
    if (!dgi_tok_is(d, r->end - 1, ",") && !(r->end > r->first + 1 && dgi_tok_is(d, r->end - 2, ",")))
        return false;
    return f->subject != DGI_NONE && f->subject > r->close && f->subject < r->close + LABEL && f->cue > r->close &&
           f->cue <= r->close + LABEL && (cls == DGI_CUE_SAY || cls == DGI_CUE_TELL);
}

/* Is it somebody else who says it than who said st? Without entities, by the words. */
static bool other_speaker(const struct dgi_doc *d, const struct dgi_statement *st, const struct found *f)
{
    if (f->speaker != DGI_NONE || d->toks[f->subject].upos != DGI_PROPN)
        return f->speaker != DGI_NONE && f->speaker != st->speaker;
    for (uint32_t t = dgi_tok_from(d, st->speaker_span.start); t < d->n_toks && d->toks[t].start < st->speaker_span.end;
         t++)
        if (dgi_str_ieq(d->toks[t].form, d->toks[f->subject].form))
            return false;
    return st->speaker_span.end > st->speaker_span.start;
}

static bool attribute(const struct dgi_quote_work *w, struct dgi_region *r, uint32_t index, struct found *f)
{
    const struct dgi_doc *d = w->doc;
    *f = nobody;
    if (r->prev != DGI_NONE && w->regions[r->prev].statement != DGI_NONE) {
        const struct dgi_statement *st = &d->statements[w->regions[r->prev].statement];
        struct found own = nobody;
        const bool behind = cue_behind(w, r, &own) && right_behind(w, r, &own);
        if (behind && d->toks[own.subject].upos != DGI_PRON && other_speaker(d, st, &own)) {
            *f = own; /* the paragraph before had lost its closing mark */
            return true;
        }
        f->speaker = st->speaker;
        f->span = st->speaker_span;
        f->cue = st->cue_tok == DGI_NONE && behind && d->sents[st->sentence].starts_par ? own.cue : st->cue_tok;
        return true;
    }
    bool colon = r->open > 0 && dgi_tok_is(d, r->open - 1, ":");
    struct found behind = nobody;
    const bool any = cue_behind(w, r, &behind);
    const bool before = colon && cue_before(w, r, f);
    if (any && right_behind(w, r, &behind)) {
        const bool speech = before && dgi_cue_is_speech(dgi_cue_class(w, f->cue)) && f->speaker != DGI_NONE;
        if (speech && d->toks[behind.subject].upos == DGI_PRON)
            behind.speaker = f->speaker; /* 'The mayor, Ana Roy, was blunt, saying: "No," she said' */
        *f = behind;
        return true;
    }
    if (before && f->speaker != DGI_NONE)
        return true;
    if (any) {
        *f = behind;
        if (f->speaker != DGI_NONE || f->subject != DGI_NONE)
            return true;
    }
    if (cue_before(w, r, f))
        return true;
    if (behind.cue != DGI_NONE) {
        *f = behind;
        return true;
    }
    if (name_behind(w, r, f))
        return true;
    uint32_t block = d->sents[sent_of(w, r->open)].block;
    if (title_case(w, r) || (block < d->n_blocks && (d->blocks[block].kind == DGI_BLOCK_SUBHEAD ||
                                                     d->blocks[block].kind == DGI_BLOCK_HEADLINE)))
        return false;
    /* No cue: the speaker goes on. */
    uint32_t s = sent_of(w, r->open);
    bool starts = d->sents[s].starts_par || s == 0 || d->sents[s - 1].block != d->sents[s].block;
    if (!starts) {
        if (index > 0) {
            const struct dgi_region *p = &w->regions[index - 1];
            if (p->statement != DGI_NONE && p->full && sent_of(w, p->first) + 12 > s &&
                d->sents[sent_of(w, p->first)].block == d->sents[s].block) {
                const struct dgi_statement *st = &d->statements[p->statement];
                f->speaker = st->speaker;
                f->span = st->speaker_span;
                f->cue = DGI_NONE;
                return true;
            }
        }
        if (talks_in(w, s - 1, f)) {
            f->cue = DGI_NONE;
            return true;
        }
    }
    if (index > 0 && w->regions[index - 1].statement != DGI_NONE && all_quoted(w, s)) {
        uint32_t last = w->regions[index - 1].end;
        if (s > 0 && sent_of(w, last < d->n_toks ? last : last - 1) + 2 >= s) {
            const struct dgi_statement *st = &d->statements[w->regions[index - 1].statement];
            f->speaker = st->speaker;
            f->span = st->speaker_span;
            return true;
        }
    }
    if (s > 0 && starts && talks_in(w, s - 1, f)) {
        f->cue = DGI_NONE;
        return true;
    }
    return false;
}

static struct dgi_statement *push(struct dgi_quote_work *w, const struct found *f, uint8_t kind)
{
    struct dgi_doc *d = w->doc;
    struct dgi_statement *st = DGI_PUSH(d->arena, d->statements, d->n_statements, d->cap_statements);
    if (!st)
        return NULL;
    *st = (struct dgi_statement){.kind = kind,
                                 .speaker = f->speaker,
                                 .speaker_span = f->span,
                                 .cue_tok = f->cue,
                                 .addressee = DGI_NONE,
                                 .outer = DGI_NONE};
    if (f->cue != DGI_NONE) {
        st->cue = (dgi_span){d->toks[f->cue].start, d->toks[f->cue].end};
        for (uint32_t c = d->toks[f->cue].first_child; c != DGI_NONE; c = d->toks[c].next_sib)
            if (d->toks[c].rel == DGI_REL_FIXED && c > f->cue)
                st->cue.end = d->toks[c].end;
        if (d->toks[f->cue].upos == DGI_VERB) {
            st->addressee = dgi_quote_addressee(w, f->cue);
            if (st->addressee == st->speaker)
                st->addressee = DGI_NONE; /* nobody speaks to himself: "Tembo promised her" */
            st->negated = dgi_quote_negated(w, f->cue);
        }
    }
    return st;
}

/* The end of the words [first, end), with the mark that closes a quotation begun among them. */
static uint32_t closed(const struct dgi_quote_work *w, uint32_t first, uint32_t end)
{
    const uint32_t r = w->region_of[end - 1];
    const bool ends = r != DGI_NONE && w->regions[r].open >= first && w->regions[r].close == end;
    return ends ? end + 1 : end;
}

static bool put_content(const struct dgi_quote_work *w, struct dgi_statement *st, const struct dgi_content *c)
{
    struct dgi_doc *d = w->doc;
    dgi_span *spans = dgi_arena_array(d->arena, c->n, sizeof *spans);
    if (!spans)
        return false;
    for (uint32_t i = 0; i < c->n; i++)
        spans[i] = (dgi_span){d->toks[c->first[i]].start, d->toks[closed(w, c->first[i], c->end[i]) - 1].end};
    st->content = spans;
    st->n_content = c->n;
    st->sentence = d->toks[c->first[0]].sent;
    return true;
}

static void remember(struct dgi_quote_work *w, const struct found *f, uint32_t sent)
{
    if (f->speaker == DGI_NONE)
        return;
    w->last_speaker = f->speaker;
    w->last_sent = sent;
}

/* 'With so many roads, "there is always a way out," he said': the words before the mark are said too. Where they begin. */
static uint32_t led_in(const struct dgi_quote_work *w, const struct dgi_region *r, const struct found *f)
{
    const struct dgi_doc *d = w->doc;
    const struct dgi_sent *s = &d->sents[sent_of(w, r->open)];
    dg_str first = d->toks[r->first].form;
    if (f->cue == DGI_NONE || f->cue < r->end || r->open < s->first + 3 || !dgi_tok_is(d, r->open - 1, ",") ||
        first.ptr[0] < 'a' || first.ptr[0] > 'z' || sent_of(w, r->first) != sent_of(w, r->end - 1))
        return r->first;
    for (uint32_t t = s->first; t < r->open; t++)
        if (dgi_cue_class(w, t) != DGI_CUE_NONE || w->region_of[t] != DGI_NONE || dgi_is_quote_mark(d->toks[t].form))
            return r->first;
    return s->first;
}

/* "VANCE: We never asked." in a transcript: the words behind the label. */
static uint32_t behind_label(const struct dgi_doc *d, uint32_t first, uint32_t end)
{
    for (uint32_t t = first; t + 1 < end && t < first + LABEL; t++) {
        if (t > first && dgi_tok_is(d, t, ":"))
            return t + 1;
        for (size_t i = 0; i < d->toks[t].form.len; i++)
            if (d->toks[t].form.ptr[i] >= 'a' && d->toks[t].form.ptr[i] <= 'z')
                return first;
    }
    return first;
}

/* '"Fares will rise" for the poor, the mayor said': the words between the mark and the comma before the cue are said too. Where they end. */
static uint32_t led_out(const struct dgi_quote_work *w, const struct dgi_region *r, const struct found *f)
{
    const struct dgi_doc *d = w->doc;
    uint32_t t = r->close + 1;
    if (r->close == DGI_NONE || f->cue == DGI_NONE || f->subject == DGI_NONE || t >= d->n_toks ||
        sent_of(w, t) != sent_of(w, r->first) || f->cue < t || f->subject < t || sent_of(w, f->cue) != sent_of(w, t) ||
        !is_word(d, r->end - 1) || d->toks[t].form.ptr[0] < 'a' || d->toks[t].form.ptr[0] > 'z')
        return r->end;
    const uint32_t most = t + TAIL;
    for (; t < most && t < f->cue && t < f->subject; t++) {
        if (dgi_tok_is(d, t, ","))
            return t > r->close + 1 ? t : r->end;
        if (!is_word(d, t) || w->region_of[t] != DGI_NONE || dgi_cue_class(w, t) == DGI_CUE_PREP || speech_at(w, t))
            return r->end;
    }
    return r->end;
}

static bool direct_statement(struct dgi_quote_work *w, uint32_t index)
{
    struct dgi_region *r = &w->regions[index];
    struct found f;
    if (!attribute(w, r, index, &f))
        return true;
    struct dgi_statement *of = r->prev == DGI_NONE || w->regions[r->prev].statement == DGI_NONE
                                   ? NULL
                                   : &w->doc->statements[w->regions[r->prev].statement];
    if (of && of->cue_tok == DGI_NONE && of->speaker == f.speaker && f.cue != DGI_NONE && of->kind == DGI_DIRECT &&
        w->doc->sents[of->sentence].starts_par) {
        of->cue_tok = f.cue; /* its cue stands behind the last paragraph */
        of->cue = (dgi_span){w->doc->toks[f.cue].start, w->doc->toks[f.cue].end};
    }
    const uint32_t lead = behind_label(w->doc, led_in(w, r, &f), r->end);
    const uint32_t tail = led_out(w, r, &f);
    struct dgi_statement *st = push(w, &f, lead < r->first || tail > r->end ? DGI_MIXED : DGI_DIRECT);
    struct dgi_content c = {.n = 1, .first = {tail > r->end && lead == r->first ? r->open : lead}, .end = {tail}};
    if (!st || !put_content(w, st, &c))
        return false;
    r->statement = w->doc->n_statements - 1;
    r->done = true;
    if (f.cue != DGI_NONE)
        w->used[f.cue] = 1;
    remember(w, &f, sent_of(w, r->end - 1));
    return true;
}

/* ---- indirect statements ---- */
static void claim_regions(struct dgi_quote_work *w, const struct dgi_content *c, uint32_t statement)
{
    for (uint32_t i = 0; i < c->n; i++)
        for (uint32_t t = c->first[i]; t < c->end[i]; t++)
            if (w->region_of[t] != DGI_NONE && !w->regions[w->region_of[t]].full) {
                w->regions[w->region_of[t]].done = true;
                w->regions[w->region_of[t]].statement = statement;
            }
}

/* 'The envoy scolded him: "The map is wrong," she said': the cue behind the quotation has it, not what stands before. */
static bool has_quotation(const struct dgi_quote_work *w, const struct dgi_content *c, uint32_t cue)
{
    for (uint32_t t = c->end[c->n - 1]; t < cue; t++)
        if (w->region_of[t] != DGI_NONE && w->regions[w->region_of[t]].full && w->region_of[t] != w->region_of[cue])
            return true;
    return false;
}

static bool indirect(struct dgi_quote_work *w, uint32_t cue, const struct dgi_said_parts *p, struct found *f)
{
    struct dgi_content c;
    if (!dgi_said_words(w, p, cue, &c) || has_quotation(w, &c, cue))
        return true;
    struct dgi_statement *st = push(w, f, c.quoted ? DGI_MIXED : DGI_INDIRECT);
    if (!st || !put_content(w, st, &c))
        return false;
    claim_regions(w, &c, w->doc->n_statements - 1);
    if (w->region_of[cue] == DGI_NONE)
        remember(w, f, sent_of(w, cue));
    return true;
}

/* ", adding that ...": whoever the statement of the cue before was given to, when the tree has no subject for either. */
static void same_speaker(const struct dgi_quote_work *w, uint32_t v, struct found *f)
{
    const uint32_t before = dgi_quote_resumes(w, v);
    for (uint32_t i = w->doc->n_statements, n = 0; before != DGI_NONE && i-- > 0 && n < 8; n++)
        if (w->doc->statements[i].cue_tok == before) {
            f->speaker = w->doc->statements[i].speaker;
            f->span = w->doc->statements[i].speaker_span;
            return;
        }
}

/* A text that says, or what somebody has counted, asked, found out: "estimates", "a poll". */
static bool tells(const struct dgi_quote_work *w, uint32_t noun)
{
    return noun != DGI_NONE && (dgi_cue_carrier(w, noun) || dgi_lemma_in(w->doc, noun, DGI_W_DATA_NOUN));
}

/* "Firms hired few, suggesting the slump lasts", "after learning that": a deed or a thought, and nobody's word. */
static bool shown_by_fact(const struct dgi_quote_work *w, uint32_t v)
{
    const struct dgi_doc *d = w->doc;
    const uint32_t h = d->toks[v].head;
    if (dgi_form(d, v) != DGI_FORM_ING || w->region_of[v] != DGI_NONE)
        return false;
    if (dgi_cue_class(w, v) == DGI_CUE_THINK && v > 0 && dgi_tok_in(d, v - 1, DGI_W_AFTER_BEFORE))
        return true;
    return v > 0 && dgi_tok_is(d, v - 1, ",") && dgi_lemma_in(d, v, DGI_W_FACT_SHOWS) && h != DGI_NONE && h < v &&
           d->toks[h].upos == DGI_VERB && dgi_cue_class(w, h) == DGI_CUE_NONE;
}

/* '"We love it," Roy said, and soon the lights went out': a quotation stands before the cue, and a mark between it and the clause. */
static bool behind_mark(const struct dgi_quote_work *w, uint32_t v, uint32_t clause)
{
    const struct dgi_doc *d = w->doc;
    bool quoted = false;
    for (uint32_t t = d->sents[sent_of(w, v)].first; t < v && !quoted; t++)
        quoted = w->region_of[t] != DGI_NONE && w->regions[w->region_of[t]].full;
    if (dgi_marked(d, clause, DGI_W_THAT))
        return false;
    for (uint32_t t = v + 1; quoted && t < clause; t++)
        if (!is_word(d, t))
            return true;
    return false;
}

static bool verb_statement(struct dgi_quote_work *w, uint32_t v)
{
    const struct dgi_doc *d = w->doc;
    const struct dgi_cue_row *row = dgi_cue_at(w, v);
    struct dgi_said_parts p;
    if (!dgi_quote_unreal(w, v) && dgi_said_judged(w, v, &p)) {
        struct found by = nobody;
        by.cue = v;
        by.subject = dgi_quote_subject(w, v);
        resolve(w, &by);
        return by.speaker == DGI_NONE || indirect(w, v, &p, &by);
    }
    if (row->cls != DGI_CUE_SAY && row->cls != DGI_CUE_TELL && row->cls != DGI_CUE_URGE && row->cls != DGI_CUE_THINK)
        return true;
    if (dgi_quote_unreal(w, v) || shown_by_fact(w, v))
        return true;
    if (!dgi_said_find(w, v, &p))
        return true;
    if (w->used[v] && (!p.n || p.head[0] < v || behind_mark(w, v, p.head[0])))
        return true; /* its clause is the quotation */
    for (uint32_t t = p.from; !p.n && t < p.to; t++)
        if (t != v && w->used[t] && t < v && (t < p.gap_from || t >= p.gap_to))
            return true; /* '"Yes?" she said, but they were late, Roy said again and again': another quotation's cue is not said */
    if (p.n) {
        uint32_t c = p.head[0];
        const bool found =
            row->cls == DGI_CUE_THINK && c > v && dgi_has_subject(d, c) && tells(w, dgi_quote_subject(w, v));
        if ((row->cls == DGI_CUE_URGE || row->cls == DGI_CUE_THINK) && !dgi_marked(d, c, DGI_W_THAT) && !found)
            return true;
        if (dgi_marked(d, c, DGI_W_WHETHER))
            return true;
        if (d->toks[c].upos != DGI_VERB && d->toks[c].upos != DGI_AUX &&
            dgi_child(d, c, DGI_REL_COP, DGI_NONE) == DGI_NONE &&
            dgi_child(d, c, DGI_REL_NSUBJ, DGI_NONE) == DGI_NONE &&
            dgi_child(d, c, DGI_REL_NSUBJ_PASS, DGI_NONE) == DGI_NONE && !dgi_marked(d, c, DGI_W_THAT))
            return true; /* a noun phrase mistaken for a clause */
    }
    struct found f = nobody;
    f.cue = v;
    f.subject = dgi_quote_subject(w, v);
    if (!p.n && p.gap_to > p.gap_from && (f.subject == DGI_NONE || f.subject < p.gap_from || f.subject >= p.gap_to)) {
        f.subject = p.gap_from + 1 < v ? head_noun(w, p.gap_from, v, v) : head_noun(w, v + 1, p.gap_to - 1, v);
    }
    if (!p.n && p.to < v && (f.subject == DGI_NONE || f.subject < p.to)) { /* found by its place: so is the subject */
        f.subject = p.to + 1 < v ? head_noun(w, p.to + 1, v, v) : DGI_NONE;
        for (uint32_t t = v + 1; f.subject == DGI_NONE && t < d->sents[sent_of(w, v)].end && !dgi_tok_is(d, t, ",");
             t++)
            if (d->toks[t].head == v && (is_nominal(d, t) || d->toks[t].upos == DGI_NUM))
                f.subject = t;
    }
    if (f.subject == DGI_NONE && dgi_form(d, v) == DGI_FORM_ING) /* ", adding": whoever spoke in this sentence */
        for (uint32_t t = v; t-- > d->sents[sent_of(w, v)].first && f.subject == DGI_NONE;)
            if (speech_at(w, t) && w->region_of[t] == w->region_of[v])
                f.subject = dgi_quote_subject(w, t);
    if (f.subject == DGI_NONE && d->toks[v].rel == DGI_REL_PARATAXIS)
        return true;
    if (f.subject == DGI_NONE && d->toks[v].head == DGI_NONE && w->region_of[v] == DGI_NONE && p.n && p.head[0] > v)
        f.subject = mention_near(w, v, d->sents[sent_of(w, v)].first, v); /* "From Ulm, the leader, X, said ..." */
    if (f.subject != DGI_NONE && dgi_child(d, v, DGI_REL_NSUBJ_PASS, DGI_NONE) == f.subject &&
        row->cls == DGI_CUE_TELL) {
        f.subject = DGI_NONE; /* "they were told that": they listen */
    }
    if (f.subject != DGI_NONE && dgi_tok_in(d, f.subject, DGI_W_IT) &&
        dgi_child(d, v, DGI_REL_NSUBJ_PASS, DGI_NONE) == f.subject)
        f.subject = DGI_NONE;
    if (f.subject != DGI_NONE && w->region_of[v] == DGI_NONE && d->toks[f.subject].upos == DGI_PRON &&
        dgi_tok_in(d, f.subject, DGI_W_I_YOU))
        return true; /* the writer, an interview */
    if (f.subject != DGI_NONE && dgi_lemma_in(d, f.subject, DGI_W_LAW_TEXT))
        return true; /* what a law holds is nobody's word */
    resolve(w, &f);
    if (f.subject == DGI_NONE)
        same_speaker(w, v, &f);
    if (f.speaker == DGI_NONE && row->weight < 0.9f && (row->cls != DGI_CUE_THINK || f.subject == DGI_NONE) &&
        !tells(w, f.subject))
        return true;
    return indirect(w, v, &p, &f);
}

static bool adjective_statement(struct dgi_quote_work *w, uint32_t a)
{
    uint32_t c = dgi_child(w->doc, a, DGI_REL_CCOMP, DGI_NONE);
    struct found f = nobody;
    f.cue = a;
    f.subject = dgi_quote_subject(w, a);
    resolve(w, &f);
    if (c == DGI_NONE || f.speaker == DGI_NONE || dgi_cue_at(w, a)->weight < 0.8f)
        return true;
    return indirect(w, a, &(struct dgi_said_parts){.head = {c}, .n = 1, .cut = DGI_NONE}, &f);
}

/* "the claim that ...", "issued a statement saying ..." is the participle's. */
static bool noun_statement(struct dgi_quote_work *w, uint32_t n)
{
    const struct dgi_doc *d = w->doc;
    uint32_t by = giver(w, n);
    for (uint32_t k = d->toks[n].first_child; k != DGI_NONE && k < n && by == DGI_NONE; k = d->toks[k].next_sib)
        if (d->toks[k].rel == DGI_REL_COMPOUND && d->toks[k].upos == DGI_PROPN && w->cover[k] != DGI_NONE &&
            d->mentions[w->cover[k]].entity < d->n_entities &&
            d->entities[d->mentions[w->cover[k]].entity].type == DGI_ENT_ORG)
            by = k; /* "a Harbour Times report that ..." */
    if (dgi_cue_at(w, n)->weight < 0.8f && by == DGI_NONE)
        return true;
    uint32_t c = DGI_NONE;
    for (uint32_t k = d->toks[n].first_child; k != DGI_NONE; k = d->toks[k].next_sib)
        if ((d->toks[k].rel == DGI_REL_CCOMP || d->toks[k].rel == DGI_REL_ACL) && dgi_marked(d, k, DGI_W_THAT) && k > n)
            c = k;
    if (c == DGI_NONE)
        return true;
    struct found f = nobody;
    f.cue = n;
    uint32_t poss = dgi_child(d, n, DGI_REL_NMOD_POSS, DGI_NONE);
    char buf[64];
    if (poss != DGI_NONE)
        f.subject = poss;
    for (uint32_t k = d->toks[n].first_child; k != DGI_NONE && f.subject == DGI_NONE; k = d->toks[k].next_sib)
        if (d->toks[k].rel == DGI_REL_NMOD &&
            dgi_word_in(d->words, DGI_W_AUTHOR_PREP, dgi_case_of(d, k, buf, sizeof buf)))
            f.subject = k;
    if (f.subject == DGI_NONE)
        f.subject = by;
    if (f.subject == DGI_NONE)
        return true;
    resolve(w, &f);
    return f.speaker == DGI_NONE || indirect(w, n, &(struct dgi_said_parts){.head = {c}, .n = 1, .cut = DGI_NONE}, &f);
}

/* The clause that "according to X" hangs on. */
static bool preposition_statement(struct dgi_quote_work *w, uint32_t p)
{
    const struct dgi_doc *d = w->doc;
    uint32_t x = d->toks[p].head;
    uint32_t clause = x == DGI_NONE ? DGI_NONE : d->toks[x].head;
    if (clause == DGI_NONE || dgi_rel_base(d->toks[x].rel) == DGI_REL_CONJ)
        return true;
    /* An amount with "according to X" behind it speaks for its clause, and so does what hangs on a verb: up to a whole clause */
    for (uint32_t n = 0; n < 12; n++) {
        uint32_t h = d->toks[clause].head;
        uint8_t rel = dgi_rel_base(d->toks[clause].rel);
        if (h == DGI_NONE || rel == DGI_REL_PARATAXIS || d->toks[clause].rel == DGI_REL_ACL_RELCL)
            break;
        if (rel == DGI_REL_CONJ &&
            (d->toks[clause].upos == DGI_VERB || dgi_child(d, clause, DGI_REL_NSUBJ, DGI_NONE) != DGI_NONE))
            break;
        if (rel == DGI_REL_CCOMP && dgi_cue_is_speech(dgi_cue_class(w, h)))
            break;
        clause = h;
    }
    if (dgi_lemma_in(d, x, DGI_W_LAW_TEXT) || dgi_tok_in(d, x, DGI_W_RELATIVE_THING))
        return true; /* what a law holds is nobody's word; "an agreement according to which ..." */
    if (dgi_tok_in(d, p, DGI_W_PER) && p != d->sents[d->toks[p].sent].first)
        return true; /* "per head" */
    struct found f = nobody;
    f.cue = p;
    f.subject = x;
    resolve(w, &f);
    /* whatever the tree says, the words up to the comma name the source */
    struct dgi_said_parts parts = {.head = {clause}, .n = 1, .cut = x, .gap_from = p, .gap_to = p};
    const uint32_t end = d->sents[d->toks[p].sent].end;
    for (uint32_t t = p; t < end && t < p + 24; t++) {
        if (dgi_form(d, t) == DGI_FORM_PAST || dgi_form(d, t) == DGI_FORM_PRESENT_S || w->region_of[t] != DGI_NONE)
            break;
        if (dgi_tok_is(d, t, ",") && t + 1 < end && !(t > 0 && d->toks[t + 1].rel == DGI_REL_APPOS)) {
            parts.gap_to = t;
            break;
        }
    }
    const uint32_t first = d->sents[d->toks[p].sent].first;
    bool ends = p > first + 3 && dgi_tok_is(d, p - 1, ",");
    for (uint32_t t = p; t < end && ends && !(dgi_tok_is(d, t, ",") && dgi_tok_in(d, t + 1, DGI_W_RELATIVE)); t++)
        ends = !dgi_tok_is(d, t, ",") && !dgi_tok_is(d, t, ";") && !dgi_is_quote_mark(d->toks[t].form);
    bool cue = false;
    for (uint32_t t = first; t < p; t++)
        cue |= dgi_tok_is(d, t, ";") || speech_at(w, t);
    if (ends && !cue) { /* it ends the sentence: all of it */
        parts.n = 0;
        parts.from = first;
        parts.to = p - 1;
    } else if (p == first && parts.gap_to > p) { /* it begins the sentence */
        parts.n = 0;
        parts.from = parts.gap_to;
        parts.to = end;
    }
    return indirect(w, p, &parts, &f);
}

/* ---- words in quotation marks within the reporter's sentence ---- */
/* Does the naming verb name with these words: 'called it a "mistake"', 'hailed the vote as "fair"'? */
static bool names_with(const struct dgi_quote_work *w, uint32_t verb, const struct dgi_region *r)
{
    const struct dgi_doc *d = w->doc;
    if (r->open < verb || r->open > verb + 24)
        return false;
    uint32_t o = dgi_child(d, verb, DGI_REL_OBJ, DGI_NONE);
    bool as = false, object = o != DGI_NONE && o < verb; /* "which he called ..." */
    for (uint32_t t = verb + 1; t < r->open; t++) {
        as |= dgi_tok_in(d, t, DGI_W_AS);
        object |= d->toks[t].upos == DGI_NOUN || d->toks[t].upos == DGI_PROPN || d->toks[t].upos == DGI_PRON ||
                  d->toks[t].upos == DGI_NUM;
        if (dgi_tok_is(d, t, ";") || (d->toks[t].upos == DGI_CCONJ &&
                                      d->toks[d->toks[t].head == DGI_NONE ? t : d->toks[t].head].upos == DGI_VERB))
            return false;
    }
    return as || (object && dgi_cue_at(w, verb)->weight >= 0.8f);
}

static uint32_t region_head(const struct dgi_quote_work *w, const struct dgi_region *r)
{
    const struct dgi_doc *d = w->doc;
    for (uint32_t t = r->first; t < r->end; t++)
        if (is_word(d, t) && (d->toks[t].head == DGI_NONE || d->toks[t].head < r->first || d->toks[t].head >= r->end))
            return t;
    return r->first;
}

/* The clause of the cue in which the quoted words stand, with the object that it speaks of: 'vowed to punish "those who leak"', 'urged
 * Peru to "come clean"'. Also what a naming verb names: 'called the vote a "farce"'. False: none. */
static bool around(struct dgi_quote_work *w, uint32_t cue, uint32_t h, struct dgi_content *c)
{
    const struct dgi_doc *d = w->doc;
    if (cue == DGI_NONE || cue > h || d->toks[cue].upos != DGI_VERB || d->toks[cue].sent != d->toks[h].sent)
        return false;
    const bool names = dgi_cue_class(w, cue) == DGI_CUE_NAME;
    struct dgi_said_parts p = {.cut = DGI_NONE};
    const uint32_t o = dgi_child(d, cue, DGI_REL_OBJ, DGI_NONE);
    for (uint32_t k = d->toks[cue].first_child; k != DGI_NONE; k = d->toks[k].next_sib) {
        uint8_t r = dgi_rel_base(d->toks[k].rel);
        bool clause = r == DGI_REL_CCOMP || r == DGI_REL_XCOMP || (names && (r == DGI_REL_OBL || r == DGI_REL_OBJ));
        if (clause && k > cue && (k == h || dgi_dominates(d, k, h)))
            p.head[p.n++] = k;
        if (p.n)
            break;
    }
    if (!p.n)
        return false;
    const bool tells = dgi_cue_class(w, cue) == DGI_CUE_TELL && d->toks[p.head[0]].rel == DGI_REL_CCOMP;
    const bool named = o != DGI_NONE && names && d->toks[o].upos == DGI_PRON; /* 'called them "wolves"' */
    if (o != DGI_NONE && o > cue && o != p.head[0] && o < h && !tells && !named)
        p.head[p.n++] = o;
    struct dgi_content all;
    if (!dgi_said_words(w, &p, cue, &all))
        return false;
    *c = all;
    return true;
}

/* 'asking Togo to be "calm and fair"': some words of what somebody is asked to do. */
static bool asked_of(const struct dgi_quote_work *w, uint32_t cue, uint32_t h, uint32_t words)
{
    const struct dgi_doc *d = w->doc;
    const uint32_t x = dgi_child(d, cue, DGI_REL_XCOMP, DGI_NONE), i = dgi_child(d, cue, DGI_REL_IOBJ, DGI_NONE),
                   o = i != DGI_NONE ? i : dgi_child(d, cue, DGI_REL_OBJ, DGI_NONE);
    const uint8_t cls = dgi_cue_class(w, cue);
    return words >= 2 && (cls == DGI_CUE_ASK || cls == DGI_CUE_URGE || cls == DGI_CUE_TELL) && o != DGI_NONE &&
           x != DGI_NONE && x > o && (x == h || dgi_dominates(d, x, h)) && dgi_marked(d, x, DGI_W_TO);
}

/* 'she said, but Roy slept, as the host went on about "the rigged vote"': a clause that only stands beside what is over it. */
static bool beside(const struct dgi_doc *d, uint32_t v)
{
    const uint8_t r = dgi_rel_base(d->toks[v].rel);
    return (r == DGI_REL_CONJ || r == DGI_REL_ADVCL || r == DGI_REL_PARATAXIS) && d->toks[v].upos == DGI_VERB &&
           d->toks[v].head < v && dgi_has_subject(d, v);
}

/* 'has used the phrase "Christian nation"', 'coined the term "smog"': the verb whose subject says the words; DGI_NONE. */
static uint32_t wording_of(const struct dgi_quote_work *w, const struct dgi_region *r)
{
    const struct dgi_doc *d = w->doc;
    const uint32_t n = r->open > 0 ? r->open - 1 : DGI_NONE;
    if (n == DGI_NONE || d->toks[n].upos != DGI_NOUN || sent_of(w, n) != sent_of(w, r->first) ||
        !dgi_lemma_in(d, n, DGI_W_WORDING) || w->region_of[n] != DGI_NONE)
        return DGI_NONE;
    const uint32_t v = d->toks[n].head;
    return d->toks[n].rel == DGI_REL_OBJ && v < n && dgi_lemma_in(d, v, DGI_W_USES_WORDS) ? v : DGI_NONE;
}

/* Its statement; r->done where there is one. False: no memory. */
static bool worded(struct dgi_quote_work *w, struct dgi_region *r, uint32_t verb)
{
    const struct found who = from_cue(w, verb, 0, 0);
    const struct dgi_content said = {.n = 1, .first = {r->first}, .end = {r->end}};
    if (who.subject == DGI_NONE)
        return true;
    struct dgi_statement *st = push(w, &who, DGI_MIXED);
    if (!st || !put_content(w, st, &said))
        return false;
    r->done = true;
    r->statement = w->doc->n_statements - 1;
    return true;
}

/* No cue is above quotation `index`: a long one is somebody's, the subject's of its clause or of what speaks in its sentence. */
static bool of_sentence(const struct dgi_quote_work *w, uint32_t index, uint32_t clause, struct found *f)
{
    const struct dgi_doc *d = w->doc;
    const uint32_t s = sent_of(w, w->regions[index].first);
    *f = nobody;
    if (clause != DGI_NONE) {
        f->subject = dgi_quote_subject(w, clause);
        resolve(w, f);
    }
    for (uint32_t t = d->sents[s].first; t < d->sents[s].end && f->speaker == DGI_NONE; t++)
        if (w->region_of[t] == DGI_NONE && (speech_at(w, t) || dgi_cue_class(w, t) == DGI_CUE_PREP)) {
            *f = from_cue(w, t, 0, 0);
            break;
        }
    if (f->speaker != DGI_NONE)
        return true;
    *f = nobody;
    f->subject = dgi_quote_subject(w, d->sents[s].root);
    const bool own = f->subject != DGI_NONE && w->region_of[f->subject] == index;
    if (own)
        f->subject = DGI_NONE; /* "We came late": they are not who says so */
    resolve(w, f);
    return f->speaker != DGI_NONE || own;
}

static bool fragment(struct dgi_quote_work *w, uint32_t index)
{
    struct dgi_region *r = &w->regions[index];
    const struct dgi_doc *d = w->doc;
    uint32_t words = 0, names = 0;
    const uint32_t used = wording_of(w, r);
    if (used != DGI_NONE && !r->done && !worded(w, r, used))
        return false;
    if (r->done)
        return true;
    for (uint32_t t = r->first; t < r->end; t++) {
        words += is_word(d, t);
        names += d->toks[t].upos == DGI_PROPN;
    }
    if (!words || names == words || title_case(w, r))
        return true; /* a name, a title */
    uint32_t h = region_head(w, r), up = h;
    struct found f = nobody;
    uint32_t complement = DGI_NONE, clause = DGI_NONE;
    for (uint32_t n = 0; n < 400; n++) {
        const uint32_t under = up;
        up = d->toks[up].head;
        if (up == DGI_NONE)
            break;
        if (w->region_of[up] == index)
            continue;
        if (beside(d, under)) {
            if (clause == DGI_NONE && w->region_of[under] == DGI_NONE)
                clause = under;
            continue;
        }
        uint8_t cls = dgi_cue_class(w, up);
        if (cls == DGI_CUE_NONE || (d->toks[up].upos != DGI_VERB && cls != DGI_CUE_NOUN))
            continue;
        if (cls == DGI_CUE_NAME) {
            if (names_with(w, up, r))
                complement = h;
            else if (words < 4)
                continue;
        } else if (cls == DGI_CUE_NOUN) {
            uint32_t poss = dgi_child(d, up, DGI_REL_NMOD_POSS, DGI_NONE);
            if (poss == DGI_NONE || words < 3)
                continue;
            f.cue = up;
            f.subject = poss;
            resolve(w, &f);
            if (f.speaker != DGI_NONE)
                break;
            continue;
        } else if (words < 4 && !asked_of(w, up, h, words) &&
                   !(r->open > 1 && (dgi_tok_in(d, r->open - 1, DGI_W_AS) || dgi_tok_in(d, r->open - 2, DGI_W_AS)))) {
            continue; /* scare quotes */
        }
        struct found x = from_cue(w, up, 0, 0);
        if (x.subject == DGI_NONE && dgi_form(d, up) == DGI_FORM_PARTICIPLE) { /* "..., having described it as" */
            x.subject = dgi_quote_subject(w, d->sents[sent_of(w, up)].root);
            resolve(w, &x);
        }
        if (x.speaker == DGI_NONE && x.subject == DGI_NONE)
            continue;
        f = x;
        break;
    }
    if (f.cue == DGI_NONE && (words < 5 || !of_sentence(w, index, clause, &f)))
        return true;
    struct dgi_content c = {.n = 1, .first = {r->first}, .end = {r->end}};
    if (around(w, f.cue, h, &c)) {
        complement = DGI_NONE;
    } else if (complement != DGI_NONE) {
        uint32_t a, b;
        dgi_subtree(d, complement, &a, &b);
        uint32_t e = r->end;
        while (e < b && e < r->end + 9 && !dgi_tok_is(d, e, ",") && !dgi_tok_is(d, e, ".") && !dgi_tok_is(d, e, ";") &&
               dgi_cue_class(w, e) != DGI_CUE_SAY &&
               !(d->toks[e].upos == DGI_CCONJ && e + 1 < b && d->toks[e + 1].upos == DGI_VERB))
            e++;
        c.end[0] = e > r->end + 1 ? e : r->end; /* more than the closing mark */
    }
    struct dgi_statement *st = push(w, &f, DGI_MIXED);
    if (!st || !put_content(w, st, &c))
        return false;
    r->done = true;
    r->statement = w->doc->n_statements - 1;
    remember(w, &f, sent_of(w, r->first));
    return true;
}

/* ---- headlines ---- */
/* "Tembo", "Navy chief", "Report": do the words [first, end) only name who says something? A state is what a headline is about ("Peru: two
 * ministers resign"), not who speaks. */
static bool names_speaker(const struct dgi_quote_work *w, uint32_t first, uint32_t end, struct found *f)
{
    const struct dgi_doc *d = w->doc;
    if (end <= first || end > first + SPEAKER)
        return false;
    for (uint32_t t = first; t < end; t++) {
        const uint8_t u = d->toks[t].upos;
        if (u == DGI_VERB || u == DGI_AUX || u == DGI_PRON || u == DGI_ADV || u == DGI_SCONJ || u == DGI_NUM ||
            w->region_of[t] != DGI_NONE)
            return false;
    }
    *f = nobody;
    f->subject = end - 1;
    f->span = (dgi_span){d->toks[first].start, d->toks[end - 1].end};
    const uint32_t m = w->cover[end - 1], e = m == DGI_NONE ? DGI_NONE : d->mentions[m].entity;
    if (e != DGI_NONE && d->mentions[m].end == end) {
        const uint8_t type = d->entities[e].type;
        f->speaker = e;
        return type == DGI_ENT_PERSON || type == DGI_ENT_ROLE || type == DGI_ENT_ORG || type == DGI_ENT_GROUP;
    }
    if (e == DGI_NONE && end <= first + 2 && d->toks[first].upos == DGI_PROPN && d->toks[end - 1].upos == DGI_PROPN) {
        const uint32_t same = dgi_quote_namesake(w, end - 1); /* "Tembo:", whom the article below names in full */
        f->speaker = same == DGI_NONE ? DGI_NONE : d->mentions[same].entity;
        return same != DGI_NONE;
    }
    return tells(w, end - 1);
}

/* A clause with a verb of its own, no question and no "why the bridge matters". */
static bool asserts(const struct dgi_quote_work *w, uint32_t first, uint32_t end)
{
    const struct dgi_doc *d = w->doc;
    bool verb = false;
    if (end < first + 3 || (d->toks[first].xpos.len && d->toks[first].xpos.ptr[0] == 'W') ||
        dgi_tok_is(d, end - 1, "?"))
        return false;
    for (uint32_t t = first; t < end; t++) {
        const uint8_t r = d->toks[t].rel;
        verb |= (dgi_is_finite(d, t) || (d->toks[t].upos == DGI_VERB && t > first && dgi_has_subject(d, t))) &&
                r != DGI_REL_ACL_RELCL && r != DGI_REL_ADVCL; /* "Voters Leave Party": a base form by its look */
        if (w->region_of[t] != DGI_NONE && w->regions[w->region_of[t]].full)
            return false; /* the quotation looks for its cue */
    }
    return verb;
}

/* "Tembo: army will hold the bridge", "Banks hid losses: auditor": the headline of sentence s says who speaks by a colon. */
static bool headline(struct dgi_quote_work *w, uint32_t s)
{
    const struct dgi_doc *d = w->doc;
    const struct dgi_sent *st = &d->sents[s];
    uint32_t colon = st->first, end = st->end;
    struct found f;
    const bool alone = s == 0 && (d->n_sents == 1 || d->sents[1].block != st->block); /* a title with a full stop */
    if (st->block >= d->n_blocks || (d->blocks[st->block].kind != DGI_BLOCK_HEADLINE && !alone))
        return true;
    while (colon < end && !dgi_tok_is(d, colon, ":"))
        colon++;
    while (end > st->first && d->toks[end - 1].upos == DGI_PUNCT && !dgi_tok_is(d, end - 1, "?"))
        end--;
    if (colon >= end)
        return true;
    struct dgi_content c = {.n = 1, .first = {colon + 1}, .end = {end}};
    if (!(names_speaker(w, st->first, colon, &f) && asserts(w, colon + 1, end))) {
        c.first[0] = st->first;
        c.end[0] = colon;
        if (!(names_speaker(w, colon + 1, end, &f) && asserts(w, st->first, colon)))
            return true;
    }
    struct dgi_statement *said = push(w, &f, DGI_INDIRECT);
    if (!said || !put_content(w, said, &c))
        return false;
    said->cue = (dgi_span){d->toks[colon].start, d->toks[colon].end};
    return true;
}

/* ---- order ---- */
static int by_place(const void *a, const void *b)
{
    const struct dgi_statement *x = a, *y = b;
    if (x->content[0].start != y->content[0].start)
        return x->content[0].start < y->content[0].start ? -1 : 1;
    uint32_t ex = x->content[x->n_content - 1].end, ey = y->content[y->n_content - 1].end;
    if (ex != ey)
        return ex > ey ? -1 : 1;
    return (x->cue_tok > y->cue_tok) - (x->cue_tok < y->cue_tok);
}

static uint32_t block_of(const struct dgi_doc *d, const struct dgi_statement *s)
{
    return d->sents[s->sentence].block;
}

/* '"One," she said. "Two."' and a quotation that runs over paragraphs are one statement in several stretches. */
static bool goes_on(const struct dgi_doc *d, const struct dgi_statement *p, const struct dgi_statement *s)
{
    if (p->kind != DGI_DIRECT || s->kind != DGI_DIRECT || p->negated != s->negated)
        return false;
    if (s->cue_tok != DGI_NONE)
        return s->cue_tok == p->cue_tok;
    return s->speaker != DGI_NONE && s->speaker == p->speaker && p->cue_tok != DGI_NONE &&
           block_of(d, p) == block_of(d, s);
}

/* Joins stretches of one quotation. False: no memory. */
static bool join_stretches(struct dgi_doc *d)
{
    uint32_t n = 0, last = DGI_NONE;
    for (uint32_t i = 0; i < d->n_statements; i++) {
        const struct dgi_statement s = d->statements[i];
        struct dgi_statement *p = last == DGI_NONE ? NULL : &d->statements[last];
        if (p && goes_on(d, p, &s)) {
            dgi_span *spans = dgi_arena_array(d->arena, p->n_content + s.n_content, sizeof *spans);
            if (!spans)
                return false;
            memcpy(spans, p->content, p->n_content * sizeof *spans);
            memcpy(spans + p->n_content, s.content, s.n_content * sizeof *spans);
            p->content = spans;
            p->n_content += s.n_content;
            continue;
        }
        if (s.kind == DGI_DIRECT)
            last = n;
        else if (s.kind == DGI_MIXED && s.cue_tok != DGI_NONE && p &&
                 s.content[0].start >= p->content[p->n_content - 1].end && s.sentence > p->sentence)
            last = DGI_NONE; /* '"One," she said. "Two" came late, she said. "Three."' */
        d->statements[n++] = s;
    }
    d->n_statements = n;
    return true;
}

static bool order(struct dgi_doc *d)
{
    if (!d->n_statements)
        return true;
    qsort(d->statements, d->n_statements, sizeof *d->statements, by_place);
    uint32_t n = 0;
    for (uint32_t i = 0; i < d->n_statements; i++) { /* the same words twice: the first cue keeps them */
        struct dgi_statement *p = n ? &d->statements[n - 1] : NULL;
        const struct dgi_statement *s = &d->statements[i];
        if (p && p->content[0].start == s->content[0].start &&
            p->content[p->n_content - 1].end == s->content[s->n_content - 1].end) {
            if (p->speaker == DGI_NONE && s->speaker != DGI_NONE)
                *p = *s;
            continue;
        }
        d->statements[n++] = *s;
    }
    d->n_statements = n;
    if (!join_stretches(d))
        return false;
    n = d->n_statements;
    for (uint32_t i = 0; i < n; i++) {
        struct dgi_statement *s = &d->statements[i];
        s->outer = DGI_NONE;
        uint32_t at = s->cue_tok == DGI_NONE ? s->content[0].start : d->toks[s->cue_tok].start;
        for (uint32_t j = i, steps = 0; j-- > 0 && steps < 64; steps++) {
            const struct dgi_statement *o = &d->statements[j];
            bool holds = false;
            for (uint32_t k = 0; k < o->n_content; k++)
                holds |= o->content[k].start <= at && at < o->content[k].end &&
                         o->content[k].start <= s->content[0].start && s->content[0].end <= o->content[k].end;
            if (holds) {
                s->outer = j;
                break;
            }
        }
        dg_str who = dgi_slice(d, s->speaker_span);
        if (s->outer != DGI_NONE && s->speaker == DGI_NONE && d->statements[s->outer].kind != DGI_INDIRECT &&
            dgi_word_in(d->words, DGI_W_I_WE, who))
            s->speaker = d->statements[s->outer].speaker;
    }
    return true;
}

bool dgi_quote_look(struct dgi_quote_work *w)
{
    w->in = dgi_arena_array(w->arena, w->doc->n_toks + 1, 1);
    w->used = dgi_arena_array(w->arena, w->doc->n_toks + 1, 1);
    return w->in && w->used && dgi_cues_find(w) && dgi_quote_cover(w) && dgi_marks_find(w);
}

dg_status dgi_quote(const struct dgi_quote_ctx *ctx, struct dgi_doc *doc, dg_error *err)
{
    struct dgi_quote_work w = {.ctx = ctx, .doc = doc, .arena = dgi_arena_new(0), .last_speaker = DGI_NONE};
    bool ok = w.arena != NULL;
    if (ok && doc->n_toks) {
        ok = dgi_quote_look(&w) && dgi_turns(&w);
        uint32_t r = 0, frag = 0;
        for (uint32_t s = 0; ok && s < doc->n_sents; s++) {
            const struct dgi_sent *st = &doc->sents[s];
            ok = headline(&w, s);
            for (; ok && r < w.n_regions && w.regions[r].open < st->end; r++)
                if (w.regions[r].full && !w.regions[r].done)
                    ok = direct_statement(&w, r);
            for (uint32_t t = st->first; ok && t < st->end; t++) {
                switch (dgi_cue_class(&w, t)) {
                case DGI_CUE_NONE: break;
                case DGI_CUE_NOUN: ok = noun_statement(&w, t); break;
                case DGI_CUE_ADJ: ok = adjective_statement(&w, t); break;
                case DGI_CUE_PREP: ok = preposition_statement(&w, t); break;
                default: ok = verb_statement(&w, t);
                }
            }
            for (; ok && frag < w.n_regions && w.regions[frag].open < st->end; frag++)
                if (!w.regions[frag].done)
                    ok = fragment(&w, frag);
        }
        ok = ok && order(doc);
    }
    dgi_arena_free(w.arena);
    return ok ? DG_OK : dgi_fail(err, DG_E_NOMEM, "no memory for the statements");
}
