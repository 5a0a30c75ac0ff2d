/* SPDX-License-Identifier: Apache-2.0 */
/* clause/repair.c: words that the parser hangs in the wrong place.
 *
 * Reads   tree, forms, mentions; the lexicon's word on control
 * Writes  nothing: each answers where the word would hang in a right tree
 *
 * Gains are those of docs/stages/clause.md: what is lost when the repair alone is switched off, gold/dev in points of F1
 * (who: both actors right; items: the board), cases of ../shared/cases and examples of the frame tables in numbers. */
#include "clause/repair.h"

enum { MAX_FLAT = 4 }; /* words of a name, up to its head */

const char *const dgi_repair_name[DGI_N_REPAIR] = {
#define DGI_REPAIR_STR(id, name) name,
    DGI_REPAIRS(DGI_REPAIR_STR)
#undef DGI_REPAIR_STR
};

static bool is_past(uint8_t form)
{
    return form == DGI_FORM_PAST || form == DGI_FORM_PARTICIPLE; /* the tagger mixes the two */
}

/* A verb in the past is not coordinated with a subjunctive, an infinitive or a gerund, but with the finite verb in the past
 * above these. items .4 */
static uint32_t finite_partner(const struct dgi_reading *r, uint32_t v, uint32_t h)
{
    enum { MAX_UP = 3 };
    const struct dgi_tok *t = r->doc->toks;
    if (r->form[v] != DGI_FORM_PAST || !dgi_repairs(r, DGI_REPAIR_FINITE_PARTNER))
        return h;
    uint32_t x = h;
    for (int i = 0; i < MAX_UP && x != DGI_NONE; i++) {
        if (r->form[x] != DGI_FORM_BASE && r->form[x] != DGI_FORM_PRESENT && r->form[x] != DGI_FORM_ING)
            break;
        uint8_t b = dgi_rel_base(t[x].rel);
        if (b != DGI_REL_CCOMP && b != DGI_REL_XCOMP && b != DGI_REL_ADVCL)
            break;
        x = t[x].head;
    }
    return x != DGI_NONE && r->form[x] == DGI_FORM_PAST ? x : h;
}

/* "told them that the war was lost but rejected the offer": a transitive verb in the past goes with the verb of saying, whose subject
 * is somebody, and not with what is said of a thing. */
static uint32_t said_partner(const struct dgi_reading *r, uint32_t v, uint32_t h)
{
    const struct dgi_tok *t = r->doc->toks;
    uint32_t g = t[h].rel == DGI_REL_CCOMP ? t[h].head : DGI_NONE;
    if (g == DGI_NONE || g > h || r->form[v] != DGI_FORM_PAST || r->form[g] != DGI_FORM_PAST ||
        (dgi_lemma_in(r->doc, v, DGI_W_MISHAP) && dgi_lemma_in(r->doc, h, DGI_W_MISHAP)) ||
        !dgi_lemma_has(r, g, DGI_LEX_REPORT) || dgi_child(r->doc, v, DGI_REL_OBJ, DGI_NONE) == DGI_NONE ||
        !dgi_repairs(r, DGI_REPAIR_SAID_PARTNER))
        return h;
    uint32_t s = dgi_subject(r->doc, h), who = dgi_subject(r->doc, g);
    bool thing = s != DGI_NONE && r->upos[s] == DGI_NOUN && t[s].mention == DGI_NONE && r->cover[s] == DGI_NONE;
    return thing && who != DGI_NONE && (t[who].mention != DGI_NONE || r->cover[who] != DGI_NONE) ? g : h;
}

uint32_t dgi_partner(const struct dgi_reading *r, uint32_t v)
{
    uint32_t h = r->doc->toks[v].head;
    if (h == DGI_NONE || v < 3 || r->upos[v] != DGI_VERB)
        return h;
    h = finite_partner(r, v, h);
    return h == DGI_NONE ? h : said_partner(r, v, h);
}

/* A gerund before its object is no adjective: after a preposition ("of sheltering rebels"), or after a comma before a name,
 * since names are not modified by participles. events .2, who .2, items .4, constructions 3 */
