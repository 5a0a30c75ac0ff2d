/* SPDX-License-Identifier: Apache-2.0 */
/* resolve/time_calendar.c: see time_calendar.h. */
#include "resolve/time_calendar.h"

#include <math.h>

#include "resolve/time_moon.h"

enum { LAST_YEAR = 9999 };

struct dgi_day_range dgi_cal_days(int32_t start, int32_t end, uint8_t precision)
{
    if (!dgi_day_known(start) || !dgi_day_known(end)) /* before the year 1 or past 9999: unknown, not another day */
        return DGI_NO_RANGE;
    return (struct dgi_day_range){start, end, precision};
}

struct dgi_day_range dgi_cal_day(int32_t day)
{
    return dgi_cal_days(day, day, DGI_P_DAY);
}

struct dgi_day_range dgi_cal_month(int y, int m)
{
    int k = y * 12 + m - 1;
    if (k < 12)
        return DGI_NO_RANGE;
    y = k / 12;
    m = k % 12 + 1;
    return dgi_cal_days(dgi_day_make(y, m, 1), dgi_day_make(y, m, dgi_month_days(y, m)), DGI_P_MONTH);
}

struct dgi_day_range dgi_cal_quarter(int y, int q)
{
    struct dgi_day_range a = dgi_cal_month(y, q * 3 - 2), b = dgi_cal_month(y, q * 3);
    return dgi_cal_days(a.start, b.end, DGI_P_QUARTER);
}

struct dgi_day_range dgi_cal_years(int y, int n)
{
    return dgi_cal_days(dgi_day_make(y, 1, 1), dgi_day_make(y + n - 1, 12, 31), DGI_P_YEAR);
}

struct dgi_day_range dgi_cal_season(int y, int season)
{
    struct dgi_day_range a = dgi_cal_month(y, season * 3), b = dgi_cal_month(y, season * 3 + 2);
    return dgi_cal_days(a.start, b.end, DGI_P_QUARTER);
}

static int floor_to(int y, int n)
{
    return y - ((y % n) + n) % n;
}

struct dgi_day_range dgi_cal_unit(int32_t day, int unit, int shift)
{
    int y, m, d;
    int32_t monday;
    if (day == DGI_NO_DAY || shift > 20000 || shift < -20000)
        return DGI_NO_RANGE;
    dgi_day_split(day, &y, &m, &d);
    monday = day - dgi_day_weekday(day);
    switch (unit) {
    case DGI_U_DAY: return dgi_cal_day(day + shift);
    case DGI_U_WEEK: return dgi_cal_days(monday + 7 * shift, monday + 7 * shift + 6, DGI_P_WEEK);
    case DGI_U_FORTNIGHT: return dgi_cal_days(monday + 14 * shift, monday + 14 * shift + 13, DGI_P_WEEK);
    case DGI_U_WEEKEND: return dgi_cal_days(monday + 7 * shift + 5, monday + 7 * shift + 6, DGI_P_DAY);
    case DGI_U_MONTH: return dgi_cal_month(y, m + shift);
    case DGI_U_QUARTER: {
        int k = y * 4 + (m - 1) / 3 + shift;
        return k < 4 ? DGI_NO_RANGE : dgi_cal_quarter(k / 4, k % 4 + 1);
    }
    case DGI_U_YEAR: return dgi_cal_years(y + shift, 1);
    case DGI_U_DECADE: return dgi_cal_years(floor_to(y, 10) + 10 * shift, 10);
    case DGI_U_CENTURY: return dgi_cal_years(floor_to(y - 1, 100) + 1 + 100 * shift, 100);
    case DGI_U_HOUR:
    case DGI_U_MINUTE:
    case DGI_U_SECOND: return dgi_cal_day(day);
    default: return DGI_NO_RANGE;
    }
}

/* Days and months that n units come to; false when absurd. */
static bool measure(int unit, double n, int *days, int *months)
{
    static const double per[] = {0, 1, 7, 1, 3, 12, 120, 1200, 1.0 / 24, 1.0 / 1440, 7, 14, 1.0 / 86400};
    double v = n * per[unit];
    if (!(v >= 0 && v < 100000))
        return false;
    *days = *months = 0;
    if (unit >= DGI_U_MONTH && unit <= DGI_U_CENTURY)
        *months = (int)floor(v + 0.5);
    else
        *days = (int)floor(v);
    return true;
}

/* The same day of the month k months on, or the month's last. */
static int32_t add_months(int32_t day, int k)
{
    int y, m, d;
    dgi_day_split(day, &y, &m, &d);
    int t = y * 12 + m - 1 + k;
    if (t < 12 || t >= LAST_YEAR * 12)
        return DGI_NO_DAY;
    int last = dgi_month_days(t / 12, t % 12 + 1);
    return dgi_day_make(t / 12, t % 12 + 1, d < last ? d : last);
}

struct dgi_day_range dgi_cal_shift(int32_t day, int unit, double n, int sign)
{
    int days, months;
    if (day == DGI_NO_DAY || unit <= DGI_U_NONE || unit > DGI_U_SECOND || !measure(unit, n, &days, &months))
        return DGI_NO_RANGE;
    if (unit == DGI_U_DAY || unit == DGI_U_HOUR || unit == DGI_U_MINUTE || unit == DGI_U_SECOND)
        return dgi_cal_day(day + sign * days);
    if (unit == DGI_U_WEEK || unit == DGI_U_FORTNIGHT || unit == DGI_U_WEEKEND)
        return dgi_cal_unit(day + sign * days, unit == DGI_U_WEEKEND ? DGI_U_WEEKEND : DGI_U_WEEK, 0);
    day = add_months(day, sign * months);
    if (unit == DGI_U_MONTH || unit == DGI_U_QUARTER || (unit == DGI_U_YEAR && n != floor(n)))
        return dgi_cal_unit(day, DGI_U_MONTH, 0);
    return dgi_cal_unit(day, unit == DGI_U_CENTURY && n == floor(n) ? DGI_U_DECADE : DGI_U_YEAR, 0);
}

