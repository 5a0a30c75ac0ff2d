/* SPDX-License-Identifier: Apache-2.0 */
/* Encodings: which one, and clean UTF-8 out of it. */
#include "text_help.h"

#include "base/utf8.h"

#define B(s) s, sizeof(s) - 1

static void table(void **state)
{
    (void)state;
    static const struct {
        const char *in;
        size_t len;
        const char *declared;
        bool html;
        const char *out, *name, *from;
        int bad;
    } t[] = {
        {B("plain\r\nlines\rof text\n"), "", false, "plain\nlines\nof text\n", "UTF-8", "valid", 0},
        {B("\xEF\xBB\xBFmark"), "", false, "mark", "UTF-8", "bom", 0},
        {B("\xFF\xFE" "A\0\xAC\x20"), "", false, "A€", "UTF-16LE", "bom", 0},
        {B("\xFE\xFF" "\0A\x20\xAC"), "", false, "A€", "UTF-16BE", "bom", 0},
        {B("\xFF\xFE\0\0A\0\0\0"), "", false, "A", "UTF-32LE", "bom", 0},
        {B("N\0A\0T\0O\0 \0i\0s\0"), "", false, "NATO is", "UTF-16LE", "detected", 0},
        {B("\xFF\xFE" "A\0\x3D\xD8"), "", false, "A�", "UTF-16LE", "bom", 1},
        {B("caf\xC3\xA9"), "", false, "café", "UTF-8", "valid", 0},
        {B("caf\xC3\xA9"), "iso-8859-1", false, "café", "UTF-8", "declared", 0}, /* saved again */
        {B("caf\xE9 \x93x\x94"), "ISO-8859-1", false, "café “x”", "windows-1252", "declared", 0},
        {B("caf\xE9"), "", false, "café", "windows-1252", "assumed", 0},
        {B("caf\xE9"), "utf-8", false, "café", "windows-1252", "assumed", 0}, /* it is not what it says */
        {B("caf\xC3\xA9 caf\xC3\xA9 \xFF"), "utf-8", false, "café café �", "UTF-8", "declared", 1},
        {B("\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9 \xFF"), "", false, "ééééé �", "UTF-8", "valid", 1},
        {B("\xCC\xEE\xF1\xEA\xE2\xE0"), "windows-1251", false, "Москва", "windows-1251", "declared", 0},
        {B("<meta charset=\"windows-1251\">\xCC\xEE\xF1"), "", true, "<meta charset=\"windows-1251\">Мос",
         "windows-1251", "declared", 0},
        {B("<META content='text/html; charset=koi8-r'>\xED"), "", true, "<META content='text/html; charset=koi8-r'>М",
         "KOI8-R", "declared", 0},
        {B("<?xml version='1.0' encoding='iso-8859-15'?>\xA4"), "", true,
         "<?xml version='1.0' encoding='iso-8859-15'?>€", "ISO-8859-15", "declared", 0},
        {B("<meta charset=utf-16>caf\xC3\xA9"), "", true, "<meta charset=utf-16>café", "UTF-8", "declared", 0},
        {B("<meta charset=\"no-such-thing//TRANSLIT\">x"), "", true, "<meta charset=\"no-such-thing//TRANSLIT\">x",
         "UTF-8", "valid", 0},
        {B("\x8f\xd6\x90\xd4"), "shift_jis", false, "笑飛", "CP932", "declared", -1},
        {B("NUL\0 and\x1b[31m \x7f"), "", false, "NUL� and�[31m �", "UTF-8", "valid", 3},
        {B("C1\xC2\x9B" "31m\xC2\x85\xC2\xA0"), "", false, "C1\xEF\xBF\xBD" "31m\n\xC2\xA0", "UTF-8", "valid", 1},
        {B("over\xC0\xAFlong \xED\xA0\x80"), "utf-8", false, NULL, NULL, NULL, -1},
        {B(""), "", false, "", "UTF-8", "valid", 0},
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        dgi_arena *a = dgi_arena_new(0);
        struct dgi_charset_info info;
        dg_str out;
        dg_error err = {0};
        assert_int_equal(dgi_charset_decode(&out, &info, a, dgi_strn(t[i].in, t[i].len), dgi_str(t[i].declared),
                                            t[i].html, false, &err), DG_OK);
        assert_true(dgi_utf8_invalid(out) == SIZE_MAX);
        if (t[i].bad >= 0 && (!dgi_str_is(out, t[i].out) || strcmp(info.name, t[i].name) || strcmp(info.from, t[i].from) ||
                              info.n_bad != (uint64_t)t[i].bad))
            fail_msg("case %zu: '%.*s' %s %s %llu", i, (int)out.len, out.ptr, info.name, info.from,
                     (unsigned long long)info.n_bad);
        dgi_arena_free(a);
    }
}

static void detected(void **state)
{
    (void)state;
    /* a page of Russian in windows-1251 that declares nothing */
    static const char word[] = "\xEC\xE8\xED\xE8\xF1\xF2\xF0 \xE7\xE0\xFF\xE2\xE8\xEB, \xF7\xF2\xEE "
                               "\xEF\xE5\xF0\xE5\xE3\xEE\xE2\xEE\xF0\xFB \xEF\xF0\xEE\xE4\xEE\xEB\xE6\xE0\xF2\xF1\xFF. ";
    char text[4096];
    size_t n = 0;
    while (n + sizeof word < sizeof text) {
        memcpy(text + n, word, sizeof word - 1);
        n += sizeof word - 1;
    }
    dgi_arena *a = dgi_arena_new(0);
    struct dgi_charset_info info;
    dg_str out;
    dg_error err;
    assert_int_equal(dgi_charset_decode(&out, &info, a, dgi_strn(text, n), DGI_S(""), false, false, &err), DG_OK);
    assert_string_equal(info.from, "detected");
    assert_string_equal(info.name, "windows-1251");
    assert_true(dgi_str_starts(out, DGI_S("министр заявил, что")));
    dgi_arena_free(a);
}

/* Every allocation may fail: an error, nothing else. */
static void no_memory(void **state)
{
    (void)state;
    for (uint64_t n = 1; n < 20; n++) {
        dgi_arena *a = dgi_arena_new(0);
        struct dgi_charset_info info;
        dg_str out;
        dg_error err = {0};
        dgi_arena_fail_at(a, n);
        dg_status st = dgi_charset_decode(&out, &info, a, DGI_S("caf\xE9 \xFF"), DGI_S("latin1"), false, false, &err);
        dgi_arena_free(a);
        if (st == DG_OK)
            return;
        assert_int_equal(st, DG_E_NOMEM);
    }
    fail_msg("it never worked");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(table), cmocka_unit_test(detected), cmocka_unit_test(no_memory)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
