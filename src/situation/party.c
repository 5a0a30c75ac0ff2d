/* SPDX-License-Identifier: Apache-2.0 */
/* situation/party.c: are two actors the same party?
 *
 * Reads   ids, names, countries, sectors; the table of blocs
 * Writes  struct party; its handles, by which the board finds what may be about the same party
 *
 * A document names few actors and compares them with hundreds of items; so what a comparison needs is worked out once for
 * each actor, and comparing is a handful of integers. */
#include "situation/party.h"

uint64_t dgi_lower_hash(dg_str s)
{
    uint64_t h = 14695981039346656037u;
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        h = (h ^ (c >= 'A' && c <= 'Z' ? c + 32u : c)) * 1099511628211u;
    }
    h ^= h >> 32;
    h *= 0x9E3779B97F4A7C15u;
    h ^= h >> 29;
    return h ? h : 1;
}

static uint64_t named(dg_str s)
{
    return dgi_lower_hash(s);
}
static uint64_t bloc_handle(uint32_t i)
{
    return (UINT64_C(0xb10c) << 48 | i) * 0x9E3779B97F4A7C15u;
}
static uint64_t land_handle(uint32_t country)
{
    return (UINT64_C(0x1a4d) << 40 ^ country) * 0xC2B2AE3D27D4EB4Fu;
}

static dg_str bare(dg_str id) /* without "person:" and the like */
{
    size_t colon = dgi_str_find(id, DGI_S(":"));
    return colon == SIZE_MAX ? id : dgi_str_sub(id, colon + 1, id.len);
}

static uint32_t letters(const char *country)
{
    uint32_t c = 0;
    for (int i = 0; i < 4 && country[i]; i++)
        c |= (uint32_t)(unsigned char)country[i] << 8 * i;
    return c;
}

static int land_index(const char *c)
{
    for (int i = 0; i < 3; i++)
        if (c[i] < 'A' || c[i] > 'Z')
            return -1;
    return ((c[0] - 'A') * 26 + (c[1] - 'A')) * 26 + (c[2] - 'A');
}

/* ---- blocs ---- */
struct
    kin { /* of a bloc its members, of a member its blocs; and who a word is: bits of the blocs with that id or name */
    uint64_t handle;
    uint64_t *list;
    uint32_t n, cap;
};
struct who {
    uint64_t word, itself, member;
};
enum { KIN_BITS = 11 };
struct dgi_kinship {
    struct kin kin[1 << KIN_BITS];
    struct who who[1 << KIN_BITS]; /* by hash of the id as written, and of the name in lower case */
    uint32_t n_kin, n_who;
};

static struct kin *kin_slot(struct dgi_kinship *k, uint64_t handle)
{
    uint32_t i = (uint32_t)(handle >> 7) & ((1 << KIN_BITS) - 1);
    while (k->kin[i].handle && k->kin[i].handle != handle)
        i = (i + 1) & ((1 << KIN_BITS) - 1);
    return &k->kin[i];
}

static struct who *who_slot(struct dgi_kinship *k, uint64_t word)
{
    uint32_t i = (uint32_t)(word >> 7) & ((1 << KIN_BITS) - 1);
    while (k->who[i].word && k->who[i].word != word)
        i = (i + 1) & ((1 << KIN_BITS) - 1);
    return &k->who[i];
}

static bool join(dgi_sit_rules *r, uint64_t of, uint64_t other)
{
    struct kin *s = kin_slot(r->kinship, of);
    if (!s->handle && ++r->kinship->n_kin > (1 << KIN_BITS) / 2)
        return false;
    s->handle = of;
    for (uint32_t i = 0; i < s->n; i++)
        if (s->list[i] == other)
            return true;
    uint64_t *x = DGI_PUSH(r->arena, s->list, s->n, s->cap);
    if (x)
        *x = other;
    return x != NULL;
}

static struct who *word_of(dgi_sit_rules *r, uint64_t word)
{
    struct who *w = who_slot(r->kinship, word);
    if (!w->word && ++r->kinship->n_who > (1 << KIN_BITS) / 2)
        return NULL;
    w->word = word;
    return w;
}

