/* SPDX-License-Identifier: Apache-2.0 */
/* lang/mend.c: trees that no English sentence has, set right.
 *
 * Reads   sentences; token upos, xpos, head, rel
 * Writes  token head, rel; upos, xpos, feats of a noun taken for an infinitive
 *
 * The network scores every arc by itself, so that a tree may be the best sum and still be none of the language: a subject hung
 * over its own verb ("The leaders have been killed in a strike" as the strike's), an object before its verb, a relative clause
 * before its noun. Each of these has one reading that holds; nothing else is touched. docs/stages/parse.md has how often. */
#include "lang/mend.h"
#include "lang/lang.h"

enum { SUBJECT = 1, EXPLETIVE = 2, OBJECT = 4, COPULA = 8, FINITE = 16, PASSIVE = 32, TO = 64 };
enum { FAR = 30, NEAR = 8, MOST = 8 }; /* words looked at ahead, back; changes of one sentence */

struct mend {
    struct dgi_tok *t;
    uint32_t first, end; /* the sentence */
    uint8_t *has;        /* [end - first] what hangs on each word */
};

static uint8_t has(const struct mend *m, uint32_t x)
{
    return m->has[x - m->first];
}

static bool tag(const struct mend *m, uint32_t x, const char *xpos)
{
    return dgi_str_is(m->t[x].xpos, xpos);
}

static bool asks(const struct mend *m, uint32_t x) /* who, which, that */
{
    return tag(m, x, "WDT") || tag(m, x, "WP") || tag(m, x, "WP$");
}

static bool tensed(const struct mend *m, uint32_t x)
{
    return tag(m, x, "VBD") || tag(m, x, "VBZ") || tag(m, x, "VBP") || tag(m, x, "MD");
}

static bool is_noun(const struct mend *m, uint32_t x)
{
    return m->t[x].upos == DGI_NOUN || m->t[x].upos == DGI_PROPN;
}

static bool is_subject(const struct mend *m, uint32_t x)
{
    uint8_t rel = m->t[x].rel;
    return rel == DGI_REL_NSUBJ || rel == DGI_REL_NSUBJ_PASS;
}

static bool predicates(const struct mend *m, uint32_t x)
{
    return m->t[x].upos == DGI_VERB || (has(m, x) & COPULA);
}

static bool wants_subject(const struct mend *m, uint32_t x)
{
    return predicates(m, x) && !(has(m, x) & (SUBJECT | EXPLETIVE | TO)) && (tensed(m, x) || (has(m, x) & FINITE));
}

static bool under(const struct mend *m, uint32_t x, uint32_t top)
{
    while (x != DGI_NONE && x != top)
        x = m->t[x].head;
    return x == top;
}

static void look(struct mend *m)
{
    memset(m->has, 0, m->end - m->first);
    for (uint32_t i = m->first; i < m->end; i++) {
        const struct dgi_tok *k = &m->t[i];
        if (k->head == DGI_NONE)
            continue;
        uint8_t *h = &m->has[k->head - m->first], base = dgi_rel_base(k->rel);
        if (base == DGI_REL_NSUBJ || base == DGI_REL_CSUBJ)
            *h |= SUBJECT;
        else if (base == DGI_REL_EXPL)
            *h |= EXPLETIVE;
        else if (base == DGI_REL_OBJ)
            *h |= OBJECT;
        else if (base == DGI_REL_MARK && tag(m, i, "TO"))
            *h |= TO;
        else if (base == DGI_REL_COP || base == DGI_REL_AUX)
            *h |= (uint8_t)((base == DGI_REL_COP ? COPULA : 0) | (tensed(m, i) ? FINITE : 0) |
                            (k->rel == DGI_REL_AUX_PASS ? PASSIVE : 0));
    }
}

static bool hang(struct mend *m, uint32_t x, uint32_t head, uint8_t rel)
{
    if (under(m, head, x))
        return false;
    m->t[x].head = head;
    m->t[x].rel = rel;
    look(m);
    return true;
}

static bool hang_subject(struct mend *m, uint32_t x, uint32_t verb)
{
    return hang(m, x, verb, has(m, verb) & PASSIVE ? DGI_REL_NSUBJ_PASS : DGI_REL_NSUBJ);
}

/* ---- subjects ---- */

