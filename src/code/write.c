/* SPDX-License-Identifier: Apache-2.0 */
/* code/write.c: events in the making become events of the document.
 *
 * Reads   drafts with status and links, tree
 * Writes  doc->events: trigger, spans, contexts, confidence, actors, links, contents of history */
#include "code/coder.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static bool copy_refs(struct coder *c, const struct actor_refs *r, struct dgi_ref **out, uint32_t *n)
{
    *n = r->n;
    if (!r->n)
        return true;
    *out = dgi_arena_array(c->doc->arena, r->n, sizeof **out);
    if (!*out)
        return false;
    memcpy(*out, r->ref, r->n * sizeof **out);
    return true;
}

static dgi_span hull(const struct coder *c, const struct draft *w)
{
    enum { MAX_GAP = 6 }; /* words between a verb and the noun it carries that still count as one trigger */
    const struct dgi_tok *t = c->doc->toks;
    uint32_t lo = w->tok, hi = w->tok, more[4], n = 0;
    if (w->light_tok != DGI_NONE)
        more[n++] = w->light_tok;
    for (uint32_t i = 0; i < w->n_extra; i++)
        if (dgi_says_something(w->frame->plover) == false || t[w->extra_tok[i]].rel == DGI_REL_COMPOUND_PRT)
            more[n++] = w->extra_tok[i];
    for (uint32_t i = 0; i < n; i++) {
        uint32_t d = more[i] > w->tok ? more[i] - w->tok : w->tok - more[i];
        if (d > MAX_GAP || t[more[i]].sent != t[w->tok].sent)
            continue;
        lo = more[i] < lo ? more[i] : lo;
        hi = more[i] > hi ? more[i] : hi;
    }
    return (dgi_span){t[lo].start, t[hi].end};
}

static dgi_span subtree_span(const struct coder *c, uint32_t tok, bool cut_mark)
{
    if (tok == DGI_NONE)
        return (dgi_span){0, 0};
    const struct dgi_tok *t = c->doc->toks;
    uint32_t first, end;
    dgi_subtree(c->doc, tok, &first, &end);
    while (cut_mark && first < tok &&
           (t[first].rel == DGI_REL_MARK || t[first].rel == DGI_REL_CASE || c->r.upos[first] == DGI_PUNCT) &&
           !dgi_tok_in(c->doc, first, DGI_W_KEPT_MARK))
        first++;
    while (end > tok + 1 && c->r.upos[end - 1] == DGI_PUNCT)
        end--;
    return (dgi_span){t[first].start, t[end - 1].end};
}

/* The words of the content. Of "the response it had promised" the noun alone: the trigger hangs on it. */
static dgi_span content_words(const struct coder *c, const struct draft *w)
{
    const struct dgi_tok *t = c->doc->toks;
    uint32_t first, end, tok = w->content_tok, from = tok;
    if (tok == DGI_NONE || tok == w->tok || c->r.upos[tok] != DGI_NOUN)
        return subtree_span(c, tok, true);
    dgi_subtree(c->doc, tok, &first, &end);
    if (w->tok < first || w->tok >= end)
        return subtree_span(c, tok, true);
    while (from > first && t[from - 1].head == tok &&
           (t[from - 1].rel == DGI_REL_DET || t[from - 1].rel == DGI_REL_AMOD || t[from - 1].rel == DGI_REL_COMPOUND ||
            t[from - 1].rel == DGI_REL_NUMMOD))
        from--;
    return (dgi_span){t[from].start, t[tok].end};
}

/* A word of the name of a state, group or person says nothing of the matter: "the Democratic Republic of Congo". */
static bool in_proper_name(const struct coder *c, uint32_t tok)
{
    uint32_t m = c->r.cover[tok] != DGI_NONE ? c->r.cover[tok] : c->doc->toks[tok].mention;
    if (m == DGI_NONE || c->doc->mentions[m].kind != DGI_MENTION_NAME)
        return false;
    uint8_t type = c->doc->entities[c->doc->mentions[m].entity].type;
    return type == DGI_ENT_COUNTRY || type == DGI_ENT_GROUP || (type == DGI_ENT_PERSON && c->r.upos[tok] == DGI_PROPN);
}

