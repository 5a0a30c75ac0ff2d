/* SPDX-License-Identifier: Apache-2.0 */
/* code/frames.c: lexicon tables to the coder's compact structures.
 *
 * Reads   tables frames-*, classes, grammar, lightverbs, nonevents, compose, status, topics, contexts
 * Writes  struct dgi_coder_tables, once, read-only afterwards
 *
 * All words of the tables are numbered, so that matching compares integers: a token's lemma is looked up once. */
#include "code/frames_parse.h"

#include <stdlib.h>

static void read_frames(dgi_coder_tables *t, const struct dgi_table *tab, uint32_t index)
{
    for (uint32_t r = 0; r < tab->n_rows && !t->nomem; r++) {
        struct row_at at = {tab, r};
        struct frame f;
        memset(&f, 0, sizeof f);
        f.id = dgi_table_cell(tab, r, 0);
        f.table = index;
        f.row = r;
        if (!dgi_parse_trigger(t, at, 2, dgi_table_cell(tab, r, 1), &f) ||
            !dgi_parse_roles(t, at, 3, dgi_table_cell(tab, r, 2), &f) || !dgi_parse_codes(t, at, &f))
            continue;
        struct frame *p = DGI_PUSH(t->arena, t->frame, t->n_frames, t->cap_frames);
        if (!p)
            t->nomem = true;
        else
            *p = f;
    }
}

static void read_negatives(dgi_coder_tables *t, const struct dgi_table *tab)
{
    for (uint32_t r = 0; r < tab->n_rows && !t->nomem; r++) {
        struct row_at at = {tab, r};
        struct frame f;
        memset(&f, 0, sizeof f);
        f.id = dgi_table_cell(tab, r, 0);
        f.row = r;
        if (!dgi_parse_trigger(t, at, 2, dgi_table_cell(tab, r, 1), &f))
            continue;
        struct frame *p = DGI_PUSH(t->arena, t->neg, t->n_neg, t->cap_neg);
        if (!p)
            t->nomem = true;
        else
            *p = f;
    }
}

static const struct {
    const char *name;
    uint8_t effect;
} effect_names[] = {{"future", EF_FUTURE}, {"hypothetical", EF_HYP}, {"actual", EF_ACTUAL}, {"negated", EF_NEG},
                    {"hypneg", EF_HYPNEG}, {"fail", EF_FAIL},        {"would", EF_WOULD},   {"condition", EF_COND},
                    {"fact", EF_FACT},     {"soft", EF_SOFT},        {"truth", EF_TRUTH},   {"false", EF_FALSE},
                    {"past", EF_PAST},     {"fiction", EF_FICTION},  {"tell", EF_TELL},     {"drill", EF_DRILL},
                    {"none", EF_NONE}};

static bool parse_effect(dg_str s, uint8_t *out)
{
    for (size_t i = 0; i < sizeof effect_names / sizeof *effect_names; i++)
        if (dgi_str_is(s, effect_names[i].name)) {
            *out = effect_names[i].effect;
            return true;
        }
    return s.len == 0;
}

static bool parse_side(dgi_coder_tables *t, struct row_at at, uint32_t col, struct role *sl)
{
    dg_str s = dgi_table_cell(at.tab, at.row, col - 1);
    sl->given = true;
    sl->none = s.len == 0;
    return sl->none || dgi_parse_paths(t, at, col, s, &sl->path, &sl->n);
}

