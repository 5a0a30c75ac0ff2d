/* SPDX-License-Identifier: Apache-2.0 */
/* cli/cmd_completion.c: dragoman completion: scripts for bash, zsh and fish, from the option tables.
 *
 * What an option takes is told by the word that stands for its value in the help: NAME, KIND, KEY ... with the words that its help
 * lists are offered those, FILE and DIR files and folders, anything else nothing. */
#include <ctype.h>
#include <string.h>

#include "cli.h"
#include "opts.h"

enum { MOST_WORDS = 400 };

/* The words that the help lists for a value: "csv (default), tsv, jsonl", "day, week (from Monday) or year", "yes|no". A text that
 * is no list has none. */
static void values(const struct cli_opt *o, char out[MOST_WORDS])
{
    static const char *const lists[] = {"NAME", "KIND", "PERIOD", "KEY", "WHEN"};
    size_t n = 0;
    int depth = 0;
    bool listed = false, choice = o->arg && strchr(o->arg, '|') && islower((unsigned char)o->arg[0]);
    const char *s = choice ? o->arg : o->help;
    out[0] = 0;
    for (size_t i = 0; o->arg && i < sizeof lists / sizeof *lists; i++)
        listed |= !strcmp(o->arg, lists[i]);
    if (!listed && !choice)
        return;
    for (; *s && *s != ':' && *s != ';'; s++) {
        size_t len = 0;
        depth += (*s == '(') - (*s == ')');
        while (!depth && (isalnum((unsigned char)s[len]) || s[len] == '-' || s[len] == '_'))
            len++;
        if (!len)
            continue;
        bool word = !(len == 2 && !strncmp(s, "or", 2)) && !(len == 3 && !strncmp(s, "and", 3));
        if (word && n + len + 2 < MOST_WORDS) {
            memcpy(out + n, s, len);
            n += len;
            out[n++] = ' ';
        }
        s += len - 1;
    }
    if (n)
        out[n - 1] = 0;
}

static bool is_file(const struct cli_opt *o)
{
    return o->arg && (strstr(o->arg, "FILE") || strstr(o->arg, "DIR"));
}

static void words_of(FILE *f, const struct cli_cmd *c)
{
    for (int i = 0; c->opts[i].name; i++) {
        if (c->opts[i].letter)
            fprintf(f, "-%c ", c->opts[i].letter);
        fprintf(f, "--%s ", c->opts[i].name);
    }
    fputs("--help", f);
}

/* ---- bash ---- */
static void bash(FILE *f)
{
    char list[MOST_WORDS];
    fputs("# bash completion for dragoman; made by 'dragoman completion bash'\n_dragoman()\n{\n"
          "    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} cmd=${COMP_WORDS[1]}\n"
          "    COMPREPLY=()\n    if [ \"$COMP_CWORD\" -eq 1 ]; then\n        COMPREPLY=($(compgen -W \"",
          f);
    for (int i = 0; cli_commands[i]; i++)
        fprintf(f, "%s ", cli_commands[i]->name);
    fputs("help --help --version\" -- \"$cur\"))\n        return\n    fi\n    case $cmd in\n", f);
    for (int i = 0; cli_commands[i]; i++) {
        const struct cli_cmd *c = cli_commands[i];
        fprintf(f, "    %s)\n        case $prev in\n", c->name);
        for (int k = 0; c->opts[k].name; k++) {
            const struct cli_opt *o = &c->opts[k];
            if (!o->arg)
                continue;
            values(o, list);
            fprintf(f, "        --%s", o->name);
            if (o->letter)
                fprintf(f, "|-%c", o->letter);
            if (list[0])
                fprintf(f, ") COMPREPLY=($(compgen -W \"%s\" -- \"$cur\")); return;;\n", list);
            else
                fprintf(f, ") %s return;;\n", is_file(o) ? "COMPREPLY=($(compgen -f -- \"$cur\"));" : "");
        }
        fputs("        esac\n        case $cur in\n        -*) COMPREPLY=($(compgen -W \"", f);
        words_of(f, c);
        fputs("\" -- \"$cur\")); return;;\n        esac;;\n", f);
    }
    fputs("    esac\n    COMPREPLY=($(compgen -f -- \"$cur\"))\n}\ncomplete -o filenames -F _dragoman dragoman\n", f);
}

/* ---- zsh ---- */
/* Inside '...[here]' of _arguments: no quote, bracket or colon of ours may end it. */
static void zsh_text(FILE *f, const char *s)
{
    for (; *s; s++) {
        if (*s == '\'')
            fputs("'\\''", f);
        else if (strchr("[]:\\", *s))
            fprintf(f, "\\%c", *s);
        else
            fputc(*s == '\n' ? ' ' : *s, f);
    }
}

