/* SPDX-License-Identifier: Apache-2.0 */
/* event/codes.c: Goldstein, quad class, PLOVER score of a code, from lexicon/world/cameo.tsv and lexicon/world/plover.tsv. */
#include <stdio.h>

#include "event/codes.h"

void dgi_codes_init(struct dgi_codes *c, const dgi_lexicon *lex)
{
    c->cameo = dgi_lexicon_table(lex, "cameo");
    c->plover = dgi_lexicon_table(lex, "plover");
}

/* The code's own row, else its parent's. */
static uint32_t row_of(const struct dgi_table *t, dg_str cameo)
{
    for (size_t n = cameo.len; t && n >= 2; n--) {
        uint32_t r = dgi_table_find(t, dgi_str_sub(cameo, 0, n));
        if (r != DGI_NONE)
            return r;
    }
    return DGI_NONE;
}

/* cameo.tsv: code, name, goldstein, quadclass, root */
bool dgi_codes_goldstein(const struct dgi_codes *c, dg_str cameo, double *out)
{
    for (size_t n = cameo.len; n >= 2; n--) {
        uint32_t r = row_of(c->cameo, dgi_str_sub(cameo, 0, n));
        if (r != DGI_NONE && dgi_str_double(dgi_table_cell(c->cameo, r, 2), out))
            return true;
    }
    return false;
}

dg_str dgi_codes_cameo_name(const struct dgi_codes *c, dg_str cameo)
{
    uint32_t r = row_of(c->cameo, cameo);
    return r == DGI_NONE ? (dg_str){NULL, 0} : dgi_table_cell(c->cameo, r, 1);
}

int dgi_codes_quad(dg_str cameo)
{
    int root = cameo.len >= 2 ? (cameo.ptr[0] - '0') * 10 + (cameo.ptr[1] - '0') : 0;
    return root <= 5 ? 1 : root <= 8 ? 2 : root <= 13 ? 3 : 4;
}

/* plover.tsv: id (EVENT or EVENT.mode), kind, name, quad, score */
bool dgi_codes_score(const struct dgi_codes *c, dg_str event, dg_str mode, double *out)
{
    char key[96];
    if (!c->plover)
        return false;
    if (mode.len) {
        int n = snprintf(key, sizeof key, "%.*s.%.*s", (int)event.len, event.ptr, (int)mode.len, mode.ptr);
        uint32_t r = n > 0 && n < (int)sizeof key ? dgi_table_find(c->plover, dgi_str(key)) : DGI_NONE;
        if (r != DGI_NONE && dgi_str_double(dgi_table_cell(c->plover, r, 4), out))
            return true;
    }
    uint32_t r = dgi_table_find(c->plover, event);
    return r != DGI_NONE && dgi_str_double(dgi_table_cell(c->plover, r, 4), out);
}
