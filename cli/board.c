/* SPDX-License-Identifier: Apache-2.0 */
/* cli/board.c: the situation and the timeline as text. Reads the JSON that the library gives (SPEC section 4). */
#include <json.h>
#include <string.h>

#include "cli.h"

static const char *text_of(json_object *o, const char *key)
{
    json_object *v;
    return json_object_object_get_ex(o, key, &v) && v && json_object_is_type(v, json_type_string)
               ? json_object_get_string(v)
               : "";
}

static bool true_of(json_object *o, const char *key)
{
    json_object *v;
    return json_object_object_get_ex(o, key, &v) && json_object_get_boolean(v);
}

static json_object *list_of(json_object *o, const char *key)
{
    json_object *v;
    return json_object_object_get_ex(o, key, &v) && json_object_is_type(v, json_type_array) ? v : NULL;
}

static size_t length(json_object *list)
{
    return list ? json_object_array_length(list) : 0;
}

static dg_str z(const char *s)
{
    return (dg_str){s, strlen(s)};
}

static void day_text(const char *iso, char out[32])
{
    term_day(dg_day_parse(z(iso)), out);
}

static json_object *parse(dg_str json)
{
    struct json_tokener *tok = json_tokener_new_ex(64);
    json_object *o = tok && json.len < INT32_MAX ? json_tokener_parse_ex(tok, json.ptr, (int)json.len) : NULL;
    json_tokener_free(tok);
    if (!o)
        cli_say("the library's JSON could not be read");
    return o;
}

static void add_name(char *buf, size_t size, json_object *party)
{
    size_t n = strlen(buf);
    const char *name = text_of(party, "name");
    snprintf(buf + n, size - n, "%s%s", n ? ", " : "", *name ? name : text_of(party, "actor"));
}

/* "Egypt -> Sudan", or the members of a symmetric item with "and" arrows. */
static void parties_text(const struct term *t, json_object *item, char *out, size_t size)
{
    char a[200] = "", b[200] = "";
    json_object *list = list_of(item, "parties");
    for (size_t i = 0; i < length(list); i++) {
        json_object *p = json_object_array_get_idx(list, i);
        const char *role = text_of(p, "role");
        bool second = !strcmp(role, "addressee") || !strcmp(role, "claimant") || !strcmp(role, "organisation") ||
                      !strcmp(role, "beneficiary");
        add_name(second ? b : a, second ? sizeof b : sizeof a, p);
    }
    if (*a && *b)
        snprintf(out, size, "%s %s %s", a, t->unicode ? "\xE2\x86\x92" : "->", b);
    else
        snprintf(out, size, "%s%s", a, b);
}

