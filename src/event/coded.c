/* SPDX-License-Identifier: Apache-2.0 */
/* event/coded.c: coded documents that travel: written where they were coded, read where the ledger is kept.
 *
 * Reads   struct dgi_ev_doc; lines of JSON
 * Writes  lines of JSON; struct dgi_ev_doc
 *
 * The public record is made for people and other programs; it has no lemmas, no words of clauses and none of the steps and numbers that are
 * for the ledger alone. This line has what a store keeps, by the table of fields (event/fields.h), so that a store made of it is
 * the one made of the text. What is empty is left out. Each line carries a hash of the fields: a line of another version of them would
 * be read otherwise than it was meant, so it is refused. */
#include "event/coded.h"

#include <json-c/json.h>
#include <math.h>
#include <stdio.h>

#include "event/fields.h"
#include "io/reader.h"

enum { MOST_VALUES = 4000000 };

struct list { /* of objects by the table of fields */
    const char *name;
    const struct dgi_field *fields;
    uint32_t n_fields;
    size_t size;
};
enum { L_SENTENCE, L_ENTITY, L_STATEMENT, L_EVENT, L_ACTOR, L_PLACE, L_QUANTITY, N_LIST };
static const struct list list_tables[N_LIST] = {
    {"sentences", dgi_sentence_fields, DGI_N_SENTENCE_FIELD, sizeof(struct dgi_ev_sentence)},
    {"entities", dgi_entity_fields, DGI_N_ENTITY_FIELD, sizeof(struct dgi_ev_entity)},
    {"statements", dgi_statement_fields, DGI_N_STATEMENT_FIELD, sizeof(struct dgi_ev_statement)},
    {"events", dgi_event_fields, DGI_N_EVENT_FIELD, sizeof(struct dgi_event)},
    {"actors", dgi_actor_fields, DGI_N_ACTOR_FIELD, sizeof(struct dgi_ev_actor)},
    {"place", dgi_place_fields, DGI_N_PLACE_FIELD, sizeof(struct dgi_ev_place)},
    {"quantities", dgi_quantity_fields, DGI_N_QUANTITY_FIELD, sizeof(struct dgi_ev_quantity)},
};
static const char *const side_keys[] = {"source", "target", "claimed_by"};
static const char *const link_keys[] = {"content", "condition"};
static const char *const meta_keys[] = {"id", "url", "title", "author", "publisher", "lang", "published_from"};
enum { N_META = sizeof meta_keys / sizeof *meta_keys };

static uint64_t fields_hash(void)
{
    uint64_t h = DGI_CODED_VERSION;
    for (int l = 0; l < N_LIST; l++)
        for (uint32_t i = 0; i < list_tables[l].n_fields; i++) {
            const struct dgi_field *f = &list_tables[l].fields[i];
            if (f->column)
                h = (h * 31 + dgi_str_hash(dgi_str(f->column))) * 31 + f->type * 256u + f->n_names;
        }
    return h;
}

static dg_str *meta_at(struct dgi_meta *m, int i)
{
    dg_str *const at[N_META] = {&m->id, &m->url, &m->title, &m->author, &m->publisher, &m->lang, &m->published_from};
    return at[i];
}

/* ---- writing ---- */
static void put_int(struct dgi_json *j, const struct dgi_field *f, int64_t v, int64_t none)
{
    if (v == none)
        return;
    dgi_json_key(j, f->column);
    dgi_json_int(j, v);
}

static void put_json_str(struct dgi_json *j, const char *key, dg_str s)
{
    if (!s.len)
        return;
    dgi_json_key(j, key);
    dgi_json_str(j, s);
}

static void put_num(struct dgi_json *j, const struct dgi_field *f, double v, bool none)
{
    if (none)
        return;
    dgi_json_key(j, f->column);
    dgi_json_num(j, v);
}

