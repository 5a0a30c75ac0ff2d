/* SPDX-License-Identifier: Apache-2.0 */
/* api/coder.c: the chain from bytes to events. Each stage reads and writes one dgi_doc (doc/doc.h); docs/stages/. */
#include <stdio.h>
#include <stdlib.h>

#include "api/api.h"
#include "doc/read.h"
#include "event/coded.h"

dg_status dg_coder_new(dg_coder **out, const dg_model *model, const dg_coder_options *options, dg_error *err)
{
    dg_coder_options o = DG_CODER_OPTIONS_INIT;
    *out = NULL;
    dgi_options(&o, sizeof o, options);
    if (!o.max_bytes)
        o.max_bytes = DGI_DOCUMENT_MAX;
    dg_coder *c = calloc(1, sizeof *c);
    if (!c)
        return dgi_fail(err, DG_E_NOMEM, "no memory for a coder");
    c->model = model;
    c->options = o;
    dg_status st = DG_OK;
    if (o.depth >= DG_DEPTH_PARSE && !(c->worker = dgi_lang_worker_new(model->lang)))
        st = dgi_fail(err, DG_E_NOMEM, "no memory for the language model's scratch space");
    if (st == DG_OK && o.depth >= DG_DEPTH_CODE) {
        if ((st = dgi_time_open(&c->times, model->lexicon, model->words, err)) == DG_OK &&
            (st = dgi_place_open(&c->places, model->lexicon, model->words, err)) == DG_OK)
            st = dgi_quantity_open(&c->quantities, model->lexicon, err);
    }
    if (st != DG_OK) {
        dg_coder_free(c);
        return st;
    }
    *out = c;
    return DG_OK;
}

void dg_coder_free(dg_coder *c)
{
    if (!c)
        return;
    dgi_quantity_close(c->quantities);
    dgi_place_close(c->places);
    dgi_time_close(c->times);
    dgi_lang_worker_free(c->worker);
    free(c);
}

enum { N_STAGES = 9 };

/* Before stage `i`: does the caller want to go on? */
static dg_status stage(const dg_coder *c, uint32_t i, dg_error *err)
{
    const dg_coder_options *o = &c->options;
    if (o->progress && !o->progress(o->progress_user, i, N_STAGES))
        return dgi_fail(err, DG_E_CANCELLED, "stopped by the caller");
    return DG_OK;
}

/* What names are made of: times, actors, places, quantities. */
static dg_status resolve(dg_coder *c, struct dgi_doc *d, dg_error *err)
{
    const dg_model *m = c->model;
    dg_status st;
    if ((st = stage(c, 3, err)) != DG_OK || (st = dgi_times(c->times, d, err)) != DG_OK ||
        (st = stage(c, 4, err)) != DG_OK || (st = dgi_actors(m->actors, d, err)) != DG_OK ||
        (st = stage(c, 5, err)) != DG_OK || (st = dgi_places(c->places, d, err)) != DG_OK ||
        (st = dgi_actor_settle(m->actors, d, err)) != DG_OK || (st = stage(c, 6, err)) != DG_OK)
        return st;
    return dgi_quantities(c->quantities, d, err);
}

/* Everything from tokens on. */
static dg_status code_tokens(dg_coder *c, struct dgi_doc *d, dg_error *err)
{
    const dg_model *m = c->model;
    struct dgi_code_ctx code = {
        .tables = m->frames, .actors = m->actors, .no_veto = c->no_veto, .repairs_off = c->repairs_off};
    dg_status st;
    if (c->options.depth < DG_DEPTH_PARSE)
        return DG_OK;
    d->words = m->words; /* the tagger asks by form alone; dgi_doc_words() comes when the lemmas are there */
    if ((st = stage(c, 2, err)) != DG_OK || (st = dgi_lang_analyse(c->worker, d, err)) != DG_OK ||
        (st = dgi_lang_mend(d, err)) != DG_OK)
        return st;
    dgi_tree_index(d);
    if (c->options.depth < DG_DEPTH_CODE)
        return DG_OK;
    dgi_doc_words(d, m->words);
    if ((st = dgi_clauses_read(d, err)) != DG_OK || (st = resolve(c, d, err)) != DG_OK ||
        (st = stage(c, 7, err)) != DG_OK || (st = dgi_quote(m->quotes, d, err)) != DG_OK ||
        (st = dgi_coref_first_person(m->actors, d, err)) != DG_OK || (st = stage(c, 8, err)) != DG_OK)
        return st;
    st = dgi_code(&code, d, err);
    dgi_read_drop(d);
    return st;
}

