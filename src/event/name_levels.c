/* SPDX-License-Identifier: Apache-2.0 */
/* event/name_levels.c: the names with their titles, the names within names, and who is spoken of without a name.
 *
 * Reads   names found, tokens, mentions, entities, places, classes of words
 * Writes  further rows beside the names, in order of the text
 *
 * "President Adaeze Obi" is one row beside "Adaeze Obi", "Oslo" one beside "University of Oslo"; "two French soldiers" are
 * nobody's name but people. Who wants names alone takes those of level `name`. docs/stages/names.md has the rules. */
#include "event/name_levels.h"

#include <stdlib.h>

#include "clause/clause.h"

/* ---- what a thing known is, as a name ---- */
uint8_t dgi_name_kind_of_entity(const struct dgi_doc *doc, const struct dgi_mention *m)
{
    const struct dgi_entity *e = &doc->entities[m->entity];
    const struct dgi_tok *head = &doc->toks[m->head];
    if (m->adjectival || head->upos == DGI_ADJ)
        return DGI_NK_NORP;
    switch (e->type) {
    case DGI_ENT_PERSON: return DGI_NK_PER;
    case DGI_ENT_COUNTRY: return DGI_NK_GPE;
    case DGI_ENT_ORG: return DGI_NK_ORG;
    case DGI_ENT_GROUP: /* "Shiites": people, no body */
        return e->plural || dgi_is_plural(doc, m->head) ? DGI_NK_NORP : DGI_NK_ORG;
    default: return DGI_NK_MISC;
    }
}

uint8_t dgi_name_kind_of_place(const struct dgi_place *p)
{
    if (dgi_str_is(p->feature, "INSM") || dgi_str_is(p->feature, "S"))
        return DGI_NK_FAC;
    return p->precision == DGI_PLACE_REGION || dgi_str_is(p->feature, "ISL") ? DGI_NK_LOC : DGI_NK_GPE;
}

/* "two soldiers" are persons, "the army" is an organisation, "the country" a place that governs. */
static uint8_t kind_of_nominal(const struct dgi_doc *doc, const struct dgi_mention *m)
{
    if (m->said_as == DGI_SAID_AS_BODY || dgi_lemma_in(doc, m->head, DGI_W_NAME_BODY))
        return DGI_NK_ORG;
    if (m->said_as == DGI_SAID_AS_PEOPLE)
        return DGI_NK_PER;
    switch (doc->entities[m->entity].type) {
    case DGI_ENT_COUNTRY: return DGI_NK_GPE;
    case DGI_ENT_ORG: return DGI_NK_ORG;
    case DGI_ENT_GROUP: return dgi_is_plural(doc, m->head) ? DGI_NK_PER : DGI_NK_ORG;
    default: return DGI_NK_PER;
    }
}

/* ---- rows ---- */
struct rows {
    const struct dgi_doc *doc;
    struct dgi_named *row;
    uint32_t n;
};

static void put(struct rows *r, struct dgi_named row, uint32_t first, uint32_t end, enum dgi_name_level level)
{
    row.first = first;
    row.end = end;
    row.level = (uint8_t)level;
    r->row[r->n++] = row;
}

static bool capital(const struct dgi_doc *doc, uint32_t t)
{
    dg_str form = doc->toks[t].form;
    return form.len && form.ptr[0] >= 'A' && form.ptr[0] <= 'Z';
}

/* A word of a title before a person's name [first, end): of the list, or the tree hangs it on the name as a description. */
static bool is_title(const struct dgi_doc *doc, uint32_t t, uint32_t first, uint32_t end, bool titled)
{
    const struct dgi_tok *k = &doc->toks[t];
    if (!capital(doc, t) || k->name != DGI_NAME_O)
        return false;
    if (dgi_tok_in(doc, t, DGI_W_NAME_TITLE))
        return true;
    if (k->head < first || k->head >= end)
        return false;
    if (titled && k->rel == DGI_REL_AMOD) /* "Foreign" Minister Obi */
        return true;
    return k->upos == DGI_PROPN && (k->rel == DGI_REL_NMOD_DESC || (titled && k->rel == DGI_REL_COMPOUND));
}

/* "Foreign Minister" Adaeze Obi: from which word on it stands. `from`: the end of the name before it. */
static void titles(struct rows *r, const struct dgi_named *n, uint32_t from)
{
    const struct dgi_doc *doc = r->doc;
    const uint32_t begin = doc->sents[doc->toks[n->first].sent].first;
    uint32_t first = n->first;
    while (n->kind == DGI_NK_PER && first > from && first > begin &&
           is_title(doc, first - 1, first, n->end, first < n->first))
        first--;
    if (first < n->first)
        put(r, *n, first, n->end, DGI_NL_TITLED);
}

/* Names within one, at `t`: of a person's none are ("Michael Jordan"); of a place's those after "of" ("the Bay of Bengal") and before
 * the word that says what it is ("San Marco Bay"). */
