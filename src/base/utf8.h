/* SPDX-License-Identifier: Apache-2.0 */
/* base/utf8.h: code points, validity, byte <-> code point offsets, simple case folding. */
#ifndef DGI_UTF8_H
#define DGI_UTF8_H

#include "base/arena.h"
#include "base/str.h"

/* Decode one code point at s.ptr[*at], advance *at. Ill-formed bytes give U+FFFD and advance by one. *at < s.len. */
uint32_t dgi_utf8_next(dg_str s, size_t *at);
/* Writes 1-4 bytes to out, returns how many. Surrogates and > 10FFFF become U+FFFD. */
size_t dgi_utf8_put(uint32_t cp, char out[4]);
/* Offset of the first ill-formed byte, or SIZE_MAX when all is well-formed. */
size_t dgi_utf8_invalid(dg_str s);
uint32_t dgi_utf8_count(dg_str s); /* code points of well-formed s */
/* Characters that steer a terminal or turn the order of what is read: controls (but tab and newline), C1 controls
 * U+0080-U+009F, bidi marks and overrides, line and paragraph separators. Never shown as they are. */
bool dgi_cp_steers(uint32_t cp);
/* How many bytes from the start of s can be shown to a person as they are; *bad: the bytes after them that cannot (a
 * steering character or an ill-formed byte; 0: all of s can). Whoever shows s writes U+FFFD for those. */
size_t dgi_utf8_shown(dg_str s, size_t *bad);
/* Copy with ill-formed bytes and NULs replaced by U+FFFD; *n_bad counts them. ptr NULL: no memory. */
dg_str dgi_utf8_clean(dgi_arena *a, dg_str s, uint64_t *n_bad);
/* The mark that closes the double quotation which s, a piece cut out of a text, opens and does not close; empty: none is
 * open. */
dg_str dgi_unclosed(dg_str s);
/* Unicode's composed form (NFC) of well-formed s: "e" with a combining acute becomes one letter. Text that is composed
 * already comes back as it is, without a copy; else in the arena. ptr NULL: no memory. A base with more than 63 marks
 * stays as written. */
dg_str dgi_utf8_nfc(dgi_arena *a, dg_str s);
/* Lower case, code point by code point, length may change; into the arena. */
dg_str dgi_utf8_lower(dgi_arena *a, dg_str s);
/* Lower-cased into buf (at most size bytes, never cutting a code point); returns a view of buf. */
dg_str dgi_utf8_lower_buf(dg_str s, char *buf, size_t size);
uint32_t dgi_cp_lower(uint32_t cp);
uint32_t dgi_cp_upper(uint32_t cp);
bool dgi_cp_is_upper(uint32_t cp);
bool dgi_cp_is_alpha(uint32_t cp);
bool dgi_cp_is_digit(uint32_t cp); /* ASCII */
bool dgi_cp_is_space(uint32_t cp); /* white space, NBSP and the Unicode spaces; not ZWJ */

/* Byte offset -> code point offset for ascending or random queries over one text. */
struct dgi_cpmap {
    dg_str text;
    uint32_t *marks; /* code points before byte 256*i */
    uint32_t n_marks;
};
bool dgi_cpmap_init(struct dgi_cpmap *m, dgi_arena *a, dg_str text);
uint32_t dgi_cpmap_cp(const struct dgi_cpmap *m, uint32_t byte);

#endif
