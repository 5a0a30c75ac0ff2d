/* SPDX-License-Identifier: Apache-2.0 */
/* Places: the right one of a name by what stands beside it, by the document's countries and by size; what is no place.
 * Sentences are our own; tokens are cut by dgi_phrase_doc(), so there are no tags: the fallback rules are tested too. */
#include <math.h>

#include "resolve_fixture.h"

#include "resolve/place.h"
#include "resolve/atoms.h"

RESOLVE_FIXTURE(struct dgi_place_ctx, dgi_place_open(&ctx, lex, en_words, &err), dgi_place_close)

/* "name/ISO3/precision" joined by ", ". */
static void put_places(char *out, size_t size, const struct dgi_doc *doc)
{
    size_t n = 0;
    out[0] = 0;
    for (uint32_t i = 0; i < doc->n_places && n < size; i++) {
        const struct dgi_place *p = &doc->places[i];
        n += (size_t)snprintf(out + n, size - n, "%s%.*s/%s/%c", i ? ", " : "", (int)p->name.len, p->name.ptr, p->country, "carg"[p->precision]);
    }
}

static const struct {
    const char *text, *want;
} cases[] = {
    {"Shells fell on Aleppo overnight", "Aleppo/SYR/c"},
    {"A SWAT team came from Beirut", "Beirut/LBN/c"},
    {"He flew from Paris to Beirut", "Paris/FRA/c, Beirut/LBN/c"},
    {"A tornado hit Paris, Texas", "Paris/USA/c, Texas/USA/a"},
    {"A barn burnt in Athens, Georgia, on Monday", "Athens/USA/c, Georgia/USA/a"},
    {"The prime ministers of Athens, Georgia, Ukraine and Moldova dined", "Athens/USA/c, Georgia/GEO/r, Ukraine/UKR/r, Moldova/MDA/r"},
    {"A mine burnt near Tripoli (northern Lebanon)", "Tripoli/LBN/c, Lebanon/LBN/r"},
    {"Floods in Tripoli, Lebanon, killed two", "Tripoli/LBN/c, Lebanon/LBN/r"},
    {"Militias fought in Tripoli", "Tripoli/LBY/c"},
    {"the Syrian city of Homs", "Homs/SYR/c"},
    {"Lebanese troops moved into Tripoli, and Lebanon said Lebanese forces held it", "Tripoli/LBN/c, Lebanon/LBN/r"},
    {"The Lebanese army deployed in Tripoli", "Tripoli/LBN/c"},
    {"Talks opened in Victoria, the capital of Seychelles", "Victoria/SYC/c, Seychelles/SYC/r"},
    {"U.S. envoys arrived in Geneva", "United States/USA/r, Geneva/CHE/c"},
    {"Fighting spread in Darfur and in South Kordofan", "Darfur/SDN/g, South Kordofan/SDN/g"},
    {"Tankers left the Strait of Hormuz", "Strait of Hormuz//g"},
    {"Russia annexed Crimea", "Russia/RUS/r, Crimea/UKR/a"},
    {"Talks were held in the United Arab Emirates", "United Arab Emirates/ARE/r"},
    {"Ships gathered in the South China Sea near Taiwan", "South China Sea//g, Taiwan/TWN/r"},
    {"Kyiv and Moscow traded prisoners", "Kyiv/UKR/c, Moscow/RUS/c"},
    {"Kiev and Moscow traded prisoners", "Kiev/UKR/c, Moscow/RUS/c"},
    {"Rebels took Deir ez-Zor", "Deir ez-Zor/SYR/c"},
    {"Troops left Al-Hudaydah", "Al-Hudaydah/YEM/c"},
    {"the U.S. and the UK", "United States/USA/r, United Kingdom/GBR/r"},
    {"He told us that US troops would leave", "United States/USA/r"},
    {"an air base at Incirlik in Turkey", "Incirlik/TUR/c, Turkey/TUR/r"},
    {"Georgia accused Russia over South Ossetia", "Georgia/GEO/r, Russia/RUS/r, South Ossetia/GEO/g"},
    {"Voters in Georgia and Florida queued, said the governor in Atlanta", "Georgia/USA/a, Florida/USA/a, Atlanta/USA/c"},
    {"A bill by Ray Miller, D-Columbus, failed", "Columbus/USA/c"},
    {"Cuba's former leader spoke", "Cuba/CUB/r"},
    /* no places */
    {"They signed the Treaty of Rome", ""},
    {"The Vienna Convention protects envoys", ""},
    {"He reads the Washington Post", ""},
    {"the Paris Agreement on climate", ""},
    {"the Bank of England raised rates", ""},
    {"Iranian and Turkish diplomats met", ""},
    {"The turkey was cold", ""},
    {"the Islamic State claimed it", ""},
    {"", ""},
};

