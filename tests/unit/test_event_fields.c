/* SPDX-License-Identifier: Apache-2.0 */
/* The table of fields (event/fields.h): it covers its structures, the schema has its columns, and a document in which every
 * field has a value of its own comes back from the store as it went in and stands in the JSON as it is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>
#include <json-c/json.h>

#include "base/arena.h"
#include "export/event_json.h"
#include "event/coded.h"
#include "event/fields.h"
#include "server_fixture.h"
#include "store/sqlite_int.h"
#include "store/store_int.h"

static dgi_arena *arena;
static char path[] = "/tmp/dg-fields-XXXXXX";

static const struct described {
    const char *name;
    const struct dgi_field *fields;
    uint32_t n;
    size_t size;
} all[] = {
    {"event", dgi_event_fields, DGI_N_EVENT_FIELD, sizeof(struct dgi_event)},
    {"actor", dgi_actor_fields, DGI_N_ACTOR_FIELD, sizeof(struct dgi_ev_actor)},
    {"place", dgi_place_fields, DGI_N_PLACE_FIELD, sizeof(struct dgi_ev_place)},
    {"quantity", dgi_quantity_fields, DGI_N_QUANTITY_FIELD, sizeof(struct dgi_ev_quantity)},
    {"sentence", dgi_sentence_fields, DGI_N_SENTENCE_FIELD, sizeof(struct dgi_ev_sentence)},
    {"entity", dgi_entity_fields, DGI_N_ENTITY_FIELD, sizeof(struct dgi_ev_entity)},
    {"statement", dgi_statement_fields, DGI_N_STATEMENT_FIELD, sizeof(struct dgi_ev_statement)},
};

/* A member without a row would leave a hole that is wider than padding. */
static void every_member_has_a_row(void **state)
{
    (void)state;
    for (size_t s = 0; s < 5; s++) { /* of the last two, the parts are actors, and mentions are written beside the rows */
        unsigned char seen[512] = {0};
        assert_true(all[s].size <= sizeof seen);
        for (uint32_t i = 0; i < all[s].n; i++) {
            const struct dgi_field *f = &all[s].fields[i];
            assert_non_null(f->name);
            assert_true((size_t)f->offset + f->size <= all[s].size);
            memset(seen + f->offset, 1, f->size);
            if (f->count)
                memset(seen + f->count, 1, sizeof(uint32_t));
        }
        for (size_t b = 0, hole = 0; b < all[s].size; b++) {
            hole = seen[b] ? 0 : hole + 1;
            if (hole >= 8)
                fail_msg("struct of %s: no row for the bytes before %zu", all[s].name, b + 1);
        }
    }
}

static void columns_and_keys_are_told_apart(void **state)
{
    (void)state;
    for (size_t s = 0; s < sizeof all / sizeof *all; s++)
        for (uint32_t i = 0; i < all[s].n; i++) {
            const struct dgi_field *f = &all[s].fields[i];
            assert_true(!f->column == !f->sql);
            assert_true((f->type == DGI_F_ENUM) == (f->names && f->n_names > 1));
            if (f->column)
                assert_true(f->type <= DGI_F_ID64); /* what store/sqlite_rows.c binds */
            for (uint32_t k = 0; k < i; k++) {
                const struct dgi_field *g = &all[s].fields[k];
                assert_false(f->column && g->column && !strcmp(f->column, g->column));
                assert_false(f->json && g->json && !strcmp(f->json, g->json));
            }
        }
}

/* ---- a document that has everything ---- */
static uint32_t turn; /* every value is another one */

static void fill(const struct dgi_field *f, uint32_t n, void *object);

static void *many(const struct dgi_field *f, uint32_t n, size_t size, uint32_t count)
{
    char *list = dgi_arena_array(arena, count, size);
    for (uint32_t i = 0; i < count; i++)
        fill(f, n, list + i * size);
    return list;
}

enum { N_EVENTS = 3, PER_LIST = 2 };

