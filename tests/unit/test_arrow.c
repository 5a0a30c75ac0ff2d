/* SPDX-License-Identifier: Apache-2.0 */
/* test_arrow: what dg_export_take() hands over: release once, lifetimes, nulls, an empty table, moved children. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "dragoman.h"

static dg_model *model;
static dg_coder *coder;

static int start(void **state)
{
    dg_model_options o = DG_MODEL_OPTIONS_INIT;
    (void)state;
    o.data_dir = DG_LEXICON;
    return dg_model_open(&model, &o, NULL) != DG_OK || dg_coder_new(&coder, model, NULL, NULL) != DG_OK;
}

static int end(void **state)
{
    (void)state;
    dg_coder_free(coder);
    dg_model_close(model);
    return 0;
}

static dg_doc *code(const char *text)
{
    dg_doc *doc;
    dg_meta meta = DG_META_INIT;
    meta.id = (dg_str){"d", 1};
    meta.published = dg_day_parse((dg_str){"2021-03-02", 10});
    assert_int_equal(dg_code(&doc, coder, (dg_str){text, strlen(text)}, &meta, NULL), DG_OK);
    return doc;
}

static dg_export *columns(uint32_t table)
{
    dg_export_options o = DG_EXPORT_OPTIONS_INIT;
    dg_export *x;
    o.format = DG_EXPORT_COLUMNS;
    o.table = table;
    assert_int_equal(dg_export_new(&x, model, NULL, &o, NULL, NULL, NULL), DG_OK);
    return x;
}

static const char two[] = "Egypt attacked Sudan in Khartoum on Monday, killing 12 people. Kenya condemned the attack.";

static int64_t column(const struct ArrowSchema *s, const char *name)
{
    for (int64_t i = 0; i < s->n_children; i++)
        if (!strcmp(s->children[i]->name, name))
            return i;
    fail_msg("no column %s", name);
    return -1;
}

static bool null_at(const struct ArrowArray *a, int64_t i)
{
    const uint8_t *bits = a->buffers[0];
    return bits && !(bits[i / 8] >> (i % 8) & 1);
}

static void text_is(const struct ArrowArray *a, int64_t i, const char *text)
{
    const int32_t *at = a->buffers[1];
    const char *bytes = a->buffers[2];
    assert_int_equal(at[i + 1] - at[i], strlen(text));
    assert_memory_equal(bytes + at[i], text, strlen(text));
}

static void rows_outlive_all_they_came_from(void **state)
{
    struct ArrowArrayStream s;
    struct ArrowSchema schema;
    struct ArrowArray a, none;
    dg_export *x = columns(DG_TABLE_EVENTS);
    dg_doc *doc = code(two);
    (void)state;
    assert_int_equal(dg_export_doc(x, doc, NULL), DG_OK);
    assert_int_equal(dg_export_take(&s, x, NULL), DG_OK);
    dg_doc_free(doc);
    dg_export_free(x);
    assert_int_equal(s.get_schema(&s, &schema), 0);
    assert_int_equal(s.get_next(&s, &a), 0);
    assert_int_equal(s.get_next(&s, &none), 0);
    assert_null(none.release); /* the end, told again and again */
    assert_int_equal(s.get_next(&s, &none), 0);
    assert_null(none.release);
    assert_null(s.get_last_error(&s));
    s.release(&s);
    assert_null(s.release);
    assert_int_equal(schema.n_children, 54);
    assert_string_equal(schema.format, "+s");
    assert_string_equal(schema.children[0]->name, "event_id");
    assert_string_equal(schema.children[0]->format, "u");
    assert_non_null(schema.metadata);
    assert_int_equal(a.n_children, 54);
    assert_true(a.length >= 2);
    const struct ArrowArray *target = a.children[column(&schema, "target_id")], *deaths = a.children[column(&schema, "deaths")];
    text_is(target, 0, "country:SDN");
    assert_true(((const double *)deaths->buffers[1])[0] == 12);
    /* nulls: the report itself claims it, the condition is not there */
    assert_true(null_at(a.children[column(&schema, "condition")], 0));
    assert_int_equal(a.children[column(&schema, "condition")]->null_count, a.length);
    /* a list without members is empty, not null */
    const struct ArrowArray *claims = a.children[column(&schema, "claimed_by")];
    assert_string_equal(schema.children[column(&schema, "claimed_by")]->format, "+l");
    assert_int_equal(claims->null_count, 0);
    assert_int_equal(((const int32_t *)claims->buffers[1])[0], ((const int32_t *)claims->buffers[1])[1]);
    /* a day */
    assert_string_equal(schema.children[1]->format, "tdD");
    assert_int_equal(((const int32_t *)a.children[column(&schema, "reported")]->buffers[1])[0], dg_day_parse((dg_str){"2021-03-02", 10}));
    /* a child that was moved out is its mover's, and lives longer than its parent */
    struct ArrowArray moved = *a.children[column(&schema, "target_id")];
    a.children[column(&schema, "target_id")]->release = NULL;
    a.release(&a);
    assert_null(a.release);
    text_is(&moved, 0, "country:SDN");
    moved.release(&moved);
    assert_null(moved.release);
    struct ArrowSchema field = *schema.children[3];
    schema.children[3]->release = NULL;
    schema.release(&schema);
    assert_null(schema.release);
    assert_string_equal(field.name, "date_end");
    field.release(&field);
}