static void table_of_sentences(void **state)
{
    (void)state;
    int wrong = 0;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        dgi_arena *a = dgi_arena_new(0);
        struct dgi_doc doc;
        char got[400];
        assert_int_equal(dgi_phrase_doc(&doc, a, en_words, dgi_str(cases[i].text), DGI_NO_DAY, NULL), DG_OK);
        assert_int_equal(dgi_places(ctx, &doc, NULL), DG_OK);
        put_places(got, sizeof got, &doc);
        if (strcmp(got, cases[i].want)) {
            print_error("'%s': got '%s', want '%s'\n", cases[i].text, got, cases[i].want);
            wrong++;
        }
        dgi_arena_free(a);
    }
    assert_int_equal(wrong, 0);
}

static void phrases(void **state)
{
    (void)state;
    static const struct {
        const char *phrase, *country;
        double lat, lon;
        int64_t id;
    } p[] = {
        {"Paris", "FRA", 48.85, 2.35, 2988507},
        {"Paris, Texas", "USA", 33.66, -95.55, 4717560},
        {"the Syrian city of Homs", "SYR", 34.73, 36.72, 169577},
        {"damascus", "SYR", 33.51, 36.29, 170654},
        {"Golan Heights", "SYR", 33.0, 35.8, 173708},
        {"Europe", "", 50, 15, 6255148},
        {"Nez Perce County", "USA", 46.40, -116.99, 5602115},
        {"Marfa, Texas", "USA", 30.31, -104.02, 5525775},
        {"the Gulf of Aden", "", 12.5, 48, 0},
        {"France", "FRA", 46.5, 2.5, 3017382},
        {"Brussels", "BEL", 50.85, 4.35, 2800866},
    };
    for (size_t i = 0; i < sizeof p / sizeof *p; i++) {
        struct dgi_place out[5];
        uint32_t n;
        assert_int_equal(dgi_place_phrase(ctx, dgi_str(p[i].phrase), out, 5, &n, NULL), DG_OK);
        assert_true(n > 0 && n <= 5);
        assert_string_equal(out[0].country, p[i].country);
        assert_true(out[0].geonames == p[i].id);
        assert_true(fabs(out[0].lat - p[i].lat) < 1.5 && fabs(out[0].lon - p[i].lon) < 1.5);
    }
    struct dgi_place out[3];
    uint32_t n;
    assert_int_equal(dgi_place_phrase(ctx, DGI_S("Treaty of Rome"), out, 3, &n, NULL), DG_OK);
    assert_int_equal(n, 0);
    assert_int_equal(dgi_place_phrase(ctx, DGI_S("xyzzy"), out, 3, &n, NULL), DG_OK);
    assert_int_equal(n, 0);
}

