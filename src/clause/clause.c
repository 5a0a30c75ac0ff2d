/* SPDX-License-Identifier: Apache-2.0 */
/* clause/clause.c: what each clause says of itself.
 *
 * Reads   token upos, xpos, feats, lemma, rel, children
 * Writes  doc->clauses
 *
 * Every stage used to answer these questions for itself, and five answers to "who is the subject" drifted apart. They are
 * answered here for the whole document in two passes, since asking later costs more than a field. */
#include "clause/clause.h"

static bool feat(const struct dgi_tok *k, const char *name_value)
{
    return k->feats.len && dgi_str_find(k->feats, dgi_str(name_value)) != SIZE_MAX;
}

static uint8_t form_of_tag(dg_str x)
{
    if (x.len == 2 && x.ptr[0] == 'M' && x.ptr[1] == 'D')
        return DGI_FORM_MODAL;
    if (x.len < 2 || x.len > 3 || x.ptr[0] != 'V' || x.ptr[1] != 'B')
        return DGI_FORM_NONE;
    switch (x.len == 3 ? x.ptr[2] : 0) {
    case 'D': return DGI_FORM_PAST;
    case 'Z': return DGI_FORM_PRESENT_S;
    case 'P': return DGI_FORM_PRESENT;
    case 'N': return DGI_FORM_PARTICIPLE;
    case 'G': return DGI_FORM_ING;
    case 0: return DGI_FORM_BASE;
    default: return DGI_FORM_NONE;
    }
}

static uint8_t form_of_feats(const struct dgi_tok *k)
{
    if (!feat(k, "VerbForm="))
        return DGI_FORM_NONE;
    if (feat(k, "VerbForm=Ger"))
        return DGI_FORM_ING;
    if (feat(k, "VerbForm=Part"))
        return feat(k, "Tense=Past") ? DGI_FORM_PARTICIPLE : DGI_FORM_ING;
    if (!feat(k, "VerbForm=Fin") || feat(k, "Mood=Imp") || feat(k, "Mood=Sub"))
        return DGI_FORM_BASE;
    if (feat(k, "Tense=Past"))
        return DGI_FORM_PAST;
    if (!feat(k, "Tense="))
        return DGI_FORM_MODAL;
    return feat(k, "Number=Sing") && feat(k, "Person=3") ? DGI_FORM_PRESENT_S : DGI_FORM_PRESENT;
}

/* The tag, and the features where it is none of a verb: another language has them alone. The other way round was tried: one
 * verb in 80 differs, items of gold/dev .769 -> .760, nothing else. */
static uint8_t form_of(const struct dgi_tok *k)
{
    uint8_t f = form_of_tag(k->xpos);
    return f != DGI_FORM_NONE ? f : form_of_feats(k);
}

bool dgi_is_relative(const struct dgi_doc *doc, uint32_t t)
{
    dg_str x = doc->toks[t].xpos;
    return x.len >= 2 && x.ptr[0] == 'W' && (dgi_str_is(x, "WP") || dgi_str_is(x, "WDT") || dgi_str_is(x, "WP$"));
}

bool dgi_is_wh(const struct dgi_doc *doc, uint32_t t)
{
    return dgi_is_relative(doc, t) || dgi_str_is(doc->toks[t].xpos, "WRB");
}

bool dgi_is_negator(const struct dgi_doc *doc, uint32_t t)
{
    return feat(&doc->toks[t], "Polarity=Neg") || feat(&doc->toks[t], "PronType=Neg");
}

bool dgi_is_plural(const struct dgi_doc *doc, uint32_t t)
{
    dg_str x = doc->toks[t].xpos;
    return dgi_str_is(x, "NNS") || dgi_str_is(x, "NNPS") || feat(&doc->toks[t], "Number=Plur");
}

