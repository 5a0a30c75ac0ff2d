/* SPDX-License-Identifier: Apache-2.0 */
/* test_same_act: which events of a document are one act told again; events made by hand, one thing changed at a time. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "event/same_act.h"

#define Z(lit) {(lit), sizeof(lit) - 1}
static const struct dgi_ev_actor state = {.id = Z("country:AAA"), .name = Z("Aland"), .country = "AAA"},
                                 cabinet = {.id = Z("role:AAA:GOV"), .name = Z("Cabinet"), .country = "AAA", .sectors = Z("GOV")},
                                 rebels = {.id = Z("role:AAA:REB"), .name = Z("rebels"), .country = "AAA", .sectors = Z("REB")},
                                 other = {.id = Z("country:BBB"), .name = Z("Bland"), .country = "BBB"},
                                 full = {.id = Z("person:Ann Lee"), .name = Z("Ann Lee"), .country = "AAA"},
                                 last = {.id = Z("person:Lee"), .name = Z("Lee"), .country = "AAA"},
                                 crowd = {.id = Z("role::CVL"), .name = Z("people")};

static struct dgi_event event(uint32_t sentence, const char *code, const struct dgi_ev_actor *source, const struct dgi_ev_actor *target)
{
    struct dgi_event e = {.sentence = sentence, .source = source, .n_source = source != NULL, .target = target, .n_target = target != NULL,
                          .date = {100, 100, DGI_P_DAY}};
    memcpy(e.cameo, code, strlen(code));
    return e;
}

/* Is the second the act of the first? */
static bool one(const struct dgi_event *a, const struct dgi_event *b)
{
    struct dgi_event e[2] = {*a, *b};
    assert_true(dgi_same_acts(e, 2, 100));
    assert_int_equal(e[0].same_as, DGI_NONE);
    return e[1].same_as == 0;
}

static void codes_stand_on_one_line(void **s)
{
    (void)s;
    struct dgi_event a = event(0, "190", &state, &other), b = event(1, "193", &state, &other), c = event(1, "042", &state, &other);
    assert_true(one(&a, &b));
    assert_false(one(&a, &c));
    struct dgi_event e[3] = {event(0, "193", &state, &other), event(1, "190", &state, &other), event(2, "195", &state, &other)};
    assert_true(dgi_same_acts(e, 3, 100));
    assert_int_equal(e[1].same_as, 0);
    assert_int_equal(e[2].same_as, DGI_NONE); /* an air raid fits "attacked", and not the shots of which it is an account */
    assert_true(one(&b, &b) == false);        /* one sentence: two acts */
}

static void sides_are_the_same_by_other_names(void **s)
{
    (void)s;
    struct dgi_event a = event(0, "163", &state, &other), b = event(1, "163", &cabinet, &other), c = event(1, "163", &rebels, &other);
    assert_true(one(&a, &b));
    assert_false(one(&a, &c));
    a = event(0, "042", &full, &other), b = event(1, "042", &last, &other);
    assert_true(one(&a, &b));
    a = event(0, "193", &state, &crowd), b = event(1, "193", &state, &crowd);
    assert_false(one(&a, &b)); /* nobody in particular, twice */
    a = event(0, "040", &state, &other), b = event(1, "040", &other, &state);
    assert_false(one(&a, &b));
    a.reciprocal = b.reciprocal = true;
    assert_true(one(&a, &b));
    a = event(0, "193", &state, NULL);
    b = event(1, "193", &state, &other);
    assert_false(one(&a, &b));
}

