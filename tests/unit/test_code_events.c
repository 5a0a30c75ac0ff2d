/* SPDX-License-Identifier: Apache-2.0 */
/* The coder's machinery on hand-made trees with a small lexicon: slots, links, status. */
#include "code_lab.h"

#define CHAD_SUBJ "Chad/Chad/PROPN/NNP/2/nsubj "

static void voices(void **state)
{
    (void)state;
    lab_expect(CHAD_SUBJ "attacked/attack/VERB/VBD/0/root Mali/Mali/PROPN/NNP/2/obj", "190 ASSAULT Chad->Mali actual");
    lab_expect("Mali/Mali/PROPN/NNP/3/nsubj:pass was/be/AUX/VBD/3/aux:pass attacked/attack/VERB/VBN/0/root "
               "by/by/ADP/IN/5/case "
               "Chad/Chad/PROPN/NNP/3/obl:agent",
               "190 ASSAULT Chad->Mali actual");
    lab_expect(
        "Chad/Chad/PROPN/NNP/3/nmod:poss 's/'s/PART/POS/1/case attack/attack/NOUN/NN/6/nsubj on/on/ADP/IN/5/case "
        "Mali/Mali/PROPN/NNP/3/nmod failed/fail/VERB/VBD/0/root",
        "190 ASSAULT Chad->Mali actual");
    /* troops deployed near Mali: passive participle, object is the noun */
    lab_expect("Chadian/Chad/ADJ/JJ/2/amod troops/troops/NOUN/NNS/6/nsubj deployed/deploy/VERB/VBN/2/acl "
               "near/near/ADP/IN/5/case "
               "Mali/Mali/PROPN/NNP/3/obl slept/sleep/VERB/VBD/0/root",
               "154 MOBILIZE Chad->Mali actual");
    /* Chad, which attacked Mali, slept */
    lab_expect("Chad/Chad/PROPN/NNP/5/nsubj which/which/PRON/WDT/3/nsubj attacked/attack/VERB/VBD/1/acl:relcl "
               "Mali/Mali/PROPN/NNP/3/obj slept/sleep/VERB/VBD/0/root",
               "190 ASSAULT Chad->Mali actual");
}

static void light_verbs(void **state)
{
    (void)state;
    lab_expect(CHAD_SUBJ
               "held/hold/VERB/VBD/0/root talks/talk/NOUN/NNS/2/obj with/with/ADP/IN/5/case Mali/Mali/PROPN/NNP/2/obl",
               "046 CONSULT Chad->Mali actual");
    lab_expect("Sanctions/sanction/NOUN/NNS/3/nsubj:pass were/be/AUX/VBD/3/aux:pass imposed/impose/VERB/VBN/0/root "
               "on/on/ADP/IN/5/case "
               "Mali/Mali/PROPN/NNP/3/obl by/by/ADP/IN/7/case Chad/Chad/PROPN/NNP/3/obl:agent",
               "163 SANCTION Chad->Mali actual");
    /* who receives a promise has not made it */
    lab_expect(
        CHAD_SUBJ
        "received/receive/VERB/VBD/0/root no/no/DET/DT/4/det promise/promise/NOUN/NN/2/obj from/from/ADP/IN/6/case "
        "Mali/Mali/PROPN/NNP/2/obl",
        "030 AGREE Mali->Chad actual not");
    /* talks began: somebody must be named */
    lab_expect("Talks/talk/NOUN/NNS/2/nsubj began/begin/VERB/VBD/0/root", "");
    lab_expect(
        "Talks/talk/NOUN/NNS/6/nsubj between/between/ADP/IN/3/case Chad/Chad/PROPN/NNP/1/nmod and/and/CCONJ/CC/5/cc "
        "Mali/Mali/PROPN/NNP/3/conj began/begin/VERB/VBD/0/root",
        "046 CONSULT Chad,Mali-> actual");
}

