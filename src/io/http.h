/* SPDX-License-Identifier: Apache-2.0 */
/* io/http.h: an HTTP response as an archive keeps it: head, transfer and content encodings. */
#ifndef DGI_HTTP_H
#define DGI_HTTP_H

#include "base/error.h"
#include "base/json.h"

struct dgi_http {
    int status;
    dg_str type, transfer, encoding; /* Content-Type ... */
    dg_str body;                     /* as it came */
};

/* Bytes of a head with the blank line that ends it; 0: it has no end in s. */
size_t dgi_http_head(dg_str s);
/* The next "Name: value" of *rest; lines that begin with white space are left out. False: no more. */
bool dgi_http_field(dg_str *rest, dg_str *name, dg_str *value);
/* Views of s. False: no HTTP response. */
bool dgi_http_read(struct dgi_http *h, dg_str s);
/* The parameter "charset" of a media type, or empty. */
dg_str dgi_http_charset(dg_str content_type);
/* The body without its encodings, as far as it has those it says (crawlers undo them and leave the head): a view of it or of one
 * of buf. At most max bytes, else DG_E_LIMIT. What is damaged: DG_E_FORMAT. */
dg_status dgi_http_decode(dg_str *out, const struct dgi_http *h, struct dgi_buf buf[2], size_t max, dg_error *err);

#endif
