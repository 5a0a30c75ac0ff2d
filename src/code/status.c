/* SPDX-License-Identifier: Apache-2.0 */
/* code/status.c: did the event happen, is it planned, only wished for, or denied?
 *
 * Reads   token head, deprel, lemma, xpos; lexicon/en/status.tsv; flags of the frames of governing events
 * Writes  work.status, work.negated
 *
 * From the trigger up to the root, the nearest word with an opinion decides: an auxiliary or adverb of the clause
 * ("will", "may", "not"), a conjunction ("if"), a governing verb, noun or adjective ("plan to", "deny that", "unlikely
 * to"). Complements let an opinion through, relative clauses and finite coordinated clauses stop the climb. Known
 * faults: docs/stages/status.md. */
#include "code/coder.h"

enum { UNSET = 255, MAX_UP = 10 };

static uint8_t mod_kind(uint8_t rel)
{
    switch (dgi_rel_base(rel)) {
    case DGI_REL_AUX: return STEP_AUX;
    case DGI_REL_ADVMOD: return STEP_ADVMOD;
    case DGI_REL_MARK: return STEP_MARK;
    case DGI_REL_AMOD: return STEP_AMOD;
    case DGI_REL_DET: return STEP_DET;
    case DGI_REL_CASE: return STEP_CASE;
    case DGI_REL_COMPOUND: return STEP_COMPOUND;
    default: return N_STEP;
    }
}

struct mood {
    uint8_t status; /* UNSET or a status */
    bool negated, condition, has_aux, has_to, has_mark, would, finite;
    uint32_t why; /* token that decided */
};

static void apply(struct mood *m, uint8_t effect, uint32_t tok)
{
    switch (effect) {
    case EF_FUTURE: m->status = DGI_ST_FUTURE; break;
    case EF_HYP: m->status = DGI_ST_HYPOTHETICAL; break;
    case EF_COND:
        m->status = DGI_ST_HYPOTHETICAL;
        m->condition = true;
        break;
    case EF_WOULD:
        m->would = true;
        m->status = DGI_ST_HYPOTHETICAL;
        break;
    case EF_NEG:
    case EF_FAIL: m->negated = !m->negated; return;
    case EF_HYPNEG:
        m->status = DGI_ST_HYPOTHETICAL;
        m->negated = true;
        break;
    case EF_ACTUAL: return;
    default: return;
    }
    m->why = tok;
}

/* "no troops", "neither side", "neither the one nor the other", "not one of them" */
static bool is_none(const struct coder *c, uint32_t n)
{
    const struct dgi_tok *t = c->doc->toks;
    for (uint32_t ch = t[n].first_child; ch != DGI_NONE; ch = t[ch].next_sib) {
        uint8_t b = dgi_rel_base(t[ch].rel);
        if ((b == DGI_REL_DET || b == DGI_REL_CC) && ch < n && dgi_tok_in(c->doc, ch, DGI_W_NO))
            return true;
        if (b == DGI_REL_ADVMOD && ch < n && dgi_tok_in(c->doc, ch, DGI_W_NEGATOR) && ch + 1 < c->doc->n_toks &&
            (dgi_tok_in(c->doc, ch + 1, DGI_W_ONE) || dgi_tok_in(c->doc, ch + 1, DGI_W_A)))
            return true;
    }
    return false;
}

/* "Cut no ice", "made nothing of it". */
static bool has_none(const struct coder *c, uint32_t v)
{
    for (uint32_t ch = c->doc->toks[v].first_child; ch != DGI_NONE; ch = c->doc->toks[ch].next_sib)
        if (dgi_rel_base(c->doc->toks[ch].rel) == DGI_REL_OBJ &&
            (dgi_tok_in(c->doc, ch, DGI_W_NOBODY) || is_none(c, ch)))
            return true;
    return false;
}

static bool follows_nor(const struct coder *c, uint32_t v)
{
    const struct dgi_tok *t = c->doc->toks;
    for (uint32_t ch = t[v].first_child; ch != DGI_NONE; ch = t[ch].next_sib)
        if (dgi_rel_base(t[ch].rel) == DGI_REL_CC && dgi_tok_in(c->doc, ch, DGI_W_NOR))
            return true;
    return false;
}

