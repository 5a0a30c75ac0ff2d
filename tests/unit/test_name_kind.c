/* SPDX-License-Identifier: Apache-2.0 */
/* What a name is called when the network's word for it is weighed beside the rest of the document and the lists. */
#include "event/name_kind.h"

#include <string.h>

#include "resolve_fixture.h"

RESOLVE_FIXTURE(int, DG_OK, (void)) /* the words alone */

/* Words of one line; "A_B/ORG": a name of two words that the network calls ORG; "|" ends a sentence. What the names are
 * called then, one letter each. */
static void check(const char *line, const char *want, const struct dgi_place *place, uint8_t entity)
{
    struct dgi_doc *d = dgi_doc_new(0);
    struct dgi_named names[32];
    uint32_t n = 0;
    char copy[500], *save = NULL;
    snprintf(copy, sizeof copy, "%s", line);
    d->sents = dgi_arena_array(d->arena, 8, sizeof *d->sents);
    d->sents[d->n_sents++] = (struct dgi_sent){.first = 0};
    for (char *w = strtok_r(copy, " ", &save); w; w = strtok_r(NULL, " ", &save)) {
        char *tag = strchr(w, '/');
        uint8_t kind = !tag ? DGI_NAME_O : tag[1] == 'P' ? DGI_NAME_PER : tag[1] == 'O' ? DGI_NAME_ORG : DGI_NAME_LOC;
        if (tag)
            *tag = 0;
        if (!strcmp(w, "|")) {
            d->sents[d->n_sents - 1].end = d->n_toks;
            d->sents[d->n_sents++] = (struct dgi_sent){.first = d->n_toks};
            continue;
        }
        if (tag)
            names[n++] = (struct dgi_named){
                .first = d->n_toks, .mention = DGI_NONE, .place = DGI_NONE, .tag = kind, .kind = DGI_NK_MISC};
        char *rest = NULL;
        for (char *part = strtok_r(w, "_", &rest); part; part = strtok_r(NULL, "_", &rest)) {
            struct dgi_tok *t = DGI_PUSH(d->arena, d->toks, d->n_toks, d->cap_toks);
            t->form = dgi_str(part);
            t->name = kind;
            t->sent = d->n_sents - 1;
        }
        if (tag)
            names[n - 1].end = d->n_toks;
    }
    d->sents[d->n_sents - 1].end = d->n_toks;
    dgi_doc_words(d, en_words);
    struct dgi_place p = place ? *place : (struct dgi_place){0};
    struct dgi_entity e = {.type = entity, .actor = dgi_str("x:X")};
    struct dgi_mention m = {.first = names[0].first, .end = names[0].end};
    if (place) {
        p.first = names[0].first;
        p.end = names[0].end;
        d->places = &p;
        d->n_places = 1;
        names[0].place = 0;
    }
    if (entity != DGI_ENT_OTHER) {
        d->entities = &e;
        d->mentions = &m;
        d->n_entities = d->n_mentions = 1;
        names[0].mention = 0;
    }
    assert_true(dgi_name_kinds(d, names, n, d->arena));
    char got[33] = "";
    for (uint32_t i = 0; i < n; i++)
        got[i] = names[i].kind == DGI_NK_PER   ? 'P'
                 : names[i].kind == DGI_NK_ORG ? 'O'
                 : names[i].kind == DGI_NK_LOC ? 'L'
                                               : '?';
    assert_string_equal(got, want);
    d->places = NULL;
    d->entities = NULL;
    d->mentions = NULL;
    d->n_places = d->n_entities = d->n_mentions = 0;
    dgi_doc_free(d);
}

static void words(void **state)
{
    (void)state;
    check("Orvane/PER spoke to Tirel/ORG", "PO", NULL, DGI_ENT_OTHER); /* nothing else is known */
    check("the Orvane_Ministry/PER spoke", "O", NULL, DGI_ENT_OTHER);
    check("the Ministry_of_Orvane/LOC spoke", "O", NULL, DGI_ENT_OTHER);
    check("near Orvane_River/PER", "P", NULL, DGI_ENT_OTHER); /* a place word alone does not outweigh the network ... */
    check("in Orvane_River/PER", "L", NULL, DGI_ENT_OTHER);   /* ... with "in" before it does */
    check("and Gen. Orvane/LOC left", "L", NULL, DGI_ENT_OTHER);
    check("and Gen. Orvane/LOC left | but Orvane/PER came", "PP", NULL, DGI_ENT_OTHER);
}

static void elsewhere(void **state)
{
    (void)state;
    check("Tirel/LOC grew | Tirel/ORG fell | TIREL/ORG rose", "OOO", NULL, DGI_ENT_OTHER);
    check("Tirel/LOC grew | Tirel/ORG fell", "LO", NULL, DGI_ENT_OTHER); /* one against one */
}

static void lists(void **state)
{
    (void)state;
    const struct dgi_place place = {.geonames = 1};
    check("Orvane_Bank/ORG lies here", "L", &place, DGI_ENT_OTHER);
    check("Orvane/ORG lies here", "O", &place, DGI_ENT_OTHER); /* a place of one word may be somebody's namesake */
    check("Orvane/ORG agreed", "L", NULL, DGI_ENT_COUNTRY);
    check("Orvane/LOC agreed", "O", NULL, DGI_ENT_ORG);
    check("in Orvane/PER", "P", NULL, DGI_ENT_OTHER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(words), cmocka_unit_test(elsewhere), cmocka_unit_test(lists)};
    return cmocka_run_group_tests(tests, open_lexicon, close_lexicon);
}
