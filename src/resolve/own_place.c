/* SPDX-License-Identifier: Apache-2.0 */
/* resolve/own_place.c: where does it happen? The land that somebody's own clause says it is in.
 *
 * Reads   tree, places (with their countries), mentions; cue `stand` of actor_cues
 * Writes  nothing
 *
 * "Thousands marched through Oslo against the war in Mali": of two lands in a sentence the one of the clause counts. "outside the
 * Danish embassy in Jakarta": so does a place inside what one stands at, but not whose that is. */
#include "resolve/own_place.h"

#include "clause/clause.h"
#include "resolve/actor_in.h"

enum { DEEPEST = 3, MOST_UP = 5 };

static const char none[] = "", several[] = "-";

const char *dgi_country_at(const struct dgi_where *w, uint32_t tok)
{
    const struct dgi_tok *t = w->doc->toks;
    uint32_t p = w->place(w->user, tok);
    for (uint32_t ch = t[tok].first_child; ch != DGI_NONE && p == DGI_NONE; ch = t[ch].next_sib)
        if (t[ch].rel == DGI_REL_COMPOUND || t[ch].rel == DGI_REL_FLAT || t[ch].rel == DGI_REL_APPOS)
            p = w->place(w->user, ch);
    return p == DGI_NONE ? none : w->doc->places[p].country;
}

static const char *agreed(const char *a, const char *b)
{
    return !a[0] ? b : !b[0] || !strcmp(a, b) ? a : several;
}

bool dgi_is_venue(const struct dgi_actors_ctx *ctx, const struct dgi_doc *doc, uint32_t tok)
{
    const struct dgi_tok *t = doc->toks;
    char buf[32];
    for (int k = 0; k < MOST_UP && tok != DGI_NONE && t[tok].head != DGI_NONE &&
                    (dgi_rel_base(t[tok].rel) == DGI_REL_COMPOUND || dgi_rel_base(t[tok].rel) == DGI_REL_FLAT ||
                     t[tok].rel == DGI_REL_APPOS || t[tok].rel == DGI_REL_NMOD_UNMARKED);
         k++)
        tok = t[tok].head; /* "in Oruro, Bolivia"; a tree from outside may go round */
    if (tok == DGI_NONE || !dgi_actor_cue(ctx, "home", dgi_case_of(doc, tok, buf, sizeof buf)))
        return false;
    for (int k = 0; k < MOST_UP && tok != DGI_NONE; k++, tok = t[tok].head) {
        if (dgi_actor_cue(ctx, "venue", t[tok].lemma)) {
            /* "clashed outside the summit in X": there, not at it */
            dg_str prep = dgi_case_of(doc, tok, buf, sizeof buf);
            return !dgi_actor_cue(ctx, "stand", prep) || dgi_actor_cue(ctx, "home", prep);
        }
        if (t[tok].upos != DGI_VERB)
            continue;
        /* "held a round of talks in Bergen" */
        for (uint32_t ch = t[tok].first_child; ch != DGI_NONE; ch = t[ch].next_sib)
            if (t[ch].rel == DGI_REL_OBJ || t[ch].rel == DGI_REL_NSUBJ_PASS)
                for (uint32_t n = ch, deep = 0; n != DGI_NONE && deep < DEEPEST; deep++) {
                    if (dgi_actor_cue(ctx, "venue", t[n].lemma))
                        return true;
                    n = dgi_child(doc, n, DGI_REL_NMOD, DGI_NONE);
                }
        return false;
    }
    return false;
}

/* The land of the places in which a noun is: "protesters in Conakry", and, where one stands there, "the old quarter of Dakar". */
static const char *place_inside(const struct dgi_where *w, uint32_t tok, bool stands, int depth)
{
    const struct dgi_tok *t = w->doc->toks;
    const char *iso = none;
    char buf[32];
    for (uint32_t ch = t[tok].first_child; ch != DGI_NONE && depth < DEEPEST; ch = t[ch].next_sib) {
        if (dgi_rel_base(t[ch].rel) != DGI_REL_NMOD || t[ch].rel == DGI_REL_NMOD_POSS ||
            dgi_is_venue(w->ctx, w->doc, ch))
            continue;
        dg_str prep = dgi_case_of(w->doc, ch, buf, sizeof buf);
        bool in = dgi_actor_cue(w->ctx, "stand", prep);
        if (!in && !(stands && t[tok].mention == DGI_NONE && dgi_word_in(w->doc->words, DGI_W_OF, prep)))
            continue;
        const char *one = dgi_country_at(w, ch);
        iso = agreed(iso, one[0] ? one : place_inside(w, ch, stands || in, depth + 1));
    }
    return iso;
}

/* `asked`: of the verb itself; what it is done about ("to protest the war in Mali") is elsewhere then. */
static const char *place_of_verb(const struct dgi_where *w, uint32_t v, bool asked)
{
    const struct dgi_tok *t = w->doc->toks;
    const char *iso = none;
    char buf[32];
    for (uint32_t ch = t[v].first_child; ch != DGI_NONE; ch = t[ch].next_sib) {
        uint8_t rel = dgi_rel_base(t[ch].rel);
        if (dgi_is_venue(w->ctx, w->doc, ch))
            continue;
        if (rel != DGI_REL_OBL && (asked || (rel != DGI_REL_OBJ && rel != DGI_REL_NSUBJ)))
            continue;
        bool in = rel == DGI_REL_OBL && dgi_actor_cue(w->ctx, "stand", dgi_case_of(w->doc, ch, buf, sizeof buf));
        const char *one = in ? dgi_country_at(w, ch) : none;
        iso = agreed(iso, one[0] ? one : place_inside(w, ch, in, 0));
    }
    return iso;
}

const char *dgi_own_place(const struct dgi_where *w, uint32_t tok)
{
    const struct dgi_tok *t = w->doc->toks;
    uint32_t v = tok;
    for (int k = 0; k < MOST_UP && v != DGI_NONE && t[v].upos != DGI_VERB; k++)
        v = t[v].head;
    if (v == DGI_NONE || t[v].upos != DGI_VERB)
        return none;
    const char *iso = place_of_verb(w, v, v == tok);
    bool shared = t[v].rel == DGI_REL_CONJ || t[v].rel == DGI_REL_XCOMP || (v == tok && t[v].rel == DGI_REL_ADVCL);
    if (!iso[0] && shared && t[v].head != DGI_NONE)
        iso = place_of_verb(w, t[v].head, v == tok);
    return strcmp(iso, several) != 0 ? iso : none;
}
