/* SPDX-License-Identifier: Apache-2.0 */
/* export/arrow_ipc.c: columns as an Arrow IPC stream or file (format version 5), without compression.
 *
 * Reads   columns of a finished batch
 * Writes  messages: a FlatBuffer each, then the buffers of the batch, padded to eight bytes
 *
 * Schema, RecordBatch and Footer need tables of a few fields only, so they are written forwards: a table's vtable, the table
 * with holes for its offsets, then what they point to, and the holes are filled. That is valid (an offset points onwards) and
 * needs no library. docs/formats/export.md. */
#include <stdlib.h>

#include "export/arrow.h"

/* ---- FlatBuffers, forwards ---- */
enum { F_U8 = 1, F_I16 = 2, F_I32 = 4, F_OFFSET = 4, F_I64 = 8, MOST_FIELDS = 8 };

static void pad(struct dgi_buf *b, size_t to, size_t rest)
{
    static const char zero[16];
    while (b->len % to != rest && !b->failed)
        dgi_buf_add(b, dgi_strn(zero, 1));
}

static void set(struct dgi_buf *b, size_t at, const void *p, size_t n)
{
    if (!b->failed)
        memcpy(b->ptr + at, p, n);
}

static void number(struct dgi_buf *b, size_t at, int64_t v, size_t n)
{
    unsigned char le[8];
    for (size_t i = 0; i < n; i++)
        le[i] = (unsigned char)((uint64_t)v >> (8 * i));
    set(b, at, le, n);
}

static size_t room(struct dgi_buf *b, size_t n)
{
    static const char zero[64];
    size_t at = b->len;
    for (size_t k = n; k; k -= k < sizeof zero ? k : sizeof zero)
        dgi_buf_add(b, dgi_strn(zero, k < sizeof zero ? k : sizeof zero));
    return at;
}

/* A table of n fields, as many bytes each (0: absent). Its place; where[i]: of its fields. */
static size_t table(struct dgi_buf *b, const uint8_t *bytes, uint32_t n, size_t *where)
{
    uint16_t offset[MOST_FIELDS] = {0};
    size_t size = 4;
    for (uint32_t i = 0; i < n; i++)
        if (bytes[i]) {
            size = (size + bytes[i] - 1) / bytes[i] * bytes[i];
            offset[i] = (uint16_t)size;
            size += bytes[i];
        }
    pad(b, 8, (8 - (4 + 2 * n) % 8) % 8);
    size_t vtable = room(b, 4 + 2 * n), at = room(b, size);
    number(b, vtable, 4 + 2 * (int64_t)n, 2);
    number(b, vtable + 2, (int64_t)size, 2);
    for (uint32_t i = 0; i < n; i++) {
        number(b, vtable + 4 + 2 * i, offset[i], 2);
        where[i] = at + offset[i];
    }
    number(b, at, (int64_t)(at - vtable), 4);
    return at;
}

static void point(struct dgi_buf *b, size_t hole, size_t to)
{
    number(b, hole, (int64_t)(to - hole), 4);
}

static size_t text(struct dgi_buf *b, dg_str s)
{
    pad(b, 4, 0);
    size_t at = room(b, 4);
    number(b, at, (int64_t)s.len, 4);
    dgi_buf_add(b, s);
    room(b, 1);
    return at;
}

/* A vector of n elements of `bytes`, eight-byte aligned; its first element is at the result + 4. */
static size_t vector(struct dgi_buf *b, uint32_t n, size_t bytes)
{
    pad(b, 8, 4);
    size_t at = room(b, 4);
    number(b, at, n, 4);
    room(b, n * bytes);
    return at;
}

/* ---- the schema ---- */
static size_t field(struct dgi_buf *b, const char *name, uint8_t type)
{
    /* of Arrow's union Type, and the table that it is: bytes of its fields */
    static const struct {
        uint8_t code, n, bytes[2];
        int32_t value[2];
    } kinds[] = {[DGI_A_TEXT] = {5, 0, {0}, {0}},       [DGI_A_INT] = {2, 2, {F_I32, F_U8}, {64, 1}},
                 [DGI_A_NUMBER] = {3, 1, {F_I16}, {2}}, [DGI_A_BOOL] = {6, 0, {0}, {0}},
                 [DGI_A_DATE] = {8, 1, {F_I16}, {0}},   [DGI_A_LIST] = {12, 0, {0}, {0}}};
    static const uint8_t bytes[] = {F_OFFSET, F_U8, F_U8, F_OFFSET, 0, F_OFFSET};
    size_t w[MOST_FIELDS], in[MOST_FIELDS], at = table(b, bytes, 6, w);
    bool list = type == DGI_A_LIST;
    number(b, w[1], 1, 1);
    number(b, w[2], kinds[type].code, 1);
    point(b, w[0], text(b, dgi_str(name)));
    size_t kind = table(b, kinds[type].bytes, kinds[type].n, in);
    point(b, w[3], kind);
    for (uint32_t i = 0; i < kinds[type].n; i++)
        number(b, in[i], kinds[type].value[i], kinds[type].bytes[i]);
    size_t children = vector(b, list, F_OFFSET);
    point(b, w[5], children);
    if (list)
        point(b, children + 4, field(b, dgi_item_name, DGI_A_TEXT));
    return at;
}