static bool is_predicate(const struct dgi_doc *d, uint32_t t)
{
    const struct dgi_tok *k = &d->toks[t];
    if (k->upos == DGI_VERB || k->upos == DGI_AUX)
        return true;
    for (uint32_t ch = k->first_child; ch != DGI_NONE; ch = d->toks[ch].next_sib)
        if (d->toks[ch].rel == DGI_REL_COP || dgi_rel_base(d->toks[ch].rel) == DGI_REL_NSUBJ)
            return true;
    return false;
}

static void first(uint32_t *field, uint32_t tok)
{
    if (*field == DGI_NONE)
        *field = tok;
}

static void read_subject(struct dgi_clause *c, const struct dgi_tok *k, uint32_t ch)
{
    if (dgi_str_is(k[ch].xpos, "EX")) { /* an expletive that the parser calls a subject */
        first(&c->expletive, ch);
        return;
    }
    first(&c->subject, ch);
    if (k[ch].rel == DGI_REL_NSUBJ_PASS)
        c->pass_subject = ch;
    else if (c->near_subject == DGI_NONE || ch < c->pred)
        c->near_subject = ch;
}

static void read_aux(struct dgi_clause *c, const struct dgi_doc *d, uint32_t ch)
{
    uint8_t f = d->clauses->form[ch];
    first(&c->aux, ch);
    c->finite = c->finite || dgi_form_finite(f);
    if (f == DGI_FORM_MODAL)
        first(&c->modal, ch);
    if (c->tense == DGI_TENSE_NONE && f != DGI_FORM_MODAL && dgi_form_finite(f))
        c->tense = f == DGI_FORM_PAST ? DGI_TENSE_PAST : DGI_TENSE_PRESENT;
    c->perfect = c->perfect || (d->toks[ch].rel == DGI_REL_AUX && dgi_lemma_in(d, ch, DGI_W_HAVE));
}

static void read_child(struct dgi_clause *c, const struct dgi_doc *d, uint32_t ch)
{
    const struct dgi_tok *k = d->toks;
    switch (k[ch].rel) {
    case DGI_REL_NSUBJ:
    case DGI_REL_NSUBJ_OUTER:
    case DGI_REL_NSUBJ_PASS: read_subject(c, k, ch); break;
    case DGI_REL_CSUBJ:
    case DGI_REL_CSUBJ_PASS:
    case DGI_REL_CSUBJ_OUTER: first(&c->clause_subject, ch); break;
    case DGI_REL_EXPL: first(&c->expletive, ch); break;
    case DGI_REL_OBJ: first(&c->object, ch); break;
    case DGI_REL_IOBJ: first(&c->iobj, ch); break;
    case DGI_REL_CCOMP:
    case DGI_REL_XCOMP: first(&c->complement, ch); break;
    case DGI_REL_OBL_AGENT: first(&c->agent, ch); break;
    case DGI_REL_AUX:
    case DGI_REL_AUX_PASS:
    case DGI_REL_COP: read_aux(c, d, ch); break;
    case DGI_REL_MARK:
        if (k[ch].upos == DGI_PART)
            first(&c->particle, ch);
        else
            first(&c->marker, ch);
        break;
    default: break;
    }
    c->copular = c->copular || k[ch].rel == DGI_REL_COP;
    if (k[ch].rel == DGI_REL_AUX_PASS || k[ch].rel == DGI_REL_NSUBJ_PASS || k[ch].rel == DGI_REL_CSUBJ_PASS ||
        k[ch].rel == DGI_REL_OBL_AGENT)
        c->voice = DGI_PASSIVE;
    if (k[ch].rel == DGI_REL_ADVMOD && dgi_is_negator(d, ch)) {
        first(&c->negator, ch);
        c->negated = !c->negated;
    }
    if (k[ch].rel != DGI_REL_MARK && dgi_is_wh(d, ch))
        first(&c->wh, ch);
}

/* A participle without auxiliary or subject of its own is passive where it describes a noun or heads a headline; a
 * coordinated one is what its partner is (dgi_clauses_read comes back to it). */
