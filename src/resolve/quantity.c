/* SPDX-License-Identifier: Apache-2.0 */
/* resolve/quantity.c: see quantity.h.
 *
 * Reads   text, sents, toks (lemma, UPOS, head, deprel), times
 * Writes  quantities
 *
 * A number is read from atoms (atoms.c), then its hedges to the left and right, then what it counts: the head of its
 * nummod arc or the next noun, and what happened to that: the verb, participle, adjective or "deaths of" that governs it. The
 * tables say which words mean what; the order of evidence is in what_happened(). */
#include "resolve/quantity.h"

#include <math.h>
#include <stdlib.h>

#include "clause/clause.h"
#include "resolve/atoms.h"

enum word_kind { K_NONE, K_TROOPS, K_DEATHS, K_INJURED, K_DISPLACED, K_DETAINED, K_WEAPONS, K_PERSONS, K_CASUALTY };
enum word_part {
    PART_NOUN,
    PART_VERB,
    PART_ADJ,
    PART_EVENT,
    PART_SUBJECT,
    PART_LOSS,
    PART_RANK,
    PART_FLIGHT,
    PART_ARMS
}; /* of speech, as quantity_nouns.tsv has them */
enum { N_SIGNS = 4 };
enum { NEAR = 8 /* tokens from a number to its noun */, CLIMB = 6 /* arcs up to the verb */ };

struct dgi_quantity_ctx {
    const struct dgi_table *units, *nouns, *hedges;
    dg_str sign[N_SIGNS]; /* codes of the currencies that have a sign */
    struct dgi_numbers numbers;
    dgi_arena *scratch;
};

void dgi_quantity_close(struct dgi_quantity_ctx *ctx)
{
    if (!ctx)
        return;
    dgi_numbers_close(&ctx->numbers);
    dgi_arena_free(ctx->scratch);
    free(ctx);
}

static dg_str money_unit(const struct dgi_quantity_ctx *ctx, dg_str word)
{
    const uint32_t *rows;
    uint32_t n;
    if (!dgi_phrase_lookup(ctx->units, word, &rows, &n) || !n ||
        !dgi_str_is(dgi_table_cell(ctx->units, rows[0], 1), "money"))
        return (dg_str){NULL, 0};
    return dgi_table_cell(ctx->units, rows[0], 2);
}

static void read_signs(struct dgi_quantity_ctx *ctx)
{
    static const char *const sign[N_SIGNS] = {"$", "€", "£", "¥"};
    for (int k = 0; k < N_SIGNS; k++)
        ctx->sign[k] = money_unit(ctx, dgi_str(sign[k]));
}

dg_status dgi_quantity_open(struct dgi_quantity_ctx **out, const dgi_lexicon *lex, dg_error *err)
{
    *out = NULL;
    struct dgi_quantity_ctx *ctx = calloc(1, sizeof *ctx);
    if (!ctx || !(ctx->scratch = dgi_arena_new(0))) {
        free(ctx);
        return dgi_fail(err, DG_E_NOMEM, "no memory for the tables of quantities");
    }
    dg_status st = dgi_numbers_open(&ctx->numbers, lex, err);
    ctx->units = dgi_lexicon_table(lex, "units");
    ctx->nouns = dgi_lexicon_table(lex, "quantity_nouns");
    ctx->hedges = dgi_lexicon_table(lex, "hedges");
    if (st == DG_OK && (!ctx->units || ctx->units->n_cols < 3 || !ctx->nouns || ctx->nouns->n_cols < 3 ||
                        !ctx->hedges || ctx->hedges->n_cols < 5))
        st = dgi_fail(
            err, DG_E_MODEL,
            "the lexicon has no table 'units', 'quantity_nouns' or 'hedges'; run 'make' to compile the lexicon");
    if (st == DG_OK)
        read_signs(ctx);
    if (st != DG_OK) {
        dgi_quantity_close(ctx);
        return st;
    }
    *out = ctx;
    return DG_OK;
}

/* ---- tables ---- */
static uint8_t word_kind(const struct dgi_quantity_ctx *ctx, dg_str lemma, enum word_part word_part)
{
    static const char *const part_names[] = {"noun", "verb", "adj",    "event", "subject",
                                             "loss", "rank", "flight", "arms"};
    static const char *const kind_names[] = {"",         "troops",  "deaths",  "injured", "displaced",
                                             "detained", "weapons", "persons", "casualty"};
    char buf[48];
    const char *part = part_names[word_part];
    size_t n = strlen(part);
    if (lemma.len == 0 || lemma.len + n + 1 > sizeof buf)
        return K_NONE;
    memcpy(buf, lemma.ptr, lemma.len);
    buf[lemma.len] = '/';
    memcpy(buf + lemma.len + 1, part, n);
    uint32_t row = dgi_table_find(ctx->nouns, dgi_strn(buf, lemma.len + 1 + n));
    dg_str kind = row == DGI_NONE ? (dg_str){NULL, 0} : dgi_table_cell(ctx->nouns, row, 2);
    for (uint8_t k = 1; k < sizeof kind_names / sizeof *kind_names; k++)
        if (dgi_str_is(kind, kind_names[k]))
            return k;
    return K_NONE;
}

static dg_str lemma_of(const struct dgi_doc *doc, uint32_t tok)
{
    return doc->toks[tok].lemma.len ? doc->toks[tok].lemma : doc->toks[tok].form;
}

