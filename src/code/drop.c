/* SPDX-License-Identifier: Apache-2.0 */
/* code/drop.c: matches that are no events of their own: words of another trigger, of status; nouns that say nothing new.
 *
 * Reads   events in the making, links between them
 * Writes  draft.dropped, used_up
 *
 * Words of another trigger go before contents are linked, so that nothing hangs on them; what is bare only after actors
 * have been inherited. */
#include "code/coder.h"
#include "doc/read.h"

bool dgi_says_something(uint8_t plover)
{
    return plover == DGI_REJECT || plover == DGI_THREATEN || plover == DGI_REQUEST || plover == DGI_AGREE ||
           plover == DGI_ACCUSE || plover == DGI_SUPPORT;
}

static void drop(struct coder *c, struct draft *w, const char *why)
{
    w->dropped = true;
    dgi_trace_add(c->doc, w->tok, "refused", "%s", why);
}

/* A noun with a day or a place of its own ("a march in Lome on Sunday"), or one that is news. */
enum { SETTING_NONE, SETTING_NEWS, SETTING_OWN };
static int own_setting(const struct coder *c, const struct draft *w)
{
    const struct dgi_doc *d = c->doc;
    uint32_t first, end, s = d->toks[w->tok].sent;
    dgi_subtree(d, w->tok, &first, &end);
    for (uint32_t k = c->times.first[s]; k < c->times.first[s + 1]; k++) {
        const struct dgi_time *tm = &d->times[c->times.item[k]];
        if (tm->first >= first && tm->end <= end && tm->kind != DGI_TIME_DURATION)
            return SETTING_OWN;
    }
    for (uint32_t k = c->places.first[s]; k < c->places.first[s + 1]; k++) {
        const struct dgi_place *p = &d->places[c->places.item[k]];
        if (p->first >= first && p->end <= end)
            return SETTING_OWN;
    }
    return dgi_presupposed(c, w->tok) ? SETTING_NONE
                                      : SETTING_NEWS; /* "a new invasion" says more than "the invasion" */
}

/* "An attack on the convoy killed three": a deed of which the text tells more than its result. */
static bool deed_of_harm(const struct coder *c, const struct draft *w, const struct draft *user)
{
    const struct dgi_tok *t = &c->doc->toks[w->tok];
    if (w->frame->plover != DGI_ASSAULT || user->frame->plover != DGI_ASSAULT || user->nominal ||
        dgi_rel_base(t->rel) != DGI_REL_NSUBJ || t->head != user->tok)
        return false;
    return w->side[DGI_SIDE_SOURCE].n || w->side[DGI_SIDE_TARGET].n || own_setting(c, w) == SETTING_OWN;
}

