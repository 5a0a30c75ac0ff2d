/* SPDX-License-Identifier: Apache-2.0 */
/* clause/repair_words.c: words that the tagger or the lemmatiser took for something else.
 *
 * Reads   token form, upos, relations; verbs and nouns known to the lexis
 * Writes  reading upos, form, lem
 *
 * Nothing is guessed: a word becomes a verb only if the lexicon has the verb. */
#include "clause/repair.h"

#include "base/utf8.h"

enum { MAX_WORD = 40, MIN_WORD = 4 };

static bool known(const struct dgi_reading *r, uint32_t id, uint32_t bit)
{
    return id && dgi_lexis_is(r->lx, id, bit);
}

/* The lemmatiser left or added a letter, or took an ending off a word that has none ("to protest", as "prot"): the form itself, or the form
 * without its ending, where that is a verb of the lexicon. */
static void lemma(struct dgi_reading *r, uint32_t t)
{
    enum { LONGEST_END = 3 };
    char buf[MAX_WORD];
    dg_str form = r->doc->toks[t].form;
    if (form.len < MIN_WORD || form.len > sizeof buf)
        return;
    dg_str low = dgi_utf8_lower_buf(form, buf, sizeof buf);
    r->lem[t] = dgi_lexis_id(r->lx, low);
    if (known(r, r->lem[t], DGI_LEX_VERB)) {
        if (r->form[t] == DGI_FORM_ING)
            r->form[t] = DGI_FORM_BASE;
        return;
    }
    r->lem[t] = 0;
    for (size_t n = LONGEST_END; n > 0; n--) {
        uint32_t id = dgi_word_in(r->doc->words, DGI_W_VERB_ENDING, dgi_str_sub(low, low.len - n, low.len))
                          ? dgi_lexis_id(r->lx, dgi_str_sub(low, 0, low.len - n))
                          : 0;
        if (known(r, id, DGI_LEX_VERB)) {
            r->lem[t] = id;
            return;
        }
    }
}

/* A gerund with an article or an owner, or in a noun's place, and without object or complement, is a noun if the lexicon
 * has it as one. */
static bool noun(struct dgi_reading *r, uint32_t t)
{
    const struct dgi_doc *d = r->doc;
    const struct dgi_tok *k = &d->toks[t];
    uint8_t rel = dgi_rel_base(k->rel);
    bool is = rel == DGI_REL_NSUBJ || rel == DGI_REL_OBJ || rel == DGI_REL_NMOD || rel == DGI_REL_OBL;
    for (uint32_t ch = k->first_child; ch != DGI_NONE; ch = d->toks[ch].next_sib) {
        uint8_t b = dgi_rel_base(d->toks[ch].rel);
        if (b == DGI_REL_OBJ || b == DGI_REL_NSUBJ || b == DGI_REL_AUX || b == DGI_REL_XCOMP || b == DGI_REL_CCOMP ||
            b == DGI_REL_MARK)
            return false;
        is = is || b == DGI_REL_DET || b == DGI_REL_COMPOUND || b == DGI_REL_AMOD || b == DGI_REL_CASE ||
             d->toks[ch].rel == DGI_REL_NMOD_POSS;
    }
    uint32_t id = is ? dgi_lexis_id_lower(r->lx, k->form) : 0;
    if (!known(r, id, DGI_LEX_NOUN))
        return false;
    r->lem[t] = id;
    r->upos[t] = DGI_NOUN;
    return true;
}

static bool modified_as_noun(const struct dgi_doc *d, uint32_t t)
{
    for (uint32_t ch = d->toks[t].first_child; ch != DGI_NONE; ch = d->toks[ch].next_sib)
        if (d->toks[ch].rel == DGI_REL_DET || d->toks[ch].rel == DGI_REL_NUMMOD || d->toks[ch].rel == DGI_REL_AMOD ||
            d->toks[ch].rel == DGI_REL_NMOD_POSS)
            return true;
    return false;
}

/* The two tags disagree, noun or adjective against a form of a verb: the finer one knows, unless the word is modified as a
 * noun is. */
static void two_tags(struct dgi_reading *r, uint32_t t)
{
    const struct dgi_tok *k = &r->doc->toks[t];
    if (r->lem[t] && (k->upos == DGI_NOUN || k->upos == DGI_ADJ) && !modified_as_noun(r->doc, t))
        r->upos[t] = DGI_VERB;
}

/* The other way round: "rejects Greek call to pull back", a verb by the coarse tag alone. */
static bool noun_by_finer_tag(struct dgi_reading *r, uint32_t t)
{
    const dg_str x = r->doc->toks[t].xpos;
    if (r->upos[t] != DGI_VERB || !(dgi_str_is(x, "NN") || dgi_str_is(x, "NNS")) || !modified_as_noun(r->doc, t))
        return false;
    r->upos[t] = DGI_NOUN;
    return true;
}

/* The verb of a headline, tagged as a noun, has a subject and an object all the same. */
static void headline_verb(struct dgi_reading *r, uint32_t t)
{
    const struct dgi_doc *d = r->doc;
    uint8_t u = d->toks[t].upos;
    if ((u != DGI_NOUN && u != DGI_PROPN) || dgi_child(d, t, DGI_REL_OBJ, DGI_NONE) == DGI_NONE ||
        dgi_child(d, t, DGI_REL_NSUBJ, DGI_NONE) == DGI_NONE || !known(r, r->lem[t], DGI_LEX_VERB))
        return;
    r->upos[t] = DGI_VERB;
}

void dgi_repair_word(struct dgi_reading *r, uint32_t t)
{
    uint8_t form = r->form[t];
    if (dgi_repairs(r, DGI_REPAIR_TWO_TAGS) && noun_by_finer_tag(r, t))
        return;
    if (r->upos[t] == DGI_VERB && !r->lem[t] && dgi_repairs(r, DGI_REPAIR_LEMMA))
        lemma(r, t);
    if (r->upos[t] == DGI_VERB && form == DGI_FORM_ING && dgi_repairs(r, DGI_REPAIR_NOUN) && noun(r, t))
        return;
    if (form != DGI_FORM_NONE && form != DGI_FORM_MODAL) {
        if (dgi_repairs(r, DGI_REPAIR_TWO_TAGS))
            two_tags(r, t);
        return;
    }
    if (dgi_repairs(r, DGI_REPAIR_HEADLINE_VERB))
        headline_verb(r, t);
}
