/* SPDX-License-Identifier: Apache-2.0 */
/* Names of arms, aircraft, ships and other makes: where they begin and end, and what else is not one. */
#include "event/name_products.h"

#include <string.h>

#include "resolve_fixture.h"

RESOLVE_FIXTURE(int, DG_OK, (void)) /* the words alone */

/* Words of one sentence, "+" glues a word to the one before ("F +-16s": two tokens, "F" and "-16s"); `lemma` as the form in
 * small letters, without a plural's "s". */
static struct dgi_doc *sentence(const char *line)
{
    struct dgi_doc *d = dgi_doc_new(0);
    char copy[300], text[300] = "", *save = NULL;
    uint32_t at = 0;
    snprintf(copy, sizeof copy, "%s", line);
    d->sents = dgi_arena_array(d->arena, 1, sizeof *d->sents);
    d->n_sents = 1;
    for (char *w = strtok_r(copy, " ", &save); w; w = strtok_r(NULL, " ", &save)) {
        bool glued = *w == '+';
        w += glued;
        if (at && !glued)
            text[at++] = ' ';
        size_t n = strlen(w);
        memcpy(text + at, w, n + 1);
        char *lemma = dgi_arena_alloc(d->arena, n + 1);
        for (size_t i = 0; i <= n; i++)
            lemma[i] = w[i] >= 'A' && w[i] <= 'Z' ? (char)(w[i] | 32) : w[i];
        if (n > 3 && lemma[n - 1] == 's')
            lemma[n - 1] = 0;
        struct dgi_tok *t = DGI_PUSH(d->arena, d->toks, d->n_toks, d->cap_toks);
        *t = (struct dgi_tok){.form = dgi_str(w),
                              .lemma = dgi_str(lemma),
                              .start = at,
                              .end = at + (uint32_t)n,
                              .head = DGI_NONE,
                              .mention = DGI_NONE};
        at += (uint32_t)n;
    }
    char *kept = dgi_arena_alloc(d->arena, at + 1);
    memcpy(kept, text, at + 1);
    d->text = (dg_str){kept, at};
    d->sents[0] = (struct dgi_sent){.end = d->n_toks};
    dgi_doc_words(d, en_words);
    return d;
}

static void ends(const char *line, uint32_t first, uint32_t want)
{
    struct dgi_doc *d = sentence(line);
    uint32_t have = dgi_product_at(d, first);
    if (have != want)
        fail_msg("%s: from %u to %u, not to %u", line, first, have, want);
    dgi_doc_free(d);
}

static void makes(void **state)
{
    (void)state;
    ends("Chile bought F +- +5s in spring", 2, 5); /* a plural, in three tokens */
    ends("Chile bought an F +- +5 jet", 3, 6);
    ends("a Su +- +27 fell", 1, 4);
    ends("Peru flew MiG-29 jets", 2, 3);
    ends("shots of Sputnik V came", 2, 4); /* two words */
    ends("Nine Patriot missiles came", 1, 2);
    ends("the tanker Meteor sank", 2, 3);
    ends("Patriot Acts were passed", 0, 0); /* a word of the language, beside nothing that it could be */
    ends("a patriot missile", 1, 0);        /* a name begins with a capital */
    ends("MiG-2900 is none", 0, 0);
    ends("the F +- +5 +- +X plan", 1, 0); /* a longer code than the list has */
    ends("Meteor", 0, 0);
}

static void by_their_place(void **state)
{
    (void)state;
    struct dgi_doc *d = sentence("the USS Albatross met two Vortex missiles near Vortex");
    struct dgi_named ship = {.first = 1, .end = 3, .tag = DGI_NAME_ORG};
    struct dgi_named missile = {.first = 5, .end = 6, .tag = DGI_NAME_MISC};
    struct dgi_named maker = {.first = 5, .end = 6, .tag = DGI_NAME_ORG};
    struct dgi_named other = {.first = 8, .end = 9, .tag = DGI_NAME_MISC};
    struct dgi_named mark = {.first = 1, .end = 2, .tag = DGI_NAME_ORG};
    assert_true(dgi_is_product(d, &ship));
    assert_true(dgi_is_product(d, &missile));
    assert_false(dgi_is_product(d, &maker)); /* "Boeing missiles": whose they are */
    assert_false(dgi_is_product(d, &other));
    assert_false(dgi_is_product(d, &mark));
    dgi_doc_free(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(makes), cmocka_unit_test(by_their_place)};
    return cmocka_run_group_tests(tests, open_lexicon, close_lexicon);
}
