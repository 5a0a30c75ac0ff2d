/* SPDX-License-Identifier: Apache-2.0 */
/* resolve/coref_rank.c: candidates, features, weights; see coref_rank.h.
 *
 * Reads   entities and mentions written so far (everything to the left), tree, feats, coref_weights
 * Writes  cand.entity, cand.also
 *
 * Sums of whole numbers: the same on every machine. Cost: MOST_MENTIONS mentions and the words of two sentences a question. */
#include "base/utf8.h"
#include "resolve/coref_in.h"

const char *const dgi_coref_class_name[DGI_N_COREF_CLASS] = {
#define NAME_OF(id, name) name,
    DGI_COREF_CLASSES(NAME_OF)};
const char *const dgi_coref_feature_name[DGI_N_COREF_FEATURE] = {DGI_COREF_FEATURES(NAME_OF)};

enum {
    MOST_MENTIONS = 100,
    MOST_THINGS = 10,
    MOST_ACTORS = 18,
    PRONOUN_REACH = 4, /* sentences */
    NOUN_REACH = 10,
    QUOTE_REACH = 400, /* tokens looked back for the quotation mark that opens */
    OFTEN = 3
};

struct rank { /* one question */
    struct resolver *r;
    const struct cand *c;
    uint8_t cls;
    char gender; /* of he, she; 0 */
    bool expletive;
    bool own_word;        /* "his own" */
    bool receiver;        /* "gave it ten days", "accused it of" */
    uint32_t sent, quote; /* first token of the quotation that a stands in, DGI_NONE */
    uint32_t focus;       /* option of most mentions */
    dg_str lemma;
};

static void set(struct dgi_coref_option *o, int f)
{
    o->f[f / 64] |= (uint64_t)1 << (f % 64);
}
static void set_if(struct dgi_coref_option *o, int f, bool yes)
{
    if (yes)
        set(o, f);
}
#define F(id) DGI_COREF_F_##id

static bool personal(uint8_t cls)
{
    return cls == DGI_COREF_HE || cls == DGI_COREF_HIM || cls == DGI_COREF_HIS;
}
static bool of_it(uint8_t cls)
{
    return cls == DGI_COREF_IT || cls == DGI_COREF_IT_OBJ || cls == DGI_COREF_ITS;
}
static bool of_many(uint8_t cls)
{
    return cls == DGI_COREF_THEY || cls == DGI_COREF_THEM || cls == DGI_COREF_THEIR;
}
static bool is_pronoun(uint8_t cls)
{
    return cls <= DGI_COREF_THEIR;
}

/* Where the quotation opened that token t stands in, DGI_NONE: it stands in none. */
static uint32_t quotation(const struct dgi_doc *doc, uint32_t t)
{
    uint32_t s = doc->toks[t].sent, open = DGI_NONE;
    while (s && !doc->sents[s].starts_par && t - doc->sents[s].first < QUOTE_REACH)
        s--;
    for (uint32_t i = doc->sents[s].first; i < t; i++) {
        dg_str f = doc->toks[i].form;
        if (dgi_str_is(f, "\xe2\x80\x9c"))
            open = i;
        else if (dgi_str_is(f, "\xe2\x80\x9d"))
            open = DGI_NONE;
        else if (dgi_str_is(f, "\"") || dgi_str_is(f, "``") || dgi_str_is(f, "''"))
            open = open == DGI_NONE ? i : DGI_NONE;
    }
    return open;
}

/* ---- which kinds answer to which question ---- */
enum kind { K_PERSON, K_STATE, K_ORG, K_GROUP, K_ONE, K_MANY, K_BODY };

static enum kind kind_of(const struct resolver *r, const struct dgi_mention *m)
{
    const struct dgi_doc *doc = r->doc;
    switch (doc->entities[m->entity].type) {
    case DGI_ENT_PERSON: return K_PERSON;
    case DGI_ENT_COUNTRY: return K_STATE;
    case DGI_ENT_ORG: return K_ORG;
    case DGI_ENT_GROUP: return K_GROUP;
    default: break;
    }
    uint32_t t = m->kind == DGI_MENTION_PRONOUN ? r->info[m->entity].last_name : m->head;
    if (t == DGI_NONE || dgi_is_plural(doc, t))
        return K_MANY;
    uint32_t k = r->tok_cand[t];
    dg_str kind = k != DGI_NONE && r->cands[k].kind == C_ROLE ? dgi_table_cell(r->ctx->roles, r->cands[k].row, RL_KIND)
                                                              : dgi_str("");
    return dgi_str_is(kind, "person") ? K_ONE : dgi_str_is(kind, "people") ? K_MANY : K_BODY;
}

