/* SPDX-License-Identifier: Apache-2.0 */
/* code/code.c: the stage: events of one document.
 *
 * Reads   tokens with tree, mentions, entities, times, places, quantities, statements
 * Writes  doc->events
 *
 * Per sentence: match triggers and fill slots (matching.c, slots.c). Then over the document: link contents and
 * conditions (link.c), let slots be inherited, drop what stayed bare, decide status (status.c), attach dates, places
 * and numbers (setting.c), compose codes (compose.c). Two passes, because a content's status and actors depend on its
 * parent. */
#include "code/coder.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"

/* Counting sort by sentence, so that a long document costs no more per event than a short one. `stride` bytes from one
 * item's first token to the next one's. */
static bool index_by_sentence(struct coder *c, struct in_sent *out, const void *first_tok, size_t stride, uint32_t n)
{
    const struct dgi_doc *d = c->doc;
    out->first = dgi_arena_array(c->scratch, (size_t)d->n_sents + 2, sizeof *out->first);
    out->item = dgi_arena_array(c->scratch, n ? n : 1, sizeof *out->item);
    if (!out->first || !out->item)
        return false;
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t i = 0; i < n; i++) {
            uint32_t t = *(const uint32_t *)((const char *)first_tok + i * stride);
            if (t >= d->n_toks)
                continue;
            uint32_t s = d->toks[t].sent;
            if (pass == 0)
                out->first[s + 2]++;
            else
                out->item[out->first[s + 1]++] = i;
        }
        for (uint32_t s = 2; pass == 0 && s < d->n_sents + 2; s++)
            out->first[s] += out->first[s - 1];
    }
    return true;
}

static bool has_frames(const struct coder *c, uint32_t id, uint8_t pos)
{
    for (uint32_t i = 0; id && i < c->t->by_frame[id].n; i++)
        if (c->t->frame[c->t->ix_frame[c->t->by_frame[id].first + i]].pos == pos)
            return true;
    return false;
}

/* "hanged", lemmatised as "hange": the ending taken off, where that gives a verb of the tables. */
static void repair_lemma(struct coder *c, uint32_t t)
{
    static const char *const endings[] = {"ed", "d", "ing", "s", "es"};
    char buf[40];
    dg_str form = c->doc->toks[t].form;
    if (form.len < 4 || form.len > sizeof buf)
        return;
    dg_str low = dgi_utf8_lower_buf(form, buf, sizeof buf);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (dgi_str_ends(low, dgi_str(endings[i]))) {
            uint32_t id = dgi_lexis_id(&c->t->lx, dgi_str_sub(low, 0, low.len - strlen(endings[i])));
            if (has_frames(c, id, DGI_VERB)) {
                c->lem[t] = id;
                return;
            }
        }
}

/* "Soviet backing for Vietnam", tagged as a verb: a gerund with an article or an owner and no object is a noun. */
static bool repair_noun(struct coder *c, uint32_t t)
{
    const struct dgi_doc *d = c->doc;
    const struct dgi_tok *k = &d->toks[t];
    uint8_t rel = dgi_rel_base(k->rel);
    bool noun = rel == DGI_REL_NSUBJ || rel == DGI_REL_OBJ || rel == DGI_REL_NMOD || rel == DGI_REL_OBL;
    for (uint32_t ch = k->first_child; ch != DGI_NONE; ch = d->toks[ch].next_sib) {
        uint8_t b = dgi_rel_base(d->toks[ch].rel);
        if (b == DGI_REL_OBJ || b == DGI_REL_NSUBJ || b == DGI_REL_AUX || b == DGI_REL_XCOMP || b == DGI_REL_CCOMP ||
            b == DGI_REL_MARK)
            return false;
        noun = noun || b == DGI_REL_DET || b == DGI_REL_COMPOUND || b == DGI_REL_AMOD || b == DGI_REL_CASE ||
               d->toks[ch].rel == DGI_REL_NMOD_POSS;
    }
    uint32_t id = noun ? dgi_lexis_id_lower(&c->t->lx, k->form) : 0;
    if (!has_frames(c, id, DGI_NOUN))
        return false;
    c->lem[t] = id;
    c->upos[t] = DGI_NOUN;
    return true;
}

