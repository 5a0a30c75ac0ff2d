/* SPDX-License-Identifier: Apache-2.0 */
/* cli/cli.c: parsing by option table, help, man page, messages. */
#include "cli.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

const struct cli_cmd *const cli_commands[] = {
    &cmd_code,   &cmd_ingest, &cmd_situation, &cmd_timeline, &cmd_brief,  &cmd_judge,      &cmd_explain,
    &cmd_actor,  &cmd_place,  &cmd_date,      &cmd_parse,    &cmd_text,   &cmd_lexicon,    &cmd_withdraw,
    &cmd_recode, &cmd_doctor, &cmd_export,    &cmd_search,   &cmd_series, &cmd_sql,        &cmd_diff,
    &cmd_times,  &cmd_places, &cmd_quotes,    &cmd_serve,    &cmd_stream, &cmd_completion, NULL};

/* One line on stderr: line ends and all else that would steer the terminal, of a file's name for one, are replaced. */
static void say_line(char *s)
{
    for (char *p = s; *p; p++)
        if (*p == '\n' || *p == '\t')
            *p = ' ';
    fputs("dragoman: ", stderr);
    term_put(stderr, (dg_str){s, strlen(s)});
    fputc('\n', stderr);
}

void cli_say(const char *fmt, ...)
{
    char line[2048], *all = NULL;
    va_list ap, again;
    va_start(ap, fmt);
    va_copy(again, ap);
    int n = vsnprintf(line, sizeof line, fmt, ap);
    if (n >= (int)sizeof line && vasprintf(&all, fmt, again) < 0)
        all = NULL;
    say_line(all ? all : line);
    free(all);
    va_end(again);
    va_end(ap);
}

bool cli_is_server(const char *path)
{
    return !strncasecmp(path, "postgresql://", 13) || !strncasecmp(path, "postgres://", 11);
}

/* The address of a server without what stands between ':' and '@', and without its options: there may be a password in either. */
static const char *address(const char *path, char *buf, size_t size)
{
    const char *host = strstr(path, "://") + 3;
    size_t n = strcspn(host, "?");
    const char *at = memrchr(host, '@', n), *colon = at ? memchr(host, ':', (size_t)(at - host)) : NULL;
    const char *rest = colon ? at : host + (at ? (size_t)(at - host) : 0);
    snprintf(buf, size, "%.*s%.*s%.*s", (int)(host - path), path, (int)(colon ? colon - host : rest - host), host,
             (int)(host + n - rest), rest);
    return buf;
}

void cli_say_error(const char *file, const dg_error *err)
{
    char shown[128];
    bool server = cli_is_server(file),
         named = !strncmp(err->message, server ? "postgres" : file,
                          server ? 8 : strlen(file)); /* the message may begin with the file already */
    const char *name = named               ? ""
                       : server            ? address(file, shown, sizeof shown)
                       : strcmp(file, "-") ? file
                                           : "standard input",
               *sep = named ? "" : ": ";
    if (err->record)
        cli_say("%s%srecord %llu, byte %llu: %s", name, sep, (unsigned long long)err->record,
                (unsigned long long)err->byte, err->message);
    else if (err->byte)
        cli_say("%s%sbyte %llu: %s", name, sep, (unsigned long long)err->byte, err->message);
    else
        cli_say("%s%s%s", name, sep, err->message);
}

static int distance(const char *a, const char *b)
{
    int row[64];
    size_t n = strlen(a), m = strlen(b);
    if (n > 60 || m > 60)
        return 99;
    for (size_t j = 0; j <= m; j++)
        row[j] = (int)j;
    for (size_t i = 1; i <= n; i++) {
        int diag = row[0];
        row[0] = (int)i;
        for (size_t j = 1; j <= m; j++) {
            int up = row[j], best = diag + (a[i - 1] != b[j - 1]);
            best = up + 1 < best ? up + 1 : best;
            best = row[j - 1] + 1 < best ? row[j - 1] + 1 : best;
            row[j] = best;
            diag = up;
        }
    }
    return row[m];
}

bool cli_nearest(const char *word, const char *const *list, int n, const char **out)
{
    int best = 99;
    for (int i = 0; i < n; i++) {
        int d = distance(word, list[i]);
        if (d < best) {
            best = d;
            *out = list[i];
        }
    }
    return best <= 2 || (best == 3 && strlen(word) > 6);
}

const char *cli_value(const struct cli *c, const char *name)
{
    for (int i = 0; c->cmd->opts[i].name; i++)
        if (!strcmp(c->cmd->opts[i].name, name))
            return c->value[i];
    return NULL;
}

