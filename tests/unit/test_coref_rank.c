/* SPDX-License-Identifier: Apache-2.0 */
/* The ranked step of coreference: which candidates a pronoun has, what is true of them, that weights alone decide, and faults of
 * the table. Trees as in test_actor.c: form/UPOS/XPOS/head/rel, "/P" a person; sentences are separated by " | ". */
#include "resolve_fixture.h"

#include "clause/clause.h"
#include "resolve/actor_in.h"
#include "resolve/coref.h"

RESOLVE_FIXTURE(struct dgi_actors_ctx, dgi_actors_open(&ctx, lex, en_words, &err), dgi_actors_close)

static struct dgi_doc *make(const char *tree)
{
    struct dgi_doc *doc = dgi_doc_new(0);
    char *text = dgi_arena_alloc(doc->arena, strlen(tree) + 1);
    dg_str rest = dgi_str(tree), word;
    size_t at = 0;
    struct dgi_sent *s = NULL;
    doc->meta.published = DGI_NO_DAY;
    while (dgi_str_next(&rest, ' ', &word)) {
        if (!s || dgi_str_is(word, "|")) {
            s = DGI_PUSH(doc->arena, doc->sents, doc->n_sents, doc->cap_sents);
            s->first = s->end = doc->n_toks;
            s->starts_par = doc->n_sents == 1;
            if (dgi_str_is(word, "|"))
                continue;
        }
        dg_str f[6] = {{0}};
        for (int i = 0; i < 6 && dgi_str_next(&word, '/', &f[i]); i++)
            ;
        struct dgi_tok *t = DGI_PUSH(doc->arena, doc->toks, doc->n_toks, doc->cap_toks);
        int64_t head = 0;
        if (at)
            text[at++] = ' ';
        t->start = (uint32_t)at;
        memcpy(text + at, f[0].ptr, f[0].len);
        at += f[0].len;
        t->end = (uint32_t)at;
        t->form = (dg_str){text + t->start, f[0].len};
        t->lemma = dgi_str_is(f[0], "gave") ? dgi_str("give") : dgi_str_is(f[0], "said") ? dgi_str("say") : t->form;
        t->upos = dgi_upos_parse(f[1]);
        t->xpos = f[2];
        t->feats = dgi_str("");
        dgi_str_int(f[3], &head);
        t->head = head ? s->first + (uint32_t)head - 1 : DGI_NONE;
        t->rel = dgi_rel_parse(f[4]);
        t->sent = doc->n_sents - 1;
        t->name = f[5].len ? DGI_NAME_PER : DGI_NAME_O;
        bool goes_on = t->name && doc->n_toks > s->first + 1 && doc->toks[doc->n_toks - 2].name == t->name;
        t->flags = DGI_TOK_SPACE_AFTER | (t->name && !goes_on ? DGI_TOK_NAME_BEGIN : 0);
        s->end = doc->n_toks;
    }
    doc->text = (dg_str){text, at};
    dgi_tree_index(doc);
    dgi_doc_words(doc, en_words);
    dg_error err;
    assert_int_equal(dgi_clauses_read(doc, &err), DG_OK);
    return doc;
}

struct seen {
    struct dgi_coref_case x; /* of the last question */
    char who[DGI_COREF_MOST + 1][64];
    uint32_t n;
};

static void watch(void *user, const struct dgi_doc *doc, uint32_t tok, const struct dgi_coref_case *x)
{
    struct seen *s = user;
    (void)tok;
    s->x = *x;
    s->n++;
    for (uint32_t i = 0; i < x->n; i++) {
        dg_str a = x->option[i].entity == DGI_NONE ? dgi_str("-") : doc->entities[x->option[i].entity].actor;
        snprintf(s->who[i], sizeof s->who[i], "%.*s%s", (int)a.len, a.ptr, x->option[i].several ? "+" : "");
    }
}

