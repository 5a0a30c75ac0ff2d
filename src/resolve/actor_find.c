/* SPDX-License-Identifier: Apache-2.0 */
/* resolve/actor_find.c: where may an actor stand in the text? Candidates: names, role nouns, nominals, pronouns.
 *
 * Reads   tokens with tags, tree and name tags; tables
 * Writes  r->cands, r->tok_cand; which candidate modifies which role (cand.mods)
 *
 * Names are found twice, by the tables (longest phrase, as written) and by the network; the longer one wins, so that
 * "Jordan" in "Michael Jordan" or "China" in "China Daily" is no country. Roles are found by table only. */
#include "base/utf8.h"
#include "resolve/actor_in.h"

bool dgi_is_upper_initial(dg_str s)
{
    size_t at = 0;
    if (!s.len)
        return false;
    uint32_t cp = dgi_utf8_next(s, &at);
    return dgi_cp_is_upper(cp) || dgi_cp_is_digit(cp);
}

static struct cand *add_cand(struct resolver *r, uint8_t kind, uint32_t first, uint32_t end)
{
    struct cand *c = DGI_PUSH(r->a, r->cands, r->n, r->cap);
    if (!c) {
        r->failed = true;
        return NULL;
    }
    c->kind = kind;
    c->first = first;
    c->end = end;
    c->head = end - 1;
    c->parent = c->person = c->entity = c->entity2 = c->mention = c->nominal = DGI_NONE;
    for (int i = 0; i < MOST_ALSO; i++)
        c->also[i] = DGI_NONE;
    c->row = DGI_NONE;
    for (uint32_t i = first; i < end; i++) { /* the token whose head lies outside */
        uint32_t h = r->doc->toks[i].head;
        if (h == DGI_NONE || h < first || h >= end) {
            c->head = i;
            break;
        }
    }
    for (uint32_t i = first; i < end; i++)
        if (kind != C_NOMINAL || r->tok_cand[i] == DGI_NONE)
            r->tok_cand[i] = r->n - 1;
    return c;
}

/* End of the network's name that begins at tok; tok when none begins here. */
static uint32_t name_end(const struct dgi_doc *doc, uint32_t tok, uint32_t limit)
{
    const struct dgi_tok *t = &doc->toks[tok];
    if (t->name == DGI_NAME_O)
        return tok;
    uint32_t e = tok + 1;
    while (e < limit && doc->toks[e].name == t->name && !(doc->toks[e].flags & DGI_TOK_NAME_BEGIN))
        e++;
    while (t->name == DGI_NAME_PER && e + 1 < limit && dgi_str_is(doc->toks[e].form, "-") &&
           doc->toks[e].start == doc->toks[e - 1].end && doc->toks[e + 1].upos == DGI_PROPN &&
           dgi_is_upper_initial(doc->toks[e + 1].form))
        e += 2; /* "Mir-Mohammadi" */
    while (t->name == DGI_NAME_PER && e + 1 < limit && e > tok + 1 && doc->toks[e].name == DGI_NAME_PER &&
           (doc->toks[e - 1].form.len <= 3 || dgi_str_is(doc->toks[e - 1].form, "-")) &&
           doc->toks[e - 1].form.ptr[0] >= 'a' &&
           doc->toks[e - 1].form.ptr[0] <= 'z') /* "Bashar al | Assad" in two tags */
        e++;
    if (e > tok + 1 && doc->toks[e - 1].rel == DGI_REL_CASE) /* the possessive ending is no part of a name */
        e--;
    return e;
}

/* Does the document hold one of the words of `list`, a cell of the lexicon? Each list is looked for once. */
static bool doc_has(struct resolver *r, dg_str list)
{
    const struct dgi_doc *doc = r->doc;
    dg_str w;
    for (uint32_t i = 0; i < r->n_held; i++)
        if (r->held[i].list == list.ptr)
            return r->held[i].has;
    struct held *h = DGI_PUSH(r->a, r->held, r->n_held, r->cap_held);
    if (!h) {
        r->failed = true;
        return false;
    }
    h->list = list.ptr;
    while (!h->has && dgi_str_next(&list, '|', &w))
        for (uint32_t i = 0; i < doc->n_toks && !h->has; i++)
            h->has = dgi_str_eq(doc->toks[i].form, w);
    return h->has;
}

struct hit {
    const struct dgi_table *t;
    uint32_t len, n;
    const uint32_t *rows;
};

/* Is the row a power that broke away, on a day when it did not last? */
static bool is_no_more(const struct resolver *r, const struct dgi_table *t, uint32_t row)
{
    return t == r->ctx->groups && dgi_actor_broke_away(t, row) &&
           (r->day == DGI_NO_DAY || !dgi_actor_valid(t, row, OG_FROM, r->day));
}

enum { MOST_NAMESAKES = 40, MOST_NEAR = 60 }; /* places of one name, words of a sentence that are looked at */

/* Does a town of the sentence lie in the state of a row, or in the one that came after it? "Aden" speaks for the front of Yemen. */
static bool town_near(const struct resolver *r, uint32_t tok, dg_str state)
{
    const struct dgi_doc *doc = r->doc;
    const struct dgi_sent *s = &doc->sents[doc->toks[tok].sent];
    uint32_t st = dgi_table_find(r->ctx->states, state), n;
    dg_str after = st == DGI_NONE ? state : dgi_table_cell(r->ctx->states, st, ST_OF);
    const uint32_t *rows;
    for (uint32_t i = s->first; i < s->end && i < s->first + MOST_NEAR; i++) {
        if (doc->toks[i].upos != DGI_PROPN || !dgi_phrase_match(r->ctx->places, doc, i, s->end, &rows, &n))
            continue;
        dg_str iso = dgi_actor_owner(r->ctx, r->ctx->places, rows[0], r->day);
        if (dgi_str_eq(iso, state) || (after.len && dgi_str_eq(iso, after)))
            return true;
    }
    return false;
}

/* Among the rows that own the phrase, the one that is right on the day; parties also by the countries of the document. */
static uint32_t pick_row(struct resolver *r, const struct hit *h, uint32_t tok)
{
    const struct dgi_actors_ctx *x = r->ctx;
    if (h->t == x->words) {
        uint32_t first = DGI_NONE;
        for (uint32_t i = 0; i < h->n; i++) {
            dg_str unless = dgi_table_cell(h->t, h->rows[i], WD_UNLESS);
            bool only = dgi_str_starts(unless, DGI_S("+"));
            if (unless.len && only != doc_has(r, dgi_str_sub(unless, only, unless.len)))
                continue;
            if (dgi_actor_valid(h->t, h->rows[i], WD_FROM, r->day))
                return h->rows[i];
            if (first == DGI_NONE && (!unless.len || dgi_str_starts(unless, DGI_S("="))))
                first = h->rows[i];
        }
        return first;
    }
    uint32_t best = DGI_NONE, best_score = 0;
    for (uint32_t i = 0; i < h->n; i++) {
        uint32_t score = 1 + 2 * dgi_actor_valid(h->t, h->rows[i], OG_FROM, r->day);
        if (is_no_more(r, h->t, h->rows[i]))
            continue;
        dg_str c = dgi_table_cell(h->t, h->rows[i], OG_COUNTRY);
        for (uint32_t k = 0; k < r->n_focus; k++)
            if (dgi_str_is(c, r->focus[k].iso))
                score += 4 + (r->focus[k].n > 8 ? 8 : r->focus[k].n);
        if (score < 4 && h->n > 1 && c.len && town_near(r, tok, c))
            score += 4;
        if (score > best_score) {
            best_score = score;
            best = h->rows[i];
        }
    }
    if (h->t == x->parties && best_score < 5) /* a party of a country that the text never mentions: some other thing */
        return DGI_NONE;
    return best;
}

void dgi_actor_add_focus(struct resolver *r, const char iso[4], uint32_t n)
{
    if (!iso[0])
        return;
    for (uint32_t i = 0; i < r->n_focus; i++)
        if (!memcmp(r->focus[i].iso, iso, 4)) {
            r->focus[i].n += n;
            return;
        }
    if (r->n_focus < sizeof r->focus / sizeof *r->focus) {
        memcpy(r->focus[r->n_focus].iso, iso, 4);
        r->focus[r->n_focus++].n = n;
    }
}

static const struct {
    const char *name;
    uint8_t kind;
} word_kind_names[] = {
    {"name", C_COUNTRY},    {"adj", C_ADJ},   {"demonym", C_DEMONYM},
    {"capital", C_CAPITAL}, {"seat", C_SEAT}, {"region", C_REGION},
};

struct cand *dgi_actor_add_word(struct resolver *r, uint32_t row, uint32_t first, uint32_t end)
{
    uint8_t kind = C_COUNTRY;
    dg_str k = dgi_table_cell(r->ctx->words, row, WD_KIND);
    for (size_t i = 0; i < sizeof word_kind_names / sizeof *word_kind_names; i++)
        if (dgi_str_is(k, word_kind_names[i].name))
            kind = word_kind_names[i].kind;
    dg_str state = dgi_table_cell(r->ctx->words, row, WD_STATE), owner = dgi_actor_land(r->ctx, state, r->day);
    /* "Kiev" in 1962, which no row has for a capital then, is a city of the Soviet Union */
    bool then = kind == C_REGION || (kind == C_CAPITAL && !dgi_actor_valid(r->ctx->words, row, WD_FROM, r->day));
    struct cand *c = add_cand(r, kind, first, end);
    if (c) {
        c->t = r->ctx->words;
        c->row = row;
        dgi_actor_iso(c->country, then ? owner : state);
        dgi_actor_add_focus(r, c->country, 1);
    }
    return c;
}

