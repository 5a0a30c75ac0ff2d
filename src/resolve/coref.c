/* SPDX-License-Identifier: Apache-2.0 */
/* resolve/coref.c: names seen before in another form, titles, nominals and pronouns.
 *
 * Reads   entities and mentions written so far (everything to the left), tree, feats; first-person part: statements
 * Writes  cand.entity; first-person part: mentions, toks[].mention
 *
 * A sieve in the manner of Lee et al. (2013): each step takes the nearest antecedent that agrees, the surest steps first;
 * no step guesses when nothing agrees. Learned models gain some points on general text, but need a network of their own;
 * in news most of the gain is in names and titles, which the registry settles. */
#include <stdlib.h>

#include "base/utf8.h"
#include "resolve/coref.h"
#include "resolve/coref_in.h"

enum { TWIN = 7 };                            /* letters of "PRK:KOR" */
enum { SHORTEST_LIST = 3, LONGEST_LIST = 6 }; /* of states that a number sums up: "the five countries" */
enum {
    MOST_BACK = 2000,    /* entities looked at */
    PRONOUN_SENTS = 4,   /* how far a pronoun reaches */
    MOST_MENTIONS = 120, /* looked back at for the same noun */
    KIND_SENTS = 2,
    MEMBER_SENTS = 12,
    TITLE_SENTS = 40
};

/* ---- names ---- */
static bool word_start(dg_str s, size_t i)
{
    return i == 0 || s.ptr[i - 1] == ' ' || s.ptr[i - 1] == '-';
}

static dg_str first_word(dg_str s)
{
    size_t i = dgi_str_find(s, DGI_S(" "));
    return i == SIZE_MAX ? s : dgi_str_sub(s, 0, i);
}

static dg_str last_word(dg_str s)
{
    size_t i = s.len;
    while (i && s.ptr[i - 1] != ' ')
        i--;
    return dgi_str_sub(s, i, s.len);
}

/* 0 no, 1 by the first word or the first of two family names, 2 by the last words, 3 first and last the same. */
static int same_name(dg_str full, dg_str said)
{
    if (dgi_fold_eq(full, said))
        return 3;
    if (dgi_str_find(said, DGI_S(" ")) != SIZE_MAX && dgi_fold_eq(last_word(full), last_word(said))) {
        dg_str a = first_word(full), b = first_word(said);
        if (dgi_fold_eq(a, b) || (b.len <= 2 && a.ptr[0] == b.ptr[0]))
            return 3;
    }
    for (size_t i = 1; i < full.len; i++)
        if (word_start(full, i) && dgi_fold_eq(dgi_str_sub(full, i, full.len), said))
            return 2;
    size_t n = said.len; /* "Kim Jong Un": "Kim" */
    if (n < full.len && full.ptr[n] == ' ' && dgi_fold_eq(dgi_str_sub(full, 0, n), said))
        return 1;
    dg_str father = dgi_fathers_name(full);
    if (father.len && dgi_fold_eq(father, said))
        return 1;
    return 0;
}

static uint32_t sent_of(const struct resolver *r, uint32_t tok)
{
    return tok == DGI_NONE ? 0 : r->doc->toks[tok].sent;
}

/* Of the persons seen last those whose name is said in one of its ways; of the surest way the one mentioned last. */
static int seen_person(struct resolver *r, struct cand *c, dg_str said, uint64_t hash, int best_how, uint32_t *best_at)
{
    const struct dgi_doc *doc = r->doc;
    uint32_t stop = doc->n_entities > MOST_BACK ? doc->n_entities - MOST_BACK : 0, at = 0, i;
    while ((i = dgi_name_index_next(&r->persons, hash, &at)) != DGI_NONE && i >= stop) {
        uint32_t last = r->info[i].last_tok;
        if (last == DGI_NONE || (best_how && i == c->entity))
            continue;
        int how = same_name(doc->entities[i].name, said);
        if (how == 1 && c->row == DGI_NONE && c->country[0] && doc->entities[i].country[0] &&
            memcmp(c->country, doc->entities[i].country, 4))
            how = 0; /* the text says of what state he is; that a table knows another "Kang" says nothing */
        bool oftener =
            how == 2 && best_how == 2 && r->info[i].n_names != r->info[c->entity].n_names; /* his son's name too */
        bool better = oftener ? r->info[i].n_names > r->info[c->entity].n_names
                              : last > *best_at || (last == *best_at && i > c->entity);
        if (how > best_how || (how && how == best_how && better)) {
            best_how = how;
            *best_at = last;
            c->entity = i;
        }
    }
    return best_how;
}

static bool index_said(struct resolver *r)
{
    r->said_made = true;
    for (uint32_t k = r->n < MOST_BACK ? r->n : MOST_BACK; k-- > 0;) /* backwards: the first one comes first */
        if (r->cands[k].end - r->cands[k].first > 1 &&
            !dgi_name_index_add(&r->said, r->a, dgi_actor_text(r, r->cands[k].first, r->cands[k].end), k))
            return false;
    return true;
}

void dgi_coref_person(struct resolver *r, struct cand *c)
{
    dg_str said = dgi_actor_text(r, c->first, c->end), last = last_word(said);
    uint64_t hash = dgi_fold_hash(said);
    uint32_t best_at = 0, at = 0, k;
    int best_how = seen_person(r, c, said, hash, 0, &best_at);
    if (last.len < said.len) /* "V. Putin" for Vladimir Putin */
        best_how = seen_person(r, c, said, dgi_fold_hash(last), best_how, &best_at);
    if (best_how >= 2 || c->end - c->first > 2)
        return;
    /* a headline says "Putin" before the text says "Vladimir Putin" */
    if (!r->said_made && !index_said(r)) {
        r->failed = true;
        return;
    }
    while ((k = dgi_name_index_next(&r->said, hash, &at)) != DGI_NONE) {
        const struct cand *o = &r->cands[k];
        if (o->kind != C_PERSON || o->done || o->end - o->first <= c->end - c->first)
            continue;
        if (same_name(dgi_actor_text(r, o->first, o->end), said) == 2) {
            dgi_actor_resolve(r, k, 2);
            c->entity = r->cands[k].entity;
            return;
        }
    }
}

/* ---- titles ---- */
bool dgi_coref_lists_share(dg_str a, dg_str b)
{
    dg_str x;
    while (dgi_str_next(&a, '|', &x)) {
        size_t colon = dgi_str_find(x, DGI_S(":")); /* "=VAT:pontiff" */
        if (colon != SIZE_MAX)
            x = dgi_str_sub(x, colon + 1, x.len);
        if (x.len && dgi_str_in(b, '|', x))
            return true;
    }
    return false;
}

/* Was a the subject later than b? Who acts is "the president" rather than one who is only spoken of. */
static bool later_subject(const struct ent_info *a, const struct ent_info *b)
{
    uint32_t x = a->last_subj == DGI_NONE ? 0 : a->last_subj + 1, y = b->last_subj == DGI_NONE ? 0 : b->last_subj + 1;
    return x != y ? x > y : a->last_tok > b->last_tok;
}

/* "The Sultan" is no king: of a state whose ruler has a title of his own that is another, he is not the ruler. */
bool dgi_coref_bears_title(const struct resolver *r, const struct cand *c, dg_str office, dg_str title)
{
    const struct dgi_table *t = r->ctx->roles;
    uint32_t other = title.len ? dgi_table_find(t, title) : DGI_NONE;
    return other == DGI_NONE || other == c->row || dgi_str_eq(title, office) ||
           dgi_str_eq(dgi_table_cell(t, c->row, RL_ID), office) ||
           !dgi_str_eq(dgi_table_cell(t, other, RL_OFFICE), office) ||
           !dgi_str_eq(dgi_table_cell(t, c->row, RL_OFFICE), office);
}

/* "the opposition leader", "the government spokesman", of one whom the tables know for another kind of person. */
bool dgi_coref_of_another_kind(const struct resolver *r, const struct cand *c, uint32_t entity)
{
    const struct dgi_entity *e = &r->doc->entities[entity];
    if (c->kind != C_ROLE || !c->code.len || !e->known || !e->sectors.len || c->former ||
        !dgi_actor_cue(r->ctx, "telling", c->code) || dgi_str_in(e->sectors, ',', c->code) ||
        dgi_coref_lists_share(dgi_table_cell(r->ctx->roles, c->row, RL_OFFICE), r->info[entity].office))
        return false;
    dg_str all = e->sectors, one, akin = {NULL, 0};
    uint32_t row;
    if (dgi_actor_row_of_cue(r->ctx, "akin", c->code, &row))
        akin = dgi_table_cell(r->ctx->cues, row, CU_NOTE);
    bool told = false;
    while (dgi_str_next(&all, ',', &one)) {
        if (dgi_str_in(akin, ',', one))
            return false;
        told = told || dgi_actor_cue(r->ctx, "telling", one);
    }
    return told;
}