/* Runs the stage over `tree`; the last question is left in *s. */
static struct dgi_doc *ask(const char *tree, struct seen *s)
{
    struct dgi_doc *doc = make(tree);
    dg_error err;
    memset(s, 0, sizeof *s);
    ctx->coref_watch = watch;
    ctx->coref_user = s;
    assert_int_equal(dgi_actors(ctx, doc, &err), DG_OK);
    ctx->coref_watch = NULL;
    return doc;
}

static const struct dgi_coref_option *option(const struct seen *s, const char *who)
{
    for (uint32_t i = 0; i < s->x.n; i++)
        if (!strcmp(s->who[i], who))
            return &s->x.option[i];
    fprintf(stderr, "%s is no candidate\n", who);
    assert_true(false);
    return NULL;
}

#define HAS(o, id) assert_true(dgi_coref_has(o, DGI_COREF_F_##id))
#define HAS_NOT(o, id) assert_false(dgi_coref_has(o, DGI_COREF_F_##id))

static void test_where_and_what(void **state)
{
    (void)state;
    struct seen s;
    struct dgi_doc *doc = ask("Chad/PROPN/NNP/2/nsubj expelled/VERB/VBD/0/root envoys/NOUN/NNS/2/obj of/ADP/IN/5/case "
                              "Niger/PROPN/NNP/3/nmod | It/PRON/PRP/2/nsubj refused/VERB/VBD/0/root talks/NOUN/NNS/2/obj", &s);
    assert_int_equal(s.n, 1);
    assert_int_equal(s.x.cls, DGI_COREF_IT);
    assert_string_equal(s.who[0], "-"); /* nobody is always asked, and first */
    HAS(&s.x.option[0], NOBODY);
    HAS(&s.x.option[0], N_SUBJ);
    const struct dgi_coref_option *chad = option(&s, "country:TCD"), *niger = option(&s, "country:NER");
    HAS(chad, PREV);
    HAS(chad, SUBJ);
    HAS(chad, MAIN);
    HAS(chad, TOPIC);
    HAS(chad, T_STATE);
    HAS(chad, PARALLEL);
    HAS(chad, WAS_SUBJ);
    HAS(niger, NMOD);
    HAS(niger, NEAREST);
    HAS_NOT(niger, MAIN);
    dgi_doc_free(doc);
}

static void test_people_and_things(void **state)
{
    (void)state;
    struct seen s;
    /* a man is no candidate for "it"; a thing is, and as an answer it is nobody */
    struct dgi_doc *doc = ask("Ana/PROPN/NNP/3/nsubj/P Diaz/PROPN/NNP/1/flat/P read/VERB/VBD/0/root a/DET/DT/5/det paper/NOUN/NN/3/obj | "
                              "Chad/PROPN/NNP/2/nsubj praised/VERB/VBD/0/root it/PRON/PRP/2/obj", &s);
    assert_int_equal(s.x.cls, DGI_COREF_IT_OBJ);
    for (uint32_t i = 0; i < s.x.n; i++)
        assert_string_not_equal(s.who[i], "person:Ana Diaz");
    bool thing = false;
    for (uint32_t i = 1; i < s.x.n; i++)
        thing |= s.x.option[i].entity == DGI_NONE && dgi_coref_has(&s.x.option[i], DGI_COREF_F_THING_OBJ);
    assert_true(thing);
    for (uint32_t i = 0; i < s.x.n; i++) /* and no object is its clause's own subject */
        assert_string_not_equal(s.who[i], "country:TCD");
    dgi_doc_free(doc);
    doc = ask("Chad/PROPN/NNP/2/nsubj spoke/VERB/VBD/0/root of/ADP/IN/4/case it/PRON/PRP/2/obl", &s);
    HAS(option(&s, "country:TCD"), OWN_SUBJ);
    dgi_doc_free(doc);
}

