/* SPDX-License-Identifier: Apache-2.0 */
/* A bench for the coder's unit tests: a small lexicon from tests/data/code, and documents from hand-made trees.
 *
 * A tree is one line of words `form/lemma/UPOS/XPOS/head/rel`, heads counted from 1, 0 the root; sentences are
 * separated by newlines. Every PROPN or ADJ with a capital is an actor called by its lemma; "in X" makes it a place
 * name in use. */
#ifndef CODE_LAB_H
#define CODE_LAB_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/day.h"
#include "clause/clause.h"
#include "code/code.h"
#include "doc/doc.h"

static dgi_lexicon *lab_lex, *lab_en;
static struct dgi_words *lab_words; /* function words of the real lexicon */
static dgi_coder_tables *lab_tables;

static void lab_fault(void *user, const char *file, uint32_t line, uint32_t field, const char *message)
{
    (void)user;
    fprintf(stderr, "%s:%u:%u: %s\n", file, line, field, message);
}

/* Compile the named tables of tests/data/code into a lexicon and open it. */
__attribute__((unused)) static dgi_lexicon *lab_compile(const char *const *names, uint32_t n)
{
    struct dgi_tsv tsv[16];
    char path[512], out[64];
    uint32_t faults = 0;
    dg_error err = {0};
    dgi_arena *a = dgi_arena_new(0);
    dgi_lexicon *lex = NULL;
    for (uint32_t i = 0; i < n; i++) {
        snprintf(path, sizeof path, "%s/tests/data/code/%s.tsv", DG_SOURCE_DIR, names[i]);
        assert_int_equal(dgi_tsv_read(&tsv[i], a, path, lab_fault, NULL, &faults, &err), DG_OK);
    }
    snprintf(out, sizeof out, "/tmp/dg-code-lab-%d.lex", (int)getpid());
    assert_int_equal(dgi_lexicon_write(out, tsv, n, &err), DG_OK);
    assert_int_equal(dgi_lexicon_open_file(&lex, out, &err), DG_OK);
    unlink(out);
    dgi_arena_free(a);
    return lex;
}

__attribute__((unused)) static int lab_open(void **state)
{
    static const char *const names[] = {"classes",   "compose", "frames-small", "grammar", "lightverbs",
                                        "nonevents", "reader",  "status",       "topics"};
    dg_error err = {0};
    (void)state;
    lab_lex = lab_compile(names, 9);
    assert_int_equal(dgi_coder_tables_open(&lab_tables, lab_lex, &err), DG_OK);
    assert_int_equal(dgi_lexicon_open(&lab_en, DG_LEXICON, "en", &err), DG_OK);
    assert_int_equal(dgi_words_open(&lab_words, lab_en, &err), DG_OK);
    return 0;
}

__attribute__((unused)) static int lab_close(void **state)
{
    (void)state;
    dgi_coder_tables_close(lab_tables);
    dgi_lexicon_close(lab_lex);
    dgi_words_close(lab_words);
    dgi_lexicon_close(lab_en);
    return 0;
}

static uint32_t lab_entity(struct dgi_doc *d, dg_str name)
{
    for (uint32_t i = 0; i < d->n_entities; i++)
        if (dgi_str_eq(d->entities[i].name, name))
            return i;
    struct dgi_entity *e = DGI_PUSH(d->arena, d->entities, d->n_entities, d->cap_entities);
    e->name = e->actor = name;
    e->political = true;
    return d->n_entities - 1;
}