/* "The leaders have been killed in a strike": hung on what follows its own verb. */
static bool over_its_verb(struct mend *m, uint32_t s)
{
    const struct dgi_tok *t = m->t;
    for (uint32_t p = s + 1; p < t[s].head && p < s + FAR; p++) {
        uint8_t b = dgi_rel_base(t[p].rel);
        if ((b == DGI_REL_ROOT || b == DGI_REL_CCOMP || b == DGI_REL_ADVCL || b == DGI_REL_ACL ||
             b == DGI_REL_PARATAXIS) &&
            wants_subject(m, p) && !under(m, p, s) && !under(m, p, t[s].head))
            return hang_subject(m, s, p);
    }
    return false;
}

/* The first verb behind the phrase of s. */
static uint32_t verb_behind(const struct mend *m, uint32_t s)
{
    for (uint32_t p = s + 1; p < m->end && p < s + FAR; p++) {
        if (under(m, p, s))
            continue;
        if (predicates(m, p))
            return p;
        if (is_subject(m, p))
            break;
    }
    return DGI_NONE;
}

/* "said the paper will mention it": a second subject, behind the verb of the first, is the next verb's or an object. */
static bool behind_its_verb(struct mend *m, uint32_t s)
{
    const struct dgi_tok *t = m->t;
    uint32_t h = t[s].head, first = DGI_NONE;
    if (t[h].upos != DGI_VERB || (has(m, h) & EXPLETIVE))
        return false;
    for (uint32_t i = h > m->first + FAR ? h - FAR : m->first; i < h && first == DGI_NONE; i++)
        if (t[i].head == h && dgi_rel_base(t[i].rel) == DGI_REL_NSUBJ)
            first = i;
    if (first == DGI_NONE && !tag(m, h, "VBG")) /* "replied the king" */
        return false;
    for (uint32_t i = h + 1; i < s; i++)
        if (t[i].head == s && t[i].rel == DGI_REL_CASE)
            return hang(m, s, h, DGI_REL_OBL);
    uint32_t p = verb_behind(m, s);
    if (p != DGI_NONE && wants_subject(m, p) && t[p].rel != DGI_REL_CONJ)
        return hang_subject(m, s, p);
    return !(has(m, h) & OBJECT) && hang(m, s, h, DGI_REL_OBJ);
}

/* "beat the rebels and Chad will pull out", "as Chad shelled the rebels and Togo sent two ships": what stands before a verb without a
 * subject is joined to no object. Without an auxiliary only a name, before a verb that the tree has below the one before. */
static bool taken_for_joined(struct mend *m, uint32_t s)
{
    enum { MOST_UP = 4 };
    struct dgi_tok *t = m->t;
    uint32_t behind = s + 1, cc = DGI_NONE;
    while (behind < m->end && t[behind].head == s && t[behind].rel == DGI_REL_FLAT)
        behind++;
    uint32_t v = behind;
    while (v < m->end && v < s + NEAR && t[v].upos != DGI_VERB && (t[v].upos == DGI_AUX || t[v].upos == DGI_ADV))
        v++;
    if (v >= m->end || t[v].upos != DGI_VERB || !wants_subject(m, v) || t[v].rel == DGI_REL_CONJ)
        return false;
    const bool helped = v > behind && t[behind].upos == DGI_AUX && tensed(m, behind);
    const bool bare = t[s].upos == DGI_PROPN && (tag(m, v, "VBD") || tag(m, v, "VBZ")) &&
                      (t[v].rel == DGI_REL_CCOMP || t[v].rel == DGI_REL_ADVCL || t[v].rel == DGI_REL_PARATAXIS);
    for (uint32_t i = s > m->first + NEAR ? s - NEAR : m->first; i < s; i++)
        if (t[i].head == s && t[i].rel == DGI_REL_CC)
            cc = i;
    uint32_t u = t[s].head;
    for (int i = 0; i < MOST_UP && u != DGI_NONE && u < s; i++, u = t[u].head)
        if (dgi_rel_base(t[u].rel) == DGI_REL_OBJ || dgi_rel_base(t[u].rel) == DGI_REL_OBL)
            break;
    u = u == DGI_NONE || u >= s || t[u].head == DGI_NONE ? DGI_NONE : t[u].head;
    if (cc == DGI_NONE || u == DGI_NONE || u > s || t[u].upos != DGI_VERB || !(has(m, u) & SUBJECT) ||
        (!helped && (!bare || t[v].head != u)) || !hang_subject(m, s, v))
        return false;
    t[cc].head = v;
    if (!helped)
        t[v].rel = DGI_REL_CONJ;
    if (t[u].head == v) { /* the first of the two carries the second */
        t[u].head = t[v].head;
        t[u].rel = t[v].rel;
        t[v].head = u;
        t[v].rel = DGI_REL_CONJ;
    }
    look(m);
    return true;
}