static void test_several(void **state)
{
    (void)state;
    struct seen s;
    struct dgi_doc *doc = ask("Chad/PROPN/NNP/4/nsubj and/CCONJ/CC/3/cc Niger/PROPN/NNP/1/conj said/VERB/VBD/0/root they/PRON/PRP/6/nsubj "
                              "agree/VERB/VBP/4/ccomp", &s);
    assert_int_equal(s.x.cls, DGI_COREF_THEY);
    const struct dgi_coref_option *both = option(&s, "country:TCD+");
    HAS(both, T_PAIR);
    HAS(both, REPORTED);
    assert_int_equal(doc->mentions[doc->n_mentions - 1].head, 4); /* "they": the last two mentions are of it */
    assert_int_equal(doc->mentions[doc->n_mentions - 2].head, 4);
    dgi_doc_free(doc);
}

static void test_receiver_and_own(void **state)
{
    (void)state;
    struct seen s;
    struct dgi_doc *doc = ask("Chad/PROPN/NNP/2/nsubj gave/VERB/VBD/0/root it/PRON/PRP/2/iobj days/NOUN/NNS/2/obj", &s);
    HAS(&s.x.option[0], N_RECEIVER);
    dgi_doc_free(doc);
    doc = ask("Niger/PROPN/NNP/2/nsubj objected/VERB/VBD/0/root | Chad/PROPN/NNP/2/nsubj sent/VERB/VBD/0/root its/PRON/PRP$/5/nmod:poss "
              "own/ADJ/JJ/5/amod troops/NOUN/NNS/2/obj", &s);
    HAS(option(&s, "country:TCD"), OWN_WORD);
    HAS_NOT(option(&s, "country:NER"), OWN_WORD);
    dgi_doc_free(doc);
}

static void test_who_stands_beside_is_another(void **state)
{
    (void)state;
    struct seen s;
    struct dgi_doc *doc = ask("Ana/PROPN/NNP/5/nsubj/P Diaz/PROPN/NNP/1/flat/P her/PRON/PRP$/4/nmod:poss boss/NOUN/NN/1/appos left/VERB/VBD/0/root", &s);
    assert_int_equal(s.n, 1);
    for (uint32_t i = 0; i < s.x.n; i++)
        assert_string_not_equal(s.who[i], "person:Ana Diaz");
    dgi_doc_free(doc);
}

/* Who speaks without a name is whose "his" is, and "his country" is the owner's. */
static void test_his_country(void **state)
{
    (void)state;
    struct seen s;
    struct dgi_doc *doc = ask("The/DET/DT/3/det Kenyan/ADJ/JJ/3/amod envoy/NOUN/NN/4/nsubj said/VERB/VBD/0/root his/PRON/PRP$/6/nmod:poss "
                              "country/NOUN/NN/7/nsubj agreed/VERB/VBD/4/ccomp", &s);
    assert_int_equal(s.x.cls, DGI_COREF_HIS);
    HAS(option(&s, "role:KEN:GOV"), ONE_SAYS);
    assert_true(doc->toks[5].mention != DGI_NONE);
    const struct dgi_mention *m = &doc->mentions[doc->toks[5].mention];
    assert_int_equal(m->head, 5);
    assert_true(dgi_str_is(doc->entities[m->entity].actor, "country:KEN"));
    dgi_doc_free(doc);
}

/* The weights decide: where only "nobody" weighs anything, nobody is meant; where only "place" does, the place. */
static void test_weights_decide(void **state)
{
    (void)state;
    static const char tree[] = "Chad/PROPN/NNP/2/nsubj met/VERB/VBD/0/root in/ADP/IN/4/case Niger/PROPN/NNP/2/obl | It/PRON/PRP/2/nsubj "
                               "objected/VERB/VBD/0/root";
    struct dgi_coref_weights was = ctx->coref;
    struct seen s;
    memset(&ctx->coref, 0, sizeof ctx->coref);
    ctx->coref.w[DGI_COREF_IT][DGI_COREF_F_NOBODY] = 100;
    struct dgi_doc *doc = ask(tree, &s);
    assert_int_equal(doc->toks[4].mention, DGI_NONE);
    dgi_doc_free(doc);
    ctx->coref.w[DGI_COREF_IT][DGI_COREF_F_LOC] = 300;
    doc = ask(tree, &s);
    assert_true(doc->toks[4].mention != DGI_NONE);
    assert_string_equal(doc->entities[doc->mentions[doc->toks[4].mention].entity].country, "NER");
    dgi_doc_free(doc);
    ctx->coref = was;
}

