/* SPDX-License-Identifier: Apache-2.0 */
/* tests/api/api_test.c: the library through its header only: ownership, errors, limits, the same bytes from any thread. */
#include <dragoman.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char *const story =
    "LUSAKA, March 3, 1997 - Zambia rejected Zimbabwe's demand for the return of the fugitives on Monday.\n\n"
    "\"We will not send anyone back,\" Zambian Foreign Minister Lawrence Shimba said. \"Our courts decide.\"\n\n"
    "Harare threatened to close the border if Lusaka did not act by Friday.\n";

static dg_str z(const char *s)
{
    return (dg_str){s, strlen(s)};
}

static dg_model *model;

static int open_model(void **state)
{
    dg_error err = {DG_OK, 0, 0, ""};
    (void)state;
    if (dg_model_open(&model, NULL, &err) != DG_OK) {
        print_error("%s\n", err.message);
        return 1;
    }
    return 0;
}

static int close_model(void **state)
{
    (void)state;
    dg_model_close(model);
    return 0;
}

static char *coded(dg_coder *coder)
{
    dg_doc *doc;
    dg_text text;
    dg_error err;
    if (dg_code(&doc, coder, z(story), NULL, &err) != DG_OK || dg_doc_write(&text, doc, DG_FORMAT_JSON_TEXT, &err) != DG_OK)
        return NULL;
    dg_doc_free(doc);
    return text.ptr;
}

static void events_of_a_story(void **state)
{
    dg_coder *coder;
    dg_doc *doc;
    dg_error err;
    bool reject = false;
    (void)state;
    assert_int_equal(dg_coder_new(&coder, model, NULL, &err), DG_OK);
    assert_int_equal(dg_code(&doc, coder, z(story), NULL, &err), DG_OK);
    for (uint32_t i = 0; i < dg_doc_n_events(doc); i++) {
        const dg_event *e = dg_doc_event(doc, i);
        assert_true(e->trigger.end_cp > e->trigger.start_cp);
        assert_true(e->sentence < dg_doc_n_sentences(doc));
        reject |= !strncmp(e->plover.ptr, "REJECT", 6) && e->n_source == 1 && !strncmp(e->source[0].country.ptr, "ZMB", 3);
    }
    assert_true(reject);
    assert_int_equal(dg_doc_published(doc), dg_day_parse(z("1997-03-03")));
    dg_doc_free(doc);
    dg_coder_free(coder);
}

static void spans_are_slices(void **state)
{
    dg_coder *coder;
    dg_doc *doc;
    dg_error err;
    (void)state;
    assert_int_equal(dg_coder_new(&coder, model, NULL, &err), DG_OK);
    assert_int_equal(dg_code(&doc, coder, z(story), NULL, &err), DG_OK);
    dg_str text = dg_doc_text(doc); /* ASCII here, so that code points are bytes */
    for (uint32_t t = 0; t < dg_doc_n_tokens(doc); t++) {
        dg_span s = dg_token_span(doc, t);
        dg_str f = dg_token_form(doc, t);
        assert_true(s.end_cp <= text.len && s.end_cp > s.start_cp);
        if (s.end_cp - s.start_cp == f.len)
            assert_memory_equal(text.ptr + s.start_cp, f.ptr, f.len);
        uint32_t h = dg_token_head(doc, t);
        assert_true(h == DG_NONE || h < dg_doc_n_tokens(doc));
    }
    dg_doc_free(doc);
    dg_coder_free(coder);
}

static void *in_thread(void *arg)
{
    dg_coder *coder;
    char *out = NULL;
    (void)arg;
    if (dg_coder_new(&coder, model, NULL, NULL) == DG_OK)
        for (int i = 0; i < 3; i++) {
            free(out);
            out = coded(coder);
        }
    dg_coder_free(coder);
    return out;
}

static void same_bytes_in_every_thread(void **state)
{
    pthread_t t[4];
    char *out[4];
    (void)state;
    for (int i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&t[i], NULL, in_thread, NULL), 0);
    for (int i = 0; i < 4; i++) {
        void *p;
        pthread_join(t[i], &p);
        out[i] = p;
        assert_non_null(out[i]);
        assert_string_equal(out[i], out[0]);
    }
    for (int i = 0; i < 4; i++)
        free(out[i]);
}

