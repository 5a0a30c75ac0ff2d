/* SPDX-License-Identifier: Apache-2.0 */
/* base/day.c: see day.h. Civil-from-days after the well-known era method (400-year cycles of 146,097 days). */
#include "base/day.h"

#include <stdio.h>

const char *const dgi_precision_name[DGI_N_PRECISION] = {"unknown", "day", "week", "month", "quarter", "year"};

int dgi_month_days(int y, int m)
{
    static const int n[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (m < 1 || m > 12)
        return 0;
    return m == 2 && ((y % 4 == 0 && y % 100 != 0) || y % 400 == 0) ? 29 : n[m - 1];
}

int32_t dgi_day_make(int y, int m, int d)
{
    if (y < 1 || y > 9999 || m < 1 || m > 12 || d < 1 || d > dgi_month_days(y, m))
        return DGI_NO_DAY;
    int yy = m <= 2 ? y - 1 : y;
    int era = yy / 400, yoe = yy - era * 400;
    int doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
    int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    return era * 146097 + doe - 719468;
}

void dgi_day_split(int32_t day, int *y, int *m, int *d)
{
    int64_t z = (int64_t)day + 719468;
    int64_t era = (z >= 0 ? z : z - 146096) / 146097;
    int doe = (int)(z - era * 146097);
    int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int mp = (5 * doy + 2) / 153;
    *d = doy - (153 * mp + 2) / 5 + 1;
    *m = mp < 10 ? mp + 3 : mp - 9;
    *y = (int)(yoe + era * 400) + (*m <= 2);
}

int dgi_day_weekday(int32_t day)
{
    int w = (int)(((int64_t)day + 3) % 7); /* 1970-01-01 was a Thursday */
    return w < 0 ? w + 7 : w;
}

static bool digits(dg_str s, size_t at, size_t n, int *out)
{
    int v = 0;
    if (at + n > s.len)
        return false;
    for (size_t i = 0; i < n; i++) {
        char c = s.ptr[at + i];
        if (c < '0' || c > '9')
            return false;
        v = v * 10 + (c - '0');
    }
    *out = v;
    return true;
}

bool dgi_day_parse(dg_str s, struct dgi_day_range *out)
{
    int y, m, d;
    if (!digits(s, 0, 4, &y) || y < 1)
        return false;
    if (s.len == 4) {
        *out = (struct dgi_day_range){dgi_day_make(y, 1, 1), dgi_day_make(y, 12, 31), DGI_P_YEAR};
        return true;
    }
    if (s.ptr[4] != '-' || !digits(s, 5, 2, &m) || m < 1 || m > 12)
        return false;
    if (s.len == 7) {
        *out = (struct dgi_day_range){dgi_day_make(y, m, 1), dgi_day_make(y, m, dgi_month_days(y, m)), DGI_P_MONTH};
        return true;
    }
    if (s.ptr[7] != '-' || !digits(s, 8, 2, &d) || (s.len > 10 && s.ptr[10] != 'T' && s.ptr[10] != ' '))
        return false;
    int32_t day = dgi_day_make(y, m, d);
    *out = (struct dgi_day_range){day, day, DGI_P_DAY};
    return day != DGI_NO_DAY;
}

void dgi_day_format(int32_t day, char buf[16])
{
    int y, m, d;
    if (!dgi_day_known(day)) {
        snprintf(buf, 16, "-");
        return;
    }
    dgi_day_split(day, &y, &m, &d);
    const int digits[10] = {y / 1000 % 10, y / 100 % 10, y / 10 % 10, y % 10, -1, m / 10, m % 10, -1, d / 10, d % 10};
    for (int i = 0; i < 10; i++)
        buf[i] = digits[i] < 0 ? '-' : (char)('0' + digits[i]);
    buf[10] = 0;
}