/* id, trigger, carrier, source, target, aspect */
static void read_light(dgi_coder_tables *t, const struct dgi_table *tab)
{
    static const struct {
        const char *name;
        uint8_t effect;
    } aspect_names[] = {{"hypothetical", EF_HYP}, {"start", EF_NONE}, {"end", EF_NONE},    {"go_on", EF_NONE},
                        {"cause", EF_NONE},       {"fail", EF_FAIL},  {"cancel", EF_FAIL}, {"future", EF_FUTURE}};
    for (uint32_t r = 0; r < tab->n_rows && !t->nomem; r++) {
        struct row_at at = {tab, r};
        struct light l;
        memset(&l, 0, sizeof l);
        l.verb.id = dgi_table_cell(tab, r, 0);
        if (!dgi_parse_trigger(t, at, 2, dgi_table_cell(tab, r, 1), &l.verb))
            continue;
        dg_str rels = dgi_table_cell(tab, r, 2), w, aspect = dgi_table_cell(tab, r, 5);
        while (dgi_str_next(&rels, '|', &w))
            if (l.n_rel == 3 || !dgi_parse_step(t, w, &l.rel[l.n_rel++])) {
                dgi_frames_fault(t, at, 3, "unknown relation '%.*s'", (int)w.len, w.ptr);
                l.n_rel--;
                break;
            }
        if (!l.n_rel || !parse_side(t, at, 4, &l.source) || !parse_side(t, at, 5, &l.target))
            continue;
        size_t k = 0;
        while (k < sizeof aspect_names / sizeof *aspect_names && !dgi_str_is(aspect, aspect_names[k].name))
            k++;
        if (k < sizeof aspect_names / sizeof *aspect_names)
            l.effect = aspect_names[k].effect;
        else if (aspect.len)
            dgi_frames_fault(t, at, 6, "unknown aspect '%.*s'", (int)aspect.len, aspect.ptr);
        struct light *p = DGI_PUSH(t->arena, t->light, t->n_light, t->cap_light);
        if (!p)
            t->nomem = true;
        else
            *p = l;
    }
}

static void read_status(dgi_coder_tables *t, const struct dgi_table *tab)
{
    for (uint32_t r = 0; r < tab->n_rows && !t->nomem; r++) {
        struct row_at at = {tab, r};
        struct governor g;
        memset(&g, 0, sizeof g);
        g.id = dgi_table_cell(tab, r, 0);
        if (!dgi_parse_pos(dgi_table_cell(tab, r, 2), &g.pos))
            dgi_frames_fault(t, at, 3, "unknown part of speech");
        dg_str rels = dgi_table_cell(tab, r, 3), w, ctl = dgi_table_cell(tab, r, 5);
        while (dgi_str_next(&rels, '|', &w)) {
            struct step st;
            if (dgi_str_is(w, "*"))
                g.rels = UINT32_MAX;
            else if (dgi_parse_step(t, w, &st)) {
                g.rels |= 1u << st.kind;
                if (st.word && g.n_prep < sizeof g.prep / sizeof *g.prep)
                    g.prep[g.n_prep++] = st.word;
                else if (st.word)
                    dgi_frames_fault(t, at, 4, "more than four prepositions");
            } else
                dgi_frames_fault(t, at, 4, "unknown relation '%.*s'", (int)w.len, w.ptr);
        }
        if (!parse_effect(dgi_table_cell(tab, r, 4), &g.effect))
            dgi_frames_fault(t, at, 5, "unknown effect");
        g.control = dgi_str_is(ctl, "subj")  ? DGI_CONTROL_SUBJECT
                    : dgi_str_is(ctl, "obj") ? DGI_CONTROL_OBJECT
                                             : DGI_CONTROL_AUTO;
        struct words s = dgi_parse_words(t, at, 2, dgi_table_cell(tab, r, 1));
        for (uint32_t i = 0; i < s.n; i++) {
            uint32_t n = t->n_gov;
            struct governor *p = DGI_PUSH(t->arena, t->gov, t->n_gov, t->cap_gov);
            uint32_t *q = p ? DGI_PUSH(t->arena, t->gov_word, n, t->cap_gov_word) : NULL;
            if (!q) {
                t->nomem = true;
                return;
            }
            *p = g;
            *q = s.w[i];
        }
    }
}

static void read_compose(dgi_coder_tables *t, const struct dgi_table *tab)
{
    for (uint32_t r = 0; r < tab->n_rows && !t->nomem; r++) {
        dg_str p = dgi_table_cell(tab, r, 1), c = dgi_table_cell(tab, r, 2), res = dgi_table_cell(tab, r, 3);
        struct row_at at = {tab, r};
        if (p.len > 4 || c.len > 4 || res.len > 4 || !p.len || !res.len) {
            dgi_frames_fault(t, at, 2, "codes have up to 4 digits");
            continue;
        }
        struct compose *k = DGI_PUSH(t->arena, t->comp, t->n_comp, t->cap_comp);
        if (!k) {
            t->nomem = true;
            return;
        }
        memcpy(k->parent, p.ptr, p.len);
        if (c.len)
            memcpy(k->content, c.ptr, c.len);
        memcpy(k->result, res.ptr, res.len);
    }
}