static void control(void **state)
{
    (void)state;
    lab_expect(
        CHAD_SUBJ
        "urged/urge/VERB/VBD/0/root Mali/Mali/PROPN/NNP/2/obj to/to/PART/TO/5/mark withdraw/withdraw/VERB/VB/2/xcomp",
        "020 REQUEST Chad->Mali actual; 087 RETREAT Mali-> hypothetical of0");
    lab_expect(CHAD_SUBJ "promised/promise/VERB/VBD/0/root Mali/Mali/PROPN/NNP/2/iobj to/to/PART/TO/5/mark "
                         "withdraw/withdraw/VERB/VB/2/xcomp",
               "030 AGREE Chad->Mali actual; 087 RETREAT Chad->Mali hypothetical of0");
    lab_expect(
        CHAD_SUBJ
        "plans/plan/VERB/VBZ/0/root to/to/PART/TO/4/mark attack/attack/VERB/VB/2/xcomp Mali/Mali/PROPN/NNP/4/obj",
        "190 ASSAULT Chad->Mali future");
    /* accused Mali of bombing Niger */
    lab_expect(
        CHAD_SUBJ
        "accused/accuse/VERB/VBD/0/root Mali/Mali/PROPN/NNP/2/obj of/of/SCONJ/IN/5/mark bombing/bomb/VERB/VBG/2/advcl "
        "Niger/Niger/PROPN/NNP/5/obj",
        "112 ACCUSE Chad->Mali actual; 190 ASSAULT Mali->Niger actual of0");
    /* Meeting Mali, Chad demanded ...: the participle's subject is that of the main clause */
    lab_expect("Meeting/meet/VERB/VBG/4/advcl Mali/Mali/PROPN/NNP/1/obj Chad/Chad/PROPN/NNP/4/nsubj "
               "slept/sleep/VERB/VBD/0/root",
               "040 CONSULT Chad->Mali actual");
}

static void coordination(void **state)
{
    (void)state;
    lab_expect(
        "Chad/Chad/PROPN/NNP/4/nsubj and/and/CCONJ/CC/3/cc Niger/Niger/PROPN/NNP/1/conj met/meet/VERB/VBD/0/root",
        "040 CONSULT Chad,Niger-> actual");
    /* attacked and bombed Mali: the object hangs on the first verb, or on the last */
    lab_expect(
        CHAD_SUBJ
        "attacked/attack/VERB/VBD/0/root and/and/CCONJ/CC/4/cc bombed/bomb/VERB/VBD/2/conj Mali/Mali/PROPN/NNP/2/obj",
        "190 ASSAULT Chad->Mali actual; 190 ASSAULT Chad->Mali actual");
    lab_expect(
        CHAD_SUBJ
        "attacked/attack/VERB/VBD/0/root and/and/CCONJ/CC/4/cc bombed/bomb/VERB/VBD/2/conj Mali/Mali/PROPN/NNP/4/obj",
        "190 ASSAULT Chad->Mali actual; 190 ASSAULT Chad->Mali actual");
    /* will attack and bomb: one auxiliary for both */
    lab_expect("Chad/Chad/PROPN/NNP/3/nsubj will/will/AUX/MD/3/aux attack/attack/VERB/VB/0/root "
               "Mali/Mali/PROPN/NNP/3/obj and/and/CCONJ/CC/6/cc "
               "bomb/bomb/VERB/VB/3/conj Niger/Niger/PROPN/NNP/6/obj",
               "190 ASSAULT Chad->Mali future; 190 ASSAULT Chad->Niger future");
}

static void polarity(void **state)
{
    (void)state;
    lab_expect("Chad/Chad/PROPN/NNP/4/nsubj did/do/AUX/VBD/4/aux not/not/PART/RB/4/advmod attack/attack/VERB/VB/0/root "
               "Mali/Mali/PROPN/NNP/4/obj",
               "190 ASSAULT Chad->Mali actual not");
    lab_expect(
        CHAD_SUBJ
        "denied/deny/VERB/VBD/0/root that/that/SCONJ/IN/5/mark it/it/PRON/PRP/5/nsubj attacked/attack/VERB/VBD/2/ccomp "
        "Mali/Mali/PROPN/NNP/5/obj",
        "120 REJECT Chad-> actual; 190 ASSAULT Chad->Mali actual not of0");
    lab_expect(CHAD_SUBJ "failed/fail/VERB/VBD/0/root to/to/PART/TO/4/mark withdraw/withdraw/VERB/VB/2/xcomp",
               "087 RETREAT Chad-> actual not");
    lab_expect(
        "Chad/Chad/PROPN/NNP/3/nsubj may/may/AUX/MD/3/aux attack/attack/VERB/VB/0/root Mali/Mali/PROPN/NNP/3/obj",
        "190 ASSAULT Chad->Mali hypothetical");
}