/* "The two Koreas": the other states that the same word means on the day. */
static void add_companions(struct resolver *r, struct cand *c, const struct hit *h)
{
    const struct dgi_table *t = r->ctx->words;
    if (!c || !dgi_str_is(dgi_table_cell(t, c->row, WD_KIND), "several"))
        return;
    for (uint32_t i = 0, k = 0; i < h->n && k < MOST_ALSO; i++) {
        if (h->rows[i] == c->row || !dgi_actor_valid(t, h->rows[i], WD_FROM, r->day))
            continue;
        dgi_actor_iso(c->more[k], dgi_table_cell(t, h->rows[i], WD_STATE));
        dgi_actor_add_focus(r, c->more[k++], 1);
    }
}

/* Is [from,end) a role by itself ("Foreign Ministry" after "Russian")? */
static bool rest_is_role(struct resolver *r, uint32_t from, uint32_t end)
{
    const uint32_t *rows;
    uint32_t n;
    if (from < end && r->doc->toks[from].rel == DGI_REL_CASE)
        from++;
    return from < end && dgi_phrase_match(r->ctx->roles, r->doc, from, end, &rows, &n) == end - from;
}

/* "Special Representative for Iran": somebody's office, though the network sees the name of a body. */
static bool rest_is_office_for(struct resolver *r, uint32_t first, uint32_t from, uint32_t end)
{
    const uint32_t *rows;
    uint32_t n, len, before = first;
    while (before > 0 && r->doc->toks[before - 1].upos == DGI_DET)
        before--;
    if (before > 0 && r->doc->toks[before - 1].sent == r->doc->toks[first].sent &&
        dgi_tok_in(r->doc, before - 1, DGI_W_OF))
        return false; /* "the Office of the UN High Commissioner for Human Rights" */
    if (from < end && r->doc->toks[from].rel == DGI_REL_CASE)
        from++;
    len = from < end ? dgi_phrase_match(r->ctx->roles, r->doc, from, end, &rows, &n) : 0;
    return len && from + len < end && dgi_str_is(dgi_table_cell(r->ctx->roles, rows[0], RL_KIND), "person") &&
           dgi_tok_in(r->doc, from + len, DGI_W_ACTOR_FOR);
}

/* A title and a name ("national Hatice Cengiz" after "Turkish")? */
static bool rest_is_title(struct resolver *r, uint32_t from, uint32_t end)
{
    const uint32_t *rows;
    uint32_t n, len = from < end ? dgi_phrase_match(r->ctx->roles, r->doc, from, end, &rows, &n) : 0;
    return len && from + len < end && !dgi_is_upper_initial(r->doc->toks[from].form) &&
           dgi_is_upper_initial(r->doc->toks[end - 1].form);
}

static bool first_name(struct resolver *r, uint32_t tok)
{
    return dgi_table_find(r->ctx->first_names, r->doc->toks[tok].form) != DGI_NONE;
}

static bool proper(const struct dgi_doc *doc, uint32_t i)
{
    const struct dgi_tok *t = &doc->toks[i];
    return t->upos == DGI_PROPN && dgi_is_upper_initial(t->form) && !dgi_cp_is_digit((unsigned char)t->form.ptr[0]);
}

/* "Usman", no "USA", no "McKay's" */
static bool plain_capital(dg_str f)
{
    for (size_t i = 1; i < f.len; i++)
        if (f.ptr[i] >= 'A' && f.ptr[i] <= 'Z')
            return false;
    return true;
}

/* A run of capitalised proper nouns (with "al", "de", "bin", "-" inside) from tok on. */
static uint32_t proper_run(struct resolver *r, uint32_t tok, uint32_t limit)
{
    uint32_t e = tok;
    for (uint32_t i = tok; i < limit && i < tok + 8; i++) {
        dg_str f = r->doc->toks[i].form;
        if (proper(r->doc, i))
            e = i + 1;
        else if (i == tok || !(dgi_str_is(f, "-") || dgi_actor_cue(r->ctx, "particle", f)))
            break;
    }
    return e;
}

/* Titles at the front of what the network took for a person's name: "Mr. Brown", "President Obama". */
static uint32_t skip_titles(struct resolver *r, uint32_t first, uint32_t end)
{
    const uint32_t *rows;
    uint32_t n, len;
    while (first + 1 < end) {
        if (dgi_actor_cue(r->ctx, "honorific", r->doc->toks[first].form)) {
            first++;
            continue;
        }
        len = dgi_phrase_match(r->ctx->roles, r->doc, first, end, &rows, &n);
        if (!len || first + len >= end)
            break;
        first += len;
    }
    return first;
}

static void best_hit(struct resolver *r, uint32_t tok, uint32_t limit, struct hit *h);

/* "The Elysee" ends before "Elysee Palace" does: the article is then no part of the name. */
static void drop_article(struct resolver *r, uint32_t tok, uint32_t limit, struct hit *h)
{
    struct hit g = {0};
    if (h->len < 2 || !dgi_tok_in(r->doc, tok, DGI_W_THE))
        return;
    best_hit(r, tok + 1, limit, &g);
    if (g.len + 1 > h->len)
        h->len = 0;
}

enum { SHORTEST_SHOUT = 4 }; /* shorter words in capitals are acronyms */

static bool in_capitals(dg_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] < 'A' || s.ptr[i] > 'Z')
            return false;
    return s.len >= SHORTEST_SHOUT;
}

/* "MALI ARMY KILLS 12": words in capitals as a text would write them, for the states' names. Nothing without such words. */
static bool title_words(struct resolver *r)
{
    const struct dgi_doc *doc = r->doc;
    uint32_t i = 0;
    while (i < doc->n_toks && !in_capitals(doc->toks[i].form))
        i++;
    if (i == doc->n_toks)
        return true;
    if (!(r->titled = dgi_arena_array(r->a, doc->n_toks, sizeof *r->titled)))
        return false;
    for (i = 0; i < doc->n_toks; i++) {
        dg_str f = r->titled[i] = doc->toks[i].form;
        char *p = in_capitals(f) ? dgi_arena_alloc(r->a, f.len) : NULL;
        if (!p)
            continue;
        p[0] = f.ptr[0];
        for (size_t k = 1; k < f.len; k++)
            p[k] = (char)(f.ptr[k] | 0x20);
        r->titled[i].ptr = p;
    }
    return true;
}

/* "Biafra" while it lasted was no part of Nigeria: the row of groups where a word for a region is as long. */
static bool broken_away(const struct resolver *r, uint32_t tok, uint32_t limit, struct hit *h)
{
    struct hit g = {.t = r->ctx->groups};
    if (h->t != r->ctx->words || !dgi_str_is(dgi_table_cell(h->t, h->rows[0], WD_KIND), "region"))
        return false;
    g.len = dgi_phrase_match(g.t, r->doc, tok, limit, &g.rows, &g.n);
    if (g.len != h->len || !dgi_actor_broke_away(g.t, g.rows[0]) || is_no_more(r, g.t, g.rows[0]))
        return false;
    *h = g;
    return true;
}

static void best_hit(struct resolver *r, uint32_t tok, uint32_t limit, struct hit *h)
{
    const struct dgi_actors_ctx *x = r->ctx;
    const struct dgi_table *order[] = {x->words, x->orgs, x->groups, x->parties, x->persons};
    h->len = 0;
    for (size_t k = 0; k < sizeof order / sizeof *order; k++) {
        struct hit g = {order[k], 0, 0, NULL};
        g.len = dgi_phrase_match(g.t, r->doc, tok, limit, &g.rows, &g.n);
        if (g.len > h->len && !(g.n == 1 && is_no_more(r, g.t, g.rows[0])))
            *h = g;
    }
    if (h->len && broken_away(r, tok, limit, h))
        return;
    if (!h->len && r->titled && in_capitals(r->doc->toks[tok].form)) {
        h->t = x->words;
        h->len = dgi_phrase_match_words(x->words, r->titled, sizeof *r->titled, tok, limit, &h->rows, &h->n);
    }
}

/* Tokens at tok that begin no name though a table has them: "Russian roulette". known: as long a name of orgs or groups
 * is no trap ("Washington Post"). */
static uint32_t trap_at(struct resolver *r, uint32_t tok, uint32_t limit, uint32_t known)
{
    const uint32_t *rows;
    uint32_t n, len = dgi_phrase_match(r->ctx->traps, r->doc, tok, limit, &rows, &n);
    if (len <= known)
        return 0;
    if (len) {
        dg_str as = dgi_table_cell(r->ctx->traps, rows[0], TR_AS);
        if (as.len == 3) {
            struct cand *c = add_cand(r, C_REGION, tok, tok + len);
            if (c)
                dgi_actor_iso(c->country, as);
        } else if (dgi_str_is(as, "person")) {
            add_cand(r, C_PERSON, tok, tok + len);
        }
    }
    return len;
}

