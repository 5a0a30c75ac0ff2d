/* SPDX-License-Identifier: Apache-2.0 */
/* code/slots.c: who fills source and target.
 *
 * Reads   clauses (by steps.c), mentions, entities, frame
 * Writes  draft.side[]
 *
 * A slot's paths lead to tokens; a token stands for the entity of its mention, or, when its noun phrase is no actor itself
 * ("Russia's demand", "six of their crew", "Turkish drones"), for the actor inside it. A place counts only where a row
 * names the path: "in Moscow" is where, "deployed near Ukraine" is against whom. */
#include "code/coder.h"

#include <stdio.h>

enum { DEEPEST_AGENT = 5 }; /* heads between a passive verb and its agent */

static bool mention_acts(const struct coder *c, uint32_t m, bool allow_place)
{
    const struct dgi_mention *k = &c->doc->mentions[m];
    const struct dgi_entity *e = &c->doc->entities[k->entity];
    return e->political && e->actor.len && (allow_place || !k->locative || k->kind == DGI_MENTION_PRONOUN);
}

static bool add_mention(const struct coder *c, uint32_t m, uint32_t tok, bool allow_place, struct actor_refs *out)
{
    if (m == DGI_NONE || !mention_acts(c, m, allow_place))
        return false;
    const struct dgi_mention *k = c->doc->mentions;
    dgi_refs_add(out, (struct dgi_ref){k[m].entity, k[m].span, tok, false});
    /* "Soviet and Chinese guards": one phrase, two mentions with the same head, side by side in the list */
    for (uint32_t i = m; i-- > 0 && k[i].head == k[m].head;)
        if (mention_acts(c, i, allow_place))
            dgi_refs_add(out, (struct dgi_ref){k[i].entity, k[i].span, tok, false});
    for (uint32_t i = m + 1; i < c->doc->n_mentions && k[i].head == k[m].head; i++)
        if (mention_acts(c, i, allow_place))
            dgi_refs_add(out, (struct dgi_ref){k[i].entity, k[i].span, tok, false});
    return true;
}

/* An event noun stands for those who did it: "condemned the invasion of Mali" is about the invader. */
static bool actors_of_event(const struct coder *c, uint32_t tok, struct actor_refs *out)
{
    uint32_t e = c->ev[tok];
    if (e == DGI_NONE || !c->w[e].nominal)
        return false;
    for (uint32_t i = 0; i < c->w[e].side[DGI_SIDE_SOURCE].n; i++)
        dgi_refs_add(out, c->w[e].side[DGI_SIDE_SOURCE].ref[i]);
    return true;
}

static uint32_t mention_at(const struct coder *c, uint32_t tok)
{
    uint32_t m = c->doc->toks[tok].mention;
    if (m != DGI_NONE && !(c->doc->mentions[m].adjectival && c->r.cover[tok] != DGI_NONE))
        return m;
    return c->r.cover[tok] != DGI_NONE ? c->r.cover[tok] : m;
}

/* "12 Indian soldiers" are soldiers, and "a Turkish journalist" is no state: the noun that an adjective belongs to, when
 * that is an actor itself. */
static uint32_t whole_of(const struct coder *c, uint32_t tok)
{
    const struct dgi_tok *t = &c->doc->toks[tok];
    if ((t->rel != DGI_REL_AMOD && t->rel != DGI_REL_COMPOUND) || t->head == DGI_NONE || t->mention == DGI_NONE ||
        !c->doc->mentions[t->mention].adjectival || c->ev[t->head] != DGI_NONE)
        return tok;
    uint32_t m = c->doc->toks[t->head].mention;
    if (m == DGI_NONE || c->doc->mentions[m].head != t->head || c->doc->mentions[m].adjectival ||
        !(mention_acts(c, m, false) || c->bodily))
        return tok;
    const struct dgi_entity *e = &c->doc->entities[c->doc->mentions[m].entity];
    static const char government[] = "GOV"; /* an envoy stands for his state, unless he is shot */
    if (e->type == DGI_ENT_PERSON && c->bodily)
        return t->head;
    return e->type == DGI_ENT_ROLE && (c->bodily || !dgi_str_in(e->sectors, ',', dgi_str(government))) ? t->head : tok;
}

/* "lynched a Chinese engineer": people of a trade are no side in politics, but it happens to them and not to their state. */
static bool add_victim(const struct coder *c, uint32_t tok, struct actor_refs *out)
{
    uint32_t m = c->doc->toks[tok].mention;
    if (!c->bodily || m == DGI_NONE)
        return false;
    const struct dgi_mention *k = &c->doc->mentions[m];
    const struct dgi_entity *e = &c->doc->entities[k->entity];
    if (k->head != tok || k->adjectival || e->type != DGI_ENT_ROLE || !e->country[0])
        return false;
    return dgi_refs_add(out, (struct dgi_ref){k->entity, k->span, tok, false});
}

static bool is_named_person(const struct coder *c, uint32_t tok)
{
    uint32_t m = mention_at(c, tok);
    return m != DGI_NONE && c->doc->mentions[m].kind == DGI_MENTION_NAME &&
           c->doc->entities[c->doc->mentions[m].entity].type == DGI_ENT_PERSON;
}

