/* SPDX-License-Identifier: Apache-2.0 */
/* resolve/actor_settle.c: bare people ("police in Zomba", "the dockers") get the land of the places they stand in.
 *
 * Reads   mentions, entities, places (with their countries), tree
 * Writes  mentions[].entity: role:ISO3:ROLE where it was role::ROLE; new entities
 *
 * The actor stage knows states and capitals; other towns are known only when places are. A place inside the phrase decides; else the
 * adjective of what it is joined to; else the place of its own clause; else the places of the sentence where they agree and the sentence names no other state; else the land in which nearly all
 * places of the text lie. Only for people who are of a land (cue `local`): observers and aid workers come from elsewhere. */
#include <stdio.h>
#include <string.h>

#include "resolve/actor_in.h"
#include "resolve/own_place.h"

enum {
    FEWEST_PLACES = 3, /* of a text that is about one land */
    MOST_STATES = 24,
    DEEPEST = 3,
    MOST_UP = 5
};

struct settler {
    const struct dgi_actors_ctx *ctx;
    struct dgi_doc *doc;
    uint32_t *place_at; /* [n_toks] place + 1 */
    uint32_t *moved;    /* [n_entities at the start] where the last mention by name went, DGI_NONE */
    uint32_t n_before;
    char land[4]; /* of nearly all places, or "" */
    struct dgi_where where;
};

static const char bare[] = "role::";

static bool is_bare(const struct dgi_entity *e)
{
    return e->type == DGI_ENT_ROLE && dgi_str_starts(e->actor, dgi_str(bare));
}

static dg_str code_of(const struct dgi_entity *e)
{
    return dgi_str_sub(e->actor, sizeof bare - 1, e->actor.len);
}

static uint32_t place_at(const void *user, uint32_t tok)
{
    const struct settler *s = user;
    return s->place_at[tok] ? s->place_at[tok] - 1 : DGI_NONE;
}

/* "police in Zomba", "families of Masaya", "workers at a mill in Oruro" */
static const char *inside(const struct settler *s, uint32_t head, int depth)
{
    const struct dgi_doc *d = s->doc;
    static const char none[] = "";
    char buf[32];
    for (uint32_t ch = d->toks[head].first_child; ch != DGI_NONE && depth < DEEPEST; ch = d->toks[ch].next_sib) {
        if (d->toks[ch].rel == DGI_REL_COMPOUND && !depth && ch < head && d->toks[ch].mention == DGI_NONE &&
            dgi_country_at(&s->where, ch)[0])
            return dgi_country_at(&s->where, ch); /* "Zomba students" */
        if (d->toks[ch].rel != DGI_REL_NMOD)
            continue;
        dg_str prep = dgi_case_of(d, ch, buf, sizeof buf);
        if (!dgi_actor_cue(s->ctx, "home", prep) && !dgi_word_in(d->words, DGI_W_OF, prep) &&
            !dgi_word_in(d->words, DGI_W_FROM, prep))
            continue;
        const char *iso = dgi_country_at(&s->where, ch);
        if (!iso[0] && d->toks[ch].mention == DGI_NONE)
            iso = inside(s, ch, depth + 1);
        if (iso[0])
            return iso;
    }
    return none;
}

/* The word up the tree whose party a noun is. */
static uint32_t verb_of(const struct dgi_doc *d, uint32_t tok)
{
    uint32_t h = d->toks[tok].head;
    for (int k = 0; k < MOST_UP && h != DGI_NONE && d->toks[h].upos != DGI_VERB; k++)
        h = d->toks[h].head;
    return h;
}

/* Does the word stand in the object of the verb? */
static bool object_of(const struct dgi_doc *d, uint32_t tok, uint32_t verb)
{
    for (int k = 0; k < MOST_UP && tok != DGI_NONE; k++, tok = d->toks[tok].head)
        if (d->toks[tok].head == verb)
            return dgi_rel_base(d->toks[tok].rel) == DGI_REL_OBJ;
    return false;
}

/* "the men arrested by Greece", "whom Eritrea seized": who does it to them in a clause of their own need not be of their land. */
static bool deals_with_them(const struct dgi_doc *d, uint32_t tok, uint32_t head)
{
    uint32_t v = verb_of(d, tok);
    return v != DGI_NONE && dgi_rel_base(d->toks[v].rel) == DGI_REL_ACL && d->toks[v].head == head;
}

