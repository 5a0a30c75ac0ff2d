/* SPDX-License-Identifier: Apache-2.0 */
/* code/link.c: content and condition: which event is what another event demands, threatens, promises, refuses, or
 * depends on.
 *
 * Reads   tree, events in the making
 * Writes  work.parent, work.parent_cond, work.content_tok, work.cond_tok; slots that come from the parent
 *
 * Each trigger climbs through complements until it meets another trigger that can have content; a clause with "if" or
 * "unless" on the way makes it that trigger's condition. A condition below the content ("threatened to invade if ...")
 * is given to the threat, as annotators do. */
#include "code/coder.h"

static bool bears_content(uint8_t plover)
{
    switch (plover) {
    case DGI_REQUEST:
    case DGI_THREATEN:
    case DGI_AGREE:
    case DGI_REJECT:
    case DGI_ACCUSE:
    case DGI_SUPPORT:
    case DGI_CONCEDE: return true;
    default: return false;
    }
}

static bool is_condition(const struct coder *c, uint32_t x)
{
    const struct dgi_tok *t = c->doc->toks;
    if (dgi_is_inverted(c, x))
        return true;
    for (uint32_t m = t[x].first_child; m != DGI_NONE; m = t[m].next_sib) {
        if (t[m].rel != DGI_REL_MARK)
            continue;
        struct word_list wl = c->t->by_gov[dgi_lexis_id_lower(&c->t->lx, t[m].form)];
        for (uint32_t k = 0; k < wl.n; k++) {
            const struct governor *g = &c->t->gov[c->t->ix_gov[wl.first + k]];
            if (g->effect == EF_COND && (g->rels & (1u << STEP_MARK)))
                return true;
        }
    }
    return false;
}

static uint32_t event_at(const struct coder *c, uint32_t tok, uint32_t not_this)
{
    uint32_t e = c->ev[tok];
    return e != not_this ? e : DGI_NONE;
}

static bool content_prep(const struct coder *c, uint32_t x, uint8_t plover)
{
    uint32_t p = c->r.cas[x];
    if (!p)
        return false;
    if (p == c->t->lx.prep[DGI_PREP_FOR] || p == c->t->lx.prep[DGI_PREP_OF] || p == c->t->lx.prep[DGI_PREP_TO])
        return true;
    if (p == c->t->lx.prep[DGI_PREP_WITH])
        return plover == DGI_THREATEN;
    return (p == c->t->lx.prep[DGI_PREP_ON] || dgi_lexis_is(&c->t->lx, p, DGI_LEX_TOPIC_PREP)) &&
           (plover == DGI_AGREE || plover == DGI_REQUEST);
}

/* "agreed a truce at the summit in Osaka", "the pledge during his visit": where or when it was done, nothing that is agreed. */
static bool is_occasion(const struct coder *c, uint32_t x)
{
    const struct dgi_tok *t = c->doc->toks;
    for (uint32_t ch = t[x].first_child; ch != DGI_NONE && ch < x; ch = t[ch].next_sib)
        if (t[ch].rel == DGI_REL_CASE &&
            (dgi_tok_in(c->doc, ch, DGI_W_SAID_WHEN) || dgi_tok_in(c->doc, ch, DGI_W_OCCASION_PREP)))
            return true;
    return false;
}