static void read_classes(dgi_coder_tables *t, const struct dgi_table *tab)
{
    for (uint32_t r = 0; r < tab->n_rows && !t->nomem; r++) {
        dg_str name = dgi_table_cell(tab, r, 0), w, list = dgi_table_cell(tab, r, 1);
        size_t dot = dgi_str_find(name, DGI_S("."));
        if (dot != SIZE_MAX)
            name = dgi_str_sub(name, 0, dot);
        struct class_def *c = dgi_frames_class(t, name);
        if (!c) {
            if (!(c = DGI_PUSH(t->arena, t->cls, t->n_cls, t->cap_cls))) {
                t->nomem = true;
                return;
            }
            c->name = name;
        }
        while (dgi_str_next(&list, '|', &w)) {
            uint32_t *p = w.len ? DGI_PUSH(t->arena, c->word, c->n, c->cap) : NULL;
            if (p)
                *p = dgi_lexis_add(&t->lx, w);
        }
    }
}

static const struct {
    const char *name;
    uint32_t bit;
} grammar_names[] = {{"transparent", DGI_LEX_TRANSPARENT},
                     {"report", DGI_LEX_REPORT},
                     {"gerund_obj", DGI_LEX_GERUND_OBJ},
                     {"force", DGI_LEX_FORCE},
                     {"local_prep", DGI_LEX_LOCAL_PREP},
                     {"territory", DGI_LEX_TERRITORY},
                     {"warn", DGI_LEX_WARN},
                     {"consequence", DGI_LEX_CONSEQUENCE},
                     {"patient", DGI_LEX_PATIENT},
                     {"negator", DGI_LEX_NEGATOR},
                     {"topic_prep", DGI_LEX_TOPIC_PREP},
                     {"side_prep", DGI_LEX_SIDE_PREP},
                     {"harm", DGI_LEX_HARM},
                     {"counted", DGI_LEX_COUNTED},
                     {"private", DGI_LEX_PRIVATE},
                     {"meeting_prep", DGI_LEX_MEETING_PREP},
                     {"part_in", DGI_LEX_PART_IN},
                     {"nation", DGI_LEX_NATION},
                     {"charge_prep", DGI_LEX_CHARGE_PREP},
                     {"struck", DGI_LEX_STRUCK},
                     {"vow", DGI_LEX_VOW},
                     {"answered", DGI_LEX_ANSWERED},
                     {"charged", DGI_LEX_CHARGED},
                     {"deed", DGI_LEX_DEED},
                     {"summon", DGI_LEX_SUMMON},
                     {"said_to", DGI_LEX_SAID_TO},
                     {"ground", DGI_LEX_GROUND},
                     {"fights_with", DGI_LEX_FIGHTS_WITH}};

/* prep_agent, prep_of ...: one word each */
static bool read_prep(dgi_coder_tables *t, dg_str name, dg_str list)
{
    static const char *const prep_names[DGI_N_PREP] = {
        "prep_agent", "prep_of", "prep_with", "prep_between", "prep_to", "prep_for", "prep_from", "prep_on", "prep_in"};
    for (int i = 0; i < DGI_N_PREP; i++)
        if (dgi_str_is(name, prep_names[i])) {
            t->lx.prep[i] = dgi_lexis_add(&t->lx, list);
            return true;
        }
    return false;
}

/* default_verb_source ...: where source and target of a row that does not say so are looked for */
static bool read_default(dgi_coder_tables *t, struct row_at at, dg_str name, dg_str paths)
{
    static const char *const default_names[] = {"default_verb_source", "default_verb_target", "default_noun_source",
                                                "default_noun_target", "default_run_target"};
    struct role *const s[] = {&t->def_verb[DGI_SIDE_SOURCE], &t->def_verb[DGI_SIDE_TARGET],
                              &t->def_noun[DGI_SIDE_SOURCE], &t->def_noun[DGI_SIDE_TARGET], &t->def_run};
    for (size_t i = 0; i < sizeof s / sizeof *s; i++)
        if (dgi_str_is(name, default_names[i]))
            return dgi_parse_paths(t, at, 2, paths, &s[i]->path, &s[i]->n);
    return false;
}

