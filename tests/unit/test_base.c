/* SPDX-License-Identifier: Apache-2.0 */
/* tests/unit/test_base.c: arena, strings, UTF-8, days, JSON. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/day.h"
#include "base/error.h"
#include "base/json.h"
#include "base/utf8.h"

static void arena_limits_and_faults(void **state)
{
    (void)state;
    dgi_arena *a = dgi_arena_new(1000);
    unsigned char *p = dgi_arena_alloc(a, 100);
    assert_non_null(p);
    for (int i = 0; i < 100; i++)
        assert_int_equal(p[i], 0);
    assert_int_equal((uintptr_t)p % 16, 0);
    assert_null(dgi_arena_alloc(a, 1000)); /* over the limit */
    assert_null(dgi_arena_array(a, SIZE_MAX / 4, 8));
    assert_non_null(dgi_arena_alloc(a, 100)); /* and it still works */
    dgi_arena_reset(a);
    assert_int_equal(dgi_arena_used(a), 0);
    dgi_arena_fail_at(a, 2);
    assert_non_null(dgi_arena_alloc(a, 8));
    assert_null(dgi_arena_alloc(a, 8));
    assert_non_null(dgi_arena_alloc(a, 8));
    dgi_arena_free(a);
    dgi_arena_free(NULL);
}

static void arena_push_keeps_what_was_there(void **state)
{
    (void)state;
    dgi_arena *a = dgi_arena_new(0);
    int *list = NULL;
    uint32_t n = 0, cap = 0;
    for (int i = 0; i < 1000; i++) {
        int *slot = DGI_PUSH(a, list, n, cap);
        assert_non_null(slot);
        *slot = i;
    }
    for (int i = 0; i < 1000; i++)
        assert_int_equal(list[i], i);
    dg_str s = dgi_arena_printf(a, "%d-%s", 7, "x");
    assert_string_equal(s.ptr, "7-x");
    assert_int_equal(s.len, 3);
    dgi_arena_free(a);
}

static void strings(void **state)
{
    (void)state;
    int64_t v;
    double d;
    assert_true(dgi_str_int(DGI_S("-42"), &v) && v == -42);
    assert_false(dgi_str_int(DGI_S("4x"), &v));
    assert_false(dgi_str_int(DGI_S(""), &v));
    assert_false(dgi_str_int(DGI_S("99999999999999999999"), &v));
    assert_true(dgi_str_double(DGI_S("-4.5"), &d) && d == -4.5);
    assert_false(dgi_str_double(DGI_S("nan"), &d));
    assert_true(dgi_str_ieq(DGI_S("NaTO"), DGI_S("nAto")));
    assert_false(dgi_str_ieq(DGI_S("NATO"), DGI_S("NATOS")));
    assert_int_equal(dgi_str_find(DGI_S("abcabd"), DGI_S("abd")), 3);
    assert_int_equal(dgi_str_find(DGI_S("ab"), DGI_S("abc")), SIZE_MAX);
    assert_true(dgi_str_is(dgi_str_trim(DGI_S(" \t a b \n")), "a b"));
    dg_str rest = DGI_S("a,,b"), f;
    assert_true(dgi_str_next(&rest, ',', &f) && dgi_str_is(f, "a"));
    assert_true(dgi_str_next(&rest, ',', &f) && f.len == 0);
    assert_true(dgi_str_next(&rest, ',', &f) && dgi_str_is(f, "b"));
    assert_false(dgi_str_next(&rest, ',', &f));
    assert_true(dgi_str_cmp(DGI_S("a"), DGI_S("ab")) < 0 && dgi_str_cmp(DGI_S("b"), DGI_S("ab")) > 0);
}

