/* SPDX-License-Identifier: Apache-2.0 */
/* resolve/atoms.c: see atoms.h. */
#include "resolve/atoms.h"

#include <stdlib.h>

#include "base/utf8.h"

static const struct {
    const char *name;
    uint8_t cls;
} num_class_names[] = {
    {"unit", DGI_NUM_UNIT},       {"teen", DGI_NUM_TEEN},   {"ten", DGI_NUM_TEN},       {"hundred", DGI_NUM_HUNDRED},
    {"scale", DGI_NUM_SCALE},     {"dozen", DGI_NUM_DOZEN}, {"half", DGI_NUM_HALF},     {"article", DGI_NUM_ARTICLE},
    {"ordinal", DGI_NUM_ORDINAL}, {"vague", DGI_NUM_VAGUE}, {"plural", DGI_NUM_PLURAL},
};

dg_status dgi_numbers_open(struct dgi_numbers *n, const dgi_lexicon *lex, dg_error *err)
{
    memset(n, 0, sizeof *n);
    n->table = dgi_lexicon_table(lex, "numbers");
    if (!n->table || n->table->n_cols < 3)
        return dgi_fail(err, DG_E_MODEL, "the lexicon has no table 'numbers'; run 'make' to compile the lexicon");
    n->cls = calloc(n->table->n_rows + 1, sizeof *n->cls);
    n->value = calloc(n->table->n_rows + 1, sizeof *n->value);
    if (!n->cls || !n->value) {
        dg_status st = dgi_fail(err, DG_E_NOMEM, "no memory for %u number words", n->table->n_rows);
        dgi_numbers_close(n);
        return st;
    }
    for (uint32_t r = 0; r < n->table->n_rows; r++) {
        dg_str c = dgi_table_cell(n->table, r, 1);
        for (size_t k = 0; k < sizeof num_class_names / sizeof *num_class_names; k++)
            if (dgi_str_is(c, num_class_names[k].name))
                n->cls[r] = num_class_names[k].cls;
        if (!dgi_str_double(dgi_table_cell(n->table, r, 2), &n->value[r]))
            n->cls[r] = DGI_NUM_NONE;
    }
    return DG_OK;
}

void dgi_numbers_close(struct dgi_numbers *n)
{
    free(n->cls);
    free(n->value);
    memset(n, 0, sizeof *n);
}

/* ---- atoms ---- */
static bool digit(dg_str s, size_t at)
{
    return at < s.len && s.ptr[at] >= '0' && s.ptr[at] <= '9';
}

static bool letter(uint32_t cp)
{
    return cp < 0x80 ? ((cp | 32) >= 'a' && (cp | 32) <= 'z') : dgi_cp_is_alpha(cp);
}

/* Digits at `at`, with groups of three after commas and one decimal point. */
static size_t read_number(struct dgi_atom *a, dg_str s, size_t at)
{
    size_t from = at, groups = 0;
    double v = 0;
    while (digit(s, at) && at - from < 15)
        v = v * 10 + (s.ptr[at++] - '0');
    a->n_digits = (uint8_t)(at - from);
    if (at - from <= 3)
        while (at + 3 < s.len && s.ptr[at] == ',' && digit(s, at + 1) && digit(s, at + 2) && digit(s, at + 3) &&
               !digit(s, at + 4) && groups < 4) {
            v = v * 1000 + (s.ptr[at + 1] - '0') * 100 + (s.ptr[at + 2] - '0') * 10 + (s.ptr[at + 3] - '0');
            at += 4;
            groups++;
        }
    bool fraction = at + 1 < s.len && s.ptr[at] == '.' && digit(s, at + 1) &&
                    !(from > 1 && s.ptr[from - 1] == '.' && digit(s, from - 2));
    if (fraction && !groups) { /* "12.01.2022" is no decimal */
        size_t e = at + 1;
        while (digit(s, e))
            e++;
        fraction = !(e + 1 < s.len && s.ptr[e] == '.' && digit(s, e + 1));
    }
    if (fraction) {
        double shift = 1;
        for (at++; digit(s, at) && shift < 1e9; at++, shift *= 10)
            v = v * 10 + (s.ptr[at] - '0');
        v /= shift; /* one rounding only */
    }
    if (groups || fraction)
        a->n_digits = 0;
    while (digit(s, at)) /* longer than any number we count with */
        at++, a->n_digits = 0;
    a->num = v;
    return at;
}