static bool fits(const struct rank *q, enum kind k, uint32_t entity)
{
    char g = q->r->info[entity].gender;
    if (personal(q->cls))
        return (k == K_PERSON && (!g || !q->gender || g == q->gender)) || k == K_ONE;
    if (of_it(q->cls))
        return k == K_STATE || k == K_ORG || k == K_GROUP || k == K_BODY;
    if (of_many(q->cls))
        return k != K_PERSON && k != K_ONE;
    switch (q->cls) {
    case DGI_COREF_PERSON: /* "the Briton": only somebody who is one */
        return (k == K_PERSON || k == K_ONE) && (q->c->kind == C_ROLE || q->c->kind == C_NOMINAL ||
                                                 !memcmp(q->c->country, q->r->doc->entities[entity].country, 4));
    default: return k == K_MANY || k == K_GROUP;
    }
}

/* ---- candidates ---- */
static struct dgi_coref_option *add(struct dgi_coref_case *x, uint32_t entity, uint32_t tok)
{
    if (x->n > DGI_COREF_MOST)
        return NULL;
    struct dgi_coref_option *o = &x->option[x->n++];
    *o = (struct dgi_coref_option){.entity = entity, .tok = tok};
    return o;
}

/* "The two countries": a mention that stands for several. */
static bool shared_at(const struct dgi_doc *doc, uint32_t m)
{
    uint32_t first = doc->toks[doc->mentions[m].head].mention; /* of several of one head the first */
    return first != m || (m + 1 < doc->n_mentions && doc->mentions[m + 1].head == doc->mentions[m].head &&
                          doc->mentions[m + 1].entity != doc->mentions[m].entity);
}

/* "Chad and Niger": the first of a coordination. */
static bool joined_at(const struct dgi_doc *doc, uint32_t tok)
{
    uint32_t k = dgi_child(doc, tok, DGI_REL_CONJ, DGI_NONE);
    return k != DGI_NONE && doc->toks[k].mention != DGI_NONE && doc->toks[tok].rel != DGI_REL_CONJ;
}

/* "Ana Diaz, his wife": she is not he. "Ana Diaz, whom he left": neither. */
static bool beside(const struct rank *q, const struct dgi_mention *m)
{
    const struct dgi_tok *t = &q->r->doc->toks[q->c->head];
    const struct dgi_tok *owned = t->rel == DGI_REL_NMOD_POSS && t->head != DGI_NONE ? &q->r->doc->toks[t->head] : NULL;
    if (owned && owned->rel == DGI_REL_APPOS && owned->head >= m->first && owned->head < m->end)
        return true;
    if (t->rel == DGI_REL_NMOD_POSS || t->head == DGI_NONE || q->r->doc->toks[t->head].rel != DGI_REL_ACL_RELCL)
        return false;
    uint32_t noun = q->r->doc->toks[t->head].head; /* "the speaker he left behind" is not he */
    if (noun != DGI_NONE && q->r->doc->toks[noun].rel == DGI_REL_APPOS && noun >= m->end)
        noun = q->r->doc->toks[noun].head;
    return noun != DGI_NONE && noun >= m->first && noun < m->end;
}

/* "Sharon suspended all contact with him": no pronoun that is an object, or the other end of one, is its clause's own subject. */
static bool is_barred(const struct rank *q, uint32_t entity)
{
    const struct dgi_tok *t = &q->r->doc->toks[q->c->head];
    return is_pronoun(q->cls) && (t->rel == DGI_REL_OBJ || t->rel == DGI_REL_IOBJ || t->rel == DGI_REL_NMOD) &&
           dgi_coref_own_subject(q->r, q->c, entity);
}

