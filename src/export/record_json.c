/* SPDX-License-Identifier: Apache-2.0 */
/* export/record_json.c: the document record as one JSON object (SPEC section 3, docs/formats/record.md).
 *
 * Reads   struct dgi_ev_doc
 * Writes  JSON; what stands in an event, statement or entity is the table's (export/event_json.c) */
#include <math.h>
#include <stdio.h>

#include "dragoman.h"
#include "export/event_json.h"
#include "export/record.h"

static void write_doc(struct dgi_json *j, const struct dgi_ev_doc *d)
{
    const struct dgi_meta *m = &d->meta;
    dgi_json_key(j, "doc");
    dgi_json_open(j, '{');
    dgi_json_kstrn(j, "id", m->id);
    dgi_json_kstrn(j, "url", m->url);
    dgi_json_kstrn(j, "title", m->title);
    dgi_json_kstrn(j, "author", m->author);
    dgi_json_kstrn(j, "publisher", m->publisher);
    dgi_json_kstrn(j, "lang", m->lang);
    dgi_json_key(j, "published");
    dgi_json_day(j, m->published);
    dgi_json_kstr(j, "published_from", m->published_from);
    dgi_json_kint(j, "chars", d->n_chars);
    dgi_json_kint(j, "tokens", d->n_tokens);
    dgi_json_kint(j, "sentences", d->n_sentences);
    dgi_json_close(j, '}');
}

static void write_sentences(struct dgi_json *j, const struct dgi_ev_doc *d)
{
    dgi_json_key(j, "sentences");
    dgi_json_open(j, '[');
    for (uint32_t i = 0; i < d->n_sentences; i++) {
        dgi_json_open(j, '{');
        dgi_json_kint(j, "i", i);
        dgi_json_kint(j, "start", d->sentences[i].start);
        dgi_json_kint(j, "end", d->sentences[i].end);
        dgi_json_close(j, '}');
    }
    dgi_json_close(j, ']');
}

static void write_items(struct dgi_json *j, const struct dgi_item_change *items, uint32_t n)
{
    dgi_json_key(j, "items");
    dgi_json_open(j, '[');
    for (uint32_t i = 0; i < n; i++) {
        dgi_json_open(j, '{');
        dgi_json_kstr(j, "id", items[i].id);
        dgi_json_kstr(j, "kind", items[i].kind);
        dgi_json_kstr(j, "status", items[i].status);
        dgi_json_kstr(j, "change", items[i].opened ? DGI_S("opened") : DGI_S("updated"));
        dgi_json_kstrn(j, "event", items[i].event);
        dgi_json_close(j, '}');
    }
    dgi_json_close(j, ']');
}

/* With the event that took each. Both stand in order of text. */
static void write_quantities(struct dgi_json *j, const struct dgi_ev_doc *d)
{
    uint32_t e = 0, k = 0;
    for (uint32_t i = 0; i < d->n_quantities; i++) {
        const struct dgi_ev_quantity *q = &d->quantities[i];
        dg_str taken = {"", 0};
        while (e < d->n_coded && d->events[e].ev_end <= q->start) /* sentences that are past */
            e++;
        for (k = e; k < d->n_coded && d->events[k].ev_start <= q->start && !taken.len; k++)
            for (uint32_t n = 0; n < d->events[k].n_quantities; n++)
                if (d->events[k].quantities[n].start == q->start)
                    taken = d->events[k].id;
        dgi_json_quantity(j, q, taken);
    }
}

static void write_names(struct dgi_json *j, const struct dgi_ev_doc *d)
{
    char id[16];
    for (uint32_t i = 0; i < d->n_names; i++) {
        dgi_json_open(j, '{');
        dgi_json_key(j, "span");
        dgi_json_span(j, d->names[i].span);
        dgi_json_kstr(j, "type", dgi_str(dgi_name_kind_name[d->names[i].kind]));
        dgi_json_kstr(j, "level", dgi_str(dgi_name_level_name[d->names[i].level]));
        snprintf(id, sizeof id, "t%u", d->names[i].entity + 1);
        dgi_json_kstrn(j, "entity", d->names[i].entity == DGI_NONE ? (dg_str){"", 0} : dgi_str(id));
        dgi_json_close(j, '}');
    }
}