static bool may_begin(struct resolver *r, uint32_t tok)
{
    dg_str f = r->doc->toks[tok].form;
    return dgi_is_upper_initial(f) || dgi_tok_in(r->doc, tok, DGI_W_THE) || dgi_actor_cue(r->ctx, "particle", f) ||
           dgi_actor_cue(r->ctx, "begins", f);
}

/* Does the registry know a bearer of the bare family name at tok who holds an office on the day? Then the network may err
 * about what kind of name it is ("met Xi", "Macron had said"). */
static bool in_office(struct resolver *r, uint32_t tok)
{
    const uint32_t *rows;
    uint32_t n;
    bool current = false;
    if (r->day == DGI_NO_DAY || dgi_phrase_match(r->ctx->persons, r->doc, tok, tok + 1, &rows, &n) != 1)
        return false;
    uint32_t row = dgi_actor_best_person(r->ctx, rows, n, r->day, NULL, true);
    if (row == DGI_NONE)
        return false;
    return dgi_actor_term(r->ctx, dgi_table_cell(r->ctx->persons, row, PS_ID), r->day, &current) != DGI_NONE && current;
}

/* "the Bush administration", "the May government": a name before a body of government, of who is in office on the day. */
static bool heads_body(struct resolver *r, uint32_t tok)
{
    const uint32_t *rows;
    uint32_t n, next = tok + 1;
    if (next >= r->doc->n_toks || r->doc->toks[next].sent != r->doc->toks[tok].sent ||
        (r->doc->toks[tok].rel != DGI_REL_COMPOUND && r->doc->toks[tok].rel != DGI_REL_AMOD) ||
        dgi_is_upper_initial(r->doc->toks[next].form) ||
        !dgi_phrase_match(r->ctx->roles, r->doc, next, next + 1, &rows, &n))
        return false;
    return dgi_str_is(dgi_table_cell(r->ctx->roles, rows[0], RL_KIND), "body") &&
           dgi_str_is(dgi_table_cell(r->ctx->roles, rows[0], RL_CODE), "GOV") && in_office(r, tok);
}

/* Is the bare family name at tok meant? The network says so, or a title or honorific stands before it. */
static bool family_ok(struct resolver *r, uint32_t tok)
{
    const struct dgi_tok *t = &r->doc->toks[tok];
    if (t->name == DGI_NAME_PER)
        return true;
    if (tok > 0 && r->doc->toks[tok - 1].sent == t->sent && t->upos == DGI_PROPN) { /* "President Karzai", "Mr. May" */
        const uint32_t *rows;
        uint32_t n;
        dg_str b = r->doc->toks[tok - 1].form;
        if (dgi_actor_cue(r->ctx, "honorific", b) ||
            (dgi_is_upper_initial(b) && dgi_phrase_match(r->ctx->roles, r->doc, tok - 1, tok, &rows, &n) == 1 &&
             dgi_str_is(dgi_table_cell(r->ctx->roles, rows[0], RL_KIND), "person")))
            return true;
    }
    if (heads_body(r, tok))
        return true;
    if (dgi_actor_cue(r->ctx, "doubtful", t->form)) /* May, Rice, Major: also something else */
        return t->upos == DGI_PROPN && t->name == DGI_NAME_ORG && in_office(r, tok);
    if (t->upos != DGI_PROPN || (t->name != DGI_NAME_O && t->name != DGI_NAME_MISC && !in_office(r, tok)))
        return false;
    if (t->rel == DGI_REL_FLAT) /* part of a longer name that no table has */
        return false;
    uint32_t next = tok + 1;
    return !(next < r->doc->n_toks && proper(r->doc, next) && r->doc->toks[next].sent == t->sent);
}

/* What stands at one token: the longest row of the tables, and what the network takes for a name there. */
struct name_at {
    uint32_t tok, limit; /* limit: end of the sentence */
    struct hit h;
    uint32_t ner;   /* end of the network's name, tok: none */
    uint8_t type;   /* of that name */
    uint32_t known; /* end of a person's name that the network missed, tok: none */
};

/* Each take_ returns the token to go on from when it has dealt with what is at n->tok, else n->tok. */

/* "Chad Mendes met ...": a state's name that people bear as first name, before a capitalised word that begins nothing known
 * in a sentence that does not capitalise every word. A capital ("London Breed") needs the network's word for it. */
static bool bearer(struct resolver *r, const struct name_at *n)
{
    const struct dgi_doc *doc = r->doc;
    uint32_t i = n->tok, next = i + 1;
    const uint32_t *rows;
    uint32_t n_rows;
    struct hit h = {0};
    if (n->h.len != 1 || n->h.t != r->ctx->words || next >= n->limit || doc->toks[next].form.len < 3 ||
        !dgi_actor_cue(r->ctx, "first-name", doc->toks[i].form) || !dgi_is_upper_initial(doc->toks[next].form) ||
        dgi_is_upper_initial(dgi_str_sub(doc->toks[next].form, 1, doc->toks[next].form.len)))
        return false;
    if ((next + 1 < n->limit && dgi_is_upper_initial(doc->toks[next + 1].form)) ||
        dgi_actor_cue(r->ctx, "calendar", doc->toks[next].form))
        return false; /* "Kenya Friday closed the road": when */
    if (i > 0 && doc->toks[i - 1].sent == doc->toks[i].sent && doc->toks[i - 1].upos == DGI_DET)
        return false;
    if (doc->toks[next].name == DGI_NAME_ORG || doc->toks[next].name == DGI_NAME_LOC ||
        dgi_phrase_match(r->ctx->roles, doc, next, n->limit, &rows, &n_rows))
        return false;
    best_hit(r, next, n->limit, &h);
    if (h.len && h.t != r->ctx->persons)
        return false;
    bool capital = dgi_str_is(dgi_table_cell(n->h.t, n->h.rows[0], WD_KIND), "capital");
    if (capital && doc->toks[i].name != DGI_NAME_PER && doc->toks[next].name != DGI_NAME_PER)
        return false;
    const struct dgi_sent *s = &doc->sents[doc->toks[i].sent];
    for (uint32_t k = s->first; k < s->end; k++)
        if (doc->toks[k].upos == DGI_VERB && !dgi_is_upper_initial(doc->toks[k].form))
            return true;
    return false;
}

/* A longer person than any row: the tag may begin with titles, or with a country. */
static uint32_t take_person(struct resolver *r, struct name_at *n)
{
    uint32_t i = n->tok;
    if (n->ner - i > n->h.len + 1 && n->type == DGI_NAME_PER && n->h.len && n->h.t == r->ctx->words &&
        first_name(r, i + n->h.len))
        n->ner = i; /* "Kenya Amina Oduya" in one tag */
    if (n->ner - i <= n->h.len || n->type != DGI_NAME_PER)
        return i;
    uint32_t from = skip_titles(r, i, n->ner);
    if (from > i && n->h.len && n->h.t != r->ctx->persons && n->h.len < n->ner - i) {
        n->ner = i; /* country, title and name in one tag: the country first */
        return i;
    }
    if (from > i)
        return from; /* the title is found as a role; the name begins at `from` */
    struct cand *c = add_cand(r, C_PERSON, i, n->ner);
    if (c)
        c->name_type = n->type;
    return n->ner;
}

static uint8_t doc_rel(const struct resolver *r, uint32_t tok)
{
    return tok < r->doc->n_toks ? r->doc->toks[tok].rel : DGI_REL_NONE;
}

/* An organisation that is longer than the row it begins with. */
static uint32_t take_longer_org(struct resolver *r, const struct name_at *n)
{
    const struct hit *h = &n->h;
    uint32_t i = n->tok;
    bool words = h->t == r->ctx->words;
    if (!h->len || n->ner - i <= h->len || n->type != DGI_NAME_ORG || (!words && h->t != r->ctx->orgs) ||
        (words && dgi_str_is(dgi_table_cell(h->t, h->rows[0], WD_KIND), "demonym")) ||
        rest_is_role(r, i + h->len, n->ner) || rest_is_title(r, i + h->len, n->ner) ||
        rest_is_office_for(r, i, i + h->len, n->ner))
        return i;
    struct hit rest = {0};
    uint32_t at = i + h->len + (doc_rel(r, i + h->len) == DGI_REL_CASE);
    if (at < n->ner)
        best_hit(r, at, n->limit, &rest);
    if (rest.len && rest.t == r->ctx->orgs && at + rest.len >= n->ner) /* "the U.N.'s World Food Programme" */
        return i;
    uint32_t row = pick_row(r, h, i);
    struct cand *c = add_cand(r, C_UNKNOWN, i, n->ner);
    if (c) {
        c->name_type = n->type;
        if (row != DGI_NONE)
            dgi_actor_iso(c->country, dgi_table_cell(h->t, row, words ? WD_STATE : OG_COUNTRY));
        dgi_actor_add_focus(r, c->country, 1);
    }
    return n->ner;
}

