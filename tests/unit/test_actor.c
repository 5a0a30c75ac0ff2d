/* SPDX-License-Identifier: Apache-2.0 */
/* Actors: composition, titles, places against governments, people of a country, traps, coreference, and the phrases of
 * `dragoman actor`. Trees are made by hand: form/UPOS/XPOS/head/rel, heads from 1, "/P" "/O" "/N" adds a name tag (person,
 * organisation, people); sentences are separated by " | ". The real tables are used: they are what is tested. */
#include "resolve_fixture.h"

#include "clause/clause.h"
#include "base/day.h"
#include "resolve/actor.h"
#include "resolve/coref.h"

RESOLVE_FIXTURE(struct dgi_actors_ctx, dgi_actors_open(&ctx, lex, en_words, &err), dgi_actors_close)

static struct dgi_doc *make(const char *tree, const char *date)
{
    struct dgi_doc *doc = dgi_doc_new(0);
    char *text = dgi_arena_alloc(doc->arena, strlen(tree) + 1);
    dg_str rest = dgi_str(tree), word;
    size_t at = 0;
    struct dgi_sent *s = NULL;
    struct dgi_day_range day;
    doc->meta.published = date && dgi_day_parse(dgi_str(date), &day) ? day.start : DGI_NO_DAY;
    while (dgi_str_next(&rest, ' ', &word)) {
        if (!word.len)
            continue;
        if (!s || dgi_str_is(word, "|")) {
            s = DGI_PUSH(doc->arena, doc->sents, doc->n_sents, doc->cap_sents);
            s->first = doc->n_toks;
            s->end = doc->n_toks;
            if (dgi_str_is(word, "|"))
                continue;
        }
        dg_str f[6] = {{0}};
        for (int i = 0; i < 6 && dgi_str_next(&word, '/', &f[i]); i++)
            ;
        struct dgi_tok *t = DGI_PUSH(doc->arena, doc->toks, doc->n_toks, doc->cap_toks);
        int64_t head = 0;
        bool joins = dgi_str_is(f[2], "JOIN") || /* "-" as written in "Anglo-French" */
                     (doc->n_toks > 1 && dgi_str_is(doc->toks[doc->n_toks - 2].xpos, "JOIN"));
        if (at && !joins && !dgi_str_is(f[0], "'s") && !dgi_str_is(f[0], ","))
            text[at++] = ' ';
        t->start = (uint32_t)at;
        memcpy(text + at, f[0].ptr, f[0].len);
        at += f[0].len;
        t->end = (uint32_t)at;
        t->form = (dg_str){text + t->start, f[0].len};
        t->lemma = dgi_str_is(f[0], "led") ? dgi_str("lead") : f[0];
        t->upos = dgi_upos_parse(f[1]);
        t->xpos = f[2];
        t->feats = dgi_str("");
        dgi_str_int(f[3], &head);
        t->head = head ? s->first + (uint32_t)head - 1 : DGI_NONE;
        t->rel = dgi_rel_parse(f[4]);
        t->sent = doc->n_sents - 1;
        t->name = !f[5].len ? DGI_NAME_O : f[5].ptr[0] == 'P' ? DGI_NAME_PER : f[5].ptr[0] == 'O' ? DGI_NAME_ORG : DGI_NAME_NORP;
        bool goes_on = t->name && doc->n_toks > s->first + 1 && doc->toks[doc->n_toks - 2].name == t->name;
        t->flags = DGI_TOK_SPACE_AFTER | (t->name && !goes_on ? DGI_TOK_NAME_BEGIN : 0);
        s->end = doc->n_toks;
    }
    doc->text = (dg_str){text, at};
    dgi_tree_index(doc);
    dgi_doc_words(doc, en_words);
    assert_int_equal(dgi_clauses_read(doc, NULL), DG_OK);
    return doc;
}

