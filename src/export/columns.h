/* SPDX-License-Identifier: Apache-2.0 */
/* export/columns.h: events as rows of a table, for programs that know nothing of Dragoman.
 *
 * An event becomes one row for each pair of source and target (export/rows.c). A format is a list of columns (export/plain.c);
 * a column says where its value comes from: a row of the field table (event/fields.h) or a function of its own. What is
 * written is CSV, TSV or JSON Lines (export/cells.c), from the same cells. docs/formats/export.md explains every column. */
#ifndef DGI_EXPORT_COLUMNS_H
#define DGI_EXPORT_COLUMNS_H

#include "base/arena.h"
#include "base/json.h"
#include "event/codes.h"
#include "event/fields.h"

enum dgi_export_format { DGI_EXPORT_CSV, DGI_EXPORT_TSV, DGI_EXPORT_JSONL, DGI_N_EXPORT_FORMAT };

enum dgi_cell_type { DGI_CELL_NONE, DGI_CELL_TEXT, DGI_CELL_NUMBER, DGI_CELL_INT, DGI_CELL_BOOL };
struct dgi_cell {
    uint8_t type;     /* enum dgi_cell_type */
    bool list;        /* text: members with ';' between */
    dg_str text;
    double number;
    int64_t n;        /* DGI_CELL_INT, DGI_CELL_BOOL */
    char own[24];     /* room for a text made here */
};

struct dgi_row {
    const struct dgi_ev_doc *doc;
    const struct dgi_event *ev;
    int32_t day;                                /* on which it stands in a timeline */
    const struct dgi_ev_actor *source, *target; /* one each with dyads, all without */
    uint32_t n_source, n_target;
};

/* Where the value of a column comes from. */
enum dgi_column_from { DGI_C_EVENT, DGI_C_SOURCE, DGI_C_TARGET, DGI_C_PLACE, DGI_C_OWN };
struct dgi_export;
struct dgi_column {
    const char *name;
    uint8_t from;     /* enum dgi_column_from */
    uint8_t field;    /* row of that table of fields */
    void (*own)(struct dgi_cell *c, const struct dgi_row *r, struct dgi_export *x); /* DGI_C_OWN */
    const char *type; /* for the codebook */
    const char *says; /* likewise, one line */
};
extern const struct dgi_column dgi_plain_table[];
extern const uint32_t dgi_n_plain;

struct dgi_seen { /* hashes of what was written, open-addressed; 0: free */
    uint64_t *slot;
    uint64_t n, cap;
};
struct dgi_export {
    uint8_t format;       /* enum dgi_export_format */
    bool lists;           /* an event is one row, with lists of actors */
    bool one_a_day;       /* of a day, source, target and code one row */
    bool fold;            /* an act told twice by one document is one event */
    bool raw;             /* cells that a spreadsheet would run are left as they are */
    bool no_header;
    const char *actor, *other; /* with dyads: only pairs in which these stand; NULL: all */
    const struct dgi_codes *codes;
    const struct dgi_column *columns;
    uint32_t n_columns;
    struct dgi_buf *out;
    /* the writer's own; zero at the start */
    struct dgi_buf cell;  /* lists are put together here */
    struct dgi_seen seen;
    dgi_arena *scratch;
    struct { uint64_t doc; bool *twice; uint32_t n; } told[64]; /* what dgi_export_fold() found, by document */
    bool begun;
    uint64_t rows, events;
};

/* Write what event doc->events[n] comes to. False: no memory, or the sink said stop (x->out->failed). */
bool dgi_export_event(struct dgi_export *x, const struct dgi_ev_doc *doc, uint32_t n, int32_t day);
/* The header, if none is written yet. */
void dgi_export_begin(struct dgi_export *x);
void dgi_export_clear(struct dgi_export *x);

/* twice[i]: event i tells again what another event of the document tells better. False: no memory. */
bool dgi_export_fold(const struct dgi_ev_doc *doc, bool *twice, dgi_arena *scratch);

/* One cell of a row; its text lives until the next call. */
void dgi_export_cell(struct dgi_cell *c, const struct dgi_column *col, const struct dgi_row *r, struct dgi_export *x);
void dgi_export_header(struct dgi_export *x);
void dgi_export_row(struct dgi_export *x, const struct dgi_row *r);

/* What stands in the columns, who wrote them and what was asked, as Markdown. */
struct dgi_codebook {
    const char *program;
    uint64_t models, lexicon;
    dg_str query;
};
void dgi_export_codebook(struct dgi_buf *out, const struct dgi_export *x, const struct dgi_codebook *about);
extern const char *const dgi_export_format_name[DGI_N_EXPORT_FORMAT];

#endif
