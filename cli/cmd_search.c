/* SPDX-License-Identifier: Apache-2.0 */
/* cli/cmd_search.c: dragoman search: words in documents, statements and items of a store. */
#include <json.h>
#include <string.h>

#include "cli.h"
#include "opts.h"

static const char *const kinds[] = {"items", "statements", "documents"}; /* bits of DG_SEARCH_... */

static bool read_kinds(const struct cli *c, uint32_t *out)
{
    const char *v = cli_value(c, "kind"), *near;
    while (v && *v) {
        char one[32];
        int i = 0;
        size_t n = strcspn(v, ",");
        snprintf(one, sizeof one, "%.*s", (int)(n < 31 ? n : 31), v);
        while (i < 3 && strcmp(one, kinds[i]))
            i++;
        if (i == 3 && cli_nearest(one, kinds, 3, &near))
            cli_say("option '--kind': unknown kind '%s'; did you mean '%s'?", one, near);
        else if (i == 3)
            cli_say("option '--kind': unknown kind '%s' (items, statements, documents)", one);
        if (i == 3)
            return false;
        *out |= 1u << i;
        v += n + (v[n] == ',');
    }
    return true;
}

static dg_str member(json_object *o, const char *name)
{
    json_object *v;
    const char *s = json_object_object_get_ex(o, name, &v) && v ? json_object_get_string(v) : "";
    return (dg_str){s, strlen(s)};
}

/* One hit: its head in bold, the words around what was found below. */
static void show(struct term *t, json_object *hit)
{
    dg_str kind = member(hit, "kind"), who = member(hit, "who"), title = member(hit, "title"),
           status = member(hit, "status");
    char day[32];
    term_day(dg_day_parse(member(hit, "day")), day);
    fprintf(t->out, "  %-12s ", day);
    term_style(t, T_CYAN);
    fprintf(t->out, "%-10s", kind.ptr);
    term_reset(t);
    term_style(t, T_BOLD);
    dg_str head = who.len ? who : title.len ? title : member(hit, "id");
    term_wrap(t, head, 25, 25, 2);
    term_reset(t);
    if (status.len) {
        fputs("  ", t->out);
        term_put(t->out, status);
    }
    fprintf(t->out, "\n%25s", "");
    term_wrap(t, member(hit, "snippet"), 25, 25, 4);
    fputc('\n', t->out);
}

static int print(const struct cli *c, dg_str answer, uint32_t format)
{
    struct term t;
    json_object *o = json_tokener_parse(answer.ptr), *list = NULL;
    int st = EXIT_DONE;
    term_init(&t, stdout, c);
    if (!o || !json_object_object_get_ex(o, "results", &list)) {
        cli_say("the library's JSON could not be read");
        st = EXIT_SOME_FAILED;
    } else if (format == ROWS_TABLE) {
        for (size_t i = 0; i < json_object_array_length(list); i++)
            show(&t, json_object_array_get_idx(list, i));
    } else {
        rows_print(&t, list, "kind id day who status snippet document url title publisher rank", NULL, format);
    }
    char what[240];
    snprintf(what, sizeof what, "'%s'", c->files[0]);
    st = cli_rows_end(list ? json_object_array_length(list) : 0, what, st);
    json_object_put(o);
    return st;
}

static int run_search(struct cli *c)
{
    dg_search_options o = DG_SEARCH_OPTIONS_INIT;
    dg_error err = {0};
    dg_text text = {0};
    dg_model *m;
    dg_store *s;
    uint32_t format;
    long limit = o.limit;
    const char *actor = cli_value(c, "actor");
    if (c->n_files != 1 || !cli_value(c, "db")) {
        cli_say("'search' needs --db FILE and one query; put several words in quotes");
        return EXIT_USAGE;
    }
    if (!rows_format(c, &format) || !read_kinds(c, &o.kinds) || !cli_day(c, "from", &o.from) ||
        !cli_day(c, "to", &o.to) || !cli_number(c, "limit", 0, 1000000, &limit))
        return EXIT_USAGE;
    o.limit = (uint32_t)limit;
    if (actor)
        o.actor = (dg_str){actor, strlen(actor)};
    int st = cli_open_both(c, &m, &s);
    if (st != EXIT_DONE)
        return st;
    dg_status got = dg_search(&text, s, (dg_str){c->files[0], strlen(c->files[0])}, &o, &err);
    if (got == DG_OK)
        st = print(c, (dg_str){text.ptr, text.len}, format);
    return cli_close_both(m, s, &text, got, &err, st);
}

static const struct cli_opt search_opts[] = {
    OPT_DB,
    {"kind", 'k', "LIST", "items, statements, documents; comma between (default: all)"},
    OPT_ACTOR,
    OPT_FROM,
    OPT_TO,
    {"limit", 'n', "N", "of each kind, the best first (default 20; 0: all)"},
    {"format", 'f', "NAME", "text (default on a terminal), jsonl (default when piped) or csv"},
    OPT_COLOR,
    OPT_DATA,
    OPT_END};
static const char *const search_examples[] = {
    "dragoman search --db crisis.db attacked",
    "dragoman search --db crisis.db --kind documents,statements 'knin OR croatia'",
    "dragoman search --db crisis.db --actor HRV --format csv 'serb NOT vukovar'", NULL};
const struct cli_cmd cmd_search = {
    "search",
    "--db FILE QUERY",
    "words in documents, statements and items, the best first",
    "Looks for words in what the store holds: all of them must be there, in any of their forms ('attack' finds 'attacked').\n"
    "\"a phrase\" in double quotes, begin*, AND, OR, NOT and NEAR(a b, 5) are understood; what has other signs (U.S., cease-fire)\n"
    "stands in double quotes. Items come first, then statements, then documents. Nothing found is exit status 1.",
    search_opts,
    search_examples,
    run_search};
