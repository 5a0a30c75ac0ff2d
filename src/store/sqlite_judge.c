/* SPDX-License-Identifier: Apache-2.0 */
/* store/sqlite_judge.c: verdicts of readers in SQLite.
 *
 * Reads   table verdicts
 * Writes  the same; it is made with the first verdict, so that a store without any is what it was */
#include "base/day.h"
#include "store/sqlite_int.h"

static const char make[] =
    "CREATE TABLE IF NOT EXISTS verdicts(no INTEGER PRIMARY KEY, target TEXT NOT NULL, kind TEXT NOT NULL, document TEXT NOT NULL,"
    "start INTEGER NOT NULL, end INTEGER NOT NULL, says INTEGER NOT NULL, value TEXT, by TEXT NOT NULL, reason TEXT, day TEXT)";

dg_status dgi_sqlite_put_verdict(dgi_backend *base, struct dgi_verdict *v, dg_error *err)
{
    struct dgi_sqlite *b = (struct dgi_sqlite *)base;
    sqlite3_stmt *q = NULL;
    dg_status st = dgi_sqlite_exec(b, make, err);
    if (st != DG_OK)
        return st;
    if (sqlite3_prepare_v2(b->db,
                           "INSERT INTO verdicts(target,kind,document,start,end,says,value,by,reason,day) "
                           "VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10)",
                           -1, &q, NULL) != SQLITE_OK)
        return dgi_sqlite_fail(b, err, "cannot be written");
    dgi_bind_str(q, 1, v->target);
    dgi_bind_str(q, 2, v->kind);
    dgi_bind_str(q, 3, v->document);
    sqlite3_bind_int64(q, 4, v->start);
    sqlite3_bind_int64(q, 5, v->end);
    sqlite3_bind_int(q, 6, v->says);
    dgi_bind_str(q, 7, v->value);
    dgi_bind_str(q, 8, v->by);
    dgi_bind_str(q, 9, v->reason);
    dgi_bind_iso(q, 10, v->day);
    int rc = sqlite3_step(q);
    sqlite3_finalize(q);
    if (rc != SQLITE_DONE)
        return dgi_sqlite_fail(b, err, "cannot be written");
    v->no = sqlite3_last_insert_rowid(b->db);
    return DG_OK;
}

/* *there false: nobody has said anything yet. */
static dg_status look(struct dgi_sqlite *b, bool *there, dg_error *err)
{
    sqlite3_stmt *q = NULL;
    if (sqlite3_prepare_v2(b->db, "SELECT 1 FROM sqlite_master WHERE type='table' AND name='verdicts'", -1, &q, NULL) !=
        SQLITE_OK)
        return dgi_sqlite_fail(b, err, "cannot be read");
    int rc = sqlite3_step(q);
    sqlite3_finalize(q);
    *there = rc == SQLITE_ROW;
    return rc == SQLITE_ROW || rc == SQLITE_DONE ? DG_OK : dgi_sqlite_fail(b, err, "cannot be read");
}

dg_status dgi_sqlite_each_verdict(dgi_backend *base, dgi_verdict_fn *fn, void *user, dg_error *err)
{
    struct dgi_sqlite *b = (struct dgi_sqlite *)base;
    sqlite3_stmt *q = NULL;
    bool there = false;
    int rc;
    dg_status st = look(b, &there, err);
    if (st != DG_OK || !there)
        return st;
    if (sqlite3_prepare_v2(
            b->db, "SELECT no,target,kind,document,start,end,says,value,by,reason,day FROM verdicts ORDER BY no", -1,
            &q, NULL) != SQLITE_OK)
        return dgi_sqlite_fail(b, err, "cannot be read");
    while ((rc = sqlite3_step(q)) == SQLITE_ROW) {
        struct dgi_verdict v = {.no = sqlite3_column_int64(q, 0),
                                .target = dgi_col_str(q, 1),
                                .kind = dgi_col_str(q, 2),
                                .document = dgi_col_str(q, 3),
                                .start = (uint32_t)sqlite3_column_int64(q, 4),
                                .end = (uint32_t)sqlite3_column_int64(q, 5),
                                .says = (uint8_t)sqlite3_column_int(q, 6),
                                .value = dgi_col_str(q, 7),
                                .by = dgi_col_str(q, 8),
                                .reason = dgi_col_str(q, 9),
                                .day = DGI_NO_DAY};
        struct dgi_day_range day;
        if (dgi_day_parse(dgi_col_str(q, 10), &day))
            v.day = day.start;
        if (v.says < DGI_N_SAYS && !fn(user, &v)) {
            rc = SQLITE_DONE;
            break;
        }
    }
    sqlite3_finalize(q);
    return rc == SQLITE_DONE ? DG_OK : dgi_sqlite_fail(b, err, "cannot be read");
}