static void about(struct dgi_buf *b, size_t hole, dg_str pairs)
{
    static const uint8_t bytes[] = {F_OFFSET, F_OFFSET};
    dg_str rest = pairs, key, value;
    uint32_t n = 0;
    for (size_t i = 0; i < pairs.len; i++)
        n += !pairs.ptr[i];
    n = (n + 1) / 2;
    size_t list = vector(b, n, F_OFFSET), w[MOST_FIELDS];
    point(b, hole, list);
    for (uint32_t i = 0; i < n && dgi_str_next(&rest, 0, &key) && dgi_str_next(&rest, 0, &value); i++) {
        point(b, list + 4 + 4 * i, table(b, bytes, 2, w));
        point(b, w[0], text(b, key));
        point(b, w[1], text(b, value));
    }
}

static size_t schema(struct dgi_buf *b, const struct dgi_export *x)
{
    static const uint8_t bytes[] = {F_I16, F_OFFSET, F_OFFSET};
    size_t w[MOST_FIELDS], at = table(b, bytes, 3, w), fields = vector(b, x->n_columns, F_OFFSET);
    point(b, w[1], fields);
    for (uint32_t i = 0; i < x->n_columns; i++)
        point(b, fields + 4 + 4 * i, field(b, x->columns[i].name, x->arrow->columns[i].type));
    about(b, w[2], x->about);
    return at;
}

/* ---- messages ---- */
enum { VERSION = 4 /* V5 */, SCHEMA = 1, BATCH = 3 };

/* The beginning of a message; the hole for its header is in *header. */
static void message(struct dgi_buf *b, uint8_t type, int64_t body, size_t *header)
{
    static const uint8_t bytes[] = {F_I16, F_U8, F_OFFSET, F_I64};
    size_t root = room(b, 4), w[MOST_FIELDS];
    point(b, root, table(b, bytes, 4, w));
    number(b, w[0], VERSION, 2);
    number(b, w[1], type, 1);
    number(b, w[3], body, 8);
    *header = w[2];
}

static void out(struct dgi_export *x, const void *p, size_t n)
{
    dgi_buf_add(x->out, dgi_strn(p, n));
    x->arrow->written += n;
}

static void out_padded(struct dgi_export *x, const void *p, size_t n)
{
    static const char zero[8];
    out(x, p, n);
    out(x, zero, (8 - n % 8) % 8);
}

/* The message with its length before it; how many bytes that was. */
static int32_t send(struct dgi_export *x, struct dgi_buf *b)
{
    char head[8] = {-1, -1, -1, -1};
    pad(b, 8, 0);
    int32_t len = (int32_t)b->len;
    for (int i = 0; i < 4; i++)
        head[4 + i] = (char)(unsigned char)((uint32_t)len >> (8 * i));
    x->out->failed |= b->failed;
    if (!b->failed) {
        out(x, head, sizeof head);
        out(x, b->ptr, b->len);
    }
    dgi_buf_free(b);
    return len + 8;
}

void dgi_ipc_begin(struct dgi_export *x)
{
    struct dgi_buf b = {0};
    size_t header;
    if (x->arrow->begun)
        return;
    x->arrow->begun = true;
    if (x->format == DGI_EXPORT_ARROW)
        out(x, "ARROW1\0", 8);
    message(&b, SCHEMA, 0, &header);
    point(&b, header, schema(&b, x));
    send(x, &b);
}

/* ---- a batch ---- */
struct body { /* nodes and buffers in their order, depth first */
    int64_t node[2], buffer[3][2];
    const struct dgi_buf *bytes[3];
    uint32_t n_buffers;
};
/* One column is a node with its buffers, a list two. */
static uint32_t nodes_of(const struct dgi_arrow_column *c, struct body *out)
{
    static const struct dgi_buf none;
    bool list = c->type == DGI_A_LIST, texts = c->type == DGI_A_TEXT;
    out[0] = (struct body){.node = {c->n, c->n_null}, .n_buffers = texts ? 3 : 2};
    out[0].bytes[0] = c->n_null ? &c->valid : &none;
    out[0].bytes[1] = texts || list ? &c->offsets : &c->bytes;
    out[0].bytes[2] = &c->bytes;
    if (list) {
        out[1] = (struct body){.node = {c->n_members, 0}, .n_buffers = 3};
        out[1].bytes[0] = &none;
        out[1].bytes[1] = &c->member_offsets;
        out[1].bytes[2] = &c->bytes;
    }
    return list ? 2 : 1;
}

