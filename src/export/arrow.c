/* SPDX-License-Identifier: Apache-2.0 */
/* export/arrow.c: rows as Arrow columns, and columns as the structures of Arrow's C data and C stream interfaces.
 *
 * Reads   cells
 * Writes  batches of columns; ArrowArrayStream, whose consumer owns all of it
 *
 * Six types do for all tables: text (utf8), whole numbers (int64), numbers (float64), booleans, days (date32), lists of text.
 * Every column is nullable; a list is never null, as in JSON Lines. The consumer may move a child out of its parent and release
 * it by itself, so each array owns its own buffers. */
#include "export/arrow.h"

#include <stdlib.h>

/* A batch is full with so many rows or bytes: offsets are int32. */
enum { MOST_ROWS = 16384, MOST_BYTES = 64 << 20 };

uint8_t dgi_arrow_type_of(const struct dgi_export *x, const struct dgi_column *col)
{
    if (dgi_column_is_list(x, col))
        return DGI_A_LIST;
    const struct dgi_field *f = col->from == DGI_C_EVENT   ? &dgi_event_fields[col->field]
                                : col->from == DGI_C_PLACE ? &dgi_place_fields[col->field]
                                                           : NULL;
    if (!strcmp(col->type, "count") ||
        (f && (f->type == DGI_F_QUAD || f->type == DGI_F_COUNT || f->type == DGI_F_ID64)))
        return DGI_A_INT;
    return !strcmp(col->type, "number") ? DGI_A_NUMBER
           : !strcmp(col->type, "date") ? DGI_A_DATE
           : !strcmp(col->type, "bool") ? DGI_A_BOOL
                                        : DGI_A_TEXT;
}

const char dgi_item_name[] = "item";

/* ---- filling ---- */
static void put(struct dgi_buf *b, const void *p, size_t n)
{
    dgi_buf_add(b, dgi_strn(p, n));
}

static void put_bit(struct dgi_buf *b, int64_t i, bool v)
{
    if (i % 8 == 0)
        put(b, "", 1);
    if (v && !b->failed)
        b->ptr[i / 8] = (char)((unsigned char)b->ptr[i / 8] | 1u << (i % 8));
}

static void put_offset(struct dgi_buf *b, size_t n)
{
    int32_t o = (int32_t)n;
    put(b, &o, sizeof o);
}

static void put_list(struct dgi_arrow_column *c, const struct dgi_cell *cell)
{
    dg_str rest = cell->text, one;
    while (cell->type == DGI_CELL_TEXT && rest.ptr && dgi_str_next(&rest, ';', &one)) {
        dgi_cell_fold(&c->bytes, one, false);
        put_offset(&c->member_offsets, c->bytes.len);
        c->n_members++;
    }
    put_offset(&c->offsets, (size_t)c->n_members);
}

static void put_cell(struct dgi_arrow_column *c, const struct dgi_cell *cell)
{
    bool some = cell->type != DGI_CELL_NONE || c->type == DGI_A_LIST;
    int32_t day = some ? (int32_t)cell->n : 0;
    int64_t n = some ? cell->n : 0;
    double v = !some ? 0 : cell->type == DGI_CELL_NUMBER ? cell->number : (double)cell->n;
    put_bit(&c->valid, c->n, some);
    c->n_null += !some;
    switch (c->type) {
    case DGI_A_TEXT:
        if (some && cell->verbatim)
            dgi_buf_add(&c->bytes, cell->text);
        else if (some)
            dgi_cell_fold(&c->bytes, dgi_str_trim(cell->text), false);
        put_offset(&c->offsets, c->bytes.len);
        break;
    case DGI_A_LIST: put_list(c, cell); break;
    case DGI_A_BOOL: put_bit(&c->bytes, c->n, some && cell->n); break;
    case DGI_A_DATE: put(&c->bytes, &day, sizeof day); break;
    case DGI_A_INT: put(&c->bytes, &n, sizeof n); break;
    default: put(&c->bytes, &v, sizeof v);
    }
    c->n++;
}