/* PLOVER contexts: of the words below the trigger, and of the verb that carries it. */
static bool set_contexts(struct coder *c, const struct draft *w, struct dgi_coded *e)
{
    uint32_t first, end, lo, hi;
    char buf[512];
    size_t n = 0;
    uint64_t bits = 0;
    dgi_subtree(c->doc, w->tok, &first, &end);
    if (w->light_tok != DGI_NONE) {
        dgi_subtree(c->doc, w->light_tok, &lo, &hi);
        first = lo < first ? lo : first;
        end = hi > end ? hi : end;
    }
    for (uint32_t t = first; t < end; t++)
        if (!in_proper_name(c, t))
            bits |= c->t->context[c->r.lem[t]];
    for (uint32_t k = 0; k < c->t->n_ctx; k++)
        if (bits >> k & 1 && n + c->t->ctx_name[k].len + 2 < sizeof buf)
            n += (size_t)snprintf(buf + n, sizeof buf - n, "%s%.*s", n ? "," : "", (int)c->t->ctx_name[k].len,
                                  c->t->ctx_name[k].ptr);
    if (n)
        e->contexts = dgi_arena_str(c->doc->arena, dgi_strn(buf, n));
    return !n || e->contexts.ptr;
}

/* Where the document was read: a chance (lexicon/en/confidence.tsv). Else only an order, complete events before others. */
static float confidence(const struct coder *c, const struct draft *w)
{
    bool nobody = !w->side[DGI_SIDE_SOURCE].n && !w->side[DGI_SIDE_TARGET].n;
    if (c->doc->read) {
        float seen = dgi_seen(c, w), odds = c->t->sure[SURE_BASE];
        seen = seen < 0.002f ? 0.002f : seen > 0.998f ? 0.998f : seen;
        odds += c->t->sure[SURE_SEEN] * logf(seen / (1 - seen));
        odds += (w->read > 0 ? c->t->sure[SURE_ALONE] : 0) + (nobody ? c->t->sure[SURE_NOBODY] : 0);
        return roundf(1000 / (1 + expf(-odds))) / 1000;
    }
    float p = 0.5f;
    if (w->side[DGI_SIDE_SOURCE].n)
        p += 0.15f;
    if (w->side[DGI_SIDE_TARGET].n)
        p += 0.15f;
    if (w->frame->weight >= 10)
        p += 0.1f;
    if (!w->nominal)
        p += 0.05f;
    if (w->inherited)
        p -= 0.05f;
    return p > 0.95f ? 0.95f : p;
}

static int cmp_work(const void *a, const void *b)
{
    const struct draft *x = *(const struct draft *const *)a, *y = *(const struct draft *const *)b;
    if (dgi_for_board(x->frame) != dgi_for_board(y->frame)) /* what is for the board alone stands last */
        return dgi_for_board(x->frame) ? 1 : -1;
    return (x->tok > y->tok) - (x->tok < y->tok);
}

static bool write_drafts(struct coder *c)
{
    struct dgi_doc *d = c->doc;
    uint32_t n = 0;
    struct draft **order = dgi_arena_array(c->scratch, c->n_w ? c->n_w : 1, sizeof *order);
    if (!order)
        return false;
    for (uint32_t i = 0; i < c->n_w; i++)
        if (!c->w[i].dropped)
            order[n++] = &c->w[i];
    qsort(order, n, sizeof *order, cmp_work);
    d->events = dgi_arena_array(d->arena, n ? n : 1, sizeof *d->events);
    if (!d->events)
        return false;
    d->n_events = d->n_told = 0;
    d->cap_events = n;
    for (uint32_t i = 0; i < n; i++) {
        struct draft *w = order[i];
        struct dgi_coded *e = &d->events[i];
        *(dgi_for_board(w->frame) ? &d->n_told : &d->n_events) += 1;
        w->out = i;
        e->sentence = d->toks[w->tok].sent;
        e->trigger_tok = w->tok;
        e->trigger = hull(c, w);
        memcpy(e->cameo, w->frame->cameo, sizeof e->cameo);
        e->plover = w->frame->plover;
        e->mode = w->frame->mode;
        e->reciprocal = w->recip;
        e->content_of = e->condition_of = e->place = DGI_NONE;
        e->content_span = content_words(c, w);
        e->condition_span = subtree_span(c, w->cond_tok, true);
        e->frame = w->frame->id;
        e->confidence = confidence(c, w);
        if (!set_contexts(c, w, e) || !copy_refs(c, &w->side[DGI_SIDE_SOURCE], &e->source, &e->n_source) ||
            !copy_refs(c, &w->side[DGI_SIDE_TARGET], &e->target, &e->n_target) || !dgi_set_event(c, w, e))
            return false;
        e->status = w->status;
        e->negated = w->negated;
    }
    return true;
}