/* First the words get their numbers, then, once there are bits, their classes. */
static void read_grammar(dgi_coder_tables *t, const struct dgi_table *tab, bool apply)
{
    for (uint32_t r = 0; r < tab->n_rows && !t->nomem; r++) {
        dg_str name = dgi_table_cell(tab, r, 0), w, list = dgi_table_cell(tab, r, 1);
        struct row_at at = {tab, r};
        uint32_t bit = 0;
        size_t dot = dgi_str_find(name, DGI_S("."));
        if (dot != SIZE_MAX)
            name = dgi_str_sub(name, 0, dot);
        for (size_t i = 0; i < sizeof grammar_names / sizeof *grammar_names; i++)
            if (dgi_str_is(name, grammar_names[i].name))
                bit = grammar_names[i].bit;
        if (!bit && (apply || read_prep(t, name, list) || read_default(t, at, name, list)))
            continue;
        if (!bit)
            dgi_frames_fault(t, at, 1, "nothing reads the class '%.*s'", (int)name.len, name.ptr);
        while (dgi_str_next(&list, '|', &w)) {
            uint32_t id = dgi_lexis_add(&t->lx, w);
            if (apply && id)
                t->lx.bits[id] |= bit;
        }
    }
}

/* id, weight in hundredths */
static void read_sure(dgi_coder_tables *t, const struct dgi_table *tab)
{
    static const char *const sure_keys[N_SURE] = {"base", "seen", "alone", "nobody"};
    for (uint32_t r = 0; r < tab->n_rows; r++) {
        dg_str id = dgi_table_cell(tab, r, 0), w = dgi_table_cell(tab, r, 1);
        uint32_t k = 0;
        int64_t v = 0;
        while (k < N_SURE && !dgi_str_is(id, sure_keys[k]))
            k++;
        if (k < N_SURE && dgi_str_int(w, &v))
            t->sure[k] = (float)v / 100;
        else
            dgi_frames_fault(t, (struct row_at){tab, r}, k < N_SURE ? 2 : 1,
                             "'%.*s' is no part of confidence, or its weight no number", (int)id.len, id.ptr);
    }
}

/* id, chances, roles, then as the frame tables */
static void read_reader(dgi_coder_tables *t, const struct dgi_table *tab, uint32_t index)
{
    static const char *const chance_keys[] = {
        "propose=",     "backed=",      "veto=",       "side=",          "alone=",        "doubt=",       "sure=",
        "guess=",       "held=",        "retype=",     "small_propose=", "small_backed=", "small_veto=",  "small_side=",
        "small_alone=", "small_doubt=", "small_sure=", "small_guess=",   "small_held=",   "small_retype="};
    enum { N_CHANCE = sizeof chance_keys / sizeof *chance_keys };
    for (uint32_t r = 0; r < tab->n_rows && !t->nomem; r++) {
        struct row_at at = {tab, r};
        struct reader_row row;
        memset(&row, 0, sizeof row);
        row.known = true;
        row.frame.id = dgi_table_cell(tab, r, 0);
        row.frame.table = index;
        row.frame.row = r;
        struct chances *l = &row.by[0], *m = &row.by[1]; /* of a large reader and a small one */
        float *to[N_CHANCE] = {&l->propose, &l->backed, &l->veto,   &l->side,    &l->alone,  &l->doubt, &l->sure,
                               &l->guess,   &l->held,   &l->retype, &m->propose, &m->backed, &m->veto,  &m->side,
                               &m->alone,   &m->doubt,  &m->sure,   &m->guess,   &m->held,   &m->retype};
        l->backed = m->backed = l->alone = m->alone = l->guess = m->guess = 2; /* not said: never */
        l->retype = m->retype = 2;
        dg_str list = dgi_table_cell(tab, r, 1), w;
        while (dgi_str_next(&list, ',', &w)) {
            size_t k = 0;
            int64_t v = -1;
            while (k < N_CHANCE && !dgi_str_starts(w, dgi_str(chance_keys[k])))
                k++;
            if (k < N_CHANCE && dgi_str_int(dgi_str_sub(w, strlen(chance_keys[k]), w.len), &v) && v >= 0 && v <= 100)
                *to[k] = (float)v / 100;
            else
                dgi_frames_fault(
                    t, at, 2,
                    "'%.*s' is no chance: propose=, backed=, veto=, side=, alone=, doubt=, sure=, guess=, held=, retype= (or small_ before them) and 0 to 100",
                    (int)w.len, w.ptr);
        }
        if (dgi_parse_roles(t, at, 3, dgi_table_cell(tab, r, 2), &row.frame) && dgi_parse_codes(t, at, &row.frame))
            t->reader[row.frame.plover] = row;
    }
}

