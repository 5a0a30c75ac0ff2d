/* SPDX-License-Identifier: Apache-2.0 */
/* resolve/actor_phrase.c: `dragoman actor PHRASE`.
 *
 * A phrase is first looked up whole (names, acronyms, persons on the day), then without initials; then it is read as a noun
 * phrase, a role and whose it is (actor_noun.c): "the Russian president", "soldiers from Chad". The stage does the same on a
 * tree (actor.c); here there is none, and a phrase is short. */
#include <stdio.h>
#include <stdlib.h>

#include "base/day.h"
#include "base/json.h"
#include "base/utf8.h"
#include "resolve/actor_in.h"

enum { MOST_READINGS = 16, MOST_WORDS = 24 };

struct answer {
    const struct dgi_actors_ctx *ctx;
    dgi_arena *arena;
    int32_t day;
    struct dgi_actor_reading *r;
    uint32_t n;
    bool failed;
    dg_str rows; /* that decided, "file:line", '|' between */
};

static void decided(struct answer *a, const struct dgi_table *t, uint32_t row)
{
    char file[96];
    dg_str one = dgi_arena_printf(a->arena, "%s%s:%u", a->rows.len ? "|" : "",
                                  dgi_table_row_file(t, row, file, sizeof file), t->line[row]);
    dg_str all = dgi_arena_printf(a->arena, "%.*s%.*s", (int)a->rows.len, a->rows.ptr, (int)one.len, one.ptr);
    if (all.ptr)
        a->rows = all;
}

static struct dgi_actor_reading *add(struct answer *a, const char *prefix, dg_str id, dg_str name, uint8_t type)
{
    dg_str actor = dgi_arena_printf(a->arena, "%s%.*s", prefix, (int)id.len, id.ptr);
    if (!actor.ptr) {
        a->failed = true;
        return NULL;
    }
    for (uint32_t i = 0; i < a->n; i++)
        if (dgi_str_eq(a->r[i].actor, actor))
            return NULL;
    if (a->n == MOST_READINGS)
        return NULL;
    struct dgi_actor_reading *r = &a->r[a->n++];
    *r = (struct dgi_actor_reading){.actor = actor, .name = name, .type = type, .from = DGI_NO_DAY, .to = DGI_NO_DAY};
    r->cameo = r->sectors = r->title = r->office = r->rows = dgi_str("");
    return r;
}

static void term_of(struct answer *a, struct dgi_actor_reading *r, uint32_t row, bool current)
{
    const struct dgi_table *t = a->ctx->offices;
    dg_str id = dgi_table_cell(t, row, OF_ID), owner, name;
    dgi_str_next(&id, ':', &owner);
    if (owner.len && owner.ptr[0] == '@') {
        uint32_t o = dgi_table_find(a->ctx->orgs, dgi_str_sub(owner, 1, owner.len));
        name = o == DGI_NONE ? owner : dgi_table_cell(a->ctx->orgs, o, OG_NAME);
        if (current && o != DGI_NONE) {
            dgi_actor_iso(r->country, dgi_table_cell(a->ctx->orgs, o, OG_COUNTRY));
            r->cameo = dgi_table_cell(a->ctx->orgs, o, OG_CAMEO);
            r->sectors = dgi_table_cell(a->ctx->orgs, o, OG_SECTORS);
        }
    } else {
        char iso[4];
        dgi_actor_iso(iso, owner);
        name = dgi_actor_state_name(a->ctx, iso);
    }
    dg_str title = dgi_table_cell(t, row, OF_TITLE);
    r->title = title;
    r->office = dgi_arena_printf(a->arena, "%s%.*s of %.*s", current ? "" : "former ", (int)title.len, title.ptr,
                                 (int)name.len, name.ptr);
    r->from = dgi_actor_day(dgi_table_cell(t, row, OF_FROM), false);
    r->to = dgi_actor_day(dgi_table_cell(t, row, OF_TO), true);
}

