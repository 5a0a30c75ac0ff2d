/* SPDX-License-Identifier: Apache-2.0 */
/* code/setting.c: when, where, how many, and on whose word.
 *
 * Reads   times, places, quantities, statements, tree, events in the making
 * Writes  event date, deadline, place, quantities, statement, claimed_by
 *
 * Every time and place expression climbs the tree to the first trigger or verb above it, which owns it. An event takes
 * what it owns, then what the clauses own that it shares a time with (coordination, participles, light verbs); never
 * what belongs to a verb of saying; then what setting_borrow.c finds around it. What is left without a date happened, for a reader
 * of news, on the day of publication. */
#include "code/setting.h"

uint32_t dgi_anchor_of(const struct coder *c, uint32_t first, uint32_t end)
{
    for (uint32_t t = first; t < end && t < c->doc->n_toks; t++) {
        uint32_t h = c->doc->toks[t].head;
        if (h == DGI_NONE || h < first || h >= end)
            if (c->r.upos[t] != DGI_ADP || end - first == 1)
                return t;
    }
    return first < c->doc->n_toks ? first : DGI_NONE;
}

static bool is_superlative(const struct dgi_doc *d, uint32_t t)
{
    enum { END = 3, SHORTEST = 6 };
    dg_str f = d->toks[t].form;
    return d->toks[t].upos == DGI_ADJ && f.len >= SHORTEST &&
           dgi_word_in(d->words, DGI_W_TIME_SUPERLATIVE_END, dgi_str_sub(f, f.len - END, f.len));
}

/* "The deadliest since a raid on Herat in May": the day is not that of the deadliest, but of the event it is set beside. */
static uint32_t set_beside(const struct coder *c, uint32_t adj, uint32_t tok)
{
    const struct dgi_tok *t = c->doc->toks;
    if (!is_superlative(c->doc, adj))
        return DGI_NONE;
    for (uint32_t ch = t[adj].first_child; ch != DGI_NONE; ch = t[ch].next_sib)
        if (ch > adj && ch < tok && c->ev[ch] != DGI_NONE && c->r.cas[ch])
            return ch;
    return DGI_NONE;
}

/* First trigger or verb above `tok`. *event: work index or DGI_NONE; returns the token. */
uint32_t dgi_owner_of(const struct coder *c, uint32_t tok, uint32_t *event)
{
    const struct dgi_tok *t = c->doc->toks;
    *event = DGI_NONE;
    uint32_t x = t[tok].head;
    for (int i = 0; x != DGI_NONE && i < MAX_CLIMB; i++, x = t[x].head) {
        if (c->ev[x] != DGI_NONE) {
            *event = c->ev[x];
            return x;
        }
        uint32_t beside = set_beside(c, x, tok);
        if (beside != DGI_NONE) {
            *event = c->ev[beside];
            return beside;
        }
        if (c->r.upos[x] == DGI_VERB || dgi_child(c->doc, x, DGI_REL_COP, DGI_NONE) != DGI_NONE)
            return x;
    }
    return DGI_NONE;
}

/* May an event at `x` take the time or place of what governs it? Returns the governing token or DGI_NONE. */
static uint32_t shares_with(const struct coder *c, const struct draft *w, uint32_t x, bool coarse)
{
    const struct dgi_tok *t = c->doc->toks;
    uint32_t h = t[x].head;
    if (h == DGI_NONE)
        return DGI_NONE;
    bool said = dgi_lemma_has(&c->r, h, DGI_LEX_REPORT);
    uint32_t e = c->ev[h];
    switch (dgi_rel_base(t[x].rel)) {
    case DGI_REL_CONJ: /* "agreed in 1970 to leave, but each accuses the other": what goes on now has not the time of what was */
        return dgi_told_in_present(c, x) && dgi_told_in_past(c, dgi_partner(&c->r, x)) ? DGI_NONE
                                                                                       : dgi_partner(&c->r, x);
    case DGI_REL_ADVCL:
        if (c->r.form[x] == DGI_FORM_ING && !dgi_has_mark(&c->r, x, DGI_W_SEQUENCE))
            return h;
        return coarse && !dgi_has_mark(&c->r, x, DGI_W_CONDITION) && !dgi_has_mark(&c->r, x, DGI_W_TO) ? h : DGI_NONE;
    case DGI_REL_XCOMP: return e == DGI_NONE && w->status == DGI_ST_ACTUAL ? h : DGI_NONE;
    case DGI_REL_OBJ:
    case DGI_REL_NSUBJ:
    case DGI_REL_OBL:
    case DGI_REL_NMOD:
    case DGI_REL_COMPOUND:
    case DGI_REL_APPOS:
        if (!w->nominal || said || t[x].rel == DGI_REL_NMOD_POSS)
            return DGI_NONE;
        if (e != DGI_NONE && c->w[e].frame->plover != w->frame->plover)
            return DGI_NONE;
        return h;
    default: return DGI_NONE;
    }
}

