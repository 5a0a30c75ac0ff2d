/* SPDX-License-Identifier: Apache-2.0 */
/* export/record_json.c: the document record as one JSON object (SPEC section 3, docs/formats/record.md).
 *
 * Reads the whole dgi_doc; offsets become code points here and nowhere else. */
#include "export/record.h"

#include <math.h>
#include <stdio.h>

#include "base/day.h"


struct writer {
    struct dgi_json j;
    const struct dgi_doc *doc;
    const struct dgi_codes *codes;
    struct dgi_cpmap map;
};

static void span_value(struct writer *w, dgi_span s)
{
    dgi_json_open(&w->j, '[');
    dgi_json_int(&w->j, dgi_cpmap_cp(&w->map, s.start));
    dgi_json_int(&w->j, dgi_cpmap_cp(&w->map, s.end));
    dgi_json_close(&w->j, ']');
}

static void span_or_null(struct writer *w, const char *key, dgi_span s)
{
    dgi_json_key(&w->j, key);
    if (s.end > s.start)
        span_value(w, s);
    else
        dgi_json_null(&w->j);
}

static void list_of(struct writer *w, const char *key, dg_str joined)
{
    dg_str f;
    dgi_json_key(&w->j, key);
    dgi_json_open(&w->j, '[');
    while (joined.len && dgi_str_next(&joined, ',', &f))
        if (f.len)
            dgi_json_str(&w->j, f);
    dgi_json_close(&w->j, ']');
}

static void write_doc(struct writer *w)
{
    const struct dgi_meta *m = &w->doc->meta;
    uint32_t tokens = 0;
    for (uint32_t t = 0; t < w->doc->n_toks; t++) /* surface tokens: a multiword token counts once */
        tokens += !(w->doc->toks[t].flags & DGI_TOK_MWT_REST);
    dgi_json_key(&w->j, "doc");
    dgi_json_open(&w->j, '{');
    dgi_json_kstrn(&w->j, "id", m->id);
    dgi_json_kstrn(&w->j, "url", m->url);
    dgi_json_kstrn(&w->j, "title", m->title);
    dgi_json_kstrn(&w->j, "author", m->author);
    dgi_json_kstrn(&w->j, "publisher", m->publisher);
    dgi_json_kstrn(&w->j, "lang", m->lang);
    dgi_json_key(&w->j, "published");
    dgi_json_day(&w->j, m->published);
    dgi_json_kstr(&w->j, "published_from", m->published_from);
    dgi_json_kint(&w->j, "chars", dgi_cpmap_cp(&w->map, (uint32_t)w->doc->text.len));
    dgi_json_kint(&w->j, "tokens", tokens);
    dgi_json_kint(&w->j, "sentences", w->doc->n_sents);
    dgi_json_close(&w->j, '}');
}

static void write_sentences(struct writer *w)
{
    dgi_json_key(&w->j, "sentences");
    dgi_json_open(&w->j, '[');
    for (uint32_t i = 0; i < w->doc->n_sents; i++) {
        dgi_json_open(&w->j, '{');
        dgi_json_kint(&w->j, "i", i);
        dgi_json_kint(&w->j, "start", dgi_cpmap_cp(&w->map, w->doc->sents[i].span.start));
        dgi_json_kint(&w->j, "end", dgi_cpmap_cp(&w->map, w->doc->sents[i].span.end));
        dgi_json_close(&w->j, '}');
    }
    dgi_json_close(&w->j, ']');
}

static void write_entity(struct writer *w, uint32_t e, const uint32_t *next, const uint32_t *first)
{
    const struct dgi_entity *x = &w->doc->entities[e];
    char id[16];
    snprintf(id, sizeof id, "t%u", e + 1);
    dgi_json_open(&w->j, '{');
    dgi_json_kstr(&w->j, "id", dgi_str(id));
    dgi_json_kstrn(&w->j, "actor", x->actor);
    dgi_json_kstrn(&w->j, "name", x->name);
    dgi_json_kstr(&w->j, "type", dgi_str(dgi_entity_type_name[x->type]));
    dgi_json_kstrn(&w->j, "country", dgi_str(x->country));
    dgi_json_kstrn(&w->j, "cameo", x->cameo);
    list_of(w, "sector", x->sectors);
    dgi_json_kstrn(&w->j, "title", x->title);
    dgi_json_key(&w->j, "mentions");
    dgi_json_open(&w->j, '[');
    for (uint32_t m = first[e]; m != DGI_NONE; m = next[m]) {
        const struct dgi_mention *y = &w->doc->mentions[m];
        dgi_json_open(&w->j, '{');
        dgi_json_kint(&w->j, "start", dgi_cpmap_cp(&w->map, y->span.start));
        dgi_json_kint(&w->j, "end", dgi_cpmap_cp(&w->map, y->span.end));
        dgi_json_kstr(&w->j, "kind", dgi_str(dgi_mention_kind_name[y->kind]));
        dgi_json_kstr(&w->j, "head", y->head < w->doc->n_toks ? w->doc->toks[y->head].form : (dg_str){"", 0});
        dgi_json_close(&w->j, '}');
    }
    dgi_json_close(&w->j, ']');
    dgi_json_close(&w->j, '}');
}