static void add_person(struct answer *a, uint32_t row)
{
    const struct dgi_table *t = a->ctx->persons;
    if (row == DGI_NONE)
        return;
    dg_str id = dgi_table_cell(t, row, PS_ID), sectors = dgi_table_cell(t, row, PS_SECTORS), code;
    struct dgi_actor_reading *r = add(a, "person:", id, id, DGI_ENT_PERSON);
    if (!r)
        return;
    bool current;
    uint32_t term = dgi_actor_term(a->ctx, id, a->day, &current);
    dgi_actor_citizen(a->ctx, row, term, current, a->day, r->country);
    r->sectors = sectors;
    code = dgi_str("");
    if (term != DGI_NONE) {
        code = dgi_actor_term_sector(a->ctx, term, current);
        if (current || !sectors.len || dgi_str_is(sectors, "GOV"))
            r->sectors = code;
        term_of(a, r, term, current);
    } else if (sectors.len) {
        dg_str all = sectors;
        dgi_str_next(&all, ',', &code);
        r->from = dgi_actor_day(dgi_table_cell(t, row, PS_FROM), false);
        r->to = dgi_actor_day(dgi_table_cell(t, row, PS_TO), true);
    }
    if (!r->cameo.len && r->country[0]) {
        dg_str st = dgi_actor_state_cameo(a->ctx, r->country);
        r->cameo = dgi_arena_printf(a->arena, "%.*s%.*s", (int)st.len, st.ptr, (int)code.len, code.ptr);
    }
}

static void add_country(struct answer *a, const char iso[4])
{
    struct dgi_actor_reading *r = add(a, "country:", dgi_str(iso), dgi_actor_state_name(a->ctx, iso), DGI_ENT_COUNTRY);
    if (!r)
        return;
    uint32_t row = dgi_table_find(a->ctx->states, dgi_str(iso));
    memcpy(r->country, iso, 4);
    r->cameo = dgi_actor_state_cameo(a->ctx, iso);
    r->from = dgi_actor_day(dgi_table_cell(a->ctx->states, row, ST_FROM), false);
    r->to = dgi_actor_day(dgi_table_cell(a->ctx->states, row, ST_TO), true);
}

static void add_org(struct answer *a, const struct dgi_table *t, uint32_t row)
{
    bool group = t == a->ctx->groups, party = t == a->ctx->parties;
    dg_str id = dgi_table_cell(t, row, OG_ID), name = dgi_table_cell(t, row, OG_NAME);
    struct dgi_actor_reading *r =
        add(a, group ? "group:" : "org:", party ? name : id, name, group ? DGI_ENT_GROUP : DGI_ENT_ORG);
    if (!r)
        return;
    dgi_actor_iso(r->country, dgi_table_cell(t, row, OG_COUNTRY));
    r->cameo = dgi_table_cell(t, row, OG_CAMEO);
    r->sectors = dgi_table_cell(t, row, OG_SECTORS);
    r->from = dgi_actor_day(dgi_table_cell(t, row, OG_FROM), false);
    r->to = dgi_actor_day(dgi_table_cell(t, row, OG_TO), true);
}

/* A second owner of the first reading's id: without a word of the state it is neither's. */
static void shared_name(struct answer *a, const struct dgi_table *t, uint32_t row)
{
    char iso[4];
    dgi_actor_iso(iso, dgi_table_cell(t, row, OG_COUNTRY));
    if (!a->n || a->r[0].type != DGI_ENT_ORG || !strcmp(a->r[0].country, iso))
        return;
    a->r[0].country[0] = 0;
    a->r[0].cameo = dgi_str("");
}

