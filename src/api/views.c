/* SPDX-License-Identifier: Apache-2.0 */
/* api/views.c: the public, read-only side of a document: ids, and structs in code points. */
#include <math.h>

#include "api/api.h"
#include "base/day.h"

static dg_span cp_span(const struct dg_doc *doc, dgi_span s)
{
    if (s.end <= s.start)
        return (dg_span){0, 0};
    return (dg_span){dgi_cpmap_cp(&doc->map, s.start), dgi_cpmap_cp(&doc->map, s.end)};
}

static dg_actor actor_view(const struct dg_doc *doc, uint32_t e, dgi_span span)
{
    dg_actor a = {.span = cp_span(doc, span)};
    if (e >= doc->d->n_entities)
        return a;
    const struct dgi_entity *x = &doc->d->entities[e];
    a.id = x->actor;
    a.name = x->name;
    a.country = dgi_str(x->country);
    a.cameo = x->cameo;
    a.sectors = x->sectors;
    return a;
}

static dg_actor *refs_view(const struct dg_doc *doc, const struct dgi_ref *r, uint32_t n)
{
    dg_actor *a = dgi_arena_array(doc->d->arena, n + 1, sizeof *a);
    for (uint32_t i = 0; a && i < n; i++)
        a[i] = actor_view(doc, r[i].entity, r[i].span);
    return a;
}

static bool statement_view(const struct dg_doc *doc, const struct dgi_statement *s, dg_statement *out)
{
    dg_span *content = dgi_arena_array(doc->d->arena, s->n_content + 1, sizeof *content);
    if (!content)
        return false;
    for (uint32_t i = 0; i < s->n_content; i++)
        content[i] = cp_span(doc, s->content[i]);
    *out = (dg_statement){.kind = dgi_str(dgi_statement_kind_name[s->kind]),
                          .speaker = actor_view(doc, s->speaker, s->speaker_span),
                          .cue = cp_span(doc, s->cue),
                          .content = content,
                          .n_content = s->n_content,
                          .addressee = actor_view(doc, s->addressee, (dgi_span){0, 0}),
                          .sentence = s->sentence,
                          .negated = s->negated};
    return true;
}

static bool event_view(const struct dg_doc *doc, const struct dgi_coded *e, dg_event *out)
{
    const struct dgi_codes *codes = &doc->model->codes;
    dg_str cameo = dgi_str(e->cameo);
    *out = (dg_event){.id = e->id, .sentence = e->sentence, .trigger = cp_span(doc, e->trigger)};
    out->trigger_text = dgi_slice(doc->d, e->trigger);
    out->source = refs_view(doc, e->source, e->n_source);
    out->target = refs_view(doc, e->target, e->n_target);
    out->n_source = e->n_source;
    out->n_target = e->n_target;
    out->reciprocal = e->reciprocal;
    out->cameo = cameo;
    out->cameo_name = dgi_codes_cameo_name(codes, cameo);
    out->plover = dgi_str(dgi_plover_name[e->plover]);
    out->mode = e->mode;
    out->contexts = e->contexts;
    if (!dgi_codes_goldstein(codes, cameo, &out->goldstein))
        out->goldstein = (double)NAN;
    out->quad = dgi_codes_quad(cameo);
    out->status = e->status;
    out->negated = e->negated;
    out->statement = e->statement;
    out->date = (dg_dates){e->date.start, e->date.end, dgi_str(dgi_precision_name[e->date.precision])};
    out->date_from_text = e->date_from_text;
    out->lat = out->lon = (double)NAN;
    if (e->place < doc->d->n_places) {
        const struct dgi_place *p = &doc->d->places[e->place];
        out->place = p->name;
        out->place_country = dgi_str(p->country);
        out->lat = p->lat;
        out->lon = p->lon;
    }
    out->content_of = e->content_of;
    out->condition_of = e->condition_of;
    out->content_span = cp_span(doc, e->content_span);
    out->condition_span = cp_span(doc, e->condition_span);
    out->confidence = (double)e->confidence;
    out->frame = e->frame;
    return out->source && out->target;
}

