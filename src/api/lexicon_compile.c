/* SPDX-License-Identifier: Apache-2.0 */
/* api/lexicon_compile.c: `dragoman lexicon compile`: tables to the packs that a model opens, for who has no checkout.
 *
 * Reads   DIR/world/ (tables true in any language), DIR/en/ and the like, as they are written
 * Writes  OUT/world.lex, OUT/en.lex ...: a pack for each folder that has tables
 *
 * The build does the same with tools/dg_lexc.c. A bad row is told and left out, as there; `lexicon check` refuses it. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "api/api.h"

enum { MOST_TABLES = 256 };

struct compiling {
    dg_fault_fn *fault;
    void *user;
    uint64_t n;
};

static void tell(void *user, const char *file, uint32_t line, uint32_t field, const char *message)
{
    struct compiling *c = user;
    c->n++;
    if (c->fault)
        c->fault(c->user, file, line, field, message);
}

/* "lexicon/en/cues.tsv": the folder, "en". Empty for a table that lies in DIR itself. */
static dg_str folder_of(const struct dgi_tsv *t, const char *dir)
{
    dg_str rest = dgi_str_sub(t->path, strlen(dir) + 1, t->path.len);
    size_t slash = dgi_str_find(rest, DGI_S("/"));
    return slash == SIZE_MAX ? (dg_str){"", 0} : dgi_str_sub(rest, 0, slash);
}

static dg_status write_packs(const struct dgi_tsv *t, uint32_t n, const char *dir, const char *out, uint32_t *n_packs,
                             dg_error *err)
{
    char path[PATH_MAX];
    *n_packs = 0;
    for (uint32_t i = 0, end; i < n; i = end) {
        dg_str folder = folder_of(&t[i], dir);
        for (end = i + 1; end < n && dgi_str_eq(folder_of(&t[end], dir), folder);)
            end++;
        if (!folder.len)
            continue; /* known-faults.tsv, notes: not compiled */
        if (snprintf(path, sizeof path, "%s/%.*s.lex", out, (int)folder.len, folder.ptr) >= (int)sizeof path)
            return dgi_fail(err, DG_E_ARG, "%s: the name is too long", out);
        dg_status st = dgi_lexicon_write(path, t + i, end - i, err);
        if (st != DG_OK)
            return st;
        ++*n_packs;
    }
    return *n_packs ? DG_OK : dgi_fail(err, DG_E_IO, "%s: no folder with tables in it (world/, en/)", dir);
}

dg_status dg_lexicon_compile(const char *dir, const char *out, dg_fault_fn *fault, void *user, uint64_t *n_faults,
                             dg_error *err)
{
    struct compiling c = {.fault = fault, .user = user};
    struct dgi_tsv *tables = calloc(MOST_TABLES, sizeof *tables);
    dgi_arena *a = dgi_arena_new((size_t)1 << 30);
    uint32_t n = 0, ignored = 0, n_packs;
    dg_status st = tables && a ? DG_OK : dgi_fail(err, DG_E_NOMEM, "no memory to compile the lexicon");
    if (st == DG_OK)
        st = dgi_tsv_read_tree(tables, MOST_TABLES, &n, a, dir, tell, &c, &ignored, err);
    if (st == DG_OK && mkdir(out, 0777) != 0 && errno != EEXIST)
        st = dgi_fail(err, DG_E_IO, "%s: %s", out, strerror(errno));
    if (st == DG_OK)
        st = write_packs(tables, n, dir, out, &n_packs, err);
    dgi_arena_free(a);
    free(tables);
    *n_faults = c.n;
    return st;
}
