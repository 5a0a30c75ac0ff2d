/* SPDX-License-Identifier: Apache-2.0 */
/* Dates in strings, addresses and datelines; the order in which they count. */
#include "text_help.h"

#include "text/blocks.h"
#include "text/published.h"

static void check(size_t i, bool found, int32_t day, const char *want)
{
    char buf[16] = "none";
    if (found)
        dgi_day_format(day, buf);
    if (strcmp(buf, want ? want : "none"))
        fail_msg("case %zu: %s, not %s", i, buf, want ? want : "none");
}

static void dates(void **state)
{
    (void)state;
    struct help_table h = help_open();
    static const struct {
        const char *s, *want;
    } t[] = {
        {"12 January 2022", "2022-01-12"}, {"Wednesday, January 12, 2022", "2022-01-12"}, {"Jan. 12, 2022", "2022-01-12"},
        {"12th of January, 2022", "2022-01-12"}, {"Sept 1st 1998", "1998-09-01"}, {"MARCH 3, 1998", "1998-03-03"},
        {"2022-01-12T23:10:00-05:00", "2022-01-12"}, {"2022/1/2", "2022-01-02"}, {"31.12.1999", "1999-12-31"},
        {"13/01/2022", "2022-01-13"}, {"01/13/2022", "2022-01-13"}, {"05/05/2022", "2022-05-05"}, {"01/02/2022", NULL},
        {"12-Jan-2022", "2022-01-12"}, {"Wed, 12 Jan 2005 10:00:00 +0000", "2005-01-12"},
        {"on 30 February 2022", NULL}, {"29 February 2023", NULL}, {"29 February 2024", "2024-02-29"},
        {"January 2022", NULL}, {"12 January", NULL}, {"Marching 12, 2022", NULL}, {"May 1822", NULL},
        {"12 January 1822", NULL}, {"112 January 2022", NULL}, {"12 January 20222", NULL}, {"flight 2022-01-123", NULL},
        {"", NULL}, {"2022-", NULL}, {"12.", NULL}, {"Jan", NULL}, {"9 Sep 2001.", "2001-09-09"},
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        int32_t day;
        bool ok = dgi_date_find(h.layout, dgi_str(t[i].s), &day, NULL);
        check(i, ok, day, t[i].want);
    }
    help_close(&h);
}

static void values(void **state)
{
    (void)state;
    struct help_table h = help_open();
    static const struct {
        const char *s, *want;
    } t[] = {
        {"20220112", "2022-01-12"}, {"20220112T101500Z", "2022-01-12"}, {"1641945600", "2022-01-12"},
        {"1641945600000", "2022-01-12"}, {" 2022-01-12 ", "2022-01-12"}, {"12345", NULL}, {"yesterday", NULL},
        {"99999999999999999999", NULL}, {"", NULL},
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        int32_t day;
        bool ok = dgi_date_value(h.layout, dgi_str(t[i].s), &day);
        check(i, ok, day, t[i].want);
    }
    help_close(&h);
}

static void addresses(void **state)
{
    (void)state;
    struct help_table h = help_open();
    static const struct {
        const char *s, *want;
    } t[] = {
        {"https://p.example/2022/01/12/talks", "2022-01-12"}, {"https://p.example/world/talks-2022-01-12", "2022-01-12"},
        {"p.example/20220112/a", "2022-01-12"}, {"http://p.example/2022/jan/12/a", "2022-01-12"},
        {"http://p.example/a_2022_1_2.html", "2022-01-02"}, {"https://2022-01-12.example/a", NULL},
        {"https://p.example/2022/01/talks", NULL}, {"https://p.example/2022/13/12/", NULL},
        {"https://p.example/12345678/a", NULL}, {"https://p.example/id20220112x", NULL}, {"https://p.example/", NULL},
        {"", NULL}, {"https://p.example/2022/01/12", "2022-01-12"},
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        int32_t day;
        bool ok = dgi_date_in_url(h.layout, dgi_str(t[i].s), &day);
        check(i, ok, day, t[i].want);
    }
    help_close(&h);
}

static void lines(void **state)
{
    (void)state;
    struct help_table h = help_open();
    static const struct {
        const char *s, *want;
        bool updated;
    } t[] = {
        {"Saturday, August 24, 2019", "2019-08-24", false}, {"Published: Tuesday 14 July 2015, 18:42 GMT", "2015-07-14", false},
        {"Published 4:12 pm, September 4, 2019 | Updated 9:35 pm", "2019-09-04", false},
        {"Last updated: 13 January 2022 at 10:00", "2022-01-13", true}, {"Ann Roe · January 5, 2021 · 3 min read", "2021-01-05", false},
        {"Web posted at 9:14 p.m. EST, March 3, 1998", NULL, false}, {"The treaty was signed on 12 January 2022.", NULL, false},
        {"On 12 January 2022 the two met", NULL, false}, {"Published accounts of the 12 January 2022 talks differ.", NULL, false},
        {"12 January 2022", "2022-01-12", false},
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        int32_t day;
        bool updated = false;
        bool ok = dgi_date_line(h.layout, dgi_str(t[i].s), &day, &updated);
        check(i, ok, day, t[i].want);
        assert_int_equal(ok && updated, t[i].updated);
    }
    help_close(&h);
}

