/* SPDX-License-Identifier: Apache-2.0 */
/* Each repair of the parser on a tree that it mends, with the repair on and switched off. */
#include "code_lab.h"

#include "clause/repair.h"

static enum dgi_control control(const void *tables, uint32_t word, uint8_t upos)
{
    const dgi_coder_tables *t = tables;
    (void)upos;
    return word && word == dgi_lexis_id(dgi_coder_lexis(t), DGI_S("urge")) ? DGI_CONTROL_OBJECT : DGI_CONTROL_AUTO;
}

static bool unreal(const void *tables, uint32_t word, uint8_t upos)
{
    return control(tables, word, upos) == DGI_CONTROL_OBJECT;
}

struct lab {
    struct dgi_doc *d;
    dgi_arena *scratch;
    struct dgi_reading r;
};

static void begin(struct lab *l, const char *tree, uint64_t off)
{
    memset(l, 0, sizeof *l);
    l->d = lab_parse(tree);
    l->scratch = dgi_arena_new(0);
    l->r.lx = dgi_coder_lexis(lab_tables);
    l->r.tables = lab_tables;
    l->r.control = control;
    l->r.unreal = unreal;
    l->r.off = off;
    assert_non_null(l->scratch);
    assert_true(dgi_reading_make(&l->r, l->d, l->scratch));
}

static void end(struct lab *l)
{
    dgi_arena_free(l->scratch);
    dgi_doc_free(l->d);
}

