/* SPDX-License-Identifier: Apache-2.0 */
/* io/exports.c: texts saved from news libraries, many articles to a file: Nexis (Uni and the older form), Factiva, ProQuest. (Saved as
 * HTML: io/saved_html.c makes such lines of it.)
 *
 * Each has a line that ends an article or begins the next one, and labels for the parts. The source and the date stand in lines of
 * their own above the labels; they are found from the date, since what is above it varies. Cut like the other formats: article by
 * article, each with its byte. */
#include "io/formats.h"

enum dgi_export { NO_EXPORT, NEXIS, NEXIS_OLD, FACTIVA, PROQUEST };
enum { MOST_LINE = 4000 };

/* ---- lines ---- */
static bool next_line(dg_str *rest, dg_str *line)
{
    return rest->ptr && dgi_str_next(rest, '\n', line);
}

static bool digits(dg_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] < '0' || s.ptr[i] > '9')
            return false;
    return s.len > 0;
}

/* "12 of 50 DOCUMENTS" */
static bool counts_documents(dg_str line)
{
    dg_str rest = dgi_str_trim(line), a, of, b;
    return rest.len < 40 && dgi_str_next(&rest, ' ', &a) && digits(a) && dgi_str_next(&rest, ' ', &of) &&
           dgi_str_is(of, "of") && dgi_str_next(&rest, ' ', &b) && digits(b) &&
           dgi_str_starts(dgi_str_trim(rest), DGI_S("DOCUMENT"));
}

/* "Document LBA0000020190305ef3500abc" */
static bool accession(dg_str line)
{
    line = dgi_str_trim(line);
    if (!dgi_str_starts(line, DGI_S("Document ")) || line.len < 9 + 16 || line.len > 9 + 40)
        return false;
    uint32_t n = 0;
    for (size_t i = 9; i < line.len; i++) {
        char c = line.ptr[i];
        bool digit = c >= '0' && c <= '9';
        if (!digit && !((c | 32) >= 'a' && (c | 32) <= 'z'))
            return false;
        n += digit;
    }
    return n >= 8;
}

static bool rule(dg_str line)
{
    line = dgi_str_trim(line);
    for (size_t i = 0; i < line.len; i++)
        if (line.ptr[i] != '_')
            return false;
    return line.len >= 20;
}

/* "519 words" */
static bool counts_words(dg_str line)
{
    line = dgi_str_trim(line);
    return line.len > 6 && line.len < 16 && dgi_str_ends(line, DGI_S(" words")) && line.ptr[0] >= '0' &&
           line.ptr[0] <= '9';
}

/* A short line with a day and a year, and no label: "March 5, 2019 Tuesday". */
static bool day_line(dg_str line)
{
    line = dgi_str_trim(line);
    bool year = false, day = false, letter = false;
    for (size_t i = 0; i < line.len && line.len < 60;) {
        size_t k = i;
        while (k < line.len && line.ptr[k] >= '0' && line.ptr[k] <= '9')
            k++;
        if (k == i + 4 && (dgi_str_starts(dgi_str_sub(line, i, k), DGI_S("19")) ||
                           dgi_str_starts(dgi_str_sub(line, i, k), DGI_S("20"))))
            year = true;
        else if (k == i + 1 || k == i + 2)
            day = true;
        letter = letter || ((line.ptr[i] | 32) >= 'a' && (line.ptr[i] | 32) <= 'z');
        i = k + (k == i);
    }
    return year && day && letter && !memchr(line.ptr, ':', line.len) && !dgi_str_starts(line, DGI_S("Copyright"));
}

