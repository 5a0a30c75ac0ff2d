/* SPDX-License-Identifier: Apache-2.0 */
/* resolve/place_choose.c: which of the places of one name is meant (pass 2 of docs/stages/place.md).
 *
 * Reads   the work's list of names, toks, blocks (dateline)
 * Writes  the work's counts of countries and states, and the readings of each name
 *
 * A name has one reading in a document, unless the text spells out another ("Paris, Texas"). */
#include "resolve/place_in.h"

/* ---- countries and states that the document speaks of ---- */
static void add_country(struct work *w, dg_str iso3, float weight)
{
    uint32_t r = country_row(w->ctx, iso3);
    if (r != DGI_NONE)
        w->country[r] += weight;
}

static void add_state(struct work *w, dg_str iso3, dg_str name, float weight)
{
    if (!name.len)
        return;
    for (uint32_t i = 0; i < w->n_admin1; i++)
        if (dgi_str_eq(w->admin1[i].name, name) && dgi_str_eq(w->admin1[i].iso3, iso3)) {
            w->admin1[i].weight += weight;
            return;
        }
    if (w->n_admin1 < MOST_ADMIN1)
        w->admin1[w->n_admin1++] = (struct admin1){iso3, name, weight};
}

static void add_admin1(struct work *w, uint8_t table, uint32_t row, float weight)
{
    add_state(w, row_country(w->ctx, table, row), dgi_table_cell(w->ctx->t[table], row, GAZ_ADMIN1), weight);
}

/* "KABUL, Afghanistan (Agency) - ": its first names count three times. */
static void read_datelines(struct work *w)
{
    for (uint32_t i = 0; i < w->doc->n_blocks && i < 3; i++) {
        const struct dgi_block *b = &w->doc->blocks[i];
        dgi_span sp = b->kind == DGI_BLOCK_DATELINE ? b->span : b->dateline;
        dg_str rest = dgi_slice(w->doc, sp), part;
        for (int k = 0; k < 4 && rest.ptr && dgi_str_next(&rest, ',', &part); k++) {
            const uint32_t *rows;
            uint32_t n;
            size_t cut = dgi_str_find(part, DGI_S("("));
            dg_str name = dgi_str_trim(dgi_str_sub(part, 0, cut));
            if (name.len > 2 && name.len < 60 && dgi_phrase_lookup(w->ctx->t[COUNTRY], name, &rows, &n) && n)
                add_country(w, dgi_table_cell(w->ctx->t[COUNTRY], rows[0], CO_ISO3), 3);
            else if (name.len > 2 && name.len < 60 && k > 0 && dgi_phrase_lookup(w->ctx->t[GAZ], name, &rows, &n) &&
                     n && dgi_str_is(dgi_table_cell(w->ctx->t[GAZ], rows[0], GAZ_KIND), "admin1")) {
                add_country(w, row_country(w->ctx, GAZ, rows[0]), 3);
                add_admin1(w, GAZ, rows[0], 3);
            } else if (name.len > 2 && name.len < 60 && dgi_phrase_lookup(w->ctx->t[GAZ], name, &rows, &n) && n &&
                       row_number(w->ctx->t[GAZ], rows[0], GAZ_POP) > 100000)
                add_country(w, row_country(w->ctx, GAZ, rows[0]), 3);
        }
    }
}

static double admin1_weight(const struct work *w, dg_str iso3, dg_str name)
{
    for (uint32_t i = 0; name.len && i < w->n_admin1; i++)
        if (dgi_str_eq(w->admin1[i].name, name) && dgi_str_eq(w->admin1[i].iso3, iso3))
            return w->admin1[i].weight;
    return 0;
}

/* A name that is that of a first-order region, and hardly ever of a place elsewhere: "Kentucky", not "Tripoli". */
static bool states_itself(const struct work *w, const struct found *f)
{
    enum { FAR_LARGER = 20 };
    const struct dgi_table *t = w->ctx->t[GAZ];
    if (f->n_rows[COUNTRY] || !dgi_str_is(dgi_table_cell(t, f->rows[GAZ][0], GAZ_KIND), "admin1"))
        return false;
    for (uint32_t r = 1; r < f->n_rows[GAZ] && r < MOST_ROWS; r++)
        if (!dgi_str_eq(dgi_table_cell(t, f->rows[GAZ][r], GAZ_ADMIN1),
                        dgi_table_cell(t, f->rows[GAZ][0], GAZ_ADMIN1)) &&
            row_number(t, f->rows[GAZ][0], GAZ_POP) < FAR_LARGER * row_number(t, f->rows[GAZ][r], GAZ_POP))
            return false;
    return true;
}

/* A name speaks for the regions that have a place of it, the less the more they are: towns of one story lie together. */
static void count_homes(struct work *w, const struct found *f)
{
    uint8_t table[MOST_HOMES];
    uint32_t row[MOST_HOMES], n = 0;
    for (uint8_t k = 0; k < N_TABLES; k++)
        for (uint32_t i = 0; is_town_table(k) && i < f->n_rows[k] && i < MOST_ROWS; i++) {
            uint32_t h = 0;
            dg_str name = dgi_table_cell(w->ctx->t[k], f->rows[k][i], GAZ_ADMIN1);
            dg_str iso3 = row_country(w->ctx, k, f->rows[k][i]);
            while (h < n && !(dgi_str_eq(dgi_table_cell(w->ctx->t[table[h]], row[h], GAZ_ADMIN1), name) &&
                              dgi_str_eq(row_country(w->ctx, table[h], row[h]), iso3)))
                h++;
            if (h < n)
                continue;
            if (n == MOST_HOMES)
                return; /* a name of everywhere */
            table[n] = k;
            row[n++] = f->rows[k][i];
        }
    for (uint32_t h = 0; h < n; h++)
        add_admin1(w, table[h], row[h], (float)w->ctx->w[P_HOME] / (float)n);
}