static void put_field(struct dgi_json *j, const struct dgi_field *f, const void *p)
{
    switch (f->type) {
    case DGI_F_STR:
    case DGI_F_LIST: put_json_str(j, f->column, *(const dg_str *)p); break;
    case DGI_F_CODE: put_json_str(j, f->column, dgi_str(p)); break;
    case DGI_F_ENUM: put_int(j, f, *(const uint8_t *)p, 0); break;
    case DGI_F_BOOL: put_int(j, f, *(const bool *)p, 0); break;
    case DGI_F_COUNT: put_int(j, f, *(const uint32_t *)p, 0); break;
    case DGI_F_INDEX: put_int(j, f, *(const uint32_t *)p, DGI_NONE); break;
    case DGI_F_DAY: put_int(j, f, *(const int32_t *)p, DGI_NO_DAY); break;
    case DGI_F_NUM: put_num(j, f, *(const double *)p, isnan(*(const double *)p)); break;
    case DGI_F_SHARE: put_num(j, f, (double)*(const float *)p, *(const float *)p == 0); break;
    case DGI_F_ID64: put_int(j, f, *(const int64_t *)p, 0); break;
    default: break;
    }
}

static void put_fields(struct dgi_json *j, int list, const void *object)
{
    const struct list *l = &list_tables[list];
    for (uint32_t i = 0; i < l->n_fields; i++)
        if (l->fields[i].column)
            put_field(j, &l->fields[i], dgi_field_at(&l->fields[i], object));
}

static void put_list(struct dgi_json *j, const char *key, int list, const void *objects, uint32_t n)
{
    if (!n)
        return;
    dgi_json_key(j, key);
    dgi_json_open(j, '[');
    for (uint32_t i = 0; i < n; i++) {
        dgi_json_open(j, '{');
        put_fields(j, list, (const char *)objects + i * list_tables[list].size);
        dgi_json_close(j, '}');
    }
    dgi_json_close(j, ']');
}

static void put_links(struct dgi_json *j, const char *key, const uint32_t *v, uint32_t n)
{
    if (!n)
        return;
    dgi_json_key(j, key);
    dgi_json_open(j, '[');
    for (uint32_t i = 0; i < n; i++)
        dgi_json_int(j, v[i]);
    dgi_json_close(j, ']');
}

static void put_event(struct dgi_json *j, const struct dgi_event *e)
{
    dgi_json_open(j, '{');
    put_fields(j, L_EVENT, e);
    if (e->place) {
        dgi_json_key(j, "at");
        dgi_json_open(j, '{');
        put_fields(j, L_PLACE, e->place);
        dgi_json_close(j, '}');
    }
    put_list(j, side_keys[0], L_ACTOR, e->source, e->n_source);
    put_list(j, side_keys[1], L_ACTOR, e->target, e->n_target);
    put_list(j, side_keys[2], L_ACTOR, e->claimed_by, e->n_claimed_by);
    put_list(j, list_tables[L_QUANTITY].name, L_QUANTITY, e->quantities, e->n_quantities);
    put_links(j, link_keys[0], e->content, e->n_content);
    put_links(j, link_keys[1], e->condition, e->n_condition);
    dgi_json_close(j, '}');
}

static void put_json_number64(struct dgi_json *j, const char *key, uint64_t v)
{
    char hex[20];
    snprintf(hex, sizeof hex, "%016llx", (unsigned long long)v);
    dgi_json_key(j, key);
    dgi_json_str(j, dgi_str(hex));
}

static void put_blocks(struct dgi_json *j, dg_str blocks)
{
    struct dgi_buf hex = {0};
    for (size_t i = 0; i < blocks.len; i++)
        dgi_buf_printf(&hex, "%02x", (unsigned char)blocks.ptr[i]);
    put_json_str(j, "blocks", dgi_buf_str(&hex));
    j->out->failed |= hex.failed;
    dgi_buf_free(&hex);
}

