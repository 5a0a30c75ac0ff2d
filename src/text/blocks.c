/* SPDX-License-Identifier: Apache-2.0 */
/* text/blocks.c: lines to pieces (logical lines), pieces to blocks.
 *
 * Reads   text
 * Writes  blocks; dates found on the way
 *
 * A newline is a break when the next word would have fitted: hard-wrapped text fills its lines, so a line that stops
 * early was stopped on purpose. The width is the text's own (its longest line that another one follows). Text whose
 * lines are longer than anybody wraps them has a paragraph a line. Cutting at blank lines only was tried: it makes one
 * paragraph of a whole JSON record, and glues bylines and "Read more" lines to sentences.
 * One line is looked at at a time, so that memory goes with the pieces, not with the lines.
 * Known faults: docs/stages/blocks.md. */
#include "text/blocks.h"

#include "base/utf8.h"

enum {
    WRAP_MAX = 160,     /* code points; longer lines are paragraphs */
    WRAP_MIN = 40,      /* narrower than any wrapped text: lines of verse, lists */
    WRAP_SURE = 60,     /* a text of two or three lines with capital starts is wrapped only if it is that wide */
    HEADLINE_MAX = 200, /* code points */
    SUBHEAD_MAX = 90,
    SUBHEAD_WORDS = 13,
    NEAR_TOP = 6, /* pieces in which a byline or date line may stand */
    NEAR_END = 5
};

struct line {
    dg_str s;        /* trimmed */
    uint32_t start;  /* of s in the text */
    uint32_t indent; /* columns */
    uint32_t n_cp;
};

/* ---- small looks at a string ---- */

static bool in_capitals(dg_str s);

static uint32_t cps(dg_str s)
{
    uint32_t n = 0;
    for (size_t i = 0; i < s.len; i++)
        n += ((unsigned char)s.ptr[i] & 0xC0) != 0x80;
    return n;
}

static uint32_t first_cp(dg_str s)
{
    size_t at = 0;
    return s.len ? dgi_utf8_next(s, &at) : 0;
}

static uint32_t last_cp(dg_str s, size_t *len)
{
    size_t at = s.len;
    while (at > 0) {
        at--;
        if (((unsigned char)s.ptr[at] & 0xC0) != 0x80)
            break;
    }
    size_t from = at;
    uint32_t cp = s.len ? dgi_utf8_next(s, &at) : 0;
    *len = s.len ? s.len - from : 0;
    return cp;
}

/* White space at both ends off, the no-break space too. */
static dg_str utrim(dg_str s)
{
    size_t n;
    s = dgi_str_trim(s);
    while (s.len && dgi_cp_is_space(first_cp(s))) {
        size_t at = 0;
        dgi_utf8_next(s, &at);
        s = dgi_str_sub(s, at, s.len);
    }
    while (s.len && dgi_cp_is_space(last_cp(s, &n)))
        s.len -= n;
    return s;
}

static bool closing(uint32_t cp)
{
    return cp == '"' || cp == '\'' || cp == 0x201D || cp == 0x2019 || cp == ')' || cp == ']' || cp == 0xBB;
}

/* Ends as a sentence does: a stop, perhaps inside quotes or brackets. */
static bool sentence_end(dg_str s)
{
    size_t n;
    s = utrim(s);
    uint32_t cp = last_cp(s, &n);
    while (s.len && closing(cp)) {
        s.len -= n;
        cp = last_cp(s, &n);
    }
    return cp == '.' || cp == '!' || cp == '?' || cp == 0x2026;
}

static bool ends_open(dg_str s)
{
    size_t n;
    uint32_t cp = last_cp(utrim(s), &n);
    return cp == ',' || cp == ';' || cp == ':' || cp == '-' || cp == 0x2013 || cp == 0x2014;
}

static uint32_t count_words(dg_str s)
{
    uint32_t n = 0;
    bool in = false;
    for (size_t i = 0; i < s.len; i++) {
        bool sp = s.ptr[i] == ' ' || s.ptr[i] == '\n' || s.ptr[i] == '\t';
        n += !sp && !in;
        in = !sp;
    }
    return n;
}

static bool has_letter(dg_str s)
{
    for (size_t at = 0; at < s.len;)
        if (dgi_cp_is_alpha(dgi_utf8_next(s, &at)))
            return true;
    return false;
}

static bool url_char(unsigned char c)
{
    return c > ' ' && c < 0x7f && c != '"' && c != '<' && c != '>';
}

static bool one_token(dg_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!url_char((unsigned char)s.ptr[i]))
            return false;
    return s.len > 0;
}

