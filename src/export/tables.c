/* SPDX-License-Identifier: Apache-2.0 */
/* export/tables.c: documents, statements, items, times, places, quantities and names as tables.
 *
 * Reads   resolved documents, items with their state; the table of fields
 * Writes  rows
 *
 * Columns are added at the end, as in plain.c. `document` is in each table, so that they join. A store keeps no times and no
 * names, of places and quantities those of its events, and not all of a statement: what it has not is empty. A number that
 * several events share is a row once. */
#include <math.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "export/board_json.h"
#include "export/columns.h"

/* ---- what all have ---- */
enum about {
    DOCUMENT,
    URL,
    TITLE,
    AUTHOR,
    PUBLISHER,
    LANG,
    PUBLISHED,
    FROM,
    WORDS,
    SENTENCES,
    STATEMENTS,
    EVENTS,
    CHARACTERS,
    TEXT
};

static uint32_t coded(const struct dgi_ev_doc *d)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < d->n_events; i++)
        n += d->events[i].cameo[0] != 0;
    return n;
}

static void about(struct dgi_cell *c, const struct dgi_row *r, struct dgi_export *x)
{
    const struct dgi_ev_doc *d = r->doc;
    const dg_str texts[] = {d->meta.id, d->meta.url, d->meta.title, d->meta.author, d->meta.publisher, d->meta.lang};
    switch (x->column->field) {
    case PUBLISHED: dgi_cell_date(c, d->meta.published); break;
    case FROM: dgi_cell_text(c, d->meta.published_from); break;
    case WORDS: dgi_cell_int(c, d->n_words); break;
    case SENTENCES: dgi_cell_int(c, d->n_sentences); break;
    case STATEMENTS:
        if (d->n_chars) /* not from a store, which loads none with a document */
            dgi_cell_int(c, d->n_statements);
        break;
    case EVENTS: dgi_cell_int(c, coded(d)); break;
    case CHARACTERS:
        if (d->text.len)
            dgi_cell_int(c, dgi_utf8_count(d->text));
        break;
    case TEXT:
        dgi_cell_text(c, d->text);
        c->verbatim = true;
        break;
    default: dgi_cell_text(c, texts[x->column->field]);
    }
}

/* The words at a span: from the start of their sentence on. Spans come nearly in order, so that the last sentence is tried first. */
static void words(struct dgi_cell *c, const struct dgi_row *r, struct dgi_export *x)
{
    const struct dgi_ev_doc *d = r->doc;
    uint32_t span[2], lo = x->last_sentence < d->n_sentences ? x->last_sentence : 0, hi = d->n_sentences;
    memcpy(span, dgi_field_at(&x->fields[x->column->field], r->thing), sizeof span);
    if (span[0] >= span[1] || !d->text.len)
        return;
    if (lo < hi && d->sentences[lo].start > span[0])
        lo = 0;
    while (lo + 1 < hi) { /* the last one that begins no later */
        uint32_t mid = lo + (hi - lo) / 2;
        if (d->sentences[mid].start <= span[0])
            lo = mid;
        else
            hi = mid;
    }
    x->last_sentence = lo;
    bool in = lo < d->n_sentences && d->sentences[lo].start <= span[0];
    uint32_t cp = in ? d->sentences[lo].start : 0;
    size_t at = in ? d->sentences[lo].b_start : 0, from = 0;
    for (; at < d->text.len && cp < span[1]; cp++) {
        from = cp == span[0] ? at : from;
        dgi_utf8_next(d->text, &at);
    }
    if (cp == span[1])
        dgi_cell_text(c, dgi_str_sub(d->text, from, at));
}

/* clang-format off */
#define OF_DOCUMENT(name, which, type, says) {name, DGI_C_OWN, which, about, type, says}
#define DOCUMENT_KEYS OF_DOCUMENT("document", DOCUMENT, "text", "id of the document"), OF_DOCUMENT("published", PUBLISHED, "date", "its day of publication")
#define THING(name, field, type, says) {name, DGI_C_THING, field, NULL, type, says}
#define SPAN(name, field, says) {name "_start", DGI_C_SPAN_START, field, NULL, "count", says ": code points of the document's text"}, {name "_end", DGI_C_SPAN_END, field, NULL, "count", "end of it, exclusive"}
#define OWN(name, fn, which, type, says) {name, DGI_C_OWN, which, fn, type, says}
/* clang-format on */

