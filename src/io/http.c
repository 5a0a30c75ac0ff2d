/* SPDX-License-Identifier: Apache-2.0 */
/* io/http.c: see http.h. gzip and zstd by io/unpack.h, deflate by zlib, br by libbrotlidec. */
#include "io/http.h"

#include <brotli/decode.h>
#include <zlib.h>

#include "io/unpack.h"

enum { PIECE = 32768 };

size_t dgi_http_head(dg_str s)
{
    for (size_t i = 0; i < s.len;) {
        const char *nl = memchr(s.ptr + i, '\n', s.len - i);
        if (!nl)
            return 0;
        i = (size_t)(nl - s.ptr) + 1;
        if (i < s.len && s.ptr[i] == '\n')
            return i + 1;
        if (i + 1 < s.len && s.ptr[i] == '\r' && s.ptr[i + 1] == '\n')
            return i + 2;
    }
    return 0;
}

bool dgi_http_field(dg_str *rest, dg_str *name, dg_str *value)
{
    dg_str line;
    while (rest->ptr && dgi_str_next(rest, '\n', &line)) {
        const char *colon = line.len ? memchr(line.ptr, ':', line.len) : NULL;
        if (!colon || line.ptr[0] == ' ' || line.ptr[0] == '\t')
            continue;
        *name = dgi_str_trim(dgi_strn(line.ptr, (size_t)(colon - line.ptr)));
        *value = dgi_str_trim(dgi_str_sub(line, (size_t)(colon - line.ptr) + 1, line.len));
        return true;
    }
    return false;
}

bool dgi_http_read(struct dgi_http *h, dg_str s)
{
    *h = (struct dgi_http){0};
    size_t n = dgi_http_head(s);
    dg_str rest = dgi_str_sub(s, 0, n), line, name, value;
    if (!n || !dgi_str_starts(s, DGI_S("HTTP/")))
        return false;
    dgi_str_next(&rest, '\n', &line);
    const char *sp = memchr(line.ptr, ' ', line.len);
    for (const char *p = sp ? sp + 1 : line.ptr + line.len; p < line.ptr + line.len && *p >= '0' && *p <= '9'; p++)
        h->status = h->status > 999 ? h->status : h->status * 10 + (*p - '0');
    while (dgi_http_field(&rest, &name, &value)) {
        if (dgi_str_ieq(name, DGI_S("Content-Type")))
            h->type = value;
        else if (dgi_str_ieq(name, DGI_S("Content-Encoding")))
            h->encoding = value;
        else if (dgi_str_ieq(name, DGI_S("Transfer-Encoding")))
            h->transfer = value;
    }
    h->body = dgi_str_sub(s, n, s.len);
    return true;
}

dg_str dgi_http_charset(dg_str content_type)
{
    dg_str rest = content_type, part;
    while (rest.ptr && dgi_str_next(&rest, ';', &part)) {
        part = dgi_str_trim(part);
        if (part.len < 9 || !dgi_str_ieq(dgi_str_sub(part, 0, 8), DGI_S("charset=")))
            continue;
        part = dgi_str_trim(dgi_str_sub(part, 8, part.len));
        if (part.len > 1 && (part.ptr[0] == '"' || part.ptr[0] == '\'') && part.ptr[part.len - 1] == part.ptr[0])
            part = dgi_str_sub(part, 1, part.len - 1);
        return part;
    }
    return (dg_str){NULL, 0};
}

/* The number of bytes that a chunk says it has, and how long that line is; SIZE_MAX: no such line. */
static size_t chunk_size(dg_str s, size_t *line)
{
    size_t n = 0, i = 0;
    for (; i < s.len && i < 9; i++) {
        char c = s.ptr[i], low = (char)(c | 32);
        if (c >= '0' && c <= '9')
            n = n * 16 + (size_t)(c - '0');
        else if (low >= 'a' && low <= 'f')
            n = n * 16 + (size_t)(low - 'a' + 10);
        else
            break;
    }
    const char *nl = i && i < 9 && i < s.len && strchr(" ;\r\n", s.ptr[i]) && s.ptr[i]
                         ? memchr(s.ptr, '\n', s.len < 256 ? s.len : 256)
                         : NULL;
    *line = nl ? (size_t)(nl - s.ptr) + 1 : 0;
    return nl ? n : SIZE_MAX;
}

/* Chunks joined. A body that does not begin with one was joined by the crawler. */
static dg_str join_chunks(dg_str s, struct dgi_buf *buf)
{
    size_t line, n = chunk_size(s, &line);
    if (n == SIZE_MAX)
        return s;
    while (n && n != SIZE_MAX) {
        s = dgi_str_sub(s, line, s.len);
        dgi_buf_add(buf, dgi_str_sub(s, 0, n)); /* the last one may be cut off: what there is of it */
        s = dgi_str_sub(s, n, s.len);
        s = dgi_str_sub(s, s.len && s.ptr[0] == '\r', s.len);
        s = dgi_str_sub(s, s.len && s.ptr[0] == '\n', s.len);
        n = chunk_size(s, &line);
    }
    return dgi_buf_str(buf);
}

