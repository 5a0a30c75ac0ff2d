/* SPDX-License-Identifier: Apache-2.0 */
/* text/segment_words.c: a surface token to its syntactic words: "don't" is do + n't, "Russia's" is Russia + 's.
 *
 * English has a closed list of clitics; Universal Dependencies treats them as words of one multiword token. Decades keep
 * theirs ("the 1990's" is one word, as in UD EWT). */
#include "text/segment_core.h"

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

static bool ends(const struct folded *f, const char *suffix)
{
    size_t n = strlen(suffix);
    return f->n > n && !memcmp(f->ch + f->n - n, suffix, n);
}

static const struct {
    const char *word;
    uint8_t cut[2];
} fixed_list[] = {{"cannot", {3, 0}}, {"gonna", {3, 0}},  {"wanna", {3, 0}},   {"gotta", {3, 0}},   {"dunno", {2, 3}},
                  {"dont", {2, 0}},   {"doesnt", {4, 0}}, {"didnt", {3, 0}},   {"wont", {2, 0}},    {"cant", {2, 0}},
                  {"isnt", {2, 0}},   {"arent", {3, 0}},  {"wasnt", {3, 0}},   {"wouldnt", {5, 0}}, {"couldnt", {5, 0}},
                  {"aint", {2, 0}},   {"hasnt", {3, 0}},  {"havent", {4, 0}},  {"shouldnt", {6, 0}}, {"werent", {4, 0}},
                  {"im", {1, 0}},     {"ive", {1, 0}},    {"youre", {3, 0}},   {"theyre", {4, 0}},  {"youll", {3, 0}},
                  {"thats", {4, 0}},  {"theres", {5, 0}}, {"whats", {4, 0}},   {"c'mon", {3, 0}},   {"'tis", {2, 0}},
                  {"'twas", {2, 0}},  {"d'you", {2, 0}}};

uint32_t dgi_seg_words(dg_str form, uint32_t cuts[4])
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
    if (!skip && (clitic || f.n <= 8))
        for (size_t i = 0; i < sizeof fixed_list / sizeof *fixed_list; i++)
            if (strlen(fixed_list[i].word) == f.n && !memcmp(fixed_list[i].word, f.ch, f.n)) {
                if (f.n == 2 && form.ptr[0] == 'I' && form.ptr[1] == 'M')
                    return 1; /* "IM" is an abbreviation */
                cuts[1] = f.at[fixed_list[i].cut[0]];
                if (!fixed_list[i].cut[1])
                    return 2;
                cuts[2] = f.at[fixed_list[i].cut[1]];
                return 3;
            }
    if (!clitic)
        return 1;
    uint32_t cut = 0;
    if (ends(&f, "n't"))
        cut = f.n - 3;
    else if (ends(&f, "'re") || ends(&f, "'ve") || ends(&f, "'ll"))
        cut = f.n - 3;
    else if (ends(&f, "'s") || ends(&f, "'d") || ends(&f, "'m"))
        cut = f.n - 2;
    else if (f.ch[f.n - 1] == '\'')
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