static void a_stream_may_be_left_unread(void **state)
{
    struct ArrowArrayStream s;
    dg_export *x = columns(DG_TABLE_NAMES);
    dg_doc *doc = code(two);
    (void)state;
    assert_int_equal(dg_export_doc(x, doc, NULL), DG_OK);
    assert_int_equal(dg_export_take(&s, x, NULL), DG_OK);
    s.release(&s);
    /* an export that was not taken gives back what it holds */
    assert_int_equal(dg_export_doc(x, doc, NULL), DG_OK);
    dg_export_free(x);
    dg_doc_free(doc);
}

static void an_empty_table_has_a_schema(void **state)
{
    static const int64_t width[] = {54, 14, 20, 29, 14, 14, 14, 10};
    (void)state;
    for (uint32_t t = 0; t < sizeof width / sizeof *width; t++) {
        struct ArrowArrayStream s;
        struct ArrowSchema schema;
        struct ArrowArray a;
        dg_export *x = columns(t);
        assert_int_equal(dg_export_take(&s, x, NULL), DG_OK);
        assert_int_equal(s.get_schema(&s, &schema), 0);
        assert_int_equal(schema.n_children, width[t]);
        schema.release(&schema);
        assert_int_equal(s.get_next(&s, &a), 0);
        assert_null(a.release);
        s.release(&s);
        dg_export_free(x);
    }
}

/* Taking empties; batches are bounded; whoever is called may take from inside. */
struct taker {
    dg_export *x;
    int64_t rows, batches, most;
};

static void count(struct taker *t)
{
    struct ArrowArrayStream s;
    struct ArrowArray a;
    assert_int_equal(dg_export_take(&s, t->x, NULL), DG_OK);
    while (!s.get_next(&s, &a) && a.release) {
        t->rows += a.length;
        t->most = a.length > t->most ? a.length : t->most;
        t->batches++;
        a.release(&a);
    }
    s.release(&s);
}

static bool full(void *user, const char *ptr, size_t len)
{
    assert_int_equal(len, 0);
    (void)ptr;
    count(user);
    return true;
}

static void batches_are_bounded(void **state)
{
    struct taker t = {0};
    dg_export_options o = DG_EXPORT_OPTIONS_INIT;
    dg_doc *doc = code(two);
    (void)state;
    o.format = DG_EXPORT_COLUMNS;
    o.table = DG_TABLE_NAMES;
    assert_int_equal(dg_export_new(&t.x, model, NULL, &o, full, &t, NULL), DG_OK);
    uint32_t n = dg_doc_n_names(doc), times = 40000 / n;
    for (uint32_t i = 0; i < times; i++)
        assert_int_equal(dg_export_doc(t.x, doc, NULL), DG_OK);
    assert_int_equal(t.batches, 2);
    assert_int_equal(t.most, 16384);
    count(&t);
    assert_int_equal(t.rows, (int64_t)n * times);
    assert_int_equal(dg_export_rows(t.x), (uint64_t)n * times);
    dg_export_free(t.x);
    dg_doc_free(doc);
}

static bool stop(void *user, const char *ptr, size_t len)
{
    (void)user, (void)ptr, (void)len;
    return false;
}

static void what_makes_no_sense_is_refused(void **state)
{
    struct ArrowArrayStream s;
    dg_export *x;
    dg_error err;
    dg_query q = DG_QUERY_INIT;
    dg_export_options o = DG_EXPORT_OPTIONS_INIT;
    (void)state;
    assert_int_equal(dg_export_new(&x, model, NULL, &o, NULL, NULL, &err), DG_E_ARG); /* csv that nobody takes */
    assert_null(x);
    o.table = 8;
    assert_int_equal(dg_export_new(&x, model, NULL, &o, stop, NULL, &err), DG_E_ARG);
    o.table = DG_TABLE_TIMES;
    o.format = DG_EXPORT_ICEWS;
    assert_int_equal(dg_export_new(&x, model, NULL, &o, stop, NULL, &err), DG_E_ARG);
    o.format = DG_EXPORT_ARROW;
    q.code = (dg_str){"19", 2};
    assert_int_equal(dg_export_new(&x, model, &q, &o, stop, NULL, &err), DG_E_ARG);
    assert_non_null(strstr(err.message, "times"));
    assert_int_equal(dg_export_new(&x, model, NULL, &o, stop, NULL, &err), DG_OK);
    assert_int_equal(dg_export_take(&s, x, &err), DG_E_ARG);
    assert_null(s.release);
    assert_int_equal(dg_export_end(x, &err), DG_E_CANCELLED); /* the sink said stop */
    dg_export_free(x);
}

int main(void)
{
    const struct CMUnitTest t[] = {cmocka_unit_test(rows_outlive_all_they_came_from), cmocka_unit_test(a_stream_may_be_left_unread),
                                   cmocka_unit_test(an_empty_table_has_a_schema), cmocka_unit_test(batches_are_bounded),
                                   cmocka_unit_test(what_makes_no_sense_is_refused)};
    return cmocka_run_group_tests(t, start, end);
}