static void header_of(struct dgi_buf *b, const struct dgi_arrow *a, const struct body *body, uint32_t n,
                      uint32_t n_buffers, int64_t size)
{
    static const uint8_t bytes[] = {F_I64, F_OFFSET, F_OFFSET};
    size_t header, w[MOST_FIELDS];
    int64_t at = 0;
    message(b, BATCH, size, &header);
    point(b, header, table(b, bytes, 3, w));
    number(b, w[0], a->rows, 8);
    size_t nodes = vector(b, n, 16), buffers = vector(b, n_buffers, 16), k = 0;
    point(b, w[1], nodes);
    point(b, w[2], buffers);
    for (uint32_t i = 0; i < n; i++) {
        number(b, nodes + 4 + 16 * i, body[i].node[0], 8);
        number(b, nodes + 12 + 16 * i, body[i].node[1], 8);
        for (uint32_t p = 0; p < body[i].n_buffers; p++, k++) {
            int64_t len = (int64_t)body[i].bytes[p]->len;
            number(b, buffers + 4 + 16 * k, at, 8);
            number(b, buffers + 12 + 16 * k, len, 8);
            at += (len + 7) / 8 * 8;
        }
    }
}

static void remember(struct dgi_export *x, struct dgi_arrow_block block)
{
    struct dgi_arrow *a = x->arrow;
    if (a->n_blocks == a->cap_blocks) {
        uint32_t cap = a->cap_blocks ? a->cap_blocks * 2 : 64;
        struct dgi_arrow_block *more = realloc(a->blocks, cap * sizeof *more);
        if (!more) {
            x->out->failed = true;
            return;
        }
        a->blocks = more;
        a->cap_blocks = cap;
    }
    a->blocks[a->n_blocks++] = block;
}

void dgi_ipc_batch(struct dgi_export *x)
{
    struct dgi_arrow *a = x->arrow;
    struct body *body = calloc(a->n_columns * 2u + 1, sizeof *body);
    struct dgi_buf b = {0};
    uint32_t n = 0, n_buffers = 0;
    int64_t size = 0;
    dgi_ipc_begin(x);
    if (!body) {
        x->out->failed = true;
        return;
    }
    for (uint32_t i = 0; i < a->n_columns; i++)
        n += nodes_of(&a->columns[i], &body[n]);
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t p = 0; p < body[i].n_buffers; p++, n_buffers++)
            size += (int64_t)((body[i].bytes[p]->len + 7) / 8 * 8);
    struct dgi_arrow_block block = {(int64_t)a->written, size, 0};
    header_of(&b, a, body, n, n_buffers, size);
    block.head = send(x, &b);
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t p = 0; p < body[i].n_buffers; p++)
            out_padded(x, body[i].bytes[p]->ptr, body[i].bytes[p]->len);
    remember(x, block);
    free(body);
}

void dgi_ipc_end(struct dgi_export *x)
{
    static const char end[8] = {-1, -1, -1, -1};
    static const uint8_t bytes[] = {F_I16, F_OFFSET, F_OFFSET, F_OFFSET};
    struct dgi_arrow *a = x->arrow;
    struct dgi_buf b = {0};
    size_t w[MOST_FIELDS];
    char len[4];
    dgi_ipc_begin(x);
    out(x, end, sizeof end);
    if (x->format != DGI_EXPORT_ARROW)
        return;
    size_t root = room(&b, 4);
    point(&b, root, table(&b, bytes, 4, w));
    number(&b, w[0], VERSION, 2);
    point(&b, w[1], schema(&b, x));
    point(&b, w[2], vector(&b, 0, 24));
    size_t blocks = vector(&b, a->n_blocks, 24);
    point(&b, w[3], blocks);
    for (uint32_t i = 0; i < a->n_blocks; i++) {
        number(&b, blocks + 4 + 24 * i, a->blocks[i].offset, 8);
        number(&b, blocks + 12 + 24 * i, a->blocks[i].head, 4);
        number(&b, blocks + 20 + 24 * i, a->blocks[i].body, 8);
    }
    x->out->failed |= b.failed;
    for (int i = 0; i < 4; i++)
        len[i] = (char)(unsigned char)(b.len >> (8 * i));
    if (!b.failed)
        out(x, b.ptr, b.len);
    out(x, len, sizeof len);
    out(x, "ARROW1", 6);
    dgi_buf_free(&b);
}