bool dgi_views_make(struct dg_doc *doc)
{
    struct dgi_doc *d = doc->d;
    doc->statements = dgi_arena_array(d->arena, d->n_statements + 1, sizeof *doc->statements);
    doc->events = dgi_arena_array(d->arena, d->n_events + 1, sizeof *doc->events);
    if (!doc->statements || !doc->events || !dgi_cpmap_init(&doc->map, d->arena, d->text))
        return false;
    for (uint32_t i = 0; i < d->n_statements; i++)
        if (!statement_view(doc, &d->statements[i], &doc->statements[i]))
            return false;
    for (uint32_t i = 0; i < d->n_events; i++)
        if (!event_view(doc, &d->events[i], &doc->events[i]))
            return false;
    return true;
}

dg_str dg_doc_text(const dg_doc *doc) { return doc->d->text; }
dg_str dg_doc_warning(const dg_doc *doc) { return dgi_str(doc->warning); }
dg_str dg_doc_id(const dg_doc *doc) { return doc->d->meta.id; }
dg_str dg_doc_url(const dg_doc *doc) { return doc->d->meta.url; }
dg_str dg_doc_title(const dg_doc *doc) { return doc->d->meta.title; }
dg_str dg_doc_author(const dg_doc *doc) { return doc->d->meta.author; }
dg_str dg_doc_publisher(const dg_doc *doc) { return doc->d->meta.publisher; }
int32_t dg_doc_published(const dg_doc *doc) { return doc->d->meta.published; }
dg_str dg_doc_published_from(const dg_doc *doc) { return doc->d->meta.published_from; }
uint32_t dg_doc_n_tokens(const dg_doc *doc) { return doc->d->n_toks; }
uint32_t dg_doc_n_sentences(const dg_doc *doc) { return doc->d->n_sents; }
dg_span dg_doc_sentence(const dg_doc *doc, uint32_t sent) { return cp_span(doc, doc->d->sents[sent].span); }
dg_str dg_token_form(const dg_doc *doc, uint32_t tok) { return doc->d->toks[tok].form; }
dg_str dg_token_lemma(const dg_doc *doc, uint32_t tok) { return doc->d->toks[tok].lemma; }
dg_str dg_token_upos(const dg_doc *doc, uint32_t tok) { return dgi_str(dgi_upos_name[doc->d->toks[tok].upos]); }
dg_str dg_token_deprel(const dg_doc *doc, uint32_t tok) { return dgi_str(dgi_rel_name[doc->d->toks[tok].rel]); }
uint32_t dg_token_head(const dg_doc *doc, uint32_t tok) { return doc->d->toks[tok].head; }
dg_span dg_token_span(const dg_doc *doc, uint32_t tok)
{
    return cp_span(doc, (dgi_span){doc->d->toks[tok].start, doc->d->toks[tok].end});
}
uint32_t dg_doc_n_statements(const dg_doc *doc) { return doc->d->n_statements; }
const dg_statement *dg_doc_statement(const dg_doc *doc, uint32_t i) { return &doc->statements[i]; }
uint32_t dg_doc_n_events(const dg_doc *doc) { return doc->d->n_events; }
const dg_event *dg_doc_event(const dg_doc *doc, uint32_t i) { return &doc->events[i]; }
uint32_t dg_doc_n_entities(const dg_doc *doc) { return doc->d->n_entities; }
dg_actor dg_doc_entity(const dg_doc *doc, uint32_t i)
{
    dgi_span first = {0, 0};
    for (uint32_t m = 0; m < doc->d->n_mentions; m++)
        if (doc->d->mentions[m].entity == i) {
            first = doc->d->mentions[m].span;
            break;
        }
    return actor_view(doc, i, first);
}

int32_t dg_day_parse(dg_str iso)
{
    struct dgi_day_range r;
    return iso.len == 10 && dgi_day_parse(iso, &r) ? r.start : DG_NO_DAY;
}

void dg_day_format(int32_t day, char out[16])
{
    dgi_day_format(day, out);
}
