/* SPDX-License-Identifier: Apache-2.0 */
/* base/table.c: compiled lexicon tables. See table.h.
 *
 * Phrase index: an open-addressed hash from the 64-bit hash of the first k words of a phrase to an entry. Matching walks
 * the text word by word, extending the hash; it goes on as long as the slot is there (some phrase begins like this) and
 * remembers the last slot that ends a phrase. Two phrases with equal hashes would be taken for one another: with 64 bits
 * and some 10^6 prefixes the chance is about 10^-7, and dgi_lexicon_write() refuses such a table. */
#include "base/table_in.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"

enum { LEXICON_VERSION = 1, MOST_TABLES = DGI_MOST_TABLES, MOST_PACKS = DGI_MOST_PACKS };

/* ---- words of a phrase ---- */
static uint64_t mix(uint64_t h, uint64_t word)
{
    h ^= word + 0x9E3779B97F4A7C15u + (h << 6) + (h >> 2);
    return h * 0xD6E8FEB86659FD93u ^ h >> 31;
}

/* Quotes and dashes to ASCII, lower case when fold; FNV over the result. */
static uint64_t word_hash(dg_str w, bool fold)
{
    uint64_t h = 14695981039346656037u;
    for (size_t at = 0; at < w.len;) {
        uint32_t cp = (unsigned char)w.ptr[at];
        if (cp < 0x80)
            at++;
        else
            cp = dgi_utf8_next(w, &at);
        if (cp == 0x2019 || cp == 0x2018 || cp == 0x02BC || cp == 0x60)
            cp = '\'';
        else if (cp == 0x2010 || cp == 0x2011 || cp == 0x2013 || cp == 0x2014)
            cp = '-';
        else if (fold)
            cp = dgi_cp_lower(cp);
        h = (h ^ cp) * 1099511628211u;
    }
    return h ^ h >> 29;
}

/* Length of the hyphen at s[at], 0 if there is none: ASCII, U+2010, U+2011, en dash. */
static size_t hyphen(dg_str s, size_t at)
{
    if (at < s.len && s.ptr[at] == '-')
        return 1;
    if (at + 3 <= s.len && s.ptr[at] == '\xE2' && s.ptr[at + 1] == '\x80' &&
        (s.ptr[at + 2] == '\x90' || s.ptr[at + 2] == '\x91' || s.ptr[at + 2] == '\x93'))
        return 3;
    return 0;
}

/* The next piece of a word from *at on: a hyphen, or what stands before the next one. The tokenizer cuts "Coca-Cola" but not
 * "pro-Russian" (a model decides); cutting text and tables alike at every hyphen makes that no matter. */
static bool next_piece(dg_str w, size_t *at, dg_str *piece)
{
    if (*at >= w.len)
        return false;
    size_t from = *at, n = hyphen(w, from);
    if (!n)
        while (from + n < w.len && !hyphen(w, from + n))
            n++;
    *piece = (dg_str){w.ptr + from, n};
    *at += n;
    return true;
}

static void add_pieces(dg_str w, void (*add)(void *, dg_str), void *user)
{
    dg_str piece;
    size_t at = 0;
    while (next_piece(w, &at, &piece))
        add(user, piece);
}

static bool is_letter_digit(dg_str s, size_t at)
{
    if (at >= s.len)
        return false;
    uint32_t cp = dgi_utf8_next(s, &at);
    return dgi_cp_is_alpha(cp) || dgi_cp_is_digit(cp);
}

/* An apostrophe at `at`? Its length, else 0. */
static size_t apostrophe(dg_str s, size_t at)
{
    if (at < s.len && s.ptr[at] == '\'')
        return 1;
    if (at + 3 <= s.len && !memcmp(s.ptr + at, "\xE2\x80\x99", 3))
        return 3;
    return 0;
}

