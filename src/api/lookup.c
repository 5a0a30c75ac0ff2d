/* SPDX-License-Identifier: Apache-2.0 */
/* api/lookup.c: one name, place or time expression, resolved as an article of that day would mean it. JSON. */
#include "api/api.h"
#include "base/day.h"
#include "base/utf8.h"
#include "export/event_json.h"

static void actor_fields(struct dgi_json *j, const void *readings, uint32_t i)
{
    const struct dgi_actor_reading *r = (const struct dgi_actor_reading *)readings + i;
    dgi_json_kstrn(j, "actor", r->actor);
    dgi_json_kstrn(j, "name", r->name);
    dgi_json_kstr(j, "type", dgi_str(dgi_entity_type_name[r->type]));
    dgi_json_kstrn(j, "country", dgi_str(r->country));
    dgi_json_list(j, "sectors", r->sectors);
    dgi_json_kstrn(j, "cameo", r->cameo);
    dgi_json_kstrn(j, "title", r->title);
    dgi_json_kstrn(j, "office", r->office);
    dgi_json_key(j, "from");
    dgi_json_day(j, r->from);
    dgi_json_key(j, "to");
    dgi_json_day(j, r->to);
}

/* {"phrase", "date", the fields of the best reading, "others": [the fields of each further one]} */
typedef void fields_fn(struct dgi_json *j, const void *readings, uint32_t i);
typedef void more_fn(struct dgi_json *j, const void *readings); /* what only the best one has */

static void actor_rows(struct dgi_json *j, const void *readings)
{
    dg_str rows = ((const struct dgi_actor_reading *)readings)->rows, one;
    dgi_json_key(j, "rows");
    dgi_json_open(j, '[');
    while (dgi_str_next(&rows, '|', &one))
        if (one.len)
            dgi_json_str(j, one);
    dgi_json_close(j, ']');
}

static dg_status unknown(const char *what, dg_str phrase, dg_error *err)
{
    return dgi_fail(err, DG_E_ARG, "no %s '%.*s'", what, (int)(phrase.len < 150 ? phrase.len : 150), phrase.ptr);
}

/* Nobody is known by the phrase: one object too, with the reason. */
static dg_status nobody(dg_text *out, dg_str phrase, int32_t day, dg_error *err)
{
    struct dgi_buf buf = {0};
    struct dgi_json j;
    dgi_json_init(&j, &buf);
    dgi_json_open(&j, '{');
    dgi_json_kstr(&j, "phrase", phrase);
    dgi_json_key(&j, "date");
    dgi_json_day(&j, day);
    dgi_json_kstrn(&j, "actor", dgi_str(""));
    dgi_json_kstr(&j, "reason",
                  dgi_str("no row of the registry holds it, and no word of it is a role whose owner is said"));
    dgi_json_close(&j, '}');
    dg_status st = dgi_text_give(out, &buf, err);
    return st == DG_OK ? unknown("actor is known by", phrase, err) : st;
}

static dg_status write_readings(dg_text *out, dg_str phrase, int32_t day, const void *readings, uint32_t n,
                                fields_fn *fields, more_fn *more, dg_error *err)
{
    struct dgi_buf buf = {0};
    struct dgi_json j;
    dgi_json_init(&j, &buf);
    dgi_json_open(&j, '{');
    dgi_json_kstr(&j, "phrase", phrase);
    dgi_json_key(&j, "date");
    dgi_json_day(&j, day);
    fields(&j, readings, 0);
    if (more)
        more(&j, readings);
    dgi_json_key(&j, "others");
    dgi_json_open(&j, '[');
    for (uint32_t i = 1; i < n; i++) {
        dgi_json_open(&j, '{');
        fields(&j, readings, i);
        dgi_json_close(&j, '}');
    }
    dgi_json_close(&j, ']');
    dgi_json_close(&j, '}');
    return dgi_text_give(out, &buf, err);
}