int32_t dgi_cal_span_end(int32_t day, int unit, double n, int sign)
{
    int days, months;
    if (day == DGI_NO_DAY || unit <= DGI_U_NONE || unit > DGI_U_SECOND || !measure(unit, n, &days, &months))
        return DGI_NO_DAY;
    if (unit == DGI_U_HOUR)
        days = (int)ceil(n / 24);
    day = months ? add_months(day, sign * months) : day + sign * days;
    return dgi_day_known(day) ? day : DGI_NO_DAY;
}

/* Anonymous Gregorian computus (Nature, 20 April 1876). */
int32_t dgi_cal_easter(int y)
{
    int a = y % 19, b = y / 100, c = y % 100, d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
    int h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
    int m = (a + 11 * h + 22 * l) / 451, month = (h + l - 7 * m + 114) / 31, day = (h + l - 7 * m + 114) % 31 + 1;
    return dgi_day_make(y, month, day);
}

static int number_at(dg_str s, size_t *at)
{
    int v = 0, n = 0;
    while (*at < s.len && s.ptr[*at] >= '0' && s.ptr[*at] <= '9' && n++ < 4)
        v = v * 10 + (s.ptr[(*at)++] - '0');
    return v;
}

bool dgi_cal_era(dg_str v, struct dgi_day_range *out)
{
    struct dgi_day_range a, b;
    if (v.len != 21 || v.ptr[10] != '/' || !dgi_day_parse(dgi_str_sub(v, 0, 10), &a) ||
        !dgi_day_parse(dgi_str_sub(v, 11, 21), &b))
        return false;
    *out = (struct dgi_day_range){.start = a.start, .end = b.end, .precision = DGI_P_YEAR};
    return true;
}

/* "+39", "-7" behind `key`: days; false when the value begins otherwise. */
static bool offset(dg_str v, const char *key, int *days)
{
    size_t at = strlen(key);
    if (v.len < at + 2 || !dgi_str_starts(v, dgi_str(key)))
        return false;
    bool minus = v.ptr[at++] == '-';
    *days = number_at(v, &at) * (minus ? -1 : 1);
    return true;
}

static int32_t plus(int32_t day, int n)
{
    return day == DGI_NO_DAY ? day : day + n;
}

static int32_t nth_weekday(dg_str v, size_t at, int y)
{
    int m = number_at(v, &at);
    at++;
    int wd = number_at(v, &at);
    at++;
    int n = number_at(v, &at);
    int32_t first = dgi_day_make(y, m, 1);
    if (first == DGI_NO_DAY || n < 1)
        return DGI_NO_DAY;
    int32_t day = first + (wd - dgi_day_weekday(first) + 7) % 7 + 7 * (n - 1);
    while (day - first >= dgi_month_days(y, m))
        day -= 7;
    return day;
}

static struct dgi_day_range lunar(dg_str v, int y, bool *moon)
{
    static const char hijri_key[] = "hijri-", civil_key[] = "civil-", new_key[] = "moon-", tishri_key[] = "tishri";
    size_t at = 6;
    int n;
    *moon = true;
    if (offset(v, tishri_key, &n))
        return dgi_cal_day(plus(dgi_moon_tishri(y), n));
    const bool seen = dgi_str_starts(v, dgi_str(hijri_key));
    if (seen || dgi_str_starts(v, dgi_str(civil_key))) {
        int month = number_at(v, &at), day = 1;
        if (at >= v.len) { /* a whole month */
            int32_t first = dgi_moon_hijri(y, month, 1, seen);
            return first == DGI_NO_DAY ? DGI_NO_RANGE : dgi_cal_days(first, dgi_moon_month_end(first), DGI_P_DAY);
        }
        at++;
        day = number_at(v, &at);
        return dgi_cal_day(dgi_moon_hijri(y, month, day, seen));
    }
    if (dgi_str_starts(v, dgi_str(new_key))) {
        at = 5;
        int when = number_at(v, &at);
        at++;
        return dgi_cal_day(dgi_moon_new(dgi_day_make(y, when / 100, when % 100), number_at(v, &at)));
    }
    *moon = false;
    return DGI_NO_RANGE;
}

struct dgi_day_range dgi_cal_holiday(dg_str v, int y, bool *whole, bool *moon)
{
    static const char nth_key[] = "nth-", easter_key[] = "easter", paskha_key[] = "paskha";
    struct dgi_day_range r;
    size_t at = 0;
    int n;
    *whole = *moon = false;
    if (v.len == 10 && dgi_day_parse(v, &r)) {
        *whole = true;
        return dgi_cal_day(r.start);
    }
    if (offset(v, easter_key, &n))
        return dgi_cal_day(plus(dgi_cal_easter(y), n));
    if (offset(v, paskha_key, &n))
        return dgi_cal_day(plus(dgi_moon_paskha(y), n));
    if (dgi_str_starts(v, dgi_str(nth_key)))
        return dgi_cal_day(nth_weekday(v, 4, y));
    if (v.len == 5 && v.ptr[2] == '-') {
        int m = number_at(v, &at);
        at++;
        n = number_at(v, &at);
        return dgi_cal_day(dgi_day_make(y, m, n));
    }
    return lunar(v, y, moon);
}