bool dgi_is_gerund_of(const struct dgi_reading *r, uint32_t v)
{
    const struct dgi_tok *t = r->doc->toks;
    if (t[v].rel != DGI_REL_AMOD || v == 0 || t[v].head == DGI_NONE || t[v].head < v || r->form[v] != DGI_FORM_ING ||
        !dgi_repairs(r, DGI_REPAIR_GERUND_OF))
        return false;
    if (t[v - 1].rel == DGI_REL_CASE && t[v - 1].head == t[v].head)
        return true;
    return dgi_str_is(t[v - 1].form, ",") && r->upos[t[v].head] == DGI_PROPN;
}

/* A clause of time or reason, read as a preposition with a noun and a participle of the main clause: the noun is its
 * subject. events .2, who .7 */
uint32_t dgi_swallowed_subject(const struct dgi_reading *r, uint32_t v)
{
    const struct dgi_tok *t = r->doc->toks;
    if (v < 2 || dgi_rel_base(t[v].rel) != DGI_REL_ADVCL || !is_past(r->form[v]) ||
        !dgi_repairs(r, DGI_REPAIR_SWALLOWED))
        return DGI_NONE;
    uint32_t n = v - 1;
    if (r->upos[n] == DGI_ADV && n > 0)
        n--;
    for (int i = 0; i < MAX_FLAT - 1 && t[n].rel == DGI_REL_FLAT && t[n].head != DGI_NONE; i++)
        n = t[n].head;
    if (dgi_rel_base(t[n].rel) != DGI_REL_OBL ||
        (t[n].head != t[v].head && (t[n].head != v || r->form[v] != DGI_FORM_PAST)) || t[n].head == DGI_NONE || n > v)
        return DGI_NONE;
    for (uint32_t ch = t[v].first_child; ch != DGI_NONE; ch = t[ch].next_sib)
        if (t[ch].rel == DGI_REL_OBL_AGENT || t[ch].rel == DGI_REL_AUX_PASS || dgi_rel_base(t[ch].rel) == DGI_REL_NSUBJ)
            return DGI_NONE;
    return dgi_has_mark(r, n, DGI_W_CLAUSE_OPENER) || (dgi_has_mark(r, v, DGI_W_CLAUSE_OPENER) && !r->cas[n])
               ? n
               : DGI_NONE;
}

/* "Togo freed the sailors and Benin agreed to pay": a name between "and" and a coordinated finite verb is its
 * subject, and not one more of those before it. */
uint32_t dgi_split_subject(const struct dgi_reading *r, uint32_t v)
{
    const struct dgi_tok *t = r->doc->toks;
    if (v < 3 || t[v].rel != DGI_REL_CONJ || t[v].head == DGI_NONE || t[v].head > v || !is_past(r->form[v]) ||
        !dgi_repairs(r, DGI_REPAIR_SPLIT_SUBJECT))
        return DGI_NONE;
    uint32_t n = v - 1;
    while (n > t[v].head + 1 && t[n].head == v && (t[n].rel == DGI_REL_AUX || t[n].rel == DGI_REL_ADVMOD))
        n--;
    for (int i = 0; i < MAX_FLAT - 1 && t[n].rel == DGI_REL_FLAT && t[n].head != DGI_NONE; i++)
        n = t[n].head;
    if (t[n].rel != DGI_REL_CONJ || t[n].head == DGI_NONE || t[n].head < t[v].head || t[n].head > n || r->cas[n] ||
        (r->upos[n] != DGI_NOUN && r->upos[n] != DGI_PROPN))
        return DGI_NONE;
    uint32_t own = dgi_child(r->doc, n, DGI_REL_CC, DGI_NONE), verbs = dgi_child(r->doc, v, DGI_REL_CC, DGI_NONE);
    return (verbs == DGI_NONE ? own != DGI_NONE && own < n : verbs < n && verbs > t[n].head) ? n : DGI_NONE;
}

