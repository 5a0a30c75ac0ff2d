/* SPDX-License-Identifier: Apache-2.0 */
/* quote/attribution.c: candidates, their features, their weights, and the choice among them.
 *
 * A candidate is a statement, or a word with what depends on it to its right ("wants | to reopen the mine"), or a passive
 * verb with its subject ("the port | is considered | a prize"). A log-linear model over some twenty features each
 * (lexicon/en/attributions.tsv, made by train/quotes) gives its chance; the likelier ones are taken first, and none that
 * shares a word with one taken before. */
#include "quote/attribution.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "quote/attribution_in.h"
#include "quote/quote_in.h"

enum {
    FEATURE = 96,
    MOST = 400 /* words of a content */,
    LONGEST = 1000 /* words of a sentence that is looked at */,
    COLON = 8 /* words from a cue to the colon behind it */
};
static const float LEAST = 0.5f; /* chance: best F1 on the development part of PolNeAR */
static const float WITHIN =
    0.6f; /* how much the chance of a candidate around it sets one back: the outer one is meant */

struct candidate {
    struct dgi_attribution at;
    uint32_t word;       /* the cue of a candidate that is no statement, or DGI_NONE */
    uint32_t first, end; /* tokens of the content, hull */
    bool passive;        /* the content begins with the passive subject */
    float order;         /* by which it is chosen */
    uint32_t next;       /* candidate that begins in the same sentence, or DGI_NONE */
};
struct many {
    struct dgi_quote_work w;
    struct candidate *list;
    uint32_t n, cap;
    uint32_t *of_sent; /* [n_sents] the first candidate that begins there */
    uint8_t *quoted;   /* [n_toks] in a direct statement */
    uint8_t *spoken;   /* [n_toks] cue of a statement */
    uint8_t *taken;    /* [n_toks] in a content that was chosen */
    dgi_feature_fn *fn;
    void *user;
    const struct candidate *now;
    float sum;
};

/* ---- features ---- */
__attribute__((format(printf, 2, 3))) static void feature(struct many *m, const char *fmt, ...)
{
    char buf[FEATURE];
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(buf, sizeof buf, fmt, ap);
    va_end(ap);
    if (n <= 0 || n >= FEATURE)
        return; /* a word longer than any of the table */
    if (m->fn) {
        m->fn(m->user, &m->now->at, buf);
        return;
    }
    const struct dgi_quote_ctx *ctx = m->w.ctx;
    const uint32_t row = dgi_table_find(ctx->weights, (dg_str){buf, (size_t)n});
    if (row != DGI_NONE)
        m->sum += ctx->weight[row];
}

static int bits(uint32_t n)
{
    int b = 0;
    for (; n; n >>= 1)
        b++;
    return b;
}

static const char *class_of(const struct many *m, uint32_t t, char *buf, size_t size)
{
    const dg_str c = dgi_stance(&m->w, t);
    snprintf(buf, size, "%.*s", (int)c.len, c.ptr);
    return c.len ? buf : "-";
}

/* The noun that is the object, when something hangs on it to its right: "made | the case | that ...". */
static uint32_t heavy_object(const struct dgi_doc *d, uint32_t v)
{
    const uint32_t o = dgi_child(d, v, DGI_REL_OBJ, DGI_NONE);
    if (o == DGI_NONE || o < v || d->toks[o].upos != DGI_NOUN)
        return DGI_NONE;
    for (uint32_t c = d->toks[o].first_child; c != DGI_NONE; c = d->toks[c].next_sib) {
        const uint8_t r = dgi_rel_base(d->toks[c].rel);
        if (c > o && (r == DGI_REL_NMOD || r == DGI_REL_ACL || r == DGI_REL_CCOMP))
            return o;
    }
    return DGI_NONE;
}

/* "obl+for": how the first dependents to the right hang on the word, with their preposition or subordinator. */
static const char *object_of(const struct many *m, uint32_t v, char *buf, size_t size)
{
    const struct dgi_doc *d = m->w.doc;
    for (uint32_t c = d->toks[v].first_child; c != DGI_NONE; c = d->toks[c].next_sib) {
        const uint8_t r = dgi_rel_base(d->toks[c].rel);
        if (c < v || r == DGI_REL_PUNCT || r == DGI_REL_CONJ || r == DGI_REL_CC || r == DGI_REL_ADVMOD ||
            r == DGI_REL_AUX || r == DGI_REL_COP)
            continue;
        dg_str mark = {"", 0};
        for (uint32_t k = d->toks[c].first_child; k != DGI_NONE && k < c && !mark.len; k = d->toks[k].next_sib)
            if (d->toks[k].rel == DGI_REL_CASE || d->toks[k].rel == DGI_REL_MARK)
                mark = d->toks[k].lemma;
        snprintf(buf, size, "%s%s%.*s", dgi_rel_name[r], mark.len ? "+" : "", (int)(mark.len < 12 ? mark.len : 12),
                 mark.ptr);
        return buf;
    }
    return "-";
}

static const char *type_of(const struct many *m, uint32_t noun)
{
    const uint32_t c = m->w.cover[noun];
    const struct dgi_doc *d = m->w.doc;
    const uint32_t e = c == DGI_NONE ? DGI_NONE : d->mentions[c].entity;
    return e < d->n_entities ? dgi_entity_type_name[d->entities[e].type] : "-";
}

