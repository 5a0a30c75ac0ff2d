/* SPDX-License-Identifier: Apache-2.0 */
/* tests/unit/sit_fixture.h: documents of hand-made events for the tests of situation/, store/ and brief/.
 *
 * One string per document: lines "e KEY=VALUE ..." with blanks in values written as '_'.
 *   t lemma of the trigger   c CAMEO   p PLOVER[.mode]   st a|h|f|y (y: historical; h: hypothetical), with - when negated
 *   s, g sources, targets, joined by ',':  KEN (country), AU (organisation: not three letters), @Name/KEN (person),
 *        #Name/KEN (group), %KEN:MIL (role)        b claimed by
 *   k keys joined by ','     x content text   if condition text   d day or day..day   dl deadline   at place/COUNTRY
 *   say the sentence, its trigger in [brackets]   q kind:value,...         con, cond indices of content and condition events, joined by ','    of, cof parents */
#ifndef SIT_FIXTURE_H
#define SIT_FIXTURE_H

#include <stdio.h>
#include <stdlib.h>

#include "base/day.h"
#include "situation/situation.h"

static dg_str fx_text(dgi_arena *a, dg_str v)
{
    dg_str c = dgi_arena_str(a, v);
    for (size_t i = 0; i < c.len; i++)
        if (c.ptr[i] == '_')
            ((char *)c.ptr)[i] = ' ';
    return c;
}

static void fx_actor(dgi_arena *a, struct dgi_ev_actor *out, dg_str v)
{
    *out = (struct dgi_ev_actor){.id = {"", 0}, .name = {"", 0}, .cameo = {"", 0}, .sectors = {"", 0}};
    dg_str name = v, land = {"", 0};
    if (v.ptr[0] == '%') {
        memcpy(out->country, v.ptr + 1, 3);
        out->id = dgi_arena_printf(a, "role:%.*s", (int)v.len - 1, v.ptr + 1);
        out->name = out->id;
        return;
    }
    size_t slash = dgi_str_find(v, DGI_S("/"));
    if (slash != SIZE_MAX) {
        name = dgi_str_sub(v, 0, slash);
        land = dgi_str_sub(v, slash + 1, v.len);
        memcpy(out->country, land.ptr, 3);
    }
    if (v.ptr[0] == '@' || v.ptr[0] == '#') {
        out->name = fx_text(a, dgi_str_sub(name, 1, name.len));
        out->id =
            dgi_arena_printf(a, "%s:%.*s", v.ptr[0] == '@' ? "person" : "group", (int)out->name.len, out->name.ptr);
        out->sectors = v.ptr[0] == '@' ? DGI_S("GOV") : DGI_S("REB");
    } else if (v.len == 3 && v.ptr[0] >= 'A' && v.ptr[1] >= 'A' && v.ptr[2] >= 'A') {
        out->id = dgi_arena_printf(a, "country:%.*s", 3, v.ptr);
        memcpy(out->country, v.ptr, 3);
        static const char *const names[][2] = {{"PER", "Peru"},      {"ECU", "Ecuador"}, {"BRA", "Brazil"},
                                               {"ARG", "Argentina"}, {"CHL", "Chile"},   {"USA", "United States"}};
        out->name = dgi_arena_str(a, v);
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
            if (dgi_str_is(v, names[i][0]))
                out->name = dgi_str(names[i][1]);
    } else {
        out->name = fx_text(a, name);
        out->id = dgi_arena_printf(a, "org:%.*s", (int)out->name.len, out->name.ptr);
    }
}

static const struct dgi_ev_actor *fx_actors(dgi_arena *a, dg_str v, uint32_t *n)
{
    struct dgi_ev_actor *out = dgi_arena_array(a, 16, sizeof *out);
    dg_str one;
    while (dgi_str_next(&v, ',', &one))
        if (one.len && *n < 16)
            fx_actor(a, &out[(*n)++], one);
    return out;
}

static const uint32_t *fx_links(dgi_arena *a, dg_str v, uint32_t *n)
{
    uint32_t *out = dgi_arena_array(a, 16, sizeof *out);
    dg_str one;
    int64_t i;
    while (dgi_str_next(&v, ',', &one))
        if (dgi_str_int(one, &i))
            out[(*n)++] = (uint32_t)i;
    return out;
}

