/* SPDX-License-Identifier: Apache-2.0 */
/* situation/situation.h: the ledger. Events go in, document by document; items with their whole history come out.
 *
 * Pure: no SQL, no tree, no clock, no file but the compiled lexicon. The same documents in
 * the same order give the same board, and a board is only ever added to: the state on a day, or what was known by a
 * day, is read off the history (dgi_item_at). docs/stages/situation.md has the rules in words. */
#ifndef DGI_SITUATION_H
#define DGI_SITUATION_H

#include "base/arena.h"
#include "base/error.h"
#include "base/table.h"
#include "event/event.h"

/* ---- words ---- */
enum dgi_item_kind {
    DGI_IT_DEMAND,
    DGI_IT_OFFER,
    DGI_IT_THREAT,
    DGI_IT_COMMITMENT,
    DGI_IT_MEETING,
    DGI_IT_DEPLOYMENT,
    DGI_IT_SANCTION,
    DGI_IT_AGREEMENT,
    DGI_IT_RELATION,
    DGI_IT_CONTROL,
    DGI_IT_HOSTILITY,
    DGI_IT_MEMBERSHIP,
    DGI_IT_TOLL,
    DGI_N_ITEM_KIND
};
/* clang-format off */
#define DGI_ITEM_STATUSES(X)                                                                                           \
    X(NONE, "") X(OPEN, "open") X(ACCEPTED, "accepted") X(REJECTED, "rejected") X(DEFERRED, "deferred")                 \
    X(WITHDRAWN, "withdrawn") X(MET, "met") X(LAPSED, "lapsed") X(STANDING, "standing") X(CARRIED_OUT, "carried_out")   \
    X(KEPT, "kept") X(BROKEN, "broken") X(PLANNED, "planned") X(HELD, "held") X(CANCELLED, "cancelled")                 \
    X(POSTPONED, "postponed") X(IN_PLACE, "in_place") X(GROWING, "growing") X(REDUCED, "reduced")                       \
    X(IMPOSED, "imposed") X(WIDENED, "widened") X(EASED, "eased") X(LIFTED, "lifted") X(PROPOSED, "proposed")           \
    X(SIGNED, "signed") X(IN_FORCE, "in_force") X(SUSPENDED, "suspended") X(VIOLATED, "violated") X(ENDED, "ended")     \
    X(NORMAL, "normal") X(STRAINED, "strained") X(SEVERED, "severed") X(RESTORED, "restored") X(CLAIMED, "claimed")     \
    X(OCCUPIED, "occupied") X(ANNEXED, "annexed") X(CONTESTED, "contested") X(RETURNED, "returned")                     \
    X(ONGOING, "ongoing") X(PAUSED, "paused") X(APPLICANT, "applicant") X(MEMBER, "member") X(LEFT, "left")             \
    X(REFUSED, "refused") X(REPORTED, "reported")
/* clang-format on */
enum dgi_item_status {
#define DGI_IS_ENUM(id, name) DGI_IS_##id,
    DGI_ITEM_STATUSES(DGI_IS_ENUM)
#undef DGI_IS_ENUM
        DGI_N_ITEM_STATUS
};
enum dgi_role {
    DGI_R_ISSUER,
    DGI_R_ADDRESSEE,
    DGI_R_PARTICIPANT,
    DGI_R_PARTY,
    DGI_R_HOLDER,
    DGI_R_CLAIMANT,
    DGI_R_MEMBER,
    DGI_R_ORGANISATION,
    DGI_R_BENEFICIARY,
    DGI_N_ROLE
};
extern const char *const dgi_item_kind_name[DGI_N_ITEM_KIND];
extern const char *const dgi_item_status_name[DGI_N_ITEM_STATUS];
extern const char *const dgi_role_name[DGI_N_ROLE];
/* What a board shows in place of the status, as bits beside those of the statuses. */
#define DGI_AS_DUE (UINT64_C(1) << 62)
#define DGI_AS_STALE (UINT64_C(1) << 63)
uint8_t dgi_item_kind_parse(dg_str s);   /* DGI_N_ITEM_KIND: unknown */
uint8_t dgi_item_status_parse(dg_str s); /* DGI_N_ITEM_STATUS: unknown */

/* ---- rules ---- */
typedef struct dgi_sit_rules dgi_sit_rules; /* read-only, shared between threads */
struct dgi_sit_item;
bool dgi_item_status_allowed(const dgi_sit_rules *r, uint8_t kind, uint8_t status);
bool dgi_item_closed(const struct dgi_sit_item *it, uint8_t status); /* what --open leaves out */
/* Compiles tables item_kinds, items, status_law, item_words, board_scale, threat_deeds, blocs and itemstop. `lex` may be freed
 * afterwards. */
