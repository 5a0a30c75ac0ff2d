/* SPDX-License-Identifier: Apache-2.0 */
/* text/charset.h: bytes in any encoding to clean UTF-8. */
#ifndef DGI_CHARSET_H
#define DGI_CHARSET_H

#include "base/arena.h"
#include "base/error.h"

struct dgi_charset_info {
    char name[32];  /* encoding used: "UTF-8", "windows-1252" ... */
    char from[16];  /* bom declared valid detected assumed given */
    uint64_t n_bad; /* bytes or code points replaced by U+FFFD: ill-formed, NUL, other control characters */
};

/* Decode `bytes` into the arena: UTF-8, no byte order mark, LF line ends, NUL and control characters (but for tab and
 * newline) replaced by U+FFFD.
 * declared: from outside (HTTP), may be empty. html: look for <meta charset>. decoded: it is UTF-8, only clean it. */
dg_status dgi_charset_decode(dg_str *out, struct dgi_charset_info *info, dgi_arena *a, dg_str bytes, dg_str declared,
                             bool html, bool decoded, dg_error *err);

/* Name that iconv knows for a label of the WHATWG table ("latin1" -> "windows-1252"); NULL: not in it. */
const char *dgi_charset_label(dg_str label);

/* What a reference such as &#147; (128 to 159) in a page stands for: browsers read them as windows-1252 has them, which is not what
 * their numbers are in Unicode. Those it has not: U+FFFD. */
uint32_t dgi_charset_1252(uint32_t cp);

#endif
