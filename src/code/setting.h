/* SPDX-License-Identifier: Apache-2.0 */
/* code/setting.h: what the files about when and where share (setting.c: what an event owns; setting_borrow.c: what it
 * takes from around it; setting_told.c: what is told above it and before). */
#ifndef DGI_SETTING_H
#define DGI_SETTING_H

#include "code/coder.h"

/* The token of [first, end) by which a time or place hangs in the tree, or DGI_NONE. */
uint32_t dgi_anchor_of(const struct coder *c, uint32_t first, uint32_t end);
/* First trigger or verb above `tok`, which owns what stands there, or DGI_NONE. *event: work index or DGI_NONE. */
uint32_t dgi_owner_of(const struct coder *c, uint32_t tok, uint32_t *event);
/* Does the word at `a` say where something happens? *top: the word that hangs on the clause, *prep: its preposition. */
bool dgi_locative(const struct coder *c, uint32_t a, uint32_t *top, uint32_t *prep);

bool dgi_told_in_past(const struct coder *c, uint32_t v);
bool dgi_told_in_present(const struct coder *c, uint32_t v);
bool dgi_past_perfect(const struct coder *c, uint32_t v);

/* Nearest time of sentence s owned by event `ev`, or where that is DGI_NONE by the word `at`, which is no event; a deadline or
 * none. NULL: none. */
const struct dgi_time *dgi_time_at(const struct coder *c, uint32_t s, uint32_t ev, uint32_t at, uint32_t near,
                                   bool deadline);
/* The same of places: index in doc->places or DGI_NONE. */
uint32_t dgi_place_at(const struct coder *c, uint32_t s, uint32_t ev, uint32_t at, const struct draft *w);

/* setting_borrow.c: for an event that owns none. NULL, DGI_NONE: none. */
const struct dgi_time *dgi_borrowed_time(const struct coder *c, const struct draft *w, uint32_t s);
/* setting_told.c: for an event past without any of these; `tense`: the verb whose tense is its own, or DGI_NONE. */
const struct dgi_time *dgi_told_time(const struct coder *c, const struct draft *w, uint32_t s, uint32_t tense);
/* The same of where: index in doc->places or DGI_NONE. */
uint32_t dgi_told_place(const struct coder *c, const struct draft *w, uint32_t s);
uint32_t dgi_borrowed_place(const struct coder *c, const struct draft *w, uint32_t s);
/* Is what stands at `a` in a clause of somebody else that is joined to the event's, and so hardly its place? */
bool dgi_told_beside(const struct coder *c, const struct draft *w, uint32_t a);
/* Seen to happen, one thing after another: assaults, protests, arrests, troops that move. */
bool dgi_on_the_ground(uint8_t plover);

#endif
