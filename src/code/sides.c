/* SPDX-License-Identifier: Apache-2.0 */
/* code/sides.c: the other side where no slot of the row leads to it: inside the object's own phrase, in the place that
 * is struck, in the condition of a threat.
 *
 * Reads   events in the making with their sides, places, mentions
 * Writes  draft.side[DGI_SIDE_TARGET]
 *
 * "Iraqi guns rained shells on Abadan", "shelved its threat to send elephants to Germany", "threatened to close the line
 * if Rhodesia searched a train". Only for who acts for a state, only where all that is named beside it is of one other state:
 * of two nobody can say which. Runs after the slots and what is inherited, before the discourse (discourse.c). */
#include "code/coder.h"
#include "resolve/actor.h"

enum { DEEPEST = 4, MOST_STEPS = 60 };

struct found {
    struct dgi_ref ref;
    char iso[4];
    uint32_t n_steps;
    bool several;
};

struct seeker {
    struct coder *c;
    const struct draft *w;
    bool places; /* where it happens counts: what is struck there is its owner's */
    struct found f;
};

static const struct dgi_entity *entity(const struct coder *c, uint32_t e)
{
    return &c->doc->entities[e];
}

/* A state of one of those who do it. */
static bool is_own(const struct seeker *s, const char *iso)
{
    const struct actor_refs *by = &s->w->side[DGI_SIDE_SOURCE];
    for (uint32_t i = 0; i < by->n; i++)
        if (!strcmp(iso, entity(s->c, by->ref[i].entity)->country))
            return true;
    return false;
}

static void note(struct seeker *s, const char *iso, struct dgi_ref ref)
{
    if (!iso[0] || is_own(s, iso))
        return;
    if (s->f.iso[0] && strcmp(s->f.iso, iso) != 0)
        s->f.several = true;
    else if (!s->f.iso[0] ||
             (entity(s->c, s->f.ref.entity)->type == DGI_ENT_COUNTRY &&
              entity(s->c, ref.entity)->type != DGI_ENT_COUNTRY)) { /* the consul says more than his state */
        memcpy(s->f.iso, iso, sizeof s->f.iso);
        s->f.ref = ref;
    }
}

static uint32_t place_at(const struct coder *c, uint32_t tok)
{
    uint32_t sent = c->doc->toks[tok].sent;
    for (uint32_t k = c->places.first[sent]; k < c->places.first[sent + 1]; k++) {
        const struct dgi_place *p = &c->doc->places[c->places.item[k]];
        if (p->first <= tok && tok < p->end)
            return c->places.item[k];
    }
    return DGI_NONE;
}

static void look_at(struct seeker *s, uint32_t tok)
{
    struct dgi_doc *d = s->c->doc;
    uint32_t m = d->toks[tok].mention, p = place_at(s->c, tok);
    if (m != DGI_NONE && d->mentions[m].kind != DGI_MENTION_PRONOUN) {
        const struct dgi_mention *k = &d->mentions[m];
        uint8_t type = entity(s->c, k->entity)->type;
        if (entity(s->c, k->entity)->political && (s->places || !k->locative) &&
            (type == DGI_ENT_COUNTRY || type == DGI_ENT_ROLE || type == DGI_ENT_PERSON))
            note(s, entity(s->c, k->entity)->country, (struct dgi_ref){k->entity, k->span, tok, false});
        return;
    }
    if (p != DGI_NONE && s->places && m == DGI_NONE && d->places[p].country[0] && !is_own(s, d->places[p].country)) {
        char iso[4];
        memcpy(iso, d->places[p].country, sizeof iso);
        uint32_t e = dgi_actor_state(s->c->actors, d, iso);
        if (e != DGI_NONE)
            note(s, iso, (struct dgi_ref){e, d->places[p].span, tok, false});
    }
}