/* The mention at a word, or at another word of the place that it is in: "North" of "North Korea". */
static uint32_t mention_at(const struct settler *s, uint32_t tok)
{
    const struct dgi_doc *d = s->doc;
    if (d->toks[tok].mention != DGI_NONE || !s->place_at[tok])
        return d->toks[tok].mention;
    const struct dgi_place *p = &d->places[s->place_at[tok] - 1];
    for (uint32_t t = p->first; t < p->end; t++)
        if (d->toks[t].mention != DGI_NONE)
            return d->toks[t].mention;
    return DGI_NONE;
}

/* The one land of the sentence: of its places, or of who else is named in it, unless only as the other side of a deed. */
static const char *of_sentence(const struct settler *s, uint32_t head, dg_str code)
{
    const struct dgi_doc *d = s->doc;
    uint32_t sent = d->toks[head].sent;
    static const char none[] = "";
    const char *iso = none;
    bool placed = false, other_side = false;
    uint32_t verb = verb_of(d, head);
    /* "Pence met families of defectors": whom one meets or addresses is often of another land; whom one is told by, seldom */
    bool meets = verb != DGI_NONE && (dgi_actor_cue(s->ctx, "joint", d->toks[verb].lemma) ||
                                      dgi_actor_cue(s->ctx, "address", d->toks[verb].lemma));
    bool attacker = dgi_rel_base(d->toks[head].rel) == DGI_REL_NSUBJ && dgi_str_is(code, "MIL");
    for (uint32_t t = d->sents[sent].first; t < d->sents[sent].end; t++) {
        bool struck = attacker && s->place_at[t] && object_of(d, t, verb); /* "gunboats shelled Hodeidah": not theirs */
        const char *one = s->place_at[t] && !struck ? d->places[s->place_at[t] - 1].country : none;
        uint32_t m = struck ? DGI_NONE : mention_at(s, t);
        if (m != DGI_NONE && d->entities[d->mentions[m].entity].country[0])
            one = d->entities[d->mentions[m].entity].country;
        if (!one[0] || (s->place_at[t] && dgi_is_venue(s->ctx, d, t)))
            continue;
        if (iso[0] && strcmp(iso, one))
            return none;
        bool party = m != DGI_NONE && d->mentions[m].head != head && !d->mentions[m].locative &&
                     (meets || d->entities[d->mentions[m].entity].type != DGI_ENT_PERSON);
        if (party && (verb_of(d, t) == verb || deals_with_them(d, t, head)))
            other_side = true; /* of one verb: who does it to whom */
        iso = one;
        placed = placed || (s->place_at[t] && !struck && !party);
    }
    return placed || !other_side ? iso : none;
}

/* The land in which three of four places and state names lie. */
static void find_land(struct settler *s)
{
    const struct dgi_doc *d = s->doc;
    struct {
        char iso[4];
        uint32_t n;
    } seen[MOST_STATES];
    uint32_t n = 0, total = 0, best = 0;
    for (uint32_t i = 0; i < d->n_places; i++) {
        uint32_t k = 0;
        if (!d->places[i].country[0] || d->places[i].adjective)
            continue;
        while (k < n && strcmp(seen[k].iso, d->places[i].country) != 0)
            k++;
        if (k == MOST_STATES)
            return;
        if (k == n) {
            memcpy(seen[n].iso, d->places[i].country, sizeof seen[n].iso);
            seen[n++].n = 0;
        }
        seen[k].n++;
        total++;
        best = seen[k].n > seen[best].n ? k : best;
    }
    if (n && seen[best].n >= FEWEST_PLACES && seen[best].n * 4 >= total * 3)
        memcpy(s->land, seen[best].iso, sizeof s->land);
}

/* Where the sentence before was, for a sentence that names neither a place nor a state of its own. */
static const char *of_scene_before(const struct settler *s, uint32_t head)
{
    const struct dgi_doc *d = s->doc;
    const uint32_t sent = d->toks[head].sent;
    static const char none[] = "";
    if (!sent || d->sents[sent - 1].root == DGI_NONE)
        return none;
    for (uint32_t t = d->sents[sent].first; t < d->sents[sent].end; t++)
        if (s->place_at[t] ||
            (d->toks[t].mention != DGI_NONE && d->entities[d->mentions[d->toks[t].mention].entity].country[0]))
            return none;
    return dgi_own_place(&s->where, d->sents[sent - 1].root);
}