static void add_role(struct answer *a, uint32_t row, uint32_t inner, const char *iso, dg_str said, bool former)
{
    const struct dgi_table *t = a->ctx->roles;
    bool of_body = dgi_str_is(dgi_table_cell(t, row, RL_KIND), "member"); /* "members of the parliament" */
    uint32_t of =
        inner != DGI_NONE && (of_body || !dgi_table_cell(t, row, RL_CODE).len) ? inner : row; /* "rebel leader" */
    dg_str code = dgi_table_cell(t, of, RL_CODE), cameo = dgi_table_cell(t, of, RL_CAMEO),
           sec = dgi_table_cell(t, of, RL_SECTORS);
    if (!code.len)
        code = cameo = sec = dgi_str("GOV");
    if (former && dgi_str_is(code, "GOV") && dgi_str_is(dgi_table_cell(t, row, RL_KIND), "person"))
        code = cameo = sec = dgi_str("ELI");
    dg_str id = dgi_arena_printf(a->arena, "%s:%.*s", iso, (int)code.len, code.ptr);
    struct dgi_actor_reading *r = add(a, "role:", id, said, DGI_ENT_ROLE);
    if (!r)
        return;
    dg_str st = iso[0] ? dgi_actor_state_cameo(a->ctx, iso) : dgi_str("");
    snprintf(r->country, sizeof r->country, "%s", iso);
    r->cameo = dgi_arena_printf(a->arena, "%.*s%.*s", (int)st.len, st.ptr, (int)cameo.len, cameo.ptr);
    r->sectors = sec;
}

/* "The Kremlin" is the state, and its government. */
static void seat_of(struct answer *a)
{
    static const char government[] = "GOV";
    struct dgi_actor_reading *r = &a->r[a->n - 1];
    if (r->type != DGI_ENT_COUNTRY || r->sectors.len)
        return;
    r->sectors = dgi_str(government);
}

/* "Turkish Kurds": the land stands in the people's own name. */
static void people_of_name(const struct answer *a, dg_str phrase, struct dgi_actor_reading *r)
{
    const uint32_t *rows;
    uint32_t n;
    size_t at = dgi_str_find(phrase, DGI_S(" "));
    if (r->type == DGI_ENT_GROUP && !r->country[0] && at != SIZE_MAX &&
        dgi_phrase_lookup(a->ctx->words, dgi_str_sub(phrase, 0, at), &rows, &n))
        dgi_actor_iso(r->country, dgi_table_cell(a->ctx->words, rows[0], WD_STATE));
}

/* A region's word that names a people too: the people is meant ("Rohingya"). */
static bool names_people(const struct answer *a, dg_str phrase)
{
    const uint32_t *rows;
    uint32_t n;
    return dgi_phrase_lookup(a->ctx->groups, phrase, &rows, &n) && n &&
           dgi_str_is(dgi_table_cell(a->ctx->groups, rows[0], OG_KIND), "ethnic");
}