/* What the document does to an empty situation: the record's "items", and the board of a report. */
static dg_status make_items(struct dg_doc *doc, dg_error *err)
{
    dgi_arena *a = doc->d->arena;
    struct dgi_sit_notes notes = {0};
    if (!doc->d->n_events)
        return DG_OK;
    if (!(doc->board = dgi_board_new(doc->model->rules, 0)))
        return dgi_fail(err, DG_E_NOMEM, "no memory for the document's situation");
    dg_status st = dgi_board_apply(doc->board, &doc->ev, &notes, a, err);
    if (st != DG_OK)
        return st;
    if (!(doc->items = dgi_arena_array(a, notes.n + 1, sizeof *doc->items)))
        return dgi_fail(err, DG_E_NOMEM, "no memory for the document's items");
    for (uint32_t i = 0; i < notes.n; i++) {
        const struct dgi_sit_note *n = &notes.notes[i];
        const struct dgi_sit_change *c = &n->item->history[n->change];
        if (c->status == DGI_IS_NONE && !n->opened)
            continue;
        doc->items[doc->n_items++] =
            (struct dgi_item_change){n->item->id, dgi_str(dgi_item_kind_name[n->item->kind]),
                                     dgi_str(dgi_item_status_name[c->status]), c->event, n->opened};
    }
    return DG_OK;
}

/* Ids, the document resolved, its items, the public handles. On success *out owns d. */
static dg_status finish(dg_doc **out, dg_coder *c, struct dgi_doc *d, const char *warning, dg_error *err)
{
    dg_doc *doc = dgi_ids_make(d) ? calloc(1, sizeof *doc) : NULL;
    if (!doc)
        return dgi_fail(err, DG_E_NOMEM, "no memory for the document's record");
    doc->d = d;
    doc->model = c->model;
    snprintf(doc->warning, sizeof doc->warning, "%s", warning);
    dg_status st = dgi_ev_from_doc(&doc->ev, d, d->arena, err);
    if (st == DG_OK && !dgi_views_make(doc))
        st = dgi_fail(err, DG_E_NOMEM, "no memory for the document's record");
    if (st == DG_OK)
        st = make_items(doc, err);
    if (st == DG_OK) {
        *out = doc;
        return DG_OK;
    }
    dgi_board_free(doc->board);
    free(doc);
    return st;
}

/* What of the text is in another language is set aside, and the rest is segmented anew. *n: paragraphs. */
static dg_status set_aside(uint32_t *n, struct dgi_language *l, struct dgi_doc *d, const dg_model *m, dg_error *err)
{
    const struct dgi_table *t = dgi_lexicon_table(m->lexicon, "languages");
    struct dgi_language other;
    *n = dgi_language_part(&other, l, d, m->words, t);
    if (!*n)
        return DG_OK;
    d->n_toks = d->n_sents = 0;
    dg_status st = dgi_segment(m->segmenter, d, err);
    dgi_language_tell(l, d, m->words, t);
    l->code = (dg_str){"", 0};
    l->name = other.name;
    return st;
}

/* A text that the models were not made for is told of, and not coded. *ours: it is in our language, as far as can be told. */
static dg_status check_language(bool *ours, struct dgi_doc *d, const dg_model *m, char *warning, size_t size,
                                dg_error *err)
{
    struct dgi_language l;
    size_t n = strlen(warning);
    uint32_t n_parts;
    dgi_language_tell(&l, d, m->words, dgi_lexicon_table(m->lexicon, "languages"));
    const dg_status st = set_aside(&n_parts, &l, d, m, err);
    if (st != DG_OK)
        return st;
    if (n_parts)
        snprintf(warning + n, size - n, "%sin part probably in %.*s: %u paragraphs not coded", n ? "; " : "",
                 (int)l.name.len, l.name.ptr, n_parts);
    n = strlen(warning);
    bool und = !l.code.len && l.share >= 0 && l.share < DGI_LANGUAGE_LEAST;
    if (l.code.len)
        snprintf(warning + n, size - n, "%snot in English but probably in %.*s (%.*s): not coded", n ? "; " : "",
                 (int)l.name.len, l.name.ptr, (int)l.code.len, l.code.ptr);
    else if (und)
        snprintf(warning + n, size - n,
                 "%sprobably not in English (%d of 100 words are common ones), the only language that is read yet",
                 n ? "; " : "", l.share);
    if (!d->meta.lang.len) /* BCP 47; "und": undetermined */
        d->meta.lang = l.code.len ? l.code : und ? DGI_S("und") : l.share >= 0 ? DGI_S("en") : (dg_str){"", 0};
    *ours = !l.code.len;
    return DG_OK;
}