static bool bare_passive(const struct dgi_doc *d, const struct dgi_clause *c)
{
    if (c->form != DGI_FORM_PARTICIPLE || c->aux != DGI_NONE || c->subject != DGI_NONE)
        return false;
    switch (d->toks[c->pred].rel) {
    case DGI_REL_ACL: return true;
    case DGI_REL_ACL_RELCL:
    case DGI_REL_AMOD:
    case DGI_REL_XCOMP:
    case DGI_REL_ADVCL:
    case DGI_REL_CCOMP:
    case DGI_REL_DEP:
    case DGI_REL_PARATAXIS:
    case DGI_REL_ROOT: return c->object == DGI_NONE;
    default: return false;
    }
}

static void read_clause(const struct dgi_doc *d, uint32_t v, struct dgi_clause *c)
{
    const struct dgi_tok *k = d->toks;
    c->subject = c->near_subject = c->pass_subject = c->clause_subject = c->expletive = c->object = c->iobj = c->agent =
        c->complement = c->aux = c->modal = c->marker = c->particle = c->negator = c->wh = c->partner = c->relative =
            DGI_NONE;
    c->pred = v;
    c->governor = k[v].head;
    c->form = d->clauses->form[v];
    c->finite = dgi_form_finite(c->form);
    if (c->finite && c->form != DGI_FORM_MODAL)
        c->tense = c->form == DGI_FORM_PAST ? DGI_TENSE_PAST : DGI_TENSE_PRESENT;
    for (uint32_t ch = k[v].first_child; ch != DGI_NONE; ch = k[ch].next_sib)
        read_child(c, d, ch);
    if (k[v].rel == DGI_REL_CONJ)
        c->partner = c->governor;
    if (dgi_rel_base(k[v].rel) == DGI_REL_ACL)
        c->relative = c->governor;
    if (c->voice == DGI_ACTIVE && bare_passive(d, c))
        c->voice = DGI_PASSIVE;
    c->mood = c->modal != DGI_NONE || c->form == DGI_FORM_MODAL ? DGI_MOOD_MODAL
              : c->finite                                       ? DGI_MOOD_INDICATIVE
              : c->particle != DGI_NONE                         ? DGI_MOOD_INFINITIVE
              : c->form == DGI_FORM_BASE                        ? DGI_MOOD_BASE
                                                                : DGI_MOOD_NONE;
}

/* of[t]: its own clause, else that of the nearest predicate above. Each token is climbed over once. */
static void place_tokens(const struct dgi_doc *d)
{
    static const uint32_t NOT_YET = DGI_NONE - 1;
    uint32_t *of = d->clauses->of;
    for (uint32_t t = 0, k = 0; t < d->n_toks; t++)
        of[t] = k < d->clauses->n && d->clauses->clause[k].pred == t ? k++ : NOT_YET;
    for (uint32_t t = 0; t < d->n_toks; t++) {
        uint32_t x = t, answer;
        const struct dgi_sent *s = &d->sents[d->toks[t].sent];
        for (uint32_t n = s->end - s->first; x != DGI_NONE && of[x] == NOT_YET && n; n--) /* broken input has circles */
            x = d->toks[x].head;
        answer = x == DGI_NONE || of[x] == NOT_YET ? DGI_NONE : of[x];
        for (x = t; x != DGI_NONE && of[x] == NOT_YET; x = d->toks[x].head)
            of[x] = answer;
    }
}

/* "were detained and beaten": without an auxiliary or a subject of its own a coordinated participle has the voice of
 * its partner, which stands before it. */
static void share_voice(const struct dgi_doc *d)
{
    for (uint32_t i = 0; i < d->clauses->n; i++) {
        struct dgi_clause *c = &d->clauses->clause[i];
        const struct dgi_clause *p = c->partner == DGI_NONE ? NULL : dgi_clause_at(d, c->partner);
        if (p && p->voice == DGI_PASSIVE && c->form == DGI_FORM_PARTICIPLE && c->aux == DGI_NONE &&
            c->subject == DGI_NONE)
            c->voice = DGI_PASSIVE;
    }
}

