/* SPDX-License-Identifier: Apache-2.0 */
/* io/zip.c: see zip.h. libarchive reads it, by its directory. Entries may overlap, so that a small archive could unpack to terabytes:
 * all of them together have a limit. */
#include "io/zip.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>

enum { MOST_ENTRIES = 100000, PIECE = 65536, TIMES = 200, FREE = 64 << 20 };

struct dgi_zip {
    struct archive *a;
    uint64_t left; /* bytes that may still be unpacked */
    uint32_t n;
    char *name;
};

dg_status dgi_zip_open(struct dgi_zip **out, dg_str bytes, dg_error *err)
{
    struct dgi_zip *z = calloc(1, sizeof *z);
    *out = NULL;
    if (!z || !(z->a = archive_read_new())) {
        free(z);
        return dgi_fail(err, DG_E_NOMEM, "no memory for a zip archive");
    }
    z->left = (uint64_t)FREE + (uint64_t)TIMES * bytes.len;
    if (archive_read_support_format_zip_seekable(z->a) != ARCHIVE_OK ||
        archive_read_open_memory(z->a, bytes.ptr, bytes.len) != ARCHIVE_OK) {
        dgi_zip_close(z);
        return dgi_fail(err, DG_E_FORMAT, "a zip archive that is damaged or ends early");
    }
    *out = z;
    return DG_OK;
}

void dgi_zip_close(struct dgi_zip *z)
{
    if (!z)
        return;
    archive_read_free(z->a);
    free(z->name);
    free(z);
}

/* The bytes of the entry that is open. */
static dg_status take(struct dgi_zip *z, struct dgi_buf *out, size_t max, bool *end, dg_error *err)
{
    char piece[PIECE];
    la_ssize_t n;
    while ((n = archive_read_data(z->a, piece, sizeof piece)) > 0) {
        if ((*end = (uint64_t)n > z->left))
            return dgi_fail(err, DG_E_LIMIT,
                            "the zip archive is more than %d times its packed size; the rest was left out", TIMES);
        z->left -= (uint64_t)n;
        dgi_buf_add(out, dgi_strn(piece, (size_t)n));
        if (out->len > max)
            return dgi_fail(err, DG_E_LIMIT, "longer than %zu bytes, the most that is read of an entry", max);
        if (out->failed)
            return dgi_fail(err, DG_E_NOMEM, "no memory for an entry");
    }
    return n < 0 ? dgi_fail(err, DG_E_FORMAT, "the entry is damaged, or packed in a way that is not known") : DG_OK;
}

dg_status dgi_zip_next(struct dgi_zip *z, struct dgi_buf *out, size_t max, dg_str *name, bool *end, dg_error *err)
{
    struct archive_entry *e;
    int st;
    *end = false;
    *name = DGI_S("");
    out->len = 0;
    while ((st = archive_read_next_header(z->a, &e)) == ARCHIVE_OK || st == ARCHIVE_WARN) {
        const char *path = archive_entry_pathname(e);
        if (++z->n > MOST_ENTRIES) {
            *end = true;
            return dgi_fail(err, DG_E_LIMIT, "more than %d entries; the rest was left out", MOST_ENTRIES);
        }
        if (archive_entry_filetype(e) != AE_IFREG || !path)
            continue;
        free(z->name);
        if (!(z->name = strdup(path))) {
            *end = true;
            return dgi_fail(err, DG_E_NOMEM, "no memory for an entry's name");
        }
        *name = dgi_str(z->name);
        return take(z, out, max, end, err);
    }
    *end = true;
    return st == ARCHIVE_EOF ? DG_OK : dgi_fail(err, DG_E_FORMAT, "the zip archive breaks off");
}
