/* SPDX-License-Identifier: Apache-2.0 */
/* brief/html.c: the report as one page: style, drawing and evidence inside, nothing fetched, no script.
 *
 * Reads   struct brief
 * Writes  HTML 5
 *
 * Set like a newspaper's page: the numbers first, then the drawing, then what changed beside who said what, then what
 * stands, then every sentence that any of it rests on, numbered. A status is a sign and a word, never a colour alone. */
#include "base/day.h"
#include "base/utf8.h"
#include "brief/brief_int.h"

static void put_str(struct dgi_buf *out, dg_str s)
{
    dgi_buf_add(out, s);
}
#define PUT(lit) dgi_buf_add(out, DGI_S(lit))

static void ref(struct dgi_buf *out, uint32_t note)
{
    if (note)
        dgi_buf_printf(out, "<a class=\"n\" href=\"#n%u\" title=\"evidence\">%u</a>", note, note);
}

static void quote(struct dgi_buf *out, const struct brief *b, uint32_t note)
{
    if (!note)
        return;
    const struct brief_note *n = &b->notes[note - 1];
    size_t from, to;
    dgi_brief_highlight(n, &from, &to);
    dgi_html(out, dgi_str_sub(n->text, 0, from));
    if (to > from) {
        PUT("<mark>");
        dgi_html(out, dgi_str_sub(n->text, from, to));
        PUT("</mark>");
    }
    dgi_html(out, dgi_str_sub(n->text, to, n->text.len));
}

static const char *sign(const struct dgi_sit_item *it, uint8_t status, bool due)
{
    if (due)
        return "\xE2\x97\x86"; /* diamond */
    if (dgi_item_closed(it, status))
        return dgi_brief_tone(it->kind, status)[2] == 'o' ? "\xE2\x9C\x93" : "\xE2\x9C\x95"; /* check, cross */
    switch (status) {
    case DGI_IS_OPEN:
    case DGI_IS_STANDING:
    case DGI_IS_PLANNED:
    case DGI_IS_PROPOSED:
    case DGI_IS_DEFERRED:
    case DGI_IS_POSTPONED:
    case DGI_IS_CLAIMED:
    case DGI_IS_APPLICANT: return "\xE2\x97\x8B"; /* hollow */
    case DGI_IS_EASED:
    case DGI_IS_REDUCED:
    case DGI_IS_PAUSED:
    case DGI_IS_ACCEPTED: return "\xE2\x97\x90"; /* half */
    default: return "\xE2\x97\x8F";              /* full */
    }
}

static void status(struct dgi_buf *out, const struct dgi_sit_item *it, uint8_t st, bool due)
{
    dgi_buf_printf(out, "<span class=\"s %s\">%s %s%s</span>", due ? "con" : dgi_brief_tone(it->kind, st),
                   sign(it, st, due), dgi_brief_status_words(st), due ? ", due" : "");
}