/* Was the name of found f among those before it? */
static bool named_before(const struct work *w, uint32_t i)
{
    enum { BACK = 64 };
    uint64_t name = name_of(w, &w->list.f[i]);
    for (uint32_t k = i > BACK ? i - BACK : 0; k < i; k++)
        if (w->list.f[k].keep && name_of(w, &w->list.f[k]) == name)
            return true;
    return false;
}

/* How much a name of towns speaks for its country: the only one of its name, or far larger than the rest. */
static float vote_of(const struct work *w, const struct found *f)
{
    enum { FAR_LARGER = 20 };
    const struct dgi_table *t = w->ctx->t[GAZ];
    dg_str iso3 = row_country(w->ctx, GAZ, f->rows[GAZ][0]);
    double second = 0; /* the largest in another country */
    for (uint32_t r = 1; r < f->n_rows[GAZ] && r < MOST_ROWS && second == 0; r++)
        if (!dgi_str_eq(row_country(w->ctx, GAZ, f->rows[GAZ][r]), iso3))
            second = row_number(t, f->rows[GAZ][r], GAZ_POP) + 1;
    if (row_number(t, f->rows[GAZ][0], GAZ_POP) <= FAR_LARGER * second)
        return 0;
    return second > 0 ? (float)w->ctx->w[P_LARGEST] : (float)w->ctx->w[P_ONLY_ONE];
}

/* Small towns and counties of one country: "Clark County". */
static bool of_one_country(const struct work *w, const struct found *f)
{
    for (uint32_t r = 1; r < f->n_rows[TOWN] && r < MOST_ROWS; r++)
        if (!dgi_str_eq(row_country(w->ctx, TOWN, f->rows[TOWN][r]), row_country(w->ctx, TOWN, f->rows[TOWN][0])))
            return false;
    return true;
}

/* "sheriff", "crore", "selectman": words of one country or of its states, each the first time. */
static void count_words(struct work *w)
{
    enum { MOST_WORDS = 4, LONG = 20 };
    uint32_t seen[MOST_WORDS], n = 0;
    const struct dgi_doc *doc = w->doc;
    for (uint32_t t = 0; w->upos && t < doc->n_toks && n < MOST_WORDS; t++) {
        dg_str x = form(w, t), kinds, one;
        uint8_t u = doc->toks[t].upos;
        if (x.len < 2 || x.len > LONG || (u != DGI_NOUN && u != DGI_PROPN && u != DGI_SYM))
            continue;
        uint32_t row = dgi_table_find(w->ctx->cues, x);
        bool new_word = row != DGI_NONE;
        for (uint32_t k = 0; k < n; k++)
            new_word = new_word && seen[k] != row;
        kinds = new_word ? dgi_table_cell(w->ctx->cues, row, 1) : (dg_str){NULL, 0};
        bool counted = false;
        while (kinds.len && dgi_str_next(&kinds, '|', &one)) {
            if (!dgi_str_starts(one, DGI_S("in:")) || n == MOST_WORDS)
                continue;
            size_t slash = dgi_str_find(one, DGI_S("/"));
            dg_str iso3 = dgi_str_sub(one, 3, slash);
            if (!counted)
                add_country(w, iso3, (float)w->ctx->w[P_WORDS]);
            if (slash < one.len) /* a word of one state or of a few */
                add_state(w, iso3, dgi_str_sub(one, slash + 1, one.len), (float)w->ctx->w[P_WORDS]);
            counted = true;
        }
        if (counted)
            seen[n++] = row;
    }
}

/* The host of an address: "https://www.example.co.uk:80/x" gives "example.co.uk". */
static dg_str host_of(dg_str url)
{
    size_t at = dgi_str_find(url, DGI_S("://"));
    if (at < url.len)
        url = dgi_str_sub(url, at + 3, url.len);
    for (at = 0; at < url.len && url.ptr[at] != '/' && url.ptr[at] != ':' && url.ptr[at] != '?' && url.ptr[at] != '#';
         at++)
        ;
    url = dgi_str_sub(url, 0, at);
    return dgi_str_starts(url, DGI_S("www.")) ? dgi_str_sub(url, 4, url.len) : url;
}

/* The paper's home, by the host, or by its last labels ("news.example.com", "uk"). */
static void count_paper(struct work *w)
{
    enum { MOST_LABELS = 6 };
    const double *q = w->ctx->w;
    dg_str host = host_of(w->doc->meta.url);
    uint32_t row = DGI_NONE;
    w->home_lat = w->home_lon = NAN;
    for (int k = 0; k < MOST_LABELS && host.len && row == DGI_NONE; k++) {
        size_t dot = dgi_str_find(host, DGI_S("."));
        row = dgi_table_find(w->ctx->papers, host);
        host = dot < host.len ? dgi_str_sub(host, dot + 1, host.len) : (dg_str){NULL, 0};
    }
    if (row == DGI_NONE)
        return;
    dg_str town = dgi_table_cell(w->ctx->papers, row, PA_TOWN), admin1 = dgi_table_cell(w->ctx->papers, row, PA_ADMIN1);
    dg_str iso3 = dgi_table_cell(w->ctx->papers, row, PA_ISO3);
    add_country(w, iso3, (float)q[P_PAPER_LAND]);
    for (uint8_t k = 0; town.len && k < N_TABLES; k++) {
        const uint32_t *rows;
        uint32_t n;
        if (!is_town_table(k) || !dgi_phrase_lookup(w->ctx->t[k], town, &rows, &n))
            continue;
        for (uint32_t i = 0; i < n; i++)
            if (dgi_str_eq(row_country(w->ctx, k, rows[i]), iso3) &&
                dgi_str_eq(row_admin1(w->ctx, k, rows[i]), admin1)) {
                add_admin1(w, k, rows[i], (float)q[P_PAPER_STATE]);
                w->home_lat = (float)row_number(w->ctx->t[k], rows[i], GAZ_LAT);
                w->home_lon = (float)row_number(w->ctx->t[k], rows[i], GAZ_LON);
                return;
            }
    }
}

