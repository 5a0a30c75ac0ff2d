/* SPDX-License-Identifier: Apache-2.0 */
/* situation/outcome.c: what something that happened does to what was demanded, threatened, promised or agreed; and what it
 * would do (what-if).
 *
 * Reads   items with the codes of their content and condition; an event taken as real
 * Writes  nothing
 *
 * A demand is met when its addressee does what was demanded, a threat is due when its condition comes about and carried
 * out when its issuer does what he threatened (or, when nobody said what, does anything of that sort), a commitment is
 * kept or broken by its issuer, a truce is violated when its parties fight. */
#include "situation/board.h"

const char *const dgi_effect_name[DGI_N_EFFECT] = {"due", "carried_out", "met", "kept", "broken"};

static const struct dgi_sit_change *last_status(const struct dgi_sit_item *it)
{
    const struct dgi_sit_change *best = NULL;
    for (uint32_t i = 0; i < it->n_history; i++)
        if (it->history[i].status != DGI_IS_NONE && (!best || it->history[i].date >= best->date))
            best = &it->history[i];
    return best;
}

static double best_party(const dgi_sit_rules *r, const struct dgi_ev_actor *x, const struct dgi_ev_actor *l, uint32_t n)
{
    double best = n ? 0 : -1;
    for (uint32_t i = 0; i < n; i++) {
        double s = dgi_sit_party(r, x, &l[i]);
        best = s > best ? s : best;
    }
    return best;
}

/* does the event do what the item's content says? 0 no, 1 same sort of act, 2 clearly this one */
static int does_content(const struct dgi_sit_item *it, const struct dgi_event *ev, const struct keyset *k)
{
    double words = dgi_keys_overlap(it, k);
    int best = 0;
    for (uint32_t i = 0; i < it->n_codes; i++) {
        const char *c = it->codes[i];
        if (!c[0])
            continue;
        if (dgi_code_group(c) != dgi_code_group(ev->cameo))
            continue;
        bool close = c[2] && c[2] != '0' && !strncmp(c, ev->cameo, 3);
        int v = words >= 0.45 || (close && words >= 0.2) ? 2 : 1;
        best = v > best ? v : best;
    }
    return best;
}

static bool material_conflict(const struct dgi_event *ev)
{
    int g = dgi_code_group(ev->cameo);
    return g == 16 || g == 17 || g == 19;
}

static bool condition_met(const dgi_board *b, const struct dgi_sit_item *it, const struct dgi_event *ev)
{
    /* whose act the condition is: the one named, else the addressee */
    double who = it->cond_actor.id.len ? best_party(b->rules, &it->cond_actor, ev->source, ev->n_source)
                                       : dgi_side(b->rules, it, 1, ev->source, ev->n_source);
    if (who < 0.5)
        return false;
    bool refuses = dgi_code_group(ev->cameo) == 12 ? !ev->negated : ev->negated && (dgi_code_group(ev->cameo) == 3 || dgi_code_group(ev->cameo) == 8);
    for (uint32_t i = 0; i < it->n_cond_codes; i++)
        if (it->cond_codes[i][0] == '1' && it->cond_codes[i][1] == '2' && refuses)
            return true;
    if (it->cond_negated)
        return refuses;
    if (ev->negated)
        return false;
    for (uint32_t i = 0; i < it->n_cond_codes; i++) {
        int g = dgi_code_group(it->cond_codes[i]);
        if (g == dgi_code_group(ev->cameo) && g != 1 && g != 2 && g != 4 && g != 5 && g != 11)
            return true;
    }
    return false;
}