/* One piece between white space: brackets, commas, quotes, slashes at its edges, the possessive ending. */
static void cut_piece(dg_str p, bool fold, void (*add)(void *, dg_str), void *user)
{
    (void)fold;
    while (p.len && strchr("(),;:\"/", p.ptr[0])) {
        add(user, dgi_str_sub(p, 0, 1));
        p = dgi_str_sub(p, 1, p.len);
    }
    size_t tail = p.len;
    while (tail && strchr("(),;:\"/", p.ptr[tail - 1]))
        tail--;
    dg_str core = dgi_str_sub(p, 0, tail), rest = dgi_str_sub(p, tail, p.len);
    size_t n = core.len, a;
    size_t cut = n;
    if (n > 2 && (core.ptr[n - 1] == 's' || core.ptr[n - 1] == 'S')) {
        if (n > 2 && apostrophe(core, n - 2) == 1)
            cut = n - 2;
        else if (n > 4 && apostrophe(core, n - 4) == 3)
            cut = n - 4;
    }
    if (cut == n && n > 1) {
        if ((a = apostrophe(core, n - 1)) == 1)
            cut = n - 1;
        else if (n > 3 && apostrophe(core, n - 3) == 3)
            cut = n - 3;
        if (cut < n && !is_letter_digit(core, cut - 1) && (unsigned char)core.ptr[cut - 1] < 0x80)
            cut = n;
    }
    /* a slash or an ampersand between letters: "and/or", but "AT&T" stays */
    size_t from = 0;
    for (size_t i = 1; i + 1 < cut; i++)
        if (core.ptr[i] == '/') {
            if (i > from)
                add_pieces(dgi_str_sub(core, from, i), add, user);
            add(user, dgi_str_sub(core, i, i + 1));
            from = i + 1;
        }
    if (cut > from)
        add_pieces(dgi_str_sub(core, from, cut), add, user);
    if (cut < n)
        add(user, dgi_str_sub(core, cut, n));
    for (size_t i = 0; i < rest.len; i++)
        add(user, dgi_str_sub(rest, i, i + 1));
}

void dgi_phrase_words(dg_str phrase, bool fold, void (*add)(void *user, dg_str word), void *user)
{
    dg_str piece;
    dg_str rest = phrase;
    while (dgi_str_next(&rest, ' ', &piece))
        if (piece.len)
            cut_piece(piece, fold, add, user);
}

/* ---- reading compiled tables ----
 * What lies inside the arrays is looked at when it is used, not at open, which would read every page of them: a cell or a
 * list of rows that points outside is empty. */
static const struct dgi_array *part(const dgi_pack *p, dg_str name, const char *what, uint32_t type)
{
    char buf[64];
    if (snprintf(buf, sizeof buf, "%.*s/%s", (int)name.len, name.ptr, what) >= (int)sizeof buf)
        return NULL;
    const struct dgi_array *a = dgi_pack_find(p, buf);
    return a && a->type == type ? a : NULL;
}

static uint32_t log2_of(uint64_t n)
{
    uint32_t b = 0;
    while ((uint64_t)1 << b < n)
        b++;
    return (uint64_t)1 << b == n ? b : UINT32_MAX;
}

static dg_status open_table(struct dgi_table *t, const dgi_pack *p, dg_str name, dg_error *err)
{
    const struct dgi_array *shape = part(p, name, "shape", DGI_U32), *cell = part(p, name, "cell", DGI_U32),
                           *line = part(p, name, "line", DGI_U32), *text = part(p, name, "text", DGI_U8),
                           *key = part(p, name, "key", DGI_U32), *ph = part(p, name, "phrase", DGI_U64),
                           *pr = part(p, name, "prows", DGI_U32);
    t->name = name;
    if (!shape || shape->dim[0] != 3 || !cell || !line || !text || !key)
        goto bad;
    const uint32_t *sh = shape->data;
    t->n_rows = sh[0];
    t->n_cols = sh[1];
    t->fold = sh[2] & 1;
    t->phrase_col = sh[2] >> 8;
    if ((uint64_t)t->n_rows * t->n_cols + 1 != cell->dim[0] || line->dim[0] != t->n_rows || t->n_cols == 0)
        goto bad;
    t->cell = cell->data;
    t->line = line->data;
    t->text = text->data;
    t->n_text = text->dim[0];
    if (t->cell[cell->dim[0] - 1] > t->n_text)
        goto bad;
    t->key = key->data;
    if ((t->key_bits = log2_of(key->dim[0])) == UINT32_MAX)
        goto bad;
    if (ph) {
        if (!pr || ph->n_dims != 2 || ph->dim[1] != 2 || (t->phrase_bits = log2_of(ph->dim[0])) == UINT32_MAX)
            goto bad;
        t->phrase = ph->data;
        t->phrase_rows = pr->data;
        t->n_phrase_rows = pr->dim[0];
    }
    return DG_OK;
bad:
    return dgi_fail(err, DG_E_MODEL, "lexicon table '%.*s' is damaged; run 'make' to compile the lexicon again",
                    (int)name.len, name.ptr);
}