bool cli_given(const struct cli *c, const char *name)
{
    return cli_value(c, name) != NULL;
}

int cli_values(const struct cli *c, const char *name, const char **list, int n)
{
    int k = 0;
    for (int i = 0; i < c->n_all && k < n; i++)
        if (!strcmp(c->cmd->opts[c->all[i].row].name, name))
            list[k++] = c->all[i].value;
    return k;
}

static int find_long(const struct cli_cmd *cmd, const char *name, size_t len)
{
    for (int i = 0; cmd->opts[i].name; i++)
        if (strlen(cmd->opts[i].name) == len && !memcmp(cmd->opts[i].name, name, len))
            return i;
    return -1;
}

static int unknown_long(const struct cli_cmd *cmd, const char *arg)
{
    const char *names[CLI_MOST_OPTS], *near;
    char bare[64];
    int n = 0;
    snprintf(bare, sizeof bare, "%.*s", (int)strcspn(arg + 2, "="), arg + 2);
    for (; cmd->opts[n].name; n++)
        names[n] = cmd->opts[n].name;
    if (cli_nearest(bare, names, n, &near))
        cli_say("unknown option '--%s' for '%s'; did you mean '--%s'?", bare, cmd->name, near);
    else
        cli_say("unknown option '--%s' for '%s'; see 'dragoman %s --help'", bare, cmd->name, cmd->name);
    return EXIT_USAGE;
}

static int take(struct cli *c, int i, const char *inl, int argc, char **argv, int *at)
{
    const struct cli_opt *o = &c->cmd->opts[i];
    if (!o->arg) {
        if (inl) {
            cli_say("option '--%s' takes no value", o->name);
            return EXIT_USAGE;
        }
        c->value[i] = "";
        return 0;
    }
    if (!inl && *at + 1 >= argc) {
        cli_say("option '--%s' needs a value (%s)", o->name, o->arg);
        return EXIT_USAGE;
    }
    c->value[i] = inl ? inl : argv[++*at];
    if (c->n_all == CLI_MOST_GIVEN) {
        cli_say("more than %d options with values", CLI_MOST_GIVEN);
        return EXIT_USAGE;
    }
    c->all[c->n_all].row = i;
    c->all[c->n_all++].value = c->value[i];
    return 0;
}

int cli_parse(struct cli *c, int argc, char **argv)
{
    bool only_files = false;
    c->files = argv; /* operands are gathered at the front of argv */
    c->n_files = 0;
    for (int at = 0; at < argc; at++) {
        char *a = argv[at];
        int st = 0, i;
        if (only_files || a[0] != '-' || !a[1]) {
            c->files[c->n_files++] = a;
            continue;
        }
        if (!strcmp(a, "--")) {
            only_files = true;
            continue;
        }
        if (!strcmp(a, "--help") || !strcmp(a, "-h")) {
            cli_help(c->cmd, stdout);
            return -1;
        }
        if (a[1] == '-') {
            char *eq = strchr(a, '=');
            size_t len = eq ? (size_t)(eq - a) - 2 : strlen(a) - 2;
            if ((i = find_long(c->cmd, a + 2, len)) < 0)
                return unknown_long(c->cmd, a);
            st = take(c, i, eq ? eq + 1 : NULL, argc, argv, &at);
        } else {
            for (i = 0; c->cmd->opts[i].name && c->cmd->opts[i].letter != a[1]; i++)
                ;
            if (!c->cmd->opts[i].name) {
                cli_say("unknown option '-%c' for '%s'; see 'dragoman %s --help'", a[1], c->cmd->name, c->cmd->name);
                return EXIT_USAGE;
            }
            st = take(c, i, a[2] ? a + 2 : NULL, argc, argv, &at);
        }
        if (st)
            return st;
    }
    return 0;
}

void cli_help(const struct cli_cmd *cmd, FILE *out)
{
    fprintf(out, "usage: dragoman %s [OPTION]... %s\n\n%s\n\n", cmd->name, cmd->operands, cmd->about);
    fprintf(out, "Options\n");
    for (int i = 0; cmd->opts[i].name; i++) {
        char left[64];
        const struct cli_opt *o = &cmd->opts[i];
        int n = snprintf(left, sizeof left, "%s%c%s--%s%s%s", o->letter ? "-" : "", o->letter ? o->letter : ' ',
                         o->letter ? ", " : "   ", o->name, o->arg ? " " : "", o->arg ? o->arg : "");
        fprintf(out, "  %s%*s%s\n", left, n < 26 ? 26 - n : 1, "", o->help);
    }
    fprintf(out, "  -h, --help%*sthis text\n\nExamples\n", 16, "");
    for (int i = 0; cmd->examples[i]; i++)
        fprintf(out, "  %s\n", cmd->examples[i]);
}

