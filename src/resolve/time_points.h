/* SPDX-License-Identifier: Apache-2.0 */
/* resolve/time_points.h: one time expression read from the atoms of a sentence; inside of time.c. */
#ifndef DGI_TIME_WHENS_H
#define DGI_TIME_WHENS_H

#include "doc/doc.h"
#include "resolve/atoms.h"
#include "resolve/time_calendar.h"

enum dgi_time_class {
    DGI_TC_NONE,
    DGI_TC_MONTH,
    DGI_TC_WEEKDAY,
    DGI_TC_WEEKDAYS,
    DGI_TC_DAYABBR,
    DGI_TC_UNIT,
    DGI_TC_UNITS,
    DGI_TC_DAYWORD,
    DGI_TC_OVERNIGHT,
    DGI_TC_PART,
    DGI_TC_REL,
    DGI_TC_NARR,
    DGI_TC_RECENT,
    DGI_TC_EDGE,
    DGI_TC_EDGEOF,
    DGI_TC_SEASON,
    DGI_TC_SINCE,
    DGI_TC_UNTIL,
    DGI_TC_WITHIN,
    DGI_TC_EVERY,
    DGI_TC_HALF,
    DGI_TC_HOLIDAY,
    DGI_TC_NAME,
    DGI_TC_ERA,
    DGI_TC_REF,
    DGI_TC_SET,
    DGI_TC_LASTS,
    DGI_TC_LONG,
    DGI_TC_FISCAL,
    DGI_TC_YEARS,
    DGI_TC_CLOCK,
    DGI_TC_REFTAIL,
    DGI_TC_MOD,
    DGI_TC_LETTER,
    DGI_TC_PARTS,
    DGI_TC_WHOLE,
    DGI_TC_SETPREFIX
};

enum { DGI_REF_TOLD = -2 }; /* of a reference: to the time told */

/* What a point is made of: decides how it may be resolved again beside another one ("3 May to 5 June 2014"). */
enum dgi_point_shape { DGI_PT_OTHER, DGI_PT_DAY, DGI_PT_MONTH_DAY, DGI_PT_MONTH, DGI_PT_WEEKDAY, DGI_PT_YEAR };

struct dgi_point {
    uint32_t from, to; /* atoms */
    struct dgi_day_range range, future;
    bool two;       /* both readings stand (DGI_TIME_BY_TENSE) */
    bool dropped;   /* looks like a time, is none */
    bool no_date;   /* a duration or frequency (DGI_TIME_DURATION) */
    bool joined;    /* from one point to another */
    bool rolling;   /* "the past month": up to the anchor; a deadline when "the next" */
    bool every;     /* a frequency */
    bool narrated;  /* "that day" */
    bool from_told; /* counted from what was told */
    bool vague;     /* a number that nobody counted */
    bool now;       /* "currently", "the future": a reference without a day; its direction in `ref` */
    int8_t ref;     /* -1 past, 0 present, 1 future */
    struct dgi_day_range whole, whole_future; /* of "early May": May */
    struct dgi_day_range other;               /* when `either`: what the same words may mean as well ("4/3/2022") */
    bool either;
    struct dgi_day_range also, also_ahead; /* a third reading and that of `future`; precision 0: none */
    uint8_t edge;                          /* of "the end of 2007": 1 its beginning, 2 its middle, 3 its end; else 0 */
    uint8_t order;                         /* of a date in figures: 1 day first, 2 month first */
    uint8_t shape;                         /* enum dgi_point_shape */
    int month, day, weekday;               /* of MONTH_DAY, MONTH, WEEKDAY */
    /* what TIMEX3 says beside the days */
    int16_t clock[2]; /* minutes after midnight and one (0: none), 24:00 is 1441; of a range both ends */
    bool zulu;        /* the clock is of Greenwich */
    bool of_event;    /* "a day after the vote": counted from what no date names */
    bool clock_only;  /* no day was said with the clock or the part of day: it tells nothing of its own */
    bool approx;      /* a day either way */
    bool fiscal;      /* a year of accounts */
    bool vague_date;  /* "years ago": when, nobody counted */
    uint8_t part;     /* of the day, when its word stands outside; else 0 */
    struct {
        double n;
        int unit;
    } more[2];     /* and so many smaller units ("a year, three months and a day"); n 0: none */
    double amount; /* so many `amount_unit`, where the words say it otherwise ("a quarter century"); 0: they do not */
    int amount_unit;
};

