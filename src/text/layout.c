/* SPDX-License-Identifier: Apache-2.0 */
/* text/layout.c: the table as a sorted list of phrases, looked into by hash of the first word.
 *
 * Lines are compared lower-cased with quotes made straight and white space single, in a buffer of bounded size: labels
 * stand at the start, credits at the end. */
#include "text/layout.h"

#include <stdlib.h>

#include "base/utf8.h"

enum how { COLON, START, END, ANY, WHOLE, WORD };
enum { HEAD = 512, TAIL = 160, LONG_LINE = 420, ANY_LINE = 360, SHORT_LINE = 80, CREDIT = 60 };

struct phrase {
    dg_str words; /* normalised */
    uint32_t row;
    uint8_t kind, how;
    uint32_t next; /* in its bucket */
};
struct dgi_layout {
    struct phrase *p;
    uint32_t n;
    uint32_t month_first; /* from here on p is of times.tsv */
    char *text;           /* owns the words */
    size_t text_len;
    uint32_t bucket[1024]; /* by first word, index + 1 */
    uint32_t meta_first[DGI_META_URL + 1];
    uint32_t *inside; /* phrases looked for at the end of or anywhere in a line */
    uint32_t n_inside;
};

static const struct {
    const char *name;
    uint8_t kind;
} kind_names[] = {{"related", DGI_LINE_RELATED},
                  {"caption", DGI_LINE_CAPTION},
                  {"byline", DGI_LINE_BYLINE},
                  {"other", DGI_LINE_OTHER},
                  {"date", DGI_LINE_DATE},
                  {"updated", DGI_LINE_UPDATED},
                  {"header", DGI_LINE_HEADER},
                  {"outlet", DGI_LINE_OUTLET},
                  {"hidden", DGI_CLASS_HIDDEN},
                  {"class", DGI_CLASS_DROP},
                  {"classshort", DGI_CLASS_SHORT},
                  {"content", DGI_CLASS_CONTENT},
                  {"deck", DGI_CLASS_DECK},
                  {"classdate", DGI_CLASS_DATE},
                  {"by", DGI_WORD_BY},
                  {"classstate", DGI_WORD_CLASS_STATE},
                  {"credit", DGI_WORD_CREDIT},
                  {"dateword", DGI_WORD_DATE},
                  {"datejoin", DGI_WORD_DATE_JOIN},
                  {"nameparticle", DGI_WORD_NAME_PARTICLE},
                  {"nameprefix", DGI_WORD_NAME_PREFIX},
                  {"namesep", DGI_WORD_NAME_SEP},
                  {"nameoutlet", DGI_WORD_NAME_OUTLET},
                  {"ordinal", DGI_WORD_ORDINAL},
                  {"page", DGI_WORD_PAGE},
                  {"pageof", DGI_WORD_PAGE_OF},
                  {"placeword", DGI_WORD_PLACE},
                  {"month", DGI_WORD_MONTH},
                  {"metadate", DGI_META_DATE},
                  {"metatitle", DGI_META_TITLE},
                  {"metaauthor", DGI_META_AUTHOR},
                  {"metasite", DGI_META_SITE},
                  {"metaupdated", DGI_META_UPDATED},
                  {"metaurl", DGI_META_URL}};
static const char *const how_names[] = {"colon", "start", "end", "any", "whole", "word"};