static void climb(struct coder *c, uint32_t self)
{
    const struct dgi_tok *t = c->doc->toks;
    struct draft *w = &c->w[self];
    uint32_t x = w->light ? w->light_tok : w->tok;
    bool cond = false, first = true;
    uint32_t cond_tok = DGI_NONE;
    for (int i = 0; i < MAX_CLIMB; i++, first = false) {
        uint32_t h = dgi_head_of(&c->r, x);
        if (t[x].rel == DGI_REL_ADVCL || t[x].rel == DGI_REL_CCOMP || t[x].rel == DGI_REL_ACL)
            if (!cond && is_condition(c, x)) {
                cond = true;
                cond_tok = x;
            }
        if (h == DGI_NONE) { /* a verb of saying after what is said hangs below it: "Togo will leave, Kofi warned" */
            for (uint32_t p = t[x].first_child; p != DGI_NONE; p = t[p].next_sib) {
                uint32_t e = t[p].rel == DGI_REL_PARATAXIS ? event_at(c, p, self) : DGI_NONE;
                if (e != DGI_NONE && bears_content(c->w[e].frame->plover) && p > x) {
                    if (cond)
                        w->parent_cond = e;
                    else
                        w->parent = e;
                    c->w[e].content_tok = x;
                }
            }
            return;
        }
        uint32_t e = event_at(c, h, self);
        uint8_t pl = e != DGI_NONE ? c->w[e].frame->plover : DGI_N_PLOVER;
        uint8_t rel = dgi_rel_base(t[x].rel);
        if (rel != DGI_REL_CONJ && h != t[x].head)
            rel = DGI_REL_XCOMP;
        switch (rel) {
        case DGI_REL_CONJ:
            e = DGI_NONE;
            if (cond && !first && event_at(c, h, self) != DGI_NONE && cond_tok == x)
                return;
            break;
        case DGI_REL_XCOMP:
        case DGI_REL_CCOMP:
        case DGI_REL_OBJ: break;
        case DGI_REL_NSUBJ:
            if (t[x].rel != DGI_REL_NSUBJ_PASS && !cond)
                return;
            break;
        case DGI_REL_ACL:
            if (t[x].rel == DGI_REL_ACL_RELCL && !cond)
                return;
            break;
        case DGI_REL_ADVCL:
            if (x == cond_tok)
                break;
            if (!cond && !dgi_has_mark(&c->r, x, DGI_W_TO) && !dgi_has_mark(&c->r, x, DGI_W_CONTENT_MARK))
                return;
            if (!cond && dgi_has_mark(&c->r, x, DGI_W_TO) && e != DGI_NONE && pl != DGI_REQUEST && pl != DGI_THREATEN &&
                pl != DGI_AGREE)
                return;
            break;
        case DGI_REL_NMOD:
        case DGI_REL_OBL:
            if (t[x].rel == DGI_REL_NMOD_POSS)
                return;
            if (e != DGI_NONE && !cond && !content_prep(c, x, pl))
                return;
            if (e == DGI_NONE && !cond && (c->r.upos[h] == DGI_VERB || is_occasion(c, x)))
                return;
            break;
        case DGI_REL_COMPOUND:
            if (e == DGI_NONE)
                return;
            break;
        case DGI_REL_PARATAXIS:
            if (!cond)
                return;
            break;
        default: return;
        }
        if (cond && x == cond_tok && t[x].rel == DGI_REL_ACL && e != DGI_NONE && t[h].head != DGI_NONE) {
            /* "threatened sanctions if they attack", hung on the noun: the threat has the condition, not what is threatened */
            uint32_t above = event_at(c, t[h].head, self);
            e = above != DGI_NONE && bears_content(c->w[above].frame->plover) ? above : e;
        }
        if (e != DGI_NONE) {
            if (cond) {
                w->parent_cond = e;
                c->w[e].cond_tok = cond_tok;
            } else if (bears_content(pl)) {
                w->parent = e;
                if (c->w[e].content_tok == DGI_NONE)
                    c->w[e].content_tok = x;
            }
            return;
        }
        x = h;
    }
}

/* Give a condition to the threat, offer or demand whose content it stands under. */
static void lift_conditions(struct coder *c)
{
    for (uint32_t i = 0; i < c->n_w; i++)
        for (int k = 0; k < 4; k++) {
            uint32_t e = c->w[i].parent_cond;
            if (e == DGI_NONE || c->w[e].parent == DGI_NONE || c->w[e].parent == i)
                break;
            uint32_t up = c->w[e].parent;
            if (c->w[up].frame->plover != DGI_THREATEN && c->w[up].frame->plover != DGI_AGREE &&
                c->w[up].frame->plover != DGI_REQUEST)
                break;
            if (c->w[up].cond_tok == DGI_NONE)
                c->w[up].cond_tok = c->w[e].cond_tok;
            c->w[i].parent_cond = up;
        }
}

