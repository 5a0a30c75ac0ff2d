/* SPDX-License-Identifier: Apache-2.0 */
/* api/lexicon.c: `dragoman lexicon check` and `find`: the tables as a linguist sees them. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "api/api.h"

enum { MOST_TABLES = 256 };

struct checking {
    dg_fault_fn *fault;
    void *user;
    uint64_t n;
    const char *dir;
    dg_coder *coder;
};

static void count(void *user, const char *file, uint32_t line, uint32_t field, const char *message)
{
    struct checking *c = user;
    char path[1200];
    c->n++;
    if (!c->fault)
        return;
    if (strchr(file, '/')) {
        c->fault(c->user, file, line, field, message);
        return;
    }
    snprintf(path, sizeof path, "%s/%s%s", c->dir, file, strstr(file, ".tsv") ? "" : ".tsv");
    c->fault(c->user, path, line, field, message);
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
            count(c, t->name.ptr, t->line[r], 1, "row has no id");
        else if (dgi_str_eq(a, b)) {
            snprintf(msg, sizeof msg, "id '%.*s' was used on line %u", (int)(b.len < 100 ? b.len : 100), b.ptr, t->line[r - 1]);
            count(c, t->name.ptr, t->line[r], 1, msg);
        } else if (dgi_str_cmp(a, b) > 0 && dgi_str_starts(t->name, DGI_S("frames"))) {
            snprintf(msg, sizeof msg, "id '%.*s' is out of order", (int)(b.len < 100 ? b.len : 100), b.ptr);
            count(c, t->name.ptr, t->line[r], 1, msg);
        }
    }
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Names of the *.tsv files of dir, sorted. */
static dg_status list_dir(const char *dir, char **names, uint32_t *n, dg_error *err)
{
    DIR *d = opendir(dir);
    *n = 0;
    if (!d)
        return dgi_fail(err, DG_E_IO, "%s: %s", dir, strerror(errno));
    for (struct dirent *e; (e = readdir(d));) {
        size_t len = strlen(e->d_name);
        if (len <= 4 || strcmp(e->d_name + len - 4, ".tsv") || *n == MOST_TABLES)
            continue;
        if ((names[*n] = strdup(e->d_name)))
            ++*n;
    }
    closedir(d);
    qsort(names, *n, sizeof *names, by_name);
    return *n ? DG_OK : dgi_fail(err, DG_E_IO, "%s: no tables (*.tsv) in it", dir);
}

static dg_status read_all(struct checking *c, struct dgi_tsv *tables, uint32_t *n_tables, dgi_arena *a, dg_error *err)
{
    char *names[MOST_TABLES], path[1200];
    uint32_t n, ignored = 0;
    dg_status st = list_dir(c->dir, names, &n, err);
    for (uint32_t i = 0; i < n; i++) {
        if (st == DG_OK) {
            snprintf(path, sizeof path, "%s/%s", c->dir, names[i]);
            if ((st = dgi_tsv_read(&tables[i], a, path, count, c, &ignored, err)) == DG_OK)
                check_ids(c, &tables[i]);
        }
        free(names[i]);
    }
    *n_tables = n;
    return st;
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
    struct checking c = {.fault = fault, .user = user, .dir = dir};
    struct dgi_tsv *tables = calloc(MOST_TABLES, sizeof *tables);
    dgi_arena *a = dgi_arena_new(0);
    uint32_t n = 0;
    dg_status st = tables && a ? DG_OK : dgi_fail(err, DG_E_NOMEM, "no memory to check the lexicon");
    dg_coder_options o = DG_CODER_OPTIONS_INIT;
    o.published = 10957; /* 2000-01-01: the examples carry no dates */
    if (st == DG_OK)
        st = read_all(&c, tables, &n, a, err);
    if (st == DG_OK)
        dgi_actor_check(tables, n, count, &c);
    if (st == DG_OK && model && (st = dg_coder_new(&c.coder, model, &o, err)) == DG_OK)
        dgi_frames_check(model->frames, run_example, &c, count, &c);
    dg_coder_free(c.coder);
    dgi_arena_free(a);
    free(tables);
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
    *out = (dg_text){NULL, 0};
    for (uint32_t i = 0; (t = dgi_lexicon_table_at(model->lexicon, i)); i++)
        for (uint32_t r = 0; r < t->n_rows; r++) {
            uint32_t k = 0;
            while (k < t->n_cols && !holds(dgi_table_cell(t, r, k), word))
                k++;
            if (k == t->n_cols)
                continue;
            dgi_buf_printf(&buf, "%.*s.tsv:%u", (int)t->name.len, t->name.ptr, t->line[r]);
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
