/* SPDX-License-Identifier: Apache-2.0 */
/* cli/cmd_judge.c: dragoman judge: a reader's word on an item or an event. */
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli.h"
#include "opts.h"

static dg_str of(const char *s)
{
    return (dg_str){s, s ? strlen(s) : 0};
}

/* The option, else the name under which the reader is logged in. */
static const char *name_of(const struct cli *c)
{
    const char *by = cli_value(c, "by");
    if (!by)
        by = getenv("LOGNAME");
    if (!by)
        by = getenv("USER");
    return by;
}

static dg_status say(const struct cli *c, dg_store *s, dg_error *err)
{
    dg_verdict v = DG_VERDICT_INIT;
    uint64_t no;
    int32_t day = (int32_t)(time(NULL) / 86400);
    if (!cli_day(c, "date", &day))
        return DG_E_ARG;
    v.target = of(c->files[0]);
    v.verdict = of(c->files[1]);
    v.value = of(c->n_files > 2 ? c->files[2] : NULL);
    v.by = of(name_of(c));
    v.reason = of(cli_value(c, "reason"));
    v.day = day;
    dg_status st = dg_judge(&no, s, &v, err);
    if (st == DG_OK)
        printf("verdict %llu\n", (unsigned long long)no);
    return st;
}

static int run_judge(struct cli *c)
{
    dg_model *m;
    dg_store *s;
    dg_error err = {0};
    dg_text text = {0};
    bool gold = cli_given(c, "gold"), asks = gold || cli_given(c, "list");
    const char *db = cli_value(c, "db");
    int32_t day;
    if (!db) {
        cli_say("'judge' needs --db FILE");
        return EXIT_USAGE;
    }
    if (asks ? c->n_files > 0 : c->n_files < 2 || c->n_files > 3) {
        cli_say("'judge' takes an item or event and a verdict, or --list or --gold alone");
        return EXIT_USAGE;
    }
    if (!cli_day(c, "date", &day))
        return EXIT_USAGE;
    bool server = cli_is_server(db);
    if (!server && access(db, F_OK)) { /* a verdict makes no store */
        cli_say("%s: no such file", db);
        return EXIT_USAGE;
    }
    if (!(m = cli_model(c)))
        return EXIT_SOME_FAILED;
    if (server && !asks) { /* nor one on a server: whoever reads is told that there is none */
        if (!(s = cli_store(c, DG_STORE_READ, m))) {
            dg_model_close(m);
            return EXIT_USAGE;
        }
        dg_store_close(s);
    }
    if (!(s = cli_store(c, asks ? DG_STORE_READ : DG_STORE_WRITE, m))) {
        dg_model_close(m);
        return EXIT_USAGE;
    }
    dg_status st = asks ? dg_verdicts(&text, s, gold, &err) : say(c, s, &err);
    bool ok = st == DG_OK && (!asks || cli_print(&text));
    if (st != DG_OK)
        cli_say_error(db, &err);
    dg_text_free(&text);
    dg_store_close(s);
    dg_model_close(m);
    return ok ? EXIT_DONE : st == DG_E_ARG || st == DG_E_STORE ? EXIT_USAGE : EXIT_SOME_FAILED;
}

static const struct cli_opt judge_opts[] = {
    OPT_DB,
    {"by", 0, "NAME", "who says so (default: the name you are logged in under)"},
    {"reason", 0, "TEXT", "why"},
    {"date", 'd', "DAY", "when it was said (default: today)"},
    {"list", 0, NULL, "instead: all verdicts, as JSON"},
    {"gold", 0, NULL, "instead: what was accepted or given a status, as a gold document has it"},
    OPT_WAIT,
    OPT_DATA,
    OPT_END};
static const char *const judge_examples[] = {
    "dragoman judge --db crisis.db ITEM accept --by 'A. Reader' --reason 'as the treaty says'",
    "dragoman judge --db crisis.db ITEM status rejected --by 'A. Reader'",
    "dragoman judge --db crisis.db 1 undo --by 'A. Reader'",
    "dragoman judge --db crisis.db --list",
    "dragoman judge --db crisis.db --gold",
    NULL};
const struct cli_cmd cmd_judge = {
    "judge",
    "ITEM|EVENT|NUMBER VERDICT [VALUE] --db FILE",
    "a reader's word on an item or an event",
    "accept: it is so. strike: there is no such matter. merge ITEM: it is the same as that one. split EVENT: that event of its\n"
    "history is another matter. status NAME: that is how it stands. undo: takes the verdict of that number back. The word stands\n"
    "beside the machine's, changes nothing of it, and outlives a new coding of the texts. Of an event: accept or strike.",
    judge_opts,
    judge_examples,
    run_judge};