dg_status dg_actor_lookup(dg_text *out, const dg_model *model, dg_str phrase, int32_t day, dg_error *err)
{
    struct dgi_actor_reading *r = NULL;
    uint32_t n = 0;
    *out = (dg_text){NULL, 0};
    dgi_arena *a = dgi_arena_new(0);
    if (!a)
        return dgi_fail(err, DG_E_NOMEM, "no memory to look up an actor");
    phrase = dgi_utf8_nfc(a, phrase); /* as texts are read */
    dg_status st = !phrase.ptr ? dgi_fail(err, DG_E_NOMEM, "no memory to look up an actor")
                               : dgi_actor_resolve_phrase(model->actors, a, phrase, day, &r, &n, err);
    if (st == DG_OK)
        st = n ? write_readings(out, phrase, day, r, n, actor_fields, actor_rows, err) : nobody(out, phrase, day, err);
    dgi_arena_free(a);
    return st;
}

dg_status dg_date_lookup(dg_text *out, const dg_model *model, dg_str phrase, int32_t day, dg_error *err)
{
    struct dgi_time_ctx *ctx;
    struct dgi_time t = {0};
    struct dgi_buf buf = {0};
    struct dgi_json j;
    bool found = false;
    *out = (dg_text){NULL, 0};
    dg_status st = dgi_time_open(&ctx, model->lexicon, model->words, err);
    if (st != DG_OK)
        return st;
    st = dgi_time_phrase(ctx, phrase, day, &t, &found, err);
    dgi_time_close(ctx);
    if (st != DG_OK)
        return st;
    if (!found)
        return unknown("time expression in", phrase, err);
    dgi_json_init(&j, &buf);
    dgi_json_open(&j, '{');
    dgi_json_kstr(&j, "phrase", phrase);
    dgi_json_key(&j, "date");
    dgi_json_day(&j, day);
    dgi_json_key(&j, "start");
    dgi_json_day(&j, t.range.start);
    dgi_json_key(&j, "end");
    dgi_json_day(&j, t.range.end);
    dgi_json_kstr(&j, "precision", dgi_str(dgi_precision_name[t.range.precision]));
    dgi_json_kstr(&j, "kind", dgi_str(dgi_time_kind_name[t.kind]));
    dgi_json_key(&j, "future");
    if (t.kind == DGI_TIME_BY_TENSE) {
        dgi_json_open(&j, '{');
        dgi_json_key(&j, "start");
        dgi_json_day(&j, t.future.start);
        dgi_json_key(&j, "end");
        dgi_json_day(&j, t.future.end);
        dgi_json_close(&j, '}');
    } else {
        dgi_json_null(&j);
    }
    dgi_json_kstr(&j, "text", dgi_str_sub(phrase, t.span.start, t.span.end));
    dgi_json_close(&j, '}');
    return dgi_text_give(out, &buf, err);
}

static void place_fields(struct dgi_json *j, const void *readings, uint32_t i)
{
    struct dgi_ev_place p;
    dgi_ev_place_of(&p, (const struct dgi_place *)readings + i);
    dgi_json_members(j, &dgi_view_place, &p);
}

dg_status dg_place_lookup(dg_text *out, const dg_model *model, dg_str phrase, int32_t day, dg_error *err)
{
    enum { MOST = 8 };
    struct dgi_place_ctx *ctx;
    struct dgi_place p[MOST];
    uint32_t n = 0;
    *out = (dg_text){NULL, 0};
    dg_status st = dgi_place_open(&ctx, model->lexicon, model->words, err);
    if (st != DG_OK)
        return st;
    dgi_arena *a = dgi_arena_new(0);
    dg_str composed = a ? dgi_utf8_nfc(a, phrase) : (dg_str){NULL, 0};
    st = composed.ptr ? dgi_place_phrase(ctx, composed, p, MOST, &n, err)
                      : dgi_fail(err, DG_E_NOMEM, "no memory to look up a place");
    if (st == DG_OK)
        st = n ? write_readings(out, composed, day, p, n, place_fields, NULL, err)
               : unknown("place is known by", composed, err);
    dgi_place_close(ctx);
    dgi_arena_free(a);
    return st;
}