/* An empty document, with a place for the reasons if they are wanted. */
static dg_status new_doc(struct dgi_doc **out, const dg_coder *c, dg_error *err)
{
    struct dgi_doc *d = *out = dgi_doc_new(0);
    if (d && c->options.trace && !(d->trace = dgi_arena_alloc(d->arena, sizeof *d->trace))) {
        dgi_doc_free(d);
        *out = d = NULL;
    }
    return d ? DG_OK : dgi_fail(err, DG_E_NOMEM, "no memory for a document");
}

static bool too_old(const dg_coder *c, const struct dgi_doc *d)
{
    return c->options.since != DG_NO_DAY && (d->meta.published == DGI_NO_DAY || d->meta.published < c->options.since);
}

static dg_status code_raw(dg_doc **out, dg_coder *c, const struct dgi_raw *raw, int32_t published, dg_error *err)
{
    char warning[sizeof(((dg_doc *)0)->warning)] = "";
    struct dgi_article_ctx ctx = {.layout = c->model->layout, .published = published, .plain = c->options.plain};
    struct dgi_article_info info = {0};
    struct dgi_doc *d;
    *out = NULL;
    dg_status st = new_doc(&d, c, err);
    if (st == DG_OK && (st = stage(c, 0, err)) == DG_OK)
        st = dgi_article(d, raw, &ctx, &info, err);
    if (st == DG_OK && d->text.len > c->options.max_bytes)
        st = dgi_fail(err, DG_E_LIMIT, "the text has %zu bytes, more than the limit of %u", d->text.len,
                      c->options.max_bytes);
    if (st == DG_OK && too_old(c, d)) {
        dgi_doc_free(d);
        return DG_OK;
    }
    if (st == DG_OK && info.charset.n_bad)
        snprintf(warning, sizeof warning, "%llu bad bytes or characters were replaced (read as %s)",
                 (unsigned long long)info.charset.n_bad, info.charset.name);
    else if (st == DG_OK && info.bad_date)
        snprintf(warning, sizeof warning, "the record's publication date is not understood and was left out");
    if (st == DG_OK && c->options.depth >= DG_DEPTH_TOKENS && (st = stage(c, 1, err)) == DG_OK)
        st = dgi_segment(c->model->segmenter, d, err);
    bool ours = true;
    if (st == DG_OK && c->options.depth >= DG_DEPTH_TOKENS)
        st = check_language(&ours, d, c->model, warning, sizeof warning, err);
    if (st == DG_OK && (ours || c->options.depth < DG_DEPTH_CODE)) /* trees are made when they are asked for */
        st = code_tokens(c, d, err);
    if (st == DG_OK)
        st = finish(out, c, d, warning, err);
    if (st == DG_OK)
        (*out)->foreign = !ours;
    if (st != DG_OK) {
        dgi_doc_free(d);
        if (err && raw->many) { /* an offset in the record's own text says nothing to who has the file */
            err->record = raw->record;
            err->byte = raw->byte;
        }
        return st;
    }
    (*out)->record = raw->many ? raw->record : 0;
    (*out)->byte = raw->many ? raw->byte : 0;
    return DG_OK;
}

