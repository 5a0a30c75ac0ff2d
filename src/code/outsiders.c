/* SPDX-License-Identifier: Apache-2.0 */
/* code/outsiders.c: who stands in an open side though he is none in politics: somebody named whom no table and no title tells,
 * a firm, a broadcaster, reporters, "three others".
 *
 * Reads   events in the making after the bare ones are dropped; mentions, entities
 * Writes  draft.side[]
 *
 * They may act and suffer in what is an event already, but make none: "Snyder Rini resigned as prime minister", "called on
 * the network to drop its host", "the blast killed four". */
#include <stdio.h>
#include <string.h>

#include "code/coder.h"
#include "resolve/own_place.h"

/* The subject of what is asked or alleged ("called for the paper to sack him", "claimed that the firm lied"). */
static const struct path of_clause[] = {{2, {{STEP_CCOMP, 0}, {STEP_NSUBJ, 0}}},
                                        {2, {{STEP_XCOMP, 0}, {STEP_NSUBJ, 0}}}};

enum who {
    BY_BODY, /* firms, papers and the like alone */
    BY_NAME, /* and people with names */
    BY_TRADE
}; /* whom only his trade tells ("the broadcaster", "reporters") counts only with BY_TRADE */

/* The mention that a word heads, or of which it is the first word of several ("al" of "al-Hariri"). */
static uint32_t mention_of(const struct coder *c, uint32_t tok)
{
    uint32_t m = c->doc->toks[tok].mention, v = c->r.cover[tok];
    if (m == DGI_NONE && v != DGI_NONE && c->doc->mentions[v].first == tok &&
        c->doc->mentions[v].kind == DGI_MENTION_NAME)
        return v;
    return m != DGI_NONE && c->doc->mentions[m].head == tok ? m : DGI_NONE;
}

/* Is a mention's whole phrase somebody? */
static bool somebody(const struct coder *c, uint32_t tok, enum who who)
{
    uint32_t m = mention_of(c, tok);
    if (m == DGI_NONE)
        return false;
    const struct dgi_mention *k = &c->doc->mentions[m];
    uint8_t type = c->doc->entities[k->entity].type;
    return !k->adjectival && !k->locative &&
           ((type == DGI_ENT_PERSON && who != BY_BODY) || type == DGI_ENT_ORG || type == DGI_ENT_GROUP ||
            (who == BY_TRADE && type == DGI_ENT_ROLE));
}

/* "recalled its envoy": one of their own is no other side. */
static bool of_ones_own(const struct coder *c, uint32_t tok, uint32_t entity, const struct actor_refs *other)
{
    const struct dgi_entity *e = c->doc->entities;
    for (uint32_t i = 0; i < other->n; i++) {
        uint32_t o = other->ref[i].entity;
        if (o == entity || (e[entity].country[0] && !strcmp(e[entity].country, e[o].country) &&
                            dgi_child(c->doc, tok, DGI_REL_NMOD_POSS, DGI_NONE) != DGI_NONE))
            return true;
    }
    return false;
}

static void add_somebody(const struct coder *c, const struct dgi_fill *f, enum who who, const struct actor_refs *other,
                         struct actor_refs *out)
{
    for (uint32_t i = 0; i < f->n; i++) {
        if (!somebody(c, f->tok[i], who))
            continue;
        const struct dgi_mention *k = &c->doc->mentions[mention_of(c, f->tok[i])];
        if (!of_ones_own(c, f->tok[i], k->entity, other))
            dgi_refs_add(out, (struct dgi_ref){k->entity, k->span, f->tok[i], false});
    }
}

/* Is the subject said here, or shared with the verb that this one is joined to? What a participle far off is of, is a guess. */
static bool own_subject(const struct coder *c, uint32_t v)
{
    const struct dgi_tok *t = c->doc->toks;
    uint8_t rel = dgi_rel_base(t[v].rel);
    uint32_t o =
        rel == DGI_REL_ADVCL && t[v].head != DGI_NONE ? dgi_child(c->doc, t[v].head, DGI_REL_OBJ, DGI_NONE) : DGI_NONE;
    if (o != DGI_NONE && o == dgi_surface_subject(&c->r, v)) /* "sentenced Brown and his wife for torturing a child" */
        return true;
    return dgi_child_base(c->doc, v, DGI_REL_NSUBJ, DGI_NONE) != DGI_NONE || rel == DGI_REL_CONJ ||
           rel == DGI_REL_XCOMP;
}

