/* SPDX-License-Identifier: Apache-2.0 */
/* situation/party.h: actors as the board compares them; inside src/situation only. */
#ifndef DGI_SITUATION_PARTY_H
#define DGI_SITUATION_PARTY_H

#include "situation/rules.h"

enum { MOST_HANDLES = 3 };

/* An actor made ready for comparing: what dgi_sit_party() asks of it, worked out once. */
struct party {
    const struct dgi_ev_actor *actor;
    const struct scale *scale;
    uint64_t id, name;             /* hashes, of the name in lower case; 0: empty */
    uint32_t country;              /* the letters; 0: none */
    bool gov, group, role, anyone; /* speaks for a state; id "group:"; id "role:"; id "role::", of no known country */
    uint64_t itself, member;       /* bit per bloc that it is; that it belongs to */
    uint64_t loose_asked;          /* bit per bloc of its id or name, whoever bears it */
    uint64_t
        handle[MOST_HANDLES]; /* two actors that are in any way the same share one, or have kindred ones (dgi_kin) */
    uint8_t n_handles;
};
void dgi_party_make(struct party *p, const dgi_sit_rules *r, const struct dgi_ev_actor *a);
bool dgi_party_of_sort(const struct party *any, const struct party *x); /* may "the rebels" be short for x? */
double dgi_party_like(const struct party *a, const struct party *b);
uint64_t dgi_lower_hash(dg_str s);

/* The handles of the blocs that the bearer of `handle` may belong to, or of the members of the bloc; *n of them. */
const uint64_t *dgi_kin(const dgi_sit_rules *r, uint64_t handle, uint32_t *n);
#define HANDLE_ANYONE UINT64_C(0x72c1a7e55d0f3b19) /* a role of no known country */

/* Is it a way of speaking ("the Arab states") and no body that acts? */
bool dgi_bloc_loose(const dgi_sit_rules *r, const struct party *p);
/* Made by dgi_sit_rules_new from the table of blocs. */
bool dgi_kin_make(dgi_sit_rules *r);

#endif
