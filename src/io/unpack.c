/* SPDX-License-Identifier: Apache-2.0 */
/* io/unpack.c: zlib, libzstd, libbz2 and liblzma behind one row each.
 *
 * zlib and not libdeflate for gzip: it goes piece by piece, so that memory does not depend on what a member holds; at 340 MB
 * a second it is a twentieth of what reading pages costs. Window and dictionary sizes are bounded (128 MiB), since a header
 * of a few bytes may ask for gigabytes. */
#include "io/unpack.h"

#include <bzlib.h>
#include <lzma.h>
#include <stdlib.h>
#include <zlib.h>
#include <zstd.h>

enum { MOST_MEMORY = 128 << 20, MOST_DICTIONARY = 16 << 20, ZSTD_HEAD = 8 };

static unsigned least(size_t n)
{
    return n < (1u << 30) ? (unsigned)n : 1u << 30;
}

/* ---- gzip ---- */
static bool gzip_is(const char *h)
{
    return !memcmp(h, "\x1f\x8b\x08", 3) && !(h[3] & 0xe0);
}

static void *gzip_start(void)
{
    z_stream *z = calloc(1, sizeof *z);
    if (z && inflateInit2(z, 15 + 16) != Z_OK) {
        free(z);
        return NULL;
    }
    return z;
}

static bool gzip_again(void *state)
{
    return inflateReset(state) == Z_OK;
}

static enum dgi_step gzip_step(void *state, dg_str in, size_t *used, char *out, size_t cap, size_t *made)
{
    z_stream *z = state;
    z->next_in = (Bytef *)(uintptr_t)in.ptr; /* zlib does not write to it */
    z->avail_in = least(in.len);
    z->next_out = (Bytef *)out;
    z->avail_out = least(cap);
    unsigned n_in = z->avail_in, n_out = z->avail_out;
    int e = inflate(z, Z_NO_FLUSH);
    *used = n_in - z->avail_in;
    *made = n_out - z->avail_out;
    if (e == Z_STREAM_END)
        return DGI_STEP_MEMBER;
    if (e == Z_MEM_ERROR)
        return DGI_STEP_NOMEM;
    return e == Z_OK || e == Z_BUF_ERROR ? DGI_STEP_MORE : DGI_STEP_BAD;
}

static void gzip_stop(void *state)
{
    inflateEnd(state);
    free(state);
}

/* ---- zstd ---- */
/* Archives of pages (.warc.zst) may begin with a frame to be skipped that holds the dictionary of all others, itself packed or
 * not; libzstd skips it, so it is gathered here. */
struct zstd {
    ZSTD_DCtx *ctx;
    bool begun, gather;
    char head[ZSTD_HEAD];
    size_t n_head, n_dict, want;
    char *dict;
};
static const char zstd_magic[] = "\x28\xb5\x2f\xfd", dictionary_magic[] = "\x5d\x2a\x4d\x18";

static bool zstd_is(const char *h)
{
    return !memcmp(h, zstd_magic, 4) || ((h[0] & 0xf0) == 0x50 && !memcmp(h + 1, dictionary_magic + 1, 3));
}

static void *zstd_start(void)
{
    struct zstd *z = calloc(1, sizeof *z);
    if (z && (!(z->ctx = ZSTD_createDCtx()) ||
              ZSTD_isError(ZSTD_DCtx_setParameter(z->ctx, ZSTD_d_windowLogMax, 27)))) { /* 128 MiB */
        ZSTD_freeDCtx(z->ctx);
        free(z);
        return NULL;
    }
    return z;
}

static bool zstd_again(void *state)
{
    struct zstd *z = state;
    return !ZSTD_isError(ZSTD_DCtx_reset(z->ctx, ZSTD_reset_session_only));
}

static enum dgi_step zstd_use_dictionary(struct zstd *z)
{
    enum dgi_step step = DGI_STEP_MEMBER;
    char *plain = NULL;
    if (z->want >= 4 && !memcmp(z->dict, zstd_magic, 4)) {
        plain = malloc(MOST_DICTIONARY);
        size_t n = plain ? ZSTD_decompress(plain, MOST_DICTIONARY, z->dict, z->want) : 0;
        if (!plain)
            step = DGI_STEP_NOMEM;
        else if (ZSTD_isError(n) || ZSTD_isError(ZSTD_DCtx_loadDictionary(z->ctx, plain, n)))
            step = DGI_STEP_BAD;
    } else if (ZSTD_isError(ZSTD_DCtx_loadDictionary(z->ctx, z->dict, z->want)))
        step = DGI_STEP_BAD;
    free(plain);
    free(z->dict);
    z->dict = NULL;
    z->gather = false;
    return step;
}

static enum dgi_step zstd_gather(struct zstd *z, dg_str in, size_t *used)
{
    while (z->n_head < ZSTD_HEAD && *used < in.len)
        z->head[z->n_head++] = in.ptr[(*used)++];
    if (z->n_head < ZSTD_HEAD)
        return DGI_STEP_MORE;
    if (!z->dict) {
        const unsigned char *h = (const unsigned char *)z->head + 4;
        z->want = h[0] | (size_t)h[1] << 8 | (size_t)h[2] << 16 | (size_t)h[3] << 24;
        if (z->want > MOST_DICTIONARY || !(z->dict = malloc(z->want + 1)))
            return z->want > MOST_DICTIONARY ? DGI_STEP_BAD : DGI_STEP_NOMEM;
    }
    size_t n = in.len - *used < z->want - z->n_dict ? in.len - *used : z->want - z->n_dict;
    memcpy(z->dict + z->n_dict, in.ptr + *used, n);
    z->n_dict += n;
    *used += n;
    return z->n_dict < z->want ? DGI_STEP_MORE : zstd_use_dictionary(z);
}

