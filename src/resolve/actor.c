/* SPDX-License-Identifier: Apache-2.0 */
/* resolve/actor.c: the actor stage. Country + role + organisation are put together; entities and mentions written.
 *
 * Reads   toks (tags, tree, name tags), meta.published; tables by way of actor_registry.c
 * Writes  entities, mentions, toks[].mention
 *
 * Candidates (actor_find.c) are resolved in the order of the text, what modifies a role before the role, so that "his
 * government" knows who he is. One entity per actor id: the id is the result of composition, coreference only helps to
 * find it. Known faults: docs/stages/actors.md. */
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "resolve/coref_in.h"

enum {
    MOST_DEPTH = 5,
    MOST_NP_LEFT = 12,
    MOST_SOURCES = 400 /* entities looked back at for the same unnamed source */
};

/* ---- entities ---- */
static uint32_t *hash_slot(struct resolver *r, dg_str actor)
{
    uint32_t mask = (1u << r->ent_bits) - 1, i = (uint32_t)dgi_str_hash(actor) & mask;
    while (r->ent_hash[i] && !dgi_str_eq(r->doc->entities[r->ent_hash[i] - 1].actor, actor))
        i = (i + 1) & mask;
    return &r->ent_hash[i];
}

static bool grow_hash(struct resolver *r)
{
    r->ent_bits = r->ent_bits ? r->ent_bits + 1 : 8;
    if (!(r->ent_hash = dgi_arena_array(r->a, (size_t)1 << r->ent_bits, sizeof *r->ent_hash)))
        return false;
    for (uint32_t i = r->doc->n_entities; i-- > 0;) /* backwards: of several of one id the first is found */
        *hash_slot(r, r->doc->entities[i].actor) = i + 1;
    return true;
}

static uint32_t new_entity(struct resolver *r, dg_str actor, dg_str name, uint8_t type)
{
    struct dgi_doc *doc = r->doc;
    uint32_t before = doc->n_entities;
    struct dgi_entity *e = DGI_PUSH(doc->arena, doc->entities, doc->n_entities, doc->cap_entities);
    struct ent_info *in = e ? DGI_PUSH(r->a, r->info, before, r->cap_info) : NULL;
    if (!in) {
        r->failed = true;
        return DGI_NONE;
    }
    uint32_t id = doc->n_entities - 1;
    e->actor = dgi_arena_str(doc->arena, actor);
    e->name = name.len ? dgi_arena_str(doc->arena, name) : name; /* it may be of this stage's memory */
    e->type = type;
    e->political = true;
    e->cameo = e->sectors = e->title = dgi_str("");
    in->last_tok = in->last_name = in->last_subj = in->row = DGI_NONE;
    in->office = dgi_str("");
    uint32_t *slot = hash_slot(r, actor);
    if (!*slot)
        *slot = id + 1;
    if ((doc->n_entities * 2 > 1u << r->ent_bits && !grow_hash(r)) ||
        (type == DGI_ENT_PERSON && !dgi_name_index_add(&r->persons, r->a, name, id)))
        r->failed = true;
    return id;
}

uint32_t dgi_actor_entity(struct resolver *r, dg_str actor, dg_str name, uint8_t type)
{
    uint32_t known = *hash_slot(r, actor);
    return known ? known - 1 : new_entity(r, actor, name, type);
}

dg_str dgi_actor_text(struct resolver *r, uint32_t first, uint32_t end)
{
    struct dgi_doc *doc = r->doc;
    size_t n = 0, from = doc->toks[first].start, to = doc->toks[end - 1].end;
    char *p = to > from ? dgi_arena_alloc(r->a, to - from + 1) : NULL;
    if (!p)
        return dgi_str("");
    for (size_t i = from; i < to; i++) { /* white space runs to one space: names go over line ends */
        char c = doc->text.ptr[i];
        if (c == '\n' || c == '\t' || c == '\r')
            c = ' ';
        if (!(c == ' ' && n && p[n - 1] == ' '))
            p[n++] = c;
    }
    return (dg_str){p, n};
}

static dg_str fmt2(struct resolver *r, const char *prefix, dg_str s)
{
    return dgi_arena_printf(r->a, "%s%.*s", prefix, (int)s.len, s.ptr);
}

void dgi_actor_country_entity(struct resolver *r, struct cand *c, const char iso[4])
{
    c->entity =
        dgi_actor_entity(r, fmt2(r, "country:", dgi_str(iso)), dgi_actor_state_name(r->ctx, iso), DGI_ENT_COUNTRY);
    if (c->entity == DGI_NONE)
        return;
    struct dgi_entity *e = &r->doc->entities[c->entity];
    memcpy(e->country, iso, 4);
    e->cameo = dgi_actor_state_cameo(r->ctx, iso);
}

static bool unnamed_source(const struct cand *c)
{
    return dgi_str_is(c->code, "SRC");
}

/* Unnamed sources share an id and are not the same: each is known by its own words. */
static uint32_t source_entity(struct resolver *r, dg_str id, dg_str name)
{
    const struct dgi_doc *doc = r->doc;
    for (uint32_t i = doc->n_entities, n = 0; i-- > 0 && n < MOST_SOURCES; n++)
        if (dgi_str_eq(doc->entities[i].actor, id) && dgi_fold_eq(doc->entities[i].name, name))
            return i;
    return new_entity(r, id, name, DGI_ENT_ROLE);
}

static uint32_t role_entity(struct resolver *r, const struct cand *c, const char *iso, dg_str name)
{
    dg_str id = dgi_arena_printf(r->a, "role:%s:%.*s", iso, (int)c->code.len, c->code.ptr);
    uint32_t k = unnamed_source(c) ? source_entity(r, id, name) : dgi_actor_entity(r, id, name, DGI_ENT_ROLE);
    if (k == DGI_NONE)
        return k;
    struct dgi_entity *e = &r->doc->entities[k];
    if (!e->n_mentions && !e->cameo.len) {
        dg_str st = iso[0] ? dgi_actor_state_cameo(r->ctx, iso) : dgi_str("");
        e->cameo = dgi_arena_printf(r->doc->arena, "%.*s%.*s", (int)st.len, st.ptr, (int)c->cameo.len, c->cameo.ptr);
        snprintf(e->country, sizeof e->country, "%s", iso);
        e->sectors = c->sectors;
        e->plural = true;
        e->political = dgi_str_is(dgi_table_cell(r->ctx->roles, c->row, RL_POLITICAL), "yes");
    }
    return k;
}

static void org_entity(struct resolver *r, struct cand *c)
{
    bool party = c->t == r->ctx->parties;
    dg_str id = dgi_table_cell(c->t, c->row, OG_ID), name = dgi_table_cell(c->t, c->row, OG_NAME);
    dg_str kind = dgi_table_cell(c->t, c->row, OG_KIND);
    bool group = c->t == r->ctx->groups || dgi_str_is(kind, "region");
    c->entity = dgi_actor_entity(r, fmt2(r, group ? "group:" : "org:", party ? name : id), name,
                                 group ? DGI_ENT_GROUP : DGI_ENT_ORG);
    if (c->entity == DGI_NONE)
        return;
    struct dgi_entity *e = &r->doc->entities[c->entity];
    e->known = true;
    dgi_actor_iso(e->country, dgi_table_cell(c->t, c->row, OG_COUNTRY));
    e->cameo = dgi_table_cell(c->t, c->row, OG_CAMEO);
    e->sectors = dgi_table_cell(c->t, c->row, OG_SECTORS);
    e->political = !dgi_str_is(dgi_table_cell(c->t, c->row, OG_KIND), "media") &&
                   !dgi_str_is(dgi_table_cell(c->t, c->row, OG_KIND), "sport");
    r->info[c->entity].t = c->t;
    r->info[c->entity].row = c->row;
}

/* ---- small questions to the tree ---- */
static uint32_t det_of(const struct dgi_doc *doc, uint32_t head)
{
    return dgi_child(doc, head, DGI_REL_DET, DGI_NONE);
}

static bool has_modifier_cue(struct resolver *r, const struct cand *c, const char *cue)
{
    const struct dgi_doc *doc = r->doc;
    for (uint32_t ch = doc->toks[c->head].first_child; ch != DGI_NONE; ch = doc->toks[ch].next_sib)
        if (ch < c->first && dgi_actor_cue(r->ctx, cue, doc->toks[ch].form))
            return true;
    uint32_t s = doc->sents[doc->toks[c->first].sent].first, i = c->first;
    for (int k = 0; k < 4 && i > s; k++) { /* "former U.S. Secretary of State X": the tree may hang it anywhere */
        i--;
        if (doc->toks[i].upos == DGI_VERB || doc->toks[i].upos == DGI_ADP || doc->toks[i].upos == DGI_PUNCT)
            break;
        if (dgi_actor_cue(r->ctx, cue, doc->toks[i].form))
            return true;
    }
    return false;
}