static void utf8(void **state)
{
    static const struct {
        const char *s;
        size_t bad; /* SIZE_MAX: well-formed */
        uint32_t n;
    } t[] = {{"abc", SIZE_MAX, 3},
             {"\xC3\xA9t\xC3\xA9", SIZE_MAX, 3},
             {"\xE2\x82\xAC", SIZE_MAX, 1},
             {"\xF0\x9F\x98\x80", SIZE_MAX, 1},
             {"\xEF\xBF\xBD", SIZE_MAX, 1}, /* U+FFFD written as such is fine */
             {"a\xC3", 1, 2},
             {"\xC0\x80", 0, 0},             /* overlong */
             {"\xED\xA0\x80", 0, 0},         /* surrogate */
             {"\xF4\x90\x80\x80", 0, 0},     /* past U+10FFFF */
             {"ab\xFFz", 2, 0}};
    (void)state;
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        assert_int_equal(dgi_utf8_invalid(dgi_str(t[i].s)), t[i].bad);
        if (t[i].bad == SIZE_MAX)
            assert_int_equal(dgi_utf8_count(dgi_str(t[i].s)), t[i].n);
    }
    dgi_arena *a = dgi_arena_new(0);
    uint64_t bad;
    dg_str c = dgi_utf8_clean(a, dgi_strn("a\0b\xFF", 4), &bad);
    assert_int_equal(bad, 2);
    assert_true(dgi_str_is(c, "a\xEF\xBF\xBD" "b\xEF\xBF\xBD"));
    assert_true(dgi_str_is(dgi_utf8_lower(a, DGI_S("\xC3\x89T\xC3\x89 \xD0\x96")), "\xC3\xA9t\xC3\xA9 \xD0\xB6"));
    char buf[3];
    assert_int_equal(dgi_utf8_lower_buf(DGI_S("A\xC3\x89\xC3\x89"), buf, sizeof buf).len, 3); /* never half a letter */
    dgi_arena_free(a);
}

/* U+009B is an escape sequence's beginning, U+202E turns what follows round: they went to the terminal as they were. */
static void what_steers_a_terminal_is_not_shown(void **state)
{
    (void)state;
    static const struct {
        const char *s;
        size_t shown, bad;
    } t[] = {{"plain \xC3\xA9\n\t", 10, 0}, {"a\xC2\x9B" "31m", 1, 2},   {"\x1b[2J", 0, 1},         {"ab\x7f", 2, 1},
             {"\xC2\xA0", 2, 0},           {"\xE2\x80\xAE" "x", 0, 3}, {"x\xE2\x81\xA9", 1, 3}, {"\xE2\x80\x8F", 0, 3},
             {"\xE2\x80\x93 \xE2\x80\x9D", 7, 0}, {"z\xFF", 1, 1},        {"", 0, 0}};
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        size_t bad, n = dgi_utf8_shown(dgi_str(t[i].s), &bad);
        if (n != t[i].shown || bad != t[i].bad)
            fail_msg("case %zu: %zu, %zu", i, n, bad);
    }
    struct dgi_buf b = {0};
    struct dgi_json j;
    dgi_json_init(&j, &b);
    dgi_json_str(&j, DGI_S("\xC2\x9B\xE2\x80\xAE\xC3\xA9"));
    assert_string_equal(b.ptr, "\"\\u009b\\u202e\xC3\xA9\"");
    dgi_buf_free(&b);
}

/* A content cut before the mark: 'to hold talks "without preconditions' stood so in every report. */
static void a_quotation_that_is_opened_is_closed(void **state)
{
    (void)state;
    static const struct {
        const char *s, *mark;
    } t[] = {{"to hold talks \"without preconditions", "\""}, {"\"x\" and \"y", "\""}, {"\"x\" and \"y\"", ""}, {"force\" against it", ""},
             {"force\" against \"them", "\""}, {"plain", ""}, {"", ""}, {"(\"so", "\""}, {"\xE2\x80\x9Cso", "\xE2\x80\x9D"},
             {"\xE2\x80\x9Cso\xE2\x80\x9D", ""}, {"a 12\" gun", ""}, {"\xC2\xABnon", "\xC2\xBB"}};
    for (size_t i = 0; i < sizeof t / sizeof *t; i++)
        if (!dgi_str_is(dgi_unclosed(dgi_str(t[i].s)), t[i].mark))
            fail_msg("case %zu: %s", i, t[i].s);
}