static void fill_one(const struct dgi_field *f, void *object)
{
    char *p = (char *)object + f->offset, word[16];
    uint32_t two = PER_LIST;
    const void *list;
    turn++;
    switch (f->type) {
    case DGI_F_STR: *(dg_str *)p = dgi_arena_printf(arena, "%s %u", f->name, turn); break;
    case DGI_F_LIST: *(dg_str *)p = dgi_arena_printf(arena, "A%u,B%u", turn, turn); break;
    case DGI_F_CODE:
        snprintf(word, sizeof word, "%04u", turn % 10000);
        memcpy(p, word + (f->size < 5), f->size);
        break;
    case DGI_F_ENUM: *(uint8_t *)p = (uint8_t)(1 + turn % (f->n_names - 1u)); break;
    case DGI_F_BOOL: *(bool *)p = true; break;
    case DGI_F_COUNT: *(uint32_t *)p = 1000 + turn; break;
    case DGI_F_INDEX: *(uint32_t *)p = turn % N_EVENTS; break;
    case DGI_F_DAY: *(int32_t *)p = 10000 + (int32_t)turn; break;
    case DGI_F_NUM: *(double *)p = turn + 0.25; break;
    case DGI_F_SHARE: *(float *)p = 1.0f / (float)(1 + turn); break;
    case DGI_F_ID64: *(int64_t *)p = 5000000000 + turn; break;
    case DGI_F_SPAN: *(dg_span *)p = (dg_span){2000 + turn, 3000 + turn}; break;
    case DGI_F_ACTORS:
    case DGI_F_CLAIMS: list = many(dgi_actor_fields, DGI_N_ACTOR_FIELD, sizeof(struct dgi_ev_actor), PER_LIST); goto set;
    case DGI_F_QUANTITIES: list = many(dgi_quantity_fields, DGI_N_QUANTITY_FIELD, sizeof(struct dgi_ev_quantity), PER_LIST); goto set;
    case DGI_F_LINKS: {
        uint32_t *l = dgi_arena_array(arena, PER_LIST, sizeof *l);
        l[0] = turn % N_EVENTS;
        l[1] = (turn + 1) % N_EVENTS;
        list = l;
        goto set;
    }
    case DGI_F_SPANS: {
        dg_span *l = dgi_arena_array(arena, PER_LIST, sizeof *l);
        l[0] = (dg_span){4000 + turn, 5000 + turn};
        l[1] = (dg_span){6000 + turn, 7000 + turn};
        list = l;
    }
    set:
        memcpy(p, &list, sizeof list);
        memcpy((char *)object + f->count, &two, sizeof two);
        break;
    case DGI_F_PLACE: {
        void *place = many(dgi_place_fields, DGI_N_PLACE_FIELD, sizeof(struct dgi_ev_place), 1);
        memcpy(p, &place, sizeof place);
        break;
    }
    default: break; /* told from the code, or of other rows */
    }
}

static void fill(const struct dgi_field *f, uint32_t n, void *object)
{
    for (uint32_t i = 0; i < n; i++)
        fill_one(&f[i], object);
}

static const char text[] = "One. Two. Three.";

static struct dgi_ev_doc everything(void)
{
    static struct dgi_ev_sentence s[N_EVENTS] = {{0, 4, 0, 4}, {5, 9, 5, 9}, {10, 16, 10, 16}};
    struct dgi_event *ev = dgi_arena_array(arena, N_EVENTS, sizeof *ev);
    struct dgi_ev_doc d = {.id = DGI_S("d1"), .reported = 15000, .meta = {.id = DGI_S("d1"), .published = 15000, .published_from = DGI_S("option")},
                           .text = dgi_str(text), .sentences = s, .n_sentences = N_EVENTS, .events = ev, .n_events = N_EVENTS, .n_coded = N_EVENTS};
    turn = 0;
    for (uint32_t i = 0; i < N_EVENTS; i++) {
        fill(dgi_event_fields, DGI_N_EVENT_FIELD, &ev[i]);
        ev[i].sentence = i; /* the evidence is kept as the sentence */
        ev[i].ev_start = s[i].start;
        ev[i].ev_end = s[i].end;
        ev[i].ev_text = dgi_str_sub(d.text, s[i].b_start, s[i].b_end);
    }
    return d;
}

static void same(const struct dgi_field *f, uint32_t n, const void *a, const void *b);