static void fx_pair(struct dgi_event *e, dgi_arena *a, dg_str k, dg_str v)
{
    struct dgi_day_range r2;
    if (dgi_str_is(k, "t")) {
        e->lemma = e->trigger = fx_text(a, v);
    } else if (dgi_str_is(k, "c")) {
        memcpy(e->cameo, v.ptr, v.len < 4 ? v.len : 4);
    } else if (dgi_str_is(k, "p")) {
        size_t dot = dgi_str_find(v, DGI_S("."));
        dg_str name = dot == SIZE_MAX ? v : dgi_str_sub(v, 0, dot);
        for (uint8_t i = 0; i < DGI_N_PLOVER; i++)
            if (dgi_str_is(name, dgi_plover_name[i]))
                e->plover = i;
        e->mode = dot == SIZE_MAX ? (dg_str){"", 0} : dgi_arena_str(a, dgi_str_sub(v, dot + 1, v.len));
    } else if (dgi_str_is(k, "st")) {
        e->status = v.ptr[0] == 'f'   ? DGI_ST_FUTURE
                    : v.ptr[0] == 'h' ? DGI_ST_HYPOTHETICAL
                    : v.ptr[0] == 'y' ? DGI_ST_HISTORICAL
                                      : DGI_ST_ACTUAL;
        e->negated = v.len > 1 && v.ptr[1] == '-';
    } else if (dgi_str_is(k, "s")) {
        e->source = fx_actors(a, v, &e->n_source);
    } else if (dgi_str_is(k, "g")) {
        e->target = fx_actors(a, v, &e->n_target);
    } else if (dgi_str_is(k, "b")) {
        e->claimed_by = fx_actors(a, v, &e->n_claimed_by);
    } else if (dgi_str_is(k, "k")) {
        dg_str c = dgi_arena_str(a, v);
        for (size_t i = 0; i < c.len; i++)
            if (c.ptr[i] == ',')
                ((char *)c.ptr)[i] = ' ';
        e->keys = c;
    } else if (dgi_str_is(k, "x")) {
        e->content_text = fx_text(a, v);
    } else if (dgi_str_is(k, "if")) {
        e->condition_text = fx_text(a, v);
    } else if (dgi_str_is(k, "d")) {
        size_t dots = dgi_str_find(v, DGI_S(".."));
        if (dgi_day_parse(dots == SIZE_MAX ? v : dgi_str_sub(v, 0, dots), &e->date)) {
            e->date_from_text = true;
            if (dots != SIZE_MAX && dgi_day_parse(dgi_str_sub(v, dots + 2, v.len), &r2))
                e->date.end = r2.end;
        }
    } else if (dgi_str_is(k, "dl")) {
        dgi_day_parse(v, &e->deadline);
    } else if (dgi_str_is(k, "at")) {
        struct dgi_ev_place *p = dgi_arena_alloc(a, sizeof *p);
        size_t slash = dgi_str_find(v, DGI_S("/"));
        p->name = fx_text(a, dgi_str_sub(v, 0, slash == SIZE_MAX ? v.len : slash));
        if (slash != SIZE_MAX)
            memcpy(p->country, v.ptr + slash + 1, 3);
        p->lat = p->lon = 1.0;
        e->place = p;
    } else if (dgi_str_is(k, "q")) {
        struct dgi_ev_quantity *q = dgi_arena_array(a, 4, sizeof *q);
        dg_str one;
        while (dgi_str_next(&v, ',', &one)) {
            size_t colon = dgi_str_find(one, DGI_S(":"));
            struct dgi_ev_quantity *x = &q[e->n_quantities++];
            for (uint8_t i = 0; i < DGI_N_QUANTITY_KIND; i++)
                if (dgi_str_is(dgi_str_sub(one, 0, colon), dgi_quantity_kind_name[i]))
                    x->kind = i;
            dgi_str_double(dgi_str_sub(one, colon + 1, one.len), &x->value);
            x->low = x->high = x->value;
        }
        e->quantities = q;
    } else if (dgi_str_is(k, "say")) { /* the sentence, with the trigger in [brackets] */
        dg_str t = fx_text(a, v);
        char *w = (char *)t.ptr;
        size_t n = 0, from = 0, to = 0;
        for (size_t i = 0; i < t.len; i++)
            if (t.ptr[i] == '[')
                from = n;
            else if (t.ptr[i] == ']')
                to = n;
            else
                w[n++] = t.ptr[i];
        e->ev_text = (dg_str){w, n};
        e->trig_start = (uint32_t)from; /* of the sentence; the caller moves it */
        e->trig_end = (uint32_t)to;
    } else if (dgi_str_is(k, "con")) {
        e->content = fx_links(a, v, &e->n_content);
    } else if (dgi_str_is(k, "cond")) {
        e->condition = fx_links(a, v, &e->n_condition);
    } else if (dgi_str_is(k, "of") || dgi_str_is(k, "cof")) {
        *(dgi_str_is(k, "of") ? &e->content_of : &e->condition_of) = (uint32_t)(v.ptr[0] - '0');
    } else {
        fprintf(stderr, "fixture: unknown key '%.*s'\n", (int)k.len, k.ptr);
        abort();
    }
}

