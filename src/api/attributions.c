/* SPDX-License-Identifier: Apache-2.0 */
/* api/attributions.c: the record's list "attributions" and its handles, made when they are asked for. */
#include "quote/attribution.h"

#include <assert.h>
#include <stdlib.h>

#include "api.h"
#include "event/from_doc.h"

static dg_span points(const struct dg_doc *doc, dgi_span s)
{
    return s.end > s.start ? (dg_span){dgi_cpmap_cp(&doc->map, s.start), dgi_cpmap_cp(&doc->map, s.end)}
                           : (dg_span){0, 0};
}

dg_status dgi_attributions_of(const struct dg_doc *doc, dgi_arena *a, struct dgi_ev_doc *ev, dg_error *err)
{
    struct dgi_attribution *list;
    uint32_t n;
    dg_status st = dgi_attributions(doc->model->quotes, doc->d, a, &list, &n, err);
    if (st != DG_OK)
        return st;
    struct dgi_ev_attribution *out = dgi_arena_array(a, n + 1, sizeof *out);
    bool ok = out != NULL;
    for (uint32_t i = 0; ok && i < n; i++) {
        const struct dgi_statement *s = &list[i].s;
        struct dgi_ev_attribution *o = &out[i];
        dg_span *spans = dgi_arena_array(a, s->n_content + 1, sizeof *spans);
        for (uint32_t k = 0; spans && k < s->n_content; k++)
            spans[k] = points(doc, s->content[k]);
        if (s->speaker < ev->n_entities)
            o->s.speaker = ev->entities[s->speaker].actor;
        o->s.speaker.span = points(doc, s->speaker_span);
        o->s.id = dgi_arena_printf(a, "a%u", i + 1);
        o->s.kind = s->kind;
        o->s.cue = points(doc, s->cue);
        o->s.stretches = spans;
        o->s.n_stretches = s->n_content;
        o->s.content = dgi_ev_said(a, doc->d, s);
        o->s.sentence = s->sentence;
        o->s.negated = s->negated;
        o->sense = list[i].sense;
        o->confidence = list[i].confidence;
        if (list[i].statement < ev->n_statements)
            o->statement = ev->statements[list[i].statement].id;
        ok = spans && o->s.id.ptr && o->s.content.ptr;
    }
    ev->attributions = out;
    ev->n_attributions = n;
    return ok ? DG_OK : dgi_fail(err, DG_E_NOMEM, "no memory for the attributions");
}

struct dg_attributions {
    dgi_arena *a;
    const struct dgi_ev_attribution *list;
    uint32_t n;
};

dg_status dg_doc_attributions(dg_attributions **out, const dg_doc *doc, dg_error *err)
{
    struct dgi_ev_doc ev = doc->ev;
    dg_attributions *list = calloc(1, sizeof *list);
    *out = NULL;
    if (list)
        list->a = dgi_arena_new(0);
    dg_status st = list && list->a ? dgi_attributions_of(doc, list->a, &ev, err)
                                   : dgi_fail(err, DG_E_NOMEM, "no memory for the attributions");
    if (st != DG_OK) {
        dg_attributions_free(list);
        return st;
    }
    list->list = ev.attributions;
    list->n = ev.n_attributions;
    *out = list;
    return DG_OK;
}

void dg_attributions_free(dg_attributions *list)
{
    if (!list)
        return;
    dgi_arena_free(list->a);
    free(list);
}

uint32_t dg_attributions_n(const dg_attributions *list)
{
    return list->n;
}
const dg_attribution *dg_attributions_at(const dg_attributions *list, uint32_t i)
{
    assert(i < list->n);
    return (const dg_attribution *)&list->list[i];
}
