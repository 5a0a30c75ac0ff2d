/* SPDX-License-Identifier: Apache-2.0 */
/* resolve/actor_home.c: of which state is a bare role, "police", "the ministry", "miners"? By evidence of the text, or of none.
 *
 * Reads   candidates and what they were resolved to so far, tree, how often each state is named
 * Writes  cand.country
 *
 * In this order: the state for which somebody spoke just before; the place of its sentence; for a ministry that speaks the capital of the
 * dateline; the state of who speaks to it; the one that acts nearby; the one that the text is
 * about. Never that which its own clause sets it against. Towns come later: actor_settle.c. */
#include "resolve/actor_in.h"
#include "resolve/own_place.h"

uint32_t dgi_actor_focus(const struct resolver *r, const char iso[4])
{
    for (uint32_t i = 0; i < r->n_focus; i++)
        if (!memcmp(r->focus[i].iso, iso, 4))
            return r->focus[i].n;
    return 0;
}

/* The state whose place the sentence of c names as where it all is: "in Oruro, Bolivia". */
static bool sentence_place(const struct resolver *r, const struct cand *c, char out[4])
{
    const struct dgi_doc *doc = r->doc;
    const struct dgi_sent *s = &doc->sents[doc->toks[c->first].sent];
    for (uint32_t i = s->first; i < s->end; i++) {
        uint32_t o = r->tok_cand[i], at;
        if (o == DGI_NONE ||
            (r->cands[o].kind != C_COUNTRY && r->cands[o].kind != C_CAPITAL && r->cands[o].kind != C_REGION))
            continue;
        char buf[32];
        at = r->cands[o].head;
        if ((doc->toks[at].rel == DGI_REL_APPOS || doc->toks[at].rel == DGI_REL_NMOD_UNMARKED) &&
            doc->toks[at].head != DGI_NONE) /* "in Oruro, Bolivia" */
            at = doc->toks[at].head;
        const uint32_t of =
            doc->toks[at].head; /* "killed demonstrators and left for exile in Brazil": they are not there */
        if (dgi_is_venue(r->ctx, doc, at) || (of != DGI_NONE && of != c->head && !dgi_dominates(doc, of, c->head)))
            continue;
        if (r->cands[o].country[0] && dgi_actor_cue(r->ctx, "home", dgi_case_of(doc, at, buf, sizeof buf))) {
            memcpy(out, r->cands[o].country, 4);
            return true;
        }
    }
    return false;
}

/* The one state that a document is about: its words are at least three of four that name any state, and more than one. */
static bool story_state(const struct resolver *r, char out[4])
{
    uint32_t total = 0, best = 0;
    for (uint32_t i = 0; i < r->n_focus; i++) {
        total += r->focus[i].n;
        if (r->focus[i].n > r->focus[best].n)
            best = i;
    }
    if (!total || r->focus[best].n < 2 || r->focus[best].n * 4 < total * 3)
        return false;
    memcpy(out, r->focus[best].iso, 4);
    return true;
}

/* Bare "soldiers", "miners", "students" belong nowhere by themselves: to the state whose place their sentence names when the
 * text names no other, or to the one that all of it is about. Who is foreign by trade (observers, aid workers) stays so. */
void dgi_actor_local_people(struct resolver *r, struct cand *c)
{
    char iso[4] = "";
    if (!dgi_str_is(dgi_table_cell(r->ctx->roles, c->row, RL_POLITICAL), "yes") ||
        !dgi_actor_cue(r->ctx, "local", c->code))
        return;
    bool here = sentence_place(r, c, iso) && r->n_focus == 1;
    if (here || story_state(r, iso))
        memcpy(c->country, iso, 4);
}