static void write_attribution(struct dgi_json *j, const struct dgi_ev_attribution *a)
{
    dgi_json_open(j, '{');
    dgi_json_kstr(j, "id", a->s.id);
    dgi_json_kstr(j, "kind", dgi_str(dgi_statement_kind_name[a->s.kind]));
    dgi_json_kstrn(j, "sense", a->sense);
    dgi_json_kstrn(j, "speaker", a->s.speaker.id);
    dgi_json_kstrn(j, "speaker_name", a->s.speaker.name);
    dgi_json_key(j, "source");
    dgi_json_span(j, a->s.speaker.span);
    dgi_json_key(j, "cue");
    dgi_json_span(j, a->s.cue);
    dgi_json_key(j, "content");
    dgi_json_open(j, '[');
    for (uint32_t k = 0; k < a->s.n_stretches; k++)
        dgi_json_span(j, a->s.stretches[k]);
    dgi_json_close(j, ']');
    dgi_json_kint(j, "sentence", a->s.sentence);
    dgi_json_kbool(j, "negated", a->s.negated);
    dgi_json_kstrn(j, "statement", a->statement);
    dgi_json_key(j, "confidence");
    dgi_json_num(j, round((double)a->confidence * 100) / 100);
    dgi_json_close(j, '}');
}

static void write_lists(struct dgi_json *j, const struct dgi_ev_doc *d, const struct dgi_codes *codes, uint32_t lists)
{
    static const struct {
        uint32_t list;
        const char *key;
    } keys[] = {{DG_LIST_ENTITIES, "entities"}, {DG_LIST_STATEMENTS, "statements"},    {DG_LIST_TIMES, "times"},
                {DG_LIST_PLACES, "places"},     {DG_LIST_QUANTITIES, "quantities"},    {DG_LIST_NAMES, "names"},
                {DG_LIST_EVENTS, "events"},     {DG_LIST_ATTRIBUTIONS, "attributions"}};
    for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
        if (!(lists & keys[k].list))
            continue;
        dgi_json_key(j, keys[k].key);
        dgi_json_open(j, '[');
        switch (keys[k].list) {
        case DG_LIST_ENTITIES:
            for (uint32_t i = 0; i < d->n_entities; i++)
                dgi_json_entity(j, &d->entities[i], i + 1);
            break;
        case DG_LIST_STATEMENTS:
            for (uint32_t i = 0; i < d->n_statements; i++)
                dgi_json_statement(j, &d->statements[i]);
            break;
        case DG_LIST_TIMES:
            for (uint32_t i = 0; i < d->n_times; i++)
                dgi_json_time(j, &d->times[i], i + 1);
            break;
        case DG_LIST_PLACES:
            for (uint32_t i = 0; i < d->n_places; i++)
                dgi_json_place(j, &d->places[i]);
            break;
        case DG_LIST_QUANTITIES: write_quantities(j, d); break;
        case DG_LIST_NAMES: write_names(j, d); break;
        case DG_LIST_ATTRIBUTIONS:
            for (uint32_t i = 0; i < d->n_attributions; i++)
                write_attribution(j, &d->attributions[i]);
            break;
        default:
            for (uint32_t i = 0; i < d->n_coded; i++)
                dgi_json_event(j, d, codes, &d->events[i]);
        }
        dgi_json_close(j, ']');
    }
}

bool dgi_record_json(struct dgi_buf *out, const struct dgi_ev_doc *d, const struct dgi_codes *codes, uint32_t lists,
                     const struct dgi_item_change *items, uint32_t n_items)
{
    struct dgi_json j;
    dgi_json_init(&j, out);
    dgi_json_open(&j, '{');
    dgi_json_kstr(&j, "schema", DGI_S(DGI_SCHEMA));
    write_doc(&j, d);
    if (lists & DG_LIST_TEXT)
        dgi_json_kstr(&j, "text", d->text);
    if (lists & DG_LIST_SENTENCES)
        write_sentences(&j, d);
    write_lists(&j, d, codes, lists);
    if (lists & DG_LIST_ITEMS)
        write_items(&j, items, n_items);
    dgi_json_close(&j, '}');
    return !out->failed;
}