/* Kind of what a token counts as a noun; without lemmas a plural ending is tried off. */
static uint8_t noun_kind(const struct dgi_quantity_ctx *ctx, const struct dgi_doc *doc, uint32_t tok)
{
    dg_str l = lemma_of(doc, tok), f = doc->toks[tok].form;
    uint8_t k = word_kind(ctx, l, PART_NOUN);
    if (!k && f.len > 3 && f.ptr[f.len - 1] == 's')
        k = word_kind(ctx, dgi_str_sub(f, 0, f.len - 1), PART_NOUN);
    if (!k && f.len > 5 && f.len < 24 &&
        dgi_word_in(doc->words, DGI_W_AMOUNT_MEN_END,
                    dgi_str_sub(f, f.len - 3, f.len))) { /* a lemma the lemmatiser did not find */
        char buf[24];
        memcpy(buf, f.ptr, f.len);
        buf[f.len - 2] = 'a';
        k = word_kind(ctx, dgi_strn(buf, f.len), PART_NOUN);
    }
    return k;
}

/* ---- numbers with hedges ---- */
struct amount {
    uint32_t from, to;           /* atoms of the number, with currency sign and scale */
    uint32_t span_from, span_to; /* with hedges */
    double value, low, high;
    bool approx, money;
    dg_str unit;
};

static bool mark(const struct dgi_atoms *as, uint32_t i, char m)
{
    return i < as->n && as->a[i].kind == DGI_ATOM_MARK && as->a[i].mark == m;
}

static uint8_t num_class(const struct dgi_quantity_ctx *ctx, const struct dgi_atoms *as, uint32_t i)
{
    return i < as->n && as->a[i].num_row != DGI_NONE ? ctx->numbers.cls[as->a[i].num_row] : (uint8_t)DGI_NUM_NONE;
}

/* Code of the currency whose sign is atom i, by the unit that the table gives to the sign; empty: none. */
static dg_str currency_sign(const struct dgi_quantity_ctx *ctx, const struct dgi_atoms *as, uint32_t i)
{
    static const char marks[N_SIGNS] = {'$', 'E', 'L', 'Y'}; /* as atoms have them */
    if (i < as->n && as->a[i].kind == DGI_ATOM_MARK)
        for (int k = 0; k < N_SIGNS; k++)
            if (as->a[i].mark == marks[k])
                return ctx->sign[k];
    return (dg_str){NULL, 0};
}

/* A dollar of whom: "US$", "A$", "HK$"; empty: not said. */
static dg_str dollar_of(const struct dgi_quantity_ctx *ctx, const struct dgi_atoms *as, uint32_t sign)
{
    char buf[8];
    if (!mark(as, sign, '$') || sign == 0 || as->a[sign].gap || as->a[sign - 1].kind != DGI_ATOM_WORD)
        return (dg_str){NULL, 0};
    dg_str whose = as->a[sign - 1].text;
    if (!as->a[sign - 1].upper || whose.len > 2)
        return (dg_str){NULL, 0};
    memcpy(buf, whose.ptr, whose.len);
    buf[whose.len] = '$';
    return money_unit(ctx, dgi_strn(buf, whose.len + 1));
}

/* Part of a name or a code: F-16, G7, M23, 4:00, 3.2.1, No. 10, "9/11". */
static bool in_code(const struct dgi_atoms *as, uint32_t i, uint32_t end)
{
    if (i > 0 && !as->a[i].gap) {
        const struct dgi_atom *b = &as->a[i - 1];
        if (b->kind == DGI_ATOM_WORD)
            return true;
        if (b->mark == ':' || b->mark == '/' || b->mark == '.' || b->mark == '#' || b->mark == '\'' || b->mark == '_' ||
            b->mark == '@')
            return true;
        if (b->mark == '-' && !b->gap && i > 1 && as->a[i - 2].kind == DGI_ATOM_WORD && as->a[i - 2].upper)
            return true;
    }
    if (i > 0 && dgi_atom_in(as, i - 1, DGI_W_AMOUNT_NUMBERED) && as->a[i].kind == DGI_ATOM_NUM)
        return true;
    if (i > 1 && dgi_atom_in(as, i - 1, DGI_W_OF) && dgi_atom_in(as, i - 2, DGI_W_AMOUNT_GROUP) && as->a[i - 2].upper)
        return true; /* Group of Seven */
    if (dgi_atom_in(as, end, DGI_W_TIME_CLOCK))
        return true;
    if (end < as->n && !as->a[end].gap) {
        const struct dgi_atom *n = &as->a[end];
        if (n->kind == DGI_ATOM_WORD && as->a[end - 1].kind == DGI_ATOM_NUM)
            return !dgi_atom_in(as, end, DGI_W_AMOUNT_GLUED_UNIT);
        if (n->mark == ':' || n->mark == '/')
            return end + 1 < as->n && !as->a[end + 1].gap;
    }
    return false;
}

static bool in_time(const struct dgi_doc *doc, uint32_t *t, uint32_t start)
{
    while (*t < doc->n_times && doc->times[*t].span.end <= start)
        ++*t;
    return *t < doc->n_times && doc->times[*t].span.start <= start;
}

/* A number, or "hundreds of thousands", or a currency sign with one, at atom i. */
static bool read_one(const struct dgi_quantity_ctx *ctx, const struct dgi_atoms *as, uint32_t i, struct amount *m)
{
    dg_str sign = currency_sign(ctx, as, i);
    uint32_t k = i + (sign.len > 0);
    memset(m, 0, sizeof *m);
    m->low = m->high = NAN;
    m->from = i;
    if (sign.len) {
        dg_str d = dollar_of(ctx, as, i);
        m->money = true;
        m->unit = d.len ? d : sign;
        if (d.len)
            m->from = i - 1;
    }
    uint8_t c = num_class(ctx, as, k);
    if (c == DGI_NUM_PLURAL) {
        m->value = ctx->numbers.value[as->a[k].num_row];
        m->approx = true;
        k++;
        if (dgi_atom_in(as, k, DGI_W_OF) && num_class(ctx, as, k + 1) == DGI_NUM_PLURAL) { /* tens of thousands */
            m->value *= ctx->numbers.value[as->a[k + 1].num_row];
            k += 2;
        } else if (m->value == 10) {
            return false; /* "tens" alone is rare and vague */
        }
        m->low = m->value;
        m->to = k;
        return true;
    }
    if (c == DGI_NUM_VAGUE && !sign.len) {
        uint32_t e = dgi_atoms_number(as, k, &ctx->numbers, false, &m->value);
        if (e == k)
            return false; /* "several people" counts nothing exact */
        m->approx = true;
        m->low = m->value;
        m->to = e;
        return true;
    }
    uint32_t e = dgi_atoms_number(as, k, &ctx->numbers, false, &m->value);
    if (e == k || !(m->value > 0))
        return false;
    if (c == DGI_NUM_ARTICLE && e == k + 1)
        return false;
    m->to = e;
    return true;
}

