/* SPDX-License-Identifier: Apache-2.0 */
/* serve/pages.c: answers as libmicrohttpd sends them, and those that are kept.
 *
 * Reads   the body of an answer
 * Writes  a response with its headers, packed when that was asked for; problems as JSON (RFC 9457)
 *
 * A kept answer holds until the store changes; then all go at once. An answer never changes and is counted, so that the thread of the
 * sockets sends it while a worker throws it out of the cache. */
#include <brotli/encode.h>
#include <stdio.h>
#include <stdlib.h>
#include <xxhash.h>
#include <zlib.h>

#include "serve/answers.h"

enum { MOST_KEPT = 64 << 20, MOST_PAGES = 4096, SLOTS = 4096, LEAST_PACKED = 1024 };

static const char policy[] =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'";

static bool headers(struct MHD_Response *r, const char *type, const char *etag)
{
    static const char *const all[][2] = {{"X-Content-Type-Options", "nosniff"},
                                         {"Content-Security-Policy", policy},
                                         {"Referrer-Policy", "no-referrer"},
                                         {"Cross-Origin-Resource-Policy", "same-origin"},
                                         {"Cross-Origin-Opener-Policy", "same-origin"},
                                         {"Vary", "Accept-Encoding, Authorization"},
                                         {"Server", "dragoman"}};
    bool ok = r != NULL;
    for (size_t i = 0; ok && i < sizeof all / sizeof *all; i++)
        ok = MHD_add_response_header(r, all[i][0], all[i][1]) == MHD_YES;
    if (ok && type)
        ok = MHD_add_response_header(r, "Content-Type", type) == MHD_YES;
    if (ok && *etag)
        ok = MHD_add_response_header(r, "ETag", etag) == MHD_YES;
    return ok && MHD_add_response_header(r, "Cache-Control", *etag ? "no-cache" : "no-store") == MHD_YES;
}

/* ptr NULL, here and below: no memory, or it would not be shorter. */
static dg_text brotli(dg_str body)
{
    dg_text out = {malloc(body.len), body.len};
    if (out.ptr && BrotliEncoderCompress(5, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT, body.len,
                                         (const uint8_t *)body.ptr, &out.len, (uint8_t *)out.ptr))
        return out;
    free(out.ptr);
    return (dg_text){NULL, 0};
}

