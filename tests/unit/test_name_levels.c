/* SPDX-License-Identifier: Apache-2.0 */
/* What stands around and within names: titles, names within names, nominals, in order. */
#include "event/name_levels.h"

#include <string.h>

#include "resolve_fixture.h"

RESOLVE_FIXTURE(int, DG_OK, (void)) /* the words alone */

/* The words of one sentence; a name, a place within it, a nominal, as token ranges (first == end: none). Rows come out as
 * "LEVEL:words" with one space between words, '|' between rows. */
struct text {
    const char *words;
    uint32_t name[2], place[2], nominal[2];
    uint8_t kind;
    uint8_t said_as;
};

static void check(const struct text *x, const char *want)
{
    struct dgi_doc *d = dgi_doc_new(0);
    char copy[300], *save = NULL, have[600] = "";
    snprintf(copy, sizeof copy, "%s", x->words);
    d->sents = dgi_arena_array(d->arena, 1, sizeof *d->sents);
    d->n_sents = 1;
    for (char *w = strtok_r(copy, " ", &save); w; w = strtok_r(NULL, " ", &save)) {
        struct dgi_tok *t = DGI_PUSH(d->arena, d->toks, d->n_toks, d->cap_toks);
        *t = (struct dgi_tok){.form = dgi_str(w), .lemma = dgi_str(w), .head = DGI_NONE, .mention = DGI_NONE};
    }
    d->sents[0] = (struct dgi_sent){.end = d->n_toks};
    dgi_doc_words(d, en_words);
    struct dgi_named name = {
        .first = x->name[0], .end = x->name[1], .mention = DGI_NONE, .place = DGI_NONE, .kind = x->kind};
    struct dgi_place p = {.first = x->place[0], .end = x->place[1]};
    struct dgi_entity e = {.type = DGI_ENT_ROLE};
    struct dgi_mention m = {.first = x->nominal[0],
                            .end = x->nominal[1],
                            .head = x->nominal[1] - 1,
                            .kind = DGI_MENTION_NOMINAL,
                            .said_as = x->said_as};
    d->places = &p;
    d->n_places = p.end > p.first;
    d->entities = &e;
    d->n_entities = 1;
    d->mentions = &m;
    d->n_mentions = m.end > m.first;
    uint32_t n = 0;
    struct dgi_named *row = dgi_name_levels(d, &name, name.end > name.first, d->arena, &n);
    for (uint32_t i = 0; row && i < n; i++) {
        char one[200] = "";
        for (uint32_t t = row[i].first; t < row[i].end; t++)
            snprintf(one + strlen(one), sizeof one - strlen(one), "%s%.*s", t > row[i].first ? " " : "",
                     (int)d->toks[t].form.len, d->toks[t].form.ptr);
        snprintf(have + strlen(have), sizeof have - strlen(have), "%s%s:%s", i ? "|" : "",
                 dgi_name_level_name[row[i].level], one);
        if (row[i].level == DGI_NL_NOMINAL)
            snprintf(have + strlen(have), sizeof have - strlen(have), "/%s", dgi_name_kind_name[row[i].kind]);
    }
    assert_string_equal(have, want);
    d->places = NULL;
    d->entities = NULL;
    d->mentions = NULL;
    d->n_places = d->n_entities = d->n_mentions = 0;
    dgi_doc_free(d);
}

static void levels(void **state)
{
    (void)state;
    check(&(struct text){.words = "Then Gen. Ada Ruiz spoke", .name = {2, 4}, .kind = DGI_NK_PER},
          "titled:Gen. Ada Ruiz|name:Ada Ruiz");
    check(&(struct text){.words = "Then gen. Ada Ruiz spoke", .name = {2, 4}, .kind = DGI_NK_PER}, "name:Ada Ruiz");
    check(&(struct text){.words = "General Motors of Lima", .name = {1, 2}, .kind = DGI_NK_ORG}, "name:Motors");
    check(&(struct text){.words = "at Lima Port Authority", .name = {1, 4}, .place = {1, 2}, .kind = DGI_NK_ORG},
          "name:Lima Port Authority|inner:Lima");
    check(&(struct text){.words = "Paris Ruiz sang", .name = {0, 2}, .place = {0, 1}, .kind = DGI_NK_PER},
          "name:Paris Ruiz");
    check(&(struct text){.words = "the Gulf of Lima froze", .name = {1, 4}, .place = {3, 4}, .kind = DGI_NK_LOC},
          "name:Gulf of Lima|inner:Lima");
    check(&(struct text){.words = "the Upper Lima froze", .name = {1, 3}, .place = {2, 3}, .kind = DGI_NK_LOC},
          "name:Upper Lima");
    check(&(struct text){.words = "two soldiers met Ada",
                         .name = {3, 4},
                         .nominal = {0, 2},
                         .kind = DGI_NK_PER,
                         .said_as = DGI_SAID_AS_PEOPLE},
          "nominal:two soldiers/PER|name:Ada");
    check(&(struct text){.words = "the school sued", .nominal = {0, 2}, .said_as = DGI_SAID_AS_PEOPLE},
          "nominal:the school/ORG");
    check(&(struct text){.words = "the Lima School sued", .name = {1, 3}, .nominal = {0, 3}, .kind = DGI_NK_ORG},
          "name:Lima School");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(levels)};
    return cmocka_run_group_tests(tests, open_lexicon, close_lexicon);
}