bool dgi_told_in_past(const struct coder *c, uint32_t v)
{
    const struct dgi_tok *t = c->doc->toks;
    if (c->r.form[v] == DGI_FORM_PAST)
        return true;
    for (uint32_t ch = t[v].first_child; ch != DGI_NONE; ch = t[ch].next_sib)
        if ((t[ch].rel == DGI_REL_AUX || t[ch].rel == DGI_REL_AUX_PASS || t[ch].rel == DGI_REL_COP) &&
            (c->r.form[ch] == DGI_FORM_PAST || dgi_lemma_in(c->doc, ch, DGI_W_HAVE)))
            return true;
    return false;
}

bool dgi_told_in_present(const struct coder *c, uint32_t v)
{
    const struct dgi_tok *t = c->doc->toks;
    if (c->r.form[v] == DGI_FORM_PRESENT_S) /* not VBP, which is too often a past tense mistagged ("shut", "cut") */
        return true;
    if (c->r.form[v] != DGI_FORM_ING)
        return false;
    for (uint32_t ch = t[v].first_child; ch != DGI_NONE; ch = t[ch].next_sib)
        if (t[ch].rel == DGI_REL_AUX && (c->r.form[ch] == DGI_FORM_PRESENT_S || c->r.form[ch] == DGI_FORM_PRESENT))
            return true;
    return false;
}

bool dgi_past_perfect(const struct coder *c, uint32_t v)
{
    const struct dgi_tok *t = c->doc->toks;
    for (uint32_t ch = t[v].first_child; ch != DGI_NONE; ch = t[ch].next_sib)
        if (t[ch].rel == DGI_REL_AUX && dgi_lemma_in(c->doc, ch, DGI_W_HAVE) && c->r.form[ch] == DGI_FORM_PAST)
            return true;
    return false;
}

/* The finite verb whose tense dates the event. */
static uint32_t tense_verb(const struct coder *c, const struct draft *w)
{
    const struct dgi_tok *t = c->doc->toks;
    uint32_t x = w->clause;
    for (int i = 0; x != DGI_NONE && i < MAX_CLIMB; i++, x = t[x].head) {
        if (dgi_told_in_past(c, x) || dgi_told_in_present(c, x))
            return x;
        for (uint32_t ch = t[x].first_child; ch != DGI_NONE; ch = t[ch].next_sib)
            if (t[ch].rel == DGI_REL_AUX && c->r.form[ch] == DGI_FORM_MODAL)
                return x;
    }
    return w->clause;
}

/* "a strike for Monday" */
static bool scheduled_for(const struct coder *c, const struct dgi_time *tm)
{
    uint32_t a = dgi_anchor_of(c, tm->first, tm->end);
    return a != DGI_NONE && dgi_prep_is(&c->r, a, DGI_PREP_FOR);
}

enum { NEAR = 92, FAR = 250 }; /* days: a quarter ahead, where the last such day is most of a year back */

/* "Agreed to hold talks on 8 March", said on the third: without a year the day is the near one, unless it is told as done. */
static bool near_ahead(const struct coder *c, const struct draft *w, const struct dgi_time *tm, uint32_t v)
{
    int32_t now = c->doc->meta.published;
    return now != DGI_NO_DAY && tm->range.start != DGI_NO_DAY && tm->future.start > now &&
           (int64_t)tm->future.start - now <= NEAR && (int64_t)now - tm->range.start >= FAR &&
           (w->nominal ? w->frame->plover == DGI_CONSULT : w->status != DGI_ST_ACTUAL || !dgi_told_in_past(c, v));
}

/* "closed since 3 May": until now; "closed as of 3 May": on that day. */
static bool lasts_since(const struct coder *c, const struct dgi_time *tm)
{
    enum { BEFORE = 3 }; /* "since early on Monday" */
    for (uint32_t i = tm->first + 1, n = 0; i-- > 0 && n <= BEFORE; n++)
        if (dgi_tok_in(c->doc, i, DGI_W_UNTIL_NOW))
            return true;
    return false;
}

/* "the violence of 12 June", on the 23rd: a day just gone is the one meant, not that of the next year. */
static bool near_behind(const struct coder *c, const struct draft *w, const struct dgi_time *tm)
{
    int32_t now = c->doc->meta.published;
    return now != DGI_NO_DAY && tm->range.start != DGI_NO_DAY && w->status == DGI_ST_HYPOTHETICAL &&
           now - (int64_t)tm->range.start <= NEAR && (int64_t)tm->future.start - now >= FAR;
}

/* "the paper, passed to Doha on Thursday, calls on ...": done before, whatever the tense of the verb above. */
static bool is_past_participle(const struct coder *c, uint32_t tok)
{
    return dgi_rel_base(c->doc->toks[tok].rel) == DGI_REL_ACL && dgi_str_is(c->doc->toks[tok].xpos, "VBN");
}