static const char share_name[] = "fraction"; /* the unit of a share */

/* Denominator of a fraction word: "thirds", "quarters"; 0: none. */
static double denominator(const struct dgi_quantity_ctx *ctx, const struct dgi_atoms *as, uint32_t i)
{
    uint32_t row = i < as->n && as->a[i].kind == DGI_ATOM_WORD ? dgi_atoms_phrase(as, ctx->units, i, i + 1) : DGI_NONE;
    double v;
    if (row == DGI_NONE || !dgi_str_is(dgi_table_cell(ctx->units, row, 1), "part") ||
        !dgi_str_double(dgi_table_cell(ctx->units, row, 2), &v) || v < 2)
        return 0;
    return v;
}

/* "two-thirds of", "half of the", "a quarter of a million", "one in five": a share, or a number of which it is one. */
static bool read_fraction(const struct dgi_quantity_ctx *ctx, const struct dgi_atoms *as, uint32_t i, struct amount *m)
{
    double over = 1, under, whole = 0;
    uint32_t k = i;
    uint8_t c = num_class(ctx, as, i);
    if (c == DGI_NUM_UNIT) {
        over = ctx->numbers.value[as->a[i].num_row];
        k++;
        if (dgi_atom_in(as, k, DGI_W_IN) && num_class(ctx, as, k + 1) >= DGI_NUM_UNIT &&
            num_class(ctx, as, k + 1) <= DGI_NUM_TEN &&
            over < ctx->numbers.value[as->a[k + 1].num_row]) { /* one in five */
            under = ctx->numbers.value[as->a[k + 1].num_row];
            *m = (struct amount){
                .from = i, .to = k + 2, .value = over / under, .low = NAN, .high = NAN, .unit = dgi_str(share_name)};
            return true;
        }
        k += mark(as, k, '-') && !as->a[k].gap;
    } else if (c == DGI_NUM_ARTICLE) {
        k++;
    }
    under = denominator(ctx, as, k);
    if (!(under > 0) || over >= under || !dgi_atom_in(as, k + 1, DGI_W_OF))
        return false;
    memset(m, 0, sizeof *m);
    m->low = m->high = NAN;
    m->from = i;
    uint32_t e = dgi_atoms_number(as, k + 2, &ctx->numbers, false, &whole);
    if (e > k + 2 && num_class(ctx, as, e - 1) == DGI_NUM_SCALE) { /* a quarter of a million */
        m->value = whole * over / under;
        m->to = e;
        return true;
    }
    m->value = over / under;
    m->unit = dgi_str(share_name);
    m->to = k + 1;
    return true;
}

static void right_unit(const struct dgi_quantity_ctx *ctx, const struct dgi_doc *doc, const struct dgi_atoms *as,
                       struct amount *m)
{
    if (m->to >= as->n)
        return;
    if (mark(as, m->to, '%')) {
        m->unit = DGI_S("percent");
        m->to++;
        return;
    }
    if (m->money || m->unit.len)
        return;
    uint32_t k = m->to;
    if (mark(as, k, '-') && !as->a[k].gap)
        k++;
    if (k >= as->n)
        return;
    if (dgi_atom_in(as, k, DGI_W_OF) && dgi_atom_in(as, k + 1, DGI_W_AMOUNT_CURRENCY)) /* millions of dollars */
        k++;
    if (num_class(ctx, as, m->to - 1) == DGI_NUM_PLURAL && dgi_atom_in(as, k, DGI_W_OF))
        k++;
    if (k >= as->n || as->a[k].kind != DGI_ATOM_WORD)
        return;
    uint32_t tok = as->a[k].tok, n_rows;
    const uint32_t *rows;
    if (tok >= doc->n_toks || as->a[k].start != doc->toks[tok].start) { /* "100km" is one token */
        dg_str t = as->a[k].text;
        if (!dgi_phrase_lookup(ctx->units, t, &rows, &n_rows) || !n_rows ||
            dgi_str_is(dgi_table_cell(ctx->units, rows[0], 1), "part"))
            return;
        m->unit = dgi_table_cell(ctx->units, rows[0], 2);
        m->to = k + 1;
    } else {
        uint32_t n = dgi_phrase_match(ctx->units, doc, tok, doc->sents[doc->toks[tok].sent].end, &rows, &n_rows);
        if (!n || !n_rows || dgi_str_is(dgi_table_cell(ctx->units, rows[0], 1), "part"))
            return;
        m->unit = dgi_table_cell(ctx->units, rows[0], 2);
        while (k < as->n && as->a[k].tok < tok + n)
            k++;
        m->to = k;
    }
    m->money = dgi_str_is(dgi_table_cell(ctx->units, rows[0], 1), "money");
}