static void figures(struct dgi_buf *out, const struct brief *b)
{
    uint32_t n[DGI_N_ITEM_KIND] = {0}, due = 0;
    double dead = 0;
    int32_t dead_day = DGI_NO_DAY;
    for (uint32_t i = 0; i < b->n_items; i++) {
        const struct brief_item *x = &b->items[i];
        if (!x->closed)
            n[x->it->kind]++;
        due += x->it->kind == DGI_IT_THREAT && x->st.due;
        if (x->it->kind == DGI_IT_TOLL && x->it->sub == DGI_Q_DEATHS && x->n_lines &&
            x->lines[x->n_lines - 1].c->n_quantities && x->lines[x->n_lines - 1].c->quantities[0].value > dead) {
            dead = x->lines[x->n_lines - 1].c->quantities[0].value;
            dead_day = x->st.opened;
        }
    }
    PUT("<div class=\"figs\">");
    dgi_buf_printf(out, "<div><b>%u</b><span>demand%s open</span></div>", n[DGI_IT_DEMAND],
                   n[DGI_IT_DEMAND] == 1 ? "" : "s");
    dgi_buf_printf(out, "<div><b>%u</b><span>threat%s standing", n[DGI_IT_THREAT], n[DGI_IT_THREAT] == 1 ? "" : "s");
    if (due)
        dgi_buf_printf(out, ", %u of them due", due);
    PUT("</span></div>");
    dgi_buf_printf(out, "<div><b>%u</b><span>sanction%s in force or planned</span></div>", n[DGI_IT_SANCTION],
                   n[DGI_IT_SANCTION] == 1 ? "" : "s");
    dgi_buf_printf(out, "<div><b>%u</b><span>offer%s on the table</span></div>", n[DGI_IT_OFFER],
                   n[DGI_IT_OFFER] == 1 ? "" : "s");
    dgi_buf_printf(out, "<div><b>%u</b><span>meeting%s ahead</span></div>", n[DGI_IT_MEETING],
                   n[DGI_IT_MEETING] == 1 ? "" : "s");
    if (dead >= 1) {
        struct dgi_ev_quantity q = {.kind = DGI_Q_OTHER, .value = dead};
        dg_str s = dgi_brief_quantity(b, &q), d = dgi_brief_day(b, dead_day, true);
        dgi_buf_printf(out, "<div><b>%.*s</b><span>dead in the heaviest toll", (int)s.len, s.ptr);
        if (dead_day != DGI_NO_DAY)
            dgi_buf_printf(out, ", reported for %.*s", (int)d.len, d.ptr);
        PUT("</span></div>");
    }
    PUT("</div>");
}

static void content(struct dgi_buf *out, const struct brief_item *x, size_t most)
{
    if (x->it->content.len) {
        dg_str c = x->it->content;
        bool cut = c.len > most;
        if (cut) {
            size_t at = most;
            while (at && c.ptr[at] != ' ')
                at--;
            c = dgi_str_sub(c, 0, at);
        }
        PUT("<span class=\"c\">");
        dgi_html(out, c);
        if (cut)
            PUT("\xE2\x80\xA6");
        PUT("</span>");
    }
    if (x->it->condition.len) {
        PUT(" <span class=\"was\">if ");
        dgi_html(out, dgi_str_starts(x->it->condition, DGI_S("if "))
                          ? dgi_str_sub(x->it->condition, 3, x->it->condition.len)
                          : x->it->condition);
        PUT("</span>");
    }
}

static void changed(struct dgi_buf *out, const struct brief *b)
{
    int32_t day = INT32_MAX;
    dg_str since = dgi_brief_day(b, b->o.since, false);
    dgi_buf_printf(out,
                   "<section id=\"changed\"><h2>What changed</h2><p class=\"lead\">Since %.*s, the latest first</p>",
                   (int)since.len, since.ptr);
    if (!b->n_changes)
        PUT("<p>Nothing was reported to have changed.</p>");
    for (uint32_t i = 0; i < b->n_changes; i++) {
        const struct brief_change *c = &b->changes[i];
        const struct brief_item *x = c->item;
        if (c->line->c->date != day) {
            static const char *const week[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                               "Friday", "Saturday", "Sunday"};
            if (i)
                PUT("</ul>");
            day = c->line->c->date;
            dg_str d = dgi_brief_day(b, day, false);
            dgi_buf_printf(out, "<h3>%s %.*s</h3><ul class=\"chg\">", week[dgi_day_weekday(day) % 7], (int)d.len,
                           d.ptr);
        }
        dgi_buf_printf(out, "<li><span class=\"k\">%s</span><a class=\"w\" href=\"#%.*s\">",
                       dgi_item_kind_name[x->it->kind], (int)x->it->id.len, x->it->id.ptr);
        dgi_html(out, dgi_brief_who(b, x->it));
        PUT("</a> ");
        content(out, x, 120);
        PUT(" ");
        if (c->from != DGI_IS_NONE && c->from != c->line->status)
            dgi_buf_printf(out, "<span class=\"was\">%s \xE2\x86\x92</span> ", dgi_brief_status_words(c->from));
        status(out, x->it, c->line->status, c->line->c->due);
        PUT("<span class=\"q\">");
        quote(out, b, c->line->note);
        ref(out, c->line->note);
        PUT("</span></li>");
    }
    if (b->n_changes)
        PUT("</ul>");
    PUT("</section>");
}