/* "Santiago de Cuba": a capital's name that only begins a longer place's. */
static uint32_t take_longer_place(struct resolver *r, const struct name_at *n)
{
    const uint32_t *rows;
    uint32_t n_rows, len;
    if (!n->h.len || n->h.t != r->ctx->words || !dgi_str_is(dgi_table_cell(n->h.t, n->h.rows[0], WD_KIND), "capital"))
        return n->tok;
    len = dgi_phrase_match(r->ctx->places, r->doc, n->tok, n->limit, &rows, &n_rows);
    if (len <= n->h.len)
        return n->tok;
    struct cand *c = add_cand(r, C_REGION, n->tok, n->tok + len);
    if (c) {
        dgi_actor_iso(c->country, dgi_actor_owner(r->ctx, r->ctx->places, rows[0], r->day));
        dgi_actor_add_focus(r, c->country, 1);
    }
    return n->tok + len;
}

/* Does a town of that name, the words [first, end), lie in the first-order region of the row? */
static bool town_of(const struct resolver *r, const struct dgi_table *t, uint32_t first, uint32_t end, uint32_t region)
{
    const struct dgi_table *g = r->ctx->places;
    const uint32_t *rows;
    uint32_t n, len = dgi_phrase_match(t, r->doc, first, end, &rows, &n);
    for (uint32_t i = 0; len == end - first && i < n && i < MOST_NAMESAKES; i++)
        if (dgi_str_eq(dgi_table_cell(t, rows[i], GZ_COUNTRY), dgi_table_cell(g, region, GZ_COUNTRY)) &&
            dgi_str_eq(dgi_table_cell(t, rows[i], GZ_ADMIN1), dgi_table_cell(g, region, GZ_ADMIN1)))
            return true;
    return false;
}

/* "Vienna, Virginia", "Lebanon, Ohio": a capital's or a state's name before the region in which a town of that name lies. */
static uint32_t take_namesake(struct resolver *r, const struct name_at *n)
{
    const struct dgi_table *g = r->ctx->places;
    const uint32_t at = n->tok + n->h.len + 1, *rows;
    uint32_t n_rows;
    if (!n->h.len || n->h.t != r->ctx->words || at >= n->limit || !dgi_str_is(r->doc->toks[at - 1].form, ",") ||
        !dgi_is_upper_initial(r->doc->toks[n->tok].form) || !dgi_is_upper_initial(r->doc->toks[at].form))
        return n->tok;
    const uint32_t len = dgi_phrase_match(g, r->doc, at, n->limit, &rows, &n_rows);
    struct hit next = {0};
    if (at + len + 1 < n->limit &&
        (dgi_str_is(r->doc->toks[at + len].form, ",") || dgi_tok_in(r->doc, at + len, DGI_W_AND_OR)))
        best_hit(r, at + len + 1, n->limit, &next);
    if (next.len && next.t == r->ctx->words && dgi_is_upper_initial(r->doc->toks[at + len + 1].form))
        return n->tok; /* "Athens, Georgia, Ukraine": a list */
    for (uint32_t i = 0; len && i < n_rows && i < MOST_NAMESAKES; i++) {
        const dg_str iso = dgi_table_cell(g, rows[i], GZ_COUNTRY);
        if (!dgi_str_is(dgi_table_cell(g, rows[i], GZ_KIND), "admin1") ||
            dgi_str_eq(iso, dgi_table_cell(n->h.t, n->h.rows[0], WD_STATE)) ||
            (!town_of(r, g, n->tok, at - 1, rows[i]) && !town_of(r, r->ctx->towns, n->tok, at - 1, rows[i])))
            continue;
        struct cand *c = add_cand(r, C_REGION, n->tok, at + len);
        if (c) {
            dgi_actor_iso(c->country, iso);
            dgi_actor_add_focus(r, c->country, 1);
        }
        return at + len;
    }
    return n->tok;
}

/* How often the document names a state, counted when first asked for. */
static uint32_t times_named(struct resolver *r, dg_str iso)
{
    const struct dgi_doc *doc = r->doc;
    const uint32_t *rows;
    uint32_t n, len;
    for (uint32_t i = 0; !r->named_made && i < doc->n_toks; i += len ? len : 1) {
        len = dgi_is_upper_initial(doc->toks[i].form)
                  ? dgi_phrase_match(r->ctx->words, doc, i, doc->sents[doc->toks[i].sent].end, &rows, &n)
                  : 0;
        dg_str s = len ? dgi_table_cell(r->ctx->words, rows[0], WD_STATE) : dgi_str("");
        if (!len || dgi_str_starts(dgi_table_cell(r->ctx->words, rows[0], WD_UNLESS), DGI_S("=")))
            continue;
        uint32_t k = 0;
        while (k < r->n_named && !dgi_str_is(s, r->named[k].iso))
            k++;
        if (k == sizeof r->named / sizeof *r->named)
            continue;
        if (k == r->n_named)
            dgi_actor_iso(r->named[r->n_named++].iso, s);
        r->named[k].n++;
    }
    r->named_made = true;
    for (uint32_t k = 0; k < r->n_named; k++)
        if (dgi_str_is(iso, r->named[k].iso))
            return r->named[k].n;
    return 0;
}

/* "the Senate", said by itself: the one of the row's state, unless the text speaks more of another that has one. */
static bool said_alone(struct resolver *r, const struct name_at *n, uint32_t row)
{
    const struct dgi_doc *doc = r->doc;
    uint32_t end = n->tok + n->h.len, from = end - 1, own, len;
    const uint32_t *rows;
    uint32_t n_rows;
    dg_str list = dgi_table_cell(r->ctx->words, row, WD_UNLESS), one;
    if (!dgi_str_starts(list, DGI_S("=")))
        return true;
    if (end < n->limit && (dgi_is_upper_initial(doc->toks[end].form) || dgi_tok_in(doc, end, DGI_W_OF)))
        return false;
    len = dgi_phrase_match(r->ctx->roles, doc, from, n->limit, &rows, &n_rows);
    if (len > 1) /* "the Senate majority leader" */
        return false;
    if (n->tok > 0 && doc->toks[n->tok - 1].sent == doc->toks[n->tok].sent &&
        (r->tok_cand[n->tok - 1] != DGI_NONE || doc->toks[n->tok - 1].rel == DGI_REL_CASE))
        return doc->toks[n->tok - 1].upos == DGI_ADP; /* "Peru's Congress", "the Peruvian Congress" */
    own = times_named(r, dgi_table_cell(r->ctx->words, row, WD_STATE));
    list = dgi_str_sub(list, 1, list.len);
    while (dgi_str_next(&list, '|', &one))
        if (times_named(r, one) > own)
            return false;
    return true;
}

/* "the OAS General Assembly": an organ whose bare name is another body's, behind the name of its own. */
static bool organ_of_before(struct resolver *r, const struct name_at *n, uint32_t row)
{
    const struct dgi_table *t = r->ctx->orgs;
    uint32_t i = n->tok, end = i + n->h.len, o = i ? r->tok_cand[i - 1] : DGI_NONE, n_rows;
    const uint32_t *rows;
    if (n->h.t != t || o == DGI_NONE || r->cands[o].kind != C_ORG || r->cands[o].t != t || r->cands[o].end != i ||
        r->doc->toks[i - 1].sent != r->doc->toks[i].sent || row == r->cands[o].row ||
        !dgi_str_is(dgi_table_cell(t, row, OG_KIND), "igo") ||
        !dgi_str_is(dgi_table_cell(t, r->cands[o].row, OG_KIND), "igo") ||
        dgi_phrase_match(r->ctx->roles, r->doc, end - 1, end, &rows, &n_rows) != 1 ||
        !dgi_str_is(dgi_table_cell(r->ctx->roles, rows[0], RL_KIND), "body"))
        return false;
    struct cand *c = &r->cands[o];
    c->end = end;
    for (uint32_t k = i; k < end; k++)
        r->tok_cand[k] = o;
    for (uint32_t k = c->first; k < end; k++) {
        uint32_t h = r->doc->toks[k].head;
        if (h == DGI_NONE || h < c->first || h >= end) {
            c->head = k;
            break;
        }
    }
    return true;
}

static uint32_t take_row(struct resolver *r, const struct name_at *n)
{
    const struct hit *h = &n->h;
    uint32_t i = n->tok, row;
    struct cand *c;
    if (!h->len)
        return i;
    if (h->t == r->ctx->persons) {
        if ((c = add_cand(r, C_PERSON, i, i + h->len))) {
            c->t = h->t;
            c->row = dgi_actor_best_person(r->ctx, h->rows, h->n, r->day, NULL, h->len == 1);
            if (c->row == DGI_NONE)
                c->t = NULL;
            else
                dgi_actor_iso(c->country, dgi_table_cell(h->t, c->row, PS_COUNTRY));
        }
        return i + h->len;
    }
    if ((row = pick_row(r, h, i)) == DGI_NONE)
        return i;
    if (h->t == r->ctx->words) {
        if (!said_alone(r, n, row))
            return i;
        add_companions(r, dgi_actor_add_word(r, row, i, i + h->len), h);
    } else if (organ_of_before(r, n, row)) {
        return i + h->len;
    } else if ((c = add_cand(r, C_ORG, i, i + h->len))) {
        c->t = h->t;
        c->row = row;
        dgi_actor_iso(c->country, dgi_table_cell(h->t, row, OG_COUNTRY));
        dgi_actor_add_focus(r, c->country, 1);
    }
    return i + h->len;
}

