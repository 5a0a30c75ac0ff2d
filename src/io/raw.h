/* SPDX-License-Identifier: Apache-2.0 */
/* io/raw.h: a raw record: one news item as it came in, before anything is made of it. */
#ifndef DGI_RAW_H
#define DGI_RAW_H

#include "base/str.h"

enum dgi_raw_kind { DGI_RAW_TEXT, DGI_RAW_HTML };

enum { DGI_MAX_ID = 4096 }; /* bytes of a document's id: it stands in every event of the document */

/* Strings are views; whoever filled the record owns them (dgi_reader: until the next dgi_reader_next or close). Only
 * `body` may be in any encoding; the others are UTF-8, not yet checked (dgi_article cleans what it takes). */
struct dgi_raw {
    uint64_t record; /* 1-based within its input */
    uint64_t byte;   /* where it begins in its input */
    bool many;       /* its input is one that may hold many */
    uint8_t kind;    /* enum dgi_raw_kind */
    bool decoded;    /* body is UTF-8 already (JSON), whatever a page declares */
    dg_str charset;  /* declared from outside (HTTP), or empty */
    dg_str body;
    dg_str id, url, title, author, publisher, lang;
    dg_str published; /* as given: "2022-01-12T10:00:00Z", "12 January 2022" ... */
};

#endif