/* "between 20 and 30", "20 to 30", "20-30", "$5-10 billion" */
static void read_range(const struct dgi_quantity_ctx *ctx, const struct dgi_atoms *as, struct amount *m)
{
    uint32_t k = m->to;
    bool between = m->from > 0 && dgi_atom_in(as, m->from - 1, DGI_W_BETWEEN);
    if (!(mark(as, k, '-') || dgi_atom_in(as, k, DGI_W_AMOUNT_TO_OR) || (between && dgi_atom_in(as, k, DGI_W_AND))))
        return;
    struct amount b;
    if (k + 1 >= as->n || !read_one(ctx, as, k + 1, &b) || in_code(as, b.from, b.to))
        return;
    double low = m->value;
    if (b.value <= low && b.value > 0 && as->a[m->to - 1].kind == DGI_ATOM_NUM)
        return;
    /* the scale of the second holds for the first: "5-10 billion" */
    if (as->a[m->to - 1].kind == DGI_ATOM_NUM &&
        as->a[k + 1 + (currency_sign(ctx, as, k + 1).len > 0)].kind == DGI_ATOM_NUM) {
        double bare = as->a[k + 1 + (currency_sign(ctx, as, k + 1).len > 0)].num;
        if (b.value > bare && bare > 0 && low < bare)
            low *= b.value / bare;
    }
    if (b.value <= low || b.value > low * 1000 || (b.money && !m->money) ||
        (dgi_atom_in(as, k, DGI_W_OR) && b.value > low * 3))
        return;
    m->value = m->low = low;
    m->high = b.value;
    m->approx = true;
    m->to = b.to;
    if (between)
        m->from--;
}

/* ---- hedges ---- */
enum side { BEFORE, AFTER };
static const char *const side_names[] = {"before", "after"};
enum { HE_SIDE = 1, HE_SAYS, MOST_WORDS = 3 /* of a hedge */ };

/* Row of the hedge whose words are the atoms [from, to), on the side given; DGI_NONE. */
static uint32_t hedge_at(const struct dgi_quantity_ctx *ctx, const struct dgi_atoms *as, uint32_t from, uint32_t to,
                         enum side side)
{
    uint32_t row = dgi_atoms_phrase(as, ctx->hedges, from, to);
    return row != DGI_NONE && dgi_str_is(dgi_table_cell(ctx->hedges, row, HE_SIDE), side_names[side]) ? row : DGI_NONE;
}

static void take_hedge(const struct dgi_quantity_ctx *ctx, uint32_t row, struct amount *m)
{
    dg_str says = dgi_table_cell(ctx->hedges, row, HE_SAYS);
    if (dgi_str_is(says, "low"))
        m->low = isnan(m->low) ? m->value : m->low;
    else if (dgi_str_is(says, "high"))
        m->high = isnan(m->high) ? m->value : m->high;
    else
        m->approx = true;
}

static void left_hedges(const struct dgi_quantity_ctx *ctx, const struct dgi_atoms *as, struct amount *m)
{
    uint32_t i = m->from;
    for (int steps = 0; steps < 4 && i > 0; steps++) {
        uint32_t take = i < MOST_WORDS ? i : MOST_WORDS, row = DGI_NONE;
        if (mark(as, i - 1, '~')) {
            m->approx = true;
            i--;
            continue;
        }
        for (; take && row == DGI_NONE; take--)
            row = hedge_at(ctx, as, i - take, i, BEFORE);
        if (row == DGI_NONE)
            break;
        take_hedge(ctx, row, m);
        i -= take + 1;
    }
    m->span_from = i < m->from ? i : m->from;
}

static void right_hedges(const struct dgi_quantity_ctx *ctx, const struct dgi_atoms *as, struct amount *m)
{
    uint32_t k = m->to, row = hedge_at(ctx, as, k, k + 2, AFTER);
    m->span_to = k;
    if (mark(as, k, '+') && !as->a[k].gap) {
        m->low = isnan(m->low) ? m->value : m->low;
        m->span_to = m->to = k + 1;
    } else if (row != DGI_NONE) {
        take_hedge(ctx, row, m);
        m->span_to = m->to = k + 2;
    } else if (mark(as, k, '-') && !as->a[k].gap && dgi_atom_in(as, k + 1, DGI_W_AMOUNT_PLUS)) {
        m->low = isnan(m->low) ? m->value : m->low;
        m->span_to = m->to = k + 2;
    }
}

/* ---- what is counted, and what happened to it ---- */
static bool has_tree(const struct dgi_doc *doc, uint32_t tok)
{
    return doc->toks[tok].rel != DGI_REL_NONE;
}

/* The noun that the number at tokens [a,b) counts, or DGI_NONE. */
static uint32_t counted_noun(const struct dgi_doc *doc, uint32_t a, uint32_t b, bool of)
{
    uint32_t end = doc->sents[doc->toks[a].sent].end;
    if (!of && has_tree(doc, a))
        for (uint32_t t = b; t-- > a;) {
            uint32_t h = doc->toks[t].head;
            if (doc->toks[t].rel == DGI_REL_NUMMOD && h != DGI_NONE && h >= b && h < end && h - b <= NEAR &&
                doc->toks[h].upos != DGI_VERB) {
                for (int k = 0; k < 3 && doc->toks[h].rel == DGI_REL_COMPOUND && doc->toks[h].head != DGI_NONE &&
                                doc->toks[h].head > h;
                     k++)
                    h = doc->toks[h].head; /* "36 arrest warrants" */
                return h;
            }
        }
    if (of && has_tree(doc, a)) /* hundreds of people: nmod of the number */
        for (uint32_t t = b; t < end && t < b + NEAR; t++)
            if (doc->toks[t].rel == DGI_REL_NMOD && doc->toks[t].head != DGI_NONE && doc->toks[t].head >= a &&
                doc->toks[t].head < b)
                return t;
    uint32_t last = DGI_NONE;
    for (uint32_t t = b; t < end && t < b + NEAR; t++) {
        const struct dgi_tok *k = &doc->toks[t];
        if (k->upos == DGI_NOUN ||
            (k->upos == DGI_PROPN && k->form.len > 3 && k->form.ptr[k->form.len - 1] == 's' && t + 1 < end &&
             doc->toks[t + 1].upos != DGI_NOUN && doc->toks[t + 1].upos != DGI_PROPN) ||
            (k->upos == DGI_UPOS_NONE && k->form.len > 3 && k->form.ptr[k->form.len - 1] == 's')) {
            last = t;
            if (k->upos == DGI_UPOS_NONE)
                break;
            continue;
        }
        if (last != DGI_NONE)
            break;
        bool skip = k->upos == DGI_ADJ || k->upos == DGI_PROPN || k->upos == DGI_NUM ||
                    (k->upos == DGI_UPOS_NONE && k->form.len > 2) || (of && t == b && dgi_tok_in(doc, t, DGI_W_OF)) ||
                    (of && k->upos == DGI_DET) || (k->upos == DGI_PUNCT && dgi_str_is(k->form, "-")) ||
                    (k->upos == DGI_ADV && doc->toks[t].rel == DGI_REL_ADVMOD);
        if (!skip)
            break;
    }
    return last;
}