static uint32_t with_country(struct settler *s, uint32_t old, const char *of)
{
    struct dgi_doc *d = s->doc;
    char iso[4] = ""; /* `of` may stand in the entities, which move when one is added */
    snprintf(iso, sizeof iso, "%s", of);
    dg_str code = code_of(&d->entities[old]);
    dg_str id = dgi_arena_printf(d->arena, "role:%s:%.*s", iso, (int)code.len, code.ptr);
    for (uint32_t i = 0; i < d->n_entities; i++)
        if (dgi_str_eq(d->entities[i].actor, id))
            return i;
    struct dgi_entity *e = DGI_PUSH(d->arena, d->entities, d->n_entities, d->cap_entities);
    if (!e || !id.ptr)
        return DGI_NONE;
    *e = d->entities[old];
    dg_str state = dgi_actor_state_cameo(s->ctx, iso);
    e->actor = id;
    e->cameo = dgi_arena_printf(d->arena, "%.*s%.*s", (int)state.len, state.ptr, (int)d->entities[old].cameo.len,
                                d->entities[old].cameo.ptr);
    snprintf(e->country, sizeof e->country, "%s", iso);
    e->n_mentions = 0;
    return d->n_entities - 1;
}

/* "Danish jets and tanks": a bare noun joined to one with a state's adjective is of that state. */
static const char *joined(const struct settler *s, uint32_t tok)
{
    const struct dgi_doc *d = s->doc;
    const uint32_t h = d->toks[tok].head;
    if (d->toks[tok].rel != DGI_REL_CONJ || h > tok || tok > h + 2)
        return "";
    for (uint32_t a = d->toks[h].first_child; a != DGI_NONE && a < h; a = d->toks[a].next_sib) {
        const uint32_t m = d->toks[a].rel == DGI_REL_AMOD ? d->toks[a].mention : DGI_NONE;
        if (m != DGI_NONE && d->mentions[m].entity < d->n_entities)
            return d->entities[d->mentions[m].entity].country;
    }
    return "";
}

/* Traders and firms are of a land only where their own phrase says so. */
static bool in_trade(const struct dgi_entity *e)
{
    static const char trade[] = "BUS";
    return dgi_str_is(code_of(e), trade);
}

/* "Nasser's army crossed into Jordan": whose they are is said, though nobody knows of which state he is. */
static bool of_somebody(const struct settler *s, uint32_t head)
{
    const struct dgi_doc *d = s->doc;
    uint32_t p = dgi_child(d, head, DGI_REL_NMOD_POSS, DGI_NONE);
    return p != DGI_NONE && d->toks[p].upos == DGI_PROPN && !dgi_country_at(&s->where, p)[0];
}

static bool settle(struct settler *s, struct dgi_mention *m)
{
    struct dgi_doc *d = s->doc;
    if (m->entity >= s->n_before || !is_bare(&d->entities[m->entity]))
        return true;
    uint32_t to = DGI_NONE;
    if (m->kind == DGI_MENTION_PRONOUN) {
        to = s->moved[m->entity];
    } else if (d->entities[m->entity].political && !of_somebody(s, m->head) &&
               (in_trade(&d->entities[m->entity]) ||
                dgi_actor_cue(s->ctx, "local", code_of(&d->entities[m->entity])))) {
        const char *iso = inside(s, m->head, 0);
        if (!iso[0] && in_trade(&d->entities[m->entity]))
            return true;
        if (!iso[0])
            iso = joined(s, m->head);
        if (!iso[0] && !dgi_actor_cue(s->ctx, "away", d->toks[m->head].lemma))
            iso = dgi_own_place(&s->where, m->head);
        if (!iso[0])
            iso = of_sentence(s, m->head, code_of(&d->entities[m->entity]));
        if (!iso[0] && !dgi_str_is(code_of(&d->entities[m->entity]), "MIL") &&
            !dgi_str_is(code_of(&d->entities[m->entity]), "REB"))
            iso = of_scene_before(s, m->head);
        if (!iso[0] && s->land[0])
            iso = s->land;
        if (iso[0] && (to = with_country(s, m->entity, iso)) == DGI_NONE)
            return false;
        s->moved[m->entity] = to;
    }
    if (to != DGI_NONE) {
        d->entities[m->entity].n_mentions--;
        d->entities[to].n_mentions++;
        m->entity = to;
    }
    return true;
}