void dgi_pl_count(struct work *w)
{
    const struct dgi_place_ctx *ctx = w->ctx;
    read_datelines(w);
    count_paper(w);
    count_words(w);
    for (uint32_t i = 0; i < w->list.n; i++)
        if (w->list.f[i].keep && !w->list.f[i].n_rows[COUNTRY] && !named_before(w, i))
            count_homes(w, &w->list.f[i]);
    for (uint32_t i = 0; i < w->list.n; i++) {
        const struct found *f = &w->list.f[i];
        if (f->n_rows[COUNTRY] && !f->none && (f->adjective || !f->n_rows[GAZ]))
            add_country(w, row_country(ctx, COUNTRY, f->rows[COUNTRY][0]), 1);
        else if (f->n_rows[REGION] == 1 && !f->none)
            add_country(w, row_country(ctx, REGION, f->rows[REGION][0]), 1);
        else if (f->keep && f->n_rows[GAZ]) {
            float vote = vote_of(w, f);
            if (states_itself(w, f))
                add_admin1(w, GAZ, f->rows[GAZ][0], 1);
            if (vote > 0 && (vote == (float)w->ctx->w[P_ONLY_ONE] || !named_before(w, i)))
                add_country(w, row_country(ctx, GAZ, f->rows[GAZ][0]), vote);
        } else if (f->keep && f->n_rows[TOWN] && of_one_country(w, f) && !named_before(w, i)) {
            add_country(w, row_country(ctx, TOWN, f->rows[TOWN][0]), (float)w->ctx->w[P_ONLY_ONE]);
        }
    }
}

/* ---- what stands beside a name ---- */
static void push_beside(struct beside *b, dg_str iso3, dg_str admin1, uint32_t from)
{
    if (b->n >= BESIDE)
        return;
    b->iso3[b->n] = iso3;
    b->admin1[b->n] = admin1;
    b->from[b->n++] = from;
}

void dgi_pl_add_beside(const struct dgi_place_ctx *ctx, struct beside *b, const struct found *f, uint32_t from,
                       bool regions)
{
    if (f->n_rows[COUNTRY])
        push_beside(b, row_country(ctx, COUNTRY, f->rows[COUNTRY][0]), (dg_str){NULL, 0}, from);
    if (f->n_rows[REGION] == 1 && !f->none && row_country(ctx, REGION, f->rows[REGION][0]).len == 3)
        push_beside(b, row_country(ctx, REGION, f->rows[REGION][0]), (dg_str){NULL, 0}, from);
    for (uint32_t i = 0; regions && i < f->n_rows[GAZ] && i < MOST_ROWS; i++)
        if (dgi_str_is(dgi_table_cell(ctx->t[GAZ], f->rows[GAZ][i], GAZ_KIND), "admin1"))
            push_beside(b, row_country(ctx, GAZ, f->rows[GAZ][i]),
                        dgi_table_cell(ctx->t[GAZ], f->rows[GAZ][i], GAZ_ADMIN1), from);
}

uint32_t dgi_pl_within(const struct work *w, const struct choice *c, const struct beside *b)
{
    dg_str iso3 = row_country(w->ctx, c->table, c->row), admin1 = row_admin1(w->ctx, c->table, c->row);
    for (uint32_t i = 0; i < b->n && c->table != COUNTRY; i++)
        if (dgi_str_eq(iso3, b->iso3[i]) && (!b->admin1[i].len || dgi_str_eq(b->admin1[i], admin1)))
            return i;
    return DGI_NONE;
}

/* What the name itself spoke for, which tells nothing about it. */
static void own_words(const struct work *w, const struct found *f, struct beside *b)
{
    b->n = 0;
    b->comma = b->spelt = false;
    b->own = f->n_rows[COUNTRY] || f->n_rows[REGION] == 1 || !f->n_rows[GAZ] ? 0 : vote_of(w, f);
    b->own_iso3 = b->own_admin1 = (dg_str){NULL, 0};
    if (b->own > 0 && !dgi_str_is(dgi_table_cell(w->ctx->t[GAZ], f->rows[GAZ][0], GAZ_KIND), "capital"))
        b->own_iso3 = row_country(w->ctx, GAZ, f->rows[GAZ][0]);
    if (f->n_rows[GAZ] && dgi_str_is(dgi_table_cell(w->ctx->t[GAZ], f->rows[GAZ][0], GAZ_KIND), "admin1"))
        b->own_admin1 = dgi_table_cell(w->ctx->t[GAZ], f->rows[GAZ][0], GAZ_ADMIN1);
}

/* Does "and" or "or" stand between found name k and the next? */
static bool in_row(const struct work *w, uint32_t k)
{
    const struct found *f = &w->list.f[k];
    return w->list.f[k + 1].tok == f->tok + f->n_tok + 1 && in(w, f->tok + f->n_tok, DGI_W_AND_OR);
}

/* Does another state follow the state's name k in a list ("Georgia, Ukraine and Moldova")? Then it contains nothing before it. */
static bool in_list_of_states(const struct work *w, uint32_t k)
{
    const struct found *f = &w->list.f[k], *g = f + 1;
    uint32_t end = f->tok + f->n_tok;
    return k + 1 < w->list.n && f->n_rows[COUNTRY] && g->n_rows[COUNTRY] && g->tok == end + 1 &&
           (dgi_str_is(form(w, end), ",") || in(w, end, DGI_W_AND_OR));
}

