/* SPDX-License-Identifier: Apache-2.0 */
/* Word processors' files to text, and the exports of news libraries in them to articles. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <archive.h>
#include <archive_entry.h>
#include <cmocka.h>

#include "io/office.h"
#include "io/reader.h"

static void rtf(void **state)
{
    (void)state;
    static const struct {
        const char *in, *want;
    } t[] = {
        {"{\\rtf1\\ansi{\\fonttbl{\\f0 Times;}}{\\*\\generator x;}\\pard One \\b two\\b0 .\\par Three\\'92s \\{x\\}\\line y\\~z\\par}",
         "One two.\nThree’s {x}\ny\xC2\xA0z\n"},
        {"{\\rtf1\\uc1 \\u8220?Go\\u8221?, \\u-10179?\\u-8704? {\\uc2 \\u233ab c}\\emdash x\\\ny}", "“Go”, 😀 é c—x\ny"},
        {"{\\rtf1 a\\bin3 {{{b{\\pict 00ff}c{\\field{\\*\\fldinst HYPERLINK \"x\"}{\\fldrslt link}}", "abclink"},
        {"{\\rtf1 breaks off \\", "breaks off "},
        {"{\\rtf1 }}}} more", " more"},
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        struct dgi_buf out = {0};
        dg_error err = {0};
        assert_int_equal(dgi_rtf_text(&out, dgi_str(t[i].in), &err), DG_OK);
        if (!dgi_str_is(dgi_buf_str(&out), t[i].want))
            fail_msg("case %zu: got '%.*s'", i, (int)out.len, out.ptr);
        dgi_buf_free(&out);
    }
}

static size_t zip_of(char *to, size_t cap, const char *const *names, const dg_str *what, int n_files)
{
    size_t n = 0;
    struct archive *a = archive_write_new();
    archive_write_set_format_zip(a);
    assert_int_equal(archive_write_open_memory(a, to, cap, &n), ARCHIVE_OK);
    for (int i = 0; i < n_files; i++) {
        struct archive_entry *e = archive_entry_new();
        archive_entry_set_pathname(e, names[i]);
        archive_entry_set_size(e, (la_int64_t)what[i].len);
        archive_entry_set_filetype(e, AE_IFREG);
        archive_entry_set_perm(e, 0644);
        archive_write_header(a, e);
        archive_write_data(a, what[i].ptr, what[i].len);
        archive_entry_free(e);
    }
    archive_write_close(a);
    archive_write_free(a);
    return n;
}

static size_t zip(char *to, size_t cap, const char *name, const char *what)
{
    dg_str s = dgi_str(what);
    return zip_of(to, cap, &name, &s, 1);
}

/* Files of news in a zip archive, a document of a word processor among them; pictures and empty files are passed over. */
static void zipped(void **state)
{
    (void)state;
    static char inner[65536], z[65536];
    static char big[300000];
    memset(big, 'x', sizeof big - 1);
    size_t n = zip(inner, sizeof inner, "word/document.xml",
                   "<w:document xmlns:w='w'><w:p><w:r><w:t>Three.</w:t></w:r></w:p></w:document>");
    const char *names[] = {"a.txt", "b.png", "c.jsonl", "big.txt", "d.docx", "e.zip", "f.html"};
    dg_str what[] = {DGI_S("One."),         DGI_S("\x89PNG\r\n"), DGI_S("{\"text\":\"Two.\"}\n{\"x\":1}\n"),
                     {big, sizeof big - 1}, {inner, n},           {NULL, 0},
                     DGI_S("<p>Four.")};
    static char other[4096];
    what[5] = dgi_strn(other, zip(other, sizeof other, "a.txt", "not from here"));
    n = zip_of(z, sizeof z, names, what, 7);
    struct dgi_reader_options o = {.max_document = 200000};
    dgi_reader *r;
    dg_error err = {0};
    struct dgi_raw raw;
    enum dgi_next next;
    char got[2000] = "";
    size_t at = 0;
    assert_int_equal(dgi_reader_open_bytes(&r, dgi_strn(z, n), NULL, &o, &err), DG_OK);
    while ((next = dgi_reader_next(r, &raw, &err)) != DGI_NEXT_END && next != DGI_NEXT_FAILED)
        at += (size_t)(next == DGI_NEXT_RECORD
                           ? snprintf(got + at, sizeof got - at, "%d %.*s\n", (int)raw.record, (int)raw.body.len,
                                      raw.body.ptr)
                           : snprintf(got + at, sizeof got - at, "! %d %s\n", (int)err.record, err.message));
    assert_string_equal(
        got, "1 One.\n2 Two.\n! 3 'c.jsonl': record has neither 'text' nor 'html'\n"
             "! 4 'big.txt': longer than 200000 bytes, the most that is read of an entry\n5 Three.\n\n6 <p>Four.\n");
    assert_int_equal(next, DGI_NEXT_END);
    dgi_reader_close(r);
}

