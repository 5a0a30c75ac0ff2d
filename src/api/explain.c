/* SPDX-License-Identifier: Apache-2.0 */
/* api/explain.c: why an event was coded: sentence, tree, frame with file and line, slots, what was refused.
 *
 * And why nothing was: a line for each word that a row is about. The stages left lines in doc->trace; here they are put in
 * order and set. */
#include <stdlib.h>

#include "api/api.h"
#include "base/day.h"

struct page {
    struct dgi_buf *out;
    const struct dg_doc *doc;
};

static void one_line(struct dgi_buf *out, dg_str s)
{
    bool gap = false;
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if (c <= ' ') {
            gap = true;
            continue;
        }
        if (gap && out->len && out->ptr[out->len - 1] != '\n')
            dgi_buf_add(out, DGI_S(" "));
        gap = false;
        dgi_buf_add(out, dgi_strn(s.ptr + i, 1));
    }
}

/* The tree, a line a word, indented by depth, the trigger marked. */
static void tree(struct page *p, const struct dgi_coded *e)
{
    const struct dgi_doc *d = p->doc->d;
    const struct dgi_sent *s = &d->sents[e->sentence];
    dgi_buf_add(p->out, DGI_S("tree\n"));
    for (uint32_t t = s->first; t < s->end; t++) {
        const struct dgi_tok *k = &d->toks[t];
        uint32_t depth = 0;
        for (uint32_t h = t; d->toks[h].head != DGI_NONE && depth < s->end - s->first; h = d->toks[h].head)
            depth++;
        dgi_buf_printf(p->out, "  %c %3u %*s%.*s  %s %s", t == e->trigger_tok ? '>' : ' ', t - s->first + 1,
                       (int)(depth < 24 ? depth : 24) * 2, "", (int)k->form.len, k->form.ptr, dgi_upos_name[k->upos],
                       k->head == DGI_NONE ? "root" : dgi_rel_name[k->rel]);
        if (k->head != DGI_NONE)
            dgi_buf_printf(p->out, " < %u", k->head - s->first + 1);
        if (k->mention != DGI_NONE && k->mention < d->n_mentions && d->mentions[k->mention].entity < d->n_entities) {
            const struct dgi_entity *x = &d->entities[d->mentions[k->mention].entity];
            dgi_buf_printf(p->out, "   [%.*s]", (int)x->actor.len, x->actor.ptr);
        }
        dgi_buf_add(p->out, DGI_S("\n"));
    }
}

static void refs(struct page *p, const char *slot, const struct dgi_ref *r, uint32_t n)
{
    const struct dgi_doc *d = p->doc->d;
    dgi_buf_printf(p->out, "  %-10s", slot);
    if (!n)
        dgi_buf_add(p->out, DGI_S("nobody"));
    for (uint32_t i = 0; i < n; i++) {
        const struct dgi_entity *x = r[i].entity < d->n_entities ? &d->entities[r[i].entity] : NULL;
        if (!x)
            continue;
        dgi_buf_printf(p->out, "%s%.*s (%.*s)", i ? "; " : "", (int)x->name.len, x->name.ptr, (int)x->actor.len,
                       x->actor.ptr);
        if (r[i].span.end > r[i].span.start) {
            dgi_buf_add(p->out, DGI_S(" from '"));
            one_line(p->out, dgi_slice(d, r[i].span));
            dgi_buf_add(p->out, DGI_S("'"));
        } else {
            dgi_buf_add(p->out, DGI_S(" implied"));
        }
    }
    dgi_buf_add(p->out, DGI_S("\n"));
}

static void links(struct page *p, const char *word, const uint32_t *ids, uint32_t n)
{
    const struct dgi_doc *d = p->doc->d;
    for (uint32_t i = 0; i < n; i++)
        if (ids[i] < d->n_events) {
            dg_str w = dgi_slice(d, d->events[ids[i]].trigger);
            dgi_buf_printf(p->out, "  %-10sevent %u, %s '%.*s'\n", word, ids[i] + 1,
                           dgi_plover_name[d->events[ids[i]].plover], (int)w.len, w.ptr);
        }
}

