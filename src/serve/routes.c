/* SPDX-License-Identifier: Apache-2.0 */
/* serve/routes.c: what can be asked, and how a request is read.
 *
 * Reads   method, path and query as they came
 * Writes  struct question: the route and its values, decoded and checked; or why not
 *
 * What is no row here is not answered; a name or value that is none is refused with the nearest that is one. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "serve/answers.h"

#define DAY_PARAM(name, help)                                                                                          \
    {                                                                                                                  \
        name, P_DAY, NULL, 0, 0, help                                                                                  \
    }
#define TEXT_PARAM(name, help)                                                                                         \
    {                                                                                                                  \
        name, P_TEXT, NULL, 0, 0, help                                                                                 \
    }
static const struct param
    as_of = DAY_PARAM("as_of", "as things stood on that day; default: the last day the store knows"),
    known_on = DAY_PARAM("known_on", "only what had been reported by that day"),
    from = DAY_PARAM("from", "from that day on"), to = DAY_PARAM("to", "up to that day"),
    actor = TEXT_PARAM("actor", "an actor id (org:NATO) or a country (RUS: everybody of it)"),
    between = TEXT_PARAM("between", "A,B: only what is between these two"),
    code = TEXT_PARAM("code", "a CAMEO prefix (19) or a PLOVER type (ASSAULT)"),
    status = TEXT_PARAM("status", "actual, historical, future, hypothetical; comma between"),
    standing = {"status", P_TEXT, NULL, 0, 0, "of matters: open, held, rejected ..., due, stale; comma between"},
    since = DAY_PARAM("since", "only what stands as it does since that day or later"),
    place = TEXT_PARAM("place", "only what happened there"), kind = TEXT_PARAM("kind", "kinds of items, comma between"),
    cursor = TEXT_PARAM("cursor", "next of the page before"),
    document = TEXT_PARAM("document", "address or id of the event's document; spares a search for it"),
    q = TEXT_PARAM("q", "words (all must be there), \"a phrase\", begin*, AND, OR, NOT"),
    sure = {"min_confidence", P_SHARE, NULL, 0, 0, "only events of at least this confidence (0 to 1)"},
    open = {"open", P_FLAG, NULL, 0, 0, "true: leave out what is closed"},
    limit = {"limit", P_COUNT, NULL, 1, MOST_ROWS, "rows of a page"},
    per = {"per", P_WORD, "day week month year", 0, 0, "period; default month"},
    by = {"by", P_WORD, "none dyad type place", 0, 0, "key; default none"},
    among = {"among", P_WORD, "all items statements documents", 0, 0, "what is searched; default all"},
    date = DAY_PARAM("date", "publication day of the text");

static const struct param *const none[] = {NULL}, *const documents[] = {&from, &to, &known_on, &limit, &cursor, NULL},
                                 *const statements[] = {&actor, &from, &to, &known_on, &limit, &cursor, NULL},
                                 *const events[] = {&actor, &between,  &code, &status, &place,  &from,
                                                    &to,    &known_on, &sure, &limit,  &cursor, NULL},
                                 *const items[] = {&kind,  &actor,    &between, &open,   &standing, &since,
                                                   &as_of, &known_on, &limit,   &cursor, NULL},
                                 *const series[] = {&per,   &by,   &actor, &between,  &code, &status,
                                                    &place, &from, &to,    &known_on, &sure, NULL},
                                 *const search[] = {&q, &among, &actor, &from, &to, &limit, NULL},
                                 *const explain[] = {&document, NULL}, *const pasted[] = {&date, NULL};

#define JSON "application/json"
#define API "/api/v1/"
/* clang-format off */
const struct route dgs_routes[] = {
    {"GET", API "documents", "documents", "Documents in order of publication", "rows: id, url, title, publisher, published", JSON, documents, dgs_documents, R_KEEP},
    {"GET", API "documents/{document}", "document", "One document: its record with text, events and statements", "a record (docs/formats/record.md)", JSON, none, dgs_document, R_KEEP},
    {"GET", API "events", "events", "Events in order of their days", "rows: events as in the timeline", JSON, events, dgs_events, R_KEEP},
    {"GET", API "statements", "statements", "Who said what", "rows: speaker, content, sentence, document", JSON, statements, dgs_statements, R_KEEP},
    {"GET", API "items", "items", "The board: where every matter stands", "rows: items (docs/formats/situation.md)", JSON, items, dgs_items, R_KEEP},
    {"GET", API "items/{item}", "item", "One item with its whole history", "an item (docs/formats/situation.md)", JSON, none, dgs_item, R_KEEP},
    {"GET", API "series", "series", "Events by period, and by dyad, type or place", "rows (docs/formats/series.md)", JSON, series, dgs_series, R_KEEP},
    {"GET", API "search", "search", "Words in items, statements and documents", "results (docs/formats/search.md)", JSON, search, dgs_search, R_KEEP},
    {"GET", API "actors", "actors", "Who acts in the events that are asked for, the most frequent first", "rows: actor, name, country, events, as_source, as_target, first, last", JSON, events, dgs_actors, R_KEEP},
    {"GET", API "places", "places", "Where they happened, the most frequent first", "rows: name, country, lat, lon, precision, events, first, last", JSON, events, dgs_places, R_KEEP},
    {"GET", API "explain/{event}", "explain", "Why an event was coded", "event, text", JSON, explain, dgs_explain, R_KEEP},
    {"GET", API "changes", "changes", "New documents and moved items as they come (server-sent events)", "events document, item, reload", "text/event-stream", none, NULL, R_FEED},
    {"POST", API "code", "code", "Code a text that is sent: text/plain, text/html, or one JSON object with text, title, date, url", "a record (docs/formats/record.md)", JSON, pasted, dgs_paste, 0},
    {"POST", API "documents", "ingest", "Keep a document in the store; only where the server may write", "id, result (new, same, corrected), events", JSON, pasted, dgs_ingest, R_WRITES},
    {"GET", "/health", "health", "Is it there, what does it serve", "status, version, records, writable", JSON, none, dgs_health, R_OPEN | R_AT_ONCE},
    {"GET", "/metrics", "metrics", "Requests, times, cache, queue, for Prometheus", "text", "text/plain; version=0.0.4; charset=utf-8", none, dgs_metrics, R_AT_ONCE},
    {"GET", "/openapi.json", "openapi", "This description", "OpenAPI 3.1", JSON, none, dgs_description, R_OPEN | R_AT_ONCE},
};
/* clang-format on */
const uint32_t dgs_n_routes = sizeof dgs_routes / sizeof *dgs_routes;