static void column_clear(struct dgi_arrow_column *c)
{
    dgi_buf_free(&c->valid);
    dgi_buf_free(&c->offsets);
    dgi_buf_free(&c->bytes);
    dgi_buf_free(&c->member_offsets);
    *c = (struct dgi_arrow_column){.type = c->type};
}

static void column_begin(struct dgi_arrow_column *c)
{
    if (c->type == DGI_A_TEXT || c->type == DGI_A_LIST)
        put_offset(&c->offsets, 0);
    if (c->type == DGI_A_LIST)
        put_offset(&c->member_offsets, 0);
}

static bool column_failed(const struct dgi_arrow_column *c)
{
    return c->valid.failed || c->offsets.failed || c->bytes.failed || c->member_offsets.failed;
}

static struct dgi_arrow *columns_of(struct dgi_export *x)
{
    if (x->arrow)
        return x->arrow;
    struct dgi_arrow *a = calloc(1, sizeof *a);
    struct dgi_arrow_column *c = calloc(x->n_columns + 1u, sizeof *c);
    if (!a || !c) {
        free(a);
        free(c);
        x->out->failed = true;
        return NULL;
    }
    *a = (struct dgi_arrow){.columns = c, .n_columns = x->n_columns};
    for (uint32_t i = 0; i < x->n_columns; i++) {
        c[i].type = dgi_arrow_type_of(x, &x->columns[i]);
        column_begin(&c[i]);
    }
    x->arrow = a;
    return a;
}

/* ---- a finished batch as ArrowArray ---- */
struct held { /* what an array owns */
    const void *buffers[3];
    void *own[3];
    struct ArrowArray **children, *child;
};

static void release_array(struct ArrowArray *a)
{
    struct held *h = a->private_data;
    for (int64_t i = 0; i < a->n_children; i++)
        if (a->children[i]->release)
            a->children[i]->release(a->children[i]);
    for (int i = 0; i < 3; i++)
        free(h->own[i]);
    free(h->children);
    free(h->child);
    free(h);
    a->release = NULL;
}

static struct held *hold(struct ArrowArray *a, int64_t n, int64_t n_null, int64_t n_buffers, int64_t n_children)
{
    struct held *h = calloc(1, sizeof *h);
    *a = (struct ArrowArray){.length = n, .null_count = n_null, .n_buffers = n_buffers};
    if (h && n_children) {
        h->children = calloc((size_t)n_children, sizeof *h->children);
        h->child = calloc((size_t)n_children, sizeof *h->child);
        if (!h->children || !h->child) {
            free(h->children);
            free(h->child);
            free(h);
            h = NULL;
        }
    }
    if (!h)
        return NULL;
    a->n_children = n_children;
    for (int64_t i = 0; i < n_children; i++)
        h->children[i] = &h->child[i];
    a->children = h->children;
    a->buffers = h->buffers;
    a->private_data = h;
    a->release = release_array;
    return h;
}

/* The bytes of a buffer become the array's; one that is empty is still a place. */
static void own(struct held *h, int i, struct dgi_buf *b)
{
    static const int64_t nothing[1];
    h->own[i] = b->ptr;
    h->buffers[i] = b->ptr ? (const void *)b->ptr : nothing;
    *b = (struct dgi_buf){0};
}

static bool column_array(struct ArrowArray *a, struct dgi_arrow_column *c)
{
    bool list = c->type == DGI_A_LIST;
    struct held *h = hold(a, c->n, c->n_null, c->type == DGI_A_TEXT ? 3 : 2, list);
    if (!h)
        return false;
    if (list) {
        struct held *m = hold(a->children[0], c->n_members, 0, 3, 0);
        if (!m) {
            a->release(a);
            return false;
        }
        own(m, 1, &c->member_offsets);
        own(m, 2, &c->bytes);
    }
    if (c->n_null)
        own(h, 0, &c->valid);
    if (c->type == DGI_A_TEXT || list)
        own(h, 1, &c->offsets);
    if (!list)
        own(h, c->type == DGI_A_TEXT ? 2 : 1, &c->bytes);
    return true;
}

