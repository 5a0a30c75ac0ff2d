/* SPDX-License-Identifier: Apache-2.0 */
/* event/annotations.c: the lists of a record that stand by themselves: times, places, quantities, names.
 *
 * Reads   doc->{times,places,quantities,mentions,entities}, name tags of its tokens
 * Writes  times, places, quantities, names of struct dgi_ev_doc
 *
 * Everything found is listed, whether an event took it or not, so that a reader sees what was missed. */
#include "event/annotations.h"

#include "clause/clause.h"
#include "event/name_levels.h"
#include "event/name_products.h"

static dg_span cps(const struct dgi_cpmap *map, dgi_span s)
{
    if (s.end <= s.start)
        return (dg_span){0, 0};
    return (dg_span){dgi_cpmap_cp(map, s.start), dgi_cpmap_cp(map, s.end)};
}

static dg_str view(dg_str s)
{
    return s.len ? s : (dg_str){"", 0};
}

void dgi_ev_place_of(struct dgi_ev_place *out, const struct dgi_place *p)
{
    *out = (struct dgi_ev_place){.name = view(p->name),
                                 .admin1 = view(p->admin1),
                                 .lat = p->lat,
                                 .lon = p->lon,
                                 .geonames = p->geonames,
                                 .precision = p->precision,
                                 .feature = view(p->feature),
                                 .from = DGI_N_PLACE_FROM};
    memcpy(out->country, p->country, 4);
}

static bool place(struct dgi_ev_place *out, const struct dgi_place *p, const struct dgi_cpmap *map, dgi_arena *a)
{
    dgi_ev_place_of(out, p);
    out->span = cps(map, p->span);
    struct dgi_ev_place *o = p->n_others ? dgi_arena_array(a, p->n_others, sizeof *o) : NULL;
    for (uint32_t i = 0; o && i < p->n_others; i++)
        dgi_ev_place_of(&o[i], &p->others[i]);
    out->others = o;
    out->n_others = o ? p->n_others : 0;
    return o || !p->n_others;
}

static void quantity(struct dgi_ev_quantity *out, const struct dgi_doc *doc, const struct dgi_quantity *q,
                     const struct dgi_cpmap *map)
{
    dg_span s = cps(map, q->span);
    *out = (struct dgi_ev_quantity){.kind = q->kind,
                                    .value = q->value,
                                    .low = q->low,
                                    .high = q->high,
                                    .approx = q->approx,
                                    .total = q->total,
                                    .unit = view(q->unit),
                                    .noun = q->noun < doc->n_toks ? view(doc->toks[q->noun].lemma) : (dg_str){"", 0},
                                    .start = s.start_cp,
                                    .end = s.end_cp};
}

/* The value is a view into the document, which lives as long. */
static bool time_of(struct dgi_ev_time *out, const struct dgi_time *t, const struct dgi_cpmap *map, dgi_arena *a)
{
    const bool ahead = t->ahead && t->kind == DGI_TIME_BY_TENSE;
    *out = (struct dgi_ev_time){.span = cps(map, t->span),
                                .range = t->range,
                                .future = t->future,
                                .kind = t->kind,
                                .type = t->type,
                                .mod = t->mod,
                                .value = dgi_str(ahead ? t->value_ahead : t->value),
                                .days = ahead ? t->future : t->range,
                                .other = {"", 0},
                                .other_days = ahead ? t->range : t->future,
                                .also_days = ahead ? t->also_ahead : t->also,
                                .relative_to =
                                    t->against == DGI_AGAINST_PUBLICATION ? DGI_S("publication") : (dg_str){"", 0}};
    if (t->kind == DGI_TIME_BY_TENSE || t->either)
        out->other = dgi_str(ahead ? t->value : t->value_ahead);
    if (t->against == DGI_AGAINST_TOLD && t->told != DGI_NONE)
        out->relative_to = dgi_arena_printf(a, "x%u", t->told + 1);
    return out->relative_to.ptr != NULL;
}

/* ---- names ---- */
static uint8_t kind_of_tag(uint8_t tag)
{
    static const uint8_t kind[DGI_N_NAME] = {
        [DGI_NAME_PER] = DGI_NK_PER,   [DGI_NAME_ORG] = DGI_NK_ORG,     [DGI_NAME_LOC] = DGI_NK_LOC,
        [DGI_NAME_NORP] = DGI_NK_NORP, [DGI_NAME_EVENT] = DGI_NK_EVENT, [DGI_NAME_MISC] = DGI_NK_MISC};
    return tag < DGI_N_NAME ? kind[tag] : (uint8_t)DGI_NK_MISC;
}