void dgi_actors_at(const struct coder *c, uint32_t tok, bool allow_place, struct actor_refs *out, int depth)
{
    const struct dgi_tok *t = c->doc->toks;
    if (tok == DGI_NONE || depth > 3)
        return;
    tok = whole_of(c, tok);
    uint32_t before_mention = out->n;
    if (add_mention(c, mention_at(c, tok), tok, allow_place, out) || add_victim(c, tok, out)) {
        if (out->n > before_mention + 1) /* "the envoys of Peru, Chile and Bolivia": all of them already */
            return;
        /* "the presidents of Egypt and Libya": each has his own */
        for (uint32_t ch = c->r.upos[tok] != DGI_PROPN && dgi_is_plural(c->doc, tok) ? t[tok].first_child : DGI_NONE;
             ch != DGI_NONE; ch = t[ch].next_sib)
            if (t[ch].rel == DGI_REL_NMOD && c->r.cas[ch] == c->t->lx.prep[DGI_PREP_OF] && c->r.cas[ch])
                for (uint32_t k = t[ch].first_child; k != DGI_NONE; k = t[k].next_sib)
                    if (t[k].rel == DGI_REL_CONJ)
                        dgi_actors_at(c, k, true, out, depth + 2);
        return;
    }
    if (c->r.upos[tok] == DGI_VERB && t[tok].rel != DGI_REL_AMOD)
        return; /* a clause is nobody */
    uint32_t before_event = out->n;
    bool deed = actors_of_event(c, tok, out);
    if (out->n > before_event)
        return;
    /* the actor inside the noun phrase: 0 of after a quantity, 1 possessive, 2 modifier, 3 apposition, 4 of, 5
     * from/by/with */
    uint32_t best[6] = {DGI_NONE, DGI_NONE, DGI_NONE, DGI_NONE, DGI_NONE, DGI_NONE};
    bool quantity = dgi_sees_through(&c->r, tok);
    for (uint32_t ch = t[tok].first_child; ch != DGI_NONE; ch = t[ch].next_sib) {
        int k = -1;
        if (t[ch].rel == DGI_REL_NMOD_POSS)
            k = 1;
        else if (t[ch].rel == DGI_REL_COMPOUND || t[ch].rel == DGI_REL_AMOD)
            k = 2;
        else if (t[ch].rel == DGI_REL_APPOS || t[ch].rel == DGI_REL_FLAT || t[ch].rel == DGI_REL_NMOD_DESC)
            k = 3;
        else if (t[ch].rel == DGI_REL_NMOD && c->r.cas[ch]) {
            if (c->r.cas[ch] == c->t->lx.prep[DGI_PREP_OF])
                k = quantity ? 0 : 4;
            else if (c->r.cas[ch] == c->t->lx.prep[DGI_PREP_FROM] || c->r.cas[ch] == c->t->lx.prep[DGI_PREP_AGENT])
                k = 5;
        }
        if (k < 0)
            continue;
        if (best[k] == DGI_NONE)
            best[k] = ch;
        else if (k == 2) { /* "NATO-Russia", "Beninese and Togolese crews": both */
            struct actor_refs more = {.n = 0};
            dgi_actors_at(c, ch, false, &more, depth + 2);
            if (more.n) {
                uint32_t before = out->n;
                for (uint32_t i = 0; i < more.n; i++)
                    dgi_refs_add(out, more.ref[i]);
                if (best[2] != DGI_NONE && out->n > before) {
                    dgi_actors_at(c, best[2], false, out, depth + 2);
                    best[2] = ch;
                }
            }
        }
    }
    if (best[3] != DGI_NONE && !deed &&
        is_named_person(c, best[3])) { /* "his colleague Ana Ruiz": she, not whose colleague */
        add_mention(c, mention_at(c, best[3]), best[3], false, out);
        if (out->n > before_event)
            return;
    }
    bool other = dgi_lemma_in(c->doc, tok, DGI_W_RELATION); /* "Iran's enemies" are not Iran */
    for (int k = 0; k < (deed ? 3 : 6); k++) {              /* of a deed only the owner, not its victim */
        if (best[k] == DGI_NONE || (other && k != 0 && k != 3))
            continue;
        uint32_t before = out->n;
        struct dgi_fill f = {{0}, 0};
        dgi_fill_add(&f, best[k]);
        dgi_fill_expand(&c->r, &f);
        for (uint32_t i = 0; i < f.n; i++)
            dgi_actors_at(c, f.tok[i], k == 0 || k == 4, out, depth + 1);
        if (out->n > before)
            return;
    }
}

/* Fillers of one path as actors; true when there was any. */
static bool fill_path(const struct coder *c, uint32_t tok, const struct path *p, bool given, struct actor_refs *out,
                      uint32_t self)
{
    struct dgi_fill f = {{0}, 0};
    uint32_t before = out->n;
    dgi_frame_path(c, tok, p, &f);
    uint8_t last = p->step[p->n - 1].kind;
    bool allow_place = (given && (last == STEP_OBL || last == STEP_NMOD)) || last == STEP_OBJ || last == STEP_NSUBJ ||
                       last == STEP_RUN || last == STEP_SPEAKER || last == STEP_ADDRESSEE;
    for (uint32_t i = 0; i < f.n; i++)
        if (f.tok[i] != self)
            dgi_actors_at(c, f.tok[i], allow_place, out, 0);
    if (out->n == before && last == STEP_OBJ && p->n == 1) {
        struct dgi_fill io = {{0}, 0};
        dgi_frame_step(c, tok, (struct step){STEP_IOBJ, 0}, false, &io);
        for (uint32_t i = 0; i < io.n; i++)
            dgi_actors_at(c, io.tok[i], true, out, 0);
    }
    return out->n > before;
}

/* "Chad's refusal of Mali": with an owner, or somebody by whom it is done, who does it is not "of" whom it is done. */
static bool is_owned(const struct coder *c, uint32_t n)
{
    const struct dgi_tok *t = c->doc->toks;
    for (uint32_t ch = c->r.upos[n] == DGI_NOUN ? t[n].first_child : DGI_NONE; ch != DGI_NONE; ch = t[ch].next_sib) {
        bool named = mention_at(c, ch) != DGI_NONE;
        if (named && (t[ch].rel == DGI_REL_NMOD_POSS || (t[ch].rel == DGI_REL_AMOD && c->r.upos[ch] == DGI_ADJ) ||
                      (t[ch].rel == DGI_REL_NMOD && c->r.cas[ch] && c->r.cas[ch] == c->t->lx.prep[DGI_PREP_AGENT])))
            return true;
    }
    return false;
}

/* "tightened the reins on its Danish allies": who does it is not whom it is done to; the next path may know. */
static void drop_known(const struct coder *c, struct actor_refs *out, const struct actor_refs *known)
{
    const struct dgi_entity *e = c->doc->entities;
    uint32_t n = 0;
    for (uint32_t i = 0; i < out->n; i++) {
        bool same = false;
        for (uint32_t k = 0; k < known->n && !same; k++)
            same = known->ref[k].entity == out->ref[i].entity ||
                   (e[out->ref[i].entity].type ==
                        DGI_ENT_COUNTRY && /* "was ordered out of Rome by the Italian ministry" */
                    dgi_same_power(&e[known->ref[k].entity], &e[out->ref[i].entity]));
        if (!same)
            out->ref[n++] = out->ref[i];
    }
    out->n = n;
}

/* `known`: the source, where the role is the target of a fixed expression; else NULL. */
static void fill_role(const struct coder *c, uint32_t tok, const struct role *sl, const struct role *dflt,
                      struct actor_refs *out, bool source, const struct actor_refs *known)
{
    if (sl->none)
        return;
    const struct role *use = sl->given || !dflt ? sl : dflt;
    bool owned = source && is_owned(c, tok);
    for (uint32_t i = 0; i < use->n && out->n == 0; i++)
        if (!owned || use->path[i].n != 1 || use->path[i].step[0].kind != STEP_NMOD ||
            use->path[i].step[0].word != c->t->lx.prep[DGI_PREP_OF])
            if (fill_path(c, tok, &use->path[i], sl->given, out, tok) && known)
                drop_known(c, out, known);
    for (uint32_t i = 0; i < sl->n_more; i++)
        fill_path(c, tok, &sl->more[i], true, out, tok);
}

