/* SPDX-License-Identifier: Apache-2.0 */
/* resolve/regional.c: "the West African country", "the former Soviet republic", "the two Andean neighbours": the state named before that
 * lies there.
 *
 * Reads   words of the phrase, states named before, lexicon/en/region_states.tsv
 * Writes  cand.entity, cand.also
 *
 * Of the region's states that the text has named so far, the one that it names most; of equals, the one named last. Never the
 * subject of the clause in which it is the object. */
#include "resolve/coref_in.h"

enum { MOST_WORDS_BEFORE = 5, MOST_MEMBERS = 64, MOST_BACK = 400, REGION_SENTS = 12, TWO = 2 };

struct found {
    char iso[4];
    uint32_t n, last, entity;
};

/* The row of the region whose adjective stands before the noun; DGI_NONE: none. */
static uint32_t region_of(const struct resolver *r, const struct cand *c)
{
    const struct dgi_doc *doc = r->doc;
    const uint32_t *rows;
    uint32_t n, from = c->head, s = doc->sents[doc->toks[c->head].sent].first;
    for (uint32_t k = 0; k < MOST_WORDS_BEFORE && from > s && doc->toks[from - 1].upos != DGI_DET; k++)
        from--;
    for (uint32_t i = from; i < c->head; i++)
        if (dgi_phrase_match(r->ctx->region_states, doc, i, c->head, &rows, &n))
            return rows[0];
    return DGI_NONE;
}

/* Who of a state was named last before c, and which entity the state itself is, where it has one. */
static void look_back(const struct resolver *r, const struct cand *c, struct found *f)
{
    const struct dgi_doc *doc = r->doc;
    f->last = f->entity = DGI_NONE;
    for (uint32_t i = doc->n_entities, n = 0; i-- > 0 && n < MOST_BACK; n++) {
        const struct dgi_entity *e = &doc->entities[i];
        uint32_t last = r->info[i].last_tok;
        if (last == DGI_NONE || last >= c->first || memcmp(e->country, f->iso, 4) ||
            doc->toks[c->first].sent - doc->toks[last].sent > REGION_SENTS)
            continue;
        if (f->last == DGI_NONE || last > f->last)
            f->last = last;
        if (e->type == DGI_ENT_COUNTRY)
            f->entity = i;
    }
}

static bool goes_before(const struct found *a, const struct found *b)
{
    return a->n != b->n ? a->n > b->n : a->last > b->last;
}

static bool said_of_more(const struct resolver *r, const struct cand *c)
{
    char buf[32];
    for (uint32_t ch = DGI_NONE; (ch = dgi_child(r->doc, c->head, DGI_REL_NMOD, ch)) != DGI_NONE;)
        if (r->doc->toks[ch].upos == DGI_PROPN &&
            dgi_word_in(r->doc->words, DGI_W_OF, dgi_case_of(r->doc, ch, buf, sizeof buf)))
            return true; /* "the West African nation of Togo": which one is said */
    return dgi_child(r->doc, c->head, DGI_REL_APPOS, DGI_NONE) != DGI_NONE ||
           r->doc->toks[c->head].rel == DGI_REL_APPOS;
}

/* "Nordic" beside the country that is meant is that country, no bloc of its own. */
static void repoint(struct resolver *r, const struct cand *c)
{
    struct dgi_doc *doc = r->doc;
    for (uint32_t k = 1; k <= MOST_WORDS_BEFORE && k <= c->head; k++) {
        uint32_t m = doc->toks[c->head - k].mention;
        if (doc->toks[c->head - k].upos == DGI_DET)
            return;
        if (m == DGI_NONE || !doc->mentions[m].adjectival)
            continue;
        doc->entities[doc->mentions[m].entity].n_mentions--;
        doc->mentions[m].entity = c->entity;
        doc->entities[c->entity].n_mentions++;
    }
}

/* "the two Andean neighbours"; of "the three Baltic states" two that were named would not be all. */
static bool are_two(const struct resolver *r, const struct cand *c)
{
    uint32_t n = dgi_child(r->doc, c->head, DGI_REL_NUMMOD, DGI_NONE);
    return n != DGI_NONE && dgi_coref_number(r, r->doc->toks[n].form) == TWO;
}

bool dgi_coref_regional(struct resolver *r, struct cand *c)
{
    const struct dgi_doc *doc = r->doc;
    bool many = dgi_is_plural(doc, c->head);
    if (!dgi_lemma_in(doc, c->head, DGI_W_STATE_NOUN) || said_of_more(r, c) ||
        !dgi_tok_in(doc, dgi_child(doc, c->head, DGI_REL_DET, DGI_NONE), DGI_W_ACTOR_DEFINITE) ||
        (many && !are_two(r, c)))
        return false;
    uint32_t row = region_of(r, c), n = 0;
    if (row == DGI_NONE)
        return false;
    struct found best[TWO] = {{.n = 0}, {.n = 0}};
    dg_str all = dgi_table_cell(r->ctx->region_states, row, RS_MEMBERS), one;
    for (uint32_t k = 0; k < MOST_MEMBERS && dgi_str_next(&all, '|', &one); k++) {
        struct found f = {.iso = ""};
        dgi_actor_iso(f.iso, one);
        if (!(f.n = dgi_actor_focus(r, f.iso)))
            continue;
        look_back(r, c, &f);
        if (f.last == DGI_NONE || (f.entity != DGI_NONE && dgi_coref_own_subject(r, c, f.entity)))
            continue;
        if (n == 0 || goes_before(&f, &best[0])) {
            best[1] = best[0];
            best[0] = f;
            n = n < TWO ? n + 1 : n;
        } else if (n == 1 || goes_before(&f, &best[1])) {
            best[1] = f;
            n = TWO;
        }
    }
    if (n < (many ? TWO : 1))
        return false;
    dgi_actor_country_entity(r, c, best[0].iso);
    if (c->entity != DGI_NONE && !many)
        repoint(r, c);
    if (many) {
        struct cand other = *c;
        dgi_actor_country_entity(r, &other, best[1].iso);
        c->also[0] = other.entity;
    }
    return c->entity != DGI_NONE;
}