/* ---- the nearest word ---- */
static unsigned distance(const char *a, size_t na, const char *b, size_t nb)
{
    unsigned row[33];
    if (na > 32 || nb > 32)
        return 99;
    for (size_t k = 0; k <= nb; k++)
        row[k] = (unsigned)k;
    for (size_t i = 1; i <= na; i++) {
        unsigned corner = row[0];
        row[0] = (unsigned)i;
        for (size_t k = 1; k <= nb; k++) {
            unsigned least = corner + (a[i - 1] != b[k - 1]);
            corner = row[k];
            least = row[k] + 1 < least ? row[k] + 1 : least;
            row[k] = row[k - 1] + 1 < least ? row[k - 1] + 1 : least;
        }
    }
    return row[nb];
}

struct near {
    dg_str word, best;
    unsigned least;
};
static void near_one(struct near *n, dg_str name)
{
    unsigned d = distance(n->word.ptr, n->word.len, name.ptr, name.len);
    if (d < n->least && d <= (name.len + 2) / 3) {
        n->least = d;
        n->best = name;
    }
}

static int shown(dg_str s)
{
    return (int)(s.len < 60 ? s.len : 60);
}

/* ---- decoding ---- */
static int hex(unsigned char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* %XX, and '+' in a query. False: ill-formed, not UTF-8, or a control character. */
static bool decode(dg_str s, bool plus, char **room, dg_str *out)
{
    char *p = *room;
    out->ptr = p;
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if (c == '%') {
            int h = i + 2 < s.len ? hex((unsigned char)s.ptr[i + 1]) : -1,
                l = h >= 0 ? hex((unsigned char)s.ptr[i + 2]) : -1;
            if (l < 0)
                return false;
            c = (unsigned char)(h * 16 + l);
            i += 2;
        } else if (c == '+' && plus) {
            c = ' ';
        }
        if (c < 0x20 || c == 0x7f)
            return false;
        *p++ = (char)c;
    }
    out->len = (size_t)(p - out->ptr);
    *room = p;
    return dgi_utf8_invalid(*out) == SIZE_MAX;
}

