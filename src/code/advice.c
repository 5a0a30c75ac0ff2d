/* SPDX-License-Identifier: Apache-2.0 */
/* code/advice.c: the trained event reader beside the rows: it proposes, it refuses, it names sides.
 *
 * Reads   doc->read (doc/read.h), drafts that the rows made, lexicon/en/reader.tsv; tree, mentions
 * Writes  coder.w: further drafts, further sides, drafts refused
 *
 * The rows know codes, paths and modes but not every verb; the reader knows the look of an event but no code below its type.
 * So a row's draft stays what it is unless the reader sees nothing there at all, and the reader's own draft takes the code
 * from the rows of its word where one is of its type. A document that was not read (another model) passes unchanged. */
#include "code/coder.h"
#include "doc/read.h"

static float seen_at(const struct coder *c, uint32_t tok)
{
    return tok == DGI_NONE ? 0 : c->doc->read->toks[tok].some;
}

float dgi_seen(const struct coder *c, const struct draft *w)
{
    float some = seen_at(c, w->tok), x = seen_at(c, w->light_tok);
    some = x > some ? x : some;
    for (uint32_t k = 0; k < w->n_extra; k++) {
        x = seen_at(c, w->extra_tok[k]);
        some = x > some ? x : some;
    }
    return some;
}

/* ---- sides ---- */

enum { MOST_UP = 6 }; /* steps up the tree */

/* "the lawyer of a man jailed by Tunisia appealed": by whom another deed is done is no side of this one. */
static bool does_another(const struct coder *c, uint32_t tok, const struct dgi_read_event *r)
{
    uint32_t v = c->doc->toks[tok].head;
    if (v == DGI_NONE || !c->r.cas[tok] || c->r.cas[tok] != c->t->lx.prep[DGI_PREP_AGENT])
        return false;
    return c->r.upos[v] == DGI_VERB && (v < r->first || v >= r->end) &&
           dgi_rel_base(c->doc->toks[v].rel) == DGI_REL_ACL;
}

/* The words that fill a role stand in runs; each run is a phrase, whose head is the word that hangs outside it. */
void dgi_actors_of_role(const struct coder *c, const struct dgi_read_event *r, enum dgi_read_role role, float least,
                        struct actor_refs *out)
{
    const struct dgi_tok *t = c->doc->toks;
    for (uint32_t i = r->from; i < r->to; i++) {
        if (dgi_read_role_of(r, i, role) < least)
            continue;
        uint32_t h = t[i].head;
        bool inside = h != DGI_NONE && h >= r->from && h < r->to && dgi_read_role_of(r, h, role) >= least;
        if (!inside && !(i >= r->first && i < r->end) && !does_another(c, i, r)) /* in Kabul nothing is done by Kabul */
            dgi_actors_at(c, i, role != DGI_ROLE_SOURCE, out, 0);
    }
}

/* The reader names one of "Peru and Chile": what is joined to it is of its side, unless it is the other one. */
static void joined_too(const struct coder *c, const struct actor_refs *other, struct actor_refs *got)
{
    const struct dgi_tok *t = c->doc->toks;
    for (uint32_t i = 0, n = got->n; i < n; i++) {
        uint32_t h = got->ref[i].head;
        if (h == DGI_NONE)
            continue;
        struct actor_refs all = {.n = 0};
        uint32_t first = t[h].rel == DGI_REL_CONJ ? t[h].head : h;
        if (first == DGI_NONE || (first != h && c->r.upos[first] == DGI_VERB))
            continue;
        if (first != h)
            dgi_actors_at(c, first, true, &all, 0);
        for (uint32_t ch = t[first].first_child; ch != DGI_NONE; ch = t[ch].next_sib)
            if (t[ch].rel == DGI_REL_CONJ && ch != h)
                dgi_actors_at(c, ch, true, &all, 0);
        for (uint32_t k = 0; k < all.n; k++) {
            struct actor_refs one = {.ref = {all.ref[k]}, .n = 1};
            if (!dgi_refs_same(&one, other))
                dgi_refs_add(got, all.ref[k]);
        }
    }
}