/* "Khan told parliament": of his country. */
static bool speakers_country(const struct resolver *r, const struct cand *c, char out[4])
{
    const struct dgi_doc *doc = r->doc;
    uint32_t up = doc->toks[c->head].head;
    for (int k = 0; k < 6 && up != DGI_NONE; k++, up = doc->toks[up].head) {
        uint32_t s = dgi_child(doc, up, DGI_REL_NSUBJ, DGI_NONE);
        if (s == DGI_NONE || s == c->head)
            continue;
        if (doc->toks[s].mention != DGI_NONE) {
            const struct dgi_entity *e = &doc->entities[doc->mentions[doc->toks[s].mention].entity];
            if ((e->type == DGI_ENT_PERSON || e->type == DGI_ENT_ROLE) && e->country[0] && e->political &&
                !r->info[doc->mentions[doc->toks[s].mention].entity].of_body) {
                memcpy(out, e->country, 4);
                return true;
            }
        }
        return false;
    }
    return false;
}

/* States of which a role is not, as its clause sets it against them. */
enum { MOST_OTHERS = 6 };
struct others {
    char iso[MOST_OTHERS][4];
    uint32_t n;
};

static bool among(const struct others *o, const char iso[4])
{
    for (uint32_t i = 0; i < o->n; i++)
        if (!memcmp(o->iso[i], iso, 4))
            return true;
    return false;
}

static void add_other(struct others *o, const char iso[4])
{
    if (iso[0] && o->n < MOST_OTHERS && !among(o, iso))
        memcpy(o->iso[o->n++], iso, 4);
}

/* "The president called in the French ambassador": who deals with another state's envoy or government is not of it. */
static void deals_with(const struct resolver *r, const struct cand *c, uint32_t v, struct others *not_of)
{
    const struct dgi_doc *doc = r->doc;
    if (!dgi_str_in(dgi_str("GOV,MIL"), ',', dgi_table_cell(r->ctx->roles, c->row, RL_CODE)))
        return;
    for (uint32_t o = doc->toks[v].first_child; o != DGI_NONE; o = doc->toks[o].next_sib) {
        uint8_t rel = dgi_rel_base(doc->toks[o].rel);
        uint32_t k = rel == DGI_REL_OBJ || rel == DGI_REL_OBL ? r->tok_cand[o] : DGI_NONE;
        if (k == DGI_NONE || r->cands[k].kind != C_ROLE)
            continue;
        const struct cand *other = &r->cands[k];
        dg_str code = dgi_table_cell(r->ctx->roles, other->row, RL_CODE);
        for (uint32_t i = 0; i < other->n_mods && dgi_str_is(code, "GOV"); i++)
            if (other->link[i] != L_IN && other->link[i] != L_TO)
                add_other(not_of, r->cands[other->mods[i]].country);
    }
}

/* "Lawmakers approved sanctions on North Korea", "the ministry thanked Chad": a state named as the other side of the verb. */
static void other_side(const struct resolver *r, const struct cand *c, uint32_t v, struct others *not_of)
{
    const struct dgi_doc *doc = r->doc;
    char buf[32];
    const struct dgi_sent *s = &doc->sents[doc->toks[v].sent];
    for (uint32_t i = v + 1; i < s->end; i++) {
        uint32_t o = r->tok_cand[i], at;
        if (o == DGI_NONE || r->cands[o].kind != C_COUNTRY || !dgi_dominates(doc, v, i))
            continue;
        at = r->cands[o].head;
        dg_str prep = dgi_case_of(doc, at, buf, sizeof buf);
        uint8_t rel = dgi_rel_base(doc->toks[at].rel);
        bool object = rel == DGI_REL_OBJ && doc->toks[at].head == v;
        bool phrase = (rel == DGI_REL_OBL || rel == DGI_REL_NMOD) && dgi_actor_cue(r->ctx, "against", prep) &&
                      !dgi_dominates(doc, c->head, at);
        if (object || phrase)
            add_other(not_of, r->cands[o].country);
    }
}

