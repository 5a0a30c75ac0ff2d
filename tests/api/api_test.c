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
#include <json-c/json.h>

static const char *const story =
    "LUSAKA, March 3, 1997 - Zambia rejected Zimbabwe's demand for the return of the fugitives on Monday.\n\n"
    "\"We will not send anyone back,\" Zambian Foreign Minister Lawrence Shimba said. \"Our courts decide.\"\n\n"
    "Harare threatened to close the border if Lusaka did not act by Friday.\n";

static dg_str z(const char *s)
{
    return (dg_str){s, strlen(s)};
}

static bool is(dg_str s, const char *want)
{
    return s.len == strlen(want) && !memcmp(s.ptr, want, s.len);
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
    if (dg_code(&doc, coder, z(story), NULL, &err) != DG_OK ||
        dg_doc_write(&text, doc, DG_FORMAT_JSON_TEXT, &err) != DG_OK)
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
        assert_true(dg_event_trigger(e).end_cp > dg_event_trigger(e).start_cp);
        assert_true(dg_event_sentence(e) < dg_doc_n_sentences(doc));
        reject |= is(dg_event_plover(e), "REJECT") && dg_event_n_source(e) == 1 &&
                  is(dg_actor_country(dg_event_source(e, 0)), "ZMB");
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

/* ---- the handles say what the JSON says ---- */
static json_object *get(json_object *o, const char *key)
{
    json_object *v = NULL;
    if (!json_object_object_get_ex(o, key, &v))
        fail_msg("no key '%s'", key);
    return v;
}

static json_object *part_of(json_object *o, const char *group, const char *key) /* NULL: the group is null */
{
    return get(o, group) ? get(get(o, group), key) : NULL;
}

static void same_text(json_object *v, dg_str s)
{
    if (!v)
        assert_int_equal(s.len, 0);
    else if (!is(s, json_object_get_string(v)))
        fail_msg("'%.*s' is '%s' in the JSON", (int)s.len, s.ptr, json_object_get_string(v));
}

static void same_span(json_object *v, dg_span s)
{
    assert_int_equal(v ? json_object_get_int64(json_object_array_get_idx(v, 0)) : 0, s.start_cp);
    assert_int_equal(v ? json_object_get_int64(json_object_array_get_idx(v, 1)) : 0, s.end_cp);
}

static void same_day(json_object *v, int32_t day)
{
    assert_int_equal(v ? dg_day_parse(z(json_object_get_string(v))) : DG_NO_DAY, day);
}

static void same_actor(json_object *o, const dg_actor *a)
{
    same_text(get(o, "actor"), dg_actor_id(a));
    same_text(get(o, "name"), dg_actor_name(a));
    same_text(get(o, "country"), dg_actor_country(a));
}

static void same_place(json_object *o, const dg_place *p)
{
    if (!o) {
        assert_null(p);
        return;
    }
    same_text(get(o, "name"), dg_place_name(p));
    same_text(get(o, "country"), dg_place_country(p));
    same_text(get(o, "admin1"), dg_place_admin1(p));
    same_text(get(o, "precision"), dg_place_precision(p));
    assert_true(!get(o, "lat") || json_object_get_double(get(o, "lat")) == dg_place_lat(p));
    assert_true(!get(o, "lon") || json_object_get_double(get(o, "lon")) == dg_place_lon(p));
    assert_int_equal(json_object_get_int64(get(o, "geonames")), dg_place_geonames(p));
}

static void same_quantity(json_object *o, const dg_quantity *q)
{
    same_text(get(o, "kind"), dg_quantity_kind(q));
    same_text(get(o, "unit"), dg_quantity_unit(q));
    assert_true(!get(o, "value") || json_object_get_double(get(o, "value")) == dg_quantity_value(q));
    assert_int_equal(json_object_get_boolean(get(o, "approx")), dg_quantity_approx(q));
}

static void same_event(json_object *o, const dg_doc *doc, const dg_event *e)
{
    json_object *list, *plover = get(o, "plover");
    same_text(get(o, "id"), dg_event_id(e));
    same_span(get(o, "trigger"), dg_event_trigger(e));
    same_text(get(o, "trigger_text"), dg_event_trigger_text(e));
    assert_int_equal(json_object_get_int(get(o, "sentence")), dg_event_sentence(e));
    assert_int_equal(json_object_array_length(list = get(o, "source")), dg_event_n_source(e));
    for (uint32_t i = 0; i < dg_event_n_source(e); i++) {
        same_actor(json_object_array_get_idx(list, i), dg_event_source(e, i));
        same_span(get(json_object_array_get_idx(list, i), "span"), dg_actor_span(dg_event_source(e, i)));
    }
    assert_int_equal(json_object_array_length(list = get(o, "target")), dg_event_n_target(e));
    for (uint32_t i = 0; i < dg_event_n_target(e); i++)
        same_actor(json_object_array_get_idx(list, i), dg_event_target(e, i));
    same_text(get(o, "cameo"), dg_event_cameo(e));
    assert_int_equal(json_object_get_int(get(o, "quad")), dg_event_quad(e));
    assert_true(!get(o, "goldstein") || json_object_get_double(get(o, "goldstein")) == dg_event_goldstein(e));
    same_text(get(plover, "event"), dg_event_plover(e));
    same_text(get(plover, "mode"), dg_event_mode(e));
    assert_int_equal(json_object_get_boolean(get(o, "negated")), dg_event_negated(e));
    same_text(get(o, "statement"),
              dg_event_statement(e) == DG_NONE ? z("") : dg_statement_id(dg_doc_statement(doc, dg_event_statement(e))));
    assert_int_equal(json_object_array_length(get(o, "claimed_by")), dg_event_n_claimed_by(e));
    same_text(get(o, "content_of"),
              dg_event_content_of(e) == DG_NONE ? z("") : dg_event_id(dg_doc_event(doc, dg_event_content_of(e))));
    assert_int_equal(json_object_array_length(list = get(o, "content")), dg_event_n_content(e));
    for (uint32_t i = 0; i < dg_event_n_content(e); i++)
        same_text(json_object_array_get_idx(list, i), dg_event_id(dg_doc_event(doc, dg_event_content(e, i))));
    same_span(get(o, "content_span"), dg_event_content_span(e));
    same_span(get(o, "condition_span"), dg_event_condition_span(e));
    same_day(part_of(o, "date", "start"), dg_event_date_start(e));
    same_day(part_of(o, "date", "end"), dg_event_date_end(e));
    if (get(o, "date"))
        same_text(part_of(o, "date", "precision"), dg_event_date_precision(e));
    else
        assert_true(is(dg_event_date_precision(e), "unknown"));
    same_day(part_of(o, "deadline", "end"), dg_event_deadline_end(e));
    same_span(part_of(o, "deadline", "span"), dg_event_deadline_span(e));
    same_place(get(o, "place"), dg_event_place(e));
    if (dg_event_place(e))
        same_text(get(get(o, "place"), "from"), dg_place_from(dg_event_place(e)));
    assert_int_equal(json_object_array_length(list = get(o, "quantities")), dg_event_n_quantities(e));
    for (uint32_t i = 0; i < dg_event_n_quantities(e); i++)
        same_quantity(json_object_array_get_idx(list, i), dg_event_quantity(e, i));
    same_text(get(o, "frame"), dg_event_frame(e));
    assert_int_equal(dg_event_reported(e), dg_doc_published(doc));
}

static const char *const full =
    "LUSAKA, March 3, 1997 - Zambia threatened on Monday to close the border at Chirundu if Zimbabwe does not withdraw its 300 soldiers "
    "by Friday.\n\n\"We will not send anyone back,\" Zambian Foreign Minister Lawrence Shimba said. Zimbabwe said 12 people were killed "
    "in Livingstone on Sunday.\n";

static void handles_say_what_the_record_says(void **state)
{
    dg_coder *coder;
    dg_doc *doc;
    dg_error err;
    dg_text text;
    (void)state;
    assert_int_equal(dg_coder_new(&coder, model, NULL, &err), DG_OK);
    assert_int_equal(dg_code(&doc, coder, z(full), NULL, &err), DG_OK);
    assert_int_equal(dg_doc_write(&text, doc, DG_FORMAT_JSON, &err), DG_OK);
    json_object *o = json_tokener_parse(text.ptr), *list = get(o, "events");
    dg_text_free(&text);
    assert_true(dg_doc_n_events(doc) > 2);
    assert_int_equal(json_object_array_length(list), dg_doc_n_events(doc));
    for (uint32_t i = 0; i < dg_doc_n_events(doc); i++)
        same_event(json_object_array_get_idx(list, i), doc, dg_doc_event(doc, i));
    assert_int_equal(json_object_array_length(list = get(o, "statements")), dg_doc_n_statements(doc));
    assert_true(dg_doc_n_statements(doc) > 0);
    for (uint32_t i = 0; i < dg_doc_n_statements(doc); i++) {
        const dg_statement *s = dg_doc_statement(doc, i);
        json_object *x = json_object_array_get_idx(list, i);
        same_text(get(x, "id"), dg_statement_id(s));
        same_text(get(x, "kind"), dg_statement_kind(s));
        same_text(get(x, "speaker"), dg_statement_speaker(s) ? dg_actor_id(dg_statement_speaker(s)) : z(""));
        same_span(get(x, "cue"), dg_statement_cue(s));
        assert_int_equal(json_object_array_length(get(x, "content")), dg_statement_n_content(s));
        same_span(json_object_array_get_idx(get(x, "content"), 0), dg_statement_content(s, 0));
        assert_true(dg_statement_text(s).len > 0);
    }
    assert_int_equal(json_object_array_length(list = get(o, "entities")), dg_doc_n_entities(doc));
    for (uint32_t i = 0; i < dg_doc_n_entities(doc); i++) {
        const dg_entity *e = dg_doc_entity(doc, i);
        json_object *x = json_object_array_get_idx(list, i), *mentions = get(x, "mentions");
        same_actor(x, dg_entity_actor(e));
        same_text(get(x, "type"), dg_entity_type(e));
        same_text(get(x, "title"), dg_entity_title(e));
        assert_int_equal(json_object_array_length(mentions), dg_entity_n_mentions(e));
        for (uint32_t k = 0; k < dg_entity_n_mentions(e); k++) {
            json_object *m = json_object_array_get_idx(mentions, k);
            assert_int_equal(json_object_get_int(get(m, "start")), dg_entity_mention(e, k).start_cp);
            same_text(get(m, "kind"), dg_entity_mention_kind(e, k));
            same_text(get(m, "head"), dg_entity_mention_head(e, k));
        }
    }
    json_object_put(o);
    dg_doc_free(doc);
    dg_coder_free(coder);
}

static void times_places_quantities_and_tags(void **state)
{
    dg_coder *coder;
    dg_doc *doc;
    dg_error err;
    bool friday = false, town = false, soldiers = false, past = false;
    (void)state;
    assert_int_equal(dg_coder_new(&coder, model, NULL, &err), DG_OK);
    assert_int_equal(dg_code(&doc, coder, z(full), NULL, &err), DG_OK);
    for (uint32_t i = 0; i < dg_doc_n_times(doc); i++) {
        const dg_time *t = dg_doc_time(doc, i);
        assert_true(dg_time_span(t).end_cp > dg_time_span(t).start_cp);
        assert_true(dg_time_kind(t).len > 0 && dg_time_precision(t).len > 0);
        friday |= is(dg_time_kind(t), "until") && dg_time_end(t) == dg_day_parse(z("1997-03-07"));
    }
    for (uint32_t i = 0; i < dg_doc_n_places(doc); i++)
        town |=
            is(dg_place_name(dg_doc_place(doc, i)), "Livingstone") && dg_place_span(dg_doc_place(doc, i)).end_cp > 0;
    for (uint32_t i = 0; i < dg_doc_n_quantities(doc); i++)
        soldiers |=
            is(dg_quantity_of(dg_doc_quantity(doc, i)), "soldier") && dg_quantity_value(dg_doc_quantity(doc, i)) == 300;
    for (uint32_t t = 0; t < dg_doc_n_tokens(doc); t++) {
        assert_true(dg_token_sentence(doc, t) < dg_doc_n_sentences(doc));
        past |= is(dg_token_xpos(doc, t), "VBD") && dg_token_feats(doc, t).len > 0;
    }
    assert_true(friday && town && soldiers && past);
    dg_doc_free(doc);
    dg_coder_free(coder);
}

/* The handles and the list of the record are the same; a document that was not coded has none. */
static void attributions_say_what_the_record_says(void **state)
{
    static const char *const text = "Togo hopes to rebuild the port, but opposes the tax that lenders want.\n\n"
                                    "\"We are broke,\" Finance Minister Ama Tetteh said.\n";
    const uint32_t depths[] = {DG_DEPTH_CODE, DG_DEPTH_PARSE, DG_DEPTH_TEXT};
    for (size_t k = 0; k < sizeof depths / sizeof *depths; k++) {
        dg_coder_options o = DG_CODER_OPTIONS_INIT;
        dg_coder *coder;
        dg_doc *doc;
        dg_error err;
        dg_attributions *all;
        dg_text json;
        bool hope = false, said = false;
        (void)state;
        o.depth = depths[k];
        assert_int_equal(dg_coder_new(&coder, model, &o, &err), DG_OK);
        assert_int_equal(dg_code(&doc, coder, z(text), NULL, &err), DG_OK);
        assert_int_equal(dg_doc_attributions(&all, doc, &err), DG_OK);
        assert_int_equal(dg_doc_write_only(&json, doc, DG_LIST_ATTRIBUTIONS, &err), DG_OK);
        json_object *o_all = json_tokener_parse(json.ptr), *list = get(o_all, "attributions");
        assert_int_equal(json_object_array_length(list), dg_attributions_n(all));
        assert_int_equal(dg_attributions_n(all) >= 3, o.depth == DG_DEPTH_CODE);
        for (uint32_t i = 0; i < dg_attributions_n(all); i++) {
            const dg_attribution *a = dg_attributions_at(all, i);
            json_object *x = json_object_array_get_idx(list, i), *spans = get(x, "content");
            const uint32_t of = dg_attribution_statement(a);
            same_text(get(x, "id"), dg_attribution_id(a));
            same_text(get(x, "kind"), dg_attribution_kind(a));
            same_text(get(x, "sense"), dg_attribution_sense(a));
            same_text(get(x, "speaker"), dg_attribution_speaker(a) ? dg_actor_id(dg_attribution_speaker(a)) : z(""));
            same_span(get(x, "source"), dg_attribution_source(a));
            same_span(get(x, "cue"), dg_attribution_cue(a));
            assert_int_equal(json_object_array_length(spans), dg_attribution_n_content(a));
            for (uint32_t n = 0; n < dg_attribution_n_content(a); n++)
                same_span(json_object_array_get_idx(spans, n), dg_attribution_content(a, n));
            assert_int_equal(json_object_get_int(get(x, "sentence")), dg_attribution_sentence(a));
            assert_int_equal(json_object_get_boolean(get(x, "negated")), dg_attribution_negated(a));
            assert_true(dg_attribution_confidence(a) >= 0.5 && dg_attribution_confidence(a) <= 1);
            same_text(get(x, "statement"), of == DG_NONE ? z("") : dg_statement_id(dg_doc_statement(doc, of)));
            hope |= is(dg_attribution_text(a), "to rebuild the port") && is(dg_attribution_sense(a), "want");
            said |= is(dg_attribution_kind(a), "direct") && of != DG_NONE;
        }
        assert_int_equal(hope && said, o.depth == DG_DEPTH_CODE);
        json_object_put(o_all);
        dg_text_free(&json);
        dg_attributions_free(all);
        dg_attributions_free(NULL);
        dg_doc_free(doc);
        dg_coder_free(coder);
    }
}

static void a_deadline_says_where_it_stands(void **state)
{
    dg_coder *coder;
    dg_doc *doc;
    dg_error err;
    bool found = false;
    (void)state;
    assert_int_equal(dg_coder_new(&coder, model, NULL, &err), DG_OK);
    assert_int_equal(dg_code(&doc, coder, z(full), NULL, &err), DG_OK);
    for (uint32_t i = 0; i < dg_doc_n_events(doc); i++) {
        const dg_event *e = dg_doc_event(doc, i);
        dg_span s = dg_event_deadline_span(e); /* the text is ASCII */
        assert_true((s.end_cp > s.start_cp) == (dg_event_deadline_end(e) != DG_NO_DAY));
        found |=
            s.end_cp > s.start_cp && is((dg_str){dg_doc_text(doc).ptr + s.start_cp, s.end_cp - s.start_cp}, "Friday");
    }
    assert_true(found);
    dg_doc_free(doc);
    dg_coder_free(coder);
}

static void items_say_what_the_situation_says(void **state)
{
    dg_coder *coder;
    dg_doc *doc;
    dg_board *board;
    dg_error err;
    dg_text text;
    (void)state;
    assert_int_equal(dg_coder_new(&coder, model, NULL, &err), DG_OK);
    assert_int_equal(dg_code(&doc, coder, z(full), NULL, &err), DG_OK);
    assert_int_equal(dg_doc_situation(&text, doc, &err), DG_OK);
    assert_int_equal(dg_doc_board(&board, doc, &err), DG_OK);
    json_object *o = json_tokener_parse(text.ptr), *list = get(o, "items");
    dg_text_free(&text);
    same_day(get(o, "as_of"), dg_board_as_of(board));
    assert_true(dg_board_n_items(board) > 1);
    assert_int_equal(json_object_array_length(list), dg_board_n_items(board));
    for (uint32_t i = 0; i < dg_board_n_items(board); i++) {
        const dg_item *it = dg_board_item(board, i);
        json_object *x = json_object_array_get_idx(list, i), *part;
        same_text(get(x, "id"), dg_item_id(it));
        same_text(get(x, "kind"), dg_item_kind(it));
        same_text(get(x, "status"), dg_item_status(it));
        assert_int_equal(json_object_get_boolean(get(x, "due")), dg_item_due(it));
        assert_int_equal(json_object_get_boolean(get(x, "stale")), dg_item_stale(it));
        same_day(get(x, "since"), dg_item_since(it));
        same_day(get(x, "opened"), dg_item_opened(it));
        same_text(get(x, "content"), dg_item_content(it));
        same_text(get(x, "condition"), dg_item_condition(it));
        same_day(get(x, "deadline"), dg_item_deadline(it));
        same_day(part_of(x, "date", "start"), dg_item_date_start(it));
        same_day(part_of(x, "date", "end"), dg_item_date_end(it));
        same_place(get(x, "place"), dg_item_place(it));
        assert_int_equal(json_object_get_int(get(x, "sources")), dg_item_sources(it));
        assert_int_equal(json_object_array_length(part = get(x, "parties")), dg_item_n_parties(it));
        for (uint32_t k = 0; k < dg_item_n_parties(it); k++) {
            same_actor(json_object_array_get_idx(part, k), dg_item_party(it, k));
            same_text(get(json_object_array_get_idx(part, k), "role"), dg_item_party_role(it, k));
        }
        assert_int_equal(json_object_array_length(part = get(x, "quantities")), dg_item_n_quantities(it));
        for (uint32_t k = 0; k < dg_item_n_quantities(it); k++)
            same_quantity(json_object_array_get_idx(part, k), dg_item_quantity(it, k));
        assert_int_equal(json_object_array_length(part = get(x, "history")), dg_item_n_lines(it));
        for (uint32_t k = 0; k < dg_item_n_lines(it); k++) {
            const dg_line *l = dg_item_line(it, k);
            json_object *h = json_object_array_get_idx(part, k), *ev = get(h, "evidence");
            same_day(get(h, "date"), dg_line_date(l));
            same_day(get(h, "reported"), dg_line_reported(l));
            same_text(get(h, "status"), dg_line_status(l));
            same_text(get(h, "change"), dg_line_change(l));
            same_text(get(h, "event"), dg_line_event(l));
            same_text(get(h, "document"), dg_line_document(l));
            same_text(ev ? get(ev, "text") : NULL, dg_line_evidence_text(l));
            same_span(ev ? get(ev, "trigger") : NULL, dg_line_trigger(l));
        }
    }
    json_object_put(o);
    dg_board_free(board);
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
    for (uint32_t k = DG_KERNEL_SCALAR; k <= DG_KERNEL_DOTPROD; k++) {
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
    static const char *const odd[] = {"",   " ",         "\n\n\n", "\xff\xfe\xfd", ".",
                                      "\"", "(((((((((", "a\0b",   "\xE2\x80\x9C"};
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
    const struct CMUnitTest tests[] = {cmocka_unit_test(events_of_a_story),
                                       cmocka_unit_test(spans_are_slices),
                                       cmocka_unit_test(handles_say_what_the_record_says),
                                       cmocka_unit_test(times_places_quantities_and_tags),
                                       cmocka_unit_test(attributions_say_what_the_record_says),
                                       cmocka_unit_test(items_say_what_the_situation_says),
                                       cmocka_unit_test(a_deadline_says_where_it_stands),
                                       cmocka_unit_test(same_bytes_in_every_thread),
                                       cmocka_unit_test(same_bytes_on_every_kernel),
                                       cmocka_unit_test(too_long_is_refused),
                                       cmocka_unit_test(a_missing_model_says_what_to_do),
                                       cmocka_unit_test(days),
                                       cmocka_unit_test(empty_and_odd_texts)};
    return cmocka_run_group_tests(tests, open_model, close_model);
}
