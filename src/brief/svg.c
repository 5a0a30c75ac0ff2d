/* SPDX-License-Identifier: Apache-2.0 */
/* brief/svg.c: the timeline of a report, drawn: above, each event as a square over (cooperation) or under (conflict) a line;
 * below, the life of each matter from its opening to the day of the report, on the same scale of days.
 *
 * Reads   struct brief
 * Writes  SVG without outside references; its colours are the page's CSS variables
 *
 * Nothing is told by colour alone: cooperation stands above the line, conflict below; deeds are filled, words are hollow;
 * what waits is dashed. Long empty stretches are shortened and marked, or one report from years before would press the
 * rest into a corner. */
#include <math.h>
#include <stdlib.h>

#include "base/day.h"
#include "base/utf8.h"
#include "brief/brief_int.h"

enum {
    WIDTH = 1080,
    LEFT = 330,
    RIGHT = 118,
    STRIP = 146,
    ROW = 36,
    AXIS = 30,
    SQUARE = 9,
    GAP_DAYS = 12,
    MOST_STACK = 6,
    MOST_DAYS = 4096
};

struct scale {
    int32_t day[MOST_DAYS];
    double x[MOST_DAYS];
    bool cut[MOST_DAYS]; /* the stretch before this day is shortened */
    uint32_t n;
};

static int by_day(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return x < y ? -1 : x > y;
}

static void add_day(struct scale *s, int32_t day, int32_t floor_day, int32_t last)
{
    if (day != DGI_NO_DAY && day >= floor_day && day <= last && s->n < MOST_DAYS)
        s->day[s->n++] = day;
}

static void make_scale(struct scale *s, const struct brief *b, int32_t floor_day)
{
    int32_t last = b->o.as_of;
    s->n = 0;
    add_day(s, last, last, last);
    for (uint32_t i = 0; i < b->n_marks; i++)
        add_day(s, b->marks[i].day, floor_day, last);
    for (uint32_t i = 0; i < b->n_items; i++)
        for (uint32_t k = 0; k < b->items[i].n_lines; k++)
            add_day(s, b->items[i].lines[k].c->date, floor_day, last);
    qsort(s->day, s->n, sizeof s->day[0], by_day);
    uint32_t m = 0;
    for (uint32_t i = 0; i < s->n; i++)
        if (!m || s->day[m - 1] != s->day[i])
            s->day[m++] = s->day[i];
    s->n = m;
    double at = 0;
    for (uint32_t i = 0; i < s->n; i++) {
        if (i) {
            int32_t gap = s->day[i] - s->day[i - 1];
            s->cut[i] = gap > 3 * GAP_DAYS;
            at += gap <= GAP_DAYS ? gap : GAP_DAYS + 2.5 * log2((double)gap / GAP_DAYS);
        } else
            s->cut[0] = false;
        s->x[i] = at;
    }
    double lo = LEFT + 14, hi = WIDTH - RIGHT - 14;
    for (uint32_t i = 0; i < s->n; i++)
        s->x[i] = at > 0 ? lo + (hi - lo) * s->x[i] / at : (lo + hi) / 2;
}

static double x_of(const struct scale *s, int32_t day)
{
    if (!s->n || day == DGI_NO_DAY || day < s->day[0])
        return LEFT + 4;
    uint32_t i = 0;
    while (i + 1 < s->n && s->day[i + 1] <= day)
        i++;
    return s->x[i];
}

static void text_cut(struct dgi_buf *out, dg_str s, uint32_t most)
{
    size_t at = 0, cut = s.len;
    uint32_t n = 0;
    while (at < s.len) {
        if (n == most - 1)
            cut = at;
        dgi_utf8_next(s, &at);
        n++;
    }
    if (n <= most) {
        dgi_html(out, s);
        return;
    }
    while (cut && s.ptr[cut - 1] != ' ' && s.len - cut < 16)
        cut--;
    while (cut && (s.ptr[cut - 1] == ' ' || s.ptr[cut - 1] == ','))
        cut--;
    dgi_html(out, dgi_str_sub(s, 0, cut));
    dgi_buf_add(out, DGI_S("\xE2\x80\xA6"));
}