/* Is the word the last of the title that the person bears? */
static bool bears_word(const struct dgi_entity *e, dg_str word)
{
    char t[64];
    return e->title.len && dgi_str_eq(dgi_utf8_lower_buf(last_word(e->title), t, sizeof t), word);
}

/* The person mentioned last who has this office; who bears the very word goes before who has only its office ("the chancellor" beside
 * a prime minister). For a title without an office the same title word. */
uint32_t dgi_coref_titled(struct resolver *r, const struct cand *c, dg_str office, const char *country)
{
    const struct dgi_doc *doc = r->doc;
    uint32_t best = DGI_NONE, sent = sent_of(r, c->head);
    char low[64];
    dg_str lemma = dgi_utf8_lower_buf(doc->toks[c->head].form, low, sizeof low);
    bool generic = dgi_actor_cue(r->ctx, "generic", lemma), best_bears = false;
    for (uint32_t i = doc->n_entities, n = 0; i-- > 0 && n < MOST_BACK; n++) {
        const struct dgi_entity *e = &doc->entities[i];
        const struct ent_info *in = &r->info[i];
        if (e->type != DGI_ENT_PERSON || in->last_tok == DGI_NONE || sent - sent_of(r, in->last_tok) > TITLE_SENTS)
            continue;
        if (country[0] && e->country[0] && !dgi_str_is(dgi_str(e->country), country))
            continue;
        if (c->org != DGI_NONE && !dgi_str_eq(e->cameo, doc->entities[c->org].cameo))
            continue;
        bool fits, bears = bears_word(e, lemma);
        if (office.len) {
            fits = (dgi_coref_lists_share(office, in->office) && dgi_coref_bears_title(r, c, office, e->title)) ||
                   (dgi_office_leads(office) && in->office.len && !dgi_actor_cue(r->ctx, "low-office", in->office));
        } else {
            fits = bears;
            if (!fits && !country[0] && c->org == DGI_NONE &&
                dgi_actor_cue(r->ctx, "sector-title", c->code)) /* "the rebel chief" */
                fits = dgi_str_in(e->sectors, ',', c->code) && sent - sent_of(r, in->last_tok) <= PRONOUN_SENTS + 4;
            if (!fits && generic && !country[0] && c->org == DGI_NONE && e->political) /* "the old envoy" */
                fits = in->last_subj != DGI_NONE && sent - sent_of(r, in->last_subj) <= 2;
            if (!fits && generic && country[0])
                fits = e->country[0] && sent - sent_of(r, in->last_tok) <= PRONOUN_SENTS + 4;
        }
        if (!bears && fits && dgi_coref_of_another_kind(r, c, i))
            continue;
        if (fits &&
            (best == DGI_NONE || bears > best_bears || (bears == best_bears && later_subject(in, &r->info[best])))) {
            best = i;
            best_bears = bears;
        }
    }
    return best;
}

/* ---- nominals ---- */
/* "the spokesperson" after "an Interpol spokesperson": the same noun, not long before. */
uint32_t dgi_coref_same_noun(struct resolver *r, const struct cand *c)
{
    const struct dgi_doc *doc = r->doc;
    uint32_t sent = sent_of(r, c->head);
    dg_str lemma = doc->toks[c->head].lemma;
    for (uint32_t i = doc->n_mentions, n = 0; i-- > 0 && n < MOST_MENTIONS; n++) {
        const struct dgi_mention *m = &doc->mentions[i];
        if (sent - sent_of(r, m->head) > PRONOUN_SENTS)
            break;
        if (m->kind == DGI_MENTION_NOMINAL && m->head < c->first && !m->adjectival &&
            dgi_str_eq(doc->toks[m->head].lemma, lemma) && dgi_str_eq(doc->toks[m->head].xpos, doc->toks[c->head].xpos))
            return m->entity;
    }
    return DGI_NONE;
}

/* "The paratroopers" after "the French garrison": people of the same kind whose state was said, not long before, all of one. */
uint32_t dgi_coref_same_kind(struct resolver *r, const struct cand *c)
{
    const struct dgi_doc *doc = r->doc;
    uint32_t sent = sent_of(r, c->head), found = DGI_NONE;
    for (uint32_t i = doc->n_mentions, n = 0; i-- > 0 && n < MOST_MENTIONS; n++) {
        const struct dgi_mention *m = &doc->mentions[i];
        const struct dgi_entity *e = &doc->entities[m->entity];
        if (sent - sent_of(r, m->head) > KIND_SENTS)
            break;
        size_t colon = e->type == DGI_ENT_ROLE && e->country[0] && m->head < c->first ? 9 : 0; /* role:ISO: */
        if (!colon || e->actor.len <= colon || !dgi_str_eq(dgi_str_sub(e->actor, colon, e->actor.len), c->code))
            continue;
        if (found != DGI_NONE && found != m->entity)
            return DGI_NONE;
        found = m->entity;
    }
    return found;
}

/* The international organisation or region mentioned last. */
uint32_t dgi_coref_members(struct resolver *r, const struct cand *c)
{
    const struct dgi_doc *doc = r->doc;
    uint32_t best = DGI_NONE;
    for (uint32_t i = doc->n_entities, n = 0; i-- > 0 && n < MOST_BACK; n++) {
        const struct ent_info *in = &r->info[i];
        if (in->t != r->ctx->orgs || in->last_tok == DGI_NONE || in->last_tok >= c->first ||
            sent_of(r, c->head) - sent_of(r, in->last_tok) > MEMBER_SENTS)
            continue;
        if (!dgi_str_is(dgi_table_cell(in->t, in->row, OG_KIND), "igo") &&
            !(dgi_str_is(dgi_table_cell(in->t, in->row, OG_KIND), "region") &&
              dgi_lemma_in(doc, c->head, DGI_W_ACTOR_ALLY)))
            continue;
        uint32_t a = doc->entities[i].n_mentions, b = best == DGI_NONE ? 0 : doc->entities[best].n_mentions;
        if (a > b || (a == b && in->last_tok > r->info[best].last_tok)) /* the one that the text is about */
            best = i;
    }
    return best;
}

static bool definite_np(const struct resolver *r, const struct cand *c)
{
    const struct dgi_doc *doc = r->doc;
    if (doc->toks[c->head].rel == DGI_REL_COMPOUND)
        return true;
    uint32_t d = dgi_child(doc, c->head, DGI_REL_DET, DGI_NONE);
    return dgi_tok_in(doc, d, DGI_W_ACTOR_BOTH);
}

static bool is_plural_noun(const struct dgi_doc *doc, uint32_t t) /* pronouns may be either */
{
    return doc->toks[t].upos != DGI_PRON && dgi_is_plural(doc, t);
}

/* Has the verb, without a subject, that of the verb over it? "To meet her" under "flew in", but not under "asked X". */
static bool shares_subject(const struct dgi_doc *doc, uint32_t verb)
{
    uint8_t rel = doc->toks[verb].rel;
    if (rel == DGI_REL_ADVCL)
        return dgi_is_infinitive(doc, verb) || dgi_form(doc, verb) == DGI_FORM_ING;
    return rel == DGI_REL_CONJ || rel == DGI_REL_XCOMP;
}

/* "suspended all contact with him", "put pressure on it": a phrase of the object that names its other end; the object, or DGI_NONE. */
static uint32_t object_with(const struct dgi_doc *doc, uint32_t tok)
{
    const struct dgi_tok *t = &doc->toks[tok];
    char buf[32];
    uint32_t n = t->head;
    if (t->rel != DGI_REL_NMOD || n == DGI_NONE || doc->toks[n].rel != DGI_REL_OBJ ||
        doc->toks[n].mention != DGI_NONE || dgi_child(doc, n, DGI_REL_NMOD_POSS, DGI_NONE) != DGI_NONE ||
        !dgi_word_in(doc->words, DGI_W_OTHER_END, dgi_case_of(doc, tok, buf, sizeof buf)))
        return DGI_NONE;
    return n;
}