static void datelines(void **state)
{
    (void)state;
    struct help_table h = help_open();
    static const struct {
        const char *s, *cut; /* what is left begins so; NULL: no dateline */
        bool first;
        const char *day;
    } t[] = {
        {"KABUL, Afghanistan (Reuters) - Two men were held.", "Two", true, NULL},
        {"PARIS — France expelled two diplomats.", "France", true, NULL},
        {"PARIS—France expelled two diplomats.", "France", true, NULL},
        {"GENEVA, Jan 3 (AP) - The talks failed.", "The talks", true, NULL},
        {"GENEVA, Jan. 3, 2005 (Xinhua) -- The talks failed.", "The talks", true, "2005-01-03"},
        {"ISLAMABAD/NEW DELHI, Feb 27 (Some Press) - It was so.", "It was", true, NULL},
        {"BOGOTÁ, Oct. 3 (Hill Press) — He said so.", "He said", true, NULL},
        {"MOSCOW, January 12. /TASS/. Russia will answer.", "Russia", true, NULL},
        {"Dakar, 5 June 2004 (IRIN) - The army left.", "The army", true, "2004-06-05"},
        {"WASHINGTON (AP) _ The vote was put off.", "The vote", true, NULL},
        {"BAGHDAD (AFP) March 20, 2003 - Bombs fell.", "Bombs", true, "2003-03-20"},
        {"LIMA, Peru (Wire), 4 July 1994 -- The mine shut.", "The mine", true, "1994-07-04"},
        {"PORT-au-PRINCE, Haiti (AP) — The president left.", "The president", true, NULL},
        {"N'DJAMENA — The rebels left.", "The rebels", true, NULL},
        {"WASHINGTON D.C. (CW) -- The vote was put off.", "The vote", true, NULL},
        {"(CNN) -- The vote was put off.", "The vote", true, NULL},
        {"Kabul – The rebels claimed the attack.", "The rebels", true, NULL},
        {"ISLAMABAD: The government on Friday rejected an offer of talks that the opposition had made.", "The gov", true, NULL},
        {"CAIRO, EGYPT (REUTER) - THE MINISTERS MET.", "THE MIN", true, NULL},
        {"LIMA, Peru (AP) — \"No,\" he said.", "\"No", false, NULL},
        {"NAIROBI, March 2 - Two were held.", "Two", false, NULL},
        /* none of these */
        {"NATO — which met on Monday — agreed.", NULL, true, NULL},
        {"Peskov - Putin's spokesman - said so.", NULL, true, NULL},
        {"Kabul – The rebels claimed the attack.", NULL, false, NULL},
        {"The minister (a lawyer) - said so.", NULL, true, NULL},
        {"Germany and France agreed (Reuters reported) - but Italy did not.", NULL, true, NULL},
        {"Moscow, which had demanded an answer (AP) - said so.", NULL, true, NULL},
        {"\"PARIS — France\" was on the sign.", NULL, true, NULL},
        {"In Brussels, NATO and the EU - two bodies - met.", NULL, true, NULL},
        {"", NULL, true, NULL}, {"-", NULL, true, NULL}, {"(", NULL, true, NULL}, {"A -", NULL, true, NULL},
        {"TWELVE MEN AND NINE WOMEN WERE FREED - a report said so.", NULL, true, NULL},
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        int32_t day;
        dg_str s = dgi_str(t[i].s);
        size_t n = dgi_dateline(h.layout, s, t[i].first, &day);
        assert_true(n <= s.len);
        if ((n > 0) != (t[i].cut != NULL) || (n && !dgi_str_starts(dgi_str_sub(s, n, s.len), dgi_str(t[i].cut))))
            fail_msg("case %zu: %zu bytes of '%s'", i, n, t[i].s);
        if (n)
            check(i, day != DGI_NO_DAY, day, t[i].day);
    }
    help_close(&h);
}

static void order(void **state)
{
    (void)state;
    struct dgi_dates d;
    struct dgi_meta m = {0};
    dgi_dates_init(&d);
    dgi_dates_decide(&d, &m);
    assert_int_equal(m.published, DGI_NO_DAY);
    assert_true(dgi_str_is(m.published_from, "none"));
    int32_t *const weakest_first[] = {&d.line_updated, &d.line, &d.dateline, &d.url, &d.meta, &d.option};
    static const char *const from[] = {"dateline", "dateline", "dateline", "url", "meta", "option"};
    for (int i = 0; i < 6; i++) {
        *weakest_first[i] = 1000 + i;
        dgi_dates_decide(&d, &m);
        assert_int_equal(m.published, 1000 + i);
        assert_true(dgi_str_is(m.published_from, from[i]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates), cmocka_unit_test(values), cmocka_unit_test(addresses),
        cmocka_unit_test(lines), cmocka_unit_test(datelines), cmocka_unit_test(order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