/* "phrase=actor", with "*" for an adjective and "@" for a place, in the order of the text. */
static void put(char *out, size_t size, const struct dgi_doc *doc)
{
    size_t n = 0;
    out[0] = 0;
    for (uint32_t i = 0; i < doc->n_mentions && n < size; i++) {
        const struct dgi_mention *m = &doc->mentions[i];
        dg_str w = dgi_slice(doc, m->span), a = doc->entities[m->entity].actor;
        n += (size_t)snprintf(out + n, size - n, "%s%.*s=%.*s%s%s", i ? "; " : "", (int)w.len, w.ptr, (int)a.len, a.ptr,
                              m->adjectival ? "*" : "", m->locative ? "@" : "");
    }
}

static const struct {
    const char *tree, *date, *want;
} cases[] = {
    /* country + role; the adjective is a mention of its own */
    {"Ukrainian/ADJ/JJ/2/amod troops/NOUN/NNS/3/nsubj left/VERB/VBD/0/root", "2022-05-01",
     "Ukrainian troops=role:UKR:MIL; Ukrainian=country:UKR*"},
    {"Peru/PROPN/NNP/3/nmod:poss 's/PART/POS/1/case government/NOUN/NN/4/nsubj fell/VERB/VBD/0/root", "1992-04-06",
     "Peru's government=role:PER:GOV; Peru=country:PER"},
    /* office holders by date */
    {"The/DET/DT/3/det Russian/ADJ/JJ/3/amod president/NOUN/NN/4/nsubj spoke/VERB/VBD/0/root", "2005-03-01",
     "The Russian president=person:Vladimir Putin; Russian=country:RUS*"},
    {"The/DET/DT/3/det Russian/ADJ/JJ/3/amod president/NOUN/NN/4/nsubj spoke/VERB/VBD/0/root", "2010-03-01",
     "The Russian president=person:Dmitry Medvedev; Russian=country:RUS*"},
    {"The/DET/DT/3/det Russian/ADJ/JJ/3/amod president/NOUN/NN/4/nsubj spoke/VERB/VBD/0/root", NULL,
     "The Russian president=role:RUS:GOV; Russian=country:RUS*"},
    {"A/DET/DT/4/det former/ADJ/JJ/4/amod Russian/ADJ/JJ/4/amod president/NOUN/NN/5/nsubj spoke/VERB/VBD/0/root", "2010-03-01",
     "A former Russian president=role:RUS:ELI; Russian=country:RUS*"},
    {"The/DET/DT/4/det deputy/ADJ/JJ/4/amod foreign/ADJ/JJ/4/amod minister/NOUN/NN/5/nsubj left/VERB/VBD/0/root", "2010-03-01",
     "The deputy foreign minister=role::GOV"},
    /* titles before names never seen before */
    {"Chadian/ADJ/JJ/2/amod general/NOUN/NN/3/nmod:desc Idris/PROPN/NNP/5/nsubj/P Maloum/PROPN/NNP/3/flat/P "
     "resigned/VERB/VBD/0/root", "1984-01-01", "Chadian general Idris Maloum=person:Idris Maloum; Chadian=country:TCD*"},
    {"Ana/PROPN/NNP/7/nsubj/P Quispe/PROPN/NNP/1/flat/P ,/PUNCT/,/6/punct the/DET/DT/6/det Bolivian/ADJ/JJ/6/amod "
     "envoy/NOUN/NN/1/appos left/VERB/VBD/0/root", "1984-01-01",
     "Ana Quispe=person:Ana Quispe; the Bolivian envoy=person:Ana Quispe; Bolivian=country:BOL*"},
    /* organisation + role; members */
    {"NATO/PROPN/NNP/2/compound allies/NOUN/NNS/3/nsubj met/VERB/VBD/0/root", "2010-03-01", "NATO allies=org:NATO; NATO=org:NATO*"},
    {"The/DET/DT/3/det Islamist/ADJ/JJ/3/amod group/NOUN/NN/5/nsubj Hamas/PROPN/NNP/3/appos/O agreed/VERB/VBD/0/root", "2010-03-01",
     "The Islamist group=group:Hamas; Hamas=group:Hamas"},
    /* Saudi-led is Saudi, US-backed is not American */
    {"US/PROPN/NNP/3/obl:unmarked -/PUNCT/HYPH/1/punct backed/VERB/VBN/4/amod rebels/NOUN/NNS/5/nsubj fled/VERB/VBD/0/root",
     "2015-01-01", "US - backed rebels=role::REB; US=country:USA*"},
    {"Kenyan/ADJ/JJ/3/compound -/PUNCT/HYPH/1/punct led/VERB/VBN/4/amod troops/NOUN/NNS/5/nsubj fled/VERB/VBD/0/root", "2024-08-01",
     "Kenyan - led troops=role:KEN:MIL; Kenyan=country:KEN*"},
    /* capitals: government or place */
    {"Moscow/PROPN/NNP/2/nsubj objected/VERB/VBD/0/root", "2005-01-01", "Moscow=country:RUS"},
    {"They/PRON/PRP/2/nsubj met/VERB/VBD/0/root in/ADP/IN/4/case Moscow/PROPN/NNP/2/obl", "2005-01-01", "Moscow=country:RUS@"},
    {"Moscow/PROPN/NNP/2/nsubj objected/VERB/VBD/0/root", "1975-01-01", "Moscow=country:SUN"},
    /* people of a country, and the state */
    {"Two/NUM/CD/2/nummod Russians/PROPN/NNPS/3/nsubj died/VERB/VBD/0/root", "2005-01-01", "Russians=role:RUS:CVL"},
    {"The/DET/DT/2/det Russians/PROPN/NNPS/3/nsubj objected/VERB/VBD/0/root", "2005-01-01", "Russians=country:RUS"},
    /* one head, two actors */
    {"French/ADJ/JJ/4/amod and/CCONJ/CC/3/cc Polish/ADJ/JJ/1/conj soldiers/NOUN/NNS/5/nsubj left/VERB/VBD/0/root", "2005-01-01",
     "French and Polish soldiers=role:FRA:MIL; French and Polish soldiers=role:POL:MIL; French=country:FRA*; Polish=country:POL*"},
    /* two states in one word, but not where one says whose child somebody is */
    {"Anglo/ADJ/JJ/3/compound -/PUNCT/JOIN/1/punct French/ADJ/JJ/4/amod soldiers/NOUN/NNS/5/nsubj left/VERB/VBD/0/root", "1956-11-05",
     "Anglo-French soldiers=role:GBR:MIL; Anglo-French soldiers=role:FRA:MIL; Anglo-French=country:GBR*; Anglo-French=country:FRA*"},
    {"An/DET/DT/5/det Iranian/ADJ/JJ/4/amod -/PUNCT/JOIN/2/punct American/ADJ/JJ/5/amod journalist/NOUN/NN/6/nsubj left/VERB/VBD/0/root",
     "2016-01-05", "An Iranian-American journalist=role:USA:MED; Iranian-American=country:USA*"},
    /* a power that broke away, while it lasted and where it acts */
    {"Biafran/ADJ/JJ/2/amod troops/NOUN/NNS/3/nsubj left/VERB/VBD/0/root", "1968-05-05",
     "Biafran troops=group:Biafra; Biafran=group:Biafra*"},
    {"Biafran/ADJ/JJ/2/amod troops/NOUN/NNS/3/nsubj left/VERB/VBD/0/root", "2018-05-05", "Biafran troops=role:NGA:MIL"},
    {"Police/NOUN/NNS/4/nsubj in/ADP/IN/3/case Abkhazia/PROPN/NNP/1/nmod left/VERB/VBD/0/root", "2018-05-05",
     "Police=role:GEO:COP"},
    {"Both/DET/DT/2/det Koreas/PROPN/NNPS/3/nsubj objected/VERB/VBD/0/root", "2018-04-27", "Koreas=country:KOR; Koreas=country:PRK"},
    {"Both/DET/DT/2/det Yemens/PROPN/NNPS/3/nsubj objected/VERB/VBD/0/root", "1979-03-01", "Yemens=country:YEM; Yemens=country:YMD"},
    /* no actors */
    {"He/PRON/PRP/2/nsubj played/VERB/VBD/0/root Russian/ADJ/JJ/4/amod roulette/NOUN/NN/2/obj", "2005-01-01", ""},
    {"Michael/PROPN/NNP/3/nsubj/P Jordan/PROPN/NNP/1/flat/P scored/VERB/VBD/0/root", "1995-01-01", "Michael Jordan=person:Michael Jordan"},
    {"It/PRON/PRP/2/expl rained/VERB/VBD/0/root in/ADP/IN/4/case May/PROPN/NNP/2/obl", "2018-01-01", ""},
    /* coreference */
    {"Jacques/PROPN/NNP/3/nsubj/P Chirac/PROPN/NNP/1/flat/P spoke/VERB/VBD/0/root | Chirac/PROPN/NNP/2/nsubj left/VERB/VBD/0/root | "
     "He/PRON/PRP/2/nsubj slept/VERB/VBD/0/root", "1996-01-01",
     "Jacques Chirac=person:Jacques Chirac; Chirac=person:Jacques Chirac; He=person:Jacques Chirac"},
    {"She/PRON/PRP/2/nsubj met/VERB/VBD/0/root Jacques/PROPN/NNP/2/obj/P Chirac/PROPN/NNP/3/flat/P | She/PRON/PRP/2/nsubj "
     "left/VERB/VBD/0/root", "1996-01-01", "Jacques Chirac=person:Jacques Chirac"},
    {"NATO/PROPN/NNP/2/nsubj met/VERB/VBD/0/root | The/DET/DT/2/det alliance/NOUN/NN/3/nsubj agreed/VERB/VBD/0/root", "1996-01-01",
     "NATO=org:NATO; The alliance=org:NATO"},
    {"Chad/PROPN/NNP/2/nsubj objected/VERB/VBD/0/root and/CCONJ/CC/4/cc recalled/VERB/VBD/2/conj its/PRON/PRP$/6/nmod:poss "
     "envoy/NOUN/NN/4/obj", "1996-01-01", "Chad=country:TCD; its envoy=role:TCD:GOV; its=country:TCD"},
    {"Iran/PROPN/NNP/2/nsubj met/VERB/VBD/0/root Iraq/PROPN/NNP/2/obj | Both/DET/DT/2/det countries/NOUN/NNS/3/nsubj "
     "agreed/VERB/VBD/0/root", "1996-01-01", "Iran=country:IRN; Iraq=country:IRQ; Both countries=country:IRN; Both countries=country:IRQ"},
};

