/* SPDX-License-Identifier: Apache-2.0 */
/* code/answered.c: whose word or deed it is that somebody answers, where his clause only points back to it.
 *
 * Reads   events in the making with their sides, in the order of the text
 * Writes  nothing kept: who is answered
 *
 * "Togo offered to mediate. Chad waved the offer away": the offer is Togo's. "Kenyan police closed the bridge. Uganda called the
 * step unfriendly": the step is theirs. Asked only where the clause names nobody else: its object is a pronoun for what was
 * said, or one definite noun of the class that fits (`answered`, `charged`, `deed` of grammar.tsv), which says no more than that.
 * A refusal answers the last who asked, offered, threatened; a charge the last deed. Who is not named there is not guessed. */
#include <string.h>

#include "code/coder.h"

enum { BACK_SENTS = 2, PRONOUN_SENTS = 1, DEED_SENTS = 8, NAMED_SENTS = 30, MOST_BACK = 24, MOST_UP = 5, STEM = 4 };

enum back { BACK_NONE, BACK_WORD, BACK_CHARGE, BACK_DEED, BACK_BLAME };

/* "the raid", "that offer": definite, and with nothing below it that would tell whose */
static bool bare_definite(const struct coder *c, uint32_t n)
{
    const struct dgi_tok *t = c->doc->toks;
    bool known = false;
    for (uint32_t ch = t[n].first_child; ch != DGI_NONE; ch = t[ch].next_sib) {
        uint8_t base = dgi_rel_base(t[ch].rel);
        known = known || (t[ch].rel == DGI_REL_DET &&
                          (dgi_tok_in(c->doc, ch, DGI_W_DEFINITE) || dgi_tok_in(c->doc, ch, DGI_W_ACTOR_BOTH)));
        if (t[ch].rel == DGI_REL_NMOD_POSS || base == DGI_REL_NMOD || base == DGI_REL_CONJ || t[ch].mention != DGI_NONE)
            return false;
    }
    return known;
}

/* To what a word under the trigger points back, for an event of that type. */
static enum back points_to(const struct coder *c, const struct draft *w, uint32_t o)
{
    bool charge = w->frame->plover == DGI_ACCUSE, praise = w->frame->plover == DGI_SUPPORT;
    if (c->r.upos[o] == DGI_PRON && praise)
        return c->doc->toks[o].mention == DGI_NONE ? BACK_DEED : BACK_NONE;
    if (c->r.upos[o] == DGI_PRON) {
        if (c->doc->toks[o].mention != DGI_NONE)
            return BACK_NONE;
        return charge ? BACK_DEED : BACK_WORD;
    }
    if (!bare_definite(c, o))
        return BACK_NONE;
    if (charge || (praise && dgi_lemma_has(&c->r, o, DGI_LEX_DEED)))
        return dgi_lemma_has(&c->r, o, DGI_LEX_DEED) ? BACK_DEED : BACK_NONE;
    if (dgi_lemma_has(&c->r, o, DGI_LEX_CHARGED))
        return BACK_CHARGE;
    return dgi_lemma_has(&c->r, o, DGI_LEX_ANSWERED) ? BACK_WORD : BACK_NONE;
}

/* A verb with nothing behind it that says what is refused. */
static bool is_bare(const struct coder *c, uint32_t v)
{
    const struct dgi_tok *t = c->doc->toks;
    for (uint32_t ch = t[v].first_child; ch != DGI_NONE; ch = t[ch].next_sib) {
        uint8_t base = dgi_rel_base(t[ch].rel);
        if (base == DGI_REL_CCOMP || base == DGI_REL_XCOMP || base == DGI_REL_ADVCL ||
            (base == DGI_REL_OBL && !c->r.is_time[ch]))
            return false;
    }
    return true;
}

static enum back points_back(const struct coder *c, const struct draft *w)
{
    struct dgi_fill f = {{0}, 0};
    uint8_t p = w->frame->plover;
    if (p != DGI_REJECT && p != DGI_AGREE && p != DGI_ACCUSE && p != DGI_SUPPORT)
        return BACK_NONE;
    if (w->nominal) /* "joined in the criticism": of whom the others criticised */
        return p == DGI_ACCUSE && w->light && bare_definite(c, w->tok) ? BACK_BLAME : BACK_NONE;
    dgi_objects(&c->r, w->tok, &f);
    if (!f.n && p == DGI_REJECT && is_bare(c, w->tok)) /* "The premier refused." */
        return BACK_WORD;
    return f.n == 1 ? points_to(c, w, f.tok[0]) : BACK_NONE;
}

