/* SPDX-License-Identifier: Apache-2.0 */
/* Words are cut and told by their writing as in training: tests/data/tiny-pieces.tsv is what train/lang/minilm.py says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lang/net.h"
#include "lang/pieces.h"

#define DATA DG_SOURCE_DIR "/tests/data/"

static char *file(const char *path)
{
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    char *text = calloc(1, 1 << 16);
    assert_non_null(text);
    assert_true(fread(text, 1, (1 << 16) - 1, f) > 0);
    fclose(f);
    return text;
}

static struct dgi_pieces open_pieces(struct dgi_mfile *f)
{
    struct dgi_pieces p = {.longest = 1};
    dg_error err;
    assert_int_equal(dgi_mfile_open(f, DATA "tiny-minilm.dgm", &err), DG_OK);
    assert_int_equal(dgi_mtable_load(&p.table, f, "piece.table", 1000, &err), DG_OK);
    dg_str layers = dgi_mfile_text(f, "layers", &err);
    p.longest = dgi_layer_num(layers, "minilm", "longest");
    p.unk = dgi_layer_num(layers, "minilm", "unk");
    return p;
}

static void words_are_cut_as_in_training(void **state)
{
    (void)state;
    struct dgi_mfile f;
    struct dgi_pieces p = open_pieces(&f);
    char *vocabulary = file(DATA "tiny-pieces.txt"), *table = file(DATA "tiny-pieces.tsv");
    dg_str rest = dgi_str(vocabulary), line, piece[1000];
    uint32_t n_piece = 0, n = 0;
    while (n_piece < 1000 && dgi_str_next(&rest, '\n', &line))
        piece[n_piece++] = line;
    rest = dgi_str(table);
    while (dgi_str_next(&rest, '\n', &line)) {
        dg_str form, how, want = {"", 0};
        if (!line.len || (n == 0 && line.ptr[0] == '#' && line.ptr[1] == ' '))
            continue;
        dgi_str_next(&line, '\t', &form);
        dgi_str_next(&line, '\t', &how);
        char plain[100], got[400] = "";
        size_t len = 0;
        for (size_t i = 0; i < form.len; i++) { /* a tab is written as two characters */
            bool tab = form.ptr[i] == '\\' && i + 1 < form.len && form.ptr[i + 1] == 't';
            plain[len++] = tab ? '\t' : form.ptr[i];
            i += tab;
        }
        dg_str word = {plain, len};
        int64_t c;
        assert_true(dgi_str_int(how, &c));
        if (dgi_form_case(word) != (uint32_t)c)
            fail_msg("case of '%.*s' is %u, not %d", (int)len, plain, dgi_form_case(word), (int)c);
        uint32_t id[DGI_WORD_PIECES], k = dgi_pieces_of(&p, word, id);
        assert_true(k >= 1 && k <= DGI_WORD_PIECES);
        for (uint32_t i = 0; i < k; i++) {
            assert_true(id[i] < n_piece);
            snprintf(got + strlen(got), sizeof got - strlen(got), "%s%.*s", i ? " " : "", (int)piece[id[i]].len,
                     piece[id[i]].ptr);
        }
        want = line;
        if (!dgi_str_is(want, got))
            fail_msg("'%.*s' is cut '%s', not '%.*s'", (int)len, plain, got, (int)want.len, want.ptr);
        n++;
    }
    assert_true(n >= 60);
    free(vocabulary);
    free(table);
    dgi_mfile_close(&f);
}

/* Words of any bytes, and of any length, have pieces. */
static void odd_words_have_pieces(void **state)
{
    (void)state;
    struct dgi_mfile f;
    struct dgi_pieces p = open_pieces(&f);
    static char big[4000];
    uint32_t seed = 3;
    for (int round = 0; round < 2000; round++) {
        size_t len = round % 50 ? (size_t)(round % 40) : sizeof big;
        for (size_t i = 0; i < len; i++) {
            seed = seed * 1664525u + 1013904223u;
            big[i] = (char)(seed >> 24);
        }
        uint32_t id[DGI_WORD_PIECES], k = dgi_pieces_of(&p, (dg_str){big, len}, id);
        assert_true(k >= 1 && k <= DGI_WORD_PIECES && id[0] > 0);
        assert_true(dgi_form_case((dg_str){big, len}) < DGI_N_CASE);
    }
    /* accents written apart or together; the longest decomposition of Unicode, 128 times */
    for (int i = 0; i < 128; i++)
        memcpy(big + 3 * i, "ᾂ", 3);
    uint32_t id[DGI_WORD_PIECES], id2[DGI_WORD_PIECES];
    assert_int_equal(dgi_pieces_of(&p, (dg_str){big, 384}, id), 1);
    assert_int_equal(dgi_pieces_of(&p, DGI_S("Élysée"), id), 2);
    assert_int_equal(dgi_pieces_of(&p,
                                   DGI_S("E\xCC\x81lyse\xCC\x81"
                                         "e"),
                                   id2),
                     2);
    assert_memory_equal(id, id2, 2 * sizeof *id);
    dgi_mfile_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_cut_as_in_training),
        cmocka_unit_test(odd_words_have_pieces),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
