/* SPDX-License-Identifier: Apache-2.0 */
/* io/zip.h: a zip archive that holds files of news, entry by entry. */
#ifndef DGI_ZIP_H
#define DGI_ZIP_H

#include "base/error.h"
#include "base/json.h"

struct dgi_zip;

/* `bytes` are borrowed until close. DG_E_FORMAT: damaged. */
dg_status dgi_zip_open(struct dgi_zip **out, dg_str bytes, dg_error *err);
void dgi_zip_close(struct dgi_zip *z); /* NULL is fine */
/* The next entry that is a file: its bytes in *out, at most max, and its name, until the next call. *end: there is none. DG_E_LIMIT, DG_E_FORMAT:
 * this one cannot be had (the name is there), the next call goes on; with *end: nor can any behind it. */
dg_status dgi_zip_next(struct dgi_zip *z, struct dgi_buf *out, size_t max, dg_str *name, bool *end, dg_error *err);

#endif