/* First token of the noun phrase whose head is `head`, starting at `first`. A name inside is taken whole or not at all. */
static uint32_t np_first(const struct resolver *r, uint32_t head, uint32_t first)
{
    const struct dgi_doc *doc = r->doc;
    uint32_t s = doc->sents[doc->toks[first].sent].first, from = first;
    for (int k = 0; k < MOST_NP_LEFT && first > s; k++) {
        const struct dgi_tok *t = &doc->toks[first - 1];
        uint32_t o = r->tok_cand[first - 1];
        bool inside = t->upos == DGI_DET || t->upos == DGI_ADJ || t->upos == DGI_NOUN || t->upos == DGI_PROPN ||
                      t->upos == DGI_NUM || t->upos == DGI_PART || t->upos == DGI_CCONJ || dgi_str_is(t->form, "-") ||
                      (t->upos == DGI_VERB && (t->rel == DGI_REL_AMOD || t->rel == DGI_REL_COMPOUND)) ||
                      (t->upos == DGI_PRON && t->rel == DGI_REL_NMOD_POSS);
        if (!inside || !dgi_dominates(doc, head, first - 1))
            break;
        if (o != DGI_NONE && r->cands[o].kind != C_ROLE && r->cands[o].first < first - 1) {
            if (!dgi_dominates(doc, head, r->cands[o].head))
                break;
            first = r->cands[o].first;
        } else {
            first--;
        }
    }
    while (first < from && (doc->toks[first].upos == DGI_CCONJ || doc->toks[first].upos == DGI_PUNCT ||
                            doc->toks[first].upos == DGI_PART))
        first++;
    return first;
}

static bool locative(struct resolver *r, const struct cand *c)
{
    const struct dgi_doc *doc = r->doc;
    const struct dgi_tok *t = &doc->toks[c->head];
    char buf[32];
    uint8_t base = dgi_rel_base(t->rel);
    if (base == DGI_REL_CONJ && t->head != DGI_NONE && doc->toks[t->head].mention != DGI_NONE)
        return doc->mentions[doc->toks[t->head].mention].locative;
    if (base != DGI_REL_OBL && base != DGI_REL_NMOD && base != DGI_REL_ROOT && base != DGI_REL_CONJ)
        return false;
    if (t->rel == DGI_REL_NMOD_POSS)
        return false;
    dg_str cs = dgi_case_of(doc, c->head, buf, sizeof buf);
    if (!cs.len)
        return false;
    if (dgi_actor_cue(r->ctx, "loc", cs))
        return true;
    if (dgi_actor_cue(r->ctx, "motion-prep", cs) && t->head != DGI_NONE)
        return (c->kind == C_CAPITAL && base == DGI_REL_NMOD && !dgi_word_in(doc->words, DGI_W_OF, cs)) ||
               dgi_actor_cue(r->ctx, "motion", doc->toks[t->head].lemma);
    return false;
}

/* ---- names ---- */
enum { MOST_ENDING = 3 }; /* letters of an ending of the cue one-of */

/* "the Israeli", "the Russian", told of one who is no noun to the tagger; "the French" are many. */
static bool names_one(const struct resolver *r, const struct cand *c)
{
    const struct dgi_tok *t = &r->doc->toks[c->head];
    uint8_t rel = dgi_rel_base(t->rel);
    if (c->kind != C_ADJ || c->adjectival || t->upos != DGI_ADJ || c->n_mods || c->end - c->first != 1 ||
        (rel != DGI_REL_NSUBJ && rel != DGI_REL_OBJ && rel != DGI_REL_IOBJ && t->rel != DGI_REL_NMOD_POSS) ||
        !dgi_tok_in(r->doc, det_of(r->doc, c->head), DGI_W_THE))
        return false;
    for (size_t n = 1; n <= MOST_ENDING && n < t->form.len; n++)
        if (dgi_actor_cue(r->ctx, "one-of", dgi_str_sub(t->form, t->form.len - n, t->form.len)))
            return true;
    return false;
}

static void resolve_word(struct resolver *r, struct cand *c)
{
    const struct dgi_tok *t = &r->doc->toks[c->head];
    dg_str role = c->t ? dgi_table_cell(r->ctx->words, c->row, WD_ROLE) : dgi_str("");
    bool modifier = t->rel == DGI_REL_AMOD || t->rel == DGI_REL_COMPOUND || t->rel == DGI_REL_OBL_UNMARKED ||
                    t->rel == DGI_REL_NMOD_UNMARKED;
    for (uint32_t i = 0; i < c->n_mods; i++)
        dgi_actor_resolve(r, c->mods[i], MOST_DEPTH);
    c->locative = (c->kind == C_COUNTRY || c->kind == C_CAPITAL || c->kind == C_REGION) && locative(r, c);
    c->adjectival = modifier || (c->kind == C_ADJ && c->parent != DGI_NONE);
    if (c->kind == C_CAPITAL && modifier)
        c->locative = true;
    if (c->kind == C_REGION) {
        c->hidden = true;
        dgi_actor_country_entity(r, c, c->country);
        return;
    }
    if (role.len > 1 && role.ptr[0] == '@' && !c->locative) { /* Brussels: the EU */
        uint32_t row = dgi_table_find(r->ctx->orgs, dgi_str_sub(role, 1, role.len));
        if (row != DGI_NONE) {
            struct cand org = *c;
            org.t = r->ctx->orgs;
            org.row = row;
            org_entity(r, &org);
            c->entity = org.entity;
            return;
        }
    }
    char iso[4];
    memcpy(iso, c->country, 4);
    for (uint32_t i = 0; i < c->n_mods; i++) { /* "the Kenyans of northern Uganda" */
        const struct cand *m = &r->cands[c->mods[i]];
        if ((c->link[i] == L_OF || c->link[i] == L_IN) && m->entity != DGI_NONE &&
            r->doc->entities[m->entity].country[0])
            memcpy(iso, r->doc->entities[m->entity].country, 4);
    }
    if (names_one(r, c) && dgi_coref_described(r, c))
        dgi_coref_rank(r, c, DGI_COREF_PERSON);
    if (c->entity != DGI_NONE)
        return;
    bool people =
        c->kind == C_DEMONYM || (c->kind == C_ADJ && !c->adjectival && (t->upos == DGI_NOUN || t->upos == DGI_PROPN));
    if (people) { /* "the Russians" may be the state; "two Russians", "Russians" are people */
        uint32_t d = det_of(r->doc, c->head);
        bool state = dgi_tok_in(r->doc, d, DGI_W_THE) &&
                     dgi_child(r->doc, c->head, DGI_REL_NUMMOD, DGI_NONE) == DGI_NONE && !memcmp(iso, c->country, 4);
        if (state && !c->n_mods && !dgi_is_plural(r->doc, c->head) && dgi_coref_described(r, c))
            dgi_coref_rank(r, c, DGI_COREF_PERSON); /* "the Briton" may be somebody named before */
        if (c->entity != DGI_NONE)
            return;
        if (!state) {
            struct cand role_c = *c;
            uint32_t row = dgi_table_find(r->ctx->roles, DGI_S("people"));
            role_c.code = dgi_str("CVL");
            role_c.cameo = dgi_str("CVL");
            role_c.sectors = dgi_str("CVL");
            role_c.row = row;
            c->entity = role_entity(r, &role_c, iso, dgi_actor_text(r, c->first, c->end));
            if (c->entity != DGI_NONE)
                r->doc->entities[c->entity].political = true;
            return;
        }
    }
    if (role.len && role.ptr[0] != '@') {
        struct cand role_c = *c;
        uint32_t row = dgi_table_find(r->ctx->roles, role); /* the role row's id, e.g. "military" */
        if (row != DGI_NONE) {
            role_c.row = row;
            role_c.code = dgi_table_cell(r->ctx->roles, row, RL_CODE);
            role_c.sectors = dgi_table_cell(r->ctx->roles, row, RL_SECTORS);
            role_c.cameo = dgi_table_cell(r->ctx->roles, row, RL_CAMEO);
            c->entity = role_entity(r, &role_c, c->country, dgi_actor_text(r, c->first, c->end));
            return;
        }
    }
    dgi_actor_country_entity(r, c, c->country);
    for (int i = 0; i < MOST_ALSO && c->more[i][0]; i++) { /* "the two Koreas" */
        struct cand other = *c;
        dgi_actor_country_entity(r, &other, c->more[i]);
        c->also[i] = other.entity;
    }
}

/* "Parliament of Iraq", "Royal Thai Navy": the one state that an organisation's own name names. */
static void country_in_name(struct resolver *r, struct cand *c)
{
    const uint32_t *rows;
    uint32_t n, len;
    char iso[4] = "", one[4];
    for (uint32_t i = c->first; i < c->end; i += len ? len : 1) {
        len = dgi_phrase_match(r->ctx->words, r->doc, i, c->end, &rows, &n);
        if (!len)
            continue;
        dgi_actor_iso(one, dgi_table_cell(r->ctx->words, rows[0], WD_STATE));
        if (iso[0] && memcmp(iso, one, 4))
            return;
        memcpy(iso, one, 4);
    }
    if (!c->country[0])
        memcpy(c->country, iso, 4);
}

/* The body whose acronym this document has given in brackets; DGI_NONE: none. */
static uint32_t of_acronym(const struct dgi_doc *doc, dg_str name)
{
    for (uint32_t i = 0; i < doc->n_entities && i < 400; i++)
        if ((doc->entities[i].type == DGI_ENT_ORG || doc->entities[i].type == DGI_ENT_GROUP) &&
            doc->entities[i].title.len && dgi_str_eq(doc->entities[i].title, name))
            return i;
    return DGI_NONE;
}