static const char politics_name[] = "politics", frame_tables_name[] = "frames-", reader_table_name[] = "reader";

static void read_topics(dgi_coder_tables *t, const struct dgi_table *tab, bool apply)
{
    for (uint32_t r = 0; r < tab->n_rows && !t->nomem; r++) {
        dg_str topic = dgi_table_cell(tab, r, 1), w, list = dgi_table_cell(tab, r, 3);
        int64_t weight = 0;
        dgi_str_int(dgi_table_cell(tab, r, 2), &weight);
        while (dgi_str_next(&list, '|', &w)) {
            uint32_t id = dgi_lexis_add(&t->lx, w);
            if (apply && id) {
                t->topic[id].topic = dgi_str_is(topic, politics_name) ? 2 : 1;
                t->topic[id].weight = (int8_t)weight;
            }
        }
    }
}

static void read_contexts(dgi_coder_tables *t, const struct dgi_table *tab, bool apply)
{
    for (uint32_t r = 0; r < tab->n_rows && !t->nomem; r++) {
        dg_str name = dgi_table_cell(tab, r, 0), w, list = dgi_table_cell(tab, r, 1);
        size_t dot = dgi_str_find(name, DGI_S("."));
        if (dot != SIZE_MAX)
            name = dgi_str_sub(name, 0, dot);
        uint32_t k = 0;
        while (k < t->n_ctx && !dgi_str_eq(t->ctx_name[k], name))
            k++;
        if (k == 64) {
            dgi_frames_fault(t, (struct row_at){tab, r}, 1, "more than 64 contexts");
            continue;
        }
        if (k == t->n_ctx)
            t->ctx_name[t->n_ctx++] = name;
        while (dgi_str_next(&list, '|', &w)) {
            uint32_t id = dgi_lexis_add(&t->lx, w);
            if (apply && id)
                t->context[id] |= (uint64_t)1 << k;
        }
    }
}

/* ---- indexes ---- */
enum { LAST_BELOW = 1000, LONE_BELOW = 8 }; /* more than any row weighs */
struct word_row {
    uint32_t word, item, weight;
};

static bool before(const struct word_row *x, const struct word_row *y)
{
    return x->weight != y->weight ? x->weight > y->weight : x->item < y->item;
}

/* ix: the rows of each word together, the weightiest first. By counting: there are about as many words as rows. */
static bool make_index(dgi_coder_tables *t, const struct word_row *p, uint32_t n, struct word_list **out, uint32_t **ix)
{
    struct word_list *by = *out = dgi_arena_array(t->arena, t->lx.n_words ? t->lx.n_words : 1, sizeof *by);
    struct word_row *sorted = dgi_arena_array(t->arena, n ? n : 1, sizeof *sorted);
    *ix = dgi_arena_array(t->arena, n ? n : 1, sizeof **ix);
    if (!by || !sorted || !*ix)
        return false;
    for (uint32_t i = 0; i < n; i++)
        by[p[i].word].n++;
    for (uint32_t w = 0, first = 0; w < t->lx.n_words; w++) {
        by[w].first = first;
        first += by[w].n;
        by[w].n = 0;
    }
    for (uint32_t i = 0; i < n; i++) {
        struct word_list *l = &by[p[i].word];
        uint32_t k = l->first + l->n++;
        for (; k > l->first && before(&p[i], &sorted[k - 1]); k--)
            sorted[k] = sorted[k - 1];
        sorted[k] = p[i];
    }
    for (uint32_t i = 0; i < n; i++)
        (*ix)[i] = sorted[i].item;
    return true;
}

