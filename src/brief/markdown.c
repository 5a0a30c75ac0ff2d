/* SPDX-License-Identifier: Apache-2.0 */
/* brief/markdown.c: the report as Markdown: the same parts and the same numbers of evidence as the page (html.c).
 *
 * Reads   struct brief
 * Writes  CommonMark with footnotes ([^1]), as GitHub and Pandoc read them */
#include "base/day.h"
#include "base/utf8.h"
#include "brief/brief_int.h"

#define PUT(lit) dgi_buf_add(out, DGI_S(lit))

static void md_plain(struct dgi_buf *out, dg_str s)
{
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        if (c == '\n' || c == '\r' || c == '\t')
            c = ' ';
        if (strchr("\\`*_[]<>#|~", c))
            dgi_buf_add(out, DGI_S("\\"));
        dgi_buf_add(out, (dg_str){&c, 1});
    }
}

/* Text of others must not become markup: the signs that could are escaped, line ends become blanks. Nor must it steer the
 * terminal that shows the report. */
static void md(struct dgi_buf *out, dg_str s)
{
    size_t n, bad;
    for (; n = dgi_utf8_shown(s, &bad), n + bad > 0; s = dgi_str_sub(s, n + bad, s.len)) {
        md_plain(out, dgi_str_sub(s, 0, n));
        if (bad)
            PUT("\xEF\xBF\xBD");
    }
}

static void quote(struct dgi_buf *out, const struct brief *b, uint32_t note)
{
    const struct brief_note *n = &b->notes[note - 1];
    size_t from, to;
    dgi_brief_highlight(n, &from, &to);
    md(out, dgi_str_sub(n->text, 0, from));
    if (to > from) {
        PUT("**");
        md(out, dgi_str_sub(n->text, from, to));
        PUT("**");
    }
    md(out, dgi_str_sub(n->text, to, n->text.len));
}

static void line(struct dgi_buf *out, const struct brief *b, const struct brief_item *x)
{
    PUT("**");
    md(out, dgi_brief_who(b, x->it));
    PUT("**");
    if (x->it->content.len) {
        PUT(": ");
        md(out, x->it->content);
    }
    if (x->it->condition.len) {
        PUT(", if ");
        md(out, dgi_str_starts(x->it->condition, DGI_S("if ")) ? dgi_str_sub(x->it->condition, 3, x->it->condition.len)
                                                               : x->it->condition);
    }
    for (uint32_t i = x->n_lines; i-- > 0;)
        if (x->lines[i].c->n_quantities) {
            dg_str q = dgi_brief_quantity(b, &x->lines[i].c->quantities[0]);
            PUT(" (");
            md(out, q);
            PUT(")");
            break;
        }
}

static void cite(struct dgi_buf *out, const struct brief *b, uint32_t note)
{
    dgi_buf_printf(out, "[^%u]", note);
    if (note && note <= b->n_notes)
        b->cited[note - 1] = true;
}

static void group(struct dgi_buf *out, const struct brief *b, bool closed)
{
    for (uint8_t kind = 0; kind < DGI_N_ITEM_KIND; kind++) {
        bool head = false;
        for (uint32_t i = 0; i < b->n_items; i++) {
            const struct brief_item *x = &b->items[i];
            if (x->it->kind != kind || x->closed != closed)
                continue;
            if (!head)
                dgi_buf_printf(out, "### %s\n\n", dgi_brief_plural[kind]);
            head = true;
            dg_str d = dgi_brief_day(b, x->st.since, true);
            PUT("- ");
            line(out, b, x);
            dgi_buf_printf(out, " \xE2\x80\x94 *%s%s* since %.*s", dgi_brief_status_words(x->st.status),
                           x->st.due ? ", due" : "", (int)d.len, d.ptr);
            if (x->st.deadline.start != DGI_NO_DAY) {
                d = dgi_brief_day(b, x->st.deadline.end, true);
                dgi_buf_printf(out, ", deadline %.*s", (int)d.len, d.ptr);
            }
            for (uint32_t k = x->n_lines, n = 0; k-- > 0 && n < 4; n++)
                cite(out, b, x->lines[k].note);
            PUT("\n");
        }
        if (head)
            PUT("\n");
    }
}