/* "has yet to answer", "is yet to answer": the adverb hangs on either verb. */
static bool has_yet(const struct coder *c, uint32_t tok)
{
    const struct dgi_tok *t = c->doc->toks;
    for (uint32_t ch = t[tok].first_child; ch != DGI_NONE; ch = t[ch].next_sib)
        if (dgi_tok_in(c->doc, ch, DGI_W_YET) && ch + 1 < c->doc->n_toks && dgi_tok_in(c->doc, ch + 1, DGI_W_TO))
            return true;
    return false;
}

static bool yet_to(const struct coder *c, uint32_t h, uint32_t x)
{
    return (dgi_lemma_in(c->doc, h, DGI_W_HAVE) || dgi_lemma_in(c->doc, h, DGI_W_BE)) &&
           (has_yet(c, h) || has_yet(c, x));
}

/* What the words of the clause itself say. */
static void own_mood(const struct coder *c, uint32_t v, struct mood *m)
{
    const struct dgi_tok *t = c->doc->toks;
    m->status = UNSET;
    m->negated = m->condition = m->has_aux = m->has_to = m->has_mark = m->would = false;
    m->finite = c->r.form[v] == DGI_FORM_PAST || c->r.form[v] == DGI_FORM_PRESENT_S || c->r.form[v] == DGI_FORM_PRESENT;
    m->why = DGI_NONE;
    for (uint32_t ch = t[v].first_child; ch != DGI_NONE; ch = t[ch].next_sib) {
        uint8_t kind = mod_kind(t[ch].rel);
        if (t[ch].rel == DGI_REL_AUX || t[ch].rel == DGI_REL_AUX_PASS || t[ch].rel == DGI_REL_COP) {
            m->has_aux = true;
            if (c->r.form[ch] != DGI_FORM_BASE && c->r.form[ch] != DGI_FORM_PARTICIPLE && c->r.form[ch] != DGI_FORM_ING)
                m->finite = true;
        }
        if (t[ch].rel == DGI_REL_MARK) {
            m->has_mark = true;
            if (dgi_tok_in(c->doc, ch, DGI_W_TO))
                m->has_to = true;
        }
        if (kind == STEP_CASE && c->r.upos[v] == DGI_VERB && c->r.form[v] == DGI_FORM_BASE)
            kind = STEP_AUX; /* "were [due to] meet", read as "due to the rain" */
        if (dgi_rel_base(t[ch].rel) == DGI_REL_CC && dgi_tok_in(c->doc, ch, DGI_W_NOBODY))
            m->negated = !m->negated; /* "neither attacked nor threatened" */
        if (kind == N_STEP || kind == STEP_AMOD || kind == STEP_COMPOUND ||
            (kind == STEP_DET && c->r.upos[v] != DGI_NOUN))
            continue;
        const struct governor *g = dgi_modifier(c, ch, kind);
        if (g && !(kind == STEP_ADVMOD && g->effect == EF_NEG &&
                   ch > v)) /* a negator after the verb belongs to what follows: "hoping not to lose" */
            apply(m, g->effect, ch);
    }
    if (m->has_to && has_yet(c, v) && dgi_child(c->doc, v, DGI_REL_AUX, DGI_NONE) != DGI_NONE &&
        dgi_lemma_in(c->doc, dgi_child(c->doc, v, DGI_REL_AUX, DGI_NONE), DGI_W_HAVE))
        m->negated = !m->negated;        /* "has yet to be signed" */
    if (m->has_to && m->status == UNSET) /* "be" and an infinitive: "they are to meet" */
        for (uint32_t ch = t[v].first_child; ch != DGI_NONE; ch = t[ch].next_sib)
            if ((t[ch].rel == DGI_REL_COP || t[ch].rel == DGI_REL_AUX || t[ch].rel == DGI_REL_AUX_PASS) &&
                dgi_lemma_in(c->doc, ch, DGI_W_BE) &&
                (c->r.form[ch] == DGI_FORM_PRESENT || c->r.form[ch] == DGI_FORM_PRESENT_S ||
                 c->r.form[ch] == DGI_FORM_PAST)) { /* "they were to meet": as it stood then */
                if (has_yet(c, v)) {
                    m->negated = !m->negated;
                    break;
                }
                m->status = DGI_ST_FUTURE;
                m->why = ch;
            }
    if (dgi_is_inverted(c, v)) { /* "had they attacked", "should they leave", "were they to sign" */
        m->status = DGI_ST_HYPOTHETICAL;
        m->condition = true;
    }
    /* "no troops were deployed", "neither side attacked", "reached no agreement" */
    for (uint32_t ch = t[v].first_child; ch != DGI_NONE; ch = t[ch].next_sib) {
        uint8_t b = dgi_rel_base(t[ch].rel);
        if (b != DGI_REL_NSUBJ && b != DGI_REL_OBJ)
            continue;
        if (dgi_tok_in(c->doc, ch, DGI_W_NOBODY) || is_none(c, ch))
            m->negated = !m->negated;
    }
    if (follows_nor(c, v))
        m->negated = !m->negated;
    if (m->would && m->status == DGI_ST_HYPOTHETICAL && !m->condition) {
        /* "said it would withdraw": the future of the past; "would withdraw if ..." stays hypothetical */
        bool cond = dgi_has_mark(&c->r, v, DGI_W_WHETHER); /* "asked whether it would" */
        for (uint32_t ch = t[v].first_child; ch != DGI_NONE; ch = t[ch].next_sib)
            if (dgi_rel_base(t[ch].rel) == DGI_REL_ADVCL && dgi_has_mark(&c->r, ch, DGI_W_CONDITION))
                cond = true;
        uint32_t x = v;
        for (int i = 0; i < 3 && t[x].rel == DGI_REL_CONJ && t[x].head != DGI_NONE; i++)
            x = t[x].head;
        if (!cond && (t[x].rel == DGI_REL_CCOMP || t[x].rel == DGI_REL_PARATAXIS ||
                      dgi_child(c->doc, x, DGI_REL_PARATAXIS, DGI_NONE) != DGI_NONE))
            m->status = DGI_ST_FUTURE;
    }
}

