/* SPDX-License-Identifier: Apache-2.0 */
/* code/matching.c: which row of the frame tables a trigger matches.
 *
 * Reads   tokens, tree, mentions, frame tables
 * Writes  coder.w: one event in the making per trigger
 *
 * Rows of one word are sorted by how much they ask (words in a slot before any filler before none); the first whose
 * constraints hold and whose needed slots are filled by actors wins. Nouns are matched before verbs, since a verb's
 * target may be the one whose demand, plan or attack is its object. */
#include "code/coder.h"

enum { LONGER = 2 /* words of a fixed expression more than those of a row of another kind: it is meant */ };

/* "insists that the budget include a wall": the base form of a verb, or what is tagged as a plural's verb with one subject. */
static bool is_subjunctive(const struct coder *c, uint32_t tok)
{
    const struct dgi_clause *k = dgi_clause_at(c->doc, tok);
    if (!k || k->pred != tok || k->subject == DGI_NONE)
        return false;
    if (k->mood == DGI_MOOD_BASE)
        return true;
    uint8_t u = c->r.upos[k->subject];
    return k->form == DGI_FORM_PRESENT && k->aux == DGI_NONE && (u == DGI_NOUN || u == DGI_PROPN) &&
           !dgi_is_plural(c->doc, k->subject) && dgi_child(c->doc, k->subject, DGI_REL_CONJ, DGI_NONE) == DGI_NONE;
}

/* The entity of the subject of a clause; DGI_NONE if nobody is named or meant there. */
static uint32_t subject_entity(const struct coder *c, const struct dgi_clause *k)
{
    uint32_t m = k && k->subject != DGI_NONE ? c->doc->toks[k->subject].mention : DGI_NONE;
    return m == DGI_NONE ? DGI_NONE : c->doc->mentions[m].entity;
}

/* "it would cut aid unless the law was dropped": what the speaker himself will do under a condition that a word of mark opens. */
static bool is_conditional_vow(const struct coder *c, uint32_t tok, enum dgi_word_set mark)
{
    const struct dgi_tok *t = c->doc->toks;
    const struct dgi_clause *k = dgi_clause_at(c->doc, tok);
    if (!k || k->pred != tok || k->subject == DGI_NONE || c->r.upos[k->subject] != DGI_PRON || k->modal == DGI_NONE ||
        k->negated || !dgi_lemma_in(c->doc, k->modal, DGI_W_VOW_AUX))
        return false;
    uint32_t self = subject_entity(c, k);
    uint32_t said = t[tok].head == DGI_NONE ? DGI_NONE : subject_entity(c, dgi_clause_at(c->doc, t[tok].head));
    if (self != DGI_NONE && said != DGI_NONE && self != said)
        return false;
    for (uint32_t ch = t[tok].first_child; ch != DGI_NONE; ch = t[ch].next_sib)
        if (dgi_rel_base(t[ch].rel) == DGI_REL_ADVCL && dgi_has_mark(&c->r, ch, mark))
            return true;
    return false;
}