dg_status dgi_actor_settle(const struct dgi_actors_ctx *ctx, struct dgi_doc *doc, dg_error *err)
{
    struct settler s = {.ctx = ctx, .doc = doc, .n_before = doc->n_entities};
    bool any = false, ok = true;
    for (uint32_t i = 0; i < doc->n_entities && !any; i++)
        any = is_bare(&doc->entities[i]);
    if (!any || !doc->n_places)
        return DG_OK;
    dgi_arena *a = dgi_arena_new(0);
    s.place_at = a ? dgi_arena_array(a, doc->n_toks, sizeof *s.place_at) : NULL;
    s.moved = a ? dgi_arena_array(a, doc->n_entities, sizeof *s.moved) : NULL;
    ok = s.place_at && s.moved;
    for (uint32_t i = 0; ok && i < doc->n_entities; i++)
        s.moved[i] = DGI_NONE;
    for (uint32_t i = 0; ok && i < doc->n_places; i++)
        for (uint32_t t = doc->places[i].first; !doc->places[i].adjective && t < doc->places[i].end && t < doc->n_toks;
             t++)
            s.place_at[t] = i + 1;
    s.where = (struct dgi_where){ctx, doc, place_at, &s};
    if (ok)
        find_land(&s);
    for (uint32_t i = 0; ok && i < doc->n_mentions; i++)
        ok = settle(&s, &doc->mentions[i]);
    dgi_arena_free(a);
    return ok ? DG_OK : dgi_fail(err, DG_E_NOMEM, "no memory for the actors of %u places", doc->n_places);
}

uint32_t dgi_actor_state(const struct dgi_actors_ctx *ctx, struct dgi_doc *doc, const char *of)
{
    char iso[4] = "";
    snprintf(iso, sizeof iso, "%s", of);
    for (uint32_t i = 0; i < doc->n_entities; i++)
        if (doc->entities[i].type == DGI_ENT_COUNTRY && !strcmp(doc->entities[i].country, iso))
            return i;
    struct dgi_entity *e = ctx ? DGI_PUSH(doc->arena, doc->entities, doc->n_entities, doc->cap_entities) : NULL;
    if (!e)
        return DGI_NONE;
    memset(e, 0, sizeof *e);
    e->actor = dgi_arena_printf(doc->arena, "country:%s", iso);
    e->name = dgi_arena_str(doc->arena, dgi_actor_state_name(ctx, iso));
    e->cameo = dgi_arena_str(doc->arena, dgi_actor_state_cameo(ctx, iso));
    e->sectors = e->title = dgi_str("");
    e->type = DGI_ENT_COUNTRY;
    e->political = true;
    snprintf(e->country, sizeof e->country, "%s", iso);
    return doc->n_entities - 1;
}

/* The entity `id` of a state's people, or a new one like `like`. */
static uint32_t people_like(const struct dgi_actors_ctx *ctx, struct dgi_doc *doc, dg_str code, const char *of,
                            const struct dgi_entity *like)
{
    dg_str id = dgi_arena_printf(doc->arena, "role:%s:%.*s", of, (int)code.len, code.ptr);
    if (!id.ptr)
        return DGI_NONE;
    for (uint32_t i = 0; i < doc->n_entities; i++)
        if (dgi_str_eq(doc->entities[i].actor, id))
            return i;
    struct dgi_entity new = *like, *e;
    dg_str state = of[0] ? dgi_actor_state_cameo(ctx, of) : dgi_str("");
    new.actor = id;
    new.cameo = dgi_arena_printf(doc->arena, "%.*s%.*s", (int)state.len, state.ptr, (int)code.len, code.ptr);
    new.n_mentions = 0;
    snprintf(new.country, sizeof new.country, "%s", of);
    if (!(e = DGI_PUSH(doc->arena, doc->entities, doc->n_entities, doc->cap_entities)))
        return DGI_NONE;
    *e = new;
    return doc->n_entities - 1;
}

uint32_t dgi_actor_people(const struct dgi_actors_ctx *ctx, struct dgi_doc *doc, const char *of)
{
    uint32_t row = dgi_table_find(ctx->roles, DGI_S("people"));
    struct dgi_entity like;
    memset(&like, 0, sizeof like);
    like.name = dgi_table_cell(ctx->roles, row, RL_ID);
    like.sectors = dgi_table_cell(ctx->roles, row, RL_SECTORS);
    like.title = dgi_str("");
    like.type = DGI_ENT_ROLE;
    like.political = like.plural = true;
    return people_like(ctx, doc, dgi_table_cell(ctx->roles, row, RL_CODE), of, &like);
}

uint32_t dgi_actor_of_land(const struct dgi_actors_ctx *ctx, struct dgi_doc *doc, uint32_t entity, const char *of)
{
    static const char bare[] = "role::";
    dg_str id = doc->entities[entity].actor;
    if (!ctx || !dgi_str_starts(id, dgi_str(bare)))
        return entity;
    uint32_t e = people_like(ctx, doc, dgi_str_sub(id, strlen(bare), id.len), of, &doc->entities[entity]);
    return e == DGI_NONE ? entity : e;
}