static uint8_t from_effect(uint8_t effect, bool *negated)
{
    switch (effect) {
    case EF_FUTURE: return DGI_ST_FUTURE;
    case EF_HYP:
    case EF_COND:
    case EF_WOULD:
    case EF_SOFT: return DGI_ST_HYPOTHETICAL;
    case EF_NEG:
    case EF_FAIL: *negated = !*negated; return DGI_ST_ACTUAL;
    case EF_HYPNEG: *negated = true; return DGI_ST_HYPOTHETICAL;
    case EF_ACTUAL:
    case EF_FACT: return DGI_ST_ACTUAL;
    case EF_DRILL: return DGI_ST_HYPOTHETICAL;
    case EF_PAST: return DGI_ST_HISTORICAL;
    default: return UNSET;
    }
}

static bool hyp_event(const struct coder *c, uint32_t tok)
{
    uint32_t e = c->ev[tok];
    if (e == DGI_NONE)
        return false;
    const struct draft *w = &c->w[e];
    if (w->tok != tok && w->light_tok != tok)
        return false;
    return (w->frame->flags & FRAME_HYP_CONTENT) != 0 || w->frame->plover == DGI_REQUEST ||
           w->frame->plover == DGI_THREATEN;
}

/* How a clause hangs on what governs it, after a climb over its coordination. */
struct place {
    uint32_t x, h; /* the predicate, its governor */
    uint32_t prep;
    uint8_t rel, kind; /* relation, as a step kind too */
};
enum { GO_ON = 254 }; /* no answer here: ask the governor */

static void add_mood(const struct coder *c, uint32_t v, struct mood *m, bool *negated)
{
    own_mood(c, v, m);
    if (m->negated)
        *negated = !*negated;
}