static void links(void **state)
{
    (void)state;
    char got[512];
    /* threatened sanctions if Mali attacked Niger: content 1312, condition lifted to the threat */
    struct dgi_doc *d = lab_code(
        CHAD_SUBJ "threatened/threaten/VERB/VBD/0/root sanctions/sanction/NOUN/NNS/2/obj if/if/SCONJ/IN/6/mark "
                  "Mali/Mali/PROPN/NNP/6/nsubj attacked/attack/VERB/VBD/2/advcl Niger/Niger/PROPN/NNP/6/obj");
    lab_print(d, got, sizeof got);
    assert_string_equal(got, "1312 THREATEN Chad->Mali actual; 163 SANCTION Chad->Mali hypothetical of0; "
                             "190 ASSAULT Mali->Niger hypothetical if0");
    assert_int_equal(d->events[0].n_content, 1);
    assert_int_equal(d->events[0].content[0], 1);
    assert_int_equal(d->events[0].n_condition, 1);
    assert_int_equal(d->events[0].condition[0], 2);
    dgi_doc_free(d);
    /* three deep */
    lab_expect(
        CHAD_SUBJ
        "urged/urge/VERB/VBD/0/root Mali/Mali/PROPN/NNP/2/obj to/to/PART/TO/5/mark demand/demand/VERB/VB/2/xcomp "
        "that/that/SCONJ/IN/8/mark Niger/Niger/PROPN/NNP/8/nsubj withdraw/withdraw/VERB/VBP/5/ccomp",
        "020 REQUEST Chad->Mali actual; 1056 REQUEST Mali->Niger hypothetical of0; 087 RETREAT Niger-> hypothetical "
        "of1");
}

static void nothing(void **state)
{
    (void)state;
    lab_expect("He/he/PRON/PRP/2/nsubj had/have/VERB/VBD/0/root a/a/DET/DT/5/det heart/heart/NOUN/NN/5/compound "
               "attack/attack/NOUN/NN/2/obj",
               "");
    lab_expect("The/the/DET/DT/2/det rivers/river/NOUN/NNS/3/nsubj meet/meet/VERB/VBP/0/root in/in/ADP/IN/5/case "
               "Chad/Chad/PROPN/NNP/3/obl",
               "");
    lab_expect("Chad/Chad/PROPN/NNP/3/nmod:poss 's/'s/PART/POS/1/case striker/striker/NOUN/NN/4/nsubj "
               "attacked/attack/VERB/VBD/0/root "
               "Mali/Mali/PROPN/NNP/4/obj",
               "");
}

