/* SPDX-License-Identifier: Apache-2.0 */
/* code/joined.c: a word with a hyphen is the word that the tables have without it: "cease-fire", "re-opened", "the pull-out".
 *
 * Reads   tokens with tree; the words of the tables
 * Writes  token lemma, and upos of a particle that is the head of such a noun
 *
 * The tokenizer, as treebanks want it, cuts "cease-fire" in three and keeps "re-opened" in one. Only a joined word that some table
 * names counts; function_words.tsv (hyphen_keeps) has those that mean something else ("re-sign"). */
#include <stdio.h>
#include <string.h>

#include "code/coder.h"

#include "base/utf8.h"

enum { MOST_BYTES = 40 };

static bool is_hyphen(const struct dgi_tok *t)
{
    return dgi_str_is(t->form, "-") || dgi_str_is(t->form, "\xe2\x80\x90");
}

/* a and b without what is between them, when a table has it; else empty. buf: MOST_BYTES. */
static dg_str joined(const struct coder *c, dg_str a, dg_str b, char *buf)
{
    char whole[MOST_BYTES + 1];
    if (!a.len || !b.len || a.len + b.len >= MOST_BYTES)
        return (dg_str){"", 0};
    int n = snprintf(whole, sizeof whole, "%.*s-%.*s", (int)a.len, a.ptr, (int)b.len, b.ptr);
    if (dgi_word_in(c->doc->words, DGI_W_HYPHEN_KEEPS, dgi_strn(whole, (size_t)n)))
        return (dg_str){"", 0};
    snprintf(whole, sizeof whole, "%.*s%.*s", (int)a.len, a.ptr, (int)b.len, b.ptr);
    dg_str low = dgi_utf8_lower_buf(dgi_strn(whole, a.len + b.len), buf, MOST_BYTES);
    return dgi_lexis_id(&c->t->lx, low) ? low : (dg_str){"", 0};
}

static bool rename_to(struct coder *c, struct dgi_tok *t, dg_str lemma)
{
    t->lemma = dgi_arena_str(c->doc->arena, lemma);
    return t->lemma.ptr != NULL;
}

/* "re-opened" */
static bool one_token(struct coder *c, struct dgi_tok *t)
{
    char buf[MOST_BYTES];
    const char *cut = t->lemma.len ? memchr(t->lemma.ptr, '-', t->lemma.len) : NULL;
    if (!cut || dgi_lexis_id_lower(&c->t->lx, t->lemma))
        return true;
    size_t at = (size_t)(cut - t->lemma.ptr);
    dg_str w = joined(c, dgi_strn(t->lemma.ptr, at), dgi_str_sub(t->lemma, at + 1, t->lemma.len), buf);
    return !w.len || rename_to(c, t, w);
}

/* "cease - fire": its head is the one on which the other hangs. */
static bool three_tokens(struct coder *c, uint32_t a)
{
    struct dgi_tok *t = c->doc->toks;
    char buf[MOST_BYTES];
    uint32_t b = a + 2;
    if (!is_hyphen(&t[a + 1]) || (t[a].flags | t[a + 1].flags) & DGI_TOK_SPACE_AFTER || t[a].sent != t[b].sent ||
        t[a].mention != DGI_NONE || t[b].mention != DGI_NONE)
        return true;
    dg_str w = joined(c, t[a].form, t[b].lemma, buf);
    if (!w.len)
        return true;
    uint32_t h = t[b].head == a ? a : b;
    if (t[h].upos == DGI_ADP || t[h].upos == DGI_ADV)
        t[h].upos = DGI_NOUN;
    return rename_to(c, &t[h], w);
}

bool dgi_join_hyphened(struct coder *c)
{
    bool ok = true;
    for (uint32_t i = 0; i < c->doc->n_toks && ok; i++)
        ok = one_token(c, &c->doc->toks[i]) && (i + 2 >= c->doc->n_toks || three_tokens(c, i));
    return ok;
}