static void of_subject(struct many *m, uint32_t v, const char *cls)
{
    const struct dgi_doc *d = m->w.doc;
    const uint32_t s = dgi_quote_subject(&m->w, v);
    if (s == DGI_NONE) {
        feature(m, "subject:none");
        const uint8_t r = dgi_rel_base(d->toks[v].rel), f = dgi_form(d, v);
        if ((f == DGI_FORM_BASE || f == DGI_FORM_PRESENT) && !dgi_marked(d, v, DGI_W_TO) &&
            (d->toks[v].head == DGI_NONE || r == DGI_REL_CONJ || r == DGI_REL_PARATAXIS || r == DGI_REL_CCOMP))
            feature(m, "imperative:");
        return;
    }
    const dg_str form = d->toks[s].form;
    feature(m, "subject:%s", dgi_upos_name[d->toks[s].upos]);
    feature(m, "subject.type:%s", type_of(m, s));
    feature(m, "subject.type:%s %s", type_of(m, s), cls);
    if (d->toks[s].upos == DGI_PRON) {
        char low[16];
        const dg_str l = dgi_utf8_lower_buf(form, low, sizeof low);
        feature(m, "pronoun:%.*s", (int)l.len, l.ptr);
    }
    if (dgi_cue_carrier(&m->w, s))
        feature(m, "subject:text %s", cls);
}

static void of_children(struct many *m, uint32_t v)
{
    const struct dgi_doc *d = m->w.doc;
    bool owned = false;
    for (uint32_t c = d->toks[v].first_child; c != DGI_NONE; c = d->toks[c].next_sib) {
        const dg_str l = d->toks[c].lemma;
        const uint8_t r = d->toks[c].rel;
        owned |= r == DGI_REL_NMOD_POSS;
        if (dgi_rel_base(r) == DGI_REL_AUX)
            feature(m, "aux:%.*s", (int)l.len, l.ptr);
        if (r == DGI_REL_MARK)
            feature(m, "mark:%.*s", (int)l.len, l.ptr);
        if (r == DGI_REL_COP)
            feature(m, "has:cop");
        if (dgi_tok_in(d, c, DGI_W_NEGATOR))
            feature(m, "has:not");
        if (d->toks[v].upos == DGI_NOUN && r == DGI_REL_DET)
            feature(m, "determiner:%.*s", (int)l.len, l.ptr);
    }
    if (d->toks[v].upos == DGI_NOUN)
        feature(m, "owner:%d", owned);
}

static void of_word(struct many *m, const struct candidate *c)
{
    const struct dgi_doc *d = m->w.doc;
    const uint32_t v = c->word, h = d->toks[v].head;
    const char *const u = dgi_upos_name[d->toks[v].upos], *const k = c->passive ? "<>" : ">";
    const char *const rel = dgi_rel_name[d->toks[v].rel];
    const dg_str l = d->toks[v].lemma;
    char cls_buf[24], obj_buf[40], head_buf[24];
    const char *const cls = class_of(m, v, cls_buf, sizeof cls_buf), *const obj =
                                                                         object_of(m, v, obj_buf, sizeof obj_buf);
    feature(m, "word:%s %s", u, k);
    feature(m, "class:%s %s", cls, u);
    feature(m, "class:%s %.*s", cls, (int)strcspn(obj, "+"), obj);
    feature(m, "object:%s", obj);
    feature(m, "object:%s %s", obj, u);
    feature(m, "form:%d %s", dgi_form(d, v), k);
    feature(m, "role:%s %s", rel, u);
    if (h == DGI_NONE) {
        feature(m, "root");
    } else {
        feature(m, "head:%s", dgi_upos_name[d->toks[h].upos]);
        feature(m, "head.class:%s %s", class_of(m, h, head_buf, sizeof head_buf), rel);
    }
    const uint32_t o = u[0] == 'V' ? heavy_object(d, v) : DGI_NONE;
    if (o != DGI_NONE)
        feature(m, "object.class:%s", class_of(m, o, head_buf, sizeof head_buf));
    if (u[0] == 'N' && h != DGI_NONE && h < v && d->toks[v].rel == DGI_REL_OBJ)
        feature(m, "object.of:%s", class_of(m, h, head_buf, sizeof head_buf));
    feature(m, "length:%d", bits(c->end - c->first) < 6 ? bits(c->end - c->first) : 6);
    feature(m, "lemma:%.*s %s", (int)l.len, l.ptr, u);
    feature(m, "lemma:%.*s %s %s", (int)l.len, l.ptr, u, obj);
    of_subject(m, v, cls);
    of_children(m, v);
}

static void of_statement(struct many *m, const struct candidate *c)
{
    const struct dgi_doc *d = m->w.doc;
    const struct dgi_statement *s = &c->at.s;
    char buf[24];
    const char *const cls = s->cue_tok == DGI_NONE ? "-" : class_of(m, s->cue_tok, buf, sizeof buf);
    feature(m, "said:%s", dgi_statement_kind_name[s->kind]);
    feature(m, "said.class:%s", cls);
    feature(m, "said.class:%s %s", cls, dgi_statement_kind_name[s->kind]);
    feature(m, "said.speaker:%d", s->speaker != DGI_NONE);
    feature(m, "said.length:%d", bits(c->end - c->first) < 7 ? bits(c->end - c->first) : 7);
    if (s->negated)
        feature(m, "said.negated");
    if (s->cue_tok != DGI_NONE) {
        const dg_str l = d->toks[s->cue_tok].lemma;
        feature(m, "said.lemma:%.*s", (int)l.len, l.ptr);
    }
}

static float chance(struct many *m, const struct candidate *c)
{
    m->now = c;
    m->sum = 0;
    feature(m, "any:");
    if (c->word == DGI_NONE)
        of_statement(m, c);
    else
        of_word(m, c);
    return 1 / (1 + expf(-m->sum));
}

