/* SPDX-License-Identifier: Apache-2.0 */
/* Reading: files of all kinds, JSON Lines good and bad, limits. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "io/reader.h"

static enum dgi_next first(dg_str bytes, const char *name, uint8_t input, struct dgi_raw *raw, dg_error *err)
{
    struct dgi_reader_options o = {.input = input};
    dgi_reader *r;
    assert_int_equal(dgi_reader_open_bytes(&r, bytes, name, &o, err), DG_OK);
    enum dgi_next n = dgi_reader_next(r, raw, err);
    dgi_reader_close(r);
    return n;
}

static void kinds(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t len; /* 0: strlen */
        const char *name;
        enum dgi_next next;
        uint8_t kind;
        const char *message; /* a part of it */
    } t[] = {
        {"Two ministers met.", 0, NULL, DGI_NEXT_RECORD, DGI_RAW_TEXT, NULL},
        {"  \n<!DOCTYPE html><p>x", 0, NULL, DGI_NEXT_RECORD, DGI_RAW_HTML, NULL},
        {"\xEF\xBB\xBF<html>", 0, NULL, DGI_NEXT_RECORD, DGI_RAW_HTML, NULL},
        {"<?xml version=\"1.0\"?><html xmlns=\"x\">", 0, NULL, DGI_NEXT_RECORD, DGI_RAW_HTML, NULL},
        {"<quoted@example.org> wrote: no page.", 0, NULL, DGI_NEXT_RECORD, DGI_RAW_TEXT, NULL},
        {"plain words", 0, "a.htm", DGI_NEXT_RECORD, DGI_RAW_HTML, NULL},
        {"{\"text\": \"x\"}", 0, NULL, DGI_NEXT_RECORD, DGI_RAW_TEXT, NULL},
        {"{\"html\": \"x\"}", 0, "a.txt", DGI_NEXT_RECORD, DGI_RAW_HTML, NULL},
        {"{Bracketed} words of a text.", 0, NULL, DGI_NEXT_RECORD, DGI_RAW_TEXT, NULL},
        {"", 0, NULL, DGI_NEXT_FAILED, 0, "nothing in it"},
        {"\x1f\x8b\x08\0\0", 5, "a.txt.gz", DGI_NEXT_BAD, 0, "gzip data ends early"},
        {"PK\x03\x04", 0, NULL, DGI_NEXT_FAILED, 0, "zip archive"},
        {"{\\rtf1 Two ministers met.\\par}", 0, NULL, DGI_NEXT_RECORD, DGI_RAW_TEXT, NULL},
        {"%PDF-1.4", 0, NULL, DGI_NEXT_FAILED, 0, "PDF"},
        {"WARC/1.0\r\n", 0, NULL, DGI_NEXT_BAD, 0, "head has no end"},
        {"<?xml version=\"1.0\"?><rss version=\"2.0\">", 0, NULL, DGI_NEXT_BAD, 0, "no record"},
        {"\0\1\2\3\4\5\6\7\0\1\2\3\4\5\6\7", 16, NULL, DGI_NEXT_FAILED, 0, "binary"},
        {"one NUL \0 in a text is no reason to refuse it", 45, NULL, DGI_NEXT_RECORD, DGI_RAW_TEXT, NULL},
        {"P\0A\0R\0I\0S\0 \0-\0 \0N\0", 18, NULL, DGI_NEXT_RECORD, DGI_RAW_TEXT, NULL},
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        struct dgi_raw raw;
        dg_error err = {0};
        enum dgi_next n = first(dgi_strn(t[i].bytes, t[i].len ? t[i].len : strlen(t[i].bytes)), t[i].name,
                                DGI_INPUT_AUTO, &raw, &err);
        if (n != t[i].next || (n == DGI_NEXT_RECORD && raw.kind != t[i].kind) ||
            (t[i].message && !strstr(err.message, t[i].message)))
            fail_msg("case %zu: next %d, kind %d, message '%s'", i, n, raw.kind, err.message);
    }
    struct dgi_raw raw;
    dg_error err = {0};
    /* the option overrules */
    assert_int_equal(first(DGI_S("{\"text\": \"x\"}"), NULL, DGI_INPUT_TEXT, &raw, &err), DGI_NEXT_RECORD);
    assert_int_equal(raw.body.len, 13);
    assert_int_equal(first(DGI_S("words"), NULL, DGI_INPUT_HTML, &raw, &err), DGI_NEXT_RECORD);
    assert_int_equal(raw.kind, DGI_RAW_HTML);
    assert_int_equal(first(DGI_S("words"), NULL, DGI_INPUT_JSONL, &raw, &err), DGI_NEXT_BAD);
}