/* "called off the summit planned for June 16": the word that says for when something is meant, or DGI_NONE. */
static uint32_t planned_by(const struct coder *c, const struct dgi_time *tm)
{
    const struct dgi_tok *t = c->doc->toks;
    uint32_t e, a = dgi_anchor_of(c, tm->first, tm->end), v = a == DGI_NONE ? DGI_NONE : dgi_owner_of(c, a, &e);
    if (v == DGI_NONE || !dgi_lemma_in(c->doc, v, DGI_W_TIME_INTENT))
        return DGI_NONE;
    uint8_t b = dgi_rel_base(t[v].rel);
    return b == DGI_REL_ACL || (b == DGI_REL_ADVCL && dgi_str_is(t[v].xpos, "VBN")) ? v : DGI_NONE;
}

/* The day of what was planned, and not of what became of it. */
static bool day_of_plan(const struct coder *c, const struct draft *w, const struct dgi_time *tm)
{
    uint32_t v = planned_by(c, tm), x = w->tok;
    for (int i = 0; v != DGI_NONE && x != DGI_NONE && i < MAX_CLIMB; i++, x = c->doc->toks[x].head)
        if (x == v)
            return false;
    return v != DGI_NONE;
}

static void use_time(struct coder *c, struct draft *w, struct dgi_coded *e, const struct dgi_time *tm)
{
    struct dgi_day_range r = tm->range;
    if (tm->kind == DGI_TIME_BY_TENSE && tm->future.start != DGI_NO_DAY) {
        uint32_t v = tense_verb(c, w);
        bool future = w->status == DGI_ST_FUTURE || (w->status == DGI_ST_HYPOTHETICAL && !dgi_told_in_past(c, v)) ||
                      ((w->nominal || w->frame->plover == DGI_PROTEST) && scheduled_for(c, tm)) ||
                      (w->nominal && day_of_plan(c, w, tm)) || planned_by(c, tm) == w->tok ||
                      (!w->nominal && tm->ahead && w->status != DGI_ST_ACTUAL) ||
                      (w->status == DGI_ST_ACTUAL && !w->nominal && dgi_told_in_present(c, v) &&
                       !is_past_participle(c, w->tok) && tm->range.start != c->doc->meta.published) ||
                      near_ahead(c, w, tm, v);
        if (future && !near_behind(c, w, tm))
            r = tm->future;
    }
    if (r.start == DGI_NO_DAY && r.end == DGI_NO_DAY)
        return;
    if (tm->kind == DGI_TIME_SINCE && lasts_since(c, tm) && c->doc->meta.published != DGI_NO_DAY &&
        r.start != DGI_NO_DAY && r.start <= c->doc->meta.published)
        r.end = c->doc->meta.published; /* since then, and until now */
    e->date = r;
    e->date_from_text = true;
    e->date_span = tm->span;
    if (w->nominal && !w->light && w->status != DGI_ST_ACTUAL &&
        ((!w->governed && w->parent == DGI_NONE && w->parent_cond == DGI_NONE) || dgi_presupposed(c, w->tok)) &&
        c->doc->meta.published != DGI_NO_DAY && r.end != DGI_NO_DAY && r.end <= c->doc->meta.published)
        w->status = DGI_ST_ACTUAL; /* a noun with a day gone by took place, whatever governs it */
    if (w->status == DGI_ST_ACTUAL && c->doc->meta.published != DGI_NO_DAY && r.start != DGI_NO_DAY &&
        r.start > c->doc->meta.published)
        w->status = DGI_ST_FUTURE;
}

enum { NOUN_STEP = 12 /* what a noun between costs, in words of distance */ };

static uint32_t distance(uint32_t a, uint32_t b)
{
    return a > b ? a - b : b - a;
}

/* "the worst attack since 2012": with that year it is compared, that is not when it happened. */
static bool only_compares(const struct coder *c, const struct dgi_time *tm)
{
    enum { FAR = 14 };
    const struct dgi_doc *d = c->doc;
    if (tm->kind != DGI_TIME_SINCE || tm->first >= d->n_toks)
        return false;
    uint32_t from = d->sents[d->toks[tm->first].sent].first;
    for (uint32_t i = tm->first, n = 0; i-- > from && n < FAR; n++) {
        if (dgi_is_finite(d, i) && n > 0)
            return false;
        if (dgi_tok_in(d, i, DGI_W_COMPARED) || is_superlative(d, i))
            return true;
    }
    return false;
}

/* Nouns between a time or place and what owns it: "over its 2018 act". */
static uint32_t nouns_between(const struct coder *c, uint32_t a, uint32_t owner)
{
    uint32_t n = 0;
    for (uint32_t x = c->doc->toks[a].head; x != DGI_NONE && x != owner && n < MAX_CLIMB; x = c->doc->toks[x].head)
        n++;
    return n;
}

