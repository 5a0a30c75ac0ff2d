/* SPDX-License-Identifier: Apache-2.0 */
/* api/lexicon.c: `dragoman lexicon check` and `find`: the tables as a linguist sees them. */
#include <stdio.h>
#include <stdlib.h>

#include "api/api.h"

enum { MOST_TABLES = 256 };

struct checking {
    dg_fault_fn *fault;
    void *user;
    uint64_t n;
    struct dgi_tsv *tables; /* [n_tables] */
    uint32_t n_tables;
    dg_coder *coder;
};

/* `file` is a table that was read, or where the compiled lexicon says that it comes from: told as it was read. */
static void count(void *user, const char *file, uint32_t line, uint32_t field, const char *message)
{
    struct checking *c = user;
    c->n++;
    if (!c->fault)
        return;
    const char *slash = strrchr(file, '/');
    dg_str name = dgi_str(slash ? slash + 1 : file);
    for (uint32_t i = 0; i < c->n_tables; i++) {
        dg_str path = c->tables[i].path;
        if (dgi_str_ends(path, name) && path.len > name.len && path.ptr[path.len - name.len - 1] == '/') {
            file = path.ptr;
            break;
        }
    }
    c->fault(c->user, file, line, field, message);
}

/* Ids: unique, and sorted unless the header says otherwise. */
static void check_ids(struct checking *c, const struct dgi_tsv *t)
{
    char msg[240];
    for (uint32_t r = 1; r < t->n_rows; r++) {
        dg_str a = t->cell[(size_t)(r - 1) * t->n_cols], b = t->cell[(size_t)r * t->n_cols];
        if (dgi_str_is(b, "0"))
            continue; /* a place for which its source has no number */
        if (!b.len)
            count(c, t->path.ptr, t->line[r], 1, "row has no id");
        else if (dgi_str_eq(a, b)) {
            snprintf(msg, sizeof msg, "id '%.*s' was used on line %u", (int)(b.len < 100 ? b.len : 100), b.ptr, t->line[r - 1]);
            count(c, t->path.ptr, t->line[r], 1, msg);
        } else if (dgi_str_cmp(a, b) > 0 && dgi_str_starts(t->name, DGI_S("frames"))) {
            snprintf(msg, sizeof msg, "id '%.*s' is out of order", (int)(b.len < 100 ? b.len : 100), b.ptr);
            count(c, t->path.ptr, t->line[r], 1, msg);
        }
    }
}

static bool run_example(void *user, dg_str sentence, dgi_frame_hit_fn *add, void *add_user)
{
    struct checking *c = user;
    dg_doc *doc;
    if (dg_code(&doc, c->coder, sentence, NULL, NULL) != DG_OK)
        return false;
    for (uint32_t i = 0; i < doc->d->n_events; i++)
        add(add_user, doc->d->events[i].frame, doc->d->events[i].cameo, doc->d->events[i].plover);
    dg_doc_free(doc);
    return true;
}

dg_status dg_lexicon_check(const char *dir, const dg_model *model, dg_fault_fn *fault, void *user, uint64_t *n_faults,
                           dg_error *err)
{
    struct checking c = {.fault = fault, .user = user};
    dgi_arena *a = dgi_arena_new(0);
    uint32_t ignored = 0;
    dg_status st = (c.tables = calloc(MOST_TABLES, sizeof *c.tables)) && a ? DG_OK : dgi_fail(err, DG_E_NOMEM, "no memory to check the lexicon");
    dg_coder_options o = DG_CODER_OPTIONS_INIT;
    o.published = 10957; /* 2000-01-01: the examples carry no dates */
    if (st == DG_OK)
        st = dgi_tsv_read_tree(c.tables, MOST_TABLES, &c.n_tables, a, dir, count, &c, &ignored, err);
    for (uint32_t i = 0; st == DG_OK && i < c.n_tables; i++)
        check_ids(&c, &c.tables[i]);
    if (st == DG_OK)
        dgi_actor_check(c.tables, c.n_tables, count, &c);
    if (st == DG_OK)
        dgi_words_check(c.tables, c.n_tables, count, &c);
    if (st == DG_OK && model && (st = dg_coder_new(&c.coder, model, &o, err)) == DG_OK)
        dgi_frames_check(model->frames, run_example, &c, count, &c);
    dg_coder_free(c.coder);
    dgi_arena_free(a);
    free(c.tables);
    *n_faults = c.n;
    return st;
}

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
            dgi_buf_printf(&buf, "%s:%u", dgi_table_file(t, file, sizeof file), t->line[r]);
            for (k = 0; k < t->n_cols; k++) {
                dg_str cell = dgi_table_cell(t, r, k);
                dgi_buf_printf(&buf, "\t%.*s", (int)cell.len, cell.ptr);
            }
            dgi_buf_add(&buf, DGI_S("\n"));
        }
    if (!buf.len)
        return dgi_fail(err, DG_E_ARG, "no row of the lexicon holds '%.*s'", (int)(word.len < 150 ? word.len : 150), word.ptr);
    return dgi_text_give(out, &buf, err);
}
