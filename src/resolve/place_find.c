/* SPDX-License-Identifier: Apache-2.0 */
/* resolve/place_find.c: the names of places in a document, and which of them are none (pass 1 of docs/stages/place.md).
 *
 * Reads   toks (form, UPOS, name tags), sents, mentions
 * Writes  the work's list of names */
#include "resolve/place_in.h"

/* ---- pass 1: names ---- */
/* The run of one name tag around token t; at most RUN tokens to each side, so that no text makes this slow. */
void dgi_pl_tag_run(const struct dgi_doc *doc, uint32_t t, uint32_t *first, uint32_t *end)
{
    const struct dgi_sent *s = &doc->sents[doc->toks[t].sent];
    uint8_t k = doc->toks[t].name;
    uint32_t a = t, b = t + 1;
    while (a > s->first && t - a < RUN && !(doc->toks[a].flags & DGI_TOK_NAME_BEGIN) && doc->toks[a - 1].name == k)
        a--;
    while (b < s->end && b - t < RUN && doc->toks[b].name == k && !(doc->toks[b].flags & DGI_TOK_NAME_BEGIN))
        b++;
    *first = a;
    *end = b;
}
/* Only a hamlet, a lesser town or a county has the name. */
static bool small(const struct found *f)
{
    return f->n_rows[TOWN] && !f->n_rows[GAZ] && !f->n_rows[COUNTRY] && !f->n_rows[REGION];
}

static bool weak_row(const struct dgi_place_ctx *ctx, const struct found *f)
{
    if (f->n_rows[COUNTRY] || f->n_rows[REGION])
        return false;
    uint8_t table = f->n_rows[GAZ] ? GAZ : TOWN;
    for (uint32_t i = 0; i < f->n_rows[table] && i < MOST_ROWS; i++)
        if (dgi_table_cell(ctx->t[table], f->rows[table][i], GAZ_WEAK).len == 0)
            return false;
    return true;
}

static double most_people(const struct dgi_place_ctx *ctx, const struct found *f)
{
    return f->n_rows[GAZ] ? row_number(ctx->t[GAZ], f->rows[GAZ][0], GAZ_POP) : 0; /* rows stand by inhabitants */
}

/* Part of a longer name, by the words around it. */
static bool in_longer_name(const struct work *w, const struct found *f)
{
    const struct dgi_doc *doc = w->doc;
    const struct dgi_sent *s = &doc->sents[doc->toks[f->tok].sent];
    uint32_t a = f->tok, b = f->tok + f->n_tok;
    if (a > s->first) {
        dg_str p = form(w, a - 1);
        if (is_person_title(w, p) && starts_upper(p) && !(a >= s->first + 2 && in(w, a - 2, DGI_W_THE)))
            return true;
        if (in(w, a - 1, DGI_W_OF) && a >= s->first + 2 && starts_upper(form(w, a - 2)) && a - 2 > s->first &&
            !is_place_noun(w, form(w, a - 2)))
            return true; /* Bank of England, Battle of Stalingrad */
        if (starts_upper(p) && !w->tags && a - 1 > s->first && p.len > 1 && !in(w, a - 1, DGI_W_PLACE_PREP) &&
            !is_place_noun(w, p) && (doc->toks[a - 1].flags & DGI_TOK_SPACE_AFTER)) {
            const uint32_t *rows;
            uint32_t n;
            if (!dgi_phrase_match(w->ctx->t[COUNTRY], doc, a - 1, a, &rows, &n))
                return true; /* "Jack London" without tags */
        }
    }
    if (b < s->end && !w->tags) {
        dg_str nx = form(w, b);
        if (starts_upper(nx) && (doc->toks[b - 1].flags & DGI_TOK_SPACE_AFTER) && !is_place_noun(w, nx) &&
            !all_upper(form(w, f->tok)))
            return true; /* Paris Hilton, Vienna Convention */
    }
    return false;
}

/* ", Texas" or ", France" at token b. */
static bool container_follows(const struct work *w, uint32_t b, uint32_t end)
{
    const uint32_t *rows;
    uint32_t n;
    if (b + 1 >= end || !dgi_str_is(form(w, b), ",") || !starts_upper(form(w, b + 1)))
        return false;
    if (dgi_phrase_match(w->ctx->t[COUNTRY], w->doc, b + 1, end, &rows, &n))
        return true;
    if (!dgi_phrase_match(w->ctx->t[GAZ], w->doc, b + 1, end, &rows, &n))
        return false;
    for (uint32_t i = 0; i < n && i < 4; i++)
        if (dgi_str_is(dgi_table_cell(w->ctx->t[GAZ], rows[i], GAZ_KIND), "admin1"))
            return true;
    return false;
}

static bool is_apostrophe(dg_str x)
{
    return dgi_str_starts(x, DGI_S("'")) || dgi_str_starts(x, DGI_S("\xE2\x80\x99"));
}

/* "Ann Roe, 19, of Martinez, was held": the home of somebody of that age. */
static bool home_of_aged(const struct work *w, uint32_t a)
{
    uint32_t first = w->doc->sents[w->doc->toks[a].sent].first;
    return a >= first + 4 && in(w, a - 1, DGI_W_OF) && dgi_str_is(form(w, a - 2), ",") &&
           form(w, a - 3).ptr[0] >= '0' && form(w, a - 3).ptr[0] <= '9' && dgi_str_is(form(w, a - 4), ",");
}

/* "in Hilversum and Almelo": joined to a place that the text says it is in, and no "in Vienna and Kerry said". */
static bool joined_to_place(const struct work *w, const struct found *f)
{
    const struct dgi_doc *doc = w->doc;
    uint32_t a = f->tok, b = a + f->n_tok, end = doc->sents[doc->toks[a].sent].end;
    const struct found *g = w->list.n ? &w->list.f[w->list.n - 1] : NULL;
    if (!g || !w->upos || !g->keep || g->part || g->n_rows[COUNTRY] || g->tok + g->n_tok + 1 != a ||
        !in(w, a - 1, DGI_W_AND_OR) || g->tok == doc->sents[doc->toks[a].sent].first ||
        !in(w, g->tok - 1, DGI_W_PLACE_INSIDE))
        return false;
    uint8_t next = b < end ? doc->toks[b].upos : (uint8_t)DGI_PUNCT;
    return (next == DGI_PUNCT && !is_apostrophe(form(w, b))) || next == DGI_ADP || next == DGI_ADV ||
           (next == DGI_NOUN && !starts_upper(form(w, b)));
}

/* "near Glen Ellyn": the tables have the whole of what the network takes for somebody's name, and it is said to be where. */
static bool whole_run_inside(const struct work *w, const struct found *f)
{
    const struct dgi_doc *doc = w->doc;
    uint32_t a = f->tok, b = a + f->n_tok, ra = a, rb = b;
    if (doc->toks[a].name == DGI_NAME_O || f->n_tok < 2 || a == doc->sents[doc->toks[a].sent].first ||
        !in(w, a - 1, DGI_W_PLACE_INSIDE) || (b < doc->n_toks && dgi_str_starts(form(w, b), DGI_S("'"))))
        return false;
    dgi_pl_tag_run(doc, a, &ra, &rb);
    return ra == a && rb == b;
}