/* "Egypt demanded that Sudan withdraw": a clause with "that" and a subject of its own right behind a verb is its complement, whatever the
 * parser calls it (it takes the subjunctive for an infinitive or an adverbial clause). Every room sees the relation, so it is
 * mended in the tree. cases: boards 6 */
static void complements(struct dgi_doc *doc)
{
    enum { BETWEEN = 3 }; /* words of a day or a place between the two */
    struct dgi_tok *t = doc->toks;
    for (uint32_t v = 0; v < doc->n_toks; v++) {
        uint8_t rel = dgi_rel_base(t[v].rel);
        uint32_t h = t[v].head;
        if ((rel != DGI_REL_XCOMP && rel != DGI_REL_ADVCL) || h == DGI_NONE || h > v || t[h].upos != DGI_VERB ||
            dgi_child_base(doc, v, DGI_REL_NSUBJ, DGI_NONE) == DGI_NONE)
            continue;
        uint32_t mark = dgi_child(doc, v, DGI_REL_MARK, DGI_NONE);
        if (mark == DGI_NONE || mark < h || mark > v || mark - h > BETWEEN + 1 || !dgi_tok_in(doc, mark, DGI_W_THAT))
            continue;
        bool near = true;
        for (uint32_t k = h + 1; k < mark; k++)
            near = near &&
                   (t[k].upos == DGI_ADP || t[k].upos == DGI_PROPN || t[k].upos == DGI_NUM || t[k].upos == DGI_NOUN);
        if (near)
            t[v].rel = DGI_REL_CCOMP;
    }
}

/* "Gunmen overran a post, killing nine soldiers, an officer said": the participle goes with the clause before it, not with the
 * verb of saying behind, whose subject would be made the killer. True when a word was hung elsewhere. */
static bool trailing_participles(struct dgi_doc *doc)
{
    struct dgi_tok *t = doc->toks;
    bool moved = false;
    for (uint32_t v = 0; v < doc->n_toks; v++) {
        uint32_t h = t[v].head, before = DGI_NONE;
        uint8_t rel = dgi_rel_base(t[v].rel);
        if (h == DGI_NONE || h < v || t[h].upos != DGI_VERB || form_of(&t[v]) != DGI_FORM_ING ||
            (rel != DGI_REL_CCOMP && rel != DGI_REL_ADVCL) || v == 0 || !dgi_str_is(t[v - 1].form, ",") ||
            dgi_child_base(doc, v, DGI_REL_NSUBJ, DGI_NONE) != DGI_NONE ||
            dgi_child(doc, v, DGI_REL_AUX, DGI_NONE) != DGI_NONE ||
            dgi_child(doc, v, DGI_REL_MARK, DGI_NONE) != DGI_NONE)
            continue;
        for (uint32_t k = t[h].first_child; k != DGI_NONE && k < v; k = t[k].next_sib)
            if ((dgi_rel_base(t[k].rel) == DGI_REL_CCOMP || dgi_rel_base(t[k].rel) == DGI_REL_PARATAXIS) &&
                t[k].upos == DGI_VERB && dgi_child_base(doc, k, DGI_REL_NSUBJ, DGI_NONE) != DGI_NONE)
                before = k;
        if (before == DGI_NONE)
            continue;
        t[v].head = before;
        t[v].rel = DGI_REL_ADVCL;
        moved = true;
    }
    return moved;
}

/* "The bank said there were losses", "The paper reported Oduya had left", "The judge found records showed it": a subject `b` behind its verb that has one
 * already is that of the clause beside it, or of the participle that was hung on it. False: neither. */