/* Where the words of the content are, also when they hold no event. */
static void find_content(struct coder *c, struct draft *w)
{
    const struct role *sl = &w->frame->role[ROLE_CONTENT];
    static const struct path dflt[2] = {{1, {{STEP_CCOMP, 0}}}, {1, {{STEP_XCOMP, 0}}}};
    struct dgi_fill f = {{0}, 0};
    for (uint32_t i = 0; i < sl->n && !f.n; i++)
        dgi_frame_path(c, w->tok, &sl->path[i], &f);
    for (uint32_t i = 0; i < 2 && !f.n && !sl->given && bears_content(w->frame->plover); i++)
        dgi_frame_path(c, w->tok, &dflt[i], &f);
    for (uint32_t a = f.n || !bears_content(w->frame->plover) ? DGI_NONE : c->doc->toks[w->tok].first_child;
         a != DGI_NONE && !f.n;
         a = c->doc->toks[a].next_sib) /* "proposed on Saturday that the Pope mediate": taken for an adverbial clause */
        if (c->doc->toks[a].rel == DGI_REL_ADVCL && dgi_has_mark(&c->r, a, DGI_W_THAT))
            dgi_fill_add(&f, a);
    if (f.n)
        w->content_tok = f.tok[0];
    if (w->cond_tok != DGI_NONE)
        return;
    uint32_t from[3] = {w->tok, w->light_tok, w->content_tok};
    for (int k = 0; k < 3; k++)
        for (uint32_t a = from[k] == DGI_NONE ? DGI_NONE : c->doc->toks[from[k]].first_child; a != DGI_NONE;
             a = c->doc->toks[a].next_sib)
            if (dgi_rel_base(c->doc->toks[a].rel) == DGI_REL_ADVCL && is_condition(c, a)) {
                w->cond_tok = a;
                return;
            }
}

void dgi_link_events(struct coder *c)
{
    for (uint32_t i = 0; i < c->n_w; i++)
        climb(c, i);
    for (uint32_t i = 0; i < c->n_w; i++) { /* no circles */
        uint32_t p = c->w[i].parent;
        for (int k = 0; p != DGI_NONE && k < MAX_CLIMB; k++, p = c->w[p].parent)
            if (p == i) {
                c->w[i].parent = DGI_NONE;
                break;
            }
    }
    lift_conditions(c);
    for (uint32_t i = 0; i < c->n_w; i++)
        find_content(c, &c->w[i]);
}

static void copy_side(struct coder *c, struct draft *to, int side, const struct actor_refs *from, const char *why)
{
    int other = side == DGI_SIDE_SOURCE ? DGI_SIDE_TARGET : DGI_SIDE_SOURCE;
    if (to->side[side].n || !from->n)
        return;
    for (uint32_t i = 0; i < from->n; i++) {
        bool clash = false;
        for (uint32_t k = 0; k < to->side[other].n; k++)
            clash = clash || to->side[other].ref[k].entity == from->ref[i].entity;
        if (!clash)
            dgi_refs_add(&to->side[side], from->ref[i]);
    }
    if (to->side[side].n) {
        to->inherited = true;
        dgi_trace_add(c->doc, to->tok, side ? "target" : "source", "from %s", why);
    }
}

/* A subject of its own that is no actor ("that the bridge attack ...") leaves the source empty; a pronoun may be
 * anybody. */
static bool has_other_subject(const struct coder *c, const struct draft *w)
{
    if (w->nominal || w->passive)
        return false;
    uint32_t s = dgi_child_base(c->doc, w->tok, DGI_REL_NSUBJ, DGI_NONE);
    return s != DGI_NONE && c->r.upos[s] != DGI_PRON;
}

