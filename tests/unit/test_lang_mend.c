/* SPDX-License-Identifier: Apache-2.0 */
/* Trees that no English sentence has become the one that it has; good ones stay as they are, and a tree stays a tree. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lang/lang.h"

enum { FIELDS = 5 };

/* "form/UPOS/XPOS/head/rel" for each word, heads from 1, 0 the root. */
static struct dgi_doc *doc_of(const char *text)
{
    struct dgi_doc *doc = dgi_doc_new(0);
    assert_non_null(doc);
    dg_str rest = dgi_str(text), word;
    while (dgi_str_next(&rest, ' ', &word)) {
        struct dgi_tok *t = DGI_PUSH(doc->arena, doc->toks, doc->n_toks, doc->cap_toks);
        assert_non_null(t);
        dg_str f[FIELDS];
        for (int i = 0; i < FIELDS; i++)
            assert_true(dgi_str_next(&word, '/', &f[i]));
        t->form = f[0];
        t->upos = dgi_upos_parse(f[1]);
        t->xpos = f[2];
        t->head = atoi(f[3].ptr) ? (uint32_t)atoi(f[3].ptr) - 1 : DGI_NONE;
        t->rel = dgi_rel_parse(f[4]);
        t->mention = DGI_NONE;
    }
    struct dgi_sent *s = DGI_PUSH(doc->arena, doc->sents, doc->n_sents, doc->cap_sents);
    assert_non_null(s);
    s->first = 0;
    s->end = doc->n_toks;
    return doc;
}

/* After mending word `at` (from 1) hangs on `head` as `rel`; every word still leads to the root. */
static void becomes(const char *text, uint32_t at, uint32_t head, const char *rel)
{
    struct dgi_doc *doc = doc_of(text);
    assert_int_equal(dgi_lang_mend(doc, NULL), DG_OK);
    const struct dgi_tok *t = &doc->toks[at - 1];
    assert_int_equal(t->head == DGI_NONE ? 0 : t->head + 1, head);
    assert_string_equal(dgi_rel_name[t->rel], rel);
    for (uint32_t i = 0; i < doc->n_toks; i++) {
        uint32_t up = i, steps = 0;
        while (doc->toks[up].head != DGI_NONE && steps++ <= doc->n_toks)
            up = doc->toks[up].head;
        assert_true(steps <= doc->n_toks);
    }
    dgi_doc_free(doc);
}

static void test_subjects(void **state)
{
    (void)state;
    becomes(
        "Leaders/NOUN/NNS/6/nsubj have/AUX/VBP/4/aux been/AUX/VBN/4/aux:pass killed/VERB/VBN/0/root in/ADP/IN/6/case strikes/NOUN/NNS/4/obl",
        1, 4, "nsubj:pass");
    becomes(
        "Togo/PROPN/NNP/2/nsubj says/VERB/VBZ/0/root banks/NOUN/NNS/2/nsubj will/AUX/MD/5/aux close/VERB/VB/2/ccomp", 3,
        5, "nsubj");
    becomes(
        "Togo/PROPN/NNP/2/nsubj says/VERB/VBZ/0/root it/PRON/PRP/2/nsubj is/AUX/VBZ/2/aux closing/VERB/VBG/2/ccomp banks/NOUN/NNS/5/obj",
        3, 5, "nsubj");
    becomes("Raids/NOUN/NNS/2/nsubj led/VERB/VBD/0/root to/ADP/IN/4/case riots/NOUN/NNS/2/nsubj", 4, 2, "obl");
    becomes("It/PRON/PRP/2/nsubj quoted/VERB/VBD/0/root Ana/PROPN/NNP/2/nsubj", 3, 2, "obj");
    becomes(
        "Troops/NOUN/NNS/2/nsubj beat/VERB/VBD/7/advcl rebels/NOUN/NNS/2/obj and/CCONJ/CC/5/cc Chad/PROPN/NNP/3/conj will/AUX/MD/7/aux "
        "leave/VERB/VB/0/root",
        5, 7, "nsubj");
    becomes(
        "Troops/NOUN/NNS/2/nsubj beat/VERB/VBD/7/advcl rebels/NOUN/NNS/2/obj and/CCONJ/CC/5/cc Chad/PROPN/NNP/3/conj will/AUX/MD/7/aux "
        "leave/VERB/VB/0/root",
        7, 2, "conj");
}