/* "was jailed": a passive beyond doubt, or an object behind the verb. */
static bool sure_object(const struct coder *c, uint32_t v)
{
    return dgi_child(c->doc, v, DGI_REL_AUX_PASS, DGI_NONE) != DGI_NONE ||
           dgi_child(c->doc, v, DGI_REL_NSUBJ_PASS, DGI_NONE) !=
               DGI_NONE || /* "two died and six others were wounded" */
           dgi_child(c->doc, v, DGI_REL_OBJ, DGI_NONE) != DGI_NONE ||
           dgi_child(c->doc, v, DGI_REL_IOBJ, DGI_NONE) != DGI_NONE;
}

static uint32_t place_at(const void *user, uint32_t tok)
{
    const struct coder *c = user;
    uint32_t sent = c->doc->toks[tok].sent;
    for (uint32_t k = c->places.first[sent]; k < c->places.first[sent + 1]; k++) {
        const struct dgi_place *p = &c->doc->places[c->places.item[k]];
        if (p->first <= tok && tok < p->end)
            return c->places.item[k];
    }
    return DGI_NONE;
}

/* "officials in Lima said": where it is told, not where it was done. */
bool dgi_is_where_told(const struct coder *c, const struct dgi_place *p)
{
    const struct dgi_tok *t = c->doc->toks;
    uint32_t n = p->end ? p->end - 1 : DGI_NONE;
    for (int up = 0; up < 3 && n != DGI_NONE; up++, n = t[n].head)
        if (t[n].rel == DGI_REL_NSUBJ && t[n].head != DGI_NONE)
            return dgi_lemma_has(&c->r, t[n].head, DGI_LEX_REPORT | DGI_LEX_SPEECH);
    return false;
}

void dgi_own_land(const struct coder *c, uint32_t tok, char iso[4])
{
    struct dgi_where where = {c->actors, c->doc, place_at, c};
    snprintf(iso, sizeof c->doc->places->country, "%s", dgi_own_place(&where, tok));
    uint32_t sent = c->doc->toks[tok].sent;
    for (uint32_t k = c->places.first[sent]; k < c->places.first[sent + 1] && iso[0]; k++) {
        const struct dgi_place *p = &c->doc->places[c->places.item[k]];
        if (strcmp(p->country, iso) == 0 && dgi_is_where_told(c, p))
            iso[0] = 0;
    }
}

void dgi_one_land(const struct coder *c, uint32_t tok, char iso[4])
{
    uint32_t sent = c->doc->toks[tok].sent;
    dgi_own_land(c, tok, iso);
    for (uint32_t k = iso[0] ? c->places.first[sent + 1] : c->places.first[sent]; k < c->places.first[sent + 1]; k++) {
        const char *one = c->doc->places[c->places.item[k]].country;
        if (dgi_is_where_told(c, &c->doc->places[c->places.item[k]]))
            continue;
        if (iso[0] && one[0] && strcmp(iso, one) != 0) {
            iso[0] = 0;
            return;
        }
        if (one[0])
            memcpy(iso, one, sizeof c->doc->places->country);
    }
}

/* Of some words the first that only counts people, and is nobody itself; DGI_NONE. */
static uint32_t only_counted(const struct coder *c, const struct dgi_fill *f)
{
    uint32_t n = 0;
    while (n < f->n && c->r.upos[f->tok[n]] != DGI_NUM && !dgi_lemma_has(&c->r, f->tok[n], DGI_LEX_COUNTED))
        n++;
    return n == f->n || c->doc->toks[f->tok[n]].mention != DGI_NONE ? DGI_NONE : f->tok[n];
}

/* "Two soldiers were killed and six wounded": of the people whom the verb before it names; DGI_NONE. */
static uint32_t more_of_them(const struct coder *c, const struct draft *w)
{
    const struct dgi_tok *t = c->doc->toks;
    uint32_t v = t[w->tok].rel == DGI_REL_CONJ ? t[w->tok].head : DGI_NONE, e = v == DGI_NONE ? v : c->ev[v];
    if (w->nominal || e == DGI_NONE || c->w[e].dropped || c->w[e].tok != v || !dgi_lemma_has(&c->r, v, DGI_LEX_HARM))
        return DGI_NONE;
    static const char military[] = "MIL", police[] = "COP",
                      rebel[] = "REB"; /* "a soldier was killed, two others hurt" */
    const struct actor_refs *k = &c->w[e].side[DGI_SIDE_TARGET];
    if (k->n != 1 || k->ref[0].head == DGI_NONE || c->r.upos[k->ref[0].head] != DGI_NOUN ||
        c->doc->entities[k->ref[0].entity].type != DGI_ENT_ROLE)
        return DGI_NONE;
    dg_str sector = c->doc->entities[k->ref[0].entity].sectors;
    return dgi_is_plural(c->doc, k->ref[0].head) || dgi_str_is(sector, military) || dgi_str_is(sector, police) ||
                   dgi_str_is(sector, rebel)
               ? k->ref[0].entity
               : DGI_NONE;
}