bool dgi_coref_own_subject(const struct resolver *r, const struct cand *c, uint32_t entity)
{
    const struct dgi_doc *doc = r->doc;
    uint32_t with = object_with(doc, c->head);
    const struct dgi_tok *t = &doc->toks[with != DGI_NONE ? with : c->head];
    if (dgi_rel_base(t->rel) != DGI_REL_OBJ && dgi_rel_base(t->rel) != DGI_REL_OBL && t->rel != DGI_REL_IOBJ)
        return false;
    if (dgi_str_find(doc->toks[c->head].feats, DGI_S("Reflex=Yes")) != SIZE_MAX || t->head == DGI_NONE)
        return false;
    /* of two subjects the first, not the nearer one of clause.h: it is about whom the sentence speaks */
    uint32_t verb = t->head, s = dgi_child(doc, verb, DGI_REL_NSUBJ, DGI_NONE);
    for (int k = 0; k < 4 && s == DGI_NONE && doc->toks[verb].head != DGI_NONE && shares_subject(doc, verb); k++) {
        verb = doc->toks[verb]
                   .head; /* "met X and warned him", "offered to receive them", "flew in to meet her": one subject */
        s = dgi_child(doc, verb, DGI_REL_NSUBJ, DGI_NONE);
    }
    return s != DGI_NONE && doc->toks[s].mention != DGI_NONE && doc->mentions[doc->toks[s].mention].entity == entity;
}

/* The members of a coordination whose first word is tok. */
void dgi_coref_take_joined(struct resolver *r, struct cand *c, uint32_t tok)
{
    const struct dgi_doc *doc = r->doc;
    uint32_t n = 0, ch = DGI_NONE;
    c->entity = doc->mentions[doc->toks[tok].mention].entity;
    while (n < MOST_ALSO && (ch = dgi_child(doc, tok, DGI_REL_CONJ, ch)) != DGI_NONE)
        if (doc->toks[ch].mention != DGI_NONE)
            c->also[n++] = doc->mentions[doc->toks[ch].mention].entity;
}

/* All whom the mention at tok stands for: "the ministers of Chad and Niger". */
void dgi_coref_take_all(const struct resolver *r, struct cand *c, uint32_t tok)
{
    const struct dgi_doc *doc = r->doc;
    uint32_t m = doc->toks[tok].mention, n = 0;
    c->entity = doc->mentions[m].entity;
    for (uint32_t i = m + 1; i < doc->n_mentions && doc->mentions[i].head == doc->mentions[m].head; i++)
        if (n < MOST_ALSO && doc->mentions[i].entity != c->entity)
            c->also[n++] = doc->mentions[i].entity;
}

/* The two that the text so far speaks of most: states by their own mentions and those of their people, and, when `groups`,
 * named groups for themselves. International organisations are mostly those who bring two together. */
static void take_two_most(struct resolver *r, struct cand *c, bool groups)
{
    const struct dgi_doc *doc = r->doc;
    struct {
        char iso[4];
        uint32_t entity, n, last;
    } v[64]; /* entity DGI_NONE: a state */
    uint32_t n = 0, a = DGI_NONE, b = DGI_NONE;
    for (uint32_t i = doc->n_entities, k = 0; i-- > 0 && k < MOST_BACK; k++) {
        const struct dgi_entity *e = &doc->entities[i];
        uint32_t j = 0, last = r->info[i].last_tok;
        bool group = groups && e->type == DGI_ENT_GROUP;
        if ((!e->country[0] && !group) || !e->political || last == DGI_NONE || last >= c->first || r->info[i].of_body)
            continue;
        while (j < n && (group ? v[j].entity != i : v[j].entity != DGI_NONE || memcmp(v[j].iso, e->country, 4)))
            j++;
        if (j == 64)
            continue;
        if (j == n) {
            memcpy(v[n].iso, e->country, 4);
            v[n].entity = group ? i : DGI_NONE;
            v[n].n = v[n].last = 0;
            n++;
        }
        if (e->type == DGI_ENT_COUNTRY && dgi_coref_own_subject(r, c, i))
            v[j].n = 0;
        else
            v[j].n += e->n_mentions - r->info[i].n_places; /* "in Mogadishu" is no party */
        v[j].last = last > v[j].last ? last : v[j].last;
    }
    for (uint32_t j = 0; j < n; j++) {
        bool over_a = a == DGI_NONE || v[j].n > v[a].n || (v[j].n == v[a].n && v[j].last > v[a].last);
        if (over_a) {
            b = a;
            a = j;
        } else if (b == DGI_NONE || v[j].n > v[b].n || (v[j].n == v[b].n && v[j].last > v[b].last)) {
            b = j;
        }
    }
    if (b == DGI_NONE || !v[b].n)
        return;
    uint32_t two[2] = {v[b].entity, v[a].entity};
    for (int k = 0; k < 2; k++)
        if (two[k] == DGI_NONE) {
            struct cand tmp = *c;
            dgi_actor_country_entity(r, &tmp, v[k ? a : b].iso);
            two[k] = tmp.entity;
        }
    c->entity = two[0];
    c->also[0] = two[1];
}

uint32_t dgi_coref_number(const struct resolver *r, dg_str w)
{
    uint32_t row = dgi_table_find(r->ctx->numbers, w);
    double n = 0;
    bool unit = row != DGI_NONE && dgi_str_is(dgi_table_cell(r->ctx->numbers, row, 1), "unit");
    return unit && dgi_str_double(dgi_table_cell(r->ctx->numbers, row, 2), &n) ? (uint32_t)n : 0;
}

/* "the five countries": the last list of as many states. */
static void take_list(struct resolver *r, struct cand *c)
{
    const struct dgi_doc *doc = r->doc;
    uint32_t want = dgi_coref_number(r, doc->toks[c->first].form), sent = sent_of(r, c->first);
    if (!want && c->first + 1 < c->end) /* "the four" */
        want = dgi_coref_number(r, doc->toks[c->first + 1].form);
    if (want < SHORTEST_LIST || want > LONGEST_LIST)
        return;
    uint32_t from = doc->sents[sent > MEMBER_SENTS ? sent - MEMBER_SENTS : 0].first;
    for (uint32_t i = c->first; i-- > from;) {
        if (doc->toks[i].mention == DGI_NONE ||
            doc->entities[doc->mentions[doc->toks[i].mention].entity].type != DGI_ENT_COUNTRY)
            continue;
        uint32_t n = 1, ch = DGI_NONE;
        while ((ch = dgi_child(doc, i, DGI_REL_CONJ, ch)) != DGI_NONE)
            n += doc->toks[ch].mention != DGI_NONE &&
                 doc->entities[doc->mentions[doc->toks[ch].mention].entity].type == DGI_ENT_COUNTRY;
        if (n == want) {
            dgi_coref_take_joined(r, c, i);
            return;
        }
    }
}

static void take_two(struct resolver *r, struct cand *c, dg_str what)
{
    const struct dgi_doc *doc = r->doc;
    uint32_t a = DGI_NONE, b = DGI_NONE;
    if (!dgi_str_is(what, "two:person")) {
        take_two_most(r, c, !dgi_str_is(what, "two:country"));
        return;
    }
    for (uint32_t i = doc->n_entities, n = 0; i-- > 0 && n < MOST_BACK; n++) {
        const struct dgi_entity *e = &doc->entities[i];
        if (e->type != DGI_ENT_PERSON || !e->political || r->info[i].last_tok == DGI_NONE ||
            r->info[i].last_tok >= c->first || dgi_coref_own_subject(r, c, i))
            continue;
        if (a == DGI_NONE || r->info[i].last_tok > r->info[a].last_tok) {
            b = a;
            a = i;
        } else if (b == DGI_NONE || r->info[i].last_tok > r->info[b].last_tok) {
            b = i;
        }
    }
    if (b == DGI_NONE) { /* nobody is named: their states */
        take_two_most(r, c, false);
        return;
    }
    c->entity = b;
    c->also[0] = a;
}

static bool take_pair(struct resolver *r, struct cand *c);

/* Words before a noun that tell who is meant: a name that no candidate has taken, "first", "youngest". */
static bool told_apart(const struct resolver *r, uint32_t head)
{
    const struct dgi_doc *doc = r->doc;
    for (uint32_t k = doc->toks[head].first_child; k != DGI_NONE; k = doc->toks[k].next_sib) {
        const struct dgi_tok *t = &doc->toks[k];
        if (dgi_rel_base(t->rel) == DGI_REL_NMOD || t->rel == DGI_REL_ACL_RELCL || t->rel == DGI_REL_ACL ||
            t->rel == DGI_REL_COP || t->rel == DGI_REL_NUMMOD || t->rel == DGI_REL_CONJ || t->rel == DGI_REL_APPOS ||
            dgi_str_find(t->feats, DGI_S("Degree=Sup")) != SIZE_MAX ||
            dgi_str_find(t->feats, DGI_S("NumType=Ord")) != SIZE_MAX)
            return true;
        if (k < head && t->upos == DGI_PROPN && (r->tok_cand[k] == DGI_NONE || !r->cands[r->tok_cand[k]].country[0]))
            return true;
    }
    return false;
}