/* Nearest time of the sentence owned by token `at` (or by event `ev`). */
const struct dgi_time *dgi_time_at(const struct coder *c, uint32_t s, uint32_t ev, uint32_t at, uint32_t near,
                                   bool deadline)
{
    const struct dgi_time *best = NULL;
    uint32_t best_cost = 0;
    for (uint32_t k = c->times.first[s]; k < c->times.first[s + 1]; k++) {
        const struct dgi_time *tm = &c->doc->times[c->times.item[k]];
        if ((tm->kind == DGI_TIME_UNTIL) != deadline || tm->kind == DGI_TIME_DURATION || only_compares(c, tm))
            continue;
        if (tm->range.start == DGI_NO_DAY && tm->range.end == DGI_NO_DAY &&
            (tm->kind != DGI_TIME_BY_TENSE || tm->future.start == DGI_NO_DAY))
            continue;
        uint32_t owner, a = dgi_anchor_of(c, tm->first, tm->end);
        if (a == DGI_NONE)
            continue;
        uint32_t tok = dgi_owner_of(c, a, &owner);
        if (!(ev != DGI_NONE ? owner == ev : tok == at && owner == DGI_NONE))
            continue;
        uint32_t cost = distance(tm->first, near) + (c->r.upos[near] == DGI_NOUN && tm->first < near ? 8 : 0) +
                        NOUN_STEP * nouns_between(c, a, tok);
        if (!best || cost < best_cost) {
            best = tm;
            best_cost = cost;
        }
    }
    return best;
}

/* "invited them to a meeting on Monday", hung on the verb: the day is that of the meeting. */
static bool belongs_to_content(const struct coder *c, const struct draft *p, const struct dgi_time *tm)
{
    uint8_t pl = p->frame->plover;
    if (pl != DGI_AGREE && pl != DGI_REQUEST && pl != DGI_THREATEN)
        return false;
    if (tm->kind == DGI_TIME_WHEN && tm->range.end != DGI_NO_DAY && tm->range.end < c->doc->meta.published &&
        dgi_told_in_past(c, p->clause))
        return false; /* "proposed talks last month" */
    uint32_t self = (uint32_t)(p - c->w), sent = c->doc->toks[p->tok].sent;
    for (uint32_t i = self; i-- > 0 && c->doc->toks[c->w[i].tok].sent == sent;) /* nouns were matched before the verb */
        if (c->w[i].parent == self && c->w[i].nominal && !c->w[i].dropped &&
            (c->w[i].frame->plover == DGI_CONSULT || c->w[i].frame->plover == DGI_PROTEST) && c->w[i].tok > p->tok &&
            tm->first > c->w[i].tok)
            return true;
    return false;
}

/* "the 1973 war, when they attacked": the time that stands right before "when", in whatever phrase. */
static const struct dgi_time *time_before_when(const struct coder *c, uint32_t v, uint32_t s)
{
    enum { CONJUNCTS = 3, GAP = 3 };
    const struct dgi_tok *t = c->doc->toks;
    for (int i = 0; i < CONJUNCTS && t[v].rel == DGI_REL_CONJ && t[v].head != DGI_NONE; i++)
        v = dgi_partner(&c->r, v);
    for (uint32_t ch = t[v].first_child; ch != DGI_NONE; ch = t[ch].next_sib) {
        if (ch > v || !dgi_tok_in(c->doc, ch, DGI_W_WHEN))
            continue;
        for (uint32_t k = c->times.first[s]; k < c->times.first[s + 1]; k++) {
            const struct dgi_time *tm = &c->doc->times[c->times.item[k]];
            if (tm->end <= ch && ch - tm->end <= GAP && tm->kind != DGI_TIME_DURATION && tm->range.start != DGI_NO_DAY)
                return tm;
        }
    }
    return NULL;
}