/* "the Emergency Situations Ministry": a body of state without a state is that of the land at hand, as a bare ministry is. */
static void of_state(struct resolver *r, struct cand *c, uint32_t role, struct dgi_entity *e)
{
    static const char *const bodies[] = {"GOV", "MIL", "COP", "JUD", "LEG", "SPY"};
    if (e->country[0] || !dgi_str_is(dgi_table_cell(r->ctx->roles, role, RL_KIND), "body") ||
        !dgi_str_is(dgi_table_cell(r->ctx->roles, role, RL_HOME), "yes"))
        return;
    c->row = role;
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++)
        if (dgi_str_is(dgi_table_cell(r->ctx->roles, role, RL_CODE), bodies[i])) {
            dgi_actor_country_at_hand(r, c, e->country, true);
            return;
        }
}

/* "the Permanent Council of the OAS", "the OAS Permanent Council": an organ of a body of states speaks for it. */
static bool part_of_body(struct resolver *r, struct cand *c, uint32_t first)
{
    const struct dgi_doc *doc = r->doc;
    const struct dgi_table *t = r->ctx->orgs;
    const uint32_t *rows, *roles;
    uint32_t n, n_roles;
    for (uint32_t i = first; i < c->end; i++) {
        uint32_t len = dgi_phrase_match(t, doc, i, c->end, &rows, &n);
        bool ends = len && i + len == c->end && i > first + 1, begins = len && i == first && len < c->end - first;
        if (!len || n != 1 || !dgi_str_is(dgi_table_cell(t, rows[0], OG_KIND), "igo") || (!ends && !begins))
            continue;
        uint32_t of = i;
        while (ends && of > first && doc->toks[of - 1].upos == DGI_DET)
            of--;
        if (ends && (of < first + 2 || !dgi_tok_in(doc, of - 1, DGI_W_OF)))
            continue;
        uint32_t head = ends ? of - 2 : c->end - 1; /* "Council", the last word of either */
        if (dgi_phrase_match(r->ctx->roles, doc, head, head + 1, &roles, &n_roles) != 1 ||
            !dgi_str_is(dgi_table_cell(r->ctx->roles, roles[0], RL_KIND), "body"))
            continue;
        c->t = t;
        c->row = rows[0];
        org_entity(r, c);
        return c->entity != DGI_NONE;
    }
    return false;
}

/* "Azadliq (Freedom": a bracket that the name opens and does not close is behind its end. */
static uint32_t before_bracket(const struct dgi_doc *doc, uint32_t first, uint32_t end)
{
    uint32_t open = DGI_NONE;
    for (uint32_t i = first; i < end; i++)
        if (dgi_str_is(doc->toks[i].form, "("))
            open = i;
        else if (dgi_str_is(doc->toks[i].form, ")"))
            open = DGI_NONE;
    return open != DGI_NONE && open > first ? open : end;
}

/* An organisation or people nobody has a row for: the last role word in the name says of what kind. */
static void resolve_unknown(struct resolver *r, struct cand *c, int depth)
{
    const struct dgi_doc *doc = r->doc;
    uint32_t first = c->first;
    for (uint32_t i = 0; i < c->n_mods; i++) {
        dgi_actor_resolve(r, c->mods[i], depth + 1);
        uint32_t e = r->cands[c->mods[i]].entity;
        if (!c->country[0] && e != DGI_NONE && c->link[i] != L_TO)
            memcpy(c->country, doc->entities[e].country, 4);
    }
    if (first + 1 < c->end && dgi_tok_in(doc, first, DGI_W_THE))
        first++;
    dg_str name = dgi_actor_text(r, first, before_bracket(doc, first, c->end));
    if (!name.len)
        return;
    bool people = c->name_type == DGI_NAME_NORP;
    if (c->end - first >= 2) /* the network's slip: a person named before */
        for (uint32_t i = 0; i < doc->n_entities && i < 400; i++)
            if (doc->entities[i].type == DGI_ENT_PERSON && dgi_fold_eq(doc->entities[i].name, name)) {
                c->entity = i;
                return;
            }
    if ((c->entity = of_acronym(doc, name)) != DGI_NONE || part_of_body(r, c, first))
        return;
    c->entity =
        dgi_actor_entity(r, fmt2(r, people ? "group:" : "org:", name), name, people ? DGI_ENT_GROUP : DGI_ENT_ORG);
    if (c->entity == DGI_NONE)
        return;
    struct dgi_entity *e = &r->doc->entities[c->entity];
    if (e->n_mentions)
        return;
    e->political = people || c->country[0];
    country_in_name(r, c);
    memcpy(e->country, c->country, 4);
    dg_str code = dgi_str(""), st;
    for (uint32_t i = first; i < c->end; i++) {
        const uint32_t *rows;
        uint32_t n, len = dgi_phrase_match(r->ctx->roles, doc, i, c->end, &rows, &n);
        if (len &&
            (i + len == c->end || doc->toks[i + len].rel == DGI_REL_CASE || doc->toks[i + len].upos == DGI_ADP)) {
            e->sectors = dgi_table_cell(r->ctx->roles, rows[0], RL_SECTORS);
            code = dgi_table_cell(r->ctx->roles, rows[0], RL_CAMEO);
            of_state(r, c, rows[0], e);
            e->political = dgi_str_is(dgi_table_cell(r->ctx->roles, rows[0], RL_POLITICAL), "yes");
            break;
        }
    }
    st = e->country[0] ? dgi_actor_state_cameo(r->ctx, e->country) : dgi_str("");
    e->cameo = dgi_arena_printf(doc->arena, "%.*s%.*s", (int)st.len, st.ptr, (int)code.len, code.ptr);
}

/* "Syrian Democratic Forces (SDF)": the acronym in brackets after a name is kept in the entity's title. */
static void note_acronym(struct resolver *r, const struct cand *c)
{
    const struct dgi_doc *doc = r->doc;
    if (c->entity == DGI_NONE || c->end + 2 >= doc->n_toks || !dgi_str_is(doc->toks[c->end].form, "(") ||
        !dgi_str_is(doc->toks[c->end + 2].form, ")"))
        return;
    dg_str a = doc->toks[c->end + 1].form;
    if (a.len < 2 || a.len > 10 || !dgi_is_upper_initial(a) || !dgi_is_upper_initial(dgi_str_sub(a, 1, a.len)))
        return;
    if (!r->doc->entities[c->entity].title.len)
        r->doc->entities[c->entity].title = a;
}

/* ---- roles ---- */
static void add_country(struct cand *c, const char iso[4])
{
    if (!iso[0] || !memcmp(c->country, iso, 4))
        return;
    for (int i = 0; i < MOST_ALSO; i++) {
        if (!memcmp(c->more[i], iso, 4))
            return;
        if (!c->more[i][0]) {
            memcpy(c->more[i], iso, 4);
            return;
        }
    }
}

static void role_takes(struct resolver *r, struct cand *c, uint8_t link, const struct cand *m)
{
    const struct dgi_entity *e = m->entity == DGI_NONE ? NULL : &r->doc->entities[m->entity];
    bool home = dgi_str_is(dgi_table_cell(r->ctx->roles, c->row, RL_HOME), "yes");
    if (link == L_TO || link == L_APPOS || !e)
        return;
    if (link == L_FOR && m->kind != C_ROLE && m->kind != C_PERSON && e->type == DGI_ENT_COUNTRY &&
        dgi_table_cell(r->ctx->roles, c->row, RL_CODE).len)
        return; /* "the UN envoy for Burma" is no Burmese; "a spokesman for Burma" is */
    bool inside = unnamed_source(c) && (m->kind == C_ROLE || m->kind == C_SEAT); /* "a source within the ministry" */
    if (link == L_IN && !inside && !(home && (e->type == DGI_ENT_COUNTRY || m->kind == C_REGION)))
        return;
    if (m->kind == C_ROLE) {
        if (m->org != DGI_NONE && c->org == DGI_NONE)
            c->org = m->org;
        else if (e->type == DGI_ENT_ORG || e->type == DGI_ENT_GROUP)
            c->org = c->org == DGI_NONE ? m->entity : c->org;
        if (!c->code.len) {
            c->code = m->code;
            c->sectors = m->sectors;
            c->cameo = m->cameo;
        }
    } else if (e->type == DGI_ENT_ORG || e->type == DGI_ENT_GROUP) {
        if (c->org == DGI_NONE)
            c->org = m->entity;
        return;
    }
    if (!e->country[0])
        return;
    if (!c->country[0])
        memcpy(c->country, e->country, 4);
    else if (memcmp(c->country, e->country, 4) && (m->kind == C_ADJ || m->kind == C_COUNTRY || m->kind == C_CAPITAL))
        add_country(c, e->country);
    for (int i = 0; i < MOST_ALSO; i++) /* "leaders of the five countries", "their negotiators" */
        if (m->also[i] != DGI_NONE)
            add_country(c, r->doc->entities[m->also[i]].country);
}

/* A title or noun with the definite article, a possessive or a country: one known holder is meant. */
static bool definite(struct resolver *r, const struct cand *c)
{
    const struct dgi_doc *doc = r->doc;
    uint32_t d = det_of(doc, c->head);
    if (d != DGI_NONE)
        return dgi_tok_in(doc, d, DGI_W_ACTOR_DEFINITE);
    uint8_t rel = doc->toks[c->head].rel;
    char buf[32];
    if (dgi_word_in(doc->words, DGI_W_AS, dgi_case_of(doc, c->head, buf, sizeof buf)))
        return false;
    return c->n_mods > 0 && rel != DGI_REL_XCOMP && dgi_child(doc, c->head, DGI_REL_COP, DGI_NONE) == DGI_NONE;
}

static uint32_t person_entity(struct resolver *r, uint32_t row);