/* What is known of each token: by the registries the name mention, by the gazetteer the place. */
struct cover {
    uint32_t *mention, *place;
};

static bool is_name(const struct dgi_mention *m)
{
    return m->kind == DGI_MENTION_NAME;
}

/* An address of mail or of the web, not a firm that is called by one ("Harbour.com"): no name. */
static bool is_address(dg_str form)
{
    bool dot = false;
    for (size_t i = 0; i < form.len; i++) {
        if (form.ptr[i] == '@' || (form.ptr[i] == ':' && i + 2 < form.len && form.ptr[i + 1] == '/'))
            return form.len > 1;
        if (form.ptr[i] >= 'A' && form.ptr[i] <= 'Z')
            return false;
        dot = dot || (form.ptr[i] == '.' && i > 1 && i + 2 < form.len);
    }
    return dot;
}

/* "Salto Uruguay": two places, the second of which the first lies in, that the network took for one. Its end is that of the first. */
static uint32_t first_of_two(const struct dgi_doc *doc, const struct cover *c, uint32_t t, uint32_t e)
{
    const struct dgi_place *p = c->place[t] == DGI_NONE ? NULL : &doc->places[c->place[t]];
    if (!p || p->first != t || p->end >= e || c->place[p->end] == DGI_NONE)
        return e;
    const struct dgi_place *q = &doc->places[c->place[p->end]];
    return q->first == p->end && q->end == e && q->precision != DGI_PLACE_CITY ? p->end : e;
}

/* A run of the network's tags that begins at `t`: its end, what it is, and who. */
static void tagged(const struct dgi_doc *doc, const struct cover *c, uint32_t t, struct dgi_named *out)
{
    uint32_t e = t + 1, limit = doc->sents[doc->toks[t].sent].end;
    while (e < limit && doc->toks[e].name == doc->toks[t].name && !(doc->toks[e].flags & DGI_TOK_NAME_BEGIN))
        e++;
    if (doc->toks[t].name == DGI_NAME_LOC)
        e = first_of_two(doc, c, t, e);
    *out =
        (struct dgi_named){.first = t, .end = e, .tag = doc->toks[t].name, .mention = DGI_NONE, .place = c->place[t]};
    out->kind = kind_of_tag(out->tag);
    for (uint32_t i = t; i < e && out->mention == DGI_NONE; i++)
        if (c->mention[i] != DGI_NONE) {
            const struct dgi_mention *m = &doc->mentions[c->mention[i]];
            if (m->head >= t && m->end <= e &&
                m->entity < doc->n_entities) /* "President Adeyemi": before it a title may stand */
                out->mention = c->mention[i];
        }
}

/* A make of arms or of something else, from `t` to `end` and on to where the network ends the name that it began there. */
static void made(const struct dgi_doc *doc, uint32_t t, uint32_t end, struct dgi_named *out)
{
    uint32_t limit = doc->sents[doc->toks[t].sent].end;
    while (end < limit && doc->toks[end].name != DGI_NAME_O && doc->toks[end].name == doc->toks[end - 1].name &&
           !(doc->toks[end].flags & DGI_TOK_NAME_BEGIN) && !dgi_lemma_in(doc, end, DGI_W_PRODUCT_THING))
        end++;
    *out = (struct dgi_named){
        .first = t, .end = end, .tag = DGI_NAME_MISC, .kind = DGI_NK_PRODUCT, .mention = DGI_NONE, .place = DGI_NONE};
}

static bool begins_small(const struct dgi_doc *doc, uint32_t t)
{
    dg_str form = doc->toks[t].form;
    return form.len && form.ptr[0] >= 'a' && form.ptr[0] <= 'z';
}

/* A name that the network passed over, at `t`: a place, or a name of the registries. False: none begins here. */
static bool passed_over(const struct dgi_doc *doc, const struct cover *c, uint32_t t, struct dgi_named *out)
{
    const struct dgi_mention *m = c->mention[t] != DGI_NONE ? &doc->mentions[c->mention[t]] : NULL;
    *out = (struct dgi_named){.first = t, .end = t + 1, .mention = DGI_NONE, .place = c->place[t]};
    if (out->place != DGI_NONE) {
        const struct dgi_place *p = &doc->places[out->place];
        out->end = p->end > t ? p->end : out->end;
        if (m && m->first == t)
            out->mention = c->mention[t];
        out->kind = dgi_name_kind_of_place(p);
    } else if (m && m->first == t && m->entity < doc->n_entities) {
        out->end = m->end > t ? m->end : out->end;
        out->mention = c->mention[t];
        out->kind = dgi_name_kind_of_entity(doc, m);
    } else {
        return false;
    }
    for (uint32_t i = t; i < out->end; i++)
        if (doc->toks[i].name !=
            DGI_NAME_O) /* "President Adeyemi", "the West Bank": the network's own words are the name */
            return false;
    return !begins_small(doc, t) || out->end == t + 1;
}