/* "Meeting rebels in Lome, Togo offered to help": a name between the comma that closes a participle clause and the finite verb is the
 * verb's subject, not another name of what the clause ends with. */
static bool taken_for_another_name(struct mend *m, uint32_t s)
{
    enum { MOST_UP = 5 };
    const struct dgi_tok *t = m->t;
    const uint32_t v = s + 1;
    if (t[v].upos != DGI_VERB || !(tag(m, v, "VBD") || tag(m, v, "VBZ")) || !wants_subject(m, v) ||
        t[v].rel == DGI_REL_CONJ)
        return false;
    uint32_t u = t[s].head;
    for (int i = 0; i < MOST_UP && u != DGI_NONE && u < s; i++, u = t[u].head)
        if (t[u].head == v && dgi_rel_base(t[u].rel) == DGI_REL_ADVCL && (tag(m, u, "VBG") || tag(m, u, "VBN")))
            return hang_subject(m, s, v);
    return false;
}

/* ---- objects ---- */

/* "gave the envoy [72 hours to leave]": a word of whom something is given, hung on a verb before. */
static bool of_recipient(const struct mend *m, uint32_t x)
{
    const struct dgi_tok *t = m->t;
    while (t[x].head != DGI_NONE && t[x].rel != DGI_REL_IOBJ && t[x].upos != DGI_VERB)
        x = t[x].head;
    return t[x].rel == DGI_REL_IOBJ && t[x].head < x;
}

/* "kidnap a pilot who defected", "have opened fire, wounding two": an object stands behind its verb. */
static bool before_its_verb(struct mend *m, uint32_t o)
{
    struct dgi_tok *t = m->t;
    uint32_t h = t[o].head, u = DGI_NONE, asked = DGI_NONE;
    bool helped = false;
    if (t[h].upos != DGI_VERB || asks(m, o))
        return false;
    for (uint32_t i = m->first; i < h; i++) {
        if ((t[i].head == o || t[i].head == h) && (asks(m, i) || tag(m, i, "WRB")) && i < o)
            return false; /* "which bridge they hit" */
        if (t[i].head == h && i > o && dgi_rel_base(t[i].rel) == DGI_REL_NSUBJ) {
            if (!asks(m, i))
                return false; /* "the arms they bought" */
            asked = i;
        }
        helped = helped || (t[i].head == h && i > o && dgi_rel_base(t[i].rel) == DGI_REL_AUX);
    }
    if (helped && wants_subject(m, h)) /* "say a bomb has killed two" */
        return hang_subject(m, o, h);
    for (uint32_t x = o; x-- > m->first && x + NEAR > o && u == DGI_NONE;) {
        bool beside = t[x].head != DGI_NONE && t[x].head < o && t[t[x].head].upos == DGI_VERB &&
                      (t[x].rel == DGI_REL_COMPOUND_PRT || t[x].rel == DGI_REL_ADVMOD);
        if (t[x].upos == DGI_VERB && !under(m, x, o))
            u = x;
        else if (!under(m, x, o) && !beside && !of_recipient(m, x))
            break;
    }
    if (u == DGI_NONE || (has(m, u) & OBJECT))
        return asked == DGI_NONE && wants_subject(m, h) && t[h].rel != DGI_REL_CONJ && hang_subject(m, o, h);
    if (!hang(m, o, u, DGI_REL_OBJ))
        return false;
    if (asked != DGI_NONE)
        hang(m, h, o, DGI_REL_ACL_RELCL);
    else if (h == o + 1 && (tag(m, h, "VBG") || tag(m, h, "VBN")))
        hang(m, h, o, DGI_REL_ACL);
    return true;
}

/* ---- clauses ---- */

/* The noun before "who" or "which", with or without a comma. */
static uint32_t noun_before(const struct mend *m, uint32_t w)
{
    const struct dgi_tok *t = m->t;
    uint32_t x = w;
    if (x > m->first + 1 && t[x - 1].upos == DGI_PUNCT)
        x--;
    if (x == m->first || !is_noun(m, --x))
        return DGI_NONE;
    for (int i = 0; i < NEAR && (t[x].rel == DGI_REL_FLAT || t[x].rel == DGI_REL_COMPOUND) && t[x].head < w; i++)
        x = t[x].head;
    return x;
}