static bool later_subject(struct dgi_doc *doc, uint32_t v, uint32_t b)
{
    struct dgi_tok *t = doc->toks;
    uint32_t first, end;
    for (uint32_t k = t[v].first_child; k != DGI_NONE; k = t[k].next_sib)
        if (k > v && t[k].rel == DGI_REL_CCOMP && dgi_child_base(doc, k, DGI_REL_NSUBJ, DGI_NONE) == DGI_NONE) {
            t[b].head = k;
            return true;
        }
    dgi_subtree(doc, b, &first, &end);
    const bool behind = first == v + 1 && t[v - 1].upos != DGI_PUNCT; /* but: "..., said officials told of it" */
    const uint32_t k = behind ? dgi_child(doc, b, DGI_REL_ACL, DGI_NONE) : DGI_NONE;
    if (k == DGI_NONE || k < b || t[k].upos != DGI_VERB || form_of(&t[k]) == DGI_FORM_ING ||
        dgi_child(doc, k, DGI_REL_MARK, DGI_NONE) != DGI_NONE)
        return false;
    t[k].head = v;
    t[k].rel = DGI_REL_CCOMP;
    t[k].xpos = DGI_S("VBD");
    t[b].head = k;
    return true;
}

/* Two subjects of one verb. "The court Monday ruled": the second says when. "Reports of a raid were false, the envoy said": the first is that of the clause between them, which
 * has none. "Chad, a late comer, and Mali signed": the second, behind "and", goes with the first. True when a word was hung
 * elsewhere. */
static bool second_subjects(struct dgi_doc *doc)
{
    struct dgi_tok *t = doc->toks;
    bool moved = false;
    for (uint32_t v = 0; v < doc->n_toks; v++) {
        uint32_t a = t[v].upos == DGI_VERB ? dgi_child(doc, v, DGI_REL_NSUBJ, DGI_NONE) : DGI_NONE;
        uint32_t b = a == DGI_NONE ? DGI_NONE : dgi_child(doc, v, DGI_REL_NSUBJ, a), between = DGI_NONE;
        if (b == DGI_NONE || a > v)
            continue;
        if (b < v && t[b].first_child == DGI_NONE && dgi_tok_in(doc, b, DGI_W_BARE_DAY)) {
            t[b].rel = DGI_REL_OBL_UNMARKED;
            moved = true;
            continue;
        }
        if (b > v && later_subject(doc, v, b)) {
            moved = true;
            continue;
        }
        for (uint32_t k = t[v].first_child; k != DGI_NONE && k < b && k < v; k = t[k].next_sib)
            if (k > a && t[k].rel == DGI_REL_CCOMP && dgi_child_base(doc, k, DGI_REL_NSUBJ, DGI_NONE) == DGI_NONE)
                between = k;
        uint32_t first, end;
        dgi_subtree(doc, b, &first, &end);
        if (between != DGI_NONE) {
            t[a].head = between;
            moved = true;
        } else if (b < v && first > a + 1 && t[first].upos != DGI_CCONJ && t[first - 1].upos == DGI_CCONJ &&
                   dgi_tok_in(doc, first - 1, DGI_W_AND)) {
            t[b].head = a;
            t[b].rel = DGI_REL_CONJ;
            t[first - 1].head = b;
            t[first - 1].rel = DGI_REL_CC;
            moved = true;
        } else if (b < v && t[first].upos == DGI_CCONJ && dgi_tok_in(doc, first, DGI_W_AND)) {
            t[b].head = a;
            t[b].rel = DGI_REL_CONJ;
            moved = true;
        }
    }
    return moved;
}

/* The finite verb without a subject right behind the comma that closes what began at `from`. */
static uint32_t verb_behind_comma(const struct dgi_doc *doc, uint32_t from, uint32_t end)
{
    enum { ASIDE = 16 }; /* words set off */
    const struct dgi_tok *t = doc->toks;
    for (uint32_t i = from; i + 1 < end && i < from + ASIDE; i++) {
        uint8_t form = form_of(&t[i + 1]);
        if (dgi_str_is(t[i].form, ",") && t[i + 1].upos == DGI_VERB &&
            (form == DGI_FORM_PAST || form == DGI_FORM_PRESENT_S) &&
            dgi_child_base(doc, i + 1, DGI_REL_NSUBJ, DGI_NONE) == DGI_NONE &&
            dgi_child(doc, i + 1, DGI_REL_CC, DGI_NONE) == DGI_NONE)
            return i + 1;
        if (form == DGI_FORM_PAST || form == DGI_FORM_PRESENT_S || form == DGI_FORM_MODAL)
            break;
    }
    return DGI_NONE;
}