static void whole(struct answer *a, dg_str phrase)
{
    const uint32_t *rows;
    uint32_t n;
    char iso[4];
    if (dgi_phrase_lookup(a->ctx->words, phrase, &rows, &n) && !names_people(a, phrase))
        for (int pass = 0; pass < 2; pass++)
            for (uint32_t i = 0; i < n; i++)
                if ((pass == 0) == dgi_actor_valid(a->ctx->words, rows[i], WD_FROM, a->day)) {
                    dg_str role = dgi_table_cell(a->ctx->words, rows[i], WD_ROLE);
                    dgi_actor_iso(iso, dgi_table_cell(a->ctx->words, rows[i], WD_STATE));
                    if (role.len && role.ptr[0] == '@') {
                        uint32_t o = dgi_table_find(a->ctx->orgs, dgi_str_sub(role, 1, role.len));
                        if (o != DGI_NONE)
                            add_org(a, a->ctx->orgs, o);
                    } else if (role.len) {
                        uint32_t rl = dgi_table_find(a->ctx->roles, role);
                        if (rl != DGI_NONE)
                            add_role(a, rl, DGI_NONE, iso, phrase, false);
                    }
                    add_country(a, iso);
                    if (dgi_str_is(dgi_table_cell(a->ctx->words, rows[i], WD_KIND), "seat"))
                        seat_of(a);
                    decided(a, a->ctx->words, rows[i]);
                }
    const struct dgi_table *t[] = {a->ctx->orgs, a->ctx->groups, a->ctx->parties};
    for (int k = 0; k < 3; k++)
        for (int pass = 0; pass < 2 && dgi_phrase_lookup(t[k], phrase, &rows, &n); pass++) /* as it was on the day */
            for (uint32_t i = 0; i < n; i++)
                if ((pass == 0) == dgi_actor_valid(t[k], rows[i], OG_FROM, a->day)) {
                    uint32_t before = a->n;
                    add_org(a, t[k], rows[i]);
                    if (a->n > before)
                        people_of_name(a, phrase, &a->r[before]);
                    if (a->n == before) /* "the Liberal Party" of several states: of none that we know */
                        shared_name(a, t[k], rows[i]);
                    decided(a, t[k], rows[i]);
                }
    if (dgi_phrase_lookup(a->ctx->persons, phrase, &rows, &n)) {
        uint32_t best = dgi_actor_best_person(a->ctx, rows, n, a->day, NULL, false);
        add_person(a, best);
        if (best != DGI_NONE)
            decided(a, a->ctx->persons, best);
        for (uint32_t i = 0; i < n && i < 6; i++)
            add_person(a, rows[i]);
    }
}

/* A people in a role: "Kurdish separatists in Turkey" are rebels, and of Turkey. */
static void people_as(struct answer *a, struct dgi_actor_reading *r, const struct dgi_actor_noun *q)
{
    const struct dgi_table *t = a->ctx->roles;
    uint32_t row = dgi_table_cell(t, q->head, RL_CODE).len || q->inner == DGI_NONE ? q->head : q->inner;
    dg_str sectors = dgi_table_cell(t, row, RL_SECTORS), cameo = dgi_table_cell(t, row, RL_CAMEO);
    bool moved = q->iso[0] && strcmp(q->iso, r->country) != 0;
    memcpy(r->country, q->iso, sizeof r->country);
    bool leads = dgi_str_is(sectors, "GOV"); /* "Kurdish leaders" lead no state */
    if (sectors.len && !leads && !dgi_str_starts(r->sectors, sectors))
        r->sectors = sectors;
    else if (!moved)
        return;
    if (r->country[0]) {
        dg_str st = dgi_actor_state_cameo(a->ctx, r->country);
        r->cameo = dgi_arena_printf(a->arena, "%.*s%.*s", (int)st.len, st.ptr, (int)cameo.len, cameo.ptr);
    }
}

/* The office of the head, where it has one holder on the day; else the organisation, or the role. */
static void held(struct answer *a, const struct dgi_actor_noun *q, dg_str said)
{
    dg_str offices = dgi_table_cell(a->ctx->roles, q->head, RL_OFFICE), one, who = dgi_str(q->iso);
    uint32_t before = a->n;
    if (q->org_t)
        who = dgi_arena_printf(a->arena, "@%.*s", (int)dgi_table_cell(q->org_t, q->org_row, OG_ID).len,
                               dgi_table_cell(q->org_t, q->org_row, OG_ID).ptr);
    while (!q->former && !q->plural && q->inner == DGI_NONE && dgi_str_next(&offices, '|', &one)) {
        uint32_t row = dgi_actor_office_of(a->ctx, who, one, a->day);
        if (row == DGI_NONE || a->n > before)
            continue;
        uint32_t person = dgi_table_find(a->ctx->persons, dgi_table_cell(a->ctx->offices, row, OF_PERSON));
        if (person != DGI_NONE) {
            add_person(a, person);
            if (a->n > before) {
                term_of(a, &a->r[a->n - 1], row, true);
                decided(a, a->ctx->offices, row);
            }
        }
    }
    before = a->n;
    if (q->org_t && dgi_str_is(dgi_table_cell(q->org_t, q->org_row, OG_KIND), "region") &&
        dgi_str_is(dgi_table_cell(a->ctx->roles, q->head, RL_KIND), "people")) {
        add_role(a, q->head, q->inner, q->iso, said, q->former); /* "African migrants in Libya" */
    } else if (q->org_t) {
        add_org(a, q->org_t, q->org_row);
        if (a->n > before && dgi_actor_noun_people(q))
            people_as(a, &a->r[before], q);
    } else {
        add_role(a, q->head, q->inner, q->iso, said, q->former);
    }
    if (q->also[0])
        add_role(a, q->head, q->inner, q->also, said, q->former);
    for (uint32_t i = 0; i < q->n_rows; i++)
        decided(a, q->from[i].t, q->from[i].row);
}