/* ---- labels ---- */
struct label {
    const char *name;
    uint8_t field; /* DGI_N_FIELDS: only that something else begins here */
};
#define END_OF_TEXT DGI_N_FIELDS
static const struct label labels[] = {
    {"headline", DGI_F_TITLE},
    {"title", DGI_F_TITLE},
    {"byline", DGI_F_AUTHOR},
    {"author", DGI_F_AUTHOR},
    {"full text", DGI_F_TEXT},
    {"body", DGI_F_TEXT},
    {"abstract", DGI_F_SUMMARY},
    {"publication title", DGI_F_PUBLISHER},
    {"publication date", DGI_F_DATE},
    {"document url", DGI_F_URL},
    {"url", DGI_F_URL},
    {"proquest document id", DGI_F_ID},
    {"language of publication", END_OF_TEXT},
    {"language", END_OF_TEXT},
    {"length", END_OF_TEXT},
    {"section", END_OF_TEXT},
    {"dateline", END_OF_TEXT},
    {"highlight", END_OF_TEXT},
    {"graphic", END_OF_TEXT},
    {"load-date", END_OF_TEXT},
    {"publication-type", END_OF_TEXT},
    {"publication type", END_OF_TEXT},
    {"journal code", END_OF_TEXT},
    {"correction", END_OF_TEXT},
    {"classification", END_OF_TEXT},
    {"subject", END_OF_TEXT},
    {"location", END_OF_TEXT},
    {"people", END_OF_TEXT},
    {"company / organization", END_OF_TEXT},
    {"identifier / keyword", END_OF_TEXT},
    {"identifier/keyword", END_OF_TEXT},
    {"publication info", END_OF_TEXT},
    {"publication year", END_OF_TEXT},
    {"publication subject", END_OF_TEXT},
    {"links", END_OF_TEXT},
    {"pages", END_OF_TEXT},
    {"first page", END_OF_TEXT},
    {"issn", END_OF_TEXT},
    {"source type", END_OF_TEXT},
    {"document type", END_OF_TEXT},
    {"copyright", END_OF_TEXT},
    {"last updated", END_OF_TEXT},
    {"database", END_OF_TEXT},
    {"place of publication", END_OF_TEXT},
    {"country of publication", END_OF_TEXT},
    {"publisher", END_OF_TEXT},
    {"section name", END_OF_TEXT},
    {"column", END_OF_TEXT},
};

/* "Load-Date: March 5, 2019", or the label alone on its line ("Body", "Classification"). */
static const struct label *label_of(dg_str line, dg_str *value)
{
    line = dgi_str_trim(line);
    const char *colon = line.len ? memchr(line.ptr, ':', line.len < 40 ? line.len : 40) : NULL;
    dg_str name = colon ? dgi_strn(line.ptr, (size_t)(colon - line.ptr)) : line;
    *value = colon ? dgi_str_trim(dgi_str_sub(line, name.len + 1, line.len)) : (dg_str){NULL, 0};
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        if (dgi_str_ieq(name, dgi_str(labels[i].name)) &&
            (colon || labels[i].field == DGI_F_TEXT || dgi_str_is(line, "Classification") ||
             dgi_str_is(line, "Graphic")))
            return &labels[i];
    return NULL;
}

/* Does this line end an article (ENDS: it belongs to it) or begin the next one? */
enum border { INSIDE, ENDS, BEGINS };
static enum border border_of(uint8_t kind, dg_str line, bool first)
{
    switch (kind) {
    case NEXIS: return dgi_str_is(dgi_str_trim(line), "End of Document") ? ENDS : INSIDE;
    case NEXIS_OLD: return !first && counts_documents(line) ? BEGINS : INSIDE;
    case FACTIVA: return accession(line) ? ENDS : INSIDE;
    case PROQUEST: return rule(line) ? ENDS : INSIDE;
    default: return INSIDE;
    }
}

/* ---- one article ---- */

static void span(dg_str *to, dg_str line)
{
    if (!to->ptr)
        *to = line;
    else
        to->len = (size_t)(line.ptr + line.len - to->ptr);
}

