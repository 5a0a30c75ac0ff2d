/* SPDX-License-Identifier: Apache-2.0 */
/* resolve/actor_check.c: what `dragoman lexicon check` says of the actor tables.
 *
 * Dates in order, countries, sectors, organisations and persons that exist, aliases with two owners. The shape of a table
 * (columns, encoding, unique ids) is checked for all tables in api/lexicon.c. */
#include <stdio.h>
#include <stdlib.h>

#include "base/day.h"
#include "base/utf8.h"
#include "resolve/actor_in.h"

struct checking {
    const struct dgi_tsv *states, *words, *orgs, *groups, *parties, *persons, *offices, *roles, *cues, *weights;
    dgi_fault_fn *fault;
    void *user;
    uint32_t n;
};

static dg_str cell(const struct dgi_tsv *t, uint32_t row, uint32_t col)
{
    return col < t->n_cols ? t->cell[(size_t)row * t->n_cols + col] : dgi_str("");
}

static void fault(struct checking *c, const struct dgi_tsv *t, uint32_t row, uint32_t col, const char *what, dg_str s)
{
    char msg[200];
    snprintf(msg, sizeof msg, what, (int)(s.len > 80 ? 80 : s.len), s.ptr);
    c->fault(c->user, t->path.ptr, t->line[row], col + 1, msg);
    c->n++;
}

static int by_str(const void *a, const void *b)
{
    return dgi_str_cmp(*(const dg_str *)a, *(const dg_str *)b);
}

/* Sorted first column, to look ids up. NULL when memory is short: the check is then left out. */
static dg_str *ids_of(const struct dgi_tsv *t, uint32_t *n)
{
    dg_str *v = t ? malloc((t->n_rows + 1) * sizeof *v) : NULL;
    *n = 0;
    if (!v)
        return NULL;
    for (uint32_t i = 0; i < t->n_rows; i++)
        v[i] = cell(t, i, 0);
    *n = t->n_rows;
    qsort(v, *n, sizeof *v, by_str);
    return v;
}

static bool known(const dg_str *ids, uint32_t n, dg_str s)
{
    return !ids || bsearch(&s, ids, n, sizeof *ids, by_str);
}

static void check_dates(struct checking *c, const struct dgi_tsv *t, uint32_t from_col)
{
    for (uint32_t i = 0; t && i < t->n_rows; i++) {
        dg_str f = cell(t, i, from_col), to = cell(t, i, from_col + 1);
        int32_t a = dgi_actor_day(f, false), b = dgi_actor_day(to, true);
        if (f.len && a == DGI_NO_DAY)
            fault(c, t, i, from_col, "'%.*s' is no date", f);
        else if (to.len && b == DGI_NO_DAY)
            fault(c, t, i, from_col + 1, "'%.*s' is no date", to);
        else if (f.len && to.len && b < a)
            fault(c, t, i, from_col + 1, "term ends %.*s, before it starts", to);
    }
}

static void check_country(struct checking *c, const struct dgi_tsv *t, uint32_t col, const dg_str *ids, uint32_t n)
{
    for (uint32_t i = 0; t && i < t->n_rows; i++) {
        dg_str iso = cell(t, i, col);
        if (iso.len && !known(ids, n, iso))
            fault(c, t, i, col, "unknown country '%.*s'", iso);
    }
}

static const char sector_list[] =
    "COP|GOV|JUD|LEG|MIL|PRM|PTY|REB|SPY|UAF|UNK|AGR|BUS|CRM|CVL|EDU|ELI|JRN|LAB|MED|REF|OPP|PRE|REL|SOC|IGO";

static void check_sectors(struct checking *c, const struct dgi_tsv *t, uint32_t col)
{
    for (uint32_t i = 0; t && i < t->n_rows; i++) {
        dg_str all = cell(t, i, col), one;
        if (!all.len)
            continue;
        while (dgi_str_next(&all, ',', &one))
            if (!dgi_str_in(dgi_str(sector_list), '|', one))
                fault(c, t, i, col, "unknown PLOVER sector '%.*s'", one);
    }
}