static bool test_one(const struct coder *c, uint32_t tok, const struct constraint *k)
{
    switch (k->test) {
    case TEST_WORDS: return c->r.lem[tok] && dgi_in_words(k->word, k->n_words, c->r.lem[tok]);
    case TEST_ANY:
    case TEST_NONE: return true;
    case TEST_NUM: return c->r.upos[tok] == DGI_NUM || dgi_child(c->doc, tok, DGI_REL_NUMMOD, DGI_NONE) != DGI_NONE;
    case TEST_WISH: return is_subjunctive(c, tok);
    case TEST_VOW: return is_conditional_vow(c, tok, DGI_W_CONDITION);
    case TEST_UNLESS: return is_conditional_vow(c, tok, DGI_W_EXCEPTION);
    case TEST_VERB: /* "called the French offer poor": no verb, whatever it is tagged as */
        return (c->r.upos[tok] == DGI_VERB && dgi_child(c->doc, tok, DGI_REL_DET, DGI_NONE) == DGI_NONE) ||
               dgi_has_mark(&c->r, tok, DGI_W_TO);
    case TEST_BIDDING: return dgi_bidding(&c->r, tok) != DGI_NONE;
    case TEST_PLACE: return dgi_is_ground(c, tok);
    case TEST_ACTOR: {
        /* the filler itself, or what a noun of quantity counts; "the plan of Chad" is no actor */
        struct actor_refs r = {.n = 0};
        uint32_t m = c->doc->toks[tok].mention;
        if (m == DGI_NONE)
            m = c->r.cover[tok];
        if (m == DGI_NONE && !dgi_lemma_has(&c->r, tok, DGI_LEX_TRANSPARENT) && c->r.upos[tok] == DGI_NOUN &&
            c->ev[tok] != DGI_NONE)
            return false;
        dgi_actors_at(c, tok, true, &r, m == DGI_NONE ? 2 : 1);
        return r.n > 0;
    }
    default: return false;
    }
}

static bool by_form(const struct coder *c, uint32_t tok, const struct constraint *k)
{
    uint32_t id = dgi_lexis_id_lower(&c->t->lx, c->doc->toks[tok].form);
    return id && dgi_in_words(k->word, k->n_words, id);
}

/* "India and Russia", "French and Egyptian warships": are two powers of different lands among the fillers? */
static bool are_powers(const struct coder *c, const struct dgi_fill *f)
{
    const struct dgi_entity *e = c->doc->entities;
    struct actor_refs r = {.n = 0};
    for (uint32_t i = 0; i < f->n; i++)
        dgi_actors_at(c, f->tok[i], true, &r, 1);
    for (uint32_t i = 1; i < r.n; i++)
        if (e[r.ref[0].entity].country[0] && e[r.ref[i].entity].country[0] &&
            strcmp(e[r.ref[0].entity].country, e[r.ref[i].entity].country) != 0)
            return true;
    return false;
}

/* What a row asks about and its trigger does not hold: the noun that a pronoun stands for, the verb whose content this one is. */
static uint32_t no_word_of(const struct coder *c, uint32_t tok, uint8_t step)
{
    if (step == STEP_OBJ)
        return dgi_meant_by_pronoun(c, tok);
    uint32_t h = step == STEP_HEAD && c->r.upos[tok] == DGI_VERB ? c->doc->toks[tok].head : DGI_NONE;
    return h != DGI_NONE && c->ev[h] != DGI_NONE ? h : DGI_NONE; /* an event itself */
}

bool dgi_constraint_holds(const struct coder *c, uint32_t tok, const struct constraint *k, struct dgi_fill *used)
{
    bool hit = false;
    if (k->n_run)
        hit = dgi_runs_stand(c, tok, k->run, k->n_run, used);
    for (uint32_t r = 0; r < k->n_rel && !k->n_run; r++) {
        struct dgi_fill f = {{0}, 0};
        dgi_frame_step(c, tok, k->rel[r], true, &f);
        uint32_t meant = no_word_of(c, tok, k->rel[r].kind);
        if (k->rel[r].kind == STEP_OBJ && k->test == TEST_ACTOR) /* "fined Poland a million" */
            dgi_frame_step(c, tok, (struct step){STEP_IOBJ, 0}, false, &f);
        if (k->rel[r].kind != STEP_PRT)
            dgi_fill_expand(&c->r, &f);
        if (k->test == TEST_POWERS) {
            hit = hit || are_powers(c, &f);
            continue;
        }
        for (uint32_t i = 0; i < f.n; i++)
            if (test_one(c, f.tok[i], k) ||
                (k->test == TEST_WORDS &&
                 (k->rel[r].kind == STEP_PRT || k->rel[r].kind == STEP_MOD || k->rel[r].kind == STEP_AMOD) &&
                 by_form(c, f.tok[i], k))) {
                hit = true;
                if (k->test == TEST_WORDS && !k->negated && used && f.tok[i] != meant)
                    dgi_fill_add(used, f.tok[i]);
            }
    }
    return k->test == TEST_NONE || k->negated ? !hit : hit;
}