/* Hostile trees: every head wrong in turn; no crash, no endless walk. */
/* Words in a row, whatever the parser makes of them: "back" a particle, "its" the object. */
static void fixed_expressions(void **state)
{
    (void)state;
    lab_expect(CHAD_SUBJ "turned/turn/VERB/VBD/0/root its/its/PRON/PRP$/2/obj back/back/ADP/RP/2/compound:prt "
                         "on/on/ADP/IN/6/case Mali/Mali/PROPN/NNP/2/obl",
               "120 REJECT Chad->Mali actual");
    /* X ends with the noun it belongs to: the owner is meant */
    lab_expect(CHAD_SUBJ "turned/turn/VERB/VBD/0/root its/its/PRON/PRP$/2/obj broad/broad/ADJ/JJ/5/amod "
                         "back/back/NOUN/NN/2/obj upon/upon/ADP/IN/9/case Mali/Mali/PROPN/NNP/9/nmod:poss "
                         "'s/'s/PART/POS/7/case wish/wish/NOUN/NN/2/obl",
               "120 REJECT Chad->Mali actual");
    /* X in the middle, a gap after it; in the passive X is whom it is done to */
    lab_expect(CHAD_SUBJ "turned/turn/VERB/VBD/0/root Mali/Mali/PROPN/NNP/2/obj away/away/ADV/RB/2/advmod "
                         "big/big/ADJ/JJ/7/amod iron/iron/NOUN/NN/7/compound gate/gate/NOUN/NN/2/obl",
               "120 REJECT Chad->Mali actual");
    lab_expect("Mali/Mali/PROPN/NNP/3/nsubj:pass was/be/AUX/VBD/3/aux:pass turned/turn/VERB/VBN/0/root "
               "away/away/ADV/RB/3/advmod gate/gate/NOUN/NN/3/obl by/by/ADP/IN/7/case Chad/Chad/PROPN/NNP/3/obl:agent",
               "120 REJECT Chad->Mali actual");
    /* what stands between two commas does not count; the name there is X */
    lab_expect(CHAD_SUBJ "turned/turn/VERB/VBD/0/root its/its/PRON/PRP$/4/nmod:poss ally/ally/NOUN/NN/2/obj "
                         ",/,/PUNCT/,/6/punct Mali/Mali/PROPN/NNP/4/conj ,/,/PUNCT/,/6/punct away/away/ADV/RB/2/advmod "
                         "gate/gate/NOUN/NN/2/obl",
               "120 REJECT Chad->Mali actual");
    lab_expect(CHAD_SUBJ "turned/turn/VERB/VBD/0/root its/its/PRON/PRP$/4/nmod:poss ally/ally/NOUN/NN/2/obj "
                         ",/,/PUNCT/,/6/punct sold/sell/VERB/VBD/2/conj Mali/Mali/PROPN/NNP/6/obj ,/,/PUNCT/,/6/punct "
                         "away/away/ADV/RB/6/advmod gate/gate/NOUN/NN/6/obl",
               "");
    /* each other: both do it to both */
    lab_expect(
        "Chad/Chad/PROPN/NNP/4/nsubj and/and/CCONJ/CC/3/cc Mali/Mali/PROPN/NNP/1/conj turned/turn/VERB/VBD/0/root "
        "each/each/DET/DT/4/obj other/other/ADJ/JJ/5/fixed away/away/ADV/RB/4/advmod gate/gate/NOUN/NN/4/obl",
        "120 REJECT Chad,Mali-> actual");
    /* it is Chad that does it */
    lab_expect("It/it/PRON/PRP/3/expl is/be/AUX/VBZ/3/cop Chad/Chad/PROPN/NNP/0/root that/that/PRON/WDT/5/nsubj "
               "turned/turn/VERB/VBD/3/advcl:relcl Mali/Mali/PROPN/NNP/5/obj away/away/ADV/RB/5/advmod "
               "gate/gate/NOUN/NN/5/obl",
               "120 REJECT Chad->Mali actual");
    /* whose plan it is turns Mali away; whose cook it is does not */
    lab_expect("Chad/Chad/PROPN/NNP/3/nmod:poss 's/'s/PART/POS/1/case plan/plan/NOUN/NN/10/nsubj to/to/PART/TO/5/mark "
               "turn/turn/VERB/VB/3/acl Mali/Mali/PROPN/NNP/5/obj away/away/ADV/RB/5/advmod big/big/ADJ/JJ/9/amod "
               "gate/gate/NOUN/NN/5/obl slept/sleep/VERB/VBD/0/root",
               "120 REJECT Chad->Mali hypothetical");
    lab_expect(
        "Chad/Chad/PROPN/NNP/3/nmod:poss 's/'s/PART/POS/1/case cook/cook/NOUN/NN/4/nsubj "
        "turned/turn/VERB/VBD/0/root Mali/Mali/PROPN/NNP/4/obj away/away/ADV/RB/4/advmod gate/gate/NOUN/NN/4/obl",
        "");
    /* the last preposition left alone */
    lab_expect("Mali/Mali/PROPN/NNP/3/nsubj:pass was/be/AUX/VBD/3/aux:pass turned/turn/VERB/VBN/0/root "
               "back/back/ADV/RB/3/advmod on/on/ADP/IN/3/obl by/by/ADP/IN/7/case Chad/Chad/PROPN/NNP/3/obl:agent",
               "120 REJECT Chad->Mali actual");
    /* an article is none whatever it is tagged as */
    lab_expect(CHAD_SUBJ "turned/turn/VERB/VBD/0/root the/the/ADP/IN/2/obj back/back/NOUN/NN/2/obj "
                         "on/on/ADP/IN/6/case Mali/Mali/PROPN/NNP/2/obl",
               "120 REJECT Chad->Mali actual");
    /* another word between, another order, nobody there: no idiom */
    lab_expect(CHAD_SUBJ "turned/turn/VERB/VBD/0/root back/back/ADV/RB/2/advmod and/and/CCONJ/CC/5/cc "
                         "slept/sleep/VERB/VBD/2/conj on/on/ADP/IN/7/case Mali/Mali/PROPN/NNP/5/obl",
               "");
    lab_expect(CHAD_SUBJ "turned/turn/VERB/VBD/0/root its/its/PRON/PRP$/4/nmod:poss back/back/NOUN/NN/2/obj "
                         "on/on/ADP/IN/7/case the/the/DET/DT/7/det wall/wall/NOUN/NN/2/obl",
               "");
}