/* ---- values ---- */
static bool check_count(const struct param *p, dg_str v, dg_error *err)
{
    int64_t n;
    if (dgi_str_int(v, &n) && n >= p->low && n <= p->high)
        return true;
    dgi_fail(err, DG_E_ARG, "parameter '%s': '%.*s' is no number from %u to %u", p->name, shown(v), v.ptr, p->low,
             p->high);
    return false;
}

static bool check_word(const struct param *p, dg_str v, dg_error *err)
{
    struct near n = {.word = v, .least = 99};
    dg_str list = dgi_str(p->words), one;
    while (list.ptr && dgi_str_next(&list, ' ', &one)) {
        if (dgi_str_eq(one, v))
            return true;
        near_one(&n, one);
    }
    if (n.best.len)
        dgi_fail(err, DG_E_ARG, "parameter '%s': unknown '%.*s'; did you mean '%.*s'?", p->name, shown(v), v.ptr,
                 shown(n.best), n.best.ptr);
    else
        dgi_fail(err, DG_E_ARG, "parameter '%s': unknown '%.*s' (%s)", p->name, shown(v), v.ptr, p->words);
    return false;
}

static bool check_value(const struct param *p, dg_str v, dg_error *err)
{
    double x;
    switch (p->type) {
    case P_DAY:
        if (dg_day_parse(v) != DG_NO_DAY)
            return true;
        dgi_fail(err, DG_E_ARG, "parameter '%s': '%.*s' is no day (YYYY-MM-DD)", p->name, shown(v), v.ptr);
        return false;
    case P_COUNT: return check_count(p, v, err);
    case P_SHARE:
        if (dgi_str_double(v, &x) && x >= 0 && x <= 1)
            return true;
        dgi_fail(err, DG_E_ARG, "parameter '%s': '%.*s' is no number from 0 to 1", p->name, shown(v), v.ptr);
        return false;
    case P_FLAG:
        if (dgi_str_is(v, "true") || dgi_str_is(v, "false"))
            return true;
        dgi_fail(err, DG_E_ARG, "parameter '%s' is true or false", p->name);
        return false;
    case P_WORD: return check_word(p, v, err);
    default:
        if (v.len)
            return true;
        dgi_fail(err, DG_E_ARG, "parameter '%s' is empty", p->name);
        return false;
    }
}

static bool take_value(struct question *out, dg_str name, dg_str v, dg_error *err)
{
    struct near n = {.word = name, .least = 99};
    const struct param *const *p = out->route->params;
    for (int i = 0; p[i]; i++) {
        if (!dgi_str_is(name, p[i]->name)) {
            near_one(&n, dgi_str(p[i]->name));
            continue;
        }
        if (out->given[i]) {
            dgi_fail(err, DG_E_ARG, "parameter '%s' stands twice", p[i]->name);
            return false;
        }
        out->given[i] = true;
        out->value[i] = v;
        return check_value(p[i], v, err);
    }
    if (n.best.len)
        dgi_fail(err, DG_E_ARG, "unknown parameter '%.*s'; did you mean '%.*s'?", shown(name), name.ptr, shown(n.best),
                 n.best.ptr);
    else
        dgi_fail(err, DG_E_ARG, "unknown parameter '%.*s'; /openapi.json tells those of '%s'", shown(name), name.ptr,
                 out->route->path);
    return false;
}

