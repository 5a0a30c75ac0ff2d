/* SPDX-License-Identifier: Apache-2.0 */
/* io/formats.h: what the readers of the formats share; inside io/ only. */
#ifndef DGI_FORMATS_H
#define DGI_FORMATS_H

#include "base/arena.h"
#include "base/json.h"
#include "io/field_names.h"
#include "io/reader.h"
#include "io/window.h"

struct dgi_reader {
    struct dgi_window w;
    char *name;
    uint8_t input, asked; /* what it is, what the caller said */
    bool sniffed, done;
    bool mended;        /* the packed data broke off before what comes now */
    uint64_t n_records; /* seen, good or bad */
    void *json;         /* what the strings of the last record lie in: */
    char *scratch;
    dgi_arena *arena, *keep; /* of the record, of the input */
    struct dgi_map map;
    uint64_t wasted; /* looked through in vain: hostile input would have all of it looked through for each record */
    dg_str of, lang, charset; /* of a feed: its name ... */
    bool headed;              /* its head was read */
    bool in_list, whole;      /* JSON: inside a list of records; each value is a record */
    uint32_t depth;           /* JSON: open objects around the list */
    struct dgi_table *table;
    struct dgi_zip *zip; /* of files, each read by `inner` */
    dgi_reader *inner;
    bool is_inner;
    struct dgi_reader_options options; /* of the caller */
    struct dgi_buf body[2];            /* WARC: a page without its encodings */
    uint8_t export;                    /* which library's */
};

enum { DGI_MOST_WASTED = 128 << 20 };

/* Ends the reading with what is in *err already. */
enum dgi_next dgi_fail_now(dgi_reader *r);
/* The packed data broke off in or before the record that comes now: told, and the next call goes on behind it. */
enum dgi_next dgi_cut_here(dgi_reader *r, dg_error *err);
/* A record begins `ahead` bytes from here: its number, its byte, and that there may be others. */
void dgi_record_begins(dgi_reader *r, struct dgi_raw *raw, size_t ahead);
/* Nothing is left. An input without any record is a bad one. */
enum dgi_next dgi_records_end(dgi_reader *r, dg_error *err);

enum dgi_next dgi_next_line(dgi_reader *r, struct dgi_raw *raw, dg_error *err); /* JSON Lines */
enum dgi_next dgi_next_value(dgi_reader *r, struct dgi_raw *raw,
                             dg_error *err);                                    /* JSON: a list somewhere, or objects */
enum dgi_next dgi_next_item(dgi_reader *r, struct dgi_raw *raw, dg_error *err); /* RSS, Atom */
enum dgi_next dgi_next_row(dgi_reader *r, struct dgi_raw *raw, dg_error *err);  /* tables */
void dgi_table_end(dgi_reader *r);
enum dgi_next dgi_next_archived(dgi_reader *r, struct dgi_raw *raw, dg_error *err); /* WARC */
enum dgi_next dgi_next_article(dgi_reader *r, struct dgi_raw *raw, dg_error *err);  /* exports of news libraries */

/* Which library's export does this begin? 0: none. */
uint8_t dgi_export_of(dg_str head);

/* Does this begin an object with a list of records in it (true), or one that goes over several lines (true, *whole)? */
bool dgi_json_holds_list(dg_str head, bool *whole);
/* charset empty: as it is where it is UTF-8, else windows-1252. A view of s, or in the arena; ptr NULL: no memory. */
dg_str dgi_to_utf8(dgi_arena *a, dg_str s, dg_str charset);

#endif