static void drop_consumed(struct coder *c)
{
    for (uint32_t i = 0; i < c->n_w; i++) {
        struct draft *w = &c->w[i];
        uint32_t by = c->used[w->tok];
        if (!by || by - 1 == i || dgi_for_board(c->w[by - 1].frame))
            continue;
        struct draft *user = &c->w[by - 1];
        if (!w->nominal) { /* "failed to accept" is one refusal */
            const struct governor *g = dgi_governor(c, user->tok, STEP_XCOMP, 0);
            bool one = w->frame->plover == user->frame->plover && c->doc->toks[w->tok].head == user->tok &&
                       dgi_has_mark(&c->r, w->tok, DGI_W_TO); /* "flew to Oslo to confer with" */
            if (((g && g->effect == EF_FAIL) || (one && !w->side[DGI_SIDE_TARGET].n)) && !user->dropped) {
                w->used_up = true;
                dgi_mark_event(c, w->tok, DGI_NONE);
                drop(c, w, "part of the trigger of its verb");
            }
            continue;
        }
        uint8_t plover = user->frame->plover;
        bool other_owner = w->side[DGI_SIDE_SOURCE].n && user->side[DGI_SIDE_SOURCE].n &&
                           w->side[DGI_SIDE_SOURCE].ref[0].entity != user->side[DGI_SIDE_SOURCE].ref[0].entity;
        bool kept_own =
            plover == DGI_COOPERATE && w->frame->plover == DGI_AGREE && !other_owner; /* "kept its promise" */
        if (dgi_lemma_has(&c->r, w->tok, DGI_LEX_FORCE) && w->side[DGI_SIDE_SOURCE].n && !kept_own &&
            (plover != w->frame->plover || other_owner)) {
            if (other_owner && !user->side[DGI_SIDE_TARGET].n && dgi_says_something(plover) &&
                !user->frame->role[ROLE_TARGET].none)
                user->side[DGI_SIDE_TARGET] =
                    w->side[DGI_SIDE_SOURCE]; /* "took up a Ghanaian proposal": whose offer it was */
            continue;                         /* "met the demands of the rebels": the demand is there all the same */
        }
        if (deed_of_harm(c, w, user))
            continue;
        bool twin = plover == w->frame->plover ||
                    (plover == DGI_SUPPORT && w->frame->plover == DGI_AGREE && !w->side[DGI_SIDE_SOURCE].n);
        if (twin || !dgi_says_something(plover)) {
            w->used_up = true;
            dgi_mark_event(c, w->tok, DGI_NONE);
            if (!user->side[DGI_SIDE_TARGET].n && w->side[DGI_SIDE_SOURCE].n && dgi_says_something(plover) &&
                !user->frame->role[ROLE_TARGET].none) {
                user->side[DGI_SIDE_TARGET] =
                    w->side[DGI_SIDE_SOURCE]; /* "took up a Ghanaian proposal": whose offer it was */
                for (uint32_t k = 0; k < user->side[DGI_SIDE_SOURCE].n; k++)
                    if (user->side[DGI_SIDE_SOURCE].ref[k].entity == user->side[DGI_SIDE_TARGET].ref[0].entity)
                        user->side[DGI_SIDE_TARGET].n = 0;
                continue;
            }
            for (int side = 0; side < DGI_N_SIDE;
                 side++) /* "voiced its backing for Ukraine": the noun knows whom for */
                if (!user->side[side].n && !user->frame->role[side].none &&
                    !dgi_refs_same(&w->side[side], &user->side[!side]))
                    user->side[side] = w->side[side];
            drop(c, w, "part of the trigger of its verb");
        }
    }
}

/* "a meeting planned for Thursday" is one event, with a word about its status. */
static void drop_status_words(struct coder *c)
{
    for (uint32_t i = 0; i < c->n_w; i++) {
        struct draft *w = &c->w[i];
        const struct governor *g = w->nominal || w->side[DGI_SIDE_SOURCE].n || w->frame->plover != DGI_AGREE
                                       ? NULL
                                       : dgi_governor(c, w->tok, STEP_OBJ, 0);
        if (!g || g->effect != EF_FUTURE)
            continue;
        struct dgi_fill f = {{0}, 0};
        dgi_frame_step(c, w->tok, (struct step){STEP_OBJ, 0}, false, &f);
        for (uint32_t k = 0; k < f.n; k++)
            if (c->ev[f.tok[k]] != DGI_NONE && c->ev[f.tok[k]] != i && c->w[c->ev[f.tok[k]]].nominal) {
                w->used_up = true;
                dgi_mark_event(c, w->tok, DGI_NONE);
                drop(c, w, "only says when its noun is to be");
                break;
            }
    }
}

void dgi_drop_words(struct coder *c)
{
    drop_consumed(c);
    drop_status_words(c);
}