static void jsonl(void **state)
{
    (void)state;
    static const char lines[] =
        "\xEF\xBB\xBF{\"id\": 9007199254740993, \"text\": \"A.\", \"url\": \"u\", \"date\": \"2020-01-02\", \"x\": [1]}\n"
        "\n"
        "{\"id\": \"b\", \"text\": 3}\r\n"
        "not json\n"
        "{\"id\": \"c\", \"html\": \"<p>B\", \"author\": [\"D E\", {\"name\": \"F G\"}], \"publisher\": {\"name\": \"H\"}}\n"
        "{\"id\": \"d\"}\n"
        "[1]\n"
        "{\"text\": \"cut\n"
        "{\"text\": \"x\"} {\"text\": \"y\"}\n"
        "{\"text\": \"\\ud83d \\u0000\", \"author\": true}";
    static const struct {
        enum dgi_next next;
        uint64_t record, byte;
        const char *message;
    } want[] = {
        {DGI_NEXT_RECORD, 1, 0, NULL}, {DGI_NEXT_BAD, 2, 87, "'text' is not a string"}, {DGI_NEXT_BAD, 3, 112, "bad JSON"},
        {DGI_NEXT_RECORD, 4, 120, NULL}, {DGI_NEXT_BAD, 5, 212, "neither 'text' nor 'html'"},
        {DGI_NEXT_BAD, 6, 224, "array"}, {DGI_NEXT_BAD, 7, 241, "breaks off"}, {DGI_NEXT_BAD, 8, 256, "more after"},
        {DGI_NEXT_RECORD, 9, 270, NULL}, {DGI_NEXT_END, 0, 0, NULL},
    };
    dgi_reader *r;
    dg_error err = {0};
    assert_int_equal(dgi_reader_open_bytes(&r, dgi_strn(lines, sizeof lines - 1), NULL, NULL, &err), DG_OK);
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        struct dgi_raw raw;
        enum dgi_next n = dgi_reader_next(r, &raw, &err);
        uint64_t record = n == DGI_NEXT_BAD ? err.record : raw.record, byte = n == DGI_NEXT_BAD ? err.byte : raw.byte;
        if (n != want[i].next || record != want[i].record || byte != want[i].byte ||
            (want[i].message && !strstr(err.message, want[i].message)))
            fail_msg("step %zu: next %d, record %llu, byte %llu, message '%s'", i, n, (unsigned long long)record,
                     (unsigned long long)byte, err.message);
        if (i == 0) {
            assert_true(dgi_str_is(raw.id, "9007199254740993"));
            assert_true(dgi_str_is(raw.published, "2020-01-02"));
        }
        if (i == 3) {
            assert_int_equal(raw.kind, DGI_RAW_HTML);
            assert_true(dgi_str_is(raw.author, "D E, F G"));
            assert_true(dgi_str_is(raw.publisher, "H"));
        }
        if (i == 8) {
            assert_int_equal(raw.body.len, 5); /* U+FFFD, space, NUL */
            assert_int_equal(raw.author.len, 0);
        }
    }
    struct dgi_raw raw;
    assert_int_equal(dgi_reader_next(r, &raw, &err), DGI_NEXT_END); /* and stays there */
    dgi_reader_close(r);
}