/* A coordinated verb without words of its own shares the mood of the first. Returns a status, or UNSET. */
static uint8_t climb_conjuncts(const struct coder *c, struct place *p, struct mood *m, bool *negated, int *up)
{
    const struct dgi_tok *t = c->doc->toks;
    for (; p->rel == DGI_REL_CONJ && p->h != DGI_NONE && *up < MAX_UP; p->rel = t[p->x].rel) {
        ++*up;
        uint8_t form = c->r.form[p->x];
        if (!m->has_aux && !m->has_mark && form != DGI_FORM_PAST && form != DGI_FORM_PRESENT_S &&
            dgi_child_base(c->doc, p->x, DGI_REL_NSUBJ, DGI_NONE) == DGI_NONE) {
            bool own = false; /* "neither signed nor read": each part has a negation of its own */
            add_mood(c, p->h, m, follows_nor(c, p->x) ? &own : negated);
            if (m->status != UNSET)
                return m->status;
        }
        if (c->r.upos[p->x] == DGI_VERB && c->r.upos[p->h] == DGI_VERB && m->status == UNSET && !m->has_mark) {
            struct mood first; /* "if the UN deploys a force and Khartoum stops bombing": one condition, two clauses */
            own_mood(c, p->h, &first);
            if (first.condition && first.why != DGI_NONE && first.why < p->h && t[first.why].rel == DGI_REL_MARK) {
                *negated = *negated || m->negated;
                return first.status;
            }
        }
        p->x = p->h;
        p->h = t[p->x].rel == DGI_REL_CONJ ? dgi_partner(&c->r, p->x) : t[p->x].head;
    }
    return UNSET;
}

/* What the row of the governing word says: a status, GO_ON after a word of failing, UNSET if there is no opinion. */
static uint8_t governed_status(struct coder *c, uint32_t v, const struct place *p, const struct governor *g,
                               bool *negated)
{
    const struct dgi_tok *t = c->doc->toks;
    if (!g)
        return UNSET;
    if (g->effect == EF_FAIL) { /* no agreement, where there is a failure to agree */
        *negated = !*negated;
        return GO_ON;
    }
    if (g->effect == EF_TRUTH)
        return GO_ON;
    if (p->kind == STEP_XCOMP &&
        dgi_tok_in(c->doc, p->h, DGI_W_GOING_TO)) { /* "is not going to bow": what stands for "will" */
        if (dgi_is_negated(c->doc, p->h))
            *negated = !*negated;
        return DGI_ST_FUTURE;
    }
    uint8_t s = from_effect(g->effect, negated);
    if (s == UNSET || (s == DGI_ST_ACTUAL && g->effect == EF_ACTUAL))
        return UNSET;
    dgi_trace_add(c->doc, v, "status", "governed by '%.*s' (status row '%.*s')", (int)t[p->h].form.len,
                  t[p->h].form.ptr, (int)g->id.len, g->id.ptr);
    return s;
}

/* The conjunction, hung as an object: "reports that they had left". */
static bool opens_with_that(const struct coder *c, uint32_t v)
{
    uint32_t ch = c->doc->toks[v].first_child;
    return ch != DGI_NONE && ch < v && c->r.upos[ch] == DGI_SCONJ && dgi_tok_in(c->doc, ch, DGI_W_THAT);
}

/* An infinitive or clause that describes a noun. */
static uint8_t described_status(const struct coder *c, const struct place *p, const struct mood *m, bool *negated)
{
    const struct dgi_tok *t = c->doc->toks;
    if (p->rel == DGI_REL_ACL_RELCL)
        return DGI_ST_ACTUAL;
    if (m->has_to) /* a headline without its verb: the noun is the root and a name */
        return t[p->h].rel == DGI_REL_ROOT && t[p->h].mention != DGI_NONE ? DGI_ST_FUTURE : DGI_ST_HYPOTHETICAL;
    if (!m->has_mark && !opens_with_that(c, p->x))
        return DGI_ST_ACTUAL;
    return hyp_event(c, p->h) ? DGI_ST_HYPOTHETICAL : dgi_told_status(c, p->h, negated);
}