uint32_t dgi_head_of(const struct dgi_reading *r, uint32_t x)
{
    const struct dgi_tok *k = &r->doc->toks[x];
    return k->rel == DGI_REL_CONJ ? dgi_partner(r, x) : k->head;
}

/* A participle of speech after a comma, hung on what was said: it belongs to whoever said it. who .3, items .6 */
uint32_t dgi_speaker_verb(const struct dgi_reading *r, uint32_t x, uint32_t h)
{
    enum { MAX_UP = 4 };
    const struct dgi_tok *t = r->doc->toks;
    if (r->form[x] != DGI_FORM_ING || x == 0 || r->upos[x - 1] != DGI_PUNCT ||
        !dgi_lemma_has(r, x, DGI_LEX_REPORT | DGI_LEX_SPEECH) || !dgi_repairs(r, DGI_REPAIR_SPEAKER))
        return h;
    uint32_t u = h;
    for (int i = 0; u != DGI_NONE && i < MAX_UP; i++) {
        if (dgi_lemma_has(r, u, DGI_LEX_REPORT) && u != h)
            return u;
        if (t[u].rel != DGI_REL_CCOMP && t[u].rel != DGI_REL_CONJ)
            break;
        u = t[u].head;
    }
    return h;
}

/* An infinitive below a passive: a by-phrase there is the agent of what stands above ("was urged to talk by Chad"). */
static bool below_passive(const struct dgi_reading *r, uint32_t x, uint32_t prep)
{
    return prep == r->lx->prep[DGI_PREP_AGENT] && dgi_rel_base(r->doc->toks[x].rel) == DGI_REL_XCOMP &&
           dgi_has_mark(r, x, DGI_W_TO) && dgi_child(r->doc, x, DGI_REL_AUX_PASS, DGI_NONE) == DGI_NONE;
}

/* Phrases with this preposition below the phrases of `top`. */
static void nested(const struct dgi_reading *r, uint32_t top, uint32_t prep, bool actors_only, struct dgi_fill *out)
{
    enum { MAX_NEST = 3, MAX_SEEN = 24 };
    const struct dgi_tok *t = r->doc->toks;
    uint32_t level[MAX_SEEN], n = 0;
    level[n++] = top;
    for (uint32_t i = 0, end = 1, depth = 0; depth < MAX_NEST && i < end; depth++, end = n)
        for (uint32_t stop = end; i < stop; i++)
            for (uint32_t ch = t[level[i]].first_child; ch != DGI_NONE; ch = t[ch].next_sib) {
                uint8_t b = dgi_rel_base(t[ch].rel);
                bool infinitive = below_passive(r, ch, prep);
                if ((b != DGI_REL_NMOD && b != DGI_REL_OBL && b != DGI_REL_CONJ && b != DGI_REL_OBJ && !infinitive) ||
                    ch < top || t[ch].rel == DGI_REL_NMOD_POSS || (r->upos[ch] == DGI_VERB && !infinitive) ||
                    (b == DGI_REL_OBJ && depth && r->upos[level[i]] != DGI_VERB))
                    continue;
                if (r->cas[ch] == prep && depth && !r->is_time[ch] &&
                    (!actors_only || t[ch].mention != DGI_NONE || r->cover[ch] != DGI_NONE))
                    dgi_fill_add(out, ch);
                if (n < MAX_SEEN)
                    level[n++] = ch;
            }
}

/* The agent of a passive below another phrase of the verb (of time, of place), where it is a name. constructions 8 */
void dgi_nested_agents(const struct dgi_reading *r, uint32_t v, struct dgi_fill *out)
{
    if (dgi_repairs(r, DGI_REPAIR_NESTED_AGENT))
        nested(r, v, r->lx->prep[DGI_PREP_AGENT], true, out);
}

/* The second phrase of an event noun, hung on the first: "the seizure of a ship by the navy", "by" on the ship.
 * constructions 34, examples 24 */
void dgi_nested_phrases(const struct dgi_reading *r, uint32_t tok, uint32_t prep, struct dgi_fill *out)
{
    if (prep && prep != r->lx->prep[DGI_PREP_OF] && dgi_repairs(r, DGI_REPAIR_NESTED))
        nested(r, tok, prep, prep != r->lx->prep[DGI_PREP_AGENT], out);
}