/* A name of gazetteer_towns.tsv alone: the network's word for it, or its state behind it; "X County" is one by its form. */
static bool accept_small(const struct work *w, const struct found *f, bool weak)
{
    const struct dgi_doc *doc = w->doc;
    const struct dgi_sent *s = &doc->sents[doc->toks[f->tok].sent];
    uint32_t a = f->tok, b = a + f->n_tok, ra = a, rb = b;
    uint8_t k = doc->toks[a].name;
    if (k != DGI_NAME_O)
        dgi_pl_tag_run(doc, a, &ra, &rb);
    if (ra < a || rb > b)
        return false;
    if (container_follows(w, b, s->end) || whole_run_inside(w, f) || home_of_aged(w, a) ||
        (!weak && joined_to_place(w, f)))
        return true;
    bool form_of = f->n_tok > 1 && is_place_noun(w, form(w, b - 1));
    bool inside = a > s->first && in(w, a - 1, DGI_W_PLACE_INSIDE);
    if (k == DGI_NAME_LOC)
        return !weak || inside;
    return form_of && w->tags;
}

static bool is_dash(dg_str x)
{
    return dgi_str_is(x, "--") || dgi_str_is(x, "-") || dgi_str_is(x, "\xE2\x80\x93") || dgi_str_is(x, "\xE2\x80\x94");
}

/* "WAUSAU, Wis. (Agency) -", "CAIRO -": capitals that begin a paragraph, before its agency or dash. */
static bool at_dateline(const struct work *w, uint32_t a, uint32_t b)
{
    enum { REACH = 7 };
    const struct dgi_doc *doc = w->doc;
    const struct dgi_sent *s = &doc->sents[doc->toks[a].sent];
    if (a != s->first)
        return false;
    bool later = doc->toks[a].sent > 0 && doc->sents[doc->toks[a].sent - 1].block == s->block; /* behind its headline */
    for (uint32_t t = a; t < b; t++)
        if (!all_upper(form(w, t)))
            return false;
    for (uint32_t t = b; t < doc->n_toks && t < b + REACH; t++) {
        dg_str x = form(w, t);
        if (dgi_str_is(x, "(") || is_dash(x))
            return !later || (dgi_str_is(x, "(") ? container_follows(w, b, s->end)
                                                 : (doc->toks[t].flags & DGI_TOK_SPACE_AFTER) != 0);
        if (t == b && !dgi_str_is(x, ","))
            return false;
        if (!starts_upper(x) && !dgi_str_is(x, ",") && !dgi_str_is(x, "."))
            return false;
    }
    return false;
}

/* "Ray Miller, D-Columbus": the home of a member of a party. */
static bool behind_party(const struct work *w, uint32_t a)
{
    const struct dgi_doc *doc = w->doc;
    uint32_t first = doc->sents[doc->toks[a].sent].first;
    if (a < first + 3 || !dgi_str_is(form(w, a - 1), "-") || (doc->toks[a - 1].flags & DGI_TOK_SPACE_AFTER) ||
        form(w, a - 2).len > 3 || !all_upper(form(w, a - 2)))
        return false;
    return dgi_str_is(form(w, a - 3), ",") || dgi_str_is(form(w, a - 3), "(");
}

/* A public body or an officer of the place: "Hopkinton Police", "Fargo Mayor". */
static bool body_follows(const struct work *w, uint32_t b, uint32_t end)
{
    return b < end && starts_upper(form(w, b)) &&
           (in_place_set(w, form(w, b), "body") || is_person_title(w, form(w, b)));
}

/* "Northeast", "Central", "North West": a region somewhere, and nearly always only a direction. */
static bool only_direction(const struct work *w, const struct found *f)
{
    if (f->n_rows[COUNTRY] || f->n_rows[REGION])
        return false;
    for (uint32_t t = f->tok; t < f->tok + f->n_tok; t++)
        if (!in_place_set(w, form(w, t), "direction"))
            return false;
    return true;
}

/* "a Lakewood woman", "Lakewood police", "the Lakewood town council": whom a town has. */
static bool dweller_follows(const struct work *w, const struct found *f)
{
    const struct dgi_doc *doc = w->doc;
    uint32_t a = f->tok, b = a + f->n_tok, ra = a, rb = b, first = doc->sents[doc->toks[a].sent].first;
    if (!w->tags || b >= doc->sents[doc->toks[a].sent].end ||
        !(dgi_str_starts(doc->toks[b - 1].xpos, DGI_S("NNP")) || (a > first && doc->toks[b - 1].upos == DGI_NOUN)))
        return false;
    b += is_place_noun(w, form(w, b)) && b + 1 < doc->sents[doc->toks[a].sent].end && !starts_upper(form(w, b));
    if (form(w, a).len < 4 || !in_place_set(w, form(w, b), "dweller") || is_person_title(w, form(w, a)) ||
        starts_upper(form(w, b)) || (!f->n_rows[GAZ] && !f->n_rows[TOWN]))
        return false;
    if (doc->toks[a].name != DGI_NAME_O)
        dgi_pl_tag_run(doc, a, &ra, &rb);
    return ra == a && rb <= b + 1 && (a == first || !starts_upper(form(w, a - 1)) || a - 1 == first);
}

/* "Walker County": no person, whoever says so. */
static bool named_by_form(const struct work *w, const struct found *f)
{
    dg_str last = form(w, f->tok + f->n_tok - 1);
    return small(f) && f->n_tok > 1 && is_place_noun(w, last) && starts_upper(last);
}

/* "Lake, Porter and LaPorte counties": the word that ends such a row of names from b on; DGI_NONE. */
static uint32_t plural_of_list(const struct work *w, uint32_t b, uint32_t end)
{
    enum { REACH = 24 };
    for (uint32_t t = b; t < end && t < b + REACH; t++) {
        dg_str x = form(w, t);
        if (in_place_set(w, x, "plural"))
            return t > b || !starts_upper(x) ? t : DGI_NONE;
        if (!starts_upper(x) && !dgi_str_is(x, ",") && !in(w, t, DGI_W_AND_OR))
            return DGI_NONE;
    }
    return DGI_NONE;
}

static bool in_plural_list(const struct work *w, const struct found *f)
{
    return (f->n_rows[GAZ] || f->n_rows[TOWN]) &&
           plural_of_list(w, f->tok + f->n_tok, w->doc->sents[w->doc->toks[f->tok].sent].end) != DGI_NONE;
}

/* The places that are called as the tokens of f with `kind` behind them ("Porter County"). */
static bool rows_with_kind(const struct work *w, struct found *f, dg_str kind)
{
    char buf[96];
    dg_str text = dgi_str_sub(w->doc->text, w->doc->toks[f->tok].start, w->doc->toks[f->tok + f->n_tok - 1].end);
    const uint32_t *rows;
    uint32_t n;
    if (text.len + kind.len + 1 > sizeof buf)
        return false;
    memcpy(buf, text.ptr, text.len);
    buf[text.len] = ' ';
    memcpy(buf + text.len + 1, kind.ptr, kind.len);
    bool any = false;
    for (uint8_t k = 0; k < N_TABLES; k++)
        if (is_town_table(k) && dgi_phrase_lookup(w->ctx->t[k], (dg_str){buf, text.len + 1 + kind.len}, &rows, &n) &&
            n) {
            if (!any)
                memset(f->n_rows, 0, sizeof f->n_rows);
            f->rows[k] = rows;
            f->n_rows[k] = n;
            any = true;
        }
    return any;
}