static bool url_start(dg_str s)
{
    if (s.len && (s.ptr[0] == '<' || s.ptr[0] == '('))
        s = dgi_str_sub(s, 1, s.len);
    dg_str h = dgi_str_sub(s, 0, 8);
    for (size_t i = 0; i < h.len; i++)
        if (h.ptr[i] == ':')
            return dgi_str_ieq(dgi_str_sub(s, 0, 7), DGI_S("http://")) || dgi_str_ieq(h, DGI_S("https://"));
    if (!dgi_str_ieq(dgi_str_sub(s, 0, 4), DGI_S("www.")))
        return false;
    return s.len > 6;
}

/* Nothing but an address. */
static bool url_line(dg_str s)
{
    if (!url_start(s))
        return false;
    if (s.ptr[0] == '<' && s.ptr[s.len - 1] == '>')
        s = dgi_str_sub(s, 1, s.len - 1);
    return one_token(s);
}

/* The second half of an address that was broken: one word with something in it that words do not have. */
static bool url_rest(dg_str url, dg_str s)
{
    bool odd = false;
    if (!one_token(s) || url.len < 40)
        return false;
    for (size_t i = 0; i < s.len; i++)
        odd |= (s.ptr[i] >= '0' && s.ptr[i] <= '9') || strchr("/-_=&?%#", s.ptr[i]) != NULL ||
               (s.ptr[i] == '.' && i + 1 < s.len);
    return odd || url.ptr[url.len - 1] == '-' || url.ptr[url.len - 1] == '/';
}

/* Words of a person's name: "Jane Doe", "JANE DOE", "Ahmed al-Sharif", "J. R. van der Berg". Counts them; 0: not a name. */
static int name_words(const dgi_layout *l, dg_str s)
{
    int n = 0;
    dg_str f;
    dg_str rest = dgi_str_trim(s);
    while (dgi_str_next(&rest, ' ', &f)) {
        if (!f.len)
            continue;
        uint32_t cp = first_cp(f);
        if (dgi_cp_is_digit(cp) || !dgi_cp_is_alpha(cp))
            return 0;
        if (!dgi_cp_is_upper(cp)) {
            size_t mark = 0;
            while (mark < f.len && f.ptr[mark] != '-' && f.ptr[mark] != '\'')
                mark++;
            if (!dgi_layout_has(l, DGI_WORD_NAME_PREFIX, dgi_str_sub(f, 0, mark + 1), false) &&
                !dgi_layout_has(l, DGI_WORD_NAME_PARTICLE, f, false))
                return 0;
            continue;
        }
        for (size_t at = 0; at < f.len;) {
            uint32_t c = dgi_utf8_next(f, &at);
            if (!dgi_cp_is_alpha(c) && c != '.' && c != '-' && c != '\'' && c != 0x2019)
                return 0;
        }
        n++;
    }
    return n <= 5 ? n : 0;
}

/* Bytes of what parts two names at the start of s: a mark, or one of the words between spaces; 0: nothing does. */
static size_t separator(const dgi_layout *l, dg_str s)
{
    static const char *const marks[] = {" & ", " | ", " · ", " - ", " – ", " — ", ", ", "; ", "/", "\n", " • "};
    for (size_t k = 0; k < sizeof marks / sizeof *marks; k++)
        if (dgi_str_starts(s, dgi_str(marks[k])))
            return strlen(marks[k]);
    if (s.ptr[0] != ' ')
        return 0;
    size_t n = dgi_str_find(dgi_str_sub(s, 1, s.len), DGI_S(" "));
    return n != SIZE_MAX && dgi_layout_has(l, DGI_WORD_NAME_SEP, dgi_str_sub(s, 1, n + 1), false) ? n + 2 : 0;
}

/* "Jane Doe", "Jane Doe and John Roe", "Jane Doe, John Roe and Ann Poe in Kabul", "Jane Doe, Reuters", "Jane Doe | AP" */
static bool names_list(const dgi_layout *l, dg_str s, bool *outlet)
{
    char buf[200];
    size_t n = 0;
    int names = 0;
    s = dgi_str_trim(s);
    *outlet = false;
    while (s.len && strchr(".:;,", s.ptr[s.len - 1]))
        s.len--;
    if (s.len == 0 || s.len >= sizeof buf)
        return false;
    /* one separator for all */
    for (size_t i = 0; i < s.len;) {
        size_t hit = separator(l, dgi_str_sub(s, i, s.len));
        if (hit) {
            buf[n++] = '\x01';
            i += hit;
        } else {
            buf[n++] = s.ptr[i++];
        }
    }
    dg_str rest = dgi_strn(buf, n), f;
    while (dgi_str_next(&rest, '\x01', &f)) {
        if (!dgi_str_trim(f).len)
            continue;
        if (dgi_layout_outlet(l, f)) {
            *outlet = true;
            continue;
        }
        int w = name_words(l, f);
        if (!w)
            return false;
        names++;
    }
    return names > 0 || *outlet;
}

