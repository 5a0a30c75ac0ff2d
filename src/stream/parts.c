/* SPDX-License-Identifier: Apache-2.0 */
/* stream/parts.c: which messages of a partition are done: those before the first that is still open. */
#include <stdlib.h>

#include "stream/stream_int.h"

static void ticket_free(struct dgl_ticket *t)
{
    if (t->release && t->raw)
        t->release(t->raw);
    dg_record_free(t->record);
    free(t);
}

struct dgl_part *dgl_part_of(struct dgl_parts *p, const char *topic, int32_t partition)
{
    for (uint32_t i = 0; i < p->n; i++)
        if (p->list[i]->partition == partition && !strcmp(p->list[i]->topic, topic))
            return p->list[i];
    if (p->n == p->cap) {
        uint32_t cap = p->cap ? p->cap * 2 : 8;
        struct dgl_part **more = realloc(p->list, cap * sizeof *more);
        if (!more)
            return NULL;
        p->list = more;
        p->cap = cap;
    }
    struct dgl_part *part = calloc(1, sizeof *part);
    if (!part || !(part->topic = strdup(topic))) {
        free(part);
        return NULL;
    }
    part->partition = partition;
    part->next = part->committed = part->read = part->lag = -1;
    return p->list[p->n++] = part;
}

void dgl_part_add(struct dgl_part *p, struct dgl_ticket *t)
{
    t->part = p;
    t->after = NULL;
    *(p->last ? &p->last->after : &p->first) = t;
    p->last = t;
    if (p->next < 0)
        p->next = t->offset;
    p->read = t->offset + 1;
}

void dgl_ticket_done(struct dgl_ticket *t)
{
    struct dgl_part *p = t->part;
    if (--t->open)
        return;
    if (!p) {
        ticket_free(t);
        return;
    }
    while (p->first && !p->first->open) {
        struct dgl_ticket *done = p->first;
        p->first = done->after;
        p->next = done->offset + 1;
        ticket_free(done);
    }
    if (!p->first)
        p->last = NULL;
}

void dgl_part_forget(struct dgl_part *p)
{
    for (struct dgl_ticket *t = p->first, *after; t; t = after) {
        after = t->after;
        t->part = NULL;
        if (t->release && t->raw) /* the message itself goes with the partition */
            t->release(t->raw);
        t->raw = NULL;
        t->value = t->key = (dg_str){NULL, 0};
        if (!t->open)
            ticket_free(t);
    }
    p->first = p->last = NULL;
    p->next = p->committed = p->read = p->lag = -1;
    p->assigned = p->at_end = false;
}

bool dgl_parts_dirty(const struct dgl_parts *p)
{
    for (uint32_t i = 0; i < p->n; i++)
        if (p->list[i]->next > p->list[i]->committed)
            return true;
    return false;
}

void dgl_parts_free(struct dgl_parts *p)
{
    for (uint32_t i = 0; i < p->n; i++) {
        struct dgl_part *part = p->list[i];
        for (struct dgl_ticket *t = part->first, *after; t; t = after) {
            after = t->after;
            ticket_free(t);
        }
        free(part->topic);
        free(part);
    }
    free(p->list);
    *p = (struct dgl_parts){0};
}