static void sides_of(struct coder *c, struct draft *w, const struct dgi_read_event *r, float least)
{
    static const enum dgi_read_role role[DGI_N_SIDE] = {DGI_ROLE_SOURCE, DGI_ROLE_TARGET};
    for (int side = 0; side < DGI_N_SIDE; side++) {
        struct actor_refs got = {.n = 0};
        if (w->side[side].n || w->frame->role[side].none)
            continue;
        dgi_actors_of_role(c, r, role[side], least, &got);
        if (!got.n || dgi_refs_same(&got, &w->side[!side]) || dgi_is_another(c, w, side, &got))
            continue;
        struct actor_refs other = w->side[!side];
        if (side == DGI_SIDE_SOURCE)
            dgi_actors_of_role(c, r, DGI_ROLE_TARGET, least, &other);
        joined_too(c, &other, &got);
        w->side[side] = got;
        if (side == DGI_SIDE_SOURCE)
            dgi_drop_struck(c, w);
        if (!w->side[side].n)
            continue;
        w->own_actor = true;
        if (c->doc->trace)
            dgi_trace_add(c->doc, w->tok, side ? "target" : "source", "named by the reader");
    }
}

/* ---- what the rows found ---- */

const struct dgi_read_event *dgi_read_of_draft(const struct coder *c, const struct draft *w)
{
    const struct dgi_read_event *r = dgi_read_event_at(c->doc, w->tok);
    if (!r && w->light_tok != DGI_NONE)
        r = dgi_read_event_at(c->doc, w->light_tok);
    for (uint32_t i = 0; i < w->n_extra && !r; i++)
        r = dgi_read_event_at(c->doc, w->extra_tok[i]);
    return r;
}

/* A fixed expression between two states, of which there are more than the reader has seen; a row that says it is sure. */
static bool is_beyond_reader(const struct coder *c, const struct draft *w)
{
    if (w->frame->flags & FRAME_SURE)
        return true;
    if (!(w->frame->flags & FRAME_RUN) || w->far || !w->side[DGI_SIDE_SOURCE].n || !w->side[DGI_SIDE_TARGET].n)
        return false;
    const struct dgi_entity *e = c->doc->entities;
    const struct dgi_entity *s = &e[w->side[DGI_SIDE_SOURCE].ref[0].entity],
                            *t = &e[w->side[DGI_SIDE_TARGET].ref[0].entity];
    return s->political && t->political && s->country[0] && t->country[0] && strcmp(s->country, t->country);
}

static void weigh(struct coder *c, uint32_t i)
{
    struct draft *w = &c->w[i];
    if (w->frame->plover >= DGI_N_PLOVER) /* a step of the board, which the reader does not know */
        return;
    const struct chances *by = &c->t->reader[w->frame->plover].by[c->doc->read->small];
    float some = dgi_seen(c, w);
    if (some < by->veto && !c->no_veto && !is_beyond_reader(c, w)) {
        w->dropped = w->used_up = true;
        dgi_mark_event(c, w->tok, DGI_NONE);
        dgi_trace_add(c->doc, w->tok, "refused", "the reader sees no event here (%.0f in 100)", (double)(100 * some));
        return;
    }
    const struct dgi_read_event *r = dgi_read_of_draft(c, w);
    if (r && r->type[w->frame->plover] < 0.5f * r->some)
        w->frame = dgi_retyped(c, w, r);
    if (!r || r->type[w->frame->plover] < 0.5f * r->some)
        return;
    by = &c->t->reader[w->frame->plover].by[c->doc->read->small];
    dgi_correct_sides(c, w, r, by);
    sides_of(c, w, r, by->side);
    if (w->dropped && dgi_slots_needed(c, w))
        w->dropped = false;
}

/* ---- what they did not ---- */

/* The word of the trigger that carries the rest of it. */
static uint32_t head_of_trigger(const struct coder *c, const struct dgi_read_event *r)
{
    const struct dgi_tok *t = c->doc->toks;
    uint32_t best = DGI_NONE;
    for (uint32_t i = r->first; i < r->end; i++) {
        bool inside = t[i].head != DGI_NONE && t[i].head >= r->first && t[i].head < r->end;
        uint8_t u = c->r.upos[i];
        if (inside && u != DGI_VERB)
            continue;
        if (u == DGI_VERB || (best == DGI_NONE && (u == DGI_NOUN || u == DGI_ADJ)))
            return i;
    }
    for (uint32_t i = r->first; i < r->end && best == DGI_NONE; i++)
        if (c->r.upos[i] == DGI_NOUN || c->r.upos[i] == DGI_VERB || c->r.upos[i] == DGI_ADJ)
            best = i;
    return best;
}