static void check_offices(struct checking *c, const dg_str *states, uint32_t n_states, const dg_str *persons,
                          uint32_t n_persons, const dg_str *orgs, uint32_t n_orgs)
{
    const struct dgi_tsv *t = c->offices;
    for (uint32_t i = 0; t && i < t->n_rows; i++) {
        dg_str id = cell(t, i, OF_ID), owner;
        dgi_str_next(&id, ':', &owner);
        if (owner.len && owner.ptr[0] == '@') {
            if (!known(orgs, n_orgs, dgi_str_sub(owner, 1, owner.len)))
                fault(c, t, i, OF_ID, "office of an unknown organisation '%.*s'", owner);
        } else if (!known(states, n_states, owner)) {
            fault(c, t, i, OF_ID, "office of an unknown country '%.*s'", owner);
        }
        if (!known(persons, n_persons, cell(t, i, OF_PERSON)))
            fault(c, t, i, OF_PERSON, "person '%.*s' is not in persons.tsv", cell(t, i, OF_PERSON));
    }
}

/* Phrases with two owners in one table, unless dates or countries keep them apart. */
struct alias {
    dg_str phrase;
    uint32_t row;
};
static int by_alias(const void *a, const void *b)
{
    const struct alias *x = a, *y = b;
    int d = dgi_str_cmp(x->phrase, y->phrase);
    return d ? d : (x->row > y->row) - (x->row < y->row);
}

static const char shared_set[] =
    "shared"; /* words as actor_words writes them; of the other sets lower case is looked up */

static void check_cues(struct checking *c)
{
    char low[64];
    for (uint32_t i = 0; c->cues && i < c->cues->n_rows; i++) {
        dg_str id = cell(c->cues, i, CU_ID), word = id, set;
        if (dgi_str_next(&word, ':', &set) && !dgi_str_is(set, shared_set) &&
            !dgi_str_eq(dgi_utf8_lower_buf(word, low, sizeof low), word))
            fault(c, c->cues, i, CU_ID, "'%.*s' is never found: a cue is looked up in lower case", id);
    }
}

/* Does actor_cues say that two states share the word ("shared:Dominican")? */
static bool shared(const struct checking *c, dg_str word)
{
    for (uint32_t i = 0; c->cues && i < c->cues->n_rows; i++) {
        dg_str id = cell(c->cues, i, CU_ID), set;
        if (dgi_str_next(&id, ':', &set) && dgi_str_is(set, shared_set) && dgi_str_eq(id, word))
            return true;
    }
    return false;
}

static void check_aliases(struct checking *c, const struct dgi_tsv *t, uint32_t col, uint32_t from_col)
{
    struct alias *v = NULL;
    size_t n = 0, cap = 0;
    for (uint32_t i = 0; t && i < t->n_rows; i++) {
        dg_str all = cell(t, i, col), one;
        while (all.len && dgi_str_next(&all, '|', &one)) {
            if (n == cap) {
                cap = cap ? cap * 2 : 1024;
                struct alias *w = realloc(v, cap * sizeof *v);
                if (!w) {
                    free(v);
                    return;
                }
                v = w;
            }
            v[n++] = (struct alias){one, i};
        }
    }
    if (n)
        qsort(v, n, sizeof *v, by_alias);
    for (size_t i = 1; i < n; i++) {
        if (!dgi_str_eq(v[i].phrase, v[i - 1].phrase) || v[i].row == v[i - 1].row)
            continue;
        bool apart = cell(t, v[i].row, from_col).len || cell(t, v[i].row, from_col + 1).len ||
                     cell(t, v[i - 1].row, from_col).len || cell(t, v[i - 1].row, from_col + 1).len;
        if (!apart && !shared(c, v[i].phrase))
            fault(c, t, v[i].row, col, "alias '%.*s' has two owners and no dates keep them apart", v[i].phrase);
    }
    free(v);
}

