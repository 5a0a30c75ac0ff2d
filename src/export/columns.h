/* SPDX-License-Identifier: Apache-2.0 */
/* export/columns.h: events as rows of a table, for programs that know nothing of Dragoman.
 *
 * An event becomes one row for each pair of source and target (export/rows.c); of the other tables each thing is a row
 * (export/tables.c). A format is a list of columns (export/plain.c); a column says where its value comes from: a row of a field
 * table (event/fields.h) or a function of its own. What is written is CSV, TSV, JSON Lines (export/cells.c) or Arrow
 * (export/arrow.c), from the same cells. docs/formats/export.md explains every column. */
#ifndef DGI_EXPORT_COLUMNS_H
#define DGI_EXPORT_COLUMNS_H

#include "base/arena.h"
#include "base/json.h"
#include "event/codes.h"
#include "event/fields.h"
#include "store/store.h"

enum dgi_export_format {
    DGI_EXPORT_CSV,
    DGI_EXPORT_TSV,
    DGI_EXPORT_JSONL,
    DGI_EXPORT_GDELT1,
    DGI_EXPORT_GDELT2,
    DGI_EXPORT_GDELT2_MENTIONS,
    DGI_EXPORT_ICEWS,
    DGI_EXPORT_PHOENIX,
    DGI_EXPORT_POLECAT,
    DGI_EXPORT_GEOJSON,
    DGI_EXPORT_PLOVER,
    DGI_EXPORT_ACLED,
    DGI_EXPORT_ARROW,        /* an IPC file */
    DGI_EXPORT_ARROW_STREAM, /* an IPC stream */
    DGI_EXPORT_COLUMNS,      /* nothing is written: dgi_arrow_take() */
    DGI_N_EXPORT_FORMAT
};
/* What the rows are of. */
enum dgi_export_table {
    DGI_TABLE_EVENTS,
    DGI_TABLE_DOCUMENTS,
    DGI_TABLE_STATEMENTS,
    DGI_TABLE_ITEMS,
    DGI_TABLE_TIMES,
    DGI_TABLE_PLACES,
    DGI_TABLE_QUANTITIES,
    DGI_TABLE_NAMES,
    DGI_N_TABLE
};
/* Codes of countries: ISO 3166 alpha-3, Correlates of War, FIPS 10-4, CAMEO. */
enum dgi_scheme { DGI_SCHEME_ISO, DGI_SCHEME_COW, DGI_SCHEME_FIPS, DGI_SCHEME_CAMEO, DGI_N_SCHEME };
/* How a table is written. BARE: tabs and nothing else, as the producers of event data do; no cell has quotes or apostrophes. */
enum dgi_export_text {
    DGI_TEXT_CSV,
    DGI_TEXT_TSV,
    DGI_TEXT_JSONL,
    DGI_TEXT_BARE,
    DGI_TEXT_GEOJSON,
    DGI_TEXT_PLOVER,
    DGI_TEXT_ARROW
};

enum dgi_cell_type { DGI_CELL_NONE, DGI_CELL_TEXT, DGI_CELL_NUMBER, DGI_CELL_INT, DGI_CELL_BOOL, DGI_CELL_DAY };
struct dgi_cell {
    uint8_t type;  /* enum dgi_cell_type */
    bool list;     /* text: members with ';' between */
    bool verbatim; /* text: its white space means something; folded only where a row is a line */
    dg_str text;
    double number;
    int64_t n;    /* DGI_CELL_INT, DGI_CELL_BOOL, DGI_CELL_DAY */
    char own[24]; /* room for a text made here */
};

struct dgi_row {
    const struct dgi_ev_doc *doc;
    const struct dgi_event *ev;
    int32_t day;                                /* on which it stands in a timeline */
    const struct dgi_ev_actor *source, *target; /* one each with dyads, all without */
    uint32_t n_source, n_target;
    /* of the other tables */
    const void *thing; /* a statement, time ...; NULL: the document */
    uint32_t number;   /* of it in the document, from 0 */
    const struct dgi_item_state *state;
    const struct dgi_sit_when *when;
};