static bool word_char(unsigned char c)
{
    return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Lower case, straight quotes, single spaces, no space or opening punctuation in front. */
static dg_str normalise(dg_str s, char *buf, size_t size)
{
    size_t n = 0;
    bool space = false;
    for (size_t at = 0; at < s.len;) {
        unsigned char c = (unsigned char)s.ptr[at];
        if (c > ' ' && c < 0x7f && n + 1 + space <= size) {
            if (space)
                buf[n++] = ' ';
            space = false;
            buf[n++] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
            at++;
            continue;
        }
        uint32_t cp = dgi_utf8_next(s, &at);
        char enc[4];
        if (dgi_cp_is_space(cp)) {
            space = n > 0;
            continue;
        }
        if (cp == 0x2018 || cp == 0x2019)
            cp = '\'';
        if (cp == 0x201C || cp == 0x201D)
            cp = '"';
        cp = dgi_cp_lower(cp);
        size_t m = dgi_utf8_put(cp, enc);
        if (n + m + space > size)
            break;
        if (space)
            buf[n++] = ' ';
        space = false;
        memcpy(buf + n, enc, m);
        n += m;
    }
    return dgi_strn(buf, n);
}

static dg_str first_word(dg_str s)
{
    size_t i = 0;
    while (i < s.len && word_char((unsigned char)s.ptr[i]))
        i++;
    return dgi_str_sub(s, 0, i ? i : (s.len ? 1 : 0));
}

static uint32_t bucket_of(dg_str s)
{
    return (uint32_t)(dgi_str_hash(first_word(s)) & 1023);
}

uint8_t dgi_layout_kind(dg_str s)
{
    for (size_t i = 0; i < sizeof kind_names / sizeof *kind_names; i++)
        if (dgi_str_is(s, kind_names[i].name))
            return kind_names[i].kind;
    return DGI_LINE_NONE;
}

static uint8_t how_of(dg_str s)
{
    for (uint8_t i = 0; i < sizeof how_names / sizeof *how_names; i++)
        if (dgi_str_is(s, how_names[i]))
            return i;
    return WORD;
}

/* Bytes and number of the phrases that add_phrases() will make of column col. */
static void measure(const struct dgi_table *t, uint32_t col, size_t *n, size_t *bytes)
{
    dg_str rest, f;
    for (uint32_t r = 0; t && r < t->n_rows; r++)
        for (rest = dgi_table_cell(t, r, col); dgi_str_next(&rest, '|', &f);)
            ++*n, *bytes += f.len;
}

static void add_phrase(dgi_layout *l, dg_str words, struct phrase p)
{
    memcpy(l->text + l->text_len, words.ptr, words.len);
    p.words = (dg_str){l->text + l->text_len, words.len};
    l->text_len += words.len;
    l->p[l->n++] = p;
}

/* The number that an id ends with: "month.07". */
static uint32_t number_of(dg_str id)
{
    uint32_t n = 0;
    for (size_t i = id.len > 2 ? id.len - 2 : 0; i < id.len; i++)
        n = id.ptr[i] >= '0' && id.ptr[i] <= '9' ? n * 10 + (uint32_t)(id.ptr[i] - '0') : 0;
    return n;
}

static void add_layout(dgi_layout *l, const struct dgi_table *t)
{
    dg_str rest, f;
    for (uint32_t r = 0; t && r < t->n_rows; r++) {
        uint8_t kind = dgi_layout_kind(dgi_table_cell(t, r, 1)), how = how_of(dgi_table_cell(t, r, 2));
        uint32_t row = kind == DGI_WORD_MONTH ? number_of(dgi_table_cell(t, r, 0)) : r;
        for (rest = dgi_table_cell(t, r, 3); dgi_str_next(&rest, '|', &f);)
            if (kind != DGI_LINE_NONE && f.len) /* "file - " keeps its last space: it is part of the pattern */
                add_phrase(l, f, (struct phrase){.row = row, .kind = kind, .how = how});
    }
}

/* Months, and weekdays as words that may stand beside a date. A month's row is its number. */
static void add_times(dgi_layout *l, const struct dgi_table *t)
{
    int64_t n;
    for (uint32_t r = 0; t && r < t->n_rows; r++) {
        dg_str word = dgi_table_cell(t, r, 0);
        if (!word.len)
            continue;
        if (dgi_str_is(dgi_table_cell(t, r, 1), "month") && dgi_str_int(dgi_table_cell(t, r, 2), &n))
            add_phrase(l, word, (struct phrase){.row = (uint32_t)n, .kind = DGI_WORD_MONTH, .how = WORD});
        if (dgi_str_is(dgi_table_cell(t, r, 1), "weekday") || dgi_str_is(dgi_table_cell(t, r, 1), "dayabbr"))
            add_phrase(l, word, (struct phrase){.row = r, .kind = DGI_WORD_DATE, .how = WORD});
    }
}

dg_status dgi_layout_new(dgi_layout **out, const dgi_lexicon *lex, dg_error *err)
{
    const struct dgi_table *layout = lex ? dgi_lexicon_table(lex, "layout") : NULL,
                           *times = lex ? dgi_lexicon_table(lex, "times") : NULL;
    size_t n = 1, bytes = 1;
    measure(layout, 3, &n, &bytes);
    measure(times, 0, &n, &bytes);
    dgi_layout *l = calloc(1, sizeof *l);
    if (l) {
        l->p = calloc(n, sizeof *l->p);
        l->text = malloc(bytes);
        l->inside = calloc(n, sizeof *l->inside);
    }
    if (!l || !l->p || !l->text || !l->inside) {
        dgi_layout_free(l);
        *out = NULL;
        return dgi_fail(err, DG_E_NOMEM, "no memory for the layout table");
    }
    add_layout(l, layout);
    l->month_first = l->n;
    add_times(l, times);
    for (uint32_t i = l->n; i-- > 0;) { /* so that a bucket keeps the order of the file */
        uint32_t *b = &l->bucket[bucket_of(l->p[i].words)];
        l->p[i].next = *b;
        *b = i + 1;
        if (l->p[i].kind >= DGI_META_DATE)
            l->meta_first[l->p[i].kind] = i;
    }
    for (uint32_t i = 0; i < l->n; i++)
        if (l->p[i].how == END || l->p[i].how == ANY)
            l->inside[l->n_inside++] = i;
    *out = l;
    return DG_OK;
}

void dgi_layout_free(dgi_layout *l)
{
    if (!l)
        return;
    free(l->p);
    free(l->text);
    free(l->inside);
    free(l);
}

/* ---- lines ---- */

static bool all_caps(dg_str s)
{
    bool letter = false;
    for (size_t at = 0; at < s.len;) {
        uint32_t cp = dgi_utf8_next(s, &at);
        if (!dgi_cp_is_alpha(cp))
            continue;
        if (!dgi_cp_is_upper(cp))
            return false;
        letter = true;
    }
    return letter;
}

/* After a label: colon, dash, bar, arrow; or the end. *only: nothing follows. */
static bool after_label(dg_str rest, bool sentence, bool *only, bool *colon)
{
    static const char *const marks[] = {":", "-", "|", ">", "»", "–", "—", "›", "→", "▸", "•"};
    rest = dgi_str_trim(rest);
    *colon = false;
    *only = rest.len == 0;
    if (*only)
        return true;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (dgi_str_starts(rest, dgi_str(marks[i]))) {
            *colon = true;
            *only = dgi_str_trim(dgi_str_sub(rest, strlen(marks[i]), rest.len)).len == 0;
            /* a dash joined to the next word is a hyphen ("photo-op"), and one in a sentence an aside */
            bool is_dash = i == 1 || i == 5 || i == 6;
            return !is_dash || *only || (rest.ptr[strlen(marks[i])] == ' ' && !sentence);
        }
    return false;
}

/* "Image caption," on a line of its own, "Image source, Getty Images" (BBC) */
static bool comma_label(const struct phrase *p, dg_str rest, bool *only)
{
    rest = dgi_str_trim(rest);
    *only = rest.len == 1;
    return p->kind == DGI_LINE_CAPTION && rest.len && rest.ptr[0] == ',' &&
           dgi_str_find(p->words, DGI_S(" ")) != SIZE_MAX;
}

static dg_str strip_punct(dg_str s)
{
    while (s.len && !word_char((unsigned char)s.ptr[0]) && s.ptr[0] != '-' && s.ptr[0] != '#' && s.ptr[0] != '@')
        s = dgi_str_sub(s, 1, s.len);
    while (s.len && strchr(" .,;:!?)]}>\"'*|", s.ptr[s.len - 1]))
        s.len--;
    return s;
}

static bool match_start(const struct phrase *p, dg_str line)
{
    if (!dgi_str_starts(line, p->words))
        return false;
    size_t n = p->words.len;
    return n == line.len || !word_char((unsigned char)p->words.ptr[n - 1]) || !word_char((unsigned char)line.ptr[n]);
}

/* "READ MORE How the border was drawn": a label in capitals before words that are not. */
static bool caps_label(dg_str raw, size_t words)
{
    size_t i = 0, seen = 0;
    while (i < raw.len && seen < words) {
        while (i < raw.len && raw.ptr[i] == ' ')
            i++;
        while (i < raw.len && raw.ptr[i] != ' ')
            i++;
        seen++;
    }
    dg_str rest = dgi_str_trim(dgi_str_sub(raw, i, raw.len));
    return seen >= 2 && rest.len && all_caps(dgi_str_sub(raw, 0, i)) && !all_caps(rest);
}

static size_t count_words(dg_str s)
{
    size_t n = s.len > 0;
    for (size_t i = 0; i < s.len; i++)
        n += s.ptr[i] == ' ';
    return n;
}

static bool ends_with_words(dg_str line, dg_str words)
{
    if (!dgi_str_ends(line, words))
        return false;
    size_t at = line.len - words.len;
    return at == 0 || !word_char((unsigned char)line.ptr[at - 1]);
}

static bool running_text_end(dg_str raw)
{
    raw = dgi_str_trim(raw);
    return raw.len && strchr(".!?", raw.ptr[raw.len - 1]) != NULL;
}

struct dgi_layout_hit dgi_layout_line(const dgi_layout *l, dg_str line)
{
    struct dgi_layout_hit hit = {DGI_LINE_NONE, false, false, DGI_NONE}, weak = hit;
    char head_buf[HEAD], tail_buf[TAIL];
    line = line.len ? dgi_str_trim(line) : (dg_str){"", 0};
    dg_str head = normalise(dgi_str_sub(line, 0, HEAD), head_buf, sizeof head_buf);
    dg_str bare = head;
    while (bare.len && strchr("([{*>-#| ", bare.ptr[0]))
        bare = dgi_str_sub(bare, 1, bare.len);
    dg_str starts[2] = {head, bare};
    bool sentence = running_text_end(line);
    for (int k = 0; k < (head.ptr == bare.ptr ? 1 : 2); k++) {
        dg_str s = starts[k];
        if (!s.len)
            continue;
        for (uint32_t i = l->bucket[bucket_of(s)]; i; i = l->p[i - 1].next) {
            const struct phrase *p = &l->p[i - 1];
            if (p->kind > DGI_LINE_HEADER || !match_start(p, s))
                continue;
            bool only = false, colon = false, ok = false;
            dg_str rest = dgi_str_sub(s, p->words.len, s.len);
            if (p->how == COLON)
                ok = line.len <= LONG_LINE &&
                     (after_label(rest, sentence, &only, &colon) || comma_label(p, rest, &only) ||
                      (p->kind == DGI_LINE_RELATED && caps_label(line, count_words(p->words))));
            else if (p->how == START)
                ok = line.len <= LONG_LINE * 2;
            else if (p->how == WHOLE)
                ok = strip_punct(rest).len == 0 && !(running_text_end(line) && count_words(p->words) > 1);
            if (!ok)
                continue;
            hit = (struct dgi_layout_hit){p->kind, only, colon, p->row};
            if (p->kind != DGI_LINE_DATE && p->kind != DGI_LINE_UPDATED && p->kind != DGI_LINE_HEADER)
                return hit;
            if (weak.kind == DGI_LINE_NONE) /* these count only where a date or other headers stand beside them */
                weak = hit;
        }
    }
    /* credits at the end and stock phrases inside: every phrase of these hows, few and short */
    dg_str tail = dgi_str_sub(line, line.len > TAIL ? line.len - TAIL : 0, line.len);
    while (tail.len && ((unsigned char)tail.ptr[0] & 0xC0) == 0x80)
        tail = dgi_str_sub(tail, 1, tail.len);
    tail = strip_punct(normalise(tail, tail_buf, sizeof tail_buf));
    if (line.len <= ANY_LINE)
        for (uint32_t i = 0; i < l->n_inside; i++) {
            const struct phrase *p = &l->p[l->inside[i]];
            bool ok;
            if (p->how == END) {
                ok = ends_with_words(tail, p->words) &&
                     (p->kind != DGI_LINE_OTHER || (line.len <= SHORT_LINE && !sentence));
            } else {
                size_t at = dgi_str_find(head, p->words);
                /* a photographer's credit stands at one of the ends */
                ok = at != SIZE_MAX && (p->kind != DGI_LINE_CAPTION || at == 0 || at + CREDIT >= head.len);
            }
            if (ok) {
                return (struct dgi_layout_hit){p->kind, false, false, p->row};
            }
        }
    return weak;
}

bool dgi_layout_outlet(const dgi_layout *l, dg_str phrase)
{
    char buf[96];
    dg_str s = strip_punct(normalise(phrase, buf, sizeof buf));
    if (!s.len)
        return false;
    for (uint32_t i = l->bucket[bucket_of(s)]; i; i = l->p[i - 1].next)
        if (l->p[i - 1].kind == DGI_LINE_OUTLET && dgi_str_eq(l->p[i - 1].words, s))
            return true;
    return false;
}

/* ---- classes ---- */

static uint8_t better(uint8_t a, uint8_t b)
{
    static const uint8_t rank[] = {[DGI_CLASS_HIDDEN] = 5,
                                   [DGI_CLASS_DROP] = 4,
                                   [DGI_CLASS_DECK] = 3,
                                   [DGI_CLASS_CONTENT] = 2,
                                   [DGI_CLASS_SHORT] = 1};
    return rank[b] > rank[a] ? b : a;
}

/* "articleBody__mainText related-links" -> one name at a time, as words: "article body main text". */
static dg_str class_words(dg_str name, char *buf, size_t size)
{
    size_t n = 0;
    for (size_t i = 0; i < name.len && n + 2 < size; i++) {
        unsigned char c = (unsigned char)name.ptr[i];
        bool upper = c >= 'A' && c <= 'Z';
        bool after_lower = i && name.ptr[i - 1] >= 'a' && name.ptr[i - 1] <= 'z';
        if (!word_char(c)) {
            if (n && buf[n - 1] != ' ')
                buf[n++] = ' ';
            continue;
        }
        if (upper && after_lower && n && buf[n - 1] != ' ')
            buf[n++] = ' ';
        buf[n++] = (char)(upper ? c + 32 : c);
    }
    return dgi_str_trim(dgi_strn(buf, n));
}

uint8_t dgi_layout_class(const dgi_layout *l, dg_str attr, bool *date)
{
    uint8_t best = DGI_LINE_NONE;
    char buf[128];
    if (attr.len > 1024)
        attr.len = 1024;
    while (attr.len) {
        size_t i = 0;
        while (i < attr.len && (unsigned char)attr.ptr[i] > ' ')
            i++;
        dg_str w = class_words(dgi_str_sub(attr, 0, i), buf, sizeof buf);
        attr = dgi_str_sub(attr, i < attr.len ? i + 1 : i, attr.len);
        /* state, grid and "has-sidebar" classes say nothing of the element's own content */
        size_t space = dgi_str_find(w, DGI_S(" "));
        if (space != SIZE_MAX && dgi_layout_has(l, DGI_WORD_CLASS_STATE, dgi_str_sub(w, 0, space), false))
            continue;
        for (dg_str s = w; s.len;) {
            for (uint32_t b = l->bucket[bucket_of(s)]; b; b = l->p[b - 1].next) {
                const struct phrase *p = &l->p[b - 1];
                if (p->kind < DGI_CLASS_HIDDEN || p->kind > DGI_CLASS_DATE || !match_start(p, s))
                    continue;
                if (p->kind == DGI_CLASS_DATE)
                    *date = true;
                else
                    best = better(best, p->kind);
            }
            size_t sp = dgi_str_find(s, DGI_S(" "));
            s = sp == SIZE_MAX ? (dg_str){"", 0} : dgi_str_sub(s, sp + 1, s.len);
        }
    }
    return best;
}

uint8_t dgi_layout_meta(const dgi_layout *l, dg_str name, uint32_t *rank)
{
    char buf[96];
    dg_str s = normalise(name, buf, sizeof buf);
    *rank = 0;
    if (!s.len)
        return DGI_LINE_NONE;
    for (uint32_t i = l->bucket[bucket_of(s)]; i; i = l->p[i - 1].next) {
        const struct phrase *p = &l->p[i - 1];
        if (p->kind >= DGI_META_DATE && dgi_str_eq(p->words, s)) {
            *rank = i - 1 - l->meta_first[p->kind];
            return p->kind;
        }
    }
    return DGI_LINE_NONE;
}

/* ---- words ---- */

bool dgi_layout_has(const dgi_layout *l, uint8_t kind, dg_str word, bool fold)
{
    char buf[32];
    if (!word.len || word.len > sizeof buf)
        return false;
    if (fold) {
        for (size_t i = 0; i < word.len; i++)
            buf[i] = (char)(word.ptr[i] >= 'A' && word.ptr[i] <= 'Z' ? word.ptr[i] + 32 : word.ptr[i]);
        word.ptr = buf;
    }
    for (uint32_t i = l->bucket[bucket_of(word)]; i; i = l->p[i - 1].next)
        if (l->p[i - 1].kind == kind && dgi_str_eq(l->p[i - 1].words, word))
            return true;
    return false;
}

bool dgi_layout_month(const dgi_layout *l, dg_str word, int *month)
{
    for (uint32_t i = l->month_first; i < l->n; i++) {
        dg_str name = l->p[i].words;
        if (l->p[i].kind == DGI_WORD_MONTH && word.len <= name.len &&
            (word.len == name.len || word.len == 3 || word.len == 4) &&
            dgi_str_ieq(word, dgi_str_sub(name, 0, word.len))) {
            *month = (int)l->p[i].row;
            return true;
        }
    }
    /* other languages' names: whole */
    char buf[32];
    dg_str low = dgi_utf8_lower_buf(word.len < sizeof buf ? word : (dg_str){"", 0}, buf, sizeof buf);
    for (uint32_t i = low.len ? l->bucket[bucket_of(low)] : 0; i && i <= l->month_first; i = l->p[i - 1].next)
        if (l->p[i - 1].kind == DGI_WORD_MONTH && dgi_str_eq(l->p[i - 1].words, low)) {
            *month = (int)l->p[i - 1].row;
            return true;
        }
    return false;
}

size_t dgi_layout_by(const dgi_layout *l, dg_str s)
{
    dg_str word = first_word(s);
    return word.len < s.len && strchr(" \n:", s.ptr[word.len]) && s.ptr[word.len] &&
                   dgi_layout_has(l, DGI_WORD_BY, word, true)
               ? word.len + 1
               : 0;
}
