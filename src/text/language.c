/* SPDX-License-Identifier: Apache-2.0 */
/* text/language.c: see language.h.
 *
 * Reads   token forms; sets "common" and "shared" of function_words.tsv, languages.tsv
 * Writes  the kind of blocks in another language (dgi_language_part); the caller sets meta.lang, warns, and does not code what
 *         is in another language
 *
 * A text in a second language used to go through the English models without a word. Two counts decide: the commonest words of
 * our own language, and for each other one its common words and the letters that only it has. A script alone decides where it
 * is not ours. No model: sixty rows of words tell news apart from a sentence of eight words on, and a title is left to its text. */
#include "text/language.h"

#include "base/utf8.h"

enum {
    FEWEST_WORDS = 40,
    MOST_WORDS = 5000, /* the beginning of a long text says enough */
    MOST_LANGUAGES = 96,
    MOST_SCRIPTS = 40,
    LEAST_SCORE = 3,  /* words of another language that must be there */
    LEAST_SHARE = 14, /* and of each hundred */
    PART_WORDS = 12,  /* fewer do not tell of a block beside others */
    PART_OVER = 4,    /* there, how many times as many words of the other language as common ones of ours */
    PART_OURS = 3     /* a text is ours when one in so many words stands in blocks that are */
};
enum { L_CODE, L_NAME, L_SCRIPT, L_DEFAULT, L_WORDS, L_LETTERS, L_COLS };

/* The scripts of the table: each is named by the first row that has it. */
struct script {
    uint32_t row, first[2], last[2];
    bool ours;     /* that of our own language */
    uint8_t alone; /* 'y', 'm' of the table; 0 */
};
struct scripts {
    struct script s[MOST_SCRIPTS];
    uint32_t n;
    uint8_t of_row[MOST_LANGUAGES];
};

static uint32_t hex(dg_str s, size_t at)
{
    uint32_t v = 0;
    for (size_t i = at; i < s.len && i < at + 4; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        v = v * 16 + (c <= '9' ? c - 48u : (c & 15u) + 9u);
    }
    return v;
}

static bool holds(const struct script *s, uint32_t cp)
{
    return (cp >= s->first[0] && cp <= s->last[0]) || (cp >= s->first[1] && cp <= s->last[1]);
}

static void read_scripts(struct scripts *all, const struct dgi_table *t, uint32_t n_rows)
{
    all->n = 0;
    for (uint32_t k = 0; k < n_rows; k++) {
        dg_str cell = dgi_table_cell(t, k, L_SCRIPT), alone = dgi_table_cell(t, k, L_DEFAULT);
        uint32_t i = 0;
        while (i < all->n && !dgi_str_eq(cell, dgi_table_cell(t, all->s[i].row, L_SCRIPT)))
            i++;
        all->of_row[k] = (uint8_t)i;
        if (i == MOST_SCRIPTS)
            continue;
        struct script *s = &all->s[i];
        if (i == all->n) {
            all->n++;
            *s = (struct script){.row = k, .first = {hex(cell, 0), 1}, .last = {hex(cell, 5), 0}};
            if (cell.len > 18)
                s->first[1] = hex(cell, 10), s->last[1] = hex(cell, 15);
            s->ours = holds(s, 'a');
        }
        if (alone.len)
            s->alone = (uint8_t)alone.ptr[0];
    }
}

static uint32_t script_at(const struct scripts *all, uint32_t cp)
{
    uint32_t i = 0;
    while (i < all->n && !holds(&all->s[i], cp))
        i++;
    return i;
}

/* Of the first letter of a word, and of any letter where a script stands beside others (kana); all->n: it has none, or of another
 * script; *letter: it has one. */
static uint32_t script_of(const struct scripts *all, dg_str s, bool *letter)
{
    uint32_t found = all->n;
    *letter = false;
    for (size_t at = 0; at < s.len;) {
        const uint32_t cp = dgi_utf8_next(s, &at);
        if (!dgi_cp_is_alpha(cp))
            continue;
        const uint32_t i = script_at(all, cp);
        if (!*letter)
            found = i;
        *letter = true;
        if (cp < 0x80)
            return found;
        if (i < all->n && all->s[i].alone == 'm')
            return i;
    }
    return found;
}

static bool holds_letter(dg_str word, dg_str letters)
{
    for (size_t at = 0; at < letters.len;) {
        size_t from = at;
        dgi_utf8_next(letters, &at);
        if (dgi_str_find(word, dgi_str_sub(letters, from, at)) != SIZE_MAX)
            return true;
    }
    return false;
}

struct counts {
    uint32_t n, own; /* words, common ones of our language */
    uint32_t
        marked; /* no names, with a letter that is not ASCII: rare in our language, common in most others of its script */
    uint32_t script[MOST_SCRIPTS + 1];
    uint32_t score[MOST_LANGUAGES];
};

/* A word that is none of our common ones: who has it, or a letter of it? */
static void score(struct counts *c, dg_str form, const struct dgi_table *t, uint32_t n_rows)
{
    char low[64];
    const uint32_t *rows;
    uint32_t n_hit = 0;
    bool ascii = true;
    dg_str w = dgi_utf8_lower_buf(form, low, sizeof low);
    if (dgi_phrase_lookup(t, w, &rows, &n_hit))
        for (uint32_t k = 0; k < n_hit; k++)
            if (rows[k] < n_rows)
                c->score[rows[k]] += 2;
    for (size_t k = 0; k < w.len; k++)
        ascii = ascii && (unsigned char)w.ptr[k] < 0x80;
    c->marked += !ascii && dgi_str_eq(w, form);
    for (uint32_t k = 0; k < n_rows && !ascii; k++)
        c->score[k] += holds_letter(w, dgi_table_cell(t, k, L_LETTERS));
}

