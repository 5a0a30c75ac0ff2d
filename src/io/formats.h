/* SPDX-License-Identifier: Apache-2.0 */
/* io/formats.h: what the readers of the formats share; inside io/ only. */
#ifndef DGI_FORMATS_H
#define DGI_FORMATS_H

#include "io/reader.h"
#include "io/window.h"

struct dgi_reader {
    struct dgi_window w;
    char *name;
    uint8_t input;
    bool sniffed, done;
    bool mended;        /* the packed data broke off before what comes now */
    uint64_t n_records; /* seen, good or bad */
    void *json;         /* what the strings of the last record lie in */
    char *scratch;
};

/* Ends the reading with what is in *err already. */
enum dgi_next dgi_fail_now(dgi_reader *r);
/* The packed data broke off in or before the record that comes now: told, and the next call goes on behind it. */
enum dgi_next dgi_cut_here(dgi_reader *r, dg_error *err);
/* A record begins `ahead` bytes from here: its number, its byte, and that there may be others. */
void dgi_record_begins(dgi_reader *r, struct dgi_raw *raw, size_t ahead);
/* Nothing is left. An input without any record is a bad one. */
enum dgi_next dgi_records_end(dgi_reader *r, dg_error *err);

enum dgi_next dgi_next_line(dgi_reader *r, struct dgi_raw *raw, dg_error *err); /* JSON Lines */

#endif