/* A would in what somebody says; a reporter's own would may be a habit: "every night they would beat them until". */
static bool says_would(const struct coder *c, uint32_t v)
{
    const struct dgi_tok *t = c->doc->toks;
    bool would = false, told = t[v].rel == DGI_REL_CCOMP;
    for (uint32_t ch = t[v].first_child; ch != DGI_NONE; ch = t[ch].next_sib) {
        would |= t[ch].rel == DGI_REL_AUX && dgi_tok_in(c->doc, ch, DGI_W_WOULD);
        told |= t[ch].rel == DGI_REL_PARATAXIS;
    }
    return would && told;
}

/* "Will withdraw when the UN deploys a force": what is to come first is no more real than what follows. */
static bool when_to_come(const struct coder *c, const struct place *p)
{
    const struct dgi_tok *t = c->doc->toks;
    struct mood main;
    bool when = false;
    if (c->r.form[p->x] != DGI_FORM_PRESENT && c->r.form[p->x] != DGI_FORM_PRESENT_S)
        return false;
    for (uint32_t ch = t[p->x].first_child; ch != DGI_NONE && ch < p->x; ch = t[ch].next_sib)
        when = when || dgi_tok_in(c->doc, ch, DGI_W_WHEN);
    if (!when)
        return false;
    own_mood(c, p->h, &main);
    return main.status == DGI_ST_FUTURE;
}

/* An adverbial clause: purpose is not yet real, a finite clause is, but for those of time, which are as the main clause. */
static uint8_t adverbial_status(const struct coder *c, const struct place *p, const struct mood *m, bool speech)
{
    if (m->has_to && !speech) /* purpose; but who telephones to demand has demanded */
        return DGI_ST_HYPOTHETICAL;
    if (dgi_has_mark(&c->r, p->x, DGI_W_UNTIL) && m->finite &&
        ((c->r.form[p->x] != DGI_FORM_PAST && !m->has_aux) || says_would(c, p->h)))
        return DGI_ST_HYPOTHETICAL; /* "until they leave", "said it would stay until they left" */
    if (when_to_come(c, p))
        return DGI_ST_HYPOTHETICAL;
    if (m->finite && (c->r.form[p->x] == DGI_FORM_PAST || !dgi_has_mark(&c->r, p->x, DGI_W_TIME_CLAUSE)))
        return DGI_ST_ACTUAL;
    return dgi_has_mark(&c->r, p->x, DGI_W_WITHOUT) ? DGI_ST_ACTUAL : GO_ON;
}

/* By the relation alone, where the governing word has no opinion. */
static uint8_t status_by_relation(const struct coder *c, const struct place *p, const struct mood *m, bool row,
                                  bool speech, bool *negated)
{
    switch (p->kind) {
    case STEP_XCOMP:
        if (hyp_event(c, p->h))
            return DGI_ST_HYPOTHETICAL;
        return row || !m->has_to ? GO_ON : DGI_ST_HYPOTHETICAL; /* begin to, continue shelling: as the governor */
    case STEP_CCOMP:
        if (hyp_event(c, p->h))
            return DGI_ST_HYPOTHETICAL;
        if (dgi_told_falsely(c, p->h))
            *negated = !*negated;
        if (m->finite && dgi_lemma_has(&c->r, p->h, DGI_LEX_REPORT) && dgi_is_negated(c->doc, p->h))
            return DGI_ST_HYPOTHETICAL; /* "did not say that they had left" */
        return m->finite ? DGI_ST_ACTUAL : GO_ON;
    case STEP_ACL: return described_status(c, p, m, negated);
    case STEP_ADVCL: return adverbial_status(c, p, m, speech);
    case STEP_OBJ:
    case STEP_OBL:
    case STEP_NMOD:
    case STEP_NSUBJ:
        return !m->finite && c->r.upos[p->x] == DGI_VERB && hyp_event(c, p->h) ? DGI_ST_HYPOTHETICAL : DGI_ST_ACTUAL;
    default: return m->has_to && !m->has_aux && p->rel == DGI_REL_ROOT ? DGI_ST_FUTURE : DGI_ST_ACTUAL;
    }
}