/* Is found name k a town with its state behind it ("Cordova, Tennessee")? */
static bool contained(const struct work *w, uint32_t k)
{
    const struct found *f = &w->list.f[k], *g = &w->list.f[k + 1];
    uint32_t end = f->tok + f->n_tok;
    if (k + 1 >= w->list.n || g->tok != end + 1 || !(dgi_str_is(form(w, end), ",") || in(w, end, DGI_W_IN)) ||
        !(f->n_rows[GAZ] || f->n_rows[TOWN]) || f->n_rows[COUNTRY])
        return false;
    struct beside b = {.n = 0};
    dgi_pl_add_beside(w->ctx, &b, g, k + 1, true);
    for (uint8_t t = 0; b.n && t < N_TABLES; t++)
        for (uint32_t r = 0; is_town_table(t) && r < f->n_rows[t] && r < MOST_ROWS; r++)
            if (dgi_pl_within(w, &(struct choice){.table = t, .row = f->rows[t][r]}, &b) != DGI_NONE)
                return true;
    return false;
}

/* Has the name a place in this country, and, where the region is named, in it? */
static bool lies_in(const struct work *w, const struct found *f, dg_str iso3, dg_str admin1)
{
    for (uint8_t k = 0; k < N_TABLES; k++)
        for (uint32_t i = 0; is_town_table(k) && i < f->n_rows[k] && i < MOST_ROWS; i++)
            if (dgi_str_eq(row_country(w->ctx, k, f->rows[k][i]), iso3) &&
                (!admin1.len || dgi_str_eq(row_admin1(w->ctx, k, f->rows[k][i]), admin1)))
                return true;
    return false;
}

/* "Cairo, Georgia": is what stands behind the comma, a state's name too, the region, as the name has a place there and none in
 * the state? */
static bool is_region_of(const struct work *w, const struct found *f, const struct found *g)
{
    if (!g->n_rows[COUNTRY] || f->n_rows[COUNTRY] || g->adjective ||
        lies_in(w, f, row_country(w->ctx, COUNTRY, g->rows[COUNTRY][0]), (dg_str){NULL, 0}))
        return false;
    for (uint32_t k = 0; k < g->n_rows[GAZ] && k < MOST_ROWS; k++)
        if (dgi_str_is(dgi_table_cell(w->ctx->t[GAZ], g->rows[GAZ][k], GAZ_KIND), "admin1") &&
            lies_in(w, f, row_country(w->ctx, GAZ, g->rows[GAZ][k]), row_admin1(w->ctx, GAZ, g->rows[GAZ][k])))
            return true;
    return false;
}

/* "Aleppo, Syria", "Homs province in Syria", "the Syrian city of Homs", "Syria's Idlib" */
void dgi_pl_look_beside(const struct work *w, uint32_t i, struct beside *b)
{
    const struct found *f = &w->list.f[i];
    const struct dgi_doc *doc = w->doc;
    uint32_t sent = doc->toks[f->tok].sent, end = f->tok + f->n_tok;
    own_words(w, f, b);
    uint32_t next = i + 1;
    while (next < w->list.n && next <= i + 3 && w->list.f[next].tok == end + 1 && w->list.f[next].keep &&
           doc->toks[w->list.f[next].tok].sent == sent &&
           (in(w, end, DGI_W_AND_OR) || (next + 1 < w->list.n && dgi_str_is(form(w, end), ",") && in_row(w, next)))) {
        end = w->list.f[next].tok + w->list.f[next].n_tok; /* "Nashville and Cordova, Tennessee" */
        next++;
    }
    if (next > i + 1 && !contained(w, next - 1)) {
        next = i + 1;
        end = f->tok + f->n_tok;
    }
    const uint32_t from = next - 1;
    for (uint32_t k = next; k < w->list.n && k <= from + 2; k++) { /* "Paris, Lamar County, Texas" */
        const struct found *g = &w->list.f[k];
        if (doc->toks[g->tok].sent != sent || g->tok > end + 7 || g->none)
            break;
        bool comma = (dgi_str_is(form(w, end), ",") || dgi_str_is(form(w, end), "(")) && g->tok <= end + 2;
        if (comma && in_list_of_states(w, k))
            break;
        if (k == i + 1 && comma && dgi_str_is(form(w, end), ",") && g->tok == end + 1 && !g->adjective)
            b->spelt = !in(w, g->tok + g->n_tok, DGI_W_AND_OR);
        bool inside = g->tok == end + 1 && (in(w, end, DGI_W_IN));
        bool noun_in = g->tok == end + 2 && is_place_noun(w, form(w, end)) && in(w, end + 1, DGI_W_IN);
        if (!comma && !inside && !noun_in) {
            /* "Victoria, the capital of Seychelles" */
            bool kind_of = dgi_str_is(form(w, end), ",") && g->tok <= end + 7 && in(w, g->tok - 1, DGI_W_OF_IN),
                 noun = false;
            for (uint32_t t = end + 1; kind_of && t < g->tok; t++)
                noun = noun || (is_place_noun(w, form(w, t)) && !starts_upper(form(w, t)));
            if (!noun)
                break;
        }
        if (comma && k == i + 1 && is_region_of(w, f, g)) {
            struct found region = *g;
            region.n_rows[COUNTRY] = 0;
            dgi_pl_add_beside(w->ctx, b, &region, k, true);
            b->comma = true;
        } else if (!g->adjective && !(f->n_rows[COUNTRY] && g->n_rows[COUNTRY])) { /* "Russia, U.S. officials said" */
            if (comma && k == i + 1 && !g->n_rows[REGION])
                b->comma = g->n_rows[COUNTRY] ? !g->n_rows[GAZ] : g->n_rows[GAZ] && states_itself(w, g);
            dgi_pl_add_beside(w->ctx, b, g, k, comma || (g->n_rows[GAZ] && !g->n_rows[COUNTRY] && states_itself(w, g)));
        }
        end = g->tok + g->n_tok;
    }
    if (i > 0) {
        const struct found *g = &w->list.f[i - 1];
        uint32_t gap_from = g->tok + g->n_tok;
        if (doc->toks[g->tok].sent == sent && !g->none && f->tok - gap_from <= 5 && f->tok >= gap_from) {
            bool ok = f->tok == gap_from; /* "Syria Homs"; "Syrian Homs" */
            if (f->tok == gap_from + 1 && dgi_str_starts(form(w, gap_from), DGI_S("'")))
                ok = true;
            for (uint32_t t = gap_from; t < f->tok; t++)
                ok = ok || (is_place_noun(w, form(w, t)) && g->adjective);
            if (f->tok > gap_from && dgi_str_is(form(w, gap_from), ","))
                ok = false;
            if (ok && (g->adjective || f->tok > gap_from))
                dgi_pl_add_beside(w->ctx, b, g, i - 1, g->n_rows[GAZ] && !g->n_rows[COUNTRY] && states_itself(w, g));
        }
    }
}

