/* SPDX-License-Identifier: Apache-2.0 */
/* The whole stage: same features as the training program, same result on every path and in any company, always trees. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <pthread.h>
#include <unistd.h>

#include <cmocka.h>

#include "lang/net.h"

#define TINY DG_SOURCE_DIR "/tests/data/tiny.dgm"
#define TINY_MINILM DG_SOURCE_DIR "/tests/data/tiny-minilm.dgm"

/* Sentences as words between blanks, one sentence a line. */
static struct dgi_doc *doc_of(const char *text)
{
    struct dgi_doc *doc = dgi_doc_new(0);
    assert_non_null(doc);
    dg_str rest = dgi_str(text), line, word;
    while (dgi_str_next(&rest, '\n', &line)) {
        uint32_t first = doc->n_toks;
        while (dgi_str_next(&line, ' ', &word)) {
            struct dgi_tok *t = DGI_PUSH(doc->arena, doc->toks, doc->n_toks, doc->cap_toks);
            assert_non_null(t);
            t->form = word;
            t->sent = doc->n_sents;
        }
        struct dgi_sent *s = DGI_PUSH(doc->arena, doc->sents, doc->n_sents, doc->cap_sents);
        assert_non_null(s);
        s->first = first;
        s->end = doc->n_toks;
    }
    return doc;
}

static struct dgi_lang_model *open_model(const char *path, uint32_t kernel)
{
    struct dgi_lang_model *m;
    struct dgi_lang_options opt = DGI_LANG_OPTIONS_INIT;
    dg_error err;
    opt.kernel = kernel;
    if (dgi_lang_model_open(&m, path, &opt, &err) != DG_OK)
        fail_msg("%s", err.message);
    return m;
}

static void analyse(struct dgi_lang_worker *w, struct dgi_doc *doc)
{
    dg_error err;
    assert_int_equal(dgi_lang_analyse(w, doc, &err), DG_OK);
}

static void assert_same_tok(const struct dgi_doc *a, uint32_t i, const struct dgi_doc *b, uint32_t k)
{
    const struct dgi_tok *x = &a->toks[i], *y = &b->toks[k];
    assert_int_equal(x->upos, y->upos);
    assert_int_equal(x->rel, y->rel);
    assert_int_equal(x->name, y->name);
    assert_int_equal(x->flags, y->flags);
    assert_true(dgi_str_eq(x->xpos, y->xpos) && dgi_str_eq(x->feats, y->feats) && dgi_str_eq(x->lemma, y->lemma));
    assert_int_equal(x->head == DGI_NONE, y->head == DGI_NONE);
    if (x->head != DGI_NONE)
        assert_int_equal(x->head - i, y->head - k);
    assert_int_equal(a->read == NULL, b->read == NULL);
    if (a->read)
        assert_memory_equal(&a->read->toks[i], &b->read->toks[k], sizeof a->read->toks[i]);
}

/* What is read of tokens [i, i+n) of a and [k, k+n) of b. */
static void assert_same_read(const struct dgi_doc *a, uint32_t i, const struct dgi_doc *b, uint32_t k, uint32_t n)
{
    for (uint32_t j = 0; a->read && j < n; j++) {
        const struct dgi_read_event *x = dgi_read_event_at(a, i + j), *y = dgi_read_event_at(b, k + j);
        assert_int_equal(x == NULL, y == NULL);
        if (!x || x->first != i + j)
            continue;
        assert_int_equal(x->end - x->first, y->end - y->first);
        assert_memory_equal(x->type, y->type, sizeof x->type);
        assert_memory_equal(x->status, y->status, sizeof x->status);
        assert_memory_equal(&x->negated, &y->negated, sizeof x->negated);
        assert_int_equal(x->to - x->from, y->to - y->from);
        assert_memory_equal(x->role, y->role, (x->to - x->from) * sizeof *x->role);
    }
}