static void set_date(struct coder *c, struct draft *w, struct dgi_coded *e)
{
    uint32_t s = e->sentence;
    uint32_t self = c->ev[w->tok];
    e->date.start = e->date.end = e->deadline.start = e->deadline.end = DGI_NO_DAY;
    const struct dgi_time *tm = dgi_time_at(c, s, self, DGI_NONE, w->tok, false);
    uint32_t x = w->light ? w->light_tok : w->tok;
    if (!tm && (!w->nominal || w->light) && w->clause != DGI_NONE)
        tm = time_before_when(c, w->clause, s);
    bool year = false;
    for (int i = 0; !tm && i < 6; i++) {
        uint32_t h = shares_with(c, w, x, true);
        if (h == DGI_NONE)
            break;
        bool strict = shares_with(c, w, x, false) != DGI_NONE;
        uint32_t ev = c->ev[h];
        if (ev != DGI_NONE && c->w[ev].status == DGI_ST_FUTURE && w->status == DGI_ST_ACTUAL)
            break; /* "will host a summit in May, and Uganda arrested": what is done has not the day of what is to come */
        tm = ev != DGI_NONE ? dgi_time_at(c, s, ev, DGI_NONE, w->tok, false)
                            : dgi_time_at(c, s, DGI_NONE, h, w->tok, false);
        year = year || !strict;
        if (tm && year && tm->range.precision < DGI_P_MONTH)
            tm = NULL;
        x = h;
    }
    for (uint32_t k = c->times.first[s]; !tm && !w->nominal && k < c->times.first[s + 1]; k++) {
        /* made at a meeting or in a paper that has a day: that day */
        const struct dgi_time *t2 = &c->doc->times[c->times.item[k]];
        uint32_t o, up, a = dgi_anchor_of(c, t2->first, t2->end);
        if (a == DGI_NONE || t2->kind == DGI_TIME_UNTIL || t2->kind == DGI_TIME_DURATION ||
            t2->range.end == DGI_NO_DAY || c->doc->meta.published == DGI_NO_DAY ||
            t2->range.end > c->doc->meta.published || w->status != DGI_ST_ACTUAL)
            continue;
        dgi_owner_of(c, a, &o);
        if (o == DGI_NONE || !c->w[o].nominal || c->w[o].light)
            continue;
        dgi_owner_of(c, c->w[o].tok, &up);
        if ((up == self || (up != DGI_NONE && c->w[up].parent == self)) &&
            (c->w[o].frame->plover == DGI_CONSULT || c->w[o].frame->plover == DGI_AGREE || c->w[o].parent == self))
            tm = t2;
    }
    if (!tm)
        tm = dgi_borrowed_time(c, w, s);
    if (tm && belongs_to_content(c, w, tm))
        tm = NULL;
    if (!tm && w->parent != DGI_NONE) {
        const struct draft *p = &c->w[w->parent];
        const struct dgi_time *up = dgi_time_at(c, s, w->parent, DGI_NONE, w->tok, false);
        if (up && belongs_to_content(c, p, up) && up->first > w->tok && w->nominal)
            tm = up;
    }
    if (!tm)
        tm = dgi_told_time(c, w, s, tense_verb(c, w));
    if (tm && !w->nominal && w->status == DGI_ST_ACTUAL && dgi_told_in_past(c, w->tok) && day_of_plan(c, w, tm))
        tm = NULL;
    if (tm)
        use_time(c, w, e, tm);
    const struct dgi_time *by = dgi_time_at(c, s, self, DGI_NONE, w->tok, true);
    if (by) {
        e->deadline = by->range;
        e->deadline_span = by->span;
    }
    if (e->date.start == DGI_NO_DAY && e->date.end == DGI_NO_DAY && w->status == DGI_ST_ACTUAL && !w->negated) {
        uint32_t v = tense_verb(c, w);
        if (c->doc->meta.published != DGI_NO_DAY && !(v != DGI_NONE && dgi_past_perfect(c, v))) {
            e->date.start = e->date.end = c->doc->meta.published;
            e->date.precision = DGI_P_DAY;
        }
    }
    if (w->status == DGI_ST_ACTUAL && e->date_from_text && c->doc->meta.published != DGI_NO_DAY &&
        e->date.end != DGI_NO_DAY && e->date.end < c->doc->meta.published - 30)
        w->status = DGI_ST_HISTORICAL;
}

/* Does the place at token `a` say where something happens? *top: the word that hangs on the clause. */
bool dgi_locative(const struct coder *c, uint32_t a, uint32_t *top, uint32_t *prep)
{
    const struct dgi_tok *t = c->doc->toks;
    for (int i = 0; a != DGI_NONE && i < 6; i++, a = t[a].head) {
        *top = a;
        *prep = c->r.cas[a];
        if (c->r.cas[a] && (c->t->lx.bits[c->r.cas[a]] & DGI_LEX_LOCAL_PREP))
            return true;
        uint8_t b = dgi_rel_base(t[a].rel);
        if (c->r.cas[a] && c->r.cas[a] != c->t->lx.prep[DGI_PREP_OF])
            return false;
        if (b != DGI_REL_NMOD && b != DGI_REL_COMPOUND && b != DGI_REL_APPOS && b != DGI_REL_FLAT &&
            b != DGI_REL_AMOD && b != DGI_REL_CONJ)
            return false;
    }
    return false;
}

uint32_t dgi_place_at(const struct coder *c, uint32_t s, uint32_t ev, uint32_t at, const struct draft *w)
{
    uint32_t best = DGI_NONE, best_cost = UINT32_MAX;
    for (uint32_t k = c->places.first[s]; k < c->places.first[s + 1]; k++) {
        uint32_t i = c->places.item[k];
        const struct dgi_place *p = &c->doc->places[i];
        uint32_t a = dgi_anchor_of(c, p->first, p->end), top, prep, owner;
        if (a == DGI_NONE)
            continue;
        bool loc = dgi_locative(c, a, &top, &prep);
        uint32_t tok = dgi_owner_of(c, a, &owner);
        if (!(ev != DGI_NONE ? owner == ev : tok == at && owner == DGI_NONE))
            continue;
        if (!loc)
            continue;
        uint32_t cost = distance(p->first, w->tok) + 8u * p->precision + (w->nominal && p->first < w->tok ? 8 : 0) +
                        (top != a && !c->r.cas[a] ? NOUN_STEP : 0); /* "between Cuban officials" */
        if (cost < best_cost) {
            best = i;
            best_cost = cost;
        }
    }
    return best;
}