static void same_list(const struct dgi_field *f, const void *a, const void *b)
{
    const void *x, *y;
    uint32_t n = dgi_field_count(f, a);
    memcpy(&x, dgi_field_at(f, a), sizeof x);
    memcpy(&y, dgi_field_at(f, b), sizeof y);
    assert_int_equal(n, PER_LIST);
    assert_int_equal(dgi_field_count(f, b), n);
    for (uint32_t i = 0; i < n; i++)
        if (f->type == DGI_F_LINKS)
            assert_int_equal(((const uint32_t *)x)[i], ((const uint32_t *)y)[i]);
        else if (f->type == DGI_F_QUANTITIES)
            same(dgi_quantity_fields, DGI_N_QUANTITY_FIELD, (const struct dgi_ev_quantity *)x + i, (const struct dgi_ev_quantity *)y + i);
        else
            same(dgi_actor_fields, DGI_N_ACTOR_FIELD, (const struct dgi_ev_actor *)x + i, (const struct dgi_ev_actor *)y + i);
}

static void same_one(const struct dgi_field *f, const void *a, const void *b)
{
    const void *p = dgi_field_at(f, a), *r = dgi_field_at(f, b);
    switch (f->type) {
    case DGI_F_ACTORS:
    case DGI_F_CLAIMS:
    case DGI_F_QUANTITIES:
    case DGI_F_LINKS: same_list(f, a, b); break;
    case DGI_F_PLACE: same(dgi_place_fields, DGI_N_PLACE_FIELD, *(const struct dgi_ev_place *const *)p, *(const struct dgi_ev_place *const *)r); break;
    case DGI_F_STR:
    case DGI_F_LIST:
        if (f->column && f != &dgi_place_fields[DGI_PF_FEATURE] && /* not kept; which the gazetteer tells again */
            !dgi_str_eq(*(const dg_str *)p, *(const dg_str *)r))
            fail_msg("%s: '%.*s' came back as '%.*s'", f->name, (int)((const dg_str *)p)->len, ((const dg_str *)p)->ptr, (int)((const dg_str *)r)->len,
                     ((const dg_str *)r)->ptr);
        break;
    default:
        if (f->column && memcmp(p, r, f->size))
            fail_msg("%s came back as another value", f->name);
    }
}

static void same(const struct dgi_field *f, uint32_t n, const void *a, const void *b)
{
    for (uint32_t i = 0; i < n; i++)
        same_one(&f[i], a, b);
}

static void what_goes_into_the_store_comes_out(void **state)
{
    struct dgi_ev_doc in = everything(), out;
    (void)state;
    for (int which = 0; which < (fx_server() ? 3 : 2); which++) { /* all backends */
        char where[128];
        dgi_store *s = NULL;
        dgi_backend *b = NULL;
        enum dgi_ingest_result r;
        dg_error err = {0};
        dg_status st = which == 0   ? dgi_sqlite_open(&b, path, true, NULL, &err)
                       : which == 1 ? dgi_memory_open(&b, &err)
                                    : fx_open(&b, "", "fields", true, where, &err);
        if (st != DG_OK)
            fail_msg("%s", err.message);
        assert_int_equal(dgi_store_over(&s, b, path, true, NULL, &err), DG_OK);
        assert_int_equal(dgi_store_put(s, &in, DGI_NO_DAY, &r, &err), DG_OK);
        if (b->ops->load_document(b, 1, arena, &out, &err) != DG_OK)
            fail_msg("%s", err.message);
        assert_int_equal(out.n_events, N_EVENTS);
        for (uint32_t i = 0; i < N_EVENTS; i++)
            same(dgi_event_fields, DGI_N_EVENT_FIELD, &in.events[i], &out.events[i]);
        dgi_store_close(s);
    }
}

/* The line for another machine has every field that a store keeps; a piece of it is refused. */
static void what_is_coded_travels(void **state)
{
    struct dgi_ev_doc in = everything(), out;
    struct dgi_buf line = {0};
    uint64_t coder = 0;
    dg_error err = {0};
    (void)state;
    assert_true(dgi_coded_write(&line, &in, 77));
    if (dgi_coded_read(dgi_buf_str(&line), arena, &out, &coder, &err) != DG_OK)
        fail_msg("%s", err.message);
    assert_int_equal(coder, 77);
    assert_int_equal(out.n_events, N_EVENTS);
    assert_true(dgi_str_eq(in.text, out.text));
    for (uint32_t i = 0; i < N_EVENTS; i++)
        same(dgi_event_fields, DGI_N_EVENT_FIELD, &in.events[i], &out.events[i]);
    for (size_t n = 0; n < line.len; n += 61)
        assert_int_equal(dgi_coded_read((dg_str){line.ptr, n}, arena, &out, &coder, &err), DG_E_FORMAT);
    for (size_t n = 0; n < line.len; n += 7) { /* and no byte that is changed leads anywhere but to an answer */
        char was = line.ptr[n];
        line.ptr[n] = was == '"' ? '7' : was == '1' ? '-' : '"';
        dgi_coded_read(dgi_buf_str(&line), arena, &out, &coder, &err);
        line.ptr[n] = was;
    }
    dgi_buf_free(&line);
}

