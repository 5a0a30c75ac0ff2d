/* SPDX-License-Identifier: Apache-2.0 */
/* code/ground.c: places as objects: is it a place that is attacked, taken, freed, and whose is it?
 *
 * Reads   places and names of the document, entities, the frame's target paths
 * Writes  draft.side[] of the target where no actor stands there
 *
 * A town under attack stands for the state whose it is, unless that state itself acts on its own ground: then rebels are
 * fought there, and the text has to name them. */
#include "code/coder.h"

#include "resolve/actor.h"

static uint32_t place_at_token(const struct coder *c, uint32_t tok)
{
    uint32_t s = c->doc->toks[tok].sent;
    for (uint32_t k = c->places.first[s]; k < c->places.first[s + 1]; k++) {
        const struct dgi_place *p = &c->doc->places[c->places.item[k]];
        if (p->first <= tok && tok < p->end)
            return c->places.item[k];
    }
    return DGI_NONE;
}

/* A name that hangs on tok by rel; by a preposition only "of" ("the oasis of Kosi"). */
static bool has_name(const struct coder *c, uint32_t tok, uint8_t rel)
{
    for (uint32_t ch = dgi_child(c->doc, tok, rel, DGI_NONE); ch != DGI_NONE; ch = dgi_child(c->doc, tok, rel, ch))
        if (c->r.upos[ch] == DGI_PROPN && (rel != DGI_REL_NMOD || c->r.cas[ch] == c->t->lx.prep[DGI_PREP_OF]))
            return true;
    return false;
}

/* "Lennox Island", "Kosi, a village on the river": a name that no table knows, and the noun that says what it is. */
static bool is_named_land(const struct coder *c, uint32_t tok)
{
    const struct dgi_tok *t = &c->doc->toks[tok];
    if (dgi_lemma_has(&c->r, tok, DGI_LEX_GROUND))
        return has_name(c, tok, DGI_REL_COMPOUND) || has_name(c, tok, DGI_REL_APPOS) ||
               has_name(c, tok, DGI_REL_NMOD) || (t->rel == DGI_REL_APPOS && c->r.upos[t->head] == DGI_PROPN);
    if (c->r.upos[tok] != DGI_PROPN)
        return false;
    uint32_t a = dgi_child(c->doc, tok, DGI_REL_APPOS, DGI_NONE);
    return a != DGI_NONE && dgi_lemma_has(&c->r, a, DGI_LEX_GROUND);
}

bool dgi_is_ground(const struct coder *c, uint32_t tok)
{
    const struct dgi_tok *t = &c->doc->toks[tok];
    if (t->mention != DGI_NONE) {
        const struct dgi_mention *m = &c->doc->mentions[t->mention];
        uint8_t type = c->doc->entities[m->entity].type;
        return m->locative || type == DGI_ENT_PLACE || type == DGI_ENT_COUNTRY || is_named_land(c, tok);
    }
    return t->name == DGI_NAME_LOC || place_at_token(c, tok) != DGI_NONE || is_named_land(c, tok);
}

/* The place that a phrase is or names: "Goma", "the town of Goma", "Goma airport". */
static uint32_t place_of_phrase(const struct coder *c, uint32_t tok)
{
    const struct dgi_tok *t = c->doc->toks;
    uint32_t p = place_at_token(c, tok);
    for (uint32_t ch = t[tok].first_child; ch != DGI_NONE && p == DGI_NONE; ch = t[ch].next_sib)
        if (t[ch].rel == DGI_REL_COMPOUND || t[ch].rel == DGI_REL_APPOS || t[ch].rel == DGI_REL_FLAT ||
            t[ch].rel == DGI_REL_NMOD_DESC ||
            (t[ch].rel == DGI_REL_NMOD && c->r.cas[ch] && c->r.cas[ch] == c->t->lx.prep[DGI_PREP_OF]))
            p = place_at_token(c, ch);
    return p;
}

