/* SPDX-License-Identifier: Apache-2.0 */
/* doc/doc.c: making, freeing and walking the document record. See doc.h. */
#include "doc/doc.h"
#include "doc/read.h"

#include <stdio.h>

#include "base/utf8.h"

const char *const dgi_rel_name[DGI_N_REL] = {
#define DGI_REL_STR(id, name) name,
    DGI_RELS(DGI_REL_STR)
#undef DGI_REL_STR
};
const char *const dgi_upos_name[DGI_N_UPOS] = {"_",   "ADJ",  "ADP",  "ADV",   "AUX",   "CCONJ", "DET", "INTJ", "NOUN",
                                               "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X"};

uint8_t dgi_upos_parse(dg_str name)
{
    for (int i = 0; i < DGI_N_UPOS; i++)
        if (dgi_str_is(name, dgi_upos_name[i]))
            return (uint8_t)i;
    return DGI_X;
}

uint8_t dgi_rel_parse(dg_str name)
{
    for (int i = 0; i < DGI_N_REL; i++)
        if (dgi_str_is(name, dgi_rel_name[i]))
            return (uint8_t)i;
    size_t colon = dgi_str_find(name, DGI_S(":"));
    if (colon != SIZE_MAX)
        return dgi_rel_parse(dgi_str_sub(name, 0, colon));
    return DGI_REL_DEP;
}

uint8_t dgi_rel_base(uint8_t rel)
{
    switch (rel) {
    case DGI_REL_ACL_RELCL: return DGI_REL_ACL;
    case DGI_REL_ADVCL_RELCL: return DGI_REL_ADVCL;
    case DGI_REL_AUX_PASS: return DGI_REL_AUX;
    case DGI_REL_CC_PRECONJ: return DGI_REL_CC;
    case DGI_REL_COMPOUND_PRT: return DGI_REL_COMPOUND;
    case DGI_REL_CSUBJ_PASS:
    case DGI_REL_CSUBJ_OUTER: return DGI_REL_CSUBJ;
    case DGI_REL_DET_PREDET: return DGI_REL_DET;
    case DGI_REL_NMOD_POSS:
    case DGI_REL_NMOD_UNMARKED:
    case DGI_REL_NMOD_TMOD:
    case DGI_REL_NMOD_NPMOD:
    case DGI_REL_NMOD_DESC: return DGI_REL_NMOD;
    case DGI_REL_NSUBJ_PASS:
    case DGI_REL_NSUBJ_OUTER: return DGI_REL_NSUBJ;
    case DGI_REL_OBL_AGENT:
    case DGI_REL_OBL_TMOD:
    case DGI_REL_OBL_NPMOD:
    case DGI_REL_OBL_UNMARKED: return DGI_REL_OBL;
    default: return rel;
    }
}

struct dgi_doc *dgi_doc_new(size_t limit)
{
    dgi_arena *a = dgi_arena_new(limit);
    struct dgi_doc *doc = a ? dgi_arena_alloc(a, sizeof *doc) : NULL;
    if (!doc) {
        dgi_arena_free(a);
        return NULL;
    }
    doc->arena = a;
    doc->meta.published = DGI_NO_DAY;
    doc->meta.published_from = DGI_S("none");
    return doc;
}

void dgi_doc_free(struct dgi_doc *doc)
{
    if (!doc)
        return;
    dgi_read_drop(doc);
    dgi_arena_free(doc->arena);
}

void dgi_trace_add(struct dgi_doc *doc, uint32_t tok, const char *stage, const char *fmt, ...)
{
    if (!doc->trace)
        return;
    char buf[1024];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(buf, sizeof buf, fmt, ap);
    va_end(ap);
    struct dgi_trace_line *l = DGI_PUSH(doc->arena, doc->trace->lines, doc->trace->n, doc->trace->cap);
    if (!l)
        return;
    l->tok = tok;
    l->stage = dgi_str(stage);
    l->text = dgi_arena_str(doc->arena, dgi_str(buf));
}

void dgi_tree_index(struct dgi_doc *doc)
{
    for (uint32_t s = 0; s < doc->n_sents; s++) {
        struct dgi_sent *st = &doc->sents[s];
        st->root = st->end > st->first ? DGI_NONE : st->first;
        for (uint32_t t = st->first; t < st->end; t++) {
            struct dgi_tok *k = &doc->toks[t];
            k->first_child = k->next_sib = DGI_NONE;
            k->sent = s;
            if (k->head != DGI_NONE && (k->head < st->first || k->head >= st->end || k->head == t))
                k->head = DGI_NONE;
        }
        for (uint32_t t = st->end; t-- > st->first;) { /* backwards, so that children come out in order */
            struct dgi_tok *k = &doc->toks[t];
            if (k->head == DGI_NONE) {
                st->root = t;
                continue;
            }
            k->next_sib = doc->toks[k->head].first_child;
            doc->toks[k->head].first_child = t;
        }
        if (st->root == DGI_NONE)
            st->root = st->first;
    }
}