/* Does a word of that kind stand inside s, spaces around it? */
static bool has_word(const dgi_layout *l, dg_str s, uint8_t kind)
{
    size_t from = dgi_str_find(s, DGI_S(" ")), n;
    while (from != SIZE_MAX && (n = dgi_str_find(dgi_str_sub(s, from + 1, s.len), DGI_S(" "))) != SIZE_MAX) {
        if (dgi_layout_has(l, kind, dgi_str_sub(s, from + 1, from + 1 + n), false))
            return true;
        from += n + 1;
    }
    return false;
}

static bool byline(const dgi_layout *l, dg_str s, bool near_top)
{
    bool outlet;
    s = dgi_str_trim(s);
    if (s.len > 180 || s.len < 3)
        return false;
    size_t by = dgi_layout_by(l, s);
    if (by)
        return names_list(l, dgi_str_sub(s, by, s.len), &outlet);
    if (dgi_layout_outlet(l, s))
        return true;
    static const char *const lead[] = {"—", "–", "-", "--"};
    for (size_t i = 0; i < sizeof lead / sizeof *lead; i++)
        if (dgi_str_starts(s, dgi_str(lead[i])) && dgi_layout_outlet(l, dgi_str_sub(s, strlen(lead[i]), s.len)))
            return true;
    if (s.ptr[0] == '(' && s.ptr[s.len - 1] == ')' && dgi_layout_outlet(l, dgi_str_sub(s, 1, s.len - 1)))
        return true;
    if (!near_top || count_words(s) > 10 || sentence_end(s))
        return false;
    /* "Dave Clark, AFP": names and an outlet behind a mark */
    return (dgi_str_find(s, DGI_S(", ")) != SIZE_MAX || dgi_str_find(s, DGI_S(" | ")) != SIZE_MAX ||
            dgi_str_find(s, DGI_S("/")) != SIZE_MAX || dgi_str_find(s, DGI_S(" - ")) != SIZE_MAX ||
            has_word(l, s, DGI_WORD_NAME_OUTLET)) &&
           names_list(l, s, &outlet) && outlet;
}

/* "The bridge after the attack [File: Jane Doe/Reuters]", "... (Jane Doe/AFP)" */
static bool credit_at_end(const dgi_layout *l, dg_str s)
{
    s = dgi_str_trim(s);
    if (s.len < 5 || s.len > 400)
        return false;
    char last = s.ptr[s.len - 1], open = last == ']' ? '[' : last == ')' ? '(' : 0;
    if (!open)
        return false;
    size_t i = s.len - 1;
    while (i > 0 && s.ptr[i] != open && s.len - i < 90)
        i--;
    if (s.ptr[i] != open)
        return false;
    dg_str in = dgi_str_sub(s, i + 1, s.len - 1);
    size_t word = dgi_str_find(in, DGI_S(" "));
    if (dgi_layout_has(l, DGI_WORD_CREDIT, dgi_str_sub(in, 0, word == SIZE_MAX ? in.len : word), false) ||
        dgi_layout_line(l, in).kind == DGI_LINE_CAPTION)
        return true;
    for (dg_str rest = in, f; dgi_str_next(&rest, '/', &f);)
        if (f.len != in.len && dgi_layout_outlet(l, f))
            return true;
    /* "[Reuters]" ends a caption, and a sentence of a news digest */
    return last == ']' && i <= 200 && dgi_layout_outlet(l, in) && !sentence_end(dgi_str_sub(s, 0, i));
}

/* "AB/Jane Doe": an agency in capitals and a name, whether the agency is known or not. */
static bool photo_credit(const dgi_layout *l, dg_str s)
{
    size_t slash = dgi_str_find(s, DGI_S("/"));
    if (slash == SIZE_MAX || slash < 2 || slash > 8 || s.len > 60)
        return false;
    int n = name_words(l, dgi_str_sub(s, slash + 1, s.len));
    return in_capitals(dgi_str_sub(s, 0, slash)) && one_token(dgi_str_sub(s, 0, slash)) && n >= 2 && n <= 4;
}