/* "suspended it on May 3, hours after soldiers shot at": what goes with a deed of long ago is as old. Not dated by
 * publication. */
static void spread_history(struct coder *c)
{
    struct dgi_doc *d = c->doc;
    for (uint32_t i = 0; i < c->n_w; i++) {
        const struct draft *w = &c->w[i];
        uint32_t h = d->toks[w->clause].head;
        if (w->out == DGI_NONE || dgi_rel_base(d->toks[w->clause].rel) != DGI_REL_ADVCL || h == DGI_NONE ||
            c->ev[h] == DGI_NONE || c->r.form[w->clause] != DGI_FORM_PAST || c->w[c->ev[h]].out == DGI_NONE)
            continue;
        struct dgi_coded *a = &d->events[w->out], *b = &d->events[c->w[c->ev[h]].out];
        struct dgi_coded *young = a->status == DGI_ST_ACTUAL ? a : b, *old = young == a ? b : a;
        if (old->status != DGI_ST_HISTORICAL || young->status != DGI_ST_ACTUAL || young->date_from_text)
            continue;
        young->status = DGI_ST_HISTORICAL;
        young->date = (struct dgi_day_range){DGI_NO_DAY, DGI_NO_DAY, DGI_P_UNKNOWN};
    }
}

static bool write_links(struct coder *c)
{
    struct dgi_doc *d = c->doc;
    for (uint32_t i = 0; i < c->n_w; i++) {
        struct draft *w = &c->w[i];
        if (w->out == DGI_NONE)
            continue;
        if (w->parent != DGI_NONE && c->w[w->parent].out != DGI_NONE) {
            d->events[w->out].content_of = c->w[w->parent].out;
            d->events[c->w[w->parent].out].n_content++;
        }
        if (w->parent_cond != DGI_NONE && c->w[w->parent_cond].out != DGI_NONE) {
            d->events[w->out].condition_of = c->w[w->parent_cond].out;
            d->events[c->w[w->parent_cond].out].n_condition++;
        }
    }
    for (uint32_t i = 0; i < d->n_events; i++) {
        struct dgi_coded *e = &d->events[i];
        if (e->n_content && !(e->content = dgi_arena_array(d->arena, e->n_content, sizeof *e->content)))
            return false;
        if (e->n_condition && !(e->condition = dgi_arena_array(d->arena, e->n_condition, sizeof *e->condition)))
            return false;
        e->n_content = e->n_condition = 0;
    }
    for (uint32_t i = 0; i < d->n_events; i++) {
        struct dgi_coded *e = &d->events[i];
        if (e->content_of != DGI_NONE) {
            struct dgi_coded *p = &d->events[e->content_of];
            p->content[p->n_content++] = i;
            if (p->deadline.start == DGI_NO_DAY && p->deadline.end == DGI_NO_DAY) {
                p->deadline = e->deadline;
                p->deadline_span = e->deadline_span;
            }
        }
        if (e->condition_of != DGI_NONE) {
            struct dgi_coded *p = &d->events[e->condition_of];
            p->condition[p->n_condition++] = i;
        }
    }
    return true;
}

bool dgi_write_events(struct coder *c)
{
    if (!write_drafts(c) || !write_links(c))
        return false;
    spread_history(c);
    return true;
}