static struct dgi_doc *lab_parse(const char *tree)
{
    struct dgi_doc *d = dgi_doc_new(0);
    d->text = dgi_arena_str(d->arena, dgi_str(tree));
    dg_str rest = d->text, line, word;
    while (dgi_str_next(&rest, '\n', &line)) {
        struct dgi_sent *s = DGI_PUSH(d->arena, d->sents, d->n_sents, d->cap_sents);
        s->first = d->n_toks;
        uint32_t base = d->n_toks;
        while (dgi_str_next(&line, ' ', &word)) {
            dg_str f[6] = {{0}};
            dg_str w = word;
            for (int i = 0; i < 6; i++)
                assert_true(dgi_str_next(&w, '/', &f[i]));
            struct dgi_tok *t = DGI_PUSH(d->arena, d->toks, d->n_toks, d->cap_toks);
            int64_t head = 0;
            t->form = f[0];
            t->lemma = f[1];
            t->start = (uint32_t)(f[0].ptr - d->text.ptr);
            t->end = t->start + (uint32_t)f[0].len;
            t->upos = dgi_upos_parse(f[2]);
            t->xpos = f[3];
            assert_true(dgi_str_int(f[4], &head));
            t->head = head ? base + (uint32_t)head - 1 : DGI_NONE;
            t->rel = dgi_rel_parse(f[5]);
            t->mention = DGI_NONE;
            t->sent = d->n_sents - 1;
        }
        s->end = d->n_toks;
        s->span = (dgi_span){d->toks[s->first].start, d->toks[s->end - 1].end};
    }
    dgi_tree_index(d);
    dgi_doc_words(d, lab_words);
    assert_int_equal(dgi_clauses_read(d, NULL), DG_OK);
    for (uint32_t t = 0; t < d->n_toks; t++) {
        struct dgi_tok *k = &d->toks[t];
        bool capital = k->form.ptr[0] >= 'A' && k->form.ptr[0] <= 'Z';
        if (!(k->upos == DGI_PROPN || (k->upos == DGI_ADJ && capital)))
            continue;
        char buf[32];
        struct dgi_mention *m = DGI_PUSH(d->arena, d->mentions, d->n_mentions, d->cap_mentions);
        m->first = m->head = t;
        m->end = t + 1;
        m->span = (dgi_span){k->start, k->end};
        m->adjectival = k->upos == DGI_ADJ;
        dg_str cs = dgi_case_of(d, t, buf, sizeof buf);
        m->locative = dgi_str_is(cs, "in") || dgi_str_is(cs, "near");
        m->entity = lab_entity(d, k->lemma);
        k->mention = d->n_mentions - 1;
    }
    return d;
}

static struct dgi_doc *lab_code(const char *tree)
{
    struct dgi_doc *d = lab_parse(tree);
    struct dgi_code_ctx ctx = {.tables = lab_tables};
    dg_error err = {0};
    assert_int_equal(dgi_code(&ctx, d, &err), DG_OK);
    return d;
}

/* "accuse.accuse.v Chad->Mali actual; ..." of all events, to be compared with what was meant. */
static void lab_print(const struct dgi_doc *d, char *out, size_t size)
{
    static const char *const status[] = {"actual", "historical", "future", "hypothetical"};
    size_t n = 0;
    out[0] = 0;
    for (uint32_t i = 0; i < d->n_events; i++) {
        const struct dgi_coded *e = &d->events[i];
        n += (size_t)snprintf(out + n, size - n, "%s%s %s ", i ? "; " : "", e->cameo, dgi_plover_name[e->plover]);
        for (int side = 0; side < 2; side++) {
            const struct dgi_ref *r = side ? e->target : e->source;
            uint32_t k = side ? e->n_target : e->n_source;
            for (uint32_t j = 0; j < k; j++)
                n += (size_t)snprintf(out + n, size - n, "%s%.*s", j ? "," : "", (int)d->entities[r[j].entity].name.len,
                                      d->entities[r[j].entity].name.ptr);
            n += (size_t)snprintf(out + n, size - n, side ? " " : "->");
        }
        n += (size_t)snprintf(out + n, size - n, "%s%s", status[e->status], e->negated ? " not" : "");
        if (e->content_of != DGI_NONE)
            n += (size_t)snprintf(out + n, size - n, " of%u", e->content_of);
        if (e->condition_of != DGI_NONE)
            n += (size_t)snprintf(out + n, size - n, " if%u", e->condition_of);
        assert_true(n < size);
    }
}

__attribute__((unused)) static void lab_expect(const char *tree, const char *want)
{
    char got[1024];
    struct dgi_doc *d = lab_code(tree);
    lab_print(d, got, sizeof got);
    assert_string_equal(got, want);
    dgi_doc_free(d);
}

#endif