/* In "Georgia and Florida", "Georgia, Ukraine and Moldova" the names are of one kind. Which does a neighbour show?
 * 1 country, 2 first-order region (its country in *iso3), 0 nothing. */
static uint8_t sibling(const struct work *w, uint32_t i, dg_str *iso3)
{
    const struct found *f = &w->list.f[i];
    for (int side = 0; side < 2; side++) {
        if (side == 0 && i == 0)
            continue;
        if (side == 1 && i + 1 >= w->list.n)
            continue;
        const struct found *g = &w->list.f[side ? i + 1 : i - 1], *l = side ? f : g, *r = side ? g : f;
        uint32_t gap = l->tok + l->n_tok;
        if (!g->keep || g->unknown || r->tok < gap || r->tok - gap < 1 || r->tok - gap > 2 ||
            w->doc->toks[l->tok].sent != w->doc->toks[r->tok].sent)
            continue;
        dg_str j = form(w, r->tok - 1);
        if (!in(w, r->tok - 1, DGI_W_AND_OR) && !dgi_str_is(j, ","))
            continue;
        if (dgi_str_is(j, ",") && side == 1 && g->n_rows[GAZ] && !f->n_rows[COUNTRY])
            continue; /* "Paris, Texas" */
        if (g->n_rows[COUNTRY] && !g->n_rows[GAZ])
            return 1;
        if (!g->n_rows[COUNTRY] && g->n_rows[GAZ] &&
            dgi_str_is(dgi_table_cell(w->ctx->t[GAZ], g->rows[GAZ][0], GAZ_KIND), "admin1")) {
            *iso3 = row_country(w->ctx, GAZ, g->rows[GAZ][0]);
            return 2;
        }
    }
    return 0;
}

/* Does the sentence name the country, by noun or adjective, near found name i? */
static bool country_near(const struct work *w, uint32_t i, dg_str iso3)
{
    uint32_t sent = w->doc->toks[w->list.f[i].tok].sent;
    for (uint32_t k = i > 6 ? i - 6 : 0; k < w->list.n && k <= i + 6; k++) {
        const struct found *g = &w->list.f[k];
        if (k != i && g->n_rows[COUNTRY] && !g->none && w->doc->toks[g->tok].sent == sent &&
            (g->adjective || !g->n_rows[GAZ]) && dgi_str_eq(row_country(w->ctx, COUNTRY, g->rows[COUNTRY][0]), iso3))
            return true;
    }
    return false;
}

/* A small town that has the name of another state of its country. */
static bool of_other_state(const struct work *w, const struct found *f, uint8_t table, uint32_t row)
{
    enum { FAR_LARGER = 20 };
    const struct dgi_table *g = w->ctx->t[GAZ];
    if (!f->n_rows[GAZ] || !dgi_str_is(dgi_table_cell(g, f->rows[GAZ][0], GAZ_KIND), "admin1"))
        return false;
    return dgi_str_eq(row_country(w->ctx, table, row), row_country(w->ctx, GAZ, f->rows[GAZ][0])) &&
           !dgi_str_eq(dgi_table_cell(w->ctx->t[table], row, GAZ_ADMIN1),
                       dgi_table_cell(g, f->rows[GAZ][0], GAZ_ADMIN1)) &&
           FAR_LARGER * row_number(w->ctx->t[table], row, GAZ_POP) < row_number(g, f->rows[GAZ][0], GAZ_POP);
}

/* ---- the readings of a name, and what the document's other names say for each ---- */
/* What the words beside a name say for a reading, in powers of ten of inhabitants. */
static double beside_boost(const struct work *w, const struct reading *r, const struct beside *b)
{
    double s = 0;
    dg_str iso3 = row_country(w->ctx, r->table, r->row), admin1 = row_admin1(w->ctx, r->table, r->row);
    for (uint32_t i = 0; i < b->n; i++)
        if (r->table != COUNTRY && dgi_str_eq(iso3, b->iso3[i]) &&
            (!b->admin1[i].len || dgi_str_eq(b->admin1[i], admin1)))
            s += w->ctx->w[P_BESIDE] / (1 + i) * (i == 0 && b->spelt ? 2 : 1);
    return s;
}

static dg_str kind_of_row(const struct work *w, uint8_t table, uint32_t row)
{
    return table == COUNTRY ? (dg_str){NULL, 0}
                            : dgi_table_cell(w->ctx->t[table], row, is_town_table(table) ? GAZ_KIND : RE_KIND);
}

/* What the name of its country says for a town: "U.S. envoys in Geneva" says little for the Genevas of New York and Ohio. */
static double bulk(const struct work *w, uint8_t table, uint32_t row)
{
    const double none = 3.5, full = 5; /* powers of ten of inhabitants */
    if (!is_town_table(table))
        return 1;
    double people = log10(1 + row_number(w->ctx->t[table], row, GAZ_POP));
    return fmin(1, fmax(w->ctx->w[P_BULK], (people - none) / (full - none)));
}