static bool batch_array(struct ArrowArray *out, struct dgi_arrow *a)
{
    if (!hold(out, a->rows, 0, 1, a->n_columns))
        return false;
    for (uint32_t i = 0; i < a->n_columns; i++)
        if (!column_array(out->children[i], &a->columns[i])) {
            out->release(out);
            return false;
        }
    return true;
}

/* The batch that is being filled: written, or put aside. */
static void batch_end(struct dgi_export *x)
{
    struct dgi_arrow *a = x->arrow;
    for (uint32_t i = 0; i < a->n_columns; i++)
        x->out->failed |= column_failed(&a->columns[i]);
    if (!a->rows || x->out->failed)
        return;
    if (x->format == DGI_EXPORT_COLUMNS) {
        if (a->n_ready == a->cap_ready) {
            uint32_t cap = a->cap_ready ? a->cap_ready * 2 : 16;
            struct ArrowArray *more = realloc(a->ready, cap * sizeof *more);
            if (!more) {
                x->out->failed = true;
                return;
            }
            a->ready = more;
            a->cap_ready = cap;
        }
        if (batch_array(&a->ready[a->n_ready], a))
            a->n_ready++;
        else
            x->out->failed = true;
    } else {
        dgi_ipc_batch(x);
    }
    for (uint32_t i = 0; i < a->n_columns; i++) {
        column_clear(&a->columns[i]);
        column_begin(&a->columns[i]);
    }
    a->rows = 0;
    if (x->format == DGI_EXPORT_COLUMNS && x->out->sink && !x->out->sink(x->out->user, NULL, 0))
        x->out->failed = true;
}

void dgi_arrow_row(struct dgi_export *x, const struct dgi_row *r)
{
    struct dgi_arrow *a = columns_of(x);
    struct dgi_cell c;
    bool full = false;
    for (uint32_t i = 0; a && i < x->n_columns; i++) {
        dgi_export_cell(&c, &x->columns[i], r, x);
        put_cell(&a->columns[i], &c);
        full |= a->columns[i].bytes.len >= MOST_BYTES;
    }
    x->out->failed |= x->cell.failed;
    if (a && (++a->rows >= MOST_ROWS || full))
        batch_end(x);
}

void dgi_arrow_finish(struct dgi_export *x)
{
    struct dgi_arrow *a = columns_of(x);
    if (!a)
        return;
    batch_end(x);
    if (x->format != DGI_EXPORT_COLUMNS)
        dgi_ipc_end(x);
}

void dgi_arrow_free(struct dgi_arrow *a)
{
    if (!a)
        return;
    for (uint32_t i = 0; i < a->n_columns; i++)
        column_clear(&a->columns[i]);
    for (uint32_t i = 0; i < a->n_ready; i++)
        a->ready[i].release(&a->ready[i]);
    free(a->columns);
    free(a->ready);
    free(a->blocks);
    free(a);
}

/* ---- the schema ---- */
struct schema_held {
    struct ArrowSchema **children, *child;
    char *about;
};

static void release_schema(struct ArrowSchema *s)
{
    struct schema_held *h = s->private_data;
    for (int64_t i = 0; i < s->n_children; i++)
        if (s->children[i]->release)
            s->children[i]->release(s->children[i]);
    free(h->children);
    free(h->child);
    free(h->about);
    free(h);
    s->release = NULL;
}

static bool schema(struct ArrowSchema *s, const char *format, const char *name, bool nullable, int64_t n_children)
{
    struct schema_held *h = calloc(1, sizeof *h);
    *s = (struct ArrowSchema){.format = format, .name = name, .flags = nullable ? ARROW_FLAG_NULLABLE : 0};
    if (h && n_children) {
        h->children = calloc((size_t)n_children, sizeof *h->children);
        h->child = calloc((size_t)n_children, sizeof *h->child);
        if (!h->children || !h->child) {
            free(h->children);
            free(h->child);
            free(h);
            h = NULL;
        }
    }
    if (!h)
        return false;
    for (int64_t i = 0; i < n_children; i++)
        h->children[i] = &h->child[i];
    s->n_children = n_children;
    s->children = h->children;
    s->private_data = h;
    s->release = release_schema;
    return true;
}