static void test_mentions(void **state)
{
    (void)state;
    char got[2048];
    int bad = 0;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct dgi_doc *doc = make(cases[i].tree, cases[i].date);
        dg_error err = {0};
        assert_int_equal(dgi_actors(ctx, doc, &err), DG_OK);
        put(got, sizeof got, doc);
        if (strcmp(got, cases[i].want)) {
            fprintf(stderr, "%s\n  want %s\n  got  %s\n", cases[i].tree, cases[i].want, got);
            bad++;
        }
        dgi_doc_free(doc);
    }
    assert_int_equal(bad, 0);
}

static void test_heads_of_titles_point_to_the_person(void **state)
{
    (void)state;
    struct dgi_doc *doc = make("President/PROPN/NNP/2/nmod:desc Chirac/PROPN/NNP/3/nsubj/P left/VERB/VBD/0/root", "1996-01-01");
    dg_error err;
    uint32_t e[4];
    assert_int_equal(dgi_actors(ctx, doc, &err), DG_OK);
    assert_int_equal(doc->n_mentions, 1);
    assert_int_equal(doc->toks[0].mention, 0);
    assert_int_equal(doc->toks[1].mention, 0);
    assert_int_equal(dgi_actor_fillers(doc, 1, e, 4), 1);
    assert_int_equal(dgi_actor_fillers(doc, 2, e, 4), 0);
    assert_string_equal(doc->entities[e[0]].country, "FRA");
    assert_true(dgi_str_is(doc->entities[e[0]].cameo, "FRAGOV"));
    dgi_doc_free(doc);
}

