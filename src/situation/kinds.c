/* SPDX-License-Identifier: Apache-2.0 */
/* situation/kinds.c: the kinds of item in one table: who takes part, which statuses there are, which of them close, what silence does.
 *
 * Reads   nothing
 * Writes  nothing
 *
 * SPEC.md section 4, the table of kinds. Which steps of a status a mention may not take is lexicon/world/status_law.tsv. */
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

#define IS(id) (UINT64_C(1) << DGI_IS_##id)
_Static_assert(DGI_N_ITEM_STATUS <= 64, "statuses are bits of a word");

const struct kind_law dgi_kind_table[DGI_N_ITEM_KIND] = {
    [DGI_IT_DEMAND] = {{DGI_R_ISSUER, DGI_R_ADDRESSEE},
                       IS(OPEN) | IS(ACCEPTED) | IS(REJECTED) | IS(DEFERRED) | IS(WITHDRAWN) | IS(MET) | IS(LAPSED),
                       IS(REJECTED) | IS(WITHDRAWN) | IS(MET) | IS(LAPSED),
                       FADES,
                       true},
    [DGI_IT_OFFER] = {{DGI_R_ISSUER, DGI_R_ADDRESSEE},
                      IS(OPEN) | IS(ACCEPTED) | IS(REJECTED) | IS(DEFERRED) | IS(WITHDRAWN) | IS(LAPSED),
                      IS(ACCEPTED) | IS(REJECTED) | IS(WITHDRAWN) | IS(LAPSED),
                      FADES,
                      false},
    [DGI_IT_THREAT] = {{DGI_R_ISSUER, DGI_R_ADDRESSEE},
                       IS(STANDING) | IS(CARRIED_OUT) | IS(WITHDRAWN) | IS(LAPSED),
                       IS(CARRIED_OUT) | IS(WITHDRAWN) | IS(LAPSED),
                       FADES,
                       true},
    [DGI_IT_COMMITMENT] = {{DGI_R_ISSUER, DGI_R_ADDRESSEE},
                           IS(STANDING) | IS(KEPT) | IS(BROKEN) | IS(WITHDRAWN),
                           IS(KEPT) | IS(BROKEN) | IS(WITHDRAWN),
                           STAYS,
                           true},
    [DGI_IT_MEETING] = {{DGI_R_PARTICIPANT, DGI_R_PARTICIPANT},
                        IS(PLANNED) | IS(HELD) | IS(CANCELLED) | IS(POSTPONED),
                        IS(HELD) | IS(CANCELLED),
                        STAYS,
                        false},
    [DGI_IT_DEPLOYMENT] = {{DGI_R_PARTY, DGI_R_ADDRESSEE},
                           IS(PLANNED) | IS(IN_PLACE) | IS(GROWING) | IS(REDUCED) | IS(WITHDRAWN),
                           IS(WITHDRAWN),
                           STAYS,
                           false},
    [DGI_IT_SANCTION] = {{DGI_R_ISSUER, DGI_R_ADDRESSEE},
                         IS(PLANNED) | IS(IMPOSED) | IS(WIDENED) | IS(EASED) | IS(LIFTED),
                         IS(LIFTED),
                         STAYS,
                         false},
    [DGI_IT_AGREEMENT] = {{DGI_R_PARTY, DGI_R_PARTY},
                          IS(PROPOSED) | IS(SIGNED) | IS(IN_FORCE) | IS(SUSPENDED) | IS(VIOLATED) | IS(ENDED),
                          IS(ENDED),
                          STAYS,
                          false},
    [DGI_IT_RELATION] = {{DGI_R_PARTY, DGI_R_PARTY},
                         IS(NORMAL) | IS(STRAINED) | IS(REDUCED) | IS(SUSPENDED) | IS(SEVERED) | IS(RESTORED),
                         0,
                         STAYS,
                         false},
    [DGI_IT_CONTROL] = {{DGI_R_HOLDER, DGI_R_CLAIMANT},
                        IS(CLAIMED) | IS(OCCUPIED) | IS(ANNEXED) | IS(CONTESTED) | IS(RETURNED),
                        IS(RETURNED),
                        STAYS,
                        false},
    [DGI_IT_HOSTILITY] = {{DGI_R_PARTY, DGI_R_PARTY}, IS(ONGOING) | IS(PAUSED) | IS(ENDED), IS(ENDED), STAYS, false},
    [DGI_IT_MEMBERSHIP] = {{DGI_R_MEMBER, DGI_R_ORGANISATION},
                           IS(APPLICANT) | IS(MEMBER) | IS(SUSPENDED) | IS(LEFT) | IS(REFUSED),
                           IS(LEFT) | IS(REFUSED),
                           STAYS,
                           false},
    [DGI_IT_TOLL] = {{DGI_R_CLAIMANT, DGI_R_PARTY}, IS(REPORTED), 0, STAYS, false},
};

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

bool dgi_item_status_allowed(uint8_t kind, uint8_t status)
{
    return kind < DGI_N_ITEM_KIND && status < DGI_N_ITEM_STATUS && dgi_kind_table[kind].statuses >> status & 1;
}

bool dgi_item_closed(uint8_t kind, uint8_t status)
{
    return kind < DGI_N_ITEM_KIND && status < DGI_N_ITEM_STATUS && dgi_kind_table[kind].closed >> status & 1;
}