/* Adds the tables of the pack at `path`. */
static dg_status add_pack(dgi_lexicon *lex, const char *path, dg_error *err)
{
    dgi_pack *p;
    dg_status st = dgi_pack_open(&p, path, "lexicon", LEXICON_VERSION, "run 'make' to compile the lexicon", err);
    if (st != DG_OK)
        return st;
    const char *slash = strrchr(path, '/');
    char *folder = strdup(slash ? slash + 1 : path);
    lex->pack[lex->n_packs] = p;
    lex->folder[lex->n_packs++] = folder;
    if (!folder)
        return dgi_fail(err, DG_E_NOMEM, "no memory to open the lexicon");
    if (strchr(folder, '.'))
        *strrchr(folder, '.') = 0;
    for (uint32_t i = 0; st == DG_OK && i < dgi_pack_n(p); i++) {
        dg_str name = dgi_pack_at(p, i)->name;
        if (!dgi_str_ends(name, DGI_S("/shape")))
            continue;
        name = dgi_str_sub(name, 0, name.len - 6);
        for (uint32_t k = 0; k < lex->n; k++)
            if (dgi_str_eq(lex->tables[k].name, name))
                return dgi_fail(err, DG_E_MODEL, "%s: table '%.*s' stands in '%.*s' too", path, (int)name.len, name.ptr,
                                (int)lex->tables[k].folder.len, lex->tables[k].folder.ptr);
        if (lex->n == MOST_TABLES)
            return dgi_fail(err, DG_E_MODEL, "%s: more than %d tables", path, MOST_TABLES);
        lex->tables[lex->n].folder = dgi_str(folder);
        if ((st = open_table(&lex->tables[lex->n], p, name, err)) == DG_OK)
            lex->n++;
    }
    return st;
}

static dg_status open_packs(dgi_lexicon **out, const char *const *path, uint32_t n, dg_error *err)
{
    dgi_lexicon *lex = calloc(1, sizeof *lex);
    *out = NULL;
    if (!lex || !(lex->tables = calloc(MOST_TABLES, sizeof *lex->tables))) {
        dgi_lexicon_close(lex);
        return dgi_fail(err, DG_E_NOMEM, "no memory to open the lexicon");
    }
    for (uint32_t i = 0; i < n; i++) {
        dg_status st = add_pack(lex, path[i], err);
        if (st != DG_OK) {
            dgi_lexicon_close(lex);
            return st;
        }
    }
    *out = lex;
    return DG_OK;
}

dg_status dgi_lexicon_open_file(dgi_lexicon **out, const char *path, dg_error *err)
{
    return open_packs(out, &path, 1, err);
}

dg_status dgi_lexicon_open(dgi_lexicon **out, const char *dir, const char *language, dg_error *err)
{
    char world[PATH_MAX], words[PATH_MAX];
    const char *path[MOST_PACKS] = {world, words};
    *out = NULL;
    if (snprintf(world, sizeof world, "%s/world.lex", dir) >= (int)sizeof world ||
        snprintf(words, sizeof words, "%s/%s.lex", dir, language) >= (int)sizeof words)
        return dgi_fail(err, DG_E_ARG, "the data folder's name is too long");
    return open_packs(out, path, MOST_PACKS, err);
}

bool dgi_lexicon_keep(dgi_lexicon *lex)
{
    bool ok = true;
    for (uint32_t i = 0; i < lex->n_packs; i++)
        ok = ok && dgi_pack_keep(lex->pack[i]);
    return ok;
}

uint64_t dgi_lexicon_sum(const dgi_lexicon *lex)
{
    uint64_t sum = 0;
    for (uint32_t i = 0; i < lex->n_packs; i++)
        sum = sum * 0x9E3779B97F4A7C15u + dgi_pack_sum(lex->pack[i]);
    return lex->n_own ? sum * 0x9E3779B97F4A7C15u + lex->own_sum : sum;
}

void dgi_lexicon_close(dgi_lexicon *lex)
{
    if (!lex)
        return;
    for (uint32_t i = 0; i < lex->n_packs; i++) {
        dgi_pack_close(lex->pack[i]);
        free(lex->folder[i]);
    }
    for (uint32_t i = 0; i < lex->n; i++)
        dgi_own_free(lex->own[i]);
    free(lex->tables);
    free(lex);
}