/* "killed four", "thousands marched": people, of whom the text says no more. False: no memory. */
static bool counted(struct coder *c, struct draft *w, int side, const struct dgi_fill *f)
{
    uint32_t at = only_counted(c, f);
    char iso[4];
    if (w->side[side].n || at == DGI_NONE || !c->actors)
        return true;
    dgi_one_land(c, w->tok, iso);
    uint32_t e = side == DGI_SIDE_TARGET ? more_of_them(c, w) : DGI_NONE;
    if (e == DGI_NONE && (e = dgi_actor_people(c->actors, c->doc, iso)) == DGI_NONE)
        return false;
    dgi_refs_add(&w->side[side], (struct dgi_ref){e, {c->doc->toks[at].start, c->doc->toks[at].end}, at, false});
    return true;
}

static bool is_force(const struct draft *w)
{
    uint8_t p = w->frame->plover;
    return p == DGI_ASSAULT || p == DGI_COERCE;
}

static bool source_of_verb(struct coder *c, struct draft *w)
{
    struct dgi_fill f = {{0}, 0};
    if (w->nominal) { /* "the paper published allegations" */
        if (w->light_tok == DGI_NONE || c->r.upos[w->light_tok] != DGI_VERB || dgi_is_passive(&c->r, w->light_tok) ||
            !own_subject(c, w->light_tok))
            return true;
        dgi_fill_add(&f, dgi_surface_subject(&c->r, w->light_tok));
    } else if (dgi_is_passive(&c->r, w->tok))
        dgi_agents(&c->r, w->tok, &f);
    else if (own_subject(c, w->tok))
        dgi_fill_add(&f, dgi_surface_subject(&c->r, w->tok));
    dgi_fill_expand(&c->r, &f);
    add_somebody(c, &f, w->side[DGI_SIDE_TARGET].n ? BY_TRADE : BY_NAME, &w->side[DGI_SIDE_TARGET],
                 &w->side[DGI_SIDE_SOURCE]);
    return w->nominal || w->frame->plover != DGI_PROTEST || counted(c, w, DGI_SIDE_SOURCE, &f);
}

/* "her lawsuit against Peru", "a petition by Ana Diaz": who owns the noun or by whom it is. Of what somebody suffers ("Mensah's
 * murder") the owner is the victim. */
static void owner_of_noun(const struct coder *c, struct draft *w)
{
    const struct dgi_tok *t = c->doc->toks;
    const uint32_t *prep = c->t->lx.prep;
    uint8_t p = w->frame->plover;
    struct actor_refs *out = &w->side[DGI_SIDE_SOURCE];
    for (uint32_t ch = t[w->tok].first_child; ch != DGI_NONE; ch = t[ch].next_sib) {
        struct dgi_fill f = {{0}, 0};
        bool phrase = t[ch].rel == DGI_REL_NMOD && c->r.cas[ch];
        if ((t[ch].rel == DGI_REL_NMOD_POSS && !dgi_lemma_has(&c->r, w->tok, DGI_LEX_PATIENT)) ||
            (phrase && c->r.cas[ch] == prep[DGI_PREP_AGENT]) ||
            (phrase && c->r.cas[ch] == prep[DGI_PREP_FROM] && dgi_says_something(p)))
            dgi_fill_add(&f, ch);
        dgi_fill_expand(&c->r, &f);
        add_somebody(c, &f, BY_NAME, &w->side[DGI_SIDE_TARGET], out);
    }
}

/* "added a call for peace", "made threats against Ana Diaz": who stands with the verb that carries the noun. */
static void from_carrier(const struct coder *c, struct draft *w, int side)
{
    const struct light *l = w->light;
    struct actor_refs *out = &w->side[side];
    const struct role *own = &w->frame->role[side == DGI_SIDE_SOURCE ? ROLE_SOURCE : ROLE_TARGET];
    if (!l || !w->nominal || w->light_tok == DGI_NONE)
        return;
    const struct role *r = side == DGI_SIDE_SOURCE ? &l->source : &l->target;
    for (uint32_t i = 0; !r->none && i < r->n && !out->n; i++) {
        struct dgi_fill f = {{0}, 0};
        dgi_frame_path(c, w->light_tok, &r->path[i], &f);
        add_somebody(c, &f, BY_NAME, &w->side[!side], out);
    }
    for (uint32_t i = 0; side == DGI_SIDE_TARGET && own->given && i < own->n && !out->n; i++) {
        struct dgi_fill f = {{0}, 0};
        if (own->path[i].n == 1 && own->path[i].step[0].kind == STEP_NMOD)
            dgi_frame_step(c, w->light_tok, (struct step){STEP_OBL, own->path[i].step[0].word}, false, &f);
        add_somebody(c, &f, BY_NAME, &w->side[!side], out);
    }
}