/* "Robert M. Gates": the name without the initials inside and what stands behind it. */
static dg_str plain_name(struct answer *a, dg_str phrase)
{
    struct dgi_buf b = {0};
    dg_str rest = phrase, w;
    while (dgi_str_next(&rest, ' ', &w)) {
        bool initial = w.len == 2 && w.ptr[1] == '.' && b.len && rest.len;
        if (!w.len || initial || (b.len && dgi_actor_cue(a->ctx, "suffix", w)))
            continue;
        if (b.len)
            dgi_buf_add(&b, DGI_S(" "));
        dgi_buf_add(&b, w.ptr[w.len - 1] == ',' ? dgi_str_sub(w, 0, w.len - 1) : w);
    }
    dg_str out = b.failed ? phrase : dgi_arena_str(a->arena, dgi_buf_str(&b));
    dgi_buf_free(&b);
    return out;
}

/* "Dr. Karadzic", "Sheikh Zayed bin Sultan": without what is said in honour. */
static dg_str without_honour(const struct answer *a, dg_str phrase)
{
    size_t n;
    while ((n = dgi_str_find(phrase, DGI_S(" "))) != SIZE_MAX && n + 1 < phrase.len &&
           dgi_actor_cue(a->ctx, "honorific", dgi_str_sub(phrase, 0, n)))
        phrase = dgi_str_trim(dgi_str_sub(phrase, n + 1, phrase.len));
    return phrase;
}

/* The phrase word by word, each made anew by `with`; the same phrase when none changes. */
static dg_str word_by_word(struct answer *a, dg_str phrase, bool (*with)(struct answer *a, dg_str w, struct dgi_buf *b))
{
    struct dgi_buf b = {0};
    dg_str rest = phrase, w;
    bool changed = false;
    while (dgi_str_next(&rest, ' ', &w)) {
        if (b.len)
            dgi_buf_add(&b, DGI_S(" "));
        if (with(a, w, &b))
            changed = true;
        else
            dgi_buf_add(&b, w);
    }
    dg_str out = b.failed || !changed ? phrase : dgi_arena_str(a->arena, dgi_buf_str(&b));
    dgi_buf_free(&b);
    return out;
}

/* "Czech republic" */
static bool with_capital(struct answer *a, dg_str w, struct dgi_buf *b)
{
    if (w.len < 4 || w.ptr[0] < 'a' || w.ptr[0] > 'z' || dgi_word_in(a->ctx->fwords, DGI_W_THE, w))
        return false;
    char first = (char)(w.ptr[0] - 32);
    dgi_buf_add(b, (dg_str){&first, 1});
    dgi_buf_add(b, dgi_str_sub(w, 1, w.len));
    return true;
}

