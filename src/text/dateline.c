/* SPDX-License-Identifier: Apache-2.0 */
/* text/dateline.c: "KABUL, Afghanistan, Jan 3 (AP) - " before the first sentence.
 *
 * Shapes: place in capitals, more places, a date, an agency in brackets, then a dash (wire services); the same without
 * agency (US papers); /TASS/; place in ordinary case with agency or date (IRIN, UPI); CAPITALS and a colon (South Asia);
 * agency alone (CNN). A dash pair is an aside, not a dateline. Which words are places is not looked up: the shape is
 * enough, and wire copy names towns that no gazetteer has. */
#include "base/utf8.h"
#include "text/blocks.h"

enum { MAX_PREFIX = 110, MAX_WORDS = 12, MAX_PLACE_WORDS = 5, ASIDE = 90 };

static size_t spaces(dg_str s, size_t i)
{
    while (i < s.len) {
        size_t j = i;
        uint32_t cp = dgi_utf8_next(s, &j);
        if (!dgi_cp_is_space(cp))
            break;
        i = j;
    }
    return i;
}

/* Length of a dash at i; *loose: it must have white space after it to be one. */
static size_t dash(dg_str s, size_t i, bool *loose)
{
    static const struct {
        const char *d;
        bool loose;
    } d[] = {{"--", false}, {"—", false}, {"―", false}, {"–", true},
             {"‒", true},   {"-", true},  {"_", true},  {"−", true}};
    for (size_t k = 0; k < sizeof d / sizeof *d; k++)
        if (dgi_str_starts(dgi_str_sub(s, i, s.len), dgi_str(d[k].d))) {
            *loose = d[k].loose;
            size_t n = strlen(d[k].d);
            while (i + n < s.len && s.ptr[i + n] == '-') /* "---" */
                n++;
            return n;
        }
    return 0;
}

/* End of dash and white space at i (white space before is skipped), 0 if no dash stands there. */
static size_t after_dash(dg_str s, size_t i, bool need_space_before)
{
    bool loose;
    size_t j = spaces(s, i), n = dash(s, j, &loose);
    if (!n || (need_space_before && loose && j == i))
        return 0;
    size_t k = spaces(s, j + n);
    if (loose && k == j + n)
        return 0;
    return k < s.len ? k : 0;
}

struct shape {
    int n_words, n_lower, n_cap; /* lower: a word in small letters other than de, of, and */
    bool caps;                   /* the first part (to comma, slash, bracket) is all in capitals */
    bool all_caps;
    bool comma, date, digits;
    int32_t day;
};

/* A word in small letters that may stand between the capitals of a dateline. */
static bool joining(const dgi_layout *l, dg_str w)
{
    return dgi_layout_has(l, DGI_WORD_PLACE, w, false) || dgi_layout_has(l, DGI_WORD_ORDINAL, w, false);
}

static struct shape look(const dgi_layout *l, dg_str p)
{
    struct shape s = {.caps = true, .all_caps = true, .day = DGI_NO_DAY};
    bool first_part = true;
    int letters = 0;
    for (size_t i = 0; i < p.len;) {
        size_t from = i;
        uint32_t cp = dgi_utf8_next(p, &i);
        if (cp == ',')
            s.comma = true, first_part = false;
        if (dgi_cp_is_digit(cp))
            s.digits = true, first_part = false;
        if (!dgi_cp_is_alpha(cp))
            continue;
        size_t end = i;
        bool upper = dgi_cp_is_upper(cp), any_lower = !upper;
        int n = 1;
        while (end < p.len) {
            size_t j = end;
            uint32_t c = dgi_utf8_next(p, &j);
            if (!dgi_cp_is_alpha(c) && c != '\'' && c != 0x2019 && c != '.')
                break;
            if (dgi_cp_is_alpha(c)) {
                n++;
                any_lower |= !dgi_cp_is_upper(c);
            }
            end = j;
        }
        dg_str w = dgi_str_sub(p, from, end);
        s.n_words++;
        if (!upper && !joining(l, w))
            s.n_lower++;
        if (upper)
            s.n_cap++;
        if (any_lower && !joining(l, w)) {
            s.all_caps = false;
            if (first_part)
                s.caps = false;
        }
        if (first_part)
            letters += n;
        i = end;
    }
    if (letters < 2)
        s.caps = false;
    int32_t day;
    s.date = s.digits && dgi_date_month(l, p);
    if (s.digits && dgi_date_find(l, p, &day, NULL))
        s.day = day;
    return s;
}