/* How many sentences back it may point: "it" is what was just told, "the offer" may have been made before that. */
static uint32_t back_sents(const struct coder *c, const struct draft *w)
{
    struct dgi_fill f = {{0}, 0};
    if (!w->nominal)
        dgi_objects(&c->r, w->tok, &f);
    return f.n == 1 && c->r.upos[f.tok[0]] == DGI_PRON ? PRONOUN_SENTS : BACK_SENTS;
}

static bool answers(enum back back, uint8_t plover)
{
    switch (plover) {
    case DGI_REQUEST:
    case DGI_AGREE: return back == BACK_WORD;
    case DGI_THREATEN: return back == BACK_WORD || back == BACK_DEED;
    case DGI_ACCUSE: return back == BACK_CHARGE || back == BACK_BLAME;
    case DGI_ASSAULT:
    case DGI_MOBILIZE:
    case DGI_COERCE:
    case DGI_SANCTION: return back == BACK_DEED;
    default: return false;
    }
}

/* Is one of them on both, or somebody of the same state? */
static bool of_ours(const struct coder *c, const struct actor_refs *a, const struct actor_refs *b)
{
    return dgi_refs_same(a, b) || dgi_refs_share(c, a, b);
}

/* Powers by name or by their state; "attackers" are nobody whom one could answer. */
static bool are_known(const struct coder *c, const struct actor_refs *side)
{
    for (uint32_t i = 0; i < side->n; i++) {
        const struct dgi_entity *e = &c->doc->entities[side->ref[i].entity];
        if (!e->political || (e->type == DGI_ENT_ROLE && !e->country[0]))
            return false;
    }
    return side->n > 0;
}

/* Do a deed's noun and a word of the text come from one stem: "landing" and "land", "occupation" and "occupy"? */
static bool same_stem(dg_str a, dg_str b)
{
    size_t n = 0, least = a.len < b.len ? a.len : b.len;
    while (n < least && (a.ptr[n] | 0x20) == (b.ptr[n] | 0x20))
        n++;
    return n >= STEM && n * 3 >= least * 2;
}

/* Who did it, where the text told of the deed by the word that the noun is made of: "troops landed" for "condemned the landing". */
static struct actor_refs doer_by_name(const struct coder *c, struct draft *const *order, uint32_t at)
{
    const struct draft *w = order[at];
    const struct dgi_tok *t = c->doc->toks;
    struct actor_refs none = {.n = 0};
    struct dgi_fill f = {{0}, 0};
    if (w->nominal)
        return none;
    dgi_objects(&c->r, w->tok, &f);
    if (f.n != 1 || c->r.upos[f.tok[0]] != DGI_NOUN)
        return none;
    for (uint32_t i = at, k = 0; i-- > 0 && k < MOST_BACK * 2 && t[order[i]->tok].sent + NAMED_SENTS >= t[w->tok].sent;
         k++) {
        const struct draft *p = order[i];
        const struct actor_refs *who = &p->side[DGI_SIDE_SOURCE];
        if (answers(BACK_DEED, p->frame->plover) && !p->negated && are_known(c, who) &&
            same_stem(t[f.tok[0]].lemma, t[p->tok].lemma) && !of_ours(c, who, &w->side[DGI_SIDE_SOURCE]))
            return *who;
    }
    return none;
}

/* "sent policemen to the north, which Togo calls a breach", "closed the port, a step that Mali condemned": the deed of the clause
 * that the relative clause hangs in. */