/* ---- spans ---- */
/* Marks the first MOST words of the subtree. */
static void mark(struct dgi_quote_work *w, uint32_t top)
{
    const struct dgi_doc *d = w->doc;
    uint32_t t = top;
    for (int n = 0; n < MOST; n++) {
        w->in[t] = 1;
        if (d->toks[t].first_child != DGI_NONE) {
            t = d->toks[t].first_child;
            continue;
        }
        while (t != top && d->toks[t].next_sib == DGI_NONE && d->toks[t].head != DGI_NONE)
            t = d->toks[t].head;
        if (t == top || d->toks[t].next_sib == DGI_NONE)
            return;
        t = d->toks[t].next_sib;
    }
}

/* "in a statement on Thursday", "since the debate", "during his time there": where and when it was said. */
static bool setting(const struct dgi_quote_work *w, uint32_t v, uint32_t c)
{
    const struct dgi_doc *d = w->doc;
    char buf[64];
    const dg_str by = dgi_case_of(d, c, buf, sizeof buf);
    if (dgi_rel_base(d->toks[c].rel) != DGI_REL_OBL || c < v)
        return false;
    return dgi_word_in(d->words, DGI_W_SAID_WHEN, by) || (dgi_word_in(d->words, DGI_W_IN, by) && dgi_cue_carrier(w, c));
}

/* "endorsed the plan in July": when it was said. */
static bool dated(const struct dgi_doc *d, uint32_t v, uint32_t c)
{
    if (c < v || dgi_rel_base(d->toks[c].rel) != DGI_REL_OBL)
        return false;
    uint32_t low = 0, high = d->n_times; /* times stand in the order of the text */
    while (low < high) {
        const uint32_t mid = low + (high - low) / 2;
        if (d->times[mid].end <= c)
            low = mid + 1;
        else
            high = mid;
    }
    return low < d->n_times && d->times[low].first <= c && d->times[low].kind != DGI_TIME_DURATION;
}

/* Is the dependent part of what is wanted, praised ..., or a thing the reporter adds? */
static bool belongs(const struct dgi_quote_work *w, uint32_t v, uint32_t c)
{
    const struct dgi_doc *d = w->doc;
    if (setting(w, v, c) || dated(d, v, c))
        return false;
    switch (d->toks[c].rel) {
    case DGI_REL_COMPOUND_PRT:
    case DGI_REL_OBL_AGENT:
    case DGI_REL_OBL_UNMARKED:
    case DGI_REL_OBL_TMOD: return false;
    default: break;
    }
    switch (dgi_rel_base(d->toks[c].rel)) {
    case DGI_REL_PUNCT:
    case DGI_REL_CONJ:
    case DGI_REL_CC:
    case DGI_REL_PARATAXIS:
    case DGI_REL_AUX:
    case DGI_REL_COP:
    case DGI_REL_EXPL: return false;
    case DGI_REL_ADVMOD: return c != v + 1;
    case DGI_REL_ADVCL: {
        const uint32_t k = dgi_clause_marker(d, c);
        uint32_t first, end;
        dgi_subtree(d, c, &first, &end);
        if (k != DGI_NONE && d->toks[k].upos == DGI_SCONJ && !dgi_tok_in(d, k, DGI_W_THAT) && dgi_has_finite(d, c))
            return false; /* "while ...", "after she had lost" */
        return !(k == DGI_NONE && first > 0 && dgi_tok_is(d, first - 1, ",") && dgi_form(d, c) == DGI_FORM_ING);
    }
    default: return true;
    }
}

static bool is_dash(const struct dgi_doc *d, uint32_t t)
{
    return dgi_tok_is(d, t, "-") || dgi_tok_is(d, t, "--") || dgi_tok_is(d, t, "\xe2\x80\x94") ||
           dgi_tok_is(d, t, "\xe2\x80\x93") || dgi_tok_is(d, t, "\xe2\x80\x95");
}

/* ", forcing it to close": what the reporter says came of it. */
static bool brings(const struct dgi_quote_work *w, uint32_t t)
{
    const struct dgi_doc *d = w->doc;
    const uint32_t v = d->toks[t].upos == DGI_ADV ? t + 1 : t;
    if (t == 0 || v >= d->n_toks || !dgi_tok_is(d, t - 1, ",") || w->region_of[t] != DGI_NONE)
        return false;
    const uint8_t r = dgi_rel_base(d->toks[v].rel);
    return d->toks[v].upos == DGI_VERB && dgi_form(d, v) == DGI_FORM_ING && (r == DGI_REL_ADVCL || r == DGI_REL_ACL);
}

/* Does the reporter go on at t: ", saying ...", ", according to ...", ", while ..."? */
static bool goes_on(const struct dgi_quote_work *w, uint32_t t)
{
    const struct dgi_doc *d = w->doc;
    const uint8_t cls = dgi_cue_class(w, t);
    if (is_dash(d, t) && (d->toks[t].flags & DGI_TOK_SPACE_AFTER) && (d->toks[t - 1].flags & DGI_TOK_SPACE_AFTER))
        return true; /* an aside */
    if (dgi_tok_in(d, t, DGI_W_IN) && d->toks[t].upos == DGI_ADP && d->toks[t].head != DGI_NONE &&
        d->toks[t].head < t + 6 && d->toks[t].head > t && dgi_cue_carrier(w, d->toks[t].head))
        return true; /* "in a letter to the mayor": where it was said */
    if (t == 0 || !dgi_tok_is(d, t - 1, ","))
        return false;
    if (dgi_is_relative(d, t) && !dgi_tok_in(d, t, DGI_W_THAT))
        return true; /* ", who lost the vote": what everybody knows of it */
    if (brings(w, t))
        return true;
    return cls == DGI_CUE_PREP || dgi_tok_in(d, t, DGI_W_WHILE) ||
           ((dgi_cue_is_speech(cls) || cls == DGI_CUE_NAME) && dgi_form(d, t) == DGI_FORM_ING &&
            d->toks[t].rel != DGI_REL_CONJ);
}

