/* SPDX-License-Identifier: Apache-2.0 */
/* cli/cmd_export.c: dragoman export: events and the other tables as rows for other programs, of a store or straight from files. */
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "opts.h"
#include "parquet.h"

static const char *const formats[] = {"csv",   "tsv",          "jsonl",   "gdelt1",  "gdelt2", "gdelt2-mentions",
                                      "icews", "phoenix",      "polecat", "geojson", "plover", "acled",
                                      "arrow", "arrow-stream", "parquet"};
static const char *const tables[] = {"events", "documents", "statements", "items",
                                     "times",  "places",    "quantities", "names"};

enum { N_TABLES = sizeof tables / sizeof *tables };

static const char *const schemes[] = {"iso", "cow", "fips", "cameo"};

static bool put(void *user, const char *ptr, size_t len)
{
    (void)user;
    return fwrite(ptr, 1, len, stdout) == len;
}

/* A stop comes from a broken stdout, of which main() speaks. */
static bool told(dg_status st, const char *name, const dg_error *err)
{
    if (st != DG_OK && st != DG_E_CANCELLED)
        cli_say_error(name, err);
    return st == DG_OK;
}

static bool doc(void *user, const char *file, const dg_doc *d, const dg_text *text)
{
    dg_error err = {0};
    (void)text;
    return told(dg_export_doc(user, d, &err), file, &err);
}

static bool options(const struct cli *c, dg_export_options *o, dg_query *q)
{
    const char *dyads = cli_value(c, "dyads"), *scheme = cli_value(c, "scheme");
    if (dyads && strcmp(dyads, "yes") && strcmp(dyads, "no")) {
        cli_say("option '--dyads': '%s' is neither yes nor no", dyads);
        return false;
    }
    o->lists = dyads && !strcmp(dyads, "no");
    for (o->scheme = 0; scheme && o->scheme < 4 && strcmp(scheme, schemes[o->scheme]); o->scheme++)
        ;
    if (o->scheme == 4) {
        cli_say("option '--scheme': unknown scheme '%s' (iso, cow, fips, cameo)", scheme);
        return false;
    }
    const char *table = cli_value(c, "table");
    for (o->table = 0; table && o->table < N_TABLES && strcmp(table, tables[o->table]); o->table++)
        ;
    if (o->table == N_TABLES) {
        cli_say(
            "option '--table': unknown table '%s' (events, documents, statements, items, times, places, quantities, names)",
            table);
        return false;
    }
    if (o->table != DG_TABLE_ITEMS && (cli_given(c, "as-of") || cli_given(c, "kind") || cli_given(c, "open"))) {
        cli_say("options '--as-of', '--kind', '--open' ask for items: they need '--table items'");
        return false;
    }
    if (cli_given(c, "acts") && !cli_given(c, "db")) {
        cli_say("option '--acts' looks for one act in many documents: it needs a store (--db)");
        return false;
    }
    o->one_a_day = cli_given(c, "one-a-day");
    o->raw = cli_given(c, "raw");
    o->no_header = cli_given(c, "no-header");
    return cli_format(c, formats, sizeof formats / sizeof *formats, &o->format) && cli_query(c, q);
}

static int from_store(struct cli *c, const dg_model *m, dg_export *x)
{
    dg_error err = {0};
    dg_store *s = cli_store(c, DG_STORE_READ, m);
    if (!s)
        return EXIT_USAGE;
    dg_status st = dg_export_store(x, s, &err);
    if (st == DG_E_ARG)
        cli_say("%s", err.message);
    else
        told(st, cli_value(c, "db"), &err);
    dg_store_close(s);
    return st == DG_OK ? EXIT_DONE : st == DG_E_ARG ? EXIT_USAGE : EXIT_SOME_FAILED;
}

static int codebook(const dg_export *x)
{
    dg_text text;
    dg_error err = {0};
    if (dg_export_codebook(&text, x, &err) != DG_OK) {
        cli_say("%s", err.message);
        return EXIT_SOME_FAILED;
    }
    bool ok = cli_print(&text);
    dg_text_free(&text);
    return ok ? EXIT_DONE : EXIT_SOME_FAILED;
}

static int rows(struct cli *c, struct work *w, dg_model *m, dg_export *x, struct parquet *p)
{
    dg_error err = {0};
    if (p && !parquet_begin(p, x))
        return EXIT_SOME_FAILED;
    int st = cli_value(c, "db") ? from_store(c, m, x) : work_run(w, m);
    if (st == EXIT_USAGE || !told(dg_export_end(x, &err), c->cmd->name, &err) || (p && !parquet_end(p)))
        return st == EXIT_DONE ? EXIT_SOME_FAILED : st;
    if (st == EXIT_DONE && !dg_export_rows(x)) {
        fflush(stdout);
        cli_say("nothing found: no %s fit what was asked", cli_value(c, "table") ? cli_value(c, "table") : "events");
        return EXIT_SOME_FAILED;
    }
    return st;
}