/* "the UN's humanitarian chief", "the IMF mission chief": heads a part of the body, not all of it. "Its new chief" does. */
static bool of_a_part(const struct resolver *r, const struct cand *c)
{
    const struct dgi_doc *doc = r->doc;
    for (uint32_t k = doc->toks[c->head].first_child; k != DGI_NONE && k < c->head; k = doc->toks[k].next_sib) {
        const uint8_t rel = dgi_rel_base(doc->toks[k].rel), u = doc->toks[k].upos;
        if (k >= c->first && k < c->end)
            continue;
        const struct cand *in = r->tok_cand[k] == DGI_NONE ? NULL : &r->cands[r->tok_cand[k]];
        const bool party =
            in && (in->kind != C_ROLE || !dgi_str_is(dgi_table_cell(r->ctx->roles, in->row, RL_CODE), "GOV"));
        if (party || (rel != DGI_REL_COMPOUND && rel != DGI_REL_AMOD))
            continue; /* "the ANC party chief"; but "the IMF mission chief" */
        if (u == DGI_NOUN || (u == DGI_ADJ && !dgi_tok_in(doc, k, DGI_W_OFFICE_ADJ)))
            return true;
    }
    return false;
}

static uint32_t holder(struct resolver *r, const struct cand *c, const char *country)
{
    dg_str office = dgi_table_cell(r->ctx->roles, c->row, RL_OFFICE), one;
    char owner[72] = "";
    if (!office.len || c->deputy || (c->org == DGI_NONE && dgi_str_starts(office, DGI_S("head"))))
        return DGI_NONE; /* "Iran's nuclear chief" is not its head */
    if (c->org != DGI_NONE && dgi_str_starts(office, DGI_S("head")) && of_a_part(r, c))
        return DGI_NONE;
    if (c->org != DGI_NONE && dgi_str_starts(r->doc->entities[c->org].actor, DGI_S("org:"))) {
        dg_str id = dgi_str_sub(r->doc->entities[c->org].actor, 4, SIZE_MAX);
        snprintf(owner, sizeof owner, "@%.*s", (int)(id.len > 64 ? 64 : id.len), id.ptr);
    } else if (c->org == DGI_NONE) {
        snprintf(owner, sizeof owner, "%s", country);
    }
    if (!owner[0] && office.ptr[0] != '=')
        return DGI_NONE;
    uint32_t seen = dgi_coref_titled(r, c, office, country);
    if (seen != DGI_NONE)
        return seen;
    while (r->day != DGI_NO_DAY && dgi_str_next(&office, '|', &one)) { /* undated text: nobody is guessed */
        uint32_t row = dgi_actor_office_of(r->ctx, dgi_str(owner), one, r->day);
        if (row == DGI_NONE || !dgi_coref_bears_title(r, c, one, dgi_table_cell(r->ctx->offices, row, OF_TITLE)))
            continue;
        uint32_t who = dgi_table_find(r->ctx->persons, dgi_table_cell(r->ctx->offices, row, OF_PERSON));
        if (who != DGI_NONE)
            return person_entity(r, who);
    }
    return DGI_NONE;
}

static void compose(struct resolver *r, struct cand *c, int depth)
{
    const struct dgi_table *t = r->ctx->roles;
    c->org = DGI_NONE;
    c->code = dgi_table_cell(t, c->row, RL_CODE);
    c->sectors = dgi_table_cell(t, c->row, RL_SECTORS);
    c->cameo = dgi_table_cell(t, c->row, RL_CAMEO);
    for (uint32_t i = 0; i < c->n_mods; i++)
        dgi_actor_resolve(r, c->mods[i], depth + 1);
    for (uint32_t i = 0; i < c->n_mods; i++)
        if (c->link[i] != L_IN)
            role_takes(r, c, c->link[i], &r->cands[c->mods[i]]);
    for (uint32_t i = 0; i < c->n_mods; i++) /* "its embassy in Tehran" is not Tehran's */
        if (c->link[i] == L_IN && !c->country[0] && c->org == DGI_NONE)
            role_takes(r, c, L_IN, &r->cands[c->mods[i]]);
    if (!c->code.len) { /* leader, chief, spokesman of nobody in particular */
        c->code = dgi_str("GOV");
        c->sectors = dgi_str("GOV");
        c->cameo = dgi_str("GOV");
    }
    for (uint32_t i = 0; i < c->n_mods; i++)
        if (r->cands[c->mods[i]].led && dgi_str_is(c->code, "PTY")) /* "the U.S.-led coalition" */
            c->code = c->sectors = c->cameo = dgi_str("MIL");
    c->former = has_modifier_cue(r, c, "former");
    if (c->former && dgi_str_is(c->code, "GOV") && dgi_str_is(dgi_table_cell(t, c->row, RL_KIND), "person")) {
        c->code = dgi_str("ELI");
        c->sectors = dgi_str("ELI");
        c->cameo = dgi_str("ELI");
    }
}

/* The name a reader sees for "the Kenyan soldiers near X": without article. */
static dg_str role_name(struct resolver *r, const struct cand *c)
{
    uint32_t first = np_first(r, c->head, c->first);
    while (first < c->first && (r->doc->toks[first].upos == DGI_DET || r->doc->toks[first].upos == DGI_NUM))
        first++;
    return dgi_actor_text(r, first, c->end);
}

/* "a government" that nobody named before is of the place of its sentence, or of none. */
static void at_hand(struct resolver *r, const struct cand *c, char out[4])
{
    dgi_actor_country_at_hand(r, c, out, !dgi_tok_in(r->doc, det_of(r->doc, c->head), DGI_W_ACTOR_INDEFINITE));
    dg_str office = dgi_table_cell(r->ctx->roles, c->row, RL_OFFICE);
    uint32_t row = out[0] && office.len && r->day != DGI_NO_DAY
                       ? dgi_actor_office_of(r->ctx, dgi_str(out), office, r->day)
                       : DGI_NONE;
    if (row != DGI_NONE && !dgi_coref_bears_title(r, c, office, dgi_table_cell(r->ctx->offices, row, OF_TITLE)))
        out[0] = 0; /* "the Sultan" beside Britain: of a land that is not named */
}

static bool of_something(const struct dgi_doc *doc, uint32_t head)
{
    char buf[32];
    for (uint32_t ch = DGI_NONE; (ch = dgi_child(doc, head, DGI_REL_NMOD, ch)) != DGI_NONE;)
        if (dgi_word_in(doc->words, DGI_W_OF, dgi_case_of(doc, ch, buf, sizeof buf)))
            return true;
    return false;
}

static bool possessed(const struct dgi_doc *doc, uint32_t head)
{
    return dgi_child(doc, head, DGI_REL_NMOD_POSS, DGI_NONE) != DGI_NONE;
}

/* Does the noun speak? Subject of a verb of saying, or "according to", "told by" it: else a source is one of water or power. */
bool dgi_actor_speaks(const struct resolver *r, uint32_t head)
{
    const struct dgi_doc *doc = r->doc;
    char key[64], buf[32];
    uint32_t at = head;
    for (int k = 0; k < 4 && doc->toks[at].rel == DGI_REL_CONJ && doc->toks[at].head != DGI_NONE; k++)
        at = doc->toks[at].head;
    uint32_t up = doc->toks[at].head;
    uint8_t rel = dgi_rel_base(doc->toks[at].rel);
    if (up == DGI_NONE)
        return false;
    if (rel == DGI_REL_OBL && dgi_word_in(doc->words, DGI_W_TO, dgi_case_of(doc, at, buf, sizeof buf)))
        return false;
    if (rel == DGI_REL_NSUBJ || rel == DGI_REL_OBL || rel == DGI_REL_PARATAXIS || rel == DGI_REL_ROOT) {
        for (uint32_t ch = doc->toks[at].first_child; ch != DGI_NONE; ch = doc->toks[ch].next_sib)
            if (doc->toks[ch].rel == DGI_REL_CASE && dgi_child(doc, ch, DGI_REL_FIXED, DGI_NONE) != DGI_NONE)
                return true; /* according to */
        dg_str lemma = doc->toks[up].lemma;
        if (doc->toks[up].upos != DGI_VERB || lemma.len + 6 > sizeof key)
            return false;
        size_t n = dgi_utf8_lower_buf(lemma, key, sizeof key - 6).len;
        memcpy(key + n, "/VERB", 5);
        uint32_t row = dgi_table_find(r->ctx->sayings, (dg_str){key, n + 5});
        return row != DGI_NONE && (rel == DGI_REL_NSUBJ || doc->toks[at].rel == DGI_REL_OBL_AGENT);
    }
    return false;
}

/* "the president of the chess club", "the company's president": holds an office of no state, wherever that body is. */
static bool of_private_body(const struct resolver *r, const struct cand *c)
{
    const struct dgi_doc *doc = r->doc;
    char buf[32];
    if (!dgi_table_cell(r->ctx->roles, c->row, RL_OFFICE).len)
        return false;
    for (uint32_t ch = doc->toks[c->head].first_child; ch != DGI_NONE; ch = doc->toks[ch].next_sib)
        if (dgi_lemma_in(doc, ch, DGI_W_PRIVATE_BODY) &&
            (doc->toks[ch].rel == DGI_REL_NMOD_POSS || doc->toks[ch].rel == DGI_REL_COMPOUND ||
             (doc->toks[ch].rel == DGI_REL_NMOD &&
              dgi_word_in(doc->words, DGI_W_OF, dgi_case_of(doc, ch, buf, sizeof buf)))))
            return true;
    return false;
}