/* "Chad shelled rebels in Mali and Togo sent ships": a name before a verb that has no subject and hangs below the one before. */
static void test_name_before_second_verb(void **state)
{
    (void)state;
    const char *text = "Chad/PROPN/NNP/2/nsubj shelled/VERB/VBD/0/root rebels/NOUN/NNS/2/obj in/ADP/IN/5/case "
                       "Mali/PROPN/NNP/3/nmod and/CCONJ/CC/7/cc Togo/PROPN/NNP/5/conj sent/VERB/VBD/2/ccomp "
                       "ships/NOUN/NNS/8/obj";
    becomes(text, 7, 8, "nsubj");
    becomes(text, 8, 2, "conj");
    /* no name: "rebels in Mali and soldiers sent there" */
    becomes(
        "Chad/PROPN/NNP/2/nsubj shelled/VERB/VBD/0/root rebels/NOUN/NNS/2/obj in/ADP/IN/5/case "
        "Mali/PROPN/NNP/3/nmod and/CCONJ/CC/7/cc soldiers/NOUN/NNS/3/conj sent/VERB/VBD/2/ccomp there/ADV/RB/8/advmod",
        7, 3, "conj");
}

static void test_objects(void **state)
{
    (void)state;
    becomes(
        "They/PRON/PRP/3/nsubj have/AUX/VBP/3/aux opened/VERB/VBN/0/root fire/NOUN/NN/5/obj wounding/VERB/VBG/3/advcl two/NUM/CD/5/obj",
        4, 3, "obj");
    becomes(
        "Rebels/NOUN/NNS/2/nsubj seized/VERB/VBD/0/root pilots/NOUN/NNS/5/obj who/PRON/WP/5/nsubj fled/VERB/VBD/2/advcl",
        5, 3, "acl:relcl");
    becomes(
        "Police/NOUN/NNS/2/nsubj say/VERB/VBP/0/root bombs/NOUN/NNS/5/obj have/AUX/VBP/5/aux killed/VERB/VBN/2/ccomp two/NUM/CD/5/obj",
        3, 5, "nsubj");
    /* gave the envoy 72 hours to leave */
    becomes("Chad/PROPN/NNP/2/nsubj gave/VERB/VBD/0/root the/DET/DT/4/det envoy/NOUN/NN/2/iobj 72/NUM/CD/6/nummod "
            "hours/NOUN/NNS/8/obj to/PART/TO/8/mark leave/VERB/VB/2/xcomp",
            6, 2, "obj");
    becomes("Peru/PROPN/NNP/2/nsubj sold/VERB/VBD/0/root General/PROPN/NNP/4/nmod Rivas/PROPN/NNP/2/iobj "
            "arms/NOUN/NNS/7/obj to/PART/TO/7/mark fight/VERB/VB/2/advcl",
            5, 2, "obj");
}

static void test_clauses(void **state)
{
    (void)state;
    becomes(
        "Chad/PROPN/NNP/7/nsubj ,/PUNCT/,/4/punct which/PRON/WDT/4/nsubj shut/VERB/VBD/7/advcl banks/NOUN/NNS/4/obj ,/PUNCT/,/4/punct "
        "fell/VERB/VBD/0/root",
        4, 1, "acl:relcl");
    becomes(
        "They/PRON/PRP/2/nsubj seized/VERB/VBD/0/root and/CCONJ/CC/4/cc burnt/VERB/VBD/6/acl:relcl the/DET/DT/6/det port/NOUN/NN/2/obj",
        4, 2, "conj");
}