/* A noun without actors beside a fuller event of its kind in the sentence tells nothing new. */
static void drop_repeated(struct coder *c)
{
    const struct dgi_doc *d = c->doc;
    for (uint32_t i = 0; i < c->n_w; i++) {
        struct draft *w = &c->w[i];
        if (w->dropped || !w->nominal || w->light || w->side[DGI_SIDE_SOURCE].n || w->side[DGI_SIDE_TARGET].n ||
            w->parent != DGI_NONE || w->parent_cond != DGI_NONE || own_setting(c, w) != SETTING_NEWS)
            continue;
        uint32_t sent = d->toks[w->tok].sent, from = i, to = i;
        while (from > 0 && d->toks[c->w[from - 1].tok].sent == sent)
            from--;
        while (to + 1 < c->n_w && d->toks[c->w[to + 1].tok].sent == sent)
            to++;
        for (uint32_t k = from; k <= to; k++)
            if (k != i && !c->w[k].dropped && c->w[k].frame->plover == w->frame->plover &&
                (c->w[k].side[DGI_SIDE_SOURCE].n || c->w[k].side[DGI_SIDE_TARGET].n)) {
                drop(c, w, "repeats a fuller event of the sentence");
                break;
            }
    }
}

static bool organ_of_state(const struct dgi_entity *e)
{
    static const char *const organs[] = {"GOV", "MIL", "COP", "SPY"};
    for (size_t i = 0; i < sizeof organs / sizeof *organs; i++)
        if (dgi_str_in(e->sectors, ',', dgi_str(organs[i])))
            return true;
    return false;
}

/* "warned that the rebels might strike": what others would do is no threat of his. */
static bool by_others(const struct coder *c, const struct draft *deed, const struct draft *says)
{
    const struct actor_refs *a = &deed->side[DGI_SIDE_SOURCE], *b = &says->side[DGI_SIDE_SOURCE];
    const struct dgi_entity *e = c->doc->entities;
    for (uint32_t i = 0; i < a->n; i++)
        for (uint32_t k = 0; k < b->n; k++) {
            const struct dgi_entity *x = &e[a->ref[i].entity], *y = &e[b->ref[k].entity];
            bool state = x->type == DGI_ENT_COUNTRY || y->type == DGI_ENT_COUNTRY ||
                         (x->type == DGI_ENT_ROLE && organ_of_state(x) &&
                          organ_of_state(y)); /* a minister warns that police will; his rival is another matter */
            if (x == y || (state && x->country[0] && !strcmp(x->country, y->country)))
                return false;
        }
    return a->n && b->n;
}

/* Is somebody warned? Who is only spoken of in what is foreseen is not, unless the speaker's own side would do it to him. */
static bool is_addressed(const struct coder *c, const struct draft *w)
{
    const struct actor_refs *a = &w->side[DGI_SIDE_TARGET];
    uint32_t first = 0, end = 0;
    if (w->content_tok != DGI_NONE)
        dgi_subtree(c->doc, w->content_tok, &first, &end);
    for (uint32_t i = 0; i < a->n; i++)
        if (a->ref[i].head == DGI_NONE || a->ref[i].head < first || a->ref[i].head >= end)
            return true;
    struct draft deed = {.frame = w->frame};
    if (a->n)
        dgi_actors_at(c, dgi_surface_subject(&c->r, w->content_tok), false, &deed.side[DGI_SIDE_SOURCE], 0);
    return deed.side[DGI_SIDE_SOURCE].n && !by_others(c, &deed, w);
}

/* "warned that prices would rise" only foresees. A threat warns somebody, or of a hostile act, a consequence, under a
 * condition. */
