/* SPDX-License-Identifier: Apache-2.0 */
/* code/coder.h: what the files of this room share while one document is coded. */
#ifndef DGI_CODER_H
#define DGI_CODER_H

#include "clause/repair.h"
#include "code/frames.h"
#include "doc/doc.h"
#include "doc/read.h"

enum {
    MAX_CLIMB = 40, /* steps up a tree that any walk takes at most */
    MAX_SOURCES = 16,
    MAX_SENTENCE = DGI_CODE_MAX_WORDS /* nothing longer is a sentence, and work per sentence stays bounded */
};

struct actor_refs { /* actors that fill a slot */
    struct dgi_ref ref[MAX_SOURCES];
    uint32_t n;
};
struct draft { /* an event in the making */
    struct actor_refs side[DGI_N_SIDE];
    const struct frame *frame;
    const struct light *light;
    uint32_t tok, light_tok;        /* trigger; verb that carries it or DGI_NONE */
    uint32_t clause;                /* verb or predicate whose tense and modals count: tok, or light_tok */
    uint32_t parent, parent_cond;   /* work index or DGI_NONE */
    uint32_t content_tok, cond_tok; /* head of the content and of the condition clause, or DGI_NONE */
    uint32_t extra_tok[3], n_extra; /* further words of a multi-word trigger */
    uint8_t status;
    bool negated, own_actor, self_pronoun, dropped, used_up, nominal, recip, passive, inherited, has_child,
        governed,    /* its status was said of itself, not only of its clause */
        far;         /* its target stands elsewhere in the sentence (far_side.c) */
    float read;      /* chance that the reader gave it where no row has it, else 0 */
    uint32_t out;    /* index in doc->events */
    uint32_t before; /* work index of the draft kept before it in its sentence, or DGI_NONE */
};
struct coder {
    const dgi_coder_tables *t;
    const struct dgi_actors_ctx *actors; /* names of states that the text does not name; may be NULL */
    struct dgi_doc *doc;
    dgi_arena *scratch;
    struct dgi_reading r; /* the clauses, as clause/ reads them */
    uint32_t *ev;         /* work index of the trigger at a token, or DGI_NONE */
    uint32_t *cue;        /* statement whose cue the token is, or DGI_NONE */
    uint32_t *stmt;       /* innermost statement that holds the token, or DGI_NONE */
    bool *political;      /* per sentence: somebody political is named, or its words leave no doubt */
    bool disaster;        /* a report of an accident or a disaster of nature, without violence */
    bool about_politics;  /* one of them is, or the text names nobody at all */
    uint32_t *used;       /* token is part of another event's trigger: 1 + work index of that */
    struct in_sent {      /* which times, places and numbers a sentence has: item[first[s]] .. item[first[s + 1]] */
        uint32_t *first, *item;
    } times, places, quantities;
    uint32_t *run;         /* the phrase that is X in the fixed expression last found at a trigger, or DGI_NONE */
    uint32_t *low;         /* 1 + word id of the form in small letters, 0: not looked up yet */
    struct sentence_sign { /* of the sentence last asked for */
        struct dgi_sign of;
        uint32_t sent;
    } * signs;
    struct draft *w;
    uint32_t n_w, cap_w;
    uint32_t *newest; /* per sentence: the draft kept last, or DGI_NONE; draft.before goes on from there */
    bool bodily; /* the sides being looked for are of a deed that happens to people: an envoy is not his state there */
    bool nomem, no_veto; /* no_veto: the trained reader refuses nothing (`lexicon check` asks rows) */
};

/* A draft stands for a token, or (DGI_NONE) does so no longer. */
static inline void dgi_mark_event(struct coder *c, uint32_t tok, uint32_t draft)
{
    c->ev[tok] = draft;
    c->r.asks[tok] = draft != DGI_NONE && c->w[draft].frame->plover == DGI_REQUEST;
}

