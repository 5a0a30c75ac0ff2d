/* SPDX-License-Identifier: Apache-2.0 */
/* resolve/time_moon.h: feasts of the lunar calendars, in years of ours. All within a day of what an observer of the moon says. */
#ifndef DGI_TIME_MOON_H
#define DGI_TIME_MOON_H

#include "resolve/time_calendar.h"

/* The first `day` 1..30 of `month` 1..12 of the Islamic calendar that falls in year y, months by the moon of Mecca (`seen`) or by
 * the tables; DGI_NO_DAY: none does. */
int32_t dgi_moon_hijri(int y, int month, int day, bool seen);
/* Last day of the Islamic month that begins on `first`. */
int32_t dgi_moon_month_end(int32_t first);
/* The Jewish new year (1 Tishri) of the autumn of year y. */
int32_t dgi_moon_tishri(int y);
/* Day of the first new moon on or after `from`, at a place `hours` east of Greenwich. */
int32_t dgi_moon_new(int32_t from, int hours);
/* Easter of the eastern churches, as a day of our calendar. */
int32_t dgi_moon_paskha(int y);

#endif