bool dgi_coded_write(struct dgi_buf *out, const struct dgi_ev_doc *d, uint64_t coder)
{
    struct dgi_json j;
    struct dgi_meta m = d->meta;
    dgi_json_init(&j, out);
    dgi_json_open(&j, '{');
    dgi_json_key(&j, "coded");
    dgi_json_int(&j, DGI_CODED_VERSION);
    put_json_number64(&j, "fields", fields_hash());
    put_json_number64(&j, "coder", coder);
    for (int i = 0; i < N_META; i++)
        put_json_str(&j, meta_keys[i], *meta_at(&m, i));
    if (m.published != DGI_NO_DAY) {
        dgi_json_key(&j, "published");
        dgi_json_int(&j, m.published);
    }
    dgi_json_key(&j, "words");
    dgi_json_int(&j, d->n_words);
    put_json_str(&j, "text", d->text);
    put_blocks(&j, d->blocks);
    put_list(&j, list_tables[L_SENTENCE].name, L_SENTENCE, d->sentences, d->n_sentences);
    put_list(&j, list_tables[L_ENTITY].name, L_ENTITY, d->entities, d->n_entities);
    put_list(&j, list_tables[L_STATEMENT].name, L_STATEMENT, d->statements, d->n_statements);
    dgi_json_key(&j, list_tables[L_EVENT].name);
    dgi_json_open(&j, '[');
    for (uint32_t i = 0; i < d->n_events; i++)
        put_event(&j, &d->events[i]);
    dgi_json_close(&j, ']');
    dgi_json_close(&j, '}');
    return !out->failed;
}

/* ---- reading ---- */
struct in {
    dgi_arena *a;
    dg_error *err;
    dg_status st;
    uint32_t n_events;
};

static bool refuse(struct in *in, const char *what, const char *name)
{
    if (in->st == DG_OK)
        in->st = dgi_fail(in->err, DG_E_FORMAT, "not a coded document of this version: '%.60s' %s", name, what);
    return false;
}

static bool no_memory(struct in *in)
{
    if (in->st == DG_OK)
        in->st = dgi_fail(in->err, DG_E_NOMEM, "no memory to read a coded document");
    return false;
}

static bool get_str(struct in *in, json_object *v, const char *name, dg_str *out)
{
    if (!json_object_is_type(v, json_type_string))
        return refuse(in, "is no text", name);
    *out = dgi_arena_str(in->a, (dg_str){json_object_get_string(v), (size_t)json_object_get_string_len(v)});
    return out->ptr || no_memory(in);
}

static bool get_int(struct in *in, json_object *v, const char *name, int64_t least, int64_t most, int64_t *out)
{
    *out = json_object_get_int64(v);
    return (json_object_is_type(v, json_type_int) && *out >= least && *out <= most) ||
           refuse(in, "is no number that may stand there", name);
}

static bool get_num(struct in *in, json_object *v, const char *name, double *out)
{
    *out = json_object_get_double(v);
    return ((json_object_is_type(v, json_type_double) || json_object_is_type(v, json_type_int)) && isfinite(*out)) ||
           refuse(in, "is no number", name);
}

static bool get_code(struct in *in, json_object *v, const struct dgi_field *f, char *out)
{
    dg_str s;
    if (!get_str(in, v, f->column, &s))
        return false;
    if (s.len >= f->size)
        return refuse(in, "is too long", f->column);
    memcpy(out, s.ptr, s.len + 1);
    return true;
}

static bool get_whole(struct in *in, json_object *v, const struct dgi_field *f, void *p)
{
    enum { DAYS = 100000000 };
    int64_t x,
        least = f->type == DGI_F_DAY    ? -DAYS
                : f->type == DGI_F_ID64 ? INT64_MIN
                                        : 0,
        most = f->type == DGI_F_DAY     ? DAYS
               : f->type == DGI_F_ID64  ? INT64_MAX
               : f->type == DGI_F_ENUM  ? f->n_names + f->or_none - 1
               : f->type == DGI_F_BOOL  ? 1
               : f->type == DGI_F_INDEX ? (int64_t)in->n_events - 1
                                        : DGI_NONE - 1;
    if (!get_int(in, v, f->column, least, most, &x))
        return false;
    switch (f->type) {
    case DGI_F_ENUM: *(uint8_t *)p = (uint8_t)x; break;
    case DGI_F_BOOL: *(bool *)p = x != 0; break;
    case DGI_F_DAY: *(int32_t *)p = (int32_t)x; break;
    case DGI_F_ID64: *(int64_t *)p = x; break;
    default: *(uint32_t *)p = (uint32_t)x; break;
    }
    return true;
}