/* "The envoy", "the American general": somebody spoken of before, if anybody. Not "an envoy", "the head of the union", "the
 * Boston prosecutor", "the first woman", "the host" beside a name. */
bool dgi_coref_described(const struct resolver *r, const struct cand *c)
{
    const struct dgi_doc *doc = r->doc;
    uint8_t rel = dgi_rel_base(doc->toks[c->head].rel);
    char buf[32];
    return c->person == DGI_NONE &&
           (rel == DGI_REL_NSUBJ || rel == DGI_REL_OBJ || rel == DGI_REL_IOBJ || rel == DGI_REL_OBL ||
            doc->toks[c->head].rel == DGI_REL_NMOD_POSS) &&
           dgi_tok_in(doc, dgi_child(doc, c->head, DGI_REL_DET, DGI_NONE), DGI_W_ACTOR_DEFINITE) &&
           !dgi_word_in(doc->words, DGI_W_AS, dgi_case_of(doc, c->head, buf, sizeof buf)) && !told_apart(r, c->head);
}

/* The entity of an actor at tok who takes part himself: no place, no adjective. */
static uint32_t party_at(const struct dgi_doc *doc, uint32_t tok)
{
    if (tok == DGI_NONE || doc->toks[tok].mention == DGI_NONE)
        return DGI_NONE;
    const struct dgi_mention *m = &doc->mentions[doc->toks[tok].mention];
    return m->adjectival || m->locative ? DGI_NONE : m->entity;
}

/* "His country", "the minister's nation": the owner's own. True when there is an owner of a known state. */
static bool of_the_owner(struct resolver *r, struct cand *c, dg_str owners)
{
    static const char country_key[] = "country";
    const struct dgi_doc *doc = r->doc;
    uint32_t p = dgi_child(doc, c->head, DGI_REL_NMOD_POSS, DGI_NONE);
    if (p == DGI_NONE || !dgi_str_in(owners, '|', dgi_str(country_key)) || dgi_is_plural(doc, c->head) ||
        party_at(doc, p) == DGI_NONE)
        return false;
    const struct dgi_entity *e = &doc->entities[party_at(doc, p)];
    char iso[4];
    memcpy(iso, e->country, 4);
    if (!iso[0] || (e->type != DGI_ENT_PERSON && e->type != DGI_ENT_ROLE))
        return false;
    dgi_actor_country_entity(r, c, iso);
    return true;
}

/* "Its small neighbour", "its rival": the other one of the two states that the text speaks of most, where the owner is one of them and no
 * third is spoken of as much. True when c has its entity. */
static bool other_of_two(struct resolver *r, struct cand *c)
{
    const struct dgi_doc *doc = r->doc;
    uint32_t p = dgi_child(doc, c->head, DGI_REL_NMOD_POSS, DGI_NONE), best = DGI_NONE, third = 0, own = 0;
    if (p == DGI_NONE || party_at(doc, p) == DGI_NONE || dgi_is_plural(doc, c->head) ||
        doc->entities[party_at(doc, p)].type != DGI_ENT_COUNTRY)
        return false;
    const char *iso = doc->entities[party_at(doc, p)].country;
    for (uint32_t i = 0; i < r->n_focus; i++) {
        if (!memcmp(r->focus[i].iso, iso, 4)) {
            own = r->focus[i].n;
        } else if (best == DGI_NONE || r->focus[i].n > r->focus[best].n) {
            third = best == DGI_NONE ? 0 : r->focus[best].n;
            best = i;
        } else if (r->focus[i].n > third) {
            third = r->focus[i].n;
        }
    }
    if (best == DGI_NONE || r->focus[best].n < 2 || r->focus[best].n <= third || own <= third)
        return false;
    char other[4];
    memcpy(other, r->focus[best].iso, 4);
    dgi_actor_country_entity(r, c, other);
    return true;
}

/* "Two parties of the old majority", without an article: people of whom the text has not spoken. */
static bool new_two(const struct resolver *r, const struct cand *c)
{
    const struct dgi_doc *doc = r->doc;
    char buf[32];
    for (uint32_t ch = DGI_NONE; (ch = dgi_child(doc, c->head, DGI_REL_NMOD, ch)) != DGI_NONE;)
        if (r->tok_cand[ch] != DGI_NONE && (dgi_word_in(doc->words, DGI_W_OF, dgi_case_of(doc, ch, buf, sizeof buf)) ||
                                            dgi_word_in(doc->words, DGI_W_FROM, dgi_case_of(doc, ch, buf, sizeof buf))))
            return true; /* "the delegations from Kenya and Uganda" */
    if (dgi_child(doc, c->head, DGI_REL_DET, DGI_NONE) != DGI_NONE || doc->toks[c->first].upos != DGI_NUM)
        return false;
    for (uint32_t ch = DGI_NONE; (ch = dgi_child(doc, c->head, DGI_REL_NMOD, ch)) != DGI_NONE;)
        if (dgi_word_in(doc->words, DGI_W_OF, dgi_case_of(doc, ch, buf, sizeof buf)))
            return true;
    return false;
}

/* "The two sides", "three states", "its neighbour": those whom the text speaks of, by their number. False: another kind of noun. */
static bool by_number(struct resolver *r, struct cand *c, dg_str owners)
{
    static const char last_key[] = "two:last", joined_key[] = "joined", other_key[] = "other",
                      joint_key[] = "two:joint";
    if (dgi_str_is(owners, joint_key)) {
        take_pair(r, c);
    } else if (dgi_str_is(owners, other_key)) {
        other_of_two(r, c);
    } else if (dgi_str_starts(owners, DGI_S("two:"))) {
        if (!new_two(r, c) && (!dgi_str_is(owners, last_key) || !take_pair(r, c)))
            take_two(r, c, owners);
    } else if (dgi_str_is(owners, joined_key)) {
        take_list(r, c);
    } else {
        return false;
    }
    return true;
}

void dgi_coref_nominal(struct resolver *r, struct cand *c)
{
    const struct dgi_doc *doc = r->doc;
    const struct dgi_table *t = r->ctx->nominals;
    dg_str owners = dgi_table_cell(t, c->nominal, NM_OWNERS), one;
    char low[64];
    dg_str word = dgi_utf8_lower_buf(doc->toks[c->head].lemma.len ? doc->toks[c->head].lemma : doc->toks[c->head].form,
                                     low, sizeof low);
    if (by_number(r, c, owners))
        return;
    if (c->kind == C_NOMINAL)
        for (uint32_t i = 0; i < c->n_mods; i++) { /* "the Russian side", "Gulf states" */
            const struct cand *m = &r->cands[c->mods[i]];
            if (m->entity != DGI_NONE && (c->link[i] == L_ADJ || c->link[i] == L_OF) &&
                (m->kind == C_ADJ || m->kind == C_COUNTRY || m->kind == C_ORG)) {
                if (dgi_str_in(owners, '|', DGI_S("side")))
                    c->entity = m->entity;
                return;
            }
        }
    if (of_the_owner(r, c, owners) || !definite_np(r, c))
        return;
    static const char person_key[] = "person", people_key[] = "people"; /* "the visitor", "the intruders" */
    if (dgi_str_is(owners, person_key) || dgi_str_is(owners, people_key)) {
        if (dgi_coref_described(r, c))
            dgi_coref_rank(r, c, dgi_str_is(owners, person_key) ? DGI_COREF_PERSON : DGI_COREF_PEOPLE);
        return;
    }
    char buf[32];
    for (uint32_t ch = DGI_NONE; (ch = dgi_child(doc, c->head, DGI_REL_NMOD, ch)) != DGI_NONE;)
        if (dgi_str_is(dgi_case_of(doc, ch, buf, sizeof buf), "of"))
            return; /* "the state of emergency", "the group of friends": said by what follows */
    uint32_t best = DGI_NONE;
    char twin[4] = "";
    static const char proper_key[] = "proper|"; /* "the North" of a people */
    bool listed = false, by_focus = false, proper = dgi_str_starts(owners, dgi_str(proper_key));
    if (proper && !dgi_is_upper_initial(doc->toks[c->head].form))
        return;
    while (dgi_str_next(&owners, '|', &one))
        for (uint32_t i = doc->n_entities, n = 0; i-- > 0 && n < MOST_BACK; n++) {
            const struct dgi_entity *e = &doc->entities[i];
            const struct ent_info *in = &r->info[i];
            bool fits = false;
            if (in->last_name == DGI_NONE || in->last_name >= c->first)
                continue;
            if (dgi_str_is(one, "org")) {
                fits = in->t && in->t != r->ctx->persons &&
                       dgi_str_in(dgi_table_cell(in->t, in->row, OG_NOMINALS), '|', word);
                if (!fits && !in->t &&
                    e->type == DGI_ENT_ORG) { /* an unknown "Electoral Commission": "the commission" */
                    char b[64];
                    fits = dgi_str_eq(dgi_utf8_lower_buf(last_word(e->name), b, sizeof b), word);
                }
            } else if (dgi_str_is(one, "country")) {
                fits = e->type == DGI_ENT_COUNTRY &&
                       doc->toks[c->head].rel != DGI_REL_COMPOUND && /* not "state subsidies" */
                       sent_of(r, c->head) - sent_of(r, in->last_name) <= PRONOUN_SENTS;
                by_focus = true;
            } else if (dgi_str_is(one, "group")) {
                fits = e->type == DGI_ENT_GROUP;
            } else if (one.len == TWIN) { /* "PRK:KOR": the North, where the South was named */
                if (dgi_str_is(dgi_str_sub(one, 4, one.len), e->country) && e->political && !twin[0])
                    dgi_actor_iso(twin, dgi_str_sub(one, 0, 3));
            } else if (one.len == 3) {
                fits = dgi_str_is(one, e->country) && doc->toks[c->head].rel != DGI_REL_COMPOUND &&
                       (e->type == DGI_ENT_COUNTRY || (proper && e->political));
                listed = true;
            }
            if (!fits)
                continue;
            if (best != DGI_NONE && by_focus) { /* "the country" is the one that the document is about */
                uint32_t a = dgi_actor_focus(r, e->country), b = dgi_actor_focus(r, doc->entities[best].country);
                if (a > b || (a == b && in->last_name > r->info[best].last_name))
                    best = i;
                continue;
            }
            if (best == DGI_NONE ||
                (listed && in->n_names != r->info[best].n_names ? in->n_names > r->info[best].n_names
                                                                : in->last_name > r->info[best].last_name))
                best = i; /* of two kingdoms the one that is spoken of more */
        }
    c->entity = best;
    if (best == DGI_NONE && twin[0])
        dgi_actor_country_entity(r, c, twin);
    if (proper && best != DGI_NONE && doc->entities[best].type != DGI_ENT_COUNTRY) { /* only its people were named */
        char iso[4];
        memcpy(iso, doc->entities[best].country, 4);
        dgi_actor_country_entity(r, c, iso);
    }
}

