/* SPDX-License-Identifier: Apache-2.0 */
/* code/frames_parse.c: the small languages in the cells of the coder's tables: word lists, paths, triggers, constraints, roles.
 *
 * Reads   cells of the compiled lexicon
 * Writes  parts of struct frame; faults, when a check asks for them
 *
 * Parsed when the tables are opened and not at build time: the whole takes a few milliseconds and the tables stay
 * readable. The languages are described in docs/formats/frames.md. */
#include "code/frames_parse.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

/* ---- faults ---- */
void dgi_frames_fault(dgi_coder_tables *t, struct row_at at, uint32_t col, const char *fmt, ...)
{
    t->n_faults++;
    if (!t->fault)
        return;
    char msg[256], file[128];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(msg, sizeof msg, fmt, ap);
    va_end(ap);
    t->fault(t->fault_user, dgi_table_row_file(at.tab, at.row, file, sizeof file), at.tab->line[at.row], col, msg);
}

/* ---- word sets ---- */
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
    enum { FEW = 24 };
    if (s->n < 2)
        return;
    if (s->n > FEW)
        qsort(s->w, s->n, sizeof *s->w, cmp_u32);
    else
        for (uint32_t i = 1; i < s->n; i++) {
            uint32_t w = s->w[i], k = i;
            for (; k && s->w[k - 1] > w; k--)
                s->w[k] = s->w[k - 1];
            s->w[k] = w;
        }
    uint32_t k = 1;
    for (uint32_t i = 1; i < s->n; i++)
        if (s->w[i] != s->w[k - 1])
            s->w[k++] = s->w[i];
    s->n = k;
}

struct class_def *dgi_frames_class(dgi_coder_tables *t, dg_str name)
{
    for (uint32_t i = 0; i < t->n_cls; i++)
        if (dgi_str_eq(t->cls[i].name, name))
            return &t->cls[i];
    return NULL;
}

/* Where a list read before may lie; NULL: lists are not remembered, or a fault is to be told of every row that has it. */
static struct words_read *remembered(const dgi_coder_tables *t, dg_str list)
{
    return t->read_before && !t->fault ? &t->read_before[dgi_str_hash(list) % DGI_WORDS_READ] : NULL;
}

/* "talk|@talks|meeting" -> word ids. */
struct words dgi_parse_words(dgi_coder_tables *t, struct row_at at, uint32_t col, dg_str list)
{
    struct words s = {NULL, 0, 0};
    struct words_read *before = remembered(t, list);
    if (before && before->word && dgi_str_eq(before->list, list))
        return (struct words){before->word, before->n, before->n};
    dg_str w, whole = list;
    while (dgi_str_next(&list, '|', &w)) {
        w = dgi_str_trim(w);
        if (!w.len)
            continue;
        if (w.ptr[0] != '@') {
            put_word(t, &s, dgi_lexis_add(&t->lx, w));
            continue;
        }
        struct class_def *c = dgi_frames_class(t, dgi_str_sub(w, 1, w.len));
        if (!c)
            dgi_frames_fault(t, at, col, "no class '%.*s' in classes.tsv", (int)w.len, w.ptr);
        else
            for (uint32_t i = 0; i < c->n; i++)
                put_word(t, &s, c->word[i]);
    }
    sort_words(&s);
    if (before && s.n)
        *before = (struct words_read){whole, s.w, s.n};
    return s;
}

/* ---- steps and paths ---- */
static const struct {
    const char *name;
    uint8_t kind;
} step_names[] = {{"self", STEP_SELF},   {"head", STEP_HEAD},         {"subj", STEP_SUBJ},
                  {"nsubj", STEP_NSUBJ}, {"csubj", STEP_NSUBJ},       {"obj", STEP_OBJ},
                  {"iobj", STEP_IOBJ},   {"obl", STEP_OBL},           {"nmod", STEP_NMOD},
                  {"poss", STEP_POSS},   {"compound", STEP_COMPOUND}, {"amod", STEP_AMOD},
                  {"mod", STEP_MOD},     {"xcomp", STEP_XCOMP},       {"ccomp", STEP_CCOMP},
                  {"advcl", STEP_ADVCL}, {"acl", STEP_ACL},           {"advmod", STEP_ADVMOD},
                  {"prt", STEP_PRT},     {"appos", STEP_APPOS},       {"conj", STEP_CONJ},
                  {"aux", STEP_AUX},     {"mark", STEP_MARK},         {"det", STEP_DET},
                  {"case", STEP_CASE},   {"nummod", STEP_NUMMOD},     {"any", STEP_ANY},
                  {"run", STEP_RUN},     {"speaker", STEP_SPEAKER},   {"addressee", STEP_ADDRESSEE}};

