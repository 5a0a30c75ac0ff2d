/* SPDX-License-Identifier: Apache-2.0 */
/* text/segment_words.c: a surface token to its syntactic words: "don't" is do + n't, "Russia's" is Russia + 's.
 *
 * Reads   a token's form, lexicon/en/contractions.tsv
 * Writes  where its words begin
 *
 * A language has a closed list of clitics; Universal Dependencies treats them as words of one multiword token. Decades keep
 * theirs ("the 1990's" is one word, as in UD EWT). */
#include "text/segment_core.h"

#include <stdlib.h>

#include "base/table.h"

/* Letters of the token, folded: lower case, any apostrophe as '. Returns how many bytes, 0 when too long. */
struct folded {
    char ch[32];
    uint8_t at[33]; /* byte offset of ch[i] in the token */
    uint32_t n;
};

static bool fold(dg_str s, struct folded *f)
{
    f->n = 0;
    for (size_t i = 0; i < s.len;) {
        if (f->n >= sizeof f->ch)
            return false;
        f->at[f->n] = (uint8_t)i;
        unsigned char c = (unsigned char)s.ptr[i];
        if (i + 2 < s.len && c == 0xE2 && (unsigned char)s.ptr[i + 1] == 0x80 &&
            ((unsigned char)s.ptr[i + 2] == 0x99 || (unsigned char)s.ptr[i + 2] == 0x98)) {
            f->ch[f->n++] = '\'';
            i += 3;
            continue;
        }
        f->ch[f->n++] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c == '`' ? '\'' : c);
        i++;
    }
    f->at[f->n] = (uint8_t)s.len;
    return true;
}

/* "can|not": the word and where its parts begin. False: too long, or no or too many parts. */
static bool read_parts(struct dgi_contraction *out, dg_str parts)
{
    dg_str part;
    uint32_t n = 0;
    *out = (struct dgi_contraction){.n = 0};
    while (dgi_str_next(&parts, '|', &part)) {
        if (!part.len || n > 2 || out->n + part.len > sizeof out->word)
            return false;
        if (n)
            out->cut[n - 1] = out->n;
        memcpy(out->word + out->n, part.ptr, part.len);
        out->n = (uint8_t)(out->n + part.len);
        n++;
    }
    return n > 0;
}

dg_status dgi_contractions_init(struct dgi_contractions *c, const struct dgi_table *t, dg_error *err)
{
    *c = (struct dgi_contractions){.n_whole = 0};
    if (!t)
        return DG_OK;
    c->whole = calloc(t->n_rows + 1u, sizeof *c->whole);
    c->ending = calloc(t->n_rows + 1u, sizeof *c->ending);
    c->joined = calloc(t->n_rows + 1u, sizeof *c->joined);
    if (!c->whole || !c->ending || !c->joined) {
        dgi_contractions_clear(c);
        return dgi_fail(err, DG_E_NOMEM, "no memory for the contractions");
    }
    for (uint32_t r = 0; r < t->n_rows; r++) {
        bool ending = dgi_str_is(dgi_table_cell(t, r, 1), "ending");
        bool joined = dgi_str_is(dgi_table_cell(t, r, 1), "joined");
        struct dgi_contraction *to = ending   ? &c->ending[c->n_ending++]
                                     : joined ? &c->joined[c->n_joined++]
                                              : &c->whole[c->n_whole++];
        if (!read_parts(to, dgi_table_cell(t, r, 2))) {
            char file[128];
            dgi_contractions_clear(c);
            return dgi_fail(err, DG_E_LEXICON, "%s:%u:3: no parts, more than three, or longer than %d bytes",
                            dgi_table_row_file(t, r, file, sizeof file), t->line[r], DGI_SEG_MAX_CONTRACTION);
        }
        if (!ending && !joined && !memchr(to->word, '\'', to->n) && to->n > c->longest)
            c->longest = to->n;
    }
    return DG_OK;
}

void dgi_contractions_clear(struct dgi_contractions *c)
{
    free(c->whole);
    free(c->ending);
    free(c->joined);
    *c = (struct dgi_contractions){.n_whole = 0};
}

bool dgi_seg_joins(const struct dgi_contractions *c, dg_str first, dg_str last)
{
    struct folded a, b;
    if (!c->n_joined || first.len > 31 || last.len > 31 || !fold(first, &a) || !fold(last, &b))
        return false;
    for (uint32_t i = 0; i < c->n_joined; i++) {
        const struct dgi_contraction *j = &c->joined[i];
        uint32_t cut = j->cut[0];
        if (a.n == cut && b.n == j->n - cut && !memcmp(a.ch, j->word, cut) && !memcmp(b.ch, j->word + cut, b.n))
            return true;
    }
    return false;
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

uint32_t dgi_seg_words(const struct dgi_contractions *c, dg_str form, uint32_t cuts[4])
{
    struct folded f;
    cuts[0] = 0;
    if (form.len < 2)
        return 1;
    dg_str tail = form;
    uint32_t skip = 0;
    if (form.len > 31) { /* a long token can only lose its clitic */
        skip = (uint32_t)form.len - 24;
        while (skip < form.len && ((unsigned char)form.ptr[skip] & 0xC0) == 0x80)
            skip++;
        tail = dgi_str_sub(form, skip, form.len);
    }
    if (!fold(tail, &f) || f.n < 2)
        return 1;
    bool clitic = memchr(f.ch, '\'', f.n) != NULL;
    for (uint32_t i = 0; i < c->n_whole && !skip && (clitic || f.n <= c->longest); i++) {
        const struct dgi_contraction *w = &c->whole[i];
        if (w->n != f.n || memcmp(w->word, f.ch, f.n))
            continue;
        if (f.n == 2 && is_upper(form.ptr[0]) && is_upper(form.ptr[1]))
            return 1; /* "IM" is an abbreviation */
        cuts[1] = f.at[w->cut[0]];
        if (!w->cut[1])
            return 2;
        cuts[2] = f.at[w->cut[1]];
        return 3;
    }
    if (!clitic)
        return 1;
    uint32_t cut = 0;
    for (uint32_t i = 0; i < c->n_ending && !cut; i++) {
        const struct dgi_contraction *e = &c->ending[i];
        if (f.n > e->n && !memcmp(f.ch + f.n - e->n, e->word, e->n))
            cut = f.n - e->n;
    }
    if (!cut && f.ch[f.n - 1] == '\'')
        cut = f.n - 1; /* the boundary model has left the apostrophe on: "parents'" */
    if (!cut)
        return 1;
    unsigned char before = (unsigned char)f.ch[cut - 1];
    if (before >= '0' && before <= '9' && f.n - cut > 1 && f.ch[f.n - 1] == 's')
        return 1; /* the 1990's */
    if (before < 128 && !((before >= 'a' && before <= 'z') || (before >= '0' && before <= '9') || before == '.' ||
                          before == ')' || before == '"'))
        return 1;
    cuts[1] = skip + f.at[cut];
    return 2;
}
