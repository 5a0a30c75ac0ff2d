/* SPDX-License-Identifier: Apache-2.0 */
/* situation/kinds.c: the kinds of item: who takes part, which statuses there are, which of them close, what silence does.
 *
 * Reads   item_kinds.tsv
 * Writes  struct dgi_sit_rules: kinds
 *
 * The words are those of SPEC.md section 4 and of every output; what holds of them is the table's. Which steps of a status a mention
 * may not take is status_law.tsv (law.c). */
#include "situation/rules.h"

const char *const dgi_item_kind_name[DGI_N_ITEM_KIND] = {
    "demand",    "offer",    "threat",  "commitment", "meeting",    "deployment", "sanction",
    "agreement", "relation", "control", "hostility",  "membership", "toll"};
const char *const dgi_item_status_name[DGI_N_ITEM_STATUS] = {
#define DGI_IS_STR(id, name) name,
    DGI_ITEM_STATUSES(DGI_IS_STR)
#undef DGI_IS_STR
};
const char *const dgi_role_name[DGI_N_ROLE] = {"issuer",   "addressee", "participant",  "party",      "holder",
                                               "claimant", "member",    "organisation", "beneficiary"};

_Static_assert(DGI_N_ITEM_STATUS <= 64, "statuses are bits of a word");

static uint8_t find_name(const char *const *names, uint32_t n, dg_str s)
{
    for (uint32_t i = 0; i < n; i++)
        if (dgi_str_is(s, names[i]))
            return (uint8_t)i;
    return (uint8_t)n;
}

uint8_t dgi_item_kind_parse(dg_str s)
{
    return find_name(dgi_item_kind_name, DGI_N_ITEM_KIND, s);
}
uint8_t dgi_item_status_parse(dg_str s)
{
    return find_name(dgi_item_status_name, DGI_N_ITEM_STATUS, s);
}

/* ---- item_kinds.tsv ---- */
static bool read_roles(struct kind_law *k, dg_str cell)
{
    dg_str one;
    uint32_t n = 0;
    while (dgi_str_next(&cell, '|', &one)) {
        uint8_t role = find_name(dgi_role_name, DGI_N_ROLE, one);
        if (role == DGI_N_ROLE || n == 2)
            return false;
        k->role[n++] = role;
    }
    return n == 2;
}

static dg_status read_kind(dgi_sit_rules *r, const struct source *t, uint32_t row, dg_error *err)
{
    enum { ID, ROLES, STATUSES, CLOSED, SILENCE, DEADLINE, MOST_SILENCE = 36600 };
    dg_str closed = dgi_source_cell(t, row, CLOSED), silence = dgi_source_cell(t, row, SILENCE),
           deadline = dgi_source_cell(t, row, DEADLINE);
    uint8_t kind = dgi_item_kind_parse(dgi_source_cell(t, row, ID));
    int64_t days = 0;
    if (kind == DGI_N_ITEM_KIND)
        return dgi_row_fail(t, row, ID, err, "unknown kind of item");
    struct kind_law *k = &r->kinds[kind];
    if (k->statuses)
        return dgi_row_fail(t, row, ID, err, "this kind has a row already");
    if (!read_roles(k, dgi_source_cell(t, row, ROLES)))
        return dgi_row_fail(t, row, ROLES, err, "not two known roles");
    if (!(k->statuses = dgi_statuses_parse(dgi_source_cell(t, row, STATUSES))))
        return dgi_row_fail(t, row, STATUSES, err, "unknown status");
    if (closed.len && !(k->closed = dgi_statuses_parse(closed)))
        return dgi_row_fail(t, row, CLOSED, err, "unknown status");
    if (k->closed & ~k->statuses)
        return dgi_row_fail(t, row, CLOSED, err, "a status that closes it and is none of its own");
    if (silence.len && (!dgi_str_int(silence, &days) || days < 1 || days > MOST_SILENCE))
        return dgi_row_fail(t, row, SILENCE, err, "not 1 to %d days", MOST_SILENCE);
    if (days && !(k->closed >> DGI_IS_LAPSED & 1))
        return dgi_row_fail(t, row, SILENCE, err, "silence makes it lapsed, which does not close it");
    if (deadline.len && !dgi_str_is(deadline, "due"))
        return dgi_row_fail(t, row, DEADLINE, err, "neither due nor -");
    k->silence = (int32_t)days;
    k->due = deadline.len > 0;
    return DG_OK;
}

dg_status dgi_kinds_read(dgi_sit_rules *r, const struct source *t, dg_error *err)
{
    uint32_t n = dgi_source_rows(t);
    for (uint32_t i = 0; i < n; i++) {
        dg_status st = read_kind(r, t, i, err);
        if (st != DG_OK)
            return st;
    }
    for (uint8_t k = 0; k < DGI_N_ITEM_KIND; k++)
        if (!r->kinds[k].statuses)
            return dgi_table_lacks(t, dgi_item_kind_name[k], err);
    return DG_OK;
}

bool dgi_item_status_allowed(const dgi_sit_rules *r, uint8_t kind, uint8_t status)
{
    return kind < DGI_N_ITEM_KIND && status < DGI_N_ITEM_STATUS && r->kinds[kind].statuses >> status & 1;
}

bool dgi_item_closed(const struct dgi_sit_item *it, uint8_t status)
{
    return it->kind < DGI_N_ITEM_KIND && status < DGI_N_ITEM_STATUS && it->rules->kinds[it->kind].closed >> status & 1;
}
