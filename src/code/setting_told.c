/* SPDX-License-Identifier: Apache-2.0 */
/* code/setting_told.c: when, of an event past that neither owns a time nor shares one: what its sentence or story tells.
 *
 * Reads   times, tree, events in the making; events written before this one
 * Writes  nothing
 *
 * "signed a decree on Friday banning ..": done on Friday, or before, never on the day of publication that is left else. So a
 * day above the event goes for it, one in front of its sentence, one behind it in its own clause ("stormed the depot with
 * axes, late on Monday"), one of what it happened in ("killed in an ambush that took place on May 3"); and where its sentence
 * tells none, that of the deed told before: news of Tuesday's riot, on Wednesday, goes on telling of Tuesday. */
#include <string.h>

#include "code/setting.h"

enum {
    FRONT = 3,    /* words before a time that stands in front: "Late on Friday" */
    BEHIND = 24,  /* words between an event and a time behind it in its clause */
    BACK = 8,     /* sentences of the same story between two deeds of one day */
    FRESH = 7,    /* days: what was told of an older day is background */
    LONG_AGO = 30 /* days: a month or year gone by so long is better than the day of publication */
};

/* May it be the time of a thing done: over, and a day, or so long ago that today is out of the question? */
static bool over(const struct coder *c, const struct dgi_time *tm)
{
    int32_t now = c->doc->meta.published;
    if ((tm->kind != DGI_TIME_WHEN && tm->kind != DGI_TIME_BY_TENSE) || tm->range.start == DGI_NO_DAY ||
        tm->range.end == DGI_NO_DAY || tm->range.end > now)
        return false;
    return tm->range.precision == DGI_P_DAY || tm->range.end < now - LONG_AGO;
}

static const struct dgi_time *over_at(const struct coder *c, uint32_t s, uint32_t tok, uint32_t near)
{
    const struct dgi_time *tm = c->ev[tok] != DGI_NONE ? dgi_time_at(c, s, c->ev[tok], DGI_NONE, near, false)
                                                       : dgi_time_at(c, s, DGI_NONE, tok, near, false);
    return tm && over(c, tm) ? tm : NULL;
}

/* "killed in a blast that took place on Monday": the noun of the deed it happened in, by its clause. */
static const struct dgi_time *time_of_deed(const struct coder *c, const struct draft *w, uint32_t s, uint32_t noun)
{
    const struct dgi_tok *t = c->doc->toks;
    if (noun == DGI_NONE || t[noun].upos != DGI_NOUN || t[noun].sent != s)
        return NULL;
    const struct dgi_time *tm = over_at(c, s, noun, w->tok);
    for (uint32_t ch = t[noun].first_child; ch != DGI_NONE && !tm; ch = t[ch].next_sib)
        if ((t[ch].rel == DGI_REL_ACL || t[ch].rel == DGI_REL_ACL_RELCL) &&
            (c->ev[ch] == DGI_NONE || c->w[c->ev[ch]].frame->plover == w->frame->plover))
            tm = over_at(c, s, ch, w->tok);
    return tm;
}

static const struct dgi_time *time_of_deeds_at(const struct coder *c, const struct draft *w, uint32_t s, uint32_t v)
{
    const struct dgi_tok *t = c->doc->toks;
    const struct dgi_time *tm = NULL;
    for (uint32_t ch = t[v].first_child; ch != DGI_NONE && !tm; ch = t[ch].next_sib)
        if (dgi_rel_base(t[ch].rel) == DGI_REL_OBL && c->ev[ch] != DGI_NONE && c->w[c->ev[ch]].nominal &&
            c->w[c->ev[ch]].frame->plover == w->frame->plover)
            tm = time_of_deed(c, w, s, ch);
    return tm;
}