/* steps.c: "imposed sanctions and widened them": the noun for which the verb's object stands, or DGI_NONE */
uint32_t dgi_meant_by_pronoun(const struct coder *c, uint32_t verb);
/* `wide`: also where a parser often hangs it wrongly (a phrase of the object that belongs to the verb) */
void dgi_frame_step(const struct coder *c, uint32_t tok, struct step s, bool wide, struct dgi_fill *out);
void dgi_frame_path(const struct coder *c, uint32_t tok, const struct path *p, struct dgi_fill *out);

/* governor.c */
/* How tok hangs on its head, as a step kind; *prep its preposition. */
uint8_t dgi_step_of(const struct coder *c, uint32_t tok, uint32_t *prep);
/* Row of status.tsv for a governing word and the relation of what it governs; NULL: none. */
const struct governor *dgi_governor_of(const dgi_coder_tables *t, uint32_t word, uint8_t upos, uint8_t step_kind,
                                       uint32_t prep);
const struct governor *dgi_governor(const struct coder *c, uint32_t word_tok, uint8_t step_kind, uint32_t prep);
/* Row for a word that modifies: auxiliary, adverb, conjunction, adjective, determiner; NULL: none. */
const struct governor *dgi_modifier(const struct coder *c, uint32_t tok, uint8_t step_kind);

/* slots.c */
void dgi_drop_struck(const struct coder *c, struct draft *w);
void dgi_actors_at(const struct coder *c, uint32_t tok, bool allow_place, struct actor_refs *out, int depth);
bool dgi_refs_add(struct actor_refs *r, struct dgi_ref ref);
bool dgi_refs_same(const struct actor_refs *a, const struct actor_refs *b); /* one of them is on both sides */
/* One of them is on both sides, or they have somebody of one state each. */
bool dgi_refs_share(const struct coder *c, const struct actor_refs *a, const struct actor_refs *b);
/* Rebels, those who broke away, gunmen: of a land, and no people of its government. */
bool dgi_set_against(const struct dgi_entity *e);
/* The same, or both of one state and on one side in it: a state and its envoy, rebels and their guerrillas' name. */
bool dgi_same_power(const struct dgi_entity *a, const struct dgi_entity *b);
void dgi_fill_slots(struct coder *c, struct draft *w);
bool dgi_slots_needed(const struct coder *c, const struct draft *w);
void dgi_fill_from_light(struct coder *c, struct draft *w);

/* fronted.c: the subject behind the comma after a participle that opens the sentence, and that comma; DGI_NONE: it is none.
 * Who does it to whom, where an expression stands there */
bool dgi_is_comma(const struct coder *c, uint32_t tok);
uint32_t dgi_fronted(const struct coder *c, uint32_t v, uint32_t *comma);
void dgi_fill_fronted(const struct coder *c, struct draft *w);

/* far_side.c: the one other power that its sentence names, where its own words hold no target; false: none */
bool dgi_fill_far_side(const struct coder *c, struct draft *w);
/* May the mention be the other side of w: a power beside its source, told in the same clause and not as who speaks? */
bool dgi_may_be_meant(const struct coder *c, const struct draft *w, const struct dgi_mention *m);
bool dgi_is_by_power(const struct coder *c, const struct draft *w); /* is its source a power itself? */
uint32_t dgi_mentions_from(const struct dgi_doc *d,
                           uint32_t first); /* index of the first that begins there or behind */
/* Are all of a side people of power? `perhaps`: or named, and known for nothing else */
bool dgi_are_mighty(const struct coder *c, const struct draft *w, uint32_t side, bool perhaps);
/* An expression whose own words may leave the other side out; read: another row reads its word too. */
bool dgi_may_lack_side(const struct coder *c, uint32_t tok, const struct frame *f, bool read);

/* sides.c: a target inside the object's phrase, of the place, of the condition; whom a protest is made to */
void dgi_fill_other_side(struct coder *c);
void dgi_fill_deeds(struct coder *c);                    /* who did what somebody is accused of, whom a deed befell */
void dgi_fill_protest(struct coder *c, struct draft *w); /* protest.c: to whom a protest is made that names nobody */
void dgi_fill_home(struct coder *c); /* home_side.c: what is done at home is done to people of the same state */
void dgi_fill_meetings(
    struct coder *c); /* before the bare events are dropped: who do a thing together at a meeting met */