/* "Chad sent tents, and Mali, after a long silence, condemned the raid": the name between "and" and the comma, hung on a noun of
 * the clause before, is the subject of the verb behind what is set off. True when a word was hung elsewhere. */
static bool set_off_subjects(struct dgi_doc *doc)
{
    enum { NAME = 4 };
    struct dgi_tok *t = doc->toks;
    bool moved = false;
    for (uint32_t i = 1; i + 2 < doc->n_toks; i++) {
        uint32_t end = doc->sents[t[i].sent].end, n = i + 1, v;
        if (t[i].upos != DGI_CCONJ || !dgi_str_is(t[i - 1].form, ",") || t[i - 1].sent != t[i].sent)
            continue;
        while (n < end && n <= i + NAME && t[n].upos == DGI_PROPN)
            n++;
        if (n == i + 1 || n >= end || !dgi_str_is(t[n].form, ",") ||
            (v = verb_behind_comma(doc, n + 1, end)) == DGI_NONE)
            continue;
        uint32_t name = i + 1;
        for (int k = 0; k < NAME && t[name].head != DGI_NONE && t[name].head > i && t[name].head < n; k++)
            name = t[name].head;
        uint32_t on = t[name].head;
        if (t[name].rel != DGI_REL_CONJ || on == DGI_NONE || t[on].upos == DGI_VERB || t[v].head == name)
            continue;
        t[name].head = v;
        t[name].rel = DGI_REL_NSUBJ;
        if (t[v].rel == DGI_REL_ADVCL)
            t[v].rel = DGI_REL_CONJ;
        moved = true;
    }
    return moved;
}

/* "Asked about the raid, the minister said": a participle that opens a sentence, before a comma, describes the subject of the main
 * verb, whatever it was hung as and tagged. */
static void opening_participles(struct dgi_doc *doc)
{
    struct dgi_tok *t = doc->toks;
    for (uint32_t s = 0; s < doc->n_sents; s++) {
        uint32_t v = doc->sents[s].first, h = v < doc->sents[s].end ? t[v].head : DGI_NONE, first, end;
        uint8_t form = h == DGI_NONE ? DGI_FORM_NONE : form_of(&t[v]);
        if (h == DGI_NONE || h < v || t[v].upos != DGI_VERB || t[h].upos != DGI_VERB ||
            (form != DGI_FORM_PAST && form != DGI_FORM_PARTICIPLE) ||
            (t[v].rel != DGI_REL_CCOMP && t[v].rel != DGI_REL_ADVCL && t[v].rel != DGI_REL_PARATAXIS) ||
            dgi_child_base(doc, v, DGI_REL_NSUBJ, DGI_NONE) != DGI_NONE)
            continue;
        dgi_subtree(doc, v, &first, &end);
        if (end > h || !(dgi_str_is(t[end - 1].form, ",") || dgi_str_is(t[end].form, ",")))
            continue;
        t[v].rel = DGI_REL_ADVCL;
        t[v].xpos = DGI_S("VBN");
    }
}

/* "Chad, Togo sign pact": in a headline two that act together stand beside each other without "and"; an apposition would close with a comma
 * before the verb, which says by its own form that they are several. True when a word is called something else. */