static void find_actors(const struct rank *q, struct dgi_coref_case *x)
{
    const struct dgi_doc *doc = q->r->doc;
    uint32_t reach = is_pronoun(q->cls) ? PRONOUN_REACH : NOUN_REACH;
    for (uint32_t i = doc->n_mentions, n = 0; i-- > 0 && n < MOST_MENTIONS && x->n < MOST_ACTORS; n++) {
        const struct dgi_mention *m = &doc->mentions[i];
        if (m->head >= q->c->first || beside(q, m) || q->sent - doc->toks[m->head].sent > reach ||
            is_barred(q, m->entity) || (q->cls == DGI_COREF_PERSON && dgi_coref_of_another_kind(q->r, q->c, m->entity)))
            continue;
        enum kind k = kind_of(q->r, m);
        uint32_t j = 1;
        while (j < x->n && (x->option[j].several || x->option[j].entity != m->entity))
            j++;
        struct dgi_coref_option *o = j < x->n ? &x->option[j] : NULL;
        bool noun =
            !is_pronoun(q->cls) && m->kind == DGI_MENTION_NOMINAL && dgi_str_eq(doc->toks[m->head].lemma, q->lemma);
        if (o) { /* the last mention counts, but one as an adjective only where there is no other near */
            if (dgi_coref_has(o, F(ADJ)) && !m->adjectival && q->sent - doc->toks[m->head].sent <= 1) {
                o->tok = m->head;
                o->f[F(ADJ) / 64] &= ~((uint64_t)1 << (F(ADJ) % 64));
            }
            set_if(o, F(SAMENOUN), noun);
            continue;
        }
        bool many = of_many(q->cls) || q->cls == DGI_COREF_PEOPLE, shared = shared_at(doc, i);
        if (many && shared && doc->toks[m->head].mention != i)
            continue;
        if (many && !m->adjectival && (shared || joined_at(doc, m->head)) && (o = add(x, m->entity, m->head))) {
            o->several = true;
            set(o, F(T_PAIR));
        }
        if (many && shared)
            continue;
        if (fits(q, k, m->entity) && (o = add(x, m->entity, m->head))) {
            set(o, F(T_PERSON) + (int)k);
            set_if(o, F(ADJ), m->adjectival);
            set_if(o, F(SAMENOUN), noun);
        }
    }
}

/* Nouns that are no actors: what "it" may mean as well. */
static void find_things(const struct rank *q, struct dgi_coref_case *x)
{
    const struct dgi_doc *doc = q->r->doc;
    uint32_t from = doc->sents[q->sent ? q->sent - 1 : 0].first;
    for (uint32_t i = q->c->first, n = 0; i-- > from && n < MOST_THINGS;) {
        const struct dgi_tok *t = &doc->toks[i];
        uint8_t rel = dgi_rel_base(t->rel);
        uint32_t k = q->r->tok_cand[i];
        if ((t->upos != DGI_NOUN && t->upos != DGI_PROPN) || t->mention != DGI_NONE ||
            (k != DGI_NONE && q->r->cands[k].entity != DGI_NONE) || rel == DGI_REL_COMPOUND || rel == DGI_REL_FLAT ||
            t->rel == DGI_REL_OBL_TMOD || t->rel == DGI_REL_OBL_UNMARKED || t->rel == DGI_REL_NMOD_TMOD ||
            t->rel == DGI_REL_NMOD_UNMARKED)
            continue;
        bool many = dgi_is_plural(doc, i), human = dgi_actor_cue(q->r->ctx, "human", t->lemma);
        if (personal(q->cls) ? !human || many : of_it(q->cls) ? many || human : !many)
            continue;
        struct dgi_coref_option *o = add(x, DGI_NONE, i);
        if (!o)
            return;
        n++;
        set(o, many ? F(T_THINGS) : F(T_THING));
        set_if(o, F(T_HUMAN), human);
        set_if(o, F(THING_SUBJ), rel == DGI_REL_NSUBJ);
        set_if(o, F(THING_OBJ), rel == DGI_REL_OBJ);
    }
}