/* On and off: two answers, DGI_NONE for none. */
#define REPAIR(which, tree, question, on_answer, off_answer)                                                           \
    do {                                                                                                               \
        for (int off = 0; off < 2; off++) {                                                                            \
            struct lab l;                                                                                              \
            begin(&l, tree, off ? (uint64_t)1 << DGI_REPAIR_##which : 0);                                              \
            const struct dgi_reading *r = &l.r;                                                                        \
            assert_int_equal((question), off ? (off_answer) : (on_answer));                                            \
            end(&l);                                                                                                   \
        }                                                                                                              \
    } while (0)

static uint32_t only(void (*f)(const struct dgi_reading *, uint32_t, struct dgi_fill *), const struct dgi_reading *r,
                     uint32_t v)
{
    struct dgi_fill o = {{0}, 0};
    f(r, v, &o);
    return o.n == 1 ? o.tok[0] : DGI_NONE;
}

static void words(void **state)
{
    (void)state;
    REPAIR(LEMMA, "bombed/bombede/VERB/VBD/0/root", r->lem[0] == dgi_lexis_id(r->lx, DGI_S("bomb")), true, false);
    REPAIR(TWO_TAGS, "Chad/Chad/PROPN/NNP/2/nsubj attacked/attack/NOUN/VBD/0/root", r->upos[1], DGI_VERB, DGI_NOUN);
    REPAIR(HEADLINE_VERB, "Chad/Chad/PROPN/NNP/2/nsubj attack/attack/NOUN/NN/0/root Mali/Mali/PROPN/NNP/2/obj",
           r->upos[1], DGI_VERB, DGI_NOUN);
}

static void partners(void **state)
{
    (void)state;
    REPAIR(SAID_PARTNER,
           "Chad/Chad/PROPN/NNP/2/nsubj said/say/VERB/VBD/0/root that/that/SCONJ/IN/6/mark war/war/NOUN/NN/6/nsubj "
           "was/be/AUX/VBD/6/cop near/near/ADJ/JJ/2/ccomp but/but/CCONJ/CC/8/cc left/leave/VERB/VBD/6/conj "
           "Mali/Mali/PROPN/NNP/8/obj",
           dgi_partner(r, 7), 1, 5);
    REPAIR(SPLIT_SUBJECT,
           "Togo/Togo/PROPN/NNP/2/nsubj freed/free/VERB/VBD/0/root sailors/sailor/NOUN/NNS/2/obj and/and/CCONJ/CC/5/cc "
           "Benin/Benin/PROPN/NNP/3/conj agreed/agree/VERB/VBD/2/conj",
           dgi_split_subject(r, 5), 4, DGI_NONE);
    REPAIR(FINITE_PARTNER,
           "Chad/Chad/PROPN/NNP/2/nsubj asked/ask/VERB/VBD/0/root that/that/SCONJ/IN/5/mark they/they/PRON/PRP/5/nsubj "
           "go/go/VERB/VB/2/ccomp ,/,/PUNCT/,/7/punct left/leave/VERB/VBD/5/conj",
           dgi_partner(r, 6), 1, 4);
}

static void attachments(void **state)
{
    (void)state;
    REPAIR(GERUND_OF,
           "tired/tired/ADJ/JJ/0/root of/of/ADP/IN/4/case feeding/feed/VERB/VBG/4/amod cats/cat/NOUN/NNS/1/obl",
           dgi_is_gerund_of(r, 2), true, false);
    REPAIR(SWALLOWED,
           "They/they/PRON/PRP/2/nsubj left/leave/VERB/VBD/0/root after/after/ADP/IN/4/case Chad/Chad/PROPN/NNP/2/obl "
           "shelled/shell/VERB/VBN/2/advcl Mali/Mali/PROPN/NNP/5/obj",
           dgi_surface_subject(r, 4), 3, 0);
    REPAIR(SPEAKER,
           "Chad/Chad/PROPN/NNP/2/nsubj said/say/VERB/VBD/0/root it/it/PRON/PRP/4/nsubj won/win/VERB/VBD/2/ccomp "
           ",/,/PUNCT/,/6/punct saying/say/VERB/VBG/4/advcl",
           dgi_speaker_verb(r, 5, 3), 1, 3);
}

static void phrases(void **state)
{
    (void)state;
    REPAIR(NESTED_AGENT,
           "It/it/PRON/PRP/3/nsubj:pass was/be/AUX/VBD/3/aux:pass issued/issue/VERB/VBN/0/root on/on/ADP/IN/5/case "
           "paper/paper/NOUN/NN/3/obl by/by/ADP/IN/7/case Chad/Chad/PROPN/NNP/5/nmod",
           only(dgi_agents, r, 2), 6, DGI_NONE);
    REPAIR(PARTICLE,
           "Chad/Chad/PROPN/NNP/2/nsubj called/call/VERB/VBD/0/root off/off/ADP/IN/5/case the/the/DET/DT/5/det "
           "vote/vote/NOUN/NN/2/obl",
           only(dgi_objects, r, 1), 4, DGI_NONE);
    REPAIR(LATER_OBJECT,
           "Chad/Chad/PROPN/NNP/2/nsubj took/take/VERB/VBD/0/root and/and/CCONJ/CC/4/cc kept/keep/VERB/VBD/2/conj "
           "ships/ship/NOUN/NNS/4/obj",
           only(dgi_objects, r, 1), 4, DGI_NONE);
    REPAIR(PURPOSE,
           "They/they/PRON/PRP/2/nsubj urged/urge/VERB/VBD/0/root Mali/Mali/PROPN/NNP/2/obj to/to/PART/TO/5/mark "
           "leave/leave/VERB/VB/2/advcl",
           only(dgi_open_complements, r, 1), 4, DGI_NONE);
    REPAIR(ADJUNCT_INFINITIVE,
           "They/they/PRON/PRP/2/nsubj urged/urge/VERB/VBD/0/root Mali/Mali/PROPN/NNP/2/obj to/to/PART/TO/5/mark "
           "leave/leave/VERB/VB/2/advcl",
           dgi_surface_subject(r, 4), 2, 0);
    REPAIR(SET_OFF,
           "Chad/Chad/PROPN/NNP/3/nsubj ,/,/PUNCT/,/1/punct asked/ask/VERB/VBD/0/root for/for/ADP/IN/5/case "
           "help/help/NOUN/NN/3/obl by/by/ADP/IN/7/case Mali/Mali/PROPN/NNP/5/nmod ,/,/PUNCT/,/9/punct "
           "sent/send/VERB/VBD/3/conj",
           dgi_is_passive(r, 2), true, false);
    REPAIR(PARENTHESIS,
           "Mali/Mali/PROPN/NNP/2/nsubj won/win/VERB/VBD/0/root ,/,/PUNCT/,/5/punct he/he/PRON/PRP/5/nsubj "
           "said/say/VERB/VBD/2/parataxis",
           dgi_parenthesis(r, 4), 1, DGI_NONE);
}

/* Control, coordination and relative clauses are no repairs: they hold with all of these off. */
static void borrowed_subjects(void **state)
{
    (void)state;
    struct lab l;
    begin(&l,
          "Chad/Chad/PROPN/NNP/2/nsubj promised/promise/VERB/VBD/0/root Mali/Mali/PROPN/NNP/2/obl to/to/PART/TO/5/mark "
          "leave/leave/VERB/VB/2/xcomp and/and/CCONJ/CC/7/cc return/return/VERB/VB/5/conj",
          UINT64_MAX);
    assert_int_equal(dgi_surface_subject(&l.r, 4), 0);
    assert_int_equal(dgi_surface_subject(&l.r, 6), 0);
    end(&l);
    begin(&l,
          "They/they/PRON/PRP/2/nsubj urged/urge/VERB/VBD/0/root Mali/Mali/PROPN/NNP/2/obj to/to/PART/TO/5/mark "
          "leave/leave/VERB/VB/2/xcomp",
          UINT64_MAX);
    assert_int_equal(dgi_surface_subject(&l.r, 4), 2);
    end(&l);
    begin(&l, "ships/ship/NOUN/NNS/0/root that/that/PRON/WDT/3/obj Chad/Chad/PROPN/NNP/3/nsubj", UINT64_MAX);
    end(&l);
    begin(&l, "ships/ship/NOUN/NNS/0/root that/that/PRON/WDT/3/nsubj sank/sink/VERB/VBD/1/acl:relcl", UINT64_MAX);
    assert_int_equal(dgi_surface_subject(&l.r, 2), 0);
    end(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words),   cmocka_unit_test(partners),          cmocka_unit_test(attachments),
        cmocka_unit_test(phrases), cmocka_unit_test(borrowed_subjects),
    };
    return cmocka_run_group_tests(tests, lab_open, lab_close);
}