/* Above the labels: the line of the day, the source above it, the headline above that (Nexis) or below (the older form). */
static void above_labels(dg_str value[DGI_N_FIELDS], dg_str top, bool old)
{
    dg_str line, last = {NULL, 0}, before = {NULL, 0};
    while (next_line(&top, &line)) {
        dg_str t = dgi_str_trim(line);
        if (!t.len || counts_documents(t))
            continue;
        if (!value[DGI_F_DATE].len && last.len && day_line(t)) {
            value[DGI_F_DATE] = t;
            value[DGI_F_PUBLISHER] = last;
            value[DGI_F_TITLE] = old ? value[DGI_F_TITLE] : before;
        } else if (old && value[DGI_F_DATE].len)
            value[DGI_F_TITLE] = t; /* the last one before the labels */
        before = last;
        last = t;
    }
}

static dg_str without_by(dg_str s)
{
    return dgi_str_ieq(dgi_str_sub(s, 0, 3), DGI_S("by ")) ? dgi_str_trim(dgi_str_sub(s, 3, s.len)) : s;
}

/* Nexis and ProQuest: labels; the text is behind "Body" or "Full text:", in the older Nexis behind the first labels. */
static void by_labels(dg_str value[DGI_N_FIELDS], dg_str s, uint8_t kind)
{
    dg_str rest = s, line, v, top = {NULL, 0};
    bool labelled = false, body = false, ended = false;
    while (next_line(&rest, &line) && (kind != PROQUEST || !rule(line))) {
        const struct label *l = label_of(line, &v);
        if (kind == NEXIS && border_of(kind, line, false) == ENDS)
            break;
        if (!l) {
            if (!labelled)
                span(&top, line);
            if (kind == NEXIS_OLD && labelled && !ended && dgi_str_trim(line).len)
                body = true;
            if (body)
                span(&value[DGI_F_TEXT], line);
            continue;
        }
        if (!labelled)
            above_labels(value, top, kind == NEXIS_OLD);
        labelled = true;
        if (body && l->field != DGI_F_TEXT)
            ended = true, body = false;
        if (l->field == DGI_F_TEXT && !ended) {
            body = true;
            if (v.len)
                span(&value[DGI_F_TEXT], v);
        } else if (l->field < DGI_N_FIELDS && l->field != DGI_F_TEXT && v.len &&
                   (!value[l->field].len || kind == PROQUEST))
            value[l->field] = l->field == DGI_F_AUTHOR ? without_by(v) : v;
    }
    if (kind == PROQUEST && labelled && !value[DGI_F_TITLE].len)
        for (rest = top; next_line(&rest, &line) && !value[DGI_F_TITLE].len;)
            if (dgi_str_trim(line).len && !dgi_str_starts(line, DGI_S("Document ")))
                value[DGI_F_TITLE] = dgi_str_trim(line);
}

/* Two or three capitals and two blanks or the line's end: "HD  Title", "LP". */
static bool tag_line(dg_str line, dg_str *tag, dg_str *value)
{
    size_t n = 0;
    while (n < line.len && line.ptr[n] >= 'A' && line.ptr[n] <= 'Z')
        n++;
    dg_str v = dgi_str_sub(line, n, line.len);
    if (n < 2 || n > 3 ||
        (dgi_str_trim(v).len && !(v.len > 1 && (v.ptr[0] == '\t' || (v.ptr[0] == ' ' && v.ptr[1] == ' ')))))
        return false;
    *tag = dgi_str_sub(line, 0, n);
    *value = dgi_str_trim(v);
    return true;
}

static bool tagged(dg_str s)
{
    dg_str line, tag, v;
    while (next_line(&s, &line))
        if (tag_line(line, &tag, &v) && (dgi_str_is(tag, "HD") || dgi_str_is(tag, "SE")))
            return true;
    return false;
}