static void inherit(struct coder *c, struct draft *w, struct draft *p)
{
    bool source_free = !w->frame->role[ROLE_SOURCE].none && !has_other_subject(c, w),
         target_free = !w->frame->role[ROLE_TARGET].none;
    switch (p->frame->plover) {
    case DGI_THREATEN:
        if (w->nominal && !w->side[DGI_SIDE_TARGET].n && p->side[DGI_SIDE_SOURCE].n &&
            dgi_refs_same(&w->side[DGI_SIDE_SOURCE], &p->side[DGI_SIDE_TARGET]))
            w->side[DGI_SIDE_SOURCE].n = 0; /* "threatened Chad with sanctions": nobody is threatened with his own */
        /* fall through */
    case DGI_AGREE:
    case DGI_CONCEDE:
        if (source_free)
            copy_side(c, w, DGI_SIDE_SOURCE, &p->side[DGI_SIDE_SOURCE], "whoever threatens or promises it");
        if (target_free)
            copy_side(c, w, DGI_SIDE_TARGET, &p->side[DGI_SIDE_TARGET], "whom it is threatened or promised to");
        break;
    case DGI_REJECT:
        if (source_free && !w->nominal)
            copy_side(c, w, DGI_SIDE_SOURCE, &p->side[DGI_SIDE_SOURCE], "whoever turns it down");
        break;
    case DGI_REQUEST:
        if (source_free)
            copy_side(c, w, DGI_SIDE_SOURCE, &p->side[DGI_SIDE_TARGET], "whom it is demanded of");
        if (target_free && w->recip &&
            w->side[DGI_SIDE_SOURCE].n < 2) /* two who are asked to talk talk to each other */
            copy_side(c, w, DGI_SIDE_TARGET, &p->side[DGI_SIDE_SOURCE], "whoever asks for it");
        break;
    case DGI_ACCUSE:
        if (source_free)
            copy_side(c, w, DGI_SIDE_SOURCE, &p->side[DGI_SIDE_TARGET], "whoever is accused of it");
        break;
    default: break;
    }
}

/* The other way: a threat is against whom its content is, a demand is on whoever is to act. */
static void inherit_up(struct coder *c, struct draft *p, const struct draft *w, bool condition)
{
    if (p->frame->plover == DGI_AGREE && !condition && !p->side[DGI_SIDE_SOURCE].n && !p->frame->role[ROLE_SOURCE].none)
        copy_side(c, p, DGI_SIDE_SOURCE, &w->side[DGI_SIDE_SOURCE], "who is to act"); /* "a vow that Togo would" */
    if (p->side[DGI_SIDE_TARGET].n || p->frame->role[ROLE_TARGET].none)
        return;
    if (p->frame->plover == DGI_THREATEN) {
        if (condition && !dgi_refs_share(c, &w->side[DGI_SIDE_SOURCE], &p->side[DGI_SIDE_SOURCE]))
            copy_side(c, p, DGI_SIDE_TARGET, &w->side[DGI_SIDE_SOURCE], "who would bring the condition about");
        else if (!condition && w->nominal && !p->nominal && c->doc->toks[w->tok].rel == DGI_REL_OBJ &&
                 c->doc->toks[w->tok].head != p->tok && w->side[DGI_SIDE_SOURCE].n && !w->inherited &&
                 p->side[DGI_SIDE_SOURCE].n &&
                 !dgi_refs_same(&w->side[DGI_SIDE_SOURCE],
                                &p->side[DGI_SIDE_SOURCE])) /* "will not bear rallies by X" */
            copy_side(c, p, DGI_SIDE_TARGET, &w->side[DGI_SIDE_SOURCE], "whose deeds the threat is about");
        else if (!condition)
            copy_side(c, p, DGI_SIDE_TARGET, &w->side[DGI_SIDE_TARGET], "whom the threatened act is against");
    } else if (p->frame->plover == DGI_REQUEST && !condition)
        copy_side(c, p, DGI_SIDE_TARGET, &w->side[DGI_SIDE_SOURCE], "who is to act");
    else if (p->frame->plover == DGI_AGREE && !condition)
        copy_side(c, p, DGI_SIDE_TARGET, &w->side[DGI_SIDE_TARGET], "whom the promised act is for");
}

