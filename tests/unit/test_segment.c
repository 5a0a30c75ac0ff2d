/* SPDX-License-Identifier: Apache-2.0 */
/* Sentences and tokens: what is cut, what stays, that offsets point at the words, that hostile text is survived. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "text/segment.h"
#include "text/segment_core.h"

static struct dgi_segmenter *seg;

static int open_model(void **state)
{
    (void)state;
    dg_error err;
    dgi_lexicon *lex;
    if (dgi_lexicon_open(&lex, DG_LEXICON, "en", &err) != DG_OK ||
        dgi_segmenter_open(&seg, DG_MODELS "/segment.dgm", lex, &err) != DG_OK) {
        fprintf(stderr, "%s\n", err.message);
        return -1;
    }
    dgi_lexicon_close(lex); /* what was needed of it is copied */
    return 0;
}

static int close_model(void **state)
{
    (void)state;
    dgi_segmenter_close(seg);
    return 0;
}

static struct dgi_doc *read_text(dg_str text)
{
    struct dgi_doc *d = dgi_doc_new(0);
    assert_non_null(d);
    d->text = text;
    size_t from = 0;
    while (from < text.len) {
        size_t e = from;
        while (e < text.len && !(text.ptr[e] == '\n' && e + 1 < text.len && text.ptr[e + 1] == '\n'))
            e++;
        struct dgi_block *b = DGI_PUSH(d->arena, d->blocks, d->n_blocks, d->cap_blocks);
        assert_non_null(b);
        b->span = (dgi_span){(uint32_t)from, (uint32_t)e};
        from = e + 2;
    }
    assert_int_equal(dgi_segment(seg, d, NULL), DG_OK);
    return d;
}

/* Words joined by a space, words of one token by '~', sentences by " | ". */
static void check(const char *text, const char *want)
{
    struct dgi_doc *d = read_text(dgi_str(text));
    char got[2000] = "";
    size_t n = 0;
    for (uint32_t t = 0; t < d->n_toks; t++) {
        const struct dgi_tok *k = &d->toks[t];
        if (t)
            n += (size_t)snprintf(got + n, sizeof got - n, "%s",
                                  k->sent != d->toks[t - 1].sent ? " | "
                                  : k->flags & DGI_TOK_MWT_REST  ? "~"
                                                                 : " ");
        n += (size_t)snprintf(got + n, sizeof got - n, "%.*s", (int)k->form.len, k->form.ptr);
    }
    assert_string_equal(got, want);
    dgi_doc_free(d);
}

static void words(void **state)
{
    (void)state;
    check("Rep. Tom Brandt (D-Wis.) said no. It rained (so they say.) He left.",
          "Rep. Tom Brandt ( D - Wis . ) said no . | It rained ( so they say . ) | He left .");
    check("Kenya's envoy didn't call.", "Kenya~'s envoy did~n't call .");
    check("They cannot go; we're not gonna ask.", "They can~not go ; we~'re not gon~na ask .");
    check("The workers’ union said it’s over.", "The workers~’ union said it~’s over .");
    check("O'Brien left Sana'a in the 1990's.", "O'Brien left Sana'a in the 1990's .");
    check("It cost $5bn, or 7.5% of GDP.", "It cost $ 5 bn , or 7.5 % of GDP .");
    check("An Ulm-based firm hired pro-Kenyan staff.", "An Ulm - based firm hired pro-Kenyan staff .");
    check("Kips strong-armed Ulm; ROE WAS COLD-SHOULDERED.", "Kips strong-armed Ulm ; ROE WAS COLD-SHOULDERED .");
    check("Its strong-arm men were court-martialled, well-armed.",
          "Its strong - arm men were court-martialled , well - armed .");
    check("strong- armed", "strong - armed");
    check("See https://example.org/a-b_c.html. Or write to x.y@example.org, please.",
          "See https://example.org/a-b_c.html . | Or write to x.y@example.org , please .");
    check("She wrote to example.com.br, not to bbc.co.uk. He left.",
          "She wrote to example.com.br , not to bbc.co.uk . | He left .");
    check("", "");
    check(" \n ", "");
}

static void sentences(void **state)
{
    (void)state;
    check("Gen. Anna P. Oduya met Sen. Ray Kip. They talked.", "Gen. Anna P. Oduya met Sen. Ray Kip . | They talked .");
    check("The U.S. Deputy Secretary left at 5 p.m. Friday.", "The U.S. Deputy Secretary left at 5 p.m. Friday .");
    check("\"We will wait. We have time,\" she said. \"It is late.\"",
          "\" We will wait . | We have time , \" she said . | \" It is late . \"");
    check("He said: “You pay.” Nobody did.", "He said : “ You pay . ” | Nobody did .");
    check("The former envoy — now a minister — Anna Kip returned.",
          "The former envoy — now a minister — Anna Kip returned .");
    check("It was broken\nover lines\nhere and there. Then not.",
          "It was broken over lines here and there . | Then not .");
    check("No mark at the end\n\nA new block", "No mark at the end | A new block");
    check("The envoy flew on to Lviv. Nobody came.", "The envoy flew on to Lviv . | Nobody came .");
    check("J. R. Kip and M. K. Oduya met Msgr. Renzi and Mme. Duval. They ate.",
          "J. R. Kip and M. K. Oduya met Msgr. Renzi and Mme. Duval . | They ate .");
    check("Forty people, incl. women, wait at p. 7, pp. 3-5. Kip v. Oduya is over.",
          "Forty people , incl. women , wait at p. 7 , pp. 3 - 5 . | Kip v. Oduya is over .");
    check("„We wait,“ Kip said. «They left;» nobody came.", "„ We wait , “ Kip said . | « They left ; » nobody came .");
    check("The yard moved to the U.K. Nobody minded.", "The yard moved to the U.K. | Nobody minded .");
    check("He liked ''the mechanics'' of it, ''the old dancers.''",
          "He liked '' the mechanics '' of it , '' the old dancers . ''");
    check("TALKS FAIL IN ULM. ENVOY DIDN'T SIGN.", "TALKS FAIL IN ULM . | ENVOY DID~N'T SIGN .");
}

