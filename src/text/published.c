/* SPDX-License-Identifier: Apache-2.0 */
/* text/published.c: whole dates in short strings, by hand.
 *
 * Only dates with day, month and year count: a month alone would date every "last Wednesday" of the text wrongly. The
 * whole grammar of time is in resolve/. Years from 1900 to 2100. */
#include "text/published.h"

#include <ctype.h>

#include "base/day.h"

enum { FIRST_YEAR = 1900, LAST_YEAR = 2100 };

static bool digit(dg_str s, size_t i)
{
    return i < s.len && s.ptr[i] >= '0' && s.ptr[i] <= '9';
}

static bool alpha(dg_str s, size_t i)
{
    return i < s.len && (isalpha((unsigned char)s.ptr[i]) || (unsigned char)s.ptr[i] >= 0x80);
}

/* Decimal of at most `most` digits at *i; false if none or longer. */
static bool number(dg_str s, size_t *i, size_t most, int *out)
{
    size_t j = *i;
    int v = 0;
    while (digit(s, j) && j - *i < most)
        v = v * 10 + (s.ptr[j++] - '0');
    if (j == *i || digit(s, j))
        return false;
    *i = j;
    *out = v;
    return true;
}

/* A month's name, whole or cut to three or four letters with or without a stop. */
static bool month(const dgi_layout *l, dg_str s, size_t *i, int *out)
{
    size_t j = *i;
    while (alpha(s, j))
        j++;
    dg_str w = dgi_str_sub(s, *i, j);
    if (w.len < 3 || !dgi_layout_month(l, w, out))
        return false;
    *i = j + (j < s.len && s.ptr[j] == '.');
    return true;
}

static void skip(dg_str s, size_t *i, const char *set)
{
    while (*i < s.len && s.ptr[*i] && strchr(set, s.ptr[*i]))
        ++*i;
}

static void ordinal(const dgi_layout *l, dg_str s, size_t *i)
{
    size_t j = *i;
    while (j < s.len && isalpha((unsigned char)s.ptr[j]))
        j++;
    if (!alpha(s, j) && dgi_layout_has(l, DGI_WORD_ORDINAL, dgi_str_sub(s, *i, j), true))
        *i = j;
}

/* The "of" of "12th of January", the "de" of "7 de diciembre de 2017". */
static void join(const dgi_layout *l, dg_str s, size_t *i)
{
    size_t j = *i;
    while (j < s.len && isalpha((unsigned char)s.ptr[j]))
        j++;
    if (j < s.len && s.ptr[j] == ' ' && dgi_layout_has(l, DGI_WORD_DATE_JOIN, dgi_str_sub(s, *i, j), true))
        *i = j + 1;
}

static bool make(int y, int m, int d, int32_t *day)
{
    if (y < FIRST_YEAR || y > LAST_YEAR)
        return false;
    *day = dgi_day_make(y, m, d);
    return *day != DGI_NO_DAY;
}

static bool mark(dg_str s, size_t *i, dg_str m)
{
    if (!dgi_str_starts(dgi_str_sub(s, *i, s.len), m))
        return false;
    *i += m.len;
    return true;
}

/* 2022-01-12, 2022/1/12, 2022.01.12, 2022年1月12日 */
static bool year_first(dg_str s, size_t *i, int32_t *day)
{
    size_t j = *i;
    int y, m, d;
    if (!number(s, &j, 4, &y) || j - *i != 4 || j >= s.len)
        return false;
    if (mark(s, &j, DGI_S("年"))) {
        if (!number(s, &j, 2, &m) || !mark(s, &j, DGI_S("月")) || !number(s, &j, 2, &d) || !make(y, m, d, day))
            return false;
        *i = j;
        return true;
    }
    if (!strchr("-/.", s.ptr[j]) || !s.ptr[j])
        return false;
    char sep = s.ptr[j++];
    if (!number(s, &j, 2, &m) || j >= s.len || s.ptr[j++] != sep || !number(s, &j, 2, &d) || !make(y, m, d, day))
        return false;
    *i = j;
    return true;
}

