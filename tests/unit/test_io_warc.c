/* SPDX-License-Identifier: Apache-2.0 */
/* Archives of pages: what comes out, encodings, damage and how reading goes on behind it. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <brotli/encode.h>
#include <cmocka.h>
#include <zlib.h>

#include "io/reader.h"

enum { CAP = 1 << 20 };
struct file {
    char s[CAP];
    size_t n;
    size_t start[16]; /* of the records */
    int n_records;
    bool packed;
};

static size_t pack(char *to, const char *from, size_t n, int bits)
{
    z_stream z = {.next_in = (Bytef *)(uintptr_t)from, .avail_in = (unsigned)n, .next_out = (Bytef *)to, .avail_out = CAP};
    assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, bits, 8, Z_DEFAULT_STRATEGY), Z_OK);
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    n = CAP - z.avail_out;
    deflateEnd(&z);
    return n;
}

static void add_bytes(struct file *f, const char *s, size_t n)
{
    f->start[f->n_records++] = f->n;
    if (f->packed)
        n = pack(f->s + f->n, s, n, 31);
    else
        memcpy(f->s + f->n, s, n);
    f->n += n;
}

static void add(struct file *f, const char *type, const char *uri, const char *media, const char *block, size_t n)
{
    static char s[CAP];
    int k = snprintf(s, sizeof s,
                     "WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nWARC-Date: 2021-05-03T10:00:00Z\r\n"
                     "Content-Type: %s\r\nContent-Length: %zu\r\n\r\n",
                     type, uri, media, n);
    memcpy(s + k, block, n);
    memcpy(s + k + n, "\r\n\r\n", 4);
    add_bytes(f, s, (size_t)k + n + 4);
}

static void add_page_n(struct file *f, const char *uri, const char *http, const char *body, size_t n)
{
    static char s[CAP];
    int k = snprintf(s, sizeof s, "HTTP/1.1 %s\r\n\r\n", http);
    memcpy(s + k, body, n);
    add(f, "response", uri, "application/http; msgtype=response", s, (size_t)k + n);
}

static void add_page(struct file *f, const char *uri, const char *http, const char *body)
{
    add_page_n(f, uri, http, body, strlen(body));
}

static const char *read_all(const struct file *f, size_t max)
{
    static char out[8192];
    struct dgi_reader_options o = {.max_document = max};
    dgi_reader *r;
    dg_error err = {0};
    struct dgi_raw raw;
    enum dgi_next n;
    size_t at = 0;
    uint64_t last = 0;
    out[0] = 0;
    assert_int_equal(dgi_reader_open_bytes(&r, dgi_strn(f->s, f->n), NULL, &o, &err), DG_OK);
    while ((n = dgi_reader_next(r, &raw, &err)) != DGI_NEXT_END) {
        if (n == DGI_NEXT_RECORD)
            at += (size_t)snprintf(out + at, sizeof out - at, "%c %.*s %.*s %.*s\n", raw.kind ? 'h' : 't', (int)raw.url.len,
                                   raw.url.ptr, (int)raw.charset.len, raw.charset.len ? raw.charset.ptr : "",
                                   (int)raw.body.len, raw.body.ptr);
        else
            at += (size_t)snprintf(out + at, sizeof out - at, "! %d: %s\n", (int)err.record, err.message);
        uint64_t now = n == DGI_NEXT_RECORD ? raw.record : err.record;
        assert_true(!now || now == last + 1);
        last = now ? now : last;
        if (n == DGI_NEXT_RECORD && f->n_records) { /* the byte of the record in the file, packed or not */
            bool there = false;
            for (int i = 0; i < f->n_records; i++)
                there = there || f->start[i] == raw.byte;
            assert_true(there);
        }
        if (n == DGI_NEXT_FAILED)
            break;
    }
    dgi_reader_close(r);
    return out;
}

static struct file *file_new(bool packed)
{
    struct file *f = calloc(1, sizeof *f);
    f->packed = packed;
    return f;
}