/* "Chad, which shut its frontier, ...": a clause whose subject asks, behind a noun, is the noun's. */
static bool relative(struct mend *m, uint32_t v)
{
    struct dgi_tok *t = m->t;
    uint8_t rel = t[v].rel;
    if ((rel != DGI_REL_ACL && rel != DGI_REL_ADVCL && rel != DGI_REL_PARATAXIS && rel != DGI_REL_ACL_RELCL) ||
        (rel == DGI_REL_ACL_RELCL && t[v].head < v) || !predicates(m, v))
        return false;
    for (uint32_t w = v > m->first + FAR ? v - FAR : m->first; w < v; w++) {
        bool part = t[w].head == v && (is_subject(m, w) || (rel == DGI_REL_ACL_RELCL && t[w].rel == DGI_REL_OBJ));
        uint32_t n = part && asks(m, w) ? noun_before(m, w) : DGI_NONE;
        if (n != DGI_NONE)
            return hang(m, v, rel == DGI_REL_ACL && t[v].head < w ? t[v].head : n, DGI_REL_ACL_RELCL);
    }
    return false;
}

/* "occupied and annexed the region": no clause stands before its noun; this one is joined to the verb before. */
static bool joined_verb(struct mend *m, uint32_t v)
{
    const struct dgi_tok *t = m->t;
    if (dgi_rel_base(t[v].rel) != DGI_REL_ACL || t[v].head < v || v < m->first + 2 || !tag(m, v, "VBD") ||
        t[v - 1].rel != DGI_REL_CC || t[v - 2].upos != DGI_VERB)
        return false;
    return hang(m, v, v - 2, DGI_REL_CONJ);
}

/* "has ordered them to leave and halted purchases": behind "to leave" stands no verb with a tense of its own; it is joined to the verb
 * above that has one. */
static bool joined_infinitive(struct mend *m, uint32_t v)
{
    const struct dgi_tok *t = m->t;
    uint32_t h = t[v].head, g;
    const bool past = tag(m, v, "VBD") || tag(m, v, "VBN"), now = tag(m, v, "VBZ");
    if (t[v].rel != DGI_REL_CONJ || h > v || t[v].upos != DGI_VERB || (!past && !now) || !tag(m, h, "VB") ||
        dgi_str_eq(t[v].form, t[v].lemma) || /* "to evacuate villages and set up camps" */
        !(has(m, h) & TO) || (has(m, v) & (SUBJECT | EXPLETIVE | COPULA | FINITE | PASSIVE)))
        return false;
    bool with_and = false;
    for (uint32_t i = h + 1; i < v && !with_and; i++)
        with_and = t[i].rel == DGI_REL_CC && t[i].head == v;
    if (!with_and)
        return false;
    for (g = t[h].head; g != DGI_NONE && h - g < FAR; g = t[g].head) {
        if (g > h || t[g].upos != DGI_VERB)
            return false;
        if (now ? tag(m, g, "VBZ") : tag(m, g, "VBD") || (tag(m, g, "VBN") && (has(m, g) & FINITE)))
            return hang(m, v, g, DGI_REL_CONJ);
        uint8_t b = dgi_rel_base(t[g].rel);
        if (b != DGI_REL_XCOMP && b != DGI_REL_ADVCL && b != DGI_REL_CCOMP && b != DGI_REL_CONJ)
            return false;
    }
    return false;
}

/* "says it is asking": an auxiliary stands before its verb. */
static bool behind_helped(struct mend *m, uint32_t a)
{
    const struct dgi_tok *t = m->t;
    uint32_t h = t[a].head, v = a + 1;
    if (h > a || t[h].upos != DGI_VERB || t[a].upos != DGI_AUX)
        return false;
    while (v < m->end && v < a + NEAR && (t[v].upos == DGI_ADV || t[v].upos == DGI_AUX || t[v].upos == DGI_PART))
        v++;
    return v < m->end && t[v].upos == DGI_VERB && hang(m, a, v, t[a].rel);
}

/* "Chad [has] refused, its minister [said]": what helps a verb helps the next one, not one of another clause behind it; nothing hangs
 * on a word that helps. */