/* "Challenging Putin to withdraw", tagged as an adjective: a word in -ing with an object is a verb. Sets lem and upos.
 */
static void repair_gerund(struct coder *c, uint32_t t)
{
    struct dgi_doc *d = c->doc;
    const struct dgi_tok *k = &d->toks[t];
    char buf[40];
    uint8_t form = dgi_form(d, t);
    if (form != DGI_FORM_NONE && form != DGI_FORM_MODAL) { /* the two tags disagree: the finer one knows */
        bool nominal = false;
        for (uint32_t ch = k->first_child; ch != DGI_NONE; ch = d->toks[ch].next_sib)
            nominal = nominal || d->toks[ch].rel == DGI_REL_DET || d->toks[ch].rel == DGI_REL_NUMMOD ||
                      d->toks[ch].rel == DGI_REL_AMOD || d->toks[ch].rel == DGI_REL_NMOD_POSS;
        if (c->lem[t] && !nominal && (k->upos == DGI_NOUN || k->upos == DGI_ADJ))
            c->upos[t] = DGI_VERB;
        return;
    }
    if ((k->upos == DGI_NOUN || k->upos == DGI_PROPN) && dgi_child(d, t, DGI_REL_OBJ, DGI_NONE) != DGI_NONE &&
        dgi_child(d, t, DGI_REL_NSUBJ, DGI_NONE) != DGI_NONE && has_frames(c, c->lem[t], DGI_VERB)) {
        c->upos[t] = DGI_VERB; /* a headline: "Crowds storm parliament" */
        return;
    }
    bool clause = dgi_child(d, t, DGI_REL_CCOMP, DGI_NONE) != DGI_NONE &&
                  dgi_child(d, t, DGI_REL_DET, DGI_NONE) == DGI_NONE &&
                  dgi_child(d, t, DGI_REL_NMOD_POSS, DGI_NONE) == DGI_NONE && t > 0 && d->toks[t - 1].upos == DGI_PUNCT;
    bool before_name = clause || (k->rel == DGI_REL_AMOD && t > 0 && k->head != DGI_NONE && k->head > t &&
                                  d->toks[k->head].upos == DGI_PROPN && dgi_str_is(d->toks[t - 1].form, ","));
    if ((k->upos != DGI_NOUN && k->upos != DGI_ADJ) || k->form.len < 6 || k->form.len > sizeof buf - 2 ||
        !before_name || !dgi_str_ends(k->form, DGI_S("ing")))
        return;
    dg_str low = dgi_utf8_lower_buf(k->form, buf, sizeof buf);
    size_t n = low.len - 3;
    for (int way = 0; way < 3; way++) { /* meet-ing, challeng(e)-ing, swap-p-ing */
        dg_str w = {buf, n};
        if (way == 1) {
            buf[n] = 'e';
            w.len = n + 1;
        } else if (way == 2) {
            if (n < 3 || buf[n - 1] != buf[n - 2])
                return;
            w.len = n - 1;
        }
        uint32_t id = dgi_lexis_id(&c->t->lx, w);
        if (has_frames(c, id, DGI_VERB)) {
            c->lem[t] = id;
            c->upos[t] = DGI_VERB;
            c->gerund[t] = true;
            return;
        }
    }
}