static void by_tags(dgi_arena *a, dg_str value[DGI_N_FIELDS], dg_str s)
{
    static const struct label tags[] = {{"HD", DGI_F_TITLE},     {"BY", DGI_F_AUTHOR}, {"PD", DGI_F_DATE},
                                        {"SN", DGI_F_PUBLISHER}, {"LP", DGI_F_TEXT},   {"TD", DGI_F_TEXT},
                                        {"AN", DGI_F_ID}};
    dg_str line, tag, v, *to = NULL, part[2] = {{NULL, 0}, {NULL, 0}};
    uint32_t n_parts = 0;
    while (next_line(&s, &line)) {
        if (tag_line(line, &tag, &v)) {
            to = NULL;
            for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
                if (dgi_str_is(tag, tags[i].name))
                    to = &value[tags[i].field];
            if (to == &value[DGI_F_TEXT]) /* LP is the lead, TD the rest */
                to = &part[n_parts < 2 ? n_parts++ : 1];
            if (to && v.len)
                span(to, to == &value[DGI_F_ID] && accession(v) ? dgi_str_sub(v, 9, v.len) : v);
        } else if (accession(line))
            value[DGI_F_ID] = dgi_str_sub(dgi_str_trim(line), 9, line.len);
        else if (to && dgi_str_trim(line).len)
            span(to, line);
    }
    value[DGI_F_TEXT] = part[0].len && part[1].len ? dgi_arena_printf(a, "%.*s\n\n%.*s", (int)part[0].len, part[0].ptr,
                                                                      (int)part[1].len, part[1].ptr)
                                                   : part[part[0].len == 0];
}

/* Headline, "519 words", day, source, code, language, copyright, text. */
static void by_order(dg_str value[DGI_N_FIELDS], dg_str s)
{
    dg_str line;
    enum { HEAD, COUNTED, DATED, SOURCED, TEXT } at = HEAD;
    while (next_line(&s, &line)) {
        dg_str t = dgi_str_trim(line);
        if (!t.len)
            continue;
        if (accession(t)) {
            value[DGI_F_ID] = dgi_str_sub(t, 9, t.len);
            return;
        }
        if (at == HEAD && counts_words(t))
            at = COUNTED;
        else if (at == HEAD && !value[DGI_F_TITLE].len)
            value[DGI_F_TITLE] = t;
        else if (at == COUNTED && day_line(t)) {
            value[DGI_F_DATE] = t;
            at = DATED;
        } else if (at == DATED && !(t.ptr[0] >= '0' && t.ptr[0] <= '9')) { /* no time of day */
            value[DGI_F_PUBLISHER] = t;
            at = SOURCED;
        } else if (at == SOURCED && (dgi_str_starts(t, DGI_S("(c)")) || dgi_str_starts(t, DGI_S("©")) ||
                                     dgi_str_starts(t, DGI_S("Copyright"))))
            at = TEXT;
        else if (at == TEXT)
            span(&value[DGI_F_TEXT], line);
    }
}

/* ---- cutting ---- */

/* Bytes of the article at the window's front; 0: it ends with the input. Too long: DG_E_LIMIT. */
static dg_status cut_article(dgi_reader *r, size_t *len, dg_error *err)
{
    struct dgi_window *w = &r->w;
    size_t at = 0;
    for (*len = 0;;) {
        dg_str s = dgi_window_left(w);
        for (size_t end; at < s.len; at = end) {
            const char *nl = memchr(s.ptr + at, '\n', s.len - at);
            end = nl ? (size_t)(nl - s.ptr) + 1 : s.len;
            if (!nl && !dgi_window_ended(w))
                break;
            enum border b = end - at < MOST_LINE ? border_of(r->export, dgi_str_sub(s, at, end), !at) : INSIDE;
            if (b != INSIDE) {
                *len = b == ENDS ? end : at;
                return DG_OK;
            }
        }
        if (dgi_window_ended(w))
            return DG_OK;
        if (s.len > w->max) {
            *len = s.len;
            return dgi_fail(err, DG_E_LIMIT, "no article ends within %zu bytes; they were left out", w->max);
        }
        dg_status st = dgi_window_fill(w, err);
        if (st != DG_OK) {
            r->done = true;
            return st;
        }
    }
}