/* Pairs of key and value as the interface has them: int32 counts before each. NULL: no memory. */
static char *metadata(dg_str about)
{
    struct dgi_buf b = {0};
    dg_str rest = about, one;
    int32_t n = 0;
    put(&b, &n, sizeof n);
    while (rest.len && dgi_str_next(&rest, 0, &one)) {
        int32_t len = (int32_t)one.len;
        put(&b, &len, sizeof len);
        dgi_buf_add(&b, one);
        n++;
    }
    n /= 2;
    if (b.failed) {
        dgi_buf_free(&b);
        return NULL;
    }
    memcpy(b.ptr, &n, sizeof n);
    return b.ptr;
}

static bool schema_of(struct ArrowSchema *out, const struct dgi_column *columns, const uint8_t *types, uint32_t n,
                      dg_str about)
{
    static const char *const format_names[] = {"u", "l", "g", "b", "tdD", "+l"};
    struct schema_held *h;
    if (!schema(out, "+s", "", false, n))
        return false;
    h = out->private_data;
    bool ok = !about.len || (h->about = metadata(about)) != NULL;
    out->metadata = h->about;
    for (uint32_t i = 0; ok && i < n; i++) {
        bool list = types[i] == DGI_A_LIST;
        ok = schema(out->children[i], format_names[types[i]], columns[i].name, true, list) &&
             (!list || schema(out->children[i]->children[0], format_names[DGI_A_TEXT], dgi_item_name, true, 0));
    }
    if (!ok)
        out->release(out);
    return ok;
}

/* ---- the stream ---- */
struct stream {
    const struct dgi_column *columns; /* static tables */
    uint8_t *types;
    uint32_t n_columns;
    struct ArrowArray *batch;
    uint32_t n, next;
    char *about;
    size_t about_len;
    const char *error;
};

static int stream_schema(struct ArrowArrayStream *s, struct ArrowSchema *out)
{
    struct stream *t = s->private_data;
    if (schema_of(out, t->columns, t->types, t->n_columns, dgi_strn(t->about, t->about_len)))
        return 0;
    t->error = "no memory for a schema";
    return 12; /* ENOMEM */
}

static int stream_next(struct ArrowArrayStream *s, struct ArrowArray *out)
{
    struct stream *t = s->private_data;
    *out = t->next < t->n ? t->batch[t->next++] : (struct ArrowArray){0};
    return 0;
}

static const char *stream_error(struct ArrowArrayStream *s)
{
    return ((struct stream *)s->private_data)->error;
}

static void stream_release(struct ArrowArrayStream *s)
{
    struct stream *t = s->private_data;
    while (t->next < t->n) {
        t->batch[t->next].release(&t->batch[t->next]);
        t->next++;
    }
    free(t->batch);
    free(t->types);
    free(t->about);
    free(t);
    s->release = NULL;
}

bool dgi_arrow_take(struct ArrowArrayStream *out, struct dgi_export *x)
{
    struct dgi_arrow *a = columns_of(x);
    *out = (struct ArrowArrayStream){0};
    if (!a)
        return false;
    batch_end(x);
    struct stream *t = calloc(1, sizeof *t);
    if (t) {
        t->types = malloc(a->n_columns + 1u);
        t->about = malloc(x->about.len + 1);
    }
    if (x->out->failed || !t || !t->types || !t->about) {
        if (t) {
            free(t->types);
            free(t->about);
        }
        free(t);
        return false;
    }
    if (x->about.len)
        memcpy(t->about, x->about.ptr, x->about.len);
    t->about_len = x->about.len;
    for (uint32_t i = 0; i < a->n_columns; i++)
        t->types[i] = a->columns[i].type;
    t->columns = x->columns;
    t->n_columns = a->n_columns;
    t->batch = a->ready;
    t->n = a->n_ready;
    a->ready = NULL;
    a->n_ready = a->cap_ready = 0;
    *out = (struct ArrowArrayStream){stream_schema, stream_next, stream_error, stream_release, t};
    return true;
}
