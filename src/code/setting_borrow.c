/* SPDX-License-Identifier: Apache-2.0 */
/* code/setting_borrow.c: when and where, of an event whose own words do not tell.
 *
 * Reads   times, places, tree, events in the making
 * Writes  nothing
 *
 * "fighting broke out on Monday when guards shot ..": one day for both. "Accra, where ..": the place before. "the demands
 * that they made in May": the clause below the noun. "In 1994, he led a campaign of seizing ..": the year in front holds for
 * what is told under it. "in the capital", "there": the place named last that can be meant. */
#include "code/setting.h"

enum { CONJUNCTS = 3, GAP = 5 /* words between a place and its "where" */ };

/* What token h owns, an event or not. */
static const struct dgi_time *time_of(const struct coder *c, uint32_t s, uint32_t h, uint32_t near)
{
    if (h == DGI_NONE)
        return NULL;
    return c->ev[h] != DGI_NONE ? dgi_time_at(c, s, c->ev[h], DGI_NONE, near, false)
                                : dgi_time_at(c, s, DGI_NONE, h, near, false);
}

static uint32_t place_of(const struct coder *c, uint32_t s, uint32_t h, const struct draft *w)
{
    if (h == DGI_NONE)
        return DGI_NONE;
    return c->ev[h] != DGI_NONE ? dgi_place_at(c, s, c->ev[h], DGI_NONE, w) : dgi_place_at(c, s, DGI_NONE, h, w);
}

/* The first of coordinated verbs. */
static uint32_t first_conjunct(const struct coder *c, uint32_t v)
{
    const struct dgi_tok *t = c->doc->toks;
    for (int i = 0; i < CONJUNCTS && t[v].rel == DGI_REL_CONJ && t[v].head != DGI_NONE; i++)
        v = dgi_partner(&c->r, v);
    return v;
}

/* The clause that v is told to have gone with: "when guards shot", "hours after they met". */
static uint32_t clause_of_same_day(const struct coder *c, uint32_t v)
{
    const struct dgi_tok *t = c->doc->toks;
    v = first_conjunct(c, v);
    if (dgi_rel_base(t[v].rel) != DGI_REL_ADVCL || t[v].head == DGI_NONE)
        return DGI_NONE;
    for (uint32_t ch = t[v].first_child; ch != DGI_NONE && ch < v; ch = t[ch].next_sib) {
        bool mark = t[ch].rel == DGI_REL_MARK || t[ch].rel == DGI_REL_ADVMOD;
        if (mark && dgi_tok_in(c->doc, ch, DGI_W_WHEN))
            return t[v].head;
        if (mark && ch && dgi_tok_in(c->doc, ch, DGI_W_AFTER_BEFORE) && dgi_lemma_in(c->doc, ch - 1, DGI_W_SHORT_WHILE))
            return t[v].head;
    }
    return DGI_NONE;
}

/* A clause below a noun that tells of the same: "the demands that the bloc made", "a suit filed", "the attack, in which". */
static uint32_t clause_below(const struct coder *c, const struct draft *w, uint32_t after)
{
    const struct dgi_tok *t = c->doc->toks;
    for (uint32_t ch = after == DGI_NONE ? t[w->tok].first_child : t[after].next_sib; ch != DGI_NONE;
         ch = t[ch].next_sib)
        if (t[ch].rel == DGI_REL_ACL || t[ch].rel == DGI_REL_ACL_RELCL)
            return ch;
    return DGI_NONE;
}

static bool tells_of_noun(const struct coder *c, const struct draft *w, uint32_t v)
{
    const struct dgi_tok *t = c->doc->toks;
    if (c->ev[v] == DGI_NONE)
        return !dgi_lemma_has(&c->r, v, DGI_LEX_REPORT) && !dgi_past_perfect(c, v);
    if (c->w[c->ev[v]].frame->plover == w->frame->plover)
        return true;
    for (uint32_t ch = t[v].first_child; ch != DGI_NONE && ch < v; ch = t[ch].next_sib)
        if (dgi_tok_in(c->doc, ch, DGI_W_WHEN) || dgi_tok_in(c->doc, ch, DGI_W_WHERE) ||
            (dgi_tok_in(c->doc, ch, DGI_W_RELATIVE) && c->r.cas[ch]))
            return true;
    return false;
}