static bool leads(const struct dgi_doc *d, uint32_t t)
{
    const uint8_t u = d->toks[t].upos;
    if (u == DGI_SCONJ && d->toks[t].rel == DGI_REL_MARK && d->toks[t].head != DGI_NONE && d->toks[t].head > t)
        return dgi_form(d, d->toks[t].head) == DGI_FORM_ING; /* "called for | closing the port" */
    return u == DGI_ADP || u == DGI_PUNCT || u == DGI_CCONJ;
}

/* The marked words in [from, to) as stretches, marks between them closing no gap. Unmarks. False: none, or no memory. */
static bool stretches(struct many *m, struct candidate *c, uint32_t from, uint32_t to)
{
    struct dgi_quote_work *w = &m->w;
    const struct dgi_doc *d = w->doc;
    dgi_span *s = dgi_arena_array(w->arena, DGI_QUOTE_MAX_SPANS, sizeof *s);
    uint32_t n = 0, last = DGI_NONE;
    bool ends = false;
    c->first = DGI_NONE;
    for (uint32_t t = from; t < to; t++) {
        ends |= c->first != DGI_NONE && t > c->word && goes_on(w, t);
        const bool in = !ends && w->in[t] && !(c->first == DGI_NONE && leads(d, t)) && d->toks[t].upos != DGI_PUNCT;
        w->in[t] = 0;
        if (!s || !in)
            continue;
        bool gap = last == DGI_NONE;
        for (uint32_t k = last; !gap && ++k < t;)
            gap = d->toks[k].upos != DGI_PUNCT;
        if (gap && n == DGI_QUOTE_MAX_SPANS)
            continue;
        if (gap)
            s[n++].start = d->toks[t].start;
        s[n - 1].end = d->toks[t].end;
        last = t;
        if (c->first == DGI_NONE)
            c->first = t;
        c->end = t + 1;
    }
    c->at.s.content = s;
    c->at.s.n_content = n;
    return n > 0;
}

/* The cue with its auxiliaries and adverbs, and the particle or preposition that stands before the content. */
static dgi_span cue_words(const struct dgi_doc *d, uint32_t v, uint32_t content)
{
    uint32_t first = v, last = v;
    while (first > 0 && first + 4 > v && d->toks[first - 1].sent == d->toks[v].sent &&
           (d->toks[first - 1].head == v || d->toks[first - 1].head == first) &&
           (dgi_rel_base(d->toks[first - 1].rel) == DGI_REL_AUX || d->toks[first - 1].rel == DGI_REL_COP ||
            d->toks[first - 1].rel == DGI_REL_ADVMOD || d->toks[first - 1].rel == DGI_REL_AMOD))
        first--;
    while (last + 1 < content && last < v + 3 && leads(d, last + 1) && d->toks[last + 1].upos != DGI_PUNCT)
        last++;
    return (dgi_span){d->toks[first].start, d->toks[last].end};
}

/* 'VANCE: "Never."' and '"Never." - Vance': a mark is the cue. */
static dgi_span sign_of(const struct dgi_doc *d, uint32_t first, uint32_t end)
{
    for (uint32_t t = first, n = 0; n < 2 && t-- > 0; n++)
        if (dgi_tok_is(d, t, ":"))
            return (dgi_span){d->toks[t].start, d->toks[t].end};
    for (uint32_t t = end; t < d->n_toks && t < end + 2; t++)
        if (is_dash(d, t) || dgi_tok_is(d, t, ":"))
            return (dgi_span){d->toks[t].start, d->toks[t].end};
    return (dgi_span){0, 0};
}

/* ---- candidates ---- */
static struct candidate *add(struct many *m)
{
    struct candidate *c = DGI_PUSH(m->w.arena, m->list, m->n, m->cap);
    if (c)
        *c = (struct candidate){
            .word = DGI_NONE,
            .at = {.statement = DGI_NONE,
                   .s = {.speaker = DGI_NONE, .cue_tok = DGI_NONE, .addressee = DGI_NONE, .outer = DGI_NONE}}};
    return c;
}

static int by_start(const void *a, const void *b)
{
    const dgi_span *x = a, *y = b;
    return (x->start > y->start) - (x->start < y->start);
}

/* 'wrote that "the port ..."', 'said he "has offended ..."': the words between the cue and a quotation that goes on with their clause are
 * said too. False: no memory. */
static bool lead(struct many *m, struct candidate *c)
{
    const struct dgi_doc *d = m->w.doc;
    const uint32_t cue = c->at.s.cue_tok, r = m->w.region_of[c->first];
    if (cue == DGI_NONE || cue > c->first || r == DGI_NONE || m->w.regions[r].open <= cue + 1 ||
        d->toks[cue].sent != d->toks[c->first].sent)
        return true;
    const uint32_t open = m->w.regions[r].open;
    const char first = d->toks[c->first].form.ptr[0];
    uint32_t from = open;
    for (uint32_t t = open; t-- > cue + 1 && open - t < 14;) {
        if (d->toks[t].upos == DGI_PUNCT && !(t + 1 == open && dgi_tok_is(d, t, ",")))
            break;
        if (dgi_tok_in(d, t, DGI_W_THAT)) {
            from = t;
            break;
        }
    }
    if (from == open && first >= 'a' && first <= 'z' && open - cue <= 4 && dgi_cue_class(&m->w, cue) == DGI_CUE_SAY &&
        (d->toks[cue + 1].upos == DGI_PRON || d->toks[cue + 1].upos == DGI_DET))
        from = cue + 1;
    if (from == open)
        return true;
    dgi_span *all = dgi_arena_array(m->w.arena, c->at.s.n_content, sizeof *all);
    if (!all)
        return false;
    memcpy(all, c->at.s.content, c->at.s.n_content * sizeof *all);
    all[0].start = d->toks[from].start;
    c->at.s.content = all;
    c->at.s.kind = DGI_MIXED;
    c->first = from;
    return true;
}

