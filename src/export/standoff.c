/* SPDX-License-Identifier: Apache-2.0 */
/* export/standoff.c: what was found, in the formats of the tools of its fields.
 *
 * Reads   struct dgi_ev_doc
 * Writes  TimeML (times and events inside the text, as TempEval-3 has it), brat's standoff (lines over the text of
 *         `dragoman text`; offsets are code points, as brat counts)
 *
 * TimeML marks may not overlap: of two that do, the time goes before the event. */
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "export/record.h"

static const char actor_label[] = "Actor", *const side_labels[] = {"Source", "Target"};

/* The text by code points: bytes[i] is where code point i begins, i up to n_chars. */
struct text {
    const struct dgi_ev_doc *d;
    dgi_arena *a;
    uint32_t *bytes;
};

static bool text_open(struct text *t, const struct dgi_ev_doc *d)
{
    *t = (struct text){d, dgi_arena_new(0), NULL};
    if (!t->a || !(t->bytes = dgi_arena_array(t->a, (size_t)d->n_chars + 2, sizeof *t->bytes))) {
        dgi_arena_free(t->a);
        return false;
    }
    size_t at = 0;
    for (uint32_t i = 0; i <= d->n_chars; i++) {
        t->bytes[i] = (uint32_t)at;
        if (at < d->text.len)
            dgi_utf8_next(d->text, &at);
    }
    return true;
}

static dg_str slice(const struct text *t, uint32_t start, uint32_t end)
{
    if (start >= end || end > t->d->n_chars)
        return (dg_str){"", 0};
    return dgi_str_sub(t->d->text, t->bytes[start], t->bytes[end]);
}

/* ---- TimeML ---- */
struct mark {
    uint32_t start, end, number; /* number: of the time or event */
    bool event;
};

static int by_place(const void *a, const void *b)
{
    const struct mark *x = a, *y = b;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return (int)x->event - (int)y->event;
}

static void xml(struct dgi_buf *out, dg_str s)
{
    size_t from = 0;
    for (size_t i = 0; i <= s.len; i++) {
        char c = i < s.len ? s.ptr[i] : 0;
        bool control = i < s.len && (unsigned char)c < ' ' && c != '\n' && c != '\t';
        if (i < s.len && c != '&' && c != '<' && c != '>' && c != '"' && !control)
            continue;
        dgi_buf_add(out, dgi_str_sub(s, from, i));
        from = i + 1;
        if (i < s.len)
            dgi_buf_printf(out, "%s",
                           c == '&'   ? "&amp;"
                           : c == '<' ? "&lt;"
                           : c == '>' ? "&gt;"
                           : c == '"' ? "&quot;"
                                      : " ");
    }
}

static void open_mark(struct dgi_buf *out, const struct dgi_ev_doc *d, const struct mark *m)
{
    if (m->event) {
        dgi_buf_printf(out, "<EVENT eid=\"e%u\" class=\"OCCURRENCE\">", m->number);
        return;
    }
    const struct dgi_ev_time *t = &d->times[m->number - 1];
    dgi_buf_printf(out, "<TIMEX3 tid=\"t%u\" type=\"%s\" value=\"", m->number, dgi_timex_type_name[t->type]);
    xml(out, t->value);
    if (t->mod)
        dgi_buf_printf(out, "\" mod=\"%s", dgi_timex_mod_name[t->mod]);
    if (dgi_str_is(t->relative_to, "publication"))
        dgi_buf_printf(out, "\" anchorTimeID=\"t0");
    else if (t->relative_to.len)
        dgi_buf_printf(out, "\" anchorTimeID=\"t%.*s", (int)t->relative_to.len - 1, t->relative_to.ptr + 1);
    dgi_buf_add(out, DGI_S("\">"));
}

static uint32_t collect(const struct dgi_ev_doc *d, struct mark *m)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < d->n_times; i++)
        if (d->times[i].value.len)
            m[n++] = (struct mark){d->times[i].span.start_cp, d->times[i].span.end_cp, i + 1, false};
    for (uint32_t i = 0; i < d->n_coded; i++)
        m[n++] = (struct mark){d->events[i].trig_start, d->events[i].trig_end, i + 1, true};
    qsort(m, n, sizeof *m, by_place);
    return n;
}

bool dgi_record_timeml(struct dgi_buf *out, const struct dgi_ev_doc *d)
{
    struct text t;
    char iso[16] = "";
    struct mark *m;
    if (!text_open(&t, d))
        return false;
    if (!(m = dgi_arena_array(t.a, (size_t)d->n_times + d->n_coded + 1, sizeof *m))) {
        dgi_arena_free(t.a);
        return false;
    }
    if (dgi_day_known(d->reported))
        dgi_day_format(d->reported, iso);
    dgi_buf_add(out, DGI_S("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TimeML>\n<DOCID>"));
    xml(out, d->id);
    dgi_buf_printf(
        out,
        "</DOCID>\n<DCT><TIMEX3 tid=\"t0\" type=\"DATE\" value=\"%s\" functionInDocument=\"CREATION_TIME\">%s</TIMEX3></DCT>\n",
        iso, iso);
    dgi_buf_add(out, DGI_S("<TITLE>"));
    xml(out, d->meta.title);
    dgi_buf_add(out, DGI_S("</TITLE>\n<TEXT>\n"));
    uint32_t at = 0, n = collect(d, m);
    for (uint32_t i = 0; i < n; i++) {
        if (m[i].start < at || m[i].end <= m[i].start) /* inside the one before */
            continue;
        xml(out, slice(&t, at, m[i].start));
        open_mark(out, d, &m[i]);
        xml(out, slice(&t, m[i].start, m[i].end));
        dgi_buf_add(out, m[i].event ? DGI_S("</EVENT>") : DGI_S("</TIMEX3>"));
        at = m[i].end;
    }
    xml(out, slice(&t, at, d->n_chars));
    dgi_buf_add(out, DGI_S("\n</TEXT>\n</TimeML>\n"));
    dgi_arena_free(t.a);
    return !out->failed;
}