static void assert_trees(const struct dgi_doc *doc)
{
    for (uint32_t s = 0; s < doc->n_sents; s++) {
        uint32_t first = doc->sents[s].first, n = doc->sents[s].end - first;
        uint32_t *head = calloc(n + 1, sizeof *head);
        for (uint32_t i = 0; i < n; i++) {
            uint32_t h = doc->toks[first + i].head;
            head[i] = h == DGI_NONE ? 0 : h - first + 1;
            assert_true(h == DGI_NONE || (h >= first && h < first + n));
            assert_int_equal(h == DGI_NONE, doc->toks[first + i].rel == DGI_REL_ROOT);
        }
        assert_true(n == 0 || dgi_is_tree(head, n));
        free(head);
    }
}

/* Sentences of pseudo-random words, 1 to 40 long. */
static char *babble(uint32_t n_sents, uint32_t fixed_len)
{
    static const char *const words[] = {"The", "minister", "left", ".", "Geneva", "talks", "in", "2022", "—", "“", "parties", "Ivanovna", "e-mail", "n’t"};
    char *p = malloc((size_t)n_sents * (fixed_len ? fixed_len : 40) * 12 + 16), *at = p;
    uint32_t seed = n_sents + fixed_len;
    assert_non_null(p);
    for (uint32_t s = 0; s < n_sents; s++) {
        seed = seed * 1664525u + 1013904223u;
        uint32_t n = fixed_len ? fixed_len : 1 + (seed >> 8) % 40;
        for (uint32_t i = 0; i < n; i++) {
            seed = seed * 1664525u + 1013904223u;
            at += sprintf(at, "%s%s", i ? " " : "", words[(seed >> 8) % 14]);
        }
        *at++ = '\n';
    }
    *--at = 0;
    return p;
}

static void features_are_those_of_training(void **state)
{
    (void)state;
    /* as train/lang/features.py prints them */
    const struct {
        const char *form;
        uint32_t affix[6], shape;
    } t[] = {
        {"Moscow", {14536, 2364, 12644, 12089, 3752, 8326}, 629},     {"N.A.T.O.", {750, 8679, 13894, 1773, 7177, 2169}, 57},
        {"don’t", {10625, 6458, 4117, 11592, 2605, 13135}, 820},      {"’s", {11908, 10979, 10260, 9325, 15682, 1300}, 752},
        {"—", {16027, 847, 15548, 14595, 14915, 10334}, 716},         {"“", {2050, 15570, 13889, 13242, 914, 15651}, 465},
        {"``", {2050, 15570, 13889, 13242, 914, 15651}, 465},         {"''", {2050, 15570, 13889, 13242, 914, 15651}, 465},
        {"…", {750, 6197, 1850, 3034, 1806, 1038}, 935},              {"2022-01-12", {7708, 2343, 9953, 9332, 1389, 8779}, 961},
        {"İstanbul", {8009, 4385, 4170, 2786, 12977, 2114}, 626},     {"ÉLYSÉE", {16162, 12219, 2088, 1981, 2743, 4260}, 853},
        {"groß", {15361, 780, 6705, 14039, 8151, 15785}, 626},        {"Ⅻ", {14311, 2285, 3454, 6801, 6873, 13863}, 839},
    };
    struct dgi_lang_model *m = open_model(TINY, DGI_KERNEL_AUTO);
    struct dgi_word_tables tables = m->tables;
    struct dgi_word_ids id, id2;
    tables.affix_rows = 16384;
    tables.shape_rows = 1024;
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        dgi_word_ids(&tables, dgi_str(t[i].form), &id);
        for (int k = 0; k < 6; k++)
            if (id.affix[k] != t[i].affix[k])
                fail_msg("affix %d of '%s'", k, t[i].form);
        assert_int_equal(id.shape, t[i].shape);
    }
    dgi_word_ids(&tables, DGI_S("THE"), &id);
    assert_int_equal(id.vec, 1);
    assert_int_equal(id.word, 1);
    dgi_word_ids(&tables, DGI_S("1999"), &id);
    assert_int_equal(id.word, 2);
    /* a word of 300 code points is known by its first and last 64 */
    char a[700], b[700];
    memset(a, 'a', 700);
    memset(b, 'a', 700);
    memset(a + 64, 'b', 100);
    memset(b + 64, 'c', 100);
    dgi_word_ids(&tables, (dg_str){a, 300}, &id);
    dgi_word_ids(&tables, (dg_str){b, 300}, &id2);
    assert_memory_equal(&id, &id2, sizeof id);
    for (int i = 0; i < 150; i++)
        memcpy(a + 2 * i, "é", 2);
    dgi_word_ids(&tables, (dg_str){a, 300}, &id);
    dgi_word_ids(&tables, (dg_str){a, 0}, &id);
    dgi_lang_model_close(m);
}