static void result(struct page *p, const struct dgi_coded *e)
{
    const struct dgi_doc *d = p->doc->d;
    char from[16], to[16];
    refs(p, "source", e->source, e->n_source);
    refs(p, "target", e->target, e->n_target);
    dgi_buf_printf(p->out, "  %-10s%s%s\n", "status", e->negated ? "negated, " : "", dgi_status_name[e->status]);
    dgi_day_format(e->date.start, from);
    dgi_day_format(e->date.end, to);
    dgi_buf_printf(p->out, "  %-10s%s to %s, from the %s\n", "date", from, to,
                   e->date_from_text ? "text" : "publication");
    if (e->place < d->n_places)
        dgi_buf_printf(p->out, "  %-10s%.*s %s, from the %s\n", "place", (int)d->places[e->place].name.len,
                       d->places[e->place].name.ptr, d->places[e->place].country, dgi_place_from_name[e->place_from]);
    links(p, "content", e->content, e->n_content);
    links(p, "condition", e->condition, e->n_condition);
    for (uint32_t i = 0; i < e->n_claimed_by; i++)
        if (e->claimed_by[i] < d->n_entities)
            dgi_buf_printf(p->out, "  %-10s%.*s\n", "claimed by", (int)d->entities[e->claimed_by[i]].name.len,
                           d->entities[e->claimed_by[i]].name.ptr);
}

static void trace(struct page *p, const struct dgi_coded *e)
{
    const struct dgi_trace *t = p->doc->d->trace;
    dgi_buf_add(p->out, DGI_S("how\n"));
    for (uint32_t i = 0; i < t->n; i++)
        if (t->lines[i].tok == e->trigger_tok)
            dgi_buf_printf(p->out, "  %-10.*s%.*s\n", (int)t->lines[i].stage.len, t->lines[i].stage.ptr,
                           (int)t->lines[i].text.len, t->lines[i].text.ptr);
}

dg_status dg_explain(dg_text *out, const dg_doc *doc, uint32_t event, dg_error *err)
{
    struct dgi_buf buf = {0};
    struct page p = {&buf, doc};
    const struct dgi_table *table;
    char file[128];
    uint32_t line;
    *out = (dg_text){NULL, 0};
    if (event >= doc->d->n_events)
        return dgi_fail(err, DG_E_ARG, "the document has %u events", doc->d->n_events);
    if (!doc->d->trace)
        return dgi_fail(err, DG_E_ARG, "the document was coded without trace");
    const struct dgi_coded *e = &doc->d->events[event];
    dg_str id = e->id, name = dgi_codes_cameo_name(&doc->model->codes, dgi_str(e->cameo));
    dg_str trigger = dgi_slice(doc->d, e->trigger);
    dgi_buf_printf(&buf, "event %u  %.*s  '%.*s'  %s  %s %.*s\n", event + 1, (int)id.len, id.ptr, (int)trigger.len,
                   trigger.ptr, dgi_plover_name[e->plover], e->cameo, (int)name.len, name.ptr);
    dgi_buf_add(&buf, DGI_S("sentence\n  "));
    one_line(&buf, dgi_slice(doc->d, doc->d->sents[e->sentence].span));
    dgi_buf_add(&buf, DGI_S("\n"));
    tree(&p, e);
    dgi_buf_printf(&buf, "frame\n  %.*s", (int)e->frame.len, e->frame.ptr);
    if (dgi_coder_frame_where(doc->model->frames, e->frame, &table, &line))
        dgi_buf_printf(&buf, "  %s:%u", dgi_table_file(table, file, sizeof file), line);
    dgi_buf_add(&buf, DGI_S("\nresult\n"));
    result(&p, e);
    trace(&p, e);
    return dgi_text_give(out, &buf, err);
}

/* ---- why not ---- */
/* The events of each word, so that none is looked for in the whole document. */
struct by_trigger {
    uint32_t *first, *next;             /* of a word; of an event: 1 + an event's index, 0: none */
    const struct dgi_trace_line **line; /* those that say why not, by word */
    uint32_t n_lines;
};

static bool says_why_not(const struct dgi_trace_line *l)
{
    return dgi_str_is(l->stage, "refused") || dgi_str_is(l->stage, "unmatched") || dgi_str_is(l->stage, "topic");
}

static int by_word(const void *a, const void *b)
{
    const struct dgi_trace_line *const *x = a, *const *y = b;
    if ((*x)->tok != (*y)->tok)
        return (*x)->tok < (*y)->tok ? -1 : 1;
    return (*x > *y) - (*x < *y);
}