/* A phrase and what hangs on it as a name, an owner or a phrase of its own; clauses are another matter. */
static void look_into(struct seeker *s, uint32_t tok, int depth)
{
    const struct dgi_tok *t = s->c->doc->toks;
    if (depth > DEEPEST || s->f.n_steps++ > MOST_STEPS)
        return;
    look_at(s, tok);
    for (uint32_t ch = t[tok].first_child; ch != DGI_NONE; ch = t[ch].next_sib) {
        uint8_t rel = dgi_rel_base(t[ch].rel);
        if (rel == DGI_REL_NMOD || rel == DGI_REL_AMOD || rel == DGI_REL_COMPOUND || rel == DGI_REL_FLAT ||
            rel == DGI_REL_CONJ)
            look_into(s, ch, depth + 1);
    }
}

static bool is_time(const struct coder *c, uint32_t tok)
{
    uint32_t sent = c->doc->toks[tok].sent;
    for (uint32_t k = c->times.first[sent]; k < c->times.first[sent + 1]; k++) {
        const struct dgi_time *x = &c->doc->times[c->times.item[k]];
        if (x->first <= tok && tok < x->end)
            return true;
    }
    return false;
}

/* Objects and phrases of the trigger; what it makes somebody do ("let the consul return"). */
static void look_around(struct seeker *s, uint32_t tok, int depth)
{
    const struct coder *c = s->c;
    const struct dgi_tok *t = c->doc->toks;
    for (uint32_t ch = t[tok].first_child; ch != DGI_NONE; ch = t[ch].next_sib) {
        uint8_t rel = dgi_rel_base(t[ch].rel);
        bool object = rel == DGI_REL_OBJ || rel == DGI_REL_IOBJ ||
                      (s->w->nominal && rel == DGI_REL_NMOD && t[ch].rel != DGI_REL_NMOD_POSS);
        bool phrase = rel == DGI_REL_OBL && t[ch].rel != DGI_REL_OBL_AGENT && !is_time(c, ch) &&
                      dgi_lexis_is(&c->t->lx, c->r.cas[ch], DGI_LEX_SIDE_PREP) && (s->places || ch > tok);
        uint32_t e = c->ev[ch];
        if (phrase && e != DGI_NONE && c->w[e].nominal && c->w[e].frame->plover == DGI_REQUEST && &c->w[e] != s->w)
            continue; /* "closed at the request of Peru": not against Peru */
        if (object || phrase)
            look_into(s, ch, 0);
        else if (rel == DGI_REL_XCOMP && depth < 2)
            look_around(s, ch, depth + 1);
    }
}

/* Does all of the source act for states, or is it a body of several? */
static bool acts_for_states(const struct coder *c, const struct actor_refs *side)
{
    static const char bodies[] = "IGO", at_arms[] = "MIL", police[] = "COP", government[] = "GOV", house[] = "LEG",
                      court[] = "JUD";
    for (uint32_t i = 0; i < side->n; i++) {
        const struct dgi_entity *e = entity(c, side->ref[i].entity);
        bool acts = e->type == DGI_ENT_COUNTRY || dgi_str_in(e->sectors, ',', dgi_str(government)) ||
                    dgi_str_in(e->sectors, ',', dgi_str(at_arms)) || dgi_str_in(e->sectors, ',', dgi_str(police)) ||
                    dgi_str_in(e->sectors, ',', dgi_str(house)) || dgi_str_in(e->sectors, ',', dgi_str(court));
        if (side->n == 1 && dgi_str_in(e->sectors, ',', dgi_str(bodies)))
            return true;
        if (!acts || !e->country[0])
            return false;
    }
    return side->n > 0;
}

static bool other_side_in_phrase(struct coder *c, struct draft *w)
{
    struct seeker s = {.c = c, .w = w};
    uint8_t p = w->frame->plover;
    if (!acts_for_states(c, &w->side[DGI_SIDE_SOURCE]))
        return false;
    s.places = p == DGI_ASSAULT || p == DGI_MOBILIZE || p == DGI_COERCE || p == DGI_AID;
    look_around(&s, w->tok, 0);
    if (w->light_tok != DGI_NONE && !s.f.iso[0])
        look_around(&s, w->light_tok, 0);
    if (!s.f.iso[0] || s.f.several)
        return false;
    dgi_refs_add(&w->side[DGI_SIDE_TARGET], s.f.ref);
    dgi_trace_add(c->doc, w->tok, "target", "the one other state in its phrases: %s", s.f.iso);
    return true;
}