/* "Ukranian", "Isreali", "Khartum" */
static bool spelt_right(struct answer *a, dg_str w, struct dgi_buf *b)
{
    const uint32_t *rows;
    uint32_t n;
    size_t mark = dgi_str_find(w, DGI_S("'")); /* of the possessive */
    dg_str as, core = dgi_str_sub(w, 0, mark == SIZE_MAX ? w.len : mark);
    if (!dgi_is_upper_initial(w) || dgi_phrase_lookup(a->ctx->words, core, &rows, &n) ||
        dgi_phrase_lookup(a->ctx->places, core, &rows, &n) || dgi_phrase_lookup(a->ctx->orgs, core, &rows, &n) ||
        dgi_actor_misspelt_state(a->ctx, core, &as) == DGI_NONE)
        return false;
    dgi_buf_add(b, as);
    dgi_buf_add(b, dgi_str_sub(w, core.len, w.len));
    return true;
}

/* Take the first word off the phrase, if it is of the set and others follow. */
static bool cut_word(const struct answer *a, dg_str *phrase, enum dgi_word_set set)
{
    size_t n = dgi_str_find(*phrase, DGI_S(" "));
    if (n == SIZE_MAX || n + 1 >= phrase->len || !dgi_word_in(a->ctx->fwords, set, dgi_str_sub(*phrase, 0, n)))
        return false;
    *phrase = dgi_str_sub(*phrase, n + 1, phrase->len);
    return true;
}

/* "the Israeli Knesset", "Iran's Majlis": a body that the registry has in this state. */
static bool body_of(struct answer *a, dg_str who, const char *iso)
{
    const uint32_t *rows;
    uint32_t n;
    char its[4];
    if (!dgi_phrase_lookup(a->ctx->orgs, who, &rows, &n))
        return false;
    for (uint32_t i = 0; i < n; i++) {
        dgi_actor_iso(its, dgi_table_cell(a->ctx->orgs, rows[i], OG_COUNTRY));
        if (strcmp(its, iso) || !dgi_actor_valid(a->ctx->orgs, rows[i], OG_FROM, a->day))
            continue;
        add_org(a, a->ctx->orgs, rows[i]);
        decided(a, a->ctx->orgs, rows[i]);
        return true;
    }
    return false;
}

/* "Sri Lankan Tamils", "the Kurds of Turkey" without their own state: a people, and the land in which they are. */
static void people_of(struct answer *a, dg_str phrase)
{
    const uint32_t *rows, *land;
    uint32_t n, m;
    if (!cut_word(a, &phrase, DGI_W_THE))
        cut_word(a, &phrase, DGI_W_INDEFINITE);
    for (size_t at = dgi_str_find(phrase, DGI_S(" ")); at != SIZE_MAX && at + 1 < phrase.len;) {
        dg_str who = dgi_str_sub(phrase, at + 1, phrase.len), where = dgi_str_sub(phrase, 0, at);
        char iso[4];
        if (where.len > 2 && where.ptr[where.len - 1] == 's' && where.ptr[where.len - 2] == '\'') /* possessive */
            where.len -= 2;
        if (where.len && where.ptr[where.len - 1] != ',' && dgi_phrase_lookup(a->ctx->words, where, &land, &m)) {
            dgi_actor_iso(iso, dgi_table_cell(a->ctx->words, land[0], WD_STATE));
            if (body_of(a, who, iso)) {
                decided(a, a->ctx->words, land[0]);
                return;
            }
            if (dgi_phrase_lookup(a->ctx->groups, who, &rows, &n)) {
                uint32_t before = a->n;
                add_org(a, a->ctx->groups, rows[0]);
                if (a->n > before)
                    memcpy(a->r[before].country, iso, sizeof iso);
                decided(a, a->ctx->groups, rows[0]);
            } else if (dgi_phrase_lookup(a->ctx->words, who, &rows, &n) &&
                       (dgi_str_is(dgi_table_cell(a->ctx->words, rows[0], WD_KIND), "demonym") ||
                        dgi_str_is(dgi_table_cell(a->ctx->words, rows[0], WD_STATE),
                                   iso))) { /* not "Cairo, Illinois" */
                uint32_t row = dgi_table_find(a->ctx->roles, DGI_S("people"));
                if (row != DGI_NONE)
                    add_role(a, row, DGI_NONE, iso, phrase, false);
                decided(a, a->ctx->words, rows[0]);
            }
            if (a->n)
                decided(a, a->ctx->words, land[0]);
            return;
        }
        size_t more = dgi_str_find(who, DGI_S(" "));
        at = more == SIZE_MAX ? SIZE_MAX : at + 1 + more;
    }
}