/* "Cavusoglu" with the marks written apart was found in no table. */
static void marks_written_apart_are_composed(void **state)
{
    (void)state;
    static const struct {
        const char *in, *out;
    } t[] = {
        {"plain", "plain"},
        {"C\xCC\xA7" "avus\xCC\xA7og\xCC\x86lu", "\xC3\x87" "avu\xC5\x9Fo\xC4\x9Flu"},
        {"Malmo\xCC\x88", "Malm\xC3\xB6"},
        {"e\xCC\x81\xCC\xA3", "\xE1\xBA\xB9\xCC\x81"},                   /* marks in order: dot below first */
        {"\xCC\x81x", "\xCC\x81x"},                                     /* a mark on nothing */
        {"\xE2\x84\xAB", "\xC3\x85"},                                   /* Angstrom sign */
        {"\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB", "\xED\x95\x9C"},       /* Korean letters */
        {"\xE0\xA7\x87\xE0\xA6\xBE", "\xE0\xA7\x8B"},                   /* a Bengali vowel in two parts */
        {"Nguy\xE1\xBB\x85n \xD0\xB9", "Nguy\xE1\xBB\x85n \xD0\xB9"},   /* composed already */
        {"\xE2\x80\x9Cquoted\xE2\x80\x9D", "\xE2\x80\x9Cquoted\xE2\x80\x9D"},
        {"", ""},
    };
    dgi_arena *a = dgi_arena_new(0);
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        dg_str s = dgi_utf8_nfc(a, dgi_str(t[i].in));
        if (!dgi_str_is(s, t[i].out))
            fail_msg("case %zu: '%.*s'", i, (int)s.len, s.ptr);
    }
    enum { N = 400000 }; /* a base under a heap of marks: bounded work, and nothing lost */
    char *zalgo = malloc(2 * N + 1);
    zalgo[0] = 'e';
    for (size_t i = 0; i < N; i++)
        memcpy(zalgo + 1 + 2 * i, i % 2 ? "\xCC\xA3" : "\xCC\x81", 2);
    dg_str in = dgi_strn(zalgo, 2 * N + 1);
    assert_true(dgi_str_eq(dgi_utf8_nfc(a, in), in));
    free(zalgo);
    dgi_arena_free(a);
}