/* Role words that here are nobody: "free press", "the prosecution of a case", "all parties", "justice". */
static bool is_nobody(struct resolver *r, const struct cand *c, bool bare, bool many)
{
    const struct dgi_doc *doc = r->doc;
    dg_str lemma = doc->toks[c->head].lemma;
    bool alone = bare && c->n_mods == 0, has_det = det_of(doc, c->head) != DGI_NONE;
    if (unnamed_source(c) && (of_something(doc, c->head) || !dgi_actor_speaks(r, c->head)))
        return true;
    if (of_private_body(r, c))
        return true;
    if (alone && !many && dgi_actor_cue(r->ctx, "abstract", lemma) && !has_det && !possessed(doc, c->head))
        return true;
    if (dgi_actor_cue(r->ctx, "deverbal", lemma) && of_something(doc, c->head))
        return true;
    if (alone && many && dgi_actor_cue(r->ctx, "sides", lemma) &&
        (has_det || dgi_child(doc, c->head, DGI_REL_DET_PREDET, DGI_NONE) != DGI_NONE))
        return true;
    return !many && dgi_actor_cue(r->ctx, "title-only", lemma) && c->end - c->first == 1;
}

/* "the allies", "the ten member states": of the organisation named last. "Countries" at large are nobody. */
static void resolve_members(struct resolver *r, struct cand *c, bool many)
{
    const struct dgi_doc *doc = r->doc;
    if (many && !possessed(doc, c->head) &&
        (dgi_actor_cue(r->ctx, "of-org", doc->toks[c->head].lemma) || c->end - c->first > 1))
        c->entity = dgi_coref_members(r, c);
    c->hidden = c->entity == DGI_NONE;
}

/* The person who holds the one office that is meant, or was called so before. */
static uint32_t resolve_holder(struct resolver *r, struct cand *c, bool bare)
{
    const struct dgi_doc *doc = r->doc;
    dg_str office = dgi_table_cell(r->ctx->roles, c->row, RL_OFFICE);
    bool of = of_something(doc, c->head);
    char iso[4];
    memcpy(iso, c->country, 4);
    if (bare && !of) {
        uint32_t seen = dgi_coref_titled(r, c, office, "");
        if (seen != DGI_NONE)
            return seen;
        dgi_actor_country_at_hand(r, c, iso, true);
    }
    if (bare && of)
        iso[0] = 0; /* "the head of the union": of nobody we know */
    uint32_t h = holder(r, c, iso);
    if (h == DGI_NONE && !bare && !office.len && det_of(doc, c->head) != DGI_NONE)
        h = dgi_coref_titled(r, c, dgi_str(""), c->country); /* "the senior Kenyan diplomat" */
    return h;
}

/* May the weights say who is meant? Never of an unnamed source. */
static bool described(const struct resolver *r, const struct cand *c, bool many)
{
    dg_str kind = dgi_table_cell(r->ctx->roles, c->row, RL_KIND);
    return c->entity == DGI_NONE && !unnamed_source(c) && c->org == DGI_NONE && !c->adjectival &&
           (dgi_str_is(kind, "person") || (many && dgi_str_is(kind, "people"))) && dgi_coref_described(r, c);
}

/* "the Indian and Pakistani foreign ministers": each of his state; who is not known stays a role. Nothing where none is known. */
static void holders_of_all(struct resolver *r, struct cand *c)
{
    uint32_t who[1 + MOST_ALSO];
    bool any = false;
    for (int i = 0; i <= MOST_ALSO; i++) {
        const char *iso = i ? c->more[i - 1] : c->country;
        who[i] = iso[0] ? holder(r, c, iso) : DGI_NONE;
        any = any || who[i] != DGI_NONE;
    }
    for (int i = 0; i <= MOST_ALSO && any; i++) {
        const char *iso = i ? c->more[i - 1] : c->country;
        uint32_t e = iso[0] && who[i] == DGI_NONE ? role_entity(r, c, iso, role_name(r, c)) : who[i];
        if (i)
            c->also[i - 1] = e;
        else
            c->entity = e;
    }
}

/* "the Azadliq bloc", "the Amal Shia militia": what its noun calls a body is known of a name that no table has. */
static void learn_from_noun(struct resolver *r, const struct cand *c)
{
    const struct dgi_table *t = r->ctx->roles;
    struct dgi_entity *e = &r->doc->entities[c->org];
    if (e->known || e->political || e->sectors.len || e->type != DGI_ENT_ORG ||
        !dgi_str_is(dgi_table_cell(t, c->row, RL_KIND), "body") ||
        !dgi_str_is(dgi_table_cell(t, c->row, RL_POLITICAL), "yes"))
        return;
    char iso[4];
    memcpy(iso, e->country[0] ? e->country : c->country, 4);
    if (!iso[0] && dgi_str_is(dgi_table_cell(t, c->row, RL_HOME), "yes"))
        at_hand(r, c, iso);
    memcpy(e->country, iso, 4);
    e->political = true;
    e->sectors = c->sectors;
    dg_str st = iso[0] ? dgi_actor_state_cameo(r->ctx, iso) : dgi_str("");
    e->cameo = dgi_arena_printf(r->doc->arena, "%.*s%.*s", (int)st.len, st.ptr, (int)c->cameo.len, c->cameo.ptr);
}

/* "His men", "Savimbi's fighters": the group that he leads, as the tables know it. */
static void lead_by(struct resolver *r, struct cand *c)
{
    const struct dgi_doc *doc = r->doc;
    uint32_t p = dgi_child(doc, c->head, DGI_REL_NMOD_POSS, DGI_NONE);
    uint32_t m = p == DGI_NONE ? DGI_NONE : doc->toks[p].mention;
    if (m == DGI_NONE || !dgi_lemma_in(doc, c->head, DGI_W_FOLLOWERS))
        return;
    uint32_t who = doc->mentions[m].entity;
    static const char group_key[] = "group:";
    if (r->info[who].t != r->ctx->persons)
        return;
    dg_str id = dgi_table_cell(r->ctx->persons, r->info[who].row, PS_ORG);
    if (!dgi_str_starts(id, dgi_str(group_key)))
        return;
    struct cand group = *c;
    group.t = r->ctx->groups;
    group.row = dgi_table_find(r->ctx->groups, dgi_str_sub(id, sizeof group_key - 1, id.len));
    if (group.row == DGI_NONE)
        return;
    org_entity(r, &group);
    c->entity = group.entity;
}

/* What a role stands for by its words and what was said before: true when that is settled (an entity, or nobody). */
static bool resolve_known_role(struct resolver *r, struct cand *c, bool bare, bool many)
{
    const struct dgi_doc *doc = r->doc;
    dg_str kind = dgi_table_cell(r->ctx->roles, c->row, RL_KIND);
    bool member = dgi_str_is(kind, "member");
    if (dgi_coref_regional(r, c))
        return true;
    if (many)
        lead_by(r, c);
    if (c->entity != DGI_NONE)
        return true;
    if (c->nominal != DGI_NONE && (bare || possessed(doc, c->head)) && !many) /* "the country", "his country" */
        dgi_coref_nominal(r, c);
    if (c->entity != DGI_NONE)
        return true;
    if (member && bare) {
        resolve_members(r, c, many);
        return true;
    }
    if (c->nominal != DGI_NONE && bare)
        dgi_coref_nominal(r, c);
    if (c->entity != DGI_NONE)
        return true;
    if (!many && !c->former && !c->deputy && !has_modifier_cue(r, c, "next") && !dgi_str_is(kind, "body") &&
        definite(r, c)) {
        c->entity = resolve_holder(r, c, bare);
        if (described(r, c, false)) /* "the veteran diplomat" */
            dgi_coref_rank(r, c, DGI_COREF_PERSON);
    } else if (many && !c->former && c->country[0] && c->more[0][0]) {
        holders_of_all(r, c);
    }
    if (!many && c->former && described(r, c, false))
        dgi_coref_rank(r, c, DGI_COREF_PERSON);                              /* "the former bishop" */
    if (c->entity == DGI_NONE && c->org != DGI_NONE && !unnamed_source(c)) { /* "an EU source" is not the EU */
        c->entity = c->org;
        learn_from_noun(r, c);
    }
    if (c->entity == DGI_NONE && member) /* "allies" of nobody named, or of a state: not that state */
        c->hidden = true;
    else if (c->entity == DGI_NONE && bare && c->n_mods == 0 && dgi_tok_in(doc, det_of(doc, c->head), DGI_W_THE) &&
             !of_something(doc, c->head)) {
        c->entity = dgi_coref_same_noun(r, c);
        if (c->entity == DGI_NONE && !unnamed_source(c))
            c->entity = dgi_coref_same_kind(r, c);
    }
    if (!c->hidden && many && bare && described(r, c, true))
        dgi_coref_rank(r, c, DGI_COREF_PEOPLE);
    return c->entity != DGI_NONE || c->hidden;
}

/* "eyewitness accounts", "a student statement": before a noun that tells something stands who tells it. */
static bool before_saying(const struct resolver *r, uint32_t noun)
{
    static const char *const kind[] = {".doc", "/NOUN"};
    char key[64];
    size_t n = dgi_utf8_lower_buf(r->doc->toks[noun].lemma, key, sizeof key - sizeof "/NOUN").len;
    for (size_t i = 0; i < sizeof kind / sizeof *kind; i++) {
        size_t len = strlen(kind[i]);
        memcpy(key + n, kind[i], len);
        if (dgi_table_find(r->ctx->sayings, (dg_str){key, n + len}) != DGI_NONE)
            return true;
    }
    return false;
}