/* "Porter and LaPorte counties" names counties, whatever towns have the names; *f has its tokens. */
static bool county_of_list(const struct work *w, struct found *f)
{
    dg_str kinds, one;
    uint32_t end = w->doc->sents[w->doc->toks[f->tok].sent].end, n_tok = f->n_tok, whole = f->tok + f->n_tok;
    if (f->n_rows[COUNTRY] || f->n_rows[REGION] || f->none)
        return false;
    uint32_t t = plural_of_list(w, whole, end);
    if (t == DGI_NONE)
        return false;
    while (whole < t && starts_upper(form(w, whole)))
        whole++; /* "Clay, Otter Tail and Swift counties" */
    f->n_tok = whole - f->tok;
    uint32_t row = dgi_table_find(w->ctx->cues, form(w, t));
    kinds = row == DGI_NONE ? (dg_str){NULL, 0} : dgi_table_cell(w->ctx->cues, row, 1);
    while (kinds.len && dgi_str_next(&kinds, '|', &one))
        if (dgi_str_starts(one, DGI_S("=")) && rows_with_kind(w, f, dgi_str_sub(one, 1, one.len)))
            return true;
    f->n_tok = n_tok;
    return false;
}

/* "the Houston-based firm", "a Lyon-born painter" */
static bool home_by_hyphen(const struct work *w, const struct found *f)
{
    uint32_t b = f->tok + f->n_tok;
    return b + 1 < w->doc->sents[w->doc->toks[f->tok].sent].end && dgi_str_is(form(w, b), "-") &&
           !(w->doc->toks[b - 1].flags & DGI_TOK_SPACE_AFTER) && in_place_set(w, form(w, b + 1), "hyphen") &&
           (f->n_rows[GAZ] || f->n_rows[COUNTRY] || f->n_rows[TOWN]);
}

/* "a Dallas medical clinic": what the network takes for a place, before the common noun of what is there. */
static bool before_common_noun(const struct work *w, const struct found *f)
{
    const struct dgi_doc *doc = w->doc;
    uint32_t a = f->tok, b = a + f->n_tok;
    enum { LARGE = 50000 }; /* "the Obama administration" is of no town in Japan */
    return w->upos && most_people(w->ctx, f) > LARGE && a > doc->sents[doc->toks[a].sent].first &&
           doc->toks[b - 1].upos == DGI_PROPN && b < doc->sents[doc->toks[a].sent].end && !starts_upper(form(w, b)) &&
           (doc->toks[b].upos == DGI_NOUN || doc->toks[b].upos == DGI_ADJ) && !starts_upper(form(w, a - 1));
}

/* "Black Hills National Forest", "the Aleutian Islands", "Vice Mayor": what says the kind of the whole name is no town called so. */
static bool kind_of_longer(const struct work *w, const struct found *f)
{
    const struct dgi_doc *doc = w->doc;
    uint32_t a = f->tok, first = doc->sents[doc->toks[a].sent].first;
    if (f->n_tok != 1 || f->n_rows[COUNTRY] || f->n_rows[REGION] || !in_place_set(w, form(w, a), "common"))
        return false;
    if (body_follows(w, a + 1, doc->sents[doc->toks[a].sent].end))
        return true;
    return a > first && starts_upper(form(w, a - 1)) && (doc->toks[a - 1].flags & DGI_TOK_SPACE_AFTER) &&
           (doc->toks[a - 1].upos == DGI_PROPN || doc->toks[a - 1].upos == DGI_ADJ);
}

/* What the words beside a name decide alone: 1 a place, 0 none, -1 nothing. */
static int shown_beside(const struct work *w, const struct found *f)
{
    uint32_t a = f->tok, b = a + f->n_tok;
    uint8_t k = w->doc->toks[a].name;
    if (dweller_follows(w, f) || in_plural_list(w, f) || home_by_hyphen(w, f))
        return 1;
    if (behind_party(w, a))
        return !f->n_rows[COUNTRY] && (f->n_rows[GAZ] || f->n_rows[TOWN]);
    bool owns = b < w->doc->sents[w->doc->toks[a].sent].end && dgi_str_starts(form(w, b), DGI_S("'"));
    if ((f->n_rows[COUNTRY] || f->n_rows[REGION]) && owns && (!w->tags || k == DGI_NAME_LOC || k == DGI_NAME_O))
        return 1; /* "Cuba's former leader" */
    return -1;
}

/* Capitals that stand among words in small letters. */
static bool is_acronym(const struct work *w, const struct found *f)
{
    const struct dgi_sent *s = &w->doc->sents[w->doc->toks[f->tok].sent];
    uint32_t a = f->tok, b = a + f->n_tok;
    return f->n_tok == 1 && form(w, a).len <= 5 && all_upper(form(w, a)) &&
           !memchr(form(w, a).ptr, '.', form(w, a).len) &&
           !(a > s->first && form(w, a - 1).len > 1 && all_upper(form(w, a - 1)) && starts_upper(form(w, a - 1))) &&
           !(b < s->end && form(w, b).len > 1 && all_upper(form(w, b)) && starts_upper(form(w, b))) &&
           (w->doc->blocks[s->block].kind != DGI_BLOCK_HEADLINE || form(w, a).len <= 3);
}

/* Capitals that a region's row has itself ("NWFP"); "SWAT" is no valley. */
static bool written_so(const struct work *w, const struct found *f)
{
    dg_str one;
    for (uint32_t i = 0; i < f->n_rows[REGION]; i++)
        for (dg_str names = dgi_table_cell(w->ctx->t[REGION], f->rows[REGION][i], RE_NAMES);
             dgi_str_next(&names, '|', &one);)
            if (dgi_str_eq(one, form(w, f->tok)))
                return true;
    return false;
}

/* "Mass. lawmakers", "an Ill. man" */
static bool short_state_before_noun(const struct work *w, const struct found *f)
{
    const struct dgi_doc *doc = w->doc;
    uint32_t b = f->tok + f->n_tok;
    dg_str last = form(w, b - 1);
    return w->upos && f->n_rows[GAZ] && !f->n_rows[COUNTRY] && !f->none && last.ptr[last.len - 1] == '.' &&
           form(w, f->tok).len > 1 && b < doc->sents[doc->toks[f->tok].sent].end &&
           dgi_str_is(dgi_table_cell(w->ctx->t[GAZ], f->rows[GAZ][0], GAZ_KIND), "admin1") &&
           (doc->toks[b].upos == DGI_NOUN || doc->toks[b].upos == DGI_ADJ) && !starts_upper(form(w, b));
}