static void same_bytes_on_every_kernel(void **state)
{
    char *first = NULL;
    (void)state;
    for (uint32_t k = DG_KERNEL_SCALAR; k <= DG_KERNEL_AVX512; k++) {
        dg_model_options o = DG_MODEL_OPTIONS_INIT;
        dg_model *m;
        dg_coder *coder;
        dg_error err;
        o.kernel = k;
        assert_int_equal(dg_model_open(&m, &o, &err), DG_OK);
        assert_int_equal(dg_coder_new(&coder, m, NULL, &err), DG_OK);
        char *out = coded(coder);
        assert_non_null(out);
        if (first)
            assert_string_equal(out, first);
        else
            first = strdup(out);
        free(out);
        dg_coder_free(coder);
        dg_model_close(m);
    }
    free(first);
}

static void too_long_is_refused(void **state)
{
    dg_coder_options o = DG_CODER_OPTIONS_INIT;
    dg_coder *coder;
    dg_doc *doc = (dg_doc *)&o;
    dg_error err;
    (void)state;
    o.max_bytes = 10;
    assert_int_equal(dg_coder_new(&coder, model, &o, &err), DG_OK);
    assert_int_equal(dg_code(&doc, coder, z(story), NULL, &err), DG_E_LIMIT);
    assert_null(doc);
    assert_non_null(strstr(err.message, "limit of 10"));
    dg_coder_free(coder);
}

static void a_missing_model_says_what_to_do(void **state)
{
    dg_model_options o = DG_MODEL_OPTIONS_INIT;
    dg_model *m;
    dg_error err;
    (void)state;
    o.data_dir = "/nowhere";
    assert_int_equal(dg_model_open(&m, &o, &err), DG_E_MODEL);
    assert_null(m);
    assert_non_null(strstr(err.message, "/nowhere"));
    assert_non_null(strstr(err.message, "make"));
}

static void days(void **state)
{
    char out[16];
    (void)state;
    assert_int_equal(dg_day_parse(z("1970-01-02")), 1);
    assert_int_equal(dg_day_parse(z("1969-12-31")), -1);
    assert_int_equal(dg_day_parse(z("2023-02-29")), DG_NO_DAY);
    assert_int_equal(dg_day_parse(z("2023-02")), DG_NO_DAY);
    dg_day_format(dg_day_parse(z("1945-05-08")), out);
    assert_string_equal(out, "1945-05-08");
}

static void empty_and_odd_texts(void **state)
{
    static const char *const odd[] = {"", " ", "\n\n\n", "\xff\xfe\xfd", ".", "\"", "(((((((((", "a\0b", "\xE2\x80\x9C"};
    dg_coder *coder;
    dg_error err;
    (void)state;
    assert_int_equal(dg_coder_new(&coder, model, NULL, &err), DG_OK);
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        dg_doc *doc;
        dg_text text;
        dg_status st = dg_code(&doc, coder, z(odd[i]), NULL, &err);
        if (st == DG_E_FORMAT) { /* nothing to read in it */
            assert_null(doc);
            assert_true(err.message[0] != 0);
            continue;
        }
        assert_int_equal(st, DG_OK);
        assert_int_equal(dg_doc_n_events(doc), 0);
        assert_int_equal(dg_doc_write(&text, doc, DG_FORMAT_JSON_TEXT, &err), DG_OK);
        dg_text_free(&text);
        dg_doc_free(doc);
    }
    dg_coder_free(coder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(events_of_a_story),        cmocka_unit_test(spans_are_slices),
        cmocka_unit_test(same_bytes_in_every_thread), cmocka_unit_test(same_bytes_on_every_kernel),
        cmocka_unit_test(too_long_is_refused),      cmocka_unit_test(a_missing_model_says_what_to_do),
        cmocka_unit_test(days),                     cmocka_unit_test(empty_and_odd_texts)};
    return cmocka_run_group_tests(tests, open_model, close_model);
}
