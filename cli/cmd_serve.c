/* SPDX-License-Identifier: Apache-2.0 */
/* cli/cmd_serve.c: dragoman serve: a store over HTTP, with a page to look at it. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "opts.h"
#include "serve.h"

enum { LEAST_TOKEN = 16 };

static void ready(void *user, const char *url)
{
    const struct cli *c = user;
    cli_say("%s serves %s (%s); ^C ends it", url, cli_value(c, "db"),
            cli_given(c, "writable") ? "takes documents" : "read-only");
}

static int describe(void)
{
    dg_text text;
    dg_error err = {0};
    if (dgs_openapi(&text, &err) != DG_OK) {
        cli_say("%s", err.message);
        return EXIT_SOME_FAILED;
    }
    bool ok = cli_print(&text);
    dg_text_free(&text);
    return ok ? EXIT_DONE : EXIT_SOME_FAILED;
}

static int run_serve(struct cli *c)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN), threads = cores < 1 ? 1 : cores > 16 ? 16 : cores, port = 8765;
    const char *at = cli_value(c, "listen"), *token = cli_value(c, "token");
    dg_error err = {0};
    if (cli_given(c, "openapi"))
        return describe();
    if (c->n_files || !cli_value(c, "db")) {
        cli_say("'serve' needs --db FILE and nothing else");
        return EXIT_USAGE;
    }
    if (!cli_number(c, "port", 0, 65535, &port) || !cli_number(c, "threads", 1, 64, &threads))
        return EXIT_USAGE;
    if (!token)
        token = getenv("DRAGOMAN_TOKEN");
    if (token && strlen(token) < LEAST_TOKEN) {
        cli_say("a token has at least %d characters", LEAST_TOKEN);
        return EXIT_USAGE;
    }
    struct dgs_options o = {.db = cli_value(c, "db"),
                            .address = at ? at : "127.0.0.1",
                            .port = (uint16_t)port,
                            .token = token,
                            .writable = cli_given(c, "writable"),
                            .threads = (uint32_t)threads,
                            .model = cli_model(c),
                            .ready = ready,
                            .user = c};
    if (!o.model)
        return EXIT_USAGE;
    dg_status st = dgs_serve(&o, &err);
    if (st != DG_OK)
        cli_say("%s", err.message);
    dg_model_close((dg_model *)(uintptr_t)o.model);
    return st == DG_OK ? EXIT_DONE : st == DG_E_ARG || st == DG_E_STORE ? EXIT_USAGE : EXIT_SOME_FAILED;
}

static const struct cli_opt serve_opts[] = {
    OPT_DB,
    {"listen", 'l', "ADDRESS", "where to listen: 127.0.0.1 (default); one that other machines reach needs --token"},
    {"port", 'p', "N", "port (default 8765; 0: one that is free, told on stderr)"},
    {"token", 0, "TEXT",
     "who asks must send it as 'Authorization: Bearer TEXT' (or set DRAGOMAN_TOKEN, which 'ps' does not show)"},
    {"writable", 'w', NULL, "documents may be sent and are kept; otherwise the store is only read"},
    {"threads", 'j', "N", "threads that answer (default: one a core, at most 16)"},
    {"openapi", 0, NULL, "print the description of the interface (OpenAPI 3.1) and end"},
    OPT_DATA,
    OPT_END};
static const char *const serve_examples[] = {
    "dragoman serve --db crisis.db", "dragoman serve --db crisis.db --port 9000 --writable",
    "DRAGOMAN_TOKEN=$(openssl rand -hex 16) dragoman serve --db crisis.db --listen 0.0.0.0", NULL};
const struct cli_cmd cmd_serve = {
    "serve",
    "--db FILE",
    "a store in the browser and over HTTP",
    "Serves a page to look at a store (board, timeline, matrix, statements, search, articles with every event marked) and an interface in JSON\n"
    "under /api/v1, which /openapi.json describes. Everything that is answered comes from the store and the program: no file is\n"
    "read for a request, and the page loads nothing from elsewhere. What another process ingests shows at once.\n"
    "SIGTERM and ^C answer what was asked and end. docs/serve.md has limits and guarantees.",
    serve_opts,
    serve_examples,
    run_serve};