/* A line longer than the limit, in the middle of a file and larger than the window: the others are read. */
static void long_lines(void **state)
{
    (void)state;
    char path[] = "/tmp/dg_readerXXXXXX";
    int fd = mkstemp(path);
    FILE *f = fdopen(fd, "w");
    fputs("{\"text\": \"first\"}\n", f);
    fputs("{\"text\": \"", f);
    for (int i = 0; i < 300000; i++)
        fputs("0123456789", f);
    fputs("\"}\n{\"text\": \"third\"}\n", f);
    for (int i = 0; i < 20; i++)
        fprintf(f, "{\"text\": \"%0*d\"}\n", 900, i);
    fputs("{\"a\":[", f);
    for (int i = 0; i < 400; i++)
        fputs("[", f);
    fclose(f);
    struct dgi_reader_options o = {.max_document = 1000};
    dgi_reader *r;
    dg_error err = {0};
    struct dgi_raw raw;
    assert_int_equal(dgi_reader_open(&r, path, &o, &err), DG_OK);
    assert_int_equal(dgi_reader_next(r, &raw, &err), DGI_NEXT_RECORD);
    assert_int_equal(dgi_reader_next(r, &raw, &err), DGI_NEXT_BAD);
    assert_int_equal(err.status, DG_E_LIMIT);
    assert_int_equal(err.record, 2);
    assert_int_equal(err.byte, 18);
    assert_int_equal(dgi_reader_next(r, &raw, &err), DGI_NEXT_RECORD);
    assert_true(dgi_str_is(raw.body, "third"));
    assert_int_equal(raw.byte, 18 + 10 + 3000000 + 3);
    for (int i = 0; i < 20; i++) {
        assert_int_equal(dgi_reader_next(r, &raw, &err), DGI_NEXT_RECORD);
        assert_int_equal(raw.body.len, 900);
        assert_int_equal(raw.record, 4 + i);
    }
    assert_int_equal(dgi_reader_next(r, &raw, &err), DGI_NEXT_BAD); /* nested too deep */
    assert_non_null(strstr(err.message, "nesting"));
    assert_int_equal(dgi_reader_next(r, &raw, &err), DGI_NEXT_END);
    assert_int_equal(dgi_reader_bytes(r), dgi_reader_size(r));
    dgi_reader_close(r);

    o.input = DGI_INPUT_TEXT;
    assert_int_equal(dgi_reader_open(&r, path, &o, &err), DG_OK);
    assert_int_equal(dgi_reader_next(r, &raw, &err), DGI_NEXT_FAILED);
    assert_int_equal(err.status, DG_E_LIMIT);
    dgi_reader_close(r);
    unlink(path);
}

static void many_values(void **state)
{
    (void)state;
    size_t n = 1000000;
    char *s = malloc(2 * n + 32);
    size_t len = (size_t)sprintf(s, "{\"text\": \"x\", \"y\": [0");
    for (size_t i = 0; i < n; i++)
        s[len++] = ',', s[len++] = '0';
    memcpy(s + len, "]}", 2);
    struct dgi_raw raw;
    dg_error err = {0};
    assert_int_equal(first(dgi_strn(s, len + 2), NULL, DGI_INPUT_AUTO, &raw, &err), DGI_NEXT_BAD);
    assert_int_equal(err.status, DG_E_LIMIT);
    free(s);
}

static void files(void **state)
{
    (void)state;
    dgi_reader *r;
    dg_error err = {0};
    assert_int_equal(dgi_reader_open(&r, "/nonexistent/file", NULL, &err), DG_E_IO);
    assert_string_equal(err.message, "no such file");
    assert_null(r);
    assert_int_equal(dgi_reader_open(&r, "/tmp", NULL, &err), DG_E_IO);
    assert_string_equal(err.message, "is a directory");
    char *bytes;
    size_t len;
    assert_int_equal(dgi_read_all(&bytes, &len, "/tmp", 0, &err), DG_E_IO);
    assert_int_equal(dgi_read_all(&bytes, &len, "/dev/zero", 100000, &err), DG_E_LIMIT);
    assert_null(bytes);
    assert_int_equal(dgi_read_all(&bytes, &len, "/dev/null", 0, &err), DG_OK);
    assert_int_equal(len, 0);
    free(bytes);
    assert_int_equal(dgi_reader_open(&r, "/dev/null", NULL, &err), DG_OK);
    struct dgi_raw raw;
    assert_int_equal(dgi_reader_next(r, &raw, &err), DGI_NEXT_FAILED);
    assert_int_equal(dgi_reader_next(r, &raw, &err), DGI_NEXT_END);
    dgi_reader_close(r);
    dgi_reader_close(NULL);
}