static void every_path_gives_the_same(void **state)
{
    char *text = babble(120, 0);
    struct dgi_doc *want = NULL;
    struct dgi_lang_model *first = NULL;
    for (uint32_t level = DGI_KERNEL_SCALAR; level < DGI_KERNEL_COUNT; level++) {
        struct dgi_lang_model *m = open_model(*state, level);
        struct dgi_lang_worker *w = dgi_lang_worker_new(m);
        struct dgi_doc *doc = doc_of(text);
        assert_non_null(w);
        analyse(w, doc);
        assert_trees(doc);
        dgi_lang_worker_free(w);
        if (!want) {
            want = doc;
            first = m;
            continue;
        }
        for (uint32_t i = 0; i < doc->n_toks; i++)
            assert_same_tok(doc, i, want, i);
        assert_same_read(doc, 0, want, 0, doc->n_toks);
        dgi_doc_free(doc);
        dgi_lang_model_close(m);
    }
    dgi_doc_free(want);
    dgi_lang_model_close(first);
    free(text);
}

/* One by one, backwards, with a used worker: a sentence's analysis does not depend on what came with it or before. */
static void company_does_not_matter(void **state)
{
    char *text = babble(90, 0);
    struct dgi_lang_model *m = open_model(*state, DGI_KERNEL_AUTO);
    struct dgi_lang_worker *w = dgi_lang_worker_new(m), *used = dgi_lang_worker_new(m);
    struct dgi_doc *all = doc_of(text);
    analyse(w, all);
    for (uint32_t s = all->n_sents; s-- > 0;) {
        struct dgi_doc *one = dgi_doc_new(0);
        uint32_t first = all->sents[s].first, n = all->sents[s].end - first;
        for (uint32_t i = 0; i < n; i++)
            DGI_PUSH(one->arena, one->toks, one->n_toks, one->cap_toks)->form = all->toks[first + i].form;
        DGI_PUSH(one->arena, one->sents, one->n_sents, one->cap_sents)->end = n;
        analyse(used, one);
        for (uint32_t i = 0; i < n; i++)
            assert_same_tok(one, i, all, first + i);
        assert_same_read(one, 0, all, first, n);
        dgi_doc_free(one);
    }
    dgi_doc_free(all);
    dgi_lang_worker_free(w);
    dgi_lang_worker_free(used);
    dgi_lang_model_close(m);
    free(text);
}

struct job {
    const struct dgi_lang_model *m;
    struct dgi_doc *doc;
    dg_status st;
};
static void *work(void *arg)
{
    struct job *j = arg;
    struct dgi_lang_worker *w = dgi_lang_worker_new(j->m);
    for (int round = 0; w && round < 3; round++)
        j->st = dgi_lang_analyse(w, j->doc, NULL);
    dgi_lang_worker_free(w);
    return NULL;
}