bool dgi_voice_fits(const struct coder *c, uint32_t tok, const struct frame *f)
{
    return !(f->flags & (FRAME_PASSIVE | FRAME_ACTIVE)) ||
           dgi_is_passive(&c->r, tok) == ((f->flags & FRAME_PASSIVE) != 0);
}

bool dgi_constraints_hold(const struct coder *c, uint32_t tok, const struct frame *f, struct dgi_fill *used)
{
    if (!dgi_voice_fits(c, tok, f))
        return false;
    for (uint32_t i = 0; i < f->n_con; i++)
        if (!dgi_constraint_holds(c, tok, &f->con[i], used))
            return false;
    return true;
}

/* "took Norway's wounded aboard": a participle that stands where a noun does, with an article or an owner, names people and tells no deed. */
static bool named_by_participle(const struct coder *c, uint32_t tok)
{
    uint8_t rel = dgi_rel_base(c->doc->toks[tok].rel);
    if (c->r.form[tok] != DGI_FORM_PARTICIPLE || (rel != DGI_REL_OBJ && rel != DGI_REL_NSUBJ && rel != DGI_REL_OBL &&
                                                  rel != DGI_REL_NMOD && rel != DGI_REL_IOBJ))
        return false;
    return dgi_child(c->doc, tok, DGI_REL_NMOD_POSS, DGI_NONE) != DGI_NONE ||
           dgi_child(c->doc, tok, DGI_REL_DET, DGI_NONE) != DGI_NONE;
}

bool dgi_pos_fits(const struct coder *c, uint32_t tok, uint8_t pos)
{
    uint8_t u = c->r.upos[tok];
    if (u == DGI_VERB && pos == DGI_VERB && named_by_participle(c, tok))
        return false;
    if (pos == u)
        return true;
    if (pos == DGI_ADJ && u == DGI_VERB) /* "was prepared to", tagged as a passive */
        return c->r.form[tok] == DGI_FORM_PARTICIPLE;
    if (pos == DGI_VERB && u == DGI_ADJ) /* tagged as adjective: "the troops deployed" */
        return dgi_child(c->doc, tok, DGI_REL_OBJ, DGI_NONE) != DGI_NONE;
    return false;
}

/* The verb that carries a noun, if a row of lightverbs says so. */
static const struct light *light_of(const struct coder *c, uint32_t noun, uint32_t *verb)
{
    const struct dgi_tok *t = c->doc->toks;
    uint32_t top = noun, v;
    for (int i = 0; i < 4 && t[top].head != DGI_NONE; i++) { /* "a series of talks", "threats and demands" */
        if (t[top].rel == DGI_REL_CONJ && c->r.upos[t[top].head] == DGI_NOUN)
            top = t[top].head;
        else if (t[top].rel == DGI_REL_NMOD && c->r.cas[top] == c->t->lx.prep[DGI_PREP_OF] &&
                 dgi_sees_through(&c->r, t[top].head))
            top = t[top].head;
        else
            break;
    }
    v = t[top].head;
    uint8_t rel = t[top].rel;
    if (rel == DGI_REL_ACL_RELCL || rel == DGI_REL_ROOT || v == DGI_NONE)
        v = DGI_NONE;
    uint32_t cand[8], n = 0;
    if (v != DGI_NONE)
        cand[n++] = v;
    for (uint32_t ch = t[top].first_child; ch != DGI_NONE && n < 8; ch = t[ch].next_sib)
        if (t[ch].rel == DGI_REL_ACL ||
            t[ch].rel == DGI_REL_ACL_RELCL) /* "talks held in Vienna", "sanctions that the EU imposed" */
            cand[n++] = ch;
    for (uint32_t i = 0; i < n; i++) {
        struct word_list wl = c->t->by_light[c->r.lem[cand[i]]];
        for (uint32_t k = 0; k < wl.n; k++) {
            const struct light *l = &c->t->light[c->t->ix_light[wl.first + k]];
            struct dgi_fill f = {{0}, 0};
            for (uint32_t r = 0; r < l->n_rel; r++)
                if (l->rel[r].kind != STEP_NSUBJ)
                    dgi_frame_step(c, cand[i], l->rel[r], false, &f);
                else if (!dgi_is_passive(&c->r, cand[i]))
                    dgi_fill_add(&f, dgi_surface_subject(&c->r, cand[i]));
            dgi_fill_expand(&c->r, &f);
            bool there = false;
            for (uint32_t j = 0; j < f.n; j++)
                there = there || f.tok[j] == noun || f.tok[j] == top;
            if (there && dgi_constraints_hold(c, cand[i], &l->verb, NULL)) {
                *verb = cand[i];
                return l;
            }
        }
    }
    *verb = DGI_NONE;
    return NULL;
}