static int status_style(const char *s)
{
    static const char *const good[] = {"accepted", "met",      "kept",     "held",     "lifted",
                                       "signed",   "in_force", "restored", "returned", "withdrawn",
                                       "eased",    "reduced",  "paused",   "ended",    "normal"};
    static const char *const bad[] = {"rejected", "carried_out", "broken",   "cancelled", "severed",
                                      "violated", "occupied",    "annexed",  "imposed",   "widened",
                                      "growing",  "ongoing",     "suspended"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        if (!strcmp(s, good[i]))
            return T_GREEN;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (!strcmp(s, bad[i]))
            return T_RED;
    return T_YELLOW;
}

static void evidence_lines(struct term *t, json_object *item)
{
    json_object *h = list_of(item, "history");
    for (size_t i = 0; i < length(h); i++) {
        json_object *x = json_object_array_get_idx(h, i), *ev;
        char day[32];
        day_text(text_of(x, "date"), day);
        term_style(t, T_DIM);
        fprintf(t->out, "      %-12s %-11s ", day, text_of(x, "status"));
        if (json_object_object_get_ex(x, "evidence", &ev))
            term_wrap(t, z(text_of(ev, "text")), 31, 31, 3);
        term_reset(t);
        fputc('\n', t->out);
    }
}

/* What readers said of it. */
static void judged_lines(struct term *t, json_object *item)
{
    json_object *said = list_of(item, "judged");
    for (size_t i = 0; i < length(said); i++) {
        json_object *v = json_object_array_get_idx(said, i);
        const char *value = text_of(v, "value"), *reason = text_of(v, "reason");
        char day[32] = "";
        day_text(text_of(v, "day"), day);
        term_style(t, T_CYAN);
        fprintf(t->out, "%15s%s", "", text_of(v, "verdict"));
        fputs(*value ? " " : "", t->out);
        term_put(t->out, z(value));
        fputs(", ", t->out);
        term_put(t->out, z(text_of(v, "by")));
        fprintf(t->out, ", %s%s", day, *reason ? ": " : "");
        term_wrap(t, z(reason), 18, 18, 2);
        term_reset(t);
        fputc('\n', t->out);
    }
}

static void item_line(struct term *t, json_object *item, bool evidence)
{
    char who[420], day[32];
    const char *status = text_of(item, "status"), *content = text_of(item, "content"),
               *cond = text_of(item, "condition"), *since = text_of(item, "since"),
               *deadline = text_of(item, "deadline");
    json_object *place;
    parties_text(t, item, who, sizeof who);
    day_text(since, day);
    fputs("  ", t->out);
    term_style(t, status_style(status));
    fprintf(t->out, "%-12s", true_of(item, "due") ? "due" : true_of(item, "stale") ? "stale" : status);
    term_reset(t);
    fputc(' ', t->out);
    term_style(t, T_BOLD);
    term_wrap(t, z(who), 15, 15, 2);
    term_reset(t);
    term_style(t, T_DIM);
    fprintf(t->out, "  since %s", day);
    if (*deadline) {
        day_text(deadline, day);
        fprintf(t->out, ", deadline %s", day);
    }
    if (json_object_object_get_ex(item, "place", &place) && place && *text_of(place, "name"))
        fputs(", ", t->out), term_put(t->out, z(text_of(place, "name")));
    if (evidence) /* what `explain` and `judge` ask for */
        fprintf(t->out, ", %s", text_of(item, "id"));
    term_reset(t);
    fputc('\n', t->out);
    if (*content) {
        fprintf(t->out, "%15s", "");
        term_wrap(t, z(content), 15, 15, 2);
        fputc('\n', t->out);
    }
    if (*cond) {
        fprintf(t->out, "%15sif ", "");
        term_wrap(t, z(cond), 18, 18, 2);
        fputc('\n', t->out);
    }
    judged_lines(t, item);
    if (evidence)
        evidence_lines(t, item);
}

static void effect_line(struct term *t, json_object *e)
{
    json_object *item;
    term_style(t, T_RED);
    fprintf(t->out, "  would be %s:", text_of(e, "effect"));
    term_reset(t);
    if (json_object_object_get_ex(e, "item", &item)) {
        fprintf(t->out, " %s\n", text_of(item, "kind"));
        item_line(t, item, true);
    }
}

bool report_board(struct term *t, dg_str json, bool evidence)
{
    static const char *const kinds[] = {"threat",    "demand",     "offer",    "commitment", "meeting",
                                        "hostility", "deployment", "sanction", "agreement",  "relation",
                                        "control",   "membership", "toll"};
    json_object *o = parse(json), *items, *effects;
    char day[32];
    if (!o)
        return false;
    items = list_of(o, "items");
    effects = list_of(o, "what_if");
    fputc('\n', t->out);
    term_style(t, T_BOLD);
    fputs(effects ? "WHAT IT WOULD DO" : "WHERE IT STANDS", t->out);
    term_reset(t);
    day_text(text_of(o, "as_of"), day);
    size_t n_shown = effects ? length(effects) : length(items);
    term_style(t, T_DIM);
    fprintf(t->out, "  %s, %zu %s\n", day, n_shown, n_shown == 1 ? "matter" : "matters");
    for (int i = 0; i < t->width; i++)
        fputs(t->unicode ? "\xE2\x94\x80" : "-", t->out);
    term_reset(t);
    fputc('\n', t->out);
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        bool head = false;
        for (size_t i = 0; i < length(items); i++) {
            json_object *it = json_object_array_get_idx(items, i);
            if (strcmp(text_of(it, "kind"), kinds[k]))
                continue;
            if (!head) {
                term_style(t, T_CYAN);
                for (const char *p = kinds[k]; *p; p++)
                    fputc(*p - 32, t->out);
                term_reset(t);
                fputc('\n', t->out);
            }
            head = true;
            item_line(t, it, evidence);
        }
    }
    for (size_t i = 0; i < length(effects); i++)
        effect_line(t, json_object_array_get_idx(effects, i));
    if (effects && !length(effects))
        fputs("  nothing that stands would be brought due or broken\n", t->out);
    json_object_put(o);
    return !ferror(t->out);
}