/* Is the name a person's, or part of a longer name of somebody? */
static bool in_somebody(const struct work *w, const struct found *f, bool country_or_region)
{
    const struct dgi_doc *doc = w->doc;
    uint32_t a = f->tok, b = a + f->n_tok;
    bool by_form = named_by_form(w, f);
    if (home_of_aged(w, a) || whole_run_inside(w, f) || joined_to_place(w, f))
        return false;
    for (uint32_t t = a; t < b && !(by_form && w->mention && w->mention[t] == 1 && w->m_end[t] <= b); t++)
        if (w->mention && w->mention[t] && w->mention[t] < 3 && (w->m_first[t] < a || w->m_end[t] > b) &&
            w->m_end[t] - w->m_first[t] > f->n_tok) {
            uint8_t tag = doc->toks[t].name;
            if (w->mention[t] == 1 || tag == DGI_NAME_ORG || tag == DGI_NAME_PER || tag == DGI_NAME_O ||
                tag == DGI_NAME_MISC)
                return true;
        } else if (w->mention && w->mention[t] == 1 && !country_or_region && doc->toks[t].name != DGI_NAME_LOC) {
            return true;
        }
    return false;
}

/* ---- last names ---- */
/* Where the word stands among the last names; with key 0 it is none of them. */
static struct surname *surname_at(const struct work *w, dg_str word)
{
    uint64_t h = dgi_str_hash(word) | 1, at = h & w->surname_mask;
    while (w->surname[at].key && w->surname[at].key != h)
        at = (at + 1) & w->surname_mask;
    return &w->surname[at];
}

/* Does a person's name of several words end at token t? */
static bool ends_full_name(const struct dgi_doc *doc, uint32_t t)
{
    const struct dgi_tok *x = &doc->toks[t], *next = x + 1;
    return t > 0 && x->name == DGI_NAME_PER && !(x->flags & DGI_TOK_NAME_BEGIN) && x[-1].name == DGI_NAME_PER &&
           x[-1].sent == x->sent && starts_upper(x->form) && x->form.len > 2 &&
           (t + 1 == doc->n_toks || next->name != DGI_NAME_PER || next->sent != x->sent ||
            (next->flags & DGI_TOK_NAME_BEGIN));
}

/* "Ann Warden" makes Warden a person in the whole document, unless it says "in Warden" or "Warden, Ohio". False: no memory. */
static bool find_surnames(struct work *w)
{
    const struct dgi_doc *doc = w->doc;
    uint32_t n = 0, bits = 4;
    for (uint32_t t = 0; w->tags && t < doc->n_toks; t++)
        n += ends_full_name(doc, t);
    if (!n)
        return true;
    while ((1u << bits) < 2 * n)
        bits++;
    if (!(w->surname = dgi_arena_array(w->ctx->scratch, (size_t)1 << bits, sizeof *w->surname)))
        return false;
    w->surname_mask = ((uint64_t)1 << bits) - 1;
    for (uint32_t t = 0; t < doc->n_toks; t++)
        if (ends_full_name(doc, t)) {
            struct surname *s = surname_at(w, form(w, t));
            s->key = dgi_str_hash(form(w, t)) | 1;
            s->full++;
        }
    for (uint32_t t = 0; t < doc->n_toks; t++) {
        struct surname *s =
            doc->toks[t].name == DGI_NAME_PER || !starts_upper(form(w, t)) ? NULL : surname_at(w, form(w, t));
        if (!s || !s->key)
            continue;
        const struct dgi_sent *in_it = &doc->sents[doc->toks[t].sent];
        s->town += doc->toks[t].name == DGI_NAME_LOC;
        bool owns = t + 1 < in_it->end && is_apostrophe(form(w, t + 1)); /* "at Warden's house" */
        s->place = s->place || (t > in_it->first && in(w, t - 1, DGI_W_PLACE_INSIDE) && !owns) ||
                   container_follows(w, t + 1, in_it->end);
    }
    return true;
}

static bool is_surname(const struct work *w, const struct found *f)
{
    enum { FAR_MORE = 2 };
    if (!w->surname || f->n_tok > 1 || f->n_rows[COUNTRY] || f->n_rows[REGION])
        return false;
    const struct surname *s = surname_at(w, form(w, f->tok));
    return s->key && !s->place && s->town <= FAR_MORE * s->full;
}

/* "Columbia University", "Goshen Elementary": a town only where the document names it elsewhere. A state is one. */
static bool of_school(const struct work *w, const struct found *f)
{
    const struct dgi_sent *s = &w->doc->sents[w->doc->toks[f->tok].sent];
    uint32_t b = f->tok + f->n_tok;
    if (b >= s->end || !starts_upper(form(w, b)) || f->n_rows[COUNTRY] || f->n_rows[REGION] ||
        (f->n_rows[GAZ] && dgi_str_is(dgi_table_cell(w->ctx->t[GAZ], f->rows[GAZ][0], GAZ_KIND), "admin1")))
        return false;
    return in_place_set(w, form(w, b), "academy") ||
           (in_place_set(w, form(w, b), "school") && !(f->tok > s->first && in(w, f->tok - 1, DGI_W_PLACE_INSIDE)));
}

/* "the Durango stopped": a town has no article, but before a noun ("the Durango police"). */
static bool is_thing(const struct work *w, const struct found *f)
{
    const struct dgi_doc *doc = w->doc;
    const struct dgi_sent *s = &doc->sents[doc->toks[f->tok].sent];
    uint32_t a = f->tok, b = a + f->n_tok, n;
    const uint32_t *rows;
    if (!w->upos || a == s->first || !in(w, a - 1, DGI_W_THE) || f->n_rows[COUNTRY] || f->n_rows[REGION] ||
        (b < s->end && (doc->toks[b].upos == DGI_NOUN || doc->toks[b].upos == DGI_PROPN ||
                        doc->toks[b].upos == DGI_ADJ || doc->toks[b].upos == DGI_NUM || is_dash(form(w, b)) ||
                        dgi_str_is(form(w, b), "/") || dgi_str_is(form(w, b), ",") || in(w, b, DGI_W_AND_OR))))
        return false;
    for (uint8_t k = 0; k < N_TABLES; k++) {
        for (uint32_t i = 0; i < f->n_rows[k] && i < MOST_ROWS; i++) {
            dg_str kind = dgi_table_cell(w->ctx->t[k], f->rows[k][i], GAZ_KIND);
            if (!dgi_str_is(kind, "city") && !dgi_str_is(kind, "seat"))
                return false; /* "the Crimea" */
        }
        if (is_town_table(k) && dgi_phrase_match(w->ctx->t[k], doc, a - 1, s->end, &rows, &n) > f->n_tok)
            return false; /* "the Bronx" */
    }
    return true;
}

/* "a job at Culver's, near the mill": whoever owns nothing here, up to token b, is no town, but a shop. */
static bool is_shop(const struct work *w, uint32_t b)
{
    const struct dgi_doc *doc = w->doc;
    uint32_t end = doc->sents[doc->toks[b - 1].sent].end;
    if (!w->upos || b >= end || !is_apostrophe(form(w, b)))
        return false;
    uint8_t next = b + 1 < end ? doc->toks[b + 1].upos : (uint8_t)DGI_PUNCT;
    return (next == DGI_PUNCT && !dgi_str_is(form(w, b + 1), "\"")) || next == DGI_ADP || next == DGI_CCONJ;
}

/* "the Kremlin said", "the White House's plan", "a Pentagon spokesman": the seat of a government that acts is its government,
 * and a union of states that acts is somebody. */
