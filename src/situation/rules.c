/* SPDX-License-Identifier: Apache-2.0 */
/* situation/rules.c: reads items.tsv, blocs.tsv and itemstop.tsv (law.c, kinds.c and scale.c the others) and finds the row that fires for an event.
 *
 * Reads   compiled lexicon or TSV; event code, mode, status, polarity, trigger lemma, keys, quantities, content
 * Writes  nothing
 *
 * One row per kind fires, the one with the highest rank, so that a special row ("partly reopened") stands above the
 * general one ("reopened") without either knowing of the other. */
#include "situation/party.h"

#include "base/utf8.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static uint8_t find_name(const char *const *names, uint32_t n, dg_str s)
{
    for (uint32_t i = 0; i < n; i++)
        if (dgi_str_is(s, names[i]))
            return (uint8_t)i;
    return (uint8_t)n;
}

/* ---- loading ---- */
uint32_t dgi_source_rows(const struct source *s)
{
    return s->tsv ? s->tsv->n_rows : s->table ? s->table->n_rows : 0;
}
dg_str dgi_source_cell(const struct source *s, uint32_t row, uint32_t col)
{
    if (s->tsv)
        return col < s->tsv->n_cols ? s->tsv->cell[(size_t)row * s->tsv->n_cols + col] : (dg_str){NULL, 0};
    return dgi_table_cell(s->table, row, col);
}

dg_status dgi_row_fail(const struct source *s, uint32_t row, uint32_t col, dg_error *err, const char *fmt, ...)
{
    char file[PATH_MAX], msg[160];
    uint32_t line = s->tsv ? s->tsv->line[row] : s->table->line[row];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(msg, sizeof msg, fmt, ap);
    va_end(ap);
    snprintf(file, sizeof file, "lexicon/%s.tsv", s->name);
    const char *path = s->table ? dgi_table_row_file(s->table, row, file, sizeof file) : file;
    if (s->fault)
        s->fault(s->user, path, line, col + 1, msg);
    return dgi_fail(err, DG_E_LEXICON, "%s:%u:%u: %s", path, line, col + 1, msg);
}

dg_status dgi_table_lacks(const struct source *s, const char *id, dg_error *err)
{
    char file[80], msg[160];
    const char *name = strchr(s->name, '/') + 1;
    if (id)
        snprintf(msg, sizeof msg, "table '%s' lacks '%s'", name, id);
    else
        snprintf(msg, sizeof msg, "lexicon has no table '%s'", name);
    snprintf(file, sizeof file, "lexicon/%s.tsv", s->name);
    if (s->fault)
        s->fault(s->user, file, 1, 1, msg);
    return dgi_fail(err, DG_E_LEXICON, "%s%s", id ? "lexicon: " : "", msg);
}

static bool parse_conds(struct rule *r, dg_str words)
{
    static const struct {
        const char *name;
        uint8_t type;
        bool list;
    } cond_names[] = {
        {"t=", COND_TRIGGER, true},       {"k=", COND_KEY, true},          {"c=", COND_CODE, true},
        {"q=", COND_QUANTITY, true},      {"n=", COND_PARTIES, true},      {"org=", COND_ORG, true},
        {"content", COND_CONTENT, false}, {"top", COND_TOP, false},        {"someone", COND_SOMEONE, false},
        {"place", COND_PLACE, false},     {"cond", COND_CONDITION, false}, {"of=", COND_OF, true},
        {"own", COND_OWN, false},         {"arms", COND_ARMS, false},      {"frame=", COND_FRAME, true},
        {"lead", COND_LEAD, false},       {"say=", COND_SAY, true},        {"b=", COND_BEFORE, true},
        {"x=", COND_INSIDE, true},        {"e=", COND_EVIDENCE, true},     {"town", COND_TOWN, false},
        {"mouth", COND_MOUTH, false}};
    dg_str one;
    while (dgi_str_next(&words, ' ', &one)) {
        if (!one.len)
            continue;
        if (dgi_str_is(one, "partisan")) {
            r->partisan = true;
            continue;
        }
        struct rule_cond c = {.negate = one.ptr[0] == '!'};
        if (c.negate)
            one = dgi_str_sub(one, 1, one.len);
        size_t i, n = sizeof cond_names / sizeof *cond_names;
        for (i = 0; i < n; i++)
            if (cond_names[i].list ? dgi_str_starts(one, dgi_str(cond_names[i].name))
                                   : dgi_str_is(one, cond_names[i].name))
                break;
        if (i == n || r->n_conds == MOST_CONDS)
            return false;
        c.type = cond_names[i].type;
        c.list = dgi_str_sub(one, cond_names[i].list ? strlen(cond_names[i].name) : one.len, one.len);
        r->conds[r->n_conds++] = c;
    }
    return true;
}