static void zsh_option(FILE *f, const struct cli_opt *o)
{
    char list[MOST_WORDS];
    values(o, list);
    for (int letter = o->letter ? 1 : 0; letter >= 0; letter--) {
        fputs(" \\\n            '", f);
        if (letter)
            fprintf(f, "-%c", o->letter);
        else
            fprintf(f, "--%s", o->name);
        fputc('[', f);
        zsh_text(f, o->help);
        fputc(']', f);
        if (o->arg && list[0])
            fprintf(f, ":%s:(%s)", "value", list);
        else if (o->arg)
            fprintf(f, ":value:%s", is_file(o) ? "_files" : " ");
        fputc('\'', f);
    }
}

static void zsh(FILE *f)
{
    fputs(
        "#compdef dragoman\n# made by 'dragoman completion zsh'\n_dragoman() {\n    local -a commands\n    commands=(\n",
        f);
    for (int i = 0; cli_commands[i]; i++) {
        fprintf(f, "        '%s:", cli_commands[i]->name);
        zsh_text(f, cli_commands[i]->summary);
        fputs("'\n", f);
    }
    fputs("    )\n    if (( CURRENT == 2 )); then\n        _describe command commands\n        return\n    fi\n"
          "    local cmd=$words[2]\n    shift words\n    (( CURRENT-- ))\n    case $cmd in\n",
          f);
    for (int i = 0; cli_commands[i]; i++) {
        fprintf(f, "        %s)\n        _arguments", cli_commands[i]->name);
        for (int k = 0; cli_commands[i]->opts[k].name; k++)
            zsh_option(f, &cli_commands[i]->opts[k]);
        fputs(" \\\n            '--help[this text]' \\\n            '*:file:_files';;\n", f);
    }
    fputs("    esac\n}\n_dragoman \"$@\"\n", f);
}

/* ---- fish ---- */
static void fish_text(FILE *f, const char *s)
{
    for (; *s; s++) {
        if (*s == '\'' || *s == '\\')
            fputc('\\', f);
        fputc(*s == '\n' ? ' ' : *s, f);
    }
}

static void fish(FILE *f)
{
    char list[MOST_WORDS];
    fputs("# fish completion for dragoman; made by 'dragoman completion fish'\n", f);
    for (int i = 0; cli_commands[i]; i++) {
        const struct cli_cmd *c = cli_commands[i];
        fprintf(f, "complete -c dragoman -f -n __fish_use_subcommand -a %s -d '", c->name);
        fish_text(f, c->summary);
        fputs("'\n", f);
        for (int k = 0; c->opts[k].name; k++) {
            const struct cli_opt *o = &c->opts[k];
            values(o, list);
            fprintf(f, "complete -c dragoman -n '__fish_seen_subcommand_from %s' -l %s", c->name, o->name);
            if (o->letter)
                fprintf(f, " -s %c", o->letter);
            if (list[0])
                fprintf(f, " -x -a '%s'", list);
            else if (o->arg)
                fputs(is_file(o) ? " -r -F" : " -x", f);
            fputs(" -d '", f);
            fish_text(f, o->help);
            fputs("'\n", f);
        }
    }
}

static int run_completion(struct cli *c)
{
    static const char *const shells[] = {"bash", "zsh", "fish"};
    static void (*const write[])(FILE *) = {bash, zsh, fish};
    for (size_t i = 0; c->n_files == 1 && i < sizeof shells / sizeof *shells; i++)
        if (!strcmp(c->files[0], shells[i])) {
            write[i](stdout);
            return EXIT_DONE;
        }
    cli_say("'completion' needs the name of a shell: bash, zsh or fish");
    return EXIT_USAGE;
}

static const struct cli_opt completion_opts[] = {OPT_END};
static const char *const completion_examples[] = {"dragoman completion bash > dragoman.bash", NULL};
const struct cli_cmd cmd_completion = {
    "completion",
    "bash|zsh|fish",
    "a script that lets the shell complete commands and options",
    "Writes a completion script of this program for a shell. 'make install' puts all three where the shells look; by hand:\n"
    "'source <(dragoman completion bash)' in bash, in zsh a file _dragoman in a folder of $fpath, in fish a file dragoman.fish in\n"
    "~/.config/fish/completions.",
    completion_opts,
    completion_examples,
    run_completion};
