/* SPDX-License-Identifier: Apache-2.0 */
/* event/name_kind.c: is a name a person, an organisation or a place?
 *
 * Reads   names found, tokens, entities, places, classes of words and weights (lexicon/en/{function_words,name_weights}.tsv)
 * Writes  their kind
 *
 * The network sees one sentence. What it cannot see is weighed beside its word: what the same name is called elsewhere in
 * the document, what the registries and the gazetteer know, the last word of the name ("Ministry", "River"), the word before
 * it ("Gen.", "in"). Each is a row of lexicon/en/name_weights.tsv; the kind with the highest sum is taken, the network's own where sums are equal.
 * docs/stages/names.md says what it brings. */
#include "event/name_kind.h"

enum kind { PER = DGI_NW_PER, ORG = DGI_NW_ORG, LOC = DGI_NW_LOC, N_KIND = DGI_N_NAME_WEIGHT };

static const uint8_t record_kind[N_KIND] = {[PER] = DGI_NK_PER, [ORG] = DGI_NK_ORG, [LOC] = DGI_NK_LOC};

/* N_KIND: none of the three. */
static enum kind kind_of(uint8_t tag)
{
    return tag == DGI_NAME_PER ? PER : tag == DGI_NAME_ORG ? ORG : tag == DGI_NAME_LOC ? LOC : N_KIND;
}

/* Mentions of one name. */
struct same {
    uint64_t hash; /* 0: free */
    uint32_t n[N_KIND];
};

static uint64_t hash_of(const struct dgi_doc *doc, const struct dgi_named *n)
{
    uint64_t h = 0xCBF29CE484222325u;
    for (uint32_t t = n->first; t < n->end; t++) {
        dg_str form = doc->toks[t].form;
        for (size_t i = 0; i < form.len; i++) {
            unsigned char c = (unsigned char)form.ptr[i];
            h = (h ^ (c >= 'A' && c <= 'Z' ? c + 32u : c)) * 0x100000001B3u;
        }
        h = (h ^ ' ') * 0x100000001B3u;
    }
    return h | 1;
}

static struct same *slot(struct same *table, uint32_t mask, uint64_t hash)
{
    uint32_t i = (uint32_t)(hash >> 32) & mask;
    while (table[i].hash && table[i].hash != hash)
        i = (i + 1) & mask;
    table[i].hash = hash;
    return &table[i];
}

/* "Ministry of Trade", "Upper Ulm Bank": the word before "of", or the last one. */
static uint32_t head_word(const struct dgi_doc *doc, const struct dgi_named *n)
{
    for (uint32_t t = n->first + 1; t + 1 < n->end; t++)
        if (dgi_tok_in(doc, t, DGI_W_OF))
            return t - 1;
    return n->end - 1;
}

static int32_t weight(const struct dgi_doc *doc, enum dgi_name_evidence e, int kind)
{
    return doc->words ? doc->words->names.of[e][kind] * 4 : 0;
}

static void add(const struct dgi_doc *doc, int32_t sum[N_KIND], enum dgi_name_evidence e)
{
    for (int k = 0; k < N_KIND; k++)
        sum[k] += weight(doc, e, k);
}

static void words_say(const struct dgi_doc *doc, const struct dgi_named *n, int32_t sum[N_KIND])
{
    uint32_t head = head_word(doc, n);
    if (n->end > n->first + 1 && dgi_tok_in(doc, head, DGI_W_NAME_ORG))
        add(doc, sum, DGI_NE_ORG_WORD);
    if (n->end > n->first + 1 && dgi_tok_in(doc, head, DGI_W_NAME_PLACE))
        add(doc, sum, DGI_NE_PLACE_WORD);
    if (n->first == doc->sents[doc->toks[n->first].sent].first)
        return;
    if (dgi_tok_in(doc, n->first - 1, DGI_W_NAME_TITLE))
        add(doc, sum, DGI_NE_AFTER_TITLE);
    if (dgi_tok_in(doc, n->first - 1, DGI_W_IN))
        add(doc, sum, DGI_NE_AFTER_IN);
}

static void lists_say(const struct dgi_doc *doc, const struct dgi_named *n, int32_t sum[N_KIND])
{
    const struct dgi_mention *m = n->mention == DGI_NONE ? NULL : &doc->mentions[n->mention];
    if (m && m->first <= n->first) {
        const struct dgi_entity *e = &doc->entities[m->entity];
        if (e->type == DGI_ENT_COUNTRY)
            add(doc, sum, DGI_NE_STATE);
        else if ((e->type == DGI_ENT_ORG || e->type == DGI_ENT_GROUP) && e->actor.len)
            add(doc, sum, DGI_NE_BODY);
    }
    const struct dgi_place *p = n->place == DGI_NONE ? NULL : &doc->places[n->place];
    if (p && p->first + 1 >= n->first && p->first <= n->first && p->end == n->end) /* before it an article may stand */
        add(doc, sum, n->end > n->first + 1 ? DGI_NE_LONG_PLACE : DGI_NE_PLACE);
}

bool dgi_name_kinds(const struct dgi_doc *doc, struct dgi_named *names, uint32_t n, dgi_arena *scratch)
{
    uint32_t size = 16;
    while (size < n * 2)
        size *= 2;
    struct same *table = dgi_arena_array(scratch, size, sizeof *table);
    if (!table)
        return false;
    memset(table, 0, size * sizeof *table);
    for (uint32_t i = 0; i < n; i++)
        if (kind_of(names[i].tag) != N_KIND)
            slot(table, size - 1, hash_of(doc, &names[i]))->n[kind_of(names[i].tag)]++;
    for (uint32_t i = 0; i < n; i++) {
        enum kind own = kind_of(names[i].tag);
        if (own == N_KIND)
            continue;
        const struct same *s = slot(table, size - 1, hash_of(doc, &names[i]));
        uint32_t all = s->n[PER] + s->n[ORG] + s->n[LOC] - 1;
        int32_t sum[N_KIND] = {0};
        sum[own] += weight(doc, DGI_NE_NETWORK, (int)own) + 1;
        for (int k = 0; k < N_KIND && all; k++)
            sum[k] +=
                weight(doc, DGI_NE_ELSEWHERE, k) * (int32_t)(s->n[k] - (k == (int)own)) / (int32_t)(all < 2 ? 2 : all);
        words_say(doc, &names[i], sum);
        lists_say(doc, &names[i], sum);
        enum kind best = sum[ORG] > sum[PER] ? ORG : PER;
        names[i].kind = record_kind[sum[LOC] > sum[best] ? LOC : best];
    }
    return true;
}