/* A participle after the object says something of the object: "moved tanks parked at the base". */
static bool says_of_object(const struct coder *c, const struct place *p, const struct mood *m)
{
    if (p->kind != STEP_XCOMP || m->has_to || c->r.form[p->x] != DGI_FORM_PARTICIPLE)
        return false;
    uint32_t o = dgi_child(c->doc, p->h, DGI_REL_OBJ, DGI_NONE);
    return o != DGI_NONE && o < p->x;
}

/* "stopped the shipments, spurning an exemption": a participle behind a comma is not what the verb before it governs. */
static bool beside(const struct coder *c, const struct place *p, const struct mood *m)
{
    return p->kind == STEP_ADVCL && p->x > p->h && !m->has_to && !m->has_mark && c->r.form[p->x] == DGI_FORM_ING &&
           dgi_is_comma(c, p->x - 1);
}

/* The status of a clause; *negated flips as negations are met. */
static uint8_t clause_status(struct coder *c, uint32_t v, bool *negated, bool speech, int depth)
{
    const struct dgi_tok *t = c->doc->toks;
    struct place p = {.x = v};
    struct mood m;
    for (int up = 0; up < MAX_UP && depth < 4; up++) {
        add_mood(c, p.x, &m, negated);
        if (m.status != UNSET) {
            if (c->doc->trace && m.why != DGI_NONE)
                dgi_trace_add(c->doc, v, "status", "'%.*s' decides", (int)t[m.why].form.len, t[m.why].form.ptr);
            return m.status;
        }
        p.h = dgi_head_of(&c->r, p.x);
        if (p.h != DGI_NONE) /* "said Chad would get nothing, warning it": the warning is as real as the saying */
            p.h = dgi_speaker_verb(&c->r, p.x, p.h);
        p.rel = t[p.x].rel;
        uint8_t s = climb_conjuncts(c, &p, &m, negated, &up);
        if (s != UNSET)
            return s;
        if (p.h == DGI_NONE)
            return m.has_to && !m.has_aux ? DGI_ST_FUTURE : DGI_ST_ACTUAL; /* headline: "Allies to meet" */
        p.kind = dgi_step_of(c, p.x, &p.prep);
        if (says_of_object(c, &p, &m))
            return DGI_ST_ACTUAL;
        if (p.kind == STEP_XCOMP && yet_to(c, p.h, p.x)) {
            *negated = !*negated;
            return DGI_ST_ACTUAL;
        }
        bool aside = p.kind == STEP_ACL && !m.has_to && (p.rel == DGI_REL_ACL_RELCL || !m.has_mark); /* of the noun */
        bool told = p.kind == STEP_ADVCL && m.finite &&
                    c->r.form[p.x] == DGI_FORM_PAST && /* "ruled it out after talks ended" */
                    dgi_has_mark(&c->r, p.x, DGI_W_SEQUENCE);
        const struct governor *g = aside || told || beside(c, &p, &m) ? NULL : dgi_governor(c, p.h, p.kind, p.prep);
        s = governed_status(c, v, &p, g, negated);
        if (s == UNSET) {
            s = status_by_relation(c, &p, &m, g != NULL, speech && p.x == v, negated);
            if (s == GO_ON && p.kind == STEP_ADVCL)
                add_mood(c, p.h, &m, negated); /* as the main clause, but its negation is its own */
        }
        if (s != GO_ON)
            return s;
        p.x = p.h;
    }
    return DGI_ST_ACTUAL;
}

bool dgi_presupposed(const struct coder *c, uint32_t n)
{
    const struct dgi_tok *t = c->doc->toks;
    for (uint32_t ch = t[n].first_child; ch != DGI_NONE; ch = t[ch].next_sib) {
        if (t[ch].rel == DGI_REL_NMOD_POSS)
            return true;
        if (t[ch].rel == DGI_REL_DET && dgi_tok_in(c->doc, ch, DGI_W_DEFINITE))
            return true;
    }
    return false;
}

/* A demand, charge or threat has been uttered before anybody can reject, weigh or welcome it. */
static bool was_uttered(const struct coder *c, uint32_t n)
{
    if (c->ev[n] == DGI_NONE)
        return false;
    uint8_t plover = c->w[c->ev[n]].frame->plover;
    return plover == DGI_REQUEST || plover == DGI_ACCUSE || plover == DGI_THREATEN;
}