static void resolve_role(struct resolver *r, struct cand *c, int depth)
{
    const struct dgi_tok *head = &r->doc->toks[c->head];
    uint32_t self = (uint32_t)(c - r->cands);
    compose(r, c, depth);
    bool many = dgi_is_plural(r->doc, c->head), titled = c->person != DGI_NONE;
    c->adjectival = head->rel == DGI_REL_COMPOUND || head->rel == DGI_REL_AMOD;
    if (c->adjectival && !titled && dgi_actor_cue(r->ctx, "civil", c->code) && /* "family feud", "company car" */
        !before_saying(r, head->head)) {
        c->hidden = true;
        return;
    }
    if (titled && c->hidden)
        return;   /* the person makes the mention */
    if (titled) { /* apposition: the same person or organisation */
        dgi_actor_resolve(r, c->person, depth + 1);
        c = &r->cands[self];
        c->entity = r->cands[c->person].entity;
        return;
    }
    bool bare = !c->country[0] && c->org == DGI_NONE;
    if (is_nobody(r, c, bare, many)) {
        c->hidden = true;
        return;
    }
    if (resolve_known_role(r, c, bare, many))
        return;
    if (!c->country[0] && dgi_str_is(dgi_table_cell(r->ctx->roles, c->row, RL_HOME), "yes"))
        at_hand(r, c, c->country);
    else if (!c->country[0] && !unnamed_source(c))
        dgi_actor_local_people(r, c);
    dg_str name = role_name(r, c);
    c->entity = role_entity(r, c, c->country, name);
    for (int i = 0; i < MOST_ALSO; i++)
        if (c->more[i][0])
            c->also[i] = role_entity(r, c, c->more[i], name);
}

/* ---- persons ---- */
static uint32_t person_entity(struct resolver *r, uint32_t row)
{
    const struct dgi_table *t = r->ctx->persons;
    if (row == DGI_NONE)
        return DGI_NONE;
    dg_str id = dgi_table_cell(t, row, PS_ID);
    uint32_t k = dgi_actor_entity(r, fmt2(r, "person:", id), id, DGI_ENT_PERSON);
    if (k == DGI_NONE || r->info[k].t)
        return k;
    struct dgi_entity *e = &r->doc->entities[k];
    dg_str g = dgi_table_cell(t, row, PS_GENDER), code = dgi_str("");
    bool current;
    uint32_t term = dgi_actor_term(r->ctx, id, r->day, &current);
    e->known = true;
    r->info[k].t = t;
    r->info[k].row = row;
    r->info[k].gender = g.len ? g.ptr[0] : 0;
    dgi_actor_citizen(r->ctx, row, term, current, r->day, e->country);
    e->sectors = dgi_table_cell(t, row, PS_SECTORS);
    if (term != DGI_NONE) {
        dg_str oid = dgi_table_cell(r->ctx->offices, term, OF_ID), part;
        if (current)
            e->title = dgi_table_cell(r->ctx->offices, term, OF_TITLE);
        code = dgi_actor_term_sector(r->ctx, term, current);
        if (!e->sectors.len || current)
            e->sectors = code;
        if (current) {
            dgi_str_next(&oid, ':', &part);
            if (part.len && part.ptr[0] == '@') {
                uint32_t o = dgi_table_find(r->ctx->orgs, dgi_str_sub(part, 1, part.len));
                code = dgi_str("");
                e->country[0] = 0; /* speaks for the organisation, not for the state he comes from */
                if (o != DGI_NONE) {
                    dgi_actor_iso(e->country, dgi_table_cell(r->ctx->orgs, o, OG_COUNTRY));
                    e->cameo = dgi_table_cell(r->ctx->orgs, o, OG_CAMEO);
                    e->sectors = dgi_table_cell(r->ctx->orgs, o, OG_SECTORS);
                }
            }
            dgi_str_next(&oid, ':', &part);
            r->info[k].office = part;
        }
    } else if (e->sectors.len) {
        dg_str all = e->sectors;
        dgi_str_next(&all, ',', &code);
    }
    if (!e->cameo.len && e->country[0]) {
        dg_str st = dgi_actor_state_cameo(r->ctx, e->country);
        e->cameo = dgi_arena_printf(r->doc->arena, "%.*s%.*s", (int)st.len, st.ptr, (int)code.len, code.ptr);
    }
    return k;
}

static char gender_of_name(struct resolver *r, uint32_t first)
{
    uint32_t row = dgi_table_find(r->ctx->first_names, r->doc->toks[first].form);
    dg_str g = dgi_table_cell(r->ctx->first_names, row, FN_GENDER);
    return g.len ? g.ptr[0] : 0;
}

/* What the title says goes to the person, unless the registry knew better. */
static bool of_many_states(const struct resolver *r, uint32_t entity)
{
    const struct ent_info *in = &r->info[entity];
    return in->t == r->ctx->orgs && dgi_str_is(dgi_table_cell(in->t, in->row, OG_KIND), "igo");
}

/* "Entered the Peruvian embassy. Ambassador Gil asked for a safe-conduct": of the only state whose mission or envoy was named just before. */
static void state_of_mission(struct resolver *r, const struct cand *t, char iso[4])
{
    enum { BACK = 3 };
    const struct dgi_doc *doc = r->doc;
    uint32_t s = doc->toks[t->first].sent;
    if (!dgi_word_in(doc->words, DGI_W_EMBASSY, dgi_table_cell(r->ctx->roles, t->row, RL_ID)))
        return;
    for (uint32_t i = doc->sents[s > BACK ? s - BACK : 0].first; i < t->first; i++) {
        const struct cand *k = r->tok_cand[i] == DGI_NONE ? NULL : &r->cands[r->tok_cand[i]];
        if (!k || k->kind != C_ROLE || !dgi_lemma_in(doc, k->head, DGI_W_EMBASSY))
            continue;
        const char *land = k->done && k->entity != DGI_NONE ? doc->entities[k->entity].country : k->country;
        for (uint32_t m = 0; m < k->n_mods && !land[0]; m++)
            land = r->cands[k->mods[m]].country;
        if (land[0] && iso[0] && memcmp(iso, land, 4)) {
            iso[0] = 0;
            return;
        }
        if (land[0])
            memcpy(iso, land, 4);
    }
}

static void give_title(struct resolver *r, struct cand *c, const struct cand *t)
{
    struct dgi_entity *e = &r->doc->entities[c->entity];
    dg_str office = dgi_table_cell(r->ctx->roles, t->row, RL_OFFICE), first_office = dgi_str("");
    if (office.len) {
        dgi_str_next(&office, '|', &first_office);
        size_t colon = dgi_str_find(first_office, DGI_S(":"));
        if (colon != SIZE_MAX)
            first_office = dgi_str_sub(first_office, colon + 1, first_office.len);
        if (!t->former && !t->deputy && (t->org == DGI_NONE || !dgi_office_leads(office)))
            r->info[c->entity].office = first_office;
    }
    if (!e->title.len)
        e->title = dgi_arena_str(r->doc->arena, dgi_actor_text(r, t->first, t->end));
    r->info[c->entity].of_body = t->org != DGI_NONE && of_many_states(r, t->org);
    if (r->info[c->entity].t)
        return;
    if (t->org != DGI_NONE) {
        const struct dgi_entity *o = &r->doc->entities[t->org];
        if (!e->country[0])
            memcpy(e->country, o->country, 4);
        if (!e->cameo.len)
            e->cameo = o->cameo;
        if (!e->sectors.len)
            e->sectors = o->sectors;
        e->political |= o->political;
    }
    char iso[4];
    memcpy(iso, t->country, 4);
    if (!iso[0] && t->org == DGI_NONE && !e->country[0])
        state_of_mission(r, t, iso);
    if (!iso[0] && t->org == DGI_NONE && dgi_str_is(dgi_table_cell(r->ctx->roles, t->row, RL_HOME), "yes")) {
        dgi_actor_country_at_hand(r, c, iso, true);
        if (iso[0] && dgi_actor_focus(r, iso) < 2) /* where somebody speaks or meets is not yet where he is from */
            iso[0] = 0;
    }
    if (!e->country[0])
        memcpy(e->country, iso, 4);
    if (!e->sectors.len)
        e->sectors = t->sectors;
    if (!e->cameo.len) {
        dg_str st = e->country[0] ? dgi_actor_state_cameo(r->ctx, e->country) : dgi_str("");
        e->cameo = dgi_arena_printf(r->doc->arena, "%.*s%.*s", (int)st.len, st.ptr, (int)t->cameo.len, t->cameo.ptr);
    }
    e->political |= dgi_str_is(dgi_table_cell(r->ctx->roles, t->row, RL_POLITICAL), "yes");
}

/* "Guillaume SORO", "GBAGBO": words all in capitals with one. */
static dg_str without_capitals(struct resolver *r, dg_str s)
{
    char *p = dgi_arena_alloc(r->a, s.len + 1);
    size_t n = 0;
    for (size_t i = 0, j; p && i < s.len; i = j) {
        bool caps = true;
        for (j = i; j < s.len && s.ptr[j] != ' '; j++)
            caps &= s.ptr[j] >= 'A' && s.ptr[j] <= 'Z';
        for (size_t k = i; k < j; k++)
            p[n++] = caps && k > i && j - i > 2 ? (char)(s.ptr[k] | 32) : s.ptr[k];
        while (j < s.len && s.ptr[j] == ' ')
            p[n++] = s.ptr[j++];
    }
    return (dg_str){p, n};
}