static bool is_event_verb(const struct dgi_quantity_ctx *ctx, const struct dgi_doc *doc, uint32_t t, uint8_t *kind)
{
    if (doc->toks[t].upos != DGI_VERB && doc->toks[t].upos != DGI_ADJ)
        return false;
    *kind = word_kind(ctx, lemma_of(doc, t), PART_VERB);
    if (!*kind)
        *kind = word_kind(ctx, lemma_of(doc, t), PART_ADJ);
    return *kind != K_NONE;
}

/* Verbs whose subject it happens to. */
static bool happens_to_subject(const struct dgi_quantity_ctx *ctx, dg_str lemma)
{
    return word_kind(ctx, lemma, PART_SUBJECT) != K_NONE;
}

/* Form of the verb at t; none where nobody has read clauses (a phrase). */
static uint8_t form_of(const struct dgi_doc *doc, uint32_t t)
{
    return doc->clauses ? dgi_form(doc, t) : DGI_FORM_NONE;
}

static bool participle(const struct dgi_doc *doc, uint32_t t)
{
    return form_of(doc, t) == DGI_FORM_PARTICIPLE ||
           dgi_str_find(doc->toks[t].feats, DGI_S("VerbForm=Part")) != SIZE_MAX;
}

/* Evidence below the token: participles and adjectives that describe it ("40 people killed", "12 wounded soldiers"). */
static uint8_t described(const struct dgi_quantity_ctx *ctx, const struct dgi_doc *doc, uint32_t tok)
{
    const struct dgi_sent *s = &doc->sents[doc->toks[tok].sent];
    uint8_t kind;
    for (uint32_t t = tok > s->first + 6 ? tok - 6 : s->first; t < s->end && t < tok + 14; t++) {
        const struct dgi_tok *k = &doc->toks[t];
        if (k->head != tok)
            continue;
        if (k->rel == DGI_REL_AMOD && (kind = word_kind(ctx, lemma_of(doc, t), PART_ADJ)) != K_NONE)
            return kind;
        if (k->rel == DGI_REL_AMOD && is_event_verb(ctx, doc, t, &kind) && participle(doc, t))
            return kind;
        if (k->rel == DGI_REL_ACL && is_event_verb(ctx, doc, t, &kind) && participle(doc, t) &&
            form_of(doc, t) != DGI_FORM_ING)
            return kind;
        if (k->rel == DGI_REL_ACL_RELCL && is_event_verb(ctx, doc, t, &kind)) {
            uint32_t who = dgi_child(doc, t, DGI_REL_NSUBJ, DGI_NONE);
            if (happens_to_subject(ctx, lemma_of(doc, t)) && who != DGI_NONE && doc->toks[who].upos == DGI_PRON)
                return kind;
            uint32_t c =
                dgi_child(doc, t, DGI_REL_NSUBJ_PASS, DGI_NONE); /* "who were killed", not "where 24 were killed" */
            if (c != DGI_NONE && doc->toks[c].upos == DGI_PRON)
                return kind;
        }
    }
    return K_NONE;
}

/* What a noun counts: "the death toll", "the number of dead", "the number killed", "the dead". */
static uint8_t counted_by(const struct dgi_quantity_ctx *ctx, const struct dgi_doc *doc, uint32_t s)
{
    uint8_t kind = K_NONE;
    if (s == DGI_NONE)
        return K_NONE;
    if (dgi_lemma_in(doc, s, DGI_W_AMOUNT_TOLL))
        return K_DEATHS;
    if (!dgi_lemma_in(doc, s, DGI_W_AMOUNT_PARTITIVE))
        return (kind = word_kind(ctx, lemma_of(doc, s), PART_NOUN)) == K_DEATHS || kind == K_INJURED ? kind : K_NONE;
    if ((kind = described(ctx, doc, s)) != K_NONE)
        return kind;
    for (uint32_t c = dgi_child(doc, s, DGI_REL_NMOD, DGI_NONE); c != DGI_NONE;
         c = dgi_child(doc, s, DGI_REL_NMOD, c)) {
        kind = word_kind(ctx, lemma_of(doc, c), PART_NOUN);
        if (kind == K_DEATHS || kind == K_INJURED || kind == K_DETAINED || kind == K_DISPLACED ||
            (kind = described(ctx, doc, c)) != K_NONE)
            return kind;
    }
    return K_NONE;
}

/* "the death toll rose to 40", "has passed 40", "put the number killed at 40", "bringing the dead to 40" */
static uint8_t of_the_toll(const struct dgi_quantity_ctx *ctx, const struct dgi_doc *doc, uint32_t verb,
                           uint32_t not_this)
{
    static const uint8_t where[] = {DGI_REL_NSUBJ, DGI_REL_NSUBJ_PASS, DGI_REL_OBJ};
    for (size_t i = 0; i < sizeof where; i++) {
        uint32_t s = dgi_child(doc, verb, where[i], DGI_NONE);
        uint8_t kind = s == not_this ? K_NONE : counted_by(ctx, doc, s);
        if (kind != K_NONE)
            return kind;
    }
    return K_NONE;
}