static uint8_t noun_status(struct coder *c, uint32_t n, bool *negated, bool *from_clause, int depth)
{
    const struct dgi_tok *t = c->doc->toks;
    bool known = dgi_presupposed(c, n);
    for (int up = 0; up < MAX_UP; up++) {
        for (uint32_t ch = t[n].first_child; ch != DGI_NONE; ch = t[ch].next_sib) {
            uint8_t kind = mod_kind(t[ch].rel);
            if (kind == N_STEP || kind == STEP_AUX || kind == STEP_MARK)
                continue;
            if (kind == STEP_ADVMOD && dgi_child(c->doc, n, DGI_REL_COP, DGI_NONE) != DGI_NONE)
                continue; /* "was not under its heel": the clause's, below */
            const struct governor *g = dgi_modifier(c, ch, kind);
            if (!g && kind == STEP_CASE && c->r.cas[n]) {
                struct word_list wl = c->t->by_gov[c->r.cas[n]];
                for (uint32_t k = 0; k < wl.n && !g; k++)
                    if (c->t->gov[c->t->ix_gov[wl.first + k]].rels & (1u << STEP_CASE))
                        g = &c->t->gov[c->t->ix_gov[wl.first + k]];
            }
            if (g && g->effect == EF_FACT)
                return DGI_ST_ACTUAL;
            uint8_t s = g ? from_effect(g->effect, negated) : UNSET;
            if (s != UNSET && s != DGI_ST_ACTUAL)
                return s;
        }
        if (dgi_child(c->doc, n, DGI_REL_COP, DGI_NONE) != DGI_NONE)
            return clause_status(c, n, negated, false, depth + 1);
        /* "another planned for Thursday", "talks scheduled in Vienna" */
        for (uint32_t ch = t[n].first_child; ch != DGI_NONE; ch = t[ch].next_sib)
            if (t[ch].rel == DGI_REL_ACL && c->r.form[ch] == DGI_FORM_PARTICIPLE) {
                const struct governor *g = dgi_governor(c, ch, STEP_OBJ, 0);
                uint8_t s = g ? from_effect(g->effect, negated) : UNSET;
                if (s != UNSET && s != DGI_ST_ACTUAL)
                    return s;
            }
        uint32_t h = t[n].head, prep;
        if (h == DGI_NONE)
            return DGI_ST_ACTUAL;
        uint8_t kind = dgi_step_of(c, n, &prep);
        if (kind == STEP_CONJ) {
            n = h;
            if (c->r.upos[h] == DGI_VERB)
                return DGI_ST_ACTUAL;
            continue;
        }
        const struct governor *g = dgi_governor(c, h, kind, prep);
        if (g && (g->effect == EF_FACT || (g->effect == EF_SOFT && (known || was_uttered(c, n)))))
            return DGI_ST_ACTUAL;
        uint8_t s = g ? from_effect(g->effect, negated) : UNSET;
        if (s != UNSET && s != DGI_ST_ACTUAL) {
            dgi_trace_add(c->doc, n, "status", "governed by '%.*s' (status row '%.*s')", (int)t[h].form.len,
                          t[h].form.ptr, (int)g->id.len, g->id.ptr);
            return s;
        }
        if (s == DGI_ST_ACTUAL && g->effect != EF_ACTUAL)
            return s;
        if ((kind == STEP_OBJ || kind == STEP_OBL || kind == STEP_NMOD || kind == STEP_COMPOUND) && hyp_event(c, h) &&
            !(c->ev[n] != DGI_NONE && dgi_lemma_has(&c->r, n, DGI_LEX_FORCE)))
            return DGI_ST_HYPOTHETICAL;
        if (known || dgi_lemma_has(&c->r, n, DGI_LEX_FORCE))
            return DGI_ST_ACTUAL;
        if (c->r.upos[h] == DGI_NOUN && (kind == STEP_NMOD || kind == STEP_COMPOUND)) {
            n = h;
            known = known || dgi_presupposed(c, n);
            continue;
        }
        bool says =
            kind == STEP_NSUBJ && dgi_child(c->doc, h, DGI_REL_COP, DGI_NONE) != DGI_NONE; /* "would be a blow" */
        if (c->r.upos[h] == DGI_VERB || c->r.upos[h] == DGI_AUX || c->r.upos[h] == DGI_ADJ || says) {
            bool other = false; /* its own negation only */
            *from_clause = true;
            uint8_t cs = clause_status(c, h, &other, false, depth + 1);
            return cs == DGI_ST_HISTORICAL ? DGI_ST_ACTUAL : cs;
        }
        return DGI_ST_ACTUAL;
    }
    return DGI_ST_ACTUAL;
}