static void offsets(void **state)
{
    (void)state;
    dg_str text = DGI_S("Zoë’s café — it's “open”.\nAlways… Yes.");
    struct dgi_doc *d = read_text(text);
    uint32_t at = 0;
    for (uint32_t t = 0; t < d->n_toks; t++) {
        const struct dgi_tok *k = &d->toks[t];
        assert_true(k->start >= at && k->end > k->start && k->end <= text.len);
        assert_true(dgi_str_eq(k->form, dgi_slice(d, (dgi_span){k->start, k->end})));
        for (uint32_t b = at; b < k->start; b++) /* nothing but white space between words */
            assert_true(text.ptr[b] == ' ' || text.ptr[b] == '\n');
        bool space = k->end == text.len || text.ptr[k->end] == ' ' || text.ptr[k->end] == '\n';
        assert_int_equal(space, !!(k->flags & DGI_TOK_SPACE_AFTER));
        at = k->end;
    }
    assert_int_equal(at, text.len);
    for (uint32_t s = 0; s < d->n_sents; s++) {
        assert_int_equal(d->sents[s].span.start, d->toks[d->sents[s].first].start);
        assert_int_equal(d->sents[s].span.end, d->toks[d->sents[s].end - 1].end);
        assert_int_equal(d->sents[s].starts_par, s == 0);
    }
    dgi_doc_free(d);
}

static void blocks(void **state)
{
    (void)state;
    dg_str text = DGI_S("ULM (Wire) - Rain fell.\nhttp://x.org\nEnd.");
    struct dgi_doc *d = dgi_doc_new(0);
    d->text = text;
    struct dgi_block *b = DGI_PUSH(d->arena, d->blocks, d->n_blocks, d->cap_blocks);
    *b = (struct dgi_block){.span = {0, 23}, .kind = DGI_BLOCK_BODY, .dateline = {0, 13}};
    b = DGI_PUSH(d->arena, d->blocks, d->n_blocks, d->cap_blocks);
    *b = (struct dgi_block){.span = {24, 36}, .kind = DGI_BLOCK_URL};
    b = DGI_PUSH(d->arena, d->blocks, d->n_blocks, d->cap_blocks);
    *b = (struct dgi_block){.span = {37, 41}, .kind = DGI_BLOCK_SUBHEAD};
    assert_int_equal(dgi_segment(seg, d, NULL), DG_OK);
    assert_int_equal(d->n_sents, 2);
    assert_true(dgi_str_is(d->toks[0].form, "Rain"));
    assert_int_equal(d->sents[1].block, 2);
    assert_int_equal(d->n_toks, 5);
    dgi_doc_free(d);
}

static void hostile(void **state)
{
    (void)state;
    const size_t n = 300000;
    char *text = malloc(n);
    assert_non_null(text);
    static const char *const unit[] = {"a",   ".",  "a1",      "a.",           "'",  "a'", "-",
                                       "@a.", "\"", "http://", "\xE2\x80\x99", "A.B"};
    for (size_t u = 0; u < sizeof unit / sizeof *unit; u++) {
        size_t len = strlen(unit[u]), m = n / len * len;
        for (size_t i = 0; i < m; i += len)
            memcpy(text + i, unit[u], len);
        struct dgi_doc *d = read_text((dg_str){text, m});
        assert_true(d->n_toks > 0 && d->toks[d->n_toks - 1].end == m);
        for (uint32_t s = 0; s < d->n_sents; s++)
            assert_true(d->sents[s].end - d->sents[s].first <= 4 * DGI_SEG_MAX_SENT);
        dgi_doc_free(d);
    }
    free(text);
}

static void memory(void **state)
{
    (void)state;
    for (uint64_t i = 1; i < 6; i++) {
        struct dgi_doc *d = dgi_doc_new(0);
        d->text = DGI_S("One two. Three's four.");
        struct dgi_block *b = DGI_PUSH(d->arena, d->blocks, d->n_blocks, d->cap_blocks);
        b->span = (dgi_span){0, (uint32_t)d->text.len};
        dgi_arena_fail_at(d->arena, i);
        dg_error err;
        dg_status st = dgi_segment(seg, d, &err);
        assert_true(st == DG_OK || st == DG_E_NOMEM);
        if (i == 1)
            assert_int_equal(st, DG_E_NOMEM);
        dgi_doc_free(d);
    }
}

static void missing_model(void **state)
{
    (void)state;
    struct dgi_segmenter *s = NULL;
    dg_error err;
    assert_int_not_equal(dgi_segmenter_open(&s, "/nonexistent/segment.dgm", NULL, &err), DG_OK);
    assert_null(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words),         cmocka_unit_test(sentences), cmocka_unit_test(offsets),
        cmocka_unit_test(blocks),        cmocka_unit_test(hostile),   cmocka_unit_test(memory),
        cmocka_unit_test(missing_model),
    };
    return cmocka_run_group_tests(tests, open_model, close_model);
}