/* One row a feature, a whole number for each class: a feature without a row, a row that no feature reads, a weight that is none. */
static void check_weights(struct checking *c)
{
    const struct dgi_tsv *t = c->weights;
    bool has[DGI_N_COREF_FEATURE] = {false};
    for (uint32_t i = 0; t && i < t->n_rows; i++) {
        int f = 0;
        while (f < DGI_N_COREF_FEATURE && !dgi_str_is(cell(t, i, 0), dgi_coref_feature_name[f]))
            f++;
        if (f == DGI_N_COREF_FEATURE)
            fault(c, t, i, 0, "no feature of coreference is called '%.*s'", cell(t, i, 0));
        else
            has[f] = true;
        for (uint32_t k = 1; k <= DGI_N_COREF_CLASS; k++) {
            int64_t n;
            if (!dgi_str_int(cell(t, i, k), &n) || n < INT16_MIN || n > INT16_MAX)
                fault(c, t, i, k, "a weight is a whole number of hundredths, not '%.*s'", cell(t, i, k));
        }
    }
    for (int f = 0; t && t->n_rows && f < DGI_N_COREF_FEATURE; f++)
        if (!has[f])
            fault(c, t, t->n_rows - 1, 0, "no row for '%.*s'", dgi_str(dgi_coref_feature_name[f]));
}

uint32_t dgi_actor_check(const struct dgi_tsv *tables, uint32_t n_tables, dgi_fault_fn *fault_fn, void *user)
{
    struct checking c = {.fault = fault_fn, .user = user};
    struct {
        const char *name;
        const struct dgi_tsv **at;
    } want_tables[] = {{"states", &c.states},        {"actor_words", &c.words}, {"orgs", &c.orgs},
                       {"groups", &c.groups},        {"parties", &c.parties},   {"persons", &c.persons},
                       {"offices", &c.offices},      {"roles", &c.roles},       {"actor_cues", &c.cues},
                       {"coref_weights", &c.weights}};
    for (uint32_t i = 0; i < n_tables; i++)
        for (size_t k = 0; k < sizeof want_tables / sizeof *want_tables; k++)
            if (dgi_str_is(tables[i].name, want_tables[k].name))
                *want_tables[k].at = &tables[i];
    uint32_t n_states, n_persons, n_orgs;
    dg_str *states = ids_of(c.states, &n_states), *persons = ids_of(c.persons, &n_persons),
           *orgs = ids_of(c.orgs, &n_orgs);
    check_dates(&c, c.states, ST_FROM);
    check_dates(&c, c.words, WD_FROM);
    check_dates(&c, c.orgs, OG_FROM);
    check_dates(&c, c.groups, OG_FROM);
    check_dates(&c, c.persons, PS_FROM);
    check_dates(&c, c.offices, OF_FROM);
    check_country(&c, c.words, WD_STATE, states, n_states);
    check_country(&c, c.orgs, OG_COUNTRY, states, n_states);
    check_country(&c, c.groups, OG_COUNTRY, states, n_states);
    check_country(&c, c.parties, OG_COUNTRY, states, n_states);
    check_country(&c, c.persons, PS_COUNTRY, states, n_states);
    check_sectors(&c, c.orgs, OG_SECTORS);
    check_sectors(&c, c.groups, OG_SECTORS);
    check_sectors(&c, c.persons, PS_SECTORS);
    check_sectors(&c, c.roles, RL_SECTORS);
    check_offices(&c, states, n_states, persons, n_persons, orgs, n_orgs);
    check_aliases(&c, c.words, WD_PHRASES, WD_FROM);
    check_aliases(&c, c.orgs, OG_PHRASES, OG_FROM);
    check_aliases(&c, c.groups, OG_PHRASES, OG_FROM);
    check_weights(&c);
    check_cues(&c);
    free(states);
    free(persons);
    free(orgs);
    return c.n;
}
