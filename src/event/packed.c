/* SPDX-License-Identifier: Apache-2.0 */
/* event/packed.c: the layout of a text as bytes, so that a kept text can be coded again as it was coded first.
 *
 * Reads   blocks of a document, or their bytes
 * Writes  the other
 *
 * Five numbers a block, 32 bits each, the low byte first: start, end, kind, start and end of the dateline (bytes of the text). */
#include "event/from_doc.h"

enum { NUMBERS = 5, BYTES = 4 * NUMBERS };

static void put(char *p, uint32_t v)
{
    for (int i = 0; i < 4; i++)
        p[i] = (char)(v >> 8 * i);
}

static uint32_t get(const char *p)
{
    uint32_t v = 0;
    for (int i = 0; i < 4; i++)
        v |= (uint32_t)(unsigned char)p[i] << 8 * i;
    return v;
}

dg_str dgi_blocks_pack(const struct dgi_doc *doc, dgi_arena *a)
{
    char *p = dgi_arena_array(a, (size_t)doc->n_blocks + 1, BYTES);
    for (uint32_t i = 0; p && i < doc->n_blocks; i++) {
        const struct dgi_block *b = &doc->blocks[i];
        const uint32_t v[NUMBERS] = {b->span.start, b->span.end, b->kind, b->dateline.start, b->dateline.end};
        for (int k = 0; k < NUMBERS; k++)
            put(p + (size_t)i * BYTES + 4 * k, v[k]);
    }
    return (dg_str){p, p ? (size_t)doc->n_blocks * BYTES : 0};
}

/* Spans must lie in the text, in order: the bytes come from a file. */
bool dgi_blocks_unpack(struct dgi_doc *doc, dg_str packed)
{
    uint32_t at = 0;
    doc->n_blocks = 0;
    if (!packed.len || packed.len % BYTES)
        return false;
    for (size_t i = 0; i < packed.len; i += BYTES) {
        uint32_t v[NUMBERS];
        for (int k = 0; k < NUMBERS; k++)
            v[k] = get(packed.ptr + i + 4 * k);
        struct dgi_block *b = DGI_PUSH(doc->arena, doc->blocks, doc->n_blocks, doc->cap_blocks);
        if (!b || v[0] < at || v[1] < v[0] || v[1] > doc->text.len || v[2] > DGI_BLOCK_OTHER || v[4] < v[3] ||
            v[4] > v[1] || (v[4] && v[3] < v[0])) {
            doc->n_blocks = 0;
            return false;
        }
        *b = (struct dgi_block){.span = {v[0], v[1]}, .kind = (uint8_t)v[2], .dateline = {v[3], v[4]}};
        at = v[1];
    }
    return true;
}