static void test_first_person(void **state)
{
    (void)state;
    struct dgi_doc *doc = make("Jacques/PROPN/NNP/3/nsubj/P Chirac/PROPN/NNP/1/flat/P said/VERB/VBD/0/root we/PRON/PRP/5/nsubj "
                               "agree/VERB/VBP/3/ccomp and/CCONJ/CC/8/cc I/PRON/PRP/8/nsubj rejoice/VERB/VBP/5/conj", "1996-01-01");
    dg_error err;
    assert_int_equal(dgi_actors(ctx, doc, &err), DG_OK);
    dgi_span words = {doc->toks[3].start, doc->toks[7].end};
    struct dgi_statement s = {.speaker = doc->mentions[0].entity, .content = &words, .n_content = 1, .outer = DGI_NONE,
                              .addressee = DGI_NONE, .cue_tok = 2};
    doc->statements = &s;
    doc->n_statements = 1;
    assert_int_equal(dgi_coref_first_person(ctx, doc, &err), DG_OK);
    char got[512];
    put(got, sizeof got, doc);
    assert_string_equal(got, "Jacques Chirac=person:Jacques Chirac; we=country:FRA; I=person:Jacques Chirac");
    assert_int_equal(doc->mentions[doc->toks[3].mention].first, 3);
    dgi_doc_free(doc);
}