static bool has_sector(const struct dgi_entity *e, const char *sector)
{
    dg_str list = e->sectors, w;
    while (dgi_str_next(&list, ',', &w))
        if (dgi_str_is(w, sector))
            return true;
    return false;
}

/* Does the source act for a state on its own ground? Troops of nobody's are those of the land they stand in. */
static bool on_own_ground(const struct coder *c, const struct actor_refs *source, const char *iso)
{
    for (uint32_t i = 0; i < source->n; i++) {
        const struct dgi_entity *e = &c->doc->entities[source->ref[i].entity];
        bool state = e->type == DGI_ENT_COUNTRY || has_sector(e, "MIL") || has_sector(e, "COP") || has_sector(e, "GOV");
        dg_str own = dgi_actor_land(c->actors, dgi_str(e->country), c->doc->meta.published);
        if (state && (!e->country[0] || dgi_str_is(dgi_str(e->country), iso) || dgi_str_is(own, iso)))
            return true;
    }
    return false;
}

static uint32_t entity_of_country(const struct coder *c, const char *iso)
{
    for (uint32_t i = 0; i < c->doc->n_entities; i++)
        if (c->doc->entities[i].type == DGI_ENT_COUNTRY && dgi_str_is(dgi_str(c->doc->entities[i].country), iso))
            return i;
    return DGI_NONE;
}

/* Only what is done to a place ("fired rockets into Galilee"), not what is done beside it. */
static bool done_to(const struct coder *c, const struct draft *w, const struct path *p)
{
    const struct step *last = &p->step[p->n - 1];
    if (last->kind == STEP_OBJ || last->kind == STEP_RUN)
        return true;
    if ((last->kind != STEP_NMOD && last->kind != STEP_OBL) || !last->word)
        return false;
    return last->word == c->t->lx.prep[DGI_PREP_OF] || last->word == c->t->lx.prep[DGI_PREP_ON] ||
           (p->n == 1 && w->frame->plover == DGI_ASSAULT && last->kind == STEP_OBL &&
            (c->t->lx.bits[last->word] & (DGI_LEX_SIDE_PREP | DGI_LEX_LOCAL_PREP)) == DGI_LEX_SIDE_PREP);
}

void dgi_fill_ground(const struct coder *c, struct draft *w)
{
    const struct role *r = &w->frame->role[ROLE_TARGET];
    uint8_t p = w->frame->plover;
    if (w->side[DGI_SIDE_TARGET].n || r->none || (p != DGI_ASSAULT && p != DGI_COERCE && p != DGI_MOBILIZE))
        return;
    /* "laid waste to Goma": whom a fixed expression is done to, but not what troops stand near */
    static const struct path own[] = {{1, {{STEP_RUN, 0}}}, {1, {{STEP_OBJ, 0}}}};
    uint32_t first = w->frame->flags & FRAME_RUN && p != DGI_MOBILIZE ? 0 : 1;
    const struct path *paths = r->given ? r->path : own + first;
    uint32_t n = r->given ? r->n : 2 - first;
    for (uint32_t k = 0; k < n && !w->side[DGI_SIDE_TARGET].n; k++) {
        const struct path *path = &paths[k];
        struct dgi_fill f = {{0}, 0};
        if (!done_to(c, w, path))
            continue;
        dgi_frame_path(c, w->tok, path, &f);
        for (uint32_t i = 0; i < f.n; i++) {
            uint32_t place = place_of_phrase(c, f.tok[i]);
            const char *iso = place == DGI_NONE ? "" : c->doc->places[place].country;
            uint32_t e =
                iso[0] && !on_own_ground(c, &w->side[DGI_SIDE_SOURCE], iso) ? entity_of_country(c, iso) : DGI_NONE;
            if (e != DGI_NONE)
                dgi_refs_add(&w->side[DGI_SIDE_TARGET],
                             (struct dgi_ref){e, c->doc->places[place].span, f.tok[i], false});
        }
    }
}