static void threads_share_a_model(void **state)
{
    char *text = babble(30, 0);
    struct dgi_lang_model *m = open_model(*state, DGI_KERNEL_AUTO);
    struct job job[4];
    pthread_t id[4];
    for (int i = 0; i < 4; i++) {
        job[i] = (struct job){m, doc_of(text), DG_E_NOMEM};
        assert_int_equal(pthread_create(&id[i], NULL, work, &job[i]), 0);
    }
    for (int i = 0; i < 4; i++)
        pthread_join(id[i], NULL);
    for (int i = 0; i < 4; i++) {
        assert_int_equal(job[i].st, DG_OK);
        for (uint32_t k = 0; k < job[0].doc->n_toks; k++)
            assert_same_tok(job[i].doc, k, job[0].doc, k);
    }
    for (int i = 0; i < 4; i++)
        dgi_doc_free(job[i].doc);
    dgi_lang_model_close(m);
    free(text);
}

static void very_long_sentences_are_one_tree(void **state)
{
    struct dgi_lang_model *m = open_model(*state, DGI_KERNEL_AUTO);
    struct dgi_lang_worker *w = dgi_lang_worker_new(m);
    const uint32_t len[] = {1, 249, 250, 251, 256, 257, 300, 1000};
    for (size_t k = 0; k < sizeof len / sizeof *len; k++) {
        char *text = babble(3, len[k]);
        struct dgi_doc *doc = doc_of(text);
        analyse(w, doc);
        assert_trees(doc);
        dgi_doc_free(doc);
        free(text);
    }
    struct dgi_doc *none = dgi_doc_new(0);
    analyse(w, none);
    DGI_PUSH(none->arena, none->sents, none->n_sents, none->cap_sents)->end = 0; /* a sentence without tokens */
    analyse(w, none);
    dgi_doc_free(none);
    dgi_lang_worker_free(w);
    dgi_lang_model_close(m);
}

static void odd_tokens_do_no_harm(void **state)
{
    struct dgi_lang_model *m = open_model(*state, DGI_KERNEL_AUTO);
    struct dgi_lang_worker *w = dgi_lang_worker_new(m);
    struct dgi_doc *doc = doc_of("a b c d e");
    static char big[100000];
    memset(big, 0xC3, sizeof big); /* not even UTF-8 */
    doc->toks[0].form = (dg_str){big, sizeof big};
    doc->toks[1].form = (dg_str){big, 120};
    doc->toks[2].form = (dg_str){"", 0};
    doc->toks[3].form = (dg_str){"\0\xff", 2};
    analyse(w, doc);
    assert_trees(doc);
    dgi_doc_free(doc);
    dgi_lang_worker_free(w);
    dgi_lang_model_close(m);
}

static void out_of_memory_is_a_status(void **state)
{
    struct dgi_lang_model *m = open_model(*state, DGI_KERNEL_AUTO);
    struct dgi_lang_worker *w = dgi_lang_worker_new(m);
    struct dgi_doc *doc = doc_of("Parties met . Talkies LEFT");
    dg_error err;
    dg_status st = DG_E_NOMEM;
    for (uint64_t n = 1; st != DG_OK && n < 50; n++) {
        dgi_arena_fail_at(doc->arena, n);
        st = dgi_lang_analyse(w, doc, &err);
        assert_true(st == DG_OK || (st == DG_E_NOMEM && strstr(err.message, "no memory")));
        dgi_arena_fail_at(doc->arena, 0);
    }
    assert_int_equal(st, DG_OK);
    dgi_doc_free(doc);
    dgi_lang_worker_free(w);
    dgi_lang_model_close(m);
}