static void said(struct dgi_buf *out, const struct brief *b)
{
    PUT("<section id=\"said\"><h2>Who said what</h2><p class=\"lead\">In the reports of the same days</p><ul class=\"said\">");
    uint32_t shown = 0;
    for (int direct = 1; direct >= 0; direct--) /* the words themselves before the reporter's */
        for (uint32_t i = b->n_said; i-- > 0 && shown < MOST_SAID;) {
            const struct brief_said *s = &b->said[i];
            if ((s->kind != DGI_INDIRECT) != (bool)direct || (!direct && shown > 10))
                continue;
            shown++;
            PUT("<li><p>");
            bool quoted = s->kind == DGI_DIRECT && s->content.len && s->content.ptr[0] != '"' &&
                          !dgi_str_starts(s->content, DGI_S("\xE2\x80\x9C"));
            if (quoted)
                PUT("\xE2\x80\x9C");
            dgi_html(out, s->content);
            if (quoted)
                PUT("\xE2\x80\x9D");
            ref(out, s->note);
            PUT("</p><cite><b>");
            dgi_html(out, s->speaker);
            dg_str d = dgi_brief_day(b, s->published, false);
            dgi_buf_printf(out, "</b>, reported %.*s%s</cite></li>", (int)d.len, d.ptr,
                           s->kind == DGI_INDIRECT ? ", in the reporter\xE2\x80\x99s words" : "");
        }
    if (!shown)
        PUT("<li><p>No statement was found in these reports.</p></li>");
    PUT("</ul></section>");
}

static void one_item(struct dgi_buf *out, const struct brief *b, const struct brief_item *x)
{
    dgi_buf_printf(out, "<div class=\"it\" id=\"%.*s\"><div class=\"h\"><span class=\"w\">", (int)x->it->id.len,
                   x->it->id.ptr);
    dgi_html(out, dgi_brief_who(b, x->it));
    PUT("</span>");
    status(out, x->it, x->st.status, x->st.due);
    PUT("</div><p>");
    content(out, x, 160);
    for (uint32_t i = x->n_lines; i-- > 0;)
        if (x->lines[i].c->n_quantities) {
            dg_str q = dgi_brief_quantity(b, &x->lines[i].c->quantities[0]);
            dgi_buf_printf(out, "%s<b>%.*s</b>", x->it->content.len ? " \xC2\xB7 " : "", (int)q.len, q.ptr);
            break;
        }
    PUT("</p><div class=\"m\">");
    dg_str d = dgi_brief_day(b, x->st.since, true);
    dgi_buf_printf(out, "%s since %.*s", dgi_brief_status_words(x->st.status), (int)d.len, d.ptr);
    if (x->st.when.start != DGI_NO_DAY && x->it->kind == DGI_IT_MEETING) {
        d = dgi_brief_day(b, x->st.when.start, true);
        dgi_buf_printf(out, ", for %.*s", (int)d.len, d.ptr);
    }
    if (x->st.place && x->st.place->name.len) {
        PUT(", ");
        dgi_html(out, x->st.place->name);
    }
    if (x->st.deadline.start != DGI_NO_DAY) {
        d = dgi_brief_day(b, x->st.deadline.end, true);
        dgi_buf_printf(out, ", deadline %.*s", (int)d.len, d.ptr);
    }
    dgi_buf_printf(out, ", %u report%s</div>", x->st.sources, x->st.sources == 1 ? "" : "s");
    dgi_buf_printf(out, "<details><summary>How we know (%u)</summary><ol>", x->n_lines + x->n_left_out);
    for (uint32_t i = x->n_lines; i-- > 0;) {
        const struct brief_line *l = &x->lines[i];
        d = dgi_brief_day(b, l->c->date, true);
        dgi_buf_printf(out, "<li><span>%.*s \xC2\xB7 %s%s</span>", (int)d.len, d.ptr, dgi_brief_status_words(l->status),
                       l->c->due ? ", due" : "");
        if (l->c->n_claimed_by) {
            PUT(" <span class=\"was\">says ");
            dgi_html(out, l->c->claimed_by[0].name.len ? l->c->claimed_by[0].name : l->c->claimed_by[0].id);
            PUT("</span>");
        }
        PUT("<br>");
        quote(out, b, l->note);
        ref(out, l->note);
        PUT("</li>");
    }
    if (x->n_left_out)
        dgi_buf_printf(out,
                       "<li><span>%u more</span><br>Reports between the first and the last that are not shown.</li>",
                       x->n_left_out);
    if (x->st.lapsed_by_clock) {
        d = dgi_brief_day(b, x->st.since, true);
        dgi_buf_printf(out, "<li><span>%.*s \xC2\xB7 lapsed</span><br>No report mentioned it any more.</li>",
                       (int)d.len, d.ptr);
    }
    PUT("</ol></details></div>");
}