static bool prepare(struct coder *c)
{
    struct dgi_doc *d = c->doc;
    size_t n = d->n_toks ? d->n_toks : 1;
    c->lem = dgi_arena_array(c->scratch, n, sizeof *c->lem);
    c->cas = dgi_arena_array(c->scratch, n, sizeof *c->cas);
    c->ev = dgi_arena_array(c->scratch, n, sizeof *c->ev);
    c->cover = dgi_arena_array(c->scratch, n, sizeof *c->cover);
    c->stmt = dgi_arena_array(c->scratch, n, sizeof *c->stmt);
    c->used = dgi_arena_array(c->scratch, n, sizeof *c->used);
    c->upos = dgi_arena_array(c->scratch, n, sizeof *c->upos);
    c->gerund = dgi_arena_array(c->scratch, n, sizeof *c->gerund);
    c->cue = dgi_arena_array(c->scratch, n, sizeof *c->cue);
    c->is_time = dgi_arena_array(c->scratch, n, sizeof *c->is_time);
    c->political = dgi_arena_array(c->scratch, d->n_sents ? d->n_sents : 1, sizeof *c->political);
    if (!c->cue || !c->is_time || !c->upos || !c->gerund || !c->political || !c->lem || !c->cas || !c->ev ||
        !c->cover || !c->stmt || !c->used ||
        !index_by_sentence(c, &c->times, d->times ? &d->times->first : NULL, sizeof *d->times, d->n_times) ||
        !index_by_sentence(c, &c->places, d->places ? &d->places->first : NULL, sizeof *d->places, d->n_places) ||
        !index_by_sentence(c, &c->quantities, d->quantities ? &d->quantities->first : NULL, sizeof *d->quantities,
                           d->n_quantities))
        return false;
    for (uint32_t t = 0; t < d->n_toks; t++) {
        c->ev[t] = c->cover[t] = c->stmt[t] = c->cue[t] = DGI_NONE;
        c->lem[t] = dgi_lexis_id(&c->t->lx, d->toks[t].lemma);
        if (!c->lem[t])
            c->lem[t] = dgi_lexis_id_lower(&c->t->lx, d->toks[t].lemma);
        c->upos[t] = d->toks[t].upos;
        if (c->upos[t] == DGI_VERB && !c->lem[t])
            repair_lemma(c, t);
        if (!(c->upos[t] == DGI_VERB && dgi_form(d, t) == DGI_FORM_ING && repair_noun(c, t)))
            repair_gerund(c, t);
    }
    for (uint32_t t = 0; t < d->n_toks; t++)
        if (d->toks[t].rel == DGI_REL_CASE && d->toks[t].head != DGI_NONE && !c->cas[d->toks[t].head]) {
            char buf[64];
            dg_str s = dgi_case_of(d, d->toks[t].head, buf, sizeof buf);
            uint32_t id = dgi_lexis_id(&c->t->lx, s);
            if (!id) /* "out of", "from within": the first one decides */
                id = dgi_lexis_id_lower(&c->t->lx, d->toks[t].form);
            c->cas[d->toks[t].head] = id;
        }
    for (uint32_t i = 0; i < d->n_statements; i++)
        if (d->statements[i].cue_tok < d->n_toks)
            c->cue[d->statements[i].cue_tok] = i;
    for (uint32_t i = 0; i < d->n_times; i++)
        for (uint32_t t = d->times[i].first; t < d->times[i].end && t < d->n_toks; t++)
            c->is_time[t] = true;
    for (uint32_t m = 0; m < d->n_mentions; m++) {
        const struct dgi_mention *k = &d->mentions[m];
        if (k->kind != DGI_MENTION_NAME)
            continue;
        for (uint32_t t = k->first; t < k->end && t < d->n_toks; t++)
            if (c->cover[t] == DGI_NONE ||
                d->mentions[c->cover[t]].end - d->mentions[c->cover[t]].first > k->end - k->first)
                c->cover[t] = m;
    }
    return true;
}