/* What happens with it: "killed four and hurt nine on Friday", "opening the school on Monday, he urged". */
static const struct dgi_time *time_inside(const struct coder *c, const struct draft *w, uint32_t s)
{
    const struct dgi_tok *t = c->doc->toks;
    const struct dgi_time *tm = NULL;
    for (uint32_t i = 0; i < w->n_extra && !tm; i++)
        tm = time_of_deed(c, w, s, w->extra_tok[i]);
    if (!tm)
        tm = time_of_deeds_at(c, w, s, w->tok);
    for (uint32_t ch = t[w->tok].first_child; ch != DGI_NONE && !tm; ch = t[ch].next_sib) {
        bool same = t[ch].rel == DGI_REL_CONJ && dgi_child(c->doc, ch, DGI_REL_NSUBJ, DGI_NONE) == DGI_NONE &&
                    (c->ev[ch] == DGI_NONE || c->w[c->ev[ch]].frame->plover == w->frame->plover);
        bool with = dgi_rel_base(t[ch].rel) == DGI_REL_ADVCL && c->r.form[ch] == DGI_FORM_ING &&
                    !dgi_has_mark(&c->r, ch, DGI_W_SEQUENCE) && !dgi_has_mark(&c->r, ch, DGI_W_CONDITION);
        if (same || with)
            tm = over_at(c, s, ch, w->tok);
        if (same && !tm)
            tm = time_of_deeds_at(c, w, s, ch);
    }
    return tm;
}

/* What governs the event was done on that day. */
static const struct dgi_time *time_above(const struct coder *c, const struct draft *w, uint32_t s)
{
    const struct dgi_tok *t = c->doc->toks;
    uint32_t x = w->tok;
    for (int i = 0; x != DGI_NONE && i < MAX_CLIMB; i++, x = t[x].head) {
        if (c->ev[x] != DGI_NONE && c->w[c->ev[x]].status == DGI_ST_FUTURE)
            return NULL; /* "will host a summit in May, and Uganda arrested" */
        const struct dgi_time *tm = x == w->tok ? NULL : over_at(c, s, x, w->tok);
        if (tm)
            return tm;
    }
    return NULL;
}

/* "Monday's attack", "the May 1968 marches": the time of that noun. */
static bool modifies(const struct coder *c, const struct dgi_time *tm)
{
    uint32_t a = dgi_anchor_of(c, tm->first, tm->end);
    if (a == DGI_NONE)
        return true;
    uint16_t rel = c->doc->toks[a].rel;
    return rel == DGI_REL_NMOD_POSS || rel == DGI_REL_COMPOUND || rel == DGI_REL_AMOD || rel == DGI_REL_NUMMOD ||
           (tm->end < c->doc->sents[c->doc->toks[a].sent].end &&
            (c->r.upos[tm->end] == DGI_NOUN || c->r.upos[tm->end] == DGI_PART));
}

/* In front of all that its sentence tells. */
static const struct dgi_time *time_first(const struct coder *c, const struct draft *w, uint32_t s)
{
    const struct dgi_time *tm = NULL;
    for (uint32_t k = c->times.first[s]; k < c->times.first[s + 1]; k++) {
        const struct dgi_time *x = &c->doc->times[c->times.item[k]];
        if (!tm || x->first < tm->first)
            tm = x;
    }
    if (!tm || tm->first > c->doc->sents[s].first + FRONT || tm->first > w->tok || !over(c, tm))
        return NULL;
    for (uint32_t i = c->doc->sents[s].first; i < tm->first; i++)
        if (c->r.upos[i] == DGI_VERB || c->r.upos[i] == DGI_PROPN || c->r.upos[i] == DGI_PUNCT)
            return NULL; /* "Rebels on Monday" */
    return modifies(c, tm) ? NULL : tm;
}

/* A time of its own clause behind it, which the tree hung elsewhere. */
static const struct dgi_time *time_behind(const struct coder *c, const struct draft *w, uint32_t s)
{
    for (uint32_t k = c->times.first[s]; k < c->times.first[s + 1]; k++) {
        const struct dgi_time *tm = &c->doc->times[c->times.item[k]];
        if (tm->first <= w->tok || tm->first - w->tok > BEHIND || !over(c, tm) || modifies(c, tm))
            continue;
        for (uint32_t i = w->tok + 1; i < tm->first; i++)
            if (c->r.upos[i] == DGI_VERB || c->ev[i] != DGI_NONE || c->r.upos[i] == DGI_CCONJ)
                return NULL;
        return tm;
    }
    return NULL;
}