/* The nearest first; the order is kept among equals. */
static void sort_options(struct dgi_coref_case *x)
{
    for (uint32_t i = 2; i < x->n; i++) {
        struct dgi_coref_option o = x->option[i];
        uint32_t j = i;
        for (; j > 1 && x->option[j - 1].tok < o.tok; j--)
            x->option[j] = x->option[j - 1];
        x->option[j] = o;
    }
}

/* ---- features ---- */
static void of_the_part(const struct rank *q, struct dgi_coref_option *o)
{
    const struct dgi_doc *doc = q->r->doc;
    const struct dgi_tok *t = &doc->toks[o->tok];
    uint8_t rel = dgi_rel_base(t->rel), own = dgi_rel_base(doc->toks[q->c->head].rel);
    static const struct {
        uint8_t rel, feature;
    } part[] = {{DGI_REL_NSUBJ, F(SUBJ)}, {DGI_REL_OBJ, F(OBJ)},     {DGI_REL_IOBJ, F(OBJ)}, {DGI_REL_OBL, F(OBL)},
                {DGI_REL_NMOD, F(NMOD)},  {DGI_REL_APPOS, F(APPOS)}, {DGI_REL_CONJ, F(CONJ)}};
    for (size_t i = 0; i < sizeof part / sizeof *part; i++)
        set_if(o, part[i].feature, rel == part[i].rel && t->rel != DGI_REL_NMOD_POSS);
    set_if(o, F(CONJ), dgi_child(doc, o->tok, DGI_REL_CONJ, DGI_NONE) != DGI_NONE);
    set_if(o, F(POSS), t->rel == DGI_REL_NMOD_POSS);
    set_if(o, F(PARALLEL),
           rel == own && (t->rel == DGI_REL_NMOD_POSS) == (doc->toks[q->c->head].rel == DGI_REL_NMOD_POSS));
    set_if(o, F(MAIN), rel == DGI_REL_NSUBJ && t->head != DGI_NONE && t->head == doc->sents[t->sent].root);
    set_if(o, F(PLURAL), t->upos != DGI_PRON && dgi_is_plural(doc, o->tok));
    uint32_t i = doc->sents[t->sent].first;
    while (i < o->tok && doc->toks[i].mention == DGI_NONE)
        i++;
    set_if(o, F(TOPIC), i == o->tok);
}

static void of_the_distance(const struct rank *q, struct dgi_coref_option *o, uint32_t nth)
{
    uint32_t d = q->sent - q->r->doc->toks[o->tok].sent;
    set(o, d == 0 ? F(SAME) : d == 1 ? F(PREV) : d == 2 ? F(BACK2) : F(FAR));
    if (o->entity != DGI_NONE)
        set(o, nth == 0 ? F(NEAREST) : nth == 1 ? F(SECOND) : F(LATER));
    else
        set_if(o, F(THING_NEAR), nth == 0);
}

static void of_the_entity(const struct rank *q, struct dgi_coref_option *o)
{
    const struct dgi_doc *doc = q->r->doc;
    const struct dgi_entity *e = &doc->entities[o->entity];
    const struct ent_info *in = &q->r->info[o->entity];
    uint32_t m = doc->toks[o->tok].mention;
    if (m != DGI_NONE) {
        const struct dgi_mention *me = &doc->mentions[m];
        set(o, me->kind == DGI_MENTION_NAME ? F(NAME) : me->kind == DGI_MENTION_NOMINAL ? F(NOMINAL) : F(PRONOUN));
        char buf[32];
        set_if(o, F(LOC),
               me->locative || (e->type == DGI_ENT_COUNTRY &&
                                dgi_actor_cue(q->r->ctx, "loc", dgi_case_of(doc, o->tok, buf, sizeof buf))));
        char a[16], b[16];
        set_if(o, F(SAMEWORD),
               me->kind == DGI_MENTION_PRONOUN && is_pronoun(q->cls) &&
                   dgi_str_eq(dgi_utf8_lower_buf(doc->toks[o->tok].form, a, sizeof a),
                              dgi_utf8_lower_buf(doc->toks[q->c->head].form, b, sizeof b)));
    }
    set_if(o, F(UNPOLITICAL), !e->political);
    if (q->gender)
        set(o, in->gender ? F(GENDER) : F(NOGENDER));
    set_if(o, F(ONCE), e->n_mentions <= 1);
    set_if(o, F(OFTEN), e->n_mentions >= OFTEN);
    set_if(o, F(WAS_SUBJ), in->last_subj != DGI_NONE && doc->toks[in->last_subj].sent + 1 == q->sent);
    set_if(o, F(OWN_SUBJ), dgi_coref_own_subject(q->r, q->c, o->entity));
    set_if(o, F(FOCUS), e->country[0] && dgi_actor_focus(q->r, e->country) == q->focus && q->focus);
}