static uint64_t member_handle(const dgi_sit_rules *r, dg_str m)
{
    if (m.len == 3)
        return land_handle(letters((char[4]){m.ptr[0], m.ptr[1], m.ptr[2], 0}));
    for (uint32_t i = 0; i < r->n_blocs; i++)
        if (dgi_str_eq(r->blocs[i].id, m))
            return bloc_handle(i);
    return named(bare(m));
}

bool dgi_kin_make(dgi_sit_rules *r)
{
    if (!(r->kinship = dgi_arena_alloc(r->arena, sizeof *r->kinship)))
        return false;
    for (uint32_t i = 0; i < r->n_blocs; i++) {
        const struct bloc *b = &r->blocs[i];
        struct who *id = word_of(r, dgi_str_hash(b->id) ^ 1), *name = word_of(r, named(b->name));
        if (!id || !name)
            return false;
        id->itself |= UINT64_C(1) << i;
        name->itself |= UINT64_C(1) << i;
        dg_str rest = b->members, one;
        while (dgi_str_next(&rest, '|', &one)) {
            if (!one.len)
                continue;
            uint64_t m = member_handle(r, one);
            if (!join(r, bloc_handle(i), m) || !join(r, m, bloc_handle(i)))
                return false;
            struct who *w = one.len == 3 ? NULL : word_of(r, dgi_str_hash(one) ^ 1);
            if (one.len != 3 && !w)
                return false;
            if (w)
                w->member |= UINT64_C(1) << i;
        }
    }
    return true;
}

const uint64_t *dgi_kin(const dgi_sit_rules *r, uint64_t handle, uint32_t *n)
{
    const struct kin *s = kin_slot(r->kinship, handle);
    *n = s->handle ? s->n : 0;
    return s->list;
}

bool dgi_bloc_loose(const dgi_sit_rules *r, const struct party *p)
{
    for (uint32_t i = 0; p->loose_asked && i < r->n_blocs; i++)
        if (p->loose_asked >> i & 1 && r->blocs[i].loose)
            return true;
    return false;
}

/* ---- actors ---- */
static bool gov_like(const struct dgi_ev_actor *a)
{
    static const char *const outside[] = {"REB", "OPP", "CVL", "UAF", "INS", "CRM", "LAB", "MED", "BUS", "EDU",
                                          "REF", "RAD", "SEP", "NGO", "PRO", "REL", "STU", "PTY", "IMG"};
    if (dgi_str_starts(a->id, DGI_S("country:")))
        return true;
    if (dgi_str_starts(a->id, DGI_S("group:")))
        return false;
    dg_str role = {NULL, 0};
    if (dgi_str_starts(a->id, DGI_S("role:"))) {
        size_t at = a->id.len;
        while (at && a->id.ptr[at - 1] != ':')
            at--;
        role = dgi_str_sub(a->id, at, a->id.len);
    } else if (dgi_str_in(a->sectors, ',', DGI_S("GOV")) || dgi_str_in(a->sectors, ',', DGI_S("MIL")))
        return true;
    for (size_t i = 0; i < sizeof outside / sizeof *outside; i++)
        if (dgi_str_is(role, outside[i]) || (!role.len && dgi_str_in(a->sectors, ',', dgi_str(outside[i]))))
            return false;
    return true;
}

static void add_handle(struct party *p, uint64_t h)
{
    for (uint8_t i = 0; i < p->n_handles; i++)
        if (p->handle[i] == h)
            return;
    if (p->n_handles < MOST_HANDLES)
        p->handle[p->n_handles++] = h;
}