/* Is there nothing between token a and token b of a sentence but what joins two quotations: '"slow" and "dear"', '"come" and then "go"'? */
static bool only_joins(const struct dgi_doc *d, uint32_t a, uint32_t b)
{
    enum { FAR = 7 };
    bool any = false;
    if (b > a + FAR || d->toks[a].sent != d->toks[b].sent)
        return false;
    for (uint32_t t = a; t < b; t++) {
        any |= d->toks[t].upos == DGI_CCONJ;
        if (d->toks[t].upos != DGI_PUNCT && d->toks[t].upos != DGI_CCONJ && !(any && d->toks[t].upos == DGI_ADV))
            return false;
    }
    return any;
}

/* '"I like him," she said, but "his plan is poor."': what joins the stretches is said too. False: no memory. */
static bool joined(struct many *m, struct candidate *c)
{
    const struct dgi_doc *d = m->w.doc;
    uint32_t n = 0;
    dgi_span *all = dgi_arena_array(m->w.arena, c->at.s.n_content, sizeof *all);
    if (!all)
        return false;
    for (uint32_t k = 0; k < c->at.s.n_content; k++) {
        dgi_span x = c->at.s.content[k];
        const uint32_t first = dgi_tok_from(d, x.start), r = m->w.region_of[first],
                       open = r == DGI_NONE ? 0 : m->w.regions[r].open;
        if (n && only_joins(d, dgi_tok_from(d, all[n - 1].end), first)) {
            all[n - 1].end = x.end;
            continue;
        }
        if (k && open > 1 && d->toks[open - 1].upos == DGI_CCONJ && dgi_tok_is(d, open - 2, ",") &&
            m->w.region_of[open - 1] == DGI_NONE)
            x.start = d->toks[open - 1].start;
        all[n++] = x;
    }
    c->at.s.content = all;
    c->at.s.n_content = n;
    return true;
}

/* The content as a copy that may be changed, set as the candidate's; NULL: no memory. */
static dgi_span *own_content(struct many *m, struct candidate *c)
{
    dgi_span *all = dgi_arena_array(m->w.arena, c->at.s.n_content, sizeof *all);
    if (all) {
        memcpy(all, c->at.s.content, c->at.s.n_content * sizeof *all);
        c->at.s.content = all;
    }
    return all;
}

/* Ends the content before token t, and before the comma there. False: no memory. */
static bool end_at(struct many *m, struct candidate *c, uint32_t t)
{
    const struct dgi_doc *d = m->w.doc;
    const uint32_t last = dgi_tok_is(d, t - 1, ",") ? t - 2 : t - 1;
    uint32_t n = c->at.s.n_content;
    dgi_span *all = own_content(m, c);
    if (!all)
        return false;
    while (n > 1 && all[n - 1].start >= d->toks[t - 1].start)
        n--;
    if (all[n - 1].end > d->toks[last].end)
        all[n - 1].end = d->toks[last].end;
    c->at.s.n_content = n;
    c->end = last + 1;
    return true;
}

/* "claimed that the toll was fair, although he would not pay it": the reporter concedes. Ends the content before it. False: no memory. */
static bool concedes(struct many *m, struct candidate *c)
{
    const struct dgi_doc *d = m->w.doc;
    const uint32_t cue = c->at.s.cue_tok;
    uint32_t t = c->first + 3;
    if (cue == DGI_NONE || cue > c->first)
        return true;
    while (t < c->end && !(dgi_tok_is(d, t - 1, ",") && dgi_tok_in(d, t, DGI_W_THOUGH)))
        t++;
    return t >= c->end || end_at(m, c, t);
}

/* "called the toll unfair after the vote had failed", "praised the crews, with the mayor at his side": where what is wanted, praised ... ends
 * and the reporter goes on. False: no memory. */
static bool circumstances(struct many *m, struct candidate *c)
{
    const struct dgi_doc *d = m->w.doc;
    for (uint32_t t = c->first + 2; t < c->end; t++) {
        if (c->word > c->first || m->w.region_of[t] != DGI_NONE || d->toks[t].sent != d->toks[c->first].sent)
            continue;
        const bool comma = dgi_tok_is(d, t - 1, ",");
        const bool when =
            !comma && d->toks[t].upos == DGI_SCONJ && d->toks[t].rel == DGI_REL_MARK &&
            (dgi_tok_in(d, t, DGI_W_AFTER) || dgi_tok_in(d, t, DGI_W_WHILE) || dgi_tok_in(d, t, DGI_W_UNTIL));
        if (when || (comma && dgi_tok_in(d, t, DGI_W_WITH)))
            return end_at(m, c, t);
    }
    return true;
}

/* 'said the system was “rigged” and “slow” and “dear”': short quotations that only "and" joins to what was said. False: no memory. */
static bool more_quoted(struct many *m, struct candidate *c)
{
    const struct dgi_doc *d = m->w.doc;
    uint32_t r = m->w.region_of[c->end - 1], end = c->end;
    if (r == DGI_NONE || m->w.regions[r].close == DGI_NONE)
        return true;
    for (; r + 1 < m->w.n_regions && m->w.regions[r + 1].close != DGI_NONE && !m->w.regions[r + 1].full; r++) {
        if (m->w.regions[r].close == DGI_NONE || !only_joins(d, m->w.regions[r].close + 1, m->w.regions[r + 1].open))
            break;
        end = m->w.regions[r + 1].end;
    }
    if (end == c->end)
        return true;
    dgi_span *all = own_content(m, c);
    if (!all)
        return false;
    all[c->at.s.n_content - 1].end = d->toks[end - 1].end;
    c->end = end;
    return true;
}

