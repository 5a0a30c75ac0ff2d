/* SPDX-License-Identifier: Apache-2.0 */
/* cli/cli.h: one option table per command drives parsing, --help and the man page. */
#ifndef CLI_H
#define CLI_H

#include <stdbool.h>
#include <stdio.h>

#include "dragoman.h"

enum { EXIT_DONE = 0, EXIT_SOME_FAILED = 1, EXIT_USAGE = 2, EXIT_STOPPED = 130 };
enum { CLI_MOST_OPTS = 64, CLI_MOST_GIVEN = 128 };

struct cli_opt {
    const char *name; /* long name without dashes; NULL ends the table */
    char letter;      /* or 0 */
    const char *arg;  /* name of its value in the help, NULL: a switch */
    const char *help;
};

struct cli {
    const struct cli_cmd *cmd;
    const char *value[CLI_MOST_OPTS]; /* by row of cmd->opts; a switch that was given has "" */
    char **files;                     /* operands */
    int n_files;
    struct { /* every value as it was given, so that an option may be given more than once */
        int row;
        const char *value;
    } all[CLI_MOST_GIVEN];
    int n_all;
};

struct cli_cmd {
    const char *name, *operands, *summary, *about;
    const struct cli_opt *opts;
    const char *const *examples; /* lines, NULL ends */
    int (*run)(struct cli *c);
};

extern const struct cli_cmd cmd_judge, cmd_code, cmd_ingest, cmd_situation, cmd_timeline, cmd_brief, cmd_explain,
    cmd_actor, cmd_place, cmd_date, cmd_parse, cmd_text, cmd_lexicon, cmd_withdraw, cmd_recode, cmd_doctor, cmd_export,
    cmd_search, cmd_series, cmd_sql, cmd_diff, cmd_times, cmd_places, cmd_quotes, cmd_serve, cmd_stream, cmd_completion;
extern const struct cli_cmd *const cli_commands[];