static int32_t fx_day(const char *s)
{
    struct dgi_day_range r;
    return s && dgi_day_parse(dgi_str(s), &r) ? r.start : DGI_NO_DAY;
}

/* The text of the document is the lines themselves, so that evidence can be checked. */
static struct dgi_ev_doc fx_doc(dgi_arena *a, const char *id, const char *published, const char *lines)
{
    struct dgi_event *ev = dgi_arena_array(a, 64, sizeof *ev);
    struct dgi_ev_doc doc = {.id = dgi_arena_str(a, dgi_str(id)), .reported = fx_day(published), .events = ev};
    dg_str rest = dgi_str(lines), line, field;
    while (dgi_str_next(&rest, '\n', &line)) {
        dg_str all = line = dgi_str_trim(line);
        if (!line.len)
            continue;
        struct dgi_event *e = &ev[doc.n_events];
        e->id = dgi_arena_printf(a, "%s.e%u", id, doc.n_events);
        e->content_of = e->condition_of = e->same_as = DGI_NONE;
        e->sentence = doc.n_events;
        e->date.start = e->date.end = e->deadline.start = e->deadline.end = DGI_NO_DAY;
        e->mode = e->contexts = e->frame = e->keys = e->content_text = e->condition_text = e->about = e->statement =
            (dg_str){"", 0};
        e->ev_start = (uint32_t)(all.ptr - lines);
        e->ev_text = dgi_arena_str(a, all);
        e->trig_start = 0;
        e->trig_end = 1;
        dgi_str_next(&line, ' ', &field); /* the "e" */
        while (dgi_str_next(&line, ' ', &field)) {
            size_t eq = dgi_str_find(field, DGI_S("="));
            if (eq != SIZE_MAX)
                fx_pair(e, a, dgi_str_sub(field, 0, eq), dgi_str_sub(field, eq + 1, field.len));
        }
        e->ev_end = e->ev_start + (uint32_t)e->ev_text.len;
        e->trig_start += e->ev_start;
        e->trig_end += e->ev_start;
        e->about = dgi_arena_printf(a, "%.*s %.*s", (int)e->lemma.len, e->lemma.ptr, (int)e->keys.len, e->keys.ptr);
        if (!e->date_from_text && doc.reported != DGI_NO_DAY) {
            e->date.start = e->date.end = doc.reported;
            e->date.precision = DGI_P_DAY;
        }
        doc.n_events++;
    }
    return doc;
}

static void fx_fault(void *user, const char *file, uint32_t line, uint32_t field, const char *message)
{
    (void)user;
    fprintf(stderr, "%s:%u:%u: %s\n", file, line, field, message);
}

/* The board's tables from lexicon/ beside the tests, in list[0..FX_TABLES). */
enum { FX_TABLES = 8 };
static bool fx_tables(struct dgi_tsv *list, dgi_arena *a)
{
    static const char *const names[FX_TABLES] = {"world/item_kinds", "en/items",          "world/status_law",
                                                 "en/item_words",    "world/board_scale", "world/threat_deeds",
                                                 "world/blocs",      "en/itemstop"};
    char path[512];
    uint32_t faults = 0;
    dg_error err = {0};
    for (int i = 0; i < FX_TABLES; i++) {
        snprintf(path, sizeof path, "%s/lexicon/%s.tsv", DG_SOURCE_DIR, names[i]);
        if (dgi_tsv_read(&list[i], a, path, fx_fault, NULL, &faults, &err) != DG_OK) {
            fprintf(stderr, "%s\n", err.message);
            return false;
        }
    }
    return true;
}

static dgi_sit_rules *fx_rules(dgi_arena *a)
{
    struct dgi_tsv t[FX_TABLES];
    dgi_sit_rules *r = NULL;
    dg_error err = {0};
    if (fx_tables(t, a) && dgi_sit_rules_from_tsv(&r, t, FX_TABLES, &err) != DG_OK)
        fprintf(stderr, "%s\n", err.message);
    return r;
}

#endif
