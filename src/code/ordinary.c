/* SPDX-License-Identifier: Apache-2.0 */
/* code/ordinary.c: deeds of everyday life told in the words of politics: accidents, races for votes, what people of no office
 * say of themselves, what firms do among themselves.
 *
 * Reads   events in the making with their sides; classes accident, violence, mishap, contest, beats of function_words.tsv
 * Writes  frame and target of an event that is one of words, target of one that blames; else says that an event is none */
#include <string.h>

#include "code/coder.h"

enum { LOOK_BACK = 2 }; /* sentences before the event's own that tell what kind of disaster it is */

static bool sentence_has(const struct coder *c, uint32_t sent, enum dgi_word_set set)
{
    const struct dgi_sent *s = &c->doc->sents[sent];
    for (uint32_t t = s->first; t < s->end; t++)
        if (dgi_lemma_in(c->doc, t, set) && (c->r.upos[t] != DGI_PROPN || set == DGI_W_VIOLENCE))
            return true;
    return false;
}

/* "Sixteen miners were killed": of an accident, where the text near it speaks of one and of no violence. */
static bool in_accident(const struct coder *c, uint32_t sent)
{
    uint32_t from = sent > LOOK_BACK ? sent - LOOK_BACK : 0;
    for (uint32_t s = sent;; s--) {
        if (sentence_has(c, s, DGI_W_VIOLENCE))
            return false;
        if (sentence_has(c, s, DGI_W_ACCIDENT))
            return true;
        if (s == from)
            break;
    }
    return sent + 1 < c->doc->n_sents && !sentence_has(c, sent + 1, DGI_W_VIOLENCE) &&
           sentence_has(c, sent + 1, DGI_W_ACCIDENT);
}

/* A report of a disaster from end to end: nearly no sentence has a word of violence, and several have one of accidents. */
bool dgi_of_disaster(const struct coder *c)
{
    enum { LEAST = 3, TO_ONE = 8 };
    uint32_t mishaps = 0, violent = 0;
    for (uint32_t s = 0; s < c->doc->n_sents; s++) {
        bool named = false;
        for (uint32_t t = c->doc->sents[s].first; t < c->doc->sents[s].end && !named; t++)
            named = dgi_lemma_in(c->doc, t, DGI_W_ACCIDENT) || dgi_tok_in(c->doc, t, DGI_W_ACCIDENT);
        mishaps += named;
        violent += sentence_has(c, s, DGI_W_VIOLENCE);
    }
    return mishaps >= LEAST && violent * TO_ONE <= mishaps;
}

/* "A commuter train derailed, killing ten": the side only modifies the thing that did it; so does the "it" of a disaster. */
static bool by_modifiers(const struct coder *c, const struct actor_refs *a)
{
    for (uint32_t i = 0; i < a->n; i++) {
        if (c->disaster && a->ref[i].head != DGI_NONE && dgi_tok_in(c->doc, a->ref[i].head, DGI_W_IT))
            continue;
        uint8_t rel = a->ref[i].head == DGI_NONE ? DGI_REL_DEP : c->doc->toks[a->ref[i].head].rel;
        if (rel != DGI_REL_COMPOUND && rel != DGI_REL_AMOD)
            return false;
    }
    return true;
}

/* "The driver opened fire, killing six": another deed of the sentence is one of force. */
static bool by_force(const struct coder *c, const struct draft *w)
{
    uint32_t sent = c->doc->toks[w->tok].sent;
    const struct draft *end = c->w + c->n_w;
    for (const struct draft *x = w; x < end && c->doc->toks[x->tok].sent == sent; x++)
        if (x->frame->plover == DGI_ASSAULT && !x->used_up && !dgi_lemma_in(c->doc, x->tok, DGI_W_MISHAP))
            return true;
    for (const struct draft *x = w; x > c->w && c->doc->toks[x[-1].tok].sent == sent; x--)
        if (x[-1].frame->plover == DGI_ASSAULT && !x[-1].used_up && !dgi_lemma_in(c->doc, x[-1].tok, DGI_W_MISHAP))
            return true;
    return false;
}

static bool is_accident(const struct coder *c, const struct draft *w)
{
    return w->frame->plover == DGI_ASSAULT && dgi_lemma_in(c->doc, w->tok, DGI_W_MISHAP) &&
           by_modifiers(c, &w->side[DGI_SIDE_SOURCE]) && !by_force(c, w) &&
           (in_accident(c, c->doc->toks[w->tok].sent) ||
            (c->disaster && !sentence_has(c, c->doc->toks[w->tok].sent, DGI_W_VIOLENCE)));
}