/* The value of a fraction sign ("½"), or 0. */
static double fraction_sign(uint32_t cp)
{
    switch (cp) {
    case 0xBC: return 1.0 / 4;
    case 0xBD: return 1.0 / 2;
    case 0xBE: return 3.0 / 4;
    case 0x2153: return 1.0 / 3;
    case 0x2154: return 2.0 / 3;
    case 0x215B: return 1.0 / 8;
    default: return 0;
    }
}

/* A run of letters; inner full stops ("U.S", "a.m") and marks above letters belong to it. */
static size_t read_word(struct dgi_atom *a, dg_str s, size_t at)
{
    size_t from = at;
    bool all = true;
    a->upper = false;
    while (at < s.len) {
        size_t next = at;
        uint32_t cp = (unsigned char)s.ptr[at];
        if (cp < 0x80)
            next++;
        else
            cp = dgi_utf8_next(s, &next);
        if (!letter(cp)) {
            size_t after = at + 1;
            bool dot = cp == '.' && at > from && after < s.len && letter((unsigned char)s.ptr[after]) &&
                       (at - from == 1 || (at > from + 1 && s.ptr[at - 2] == '.'));
            if (!dot)
                break;
        } else if (dgi_cp_is_upper(cp)) {
            if (at == from)
                a->upper = true;
        } else {
            all = false;
        }
        at = next;
    }
    a->all_upper = all && at > from + 1;
    a->text = dgi_str_sub(s, from, at);
    return at;
}

static char fold_mark(uint32_t cp)
{
    if (cp < 0x80)
        return (char)cp;
    if (cp >= 0x2010 && cp <= 0x2015)
        return '-';
    if (cp == 0x2212)
        return '-';
    if (cp == 0x2018 || cp == 0x2019)
        return '\'';
    if (cp == 0x201C || cp == 0x201D)
        return '"';
    if (cp == 0x20AC)
        return 'E'; /* euro */
    if (cp == 0xA3)
        return 'L'; /* pound */
    if (cp == 0xA5)
        return 'Y'; /* yen */
    return 0;
}

dg_status dgi_atoms_read(struct dgi_atoms *out, dgi_arena *scratch, const struct dgi_doc *doc, uint32_t sent,
                         const struct dgi_table *times, const struct dgi_numbers *numbers, dg_error *err)
{
    const struct dgi_sent *sn = &doc->sents[sent];
    size_t at = sn->span.start;
    dg_str s = dgi_str_sub(doc->text, 0, sn->span.end);
    uint32_t tok = sn->first;
    bool gap = true;
    out->n = 0;
    out->words = doc->words;
    while (at < s.len) {
        size_t next = at;
        uint32_t cp = (unsigned char)s.ptr[at];
        if (cp < 0x80)
            next++;
        else
            cp = dgi_utf8_next(s, &next);
        if (cp < 0x80 ? (cp == ' ' || (cp >= 9 && cp <= 13)) : dgi_cp_is_space(cp)) {
            gap = true;
            at = next;
            continue;
        }
        struct dgi_atom *a = DGI_PUSH(scratch, out->a, out->n, out->cap);
        if (!a)
            return dgi_fail(err, DG_E_NOMEM, "no memory for the atoms of a sentence");
        memset(a, 0, sizeof *a);
        a->start = (uint32_t)at;
        a->gap = gap;
        a->time_row = a->num_row = DGI_NONE;
        gap = false;
        while (tok + 1 < sn->end && doc->toks[tok].end <= at)
            tok++;
        a->tok = tok;
        if (cp >= '0' && cp <= '9') {
            a->kind = DGI_ATOM_NUM;
            at = read_number(a, s, at);
        } else if (cp >= 0x80 && (a->num = fraction_sign(cp)) > 0) {
            a->kind = DGI_ATOM_NUM;
            at = next;
        } else if (letter(cp)) {
            a->kind = DGI_ATOM_WORD;
            at = read_word(a, s, at);
            a->word = dgi_words_id(doc->words, a->text);
            if (times && a->text.len < 24)
                a->time_row = dgi_table_find(times, a->text);
            if (numbers && a->text.len < 16)
                a->num_row = dgi_table_find(numbers->table, a->text);
            if (at < s.len && s.ptr[at] == '.' && tok < doc->n_toks && doc->toks[tok].end > at)
                at++; /* the tokenizer holds it for an abbreviation */
        } else {
            a->kind = DGI_ATOM_MARK;
            a->mark = fold_mark(cp);
            at = next;
        }
        a->end = (uint32_t)at;
    }
    return DG_OK;
}

