/* SPDX-License-Identifier: Apache-2.0 */
/* code/compose.c: one CAMEO code from an event and its content: demand + withdraw = 1056, threaten + sanctions = 1312.
 *
 * Reads   work.parent, lexicon/en/compose.tsv
 * Writes  event cameo
 *
 * The row with the longest matching parent, then the longest matching content wins. */
#include "code/coder.h"

static const char *composed(const dgi_coder_tables *t, const char *parent, const char *content)
{
    const char *best = NULL;
    size_t best_len = 0;
    for (uint32_t i = 0; i < t->n_comp; i++) {
        const struct compose *k = &t->comp[i];
        size_t p = strlen(k->parent), n = strlen(k->content);
        if (strncmp(parent, k->parent, p) != 0 || strncmp(content, k->content, n) != 0 ||
            strlen(parent) > strlen(k->result))
            continue;
        size_t len = 8 * p + n + 1;
        if (len > best_len) {
            best = k->result;
            best_len = len;
        }
    }
    return best;
}

void dgi_compose_codes(struct coder *c)
{
    for (uint32_t i = c->n_w; i-- > 0;) {
        struct draft *w = &c->w[i];
        if (w->out == DGI_NONE || w->parent == DGI_NONE || c->w[w->parent].out == DGI_NONE)
            continue;
        struct dgi_coded *p = &c->doc->events[c->w[w->parent].out];
        const char *r = composed(c->t, c->w[w->parent].frame->cameo, w->frame->cameo);
        if (r && strlen(r) >= strlen(p->cameo) && memcmp(r, p->cameo, 2) == 0) {
            memset(p->cameo, 0, sizeof p->cameo);
            memcpy(p->cameo, r, strlen(r));
            dgi_trace_add(c->doc, c->w[w->parent].tok, "cameo", "%s with content %s makes %s",
                          c->w[w->parent].frame->cameo, w->frame->cameo, r);
        }
    }
}