static bool said_by(const struct frame *f)
{
    return f->role[ROLE_SOURCE].n && f->role[ROLE_SOURCE].path[0].step[0].kind == STEP_SPEAKER;
}

/* "told Chad that it would pay": nobody threatens or blames himself; a path that leads from what is said back to the speaker gives way
 * to the next. */
static void fill_said(const struct coder *c, struct draft *w)
{
    const struct role *sl = &w->frame->role[ROLE_TARGET];
    const struct actor_refs *by = &w->side[DGI_SIDE_SOURCE];
    struct actor_refs *out = &w->side[DGI_SIDE_TARGET];
    for (uint32_t i = 0; i < sl->n && out->n == 0; i++) {
        struct actor_refs found = {.n = 0};
        fill_path(c, w->tok, &sl->path[i], true, &found, w->tok);
        for (uint32_t k = 0; k < found.n; k++) {
            bool self = false;
            for (uint32_t b = 0; b < by->n; b++)
                self = self || by->ref[b].entity == found.ref[k].entity;
            if (!self)
                dgi_refs_add(out, found.ref[k]);
        }
    }
}

/* "a mosque bombing", "a hotel siege": what stands before the deed is where it struck, not who did it. */
void dgi_drop_struck(const struct coder *c, struct draft *w)
{
    uint32_t n = 0;
    struct actor_refs *s = &w->side[DGI_SIDE_SOURCE];
    if (w->frame->plover != DGI_ASSAULT)
        return;
    for (uint32_t i = 0; i < s->n; i++)
        if (s->ref[i].head == DGI_NONE || c->doc->toks[s->ref[i].head].rel != DGI_REL_COMPOUND ||
            !dgi_lemma_has(&c->r, s->ref[i].head, DGI_LEX_STRUCK))
            s->ref[n++] = s->ref[i];
    s->n = n;
}

static const char implied_name[] = "implied"; /* by another event, a statement */

static void trace_side(struct coder *c, const struct draft *w, int side)
{
    if (!c->doc->trace)
        return;
    for (uint32_t i = 0; i < w->side[side].n; i++) {
        const struct dgi_ref *r = &w->side[side].ref[i];
        dg_str text = dgi_slice(c->doc, r->span), actor = c->doc->entities[r->entity].actor;
        const char *rel = r->head == DGI_NONE ? implied_name : dgi_rel_name[c->doc->toks[r->head].rel];
        dgi_trace_add(c->doc, w->tok, side ? "target" : "source", "\"%.*s\" (%s) is %.*s", (int)text.len, text.ptr, rel,
                      (int)actor.len, actor.ptr);
    }
}

/* A state does not accuse or threaten its own envoys: whoever "the envoy" is whom it summons, he is another's. */
static bool own_envoy(const struct coder *c, const struct draft *w, uint32_t source, uint32_t target)
{
    static const char government[] = "GOV";
    const struct dgi_entity *a = &c->doc->entities[source], *b = &c->doc->entities[target];
    uint8_t p = w->frame->plover;
    return (p == DGI_ACCUSE || p == DGI_THREATEN || p == DGI_SANCTION || p == DGI_AGREE) &&
           a->type == DGI_ENT_COUNTRY && b->type == DGI_ENT_ROLE && a->country[0] && !strcmp(a->country, b->country) &&
           dgi_str_in(b->sectors, ',', dgi_str(government));
}

bool dgi_of_sector(const struct coder *c, const struct dgi_entity *e, enum dgi_word_set set)
{
    dg_str rest = e->sectors, one;
    while (dgi_str_next(&rest, ',', &one))
        if (dgi_word_in(c->doc->words, set, one))
            return true;
    return false;
}

/* "will not free the fishermen": whom the refused deed would be done to has not asked for it. */
static bool only_concerned(const struct coder *c, const struct draft *w, const struct dgi_ref *r)
{
    const struct dgi_entity *e = &c->doc->entities[r->entity];
    uint32_t h = r->head;
    const uint32_t of = c->t->lx.prep[DGI_PREP_OF];
    if (w->frame->plover != DGI_REJECT || w->nominal || e->type != DGI_ENT_ROLE || e->country[0] || h == DGI_NONE)
        return false;
    while (c->doc->toks[h].rel == DGI_REL_NMOD && c->r.cas[h] && c->r.cas[h] == of && c->doc->toks[h].head != DGI_NONE)
        h = c->doc->toks[h].head; /* "a share of the refugees" */
    if (c->doc->toks[h].rel != DGI_REL_OBJ)
        return false;
    return dgi_of_sector(c, e, DGI_W_SECTOR_PRIVATE);
}

/* "threatened to send his army into Chad": what a threat would be done with is not whom it is made to. */
static bool own_means(const struct coder *c, const struct draft *w, const struct dgi_ref *r)
{
    static const char military[] = "MIL", police[] = "COP";
    const struct dgi_entity *e = &c->doc->entities[r->entity];
    if (w->frame->plover != DGI_THREATEN || w->nominal || e->type != DGI_ENT_ROLE || r->head == DGI_NONE ||
        c->doc->toks[r->head].head == w->tok || dgi_rel_base(c->doc->toks[r->head].rel) == DGI_REL_NSUBJ ||
        (!dgi_str_in(e->sectors, ',', dgi_str(military)) && !dgi_str_in(e->sectors, ',', dgi_str(police))))
        return false;
    for (uint32_t i = 0; i < w->side[DGI_SIDE_SOURCE].n; i++)
        if (!e->country[0] || dgi_same_power(&c->doc->entities[w->side[DGI_SIDE_SOURCE].ref[i].entity], e))
            return true;
    return false;
}

bool dgi_is_own_means(const struct coder *c, const struct draft *w, const struct actor_refs *got)
{
    for (uint32_t i = 0; i < got->n; i++)
        if (!own_means(c, w, &got->ref[i]))
            return false;
    return got->n > 0;
}

/* "expressed opposition": a word of the trigger that elsewhere means people. */
static bool own_word(const struct coder *c, const struct draft *w, const struct dgi_ref *r)
{
    const struct dgi_entity *e = &c->doc->entities[r->entity];
    for (uint32_t i = 0; i < w->n_extra; i++)
        if (w->extra_tok[i] == r->head && e->type == DGI_ENT_ROLE && !e->country[0])
            return true;
    return false;
}