dg_status dg_code(dg_doc **out, dg_coder *c, dg_str text, const dg_meta *meta, dg_error *err)
{
    dg_meta m = DG_META_INIT;
    *out = NULL;
    dgi_options(&m, sizeof m, meta);
    if (text.len > c->options.max_bytes)
        return dgi_fail(err, DG_E_LIMIT, "the text has %zu bytes, more than the limit of %u", text.len,
                        c->options.max_bytes);
    struct dgi_raw raw = {.record = 1,
                          .kind = DGI_RAW_TEXT,
                          .decoded = true,
                          .body = text,
                          .id = m.id,
                          .url = m.url,
                          .title = m.title,
                          .author = m.author,
                          .publisher = m.publisher,
                          .lang = m.lang};
    return code_raw(out, c, &raw, m.published != DG_NO_DAY ? m.published : c->options.published, err);
}

/* The day of the record, else the coder's: what is told from outside goes before what the text says. */
static void conllu_meta(struct dgi_doc *d, const struct dgi_raw *raw, int32_t published)
{
    struct dgi_day_range day;
    const dg_str *from[] = {&raw->id, &raw->url, &raw->title, &raw->author, &raw->publisher, &raw->lang};
    dg_str *to[] = {&d->meta.id, &d->meta.url, &d->meta.title, &d->meta.author, &d->meta.publisher, &d->meta.lang};
    for (size_t i = 0; i < sizeof from / sizeof *from; i++)
        if (from[i]->len)
            *to[i] = dgi_arena_str(d->arena, *from[i]);
    bool told = raw->published.len && dgi_day_parse(raw->published, &day);
    if (told || published != DG_NO_DAY) {
        d->meta.published = told ? day.start : published;
        d->meta.published_from = told ? DGI_S("meta") : DGI_S("option");
    }
}

dg_status dg_code_record(dg_doc **out, dg_coder *c, const dg_record *r, dg_error *err)
{
    *out = NULL;
    if (!r->is_conllu)
        return code_raw(out, c, &r->raw, c->options.published, err);
    struct dgi_conllu in;
    struct dgi_doc *d;
    dg_error told = {DG_OK, 0, 0, ""}; /* by the reader already */
    char warning[240] = "";
    bool end;
    dg_status st = new_doc(&d, c, err);
    if (st != DG_OK)
        return st;
    dgi_conllu_init(&in, r->raw.body);
    if ((st = dgi_conllu_next(&in, d, &end, &told, err)) != DG_OK) {
        dgi_doc_free(d);
        return st;
    }
    conllu_meta(d, &r->raw, c->options.published);
    if (too_old(c, d)) {
        dgi_doc_free(d);
        return DG_OK;
    }
    if (r->warning.status != DG_OK)
        snprintf(warning, sizeof warning, "sentence %llu, byte %llu: %.180s", (unsigned long long)r->warning.record,
                 (unsigned long long)r->warning.byte, r->warning.message);
    dg_str id = d->meta.id; /* CoNLL-U without "# newdoc" stays without: ids are made for records only */
    st = code_tokens(c, d, err);
    if (st == DG_OK)
        st = finish(out, c, d, warning, err);
    if (st == DG_OK)
        d->meta.id = id;
    else
        dgi_doc_free(d);
    return st;
}

static bool copy_meta(struct dgi_doc *d, const struct dgi_meta *from)
{
    struct dgi_meta *m = &d->meta;
    *m = *from;
    dg_str *s[] = {&m->id, &m->url, &m->title, &m->author, &m->publisher, &m->lang, &m->published_from};
    bool ok = true;
    for (size_t i = 0; i < sizeof s / sizeof *s; i++) {
        *s[i] = s[i]->len ? dgi_arena_str(d->arena, *s[i]) : (dg_str){"", 0};
        ok = ok && s[i]->ptr;
    }
    return ok;
}