/* "Rivera defeated Lopez": between two people a race or a match, unless weapons are spoken of. */
static bool is_race(const struct coder *c, const struct draft *w)
{
    if (w->frame->plover != DGI_ASSAULT || !dgi_lemma_in(c->doc, w->tok, DGI_W_BEATS))
        return false;
    for (int side = 0; side < DGI_N_SIDE; side++)
        for (uint32_t i = 0; i < w->side[side].n; i++) {
            uint8_t type = c->doc->entities[w->side[side].ref[i].entity].type;
            if (type != DGI_ENT_PERSON)
                return false;
        }
    uint32_t s = c->doc->toks[w->tok].sent;
    return w->side[DGI_SIDE_TARGET].n && !sentence_has(c, s, DGI_W_VIOLENCE) &&
           (w->side[DGI_SIDE_SOURCE].n || sentence_has(c, s, DGI_W_CONTEST));
}

/* What states do by words and deeds short of force; people do it among themselves every day. */
static bool is_everyday(uint8_t p)
{
    return p == DGI_AGREE || p == DGI_CONSULT || p == DGI_SUPPORT || p == DGI_CONCEDE || p == DGI_COOPERATE ||
           p == DGI_AID || p == DGI_REQUEST || p == DGI_REJECT || p == DGI_ACCUSE || p == DGI_RETREAT ||
           p == DGI_THREATEN;
}

/* A firm of trade; the bodies of states that deal in oil or money are none. */
static bool is_firm(const struct coder *c, const struct dgi_entity *e)
{
    return dgi_of_sector(c, e, DGI_W_SECTOR_TRADE) && !dgi_of_sector(c, e, DGI_W_SECTOR_STATES);
}

/* "Kenyan voters": their land is said and not only that of the report. */
static bool land_said(const struct coder *c, const struct dgi_ref *r)
{
    const struct dgi_tok *t = c->doc->toks;
    for (uint32_t ch = r->head == DGI_NONE ? DGI_NONE : t[r->head].first_child; ch != DGI_NONE; ch = t[ch].next_sib)
        if (t[ch].mention != DGI_NONE && c->doc->entities[c->doc->mentions[t[ch].mention].entity].country[0])
            return true;
    return r->head == DGI_NONE;
}

/* People of no office and of no land that the text tells, or nobody. Of what "I" and "we" tell, of no land that is said beside them. */
static bool all_unknown(const struct coder *c, const struct draft *w, bool told_by_one)
{
    for (int side = 0; side < DGI_N_SIDE; side++)
        for (uint32_t i = 0; i < w->side[side].n; i++) {
            const struct dgi_entity *e = &c->doc->entities[w->side[side].ref[i].entity];
            bool of_land = e->country[0] && !(told_by_one && !land_said(c, &w->side[side].ref[i]));
            if (e->type != DGI_ENT_ROLE || of_land || !dgi_of_sector(c, e, DGI_W_SECTOR_NO_OFFICE))
                return false;
        }
    return true;
}

/* "I asked them", "when they ask us": the one who speaks, or who is spoken to, stands in the sentence and is nobody known. */
static bool of_oneself(const struct coder *c, uint32_t tok)
{
    const struct dgi_sent *s = &c->doc->sents[c->doc->toks[tok].sent];
    for (uint32_t t = s->first; t < s->end; t++)
        if (dgi_tok_in(c->doc, t, DGI_W_SELF_OR_YOU))
            return true;
    return false;
}

/* "We welcome the change", said the premier. */
static bool of_known_speaker(const struct coder *c, uint32_t tok)
{
    uint32_t s = c->stmt[tok], who = s == DGI_NONE ? DGI_NONE : c->doc->statements[s].speaker;
    return who != DGI_NONE && c->doc->entities[who].political;
}

/* "When you criticise them, do you meet with refusal?": what somebody is asked about himself is not told to have happened. */
static bool is_asked(const struct coder *c, const struct draft *w)
{
    const struct dgi_sent *s = &c->doc->sents[c->doc->toks[w->tok].sent];
    bool you = false;
    for (uint32_t t = s->first; t < s->end && !you; t++)
        you = dgi_tok_in(c->doc, t, DGI_W_YOU);
    return you && is_everyday(w->frame->plover) && s->end > s->first &&
           dgi_str_is(c->doc->toks[s->end - 1].form, "?") && !of_known_speaker(c, w->tok);
}