static void mark_statements(struct coder *c)
{
    struct dgi_doc *d = c->doc;
    for (uint32_t s = 0; s < d->n_statements; s++)
        for (uint32_t k = 0; k < d->statements[s].n_content; k++) {
            dgi_span sp = d->statements[s].content[k];
            uint32_t lo = 0, hi = d->n_toks;
            while (lo < hi) { /* first token at or after the span's start */
                uint32_t mid = (lo + hi) / 2;
                if (d->toks[mid].start < sp.start)
                    lo = mid + 1;
                else
                    hi = mid;
            }
            for (uint32_t t = lo; t < d->n_toks && d->toks[t].start < sp.end; t++) {
                uint32_t old = c->stmt[t];
                if (old == DGI_NONE || d->statements[s].outer == old ||
                    (d->statements[old].outer != s &&
                     sp.end - sp.start < d->statements[old].content[0].end - d->statements[old].content[0].start))
                    c->stmt[t] = s;
            }
        }
}

/* A light verb stands for its noun where others hang on it ("issued a demand that"), unless it is an event itself. */
static void mark_light(struct coder *c)
{
    for (uint32_t i = 0; i < c->n_w; i++)
        if (c->w[i].light_tok != DGI_NONE && c->ev[c->w[i].light_tok] == DGI_NONE)
            c->ev[c->w[i].light_tok] = i;
}

static bool says_something(uint8_t plover)
{
    return plover == DGI_REJECT || plover == DGI_THREATEN || plover == DGI_REQUEST || plover == DGI_AGREE ||
           plover == DGI_ACCUSE || plover == DGI_SUPPORT;
}

static void drop(struct coder *c, struct draft *w, const char *why)
{
    w->dropped = true;
    dgi_trace_add(c->doc, w->tok, "refused", "%s", why);
}

static void drop_consumed(struct coder *c)
{
    for (uint32_t i = 0; i < c->n_w; i++) {
        struct draft *w = &c->w[i];
        uint32_t by = c->used[w->tok];
        if (!by || by - 1 == i)
            continue;
        struct draft *user = &c->w[by - 1];
        if (!w->nominal) { /* "failed to accept" is one refusal */
            const struct governor *g = dgi_governor(c, user->tok, STEP_XCOMP, 0);
            if (g && g->effect == EF_FAIL && !user->dropped) {
                w->used_up = true;
                c->ev[w->tok] = DGI_NONE;
                drop(c, w, "part of the trigger of its verb");
            }
            continue;
        }
        uint8_t plover = user->frame->plover;
        bool other_owner = w->side[DGI_SIDE_SOURCE].n && user->side[DGI_SIDE_SOURCE].n && w->side[DGI_SIDE_SOURCE].ref[0].entity != user->side[DGI_SIDE_SOURCE].ref[0].entity;
        if (dgi_lemma_has(c, w->tok, DGI_LEX_FORCE) && w->side[DGI_SIDE_SOURCE].n && (plover != w->frame->plover || other_owner)) {
            if (other_owner && !user->side[DGI_SIDE_TARGET].n && says_something(plover) && !user->frame->role[ROLE_TARGET].none)
                user->side[DGI_SIDE_TARGET] = w->side[DGI_SIDE_SOURCE]; /* "accepted a Russian offer": whose offer it was */
            continue;                       /* "met the demands of the rebels": the demand is there all the same */
        }
        bool twin =
            plover == w->frame->plover || (plover == DGI_SUPPORT && w->frame->plover == DGI_AGREE && !w->side[DGI_SIDE_SOURCE].n);
        if (twin || !says_something(plover)) {
            w->used_up = true;
            c->ev[w->tok] = DGI_NONE;
            if (!user->side[DGI_SIDE_TARGET].n && w->side[DGI_SIDE_SOURCE].n && says_something(plover) && !user->frame->role[ROLE_TARGET].none) {
                user->side[DGI_SIDE_TARGET] = w->side[DGI_SIDE_SOURCE]; /* "accepted a Russian offer": whose offer it was */
                for (uint32_t k = 0; k < user->side[DGI_SIDE_SOURCE].n; k++)
                    if (user->side[DGI_SIDE_SOURCE].ref[k].entity == user->side[DGI_SIDE_TARGET].ref[0].entity)
                        user->side[DGI_SIDE_TARGET].n = 0;
                continue;
            }
            for (int side = 0; side < DGI_N_SIDE; side++) /* "voiced its backing for Ukraine": the noun knows whom for */
                if (!user->side[side].n && !user->frame->role[side].none)
                    user->side[side] = w->side[side];
            drop(c, w, "part of the trigger of its verb");
        }
    }
}