static void docx(void **state)
{
    (void)state;
    static const char xml[] =
        "<?xml version=\"1.0\"?><w:document xmlns:w=\"http://w\"><w:body><w:p><w:r><w:t>Border shut</w:t></w:r></w:p><w:p><w:r><w:t>The "
        "Desk Times</w:t></w:r></w:p><w:p><w:r><w:t>March 5, 2019 Tuesday</w:t></w:r></w:p><w:p/><w:p><w:r><w:t>Length:</w:t><w:t "
        "xml:space=\"preserve\"> 19 words</w:t></w:r></w:p><w:p><w:r><w:t>Body</w:t></w:r></w:p><w:p><w:r><w:instrText>no</w:instrText>"
        "<w:t>One &amp; two.</w:t></w:r></w:p><w:p><w:r><w:t>Load-Date: March 6, 2019</w:t></w:r></w:p><w:p><w:r><w:t>End of "
        "Document</w:t></w:r></w:p></w:body></w:document>";
    static char z[65536];
    dgi_reader *r;
    dg_error err = {0};
    struct dgi_raw raw;
    size_t n = zip(z, sizeof z, "word/document.xml", xml);
    assert_int_equal(dgi_reader_open_bytes(&r, dgi_strn(z, n), NULL, NULL, &err), DG_OK);
    assert_int_equal(dgi_reader_next(r, &raw, &err), DGI_NEXT_RECORD);
    assert_true(dgi_str_is(raw.title, "Border shut") && dgi_str_is(raw.publisher, "The Desk Times"));
    assert_true(dgi_str_is(raw.published, "March 5, 2019 Tuesday") && dgi_str_is(raw.body, "One & two."));
    assert_int_equal(dgi_reader_next(r, &raw, &err), DGI_NEXT_END);
    dgi_reader_close(r);
    for (size_t k = 4; k < n; k += 3) { /* cut short and changed: a message, or what there is */
        assert_int_equal(dgi_reader_open_bytes(&r, dgi_strn(z, k), NULL, NULL, &err), DG_OK);
        enum dgi_next next = dgi_reader_next(r, &raw, &err);
        assert_true(next == DGI_NEXT_RECORD || err.message[0]);
        dgi_reader_close(r);
        z[k] = (char)~z[k];
        assert_int_equal(dgi_reader_open_bytes(&r, dgi_strn(z, n), NULL, NULL, &err), DG_OK);
        next = dgi_reader_next(r, &raw, &err);
        assert_true(next == DGI_NEXT_RECORD || err.message[0]);
        dgi_reader_close(r);
        z[k] = (char)~z[k];
    }
    n = zip(z, sizeof z, "[Content_Types].xml", xml);
    assert_int_equal(dgi_reader_open_bytes(&r, dgi_strn(z, n), NULL, NULL, &err), DG_OK);
    assert_int_equal(dgi_reader_next(r, &raw, &err), DGI_NEXT_FAILED);
    assert_int_equal(err.status, DG_E_KIND);
    dgi_reader_close(r);
}