/* roff needs a backslash before '-' and a leading '.' or "'" escaped */
static void roff(FILE *out, const char *s)
{
    bool line_start = true;
    for (; *s; s++) {
        if (line_start && (*s == '.' || *s == '\''))
            fputs("\\&", out);
        if (*s == '-' || *s == '\\')
            fputc('\\', out);
        if (*s == '\n' && s[1] == '\n') {
            fputs("\n.PP", out);
            s++;
            fputc('\n', out);
            line_start = true;
            continue;
        }
        fputc(*s == '\\' ? 'e' : *s, out);
        line_start = *s == '\n';
    }
}

void cli_man(FILE *out)
{
    fprintf(
        out,
        ".TH DRAGOMAN 1 \"\" \"dragoman " DG_VERSION "\" \"User Commands\"\n.SH NAME\ndragoman \\- news text to coded "
        "political events, statements and the situation\n.SH SYNOPSIS\n.B dragoman\n.I COMMAND\n[\\fIOPTION\\fR]... "
        "[\\fIFILE\\fR]...\n.SH DESCRIPTION\nReads news and writes down, with evidence, who did what to whom "
        "(CAMEO and PLOVER codes), who said what, and where every demand, offer, threat, promise, meeting, deployment, "
        "sanction and agreement stands on any day.\n.SH COMMANDS\n");
    for (int k = 0; cli_commands[k]; k++) {
        const struct cli_cmd *c = cli_commands[k];
        fprintf(out, ".SS \"dragoman %s [OPTION]... ", c->name);
        roff(out, c->operands);
        fputs("\"\n", out);
        roff(out, c->about);
        fputc('\n', out);
        for (int i = 0; c->opts[i].name; i++) {
            fputs(".TP\n.B ", out);
            if (c->opts[i].letter)
                fprintf(out, "\\-%c, ", c->opts[i].letter);
            fputs("\\-\\-", out);
            roff(out, c->opts[i].name);
            if (c->opts[i].arg)
                fprintf(out, " \\fI%s\\fR", c->opts[i].arg);
            fputc('\n', out);
            roff(out, c->opts[i].help);
            fputc('\n', out);
        }
        fputs(".PP\nExamples:\n.nf\n", out);
        for (int i = 0; c->examples[i]; i++) {
            fputs("  ", out);
            roff(out, c->examples[i]);
            fputc('\n', out);
        }
        fputs(".fi\n", out);
    }
    fprintf(
        out,
        ".SH EXIT STATUS\n0 done; 1 some inputs failed, each named on standard error, the rest done, "
        "or nothing was found for what was asked; 2 wrong usage; 130 stopped by ^C or SIGTERM, what was read is done.\n"
        ".SH ENVIRONMENT\n.TP\n.B DRAGOMAN_DATA\nfolder with world.lex, en.lex, segment.dgm and parser.dgm or accurate.dgm.\n.TP\n.B DRAGOMAN_TIER\n"
        "fast or accurate, for commands that are given no --tier.\n.TP\n.B NO_COLOR\n"
        "no colours.\n.TP\n.B COLUMNS\nwidth of the report.\n");
}

bool cli_day(const struct cli *c, const char *name, int32_t *day)
{
    const char *v = cli_value(c, name);
    *day = DG_NO_DAY;
    if (!v)
        return true;
    *day = dg_day_parse((dg_str){v, strlen(v)});
    if (*day == DG_NO_DAY) {
        cli_say("option '--%s': '%s' is not a date (YYYY-MM-DD)", name, v);
        return false;
    }
    return true;
}

bool cli_input(const struct cli *c, uint32_t *input)
{
    static const char *const names[] = {"auto", "text", "html", "jsonl", "conllu",
                                        "json", "feed", "csv",  "warc",  "export"};
    enum { INPUTS = sizeof names / sizeof *names };
    const char *v = cli_value(c, "input"), *near;
    *input = DG_INPUT_AUTO;
    for (uint32_t i = 0; v && i < INPUTS; i++)
        if (!strcmp(v, names[i])) {
            *input = i;
            return true;
        }
    if (!v)
        return true;
    if (cli_nearest(v, names, INPUTS, &near))
        cli_say("option '--input': unknown kind '%s'; did you mean '%s'?", v, near);
    else
        cli_say("option '--input': unknown kind '%s' (auto, text, html, jsonl, json, feed, csv, warc, export, conllu)",
                v);
    return false;
}