static bool is_private(const struct coder *c, const struct draft *w)
{
    bool oneself = of_oneself(c, w->tok);
    if (!is_everyday(w->frame->plover) || w->parent != DGI_NONE || !all_unknown(c, w, oneself) ||
        of_known_speaker(c, w->tok))
        return false;
    bool any = w->side[DGI_SIDE_SOURCE].n || w->side[DGI_SIDE_TARGET].n;
    return oneself || (any && !c->political[c->doc->toks[w->tok].sent]);
}

/* "The bank refused" what a firm had asked; a firm of gas that goes by name may speak for its state. */
static bool are_roles(const struct coder *c, const struct actor_refs *a)
{
    for (uint32_t i = 0; i < a->n; i++)
        if (c->doc->entities[a->ref[i].entity].type != DGI_ENT_ROLE)
            return false;
    return true;
}

/* A firm, or people of private life. */
static bool is_customer(const struct coder *c, const struct dgi_entity *e)
{
    return is_firm(c, e) || (e->type == DGI_ENT_ROLE && dgi_of_sector(c, e, DGI_W_SECTOR_NO_OFFICE));
}

/* Does the sentence name anybody but firms and people of private life? */
static bool state_beside(const struct coder *c, uint32_t sent)
{
    const struct dgi_sent *s = &c->doc->sents[sent];
    for (uint32_t t = s->first; t < s->end; t++) {
        uint32_t m = c->doc->toks[t].mention;
        const struct dgi_entity *e = m == DGI_NONE ? NULL : &c->doc->entities[c->doc->mentions[m].entity];
        if (e && e->political && !is_customer(c, e) && !c->doc->mentions[m].locative)
            return true;
    }
    return false;
}

/* "The firm blocked the account", "the maker tested a rocket", "the shop helps its customers": what a firm does with what is its own. */
static bool is_its_own(const struct coder *c, const struct draft *w)
{
    uint8_t p = w->frame->plover;
    const struct actor_refs *a = &w->side[DGI_SIDE_SOURCE], *b = &w->side[DGI_SIDE_TARGET];
    if (!a->n || w->parent != DGI_NONE || (p != DGI_AID && p != DGI_COERCE && p != DGI_MOBILIZE && p != DGI_RETREAT))
        return false;
    for (uint32_t i = 0; i < a->n; i++)
        if (!is_firm(c, &c->doc->entities[a->ref[i].entity]))
            return false;
    for (uint32_t i = 0; i < b->n; i++)
        if (!is_customer(c, &c->doc->entities[b->ref[i].entity]))
            return false;
    return !state_beside(c, c->doc->toks[w->tok].sent);
}

/* "The brewer approved the draft", "the airline's offer to the bank": trade, not politics. */
static bool is_trade(const struct coder *c, const struct draft *w)
{
    uint8_t p = w->frame->plover;
    const struct actor_refs *a = &w->side[DGI_SIDE_SOURCE], *b = &w->side[DGI_SIDE_TARGET];
    bool alone = p == DGI_AGREE || p == DGI_SUPPORT || p == DGI_CONSULT || p == DGI_COOPERATE;
    bool between =
        b->n && (p == DGI_REQUEST || p == DGI_REJECT || p == DGI_THREATEN) && are_roles(c, a) && are_roles(c, b);
    if (!a->n || !(alone || between) || w->parent != DGI_NONE)
        return false;
    for (uint32_t i = 0; i < a->n; i++)
        if (!is_firm(c, &c->doc->entities[a->ref[i].entity]))
            return false;
    for (uint32_t i = 0; i < b->n; i++)
        if (!is_firm(c, &c->doc->entities[b->ref[i].entity]))
            return false;
    return b->n || !c->political[c->doc->toks[w->tok].sent];
}

/* "They agreed that it was a good book": of one mind about what is so, which binds nobody. */
static bool is_opinion(const struct coder *c, const struct draft *w)
{
    if (w->frame->plover != DGI_AGREE || w->nominal || !dgi_lemma_in(c->doc, w->tok, DGI_W_CONCUR))
        return false;
    uint32_t what = w->content_tok; /* "agreed with the Danes that it was late": the row asks for them, not for what */
    if (what == DGI_NONE)
        what = dgi_child_base(c->doc, w->tok, DGI_REL_CCOMP, DGI_NONE);
    const struct dgi_clause *k = what == DGI_NONE ? NULL : dgi_clause_at(c->doc, what);
    return k && k->mood == DGI_MOOD_INDICATIVE && k->finite && dgi_rel_base(c->doc->toks[what].rel) == DGI_REL_CCOMP;
}