/* Head and owner, by dgi_actor_noun(); a name behind the head counts before it. */
static void composed(struct answer *a, dg_str phrase)
{
    struct dgi_actor_noun q;
    if (!dgi_actor_noun(a->ctx, phrase, a->day, &q)) {
        people_of(a, phrase);
        return;
    }
    if (q.person_t)
        add_person(a, q.person_row);
    if (!cut_word(a, &phrase, DGI_W_THE))
        cut_word(a, &phrase, DGI_W_INDEFINITE);
    held(a, &q, phrase);
}

/* What was found without an owner stands, unless another spelling finds more. */
static void otherwise_written(struct answer *a, dg_str phrase)
{
    struct dgi_actor_reading *first = a->r;
    uint32_t before = a->n, n;
    const uint32_t *rows;
    dg_str rows_before = a->rows, name = without_honour(a, phrase), as, right = word_by_word(a, phrase, spelt_right);
    if (!(a->r = dgi_arena_array(a->arena, MOST_READINGS, sizeof *a->r))) {
        a->failed = true;
        return;
    }
    a->n = 0;
    a->rows = dgi_str("");
    if (name.len < phrase.len)
        whole(a, plain_name(a, name));
    if (!a->n && !before)
        whole(a, word_by_word(a, phrase, with_capital));
    if (!a->n && right.ptr != phrase.ptr) {
        whole(a, right);
        if (!a->n)
            composed(a, right);
    }
    if (!a->n && !before && dgi_actor_misspelt_person(a->ctx, name, &as) != DGI_NONE &&
        dgi_phrase_lookup(a->ctx->persons, as, &rows, &n)) {
        uint32_t best = dgi_actor_best_person(a->ctx, rows, n, a->day, NULL, false);
        add_person(a, best);
        decided(a, a->ctx->persons, best);
    }
    if (a->n && (!before || a->r[0].country[0]))
        return;
    a->r = first;
    a->n = before;
    a->rows = rows_before;
}

dg_status dgi_actor_resolve_phrase(const struct dgi_actors_ctx *ctx, dgi_arena *arena, dg_str phrase, int32_t day,
                                   struct dgi_actor_reading **out, uint32_t *n, dg_error *err)
{
    struct answer a = {.ctx = ctx, .arena = arena, .day = day};
    *out = NULL;
    *n = 0;
    phrase = dgi_str_trim(phrase);
    if (phrase.len > 400)
        return dgi_fail(err, DG_E_LIMIT, "the phrase is longer than 400 bytes");
    if (!(a.r = dgi_arena_array(arena, MOST_READINGS, sizeof *a.r)))
        return dgi_fail(err, DG_E_NOMEM, "no memory for the readings of a phrase");
    whole(&a, phrase);
    dg_str bare = phrase;
    if (!a.n && cut_word(&a, &bare, DGI_W_THE))
        whole(&a, bare);
    if (!a.n)
        whole(&a, plain_name(&a, phrase));
    if (!a.n)
        composed(&a, phrase);
    bool owned = a.n && (a.r[0].country[0] || a.r[0].type != DGI_ENT_ROLE);
    if (!owned)
        otherwise_written(&a, phrase);
    if (a.failed)
        return dgi_fail(err, DG_E_NOMEM, "no memory for the readings of a phrase");
    if (a.n)
        a.r[0].rows = a.rows;
    *out = a.r;
    *n = a.n;
    return DG_OK;
}