/* A table read as running prose gave one event out of its columns; prose with commas is no table. */
static void tables_are_not_prose(void **state)
{
    (void)state;
    static const struct {
        const char *bytes, *name;
        bool record_each; /* told as a table or an array */
    } t[] = {
        {"id,date,text\n1,2020-01-02,\"Egypt, on Monday, said\nno.\"\n2,2020-01-03,It \"said\" so.\n", NULL, true},
        {"id,date,text\r\n1,2020-01-02,Egypt said no.\r\n\r\n", "a.csv", true},
        {"\xEF\xBB\xBFtitle;body;url\nA;B said, C;u\n", NULL, true},
        {"Title|Text\nA|B said, C\n", NULL, true},
        {"Source: the desk, Text: below\nOne, two.\n", NULL, false},
        {"date,text\n2020-01-02,no", "a.csv", true},
        {"id\tdate\ttext\n1\t2020-01-02\tEgypt said no.\n", NULL, true},
        {"date\ttext\n2020-01-02\tEgypt said no.\n", "a.tsv", true},
        {"[{\"text\": \"x\"}]", NULL, true},
        {" [\n  {\n \"text\": \"x\"}]", "a.json", true},
        {"Egypt, Ethiopia and Sudan met in Cairo, where they agreed.\nThe talks, which were long, ended.\n", NULL, false},
        {"Egypt, Ethiopia, Sudan\nCairo, Khartoum, Juba\n", NULL, false},
        {"CAIRO,EGYPT,MONDAY\nThe ministers met.\n", NULL, false},
        {"A headline without a comma\nOne, two, three.\n", NULL, false},
        {"\tA paragraph that begins with a tab.\n\tAnother one.\n", NULL, false},
        {"Yes,no,maybe\n\nThat was the answer,in short.\n", NULL, false},
        {"[Photo: the ministers] met.\n", NULL, false},
        {"[1] The first note.\n[2] The second.\n", NULL, false},
        {"\"We will go,\" he said.\n\"Never,\" she said.\n", NULL, false},
        {"10,000 troops\n20,000 tanks\n", NULL, false},
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        struct dgi_raw raw;
        dg_error err = {0};
        enum dgi_next n = first(dgi_str(t[i].bytes), t[i].name, DGI_INPUT_AUTO, &raw, &err);
        if (n != DGI_NEXT_RECORD || raw.many != t[i].record_each)
            fail_msg("case %zu: next %d, message '%s'", i, n, err.message);
        assert_int_equal(first(dgi_str(t[i].bytes), t[i].name, DGI_INPUT_TEXT, &raw, &err), DGI_NEXT_RECORD);
    }
}

/* What json-c lets pass and JSON does not: each refused, where and why, and the last line still read. */
static void json_that_is_none(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        uint64_t byte;
        const char *message;
    } t[] = {
        {"{\"text\": \"x\" /* note */}", 13, "comma or a closing bracket"},
        {"{/* note */ \"text\": \"x\"}", 1, "a name in double quotes"},
        {"{\"text\": // note\t\"x\"}", 9, "comment"},
        {"{'text': 'x'}", 1, "single quote"},
        {"{\"text\": 'x'}", 9, "single quote"},
        {"{\"text\": \"x\",}", 13, "comma with nothing after it"},
        {"{\"text\": \"x\", \"a\": [1, ]}", 23, "comma with nothing after it"},
        {"{\"text\": \"x\", \"a\": [1 2]}", 22, "comma or a closing bracket"},
        {"{\"text\": \"x\", \"id\": NaN}", 20, "a value should stand here"},
        {"{\"text\": \"x\", \"id\": 007}", 21, "begins with 0"},
        {"{\"text\": \"x\", \"id\": 1.}", 22, "digit is missing"},
        {"{\"text\": \"x\", \"id\": True}", 20, "a value should stand here"},
        {"{\"text\": \"x\", \"id\": nulL}", 23, "not true, false or null"},
        {"{\"text\": \"a\tb\"}", 11, "control character"},
        {"{\"text\": \"a\\qb\"}", 12, "unknown escape"},
        {"{\"text\": \"a\\u12g4\"}", 15, "four hexadecimal digits"},
        {"{\"text\" \"x\"}", 8, "colon"},
        {"{\"text\": \"x\"]", 12, "closing bracket"},
        {"{\"text\": tru", 12, "breaks off"},
        {"{\"text\": \"x", 11, "breaks off"},
        {"{\"a\": {", 7, "breaks off"},
        {"{\"text\": \"x\", \"title\": \"A\", \"title\": \"B\"}", 29, "'title' stands twice"},
        {"{\"text\": \"x\", \"te\\u0078t\": \"y\"}", 0, "a name stands twice"},
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        char lines[200];
        int n = snprintf(lines, sizeof lines, "%s\n{\"text\": \"good\", \"x\": [{}, [], {\"a\": [0, -1.5e+3]}, \"\\u00e9\\n\"]}", t[i].line);
        dgi_reader *r;
        dg_error err = {0};
        struct dgi_raw raw;
        struct dgi_reader_options o = {.input = DGI_INPUT_JSONL};
        assert_int_equal(dgi_reader_open_bytes(&r, dgi_strn(lines, (size_t)n), NULL, &o, &err), DG_OK);
        if (dgi_reader_next(r, &raw, &err) != DGI_NEXT_BAD || !strstr(err.message, t[i].message) || err.record != 1 ||
            err.byte != t[i].byte)
            fail_msg("case %zu, %s: record %llu, byte %llu, message '%s'", i, t[i].line, (unsigned long long)err.record,
                     (unsigned long long)err.byte, err.message);
        if (dgi_reader_next(r, &raw, &err) != DGI_NEXT_RECORD || !dgi_str_is(raw.body, "good"))
            fail_msg("case %zu: the next record was lost: %s", i, err.message);
        dgi_reader_close(r);
    }
}