static bool starts_sentence(dg_str s, size_t i)
{
    if (i >= s.len)
        return false;
    size_t j = i;
    uint32_t cp = dgi_utf8_next(s, &j);
    return dgi_cp_is_upper(cp) || dgi_cp_is_digit(cp) || cp == '"' || cp == '\'' || cp == 0x201C || cp == 0x2018 ||
           cp == '$' || cp == 0xAB || cp == '[';
}

/* Does another dash follow soon, as in an aside? */
static bool second_dash(dg_str s, size_t i)
{
    size_t end = i + ASIDE < s.len ? i + ASIDE : s.len;
    for (size_t k = i; k < end; k++)
        if (s.ptr[k] == ' ' && after_dash(s, k, true))
            return true;
    return false;
}

static bool caps_text(dg_str s)
{
    size_t upper = 0, lower = 0;
    for (size_t i = 0; i < s.len && i < 400; i++) {
        upper += s.ptr[i] >= 'A' && s.ptr[i] <= 'Z';
        lower += s.ptr[i] >= 'a' && s.ptr[i] <= 'z';
    }
    return upper > 20 && lower * 8 < upper;
}

/* "(Reuters)" at i: the bracket's inside; *end after it. */
static bool bracket(dg_str s, size_t i, dg_str *inside, size_t *end)
{
    if (i >= s.len || (s.ptr[i] != '(' && s.ptr[i] != '['))
        return false;
    char close = s.ptr[i] == '(' ? ')' : ']';
    for (size_t j = i + 1; j < s.len && j < i + 60; j++) {
        if (s.ptr[j] == close) {
            *inside = dgi_str_sub(s, i + 1, j);
            *end = j + 1;
            return inside->len > 0;
        }
        if (s.ptr[j] == '\n')
            return false;
    }
    return false;
}

static bool name_like(const dgi_layout *l, dg_str s)
{
    struct shape k = look(l, s);
    return k.n_words > 0 && k.n_words <= 6 && k.n_lower == 0;
}

/* White space and the date that some put after the bracket: "BAGHDAD (AFP) March 20, 2003 - ", "LIMA, Peru (EFE), 4 July 1994 -- " */
static size_t bracket_tail(const dgi_layout *l, dg_str s, size_t i, int32_t *day)
{
    size_t k = after_dash(s, i, false);
    if (k)
        return k;
    size_t j = spaces(s, i);
    if (j < s.len && s.ptr[j] == ':')
        return spaces(s, j + 1);
    if (j < s.len && s.ptr[j] == ',')
        j = spaces(s, j + 1);
    dgi_span at;
    int32_t d;
    dg_str rest = dgi_str_sub(s, j, j + 24);
    if (rest.len > 8 && dgi_date_find(l, rest, &d, &at) && at.start == 0 && (k = after_dash(s, j + at.end, false))) {
        *day = d;
        return k;
    }
    return 0;
}