/* made at a meeting: where the meeting is */
static uint32_t place_of_meeting(const struct coder *c, const struct draft *w, uint32_t s)
{
    const struct dgi_tok *t = c->doc->toks;
    uint32_t from[2] = {w->tok, w->light_tok};
    for (int k = 0; k < 2; k++)
        for (uint32_t ch = from[k] == DGI_NONE ? DGI_NONE : t[from[k]].first_child; ch != DGI_NONE;
             ch = t[ch].next_sib) {
            uint8_t b = dgi_rel_base(t[ch].rel);
            uint32_t e = b == DGI_REL_OBL || b == DGI_REL_NMOD ? c->ev[ch] : DGI_NONE;
            if (e == DGI_NONE || c->w[e].frame->plover != DGI_CONSULT || !c->r.cas[ch])
                continue;
            uint32_t p = dgi_place_at(c, s, e, DGI_NONE, &c->w[e]);
            if (p != DGI_NONE)
                return p;
        }
    for (uint32_t k = c->places.first[s]; k < c->places.first[s + 1];
         k++) { /* deeper: the place of the meeting hangs on a noun inside its name */
        const struct dgi_place *p = &c->doc->places[c->places.item[k]];
        uint32_t e, up, top, prep, a = dgi_anchor_of(c, p->first, p->end);
        if (a == DGI_NONE || !dgi_locative(c, a, &top, &prep))
            continue;
        dgi_owner_of(c, a, &e);
        if (e == DGI_NONE || c->w[e].frame->plover != DGI_CONSULT || !c->w[e].nominal || c->w[e].light)
            continue;
        dgi_owner_of(c, c->w[e].tok, &up);
        if (up != DGI_NONE && &c->w[up] == w)
            return c->places.item[k];
    }
    return DGI_NONE;
}

/* "annexed the region of Crimea", "bombed what it called a camp near the town": the place is in the object. */
static uint32_t place_in_object(const struct coder *c, const struct draft *w, uint32_t s)
{
    struct dgi_fill f = {{0}, 0};
    uint32_t best = DGI_NONE;
    dgi_frame_step(c, w->tok,
                   (struct step){w->nominal ? STEP_NMOD : STEP_OBJ, w->nominal ? c->t->lx.prep[DGI_PREP_OF] : 0}, false,
                   &f);
    dgi_fill_expand(&c->r, &f);
    if (!f.n && !w->nominal)
        dgi_frame_step(c, w->tok, (struct step){STEP_CCOMP, 0}, false, &f);
    for (uint32_t i = 0; i < f.n; i++) {
        uint32_t first, end;
        dgi_subtree(c->doc, f.tok[i], &first, &end);
        for (uint32_t k = c->places.first[s]; k < c->places.first[s + 1]; k++) {
            const struct dgi_place *p = &c->doc->places[c->places.item[k]];
            if (p->first >= first && p->end <= end &&
                (best == DGI_NONE || p->precision < c->doc->places[best].precision ||
                 (p->precision == c->doc->places[best].precision && p->first > c->doc->places[best].first)))
                best = c->places.item[k];
        }
    }
    return best;
}

/* "a Kabul car bombing", "the Geneva talks" */
static uint32_t place_in_compound(const struct coder *c, const struct draft *w, uint32_t s)
{
    uint8_t pl = w->frame->plover;
    if (pl != DGI_ASSAULT && pl != DGI_CONSULT && pl != DGI_PROTEST)
        return DGI_NONE;
    for (uint32_t k = c->places.first[s]; k < c->places.first[s + 1]; k++) {
        const struct dgi_place *p = &c->doc->places[c->places.item[k]];
        uint32_t a = dgi_anchor_of(c, p->first, p->end);
        if (a == DGI_NONE || p->precision > DGI_PLACE_ADMIN1 || c->doc->toks[a].rel != DGI_REL_COMPOUND)
            continue;
        uint32_t h = c->doc->toks[a].head;
        if (w->nominal && h == w->tok)
            return c->places.item[k];
        for (uint32_t i = 0; i < w->n_extra; i++)
            if (h == w->extra_tok[i])
                return c->places.item[k];
    }
    return DGI_NONE;
}