/* More pieces than the network has positions: each word keeps its first. */
static void many_pieces_are_no_harm(void **state)
{
    struct dgi_lang_model *m = open_model(*state, DGI_KERNEL_AUTO);
    struct dgi_lang_worker *w = dgi_lang_worker_new(m);
    char text[250 * 16] = "", *at = text;
    for (int i = 0; i < 250; i++)
        at += sprintf(at, "%sa.b.c.x.y.z", i ? " " : "");
    struct dgi_doc *doc = doc_of(text), *again = doc_of(text);
    analyse(w, doc);
    assert_trees(doc);
    for (int i = 0; i < 250; i++) /* written alike, and too many again */
        again->toks[i].form = DGI_S("a.q");
    analyse(w, again);
    for (uint32_t i = 0; i < 250; i++) {
        assert_int_equal(again->toks[i].upos, doc->toks[i].upos);
        assert_int_equal(again->toks[i].head, doc->toks[i].head);
        assert_memory_equal(&again->read->toks[i], &doc->read->toks[i], sizeof doc->read->toks[i]);
    }
    dgi_doc_free(doc);
    dgi_doc_free(again);
    dgi_lang_worker_free(w);
    dgi_lang_model_close(m);
}

static void what_is_read_is_well_formed(void **state)
{
    struct dgi_lang_model *m = open_model(*state, DGI_KERNEL_AUTO);
    struct dgi_lang_worker *w = dgi_lang_worker_new(m);
    char *text = babble(60, 0), *more = babble(2, 600);
    const char *both[] = {text, more};
    uint32_t n = 0;
    for (int k = 0; k < 2; k++) {
        struct dgi_doc *doc = doc_of(both[k]);
        analyse(w, doc);
        assert_non_null(doc->read);
        for (uint32_t i = 0; i < doc->n_toks; i++) {
            const struct dgi_read_tok *t = &doc->read->toks[i];
            assert_true(t->some >= 0 && t->some <= 1.0001f && t->p >= 0 && t->p <= t->some && t->type < DGI_N_PLOVER);
        }
        for (uint32_t i = 0, end = 0; i < doc->read->n_events; end = doc->read->events[i++].end, n++) {
            const struct dgi_read_event *e = &doc->read->events[i];
            assert_true(e->first >= end && e->end > e->first && e->from <= e->first && e->end <= e->to && e->to - e->from <= DGI_LANG_MAX_WORDS);
            assert_int_equal(e->sent, doc->toks[e->first].sent);
            assert_true(e->some >= DGI_READ_LEAST && e->negated >= 0 && e->negated <= 1);
            float types = 0, status = 0;
            for (int j = 0; j < DGI_N_PLOVER; j++)
                types += e->type[j];
            for (int j = 0; j < DGI_N_STATUS; j++)
                status += e->status[j];
            assert_float_equal(types, e->some, 1e-4f);
            assert_float_equal(status, 1, 1e-4f);
            for (uint32_t t = e->from; t < e->to; t++) {
                float roles = 0;
                for (int r = 0; r < DGI_N_READ_ROLE; r++)
                    roles += dgi_read_role_of(e, t, (enum dgi_read_role)r);
                assert_float_equal(roles, 1, .02f);
            }
            assert_true(dgi_read_role_of(e, e->to, DGI_ROLE_SOURCE) == 0);
            assert_ptr_equal(dgi_read_event_at(doc, e->first), e);
            assert_ptr_equal(dgi_read_event_at(doc, e->end - 1), e);
            assert_true(dgi_read_best_type(e) < DGI_N_PLOVER);
        }
        assert_null(dgi_read_event_at(doc, doc->n_toks));
        dgi_doc_free(doc);
    }
    assert_true(n > 20);
    struct dgi_doc *none = doc_of("");
    assert_null(dgi_read_event_at(none, 0));
    dgi_doc_free(none);
    dgi_lang_worker_free(w);
    dgi_lang_model_close(m);
    free(text);
    free(more);
}

/* ---- the shipped model ---- */