static bool write_entities(struct writer *w, dgi_arena *scratch)
{
    uint32_t n = w->doc->n_entities, nm = w->doc->n_mentions;
    uint32_t *first = dgi_arena_array(scratch, n + 1, sizeof *first), *next = dgi_arena_array(scratch, nm + 1, sizeof *next);
    if (!first || !next)
        return false;
    for (uint32_t e = 0; e < n; e++)
        first[e] = DGI_NONE;
    for (uint32_t m = nm; m-- > 0;) {
        uint32_t e = w->doc->mentions[m].entity;
        if (e >= n)
            continue;
        next[m] = first[e];
        first[e] = m;
    }
    dgi_json_key(&w->j, "entities");
    dgi_json_open(&w->j, '[');
    for (uint32_t e = 0; e < n; e++)
        write_entity(w, e, next, first);
    dgi_json_close(&w->j, ']');
    return true;
}

static void entity_or_null(struct writer *w, const char *key, uint32_t e)
{
    dgi_json_key(&w->j, key);
    if (e < w->doc->n_entities && w->doc->entities[e].actor.len)
        dgi_json_str(&w->j, w->doc->entities[e].actor);
    else if (e < w->doc->n_entities && w->doc->entities[e].name.len)
        dgi_json_str(&w->j, w->doc->entities[e].name);
    else
        dgi_json_null(&w->j);
}

static void number_id(struct writer *w, const char *key, char letter, uint32_t i)
{
    char id[16];
    dgi_json_key(&w->j, key);
    if (i == DGI_NONE) {
        dgi_json_null(&w->j);
        return;
    }
    snprintf(id, sizeof id, "%c%u", letter, i + 1);
    dgi_json_str(&w->j, dgi_str(id));
}

static void write_statements(struct writer *w)
{
    dgi_json_key(&w->j, "statements");
    dgi_json_open(&w->j, '[');
    for (uint32_t i = 0; i < w->doc->n_statements; i++) {
        const struct dgi_statement *s = &w->doc->statements[i];
        dgi_json_open(&w->j, '{');
        number_id(w, "id", 's', i);
        dgi_json_kstr(&w->j, "kind", dgi_str(dgi_statement_kind_name[s->kind]));
        entity_or_null(w, "speaker", s->speaker);
        dgi_json_kstrn(&w->j, "speaker_name",
                       s->speaker < w->doc->n_entities ? w->doc->entities[s->speaker].name : (dg_str){"", 0});
        span_or_null(w, "speaker_span", s->speaker_span);
        span_or_null(w, "cue", s->cue);
        dgi_json_key(&w->j, "content");
        dgi_json_open(&w->j, '[');
        for (uint32_t k = 0; k < s->n_content; k++)
            span_value(w, s->content[k]);
        dgi_json_close(&w->j, ']');
        entity_or_null(w, "addressee", s->addressee);
        dgi_json_kint(&w->j, "sentence", s->sentence);
        dgi_json_kbool(&w->j, "negated", s->negated);
        number_id(w, "outer", 's', s->outer);
        dgi_json_close(&w->j, '}');
    }
    dgi_json_close(&w->j, ']');
}

static void write_refs(struct writer *w, const char *key, const struct dgi_ref *r, uint32_t n)
{
    dgi_json_key(&w->j, key);
    dgi_json_open(&w->j, '[');
    for (uint32_t i = 0; i < n; i++) {
        if (r[i].entity >= w->doc->n_entities)
            continue;
        const struct dgi_entity *x = &w->doc->entities[r[i].entity];
        dgi_json_open(&w->j, '{');
        dgi_json_kstrn(&w->j, "actor", x->actor);
        dgi_json_kstrn(&w->j, "name", x->name);
        span_or_null(w, "span", r[i].span);
        dgi_json_kstrn(&w->j, "country", dgi_str(x->country));
        dgi_json_kstrn(&w->j, "cameo", x->cameo);
        list_of(w, "sector", x->sectors);
        dgi_json_close(&w->j, '}');
    }
    dgi_json_close(&w->j, ']');
}

