/* SPDX-License-Identifier: Apache-2.0 */
/* test_export_rows: pairs of source and target, quoting, formulas, one a day; events made by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "export/columns.h"

#define Z(lit) {(lit), sizeof(lit) - 1}
static const struct dgi_ev_actor who[] = {
    {.id = Z("country:AAA"), .name = Z("A, the \"first\""), .country = "AAA"},
    {.id = Z("country:BBB"), .name = Z("=B"), .country = "BBB"},
    {.id = Z("country:CCC"), .name = Z("-C\nD"), .country = "CCC"},
    {.id = Z("country:AAA"), .name = Z("A again"), .country = "AAA"}};
static const struct dgi_codes no_codes;
static const struct dgi_column two[] = {{"source", DGI_C_SOURCE, DGI_AF_NAME, NULL, "", ""}, {"target", DGI_C_TARGET, DGI_AF_NAME, NULL, "", ""}};

struct made {
    struct dgi_export x;
    struct dgi_buf out;
};

static struct made *writer(uint8_t format)
{
    static struct made m;
    m = (struct made){.x = {.format = format, .text = dgi_layout_table[format].text, .codes = &no_codes, .columns = two, .n_columns = 2, .no_header = true}};
    m.x.out = &m.out;
    return &m;
}

static void expect(struct made *m, const char *text)
{
    assert_string_equal(m->out.ptr ? m->out.ptr : "", text);
    dgi_export_clear(&m->x);
    dgi_buf_free(&m->out);
}

static struct dgi_event event(uint32_t n_source, uint32_t n_target, bool reciprocal)
{
    return (struct dgi_event){.source = who, .n_source = n_source, .target = who + n_source, .n_target = n_target, .cameo = "190",
                              .reciprocal = reciprocal, .date = {DGI_NO_DAY, DGI_NO_DAY, 0}};
}

static void put(struct made *m, const struct dgi_event *ev, int32_t day)
{
    struct dgi_ev_doc d = {.events = ev, .n_events = 1};
    assert_true(dgi_export_event(&m->x, &d, 0, day));
}

static void cells_are_quoted_and_folded(void **state)
{
    (void)state;
    struct dgi_event e = event(1, 1, false), f = event(2, 1, false);
    struct made *m = writer(DGI_EXPORT_CSV);
    put(m, &e, 1);
    expect(m, "\"A, the \"\"first\"\"\",'=B\r\n");
    m = writer(DGI_EXPORT_TSV);
    put(m, &e, 1);
    expect(m, "\"A, the \"\"first\"\"\"\t'=B\n");
    m = writer(DGI_EXPORT_TSV);
    m->x.raw = true;
    put(m, &f, 1);
    expect(m, "\"A, the \"\"first\"\"\"\t-C D\n=B\t-C D\n");
    m = writer(DGI_EXPORT_JSONL);
    put(m, &f, 1);
    expect(m, "{\"source\":\"A, the \\\"first\\\"\",\"target\":\"-C D\"}\n{\"source\":\"=B\",\"target\":\"-C D\"}\n");
}

static void a_side_that_is_not_named_is_empty(void **state)
{
    (void)state;
    struct dgi_event e = event(2, 0, false), none = event(0, 0, false);
    struct made *m = writer(DGI_EXPORT_TSV);
    put(m, &e, 1);
    put(m, &none, 1);
    expect(m, "\"A, the \"\"first\"\"\"\t\n'=B\t\n\t\n");
}

static void both_sides_have_a_row_each_way_and_nobody_meets_himself(void **state)
{
    (void)state;
    struct dgi_event e = event(4, 0, true), f = event(1, 1, true);
    struct made *m = writer(DGI_EXPORT_CSV);
    put(m, &e, 1);
    assert_int_equal(m->x.rows, 6); /* A again is A */
    assert_int_equal(m->x.events, 1);
    dgi_export_clear(&m->x);
    dgi_buf_free(&m->out);
    m = writer(DGI_EXPORT_CSV);
    put(m, &f, 1);
    expect(m, "\"A, the \"\"first\"\"\",'=B\r\n'=B,\"A, the \"\"first\"\"\"\r\n");
}

static void one_a_day_keeps_what_has_no_day(void **state)
{
    (void)state;
    struct dgi_event e = event(1, 1, false);
    struct made *m = writer(DGI_EXPORT_CSV);
    m->x.one_a_day = true;
    for (int i = 0; i < 3; i++)
        put(m, &e, 7);
    put(m, &e, 8);
    e.negated = true;
    put(m, &e, 8);
    assert_int_equal(m->x.rows, 3);
    put(m, &e, DGI_NO_DAY);
    put(m, &e, DGI_NO_DAY);
    assert_int_equal(m->x.rows, 5);
    for (int32_t day = 100; day < 5000; day++) /* the set grows */
        put(m, &e, day), put(m, &e, day);
    assert_int_equal(m->x.rows, 4905);
    dgi_export_clear(&m->x);
    dgi_buf_free(&m->out);
}

int main(void)
{
    const struct CMUnitTest t[] = {cmocka_unit_test(cells_are_quoted_and_folded), cmocka_unit_test(a_side_that_is_not_named_is_empty),
                                   cmocka_unit_test(both_sides_have_a_row_each_way_and_nobody_meets_himself),
                                   cmocka_unit_test(one_a_day_keeps_what_has_no_day)};
    return cmocka_run_group_tests(t, NULL, NULL);
}