static const struct {
    const char *phrase, *date, *actor, *cameo, *country;
} phrases[] = {
    {"the Russian president", "2005-01-01", "person:Vladimir Putin", "RUSGOV", "RUS"},
    {"the Russian president", "2010-01-01", "person:Dmitry Medvedev", "RUSGOV", "RUS"},
    {"president of France", "1990-01-01", "person:François Mitterrand", "FRAGOV", "FRA"},
    {"UN secretary-general", "1998-01-01", "person:Kofi Annan", "IGOUNO", ""},
    {"head of the IAEA", "2005-01-01", "person:Mohamed ElBaradei", "IGOUNOIAE", ""},
    {"Kremlin", "1980-01-01", "country:SUN", "SUN", "SUN"},
    {"the Kremlin", "2020-01-01", "country:RUS", "RUS", "RUS"},
    {"Ukrainian troops", NULL, "role:UKR:MIL", "UKRMIL", "UKR"},
    {"Uganda's police", NULL, "role:UGA:COP", "UGACOP", "UGA"},
    {"George Bush", "1990-06-01", "person:George H. W. Bush", "USAGOV", "USA"},
    {"George Bush", "2003-06-01", "person:George W. Bush", "USAGOV", "USA"},
    {"the pope", "1990-01-01", "person:John Paul II", "VATGOV", "VAT"},
    {"President Macron", "2020-01-01", "person:Emmanuel Macron", "FRAGOV", "FRA"},
    {"Saigon", "1970-01-01", "country:VNM", "VNM", "VNM"}, /* ISO 3166: South Vietnam was VNM, the North VDR */
    {"Hanoi", "1970-01-01", "country:VDR", "VDR", "VDR"},
    {"Hanoi", "1976-07-02", "country:VNM", "VNM", "VNM"},
    {"General Giap", "1968-01-01", "person:Vo Nguyen Giap", "VDRGOV", "VDR"},
    {"Thieu", "1972-01-01", "person:Nguyen Van Thieu", "VNMGOV", "VNM"},
    {"Salisbury", "1980-03-01", "country:RHO", "RHO", "RHO"},
    {"FARC", NULL, "group:FARC", "COLREB", "COL"},
    {"no such actor at all", NULL, NULL, NULL, NULL},
    {"", NULL, NULL, NULL, NULL},
};