/* json-c reads 2^64 and 2^64 + 1 as one number: two documents had one id, and the second replaced the first. */
static void long_numbers_are_ids_by_their_digits(void **state)
{
    (void)state;
    static const char *const id[] = {"18446744073709551615", "18446744073709551616", "18446744073709551617",
                                     "98765432109876543210987654321", "-1", "1.50", "1E3"};
    for (size_t i = 0; i < sizeof id / sizeof *id; i++) {
        char line[200];
        int n = snprintf(line, sizeof line, "{\"x\": {\"id\": 1}, \"\\u0069d\": %s, \"text\": \"x\", \"author\": 7}", id[i]);
        struct dgi_raw raw;
        dg_error err = {0};
        dgi_reader *r;
        assert_int_equal(dgi_reader_open_bytes(&r, dgi_strn(line, (size_t)n), NULL, NULL, &err), DG_OK);
        assert_int_equal(dgi_reader_next(r, &raw, &err), DGI_NEXT_RECORD);
        if (!dgi_str_is(raw.id, id[i]))
            fail_msg("%s came out as %.*s", id[i], (int)raw.id.len, raw.id.ptr);
        assert_true(dgi_str_is(raw.author, "7"));
        dgi_reader_close(r);
    }
}

/* An id stands in every event: one of a megabyte made gigabytes of output. */
static void an_id_of_a_megabyte_is_refused(void **state)
{
    (void)state;
    for (size_t len = DGI_MAX_ID; len <= DGI_MAX_ID + 1; len++) {
        char *s = malloc(len + 64);
        int k = sprintf(s, "{\"text\": \"x\", \"id\": \"");
        memset(s + k, 'i', len);
        strcpy(s + k + len, "\"}");
        struct dgi_raw raw;
        dg_error err = {0};
        enum dgi_next n = first(dgi_str(s), NULL, DGI_INPUT_AUTO, &raw, &err);
        assert_int_equal(n, len > DGI_MAX_ID ? DGI_NEXT_BAD : DGI_NEXT_RECORD);
        if (len > DGI_MAX_ID) {
            assert_int_equal(err.status, DG_E_LIMIT);
            assert_int_equal(err.byte, k - 1);
            assert_non_null(strstr(err.message, "4097 bytes, more than 4096"));
        }
        free(s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kinds), cmocka_unit_test(jsonl), cmocka_unit_test(long_lines),
        cmocka_unit_test(many_values), cmocka_unit_test(files), cmocka_unit_test(json_that_is_none),
        cmocka_unit_test(tables_are_not_prose),
        cmocka_unit_test(long_numbers_are_ids_by_their_digits), cmocka_unit_test(an_id_of_a_megabyte_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
