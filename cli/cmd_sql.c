/* SPDX-License-Identifier: Apache-2.0 */
/* cli/cmd_sql.c: dragoman sql: a question of the reader's own over readable views; dragoman diff: the board of two days. */
#include <json.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "opts.h"

static int print(const struct cli *c, dg_str answer, uint32_t format)
{
    struct term t;
    json_object *all = json_tokener_parse(answer.ptr), *list = NULL, *names = NULL;
    char *columns = NULL;
    size_t size = 0;
    FILE *f = open_memstream(&columns, &size);
    int st = EXIT_DONE;
    term_init(&t, stdout, c);
    if (!f || !all || !json_object_object_get_ex(all, "rows", &list) ||
        !json_object_object_get_ex(all, "columns", &names)) {
        cli_say("the library's JSON could not be read");
        st = EXIT_SOME_FAILED;
    }
    for (size_t i = 0; st == EXIT_DONE && i < json_object_array_length(names); i++)
        fprintf(f, "%s\t", json_object_get_string(json_object_array_get_idx(names, i)));
    if (f)
        fclose(f);
    if (st == EXIT_DONE && columns)
        rows_print(&t, list, columns, NULL, format);
    st = cli_rows_end(list ? json_object_array_length(list) : 0, "the query has no rows", st);
    free(columns);
    json_object_put(all);
    return st;
}

static int run_sql(struct cli *c)
{
    dg_error err = {0};
    dg_text text = {0};
    dg_model *m;
    dg_store *s;
    uint32_t format;
    long limit = 0;
    if (c->n_files != 1 || !cli_value(c, "db")) {
        cli_say("'sql' needs --db FILE and one query in quotes");
        return EXIT_USAGE;
    }
    if (!rows_format(c, &format) || !cli_number(c, "limit", 0, 1L << 40, &limit))
        return EXIT_USAGE;
    int st = cli_open_both(c, &m, &s);
    if (st != EXIT_DONE)
        return st;
    dg_status got = dg_sql(&text, s, (dg_str){c->files[0], strlen(c->files[0])}, (uint64_t)limit, &err);
    if (got == DG_OK)
        st = print(c, (dg_str){text.ptr, text.len}, format);
    return cli_close_both(m, s, &text, got, &err, st);
}

static const struct cli_opt sql_opts[] = {
    OPT_DB,
    {"limit", 'n', "N", "most rows (default 0: all)"},
    {"format", 'f', "NAME", "text (a table; default on a terminal), jsonl (default when piped) or csv"},
    OPT_COLOR,
    OPT_DATA,
    OPT_END};
static const char *const sql_examples[] = {
    "dragoman sql --db crisis.db 'SELECT day, source, plover, target, sentence_text FROM event ORDER BY day'",
    "dragoman sql --db crisis.db --format csv 'SELECT source_country, target_country, count(*) AS events, avg(goldstein) AS mean FROM dyad GROUP BY 1, 2'",
    NULL};
const struct cli_cmd cmd_sql = {
    "sql",
    "--db FILE QUERY",
    "one SELECT over readable views of the store; nothing can be changed",
    "Answers one SELECT over the views document, event, dyad (a row for each source and target), statement, item, history and quantity, with dates as\n"
    "YYYY-MM-DD and words instead of numbers; goldstein(cameo), quad(cameo), cameo_name(cameo) and plover_score(type, mode) are functions.\n"
    "docs/formats/sql.md has the columns.",
    sql_opts,
    sql_examples,
    run_sql};

/* ---- diff ---- */
struct two {
    dg_board *before, *after;
};

static bool same(dg_str a, dg_str b)
{
    return a.len == b.len && !memcmp(a.ptr, b.ptr, a.len);
}

struct by_id {
    dg_str id;
    const dg_item *item;
};

static int compare(const void *a, const void *b)
{
    const struct by_id *x = a, *y = b;
    size_t n = x->id.len < y->id.len ? x->id.len : y->id.len;
    int c = memcmp(x->id.ptr, y->id.ptr, n);
    return c ? c : (x->id.len > y->id.len) - (x->id.len < y->id.len);
}

static void put(json_object *row, const char *key, dg_str s)
{
    json_object_object_add(row, key, s.len ? json_object_new_string_len(s.ptr, (int)s.len) : NULL);
}

static void add(json_object *list, const dg_item *before, const dg_item *after)
{
    const dg_item *it = after ? after : before;
    json_object *row = json_object_new_object();
    char who[400] = "", day[16] = "";
    for (uint32_t i = 0; i < dg_item_n_parties(it); i++) {
        const dg_actor *a = dg_item_party(it, i);
        dg_str name = dg_actor_name(a).len ? dg_actor_name(a) : dg_actor_id(a);
        size_t n = strlen(who);
        snprintf(who + n, sizeof who - n, "%s%.*s", i ? ", " : "", (int)name.len, name.ptr);
    }
    if (dg_item_since(it) != DG_NO_DAY)
        dg_day_format(dg_item_since(it), day);
    put(row, "change", !before ? (dg_str){"new", 3} : !after ? (dg_str){"gone", 4} : (dg_str){"changed", 7});
    put(row, "kind", dg_item_kind(it));
    put(row, "who", (dg_str){who, strlen(who)});
    put(row, "before", before ? dg_item_status(before) : (dg_str){"", 0});
    put(row, "after", after ? dg_item_status(after) : (dg_str){"", 0});
    put(row, "since", (dg_str){day, strlen(day)});
    put(row, "content", dg_item_content(it));
    put(row, "condition", dg_item_condition(it));
    put(row, "id", dg_item_id(it));
    json_object_array_add(list, row);
}

