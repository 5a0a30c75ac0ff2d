/* SPDX-License-Identifier: Apache-2.0 */
/* io/office.h: word processors' files to plain text, paragraphs as lines. News libraries export in these. */
#ifndef DGI_OFFICE_H
#define DGI_OFFICE_H

#include "base/error.h"
#include "base/json.h"

enum { DGI_OFFICE_MOST = 64 << 20 }; /* bytes of text, and of a document's XML */

/* The text of a .docx file. DG_E_KIND: a zip archive, but no such document; *files: it is no package of another program either (a
 * spreadsheet, a book), but holds files of its own. */
dg_status dgi_docx_text(struct dgi_buf *out, dg_str zip, bool *files, dg_error *err);
/* The text of an RTF file. What breaks off gives what there is. */
dg_status dgi_rtf_text(struct dgi_buf *out, dg_str rtf, dg_error *err);

#endif
