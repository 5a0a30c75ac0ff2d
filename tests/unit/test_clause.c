/* SPDX-License-Identifier: Apache-2.0 */
/* What each clause says of itself: voice, tense, mood, polarity, subjects, marks, on hand-made trees. */
#include "clause/clause.h"
#include "words_fixture.h"

/* One line of words `form/UPOS/XPOS/feats/head/rel`, heads counted from 1. */
static struct dgi_doc *read_tree(const char *tree)
{
    struct dgi_doc *d = dgi_doc_new(0);
    assert_non_null(d);
    dg_str rest = dgi_str(tree), w;
    struct dgi_sent *s = DGI_PUSH(d->arena, d->sents, d->n_sents, d->cap_sents);
    assert_non_null(s);
    while (dgi_str_next(&rest, ' ', &w)) {
        dg_str f[6] = {{0}};
        int64_t head = 0;
        for (int i = 0; i < 6; i++)
            assert_true(dgi_str_next(&w, '/', &f[i]));
        struct dgi_tok *t = DGI_PUSH(d->arena, d->toks, d->n_toks, d->cap_toks);
        t->form = t->lemma = f[0];
        if (dgi_str_is(f[0], "has") || dgi_str_is(f[0], "had"))
            t->lemma = DGI_S("have");
        t->upos = dgi_upos_parse(f[1]);
        t->xpos = f[2];
        t->feats = dgi_str_is(f[3], "_") ? (dg_str){"", 0} : f[3];
        assert_true(dgi_str_int(f[4], &head));
        t->head = head ? (uint32_t)head - 1 : DGI_NONE;
        t->rel = dgi_rel_parse(f[5]);
        t->mention = DGI_NONE;
    }
    s->end = d->n_toks;
    dgi_tree_index(d);
    dgi_doc_words(d, words);
    assert_int_equal(dgi_clauses_read(d, NULL), DG_OK);
    return d;
}

static void active_clause(void **state)
{
    (void)state;
    struct dgi_doc *d =
        read_tree("Benin/PROPN/NNP/_/3/nsubj has/AUX/VBZ/_/3/aux sent/VERB/VBN/_/0/root Togo/PROPN/NNP/_/3/iobj "
                  "rice/NOUN/NN/_/3/obj ././PUNCT/_/3/punct");
    const struct dgi_clause *c = dgi_clause_at(d, 2);
    assert_non_null(c);
    assert_int_equal(c->subject, 0);
    assert_int_equal(c->object, 4);
    assert_int_equal(c->iobj, 3);
    assert_int_equal(c->aux, 1);
    assert_int_equal(c->voice, DGI_ACTIVE);
    assert_int_equal(c->tense, DGI_TENSE_PRESENT);
    assert_int_equal(c->mood, DGI_MOOD_INDICATIVE);
    assert_true(c->finite && c->perfect && !c->negated);
    assert_ptr_equal(dgi_clause_of(d, 4), c);
    assert_null(dgi_clause_at(d, 4));
    assert_true(dgi_is_finite(d, 1) && !dgi_is_finite(d, 2));
    dgi_doc_free(d);
}

static void passive_clause(void **state)
{
    (void)state;
    struct dgi_doc *d =
        read_tree("Rice/NOUN/NN/_/4/nsubj:pass was/AUX/VBD/_/4/aux:pass n't/PART/RB/Polarity=Neg/4/advmod "
                  "sent/VERB/VBN/_/0/root and/CCONJ/CC/_/6/cc sold/VERB/VBN/_/4/conj by/ADP/IN/_/8/case "
                  "Benin/PROPN/NNP/_/6/obl:agent");
    const struct dgi_clause *c = dgi_clause_at(d, 3), *k = dgi_clause_at(d, 5);
    assert_int_equal(c->voice, DGI_PASSIVE);
    assert_int_equal(c->subject, 0);
    assert_int_equal(c->pass_subject, 0);
    assert_int_equal(c->near_subject, DGI_NONE);
    assert_int_equal(c->tense, DGI_TENSE_PAST);
    assert_true(c->negated && c->negator == 2 && dgi_is_negated(d, 3));
    assert_int_equal(k->voice, DGI_PASSIVE);
    assert_int_equal(k->partner, 3);
    assert_int_equal(k->agent, 7);
    assert_false(dgi_has_subject(d, 5));
    dgi_doc_free(d);
}