/* Where the value of a column comes from. */
enum dgi_column_from {
    DGI_C_EVENT,
    DGI_C_SOURCE,
    DGI_C_TARGET,
    DGI_C_PLACE,
    DGI_C_OWN,
    DGI_C_THING,      /* a field of the row's thing */
    DGI_C_SPAN_START, /* of such a field: code points */
    DGI_C_SPAN_END
};
struct dgi_export;
struct dgi_column {
    const char *name;
    uint8_t from;  /* enum dgi_column_from */
    uint8_t field; /* row of that table of fields; of DGI_C_OWN what the function makes of it */
    void (*own)(struct dgi_cell *c, const struct dgi_row *r, struct dgi_export *x); /* DGI_C_OWN */
    const char *type;                                                               /* for the codebook */
    const char *says;                                                               /* likewise, one line */
};
struct dgi_layout {
    const char *name;
    uint8_t text; /* enum dgi_export_text */
    bool header;
    bool as_others; /* a producer's format: no status, a day in each row, so that what did not happen is left out */
    bool lists;     /* never dyads */
    bool plover;    /* only what has a PLOVER type */
    bool tells;     /* has a field for what is planned or denied, though it is a producer's */
    const struct dgi_column *columns;
    uint32_t n;
};
extern const struct dgi_layout dgi_layout_table[DGI_N_EXPORT_FORMAT];
/* What the columns of each table are, in the formats that have all of them. */
struct dgi_table_layout {
    const char *name;
    const struct dgi_column *columns;
    uint32_t n;
    const struct dgi_field *fields; /* of a row's thing */
};
extern const struct dgi_table_layout dgi_tables_table[DGI_N_TABLE];
extern const struct dgi_column dgi_plain_table[], dgi_gdelt1_table[], dgi_gdelt2_table[], dgi_mentions_table[],
    dgi_icews_table[], dgi_phoenix_table[], dgi_polecat_table[], dgi_plover_table[], dgi_acled_table[];
enum {
    DGI_N_PLAIN = 54,
    DGI_N_GDELT1 = 58,
    DGI_N_GDELT2 = 61,
    DGI_N_MENTIONS = 16,
    DGI_N_ICEWS = 20,
    DGI_N_PHOENIX = 26,
    DGI_N_POLECAT = 40,
    DGI_N_PLOVER_FIELDS = 20,
    DGI_N_ACLED = 31
};

struct dgi_seen { /* hashes of what was written, open-addressed; 0: free */
    uint64_t *slot;
    uint64_t n, cap;
};
struct dgi_export {
    uint8_t format; /* enum dgi_export_format: columns, n_columns, text follow from it (dgi_layout_table) */
    bool lists;     /* an event is one row, with lists of actors */
    bool one_a_day; /* of a day, source, target and code one row */
    bool raw;       /* cells that a spreadsheet would run are left as they are */
    bool no_header;
    uint8_t scheme;            /* enum dgi_scheme: of the country columns of the plain formats */
    const char *actor, *other; /* with dyads: only pairs in which these stand; NULL: all */
    bool any_status;           /* a producer's format with --status: what was asked for is written */
    const struct dgi_codes *codes;
    const struct dgi_table *states, *state_codes, *acled; /* of the lexicon; may be NULL */
    const struct dgi_column *columns;
    uint32_t n_columns;
    uint8_t text;                    /* enum dgi_export_text */
    uint8_t table;                   /* enum dgi_export_table */
    const struct dgi_field *fields;  /* of that table */
    const struct dgi_column *column; /* the one that is being made */
    struct dgi_buf *out;
    /* the writer's own; zero at the start */
    struct dgi_buf cell; /* lists are put together here */
    struct dgi_seen seen;
    struct dgi_arrow *arrow; /* columns that are being filled (export/arrow.h) */
    dg_str about;            /* for Arrow: who writes; keys and values in turn, a NUL between; the caller's */
    uint32_t last_sentence;  /* of the document: spans come in order */
    struct dgi_find *find;   /* of the document (export/tables.c) */
    uint32_t n_find, cap_find;
    bool begun;
    uint64_t rows, events;
};

