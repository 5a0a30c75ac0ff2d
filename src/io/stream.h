/* SPDX-License-Identifier: Apache-2.0 */
/* io/stream.h: a file, standard input or memory as a stream of bytes, unpacked where it is packed.
 *
 * Damage is an answer and not the end: what came before it is good, and reading goes on with the next member. */
#ifndef DGI_STREAM_H
#define DGI_STREAM_H

#include "base/error.h"
#include "base/str.h"

typedef struct dgi_stream dgi_stream;

/* MORE: at least one byte. END. CUT: the packed data is damaged, ends early or grows beyond all measure here, *err says which
 * at what byte of the file; the next call goes on behind it. FAILED: it cannot be read, or the caller said stop. */
enum dgi_flow { DGI_FLOW_MORE, DGI_FLOW_END, DGI_FLOW_CUT, DGI_FLOW_FAILED };

/* What one record may unpack to: this many bytes in any case, and no more than so many times its packed size. */
enum { DGI_UNPACK_FREE = 16 << 20, DGI_UNPACK_TIMES = 200 };

/* path "-" is standard input (not closed). go (may be NULL) is asked before each read of the file, and when a signal breaks one
 * off; the bytes it is told are those of the file. Fails with DG_E_IO. */
dg_status dgi_stream_open(dgi_stream **out, const char *path, dg_progress_fn *go, void *user, dg_error *err);
dg_status dgi_stream_open_bytes(dgi_stream **out, dg_str bytes, dg_error *err); /* borrowed until close */
void dgi_stream_close(dgi_stream *s);                                           /* NULL is fine */

/* All of it, where it is memory and not packed: no need to read. Before the first read only. */
bool dgi_stream_whole(dgi_stream *s, dg_str *all);
/* Never reads over the border of two members in one call. */
enum dgi_flow dgi_stream_read(dgi_stream *s, char *to, size_t cap, size_t *n, dg_error *err);
/* Where in the file the member begins that gave the last bytes read; 0 where nothing is packed. */
uint64_t dgi_stream_member(const dgi_stream *s);
/* Do the last bytes read end a member whose check sum holds? What comes after a cut then is another one's fault. */
bool dgi_stream_ended_well(const dgi_stream *s);
const char *dgi_stream_packing(const dgi_stream *s); /* "gzip" ..., NULL: not packed. After the first read. */
void dgi_stream_mark(dgi_stream *s);                 /* a record begins: the limits on unpacking start anew */
uint64_t dgi_stream_size(const dgi_stream *s);       /* of the file, 0: not known */

#endif
