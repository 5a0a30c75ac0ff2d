/* SPDX-License-Identifier: Apache-2.0 */
/* cli/report.c: a coded article as a page to read: events by dyad, statements by speaker. */
#include <stdlib.h>
#include <string.h>

#include "cli.h"

static dg_str z(const char *s)
{
    return (dg_str){s, strlen(s)};
}

static void put(struct term *t, dg_str s)
{
    term_put(t->out, s);
}

/* Slice of the document's text by code points. */
static dg_str slice(const dg_doc *doc, dg_span s)
{
    dg_str text = dg_doc_text(doc);
    size_t i = 0, from = 0, to;
    uint32_t cp = 0;
    for (; i < text.len && cp < s.end_cp; i++) {
        if (cp == s.start_cp && ((unsigned char)text.ptr[i] & 0xC0) != 0x80)
            from = i;
        cp += i + 1 >= text.len || ((unsigned char)text.ptr[i + 1] & 0xC0) != 0x80;
    }
    to = i;
    return s.end_cp > s.start_cp ? (dg_str){text.ptr + from, to - from} : (dg_str){"", 0};
}

/* get: dg_event_source or dg_event_target */
static void names(char *out, size_t size, const dg_event *e, const dg_actor *(*get)(const dg_event *, uint32_t),
                  uint32_t n)
{
    size_t at = 0;
    out[0] = 0;
    for (uint32_t i = 0; i < n && at + 4 < size; i++) {
        dg_str name = dg_actor_name(get(e, i)), s = name.len ? name : dg_actor_id(get(e, i));
        int k = snprintf(out + at, size - at, "%s%.*s", i ? ", " : "", (int)s.len, s.ptr);
        at += k > 0 ? (size_t)k : 0;
    }
    if (!n)
        snprintf(out, size, "(someone)");
}

struct line {
    char who[300];
    uint32_t event;
};

static int by_order(const void *a, const void *b)
{
    const struct line *x = a, *y = b;
    return (x->event > y->event) - (x->event < y->event);
}

static int quad_style(int quad)
{
    return quad == 1 ? T_CYAN : quad == 2 ? T_GREEN : quad == 3 ? T_YELLOW : T_RED;
}

static const char *status_word(const dg_event *e)
{
    static const char *const word[] = {"", "earlier", "planned", "not asserted"};
    return dg_event_negated(e) ? "did not happen" : word[dg_event_status(e) < 4 ? dg_event_status(e) : 0];
}

/* The sentence around the trigger: from a little before it. */
static void snippet(struct term *t, const dg_doc *doc, const dg_event *e, int indent)
{
    dg_span s = dg_event_evidence(e), trigger = dg_event_trigger(e);
    int room = (t->width - indent) * 2 - 12;
    uint32_t from = s.start_cp;
    if (room > 0 && trigger.end_cp > s.start_cp + (uint32_t)room * 2 / 3)
        from = trigger.start_cp > (uint32_t)room / 2 ? trigger.start_cp - (uint32_t)room / 2 : 0;
    dg_str text = slice(doc, (dg_span){from, s.end_cp});
    if (from > s.start_cp) {
        while (text.len && text.ptr[0] != ' ' && text.ptr[0] != '\n')
            text.ptr++, text.len--;
        fprintf(t->out, "...");
    }
    term_style(t, T_DIM);
    term_wrap(t, text, indent + (from > s.start_cp ? 3 : 0), indent, 2);
    term_reset(t);
    fputc('\n', t->out);
}

static void event_line(struct term *t, const dg_doc *doc, const dg_event *e)
{
    char when[80];
    const char *word = status_word(e);
    dg_str plover = dg_event_plover(e), cameo = dg_event_cameo(e);
    dg_span said = dg_event_content_span(e);
    const dg_place *place = dg_event_place(e);
    term_dates(dg_event_date_start(e), dg_event_date_end(e), when);
    fputs("    ", t->out);
    term_style(t, quad_style(dg_event_quad(e)));
    fprintf(t->out, "%-9.*s", (int)plover.len, plover.ptr);
    term_reset(t);
    fprintf(t->out, " %-4.*s ", (int)cameo.len, cameo.ptr);
    term_style(t, T_BOLD);
    put(t, dg_event_trigger_text(e));
    term_reset(t);
    if (said.end_cp > dg_event_trigger(e).end_cp) { /* not what the trigger itself says already */
        dg_str content = slice(doc, said);
        fputs(": ", t->out);
        term_wrap(t, content, 22 + term_width(dg_event_trigger_text(e)), 19, 2);
        put(t, dg_unclosed(content));
    }
    fputs("\n                   ", t->out);
    term_style(t, T_DIM);
    fprintf(t->out, "%s%s",
            dg_event_date_from_text(e) || dg_event_status(e) != DG_STATUS_HYPOTHETICAL ? when : "undated",
            *word ? ", " : "");
    fputs(word, t->out);
    if (place) {
        fputs(", ", t->out);
        put(t, dg_place_name(place));
    }
    term_reset(t);
    fputs("\n                   ", t->out);
    snippet(t, doc, e, 19);
}

