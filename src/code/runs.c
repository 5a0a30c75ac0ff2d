/* SPDX-License-Identifier: Apache-2.0 */
/* code/runs.c: fixed expressions: words that stand in this order after the trigger ("turned its [back on X]").
 *
 * Reads   lemmas, forms, parts of speech; of the tree only which noun heads a phrase
 * Writes  coder.run: the phrase that stands for X
 *
 * An idiom is frozen, and where it is, parsers are at their worst: "back" is read as a particle, "brush-off" as a verb. So its
 * words are compared as they stand; articles, owners, adjectives and adverbs between them do not count, nor does what stands
 * between two commas ("left its ally, Jordan, in the lurch"). */
#include "code/coder.h"

enum { MAX_SKIP = 4, MAX_GAP = 8, MAX_WILD = 5, MAX_ASIDE = 9, MAX_CLAUSE = 14, NEAR = 3 };

/* The form in small letters as a word of the tables, or 0. */
static uint32_t low_of(const struct coder *c, uint32_t tok)
{
    if (!c->low[tok])
        c->low[tok] = 1 + dgi_lexis_id_lower(&c->t->lx, c->doc->toks[tok].form);
    return c->low[tok] - 1;
}

static bool is_word(const struct coder *c, uint32_t tok, const struct run_word *e)
{
    if (c->r.lem[tok] && dgi_in_words(e->word, e->n_words, c->r.lem[tok]))
        return true;
    uint32_t low = low_of(c, tok);
    return low && dgi_in_words(e->word, e->n_words, low);
}

/* Every word of a sentence, as its lemma and as it stands. */
static const struct dgi_sign *sign_of(const struct coder *c, uint32_t sent)
{
    struct dgi_sign *s = &c->signs->of;
    if (c->signs->sent == sent)
        return s;
    c->signs->sent = sent;
    memset(s, 0, sizeof *s);
    for (uint32_t i = c->doc->sents[sent].first; i < c->doc->sents[sent].end; i++) {
        dgi_sign_add(s, c->r.lem[i]);
        dgi_sign_add(s, low_of(c, i));
    }
    return s;
}

static bool may_stand(const struct run *r, const struct dgi_sign *s)
{
    bool any = false, empty = true;
    for (uint32_t i = 0; i < DGI_SIGN; i++) {
        if (r->all.bit[i] & ~s->bit[i])
            return false;
        any = any || r->any.bit[i] & s->bit[i];
        empty = empty && !r->any.bit[i];
    }
    return any || empty;
}

/* Words between those of an expression: "its", "the", "very cold", "-". An article is one whatever the parser takes it for, and so is
 * what stands right at the word before it ("Mali's") as a preposition: in frozen expressions it is at its least sure. */
static bool is_between(const struct coder *c, uint32_t tok)
{
    const struct dgi_tok *t = c->doc->toks;
    if (dgi_tok_in(c->doc, tok, DGI_W_THE) || dgi_tok_in(c->doc, tok, DGI_W_A))
        return true;
    switch (c->r.upos[tok]) {
    case DGI_ADP: return tok > 0 && t[tok].rel == DGI_REL_CASE && t[tok].start == t[tok - 1].end;
    case DGI_DET:
    case DGI_ADJ:
    case DGI_ADV:
    case DGI_NUM: return true;
    case DGI_VERB: return c->doc->toks[tok].rel == DGI_REL_AMOD; /* "the abducted nuns" */
    case DGI_PRON: return dgi_tok_in(c->doc, tok, DGI_W_POSSESSIVE);
    case DGI_PUNCT: return c->doc->toks[tok].form.len && strchr("-'\"`", c->doc->toks[tok].form.ptr[0]) != NULL;
    case DGI_PART: return c->doc->toks[tok].rel == DGI_REL_CASE;
    default: return false;
    }
}

/* Words of one phrase of a noun: what stands in a gap, and what X may run on with. */
static bool is_phrase(const struct coder *c, uint32_t tok)
{
    switch (c->r.upos[tok]) {
    case DGI_NOUN:
    case DGI_PROPN:
    case DGI_PRON:
    case DGI_CCONJ:
    case DGI_PART:
    case DGI_SYM: return true;
    case DGI_ADP: {
        const struct run_word of = {&c->t->lx.prep[DGI_PREP_OF], 1, false};
        return is_word(c, tok, &of) || is_between(c, tok);
    }
    default: return is_between(c, tok);
    }
}

static bool is_comma(const struct coder *c, uint32_t tok)
{
    return c->r.upos[tok] == DGI_PUNCT && dgi_str_eq(c->doc->toks[tok].form, dgi_str(","));
}