static bool get_field(struct in *in, json_object *v, const struct dgi_field *f, void *p)
{
    double x;
    switch (f->type) {
    case DGI_F_STR:
    case DGI_F_LIST: return get_str(in, v, f->column, p);
    case DGI_F_CODE: return get_code(in, v, f, p);
    case DGI_F_NUM: return get_num(in, v, f->column, p);
    case DGI_F_SHARE:
        if (!get_num(in, v, f->column, &x))
            return false;
        *(float *)p = (float)x;
        return true;
    default: return get_whole(in, v, f, p);
    }
}

/* What is left out. */
static void set_empty(int list, void *object)
{
    const struct list *l = &list_tables[list];
    static const dg_str none = {"", 0};
    for (uint32_t i = 0; i < l->n_fields; i++) {
        const struct dgi_field *f = &l->fields[i];
        void *p = (char *)object + f->offset;
        if (f->type == DGI_F_STR || f->type == DGI_F_LIST)
            memcpy(p, &none, sizeof none);
        else if (f->type == DGI_F_INDEX)
            *(uint32_t *)p = DGI_NONE;
        else if (f->type == DGI_F_DAY)
            *(int32_t *)p = DGI_NO_DAY;
        else if (f->type == DGI_F_NUM)
            *(double *)p = (double)NAN;
    }
}

/* A member that is a field; false: it is none, or it was bad (in->st). */
static bool is_field(struct in *in, int list, const char *key, json_object *v, void *object)
{
    const struct list *l = &list_tables[list];
    for (uint32_t i = 0; i < l->n_fields; i++)
        if (l->fields[i].column && !strcmp(l->fields[i].column, key))
            return get_field(in, v, &l->fields[i], (char *)object + l->fields[i].offset);
    return false;
}

static bool get_object(struct in *in, int list, json_object *v, void *object)
{
    set_empty(list, object);
    if (!json_object_is_type(v, json_type_object))
        return refuse(in, "is no object", list_tables[list].name);
    json_object_object_foreach(v, key, member)
    {
        if (!is_field(in, list, key, member, object))
            return refuse(in, "is not known here", key);
    }
    return true;
}

static bool get_list(struct in *in, int list, json_object *v, void **out, uint32_t *n)
{
    size_t size = list_tables[list].size;
    if (!json_object_is_type(v, json_type_array))
        return refuse(in, "is no list", list_tables[list].name);
    *n = (uint32_t)json_object_array_length(v);
    char *objects = dgi_arena_array(in->a, (size_t)*n + 1, size);
    *out = objects;
    if (!objects)
        return no_memory(in);
    for (uint32_t i = 0; i < *n; i++)
        if (!get_object(in, list, json_object_array_get_idx(v, i), objects + i * size))
            return false;
    return true;
}

static bool get_links(struct in *in, const char *key, json_object *v, const uint32_t **out, uint32_t *n)
{
    if (!json_object_is_type(v, json_type_array))
        return refuse(in, "is no list", key);
    *n = (uint32_t)json_object_array_length(v);
    uint32_t *list = dgi_arena_array(in->a, (size_t)*n + 1, sizeof *list);
    *out = list;
    for (uint32_t i = 0; i < *n && list; i++) {
        int64_t x;
        if (!get_int(in, json_object_array_get_idx(v, i), key, 0, (int64_t)in->n_events - 1, &x))
            return false;
        list[i] = (uint32_t)x;
    }
    return list || no_memory(in);
}

static bool get_actors(struct in *in, json_object *v, const struct dgi_ev_actor **out, uint32_t *n)
{
    void *list = NULL;
    bool ok = get_list(in, L_ACTOR, v, &list, n);
    *out = list;
    return ok;
}