enum dgi_next dgi_next_article(dgi_reader *r, struct dgi_raw *raw, dg_error *err)
{
    struct dgi_window *w = &r->w;
    dg_error why = {DG_OK, 0, 0, ""};
    for (;;) {
        size_t len;
        if (dgi_window_want(w, 1, err) != DG_OK)
            return dgi_fail_now(r);
        if (w->pos == w->len)
            return w->cut ? dgi_cut_here(r, err) : dgi_records_end(r, err);
        dgi_record_begins(r, raw, 0);
        dg_status st = cut_article(r, &len, &why);
        if (!len && w->cut) {
            r->n_records--;
            return dgi_cut_here(r, err);
        }
        len = len ? len : w->len - w->pos;
        dg_str s = dgi_to_utf8(r->arena, dgi_str_sub(dgi_window_left(w), 0, len), (dg_str){NULL, 0}),
               value[DGI_N_FIELDS] = {0};
        w->pos += len;
        if (st == DG_OK && !s.ptr)
            st = dgi_fail(&why, DG_E_NOMEM, "no memory for an article");
        if (st == DG_OK && (!dgi_str_trim(s).len || rule(s))) {
            r->n_records--;
            continue;
        }
        if (st == DG_OK && r->export == FACTIVA && tagged(s))
            by_tags(r->arena, value, s);
        else if (st == DG_OK && r->export == FACTIVA)
            by_order(value, s);
        else if (st == DG_OK)
            by_labels(value, s, r->export);
        value[DGI_F_TEXT] = dgi_str_trim(value[DGI_F_TEXT]);
        if (st == DG_OK && value[DGI_F_TEXT].len && dgi_fields_take(raw, value, true))
            return DGI_NEXT_RECORD;
        if (st == DG_OK && !value[DGI_F_TITLE].len &&
            !value[DGI_F_DATE].len) { /* cover page, list of contents, search terms */
            r->n_records--;
            continue;
        }
        if (st == DG_OK)
            st = dgi_fail(&why, DG_E_FORMAT, "an article without a text");
        dgi_fail_at(err, st, raw->record, raw->byte, "%s", why.message);
        return r->done || st == DG_E_NOMEM ? dgi_fail_now(r) : DGI_NEXT_BAD;
    }
}

uint8_t dgi_export_of(dg_str head)
{
    dg_str rest = head, line, v, tag;
    uint32_t n = 0, words = 0, ruled = 0, load = 0, body = 0, full = 0, hd = 0, pd = 0, dated = 0, length = 0,
             rights = 0;
    while (next_line(&rest, &line) && ++n) {
        if (n < 12 && counts_documents(line))
            return NEXIS_OLD;
        const struct label *l = label_of(line, &v);
        const char *name = l ? l->name : "";
        words += counts_words(line);
        dated += words && day_line(line);
        rights += dated && dgi_str_starts(dgi_str_trim(line), DGI_S("(c) "));
        ruled += rule(line);
        load += !strcmp(name, "load-date");
        length += !strcmp(name, "length") && dgi_str_ends(v, DGI_S("words"));
        body += !strcmp(name, "body") && !v.len;
        full += !strcmp(name, "full text");
        if (tag_line(line, &tag, &v)) {
            hd += dgi_str_is(tag, "HD");
            pd += dgi_str_is(tag, "PD");
        }
        if (accession(line) && (words || hd))
            return FACTIVA;
        if (dgi_str_is(dgi_str_trim(line), "End of Document") && (length || load))
            return NEXIS;
    }
    if (ruled && full)
        return PROQUEST;
    if (hd && pd)
        return FACTIVA;
    if (words && dated && rights)
        return FACTIVA;
    return length && body ? NEXIS : NO_EXPORT;
}
