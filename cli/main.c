/* SPDX-License-Identifier: Apache-2.0 */
/* cli/main.c: picks the command. */
#include <locale.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"

static void usage(FILE *out)
{
    fprintf(out, "usage: dragoman COMMAND [OPTION]... [FILE]...\n\n"
                 "Reads news and writes down who did what to whom, who said what, and where every matter stands.\n\n");
    for (int i = 0; cli_commands[i]; i++)
        fprintf(out, "  %-10s %s\n", cli_commands[i]->name, cli_commands[i]->summary);
    fprintf(
        out,
        "\n  --help, --version, --version --json (sums of models and lexicon)\n\nEach command has its own --help with examples. Try: dragoman code article.txt\n");
}

static int unknown(const char *word)
{
    const char *names[32], *near;
    int n = 0;
    for (; cli_commands[n]; n++)
        names[n] = cli_commands[n]->name;
    if (cli_nearest(word, names, n, &near))
        cli_say("unknown command '%s'; did you mean '%s'?", word, near);
    else
        cli_say("unknown command '%s'; see 'dragoman --help'", word);
    return EXIT_USAGE;
}

/* A model, lexicon or store is mapped; cut short by another program while we read it, the kernel can only kill us. Say why. */
static void cut_short(int sig)
{
    static const char said[] =
        "dragoman: a model, lexicon or store was changed by another program while it was being read\n";
    ssize_t n = write(STDERR_FILENO, said, sizeof said - 1);
    (void)n;
    (void)sig;
    _exit(EXIT_SOME_FAILED);
}

/* The program and what it reads by: another sum, another content. Without models the sums are null. */
static int version_json(void)
{
    dg_versions v = DG_VERSIONS_INIT;
    dg_model_options o = DG_MODEL_OPTIONS_INIT;
    dg_model *m = NULL;
    dg_error err = {0};
    bool ok = dg_model_open(&m, &o, &err) == DG_OK;
    dg_version_info(&v, m);
    printf("{\"program\":\"%s\",\"record\":\"%s\",\"store\":%d", v.program, v.record, (int)v.store);
    if (ok)
        printf(",\"models\":\"%016llx\",\"lexicon\":\"%016llx\",\"coder\":\"%016llx\",\"kernel\":\"%s\"}\n",
               (unsigned long long)v.models, (unsigned long long)v.lexicon, (unsigned long long)v.coder,
               dg_model_kernel(m));
    else
        printf(",\"models\":null,\"lexicon\":null,\"coder\":null,\"kernel\":null}\n");
    if (!ok)
        cli_say("%s", err.message);
    dg_model_close(m);
    return ok ? EXIT_DONE : EXIT_SOME_FAILED;
}

int main(int argc, char **argv)
{
    signal(SIGPIPE, SIG_DFL);
    signal(SIGBUS, cut_short);
    setlocale(LC_CTYPE, "");
    if (argc < 2) {
        usage(stderr);
        return EXIT_USAGE;
    }
    if (argc == 3 && !strcmp(argv[1], "--version") && !strcmp(argv[2], "--json"))
        return version_json();
    if (!strcmp(argv[1], "--version") || !strcmp(argv[1], "-V") || !strcmp(argv[1], "-v")) {
        printf("dragoman %s\n", dg_version());
        return EXIT_DONE;
    }
    if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h") || (!strcmp(argv[1], "help") && argc == 2)) {
        usage(stdout);
        return EXIT_DONE;
    }
    if (!strcmp(argv[1], "--man")) { /* the build makes docs/man/dragoman.1 of it */
        cli_man(stdout);
        return EXIT_DONE;
    }
    bool help = !strcmp(argv[1], "help");
    const char *name = help ? argv[2] : argv[1];
    for (int i = 0; cli_commands[i]; i++) {
        if (strcmp(cli_commands[i]->name, name))
            continue;
        if (help) {
            cli_help(cli_commands[i], stdout);
            return EXIT_DONE;
        }
        struct cli c = {.cmd = cli_commands[i]};
        int st = cli_parse(&c, argc - 2, argv + 2);
        if (st)
            return st < 0 ? EXIT_DONE : st;
        st = cli_choices(&c) ? c.cmd->run(&c) : EXIT_USAGE;
        if (fflush(stdout) || ferror(stdout)) {
            cli_say("standard output cannot be written");
            return EXIT_SOME_FAILED;
        }
        return st;
    }
    return unknown(name);
}