static void write_date(struct writer *w, const char *key, struct dgi_day_range r, const char *from, dgi_span span)
{
    dgi_json_key(&w->j, key);
    if (r.start == DGI_NO_DAY && r.end == DGI_NO_DAY) {
        dgi_json_null(&w->j);
        return;
    }
    dgi_json_open(&w->j, '{');
    dgi_json_key(&w->j, "start");
    dgi_json_day(&w->j, r.start);
    dgi_json_key(&w->j, "end");
    dgi_json_day(&w->j, r.end);
    dgi_json_kstr(&w->j, "precision", dgi_str(dgi_precision_name[r.precision]));
    if (from)
        dgi_json_kstr(&w->j, "from", dgi_str(from));
    span_or_null(w, "span", span);
    dgi_json_close(&w->j, '}');
}

static void write_place(struct writer *w, uint32_t i)
{
    dgi_json_key(&w->j, "place");
    if (i >= w->doc->n_places) {
        dgi_json_null(&w->j);
        return;
    }
    const struct dgi_place *p = &w->doc->places[i];
    dgi_json_open(&w->j, '{');
    dgi_json_kstr(&w->j, "name", p->name);
    dgi_json_kstrn(&w->j, "country", dgi_str(p->country));
    dgi_json_kstrn(&w->j, "admin1", p->admin1);
    dgi_json_key(&w->j, "lat");
    dgi_json_num(&w->j, p->lat);
    dgi_json_key(&w->j, "lon");
    dgi_json_num(&w->j, p->lon);
    dgi_json_key(&w->j, "geonames");
    if (p->geonames)
        dgi_json_int(&w->j, p->geonames);
    else
        dgi_json_null(&w->j);
    dgi_json_kstr(&w->j, "precision", dgi_str(dgi_place_precision_name[p->precision]));
    span_or_null(w, "span", p->span);
    dgi_json_close(&w->j, '}');
}

static void write_quantity(struct writer *w, const struct dgi_quantity *q)
{
    dgi_json_open(&w->j, '{');
    dgi_json_kstr(&w->j, "kind", dgi_str(dgi_quantity_kind_name[q->kind]));
    dgi_json_key(&w->j, "value");
    dgi_json_num(&w->j, q->value);
    dgi_json_key(&w->j, "low");
    dgi_json_num(&w->j, q->low);
    dgi_json_key(&w->j, "high");
    dgi_json_num(&w->j, q->high);
    dgi_json_kbool(&w->j, "approx", q->approx);
    dgi_json_kstrn(&w->j, "unit", q->unit);
    span_or_null(w, "span", q->span);
    dgi_json_close(&w->j, '}');
}

static void event_ids(struct writer *w, const char *key, const uint32_t *ids, uint32_t n)
{
    dgi_json_key(&w->j, key);
    dgi_json_open(&w->j, '[');
    for (uint32_t i = 0; i < n; i++)
        if (ids[i] < w->doc->n_events)
            dgi_json_str(&w->j, w->doc->events[ids[i]].id);
    dgi_json_close(&w->j, ']');
}

static void write_codes(struct writer *w, const struct dgi_coded *e)
{
    dg_str cameo = dgi_str(e->cameo), event = dgi_str(dgi_plover_name[e->plover]);
    double v;
    dgi_json_kstr(&w->j, "cameo", cameo);
    dgi_json_kstr(&w->j, "root", dgi_str_sub(cameo, 0, 2));
    dgi_json_key(&w->j, "goldstein");
    dgi_json_num(&w->j, dgi_codes_goldstein(w->codes, cameo, &v) ? v : (double)NAN);
    dgi_json_kint(&w->j, "quad", dgi_codes_quad(cameo));
    dgi_json_key(&w->j, "plover");
    dgi_json_open(&w->j, '{');
    dgi_json_kstr(&w->j, "event", event);
    dgi_json_kstrn(&w->j, "mode", e->mode);
    list_of(w, "contexts", e->contexts);
    dgi_json_key(&w->j, "score");
    dgi_json_num(&w->j, dgi_codes_score(w->codes, event, e->mode, &v) ? v : (double)NAN);
    dgi_json_close(&w->j, '}');
}

