/* SPDX-License-Identifier: Apache-2.0 */
/* tests/unit/test_table.c: packs and tables: bad files refused with a clear message, rows and phrases found. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/table.h"
#include "doc/doc.h"

static char dir[] = "/tmp/dragoman-table-XXXXXX";
static char pack_path[64];

static void write_file(const char *path, const void *bytes, size_t n)
{
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    fclose(f);
}

static int setup(void **state)
{
    (void)state;
    if (!mkdtemp(dir))
        return 1;
    snprintf(pack_path, sizeof pack_path, "%s/p", dir);
    return 0;
}

static int teardown(void **state)
{
    char cmd[80];
    (void)state;
    snprintf(cmd, sizeof cmd, "rm -rf %s", dir);
    return system(cmd);
}

static dg_status open_bytes(const unsigned char *bytes, size_t n, dg_error *err)
{
    dgi_pack *p;
    write_file(pack_path, bytes, n);
    dg_status st = dgi_pack_open(&p, pack_path, "model", 3, "run 'make train'", err);
    if (st == DG_OK)
        dgi_pack_close(p);
    return st;
}

static void damaged_packs_are_refused(void **state)
{
    static const uint32_t data[5] = {1, 2, 3, 4, 5};
    struct dgi_array a[] = {{DGI_S("one"), DGI_U32, 1, {5, 1, 1, 1}, data, sizeof data},
                            {DGI_S("none"), DGI_U8, 1, {0, 1, 1, 1}, data, 0}};
    dg_error err;
    unsigned char bytes[2048], cut[2048];
    dgi_pack *p;
    const struct dgi_array *got;
    (void)state;
    assert_int_equal(dgi_pack_write(pack_path, "model", 3, a, 2, &err), DG_OK);
    assert_int_equal(dgi_pack_open(&p, pack_path, "model", 3, "x", &err), DG_OK);
    assert_int_equal(dgi_pack_need(&got, p, "one", DGI_U32, 1, (uint64_t[]){5}, &err), DG_OK);
    assert_int_equal(((const uint32_t *)got->data)[4], 5);
    assert_int_equal((uintptr_t)got->data % 64, 0);
    assert_int_equal(dgi_pack_need(&got, p, "one", DGI_U32, 1, (uint64_t[]){6}, &err), DG_E_MODEL);
    assert_non_null(strstr(err.message, "'one'"));
    assert_int_equal(dgi_pack_need(&got, p, "two", DGI_U32, 1, (uint64_t[]){0}, &err), DG_E_MODEL);
    dgi_pack_close(p);

    FILE *f = fopen(pack_path, "rb");
    size_t n = fread(bytes, 1, sizeof bytes, f);
    fclose(f);
    static const struct {
        size_t at;
        unsigned char to;
        const char *says;
    } t[] = {{0, 'X', "not a Dragoman"}, {8, 9, "file format 9"}, {12, 1, "byte order"},     {16, 1, "bytes long"},
             {24, 0, "checksum"},        {32, 'x', "needed"},     {40, 4, "model format 4"}, {44, 255, "directory"},
             {64, 0, "checksum"},        {300, 77, "checksum"}};
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        memcpy(cut, bytes, n);
        cut[t[i].at] = cut[t[i].at] == t[i].to ? (unsigned char)(t[i].to + 1) : t[i].to;
        assert_int_equal(open_bytes(cut, n, &err), DG_E_MODEL);
        if (!strstr(err.message, t[i].says))
            fail_msg("byte %zu: '%s' does not say '%s'", t[i].at, err.message, t[i].says);
        assert_non_null(strstr(err.message, "make train"));
    }
    for (size_t k = 0; k < n; k += 7) /* cut off anywhere */
        assert_int_equal(open_bytes(bytes, k, &err), DG_E_MODEL);
    assert_int_equal(open_bytes(bytes, n, &err), DG_OK);
}

struct faults {
    uint32_t n, line[8], field[8];
    char said[8][80];
};
static void note(void *user, const char *file, uint32_t line, uint32_t field, const char *message)
{
    struct faults *f = user;
    assert_non_null(strstr(file, ".tsv"));
    if (f->n < 8) {
        f->line[f->n] = line;
        f->field[f->n] = field;
        snprintf(f->said[f->n], sizeof f->said[0], "%s", message);
    }
    f->n++;
}