/* "Lost 40 guards", "17 people lost their lives"; but "lost 300 jobs". */
static bool lost(const struct dgi_quantity_ctx *ctx, const struct dgi_doc *doc, uint32_t verb, uint32_t tok)
{
    if (word_kind(ctx, lemma_of(doc, verb), PART_LOSS) == K_NONE)
        return false;
    uint32_t obj = dgi_child(doc, verb, DGI_REL_OBJ, DGI_NONE);
    if (doc->toks[tok].rel == DGI_REL_OBJ)
        return noun_kind(ctx, doc, tok) == K_TROOPS || word_kind(ctx, lemma_of(doc, tok), PART_RANK) != K_NONE;
    return doc->toks[tok].rel == DGI_REL_NSUBJ && obj != DGI_NONE && dgi_lemma_in(doc, obj, DGI_W_AMOUNT_LIFE);
}

/* Evidence above: the verb or noun that governs it. */
static uint8_t governed(const struct dgi_quantity_ctx *ctx, const struct dgi_doc *doc, uint32_t tok, uint32_t num)
{
    uint32_t t = tok;
    uint8_t kind;
    for (int steps = 0; steps < CLIMB; steps++) {
        const struct dgi_tok *k = &doc->toks[t];
        uint32_t h = k->head;
        if (h == DGI_NONE)
            return K_NONE;
        uint8_t rel = k->rel;
        if (rel == DGI_REL_CONJ || rel == DGI_REL_APPOS || rel == DGI_REL_NUMMOD || rel == DGI_REL_FLAT ||
            rel == DGI_REL_COMPOUND) {
            if (doc->toks[h].upos == DGI_VERB && is_event_verb(ctx, doc, h, &kind) && rel == DGI_REL_CONJ)
                return K_NONE;
            t = h;
            continue;
        }
        if (rel == DGI_REL_OBJ || rel == DGI_REL_NSUBJ_PASS || rel == DGI_REL_NSUBJ || rel == DGI_REL_IOBJ) {
            if (is_event_verb(ctx, doc, h, &kind) &&
                (rel != DGI_REL_NSUBJ || happens_to_subject(ctx, lemma_of(doc, h)) || doc->toks[h].upos == DGI_ADJ))
                return kind;
            if (lost(ctx, doc, h, t))
                return K_DEATHS;
            /* "left 12 dead", "12 people were reported killed" */
            for (uint32_t c = dgi_child(doc, h, DGI_REL_XCOMP, DGI_NONE); c != DGI_NONE;
                 c = dgi_child(doc, h, DGI_REL_XCOMP, c))
                if (is_event_verb(ctx, doc, c, &kind) &&
                    (doc->toks[c].upos == DGI_ADJ || participle(doc, c) || happens_to_subject(ctx, lemma_of(doc, c))))
                    return kind;
            return rel == DGI_REL_OBJ && (t == num || t == tok) ? of_the_toll(ctx, doc, h, t) : K_NONE;
        }
        if (rel == DGI_REL_NMOD || rel == DGI_REL_NMOD_POSS) {
            if (h == num || doc->toks[h].upos == DGI_NUM) { /* hundreds of people */
                t = h;
                continue;
            }
            char buf[32];
            bool of = dgi_word_in(doc->words, DGI_W_OF, dgi_case_of(doc, t, buf, sizeof buf));
            if ((kind = word_kind(ctx, lemma_of(doc, h), PART_EVENT)) != K_NONE && (of || rel == DGI_REL_NMOD_POSS))
                return kind;
            if (!of)
                return K_NONE;
            if (noun_kind(ctx, doc, h) == K_NONE && doc->toks[h].upos == DGI_NOUN &&
                !dgi_lemma_in(doc, h, DGI_W_AMOUNT_PARTITIVE))
                return K_NONE;
            t = h;
            continue;
        }
        if (rel == DGI_REL_OBL)
            return t == num || t == tok ? of_the_toll(ctx, doc, h, t) : K_NONE;
        return K_NONE;
    }
    return K_NONE;
}

static uint8_t what_happened(const struct dgi_quantity_ctx *ctx, const struct dgi_doc *doc, uint32_t num, uint32_t noun,
                             uint32_t before, uint32_t after)
{
    uint8_t k = K_NONE;
    /* the verb right before: "killed at least 40 policemen", "shot dead 40", whatever the tree makes of it */
    if (before != DGI_NONE && before > doc->sents[doc->toks[num].sent].first && doc->toks[before].upos != DGI_VERB &&
        doc->toks[before - 1].upos == DGI_VERB && (k = word_kind(ctx, lemma_of(doc, before), PART_ADJ)) != K_NONE)
        return k;
    if (before != DGI_NONE && noun != DGI_NONE && dgi_lemma_in(doc, noun, DGI_W_AMOUNT_LIFE) &&
        dgi_lemma_in(doc, before, DGI_W_AMOUNT_TAKES)) /* "claimed nine lives" */
        return K_DEATHS;
    if (before != DGI_NONE && doc->toks[before].upos == DGI_VERB &&
        (k = word_kind(ctx, lemma_of(doc, before), PART_VERB)) != K_NONE)
        return k;
    uint32_t t = noun != DGI_NONE ? noun : num;
    if (noun == DGI_NONE && after < doc->sents[doc->toks[num].sent].end) { /* "12 dead", "40 wounded" */
        k = word_kind(ctx, lemma_of(doc, after), PART_ADJ);
        if (!k && participle(doc, after))
            k = word_kind(ctx, lemma_of(doc, after), PART_VERB);
        if (k)
            return k;
    }
    if (!has_tree(doc, t))
        return K_NONE;
    if ((k = described(ctx, doc, t)) != K_NONE || (k = governed(ctx, doc, t, num)) != K_NONE)
        return k;
    return K_NONE;
}

