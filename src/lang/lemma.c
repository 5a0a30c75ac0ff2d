/* SPDX-License-Identifier: Apache-2.0 */
/* lang/lemma.c: the lemma of a word whose XPOS is known.
 *
 * Reads   token form, xpos
 * Writes  token lemma
 *
 * Exceptions by the whole word first, then the longest suffix that has a rule (train/lang/lemma.py learns both). A rule
 * keeps the case or lowers it, cuts bytes off the end and appends a string. */
#include <stdlib.h>

#include "base/utf8.h"
#include "lang/net.h"

#define MAX_FORM 120 /* bytes; a longer word is its own lemma */
#define MAX_SUFFIX 6
#define MAX_XPOS 16

dg_status dgi_lemma_load(struct dgi_lang_model *m, dg_error *err)
{
    dg_str text = dgi_mfile_text(&m->file, "lemma.rules", err);
    if (!text.ptr)
        return DG_E_MODEL;
    uint32_t n = 0;
    for (size_t i = 0; i < text.len; i++)
        n += text.ptr[i] == '\n';
    if (!(m->lem_rule = calloc((size_t)n + 1, sizeof *m->lem_rule)))
        return dgi_fail(err, DG_E_NOMEM, "no memory for the model");
    dg_str line, rest = text;
    while (m->n_lem_rule < n && dgi_str_next(&rest, '\n', &line)) {
        dg_str keep, cut;
        int64_t v = 0;
        if (!dgi_str_next(&line, '\t', &keep) || !dgi_str_next(&line, '\t', &cut) || !dgi_str_int(cut, &v) || v < 0 ||
            v > MAX_FORM)
            return dgi_fail(err, DG_E_MODEL, "%s: lemma rule %u is not well formed; rebuild it with 'make train'",
                            m->file.path, m->n_lem_rule + 1);
        m->lem_rule[++m->n_lem_rule] =
            (struct dgi_lemma_rule){dgi_str_is(keep, "1"), (uint32_t)v, line.ptr ? line : (dg_str){"", 0}};
    }
    dg_status st;
    if ((st = dgi_mtable_load(&m->lem_suffix, &m->file, "lemma.suffix", m->n_lem_rule, err)) != DG_OK)
        return st;
    return dgi_mtable_load(&m->lem_word, &m->file, "lemma.word", m->n_lem_rule, err);
}

void dgi_lemma_unload(struct dgi_lang_model *m)
{
    free(m->lem_rule);
}

/* Straight apostrophes, optionally lower case. Bytes written, at most three times form.len (ill-formed bytes become U+FFFD). */
static size_t plain(dg_str form, bool lower, char *out)
{
    size_t n = 0, at = 0;
    while (at < form.len) {
        uint32_t cp = dgi_utf8_next(form, &at);
        if (cp == 0x2019 || cp == 0x2018)
            cp = '\'';
        n += dgi_utf8_put(lower ? dgi_feature_lower(cp) : cp, out + n);
    }
    return n;
}

static uint32_t find_rule(const struct dgi_lang_model *m, char *key, size_t n_xpos, const char *low, size_t len)
{
    memcpy(key + n_xpos, low, len);
    uint32_t rule = dgi_mtable_find(&m->lem_word, dgi_mfile_hash(key, n_xpos + len));
    if (rule)
        return rule;
    size_t from[MAX_SUFFIX + 1], at = len;
    uint32_t k = 0;
    from[0] = len;
    while (k < MAX_SUFFIX && at > 0) {
        for (at--; at > 0 && ((unsigned char)low[at] & 0xC0) == 0x80;)
            at--;
        from[++k] = at;
    }
    for (;; k--) {
        memcpy(key + n_xpos, low + from[k], len - from[k]);
        if ((rule = dgi_mtable_find(&m->lem_suffix, dgi_mfile_hash(key, n_xpos + len - from[k]))) || k == 0)
            return rule;
    }
}