dg_status dgi_code_kept(dg_doc **out, dg_coder *c, const struct dgi_ev_doc *kept, dg_error *err)
{
    *out = NULL;
    struct dgi_doc *d;
    dg_status st = new_doc(&d, c, err);
    if (st != DG_OK)
        return st;
    d->text = dgi_arena_str(d->arena, kept->text);
    if (!d->text.ptr || !copy_meta(d, &kept->meta))
        st = dgi_fail(err, DG_E_NOMEM, "no memory for a document");
    if (st == DG_OK &&
        !dgi_blocks_unpack(d, kept->blocks)) { /* kept by an older program, or CoNLL-U: read as any text */
        struct dgi_raw raw = {.record = 1,
                              .kind = DGI_RAW_TEXT,
                              .decoded = true,
                              .body = kept->text,
                              .id = kept->meta.id,
                              .url = kept->meta.url,
                              .title = kept->meta.title,
                              .author = kept->meta.author,
                              .publisher = kept->meta.publisher};
        dgi_doc_free(d);
        return code_raw(out, c, &raw, kept->meta.published, err);
    }
    char warning[sizeof(((dg_doc *)0)->warning)] = "";
    bool ours = true;
    if (st == DG_OK && (st = dgi_segment(c->model->segmenter, d, err)) == DG_OK)
        st = check_language(&ours, d, c->model, warning, sizeof warning, err);
    if (st == DG_OK && ours)
        st = code_tokens(c, d, err);
    if (st == DG_OK)
        st = finish(out, c, d, warning, err);
    if (st == DG_OK)
        (*out)->foreign = !ours;
    if (st != DG_OK)
        dgi_doc_free(d);
    return st;
}
uint64_t dg_doc_record(const dg_doc *doc)
{
    return doc->record;
}
uint64_t dg_doc_byte(const dg_doc *doc)
{
    return doc->byte;
}

void dg_doc_free(dg_doc *doc)
{
    if (!doc)
        return;
    dgi_board_free(doc->board);
    dgi_doc_free(doc->d);
    free(doc);
}

static bool write_doc(struct dgi_buf *buf, const dg_doc *doc, dg_format format)
{
    switch (format) {
    case DG_FORMAT_CONLLU: return dgi_record_conllu(buf, doc->d, NULL);
    case DG_FORMAT_CONLLU_NER: return dgi_record_conllu(buf, doc->d, &doc->ev);
    case DG_FORMAT_TIMEML: return dgi_record_timeml(buf, &doc->ev);
    case DG_FORMAT_BRAT: return dgi_record_brat(buf, &doc->ev);
    case DG_FORMAT_CODED: return dgi_coded_write(buf, &doc->ev, dgi_coder_sum(doc->model));
    default:
        return dgi_record_json(buf, &doc->ev, &doc->model->codes,
                               format == DG_FORMAT_JSON_TEXT ? DG_LIST_ALL : DG_LIST_ALL & ~DG_LIST_TEXT, doc->items,
                               doc->n_items);
    }
}

dg_status dg_doc_write_only(dg_text *out, const dg_doc *doc, uint32_t lists, dg_error *err)
{
    struct dgi_buf buf = {0};
    struct dgi_ev_doc ev = doc->ev;
    dgi_arena *a = NULL;
    *out = (dg_text){NULL, 0};
    if (lists & DG_LIST_ATTRIBUTIONS) {
        dg_status st = (a = dgi_arena_new(0)) ? dgi_attributions_of(doc, a, &ev, err)
                                              : dgi_fail(err, DG_E_NOMEM, "no memory for the attributions");
        if (st != DG_OK) {
            dgi_arena_free(a);
            return st;
        }
    }
    if (!dgi_record_json(&buf, &ev, &doc->model->codes, lists, doc->items, doc->n_items))
        buf.failed = true;
    dgi_arena_free(a);
    return dgi_text_give(out, &buf, err);
}

dg_status dg_doc_write(dg_text *out, const dg_doc *doc, dg_format format, dg_error *err)
{
    struct dgi_buf buf = {0};
    *out = (dg_text){NULL, 0};
    if (!write_doc(&buf, doc, format))
        buf.failed = true;
    return dgi_text_give(out, &buf, err);
}

struct taker {
    dg_write_fn *fn;
    void *user;
    bool stopped;
};
static bool take(void *user, const char *ptr, size_t len)
{
    struct taker *t = user;
    t->stopped = t->stopped || !t->fn(t->user, ptr, len);
    return !t->stopped;
}

dg_status dg_doc_write_to(dg_write_fn *fn, void *user, const dg_doc *doc, dg_format format, dg_error *err)
{
    struct taker t = {fn, user, false};
    struct dgi_buf buf = {.sink = take, .user = &t};
    bool ok = write_doc(&buf, doc, format) && dgi_buf_flush(&buf);
    dgi_buf_free(&buf);
    if (t.stopped)
        return dgi_fail(err, DG_E_CANCELLED, "stopped by the caller");
    return ok ? DG_OK : dgi_fail(err, DG_E_NOMEM, "no memory for the text to be written");
}
