/* SPDX-License-Identifier: Apache-2.0 */
/* Time expressions: a table of phrases with the day of publication and what they mean, and properties that hold for any
 * day and any bytes. Sentences are our own. */
#include "resolve_fixture.h"

#include "base/day.h"
#include "resolve/atoms.h"
#include "resolve/time.h"
#include "resolve/time_calendar.h"

RESOLVE_FIXTURE(struct dgi_time_ctx, dgi_time_open(&ctx, lex, en_words, &err), dgi_time_close)

/* "2021-10" a whole month, "2021" a whole year, "A/B" from day to day, "?" unknown. */
static void put_range(char *out, size_t size, struct dgi_day_range g)
{
    char a[16], b[16];
    int y, m, d;
    if (g.start == DGI_NO_DAY) {
        snprintf(out, size, "?");
        return;
    }
    dgi_day_format(g.start, a);
    dgi_day_format(g.end, b);
    dgi_day_split(g.start, &y, &m, &d);
    if (g.start == g.end)
        snprintf(out, size, "%s", a);
    else if (m == 1 && d == 1 && g.end == dgi_day_make(y, 12, 31))
        snprintf(out, size, "%.4s", a);
    else if (d == 1 && g.end == dgi_day_make(y, m, dgi_month_days(y, m)))
        snprintf(out, size, "%.7s", a);
    else
        snprintf(out, size, "%s/%s", a, b);
}

/* kind, then past|future where both stand; times of one text joined by ", ". */
static void put_times(char *out, size_t size, const struct dgi_doc *doc)
{
    static const char *const kind[] = {"", "since ", "until ", "duration", ""};
    size_t n = 0;
    out[0] = 0;
    for (uint32_t i = 0; i < doc->n_times && n < size; i++) {
        const struct dgi_time *t = &doc->times[i];
        char a[64] = "", b[64] = "";
        if (t->kind != DGI_TIME_DURATION)
            put_range(a, sizeof a, t->range);
        if (t->kind == DGI_TIME_BY_TENSE)
            put_range(b + 1, sizeof b - 1, t->future), b[0] = '|';
        n += (size_t)snprintf(out + n, size - n, "%s%s%s%s", i ? ", " : "", kind[t->kind], a, b);
    }
}

static int32_t day_of(const char *iso)
{
    struct dgi_day_range g;
    return iso && dgi_day_parse(dgi_str(iso), &g) ? g.start : DGI_NO_DAY;
}