static bool by_trigger(struct by_trigger *t, const struct dgi_doc *d, dgi_arena *a)
{
    t->first = dgi_arena_array(a, (size_t)d->n_toks + 1, sizeof *t->first);
    t->next = dgi_arena_array(a, (size_t)d->n_events + 1, sizeof *t->next);
    t->line = dgi_arena_array(a, (size_t)d->trace->n + 1, sizeof *t->line);
    t->n_lines = 0;
    if (!t->first || !t->next || !t->line)
        return false;
    for (uint32_t i = d->n_events; i-- > 0;)
        if (d->events[i].trigger_tok < d->n_toks) {
            t->next[i] = t->first[d->events[i].trigger_tok];
            t->first[d->events[i].trigger_tok] = i + 1;
        }
    for (uint32_t i = 0; i < d->trace->n; i++)
        if (says_why_not(&d->trace->lines[i]) && d->trace->lines[i].tok < d->n_toks)
            t->line[t->n_lines++] = &d->trace->lines[i];
    qsort(t->line, t->n_lines, sizeof *t->line, by_word);
    return true;
}

static bool said_before(const struct dgi_trace_line *const *l, uint32_t from, uint32_t i)
{
    for (uint32_t k = from; k < i; k++)
        if (dgi_str_eq(l[k]->text, l[i]->text))
            return true;
    return false;
}

/* A word that became events: which. */
static void coded(struct page *p, const struct by_trigger *t, uint32_t tok)
{
    const struct dgi_doc *d = p->doc->d;
    for (uint32_t i = t->first[tok]; i; i = t->next[i - 1]) {
        dg_str w = dgi_slice(d, d->events[i - 1].trigger), frame = d->events[i - 1].frame;
        dgi_buf_printf(p->out, "  %-14.*s coded     event %u, row '%.*s'\n", (int)w.len, w.ptr, i, (int)frame.len,
                       frame.ptr);
    }
}

/* A sentence from its first word to its last; *at: the next of the lines. */
static void sentence_words(struct page *p, const struct by_trigger *t, const struct dgi_sent *s, uint32_t *at)
{
    const struct dgi_doc *d = p->doc->d;
    bool some = false;
    for (uint32_t tok = s->first; tok < s->end; tok++) {
        uint32_t from = *at;
        while (*at < t->n_lines && t->line[*at]->tok == tok)
            ++*at;
        coded(p, t, tok);
        some |= t->first[tok] || *at > from;
        for (uint32_t k = from; k < *at && !t->first[tok]; k++)
            if (dgi_str_is(t->line[k]->stage, "topic")) /* of the sentence, not of its first word */
                dgi_buf_printf(p->out, "  not coded: %.*s\n", (int)t->line[k]->text.len, t->line[k]->text.ptr);
            else if (!said_before(t->line, from, k))
                dgi_buf_printf(p->out, "  %-14.*s %-9.*s %.*s\n", (int)d->toks[tok].form.len, d->toks[tok].form.ptr,
                               (int)t->line[k]->stage.len, t->line[k]->stage.ptr, (int)t->line[k]->text.len,
                               t->line[k]->text.ptr);
    }
    if (s->end - s->first > DGI_CODE_MAX_WORDS)
        dgi_buf_printf(p->out, "  not coded: %u words, more than %d\n", s->end - s->first, DGI_CODE_MAX_WORDS);
    else if (!some)
        dgi_buf_add(p->out, DGI_S("  not coded: no word of it stands in a row of the frame tables\n"));
}

dg_status dg_explain_not(dg_text *out, const dg_doc *doc, dg_error *err)
{
    const struct dgi_doc *d = doc->d;
    struct dgi_buf buf = {0};
    struct page p = {&buf, doc};
    struct by_trigger t;
    uint32_t at = 0;
    *out = (dg_text){NULL, 0};
    if (!d->trace)
        return dgi_fail(err, DG_E_ARG, "the document was coded without trace");
    dgi_arena *a = dgi_arena_new(0);
    bool ok = a && by_trigger(&t, d, a);
    for (uint32_t s = 0; ok && s < d->n_sents; s++) {
        dgi_buf_printf(&buf, "%ssentence %u\n  ", s ? "\n" : "", s + 1);
        one_line(&buf, dgi_slice(d, d->sents[s].span));
        dgi_buf_add(&buf, DGI_S("\n"));
        while (at < t.n_lines && t.line[at]->tok < d->sents[s].first)
            at++;
        sentence_words(&p, &t, &d->sents[s], &at);
    }
    dgi_arena_free(a);
    if (!ok) {
        dgi_buf_free(&buf);
        return dgi_fail(err, DG_E_NOMEM, "no memory to explain a document");
    }
    return dgi_text_give(out, &buf, err);
}