uint32_t dgi_atoms_phrase(const struct dgi_atoms *as, const struct dgi_table *t, uint32_t from, uint32_t to)
{
    const uint32_t *rows;
    uint32_t n;
    if (from >= to || to > as->n)
        return DGI_NONE;
    for (uint32_t i = from; i < to; i++)
        if (as->a[i].kind != DGI_ATOM_WORD)
            return DGI_NONE;
    return dgi_phrase_match_words(t, &as->a[0].text, sizeof *as->a, from, to, &rows, &n) == to - from ? rows[0]
                                                                                                      : DGI_NONE;
}

/* ---- numbers ---- */
static uint8_t num_cls(const struct dgi_atoms *as, uint32_t i, const struct dgi_numbers *nb)
{
    return i < as->n && as->a[i].num_row != DGI_NONE ? nb->cls[as->a[i].num_row] : (uint8_t)DGI_NUM_NONE;
}

static double num_val(const struct dgi_atoms *as, uint32_t i, const struct dgi_numbers *nb)
{
    return nb->value[as->a[i].num_row];
}

static bool mark_at(const struct dgi_atoms *as, uint32_t i, char m)
{
    return i < as->n && as->a[i].kind == DGI_ATOM_MARK && as->a[i].mark == m;
}

/* "forty-five", "hundred and five": the next number word may follow a hyphen or "and". */
static uint32_t skip_joint(const struct dgi_atoms *as, uint32_t i, bool tens)
{
    if (mark_at(as, i, '-') && !as->a[i].gap)
        return i + 1;
    if (!tens && dgi_atom_in(as, i, DGI_W_AND))
        return i + 1;
    return i;
}

/* Number below 1000 in words at i. */
static uint32_t words_below_1000(const struct dgi_atoms *as, uint32_t i, const struct dgi_numbers *nb, double *value)
{
    double v = 0;
    uint32_t at = i;
    uint8_t c = num_cls(as, at, nb);
    if (c == DGI_NUM_UNIT || c == DGI_NUM_TEEN) {
        v = num_val(as, at++, nb);
    } else if (c == DGI_NUM_TEN) {
        v = num_val(as, at++, nb);
        uint32_t j = skip_joint(as, at, true);
        if (num_cls(as, j, nb) == DGI_NUM_UNIT && num_val(as, j, nb) > 0) {
            v += num_val(as, j, nb);
            at = j + 1;
        }
    } else if (c == DGI_NUM_ARTICLE && num_cls(as, at + 1, nb) == DGI_NUM_HUNDRED) {
        v = 1;
        at++;
    } else {
        return i;
    }
    if (num_cls(as, at, nb) != DGI_NUM_HUNDRED || v > 99)
        return *value = v, at;
    v *= 100;
    at++;
    uint32_t j = skip_joint(as, at, false);
    c = num_cls(as, j, nb);
    if (c == DGI_NUM_UNIT || c == DGI_NUM_TEEN || c == DGI_NUM_TEN) {
        double low = num_val(as, j++, nb);
        uint32_t k = skip_joint(as, j, true);
        if (c == DGI_NUM_TEN && num_cls(as, k, nb) == DGI_NUM_UNIT) {
            low += num_val(as, k, nb);
            j = k + 1;
        }
        v += low;
        at = j;
    }
    *value = v;
    return at;
}