/* "The premier demanded that India hand the king over": who bids a state do something speaks for another. */
static void bids(const struct resolver *r, uint32_t v, struct others *not_of)
{
    const struct dgi_doc *doc = r->doc;
    uint32_t deed = dgi_child(doc, v, DGI_REL_CCOMP, DGI_NONE);
    uint32_t s = deed == DGI_NONE ? DGI_NONE : dgi_child(doc, deed, DGI_REL_NSUBJ, DGI_NONE);
    uint32_t k = s == DGI_NONE ? DGI_NONE : r->tok_cand[s];
    if (k == DGI_NONE || r->cands[k].kind != C_COUNTRY || !dgi_str_is(doc->toks[deed].xpos, "VB") ||
        dgi_child(doc, deed, DGI_REL_AUX, DGI_NONE) != DGI_NONE)
        return;
    add_other(not_of, r->cands[k].country);
}

/* "The cabinet expelled Japanese whalers", "urged it to ban Chinese firms": who governs does not call his own people by their land. */
static void whom_it_governs(const struct resolver *r, const struct cand *c, uint32_t v, struct others *not_of)
{
    const struct dgi_doc *doc = r->doc;
    const struct dgi_sent *s = &doc->sents[doc->toks[v].sent];
    if (c->kind != C_PERSON && !dgi_str_in(dgi_str("GOV,LEG"), ',', dgi_table_cell(r->ctx->roles, c->row, RL_CODE)))
        return;
    for (uint32_t i = v + 1; i < s->end; i++) {
        const struct cand *k = r->tok_cand[i] == DGI_NONE ? NULL : &r->cands[r->tok_cand[i]];
        uint32_t noun = k && k->kind == C_ADJ ? doc->toks[k->head].head : DGI_NONE;
        if (noun == DGI_NONE || doc->toks[noun].rel != DGI_REL_OBJ || noun == c->head || !dgi_dominates(doc, v, i) ||
            dgi_dominates(doc, c->head, i))
            continue;
        uint32_t verb = doc->toks[noun].head;
        if (verb == v || (verb != DGI_NONE && doc->toks[verb].rel == DGI_REL_XCOMP && doc->toks[verb].head == v))
            add_other(not_of, k->country);
    }
}

/* "Kuwait jailed forty officers": people whom a state as such does something to are hardly its own, or nobody says so. */
static void acted_on_by(const struct resolver *r, uint32_t v, struct others *not_of)
{
    const struct dgi_doc *doc = r->doc;
    uint32_t s = dgi_child(doc, v, DGI_REL_NSUBJ, DGI_NONE);
    if (s == DGI_NONE || doc->toks[s].mention == DGI_NONE)
        return;
    const struct dgi_entity *e = &doc->entities[doc->mentions[doc->toks[s].mention].entity];
    if (e->type == DGI_ENT_COUNTRY)
        add_other(not_of, e->country);
}

static void find_others(const struct resolver *r, const struct cand *c, struct others *not_of)
{
    const struct dgi_doc *doc = r->doc;
    uint32_t at = c->head;
    if (dgi_rel_base(doc->toks[at].rel) == DGI_REL_APPOS && doc->toks[at].head != DGI_NONE)
        at = doc->toks[at].head; /* "the premier, Mohan Shamsher, demanded" */
    uint32_t v = doc->toks[at].head;
    uint8_t rel = dgi_rel_base(doc->toks[at].rel);
    if (v == DGI_NONE || doc->toks[v].upos != DGI_VERB)
        return;
    if (rel == DGI_REL_OBJ || rel == DGI_REL_NSUBJ)
        whom_it_governs(r, c, v, not_of);
    if (rel == DGI_REL_OBJ) {
        acted_on_by(r, v, not_of);
    } else if (doc->toks[at].rel == DGI_REL_NSUBJ) {
        deals_with(r, c, v, not_of);
        other_side(r, c, v, not_of);
        bids(r, v, not_of);
    }
}

/* "The Kremlin gave no details. An administration official said ...": who speaks for a body of state, right behind a sentence in which a
 * seat of government acts and no other state is named. Behind "Moscow published pictures" so speaks a definite one. */