static dg_status too_long(size_t max, dg_error *err)
{
    return dgi_fail(err, DG_E_LIMIT, "the page unpacks to more than %zu bytes; it was left out", max);
}

/* One member by the row of a packing. */
static dg_status unpack_with(const struct dgi_packing *p, dg_str in, struct dgi_buf *out, size_t max, dg_error *err)
{
    char piece[PIECE];
    void *state = p->start();
    dg_status st = state ? DG_OK : dgi_fail(err, DG_E_NOMEM, "no memory to unpack a page");
    enum dgi_step step = DGI_STEP_MORE;
    while (st == DG_OK && step == DGI_STEP_MORE) {
        size_t used = 0, made = 0;
        step = p->step(state, in, &used, piece, sizeof piece, &made);
        dgi_buf_add(out, dgi_strn(piece, made));
        in = dgi_str_sub(in, used, in.len);
        if (out->len > max)
            st = too_long(max, err);
        else if (step == DGI_STEP_BAD || step == DGI_STEP_NOMEM || (step == DGI_STEP_MORE && !used && !made))
            st = dgi_fail(err, DG_E_FORMAT, "the page's %s data is damaged or ends early", p->name);
    }
    if (state)
        p->stop(state);
    return st;
}

/* "deflate": with the head of zlib or without. */
static dg_status inflate_page(dg_str in, struct dgi_buf *out, size_t max, dg_error *err)
{
    unsigned char first = (unsigned char)in.ptr[0], second = (unsigned char)(in.len > 1 ? in.ptr[1] : 0);
    bool head = (first & 15) == 8 && (first * 256 + second) % 31 == 0;
    char piece[PIECE];
    z_stream z = {.next_in = (Bytef *)(uintptr_t)in.ptr, .avail_in = (unsigned)in.len};
    if (in.len > INT32_MAX || inflateInit2(&z, head ? 15 : -15) != Z_OK)
        return dgi_fail(err, DG_E_NOMEM, "no memory to unpack a page");
    int e = Z_OK;
    while (e == Z_OK && out->len <= max) {
        z.next_out = (Bytef *)piece;
        z.avail_out = sizeof piece;
        e = inflate(&z, Z_NO_FLUSH);
        dgi_buf_add(out, dgi_strn(piece, sizeof piece - z.avail_out));
    }
    inflateEnd(&z);
    if (out->len > max)
        return too_long(max, err);
    return e == Z_STREAM_END ? DG_OK : dgi_fail(err, DG_E_FORMAT, "the page's deflate data is damaged or ends early");
}

static dg_status unbrotli_page(dg_str in, struct dgi_buf *out, size_t max, dg_error *err)
{
    BrotliDecoderState *b = BrotliDecoderCreateInstance(NULL, NULL, NULL);
    char piece[PIECE];
    const uint8_t *from = (const uint8_t *)in.ptr;
    size_t n_in = in.len;
    BrotliDecoderResult e = BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT;
    if (!b)
        return dgi_fail(err, DG_E_NOMEM, "no memory to unpack a page");
    while (e == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT && out->len <= max) {
        uint8_t *to = (uint8_t *)piece;
        size_t n_out = sizeof piece;
        e = BrotliDecoderDecompressStream(b, &n_in, &from, &n_out, &to, NULL);
        dgi_buf_add(out, dgi_strn(piece, sizeof piece - n_out));
    }
    BrotliDecoderDestroyInstance(b);
    if (out->len > max)
        return too_long(max, err);
    return e == BROTLI_DECODER_RESULT_SUCCESS
               ? DG_OK
               : dgi_fail(err, DG_E_FORMAT, "the page's br data is damaged or ends early");
}

/* Mark-up is what a crawler leaves that unpacked the body and kept the head. */
static bool plain(dg_str s)
{
    s = dgi_str_trim(dgi_str_starts(s, DGI_S("\xEF\xBB\xBF")) ? dgi_str_sub(s, 3, s.len) : s);
    return !s.len || s.ptr[0] == '<';
}

dg_status dgi_http_decode(dg_str *out, const struct dgi_http *h, struct dgi_buf buf[2], size_t max, dg_error *err)
{
    dg_str s = h->body;
    dg_status st = DG_OK;
    buf[0].len = buf[1].len = 0;
    if (dgi_str_ieq(h->transfer, DGI_S("chunked")))
        s = join_chunks(s, &buf[0]);
    const struct dgi_packing *p = dgi_packing_of(s);
    if (h->encoding.len && p)
        st = unpack_with(p, s, &buf[1], max, err);
    else if (dgi_str_ieq(h->encoding, DGI_S("deflate")) && !plain(s))
        st = inflate_page(s, &buf[1], max, err);
    else if (dgi_str_ieq(h->encoding, DGI_S("br")) && !plain(s))
        st = unbrotli_page(s, &buf[1], max, err);
    if (st == DG_OK && (buf[0].failed || buf[1].failed))
        st = dgi_fail(err, DG_E_NOMEM, "no memory for a page");
    *out = buf[1].len ? dgi_buf_str(&buf[1]) : s;
    return st;
}
