/* SPDX-License-Identifier: Apache-2.0 */
/* api/views.c: the public, read-only side of a document: getters over the resolved document, and over its tokens.
 *
 * A handle is the resolved structure itself under an opaque name; only an event, whose scales come from the lexicon, has a
 * structure of its own that knows the document. */
#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "api/api.h"
#include "base/day.h"

static dg_span cp_span(const struct dg_doc *doc, dgi_span s)
{
    if (s.end <= s.start)
        return (dg_span){0, 0};
    return (dg_span){dgi_cpmap_cp(&doc->map, s.start), dgi_cpmap_cp(&doc->map, s.end)};
}

static dg_str named(const char *const *names, uint32_t n, uint32_t i)
{
    return i < n ? dgi_str(names[i]) : (dg_str){"", 0};
}

bool dgi_views_make(struct dg_doc *doc)
{
    struct dgi_doc *d = doc->d;
    doc->events = dgi_arena_array(d->arena, (size_t)doc->ev.n_coded + 1, sizeof *doc->events);
    if (!doc->events || !dgi_cpmap_init(&doc->map, d->arena, d->text))
        return false;
    for (uint32_t i = 0; i < doc->ev.n_coded; i++)
        doc->events[i] = (struct dg_event){&doc->ev.events[i], doc};
    return true;
}

/* ---- the document ---- */
dg_str dg_doc_text(const dg_doc *doc)
{
    return doc->d->text;
}
dg_str dg_doc_warning(const dg_doc *doc)
{
    return dgi_str(doc->warning);
}
dg_str dg_doc_lang(const dg_doc *doc)
{
    return doc->d->meta.lang;
}
bool dg_doc_foreign(const dg_doc *doc)
{
    return doc->foreign;
}
dg_str dg_doc_id(const dg_doc *doc)
{
    return doc->ev.meta.id;
}
dg_str dg_doc_url(const dg_doc *doc)
{
    return doc->d->meta.url;
}
dg_str dg_doc_title(const dg_doc *doc)
{
    return doc->d->meta.title;
}
dg_str dg_doc_author(const dg_doc *doc)
{
    return doc->d->meta.author;
}
dg_str dg_doc_publisher(const dg_doc *doc)
{
    return doc->d->meta.publisher;
}
int32_t dg_doc_published(const dg_doc *doc)
{
    return doc->d->meta.published;
}
dg_str dg_doc_published_from(const dg_doc *doc)
{
    return doc->d->meta.published_from;
}
uint32_t dg_doc_n_tokens(const dg_doc *doc)
{
    return doc->d->n_toks;
}
uint32_t dg_doc_n_sentences(const dg_doc *doc)
{
    return doc->ev.n_sentences;
}
dg_span dg_doc_sentence(const dg_doc *doc, uint32_t sent)
{
    assert(sent < doc->ev.n_sentences);
    return (dg_span){doc->ev.sentences[sent].start, doc->ev.sentences[sent].end};
}

static const struct dgi_tok *token(const dg_doc *doc, uint32_t tok)
{
    assert(tok < doc->d->n_toks);
    return &doc->d->toks[tok];
}
dg_str dg_token_form(const dg_doc *doc, uint32_t tok)
{
    return token(doc, tok)->form;
}
dg_str dg_token_lemma(const dg_doc *doc, uint32_t tok)
{
    return token(doc, tok)->lemma;
}
dg_str dg_token_upos(const dg_doc *doc, uint32_t tok)
{
    return dgi_str(dgi_upos_name[token(doc, tok)->upos]);
}
dg_str dg_token_xpos(const dg_doc *doc, uint32_t tok)
{
    return token(doc, tok)->xpos;
}
dg_str dg_token_feats(const dg_doc *doc, uint32_t tok)
{
    return token(doc, tok)->feats;
}
dg_str dg_token_deprel(const dg_doc *doc, uint32_t tok)
{
    return dgi_str(dgi_rel_name[token(doc, tok)->rel]);
}
uint32_t dg_token_head(const dg_doc *doc, uint32_t tok)
{
    return token(doc, tok)->head;
}
uint32_t dg_token_sentence(const dg_doc *doc, uint32_t tok)
{
    return token(doc, tok)->sent;
}
dg_span dg_token_span(const dg_doc *doc, uint32_t tok)
{
    return cp_span(doc, (dgi_span){token(doc, tok)->start, token(doc, tok)->end});
}