static bool only_foresees(const struct coder *c, const struct draft *w, uint32_t self)
{
    if (w->frame->plover != DGI_THREATEN || !dgi_lemma_has(&c->r, w->tok, DGI_LEX_WARN) || is_addressed(c, w) ||
        w->cond_tok != DGI_NONE)
        return false;
    uint32_t sent = c->doc->toks[w->tok].sent, first, end;
    for (int way = -1; way <= 1; way += 2)
        for (uint32_t i = self + (uint32_t)way; i < c->n_w && c->doc->toks[c->w[i].tok].sent == sent;
             i += (uint32_t)way) {
            uint8_t p = c->w[i].frame->plover;
            if (c->w[i].parent == self && !by_others(c, &c->w[i], w) &&
                (p == DGI_SANCTION || p == DGI_COERCE || p == DGI_ASSAULT || p == DGI_MOBILIZE || p == DGI_PROTEST ||
                 p == DGI_REJECT || p == DGI_THREATEN))
                return false;
        }
    if (w->content_tok == DGI_NONE)
        return true;
    dgi_subtree(c->doc, w->content_tok, &first, &end);
    for (uint32_t t = first; t < end; t++)
        if (dgi_lemma_has(&c->r, t, DGI_LEX_CONSEQUENCE))
            return false;
    return true;
}

static bool all_nameless(const struct coder *c, const struct draft *w)
{
    for (int side = 0; side < DGI_N_SIDE; side++)
        for (uint32_t i = 0; i < w->side[side].n; i++) {
            const struct dgi_entity *e = &c->doc->entities[w->side[side].ref[i].entity];
            if (e->type != DGI_ENT_ROLE || e->country[0])
                return false;
        }
    return true;
}

/* "A member may appeal to the council": what anybody may or must do is a rule, no event. */
static bool only_rules(const struct coder *c, const struct draft *w)
{
    const struct dgi_tok *t = c->doc->toks;
    uint32_t v = w->light ? w->light_tok : w->tok;
    bool modal = false;
    if (w->nominal && !w->light)
        return false;
    for (int i = 0; i < 3 && t[v].rel == DGI_REL_CONJ && t[v].head != DGI_NONE; i++)
        v = t[v].head;
    for (uint32_t ch = t[v].first_child; ch != DGI_NONE; ch = t[ch].next_sib)
        modal = modal || (t[ch].rel == DGI_REL_AUX && dgi_lemma_in(c->doc, ch, DGI_W_RULE_AUX));
    uint32_t s = modal ? dgi_surface_subject(&c->r, v) : DGI_NONE;
    uint32_t det = s == DGI_NONE ? DGI_NONE : dgi_child(c->doc, s, DGI_REL_DET, DGI_NONE);
    return det != DGI_NONE && dgi_tok_in(c->doc, det, DGI_W_ACTOR_INDEFINITE) && !dgi_is_plural(c->doc, s) &&
           all_nameless(c, w);
}

/* "The Cuban boxer threw in the towel", "a Swiss couple patched up their quarrel": people of private life do in the plain sense
 * of the words what an idiom says of states; so do states in a sentence with a word of sport ("slammed the door on Chad with a late
 * goal"). */
/* "the Spaniard": one man of a nation, of whom nothing else is said. "The Spanish" and "Spaniards" are the nation. */
static bool one_national(const struct coder *c, uint32_t tok)
{
    uint32_t m = tok == DGI_NONE ? DGI_NONE : c->doc->toks[tok].mention;
    return m != DGI_NONE && c->doc->entities[c->doc->mentions[m].entity].type == DGI_ENT_COUNTRY &&
           !dgi_is_plural(c->doc, tok) && dgi_child(c->doc, tok, DGI_REL_DET, DGI_NONE) != DGI_NONE &&
           !dgi_lemma_has(&c->r, tok, DGI_LEX_NATION);
}

static bool of_nationals(const struct coder *c, const struct draft *w)
{
    const struct actor_refs *a = &w->side[DGI_SIDE_SOURCE], *b = &w->side[DGI_SIDE_TARGET];
    return a->n == 1 && b->n == 1 && one_national(c, a->ref[0].head) && one_national(c, b->ref[0].head);
}