static void shipped_model_reads_plain_news(void **state)
{
    (void)state;
    struct dgi_lang_model *m = open_model(DG_MODELS "/parser.dgm", DGI_KERNEL_AUTO);
    struct dgi_lang_worker *w = dgi_lang_worker_new(m);
    struct dgi_doc *doc = doc_of("The foreign minister rejected the demand on Wednesday .\n"
                                 "Hundreds of protesters were arrested by police in the capital .\n"
                                 "THE PRESIDENT ANNOUNCED NEW SANCTIONS AGAINST THE COMPANY .\n"
                                 "Officials said the talks had failed");
    analyse(w, doc);
    assert_trees(doc);
    const struct {
        uint32_t tok;
        const char *lemma;
        uint8_t upos, rel;
        uint32_t head;
    } want[] = {{2, "minister", DGI_NOUN, DGI_REL_NSUBJ, 3},          {3, "reject", DGI_VERB, DGI_REL_ROOT, DGI_NONE},
                {5, "demand", DGI_NOUN, DGI_REL_OBJ, 3},              {9, "hundred", DGI_NOUN, DGI_REL_NSUBJ_PASS, 13},
                {13, "arrest", DGI_VERB, DGI_REL_ROOT, DGI_NONE},     {15, "police", DGI_NOUN, DGI_REL_OBL_AGENT, 13},
                {22, "announce", DGI_VERB, DGI_REL_ROOT, DGI_NONE},   {24, "sanction", DGI_NOUN, DGI_REL_OBJ, 22},
                {29, "official", DGI_NOUN, DGI_REL_NSUBJ, 30},        {34, "fail", DGI_VERB, DGI_REL_CCOMP, 30}};
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        const struct dgi_tok *t = &doc->toks[want[i].tok];
        if (!dgi_str_is(t->lemma, want[i].lemma) || t->upos != want[i].upos || t->rel != want[i].rel || t->head != want[i].head)
            fail_msg("'%.*s' is %.*s %s %s of %u", (int)t->form.len, t->form.ptr, (int)t->lemma.len, t->lemma.ptr, dgi_upos_name[t->upos],
                     dgi_rel_name[t->rel], t->head);
    }
    dgi_doc_free(doc);
    dgi_lang_worker_free(w);
    dgi_lang_model_close(m);
}

static void shipped_model_knows_lemmas(void **state)
{
    (void)state;
    static const char *const t[][3] = {
        {"shelled", "VBD", "shell"},     {"dying", "VBG", "die"},         {"vetoed", "VBD", "veto"},      {"fled", "VBD", "flee"},
        {"militiamen", "NNS", "militiaman"}, {"crises", "NNS", "crisis"}, {"MPs", "NNS", "MP"},           {"Brussels", "NNPS", "Brussels"},
        {"Americans", "NNPS", "American"}, {"ISSUED", "VBD", "issue"},    {"n’t", "RB", "not"},           {"'ll", "MD", "will"},
        {"airstriking", "VBG", "airstrike"}, {"Moscow", "NNP", "Moscow"}, {"harsher", "JJR", "harsh"},    {"series", "NNS", "series"},
        {"overthrown", "VBN", "overthrow"}, {"emissaries", "NNS", "emissary"}, {"him", "PRP", "he"},      {"The", "DT", "the"},
        {"1,500", "CD", "1500"},         {"3,000,000.5", "CD", "3000000.5"}, {"IV", "CD", "IV"},           {"Two", "CD", "two"},
        {"zorbled", "VBD", "zorble"},    {"frobnicating", "VBG", "frobnicate"}};
    struct dgi_lang_model *m = open_model(DG_MODELS "/parser.dgm", DGI_KERNEL_AUTO);
    dgi_arena *a = dgi_arena_new(0);
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        dg_str got = dgi_lemma(m, a, dgi_str(t[i][0]), dgi_str(t[i][1]));
        if (!dgi_str_is(got, t[i][2]))
            fail_msg("%s/%s is '%.*s', not '%s'", t[i][0], t[i][1], (int)got.len, got.ptr, t[i][2]);
    }
    dgi_arena_free(a);
    dgi_lang_model_close(m);
}