/* Statements and entities: written, and read back by the same rows. */
static void statements_and_entities_too(void **state)
{
    struct dgi_ev_doc in = everything();
    static struct dgi_ev_statement said[PER_LIST], said_out;
    static struct dgi_ev_entity known[PER_LIST], known_out;
    const struct dgi_rows *const rows[] = {&dgi_rows_statements, &dgi_rows_entities};
    enum dgi_ingest_result r;
    dgi_store *s = NULL;
    dg_error err = {0};
    (void)state;
    for (int i = 0; i < PER_LIST; i++) {
        fill(dgi_statement_fields, DGI_N_STATEMENT_FIELD, &said[i]);
        fill(dgi_entity_fields, DGI_N_ENTITY_FIELD, &known[i]);
    }
    in.id = in.meta.id = DGI_S("d2");
    in.statements = said;
    in.entities = known;
    in.n_statements = in.n_entities = PER_LIST;
    assert_int_equal(dgi_store_open(&s, path, true, NULL, &err), DG_OK);
    assert_int_equal(dgi_store_put(s, &in, DGI_NO_DAY, &r, &err), DG_OK);
    for (int t = 0; t < 2; t++) {
        struct dgi_buf sql = {0};
        sqlite3_stmt *q;
        int n = 0;
        dgi_rows_select_sql(rows[t], &sql);
        assert_int_equal(sqlite3_prepare_v2(((struct dgi_sqlite *)s->b)->db, sql.ptr, (int)sql.len, &q, NULL), SQLITE_OK);
        sqlite3_bind_int64(q, 1, 2); /* the second document of this store */
        for (; sqlite3_step(q) == SQLITE_ROW; n++) {
            void *out = t ? (void *)&known_out : (void *)&said_out;
            assert_true(dgi_rows_read(q, rows[t]->n_keys - 1, rows[t]->fields, rows[t]->n_fields, out, arena) > 0);
            for (uint32_t i = 0; i < rows[t]->n_fields; i++)
                if (rows[t]->fields[i].column)
                    same_one(&rows[t]->fields[i], t ? (const void *)&known[n] : (const void *)&said[n], out);
        }
        assert_int_equal(n, PER_LIST);
        sqlite3_finalize(q);
        dgi_buf_free(&sql);
    }
    dgi_store_close(s);
}

/* ---- JSON ---- */
static void in_json(const struct dgi_field *f, uint32_t n, const void *object, json_object *o);

static void is_text(json_object *v, dg_str want)
{
    assert_int_equal(json_object_get_type(v), json_type_string);
    assert_int_equal(json_object_get_string_len(v), want.len);
    assert_memory_equal(json_object_get_string(v), want.ptr, want.len);
}

static void is_span(json_object *v, dg_span want)
{
    assert_int_equal(json_object_array_length(v), 2);
    assert_int_equal(json_object_get_int64(json_object_array_get_idx(v, 0)), want.start_cp);
    assert_int_equal(json_object_get_int64(json_object_array_get_idx(v, 1)), want.end_cp);
}

static void list_in_json(const struct dgi_field *f, const void *object, json_object *v)
{
    const void *p;
    memcpy(&p, dgi_field_at(f, object), sizeof p);
    assert_int_equal(json_object_array_length(v), PER_LIST);
    for (uint32_t i = 0; i < PER_LIST; i++) {
        json_object *x = json_object_array_get_idx(v, i);
        if (f->type == DGI_F_LINKS) {
            assert_non_null(json_object_get_string(x));
        } else if (f->type == DGI_F_SPANS) {
            is_span(x, ((const dg_span *)p)[i]);
        } else if (f->type == DGI_F_QUANTITIES) {
            in_json(dgi_quantity_fields, DGI_N_QUANTITY_FIELD, (const struct dgi_ev_quantity *)p + i, x);
        } else if (f->type == DGI_F_CLAIMS) {
            is_text(x, ((const struct dgi_ev_actor *)p)[i].id);
        } else {
            in_json(dgi_actor_fields, DGI_N_ACTOR_FIELD, (const struct dgi_ev_actor *)p + i, x);
        }
    }
}