static bool all_private(const struct coder *c, const struct actor_refs *a)
{
    for (uint32_t i = 0; i < a->n; i++) {
        const struct dgi_entity *e = &c->doc->entities[a->ref[i].entity];
        if (e->type != DGI_ENT_ROLE || !dgi_of_sector(c, e, DGI_W_SECTOR_NO_OFFICE))
            return false;
    }
    return a->n > 0;
}

static bool all_firms(const struct coder *c, const struct actor_refs *a)
{
    for (uint32_t i = 0; i < a->n; i++)
        if (!dgi_str_in(c->doc->entities[a->ref[i].entity].sectors, ',', dgi_str("BUS")))
            return false;
    return a->n > 0;
}

/* "Brewers sank their claws into Togo", "the bank called in the builder's loan": a firm takes markets, not countries, and what
 * one firm does to another is trade. */
static bool in_business(const struct coder *c, const struct draft *w)
{
    uint8_t p = w->frame->plover;
    return all_firms(c, &w->side[DGI_SIDE_SOURCE]) &&
           (p == DGI_ASSAULT || p == DGI_COERCE || p == DGI_RETREAT || all_firms(c, &w->side[DGI_SIDE_TARGET]));
}

/* "A Polish nurse told the Czech patient to mind his step": both of them are people of no office. */
static bool of_private_people(const struct coder *c, const struct draft *w)
{
    return all_private(c, &w->side[DGI_SIDE_SOURCE]) && all_private(c, &w->side[DGI_SIDE_TARGET]);
}

/* "Vienna opened its arms to the Korean pianist": what is offered to, or kept from, one of private life is no matter of states. */
static bool to_private_people(const struct coder *c, const struct draft *w)
{
    const struct actor_refs *a = &w->side[DGI_SIDE_TARGET];
    for (uint32_t i = 0; i < a->n; i++)
        if (a->ref[i].head == DGI_NONE || !dgi_lemma_has(&c->r, a->ref[i].head, DGI_LEX_PRIVATE))
            return false;
    return a->n > 0;
}

static bool meant_literally(const struct coder *c, const struct draft *w)
{
    uint8_t p = w->frame->plover;
    bool of_states = p == DGI_REJECT || p == DGI_RETREAT || p == DGI_CONCEDE || p == DGI_SANCTION ||
                     p == DGI_COOPERATE || p == DGI_AGREE || (p == DGI_THREATEN && w->frame->flags & FRAME_SURE);
    if (!(of_states || w->frame->flags & (FRAME_RUN | FRAME_WEAK)) || p == DGI_PROTEST)
        return false;
    bool idiom = w->frame->flags & FRAME_RUN || p == DGI_ASSAULT || p == DGI_COERCE;
    if ((of_states || p == DGI_SUPPORT) && w->frame->flags & FRAME_RUN && to_private_people(c, w))
        return true;
    if (in_business(c, w) || (idiom && dgi_sport_near(c, w)) ||
        (w->frame->flags & FRAME_RUN && of_private_people(c, w)))
        return true;
    if (w->nominal)
        return false;
    if (of_nationals(c, w))
        return true;
    struct dgi_fill f = {{0}, 0};
    dgi_frame_step(c, w->tok, (struct step){STEP_NSUBJ, 0}, true, &f);
    for (uint32_t i = 0; i < f.n; i++)
        if (!dgi_lemma_has(&c->r, f.tok[i], DGI_LEX_PRIVATE))
            return false;
    return f.n > 0;
}

/* "The answer was no": the row asks for the word that the noun hangs on, and so for a clause. */
static bool asks_head(const struct frame *f)
{
    for (uint32_t i = 0; i < f->n_con; i++)
        if (f->con[i].rel[0].kind == STEP_HEAD && f->con[i].test == TEST_WORDS && !f->con[i].negated)
            return true;
    return false;
}

