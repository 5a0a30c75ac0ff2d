/* SPDX-License-Identifier: Apache-2.0 */
/* brief/brief_int.h: what a report is made of; shared by the writers of src/brief only. */
#ifndef DGI_BRIEF_INT_H
#define DGI_BRIEF_INT_H

#include "brief/brief.h"

enum {
    MOST_LIFELINES = 18,
    MOST_SAID = 24,
    MOST_MARKS = 4000,
    MOST_LINES = 24,  /* of one item: its first, what changed it, and the newest */
    MOST_ITEMS = 1000 /* a page of more is read by nobody */
};

struct brief_line { /* of an item's history */
    const struct dgi_sit_change *c;
    uint8_t status;
    uint32_t note; /* number of its evidence, 1-based */
};
struct brief_item {
    const struct dgi_sit_item *it;
    struct dgi_item_state st;
    struct brief_line *lines;
    uint32_t n_lines, n_left_out; /* of its history; of it not in lines */
    bool closed;
    double weight;
};
struct brief_change {
    const struct brief_item *item;
    const struct brief_line *line;
    uint8_t from; /* status before; DGI_IS_NONE: it is new */
};
struct brief_note { /* one sentence with one highlighted span */
    dg_str document, text;
    uint32_t start, trig_start, trig_end; /* code points */
};
struct brief_source {
    struct dgi_store_source s;
};
struct brief_said {
    dg_str speaker, content, document;
    int32_t published;
    uint8_t kind;
    uint32_t note;
};
struct brief_mark { /* an event on the timeline */
    int32_t day;
    bool conflict, material;
    dg_str label;
    uint32_t note;
};
struct brief {
    dgi_arena *a;
    struct dgi_brief_options o;
    dg_str title, dek;
    struct brief_item *items;
    uint32_t n_items, cap_items;
    struct brief_change *changes; /* latest first */
    uint32_t n_changes, cap_changes;
    struct brief_note *notes;
    uint32_t n_notes, cap_notes;
    bool *cited;          /* of a note: Markdown writes those that it refers to */
    uint32_t *note_index; /* open-addressed: note, 1-based */
    uint32_t note_bits;
    struct brief_source *sources;
    uint32_t n_sources, cap_sources;
    struct brief_said *said;
    uint32_t n_said, cap_said;
    struct brief_mark *marks;
    uint32_t n_marks, cap_marks;
    uint32_t n_open, n_due, n_left; /* left: matters that are left out of a page that would be too long */
    bool failed;
};

dg_status dgi_brief_collect(struct brief *b, dgi_store *s, const struct dgi_brief_options *o, dg_error *err);
void dgi_brief_free(struct brief *b);
const struct brief_source *dgi_brief_source(const struct brief *b, dg_str id);
/* "Egypt, Sudan" of one side; at most three names, then "and 2 others". */
dg_str dgi_brief_side(const struct brief *b, const struct dgi_sit_item *it, int side);
/* "Egypt → Ethiopia", "Egypt – Ethiopia" for what is mutual. */
dg_str dgi_brief_who(const struct brief *b, const struct dgi_sit_item *it);
dg_str dgi_brief_day(const struct brief *b, int32_t day, bool year); /* "5 June 2017" */
dg_str dgi_brief_short_day(const struct brief *b, int32_t day);      /* "5 Jun" */
const char *dgi_brief_status_words(uint8_t status);                  /* "carried out" */
extern const char *const dgi_brief_plural[DGI_N_ITEM_KIND];          /* "Demands" */
/* Byte range of the highlighted span inside note->text. */
void dgi_brief_highlight(const struct brief_note *n, size_t *from, size_t *to);
dg_str dgi_brief_quantity(const struct brief *b, const struct dgi_ev_quantity *q); /* "about 2,000 troops" */

const char *dgi_brief_tone(uint8_t kind, uint8_t status); /* con coo neu */
void dgi_brief_svg(const struct brief *b, struct dgi_buf *out);
void dgi_html(struct dgi_buf *out, dg_str s); /* escaped */
extern const char dgi_brief_css[];            /* src/brief/brief.css, put into C by the build */
extern const size_t dgi_brief_css_len;

#endif