/* What is threatened by saying it: by whom, and of whom; nobody of himself. */
static void said(void **state)
{
    (void)state;
    static const char *const burn = "would/would/AUX/MD/6/aux burn/burn/VERB/VB/2/ccomp";
    char tree[400];
    snprintf(tree, sizeof tree,
             CHAD_SUBJ "told/tell/VERB/VBD/0/root Niger/Niger/PROPN/NNP/2/iobj Mali/Mali/PROPN/NNP/6/nsubj %s", burn);
    lab_expect(tree, "130 THREATEN Chad->Mali actual");
    snprintf(tree, sizeof tree,
             CHAD_SUBJ "told/tell/VERB/VBD/0/root Niger/Niger/PROPN/NNP/2/iobj Chad/Chad/PROPN/NNP/6/nsubj %s", burn);
    lab_expect(tree, "130 THREATEN Chad->Niger actual");
    lab_expect("Mali/Mali/PROPN/NNP/2/nsubj burned/burn/VERB/VBD/0/root", "");
}

static void broken_trees(void **state)
{
    (void)state;
    struct dgi_code_ctx ctx = {.tables = lab_tables};
    for (uint32_t seed = 0; seed < 3000; seed++) {
        struct dgi_doc *d =
            lab_parse(CHAD_SUBJ "urged/urge/VERB/VBD/0/root Mali/Mali/PROPN/NNP/2/obj to/to/PART/TO/5/mark "
                                "attack/attack/VERB/VB/2/xcomp and/and/CCONJ/CC/7/cc withdraw/withdraw/VERB/VB/5/conj "
                                "troops/troop/NOUN/NNS/7/obj if/if/SCONJ/IN/10/mark attacked/attack/VERB/VBN/2/advcl");
        uint32_t x = seed * 2654435761u + 12345u;
        for (uint32_t t = 0; t < d->n_toks; t++) {
            x = x * 1664525u + 1013904223u;
            if ((x >> 28) < 9) {
                d->toks[t].rel = (uint8_t)((x >> 8) % DGI_N_REL);
                d->toks[t].head = (x >> 16) % 4 == 0 ? DGI_NONE
                                  : t                ? (x >> 18) % t
                                                     : DGI_NONE; /* a forest, never a cycle */
            }
        }
        dgi_tree_index(d);
        assert_int_equal(dgi_clauses_read(d, NULL), DG_OK);
        assert_int_equal(dgi_code(&ctx, d, NULL), DG_OK);
        for (uint32_t i = 0; i < d->n_events; i++) {
            assert_true(d->events[i].trigger.start < d->events[i].trigger.end);
            assert_true(d->events[i].content_of == DGI_NONE || d->events[i].content_of < d->n_events);
        }
        dgi_doc_free(d);
    }
}