/* How likely a reading is by itself and by what the document counts for its country and its state. */
static double base_score(const struct work *w, uint8_t table, uint32_t row, const struct beside *b)
{
    const double *q = w->ctx->w;
    const struct dgi_table *t = w->ctx->t[table];
    dg_str iso3 = row_country(w->ctx, table, row), admin1 = row_admin1(w->ctx, table, row),
           kind = kind_of_row(w, table, row);
    double s;
    if (is_town_table(table)) {
        s = (table == TOWN ? q[P_TOWN] : 0) + q[P_PEOPLE] * log10(row_number(t, row, GAZ_POP) + 300) +
            q[P_FAME] * log10(1 + row_number(t, row, GAZ_FAME));
        bool state = dgi_str_is(kind, "admin1");
        s += dgi_str_is(kind, "capital")   ? q[P_CAPITAL]
             : dgi_str_is(kind, "seat")    ? q[P_SEAT]
             : state                       ? q[P_ADMIN1]
             : dgi_str_is(kind, "admin2")  ? q[P_ADMIN2]
             : dgi_str_is(kind, "natural") ? q[P_NATURAL]
                                           : 0;
        bool own = b->own_admin1.len && dgi_str_eq(admin1, b->own_admin1) && !dgi_str_is(kind, "capital");
        if (!state && !own)
            s += q[P_STORY] * fmin(2.5, log10(1 + 3 * admin1_weight(w, iso3, admin1)));
    } else if (table == COUNTRY) {
        s = q[P_STATE];
    } else {
        s = dgi_str_is(kind, "city") ? q[P_SITE] : q[P_REGION];
        if (dgi_str_is(kind, "sea") || dgi_str_is(kind, "ocean"))
            s += q[P_STORY]; /* before the province that is called after it */
    }
    uint32_t r = country_row(w->ctx, iso3);
    float votes = r == DGI_NONE ? 0 : w->country[r] - (dgi_str_eq(iso3, b->own_iso3) ? b->own : 0);
    if (votes > 0)
        s += bulk(w, table, row) * q[P_COUNTRY] * fmin(1.5, log10(1 + 3 * (double)votes)) *
             (dgi_str_is(kind, "capital") ? 3 : 1); /* "In Washington, Russians expelled from the United States ..." */
    return s;
}

/* "Lebanon City Council", "Jordan firefighters": what towns have and states do not stands behind the name. */
static bool of_town(const struct work *w, const struct found *f)
{
    enum { MOST = 40 };
    uint32_t b = f->tok + f->n_tok, end = w->doc->sents[w->doc->toks[f->tok].sent].end;
    char buf[MOST];
    dg_str one = form(w, b), two = form(w, b + 1);
    if (b >= end)
        return false;
    if (in_place_set(w, one, "civic"))
        return true;
    if (b + 1 >= end || one.len + two.len + 1 > MOST)
        return false;
    memcpy(buf, one.ptr, one.len);
    buf[one.len] = ' ';
    memcpy(buf + one.len + 1, two.ptr, two.len);
    return in_place_set(w, (dg_str){buf, one.len + 1 + two.len}, "civic");
}

/* What is said by the sentence of one mention. */
static void mention_boosts(const struct work *w, uint32_t at, const struct beside *b, struct name *n, double *boost)
{
    const double *q = w->ctx->w;
    const struct found *f = &w->list.f[at];
    dg_str iso3 = {NULL, 0};
    uint8_t kin = n->n > 1 ? sibling(w, at, &iso3) : 0;
    bool the = f->tok > w->doc->sents[w->doc->toks[f->tok].sent].first && in(w, f->tok - 1, DGI_W_THE);
    bool town = n->n > 1 && n->n_rows[COUNTRY] && of_town(w, f);
    for (uint32_t i = 0; i < n->n; i++) {
        const struct reading *r = &n->r[i];
        dg_str land = row_country(w->ctx, r->table, r->row);
        boost[i] = beside_boost(w, r, b);
        if (is_town_table(r->table) && n->n > 1 && country_near(w, at, land))
            boost[i] += q[P_SENTENCE] * bulk(w, r->table, r->row);
        if (kin == 1 && r->table == COUNTRY)
            boost[i] += q[P_SIBLING];
        else if (kin == 2 && r->table == GAZ && dgi_str_eq(land, iso3) &&
                 dgi_str_is(kind_of_row(w, GAZ, r->row), "admin1"))
            boost[i] += q[P_SIBLING];
        if (town && is_town_table(r->table) && !dgi_str_is(kind_of_row(w, r->table, r->row), "admin1"))
            boost[i] += 2 * q[P_BESIDE];
        if (the && (r->table == REGION || dgi_str_is(kind_of_row(w, r->table, r->row), "natural")))
            boost[i] += q[P_THE];
    }
}

static double sum_of(const struct work *w, const struct name *n, uint32_t i, double boost)
{
    const double *q = w->ctx->w;
    const struct reading *r = &n->r[i];
    double s = r->base + boost + q[P_NEAR] * log10(1 + 3 * (double)r->near) +
               q[P_PSTATE] * log10(1 + 3 * (double)r->state_near) + q[P_PLAND] * log10(1 + 3 * (double)r->land_near);
    if (r->other && boost < q[P_BESIDE] / 2)
        s += q[P_OTHER];
    return s;
}

static void make_likely(const struct work *w, struct name *n)
{
    double best = -INFINITY, all = 0;
    for (uint32_t i = 0; i < n->n; i++)
        best = fmax(best, sum_of(w, n, i, n->r[i].boost));
    for (uint32_t i = 0; i < n->n; i++)
        all += exp(w->ctx->w[P_SHARP] * (sum_of(w, n, i, n->r[i].boost) - best));
    for (uint32_t i = 0; i < n->n; i++)
        n->r[i].p = (float)(exp(w->ctx->w[P_SHARP] * (sum_of(w, n, i, n->r[i].boost) - best)) / all);
}