static void test_phrases(void **state)
{
    (void)state;
    int bad = 0;
    for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++) {
        dgi_arena *a = dgi_arena_new(0);
        struct dgi_actor_reading *r;
        struct dgi_day_range day;
        uint32_t n;
        dg_error err;
        int32_t d = phrases[i].date && dgi_day_parse(dgi_str(phrases[i].date), &day) ? day.start : DGI_NO_DAY;
        assert_int_equal(dgi_actor_resolve_phrase(ctx, a, dgi_str(phrases[i].phrase), d, &r, &n, &err), DG_OK);
        bool ok = phrases[i].actor ? n > 0 && dgi_str_is(r[0].actor, phrases[i].actor) && dgi_str_is(r[0].cameo, phrases[i].cameo) &&
                                         !strcmp(r[0].country, phrases[i].country)
                                   : n == 0;
        if (!ok) {
            fprintf(stderr, "'%s' %s: %u readings, first %.*s %.*s %s\n", phrases[i].phrase, phrases[i].date ? phrases[i].date : "", n,
                    n ? (int)r[0].actor.len : 0, n ? r[0].actor.ptr : "", n ? (int)r[0].cameo.len : 0, n ? r[0].cameo.ptr : "",
                    n ? r[0].country : "");
            bad++;
        }
        dgi_arena_free(a);
    }
    assert_int_equal(bad, 0);
}

/* Every allocation fails once: a clean error each time, the same result when none does. */
static void test_memory(void **state)
{
    (void)state;
    char want[2048], got[2048];
    struct dgi_doc *doc = make(cases[0].tree, cases[0].date);
    dg_error err;
    assert_int_equal(dgi_actors(ctx, doc, &err), DG_OK);
    put(want, sizeof want, doc);
    dgi_doc_free(doc);
    for (uint64_t n = 1;; n++) {
        doc = make(cases[0].tree, cases[0].date);
        dgi_arena_fail_at(doc->arena, n);
        dg_status st = dgi_actors(ctx, doc, &err);
        dgi_arena_fail_at(doc->arena, 0);
        if (st == DG_OK) {
            put(got, sizeof got, doc);
            bool same = !strcmp(got, want);
            dgi_doc_free(doc);
            if (same)
                break;
        } else {
            assert_int_equal(st, DG_E_NOMEM);
            dgi_doc_free(doc);
        }
        assert_true(n < 500);
    }
}

/* Trees that no parser makes: any tag, relation and head. Mentions stay in order and inside the document. */
static const char *const words[] = {"the", "The", "Russian", "president", "Vladimir", "Putin", "of", "United", "States", "NATO", "allies",
                                    "he", "it", "their", "-", "led", "troops", "two", "countries", "(", ")", "SDF", "al", "Assad",
                                    "Moscow", "in", "\xff", "", "West", "four", "deputy", "foreign", "minister", "and", "'s", "May",
                                    "we", "I", "Security", "Council", "group", "Hamas", "Bashar"};

static uint32_t next(uint32_t *seed, uint32_t n)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 8) % n;
}

static struct dgi_doc *random_doc(uint32_t *seed)
{
    struct dgi_doc *doc = dgi_doc_new(0);
    char *text = dgi_arena_alloc(doc->arena, 4096);
    size_t at = 0;
    doc->meta.published = next(seed, 3) ? (int32_t)(16000 + next(seed, 3000)) : DGI_NO_DAY;
    for (uint32_t s = 0, n_sents = 1 + next(seed, 4); s < n_sents; s++) {
        struct dgi_sent *se = DGI_PUSH(doc->arena, doc->sents, doc->n_sents, doc->cap_sents);
        uint32_t n = 1 + next(seed, 20);
        se->first = doc->n_toks;
        se->end = se->first + n;
        for (uint32_t i = 0; i < n; i++) {
            struct dgi_tok *t = DGI_PUSH(doc->arena, doc->toks, doc->n_toks, doc->cap_toks);
            const char *w = words[next(seed, sizeof words / sizeof *words)];
            text[at++] = ' ';
            memcpy(text + at, w, strlen(w));
            t->start = (uint32_t)at;
            at += strlen(w);
            t->end = (uint32_t)at;
            t->form = t->lemma = (dg_str){text + t->start, strlen(w)};
            t->xpos = dgi_str(next(seed, 2) ? "NNS" : "NNP");
            t->feats = dgi_str("");
            t->upos = next(seed, 2) ? DGI_PROPN : (uint8_t)next(seed, DGI_N_UPOS);
            t->rel = (uint8_t)next(seed, DGI_N_REL);
            t->head = next(seed, 8) ? se->first + next(seed, n) : DGI_NONE;
            t->sent = s;
            t->name = next(seed, 3) ? DGI_NAME_O : (uint8_t)next(seed, DGI_N_NAME);
            t->flags = next(seed, 2) ? DGI_TOK_NAME_BEGIN : 0;
        }
    }
    doc->text = (dg_str){text, at};
    dgi_tree_index(doc);
    dgi_doc_words(doc, en_words);
    assert_int_equal(dgi_clauses_read(doc, NULL), DG_OK);
    return doc;
}