bool dgi_refused_by_table(struct coder *c, uint32_t tok)
{
    struct word_list wl = c->t->by_neg[c->r.lem[tok]];
    for (uint32_t k = 0; k < wl.n; k++) {
        const struct frame *f = &c->t->neg[c->t->ix_neg[wl.first + k]];
        if ((!f->pos || dgi_pos_fits(c, tok, f->pos)) && dgi_constraints_hold(c, tok, f, NULL)) {
            dgi_trace_add(c->doc, tok, "refused", "nonevents row '%.*s'", (int)f->id.len, f->id.ptr);
            return true;
        }
    }
    return false;
}

static void trace_needs(struct coder *c, const struct draft *w)
{
    bool s = w->side[DGI_SIDE_SOURCE].n > 0, t = w->side[DGI_SIDE_TARGET].n > 0;
    dgi_trace_add(c->doc, w->tok, "refused", "row '%.*s': not all the actors that it needs; found %s",
                  (int)w->frame->id.len, w->frame->id.ptr,
                  s && t ? "both sides"
                  : s    ? "a source and no target"
                  : t    ? "a target and no source"
                         : "nobody");
}

struct draft *dgi_keep_draft(struct coder *c, const struct draft *w)
{
    struct draft *p = DGI_PUSH(c->scratch, c->w, c->n_w, c->cap_w);
    uint32_t *newest = &c->newest[c->doc->toks[w->tok].sent];
    if (!p) {
        c->nomem = true;
        return NULL;
    }
    *p = *w;
    p->before = *newest;
    *newest = c->n_w - 1;
    return p;
}

static void keep(struct coder *c, const struct draft *w, const struct dgi_fill *used)
{
    struct draft *p = dgi_keep_draft(c, w);
    if (!p)
        return;
    bool board = dgi_for_board(w->frame); /* nothing hangs on it, and it takes no words from an event */
    if (!board)
        dgi_mark_event(c, w->tok, c->n_w - 1);
    for (uint32_t i = 0; i < used->n; i++) {
        if (!board && c->doc->toks[used->tok[i]].sent == c->doc->toks[w->tok].sent)
            c->used[used->tok[i]] = c->n_w;
        if (p->n_extra < 3)
            p->extra_tok[p->n_extra++] = used->tok[i];
    }
}

