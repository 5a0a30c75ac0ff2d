/* SPDX-License-Identifier: Apache-2.0 */
/* The table of fields (event/fields.h): it covers its structures, the schema has its columns, and a document in which every
 * field has a value of its own comes back from the store as it went in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"
#include "event/fields.h"
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
};

/* A member without a row would leave a hole that is wider than padding. */
static void every_member_has_a_row(void **state)
{
    (void)state;
    for (size_t s = 0; s < sizeof all / sizeof *all; s++) {
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
                assert_true(f->type <= DGI_F_ID64); /* what store/rows.c binds */
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
    default: break; /* told from the code */
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
        if (!dgi_str_eq(*(const dg_str *)p, *(const dg_str *)r))
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
    dgi_store *s = NULL;
    enum dgi_ingest_result r;
    dg_error err = {0};
    (void)state;
    assert_int_equal(dgi_store_open(&s, path, true, NULL, &err), DG_OK);
    assert_int_equal(dgi_store_put(s, &in, DGI_NO_DAY, &r, &err), DG_OK);
    if (dgi_store_load(s, 1, arena, &out, NULL, &err) != DG_OK)
        fail_msg("%s", err.message);
    assert_int_equal(out.n_events, N_EVENTS);
    for (uint32_t i = 0; i < N_EVENTS; i++)
        same(dgi_event_fields, DGI_N_EVENT_FIELD, &in.events[i], &out.events[i]);
    dgi_store_close(s);
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
        assert_int_equal(sqlite3_prepare_v2(s->db, sql, -1, &q, NULL), SQLITE_OK);
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
                                       cmocka_unit_test(what_goes_into_the_store_comes_out), cmocka_unit_test(the_schema_has_these_columns)};
    return cmocka_run_group_tests(tests, setup, teardown);
}
