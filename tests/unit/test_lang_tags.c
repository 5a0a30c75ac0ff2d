/* SPDX-License-Identifier: Apache-2.0 */
/* Which tags a word may have: closed classes have their own words, a verb's fine tag is one of verbs. */
#include "lang/tags.h"
#include "words_fixture.h"

enum { ADP, ADV, NOUN, PART, VERB, N_UPOS };
static const uint8_t upos[N_UPOS] = {DGI_ADP, DGI_ADV, DGI_NOUN, DGI_PART, DGI_VERB};
enum { IN, MD, NN, RB, VBD, N_XPOS };

/* The coarse tag that the scores leave to the form. */
static uint32_t best(const char *form, const float *x)
{
    const dg_str xpos[N_XPOS] = {DGI_S("IN"), DGI_S("MD"), DGI_S("NN"), DGI_S("RB"), DGI_S("VBD")};
    uint8_t *sort = dgi_tag_sorts(upos, N_UPOS, xpos, N_XPOS);
    assert_non_null(sort);
    uint32_t b = dgi_tag_best(x, sort, N_UPOS, dgi_tags_refused(words, dgi_str(form)), 0);
    free(sort);
    return b;
}

static void test_closed(void **state)
{
    (void)state;
    const float particle[N_UPOS] = {.1f, .5f, .2f, .9f, .4f};
    assert_int_equal(best("refused", particle), VERB); /* no particle, and no adverb */
    assert_int_equal(best("soon", particle), ADV);     /* no particle either */
    assert_int_equal(best("not", particle), PART);
}

static void test_only(void **state)
{
    (void)state;
    const float noun[N_UPOS] = {.5f, .1f, .9f, .2f, .3f};
    assert_int_equal(best("of", noun), ADP);
    assert_int_equal(best("bullets", noun), NOUN);
    assert_int_equal(best("40", noun), NOUN); /* numbers and signs are let alone */
}

static void test_verbs(void **state)
{
    (void)state;
    const dg_str xpos[N_XPOS] = {DGI_S("IN"), DGI_S("MD"), DGI_S("NN"), DGI_S("RB"), DGI_S("VBD")};
    const float modal[N_XPOS] = {.1f, .9f, .6f, .2f, .5f};
    uint8_t *sort = dgi_tag_sorts(upos, N_UPOS, xpos, N_XPOS);
    assert_non_null(sort);
    uint8_t refused = dgi_tags_refused(words, DGI_S("pledged"));
    assert_int_equal(dgi_tag_best(modal, sort + N_UPOS, N_XPOS, refused, dgi_tag_asked(DGI_VERB)), VBD);
    assert_int_equal(dgi_tag_best(modal, sort + N_UPOS, N_XPOS, 0, 0), MD);
    free(sort);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_closed), cmocka_unit_test(test_only),
                                       cmocka_unit_test(test_verbs)};
    return cmocka_run_group_tests(tests, open_words, close_words);
}