static const struct dgi_column document_table[] = {
    OF_DOCUMENT("document", DOCUMENT, "text", "id of the document"),
    OF_DOCUMENT("url", URL, "text", "its address"),
    OF_DOCUMENT("title", TITLE, "text", "its headline"),
    OF_DOCUMENT("author", AUTHOR, "text", "who wrote it"),
    OF_DOCUMENT("publisher", PUBLISHER, "text", "who published it"),
    OF_DOCUMENT("lang", LANG, "code", "language, BCP 47"),
    OF_DOCUMENT("published", PUBLISHED, "date", "day of publication"),
    OF_DOCUMENT("published_from", FROM, "word", "who says so: meta, url, dateline, option, feed; none"),
    OF_DOCUMENT("words", WORDS, "count", "syntactic words"),
    OF_DOCUMENT("sentences", SENTENCES, "count", "sentences"),
    OF_DOCUMENT("statements", STATEMENTS, "count", "statements; empty from a store"),
    OF_DOCUMENT("events", EVENTS, "count", "events"),
    OF_DOCUMENT("characters", CHARACTERS, "count", "code points of the text"),
    OF_DOCUMENT("text", TEXT, "text", "the text that all offsets point into; in csv and tsv on one line"),
};

/* ---- what is looked for once for each row has an index ---- */
struct dgi_find { /* a span and the event that has it; an actor's id and the entity that has it */
    uint32_t start, end, number;
    dg_str id;
};

static int by_key(const void *a, const void *b)
{
    const struct dgi_find *x = a, *y = b;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    if (x->end != y->end)
        return x->end < y->end ? -1 : 1;
    return dgi_str_cmp(x->id, y->id);
}

static int in_order(const void *a, const void *b)
{
    const struct dgi_find *x = a, *y = b;
    int c = by_key(a, b);
    return c ? c : x->number < y->number ? -1 : x->number > y->number;
}

static void add(struct dgi_export *x, struct dgi_find f)
{
    if (x->n_find == x->cap_find) {
        uint32_t cap = x->cap_find ? x->cap_find * 2 : 64;
        struct dgi_find *more = realloc(x->find, cap * sizeof *more);
        if (!more) {
            x->out->failed = true;
            return;
        }
        x->find = more;
        x->cap_find = cap;
    }
    x->find[x->n_find++] = f;
}