/* "bring home soldiers stationed in Togo": troops without a country belong to whoever moves them. */
static void owners_of_troops(struct coder *c)
{
    const struct dgi_tok *t = c->doc->toks;
    for (uint32_t i = 0; i < c->n_w; i++) {
        struct draft *w = &c->w[i];
        if (w->side[DGI_SIDE_SOURCE].n != 1 || w->side[DGI_SIDE_SOURCE].ref[0].head == DGI_NONE)
            continue;
        const struct dgi_ref *r = &w->side[DGI_SIDE_SOURCE].ref[0];
        const dg_str id =
            c->doc->entities[r->entity].actor; /* "hand over three men accused of bombing it": they are nobody's */
        if ((!dgi_str_is(id, "role::MIL") && !dgi_str_is(id, "role::COP")) ||
            dgi_rel_base(t[r->head].rel) != DGI_REL_OBJ)
            continue;
        uint32_t e = t[r->head].head == DGI_NONE ? DGI_NONE : c->ev[t[r->head].head];
        if (e == DGI_NONE || e == i || !c->w[e].side[DGI_SIDE_SOURCE].n ||
            (c->w[e].frame->plover != DGI_MOBILIZE && c->w[e].frame->plover != DGI_RETREAT &&
             c->w[e].frame->plover != DGI_AID) ||
            !strncmp(c->w[e].frame->cameo, "084", 3)) /* prisoners */
            continue;
        w->side[DGI_SIDE_SOURCE] = c->w[e].side[DGI_SIDE_SOURCE];
        dgi_trace_add(c->doc, w->tok, "source", "whoever moves the troops");
    }
}

/* "Turkey rejected a Greek demand": whoever turns it down was asked. */
static void askers_of_refusals(struct coder *c)
{
    for (uint32_t i = 0; i < c->n_w; i++) {
        struct draft *w = &c->w[i];
        uint32_t h = c->doc->toks[w->tok].head;
        uint8_t kind = w->frame->plover;
        if ((kind != DGI_REQUEST && kind != DGI_ACCUSE && kind != DGI_THREATEN && kind != DGI_AGREE) || !w->nominal ||
            w->frame->role[ROLE_TARGET].none || h == DGI_NONE || c->ev[h] == DGI_NONE ||
            c->w[c->ev[h]].frame->plover != DGI_REJECT || dgi_rel_base(c->doc->toks[w->tok].rel) != DGI_REL_OBJ)
            continue;
        copy_side(c, w, DGI_SIDE_TARGET, &c->w[c->ev[h]].side[DGI_SIDE_SOURCE], "who turns it down");
    }
}

static bool same_state(const struct coder *c, const struct dgi_ref *a, const struct dgi_ref *b)
{
    const struct dgi_entity *x = &c->doc->entities[a->entity], *y = &c->doc->entities[b->entity];
    return a->entity == b->entity || (x->country[0] && !strcmp(x->country, y->country));
}

/* "Vance warned Argentina that Washington would impose an embargo if it attacked Chile": nobody threatens himself, so a
 * pronoun in the condition that was taken for the side that threatens means the one that is threatened. */
static void others_bring_it_about(struct coder *c)
{
    for (uint32_t i = 0; i < c->n_w; i++) {
        struct draft *w = &c->w[i];
        const struct draft *p = w->parent_cond != DGI_NONE ? &c->w[w->parent_cond] : NULL;
        if (!p || (p->frame->plover != DGI_THREATEN && p->frame->plover != DGI_ACCUSE) ||
            w->side[DGI_SIDE_SOURCE].n != 1 || !p->side[DGI_SIDE_SOURCE].n || !p->side[DGI_SIDE_TARGET].n)
            continue;
        const struct dgi_ref *r = &w->side[DGI_SIDE_SOURCE].ref[0];
        if (r->head == DGI_NONE || c->r.upos[r->head] != DGI_PRON ||
            !same_state(c, r, &p->side[DGI_SIDE_SOURCE].ref[0]) || same_state(c, r, &p->side[DGI_SIDE_TARGET].ref[0]))
            continue;
        w->side[DGI_SIDE_SOURCE] = p->side[DGI_SIDE_TARGET];
        dgi_trace_add(c->doc, w->tok, "source", "whom the threat is made to, not who makes it");
    }
}

/* "summoned the envoy and demanded that", "met Khan and urged restraint": whom one has before one is asked, warned, charged. */
static bool said_to_his_face(const struct coder *c, const struct draft *w, const struct draft *before)
{
    uint8_t p = w->frame->plover, q = before->frame->plover;
    return (p == DGI_REQUEST || p == DGI_THREATEN || p == DGI_ACCUSE) && !w->frame->role[ROLE_TARGET].none &&
           (q == DGI_CONSULT || q == DGI_ACCUSE || q == DGI_REQUEST) && before->side[DGI_SIDE_TARGET].n &&
           dgi_child_base(c->doc, w->tok, DGI_REL_NSUBJ, DGI_NONE) == DGI_NONE;
}