/* "Quillon Harbour | Board": a capitalised noun that the name hangs on is its last word, unless it is somebody's title. */
static uint32_t rest_of_name(struct resolver *r, uint32_t first, uint32_t end, uint32_t limit)
{
    const struct dgi_doc *doc = r->doc;
    const uint32_t *rows;
    uint32_t n;
    while (end < limit && doc->toks[end - 1].rel == DGI_REL_COMPOUND && doc->toks[end - 1].head == end &&
           dgi_is_upper_initial(doc->toks[end].form) &&
           (doc->toks[end].upos == DGI_PROPN || doc->toks[end].upos == DGI_NOUN) && doc->toks[end].name == DGI_NAME_O) {
        if (dgi_phrase_match(r->ctx->roles, doc, end, limit, &rows, &n) &&
            !dgi_str_is(dgi_table_cell(r->ctx->roles, rows[0], RL_KIND), "body"))
            break;
        if (in_capitals(doc->toks[end].form) != in_capitals(doc->toks[first].form))
            break;
        end++;
    }
    return end;
}

/* A name that only the network, or a first name, shows. */
static uint32_t take_unknown(struct resolver *r, const struct name_at *n, uint32_t sentence)
{
    const struct dgi_doc *doc = r->doc;
    uint32_t i = n->tok, end = n->known > i ? n->known : n->ner;
    struct cand *c;
    if (n->known > i) {
        if ((c = add_cand(r, C_PERSON, i, end)))
            c->name_type = DGI_NAME_PER;
        return end;
    }
    if (end == i)
        return i;
    if (n->type == DGI_NAME_ORG || n->type == DGI_NAME_NORP) {
        end = n->type == DGI_NAME_ORG ? rest_of_name(r, i, end, n->limit) : end;
        bool any = false; /* else the capital is that of the sentence's beginning: "Senior officials" */
        for (uint32_t k = i; k < end; k++)
            any |= doc->toks[k].upos == DGI_PROPN || (k > sentence && doc->toks[k].upos == DGI_ADJ);
        if (!any || rest_is_role(r, i, end) || rest_is_office_for(r, i, i, end) ||
            !(c = add_cand(r, C_UNKNOWN, i, end)))
            return i;
        c->name_type = n->type;
        return end;
    }
    if (n->type != DGI_NAME_PER)
        return i;
    uint32_t from = skip_titles(r, i, end);
    if (from > i)
        return from;
    if ((c = add_cand(r, C_PERSON, i, end)))
        c->name_type = n->type;
    return end;
}

/* Is the word before tok the first name of somebody no table knows, "Usman" of "Usman Khan"? Then the family name at tok is not
 * that of the bearer whom the registry knows. */
static bool first_before(struct resolver *r, uint32_t tok)
{
    const struct dgi_doc *doc = r->doc;
    if (tok == 0 || doc->toks[tok - 1].sent != doc->toks[tok].sent || !proper(doc, tok - 1) ||
        r->tok_cand[tok - 1] != DGI_NONE)
        return false;
    const struct dgi_tok *b = &doc->toks[tok - 1];
    const uint32_t *rows;
    uint32_t n;
    struct hit h = {0};
    if ((b->head != tok && doc->toks[tok].head != tok - 1) || b->form.len < 3 || !plain_capital(b->form) ||
        dgi_actor_cue(r->ctx, "honorific", b->form) || dgi_phrase_match(r->ctx->roles, doc, tok - 1, tok, &rows, &n))
        return false;
    best_hit(r, tok - 1, tok, &h);
    return !h.len;
}

/* The name at n->tok, in the order in which what is there is to be believed. */
static uint32_t take_name(struct resolver *r, struct name_at *n, uint32_t sentence)
{
    uint32_t i = n->tok, next;
    if (n->h.len == 1 && n->h.t == r->ctx->persons && n->ner <= i + 1 && first_before(r, i)) {
        struct cand *c = add_cand(r, C_PERSON, i - 1, i + 1);
        if (c)
            c->name_type = DGI_NAME_PER;
        return i + 1;
    }
    if (n->h.len == 1 && n->h.t == r->ctx->persons && !family_ok(r, i) && n->ner <= i + 1)
        n->h.len = 0;
    if (!n->h.len && n->ner == i && first_name(r, i) && proper(r->doc, i) &&
        !dgi_actor_cue(r->ctx, "honorific", r->doc->toks[i].form)) /* "Prince Norodom Sihanouk": a title */
        n->known = proper_run(r, i, n->limit);
    if (n->known == i + 1)
        n->known = i;
    if (bearer(r, n)) {
        struct cand *c = add_cand(r, C_PERSON, i, i + 2);
        if (c)
            c->name_type = DGI_NAME_PER;
        return i + 2;
    }
    if ((next = take_person(r, n)) > i || (next = take_longer_org(r, n)) > i || (next = take_namesake(r, n)) > i ||
        (next = take_longer_place(r, n)) > i || (next = take_row(r, n)) > i ||
        (next = take_unknown(r, n, sentence)) > i)
        return next;
    return i + 1;
}

/* End of the longest name at n->tok that is no word for states: "Anglo-Iranian Oil Company", "Austro-Hungarian". */
static uint32_t longest_here(struct resolver *r, const struct name_at *n)
{
    uint32_t end = n->h.t == r->ctx->words ? n->tok : n->tok + n->h.len;
    const uint32_t *rows;
    uint32_t n_rows, trap = dgi_phrase_match(r->ctx->traps, r->doc, n->tok, n->limit, &rows, &n_rows);
    if (n->type == DGI_NAME_ORG && n->ner > end && !rest_is_role(r, n->tok + 3, n->ner))
        end = n->ner;
    trap = trap ? n->tok + trap + 1 : 0; /* one that is just as long wins */
    return trap > end ? trap : end;
}

static void find_names(struct resolver *r, const struct dgi_sent *s)
{
    const struct dgi_doc *doc = r->doc;
    uint32_t role_end = s->first; /* inside a longer role ("Secretary of State") no name begins */
    for (uint32_t i = s->first; i < s->end;) {
        struct name_at n = {
            .tok = i, .limit = s->end, .ner = name_end(doc, i, s->end), .type = doc->toks[i].name, .known = i};
        const uint32_t *rows;
        uint32_t trap, n_rows;
        if (i < role_end || !may_begin(r, i)) {
            if (i >= role_end)
                role_end = i + dgi_phrase_match(r->ctx->roles, doc, i, s->end, &rows, &n_rows);
            i++;
            continue;
        }
        best_hit(r, i, s->end, &n.h);
        drop_article(r, i, s->end, &n.h);
        if (n.h.len == 1 && doc->toks[i].upos == DGI_AUX) /* "the USA IS GREAT" */
            n.h.len = 0;
        role_end = i + dgi_phrase_match(r->ctx->roles, doc, i, s->end, &rows, &n_rows);
        uint32_t joined = dgi_actor_joined(r, i, s->end, longest_here(r, &n));
        if (joined > i)
            i = joined;
        else if (role_end > i + 1 && n.h.len < role_end - i && n.ner <= role_end)
            i++;
        else if ((trap = trap_at(r, i, s->end, n.h.t == r->ctx->orgs || n.h.t == r->ctx->groups ? n.h.len : 0)))
            i += trap;
        else
            i = take_name(r, &n, s->first);
    }
}

static bool nounish(const struct dgi_tok *t)
{
    return t->upos == DGI_NOUN || t->upos == DGI_PROPN || t->upos == DGI_ADJ || t->upos == DGI_VERB;
}

/* "deputy health minister", "acting police chief": one title, and not that of the holder. */
static void take_deputy(struct resolver *r, struct cand *c, uint32_t limit)
{
    const uint32_t *rows;
    uint32_t n, len;
    if (c->end - c->first != 1 || c->end >= limit || !dgi_actor_cue(r->ctx, "deputy", r->doc->toks[c->first].form))
        return;
    len = dgi_phrase_match(r->ctx->roles, r->doc, c->end, limit, &rows, &n);
    if (!len || !dgi_str_is(dgi_table_cell(r->ctx->roles, rows[0], RL_KIND), "person"))
        return;
    for (uint32_t i = c->end; i < c->end + len; i++)
        r->tok_cand[i] = (uint32_t)(c - r->cands);
    c->end += len;
    c->row = rows[0];
    c->deputy = true;
    for (uint32_t i = c->first; i < c->end; i++) {
        uint32_t h = r->doc->toks[i].head;
        if (h == DGI_NONE || h < c->first || h >= c->end) {
            c->head = i;
            break;
        }
    }
}

/* "insurgent attacks", "a military coup": an adjective says who did it. */
static bool tells_doer(const struct resolver *r, uint32_t tok, uint32_t row)
{
    const struct dgi_tok *t = &r->doc->toks[tok];
    dg_str code = dgi_table_cell(r->ctx->roles, row, RL_CODE);
    if ((t->rel != DGI_REL_AMOD && t->rel != DGI_REL_COMPOUND) || t->head == DGI_NONE || t->head < tok ||
        !dgi_tok_in(r->doc, tok, DGI_W_ARMED_DOER))
        return false;
    return (dgi_str_is(code, "REB") && dgi_lemma_in(r->doc, t->head, DGI_W_ARMED_DEED)) ||
           ((dgi_str_is(code, "MIL") || dgi_str_is(code, "REB")) && dgi_lemma_in(r->doc, t->head, DGI_W_TAKEOVER));
}