static void count(struct counts *c, const struct dgi_doc *doc, const struct dgi_words *words, const struct dgi_table *t,
                  const struct scripts *all, uint32_t n_rows, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end && c->n < MOST_WORDS; i++) {
        bool letter;
        uint32_t s = script_of(all, doc->toks[i].form, &letter);
        if (!letter) /* numbers and stops */
            continue;
        c->n++;
        c->script[s]++;
        bool own = dgi_word_in(words, DGI_W_COMMON, doc->toks[i].form);
        c->own += own;
        if (!own && n_rows &&
            !dgi_word_in(words, DGI_W_SHARED, doc->toks[i].form)) /* "on" tells nothing: it is Finnish too */
            score(c, doc->toks[i].form, t, n_rows);
    }
}

/* The script of most words; one that is written beside another (kana) decides where a fifth of the words are in it. */
static uint32_t main_script(const struct counts *c, const struct scripts *all)
{
    uint32_t best = 0;
    for (uint32_t i = 0; i < all->n; i++) {
        if (c->script[i] > c->script[best])
            best = i;
        if (all->s[i].alone == 'm' && c->script[i] * 5 > c->n)
            return i;
    }
    return best;
}

static uint32_t rows_of(const struct dgi_table *table)
{
    const uint32_t n = table && table->n_cols >= L_COLS ? table->n_rows : 0;
    return n < MOST_LANGUAGES ? n : MOST_LANGUAGES;
}

/* Of tokens [first, end); `over`: how many times as many words of another language as common ones of ours make it one. */
static void tell(struct dgi_language *out, const struct dgi_doc *doc, const struct dgi_words *words,
                 const struct dgi_table *table, uint32_t first_tok, uint32_t end_tok, uint32_t over)
{
    struct counts c = {0};
    struct scripts all;
    const uint32_t n_rows = rows_of(table);
    *out = (struct dgi_language){.share = -1};
    read_scripts(&all, table, n_rows);
    count(&c, doc, words, table, &all, n_rows, first_tok, end_tok);
    out->n = c.n;
    out->own = c.own;
    if (c.n >= FEWEST_WORDS)
        out->share = (int)(c.own * 100u / c.n);
    if (!c.n || !n_rows)
        return;
    uint32_t s = main_script(&c, &all), best = DGI_NONE;
    bool ours = all.s[s].ours;
    if (!ours && c.script[s] * 2 < c.n) /* names in another script inside our text */
        return;
    for (uint32_t k = 0; k < n_rows; k++) {
        if (all.of_row[k] != s)
            continue;
        bool first = best == DGI_NONE && !ours && dgi_table_cell(table, k, L_DEFAULT).len;
        if (first || c.score[k] > (best == DGI_NONE ? 0 : c.score[best]))
            best = k;
    }
    if (best == DGI_NONE)
        return;
    const uint32_t found = ours ? (c.score[best] + c.marked) / 2 : c.script[s];
    out->other = found;
    if ((ours && (found < LEAST_SCORE || found * 100 < LEAST_SHARE * c.n)) ||
        ((ours || over == PART_OVER) && found < over * c.own)) /* a paragraph with its translation is ours */
        return;
    out->code = dgi_table_cell(table, best, L_CODE);
    out->name = dgi_table_cell(table, best, L_NAME);
}

void dgi_language_tell(struct dgi_language *out, const struct dgi_doc *doc, const struct dgi_words *words,
                       const struct dgi_table *table)
{
    tell(out, doc, words, table, 0, doc->n_toks, 2);
}

/* The block of the sentences [s, *next): which language, if it is of some length? */
static bool block(struct dgi_language *l, const struct dgi_doc *doc, const struct dgi_words *words,
                  const struct dgi_table *table, uint32_t s, uint32_t *next)
{
    uint32_t e = s;
    while (e < doc->n_sents && doc->sents[e].block == doc->sents[s].block)
        e++;
    *next = e;
    tell(l, doc, words, table, doc->sents[s].first, doc->sents[e - 1].end, PART_OVER);
    return l->code.len && l->n >= PART_WORDS;
}

uint32_t dgi_language_part(struct dgi_language *of, const struct dgi_language *whole, struct dgi_doc *doc,
                           const struct dgi_words *words, const struct dgi_table *table)
{
    uint32_t n = 0, other = 0, all = 0;
    if (whole->other < LEAST_SCORE || !whole->own)
        return 0;
    for (int pass = 0; pass < 2; pass++) {
        if (pass && (!n || (all - other) * PART_OURS < all))
            return 0;
        for (uint32_t s = 0, next; s < doc->n_sents; s = next) {
            struct dgi_language l;
            const bool is = block(&l, doc, words, table, s, &next);
            if (!pass) {
                all += l.n;
                other += is || l.own * 100 < DGI_LANGUAGE_LEAST * l.n ? l.n : 0;
                n += is;
            } else if (is) {
                doc->blocks[doc->sents[s].block].kind = DGI_BLOCK_OTHER;
                *of = l;
            }
        }
    }
    return n;
}