static bool is_office(const struct work *w, const struct found *f)
{
    const struct dgi_doc *doc = w->doc;
    uint32_t a = f->tok, b = a + f->n_tok, head = b - 1;
    dg_str kind =
        f->n_rows[REGION] ? dgi_table_cell(w->ctx->t[REGION], f->rows[REGION][0], RE_KIND) : (dg_str){NULL, 0};
    if (!w->upos || (!dgi_str_is(kind, "office") && !dgi_str_is(kind, "union")))
        return false;
    for (uint32_t t = a; t < b; t++)
        if (doc->toks[t].head == DGI_NONE || doc->toks[t].head < a || doc->toks[t].head >= b)
            head = t;
    uint8_t rel = doc->toks[head].rel;
    return rel == DGI_REL_NSUBJ || rel == DGI_REL_NMOD_POSS || rel == DGI_REL_COMPOUND || rel == DGI_REL_OBL_AGENT;
}

static bool accept(const struct work *w, struct found *f)
{
    const struct dgi_doc *doc = w->doc;
    const struct dgi_sent *s = &doc->sents[doc->toks[f->tok].sent];
    uint32_t a = f->tok, b = a + f->n_tok;
    for (uint32_t t = a; !starts_upper(form(w, t)); t++)
        if (t + 1 == b)
            return false;
    if (at_dateline(w, a, b) && !f->none && !f->adjective && form(w, a).len > 2)
        return !small(f) || !weak_row(w->ctx, f) || container_follows(w, b, s->end);
    if (f->n_tok == 1 && form(w, a).len == 2 && !all_upper(form(w, a)))
        return false; /* "Us" */
    bool country_or_region = f->n_rows[COUNTRY] || f->n_rows[REGION];
    if (short_state_before_noun(w, f))
        return true;
    if (f->n_tok == 2 && dgi_str_is(form(w, b - 1), ".")) /* "Mobile, Ala." */
        return a > s->first &&
               (dgi_str_is(form(w, a - 1), ",") || dgi_str_is(form(w, a - 1), "(") || in(w, a - 1, DGI_W_PLACE_INSIDE));
    if (!f->n_rows[COUNTRY] && is_acronym(w, f) && !written_so(w, f))
        return false;
    if (!starts_upper(form(w, a)) && !f->n_rows[REGION])
        return false;
    if (f->none || f->adjective)
        return true;
    if (only_direction(w, f))
        return container_follows(w, b, s->end);
    if (kind_of_longer(w, f))
        return false;
    int shown = shown_beside(w, f);
    if (shown >= 0)
        return shown > 0;
    if (in_somebody(w, f, country_or_region) || is_surname(w, f) || is_thing(w, f) || is_office(w, f) ||
        of_school(w, f) || (!country_or_region && is_shop(w, b)))
        return false;
    if (w->upos) {
        uint8_t u = doc->toks[b - 1].upos;
        if (u == DGI_VERB || u == DGI_AUX || u == DGI_ADV || u == DGI_INTJ || u == DGI_PRON || u == DGI_DET ||
            u == DGI_ADP)
            if (!country_or_region)
                return false;
    }
    bool weak = weak_row(w->ctx, f);
    bool prep = a > s->first && in(w, a - 1, weak ? DGI_W_PLACE_INSIDE : DGI_W_PLACE_PREP);
    if (a > s->first && !country_or_region && starts_upper(form(w, a - 1)) && is_person_title(w, form(w, a - 1)) &&
        !(a >= s->first + 2 && in(w, a - 2, DGI_W_THE)))
        return false;
    if (a > s->first && !country_or_region && (doc->toks[a - 1].flags & DGI_TOK_SPACE_AFTER) &&
        starts_upper(form(w, a - 1)) && in_place_set(w, form(w, a - 1), "opens"))
        return false; /* "St. Paris", "San Tomas" */
    if (small(f))
        return accept_small(w, f, weak);
    if (w->tags) {
        uint8_t k = doc->toks[a].name;
        uint32_t ra = a, rb = b;
        if (k != DGI_NAME_O)
            dgi_pl_tag_run(doc, a, &ra, &rb);
        bool longer = ra < a || rb > b;
        switch (k) {
        case DGI_NAME_PER:
            return !longer &&
                   (whole_run_inside(w, f) || home_of_aged(w, a) || (!weak && joined_to_place(w, f)) ||
                    (a == s->first && !weak && form(w, a).len > 3 && all_upper(form(w, a)) &&
                     most_people(w->ctx, f) > 100000) ||
                    (country_or_region && (prep || f->n_tok > 1)) || (w->mention && w->mention[a] == 3) ||
                    (!weak && a > s->first && in(w, a - 1, DGI_W_PLACE_INSIDE) && most_people(w->ctx, f) > 200000));
        case DGI_NAME_ORG:
        case DGI_NAME_EVENT:
        case DGI_NAME_MISC: return !longer && !weak && (country_or_region || prep || k == DGI_NAME_ORG);
        case DGI_NAME_NORP: return country_or_region && !longer;
        case DGI_NAME_LOC:
            if (longer && ra < a && !is_place_noun(w, form(w, a - 1)) && in(w, a - 1, DGI_W_OF) && a >= ra + 2 &&
                !is_place_noun(w, form(w, a - 2)))
                return country_or_region;
            return !weak || prep || longer || (w->mention && w->mention[a] == 3) || before_common_noun(w, f) ||
                   (most_people(w->ctx, f) > 500000 && a > s->first && in(w, a - 1, DGI_W_PLACE_PREP)) ||
                   (b < s->end && (dgi_str_is(form(w, b), ",") || is_place_noun(w, form(w, b))));
        default:
            return !weak && !in_longer_name(w, f) && (country_or_region || prep || most_people(w->ctx, f) > 200000) &&
                   (!w->upos || doc->toks[a].upos == DGI_PROPN || country_or_region ||
                    (a > s->first &&
                     (doc->toks[a].upos == DGI_ADJ || (prep && memchr(form(w, a).ptr, '.', form(w, a).len)))));
        }
    }
    if (in_longer_name(w, f))
        return false;
    if (country_or_region)
        return true;
    if (w->upos && doc->toks[b - 1].upos != DGI_PROPN)
        return false;
    if (weak) /* only the great ones, or with their region named behind them ("Paris, Texas") */
        return (a > s->first && in(w, a - 1, DGI_W_PLACE_PREP) && !in(w, a - 1, DGI_W_OF) && f->n_tok == 1 &&
                form(w, a).len > 3 && most_people(w->ctx, f) > 500000) ||
               container_follows(w, b, s->end);
    return prep || a == s->first || most_people(w->ctx, f) > 100000 || (b < s->end && is_place_noun(w, form(w, b)));
}

/* Was the alternative that matched an adjective of the country ("Syrian")? */
bool dgi_pl_adjective(const struct work *w, uint32_t tok, uint32_t n, uint32_t row)
{
    dg_str adj = dgi_table_cell(w->ctx->t[COUNTRY], row, CO_ADJ), one;
    const struct dgi_tok *a = &w->doc->toks[tok], *b = &w->doc->toks[tok + n - 1];
    dg_str text = dgi_str_sub(w->doc->text, a->start, b->end);
    while (dgi_str_next(&adj, '|', &one))
        if (dgi_str_ieq(one, text))
            return true;
    return false;
}

