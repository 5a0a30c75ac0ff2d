/* SPDX-License-Identifier: Apache-2.0 */
/* code/frames.c: lexicon tables to the coder's compact structures.
 *
 * Reads   tables frames-*, classes, grammar, lightverbs, nonevents, compose, status, topics of the compiled lexicon
 * Writes  struct dgi_coder_tables, once, read-only afterwards
 *
 * All words of the tables are numbered, so that matching compares integers: a token's lemma is looked up once. Patterns
 * are parsed here and not at build time, because the whole takes a few milliseconds and the tables stay readable. */
#include "code/frames.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"

/* ---- words ---- */
static uint32_t find_slot(const dgi_coder_tables *t, dg_str w)
{
    uint32_t mask = (1u << t->slot_bits) - 1, i = (uint32_t)dgi_str_hash(w) & mask;
    while (t->slots[i] && !dgi_str_eq(t->word[t->slots[i]], w))
        i = (i + 1) & mask;
    return i;
}

uint32_t dgi_word_id(const dgi_coder_tables *t, dg_str w)
{
    return w.len ? t->slots[find_slot(t, w)] : 0;
}

uint32_t dgi_word_id_lower(const dgi_coder_tables *t, dg_str w)
{
    char buf[64];
    if (w.len > sizeof buf)
        return 0;
    return dgi_word_id(t, dgi_utf8_lower_buf(w, buf, sizeof buf));
}

static bool grow_slots(dgi_coder_tables *t)
{
    uint32_t bits = t->slot_bits ? t->slot_bits + 1 : 12;
    uint32_t *s = dgi_arena_array(t->arena, (size_t)1 << bits, sizeof *s);
    if (!s)
        return false;
    t->slots = s;
    t->slot_bits = bits;
    for (uint32_t i = 1; i < t->n_words; i++)
        t->slots[find_slot(t, t->word[i])] = i;
    return true;
}

static uint32_t add_word(dgi_coder_tables *t, dg_str w)
{
    if (!w.len)
        return 0;
    if ((!t->slot_bits || t->n_words * 2 >= (1u << t->slot_bits)) && !grow_slots(t)) {
        t->nomem = true;
        return 0;
    }
    uint32_t i = find_slot(t, w);
    if (t->slots[i])
        return t->slots[i];
    dg_str *p;
    if (!t->n_words && (p = DGI_PUSH(t->arena, t->word, t->n_words, t->cap_words)) == NULL) { /* word 0 is no word */
        t->nomem = true;
        return 0;
    }
    p = DGI_PUSH(t->arena, t->word, t->n_words, t->cap_words);
    if (!p) {
        t->nomem = true;
        return 0;
    }
    *p = w;
    t->slots[i] = t->n_words - 1;
    return t->n_words - 1;
}

/* ---- faults ---- */
struct row_at {
    const struct dgi_table *tab;
    uint32_t row;
};

__attribute__((format(printf, 4, 5))) static void fault(dgi_coder_tables *t, struct row_at at, uint32_t col,
                                                        const char *fmt, ...)
{
    t->n_faults++;
    if (!t->fault)
        return;
    char msg[256], file[128];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(msg, sizeof msg, fmt, ap);
    va_end(ap);
    t->fault(t->fault_user, dgi_table_file(at.tab, file, sizeof file), at.tab->line[at.row], col, msg);
}

/* ---- word sets ---- */
struct words {
    uint32_t *w, n, cap;
};