static bool get_place(struct in *in, json_object *v, struct dgi_event *e)
{
    struct dgi_ev_place *p = dgi_arena_alloc(in->a, sizeof *p);
    e->place = p;
    return p ? get_object(in, L_PLACE, v, p) : no_memory(in);
}

static bool get_event_member(struct in *in, const char *key, json_object *v, struct dgi_event *e)
{
    void *list = NULL;
    if (!strcmp(key, side_keys[0]))
        return get_actors(in, v, &e->source, &e->n_source);
    if (!strcmp(key, side_keys[1]))
        return get_actors(in, v, &e->target, &e->n_target);
    if (!strcmp(key, side_keys[2]))
        return get_actors(in, v, &e->claimed_by, &e->n_claimed_by);
    if (!strcmp(key, link_keys[0]))
        return get_links(in, key, v, &e->content, &e->n_content);
    if (!strcmp(key, link_keys[1]))
        return get_links(in, key, v, &e->condition, &e->n_condition);
    if (!strcmp(key, "at"))
        return get_place(in, v, e);
    if (!strcmp(key, list_tables[L_QUANTITY].name)) {
        bool ok = get_list(in, L_QUANTITY, v, &list, &e->n_quantities);
        e->quantities = list;
        return ok;
    }
    return is_field(in, L_EVENT, key, v, e) || refuse(in, "is not known here", key);
}

static bool get_events(struct in *in, json_object *v, struct dgi_ev_doc *d)
{
    if (!json_object_is_type(v, json_type_array))
        return refuse(in, "is no list", list_tables[L_EVENT].name);
    d->n_events = in->n_events = (uint32_t)json_object_array_length(v);
    struct dgi_event *ev = dgi_arena_array(in->a, (size_t)d->n_events + 1, sizeof *ev);
    d->events = ev;
    if (!ev)
        return no_memory(in);
    for (uint32_t i = 0; i < d->n_events; i++) {
        json_object *o = json_object_array_get_idx(v, i);
        set_empty(L_EVENT, &ev[i]);
        if (!json_object_is_type(o, json_type_object))
            return refuse(in, "is no object", list_tables[L_EVENT].name);
        json_object_object_foreach(o, key, member)
        {
            if (!get_event_member(in, key, member, &ev[i]))
                return false;
        }
    }
    while (d->n_coded < d->n_events && ev[d->n_coded].cameo[0])
        d->n_coded++;
    return true;
}

static bool get_blocks(struct in *in, json_object *v, dg_str *out)
{
    dg_str hex;
    if (!get_str(in, v, "blocks", &hex))
        return false;
    char *p = dgi_arena_alloc(in->a, hex.len / 2 + 1);
    if (!p)
        return no_memory(in);
    for (size_t i = 0; i + 1 < hex.len; i += 2) {
        unsigned x;
        char two[3] = {hex.ptr[i], hex.ptr[i + 1], 0};
        if (strspn(two, "0123456789abcdef") != 2 || sscanf(two, "%x", &x) != 1)
            return refuse(in, "is no list of bytes", "blocks");
        p[i / 2] = (char)x;
    }
    *out = (dg_str){p, hex.len / 2};
    return true;
}

static bool get_json_number64(struct in *in, json_object *v, const char *key, uint64_t *out)
{
    dg_str s;
    unsigned long long x;
    if (!get_str(in, v, key, &s))
        return false;
    if (s.len != 16 || strspn(s.ptr, "0123456789abcdef") != 16 || sscanf(s.ptr, "%llx", &x) != 1)
        return refuse(in, "is no number of 16 hexadecimal digits", key);
    *out = x;
    return true;
}