/* Exports saved as HTML, one shape of each library, and a page that only speaks of documents. */
static void saved_pages(void **state)
{
    (void)state;
    static const struct {
        const char *in, *want;
    } t[] = {
        {"<!DOCTYPE html><html><head><style>p{}</style></head><body><h1>Engineers sent</h1><p>Herald</p><p>March 5, 2019 "
         "Tuesday</p><p><b>Length:</b> 9 words</p><p><b>Byline:</b> By A. B.</p><p><b>Body</b></p><p>One &mdash;\n two.</p><p>Three &amp; "
         "four.</p><p><b>Load-Date:</b> March 6, 2019</p><p><b>End of Document</b></p><hr><h1>Second</h1><p>Herald</p><p>March 7, 2019 "
         "Thursday</p><p>Length: 1 words</p><p>Body</p><p>Five.</p><p>End of Document</p></body></html>",
         "Engineers sent|Herald|March 5, 2019 Tuesday|One \xE2\x80\x94 two.\n\nThree & four.\nSecond|Herald|March 7, 2019 Thursday|Five.\n"},
        {"<html><body><table><tr><td><b>HD</b></td><td>Patrol</td></tr><tr><td>PD</td><td>5 March 2019</td></tr><tr><td>SN</td><td>Wire</td></tr>"
         "<tr><td>LP</td><td><p>One.</p></td></tr><tr><td>TD</td><td><p>Two.</p></td></tr><tr><td>AN</td><td>Document "
         "LIMW000020190305ef3500abc</td></tr></table></body></html>",
         "Patrol|Wire|5 March 2019|One.\n\nTwo.\n"},
        {"<html><body><div>Patrol</div><div>31 words</div><div>5 March 2019</div><div>Wire</div><div>LIMW</div><div>English</div><div>(c) 2019 "
         "Wire</div><p>One.</p><p>Two.</p><p>Document LIMW000020190305ef3500abc</p></body></html>",
         "Patrol|Wire|5 March 2019|One.\n\nTwo.\n"},
        {"<html><body><hr><p>Document 1 of 2</p><p><b>Full text: </b>One.</p><p>Two.</p><p><b>Title: </b>Freed</p><p><b>Publication title: "
         "</b>Post</p><p><b>Publication date: </b>Mar 4, 2019</p><p><b>ProQuest document ID: </b>21</p><hr><p>Document 2 of 2</p><p>Full text: "
         "Three.</p><p>Title: Aid</p><p>Publication date: Mar 8, 2019</p><hr></body></html>",
         "Freed|Post|Mar 4, 2019|One.\n\nTwo.\nAid||Mar 8, 2019|Three.\n"},
        {"<html><body><p>Document 12. End of Document.</p></body></html>",
         "|||<html><body><p>Document 12. End of Document.</p></body></html>\n"},
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        dgi_reader *r;
        dg_error err = {0};
        struct dgi_raw raw;
        char got[2000] = "";
        size_t at = 0;
        assert_int_equal(dgi_reader_open_bytes(&r, dgi_str(t[i].in), NULL, NULL, &err), DG_OK);
        while (dgi_reader_next(r, &raw, &err) == DGI_NEXT_RECORD)
            at += (size_t)snprintf(got + at, sizeof got - at, "%.*s|%.*s|%.*s|%.*s\n", (int)raw.title.len,
                                   raw.title.ptr, (int)raw.publisher.len, raw.publisher.ptr, (int)raw.published.len,
                                   raw.published.ptr, (int)raw.body.len, raw.body.ptr);
        assert_string_equal(got, t[i].want);
        dgi_reader_close(r);
    }
    static char cut[2000];
    for (size_t k = 1; k < strlen(t[0].in);
         k += 7) { /* cut short anywhere: no crash, and a message where there is no record */
        dgi_reader *r;
        dg_error err = {0};
        struct dgi_raw raw;
        memcpy(cut, t[0].in, k);
        assert_int_equal(dgi_reader_open_bytes(&r, dgi_strn(cut, k), NULL, NULL, &err), DG_OK);
        assert_true(dgi_reader_next(r, &raw, &err) == DGI_NEXT_RECORD || err.message[0]);
        dgi_reader_close(r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(rtf), cmocka_unit_test(docx), cmocka_unit_test(zipped),
                                       cmocka_unit_test(saved_pages)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