static void put_name(struct dgi_ev_doc *out, struct dgi_ev_name *list, const struct dgi_doc *doc,
                     const struct dgi_cpmap *map, const struct dgi_named *n)
{
    uint8_t kind = n->kind;
    if (n->level == DGI_NL_NAME && n->tag != DGI_NAME_O && kind == DGI_NK_LOC && n->place != DGI_NONE)
        kind = dgi_name_kind_of_place(&doc->places[n->place]);
    list[out->n_names++] =
        (struct dgi_ev_name){.span = cps(map, (dgi_span){doc->toks[n->first].start, doc->toks[n->end - 1].end}),
                             .kind = kind,
                             .level = n->level,
                             .entity = n->mention == DGI_NONE ? DGI_NONE : doc->mentions[n->mention].entity};
}

static bool names(struct dgi_ev_doc *out, const struct dgi_doc *doc, const struct dgi_cpmap *map, dgi_arena *a)
{
    dgi_arena *scratch = dgi_arena_new(0);
    struct dgi_named *found = scratch ? dgi_arena_array(scratch, (size_t)doc->n_toks + 1, sizeof *found) : NULL;
    struct cover c = {scratch ? dgi_mention_cover(doc, scratch, is_name) : NULL,
                      scratch ? dgi_arena_array(scratch, (size_t)doc->n_toks + 1, sizeof *c.place) : NULL};
    bool ok = found && c.mention && c.place;
    uint32_t n = 0, n_all = 0;
    for (uint32_t t = 0; ok && t <= doc->n_toks; t++)
        c.place[t] = DGI_NONE;
    for (uint32_t i = 0; ok && i < doc->n_places; i++)
        for (uint32_t t = doc->places[i].first; !doc->places[i].part && t < doc->places[i].end && t < doc->n_toks; t++)
            c.place[t] = i;
    for (uint32_t t = 0; ok && t < doc->n_toks;) {
        bool yes = true;
        uint32_t product = dgi_product_at(doc, t);
        if (product)
            made(doc, t, product, &found[n]);
        else if (doc->toks[t].name != DGI_NAME_O && !is_address(doc->toks[t].form))
            tagged(doc, &c, t, &found[n]);
        else
            yes = passed_over(doc, &c, t, &found[n]);
        t = yes ? found[n].end : t + 1;
        n += yes;
    }
    ok = ok && dgi_name_kinds(doc, found, n, scratch);
    struct dgi_named *all = ok ? dgi_name_levels(doc, found, n, scratch, &n_all) : NULL;
    struct dgi_ev_name *list = all ? dgi_arena_array(a, (size_t)n_all + 1, sizeof *list) : NULL;
    ok = list != NULL;
    for (uint32_t i = 0; ok && i < n_all; i++) {
        if (all[i].level == DGI_NL_NAME && dgi_is_product(doc, &all[i]))
            all[i].kind = DGI_NK_PRODUCT;
        put_name(out, list, doc, map, &all[i]);
    }
    out->names = list;
    dgi_arena_free(scratch);
    return ok;
}

bool dgi_ev_annotations(struct dgi_ev_doc *out, const struct dgi_doc *doc, const struct dgi_cpmap *map, dgi_arena *a)
{
    struct dgi_ev_time *t = dgi_arena_array(a, (size_t)doc->n_times + 1, sizeof *t);
    struct dgi_ev_place *p = dgi_arena_array(a, (size_t)doc->n_places + 1, sizeof *p);
    struct dgi_ev_quantity *q = dgi_arena_array(a, (size_t)doc->n_quantities + 1, sizeof *q);
    bool ok = t && p && q;
    for (uint32_t i = 0; ok && i < doc->n_times; i++)
        ok = time_of(&t[i], &doc->times[i], map, a);
    for (uint32_t i = 0; ok && i < doc->n_places; i++)
        ok = place(&p[i], &doc->places[i], map, a);
    for (uint32_t i = 0; ok && i < doc->n_quantities; i++)
        quantity(&q[i], doc, &doc->quantities[i], map);
    out->times = t;
    out->n_times = ok ? doc->n_times : 0;
    out->places = p;
    out->n_places = ok ? doc->n_places : 0;
    out->quantities = q;
    out->n_quantities = ok ? doc->n_quantities : 0;
    return ok && names(out, doc, map, a);
}
