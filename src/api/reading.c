/* SPDX-License-Identifier: Apache-2.0 */
/* api/reading.c: files to records. Texts and pages come from io/, CoNLL-U is read whole and handed out by document. */
#include <stdlib.h>

#include "api/api.h"

struct dg_reader {
    dgi_reader *raw;
    char *bytes; /* CoNLL-U */
    struct dgi_conllu conllu;
    bool is_conllu, ended;
};

enum { DEFAULT_MAX = 8 << 20, CONLLU_MAX = 512 << 20 };

dg_status dg_reader_open(dg_reader **out, const char *path, const dg_reader_options *options, dg_error *err)
{
    dg_reader_options o = DG_READER_OPTIONS_INIT;
    *out = NULL;
    if (options)
        memcpy(&o, options, options->size < sizeof o ? options->size : sizeof o);
    dg_reader *r = calloc(1, sizeof *r);
    if (!r)
        return dgi_fail(err, DG_E_NOMEM, "no memory for a reader");
    dg_status st;
    if (o.input == DG_INPUT_CONLLU) {
        size_t n = 0;
        r->is_conllu = true;
        st = dgi_read_all(&r->bytes, &n, path, CONLLU_MAX, err);
        if (st == DG_OK)
            dgi_conllu_init(&r->conllu, dgi_strn(r->bytes, n));
    } else {
        struct dgi_reader_options ro = {.input = (uint8_t)o.input, .max_document = o.max_bytes ? o.max_bytes : DEFAULT_MAX};
        st = dgi_reader_open(&r->raw, path, &ro, err);
    }
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

static dg_status next_conllu(dg_record **out, dg_reader *r, dg_error *err)
{
    bool end = false;
    dg_record *rec = calloc(1, sizeof *rec);
    struct dgi_doc *d = dgi_doc_new(0);
    if (!rec || !d) {
        free(rec);
        dgi_doc_free(d);
        r->ended = true;
        return dgi_fail(err, DG_E_NOMEM, "no memory for a document");
    }
    uint64_t before = r->conllu.rest.len;
    rec->number = r->conllu.sentence + 1;
    dg_status st = dgi_conllu_next(&r->conllu, d, &end, &rec->warning, err);
    if (st != DG_OK || end) {
        r->ended = true;
        dgi_doc_free(d);
        free(rec);
        return st;
    }
    rec->bytes = before - r->conllu.rest.len;
    rec->conllu = d;
    *out = rec;
    return DG_OK;
}

/* A record owns its strings: the reader's views last only until its next record. */
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

dg_status dg_reader_next(dg_record **out, dg_reader *r, dg_error *err)
{
    struct dgi_raw raw = {0};
    dg_error e = {0};
    *out = NULL;
    if (r->ended)
        return DG_OK;
    if (r->is_conllu)
        return next_conllu(out, r, err);
    enum dgi_next what = dgi_reader_next(r->raw, &raw, &e);
    if (what == DGI_NEXT_RECORD) {
        if ((*out = own(&raw)))
            return DG_OK;
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

void dg_record_free(dg_record *rec)
{
    if (!rec)
        return;
    dgi_doc_free(rec->conllu);
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