/* What people see happen, one thing after another. */
bool dgi_on_the_ground(uint8_t plover)
{
    return plover == DGI_ASSAULT || plover == DGI_PROTEST || plover == DGI_COERCE || plover == DGI_MOBILIZE;
}

/* Of the deed told last, when the story goes on with another. */
static const struct dgi_time *time_of_story(const struct coder *c, const struct draft *w, uint32_t s)
{
    const struct dgi_doc *d = c->doc;
    int32_t now = d->meta.published;
    if (!dgi_on_the_ground(w->frame->plover) || c->times.first[s] != c->times.first[s + 1] ||
        c->stmt[w->tok] != DGI_NONE)
        return NULL;
    for (uint32_t i = w->out; i-- > 0 && d->events[i].sentence + BACK >= s;) {
        const struct dgi_coded *e = &d->events[i];
        if (e->status != DGI_ST_ACTUAL || e->negated || !dgi_on_the_ground(e->plover) || !e->date_from_text)
            continue;
        if (e->date.precision != DGI_P_DAY || e->date.start != e->date.end || e->date.end >= now ||
            now - e->date.end > FRESH)
            return NULL;
        uint32_t low = 0, high = d->n_times; /* in the order of the text */
        while (low < high) {
            uint32_t mid = low + (high - low) / 2;
            if (d->times[mid].span.start < e->date_span.start)
                low = mid + 1;
            else
                high = mid;
        }
        if (low < d->n_times && d->times[low].span.start == e->date_span.start && over(c, &d->times[low]))
            return &d->times[low];
        return NULL;
    }
    return NULL;
}

const struct dgi_time *dgi_told_time(const struct coder *c, const struct draft *w, uint32_t s, uint32_t tense)
{
    if (w->status != DGI_ST_ACTUAL || w->negated || c->doc->meta.published == DGI_NO_DAY)
        return NULL;
    if (tense != DGI_NONE && (dgi_past_perfect(c, tense) || dgi_told_in_present(c, tense)))
        return NULL;
    const struct dgi_time *tm = time_inside(c, w, s);
    if (!tm)
        tm = time_above(c, w, s);
    if (!tm)
        tm = time_first(c, w, s);
    if (!tm)
        tm = time_behind(c, w, s);
    return tm ? tm : time_of_story(c, w, s);
}

/* ---- where ---- */
/* Done at a place, not said. */
static bool has_a_scene(uint8_t plover)
{
    return dgi_on_the_ground(plover) || plover == DGI_RETREAT || plover == DGI_AID;
}

/* Does a verb of saying before the event own what stands at `tok`? "told reporters in Geneva that guards shot" */
static bool said_there(const struct coder *c, uint32_t tok, const struct draft *w)
{
    uint32_t e, v = dgi_owner_of(c, tok, &e);
    return v != DGI_NONE && dgi_lemma_has(&c->r, v, DGI_LEX_REPORT) && (v < w->tok || tok > w->tok);
}

/* "marched from the harbour to X", "sent 30 lorries of flour to X": the way of what the event owns. */
static uint32_t place_on_way(const struct coder *c, const struct draft *w, uint32_t s)
{
    enum dgi_word_set set = w->frame->plover == DGI_PROTEST ? DGI_W_PLACE_WAY : DGI_W_TO;
    if (w->frame->plover != DGI_PROTEST && w->frame->plover != DGI_AID)
        return DGI_NONE;
    for (uint32_t k = c->places.first[s]; k < c->places.first[s + 1]; k++) {
        const struct dgi_place *p = &c->doc->places[c->places.item[k]];
        uint32_t e = DGI_NONE, a = dgi_anchor_of(c, p->first, p->end), prep = DGI_NONE;
        if (a == DGI_NONE || p->part || p->first < w->tok)
            continue;
        uint32_t owner = dgi_owner_of(c, a, &e);
        for (uint32_t i = p->first; prep == DGI_NONE && i-- > w->tok;)
            if (c->r.upos[i] == DGI_ADP)
                prep = i;
            else if (c->r.upos[i] == DGI_VERB || c->r.upos[i] == DGI_NOUN || c->r.upos[i] == DGI_PUNCT)
                break;
        if (prep != DGI_NONE && dgi_tok_in(c->doc, prep, set) &&
            (owner == w->light_tok || (e != DGI_NONE && &c->w[e] == w)))
            return c->places.item[k];
    }
    return DGI_NONE;
}

