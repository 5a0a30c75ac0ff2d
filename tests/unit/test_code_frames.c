/* SPDX-License-Identifier: Apache-2.0 */
/* The loader of frame tables and what `lexicon check` says of bad rows. */
#include "code_lab.h"

struct seen {
    uint32_t line[32], field[32], n;
};

static void collect(void *user, const char *file, uint32_t line, uint32_t field, const char *message)
{
    struct seen *s = user;
    assert_non_null(strstr(file, "frames-bad.tsv"));
    assert_true(message[0] != 0);
    if (s->n < 32) {
        s->line[s->n] = line;
        s->field[s->n] = field;
    }
    s->n++;
}

static void bad_rows(void **state)
{
    (void)state;
    static const char *const names[] = {"classes", "frames-bad"};
    static const uint32_t want[][2] = {{2, 2}, {3, 5}, {4, 8}, {5, 4}, {6, 3}, {7, 6}, {8, 2}, {9, 3}, {10, 2}};
    dg_error err = {0};
    dgi_coder_tables *t = NULL;
    dgi_lexicon *lex = lab_compile(names, 2);
    assert_int_equal(dgi_coder_tables_open(&t, lex, &err), DG_OK);
    assert_int_equal(dgi_coder_n_frames(t), 2); /* the good row, and the one with only a flag wrong */
    struct seen s = {{0}, {0}, 0};
    uint32_t n = dgi_frames_check(t, NULL, NULL, collect, &s);
    assert_int_equal(n, s.n);
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        bool found = false;
        for (uint32_t k = 0; k < s.n; k++)
            found = found || (s.line[k] == want[i][0] && s.field[k] == want[i][1]);
        if (!found)
            fail_msg("no fault named at %u:%u", want[i][0], want[i][1]);
    }
    for (uint32_t k = 0; k < s.n; k++)
        assert_true(s.line[k] != 11);
    dgi_coder_tables_close(t);
    dgi_lexicon_close(lex);
}

static bool run_fake(void *user, dg_str sentence, dgi_frame_hit_fn *add, void *add_user)
{
    (void)user;
    if (dgi_str_starts(sentence, DGI_S("Chad attacked Mali")))
        add(add_user, DGI_S("good"), "190", DGI_ASSAULT);
    return true;
}

static void examples(void **state)
{
    (void)state;
    static const char *const names[] = {"classes", "frames-bad"};
    dgi_lexicon *lex = lab_compile(names, 2);
    dgi_coder_tables *t = NULL;
    assert_int_equal(dgi_coder_tables_open(&t, lex, NULL), DG_OK);
    struct seen s = {{0}, {0}, 0};
    dgi_frames_check(t, run_fake, NULL, collect, &s);
    bool flag_row = false;
    for (uint32_t k = 0; k < s.n; k++) {
        assert_true(s.line[k] != 11);                               /* its example is coded by it, its counter is not */
        flag_row = flag_row || (s.line[k] == 4 && s.field[k] == 9); /* its example is not coded */
    }
    assert_true(flag_row);
    dgi_coder_tables_close(t);
    dgi_lexicon_close(lex);
}

static void where(void **state)
{
    (void)state;
    const struct dgi_table *table;
    uint32_t line;
    assert_true(dgi_coder_frame_where(lab_tables, DGI_S("consult.meet.v"), &table, &line));
    assert_true(dgi_str_is(table->name, "frames-small"));
    assert_int_equal(line, 8);
    assert_false(dgi_coder_frame_where(lab_tables, DGI_S("no.such.row"), &table, &line));
    assert_int_equal(dgi_coder_n_triggers(lab_tables), 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(bad_rows), cmocka_unit_test(examples), cmocka_unit_test(where)};
    return cmocka_run_group_tests(tests, lab_open, lab_close);
}