static const char *tone(uint8_t kind, uint8_t status)
{
    switch (status) {
    case DGI_IS_REJECTED:
    case DGI_IS_CARRIED_OUT:
    case DGI_IS_BROKEN:
    case DGI_IS_VIOLATED:
    case DGI_IS_SEVERED:
    case DGI_IS_IMPOSED:
    case DGI_IS_WIDENED:
    case DGI_IS_GROWING:
    case DGI_IS_OCCUPIED:
    case DGI_IS_ANNEXED:
    case DGI_IS_ONGOING:
    case DGI_IS_REFUSED: return "con";
    case DGI_IS_ACCEPTED:
    case DGI_IS_MET:
    case DGI_IS_KEPT:
    case DGI_IS_LIFTED:
    case DGI_IS_EASED:
    case DGI_IS_RESTORED:
    case DGI_IS_PAUSED:
    case DGI_IS_SIGNED:
    case DGI_IS_IN_FORCE:
    case DGI_IS_RETURNED:
    case DGI_IS_HELD:
    case DGI_IS_MEMBER: return "coo";
    case DGI_IS_SUSPENDED: return kind == DGI_IT_AGREEMENT || kind == DGI_IT_RELATION ? "con" : "neu";
    default: return "neu";
    }
}

const char *dgi_brief_tone(uint8_t kind, uint8_t status)
{
    return tone(kind, status);
}

static bool waiting(uint8_t status)
{
    return status == DGI_IS_OPEN || status == DGI_IS_STANDING || status == DGI_IS_PLANNED ||
           status == DGI_IS_PROPOSED || status == DGI_IS_DEFERRED || status == DGI_IS_POSTPONED ||
           status == DGI_IS_CLAIMED || status == DGI_IS_APPLICANT;
}

static void axis(struct dgi_buf *out, const struct brief *b, const struct scale *s, double bottom)
{
    double last = -100;
    int last_year = 0;
    for (uint32_t i = 0; i < s->n; i++) {
        int y, m, d;
        dgi_day_split(s->day[i], &y, &m, &d);
        bool end = i + 1 == s->n;
        if (s->x[i] - last < 58 && !(end && s->x[i] - last > 40))
            continue;
        if (!end && s->x[s->n - 1] - s->x[i] < 58)
            continue;
        dg_str label = dgi_brief_short_day(b, s->day[i]);
        dgi_buf_printf(out, "<line class=\"grid\" x1=\"%.1f\" x2=\"%.1f\" y1=\"20\" y2=\"%.0f\"/>", s->x[i], s->x[i],
                       bottom);
        dgi_buf_printf(out, "<text class=\"tick\" x=\"%.1f\" y=\"%.0f\">%.*s</text>", s->x[i], bottom + 15,
                       (int)label.len, label.ptr);
        if (y != last_year)
            dgi_buf_printf(out, "<text class=\"tick year\" x=\"%.1f\" y=\"%.0f\">%d</text>", s->x[i], bottom + 29, y);
        last_year = y;
        last = s->x[i];
    }
    for (uint32_t i = 1; i < s->n; i++)
        if (s->cut[i]) {
            double x = (s->x[i] + s->x[i - 1]) / 2;
            dgi_buf_printf(
                out,
                "<g class=\"cut\"><title>%d days without a report</title><path d=\"M%.1f %.0fl3 -8m3 8l3 -8\"/></g>",
                s->day[i] - s->day[i - 1] - 1, x - 4.5, (double)STRIP / 2 + 14);
        }
}