static void bad_rows_are_named(void **state)
{
    static const char text[] = "# a table\n# phrases: 2\nid1\tone\t-\nid2\ttwo\nid3\t\xFF\tx\nid4\t four\tx\nid5\tfive\tx\ty\n";
    char path[64];
    struct dgi_tsv t;
    struct faults f = {0};
    uint32_t n = 0;
    dg_error err;
    (void)state;
    snprintf(path, sizeof path, "%s/bad.tsv", dir);
    write_file(path, text, sizeof text - 1);
    dgi_arena *a = dgi_arena_new(0);
    assert_int_equal(dgi_tsv_read(&t, a, path, note, &f, &n, &err), DG_OK);
    assert_int_equal(n, 4);
    assert_int_equal(f.n, 4);
    assert_int_equal(f.line[0], 4); /* two columns */
    assert_int_equal(f.line[1], 5); /* not UTF-8 */
    assert_int_equal(f.line[2], 6); /* begins with a space */
    assert_int_equal(f.field[2], 2);
    assert_int_equal(f.line[3], 7); /* four columns */
    assert_int_equal(t.n_rows, 2);  /* the good ones are there */
    assert_true(dgi_str_is(t.name, "bad"));
    assert_int_equal(t.phrase_col, 2);
    assert_int_equal(t.cell[2].len, 0); /* "-" */
    dgi_arena_free(a);
}

static const char *const names[] = {
    "org:UN\tUN|U.N.|United Nations|the world body", "org:UNSC\tU.N. Security Council|United Nations Security Council",
    "org:PRC\tPeople's Republic of China", "country:TTO\tTrinidad and Tobago", "country:TT2\tTrinidad and Tobago",
    "group:X\tal-Qa'ida in the Islamic Maghreb (AQIM)"};

static dgi_lexicon *lexicon(void)
{
    char path[64], out[64];
    struct dgi_tsv t;
    uint32_t n = 0;
    dg_error err;
    dgi_lexicon *lex;
    struct faults f = {0};
    snprintf(path, sizeof path, "%s/names.tsv", dir);
    snprintf(out, sizeof out, "%s/l.lex", dir);
    FILE *o = fopen(path, "wb");
    fputs("# phrases: 2\n", o);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        fprintf(o, "%s\n", names[i]);
    fclose(o);
    dgi_arena *a = dgi_arena_new(0);
    assert_int_equal(dgi_tsv_read(&t, a, path, note, &f, &n, &err), DG_OK);
    assert_int_equal(n, 0);
    assert_int_equal(dgi_lexicon_write(out, &t, 1, &err), DG_OK);
    assert_int_equal(dgi_lexicon_open_file(&lex, out, &err), DG_OK);
    dgi_arena_free(a);
    return lex;
}

static void rows_by_key(void **state)
{
    (void)state;
    dgi_lexicon *lex = lexicon();
    const struct dgi_table *t = dgi_lexicon_table(lex, "names");
    assert_non_null(t);
    assert_null(dgi_lexicon_table(lex, "nothing"));
    uint32_t r = dgi_table_find(t, DGI_S("org:UNSC"));
    assert_int_equal(r, 1);
    assert_int_equal(t->line[r], 3);
    assert_int_equal(dgi_table_find(t, DGI_S("org:unsc")), DGI_NONE);
    assert_int_equal(dgi_table_cell(t, r, 9).len, 0);
    dgi_lexicon_close(lex);
}

static void phrases_longest_first(void **state)
{
    static const char *const words[] = {"The", "U.N.", "Security", "Council", "and", "the", "U.N.", "met", "in",
                                        "Trinidad", "and", "Tobago", "People", "\xE2\x80\x99s", "Republic", "of", "China"};
    enum { N = sizeof words / sizeof *words };
    struct dgi_tok toks[N] = {0};
    struct dgi_doc doc = {.toks = toks, .n_toks = N};
    const uint32_t *rows;
    uint32_t n;
    (void)state;
    dgi_lexicon *lex = lexicon();
    const struct dgi_table *t = dgi_lexicon_table(lex, "names");
    for (uint32_t i = 0; i < N; i++)
        toks[i].form = dgi_str(words[i]);
    assert_int_equal(dgi_phrase_match(t, &doc, 0, N, &rows, &n), 0);
    assert_int_equal(dgi_phrase_match(t, &doc, 1, N, &rows, &n), 3);
    assert_int_equal(n, 1);
    assert_int_equal(rows[0], 1);
    assert_int_equal(dgi_phrase_match(t, &doc, 1, 3, &rows, &n), 1); /* the limit cuts it: only "U.N." fits */
    assert_int_equal(rows[0], 0);
    assert_int_equal(dgi_phrase_match(t, &doc, 9, N, &rows, &n), 3);
    assert_int_equal(n, 2); /* two owners */
    assert_int_equal(dgi_phrase_match(t, &doc, 12, N, &rows, &n), 5); /* curly apostrophe */
    assert_true(dgi_phrase_lookup(t, DGI_S("the world body"), &rows, &n));
    assert_true(dgi_phrase_lookup(t, DGI_S("al-Qa\xE2\x80\x99ida in the Islamic Maghreb (AQIM)"), &rows, &n));
    assert_false(dgi_phrase_lookup(t, DGI_S("the world"), &rows, &n)); /* only a beginning */
    dgi_lexicon_close(lex);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(damaged_packs_are_refused), cmocka_unit_test(bad_rows_are_named),
                                       cmocka_unit_test(rows_by_key), cmocka_unit_test(phrases_longest_first)};
    return cmocka_run_group_tests(tests, setup, teardown);
}
