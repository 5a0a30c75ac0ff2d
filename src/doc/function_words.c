/* SPDX-License-Identifier: Apache-2.0 */
/* doc/function_words.c: compiles lexicon/en/function_words.tsv into one bit set per word. See function_words.h.
 *
 * A row is "SET" or "SET.N" and its words; a word that several sets list gets the bits of all. Found by a hash of the folded
 * word; the table has some hundreds of words, so that bits and slots stay in the processor's cache. */
#include "doc/function_words.h"

#include <stdio.h>
#include <stdlib.h>

enum { COL_SET, COL_WORDS, COL_EXAMPLE, COL_NOTE, N_COLS };
enum { LONGEST = 40 /* bytes of a word */ };

static const char *const set_name[DGI_N_WORD_SETS] = {
#define DGI_WORD_SET_NAME(id, name) name,
    DGI_WORD_SETS(DGI_WORD_SET_NAME)
#undef DGI_WORD_SET_NAME
};

/* "subordinator.2" belongs to the set "subordinator". DGI_N_WORD_SETS: no such set. */
static uint32_t set_of(dg_str id)
{
    size_t dot = dgi_str_find(id, DGI_S("."));
    dg_str name = dgi_str_sub(id, 0, dot == SIZE_MAX ? id.len : dot);
    uint32_t s = 0;
    while (s < DGI_N_WORD_SETS && !dgi_str_is(name, set_name[s]))
        s++;
    return s;
}

/* `word` as the table writes it, in buf; an empty string when it is longer than any word there. */
static dg_str fold(dg_str word, char buf[LONGEST])
{
    size_t n = 0;
    for (size_t i = 0; i < word.len && n < LONGEST; i++) {
        unsigned char c = (unsigned char)word.ptr[i];
        if (c == 0xE2 && i + 2 < word.len && (unsigned char)word.ptr[i + 1] == 0x80 &&
            ((unsigned char)word.ptr[i + 2] == 0x99 || (unsigned char)word.ptr[i + 2] == 0x98)) {
            buf[n++] = '\'';
            i += 2;
        } else {
            buf[n++] = (char)(c >= 'A' && c <= 'Z' ? c | 32 : c);
        }
    }
    return (dg_str){buf, n < LONGEST ? n : 0};
}

static uint32_t slot_of(const struct dgi_words *w, dg_str word)
{
    uint32_t mask = (1u << w->slot_bits) - 1, s = (uint32_t)dgi_str_hash(word) & mask;
    while (w->slot[s] && !dgi_str_eq(w->word[w->slot[s]], word))
        s = (s + 1) & mask;
    return s;
}

uint16_t dgi_words_id_exact(const struct dgi_words *w, dg_str word)
{
    bool may = word.len && word.len < LONGEST && (w->lengths[(unsigned char)word.ptr[0]] >> word.len & 1);
    return may ? w->slot[slot_of(w, word)] : 0;
}

uint16_t dgi_words_id(const struct dgi_words *w, dg_str word)
{
    char buf[LONGEST];
    if (!word.len || word.len >= LONGEST)
        return 0;
    unsigned char first = (unsigned char)word.ptr[0];
    uint64_t lengths = w->lengths[first >= 'A' && first <= 'Z' ? first | 32 : first];
    if (!(lengths >> word.len & 1) &&
        !memchr(word.ptr, 0xE2, word.len)) /* an apostrophe may be longer than the table's */
        return 0;
    return dgi_words_id_exact(w, fold(word, buf));
}

static uint32_t count_words(const struct dgi_table *t)
{
    uint32_t n = 0;
    dg_str cell, one;
    for (uint32_t r = 0; r < t->n_rows; r++)
        for (cell = dgi_table_cell(t, r, COL_WORDS); dgi_str_next(&cell, '|', &one);)
            n++;
    return n;
}

static bool make_room(struct dgi_words *w, uint32_t n)
{
    for (w->slot_bits = 4; (1u << w->slot_bits) < 2 * n + 2;)
        w->slot_bits++;
    if (!(w->arena = dgi_arena_new(0)))
        return false;
    w->bits = dgi_arena_array(w->arena, n + 1, sizeof *w->bits);
    w->word = dgi_arena_array(w->arena, n + 1, sizeof *w->word);
    w->slot = dgi_arena_array(w->arena, (size_t)1 << w->slot_bits, sizeof *w->slot);
    w->n = 1;
    return w->bits && w->word && w->slot;
}

static void add(struct dgi_words *w, uint32_t set, dg_str word)
{
    uint32_t s = slot_of(w, word);
    if (!w->slot[s]) {
        w->slot[s] = (uint16_t)w->n;
        w->word[w->n++] = word;
        w->lengths[(unsigned char)word.ptr[0]] |= (uint64_t)1 << word.len;
    }
    w->bits[w->slot[s]][set >> 6] |= (uint64_t)1 << (set & 63);
}

static dg_status compile(struct dgi_words *w, const struct dgi_table *t, dg_error *err)
{
    bool seen[DGI_N_WORD_SETS] = {false};
    dg_str cell, one;
    for (uint32_t r = 0; r < t->n_rows; r++) {
        dg_str id = dgi_table_cell(t, r, COL_SET);
        uint32_t set = set_of(id);
        if (set == DGI_N_WORD_SETS)
            return dgi_fail(err, DG_E_MODEL, "function_words.tsv:%u: no set '%.*s'; run 'dragoman lexicon check'",
                            t->line[r], (int)(id.len < 60 ? id.len : 60), id.ptr);
        seen[set] = true;
        for (cell = dgi_table_cell(t, r, COL_WORDS); dgi_str_next(&cell, '|', &one);)
            if (one.len && one.len < LONGEST)
                add(w, set, one);
    }
    for (uint32_t s = 0; s < DGI_N_WORD_SETS; s++)
        if (!seen[s])
            return dgi_fail(err, DG_E_MODEL,
                            "function_words.tsv has no row of the set '%s'; run 'make' to compile the lexicon",
                            set_name[s]);
    return DG_OK;
}