static void write_event(struct writer *w, const struct dgi_coded *e)
{
    dgi_json_open(&w->j, '{');
    dgi_json_kstr(&w->j, "id", e->id);
    dgi_json_kint(&w->j, "sentence", e->sentence);
    dgi_json_key(&w->j, "trigger");
    span_value(w, e->trigger);
    dgi_json_kstr(&w->j, "trigger_text", dgi_slice(w->doc, e->trigger));
    write_refs(w, "source", e->source, e->n_source);
    write_refs(w, "target", e->target, e->n_target);
    dgi_json_kbool(&w->j, "reciprocal", e->reciprocal);
    write_codes(w, e);
    dgi_json_kstr(&w->j, "status", dgi_str(dgi_status_name[e->status]));
    dgi_json_kbool(&w->j, "negated", e->negated);
    number_id(w, "statement", 's', e->statement);
    dgi_json_key(&w->j, "claimed_by");
    dgi_json_open(&w->j, '[');
    for (uint32_t i = 0; i < e->n_claimed_by; i++)
        if (e->claimed_by[i] < w->doc->n_entities) {
            const struct dgi_entity *x = &w->doc->entities[e->claimed_by[i]];
            dgi_json_str(&w->j, x->actor.len ? x->actor : x->name);
        }
    dgi_json_close(&w->j, ']');
    dgi_json_key(&w->j, "content_of");
    dgi_json_str_or_null(&w->j, e->content_of < w->doc->n_events ? w->doc->events[e->content_of].id : (dg_str){"", 0});
    dgi_json_key(&w->j, "condition_of");
    dgi_json_str_or_null(&w->j, e->condition_of < w->doc->n_events ? w->doc->events[e->condition_of].id : (dg_str){"", 0});
    event_ids(w, "content", e->content, e->n_content);
    event_ids(w, "condition", e->condition, e->n_condition);
    span_or_null(w, "content_span", e->content_span);
    span_or_null(w, "condition_span", e->condition_span);
    write_date(w, "date", e->date, e->date_from_text ? "text" : "publication", e->date_span);
    write_date(w, "deadline", e->deadline, NULL, (dgi_span){0, 0});
    write_place(w, e->place);
    dgi_json_key(&w->j, "quantities");
    dgi_json_open(&w->j, '[');
    for (uint32_t i = 0; i < e->n_quantities; i++)
        if (e->quantities[i] < w->doc->n_quantities)
            write_quantity(w, &w->doc->quantities[e->quantities[i]]);
    dgi_json_close(&w->j, ']');
    dgi_json_key(&w->j, "confidence");
    dgi_json_num(&w->j, round((double)e->confidence * 1000) / 1000);
    dgi_json_kstrn(&w->j, "frame", e->frame);
    dgi_json_close(&w->j, '}');
}

static void write_items(struct writer *w, const struct dgi_item_change *items, uint32_t n)
{
    dgi_json_key(&w->j, "items");
    dgi_json_open(&w->j, '[');
    for (uint32_t i = 0; i < n; i++) {
        dgi_json_open(&w->j, '{');
        dgi_json_kstr(&w->j, "id", items[i].id);
        dgi_json_kstr(&w->j, "kind", items[i].kind);
        dgi_json_kstr(&w->j, "status", items[i].status);
        dgi_json_kstr(&w->j, "change", items[i].opened ? DGI_S("opened") : DGI_S("updated"));
        dgi_json_kstrn(&w->j, "event", items[i].event);
        dgi_json_close(&w->j, '}');
    }
    dgi_json_close(&w->j, ']');
}

bool dgi_record_json(struct dgi_buf *out, const struct dgi_doc *doc, const struct dgi_codes *codes, bool with_text,
                     const struct dgi_item_change *items, uint32_t n_items, dgi_arena *scratch)
{
    struct writer w = {.doc = doc, .codes = codes};
    dgi_json_init(&w.j, out);
    if (!dgi_cpmap_init(&w.map, scratch, doc->text))
        return false;
    dgi_json_open(&w.j, '{');
    dgi_json_kstr(&w.j, "schema", DGI_S("dragoman/1"));
    write_doc(&w);
    if (with_text)
        dgi_json_kstr(&w.j, "text", doc->text);
    write_sentences(&w);
    if (!write_entities(&w, scratch))
        return false;
    write_statements(&w);
    dgi_json_key(&w.j, "events");
    dgi_json_open(&w.j, '[');
    for (uint32_t i = 0; i < doc->n_events; i++)
        write_event(&w, &doc->events[i]);
    dgi_json_close(&w.j, ']');
    write_items(&w, items, n_items);
    dgi_json_close(&w.j, '}');
    return !out->failed;
}