static const struct {
    const char *text, *published, *want;
} cases[] = {
    /* written out */
    {"12 January 2022", NULL, "2022-01-12"},
    {"the second Tuesday in November 2023", NULL, "2023-11-14"},
    {"the last day of February 2024", NULL, "2024-02-29"},
    {"the third week of 2021", "2023-08-19", "2021-01-18/2021-01-24"},
    {"the first ten days of May 2020", NULL, "2020-05-01/2020-05-10"},
    {"the week before last", "2021-10-14", "2021-09-27/2021-10-03"},
    {"the week of 10 April 2019", NULL, "2019-04-08/2019-04-14"},
    {"from 2014 through May 2018", NULL, "2014-01-01/2018-05-31"},
    {"four months from tomorrow", "2016-11-07", "2017-03-08"},
    {"next week on Tuesday", "2017-12-04", "2017-12-12"},
    {"dawn on 4 August 1990", NULL, "1990-08-04"},
    {"the summer of '69", "2023-08-19", "1969-06-01/1969-08-31"},
    {"January 12, 2022", NULL, "2022-01-12"},
    {"Jan. 12, 2022", NULL, "2022-01-12"},
    {"Sept. 27, 1998", NULL, "1998-09-27"},
    {"the 3rd of March 1999", NULL, "1999-03-03"},
    {"2022-01-12", NULL, "2022-01-12"},
    {"2022/01/12", NULL, "2022-01-12"},
    {"12-Jan-2022", NULL, "2022-01-12"},
    {"25/12/2021", NULL, "2021-12-25"},
    {"12/25/2021", NULL, "2021-12-25"},
    {"12/01/2022", "2022-01-12", "2022-01-12"},
    {"04/03/2022", "2022-04-05", "2022-04-03"},
    {"12.01.2022", NULL, "2022-01-12"},
    {"Tuesday, October 8, 2019", NULL, "2019-10-08"},
    {"on Monday, May 3", "2021-06-01", "2021-05-03"},
    {"March 2014", NULL, "2014-03"},
    {"in March, 2014", NULL, "2014-03"},
    {"1989", NULL, "1989"},
    {"in 1989", NULL, "1989"},
    {"the 1990s", NULL, "1990-01-01/1999-12-31"},
    {"in the early 1990s", NULL, "1990-01-01/1993-12-31"},
    {"the 19th century", NULL, "1801-01-01/1900-12-31"},
    {"31 February 2020", "2022-01-12", ""},
    {"February 29, 2021", "2022-01-12", ""},
    {"on February 29", "2022-01-12", "2020-02-29|2024-02-29"},
    /* weekdays: last and next one, the day of publication in both */
    {"on Wednesday", "2022-01-12", "2022-01-12"},
    {"on Monday", "2022-01-12", "2022-01-10|2022-01-17"},
    {"Thursday night", "2022-01-12", "2022-01-06|2022-01-13"},
    {"late on Sunday", "2019-10-08", "2019-10-06|2019-10-13"},
    {"early on Tuesday", "2020-11-10", "2020-11-10"},
    {"last Monday", "2022-01-12", "2022-01-10"},
    {"last Wednesday", "2022-01-12", "2022-01-05"},
    {"next Monday", "2022-01-12", "2022-01-17"},
    {"next Friday", "2022-01-10", "2022-01-21"},
    {"this Friday", "2022-01-10", "2022-01-14"},
    {"Monday last week", "2022-01-12", "2022-01-03"},
    {"on Wednesday next week", "2022-01-12", "2022-01-19"},
    {"Thursday of this week", "2022-01-12", "2022-01-13"},
    {"on Sundays", "2022-01-12", "duration"},
    /* days from today */
    {"yesterday", "2022-01-01", "2021-12-31"},
    {"tomorrow morning", "2022-01-12", "2022-01-13"},
    {"tonight", "2022-01-12", "2022-01-12"},
    {"last night", "2022-01-12", "2022-01-11"},
    {"this morning", "2022-01-12", "2022-01-12"},
    {"overnight", "2022-01-12", "2022-01-11/2022-01-12"},
    {"the day before yesterday", "2022-01-12", "2022-01-10"},
    {"the day after tomorrow", "2022-01-12", "2022-01-14"},
    /* past the calendar's ends it came out as 0000-01-02, and 5 trillion minutes were no time at all */
    {"the day after tomorrow", "9999-12-31", "?"},
    {"the day after tomorrow", "9999-12-29", "9999-12-31"},
    {"next week", "9999-12-31", "?"},
    {"next year", "9999-12-31", "?"},
    {"the day before yesterday", "0001-01-02", "?"},
    {"last month", "0001-01-02", "?"},
    {"5 trillion minutes ago", "2022-01-12", "?"},
    {"3000 minutes ago", "2022-01-12", "2022-01-10"},
    {"90 minutes ago", "2022-01-12", "2022-01-12"},
    {"two days ago", "2022-01-12", "2022-01-10"},
    {"three weeks ago", "2022-01-12", "2021-12-20/2021-12-26"},
    {"a month ago", "2022-01-12", "2021-12"},
    {"forty years ago", "2022-01-12", "1982"},
    {"a year and a half ago", "2022-01-12", "2020-07"},
    {"a couple of days ago", "2022-01-12", "2022-01-10"},
    {"ten days from now", "2022-01-12", "2022-01-22"},
    {"they will meet in two weeks", "2022-01-12", "?|2022-01-24/2022-01-30"},
    {"the worst attack in three decades", "2022-01-12", "duration"},
    {"the first visit in six months", "2022-01-12", "duration"},
    /* weeks, months, years from now */
    {"last week", "2022-01-12", "2022-01-03/2022-01-09"},
    {"this week", "2022-01-09", "2022-01-03/2022-01-09"},
    {"next week", "2022-01-09", "2022-01-10/2022-01-16"},
    {"last month", "2022-01-12", "2021-12"},
    {"next year", "2022-01-12", "2023"},
    {"last October", "2019-09-29", "2018-10"},
    {"last January", "2022-01-12", "2021-01"},
    {"next March", "2022-03-12", "2023-03"},
    {"October last year", "2022-01-12", "2021-10"},
    {"in May of this year", "2022-06-12", "2022-05"},
    {"in October", "2022-01-12", "2021-10|2022-10"},
    {"in January", "2022-01-12", "2022-01"},
    {"June 15", "2019-09-04", "2019-06-15|2020-06-15"},
    {"this weekend", "2019-08-24", "2019-08-24/2019-08-25"},
    {"last weekend", "2022-01-12", "2022-01-08/2022-01-09"},
    {"this past weekend", "2019-02-11", "2019-02-09/2019-02-10"},
    {"over the weekend", "2022-01-12", "2022-01-08/2022-01-09|2022-01-15/2022-01-16"},
    {"earlier this week", "2022-01-12", "2022-01-10/2022-01-12"},
    {"later this month", "2022-01-12", "2022-01-12/2022-01-31"},
    {"earlier in the week", "2022-01-12", "2022-01-10/2022-01-12"},
    {"late last year", "2022-01-12", "2021-09-01/2021-12-31"},
    {"late 2014", "2022-01-12", "2014-09-01/2014-12-31"},
    {"mid-2014", "2022-01-12", "2014-05-01/2014-08-31"},
    {"in early March 2003", NULL, "2003-03-01/2003-03-10"},
    {"the end of 2014", NULL, "2014-12"},
    {"at the end of March", "2022-01-12", "2021-03-21/2021-03-31|2022-03-21/2022-03-31"},
    {"between the end of 1998 and the end of 2003", NULL, "1999-01-01/2003-12-31"}, /* moments */
    {"from the middle of 2004 to the end of 2005", NULL, "2004-07-02/2005-12-31"},
    {"in the past month", "2022-01-12", "2021-12-12/2022-01-12"},
    {"over the last three weeks", "2022-01-22", "2022-01-01/2022-01-22"},
    {"in the next 48 hours", "2022-01-12", "2022-01-12/2022-01-14"},
    {"in the coming days", "2022-01-12", "2022-01-12/2022-01-15"},
    {"in recent weeks", "2022-01-22", "2022-01-01/2022-01-22"},
    /* since, until, by, within */
    {"since 2014", "2022-01-12", "since 2014"},
    {"since last week", "2022-01-12", "since 2022-01-03/2022-01-09"},
    {"after 1 June 2020", NULL, "since 2020-06-01"},
    {"until Friday", "2022-01-12", "until 2022-01-14"},
    {"by Friday", "2022-01-12", "until 2022-01-14"},
    {"by the end of March", "2022-01-12", "until 2022-03-21/2022-03-31"},
    {"by the end of the year", "2022-05-12", "until 2022-12"},
    {"no later than 1 May 2021", NULL, "until 2021-05-01"},
    {"before Wednesday", "2022-01-12", "until 2022-01-12"},
    {"within 48 hours", "2022-01-12", "until 2022-01-12/2022-01-14"},
    {"within a week", "2022-01-12", "until 2022-01-12/2022-01-19"},
    {"within 30 days", "2022-01-12", "until 2022-01-12/2022-02-11"},
    {"within the next two weeks", "2022-01-12", "until 2022-01-12/2022-01-26"},
    /* ranges */
    {"between 3 and 5 May", "2021-06-01", "2021-05-03/2021-05-05|2022-05-03/2022-05-05"},
    {"3-5 May 2021", NULL, "2021-05-03/2021-05-05"},
    {"May 3-5, 2021", NULL, "2021-05-03/2021-05-05"},
    {"from 28 May to 3 June 2021", NULL, "2021-05-28/2021-06-03"},
    {"from 28 December to 3 January 2021", NULL, "2020-12-28/2021-01-03"},
    {"from Monday to Wednesday", "2022-01-12", "2022-01-10/2022-01-12"},
    {"from Thursday to Monday", "2022-01-12", "2022-01-06/2022-01-10|2022-01-13/2022-01-17"},
    {"2014-2016", NULL, "2014-01-01/2016-12-31"},
    {"2014\xE2\x80\x93"
     "16",
     NULL, "2014-01-01/2016-12-31"},
    {"between 2003 and 2011", NULL, "2003-01-01/2011-12-31"},
    {"from 1992 to 1995", NULL, "1992-01-01/1995-12-31"},
    {"between June and August 2014", NULL, "2014-06-01/2014-08-31"},
    {"in May and June 2014", NULL, "2014-05, 2014-06"},
    {"on 3 and 4 June 2021", NULL, "2021-06-03/2021-06-04"},
    {"June 3 and 4, 2021", NULL, "2021-06-03/2021-06-04"},
    {"from March 15", "2022-01-12", "2021-03-15|2022-03-15"},
    {"until noon on Sunday", "2022-01-12", "until 2022-01-16"},
    {"by 6 p.m. on Friday", "2022-01-12", "until 2022-01-14"},
    {"by year's end", "2022-01-12", "until 2022-12"},
    {"the 12th of next month", "2022-01-12", "2022-02-12"},
    {"the second week of August 2008", NULL, "2008-08-08/2008-08-14"},
    {"the last week of May 2011", NULL, "2011-05-25/2011-05-31"},
    {"the weekend of 5-6 March 2022", NULL, "2022-03-05/2022-03-06"},
    {"the last day of the summit", "2022-01-12", ""},
    {"half a century ago", "2022-01-12", "1972"},
    {"since the '90s", NULL, "since 1990-01-01/1999-12-31"},
    /* quarters, halves, seasons, holidays */
    {"the first quarter of 2014", NULL, "2014-01-01/2014-03-31"},
    {"Q3 2019", NULL, "2019-07-01/2019-09-30"},
    {"the second half of last year", "2022-01-12", "2021-07-01/2021-12-31"},
    {"the summer of 2014", NULL, "2014-06-01/2014-08-31"},
    {"last winter", "2022-06-12", "2021-12-01/2022-02-28"},
    {"in the spring", "2022-01-12", "2021-03-01/2021-05-31|2022-03-01/2022-05-31"},
    {"Christmas Day", "2022-01-12", "2021-12-25|2022-12-25"},
    {"Easter 2024", NULL, "2024-03-31"},
    {"Good Friday 1998", NULL, "1998-04-10"},
    {"the September 11 attacks", "2022-01-12", "2001-09-11"},
    /* counted from the time told before */
    {"They met on 3 May 2020. The following day they left.", NULL, "2020-05-03, 2020-05-04"},
    {"They met on 3 May 2020 and again three weeks later.", NULL, "2020-05-03, 2020-05-18/2020-05-24"},
    {"In 2003 troops invaded; two years later they left.", NULL, "2003, 2005"},
    {"On 3 May 2020 he flew home. Later that day he resigned.", NULL, "2020-05-03, 2020-05-03"},
    {"In May 2011 she won. In August that year she lost.", NULL, "2011-05, 2011-08"},
    {"The talks began on Friday, a day after a bomb exploded.", "2019-02-15", "2019-02-15, 2019-02-14"},
    {"a day earlier", "2019-02-15", "2019-02-14"},
    /* times of day take the day told or that of publication */
    {"at 14:30", "2022-01-12", "2022-01-12"},
    {"7 a.m. on Tuesday", "2022-01-12", "2022-01-11|2022-01-18"},
    {"They met on 3 May 2020. At 6 p.m. they left.", NULL, "2020-05-03, 2020-05-03"},
    {"two days after the 12 May 2019 battle", NULL, "2019-05-14"},
    /* lunar feasts */
    {"Eid al-Fitr 2018", NULL, "2018-06-15"},
    {"Yom Kippur 1973", NULL, "1973-10-06"},
    {"Chinese New Year 2019", NULL, "2019-02-05"},
    {"Ramadan 2018", NULL, "2018-05-16/2018-06-14"},
    {"Orthodox Easter 2022", NULL, "2022-04-24"},
    /* no dates at all */
    {"a three-day visit", "2022-01-12", "duration"},
    {"the 45-year-old general", "2022-01-12", "duration"},
    {"he spent ten years in prison", "2022-01-12", "duration"},
    {"every year", "2022-01-12", "duration"},
    {"2,000 troops", "2022-01-12", ""},
    {"some 2000 troops arrived", "2022-01-12", ""},
    {"Resolution 1701", "2022-01-12", ""},
    {"the 1922 Committee met", "2022-01-12", ""},
    {"an F-16 jet", "2022-01-12", ""},
    {"Theresa May resigned", "2022-01-12", ""},
    {"They may march to the palace", "2022-01-12", ""},
    {"May the two sides agree", "2022-01-12", ""},
    {"the Arab Spring", "2022-01-12", ""},
    {"Agenda 2030", "2022-01-12", ""},
    {"at the end of the day", "2022-01-12", ""},
    {"it cost $1989", "2022-01-12", ""},
    {"a score of 14:30", "2022-01-12", ""},
    {"a score of 3-5", "2022-01-12", ""},
    {"Black Friday", "2022-01-12", ""},
    {"Mar-a-Lago", "2022-01-12", ""},
    /* numbers that only look like a year or a day */
    {"In August 2008 Russian troops crossed the border", NULL, "2008-08"},
    {"on June 15, 2000", NULL, "2000-06-15"},
    {"the 2015 nuclear accord", NULL, "2015"},
    /* written with lengths from a day on, figures, months in small letters, weeks, counts, moons */
    {"for ten days from 5 May 2012", NULL, "2012-05-05/2012-05-14"},
    {"for a week starting tomorrow", "2015-06-10", "2015-06-11/2015-06-17"},
    {"two weeks, beginning 20 July 2015", NULL, "2015-07-20/2015-08-02"},
    {"three days from tomorrow", "2015-06-10", "2015-06-14"},
    {"a month from today on Friday", "2015-06-10", "2015-07-10"},
    {"three minutes from today", "2015-06-10", "duration, since 2015-06-10"},
    {"less than five days after 1 May 2013", NULL, "2013-05-01/2013-05-06"},
    {"within two weeks after 1 May 2013", NULL, "until 2013-05-01/2013-05-15"},
    {"from 3-2-2016-3-9-2016", NULL, "2016-02-03/2016-09-03"},
    {"from 6/1/2016-6/20/2016", NULL, "2016-06-01/2016-06-20"},
    {"on 4/14, 4/16 or 4/18", "2019-04-20", "2019-04-14|2020-04-14, 2019-04-16|2020-04-16, 2019-04-18|2020-04-18"},
    {"2/29", "2019-03-22", "2016-02-29|2020-02-29"},
    {"a share of 11/20", "2019-03-22", ""},
    {"$ 12 December 27", "2019-07-04", "2018-12-27|2019-12-27"},
    {"2018/nov/20 to today", "2019-03-22", "2018-11-20/2019-03-22"},
    {"from 28 April 2014 to the third", NULL, "2014-04-28/2014-05-03"},
    {"January first 12", "2019-06-03", "2012-01-01"},
    {"it opened in may", "2018-02-14", "2017-05|2018-05"},
    {"it may open", "2018-02-14", ""},
    {"Mon or Tue", "2018-02-14", "2018-02-12|2018-02-19, 2018-02-13|2018-02-20"},
    {"next week Mon", "2018-02-14", "2018-02-19"},
    {"on following Friday", "2018-02-14", "2018-02-23"},
    {"week 40 of 2016", NULL, "2016-10-03/2016-10-09"},
    {"week 4 of the season", "2018-02-14", ""},
    {"the second week of March 2018 on Thursday", NULL, "2018-03-08"},
    {"the last two years and three months", "2018-02-14", "2015-11-14/2018-02-14"},
    {"twenty and four hours", "2018-02-14", "duration"},
    {"2\xC2\xBD years", "2018-02-14", "duration"},
    {"the remaining of the week", "2018-02-14", "2018-02-14/2018-02-18"},
    {"sales fell in the year", "2018-02-14", "2018"},
    {"Jubilee Day 2012", NULL, "2012-06-19"},
    {"Eid al-Fitr 2022", NULL, "2022-05-02"},
    {"Eid al-Adha 2020", NULL, "2020-07-31"},
    {"Ramadan 2021", NULL, "2021-04-13/2021-05-12"},
    {"Eid al-Fitr 2017", NULL, "2017-06-25"},
    {"on eid al fitr 2019", NULL, "2019-06-04"},
    {"", "2022-01-12", ""},
};