struct dgi_time_reader {
    const struct dgi_doc *doc;
    const struct dgi_atoms *as;
    const struct dgi_table *table;
    const uint8_t *cls; /* [rows of times.tsv] enum dgi_time_class */
    const int16_t *val;
    const struct dgi_numbers *numbers;
    int32_t anchor;                /* day of publication or DGI_NO_DAY */
    struct dgi_day_range told;     /* the time told last, to count "later" from; start DGI_NO_DAY: none */
    struct dgi_day_range told_day; /* the last that was one day */
    bool told_here;                /* told in this sentence */
    uint32_t told_at;              /* its index in doc->times */
    uint8_t slash_order;           /* 0 unknown, 1 day first, 2 month first: what the document shows */
};

/* One expression without edges and parts of periods, at atom i. */
bool dgi_point_plain(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p);
/* "6:40 p.m. GMT on Friday", "noon"; "in the morning" (time_clock.c). */
bool dgi_point_clock(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p);
bool dgi_point_part(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p);
/* Behind a day: "Friday at 5 p.m.". */
void dgi_point_add_clock(const struct dgi_time_reader *r, struct dgi_point *p);
/* now, currently, "in the past", "at present". */
bool dgi_point_ref(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p);
/* The longest point that begins at atom i; false: none. */
bool dgi_point_read(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p);

static inline uint8_t dgi_tc(const struct dgi_time_reader *r, uint32_t i)
{
    return i < r->as->n && r->as->a[i].time_row != DGI_NONE ? r->cls[r->as->a[i].time_row] : (uint8_t)DGI_TC_NONE;
}
static inline int dgi_tv(const struct dgi_time_reader *r, uint32_t i)
{
    return r->val[r->as->a[i].time_row];
}
static inline bool dgi_word(const struct dgi_time_reader *r, uint32_t i, enum dgi_word_set set)
{
    return i < r->as->n && dgi_words_id_in(r->doc->words, r->as->a[i].word, set);
}
static inline bool dgi_mark(const struct dgi_time_reader *r, uint32_t i, char m)
{
    return i < r->as->n && r->as->a[i].kind == DGI_ATOM_MARK && r->as->a[i].mark == m;
}
/* Parts of points that several readers share; each returns the atom behind what it read, or i. */
uint32_t dgi_point_day_number(const struct dgi_time_reader *r, uint32_t i, int *d); /* 5, 5th */
uint32_t dgi_point_ordinal(const struct dgi_time_reader *r, uint32_t i, int *n);    /* 5th, fifth, twenty-fifth */
uint32_t dgi_point_spoken_day(const struct dgi_time_reader *r, uint32_t i, int *d); /* twenty-five */
/* "nineteen ninety-six" (*pair), "two thousand and five". */
uint32_t dgi_point_spoken_year(const struct dgi_time_reader *r, uint32_t i, int *year, bool *pair);
/* "Q3", "h1" into its number. */
uint32_t dgi_point_quarter_mark(const struct dgi_time_reader *r, uint32_t i, int *n, bool *half);
struct dgi_day_range dgi_point_part_of_year(int year, int n, bool half);
bool dgi_point_year_number(const struct dgi_time_reader *r, uint32_t i, int *y); /* four figures that may be a year */
bool dgi_point_valid_day(int m, int d);
/* The same words may mean `other` as well. */
void dgi_point_or(struct dgi_point *p, struct dgi_day_range other);
/* Does the clause end before atom i, as far as marks and tags tell? */
bool dgi_point_clause_end(const struct dgi_time_reader *r, uint32_t i);
/* Readers of time_forms.c. */
bool dgi_point_year_in_words(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p);
bool dgi_point_mixed(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p);
bool dgi_point_short_range(const struct dgi_time_reader *r, uint32_t i, struct dgi_point *p);

/* Month m (and day d, 0: the whole month) without a year, before or after the anchor. */
struct dgi_day_range dgi_point_past(int32_t anchor, int m, int d);
struct dgi_day_range dgi_point_future(int32_t anchor, int m, int d);

#endif