/* "was seized by Al", "a clampdown by Al": the text says who, and he is nobody. */
static bool done_by_nobody(const struct coder *c, const struct draft *w)
{
    struct dgi_fill f = {{0}, 0};
    if (w->side[DGI_SIDE_SOURCE].n)
        return false;
    if (w->nominal)
        dgi_frame_step(c, w->tok, (struct step){STEP_NMOD, c->t->lx.prep[DGI_PREP_AGENT]}, false, &f);
    else if (w->passive)
        dgi_agents(&c->r, w->tok, &f);
    return f.n > 0;
}

/* "Schools were closed", "the ban on bicycles was lifted": a row asks for somebody whom the text does not name, and the reader is
 * sure of the event all the same. A verb in the active voice has somebody at least. */
static bool clear_without_sides(const struct coder *c, const struct draft *w)
{
    if (!c->doc->read || w->frame->plover >= DGI_N_PLOVER || w->frame->flags & FRAME_RUN)
        return false;
    bool any = w->side[DGI_SIDE_SOURCE].n || w->side[DGI_SIDE_TARGET].n;
    const struct reader_row *row = &c->t->reader[w->frame->plover];
    return (any || w->passive || (w->nominal && own_setting(c, w) == SETTING_OWN)) && row->known &&
           !done_by_nobody(c, w) && dgi_seen(c, w) >= row->by[c->doc->read->small].alone;
}

/* "The budget was adopted", "roadblocks went up": the row asks for nobody and its words leave no doubt, whoever did it. */
static bool sure_without_sides(const struct coder *c, const struct draft *w)
{
    return (w->frame->flags & FRAME_SURE) && w->frame->need == NEED_NONE && !done_by_nobody(c, w);
}

void dgi_drop_bare(struct coder *c)
{
    for (uint32_t i = 0; i < c->n_w; i++)
        if (c->w[i].parent != DGI_NONE && !c->w[i].used_up &&
            (c->w[i].side[DGI_SIDE_SOURCE].n || c->w[i].side[DGI_SIDE_TARGET].n) &&
            c->w[c->w[i].parent].frame->plover != c->w[i].frame->plover)
            c->w[c->w[i].parent].has_child = true;
    for (uint32_t i = 0; i < c->n_w; i++) {
        struct draft *w = &c->w[i];
        bool linked = w->parent != DGI_NONE || w->parent_cond != DGI_NONE;
        bool enough = dgi_slots_needed(c, w) || clear_without_sides(c, w) || sure_without_sides(c, w);
        if (w->used_up)
            continue;
        if (!enough)
            drop(c, w, "its actors are not named");
        else if (meant_literally(c, w))
            drop(c, w, "an idiom's words, said of people of private life");
        else if (only_rules(c, w))
            drop(c, w, "a rule of what anybody may do");
        else if (only_foresees(c, w, i))
            drop(c, w, "a warning that only foresees");
        else if (dgi_is_ordinary(c, w))
            drop(c, w, "everyday life told in the words of politics");
        else if (dgi_is_background(c, w))
            drop(c, w, "what is so at all times, or whom the text means");
        else if (w->nominal && !asks_head(w->frame) && !w->own_actor && !w->light && !linked && !own_setting(c, w))
            drop(c, w, "a bare noun without participants of its own");
        else
            w->dropped = false;
    }
    drop_repeated(c);
    for (uint32_t i = 0; i < c->n_w; i++) { /* links to what is gone move up or go */
        struct draft *w = &c->w[i];
        for (int k = 0; k < 4 && w->parent != DGI_NONE && c->w[w->parent].dropped; k++)
            w->parent = c->w[w->parent].parent;
        for (int k = 0; k < 4 && w->parent_cond != DGI_NONE && c->w[w->parent_cond].dropped; k++)
            w->parent_cond = c->w[w->parent_cond].parent_cond;
        if (w->parent != DGI_NONE && c->w[w->parent].dropped)
            w->parent = DGI_NONE;
        if (w->parent_cond != DGI_NONE && c->w[w->parent_cond].dropped)
            w->parent_cond = DGI_NONE;
    }
}