dg_status dgi_sit_rules_new(dgi_sit_rules **out, const dgi_lexicon *lex, dg_error *err);
/* The same from tables read from TSV, found by name among list[0..n); for unit tests. blocs and itemstop may be missing. */
dg_status dgi_sit_rules_from_tsv(dgi_sit_rules **out, const struct dgi_tsv *list, uint32_t n, dg_error *err);
/* The first fault of each of these tables, or that one is missing; nothing when the list has none of them. */
void dgi_sit_rules_check(const struct dgi_tsv *list, uint32_t n, dgi_fault_fn *fault, void *user);
void dgi_sit_rules_free(dgi_sit_rules *r);
/* Does the row of items.tsv called `id` fire for any event of the document? `lexicon check` asks it of the row's example. */
bool dgi_sit_rule_fires(const dgi_sit_rules *r, dg_str id, const struct dgi_ev_doc *doc);
/* A row of items.tsv in its own words: what it does ("answer"), to which status, of which codes. false: no such row (a deed's
 * outcome has none). Views into the rules. */
struct dgi_sit_rule_view {
    const char *does, *to;
    dg_str codes;
};
bool dgi_sit_rule_view(const dgi_sit_rules *r, dg_str id, struct dgi_sit_rule_view *out);
/* How far two actors are the same party: 1 same id, 0.85 same state, 0.55 bloc and member, 0 strangers. */
double dgi_sit_party(const dgi_sit_rules *r, const struct dgi_ev_actor *a, const struct dgi_ev_actor *b);

/* ---- items ---- */
struct dgi_sit_party_ref {
    uint8_t role;  /* enum dgi_role */
    uint8_t side;  /* of a pair: 0 or 1 */
    bool inferred; /* not named for this matter: whom the document has the other side deal with */
    struct dgi_ev_actor actor;
};
struct dgi_sit_change {     /* one line of an item's history */
    int32_t date, reported; /* when it happened, when the document said so */
    uint8_t status;         /* DGI_IS_NONE: reported again, status unchanged */
    bool due;               /* the condition of the threat or commitment came about */
    dg_str event, document, rule;
    const struct dgi_ev_actor *claimed_by;
    uint32_t n_claimed_by;
    uint32_t ev_start, ev_end, trig_start, trig_end;
    dg_str ev_text;
    const struct dgi_ev_quantity *quantities;
    uint32_t n_quantities;
    struct dgi_day_range deadline; /* set when this report gave one */
    struct dgi_day_range when;     /* set when this report gave one: date of a meeting, of an attack */
    const struct dgi_ev_place *place;
};
struct dgi_sit_item {
    dg_str id;
    dg_str key;                 /* its place in the order of opening, see ledger.h */
    const dgi_sit_rules *rules; /* under which it stands */
    uint8_t kind;
    struct dgi_sit_party_ref *parties;
    uint32_t n_parties, cap_parties;
    dg_str content, condition;
    struct dgi_sit_change *history; /* in the order in which documents brought it */
    uint32_t n_history, cap_history;
    /* for matching only */
    char codes[4][5], cond_codes[4][5];
    uint8_t n_codes, n_cond_codes;
    bool cond_negated, content_negated;
    struct dgi_ev_actor cond_actor;
    uint64_t *keys;
    uint32_t n_keys;
    uint8_t sub;    /* kind of quantity, form of relation */
    uint32_t index; /* on a board: how many were opened before it */
};

struct dgi_considered { /* a matter with which one event of a document was compared */
    dg_str event;
    const struct dgi_sit_item *item; /* as it stood before; its history is not whole. Lives during the call. */
    uint8_t status;
    double score; /* 0 or below: it is another matter. The greatest is taken, of equals the newest */
    bool answer;  /* as what the event answers or takes back, not as the same matter */
};
typedef void dgi_considered_fn(void *user, const struct dgi_considered *c);

typedef struct dgi_board dgi_board;
/* `rules` is borrowed. limit: most bytes of memory, 0 = 2 GiB. */
dgi_board *dgi_board_new(const dgi_sit_rules *rules, size_t limit);
void dgi_board_free(dgi_board *b);
uint32_t dgi_board_n(const dgi_board *b);
const struct dgi_sit_item *dgi_board_item(const dgi_board *b, uint32_t i); /* in order of opening */
const struct dgi_sit_item *dgi_board_find(const dgi_board *b, dg_str id);  /* NULL: none */