static void board(struct dgi_buf *out, const struct brief *b, bool closed)
{
    uint32_t n = closed ? b->n_items - b->n_open : b->n_open;
    if (!n)
        return;
    dgi_buf_printf(out, "<section id=\"%s\"><h2>%s</h2><p class=\"lead\">%u matter%s%s</p><div class=\"board\">",
                   closed ? "settled" : "stands", closed ? "What is settled" : "What stands", n, n == 1 ? "" : "s",
                   closed ? " that were met, refused, dropped, held, lifted or carried out"
                          : ", by kind; open a line to see how we know");
    for (uint8_t kind = 0; kind < DGI_N_ITEM_KIND; kind++) {
        uint32_t k = 0;
        for (uint32_t i = 0; i < b->n_items; i++)
            k += b->items[i].it->kind == kind && b->items[i].closed == closed;
        if (!k)
            continue;
        dgi_buf_printf(out, "<div class=\"grp%s\"><h3>%s <i>%u</i></h3>", k > 5 ? " long" : "", dgi_brief_plural[kind],
                       k);
        for (uint32_t i = 0; i < b->n_items; i++)
            if (b->items[i].it->kind == kind && b->items[i].closed == closed)
                one_item(out, b, &b->items[i]);
        PUT("</div>");
    }
    PUT("</div></section>");
}

static void notes(struct dgi_buf *out, const struct brief *b)
{
    PUT("<section id=\"evidence\"><h2>Evidence</h2><p class=\"lead\">Every sentence that a line above rests on, with the words that were read</p><ol class=\"ev\">");
    for (uint32_t i = 0; i < b->n_notes; i++) {
        const struct brief_source *s = dgi_brief_source(b, b->notes[i].document);
        dgi_buf_printf(out, "<li id=\"n%u\"><b>%u</b>", i + 1, i + 1);
        quote(out, b, i + 1);
        PUT("<cite>");
        if (s) {
            bool link = dgi_str_starts(s->s.url, DGI_S("http://")) || dgi_str_starts(s->s.url, DGI_S("https://"));
            if (link) {
                PUT("<a href=\"");
                dgi_html(out, s->s.url);
                PUT("\" rel=\"noreferrer\">");
            }
            dgi_html(out, s->s.title.len ? s->s.title : s->s.id);
            if (link)
                PUT("</a>");
            if (s->s.publisher.len) {
                PUT(", ");
                dgi_html(out, s->s.publisher);
            }
            dg_str d = dgi_brief_day(b, s->s.published, true);
            dgi_buf_printf(out, ", %.*s", (int)d.len, d.ptr);
        } else
            dgi_html(out, b->notes[i].document);
        PUT("</cite></li>");
    }
    PUT("</ol></section>");
}