static bool take_query(struct question *out, dg_str query, char *room, dg_error *err)
{
    dg_str pair, name, value;
    while (query.len && dgi_str_next(&query, '&', &pair)) {
        size_t eq = dgi_str_find(pair, DGI_S("="));
        if (!pair.len)
            continue;
        if (!decode(dgi_str_sub(pair, 0, eq == SIZE_MAX ? pair.len : eq), true, &room, &name) ||
            !decode(eq == SIZE_MAX ? (dg_str){"", 0} : dgi_str_sub(pair, eq + 1, pair.len), true, &room, &value)) {
            dgi_fail(err, DG_E_ARG, "the query is no UTF-8 in percent encoding, or holds control characters");
            return false;
        }
        if (!take_value(out, name, value, err))
            return false;
    }
    return true;
}

/* ---- the route ---- */
static bool fits(const char *path, dg_str have, dg_str *rest)
{
    const char *brace = strchr(path, '{');
    *rest = (dg_str){"", 0};
    if (!brace)
        return dgi_str_is(have, path);
    size_t n = (size_t)(brace - path);
    *rest = dgi_str_sub(have, n, have.len);
    return have.len > n && !memcmp(have.ptr, path, n);
}

static unsigned find_route(struct question *out, const char *method, dg_str path, dg_error *err)
{
    struct near n = {.word = path, .least = 99};
    bool there = false;
    dg_str rest;
    for (uint32_t i = 0; i < dgs_n_routes; i++) {
        if (!fits(dgs_routes[i].path, path, &rest)) {
            near_one(&n, dgi_str(dgs_routes[i].path));
            continue;
        }
        there = true;
        if (!strcmp(dgs_routes[i].method, method)) {
            out->route = &dgs_routes[i];
            out->rest = rest;
            return 200;
        }
    }
    if (there)
        return dgi_fail(err, DG_E_ARG, "'%.*s' does not know %s", shown(path), path.ptr, method), 405;
    if (n.best.len)
        dgi_fail(err, DG_E_ARG, "nothing is at '%.*s'; did you mean '%.*s'?", shown(path), path.ptr, shown(n.best),
                 n.best.ptr);
    else
        dgi_fail(err, DG_E_ARG, "nothing is at '%.*s'; /openapi.json tells what there is", shown(path), path.ptr);
    return 404;
}

unsigned dgs_question(struct question *out, const char *method, dg_str uri, char *room, dg_error *err)
{
    size_t mark = dgi_str_find(uri, DGI_S("?"));
    dg_str path;
    *out = (struct question){0};
    if (!decode(dgi_str_sub(uri, 0, mark == SIZE_MAX ? uri.len : mark), false, &room, &path)) {
        dgi_fail(err, DG_E_ARG, "the path is no UTF-8 in percent encoding, or holds control characters");
        return 400;
    }
    unsigned got = find_route(out, method, path, err);
    if (got == 200 && mark != SIZE_MAX && !take_query(out, dgi_str_sub(uri, mark + 1, uri.len), room, err))
        got = 400;
    return got;
}

void dgs_methods(const struct question *q, dg_str uri, char out[64])
{
    size_t mark = dgi_str_find(uri, DGI_S("?")), n = 0;
    dg_str path = dgi_str_sub(uri, 0, mark == SIZE_MAX ? uri.len : mark), rest;
    (void)q;
    out[0] = 0;
    for (uint32_t i = 0; i < dgs_n_routes && n < 60; i++)
        if (fits(dgs_routes[i].path, path, &rest))
            n += (size_t)snprintf(out + n, 64 - n, "%s%s", n ? ", " : "", dgs_routes[i].method);
}

dg_str dgs_value(const struct question *x, const char *name)
{
    for (int i = 0; x->route->params[i]; i++)
        if (x->given[i] && !strcmp(x->route->params[i]->name, name))
            return x->value[i];
    return (dg_str){NULL, 0};
}

void dgs_key(struct dgi_buf *out, const struct question *x)
{
    dgi_buf_printf(out, "%u\n%zu\n", (unsigned)(x->route - dgs_routes), x->rest.len);
    dgi_buf_add(out, x->rest);
    for (int i = 0; x->route->params[i]; i++)
        if (x->given[i]) {
            dgi_buf_printf(out, "\n%d=", i);
            dgi_buf_add(out, x->value[i]);
        }
}
