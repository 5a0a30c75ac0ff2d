/* SPDX-License-Identifier: Apache-2.0 */
/* code/filter.c: what is no event: names, bare modifiers, sentences about sport, markets, weather.
 *
 * Reads   tokens, name tags, mentions, lexicon/en/topics.tsv
 * Writes  nothing; says why a trigger is refused
 *
 * Words that belong to one topic ("striker", "shares", "gusts") add up over a sentence and are set against words and
 * actors of politics; a sentence clearly about something else gives no events, whatever its verbs are. Rows for single
 * triggers are in lexicon/en/nonevents.tsv and matched like frames. */
#include "code/coder.h"

enum { TOPIC_OUT = 3 }; /* weight at which a sentence is about something else; tests/corpus/nothing.txt */

bool dgi_sentence_topic_out(const struct coder *c, uint32_t sent, int *score)
{
    const struct dgi_sent *s = &c->doc->sents[sent];
    int other = 0, politics = 0;
    for (uint32_t t = s->first; t < s->end; t++) {
        struct topic k = c->t->topic[c->r.lem[t]];
        if (k.topic == 1 &&
            (c->r.upos[t] == DGI_NOUN || c->r.upos[t] == DGI_PROPN || c->r.upos[t] == DGI_ADJ)) /* not "to storm" */
            other += k.weight;
        else if (k.topic == 2)
            politics += k.weight;
    }
    *score = other - politics;
    return *score >= TOPIC_OUT;
}

/* A noun that belongs to another topic, and none to politics: enough to doubt an idiom. */
bool dgi_sport_near(const struct coder *c, const struct draft *w)
{
    enum { ENOUGH = 2 };
    const struct dgi_sent *s = &c->doc->sents[c->doc->toks[w->tok].sent];
    int other = 0;
    for (uint32_t t = s->first; t < s->end; t++) {
        struct topic k = c->t->topic[c->r.lem[t]];
        bool noun = c->r.upos[t] == DGI_NOUN || c->r.upos[t] == DGI_PROPN;
        if (k.topic == 2)
            return false;
        for (uint32_t i = 0; i < w->n_extra; i++)
            noun = noun && w->extra_tok[i] != t; /* "in league with": a word of the idiom itself */
        if (k.topic == 1 && noun && k.weight >= ENOUGH && !dgi_sees_through(&c->r, t))
            other += k.weight;
    }
    return other >= ENOUGH;
}

/* Somebody political is named in the sentence, or its words leave no doubt. */
bool dgi_political_sentence(const struct coder *c, uint32_t sent)
{
    enum { ENOUGH = 3 };
    const struct dgi_sent *s = &c->doc->sents[sent];
    int politics = 0;
    for (uint32_t t = s->first; t < s->end && politics < ENOUGH; t++) {
        uint32_t m = c->doc->toks[t].mention;
        if (m != DGI_NONE && c->doc->entities[c->doc->mentions[m].entity].political)
            politics = ENOUGH;
        struct topic k = c->t->topic[c->r.lem[t]];
        if (k.topic == 2)
            politics += k.weight;
    }
    return politics >= ENOUGH;
}

/* "A poll shows that half of them oppose the treaty" */
static bool in_poll(const struct coder *c, uint32_t tok)
{
    const struct dgi_tok *t = c->doc->toks;
    for (int i = 0; i < 4 && t[tok].head != DGI_NONE; i++, tok = t[tok].head)
        if (t[tok].rel == DGI_REL_CCOMP)
            for (uint32_t s = t[t[tok].head].first_child; s != DGI_NONE; s = t[s].next_sib)
                if (dgi_rel_base(t[s].rel) == DGI_REL_NSUBJ && dgi_lemma_in(c->doc, s, DGI_W_POLL))
                    return true;
    return false;
}

const char *dgi_refuse_trigger(const struct coder *c, uint32_t tok)
{
    if (in_poll(c, tok))
        return "what a poll says";
    if (dgi_is_fiction(c, tok))
        return "told by a work of fiction";
    const struct dgi_tok *t = &c->doc->toks[tok];
    if (c->r.upos[tok] == DGI_NOUN || c->r.upos[tok] == DGI_ADJ) {
        uint32_t m = c->r.cover[tok];
        if (m != DGI_NONE && c->doc->mentions[m].kind == DGI_MENTION_NAME &&
            c->doc->mentions[m].end - c->doc->mentions[m].first > 1)
            return "part of a name";
    }
    bool capital = t->form.len && t->form.ptr[0] >= 'A' && t->form.ptr[0] <= 'Z';
    if (t->name != DGI_NAME_O && capital && tok != c->doc->sents[t->sent].first)
        return "part of a name";
    if (c->r.upos[tok] == DGI_NOUN && t->rel == DGI_REL_COMPOUND && t->head != DGI_NONE) {
        uint32_t h = t->head;
        if (!dgi_lemma_has(&c->r, h, DGI_LEX_FORCE) && !dgi_lemma_has(&c->r, h, DGI_LEX_TRANSPARENT))
            return "only modifies another noun";
    }
    if ((c->r.upos[tok] == DGI_VERB || c->r.upos[tok] == DGI_ADJ) && t->rel == DGI_REL_AMOD &&
        !dgi_is_gerund_of(&c->r, tok)) {
        for (uint32_t ch = t->first_child; ch != DGI_NONE; ch = c->doc->toks[ch].next_sib)
            if (dgi_rel_base(c->doc->toks[ch].rel) == DGI_REL_OBL || c->doc->toks[ch].rel == DGI_REL_OBJ)
                return NULL;
        return "only modifies a noun";
    }
    return NULL;
}