static bool only(dg_str s, const char *set)
{
    for (size_t i = 0; i < s.len; i++)
        if (!s.ptr[i] || !strchr(set, s.ptr[i]))
            return false;
    return true;
}

/* What no table says: "MPs" is the plural of "MP"; "1,500" is 1500; "IV" stays. false: the tables decide. */
static bool special(dgi_arena *a, dg_str form, dg_str xpos, dg_str *out)
{
    if (dgi_str_is(xpos, "CD")) {
        if (only(form, "IVXLCDM")) {
            *out = form;
            return true;
        }
        if (!memchr(form.ptr, ',', form.len) || !only(form, "0123456789,.") || !memchr("0123456789", form.ptr[0], 10) ||
            !memchr("0123456789", form.ptr[form.len - 1], 10))
            return false;
        char *p = dgi_arena_alloc(a, form.len + 1);
        *out = (dg_str){p, 0};
        for (size_t i = 0; p && i < form.len; i++)
            if (form.ptr[i] != ',')
                p[out->len++] = form.ptr[i];
        return true;
    }
    if ((!dgi_str_is(xpos, "NNS") && !dgi_str_is(xpos, "NNPS")) || form.len < 3 || form.ptr[form.len - 1] != 's')
        return false;
    *out = (dg_str){form.ptr, form.len - 1};
    return only(*out, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
}

dg_str dgi_lemma(const struct dgi_lang_model *m, dgi_arena *a, dg_str form, dg_str xpos)
{
    char low[3 * MAX_FORM + 8], kept[3 * MAX_FORM + 8], key[3 * MAX_FORM + MAX_XPOS + 16];
    if (form.len == 0 || form.len > MAX_FORM || xpos.len > MAX_XPOS)
        return form;
    dg_str out_special;
    if (special(a, form, xpos, &out_special))
        return out_special;
    size_t n_low = plain(form, true, low), n_xpos = xpos.len + 1;
    memcpy(key, xpos.ptr, xpos.len);
    key[xpos.len] = '\t';
    uint32_t id = find_rule(m, key, n_xpos, low, n_low);
    struct dgi_lemma_rule none = {dgi_str_starts(xpos, DGI_S("NNP")) || dgi_str_is(xpos, "ADD"), 0, {"", 0}};
    const struct dgi_lemma_rule *r = id ? &m->lem_rule[id] : &none;
    const char *base = low;
    size_t n = n_low;
    if (r->keep_case) {
        n = plain(form, false, kept);
        base = kept;
    }
    if (r->cut > n)
        return form;
    n -= r->cut;
    if (r->cut &&
        ((unsigned char)base[n] & 0xC0) == 0x80) /* a rule for Latin endings would cut a letter of another script */
        return form;
    if (!r->append.len && n == form.len && !memcmp(base, form.ptr, n))
        return form;
    if (!r->append.len && n == 0)
        return form;
    char *out = dgi_arena_alloc(a, n + r->append.len + 1);
    if (!out)
        return (dg_str){NULL, 0};
    memcpy(out, base, n);
    memcpy(out + n, r->append.ptr, r->append.len);
    return (dg_str){out, n + r->append.len};
}

bool dgi_lemma_tense(struct dgi_tok *t, dgi_arena *a)
{
    enum { SHORTEST = 6 }; /* bytes; "embed", "shred" and "shed" are shorter */
    static const char present[] = "Tense=Pres", past[] = "Tense=Past";
    if (!dgi_str_is(t->xpos, "VBP") || t->form.len < SHORTEST || !dgi_str_ends(t->form, DGI_S("ed")) ||
        dgi_str_ends(t->form, DGI_S("eed")))
        return true;
    t->xpos = DGI_S("VBD");
    size_t at = dgi_str_find(t->feats, dgi_str(present));
    if (at == SIZE_MAX)
        return true;
    char *feats = dgi_arena_alloc(a, t->feats.len);
    if (!feats)
        return false;
    memcpy(feats, t->feats.ptr, t->feats.len);
    memcpy(feats + at, past, sizeof past - 1);
    t->feats.ptr = feats;
    return true;
}