/* A participle or adjective used as such is no role: "armed", "military" with amod is a modifier only. */
static void find_roles(struct resolver *r, const struct dgi_sent *s)
{
    struct dgi_doc *doc = r->doc;
    const uint32_t *rows;
    uint32_t n;
    for (uint32_t i = s->first; i < s->end;) {
        bool number = doc->toks[i].upos == DGI_NUM || doc->toks[i].upos == DGI_DET; /* "two countries", "both sides" */
        if (r->tok_cand[i] != DGI_NONE || !(nounish(&doc->toks[i]) || number)) {
            i++;
            continue;
        }
        uint32_t limit = i;
        while (limit < s->end && r->tok_cand[limit] == DGI_NONE)
            limit++;
        uint32_t len = number ? 0 : dgi_phrase_match(r->ctx->roles, doc, i, limit, &rows, &n);
        struct cand *c = NULL;
        bool doer = len == 1 && tells_doer(r, i, rows[0]);
        bool adj = len == 1 && doc->toks[i].upos == DGI_ADJ && dgi_child(doc, i, DGI_REL_DET, DGI_NONE) == DGI_NONE;
        bool modifier = len == 1 && (doc->toks[i].upos == DGI_VERB || doc->toks[i].rel == DGI_REL_AMOD);
        if (len && (doer || (!adj && !modifier))) {
            c = add_cand(r, C_ROLE, i, i + len);
            if (!c)
                return;
            c->t = r->ctx->roles;
            c->row = rows[0];
            if (doc->toks[c->head].upos == DGI_VERB)
                c->head = i + len - 1;
            take_deputy(r, c, limit);
            len = c->end - i;
        } else {
            len = 1;
        }
        uint32_t nl = dgi_phrase_match(r->ctx->nominals, doc, i, limit, &rows, &n);
        if (nl && c && i + nl >= c->end) {
            c->nominal = rows[0];
        } else if (c && c->end - c->first > 1 && dgi_str_is(dgi_table_cell(c->t, c->row, RL_CODE), "IGO") &&
                   dgi_phrase_match(r->ctx->nominals, doc, c->end - 1, c->end, &rows, &n) == 1) {
            c->nominal = rows[0]; /* "the regional bloc", "the trade body": as "the bloc", "the body" */
        } else if (nl && !c &&
                   (doc->toks[i + nl - 1].upos == DGI_NOUN || doc->toks[i + nl - 1].upos == DGI_PROPN ||
                    (nl == 2 && doc->toks[i + 1].upos == DGI_NUM &&
                     dgi_rel_base(doc->toks[i + 1].rel) != DGI_REL_NUMMOD))) {
            if ((c = add_cand(r, C_NOMINAL, i, i + nl))) {
                c->t = r->ctx->nominals;
                c->row = c->nominal = rows[0];
            }
            len = nl;
        }
        i += len;
    }
}

/* A firm that bears a family name: "Bosch", "Ford". "Ford plants" are the firm's. */
static bool firm_like_a_person(const struct resolver *r, uint32_t k)
{
    const struct cand *c = &r->cands[k];
    return c->kind == C_ORG && c->t == r->ctx->orgs && c->end - c->first == 1 &&
           r->doc->toks[c->first].rel != DGI_REL_COMPOUND &&
           dgi_str_is(dgi_table_cell(c->t, c->row, OG_KIND), "company");
}

static void make_person(struct cand *c)
{
    c->kind = C_PERSON;
    c->name_type = DGI_NAME_PER;
    c->country[0] = 0;
    c->row = DGI_NONE;
    c->t = NULL;
}

/* A capitalised run after a title that nobody took for a name: "Foreign Minister Ararat Mirzoyan". */
static void names_after_titles(struct resolver *r, const struct dgi_sent *s)
{
    struct dgi_doc *doc = r->doc;
    for (uint32_t i = s->first + 1; i < s->end; i++) {
        bool firm = r->tok_cand[i] != DGI_NONE && firm_like_a_person(r, r->tok_cand[i]);
        if ((r->tok_cand[i] != DGI_NONE && !firm) || !proper(doc, i) || (doc->toks[i].name == DGI_NAME_LOC && !firm) ||
            dgi_actor_cue(r->ctx, "calendar", doc->toks[i].form)) /* "met three ministers Friday" */
            continue;
        uint32_t before = r->tok_cand[i - 1];
        bool title = before != DGI_NONE && r->cands[before].kind == C_ROLE &&
                     dgi_str_is(dgi_table_cell(r->ctx->roles, r->cands[before].row, RL_KIND), "person");
        if (!title && !dgi_actor_cue(r->ctx, "honorific", doc->toks[i - 1].form))
            continue;
        if (firm) { /* "President Bosch" */
            make_person(&r->cands[r->tok_cand[i]]);
            continue;
        }
        uint32_t limit = i;
        while (limit < s->end && r->tok_cand[limit] == DGI_NONE)
            limit++;
        uint32_t e = proper_run(r, i, limit);
        struct cand *c = e > i ? add_cand(r, C_PERSON, i, e) : NULL;
        if (c) {
            c->name_type = DGI_NAME_PER;
            i = e;
        }
    }
}

/* ---- names known from elsewhere in the document ---- */
enum { MOST_LANDS = 8, MOST_FOR = 5 }; /* MOST_FOR: words of what a title is for */
struct known {
    uint32_t *slot; /* 1 + token of a word by which a person may be called alone */
    uint32_t bits;
    char land[MOST_LANDS][4]; /* that have the name of such a word, and whether the document speaks of them */
    bool meant[MOST_LANDS];
    uint32_t n_lands;
};

static void known_add(struct known *h, const struct dgi_doc *doc, uint32_t tok)
{
    uint32_t mask = (1u << h->bits) - 1, i = (uint32_t)dgi_fold_hash(doc->toks[tok].form) & mask;
    while (h->slot[i])
        i = (i + 1) & mask;
    h->slot[i] = tok + 1;
}

static bool known_has(const struct known *h, const struct dgi_doc *doc, uint32_t tok)
{
    uint32_t mask = (1u << h->bits) - 1;
    for (uint32_t i = (uint32_t)dgi_fold_hash(doc->toks[tok].form) & mask; h->slot[i]; i = (i + 1) & mask)
        if (dgi_fold_eq(doc->toks[h->slot[i] - 1].form, doc->toks[tok].form))
            return true;
    return false;
}

/* "Oduya and Kamau" after both full names stood somewhere in the document, whatever the tags say. */
static void known_names(struct resolver *r, struct known *h)
{
    const struct dgi_doc *doc = r->doc;
    const uint32_t *rows;
    uint32_t n = 0, n_rows;
    for (uint32_t k = 0; k < r->n; k++)
        n += r->cands[k].kind == C_PERSON;
    for (h->bits = 4; 1u << h->bits < 4 * n + 4;)
        h->bits++;
    if (!(h->slot = dgi_arena_array(r->a, (size_t)1 << h->bits, sizeof *h->slot))) {
        r->failed = true;
        return;
    }
    for (uint32_t k = 0; k < r->n; k++) {
        const struct cand *c = &r->cands[k];
        if (c->kind != C_PERSON || c->end - c->first < 2)
            continue;
        known_add(h, doc, c->end - 1);
        if (c->row != DGI_NONE && dgi_phrase_lookup(r->ctx->persons, doc->toks[c->first].form, &rows, &n_rows))
            for (uint32_t i = 0; i < n_rows; i++) /* "Ban" of Ban Ki-moon: the family name stands first */
                if (rows[i] == c->row) {
                    known_add(h, doc, c->first);
                    break;
                }
    }
}

/* Where the family name at tok begins: "al" of "al-Hariri", "bin" of "bin Salman". */
static uint32_t particle_before(struct resolver *r, uint32_t tok, uint32_t sentence)
{
    const struct dgi_tok *t = r->doc->toks;
    uint32_t p = tok;
    if (p > sentence + 1 && dgi_str_is(t[p - 1].form, "-") && t[p - 1].end == t[p].start)
        p--;
    if (p > sentence && r->tok_cand[p - 1] == DGI_NONE && dgi_actor_cue(r->ctx, "particle", t[p - 1].form) &&
        (p == tok || t[p - 1].end == t[p].start))
        return p - 1;
    return tok;
}

/* Does the document speak of the land otherwise than by the name that candidate k has: "English", "London", "Great Britain"? */
static bool land_is_meant(struct resolver *r, struct known *h, uint32_t k)
{
    const struct cand *c = &r->cands[k];
    for (uint32_t i = 0; i < h->n_lands; i++)
        if (!memcmp(h->land[i], c->country, 4))
            return h->meant[i];
    if (h->n_lands == MOST_LANDS)
        return true;
    bool meant = false;
    const dg_str form = r->doc->toks[c->first].form;
    for (uint32_t i = 0; i < r->n && !meant; i++) {
        const struct cand *o = &r->cands[i];
        const uint32_t before = o->first > r->doc->sents[r->doc->toks[o->first].sent].first ? o->first - 1 : DGI_NONE;
        meant = (o->kind == C_COUNTRY || o->kind == C_ADJ || o->kind == C_DEMONYM || o->kind == C_CAPITAL) &&
                !memcmp(o->country, c->country, 4) &&
                (!dgi_str_eq(r->doc->toks[o->first].form, form) ||
                 (before != DGI_NONE && r->doc->toks[before].upos == DGI_ADP));
    }
    memcpy(h->land[h->n_lands], c->country, 4);
    h->meant[h->n_lands++] = meant;
    return meant;
}