/* "Police drove them off with tear gas": the means is theirs whose verb it is, against whom the verb says. */
static void of_its_verb(struct coder *c, struct draft *w)
{
    const struct dgi_tok *t = c->doc->toks;
    uint32_t h = t[w->tok].head;
    if (!w->nominal || w->light_tok != DGI_NONE || dgi_rel_base(t[w->tok].rel) != DGI_REL_OBL || h == DGI_NONE ||
        c->r.upos[h] != DGI_VERB || c->ev[h] != DGI_NONE || c->r.cas[w->tok] != c->t->lx.prep[DGI_PREP_WITH] ||
        !c->r.cas[w->tok] || (w->frame->plover != DGI_ASSAULT && w->frame->plover != DGI_COERCE))
        return;
    for (int side = 0; side < DGI_N_SIDE; side++) {
        struct dgi_fill f = {{0}, 0};
        if (w->side[side].n || w->frame->role[side == DGI_SIDE_SOURCE ? ROLE_SOURCE : ROLE_TARGET].none)
            continue;
        dgi_frame_step(c, h, (struct step){side == DGI_SIDE_SOURCE ? STEP_NSUBJ : STEP_OBJ, 0}, false, &f);
        dgi_fill_expand(&c->r, &f);
        for (uint32_t i = 0; i < f.n; i++)
            dgi_actors_at(c, f.tok[i], false, &w->side[side], 0);
        if (w->side[side].n)
            dgi_trace_add(c->doc, w->tok, side ? "target" : "source", "of the verb that it is the means of");
    }
}

bool dgi_set_against(const struct dgi_entity *e)
{
    static const char *const against[] = {"REB", "OPP", "SPL", "CRM"};
    for (size_t i = 0; i < sizeof against / sizeof *against; i++)
        if (dgi_str_in(e->sectors, ',', dgi_str(against[i])))
            return true;
    return e->type == DGI_ENT_GROUP;
}

/* In arms against the state, or away from it; who only protests there is still of it. */
static bool rebels(const struct dgi_entity *e)
{
    static const char rebel[] = "REB", apart[] = "SPL";
    return e->type == DGI_ENT_GROUP || dgi_str_in(e->sectors, ',', dgi_str(rebel)) ||
           dgi_str_in(e->sectors, ',', dgi_str(apart));
}

bool dgi_same_power(const struct dgi_entity *a, const struct dgi_entity *b)
{
    if (a == b)
        return true;
    return a->country[0] && !strcmp(a->country, b->country) && rebels(a) == rebels(b) &&
           (a->type != DGI_ENT_GROUP || b->type != DGI_ENT_GROUP);
}

/* As "if a commission of the two countries" and the state that threatens. */
bool dgi_refs_share(const struct coder *c, const struct actor_refs *a, const struct actor_refs *b)
{
    const struct dgi_entity *e = c->doc->entities;
    for (uint32_t i = 0; i < a->n; i++)
        for (uint32_t k = 0; k < b->n; k++) {
            if (dgi_same_power(&e[a->ref[i].entity], &e[b->ref[k].entity]))
                return true;
        }
    return false;
}

/* "threatened a strike if Rhodesia searched its trains" */
static bool who_brings_it_about(struct coder *c, struct draft *w)
{
    struct actor_refs r = {.n = 0};
    if (w->frame->plover != DGI_THREATEN || w->cond_tok == DGI_NONE || !w->side[DGI_SIDE_SOURCE].n)
        return false;
    uint32_t s = dgi_surface_subject(&c->r, w->cond_tok);
    if (s == DGI_NONE || c->r.upos[s] == DGI_PRON)
        return false;
    dgi_actors_at(c, s, true, &r, 0);
    if (dgi_refs_share(c, &r, &w->side[DGI_SIDE_SOURCE]))
        return false;
    for (uint32_t i = 0; i < r.n; i++)
        dgi_refs_add(&w->side[DGI_SIDE_TARGET], r.ref[i]);
    if (r.n)
        dgi_trace_add(c->doc, w->tok, "target", "who would bring the condition about");
    return r.n > 0;
}

