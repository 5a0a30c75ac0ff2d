/* SPDX-License-Identifier: Apache-2.0 */
/* io/saved_html.h: exports of news libraries that were saved as HTML, to the lines that io/exports.c cuts. */
#ifndef DGI_SAVED_HTML_H
#define DGI_SAVED_HTML_H

#include "base/error.h"
#include "base/json.h"

/* Might this HTML be such an export? By the words only, cheap: false means no. */
bool dgi_html_may_be_export(dg_str html);
/* Its text in lines: a block a line, cells of a table apart by a tab, a rule as underscores; scripts and styles left out. UTF-8;
 * 64 MiB at most, what is beyond them is left out. Fails with DG_E_NOMEM alone. */
dg_status dgi_html_lines(struct dgi_buf *out, dg_str html, dg_error *err);

#endif