static dg_text gzip(dg_str body)
{
    z_stream z = {0};
    dg_text out = {malloc(body.len), 0};
    if (!out.ptr || deflateInit2(&z, 5, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
        free(out.ptr);
        return (dg_text){NULL, 0};
    }
    z.next_in = (Bytef *)(uintptr_t)body.ptr;
    z.avail_in = (uInt)body.len;
    z.next_out = (Bytef *)out.ptr;
    z.avail_out = (uInt)body.len;
    bool whole = deflate(&z, Z_FINISH) == Z_STREAM_END;
    out.len = z.total_out;
    deflateEnd(&z);
    if (!whole) {
        free(out.ptr);
        return (dg_text){NULL, 0};
    }
    return out;
}

struct page *dgs_page(unsigned code, const char *type, dg_str body, enum packing as, bool keep, const char *allow)
{
    struct page *p = calloc(1, sizeof *p);
    dg_text small = {NULL, 0};
    if (!p)
        return NULL;
    if (as != PLAIN && body.len >= LEAST_PACKED)
        small = as == BROTLI ? brotli(body) : gzip(body);
    if (keep)
        snprintf(p->etag, sizeof p->etag, "\"%016llx%s\"", (unsigned long long)XXH3_64bits(body.ptr, body.len),
                 !small.ptr     ? ""
                 : as == BROTLI ? "b"
                                : "z");
    atomic_init(&p->refs, 1);
    p->code = code;
    p->bytes = (small.ptr ? small.len : body.len) + 1024;
    p->whole = small.ptr
                   ? MHD_create_response_from_buffer(small.len, small.ptr, MHD_RESPMEM_MUST_FREE)
                   : MHD_create_response_from_buffer(body.len, (void *)(uintptr_t)body.ptr, MHD_RESPMEM_MUST_COPY);
    p->same = keep ? MHD_create_response_from_buffer(0, (void *)(uintptr_t) "", MHD_RESPMEM_PERSISTENT) : NULL;
    bool ok = headers(p->whole, type, p->etag) && (!keep || headers(p->same, NULL, p->etag));
    if (ok && small.ptr)
        ok = MHD_add_response_header(p->whole, "Content-Encoding", as == BROTLI ? "br" : "gzip") == MHD_YES;
    if (ok && allow)
        ok = MHD_add_response_header(p->whole,
                                     code == 401   ? "WWW-Authenticate"
                                     : code == 405 ? "Allow"
                                                   : "Retry-After",
                                     allow) == MHD_YES;
    if (ok)
        return p;
    dgs_page_drop(p);
    return NULL;
}

static const char *title(unsigned code)
{
    switch (code) {
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 413: return "Content Too Large";
    case 414: return "URI Too Long";
    case 415: return "Unsupported Media Type";
    case 421: return "Misdirected Request";
    case 422: return "Unprocessable Content";
    case 503: return "Service Unavailable";
    default: return "Internal Server Error";
    }
}

struct page *dgs_problem(unsigned code, const char *detail, const char *allow)
{
    struct dgi_buf buf = {0};
    struct dgi_json j;
    dgi_json_init(&j, &buf);
    dgi_json_open(&j, '{');
    dgi_json_kstr(&j, "type", DGI_S("about:blank"));
    dgi_json_kstr(&j, "title", dgi_str(title(code)));
    dgi_json_kint(&j, "status", code);
    dgi_json_kstr(&j, "detail", dgi_str(detail));
    dgi_json_close(&j, '}');
    struct page *p =
        buf.failed ? NULL : dgs_page(code, "application/problem+json", dgi_buf_str(&buf), PLAIN, false, allow);
    dgi_buf_free(&buf);
    return p;
}

void dgs_page_drop(struct page *p)
{
    if (!p || atomic_fetch_sub(&p->refs, 1) != 1)
        return;
    if (p->whole)
        MHD_destroy_response(p->whole);
    if (p->same)
        MHD_destroy_response(p->same);
    free(p);
}

unsigned dgs_code(dg_status st, const struct route *route)
{
    switch (st) {
    case DG_E_ARG: return strchr(route->path, '{') ? 404 : 400;
    case DG_E_FORMAT: return 422;
    case DG_E_KIND: return 415;
    case DG_E_LIMIT: return 413;
    case DG_E_CANCELLED:
    case DG_E_NOMEM:
    case DG_E_STORE:
    case DG_E_IO: return 503;
    default: return 500;
    }
}

/* ---- the cache ---- */
struct kept {
    struct kept *next;
    struct page *page;
    uint64_t hash;
    size_t n;
    char key[];
};
struct cache {
    pthread_mutex_t lock;
    uint64_t version;
    size_t bytes;
    uint32_t n;
    struct kept *slot[SLOTS];
};

struct cache *dgs_cache_new(void)
{
    struct cache *c = calloc(1, sizeof *c);
    if (c)
        pthread_mutex_init(&c->lock, NULL);
    return c;
}

static void clear(struct cache *c, uint64_t version)
{
    for (uint32_t i = 0; c->n && i < SLOTS; i++)
        while (c->slot[i]) {
            struct kept *k = c->slot[i];
            c->slot[i] = k->next;
            dgs_page_drop(k->page);
            free(k);
        }
    c->n = 0;
    c->bytes = 0;
    c->version = version;
}

void dgs_cache_free(struct cache *c)
{
    if (!c)
        return;
    clear(c, 0);
    pthread_mutex_destroy(&c->lock);
    free(c);
}

static struct kept *find(struct cache *c, dg_str key, uint64_t hash)
{
    struct kept *k = c->slot[hash % SLOTS];
    while (k && (k->hash != hash || k->n != key.len || memcmp(k->key, key.ptr, key.len)))
        k = k->next;
    return k;
}

struct page *dgs_cache_get(struct cache *c, dg_str key, uint64_t version)
{
    struct page *p = NULL;
    pthread_mutex_lock(&c->lock);
    struct kept *k = c->version == version ? find(c, key, XXH3_64bits(key.ptr, key.len)) : NULL;
    if (k) {
        p = k->page;
        atomic_fetch_add(&p->refs, 1);
    }
    pthread_mutex_unlock(&c->lock);
    return p;
}

void dgs_cache_put(struct cache *c, dg_str key, uint64_t version, struct page *p)
{
    uint64_t hash = XXH3_64bits(key.ptr, key.len);
    size_t bytes = p->bytes + key.len + sizeof(struct kept);
    if (bytes > MOST_KEPT / 4)
        return;
    pthread_mutex_lock(&c->lock);
    if (c->version < version || (c->version == version && (c->bytes + bytes > MOST_KEPT || c->n == MOST_PAGES)))
        clear(c, version);
    struct kept *k = c->version == version && !find(c, key, hash) ? malloc(sizeof *k + key.len) : NULL;
    if (k) {
        *k = (struct kept){c->slot[hash % SLOTS], p, hash, key.len};
        memcpy(k->key, key.ptr, key.len);
        atomic_fetch_add(&p->refs, 1);
        c->slot[hash % SLOTS] = k;
        c->bytes += bytes;
        c->n++;
    }
    pthread_mutex_unlock(&c->lock);
}

size_t dgs_cache_bytes(struct cache *c)
{
    pthread_mutex_lock(&c->lock);
    size_t n = c->bytes;
    pthread_mutex_unlock(&c->lock);
    return n;
}