/* In what the frame says where it stands: "a base in Ghazni" of "attacked a base in Ghazni". */
static uint32_t place_by_frame(const struct coder *c, const struct draft *w, uint32_t s)
{
    uint32_t place = DGI_NONE;
    const struct role *sl = &w->frame->role[ROLE_PLACE];
    for (uint32_t k = 0; k < sl->n && place == DGI_NONE; k++) {
        struct dgi_fill f = {{0}, 0};
        dgi_frame_path(c, w->tok, &sl->path[k], &f);
        for (uint32_t j = 0; j < f.n && place == DGI_NONE; j++) {
            uint32_t first, end;
            dgi_subtree(c->doc, f.tok[j], &first, &end);
            bool where = false; /* does it say where: "what Peru called a camp near Tacna" */
            for (uint32_t i = c->places.first[s]; i < c->places.first[s + 1]; i++) {
                const struct dgi_place *p = &c->doc->places[c->places.item[i]];
                uint32_t top, prep, a = dgi_anchor_of(c, p->first, p->end);
                bool local = a != DGI_NONE && dgi_locative(c, a, &top, &prep);
                if (p->first >= first && p->end <= end && (place == DGI_NONE || (local && !where))) {
                    place = c->places.item[i];
                    where = local;
                }
            }
        }
    }
    return place;
}

/* What is agreed has the place. */
static uint32_t place_of_agreed(const struct coder *c, const struct draft *w, uint32_t s)
{
    if (w->nominal || (w->frame->plover != DGI_AGREE && w->frame->plover != DGI_SUPPORT))
        return DGI_NONE;
    uint32_t o = dgi_child(c->doc, w->tok, DGI_REL_OBJ, DGI_NONE);
    if (o == DGI_NONE || c->ev[o] == DGI_NONE || !c->w[c->ev[o]].nominal || c->w[c->ev[o]].frame->plover == DGI_CONSULT)
        return DGI_NONE;
    uint32_t place = dgi_place_at(c, s, c->ev[o], DGI_NONE, w);
    return place != DGI_NONE ? place : place_of_meeting(c, &c->w[c->ev[o]], s);
}

/* "agreed to meet in Arica, and Lima expelled the consul": what somebody else does beside it need not be there, unless both
 * are seen to happen: "stormed the palace in Suva, and soldiers held the minister". */
static bool beside(const struct coder *c, const struct draft *w, uint32_t x, uint32_t other)
{
    uint32_t e = other == DGI_NONE ? DGI_NONE : c->ev[other];
    bool joined = dgi_rel_base(c->doc->toks[x].rel) == DGI_REL_CONJ ||
                  (c->doc->toks[x].rel == DGI_REL_PARATAXIS && dgi_child(c->doc, x, DGI_REL_CC, DGI_NONE) != DGI_NONE);
    if (!joined || dgi_child_base(c->doc, x, DGI_REL_NSUBJ, DGI_NONE) == DGI_NONE)
        return false;
    return !dgi_on_the_ground(w->frame->plover) || e == DGI_NONE || !dgi_on_the_ground(c->w[e].frame->plover);
}

bool dgi_told_beside(const struct coder *c, const struct draft *w, uint32_t a)
{
    const struct dgi_tok *t = c->doc->toks;
    for (uint32_t x = w->tok, i = 0; t[x].head != DGI_NONE && i < MAX_CLIMB; x = t[x].head, i++)
        if (beside(c, w, x, t[x].head) && dgi_dominates(c->doc, t[x].head, a) && !dgi_dominates(c->doc, x, a))
            return true;
    for (uint32_t x = a, i = 0; t[x].head != DGI_NONE && i < MAX_CLIMB; x = t[x].head, i++)
        if (beside(c, w, x, x) && dgi_dominates(c->doc, t[x].head, w->tok) && !dgi_dominates(c->doc, x, w->tok))
            return true;
    return false;
}

/* Of the clause that it is joined to or hangs on. */
static uint32_t place_shared(const struct coder *c, const struct draft *w, uint32_t s)
{
    uint32_t place = DGI_NONE, x = w->light ? w->light_tok : w->tok;
    for (int i = 0; place == DGI_NONE && i < 6; i++) {
        uint32_t h = shares_with(c, w, x, false);
        if (h == DGI_NONE || beside(c, w, x, h))
            break;
        place = c->ev[h] != DGI_NONE ? dgi_place_at(c, s, c->ev[h], DGI_NONE, w) : dgi_place_at(c, s, DGI_NONE, h, w);
        x = h;
    }
    return place;
}

static uint8_t place_from(const struct dgi_doc *d, uint32_t place, uint32_t s)
{
    const struct dgi_place *p = &d->places[place];
    return p->first >= d->n_toks         ? DGI_PLACE_FROM_DATELINE
           : d->toks[p->first].sent != s ? DGI_PLACE_FROM_DISCOURSE
                                         : DGI_PLACE_FROM_CLAUSE;
}