bool dgi_is_ordinary(const struct coder *c, const struct draft *w)
{
    return !c->no_veto && /* `lexicon check` asks the rows, one sentence at a time */
           (is_accident(c, w) || is_race(c, w) || is_private(c, w) || is_asked(c, w) || is_trade(c, w) ||
            is_its_own(c, w) || is_opinion(c, w));
}

static bool all_persons(const struct coder *c, const struct actor_refs *a)
{
    for (uint32_t i = 0; i < a->n; i++)
        if (c->doc->entities[a->ref[i].entity].type != DGI_ENT_PERSON)
            return false;
    return a->n > 0;
}

static bool violence_beside(const struct coder *c, uint32_t tok)
{
    const struct dgi_sent *s = &c->doc->sents[c->doc->toks[tok].sent];
    for (uint32_t t = s->first; t < s->end; t++)
        if (t != tok && dgi_lemma_in(c->doc, t, DGI_W_VIOLENCE))
            return true;
    return false;
}

/* "his attacks on postal voting": on what is neither somebody nor a place. */
static bool on_a_thing(const struct coder *c, uint32_t noun)
{
    const struct dgi_tok *t = c->doc->toks;
    for (uint32_t ch = t[noun].first_child; ch != DGI_NONE; ch = t[ch].next_sib)
        if (t[ch].rel == DGI_REL_NMOD && dgi_prep_is(&c->r, ch, DGI_PREP_ON) && t[ch].mention == DGI_NONE &&
            t[ch].name == DGI_NAME_O && !dgi_lemma_has(&c->r, ch, DGI_LEX_STRUCK))
            return true;
    return false;
}

/* "Salas attacked Ortiz in the debate", "his attacks on postal voting": a politician does so with words. */
void dgi_take_for_words(struct coder *c)
{
    const struct reader_row *accuse = &c->t->reader[DGI_ACCUSE];
    for (uint32_t i = 0; accuse->known && !c->no_veto && i < c->n_w; i++) {
        struct draft *w = &c->w[i];
        bool at_a_person = !w->nominal && all_persons(c, &w->side[DGI_SIDE_TARGET]);
        bool at_a_thing = w->nominal && !w->side[DGI_SIDE_TARGET].n && on_a_thing(c, w->tok);
        if (!w->used_up && w->frame->plover == DGI_ASSAULT && dgi_lemma_in(c->doc, w->tok, DGI_W_RAIL) &&
            all_persons(c, &w->side[DGI_SIDE_SOURCE]) && (at_a_person || at_a_thing) && !violence_beside(c, w->tok))
            w->frame = &accuse->frame;
    }
}

/* Does it stand within the phrase of a noun? */
static bool all_within(const struct coder *c, const struct actor_refs *a, uint32_t noun)
{
    uint32_t first, end;
    dgi_subtree(c->doc, noun, &first, &end);
    for (uint32_t i = 0; i < a->n; i++)
        if (a->ref[i].head == DGI_NONE || a->ref[i].head < first || a->ref[i].head >= end)
            return false;
    return a->n > 0;
}

/* "Oslo denounced the killing of two monks": whom it befell is not blamed for it; who did it is. */
void dgi_blame_doers(struct coder *c)
{
    for (uint32_t i = 0; !c->no_veto && i < c->n_w; i++) {
        const struct draft *deed = &c->w[i];
        uint8_t p = deed->frame->plover;
        if (deed->dropped || deed->parent == DGI_NONE || !deed->nominal || (p != DGI_ASSAULT && p != DGI_COERCE))
            continue;
        struct draft *w = &c->w[deed->parent];
        uint32_t obj = dgi_child_base(c->doc, w->tok, DGI_REL_OBJ, DGI_NONE);
        if (w->frame->plover == DGI_ACCUSE && !w->nominal && obj == deed->tok && w->side[DGI_SIDE_SOURCE].n &&
            all_within(c, &w->side[DGI_SIDE_TARGET], deed->tok) &&
            dgi_refs_same(&w->side[DGI_SIDE_TARGET], &deed->side[DGI_SIDE_TARGET]) &&
            !dgi_refs_same(&w->side[DGI_SIDE_SOURCE], &deed->side[DGI_SIDE_SOURCE]))
            w->side[DGI_SIDE_TARGET] = deed->side[DGI_SIDE_SOURCE];
    }
}