/* "the demands that the bloc made in May": the words up to the next verb but one, whatever the tree makes of them. */
static const struct dgi_time *time_in_relative(const struct coder *c, const struct draft *w, uint32_t s)
{
    enum { FAR = 10 };
    uint32_t verbs = 0, end = c->doc->sents[s].end;
    if (w->tok + 1 >= end || !dgi_tok_in(c->doc, w->tok + 1, DGI_W_RELATIVE_THING))
        return NULL;
    for (uint32_t i = w->tok + 2; i < end && i < w->tok + FAR; i++) {
        for (uint32_t k = c->times.first[s]; k < c->times.first[s + 1]; k++) {
            const struct dgi_time *tm = &c->doc->times[c->times.item[k]];
            if (tm->first == i && tm->range.start != DGI_NO_DAY && verbs == 1 && tm->kind == DGI_TIME_WHEN)
                return tm;
        }
        verbs += c->r.upos[i] == DGI_VERB;
        if (c->r.upos[i] == DGI_PUNCT || verbs > 1 || c->ev[i] != DGI_NONE)
            return NULL;
    }
    return NULL;
}

/* A month or year in front of the sentence, when what is told under it is long past. */
static const struct dgi_time *time_in_front(const struct coder *c, const struct draft *w, uint32_t s)
{
    const struct dgi_tok *t = c->doc->toks;
    if (c->times.first[s] == c->times.first[s + 1] || w->status != DGI_ST_ACTUAL || dgi_told_in_present(c, w->clause) ||
        dgi_past_perfect(c, w->clause))
        return NULL;
    const struct dgi_time *tm = &c->doc->times[c->times.item[c->times.first[s]]];
    if (tm->first > c->doc->sents[s].first + 2 || tm->range.precision < DGI_P_MONTH || tm->range.end == DGI_NO_DAY ||
        tm->range.end >= c->doc->meta.published || tm->kind == DGI_TIME_SINCE || tm->kind == DGI_TIME_UNTIL ||
        tm->kind == DGI_TIME_DURATION)
        return NULL;
    uint32_t e, a = dgi_anchor_of(c, tm->first, tm->end), owner = a == DGI_NONE ? DGI_NONE : dgi_owner_of(c, a, &e);
    for (uint32_t x = w->tok, i = 0; owner != DGI_NONE && x != DGI_NONE && i < MAX_CLIMB; x = t[x].head, i++) {
        if (x == owner)
            return tm;
        uint8_t b = dgi_rel_base(t[x].rel);
        bool finite = x != w->tok && (dgi_told_in_present(c, x) || dgi_past_perfect(c, x));
        if (finite || b == DGI_REL_CCOMP || b == DGI_REL_PARATAXIS ||
            (b == DGI_REL_ADVCL && dgi_is_finite(c->doc, x)) || (t[x].rel == DGI_REL_ACL_RELCL))
            return NULL;
    }
    return NULL;
}

/* What an event yet to come tells in other words has the day: "are due to meet on Friday". */
static const struct dgi_time *time_of_plan(const struct coder *c, const struct draft *w, uint32_t s)
{
    uint32_t self = (uint32_t)(w - c->w);
    if (w->status != DGI_ST_FUTURE || w->nominal)
        return NULL;
    const struct dgi_time *first = NULL;
    for (uint32_t i = c->newest[s]; i != DGI_NONE; i = c->w[i].before)
        if (c->w[i].parent == self && !c->w[i].dropped) {
            const struct dgi_time *tm = dgi_time_at(c, s, i, DGI_NONE, w->tok, false);
            first = tm ? tm : first;
        }
    return first;
}

/* "failed to agree in Lusaka": the infinitive is the event. */
static uint32_t infinitive_below(const struct coder *c, const struct draft *w)
{
    if (w->nominal || !dgi_lemma_in(c->doc, w->tok, DGI_W_FAIL))
        return DGI_NONE;
    return dgi_child(c->doc, w->tok, DGI_REL_XCOMP, DGI_NONE);
}

/* "Strikers held a march. Police dispersed it": the event of the sentence before; work index or DGI_NONE. */
static uint32_t event_as_object(const struct coder *c, const struct draft *w, uint32_t s)
{
    uint32_t v = w->nominal && c->doc->toks[w->tok].head != DGI_NONE ? c->doc->toks[w->tok].head : w->tok;
    uint32_t object = dgi_child(c->doc, v, DGI_REL_OBJ, DGI_NONE);
    if (object == DGI_NONE || s == 0 || !dgi_tok_in(c->doc, object, DGI_W_IT))
        return DGI_NONE;
    for (uint32_t i = c->newest[s - 1]; i != DGI_NONE; i = c->w[i].before)
        if (c->w[i].nominal && !c->w[i].dropped && c->w[i].frame->plover == DGI_PROTEST)
            return i;
    return DGI_NONE;
}