/* One of "A, B and C": behind an "and", or before the one that is; in "the senator and his wife, Kate" Kate is none. */
static bool in_list(const struct coder *c, uint32_t tok)
{
    const struct dgi_tok *t = c->doc->toks;
    for (uint32_t ch = t[tok].rel == DGI_REL_CONJ ? tok : DGI_NONE; ch != DGI_NONE; ch = t[ch].next_sib)
        if (t[ch].rel == DGI_REL_CONJ && dgi_child(c->doc, ch, DGI_REL_CC, DGI_NONE) != DGI_NONE)
            return true;
    return false;
}

/* "a deputy minister and Karim Wade": who is joined to one that has the side shares it. */
static void joined(const struct coder *c, struct draft *w, int side)
{
    const struct dgi_tok *t = c->doc->toks;
    struct actor_refs *out = &w->side[side];
    uint32_t n = out->n;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t h = out->ref[i].head;
        struct dgi_fill f = {{0}, 0};
        if (h == DGI_NONE || c->doc->toks[h].mention == DGI_NONE ||
            c->doc->mentions[t[h].mention].entity != out->ref[i].entity ||
            c->doc->entities[out->ref[i].entity].type == DGI_ENT_COUNTRY) /* "its envoy in Lima, Ana Diaz": no list */
            continue;
        if (t[h].rel == DGI_REL_CONJ && t[h].head != DGI_NONE && c->r.upos[t[h].head] != DGI_VERB)
            h = t[h].head;
        dgi_fill_add(&f, h);
        for (uint32_t ch = t[h].first_child; ch != DGI_NONE; ch = t[ch].next_sib)
            if (in_list(c, ch))
                dgi_fill_add(&f, ch);
        add_somebody(c, &f, BY_NAME, &w->side[!side], out);
    }
}

static void by_paths(const struct coder *c, struct draft *w, const struct path *path, uint32_t n)
{
    struct actor_refs *out = &w->side[DGI_SIDE_TARGET];
    for (uint32_t i = 0; i < n && !out->n; i++) {
        struct dgi_fill f = {{0}, 0};
        uint8_t last = path[i].step[path[i].n - 1].kind;
        if (last == STEP_COMPOUND || last == STEP_AMOD || last == STEP_MOD)
            continue; /* "the Guardian report": named, and no side */
        dgi_frame_path(c, w->tok, &path[i], &f);
        add_somebody(c, &f, w->frame->plover == DGI_REJECT ? BY_NAME : BY_TRADE, &w->side[DGI_SIDE_SOURCE], out);
    }
}

/* "praised the courage of Amara's brother", "threatened the network's licence": whose what is praised or threatened is. */
static const struct path owner[] = {{2, {{STEP_OBJ, 0}, {STEP_POSS, 0}}}};

static void by_owner_of_object(const struct coder *c, struct draft *w)
{
    struct path far = {3, {{STEP_OBJ, 0}, {STEP_NMOD, c->t->lx.prep[DGI_PREP_OF]}, {STEP_POSS, 0}}};
    by_paths(c, w, owner, 1);
    by_paths(c, w, &far, 1);
}

/* "killed", and "left nine dead": said of people. */
static bool befalls_people(const struct coder *c, uint32_t v)
{
    uint32_t x = dgi_child(c->doc, v, DGI_REL_XCOMP, DGI_NONE);
    return dgi_lemma_has(&c->r, v, DGI_LEX_HARM) || (x != DGI_NONE && dgi_lemma_has(&c->r, x, DGI_LEX_COUNTED));
}

/* "Blasts in Mali killed a mayor and wounded 25 others": whom a verb has counted itself is not whom its neighbour names, nor the state
 * where it was. */
static void own_count_goes_first(const struct coder *c, struct draft *w)
{
    struct actor_refs *out = &w->side[DGI_SIDE_TARGET];
    struct dgi_fill f = {{0}, 0};
    if (w->nominal || !sure_object(c, w->tok) || !befalls_people(c, w->tok))
        return;
    dgi_objects(&c->r, w->tok, &f);
    dgi_fill_expand(&c->r, &f);
    uint32_t at = only_counted(c, &f);
    for (uint32_t i = 0; i < out->n && at != DGI_NONE; i++)
        if (out->ref[i].head != DGI_NONE && dgi_dominates(c->doc, f.tok[0], out->ref[i].head))
            return; /* "six of the soldiers", "a monk and two others" */
    if (at != DGI_NONE)
        out->n = 0;
}