const struct dgi_table *dgi_lexicon_table(const dgi_lexicon *lex, const char *name)
{
    for (uint32_t i = 0; i < lex->n; i++)
        if (dgi_str_is(lex->tables[i].name, name))
            return &lex->tables[i];
    return NULL;
}

const struct dgi_table *dgi_lexicon_table_at(const dgi_lexicon *lex, uint32_t i)
{
    return i < lex->n ? &lex->tables[i] : NULL;
}

const char *dgi_table_file(const struct dgi_table *t, char *buf, size_t size)
{
    snprintf(buf, size, "lexicon/%.*s/%.*s.tsv", (int)t->folder.len, t->folder.ptr, (int)t->name.len, t->name.ptr);
    return buf;
}

const char *dgi_table_row_file(const struct dgi_table *t, uint32_t row, char *buf, size_t size)
{
    if (!t->own_from || !t->own_from[row])
        return dgi_table_file(t, buf, size);
    snprintf(buf, size, "%s", t->own_path[t->own_from[row] - 1]);
    return buf;
}

dg_str dgi_table_cell(const struct dgi_table *t, uint32_t row, uint32_t col)
{
    if (row >= t->n_rows || col >= t->n_cols)
        return (dg_str){NULL, 0};
    size_t i = (size_t)row * t->n_cols + col;
    uint32_t from = t->cell[i], to = t->cell[i + 1];
    return from <= to && to <= t->n_text ? (dg_str){t->text + from, to - from} : (dg_str){NULL, 0};
}

uint32_t dgi_table_find(const struct dgi_table *t, dg_str key)
{
    uint64_t h = word_hash(key, t->fold);
    uint32_t mask = (uint32_t)(((uint64_t)1 << t->key_bits) - 1);
    for (uint32_t i = (uint32_t)h & mask, n = 0; n <= mask && t->key[i]; i = (i + 1) & mask, n++) {
        uint32_t row = t->key[i] - 1;
        if (row < t->n_rows && word_hash(dgi_table_cell(t, row, 0), t->fold) == h)
            return row;
    }
    return DGI_NONE;
}

static const uint64_t *slot(const struct dgi_table *t, uint64_t h)
{
    uint64_t mask = ((uint64_t)1 << t->phrase_bits) - 1;
    for (uint64_t i = h & mask, n = 0; n <= mask; i = (i + 1) & mask, n++) {
        const uint64_t *s = &t->phrase[2 * i];
        if (!s[1])
            return NULL;
        if (s[0] == h)
            return s;
    }
    return NULL;
}

/* slot[1]: bit 0 used; upper 32 bits: 1 + offset of {count, row ...} in prows, 0 = only a prefix */
static bool slot_rows(const struct dgi_table *t, const uint64_t *s, const uint32_t **rows, uint32_t *n)
{
    uint64_t at = s[1] >> 32;
    if (!at || at > t->n_phrase_rows || t->phrase_rows[at - 1] > t->n_phrase_rows - at)
        return false;
    *n = t->phrase_rows[at - 1];
    *rows = &t->phrase_rows[at];
    return true;
}

uint32_t dgi_phrase_match_words(const struct dgi_table *t, const dg_str *first, size_t stride, uint32_t tok,
                                uint32_t limit, const uint32_t **rows, uint32_t *n_rows)
{
    uint32_t best = 0;
    uint64_t h = 0;
    *rows = NULL;
    *n_rows = 0;
    if (!t || !t->phrase)
        return 0;
    for (uint32_t i = tok; i < limit; i++) {
        const uint64_t *s = NULL;
        dg_str piece;
        size_t at = 0;
        dg_str word = *(const dg_str *)(const void *)((const char *)first + i * stride);
        while (next_piece(word, &at, &piece)) {
            h = mix(h, word_hash(piece, t->fold));
            if (!(s = slot(t, h)))
                return best;
        }
        if (s && slot_rows(t, s, rows, n_rows))
            best = i + 1 - tok;
    }
    return best;
}

struct hashing {
    uint64_t h;
    bool fold;
    uint32_t n;
};
static void hash_word(void *user, dg_str w)
{
    struct hashing *x = user;
    x->h = mix(x->h, word_hash(w, x->fold));
    x->n++;
}