static bool is_semicolon(const struct coder *c, uint32_t tok)
{
    return c->r.upos[tok] == DGI_PUNCT && dgi_str_eq(c->doc->toks[tok].form, dgi_str(";"));
}

/* ", Jordan," and ", once again,": where it ends when one begins at `at`, else `at`. A clause is none. */
static uint32_t aside_end(const struct coder *c, uint32_t at, uint32_t end)
{
    if (!is_comma(c, at))
        return at;
    for (uint32_t j = at + 1; j < end && j <= at + MAX_ASIDE; j++) {
        if (is_comma(c, j))
            return j > at + 1 ? j + 1 : at;
        if (!is_phrase(c, j) && c->r.upos[j] != DGI_ADP)
            break;
    }
    return at;
}

bool dgi_is_mutual(const struct coder *c, uint32_t tok)
{
    return c->r.upos[tok] == DGI_DET && dgi_child(c->doc, tok, DGI_REL_FIXED, DGI_NONE) == tok + 1;
}

static bool is_noun(const struct coder *c, uint32_t tok)
{
    uint8_t u = c->r.upos[tok];
    if (dgi_tok_in(c->doc, tok, DGI_W_POSSESSIVE))
        return c->r.cover[tok] != DGI_NONE;
    return dgi_is_mutual(c, tok) || u == DGI_NOUN || u == DGI_PROPN || u == DGI_PRON || c->r.cover[tok] != DGI_NONE ||
           c->doc->toks[tok].mention != DGI_NONE;
}

static bool has_article(const struct coder *c, uint32_t from, uint32_t end)
{
    for (uint32_t i = from; i < end; i++)
        if (dgi_tok_in(c->doc, i, DGI_W_A) || dgi_tok_in(c->doc, i, DGI_W_THE))
            return true;
    return false;
}

/* The head of the phrase that begins at `from` and stays before `end`. Behind an article another begins, whatever the parser makes of
 * "did Turkey a good turn". */
static uint32_t phrase_head(const struct coder *c, uint32_t from, uint32_t end)
{
    const struct dgi_tok *t = c->doc->toks;
    uint32_t h = from;
    for (int i = 0; i < MAX_GAP; i++) {
        uint32_t up = t[h].head;
        if (up == DGI_NONE || up <= h || up >= end || !(c->r.upos[up] == DGI_NOUN || c->r.upos[up] == DGI_PROPN) ||
            has_article(c, h + 1, up))
            break;
        h = up;
    }
    return h;
}

/* "its ally, Jordan,": the phrase from `at` to the comma, or the name that follows it. */
static uint32_t named_head(const struct coder *c, uint32_t at, uint32_t comma, uint32_t close)
{
    uint32_t h = phrase_head(c, at, comma), name = DGI_NONE;
    for (uint32_t i = comma + 1; i < close; i++)
        if (c->r.upos[i] == DGI_PROPN && name == DGI_NONE)
            name = phrase_head(c, i, close);
    return c->r.upos[h] == DGI_PROPN || name == DGI_NONE ? h : name;
}

static bool stands(const struct coder *c, const struct run *r, uint32_t k, uint32_t at, uint32_t end, uint32_t *x,
                   struct dgi_fill *words);

/* X begins at `at` and the word `k` of the expression comes after it. */
static bool stands_after(const struct coder *c, const struct run *r, uint32_t k, uint32_t at, uint32_t end, uint32_t *x,
                         struct dgi_fill *words)
{
    for (uint32_t j = at + 1; j < end && j < at + MAX_GAP; j++) {
        uint32_t after = aside_end(c, j, end);
        if (after > j && after < end && stands(c, r, k, after, end, x, words)) {
            *x = named_head(c, at, j, after - 1);
            return true;
        }
        if ((r->el[k].gap || is_word(c, j, &r->el[k])) && stands(c, r, k, j, end, x, words)) {
            *x = phrase_head(c, at, r->el[k].gap ? end : j);
            return true;
        }
        if (r->el[k].gap || !is_phrase(c, j))
            break;
    }
    return false;
}

/* "would not get its fingers burnt": denied right before the words that come next, of which "not" is none. */
static bool is_denied(const struct coder *c, const struct run_word *next, uint32_t from, uint32_t at)
{
    if (dgi_tok_in(c->doc, at, DGI_W_NEGATOR))
        return false;
    for (uint32_t i = at; i > from && at - i < NEAR; i--)
        if (dgi_tok_in(c->doc, i - 1, DGI_W_NEGATOR))
            return next->n_words > 0;
    return false;
}

/* The rest of the expression after any words of one clause or two, as what is told has them: "that it would have to _face the
 * music_". */