static void set_place(struct coder *c, struct draft *w, struct dgi_coded *e)
{
    uint32_t s = e->sentence, place = place_by_frame(c, w, s);
    if (place == DGI_NONE)
        place = dgi_place_at(c, s, c->ev[w->tok], DGI_NONE, w);
    if (place == DGI_NONE && dgi_lemma_has(&c->r, w->tok, DGI_LEX_TERRITORY))
        place = place_in_object(c, w, s);
    bool own = place != DGI_NONE;
    if (place == DGI_NONE)
        place = place_shared(c, w, s);
    bool clause = !own && place != DGI_NONE;
    if (place == DGI_NONE)
        place = place_of_meeting(c, w, s);
    if (place == DGI_NONE)
        place = place_in_compound(c, w, s);
    if (place == DGI_NONE)
        place = place_of_agreed(c, w, s);
    own = !clause && place != DGI_NONE;
    if (place == DGI_NONE)
        place = dgi_borrowed_place(c, w, s);
    e->place = place != DGI_NONE ? place : dgi_told_place(c, w, s);
    if (e->place != DGI_NONE)
        e->place_from = own ? DGI_PLACE_FROM_SYNTAX : place_from(c->doc, e->place, s);
}

/* ---- quantities ---- */
static bool owns_quantity(const struct coder *c, const struct draft *w, uint32_t n)
{
    const struct dgi_tok *t = c->doc->toks;
    uint32_t v = w->tok;
    if ((t[v].rel == DGI_REL_ACL || t[v].rel == DGI_REL_ACL_RELCL || t[v].rel == DGI_REL_AMOD) && t[v].head == n)
        return true;
    struct dgi_fill f = {{0}, 0};
    if (!w->nominal) {
        dgi_frame_step(c, v, (struct step){STEP_OBJ, 0}, false, &f);
        dgi_frame_step(c, v, (struct step){STEP_NSUBJ, 0}, false, &f);
        dgi_fill_expand(&c->r, &f);
        for (uint32_t i = 0; i < f.n; i++)
            if (f.tok[i] == n)
                return true;
    }
    for (uint32_t x = n, i = 0; x != DGI_NONE && i < MAX_CLIMB; i++, x = t[x].head) {
        if (c->ev[x] != DGI_NONE)
            return &c->w[c->ev[x]] == w;
        if (w->light && x == w->light_tok) /* "carried out the attack using ten drones" */
            return true;
        uint8_t b = dgi_rel_base(t[x].rel);
        bool used = b == DGI_REL_ACL && dgi_lemma_in(c->doc, x, DGI_W_USE); /* "the attack using ten drones" */
        if (b == DGI_REL_CCOMP || (b == DGI_REL_ACL && !used) || b == DGI_REL_PARATAXIS)
            return false;
    }
    return false;
}

static bool harm(uint8_t kind)
{
    return kind == DGI_Q_DEATHS || kind == DGI_Q_INJURED;
}

static bool set_quantities(struct coder *c, struct draft *w, struct dgi_coded *e)
{
    uint32_t found[8], n = 0, s = e->sentence;
    for (uint32_t k = c->quantities.first[s]; k < c->quantities.first[s + 1] && n < 8; k++) {
        uint32_t i = c->quantities.item[k];
        const struct dgi_quantity *q = &c->doc->quantities[i];
        uint32_t a = q->noun != DGI_NONE ? q->noun : dgi_anchor_of(c, q->first, q->end);
        if (a == DGI_NONE || a >= c->doc->n_toks)
            continue;
        bool mine = owns_quantity(c, w, a);
        if (!mine && q->noun != DGI_NONE)
            mine = owns_quantity(c, w, dgi_anchor_of(c, q->first, q->end));
        if (!mine && harm(q->kind) && w->frame->plover == DGI_ASSAULT && w->status == DGI_ST_ACTUAL)
            mine = true; /* "12 people died in the attack": the toll of the sentence's violence */
        if (!mine && q->kind == DGI_Q_DETAINED && w->frame->plover == DGI_COERCE && w->status == DGI_ST_ACTUAL)
            mine = true;
        if (mine)
            found[n++] = i;
    }
    if (!n)
        return true;
    e->quantities = dgi_arena_array(c->doc->arena, n, sizeof *e->quantities);
    if (!e->quantities)
        return false;
    memcpy(e->quantities, found, n * sizeof *found);
    e->n_quantities = n;
    return true;
}

/* ---- on whose word ---- */
static bool set_statement(struct coder *c, struct draft *w, struct dgi_coded *e)
{
    e->statement = c->stmt[w->tok];
    uint32_t who[8], n = 0, s = e->statement;
    for (int i = 0; s != DGI_NONE && i < 8; i++, s = c->doc->statements[s].outer) {
        uint32_t sp = c->doc->statements[s].speaker;
        bool twice = sp == DGI_NONE;
        for (uint32_t k = 0; k < n; k++)
            twice = twice || who[k] == sp;
        if (!twice)
            who[n++] = sp;
    }
    if (!n)
        return true;
    e->claimed_by = dgi_arena_array(c->doc->arena, n, sizeof *e->claimed_by);
    if (!e->claimed_by)
        return false;
    memcpy(e->claimed_by, who, n * sizeof *who);
    e->n_claimed_by = n;
    return true;
}

bool dgi_set_event(struct coder *c, struct draft *w, struct dgi_coded *e)
{
    set_date(c, w, e);
    set_place(c, w, e);
    return set_quantities(c, w, e) && set_statement(c, w, e);
}