bool dgi_outcome_of(const dgi_board *b, const struct dgi_sit_item *it, const struct dgi_ev_doc *doc, const struct dgi_event *ev,
                    int32_t day, bool same_doc, bool fresh, bool hypothetical, struct outcome *out)
{
    const struct dgi_sit_change *cur = last_status(it), *first = &it->history[0];
    if (!cur || (ev->condition_of != DGI_NONE && !hypothetical))
        return false;
    for (uint32_t i = 0; i < it->n_history; i++) /* the event that opened or reported it is no outcome of it */
        if (dgi_str_eq(it->history[i].event, ev->id) && dgi_str_eq(it->history[i].document, doc->id))
            return false;
    if (ev->content_of != DGI_NONE) /* nor is what the same words only speak of */
        for (uint32_t i = 0; i < it->n_history; i++)
            if (dgi_str_eq(it->history[i].event, doc->events[ev->content_of].id) && dgi_str_eq(it->history[i].document, doc->id))
                return false;
    int32_t opened = first->date;
    for (uint32_t i = 1; i < it->n_history; i++)
        opened = it->history[i].date < opened ? it->history[i].date : opened;
    bool later = hypothetical || day > opened;
    struct keyset k;
    dgi_keys_of(&k, b->rules, ev->keys, NULL);
    double pa, pb;
    switch (it->kind) {
    case DGI_IT_DEMAND:
        if (ev->negated || it->content_negated || (cur->status != DGI_IS_OPEN && cur->status != DGI_IS_DEFERRED && cur->status != DGI_IS_ACCEPTED &&
                            cur->status != DGI_IS_REJECTED))
            return false;
        pb = dgi_side(b->rules, it, 1, ev->source, ev->n_source);
        /* the addressee does it; or somebody unnamed does it for the issuer ("the pilot was handed over to India") */
        if (pb < 0.5 && !(pb < 0 && same_doc) && !(!ev->n_source && dgi_side(b->rules, it, 0, ev->target, ev->n_target) >= 0.5))
            return false;
        if (dgi_code_group(ev->cameo) < 3 || dgi_code_group(ev->cameo) == 11 || does_content(it, ev, &k) < 2)
            return false;
        if (!later && !(day == opened && dgi_keys_overlap(it, &k) >= 0.6))
            return false;
        *out = (struct outcome){DGI_EFF_MET, DGI_IS_MET};
        return true;
    case DGI_IT_THREAT:
        if (cur->status != DGI_IS_STANDING || !later)
            return false;
        pa = dgi_side(b->rules, it, 0, ev->source, ev->n_source);
        pb = dgi_side(b->rules, it, 1, ev->target, ev->n_target);
        if (!ev->negated && pa >= 0.5 && (pb < 0 || pb >= 0.5) && material_conflict(ev)) {
            /* words that name the blow must fit the blow */
            bool vague = !it->n_codes && (!it->content.len || dgi_code_group(ev->cameo) == 19 || dgi_keys_overlap(it, &k) > 0);
            int does = does_content(it, ev, &k);
            /* "the boycott would remain in place" is no new blow; an attack is one, each time */
            if (!fresh && !ev->date_from_text && does < 2 && dgi_code_group(ev->cameo) != 19)
                does = 0, vague = false;
            if (does == 1 && it->n_keys && dgi_keys_overlap(it, &k) <= 0) /* the same class of act, but of other things */
                does = 0;
            if (does || (vague && (!same_doc || ev->date_from_text))) {
                *out = (struct outcome){DGI_EFF_CARRIED_OUT, DGI_IS_CARRIED_OUT};
                return true;
            }
        }
        if (condition_met(b, it, ev)) {
            *out = (struct outcome){DGI_EFF_DUE, DGI_IS_NONE};
            return true;
        }
        return false;
    case DGI_IT_COMMITMENT:
        if (cur->status != DGI_IS_STANDING || !later || ev->negated)
            return false;
        pa = dgi_side(b->rules, it, 0, ev->source, ev->n_source);
        if (pa >= 0.5 && does_content(it, ev, &k) == 2) {
            *out = it->content_negated ? (struct outcome){DGI_EFF_BREAK, DGI_IS_BROKEN} : (struct outcome){DGI_EFF_KEPT, DGI_IS_KEPT};
            return true;
        }
        if (condition_met(b, it, ev) && (it->n_cond_codes || it->cond_negated)) {
            *out = (struct outcome){DGI_EFF_DUE, DGI_IS_NONE};
            return true;
        }
        return false;
    case DGI_IT_AGREEMENT: {
        /* only what silences the guns is broken by guns */
        static const char *const truce[] = {"ceasefire", "cease-fire", "truce", "armistice", "peace", "non-aggression"};
        bool arms = false;
        for (size_t i = 0; i < sizeof truce / sizeof *truce && !arms; i++)
            arms = dgi_str_find(it->content, dgi_str(truce[i])) != SIZE_MAX || dgi_str_find(first->ev_text, dgi_str(truce[i])) != SIZE_MAX;
        if (!arms || dgi_code_group(ev->cameo) != 19 || ev->negated || (same_doc && !hypothetical) || !later ||
            (cur->status != DGI_IS_SIGNED && cur->status != DGI_IS_IN_FORCE))
            return false;
        pa = dgi_side(b->rules, it, -1, ev->source, ev->n_source);
        pb = dgi_side(b->rules, it, -1, ev->target, ev->n_target);
        if (pa < 0.5 || pb < 0.5)
            return false;
        *out = (struct outcome){DGI_EFF_BREAK, DGI_IS_VIOLATED};
        return true;
    }
    default: return false;
    }
}

dg_status dgi_board_what_if(const dgi_board *b, const struct dgi_ev_doc *doc, const struct dgi_sit_when *w, struct dgi_sit_effects *out,
                            dgi_arena *a, dg_error *err)
{
    static const uint8_t kinds[] = {DGI_IT_DEMAND, DGI_IT_THREAT, DGI_IT_COMMITMENT, DGI_IT_AGREEMENT};
    struct list *cands = dgi_arena_alloc(a, sizeof *cands);
    *out = (struct dgi_sit_effects){0};
    if (!cands)
        return dgi_fail(err, DG_E_NOMEM, "no memory for the board");
    for (uint32_t e = 0; e < doc->n_events; e++) {
        const struct dgi_event *ev = &doc->events[e];
        struct roles ro = {ev->source, ev->target, ev->n_source, ev->n_target, false, false};
        if (ev->content_of != DGI_NONE || (!ro.n_a && !ro.n_b))
            continue;
        for (size_t i = 0; i < sizeof kinds; i++) {
            dgi_candidates(cands, b, kinds[i], &ro);
            for (uint32_t c = 0; c < cands->n; c++) {
                struct dgi_item_state st;
                struct outcome o;
                if (!dgi_item_at(cands->item[c], w, &st) || dgi_item_closed(kinds[i], st.status) ||
                    !dgi_outcome_of(b, cands->item[c], doc, ev, INT32_MAX, false, true, true, &o))
                    continue;
                bool seen = false;
                for (uint32_t k = 0; k < out->n && !seen; k++)
                    seen = out->list[k].item == cands->item[c] && out->list[k].effect == o.effect;
                if (seen)
                    continue;
                struct dgi_sit_effect *f = DGI_PUSH(a, out->list, out->n, out->cap);
                if (!f)
                    return dgi_fail(err, DG_E_NOMEM, "no memory for the board");
                *f = (struct dgi_sit_effect){cands->item[c], o.effect, e};
            }
        }
    }
    return DG_OK;
}