static void test_words(void **state)
{
    (void)state;
    becomes("They/PRON/PRP/2/nsubj use/VERB/VBP/0/root its/PRON/PRP$/2/obj big/ADJ/JJ/5/amod ports/NOUN/NNS/2/obj", 3,
            5, "nmod:poss");
    becomes("They/PRON/PRP/2/nsubj use/VERB/VBP/0/root the/DET/DT/2/obj port/NOUN/NN/2/obj", 3, 4, "det");
    becomes("They/PRON/PRP/2/nsubj ship/VERB/VBP/0/root to/ADP/IN/2/obl rebels/NOUN/NNS/2/obj", 3, 4, "case");
    becomes("They/PRON/PRP/2/nsubj ship/VERB/VBP/0/root to/ADP/IN/2/obl rebels/NOUN/NNS/2/obj", 4, 2, "obl");
    becomes("Chad/PROPN/NNP/3/flat 's/PART/POS/3/amod reply/NOUN/NN/4/nsubj came/VERB/VBD/0/root", 2, 1, "case");
    becomes("Chad/PROPN/NNP/3/flat 's/PART/POS/3/amod reply/NOUN/NN/4/nsubj came/VERB/VBD/0/root", 1, 3, "nmod:poss");
    becomes(
        "Chad/PROPN/NNP/5/nsubj has/AUX/VBZ/5/aux refused/VERB/VBN/5/ccomp men/NOUN/NNS/5/nsubj said/VERB/VBD/0/root",
        2, 3, "aux");
}

/* "demanded the release of a pastor": a noun; "helped the men leave for Oslo" keeps its verb. */
static void test_nouns_with_articles(void **state)
{
    (void)state;
    static const char noun[] =
        "Ana/PROPN/NNP/2/nsubj demanded/VERB/VBD/0/root the/DET/DT/4/det release/VERB/VB/2/xcomp "
        "of/ADP/IN/7/case a/DET/DT/7/det pastor/NOUN/NN/4/obl";
    becomes(noun, 4, 2, "obj");
    becomes(noun, 7, 4, "nmod");
    becomes("Ana/PROPN/NNP/2/nsubj helped/VERB/VBD/0/root the/DET/DT/4/det men/NOUN/NNS/2/obj leave/VERB/VB/2/xcomp "
            "for/ADP/IN/7/case Oslo/PROPN/NNP/5/obl",
            5, 2, "xcomp");
}

static void test_good_ones_stay(void **state)
{
    (void)state;
    becomes("They/PRON/PRP/2/nsubj cut/VERB/VBD/0/root off/ADP/IN/2/compound:prt gas/NOUN/NN/2/obj", 3, 2,
            "compound:prt");
    becomes("Chad/PROPN/NNP/3/nmod:poss 's/PART/POS/1/case reply/NOUN/NN/4/nsubj came/VERB/VBD/0/root", 1, 3,
            "nmod:poss");
    becomes("Come/VERB/VB/3/ccomp !/PUNCT/./1/punct replied/VERB/VBD/0/root Ana/PROPN/NNP/3/nsubj", 4, 3, "nsubj");
    becomes("There/PRON/EX/2/expl came/VERB/VBD/0/root a/DET/DT/4/det reply/NOUN/NN/2/nsubj", 4, 2, "nsubj");
    becomes(
        "the/DET/DT/2/det arms/NOUN/NNS/0/root which/PRON/WDT/5/obj they/PRON/PRP/5/nsubj bought/VERB/VBD/2/acl:relcl",
        3, 5, "obj");
    becomes("Men/NOUN/NNS/3/nsubj freed/VERB/VBN/1/acl fled/VERB/VBD/0/root", 1, 3, "nsubj");
}

/* "is due to visit" is no "because of". */
static void test_due(void **state)
{
    (void)state;
    static const char king[] =
        "King/NOUN/NN/5/nsubj is/AUX/VBZ/5/cop due/ADJ/JJ/5/mark to/PART/TO/3/fixed visit/VERB/VB/0/root "
        "Lima/PROPN/NNP/5/obj ./PUNCT/./5/punct";
    becomes(king, 1, 3, "nsubj");
    becomes(king, 3, 0, "root");
    becomes(king, 4, 5, "mark");
    becomes(king, 5, 3, "xcomp");
    becomes("Talks/NOUN/NNS/5/nsubj due/ADJ/JJ/4/mark to/PART/TO/2/fixed open/VERB/VB/1/acl failed/VERB/VBD/0/root", 2,
            1, "acl");
    becomes("It/PRON/PRP/2/nsubj closed/VERB/VBD/0/root due/ADJ/JJ/5/mark to/PART/TO/3/fixed failing/VERB/VBG/2/advcl",
            3, 5, "mark");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_due),
        cmocka_unit_test(test_subjects),
        cmocka_unit_test(test_name_before_second_verb),
        cmocka_unit_test(test_objects),
        cmocka_unit_test(test_clauses),
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_nouns_with_articles),
        cmocka_unit_test(test_good_ones_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
