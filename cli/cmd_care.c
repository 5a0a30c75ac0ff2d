/* SPDX-License-Identifier: Apache-2.0 */
/* cli/cmd_care.c: dragoman withdraw, recode, doctor: looking after a store. */
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli.h"
#include "opts.h"

/* A command that changes a store must not make one. On a server a reader tells: it finds none. */
static bool on_server(const struct cli *c, const dg_model *m)
{
    dg_store *s;
    dg_error err = {0};
    if (!cli_is_server(cli_value(c, "db")))
        return true;
    dg_status st = dg_store_open(&s, cli_value(c, "db"), DG_STORE_READ, m, &err);
    dg_store_close(s);
    if (st != DG_OK)
        cli_say_error(cli_value(c, "db"), &err);
    return st == DG_OK;
}

/* Model and store of a command that needs --db. EXIT_DONE, or the exit status of what was told. */
static int open_both(struct cli *c, dg_store_mode mode, dg_model **m, dg_store **s)
{
    *m = NULL;
    *s = NULL;
    if (!cli_value(c, "db")) {
        cli_say("'%s' needs --db FILE", c->cmd->name);
        return EXIT_USAGE;
    }
    if (!(*m = cli_model(c)))
        return EXIT_SOME_FAILED;
    if ((mode != DG_STORE_WRITE || on_server(c, *m)) && (*s = cli_store(c, mode, *m)))
        return EXIT_DONE;
    dg_model_close(*m);
    return EXIT_USAGE;
}

/* A command that writes a store must not make one. */
static bool is_there(const struct cli *c)
{
    const char *path = cli_value(c, "db");
    if (!path || !*path || *path == ':' || !strncmp(path, "file:", 5) || cli_is_server(path) || !access(path, F_OK))
        return true;
    cli_say("%s: no such file", path);
    return false;
}

static int close_both(dg_model *m, dg_store *s, dg_status st, const char *path, const dg_error *err)
{
    if (st != DG_OK)
        cli_say_error(path, err);
    dg_store_close(s);
    dg_model_close(m);
    return st == DG_OK                                             ? EXIT_DONE
           : st == DG_E_STORE || st == DG_E_IO || st == DG_E_NOMEM ? EXIT_USAGE
                                                                   : EXIT_SOME_FAILED;
}

/* ---- withdraw ---- */
static int run_withdraw(struct cli *c)
{
    dg_model *m;
    dg_store *s;
    dg_error err = {0};
    int32_t day = (int32_t)(time(NULL) / 86400);
    dg_status st = DG_OK;
    if (!cli_day(c, "date", &day) || !is_there(c))
        return EXIT_USAGE;
    if (!c->n_files) {
        cli_say("'withdraw' needs the id or address of a document");
        return EXIT_USAGE;
    }
    int told = open_both(c, DG_STORE_WRITE, &m, &s);
    if (told != EXIT_DONE)
        return told;
    uint64_t failed = 0;
    for (int i = 0; i < c->n_files && (st == DG_OK || st == DG_E_ARG); i++) {
        st = dg_store_withdraw(s, (dg_str){c->files[i], strlen(c->files[i])}, day, &err);
        if (st == DG_E_ARG) {
            cli_say_error(cli_value(c, "db"), &err);
            failed++;
        }
    }
    if (st == DG_E_ARG)
        st = DG_OK;
    if (st == DG_OK)
        st = dg_store_sync(s, &err);
    int ended = close_both(m, s, st, cli_value(c, "db"), &err);
    return ended == EXIT_DONE && failed ? EXIT_SOME_FAILED : ended;
}

static const struct cli_opt withdraw_opts[] = {
    OPT_DB,
    {"date", 'd', "DAY", "from that day on it is not known any more (default: today)"},
    OPT_WAIT,
    OPT_DATA,
    OPT_END};