static void trace_match(struct coder *c, const struct draft *w)
{
    if (!c->doc->trace)
        return;
    const struct frame *f = w->frame;
    const struct dgi_table *tab = dgi_lexicon_table_at(c->t->lex, f->table);
    char file[128];
    dgi_trace_add(c->doc, w->tok, "frame", "%.*s (%s:%u): %.*s -> %s %s", (int)f->id.len, f->id.ptr,
                  dgi_table_file(tab, file, sizeof file), tab->line[f->row], (int)dgi_table_cell(tab, f->row, 1).len,
                  dgi_table_cell(tab, f->row, 1).ptr, f->cameo,
                  f->plover < DGI_N_PLOVER ? dgi_plover_name[f->plover] : dgi_frame_board);
    if (w->light) {
        dg_str v = c->doc->toks[w->light_tok].form;
        dgi_trace_add(c->doc, w->tok, "frame", "carried by the verb '%.*s' (lightverbs row '%.*s')", (int)v.len, v.ptr,
                      (int)w->light->verb.id.len, w->light->verb.id.ptr);
    }
}

/* "warned that it will attack": the threat is the warning, the attack its content */
static bool threatened_already(const struct coder *c, uint32_t tok)
{
    const struct dgi_tok *t = c->doc->toks;
    uint32_t h = t[tok].rel == DGI_REL_CCOMP || t[tok].rel == DGI_REL_XCOMP ? t[tok].head : DGI_NONE;
    if (h == DGI_NONE)
        h = dgi_child(c->doc, tok, DGI_REL_PARATAXIS, DGI_NONE);
    if (h == DGI_NONE)
        return false;
    struct word_list wl = c->t->by_frame[c->r.lem[h]];
    for (uint32_t k = 0; k < wl.n; k++) {
        const struct frame *f = &c->t->frame[c->t->ix_frame[wl.first + k]];
        if ((f->plover == DGI_THREATEN || f->plover == DGI_AGREE) && dgi_constraints_hold(c, h, f, NULL))
            return true;
    }
    return false;
}

static struct draft draft_of(const struct coder *c, uint32_t tok, const struct frame *f, const struct light *light,
                             uint32_t light_tok)
{
    struct draft w;
    memset(&w, 0, sizeof w);
    w.tok = tok;
    w.frame = f;
    w.light = light;
    w.light_tok = light_tok;
    w.nominal = c->r.upos[tok] == DGI_NOUN;
    w.clause = light ? light_tok : tok;
    w.parent = w.parent_cond = w.content_tok = w.cond_tok = w.out = DGI_NONE;
    bool mutual = f->flags & FRAME_RUN && c->run[tok] != DGI_NONE && dgi_is_mutual(c, c->run[tok]);
    w.recip = mutual || (f->flags & FRAME_RECIP) != 0; /* "patted each other on the back" */
    w.passive = !w.nominal && dgi_is_passive(&c->r, tok);
    return w;
}

/* "India shut its ears to Nepal's plea": a row that has no place for Nepal leaves the word to a fixed expression of its kind that
 * has, also to one of another kind that is LONGER by so many words ("fired a shot across Nepal's bows"), and an expression to one
 * that holds more of the words. */
static void fuller_run(struct coder *c, const struct word_list *wl, uint32_t from, struct draft *w,
                       struct dgi_fill *used)
{
    bool run = w->frame->flags & FRAME_RUN, both = w->side[DGI_SIDE_SOURCE].n && w->side[DGI_SIDE_TARGET].n;
    if (both && (!run || w->frame->flags & FRAME_LAST))
        return;
    for (uint32_t k = from; k < wl->n; k++) {
        const struct frame *f = &c->t->frame[c->t->ix_frame[wl->first + k]];
        struct dgi_fill own = {{0}, 0};
        if (!(f->flags & FRAME_RUN) || (both && f->flags & FRAME_LAST) || !dgi_pos_fits(c, w->tok, f->pos) ||
            !dgi_constraints_hold(c, w->tok, f, &own) || (run && own.n <= used->n) ||
            (!run && f->plover != w->frame->plover && own.n < used->n + LONGER))
            continue;
        struct draft d = draft_of(c, w->tok, f, w->light, w->light_tok);
        dgi_fill_slots(c, &d);
        if (!d.side[DGI_SIDE_SOURCE].n || !d.side[DGI_SIDE_TARGET].n)
            continue;
        trace_match(c, &d);
        *w = d;
        *used = own;
        run = true;
    }
}