dg_status dgi_words_open(struct dgi_words **out, const dgi_lexicon *lex, dg_error *err)
{
    const struct dgi_table *t = dgi_lexicon_table(lex, "function_words");
    *out = NULL;
    if (!t || t->n_cols != N_COLS)
        return dgi_fail(
            err, DG_E_MODEL,
            "the lexicon has no table 'function_words' as this version needs it; run 'make' to compile the lexicon");
    struct dgi_words *w = calloc(1, sizeof *w);
    uint32_t n = count_words(t);
    if (!w || n >= UINT16_MAX || !make_room(w, n)) {
        dgi_words_close(w);
        return dgi_fail(err, DG_E_NOMEM, "no memory for %u function words", n);
    }
    dg_status st = compile(w, t, err);
    if (st == DG_OK)
        st = dgi_name_weights_read(&w->names, lex, err);
    if (st != DG_OK) {
        dgi_words_close(w);
        return st;
    }
    *out = w;
    return DG_OK;
}

void dgi_words_close(struct dgi_words *w)
{
    if (!w)
        return;
    dgi_arena_free(w->arena);
    free(w);
}

/* ---- lexicon check ---- */
/* Does `text` hold `word`, with no letter beside it? */
static bool shows(dg_str text, dg_str word)
{
    char buf[LONGEST];
    for (size_t i = 0; i + word.len <= text.len; i++) {
        dg_str there = fold(dgi_str_sub(text, i, i + word.len), buf);
        unsigned char before = i ? (unsigned char)text.ptr[i - 1] | 32 : ' ';
        unsigned char after = i + word.len < text.len ? (unsigned char)text.ptr[i + word.len] | 32 : ' ';
        bool alone = !(before >= 'a' && before <= 'z') && !(after >= 'a' && after <= 'z');
        if (dgi_str_eq(there, word) && (alone || word.ptr[0] == '\'' || (word.len > 1 && word.ptr[1] == '\'')))
            return true;
    }
    return false;
}

/* Sets that are asked of the text of several tokens, whose words may have single spaces inside. */
static bool of_several(dg_str id)
{
    uint32_t s = set_of(id);
    return s == DGI_W_PRODUCT_NAME || s == DGI_W_PRODUCT_WORD;
}

static void check_row(const struct dgi_tsv *t, uint32_t r, dgi_fault_fn *fault, void *user)
{
    const dg_str *c = &t->cell[(size_t)r * t->n_cols];
    dg_str cell = c[COL_WORDS], one, others;
    char buf[LONGEST], msg[200];
    bool shown = !c[COL_EXAMPLE].len;
    if (!cell.len)
        fault(user, t->name.ptr, t->line[r], COL_WORDS + 1, "row has no words");
    for (uint32_t k = 0; dgi_str_next(&cell, '|', &one); k++) {
        if (!one.len || !dgi_str_eq(fold(one, buf), one) ||
            (memchr(one.ptr, ' ', one.len) && !of_several(c[COL_SET]))) {
            snprintf(msg, sizeof msg, "'%.*s' is not one word in lower case", (int)(one.len < 60 ? one.len : 60),
                     one.ptr);
            fault(user, t->name.ptr, t->line[r], COL_WORDS + 1, msg);
            continue;
        }
        others = cell;
        if (dgi_str_in(others, '|', one)) {
            snprintf(msg, sizeof msg, "'%.*s' stands twice in the row", (int)one.len, one.ptr);
            fault(user, t->name.ptr, t->line[r], COL_WORDS + 1, msg);
        }
        shown = shown || shows(c[COL_EXAMPLE], one);
    }
    if (!shown)
        fault(user, t->name.ptr, t->line[r], COL_EXAMPLE + 1, "the example has none of the row's words");
}

void dgi_words_check(const struct dgi_tsv *tables, uint32_t n_tables, dgi_fault_fn *fault, void *user)
{
    bool seen[DGI_N_WORD_SETS + 1] = {false};
    const struct dgi_tsv *t = NULL;
    char msg[200];
    for (uint32_t i = 0; i < n_tables; i++)
        if (dgi_str_is(tables[i].name, "function_words"))
            t = &tables[i];
    if (!t)
        return;
    if (t->n_cols != N_COLS) {
        fault(user, t->name.ptr, 1, 1, "the table has 4 columns: set, words, example, note");
        return;
    }
    for (uint32_t r = 0; r < t->n_rows; r++) {
        dg_str id = t->cell[(size_t)r * t->n_cols + COL_SET];
        uint32_t set = set_of(id);
        seen[set] = true;
        if (set == DGI_N_WORD_SETS) {
            snprintf(msg, sizeof msg, "nobody asks for the set '%.*s'", (int)(id.len < 60 ? id.len : 60), id.ptr);
            fault(user, t->name.ptr, t->line[r], COL_SET + 1, msg);
        }
        check_row(t, r, fault, user);
    }
    for (uint32_t s = 0; s < DGI_N_WORD_SETS; s++)
        if (!seen[s]) {
            snprintf(msg, sizeof msg, "no row of the set '%s'", set_name[s]);
            fault(user, t->name.ptr, 1, COL_SET + 1, msg);
        }
}