/* 'Roy said she recalled thinking, "We are late."': words told by a cue that stands in what the candidate before says, right behind it, are
 * said there. False: no memory. */
static bool tells_on(struct many *m, const struct dgi_statement *s, bool *done)
{
    const struct dgi_doc *d = m->w.doc;
    struct candidate *c = m->n ? &m->list[m->n - 1] : NULL;
    const uint32_t from = dgi_tok_from(d, s->content[0].start);
    *done = false;
    if (!c || s->cue_tok == DGI_NONE || c->at.s.cue_tok == DGI_NONE || c->at.s.kind == DGI_DIRECT ||
        s->cue_tok < c->first || s->cue_tok >= c->end || s->cue_tok > from || from < c->end || from > c->end + 3 ||
        s->n_content != 1 || d->toks[s->cue_tok].sent != d->toks[from].sent || c->at.s.cue_tok == s->cue_tok)
        return true;
    dgi_span *all = own_content(m, c);
    if (!all)
        return false;
    all[c->at.s.n_content - 1].end = s->content[0].end;
    c->at.s.kind = DGI_MIXED;
    c->end = dgi_tok_from(d, s->content[0].end);
    *done = true;
    return true;
}

/* '"One," she said. "Two."', 'The ships are late, Roy said. "The fog is thick."': the candidate before, of the same speaker, in whose paragraph
 * and right behind which a quotation without a cue stands; NULL: none. */
static struct candidate *goes_on_from(const struct many *m, const struct dgi_statement *s)
{
    const struct dgi_doc *d = m->w.doc;
    struct candidate *c = m->n ? &m->list[m->n - 1] : NULL;
    if (!c || s->cue_tok != DGI_NONE || s->kind == DGI_INDIRECT || c->at.s.cue_tok == DGI_NONE ||
        s->speaker != c->at.s.speaker ||
        (s->speaker == DGI_NONE && s->speaker_span.start != c->at.s.speaker_span.start))
        return NULL;
    for (uint32_t t = c->first; t < c->end && c->at.s.kind == DGI_MIXED; t++)
        if (m->w.region_of[t] == DGI_NONE && dgi_cue_class(&m->w, t) == DGI_CUE_SAY)
            return NULL; /* 'Roy said it was slow because "few know," she said. "We ..."' */
    const uint32_t cue = d->toks[c->at.s.cue_tok].sent, end = d->toks[c->end - 1].sent, from = cue > end ? cue : end;
    if (s->sentence != from + 1 || d->sents[s->sentence].starts_par)
        return NULL;
    for (uint32_t t = d->sents[from].first; t < d->sents[from].end;
         t++) /* '... because "few know," she said. "We ..."' */
        if (t > c->at.s.cue_tok && t >= c->end && dgi_cue_class(&m->w, t) == DGI_CUE_SAY)
            return NULL;
    return c;
}

/* 'The envoy scolded him: "The map is wrong," she said. "Go."': what stands behind the colon has the cue before it, the rest the cue
 * behind. Takes the first stretch off s into a candidate of its own. False: no memory. */
static bool of_colon(struct many *m, struct dgi_statement *s)
{
    const struct dgi_doc *d = m->w.doc;
    if (s->kind != DGI_DIRECT || s->n_content < 2 || s->cue_tok == DGI_NONE)
        return true;
    const uint32_t r = m->w.region_of[dgi_tok_from(d, s->content[0].start)];
    const uint32_t open = r == DGI_NONE ? 0 : m->w.regions[r].open;
    if (open < 3 || !dgi_tok_is(d, open - 1, ":") || s->cue_tok < m->w.regions[r].end ||
        d->toks[s->cue_tok].start > s->content[1].start)
        return true;
    uint32_t v = open - 1;
    while (v > 0 && open - v < COLON && !(d->toks[v].upos == DGI_VERB && dgi_cue_is_speech(dgi_cue_class(&m->w, v))))
        v--;
    const uint32_t who = d->toks[v].upos == DGI_VERB && open - v < COLON ? dgi_quote_subject(&m->w, v) : DGI_NONE;
    if (who == DGI_NONE)
        return true;
    struct candidate *c = add(m);
    if (!c)
        return false;
    c->at.s = *s;
    c->at.s.n_content = 1;
    c->at.s.cue_tok = v;
    c->at.s.cue = cue_words(d, v, v);
    c->at.s.speaker_span = dgi_attribution_phrase(d, who, v);
    c->first = dgi_tok_from(d, s->content[0].start);
    c->end = dgi_tok_from(d, s->content[0].end);
    m->spoken[v] = 1;
    s->content++;
    s->n_content--;
    s->sentence = d->toks[dgi_tok_from(d, s->content[0].start)].sent;
    return true;
}