static void one_in_json(const struct dgi_field *f, const void *object, json_object *v)
{
    const void *p = dgi_field_at(f, object);
    switch (f->type) {
    case DGI_F_STR: is_text(v, *(const dg_str *)p); break;
    case DGI_F_LIST: assert_int_equal(json_object_array_length(v), 2); break;
    case DGI_F_CODE: is_text(v, dgi_str(p)); break;
    case DGI_F_ENUM: is_text(v, dgi_str(f->names[*(const uint8_t *)p])); break;
    case DGI_F_BOOL: assert_true(json_object_get_boolean(v)); break;
    case DGI_F_COUNT: assert_int_equal(json_object_get_int64(v), *(const uint32_t *)p); break;
    case DGI_F_DAY: assert_int_equal(json_object_get_string_len(v), 10); break;
    case DGI_F_NUM: assert_true(json_object_get_double(v) == *(const double *)p); break;
    case DGI_F_ID64: assert_int_equal(json_object_get_int64(v), *(const int64_t *)p); break;
    case DGI_F_SHARE: assert_true(json_object_get_double(v) > 0); break;
    case DGI_F_SPAN: is_span(v, *(const dg_span *)p); break;
    case DGI_F_WHO: is_text(v, ((const struct dgi_ev_actor *)p)->id); break;
    case DGI_F_PLACE: in_json(dgi_place_fields, DGI_N_PLACE_FIELD, *(const struct dgi_ev_place *const *)p, v); break;
    case DGI_F_ACTORS:
    case DGI_F_CLAIMS:
    case DGI_F_QUANTITIES:
    case DGI_F_LINKS:
    case DGI_F_SPANS: list_in_json(f, object, v); break;
    case DGI_F_INDEX: assert_non_null(json_object_get_string(v)); break;
    default: break; /* told from the code, or always null: the key is there */
    }
}

static void in_json(const struct dgi_field *f, uint32_t n, const void *object, json_object *o)
{
    size_t keys = 0;
    dg_str last = {"", 0};
    for (uint32_t i = 0; i < n; i++) {
        json_object *v = NULL, *in = o;
        if (!f[i].json)
            continue;
        dg_str key = dgi_str(f[i].json);
        size_t dot = dgi_str_find(key, DGI_S("."));
        char group[40];
        if (dot != SIZE_MAX) {
            snprintf(group, sizeof group, "%.*s", (int)dot, key.ptr);
            assert_true(json_object_object_get_ex(o, group, &in));
            keys += !dgi_str_eq(last, dgi_str_sub(key, 0, dot));
            last = dgi_str_sub(key, 0, dot);
        } else {
            keys++;
        }
        if (!json_object_object_get_ex(in, f[i].json + (dot == SIZE_MAX ? 0 : dot + 1), &v))
            fail_msg("%s: no key '%s'", f[i].name, f[i].json);
        one_in_json(&f[i], object, v);
    }
    assert_int_equal((size_t)json_object_object_length(o), keys);
}

static json_object *parsed(struct dgi_buf *buf)
{
    dgi_buf_add(buf, (dg_str){"", 1});
    assert_false(buf->failed);
    json_object *o = json_tokener_parse(buf->ptr);
    dgi_buf_free(buf);
    assert_non_null(o);
    return o;
}

static void every_key_has_its_value(void **state)
{
    struct dgi_ev_doc d = everything();
    struct dgi_ev_statement said = {.kind = 0};
    struct dgi_buf buf = {0};
    struct dgi_json j;
    (void)state;
    for (uint32_t i = 0; i < N_EVENTS; i++) {
        dgi_json_init(&j, &buf);
        dgi_json_event(&j, &d, NULL, &d.events[i]);
        json_object *o = parsed(&buf);
        in_json(dgi_event_fields, DGI_N_EVENT_FIELD, &d.events[i], o);
        json_object_put(o);
    }
    fill(dgi_statement_fields, DGI_N_STATEMENT_FIELD, &said);
    dgi_json_init(&j, &buf);
    dgi_json_statement(&j, &said);
    json_object *o = parsed(&buf);
    in_json(dgi_statement_fields, DGI_N_STATEMENT_FIELD, &said, o);
    json_object_put(o);
}