dg_status dgi_brief_markdown(dgi_store *s, const struct dgi_brief_options *o, struct dgi_buf *out, dg_error *err)
{
    struct brief b;
    dg_status st = dgi_brief_collect(&b, s, o, err);
    if (st == DG_OK && !(b.cited = dgi_arena_array(b.a, (size_t)b.n_notes + 1, sizeof *b.cited)))
        st = dgi_fail(err, DG_E_NOMEM, "no memory for the report");
    if (st != DG_OK) {
        dgi_brief_free(&b);
        return st;
    }
    dg_str day = dgi_brief_day(&b, b.o.as_of, true), since = dgi_brief_day(&b, b.o.since, false);
    PUT("# ");
    md(out, b.title);
    dgi_buf_printf(out, "\n\n*The situation as of %.*s.* ", (int)day.len, day.ptr);
    md(out, b.dek);
    dgi_buf_printf(out, ".\n\n## What changed since %.*s\n\n", (int)since.len, since.ptr);
    if (!b.n_changes)
        PUT("Nothing was reported to have changed.\n");
    for (uint32_t i = 0; i < b.n_changes; i++) {
        const struct brief_change *c = &b.changes[i];
        dg_str d = dgi_brief_short_day(&b, c->line->c->date);
        dgi_buf_printf(out, "- %.*s, %s: ", (int)d.len, d.ptr, dgi_item_kind_name[c->item->it->kind]);
        line(out, &b, c->item);
        PUT(" \xE2\x80\x94 ");
        if (c->from != DGI_IS_NONE && c->from != c->line->status)
            dgi_buf_printf(out, "%s \xE2\x86\x92 ", dgi_brief_status_words(c->from));
        dgi_buf_printf(out, "*%s%s*", dgi_brief_status_words(c->line->status), c->line->c->due ? ", due" : "");
        cite(out, &b, c->line->note);
        PUT("\n");
    }
    PUT("\n## Who said what\n\n");
    uint32_t shown = 0;
    for (int direct = 1; direct >= 0; direct--)
        for (uint32_t i = b.n_said; i-- > 0 && shown < MOST_SAID;) {
            const struct brief_said *q = &b.said[i];
            if ((q->kind != DGI_INDIRECT) != (bool)direct || (!direct && shown > 10))
                continue;
            shown++;
            PUT("> ");
            md(out, q->content);
            PUT("\n>\n> \xE2\x80\x94 ");
            md(out, q->speaker);
            dg_str d = dgi_brief_day(&b, q->published, false);
            dgi_buf_printf(out, ", reported %.*s", (int)d.len, d.ptr);
            cite(out, &b, q->note);
            PUT("\n\n");
        }
    if (!shown)
        PUT("No statement was found in these reports.\n\n");
    PUT("## What stands\n\n");
    group(out, &b, false);
    if (b.n_open < b.n_items) {
        PUT("## What is settled\n\n");
        group(out, &b, true);
    }
    PUT("## Evidence\n\n");
    for (uint32_t i = 0; i < b.n_notes; i++) {
        if (!b.cited[i])
            continue;
        const struct brief_source *src = dgi_brief_source(&b, b.notes[i].document);
        dgi_buf_printf(out, "[^%u]: ", i + 1);
        quote(out, &b, i + 1);
        PUT(" \xE2\x80\x94 ");
        if (src) {
            md(out, src->s.title.len ? src->s.title : src->s.id);
            if (src->s.publisher.len) {
                PUT(", ");
                md(out, src->s.publisher);
            }
            dg_str d = dgi_brief_day(&b, src->s.published, true);
            dgi_buf_printf(out, ", %.*s", (int)d.len, d.ptr);
            if (dgi_str_starts(src->s.url, DGI_S("http")) && dgi_str_find(src->s.url, DGI_S(">")) == SIZE_MAX &&
                dgi_str_find(src->s.url, DGI_S("\n")) == SIZE_MAX)
                dgi_buf_printf(out, " <%.*s>", (int)src->s.url.len, src->s.url.ptr);
        } else
            md(out, b.notes[i].document);
        PUT("\n");
    }
    dgi_brief_free(&b);
    return out->failed ? dgi_fail(err, DG_E_NOMEM, "no memory for the report") : DG_OK;
}