static bool spoke_before(const struct resolver *r, const struct cand *c, bool definite, char out[4])
{
    const struct dgi_doc *doc = r->doc;
    const uint32_t s = doc->toks[c->first].sent;
    uint32_t at = c->head;
    char iso[4] = "";
    bool acts = false;
    while (doc->toks[at].rel == DGI_REL_COMPOUND && doc->toks[at].head != DGI_NONE && doc->toks[at].head > at)
        at = doc->toks[at].head; /* "a ministry spokesman" */
    if (s == 0 || !dgi_actor_speaks(r, at))
        return false;
    for (uint32_t t = doc->sents[s - 1].first; t < doc->sents[s - 1].end; t++) {
        const struct cand *k = r->tok_cand[t] == DGI_NONE ? NULL : &r->cands[r->tok_cand[t]];
        if (!k || !k->country[0])
            continue;
        if (iso[0] && memcmp(iso, k->country, sizeof iso))
            return false;
        memcpy(iso, k->country, sizeof iso);
        acts |= doc->toks[k->head].rel == DGI_REL_NSUBJ && !k->locative &&
                (k->kind == C_SEAT || (definite && (k->kind == C_CAPITAL || k->kind == C_COUNTRY)));
    }
    if (acts)
        memcpy(out, iso, sizeof iso);
    return acts;
}

enum scene { SCENE_NONE, SCENE_STATE, SCENE_TOWN };

/* Where the sentence before was: "In Karachi dockers marched on the Iraqi consulate. Police broke up the crowd". A town that no table of
 * states knows is left to the places (actor_settle.c). */
static enum scene scene_before(const struct resolver *r, const struct cand *c, char out[4])
{
    const struct dgi_doc *doc = r->doc;
    const uint32_t sent = doc->toks[c->first].sent;
    const uint32_t root = sent ? doc->sents[sent - 1].root : DGI_NONE;
    char buf[32];
    for (uint32_t t = root == DGI_NONE ? DGI_NONE : doc->toks[root].first_child; t != DGI_NONE;
         t = doc->toks[t].next_sib) {
        if (dgi_rel_base(doc->toks[t].rel) != DGI_REL_OBL || doc->toks[t].upos != DGI_PROPN ||
            !dgi_actor_cue(r->ctx, "home", dgi_case_of(doc, t, buf, sizeof buf)) ||
            dgi_actor_cue(r->ctx, "calendar", doc->toks[t].form) || dgi_is_venue(r->ctx, doc, t))
            continue;
        const struct cand *k = r->tok_cand[t] == DGI_NONE ? NULL : &r->cands[r->tok_cand[t]];
        if (!k || !k->country[0])
            return SCENE_TOWN;
        memcpy(out, k->country, 4);
        return SCENE_STATE;
    }
    return SCENE_NONE;
}

/* Those who are at the scene of what they deal with: police, crowds, people; not armies and governments. */
static bool on_the_spot(const struct resolver *r, const struct cand *c)
{
    static const char *const codes[] = {"COP", "OPP", "CVL", "EDU", "LAB", "AGR", "REF"};
    dg_str code = dgi_table_cell(r->ctx->roles, c->row, RL_CODE);
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (dgi_str_is(code, codes[i]))
            return true;
    return false;
}

/* The state, none of `not_of`, of which the document speaks most, more than once, and of no other as much. */
static bool focus_leader(const struct resolver *r, const struct others *not_of, char out[4])
{
    uint32_t best = 0;
    bool tie = false;
    for (uint32_t i = 0; i < r->n_focus; i++) {
        if (among(not_of, r->focus[i].iso) || r->focus[i].n < best)
            continue;
        tie = r->focus[i].n == best;
        best = r->focus[i].n;
        memcpy(out, r->focus[i].iso, 4);
    }
    if (tie || best < 2)
        out[0] = 0;
    return best > 1 && !tie;
}

enum { FIRST_BLOCKS = 12, MOST_TOWN = 40 };

/* "PHNOM PENH, March 21 - ... the Information Ministry said": the state whose capital the text is sent from, where the text speaks of
 * it half as much as of any other. */