static void make_doc(struct dgi_doc *doc, dgi_arena *a, const char *text, const char *published)
{
    assert_int_equal(dgi_phrase_doc(doc, a, en_words, dgi_str(text), day_of(published), NULL), DG_OK);
}

static void table_of_phrases(void **state)
{
    (void)state;
    int wrong = 0;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        dgi_arena *a = dgi_arena_new(0);
        struct dgi_doc doc;
        char got[400];
        make_doc(&doc, a, cases[i].text, cases[i].published);
        assert_int_equal(dgi_times(ctx, &doc, NULL), DG_OK);
        put_times(got, sizeof got, &doc);
        if (strcmp(got, cases[i].want)) {
            print_error("'%s' (%s): got '%s', want '%s'\n", cases[i].text,
                        cases[i].published ? cases[i].published : "no date", got, cases[i].want);
            wrong++;
        }
        dgi_arena_free(a);
    }
    assert_int_equal(wrong, 0);
}

/* What the same words may mean as well; "" where they mean one thing. */
static void other_readings(void **state)
{
    (void)state;
    static const struct {
        const char *text, *published, *want;
    } rows[] = {
        {"4/3/2018", "2018-11-15", "2018-03-04"},
        {"14/3/2018", "2018-11-15", ""},
        {"4/4/2018", "2018-11-15", ""},
        {"4.3.2018", "2018-11-15", ""},
        {"from 5/1/2019-5/7/2020", "2018-10-24", "2019-05-01/2020-05-07"},
        {"last Monday", "2018-11-15", "2018-11-05"},
        {"last Friday", "2018-11-15", ""},
        {"the first week of June 2012", NULL, "2012-06-04/2012-06-10"},
        {"the first week of May 2017", NULL, ""},
        {"the 19th century", NULL, "1800-01-01/1899-12-31"},
        {"on Monday", "2018-11-15", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        dgi_arena *a = dgi_arena_new(0);
        struct dgi_doc doc;
        char got[64] = "";
        make_doc(&doc, a, rows[i].text, rows[i].published);
        assert_int_equal(dgi_times(ctx, &doc, NULL), DG_OK);
        assert_int_equal(doc.n_times, 1);
        if (doc.times[0].either)
            put_range(got, sizeof got, doc.times[0].future);
        assert_string_equal(got, rows[i].want);
        dgi_arena_free(a);
    }
}

/* Expressions that hang on each other without end are read once each: the stack and the time stay small. */
static void chains(void **state)
{
    (void)state;
    enum { BYTES = 40000 };
    static const char *const link[] = {"2 days after the ",    "a week from ",          "5 p.m. on ",
                                       "two days after they ", "3 days starting from ", "Sunday 3 weeks after ",
                                       "on 1/2, 1/2, "};
    static char text[BYTES + 1];
    for (size_t i = 0; i < sizeof link / sizeof *link; i++) {
        size_t n = strlen(link[i]), end = BYTES / n * n;
        for (size_t at = 0; at < end; at += n)
            memcpy(text + at, link[i], n);
        text[end] = 0;
        dgi_arena *a = dgi_arena_new(0);
        struct dgi_doc doc;
        make_doc(&doc, a, text, "2018-02-14");
        assert_int_equal(dgi_times(ctx, &doc, NULL), DG_OK);
        assert_true(doc.n_times <= end / 3);
        dgi_arena_free(a);
    }
}

/* For any day of publication: the past reading is not after it, the coming one not before, both have the weekday. */
static void weekdays_for_any_day(void **state)
{
    (void)state;
    static const char *const name[] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
    for (int32_t day = 10957 - 40; day < 10957 + 40; day++)
        for (int w = 0; w < 7; w++) {
            struct dgi_time t;
            bool found;
            assert_int_equal(dgi_time_phrase(ctx, dgi_str(name[w]), day, &t, &found, NULL), DG_OK);
            assert_true(found);
            int32_t fut = t.kind == DGI_TIME_BY_TENSE ? t.future.start : t.range.start;
            assert_true(t.range.start <= day && day - t.range.start < 7);
            assert_true(fut >= day && fut - day < 7);
            assert_int_equal(dgi_day_weekday(t.range.start), w);
            assert_int_equal(dgi_day_weekday(fut), w);
        }
}

/* Parts of a month and counts of units have a second measure. */
static void measured_otherwise(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool third; /* in `also`, else in `future` */
        const char *first, *last;
    } c[] = {{"mid-April 2011", true, "2011-04-10", "2011-04-20"},
             {"late April 2011", true, "2011-04-16", "2011-04-30"},
             {"early April 2011", true, "2011-04-01", "2011-04-15"},
             {"the last two months", false, "2016-07-01", "2016-08-31"},
             {"the next two decades", false, "2020-01-01", "2039-12-31"}};
    int32_t day = dgi_day_make(2016, 9, 14);
    for (size_t i = 0; i < sizeof c / sizeof *c; i++) {
        struct dgi_time t;
        struct dgi_day_range want;
        bool found;
        assert_int_equal(dgi_time_phrase(ctx, dgi_str(c[i].text), day, &t, &found, NULL), DG_OK);
        assert_true(found);
        assert_true(c[i].third || t.either);
        want = c[i].third ? t.also : t.future;
        char got[2][16];
        dgi_day_format(want.start, got[0]);
        dgi_day_format(want.end, got[1]);
        assert_string_equal(got[0], c[i].first);
        assert_string_equal(got[1], c[i].last);
    }
}