/* The number of the first that has the key; DGI_NONE: nobody. */
static uint32_t find(const struct dgi_export *x, struct dgi_find key)
{
    uint32_t lo = 0, hi = x->n_find;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (by_key(&x->find[mid], &key) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < x->n_find && !by_key(&x->find[lo], &key) ? x->find[lo].number : DGI_NONE;
}

static void find_events(struct dgi_export *x, const struct dgi_ev_doc *d)
{
    for (uint32_t i = 0; i < d->n_events; i++) {
        const struct dgi_event *e = &d->events[i];
        if (!e->cameo[0])
            continue;
        if (x->table == DGI_TABLE_PLACES && e->place && e->place->span.start_cp < e->place->span.end_cp)
            add(x, (struct dgi_find){e->place->span.start_cp, e->place->span.end_cp, i, {NULL, 0}});
        for (uint32_t k = 0; x->table == DGI_TABLE_QUANTITIES && k < e->n_quantities; k++)
            add(x, (struct dgi_find){e->quantities[k].start, e->quantities[k].end, i, {NULL, 0}});
    }
}

static void find_in(struct dgi_export *x, const struct dgi_ev_doc *d)
{
    x->n_find = 0;
    if (x->table == DGI_TABLE_STATEMENTS)
        for (uint32_t i = 0; i < d->n_entities; i++)
            add(x, (struct dgi_find){0, 0, i, d->entities[i].actor.id});
    else
        find_events(x, d);
    if (x->n_find)
        qsort(x->find, x->n_find, sizeof *x->find, in_order);
}

static const struct dgi_event *event_at(const struct dgi_export *x, const struct dgi_ev_doc *d, uint32_t start,
                                        uint32_t end)
{
    uint32_t i = find(x, (struct dgi_find){start, end, 0, {NULL, 0}});
    return i == DGI_NONE ? NULL : &d->events[i];
}

/* ---- statements ---- */
/* Who speaks, who is spoken to. A store keeps the id; country and name are those of the document's entity. */
enum { ID, NAME, COUNTRY, SPEAKER = 0, ADDRESSEE = 4 };

static void said_by(struct dgi_cell *c, const struct dgi_row *r, struct dgi_export *x)
{
    const struct dgi_ev_statement *s = r->thing;
    const struct dgi_ev_actor *a = x->column->field & ADDRESSEE ? &s->addressee : &s->speaker, *known = a;
    uint32_t i = a->id.len && !a->country[0] ? find(x, (struct dgi_find){0, 0, 0, a->id}) : DGI_NONE;
    if (i != DGI_NONE)
        known = &r->doc->entities[i].actor;
    switch (x->column->field & 3) {
    case ID: dgi_cell_text(c, a->id); break;
    case NAME: dgi_cell_text(c, a->name.len ? a->name : known->name); break;
    default: dgi_cell_text(c, dgi_country_code(x, known->country, r->doc->meta.published));
    }
}

static void said_in(struct dgi_cell *c, const struct dgi_row *r, struct dgi_export *x)
{
    const struct dgi_ev_statement *s = r->thing;
    (void)x;
    if (s->sentence != DGI_NONE)
        dgi_cell_int(c, s->sentence);
}

static const struct dgi_column statement_table[] = {
    DOCUMENT_KEYS,
    THING("statement", DGI_SF_ID, "text", "s1, s2 ... of its document"),
    THING("kind", DGI_SF_KIND, "word", "direct, indirect, mixed"),
    OWN("speaker", said_by, SPEAKER + NAME, "text", "who says it, by name"),
    OWN("speaker_id", said_by, SPEAKER + ID, "text", "actor id"),
    OWN("speaker_country", said_by, SPEAKER + COUNTRY, "code", "country it belongs to"),
    OWN("addressee", said_by, ADDRESSEE + NAME, "text", "to whom, by name; empty from a store"),
    OWN("addressee_id", said_by, ADDRESSEE + ID, "text", "actor id"),
    OWN("addressee_country", said_by, ADDRESSEE + COUNTRY, "code", "likewise"),
    THING("content", DGI_SF_CONTENT, "text", "what was said"),
    THING("negated", DGI_SF_NEGATED, "bool", "true: it is said that nobody said it; a store gives only what was said"),
    THING("outer", DGI_SF_OUTER, "text", "the statement that quotes this one; empty from a store"),
    OWN("sentence_number", said_in, 0, "count", "in which it begins, of the document, from 0; empty from a store"),
    THING("content_start", DGI_SF_START, "count",
          "first to last stretch of what was said: code points of the document's text"),
    THING("content_end", DGI_SF_END, "count", "end of it, exclusive"),
    SPAN("cue", DGI_SF_CUE, "the word of saying; empty from a store"),
    SPAN("speaker", DGI_SF_SPEAKER_SPAN, "the speaker; empty from a store"),
};

/* ---- times, names ---- */
static void time_id(struct dgi_cell *c, const struct dgi_row *r, struct dgi_export *x)
{
    (void)x;
    c->own[0] = 'x';
    size_t n = 1;
    char digits[12];
    int k = 0;
    for (uint32_t v = r->number + 1; v; v /= 10)
        digits[k++] = (char)('0' + v % 10);
    while (k)
        c->own[n++] = digits[--k];
    c->own[n] = 0;
    dgi_cell_text(c, dgi_str(c->own));
}

static const struct dgi_column time_table[] = {
    DOCUMENT_KEYS,
    OWN("time", time_id, 0, "text", "x1, x2 ... of its document"),
    OWN("text", words, DGI_TF_SPAN, "text", "its words"),
    THING("type", DGI_TF_TYPE, "word", "as TIMEX3: DATE, TIME, DURATION, SET"),
    THING("value", DGI_TF_VALUE, "text", "as TIMEX3: 2014-05, P3W ...; empty: not known"),
    THING("first", DGI_TF_START, "date", "first day"),
    THING("last", DGI_TF_END, "date", "last day"),
    THING("precision", DGI_TF_PRECISION, "word", "day, week, month, quarter, year; unknown"),
    THING("mod", DGI_TF_MOD, "word", "START, MID, END, APPROX ..."),
    THING("kind", DGI_TF_KIND, "word", "when, since, until, duration, by tense"),
    THING("relative_to", DGI_TF_RELATIVE_TO, "text", "publication, or the time that it counts from"),
    SPAN("span", DGI_TF_SPAN, "where it stands"),
};

static void named(struct dgi_cell *c, const struct dgi_row *r, struct dgi_export *x)
{
    const struct dgi_ev_name *n = r->thing;
    if (n->entity < r->doc->n_entities) {
        const struct dgi_ev_actor *a = &r->doc->entities[n->entity].actor;
        dgi_cell_text(c, x->column->field == ID     ? a->id
                         : x->column->field == NAME ? a->name
                                                    : dgi_country_code(x, a->country, r->doc->meta.published));
    }
}

static const struct dgi_column name_table[] = {
    DOCUMENT_KEYS,
    OWN("text", words, DGI_NF_SPAN, "text", "its words"),
    THING("type", DGI_NF_TYPE, "word", "PER, ORG, LOC, GPE, NORP, FAC, EVENT, PRODUCT, MISC"),
    THING("level", DGI_NF_LEVEL, "word",
          "name; titled: with what stands before it; inner: within another name; nominal: no name"),
    OWN("actor", named, NAME, "text", "who that is, by name; empty: nobody known"),
    OWN("actor_id", named, ID, "text", "actor id"),
    OWN("country", named, COUNTRY, "code", "country it belongs to"),
    SPAN("span", DGI_NF_SPAN, "where it stands"),
};

/* ---- places, quantities ---- */
static void of_event(struct dgi_cell *c, const struct dgi_row *r, struct dgi_export *x)
{
    (void)x;
    if (r->ev)
        dgi_cell_text(c, r->ev->id);
}

static void state_of_place(struct dgi_cell *c, const struct dgi_row *r, struct dgi_export *x)
{
    dgi_cell_text(c, dgi_country_code(x, ((const struct dgi_ev_place *)r->thing)->country, r->doc->meta.published));
}

static const struct dgi_column place_table[] = {
    DOCUMENT_KEYS,
    OWN("event", of_event, 0, "text", "the first event that happened there; empty: none"),
    OWN("text", words, DGI_PF_SPAN, "text", "its words; empty from a store"),
    THING("place", DGI_PF_NAME, "text", "what it is called"),
    OWN("country", state_of_place, 0, "code", "country it lies in"),
    THING("admin1", DGI_PF_ADMIN1, "text", "province or state"),
    THING("latitude", DGI_PF_LAT, "number", "degrees north"),
    THING("longitude", DGI_PF_LON, "number", "degrees east"),
    THING("geonames", DGI_PF_GEONAMES, "count", "GeoNames id"),
    THING("precision", DGI_PF_PRECISION, "word", "city, admin1, country, region: what the coordinates stand for"),
    THING("feature", DGI_PF_FEATURE, "code", "GeoNames' code; empty from a store"),
    SPAN("span", DGI_PF_SPAN, "where it stands; empty from a store"),
};

/* Of the document's text only: a store does not keep it, and does not say false. */
static void total(struct dgi_cell *c, const struct dgi_row *r, struct dgi_export *x)
{
    (void)x;
    if (r->doc->n_quantities)
        dgi_cell_bool(c, ((const struct dgi_ev_quantity *)r->thing)->total);
}

static const struct dgi_column quantity_table[] = {
    DOCUMENT_KEYS,
    OWN("event", of_event, 0, "text", "the first event that takes it; empty: none"),
    OWN("text", words, DGI_QF_SPAN, "text", "its words"),
    THING("kind", DGI_QF_KIND, "word", "troops, deaths, injured, displaced, detained, money, weapons, other"),
    THING("value", DGI_QF_VALUE, "number", "how many"),
    THING("low", DGI_QF_LOW, "number", "at least"),
    THING("high", DGI_QF_HIGH, "number", "at most"),
    THING("approx", DGI_QF_APPROX, "bool", "about so many"),
    THING("unit", DGI_QF_UNIT, "text", "USD, percent ..."),
    THING("of", DGI_QF_NOUN, "text", "lemma of what is counted"),
    OWN("total", total, 0, "bool", "a sum (brings the toll to 40), no addition; empty from a store"),
    SPAN("span", DGI_QF_SPAN, "where it stands"),
};

/* ---- items ---- */
/* clang-format off */
enum item_column {
    I_KIND, I_STATUS, I_DUE, I_STALE, I_CLOSED, I_SINCE, I_OPENED, I_AS_OF, I_PARTY, I_PARTY_ID, I_PARTY_ROLE,
    I_CONTENT, I_CONDITION, I_DEADLINE, I_FIRST, I_LAST, I_PRECISION, I_PLACE, I_PLACE_COUNTRY, I_LAT, I_LON, I_SOURCES,
    I_LINES, I_ID
};
/* clang-format on */

static void parties(struct dgi_cell *c, const struct dgi_row *r, struct dgi_export *x)
{
    const struct dgi_sit_item *it = r->thing;
    for (uint32_t i = 0; i < it->n_parties; i++) {
        const struct dgi_sit_party_ref *p = &it->parties[i];
        dgi_list_add(x, i > 0,
                     x->column->field == I_PARTY      ? p->actor.name
                     : x->column->field == I_PARTY_ID ? p->actor.id
                                                      : dgi_str(dgi_role_name[p->role]));
    }
    dgi_cell_list(c, x);
    c->type = it->n_parties ? DGI_CELL_TEXT : DGI_CELL_NONE;
}

static int32_t last_day(const struct dgi_day_range *d)
{
    return d->end == DGI_NO_DAY ? d->start : d->end;
}

static void item_place(struct dgi_cell *c, const struct dgi_row *r, struct dgi_export *x)
{
    const struct dgi_ev_place *p = r->state->place;
    if (!p)
        return;
    switch (x->column->field) {
    case I_PLACE: dgi_cell_text(c, p->name); break;
    case I_PLACE_COUNTRY: dgi_cell_text(c, dgi_country_code(x, p->country, r->state->since)); break;
    default: dgi_cell_number(c, true, x->column->field == I_LAT ? p->lat : p->lon);
    }
}

static void item(struct dgi_cell *c, const struct dgi_row *r, struct dgi_export *x)
{
    const struct dgi_sit_item *it = r->thing;
    const struct dgi_item_state *st = r->state;
    switch (x->column->field) {
    case I_ID: dgi_cell_text(c, it->id); break;
    case I_KIND: dgi_cell_text(c, dgi_str(dgi_item_kind_name[it->kind])); break;
    case I_STATUS: dgi_cell_text(c, dgi_str(dgi_item_status_name[st->status])); break;
    case I_DUE: dgi_cell_bool(c, st->due); break;
    case I_STALE: dgi_cell_bool(c, st->stale); break;
    case I_CLOSED: dgi_cell_bool(c, dgi_item_closed(it, st->status)); break;
    case I_SINCE: dgi_cell_date(c, st->since); break;
    case I_OPENED: dgi_cell_date(c, st->opened); break;
    case I_AS_OF: dgi_cell_date(c, r->when->as_of); break;
    case I_CONTENT: dgi_cell_text(c, it->content); break;
    case I_CONDITION: dgi_cell_text(c, it->condition); break;
    case I_DEADLINE: dgi_cell_date(c, last_day(&st->deadline)); break;
    case I_FIRST: dgi_cell_date(c, st->when.start); break;
    case I_LAST: dgi_cell_date(c, last_day(&st->when)); break;
    case I_SOURCES: dgi_cell_int(c, st->sources); break;
    case I_LINES: dgi_cell_int(c, st->n_seen); break;
    default: dgi_cell_text(c, dgi_str(st->when.start == DGI_NO_DAY ? "" : dgi_precision_name[st->when.precision]));
    }
}

/* The line of its history that counts last: which document, which event, which words. */
enum { L_DOCUMENT, L_EVENT, L_SENTENCE, L_QUANTITY, L_QUANTITY_KIND };
static void latest(struct dgi_cell *c, const struct dgi_row *r, struct dgi_export *x)
{
    const struct dgi_sit_item *it = r->thing;
    const struct dgi_sit_change **line = calloc((size_t)it->n_history + 1, sizeof *line);
    const struct dgi_ev_quantity *q = NULL;
    uint8_t *status = calloc((size_t)it->n_history + 1, 1);
    if (!line || !status) {
        x->out->failed = true;
    } else {
        uint32_t n = dgi_item_lines(it, r->when, line, status, it->n_history);
        const struct dgi_sit_change *last = n ? line[n - 1] : NULL;
        uint32_t n_q = x->column->field >= L_QUANTITY ? dgi_lines_quantities(line, n, &q, 1) : 0;
        if (last && x->column->field == L_DOCUMENT)
            dgi_cell_text(c, last->document);
        else if (last && x->column->field == L_EVENT)
            dgi_cell_text(c, last->event);
        else if (last && x->column->field == L_SENTENCE)
            dgi_cell_text(c, last->ev_text);
        else if (n_q && x->column->field == L_QUANTITY)
            dgi_cell_number(c, true, isnan(q->value) ? q->low : q->value);
        else if (n_q && x->column->field == L_QUANTITY_KIND)
            dgi_cell_text(c, dgi_str(dgi_quantity_kind_name[q->kind]));
    }
    free(line);
    free(status);
}

static const struct dgi_column item_table[] = {
    OWN("item", item, I_ID, "text", "the matter; the same id on every board of a store"),
    OWN("kind", item, I_KIND, "word", "demand, offer, threat, commitment, meeting, deployment, sanction ..."),
    OWN("status", item, I_STATUS, "word", "how it stands on as_of"),
    OWN("due", item, I_DUE, "bool", "its condition came about"),
    OWN("stale", item, I_STALE, "bool", "it would have lapsed, but nobody reports on its parties any more"),
    OWN("closed", item, I_CLOSED, "bool", "it is over"),
    OWN("since", item, I_SINCE, "date", "of the status"),
    OWN("opened", item, I_OPENED, "date", "first day"),
    OWN("as_of", item, I_AS_OF, "date", "the day that is asked about; of files the day of publication"),
    OWN("parties", parties, I_PARTY, "list", "who has to do with it, by name"),
    OWN("party_ids", parties, I_PARTY_ID, "list", "their ids, in the same order"),
    OWN("party_roles", parties, I_PARTY_ROLE, "list", "issuer, addressee, participant, party, holder ..., likewise"),
    OWN("content", item, I_CONTENT, "text", "what is demanded, offered, threatened ..."),
    OWN("condition", item, I_CONDITION, "text", "under which condition"),
    OWN("deadline", item, I_DEADLINE, "date", "last day of a deadline"),
    OWN("date_start", item, I_FIRST, "date", "of a meeting, an attack: first day"),
    OWN("date_end", item, I_LAST, "date", "last day of that"),
    OWN("date_precision", item, I_PRECISION, "word", "day, week, month, quarter, year"),
    OWN("place", item_place, I_PLACE, "text", "where"),
    OWN("place_country", item_place, I_PLACE_COUNTRY, "code", "country it lies in"),
    OWN("latitude", item_place, I_LAT, "number", "degrees north"),
    OWN("longitude", item_place, I_LON, "number", "degrees east"),
    OWN("quantity", latest, L_QUANTITY, "number", "the latest number of it: of a toll, a deployment"),
    OWN("quantity_kind", latest, L_QUANTITY_KIND, "word", "what that counts: deaths, troops ..."),
    OWN("sources", item, I_SOURCES, "count", "documents that tell of it"),
    OWN("reports", item, I_LINES, "count", "lines of its history"),
    OWN("document", latest, L_DOCUMENT, "text", "the document of its last line"),
    OWN("event", latest, L_EVENT, "text", "the event of that"),
    OWN("sentence", latest, L_SENTENCE, "text", "its sentence, on one line"),
};

/* clang-format off */
#define LAYOUT_FIELDS(...) {__VA_ARGS__}
/* clang-format on */
#define N(list) (sizeof(list) / sizeof *(list))
const struct dgi_table_layout dgi_tables_table[DGI_N_TABLE] = {
    [DGI_TABLE_EVENTS] = LAYOUT_FIELDS("events", dgi_plain_table, DGI_N_PLAIN, NULL),
    [DGI_TABLE_DOCUMENTS] = LAYOUT_FIELDS("documents", document_table, N(document_table), NULL),
    [DGI_TABLE_STATEMENTS] = LAYOUT_FIELDS("statements", statement_table, N(statement_table), dgi_statement_fields),
    [DGI_TABLE_ITEMS] = LAYOUT_FIELDS("items", item_table, N(item_table), NULL),
    [DGI_TABLE_TIMES] = LAYOUT_FIELDS("times", time_table, N(time_table), dgi_time_fields),
    [DGI_TABLE_PLACES] = LAYOUT_FIELDS("places", place_table, N(place_table), dgi_place_fields),
    [DGI_TABLE_QUANTITIES] = LAYOUT_FIELDS("quantities", quantity_table, N(quantity_table), dgi_quantity_fields),
    [DGI_TABLE_NAMES] = LAYOUT_FIELDS("names", name_table, N(name_table), dgi_name_fields),
};

/* ---- rows ---- */
static void row(struct dgi_export *x, const struct dgi_ev_doc *d, const void *thing, uint32_t number,
                const struct dgi_event *ev)
{
    struct dgi_row r = {.doc = d, .ev = ev, .thing = thing, .number = number, .day = d->meta.published};
    dgi_export_row(x, &r);
}

static void places(struct dgi_export *x, const struct dgi_ev_doc *d)
{
    for (uint32_t i = 0; i < d->n_places; i++)
        row(x, d, &d->places[i], i, event_at(x, d, d->places[i].span.start_cp, d->places[i].span.end_cp));
    for (uint32_t i = 0, n = 0; !d->n_places && i < d->n_events; i++) /* from a store */
        if (d->events[i].cameo[0] && d->events[i].place)
            row(x, d, d->events[i].place, n++, &d->events[i]);
}

static void quantities(struct dgi_export *x, const struct dgi_ev_doc *d)
{
    for (uint32_t i = 0; i < d->n_quantities; i++)
        row(x, d, &d->quantities[i], i, event_at(x, d, d->quantities[i].start, d->quantities[i].end));
    for (uint32_t i = 0, n = 0; !d->n_quantities && i < d->n_events; i++)
        for (uint32_t k = 0; d->events[i].cameo[0] && k < d->events[i].n_quantities; k++) {
            const struct dgi_ev_quantity *q = &d->events[i].quantities[k];
            if (event_at(x, d, q->start, q->end) == &d->events[i])
                row(x, d, q, n++, &d->events[i]);
        }
}

static void statements(struct dgi_export *x, const struct dgi_ev_doc *d)
{
    for (uint32_t i = 0; i < d->n_statements; i++)
        if (!x->actor || dgi_ev_actor_is(&d->statements[i].speaker, x->actor))
            row(x, d, &d->statements[i], i, NULL);
}

bool dgi_export_things(struct dgi_export *x, const struct dgi_ev_doc *d)
{
    dgi_export_begin(x);
    x->last_sentence = 0;
    find_in(x, d);
    switch (x->table) {
    case DGI_TABLE_DOCUMENTS: row(x, d, NULL, 0, NULL); break;
    case DGI_TABLE_STATEMENTS: statements(x, d); break;
    case DGI_TABLE_TIMES:
        for (uint32_t i = 0; i < d->n_times; i++)
            row(x, d, &d->times[i], i, NULL);
        break;
    case DGI_TABLE_NAMES:
        for (uint32_t i = 0; i < d->n_names; i++)
            row(x, d, &d->names[i], i, NULL);
        break;
    case DGI_TABLE_PLACES: places(x, d); break;
    default: quantities(x, d);
    }
    return !x->out->failed;
}

bool dgi_export_said(struct dgi_export *x, const struct dgi_store_source *src, const struct dgi_said *said)
{
    struct dgi_ev_doc d = {.meta = {.id = src->id, .url = src->url, .title = src->title, .published = src->published}};
    struct dgi_ev_statement s = {.id = said->id,
                                 .kind = said->kind,
                                 .speaker = {.id = said->speaker, .name = said->speaker_name},
                                 .content = said->content,
                                 .start = said->start,
                                 .end = said->end,
                                 .sentence = DGI_NONE};
    memcpy(s.speaker.country, said->speaker_country, sizeof s.speaker.country);
    x->n_find = 0;
    dgi_export_begin(x);
    row(x, &d, &s, 0, NULL);
    return !x->out->failed;
}

bool dgi_export_item(struct dgi_export *x, const struct dgi_ev_doc *doc, const struct dgi_sit_item *it,
                     const struct dgi_item_state *state, const struct dgi_sit_when *when)
{
    struct dgi_row r = {.doc = doc, .thing = it, .state = state, .when = when, .day = state->since};
    dgi_export_begin(x);
    dgi_export_row(x, &r);
    return !x->out->failed;
}
