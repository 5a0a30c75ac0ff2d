/* SPDX-License-Identifier: Apache-2.0 */
/* api/lexicon_check.c: `dragoman lexicon check`: do the tables hold what they promise?
 *
 * Reads   the tables of a folder as they are written; with a model, its compiled lexicon
 * Writes  faults: file, line, field, message
 *
 * A row's example is run through the whole program: a table that reads well and does nothing is the fault that nobody sees.
 * Those that fail today and are to be mended later are listed (known-faults.tsv), so that a new one fails the check. */
#include <stdio.h>
#include <stdlib.h>

#include "api/api.h"
#include "event/from_doc.h"

enum { MOST_TABLES = 256 };

struct checking {
    dg_fault_fn *fault;
    void *user;
    uint64_t n;
    struct dgi_tsv *tables; /* [n_tables] */
    uint32_t n_tables;
    const dg_model *model;
    dg_coder *coder;
    const struct dgi_tsv *known; /* known-faults.tsv */
    bool *failed;                /* [known->n_rows] its example was seen to fail */
    uint64_t n_known;
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
            snprintf(msg, sizeof msg, "id '%.*s' was used on line %u", (int)(b.len < 100 ? b.len : 100), b.ptr,
                     t->line[r - 1]);
            count(c, t->path.ptr, t->line[r], 1, msg);
        } else if (dgi_str_cmp(a, b) > 0 && dgi_str_starts(t->name, DGI_S("frames"))) {
            snprintf(msg, sizeof msg, "id '%.*s' is out of order", (int)(b.len < 100 ? b.len : 100), b.ptr);
            count(c, t->path.ptr, t->line[r], 1, msg);
        }
    }
}

/* ---- examples ---- */

static bool same_rows(const struct dgi_tsv *t, const struct dgi_table *made, uint32_t *row)
{
    *row = 0;
    if (!made || made->n_cols != t->n_cols)
        return false;
    for (; *row < t->n_rows && *row < made->n_rows; ++*row)
        for (uint32_t k = 0; k < t->n_cols; k++)
            if (!dgi_str_eq(t->cell[(size_t)*row * t->n_cols + k], dgi_table_cell(made, *row, k)))
                return false;
    return t->n_rows == made->n_rows;
}

/* Examples are coded with the rows that the model has compiled: a table that says something else would not be looked at. */
static void check_compiled(struct checking *c, const struct dgi_tsv *t)
{
    uint32_t row;
    if (t == c->known || same_rows(t, dgi_lexicon_table(c->model->lexicon, t->name.ptr), &row))
        return;
    if (row >= t->n_rows)
        row = t->n_rows ? t->n_rows - 1 : 0;
    count(
        c, t->path.ptr, t->n_rows ? t->line[row] : 1, 1,
        "from here on the compiled lexicon says something else: compile this one first (make build, or lexicon compile and --data)");
}

/* A row whose example does not do what the row says: counted as known when known-faults.tsv has "table:id". */
static void example_fault(struct checking *c, const struct dgi_tsv *t, uint32_t row, uint32_t field,
                          const char *message)
{
    char key[160];
    dg_str id = t->cell[(size_t)row * t->n_cols];
    snprintf(key, sizeof key, "%s:%.*s", t->name.ptr, (int)(id.len < 100 ? id.len : 100), id.ptr);
    for (uint32_t i = 0; c->known && i < c->known->n_rows; i++)
        if (dgi_str_is(c->known->cell[(size_t)i * c->known->n_cols], key)) {
            c->n_known += !c->failed[i];
            c->failed[i] = true;
            return;
        }
    count(c, t->path.ptr, t->line[row], field, message);
}

/* Of a row of the frame tables: its example and its counter-example may be listed, too. */
static void frame_fault(void *user, const char *file, uint32_t line, uint32_t field, const char *message)
{
    enum { EXAMPLE = 9 };
    struct checking *c = user;
    const char *slash = strrchr(file, '/');
    for (uint32_t i = 0; i < c->n_tables && field >= EXAMPLE; i++) {
        const struct dgi_tsv *t = &c->tables[i];
        if (!dgi_str_ends(t->path, dgi_str(slash ? slash + 1 : file)))
            continue;
        for (uint32_t r = 0; r < t->n_rows; r++)
            if (t->line[r] == line) {
                example_fault(c, t, r, field, message);
                return;
            }
    }
    count(user, file, line, field, message);
}

/* The parent's code is made of its own and its content's: is there an event with it? */
static bool composes(const struct dgi_doc *d, dg_str code)
{
    for (uint32_t i = 0; i < d->n_events; i++)
        if (dgi_str_is(code, d->events[i].cameo))
            return true;
    return false;
}