/* ---- pronouns ---- */
/* The verb of the sentence before when c is the subject of this sentence's verb, which is *own; DGI_NONE. */
uint32_t dgi_coref_verb_before(const struct resolver *r, const struct cand *c, uint32_t *own)
{
    const struct dgi_doc *doc = r->doc;
    uint32_t sent = sent_of(r, c->head);
    *own = doc->toks[c->head].head;
    if (!sent || *own == DGI_NONE || dgi_rel_base(doc->toks[c->head].rel) != DGI_REL_NSUBJ ||
        doc->sents[sent].root != *own)
        return DGI_NONE;
    uint32_t v = doc->sents[sent - 1].root;
    return v != DGI_NONE && doc->toks[v].upos == DGI_VERB ? v : DGI_NONE;
}

/* Whom the verb v addresses or is joined with: object, else what stands behind one preposition. */
uint32_t dgi_coref_other_party(const struct dgi_doc *doc, uint32_t v)
{
    static const uint8_t rels[] = {DGI_REL_IOBJ, DGI_REL_OBJ, DGI_REL_OBL};
    for (size_t k = 0; k < sizeof rels / sizeof *rels; k++)
        for (uint32_t ch = DGI_NONE; (ch = dgi_child(doc, v, rels[k], ch)) != DGI_NONE;)
            if (ch > v && dgi_child(doc, ch, DGI_REL_CONJ, DGI_NONE) == DGI_NONE && party_at(doc, ch) != DGI_NONE)
                return party_at(doc, ch);
    return DGI_NONE;
}

/* "A accused B. It denied the charge": who is addressed answers. "A met B. They agreed": both. True when c has its entity. */
static bool answers(struct resolver *r, struct cand *c, bool many, bool person)
{
    const struct dgi_doc *doc = r->doc;
    uint32_t own, v = dgi_coref_verb_before(r, c, &own);
    if (v == DGI_NONE)
        return false;
    uint32_t other = dgi_coref_other_party(doc, v);
    if (other == DGI_NONE)
        return false;
    const struct dgi_entity *o = &doc->entities[other];
    if (dgi_actor_cue(r->ctx, "address", doc->toks[v].lemma) && dgi_actor_cue(r->ctx, "answer", doc->toks[own].lemma) &&
        (many ? o->type == DGI_ENT_ROLE || o->type == DGI_ENT_GROUP : person == (o->type == DGI_ENT_PERSON))) {
        c->entity = other;
        return true;
    }
    uint32_t first = party_at(doc, dgi_child(doc, v, DGI_REL_NSUBJ, DGI_NONE));
    if (!many || first == DGI_NONE || first == other || !dgi_actor_cue(r->ctx, "joint", doc->toks[v].lemma) ||
        doc->entities[first].type != o->type || (o->type != DGI_ENT_PERSON && o->type != DGI_ENT_COUNTRY))
        return false;
    c->entity = first;
    c->also[0] = other;
    return true;
}

static bool of_a_kind(const struct dgi_entity *a, const struct dgi_entity *b)
{
    bool x = a->type == DGI_ENT_PERSON, y = b->type == DGI_ENT_PERSON;
    return x == y && a->political && b->political;
}

/* "Each accuses the other", "the two agreed": the pair named last, joined by "and", by one noun ("the two states") or as the
 * parties of one verb. */
static bool take_pair(struct resolver *r, struct cand *c)
{
    const struct dgi_doc *doc = r->doc;
    uint32_t sent = sent_of(r, c->first), from = doc->sents[sent > 2 ? sent - 2 : 0].first;
    for (uint32_t i = c->first; i-- > from;) {
        uint32_t a = party_at(doc, i), k = dgi_child(doc, i, DGI_REL_CONJ, DGI_NONE), b;
        const struct cand *two = r->tok_cand[i] == DGI_NONE ? NULL : &r->cands[r->tok_cand[i]];
        if (two && two->head == i && two->entity != DGI_NONE && two->also[0] != DGI_NONE && two->also[1] == DGI_NONE &&
            dgi_is_plural(doc, i)) { /* "the two governments" */
            c->entity = two->entity;
            c->also[0] = two->also[0];
            return true;
        }
        if (a != DGI_NONE && k != DGI_NONE && dgi_child(doc, i, DGI_REL_CONJ, k) == DGI_NONE &&
            (b = party_at(doc, k)) != DGI_NONE && b != a && of_a_kind(&doc->entities[a], &doc->entities[b])) {
            c->entity = a;
            c->also[0] = b;
            return true;
        }
        if (doc->toks[i].upos != DGI_VERB || !dgi_actor_cue(r->ctx, "joint", doc->toks[i].lemma))
            continue;
        a = party_at(doc, dgi_child(doc, i, DGI_REL_NSUBJ, DGI_NONE));
        b = dgi_coref_other_party(doc, i);
        if (a != DGI_NONE && b != DGI_NONE && a != b && of_a_kind(&doc->entities[a], &doc->entities[b])) {
            c->entity = a;
            c->also[0] = b;
            return true;
        }
    }
    return false;
}

/* "The American ambassador met X. He ...": one person without a name, of whom the sentence spoke. */
static bool held_alone(const struct resolver *r, const struct ent_info *in)
{
    const struct dgi_doc *doc = r->doc;
    uint32_t t = in->last_name, k = t == DGI_NONE ? DGI_NONE : r->tok_cand[t];
    if (k == DGI_NONE || in->last_subj != t || in->last_tok != t || dgi_is_plural(doc, t))
        return false;
    return r->cands[k].kind == C_ROLE && r->cands[k].country[0] &&
           dgi_str_is(dgi_table_cell(r->ctx->roles, r->cands[k].row, RL_KIND), "person");
}

