/* SPDX-License-Identifier: Apache-2.0 */
#include "doc/name_weights.h"

#include <stdio.h>

enum { COL_ID, COL_PER, N_COLS = COL_PER + DGI_N_NAME_WEIGHT + 2, MOST = 100 };

static const char *const evidence_name[DGI_N_NAME_EVIDENCE] = {[DGI_NE_NETWORK] = "network",
                                                               [DGI_NE_ELSEWHERE] = "elsewhere",
                                                               [DGI_NE_ORG_WORD] = "org_word",
                                                               [DGI_NE_PLACE_WORD] = "place_word",
                                                               [DGI_NE_AFTER_TITLE] = "after_title",
                                                               [DGI_NE_AFTER_IN] = "after_in",
                                                               [DGI_NE_STATE] = "state",
                                                               [DGI_NE_BODY] = "body",
                                                               [DGI_NE_PLACE] = "place",
                                                               [DGI_NE_LONG_PLACE] = "long_place"};

static bool weight_of(dg_str cell, int8_t *out)
{
    int64_t n = 0;
    if ((cell.len && !dgi_str_int(cell, &n)) || n < -MOST || n > MOST)
        return false;
    *out = (int8_t)n;
    return true;
}

dg_status dgi_name_weights_read(struct dgi_name_weights *out, const dgi_lexicon *lex, dg_error *err)
{
    const struct dgi_table *t = dgi_lexicon_table(lex, "name_weights");
    if (!t || t->n_cols != N_COLS)
        return dgi_fail(
            err, DG_E_MODEL,
            "the lexicon has no table 'name_weights' as this version needs it; run 'make' to compile the lexicon");
    for (uint32_t e = 0; e < DGI_N_NAME_EVIDENCE; e++) {
        uint32_t row = dgi_table_find(t, dgi_str(evidence_name[e]));
        for (uint32_t k = 0; k < DGI_N_NAME_WEIGHT; k++)
            if (row == DGI_NONE || !weight_of(dgi_table_cell(t, row, COL_PER + k), &out->of[e][k]))
                return dgi_fail(err, DG_E_MODEL,
                                "name_weights.tsv: no whole number for '%s'; run 'dragoman lexicon check'",
                                evidence_name[e]);
    }
    return DG_OK;
}

static void check_row(const struct dgi_tsv *t, uint32_t r, bool seen[DGI_N_NAME_EVIDENCE], dgi_fault_fn *fault,
                      void *user)
{
    const dg_str *c = &t->cell[(size_t)r * t->n_cols];
    uint32_t e = 0;
    int8_t n;
    while (e < DGI_N_NAME_EVIDENCE && !dgi_str_is(c[COL_ID], evidence_name[e]))
        e++;
    if (e < DGI_N_NAME_EVIDENCE)
        seen[e] = true;
    else
        fault(user, t->path.ptr, t->line[r], COL_ID + 1, "nothing weighs a name by this");
    for (uint32_t k = COL_PER; k < COL_PER + DGI_N_NAME_WEIGHT; k++)
        if (!weight_of(c[k], &n))
            fault(user, t->path.ptr, t->line[r], k + 1, "a weight is a whole number from -100 to 100");
}

void dgi_name_weights_check(const struct dgi_tsv *tables, uint32_t n_tables, dgi_fault_fn *fault, void *user)
{
    bool seen[DGI_N_NAME_EVIDENCE] = {false};
    const struct dgi_tsv *t = NULL;
    for (uint32_t i = 0; i < n_tables; i++)
        if (dgi_str_is(tables[i].name, "name_weights"))
            t = &tables[i];
    if (!t)
        return;
    if (t->n_cols != N_COLS) {
        fault(user, t->path.ptr, 1, 1, "the table has 6 columns: id, PER, ORG, LOC, example, note");
        return;
    }
    for (uint32_t r = 0; r < t->n_rows; r++)
        check_row(t, r, seen, fault, user);
    for (uint32_t e = 0; e < DGI_N_NAME_EVIDENCE; e++) {
        char msg[80];
        snprintf(msg, sizeof msg, "no row '%s'", evidence_name[e]);
        if (!seen[e])
            fault(user, t->path.ptr, 1, COL_ID + 1, msg);
    }
}