/* How much of name o lies about a reading, in its state, in its country. */
static void add_near(const struct work *w, const struct name *o, struct reading *r, float cos_lat)
{
    const float far_km = (float)w->ctx->w[P_FAR], degree_km = 111;
    if (!o->n)
        return;
    float near = 0, state = 0, land = 0, even = (float)w->ctx->w[P_EVEN], flat = 1 / sqrtf((float)o->n), most = 0;
    for (uint32_t i = 0; i < o->n; i++) {
        const struct reading *x = &o->r[i];
        if (x->land && x->land == r->land && x->table != COUNTRY) /* countries by name are counted already */
            land += x->p;
        if (x->state && x->state == r->state)
            state += x->p;
        float y = (x->lat - r->lat) * degree_km, z = (x->lon - r->lon) * degree_km * cos_lat, d2 = y * y + z * z;
        if (!(d2 < far_km * far_km))
            continue; /* also where one of them is wide */
        float k = 1 - sqrtf(d2) / far_km;
        near += x->p * k;
        if (k > most)
            most = k;
    }
    r->near += (1 - even) * near + even * most * flat;
    r->state_near += state;
    r->land_near += land;
}

static void weigh_names(struct work *w)
{
    enum { ROUNDS = 3 };
    for (int k = 0; k < ROUNDS; k++) {
        for (uint32_t i = 0; i < w->n_names; i++)
            make_likely(w, &w->names[i]);
        for (uint32_t i = 0; i < w->n_names; i++)
            for (uint32_t c = 0; c < w->names[i].n && w->names[i].n > 1; c++) {
                struct reading *r = &w->names[i].r[c];
                const float radian = 0.01745329F;
                r->near = r->state_near = r->land_near = 0;
                float cos_lat = isnan(r->lat) ? 1 : cosf(r->lat * radian);
                for (uint32_t o = 0; o < w->n_names; o++)
                    if (o != i)
                        add_near(w, &w->names[o], r, cos_lat);
            }
    }
}

/* How near the home of its paper a place lies: 1 there, 0 far off. */
static double near_home(const struct work *w, const struct reading *r)
{
    const double degree_km = 111, radian = 0.01745329, far = w->ctx->w[P_FAR];
    double y = (r->lat - w->home_lat) * degree_km, x = (r->lon - w->home_lon) * degree_km * cos(w->home_lat * radian),
           d = sqrt(x * x + y * y);
    return d < far ? 1 - d / far : 0; /* also where one is not known */
}

/* Has the name the same rows in every table, whatever its spelling ("Saint Louis", "St. Louis")? */
static bool same_rows(const struct name *n, const struct found *f)
{
    bool any = false;
    for (int k = 0; k < N_TABLES; k++) {
        if (f->n_rows[k] != n->n_rows[k] || (f->n_rows[k] && f->rows[k] != n->rows[k]))
            return false;
        any = any || f->n_rows[k];
    }
    return any;
}

static struct name *find_name(const struct work *w, const struct found *f)
{
    uint64_t key = name_of(w, f);
    for (uint32_t i = 0; i < w->n_names; i++)
        if (w->names[i].key == key || same_rows(&w->names[i], f))
            return &w->names[i];
    return NULL;
}

const struct name *dgi_pl_name(const struct work *w, const struct found *f)
{
    return find_name(w, f);
}

static uint32_t rows_of(const struct name *n)
{
    uint32_t all = 0;
    for (int k = 0; k < N_TABLES; k++)
        all += n->n_rows[k] < MOST_ROWS ? n->n_rows[k] : MOST_ROWS;
    return all;
}

static uint32_t key_of(dg_str a, dg_str b)
{
    return b.len ? (uint32_t)(dgi_str_hash(a) * 31 + dgi_str_hash(b)) | 1 : a.len ? (uint32_t)dgi_str_hash(a) | 1 : 0;
}

/* The readings of a name into n->r, which has room for rows_of(n). */
static void fill_readings(const struct work *w, struct name *n, const struct found *f)
{
    struct beside b;
    own_words(w, f, &b);
    n->n = 0;
    for (uint8_t k = 0; k < N_TABLES; k++)
        for (uint32_t i = 0; i < n->n_rows[k] && i < MOST_ROWS; i++) {
            struct reading *r = &n->r[n->n++];
            uint32_t row = n->rows[k][i];
            dg_str iso3 = row_country(w->ctx, k, row), kind = kind_of_row(w, k, row);
            *r = (struct reading){.row = row, .table = k, .land = key_of(iso3, (dg_str){NULL, 0})};
            r->state = key_of(iso3, row_admin1(w->ctx, k, row));
            bool wide = k == COUNTRY || dgi_str_is(kind, "admin1") || dgi_str_is(kind, "natural") ||
                        (k == REGION && !dgi_str_is(kind, "city"));
            r->lat = wide ? NAN : (float)row_number(w->ctx->t[k], row, is_town_table(k) ? GAZ_LAT : RE_LAT);
            r->lon = wide ? NAN : (float)row_number(w->ctx->t[k], row, is_town_table(k) ? GAZ_LON : RE_LON);
            r->base = base_score(w, k, row, &b) + w->ctx->w[P_PAPER_NEAR] * near_home(w, r);
            r->other = (k == TOWN && n->n_rows[COUNTRY]) || (is_town_table(k) && of_other_state(w, f, k, row));
        }
}