/* A town, state or region in a phrase of place. */
static bool scene(const struct coder *c, const struct dgi_place *p, const struct draft *w)
{
    uint32_t top, prep, a = dgi_anchor_of(c, p->first, p->end);
    return a != DGI_NONE && !p->part && p->precision != DGI_PLACE_COUNTRY && dgi_locative(c, a, &top, &prep) &&
           !said_there(c, a, w);
}

/* "the blast, in which a lorry full of gas drove into a shop in X" */
static uint32_t place_below(const struct coder *c, const struct draft *w, uint32_t s)
{
    const struct dgi_tok *t = c->doc->toks;
    for (uint32_t ch = w->nominal ? t[w->tok].first_child : DGI_NONE; ch != DGI_NONE; ch = t[ch].next_sib) {
        if (t[ch].rel != DGI_REL_ACL_RELCL && t[ch].rel != DGI_REL_ACL)
            continue;
        uint32_t first, end;
        dgi_subtree(c->doc, ch, &first, &end);
        for (uint32_t k = c->places.first[s]; k < c->places.first[s + 1]; k++) {
            const struct dgi_place *p = &c->doc->places[c->places.item[k]];
            if (p->first >= first && p->end <= end && scene(c, p, w))
                return c->places.item[k];
        }
    }
    return DGI_NONE;
}

/* What governs the event was done there: "shut its mission in X after crowds stormed it", "died in X after being shot". */
static uint32_t place_above(const struct coder *c, const struct draft *w, uint32_t s)
{
    const struct dgi_tok *t = c->doc->toks;
    uint32_t x = w->tok;
    for (int i = 0; x != DGI_NONE && i < MAX_CLIMB; i++, x = t[x].head) {
        if (x != w->tok && dgi_lemma_has(&c->r, x, DGI_LEX_REPORT))
            return DGI_NONE;
        uint32_t p = x == w->tok            ? DGI_NONE
                     : c->ev[x] != DGI_NONE ? dgi_place_at(c, s, c->ev[x], DGI_NONE, w)
                                            : dgi_place_at(c, s, DGI_NONE, x, w);
        if (p != DGI_NONE && !c->doc->places[p].part && !dgi_told_beside(c, w, c->doc->places[p].first))
            return p;
        if (dgi_rel_base(t[x].rel) == DGI_REL_CCOMP || dgi_rel_base(t[x].rel) == DGI_REL_PARATAXIS)
            return DGI_NONE;
    }
    return DGI_NONE;
}

static bool verbless(const struct coder *c, uint32_t from, uint32_t to)
{
    enum { MOST = 12 }; /* words in front */
    if (to - from > MOST)
        return false;
    for (uint32_t i = from; i < to; i++)
        if (c->r.upos[i] == DGI_VERB || c->r.upos[i] == DGI_AUX)
            return false;
    return true;
}

/* In front of all verbs ("At X, near the lake, a crowd ..", "During a riot in X youths .."), else the only one named. */
static uint32_t place_in_sentence(const struct coder *c, const struct draft *w, uint32_t s)
{
    uint32_t best = DGI_NONE;
    for (uint32_t k = c->places.first[s]; k < c->places.first[s + 1]; k++) {
        const struct dgi_place *p = &c->doc->places[c->places.item[k]];
        if (!scene(c, p, w))
            continue;
        if (p->first < w->tok && verbless(c, c->doc->sents[s].first, p->first))
            return c->places.item[k];
        if (best != DGI_NONE)
            return DGI_NONE;
        if (!dgi_told_beside(c, w, p->first))
            best = c->places.item[k];
    }
    return best;
}