/* Which rows are tried at a word. */
struct sort {
    bool board, runs_only;
};

static bool row_holds(const struct coder *c, uint32_t tok, const struct frame *f, struct sort sort,
                      struct dgi_fill *used)
{
    if (dgi_for_board(f) != sort.board || (sort.runs_only && !(f->flags & FRAME_RUN)) ||
        ((f->flags & FRAME_EATS_AUX) && f->plover == DGI_THREATEN &&
         (threatened_already(c, tok) || dgi_is_asked(c, tok))))
        return false;
    return dgi_pos_fits(c, tok, f->pos) && dgi_constraints_hold(c, tok, f, used);
}

/* What an expression says of its doer alone, and what is told in an imperative, is meant of people of power. */
static bool is_of_powers(const struct coder *c, const struct draft *w)
{
    const struct frame *f = w->frame;
    if (dgi_is_lone(f))
        return f->plover == DGI_PROTEST || dgi_are_mighty(c, w, DGI_SIDE_SOURCE, false);
    for (uint32_t i = 0; i < f->n_con; i++)
        if (f->con[i].test == TEST_BIDDING)
            return (dgi_are_mighty(c, w, DGI_SIDE_SOURCE, false) && dgi_are_mighty(c, w, DGI_SIDE_TARGET, true)) ||
                   (dgi_are_mighty(c, w, DGI_SIDE_SOURCE, true) && dgi_are_mighty(c, w, DGI_SIDE_TARGET, false));
    return true;
}

/* Rows of one sort, for the board or not, are tried in turn; the first that holds and has its actors wins. The content of
 * another event may get its actors from there: it stays as a spare, and link.c drops what stays bare. An idiom without its
 * sides is none: its words are free, unless its sentence has them elsewhere. */
static void match_rows(struct coder *c, uint32_t tok, struct sort sort, const struct light *light, uint32_t light_tok)
{
    struct word_list wl = c->t->by_frame[c->r.lem[tok]];
    struct draft spare;
    struct dgi_fill spare_used = {{0}, 0};
    bool have_spare = false, have_far = false;
    for (uint32_t k = 0; k < wl.n; k++) {
        const struct frame *f = &c->t->frame[c->t->ix_frame[wl.first + k]];
        struct dgi_fill used = {{0}, 0};
        if ((have_far && dgi_is_lone(f)) || !row_holds(c, tok, f, sort, &used))
            continue;
        struct draft w = draft_of(c, tok, f, light, light_tok);
        trace_match(c, &w);
        dgi_fill_slots(c, &w);
        if (!is_of_powers(c, &w))
            continue;
        if (dgi_slots_needed(c, &w)) {
            fuller_run(c, &wl, k + 1, &w, &used);
            if (dgi_is_lone(w.frame) && !w.side[DGI_SIDE_TARGET].n && dgi_may_lack_side(c, tok, w.frame, false))
                dgi_fill_far_side(c, &w); /* an idiom that needs no other side may have one all the same */
            keep(c, &w, &used);
            return;
        }
        trace_needs(c, &w);
        bool far = !have_far && f->flags & FRAME_RUN && dgi_may_lack_side(c, tok, f, have_spare) &&
                   dgi_fill_far_side(c, &w) && dgi_slots_needed(c, &w);
        w.dropped = !far;
        if (far || (!(f->flags & FRAME_RUN) && !have_far && (!have_spare || spare.frame->flags & FRAME_WEAK))) {
            spare = w;
            spare_used = used;
            have_spare = true;
            have_far = far;
        }
    }
    if (have_spare)
        keep(c, &spare, &spare_used);
}