static void what_speaks_against_it(void **s)
{
    (void)s;
    const struct dgi_event a = event(0, "190", &state, &other), plain = event(1, "190", &state, &other);
    struct dgi_event b = plain;
    b.status = DGI_ST_FUTURE;
    assert_false(one(&a, &b));
    b = plain, b.negated = true;
    assert_false(one(&a, &b));
    struct dgi_event dated = a;
    dated.date_from_text = true;
    b = plain, b.date_from_text = true, b.date.start = b.date.end = 98;
    assert_false(one(&dated, &b));
    assert_true(one(&a, &b)); /* the report's day contradicts no day before it ... */
    b.date.start = b.date.end = 50;
    assert_false(one(&a, &b)); /* ... of the last weeks */
    struct dgi_ev_place here = {.name = DGI_S("Hereton"), .country = "AAA", .precision = DGI_PLACE_CITY},
                        there = {.name = DGI_S("Thereby"), .country = "AAA", .precision = DGI_PLACE_CITY};
    struct dgi_event at = a;
    at.place = &here;
    b = plain, b.place = &there;
    assert_false(one(&at, &b));
    assert_true(one(&a, &b));
    struct dgi_ev_quantity five = {.kind = DGI_Q_DEATHS, .value = 5, .low = (double)NAN, .high = (double)NAN},
                           least = {.kind = DGI_Q_DEATHS, .value = (double)NAN, .low = 4, .high = (double)INFINITY}, nine = five;
    nine.value = 9;
    struct dgi_event killed = a;
    killed.quantities = &five, killed.n_quantities = 1;
    b = plain, b.quantities = &nine, b.n_quantities = 1;
    assert_false(one(&killed, &b));
    b.quantities = &least;
    assert_true(one(&killed, &b));
}

static void words_need_a_matter_in_common(void **s)
{
    (void)s;
    struct dgi_event a = event(0, "111", &state, &other), b = event(1, "111", &state, &other);
    a.lemma = b.lemma = (dg_str)Z("criticise");
    a.keys = (dg_str)Z("arms export");
    b.keys = (dg_str)Z("fishing right");
    assert_false(one(&a, &b));
    b.keys = (dg_str)Z("export of weapon");
    assert_true(one(&a, &b));
    a = event(0, "083", &full, NULL), b = event(1, "083", &full, NULL); /* one side: the trigger's word, and no other name */
    a.lemma = (dg_str)Z("resign"), b.lemma = (dg_str)Z("resignation");
    assert_true(one(&a, &b));
    a.about = (dg_str)Z("pardoned Jack Doe"), b.about = (dg_str)Z("pardoned Jim Roe");
    assert_false(one(&a, &b));
    b.about = (dg_str)Z("pardon"), b.lemma = (dg_str)Z("leave");
    assert_false(one(&a, &b));
}

static void one_account_of_each_act_stays(void **s)
{
    (void)s;
    struct dgi_ev_place here = {.name = DGI_S("Hereton"), .country = "AAA", .precision = DGI_PLACE_CITY};
    struct dgi_event e[4] = {event(0, "190", &state, &other), event(1, "190", &state, &other), event(2, "190", &state, &other),
                             event(3, "150", &state, NULL)};
    e[1].place = &here;
    assert_true(dgi_same_acts(e, 4, 100));
    bool all[4] = {false}, some[4] = {false, true, false, true};
    assert_true(dgi_same_acts_fold(e, 4, all));
    assert_true(all[0] && !all[1] && all[2] && !all[3]);
    assert_true(dgi_same_acts_fold(e, 4, some)); /* the fuller one was not asked for */
    assert_true(!some[0] && some[1] && some[2] && some[3]);
}

/* Ten thousand accounts that fit nothing, or each other: no square of them. */
static void many_are_quick(void **s)
{
    (void)s;
    enum { N = 20000 };
    struct dgi_event *e = calloc(N, sizeof *e);
    for (uint32_t i = 0; i < N; i++) {
        e[i] = event(i, "190", &state, &other);
        e[i].date_from_text = i % 2;
        e[i].date.start = e[i].date.end = (int32_t)i;
    }
    assert_true(dgi_same_acts(e, N, DGI_NO_DAY));
    free(e);
}

int main(void)
{
    const struct CMUnitTest t[] = {cmocka_unit_test(codes_stand_on_one_line), cmocka_unit_test(sides_are_the_same_by_other_names),
                                   cmocka_unit_test(what_speaks_against_it), cmocka_unit_test(words_need_a_matter_in_common),
                                   cmocka_unit_test(one_account_of_each_act_stays), cmocka_unit_test(many_are_quick)};
    return cmocka_run_group_tests(t, NULL, NULL);
}
