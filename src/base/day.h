/* SPDX-License-Identifier: Apache-2.0 */
/* base/day.h: calendar days as int32_t since 1970-01-01 (proleptic Gregorian). */
#ifndef DGI_DAY_H
#define DGI_DAY_H

#include "base/str.h"

#define DGI_NO_DAY INT32_MIN

enum dgi_precision { DGI_P_UNKNOWN, DGI_P_DAY, DGI_P_WEEK, DGI_P_MONTH, DGI_P_QUARTER, DGI_P_YEAR, DGI_N_PRECISION };
struct dgi_day_range {
    int32_t start, end; /* days since 1970-01-01, inclusive; DGI_NO_DAY unknown */
    uint8_t precision;  /* enum dgi_precision */
};

/* The days that can be written: 0001-01-01 to 9999-12-31. What is reckoned past them is no day. */
enum { DGI_FIRST_DAY = -719162, DGI_LAST_DAY = 2932896 };
static inline bool dgi_day_known(int32_t day)
{
    return day >= DGI_FIRST_DAY && day <= DGI_LAST_DAY;
}

int32_t dgi_day_make(int y, int m, int d); /* DGI_NO_DAY if no such date */
void dgi_day_split(int32_t day, int *y, int *m, int *d);
int dgi_day_weekday(int32_t day); /* 0 Monday .. 6 Sunday */
int dgi_month_days(int y, int m);
/* "2022-01-12" (also "2022-01-12T..."), "2022-01", "2022" -> range; false if it is no date. */
bool dgi_day_parse(dg_str s, struct dgi_day_range *out);
/* Writes "YYYY-MM-DD" and NUL; "-" for what is no day. */
void dgi_day_format(int32_t day, char buf[16]);
extern const char *const dgi_precision_name[DGI_N_PRECISION];

#endif