static void match_token(struct coder *c, uint32_t tok)
{
    struct word_list wl = c->t->by_frame[c->r.lem[tok]];
    bool any = false;
    for (uint32_t k = 0; k < wl.n && !any; k++)
        any = dgi_pos_fits(c, tok, c->t->frame[c->t->ix_frame[wl.first + k]].pos);
    if (!any) {
        if (c->doc->trace)
            dgi_trace_other_class(c, tok);
        return;
    }
    const char *why = dgi_refuse_trigger(c, tok);
    if (why) {
        dgi_trace_add(c->doc, tok, "refused", "%s", why);
        return;
    }
    /* a figure of speech may be part of a longer one: "slammed the door", "slammed the door in Chad's face" */
    bool figure = dgi_refused_by_table(c, tok);
    if (figure && c->r.upos[tok] != DGI_VERB)
        return;
    uint32_t light_tok = DGI_NONE;
    const struct light *light = c->r.upos[tok] == DGI_NOUN ? light_of(c, tok, &light_tok) : NULL;
    match_rows(c, tok, (struct sort){false, figure}, light, light_tok);
    if (figure)
        return;
    match_rows(c, tok, (struct sort){true, false}, light, light_tok);
    if (c->doc->trace && c->ev[tok] == DGI_NONE)
        dgi_trace_unmatched(c, tok);
}

/* "talks on Monday and another planned for Thursday": the noun that is left out, or DGI_NONE. */
static uint32_t ellipsis(const struct coder *c, uint32_t tok)
{
    const struct dgi_tok *t = c->doc->toks;
    if (!dgi_tok_in(c->doc, tok, DGI_W_ELLIPSIS) || t[tok].mention != DGI_NONE)
        return DGI_NONE;
    uint32_t x = tok;
    for (int i = 0; i < 3 && t[x].head != DGI_NONE; i++, x = t[x].head) {
        uint8_t b = dgi_rel_base(t[x].rel);
        if (b == DGI_REL_CONJ) {
            uint32_t e = c->ev[t[x].head];
            return e != DGI_NONE && c->w[e].nominal && c->w[e].tok == t[x].head ? t[x].head : DGI_NONE;
        }
        if (b != DGI_REL_NSUBJ)
            return DGI_NONE;
    }
    return DGI_NONE;
}

static void match_ellipsis(struct coder *c, uint32_t tok)
{
    uint32_t noun = ellipsis(c, tok);
    if (noun == DGI_NONE)
        return;
    struct draft w;
    const struct dgi_fill none = {{0}, 0};
    memset(&w, 0, sizeof w);
    w.tok = w.clause = tok;
    w.frame = c->w[c->ev[noun]].frame;
    w.light_tok = w.parent = w.parent_cond = w.content_tok = w.cond_tok = w.out = DGI_NONE;
    w.nominal = true;
    w.recip = (w.frame->flags & FRAME_RECIP) != 0;
    dgi_trace_add(c->doc, tok, "frame", "stands for '%.*s'", (int)c->doc->toks[noun].form.len,
                  c->doc->toks[noun].form.ptr);
    dgi_fill_slots(c, &w);
    keep(c, &w, &none);
}

void dgi_match_sentence(struct coder *c, uint32_t sent)
{
    const struct dgi_sent *s = &c->doc->sents[sent];
    for (int verbs = 0; verbs < 2; verbs++)
        for (uint32_t t = s->first; t < s->end && !c->nomem; t++) {
            if (!c->r.lem[t] || !c->t->by_frame[c->r.lem[t]].n)
                continue;
            if ((c->r.upos[t] != DGI_NOUN) == (verbs == 1))
                match_token(c, t);
        }
    for (uint32_t t = s->first; t < s->end && !c->nomem; t++)
        if (c->r.upos[t] == DGI_DET || c->r.upos[t] == DGI_PRON || c->r.upos[t] == DGI_NUM || c->r.upos[t] == DGI_ADJ ||
            c->r.upos[t] == DGI_NOUN)
            if (c->ev[t] == DGI_NONE)
                match_ellipsis(c, t);
}