/* How the clauses of the two hang together. */
static void of_the_clauses(const struct rank *q, struct dgi_coref_option *o)
{
    const struct dgi_doc *doc = q->r->doc;
    uint32_t up = doc->toks[q->c->head].head, v = doc->toks[o->tok].head;
    uint8_t rel = dgi_rel_base(doc->toks[o->tok].rel);
    bool subject = rel == DGI_REL_NSUBJ, object = rel == DGI_REL_OBJ || rel == DGI_REL_IOBJ || rel == DGI_REL_OBL;
    set_if(o, F(SAMECLAUSE), v != DGI_NONE && v == up);
    set_if(o, F(WITHIN), v != DGI_NONE && doc->toks[v].upos == DGI_NOUN && dgi_dominates(doc, v, q->c->head));
    if (v == DGI_NONE || doc->toks[o->tok].sent != q->sent)
        return;
    for (int k = 0; k < 8 && up != DGI_NONE; k++) { /* upwards from a: what is the verb of the candidate to it? */
        uint32_t over = doc->toks[up].head;
        if (over == v) {
            uint8_t link = doc->toks[up].rel;
            bool told = link == DGI_REL_CCOMP || link == DGI_REL_XCOMP;
            set_if(o, F(REPORTED), subject && told);
            set_if(o, F(ONE_SAYS), subject && told && dgi_coref_has(o, F(T_ONE)));
            set_if(o, F(TOLD), object && told);
            set_if(o, F(MAINCL), subject && !told);
            set_if(o, F(OWN_WORD), subject && q->own_word);
            return;
        }
        up = over;
    }
}

static bool says(const struct resolver *r, uint32_t verb)
{
    char key[64];
    const struct dgi_tok *t = &r->doc->toks[verb];
    if (t->upos != DGI_VERB || t->lemma.len + 6 > sizeof key)
        return false;
    size_t n = dgi_utf8_lower_buf(t->lemma, key, sizeof key - 6).len;
    memcpy(key + n, "/VERB", 5);
    return dgi_table_find(r->ctx->sayings, (dg_str){key, n + 5}) != DGI_NONE;
}

static void of_the_discourse(const struct rank *q, struct dgi_coref_option *o)
{
    const struct dgi_doc *doc = q->r->doc;
    if (q->quote != DGI_NONE) {
        const struct dgi_tok *t = &doc->toks[o->tok];
        set(o, o->tok > q->quote ? F(QUOTE_SAME) : F(QUOTE_OUT));
        set_if(o, F(QUOTE_SPEAKER),
               o->tok < q->quote && dgi_rel_base(t->rel) == DGI_REL_NSUBJ && t->head != DGI_NONE &&
                   says(q->r, t->head));
    }
    uint32_t own, v = dgi_coref_verb_before(q->r, q->c, &own);
    if (v != DGI_NONE && dgi_actor_cue(q->r->ctx, "address", doc->toks[v].lemma) &&
        dgi_coref_other_party(doc, v) == o->entity)
        set_if(o, F(ADDRESSED), dgi_actor_cue(q->r->ctx, "answer", doc->toks[own].lemma));
}