dg_status dgi_brief_html(dgi_store *s, const struct dgi_brief_options *o, struct dgi_buf *out, dg_error *err)
{
    struct brief b;
    dg_status st = dgi_brief_collect(&b, s, o, err);
    if (st != DG_OK) {
        dgi_brief_free(&b);
        return st;
    }
    dg_str day = dgi_brief_day(&b, b.o.as_of, true);
    PUT("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; "
        "form-action 'none'\"><meta name=\"color-scheme\" content=\"light dark\"><title>");
    dgi_html(out, b.title);
    dgi_buf_printf(out, ": the situation on %.*s</title><style>", (int)day.len, day.ptr);
    put_str(out, (dg_str){dgi_brief_css, dgi_brief_css_len});
    PUT("</style></head>\n<body><header><div class=\"bar\"><span class=\"cap\">The situation</span><span class=\"cap\">As of ");
    put_str(out, day);
    PUT("</span></div><h1>");
    dgi_html(out, b.title);
    PUT("</h1><p class=\"dek\">");
    dgi_html(out, b.dek);
    PUT(".</p><nav><a href=\"#timeline\">Timeline</a><a href=\"#changed\">What changed</a><a href=\"#said\">Who said what</a><a href=\"#stands\">What stands</a>"
        "<a href=\"#settled\">What is settled</a><a href=\"#evidence\">Evidence</a></nav></header>\n<main>");
    figures(out, &b);
    PUT("<figure id=\"timeline\"><h2>How it came to this</h2><div class=\"wrap\">");
    dgi_brief_svg(&b, out);
    PUT("</div><figcaption><span><svg viewBox=\"0 0 10 10\"><rect class=\"neu deed\" x=\"1\" y=\"1\" width=\"8\" height=\"8\"/></svg>deeds</span>"
        "<span><svg viewBox=\"0 0 10 10\"><rect class=\"neu word\" x=\"1\" y=\"1\" width=\"8\" height=\"8\"/></svg>words</span>"
        "<span><svg viewBox=\"0 0 34 10\"><line class=\"life neu wait\" x1=\"0\" x2=\"34\" y1=\"5\" y2=\"5\"/></svg>open or planned</span>"
        "<span><svg viewBox=\"0 0 34 10\"><line class=\"life con\" x1=\"0\" x2=\"34\" y1=\"5\" y2=\"5\"/></svg>pressure on</span>"
        "<span><svg viewBox=\"0 0 34 10\"><line class=\"life coo\" x1=\"0\" x2=\"34\" y1=\"5\" y2=\"5\"/></svg>easing</span>"
        "<span><svg viewBox=\"0 0 12 12\"><path class=\"dot due\" d=\"M6 .5l5.5 5.5l-5.5 5.5l-5.5 -5.5z\"/></svg>due</span>"
        "<span>Long stretches without a report are shortened (//). Each mark leads to its sentence.</span>");
    uint32_t n_lives = 0;
    for (uint32_t i = 0; i < b.n_items; i++)
        n_lives += b.items[i].it->kind != DGI_IT_TOLL;
    if (n_lives > MOST_LIFELINES)
        dgi_buf_printf(out, "<span>Drawn are the %d matters of %u with most turns and sources; all stand below.</span>",
                       MOST_LIFELINES, n_lives);
    PUT("</figcaption></figure>\n<div class=\"two\">");
    changed(out, &b);
    said(out, &b);
    PUT("</div>\n");
    board(out, &b, false);
    board(out, &b, true);
    notes(out, &b);
    PUT("</main><footer><p>Coded by machine from the reports named above; every line can be checked against its sentence. Dragoman, schema dragoman/1.</p></footer></body></html>\n");
    dgi_brief_free(&b);
    return out->failed ? dgi_fail(err, DG_E_NOMEM, "no memory for the report") : DG_OK;
}