static void drop_self_targets(const struct coder *c, struct draft *w)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < w->side[DGI_SIDE_TARGET].n; i++) {
        bool same = own_word(c, w, &w->side[DGI_SIDE_TARGET].ref[i]) ||
                    only_concerned(c, w, &w->side[DGI_SIDE_TARGET].ref[i]) ||
                    own_means(c, w, &w->side[DGI_SIDE_TARGET].ref[i]);
        for (uint32_t k = 0; k < w->side[DGI_SIDE_SOURCE].n && !same; k++)
            same = same || w->side[DGI_SIDE_SOURCE].ref[k].entity == w->side[DGI_SIDE_TARGET].ref[i].entity ||
                   own_envoy(c, w, w->side[DGI_SIDE_SOURCE].ref[k].entity, w->side[DGI_SIDE_TARGET].ref[i].entity);
        if (!same)
            w->side[DGI_SIDE_TARGET].ref[n++] = w->side[DGI_SIDE_TARGET].ref[i];
        else if (w->side[DGI_SIDE_TARGET].ref[i].head != DGI_NONE &&
                 c->r.upos[w->side[DGI_SIDE_TARGET].ref[i].head] == DGI_PRON)
            w->self_pronoun = true; /* "telephoned the emir and asked him": him cannot be who asks */
    }
    w->side[DGI_SIDE_TARGET].n = n;
}

void dgi_fill_from_light(struct coder *c, struct draft *w)
{
    const struct light *l = w->light;
    if (!l || w->light_tok == DGI_NONE)
        return;
    if (!w->side[DGI_SIDE_SOURCE].n && !l->source.none && !w->frame->role[ROLE_SOURCE].none)
        fill_role(c, w->light_tok, &l->source, NULL, &w->side[DGI_SIDE_SOURCE], false, NULL);
    if (!w->side[DGI_SIDE_TARGET].n && !l->target.none && !w->frame->role[ROLE_TARGET].none) {
        fill_role(c, w->light_tok, &l->target, NULL, &w->side[DGI_SIDE_TARGET], false, NULL);
    }
}

/* "condemned the invasion of Kuwait by Iraq": the target is the invader, and nobody when he is not named. Returns true
 * when the object is such a deed. */
static bool target_is_doer(const struct coder *c, const struct draft *w, struct actor_refs *out)
{
    uint8_t p = w->frame->plover;
    if (p != DGI_ACCUSE && p != DGI_REJECT && p != DGI_SUPPORT)
        return false;
    struct dgi_fill f = {{0}, 0};
    bool deed = false;
    dgi_frame_step(c, w->tok, (struct step){STEP_OBJ, 0}, false, &f);
    dgi_fill_expand(&c->r, &f);
    for (uint32_t i = 0; i < f.n; i++) {
        uint32_t e = c->ev[f.tok[i]];
        if (e == DGI_NONE || !c->w[e].nominal)
            continue;
        uint8_t q = c->w[e].frame->plover;
        if (c->w[e].side[DGI_SIDE_SOURCE].n ||
            (p == DGI_ACCUSE && (q == DGI_ASSAULT || q == DGI_COERCE || q == DGI_SANCTION || q == DGI_MOBILIZE))) {
            deed = true;
            actors_of_event(c, f.tok[i], out);
        }
    }
    return deed;
}

/* "the U.K. air raid", "a French ultimatum": whose, where the row forgot to say it. A country's plain name is left
 * alone, since "the Syria talks" are about it. */
static void owner_by_form(const struct coder *c, struct draft *w)
{
    const struct dgi_tok *t = c->doc->toks;
    if (w->side[DGI_SIDE_SOURCE].n || w->frame->role[ROLE_SOURCE].none)
        return;
    for (uint32_t ch = t[w->tok].first_child; ch != DGI_NONE; ch = t[ch].next_sib) {
        uint32_t m = mention_at(c, ch);
        if (m == DGI_NONE || !mention_acts(c, m, false))
            continue;
        uint8_t type = c->doc->entities[c->doc->mentions[m].entity].type;
        bool adjective = t[ch].rel == DGI_REL_AMOD || c->r.upos[ch] == DGI_ADJ || dgi_str_ends(t[ch].form, DGI_S("."));
        if (t[ch].rel == DGI_REL_NMOD_POSS || (t[ch].rel == DGI_REL_AMOD && adjective) ||
            (t[ch].rel == DGI_REL_COMPOUND &&
             (adjective || type == DGI_ENT_ORG || type == DGI_ENT_GROUP || type == DGI_ENT_ROLE)))
            add_mention(c, m, ch, false, &w->side[DGI_SIDE_SOURCE]);
    }
}

/* "..., the head of the alliance warned": who spoke, and to whom, the quote stage has found out already. */
static void from_statement(const struct coder *c, struct draft *w)
{
    uint32_t s = c->cue[w->tok];
    if (s == DGI_NONE)
        return;
    const struct dgi_statement *st = &c->doc->statements[s];
    if (!w->side[DGI_SIDE_SOURCE].n && !w->frame->role[ROLE_SOURCE].none && st->speaker < c->doc->n_entities &&
        c->doc->entities[st->speaker].political)
        dgi_refs_add(&w->side[DGI_SIDE_SOURCE], (struct dgi_ref){st->speaker, st->speaker_span, DGI_NONE, false});
    if (!w->side[DGI_SIDE_TARGET].n && !w->frame->role[ROLE_TARGET].none && st->addressee < c->doc->n_entities &&
        c->doc->entities[st->addressee].political)
        dgi_refs_add(&w->side[DGI_SIDE_TARGET], (struct dgi_ref){st->addressee, {0, 0}, DGI_NONE, false});
}

/* "the journalist's killing", "his arrest": a person who owns such a noun suffers it, unless it says of whom. */
static void owner_is_victim(const struct coder *c, struct draft *w)
{
    const struct dgi_tok *t = c->doc->toks;
    if (!w->nominal || !dgi_lemma_has(&c->r, w->tok, DGI_LEX_PATIENT) || w->side[DGI_SIDE_SOURCE].n != 1 ||
        w->side[DGI_SIDE_SOURCE].ref[0].head == DGI_NONE)
        return;
    const struct dgi_ref r = w->side[DGI_SIDE_SOURCE].ref[0];
    uint8_t type = c->doc->entities[r.entity].type;
    if (t[r.head].rel != DGI_REL_NMOD_POSS || t[r.head].head != w->tok || type == DGI_ENT_COUNTRY ||
        type == DGI_ENT_ORG)
        return;
    for (uint32_t ch = t[w->tok].first_child; ch != DGI_NONE; ch = t[ch].next_sib)
        if (t[ch].rel == DGI_REL_NMOD && c->r.cas[ch] && c->r.cas[ch] == c->t->lx.prep[DGI_PREP_OF])
            return;
    w->side[DGI_SIDE_SOURCE].n = 0;
    if (!w->frame->role[ROLE_TARGET].none) {
        w->side[DGI_SIDE_TARGET].n = 0;
        dgi_refs_add(&w->side[DGI_SIDE_TARGET], r);
    }
}