static int by_kind_rank(const void *a, const void *b)
{
    const struct rule *x = a, *y = b;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    if (x->rank != y->rank)
        return x->rank > y->rank ? -1 : 1;
    return dgi_str_cmp(x->id, y->id);
}

static const char *const action_names[] = {"open", "set", "move", "answer", "own", "none"};

bool dgi_sit_rule_view(const dgi_sit_rules *r, dg_str id, struct dgi_sit_rule_view *out)
{
    for (uint32_t i = 0; i < r->n_rules; i++)
        if (dgi_str_eq(r->rules[i].id, id)) {
            *out = (struct dgi_sit_rule_view){action_names[r->rules[i].action], dgi_item_status_name[r->rules[i].to],
                                              r->rules[i].codes};
            return true;
        }
    return false;
}

static dg_status read_items(dgi_sit_rules *r, const struct source *s, dg_error *err)
{
    static const char *const who_names[] = {"s>t", "both", "s@t", "t@s", "toll", "c>s"};
    uint32_t n = dgi_source_rows(s);
    if (!n)
        return dgi_table_lacks(s, NULL, err);
    if (!(r->rules = dgi_arena_array(r->arena, n, sizeof *r->rules)))
        return dgi_fail(err, DG_E_NOMEM, "no memory for the rules of the board");
    for (uint32_t i = 0; i < n; i++) {
        struct rule *u = &r->rules[i];
        int64_t rank;
        dg_str when = dgi_source_cell(s, i, 6);
        u->id = dgi_arena_str(r->arena, dgi_source_cell(s, i, 0));
        u->codes = dgi_arena_str(r->arena, dgi_source_cell(s, i, 5));
        dg_str words = dgi_arena_str(r->arena, dgi_source_cell(s, i, 7));
        if (!u->id.ptr || !u->codes.ptr || !words.ptr)
            return dgi_fail(err, DG_E_NOMEM, "no memory for the rules of the board");
        if (!dgi_str_int(dgi_source_cell(s, i, 1), &rank))
            return dgi_row_fail(s, i, 1, err, "rank is no number");
        u->rank = (int32_t)rank;
        if ((u->kind = dgi_item_kind_parse(dgi_source_cell(s, i, 2))) == DGI_N_ITEM_KIND)
            return dgi_row_fail(s, i, 2, err, "unknown kind of item");
        if ((u->action = find_name(action_names, 6, dgi_source_cell(s, i, 3))) == 6)
            return dgi_row_fail(s, i, 3, err, "unknown action");
        u->to = dgi_item_status_parse(dgi_source_cell(s, i, 4));
        if (!dgi_item_status_allowed(r, u->kind, u->to))
            return dgi_row_fail(s, i, 4, err, "no status of a %s", dgi_item_kind_name[u->kind]);
        for (size_t k = 0; k < when.len; k++)
            switch (when.ptr[k]) {
            case 'a': u->actual = true; break;
            case 'f': u->future = true; break;
            case 'h': u->hypothetical = true; break;
            case '+': u->positive = true; break;
            case '-': u->negative = true; break;
            case '*': u->positive = u->negative = true; break;
            default: return dgi_row_fail(s, i, 6, err, "unknown letter");
            }
        if (!parse_conds(u, words))
            return dgi_row_fail(s, i, 7, err, "unknown condition, or more than %d", MOST_CONDS);
        if ((u->who = find_name(who_names, 6, dgi_source_cell(s, i, 8))) == 6)
            return dgi_row_fail(s, i, 8, err, "unknown distribution of roles");
    }
    r->n_rules = n;
    qsort(r->rules, n, sizeof *r->rules, by_kind_rank);
    for (uint32_t k = 0, i = 0; k <= DGI_N_ITEM_KIND; k++) {
        while (i < n && r->rules[i].kind < k)
            i++;
        r->first[k] = i;
    }
    return DG_OK;
}