/* Tracing must change nothing: a row needing both actors was once kept only when the trace was on. */
static void trace_changes_nothing(void **state)
{
    (void)state;
    static const char *const tree = CHAD_SUBJ
        "threatened/threaten/VERB/VBD/0/root sanctions/sanction/NOUN/NNS/2/obj if/if/SCONJ/IN/6/mark "
        "Mali/Mali/PROPN/NNP/6/nsubj attacked/attack/VERB/VBD/2/advcl Niger/Niger/PROPN/NNP/6/obj\n" CHAD_SUBJ
        "accused/accuse/VERB/VBD/0/root Mali/Mali/PROPN/NNP/2/obj of/of/SCONJ/IN/5/mark bombing/bomb/VERB/VBG/2/advcl "
        "Niger/Niger/PROPN/NNP/5/obj";
    char plain[512], traced[512];
    struct dgi_code_ctx ctx = {.tables = lab_tables};
    struct dgi_doc *d = lab_code(tree);
    lab_print(d, plain, sizeof plain);
    dgi_doc_free(d);
    d = lab_parse(tree);
    struct dgi_trace trace = {NULL, 0, 0};
    d->trace = &trace;
    assert_int_equal(dgi_code(&ctx, d, NULL), DG_OK);
    lab_print(d, traced, sizeof traced);
    assert_string_equal(plain, traced);
    assert_true(trace.n > 5);
    dgi_doc_free(d);
}

/* One document's events do not depend on what else the document says. */
static void sentences_are_apart(void **state)
{
    (void)state;
    char one[256], two[512];
    static const char *const a = CHAD_SUBJ "attacked/attack/VERB/VBD/0/root Mali/Mali/PROPN/NNP/2/obj";
    char both[512];
    snprintf(both, sizeof both, "%s\n%s", a, a);
    struct dgi_doc *d = lab_code(a);
    lab_print(d, one, sizeof one);
    dgi_doc_free(d);
    d = lab_code(both);
    lab_print(d, two, sizeof two);
    dgi_doc_free(d);
    char want[600];
    snprintf(want, sizeof want, "%s; %s", one, one);
    assert_string_equal(two, want);
}

static void memory_faults(void **state)
{
    (void)state;
    struct dgi_code_ctx ctx = {.tables = lab_tables};
    for (uint64_t n = 1; n < 100; n++) {
        dg_error err = {0};
        struct dgi_doc *d = lab_parse(CHAD_SUBJ "urged/urge/VERB/VBD/0/root Mali/Mali/PROPN/NNP/2/obj "
                                                "to/to/PART/TO/5/mark withdraw/withdraw/VERB/VB/2/xcomp");
        dgi_arena_fail_at(d->arena, n);
        dg_status st = dgi_code(&ctx, d, &err);
        dgi_doc_free(d);
        if (st == DG_OK)
            return;
        assert_int_equal(st, DG_E_NOMEM);
        assert_true(err.message[0] != 0);
    }
    fail_msg("the coder never got all the memory it asked for");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(voices),
                                       cmocka_unit_test(light_verbs),
                                       cmocka_unit_test(control),
                                       cmocka_unit_test(coordination),
                                       cmocka_unit_test(polarity),
                                       cmocka_unit_test(links),
                                       cmocka_unit_test(nothing),
                                       cmocka_unit_test(fixed_expressions),
                                       cmocka_unit_test(said),
                                       cmocka_unit_test(broken_trees),
                                       cmocka_unit_test(trace_changes_nothing),
                                       cmocka_unit_test(sentences_are_apart),
                                       cmocka_unit_test(memory_faults)};
    return cmocka_run_group_tests(tests, lab_open, lab_close);
}