/* parties.c: between whom a deal is that others broker; after the meetings */
void dgi_fill_parties(struct coder *c);
bool dgi_is_broker(const struct coder *c, uint32_t tok); /* "a deal brokered by tok": no party to it */
void dgi_fill_offered_talks(struct coder *c);            /* whom one asks to talks, once that is known */

/* outsiders.c: sides that are none in politics: people without a title, firms, papers, the killed that are only counted; false:
 * no memory */
/* outsiders.c: the land in which it is, ISO 3: that of its own clause, else of the sentence, where all its places are of one; "". */
void dgi_one_land(const struct coder *c, uint32_t tok, char iso[4]);
/* "officials in Lima said": where it is told, not where it was done. */
bool dgi_is_where_told(const struct coder *c, const struct dgi_place *p);
void dgi_own_land(const struct coder *c, uint32_t tok, char iso[4]); /* that of its own clause alone */
bool dgi_fill_outsiders(struct coder *c);

/* answered.c: whose word or deed the event order[at] answers, where its clause only points back to it; none: nobody known */
struct actor_refs dgi_answered(const struct coder *c, struct draft *const *order, uint32_t at);

/* around.c: sides that another event of the text, or who tells it, makes known; before the discourse */
void dgi_fill_around(struct coder *c);
void dgi_drop_sent(struct coder *c); /* whom somebody sends is no side of what he is sent for */
void dgi_fill_carried(
    struct coder *c); /* with whose offer, demand or threat somebody comes; before the bare events are dropped */

/* discourse.c: sides that the clause leaves out; false: no memory */
bool dgi_fill_from_discourse(struct coder *c);

/* ground.c: places as objects */
bool dgi_is_ground(const struct coder *c, uint32_t tok); /* a place, whoever's */
void dgi_fill_ground(const struct coder *c,
                     struct draft *w); /* the owner of the place attacked, where no target is named */

/* matching.c */
/* One more draft, the newest of its sentence. NULL: no memory. */
struct draft *dgi_keep_draft(struct coder *c, const struct draft *w);
bool dgi_pos_fits(const struct coder *c, uint32_t tok, uint8_t pos);
bool dgi_voice_fits(const struct coder *c, uint32_t tok, const struct frame *f);
bool dgi_constraint_holds(const struct coder *c, uint32_t tok, const struct constraint *k, struct dgi_fill *used);
bool dgi_constraints_hold(const struct coder *c, uint32_t tok, const struct frame *f, struct dgi_fill *used);
void dgi_match_sentence(struct coder *c, uint32_t sent);
bool dgi_refused_by_table(struct coder *c, uint32_t tok); /* does a row of nonevents hold? */

/* slots.c: is one of the actor's sectors of the class (sector_* of function_words.tsv)? */
bool dgi_of_sector(const struct coder *c, const struct dgi_entity *e, enum dgi_word_set set);

/* runs.c: does one of the fixed expressions stand after tok? The words of the longest go into `used` (NULL: nobody asks), its X
 * into c->run[tok] */
bool dgi_runs_stand(const struct coder *c, uint32_t tok, const struct run *r, uint32_t n, struct dgi_fill *used);
bool dgi_is_mutual(const struct coder *c, uint32_t tok); /* "each other", "one another" */

/* advice.c */
void dgi_hear_reader(struct coder *c);
/* advice.c: the actors among the words that have the chance `least` of filling the role. */
void dgi_actors_of_role(const struct coder *c, const struct dgi_read_event *r, enum dgi_read_role role, float least,
                        struct actor_refs *out);
