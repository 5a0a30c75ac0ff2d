/* SPDX-License-Identifier: Apache-2.0 */
/* clause/lexis.c: a hash table from words to numbers, so that matching compares integers. See lexis.h. */
#include "clause/lexis.h"

#include "base/utf8.h"

static uint32_t find_slot(const struct dgi_lexis *lx, dg_str w)
{
    uint32_t mask = (1u << lx->slot_bits) - 1, i = (uint32_t)dgi_str_hash(w) & mask;
    while (lx->slots[i] && !dgi_str_eq(lx->word[lx->slots[i]], w))
        i = (i + 1) & mask;
    return i;
}

uint32_t dgi_lexis_id(const struct dgi_lexis *lx, dg_str w)
{
    return w.len ? lx->slots[find_slot(lx, w)] : 0;
}

uint32_t dgi_lexis_id_lower(const struct dgi_lexis *lx, dg_str w)
{
    char buf[64];
    if (w.len > sizeof buf)
        return 0;
    return dgi_lexis_id(lx, dgi_utf8_lower_buf(w, buf, sizeof buf));
}

static bool grow_slots(struct dgi_lexis *lx)
{
    uint32_t bits = lx->slot_bits ? lx->slot_bits + 2 : 12;
    uint32_t *s = dgi_arena_array(lx->arena, (size_t)1 << bits, sizeof *s);
    if (!s)
        return false;
    lx->slots = s;
    lx->slot_bits = bits;
    for (uint32_t i = 1; i < lx->n_words; i++)
        lx->slots[find_slot(lx, lx->word[i])] = i;
    return true;
}

uint32_t dgi_lexis_add(struct dgi_lexis *lx, dg_str w)
{
    if (!w.len)
        return 0;
    if ((!lx->slot_bits || lx->n_words * 2 >= (1u << lx->slot_bits)) && !grow_slots(lx)) {
        lx->nomem = true;
        return 0;
    }
    uint32_t i = find_slot(lx, w);
    if (lx->slots[i])
        return lx->slots[i];
    dg_str *p;
    if (!lx->n_words &&
        (p = DGI_PUSH(lx->arena, lx->word, lx->n_words, lx->cap_words)) == NULL) { /* word 0 is no word */
        lx->nomem = true;
        return 0;
    }
    p = DGI_PUSH(lx->arena, lx->word, lx->n_words, lx->cap_words);
    if (!p) {
        lx->nomem = true;
        return 0;
    }
    *p = w;
    lx->slots[i] = lx->n_words - 1;
    return lx->n_words - 1;
}