static bool stands_within(const struct coder *c, const struct run *r, uint32_t k, uint32_t at, uint32_t end,
                          uint32_t *x, struct dgi_fill *words)
{
    for (uint32_t i = at; i < end && i <= at + MAX_CLAUSE && !is_semicolon(c, i); i++)
        if (!is_denied(c, &r->el[k], at, i) && stands(c, r, k, i, end, x, words))
            return true;
    return false;
}

/* Does the rest of the expression, from its word `k`, stand at `at`? *x: the phrase that is X. */
static bool stands(const struct coder *c, const struct run *r, uint32_t k, uint32_t at, uint32_t end, uint32_t *x,
                   struct dgi_fill *words)
{
    if (k == r->n)
        return true;
    const struct run_word *e = &r->el[k];
    if (e->gap == GAP_CLAUSE)
        return k + 1 < r->n && stands_within(c, r, k + 1, at, end, x, words);
    for (uint32_t i = 0; e->gap && i <= MAX_WILD && at + i < end; i++) {
        if (stands(c, r, k + 1, at + i, end, x, words))
            return true;
        if (!is_phrase(c, at + i))
            break;
    }
    for (uint32_t i = 0; !e->gap && i <= MAX_SKIP && at < end; i++, at++) {
        if (e->n_words && is_word(c, at, e)) {
            uint32_t n = words->n;
            dgi_fill_add(words, at);
            if (stands(c, r, k + 1, at + 1, end, x, words))
                return true;
            words->n = n;
        } else if (!e->n_words && is_noun(c, at)) {
            if (k + 1 < r->n)
                return stands_after(c, r, k + 1, at, end, x, words);
            *x = phrase_head(c, at, end < at + MAX_GAP ? end : at + MAX_GAP);
            return true;
        }
        uint32_t after = aside_end(c, at, end);
        if (after > at)
            at = after - 1;
        else if (!is_between(c, at))
            break;
    }
    return false;
}

/* The first word of the phrase that `head` ends. */
static uint32_t phrase_start(const struct coder *c, uint32_t head)
{
    uint32_t first = c->doc->sents[c->doc->toks[head].sent].first, at = head;
    while (at > first && head - at < MAX_GAP && is_phrase(c, at - 1))
        at--;
    return at;
}

/* In the passive the words up to the object's noun, or to what hangs on it, go before the verb: "cold water was poured on X", "X's
 * bluff was called", "a line in the sand was drawn for X". */
static bool stands_turned(const struct coder *c, uint32_t tok, uint32_t subject, const struct run *r, uint32_t end,
                          struct dgi_fill *words, uint32_t *x)
{
    bool noun = false;
    for (uint32_t k = 0; k < r->n; k++) {
        bool here = r->el[k].n_words && is_word(c, subject, &r->el[k]);
        noun = noun || here;
        if (!noun)
            continue;
        struct run before = *r;
        before.n = k + 1;
        words->n = 0;
        *x = DGI_NONE;
        if (stands(c, &before, 0, phrase_start(c, subject), here ? subject + 1 : tok, x, words) &&
            stands(c, r, k + 1, tok + 1, end, x, words))
            return true;
    }
    return false;
}

/* "X was torn into", "X was called on": the subject of the passive is what the last preposition is about. */
static bool stands_stranded(const struct coder *c, uint32_t tok, uint32_t subject, const struct run *r, uint32_t end,
                            struct dgi_fill *words, uint32_t *x)
{
    const struct run_word *last = &r->el[r->n - 1];
    struct run own = *r;
    own.n = r->n - 1;
    words->n = 0;
    *x = DGI_NONE;
    if (r->n < 2 || last->n_words || last->gap || !stands(c, &own, 0, tok + 1, end, x, words) || *x != DGI_NONE ||
        !words->n || c->r.upos[words->tok[words->n - 1]] != DGI_ADP)
        return false;
    uint32_t next = words->tok[words->n - 1] + 1;
    *x = subject;
    return next >= end || !(is_between(c, next) || is_noun(c, next));
}

/* "Mali and Chad struck a bargain": the expression without its "with X". A particle alone is one only where no noun follows ("made
 * up", but not "made up the numbers"). */
static bool stands_joint(const struct coder *c, uint32_t tok, const struct run *r, uint32_t end, struct dgi_fill *words,
                         uint32_t *x)
{
    struct run own = *r;
    own.n = r->joint;
    words->n = 0;
    if (!r->joint || !stands(c, &own, 0, tok + 1, end, x, words) || !words->n)
        return false;
    uint32_t next = words->tok[words->n - 1] + 1;
    *x = DGI_NONE;
    return words->n > 1 || next >= end || !(is_between(c, next) || is_noun(c, next)) || c->r.upos[next] == DGI_ADV;
}