static int run_export(struct cli *c)
{
    dg_export_options o = DG_EXPORT_OPTIONS_INIT;
    dg_query q = DG_QUERY_INIT;
    dg_error err = {0};
    dg_export *x = NULL;
    struct work w = {.c = c, .depth = DG_DEPTH_CODE, .each = doc};
    if (!options(c, &o, &q) || !cli_day(c, "date", &w.day))
        return EXIT_USAGE;
    if (cli_value(c, "db") && c->n_files) {
        cli_say("'export' takes --db or files, not both ('%s')", c->files[0]);
        return EXIT_USAGE;
    }
    if (!cli_value(c, "db") && !c->n_files && !cli_given(c, "codebook") && isatty(0) == 1) {
        cli_say("neither --db nor a file given; 'dragoman export -' reads standard input");
        return EXIT_USAGE;
    }
    bool parquet = o.format == DG_EXPORT_COLUMNS && !cli_given(c, "codebook");
    struct parquet *p = parquet ? parquet_new() : NULL;
    if (parquet && !p)
        return EXIT_USAGE;
    dg_model *m = cli_model(c);
    if (!m) {
        parquet_free(p);
        return EXIT_SOME_FAILED;
    }
    int st = EXIT_USAGE;
    if (dg_export_new(&x, m, &q, &o, p ? parquet_full : put, p, &err) != DG_OK)
        cli_say("%s", err.message);
    else
        st = (w.user = x, cli_given(c, "codebook")) ? codebook(x) : rows(c, &w, m, x, p);
    parquet_free(p);
    dg_export_free(x);
    dg_model_close(m);
    return st;
}

static const struct cli_opt export_opts[] = {
    OPT_DB,
    OPT_MAP,
    OPT_DEEP,
    OPT_LIMIT,
    OPT_SAMPLE,
    OPT_SEED,
    OPT_SINCE,
    OPT_ONCE,
    OPT_STATS,
    {"format", 'f', "NAME",
     "csv (default), tsv, jsonl, gdelt1, gdelt2, gdelt2-mentions, icews, phoenix, polecat, geojson, plover, acled, arrow, "
     "arrow-stream, parquet (needs DuckDB's library: DRAGOMAN_DUCKDB=FILE)"},
    {"table", 0, "NAME",
     "events (default), documents, statements, items, times, places, quantities or names: as csv, tsv, jsonl, arrow, parquet"},
    {"dyads", 0, "yes|no", "yes (default): a row for each source and target; no: a row an event, with lists"},
    {"scheme", 0, "NAME", "countries as iso (default), cow, fips or cameo, by the day of the event"},
    {"one-a-day", 0, NULL, "one row for each day, source, target, code and status"},
    OPT_FOLD,
    OPT_ACTS,
    {"codebook", 0, NULL, "print what the columns mean, with versions and the filters, instead"},
    {"raw", 0, NULL, "no apostrophe before cells that a spreadsheet would run as a formula"},
    {"no-header", 0, NULL, "no line with the names of the columns"},
    OPT_ACTOR,
    OPT_BETWEEN,
    OPT_CODE,
    OPT_STATUS,
    OPT_FROM,
    OPT_TO,
    OPT_PLACE,
    OPT_SURE,
    OPT_KNOWN,
    OPT_AS_OF,
    {"kind", 'k', "LIST", "of items: their kinds, comma between (demand,threat,...)"},
    {"open", 'o', NULL, "of items: leave out what is closed"},
    OPT_DATE,
    OPT_INPUT,
    OPT_PLAIN,
    OPT_THREADS,
    OPT_AHEAD,
    OPT_MAX,
    OPT_DATA,
    OPT_KERNEL,
    OPT_END};
static const char *const export_examples[] = {
    "dragoman export --db crisis.db > events.csv",
    "dragoman export --db crisis.db --code ASSAULT --one-a-day --format tsv",
    "dragoman export --format jsonl --dyads no article.txt",
    "dragoman export --db crisis.db --format gdelt2 > 19950805.export.CSV",
    "dragoman export --db crisis.db --actor HRV --codebook > codebook.md",
    "dragoman export --db crisis.db --table items --format arrow > board.arrow",
    NULL};
const struct cli_cmd cmd_export = {
    "export",
    "--db FILE | [FILE|-]...",
    "events for other programs: CSV, JSON Lines, Arrow, Parquet, GDELT, ICEWS, PLOVER ...",
    "Writes events as a table with plain names and ISO dates, from a store or straight from files. An event with several\n"
    "sources and targets has a row for each pair; what both sides do to each other has a row each way.\n\n"
    "A cell that begins with = + - or @ gets an apostrophe in CSV and TSV, so that no spreadsheet runs it. Lists have ';'\n"
    "between their members. docs/formats/export.md and --codebook explain each column.",
    export_opts,
    export_examples,
    run_export};