static void kinds(void **state)
{
    (void)state;
    for (int packed = 0; packed < 2; packed++) {
        struct file *f = file_new(packed);
        static char z[CAP];
        size_t n;
        add(f, "warcinfo", "x", "application/warc-fields", "software: t\r\n", 13);
        add(f, "request", "<http://a/1>", "application/http", "GET / HTTP/1.1\r\n\r\n", 18);
        add_page(f, "<http://a/1>", "200 OK\r\nContent-Type: text/html; charset=\"iso-8859-2\"", "<p>One.");
        add_page(f, "http://a/2", "404 Not Found\r\nContent-Type: text/html", "<p>Not there.");
        add_page(f, "http://a/3", "200 OK\r\nContent-Type: image/png", "\x89PNG");
        add_page(f, "http://a/4", "200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked",
                 "3\r\n<p>\r\n5;x=y\r\nFour.\r\n0\r\n\r\n");
        add_page(f, "http://a/5", "200 OK\nContent-Type: text/html\nTransfer-Encoding: chunked\nContent-Encoding: gzip", "<p>Undone.");
        n = pack(z, "<p>Gzip.", 8, 31);
        add_page_n(f, "http://a/6", "200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip", z, n);
        n = pack(z, "<p>Deflate.", 11, 15);
        add_page_n(f, "http://a/7", "200 OK\r\nContent-Type: text/html\r\nContent-Encoding: deflate", z, n);
        n = pack(z, "<p>Raw.", 7, -15);
        add_page_n(f, "http://a/8", "200 OK\r\ncontent-type:text/html\r\ncontent-encoding:deflate", z, n);
        n = CAP;
        assert_true(BrotliEncoderCompress(5, 22, BROTLI_MODE_TEXT, 10, (const uint8_t *)"<p>Brotli.", &n, (uint8_t *)z));
        add_page_n(f, "http://a/9", "200 OK\r\nContent-Type: application/xhtml+xml\r\nContent-Encoding: br", z, n);
        add(f, "conversion", "http://a/10", "text/plain", "Ten.", 4);
        add(f, "metadata", "http://a/10", "application/warc-fields", "x: y", 4);
        add(f, "revisit", "http://a/1", "application/http; msgtype=response", "HTTP/1.1 200 OK\r\n\r\n", 19);
        assert_string_equal(read_all(f, 0),
                            "h http://a/1 iso-8859-2 <p>One.\nh http://a/4  <p>Four.\nh http://a/5  <p>Undone.\n"
                            "h http://a/6  <p>Gzip.\nh http://a/7  <p>Deflate.\nh http://a/8  <p>Raw.\nh http://a/9  <p>Brotli.\n"
                            "t http://a/10  Ten.\n");
        free(f);
    }
    struct file *f = file_new(false);
    add(f, "warcinfo", "x", "application/warc-fields", "software: t\r\n", 13);
    assert_string_equal(read_all(f, 0), "! 0: an archive without any page or text\n");
    free(f);
}

static struct file *three(bool packed)
{
    struct file *f = file_new(packed);
    add_page(f, "http://a/1", "200 OK\r\nContent-Type: text/html", "<p>One.");
    add_page(f, "http://a/2", "200 OK\r\nContent-Type: text/html", "<p>Two is longer, so that there is something to break.");
    add_page(f, "http://a/3", "200 OK\r\nContent-Type: text/html", "<p>Three.");
    return f;
}
#define ONE "h http://a/1  <p>One.\n"
#define THREE "h http://a/3  <p>Three.\n"

static void damage(void **state)
{
    (void)state;
    /* any byte of the second member: it alone is lost, or not even that */
    struct file *f = three(true);
    for (size_t i = f->start[1]; i < f->start[2]; i++) {
        f->s[i] = (char)(f->s[i] ^ 0x55);
        const char *got = read_all(f, 0);
        if (strncmp(got, ONE, strlen(ONE)) || !strstr(got, THREE))
            fail_msg("byte %zu of the member: got '%s'", i - f->start[1], got);
        /* all but the head of a member stand under its check sum */
        if (i >= f->start[1] + 10 && (!strstr(got, "! 2: ") || strstr(got, "http://a/2")))
            fail_msg("byte %zu of the member: got '%s'", i - f->start[1], got);
        f->s[i] = (char)(f->s[i] ^ 0x55);
    }
    /* cut anywhere in the last one */
    for (size_t n = f->start[2] + 12; n < f->start[2] + 100; n += 7) {
        struct file *g = three(true);
        g->n = n;
        const char *got = read_all(g, 0);
        assert_non_null(strstr(got, "http://a/2"));
        if (!strstr(got, "! 3: the gzip data ends early; 2 records before it"))
            fail_msg("cut at %zu: got '%s'", n - f->start[2], got);
        free(g);
    }
    free(f);
    /* lengths that are wrong, in an archive that is not packed */
    static const struct {
        const char *from, *to;
    } wrong[] = {{"Content-Length: 9", "Content-Length: 1"}, {"Content-Length: 9", "Content-Length: 7"}, {"Content-Length", "Content-Langth"},
                 {"WARC/1.0", "WURC/1.0"}, {"Content-Length: 9", "Content-Length:-9"}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        f = three(false);
        char *at = memmem(f->s + f->start[1], f->n - f->start[1], wrong[i].from, strlen(wrong[i].from));
        assert_non_null(at);
        memcpy(at, wrong[i].to, strlen(wrong[i].to));
        const char *got = read_all(f, 0);
        if (strncmp(got, ONE, strlen(ONE)) || !strstr(got, "! 2: ") || !strstr(got, THREE))
            fail_msg("case %zu: got '%s'", i, got);
        free(f);
    }
}

