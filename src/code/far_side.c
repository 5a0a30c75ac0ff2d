/* SPDX-License-Identifier: Apache-2.0 */
/* code/far_side.c: the other side of an idiom, and of giving way or going back, that stands elsewhere in its sentence.
 *
 * Reads   mentions, entities, statements, tree; places of meetings
 * Writes  draft.side[], draft.far
 *
 * "Cuba pulled up stakes and left the province to the Angolan army", "Accra ate its words after the envoys of Togo had called":
 * an idiom is said of two, but its own words rarely hold both. Where the sentence names one power beside the one that acts, and
 * not as the reporter's source, it is meant. */
#include <string.h>

#include "code/coder.h"
#include "resolve/own_place.h"

enum { MOST_UP = 6 }; /* steps up the tree */

static const char military[] = "087"; /* CAMEO: ease what is done by force */

static bool is_power(const struct coder *c, const struct dgi_entity *e)
{
    if (!e->political || !e->actor.len || dgi_of_sector(c, e, DGI_W_SECTOR_NO_POWER))
        return false;
    return e->type == DGI_ENT_COUNTRY || e->type == DGI_ENT_GROUP || e->type == DGI_ENT_ORG || e->country[0];
}

/* A state and its people are one; who fights in a country is not its government. */
static bool same_power(const struct dgi_entity *a, const struct dgi_entity *b)
{
    return a == b || (a->country[0] && !strcmp(a->country, b->country) &&
                      (a->type == DGI_ENT_GROUP) == (b->type == DGI_ENT_GROUP));
}

/* Is it said by the reporter's source, or by one of his ("a Chadian officer said")? */
static bool is_speaker(const struct coder *c, const struct dgi_mention *m)
{
    const struct dgi_tok *t = c->doc->toks;
    const struct dgi_sent *s = &c->doc->sents[t[m->head].sent];
    uint32_t h = m->head;
    for (uint32_t i = s->first; i < s->end; i++) {
        const struct dgi_statement *q = c->cue[i] == DGI_NONE ? NULL : &c->doc->statements[c->cue[i]];
        if (q && q->speaker_span.start < m->span.end && m->span.start < q->speaker_span.end)
            return true;
    }
    for (int up = 0; up < MOST_UP && t[h].head != DGI_NONE; up++, h = t[h].head)
        if (dgi_rel_base(t[h].rel) == DGI_REL_NSUBJ)
            return c->cue[t[h].head] != DGI_NONE;
    return false;
}

static bool has_child_in(const struct coder *c, uint32_t h, uint8_t rel, enum dgi_word_set set)
{
    const struct dgi_tok *t = c->doc->toks;
    for (uint32_t ch = t[h].first_child; ch != DGI_NONE; ch = t[ch].next_sib)
        if (t[ch].rel == rel && dgi_tok_in(c->doc, ch, set))
            return true;
    return false;
}

/* A relative clause of a day, or behind a comma; "the blame for the shells that fell on Togo" tells who is meant. */
static bool is_set_off(const struct coder *c, uint32_t clause)
{
    uint32_t first, end, noun = c->doc->toks[clause].head;
    dgi_subtree(c->doc, clause, &first, &end);
    return (noun != DGI_NONE && c->r.is_time[noun]) || (first > 0 && c->r.upos[first - 1] == DGI_PUNCT) ||
           (first < end && c->r.upos[first] == DGI_PUNCT);
}

/* "the day Poland went to the polls", "while Poland voted", "unlike Poland": told beside it, in a clause that the trigger does
 * not stand in, or only compared. */
static bool is_aside(const struct coder *c, const struct draft *w, const struct dgi_mention *m)
{
    const struct dgi_tok *t = c->doc->toks;
    uint32_t h = m->head;
    if (has_child_in(c, h, DGI_REL_CASE, DGI_W_UNLIKE))
        return true;
    for (int up = 0; up < MOST_UP && h != DGI_NONE && h != w->tok; up++, h = t[h].head)
        if ((t[h].rel == DGI_REL_ACL_RELCL && is_set_off(c, h)) || has_child_in(c, h, DGI_REL_MARK, DGI_W_WHILE))
            return !dgi_dominates(c->doc, h, w->tok);
    return false;
}

/* "a Japanese scholar": of a land, and of no office in it */
static bool is_private(const struct coder *c, const struct dgi_entity *e)
{
    return e->type == DGI_ENT_ROLE && dgi_of_sector(c, e, DGI_W_SECTOR_NO_OFFICE);
}