/* Statements that stand in no other, those of one cue together, and what goes on from them. */
static bool statements(struct many *m)
{
    const struct dgi_doc *d = m->w.doc;
    for (uint32_t i = 0; i < d->n_statements; i++) {
        struct dgi_statement of = d->statements[i];
        const struct dgi_statement *s = &of;
        struct candidate *c = NULL;
        if (s->outer != DGI_NONE || !s->n_content)
            continue;
        if (!of_colon(m, &of))
            return false;
        for (uint32_t k = m->n; k-- > 0 && k + 8 > m->n && !c;)
            if (s->cue_tok != DGI_NONE && m->list[k].at.s.cue_tok == s->cue_tok)
                c = &m->list[k];
        bool told = false;
        if (!c && !tells_on(m, s, &told))
            return false;
        if (told)
            continue;
        const bool on = !c && (c = goes_on_from(m, s)) != NULL;
        if (!c) {
            if (!(c = add(m)))
                return false;
            c->at.s = *s;
            c->at.statement = i;
        } else {
            dgi_span *all = dgi_arena_array(m->w.arena, c->at.s.n_content + s->n_content, sizeof *all);
            if (!all)
                return false;
            memcpy(all, c->at.s.content, c->at.s.n_content * sizeof *all);
            memcpy(all + c->at.s.n_content, s->content, s->n_content * sizeof *all);
            c->at.s.content = all;
            c->at.s.n_content += s->n_content;
            c->at.s.kind = c->at.s.kind == s->kind ? s->kind : DGI_MIXED;
            qsort(all, c->at.s.n_content, sizeof *all, by_start);
        }
        c->first = dgi_tok_from(d, c->at.s.content[0].start);
        c->end = dgi_tok_from(d, c->at.s.content[c->at.s.n_content - 1].end);
        if (c->at.s.n_content > 1 && !joined(m, c))
            return false;
        if (!more_quoted(m, c))
            return false;
        if (s->kind != DGI_DIRECT && !concedes(m, c))
            return false;
        if (s->kind == DGI_DIRECT && !on && !lead(m, c))
            return false;
        if (s->cue_tok == DGI_NONE && !on && s->cue.end <= s->cue.start)
            c->at.s.cue = sign_of(d, c->first, c->end);
        if (s->cue_tok != DGI_NONE) {
            m->spoken[s->cue_tok] = 1;
            if (d->toks[s->cue_tok].upos == DGI_VERB)
                c->at.s.cue = cue_words(d, s->cue_tok, c->first > s->cue_tok ? c->first : s->cue_tok);
            const uint32_t who =
                d->toks[s->cue_tok].upos == DGI_VERB ? dgi_attribution_source(&m->w, s->cue_tok) : DGI_NONE;
            if (who != DGI_NONE &&
                (s->speaker_span.end <= s->speaker_span.start || dgi_attribution_led(&m->w, s->cue_tok) ||
                 (d->toks[who].start >= s->speaker_span.start && d->toks[who].end <= s->speaker_span.end)))
                c->at.s.speaker_span = dgi_attribution_phrase(d, who, s->cue_tok);
        }
        for (uint32_t k = 0; k < s->n_content && s->kind == DGI_DIRECT; k++)
            for (uint32_t t = dgi_tok_from(d, s->content[k].start);
                 t < d->n_toks && d->toks[t].start < s->content[k].end; t++)
                m->quoted[t] = 1;
    }
    return true;
}

static bool word(struct many *m, uint32_t v, bool passive)
{
    struct dgi_quote_work *w = &m->w;
    const struct dgi_doc *d = w->doc;
    const struct dgi_sent *st = &d->sents[d->toks[v].sent];
    bool any = false;
    const bool tells = dgi_cue_class(w, v) == DGI_CUE_TELL && dgi_child(d, v, DGI_REL_CCOMP, DGI_NONE) != DGI_NONE;
    for (uint32_t c = d->toks[v].first_child; c != DGI_NONE; c = d->toks[c].next_sib)
        if (tells && (d->toks[c].rel == DGI_REL_OBJ || d->toks[c].rel == DGI_REL_IOBJ))
            continue; /* whom he tells */
        else if (c > v ? belongs(w, v, c) : passive && d->toks[c].rel == DGI_REL_NSUBJ_PASS) {
            mark(w, c);
            any = true;
        }
    if (!any)
        return true;
    for (uint32_t t = st->first; t <= v && !passive; t++)
        w->in[t] = 0;
    w->in[v] = 0;
    struct candidate c = {.word = v, .passive = passive, .at = {.statement = DGI_NONE}};
    c.at.s = (struct dgi_statement){.kind = DGI_INDIRECT,
                                    .speaker = DGI_NONE,
                                    .cue_tok = v,
                                    .addressee = DGI_NONE,
                                    .outer = DGI_NONE,
                                    .sentence = d->toks[v].sent};
    if (!stretches(m, &c, st->first, st->end))
        return true;
    const uint32_t who = dgi_attribution_source(w, v);
    c.at.s.cue = cue_words(d, v, c.first > v ? c.first : v);
    c.at.s.negated = dgi_quote_negated(w, v);
    c.at.sense = dgi_stance(w, v);
    if (who != DGI_NONE) {
        dgi_span span;
        c.at.s.speaker = dgi_quote_entity(w, who, &span);
        c.at.s.speaker_span = dgi_attribution_phrase(d, who, v);
    }
    for (uint32_t t = c.first; t < c.end; t++)
        if (w->region_of[t] != DGI_NONE)
            c.at.s.kind = DGI_MIXED;
    if (!circumstances(m, &c))
        return false;
    struct candidate *slot = add(m);
    if (slot)
        *slot = c;
    return slot != NULL;
}

static bool candidates(struct many *m)
{
    const struct dgi_doc *d = m->w.doc;
    if (!statements(m))
        return false;
    for (uint32_t t = 0; t < d->n_toks; t++) {
        const uint8_t u = d->toks[t].upos;
        const struct dgi_sent *st = &d->sents[d->toks[t].sent];
        if ((u != DGI_VERB && u != DGI_NOUN && u != DGI_ADJ) || m->quoted[t] || m->spoken[t] ||
            st->end - st->first > LONGEST)
            continue;
        if (!word(m, t, false) ||
            (u == DGI_VERB && dgi_child(d, t, DGI_REL_NSUBJ_PASS, DGI_NONE) != DGI_NONE && !word(m, t, true)))
            return false;
    }
    m->of_sent = dgi_arena_array(m->w.arena, d->n_sents + 1, sizeof *m->of_sent);
    if (!m->of_sent)
        return false;
    memset(m->of_sent, 0xff, (d->n_sents + 1) * sizeof *m->of_sent);
    for (uint32_t i = 0; i < m->n; i++) {
        uint32_t *first = &m->of_sent[d->toks[m->list[i].first].sent];
        m->list[i].next = *first;
        *first = i;
    }
    return true;
}