/* "Mikhail S. Gorbachev", "John Doe Jr.": without initials inside and suffixes behind. Empty when nothing is left out. */
static dg_str without_initials(struct resolver *r, const struct cand *c)
{
    const struct dgi_doc *doc = r->doc;
    char *p = dgi_arena_alloc(r->a, doc->toks[c->end - 1].end - doc->toks[c->first].start + 2);
    size_t n = 0;
    bool cut = false;
    for (uint32_t i = c->first; p && i < c->end; i++) {
        dg_str f = doc->toks[i].form;
        bool initial =
            i > c->first && i + 1 < c->end && f.len <= 2 && f.ptr[f.len - 1] == '.' && dgi_is_upper_initial(f);
        if (initial || (i > c->first && dgi_actor_cue(r->ctx, "suffix", f))) {
            cut = true;
            continue;
        }
        if (dgi_str_is(f, ","))
            continue;
        if (n)
            p[n++] = ' ';
        memcpy(p + n, f.ptr, f.len);
        n += f.len;
    }
    return cut && p ? (dg_str){p, n} : dgi_str("");
}

/* "Presidents Ana Roy of Malta and Lena Holt of Cyprus": the title in the plural is that of both. */
static bool shared_title(const struct resolver *r, const struct cand *c, struct cand *out)
{
    const struct dgi_tok *t = r->doc->toks;
    uint32_t at = c->head;
    for (int k = 0; k < MOST_ALSO && t[at].rel == DGI_REL_CONJ && t[at].head != DGI_NONE; k++)
        at = t[at].head;
    uint32_t first = at == c->head ? DGI_NONE : r->tok_cand[at];
    if (first != DGI_NONE && r->cands[first].kind == C_ROLE && r->cands[first].person != DGI_NONE)
        first = r->cands[first].person; /* the tree has the title for the head */
    uint32_t title = first == DGI_NONE || r->cands[first].kind != C_PERSON ? DGI_NONE : r->cands[first].person;
    if (title == DGI_NONE || r->cands[title].kind != C_ROLE || !r->cands[title].hidden ||
        !dgi_is_plural(r->doc, r->cands[title].head))
        return false;
    *out = r->cands[title];
    out->country[0] = 0;
    return true;
}

/* "General Ana Roy of the Maltese army", "Colonel Roy, the Maltese commander": of whom a role beside the name is. */
static void home_of_role(struct resolver *r, uint32_t self, int depth, char iso[4])
{
    const struct dgi_tok *t = r->doc->toks;
    char buf[32];
    for (uint32_t ch = t[r->cands[self].head].first_child; ch != DGI_NONE && !iso[0]; ch = t[ch].next_sib) {
        uint32_t o = r->tok_cand[ch];
        bool of =
            t[ch].rel == DGI_REL_NMOD && dgi_word_in(r->doc->words, DGI_W_OF, dgi_case_of(r->doc, ch, buf, sizeof buf));
        if ((!of && t[ch].rel != DGI_REL_APPOS) || o == DGI_NONE || r->cands[o].kind != C_ROLE)
            continue;
        for (uint32_t i = 0; i < r->cands[o].n_mods && !iso[0]; i++) {
            dgi_actor_resolve(r, r->cands[o].mods[i], depth + 1);
            uint32_t e = r->cands[r->cands[o].mods[i]].entity;
            if (e != DGI_NONE && r->cands[o].link[i] != L_IN)
                memcpy(iso, r->doc->entities[e].country, 4);
        }
    }
}

/* The country that stands behind "of" right after the name of somebody without a title of his own. */
static void home_of_person(struct resolver *r, uint32_t self, int depth)
{
    char iso[4] = {0};
    for (uint32_t i = 0; i < r->cands[self].n_mods; i++) {
        dgi_actor_resolve(r, r->cands[self].mods[i], depth + 1);
        uint32_t e = r->cands[r->cands[self].mods[i]].entity;
        if (e != DGI_NONE && r->doc->entities[e].country[0])
            memcpy(iso, r->doc->entities[e].country, sizeof iso);
    }
    uint32_t title_of = r->cands[self].person;
    if (!iso[0] && (title_of == DGI_NONE || (r->cands[title_of].kind == C_ROLE && !r->cands[title_of].country[0] &&
                                             r->cands[title_of].org == DGI_NONE && r->cands[title_of].hidden)))
        home_of_role(r, self, depth, iso);
    struct dgi_entity *own = &r->doc->entities[r->cands[self].entity];
    if (iso[0] && !own->country[0] && !r->info[r->cands[self].entity].t)
        memcpy(own->country, iso, sizeof iso);
    struct cand title;
    if (r->cands[self].person == DGI_NONE && shared_title(r, &r->cands[self], &title))
        give_title(r, &r->cands[self], &title);
}

static void resolve_person(struct resolver *r, struct cand *c, int depth)
{
    const struct dgi_doc *doc = r->doc;
    uint32_t self = (uint32_t)(c - r->cands);
    const char *want = NULL;
    if (c->person != DGI_NONE) {
        struct cand *t = &r->cands[c->person];
        if (!t->done) {
            t->done = true;
            compose(r, t, depth + 1);
            if (!t->hidden) /* an apposition makes its own mention later */
                t->done = false;
        }
        c = &r->cands[self];
        t = &r->cands[c->person];
        want = t->country[0] && !dgi_str_is(dgi_table_cell(r->ctx->roles, t->row, RL_CODE), "DIP") ? t->country : NULL;
    }
    const uint32_t *rows;
    uint32_t n;
    dg_str text = dgi_actor_text(r, c->first, c->end);
    if (c->end - c->first == 1)
        dgi_coref_person(r, c);
    if (c->entity == DGI_NONE && (dgi_phrase_lookup(r->ctx->persons, text, &rows, &n) ||
                                  dgi_phrase_lookup(r->ctx->persons, without_capitals(r, text), &rows, &n) ||
                                  dgi_phrase_lookup(r->ctx->persons, without_initials(r, c), &rows, &n))) {
        bool alone = c->end - c->first == 1 &&
                     !(c->person != DGI_NONE && dgi_table_cell(r->ctx->roles, r->cands[c->person].row, RL_OFFICE).len);
        uint32_t row = dgi_actor_best_person(r->ctx, rows, n, r->day, want, alone); /* "President X" says enough */
        if (row != DGI_NONE && want && !dgi_str_is(dgi_table_cell(r->ctx->persons, row, PS_COUNTRY), want) &&
            c->end - c->first == 1)
            row = DGI_NONE;
        c->entity = person_entity(r, row);
    }
    if (c->entity == DGI_NONE)
        dgi_coref_person(r, c);
    if (c->entity == DGI_NONE && text.len) {
        c->entity = dgi_actor_entity(r, fmt2(r, "person:", text), text, DGI_ENT_PERSON);
        if (c->entity == DGI_NONE)
            return;
        struct dgi_entity *e = &r->doc->entities[c->entity];
        if (!e->n_mentions) {
            e->political = false;
            r->info[c->entity].gender = gender_of_name(r, c->first);
        }
    }
    if (c->entity == DGI_NONE)
        return;
    if (c->first > 0) {
        dg_str before = doc->toks[c->first - 1].form;
        char *g = &r->info[c->entity].gender;
        if (!*g && dgi_actor_cue(r->ctx, "female", before))
            *g = 'f';
        if (!*g && dgi_actor_cue(r->ctx, "male", before))
            *g = 'm';
    }
    home_of_person(r, self, depth);
    c = &r->cands[self];
    if (c->person != DGI_NONE)
        give_title(r, c, &r->cands[c->person]);
    else if (c->end - c->first > 1 && !doc->entities[c->entity].title.len && /* "Princess Ana": "the princess" */
             dgi_phrase_match(r->ctx->roles, doc, c->first, c->end, &rows, &n) == 1 &&
             dgi_str_is(dgi_table_cell(r->ctx->roles, rows[0], RL_KIND), "person"))
        r->doc->entities[c->entity].title = doc->toks[c->first].form;
}

/* ---- mentions ---- */
static uint8_t said_as(const struct resolver *r, const struct cand *c)
{
    if (c->kind != C_ROLE || c->t != r->ctx->roles)
        return DGI_SAID_OTHERWISE;
    dg_str kind = dgi_table_cell(r->ctx->roles, c->row, RL_KIND);
    if (c->nominal != DGI_NONE && dgi_str_is(dgi_table_cell(r->ctx->nominals, c->nominal, NM_OWNERS), "org"))
        return DGI_SAID_AS_BODY; /* "the company", which acts as its people do */
    return dgi_str_is(kind, "body")     ? DGI_SAID_AS_BODY
           : dgi_str_is(kind, "member") ? DGI_SAID_OTHERWISE
                                        : DGI_SAID_AS_PEOPLE;
}