/* "Egypt's financing of Sudan": with an owner who does it, "of" says to whom, where the row forgot to. */
static void of_is_target(const struct coder *c, struct draft *w)
{
    struct dgi_fill f = {{0}, 0};
    if (!w->nominal || w->side[DGI_SIDE_TARGET].n || !w->side[DGI_SIDE_SOURCE].n || w->frame->role[ROLE_TARGET].none ||
        !is_owned(c, w->tok))
        return;
    dgi_phrases(&c->r, w->tok, c->t->lx.prep[DGI_PREP_OF], DGI_REL_NMOD, &f);
    dgi_fill_expand(&c->r, &f);
    for (uint32_t i = 0; i < f.n; i++)
        add_mention(c, mention_at(c, f.tok[i]), f.tok[i], true, &w->side[DGI_SIDE_TARGET]);
}

/* "Mali hired lawyers to sue Togo": what is done by people who are no side of their own is done by whoever set them to it. */
static void by_who_sets_to_it(const struct coder *c, struct draft *w)
{
    const struct dgi_tok *t = c->doc->toks;
    uint32_t h = t[w->tok].head, o, s;
    uint8_t rel = dgi_rel_base(t[w->tok].rel);
    if (w->nominal || w->side[DGI_SIDE_SOURCE].n || w->frame->role[ROLE_SOURCE].none || h == DGI_NONE ||
        (rel != DGI_REL_XCOMP && rel != DGI_REL_ADVCL && rel != DGI_REL_ACL) ||
        !dgi_has_mark(&c->r, w->tok, DGI_W_TO) || dgi_child_base(c->doc, w->tok, DGI_REL_NSUBJ, DGI_NONE) != DGI_NONE)
        return;
    if (rel == DGI_REL_ACL) { /* hung on the object */
        o = h;
        h = dgi_rel_base(t[o].rel) == DGI_REL_OBJ ? t[o].head : DGI_NONE;
    } else {
        o = dgi_child(c->doc, h, DGI_REL_OBJ, DGI_NONE);
    }
    if (o == DGI_NONE || h == DGI_NONE || o < h || o > w->tok || c->r.upos[h] != DGI_VERB || dgi_is_passive(&c->r, h) ||
        c->r.control(c->r.tables, c->r.lem[h], c->r.upos[h]) == DGI_CONTROL_OBJECT)
        return;
    s = dgi_surface_subject(&c->r, h);
    if (s != DGI_NONE)
        dgi_actors_at(c, s, true, &w->side[DGI_SIDE_SOURCE], 0);
}

/* "Clashes broke out between A and B": the phrase hangs on the verb of which the event is the subject. */
static void between_after_verb(const struct coder *c, struct draft *w)
{
    const struct dgi_tok *t = c->doc->toks;
    uint32_t h = t[w->tok].head;
    struct dgi_fill f = {{0}, 0};
    if (!w->nominal || w->side[DGI_SIDE_SOURCE].n || w->side[DGI_SIDE_TARGET].n || w->frame->role[ROLE_SOURCE].none ||
        dgi_rel_base(t[w->tok].rel) != DGI_REL_NSUBJ || h == DGI_NONE || c->r.upos[h] != DGI_VERB ||
        c->ev[h] != DGI_NONE)
        return;
    dgi_phrases(&c->r, h, c->t->lx.prep[DGI_PREP_BETWEEN], DGI_REL_OBL, &f);
    dgi_fill_expand(&c->r, &f);
    for (uint32_t i = 0; i < f.n; i++)
        dgi_actors_at(c, f.tok[i], true, &w->side[DGI_SIDE_SOURCE], 0);
    w->recip = w->recip || w->side[DGI_SIDE_SOURCE].n > 1;
}

/* Is everything between the agent at `tok` and the passive verb at `top` free of another deed that it could be the agent of? */
static bool reaches(const struct coder *c, uint32_t tok, uint32_t top)
{
    const struct dgi_tok *t = c->doc->toks;
    uint32_t h = t[tok].head;
    if (h == top || h == DGI_NONE || tok < h + 2)
        return false; /* the verb's own is found elsewhere; right behind a noun it is the noun's */
    for (int k = 0; k < DEEPEST_AGENT && h != DGI_NONE; k++, h = t[h].head) {
        if (h == top)
            return true;
        uint32_t e = c->ev[h];
        if (h < top || (c->r.upos[h] == DGI_VERB && dgi_is_passive(&c->r, h)) ||
            (e != DGI_NONE && c->w[e].tok == h && c->w[e].nominal))
            return false;
    }
    return false;
}

/* "was accused of bombing a school by Tigrayan officials", "had their accounts frozen and their visas cancelled by Canada": the agent of
 * a passive that the parser has hung on another word. */
static void by_far_agent(const struct coder *c, struct draft *w)
{
    const struct dgi_tok *t = c->doc->toks;
    if (w->nominal || w->side[DGI_SIDE_SOURCE].n || w->frame->role[ROLE_SOURCE].none || !dgi_is_passive(&c->r, w->tok))
        return;
    for (uint32_t i = w->tok + 2; i < c->doc->sents[t[w->tok].sent].end; i++) {
        uint8_t rel = dgi_rel_base(t[i].rel);
        if (!c->r.cas[i] || c->r.cas[i] != c->t->lx.prep[DGI_PREP_AGENT] ||
            (rel != DGI_REL_OBL && rel != DGI_REL_NMOD) || c->r.is_time[i] || t[i].head == DGI_NONE)
            continue;
        uint32_t h = t[i].head;
        bool shared = t[h].rel == DGI_REL_CONJ && t[h].head == w->tok && dgi_is_passive(&c->r, h) &&
                      dgi_child_base(c->doc, h, DGI_REL_NSUBJ, DGI_NONE) == DGI_NONE; /* "held and questioned by" */
        if (!shared && !reaches(c, i, w->tok))
            continue;
        struct dgi_fill f = {{0}, 0};
        dgi_fill_add(&f, i);
        dgi_fill_expand(&c->r, &f);
        for (uint32_t k = 0; k < f.n; k++)
            dgi_actors_at(c, f.tok[k], false, &w->side[DGI_SIDE_SOURCE], 0);
        if (dgi_refs_share(c, &w->side[DGI_SIDE_SOURCE], &w->side[DGI_SIDE_TARGET]))
            w->side[DGI_SIDE_SOURCE].n = 0;
        if (w->side[DGI_SIDE_SOURCE].n) {
            dgi_trace_add(c->doc, w->tok, "source", "the agent behind the phrase between");
            return;
        }
    }
}