/* A participle takes the voice of the one it is coordinated with, but not when it has an auxiliary of its own. */
static void coordinated_voice(void **state)
{
    (void)state;
    struct dgi_doc *d =
        read_tree("They/PRON/PRP/_/3/nsubj:pass were/AUX/VBD/_/3/aux:pass tried/VERB/VBN/_/0/root and/CCONJ/CC/_/5/cc "
                  "freed/VERB/VBN/_/3/conj and/CCONJ/CC/_/8/cc have/AUX/VBP/_/8/aux left/VERB/VBN/_/3/conj");
    assert_int_equal(dgi_clause_at(d, 4)->voice, DGI_PASSIVE);
    assert_int_equal(dgi_clause_at(d, 7)->voice, DGI_ACTIVE);
    dgi_doc_free(d);
}

static void infinitive_with_a_marker(void **state)
{
    (void)state;
    struct dgi_doc *d =
        read_tree("He/PRON/PRP/_/2/nsubj left/VERB/VBD/_/0/root before/SCONJ/IN/_/5/mark the/DET/DT/_/5/det "
                  "vote/VERB/VB/_/2/advcl to/PART/TO/_/7/mark rest/VERB/VB/_/2/advcl");
    assert_int_equal(dgi_clause_at(d, 4)->marker, 2);
    assert_int_equal(dgi_clause_at(d, 6)->marker, DGI_NONE);
    assert_int_equal(dgi_clause_at(d, 6)->particle, 5);
    assert_int_equal(dgi_clause_at(d, 6)->mood, DGI_MOOD_INFINITIVE);
    assert_true(dgi_is_infinitive(d, 6) && !dgi_has_finite(d, 6));
    dgi_doc_free(d);
}

/* Headlines: "Benin, Togo sign pact" has two subjects, "Two ships steam to Benin" a verb; with a comma behind it the second name says who the
 * first is, and with a copula the noun stays one. */
static void headlines(void **state)
{
    (void)state;
    struct dgi_doc *d = read_tree("Benin/PROPN/NNP/_/4/nsubj ,/PUNCT/,/_/1/punct Togo/PROPN/NNP/_/1/appos "
                                  "sign/VERB/VBP/Number=Plur|Tense=Pres|VerbForm=Fin/0/root pact/NOUN/NN/_/4/obj");
    assert_int_equal(d->toks[2].rel, DGI_REL_CONJ);
    dgi_doc_free(d);
    d = read_tree("Benin/PROPN/NNP/_/5/nsubj ,/PUNCT/,/_/1/punct Togo/PROPN/NNP/_/1/appos ,/PUNCT/,/_/3/punct "
                  "sign/VERB/VBP/Number=Plur|Tense=Pres|VerbForm=Fin/0/root pact/NOUN/NN/_/5/obj");
    assert_int_equal(d->toks[2].rel, DGI_REL_APPOS);
    dgi_doc_free(d);
    d = read_tree(
        "Two/NUM/CD/_/2/nummod ships/NOUN/NNS/_/3/nsubj steam/NOUN/NN/_/0/root to/ADP/IN/_/5/case Benin/PROPN/NNP/_/3/nmod");
    assert_int_equal(d->toks[2].upos, DGI_VERB);
    assert_int_equal(d->toks[4].rel, DGI_REL_OBL);
    assert_int_equal(dgi_clause_at(d, 2)->subject, 1);
    dgi_doc_free(d);
    d = read_tree(
        "ships/NOUN/NNS/_/3/nsubj are/AUX/VBP/_/3/cop help/NOUN/NN/_/0/root for/ADP/IN/_/5/case Benin/PROPN/NNP/_/3/nmod");
    assert_int_equal(d->toks[2].upos, DGI_NOUN);
    dgi_doc_free(d);
}