bool cli_number(const struct cli *c, const char *name, long low, long high, long *out)
{
    const char *v = cli_value(c, name);
    char *end;
    if (!v)
        return true;
    long n = strtol(v, &end, 10);
    if (!*v || *end || n < low || n > high) {
        cli_say("option '--%s': '%s' is not a number from %ld to %ld", name, v, low, high);
        return false;
    }
    *out = n;
    return true;
}

bool cli_share(const struct cli *c, const char *name, double *out)
{
    const char *v = cli_value(c, name);
    char *end;
    if (!v)
        return true;
    double x = strtod(v, &end);
    if (!*v || *end || !(x >= 0 && x <= 1)) {
        cli_say("option '--%s': '%s' is not a number from 0 to 1", name, v);
        return false;
    }
    *out = x;
    return true;
}

bool cli_format(const struct cli *c, const char *const *names, int n, uint32_t *out)
{
    const char *v = cli_value(c, "format"), *near;
    char all[256] = "";
    if (!v)
        return true;
    for (int i = 0; i < n; i++) {
        if (!strcmp(v, names[i])) {
            *out = (uint32_t)i;
            return true;
        }
        size_t k = strlen(all);
        snprintf(all + k, sizeof all - k, "%s%s", i ? ", " : "", names[i]);
    }
    if (cli_nearest(v, names, n, &near))
        cli_say("option '--format': unknown format '%s'; did you mean '%s'?", v, near);
    else
        cli_say("option '--format': unknown format '%s' (%s)", v, all);
    return false;
}

/* Place of option `name` among the words of `list` (' ' between), 0 where it is not given; UINT32_MAX: it is none of them. */
static uint32_t choice(const struct cli *c, const char *name, const char *list)
{
    const char *v = cli_value(c, name);
    size_t n = v ? strlen(v) : 0;
    for (uint32_t i = 0; n && *list; i++) {
        size_t k = strcspn(list, " ");
        if (k == n && !memcmp(list, v, n))
            return i;
        list += k + (list[k] == ' ');
    }
    return v ? UINT32_MAX : 0;
}

static const char kernels[] = "auto scalar avx2 avx512 avxvnni neon dotprod",
                  tiers[] = "auto fast accurate"; /* in the order of dg_kernel, dg_tier */

bool cli_choices(const struct cli *c)
{
    const char *const opts[][2] = {{"kernel", kernels}, {"tier", tiers}};
    for (size_t i = 0; i < sizeof opts / sizeof *opts; i++)
        if (choice(c, opts[i][0], opts[i][1]) == UINT32_MAX) {
            cli_say("option '--%s': unknown '%s' (%s)", opts[i][0], cli_value(c, opts[i][0]), opts[i][1]);
            return false;
        }
    return true;
}

/* The folder for a user's own rows: $XDG_CONFIG_HOME/dragoman/lexicon or ~/.config/dragoman/lexicon. NULL: no home. */
const char *cli_own_lexicon(char *buf, size_t size)
{
    const char *home = getenv("XDG_CONFIG_HOME");
    if (home && *home)
        return snprintf(buf, size, "%s/dragoman/lexicon", home) < (int)size ? buf : NULL;
    home = getenv("HOME");
    return home && *home && snprintf(buf, size, "%s/.config/dragoman/lexicon", home) < (int)size ? buf : NULL;
}

/* Folders with rows of one's own: the user's, then the one asked for, which goes before. */
static void own_rows(const struct cli *c, const char *out[3], char *buf, size_t size)
{
    const char *asked = cli_value(c, "lexicon"), *mine = cli_own_lexicon(buf, size);
    int n = 0;
    asked = asked ? asked : getenv("DRAGOMAN_LEXICON");
    if (mine && access(mine, F_OK) == 0)
        out[n++] = mine;
    if (asked && *asked)
        out[n++] = asked;
    out[n] = NULL;
}

dg_model *cli_model(const struct cli *c)
{
    dg_model_options o = DG_MODEL_OPTIONS_INIT;
    dg_model *m;
    dg_error err = {0};
    char buf[4096];
    const char *own[3];
    own_rows(c, own, buf, sizeof buf);
    o.lexicon = own;
    o.data_dir = cli_value(c, "data");
    o.kernel = choice(c, "kernel", kernels);
    o.tier = choice(c, "tier", tiers);
    if (dg_model_open(&m, &o, &err) != DG_OK) {
        cli_say("%s", err.message);
        return NULL;
    }
    return m;
}

bool cli_print(const dg_text *text)
{
    fwrite(text->ptr, 1, text->len, stdout);
    if (!text->len || text->ptr[text->len - 1] != '\n')
        fputc('\n', stdout);
    return !ferror(stdout);
}