/* "Lula and Milei agreed to it at the close of a conference": several who do a thing at a meeting have met. */
static void who_met_there(struct coder *c, struct draft *w)
{
    const struct dgi_tok *t = c->doc->toks;
    struct actor_refs r = {.n = 0};
    uint32_t v = w->tok;
    if (!w->nominal || w->frame->plover != DGI_CONSULT || w->light_tok != DGI_NONE || w->side[DGI_SIDE_SOURCE].n ||
        w->side[DGI_SIDE_TARGET].n || w->frame->role[ROLE_SOURCE].none)
        return;
    for (int k = 0; k < DEEPEST && v != DGI_NONE && c->r.upos[v] != DGI_VERB; k++) {
        uint8_t rel = dgi_rel_base(t[v].rel);
        if (rel != DGI_REL_OBL && rel != DGI_REL_NMOD)
            return;
        v = t[v].head;
    }
    if (v == DGI_NONE || c->r.upos[v] != DGI_VERB || dgi_is_passive(&c->r, v))
        return;
    struct dgi_fill f = {{0}, 0};
    dgi_fill_add(&f, dgi_surface_subject(&c->r, v));
    dgi_fill_expand(&c->r, &f);
    for (uint32_t i = 0; i < f.n; i++)
        dgi_actors_at(c, f.tok[i], false, &r, 0);
    if (r.n < 2 || !strcmp(entity(c, r.ref[0].entity)->country, entity(c, r.ref[1].entity)->country))
        return;
    w->side[DGI_SIDE_SOURCE] = r;
    w->recip = w->own_actor = true;
    dgi_trace_add(c->doc, w->tok, "source", "who does something together at it");
}

/* "left Kabul after talks with Ghani", "is in Riga for talks": whoever goes there for a meeting or comes from it was at it. */
static void who_comes_from_it(struct coder *c, struct draft *w)
{
    const struct dgi_tok *t = c->doc->toks;
    uint32_t v = t[w->tok].head, s;
    const bool told = v != DGI_NONE && dgi_rel_base(t[w->tok].rel) == DGI_REL_NSUBJ &&
                      dgi_rel_base(t[v].rel) == DGI_REL_ADVCL && dgi_has_mark(&c->r, v, DGI_W_SEQUENCE);
    if (!w->nominal || w->frame->plover != DGI_CONSULT || (w->light_tok != DGI_NONE && !told) ||
        w->side[DGI_SIDE_SOURCE].n || w->frame->role[ROLE_SOURCE].none || v == DGI_NONE ||
        (!w->side[DGI_SIDE_TARGET].n && (told || c->r.cas[w->tok] != c->t->lx.prep[DGI_PREP_FOR])))
        return;
    if (told) /* "ruled it out, a day after talks with Guyana ended" */
        v = t[v].head;
    else if ((dgi_rel_base(t[w->tok].rel) != DGI_REL_OBL && dgi_rel_base(t[w->tok].rel) != DGI_REL_ADVCL) ||
             !dgi_lexis_is(&c->t->lx, c->r.cas[w->tok], DGI_LEX_MEETING_PREP))
        return;
    if (v == DGI_NONE)
        return;
    s = dgi_surface_subject(&c->r, v);
    if (s == DGI_NONE || (c->r.upos[v] == DGI_VERB && dgi_is_passive(&c->r, v)))
        return;
    struct actor_refs r = {.n = 0};
    struct dgi_fill f = {{0}, 0};
    dgi_fill_add(&f, s);
    dgi_fill_expand(&c->r, &f);
    for (uint32_t i = 0; i < f.n; i++)
        if (c->doc->toks[f.tok[i]].mention != DGI_NONE || c->r.cover[f.tok[i]] != DGI_NONE)
            dgi_actors_at(c, f.tok[i], true, &r, 0);
    for (uint32_t i = 0; i < r.n; i++)
        for (uint32_t k = 0; k < w->side[DGI_SIDE_TARGET].n; k++)
            if (r.ref[i].entity == w->side[DGI_SIDE_TARGET].ref[k].entity)
                return;
    w->side[DGI_SIDE_SOURCE] = r;
    w->own_actor = w->own_actor || r.n;
    if (r.n)
        dgi_trace_add(c->doc, w->tok, "source", "who comes to it or from it");
}