static void strip(struct dgi_buf *out, const struct brief *b, const struct scale *s, int32_t floor_day)
{
    double mid = STRIP / 2 + 10;
    dgi_buf_printf(
        out,
        "<text class=\"lab\" x=\"0\" y=\"34\">Reported events</text><text class=\"sub\" x=\"0\" y=\"%.0f\">cooperation above the line</text>"
        "<text class=\"sub\" x=\"0\" y=\"%.0f\">conflict below it</text>",
        mid - 10, mid + 18);
    dgi_buf_printf(out, "<line class=\"base\" x1=\"%d\" x2=\"%d\" y1=\"%.0f\" y2=\"%.0f\"/>", LEFT, WIDTH - RIGHT, mid,
                   mid);
    int32_t day = DGI_NO_DAY;
    int up = 0, down = 0, more_up = 0, more_down = 0;
    double x = 0;
    for (uint32_t i = 0; i <= b->n_marks; i++) { /* marks come in order of day */
        const struct brief_mark *m = i < b->n_marks ? &b->marks[i] : NULL;
        if (m && m->day < floor_day)
            continue;
        double mx = m ? x_of(s, m->day) : 0;
        if (!m || day == DGI_NO_DAY || mx - x >= SQUARE) {
            if (more_up)
                dgi_buf_printf(out, "<text class=\"more\" x=\"%.1f\" y=\"%.0f\">+%d</text>", x,
                               mid - 6 - MOST_STACK * (SQUARE + 1), more_up);
            if (more_down)
                dgi_buf_printf(out, "<text class=\"more\" x=\"%.1f\" y=\"%.0f\">+%d</text>", x,
                               mid + 12 + MOST_STACK * (SQUARE + 1), more_down);
            if (!m)
                break;
            up = down = more_up = more_down = 0;
            day = m->day;
            x = mx;
        }
        int *level = m->conflict ? &down : &up;
        if (*level == MOST_STACK) {
            ++*(m->conflict ? &more_down : &more_up);
            continue;
        }
        double y = m->conflict ? mid + 3 + *level * (SQUARE + 1) : mid - 3 - SQUARE - *level * (SQUARE + 1);
        ++*level;
        dg_str d = dgi_brief_short_day(b, m->day);
        dgi_buf_printf(out, "<a href=\"#n%u\"><title>%.*s \xC2\xB7 ", m->note, (int)d.len, d.ptr);
        dgi_html(out, m->label);
        dgi_buf_printf(out, "</title><rect class=\"%s %s\" x=\"%.1f\" y=\"%.1f\" width=\"%d\" height=\"%d\"/></a>",
                       m->conflict ? "con" : "coo", m->material ? "deed" : "word", x - SQUARE / 2.0 + 0.5, y + 0.5,
                       SQUARE - 1, SQUARE - 1);
    }
}

static int by_weight(const void *a, const void *b)
{
    const struct brief_item *x = *(const struct brief_item *const *)a, *y = *(const struct brief_item *const *)b;
    if (x->weight != y->weight)
        return x->weight > y->weight ? -1 : 1;
    return x->it->index < y->it->index ? -1 : x->it->index > y->it->index;
}
static int by_opening(const void *a, const void *b)
{
    const struct brief_item *x = *(const struct brief_item *const *)a, *y = *(const struct brief_item *const *)b;
    if (x->st.opened != y->st.opened)
        return x->st.opened < y->st.opened ? -1 : 1;
    return x->it->index < y->it->index ? -1 : x->it->index > y->it->index;
}

