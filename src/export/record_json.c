/* SPDX-License-Identifier: Apache-2.0 */
/* export/record_json.c: the document record as one JSON object (SPEC section 3, docs/formats/record.md).
 *
 * Reads   struct dgi_ev_doc
 * Writes  JSON; what stands in an event, statement or entity is the table's (export/event_json.c) */
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

bool dgi_record_json(struct dgi_buf *out, const struct dgi_ev_doc *d, const struct dgi_codes *codes, bool with_text,
                     const struct dgi_item_change *items, uint32_t n_items)
{
    struct dgi_json j;
    dgi_json_init(&j, out);
    dgi_json_open(&j, '{');
    dgi_json_kstr(&j, "schema", DGI_S(DGI_SCHEMA));
    write_doc(&j, d);
    if (with_text)
        dgi_json_kstr(&j, "text", d->text);
    write_sentences(&j, d);
    dgi_json_key(&j, "entities");
    dgi_json_open(&j, '[');
    for (uint32_t i = 0; i < d->n_entities; i++)
        dgi_json_entity(&j, &d->entities[i], i + 1);
    dgi_json_close(&j, ']');
    dgi_json_key(&j, "statements");
    dgi_json_open(&j, '[');
    for (uint32_t i = 0; i < d->n_statements; i++)
        dgi_json_statement(&j, &d->statements[i]);
    dgi_json_close(&j, ']');
    dgi_json_key(&j, "events");
    dgi_json_open(&j, '[');
    for (uint32_t i = 0; i < d->n_coded; i++)
        dgi_json_event(&j, d, codes, &d->events[i]);
    dgi_json_close(&j, ']');
    write_items(&j, items, n_items);
    dgi_json_close(&j, '}');
    return !out->failed;
}
