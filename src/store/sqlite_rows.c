/* SPDX-License-Identifier: Apache-2.0 */
/* store/sqlite_rows.c: structures into rows and back, by the table of fields (event/fields.h).
 *
 * Reads   struct dgi_field rows, the structures they describe
 * Writes  parameters of a statement; structures in an arena
 *
 * A field is written and read here by its type alone, so that a new one needs a row, a column in the schema, and no line
 * of this room. Columns are named in every statement: their order in the schema is free. */
#include "store/sqlite_int.h"

/* table, keys, how many, fields, order of loading */
#define KEPT_FIELDS(t, k, n, list, o)                                                                                  \
    .table = t, .keys = k, .n_keys = n, .fields = list, .n_fields = sizeof(list) / sizeof *(list), .order = o
const struct dgi_rows dgi_rows_events = {KEPT_FIELDS("events", "doc,n,day", 3, dgi_event_fields, "n"),
                                         .more = dgi_place_fields, .n_more = DGI_N_PLACE_FIELD};
const struct dgi_rows dgi_rows_actors = {KEPT_FIELDS("event_actors", "doc,n,side,i", 4, dgi_actor_fields, "n,side,i")};
const struct dgi_rows dgi_rows_quantities = {KEPT_FIELDS("event_quantities", "doc,n,i", 3, dgi_quantity_fields, "n,i")};
const struct dgi_rows dgi_rows_sentences = {KEPT_FIELDS("sentences", "doc,i", 2, dgi_sentence_fields, "i")};
const struct dgi_rows dgi_rows_entities = {KEPT_FIELDS("entities", "doc,n", 2, dgi_entity_fields, "n")};
const struct dgi_rows dgi_rows_statements = {KEPT_FIELDS("statements", "doc,n", 2, dgi_statement_fields, "n")};

static uint32_t columns(const struct dgi_field *f, uint32_t n, struct dgi_buf *out)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < n; i++)
        if (f[i].column) {
            dgi_buf_printf(out, ",%s", f[i].column);
            count++;
        }
    return count;
}

void dgi_rows_insert_sql(const struct dgi_rows *r, struct dgi_buf *out)
{
    dgi_buf_printf(out, "INSERT INTO %s(%s", r->table, r->keys);
    uint32_t n = r->n_keys + columns(r->fields, r->n_fields, out);
    n += columns(r->more, r->n_more, out);
    dgi_buf_add(out, DGI_S(") VALUES("));
    for (uint32_t i = 0; i < n; i++)
        dgi_buf_printf(out, i ? ",?%u" : "?%u", i + 1);
    dgi_buf_add(out, DGI_S(")"));
}

void dgi_rows_select_sql(const struct dgi_rows *r, struct dgi_buf *out)
{
    dg_str keys = dgi_str(r->keys), first;
    dgi_str_next(&keys, ',', &first);
    dgi_buf_printf(out, "SELECT %.*s", (int)keys.len, keys.ptr);
    columns(r->fields, r->n_fields, out);
    columns(r->more, r->n_more, out);
    dgi_buf_printf(out, " FROM %s WHERE %.*s=?1 ORDER BY %s", r->table, (int)first.len, first.ptr, r->order);
}

static bool not_null(const struct dgi_field *f)
{
    return f->sql && dgi_str_ends(dgi_str(f->sql), DGI_S("NOT NULL"));
}

static void bind_text(sqlite3_stmt *q, int at, const struct dgi_field *f, dg_str s)
{
    if (!s.len && not_null(f))
        sqlite3_bind_text(q, at, "", 0, SQLITE_STATIC);
    else
        dgi_bind_str(q, at, s);
}

static void bind_field(sqlite3_stmt *q, int at, const struct dgi_field *f, const void *p)
{
    switch (f->type) {
    case DGI_F_STR:
    case DGI_F_LIST: bind_text(q, at, f, *(const dg_str *)p); break;
    case DGI_F_CODE: bind_text(q, at, f, dgi_str(p)); break;
    case DGI_F_ENUM: sqlite3_bind_int(q, at, *(const uint8_t *)p); break;
    case DGI_F_BOOL: sqlite3_bind_int(q, at, *(const bool *)p); break;
    case DGI_F_COUNT: sqlite3_bind_int64(q, at, *(const uint32_t *)p); break;
    case DGI_F_INDEX:
        if (*(const uint32_t *)p != DGI_NONE)
            sqlite3_bind_int64(q, at, *(const uint32_t *)p);
        break;
    case DGI_F_DAY: dgi_bind_day(q, at, *(const int32_t *)p); break;
    case DGI_F_NUM: dgi_bind_num(q, at, *(const double *)p); break;
    case DGI_F_SHARE: sqlite3_bind_double(q, at, (double)*(const float *)p); break;
    case DGI_F_ID64: sqlite3_bind_int64(q, at, *(const int64_t *)p); break;
    default: break; /* lists and spans have no column; a test sees to it */
    }
}

int dgi_rows_bind(sqlite3_stmt *q, int at, const struct dgi_field *f, uint32_t n, const void *object)
{
    for (uint32_t i = 0; i < n; i++)
        if (f[i].column) {
            if (object)
                bind_field(q, at, &f[i], dgi_field_at(&f[i], object));
            at++;
        }
    return at;
}

static bool read_field(sqlite3_stmt *q, int at, const struct dgi_field *f, void *p, dgi_arena *a)
{
    dg_str s;
    int v;
    switch (f->type) {
    case DGI_F_STR:
    case DGI_F_LIST:
        s = dgi_col_str(q, at);
        s = s.len ? dgi_arena_str(a, s) : (dg_str){"", 0};
        memcpy(p, &s, sizeof s);
        return s.ptr != NULL;
    case DGI_F_CODE:
        s = dgi_col_str(q, at);
        memset(p, 0, f->size);
        memcpy(p, s.ptr, s.len < f->size ? s.len : f->size - 1u);
        break;
    case DGI_F_ENUM: /* a damaged file must not lead beyond the names; n_names is "none" where the row allows it */
        v = sqlite3_column_type(q, at) == SQLITE_NULL && f->or_none ? f->n_names : sqlite3_column_int(q, at);
        *(uint8_t *)p = (uint8_t)(v >= 0 && v < f->n_names + f->or_none ? v : 0);
        break;
    case DGI_F_BOOL: *(bool *)p = sqlite3_column_int(q, at) != 0; break;
    case DGI_F_COUNT: *(uint32_t *)p = (uint32_t)sqlite3_column_int64(q, at); break;
    case DGI_F_INDEX: {
        int64_t x = sqlite3_column_type(q, at) == SQLITE_NULL ? -1 : sqlite3_column_int64(q, at);
        *(uint32_t *)p = x >= 0 && x < DGI_NONE ? (uint32_t)x : DGI_NONE;
        break;
    }
    case DGI_F_DAY: *(int32_t *)p = dgi_col_day(q, at); break;
    case DGI_F_NUM: *(double *)p = dgi_col_num(q, at); break;
    case DGI_F_SHARE: *(float *)p = (float)sqlite3_column_double(q, at); break;
    case DGI_F_ID64: *(int64_t *)p = sqlite3_column_int64(q, at); break;
    default: break;
    }
    return true;
}

int dgi_rows_read(sqlite3_stmt *q, int at, const struct dgi_field *f, uint32_t n, void *object, dgi_arena *a)
{
    for (uint32_t i = 0; i < n; i++)
        if (f[i].column && !read_field(q, at++, &f[i], (char *)object + f[i].offset, a))
            return -1;
    return at;
}