size_t dgi_dateline(const dgi_layout *l, dg_str text, bool first, int32_t *day)
{
    dg_str s = dgi_str_sub(text, 0, 400);
    dg_str in;
    size_t begin = spaces(s, 0), end, k;
    *day = DGI_NO_DAY;
    /* agency alone: "(CNN) -- The", "(Reuters) - The", "(CNN)The" */
    if (bracket(s, begin, &in, &end)) {
        k = bracket_tail(l, s, end, day);
        if (k && name_like(l, in) && (first || dgi_layout_outlet(l, in)))
            return k;
        k = spaces(s, end);
        return first && dgi_layout_outlet(l, in) && starts_sentence(s, k) ? k : 0;
    }
    if (!starts_sentence(s, begin) || !s.len)
        return 0;
    bool caps = caps_text(s);
    for (size_t i = begin; i < s.len && i - begin <= MAX_PREFIX;) {
        dg_str before = dgi_str_sub(s, begin, i);
        char c = s.ptr[i];
        if (c == '\n' && i > begin && i + 1 < s.len && s.ptr[i + 1] == '\n')
            return 0;
        if (c == '(' && i > begin && bracket(s, i, &in, &end)) {
            struct shape p = look(l, before);
            int32_t d = p.day;
            k = bracket_tail(l, s, end, &d);
            bool agency = dgi_layout_outlet(l, in);
            if (!k && agency && p.caps && starts_sentence(s, spaces(s, end)))
                k = spaces(s, end); /* "LONDON (AP) The" */
            if (k && p.n_words && p.n_words <= MAX_WORDS && p.n_lower == 0 &&
                ((p.caps && name_like(l, in)) || (agency && p.n_words <= 8) || (p.date && first && name_like(l, in)))) {
                *day = d;
                return k;
            }
            return 0;
        }
        if (c == '/' && i > begin && s.ptr[i - 1] == ' ') { /* MOSCOW, January 12. /TASS/. The */
            size_t j = i + 1;
            while (j < s.len && j < i + 24 && s.ptr[j] != '/' && s.ptr[j] != '\n')
                j++;
            struct shape p = look(l, before);
            if (j < s.len && j > i + 2 && s.ptr[j] == '/' && p.caps && p.n_words <= MAX_WORDS && p.n_lower == 0) {
                k = after_dash(s, j + 1, false);
                if (!k) {
                    j++;
                    while (j < s.len && (s.ptr[j] == '.' || s.ptr[j] == ':'))
                        j++;
                    k = spaces(s, j);
                }
                *day = p.day;
                return k;
            }
        }
        if (c == ':' && i > begin && i + 1 < s.len && s.ptr[i + 1] == ' ') {
            struct shape p = look(l, before);
            k = spaces(s, i + 1);
            bool quote = s.ptr[k < s.len ? k : i] == '"' || dgi_str_starts(dgi_str_sub(s, k, s.len), DGI_S("“"));
            if (first && p.caps && !caps && p.n_words && p.n_words <= 5 && p.n_lower == 0 && starts_sentence(s, k) &&
                !quote && text.len - k >= 60) {
                *day = p.day;
                return k;
            }
            return 0;
        }
        if (i > begin && (k = after_dash(s, i, true))) {
            struct shape p = look(l, before);
            bool shape_ok = p.n_words && p.n_words <= MAX_WORDS && p.n_lower == 0 && starts_sentence(s, k);
            bool told = p.date || p.comma; /* more than a bare name */
            if (!shape_ok || (!p.date && (p.digits || p.n_words > MAX_PLACE_WORDS)))
                return 0;
            if (p.caps && !caps ? (told || !second_dash(s, k)) && (first || told || before.len >= 4)
                                : first && (p.date || (p.n_words <= 4 && !second_dash(s, k)))) {
                *day = p.day;
                return k;
            }
            return 0;
        }
        if (strchr(";!?\"", c) && c)
            return 0;
        dgi_utf8_next(s, &i);
    }
    return 0;
}

bool dgi_dateline_alone(const dgi_layout *l, dg_str line)
{
    line = dgi_str_trim(line);
    if (!line.len || line.len > 60 || !starts_sentence(line, 0))
        return false;
    struct shape p = look(l, line);
    return p.caps && p.n_lower == 0 && p.n_words <= 6 && (p.comma || p.n_words <= 2) &&
           !strchr(".!?:;", line.ptr[line.len - 1]);
}