/* "More than 60,000 Hutus have left Burundi in three weeks": so many do not travel. */
static bool took_flight(const struct dgi_quantity_ctx *ctx, const struct dgi_doc *doc, const struct amount *m,
                        uint32_t noun)
{
    enum { EXODUS = 5000 /* persons; fewer may be a tour, a team with its followers. By hand */ };
    const struct dgi_tok *t = doc->toks;
    if (m->value < EXODUS || noun == DGI_NONE || t[noun].rel != DGI_REL_NSUBJ || t[noun].head == DGI_NONE)
        return false;
    uint32_t verb = t[noun].head;
    if (t[verb].upos != DGI_VERB || word_kind(ctx, lemma_of(doc, verb), PART_FLIGHT) == K_NONE)
        return false;
    for (uint32_t c = t[verb].first_child; c != DGI_NONE; c = t[c].next_sib)
        if ((dgi_rel_base(t[c].rel) == DGI_REL_OBJ || dgi_rel_base(t[c].rel) == DGI_REL_OBL) &&
            t[c].upos == DGI_PROPN && t[c].name == DGI_NAME_LOC)
            return true;
    return false;
}

static uint8_t decide(const struct dgi_quantity_ctx *ctx, const struct dgi_doc *doc, const struct amount *m,
                      uint32_t num, uint32_t noun, uint32_t before, uint32_t after)
{
    static const uint8_t out[] = {DGI_Q_OTHER,    DGI_Q_TROOPS,  DGI_Q_DEATHS, DGI_Q_INJURED, DGI_Q_DISPLACED,
                                  DGI_Q_DETAINED, DGI_Q_WEAPONS, DGI_Q_OTHER,  DGI_Q_OTHER};
    if (m->money)
        return DGI_Q_MONEY;
    if (m->unit.len)
        return DGI_Q_OTHER;
    uint8_t n = noun != DGI_NONE ? noun_kind(ctx, doc, noun) : (uint8_t)K_PERSONS;
    if (noun != DGI_NONE && n == K_NONE) {
        /* the head says nothing: one of its compounds may ("asylum seekers", "fighter jets") */
        for (uint32_t t = noun; t-- > num && noun - t < 4;)
            if (doc->toks[t].head == noun && doc->toks[t].rel == DGI_REL_COMPOUND &&
                noun_kind(ctx, doc, t) == K_WEAPONS)
                n = K_WEAPONS;
    }
    if (n == K_DEATHS || n == K_INJURED || n == K_WEAPONS || n == K_DISPLACED || n == K_DETAINED)
        if (n == K_WEAPONS || n == K_DEATHS || n == K_INJURED)
            return out[n];
    if (n == K_NONE && noun > num && noun != DGI_NONE) { /* "asylum seekers", "fighter jets" */
        dg_str a = lemma_of(doc, noun - 1), b = lemma_of(doc, noun);
        char buf[40];
        if (a.len + b.len + 2 < sizeof buf) {
            memcpy(buf, a.ptr, a.len);
            buf[a.len] = ' ';
            memcpy(buf + a.len + 1, b.ptr, b.len);
            n = word_kind(ctx, dgi_strn(buf, a.len + 1 + b.len), PART_NOUN);
        }
        if (n == K_WEAPONS)
            return out[n];
    }
    if (n == K_NONE && noun != DGI_NONE && doc->toks[noun].upos == DGI_PROPN && doc->toks[noun].form.len > 3 &&
        doc->toks[noun].form.ptr[doc->toks[noun].form.len - 1] == 's')
        n = K_PERSONS; /* four Iraqis */
    if (n == K_NONE) { /* who is killed or wounded is somebody, whatever the word */
        uint8_t v = what_happened(ctx, doc, num, noun, before, after);
        bool person = before != DGI_NONE && dgi_lemma_in(doc, before, DGI_W_AMOUNT_JAIL);
        return v == K_DEATHS || v == K_INJURED || (v == K_DETAINED && person) ? out[v] : DGI_Q_OTHER;
    }
    uint8_t v = what_happened(ctx, doc, num, noun, before, after);
    if (v == K_NONE && n == K_PERSONS && took_flight(ctx, doc, m, noun))
        v = K_DISPLACED;
    if (v == K_TROOPS && n == K_PERSONS && (noun == DGI_NONE || !word_kind(ctx, lemma_of(doc, noun), PART_ARMS)))
        v = K_NONE; /* "deployed 200 teachers" */
    return out[v != K_NONE ? v : n];
}

/* "brought the toll to 40", "a total of 40": a sum, no addition. */
static bool sums_up(const struct dgi_doc *doc, uint32_t num)
{
    enum { CLIMB = 4 };
    for (uint32_t x = num, i = 0; x != DGI_NONE && i < CLIMB; x = doc->toks[x].head, i++) {
        if (dgi_lemma_in(doc, x, DGI_W_AMOUNT_TOTAL))
            return true;
        for (uint32_t c = doc->toks[x].first_child; c != DGI_NONE; c = doc->toks[c].next_sib)
            if (dgi_lemma_in(doc, c, DGI_W_AMOUNT_TOTAL))
                return true;
        if (doc->toks[x].upos == DGI_VERB)
            break;
    }
    return false;
}

/* ---- the stage ---- */
/* "rose from 12" before "to 19": what it was, not what it is. */
static bool changed_to(const struct dgi_doc *doc, const struct dgi_atoms *as, const struct amount *m)
{
    uint32_t f = m->from;
    if (f < 2 || !dgi_atom_in(as, f - 1, DGI_W_FROM) || !dgi_atom_in(as, m->to, DGI_W_TO) || m->to + 1 >= as->n ||
        (as->a[m->to + 1].kind != DGI_ATOM_NUM && as->a[m->to + 1].num_row == DGI_NONE))
        return false;
    return dgi_lemma_in(doc, as->a[f - 2].tok, DGI_W_AMOUNT_CHANGE);
}