static bool sent_from(const struct resolver *r, char out[4])
{
    const struct dgi_doc *doc = r->doc;
    for (uint32_t b = 0; b < doc->n_blocks && b < FIRST_BLOCKS; b++) {
        const dg_str line = dgi_slice(doc, doc->blocks[b].dateline);
        const uint32_t *rows;
        uint32_t n = 0;
        size_t len = 0;
        while (len < line.len && len < MOST_TOWN && line.ptr[len] != ',' && line.ptr[len] != '(' &&
               line.ptr[len] != '-')
            len++;
        while (len && line.ptr[len - 1] == ' ')
            len--;
        if (!len)
            continue;
        char town[MOST_TOWN + 1]; /* "PHNOM PENH" as "Phnom Penh" */
        for (size_t i = 0; i < len; i++) {
            const bool later =
                i && town[i - 1] != ' ' && town[i - 1] != '.' && line.ptr[i] >= 'A' && line.ptr[i] <= 'Z';
            town[i] = (char)(later ? line.ptr[i] + 'a' - 'A' : line.ptr[i]);
        }
        if (!dgi_phrase_lookup(r->ctx->words, (dg_str){town, len}, &rows, &n) || !n ||
            !dgi_str_is(dgi_table_cell(r->ctx->words, rows[0], WD_KIND), "capital"))
            return false;
        const dg_str iso = dgi_table_cell(r->ctx->words, rows[0], WD_STATE);
        if (iso.len != 3)
            return false;
        memcpy(out, iso.ptr, 3);
        out[3] = 0;
        uint32_t most = 0;
        for (uint32_t i = 0; i < r->n_focus; i++)
            most = r->focus[i].n > most ? r->focus[i].n : most;
        return dgi_actor_focus(r, out) && dgi_actor_focus(r, out) * 2 >= most;
    }
    return false;
}

/* Does a body of government speak here, without a name: "the Information Ministry said"? */
static bool ministry_speaks(const struct resolver *r, const struct cand *c)
{
    const dg_str code = dgi_table_cell(r->ctx->roles, c->row, RL_CODE);
    return dgi_str_is(code, "GOV") && !dgi_str_is(dgi_table_cell(r->ctx->roles, c->row, RL_KIND), "person") &&
           dgi_actor_speaks(r, c->head);
}

/* A bare "police", "officials", "the ministry": of who spoke just before, else of the place of this sentence, else of the country among those that act nearby
 * of which the document speaks most, else of the one that it is about. */
bool dgi_actor_country_at_hand(struct resolver *r, const struct cand *c, char out[4], bool far)
{
    const struct dgi_doc *doc = r->doc;
    uint32_t sent = doc->toks[c->first].sent, best = 0;
    if (spoke_before(r, c, far, out) || sentence_place(r, c, out))
        return true;
    if (!far)
        return false;
    if (ministry_speaks(r, c) && sent_from(r, out))
        return true;
    if (speakers_country(r, c, out))
        return true;
    if (on_the_spot(r, c)) {
        enum scene scene = scene_before(r, c, out);
        if (scene != SCENE_NONE)
            return scene == SCENE_STATE;
    }
    uint32_t from = sent >= 2 ? doc->sents[sent - 2].first : 0;
    struct others not_of = {.n = 0};
    find_others(r, c, &not_of);
    bool tie = false;
    for (uint32_t i = c->first; i-- > from;) { /* of those who act nearby, the one the document speaks of most */
        uint32_t o = r->tok_cand[i];
        if (o == DGI_NONE)
            continue;
        const struct cand *k = &r->cands[o];
        if (!k->done || k->entity == DGI_NONE || !doc->entities[k->entity].country[0] || r->info[k->entity].of_body ||
            !(dgi_rel_base(doc->toks[k->head].rel) == DGI_REL_NSUBJ || k->kind == C_PERSON || k->kind == C_ROLE) ||
            among(&not_of, doc->entities[k->entity].country))
            continue;
        uint32_t n = dgi_actor_focus(r, doc->entities[k->entity].country) + 1;
        tie = n == best ? tie || memcmp(out, doc->entities[k->entity].country, 4) : tie && n < best;
        if (n > best) {
            best = n;
            memcpy(out, doc->entities[k->entity].country, 4);
        }
    }
    if (best && !tie)
        return true;
    return focus_leader(r, &not_of, out);
}