/* A noun with a day or a place of its own ("talks in Geneva on Monday"), or one that is news. */
enum { SETTING_NONE, SETTING_NEWS, SETTING_OWN };
static int own_setting(const struct coder *c, const struct draft *w)
{
    const struct dgi_doc *d = c->doc;
    uint32_t first, end, s = d->toks[w->tok].sent;
    dgi_subtree(d, w->tok, &first, &end);
    for (uint32_t k = c->times.first[s]; k < c->times.first[s + 1]; k++) {
        const struct dgi_time *tm = &d->times[c->times.item[k]];
        if (tm->first >= first && tm->end <= end && tm->kind != 3)
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

/* "a meeting planned for Thursday" is one event, with a word about its status. */
static void drop_status_words(struct coder *c)
{
    for (uint32_t i = 0; i < c->n_w; i++) {
        struct draft *w = &c->w[i];
        const struct governor *g =
            w->nominal || w->side[DGI_SIDE_SOURCE].n || w->frame->plover != DGI_AGREE ? NULL : dgi_governor(c, w->tok, STEP_OBJ, 0);
        if (!g || g->effect != EF_FUTURE)
            continue;
        struct dgi_fill f = {{0}, 0};
        dgi_frame_step(c, w->tok, (struct step){STEP_OBJ, 0}, false, &f);
        for (uint32_t k = 0; k < f.n; k++)
            if (c->ev[f.tok[k]] != DGI_NONE && c->ev[f.tok[k]] != i && c->w[c->ev[f.tok[k]]].nominal) {
                w->used_up = true;
                c->ev[w->tok] = DGI_NONE;
                drop(c, w, "only says when its noun is to be");
                break;
            }
    }
}

/* A noun without actors beside a fuller event of its kind in the sentence tells nothing new. */
static void drop_repeated(struct coder *c)
{
    const struct dgi_doc *d = c->doc;
    for (uint32_t i = 0; i < c->n_w; i++) {
        struct draft *w = &c->w[i];
        if (w->dropped || !w->nominal || w->light || w->side[DGI_SIDE_SOURCE].n || w->side[DGI_SIDE_TARGET].n || w->parent != DGI_NONE ||
            w->parent_cond != DGI_NONE || own_setting(c, w) != SETTING_NEWS)
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

/* "warned that prices would rise" only foresees. A threat warns somebody, or of a hostile act, a consequence, under a
 * condition. */
static bool only_foresees(const struct coder *c, const struct draft *w, uint32_t self)
{
    if (w->frame->plover != DGI_THREATEN || !dgi_lemma_has(c, w->tok, DGI_LEX_WARN) || w->side[DGI_SIDE_TARGET].n || w->cond_tok != DGI_NONE)
        return false;
    uint32_t sent = c->doc->toks[w->tok].sent, first, end;
    for (int way = -1; way <= 1; way += 2)
        for (uint32_t i = self + (uint32_t)way; i < c->n_w && c->doc->toks[c->w[i].tok].sent == sent;
             i += (uint32_t)way) {
            uint8_t p = c->w[i].frame->plover;
            if (c->w[i].parent == self &&
                (p == DGI_SANCTION || p == DGI_COERCE || p == DGI_ASSAULT || p == DGI_MOBILIZE || p == DGI_PROTEST ||
                 p == DGI_REJECT || p == DGI_THREATEN))
                return false;
        }
    if (w->content_tok == DGI_NONE)
        return true;
    dgi_subtree(c->doc, w->content_tok, &first, &end);
    for (uint32_t t = first; t < end; t++)
        if (dgi_lemma_has(c, t, DGI_LEX_CONSEQUENCE))
            return false;
    return true;
}

static void drop_bare(struct coder *c)
{
    for (uint32_t i = 0; i < c->n_w; i++)
        if (c->w[i].parent != DGI_NONE && !c->w[i].used_up && (c->w[i].side[DGI_SIDE_SOURCE].n || c->w[i].side[DGI_SIDE_TARGET].n) &&
            c->w[c->w[i].parent].frame->plover != c->w[i].frame->plover)
            c->w[c->w[i].parent].has_child = true;
    for (uint32_t i = 0; i < c->n_w; i++) {
        struct draft *w = &c->w[i];
        bool linked = w->parent != DGI_NONE || w->parent_cond != DGI_NONE;
        bool enough = dgi_slots_needed(c, w);
        if (w->used_up)
            continue;
        if (!enough)
            drop(c, w, "its actors are not named");
        else if (only_foresees(c, w, i))
            drop(c, w, "a warning that only foresees");
        else if (w->nominal && !w->own_actor && !w->light && !linked && !own_setting(c, w))
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

static bool copy_refs(struct coder *c, const struct actor_refs *r, struct dgi_ref **out, uint32_t *n)
{
    *n = r->n;
    if (!r->n)
        return true;
    *out = dgi_arena_array(c->doc->arena, r->n, sizeof **out);
    if (!*out)
        return false;
    memcpy(*out, r->ref, r->n * sizeof **out);
    return true;
}

static dgi_span hull(const struct coder *c, const struct draft *w)
{
    enum { MAX_GAP = 6 }; /* words between a verb and the noun it carries that still count as one trigger */
    const struct dgi_tok *t = c->doc->toks;
    uint32_t lo = w->tok, hi = w->tok, more[4], n = 0;
    if (w->light_tok != DGI_NONE)
        more[n++] = w->light_tok;
    for (uint32_t i = 0; i < w->n_extra; i++)
        if (says_something(w->frame->plover) == false || t[w->extra_tok[i]].rel == DGI_REL_COMPOUND_PRT)
            more[n++] = w->extra_tok[i];
    for (uint32_t i = 0; i < n; i++) {
        uint32_t d = more[i] > w->tok ? more[i] - w->tok : w->tok - more[i];
        if (d > MAX_GAP || t[more[i]].sent != t[w->tok].sent)
            continue;
        lo = more[i] < lo ? more[i] : lo;
        hi = more[i] > hi ? more[i] : hi;
    }
    return (dgi_span){t[lo].start, t[hi].end};
}

static dgi_span subtree_span(const struct coder *c, uint32_t tok, bool cut_mark)
{
    if (tok == DGI_NONE)
        return (dgi_span){0, 0};
    const struct dgi_tok *t = c->doc->toks;
    uint32_t first, end;
    dgi_subtree(c->doc, tok, &first, &end);
    while (cut_mark && first < tok &&
           (t[first].rel == DGI_REL_MARK || t[first].rel == DGI_REL_CASE || c->upos[first] == DGI_PUNCT) &&
           !dgi_str_ieq(t[first].form, DGI_S("unless")) && !dgi_str_ieq(t[first].form, DGI_S("to")))
        first++;
    while (end > tok + 1 && c->upos[end - 1] == DGI_PUNCT)
        end--;
    return (dgi_span){t[first].start, t[end - 1].end};
}

/* PLOVER contexts: of the words below the trigger, and of the verb that carries it. */
static bool set_contexts(struct coder *c, const struct draft *w, struct dgi_coded *e)
{
    uint32_t first, end, lo, hi;
    char buf[512];
    size_t n = 0;
    uint64_t bits = 0;
    dgi_subtree(c->doc, w->tok, &first, &end);
    if (w->light_tok != DGI_NONE) {
        dgi_subtree(c->doc, w->light_tok, &lo, &hi);
        first = lo < first ? lo : first;
        end = hi > end ? hi : end;
    }
    for (uint32_t t = first; t < end; t++)
        bits |= c->t->context[c->lem[t]];
    for (uint32_t k = 0; k < c->t->n_ctx; k++)
        if (bits >> k & 1 && n + c->t->ctx_name[k].len + 2 < sizeof buf)
            n += (size_t)snprintf(buf + n, sizeof buf - n, "%s%.*s", n ? "," : "", (int)c->t->ctx_name[k].len,
                                  c->t->ctx_name[k].ptr);
    if (n)
        e->contexts = dgi_arena_str(c->doc->arena, dgi_strn(buf, n));
    return !n || e->contexts.ptr;
}

static float confidence(const struct draft *w)
{
    float p = 0.5f;
    if (w->side[DGI_SIDE_SOURCE].n)
        p += 0.15f;
    if (w->side[DGI_SIDE_TARGET].n)
        p += 0.15f;
    if (w->frame->weight >= 10)
        p += 0.1f;
    if (!w->nominal)
        p += 0.05f;
    if (w->inherited)
        p -= 0.05f;
    return p > 0.95f ? 0.95f : p;
}

static int cmp_work(const void *a, const void *b)
{
    const struct draft *x = *(const struct draft *const *)a, *y = *(const struct draft *const *)b;
    return (x->tok > y->tok) - (x->tok < y->tok);
}

static bool write_events(struct coder *c)
{
    struct dgi_doc *d = c->doc;
    uint32_t n = 0;
    struct draft **order = dgi_arena_array(c->scratch, c->n_w ? c->n_w : 1, sizeof *order);
    if (!order)
        return false;
    for (uint32_t i = 0; i < c->n_w; i++)
        if (!c->w[i].dropped)
            order[n++] = &c->w[i];
    qsort(order, n, sizeof *order, cmp_work);
    d->events = dgi_arena_array(d->arena, n ? n : 1, sizeof *d->events);
    if (!d->events)
        return false;
    d->n_events = d->cap_events = n;
    for (uint32_t i = 0; i < n; i++) {
        struct draft *w = order[i];
        struct dgi_coded *e = &d->events[i];
        w->out = i;
        e->sentence = d->toks[w->tok].sent;
        e->trigger_tok = w->tok;
        e->trigger = hull(c, w);
        memcpy(e->cameo, w->frame->cameo, sizeof e->cameo);
        e->plover = w->frame->plover;
        e->mode = w->frame->mode;
        e->reciprocal = w->recip;
        e->content_of = e->condition_of = e->place = DGI_NONE;
        e->content_span = subtree_span(c, w->content_tok, true);
        e->condition_span = subtree_span(c, w->cond_tok, true);
        e->frame = w->frame->id;
        e->confidence = confidence(w);
        if (!set_contexts(c, w, e) || !copy_refs(c, &w->side[DGI_SIDE_SOURCE], &e->source, &e->n_source) ||
            !copy_refs(c, &w->side[DGI_SIDE_TARGET], &e->target, &e->n_target) || !dgi_set_event(c, w, e))
            return false;
        e->status = w->status;
        e->negated = w->negated;
    }
    return true;
}

/* "suspended it on May 3, hours after soldiers shot at": what goes with a deed of long ago is as old. Not dated by
 * publication. */
static void spread_history(struct coder *c)
{
    struct dgi_doc *d = c->doc;
    for (uint32_t i = 0; i < c->n_w; i++) {
        const struct draft *w = &c->w[i];
        uint32_t h = d->toks[w->clause].head;
        if (w->out == DGI_NONE || dgi_rel_base(d->toks[w->clause].rel) != DGI_REL_ADVCL || h == DGI_NONE ||
            c->ev[h] == DGI_NONE || dgi_form_at(c, w->clause) != DGI_FORM_PAST || c->w[c->ev[h]].out == DGI_NONE)
            continue;
        struct dgi_coded *a = &d->events[w->out], *b = &d->events[c->w[c->ev[h]].out];
        struct dgi_coded *young = a->status == DGI_ST_ACTUAL ? a : b, *old = young == a ? b : a;
        if (old->status != DGI_ST_HISTORICAL || young->status != DGI_ST_ACTUAL || young->date_from_text)
            continue;
        young->status = DGI_ST_HISTORICAL;
        young->date = (struct dgi_day_range){DGI_NO_DAY, DGI_NO_DAY, DGI_P_UNKNOWN};
    }
}

static bool write_links(struct coder *c)
{
    struct dgi_doc *d = c->doc;
    for (uint32_t i = 0; i < c->n_w; i++) {
        struct draft *w = &c->w[i];
        if (w->out == DGI_NONE)
            continue;
        if (w->parent != DGI_NONE && c->w[w->parent].out != DGI_NONE) {
            d->events[w->out].content_of = c->w[w->parent].out;
            d->events[c->w[w->parent].out].n_content++;
        }
        if (w->parent_cond != DGI_NONE && c->w[w->parent_cond].out != DGI_NONE) {
            d->events[w->out].condition_of = c->w[w->parent_cond].out;
            d->events[c->w[w->parent_cond].out].n_condition++;
        }
    }
    for (uint32_t i = 0; i < d->n_events; i++) {
        struct dgi_coded *e = &d->events[i];
        if (e->n_content && !(e->content = dgi_arena_array(d->arena, e->n_content, sizeof *e->content)))
            return false;
        if (e->n_condition && !(e->condition = dgi_arena_array(d->arena, e->n_condition, sizeof *e->condition)))
            return false;
        e->n_content = e->n_condition = 0;
    }
    for (uint32_t i = 0; i < d->n_events; i++) {
        struct dgi_coded *e = &d->events[i];
        if (e->content_of != DGI_NONE) {
            struct dgi_coded *p = &d->events[e->content_of];
            p->content[p->n_content++] = i;
            if (p->deadline.start == DGI_NO_DAY && p->deadline.end == DGI_NO_DAY) {
                p->deadline = e->deadline;
                p->deadline_span = e->deadline_span;
            }
        }
        if (e->condition_of != DGI_NONE) {
            struct dgi_coded *p = &d->events[e->condition_of];
            p->condition[p->n_condition++] = i;
        }
    }
    return true;
}

dg_status dgi_code(struct dgi_code_ctx *ctx, struct dgi_doc *doc, dg_error *err)
{
    struct coder c;
    memset(&c, 0, sizeof c);
    c.t = ctx->tables;
    c.doc = doc;
    if (!(c.scratch = dgi_arena_new(0)))
        return dgi_fail(err, DG_E_NOMEM, "no memory to code events");
    bool ok = prepare(&c);
    if (ok) {
        mark_statements(&c);
        for (uint32_t s = 0; s < doc->n_sents && !c.nomem; s++) {
            int score;
            if (doc->sents[s].end - doc->sents[s].first > MAX_SENTENCE)
                continue;
            c.political[s] = dgi_political_sentence(&c, s);
            if (dgi_sentence_topic_out(&c, s, &score))
                dgi_trace_add(doc, doc->sents[s].first, "refused",
                              "the sentence is about something else (topic weight %d)", score);
            else
                dgi_match_sentence(&c, s);
        }
        ok = !c.nomem;
    }
    if (ok) {
        mark_light(&c);
        drop_consumed(&c);
        drop_status_words(&c);
        dgi_link_events(&c);
        dgi_inherit_slots(&c);
        drop_bare(&c);
        for (uint32_t i = 0; i < c.n_w; i++)
            if (!c.w[i].dropped)
                dgi_find_status(&c, &c.w[i]);
        ok = write_events(&c) && write_links(&c);
        if (ok)
            spread_history(&c);
        if (ok)
            dgi_compose_codes(&c);
    }
    dgi_arena_free(c.scratch);
    return ok ? DG_OK : dgi_fail(err, DG_E_NOMEM, "no memory to code events");
}