/* ---- choice ---- */
static int by_chance(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    if (x->order != y->order)
        return x->order > y->order ? -1 : 1;
    return x->first != y->first ? (x->first > y->first) - (x->first < y->first)
                                : (x->word > y->word) - (x->word < y->word);
}

static int by_place(const void *a, const void *b)
{
    const struct dgi_attribution *x = a, *y = b;
    return (x->s.content[0].start > y->s.content[0].start) - (x->s.content[0].start < y->s.content[0].start);
}

/* "wants to junk the law": what is junked is less likely meant than what is wanted. Candidates stand in order of sentences. */
static void set_back(struct many *m)
{
    const struct dgi_doc *d = m->w.doc;
    for (uint32_t i = 0; i < m->n; i++) {
        struct candidate *c = &m->list[i];
        float around = 0;
        const uint32_t cue = c->at.s.cue_tok;
        for (uint32_t k = cue == DGI_NONE ? DGI_NONE : m->of_sent[d->toks[cue].sent]; k != DGI_NONE;
             k = m->list[k].next) {
            const struct candidate *o = &m->list[k];
            if (o != c && o->first <= cue && cue < o->end && o->first <= c->first && c->end <= o->end &&
                o->at.confidence >= LEAST && o->at.confidence > around)
                around = o->at.confidence;
        }
        c->order = c->at.confidence - (c->at.s.kind == DGI_DIRECT ? 0 : WITHIN * around);
    }
}

/* Marks the words of the content; false when one of them is taken. */
static bool take(struct many *m, const struct candidate *c)
{
    const struct dgi_doc *d = m->w.doc;
    for (int pass = 0; pass < 2; pass++)
        for (uint32_t k = 0; k < c->at.s.n_content; k++)
            for (uint32_t t = dgi_tok_from(d, c->at.s.content[k].start);
                 t < d->n_toks && d->toks[t].start < c->at.s.content[k].end; t++) {
                if (pass == 0 && m->taken[t])
                    return false;
                m->taken[t] = 1;
            }
    return true;
}

static bool open_work(struct many *m, const struct dgi_quote_ctx *ctx, const struct dgi_doc *doc)
{
    /* the helpers of the stage take a document that they could write to; here nothing is written */
    m->w = (struct dgi_quote_work){
        .ctx = ctx, .doc = (struct dgi_doc *)(uintptr_t)doc, .arena = dgi_arena_new(0), .last_speaker = DGI_NONE};
    if (!m->w.arena)
        return false;
    m->quoted = dgi_arena_array(m->w.arena, doc->n_toks + 1, 1);
    m->spoken = dgi_arena_array(m->w.arena, doc->n_toks + 1, 1);
    m->taken = dgi_arena_array(m->w.arena, doc->n_toks + 1, 1);
    return m->quoted && m->spoken && m->taken && dgi_quote_look(&m->w) && candidates(m);
}

dg_status dgi_attribution_features(const struct dgi_quote_ctx *ctx, const struct dgi_doc *doc, dgi_feature_fn *fn,
                                   void *user, dg_error *err)
{
    struct many m = {.fn = fn, .user = user};
    const bool ok = !doc->n_toks || open_work(&m, ctx, doc);
    for (uint32_t i = 0; ok && i < m.n; i++)
        chance(&m, &m.list[i]);
    dgi_arena_free(m.w.arena);
    return ok ? DG_OK : dgi_fail(err, DG_E_NOMEM, "no memory for the attributions");
}

dg_status dgi_attributions(const struct dgi_quote_ctx *ctx, const struct dgi_doc *doc, dgi_arena *a,
                           struct dgi_attribution **out, uint32_t *n, dg_error *err)
{
    struct many m = {0};
    *out = NULL;
    *n = 0;
    if (!doc->n_toks || !doc->clauses)
        return DG_OK;
    bool ok = open_work(&m, ctx, doc) && (*out = dgi_arena_array(a, m.n + 1, sizeof **out)) != NULL;
    for (uint32_t i = 0; ok && i < m.n; i++)
        m.list[i].at.confidence = chance(&m, &m.list[i]);
    if (ok)
        set_back(&m);
    if (ok && m.n)
        qsort(m.list, m.n, sizeof *m.list, by_chance);
    for (uint32_t i = 0; ok && i < m.n; i++) {
        if (m.list[i].at.confidence < LEAST || !take(&m, &m.list[i]))
            continue;
        struct dgi_attribution *o = &(*out)[(*n)++];
        *o = m.list[i].at;
        dgi_span *spans = dgi_arena_array(a, o->s.n_content, sizeof *spans);
        ok = spans != NULL;
        if (ok)
            memcpy(spans, m.list[i].at.s.content, o->s.n_content * sizeof *spans);
        o->s.content = spans;
        if (o->s.cue_tok != DGI_NONE)
            o->sense = dgi_stance(&m.w, o->s.cue_tok);
    }
    if (ok && *n)
        qsort(*out, *n, sizeof **out, by_place);
    dgi_arena_free(m.w.arena);
    return ok ? DG_OK : dgi_fail(err, DG_E_NOMEM, "no memory for the attributions");
}