static void of_the_description(const struct rank *q, struct dgi_coref_option *o)
{
    const struct resolver *r = q->r;
    const struct dgi_entity *e = &r->doc->entities[o->entity];
    char low[64], t[64];
    dg_str last = e->title, w, title = e->title;
    while (dgi_str_next(&title, ' ', &w))
        last = w;
    set_if(o, F(TITLE),
           last.len &&
               dgi_str_eq(dgi_utf8_lower_buf(last, t, sizeof t), dgi_utf8_lower_buf(q->lemma, low, sizeof low)));
    if (q->c->country[0] && e->country[0])
        set(o, memcmp(q->c->country, e->country, 4) ? F(LAND_OTHER) : F(LAND));
    if (q->c->kind != C_ROLE)
        return;
    set_if(o, F(OFFICE),
           dgi_coref_lists_share(dgi_table_cell(r->ctx->roles, q->c->row, RL_OFFICE), r->info[o->entity].office));
    dg_str code = e->sectors;
    if (e->type == DGI_ENT_ROLE && e->actor.len > 9) { /* role:ISO:CODE */
        size_t at = dgi_str_starts(e->actor, DGI_S("role::")) ? 6 : 9;
        code = dgi_str_sub(e->actor, at, e->actor.len);
    }
    set(o, !code.len ? F(CODE_NONE) : dgi_str_in(code, ',', q->c->code) ? F(CODE) : F(CODE_OTHER));
}

static void of_nobody(const struct rank *q, struct dgi_coref_case *x)
{
    const struct dgi_doc *doc = q->r->doc;
    struct dgi_coref_option *o = &x->option[0];
    const struct dgi_tok *t = &doc->toks[q->c->head];
    uint32_t actors = 0, more = 0;
    for (uint32_t i = 1; i < x->n; i++)
        actors += x->option[i].entity != DGI_NONE;
    set(o, F(NOBODY));
    set_if(o, F(N_RULE), q->c->entity == DGI_NONE);
    set_if(o, F(N_EXPL), q->expletive);
    set_if(o, F(N_NONE), !actors);
    set_if(o, F(N_ONE), actors == 1);
    set_if(o, F(N_SUBJ), dgi_rel_base(t->rel) == DGI_REL_NSUBJ);
    set_if(o, F(N_QUOTE), q->quote != DGI_NONE);
    set_if(o, F(N_RECEIVER), q->receiver);
    if (is_pronoun(q->cls))
        return;
    for (uint32_t k = t->first_child; k != DGI_NONE; k = doc->toks[k].next_sib)
        more +=
            doc->toks[k].rel != DGI_REL_DET && doc->toks[k].rel != DGI_REL_CASE && doc->toks[k].rel != DGI_REL_PUNCT;
    set_if(o, F(N_TELLS), more);
    set_if(o, F(N_THE), dgi_tok_in(doc, dgi_child(doc, q->c->head, DGI_REL_DET, DGI_NONE), DGI_W_THE));
}

static void find_features(struct rank *q, struct dgi_coref_case *x)
{
    const struct dgi_doc *doc = q->r->doc;
    uint32_t nth = 0, most = 0;
    for (uint32_t i = 1; i < x->n; i++)
        if (x->option[i].entity != DGI_NONE && doc->entities[x->option[i].entity].n_mentions > most)
            most = doc->entities[x->option[i].entity].n_mentions;
    for (uint32_t i = 0; i < q->r->n_focus; i++)
        q->focus = q->r->focus[i].n > q->focus ? q->r->focus[i].n : q->focus;
    for (uint32_t i = 1; i < x->n; i++) {
        struct dgi_coref_option *o = &x->option[i];
        of_the_distance(q, o, nth);
        of_the_part(q, o);
        of_the_clauses(q, o);
        set_if(o, F(N_RECEIVER), o->entity == DGI_NONE && q->receiver);
        if (o->entity == DGI_NONE)
            continue;
        nth++;
        of_the_entity(q, o);
        of_the_discourse(q, o);
        set_if(o, F(MOST), doc->entities[o->entity].n_mentions == most);
        if (!is_pronoun(q->cls))
            of_the_description(q, o);
        set_if(o, F(RULE), o->entity == q->c->entity && o->several == (q->c->also[0] != DGI_NONE));
    }
    of_nobody(q, x);
}