/* "Page 2 of 5", an e-mail address, a @handle */
static bool furniture(const dgi_layout *l, dg_str s)
{
    if (s.len > 60)
        return false;
    if (one_token(s) && memchr(s.ptr, '@', s.len))
        return true;
    dg_str rest = s, w;
    if (!dgi_str_next(&rest, ' ', &w) || !dgi_layout_has(l, DGI_WORD_PAGE, w, true) || !rest.len)
        return false;
    while (dgi_str_next(&rest, ' ', &w))
        for (size_t i = 0; i < w.len; i++)
            if (!strchr("0123456789/", w.ptr[i]) && !dgi_layout_has(l, DGI_WORD_PAGE_OF, w, false))
                return false;
    return true;
}

uint8_t dgi_blocks_kind(const dgi_layout *l, dg_str text, bool near_top)
{
    text = dgi_str_trim(text);
    if (url_line(text))
        return DGI_BLOCK_URL;
    if (!has_letter(text) || furniture(l, text))
        return DGI_BLOCK_OTHER;
    int32_t day;
    bool updated;
    if (text.len <= 140 && dgi_date_line(l, text, &day, &updated))
        return DGI_BLOCK_DATELINE;
    if (byline(l, text, near_top))
        return DGI_BLOCK_BYLINE;
    switch (dgi_layout_line(l, text).kind) {
    case DGI_LINE_RELATED: return DGI_BLOCK_RELATED;
    case DGI_LINE_CAPTION: return DGI_BLOCK_CAPTION;
    case DGI_LINE_BYLINE: return DGI_BLOCK_BYLINE;
    case DGI_LINE_OTHER: return DGI_BLOCK_OTHER;
    default: break;
    }
    if (credit_at_end(l, text) || photo_credit(l, text))
        return DGI_BLOCK_CAPTION;
    return DGI_BLOCK_BODY;
}

/* ---- lines to pieces ---- */

static bool next_line(dg_str text, size_t *at, struct line *out)
{
    if (*at >= text.len)
        return false;
    const char *nl = memchr(text.ptr + *at, '\n', text.len - *at);
    size_t end = nl ? (size_t)(nl - text.ptr) : text.len, i = *at;
    out->indent = 0;
    for (; i < end; i++) {
        if (text.ptr[i] == ' ')
            out->indent++;
        else if (text.ptr[i] == '\t')
            out->indent += 4;
        else if (dgi_str_starts(dgi_str_sub(text, i, end), DGI_S("\xC2\xA0")))
            out->indent++, i++;
        else if (dgi_str_starts(dgi_str_sub(text, i, end), DGI_S("\xE3\x80\x80")))
            out->indent += 2, i += 2;
        else
            break;
    }
    while (end > i && strchr(" \t", text.ptr[end - 1]))
        end--;
    out->s = dgi_str_sub(text, i, end);
    out->start = (uint32_t)i;
    out->n_cp = cps(out->s);
    *at = nl ? (size_t)(nl - text.ptr) + 1 : text.len;
    return true;
}

static bool lower_start(dg_str s)
{
    uint32_t cp = first_cp(s);
    return dgi_cp_is_alpha(cp) && !dgi_cp_is_upper(cp);
}

static bool in_capitals(dg_str s)
{
    for (size_t at = 0; at < s.len;) {
        uint32_t cp = dgi_utf8_next(s, &at);
        if (dgi_cp_is_alpha(cp) && !dgi_cp_is_upper(cp))
            return false;
    }
    return true;
}

/* The width the text was wrapped at: its longest line that another line follows, addresses apart. 0: not wrapped. */
static uint32_t wrap_width(dg_str text)
{
    struct line a = {0}, b;
    size_t at = 0;
    uint32_t width = 0, n_long = 0, n_pairs = 0, n_small = 0, n_capital = 0;
    bool have = false;
    while (next_line(text, &at, &b)) {
        if (have && a.s.len && b.s.len && !url_start(a.s)) {
            n_pairs++;
            if (lower_start(b.s))
                n_small++;
            else if (dgi_cp_is_alpha(first_cp(b.s)) && !in_capitals(b.s))
                n_capital++;
            if (a.n_cp > WRAP_MAX)
                n_long++;
            else if (a.n_cp > width)
                width = a.n_cp;
        }
        a = b;
        have = true;
    }
    if (!n_pairs || n_long * 5 > n_pairs || width < WRAP_MIN)
        return 0;
    /* of the lines of wrapped English four in five begin with a small letter */
    if (n_capital && n_small * 4 < n_capital && (n_capital > 2 || width < WRAP_SURE))
        return 0;
    return width;
}