/* Is byte `at` inside a time ("in March")? *time moves on with it. */
static bool at_time(const struct dgi_doc *doc, uint32_t *time, uint32_t at)
{
    while (*time < doc->n_times && doc->times[*time].span.end <= at)
        ++*time;
    return *time < doc->n_times && doc->times[*time].span.start <= at;
}

/* The run of an organisation's tag that f begins, and that ends as bodies of towns do: "Lakewood Public Library". */
static bool names_body(const struct work *w, const struct found *f)
{
    uint32_t a = f->tok, ra = a, rb = a + f->n_tok;
    if (w->doc->toks[a].name != DGI_NAME_ORG)
        return false;
    dgi_pl_tag_run(w->doc, a, &ra, &rb);
    return rb > a + f->n_tok && (ra == a || (ra + 1 == a && in(w, ra, DGI_W_THE))) &&
           in_place_set(w, form(w, rb - 1), "public");
}

/* A country, a state or a large city that stands in front of an organisation's name, or behind its "of": "Kentucky State Police",
 * "University of Michigan", "U.S. President". It is named, though nothing need happen there. */
static bool inside_name(const struct work *w, const struct found *f)
{
    const struct dgi_doc *doc = w->doc;
    const struct dgi_sent *s = &doc->sents[doc->toks[f->tok].sent];
    uint32_t a = f->tok, b = a + f->n_tok, ra = a, rb = b;
    uint8_t k = doc->toks[a].name;
    if (f->none || f->adjective || !w->tags || !starts_upper(form(w, a)) || only_direction(w, f) || is_surname(w, f) ||
        is_office(w, f) || of_school(w, f) || kind_of_longer(w, f))
        return false;
    if (a > s->first && starts_upper(form(w, a - 1)) && is_person_title(w, form(w, a - 1)))
        return false; /* "Mayor Virginia Rees" */
    bool state = f->n_rows[COUNTRY] ||
                 (f->n_rows[GAZ] && dgi_str_is(dgi_table_cell(w->ctx->t[GAZ], f->rows[GAZ][0], GAZ_KIND), "admin1"));
    bool body = (body_follows(w, b, s->end) || names_body(w, f)) && (f->n_rows[GAZ] || f->n_rows[TOWN]) &&
                (!weak_row(w->ctx, f) || in_place_set(w, form(w, b), "body") || names_body(w, f));
    if (!state && !body && (!f->n_rows[GAZ] || weak_row(w->ctx, f) || most_people(w->ctx, f) < 100000) &&
        !(f->n_rows[TOWN] && f->n_tok > 1 && is_place_noun(w, form(w, b - 1))))
        return false;
    if (doc->toks[b - 1].upos != DGI_PROPN && !((state || body) && doc->toks[b - 1].upos == DGI_ADJ))
        return false;
    if (k != DGI_NAME_O)
        dgi_pl_tag_run(doc, a, &ra, &rb);
    if (k == DGI_NAME_PER || rb > b + MOST_TOKENS || a > ra + MOST_TOKENS)
        return (state || body) && k == DGI_NAME_PER && ra == a && rb > b && is_person_title(w, form(w, b));
    bool the = ra + 1 == a && (in(w, ra, DGI_W_THE) || doc->toks[ra].upos == DGI_NUM); /* "the 2012 Iowa caucus" */
    bool name =
        b < s->end && (doc->toks[b].upos == DGI_PROPN || (k == DGI_NAME_ORG && rb > b && starts_upper(form(w, b))) ||
                       (k == DGI_NAME_EVENT && rb > b));
    bool front = (ra == a || the) && name;
    bool of = a > s->first + 1 && in(w, a - 1, DGI_W_OF);
    return front || of || (rb == b && ra < a && state);
}

/* Does the sentence treat the tagged run [a, b) as a place, though no table knows it? */
static bool unknown_place(const struct work *w, uint32_t a, uint32_t b)
{
    return in(w, a - 1, DGI_W_PLACE_INSIDE) ||
           (in(w, a - 1, DGI_W_OF) && a > w->doc->sents[w->doc->toks[a].sent].first + 1 &&
            is_place_noun(w, form(w, a - 2)) && !starts_upper(form(w, a - 2))) || /* "the village of Nagrig" */
           (b - a > 1 && (is_place_noun(w, form(w, b - 1)) || in_place_set(w, form(w, b - 1), "facility") ||
                          in_place_set(w, form(w, b - 1), "road") || in(w, a - 1, DGI_W_PLACE_PREP))) ||
           container_follows(w, b, w->doc->sents[w->doc->toks[a].sent].end);
}

/* Could gazetteer_towns.tsv be asked at all? It is large, and few names are in it alone. */
static bool town_possible(const struct work *w, uint32_t t, uint32_t limit)
{
    if (!w->tags || w->doc->toks[t].name == DGI_NAME_LOC || in_place_set(w, form(w, t), "opens"))
        return true;
    for (uint32_t k = t + 1; k < limit && k <= t + 3; k++)
        if (dgi_str_is(form(w, k), ",") || in_place_set(w, form(w, k), "dweller") || in(w, k, DGI_W_AND_OR) ||
            body_follows(w, k, limit) || (starts_upper(form(w, k)) && is_place_noun(w, form(w, k))))
            return true;
    const struct dgi_sent *s = &w->doc->sents[w->doc->toks[t].sent];
    return behind_party(w, t) || home_of_aged(w, t) || (t > s->first && in(w, t - 1, DGI_W_AND_OR)) ||
           (w->doc->toks[t].name != DGI_NAME_O && t > s->first && in(w, t - 1, DGI_W_PLACE_INSIDE)) ||
           (t + 2 < s->end && dgi_str_is(form(w, t + 1), "-") && in_place_set(w, form(w, t + 2), "hyphen")) ||
           at_dateline(w, t, t + 1);
}

/* Keeps a refused name that stands alone, in case the document shows elsewhere that it is a place. False: no memory. */
static bool revivable(struct work *w, dgi_arena *scratch, const struct found *f)
{
    enum { MOST_REFUSED = 2000 };
    const struct dgi_doc *doc = w->doc;
    uint32_t a = f->tok, b = a + f->n_tok, ra = a, rb = b;
    if (f->none || f->adjective || is_surname(w, f) || is_thing(w, f) || w->refused.n >= MOST_REFUSED ||
        form(w, a).len < 3 || (all_upper(form(w, a)) && !at_dateline(w, a, b)) || doc->toks[b - 1].upos != DGI_PROPN)
        return true;
    if (doc->toks[a].name != DGI_NAME_O)
        dgi_pl_tag_run(doc, a, &ra, &rb);
    uint32_t first = doc->sents[doc->toks[a].sent].first, end = doc->sents[doc->toks[a].sent].end;
    struct found g = *f;
    if (doc->toks[a].name == DGI_NAME_ORG && (ra == a || (ra + 1 == a && in(w, ra, DGI_W_THE))) && rb > b) {
        g.part = true; /* "Lakewood High School", of a town that the document names */
        rb = b, ra = a;
        end = b;
    }
    if (ra < a || rb > b || (a > first && starts_upper(form(w, a - 1)) && doc->toks[a - 1].upos == DGI_PROPN) ||
        (b < end && doc->toks[b].upos == DGI_PROPN) ||
        (w->mention && w->mention[a] == 1 && (f->n_tok == 1 || w->m_first[a] < a || w->m_end[a] > b)))
        return true; /* of a longer name, or a person's */
    struct found *slot = DGI_PUSH(scratch, w->refused.f, w->refused.n, w->refused.cap);
    if (slot)
        *slot = g;
    return slot != NULL;
}