static enum dgi_step zstd_step(void *state, dg_str in, size_t *used, char *out, size_t cap, size_t *made)
{
    struct zstd *z = state;
    *used = *made = 0;
    if (!z->begun && in.len >= 4) {
        z->begun = true;
        z->gather = !memcmp(in.ptr, dictionary_magic, 4);
    }
    if (z->gather)
        return zstd_gather(z, in, used);
    ZSTD_inBuffer i = {in.ptr, in.len, 0};
    ZSTD_outBuffer o = {out, cap, 0};
    size_t e = ZSTD_decompressStream(z->ctx, &o, &i);
    *used = i.pos;
    *made = o.pos;
    if (ZSTD_isError(e))
        return DGI_STEP_BAD;
    return e == 0 ? DGI_STEP_MEMBER : DGI_STEP_MORE;
}

static void zstd_stop(void *state)
{
    struct zstd *z = state;
    ZSTD_freeDCtx(z->ctx);
    free(z->dict);
    free(z);
}

/* ---- bzip2 ---- */
struct bzip2 {
    bz_stream z;
    bool open;
};

static bool bzip2_is(const char *h)
{
    return !memcmp(h, "BZh", 3) && h[3] >= '1' && h[3] <= '9' &&
           (!memcmp(h + 4, "1AY&SY", 6) || !memcmp(h + 4, "\x17\x72\x45\x38\x50\x90", 6));
}

static bool bzip2_again(void *state)
{
    struct bzip2 *b = state;
    if (b->open)
        BZ2_bzDecompressEnd(&b->z);
    memset(b, 0, sizeof *b);
    return b->open = BZ2_bzDecompressInit(&b->z, 0, 0) == BZ_OK;
}

static void *bzip2_start(void)
{
    struct bzip2 *b = calloc(1, sizeof *b);
    if (b && !bzip2_again(b)) {
        free(b);
        return NULL;
    }
    return b;
}

static enum dgi_step bzip2_step(void *state, dg_str in, size_t *used, char *out, size_t cap, size_t *made)
{
    struct bzip2 *b = state;
    b->z.next_in = (char *)(uintptr_t)in.ptr;
    b->z.avail_in = least(in.len);
    b->z.next_out = out;
    b->z.avail_out = least(cap);
    unsigned n_in = b->z.avail_in, n_out = b->z.avail_out;
    int e = BZ2_bzDecompress(&b->z);
    *used = n_in - b->z.avail_in;
    *made = n_out - b->z.avail_out;
    if (e == BZ_MEM_ERROR)
        return DGI_STEP_NOMEM;
    return e == BZ_STREAM_END ? DGI_STEP_MEMBER : e == BZ_OK ? DGI_STEP_MORE : DGI_STEP_BAD;
}

static void bzip2_stop(void *state)
{
    struct bzip2 *b = state;
    if (b->open)
        BZ2_bzDecompressEnd(&b->z);
    free(b);
}

/* ---- xz ---- */
static bool xz_is(const char *h)
{
    return !memcmp(h, "\xfd\x37\x7a\x58\x5a\x00", 6);
}

static bool xz_again(void *state)
{
    return lzma_stream_decoder(state, MOST_MEMORY, 0) == LZMA_OK;
}

static void *xz_start(void)
{
    lzma_stream *z = calloc(1, sizeof *z);
    if (z && !xz_again(z)) {
        lzma_end(z);
        free(z);
        return NULL;
    }
    return z;
}

static enum dgi_step xz_step(void *state, dg_str in, size_t *used, char *out, size_t cap, size_t *made)
{
    lzma_stream *z = state;
    z->next_in = (const uint8_t *)in.ptr;
    z->avail_in = in.len;
    z->next_out = (uint8_t *)out;
    z->avail_out = cap;
    lzma_ret e = lzma_code(z, LZMA_RUN);
    *used = in.len - z->avail_in;
    *made = cap - z->avail_out;
    if (e == LZMA_MEM_ERROR || e == LZMA_MEMLIMIT_ERROR)
        return DGI_STEP_NOMEM;
    return e == LZMA_STREAM_END ? DGI_STEP_MEMBER : e == LZMA_OK || e == LZMA_BUF_ERROR ? DGI_STEP_MORE : DGI_STEP_BAD;
}

static void xz_stop(void *state)
{
    lzma_end(state);
    free(state);
}

const struct dgi_packing *dgi_packing_of(dg_str head)
{
    static const struct dgi_packing all[] = {
        {"gzip", 4, gzip_is, gzip_start, gzip_again, gzip_step, gzip_stop},
        {"zstd", 4, zstd_is, zstd_start, zstd_again, zstd_step, zstd_stop},
        {"bzip2", 10, bzip2_is, bzip2_start, bzip2_again, bzip2_step, bzip2_stop},
        {"xz", 6, xz_is, xz_start, xz_again, xz_step, xz_stop},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (head.len >= all[i].head && all[i].is(head.ptr))
            return &all[i];
    return NULL;
}