static bool index_frames(dgi_coder_tables *t, const struct frame *f, size_t stride, uint32_t n, struct word_list **by,
                         uint32_t **ix)
{
    uint32_t total = 0, k = 0;
    for (uint32_t i = 0; i < n; i++)
        total += ((const struct frame *)((const char *)f + i * stride))->n_lemmas;
    struct word_row *p = dgi_arena_array(t->arena, total ? total : 1, sizeof *p);
    if (!p)
        return false;
    for (uint32_t i = 0; i < n; i++) {
        const struct frame *g = (const struct frame *)((const char *)f + i * stride);
        for (uint32_t j = 0; j < g->n_lemmas; j++)
            p[k++] = (struct word_row){g->lemma[j], i,
                                       g->flags & FRAME_LAST ? g->weight / (dgi_is_lone(g) ? LONE_BELOW : 1)
                                                             : g->weight + LAST_BELOW};
    }
    return make_index(t, p, k, by, ix);
}

static bool index_governors(dgi_coder_tables *t)
{
    struct word_row *p = dgi_arena_array(t->arena, t->n_gov ? t->n_gov : 1, sizeof *p);
    if (!p)
        return false;
    for (uint32_t i = 0; i < t->n_gov; i++) /* a row that names its relations is asked before one for all */
        p[i] = (struct word_row){t->gov_word[i], i, t->gov[i].n_prep ? 2 : t->gov[i].rels == UINT32_MAX ? 0 : 1};
    return make_index(t, p, t->n_gov, &t->by_gov, &t->ix_gov);
}

/* "Cut no ice", "left it no way out". */
static bool run_has_no(const dgi_coder_tables *t, const struct run *r)
{
    for (uint32_t e = 0; e < r->n; e++)
        for (uint32_t w = 0; w < r->el[e].n_words; w++)
            if (dgi_lexis_is(&t->lx, r->el[e].word[w], DGI_LEX_NEGATOR))
                return true;
    return false;
}

/* A row that asks for "not" or "no" is negated by its own words. */
static void mark_eaten(dgi_coder_tables *t, struct frame *f)
{
    for (uint32_t i = 0; i < f->n_con; i++) {
        const struct constraint *k = &f->con[i];
        for (uint32_t r = 0; r < k->n_run; r++)
            f->flags |= run_has_no(t, &k->run[r]) ? FRAME_EATS_NO : 0;
        if (k->negated || k->test != TEST_WORDS || (k->rel[0].kind != STEP_ADVMOD && k->rel[0].kind != STEP_DET))
            continue;
        for (uint32_t w = 0; w < k->n_words; w++)
            if (dgi_lexis_is(&t->lx, k->word[w], DGI_LEX_NEGATOR))
                f->flags |= FRAME_EATS_NEG;
    }
}

/* What the frame tables make of their triggers: known verbs and nouns, and those that speak. */
static void mark_triggers(dgi_coder_tables *t)
{
    for (uint32_t i = 0; i < t->n_frames; i++) {
        struct frame *f = &t->frame[i];
        uint32_t bits = f->pos == DGI_VERB ? DGI_LEX_VERB : f->pos == DGI_NOUN ? DGI_LEX_NOUN : 0;
        if (f->plover == DGI_THREATEN || f->plover == DGI_REQUEST || f->plover == DGI_ACCUSE)
            bits |= DGI_LEX_SPEECH;
        for (uint32_t k = 0; k < f->n_lemmas; k++)
            t->lx.bits[f->lemma[k]] |= bits;
        mark_eaten(t, f);
    }
    for (uint32_t i = 0; i < t->n_neg; i++)
        mark_eaten(t, &t->neg[i]);
    for (uint32_t i = 0; i < t->n_light; i++)
        mark_eaten(t, &t->light[i].verb);
}