static bool get_member(struct in *in, const char *key, json_object *v, struct dgi_ev_doc *d, uint64_t *coder)
{
    static const char *const other_keys[] = {"coded", "fields", "coder", "published", "words", "text", "blocks"};
    void *list = NULL;
    int64_t x = 0;
    bool ok = true;
    int i = 0;
    for (int m = 0; m < N_META; m++)
        if (!strcmp(key, meta_keys[m]))
            return get_str(in, v, key, meta_at(&d->meta, m));
    while (i < 7 && strcmp(key, other_keys[i]))
        i++;
    switch (i) {
    case 0:
    case 1: return true; /* looked at before */
    case 2: return get_json_number64(in, v, key, coder);
    case 3:
        ok = get_int(in, v, key, -100000000, 100000000, &x);
        d->meta.published = (int32_t)x;
        return ok;
    case 4:
        ok = get_int(in, v, key, 0, DGI_NONE - 1, &x);
        d->n_words = (uint32_t)x;
        return ok;
    case 5: return get_str(in, v, key, &d->text);
    case 6: return get_blocks(in, v, &d->blocks);
    default: break;
    }
    if (!strcmp(key, list_tables[L_EVENT].name))
        return get_events(in, v, d);
    if (!strcmp(key, list_tables[L_SENTENCE].name))
        return ok = get_list(in, L_SENTENCE, v, &list, &d->n_sentences), d->sentences = list, ok;
    if (!strcmp(key, list_tables[L_ENTITY].name))
        return ok = get_list(in, L_ENTITY, v, &list, &d->n_entities), d->entities = list, ok;
    if (!strcmp(key, list_tables[L_STATEMENT].name))
        return ok = get_list(in, L_STATEMENT, v, &list, &d->n_statements), d->statements = list, ok;
    return refuse(in, "is not known here", key);
}

/* Is it of this version? */
static bool ours(struct in *in, json_object *o)
{
    json_object *version, *fields;
    uint64_t hash = 0;
    if (!json_object_is_type(o, json_type_object) || !json_object_object_get_ex(o, "coded", &version)) {
        in->st =
            dgi_fail(in->err, DG_E_FORMAT, "not a coded document: it is written by 'dragoman code --format coded'");
        return false;
    }
    if (!json_object_object_get_ex(o, "fields", &fields) || !get_json_number64(in, fields, "fields", &hash))
        return refuse(in, "is missing", "fields");
    if (json_object_get_int64(version) == DGI_CODED_VERSION && hash == fields_hash())
        return true;
    in->st = dgi_fail(in->err, DG_E_FORMAT,
                      "coded by another version of Dragoman, whose events have other fields; code the text again");
    return false;
}

dg_status dgi_coded_read(dg_str line, dgi_arena *a, struct dgi_ev_doc *d, uint64_t *coder, dg_error *err)
{
    struct in in = {.a = a, .err = err};
    size_t members;
    dg_str twice;
    dg_status st = dgi_json_check(line, MOST_VALUES, &members, err);
    *d = (struct dgi_ev_doc){
        .reported = DGI_NO_DAY, .meta = {.published = DGI_NO_DAY}, .text = {"", 0}, .blocks = {"", 0}};
    for (int i = 0; i < N_META; i++)
        *meta_at(&d->meta, i) = (dg_str){"", 0};
    *coder = 0;
    if (st != DG_OK)
        return st;
    if (!dgi_json_doubled(&twice, line, members))
        return dgi_fail(err, DG_E_NOMEM, "no memory to read a coded document");
    if (twice.ptr)
        return dgi_fail_at(err, DG_E_FORMAT, 0, (uint64_t)(twice.ptr - line.ptr), "member '%.*s' stands there twice",
                           (int)(twice.len < 60 ? twice.len : 60), twice.ptr);
    json_tokener *t = json_tokener_new();
    json_object *o = t ? json_tokener_parse_ex(t, line.ptr, (int)line.len) : NULL;
    if (!o)
        in.st = dgi_fail(err, t ? DG_E_FORMAT : DG_E_NOMEM,
                         t ? "not a coded document" : "no memory to read a coded document");
    if (o && ours(&in, o)) {
        json_object_object_foreach(o, key, member)
        {
            if (!get_member(&in, key, member, d, coder))
                break;
        }
    }
    if (o)
        json_object_put(o);
    if (t)
        json_tokener_free(t);
    d->id = d->meta.id;
    d->reported = d->meta.published;
    return in.st;
}