/* However the weights stand, "a security source" is nobody who was named before. */
static void test_unnamed_source_stays_unnamed(void **state)
{
    (void)state;
    static const char *const trees[] = {
        "Ana/PROPN/NNP/3/nsubj/P Diaz/PROPN/NNP/1/flat/P resigned/VERB/VBD/0/root | The/DET/DT/3/det security/NOUN/NN/3/compound source/NOUN/NN/4/nsubj "
        "said/VERB/VBD/0/root so/ADV/RB/4/advmod",
        "Ana/PROPN/NNP/3/nsubj/P Diaz/PROPN/NNP/1/flat/P resigned/VERB/VBD/0/root | The/DET/DT/2/det source/NOUN/NN/3/nsubj said/VERB/VBD/0/root "
        "so/ADV/RB/3/advmod"};
    struct dgi_coref_weights was = ctx->coref;
    memset(&ctx->coref, 0, sizeof ctx->coref);
    for (int c = 0; c < DGI_N_COREF_CLASS; c++)
        ctx->coref.w[c][DGI_COREF_F_T_PERSON] = 30000;
    for (size_t i = 0; i < sizeof trees / sizeof *trees; i++) {
        struct seen s;
        struct dgi_doc *doc = ask(trees[i], &s);
        for (uint32_t k = 0; k < doc->n_mentions; k++)
            if (doc->mentions[k].head > 2)
                assert_true(doc->entities[doc->mentions[k].entity].type != DGI_ENT_PERSON);
        dgi_doc_free(doc);
    }
    ctx->coref = was;
}

static void count_fault(void *user, const char *file, uint32_t line, uint32_t field, const char *message)
{
    (void)file;
    (void)line;
    (void)field;
    (void)message;
    ++*(int *)user;
}

static void test_table_faults(void **state)
{
    (void)state;
    enum { COLS = 1 + DGI_N_COREF_CLASS };
    static dg_str cells[(DGI_N_COREF_FEATURE + 1) * COLS];
    static uint32_t lines[DGI_N_COREF_FEATURE + 1];
    for (int f = 0; f < DGI_N_COREF_FEATURE; f++)
        for (int k = 0; k < COLS; k++)
            cells[f * COLS + k] = k ? dgi_str("-12") : dgi_str(dgi_coref_feature_name[f]);
    struct dgi_tsv t = {.name = dgi_str("coref_weights"), .path = dgi_str("t"), .n_rows = DGI_N_COREF_FEATURE, .n_cols = COLS, .cell = cells,
                        .line = lines};
    int n = 0;
    assert_int_equal(dgi_actor_check(&t, 1, count_fault, &n), 0);
    cells[3] = dgi_str("1.5");                            /* no whole number */
    cells[COLS + 2] = dgi_str("99999");                   /* too large */
    cells[2 * COLS] = dgi_str("two-sentences-bakc");      /* no such feature, and one has no row */
    assert_int_equal(dgi_actor_check(&t, 1, count_fault, &n), 4);
    assert_int_equal(n, 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_where_and_what), cmocka_unit_test(test_people_and_things), cmocka_unit_test(test_several),
        cmocka_unit_test(test_receiver_and_own), cmocka_unit_test(test_who_stands_beside_is_another), cmocka_unit_test(test_his_country), cmocka_unit_test(test_weights_decide),
        cmocka_unit_test(test_unnamed_source_stays_unnamed), cmocka_unit_test(test_table_faults),
    };
    return cmocka_run_group_tests(tests, open_lexicon, close_lexicon);
}