static void a_verb_in_ed_is_no_present(void **state)
{
    static const struct {
        const char *form, *xpos, *want, *feats;
    } t[] = {{"signed", "VBP", "VBD", "Mood=Ind|Tense=Past|VerbForm=Fin"},
             {"exceed", "VBP", "VBP", "Mood=Ind|Tense=Pres|VerbForm=Fin"},
             {"embed", "VBP", "VBP", "Mood=Ind|Tense=Pres|VerbForm=Fin"},
             {"fired", "VB", "VB", "Mood=Ind|Tense=Pres|VerbForm=Fin"}};
    (void)state;
    dgi_arena *a = dgi_arena_new(0);
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        struct dgi_tok k = {.form = dgi_str(t[i].form), .xpos = dgi_str(t[i].xpos), .feats = DGI_S("Mood=Ind|Tense=Pres|VerbForm=Fin")};
        assert_true(dgi_lemma_tense(&k, a));
        assert_true(dgi_str_is(k.xpos, t[i].want));
        assert_true(dgi_str_is(k.feats, t[i].feats));
    }
    dgi_arena_free(a);
}

static void shipped_model_is_the_same_on_every_path(void **state)
{
    const char *text = "The parties will meet in Geneva on 3 May , a spokeswoman said , but Kiev ’s envoy won ’t attend .\nNo comment";
    struct dgi_doc *want = NULL;
    struct dgi_lang_model *first = NULL;
    if (access(*state, R_OK) != 0)
        skip(); /* the accurate model is a file of its own */
    for (uint32_t level = DGI_KERNEL_SCALAR; level < DGI_KERNEL_COUNT; level++) {
        struct dgi_lang_model *m = open_model(*state, level);
        struct dgi_lang_worker *w = dgi_lang_worker_new(m);
        struct dgi_doc *doc = doc_of(text);
        analyse(w, doc);
        dgi_lang_worker_free(w);
        if (!want) {
            want = doc;
            first = m;
            continue;
        }
        for (uint32_t i = 0; i < doc->n_toks; i++)
            assert_same_tok(doc, i, want, i);
        dgi_doc_free(doc);
        dgi_lang_model_close(m);
    }
    dgi_doc_free(want);
    dgi_lang_model_close(first);
}

/* Two networks that say the same say it together. */
static void a_network_beside_itself_changes_nothing(void **state)
{
    char *text = babble(60, 0);
    struct dgi_lang_model *alone = open_model(*state, DGI_KERNEL_AUTO), *two = open_model(*state, DGI_KERNEL_AUTO);
    assert_int_equal(dgi_lang_model_beside(two, open_model(*state, DGI_KERNEL_AUTO), NULL), DG_OK);
    assert_true(dgi_lang_model_sum(two) != dgi_lang_model_sum(alone));
    struct dgi_lang_worker *v = dgi_lang_worker_new(alone), *w = dgi_lang_worker_new(two);
    struct dgi_doc *want = doc_of(text), *got = doc_of(text);
    analyse(v, want);
    analyse(w, got);
    for (uint32_t i = 0; i < want->n_toks; i++)
        assert_same_tok(got, i, want, i);
    assert_same_read(got, 0, want, 0, want->n_toks);
    dgi_doc_free(want);
    dgi_doc_free(got);
    dgi_lang_worker_free(v);
    dgi_lang_worker_free(w);
    dgi_lang_model_close(alone);
    dgi_lang_model_close(two);
    free(text);
}

