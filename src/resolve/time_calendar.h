/* SPDX-License-Identifier: Apache-2.0 */
/* resolve/time_calendar.h: periods of the calendar as ranges of days. Weeks run from Monday to Sunday. */
#ifndef DGI_TIME_CALENDAR_H
#define DGI_TIME_CALENDAR_H

#include "base/day.h"

/* As in times.tsv, class unit. */
enum dgi_time_unit {
    DGI_U_NONE,
    DGI_U_DAY,
    DGI_U_WEEK,
    DGI_U_MONTH,
    DGI_U_QUARTER,
    DGI_U_YEAR,
    DGI_U_DECADE,
    DGI_U_CENTURY,
    DGI_U_HOUR,
    DGI_U_MINUTE,
    DGI_U_WEEKEND,
    DGI_U_FORTNIGHT,
    DGI_U_SECOND
};

#define DGI_NO_RANGE ((struct dgi_day_range){DGI_NO_DAY, DGI_NO_DAY, DGI_P_UNKNOWN})

struct dgi_day_range dgi_cal_day(int32_t day);
struct dgi_day_range dgi_cal_days(int32_t start, int32_t end, uint8_t precision); /* none if either is */
struct dgi_day_range dgi_cal_month(int y, int m); /* m may be out of 1..12: counts on into other years */
struct dgi_day_range dgi_cal_quarter(int y, int q);
struct dgi_day_range dgi_cal_years(int y, int n); /* y and the n-1 after it */
struct dgi_day_range dgi_cal_season(int y,
                                    int season); /* 1 spring (March to May) .. 4 winter (December of y to February) */
/* The period `unit` that holds `day`, moved by `shift` units. */
struct dgi_day_range dgi_cal_unit(int32_t day, int unit, int shift);
/* `n` units (may be a fraction) from `base` on (sign 1) or back (-1): the period in which that falls, as exact as the unit. */
struct dgi_day_range dgi_cal_shift(int32_t day, int unit, double n, int sign);
/* Last day of a span of n units that begins on `day` ("within 48 hours"). */
int32_t dgi_cal_span_end(int32_t day, int unit, double n, int sign);
int32_t dgi_cal_easter(int y);
/* A holiday value of times.tsv in year y; start DGI_NO_DAY if there is none. *whole: the value names its year itself; *moon: an
 * observer of the moon may be a day off. */
struct dgi_day_range dgi_cal_holiday(dg_str value, int y, bool *whole, bool *moon);
bool dgi_cal_era(dg_str v, struct dgi_day_range *out); /* "first day/last day" */

#endif
