/* SPDX-License-Identifier: Apache-2.0 */
/* api/records.c: files and memory to records. Texts and pages come from io/, CoNLL-U is read whole and handed out by document.
 *
 * A record owns its bytes and is never changed: the reader's views last only until its next record, and whoever codes it may
 * do so again. CoNLL-U is read twice therefore, here for its borders and faults and when it is coded: a hundredth of coding. */
#include <stdlib.h>

#include "api/api.h"
#include "base/day.h"

struct dg_reader {
    dgi_reader *raw;
    char *bytes; /* CoNLL-U of a file */
    struct dgi_conllu conllu;
    bool is_conllu, ended;
};

static dg_status reader_new(dg_reader **out, dg_reader_options *o, const dg_reader_options *options, dg_error *err)
{
    *o = (dg_reader_options)DG_READER_OPTIONS_INIT;
    dgi_options(o, sizeof *o, options);
    if (!(*out = calloc(1, sizeof **out)))
        return dgi_fail(err, DG_E_NOMEM, "no memory for a reader");
    (*out)->is_conllu = o->input == DG_INPUT_CONLLU;
    return DG_OK;
}

static struct dgi_reader_options io_options(const dg_reader_options *o)
{
    return (struct dgi_reader_options){.input = (uint8_t)o->input,
                                       .max_document = o->max_bytes ? o->max_bytes : DGI_DOCUMENT_MAX,
                                       .go = o->progress,
                                       .user = o->progress_user,
                                       .map = o->map};
}

dg_status dg_reader_open(dg_reader **out, const char *path, const dg_reader_options *options, dg_error *err)
{
    dg_reader_options o;
    dg_reader *r;
    *out = NULL;
    dg_status st = reader_new(&r, &o, options, err);
    if (st != DG_OK)
        return st;
    if (r->is_conllu) {
        size_t n = 0;
        st = dgi_read_all(&r->bytes, &n, path, DGI_CONLLU_MAX, err);
        if (st == DG_OK)
            dgi_conllu_init(&r->conllu, dgi_strn(r->bytes, n));
    } else {
        struct dgi_reader_options io = io_options(&o);
        st = dgi_reader_open(&r->raw, path, &io, err);
    }
    if (st != DG_OK) {
        dg_reader_close(r);
        return st;
    }
    *out = r;
    return DG_OK;
}

dg_status dg_reader_open_bytes(dg_reader **out, dg_str bytes, const char *name, const dg_reader_options *options,
                               dg_error *err)
{
    dg_reader_options o;
    dg_reader *r;
    *out = NULL;
    dg_status st = reader_new(&r, &o, options, err);
    if (st != DG_OK)
        return st;
    struct dgi_reader_options io = io_options(&o);
    if (r->is_conllu && bytes.len > DGI_CONLLU_MAX)
        st = dgi_fail(err, DG_E_LIMIT, "longer than %d bytes, the most that is read", DGI_CONLLU_MAX);
    else if (r->is_conllu)
        dgi_conllu_init(&r->conllu, bytes);
    else
        st = dgi_reader_open_bytes(&r->raw, bytes, name, &io, err);
    if (st != DG_OK) {
        dg_reader_close(r);
        return st;
    }
    *out = r;
    return DG_OK;
}

void dg_reader_close(dg_reader *r)
{
    if (!r)
        return;
    dgi_reader_close(r->raw);
    free(r->bytes);
    free(r);
}

/* A record with its own copy of the strings. NULL: no memory. */
static dg_record *own(const struct dgi_raw *raw)
{
    const dg_str from[] = {raw->charset, raw->body,      raw->id,   raw->url,      raw->title,
                           raw->author,  raw->publisher, raw->lang, raw->published};
    enum { N = sizeof from / sizeof *from };
    size_t n = 0, at = 0;
    for (int i = 0; i < N; i++)
        n += from[i].len;
    dg_record *rec = calloc(1, sizeof *rec);
    if (!rec || !(rec->memory = malloc(n + 1))) {
        free(rec);
        return NULL;
    }
    rec->raw = *raw;
    dg_str *to[] = {&rec->raw.charset, &rec->raw.body,      &rec->raw.id,   &rec->raw.url,      &rec->raw.title,
                    &rec->raw.author,  &rec->raw.publisher, &rec->raw.lang, &rec->raw.published};
    for (int i = 0; i < N; i++) {
        if (from[i].len)
            memcpy(rec->memory + at, from[i].ptr, from[i].len);
        *to[i] = (dg_str){rec->memory + at, from[i].len};
        at += from[i].len;
    }
    rec->number = raw->record;
    rec->bytes = raw->body.len;
    return rec;
}