void dgi_party_make(struct party *p, const dgi_sit_rules *r, const struct dgi_ev_actor *a)
{
    *p = (struct party){.actor = a, .scale = &r->scale};
    if (a->id.len)
        p->id = dgi_str_hash(a->id) ^ 1;
    if (a->name.len)
        p->name = dgi_lower_hash(a->name);
    p->country = letters(a->country);
    p->gov = gov_like(a);
    p->group = dgi_str_starts(a->id, DGI_S("group:"));
    p->role = dgi_str_starts(a->id, DGI_S("role:"));
    p->anyone = dgi_str_starts(a->id, DGI_S("role::"));
    struct who *by_id = p->id ? who_slot(r->kinship, p->id) : NULL,
               *by_name = p->name ? who_slot(r->kinship, p->name) : NULL;
    uint64_t named_blocs = (by_id ? by_id->itself : 0) | (by_name ? by_name->itself : 0);
    p->loose_asked = named_blocs;
    int land = p->country && p->gov ? land_index(a->country) : -1;
    p->member = land >= 0 && r->land ? r->land[land] : 0;
    if (by_id && (p->group || dgi_str_starts(a->id, DGI_S("org:"))))
        p->member |= by_id->member;
    if (!p->country && !dgi_str_starts(a->id, DGI_S("person:")) && !dgi_str_starts(a->id, DGI_S("country:")))
        p->itself = named_blocs;
    if (p->country)
        add_handle(p, land_handle(p->country));
    for (uint32_t i = 0; p->itself && i < r->n_blocs; i++)
        if (p->itself >> i & 1)
            add_handle(p, bloc_handle(i));
    if (p->anyone)
        add_handle(p, HANDLE_ANYONE);
    if (!p->country && !p->itself) {
        if (a->id.len)
            add_handle(p, named(bare(a->id)));
        if (a->name.len)
            add_handle(p, p->name);
    }
}

static bool same_role(dg_str anyone, dg_str of_land) /* "role::REB", "role:MLI:REB" */
{
    return of_land.len > 9 && dgi_str_eq(dgi_str_sub(anyone, 6, anyone.len), dgi_str_sub(of_land, 9, of_land.len));
}

double dgi_party_like(const struct party *a, const struct party *b)
{
    const struct scale *sc = a->scale;
    if (a->id && a->id == b->id && dgi_str_eq(a->actor->id, b->actor->id))
        return sc->party_same;
    bool lands_differ = a->country && b->country &&
                        a->country != b->country; /* "Ecuadorean and Peruvian troops": one name, two armies */
    if (a->name && a->name == b->name && dgi_str_ieq(a->actor->name, b->actor->name) && !lands_differ)
        return sc->party_name;
    if (a->country && a->country == b->country) {
        if (a->gov && b->gov)
            return sc->party_state;
        if (!a->gov && !b->gov)
            return a->group && b->group ? sc->party_two_groups : sc->party_at_home;
        return sc->party_opposed;
    }
    if (a->itself & b->itself)
        return sc->party_same;
    if ((a->itself & b->member) || (b->itself & a->member))
        return sc->party_member;
    if ((a->anyone && b->role && same_role(a->actor->id, b->actor->id)) ||
        (b->anyone && a->role && same_role(b->actor->id, a->actor->id)))
        return sc->party_kind;
    return 0;
}

/* Is x a body of the sort that "the rebels", "the union", "the government" (of no known country) may be short for? */
bool dgi_party_of_sort(const struct party *any, const struct party *x)
{
    static const char *const sorts[] = {"REB", "SEP", "INS", "UAF", "LAB", "OPP", "PTY"};
    dg_str sort = dgi_str_sub(any->actor->id, 6, any->actor->id.len);
    if (!any->anyone || x->anyone)
        return false;
    const dg_str said = any->actor->name, full = x->actor->name; /* "the council", of the Security Council */
    if (dgi_str_starts(x->actor->id, DGI_S("org:")) && said.len > 3 && full.len > said.len &&
        full.ptr[full.len - said.len - 1] == ' ' && dgi_str_ieq(dgi_str_sub(full, full.len - said.len, full.len), said))
        return true;
    if (dgi_str_is(sort, "GOV") || dgi_str_is(sort, "MIL")) /* "government aircraft", "the army" */
        return x->country && x->gov && !x->group;
    for (size_t i = 0; i < sizeof sorts / sizeof *sorts; i++)
        if (dgi_str_is(sort, sorts[i]))
            return !x->gov &&
                   (x->role ? same_role(any->actor->id, x->actor->id) : dgi_str_in(x->actor->sectors, ',', sort));
    return false;
}

double dgi_sit_party(const dgi_sit_rules *r, const struct dgi_ev_actor *a, const struct dgi_ev_actor *b)
{
    struct party x, y;
    dgi_party_make(&x, r, a);
    dgi_party_make(&y, r, b);
    return dgi_party_like(&x, &y);
}