/* "Chad, asked for help by Togo last week, sent doctors": the participle of a phrase set off by commas, read as the main verb
 * with the true one as its partner. constructions 8 */
static bool by_somebody(const struct dgi_reading *r, uint32_t v, uint32_t before)
{
    const struct dgi_tok *t = r->doc->toks;
    struct dgi_fill by = {{0}, 0};
    for (uint32_t ch = t[v].first_child; ch != DGI_NONE; ch = t[ch].next_sib)
        if (dgi_rel_base(t[ch].rel) == DGI_REL_OBL && ch < before && dgi_prep_is(r, ch, DGI_PREP_AGENT) &&
            !r->is_time[ch] && t[ch].mention != DGI_NONE)
            return true;
    dgi_nested_agents(r, v, &by);
    return by.n && by.tok[0] < before;
}

bool dgi_is_set_off(const struct dgi_reading *r, uint32_t v)
{
    const struct dgi_tok *t = r->doc->toks;
    uint32_t s, w = DGI_NONE;
    if (v < 2 || r->upos[v - 1] != DGI_PUNCT || r->form[v] == DGI_FORM_ING || !dgi_repairs(r, DGI_REPAIR_SET_OFF))
        return false;
    s = dgi_child(r->doc, v, DGI_REL_NSUBJ, DGI_NONE);
    if (s == DGI_NONE)
        return (t[v].rel == DGI_REL_ACL || (t[v].rel == DGI_REL_ADVCL && t[v].head > v)) && r->upos[v] == DGI_VERB &&
               dgi_form_finite(r->form[v]) && by_somebody(r, v, DGI_NONE);
    while (s <= v - 2 && (w = dgi_child(r->doc, v, DGI_REL_CONJ, w)) != DGI_NONE)
        if (w > v && r->upos[w] == DGI_VERB && r->upos[w - 1] == DGI_PUNCT &&
            dgi_child(r->doc, w, DGI_REL_CC, DGI_NONE) == DGI_NONE)
            return by_somebody(r, v, w);
    return false;
}

/* A particle taken for a preposition, so that the object looks like a phrase of place. constructions 14, examples 26 */
uint32_t dgi_particle_object(const struct dgi_reading *r, uint32_t v)
{
    const struct dgi_tok *t = r->doc->toks;
    uint32_t p = v + 1;
    if (p >= r->doc->n_toks || t[p].sent != t[v].sent || t[p].rel != DGI_REL_CASE || t[p].head == DGI_NONE ||
        t[t[p].head].head != v || (dgi_rel_base(t[t[p].head].rel) != DGI_REL_OBL && t[t[p].head].rel != DGI_REL_OBJ) ||
        !dgi_tok_in(r->doc, p, DGI_W_PARTICLE) || !dgi_repairs(r, DGI_REPAIR_PARTICLE))
        return DGI_NONE;
    uint32_t o = t[p].head, m = t[o].mention;
    return r->is_time[o] || (m != DGI_NONE && r->doc->mentions[m].locative) ? DGI_NONE : o;
}

/* "offered North Korea 50,000 tonnes", "promised Togo help": a name right after a verb of giving, hung on the thing that is
 * given. No modifier stands before a number or an article; without one the thing must be a bare noun. */
