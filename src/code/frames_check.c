/* SPDX-License-Identifier: Apache-2.0 */
/* code/frames_check.c: do the frame tables hold what they promise? `dragoman lexicon check` asks.
 *
 * Reads   the frame tables, read once more so that faults are named; cameo, plover
 * Writes  faults: file, line, field, message */
#include "code/frames_parse.h"

#include <stdio.h>

/* ---- lexicon check ---- */
struct hits {
    const struct frame *f;
    char by[64], code[5];
    uint32_t n;
    bool own;
};

static void add_hit(void *user, dg_str id, const char *cameo, uint8_t plover)
{
    struct hits *h = user;
    h->n++;
    if (dgi_str_eq(id, h->f->id) && plover == h->f->plover)
        h->own = true;
    else if (!h->by[0])
        snprintf(h->by, sizeof h->by, "%.*s", (int)id.len, id.ptr);
    snprintf(h->code, sizeof h->code, "%s", cameo);
}

static void check_codes(dgi_coder_tables *t, const struct frame *f, struct row_at at, const struct dgi_table *cameo,
                        const struct dgi_table *plover)
{
    if (cameo && f->cameo[0] && dgi_table_find(cameo, dgi_str(f->cameo)) == DGI_NONE)
        dgi_frames_fault(t, at, 5, "unknown CAMEO code '%s'", f->cameo);
    char key[64];
    if (f->plover >= DGI_N_PLOVER)
        return;
    snprintf(key, sizeof key, "%s.%.*s", dgi_plover_name[f->plover], (int)f->mode.len, f->mode.ptr ? f->mode.ptr : "");
    if (f->mode.len && plover && dgi_table_find(plover, dgi_str(key)) == DGI_NONE)
        dgi_frames_fault(t, at, 7, "%s has no mode '%.*s'", dgi_plover_name[f->plover], (int)f->mode.len, f->mode.ptr);
}

static void check_sentences(dgi_coder_tables *t, const struct frame *f, struct row_at at, dgi_run_example_fn *run,
                            void *user)
{
    struct hits h = {f, "", "", 0, false};
    dg_str example = dgi_table_cell(at.tab, at.row, 8), counter = dgi_table_cell(at.tab, at.row, 9);
    if (!example.len)
        dgi_frames_fault(t, at, 9, "no example");
    else if (run(user, example, add_hit, &h) && !h.own)
        dgi_frames_fault(t, at, 9, h.n ? "example is coded %s by '%s', not by this row" : "example is not coded%s%s",
                         h.n ? h.code : "", h.n ? h.by : "");
    struct hits k = {f, "", "", 0, false};
    if (counter.len && run(user, counter, add_hit, &k) && k.own)
        dgi_frames_fault(t, at, 10, "counter-example is coded by this row");
}

uint32_t dgi_frames_check(const dgi_coder_tables *tables, dgi_run_example_fn *run, void *run_user, dgi_fault_fn *fn,
                          void *fault_user)
{
    dgi_arena *a = dgi_arena_new(0);
    dgi_coder_tables *t = a ? dgi_arena_alloc(a, sizeof *t) : NULL;
    if (!t) {
        dgi_arena_free(a);
        return 0;
    }
    t->arena = t->lx.arena = a;
    t->lex = tables->lex;
    t->fault = fn;
    t->fault_user = fault_user;
    dgi_frames_read_all(t); /* once more, now naming the faults */
    const struct dgi_table *cameo = dgi_lexicon_table(t->lex, "cameo"), *plover = dgi_lexicon_table(t->lex, "plover");
    for (uint32_t i = 0; !t->nomem && i < t->n_frames; i++) {
        struct row_at at = {dgi_lexicon_table_at(t->lex, t->frame[i].table), t->frame[i].row};
        for (uint32_t k = 0; k < i; k++)
            if (dgi_str_eq(t->frame[k].id, t->frame[i].id) && t->frame[k].table != t->frame[i].table)
                dgi_frames_fault(t, at, 1, "id '%.*s' was used in another table", (int)t->frame[i].id.len,
                                 t->frame[i].id.ptr);
        check_codes(t, &t->frame[i], at, cameo, plover);
        if (run)
            check_sentences(t, &t->frame[i], at, run, run_user);
    }
    uint32_t n = t->n_faults;
    dgi_arena_free(a);
    return n;
}