bool dgi_parse_step(dgi_coder_tables *t, dg_str s, struct step *out)
{
    size_t colon = dgi_str_find(s, DGI_S(":"));
    dg_str name = colon == SIZE_MAX ? s : dgi_str_sub(s, 0, colon);
    dg_str sub = colon == SIZE_MAX ? (dg_str){NULL, 0} : dgi_str_sub(s, colon + 1, s.len);
    out->word = 0;
    for (size_t i = 0; i < sizeof step_names / sizeof *step_names; i++)
        if (name.len && name.ptr[0] == step_names[i].name[0] && dgi_str_is(name, step_names[i].name)) {
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
                out->word = t->lx.prep[DGI_PREP_AGENT];
                return true;
            }
            if (dgi_str_is(s, dgi_rel_name[DGI_REL_OBL_UNMARKED])) {
                out->kind = STEP_UNMARKED;
                return true;
            }
            if (out->kind != STEP_OBL && out->kind != STEP_NMOD && out->kind != STEP_ADVCL && out->kind != STEP_ACL)
                return false;
            out->word = dgi_lexis_add(&t->lx, sub);
            return true;
        }
    return false;
}

static bool parse_path(dgi_coder_tables *t, dg_str s, struct path *out)
{
    dg_str f;
    out->n = 0;
    while (dgi_str_next(&s, '>', &f)) {
        if (out->n == MAX_STEPS || !dgi_parse_step(t, dgi_str_trim(f), &out->step[out->n]))
            return false;
        out->n++;
    }
    return out->n > 0;
}

/* "nsubj|obl:by>nmod:of" -> alternatives, appended to what is there */
bool dgi_parse_paths(dgi_coder_tables *t, struct row_at at, uint32_t col, dg_str s, const struct path **out,
                     uint32_t *n)
{
    struct path tmp[MAX_ALT];
    uint32_t k = 0;
    dg_str f;
    while (dgi_str_next(&s, '|', &f)) {
        if (!f.len)
            continue;
        if (k == MAX_ALT) {
            dgi_frames_fault(t, at, col, "more than %d alternatives", MAX_ALT);
            return false;
        }
        if (!parse_path(t, f, &tmp[k])) {
            dgi_frames_fault(t, at, col, "unknown path '%.*s'", (int)f.len, f.ptr);
            return false;
        }
        k++;
    }
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

bool dgi_parse_roles(dgi_coder_tables *t, struct row_at at, uint32_t col, dg_str s, struct frame *f)
{
    static const char *const role_names[N_ROLE] = {"source", "target", "content", "place"};
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
            dgi_frames_fault(t, at, col, "'%.*s' is no role=PATHS", (int)w.len, w.ptr);
            return false;
        }
        dg_str name = dgi_str_sub(w, 0, eq), paths = dgi_str_sub(w, eq + 1, w.len);
        bool more = name.len && name.ptr[name.len - 1] == '+';
        if (more)
            name.len--;
        uint32_t k = 0;
        while (k < N_ROLE && !dgi_str_is(name, role_names[k]))
            k++;
        if (k == N_ROLE) {
            dgi_frames_fault(t, at, col, "unknown role '%.*s'", (int)name.len, name.ptr);
            return false;
        }
        struct role *sl = &f->role[k];
        if (dgi_str_is(paths, "none")) {
            sl->none = sl->given = true;
            continue;
        }
        if (!dgi_parse_paths(t, at, col, paths, more ? &sl->more : &sl->path, more ? &sl->n_more : &sl->n))
            return false;
        if (!more)
            sl->given = true;
    }
    return true;
}

/* ---- triggers ---- */
bool dgi_parse_pos(dg_str s, uint8_t *out)
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
    case TEST_POWERS: return 13; /* before a row that names one of them, or their troops */
    case TEST_RUN: return 9;     /* after a row that knows the words by their relations */
    default: return 3;
    }
}

/* "back_on/upon_X": words that follow each other, "/" between those that may stand in one place, X what fills a slot, * a few
 * words of a phrase, ~ what else a clause holds. */
static bool parse_run(dgi_coder_tables *t, struct row_at at, uint32_t col, dg_str s, struct run *r)
{
    dg_str w;
    memset(r, 0, sizeof *r);
    while (dgi_str_next(&s, '_', &w)) {
        if (r->n == MAX_RUN || !w.len)
            return false;
        struct run_word *e = &r->el[r->n++];
        e->gap = dgi_str_is(w, "*") ? GAP_PHRASE : dgi_str_is(w, "~") ? GAP_CLAUSE : GAP_NONE;
        if (e->gap || dgi_str_is(w, "X"))
            continue;
        char *buf = dgi_arena_array(t->arena, w.len, 1);
        if (!buf) {
            t->nomem = true;
            return false;
        }
        for (size_t i = 0; i < w.len; i++)
            buf[i] = w.ptr[i] == '/' ? '|' : w.ptr[i];
        struct words set = dgi_parse_words(t, at, col, (dg_str){buf, w.len});
        e->word = set.w;
        e->n_words = set.n;
        if (!set.n)
            return false;
    }
    return r->n > 0;
}