static void person_pronoun(struct resolver *r, struct cand *c, char gender)
{
    const struct dgi_doc *doc = r->doc;
    uint32_t sent = sent_of(r, c->head);
    double best = -1e9;
    if (answers(r, c, false, true) && (!r->info[c->entity].gender || r->info[c->entity].gender == gender))
        return;
    c->entity = DGI_NONE;
    for (uint32_t i = doc->n_entities, n = 0; i-- > 0 && n < MOST_BACK; n++) {
        const struct dgi_entity *e = &doc->entities[i];
        const struct ent_info *in = &r->info[i];
        bool office = e->type == DGI_ENT_ROLE && held_alone(r, in);
        if ((e->type != DGI_ENT_PERSON && !office) || in->last_tok == DGI_NONE || (in->gender && in->gender != gender))
            continue;
        uint32_t d = sent - sent_of(r, in->last_tok);
        if (d > PRONOUN_SENTS || dgi_coref_own_subject(r, c, i))
            continue;
        double score = -2.0 * d + (in->gender ? 0.6 : 0) - 1e-4 * (c->head > in->last_tok ? c->head - in->last_tok : 0);
        if (in->last_subj != DGI_NONE && sent_of(r, in->last_subj) == sent_of(r, in->last_tok))
            score += 1.2;
        if (score > best) {
            best = score;
            c->entity = i;
        }
    }
}

/* "Niger charged Benin with going back on its word": a word that one can only break oneself is of whoever is accused; "of detaining
 * its diplomats" is not. */
static bool of_the_accused(struct resolver *r, struct cand *c)
{
    const struct dgi_doc *doc = r->doc;
    uint32_t v = doc->toks[c->head].head, o;
    if (v == DGI_NONE || !dgi_actor_cue(r->ctx, "own", doc->toks[v].lemma))
        return false;
    for (int k = 0; k < 3 && v != DGI_NONE && doc->toks[v].upos != DGI_VERB; k++)
        v = doc->toks[v].head;
    if (v == DGI_NONE || !dgi_str_is(doc->toks[v].xpos, "VBG") || doc->toks[v].head == DGI_NONE)
        return false;
    bool of = false;
    for (uint32_t ch = doc->toks[v].first_child; ch != DGI_NONE; ch = doc->toks[ch].next_sib)
        of = of || ((doc->toks[ch].rel == DGI_REL_MARK || doc->toks[ch].rel == DGI_REL_CASE) &&
                    dgi_tok_in(doc, ch, DGI_W_OF));
    o = of ? dgi_child(doc, doc->toks[v].head, DGI_REL_OBJ, DGI_NONE) : DGI_NONE;
    if (o == DGI_NONE || o > c->head || party_at(doc, o) == DGI_NONE ||
        doc->entities[party_at(doc, o)].type == DGI_ENT_PERSON)
        return false;
    c->entity = party_at(doc, o);
    return true;
}

/* "Chad accused Libya of bombing its towns", "urged Oman to free its sailors": nobody bombs his own or has to free them; whose
 * they are is said by the state that complains. Not "of massing its troops"; not who is held at home ("its dissidents") or
 * said to be ("its own people"); a body of many states or a society has no towns. */
static bool of_the_accuser(struct resolver *r, struct cand *c, bool many)
{
    const struct dgi_doc *doc = r->doc;
    uint32_t v = doc->toks[c->head].head, up;
    for (int k = 0; k < 3 && v != DGI_NONE && doc->toks[v].upos != DGI_VERB; k++)
        v = doc->toks[v].head;
    char buf[32];
    uint32_t ground = doc->toks[c->head].head; /* "of moving tanks into its valley" */
    bool into = ground != DGI_NONE && dgi_rel_base(doc->toks[ground].rel) == DGI_REL_OBL &&
                dgi_actor_cue(r->ctx, "intrude", dgi_case_of(doc, ground, buf, sizeof buf));
    if (v == DGI_NONE || v > c->head || (!into && !dgi_actor_cue(r->ctx, "hurt", doc->toks[v].lemma)) ||
        dgi_actor_cue(r->ctx, "inmate", doc->toks[doc->toks[c->head].head].lemma) ||
        (c->head + 1 < doc->n_toks && dgi_str_is(doc->toks[c->head + 1].lemma, "own")))
        return false;
    up = doc->toks[v].head;
    if (up != DGI_NONE && doc->toks[up].upos != DGI_VERB) /* "accused the [army of shelling its towns]" */
        up = doc->toks[up].head;
    if (up == DGI_NONE || !dgi_actor_cue(r->ctx, "address", doc->toks[up].lemma))
        return false;
    uint32_t by = party_at(doc, dgi_child(doc, up, DGI_REL_NSUBJ, DGI_NONE)), of = dgi_coref_other_party(doc, up);
    if (of == DGI_NONE) /* read as the one who does it: "accused [Libya of bombing ..]" */
        of = party_at(doc, dgi_child(doc, v, DGI_REL_NSUBJ, DGI_NONE));
    if (by == DGI_NONE || of == DGI_NONE || by == of ||
        (doc->entities[by].type != DGI_ENT_COUNTRY && !(many && doc->entities[by].type == DGI_ENT_ROLE)))
        return false;
    c->entity = by;
    return true;
}

/* "it", "its", "they", "their": the nearest subject to the left that agrees, in this sentence or the one before. */
static void thing_pronoun(struct resolver *r, struct cand *c, bool many, bool possessive)
{
    const struct dgi_doc *doc = r->doc;
    uint32_t sent = sent_of(r, c->head), from = doc->sents[sent ? sent - 1 : 0].first, fallback = DGI_NONE,
             weak = DGI_NONE;
    uint32_t up = doc->toks[c->head].head;
    if (!many && up != DGI_NONE && dgi_rel_base(doc->toks[c->head].rel) == DGI_REL_NSUBJ &&
        dgi_child(doc, up, DGI_REL_COP, DGI_NONE) != DGI_NONE &&
        (doc->toks[up].upos == DGI_PROPN || doc->toks[up].upos == DGI_ADJ ||
         dgi_child(doc, up, DGI_REL_ACL_RELCL, DGI_NONE) != DGI_NONE))
        return; /* "It is Chad that ...", "it is clear" */
    if (!possessive && answers(r, c, many, false))
        return;
    if (possessive && !many && of_the_accused(r, c))
        return;
    uint8_t own = dgi_rel_base(doc->toks[c->head].rel);
    if (own == DGI_REL_OBJ || own == DGI_REL_IOBJ || own == DGI_REL_OBL) { /* "sent Chad a letter and gave it a week" */
        for (uint32_t i = c->head; i-- > doc->sents[sent].first;) {
            const struct dgi_tok *t = &doc->toks[i];
            uint8_t rel = dgi_rel_base(t->rel);
            if (rel != DGI_REL_OBJ && rel != DGI_REL_IOBJ &&
                !(rel == DGI_REL_OBL && t->mention != DGI_NONE && t->rel != DGI_REL_OBL_AGENT))
                continue;
            const struct dgi_mention *m = t->mention == DGI_NONE ? NULL : &doc->mentions[t->mention];
            const struct dgi_entity *e = m ? &doc->entities[m->entity] : NULL;
            if (e && e->type != DGI_ENT_PERSON && !m->adjectival && !m->locative && e->political && m->head == i &&
                (!many || e->type != DGI_ENT_COUNTRY) && !dgi_coref_own_subject(r, c, m->entity) &&
                m->kind != DGI_MENTION_PRONOUN) {
                c->entity = m->entity;
                return;
            }
            if (!e && !many && t->upos == DGI_NOUN && rel == DGI_REL_OBJ && t->head != doc->toks[c->head].head)
                return;
        }
    }
    bool thing = false;
    for (uint32_t i = c->head; i-- > from;) {
        const struct dgi_tok *t = &doc->toks[i];
        if (i < doc->sents[sent].first && thing && !many && !possessive)
            return; /* "Oduya praised the plan, saying it ...": the accord */
        thing |= i >= doc->sents[sent].first && t->mention == DGI_NONE && t->upos == DGI_NOUN &&
                 dgi_rel_base(t->rel) == DGI_REL_OBJ;
        bool subject = dgi_rel_base(t->rel) == DGI_REL_NSUBJ;
        if (t->mention != DGI_NONE) {
            const struct dgi_mention *m = &doc->mentions[t->mention];
            const struct dgi_entity *e = &doc->entities[m->entity];
            bool fits = e->type == DGI_ENT_COUNTRY || e->type == DGI_ENT_ORG || e->type == DGI_ENT_GROUP ||
                        (e->type == DGI_ENT_ROLE && (many || !is_plural_noun(doc, i)));
            if (many && e->type == DGI_ENT_COUNTRY && !is_plural_noun(doc, i) && m->kind == DGI_MENTION_NAME) {
                if (subject && weak == DGI_NONE && !dgi_coref_own_subject(r, c, m->entity))
                    weak = m->entity; /* "Russia ... they" when nothing plural is near */
                fits = false;
            }
            if (fits && m->kind == DGI_MENTION_PRONOUN && dgi_is_relative(doc, i) &&
                dgi_tok_in(doc, i, DGI_W_RELATIVE_THING))
                fits = false;
            bool joined = dgi_child(doc, i, DGI_REL_CONJ, DGI_NONE) != DGI_NONE;
            if (joined && many && subject && e->type != DGI_ENT_ROLE) {
                dgi_coref_take_joined(r, c, i); /* "Chad and Niger ... their" */
                return;
            }
            if ((joined || t->rel == DGI_REL_CONJ) && !many)
                fits = false;
            if (!e->political)
                fits = false;
            if (fits && !m->adjectival && !m->locative && m->head == i) {
                if (subject && !dgi_coref_own_subject(r, c, m->entity)) {
                    if (many)
                        dgi_coref_take_all(r, c, i);
                    else
                        c->entity = m->entity;
                    return;
                }
                if (fallback == DGI_NONE && !dgi_coref_own_subject(r, c, m->entity))
                    fallback = m->entity;
            }
        } else if (subject && dgi_child(doc, i, DGI_REL_APPOS, DGI_NONE) != DGI_NONE &&
                   doc->toks[dgi_child(doc, i, DGI_REL_APPOS, DGI_NONE)].mention !=
                       DGI_NONE) { /* "One of them, the SDF, said it" */
            const struct dgi_entity *e =
                &doc->entities[doc->mentions[doc->toks[dgi_child(doc, i, DGI_REL_APPOS, DGI_NONE)].mention].entity];
            if (e->type != DGI_ENT_PERSON && e->political) {
                c->entity = (uint32_t)(e - doc->entities);
                return;
            }
        } else if (subject && (t->upos == DGI_NOUN || t->upos == DGI_PROPN) && !many && !possessive) {
            bool human = dgi_actor_cue(r->ctx, "human", t->lemma);
            if (!human)
                return; /* a thing stands nearer than any actor */
        }
    }
    if (many && !possessive && fallback == DGI_NONE && take_pair(r, c))
        return;
    if (many || possessive)
        c->entity = fallback != DGI_NONE ? fallback : weak;
}

