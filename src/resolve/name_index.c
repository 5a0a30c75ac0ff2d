/* SPDX-License-Identifier: Apache-2.0 */
/* resolve/name_index.c: see name_index.h. A table of slots that doubles; the forms of a slot are a chain, newest first. */
#include "resolve/name_index.h"
#include "resolve/actor_in.h"

static bool grow(struct dgi_name_index *x, dgi_arena *a)
{
    uint32_t bits = x->bits ? x->bits + 2 : 8, mask = (1u << bits) - 1;
    uint32_t *slot = dgi_arena_array(a, (size_t)1 << bits, sizeof *slot);
    if (!slot)
        return false;
    for (uint32_t i = 0; i < x->n; i++) { /* oldest first, so that the newest stands in front again */
        x->forms[i].next = slot[x->forms[i].hash & mask];
        slot[x->forms[i].hash & mask] = i + 1;
    }
    x->slot = slot;
    x->bits = bits;
    return true;
}

static bool add_form(struct dgi_name_index *x, dgi_arena *a, dg_str form, uint32_t of)
{
    if (x->n >= (1u << x->bits) && !grow(x, a))
        return false;
    struct dgi_name_form *f = DGI_PUSH(a, x->forms, x->n, x->cap);
    if (!f)
        return false;
    uint32_t hash = (uint32_t)dgi_fold_hash(form), *slot = &x->slot[hash & ((1u << x->bits) - 1)];
    *f = (struct dgi_name_form){.hash = hash, .of = of, .next = *slot};
    *slot = x->n;
    return true;
}

dg_str dgi_fathers_name(dg_str name)
{
    size_t space[2] = {0, 0}, n = 0; /* the last two */
    for (size_t i = 1; i < name.len; i++)
        if (name.ptr[i] == ' ') {
            space[0] = space[1];
            space[1] = i;
            n++;
        }
    return n < 2 ? (dg_str){"", 0} : dgi_str_sub(name, space[0] + 1, space[1]);
}

bool dgi_name_index_add(struct dgi_name_index *x, dgi_arena *a, dg_str name, uint32_t of)
{
    if ((!x->slot && !grow(x, a)) || !add_form(x, a, name, of))
        return false;
    for (size_t i = 1; i < name.len; i++) {
        bool word = name.ptr[i - 1] == ' ' || name.ptr[i - 1] == '-';
        if ((word && !add_form(x, a, dgi_str_sub(name, i, name.len), of)) ||
            (name.ptr[i] == ' ' && !add_form(x, a, dgi_str_sub(name, 0, i), of)))
            return false;
    }
    dg_str father = dgi_fathers_name(name);
    return !father.len || add_form(x, a, father, of);
}

uint32_t dgi_name_index_next(const struct dgi_name_index *x, uint64_t fold_hash, uint32_t *at)
{
    uint32_t hash = (uint32_t)fold_hash, i;
    if (!x->slot)
        return UINT32_MAX;
    for (i = *at ? x->forms[*at - 1].next : x->slot[hash & ((1u << x->bits) - 1)]; i && x->forms[i - 1].hash != hash;)
        i = x->forms[i - 1].next;
    *at = i;
    return i ? x->forms[i - 1].of : UINT32_MAX;
}