/* What stands before `head` in its phrase and names a town or state, a part of a name or not, but no capital: that is its
 * government. */
static uint32_t seat_in_phrase(const struct coder *c, uint32_t head)
{
    const struct dgi_doc *d = c->doc;
    uint32_t first, end, low = 0, high = d->n_places;
    dgi_subtree(d, head, &first, &end);
    while (low < high) { /* places are in the order of the text */
        uint32_t mid = low + (high - low) / 2;
        if (d->places[mid].span.start < d->toks[first].start)
            low = mid + 1;
        else
            high = mid;
    }
    for (uint32_t i = low; i < d->n_places && d->places[i].span.start < d->toks[head].start; i++) {
        const struct dgi_place *p = &d->places[i];
        uint32_t a = p->end <= head ? dgi_anchor_of(c, p->first, p->end) : DGI_NONE;
        if (a != DGI_NONE && !c->r.cas[a] && !p->adjective && p->precision <= DGI_PLACE_ADMIN1 &&
            !dgi_str_is(p->feature, "PPLC"))
            return i;
    }
    return DGI_NONE;
}

/* "the Harare city council banned", "Ohio Governor X sent guards": an office acts where it has its name from. */
static uint32_t place_of_office(const struct coder *c, const struct draft *w)
{
    enum { UP = 3 /* verbs */ };
    const struct dgi_tok *t = c->doc->toks;
    uint32_t v = w->light ? w->light_tok : w->tok;
    for (int i = 0; v != DGI_NONE && i < UP; i++, v = t[v].head) {
        uint32_t subject = dgi_child(c->doc, v, DGI_REL_NSUBJ, DGI_NONE);
        if (subject != DGI_NONE)
            return seat_in_phrase(c, subject);
        if (t[v].rel != DGI_REL_CONJ && t[v].rel != DGI_REL_XCOMP && t[v].rel != DGI_REL_OBJ)
            break;
    }
    return DGI_NONE;
}

/* "seized and annexed the old province of X": land taken stands behind its verb, whatever the tree makes of it. */
static uint32_t land_behind(const struct coder *c, const struct draft *w, uint32_t s)
{
    enum { WORDS = 10 };
    if (w->nominal || w->passive || !dgi_lemma_has(&c->r, w->tok, DGI_LEX_TERRITORY))
        return DGI_NONE;
    for (uint32_t i = w->tok + 1; i < c->doc->sents[s].end && i - w->tok < WORDS; i++) {
        for (uint32_t k = c->places.first[s]; k < c->places.first[s + 1]; k++)
            if (c->doc->places[c->places.item[k]].first == i && !c->doc->places[c->places.item[k]].adjective)
                return c->places.item[k];
        if (c->r.upos[i] == DGI_PUNCT || dgi_is_finite(c->doc, i) ||
            (c->r.upos[i] == DGI_ADP && !dgi_tok_in(c->doc, i, DGI_W_OF)))
            return DGI_NONE;
    }
    return DGI_NONE;
}

/* Where the deed told last was, when the story goes on with another and names no place. */
static uint32_t place_of_story(const struct coder *c, const struct draft *w, uint32_t s)
{
    enum { STORY = 4 }; /* sentences */
    const struct dgi_doc *d = c->doc;
    if (!dgi_on_the_ground(w->frame->plover) || c->stmt[w->tok] != DGI_NONE)
        return DGI_NONE;
    for (uint32_t k = c->places.first[s]; k < c->places.first[s + 1]; k++)
        if (!d->places[c->places.item[k]].part)
            return DGI_NONE;
    for (uint32_t i = w->out; i-- > 0 && d->events[i].sentence + STORY >= s;)
        if (dgi_on_the_ground(d->events[i].plover) && d->events[i].place != DGI_NONE)
            return d->events[i].place;
    return DGI_NONE;
}