/* correct.c: a side whose words all have less than the chance `doubt` goes to the actors that have the chance `sure`. */
bool dgi_of_disaster(const struct coder *c);
/* Are all of `got` troops with which a threat would be carried out, and none whom it is made to? */
bool dgi_is_own_means(const struct coder *c, const struct draft *w, const struct actor_refs *got);
bool dgi_is_another(const struct coder *c, const struct draft *w, int side, const struct actor_refs *got);
/* correct.c: the draft's row, or one of another type: that which has the chance `retype` where the row's has less than `held`. */
const struct frame *dgi_retyped(struct coder *c, const struct draft *w, const struct dgi_read_event *r);
struct frame *dgi_row_of_reader(struct coder *c, uint32_t tok,
                                uint8_t type); /* advice.c: a row of reader.tsv for this word; NULL: no memory */
void dgi_correct_sides(struct coder *c, struct draft *w, const struct dgi_read_event *r, const struct chances *by);
/* advice.c: what the reader says of the draft's trigger; NULL: nothing. */
const struct dgi_read_event *dgi_read_of_draft(const struct coder *c, const struct draft *w);
void dgi_guess_targets(
    struct coder *c); /* likely.c: the power that the reader holds for the likeliest, where nothing leads to one */
float dgi_seen(const struct coder *c, const struct draft *w); /* the reader's chance at the words of its trigger */

/* unmatched.c: lines of the trace about words of rows that matched none */
void dgi_trace_unmatched(struct coder *c, uint32_t tok);
void dgi_trace_other_class(struct coder *c, uint32_t tok);

/* filter.c */
bool dgi_sentence_topic_out(const struct coder *c, uint32_t sent, int *score);
bool dgi_political_sentence(const struct coder *c, uint32_t sent);
/* Has its sentence a noun of sport, markets, nature, and none of politics? */
bool dgi_sport_near(const struct coder *c, const struct draft *w);
const char *dgi_refuse_trigger(const struct coder *c, uint32_t tok);

/* ordinary.c */
bool dgi_is_ordinary(const struct coder *c, const struct draft *w); /* of everyday life and no event of politics */
bool dgi_is_background(const struct coder *c,
                       const struct draft *w); /* what a law holds at all times; "those killed" */
void dgi_take_for_words(struct coder *c); /* one politician attacks another: with words, unless weapons are named */
void dgi_blame_doers(struct coder *c);    /* who denounces a deed blames who did it, not whom it befell */

/* link.c, status.c, setting.c, drop.c, write.c, compose.c */
void dgi_link_events(struct coder *c);
void dgi_inherit_slots(struct coder *c);
bool dgi_presupposed(const struct coder *c, uint32_t n); /* has "the", "this" or an owner */
/* status_told.c: what is asked, told, played or remembered */
bool dgi_is_asked(const struct coder *c, uint32_t v);     /* is the clause of v the question of its sentence? */
bool dgi_is_inverted(const struct coder *c, uint32_t v);  /* a condition without "if": "had they left" */
bool dgi_is_fiction(const struct coder *c, uint32_t tok); /* does a film, a novel, a game tell it? */
bool dgi_is_played(const struct coder *c, uint32_t v);    /* is it done in an exercise, for show? */
bool dgi_is_long_ago(const struct coder *c,
                     uint32_t v); /* "the anniversary of the day they ..", "ten years after they .." */
/* What becomes of a report makes its content so: a status, or DGI_ST_ACTUAL; *negated flips. n: the noun that reports. */
uint8_t dgi_told_status(const struct coder *c, uint32_t n, bool *negated);
bool dgi_told_falsely(const struct coder *c, uint32_t v); /* "falsely reported that" */
void dgi_find_status(struct coder *c, struct draft *w);
bool dgi_set_event(struct coder *c, struct draft *w, struct dgi_coded *e); /* date, place, quantities, statement */
bool dgi_says_something(uint8_t plover); /* demands, threats, charges ...: what they speak of is another event */
void dgi_drop_words(struct coder *c);
void dgi_drop_bare(struct coder *c);
bool dgi_join_hyphened(struct coder *c); /* false: no memory */
bool dgi_write_events(struct coder *c);  /* false: no memory */
void dgi_compose_codes(struct coder *c);
/* compose.c: "will not help": a refusal from now on, where none stands there yet; after the status. false: no memory */
bool dgi_refuse(struct coder *c, struct draft *w);

#endif