/* Do the rows have it already: one of its words, or an event of its type beside it in the tree? */
static bool is_known(const struct coder *c, const struct dgi_read_event *r, uint32_t tok, uint8_t type)
{
    const struct dgi_tok *t = c->doc->toks;
    for (uint32_t i = c->newest[r->sent]; i != DGI_NONE; i = c->w[i].before) {
        const struct draft *w = &c->w[i];
        if (dgi_for_board(w->frame)) /* a step of the board takes no words from an event */
            continue;
        if ((w->tok >= r->first && w->tok < r->end) || (w->light_tok >= r->first && w->light_tok < r->end))
            return !w->used_up;
        for (uint32_t k = 0; k < w->n_extra; k++)
            if (w->extra_tok[k] >= r->first && w->extra_tok[k] < r->end)
                return !w->used_up;
        bool near = t[w->tok].head == tok || t[tok].head == w->tok || w->light_tok == tok;
        if (near && !w->dropped && w->frame->plover == type)
            return true;
    }
    return false;
}

/* The code of the plainest row of this word that is of the type, an idiom's being none of its words'; else the type's own. */
static void closest_code(const struct coder *c, uint32_t tok, struct frame *f)
{
    struct word_list wl = c->t->by_frame[c->r.lem[tok]];
    for (uint32_t k = wl.n; k-- > 0;) {
        const struct frame *g = &c->t->frame[c->t->ix_frame[wl.first + k]];
        if (g->plover == f->plover && !(g->flags & FRAME_RUN)) {
            memcpy(f->cameo, g->cameo, sizeof f->cameo);
            f->mode = g->mode;
            return;
        }
    }
}

/* May the object be somebody? "fired a shot at them" and "fired a general" are different deeds. */
static bool aims_at_object(const struct frame *row)
{
    const struct role *r = &row->role[ROLE_TARGET];
    bool at = !r->given;
    for (uint32_t i = 0; i < r->n && !at; i++)
        at = r->path[i].step[0].kind == STEP_OBJ;
    return at;
}

/* Some word stands in this place, though none of those that the row lists. A list of a few words is an idiom, no class. */
static bool filled_by_another(const struct coder *c, uint32_t tok, const struct frame *row, const struct constraint *k)
{
    struct dgi_fill f = {{0}, 0};
    enum { LEAST_OF_CLASS = 5 };
    if (k->test != TEST_WORDS || k->negated || k->n_words < LEAST_OF_CLASS)
        return false;
    for (uint32_t r = 0; r < k->n_rel; r++) {
        if (k->rel[r].kind != STEP_OBJ && k->rel[r].kind != STEP_NSUBJ)
            return false;
        dgi_frame_step(c, tok, k->rel[r], true, &f);
        for (uint32_t i = 0; i < f.n;
             i++) { /* "Greek buses" are no doers, whatever the list of a row's doers leaves out */
            bool somebody = c->doc->toks[f.tok[i]].mention != DGI_NONE;
            if (k->rel[r].kind == STEP_OBJ ? somebody && !aims_at_object(row)
                                           : !somebody && c->r.upos[f.tok[i]] == DGI_NOUN)
                return false;
        }
    }
    return f.n > 0;
}

/* A class of objects or subjects is never complete: a row holds softly when all that it asks for is there, but for one
 * word in whose place another stands. */
static bool holds_softly(const struct coder *c, uint32_t tok, const struct frame *f)
{
    uint32_t others = 0;
    if (dgi_for_board(f) || !dgi_pos_fits(c, tok, f->pos) || !dgi_voice_fits(c, tok, f))
        return false;
    for (uint32_t i = 0; i < f->n_con; i++)
        if (!dgi_constraint_holds(c, tok, &f->con[i], NULL) &&
            (++others > 1 || !filled_by_another(c, tok, f, &f->con[i])))
            return false;
    return true;
}