const struct dgi_time *dgi_borrowed_time(const struct coder *c, const struct draft *w, uint32_t s)
{
    const struct dgi_time *tm = NULL;
    if (w->light && w->light_tok != DGI_NONE)
        tm = time_of(c, s, w->light_tok, w->tok);
    if (!tm && w->nominal)
        for (uint32_t v = clause_below(c, w, DGI_NONE); v != DGI_NONE && !tm; v = clause_below(c, w, v))
            tm = tells_of_noun(c, w, v) ? time_of(c, s, v, w->tok) : NULL;
    if (!tm && w->nominal)
        tm = time_in_relative(c, w, s);
    if (!tm && w->clause != DGI_NONE && (!w->nominal || w->light))
        tm = time_of(c, s, clause_of_same_day(c, w->clause), w->tok);
    if (!tm)
        tm = time_of(c, s, infinitive_below(c, w), w->tok);
    if (!tm)
        tm = time_of_plan(c, w, s);
    uint32_t it = tm ? DGI_NONE : event_as_object(c, w, s);
    if (it != DGI_NONE)
        tm = time_of(c, s - 1, c->w[it].light ? c->w[it].light_tok : c->w[it].tok, c->w[it].tok);
    return tm ? tm : w->clause == DGI_NONE ? NULL : time_in_front(c, w, s);
}

/* ---- where ---- */
/* "Accra, where they ..", "met in Accra for a summit where they ..". */
static uint32_t place_before_where(const struct coder *c, const struct draft *w, uint32_t s)
{
    const struct dgi_tok *t = c->doc->toks;
    uint32_t v = first_conjunct(c, w->clause), best = DGI_NONE;
    for (uint32_t ch = t[v].first_child; ch != DGI_NONE && ch < v; ch = t[ch].next_sib) {
        if (!dgi_tok_in(c->doc, ch, DGI_W_WHERE))
            continue;
        for (uint32_t k = c->places.first[s]; k < c->places.first[s + 1]; k++) {
            const struct dgi_place *p = &c->doc->places[c->places.item[k]];
            if (!p->part && p->end <= ch && ch - p->end <= GAP &&
                (best == DGI_NONE || p->precision <= c->doc->places[best].precision))
                best = c->places.item[k];
        }
        uint32_t e, h = t[v].head, up = best != DGI_NONE || h == DGI_NONE ? DGI_NONE : dgi_owner_of(c, h, &e);
        return best != DGI_NONE ? best : place_of(c, s, up, w);
    }
    return DGI_NONE;
}

/* "Ankara was the target of an attack", "Ankara saw its worst attack" */
static uint32_t place_as_target(const struct coder *c, const struct draft *w, uint32_t s)
{
    const struct dgi_tok *t = c->doc->toks;
    uint32_t h = t[w->tok].head;
    if (!w->nominal || h == DGI_NONE ||
        !((t[w->tok].rel == DGI_REL_NMOD && dgi_lemma_in(c->doc, h, DGI_W_SCENE)) ||
          (t[w->tok].rel == DGI_REL_OBJ && dgi_lemma_in(c->doc, h, DGI_W_SEE))))
        return DGI_NONE;
    uint32_t subject = dgi_child(c->doc, h, DGI_REL_NSUBJ, DGI_NONE);
    for (uint32_t k = c->places.first[s]; subject != DGI_NONE && k < c->places.first[s + 1]; k++) {
        const struct dgi_place *p = &c->doc->places[c->places.item[k]];
        if (!p->part && p->first <= subject && subject < p->end)
            return c->places.item[k];
    }
    return DGI_NONE;
}

/* The state that a phrase names by name or adjective ("the Ugandan capital"); NULL: none. */
static const char *state_in(const struct coder *c, uint32_t noun)
{
    const struct dgi_tok *t = c->doc->toks;
    for (uint32_t ch = t[noun].first_child; ch != DGI_NONE; ch = t[ch].next_sib)
        if (c->r.cover[ch] != DGI_NONE && ch != noun) {
            uint32_t e = c->doc->mentions[c->r.cover[ch]].entity;
            if (e != DGI_NONE && c->doc->entities[e].country[0])
                return c->doc->entities[e].country;
        }
    return NULL;
}