/* "will not tolerate rallies by students": an agent hung on an active verb is its object's. */
static void by_after_verb(const struct coder *c, struct draft *w)
{
    const struct dgi_tok *t = c->doc->toks;
    uint32_t h = t[w->tok].head;
    struct dgi_fill f = {{0}, 0};
    if (!w->nominal || w->side[DGI_SIDE_SOURCE].n || w->frame->role[ROLE_SOURCE].none || w->light_tok != DGI_NONE ||
        t[w->tok].rel != DGI_REL_OBJ || h == DGI_NONE || c->r.upos[h] != DGI_VERB || dgi_is_passive(&c->r, h))
        return;
    dgi_phrases(&c->r, h, c->t->lx.prep[DGI_PREP_AGENT], DGI_REL_OBL, &f);
    dgi_fill_expand(&c->r, &f);
    for (uint32_t i = 0; i < f.n; i++)
        if (f.tok[i] > w->tok)
            dgi_actors_at(c, f.tok[i], false, &w->side[DGI_SIDE_SOURCE], 0);
}

/* "sent the embassy a letter demanding that", "a note that threatened to": who sends the paper that says so, and whom it is given to. */
static void by_paper(const struct coder *c, struct draft *w)
{
    const struct dgi_tok *t = c->doc->toks;
    uint32_t n = t[w->tok].head, v;
    const uint32_t asks =
        t[w->tok].rel == DGI_REL_ACL_RELCL ? dgi_child(c->doc, w->tok, DGI_REL_NSUBJ, DGI_NONE) : DGI_NONE;
    const bool relative = asks != DGI_NONE && c->r.upos[asks] == DGI_PRON && n != DGI_NONE && asks > n &&
                          t[n].mention == DGI_NONE && !dgi_is_passive(&c->r, w->tok);
    if (w->nominal || n == DGI_NONE || dgi_rel_base(t[n].rel) != DGI_REL_OBJ || !dgi_says_something(w->frame->plover) ||
        !(relative || (t[w->tok].rel == DGI_REL_ACL && c->r.form[w->tok] == DGI_FORM_ING)))
        return;
    v = t[n].head;
    if (v == DGI_NONE || c->r.upos[v] != DGI_VERB || dgi_is_passive(&c->r, v))
        return;
    struct dgi_fill to = {{0}, 0}, from = {{0}, 0};
    dgi_frame_step(c, v, (struct step){STEP_IOBJ, 0}, false, &to);
    if (!to.n)
        dgi_frame_step(c, v, (struct step){STEP_OBL, c->t->lx.prep[DGI_PREP_TO]}, false, &to);
    dgi_fill_expand(&c->r, &to);
    struct actor_refs charged = {.n = 0}; /* "a letter that accused Togo": Togo, whoever gets it */
    if (w->frame->plover == DGI_ACCUSE) {
        struct dgi_fill o = {{0}, 0};
        dgi_objects(&c->r, w->tok, &o);
        for (uint32_t i = 0; i < o.n; i++)
            dgi_actors_at(c, o.tok[i], true, &charged, 0);
    }
    for (uint32_t i = 0; i < to.n && !w->frame->role[ROLE_TARGET].none; i++)
        dgi_actors_at(c, to.tok[i], true, &w->side[DGI_SIDE_TARGET], 0);
    if (charged.n && w->side[DGI_SIDE_TARGET].n)
        w->side[DGI_SIDE_TARGET] = charged;
    if (!w->side[DGI_SIDE_TARGET].n || w->frame->role[ROLE_SOURCE].none)
        return;
    dgi_fill_add(&from, dgi_surface_subject(&c->r, v));
    dgi_fill_expand(&c->r, &from);
    for (uint32_t i = 0; i < from.n; i++)
        dgi_actors_at(c, from.tok[i], true, &w->side[DGI_SIDE_SOURCE], 0);
}

/* "Sadat was given the cold shoulder in Damascus": an idiom of refusal or blame in the passive, by nobody, is done by those whose
 * capital it is done in. */
static void by_where_done(const struct coder *c, struct draft *w)
{
    const struct frame *f = w->frame;
    struct actor_refs at = {.n = 0};
    struct dgi_fill o = {{0}, 0};
    uint32_t in = c->t->lx.prep[DGI_PREP_IN];
    if (!in || !w->passive || !(f->flags & FRAME_RUN) || f->need != NEED_BOTH || f->role[ROLE_SOURCE].given ||
        (f->plover != DGI_REJECT && f->plover != DGI_ACCUSE) || w->side[DGI_SIDE_SOURCE].n ||
        w->side[DGI_SIDE_TARGET].n != 1)
        return;
    const char *other = c->doc->entities[w->side[DGI_SIDE_TARGET].ref[0].entity].country;
    dgi_nested_phrases(&c->r, w->tok, c->t->lx.prep[DGI_PREP_AGENT],
                       &o); /* "given a scolding by Syria": hung on the noun */
    for (uint32_t i = 0; i < o.n; i++)
        dgi_actors_at(c, o.tok[i], true, &w->side[DGI_SIDE_SOURCE], 1);
    if (o.n)
        return;
    dgi_frame_step(c, w->tok, (struct step){STEP_OBL, in}, true, &o);
    for (uint32_t i = 0; i < o.n; i++)
        dgi_actors_at(c, o.tok[i], true, &at, 1);
    for (uint32_t i = 0; i < at.n; i++) {
        const struct dgi_entity *e = &c->doc->entities[at.ref[i].entity];
        if (e->type == DGI_ENT_COUNTRY && e->country[0] && strcmp(e->country, other) != 0)
            dgi_refs_add(&w->side[DGI_SIDE_SOURCE], at.ref[i]);
    }
}

/* "Police used tear gas to disperse students": against whom force is used stands behind what it is used for. */
static void by_purpose(const struct coder *c, struct draft *w)
{
    const struct dgi_tok *t = c->doc->toks;
    struct actor_refs found = {.n = 0}, *out = &found;
    bool mobilize = w->frame->plover == DGI_MOBILIZE, placed = mobilize;
    for (uint32_t i = 0; i < w->side[DGI_SIDE_TARGET].n;
         i++) /* beside a place it stands by, whom it is to meet counts */
        placed = placed && c->doc->entities[w->side[DGI_SIDE_TARGET].ref[i].entity].type == DGI_ENT_COUNTRY;
    if (w->nominal || (w->side[DGI_SIDE_TARGET].n && !placed) || w->frame->role[ROLE_TARGET].none ||
        (w->frame->plover != DGI_ASSAULT && w->frame->plover != DGI_COERCE && !mobilize))
        return;
    uint32_t o = dgi_child(c->doc, w->tok, DGI_REL_OBJ, DGI_NONE), from[2] = {w->tok, o};
    for (int k = 0; k < 2 && !out->n; k++)
        for (uint32_t ch = from[k] == DGI_NONE ? DGI_NONE : t[from[k]].first_child; ch != DGI_NONE && !out->n;
             ch = t[ch].next_sib) {
            uint8_t rel = dgi_rel_base(t[ch].rel);
            struct dgi_fill f = {{0}, 0};
            if (ch < w->tok || (rel != DGI_REL_XCOMP && rel != DGI_REL_ADVCL && rel != DGI_REL_ACL) ||
                !dgi_has_mark(&c->r, ch, DGI_W_TO) ||
                (!dgi_lemma_in(c->doc, ch, DGI_W_DRIVES_OFF) && !(mobilize && dgi_lemma_in(c->doc, ch, DGI_W_FACES))))
                continue;
            dgi_objects(&c->r, ch, &f);
            dgi_fill_expand(&c->r, &f);
            for (uint32_t i = 0; i < f.n; i++)
                dgi_actors_at(c, f.tok[i], false, out, 0);
        }
    drop_known(c, out, &w->side[DGI_SIDE_SOURCE]);
    if (!out->n)
        return;
    w->side[DGI_SIDE_TARGET] = found;
    dgi_trace_add(c->doc, w->tok, "target", "of what the force is used for");
}