/* Does one row of items.tsv fire for the example? */
static bool fires(const struct checking *c, const struct dgi_doc *d, dg_str id)
{
    struct dgi_ev_doc ev;
    dgi_arena *a = dgi_arena_new(0);
    bool yes = a && dgi_ev_from_doc(&ev, d, a, NULL) == DG_OK && dgi_sit_rule_fires(c->model->rules, id, &ev);
    dgi_arena_free(a);
    return yes;
}

static void check_examples(struct checking *c, const struct dgi_tsv *t)
{
    bool compose = dgi_str_is(t->name, "compose"), items = dgi_str_is(t->name, "items");
    uint32_t col = compose ? 4 : 9;
    if ((!compose && !items) || col >= t->n_cols)
        return;
    for (uint32_t r = 0; r < t->n_rows; r++) {
        const dg_str *row = &t->cell[(size_t)r * t->n_cols];
        dg_doc *doc;
        if (!row[col].len) {
            count(c, t->path.ptr, t->line[r], col + 1, "no example");
            continue;
        }
        if (dg_code(&doc, c->coder, row[col], NULL, NULL) != DG_OK)
            continue;
        if (compose && !composes(doc->d, row[3]))
            example_fault(c, t, r, col + 1, "example does not get the code of the row");
        if (items && !fires(c, doc->d, row[0]))
            example_fault(c, t, r, col + 1, "the row does not fire for its example");
        dg_doc_free(doc);
    }
}

static void check_known(struct checking *c)
{
    for (uint32_t i = 0; c->known && i < c->known->n_rows; i++)
        if (!c->failed[i])
            count(c, c->known->path.ptr, c->known->line[i], 1,
                  "its example does what the row says now: take this row out");
}

static bool run_example(void *user, dg_str sentence, dgi_frame_hit_fn *add, void *add_user)
{
    struct checking *c = user;
    dg_doc *doc;
    if (dg_code(&doc, c->coder, sentence, NULL, NULL) != DG_OK)
        return false;
    for (uint32_t i = 0; i < doc->d->n_events + doc->d->n_told; i++)
        add(add_user, doc->d->events[i].frame, doc->d->events[i].cameo, doc->d->events[i].plover);
    dg_doc_free(doc);
    return true;
}

dg_status dg_lexicon_check(const char *dir, const dg_model *model, dg_fault_fn *fault, void *user, uint64_t *n_faults,
                           uint64_t *n_known, dg_error *err)
{
    struct checking c = {.fault = fault, .user = user, .model = model};
    dgi_arena *a = dgi_arena_new(0);
    uint32_t ignored = 0;
    dg_status st = (c.tables = calloc(MOST_TABLES, sizeof *c.tables)) && a
                       ? DG_OK
                       : dgi_fail(err, DG_E_NOMEM, "no memory to check the lexicon");
    dg_coder_options o = DG_CODER_OPTIONS_INIT;
    o.published = 10957; /* 2000-01-01: the examples carry no dates */
    if (st == DG_OK)
        st = dgi_tsv_read_tree(c.tables, MOST_TABLES, &c.n_tables, a, dir, count, &c, &ignored, err);
    for (uint32_t i = 0; st == DG_OK && i < c.n_tables; i++) {
        check_ids(&c, &c.tables[i]);
        dgi_lexicon_columns_check(&c.tables[i], count, &c);
        if (dgi_str_is(c.tables[i].name, "known-faults"))
            c.known = &c.tables[i];
    }
    if (st == DG_OK && c.known && !(c.failed = dgi_arena_array(a, c.known->n_rows + 1u, sizeof *c.failed)))
        st = dgi_fail(err, DG_E_NOMEM, "no memory to check the lexicon");
    if (st == DG_OK)
        dgi_actor_check(c.tables, c.n_tables, count, &c);
    if (st == DG_OK)
        dgi_words_check(c.tables, c.n_tables, count, &c);
    if (st == DG_OK)
        dgi_name_weights_check(c.tables, c.n_tables, count, &c);
    if (st == DG_OK)
        dgi_sit_rules_check(c.tables, c.n_tables, count, &c);
    if (st == DG_OK && model && (st = dg_coder_new(&c.coder, model, &o, err)) == DG_OK) {
        c.coder->no_veto = true; /* a row is asked, not what the reader thinks of it */
        dgi_frames_check(model->frames, run_example, &c, frame_fault, &c);
        for (uint32_t i = 0; i < c.n_tables; i++) {
            check_compiled(&c, &c.tables[i]);
            check_examples(&c, &c.tables[i]);
        }
        check_known(&c);
    }
    dg_coder_free(c.coder);
    dgi_arena_free(a);
    free(c.tables);
    *n_faults = c.n;
    if (n_known)
        *n_known = c.n_known;
    return st;
}