static int by_token(const void *a, const void *b)
{
    const struct found *x = a, *y = b;
    return (x->tok > y->tok) - (x->tok < y->tok);
}

/* "Douma's fall": what is a place in one sentence of the document is one in the others. */
dg_status dgi_pl_revive(struct work *w, dg_error *err)
{
    uint32_t bits = 4, n = w->list.n;
    while (n && w->refused.n && (1u << bits) < 2 * n)
        bits++;
    uint64_t *slot = dgi_arena_array(w->ctx->scratch, (size_t)1 << bits, sizeof *slot);
    if (!slot)
        return dgi_fail(err, DG_E_NOMEM, "no memory for names of places");
    const uint64_t mask = ((uint64_t)1 << bits) - 1;
    for (uint32_t i = 0; w->refused.n && i < n; i++) {
        const struct found *f = &w->list.f[i];
        uint64_t h = name_of(w, f) | 1, at = h & mask;
        if (!f->keep || f->part || f->unknown)
            continue;
        while (slot[at] && slot[at] != h)
            at = (at + 1) & mask;
        slot[at] = h;
    }
    for (uint32_t i = 0; i < w->refused.n; i++) {
        uint64_t h = name_of(w, &w->refused.f[i]) | 1, at = h & mask;
        while (slot[at] && slot[at] != h)
            at = (at + 1) & mask;
        if (!slot[at])
            continue;
        struct found *f = DGI_PUSH(w->ctx->scratch, w->list.f, w->list.n, w->list.cap);
        if (!f)
            return dgi_fail(err, DG_E_NOMEM, "no memory for names of places");
        *f = w->refused.f[i];
        f->keep = true;
    }
    if (w->list.n > n)
        qsort(w->list.f, w->list.n, sizeof *w->list.f, by_token);
    return DG_OK;
}

/* How many tokens from t on name a road: "Fore Street", "North Mill Road", "14th St."; "Highway 19", "Interstate 64". 0: none. */
static uint32_t road_length(const struct work *w, uint32_t t)
{
    enum { MOST_ROAD = 4 };
    const struct dgi_doc *doc = w->doc;
    const uint32_t end = doc->sents[doc->toks[t].sent].end;
    if (!w->upos || doc->toks[t].upos == DGI_DET || doc->toks[t].upos == DGI_ADP)
        return 0;
    if (t + 1 < end && in_place_set(w, form(w, t), "route") && form(w, t + 1).ptr[0] >= '0' &&
        form(w, t + 1).ptr[0] <= '9')
        return 2;
    for (uint32_t k = t; k < end && k < t + MOST_ROAD; k++) {
        dg_str x = form(w, k);
        if (!starts_upper(x) && !(k == t && x.ptr[0] >= '0' && x.ptr[0] <= '9'))
            return 0;
        bool numbered = form(w, t).ptr[0] >= '0' && form(w, t).ptr[0] <= '9'; /* "14th St." */
        bool saint =
            !numbered && x.ptr[x.len - 1] == '.' && k + 1 < end && starts_upper(form(w, k + 1)); /* "East St. Louis" */
        if (k > t && !saint && in_place_set(w, x, "road")) { /* not the "National Highway Authority" */
            k += k + 1 < end && starts_upper(form(w, k + 1)) && in_place_set(w, form(w, k + 1), "direction");
            bool goes_on = !numbered && k + 1 < end && starts_upper(form(w, k + 1)) &&
                           (doc->toks[k + 1].upos == DGI_PROPN || in_place_set(w, form(w, k + 1), "school"));
            return goes_on ? 0 : k + 1 - t;
        }
        if (doc->toks[k].upos != DGI_PROPN && doc->toks[k].upos != DGI_ADJ && doc->toks[k].upos != DGI_NOUN)
            return 0;
    }
    return 0;
}

/* "Fire Station", "City Hall": words that say what kind of place it is, and none that names it. */
static bool only_kinds(const struct work *w, uint32_t a, uint32_t b)
{
    for (uint32_t t = a; t < b; t++)
        if (!in_place_set(w, form(w, t), "common"))
            return false;
    return true;
}

/* How many tokens from t on name a feature by their form: "Mill Creek", "Red River", "Lake Harlan", "Cape Dorn". 0: none. */
static uint32_t feature_length(const struct work *w, uint32_t t, uint32_t known)
{
    enum { MOST_FEATURE = 4 };
    const struct dgi_doc *doc = w->doc;
    const uint32_t end = doc->sents[doc->toks[t].sent].end;
    uint32_t k = t;
    while (w->upos && k < end && k < t + MOST_FEATURE && starts_upper(form(w, k)) &&
           (doc->toks[k].upos == DGI_PROPN || dgi_str_starts(doc->toks[k].xpos, DGI_S("NNP"))))
        k++;
    if (k - t < 2 || (k < end && starts_upper(form(w, k))))
        return 0;
    if (only_kinds(w, t, k))
        return 0; /* "City Park" */
    /* "Mount Pleasant City Council" is of a town that the tables have, `known` tokens of it */
    return in_place_set(w, form(w, k - 1), "feature") || (known < 2 && in_place_set(w, form(w, t), "feature_of"))
               ? k - t
               : 0;
}

/* "European", "Ohioans": the adjective of a region or of a state, whose rows f takes. */
static bool region_adjective(const struct work *w, struct found *f)
{
    dg_str word = form(w, f->tok);
    uint32_t row = dgi_table_find(w->ctx->cues, word);
    dg_str kind = row == DGI_NONE ? (dg_str){NULL, 0} : dgi_table_cell(w->ctx->cues, row, 1);
    if (!dgi_str_starts(kind, DGI_S("@")))
        return false;
    dg_str name = dgi_str_sub(kind, 1, kind.len);
    f->adjective =
        dgi_phrase_lookup(w->ctx->t[REGION], name, &f->rows[REGION], &f->n_rows[REGION]) && f->n_rows[REGION];
    if (!f->adjective)
        f->adjective = dgi_phrase_lookup(w->ctx->t[GAZ], name, &f->rows[GAZ], &f->n_rows[GAZ]) && f->n_rows[GAZ];
    return f->adjective;
}

/* A name of a place that no table has: how many tokens the whole run of its tag has, from t on. 0: none. */
static uint32_t unknown_run(const struct work *w, uint32_t t, uint32_t *time)
{
    const struct dgi_doc *doc = w->doc;
    dg_str wd = form(w, t);
    uint32_t a = t, b = t + 1, n;
    const uint32_t *rows;
    if (doc->toks[t].name != DGI_NAME_LOC)
        return 0;
    dgi_pl_tag_run(doc, t, &a, &b);
    if (a != t || !starts_upper(wd) || t == doc->sents[doc->toks[t].sent].first || b - a > MOST_TOKENS ||
        !unknown_place(w, a, b) || (w->mention && (w->mention[t] == 1 || w->mention[t] == 2)) || all_upper(wd) ||
        doc->toks[t].upos == DGI_ADJ || (b - a == 1 && (wd.len < 4 || wd.ptr[wd.len - 1] == '.')) ||
        at_time(doc, time, doc->toks[t].start) || is_shop(w, b) ||
        (only_kinds(w, a, b) && !in_place_set(w, form(w, b - 1), "facility")))
        return 0;
    for (uint32_t k = t + 1; k < b; k++) /* unless a name that we know stands inside it */
        if ((dgi_phrase_match(w->ctx->t[GAZ], doc, k, b, &rows, &n) && form(w, k).len > 3 && !only_kinds(w, k, b)) ||
            dgi_phrase_match(w->ctx->t[REGION], doc, k, b, &rows, &n) ||
            dgi_phrase_match(w->ctx->t[COUNTRY], doc, k, b, &rows, &n))
            return 0;
    return b - t;
}