uint32_t dgi_recipient(const struct dgi_reading *r, uint32_t v)
{
    const struct dgi_tok *t = r->doc->toks;
    if (!dgi_lemma_in(r->doc, v, DGI_W_GIVE) || !dgi_repairs(r, DGI_REPAIR_RECIPIENT))
        return DGI_NONE;
    uint32_t o = dgi_child(r->doc, v, DGI_REL_OBJ, DGI_NONE), x = DGI_NONE;
    if (o != DGI_NONE && o > v && dgi_child(r->doc, v, DGI_REL_NSUBJ_PASS, DGI_NONE) != DGI_NONE)
        return dgi_child(r->doc, v, DGI_REL_NSUBJ_PASS, DGI_NONE); /* "Togo was given arms" */
    if (o != DGI_NONE && o > v && r->upos[o] == DGI_PROPN && dgi_child(r->doc, v, DGI_REL_OBJ, o) != DGI_NONE)
        return o; /* "offered the Red Cross a corridor": two objects */
    for (uint32_t c = o == DGI_NONE || o < v ? DGI_NONE : t[o].first_child; c != DGI_NONE && c < o; c = t[c].next_sib) {
        uint32_t first, end;
        if (x != DGI_NONE && (t[c].rel == DGI_REL_NUMMOD || t[c].rel == DGI_REL_DET))
            return x;
        if (t[c].rel != DGI_REL_COMPOUND || r->upos[c] != DGI_PROPN || t[c].mention == DGI_NONE)
            continue;
        dgi_subtree(r->doc, c, &first, &end);
        if (first == v + 1 || (first == v + 2 && t[v + 1].rel == DGI_REL_DET))
            x = c;
    }
    if (x == DGI_NONE || (r->upos[o] != DGI_NOUN && r->upos[o] != DGI_SYM) || t[o].mention != DGI_NONE)
        return DGI_NONE;
    return x + 1 == o ? x : DGI_NONE;
}

/* Two verbs with one object, which hangs on the second, and the second elsewhere; not of an answer that needs none ("refused and
 * proposed talks"). events .3, who .3, tests/corpus 1 */
uint32_t dgi_later_object(const struct dgi_reading *r, uint32_t v)
{
    const struct dgi_tok *t = r->doc->toks;
    uint32_t w = v + 2;
    if (dgi_lemma_in(r->doc, v, DGI_W_ALONE))
        return DGI_NONE;
    return w < r->doc->n_toks && t[w].sent == t[v].sent && r->upos[v + 1] == DGI_CCONJ && r->upos[w] == DGI_VERB &&
                   t[w].rel == DGI_REL_CONJ && dgi_repairs(r, DGI_REPAIR_LATER_OBJECT) && dgi_partner(r, w) == v
               ? dgi_child(r->doc, w, DGI_REL_OBJ, DGI_NONE)
               : DGI_NONE;
}

/* A phrase of the verb, hung on its object. who .3, constructions 93, examples 45 */
void dgi_object_phrases(const struct dgi_reading *r, uint32_t v, uint32_t prep, struct dgi_fill *out)
{
    struct dgi_fill o = {{0}, 0};
    if (!prep || !dgi_repairs(r, DGI_REPAIR_OBJECT_PHRASE))
        return;
    dgi_objects(r, v, &o);
    for (uint32_t i = 0; i < o.n; i++)
        if (o.tok[i] > v)
            dgi_phrases(r, o.tok[i], prep, DGI_REL_NMOD, out);
}

/* The infinitive after a verb of asking or wanting, hung as a purpose. examples 1 */
void dgi_strayed_infinitives(const struct dgi_reading *r, uint32_t v, struct dgi_fill *out)
{
    const struct dgi_tok *t = r->doc->toks;
    if (r->upos[v] != DGI_VERB || !r->unreal || !r->unreal(r->tables, r->lem[v], r->upos[v]) ||
        !dgi_repairs(r, DGI_REPAIR_PURPOSE))
        return;
    for (uint32_t ch = t[v].first_child; ch != DGI_NONE; ch = t[ch].next_sib)
        if (dgi_rel_base(t[ch].rel) == DGI_REL_ADVCL && ch > v && dgi_has_mark(r, ch, DGI_W_TO))
            dgi_fill_add(out, ch);
}

/* A verb of saying in a parenthesis after what is said hangs on it. sentences .4 */
uint32_t dgi_parenthesis(const struct dgi_reading *r, uint32_t v)
{
    const struct dgi_tok *k = &r->doc->toks[v];
    return k->rel == DGI_REL_PARATAXIS && k->head != DGI_NONE && k->head < v && dgi_repairs(r, DGI_REPAIR_PARENTHESIS)
               ? k->head
               : DGI_NONE;
}