static const char *const withdraw_examples[] = {"dragoman withdraw --db crisis.db a --date 1995-08-07", NULL};
const struct cli_cmd cmd_withdraw = {
    "withdraw",
    "ID|URL... --db FILE",
    "take a document back: its publisher did",
    "From that day on the document is not known any more; what was known before stays, and --known-on shows it.",
    withdraw_opts,
    withdraw_examples,
    run_withdraw};

/* ---- recode ---- */
struct shown {
    bool tty;
    time_t at;
};

static bool progress(void *user, uint64_t done, uint64_t of)
{
    struct shown *p = user;
    time_t now = time(NULL);
    if (p->tty && (now != p->at || done == of)) {
        fprintf(stderr, "\r\033[K%llu of %llu texts", (unsigned long long)done, (unsigned long long)of);
        p->at = now;
    }
    return true;
}

static int run_recode(struct cli *c)
{
    dg_model *m;
    dg_store *s;
    dg_coder *coder = NULL;
    dg_coder_options o = DG_CODER_OPTIONS_INIT;
    dg_error err = {0};
    uint64_t n = 0;
    struct shown p = {isatty(2) == 1, 0};
    if (!is_there(c))
        return EXIT_USAGE;
    int told = open_both(c, DG_STORE_WRITE, &m, &s);
    if (told != EXIT_DONE)
        return told;
    o.max_bytes = UINT32_MAX; /* they were let in once */
    dg_status st = dg_coder_new(&coder, m, &o, &err);
    if (st == DG_OK)
        st = dg_store_recode(s, coder, progress, &p, &n, &err);
    dg_coder_free(coder);
    if (p.tty && n)
        fputs("\r\033[K", stderr);
    if (!cli_given(c, "quiet"))
        fprintf(stderr, "%llu texts were coded again\n", (unsigned long long)n);
    return close_both(m, s, st, cli_value(c, "db"), &err);
}

static const struct cli_opt recode_opts[] = {OPT_DB,   OPT_WAIT,   {"quiet", 'q', NULL, "no summary at the end"},
                                             OPT_DATA, OPT_KERNEL, OPT_END};
static const char *const recode_examples[] = {"dragoman recode --db crisis.db", NULL};
const struct cli_cmd cmd_recode = {
    "recode",
    "--db FILE",
    "code kept texts again that another model or lexicon has coded",
    "Each text in one transaction: a run that was stopped goes on where it was. Other texts are left as they are.",
    recode_opts,
    recode_examples,
    run_recode};

/* ---- doctor ---- */
static bool line(void *user, const char *text)
{
    (void)user;
    printf("%s\n", text);
    return true;
}

static int run_doctor(struct cli *c)
{
    dg_model *m;
    dg_store *s;
    dg_error err = {0};
    uint64_t wrong = 0;
    bool repair = cli_given(c, "repair");
    if (repair && !is_there(c))
        return EXIT_USAGE;
    int told = open_both(c, repair ? DG_STORE_WRITE : DG_STORE_READ, &m, &s);
    if (told != EXIT_DONE)
        return told;
    dg_status st = dg_store_doctor(s, repair, line, NULL, &wrong, &err);
    if (st == DG_OK && !wrong)
        printf("nothing is wrong\n");
    int ended = close_both(m, s, st, cli_value(c, "db"), &err);
    return ended == EXIT_DONE && wrong ? EXIT_SOME_FAILED : ended;
}

static const struct cli_opt doctor_opts[] = {
    OPT_DB, {"repair", 'r', NULL, "make the kept board anew where it is wrong"}, OPT_WAIT, OPT_DATA, OPT_END};
static const char *const doctor_examples[] = {"dragoman doctor --db crisis.db", NULL};
const struct cli_cmd cmd_doctor = {
    "doctor",
    "--db FILE",
    "is the store what it should be?",
    "Checks the file, looks for rows that belong to nothing, and compares the kept board with one made anew from all\n"
    "documents. Exit status 1: something is wrong, and was told.",
    doctor_opts,
    doctor_examples,
    run_doctor};