bool dgi_phrase_lookup(const struct dgi_table *t, dg_str phrase, const uint32_t **rows, uint32_t *n_rows)
{
    struct hashing x = {0, t && t->fold, 0};
    *rows = NULL;
    *n_rows = 0;
    if (!t || !t->phrase)
        return false;
    dgi_phrase_words(phrase, t->fold, hash_word, &x);
    const uint64_t *s = x.n ? slot(t, x.h) : NULL;
    return s && slot_rows(t, s, rows, n_rows);
}

/* ---- compiling ---- */
struct entry { /* one prefix of one phrase while the index is made */
    uint64_t h;
    uint32_t row, ends; /* ends: 1 when the whole phrase */
};
struct entries {
    struct entry *e;
    size_t n, cap;
    uint64_t h;
    uint32_t row;
    bool fold, failed;
};
static void add_prefix(void *user, dg_str w)
{
    struct entries *x = user;
    if (x->n == x->cap) {
        size_t cap = x->cap ? x->cap * 2 : 4096;
        struct entry *e = realloc(x->e, cap * sizeof *e);
        if (!e) {
            x->failed = true;
            return;
        }
        x->e = e;
        x->cap = cap;
    }
    x->h = mix(x->h, word_hash(w, x->fold));
    x->e[x->n++] = (struct entry){x->h, x->row, 0};
}

static int by_hash(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    if (x->h != y->h)
        return x->h < y->h ? -1 : 1;
    if (x->ends != y->ends)
        return x->ends < y->ends ? 1 : -1; /* ends first */
    return (x->row > y->row) - (x->row < y->row);
}

static bool build_phrases(struct dgi_phrases *out, const struct dgi_tsv *t)
{
    struct entries x = {.fold = t->fold};
    for (uint32_t r = 0; r < t->n_rows && !x.failed; r++) {
        dg_str all = t->cell[(size_t)r * t->n_cols + t->phrase_col - 1], one;
        if (!all.len)
            continue;
        while (dgi_str_next(&all, '|', &one)) {
            size_t before = x.n;
            x.h = 0;
            x.row = r;
            dgi_phrase_words(dgi_str_trim(one), t->fold, add_prefix, &x);
            if (x.n > before)
                x.e[x.n - 1].ends = 1;
        }
    }
    if (x.failed) {
        free(x.e);
        return false;
    }
    if (x.n)
        qsort(x.e, x.n, sizeof *x.e, by_hash);
    uint64_t distinct = 0;
    for (size_t i = 0; i < x.n; i++)
        distinct += i == 0 || x.e[i].h != x.e[i - 1].h;
    uint64_t n_slots = 16;
    while (n_slots < distinct * 2)
        n_slots *= 2;
    out->n_slots = n_slots;
    out->slots = calloc((size_t)n_slots * 2, sizeof *out->slots);
    out->rows = calloc(2 * x.n + 1, sizeof *out->rows);
    if (!out->slots || !out->rows) {
        free(x.e);
        return false;
    }
    for (size_t i = 0; i < x.n;) {
        size_t j = i;
        uint64_t at = 0;
        while (j < x.n && x.e[j].h == x.e[i].h)
            j++;
        if (x.e[i].ends) {
            uint64_t count = out->n_rows++;
            at = count + 1;
            for (size_t k = i; k < j && x.e[k].ends; k++)
                if (k == i || x.e[k].row != x.e[k - 1].row)
                    out->rows[out->n_rows++] = x.e[k].row;
            out->rows[count] = (uint32_t)(out->n_rows - count - 1);
        }
        uint64_t s = x.e[i].h & (n_slots - 1);
        while (out->slots[2 * s + 1])
            s = (s + 1) & (n_slots - 1);
        out->slots[2 * s] = x.e[i].h;
        out->slots[2 * s + 1] = at << 32 | 1;
        i = j;
    }
    free(x.e);
    return true;
}