static bool headline_pairs(struct dgi_doc *doc)
{
    struct dgi_tok *t = doc->toks;
    bool changed = false;
    for (uint32_t v = 2; v < doc->n_toks; v++) {
        uint32_t a = t[v].upos == DGI_VERB ? dgi_child(doc, v, DGI_REL_NSUBJ, DGI_NONE) : DGI_NONE, first, end;
        uint32_t b = a == DGI_NONE || a > v ? DGI_NONE : dgi_child(doc, a, DGI_REL_APPOS, DGI_NONE);
        if (b == DGI_NONE || form_of(&t[v]) == DGI_FORM_PARTICIPLE || !feat(&t[v], "Number=Plur") ||
            !feat(&t[v], "Tense=Pres") || dgi_child(doc, a, DGI_REL_APPOS, b) != DGI_NONE ||
            dgi_child(doc, a, DGI_REL_DET, DGI_NONE) != DGI_NONE ||
            dgi_child(doc, b, DGI_REL_DET, DGI_NONE) != DGI_NONE)
            continue;
        dgi_subtree(doc, b, &first, &end);
        const bool comma = first <= b && first > a && dgi_str_is(t[first].form, ",");
        if (end != v || dgi_str_is(t[v - 1].form, ",") ||
            !(comma || (first > a + 1 && dgi_str_is(t[first - 1].form, ","))) ||
            (dgi_is_plural(doc, a) && t[a].upos == DGI_PROPN))
            continue;
        t[b].rel = DGI_REL_CONJ;
        changed = true;
    }
    return changed;
}

/* "Greek marines head for Cyprus", "Two destroyers steam to Aden": a noun right behind a subject in the plural, with a phrase behind it and
 * neither a copula nor an article, is the verb of a headline. */
static void headline_verbs(struct dgi_doc *doc)
{
    struct dgi_tok *t = doc->toks;
    for (uint32_t v = 1; v + 1 < doc->n_toks; v++) {
        if (t[v].upos != DGI_NOUN || dgi_is_plural(doc, v) || t[v].head != DGI_NONE)
            continue;
        uint32_t a = dgi_child(doc, v, DGI_REL_NSUBJ, DGI_NONE);
        if (a != v - 1 || !dgi_is_plural(doc, a) || t[v + 1].upos != DGI_ADP || dgi_tok_in(doc, v + 1, DGI_W_OF) ||
            dgi_child(doc, v, DGI_REL_COP, DGI_NONE) != DGI_NONE ||
            dgi_child(doc, v, DGI_REL_DET, DGI_NONE) != DGI_NONE)
            continue;
        t[v].upos = DGI_VERB;
        t[v].xpos = DGI_S("VBP");
        for (uint32_t k = t[v].first_child; k != DGI_NONE; k = t[k].next_sib)
            if (k > v && t[k].rel == DGI_REL_NMOD)
                t[k].rel = DGI_REL_OBL;
    }
}

dg_status dgi_clauses_read(struct dgi_doc *doc, dg_error *err)
{
    size_t n = doc->n_toks ? doc->n_toks : 1;
    uint32_t n_pred = 0;
    struct dgi_clauses *cs = dgi_arena_alloc(doc->arena, sizeof *cs);
    if (!cs || !(cs->form = dgi_arena_array(doc->arena, n, sizeof *cs->form)) ||
        !(cs->of = dgi_arena_array(doc->arena, n, sizeof *cs->of)))
        return dgi_fail(err, DG_E_NOMEM, "no memory to read the clauses");
    headline_verbs(doc);
    complements(doc);
    opening_participles(doc);
    bool participles = trailing_participles(doc), subjects = second_subjects(doc), set_off = set_off_subjects(doc),
         pairs = headline_pairs(doc);
    if (participles || subjects || set_off || pairs)
        dgi_tree_index(doc);
    for (uint32_t t = 0; t < doc->n_toks; t++) {
        cs->form[t] = form_of(&doc->toks[t]);
        cs->of[t] = is_predicate(doc, t);
        n_pred += cs->of[t];
    }
    if (!(cs->clause = dgi_arena_array(doc->arena, n_pred ? n_pred : 1, sizeof *cs->clause)))
        return dgi_fail(err, DG_E_NOMEM, "no memory to read the clauses");
    doc->clauses = cs;
    for (uint32_t t = 0; t < doc->n_toks; t++)
        if (cs->of[t])
            read_clause(doc, t, &cs->clause[cs->n++]);
    place_tokens(doc);
    share_voice(doc);
    return DG_OK;
}