/* A march in a story of one land, whose places name no other: that land. */
static uint32_t land_of_story(const struct coder *c, const struct draft *w, uint32_t s)
{
    enum { MOST = 100, SHARE = 4 }; /* places looked at; as many of one land for each of another */
    const struct dgi_doc *d = c->doc;
    uint32_t same = 0, other = 0, land = DGI_NONE, n = d->n_places < MOST ? d->n_places : MOST;
    const char *iso = NULL;
    if (w->frame->plover != DGI_PROTEST)
        return DGI_NONE;
    for (uint32_t i = 0; i < n; i++) {
        const struct dgi_place *p = &d->places[i];
        if (!p->country[0] || p->adjective)
            continue;
        iso = iso ? iso : p->country;
        bool is = !strcmp(iso, p->country);
        same += is;
        other += !is;
        if (is && p->precision == DGI_PLACE_COUNTRY && p->first < d->n_toks && d->toks[p->first].sent < s)
            land = i;
    }
    return same >= SHARE * other ? land : DGI_NONE;
}

/* Is somebody in it of the state `iso`, and nobody of another? */
static bool only_of(const struct coder *c, const struct draft *w, const char *iso)
{
    bool one = false;
    for (int side = 0; side < 2; side++)
        for (uint32_t i = 0; i < w->side[side].n; i++) {
            const char *its = c->doc->entities[w->side[side].ref[i].entity].country;
            if (its[0] && strcmp(its, iso) != 0)
                return false;
            one = one || its[0];
        }
    return one;
}

/* "BOUAKE, Ivory Coast (Desk) - Ivorian gunmen shot dead a mayor": what the first paragraph sees happen and puts nowhere is where the
 * report was written, if somebody in it is of that state and nobody of another. */
static uint32_t place_of_dateline(const struct coder *c, const struct draft *w, uint32_t s)
{
    const struct dgi_doc *d = c->doc;
    uint32_t start = d->toks[d->sents[s].first].start, b = 0;
    if (!dgi_on_the_ground(w->frame->plover) || w->frame->plover == DGI_MOBILIZE || c->stmt[w->tok] != DGI_NONE)
        return DGI_NONE;
    for (uint32_t k = c->places.first[s]; k < c->places.first[s + 1]; k++)
        if (!d->places[c->places.item[k]].adjective)
            return DGI_NONE;
    while (b < d->n_blocks && !(d->blocks[b].span.start <= start && start < d->blocks[b].span.end))
        b++;
    if (b == d->n_blocks || d->blocks[b].dateline.end <= d->blocks[b].dateline.start)
        return DGI_NONE;
    for (uint32_t i = 0; i < d->n_places && d->places[i].span.start < d->blocks[b].dateline.end; i++) {
        const struct dgi_place *p = &d->places[i];
        if (p->first >= d->n_toks && p->span.start >= d->blocks[b].dateline.start)
            return p->precision == DGI_PLACE_CITY && only_of(c, w, p->country) ? i : DGI_NONE;
    }
    return DGI_NONE;
}

uint32_t dgi_told_place(const struct coder *c, const struct draft *w, uint32_t s)
{
    bool was = w->status == DGI_ST_ACTUAL || w->status == DGI_ST_HISTORICAL;
    uint32_t place = place_on_way(c, w, s);
    if (place == DGI_NONE)
        place = place_below(c, w, s);
    if (place == DGI_NONE)
        place = land_behind(c, w, s);
    if (!has_a_scene(w->frame->plover))
        return place;
    if (place == DGI_NONE && was)
        place = place_above(c, w, s);
    if (place == DGI_NONE)
        place = place_of_office(c, w);
    if (place == DGI_NONE && was)
        place = place_in_sentence(c, w, s);
    if (place == DGI_NONE && was && !w->negated)
        place = place_of_story(c, w, s);
    if (place == DGI_NONE && was && !w->negated)
        place = place_of_dateline(c, w, s);
    return place == DGI_NONE && was && !w->negated ? land_of_story(c, w, s) : place;
}