/* Where "Lamar County" is named, "Lamar" may be that county. */
static void name_counties(const struct work *w)
{
    enum { MOST_COUNTIES = 16 };
    uint32_t n = 0;
    for (uint32_t i = 0; i < w->list.n && n < MOST_COUNTIES; i++) {
        const struct found *g = &w->list.f[i];
        if (!g->keep || g->n_tok < 2 || !g->n_rows[TOWN] || !in_place_set(w, form(w, g->tok + g->n_tok - 1), "noun") ||
            named_before(w, i))
            continue;
        n++;
        for (uint32_t k = 0; k < w->list.n; k++) {
            struct found *f = &w->list.f[k];
            if (f->keep && !f->unknown && !f->road && !f->n_rows[TOWN] && f->n_tok + 1 == g->n_tok &&
                dgi_str_eq(form(w, f->tok), form(w, g->tok)) &&
                dgi_str_eq(form(w, f->tok + f->n_tok - 1), form(w, g->tok + f->n_tok - 1))) {
                struct name *own = find_name(w, f);
                f->rows[TOWN] = g->rows[TOWN];
                f->n_rows[TOWN] = g->n_rows[TOWN];
                if (own) {
                    own->rows[TOWN] = f->rows[TOWN];
                    own->n_rows[TOWN] = f->n_rows[TOWN];
                }
            }
        }
    }
}

/* Where "Wash." is written, "Washington" is rather the state. */
static void name_short_states(const struct work *w)
{
    for (uint32_t i = 0; i < w->n_names; i++)
        for (uint32_t c = 0; c < w->names[i].n && w->names[i].n > 1; c++) {
            struct reading *r = &w->names[i].r[c];
            if (r->table != GAZ || !dgi_str_is(kind_of_row(w, GAZ, r->row), "admin1"))
                continue;
            for (uint32_t o = 0; o < w->n_names; o++)
                if (w->names[o].n == 1 && w->names[o].r[0].table == GAZ && w->names[o].r[0].row == r->row)
                    r->base += w->ctx->w[P_STORY];
        }
}

/* "Tacoma, Washington": a word for the state, once for each place. */
static void count_pair(struct work *w, uint32_t at)
{
    const struct found *f = &w->list.f[at];
    struct beside b;
    if (named_before(w, at))
        return;
    dgi_pl_look_beside(w, at, &b);
    for (uint8_t k = 0; b.n && k < N_TABLES; k++)
        for (uint32_t i = 0; is_town_table(k) && i < f->n_rows[k] && i < MOST_ROWS; i++) {
            uint32_t in_it = dgi_pl_within(w, &(struct choice){.table = k, .row = f->rows[k][i]}, &b);
            if (in_it != DGI_NONE && b.admin1[in_it].len) {
                add_admin1(w, k, f->rows[k][i], (float)w->ctx->w[P_PAIR]);
                return;
            }
        }
}

/* Gathers the names of the document, each once, and weighs their readings against each other. False: no memory. */
bool dgi_pl_weigh(struct work *w)
{
    w->names = dgi_arena_array(w->ctx->scratch, MOST_NAMES, sizeof *w->names);
    if (!w->names)
        return false;
    for (uint32_t i = 0; i < w->list.n; i++) {
        struct found *f = &w->list.f[i];
        if (!f->keep || f->unknown || f->road)
            continue;
        struct name *n = find_name(w, f);
        if (!n && w->n_names < MOST_NAMES) {
            n = &w->names[w->n_names++];
            n->key = name_of(w, f);
        }
        for (int k = 0; n && k < N_TABLES; k++)
            if (f->n_rows[k]) {
                n->rows[k] = f->rows[k];
                n->n_rows[k] = f->n_rows[k];
            }
    }
    name_counties(w);
    for (uint32_t i = 0; i < w->list.n; i++)
        if (w->list.f[i].keep && !w->list.f[i].unknown && !w->list.f[i].road)
            count_pair(w, i);
    for (uint32_t i = 0; i < w->list.n; i++) {
        struct found *f = &w->list.f[i];
        struct name *n = f->keep && !f->unknown && !f->road ? find_name(w, f) : NULL;
        for (int k = 0; n && k < N_TABLES; k++) { /* what one sentence asked the table of towns holds for the others */
            f->rows[k] = n->rows[k];
            f->n_rows[k] = n->n_rows[k];
        }
        if (n && !n->r) {
            if (!(n->r = dgi_arena_array(w->ctx->scratch, rows_of(n) + 1, sizeof *n->r)))
                return false;
            fill_readings(w, n, f);
        }
        if (n) {
            double boost[MOST_ROWS * N_TABLES];
            struct beside b;
            dgi_pl_look_beside(w, i, &b);
            mention_boosts(w, i, &b, n, boost);
            for (uint32_t c = 0; c < n->n; c++)
                if (boost[c] > n->r[c].boost)
                    n->r[c].boost = (float)boost[c];
        }
    }
    name_short_states(w);
    weigh_names(w);
    return true;
}

/* The best reading of the name found at `at`, and all in `every` (MOST_ROWS of each table), *n of them. */
bool dgi_pl_choose(const struct work *w, uint32_t at, const struct beside *b, struct choice *best, struct choice *every,
                   uint32_t *n_every)
{
    const struct found *f = &w->list.f[at];
    struct reading spare[MOST_ROWS * N_TABLES];
    struct name one = {.r = spare}, *n = find_name(w, f);
    double boost[MOST_ROWS * N_TABLES];
    bool known = n != NULL;
    if (!n) {
        memcpy(one.rows, f->rows, sizeof one.rows);
        memcpy(one.n_rows, f->n_rows, sizeof one.n_rows);
        fill_readings(w, &one, f);
        n = &one;
    }
    mention_boosts(w, at, b, n, boost);
    best->score = -INFINITY;
    *n_every = n->n;
    for (uint32_t i = 0; i < n->n; i++) {
        double s = sum_of(w, n, i, known && !b->n && n->r[i].boost > boost[i] ? n->r[i].boost : boost[i]);
        every[i] = (struct choice){n->r[i].table, n->r[i].row, s};
        if (s > best->score)
            *best = every[i];
    }
    return n->n > 0;
}

/* A name of a dateline, of which `b` tells what stands behind it. */
double dgi_pl_score(const struct work *w, uint8_t table, uint32_t row, const struct beside *b)
{
    struct reading r = {.table = table, .row = row};
    return base_score(w, table, row, b) + beside_boost(w, &r, b);
}