/* What the rules found beyond the candidates is one too. */
static void add_rule(const struct rank *q, struct dgi_coref_case *x)
{
    for (uint32_t i = 1; i < x->n; i++)
        if (x->option[i].entity == q->c->entity && x->option[i].several == (q->c->also[0] != DGI_NONE))
            return;
    uint32_t at = q->c->entity == DGI_NONE ? DGI_NONE : q->r->info[q->c->entity].last_tok;
    struct dgi_coref_option *o = at == DGI_NONE || at >= q->c->first ? NULL : add(x, q->c->entity, at);
    if (!o)
        return;
    o->several = q->c->also[0] != DGI_NONE;
    set_if(o, F(T_PAIR), o->several);
}

static bool empty_it(const struct rank *q)
{
    const struct dgi_doc *doc = q->r->doc;
    const struct dgi_tok *t = &doc->toks[q->c->head];
    uint32_t up = t->head;
    if (!of_it(q->cls) || up == DGI_NONE)
        return false;
    if (t->rel == DGI_REL_EXPL)
        return true;
    return dgi_rel_base(t->rel) == DGI_REL_NSUBJ && dgi_child(doc, up, DGI_REL_COP, DGI_NONE) != DGI_NONE &&
           (doc->toks[up].upos == DGI_PROPN || doc->toks[up].upos == DGI_ADJ ||
            dgi_child(doc, up, DGI_REL_ACL_RELCL, DGI_NONE) != DGI_NONE);
}

static bool says_own(const struct rank *q)
{
    const struct dgi_doc *doc = q->r->doc;
    const struct dgi_tok *t = &doc->toks[q->c->head];
    return t->rel == DGI_REL_NMOD_POSS && q->c->end < doc->n_toks && dgi_str_is(doc->toks[q->c->end].lemma, "own");
}

static bool receives(const struct rank *q)
{
    const struct dgi_doc *doc = q->r->doc;
    const struct dgi_tok *t = &doc->toks[q->c->head];
    return t->rel == DGI_REL_IOBJ || (t->rel == DGI_REL_OBJ && t->head != DGI_NONE &&
                                      dgi_actor_cue(q->r->ctx, "address", doc->toks[t->head].lemma));
}

static void choose(struct resolver *r, struct cand *c, const struct dgi_coref_case *x)
{
    const struct dgi_coref_option *best = &x->option[0];
    for (uint32_t i = 1; i < x->n; i++)
        if (x->option[i].score > best->score)
            best = &x->option[i];
    if (dgi_coref_has(best, F(RULE)))
        return;
    for (int i = 0; i < MOST_ALSO; i++)
        c->also[i] = DGI_NONE;
    c->entity = best->entity;
    if (best->entity == DGI_NONE || !best->several)
        return;
    if (dgi_child(r->doc, best->tok, DGI_REL_CONJ, DGI_NONE) != DGI_NONE)
        dgi_coref_take_joined(r, c, best->tok);
    else
        dgi_coref_take_all(r, c, best->tok);
}

void dgi_coref_rank(struct resolver *r, struct cand *c, uint8_t cls)
{
    struct rank q = {.r = r, .c = c, .cls = cls, .sent = r->doc->toks[c->head].sent};
    struct dgi_coref_case x;
    x.cls = cls;
    x.n = 0;
    add(&x, DGI_NONE, DGI_NONE);
    if (personal(cls)) {
        char low[16];
        q.gender =
            dgi_actor_cue(r->ctx, "she", dgi_utf8_lower_buf(r->doc->toks[c->head].form, low, sizeof low)) ? 'f' : 'm';
    }
    q.lemma = r->doc->toks[c->head].lemma;
    q.quote = quotation(r->doc, c->head);
    q.expletive = empty_it(&q);
    q.own_word = says_own(&q);
    q.receiver = receives(&q);
    find_actors(&q, &x);
    add_rule(&q, &x);
    if (is_pronoun(cls))
        find_things(&q, &x);
    sort_options(&x);
    find_features(&q, &x);
    for (uint32_t i = 0; i < x.n; i++) {
        x.option[i].score = 0;
        for (int f = 0; f < DGI_N_COREF_FEATURE; f++)
            if (dgi_coref_has(&x.option[i], f))
                x.option[i].score += r->ctx->coref.w[cls][f];
    }
    if (r->ctx->coref_watch)
        r->ctx->coref_watch(r->ctx->coref_user, r->doc, c->head, &x);
    if (!r->ctx->coref_off)
        choose(r, c, &x);
}