/* Values of cells. */
static inline void dgi_cell_text(struct dgi_cell *c, dg_str s)
{
    c->type = s.len ? DGI_CELL_TEXT : DGI_CELL_NONE;
    c->text = s;
}
static inline void dgi_cell_int(struct dgi_cell *c, int64_t n)
{
    c->type = DGI_CELL_INT;
    c->n = n;
}
/* A country in the scheme of the export, on that day; empty: it has no code there. */
dg_str dgi_country_code(const struct dgi_export *x, const char *iso3, int32_t day);
void dgi_cell_number(struct dgi_cell *c, bool known, double v); /* not known, not finite: empty */
static inline void dgi_cell_bool(struct dgi_cell *c, bool v)
{
    dgi_cell_int(c, v);
    c->type = DGI_CELL_BOOL;
}
void dgi_cell_date(struct dgi_cell *c, int32_t day);             /* no day: empty */
void dgi_cell_list(struct dgi_cell *c, struct dgi_export *x);    /* of what dgi_list_add() put together */
void dgi_list_add(struct dgi_export *x, bool follows, dg_str s); /* a ';' in it becomes ',' */
/* Text of a cell as a row shows it: controls and line ends become spaces; quotes are doubled where it stands in quotes. */
void dgi_cell_fold(struct dgi_buf *b, dg_str s, bool quoted);
/* Is it a list in this export (an array in JSON)? */
bool dgi_column_is_list(const struct dgi_export *x, const struct dgi_column *col);

/* Write what event doc->events[n] comes to. False: no memory, or the sink said stop (x->out->failed). */
bool dgi_export_event(struct dgi_export *x, const struct dgi_ev_doc *doc, uint32_t n, int32_t day);
/* The rows of a document in a table that is neither events nor items. False: as dgi_export_event(). */
bool dgi_export_things(struct dgi_export *x, const struct dgi_ev_doc *doc);
/* A statement as a store has it. */
bool dgi_export_said(struct dgi_export *x, const struct dgi_store_source *src, const struct dgi_said *said);
/* One item as a row; doc: whose board it is on, NULL: that of a store. */
bool dgi_export_item(struct dgi_export *x, const struct dgi_ev_doc *doc, const struct dgi_sit_item *it,
                     const struct dgi_item_state *state, const struct dgi_sit_when *when);
/* The header, if none is written yet; what a format needs at its end. */
void dgi_export_begin(struct dgi_export *x);
void dgi_export_finish(struct dgi_export *x);
void dgi_export_clear(struct dgi_export *x);

/* One cell of a row; its text lives until the next call. */
void dgi_export_cell(struct dgi_cell *c, const struct dgi_column *col, const struct dgi_row *r, struct dgi_export *x);
void dgi_export_header(struct dgi_export *x);
void dgi_export_row(struct dgi_export *x, const struct dgi_row *r);
void dgi_export_plover(struct dgi_export *x, const struct dgi_row *r); /* plover.c */
bool dgi_export_is_acled(const struct dgi_row *r, const struct dgi_export *x);
void dgi_quantity_cell(struct dgi_cell *c, const struct dgi_row *r,
                       uint8_t kind); /* how many, by enum dgi_quantity_kind */

/* What stands in the columns, who wrote them and what was asked, as Markdown. */
struct dgi_codebook {
    const char *program;
    uint64_t models, lexicon;
    dg_str query;
};
void dgi_export_codebook(struct dgi_buf *out, const struct dgi_export *x, const struct dgi_codebook *about);

#endif