/* What the network tags as a person or as part of an organisation is no place. */
static void tags_decide(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint32_t first, n;
        uint8_t tag;
        uint32_t want;
    } c[] = {
        {"They praised Jordan in Amman", 2, 1, DGI_NAME_PER, 1},
        {"They praised Jordan in Amman", 2, 1, DGI_NAME_LOC, 2},
        {"The Damascus Steel Company closed", 1, 3, DGI_NAME_ORG, 0},
        {"They reached Zzyzx near Damascus", 2, 1, DGI_NAME_O, 1},
        {"They camped near Zzyzx", 3, 1, DGI_NAME_LOC, 1},
    };
    for (size_t i = 0; i < sizeof c / sizeof *c; i++) {
        dgi_arena *a = dgi_arena_new(0);
        struct dgi_doc doc;
        assert_int_equal(dgi_phrase_doc(&doc, a, en_words, dgi_str(c[i].text), DGI_NO_DAY, NULL), DG_OK);
        for (uint32_t t = 0; t < doc.n_toks; t++) { /* other capitalised words are places, as a tagger would say */
            bool here = t >= c[i].first && t < c[i].first + c[i].n;
            char ch = doc.toks[t].form.ptr[0];
            doc.toks[t].upos = ch >= 'A' && ch <= 'Z' && t ? DGI_PROPN : DGI_NOUN;
            doc.toks[t].name = here ? c[i].tag : ch >= 'A' && ch <= 'Z' && t ? DGI_NAME_LOC : DGI_NAME_O;
            if (doc.toks[t].name && (t == 0 || doc.toks[t - 1].name != doc.toks[t].name))
                doc.toks[t].flags |= DGI_TOK_NAME_BEGIN;
        }
        assert_int_equal(dgi_places(ctx, &doc, NULL), DG_OK);
        uint32_t whole = 0;
        for (uint32_t k = 0; k < doc.n_places; k++)
            whole += !doc.places[k].part;
        if (whole != c[i].want)
            fail_msg("case %zu: %u places, want %u", i, whole, c[i].want);
        dgi_arena_free(a);
    }
}

static void any_bytes(void **state)
{
    (void)state;
    static const char *const piece[] = {"Paris", ",", "Texas", "of", "New", "York", "the", "Syrian", "city", "in", "'s", "Al", "-", ("\xC3\x85" "land"),
                                        "US", "us", "'", "(", "Strait", "Gulf", "de", "San", "Jose", "Of", "A", "\xE2\x80\x99"};
    uint32_t seed = 7;
    for (int round = 0; round < 2000; round++) {
        char text[300];
        size_t n = 0;
        for (int k = 0; k < 25; k++) {
            seed = seed * 1664525u + 1013904223u;
            n += (size_t)snprintf(text + n, sizeof text - n, "%s%s", piece[(seed >> 10) % (sizeof piece / sizeof *piece)], (seed >> 28) > 2 ? " " : "");
        }
        dgi_arena *a = dgi_arena_new(0);
        struct dgi_doc doc;
        assert_int_equal(dgi_phrase_doc(&doc, a, en_words, dgi_str(text), DGI_NO_DAY, NULL), DG_OK);
        assert_int_equal(dgi_places(ctx, &doc, NULL), DG_OK);
        uint32_t at = 0;
        for (uint32_t i = 0; i < doc.n_places; i++) {
            const struct dgi_place *p = &doc.places[i];
            assert_true(p->span.start >= at && p->span.end > p->span.start && p->span.end <= doc.text.len);
            assert_true(p->first < p->end && p->end <= doc.n_toks && p->name.len > 0);
            assert_true(isnan(p->lat) || (fabs(p->lat) <= 90 && fabs(p->lon) <= 180));
            at = p->span.end;
        }
        dgi_arena_free(a);
    }
}

static void memory_runs_out(void **state)
{
    (void)state;
    bool done = false;
    for (uint64_t n = 1; !done && n < 100; n++) {
        dgi_arena *a = dgi_arena_new(0);
        struct dgi_doc doc;
        dg_error err = {0};
        assert_int_equal(dgi_phrase_doc(&doc, a, en_words, DGI_S("Paris, Texas and Homs in Syria, London, Rome, Cairo and Baghdad"), DGI_NO_DAY, NULL), DG_OK);
        dgi_arena_fail_at(a, n);
        dg_status st = dgi_places(ctx, &doc, &err);
        done = st == DG_OK;
        assert_true(done || (st == DG_E_NOMEM && err.message[0]));
        dgi_arena_free(a);
    }
    assert_true(done);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(table_of_sentences), cmocka_unit_test(phrases), cmocka_unit_test(tags_decide),
                                       cmocka_unit_test(any_bytes), cmocka_unit_test(memory_runs_out)};
    return cmocka_run_group_tests(tests, open_lexicon, close_lexicon);
}
