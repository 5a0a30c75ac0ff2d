/* SPDX-License-Identifier: Apache-2.0 */
/* io/reader.h: files, standard input and memory, packed or not, to raw records, one by one, in bounded memory.
 *
 * Messages do not name the input; the caller, who knows it, puts its name before them. */
#ifndef DGI_READER_H
#define DGI_READER_H

#include "base/error.h"
#include "io/raw.h"
#include "io/stream.h"

/* Numbers as in dg_input. */
enum dgi_input {
    DGI_INPUT_AUTO,
    DGI_INPUT_TEXT,
    DGI_INPUT_HTML,
    DGI_INPUT_JSONL,
    DGI_INPUT_JSON = 5,
    DGI_INPUT_FEED,
    DGI_INPUT_CSV,
    DGI_INPUT_WARC,
    DGI_INPUT_EXPORT
};

struct dgi_reader_options {
    uint8_t input;       /* enum dgi_input */
    size_t max_document; /* bytes of one document or one line of JSON; 0 = DGI_MAX_DOCUMENT */
    dg_progress_fn *go;  /* asked before each read of a file, told the file's bytes; NULL: nobody */
    void *user;
    const char *map; /* "text=body,date=pub" (io/field_names.h), or NULL */
};
enum { DGI_MAX_DOCUMENT = 64 << 20 };

typedef struct dgi_reader dgi_reader;

/* What dgi_reader_next came to. After BAD the next call goes on with the next record; after FAILED there is none. */
enum dgi_next { DGI_NEXT_RECORD, DGI_NEXT_END, DGI_NEXT_BAD, DGI_NEXT_FAILED };

/* path "-" is standard input (not closed). options may be NULL. Fails with DG_E_IO: no such file, a directory ... */
dg_status dgi_reader_open(dgi_reader **out, const char *path, const struct dgi_reader_options *options, dg_error *err);
/* Reads `bytes`, borrowed until close. name (may be NULL) only helps to guess the kind: "a.jsonl". */
dg_status dgi_reader_open_bytes(dgi_reader **out, dg_str bytes, const char *name,
                                const struct dgi_reader_options *options, dg_error *err);
void dgi_reader_close(dgi_reader *r); /* NULL is fine */

enum dgi_next dgi_reader_next(dgi_reader *r, struct dgi_raw *raw, dg_error *err);

/* For progress: bytes taken so far of the unpacked input, and its size (0: not known). */
uint64_t dgi_reader_bytes(const dgi_reader *r);
uint64_t dgi_reader_size(const dgi_reader *r);

/* The whole of a file or of "-" into memory, for readers of other formats (CoNLL-U). Free *bytes with free(). */
dg_status dgi_read_all(char **bytes, size_t *len, const char *path, size_t max, dg_error *err);

/* ---- inside io/ ---- */
struct dgi_map;
/* What do these first bytes (and the name) look like? Fills *err and returns false for what Dragoman cannot read. whole: of
 * JSON, each value is a record. */
bool dgi_sniff(dg_str head, const char *name, const struct dgi_map *map, uint8_t *input, bool *whole, dg_error *err);
/* One object of JSON to a record. The json_object * that owns the strings comes back in *owner (dgi_jsonl_free). */
dg_status dgi_jsonl_parse(struct dgi_raw *raw, dg_str line, const struct dgi_map *map, void **owner, char **scratch,
                          dg_error *err);
void dgi_jsonl_free(void *owner, char *scratch);
/* Is line one JSON value by the letter of RFC 8259, with at most most_values values? *n_members: of the object it is. */
dg_status dgi_json_check(dg_str line, size_t most_values, size_t *n_members, dg_error *err);
/* The value of member `key` (plain ASCII) of a checked object, as it is written: all digits of a number. A view of line;
 * ptr NULL: no such member. */
dg_str dgi_json_member(dg_str line, dg_str key);
/* Of a checked object with n_members members the first name, as it is written, that stands there a second time (that
 * place in line); ptr NULL: none. False: no memory. */
bool dgi_json_doubled(dg_str *out, dg_str line, size_t n_members);

#endif