/* "Lynndie England ... England was jailed": the last name of somebody named before, where nothing else speaks of the land. */
static bool is_last_name(struct resolver *r, struct known *h, uint32_t k)
{
    const struct cand *c = &r->cands[k];
    return c->kind == C_COUNTRY && c->end - c->first == 1 && known_has(h, r->doc, c->first) && !land_is_meant(r, h, k);
}

static void find_known(struct resolver *r, const struct dgi_sent *s, struct known *h)
{
    const struct dgi_doc *doc = r->doc;
    for (uint32_t i = s->first; i < s->end; i++) {
        const struct dgi_tok *t = &doc->toks[i];
        uint32_t o = r->tok_cand[i];
        if (t->form.len < 3 || !dgi_is_upper_initial(t->form) || t->upos == DGI_AUX || t->upos == DGI_PRON ||
            t->upos == DGI_DET || t->upos == DGI_ADP)
            continue;
        if (o != DGI_NONE && (r->cands[o].kind != C_UNKNOWN || r->cands[o].end - r->cands[o].first > 1) &&
            !is_last_name(r, h, o) && !firm_like_a_person(r, o))
            continue;
        if ((t->upos != DGI_PROPN && t->upos != DGI_NOUN && t->form.len < 4) || !known_has(h, doc, i))
            continue;
        struct cand *c = o == DGI_NONE ? add_cand(r, C_PERSON, particle_before(r, i, s->first), i + 1) : &r->cands[o];
        if (c)
            make_person(c);
    }
}

static void find_pronouns(struct resolver *r, const struct dgi_sent *s)
{
    for (uint32_t i = s->first; i < s->end; i++) {
        const struct dgi_tok *t = &r->doc->toks[i];
        if (r->tok_cand[i] != DGI_NONE || t->rel == DGI_REL_EXPL)
            continue;
        bool party = dgi_rel_base(t->rel) == DGI_REL_NSUBJ ||
                     ((t->rel == DGI_REL_OBJ || t->rel == DGI_REL_IOBJ) &&
                      dgi_child(r->doc, i, DGI_REL_FIXED, DGI_NONE) == DGI_NONE); /* not "each other" */
        if (t->upos != DGI_PRON
                ? party && dgi_actor_cue(r->ctx, "pair", t->form)
                : dgi_actor_cue(r->ctx, "pronoun", t->form) || (party && dgi_actor_cue(r->ctx, "pair", t->form)))
            add_cand(r, C_PRON, i, i + 1);
    }
}

/* ---- who modifies whom ---- */
static bool is_led(const struct dgi_doc *doc, uint32_t tok)
{
    return dgi_lemma_in(doc, tok, DGI_W_ACTOR_LEAD);
}

static void attach(struct resolver *r, uint32_t mod, uint32_t role, uint8_t link)
{
    struct cand *p = &r->cands[role];
    if (mod == role || p->n_mods == MOST_MODS || r->cands[mod].parent != DGI_NONE)
        return;
    r->cands[mod].parent = role;
    p->link[p->n_mods] = link;
    p->mods[p->n_mods++] = mod;
}

static uint8_t link_of(struct resolver *r, uint32_t tok)
{
    const struct dgi_tok *t = &r->doc->toks[tok];
    char buf[32];
    if (t->rel == DGI_REL_NMOD_POSS)
        return L_POSS;
    if (t->rel == DGI_REL_APPOS)
        return L_APPOS;
    if (t->rel != DGI_REL_NMOD)
        return L_ADJ;
    dg_str c = dgi_case_of(r->doc, tok, buf, sizeof buf);
    const struct dgi_words *w = r->doc->words;
    uint16_t id = dgi_words_id(w, c);
    if (dgi_words_id_in(w, id, DGI_W_OF))
        return L_OF;
    if (dgi_words_id_in(w, id, DGI_W_FROM))
        return L_FROM;
    if (dgi_words_id_in(w, id, DGI_W_ACTOR_FOR))
        return L_FOR;
    if (dgi_words_id_in(w, id, DGI_W_TO))
        return L_TO;
    return c.len ? L_IN : L_ADJ;
}

static bool modifies(uint8_t rel)
{
    switch (rel) {
    case DGI_REL_AMOD:
    case DGI_REL_COMPOUND:
    case DGI_REL_NMOD:
    case DGI_REL_NMOD_POSS:
    case DGI_REL_NMOD_DESC:
    case DGI_REL_NMOD_UNMARKED:
    case DGI_REL_OBL_UNMARKED:
    case DGI_REL_FLAT:
    case DGI_REL_NMOD_NPMOD:
    case DGI_REL_OBL_NPMOD:
    case DGI_REL_DEP:
    case DGI_REL_LIST: return true;
    default: return false;
    }
}

/* Climb from the head of candidate k to the role it modifies. The first link says how. */
static void attach_by_tree(struct resolver *r, uint32_t k)
{
    struct dgi_doc *doc = r->doc;
    struct cand *c = &r->cands[k];
    uint32_t at = c->head;
    uint8_t link = 255;
    for (int step = 0; step < 6; step++) {
        uint32_t up = doc->toks[at].head;
        if (up == DGI_NONE)
            return;
        if (doc->toks[at].rel == DGI_REL_CONJ && c->kind != C_ROLE &&
            c->kind != C_PERSON) { /* "Kenyan and Ugandan officials" */
            at = up;
            continue;
        }
        if (!modifies(doc->toks[at].rel))
            return;
        if (link == 255)
            link = link_of(r, at);
        uint32_t other = r->tok_cand[up];
        if (other != DGI_NONE && other != k) {
            if (r->cands[other].kind == C_ROLE || r->cands[other].kind == C_UNKNOWN ||
                r->cands[other].kind == C_NOMINAL ||
                ((r->cands[other].kind == C_DEMONYM || r->cands[other].kind == C_ADJ) && link != L_ADJ))
                attach(r, k, other, link);
            return;
        }
        if (doc->toks[up].upos == DGI_VERB || doc->toks[up].upos == DGI_ADJ) { /* "Saudi-led", "US-backed", "EU-wide" */
            if (is_led(doc, up))
                c->led = true;
            else if (doc->toks[up].upos == DGI_VERB)
                return;
            link = L_ADJ;
        } else if (link != L_ADJ) {
            return; /* "leaders of the parties of Russia": too far */
        }
        at = up;
    }
}

/* "Russian troops" whatever the tree says: an adjective or a name directly before a role. */
static void attach_by_place(struct resolver *r, uint32_t k)
{
    struct cand *c = &r->cands[k];
    struct dgi_doc *doc = r->doc;
    uint32_t next = c->end;
    bool poss = false;
    if (c->parent != DGI_NONE || next >= doc->n_toks || doc->toks[next].sent != doc->toks[c->first].sent)
        return;
    if (c->kind == C_PERSON || c->kind == C_PRON || c->kind == C_NOMINAL)
        return;
    if (doc->toks[next].rel == DGI_REL_CASE && doc->toks[next].form.len <= 4 && doc->toks[next].form.len &&
        next + 1 < doc->n_toks && (doc->toks[next].form.ptr[0] == '\'' || doc->toks[next].form.len == 4)) {
        poss = true;
        next++;
    }
    uint32_t o = r->tok_cand[next];
    if (o != DGI_NONE && r->cands[o].kind == C_ROLE && r->cands[o].first == next &&
        (poss || c->kind == C_ADJ || c->kind == C_ORG || c->kind == C_COUNTRY || c->kind == C_SEAT)) {
        uint8_t rel = doc->toks[c->head].rel;
        if (!poss && doc->toks[r->cands[o].head].head != c->head &&
            (rel == DGI_REL_NSUBJ || rel == DGI_REL_OBJ || rel == DGI_REL_OBL || rel == DGI_REL_IOBJ) &&
            c->kind != C_ADJ)
            return;
        attach(r, k, o, poss ? L_POSS : L_ADJ);
    }
}

/* Person k has the title o, when that is a role that persons have. */
static void pair(struct resolver *r, uint32_t k, uint32_t o)
{
    if (o == DGI_NONE || r->cands[k].person != DGI_NONE || r->cands[o].kind != C_ROLE ||
        r->cands[o].person != DGI_NONE ||
        !dgi_str_is(dgi_table_cell(r->ctx->roles, r->cands[o].row, RL_KIND), "person"))
        return;
    r->cands[k].person = o;
    r->cands[o].person = k;
}

/* "the rebel group M23", "Hezbollah, the Lebanese militia": role o is the organisation k. */
static void pair_org(struct resolver *r, uint32_t k, uint32_t o)
{
    if (o == DGI_NONE || r->cands[o].person != DGI_NONE)
        return;
    if (r->cands[o].kind == C_NOMINAL ||
        (r->cands[o].kind == C_ROLE && dgi_actor_cue(r->ctx, "org-noun", r->doc->toks[r->cands[o].head].lemma)))
        r->cands[o].person = k;
}