static void offsets_by_code_points(void **state)
{
    (void)state;
    dgi_arena *a = dgi_arena_new(0);
    char *text = malloc(3000);
    size_t n = 0;
    for (int i = 0; i < 700; i++) { /* 1, 2, 3 and 4 bytes in turn */
        static const char *const c[] = {"x", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80"};
        size_t k = strlen(c[i % 4]);
        memcpy(text + n, c[i % 4], k);
        n += k;
    }
    struct dgi_cpmap m;
    assert_true(dgi_cpmap_init(&m, a, dgi_strn(text, n)));
    uint32_t cp = 0;
    for (size_t b = 0; b < n; cp++) {
        assert_int_equal(dgi_cpmap_cp(&m, (uint32_t)b), cp);
        dgi_utf8_next(dgi_strn(text, n), &b);
    }
    assert_int_equal(dgi_cpmap_cp(&m, (uint32_t)n), 700);
    assert_int_equal(dgi_cpmap_cp(&m, (uint32_t)n + 50), 700);
    free(text);
    dgi_arena_free(a);
}

static void days(void **state)
{
    (void)state;
    assert_int_equal(dgi_day_make(1970, 1, 1), 0);
    assert_int_equal(dgi_day_make(2000, 3, 1), 11017);
    assert_int_equal(dgi_day_make(1900, 2, 29), DGI_NO_DAY);
    assert_int_equal(dgi_day_make(2000, 2, 29), 11016);
    assert_int_equal(dgi_day_make(2022, 13, 1), DGI_NO_DAY);
    for (int32_t d = -30000; d < 40000; d += 13) { /* there and back, 1887 to 2079 */
        int y, m, dd;
        dgi_day_split(d, &y, &m, &dd);
        assert_int_equal(dgi_day_make(y, m, dd), d);
    }
    assert_int_equal(dgi_day_weekday(dgi_day_make(2022, 1, 12)), 2); /* a Wednesday */
    assert_int_equal(dgi_day_weekday(dgi_day_make(1969, 7, 20)), 6); /* a Sunday */
    struct dgi_day_range r;
    assert_true(dgi_day_parse(DGI_S("1989-11"), &r) && r.precision == DGI_P_MONTH && r.end - r.start == 29);
    assert_true(dgi_day_parse(DGI_S("1996"), &r) && r.end - r.start == 365);
    assert_true(dgi_day_parse(DGI_S("1989-11-09T18:53:00Z"), &r) && r.start == dgi_day_make(1989, 11, 9));
    assert_false(dgi_day_parse(DGI_S("1989-11-31"), &r));
    assert_false(dgi_day_parse(DGI_S("89-11-09"), &r));
    assert_false(dgi_day_parse(DGI_S("1989-11-09x"), &r));
}

static void json_out(void **state)
{
    (void)state;
    struct dgi_buf b = {0};
    struct dgi_json j;
    dgi_json_init(&j, &b);
    dgi_json_open(&j, '{');
    dgi_json_kstr(&j, "a\"b", DGI_S("x\n\t\\\"\x01\xC3\xA9\xFF\xE2\x80\xA8"));
    dgi_json_key(&j, "n");
    dgi_json_open(&j, '[');
    dgi_json_num(&j, 0.1);
    dgi_json_num(&j, -4);
    dgi_json_num(&j, (double)NAN);
    dgi_json_num(&j, 1e300);
    dgi_json_open(&j, '{');
    dgi_json_close(&j, '}');
    dgi_json_close(&j, ']');
    dgi_json_kstrn(&j, "empty", (dg_str){NULL, 0});
    dgi_json_key(&j, "day");
    dgi_json_day(&j, dgi_day_make(1945, 8, 6));
    dgi_json_close(&j, '}');
    assert_string_equal(b.ptr, "{\"a\\\"b\":\"x\\n\\t\\\\\\\"\\u0001\xC3\xA9\\ufffd\\u2028\",\"n\":[0.1,-4,null,1e+300,{}],\"empty\":null,"
                               "\"day\":\"1945-08-06\"}");
    dgi_buf_free(&b);
}

static void messages_are_one_line_of_utf8(void **state)
{
    (void)state;
    dg_error err;
    char longer[400];
    memset(longer, 'a', sizeof longer);
    for (size_t i = 0; i + 1 < sizeof longer; i += 2)
        memcpy(longer + i, "\xC3\xA9", 2);
    longer[sizeof longer - 1] = 0;
    assert_int_equal(dgi_fail_at(&err, DG_E_FORMAT, 3, 17, "line\n'%s'", longer), DG_E_FORMAT);
    assert_int_equal(err.record, 3);
    assert_int_equal(err.byte, 17);
    assert_null(strchr(err.message, '\n'));
    assert_int_equal(dgi_utf8_invalid(dgi_str(err.message)), SIZE_MAX);
    assert_int_equal(dgi_fail(NULL, DG_E_IO, "nobody listens"), DG_E_IO);
}

/* Arrays that grow past several blocks left all their earlier copies behind: 135 MB for 4 MB of "No." */
static void large_arrays_leave_no_copies_behind(void **state)
{
    (void)state;
#ifdef DG_ARENA_MALLOC /* copies are kept there, for the sanitizers */
    enum { N = 300000 };
#else
    enum { N = 3000000 };
#endif
    dgi_arena *a = dgi_arena_new((size_t)64 << 20);
    uint64_t *x = NULL, *y = NULL;
    uint32_t nx = 0, cx = 0, ny = 0, cy = 0;
    for (uint32_t i = 0; i < N; i++) { /* two at once, and something small between */
        uint64_t *p = DGI_PUSH(a, x, nx, cx);
        assert_non_null(p);
        assert_int_equal(*p, 0);
        *p = i;
        if (i % 8 == 0) {
            assert_non_null(p = DGI_PUSH(a, y, ny, cy));
            assert_int_equal(*p, 0);
            *p = ~(uint64_t)i;
        }
        if (i % 100000 == 0)
            assert_non_null(dgi_arena_alloc(a, 100));
    }
    for (uint32_t i = 0; i < N; i++)
        assert_int_equal(x[i], i);
    for (uint32_t i = 0; i < ny; i++)
        assert_int_equal(y[i], ~((uint64_t)i * 8));
    while (DGI_PUSH(a, x, nx, cx)) /* and its limit still counts */
        ;
    assert_true(nx >= N && dgi_arena_used(a) <= (size_t)64 << 20);
    dgi_arena_reset(a);
    assert_int_equal(dgi_arena_used(a), 0);
    unsigned char *z = dgi_arena_alloc(a, 3 << 20);
    assert_non_null(z);
    for (size_t i = 0; i < 3 << 20; i += 4096)
        assert_int_equal(z[i], 0);
    dgi_arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(arena_limits_and_faults), cmocka_unit_test(arena_push_keeps_what_was_there),
                                       cmocka_unit_test(large_arrays_leave_no_copies_behind),
                                       cmocka_unit_test(strings),                cmocka_unit_test(utf8),
                                       cmocka_unit_test(what_steers_a_terminal_is_not_shown),
                                       cmocka_unit_test(marks_written_apart_are_composed),
                                       cmocka_unit_test(a_quotation_that_is_opened_is_closed),
                                       cmocka_unit_test(offsets_by_code_points), cmocka_unit_test(days),
                                       cmocka_unit_test(json_out),               cmocka_unit_test(messages_are_one_line_of_utf8)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