uint32_t dgi_atoms_number(const struct dgi_atoms *as, uint32_t i, const struct dgi_numbers *nb, bool article,
                          double *value)
{
    double total = 0, part = 0, scale_before = 1e18;
    uint32_t at = i;
    *value = 0;
    for (int rounds = 0; rounds < 4; rounds++) {
        uint32_t from = at, next = at;
        bool digits = false;
        if (rounds && dgi_atom_in(as, at, DGI_W_AND)) {
            if (scale_before <= 1 || scale_before > 1e17)
                break;
            next = at + 1;
        }
        if (next < as->n && as->a[next].kind == DGI_ATOM_NUM) {
            if (rounds) /* "two million 500" is two numbers */
                break;
            part = as->a[next].num;
            at = next + 1;
            digits = true;
            if (at < as->n && as->a[at].kind == DGI_ATOM_NUM && !as->a[at].gap && as->a[at].num < 1)
                part += as->a[at++].num; /* 2½ */
        } else {
            uint32_t e = words_below_1000(as, next, nb, &part);
            if (e == next) {
                uint8_t c = num_cls(as, next, nb), c2 = num_cls(as, next + 1, nb);
                if (c == DGI_NUM_HALF && rounds == 0 && num_cls(as, next + 1, nb) == DGI_NUM_ARTICLE &&
                    (num_cls(as, next + 2, nb) == DGI_NUM_SCALE || num_cls(as, next + 2, nb) == DGI_NUM_DOZEN)) {
                    part = 0.5; /* half a million */
                    e = next + 2;
                } else if (c == DGI_NUM_ARTICLE && rounds == 0 &&
                           (article || c2 == DGI_NUM_SCALE || c2 == DGI_NUM_DOZEN)) {
                    part = 1;
                    e = next + 1;
                } else if (c == DGI_NUM_VAGUE && rounds == 0 && (c2 == DGI_NUM_SCALE || c2 == DGI_NUM_DOZEN)) {
                    part = num_val(as, next, nb); /* several thousand */
                    e = next + 1;
                } else {
                    at = from;
                    break;
                }
            }
            at = e;
        }
        /* "two and a half", "two-and-a-half" */
        if (at + 2 < as->n && dgi_atom_in(as, at, DGI_W_AND) && num_cls(as, at + 1, nb) == DGI_NUM_ARTICLE &&
            num_cls(as, at + 2, nb) == DGI_NUM_HALF) {
            part += 0.5;
            at += 3;
        } else if (at + 4 < as->n && mark_at(as, at, '-') && dgi_atom_in(as, at + 1, DGI_W_AND) &&
                   mark_at(as, at + 2, '-') && num_cls(as, at + 3, nb) == DGI_NUM_ARTICLE && mark_at(as, at + 4, '-') &&
                   num_cls(as, at + 5, nb) == DGI_NUM_HALF) {
            part += 0.5;
            at += 6;
        }
        double scale = 1;
        uint32_t s = at;
        if (mark_at(as, s, '-') && !as->a[s].gap &&
            num_cls(as, s + 1, nb) == DGI_NUM_SCALE) /* "half-million", "2-million" */
            s++;
        uint8_t c = num_cls(as, s, nb);
        if (c == DGI_NUM_SCALE || c == DGI_NUM_DOZEN || (digits && c == DGI_NUM_HUNDRED)) {
            /* one letter ("5m", "3k") only right behind the digits */
            if (as->a[s].text.len > 1 || (digits && !as->a[s].gap)) {
                scale = num_val(as, s, nb);
                at = s + 1;
            }
        }
        if (scale >= scale_before && rounds) {
            at = from;
            break;
        }
        total += part * scale;
        scale_before = scale;
        if (scale <= 1)
            break;
    }
    if (at == i)
        return i;
    *value = total;
    return at;
}

/* ---- phrases as documents ---- */
struct pieces {
    struct dgi_doc *doc;
    bool failed;
};
static void add_piece(void *user, dg_str w)
{
    struct pieces *p = user;
    struct dgi_tok *t = DGI_PUSH(p->doc->arena, p->doc->toks, p->doc->n_toks, p->doc->cap_toks);
    if (!t) {
        p->failed = true;
        return;
    }
    t->form = w;
    t->start = (uint32_t)(w.ptr - p->doc->text.ptr);
    t->end = t->start + (uint32_t)w.len;
    t->lemma = w;
    t->head = t->first_child = t->next_sib = t->mention = DGI_NONE;
    t->flags = t->end < p->doc->text.len && p->doc->text.ptr[t->end] == ' ' ? DGI_TOK_SPACE_AFTER : 0;
}

dg_status dgi_phrase_doc(struct dgi_doc *doc, dgi_arena *arena, const struct dgi_words *words, dg_str phrase,
                         int32_t published, dg_error *err)
{
    memset(doc, 0, sizeof *doc);
    doc->arena = arena;
    doc->text = dgi_arena_str(arena, phrase);
    if (!doc->text.ptr)
        return dgi_fail(err, DG_E_NOMEM, "no memory for a phrase");
    for (size_t i = 0; i < phrase.len; i++) /* tabs and line ends are spaces here */
        if (phrase.ptr[i] >= 9 && phrase.ptr[i] <= 13)
            ((char *)doc->text.ptr)[i] = ' '; /* our own copy */
    doc->meta.published = published;
    struct pieces p = {doc, false};
    dgi_phrase_words(doc->text, false, add_piece, &p);
    struct dgi_sent *s = DGI_PUSH(arena, doc->sents, doc->n_sents, doc->cap_sents);
    struct dgi_block *b = DGI_PUSH(arena, doc->blocks, doc->n_blocks, doc->cap_blocks);
    if (p.failed || !s || !b)
        return dgi_fail(err, DG_E_NOMEM, "no memory for a phrase");
    *s = (struct dgi_sent){.span = {0, (uint32_t)phrase.len}, .first = 0, .end = doc->n_toks, .starts_par = true};
    s->root = doc->n_toks ? 0 : DGI_NONE;
    b->span = s->span;
    dgi_doc_words(doc, words);
    return DG_OK;
}