static void in_order(const struct dgi_doc *doc)
{
    for (uint32_t m = 0; m < doc->n_mentions; m++) {
        const struct dgi_mention *q = &doc->mentions[m];
        assert_true(q->first < q->end && q->end <= doc->n_toks && q->entity < doc->n_entities);
        assert_true(!m || doc->mentions[m - 1].first <= q->first);
    }
    for (uint32_t i = 0; i < doc->n_toks; i++)
        assert_true(doc->toks[i].mention == DGI_NONE || doc->toks[i].mention < doc->n_mentions);
}

static void test_random_trees(void **state)
{
    (void)state;
    uint32_t seed = 1;
    dg_error err;
    for (int k = 0; k < 3000; k++) {
        struct dgi_doc *doc = random_doc(&seed);
        assert_int_equal(dgi_actors(ctx, doc, &err), DG_OK);
        in_order(doc);
        dgi_span all = {0, (uint32_t)doc->text.len};
        struct dgi_statement st[2] = {{.content = &all, .n_content = 1, .outer = DGI_NONE}, {.content = &all, .n_content = 1, .outer = 0}};
        if (doc->n_entities) {
            st[1].speaker = doc->n_entities - 1;
            doc->statements = st;
            doc->n_statements = 2;
            assert_int_equal(dgi_coref_first_person(ctx, doc, &err), DG_OK);
            in_order(doc);
        }
        dgi_doc_free(doc);
    }
}

static void count_fault(void *user, const char *file, uint32_t line, uint32_t field, const char *message)
{
    (void)file;
    (void)line;
    (void)field;
    (void)message;
    ++*(int *)user;
}

static void test_check_finds_faults(void **state)
{
    (void)state;
    dg_str states[] = {dgi_str("FRA"), dgi_str("France"), dgi_str("FRA"), dgi_str(""), dgi_str(""), dgi_str("state"), dgi_str("")};
    dg_str offices[] = {dgi_str("FRA:president:1995-05-17"), dgi_str("president"), dgi_str("Jacques Chirac"), dgi_str("1995-05-17"),
                        dgi_str("1994-05-16"), /* ends before it starts */
                        dgi_str("XXX:president:1995-05-17"), dgi_str("president"), dgi_str("Nobody"), dgi_str("1995-13-45"), dgi_str("")};
    dg_str persons[] = {dgi_str("Jacques Chirac"), dgi_str("FRA"), dgi_str("Jacques Chirac|Chirac"), dgi_str("m"), dgi_str("GOV"),
                        dgi_str(""), dgi_str("1974"), dgi_str("2007"), dgi_str("8")};
    uint32_t lines[] = {5, 6};
    struct dgi_tsv t[] = {{.name = dgi_str("states"), .n_rows = 1, .n_cols = 7, .cell = states, .line = lines},
                          {.name = dgi_str("offices"), .n_rows = 2, .n_cols = 5, .cell = offices, .line = lines},
                          {.name = dgi_str("persons"), .n_rows = 1, .n_cols = 9, .cell = persons, .line = lines}};
    int n = 0;
    assert_int_equal(dgi_actor_check(t, 3, count_fault, &n), 4); /* dates in order, no date, unknown country, unknown person */
    assert_int_equal(n, 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_mentions), cmocka_unit_test(test_heads_of_titles_point_to_the_person), cmocka_unit_test(test_first_person),
        cmocka_unit_test(test_phrases), cmocka_unit_test(test_memory), cmocka_unit_test(test_random_trees), cmocka_unit_test(test_check_finds_faults),
    };
    return cmocka_run_group_tests(tests, open_lexicon, close_lexicon);
}