/* "took responsibility for several bombings", "denied any part in the killings": whose deed it is, or is said not to be. */
static void who_answers_for_it(struct coder *c, struct draft *w)
{
    const struct dgi_tok *t = c->doc->toks;
    uint32_t h = w->tok, v, s;
    struct actor_refs r = {.n = 0};
    struct dgi_fill f = {{0}, 0};
    if (!w->nominal || w->side[DGI_SIDE_SOURCE].n || w->frame->role[ROLE_SOURCE].none ||
        w->frame->plover != DGI_ASSAULT)
        return;
    for (int k = 0; k < DEEPEST && h != DGI_NONE && !dgi_lemma_has(&c->r, h, DGI_LEX_PART_IN); k++) {
        uint8_t rel = dgi_rel_base(t[h].rel);
        if ((rel != DGI_REL_OBL && rel != DGI_REL_NMOD) || !c->r.cas[h])
            return;
        uint32_t up = t[h].head, o = up == DGI_NONE ? up : dgi_child(c->doc, up, DGI_REL_OBJ, DGI_NONE);
        h = rel == DGI_REL_OBL && o != DGI_NONE ? o : up; /* "claimed responsibility in court for": hung on the verb */
    }
    v = h == DGI_NONE ? h : t[h].head;
    if (v == DGI_NONE || !dgi_lemma_has(&c->r, h, DGI_LEX_PART_IN) || dgi_rel_base(t[h].rel) != DGI_REL_OBJ ||
        c->r.upos[v] != DGI_VERB || dgi_is_passive(&c->r, v))
        return;
    s = dgi_surface_subject(&c->r, v);
    if (s == DGI_NONE)
        return;
    dgi_fill_add(&f, s);
    dgi_fill_expand(&c->r, &f);
    for (uint32_t i = 0; i < f.n; i++)
        dgi_actors_at(c, f.tok[i], true, &r, 0);
    if (!r.n || dgi_refs_same(&r, &w->side[DGI_SIDE_TARGET]))
        return;
    w->side[DGI_SIDE_SOURCE] = r;
    w->own_actor = true;
    dgi_trace_add(c->doc, w->tok, "source", "who answers for it");
}

void dgi_fill_meetings(struct coder *c)
{
    for (uint32_t i = 0; i < c->n_w; i++)
        if (!c->w[i].used_up) {
            who_met_there(c, &c->w[i]);
            who_comes_from_it(c, &c->w[i]);
            who_answers_for_it(c, &c->w[i]);
        }
}

void dgi_fill_other_side(struct coder *c)
{
    for (uint32_t i = 0; i < c->n_w; i++) {
        struct draft *w = &c->w[i];
        if (!w->dropped)
            of_its_verb(c, w);
        if (!w->dropped && w->recip && w->frame->plover == DGI_AGREE && w->side[DGI_SIDE_SOURCE].n == 1 &&
            !w->side[DGI_SIDE_TARGET].n)
            dgi_fill_far_side(c, w); /* who laid down what is agreed to */
        if (w->dropped || w->recip || w->frame->role[ROLE_TARGET].none || w->frame->plover == DGI_CONSULT)
            continue;
        if (w->side[DGI_SIDE_TARGET].n) {
            if (w->frame->flags & FRAME_RUN || w->frame->plover == DGI_MOBILIZE)
                dgi_fill_far_side(c, w); /* where it is about nobody's thing, or only where troops go */
            continue;
        }
        if (!who_brings_it_about(c, w) && !other_side_in_phrase(c, w) && !dgi_fill_far_side(c, w))
            dgi_fill_protest(c, w);
    }
}