/* Every day, written in four ways, reads back as itself. */
static void days_read_back(void **state)
{
    (void)state;
    static const char *const month[] = {"January", "February", "March",     "April",   "May",      "June",
                                        "July",    "August",   "September", "October", "November", "December"};
    for (int32_t day = -20000; day < 30000; day += 37) {
        int y, m, d;
        char text[4][64];
        dgi_day_split(day, &y, &m, &d);
        snprintf(text[0], 64, "%d %s %d", d, month[m - 1], y);
        snprintf(text[1], 64, "%s %d, %d", month[m - 1], d, y);
        snprintf(text[2], 64, "%04d-%02d-%02d", y, m, d);
        snprintf(text[3], 64, "%.3s. %d, %d", month[m - 1], d, y);
        for (int k = 0; k < 4; k++) {
            struct dgi_time t;
            bool found;
            assert_int_equal(dgi_time_phrase(ctx, dgi_str(text[k]), DGI_NO_DAY, &t, &found, NULL), DG_OK);
            if (!found || t.range.start != day || t.range.end != day)
                fail_msg("'%s' is not read back", text[k]);
        }
    }
}

/* A number of days ago and from now: the same distance. Weeks hold seven days from Monday. */
static void distances(void **state)
{
    (void)state;
    for (int n = 1; n < 90; n += 7) {
        char text[64];
        struct dgi_time a, b;
        bool found;
        int32_t day = 19000 + n * 3;
        snprintf(text, sizeof text, "%d days ago", n);
        assert_int_equal(dgi_time_phrase(ctx, dgi_str(text), day, &a, &found, NULL), DG_OK);
        snprintf(text, sizeof text, "%d days from now", n);
        assert_int_equal(dgi_time_phrase(ctx, dgi_str(text), day, &b, &found, NULL), DG_OK);
        assert_int_equal(day - a.range.start, n);
        assert_int_equal(b.range.start - day, n);
        assert_int_equal(dgi_time_phrase(ctx, DGI_S("last week"), day, &a, &found, NULL), DG_OK);
        assert_int_equal(dgi_day_weekday(a.range.start), 0);
        assert_int_equal(a.range.end - a.range.start, 6);
        assert_true(a.range.end < day && day - a.range.end <= 7);
    }
}