/* "Rs 500 crore", "USD 5 million": the code stands before the number. */
static void code_before(const struct dgi_quantity_ctx *ctx, const struct dgi_atoms *as, struct amount *m)
{
    if (m->money || m->from == 0 || as->a[m->from - 1].kind != DGI_ATOM_WORD || !as->a[m->from - 1].upper ||
        as->a[m->from - 1].text.len > 3)
        return;
    dg_str unit = money_unit(ctx, as->a[m->from - 1].text);
    if (!unit.len)
        return;
    m->money = true;
    m->unit = unit;
    m->from--;
}

static dg_status read_sentence(struct dgi_quantity_ctx *ctx, struct dgi_doc *doc, const struct dgi_atoms *as,
                               uint32_t *time, dg_error *err)
{
    for (uint32_t i = 0; i < as->n;) {
        struct amount m;
        const struct dgi_atom *a = &as->a[i];
        bool begins = a->kind == DGI_ATOM_NUM || a->num_row != DGI_NONE || currency_sign(ctx, as, i).len > 0;
        bool part = a->kind == DGI_ATOM_WORD && (a->num_row != DGI_NONE || denominator(ctx, as, i) > 0) &&
                    read_fraction(ctx, as, i, &m);
        if (!part && (!begins || !read_one(ctx, as, i, &m))) {
            i++;
            continue;
        }
        if (in_time(doc, time, a->start) || (!m.money && in_code(as, i, m.to))) {
            i = m.to > i ? m.to : i + 1;
            continue;
        }
        uint32_t first = i;
        if (!part && changed_to(doc, as, &m)) { /* "rose from 12 to 19": 19 */
            i = m.to;
            continue;
        }
        if (!part)
            code_before(ctx, as, &m);
        read_range(ctx, as, &m);
        right_unit(ctx, doc, as, &m);
        right_hedges(ctx, as, &m);
        left_hedges(ctx, as, &m);
        i = m.to > first ? m.to : first + 1;
        const struct dgi_atom *f = &as->a[m.from], *l = &as->a[m.to - 1];
        uint32_t num = as->a[first].tok, after = l->tok + 1, s_end = doc->sents[doc->toks[num].sent].end;
        uint32_t span_tok = as->a[m.span_from].tok;
        uint32_t before = span_tok > doc->sents[doc->toks[num].sent].first ? span_tok - 1 : DGI_NONE;
        bool strong = mark(as, m.to, '-') && dgi_atom_in(as, m.to + 1, DGI_W_AMOUNT_STRONG);
        bool plural = num_class(ctx, as, m.to - 1) == DGI_NUM_PLURAL;
        uint32_t noun = m.unit.len ? DGI_NONE
                                   : counted_noun(doc, f->tok, after < s_end ? after : s_end,
                                                  plural || dgi_atom_in(as, m.to, DGI_W_OF));
        if (strong && after + 2 < s_end) { /* an 800-strong contingent */
            uint32_t n2 = counted_noun(doc, after + 1, after + 2, false);
            noun = n2 != DGI_NONE ? n2 : noun;
        }
        uint8_t kind = decide(ctx, doc, &m, num, noun, before, after);
        if (strong && kind == DGI_Q_OTHER)
            kind = DGI_Q_TROOPS;
        if (kind == DGI_Q_WEAPONS && a->kind == DGI_ATOM_NUM && first > 0 && as->a[first - 1].kind == DGI_ATOM_WORD &&
            as->a[first - 1].upper && doc->toks[as->a[first - 1].tok].upos == DGI_PROPN && m.value > 40)
            continue; /* Boeing 777 aircraft */
        bool one = m.value == 1 && a->kind == DGI_ATOM_WORD && !m.money;
        bool year =
            a->kind == DGI_ATOM_NUM && a->n_digits == 4 && m.value >= 1900 && m.value < 2100 && noun == DGI_NONE;
        if (kind == DGI_Q_OTHER && ((noun == DGI_NONE && !m.unit.len) || year))
            continue;
        if (one && (noun == DGI_NONE || kind == DGI_Q_OTHER || doc->toks[noun].upos == DGI_PRON ||
                    doc->toks[noun].upos == DGI_DET))
            continue; /* "one of those wounded" counts nobody anew */
        /* "2-1", a score; "one of the ..." */
        if (mark(as, m.to, '-') && !as->a[m.to].gap && m.to + 1 < as->n && as->a[m.to + 1].kind == DGI_ATOM_WORD &&
            !m.unit.len && !strong && kind == DGI_Q_OTHER)
            continue; /* three-day, 13-nation */
        struct dgi_quantity *q = DGI_PUSH(doc->arena, doc->quantities, doc->n_quantities, doc->cap_quantities);
        if (!q)
            return dgi_fail(err, DG_E_NOMEM, "no memory for quantities");
        q->span = (dgi_span){as->a[m.span_from].start, as->a[(m.span_to > m.to ? m.span_to : m.to) - 1].end};
        q->first = as->a[m.span_from].tok;
        q->end = l->tok + 1;
        q->noun = noun;
        q->kind = kind;
        q->value = m.value;
        q->low = m.low;
        q->high = m.high;
        q->approx = m.approx;
        q->unit = m.unit;
        q->total = sums_up(doc, num);
    }
    return DG_OK;
}

dg_status dgi_quantities(struct dgi_quantity_ctx *ctx, struct dgi_doc *doc, dg_error *err)
{
    struct dgi_atoms as = {0};
    uint32_t time = 0;
    dgi_arena_reset(ctx->scratch);
    for (uint32_t s = 0; s < doc->n_sents; s++) {
        dg_status st = dgi_atoms_read(&as, ctx->scratch, doc, s, NULL, &ctx->numbers, err);
        if (st == DG_OK)
            st = read_sentence(ctx, doc, &as, &time, err);
        if (st != DG_OK)
            return st;
    }
    return DG_OK;
}
