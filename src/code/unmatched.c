/* SPDX-License-Identifier: Apache-2.0 */
/* code/unmatched.c: why no row fits a word that rows are about, for `explain --why-not`.
 *
 * Reads   tokens, tree, frame tables
 * Writes  lines of the trace, stage "unmatched"; nothing where there is no trace
 *
 * Run after matching, over the same tests, so that coding knows nothing of it. A word may stand in dozens of rows: told are
 * those that lack least. */
#include <stdio.h>

#include "code/coder.h"

enum { MOST_ROWS = 4, MOST_LACKS = 3 };

/* The words of the row that ask for constraint `n`, as its table has them. */
static dg_str constraint_text(const struct coder *c, const struct frame *f, uint32_t n)
{
    dg_str trigger = dgi_table_cell(dgi_lexicon_table_at(c->t->lex, f->table), f->row, 1), w;
    bool head = true;
    while (trigger.len && dgi_str_next(&trigger, ' ', &w)) {
        if (!w.len || dgi_str_is(w, "passive") || dgi_str_is(w, "active"))
            continue;
        if (!head && !n--)
            return w;
        head = false;
    }
    return DGI_S("?");
}

struct lack { /* what a row asks for that is not there */
    const struct frame *f;
    uint32_t n, con[MOST_LACKS];
    bool voice;
};

static struct lack lacks(const struct coder *c, uint32_t tok, const struct frame *f)
{
    struct lack l = {.f = f, .voice = !dgi_voice_fits(c, tok, f)};
    l.n = l.voice;
    for (uint32_t i = 0; i < f->n_con; i++)
        if (!dgi_constraint_holds(c, tok, &f->con[i], NULL)) {
            if (l.n - l.voice < MOST_LACKS)
                l.con[l.n - l.voice] = i;
            l.n++;
        }
    return l;
}

static void tell(struct coder *c, uint32_t tok, const struct lack *l)
{
    char buf[400];
    size_t n = 0;
    for (uint32_t i = 0; i < l->n - l->voice && i < MOST_LACKS && n < sizeof buf; i++) {
        const struct constraint *k = &l->f->con[l->con[i]];
        dg_str w = constraint_text(c, l->f, l->con[i]);
        bool must_not = k->negated || k->test == TEST_NONE;
        int len = w.len > 120 ? 120 : (int)w.len;
        const char *sep = n ? "; " : "";
        n += (size_t)(must_not ? snprintf(buf + n, sizeof buf - n, "%smust be without '%.*s'", sep, len, w.ptr)
                               : snprintf(buf + n, sizeof buf - n, "%sasks for '%.*s'", sep, len, w.ptr));
    }
    if (l->voice && n < sizeof buf)
        snprintf(buf + n, sizeof buf - n, "%s%s", n ? "; " : "",
                 l->f->flags & FRAME_PASSIVE ? "asks for the passive" : "asks for the active");
    dgi_trace_add(c->doc, tok, "unmatched", "row '%.*s' %s", (int)l->f->id.len, l->f->id.ptr, buf);
}

void dgi_trace_unmatched(struct coder *c, uint32_t tok)
{
    struct word_list wl = c->t->by_frame[c->r.lem[tok]];
    struct lack best[MOST_ROWS];
    uint32_t n = 0, more = 0;
    for (uint32_t k = 0; k < wl.n; k++) {
        const struct frame *f = &c->t->frame[c->t->ix_frame[wl.first + k]];
        if (!dgi_pos_fits(c, tok, f->pos))
            continue;
        struct lack l = lacks(c, tok, f);
        if (!l.n) /* it fits; what was refused of it stands in the trace */
            continue;
        uint32_t at = n < MOST_ROWS ? n++ : MOST_ROWS;
        more += at == MOST_ROWS;
        for (; at > 0 && best[at - 1].n > l.n; at--)
            if (at < MOST_ROWS)
                best[at] = best[at - 1];
        if (at < MOST_ROWS)
            best[at] = l;
    }
    for (uint32_t i = 0; i < n; i++)
        tell(c, tok, &best[i]);
    if (more)
        dgi_trace_add(c->doc, tok, "unmatched", "and %u rows more, which lack as much or more", more);
}

void dgi_trace_other_class(struct coder *c, uint32_t tok)
{
    struct word_list wl = c->t->by_frame[c->r.lem[tok]];
    const struct frame *f = wl.n ? &c->t->frame[c->t->ix_frame[wl.first]] : NULL;
    uint8_t u = c->r.upos[tok];
    if (f && (u == DGI_NOUN || u == DGI_VERB || u == DGI_ADJ || u == DGI_ADV || u == DGI_PROPN))
        dgi_trace_add(c->doc, tok, "unmatched", "stands as %s; its rows are for %s", dgi_upos_name[u],
                      dgi_upos_name[f->pos]);
}