/* What two others say together is half of each. */
static void networks_meet_in_the_middle(void **state)
{
    const char *text = "The parties will meet in Geneva on 3 May , a spokeswoman said , but Kiev 's envoy attacked them and left .";
    const char *const *path = *state;
    if (access(path[1], R_OK) != 0)
        skip(); /* the accurate model is a file of its own */
    struct dgi_doc *doc[3];
    for (int k = 0; k < 3; k++) {
        struct dgi_lang_model *m = open_model(path[k == 0 ? 0 : 1], DGI_KERNEL_AUTO);
        if (k == 2)
            assert_int_equal(dgi_lang_model_beside(m, open_model(path[0], DGI_KERNEL_AUTO), NULL), DG_OK);
        struct dgi_lang_worker *w = dgi_lang_worker_new(m);
        analyse(w, doc[k] = doc_of(text));
        dgi_lang_worker_free(w);
        dgi_lang_model_close(m);
    }
    float apart = 0;
    for (uint32_t i = 0; i < doc[0]->n_toks; i++) {
        float a = doc[0]->read->toks[i].some, b = doc[1]->read->toks[i].some;
        assert_float_equal(doc[2]->read->toks[i].some, .5f * (a + b), 1e-5f);
        apart += a > b ? a - b : b - a;
    }
    assert_true(apart > .01f);
    for (int k = 0; k < 3; k++)
        dgi_doc_free(doc[k]);
}

static void networks_of_other_labels_do_not_go_together(void **state)
{
    const char *const *path = *state;
    struct dgi_lang_model *m = open_model(path[0], DGI_KERNEL_AUTO);
    dg_error err;
    assert_int_equal(dgi_lang_model_beside(m, open_model(path[1], DGI_KERNEL_AUTO), &err), DG_E_MODEL);
    assert_non_null(strstr(err.message, "other labels"));
    dgi_lang_model_close(m);
}

int main(void)
{
    static char shipped[] = DG_MODELS "/parser.dgm", accurate[] = DG_MODELS "/accurate.dgm";
    static char tiny[] = TINY, tiny_minilm[] = TINY_MINILM;
    static const char *both[] = {DG_MODELS "/parser.dgm", DG_MODELS "/accurate.dgm"}, *unlike[] = {TINY, DG_MODELS "/parser.dgm"};
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(features_are_those_of_training),
        cmocka_unit_test_prestate(every_path_gives_the_same, tiny),
        cmocka_unit_test_prestate(every_path_gives_the_same, tiny_minilm),
        cmocka_unit_test_prestate(company_does_not_matter, tiny),
        cmocka_unit_test_prestate(company_does_not_matter, tiny_minilm),
        cmocka_unit_test_prestate(threads_share_a_model, tiny),
        cmocka_unit_test_prestate(threads_share_a_model, tiny_minilm),
        cmocka_unit_test_prestate(very_long_sentences_are_one_tree, tiny),
        cmocka_unit_test_prestate(very_long_sentences_are_one_tree, tiny_minilm),
        cmocka_unit_test_prestate(odd_tokens_do_no_harm, tiny),
        cmocka_unit_test_prestate(odd_tokens_do_no_harm, tiny_minilm),
        cmocka_unit_test_prestate(out_of_memory_is_a_status, tiny),
        cmocka_unit_test_prestate(out_of_memory_is_a_status, tiny_minilm),
        cmocka_unit_test_prestate(many_pieces_are_no_harm, tiny_minilm),
        cmocka_unit_test_prestate(what_is_read_is_well_formed, tiny_minilm),
        cmocka_unit_test_prestate(a_network_beside_itself_changes_nothing, tiny_minilm),
        cmocka_unit_test_prestate(networks_meet_in_the_middle, both),
        cmocka_unit_test_prestate(networks_of_other_labels_do_not_go_together, unlike),
        cmocka_unit_test(shipped_model_reads_plain_news),
        cmocka_unit_test(shipped_model_knows_lemmas),
        cmocka_unit_test(a_verb_in_ed_is_no_present),
        cmocka_unit_test_prestate(shipped_model_is_the_same_on_every_path, shipped),
        cmocka_unit_test_prestate(shipped_model_is_the_same_on_every_path, accurate),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