void dgi_fill_slots(struct coder *c, struct draft *w)
{
    const struct frame *f = w->frame;
    const struct role *dflt = f->pos == DGI_NOUN ? c->t->def_noun : c->t->def_verb;
    c->bodily = f->plover == DGI_ASSAULT || f->plover == DGI_COERCE;
    if (w->light && w->light->target.n && w->light->target.path[0].step[0].kind == STEP_NSUBJ)
        dgi_fill_from_light(c, w); /* whoever receives a promise or comes under attack is certain */
    if (!w->side[DGI_SIDE_TARGET].n)
        by_paper(c, w);
    if (!w->side[DGI_SIDE_SOURCE].n)
        fill_role(c, w->tok, &f->role[ROLE_SOURCE], &dflt[DGI_SIDE_SOURCE], &w->side[DGI_SIDE_SOURCE], w->nominal,
                  NULL);
    by_who_sets_to_it(c, w);
    if (said_by(f))
        fill_said(c, w);
    if (said_by(f) || w->side[DGI_SIDE_TARGET].n)
        ;
    else if (f->role[ROLE_TARGET].none || f->flags & FRAME_RUN || !target_is_doer(c, w, &w->side[DGI_SIDE_TARGET]))
        fill_role(c, w->tok, &f->role[ROLE_TARGET], f->flags & FRAME_RUN ? &c->t->def_run : &dflt[DGI_SIDE_TARGET],
                  &w->side[DGI_SIDE_TARGET], false, f->flags & FRAME_RUN ? &w->side[DGI_SIDE_SOURCE] : NULL);
    if (!w->side[DGI_SIDE_TARGET].n && !w->nominal && !f->role[ROLE_TARGET].none &&
        (f->plover == DGI_REQUEST || f->plover == DGI_THREATEN || f->plover == DGI_AGREE || f->plover == DGI_ACCUSE)) {
        struct dgi_fill o = {{0}, 0}; /* whom one warns, asks, promises stands beside the verb, whatever the row says */
        dgi_frame_step(c, w->tok, (struct step){STEP_IOBJ, 0}, false, &o);
        dgi_frame_step(c, w->tok, (struct step){STEP_OBJ, 0}, false, &o);
        dgi_fill_expand(&c->r, &o);
        for (uint32_t i = 0; i < o.n; i++)
            add_mention(c, mention_at(c, o.tok[i]), o.tok[i], true, &w->side[DGI_SIDE_TARGET]);
    }
    if (!w->side[DGI_SIDE_TARGET].n && !w->nominal && !f->role[ROLE_TARGET].none &&
        (f->plover == DGI_AID || f->plover == DGI_COOPERATE)) {
        struct dgi_fill o = {{0}, 0}; /* "was sent doctors": who was given it */
        dgi_frame_step(c, w->tok, (struct step){STEP_IOBJ, 0}, false, &o);
        for (uint32_t i = 0; i < o.n; i++)
            add_mention(c, mention_at(c, o.tok[i]), o.tok[i], true, &w->side[DGI_SIDE_TARGET]);
    }
    if (!w->side[DGI_SIDE_TARGET].n && !w->nominal && !f->role[ROLE_TARGET].none &&
        (f->plover == DGI_REQUEST || f->plover == DGI_REJECT || f->plover == DGI_ACCUSE || f->plover == DGI_SUPPORT)) {
        struct dgi_fill o = {{0}, 0}; /* "opposed Macron's statement": whose it is, where the row forgot to say it */
        dgi_frame_step(c, w->tok, (struct step){STEP_OBJ, 0}, false, &o);
        if (!o.n)
            dgi_frame_step(c, w->tok, (struct step){STEP_OBL, c->t->lx.prep[DGI_PREP_TO]}, false, &o);
        dgi_fill_expand(&c->r, &o);
        for (uint32_t i = 0; i < o.n; i++)
            dgi_actors_at(c, o.tok[i], false, &w->side[DGI_SIDE_TARGET], 0);
    }
    if (!w->nominal)
        owner_by_form(c, w); /* "its build-up", whatever it is tagged as */
    if (w->nominal) {
        dgi_fill_from_light(c, w);
        owner_by_form(c, w);
        uint32_t h = c->doc->toks[w->tok].head;
        /* "Turkey is the aggressor", "a step that is a threat to peace": the subject of a predicate noun */
        if (!w->side[DGI_SIDE_SOURCE].n && !f->role[ROLE_SOURCE].none &&
            dgi_child(c->doc, w->tok, DGI_REL_COP, DGI_NONE) != DGI_NONE) {
            uint32_t s = dgi_surface_subject(&c->r, w->tok);
            if (s != DGI_NONE && f->plover != DGI_CONSULT)
                dgi_actors_at(c, s, true, &w->side[DGI_SIDE_SOURCE], 0);
        }
        /* the first of coordinated nouns has the modifiers of all: "Iran's threats and demands" */
        if (c->doc->toks[w->tok].rel == DGI_REL_CONJ && h != DGI_NONE && c->r.upos[h] == DGI_NOUN) {
            if (!w->side[DGI_SIDE_SOURCE].n && !f->role[ROLE_SOURCE].none) {
                struct path poss = {1, {{STEP_POSS, 0}}};
                fill_path(c, h, &poss, true, &w->side[DGI_SIDE_SOURCE], w->tok);
            }
        }
    }
    by_purpose(c, w);
    by_after_verb(c, w);
    by_far_agent(c, w);
    by_where_done(c, w);
    dgi_fill_fronted(c, w);
    between_after_verb(c, w);
    owner_is_victim(c, w);
    of_is_target(c, w);
    dgi_fill_ground(c, w);
    from_statement(c, w);
    dgi_drop_struck(c, w);
    if (w->side[DGI_SIDE_SOURCE].n && w->side[DGI_SIDE_TARGET].n)
        drop_self_targets(c, w);
    w->own_actor = w->side[DGI_SIDE_SOURCE].n || w->side[DGI_SIDE_TARGET].n;
    c->bodily = false;
    trace_side(c, w, DGI_SIDE_SOURCE);
    trace_side(c, w, DGI_SIDE_TARGET);
}