/* 12 January 2022, 12th of January, 2022, 12. Januar 2022, 12 de enero de 2022, 12-Jan-2022, 12.01.2022, 13/01/2022, 01/13/2022 */
static bool day_first(const dgi_layout *l, dg_str s, size_t *i, int32_t *day)
{
    size_t j = *i;
    int y, m, d;
    if (!number(s, &j, 2, &d))
        return false;
    if (j < s.len && (s.ptr[j] == '.' || s.ptr[j] == '/') && digit(s, j + 1)) {
        char sep = s.ptr[j++];
        size_t from;
        if (!number(s, &j, 2, &m) || j >= s.len || s.ptr[j++] != sep)
            return false;
        from = j;
        if (!number(s, &j, 4, &y) || j - from != 4)
            return false;
        if (sep == '/' && d <= 12 && m <= 12 && d != m)
            return false;
        if (m > 12) {
            int t = m;
            m = d;
            d = t;
        }
        *i = j;
        return make(y, m, d, day);
    }
    ordinal(l, s, &j);
    if (j + 1 < s.len && s.ptr[j] == '.' && s.ptr[j + 1] == ' ')
        j++; /* 12. Januar */
    skip(s, &j, " -");
    join(l, s, &j);
    if (!month(l, s, &j, &m))
        return false;
    skip(s, &j, " ,-");
    join(l, s, &j);
    size_t from = j;
    if (!number(s, &j, 4, &y) || j - from != 4 || !make(y, m, d, day))
        return false;
    *i = j;
    return true;
}

/* January 12, 2022; Jan. 12th 2022 */
static bool month_first(const dgi_layout *l, dg_str s, size_t *i, int32_t *day)
{
    size_t j = *i;
    int y, m, d;
    if (!month(l, s, &j, &m))
        return false;
    skip(s, &j, " -");
    if (!number(s, &j, 2, &d))
        return false;
    ordinal(l, s, &j);
    skip(s, &j, " ,-");
    size_t from = j;
    if (!number(s, &j, 4, &y) || j - from != 4 || !make(y, m, d, day))
        return false;
    *i = j;
    return true;
}

bool dgi_date_find(const dgi_layout *l, dg_str s, int32_t *day, dgi_span *at)
{
    for (size_t i = 0; i < s.len; i++) {
        if (i && (isalnum((unsigned char)s.ptr[i - 1]) || (unsigned char)s.ptr[i - 1] >= 0x80) &&
            (isalnum((unsigned char)s.ptr[i])))
            continue; /* not at the start of a word or number */
        size_t j = i;
        if (digit(s, i) ? year_first(s, &j, day) || day_first(l, s, &j, day) : month_first(l, s, &j, day)) {
            if (at)
                *at = (dgi_span){(uint32_t)i, (uint32_t)j};
            return true;
        }
    }
    return false;
}

bool dgi_date_month(const dgi_layout *l, dg_str s)
{
    int m;
    for (size_t i = 0; i < s.len; i++) {
        size_t j = i;
        if ((i == 0 || !alpha(s, i - 1)) && month(l, s, &j, &m))
            return true;
    }
    return false;
}

static bool url_sep(dg_str s, size_t i)
{
    return i >= s.len || !isalnum((unsigned char)s.ptr[i]);
}

bool dgi_date_in_url(const dgi_layout *l, dg_str url, int32_t *day)
{
    /* the path: a date before it would be a host such as 2022.example.org */
    size_t i = dgi_str_find(url, DGI_S("://"));
    i = i == SIZE_MAX ? 0 : i + 3;
    while (i < url.len && url.ptr[i] != '/')
        i++;
    for (; i < url.len; i++) {
        if (!digit(url, i) || (i && digit(url, i - 1)))
            continue;
        size_t j = i;
        int y, m, d;
        bool ok = number(url, &j, 4, &y) && j - i == 4;
        if (ok && j < url.len && strchr("/-_.", url.ptr[j]) && url.ptr[j]) {
            char sep = url.ptr[j++];
            size_t k = j;
            if ((number(url, &k, 2, &m) || month(l, url, &k, &m)) && k < url.len && url.ptr[k] == sep) {
                k++;
                if (number(url, &k, 2, &d) && !alpha(url, k) && make(y, m, d, day))
                    return true;
            }
            continue;
        }
        j = i;
        int v;
        if (number(url, &j, 8, &v) && j - i == 8 && url_sep(url, j) && (i == 0 || url_sep(url, i - 1)) &&
            make(v / 10000, v / 100 % 100, v % 100, day) && v / 10000 >= 1980)
            return true;
    }
    return false;
}