/* May the mention be the other side of w? */
bool dgi_may_be_meant(const struct coder *c, const struct draft *w, const struct dgi_mention *m)
{
    const struct dgi_entity *e = c->doc->entities;
    const struct actor_refs *s = &w->side[DGI_SIDE_SOURCE];
    if (m->kind == DGI_MENTION_PRONOUN || !is_power(c, &e[m->entity]) || is_private(c, &e[m->entity]) ||
        is_speaker(c, m) || is_aside(c, w, m) || dgi_is_broker(c, m->head))
        return false;
    if (m->locative && (w->frame->plover != DGI_RETREAT || dgi_is_venue(c->actors, c->doc, m->head)))
        return false;
    for (uint32_t i = 0; i < s->n; i++)
        if (same_power(&e[s->ref[i].entity], &e[m->entity]))
            return false;
    return true;
}

uint32_t dgi_mentions_from(const struct dgi_doc *d, uint32_t first)
{
    uint32_t lo = 0, hi = d->n_mentions;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (d->mentions[mid].first < first)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

/* "Standing pat, Pretoria told London": a participle that opens the sentence tells what its subject does. */
static bool opens_told(const struct coder *c, uint32_t v)
{
    const struct dgi_tok *t = c->doc->toks;
    return t[v].rel == DGI_REL_ADVCL && v == c->doc->sents[t[v].sent].first && t[v].head > v &&
           dgi_form(c->doc, v) == DGI_FORM_ING;
}

/* "stuck to its guns when Oslo asked", "threw down their guns, telling Colombo that": who acts in a clause that hangs on the
 * trigger, or whom the deeds joined to it are done to ("laying its cards on the table, Cairo handed Athens a list"). */
static bool in_joined_deed(const struct coder *c, uint32_t v, const struct dgi_mention *m)
{
    const struct dgi_tok *t = c->doc->toks;
    uint32_t h = m->head;
    for (int up = 0; up < MOST_UP && t[h].rel == DGI_REL_CONJ && t[h].head != DGI_NONE; up++)
        h = t[h].head;
    uint8_t rel = dgi_rel_base(t[h].rel);
    if ((rel == DGI_REL_AMOD || t[h].rel == DGI_REL_NMOD_POSS) && t[h].head != DGI_NONE)
        h = t[h].head;
    uint32_t deed = t[h].head;
    bool main = deed != DGI_NONE && deed == t[v].head && opens_told(c, v);
    if (deed == DGI_NONE || (!main && t[deed].head != v))
        return false;
    bool clause = !main && dgi_rel_base(t[deed].rel) == DGI_REL_ADVCL;
    if (!main && !clause && t[deed].rel != DGI_REL_CONJ)
        return false;
    switch (dgi_rel_base(t[h].rel)) {
    case DGI_REL_NSUBJ: return clause;
    case DGI_REL_OBJ:
    case DGI_REL_IOBJ:
    case DGI_REL_OBL: return true;
    default: return false;
    }
}

/* "threw out the quota that Oslo had pencilled in": who acts in a clause that tells which one is meant. */
static bool in_relative(const struct coder *c, uint32_t v, const struct dgi_mention *m)
{
    const struct dgi_tok *t = c->doc->toks;
    uint32_t deed = dgi_rel_base(t[m->head].rel) == DGI_REL_NSUBJ ? t[m->head].head : DGI_NONE;
    return deed != DGI_NONE && t[deed].rel == DGI_REL_ACL_RELCL && dgi_dominates(c->doc, v, deed);
}

/* "ruled out talks until India leaves", "will not sign unless Oslo pays": who could change its mind. */
static bool in_condition(const struct coder *c, uint32_t v, const struct dgi_mention *m)
{
    const struct dgi_tok *t = c->doc->toks;
    uint32_t h = m->head;
    if ((dgi_rel_base(t[h].rel) == DGI_REL_AMOD || t[h].rel == DGI_REL_NMOD_POSS) && t[h].head != DGI_NONE)
        h = t[h].head; /* "until Indian soldiers leave" */
    uint32_t deed = dgi_rel_base(t[h].rel) == DGI_REL_NSUBJ ? t[h].head : DGI_NONE;
    return deed != DGI_NONE && deed > v && dgi_rel_base(t[deed].rel) == DGI_REL_ADVCL &&
           (has_child_in(c, deed, DGI_REL_MARK, DGI_W_UNTIL) || has_child_in(c, deed, DGI_REL_MARK, DGI_W_CONDITION)) &&
           dgi_dominates(c->doc, v, deed);
}

/* The first of the clauses that one is joined to or completes: "sent up fighters and [readied]", "ordered forces [raised]". */
static uint32_t first_clause(const struct coder *c, uint32_t v)
{
    const struct dgi_tok *t = c->doc->toks;
    for (int up = 0; up < MOST_UP && t[v].head != DGI_NONE; up++, v = t[v].head)
        if (t[v].rel != DGI_REL_CONJ && dgi_rel_base(t[v].rel) != DGI_REL_XCOMP)
            break;
    return v;
}

static bool is_in_arms(const struct coder *c, const struct dgi_entity *e, uint32_t deed)
{
    const struct draft *d = c->ev[deed] == DGI_NONE ? NULL : &c->w[c->ev[deed]];
    if (dgi_of_sector(c, e, DGI_W_SECTOR_ARMS))
        return true;
    return d && (d->frame->plover == DGI_ASSAULT || d->frame->plover == DGI_MOBILIZE ||
                 d->frame->plover == DGI_THREATEN || d->frame->plover == DGI_COERCE);
}

/* "readied its missiles when Chinese jets flew in", "ordered forces raised as Chinese armies pressed south": whose deed it meets. */
static bool in_deed_met(const struct coder *c, uint32_t v, const struct dgi_mention *m)
{
    const struct dgi_tok *t = c->doc->toks;
    uint32_t h = m->head, deed;
    if ((dgi_rel_base(t[h].rel) == DGI_REL_AMOD || t[h].rel == DGI_REL_NMOD_POSS) && t[h].head != DGI_NONE)
        h = t[h].head;
    deed = dgi_rel_base(t[h].rel) == DGI_REL_NSUBJ ? t[h].head : DGI_NONE;
    return deed != DGI_NONE && deed > v && dgi_rel_base(t[deed].rel) == DGI_REL_ADVCL && t[deed].head != DGI_NONE &&
           first_clause(c, t[deed].head) == first_clause(c, v) &&
           (is_in_arms(c, &c->doc->entities[m->entity], deed) || dgi_lemma_has(&c->r, h, DGI_LEX_FIGHTS_WITH));
}

enum where { IN_JOINED_DEED, IN_DEED_MET, ON_TRIGGER, IN_RELATIVE, IN_CONDITION, IN_SENTENCE };

static bool stands_where(const struct coder *c, uint32_t tok, enum where where, const struct dgi_mention *m)
{
    if (where == IN_SENTENCE)
        return true;
    if (where == IN_DEED_MET)
        return in_deed_met(c, tok, m);
    if (where == IN_RELATIVE)
        return in_relative(c, tok, m);
    if (where == IN_CONDITION)
        return in_condition(c, tok, m);
    return where == ON_TRIGGER ? dgi_dominates(c->doc, tok, m->head) : in_joined_deed(c, tok, m);
}

/* The one power among the mentions of the sentence that stand there; false: more than one. */
static bool one_power(const struct coder *c, const struct draft *w, enum where where, struct actor_refs *out)
{
    const struct dgi_sent *s = &c->doc->sents[c->doc->toks[w->tok].sent];
    const struct dgi_entity *e = c->doc->entities;
    uint32_t first = DGI_NONE;
    for (uint32_t i = dgi_mentions_from(c->doc, s->first); i < c->doc->n_mentions; i++) {
        const struct dgi_mention *m = &c->doc->mentions[i];
        if (m->first >= s->end)
            break;
        if (!stands_where(c, w->tok, where, m) || !dgi_may_be_meant(c, w, m))
            continue;
        if (first != DGI_NONE && !same_power(&e[c->doc->mentions[first].entity], &e[m->entity]))
            return false;
        if (first == DGI_NONE)
            first = i;
    }
    if (first != DGI_NONE)
        dgi_actors_at(c, c->doc->mentions[first].head, true, out, 0);
    return true;
}

/* Powers act, not "the Peruvian tailor": the subject itself is one, or what it fights with ("Peruvian destroyers"). */
bool dgi_is_by_power(const struct coder *c, const struct draft *w)
{
    const struct dgi_tok *t = c->doc->toks;
    const struct actor_refs *s = &w->side[DGI_SIDE_SOURCE];
    for (uint32_t i = 0; i < s->n; i++) {
        uint32_t h = s->ref[i].head, m = h == DGI_NONE ? DGI_NONE : t[h].mention;
        if (m == DGI_NONE || !is_power(c, &c->doc->entities[s->ref[i].entity]))
            return false;
        bool adj = c->doc->mentions[m].adjectival || c->doc->mentions[m].head != h;
        if (adj && (t[h].head == DGI_NONE || !dgi_lemma_has(&c->r, t[h].head, DGI_LEX_FIGHTS_WITH)))
            return false;
    }
    return s->n > 0;
}

/* "The farmer ploughed his furrow", "the president ploughed his own": who holds power, of a state or of none that is named. */
bool dgi_are_mighty(const struct coder *c, const struct draft *w, uint32_t side, bool perhaps)
{
    const struct actor_refs *s = &w->side[side];
    for (uint32_t i = 0; i < s->n; i++) {
        const struct dgi_entity *e = &c->doc->entities[s->ref[i].entity];
        bool named = perhaps && (e->type == DGI_ENT_PERSON || e->type == DGI_ENT_ORG);
        if (dgi_of_sector(c, e, DGI_W_SECTOR_NO_POWER) || !(e->political || named))
            return false;
    }
    return s->n > 0;
}

/* Does it stand in the main clause, alone or joined to it? What is asked or agreed has its sides from there. */
static bool is_told(const struct coder *c, uint32_t v)
{
    const struct dgi_tok *t = c->doc->toks;
    if (t[v].head != DGI_NONE && opens_told(c, v))
        v = t[v].head;
    for (int up = 0; up < MOST_UP && t[v].rel == DGI_REL_CONJ && t[v].head != DGI_NONE; up++)
        v = t[v].head;
    return t[v].head == DGI_NONE;
}

static bool is_massing(const struct frame *f)
{
    return f->plover == DGI_MOBILIZE && !(f->flags & FRAME_RUN);
}

static bool is_refusal(const struct frame *f)
{
    return f->plover == DGI_REJECT && !(f->flags & FRAME_RUN);
}

/* A fixed expression, a refusal of what another has made, giving way, going back from where one fights: what is done before
 * another power. */
static bool is_before_another(const struct coder *c, const struct draft *w)
{
    const struct frame *f = w->frame;
    if (f->flags & FRAME_RUN || is_refusal(f) || is_massing(f) || f->plover == DGI_AGREE)
        return true;
    return is_told(c, w->tok) &&
           (f->plover == DGI_CONCEDE || (f->plover == DGI_RETREAT && !strncmp(f->cameo, military, strlen(military))));
}

/* "sent 4,000 men to Kuwait": where troops go, not against whom. */
static bool only_where_to(const struct coder *c, const struct actor_refs *a)
{
    const struct dgi_tok *t = c->doc->toks;
    for (uint32_t i = 0; i < a->n; i++)
        if (c->doc->entities[a->ref[i].entity].type != DGI_ENT_COUNTRY || a->ref[i].head == DGI_NONE ||
            dgi_rel_base(t[a->ref[i].head].rel) != DGI_REL_OBL || !dgi_prep_is(&c->r, a->ref[i].head, DGI_PREP_TO))
            return false;
    return true;
}

/* "ate its words over a trawler": one gives way to a power, not to a boat. */
static bool about_nobody(const struct coder *c, const struct draft *w)
{
    const struct actor_refs *a = &w->side[DGI_SIDE_TARGET];
    if (is_massing(w->frame))
        return only_where_to(c, a);
    for (uint32_t i = 0; i < a->n; i++)
        if (is_power(c, &c->doc->entities[a->ref[i].entity]))
            return false;
    return !a->n ||
           (w->frame->flags & FRAME_RUN && (w->frame->plover == DGI_CONCEDE || w->frame->plover == DGI_RETREAT));
}

bool dgi_may_lack_side(const struct coder *c, uint32_t tok, const struct frame *f, bool read)
{
    switch (f->plover) {
    case DGI_CONCEDE:
    case DGI_RETREAT: return true;
    case DGI_REJECT:
    case DGI_THREATEN:
    case DGI_SANCTION:
    case DGI_MOBILIZE: return !read && is_told(c, tok);
    default: return !read && opens_told(c, tok);
    }
}

bool dgi_fill_far_side(const struct coder *c, struct draft *w)
{
    struct actor_refs far = {.n = 0};
    if (w->nominal || !about_nobody(c, w) || w->frame->role[ROLE_TARGET].none || !dgi_is_by_power(c, w) ||
        !is_before_another(c, w) || ((w->frame->flags & FRAME_RECIP) && w->side[DGI_SIDE_SOURCE].n > 1))
        return false;
    bool run = w->frame->flags & FRAME_RUN;
    if (is_massing(w->frame))
        one_power(c, w, IN_DEED_MET, &far);
    else if (w->frame->plover == DGI_AGREE && !run) /* "consented to cuts that the lenders had laid down" */
        one_power(c, w, IN_RELATIVE, &far);
    else if (is_refusal(w->frame)) {
        if (one_power(c, w, IN_RELATIVE, &far) && !far.n)
            one_power(c, w, IN_CONDITION, &far);
    } else if ((!one_power(c, w, IN_JOINED_DEED, &far) || !far.n) && one_power(c, w, ON_TRIGGER, &far) && !far.n)
        one_power(c, w, IN_SENTENCE, &far);
    w->far = far.n > 0;
    if (!w->far)
        return false;
    w->side[DGI_SIDE_TARGET] = far;
    dgi_trace_add(c->doc, w->tok, "target", "the one other power of the sentence");
    return true;
}