static bool parse_runs(dgi_coder_tables *t, struct row_at at, uint32_t col, dg_str list, struct constraint *c)
{
    struct run tmp[MAX_RUNS];
    dg_str s;
    while (dgi_str_next(&list, '|', &s)) {
        if (c->n_run == MAX_RUNS || !parse_run(t, at, col, s, &tmp[c->n_run]))
            return false;
        c->n_run++;
    }
    struct run *p = dgi_arena_array(t->arena, c->n_run ? c->n_run : 1, sizeof *p);
    if (!p) {
        t->nomem = true;
        return false;
    }
    memcpy(p, tmp, c->n_run * sizeof *p);
    c->run = p;
    c->test = TEST_RUN;
    return c->n_run > 0;
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
        } tests[] = {{":actor", TEST_ACTOR},   {":powers", TEST_POWERS}, {":place", TEST_PLACE},
                     {":num", TEST_NUM},       {":wish", TEST_WISH},     {":vow", TEST_VOW},
                     {":unless", TEST_UNLESS}, {":verb", TEST_VERB},     {":bidding", TEST_BIDDING}};
        for (size_t i = 0; i < sizeof tests / sizeof *tests; i++)
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
        if (dgi_str_is(rel, "run")) {
            c->rel[0].kind = STEP_RUN;
            return parse_runs(t, at, col, val, c);
        }
        if (dgi_str_is(val, "*")) {
            c->test = c->negated ? TEST_NONE : TEST_ANY;
            c->negated = false;
        } else {
            struct words s = dgi_parse_words(t, at, col, val);
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
            dgi_frames_fault(t, at, col, "more than 3 relations in one constraint");
            return false;
        }
        struct step *st = &c->rel[c->n_rel];
        if (!dgi_parse_step(t, alt, st)) {
            if (c->n_rel && (st[-1].kind == STEP_OBL || st[-1].kind == STEP_NMOD)) {
                st->kind = st[-1].kind;
                st->word = dgi_lexis_add(&t->lx, alt);
            } else {
                dgi_frames_fault(t, at, col, "unknown relation '%.*s'", (int)alt.len, alt.ptr);
                return false;
            }
        }
        c->n_rel++;
    }
    return c->n_rel > 0;
}

static const char *const voice_names[] = {"passive", "active"};

