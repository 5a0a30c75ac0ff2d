/* SPDX-License-Identifier: Apache-2.0 */
/* resolve/time_moon.c: see time_moon.h.
 *
 * The rules: Reingold and Dershowitz, Calendrical Calculations (arithmetic Islamic and Hebrew calendars, Julian Easter); an Islamic
 * month begins by the new moon at Mecca, the arithmetic calendar only says which; the new
 * moon by the leading terms of Meeus, Astronomical Algorithms, chapter 49, which err by less than an hour in these centuries. */
#include "resolve/time_moon.h"

#include <math.h>

enum { UNIX_EPOCH_JDN = 2440588, HEBREW_EPOCH_JDN = 347996, HIJRI_EPOCH_JDN = 1948440 };
static const double PI = 3.14159265358979323846, MONTH = 29.530588861;
enum { MOON_0 = 10962 /* 6 January 2000 */ };

static int32_t hijri_day(int y, int month, int day)
{
    int jdn = day + (59 * (month - 1) + 1) / 2 + (y - 1) * 354 + (3 + 11 * y) / 30 + HIJRI_EPOCH_JDN - 1;
    return jdn - UNIX_EPOCH_JDN;
}

/* Days from the epoch to the new moon of Tishri, with the first postponement. */
static int elapsed(int year)
{
    int months = (235 * year - 234) / 19;
    int64_t parts = 12084 + 13753 * (int64_t)months;
    int day = 29 * months + (int)(parts / 25920);
    return (3 * (day + 1)) % 7 < 3 ? day + 1 : day;
}

int32_t dgi_moon_tishri(int y)
{
    if (y < 1 || y > 3000)
        return DGI_NO_DAY;
    int year = y + 3761, last = elapsed(year - 1), present = elapsed(year), next = elapsed(year + 1);
    int late = next - present == 356 ? 2 : present - last == 382 ? 1 : 0;
    return HEBREW_EPOCH_JDN + present + late + 2 - UNIX_EPOCH_JDN;
}

/* Moment of new moon k of Meeus, in days of ours and parts of a day, universal time. */
static double new_moon(int k)
{
    double t = k / 1236.85, r = PI / 180;
    double jde = 2451550.09766 + MONTH * k + 0.00015437 * t * t;
    double e = 1 - 0.002516 * t;
    double m = r * (2.5534 + 29.1053567 * k), n = r * (201.5643 + 385.81693528 * k),
           f = r * (160.7108 + 390.67050284 * k);
    jde += -0.4072 * sin(n) + 0.17241 * e * sin(m) + 0.01608 * sin(2 * n) + 0.01039 * sin(2 * f) +
           0.00739 * e * sin(n - m) - 0.00514 * e * sin(n + m) + 0.00208 * e * e * sin(2 * m);
    return jde - 2440587.5;
}

/* The month that begins nearest to the day `near`, as Mecca's calendar counts: on the day behind the first evening that finds the
 * moon new since the middle of the afternoon. */
static int32_t crescent(int32_t near)
{
    const double mecca = 3.0 / 24, afternoon = 16.0 / 24, behind = 1;
    int k = (int)floor((near - behind - MOON_0) / MONTH);
    double best = new_moon(k);
    for (int i = 1; i < 3; i++) {
        double moon = new_moon(k + i);
        if (fabs(moon + behind - near) < fabs(best + behind - near))
            best = moon;
    }
    best += mecca;
    int32_t day = (int32_t)floor(best);
    return day + (best - day > afternoon ? 2 : 1);
}

int32_t dgi_moon_hijri(int y, int month, int day, bool seen)
{
    enum { FIRST_SEEN = 1600, LAST_SEEN = 2400 /* years in which the moon is reckoned well enough */ };
    if (y < 700 || y > 3000)
        return DGI_NO_DAY;
    int h = (int)((y - 622) * 33.0 / 32) - 1;
    for (int k = 0; k < 4; k++) {
        int yy, m, d;
        int32_t at = hijri_day(h + k, month, day);
        if (seen && y >= FIRST_SEEN && y <= LAST_SEEN)
            at = crescent(hijri_day(h + k, month, 1)) + day - 1;
        dgi_day_split(at, &yy, &m, &d);
        if (yy == y)
            return at;
    }
    return DGI_NO_DAY;
}

int32_t dgi_moon_month_end(int32_t first)
{
    return crescent(first + (int32_t)MONTH) - 1;
}

int32_t dgi_moon_new(int32_t from, int hours)
{
    if (!dgi_day_known(from))
        return DGI_NO_DAY;
    int k = (int)floor((from - MOON_0) / MONTH) - 1;
    for (int i = 0; i < 4; i++) {
        int32_t day = (int32_t)floor(new_moon(k + i) + hours / 24.0);
        if (day >= from)
            return day;
    }
    return DGI_NO_DAY;
}

int32_t dgi_moon_paskha(int y)
{
    int a = y % 4, b = y % 7, c = y % 19, d = (19 * c + 15) % 30, e = (2 * a + 4 * b - d + 34) % 7;
    int month = (d + e + 114) / 31, day = (d + e + 114) % 31 + 1;
    int behind = y / 100 - y / 400 - 2; /* days that the Julian calendar is behind ours */
    int32_t base = dgi_day_make(y, month, 1);
    return base == DGI_NO_DAY ? base : base + day - 1 + behind;
}
