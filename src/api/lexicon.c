/* SPDX-License-Identifier: Apache-2.0 */
/* api/lexicon.c: `dragoman lexicon find`: the tables as a linguist sees them. `check`: lexicon_check.c. */
#include <stdio.h>

#include "api/api.h"

static bool holds(dg_str cell, dg_str word)
{
    dg_str one;
    while (dgi_str_next(&cell, '|', &one))
        if (dgi_str_ieq(one, word) || (dgi_str_starts(one, word) && one.len > word.len && one.ptr[word.len] == '/'))
            return true;
    return false;
}

dg_status dg_lexicon_find(dg_text *out, const dg_model *model, dg_str word, dg_error *err)
{
    struct dgi_buf buf = {0};
    const struct dgi_table *t;
    char file[128];
    *out = (dg_text){NULL, 0};
    for (uint32_t i = 0; (t = dgi_lexicon_table_at(model->lexicon, i)); i++)
        for (uint32_t r = 0; r < t->n_rows; r++) {
            uint32_t k = 0;
            while (k < t->n_cols && !holds(dgi_table_cell(t, r, k), word))
                k++;
            if (k == t->n_cols)
                continue;
            dgi_buf_printf(&buf, "%s:%u", dgi_table_row_file(t, r, file, sizeof file), t->line[r]);
            for (k = 0; k < t->n_cols; k++) {
                dg_str cell = dgi_table_cell(t, r, k);
                dgi_buf_printf(&buf, "\t%.*s", (int)cell.len, cell.ptr);
            }
            dgi_buf_add(&buf, DGI_S("\n"));
        }
    if (!buf.len)
        return dgi_fail(err, DG_E_ARG, "no row of the lexicon holds '%.*s'", (int)(word.len < 150 ? word.len : 150),
                        word.ptr);
    return dgi_text_give(out, &buf, err);
}