static bool over_helped(struct mend *m, uint32_t a)
{
    struct dgi_tok *t = m->t;
    const uint32_t h = t[a].head;
    uint32_t v = a + 1;
    if (t[a].upos != DGI_AUX || h < a || t[h].upos != DGI_VERB)
        return false;
    while (v < h && v < a + NEAR && (t[v].upos == DGI_ADV || t[v].upos == DGI_PART))
        v++;
    if (v >= h || t[v].upos != DGI_VERB || tag(m, v, "VBD") || tag(m, v, "VBZ") || tag(m, v, "VBP"))
        return false;
    if (under(m, v, a)) {
        if (t[v].head != a)
            return false;
        t[v].head = h;
        t[v].rel = DGI_REL_CCOMP;
    }
    t[a].head = v;
    for (uint32_t i = a > m->first + NEAR ? a - NEAR : m->first; i < v; i++)
        if (t[i].head == a)
            t[i].head = v;
    look(m);
    return true;
}

/* "demanded the release of a pastor": what has an article and a phrase right behind it is no infinitive. */
static bool noun_with_article(struct mend *m, uint32_t v)
{
    struct dgi_tok *t = m->t;
    if (!tag(m, v, "VB") || t[v].upos != DGI_VERB || t[v].rel != DGI_REL_XCOMP || v == m->first || v + 2 >= m->end ||
        !tag(m, v - 1, "DT") || t[v - 1].head != v || t[v + 1].upos != DGI_ADP || t[v + 1].head == DGI_NONE ||
        t[t[v + 1].head].head != v || (has(m, v) & (SUBJECT | TO)) || (has(m, t[v].head) & OBJECT))
        return false;
    t[v].upos = DGI_NOUN;
    t[v].xpos = DGI_S("NN");
    t[v].feats = DGI_S("Number=Sing");
    t[v].rel = DGI_REL_OBJ;
    for (uint32_t i = v + 1; i < m->end; i++)
        if (t[i].head == v && (dgi_rel_base(t[i].rel) == DGI_REL_OBL || t[i].rel == DGI_REL_OBJ))
            t[i].rel = DGI_REL_NMOD;
    look(m);
    return true;
}

static bool mend_word(struct mend *m, uint32_t x)
{
    const struct dgi_tok *k = &m->t[x];
    if (k->head == DGI_NONE)
        return false;
    if (is_subject(m, x) && !asks(m, x))
        return k->head > x ? over_its_verb(m, x) : behind_its_verb(m, x);
    if (k->rel == DGI_REL_CONJ && is_noun(m, x) && x + 2 < m->end && taken_for_joined(m, x))
        return true;
    if (k->rel == DGI_REL_APPOS && is_noun(m, x) && x + 1 < m->end && taken_for_another_name(m, x))
        return true;
    if (k->rel == DGI_REL_OBJ && k->head > x)
        return before_its_verb(m, x);
    return relative(m, x) || (k->upos == DGI_VERB && (joined_verb(m, x) || joined_infinitive(m, x)));
}

dg_status dgi_lang_mend(struct dgi_doc *doc, dg_error *err)
{
    uint32_t longest = 0;
    for (uint32_t s = 0; s < doc->n_sents; s++) {
        uint32_t n = doc->sents[s].end - doc->sents[s].first;
        longest = n > longest && n <= DGI_LANG_MAX_WORDS ? n : longest;
    }
    struct mend m = {.t = doc->toks, .has = dgi_arena_alloc(doc->arena, longest + 1)};
    if (!m.has)
        return dgi_fail(err, DG_E_NOMEM, "no memory to mend trees");
    for (uint32_t s = 0; s < doc->n_sents; s++) {
        m.first = doc->sents[s].first;
        m.end = doc->sents[s].end;
        if (m.end - m.first > DGI_LANG_MAX_WORDS) /* in pieces already */
            continue;
        dgi_mend_words(m.t, m.first, m.end);
        look(&m);
        uint32_t n = 0;
        for (uint32_t x = m.first; x < m.end && n < MOST; x++)
            n += dgi_rel_base(m.t[x].rel) == DGI_REL_AUX && m.t[x].head != DGI_NONE &&
                 (behind_helped(&m, x) || over_helped(&m, x));
        for (uint32_t x = m.first; x < m.end && n < MOST; x++)
            n += noun_with_article(&m, x) || mend_word(&m, x);
    }
    return DG_OK;
}