static void write_mention(struct resolver *r, uint32_t k, uint32_t entity)
{
    struct dgi_doc *doc = r->doc;
    struct cand *c = &r->cands[k];
    struct dgi_mention *m = DGI_PUSH(doc->arena, doc->mentions, doc->n_mentions, doc->cap_mentions);
    if (!m) {
        r->failed = true;
        return;
    }
    uint32_t first = c->first, head = c->head, title_head = DGI_NONE;
    m->kind = c->kind == C_PRON                           ? DGI_MENTION_PRONOUN
              : c->kind == C_ROLE || c->kind == C_NOMINAL ? DGI_MENTION_NOMINAL
                                                          : DGI_MENTION_NAME;
    if (c->kind == C_PERSON && c->person != DGI_NONE && r->cands[c->person].hidden) {
        first = r->cands[c->person].first;
        title_head = r->cands[c->person].head;
        if (dgi_dominates(doc, title_head, head)) {
            uint32_t x = head;
            head = title_head;
            title_head = x;
        }
    }
    if (m->kind == DGI_MENTION_NOMINAL || first < c->first)
        first = np_first(r, head, first);
    m->first = first;
    m->end = c->end;
    m->head = head;
    m->span = (dgi_span){doc->toks[first].start, doc->toks[c->end - 1].end};
    m->entity = entity;
    m->adjectival = c->adjectival;
    m->locative = c->locative;
    m->said_as = said_as(r, c);
    c->mention = doc->n_mentions - 1;
    doc->entities[entity].n_mentions++;
    if (doc->toks[head].mention == DGI_NONE)
        doc->toks[head].mention = c->mention;
    if (title_head != DGI_NONE && doc->toks[title_head].mention == DGI_NONE)
        doc->toks[title_head].mention = c->mention;
    r->info[entity].last_tok = head;
    r->info[entity].n_places += c->locative;
    if (m->kind != DGI_MENTION_PRONOUN) {
        r->info[entity].last_name = head;
        r->info[entity].n_names++;
    }
    if (dgi_rel_base(doc->toks[head].rel) == DGI_REL_NSUBJ)
        r->info[entity].last_subj = head;
}

/* "arrested two men", "both armies dug in": of whom the text has not spoken before. */
static void new_people(struct resolver *r, struct cand *c, int depth)
{
    const uint32_t *rows;
    uint32_t n, last = c->end - 1;
    if (last == c->first || dgi_phrase_match(r->ctx->roles, r->doc, last, c->end, &rows, &n) != 1)
        return;
    bool people = dgi_str_is(dgi_table_cell(r->ctx->roles, rows[0], RL_KIND), "people"),
         body = !dgi_str_is(dgi_table_cell(r->ctx->roles, rows[0], RL_CODE), "GOV");
    if (r->doc->toks[c->first].upos == DGI_NUM ? !people && !body : !body || r->doc->toks[c->first].upos != DGI_DET)
        return;
    c->kind = C_ROLE;
    c->t = r->ctx->roles;
    c->row = rows[0];
    c->nominal = DGI_NONE;
    c->first = c->head = last;
    resolve_role(r, c, depth);
}

void dgi_actor_resolve(struct resolver *r, uint32_t k, int depth)
{
    struct cand *c = &r->cands[k];
    if (c->done || depth > MOST_DEPTH || r->failed)
        return;
    c->done = true;
    switch (c->kind) {
    case C_COUNTRY:
    case C_ADJ:
    case C_DEMONYM:
    case C_CAPITAL:
    case C_SEAT:
    case C_REGION: resolve_word(r, c); break;
    case C_ORG:
        if (dgi_actor_broke_away(c->t, c->row) && locative(r, c)) { /* "in Abkhazia": a place of Georgia */
            c->kind = C_REGION;
            resolve_word(r, c);
            break;
        }
        /* the document's own short name goes before anybody else's of the same letters */
        c->entity = c->end - c->first == 1 ? of_acronym(r->doc, dgi_actor_text(r, c->first, c->end)) : DGI_NONE;
        if (c->entity == DGI_NONE)
            org_entity(r, c);
        c->adjectival = r->doc->toks[c->head].rel == DGI_REL_COMPOUND || r->doc->toks[c->head].rel == DGI_REL_AMOD;
        c->locative = dgi_str_is(dgi_table_cell(c->t, c->row, OG_KIND), "region") && locative(r, c);
        break;
    case C_UNKNOWN:
        resolve_unknown(r, c, depth);
        c->adjectival = r->doc->toks[c->head].rel == DGI_REL_COMPOUND || r->doc->toks[c->head].rel == DGI_REL_AMOD;
        break;
    case C_PERSON: resolve_person(r, c, depth); break;
    case C_ROLE: resolve_role(r, c, depth); break;
    case C_PRON: dgi_coref_pronoun(r, c); break;
    case C_NOMINAL:
        if (c->person != DGI_NONE) { /* "the bloc, ASEAN" */
            dgi_actor_resolve(r, c->person, depth + 1);
            c = &r->cands[k];
            c->entity = r->cands[c->person].entity;
            break;
        }
        for (uint32_t i = 0; i < c->n_mods; i++)
            dgi_actor_resolve(r, c->mods[i], depth + 1);
        if (!dgi_coref_regional(r, c))
            dgi_coref_nominal(r, c);
        if (c->entity == DGI_NONE)
            new_people(r, c, depth);
        break;
    default: break;
    }
    c = &r->cands[k];
    if ((c->kind == C_ORG || c->kind == C_UNKNOWN))
        note_acronym(r, c);
    if (r->failed || c->entity == DGI_NONE || c->hidden)
        return;
    write_mention(r, k, c->entity);
    for (int i = 0; i < MOST_ALSO && !r->failed; i++)
        if (c->also[i] != DGI_NONE)
            write_mention(r, k, c->also[i]);
}

/* ---- order ---- */
struct order_key {
    uint32_t first, end, k;
};
static int by_first(const void *a, const void *b)
{
    const struct order_key *x = a, *y = b;
    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    if (x->end != y->end) /* the whole before its parts */
        return x->end > y->end ? -1 : 1;
    return (x->k > y->k) - (x->k < y->k);
}

static bool order_cands(struct resolver *r)
{
    struct order_key *key = dgi_arena_array(r->a, r->n + 1, sizeof *key);
    r->by_tok = dgi_arena_array(r->a, r->n + 1, sizeof *r->by_tok);
    if (!key || !r->by_tok)
        return false;
    for (uint32_t k = 0; k < r->n; k++)
        key[k] = (struct order_key){r->cands[k].first, r->cands[k].end, k};
    qsort(key, r->n, sizeof *key, by_first);
    for (uint32_t k = 0; k < r->n; k++)
        r->by_tok[k] = key[k].k;
    return true;
}

static bool sort_mentions(struct resolver *r)
{
    struct dgi_doc *doc = r->doc;
    if (!doc->n_mentions)
        return true;
    struct order_key *key = dgi_arena_array(r->a, doc->n_mentions + 1, sizeof *key);
    struct dgi_mention *m = dgi_arena_array(r->a, doc->n_mentions + 1, sizeof *m);
    uint32_t *new_of = dgi_arena_array(r->a, doc->n_mentions + 1, sizeof *new_of);
    if (!key || !m || !new_of)
        return false;
    for (uint32_t i = 0; i < doc->n_mentions; i++)
        key[i] = (struct order_key){doc->mentions[i].first, doc->mentions[i].end, i};
    if (doc->n_mentions) /* qsort must not be given NULL, even for nothing */
        qsort(key, doc->n_mentions, sizeof *key, by_first);
    for (uint32_t i = 0; i < doc->n_mentions; i++) {
        m[i] = doc->mentions[key[i].k];
        new_of[key[i].k] = i;
    }
    memcpy(doc->mentions, m, doc->n_mentions * sizeof *m);
    for (uint32_t i = 0; i < doc->n_toks; i++)
        if (doc->toks[i].mention != DGI_NONE)
            doc->toks[i].mention = new_of[doc->toks[i].mention];
    return true;
}

dg_status dgi_actors(struct dgi_actors_ctx *ctx, struct dgi_doc *doc, dg_error *err)
{
    struct resolver r = {.ctx = ctx, .doc = doc, .day = doc->meta.published};
    doc->n_entities = doc->n_mentions = 0;
    for (uint32_t i = 0; i < doc->n_toks; i++)
        doc->toks[i].mention = DGI_NONE;
    if (!doc->n_toks)
        return DG_OK;
    bool ok = (r.a = dgi_arena_new(0)) && (r.tok_cand = dgi_arena_array(r.a, doc->n_toks, sizeof *r.tok_cand)) &&
              grow_hash(&r);
    if (ok)
        dgi_actor_find(&r);
    ok = ok && !r.failed && order_cands(&r);
    for (uint32_t k = 0; ok && k < r.n && !r.failed; k++)
        dgi_actor_resolve(&r, r.by_tok[k], 0);
    ok = ok && !r.failed && sort_mentions(&r);
    dgi_arena_free(r.a);
    return ok ? DG_OK : dgi_fail(err, DG_E_NOMEM, "no memory for the actors of %u tokens", doc->n_toks);
}

uint32_t dgi_actor_fillers(const struct dgi_doc *doc, uint32_t tok, uint32_t *out, uint32_t max)
{
    if (tok >= doc->n_toks || doc->toks[tok].mention == DGI_NONE || !max)
        return 0;
    uint32_t m = doc->toks[tok].mention, n = 0;
    const struct dgi_mention *me = &doc->mentions[m];
    while (m > 0 && doc->mentions[m - 1].first == me->first)
        m--;
    for (; m < doc->n_mentions && doc->mentions[m].first == me->first; m++)
        if (doc->mentions[m].head == me->head && doc->mentions[m].end == me->end && n < max)
            out[n++] = doc->mentions[m].entity;
    return n;
}