struct builder {
    struct dgi_doc *doc;
    const dgi_layout *l;
    struct dgi_piece *p; /* in the document's arena: taken over as blocks */
    uint32_t n, cap;
    uint32_t width;
    bool in_piece;   /* the last piece may still grow */
    uint8_t special; /* DGI_LINE_* of its first line */
    bool label_only;
    bool url;
    struct line prev;
    uint32_t base_indent; /* least indent of this group of lines so far */
};

static bool bullet(dg_str s, size_t *len)
{
    static const char *const marks[] = {"• ", "* ", "- ", "– ", "— ", "· ",  "▪ ",  "■ ", "● ",
                                        "◦ ", "‣ ", "» ", "> ", "+ ", "•\t", "*\t", "-\t"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (dgi_str_starts(s, dgi_str(marks[i]))) {
            *len = strlen(marks[i]);
            return true;
        }
    size_t i = 0;
    while (i < s.len && i < 2 && s.ptr[i] >= '0' && s.ptr[i] <= '9')
        i++;
    if (i && i + 1 < s.len && (s.ptr[i] == '.' || s.ptr[i] == ')') && s.ptr[i + 1] == ' ') {
        *len = i + 2;
        return true;
    }
    return false;
}

/* Did the writer end the line `a` on purpose before `b`? */
static bool voluntary(const struct builder *b, const struct line *a, const struct line *c)
{
    size_t sp = dgi_str_find(c->s, DGI_S(" "));
    uint32_t word = cps(dgi_str_sub(c->s, 0, sp == SIZE_MAX ? c->s.len : sp));
    uint32_t need = a->n_cp + 1 + word;
    if (lower_start(c->s) && !sentence_end(a->s))
        return false;
    if (!b->width)
        return true;
    if (need * 10 <= b->width * 8)
        return !ends_open(a->s) || need * 10 <= b->width * 5;
    return need * 10 <= b->width * 9 && sentence_end(a->s) && !lower_start(c->s);
}

static bool label_kind(uint8_t k)
{
    return k == DGI_LINE_RELATED || k == DGI_LINE_CAPTION || k == DGI_LINE_OTHER || k == DGI_LINE_BYLINE;
}

static bool break_before(const struct builder *b, const struct line *c, const struct dgi_layout_hit *hit, bool url,
                         bool dated, bool by)
{
    const struct line *a = &b->prev;
    size_t n;
    if (!b->in_piece)
        return true;
    if (b->url)
        return !url_rest(a->s, c->s);
    if (url)
        return true;
    bool by_width = voluntary(b, a, c);
    if (dated || by)
        return by_width || b->special == DGI_LINE_BYLINE || sentence_end(a->s);
    if (b->special == DGI_LINE_BYLINE || b->special == DGI_LINE_DATE)
        return by_width || !lower_start(c->s);
    if (label_kind(hit->kind) || hit->kind == DGI_LINE_HEADER) {
        if (by_width || label_kind(b->special) || b->special == DGI_LINE_HEADER)
            return true;
        if ((hit->colon || hit->label_only) && !lower_start(c->s) && sentence_end(a->s))
            return true;
    }
    if (b->label_only)
        return b->special != DGI_LINE_CAPTION; /* "Image caption," and the caption; other labels head a list */
    if (c->indent >= b->base_indent + 2 && (a->indent < c->indent || by_width) && !lower_start(c->s))
        return true;
    if (bullet(c->s, &n) && (by_width || sentence_end(a->s)))
        return true;
    return by_width;
}

static bool add_line(struct builder *b, const struct line *c)
{
    if (!c->s.len) {
        b->in_piece = false;
        b->base_indent = UINT32_MAX / 2;
        return true;
    }
    struct dgi_layout_hit hit = dgi_layout_line(b->l, c->s);
    int32_t day;
    bool updated;
    bool url = url_line(c->s), dated = c->s.len <= 140 && dgi_date_line(b->l, c->s, &day, &updated);
    bool by = !url && b->n <= NEAR_TOP && byline(b->l, c->s, true);
    if (break_before(b, c, &hit, url, dated, by)) {
        struct dgi_piece *p = DGI_PUSH(b->doc->arena, b->p, b->n, b->cap);
        if (!p)
            return false;
        p->span = (dgi_span){c->start, c->start + (uint32_t)c->s.len};
        p->preset = DGI_BLOCK_BODY;
        b->special = by ? DGI_LINE_BYLINE : dated ? DGI_LINE_DATE : hit.kind;
        b->label_only = hit.label_only && label_kind(hit.kind);
        b->url = url;
    } else {
        b->p[b->n - 1].span.end = c->start + (uint32_t)c->s.len;
        b->label_only = false;
    }
    b->in_piece = true;
    b->prev = *c;
    if (c->indent < b->base_indent)
        b->base_indent = c->indent;
    return true;
}

/* ---- pieces to blocks ---- */

struct state {
    struct dgi_doc *doc;
    const dgi_layout *l;
    struct dgi_dates *dates;
    uint32_t i, n; /* this piece, all pieces */
    bool seen_head, seen_body, mail;
    uint8_t under; /* block kind of a label that stood alone, what follows it briefly is of its kind; BODY: none */
    int32_t url_first, url_last, url_label;
    bool label_source; /* the piece before was "Original url:" */
};

/* Ends with a full stop, a comma or the like, perhaps inside quotes: no heading does. */
static bool stop_end(dg_str s)
{
    size_t n;
    s = utrim(s);
    uint32_t last = last_cp(s, &n);
    while (s.len && closing(last)) {
        s.len -= n;
        last = last_cp(s, &n);
    }
    return last == '.' || last == ',' || last == ';' || last == ':' || last == 0x2026;
}

static bool shape_is_head(dg_str s, uint32_t max_cp, uint32_t max_words)
{
    return cps(s) <= max_cp && count_words(s) <= max_words && has_letter(s) && !lower_start(s) && !stop_end(s);
}

/* A line that is wholly a quotation with its stop inside is speech, not a heading. */
static bool is_speech(dg_str s)
{
    size_t n;
    uint32_t first = first_cp(s), last = last_cp(s, &n);
    bool quoted = (first == '"' || first == 0x201C);
    if (!quoted)
        return false;
    if (closing(last)) {
        dg_str t = dgi_str_sub(s, 0, s.len - n);
        uint32_t before = last_cp(t, &n);
        return before == '.' || before == '!' || before == '?' || before == ',';
    }
    int open = 0; /* opens a quotation and does not close it? */
    for (size_t at = 0; at < s.len;) {
        uint32_t cp = dgi_utf8_next(s, &at);
        open += cp == 0x201C ? 1 : cp == 0x201D ? -1 : cp == '"' ? (open > 0 ? -1 : 1) : 0;
    }
    return open > 0;
}

static bool next_is_text(const struct state *st, const struct dgi_piece *p, uint32_t i)
{
    for (uint32_t k = i + 1; k < st->n && k <= i + 10; k++) {
        dg_str s = dgi_slice(st->doc, p[k].span);
        if (dgi_blocks_kind(st->l, s, true) == DGI_BLOCK_BODY)
            return true;
    }
    return false;
}

static dg_str joined_url(dgi_arena *a, dg_str s)
{
    char *to = dgi_arena_alloc(a, s.len + 1);
    size_t n = 0;
    for (size_t i = 0; to && i < s.len; i++)
        if (url_char((unsigned char)s.ptr[i]))
            to[n++] = s.ptr[i];
    return dgi_strn(to, n);
}

static void note_url(struct state *st, dg_str s)
{
    int32_t day;
    if (s.len > 4096)
        return;
    dg_str u = joined_url(st->doc->arena, s);
    if (!u.ptr)
        return;
    if (st->label_source && !st->doc->meta.url.len && url_start(u))
        st->doc->meta.url = u; /* "Original url:" */
    if (!dgi_date_in_url(st->l, u, &day))
        return;
    if (st->label_source)
        st->url_label = day;
    if (st->i < NEAR_TOP && st->url_first == DGI_NO_DAY)
        st->url_first = day;
    if (st->i + NEAR_END >= st->n)
        st->url_last = day;
}

/* An address inside a line such as "Source: https://..." */
static void note_url_inside(struct state *st, dg_str s)
{
    size_t at = dgi_str_find(s, DGI_S("http"));
    if (at == SIZE_MAX)
        return;
    size_t end = at;
    while (end < s.len && url_char((unsigned char)s.ptr[end]))
        end++;
    st->label_source = true;
    note_url(st, dgi_str_sub(s, at, end));
}

static void note_date(struct state *st, int32_t day, bool updated)
{
    if (st->i >= NEAR_TOP && st->i + NEAR_END < st->n)
        return;
    int32_t *to = updated ? &st->dates->line_updated : &st->dates->line;
    if (*to == DGI_NO_DAY)
        *to = day;
}

static uint8_t line_kind(struct state *st, dg_str s, const struct dgi_layout_hit *hit)
{
    int32_t day;
    bool updated;
    bool near_top = st->i < NEAR_TOP && !st->seen_body;
    if (url_line(s) || (url_start(s) && count_words(s) == 2 && dgi_str_find(s, DGI_S("\n")) != SIZE_MAX)) {
        note_url(st, s);
        return DGI_BLOCK_URL;
    }
    if (st->mail && (hit->kind == DGI_LINE_HEADER || hit->kind == DGI_LINE_DATE)) {
        if (dgi_date_find(st->l, dgi_str_sub(s, 0, 140), &day, NULL) && hit->kind == DGI_LINE_DATE)
            note_date(st, day, false);
        return DGI_BLOCK_OTHER;
    }
    if (s.len <= 140 && dgi_date_line(st->l, s, &day, &updated)) {
        note_date(st, day, updated);
        return DGI_BLOCK_DATELINE;
    }
    if (hit->kind == DGI_LINE_OTHER) {
        note_url_inside(st, s);
        return DGI_BLOCK_OTHER;
    }
    return dgi_blocks_kind(st->l, s, near_top);
}

static uint8_t classify(struct state *st, const struct dgi_piece *p, uint32_t i, dgi_span *span)
{
    dg_str s = dgi_slice(st->doc, *span);
    struct dgi_layout_hit hit = dgi_layout_line(st->l, s);
    size_t n;
    if (i == 0 && hit.kind == DGI_LINE_HEADER && st->n > 2)
        st->mail = true;
    uint8_t kind = line_kind(st, s, &hit);
    if (kind != DGI_BLOCK_BODY) {
        bool heads = hit.label_only && (kind == DGI_BLOCK_RELATED || (kind == DGI_BLOCK_OTHER && st->seen_body));
        if (kind != DGI_BLOCK_OTHER || hit.label_only)
            st->under = heads ? kind : DGI_BLOCK_BODY;
        st->label_source = hit.kind == DGI_LINE_OTHER && hit.label_only;
        return kind;
    }
    st->mail = false;
    st->label_source = false;
    if (st->under != DGI_BLOCK_BODY && cps(s) <= 160 && !stop_end(s) && !is_speech(s))
        return st->under;
    st->under = DGI_BLOCK_BODY;
    uint32_t first = first_cp(s);
    if ((first == 0x2014 || first == 0x2015) && !sentence_end(s) && cps(s) <= SUBHEAD_MAX)
        return DGI_BLOCK_OTHER; /* whose words a pull quote is */
    if (first >= 0x2580 && first <= 0x25FF && !sentence_end(s) && cps(s) <= SUBHEAD_MAX)
        return DGI_BLOCK_OTHER; /* the legend of a map or chart */
    if (bullet(s, &n) && s.len > n) {
        span->start += (uint32_t)n;
        return DGI_BLOCK_LIST;
    }
    if (st->n == 1)
        return DGI_BLOCK_BODY;
    if (st->seen_head && !st->seen_body && i < 2 * NEAR_TOP && next_is_text(st, p, i)) {
        int names = name_words(st->l, s);
        if (dgi_dateline_alone(st->l, s))
            return DGI_BLOCK_DATELINE;
        if (names >= 2 && names <= 3)
            return DGI_BLOCK_BYLINE;
    }
    if (!st->seen_body && !st->seen_head && shape_is_head(s, HEADLINE_MAX, 32) && !is_speech(s) &&
        next_is_text(st, p, i)) {
        /* "World" above the headline: the name of a section */
        dg_str after = i + 1 < st->n ? dgi_slice(st->doc, p[i + 1].span) : (dg_str){"", 0};
        bool section = count_words(s) <= 2 && count_words(after) >= 4 && shape_is_head(after, HEADLINE_MAX, 32) &&
                       dgi_blocks_kind(st->l, after, true) == DGI_BLOCK_BODY;
        return section ? DGI_BLOCK_OTHER : DGI_BLOCK_HEADLINE;
    }
    if (shape_is_head(s, SUBHEAD_MAX, SUBHEAD_WORDS) && !is_speech(s) && !sentence_end(s) && i + 1 < st->n)
        return DGI_BLOCK_SUBHEAD;
    return DGI_BLOCK_BODY;
}

static dg_status make_blocks(struct dgi_doc *doc, const dgi_layout *l, const struct dgi_piece *p, uint32_t n,
                             struct dgi_dates *dates, dg_error *err)
{
    struct state st = {.doc = doc,
                       .l = l,
                       .dates = dates,
                       .n = n,
                       .under = DGI_BLOCK_BODY,
                       .url_first = DGI_NO_DAY,
                       .url_last = DGI_NO_DAY,
                       .url_label = DGI_NO_DAY};
    for (uint32_t i = 0; i < n; i++) {
        struct dgi_block *b = DGI_PUSH(doc->arena, doc->blocks, doc->n_blocks, doc->cap_blocks);
        if (!b)
            return dgi_fail(err, DG_E_NOMEM, "no memory for %u paragraphs", n);
        st.i = i;
        b->span = p[i].span;
        b->kind = p[i].preset == DGI_BLOCK_BODY ? classify(&st, p, i, &b->span) : p[i].preset;
        b->dateline = (dgi_span){b->span.start, b->span.start};
        if (b->kind == DGI_BLOCK_HEADLINE)
            st.seen_head = true;
        if (b->kind == DGI_BLOCK_BODY || b->kind == DGI_BLOCK_SUBHEAD) {
            int32_t day;
            size_t d = dgi_dateline(l, dgi_slice(doc, b->span), !st.seen_body, &day);
            if (d && d + b->span.start < b->span.end) {
                b->kind = DGI_BLOCK_BODY;
                b->dateline.end = b->span.start + (uint32_t)d;
                if (day != DGI_NO_DAY && dates->dateline == DGI_NO_DAY && !st.seen_body)
                    dates->dateline = day;
            }
        }
        if (b->kind == DGI_BLOCK_BODY)
            st.seen_body = true;
    }
    if (dates->url == DGI_NO_DAY)
        dates->url = st.url_label != DGI_NO_DAY ? st.url_label : st.url_last != DGI_NO_DAY ? st.url_last : st.url_first;
    return DG_OK;
}

dg_status dgi_blocks_text(struct dgi_doc *doc, const dgi_layout *l, struct dgi_dates *dates, dg_error *err)
{
    struct builder b = {.doc = doc, .l = l, .width = wrap_width(doc->text), .base_indent = UINT32_MAX / 2};
    struct line c;
    for (size_t at = 0; next_line(doc->text, &at, &c);)
        if (!add_line(&b, &c))
            return dgi_fail(err, DG_E_NOMEM, "no memory for %u paragraphs", b.n);
    return make_blocks(doc, l, b.p, b.n, dates, err);
}

dg_status dgi_blocks_pieces(struct dgi_doc *doc, const dgi_layout *l, const struct dgi_piece *pieces, uint32_t n,
                            struct dgi_dates *dates, dg_error *err)
{
    /* <br> or <pre>: lines as in plain text */
    struct builder b = {.doc = doc, .l = l};
    for (uint32_t i = 0; i < n; i++) {
        dg_str s = dgi_slice(doc, pieces[i].span);
        if (pieces[i].preset != DGI_BLOCK_BODY || !memchr(s.ptr, '\n', s.len)) {
            struct dgi_piece *p = DGI_PUSH(doc->arena, b.p, b.n, b.cap);
            if (!p)
                return dgi_fail(err, DG_E_NOMEM, "no memory for %u paragraphs", n);
            *p = pieces[i];
            continue;
        }
        struct line c;
        b.in_piece = false;
        b.base_indent = UINT32_MAX / 2;
        b.width = wrap_width(s);
        for (size_t at = 0; next_line(s, &at, &c);) {
            c.start += pieces[i].span.start;
            if (!add_line(&b, &c))
                return dgi_fail(err, DG_E_NOMEM, "no memory for %u paragraphs", n);
        }
    }
    return make_blocks(doc, l, b.p, b.n, dates, err);
}

dg_status dgi_blocks_plain(struct dgi_doc *doc, dg_error *err)
{
    uint32_t at = 0, len = (uint32_t)doc->text.len;
    doc->n_blocks = 0;
    while (at < len) {
        uint32_t end = at;
        while (end < len && !(doc->text.ptr[end] == '\n' && end + 1 < len && doc->text.ptr[end + 1] == '\n'))
            end++;
        struct dgi_block *b = DGI_PUSH(doc->arena, doc->blocks, doc->n_blocks, doc->cap_blocks);
        if (!b)
            return dgi_fail(err, DG_E_NOMEM, "no memory for the paragraphs");
        *b = (struct dgi_block){.span = {at, end}, .kind = DGI_BLOCK_BODY};
        for (at = end; at < len && doc->text.ptr[at] == '\n';)
            at++;
    }
    return DG_OK;
}