/* What a document holds: a count, and a handle for each. */
#define LIST(handle, plural, n_field, at)                                                                              \
    uint32_t dg_doc_n_##plural(const dg_doc *doc)                                                                      \
    {                                                                                                                  \
        return doc->ev.n_field;                                                                                        \
    }                                                                                                                  \
    const dg_##handle *dg_doc_##handle(const dg_doc *doc, uint32_t i)                                                  \
    {                                                                                                                  \
        assert(i < doc->ev.n_field);                                                                                   \
        return (const dg_##handle *)&doc->at[i];                                                                       \
    }
LIST(statement, statements, n_statements, ev.statements)
LIST(event, events, n_coded, events)
LIST(entity, entities, n_entities, ev.entities)
LIST(time, times, n_times, ev.times)
LIST(place, places, n_places, ev.places)
LIST(quantity, quantities, n_quantities, ev.quantities)
LIST(name, names, n_names, ev.names)

/* ---- its parts ---- */
/* GET(handle, structure, type, getter, expression of x) */
#define GET(handle, S, type, name, value)                                                                              \
    type dg_##handle##_##name(const dg_##handle *handle)                                                               \
    {                                                                                                                  \
        const struct S *x = (const struct S *)handle;                                                                  \
        return value;                                                                                                  \
    }
/* The same of element i of a list of n. */
#define GET_AT(handle, S, type, name, n, value)                                                                        \
    type dg_##handle##_##name(const dg_##handle *handle, uint32_t i)                                                   \
    {                                                                                                                  \
        const struct S *x = (const struct S *)handle;                                                                  \
        assert(i < x->n);                                                                                              \
        return value;                                                                                                  \
    }

GET(actor, dgi_ev_actor, dg_str, id, x->id)
GET(actor, dgi_ev_actor, dg_str, name, x->name)
GET(actor, dgi_ev_actor, dg_str, country, dgi_str(x->country))
GET(actor, dgi_ev_actor, dg_str, cameo, x->cameo)
GET(actor, dgi_ev_actor, dg_str, sectors, x->sectors)
GET(actor, dgi_ev_actor, dg_span, span, x->span)

GET(place, dgi_ev_place, dg_str, name, x->name)
GET(place, dgi_ev_place, dg_str, country, dgi_str(x->country))
GET(place, dgi_ev_place, dg_str, admin1, x->admin1)
GET(place, dgi_ev_place, double, lat, x->lat)
GET(place, dgi_ev_place, double, lon, x->lon)
GET(place, dgi_ev_place, int64_t, geonames, x->geonames)
GET(place, dgi_ev_place, dg_str, precision, named(dgi_place_precision_name, DGI_N_PLACE_PRECISION, x->precision))
GET(place, dgi_ev_place, dg_span, span, x->span)
GET(place, dgi_ev_place, dg_str, feature, x->feature)
GET(place, dgi_ev_place, dg_str, from, named(dgi_place_from_name, DGI_N_PLACE_FROM, x->from))
GET(place, dgi_ev_place, uint32_t, n_alternatives, x->n_others)
GET_AT(place, dgi_ev_place, const dg_place *, alternative, n_others, (const dg_place *)&x->others[i])

GET(quantity, dgi_ev_quantity, dg_str, kind, named(dgi_quantity_kind_name, DGI_N_QUANTITY_KIND, x->kind))
GET(quantity, dgi_ev_quantity, double, value, x->value)
GET(quantity, dgi_ev_quantity, double, low, x->low)
GET(quantity, dgi_ev_quantity, double, high, x->high)
GET(quantity, dgi_ev_quantity, bool, approx, x->approx)
GET(quantity, dgi_ev_quantity, dg_str, unit, x->unit)
GET(quantity, dgi_ev_quantity, dg_str, of, x->noun)
GET(quantity, dgi_ev_quantity, dg_span, span, ((dg_span){x->start, x->end}))
GET(quantity, dgi_ev_quantity, bool, total, x->total)

GET(time, dgi_ev_time, int32_t, start, x->range.start)
GET(time, dgi_ev_time, int32_t, end, x->range.end)
GET(time, dgi_ev_time, dg_str, precision, named(dgi_precision_name, DGI_N_PRECISION, x->range.precision))
GET(time, dgi_ev_time, dg_str, kind, named(dgi_time_kind_name, DGI_N_TIME_KIND, x->kind))
GET(time, dgi_ev_time, int32_t, future_start, x->kind == DGI_TIME_BY_TENSE ? x->future.start : DGI_NO_DAY)
GET(time, dgi_ev_time, int32_t, future_end, x->kind == DGI_TIME_BY_TENSE ? x->future.end : DGI_NO_DAY)
GET(time, dgi_ev_time, dg_span, span, x->span)
GET(time, dgi_ev_time, dg_str, type, named(dgi_timex_type_name, DGI_N_TIMEX_TYPE, x->type))
GET(time, dgi_ev_time, dg_str, value, x->value)
GET(time, dgi_ev_time, dg_str, mod, named(dgi_timex_mod_name, DGI_N_TIMEX_MOD, x->mod))
GET(time, dgi_ev_time, dg_str, relative_to, x->relative_to)

GET(name, dgi_ev_name, dg_str, type, named(dgi_name_kind_name, DGI_N_NAME_KIND, x->kind))
GET(name, dgi_ev_name, dg_str, level, named(dgi_name_level_name, DGI_N_NAME_LEVEL, x->level))
GET(name, dgi_ev_name, dg_span, span, x->span)
GET(name, dgi_ev_name, uint32_t, entity, x->entity)

GET(entity, dgi_ev_entity, const dg_actor *, actor, (const dg_actor *)&x->actor)
GET(entity, dgi_ev_entity, dg_str, type, named(dgi_entity_type_name, DGI_N_ENTITY_TYPE, x->type))
GET(entity, dgi_ev_entity, dg_str, title, x->title)
GET(entity, dgi_ev_entity, uint32_t, n_mentions, x->n_mentions)
GET_AT(entity, dgi_ev_entity, dg_span, mention, n_mentions, x->mentions[i].span)
GET_AT(entity, dgi_ev_entity, dg_str, mention_kind, n_mentions,
       named(dgi_mention_kind_name, DGI_N_MENTION_KIND, x->mentions[i].kind))
GET_AT(entity, dgi_ev_entity, dg_str, mention_head, n_mentions, x->mentions[i].head)

static const dg_actor *somebody(const struct dgi_ev_actor *a)
{
    return a->id.len || a->name.len ? (const dg_actor *)a : NULL;
}

/* "s12" -> 11 */
static uint32_t statement_index(dg_str id)
{
    int64_t n;
    return id.len > 1 && dgi_str_int(dgi_str_sub(id, 1, id.len), &n) && n > 0 && n < DGI_NONE ? (uint32_t)n - 1
                                                                                              : DG_NONE;
}

GET(statement, dgi_ev_statement, dg_str, id, x->id)
GET(statement, dgi_ev_statement, dg_str, kind, named(dgi_statement_kind_name, DGI_N_STATEMENT_KIND, x->kind))
GET(statement, dgi_ev_statement, const dg_actor *, speaker, somebody(&x->speaker))
GET(statement, dgi_ev_statement, const dg_actor *, addressee, somebody(&x->addressee))
GET(statement, dgi_ev_statement, dg_span, cue, x->cue)
GET(statement, dgi_ev_statement, uint32_t, n_content, x->n_stretches)
GET_AT(statement, dgi_ev_statement, dg_span, content, n_stretches, x->stretches[i])
GET(statement, dgi_ev_statement, dg_str, text, x->content)
GET(statement, dgi_ev_statement, uint32_t, sentence, x->sentence)
GET(statement, dgi_ev_statement, bool, negated, x->negated)
GET(statement, dgi_ev_statement, uint32_t, outer, statement_index(x->outer))

GET(attribution, dgi_ev_attribution, dg_str, id, x->s.id)
GET(attribution, dgi_ev_attribution, dg_str, kind, named(dgi_statement_kind_name, DGI_N_STATEMENT_KIND, x->s.kind))
GET(attribution, dgi_ev_attribution, dg_str, sense, x->sense)
GET(attribution, dgi_ev_attribution, const dg_actor *, speaker, somebody(&x->s.speaker))
GET(attribution, dgi_ev_attribution, dg_span, source, x->s.speaker.span)
GET(attribution, dgi_ev_attribution, dg_span, cue, x->s.cue)
GET(attribution, dgi_ev_attribution, uint32_t, n_content, x->s.n_stretches)
GET(attribution, dgi_ev_attribution, dg_str, text, x->s.content)
GET(attribution, dgi_ev_attribution, uint32_t, sentence, x->s.sentence)
GET(attribution, dgi_ev_attribution, bool, negated, x->s.negated)
GET(attribution, dgi_ev_attribution, uint32_t, statement, statement_index(x->statement))
GET(attribution, dgi_ev_attribution, double, confidence, x->confidence)
dg_span dg_attribution_content(const dg_attribution *attribution, uint32_t i)
{
    const struct dgi_ev_statement *x = &((const struct dgi_ev_attribution *)attribution)->s;
    assert(i < x->n_stretches);
    return x->stretches[i];
}

/* ---- events ---- */
#define EV(type, name, value)                                                                                          \
    type dg_event_##name(const dg_event *event)                                                                        \
    {                                                                                                                  \
        const struct dgi_event *x = event->e;                                                                          \
        return value;                                                                                                  \
    }
#define EV_AT(type, name, n, value)                                                                                    \
    type dg_event_##name(const dg_event *event, uint32_t i)                                                            \
    {                                                                                                                  \
        const struct dgi_event *x = event->e;                                                                          \
        assert(i < x->n);                                                                                              \
        return value;                                                                                                  \
    }
EV(dg_str, id, x->id)
EV(uint32_t, sentence, x->sentence)
EV(dg_span, evidence, ((dg_span){x->ev_start, x->ev_end}))
EV(dg_str, evidence_text, x->ev_text)
EV(dg_span, trigger, ((dg_span){x->trig_start, x->trig_end}))
EV(dg_str, trigger_text, x->trigger)
EV(uint32_t, n_source, x->n_source)
EV_AT(const dg_actor *, source, n_source, (const dg_actor *)&x->source[i])
EV(uint32_t, n_target, x->n_target)
EV_AT(const dg_actor *, target, n_target, (const dg_actor *)&x->target[i])
EV(bool, reciprocal, x->reciprocal)
EV(dg_str, cameo, dgi_str(x->cameo))
EV(dg_str, cameo_name, dgi_codes_cameo_name(&event->doc->model->codes, dgi_str(x->cameo)))
EV(int, quad, dgi_codes_quad(dgi_str(x->cameo)))
EV(dg_str, plover, named(dgi_plover_name, DGI_N_PLOVER, x->plover))
EV(dg_str, mode, x->mode)
EV(dg_str, contexts, x->contexts)
EV(uint32_t, status, x->status)
EV(bool, negated, x->negated)
EV(uint32_t, statement, statement_index(x->statement))
EV(uint32_t, n_claimed_by, x->n_claimed_by)
EV_AT(const dg_actor *, claimed_by, n_claimed_by, (const dg_actor *)&x->claimed_by[i])
EV(uint32_t, content_of, x->content_of)
EV(uint32_t, condition_of, x->condition_of)
EV(uint32_t, n_content, x->n_content)
EV_AT(uint32_t, content, n_content, x->content[i])
EV(uint32_t, n_condition, x->n_condition)
EV_AT(uint32_t, condition, n_condition, x->condition[i])
EV(dg_span, content_span, x->content_span)
EV(dg_str, content_text, x->content_text)
EV(dg_span, condition_span, x->condition_span)
EV(dg_str, condition_text, x->condition_text)
EV(dg_str, about, x->about)
EV(int32_t, date_start, x->date.start)
EV(int32_t, date_end, x->date.end)
EV(dg_str, date_precision, named(dgi_precision_name, DGI_N_PRECISION, x->date.precision))
EV(bool, date_from_text, x->date_from_text)
EV(dg_span, date_span, x->date_span)
EV(int32_t, deadline_start, x->deadline.start)
EV(int32_t, deadline_end, x->deadline.end)
EV(dg_str, deadline_precision, named(dgi_precision_name, DGI_N_PRECISION, x->deadline.precision))
EV(dg_span, deadline_span, x->deadline_span)
EV(const dg_place *, place, (const dg_place *)x->place)
EV(uint32_t, n_quantities, x->n_quantities)
EV_AT(const dg_quantity *, quantity, n_quantities, (const dg_quantity *)&x->quantities[i])
EV(double, confidence, (double)x->confidence)
EV(uint32_t, same_as, x->same_as)
EV(dg_str, act, x->act)
EV(dg_str, frame, x->frame)
int32_t dg_event_reported(const dg_event *event)
{
    return event->doc->ev.reported;
}

double dg_event_goldstein(const dg_event *event)
{
    double v;
    return dgi_codes_goldstein(&event->doc->model->codes, dgi_str(event->e->cameo), &v) ? v : (double)NAN;
}

double dg_event_score(const dg_event *event)
{
    double v;
    return dgi_codes_score(&event->doc->model->codes, dg_event_plover(event), event->e->mode, &v) ? v : (double)NAN;
}

/* ---- days ---- */
int32_t dg_day_parse(dg_str iso)
{
    struct dgi_day_range r;
    return iso.len == 10 && dgi_day_parse(iso, &r) ? r.start : DG_NO_DAY;
}

void dg_day_format(int32_t day, char out[16])
{
    dgi_day_format(day, out);
}