/* "would strike back if the North shelled it again, the minister told parliament": a threat told at home is made to who would bring its
 * condition about, not to those who are told. */
static void told_at_home(struct coder *c, struct draft *w)
{
    struct actor_refs r = {.n = 0};
    if (w->frame->plover != DGI_THREATEN || w->cond_tok == DGI_NONE || !w->side[DGI_SIDE_TARGET].n)
        return;
    for (uint32_t i = 0; i < w->side[DGI_SIDE_TARGET].n; i++) {
        const struct dgi_entity *e = &c->doc->entities[w->side[DGI_SIDE_TARGET].ref[i].entity];
        struct actor_refs one = {.ref = {w->side[DGI_SIDE_TARGET].ref[i]}, .n = 1};
        if (e->type != DGI_ENT_ROLE || !dgi_refs_share(c, &one, &w->side[DGI_SIDE_SOURCE]))
            return;
    }
    uint32_t s = dgi_surface_subject(&c->r, w->cond_tok);
    if (s != DGI_NONE)
        dgi_actors_at(c, s, true, &r, 0);
    if (!r.n || dgi_refs_share(c, &r, &w->side[DGI_SIDE_SOURCE]))
        return;
    w->side[DGI_SIDE_TARGET] = r;
    dgi_trace_add(c->doc, w->tok, "target", "who would bring the condition about, not who is told");
}

void dgi_inherit_slots(struct coder *c)
{
    static const struct path clause_subject[2] = {{2, {{STEP_CCOMP, 0}, {STEP_NSUBJ, 0}}},
                                                  {2, {{STEP_XCOMP, 0}, {STEP_NSUBJ, 0}}}};
    for (uint32_t i = 0; i < c->n_w; i++) { /* "demanded that Togo sign": the subject of the clause */
        struct draft *w = &c->w[i];
        if (w->frame->plover != DGI_REQUEST || w->side[DGI_SIDE_TARGET].n || w->frame->role[ROLE_TARGET].none)
            continue;
        for (int k = 0; k < 2 && !w->side[DGI_SIDE_TARGET].n; k++) {
            struct dgi_fill f = {{0}, 0};
            dgi_frame_path(c, w->tok, &clause_subject[k], &f);
            struct actor_refs r = {.n = 0};
            for (uint32_t j = 0; j < f.n; j++)
                dgi_actors_at(c, f.tok[j], false, &r, 0);
            copy_side(c, w, DGI_SIDE_TARGET, &r, "the subject of what is demanded");
        }
    }
    for (uint32_t i = 0; i < c->n_w; i++)
        told_at_home(c, &c->w[i]);
    askers_of_refusals(c);
    for (int pass = 0; pass < 3; pass++)
        for (uint32_t i = 0; i < c->n_w; i++) {
            struct draft *w = &c->w[i];
            if (w->parent != DGI_NONE) {
                inherit_up(c, &c->w[w->parent], w, false);
                inherit(c, w, &c->w[w->parent]);
            }
            if (w->parent_cond != DGI_NONE && pass)
                inherit_up(c, &c->w[w->parent_cond], w, true);
        }
    owners_of_troops(c);
    for (uint32_t i = 0; i < c->n_w; i++) {
        struct draft *w = &c->w[i];
        uint32_t h = !w->side[DGI_SIDE_TARGET].n && c->doc->toks[w->tok].rel == DGI_REL_CONJ
                         ? dgi_partner(&c->r, w->tok)
                         : DGI_NONE;
        if (h != DGI_NONE && c->ev[h] != DGI_NONE && (w->self_pronoun || said_to_his_face(c, w, &c->w[c->ev[h]])))
            copy_side(c, w, DGI_SIDE_TARGET, &c->w[c->ev[h]].side[DGI_SIDE_TARGET], "the object of the verb before");
    }
    others_bring_it_about(c);
}
