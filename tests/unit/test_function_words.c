/* SPDX-License-Identifier: Apache-2.0 */
/* Classes of function words: how they are asked for, and what is said of a bad table. */
#include <unistd.h>

#include "words_fixture.h"

static void case_and_apostrophe_do_not_matter(void **state)
{
    (void)state;
    assert_true(dgi_word_in(words, DGI_W_NEGATOR, DGI_S("not")));
    assert_true(dgi_word_in(words, DGI_W_NEGATOR, DGI_S("NOT")));
    assert_true(dgi_word_in(words, DGI_W_NEGATOR, DGI_S("n't")));
    assert_true(dgi_word_in(words, DGI_W_NEGATOR, DGI_S("n\xE2\x80\x99t")));
    assert_false(dgi_word_in(words, DGI_W_NEGATOR, DGI_S("note")));
    assert_false(dgi_word_in(words, DGI_W_RELATIVE, DGI_S("not")));
    assert_false(dgi_word_in(words, DGI_W_NEGATOR, DGI_S("")));
    assert_false(dgi_word_in(words, DGI_W_NEGATOR, DGI_S("a word that is much longer than any word of the table is")));
    assert_int_equal(dgi_words_id_exact(words, DGI_S("Not")), 0);
    assert_int_equal(dgi_words_id_exact(words, DGI_S("not")), dgi_words_id(words, DGI_S("Not")));
}

static void a_word_may_stand_in_several_sets(void **state)
{
    (void)state;
    uint16_t id = dgi_words_id(words, DGI_S("whether"));
    assert_true(dgi_words_id_in(words, id, DGI_W_WHETHER));
    assert_true(dgi_words_id_in(words, id, DGI_W_CONDITION));
    assert_false(dgi_words_id_in(words, 0, DGI_W_WHETHER));
}

static void tokens_know_their_classes(void **state)
{
    (void)state;
    struct dgi_doc *d = dgi_doc_new(0);
    static const char *const form[] = {"They", "Proceeded", "NOT"}, *const lemma[] = {"they", "proceed", "not"};
    for (int i = 0; i < 3; i++) {
        struct dgi_tok *t = DGI_PUSH(d->arena, d->toks, d->n_toks, d->cap_toks);
        t->form = dgi_str(form[i]);
        t->lemma = dgi_str(lemma[i]);
    }
    dgi_doc_words(d, words);
    assert_true(dgi_lemma_in(d, 1, DGI_W_GO_ON));
    assert_false(dgi_tok_in(d, 1, DGI_W_GO_ON));
    assert_true(dgi_tok_in(d, 2, DGI_W_NEGATOR));
    assert_false(dgi_tok_in(d, 3, DGI_W_NEGATOR));
    assert_false(dgi_tok_in(d, DGI_NONE, DGI_W_NEGATOR));
    dgi_doc_free(d);
}

/* ---- bad tables ---- */
struct faults {
    char text[2000];
};

static void note(void *user, const char *file, uint32_t line, uint32_t field, const char *message)
{
    struct faults *f = user;
    size_t n = strlen(f->text);
    (void)file;
    if (!strstr(message, "no row of the set"))
        snprintf(f->text + n, sizeof f->text - n, "%u:%u %s|", line, field, message);
}

static void lexicon_check_tells_what_is_wrong_with_a_row(void **state)
{
    (void)state;
    char dir[64], path[100];
    struct dgi_tsv t;
    struct faults f = {""};
    uint32_t n = 0;
    dgi_arena *a = dgi_arena_new(0);
    snprintf(dir, sizeof dir, "/tmp/dg-words-XXXXXX");
    assert_non_null(mkdtemp(dir));
    snprintf(path, sizeof path, "%s/function_words.tsv", dir);
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    fputs("negator\tnot|n't\tdid not\t-\n"
          "negator.2\tnever|Never\tnever\t-\n"
          "nonsense\tnot\tnot\t-\n"
          "it\tit|it\tit is\t-\n"
          "to\tto\tfrom Chad\t-\n",
          out);
    fclose(out);
    assert_int_equal(dgi_tsv_read(&t, a, path, note, &f, &n, NULL), DG_OK);
    dgi_words_check(&t, 1, note, &f);
    assert_string_equal(f.text, "2:2 'Never' is not one word in lower case|3:1 nobody asks for the set 'nonsense'|"
                                "4:2 'it' stands twice in the row|5:3 the example has none of the row's words|");
    unlink(path);
    rmdir(dir);
    dgi_arena_free(a);
}

static void lexicon_check_tells_what_is_wrong_with_a_weight(void **state)
{
    (void)state;
    dg_str cells[] = {DGI_S("network"), DGI_S("4"),   DGI_S("4"), DGI_S("4"), DGI_S("Ulm"), DGI_S(""),
                      DGI_S("rumour"),  DGI_S("200"), DGI_S(""),  DGI_S("x"), DGI_S("Ulm"), DGI_S("")};
    uint32_t lines[] = {1, 2};
    struct dgi_tsv t = {
        .name = DGI_S("name_weights"), .path = DGI_S("t"), .n_rows = 2, .n_cols = 6, .cell = cells, .line = lines};
    struct faults f = {""};
    dgi_name_weights_check(&t, 1, note, &f);
    assert_non_null(strstr(f.text, "2:1 nothing weighs a name by this|2:2 a weight is a whole number from -100 to 100|"
                                   "2:4 a weight is a whole number from -100 to 100|"));
    assert_non_null(strstr(f.text, "1:1 no row 'state'|"));
    assert_null(strstr(f.text, "no row 'network'"));
    assert_int_equal(words->names.of[DGI_NE_STATE][DGI_NW_LOC], 6);
    t.n_cols = 4;
    f.text[0] = 0;
    dgi_name_weights_check(&t, 1, note, &f);
    assert_string_equal(f.text, "1:1 the table has 6 columns: id, PER, ORG, LOC, example, note|");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(case_and_apostrophe_do_not_matter),
        cmocka_unit_test(a_word_may_stand_in_several_sets),
        cmocka_unit_test(tokens_know_their_classes),
        cmocka_unit_test(lexicon_check_tells_what_is_wrong_with_a_row),
        cmocka_unit_test(lexicon_check_tells_what_is_wrong_with_a_weight),
    };
    return cmocka_run_group_tests(tests, open_words, close_words);
}