/* The next document of CoNLL-U: its bytes in *raw, what was left out of it in *warning. */
static enum dgi_next next_conllu(dg_reader *r, struct dgi_raw *raw, dg_error *warning, dg_error *err)
{
    bool end = false;
    struct dgi_doc *d = dgi_doc_new(0);
    dg_str before = r->conllu.rest;
    raw->record = r->conllu.sentence + 1;
    if (!d) {
        dgi_fail(err, DG_E_NOMEM, "no memory for a document");
        return DGI_NEXT_FAILED;
    }
    dg_status st = dgi_conllu_next(&r->conllu, d, &end, warning, err);
    dgi_doc_free(d);
    raw->body = dgi_str_sub(before, 0, before.len - r->conllu.rest.len);
    return st != DG_OK ? DGI_NEXT_FAILED : end ? DGI_NEXT_END : DGI_NEXT_RECORD;
}

/* The next record with what `meta` says put before what it says itself. */
static dg_status next(dg_record **out, dg_reader *r, const dg_meta *meta, dg_error *err)
{
    struct dgi_raw raw = {0};
    dg_error e = {DG_OK, 0, 0, ""}, warning = {DG_OK, 0, 0, ""};
    char day[16];
    *out = NULL;
    if (r->ended)
        return DG_OK;
    enum dgi_next what = r->is_conllu ? next_conllu(r, &raw, &warning, &e) : dgi_reader_next(r->raw, &raw, &e);
    if (what == DGI_NEXT_RECORD) {
        const dg_str told[] = {meta->id,        meta->url,  meta->title,  meta->author,
                               meta->publisher, meta->lang, meta->charset};
        dg_str *to[] = {&raw.id, &raw.url, &raw.title, &raw.author, &raw.publisher, &raw.lang, &raw.charset};
        for (size_t i = 0; i < sizeof told / sizeof *told; i++)
            if (told[i].len)
                *to[i] = told[i];
        if (meta->published != DG_NO_DAY) {
            dgi_day_format(meta->published, day);
            raw.published = dgi_str(day);
        }
        if ((*out = own(&raw))) {
            (*out)->is_conllu = r->is_conllu;
            (*out)->warning = warning;
            return DG_OK;
        }
        r->ended = true;
        return dgi_fail(err, DG_E_NOMEM, "no memory for record %llu", (unsigned long long)raw.record);
    }
    r->ended = what != DGI_NEXT_BAD;
    if (what == DGI_NEXT_END)
        return DG_OK;
    if (err)
        *err = e;
    return e.status == DG_OK ? DG_E_FORMAT : e.status;
}

static const dg_meta nothing_told = DG_META_INIT;

dg_status dg_reader_next(dg_record **out, dg_reader *r, dg_error *err)
{
    return next(out, r, &nothing_told, err);
}

dg_status dg_record_new(dg_record **out, dg_input input, dg_str bytes, const dg_meta *meta, dg_error *err)
{
    dg_reader_options o = DG_READER_OPTIONS_INIT;
    dg_meta told = DG_META_INIT;
    dg_record *rec = NULL, *more = NULL;
    dg_reader *r;
    *out = NULL;
    dgi_options(&told, sizeof told, meta);
    if (told.id.len > DGI_MAX_ID)
        return dgi_fail(err, DG_E_LIMIT, "the id has %zu bytes, more than %d", told.id.len, DGI_MAX_ID);
    o.input = input;
    dg_status st = dg_reader_open_bytes(&r, bytes, NULL, &o, err);
    if (st != DG_OK)
        return st;
    if ((st = next(&rec, r, &told, err)) == DG_OK && !rec)
        st = dgi_fail(err, DG_E_FORMAT, "there is no record in it");
    if (st == DG_OK && (next(&more, r, &told, NULL) != DG_OK || more))
        st = dgi_fail(err, DG_E_FORMAT, "there is more than one record in it");
    if (st == DG_OK) {
        rec->raw.many = false;
        *out = rec;
        rec = NULL;
    }
    dg_record_free(rec);
    dg_record_free(more);
    dg_reader_close(r);
    return st;
}

void dg_record_free(dg_record *rec)
{
    if (!rec)
        return;
    free(rec->memory);
    free(rec);
}

uint64_t dg_record_number(const dg_record *rec)
{
    return rec->number;
}

uint64_t dg_record_bytes(const dg_record *rec)
{
    return rec->bytes;
}