/* A thousand archives with one member changed, cut out of or lengthened: the others are there. */
static void corrupted(void **state)
{
    (void)state;
    enum { RECORDS = 7, TIMES = 1000 };
    uint64_t seed = 14;
    static struct file good;
    good.packed = true;
    for (int i = 0; i < RECORDS; i++) {
        char uri[32], body[200];
        sprintf(uri, "http://a/%d", i);
        sprintf(body, "<p>Page %d of %d holds some words, more than one line of them, and ends.</p>", i, RECORDS);
        add_page(&good, uri, "200 OK\r\nContent-Type: text/html", body);
    }
    size_t end = good.n;
    for (int time = 0; time < TIMES; time++) {
        struct file *f = malloc(sizeof *f);
        memcpy(f, &good, sizeof *f);
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        int hit = (int)((seed >> 33) % RECORDS), how = (int)(seed >> 60) % 4;
        size_t from = f->start[hit], to = hit + 1 < RECORDS ? f->start[hit + 1] : end;
        size_t at = from + (size_t)(seed >> 40) % (to - from), by = 1 + (size_t)(seed >> 50) % 30;
        by = by < to - at ? by : to - at;
        if (how == 0) {
            memmove(f->s + at, f->s + at + by, f->n - at - by);
            f->n -= by;
        } else if (how == 1) {
            memmove(f->s + at + by, f->s + at, f->n - at);
            f->n += by;
        } else
            for (size_t i = 0; i < by; i++)
                f->s[at + i] = (char)(f->s[at + i] ^ (char)(seed >> (8 + i % 16)));
        f->n_records = 0; /* not where they were */
        const char *got = read_all(f, 0);
        for (int i = 0; i < RECORDS; i++) {
            char want[32];
            sprintf(want, "h http://a/%d ", i);
            if (i != hit && !strstr(got, want))
                fail_msg("time %d, member %d, way %d, byte %zu of %zu, %zu bytes: page %d is lost: '%s'", time, hit, how, at - from,
                         to - from, by, i, got);
        }
        free(f);
    }
}

static void limits(void **state)
{
    (void)state;
    static char big[200000], z[CAP];
    for (int packed = 0; packed < 2; packed++) {
        struct file *f = file_new(packed);
        memset(big, ' ', sizeof big);
        add_page(f, "http://a/1", "200 OK\r\nContent-Type: text/html", "<p>One.");
        add_page_n(f, "http://a/2", "200 OK\r\nContent-Type: text/html", big, sizeof big);
        size_t n = pack(z, big, sizeof big, 31);
        add_page_n(f, "http://a/2", "200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip", z, n);
        add_page_n(f, "http://a/2", "200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip", z, n / 2);
        add_page(f, "http://a/3", "200 OK\r\nContent-Type: text/html", "<p>Three.");
        const char *got = read_all(f, 100000);
        assert_non_null(strstr(got, ONE "! 2: the record has 200044 bytes, more than 100000; it was left out\n"
                                        "! 3: the page unpacks to more than 100000 bytes; it was left out\n! 4: "));
        assert_non_null(strstr(got, THREE));
        free(f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(kinds), cmocka_unit_test(damage), cmocka_unit_test(corrupted), cmocka_unit_test(limits)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