/* The longest name of the tables at token t, in *f; 0: none. */
static uint32_t match_at(const struct work *w, uint32_t t, uint32_t limit, bool up, struct found *f)
{
    const uint32_t *rows[N_TABLES];
    uint32_t n_rows[N_TABLES], len[N_TABLES], best = 0;
    *f = (struct found){.tok = t};
    for (int k = 0; k < N_TABLES; k++) {
        rows[k] = NULL;
        n_rows[k] = len[k] = 0;
        if ((up && (k != TOWN || town_possible(w, t, limit))) || k == REGION)
            len[k] = dgi_phrase_match(w->ctx->t[k], w->doc, t, limit, &rows[k], &n_rows[k]);
        if (len[k] > best)
            best = len[k];
    }
    for (int k = 0; best && k < N_TABLES; k++)
        if (len[k] == best) {
            f->rows[k] = rows[k];
            f->n_rows[k] = n_rows[k];
        }
    f->n_tok = best;
    return best;
}

/* "Dublin City Council" is of Dublin, and not the council of the county that is called Dublin City. */
static void cut_municipal(const struct work *w, struct found *f, uint32_t limit, bool up)
{
    uint32_t b = f->tok + f->n_tok;
    struct found g;
    if (f->n_tok < 2 || b >= limit || f->n_rows[COUNTRY] || f->n_rows[REGION] || !starts_upper(form(w, b)) ||
        !in_place_set(w, form(w, b - 1), "municipal") ||
        !(in_place_set(w, form(w, b), "body") || in_place_set(w, form(w, b), "public")))
        return;
    for (uint8_t k = 0; k < N_TABLES; k++)
        for (uint32_t i = 0; i < f->n_rows[k] && i < MOST_ROWS; i++)
            if (!dgi_str_starts(dgi_table_cell(w->ctx->t[k], f->rows[k][i], GAZ_KIND), DGI_S("admin")))
                return; /* "Kansas City Council" */
    if (match_at(w, f->tok, b - 1, up, &g) + 1 == f->n_tok)
        *f = g;
}

/* "Rolling Fork": what would be a place if only its last words stood there is one as a whole. */
static bool tail_is_place(const struct work *w, const struct found *f)
{
    uint32_t end = f->tok + f->n_tok, limit = w->doc->sents[w->doc->toks[f->tok].sent].end;
    if (limit > end + MOST_TOKENS)
        limit = end + MOST_TOKENS;
    for (uint32_t t = f->tok + 1; t < end; t++) {
        struct found g;
        if (starts_upper(form(w, t)) && match_at(w, t, limit, true, &g) == end - t && !g.n_rows[REGION] &&
            accept(w, &g))
            return true;
    }
    return false;
}

dg_status dgi_pl_find(struct work *w, dg_error *err)
{
    uint32_t time = 0;
    const struct dgi_doc *doc = w->doc;
    dgi_arena *scratch = w->ctx->scratch;
    if (!find_surnames(w))
        return dgi_fail(err, DG_E_NOMEM, "no memory for names of places");
    for (uint32_t si = 0; si < doc->n_sents; si++)
        for (uint32_t t = doc->sents[si].first; t < doc->sents[si].end;) {
            uint32_t limit = doc->sents[si].end;
            dg_str wd = form(w, t);
            bool up = starts_upper(wd);
            if (limit > t + MOST_TOKENS)
                limit = t + MOST_TOKENS;
            if (wd.len < 2 || (!up && doc->toks[t].name == DGI_NAME_O && !(wd.ptr[0] >= 'a' && wd.ptr[0] <= 'z'))) {
                t++;
                continue;
            }
            struct found f;
            match_at(w, t, limit, up, &f);
            cut_municipal(w, &f, doc->sents[si].end, up);
            uint32_t best = f.n_tok;
            f.n_tok = best ? best : 1;
            uint32_t road = up ? road_length(w, t) : 0;
            if (up && !road && doc->toks[t].name != DGI_NAME_PER)
                road = feature_length(w, t, best);
            if (road > best || (!best && up && region_adjective(w, &f))) {
                f.road = road > best;
                f.n_tok = f.road ? road : 1;
                f.part = f.keep = f.road;
                struct found *slot = DGI_PUSH(scratch, w->list.f, w->list.n, w->list.cap);
                if (!slot)
                    return dgi_fail(err, DG_E_NOMEM, "no memory for names of places");
                *slot = f;
                t += f.n_tok;
                continue;
            }
            if (best && f.n_rows[REGION] && t + 1 < limit && in(w, t, DGI_W_THE)) {
                struct found g; /* "the Gulf" must not hide "Gulf of Aden", nor "the West" "West Virginia" */
                if (match_at(w, t + 1, limit, starts_upper(form(w, t + 1)), &g) >= best) {
                    t++;
                    continue;
                }
            }
            if (f.n_rows[REGION]) {
                dg_str kind = dgi_table_cell(w->ctx->t[REGION], f.rows[REGION][0], RE_KIND);
                f.none = dgi_str_is(kind, "none");
            }
            if (f.n_rows[COUNTRY] && !f.none)
                f.adjective = dgi_pl_adjective(w, t, best, f.rows[COUNTRY][0]);
            bool taken = best && accept(w, &f);
            if (best && !taken && best > 1 && !f.none && !f.adjective)
                taken = tail_is_place(w, &f);
            if (up && (taken || !best) && county_of_list(w, &f))
                taken = true;
            bool letters = !f.n_rows[COUNTRY] && !f.n_rows[REGION] && is_acronym(w, &f); /* "NATO Secretary General" */
            if (best && !taken && !letters && (f.part = inside_name(w, &f)))
                taken = true;
            if (best && !taken && w->tags && !revivable(w, scratch, &f))
                return dgi_fail(err, DG_E_NOMEM, "no memory for names of places");
            if (!taken && road && road == best) { /* "Otter Creek", which elsewhere is a town */
                f = (struct found){.tok = t, .n_tok = road, .road = true, .part = true};
                taken = true;
            }
            if (!taken && (best || !(f.n_tok = unknown_run(w, t, &time)))) {
                t++;
                continue;
            }
            if (!taken)
                f = (struct found){.tok = t, .n_tok = f.n_tok, .unknown = true};
            f.keep = !f.none && !f.adjective;
            struct found *slot = DGI_PUSH(scratch, w->list.f, w->list.n, w->list.cap);
            if (!slot)
                return dgi_fail(err, DG_E_NOMEM, "no memory for names of places");
            *slot = f;
            t += f.n_tok;
        }
    return DG_OK;
}
