/* SPDX-License-Identifier: Apache-2.0 */
/* api/care.c: looking after a store: taking a document back, coding kept texts again, looking for what is wrong. */
#include "api/api.h"

dg_status dg_store_withdraw(dg_store *s, dg_str url_or_id, int32_t day, dg_error *err)
{
    bool found;
    dg_status st = dgi_store_withdraw(s->s, url_or_id, day, &found, err);
    if (st == DG_OK && !found)
        st = dgi_fail(err, DG_E_ARG, "no document has the address or id '%.*s'",
                      (int)(url_or_id.len < 120 ? url_or_id.len : 120), url_or_id.ptr);
    return st;
}

static dg_status code_again(dg_store *s, dg_coder *coder, int64_t no, const struct dgi_ev_doc *kept, dg_error *err)
{
    dg_doc *doc;
    dg_status st = dgi_code_kept(&doc, coder, kept, err);
    if (st == DG_OK)
        st = dgi_store_recode(s->s, no, &doc->ev, err);
    dg_doc_free(doc);
    return st;
}

dg_status dg_store_recode(dg_store *s, dg_coder *coder, dg_progress_fn *progress, void *user, uint64_t *n_coded,
                          dg_error *err)
{
    uint64_t of = 0, done = 0;
    int64_t no = 0;
    bool stopped = false;
    dgi_arena *a = dgi_arena_new(0);
    dg_status st =
        a ? dgi_store_recode_begin(s->s, &of, err) : dgi_fail(err, DG_E_NOMEM, "no memory to code kept texts again");
    while (st == DG_OK) {
        struct dgi_ev_doc kept;
        dgi_arena_reset(a);
        if ((st = dgi_store_recode_next(s->s, no, a, &no, &kept, err)) != DG_OK || !no)
            break;
        if ((st = code_again(s, coder, no, &kept, err)) == DG_OK)
            done++;
        if (st == DG_OK && progress && (stopped = !progress(user, done, of)))
            break;
    }
    if (st == DG_OK && (done || of))
        st = dgi_store_sync(s->s, err);
    if (n_coded)
        *n_coded = done;
    dgi_arena_free(a);
    if (st == DG_OK && stopped && done < of)
        return dgi_fail(err, DG_E_CANCELLED, "stopped after %llu of %llu texts", (unsigned long long)done,
                        (unsigned long long)of);
    return st;
}

dg_status dg_store_doctor(dg_store *s, bool repair, dg_line_fn *line, void *user, uint64_t *wrong, dg_error *err)
{
    uint64_t n = 0;
    dg_status st = dgi_store_doctor(s->s, repair, line, user, &n, err);
    if (wrong)
        *wrong = n;
    return st;
}