/* ---- why ---- */
/* What a row does, in words. */
static const char *does_text(const char *does)
{
    static const char *const words[][2] = {{"open", "opens or reports the matter"},
                                           {"set", "reports the matter and its status"},
                                           {"move", "moves a matter that is there"},
                                           {"answer", "is an answer of whom it was put to"},
                                           {"own", "is taken back, kept or broken by whose it is"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (!strcmp(does, words[i][0]))
            return words[i][1];
    return "is a deed that does what was spoken of";
}

static void why_line(struct term *t, json_object *why)
{
    json_object *others = list_of(why, "considered");
    const char *to = text_of(why, "to");
    term_style(t, T_DIM);
    fprintf(t->out, "      %s%s%s  (%s)\n", does_text(text_of(why, "does")), *to ? ": " : "", to, text_of(why, "rule"));
    for (size_t i = 0; i < length(others); i++) {
        json_object *o = json_object_array_get_idx(others, i), *fit;
        double f = json_object_object_get_ex(o, "fit", &fit) ? json_object_get_double(fit) : 0;
        fprintf(t->out, "        not %s (%s, fit %.2f): ", text_of(o, "item"), text_of(o, "status"), f);
        term_wrap(t, z(text_of(o, "content")), 10, 10, 1);
        fputc('\n', t->out);
    }
    term_reset(t);
}

static void history_line(struct term *t, json_object *x, json_object *why)
{
    json_object *ev;
    char day[32];
    day_text(text_of(x, "date"), day);
    fprintf(t->out, "  %s  ", day);
    term_style(t, status_style(text_of(x, "status")));
    fputs(text_of(x, "status"), t->out);
    term_reset(t);
    fprintf(t->out, "  %s %s\n      ", text_of(x, "change"), text_of(x, "document"));
    if (json_object_object_get_ex(x, "evidence", &ev) && ev)
        term_wrap(t, z(text_of(ev, "text")), 6, 6, 4);
    fputc('\n', t->out);
    for (size_t k = 0; k < length(why); k++) {
        json_object *w = json_object_array_get_idx(why, k);
        if (*text_of(x, "event") && !strcmp(text_of(w, "event"), text_of(x, "event")) &&
            !strcmp(text_of(w, "rule"), text_of(x, "rule"))) {
            why_line(t, w);
            return;
        }
    }
}

bool report_why(struct term *t, dg_str json)
{
    json_object *o = parse(json);
    if (!o)
        return false;
    json_object *h = list_of(o, "history");
    fputc('\n', t->out);
    term_style(t, T_BOLD);
    fprintf(t->out, "%s  %s\n", text_of(o, "kind"), text_of(o, "id"));
    term_reset(t);
    item_line(t, o, false);
    fputc('\n', t->out);
    for (size_t i = 0; i < length(h); i++)
        history_line(t, json_object_array_get_idx(h, i), list_of(o, "why"));
    json_object_put(o);
    return !ferror(t->out);
}

static void actors(char *out, size_t size, json_object *list)
{
    out[0] = 0;
    for (size_t i = 0; i < length(list); i++)
        add_name(out, size, json_object_array_get_idx(list, i));
}

bool report_timeline(struct term *t, dg_str json)
{
    json_object *o = parse(json), *events;
    char last[32] = "";
    if (!o)
        return false;
    events = list_of(o, "events");
    for (size_t i = 0; i < length(events); i++) {
        json_object *e = json_object_array_get_idx(events, i), *date = NULL, *plover = NULL, *evidence = NULL;
        char day[32] = "no date", a[200], b[200];
        const char *status = text_of(e, "status");
        if (json_object_object_get_ex(e, "date", &date) && date)
            day_text(text_of(date, "start"), day);
        json_object_object_get_ex(e, "plover", &plover);
        json_object_object_get_ex(e, "evidence", &evidence);
        actors(a, sizeof a, list_of(e, "source"));
        actors(b, sizeof b, list_of(e, "target"));
        term_style(t, T_BOLD);
        fprintf(t->out, "%-12s", strcmp(day, last) ? day : "");
        term_reset(t);
        snprintf(last, sizeof last, "%s", day);
        fprintf(t->out, " %-9s %-4s ", plover ? text_of(plover, "event") : "", text_of(e, "cameo"));
        char who[420];
        snprintf(who, sizeof who, "%s %s %s", *a ? a : "(someone)", t->unicode ? "\xE2\x86\x92" : "->", b);
        term_wrap(t, z(*b ? who : *a ? a : "(someone)"), 28, 28, 2);
        term_style(t, T_DIM);
        if (strcmp(status, "actual") || true_of(e, "negated"))
            fprintf(t->out, "  [%s%s]", true_of(e, "negated") ? "not, " : "", status);
        if (evidence && *text_of(evidence, "text")) {
            fprintf(t->out, "\n%28s", "");
            term_wrap(t, z(text_of(evidence, "text")), 28, 28, 2);
        }
        term_reset(t);
        fputc('\n', t->out);
    }
    if (!length(events))
        fputs("no events\n", t->out);
    json_object_put(o);
    return !ferror(t->out);
}