void dgi_frames_read_all(dgi_coder_tables *t)
{
    const struct dgi_table *tab, *grammar = dgi_lexicon_table(t->lex, "grammar"),
                                 *topics = dgi_lexicon_table(t->lex, "topics");
    const struct dgi_table *contexts = dgi_lexicon_table(t->lex, "contexts");
    if (grammar)
        read_grammar(t, grammar, false);
    if ((tab = dgi_lexicon_table(t->lex, "classes")))
        read_classes(t, tab);
    t->read_before = calloc(DGI_WORDS_READ, sizeof *t->read_before);
    t->nomem = t->nomem || !t->read_before;
    for (uint32_t i = 0; (tab = dgi_lexicon_table_at(t->lex, i)); i++)
        if (dgi_str_starts(tab->name, dgi_str(frame_tables_name)))
            read_frames(t, tab, i);
        else if (dgi_str_is(tab->name, reader_table_name))
            read_reader(t, tab, i);
    if ((tab = dgi_lexicon_table(t->lex, "confidence")))
        read_sure(t, tab);
    if ((tab = dgi_lexicon_table(t->lex, "lightverbs")))
        read_light(t, tab);
    if ((tab = dgi_lexicon_table(t->lex, "nonevents")))
        read_negatives(t, tab);
    if ((tab = dgi_lexicon_table(t->lex, "compose")))
        read_compose(t, tab);
    if ((tab = dgi_lexicon_table(t->lex, "status")))
        read_status(t, tab);
    if (topics)
        read_topics(t, topics, false);
    if (contexts)
        read_contexts(t, contexts, false);
    free(t->read_before);
    t->read_before = NULL;
    t->lx.bits = dgi_arena_array(t->arena, t->lx.n_words, sizeof *t->lx.bits);
    t->topic = dgi_arena_array(t->arena, t->lx.n_words, sizeof *t->topic);
    t->context = dgi_arena_array(t->arena, t->lx.n_words, sizeof *t->context);
    t->nomem = t->nomem || t->lx.nomem;
    if (t->nomem || !t->lx.bits || !t->topic || !t->context) {
        t->nomem = true;
        return;
    }
    if (grammar)
        read_grammar(t, grammar, true);
    if (topics)
        read_topics(t, topics, true);
    if (contexts)
        read_contexts(t, contexts, true);
    mark_triggers(t);
    if (!index_frames(t, t->frame, sizeof *t->frame, t->n_frames, &t->by_frame, &t->ix_frame) ||
        !index_frames(t, t->neg, sizeof *t->neg, t->n_neg, &t->by_neg, &t->ix_neg) ||
        !index_frames(t, t->light ? &t->light->verb : NULL, sizeof *t->light, t->n_light, &t->by_light, &t->ix_light) ||
        !index_governors(t))
        t->nomem = true;
    t->nomem = t->nomem || t->lx.nomem;
}

dg_status dgi_coder_tables_open(dgi_coder_tables **out, const dgi_lexicon *lex, dg_error *err)
{
    *out = NULL;
    dgi_arena *a = dgi_arena_new(0);
    dgi_coder_tables *t = a ? dgi_arena_alloc(a, sizeof *t) : NULL;
    if (!t) {
        dgi_arena_free(a);
        return dgi_fail(err, DG_E_NOMEM, "no memory for the frame tables");
    }
    t->arena = t->lx.arena = a;
    t->lex = lex;
    dgi_frames_read_all(t);
    if (t->nomem) {
        dgi_arena_free(a);
        return dgi_fail(err, DG_E_NOMEM, "no memory for the frame tables");
    }
    *out = t;
    return DG_OK;
}

void dgi_coder_tables_close(dgi_coder_tables *t)
{
    if (t)
        dgi_arena_free(t->arena);
}

const struct dgi_lexis *dgi_coder_lexis(const dgi_coder_tables *t)
{
    return &t->lx;
}

uint32_t dgi_coder_n_frames(const dgi_coder_tables *t)
{
    return t->n_frames;
}

uint32_t dgi_coder_n_triggers(const dgi_coder_tables *t)
{
    uint32_t n = 0;
    for (uint32_t w = 0; w < t->lx.n_words; w++) {
        uint32_t seen = 0;
        for (uint32_t k = 0; k < t->by_frame[w].n; k++)
            seen |= 1u << t->frame[t->ix_frame[t->by_frame[w].first + k]].pos;
        for (; seen; seen &= seen - 1)
            n++;
    }
    return n;
}

bool dgi_coder_frame_where(const dgi_coder_tables *t, dg_str frame_id, const struct dgi_table **table, uint32_t *line)
{
    for (uint32_t i = 0; i < t->n_frames; i++)
        if (dgi_str_eq(t->frame[i].id, frame_id)) {
            *table = dgi_lexicon_table_at(t->lex, t->frame[i].table);
            *line = (*table)->line[t->frame[i].row];
            return true;
        }
    for (uint32_t i = 0; i < DGI_N_PLOVER; i++)
        if (t->reader[i].known && dgi_str_eq(t->reader[i].frame.id, frame_id)) {
            *table = dgi_lexicon_table_at(t->lex, t->reader[i].frame.table);
            *line = (*table)->line[t->reader[i].frame.row];
            return true;
        }
    return false;
}
