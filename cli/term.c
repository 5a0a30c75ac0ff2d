/* SPDX-License-Identifier: Apache-2.0 */
/* cli/term.c: colours, width and wrapping. */
#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli.h"

void term_put(FILE *out, dg_str s)
{
    for (size_t n, bad; s.len; s.ptr += n + bad, s.len -= n + bad) {
        n = dg_shown(s, &bad);
        fwrite(s.ptr, 1, n, out);
        if (bad)
            fputs("\xEF\xBF\xBD", out);
    }
}

void term_init(struct term *t, FILE *out, const struct cli *c)
{
    const char *when = cli_value(c, "color"), *columns = getenv("COLUMNS"), *no = getenv("NO_COLOR"),
               *name = getenv("TERM");
    struct winsize ws;
    bool tty = isatty(fileno(out)) == 1;
    *t = (struct term){.out = out, .width = 100};
    t->colour = tty && !(no && *no) && !(name && !strcmp(name, "dumb"));
    if (when)
        t->colour = !strcmp(when, "always") || (t->colour && strcmp(when, "never"));
    if (tty && ioctl(fileno(out), TIOCGWINSZ, &ws) == 0 && ws.ws_col)
        t->width = ws.ws_col;
    if (columns && atoi(columns) > 0)
        t->width = atoi(columns);
    t->width = t->width < 50 ? 50 : t->width > 160 ? 160 : t->width;
    t->unicode = !strcmp(nl_langinfo(CODESET), "UTF-8");
}

void term_style(struct term *t, int style)
{
    static const char *const code[] = {"0", "1", "2", "31", "32", "33", "34", "35", "36"};
    if (t->colour)
        fprintf(t->out, "\033[%sm", code[style]);
}

void term_reset(struct term *t)
{
    if (t->colour)
        fputs("\033[0m", t->out);
}

int term_width(dg_str s)
{
    int n = 0;
    for (size_t i = 0; i < s.len; i++)
        n += ((unsigned char)s.ptr[i] & 0xC0) != 0x80;
    return n;
}

static bool space(char c)
{
    return (c >= 0 && c <= ' ') || c == 0x7f;
}

void term_wrap(struct term *t, dg_str s, int first, int indent, int lines)
{
    int at = first, line = 1;
    bool begun = false;
    for (size_t i = 0; i < s.len;) {
        while (i < s.len && space(s.ptr[i]))
            i++;
        size_t j = i;
        while (j < s.len && !space(s.ptr[j]))
            j++;
        if (j == i)
            break;
        int w = term_width((dg_str){s.ptr + i, j - i});
        int limit = t->width - (lines && line == lines ? 4 : 0);
        if (begun && at + 1 + w > limit) {
            if (lines && line == lines) {
                fputs(" ...", t->out);
                return;
            }
            fprintf(t->out, "\n%*s", indent, "");
            at = indent;
            line++;
            begun = false;
        }
        if (begun) {
            fputc(' ', t->out);
            at++;
        }
        term_put(t->out, (dg_str){s.ptr + i, j - i});
        at += w;
        begun = true;
        i = j;
    }
}

void term_day(int32_t day, char out[32])
{
    static const char *const month[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    char iso[16];
    if (day == DG_NO_DAY) {
        snprintf(out, 32, "no date");
        return;
    }
    dg_day_format(day, iso);
    int m = atoi(iso + 5);
    snprintf(out, 32, "%d %s %.4s", atoi(iso + 8), m >= 1 && m <= 12 ? month[m - 1] : "?", iso);
}

void term_dates(int32_t start, int32_t end, char out[80])
{
    char a[32], b[32], ia[16], ib[16];
    term_day(start, a);
    term_day(end, b);
    if (start == end || end == DG_NO_DAY) {
        snprintf(out, 80, "%s", a);
        return;
    }
    dg_day_format(start, ia);
    dg_day_format(end, ib);
    if (start != DG_NO_DAY && !strncmp(ia, ib, 4) && !strcmp(ia + 5, "01-01") && !strcmp(ib + 5, "12-31"))
        snprintf(out, 80, "%.4s", ia);
    else if (start != DG_NO_DAY && !strncmp(ia, ib, 7) && !strcmp(ia + 8, "01") && atoi(ib + 8) >= 28)
        snprintf(out, 80, "%s", strchr(a, ' ') + 1);
    else
        snprintf(out, 80, "%s to %s", start == DG_NO_DAY ? "?" : a, b);
}