static bool object_is_event(const struct coder *c, const struct draft *w)
{
    struct dgi_fill f = {{0}, 0};
    if (w->nominal)
        return false;
    dgi_frame_step(c, w->tok, (struct step){STEP_OBJ, 0}, false, &f);
    for (uint32_t i = 0; i < f.n; i++)
        if (c->ev[f.tok[i]] != DGI_NONE && c->w[c->ev[f.tok[i]]].nominal && c->w[c->ev[f.tok[i]]].tok == f.tok[i])
            return true;
    return false;
}

/* "Chinese cooks": whose cooks they are is known, and they are nobody themselves. What an idiom says of them is meant by the letter.
 * "Cairo's press", "the president's camp" say what their owner says. "Thousands of Chinese" are counted, not owned, and those who
 * protest are a crowd of any trade ("Danish bakers"). */
static bool by_owner(const struct coder *c, const struct draft *w)
{
    const struct dgi_tok *t = c->doc->toks;
    const struct actor_refs *a = &w->side[DGI_SIDE_SOURCE];
    bool crowd = w->frame->plover == DGI_PROTEST, given = w->frame->role[ROLE_SOURCE].given;
    uint32_t tok = w->tok;
    while (t[tok].rel == DGI_REL_XCOMP && t[tok].head < tok)
        tok = t[tok].head;
    uint32_t described = t[tok].rel == DGI_REL_ACL ? t[tok].head : DGI_NONE;
    for (uint32_t i = 0; i < a->n; i++) {
        const struct dgi_tok *h = a->ref[i].head == DGI_NONE ? NULL : &t[a->ref[i].head];
        uint8_t rel = h ? h->rel : DGI_REL_NONE;
        if (h && h->head != DGI_NONE && (h->head == described || dgi_lemma_in(c->doc, h->head, DGI_W_VOICE)))
            return false; /* "Cairo's decision to turn its back on Amman" */
        if (h && c->r.cas[a->ref[i].head] && c->r.cas[a->ref[i].head] == c->t->lx.prep[DGI_PREP_AGENT])
            return false; /* hung on a noun by the parser, it is by whom all the same */
        if (rel != DGI_REL_AMOD && rel != DGI_REL_COMPOUND && (rel != DGI_REL_NMOD || given) &&
            rel != DGI_REL_NMOD_POSS)
            return false; /* "a reception in Oslo": where a row looks for the side, a phrase behind a noun is the side itself */
        if (h->head != DGI_NONE && ((rel == DGI_REL_NMOD && dgi_lemma_has(&c->r, h->head, DGI_LEX_TRANSPARENT)) ||
                                    (crowd && dgi_is_plural(c->doc, h->head))))
            return false;
    }
    return a->n > 0;
}

bool dgi_slots_needed(const struct coder *c, const struct draft *w)
{
    bool s = w->side[DGI_SIDE_SOURCE].n > 0, t = w->side[DGI_SIDE_TARGET].n > 0;
    uint8_t need = w->frame->need;
    if (dgi_for_board(
            w->frame)) /* the board knows better who is meant, but where a row asks for somebody he must be there */
        return (s || (need != NEED_SOURCE && need != NEED_BOTH)) && (t || (need != NEED_TARGET && need != NEED_BOTH)) &&
               (s || t || need != NEED_ANY);
    if ((w->frame->flags & FRAME_RUN ||
         (w->frame->flags & FRAME_WEAK && (!w->frame->role[ROLE_SOURCE].given || said_by(w->frame)))) &&
        !w->nominal && (need == NEED_BOTH || dgi_is_lone(w->frame)) && by_owner(c, w))
        return false;
    if ((w->frame->flags & FRAME_RUN) && w->frame->need == NEED_BOTH && !(s && t))
        return (w->frame->flags & FRAME_RECIP || w->recip) &&
               w->side[DGI_SIDE_SOURCE].n > 1; /* words that are an idiom only between two */
    if (w->parent != DGI_NONE ||
        w->parent_cond != DGI_NONE) { /* the content of a demand or threat needs to name less */
        uint8_t p = c->w[w->parent != DGI_NONE ? w->parent : w->parent_cond].frame->plover;
        if ((p == DGI_REQUEST || p == DGI_THREATEN || p == DGI_AGREE || p == DGI_ACCUSE || p == DGI_REJECT) && (s || t))
            return true;
    }
    if ((w->frame->flags & FRAME_WEAK) && s && !t && object_is_event(c, w))
        return true; /* "backed the deal" */
    if ((w->frame->flags & FRAME_WEAK) && w->has_child && (s || t))
        return true; /* "warned of further sanctions": what it holds makes it what it is */
    if ((w->frame->flags & FRAME_WEAK) && !(s && t) &&
        !((w->frame->flags & FRAME_RECIP) && w->side[DGI_SIDE_SOURCE].n > 1))
        return false;
    if (!s && !t && w->nominal && !w->light && w->parent == DGI_NONE &&
        (w->frame->plover == DGI_AID || w->frame->plover == DGI_COOPERATE || w->frame->plover == DGI_SUPPORT ||
         w->frame->plover == DGI_CONCEDE || w->frame->plover == DGI_AGREE || w->frame->plover == DGI_RETREAT))
        return false; /* a bare noun of these says little; PLOVER wants a recipient for the first two */
    if (!s && !t && !w->nominal && !w->passive && w->frame->plover != DGI_ASSAULT && w->frame->plover != DGI_PROTEST) {
        uint32_t subj = dgi_child_base(c->doc, w->tok, DGI_REL_NSUBJ, DGI_NONE);
        if (subj != DGI_NONE && (c->r.upos[subj] == DGI_NOUN || c->r.upos[subj] == DGI_PROPN) &&
            c->ev[subj] == DGI_NONE)
            return false; /* rivers meet, rain threatens */
    }
    if (!s && !t && need == NEED_NONE && dgi_says_something(w->frame->plover))
        return c->about_politics; /* "the offer was rejected" may be one for a house */
    if (!s && !t)                 /* nobody named: only what can be nothing else, in a sentence about politics */
        return need == NEED_NONE || c->political[c->doc->toks[w->tok].sent];
    return true;
}