static bool is_speech(uint8_t plover)
{
    return plover == DGI_REQUEST || plover == DGI_ACCUSE || plover == DGI_REJECT || plover == DGI_THREATEN;
}

void dgi_find_status(struct coder *c, struct draft *w)
{
    bool neg = false, from_clause = false;
    uint8_t s;
    if (w->nominal && !w->light)
        s = noun_status(c, w->tok, &neg, &from_clause, 0);
    else {
        if (w->nominal) { /* carried by a verb: the noun's own words first ("no agreement", "planned talks") */
            const struct dgi_tok *t = c->doc->toks;
            for (uint32_t ch = t[w->tok].first_child; ch != DGI_NONE; ch = t[ch].next_sib) {
                uint8_t kind = mod_kind(t[ch].rel);
                const struct governor *g = kind == STEP_AMOD ? dgi_modifier(c, ch, kind) : NULL;
                if (g && (g->effect == EF_FUTURE || g->effect == EF_HYP)) {
                    w->status = g->effect == EF_FUTURE ? DGI_ST_FUTURE : DGI_ST_HYPOTHETICAL;
                    w->negated = false;
                    return;
                }
            }
        }
        s = clause_status(c, w->clause, &neg, is_speech(w->frame->plover), 0);
        if (w->light && w->light->effect) {
            uint8_t ls = from_effect(w->light->effect, &neg);
            if (s == DGI_ST_ACTUAL && ls != UNSET)
                s = ls;
        }
    }
    if (w->frame->plover == DGI_AGREE && s == DGI_ST_ACTUAL && !w->nominal &&
        (w->passive || c->r.upos[w->tok] == DGI_ADJ)) {
        const struct governor *g = dgi_governor(c, w->tok, STEP_XCOMP, 0);
        if (g && g->effect == EF_FUTURE)
            s = DGI_ST_FUTURE; /* "is scheduled to meet", "was due to sign" */
    }
    if ((s == DGI_ST_ACTUAL || s == DGI_ST_FUTURE) && (!w->nominal || w->light) && dgi_is_asked(c, w->clause))
        s = DGI_ST_HYPOTHETICAL;
    if (s == DGI_ST_ACTUAL && (w->frame->plover == DGI_ASSAULT || w->frame->plover == DGI_COERCE) &&
        (!w->nominal || w->light) && dgi_is_played(c, w->clause))
        s = DGI_ST_HYPOTHETICAL;
    if (s == DGI_ST_ACTUAL && dgi_is_long_ago(c, w->nominal && !w->light ? w->tok : w->clause))
        s = DGI_ST_HISTORICAL;
    /* "did not agree" is a refusal, and it took place; so is what the reader calls one: "will not take orders" */
    const bool read = neg && w->read > 0 && w->frame->plover == DGI_REJECT && !w->nominal,
               eaten = read || (w->frame->flags & FRAME_EATS_NEG);
    if ((read || (w->frame->flags & FRAME_EATS_AUX)) && s == DGI_ST_FUTURE)
        s = DGI_ST_ACTUAL; /* "we will not withdraw" refuses now */
    if ((w->frame->flags & FRAME_FUTURE) && s == DGI_ST_ACTUAL)
        s = DGI_ST_FUTURE;
    w->status = s;
    if ((w->frame->flags & FRAME_EATS_NO) && has_none(c, w->tok))
        neg = !neg; /* "cut no ice" */
    w->negated = eaten ? false : neg;
    w->governed = !from_clause;
}