static void what_is_missing_is_null(void **state)
{
    struct dgi_event ev = {.plover = DGI_N_PLOVER, .content_of = DGI_NONE, .condition_of = DGI_NONE, .same_as = DGI_NONE};
    struct dgi_ev_doc d = {.events = &ev, .n_events = 1};
    struct dgi_buf buf = {0};
    struct dgi_json j;
    json_object *v;
    (void)state;
    ev.date.start = ev.date.end = ev.deadline.start = ev.deadline.end = DGI_NO_DAY;
    dgi_json_init(&j, &buf);
    dgi_json_event(&j, &d, NULL, &ev);
    json_object *o = parsed(&buf);
    static const char *const null[] = {"id", "trigger", "content_of", "condition_of", "content_span", "date", "deadline", "place", "statement", "goldstein", "frame"};
    for (size_t i = 0; i < sizeof null / sizeof *null; i++) {
        assert_true(json_object_object_get_ex(o, null[i], &v));
        assert_null(v);
    }
    json_object_put(o);
}

/* ---- the schema ---- */
static bool has_row(const struct dgi_field *f, uint32_t n, const char *column, const char *type, bool not_null)
{
    for (uint32_t i = 0; i < n; i++)
        if (f[i].column && !strcmp(f[i].column, column)) {
            char want[40];
            snprintf(want, sizeof want, "%s%s", type, not_null ? " NOT NULL" : "");
            assert_string_equal(f[i].sql, want);
            return true;
        }
    return false;
}

static uint32_t kept(const struct dgi_field *f, uint32_t n)
{
    uint32_t k = 0;
    for (uint32_t i = 0; i < n; i++)
        k += f[i].column != NULL;
    return k;
}

static void the_schema_has_these_columns(void **state)
{
    static const struct dgi_rows *const tables[] = {&dgi_rows_events, &dgi_rows_actors, &dgi_rows_quantities, &dgi_rows_sentences, &dgi_rows_entities,
                                                    &dgi_rows_statements};
    dgi_store *s = NULL;
    dg_error err = {0};
    (void)state;
    assert_int_equal(dgi_store_open(&s, path, true, NULL, &err), DG_OK);
    for (size_t t = 0; t < sizeof tables / sizeof *tables; t++) {
        const struct dgi_rows *r = tables[t];
        uint32_t found = 0;
        char sql[80];
        sqlite3_stmt *q;
        snprintf(sql, sizeof sql, "PRAGMA table_info(%s)", r->table);
        assert_int_equal(sqlite3_prepare_v2(((struct dgi_sqlite *)s->b)->db, sql, -1, &q, NULL), SQLITE_OK);
        while (sqlite3_step(q) == SQLITE_ROW) {
            const char *name = (const char *)sqlite3_column_text(q, 1), *type = (const char *)sqlite3_column_text(q, 2);
            bool not_null = sqlite3_column_int(q, 3);
            if (dgi_str_in(dgi_str(r->keys), ',', dgi_str(name)) || !strcmp(name, "no"))
                continue;
            if (!has_row(r->fields, r->n_fields, name, type, not_null) && !has_row(r->more, r->n_more, name, type, not_null))
                fail_msg("%s.%s: no field has this column", r->table, name);
            found++;
        }
        sqlite3_finalize(q);
        assert_int_equal(found, kept(r->fields, r->n_fields) + kept(r->more, r->n_more));
    }
    dgi_store_close(s);
}

static int setup(void **state)
{
    (void)state;
    int fd = mkstemp(path);
    if (fd < 0 || close(fd) != 0 || unlink(path) != 0)
        return -1;
    arena = dgi_arena_new(0);
    return arena ? 0 : -1;
}

static int teardown(void **state)
{
    char cmd[160];
    (void)state;
    snprintf(cmd, sizeof cmd, "rm -f %s %s-lock %s-wal %s-shm", path, path, path, path);
    dgi_arena_free(arena);
    return system(cmd) == 0 ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_member_has_a_row), cmocka_unit_test(columns_and_keys_are_told_apart),
                                       cmocka_unit_test(what_goes_into_the_store_comes_out), cmocka_unit_test(what_is_coded_travels), cmocka_unit_test(statements_and_entities_too),
                                       cmocka_unit_test(every_key_has_its_value), cmocka_unit_test(what_is_missing_is_null), cmocka_unit_test(the_schema_has_these_columns)};
    return cmocka_run_group_tests(tests, setup, teardown);
}