static int cmp_u32(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static void put_word(dgi_coder_tables *t, struct words *s, uint32_t id)
{
    uint32_t *p = id ? DGI_PUSH(t->arena, s->w, s->n, s->cap) : NULL;
    if (p)
        *p = id;
    else if (id)
        t->nomem = true;
}

static void sort_words(struct words *s)
{
    if (!s->n)
        return;
    qsort(s->w, s->n, sizeof *s->w, cmp_u32);
    uint32_t k = 1;
    for (uint32_t i = 1; i < s->n; i++)
        if (s->w[i] != s->w[k - 1])
            s->w[k++] = s->w[i];
    s->n = k;
}

static struct class_def *find_class(dgi_coder_tables *t, dg_str name)
{
    for (uint32_t i = 0; i < t->n_cls; i++)
        if (dgi_str_eq(t->cls[i].name, name))
            return &t->cls[i];
    return NULL;
}

/* "talk|@talks|meeting" -> word ids. */
static struct words parse_words(dgi_coder_tables *t, struct row_at at, uint32_t col, dg_str list)
{
    struct words s = {NULL, 0, 0};
    dg_str w;
    while (dgi_str_next(&list, '|', &w)) {
        w = dgi_str_trim(w);
        if (!w.len)
            continue;
        if (w.ptr[0] != '@') {
            put_word(t, &s, add_word(t, w));
            continue;
        }
        struct class_def *c = find_class(t, dgi_str_sub(w, 1, w.len));
        if (!c)
            fault(t, at, col, "no class '%.*s' in classes.tsv", (int)w.len, w.ptr);
        else
            for (uint32_t i = 0; i < c->n; i++)
                put_word(t, &s, c->word[i]);
    }
    sort_words(&s);
    return s;
}

/* ---- steps and paths ---- */
static const struct {
    const char *name;
    uint8_t kind;
} step_names[] = {{"self", STEP_SELF},   {"head", STEP_HEAD},     {"subj", STEP_SUBJ},         {"nsubj", STEP_NSUBJ},
                  {"csubj", STEP_NSUBJ}, {"obj", STEP_OBJ},       {"iobj", STEP_IOBJ},         {"obl", STEP_OBL},
                  {"nmod", STEP_NMOD},   {"poss", STEP_POSS},     {"compound", STEP_COMPOUND}, {"amod", STEP_AMOD},
                  {"mod", STEP_MOD},     {"xcomp", STEP_XCOMP},   {"ccomp", STEP_CCOMP},       {"advcl", STEP_ADVCL},
                  {"acl", STEP_ACL},     {"advmod", STEP_ADVMOD}, {"prt", STEP_PRT},           {"appos", STEP_APPOS},
                  {"conj", STEP_CONJ},   {"aux", STEP_AUX},       {"mark", STEP_MARK},         {"det", STEP_DET},
                  {"case", STEP_CASE},   {"nummod", STEP_NUMMOD}};

static bool parse_step(dgi_coder_tables *t, dg_str s, struct step *out)
{
    size_t colon = dgi_str_find(s, DGI_S(":"));
    dg_str name = colon == SIZE_MAX ? s : dgi_str_sub(s, 0, colon);
    dg_str sub = colon == SIZE_MAX ? (dg_str){NULL, 0} : dgi_str_sub(s, colon + 1, s.len);
    out->word = 0;
    for (size_t i = 0; i < sizeof step_names / sizeof *step_names; i++)
        if (dgi_str_is(name, step_names[i].name)) {
            out->kind = step_names[i].kind;
            if (!sub.len)
                return true;
            if (out->kind == STEP_NMOD && dgi_str_is(sub, "poss")) {
                out->kind = STEP_POSS;
                return true;
            }
            if (dgi_str_is(sub, "relcl") || dgi_str_is(sub, "pass") || dgi_str_is(sub, "prt"))
                return true;
            if (out->kind == STEP_OBL && dgi_str_is(sub, "agent")) {
                out->word = t->w_by;
                return true;
            }
            if (out->kind != STEP_OBL && out->kind != STEP_NMOD && out->kind != STEP_ADVCL && out->kind != STEP_ACL)
                return false;
            out->word = add_word(t, sub);
            return true;
        }
    return false;
}

static bool parse_path(dgi_coder_tables *t, dg_str s, struct path *out)
{
    dg_str f;
    out->n = 0;
    while (dgi_str_next(&s, '>', &f)) {
        if (out->n == MAX_STEPS || !parse_step(t, dgi_str_trim(f), &out->step[out->n]))
            return false;
        out->n++;
    }
    return out->n > 0;
}

/* "nsubj|obl:by>nmod:of" -> alternatives, appended to what is there */
static bool parse_paths(dgi_coder_tables *t, struct row_at at, uint32_t col, dg_str s, const struct path **out,
                        uint32_t *n)
{
    struct path tmp[MAX_ALT];
    uint32_t k = 0;
    dg_str f, prev = {NULL, 0};
    while (dgi_str_next(&s, '|', &f)) {
        if (!f.len)
            continue;
        if (k == MAX_ALT) {
            fault(t, at, col, "more than %d alternatives", MAX_ALT);
            return false;
        }
        if (!parse_path(t, f, &tmp[k])) {
            fault(t, at, col, "unknown path '%.*s'", (int)f.len, f.ptr);
            return false;
        }
        prev = f;
        k++;
    }
    (void)prev;
    struct path *p = dgi_arena_array(t->arena, k ? k : 1, sizeof *p);
    if (!p) {
        t->nomem = true;
        return false;
    }
    memcpy(p, tmp, k * sizeof *p);
    *out = p;
    *n = k;
    return true;
}

static bool parse_roles(dgi_coder_tables *t, struct row_at at, uint32_t col, dg_str s, struct frame *f)
{
    static const char *const names[N_SLOT] = {"source", "target", "content", "condition", "place", "topic"};
    dg_str w;
    while (dgi_str_next(&s, ' ', &w)) {
        w = dgi_str_trim(w);
        if (!w.len)
            continue;
        if (dgi_str_is(w, "reciprocal")) {
            f->flags |= FRAME_RECIP;
            continue;
        }
        size_t eq = dgi_str_find(w, DGI_S("="));
        if (eq == SIZE_MAX) {
            fault(t, at, col, "'%.*s' is no role=PATHS", (int)w.len, w.ptr);
            return false;
        }
        dg_str name = dgi_str_sub(w, 0, eq), paths = dgi_str_sub(w, eq + 1, w.len);
        bool more = name.len && name.ptr[name.len - 1] == '+';
        if (more)
            name.len--;
        uint32_t k = 0;
        while (k < N_SLOT && !dgi_str_is(name, names[k]))
            k++;
        if (k == N_SLOT) {
            fault(t, at, col, "unknown role '%.*s'", (int)name.len, name.ptr);
            return false;
        }
        struct slot *sl = &f->slot[k];
        if (dgi_str_is(paths, "none")) {
            sl->none = sl->given = true;
            continue;
        }
        if (!parse_paths(t, at, col, paths, more ? &sl->more : &sl->path, more ? &sl->n_more : &sl->n))
            return false;
        if (!more)
            sl->given = true;
    }
    return true;
}

/* ---- triggers ---- */
static bool parse_pos(dg_str s, uint8_t *out)
{
    static const struct {
        const char *name;
        uint8_t upos;
    } pos[] = {{"VERB", DGI_VERB},   {"NOUN", DGI_NOUN},   {"ADJ", DGI_ADJ},     {"ADV", DGI_ADV},
               {"AUX", DGI_AUX},     {"SCONJ", DGI_SCONJ}, {"ADP", DGI_ADP},     {"DET", DGI_DET},
               {"PROPN", DGI_PROPN}, {"PRON", DGI_PRON},   {"-", DGI_UPOS_NONE}, {"*", DGI_UPOS_NONE}};
    for (size_t i = 0; i < sizeof pos / sizeof *pos; i++)
        if (dgi_str_is(s, pos[i].name)) {
            *out = pos[i].upos;
            return true;
        }
    return s.len == 0;
}

static uint32_t con_weight(const struct constraint *c)
{
    if (c->negated || c->test == TEST_NONE)
        return 2;
    switch (c->test) {
    case TEST_WORDS: return c->rel[0].kind == STEP_PRT ? 12 : 10;
    case TEST_ANY: return 5;
    default: return 3;
    }
}

static bool parse_constraint(dgi_coder_tables *t, struct row_at at, uint32_t col, dg_str w, struct constraint *c)
{
    memset(c, 0, sizeof *c);
    if (w.ptr[0] == '!') {
        c->negated = true;
        w = dgi_str_sub(w, 1, w.len);
    }
    size_t eq = dgi_str_find(w, DGI_S("="));
    dg_str rel = eq == SIZE_MAX ? w : dgi_str_sub(w, 0, eq);
    if (eq == SIZE_MAX) {
        c->test = TEST_ANY;
        static const struct {
            const char *suffix;
            uint8_t test;
        } tests[] = {{":actor", TEST_ACTOR}, {":place", TEST_PLACE}, {":num", TEST_NUM}};
        for (size_t i = 0; i < 3; i++)
            if (dgi_str_ends(rel, dgi_str(tests[i].suffix))) {
                c->test = tests[i].test;
                rel.len -= strlen(tests[i].suffix);
            }
        if (c->negated && c->test == TEST_ANY) {
            c->test = TEST_NONE;
            c->negated = false;
        }
    } else {
        dg_str val = dgi_str_sub(w, eq + 1, w.len);
        if (dgi_str_is(val, "*")) {
            c->test = c->negated ? TEST_NONE : TEST_ANY;
            c->negated = false;
        } else {
            struct words s = parse_words(t, at, col, val);
            c->test = TEST_WORDS;
            c->word = s.w;
            c->n_words = s.n;
            if (!s.n)
                return false;
        }
    }
    /* "obl:to|for", "ccomp|xcomp": alternatives, a bare one after obl:/nmod: is a preposition again */
    dg_str alt;
    while (dgi_str_next(&rel, '|', &alt)) {
        if (c->n_rel == 3) {
            fault(t, at, col, "more than 3 relations in one constraint");
            return false;
        }
        struct step *st = &c->rel[c->n_rel];
        if (!parse_step(t, alt, st)) {
            if (c->n_rel && (st[-1].kind == STEP_OBL || st[-1].kind == STEP_NMOD)) {
                st->kind = st[-1].kind;
                st->word = add_word(t, alt);
            } else {
                fault(t, at, col, "unknown relation '%.*s'", (int)alt.len, alt.ptr);
                return false;
            }
        }
        c->n_rel++;
    }
    return c->n_rel > 0;
}

/* "break|cut/VERB prt=off obj=@relations obj:actor" */
static bool parse_trigger(dgi_coder_tables *t, struct row_at at, uint32_t col, dg_str s, struct frame *f)
{
    struct constraint con[16];
    dg_str w, head;
    if (!dgi_str_next(&s, ' ', &head) || !head.len) {
        fault(t, at, col, "empty trigger");
        return false;
    }
    size_t slash = SIZE_MAX;
    for (size_t i = 0; i < head.len; i++)
        if (head.ptr[i] == '/')
            slash = i;
    if (slash == SIZE_MAX || !parse_pos(dgi_str_sub(head, slash + 1, head.len), &f->pos)) {
        fault(t, at, col, "trigger '%.*s' needs /VERB, /NOUN or /ADJ", (int)head.len, head.ptr);
        return false;
    }
    struct words lem = parse_words(t, at, col, dgi_str_sub(head, 0, slash));
    f->lemma = lem.w;
    f->n_lemmas = lem.n;
    while (s.ptr && dgi_str_next(&s, ' ', &w)) {
        w = dgi_str_trim(w);
        if (!w.len)
            continue;
        if (dgi_str_is(w, "passive") || dgi_str_is(w, "active")) {
            f->flags |= w.ptr[0] == 'p' ? FRAME_PASSIVE : FRAME_ACTIVE;
            f->weight += 2;
            continue;
        }
        if (f->n_con == 16) {
            fault(t, at, col, "more than 16 constraints");
            return false;
        }
        if (!parse_constraint(t, at, col, w, &con[f->n_con])) {
            fault(t, at, col, "cannot read constraint '%.*s'", (int)w.len, w.ptr);
            return false;
        }
        const struct constraint *k = &con[f->n_con];
        if (!k->negated && k->test == TEST_WORDS && (k->rel[0].kind == STEP_ADVMOD || k->rel[0].kind == STEP_DET) &&
            (dgi_in_words(k->word, k->n_words, dgi_word_id(t, DGI_S("not"))) ||
             dgi_in_words(k->word, k->n_words, dgi_word_id(t, DGI_S("no")))))
            f->flags |= FRAME_EATS_NEG;
        if (!k->negated && k->test == TEST_WORDS && k->rel[0].kind == STEP_AUX)
            f->flags |= FRAME_EATS_AUX;
        f->weight += con_weight(k);
        f->n_con++;
    }
    struct constraint *p = dgi_arena_array(t->arena, f->n_con ? f->n_con : 1, sizeof *p);
    if (!p) {
        t->nomem = true;
        return false;
    }
    memcpy(p, con, f->n_con * sizeof *p);
    f->con = p;
    return lem.n > 0;
}

static const char *const need_names[] = {"any", "source", "target", "both", "none"};
static const struct {
    const char *name;
    uint32_t bit;
} flag_names[] = {{"future", FRAME_FUTURE},
                  {"hyp_content", FRAME_HYP_CONTENT},
                  {"implicit_content", FRAME_IMPLICIT_CONTENT},
                  {"neg_content", FRAME_NEG_CONTENT},
                  {"recip", FRAME_RECIP},
                  {"state", FRAME_STATE},
                  {"weak", FRAME_WEAK},
                  {"light", FRAME_LIGHT}};

static bool parse_codes(dgi_coder_tables *t, struct row_at at, struct frame *f)
{
    dg_str need = dgi_table_cell(at.tab, at.row, 3), cameo = dgi_table_cell(at.tab, at.row, 4);
    dg_str plover = dgi_table_cell(at.tab, at.row, 5), flags = dgi_table_cell(at.tab, at.row, 7), w;
    uint32_t k = 0;
    while (need.len && k < 5 && !dgi_str_is(need, need_names[k]))
        k++;
    if (k == 5) {
        fault(t, at, 4, "need is any, source, target, both or none, not '%.*s'", (int)need.len, need.ptr);
        return false;
    }
    f->need = (uint8_t)k;
    if (cameo.len < 2 || cameo.len > 4) {
        fault(t, at, 5, "CAMEO code '%.*s' has 2 to 4 digits", (int)cameo.len, cameo.ptr);
        return false;
    }
    memcpy(f->cameo, cameo.ptr, cameo.len);
    for (k = 0; k < DGI_N_PLOVER && !dgi_str_is(plover, dgi_plover_name[k]); k++)
        ;
    if (k == DGI_N_PLOVER) {
        fault(t, at, 6, "unknown PLOVER event '%.*s'", (int)plover.len, plover.ptr);
        return false;
    }
    f->plover = (uint8_t)k;
    f->mode = dgi_table_cell(at.tab, at.row, 6);
    while (dgi_str_next(&flags, ',', &w)) {
        for (k = 0; k < sizeof flag_names / sizeof *flag_names && !dgi_str_is(w, flag_names[k].name); k++)
            ;
        if (k < sizeof flag_names / sizeof *flag_names)
            f->flags |= flag_names[k].bit;
        else if (w.len)
            fault(t, at, 8, "unknown flag '%.*s'", (int)w.len, w.ptr);
    }
    return true;
}

static void read_frames(dgi_coder_tables *t, const struct dgi_table *tab, uint32_t index)
{
    for (uint32_t r = 0; r < tab->n_rows && !t->nomem; r++) {
        struct row_at at = {tab, r};
        struct frame f;
        memset(&f, 0, sizeof f);
        f.id = dgi_table_cell(tab, r, 0);
        f.table = index;
        f.row = r;
        if (!parse_trigger(t, at, 2, dgi_table_cell(tab, r, 1), &f) ||
            !parse_roles(t, at, 3, dgi_table_cell(tab, r, 2), &f) || !parse_codes(t, at, &f))
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
        if (!parse_trigger(t, at, 2, dgi_table_cell(tab, r, 1), &f))
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
                    {"fact", EF_FACT},     {"soft", EF_SOFT},        {"none", EF_NONE}};

static bool parse_effect(dg_str s, uint8_t *out)
{
    for (size_t i = 0; i < sizeof effect_names / sizeof *effect_names; i++)
        if (dgi_str_is(s, effect_names[i].name)) {
            *out = effect_names[i].effect;
            return true;
        }
    return s.len == 0;
}

static bool parse_side(dgi_coder_tables *t, struct row_at at, uint32_t col, struct slot *sl)
{
    dg_str s = dgi_table_cell(at.tab, at.row, col - 1);
    sl->given = true;
    sl->none = s.len == 0;
    return sl->none || parse_paths(t, at, col, s, &sl->path, &sl->n);
}

/* id, trigger, carrier, source, target, aspect */
static void read_light(dgi_coder_tables *t, const struct dgi_table *tab)
{
    static const struct {
        const char *name;
        uint8_t effect;
    } aspects[] = {{"start", EF_NONE}, {"end", EF_NONE},    {"go_on", EF_NONE},   {"cause", EF_NONE},
                   {"fail", EF_FAIL},  {"cancel", EF_FAIL}, {"future", EF_FUTURE}};
    for (uint32_t r = 0; r < tab->n_rows && !t->nomem; r++) {
        struct row_at at = {tab, r};
        struct light l;
        memset(&l, 0, sizeof l);
        l.verb.id = dgi_table_cell(tab, r, 0);
        if (!parse_trigger(t, at, 2, dgi_table_cell(tab, r, 1), &l.verb))
            continue;
        dg_str rels = dgi_table_cell(tab, r, 2), w, aspect = dgi_table_cell(tab, r, 5);
        while (dgi_str_next(&rels, '|', &w))
            if (l.n_rel == 3 || !parse_step(t, w, &l.rel[l.n_rel++])) {
                fault(t, at, 3, "unknown relation '%.*s'", (int)w.len, w.ptr);
                l.n_rel--;
                break;
            }
        if (!l.n_rel || !parse_side(t, at, 4, &l.source) || !parse_side(t, at, 5, &l.target))
            continue;
        size_t k = 0;
        while (k < sizeof aspects / sizeof *aspects && !dgi_str_is(aspect, aspects[k].name))
            k++;
        if (k < sizeof aspects / sizeof *aspects)
            l.effect = aspects[k].effect;
        else if (aspect.len)
            fault(t, at, 6, "unknown aspect '%.*s'", (int)aspect.len, aspect.ptr);
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
        if (!parse_pos(dgi_table_cell(tab, r, 2), &g.pos))
            fault(t, at, 3, "unknown part of speech");
        dg_str rels = dgi_table_cell(tab, r, 3), w, ctl = dgi_table_cell(tab, r, 5);
        while (dgi_str_next(&rels, '|', &w)) {
            struct step st;
            if (dgi_str_is(w, "*"))
                g.rels = UINT32_MAX;
            else if (parse_step(t, w, &st)) {
                g.rels |= 1u << st.kind;
                if (st.word)
                    g.prep = st.word;
            } else
                fault(t, at, 4, "unknown relation '%.*s'", (int)w.len, w.ptr);
        }
        if (!parse_effect(dgi_table_cell(tab, r, 4), &g.effect))
            fault(t, at, 5, "unknown effect");
        g.control = dgi_str_is(ctl, "subj") ? CTRL_SUBJ : dgi_str_is(ctl, "obj") ? CTRL_OBJ : CTRL_AUTO;
        struct words s = parse_words(t, at, 2, dgi_table_cell(tab, r, 1));
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
            fault(t, at, 2, "codes have up to 4 digits");
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
        struct class_def *c = find_class(t, name);
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
                *p = add_word(t, w);
        }
    }
}

static const struct {
    const char *name;
    uint32_t bit;
} grammar_names[] = {{"transparent", G_TRANSPARENT},
                     {"report", G_REPORT},
                     {"gerund_obj", G_GERUND_OBJ},
                     {"occur", G_OCCUR},
                     {"force", G_FORCE},
                     {"attitude", G_ATTITUDE},
                     {"state_noun", G_STATE_NOUN},
                     {"person", G_PERSON},
                     {"local_prep", G_LOCAL_PREP},
                     {"copy", G_COPY},
                     {"territory", G_TERRITORY},
                     {"self_source", G_SELF_SOURCE},
                     {"warn", G_WARN},
                     {"consequence", G_CONSEQUENCE},
                     {"patient", G_PATIENT}};

static void read_grammar(dgi_coder_tables *t, const struct dgi_table *tab, bool apply)
{
    for (uint32_t r = 0; r < tab->n_rows && !t->nomem; r++) {
        dg_str name = dgi_table_cell(tab, r, 0), w, list = dgi_table_cell(tab, r, 1);
        size_t dot = dgi_str_find(name, DGI_S("."));
        if (dot != SIZE_MAX)
            name = dgi_str_sub(name, 0, dot);
        uint32_t bit = 0;
        for (size_t i = 0; i < sizeof grammar_names / sizeof *grammar_names; i++)
            if (dgi_str_is(name, grammar_names[i].name))
                bit = grammar_names[i].bit;
        while (dgi_str_next(&list, '|', &w)) {
            uint32_t id = add_word(t, w);
            if (apply && id)
                t->class_bits[id] |= bit;
        }
    }
}

static void read_topics(dgi_coder_tables *t, const struct dgi_table *tab, bool apply)
{
    for (uint32_t r = 0; r < tab->n_rows && !t->nomem; r++) {
        dg_str topic = dgi_table_cell(tab, r, 1), w, list = dgi_table_cell(tab, r, 3);
        int64_t weight = 0;
        dgi_str_int(dgi_table_cell(tab, r, 2), &weight);
        while (dgi_str_next(&list, '|', &w)) {
            uint32_t id = add_word(t, w);
            if (apply && id) {
                t->topic[id].topic = dgi_str_is(topic, "politics") ? 2 : 1;
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
            fault(t, (struct row_at){tab, r}, 1, "more than 64 contexts");
            continue;
        }
        if (k == t->n_ctx)
            t->ctx_name[t->n_ctx++] = name;
        while (dgi_str_next(&list, '|', &w)) {
            uint32_t id = add_word(t, w);
            if (apply && id)
                t->context[id] |= (uint64_t)1 << k;
        }
    }
}

/* ---- indexes ---- */
struct pair {
    uint32_t word, item, weight;
};

static int cmp_pair(const void *a, const void *b)
{
    const struct pair *x = a, *y = b;
    if (x->word != y->word)
        return x->word < y->word ? -1 : 1;
    if (x->weight != y->weight)
        return x->weight > y->weight ? -1 : 1;
    return (x->item > y->item) - (x->item < y->item);
}

static bool make_index(dgi_coder_tables *t, struct pair *p, uint32_t n, struct word_list **by, uint32_t **ix)
{
    *by = dgi_arena_array(t->arena, t->n_words ? t->n_words : 1, sizeof **by);
    *ix = dgi_arena_array(t->arena, n ? n : 1, sizeof **ix);
    if (!*by || !*ix)
        return false;
    if (n)
        qsort(p, n, sizeof *p, cmp_pair);
    for (uint32_t i = 0; i < n; i++) {
        if (!(*by)[p[i].word].n++)
            (*by)[p[i].word].first = i;
        (*ix)[i] = p[i].item;
    }
    return true;
}

static bool index_frames(dgi_coder_tables *t, const struct frame *f, size_t stride, uint32_t n, struct word_list **by,
                         uint32_t **ix)
{
    uint32_t total = 0, k = 0;
    for (uint32_t i = 0; i < n; i++)
        total += ((const struct frame *)((const char *)f + i * stride))->n_lemmas;
    struct pair *p = dgi_arena_array(t->arena, total ? total : 1, sizeof *p);
    if (!p)
        return false;
    for (uint32_t i = 0; i < n; i++) {
        const struct frame *g = (const struct frame *)((const char *)f + i * stride);
        for (uint32_t j = 0; j < g->n_lemmas; j++)
            p[k++] = (struct pair){g->lemma[j], i, g->weight};
    }
    return make_index(t, p, k, by, ix);
}

static bool index_governors(dgi_coder_tables *t)
{
    struct pair *p = dgi_arena_array(t->arena, t->n_gov ? t->n_gov : 1, sizeof *p);
    if (!p)
        return false;
    for (uint32_t i = 0; i < t->n_gov; i++) /* a row that names its relations is asked before one for all */
        p[i] = (struct pair){t->gov_word[i], i, t->gov[i].prep ? 2 : t->gov[i].rels == UINT32_MAX ? 0 : 1};
    return make_index(t, p, t->n_gov, &t->by_gov, &t->ix_gov);
}

static const struct dgi_table *need_table(const dgi_lexicon *lex, const char *name)
{
    return dgi_lexicon_table(lex, name);
}

static void default_slots(dgi_coder_tables *t)
{
    static const struct dgi_table no_table = {0};
    struct row_at at = {&no_table, 0};
    struct slot *s[4] = {&t->def_verb[0], &t->def_verb[1], &t->def_noun[0], &t->def_noun[1]};
    static const char *const paths[4] = {"nsubj", "obj|iobj|obl:against|obl:to|obl:with|obl:on",
                                         "nmod:poss|nmod:by|compound|amod|nmod:of|nmod:from",
                                         "nmod:on|nmod:against|nmod:to|nmod:with|nmod:of|nmod:between"};
    for (int i = 0; i < 4; i++)
        parse_paths(t, at, 0, dgi_str(paths[i]), &s[i]->path, &s[i]->n);
}

static void intern_own(dgi_coder_tables *t)
{
    static const char *const own[] = {"by",      "of", "with", "between", "to",    "for", "from",
                                      "against", "on", "in",   "and",     "among", "not", "no"};
    uint32_t *id[] = {&t->w_by,      &t->w_of, &t->w_with, &t->w_between, &t->w_to,    &t->w_for, &t->w_from,
                      &t->w_against, &t->w_on, &t->w_in,   &t->w_and,     &t->w_among, &t->w_not, &t->w_no};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        *id[i] = add_word(t, dgi_str(own[i]));
}

static void read_all(dgi_coder_tables *t)
{
    const struct dgi_table *tab, *grammar = need_table(t->lex, "grammar"), *topics = need_table(t->lex, "topics");
    const struct dgi_table *contexts = need_table(t->lex, "contexts");
    intern_own(t);
    default_slots(t);
    if ((tab = need_table(t->lex, "classes")))
        read_classes(t, tab);
    for (uint32_t i = 0; (tab = dgi_lexicon_table_at(t->lex, i)); i++)
        if (dgi_str_starts(tab->name, DGI_S("frames-")))
            read_frames(t, tab, i);
    if ((tab = need_table(t->lex, "lightverbs")))
        read_light(t, tab);
    if ((tab = need_table(t->lex, "nonevents")))
        read_negatives(t, tab);
    if ((tab = need_table(t->lex, "compose")))
        read_compose(t, tab);
    if ((tab = need_table(t->lex, "status")))
        read_status(t, tab);
    if (grammar)
        read_grammar(t, grammar, false);
    if (topics)
        read_topics(t, topics, false);
    if (contexts)
        read_contexts(t, contexts, false);
    t->class_bits = dgi_arena_array(t->arena, t->n_words, sizeof *t->class_bits);
    t->topic = dgi_arena_array(t->arena, t->n_words, sizeof *t->topic);
    t->context = dgi_arena_array(t->arena, t->n_words, sizeof *t->context);
    if (t->nomem || !t->class_bits || !t->topic || !t->context) {
        t->nomem = true;
        return;
    }
    if (grammar)
        read_grammar(t, grammar, true);
    if (topics)
        read_topics(t, topics, true);
    if (contexts)
        read_contexts(t, contexts, true);
    if (!index_frames(t, t->frame, sizeof *t->frame, t->n_frames, &t->by_frame, &t->ix_frame) ||
        !index_frames(t, t->neg, sizeof *t->neg, t->n_neg, &t->by_neg, &t->ix_neg) ||
        !index_frames(t, t->light ? &t->light->verb : NULL, sizeof *t->light, t->n_light, &t->by_light, &t->ix_light) ||
        !index_governors(t))
        t->nomem = true;
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
    t->arena = a;
    t->lex = lex;
    read_all(t);
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

uint32_t dgi_coder_n_frames(const dgi_coder_tables *t)
{
    return t->n_frames;
}

uint32_t dgi_coder_n_triggers(const dgi_coder_tables *t)
{
    uint32_t n = 0;
    for (uint32_t w = 0; w < t->n_words; w++) {
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
    return false;
}

/* ---- lexicon check ---- */
struct hits {
    const struct frame *f;
    char by[64], code[5];
    uint32_t n;
    bool own;
};

static void add_hit(void *user, dg_str id, const char *cameo, uint8_t plover)
{
    struct hits *h = user;
    h->n++;
    if (dgi_str_eq(id, h->f->id) && plover == h->f->plover)
        h->own = true;
    else if (!h->by[0])
        snprintf(h->by, sizeof h->by, "%.*s", (int)id.len, id.ptr);
    snprintf(h->code, sizeof h->code, "%s", cameo);
}

static void check_codes(dgi_coder_tables *t, const struct frame *f, struct row_at at, const struct dgi_table *cameo,
                        const struct dgi_table *plover)
{
    if (cameo && dgi_table_find(cameo, dgi_str(f->cameo)) == DGI_NONE)
        fault(t, at, 5, "unknown CAMEO code '%s'", f->cameo);
    char key[64];
    snprintf(key, sizeof key, "%s.%.*s", dgi_plover_name[f->plover], (int)f->mode.len, f->mode.ptr ? f->mode.ptr : "");
    if (f->mode.len && plover && dgi_table_find(plover, dgi_str(key)) == DGI_NONE)
        fault(t, at, 7, "%s has no mode '%.*s'", dgi_plover_name[f->plover], (int)f->mode.len, f->mode.ptr);
}

static void check_sentences(dgi_coder_tables *t, const struct frame *f, struct row_at at, dgi_run_example_fn *run,
                            void *user)
{
    struct hits h = {f, "", "", 0, false};
    dg_str example = dgi_table_cell(at.tab, at.row, 8), counter = dgi_table_cell(at.tab, at.row, 9);
    if (!example.len)
        fault(t, at, 9, "no example");
    else if (run(user, example, add_hit, &h) && !h.own)
        fault(t, at, 9, h.n ? "example is coded %s by '%s', not by this row" : "example is not coded%s%s",
              h.n ? h.code : "", h.n ? h.by : "");
    struct hits k = {f, "", "", 0, false};
    if (counter.len && run(user, counter, add_hit, &k) && k.own)
        fault(t, at, 10, "counter-example is coded by this row");
}

uint32_t dgi_frames_check(const dgi_coder_tables *tables, dgi_run_example_fn *run, void *run_user, dgi_fault_fn *fn,
                          void *fault_user)
{
    dgi_arena *a = dgi_arena_new(0);
    dgi_coder_tables *t = a ? dgi_arena_alloc(a, sizeof *t) : NULL;
    if (!t) {
        dgi_arena_free(a);
        return 0;
    }
    t->arena = a;
    t->lex = tables->lex;
    t->fault = fn;
    t->fault_user = fault_user;
    read_all(t); /* once more, now naming the faults */
    const struct dgi_table *cameo = need_table(t->lex, "cameo"), *plover = need_table(t->lex, "plover");
    for (uint32_t i = 0; !t->nomem && i < t->n_frames; i++) {
        struct row_at at = {dgi_lexicon_table_at(t->lex, t->frame[i].table), t->frame[i].row};
        for (uint32_t k = 0; k < i; k++)
            if (dgi_str_eq(t->frame[k].id, t->frame[i].id) && t->frame[k].table != t->frame[i].table)
                fault(t, at, 1, "id '%.*s' was used in another table", (int)t->frame[i].id.len, t->frame[i].id.ptr);
        check_codes(t, &t->frame[i], at, cameo, plover);
        if (run)
            check_sentences(t, &t->frame[i], at, run, run_user);
    }
    uint32_t n = t->n_faults;
    dgi_arena_free(a);
    return n;
}
