/* SPDX-License-Identifier: Apache-2.0 */
/* lang/tags.c: which tags a word may have.
 *
 * Reads   names of tags, sets of function_words.tsv
 * Writes  nothing */
#include "lang/tags.h"

#include <stdlib.h>

enum { TAG_CLOSED = 1, TAG_OPEN = 2, TAG_OF_VERBS = 4, TAG_OF_PARTICLES = 8, TAG_ADVERB = 16 };

static uint8_t sort_of_upos(uint8_t upos)
{
    switch (upos) {
    case DGI_ADP:
    case DGI_AUX:
    case DGI_CCONJ:
    case DGI_DET:
    case DGI_INTJ:
    case DGI_PART:
    case DGI_PRON:
    case DGI_SCONJ: return TAG_CLOSED;
    case DGI_ADJ:
    case DGI_NOUN:
    case DGI_NUM:
    case DGI_PROPN:
    case DGI_VERB: return TAG_OPEN;
    case DGI_ADV: return TAG_ADVERB;
    default: return 0;
    }
}

static uint8_t sort_of_xpos(dg_str x)
{
    uint8_t of = dgi_str_starts(x, DGI_S("VB")) || dgi_str_is(x, "NNP") || dgi_str_is(x, "JJ") ? TAG_OF_VERBS : 0;
    if (dgi_str_is(x, "TO") || dgi_str_is(x, "POS") || dgi_str_is(x, "RB"))
        of |= TAG_OF_PARTICLES;
    if (dgi_str_is(x, "RB") || dgi_str_is(x, "RBR") || dgi_str_is(x, "RBS"))
        of |= TAG_ADVERB;
    if (dgi_str_in(DGI_S("CC,DT,EX,IN,MD,PDT,POS,PRP,PRP$,RP,TO,UH,WDT,WP,WP$,WRB"), ',', x))
        return of | TAG_CLOSED;
    return dgi_str_in(DGI_S("JJ,JJR,JJS,NNS,NNP,NNPS,CD,VB,VBD,VBG,VBN,VBP"), ',', x) ? of | TAG_OPEN : of;
}

uint8_t *dgi_tag_sorts(const uint8_t *upos, uint32_t n_upos, const dg_str *xpos, uint32_t n_xpos)
{
    uint8_t *sort = malloc((size_t)n_upos + n_xpos);
    for (uint32_t i = 0; sort && i < n_upos; i++)
        sort[i] = sort_of_upos(upos[i]);
    for (uint32_t i = 0; sort && i < n_xpos; i++)
        sort[n_upos + i] = sort_of_xpos(xpos[i]);
    return sort;
}

uint8_t dgi_tag_asked(uint8_t upos)
{
    return upos == DGI_VERB ? TAG_OF_VERBS : upos == DGI_PART ? TAG_OF_PARTICLES : 0;
}

uint8_t dgi_tags_refused(const struct dgi_words *words, dg_str form)
{
    unsigned char c = form.len ? (unsigned char)form.ptr[0] : 0;
    if (!words || !(((c | 32) >= 'a' && (c | 32) <= 'z') || c == '\''))
        return 0; /* signs, numbers, other alphabets */
    uint16_t id = dgi_words_id(words, form);
    if (!dgi_words_id_in(words, id, DGI_W_CLOSED)) {
        enum { END = 3, SHORTEST = 5 }; /* letters */
        bool past =
            form.len >= SHORTEST && dgi_word_in(words, DGI_W_PAST_END, dgi_str_sub(form, form.len - END, form.len));
        return (uint8_t)(TAG_CLOSED | (past ? TAG_ADVERB : 0));
    }
    return dgi_words_id_in(words, id, DGI_W_CLOSED_ONLY) ? TAG_OPEN : 0;
}

uint32_t dgi_tag_best(const float *x, const uint8_t *sort, uint32_t n, uint8_t refused, uint8_t asked)
{
    uint32_t b = n, any = 0;
    for (uint32_t i = 0; i < n; i++) {
        any = x[i] > x[any] ? i : any;
        if (!(sort[i] & refused) && (sort[i] & asked) == asked && (b == n || x[i] > x[b]))
            b = i;
    }
    return b < n ? b : any;
}

bool dgi_tag_tells_verb(uint8_t upos, dg_str xpos)
{
    bool loose = upos == DGI_ADV || (!sort_of_upos(upos) && upos != DGI_PUNCT && upos != DGI_SYM);
    return loose && (dgi_str_is(xpos, "VBD") || dgi_str_is(xpos, "VBZ") || dgi_str_is(xpos, "VBP"));
}