static void relative_pronoun(struct resolver *r, struct cand *c)
{
    const struct dgi_doc *doc = r->doc;
    uint32_t at = c->head;
    for (int step = 0; step < 5 && at != DGI_NONE; step++) {
        uint8_t rel = doc->toks[at].rel;
        at = doc->toks[at].head;
        if (rel != DGI_REL_ACL_RELCL)
            continue;
        if (at == DGI_NONE || at >= c->head || doc->toks[at].mention == DGI_NONE)
            return;
        const struct dgi_mention *m = &doc->mentions[doc->toks[at].mention];
        if (m->head == at || m->end <= c->first)
            dgi_coref_take_all(r, c, at);
        return;
    }
}

/* What the rules say goes to the weights, which may know better. */
static void personal(struct resolver *r, struct cand *c, char gender)
{
    const struct dgi_tok *t = &r->doc->toks[c->head];
    person_pronoun(r, c, gender);
    if (dgi_str_find(t->feats, DGI_S("Reflex=Yes")) == SIZE_MAX)
        dgi_coref_rank(r, c,
                       t->rel == DGI_REL_NMOD_POSS             ? DGI_COREF_HIS
                       : dgi_rel_base(t->rel) == DGI_REL_NSUBJ ? DGI_COREF_HE
                                                               : DGI_COREF_HIM);
    if (c->entity != DGI_NONE && !r->info[c->entity].gender && r->doc->entities[c->entity].type == DGI_ENT_PERSON)
        r->info[c->entity].gender = gender; /* said of her once, "he" is somebody else */
}

static void impersonal(struct resolver *r, struct cand *c, bool many)
{
    const struct dgi_tok *t = &r->doc->toks[c->head];
    bool owner = t->rel == DGI_REL_NMOD_POSS, subject = dgi_rel_base(t->rel) == DGI_REL_NSUBJ;
    if ((owner || dgi_str_is(t->xpos, "PRP$")) && of_the_accuser(r, c, many))
        return;
    thing_pronoun(r, c, many, owner);
    if (dgi_str_find(t->feats, DGI_S("Reflex=Yes")) != SIZE_MAX)
        return;
    if (many)
        dgi_coref_rank(r, c, owner ? DGI_COREF_THEIR : subject ? DGI_COREF_THEY : DGI_COREF_THEM);
    else
        dgi_coref_rank(r, c, owner ? DGI_COREF_ITS : subject ? DGI_COREF_IT : DGI_COREF_IT_OBJ);
}

void dgi_coref_pronoun(struct resolver *r, struct cand *c)
{
    const struct dgi_tok *t = &r->doc->toks[c->head];
    char low[16];
    dg_str f = dgi_utf8_lower_buf(t->form, low, sizeof low);
    if (dgi_str_find(t->feats, DGI_S("PronType=Int")) != SIZE_MAX ||
        dgi_str_find(t->feats, DGI_S("PronType=Dem")) != SIZE_MAX)
        return;
    if (dgi_actor_cue(r->ctx, "he", f))
        personal(r, c, 'm');
    else if (dgi_actor_cue(r->ctx, "she", f))
        personal(r, c, 'f');
    else if (dgi_actor_cue(r->ctx, "it", f))
        impersonal(r, c, false);
    else if (dgi_actor_cue(r->ctx, "they", f))
        impersonal(r, c, true);
    else if (dgi_actor_cue(r->ctx, "relative", f))
        relative_pronoun(r, c);
    else if (dgi_actor_cue(r->ctx, "pair", f) && !take_pair(r, c) && dgi_rel_base(t->rel) != DGI_REL_NSUBJ &&
             dgi_tok_in(r->doc, c->head, DGI_W_ACTOR_BOTH))
        take_two_most(r, c, true); /* "urged both to talk": who they are the text has said */
}

/* ---- the first person ---- */
static uint32_t find_entity(const struct dgi_doc *doc, dg_str actor)
{
    for (uint32_t i = 0; i < doc->n_entities; i++)
        if (dgi_str_eq(doc->entities[i].actor, actor))
            return i;
    return DGI_NONE;
}

/* Whom a speaker means by "we". */
static uint32_t side_of(const struct dgi_actors_ctx *ctx, struct dgi_doc *doc, uint32_t speaker)
{
    const struct dgi_entity *e = &doc->entities[speaker];
    if (e->type != DGI_ENT_PERSON && e->type != DGI_ENT_ROLE)
        return speaker;
    if (e->type == DGI_ENT_PERSON) {
        const uint32_t *rows;
        uint32_t n;
        dg_str org = dgi_str("");
        if (dgi_phrase_lookup(ctx->persons, e->name, &rows, &n))
            org = dgi_table_cell(ctx->persons, rows[0], PS_ORG);
        uint32_t o = org.len ? find_entity(doc, org) : DGI_NONE;
        if (o != DGI_NONE)
            return o;
        for (uint32_t i = 0; !e->country[0] && e->cameo.len && i < doc->n_entities; i++)
            if (doc->entities[i].type == DGI_ENT_ORG && dgi_str_eq(doc->entities[i].cameo, e->cameo))
                return i;
    }
    if (!e->country[0] || !(dgi_str_in(e->sectors, ',', DGI_S("GOV")) || dgi_str_in(e->sectors, ',', DGI_S("MIL"))))
        return speaker;
    char id[16] = "country:";
    memcpy(id + 8, e->country, 4);
    uint32_t c = find_entity(doc, dgi_str(id));
    if (c != DGI_NONE)
        return c;
    char iso[4];
    memcpy(iso, e->country, 4);
    struct dgi_entity *ne = DGI_PUSH(doc->arena, doc->entities, doc->n_entities, doc->cap_entities);
    if (!ne)
        return speaker;
    ne->actor = dgi_arena_str(doc->arena, dgi_str(id));
    ne->name = dgi_actor_state_name(ctx, iso);
    ne->type = DGI_ENT_COUNTRY;
    memcpy(ne->country, iso, 4);
    ne->cameo = dgi_actor_state_cameo(ctx, iso);
    ne->sectors = ne->title = dgi_str("");
    ne->political = true;
    return doc->n_entities - 1;
}

/* "A minister told reporters in Vienna": does no phrase of his say of which state he is? Then the place did, which is a guess; police
 * and soldiers are of where they stand, ministers travel. */