uint32_t dgi_tok_from(const struct dgi_doc *doc, uint32_t at)
{
    uint32_t lo = 0, hi = doc->n_toks;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (doc->toks[mid].start < at)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

uint32_t *dgi_mention_cover(const struct dgi_doc *doc, dgi_arena *arena, bool (*counts)(const struct dgi_mention *m))
{
    uint32_t *cover = dgi_arena_array(arena, (size_t)doc->n_toks + 1, sizeof *cover);
    if (!cover)
        return NULL;
    memset(cover, 0xFF, ((size_t)doc->n_toks + 1) * sizeof *cover);
    for (uint32_t i = 0; i < doc->n_mentions; i++) {
        const struct dgi_mention *m = &doc->mentions[i];
        for (uint32_t t = m->first; counts(m) && t < m->end && t < doc->n_toks; t++)
            if (cover[t] == DGI_NONE || doc->mentions[cover[t]].end - doc->mentions[cover[t]].first > m->end - m->first)
                cover[t] = i;
    }
    return cover;
}

void dgi_doc_words(struct dgi_doc *doc, const struct dgi_words *words)
{
    doc->words = words;
    for (uint32_t t = 0; t < doc->n_toks; t++) {
        struct dgi_tok *k = &doc->toks[t];
        k->word = dgi_words_id(words, k->form);
        k->lemma_word = dgi_words_id_exact(words, k->lemma);
    }
}

uint32_t dgi_child(const struct dgi_doc *doc, uint32_t tok, uint8_t rel, uint32_t after)
{
    uint32_t c = after == DGI_NONE ? doc->toks[tok].first_child : doc->toks[after].next_sib;
    while (c != DGI_NONE && doc->toks[c].rel != rel)
        c = doc->toks[c].next_sib;
    return c;
}

uint32_t dgi_child_base(const struct dgi_doc *doc, uint32_t tok, uint8_t base, uint32_t after)
{
    uint32_t c = after == DGI_NONE ? doc->toks[tok].first_child : doc->toks[after].next_sib;
    while (c != DGI_NONE && dgi_rel_base(doc->toks[c].rel) != base)
        c = doc->toks[c].next_sib;
    return c;
}

bool dgi_dominates(const struct dgi_doc *doc, uint32_t anc, uint32_t tok)
{
    const struct dgi_sent *s = &doc->sents[doc->toks[tok].sent];
    for (uint32_t n = s->end - s->first; tok != DGI_NONE && n-- != UINT32_MAX; tok = doc->toks[tok].head)
        if (tok == anc)
            return true;
    return false;
}

void dgi_subtree(const struct dgi_doc *doc, uint32_t tok, uint32_t *first, uint32_t *end)
{
    /* Depth-first over the child lists without a stack: down to first_child, along next_sib, up by head. */
    *first = tok;
    *end = tok + 1;
    const struct dgi_sent *st = &doc->sents[doc->toks[tok].sent];
    uint32_t t = tok;
    uint64_t steps = 4ull * (st->end - st->first) + 4; /* a cycle in broken input ends too */
    while (steps--) {
        if (t < *first)
            *first = t;
        if (t + 1 > *end)
            *end = t + 1;
        if (doc->toks[t].first_child != DGI_NONE) {
            t = doc->toks[t].first_child;
            continue;
        }
        while (t != tok && doc->toks[t].next_sib == DGI_NONE && doc->toks[t].head != DGI_NONE)
            t = doc->toks[t].head;
        if (t == tok)
            return;
        if (doc->toks[t].next_sib == DGI_NONE)
            return;
        t = doc->toks[t].next_sib;
    }
}

bool dgi_lemma_is(const struct dgi_doc *doc, uint32_t tok, const char *lemma)
{
    return tok != DGI_NONE && dgi_str_is(doc->toks[tok].lemma, lemma);
}

static size_t put_lower(char *buf, size_t n, size_t size, dg_str s)
{
    dg_str low = dgi_utf8_lower_buf(s, buf + n, size - n);
    return n + low.len;
}

dg_str dgi_case_of(const struct dgi_doc *doc, uint32_t tok, char *buf, size_t size)
{
    size_t n = 0;
    for (uint32_t c = doc->toks[tok].first_child; c != DGI_NONE; c = doc->toks[c].next_sib) {
        if (doc->toks[c].rel != DGI_REL_CASE)
            continue;
        if (dgi_str_is(doc->toks[c].form, "'s") || dgi_str_is(doc->toks[c].form, "\xE2\x80\x99s") ||
            dgi_str_is(doc->toks[c].form, "'") || dgi_str_is(doc->toks[c].form, "\xE2\x80\x99"))
            continue;
        if (n && n < size)
            buf[n++] = '_';
        n = put_lower(buf, n, size, doc->toks[c].form);
        for (uint32_t f = doc->toks[c].first_child; f != DGI_NONE; f = doc->toks[f].next_sib)
            if (doc->toks[f].rel == DGI_REL_FIXED && n + 1 < size) {
                buf[n++] = '_';
                n = put_lower(buf, n, size, doc->toks[f].form);
            }
    }
    return (dg_str){buf, n};
}