/* What is told is a clause, or cut short: "No deal, Cairo told Tripoli." */
static bool is_told_rel(uint8_t rel)
{
    return rel == DGI_REL_CCOMP || rel == DGI_REL_PARATAXIS || rel == DGI_REL_OBJ || rel == DGI_REL_DISCOURSE;
}

/* "The game was up" before "Cairo told Tripoli": where the clause that is told begins, or DGI_NONE. */
static uint32_t told_first(const struct coder *c, uint32_t v)
{
    const struct dgi_tok *t = c->doc->toks;
    uint32_t first = c->doc->sents[t[v].sent].first, up = t[v].head;
    if (up != DGI_NONE && up < v && (t[v].rel == DGI_REL_PARATAXIS || t[v].rel == DGI_REL_CCOMP))
        return first;
    for (uint32_t i = first; i < v; i++)
        if (t[i].head == v && is_told_rel(t[i].rel))
            return first;
    uint32_t s = dgi_child_base(c->doc, v, DGI_REL_NSUBJ, DGI_NONE), at, end;
    if (s == DGI_NONE || s < first)
        return DGI_NONE;
    dgi_subtree(c->doc, s < v ? s : v, &at, &end); /* "Over my dead body, the premier told Oslo": no clause */
    if (s > v)
        at = v;
    return at > first && c->r.upos[at - 1] == DGI_PUNCT ? first : DGI_NONE;
}

static bool stands_before(const struct coder *c, uint32_t tok, const struct run *r, uint32_t *x, struct dgi_fill *words)
{
    uint32_t from = told_first(c, tok);
    if (from != DGI_NONE && stands(c, r, 0, from, tok, x, words))
        return true;
    *x = DGI_NONE;
    words->n = 0;
    return false;
}

/* One expression. Its words and X. */
static bool run_stands(const struct coder *c, uint32_t tok, const struct run *r, struct dgi_fill *words, uint32_t *x)
{
    uint32_t end = c->doc->sents[c->doc->toks[tok].sent].end;
    bool passive = c->r.upos[tok] == DGI_VERB && dgi_is_passive(&c->r, tok);
    *x = DGI_NONE;
    words->n = 0;
    if (r->el[0].gap == GAP_CLAUSE && stands_before(c, tok, r, x, words))
        return true;
    if (stands(c, r, 0, tok + 1, end, x, words) &&
        !(passive && *x != DGI_NONE && c->r.cas[*x] == c->t->lx.prep[DGI_PREP_AGENT] &&
          c->doc->toks[*x].head == tok)) /* who does it is not whom it is done to */
        return true;
    uint32_t comma = end, whom = dgi_fronted(c, tok, &comma);
    words->n = 0;
    *x = DGI_NONE;
    if (whom != DGI_NONE && !r->el[0].n_words && !r->el[0].gap && stands(c, r, 1, tok + 1, comma, x, words)) {
        *x = whom; /* "given the cold shoulder by Togo, Mali" */
        return true;
    }
    if (!passive)
        return stands_joint(c, tok, r, end, words, x);
    struct dgi_fill f = {{0}, 0};
    dgi_objects(&c->r, tok, &f);
    if (!f.n)
        return false;
    words->n = 0;
    *x = DGI_NONE;
    if (!r->el[0].n_words && !r->el[0].gap && stands(c, r, 1, tok + 1, end, x, words)) {
        *x = f.tok[0]; /* "was given the cold shoulder": X is whom it is done to */
        return true;
    }
    return f.tok[0] < tok &&
           (stands_turned(c, tok, f.tok[0], r, end, words, x) || stands_stranded(c, tok, f.tok[0], r, end, words, x));
}

bool dgi_runs_stand(const struct coder *c, uint32_t tok, const struct run *r, uint32_t n, struct dgi_fill *used)
{
    struct dgi_fill best = {{0}, 0}, words;
    const struct dgi_sign *sign = sign_of(c, c->doc->toks[tok].sent);
    uint32_t x, best_x = DGI_NONE;
    bool hit = false;
    for (uint32_t i = 0; i < n; i++)
        if (may_stand(&r[i], sign) && run_stands(c, tok, &r[i], &words, &x) && (!hit || words.n > best.n)) {
            best = words;
            best_x = x;
            hit = true;
        }
    if (!hit)
        return false;
    c->run[tok] = best_x;
    for (uint32_t i = 0; i < best.n && used; i++)
        dgi_fill_add(used, best.tok[i]);
    return true;
}