static void heading(struct term *t, const char *word, uint32_t n)
{
    fputc('\n', t->out);
    term_style(t, T_BOLD);
    fprintf(t->out, "%s", word);
    term_reset(t);
    term_style(t, T_DIM);
    fprintf(t->out, "  %u\n", n);
    for (int i = 0; i < t->width; i++)
        fputs(t->unicode ? "\xE2\x94\x80" : "-", t->out);
    term_reset(t);
    fputc('\n', t->out);
}

static void report_events(struct term *t, const dg_doc *doc)
{
    uint32_t n = dg_doc_n_events(doc);
    struct line *line = calloc(n ? n : 1, sizeof *line);
    bool *done = calloc(n ? n : 1, sizeof *done);
    heading(t, "EVENTS", n);
    for (uint32_t i = 0; line && done && i < n; i++) {
        const dg_event *e = dg_doc_event(doc, i);
        char a[140], b[140];
        names(a, sizeof a, e, dg_event_source, dg_event_n_source(e));
        names(b, sizeof b, e, dg_event_target, dg_event_n_target(e));
        const char *arrow = dg_event_reciprocal(e) ? (t->unicode ? "\xE2\x86\x94" : "<->")
                            : t->unicode           ? "\xE2\x86\x92"
                                                   : "->";
        if (dg_event_n_target(e))
            snprintf(line[i].who, sizeof line[i].who, "%s %s %s", a, arrow, b);
        else
            snprintf(line[i].who, sizeof line[i].who, "%s", a);
        line[i].event = i;
    }
    if (line && n)
        qsort(line, n, sizeof *line, by_order);
    for (uint32_t i = 0; line && done && i < n; i++) {
        if (done[i])
            continue;
        fputs("  ", t->out);
        term_style(t, T_BOLD);
        put(t, z(line[i].who));
        term_reset(t);
        fputc('\n', t->out);
        for (uint32_t k = i; k < n; k++)
            if (!done[k] && !strcmp(line[k].who, line[i].who)) {
                event_line(t, doc, dg_doc_event(doc, k));
                done[k] = true;
            }
    }
    if (!n)
        fputs("  none\n", t->out);
    free(line);
    free(done);
}

static void report_statements(struct term *t, const dg_doc *doc)
{
    uint32_t n = dg_doc_n_statements(doc);
    dg_str last = {NULL, 0};
    if (!n)
        return;
    heading(t, "STATEMENTS", n);
    for (uint32_t i = 0; i < n; i++) {
        const dg_statement *s = dg_doc_statement(doc, i);
        const dg_actor *speaker = dg_statement_speaker(s);
        dg_str who = !speaker                     ? z("(unnamed)")
                     : dg_actor_name(speaker).len ? dg_actor_name(speaker)
                                                  : dg_actor_id(speaker);
        dg_str cue = slice(doc, dg_statement_cue(s)), kind = dg_statement_kind(s);
        if (who.len != last.len || memcmp(who.ptr, last.ptr, who.len)) {
            fputs("  ", t->out);
            term_style(t, T_BOLD);
            put(t, who);
            term_reset(t);
            fputc('\n', t->out);
        }
        last = who;
        for (uint32_t k = 0; k < dg_statement_n_content(s); k++) {
            dg_str text = slice(doc, dg_statement_content(s, k));
            int used = 4;
            fputs("    ", t->out);
            if (k == 0 && cue.len) {
                term_style(t, T_DIM);
                fputs(dg_statement_negated(s) ? "not " : "", t->out);
                put(t, cue);
                fputs(": ", t->out);
                term_reset(t);
                used += term_width(cue) + 2;
            }
            if (kind.len && kind.ptr[0] == 'd')
                fputs(t->unicode ? "\xE2\x80\x9C" : "\"", t->out);
            term_wrap(t, text, used + 1, 6, 0);
            put(t, dg_unclosed(text));
            if (kind.len && kind.ptr[0] == 'd')
                fputs(t->unicode ? "\xE2\x80\x9D" : "\"", t->out);
            fputc('\n', t->out);
        }
    }
}

void report_doc(struct term *t, const dg_doc *doc)
{
    dg_str title = dg_doc_title(doc), url = dg_doc_url(doc), from = dg_doc_published_from(doc),
           by = dg_doc_publisher(doc);
    char day[32];
    term_day(dg_doc_published(doc), day);
    fputc('\n', t->out);
    term_style(t, T_BOLD);
    if (!title.len && dg_doc_n_sentences(doc))
        title = slice(doc, dg_doc_sentence(doc, 0));
    term_wrap(t, title.len ? title : z("(no text)"), 0, 0, 3);
    term_reset(t);
    fputc('\n', t->out);
    term_style(t, T_DIM);
    if (by.len) {
        put(t, by);
        fputs(", ", t->out);
    }
    fprintf(t->out, "%s (from %.*s), %u sentences, %u words", day, (int)from.len, from.ptr, dg_doc_n_sentences(doc),
            dg_doc_n_tokens(doc));
    if (url.len) {
        fputc('\n', t->out);
        put(t, url);
    }
    term_reset(t);
    fputc('\n', t->out);
    report_events(t, doc);
    report_statements(t, doc);
}
