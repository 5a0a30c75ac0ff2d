/* SPDX-License-Identifier: Apache-2.0 */
/* Whose a place is on the day of the text: cities of states that ended, and of lands that became states. */
#include <math.h>

#include "resolve_fixture.h"

#include "base/day.h"
#include "resolve/atoms.h"
#include "resolve/place.h"

RESOLVE_FIXTURE(struct dgi_place_ctx, dgi_place_open(&ctx, lex, en_words, &err), dgi_place_close)

static const struct {
    const char *place, *day, *owner;
} cases[] = {
    {"Kiev", "1962-10-24", "SUN"},       {"Kiev", "1991-12-26", "UKR"},      {"Moscow", "1968-08-21", "SUN"},
    {"Moscow", "1998-08-17", "RUS"},     {"Tbilisi", "1989-04-09", "SUN"},   {"Tbilisi", "1992-01-06", "GEO"},
    {"Vilnius", "1985-01-13", "SUN"},    {"Vilnius", "1993-01-13", "LTU"},   {"Prague", "1968-08-21", "CSK"},
    {"Bratislava", "1989-11-27", "CSK"}, {"Bratislava", "1993-01-02", "SVK"}, {"Zagreb", "1971-12-01", "YUG"},
    {"Zagreb", "1995-05-02", "HRV"},     {"Sarajevo", "1984-02-08", "YUG"},  {"Sarajevo", "1993-05-02", "BIH"},
    {"Belgrade", "1999-03-24", "YUG"},   {"Belgrade", "2004-03-18", "SCG"},  {"Belgrade", "2008-02-21", "SRB"},
    {"Leipzig", "1975-06-01", "DDR"},    {"Leipzig", "1990-10-03", "DEU"},   {"Hamburg", "1975-06-01", "DEU"},
    {"Rostock", "1953-06-17", "DDR"},    {"Hanoi", "1972-12-18", "VDR"},     {"Haiphong", "1965-02-07", "VDR"},
    {"Saigon", "1968-01-31", "VNM"},     {"Danang", "1965-03-08", "VNM"},       {"Haiphong", "1979-02-17", "VNM"},
    {"Dacca", "1970-11-13", "PAK"},      {"Chittagong", "1974-01-05", "BGD"}, {"Bulawayo", "1973-05-16", "RHO"},
    {"Bulawayo", "1983-01-26", "ZWE"},   {"Aden", "1986-01-13", "YMD"},      {"Aden", "1994-07-07", "YEM"},
    {"Asmara", "1975-02-01", "ETH"},     {"Asmara", "1998-06-05", "ERI"},    {"Juba", "1992-07-01", "SDN"},
    {"Juba", "2013-12-15", "SSD"},       {"Lima", "1962-10-24", "PER"},
};

static void whose_it_was(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[64];
        struct dgi_day_range day;
        struct dgi_doc doc;
        dgi_arena *a = dgi_arena_new(0);
        snprintf(text, sizeof text, "Trains stopped in %s on Monday", cases[i].place);
        assert_true(dgi_day_parse(dgi_str(cases[i].day), &day));
        assert_int_equal(dgi_phrase_doc(&doc, a, en_words, dgi_str(text), day.start, NULL), DG_OK);
        assert_int_equal(dgi_places(ctx, &doc, NULL), DG_OK);
        if (doc.n_places != 1 || strcmp(doc.places[0].country, cases[i].owner) != 0)
            fail_msg("%s on %s: %s, not %s", cases[i].place, cases[i].day, doc.n_places ? doc.places[0].country : "no place",
                     cases[i].owner);
        dgi_arena_free(a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(whose_it_was)};
    return cmocka_run_group_tests(tests, open_lexicon, close_lexicon);
}