/* The row of the word that holds softly and whose type the reader holds for the likeliest; NULL: for none likely enough. */
static const struct frame *backed_row(const struct coder *c, const struct dgi_read_event *r, uint32_t tok)
{
    struct word_list wl = c->t->by_frame[c->r.lem[tok]];
    const struct frame *best = NULL;
    if (c->t->by_light[c->r.lem[tok]].n) /* "take", "give": all the meaning is in the object */
        return NULL;
    for (uint32_t k = 0; k < wl.n; k++) {
        const struct frame *f = &c->t->frame[c->t->ix_frame[wl.first + k]];
        if (!dgi_for_board(f) && c->t->reader[f->plover].known &&
            r->type[f->plover] >= c->t->reader[f->plover].by[c->doc->read->small].backed &&
            (!best || r->type[f->plover] > r->type[best->plover]) && holds_softly(c, tok, f))
            best = f;
    }
    return best;
}

/* A row of reader.tsv for this word. NULL: no memory. */
struct frame *dgi_row_of_reader(struct coder *c, uint32_t tok, uint8_t type)
{
    struct frame *f = dgi_arena_alloc(c->scratch, sizeof *f);
    if (!f) {
        c->nomem = true;
        return NULL;
    }
    *f = c->t->reader[type].frame;
    f->pos = c->r.upos[tok] == DGI_NOUN ? DGI_NOUN : DGI_VERB;
    closest_code(c, tok, f);
    return f;
}

static void add_draft(struct coder *c, const struct dgi_read_event *r, uint32_t tok, const struct frame *f)
{
    struct draft w;
    memset(&w, 0, sizeof w);
    w.tok = w.clause = tok;
    w.frame = f;
    w.light_tok = w.parent = w.parent_cond = w.content_tok = w.cond_tok = w.out = DGI_NONE;
    w.nominal = c->r.upos[tok] == DGI_NOUN;
    w.passive = !w.nominal && dgi_is_passive(&c->r, tok);
    w.recip = (f->flags & FRAME_RECIP) != 0;
    w.read = r->type[f->plover];
    sides_of(c, &w, r, c->t->reader[f->plover].by[c->doc->read->small].side);
    dgi_fill_slots(c, &w);
    w.dropped = !dgi_slots_needed(c, &w);
    if (dgi_keep_draft(c, &w))
        dgi_mark_event(c, tok, c->n_w - 1);
}

static void propose(struct coder *c, const struct dgi_read_event *r)
{
    uint8_t type = dgi_read_best_type(r);
    uint32_t tok = head_of_trigger(c, r);
    if (tok == DGI_NONE || c->ev[tok] != DGI_NONE)
        return;
    bool sure = c->t->reader[type].known && r->type[type] >= c->t->reader[type].by[c->doc->read->small].propose;
    const struct frame *f = sure ? NULL : backed_row(c, r, tok);
    if (!sure && !f) {
        dgi_trace_add(c->doc, tok, "unmatched",
                      "the reader thinks of %s with a chance of %.0f in 100, too little without a row",
                      dgi_plover_name[type], (double)(100 * r->type[type]));
        return;
    }
    if (is_known(c, r, tok, sure ? type : f->plover) || dgi_refused_by_table(c, tok))
        return;
    const char *why = dgi_refuse_trigger(c, tok);
    if (why) {
        dgi_trace_add(c->doc, tok, "refused", "%s", why);
        return;
    }
    if (sure) {
        f = dgi_row_of_reader(c, tok, type);
        if (!f)
            return;
        dgi_trace_add(c->doc, tok, "reader", "%s with a chance of %.0f in 100, by no row", dgi_plover_name[type],
                      (double)(100 * r->type[type]));
    } else {
        dgi_trace_add(c->doc, tok, "reader", "row '%.*s' but for one word; %s with a chance of %.0f in 100",
                      (int)f->id.len, f->id.ptr, dgi_plover_name[f->plover], (double)(100 * r->type[f->plover]));
    }
    add_draft(c, r, tok, f);
}

void dgi_hear_reader(struct coder *c)
{
    if (!c->doc->read)
        return;
    for (uint32_t i = 0; i < c->n_w; i++)
        weigh(c, i);
    for (uint32_t i = 0; i < c->doc->read->n_events && !c->nomem; i++) {
        int score;
        const struct dgi_read_event *r = &c->doc->read->events[i];
        if (!dgi_sentence_topic_out(c, r->sent, &score))
            propose(c, r);
    }
}