/* ---- brat ---- */
/* A text-bound line; a line end inside makes two stretches of it, as brat wants. Returns its number. */
static uint32_t bound(struct dgi_buf *out, const struct text *t, uint32_t *n, const char *type, dg_span s)
{
    uint32_t number = ++*n, from = s.start_cp;
    dgi_buf_printf(out, "T%u\t%s ", number, type);
    bool more = false;
    for (uint32_t i = s.start_cp; i <= s.end_cp; i++) {
        bool stop = i == s.end_cp || t->d->text.ptr[t->bytes[i]] == '\n';
        if (stop && i > from) {
            dgi_buf_printf(out, "%s%u %u", more ? ";" : "", from, i);
            more = true;
        }
        from = stop ? i + 1 : from;
    }
    dgi_buf_add(out, DGI_S("\t"));
    dg_str words = slice(t, s.start_cp, s.end_cp);
    for (size_t i = 0, b = 0; i <= words.len; i++) {
        if (i < words.len && (unsigned char)words.ptr[i] >= ' ')
            continue;
        dgi_buf_add(out, dgi_str_sub(words, b, i));
        if (i < words.len && i > b)
            dgi_buf_add(out, DGI_S(" "));
        b = i + 1;
    }
    dgi_buf_add(out, DGI_S("\n"));
    return number;
}

static bool stands(dg_span s)
{
    return s.end_cp > s.start_cp;
}

static void note(struct dgi_buf *out, uint32_t *n, char what, uint32_t of, dg_str text)
{
    if (!text.len)
        return;
    dgi_buf_printf(out, "#%u\tAnnotatorNotes %c%u\t", ++*n, what, of);
    dgi_buf_add(out, text);
    dgi_buf_add(out, DGI_S("\n"));
}

static void brat_events(struct dgi_buf *out, const struct text *t, uint32_t *n, uint32_t *notes)
{
    enum { MOST_SIDES = 8 };
    const struct dgi_ev_doc *d = t->d;
    for (uint32_t i = 0; i < d->n_coded; i++) {
        const struct dgi_event *e = &d->events[i];
        const char *type = e->plover < DGI_N_PLOVER ? dgi_plover_name[e->plover] : "EVENT";
        uint32_t trig = bound(out, t, n, type, (dg_span){e->trig_start, e->trig_end}), args[2 * MOST_SIDES], n_args = 0;
        uint32_t n_source = 0;
        for (uint32_t k = 0; k < e->n_source && k < MOST_SIDES; k++)
            if (stands(e->source[k].span))
                args[n_args++] = bound(out, t, n, actor_label, e->source[k].span);
        n_source = n_args;
        for (uint32_t k = 0; k < e->n_target && k < MOST_SIDES; k++)
            if (stands(e->target[k].span))
                args[n_args++] = bound(out, t, n, actor_label, e->target[k].span);
        dgi_buf_printf(out, "E%u\t%s:T%u", i + 1, type, trig);
        for (uint32_t k = 0; k < n_args; k++)
            dgi_buf_printf(out, " %s:T%u", side_labels[k >= n_source], args[k]);
        dgi_buf_add(out, DGI_S("\n"));
        note(out, notes, 'E', i + 1, dgi_str(e->cameo));
    }
}

bool dgi_record_brat(struct dgi_buf *out, const struct dgi_ev_doc *d)
{
    struct text t;
    uint32_t n = 0, notes = 0;
    if (!text_open(&t, d))
        return false;
    for (uint32_t i = 0; i < d->n_names; i++) {
        if (d->names[i].level != DGI_NL_NAME)
            continue;
        uint32_t of = bound(out, &t, &n, dgi_name_kind_name[d->names[i].kind], d->names[i].span);
        if (d->names[i].entity < d->n_entities)
            note(out, &notes, 'T', of, d->entities[d->names[i].entity].actor.id);
    }
    for (uint32_t i = 0; i < d->n_times; i++)
        note(out, &notes, 'T', bound(out, &t, &n, dgi_timex_type_name[d->times[i].type], d->times[i].span),
             d->times[i].value);
    for (uint32_t i = 0; i < d->n_places; i++) {
        uint32_t of = bound(out, &t, &n, "PLACE", d->places[i].span);
        char id[24];
        snprintf(id, sizeof id, "%lld", (long long)d->places[i].geonames);
        note(out, &notes, 'T', of, d->places[i].geonames ? dgi_str(id) : d->places[i].name);
    }
    for (uint32_t i = 0; i < d->n_statements; i++)
        for (uint32_t k = 0; k < d->statements[i].n_stretches; k++) {
            const struct dgi_ev_actor *who = &d->statements[i].speaker;
            note(out, &notes, 'T', bound(out, &t, &n, "STATEMENT", d->statements[i].stretches[k]),
                 who->id.len ? who->id : who->name);
        }
    brat_events(out, &t, &n, &notes);
    dgi_arena_free(t.a);
    return !out->failed;
}