static int by_u64(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

static int land_index(const char *c)
{
    for (int i = 0; i < 3; i++)
        if (c[i] < 'A' || c[i] > 'Z')
            return -1;
    return ((c[0] - 'A') * 26 + (c[1] - 'A')) * 26 + (c[2] - 'A');
}

static dg_status read_blocs(dgi_sit_rules *r, const struct source *t, dg_error *err)
{
    uint32_t n = dgi_source_rows(t) < MOST_BLOCS ? dgi_source_rows(t) : MOST_BLOCS;
    for (uint32_t i = 0; i < n; i++) {
        r->blocs[i].id = dgi_arena_str(r->arena, dgi_source_cell(t, i, 0));
        r->blocs[i].name = dgi_arena_str(r->arena, dgi_source_cell(t, i, 1));
        r->blocs[i].members = dgi_arena_str(r->arena, dgi_source_cell(t, i, 2));
        r->blocs[i].loose = dgi_str_is(dgi_source_cell(t, i, 3), "loose");
        r->n_blocs = i + 1;
        if (!r->blocs[i].id.ptr || !r->blocs[i].name.ptr || !r->blocs[i].members.ptr)
            return dgi_fail(err, DG_E_NOMEM, "no memory for the rules of the board");
    }
    if (n && !(r->land = dgi_arena_array(r->arena, 26 * 26 * 26, sizeof *r->land)))
        return dgi_fail(err, DG_E_NOMEM, "no memory for the rules of the board");
    for (uint32_t i = 0; i < n; i++) {
        dg_str rest = r->blocs[i].members, one;
        while (dgi_str_next(&rest, '|', &one))
            if (one.len == 3 && land_index(one.ptr) >= 0)
                r->land[land_index(one.ptr)] |= UINT64_C(1) << i;
    }
    if (!dgi_kin_make(r))
        return dgi_fail(err, DG_E_NOMEM, "no memory for the rules of the board, or too many blocs");
    return DG_OK;
}

static dg_status read_stop(dgi_sit_rules *r, const struct source *t, dg_error *err)
{
    uint32_t n = dgi_source_rows(t);
    if (!n)
        return DG_OK;
    if (!(r->stop = dgi_arena_array(r->arena, n, sizeof *r->stop)))
        return dgi_fail(err, DG_E_NOMEM, "no memory for the rules of the board");
    for (uint32_t i = 0; i < n; i++)
        r->stop[i] = dgi_str_hash(dgi_source_cell(t, i, 0));
    r->n_stop = n;
    qsort(r->stop, n, sizeof *r->stop, by_u64);
    return DG_OK;
}

/* The tables in the order in which they are read: rows of the later ones are held against the kinds. */
enum { T_KINDS, T_ITEMS, T_LAW, T_WORDS, T_SCALE, T_DEEDS, T_BLOCS, T_STOP, N_TABLES };
static const struct {
    const char *name;
    dg_status (*read)(dgi_sit_rules *r, const struct source *t, dg_error *err);
} tables[N_TABLES] = {
    [T_KINDS] = {"world/item_kinds", dgi_kinds_read},  [T_ITEMS] = {"en/items", read_items},
    [T_LAW] = {"world/status_law", dgi_law_read},      [T_WORDS] = {"en/item_words", dgi_words_read},
    [T_SCALE] = {"world/board_scale", dgi_scale_read}, [T_DEEDS] = {"world/threat_deeds", dgi_deeds_read},
    [T_BLOCS] = {"world/blocs", read_blocs},           [T_STOP] = {"en/itemstop", read_stop}};

static const char *bare_name(int table)
{
    return strchr(tables[table].name, '/') + 1;
}

/* With somebody to tell faults to, the other tables are read after a bad one, unless it is that of the kinds. */
static dg_status make(dgi_sit_rules **out, struct source *from, dgi_fault_fn *fault, void *user, dg_error *err)
{
    *out = NULL;
    dgi_arena *a = dgi_arena_new(16u << 20);
    dgi_sit_rules *r = a ? dgi_arena_alloc(a, sizeof *r) : NULL;
    if (!r) {
        dgi_arena_free(a);
        return dgi_fail(err, DG_E_NOMEM, "no memory for the rules of the board");
    }
    r->arena = a;
    dg_status first = DG_OK;
    bool kinds = false;
    for (int i = 0; i < N_TABLES && (first == DG_OK || (fault && kinds)); i++) {
        from[i].name = tables[i].name;
        from[i].fault = fault;
        from[i].user = user;
        dg_status st = tables[i].read(r, &from[i], first == DG_OK ? err : NULL);
        first = first == DG_OK ? st : first;
        kinds |= i == T_KINDS && st == DG_OK;
    }
    if (first != DG_OK) {
        dgi_arena_free(a);
        return first;
    }
    *out = r;
    return DG_OK;
}

dg_status dgi_sit_rules_new(dgi_sit_rules **out, const dgi_lexicon *lex, dg_error *err)
{
    struct source from[N_TABLES] = {{0}};
    for (int i = 0; i < N_TABLES; i++)
        from[i].table = dgi_lexicon_table(lex, bare_name(i));
    return make(out, from, NULL, NULL, err);
}

/* Those of the tables that have the names. */
static uint32_t find_sources(struct source *from, const struct dgi_tsv *list, uint32_t n)
{
    uint32_t found = 0;
    for (int i = 0; i < N_TABLES; i++)
        for (uint32_t k = 0; k < n; k++)
            if (dgi_str_is(list[k].name, bare_name(i)) && !from[i].tsv) {
                from[i].tsv = &list[k];
                found++;
            }
    return found;
}

dg_status dgi_sit_rules_from_tsv(dgi_sit_rules **out, const struct dgi_tsv *list, uint32_t n, dg_error *err)
{
    struct source from[N_TABLES] = {{0}};
    find_sources(from, list, n);
    return make(out, from, NULL, NULL, err);
}

void dgi_sit_rules_check(const struct dgi_tsv *list, uint32_t n, dgi_fault_fn *fault, void *user)
{
    struct source from[N_TABLES] = {{0}};
    dgi_sit_rules *r;
    if (find_sources(from, list, n) && make(&r, from, fault, user, NULL) == DG_OK)
        dgi_sit_rules_free(r);
}

void dgi_sit_rules_free(dgi_sit_rules *r)
{
    if (r)
        dgi_arena_free(r->arena);
}

bool dgi_rule_stop(const dgi_sit_rules *r, uint64_t word)
{
    return r->n_stop && bsearch(&word, r->stop, r->n_stop, sizeof *r->stop, by_u64);
}

/* ---- matching ---- */
bool dgi_code_in(dg_str codes, const char *cameo, uint8_t plover, dg_str mode)
{
    dg_str one, code = dgi_str(cameo);
    while (dgi_str_next(&codes, '|', &one)) {
        if (!one.len)
            continue;
        if (one.ptr[0] == '*') {
            if (cameo[0] || !mode.len)
                return true;
            continue; /* a step for the board alone is asked for by its name */
        }
        if (one.ptr[0] >= '0' && one.ptr[0] <= '9') {
            if (dgi_str_starts(code, one))
                return true;
            continue;
        }
        if (plover >= DGI_N_PLOVER && !mode.len)
            continue;
        dg_str name = plover < DGI_N_PLOVER ? dgi_str(dgi_plover_name[plover]) : DGI_S("BOARD");
        if (dgi_str_eq(one, name) || (dgi_str_starts(one, name) && one.len > name.len && one.ptr[name.len] == '.' &&
                                      dgi_str_eq(dgi_str_sub(one, name.len + 1, one.len), mode)))
            return true;
    }
    return false;
}

bool dgi_any_word(dg_str words, dg_str list)
{
    dg_str w;
    while (dgi_str_next(&words, ' ', &w))
        if (w.len && dgi_str_in(list, '|', w))
            return true;
    return false;
}

static bool is_org(const struct dgi_ev_actor *a, uint32_t n)
{
    return n && dgi_str_starts(a[0].id, DGI_S("org:")) && !a[0].country[0];
}

/* Two who agree with each other, and not one who agrees to do something to the other ("agreed to let it in"). */
static bool mutual(const struct dgi_ev_doc *doc, const struct dgi_event *ev)
{
    if (ev->n_source >= 2)
        return true;
    if (!ev->n_target || ev->n_source + ev->n_target < 2)
        return false;
    const dg_span t = ev->target[0].span, c = ev->content_span;
    if (t.start_cp < t.end_cp && c.start_cp < c.end_cp && t.start_cp >= c.start_cp && t.end_cp <= c.end_cp)
        return false;
    for (uint32_t i = 0; i < ev->n_content; i++) {
        const struct dgi_event *o = &doc->events[ev->content[i]];
        if (o->n_target && (dgi_str_eq(o->target[0].id, ev->target[0].id) ||
                            (o->target[0].country[0] && !strcmp(o->target[0].country, ev->target[0].country))))
            return false;
    }
    return true;
}

/* The state's own forces or officials ("warned that its navy would ..."): they do it, it is not done to them. */
static bool own_target(const struct dgi_event *ev)
{
    return ev->n_source && ev->n_target && ev->source[0].country[0] &&
           !strcmp(ev->source[0].country, ev->target[0].country);
}

/* "Ghana said that it would keep its garrison": he who is to do it says so himself, or his government or army for him. */
static bool own_mouth(const struct dgi_event *ev)
{
    for (uint32_t i = 0; i < ev->n_claimed_by && ev->n_source; i++) {
        const struct dgi_ev_actor *says = &ev->claimed_by[i], *does = &ev->source[0];
        bool state = dgi_str_starts(does->id, DGI_S("country:")) || dgi_str_in(does->sectors, ',', DGI_S("GOV")) ||
                     dgi_str_in(does->sectors, ',', DGI_S("MIL"));
        if (dgi_str_eq(says->id, does->id) || (state && says->country[0] && !strcmp(says->country, does->country)))
            return true;
    }
    return false;
}

/* Does a blank stand for `_` of the pattern, in any case of letters, at `at` of the text? */
static bool words_at_place(dg_str text, size_t at, dg_str words)
{
    if (at + words.len > text.len)
        return false;
    for (size_t i = 0; i < words.len; i++) {
        char c = text.ptr[at + i], w = words.ptr[i] == '_' ? ' ' : words.ptr[i];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        if (c != w)
            return false;
    }
    return true;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

/* "[must] hand over": one of the words stands before the trigger, with one more word at most between. */
static bool stands_before(const struct dgi_event *ev, dg_str list)
{
    uint32_t n = ev->trig_start >= ev->ev_start ? ev->trig_start - ev->ev_start : 0;
    size_t end = 0;
    while (n-- && end < ev->ev_text.len)
        (void)dgi_utf8_next(ev->ev_text, &end);
    while (end && ev->ev_text.ptr[end - 1] == ' ')
        end--;
    for (int turn = 0; turn < 2 && end; turn++) {
        dg_str rest = list, w;
        while (dgi_str_next(&rest, '|', &w))
            if (w.len && w.len <= end && words_at_place(ev->ev_text, end - w.len, w) &&
                (end == w.len || !is_letter(ev->ev_text.ptr[end - w.len - 1])))
                return true;
        while (end && is_letter(ev->ev_text.ptr[end - 1]))
            end--;
        while (end && ev->ev_text.ptr[end - 1] == ' ')
            end--;
    }
    return false;
}

/* Does one of the words stand in the text? */
static bool stands_in(dg_str text, dg_str list)
{
    dg_str w;
    while (dgi_str_next(&list, '|', &w))
        for (size_t i = 0; w.len && i + w.len <= text.len; i++)
            if (words_at_place(text, i, w) && (!i || !is_letter(text.ptr[i - 1])) &&
                (i + w.len == text.len || !is_letter(text.ptr[i + w.len])))
                return true;
    return false;
}

static bool cond_holds(const dgi_sit_rules *r, const struct rule_cond *c, const struct dgi_ev_doc *doc,
                       const struct dgi_event *ev)
{
    switch ((enum cond_type)c->type) {
    case COND_TRIGGER: return dgi_any_word(ev->lemma, c->list);
    case COND_KEY: return dgi_any_word(ev->keys, c->list) || dgi_any_word(ev->lemma, c->list);
    case COND_CODE:
        for (uint32_t i = 0; i < ev->n_content; i++)
            if (!doc->events[ev->content[i]].negated &&
                dgi_code_in(c->list, doc->events[ev->content[i]].cameo, DGI_N_PLOVER, DGI_S("")))
                return true;
        return false;
    case COND_QUANTITY:
        for (uint32_t i = 0; i < ev->n_quantities; i++)
            if (ev->quantities[i].kind < DGI_N_QUANTITY_KIND &&
                dgi_str_in(c->list, '|', dgi_str(dgi_quantity_kind_name[ev->quantities[i].kind])))
                return true;
        return false;
    case COND_PARTIES:
        return dgi_str_is(c->list, "mutual") ? mutual(doc, ev)
               : dgi_str_is(c->list, "2")    ? ev->n_source + ev->n_target >= 2
                                             : ev->n_source > 0;
    case COND_ORG:
        return dgi_str_is(c->list, "s") ? is_org(ev->source, ev->n_source) : is_org(ev->target, ev->n_target);
    case COND_CONTENT: return ev->content_text.len > 0 || ev->n_content > 0;
    case COND_TOP: return ev->content_of == DGI_NONE && ev->condition_of == DGI_NONE;
    case COND_SOMEONE:
        return ev->n_source + ev->n_target >= 2 ||
               (ev->n_source + ev->n_target == 1 && (ev->date_from_text || ev->place)) ||
               (ev->date_from_text && ev->place);
    case COND_PLACE: return ev->place != NULL;
    case COND_TOWN: return ev->place && ev->place->precision != DGI_PLACE_COUNTRY;
    case COND_CONDITION: return ev->condition_text.len > 0 || ev->n_condition > 0;
    case COND_OF:
        return ev->content_of != DGI_NONE &&
               dgi_code_in(c->list, doc->events[ev->content_of].cameo, DGI_N_PLOVER, DGI_S(""));
    case COND_SAY: {
        uint32_t n = 0;
        dg_str rest = ev->keys, w;
        while (dgi_str_next(&rest, ' ', &w))
            n += w.len > 0;
        return n >= (uint32_t)(c->list.ptr[0] - '0');
    }
    case COND_ARMS:
        return ev->n_source &&
               (dgi_str_in(ev->source[0].sectors, ',', DGI_S("MIL")) || dgi_str_ends(ev->source[0].id, DGI_S(":MIL")));
    case COND_FRAME: return dgi_str_in(c->list, '|', ev->frame);
    case COND_LEAD: return dgi_has_words(r, WORDS_CONTENT_LEAD, ev->content_text) > 0;
    case COND_OWN: return own_target(ev);
    case COND_MOUTH: return own_mouth(ev);
    case COND_BEFORE: return stands_before(ev, c->list);
    case COND_INSIDE: /* "pay [or see] the canal closed" */
        return stands_in(ev->content_text.len ? ev->content_text : ev->about, c->list);
    case COND_EVIDENCE: return stands_in(ev->ev_text, c->list);
    }
    return false;
}

const struct rule *dgi_rule_for(const dgi_sit_rules *r, uint8_t kind, const struct dgi_ev_doc *doc,
                                const struct dgi_event *ev)
{
    if (!ev->cameo[0] && !ev->mode.len && kind != DGI_IT_TOLL) /* a bare number, see event/from_doc.c */
        return NULL;
    for (uint32_t i = r->first[kind]; i < r->first[kind + 1]; i++) {
        const struct rule *u = &r->rules[i];
        bool status = ev->status == DGI_ST_FUTURE         ? u->future
                      : ev->status == DGI_ST_HYPOTHETICAL ? u->hypothetical
                                                          : u->actual;
        if (!status || !(ev->negated ? u->negative : u->positive) ||
            !dgi_code_in(u->codes, ev->cameo, ev->plover, ev->mode))
            continue;
        bool all = true;
        for (uint32_t k = 0; all && k < u->n_conds; k++)
            all = cond_holds(r, &u->conds[k], doc, ev) != u->conds[k].negate;
        if (all)
            return u;
    }
    return NULL;
}

bool dgi_sit_rule_fires(const dgi_sit_rules *r, dg_str id, const struct dgi_ev_doc *doc)
{
    for (uint32_t i = 0; i < r->n_rules; i++)
        for (uint32_t e = 0; dgi_str_eq(r->rules[i].id, id) && e < doc->n_events; e++) {
            const struct rule *found = dgi_rule_for(r, r->rules[i].kind, doc, &doc->events[e]);
            if (found && dgi_str_eq(found->id, id))
                return true;
        }
    return false;
}