static void relative_clause(void **state)
{
    (void)state;
    struct dgi_doc *d = read_tree(
        "ships/NOUN/NNS/_/0/root which/PRON/WDT/PronType=Rel/4/nsubj may/AUX/MD/_/4/aux sail/VERB/VB/_/1/acl:relcl "
        "where/ADV/WRB/_/6/advmod ice/NOUN/NN/_/7/nsubj melts/VERB/VBZ/_/4/advcl");
    const struct dgi_clause *c = dgi_clause_at(d, 3);
    assert_int_equal(c->relative, 0);
    assert_int_equal(c->wh, 1);
    assert_int_equal(c->modal, 2);
    assert_int_equal(c->mood, DGI_MOOD_MODAL);
    assert_int_equal(c->tense, DGI_TENSE_NONE);
    assert_true(c->finite && dgi_in_relative(d, 3));
    assert_true(dgi_is_relative(d, 1) && dgi_is_wh(d, 4) && !dgi_is_relative(d, 4));
    assert_ptr_equal(dgi_clause_of(d, 2),
                     dgi_clause_at(d, 2)); /* an auxiliary is a verb of its own; its clause is empty */
    assert_null(dgi_clause_of(d, 0));
    dgi_doc_free(d);
}

static void noun_predicate_and_expletive(void **state)
{
    (void)state;
    struct dgi_doc *d =
        read_tree("There/PRON/EX/_/2/nsubj are/VERB/VBP/_/0/root ships/NOUN/NNS/_/2/nsubj "
                  "Lome/PROPN/NNP/_/7/nsubj is/AUX/VBZ/_/7/cop a/DET/DT/_/7/det port/NOUN/NN/_/2/parataxis");
    const struct dgi_clause *c = dgi_clause_at(d, 1), *p = dgi_clause_at(d, 6);
    assert_int_equal(c->subject, 2);
    assert_int_equal(c->expletive, 0);
    assert_non_null(p);
    assert_true(p->copular && p->finite);
    assert_int_equal(p->subject, 3);
    dgi_doc_free(d);
}

/* Of two subjects below one verb the nearer is its own: the other belongs to a clause that the parser lost. */
static void nearer_of_two_subjects(void **state)
{
    (void)state;
    struct dgi_doc *d = read_tree("Kofi/PROPN/NNP/_/3/nsubj Ama/PROPN/NNP/_/3/nsubj said/VERB/VBD/_/0/root");
    assert_int_equal(dgi_clause_at(d, 2)->subject, 0);
    assert_int_equal(dgi_clause_at(d, 2)->near_subject, 1);
    dgi_doc_free(d);
}

/* A language without Penn tags has the features alone. */
static void forms_from_features(void **state)
{
    (void)state;
    struct dgi_doc *d = read_tree("vino/VERB/_/Mood=Ind|Number=Sing|Person=3|Tense=Past|VerbForm=Fin/0/root "
                                  "viene/VERB/_/Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin/1/conj "
                                  "venir/VERB/_/VerbForm=Inf/1/xcomp viniendo/VERB/_/VerbForm=Ger/1/advcl "
                                  "venido/VERB/_/Tense=Past|VerbForm=Part/1/acl");
    static const uint8_t want[] = {DGI_FORM_PAST, DGI_FORM_PRESENT_S, DGI_FORM_BASE, DGI_FORM_ING, DGI_FORM_PARTICIPLE};
    for (uint32_t t = 0; t < 5; t++)
        assert_int_equal(dgi_form(d, t), want[t]);
    dgi_doc_free(d);
}

static void broken_tree_ends(void **state)
{
    (void)state;
    struct dgi_doc *d = read_tree("a/X/XX/_/2/dep b/X/XX/_/1/dep c/X/XX/_/3/dep");
    for (uint32_t t = 0; t < 3; t++)
        assert_null(dgi_clause_of(d, t));
    dgi_doc_free(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(active_clause),
        cmocka_unit_test(passive_clause),
        cmocka_unit_test(coordinated_voice),
        cmocka_unit_test(infinitive_with_a_marker),
        cmocka_unit_test(headlines),
        cmocka_unit_test(relative_clause),
        cmocka_unit_test(noun_predicate_and_expletive),
        cmocka_unit_test(nearer_of_two_subjects),
        cmocka_unit_test(forms_from_features),
        cmocka_unit_test(broken_tree_ends),
    };
    return cmocka_run_group_tests(tests, open_words, close_words);
}
