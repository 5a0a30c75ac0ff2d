/* SPDX-License-Identifier: Apache-2.0 */
/* brief/escape.c: text of others in a page.
 *
 * Reads   text
 * Writes  HTML in which it is nothing but text */
#include "brief/brief_int.h"

#include "base/utf8.h"

static void escaped(struct dgi_buf *out, dg_str s)
{
    size_t from = 0;
    for (size_t i = 0; i < s.len; i++) {
        const char *r = NULL;
        switch (s.ptr[i]) {
        case '&': r = "&amp;"; break;
        case '<': r = "&lt;"; break;
        case '>': r = "&gt;"; break;
        case '"': r = "&quot;"; break;
        case '\'': r = "&#39;"; break;
        default: continue;
        }
        dgi_buf_add(out, dgi_str_sub(s, from, i));
        dgi_buf_add(out, dgi_str(r));
        from = i + 1;
    }
    dgi_buf_add(out, dgi_str_sub(s, from, s.len));
}

/* Text of others: escaped, and without what turns the order of the page around it (bidi overrides). */
void dgi_html(struct dgi_buf *out, dg_str s)
{
    size_t n, bad;
    for (; n = dgi_utf8_shown(s, &bad), n + bad > 0; s = dgi_str_sub(s, n + bad, s.len)) {
        escaped(out, dgi_str_sub(s, 0, n));
        if (bad)
            dgi_buf_add(out, DGI_S("\xEF\xBF\xBD"));
    }
}
