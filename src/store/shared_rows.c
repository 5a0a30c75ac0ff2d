/* SPDX-License-Identifier: Apache-2.0 */
/* store/shared_rows.c: what rows and views are alike whatever database keeps them. */
#include "store/rows.h"

bool dgi_version_keep(struct dgi_version *v, dgi_arena *a)
{
    v->key = dgi_arena_str(a, v->key);
    v->pos = v->pos.len ? dgi_arena_str(a, v->pos) : (dg_str){"", 0};
    return v->key.ptr && v->pos.ptr;
}

void dgi_columns_sql(struct dgi_buf *b, const char *of, const struct dgi_field *f, uint32_t n, dgi_day_sql_fn *day_sql)
{
    for (uint32_t i = 0; i < n; i++) {
        if (!f[i].column)
            continue;
        dgi_buf_add(b, DGI_S(","));
        if (f[i].type == DGI_F_DAY) {
            day_sql(b, of, f[i].column, f[i].column);
        } else if (f[i].type == DGI_F_ENUM) {
            dgi_buf_printf(b, "CASE %s.\"%s\"", of, f[i].column);
            for (uint32_t k = 0; k < f[i].n_names; k++)
                dgi_buf_printf(b, " WHEN %u THEN '%s'", k, f[i].names[k]);
            dgi_buf_printf(b, " END AS \"%s\"", f[i].column);
        } else {
            dgi_buf_printf(b, "%s.\"%s\"", of, f[i].column);
        }
    }
}

void dgi_event_columns_sql(struct dgi_buf *b, dgi_day_sql_fn *day_sql)
{
    dgi_buf_add(b, DGI_S("x.doc,x.n,"));
    day_sql(b, "x", "day", "day");
    dgi_columns_sql(b, "x", dgi_event_fields, DGI_N_EVENT_FIELD, day_sql);
    dgi_columns_sql(b, "x", dgi_place_fields, DGI_N_PLACE_FIELD, day_sql);
    dgi_buf_add(b, DGI_S(",substr(x.cameo,1,2) AS root,goldstein(x.cameo) AS goldstein,quad(x.cameo) AS quad"));
}