static bool may_hold(const struct dgi_doc *doc, const struct dgi_named *n, uint32_t t)
{
    if (n->kind == DGI_NK_PER || n->kind == DGI_NK_NORP)
        return false;
    if (n->kind != DGI_NK_LOC && n->kind != DGI_NK_GPE)
        return true;
    for (uint32_t i = n->first + 1; i < t; i++)
        if (dgi_tok_in(doc, i, DGI_W_OF))
            return true;
    return t == n->first && dgi_tok_in(doc, n->end - 1, DGI_W_NAME_PLACE);
}

/* Where we are in the places and mentions, which stand in order as the names do. */
struct at {
    uint32_t place, mention;
};

static void places_within(struct rows *r, const struct dgi_named *n, uint32_t *at)
{
    const struct dgi_doc *doc = r->doc;
    while (*at < doc->n_places && doc->places[*at].first < n->first)
        ++*at;
    uint32_t from = n->first; /* each word is of one inner name */
    for (; *at < doc->n_places && doc->places[*at].first < n->end; ++*at) {
        const struct dgi_place *p = &doc->places[*at];
        if (p->end > n->end || p->end - p->first >= n->end - n->first || p->first < from || !may_hold(doc, n, p->first))
            continue;
        struct dgi_named in = {.mention = DGI_NONE, .place = *at};
        const uint32_t m = doc->toks[p->end - 1].mention;
        if (m != DGI_NONE && doc->mentions[m].kind == DGI_MENTION_NAME && doc->mentions[m].first >= p->first &&
            doc->mentions[m].end == p->end)
            in.mention = m;
        in.kind = p->adjective ? (uint8_t)DGI_NK_NORP : dgi_name_kind_of_place(p);
        put(r, in, p->first, p->end, DGI_NL_INNER);
        from = p->end;
    }
}

/* Organisations and groups within ("NATO Training Mission"); states and cities are places. */
static void bodies_within(struct rows *r, const struct dgi_named *n, uint32_t *at)
{
    const struct dgi_doc *doc = r->doc;
    while (*at < doc->n_mentions && doc->mentions[*at].first < n->first)
        ++*at;
    uint32_t from = n->first;
    for (; *at < doc->n_mentions && doc->mentions[*at].first < n->end; ++*at) {
        const struct dgi_mention *m = &doc->mentions[*at];
        if (m->kind != DGI_MENTION_NAME || m->entity >= doc->n_entities || m->end > n->end || m->first < from ||
            m->end - m->first >= n->end - n->first || !may_hold(doc, n, m->first))
            continue;
        const struct dgi_entity *e = &doc->entities[m->entity];
        if ((e->type != DGI_ENT_ORG && e->type != DGI_ENT_GROUP) || !e->known || *at == n->mention)
            continue;
        struct dgi_named in = {.mention = *at, .place = DGI_NONE};
        in.kind = dgi_name_kind_of_entity(doc, m);
        put(r, in, m->first, m->end, DGI_NL_INNER);
        from = m->end;
    }
}

static void nominals(struct rows *r, const struct dgi_named *names, uint32_t n)
{
    const struct dgi_doc *doc = r->doc;
    uint32_t at = 0;
    for (uint32_t i = 0; i < doc->n_mentions; i++) {
        const struct dgi_mention *m = &doc->mentions[i];
        if (m->kind != DGI_MENTION_NOMINAL || m->adjectival || m->entity >= doc->n_entities ||
            (i && doc->mentions[i - 1].kind == DGI_MENTION_NOMINAL && doc->mentions[i - 1].head == m->head))
            continue; /* "both countries": one phrase, two entities */
        while (at && names[at - 1].end > m->head)
            at--;
        while (at < n && names[at].end <= m->head)
            at++;
        if (at < n && names[at].first <= m->head) /* "the Lima Chamber of Commerce": a name after all */
            continue;
        struct dgi_named row = {.mention = i, .place = DGI_NONE, .kind = kind_of_nominal(doc, m)};
        put(r, row, m->first, m->end, DGI_NL_NOMINAL);
    }
}

static int by_word(const void *a, const void *b)
{
    const struct dgi_named *x = a, *y = b;
    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    if (x->end != y->end)
        return x->end > y->end ? -1 : 1;
    return (int)x->level - (int)y->level;
}

struct dgi_named *dgi_name_levels(const struct dgi_doc *doc, const struct dgi_named *names, uint32_t n,
                                  dgi_arena *scratch, uint32_t *n_all)
{
    const size_t most = 2 * (size_t)n + doc->n_places + 2 * (size_t)doc->n_mentions + 1;
    struct rows r = {.doc = doc, .row = dgi_arena_array(scratch, most, sizeof *r.row)};
    if (!r.row)
        return NULL;
    struct at at = {0};
    for (uint32_t i = 0; i < n; i++) {
        put(&r, names[i], names[i].first, names[i].end, DGI_NL_NAME);
        titles(&r, &names[i], i ? names[i - 1].end : 0);
        const uint32_t before = r.n;
        places_within(&r, &names[i], &at.place);
        if (r.n == before) /* else the places cover them: "the US Army" */
            bodies_within(&r, &names[i], &at.mention);
    }
    nominals(&r, names, n);
    qsort(r.row, r.n, sizeof *r.row, by_word);
    *n_all = r.n;
    return r.row;
}
