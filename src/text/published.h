/* SPDX-License-Identifier: Apache-2.0 */
/* text/published.h: when was this published? Dates in metadata, addresses, datelines and date lines. */
#ifndef DGI_PUBLISHED_H
#define DGI_PUBLISHED_H

#include "doc/doc.h"
#include "text/layout.h"

/* First whole date (day, month and year) of a short piece of text; *at (may be NULL) is where it stands.
 * "12 January 2022", "Jan. 12, 2022", "2022-01-12T10:00Z", "12.01.2022", "13/01/2022"; 01/02/2022 is no date: nobody
 * knows which. */
bool dgi_date_find(const dgi_layout *l, dg_str s, int32_t *day, dgi_span *at);
/* Does the name of a month stand in it? */
bool dgi_date_month(const dgi_layout *l, dg_str s);
/* A date in the path of an address: /2022/01/12/, -2022-01-12, /20220112, /2022/jan/12/. */
bool dgi_date_in_url(const dgi_layout *l, dg_str url, int32_t *day);
/* As a metadata value: ISO 8601, else dgi_date_find, else seconds or milliseconds since 1970. */
bool dgi_date_value(const dgi_layout *l, dg_str s, int32_t *day);

/* Is this line nothing but a date with its trimmings ("Published: Tuesday 14 July 2015, 18:42 GMT", "Saturday, August
 * 24, 2019", "Jane Doe | 5 January 2021 | 3 min read")? *updated: it dates a later change. */
bool dgi_date_line(const dgi_layout *l, dg_str line, int32_t *day, bool *updated);

/* What was found on the way, best of its kind; DGI_NO_DAY: none. */
struct dgi_dates {
    int32_t option;   /* the caller's word */
    int32_t meta;     /* a record's field, <meta>, JSON-LD, <time> */
    int32_t url;      /* the record's address, or one at the head or tail of the text */
    int32_t dateline; /* "KABUL, Jan 3, 2005 (AP) - " with a year */
    int32_t line;     /* a date line */
    int32_t line_updated;
};
void dgi_dates_init(struct dgi_dates *d);
/* option > metadata > address > dateline with a year > date line > date line of a change > none. */
void dgi_dates_decide(const struct dgi_dates *d, struct dgi_meta *meta);

#endif