bool dgi_date_value(const dgi_layout *l, dg_str s, int32_t *day)
{
    s = dgi_str_trim(s);
    if (s.len > 80)
        s.len = 80;
    int64_t n;
    if (dgi_str_int(s, &n)) {
        if (s.len == 8 && make((int)(n / 10000), (int)(n / 100 % 100), (int)(n % 100), day))
            return true;
        if (s.len == 13)
            n /= 1000;
        else if (s.len < 9 || s.len > 10)
            return false;
        *day = (int32_t)(n / 86400);
        return true;
    }
    size_t j = 0;
    int v;
    if (s.len > 8 && s.ptr[8] == 'T' && number(dgi_str_sub(s, 0, 8), &j, 8, &v) &&
        make(v / 10000, v / 100 % 100, v % 100, day))
        return true;
    return dgi_date_find(l, s, day, NULL);
}

bool dgi_date_line(const dgi_layout *l, dg_str line, int32_t *day, bool *updated)
{
    dgi_span at;
    line = dgi_str_trim(line);
    if (line.len < 8 || line.len > 140 || !dgi_date_find(l, line, day, &at))
        return false;
    struct dgi_layout_hit hit = dgi_layout_line(l, line);
    bool label = hit.kind == DGI_LINE_DATE || hit.kind == DGI_LINE_UPDATED;
    *updated = hit.kind == DGI_LINE_UPDATED;
    size_t words = 0;
    bool bars = false, capital = true; /* every word but trimmings has one */
    for (size_t i = 0; i < line.len;) {
        if (i == at.start) {
            i = at.end;
            continue;
        }
        if (line.ptr[i] == '|' || dgi_str_starts(dgi_str_sub(line, i, line.len), DGI_S("·")) ||
            dgi_str_starts(dgi_str_sub(line, i, line.len), DGI_S("•")))
            bars = true;
        if (!isalpha((unsigned char)line.ptr[i])) {
            i++;
            continue;
        }
        size_t j = i;
        while (j < line.len && j != at.start &&
               (isalpha((unsigned char)line.ptr[j]) || (unsigned char)line.ptr[j] >= 0x80))
            j++;
        if (!dgi_layout_has(l, DGI_WORD_DATE, dgi_str_sub(line, i, j), true)) { /* no mere trimming */
            words++;
            capital = capital && isupper((unsigned char)line.ptr[i]);
        }
        i = j;
    }
    char last = line.ptr[line.len - 1];
    bool stop = (last == '.' && at.end < line.len && words > 2) || last == '!' || last == '?';
    if (label)
        return words <= 14 && !stop;
    return words == 0 || (bars && words <= 8 && !stop) || (at.start == 0 && words <= 2 && !stop) ||
           (capital && words <= 3 && at.end == line.len && line.len <= 70); /* "Brussels, 12 January 2022" */
}

void dgi_dates_init(struct dgi_dates *d)
{
    *d = (struct dgi_dates){DGI_NO_DAY, DGI_NO_DAY, DGI_NO_DAY, DGI_NO_DAY, DGI_NO_DAY, DGI_NO_DAY};
}

void dgi_dates_decide(const struct dgi_dates *d, struct dgi_meta *meta)
{
    static const char *const source_names[] = {"option", "meta", "url", "dateline", "dateline", "dateline", "none"};
    const int32_t day[] = {d->option, d->meta, d->url, d->dateline, d->line, d->line_updated};
    size_t i = 0;
    while (i < sizeof day / sizeof *day && day[i] == DGI_NO_DAY)
        i++;
    meta->published = i < sizeof day / sizeof *day ? day[i] : DGI_NO_DAY;
    meta->published_from = dgi_str(source_names[i]);
}