/* The state whose places the document names most. */
static const char *main_state(const struct dgi_doc *d)
{
    enum { MOST = 200 }; /* places looked at */
    uint32_t best = 0, n = d->n_places < MOST ? d->n_places : MOST;
    const char *state = NULL;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t same = 0;
        for (uint32_t k = i; k < n && !d->places[i].adjective; k++)
            same += d->places[i].country[0] && !d->places[k].adjective &&
                    !strcmp(d->places[i].country, d->places[k].country);
        if (same > best) {
            best = same;
            state = d->places[i].country;
        }
    }
    return state;
}

/* The place named last before `tok` that a noun like the one there can mean. */
static uint32_t place_meant(const struct coder *c, uint32_t tok)
{
    enum { BACK = 3 };
    const struct dgi_doc *d = c->doc;
    bool capital = dgi_lemma_in(d, tok, DGI_W_PLACE_CAPITAL), city = dgi_lemma_in(d, tok, DGI_W_PLACE_CITY);
    bool state = dgi_lemma_in(d, tok, DGI_W_PLACE_STATE), country = dgi_lemma_in(d, tok, DGI_W_PLACE_COUNTRY);
    const char *of = capital ? state_in(c, tok) : country ? main_state(d) : NULL;
    if (country && !of)
        return DGI_NONE;
    for (uint32_t i = d->n_places; i-- > 0;) {
        const struct dgi_place *p = &d->places[i];
        if (p->span.start >= d->toks[tok].start || (p->part && !capital))
            continue;
        if (!capital && !country && (p->first >= d->n_toks || d->toks[tok].sent - d->toks[p->first].sent > BACK))
            break;
        if (capital ? dgi_str_is(p->feature, "PPLC") && (!of || !strcmp(of, p->country))
            : city  ? p->precision == DGI_PLACE_CITY
            : state ? p->precision == DGI_PLACE_ADMIN1
                    : !country || (p->precision == DGI_PLACE_COUNTRY && !strcmp(of, p->country)))
            return i;
    }
    return DGI_NONE;
}

static bool stands_for_place(const struct coder *c, uint32_t i)
{
    const struct dgi_doc *d = c->doc;
    uint32_t top, prep;
    if (dgi_tok_in(d, i, DGI_W_THERE))
        return d->toks[i].rel == DGI_REL_ADVMOD;
    bool noun = dgi_lemma_in(d, i, DGI_W_PLACE_CAPITAL) || dgi_lemma_in(d, i, DGI_W_PLACE_CITY) ||
                dgi_lemma_in(d, i, DGI_W_PLACE_STATE) || dgi_lemma_in(d, i, DGI_W_PLACE_COUNTRY);
    if (!noun || d->toks[i].upos != DGI_NOUN || !dgi_presupposed(c, i))
        return false;
    return d->toks[i].rel == DGI_REL_NMOD_POSS ||
           dgi_locative(c, i, &top, &prep); /* "burned half of the capital's shops" */
}

static uint32_t place_by_noun(const struct coder *c, const struct draft *w, uint32_t s)
{
    uint32_t self = (uint32_t)(w - c->w);
    for (uint32_t i = c->doc->sents[s].first; i < c->doc->sents[s].end; i++) {
        uint32_t e = DGI_NONE;
        if (!stands_for_place(c, i))
            continue;
        uint32_t owner = dgi_owner_of(c, i, &e);
        if (owner == DGI_NONE || (e != self && owner != w->light_tok))
            continue;
        return place_meant(c, i);
    }
    return DGI_NONE;
}

uint32_t dgi_borrowed_place(const struct coder *c, const struct draft *w, uint32_t s)
{
    uint32_t place = place_by_noun(c, w, s);
    if (place == DGI_NONE && w->clause != DGI_NONE)
        place = place_before_where(c, w, s);
    if (place == DGI_NONE && w->nominal)
        for (uint32_t v = clause_below(c, w, DGI_NONE); v != DGI_NONE && place == DGI_NONE; v = clause_below(c, w, v))
            place = tells_of_noun(c, w, v) ? place_of(c, s, v, w) : DGI_NONE;
    if (place == DGI_NONE && w->clause != DGI_NONE && (!w->nominal || w->light))
        place = place_of(c, s, clause_of_same_day(c, w->clause), w);
    if (place == DGI_NONE)
        place = place_of(c, s, infinitive_below(c, w), w);
    uint32_t it = place != DGI_NONE ? DGI_NONE : event_as_object(c, w, s);
    if (it != DGI_NONE)
        place = place_of(c, s - 1, c->w[it].light ? c->w[it].light_tok : c->w[it].tok, &c->w[it]);
    return place != DGI_NONE ? place : place_as_target(c, w, s);
}