/* Value of option `name`, NULL when it was not given. */
const char *cli_value(const struct cli *c, const char *name);
bool cli_given(const struct cli *c, const char *name);
/* Values of an option that may be given more than once, at most n of them, into list. How many. */
int cli_values(const struct cli *c, const char *name, const char **list, int n);
/* 0 done, 2 wrong usage (told on stderr), -1 help was printed. */
int cli_parse(struct cli *c, int argc, char **argv);
void cli_help(const struct cli_cmd *cmd, FILE *out);
void cli_man(FILE *out);
/* "dragoman: ..." on stderr. */
void cli_say(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* "dragoman: FILE: record 3, byte 17: message" */
bool cli_is_server(const char *path); /* the address of a store in PostgreSQL */
void cli_say_error(const char *file, const dg_error *err);
/* The word of `list` (space separated) nearest to `word`, or NULL. Static buffer of the caller. */
bool cli_nearest(const char *word, const char *const *list, int n, const char **out);

/* Options that several commands share. False: wrong value, told on stderr. */
bool cli_day(const struct cli *c, const char *name, int32_t *day);
bool cli_input(const struct cli *c, uint32_t *input);
bool cli_number(const struct cli *c, const char *name, long low, long high, long *out);
bool cli_share(const struct cli *c, const char *name, double *out); /* 0 to 1 */
/* --format as one of n names; *out stays where it was not given. */
bool cli_format(const struct cli *c, const char *const *names, int n, uint32_t *out);
/* --only and --with-text of commands that write records: DG_LIST_... False: there is no such list, told. */
bool cli_lists(const struct cli *c, uint32_t *lists);
bool cli_query(const struct cli *c, dg_query *q);    /* filters of a question to a store */
bool cli_choices(const struct cli *c);               /* are --kernel and --tier what there is? False: told on stderr */
const char *cli_own_lexicon(char *buf, size_t size); /* the folder for a user's own rows; NULL: no home */
dg_model *cli_model(const struct cli *c);            /* NULL: told on stderr */
/* A file written whole or not at all; what was there stays when it fails, and so do its permissions. False: told. */
bool cli_save(const char *path, const dg_text *text);
bool cli_can_save(const char *path); /* before the work: is there such a folder, may it be written to? False: told */
/* The store of --db; NULL: told on stderr. Writing waits for another writer (--wait). */
dg_store *cli_store(const struct cli *c, dg_store_mode mode, const dg_model *model);
/* Model and store (for reading) of a question. EXIT_DONE, or the exit status of what was told. */
int cli_open_both(const struct cli *c, dg_model **m, dg_store **s);
/* Their end: says what went wrong, frees all three (answer may be NULL), and gives the exit status; `st` is what printing the answer gave. */
int cli_close_both(dg_model *m, dg_store *s, dg_text *answer, dg_status got, const dg_error *err, int st);
/* After an answer of rows: tells that there are none (`what`: which), and gives the exit status. */
int cli_rows_end(size_t n, const char *what, int st);
bool cli_print(const dg_text *text); /* to stdout with newline; false: stdout is broken */

/* ---- what is read ---- */
struct intake_file {
    char *path;
    bool found; /* below a folder: what holds no news there is passed over */
};
struct intake {
    struct intake_file *files;
    int n, cap;
    dg_reader_options reader;
    uint64_t unread; /* folders that could not be read: told */
    uint64_t bytes;  /* of all files, 0: not known */
    long limit, sample, seed;
    uint64_t *pick, n_pick, next_pick, n_seen; /* numbers of the records of the sample, ascending */
};
/* The files of c->files, with -r those below folders, and the options. EXIT_DONE, or what was told. Close it in any case. */
int intake_open(struct intake *in, const struct cli *c);
void intake_close(struct intake *in);
bool intake_wants(struct intake *in);      /* is the next good record in the sample? Once for each */
bool intake_done(const struct intake *in); /* nothing more is wanted */
bool intake_stopped(void);                 /* ^C */

/* ---- copies of one text ---- */
struct copies_mark {
    uint64_t exact, near, told; /* of its letters; of its words, three in a row; of its events and numbers */
    uint32_t words;
};
struct copies;
void copies_print(struct copies_mark *m, const dg_doc *doc); /* in any thread */
struct copies *copies_new(void);                             /* NULL: no memory */
void copies_free(struct copies *c);
/* *of: the id of the text that this one is a copy of, NULL: the first of its kind, kept from now on under `id`. False: no memory. */
bool copies_seen(struct copies *c, const struct copies_mark *m, dg_str id, const char **of);

/* ---- who is in no table ---- */
struct unknown;
/* Counts for the file at path (.jsonl: JSON Lines, else TSV). False: cannot be written there, told. */
bool unknown_open(struct unknown **out, const char *path);
bool unknown_add(struct unknown *u, dg_str doc, const dg_text *lines); /* of dg_doc_unknown(); false: no memory, told */
bool unknown_close(struct unknown *u);                                 /* writes the file; false: told. NULL is fine */
void unknown_drop(struct unknown *u);                                  /* without writing */

/* ---- work over many records ---- */
enum { WORK_REASONS = 16 };
struct work {
    const struct cli *c;
    uint32_t depth;
    bool trace;
    int32_t day;
    /* Make the output of a document, in any thread and order. NULL: none. */
    dg_status (*prepare)(void *user, const dg_doc *doc, dg_text *out, dg_error *err);
    bool text_only; /* `each` needs what prepare made and no document: it gets NULL */
    /* With text_only: instead of prepare and each where one thread does all, so that no text stands in memory whole. */
    bool (*stream)(void *user, const dg_doc *doc);
    /* Called in the order of the input, by one thread, with what prepare made; false stops everything. */
    bool (*each)(void *user, const char *file, const dg_doc *doc, const dg_text *text);
    void *user;
    uint64_t docs, failed, events, bytes, words, foreign;
    uint64_t refused[WORK_REASONS], passed_over,
        too_old; /* records by dg_status; files below folders that hold no news */
    bool stats;
    /* --once: a text that was there is told here, if at all, and not given to `each`. NULL: nobody is told. */
    bool (*copy)(void *user, dg_str head, const char *of);
    uint64_t copies;
};
/* Reads c->files, codes with --threads threads, calls `each`. Returns the exit status. */
int work_run(struct work *w, dg_model *model);

/* ---- writing to a terminal ---- */
struct term {
    FILE *out;
    bool colour, unicode;
    int width;
};
enum { T_PLAIN, T_BOLD, T_DIM, T_RED, T_GREEN, T_YELLOW, T_BLUE, T_MAGENTA, T_CYAN };
/* Text of others (documents, file names) to out; what would steer the terminal is written as U+FFFD. */
void term_put(FILE *out, dg_str s);
void term_init(struct term *t, FILE *out, const struct cli *c);
void term_style(struct term *t, int style);
void term_reset(struct term *t);
/* Printable width of s in columns; wide East Asian characters are not told apart. */
int term_width(dg_str s);
/* Print s wrapped to the terminal: `first` columns are already used, later lines are indented by `indent`. White space
 * and control characters become single spaces. At most `lines` lines (0 = all), then "...". */
void term_wrap(struct term *t, dg_str s, int first, int indent, int lines);
void term_day(int32_t day, char out[32]);                  /* "12 Jan 2022" */
void term_dates(int32_t start, int32_t end, char out[80]); /* one day or a range */

/* ---- rows: the flat objects of a list of the library's answer ---- */
enum rows_format { ROWS_TABLE, ROWS_JSONL, ROWS_CSV };
extern const char *const rows_formats[3]; /* their names for --format: text, jsonl, csv */
/* ROWS_TABLE on a terminal, JSON Lines else; --format goes before. False: unknown, told. */
bool rows_format(const struct cli *c, uint32_t *format);
/* columns: names of members with ' ' between, or with a tab behind each; the table shows those of `shown` (NULL: all). */
struct json_object;
bool rows_print(struct term *t, struct json_object *list, const char *columns, const char *shown, uint32_t format);

void report_doc(struct term *t, const dg_doc *doc);
bool report_board(struct term *t, dg_str json, bool evidence);
bool report_why(struct term *t, dg_str json); /* dg_item_explain() */
bool report_timeline(struct term *t, dg_str json);

#endif