static void easter_days(void **state)
{
    (void)state;
    static const char *const easter[] = {"1961-04-02", "2000-04-23", "2008-03-23", "2011-04-24", "2038-04-25"};
    for (size_t i = 0; i < sizeof easter / sizeof *easter; i++) {
        int y = atoi(easter[i]);
        assert_int_equal(dgi_cal_easter(y), day_of(easter[i]));
        assert_int_equal(dgi_day_weekday(dgi_cal_easter(y)), 6);
    }
}

/* Spans lie inside the text, in order, and never overlap, whatever the bytes. */
static void any_bytes(void **state)
{
    (void)state;
    static const char *const piece[] = {
        "May",  "3",     "-",        "2014",   "to",      "the",     "last",         "week", "of",     "and",
        "1990", "s",     ",",        "within", "a",       "half",    "year",         "ago",  "Monday", "early",
        "end",  "9",     "/",        "11",     "between", "two",     "\xE2\x80\x93", "that", "same",   "Q",
        "4",    "later", "\xC3\xA9", "first",  "quarter", "century", "next",         "in"};
    uint32_t seed = 1;
    for (int round = 0; round < 3000; round++) {
        char text[400];
        size_t n = 0;
        for (int k = 0; k < 30; k++) {
            seed = seed * 1664525u + 1013904223u;
            const char *p = piece[(seed >> 10) % (sizeof piece / sizeof *piece)];
            n += (size_t)snprintf(text + n, sizeof text - n, "%s%s", p, (seed >> 28) > 3 ? " " : "");
        }
        dgi_arena *a = dgi_arena_new(0);
        struct dgi_doc doc;
        make_doc(&doc, a, text, "2020-02-29");
        assert_int_equal(dgi_times(ctx, &doc, NULL), DG_OK);
        uint32_t at = 0;
        for (uint32_t i = 0; i < doc.n_times; i++) {
            const struct dgi_time *t = &doc.times[i];
            assert_true(t->span.start >= at && t->span.end > t->span.start && t->span.end <= doc.text.len);
            assert_true(t->first < t->end && t->end <= doc.n_toks);
            assert_true(t->range.start <= t->range.end && t->future.start <= t->future.end);
            assert_true((t->range.start == DGI_NO_DAY) == (t->range.end == DGI_NO_DAY));
            at = t->span.end;
        }
        dgi_arena_free(a);
    }
}

static void memory_runs_out(void **state)
{
    (void)state;
    bool done = false;
    for (uint64_t n = 1; !done && n < 200; n++) {
        dgi_arena *a = dgi_arena_new(0);
        struct dgi_doc doc;
        dg_error err = {0};
        make_doc(&doc, a, "on Monday, on Tuesday, in May 2014 and by the end of next year", "2022-01-12");
        dgi_arena_fail_at(a, n);
        dg_status st = dgi_times(ctx, &doc, &err);
        done = st == DG_OK;
        assert_true(done || (st == DG_E_NOMEM && err.message[0]));
        dgi_arena_free(a);
    }
    assert_true(done);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(table_of_phrases),   cmocka_unit_test(other_readings),       cmocka_unit_test(chains),
        cmocka_unit_test(measured_otherwise), cmocka_unit_test(weekdays_for_any_day), cmocka_unit_test(days_read_back),
        cmocka_unit_test(distances),          cmocka_unit_test(easter_days),          cmocka_unit_test(any_bytes),
        cmocka_unit_test(memory_runs_out),
    };
    return cmocka_run_group_tests(tests, open_lexicon, close_lexicon);
}
