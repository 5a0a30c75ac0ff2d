/* SPDX-License-Identifier: Apache-2.0 */
/* text/language.c: see language.h.
 *
 * Reads   token forms; set "common" of function_words.tsv, languages.tsv
 * Writes  nothing; the caller sets meta.lang, warns, and does not code what is in another language
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
    LEAST_SCORE = 3, /* words of another language that must be there */
    LEAST_SHARE = 14 /* and of each hundred */
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

/* Of the first letter of a word; all->n: it has none, or of another script; *letter: it has one. */
static uint32_t script_of(const struct scripts *all, dg_str s, bool *letter)
{
    *letter = false;
    for (size_t at = 0; at < s.len && !*letter;) {
        uint32_t cp = dgi_utf8_next(s, &at);
        *letter = dgi_cp_is_alpha(cp);
        for (uint32_t i = 0; *letter && i < all->n; i++)
            if (holds(&all->s[i], cp))
                return i;
    }
    return all->n;
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
    for (uint32_t k = 0; k < n_rows && !ascii; k++)
        c->score[k] += holds_letter(w, dgi_table_cell(t, k, L_LETTERS));
}

static void count(struct counts *c, const struct dgi_doc *doc, const struct dgi_words *words, const struct dgi_table *t,
                  const struct scripts *all, uint32_t n_rows)
{
    for (uint32_t i = 0; i < doc->n_toks && c->n < MOST_WORDS; i++) {
        bool letter;
        uint32_t s = script_of(all, doc->toks[i].form, &letter);
        if (!letter) /* numbers and stops */
            continue;
        c->n++;
        c->script[s]++;
        bool own = dgi_word_in(words, DGI_W_COMMON, doc->toks[i].form);
        c->own += own;
        if (!own && n_rows)
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

void dgi_language_tell(struct dgi_language *out, const struct dgi_doc *doc, const struct dgi_words *words,
                       const struct dgi_table *table)
{
    struct counts c = {0};
    struct scripts all;
    uint32_t n_rows = table && table->n_cols >= L_COLS ? table->n_rows : 0;
    n_rows = n_rows < MOST_LANGUAGES ? n_rows : MOST_LANGUAGES;
    *out = (struct dgi_language){-1, {"", 0}, {"", 0}};
    read_scripts(&all, table, n_rows);
    count(&c, doc, words, table, &all, n_rows);
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
    uint32_t found = c.score[best] / 2;
    if (ours && (found < LEAST_SCORE || found * 100 < LEAST_SHARE * c.n || found < 2 * c.own))
        return;
    out->code = dgi_table_cell(table, best, L_CODE);
    out->name = dgi_table_cell(table, best, L_NAME);
}