static struct actor_refs doer_of_clause(const struct coder *c, const struct draft *w)
{
    const struct dgi_tok *t = c->doc->toks;
    struct actor_refs none = {.n = 0};
    uint8_t p = w->frame->plover;
    uint32_t x = t[w->tok].head;
    bool relative = t[w->tok].rel == DGI_REL_ACL_RELCL || t[w->tok].rel == DGI_REL_ADVCL_RELCL;
    if (w->nominal || !relative || x == DGI_NONE || (p != DGI_ACCUSE && p != DGI_SUPPORT && p != DGI_REJECT))
        return none;
    uint32_t m = t[x].mention;
    if (m != DGI_NONE && !c->doc->mentions[m].locative)
        return none; /* about somebody */
    for (int k = 0; k < MOST_UP && x != DGI_NONE; k++, x = t[x].head) {
        const struct draft *e = c->ev[x] == DGI_NONE ? NULL : &c->w[c->ev[x]];
        if (e && !e->dropped && !e->nominal && e != w)
            return are_known(c, &e->side[DGI_SIDE_SOURCE]) &&
                           !of_ours(c, &e->side[DGI_SIDE_SOURCE], &w->side[DGI_SIDE_SOURCE])
                       ? e->side[DGI_SIDE_SOURCE]
                       : none;
    }
    return none;
}

/* The one power whose deeds the text told in the sentences further back; of two, none. */
static struct actor_refs doer_further_back(const struct coder *c, struct draft *const *order, uint32_t at)
{
    const struct draft *w = order[at];
    const struct dgi_tok *t = c->doc->toks;
    struct actor_refs found = {.n = 0};
    for (uint32_t i = at, k = 0; i-- > 0 && k < MOST_BACK && t[order[i]->tok].sent + DEED_SENTS >= t[w->tok].sent;
         k++) {
        const struct draft *p = order[i];
        const struct actor_refs *who = &p->side[DGI_SIDE_SOURCE];
        if (!answers(BACK_DEED, p->frame->plover) || p->negated || !are_known(c, who) ||
            of_ours(c, who, &w->side[DGI_SIDE_SOURCE]))
            continue;
        if (found.n && !of_ours(c, &found, who)) {
            found.n = 0;
            return found;
        }
        if (!found.n)
            found = *who;
    }
    return found;
}

/* "Jordan defended the invasion": who speaks of a deed is not who did it, whatever its slots say. */
static bool of_its_judge(const struct coder *c, const struct draft *p)
{
    uint32_t h = c->doc->toks[p->tok].head, e = h == DGI_NONE ? h : c->ev[h];
    uint8_t type = e == DGI_NONE ? 0 : c->w[e].frame->plover;
    return e != DGI_NONE && (type == DGI_SUPPORT || type == DGI_ACCUSE || type == DGI_REJECT) &&
           dgi_refs_same(&p->side[DGI_SIDE_SOURCE], &c->w[e].side[DGI_SIDE_SOURCE]);
}

struct actor_refs dgi_answered(const struct coder *c, struct draft *const *order, uint32_t at)
{
    const struct draft *w = order[at];
    const struct dgi_tok *t = c->doc->toks;
    struct actor_refs none = {.n = 0};
    enum back back = points_back(c, w);
    if (!are_known(c, &w->side[DGI_SIDE_SOURCE]))
        return none;
    struct actor_refs named = doer_of_clause(c, w);
    if (named.n || back == BACK_NONE)
        return named;
    if (back == BACK_DEED && (named = doer_by_name(c, order, at)).n)
        return named;
    uint32_t reach = back_sents(c, w);
    for (uint32_t i = at, k = 0; i-- > 0 && k < MOST_BACK && t[order[i]->tok].sent + reach >= t[w->tok].sent; k++) {
        const struct draft *p = order[i];
        const struct actor_refs *who = &p->side[back == BACK_BLAME ? DGI_SIDE_TARGET : DGI_SIDE_SOURCE];
        if (!answers(back, p->frame->plover) || p->negated || of_ours(c, who, &w->side[DGI_SIDE_SOURCE]))
            continue;
        if (p->nominal && (!who->n || of_its_judge(c, p)))
            continue;
        if (back != BACK_DEED && back != BACK_BLAME && p->frame->plover != DGI_AGREE && p->side[DGI_SIDE_TARGET].n &&
            !of_ours(c, &p->side[DGI_SIDE_TARGET], &w->side[DGI_SIDE_SOURCE]) &&
            !of_ours(c, &p->side[DGI_SIDE_TARGET], who))
            continue; /* asked of somebody else */
        const bool to_his_face =
            back == BACK_WORD && who->n && dgi_refs_same(&p->side[DGI_SIDE_TARGET], &w->side[DGI_SIDE_SOURCE]);
        return to_his_face || are_known(c, who) ? *who : none;
    }
    return back == BACK_DEED ? doer_further_back(c, order, at) : none;
}