static bool country_is_guessed(const struct dgi_doc *doc, uint32_t entity)
{
    const struct dgi_entity *e = &doc->entities[entity];
    bool said = false;
    if (e->type != DGI_ENT_ROLE || !e->country[0] || !dgi_str_in(e->sectors, ',', DGI_S("GOV")))
        return false;
    for (uint32_t i = 0; i < doc->n_mentions && !said; i++) {
        const struct dgi_mention *m = &doc->mentions[i];
        const struct dgi_sent *s = &doc->sents[doc->toks[m->head].sent];
        if (m->entity != entity || m->kind == DGI_MENTION_PRONOUN)
            continue;
        for (uint32_t t = s->first; t < s->end && !said; t++) {
            uint32_t k = t == m->head ? DGI_NONE : doc->toks[t].mention;
            said = k != DGI_NONE && !doc->mentions[k].locative &&
                   !strcmp(doc->entities[doc->mentions[k].entity].country, e->country) &&
                   dgi_dominates(doc, m->head, t);
        }
    }
    return !said;
}

/* The same role of no state. DGI_NONE: no memory. */
static uint32_t of_no_state(struct dgi_doc *doc, uint32_t role)
{
    dg_str was = doc->entities[role].actor, code = dgi_str_sub(was, dgi_str("role:ISO:").len, was.len);
    dg_str id = dgi_arena_printf(doc->arena, "role::%.*s", (int)code.len, code.ptr);
    uint32_t to = id.ptr ? find_entity(doc, id) : DGI_NONE;
    if (to != DGI_NONE || !id.ptr)
        return to;
    struct dgi_entity *e = DGI_PUSH(doc->arena, doc->entities, doc->n_entities, doc->cap_entities);
    if (!e)
        return DGI_NONE;
    *e = doc->entities[role];
    e->actor = id;
    e->cameo = e->cameo.len > 3 ? dgi_str_sub(e->cameo, 3, e->cameo.len) : e->cameo;
    e->n_mentions = 0;
    memset(e->country, 0, sizeof e->country);
    return doc->n_entities - 1;
}

/* Whom "we", "us", "our" of a speaker stand for. Of a state that is only guessed he speaks for nobody but himself, and nothing is
 * done to it. */
static uint32_t we_of(const struct dgi_actors_ctx *ctx, struct dgi_doc *doc, uint32_t speaker, uint32_t tok)
{
    if (!country_is_guessed(doc, speaker))
        return side_of(ctx, doc, speaker);
    uint32_t bare = dgi_rel_base(doc->toks[tok].rel) == DGI_REL_NSUBJ ? DGI_NONE : of_no_state(doc, speaker);
    return bare == DGI_NONE ? speaker : bare;
}

/* Who speaks as "I" and "we": who[tok] = 1 + entity. Returns how many tokens there are. */
static uint32_t first_persons(const struct dgi_actors_ctx *ctx, struct dgi_doc *doc, uint32_t *who, uint8_t *inner)
{
    uint32_t added = 0;
    for (uint32_t s = 0; s < doc->n_statements; s++) {
        const struct dgi_statement *st = &doc->statements[s];
        if (st->speaker == DGI_NONE || st->speaker >= doc->n_entities || st->sentence >= doc->n_sents)
            continue;
        uint32_t speaker = st->speaker;
        for (uint32_t k = 0; k < st->n_content; k++)
            for (uint32_t i = dgi_tok_from(doc, st->content[k].start);
                 i < doc->n_toks && doc->toks[i].start < st->content[k].end; i++) {
                const struct dgi_tok *t = &doc->toks[i];
                char low[16];
                if (t->upos != DGI_PRON || t->mention != DGI_NONE || (who[i] && (inner[i] || st->outer == DGI_NONE)))
                    continue;
                dg_str f = dgi_utf8_lower_buf(t->form, low, sizeof low);
                bool we = dgi_actor_cue(ctx, "we", f), me = dgi_actor_cue(ctx, "i", f);
                if (!we && !me)
                    continue;
                added += !who[i];
                who[i] = 1 + (we ? we_of(ctx, doc, speaker, i) : speaker);
                inner[i] = st->outer != DGI_NONE;
            }
    }
    return added;
}

/* Mentions of those tokens, put among the others where they belong. False: no memory. */
static bool add_mentions(struct dgi_doc *doc, uint32_t *who, uint32_t added, dgi_arena *scratch)
{
    uint32_t n = doc->n_mentions, total = n + added, out = 0, old = 0;
    struct dgi_mention *m = dgi_arena_array(doc->arena, total, sizeof *m);
    uint32_t *new_of = dgi_arena_array(scratch, n + 1, sizeof *new_of);
    if (!m || !new_of)
        return false;
    uint32_t *fresh = who; /* becomes 1 + new mention index of the token */
    for (uint32_t i = 0; i < doc->n_toks; i++) {
        for (; old < n && doc->mentions[old].first <= i; old++) {
            new_of[old] = out;
            m[out++] = doc->mentions[old];
        }
        if (!who[i])
            continue;
        m[out] = (struct dgi_mention){.span = {doc->toks[i].start, doc->toks[i].end},
                                      .first = i,
                                      .end = i + 1,
                                      .head = i,
                                      .entity = who[i] - 1,
                                      .kind = DGI_MENTION_PRONOUN};
        doc->entities[who[i] - 1].n_mentions++;
        fresh[i] = ++out;
    }
    for (; old < n; old++) {
        new_of[old] = out;
        m[out++] = doc->mentions[old];
    }
    for (uint32_t i = 0; i < doc->n_toks; i++) {
        if (fresh[i])
            doc->toks[i].mention = fresh[i] - 1;
        else if (doc->toks[i].mention != DGI_NONE)
            doc->toks[i].mention = new_of[doc->toks[i].mention];
    }
    doc->mentions = m;
    doc->n_mentions = doc->cap_mentions = out;
    return true;
}

/* "Our soldiers" said by a president are of his state: roles without a country whose owner is one of the first persons. */
static bool own_people(const struct dgi_actors_ctx *ctx, struct dgi_doc *doc)
{
    for (uint32_t i = 0; i < doc->n_mentions; i++) {
        const struct dgi_entity *e = &doc->entities[doc->mentions[i].entity];
        uint32_t p = dgi_child(doc, doc->mentions[i].head, DGI_REL_NMOD_POSS, DGI_NONE);
        if (doc->mentions[i].kind != DGI_MENTION_NOMINAL || e->type != DGI_ENT_ROLE || e->country[0] || p == DGI_NONE ||
            doc->toks[p].mention == DGI_NONE || !dgi_actor_cue(ctx, "we", doc->toks[p].form))
            continue;
        const char *iso = doc->entities[doc->mentions[doc->toks[p].mention].entity].country;
        if (!iso[0] || !dgi_str_starts(e->actor, DGI_S("role::")))
            continue;
        dg_str code = dgi_str_sub(e->actor, 6, e->actor.len), st = dgi_actor_state_cameo(ctx, iso);
        dg_str id = dgi_arena_printf(doc->arena, "role:%s:%.*s", iso, (int)code.len, code.ptr);
        uint32_t to = find_entity(doc, id), from = doc->mentions[i].entity;
        if (to == DGI_NONE) {
            struct dgi_entity *ne = DGI_PUSH(doc->arena, doc->entities, doc->n_entities, doc->cap_entities);
            if (!ne || !id.ptr)
                return false;
            const struct dgi_entity *was = &doc->entities[from]; /* the list may have moved */
            const char *own = doc->entities[doc->mentions[doc->toks[p].mention].entity].country;
            *ne = *was;
            ne->actor = id;
            ne->n_mentions = 0;
            memcpy(ne->country, own, 4);
            ne->cameo =
                dgi_arena_printf(doc->arena, "%.*s%.*s", (int)st.len, st.ptr, (int)was->cameo.len, was->cameo.ptr);
            to = doc->n_entities - 1;
        }
        doc->entities[from].n_mentions--;
        doc->entities[to].n_mentions++;
        doc->mentions[i].entity = to;
    }
    return true;
}

dg_status dgi_coref_first_person(const struct dgi_actors_ctx *ctx, struct dgi_doc *doc, dg_error *err)
{
    dgi_arena *a = dgi_arena_new(0);
    uint32_t *who = a ? dgi_arena_array(a, doc->n_toks + 1, sizeof *who) : NULL;
    uint8_t *inner = a ? dgi_arena_array(a, doc->n_toks + 1, 1) : NULL;
    bool ok = who && inner;
    if (ok && doc->n_statements) {
        uint32_t added = first_persons(ctx, doc, who, inner);
        ok = !added || (add_mentions(doc, who, added, a) && own_people(ctx, doc));
    }
    dgi_arena_free(a);
    return ok ? DG_OK : dgi_fail(err, DG_E_NOMEM, "no memory for first-person pronouns");
}
