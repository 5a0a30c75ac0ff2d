/* SPDX-License-Identifier: Apache-2.0 */
/* store/pg_judge.c: verdicts of readers in PostgreSQL.
 *
 * Reads   table verdicts
 * Writes  the same. It is made with the store, so that what readers are granted covers it; in an older store with the first verdict */
#include "base/day.h"
#include "store/pg_int.h"

const char dgi_pg_verdicts_sql[] =
    "CREATE TABLE IF NOT EXISTS verdicts(no bigint PRIMARY KEY, target text NOT NULL, kind text NOT NULL, document text NOT NULL,"
    "\"start\" bigint NOT NULL, \"end\" bigint NOT NULL, says bigint NOT NULL, value text, by text NOT NULL, reason text, day text)";

dg_status dgi_pg_put_verdict(dgi_backend *base, struct dgi_verdict *v, dg_error *err)
{
    struct dgi_pg *b = (struct dgi_pg *)base;
    struct dgi_pg_params p = {0};
    PGresult *r;
    dg_status st = dgi_pg_begin_now(b, err);
    if (st == DG_OK)
        st = dgi_pg_queue_text(b, dgi_pg_verdicts_sql, err);
    dgi_pg_str(&p, v->target);
    dgi_pg_str(&p, v->kind);
    dgi_pg_str(&p, v->document);
    dgi_pg_int(&p, v->start);
    dgi_pg_int(&p, v->end);
    dgi_pg_int(&p, v->says);
    dgi_pg_str(&p, v->value);
    dgi_pg_str(&p, v->by);
    dgi_pg_str(&p, v->reason);
    dgi_pg_iso(&p, v->day);
    if (st == DG_OK)
        st = dgi_pg_ask_text(b,
                             "INSERT INTO verdicts(no,target,kind,document,\"start\",\"end\",says,value,by,reason,day)"
                             " SELECT coalesce(max(no),0)+1,$1,$2,$3,$4,$5,$6,$7,$8,$9,$10 FROM verdicts RETURNING no",
                             &p, &r, err);
    if (st != DG_OK)
        return st;
    v->no = dgi_pg_r_int(b, r, 0, 0);
    b->pq->PQclear(r);
    return DG_OK;
}

struct readers {
    dgi_verdict_fn *fn;
    void *user;
};

static bool one_verdict(void *user, const struct dgi_pg *b, const PGresult *r, int row)
{
    const struct readers *to = user;
    int64_t says = dgi_pg_r_int(b, r, row, 6);
    struct dgi_verdict v = {.no = dgi_pg_r_int(b, r, row, 0),
                            .target = dgi_pg_r_str(b, r, row, 1),
                            .kind = dgi_pg_r_str(b, r, row, 2),
                            .document = dgi_pg_r_str(b, r, row, 3),
                            .start = (uint32_t)dgi_pg_r_int(b, r, row, 4),
                            .end = (uint32_t)dgi_pg_r_int(b, r, row, 5),
                            .says = (uint8_t)says,
                            .value = dgi_pg_r_str(b, r, row, 7),
                            .by = dgi_pg_r_str(b, r, row, 8),
                            .reason = dgi_pg_r_str(b, r, row, 9),
                            .day = DGI_NO_DAY};
    struct dgi_day_range day;
    if (dgi_day_parse(dgi_pg_r_str(b, r, row, 10), &day))
        v.day = day.start;
    return says < 0 || says >= DGI_N_SAYS || to->fn(to->user, &v);
}

dg_status dgi_pg_each_verdict(dgi_backend *base, dgi_verdict_fn *fn, void *user, dg_error *err)
{
    struct dgi_pg *b = (struct dgi_pg *)base;
    struct readers to = {fn, user};
    PGresult *r;
    dg_status st =
        dgi_pg_ask_text(b, "SELECT to_regclass(quote_ident(current_schema())||'.verdicts') IS NOT NULL", NULL, &r, err);
    if (st != DG_OK)
        return st;
    bool there = dgi_pg_r_int(b, r, 0, 0) != 0; /* an older store, of which nobody has said anything yet */
    b->pq->PQclear(r);
    return there
               ? dgi_pg_scan(
                     b,
                     "SELECT no,target,kind,document,\"start\",\"end\",says,value,by,reason,day FROM verdicts ORDER BY no",
                     NULL, one_verdict, &to, err)
               : DG_OK;
}