bool dgi_table_build(struct dgi_built *b, const struct dgi_tsv *t)
{
    size_t n = (size_t)t->n_rows * t->n_cols, len = 0;
    for (size_t i = 0; i < n; i++)
        len += t->cell[i].len;
    if (len > UINT32_MAX)
        return false;
    b->shape[0] = t->n_rows;
    b->shape[1] = t->n_cols;
    b->shape[2] = t->fold | t->phrase_col << 8;
    b->n_key = 16;
    while (b->n_key < (uint64_t)t->n_rows * 2)
        b->n_key *= 2;
    b->cell = calloc(n + 1, sizeof *b->cell);
    b->key = calloc(b->n_key, sizeof *b->key);
    b->text = malloc(len ? len : 1);
    if (!b->cell || !b->key || !b->text)
        return false;
    for (size_t i = 0, at = 0; i < n; i++) {
        if (t->cell[i].len)
            memcpy(b->text + at, t->cell[i].ptr, t->cell[i].len);
        at += t->cell[i].len;
        b->cell[i + 1] = (uint32_t)at;
    }
    for (uint32_t r = t->n_rows; r-- > 0;) { /* backwards: the slot of a key ends up with its first row */
        uint64_t h = word_hash(t->cell[(size_t)r * t->n_cols], t->fold);
        uint64_t i = h & (b->n_key - 1);
        while (b->key[i] && word_hash(t->cell[(size_t)(b->key[i] - 1) * t->n_cols], t->fold) != h)
            i = (i + 1) & (b->n_key - 1);
        b->key[i] = r + 1;
    }
    return !t->phrase_col || build_phrases(&b->ph, t);
}

void dgi_table_drop(struct dgi_built *b)
{
    free(b->cell);
    free(b->key);
    free(b->text);
    free(b->ph.slots);
    free(b->ph.rows);
}

static void free_built(struct dgi_built *b, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        dgi_table_drop(&b[i]);
    free(b);
}

static struct dgi_array arr(struct dgi_built *b, int slot_no, dg_str table, const char *what, uint32_t type, uint64_t n,
                            const void *data, uint64_t bytes)
{
    snprintf(b->names[slot_no], sizeof b->names[0], "%.*s/%s", (int)table.len, table.ptr, what);
    return (struct dgi_array){dgi_str(b->names[slot_no]), type, 1, {n, 1, 1, 1}, data, bytes};
}

dg_status dgi_lexicon_write(const char *path, const struct dgi_tsv *tables, uint32_t n_tables, dg_error *err)
{
    if (n_tables > MOST_TABLES)
        return dgi_fail(err, DG_E_LIMIT, "%u tables are more than a lexicon may have (%d)", n_tables, MOST_TABLES);
    struct dgi_built *b = calloc(n_tables ? n_tables : 1, sizeof *b);
    struct dgi_array *a = calloc(n_tables ? n_tables * 7 : 1, sizeof *a);
    uint32_t n = 0;
    dg_status st = DG_OK;
    if (!b || !a)
        st = dgi_fail(err, DG_E_NOMEM, "no memory to compile the lexicon");
    for (uint32_t i = 0; st == DG_OK && i < n_tables; i++) {
        const struct dgi_tsv *t = &tables[i];
        if (t->name.len > 40) {
            st =
                dgi_fail(err, DG_E_LEXICON, "table name '%.*s' is longer than 40 bytes", (int)t->name.len, t->name.ptr);
            break;
        }
        if (!dgi_table_build(&b[i], t)) {
            st = dgi_fail(err, DG_E_NOMEM, "no memory to compile table '%.*s'", (int)t->name.len, t->name.ptr);
            break;
        }
        uint64_t cells = (uint64_t)t->n_rows * t->n_cols;
        a[n++] = arr(&b[i], 0, t->name, "shape", DGI_U32, 3, b[i].shape, sizeof b[i].shape);
        a[n++] = arr(&b[i], 1, t->name, "cell", DGI_U32, cells + 1, b[i].cell, (cells + 1) * 4);
        a[n++] = arr(&b[i], 2, t->name, "line", DGI_U32, t->n_rows, t->line, (uint64_t)t->n_rows * 4);
        a[n++] = arr(&b[i], 3, t->name, "text", DGI_U8, b[i].cell[cells], b[i].text, b[i].cell[cells]);
        a[n++] = arr(&b[i], 4, t->name, "key", DGI_U32, b[i].n_key, b[i].key, b[i].n_key * 4);
        if (t->phrase_col) {
            a[n] = arr(&b[i], 5, t->name, "phrase", DGI_U64, b[i].ph.n_slots, b[i].ph.slots, b[i].ph.n_slots * 16);
            a[n].n_dims = 2;
            a[n++].dim[1] = 2;
            a[n++] = arr(&b[i], 6, t->name, "prows", DGI_U32, b[i].ph.n_rows, b[i].ph.rows, b[i].ph.n_rows * 4);
        }
    }
    if (st == DG_OK)
        st = dgi_pack_write(path, "lexicon", LEXICON_VERSION, a, n, err);
    if (b)
        free_built(b, n_tables);
    free(a);
    return st;
}