/* "break|cut/VERB prt=off obj=@relations obj:actor" */
bool dgi_parse_trigger(dgi_coder_tables *t, struct row_at at, uint32_t col, dg_str s, struct frame *f)
{
    struct constraint con[16];
    dg_str w, head;
    if (!dgi_str_next(&s, ' ', &head) || !head.len) {
        dgi_frames_fault(t, at, col, "empty trigger");
        return false;
    }
    size_t slash = SIZE_MAX;
    for (size_t i = 0; i < head.len; i++)
        if (head.ptr[i] == '/')
            slash = i;
    if (slash == SIZE_MAX || !dgi_parse_pos(dgi_str_sub(head, slash + 1, head.len), &f->pos)) {
        dgi_frames_fault(t, at, col, "trigger '%.*s' needs /VERB, /NOUN or /ADJ", (int)head.len, head.ptr);
        return false;
    }
    struct words lem = dgi_parse_words(t, at, col, dgi_str_sub(head, 0, slash));
    f->lemma = lem.w;
    f->n_lemmas = lem.n;
    while (s.ptr && dgi_str_next(&s, ' ', &w)) {
        w = dgi_str_trim(w);
        if (!w.len)
            continue;
        if (dgi_str_is(w, voice_names[0]) || dgi_str_is(w, voice_names[1])) {
            f->flags |= dgi_str_is(w, voice_names[0]) ? FRAME_PASSIVE : FRAME_ACTIVE;
            f->weight += 2;
            continue;
        }
        if (f->n_con == 16) {
            dgi_frames_fault(t, at, col, "more than 16 constraints");
            return false;
        }
        if (!parse_constraint(t, at, col, w, &con[f->n_con])) {
            dgi_frames_fault(t, at, col, "cannot read constraint '%.*s'", (int)w.len, w.ptr);
            return false;
        }
        const struct constraint *k = &con[f->n_con];
        if (!k->negated && k->test == TEST_WORDS && k->rel[0].kind == STEP_AUX)
            f->flags |= FRAME_EATS_AUX;
        if (k->test == TEST_RUN)
            f->flags |= FRAME_RUN;
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

/* "struck a bargain with X" is also "Mali and Chad struck a bargain", where the row is reciprocal. */
static void mark_joint(const dgi_coder_tables *t, struct frame *f)
{
    const uint32_t with = t->lx.prep[DGI_PREP_WITH];
    for (uint32_t i = 0; i < f->n_con; i++)
        for (uint32_t k = 0; k < f->con[i].n_run; k++) {
            struct run *r = &f->con[i].run[k];
            const struct run_word *last = &r->el[r->n - 1];
            if (r->n > 2 && !last->n_words && !last->gap && dgi_in_words(last[-1].word, last[-1].n_words, with))
                r->joint = r->n - 2;
        }
}

/* What a sentence must hold for an expression to stand in it. */
static void mark_signs(struct frame *f)
{
    for (uint32_t i = 0; i < f->n_con; i++)
        for (uint32_t k = 0; k < f->con[i].n_run; k++) {
            struct run *r = &f->con[i].run[k];
            const struct run_word *choice = NULL;
            for (uint32_t j = 0; j < (r->joint ? r->joint : r->n); j++) {
                if (r->el[j].n_words == 1)
                    dgi_sign_add(&r->all, r->el[j].word[0]);
                else if (r->el[j].n_words && (!choice || r->el[j].n_words < choice->n_words))
                    choice = &r->el[j];
            }
            for (uint32_t j = 0; choice && j < choice->n_words; j++)
                dgi_sign_add(&r->any, choice->word[j]);
        }
}

const char dgi_frame_board[] = "BOARD";
static const char *const need_names[] = {"any", "source", "target", "both", "none"};
static const struct {
    const char *name;
    uint32_t bit;
} flag_names[] = {{"future", FRAME_FUTURE}, {"hyp_content", FRAME_HYP_CONTENT},
                  {"last", FRAME_LAST},     {"recip", FRAME_RECIP},
                  {"sure", FRAME_SURE},     {"weak", FRAME_WEAK}};

/* CAMEO and PLOVER; a row for the board has a mode and no code. */
static bool parse_code(dgi_coder_tables *t, struct row_at at, struct frame *f, dg_str plover)
{
    dg_str cameo = dgi_table_cell(at.tab, at.row, 4);
    bool board = dgi_str_is(plover, dgi_frame_board);
    f->plover = 0;
    if (board ? cameo.len > 0 : cameo.len < 2 || cameo.len > 4) {
        dgi_frames_fault(t, at, 5,
                         board ? "a row for the board has no CAMEO code, not '%.*s'"
                               : "CAMEO code '%.*s' has 2 to 4 digits",
                         (int)cameo.len, cameo.ptr);
        return false;
    }
    memcpy(f->cameo, cameo.ptr, cameo.len);
    while (f->plover < DGI_N_PLOVER && !dgi_str_is(plover, dgi_plover_name[f->plover]))
        f->plover++;
    if (f->plover == DGI_N_PLOVER && !(board && f->mode.len)) {
        dgi_frames_fault(t, at, 6, board ? "a row for the board has a mode%.*s" : "unknown PLOVER event '%.*s'",
                         board ? 0 : (int)plover.len, plover.ptr);
        return false;
    }
    return true;
}

bool dgi_parse_codes(dgi_coder_tables *t, struct row_at at, struct frame *f)
{
    dg_str need = dgi_table_cell(at.tab, at.row, 3);
    dg_str plover = dgi_table_cell(at.tab, at.row, 5), flags = dgi_table_cell(at.tab, at.row, 7), w;
    uint32_t k = 0;
    while (need.len && k < 5 && !dgi_str_is(need, need_names[k]))
        k++;
    if (k == 5) {
        dgi_frames_fault(t, at, 4, "need is any, source, target, both or none, not '%.*s'", (int)need.len, need.ptr);
        return false;
    }
    f->need = (uint8_t)k;
    f->mode = dgi_table_cell(at.tab, at.row, 6);
    if (!parse_code(t, at, f, plover))
        return false;
    while (dgi_str_next(&flags, ',', &w)) {
        for (k = 0; k < sizeof flag_names / sizeof *flag_names && !dgi_str_is(w, flag_names[k].name); k++)
            ;
        if (k < sizeof flag_names / sizeof *flag_names)
            f->flags |= flag_names[k].bit;
        else if (w.len)
            dgi_frames_fault(t, at, 8, "unknown flag '%.*s'", (int)w.len, w.ptr);
    }
    if (f->flags & FRAME_RECIP)
        mark_joint(t, f);
    mark_signs(f);
    return true;
}