static void join_org(struct resolver *r, uint32_t k)
{
    struct dgi_doc *doc = r->doc;
    const struct cand *p = &r->cands[k];
    const struct dgi_tok *t = &doc->toks[p->head];
    uint32_t o;
    if (p->first > doc->sents[doc->toks[p->first].sent].first && (o = r->tok_cand[p->first - 1]) != DGI_NONE &&
        r->cands[o].end == p->first)
        pair_org(r, k, o);
    if ((t->rel == DGI_REL_APPOS || t->rel == DGI_REL_NMOD_DESC || t->rel == DGI_REL_FLAT) && t->head != DGI_NONE)
        pair_org(r, k, r->tok_cand[t->head]);
    for (uint32_t ch = t->first_child; ch != DGI_NONE; ch = doc->toks[ch].next_sib)
        if (doc->toks[ch].rel == DGI_REL_APPOS || doc->toks[ch].rel == DGI_REL_NMOD_DESC)
            pair_org(r, k, r->tok_cand[ch]);
}

/* "detained fishermen from Sudan": where the people of role o come from, when nobody is moved out of there ("withdrew troops
 * from Sudan") and the noun says no more of them. */
static bool comes_from(const struct resolver *r, const struct cand *o)
{
    const struct dgi_doc *doc = r->doc;
    uint32_t up = doc->toks[o->head].head, d = dgi_child(doc, o->head, DGI_REL_DET, DGI_NONE);
    if (dgi_tok_in(doc, d, DGI_W_ACTOR_DEFINITE) || dgi_child(doc, o->head, DGI_REL_NMOD_POSS, DGI_NONE) != DGI_NONE)
        return false;
    if (!dgi_str_is(dgi_table_cell(r->ctx->roles, o->row, RL_POLITICAL), "yes"))
        return false;
    return up == DGI_NONE || !dgi_actor_cue(r->ctx, "removal", doc->toks[up].lemma);
}

/* "President Ana Roy of Malta and Lena Holt of Cyprus": the title's, where it has no other owner, else the person's. */
static void attach_to_person(struct resolver *r, uint32_t k, uint32_t person)
{
    uint32_t title = r->cands[person].person;
    bool titled = title != DGI_NONE && r->cands[title].kind == C_ROLE && r->cands[title].hidden; /* right before it */
    if (titled && !r->cands[title].n_mods)
        attach(r, k, title, L_OF);
    else if (r->cands[k].kind == C_COUNTRY && !titled)
        attach(r, k, person, L_OF);
}

/* An owner right after a role and "of" or "from", whatever the tree says: "the king of Spain's visit". */
static void attach_after_of(struct resolver *r, uint32_t k)
{
    struct cand *c = &r->cands[k];
    const struct dgi_doc *doc = r->doc;
    uint32_t s = doc->sents[doc->toks[c->first].sent].first, i = c->first;
    if (c->parent != DGI_NONE ||
        (c->kind != C_COUNTRY && c->kind != C_ORG && c->kind != C_SEAT && c->kind != C_CAPITAL))
        return;
    if (i > s && doc->toks[i - 1].upos == DGI_DET)
        i--;
    if (i < s + 2)
        return;
    bool of = dgi_tok_in(doc, i - 1, DGI_W_OF), from = c->kind == C_COUNTRY && dgi_tok_in(doc, i - 1, DGI_W_FROM);
    uint32_t o = r->tok_cand[i - 2];
    if (of && o != DGI_NONE && r->cands[o].kind == C_PERSON && r->cands[o].end == i - 1) {
        attach_to_person(r, k, o);
        return;
    }
    if ((!of && !from) || o == DGI_NONE || r->cands[o].kind != C_ROLE || r->cands[o].end != i - 1 ||
        r->cands[o].n_mods != 0)
        return;
    if (of || comes_from(r, &r->cands[o]))
        attach(r, k, o, of ? L_OF : L_FROM);
}

/* "the US Special Representative for Iran Brian Hook": the title before a name, with what it is for between them; DGI_NONE. */
static uint32_t title_for(const struct resolver *r, uint32_t k)
{
    const struct dgi_doc *doc = r->doc;
    uint32_t first = r->cands[k].first, s = doc->sents[doc->toks[first].sent].first, i = first;
    while (i > s && doc->toks[i - 1].upos != DGI_ADP && doc->toks[i - 1].upos != DGI_PUNCT &&
           doc->toks[i - 1].upos != DGI_VERB && first - i < MOST_FOR)
        i--;
    if (i == first || i < s + 2 || !dgi_tok_in(doc, i - 1, DGI_W_ACTOR_FOR))
        return DGI_NONE;
    uint32_t o = r->tok_cand[i - 2];
    bool title = o != DGI_NONE && r->cands[o].kind == C_ROLE && r->cands[o].end == i - 1 &&
                 r->cands[o].person == DGI_NONE &&
                 dgi_str_is(dgi_table_cell(r->ctx->roles, r->cands[o].row, RL_KIND), "person");
    return title ? o : DGI_NONE;
}

/* "the former general — now a senator — Juan Ponce called": two subjects of one verb, an office and a name, are one person. */
static uint32_t office_beside(const struct resolver *r, uint32_t head)
{
    const struct dgi_doc *doc = r->doc;
    uint32_t v = doc->toks[head].head;
    if (doc->toks[head].rel != DGI_REL_NSUBJ || v == DGI_NONE)
        return DGI_NONE;
    for (uint32_t ch = doc->toks[v].first_child; ch != DGI_NONE && ch < head; ch = doc->toks[ch].next_sib)
        if (doc->toks[ch].rel == DGI_REL_NSUBJ && r->tok_cand[ch] != DGI_NONE &&
            dgi_child(doc, ch, DGI_REL_CONJ, DGI_NONE) == DGI_NONE)
            return r->tok_cand[ch];
    return DGI_NONE;
}

/* Title before a name, or apposition on either side. */
static void join_titles(struct resolver *r)
{
    struct dgi_doc *doc = r->doc;
    for (uint32_t k = 0; k < r->n; k++) {
        struct cand *p = &r->cands[k];
        if (p->kind == C_ORG || p->kind == C_UNKNOWN)
            join_org(r, k);
        if (p->kind != C_PERSON)
            continue;
        uint32_t o;
        const struct dgi_sent *sent = &doc->sents[doc->toks[p->first].sent];
        if (p->first > sent->first && (o = r->tok_cand[p->first - 1]) != DGI_NONE && r->cands[o].kind == C_ROLE &&
            r->cands[o].end == p->first &&
            dgi_str_is(dgi_table_cell(r->ctx->roles, r->cands[o].row, RL_KIND), "person")) {
            p->person = o;
            r->cands[o].person = k;
            r->cands[o].hidden = true;
            continue;
        }
        if ((o = title_for(r, k)) != DGI_NONE) {
            p->person = o;
            r->cands[o].person = k;
            r->cands[o].hidden = true;
            continue;
        }
        if (p->first > sent->first + 1 && dgi_str_is(doc->toks[p->first - 1].form, ",") &&
            doc->toks[p->head].rel == DGI_REL_APPOS && (o = r->tok_cand[p->first - 2]) != DGI_NONE &&
            r->cands[o].end == p->first - 1)
            pair(r, k, o); /* "a State Department spokesperson, Morgan Ortagus," */
        /* apposition by the tree: "Sergei Lavrov, the Russian foreign minister," or the other way round */
        uint8_t rel = doc->toks[p->head].rel;
        if ((rel == DGI_REL_APPOS || rel == DGI_REL_NMOD_DESC || rel == DGI_REL_FLAT) &&
            doc->toks[p->head].head != DGI_NONE)
            pair(r, k, r->tok_cand[doc->toks[p->head].head]);
        for (uint32_t ch = doc->toks[p->head].first_child; ch != DGI_NONE; ch = doc->toks[ch].next_sib)
            if (doc->toks[ch].rel == DGI_REL_APPOS || doc->toks[ch].rel == DGI_REL_NMOD_DESC)
                pair(r, k, r->tok_cand[ch]);
        pair(r, k, office_beside(r, p->head));
    }
}

void dgi_actor_find(struct resolver *r)
{
    struct dgi_doc *doc = r->doc;
    for (uint32_t i = 0; i < doc->n_toks; i++)
        r->tok_cand[i] = DGI_NONE;
    if (!title_words(r))
        r->failed = true;
    for (uint32_t s = 0; s < doc->n_sents && !r->failed; s++)
        find_names(r, &doc->sents[s]);
    struct known known = {.n_lands = 0};
    if (!r->failed)
        known_names(r, &known);
    for (uint32_t s = 0; s < doc->n_sents && !r->failed; s++) {
        find_known(r, &doc->sents[s], &known);
        find_roles(r, &doc->sents[s]);
        names_after_titles(r, &doc->sents[s]);
        find_pronouns(r, &doc->sents[s]);
    }
    if (r->failed)
        return;
    join_titles(r);
    for (uint32_t k = 0; k < r->n; k++)
        attach_by_tree(r, k);
    for (uint32_t k = 0; k < r->n; k++) {
        attach_by_place(r, k);
        attach_after_of(r, k);
    }
    dgi_actor_descent(r);
}