static bool target(struct coder *c, struct draft *w)
{
    struct dgi_fill f = {{0}, 0};
    uint8_t p = w->frame->plover;
    const struct role *r = &w->frame->role[ROLE_TARGET];
    struct actor_refs *out = &w->side[DGI_SIDE_TARGET];
    if (w->nominal) { /* "the shooting of Jacob Blake" */
        if (is_force(w) || p == DGI_SANCTION || p == DGI_ACCUSE)
            dgi_phrases(&c->r, w->tok, c->t->lx.prep[DGI_PREP_OF], DGI_REL_NMOD, &f);
    } else if (sure_object(c, w->tok)) {
        dgi_objects(&c->r, w->tok, &f);
    } else if (is_force(w)) { /* "the police killing of Daniel Osei", read as a verb */
        dgi_phrases(&c->r, w->tok, c->t->lx.prep[DGI_PREP_OF], DGI_REL_OBL, &f);
    }
    dgi_fill_expand(&c->r, &f);
    bool done_to = w->nominal || is_force(w) ||
                   (!r->given && p != DGI_AID && p != DGI_RETREAT && p != DGI_MOBILIZE && p != DGI_REJECT);
    add_somebody(c, &f, done_to ? BY_TRADE : BY_NAME, &w->side[DGI_SIDE_SOURCE], out);
    if (!out->n && r->given)
        by_paths(c, w, r->path, r->n);
    if (!out->n)
        from_carrier(c, w, DGI_SIDE_TARGET);
    if (!out->n && !w->nominal && (p == DGI_REQUEST || p == DGI_ACCUSE))
        by_paths(c, w, of_clause, sizeof of_clause / sizeof *of_clause);
    if (!out->n && !w->nominal && (dgi_says_something(p) || p == DGI_SANCTION))
        by_owner_of_object(c, w);
    bool others =
        f.n && c->r.upos[f.tok[0]] != DGI_NUM && more_of_them(c, w) != DGI_NONE; /* "and captured 16 others" */
    return (!others && !befalls_people(c, w->tok)) || counted(c, w, DGI_SIDE_TARGET, &f);
}

/* "kidnapped a Danish geologist": of what trade he is no table says, but he is not Denmark. False: no memory. */
static bool one_of_the_state(struct coder *c, struct draft *w)
{
    const struct dgi_tok *t = c->doc->toks;
    struct actor_refs *out = &w->side[DGI_SIDE_TARGET];
    for (uint32_t i = 0; i < out->n && c->actors; i++) {
        struct dgi_ref *r = &out->ref[i];
        char iso[4];
        if (r->head == DGI_NONE || t[r->head].rel != DGI_REL_AMOD ||
            c->doc->entities[r->entity].type != DGI_ENT_COUNTRY)
            continue;
        uint32_t n = t[r->head].head;
        if (n == DGI_NONE || t[n].mention != DGI_NONE || c->ev[n] != DGI_NONE || c->r.upos[n] != DGI_NOUN)
            continue;
        memcpy(iso, c->doc->entities[r->entity].country, sizeof iso);
        uint32_t e = dgi_actor_people(c->actors, c->doc, iso);
        if (e == DGI_NONE)
            return false;
        *r = (struct dgi_ref){e, {t[r->head].start, t[n].end}, n, false};
    }
    return true;
}

bool dgi_fill_outsiders(struct coder *c)
{
    bool ok = true;
    for (uint32_t i = 0; i < c->n_w; i++) {
        struct draft *w = &c->w[i];
        if (w->dropped)
            continue;
        if (!w->side[DGI_SIDE_SOURCE].n && !w->frame->role[ROLE_SOURCE].none) {
            if (w->nominal) {
                owner_of_noun(c, w);
                from_carrier(c, w, DGI_SIDE_SOURCE);
            } else {
                ok = source_of_verb(c, w) && ok;
            }
        }
        own_count_goes_first(c, w);
        if (!w->side[DGI_SIDE_TARGET].n && !w->frame->role[ROLE_TARGET].none)
            ok = target(c, w) && ok;
        if (!w->nominal && dgi_lemma_has(&c->r, w->tok, DGI_LEX_HARM))
            ok = one_of_the_state(c, w) && ok;
        joined(c, w, DGI_SIDE_SOURCE);
        joined(c, w, DGI_SIDE_TARGET);
    }
    return ok;
}