static void lifeline(struct dgi_buf *out, const struct brief *b, const struct scale *s, const struct brief_item *x,
                     double y, int32_t floor_day)
{
    dg_str who = dgi_brief_who(b, x->it), id = x->it->id;
    double mid = y + ROW / 2.0 - 2, end = x_of(s, b->o.as_of);
    dgi_buf_printf(out, "<a href=\"#%.*s\"><text class=\"row\" x=\"0\" y=\"%.1f\"><tspan class=\"kind\">%s</tspan>  ",
                   (int)id.len, id.ptr, y + 13, dgi_item_kind_name[x->it->kind]);
    text_cut(out, who, 36);
    dgi_buf_printf(out, "</text><text class=\"sub\" x=\"0\" y=\"%.1f\">", y + 27);
    text_cut(out, x->it->content, 54);
    dgi_buf_printf(out, "</text></a><line class=\"rule\" x1=\"0\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>", WIDTH,
                   y + ROW - 2, y + ROW - 2);
    uint8_t status = DGI_IS_NONE;
    double from = 0;
    for (uint32_t i = 0; i <= x->n_lines; i++) {
        const struct brief_line *l = i < x->n_lines ? &x->lines[i] : NULL;
        bool lapse = !l && x->st.lapsed_by_clock;
        if (l && l->status == status && !l->c->due)
            continue;
        double at = l ? x_of(s, l->c->date) : lapse ? x_of(s, x->st.since) : end;
        if (status != DGI_IS_NONE && at > from && !dgi_item_closed(x->it, status))
            dgi_buf_printf(out, "<line class=\"life %s%s\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>",
                           tone(x->it->kind, status), waiting(status) ? " wait" : "", from, at, mid, mid);
        if (l) {
            bool early = l->c->date < floor_day;
            dgi_buf_printf(out, "<a href=\"#n%u\"><title>", l->note);
            dg_str d = dgi_brief_day(b, l->c->date, true);
            dgi_buf_printf(out, "%.*s: %s</title>", (int)d.len, d.ptr,
                           l->c->due ? "condition came about" : dgi_brief_status_words(l->status));
            const char *t = l->c->due ? "con" : tone(x->it->kind, l->status);
            if (early)
                dgi_buf_printf(out, "<path class=\"dot %s\" d=\"M%.1f %.1fl7 -4v8z\"/>", t, at - 4, mid);
            else if (l->c->due)
                dgi_buf_printf(out, "<path class=\"dot due\" d=\"M%.1f %.1fl5.5 5.5l-5.5 5.5l-5.5 -5.5z\"/>", at,
                               mid - 5.5);
            else if (dgi_item_closed(x->it, l->status) && t[2] == 'n')
                dgi_buf_printf(out, "<path class=\"cross %s\" d=\"M%.1f %.1fl8 8m0 -8l-8 8\"/>", t, at - 4, mid - 4);
            else
                dgi_buf_printf(out, "<circle class=\"dot %s%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"4.2\"/>", t,
                               waiting(l->status) ? " wait" : "", at, mid);
            dgi_buf_add(out, DGI_S("</a>"));
            status = l->status;
            from = at;
        }
    }
    dgi_buf_printf(out, "<text class=\"state %s\" x=\"%d\" y=\"%.1f\">%s%s</text>",
                   x->st.due ? "con" : tone(x->it->kind, x->st.status), WIDTH - RIGHT + 12, mid + 4,
                   dgi_brief_status_words(x->st.status), x->st.due ? ", due" : "");
}

void dgi_brief_svg(const struct brief *b, struct dgi_buf *out)
{
    struct scale *s = malloc(sizeof *s);
    const struct brief_item **rows = malloc((b->n_items ? b->n_items : 1) * sizeof *rows);
    uint32_t n = 0;
    if (!s || !rows) {
        out->failed = true;
        free(s);
        free(rows);
        return;
    }
    for (uint32_t i = 0; i < b->n_items; i++)
        if (b->items[i].it->kind != DGI_IT_TOLL)
            rows[n++] = &b->items[i];
    qsort(rows, n, sizeof *rows, by_weight);
    n = n < MOST_LIFELINES ? n : MOST_LIFELINES;
    qsort(rows, n, sizeof *rows, by_opening);
    /* the story begins where its reports do; what is older stands at the left edge */
    int32_t floor_day = b->o.as_of;
    for (uint32_t i = 0; i < b->n_sources; i++)
        if (b->sources[i].s.published != DGI_NO_DAY && b->sources[i].s.published - 30 < floor_day)
            floor_day = b->sources[i].s.published - 30;
    make_scale(s, b, floor_day);
    double bottom = STRIP + 14 + (double)n * ROW, height = bottom + AXIS + 8;
    dgi_buf_printf(
        out,
        "<svg viewBox=\"0 0 %d %.0f\" role=\"group\" aria-label=\"Timeline of reported events and of the life of each matter\">",
        WIDTH, height);
    axis(out, b, s, bottom);
    strip(out, b, s, floor_day);
    for (uint32_t i = 0; i < n; i++)
        lifeline(out, b, s, rows[i], STRIP + 14 + (double)i * ROW, floor_day);
    dgi_buf_add(out, DGI_S("</svg>"));
    free(s);
    free(rows);
}