static bool moved(const dg_item *a, const dg_item *b)
{
    return !same(dg_item_status(a), dg_item_status(b)) || dg_item_since(a) != dg_item_since(b) ||
           dg_item_due(a) != dg_item_due(b) || dg_item_n_lines(a) != dg_item_n_lines(b);
}

/* Rows in the order of the later board; what is gone follows. NULL: no memory. */
static json_object *rows_of(const struct two *b)
{
    uint32_t n = dg_board_n_items(b->before);
    struct by_id *old = calloc((size_t)n + 1, sizeof *old), *f;
    bool *met = calloc((size_t)n + 1, sizeof *met);
    json_object *list = old && met ? json_object_new_array() : NULL;
    for (uint32_t i = 0; list && i < n; i++)
        old[i] = (struct by_id){dg_item_id(dg_board_item(b->before, i)), dg_board_item(b->before, i)};
    if (list && n)
        qsort(old, n, sizeof *old, compare);
    for (uint32_t i = 0; list && i < dg_board_n_items(b->after); i++) {
        const dg_item *it = dg_board_item(b->after, i);
        struct by_id key = {dg_item_id(it), it};
        if (!(f = n ? bsearch(&key, old, n, sizeof *old, compare) : NULL)) {
            add(list, NULL, it);
            continue;
        }
        met[f - old] = true;
        if (moved(f->item, it))
            add(list, f->item, it);
    }
    for (uint32_t i = 0; list && i < n; i++)
        if (!met[i])
            add(list, old[i].item, NULL);
    free(old);
    free(met);
    return list;
}

static int show(const struct cli *c, const struct two *b, uint32_t format)
{
    struct term t;
    json_object *list = rows_of(b);
    term_init(&t, stdout, c);
    if (!list) {
        cli_say("no memory for the two boards");
        return EXIT_SOME_FAILED;
    }
    size_t n = json_object_array_length(list);
    rows_print(&t, list, "change kind who before after since content condition id",
               "change kind who before after since content", format);
    json_object_put(list);
    if (!n) {
        fflush(stdout);
        cli_say("nothing found: the board of both days is the same");
    }
    return n && !ferror(stdout) ? EXIT_DONE : EXIT_SOME_FAILED;
}

static int run_diff(struct cli *c)
{
    dg_query q = DG_QUERY_INIT, later;
    dg_error err = {0};
    struct two b = {NULL, NULL};
    dg_model *m;
    dg_store *s;
    uint32_t format;
    int32_t day[2];
    if (c->n_files != 2 || !cli_value(c, "db")) {
        cli_say("'diff' needs --db FILE and two days (YYYY-MM-DD)");
        return EXIT_USAGE;
    }
    for (int i = 0; i < 2; i++)
        if ((day[i] = dg_day_parse((dg_str){c->files[i], strlen(c->files[i])})) == DG_NO_DAY) {
            cli_say("'%s' is not a date (YYYY-MM-DD)", c->files[i]);
            return EXIT_USAGE;
        }
    if (!rows_format(c, &format) || !cli_query(c, &q))
        return EXIT_USAGE;
    later = q;
    q.as_of = day[0];
    later.as_of = day[1];
    if (cli_given(c, "known")) {
        q.known_on = day[0];
        later.known_on = day[1];
    }
    int st = cli_open_both(c, &m, &s);
    if (st != EXIT_DONE)
        return st;
    dg_status got = dg_board_open(&b.before, s, &q, &err);
    if (got == DG_OK)
        got = dg_board_open(&b.after, s, &later, &err);
    if (got == DG_OK)
        st = show(c, &b, format);
    dg_board_free(b.before);
    dg_board_free(b.after);
    return cli_close_both(m, s, NULL, got, &err, st);
}

static const struct cli_opt diff_opts[] = {
    OPT_DB,
    {"known", 0, NULL, "each day as it was known on that day, not as it is known now"},
    OPT_ACTOR,
    OPT_BETWEEN,
    {"kind", 'k', "LIST", "kinds of items, comma between (demand,threat,...)"},
    {"open", 'o', NULL, "leave out what is closed"},
    {"lapse", 0, "DAYS", "silence after which a threat or demand lapses (default 90)"},
    {"format", 'f', "NAME", "text (a table; default on a terminal), jsonl (default when piped) or csv"},
    OPT_COLOR,
    OPT_DATA,
    OPT_END};
static const char *const diff_examples[] = {"dragoman diff --db crisis.db 1995-08-01 1995-08-31",
                                            "dragoman diff --db crisis.db --known --format csv 1995-01-01 1995-12-31",
                                            NULL};
const struct cli_cmd cmd_diff = {
    "diff",
    "--db FILE DAY DAY",
    "what is new, changed or gone on the board between two days",
    "Compares the board of two days: items that are new on the second, that stand otherwise or have news, and that are gone. The same on both days is exit\n"
    "status 1.",
    diff_opts,
    diff_examples,
    run_diff};