struct dgi_sit_note { /* what one document did to an item */
    const struct dgi_sit_item *item;
    uint32_t change; /* index into item->history */
    bool opened;
};
struct dgi_sit_notes {
    struct dgi_sit_note *notes;
    uint32_t n, cap;
};
/* Apply the events of one document. Documents must come in ascending (reported, id). Strings are copied into the board.
 * notes (may be NULL) is filled in `na`. On failure the board must be freed: it may hold half of the document. */
dg_status dgi_board_apply(dgi_board *b, const struct dgi_ev_doc *doc, struct dgi_sit_notes *notes, dgi_arena *na,
                          dg_error *err);

/* ---- the state on a day ---- */
/* Is there a report that names one of the item's parties, of a day after `from` and up to `to`? */
typedef bool dgi_heard_fn(void *user, const struct dgi_sit_item *it, int32_t from, int32_t to);
struct dgi_sit_when {
    int32_t as_of;       /* DGI_NO_DAY: everything */
    int32_t known_on;    /* DGI_NO_DAY: everything */
    int32_t lapse_days;  /* 0: those of its kind in item_kinds.tsv, 90 */
    dgi_heard_fn *heard; /* NULL: yes */
    void *heard_user;
};
struct dgi_item_state {
    uint8_t status;
    bool due;
    int32_t since, opened, last; /* of the status; first; last sign of life */
    struct dgi_day_range deadline, when;
    const struct dgi_ev_place *place;
    uint32_t sources; /* documents */
    uint32_t n_seen;  /* lines of the history that count */
    bool lapsed_by_clock;
    bool
        stale; /* it would have lapsed, but nobody reports on its parties any more: the store's silence is not the world's */
};
/* false: the item does not exist yet on that day */
bool dgi_item_at(const struct dgi_sit_item *it, const struct dgi_sit_when *w, struct dgi_item_state *out);
/* Lines of the history that count, in order of date, with the status after each; returns how many (at most max, the earliest).
 * Needs no memory of its own. */
uint32_t dgi_item_lines(const struct dgi_sit_item *it, const struct dgi_sit_when *w, const struct dgi_sit_change **out,
                        uint8_t *status, uint32_t max);
bool dgi_change_seen(const struct dgi_sit_change *c, const struct dgi_sit_when *w);

struct dgi_sit_filter { /* empty / DGI_NO_DAY = all */
    struct dgi_sit_when when;
    const char *actor; /* id, ISO3 code or name; members of a bloc are not looked up */
    const char *between_a, *between_b;
    uint32_t kinds;    /* bit per kind, 0 = all */
    uint64_t statuses; /* bit per status, DGI_AS_DUE, DGI_AS_STALE: one of them; 0 = all */
    bool has_since;
    int32_t since; /* it stands as it does since that day, or later, when has_since */
    bool open_only;
    uint64_t limit, offset; /* of the items that are wanted: given at most (0: all), passed over before them */
};
/* The next wanted item: 1 is given, -1 is passed over, 0 there were enough. *seen begins at 0. */
static inline int dgi_sit_page(const struct dgi_sit_filter *f, uint64_t *seen)
{
    if (f->limit && *seen >= f->offset && *seen - f->offset >= f->limit)
        return 0;
    return (*seen)++ >= f->offset ? 1 : -1;
}
bool dgi_item_wanted(const struct dgi_sit_item *it, const struct dgi_sit_filter *f, struct dgi_item_state *out);

/* ---- what if ---- */
enum dgi_effect {
    DGI_EFF_DUE,
    DGI_EFF_CARRIED_OUT,
    DGI_EFF_MET,
    DGI_EFF_KEPT,
    DGI_EFF_BREAK,
    DGI_EFF_REJECT,
    DGI_EFF_WITHDRAW,
    DGI_EFF_ACCEPT,
    DGI_N_EFFECT
};
extern const char *const dgi_effect_name[DGI_N_EFFECT];
struct dgi_sit_effect {
    const struct dgi_sit_item *item;
    uint8_t effect;
    uint32_t event; /* of the hypothetical document */
};
struct dgi_sit_effects {
    struct dgi_sit_effect *list;
    uint32_t n, cap;
};
/* What the events of `doc`, taken as if they happened now, would bring due, carry out, meet, keep or break. The board
 * stays as it is. */
dg_status dgi_board_what_if(dgi_board *b, const struct dgi_ev_doc *doc, const struct dgi_sit_when *w,
                            struct dgi_sit_effects *out, dgi_arena *a, dg_error *err);
#endif
