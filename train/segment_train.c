/* SPDX-License-Identifier: Apache-2.0 */
/* train/segment_train.c: trains models/segment.dgm, and measures it.
 *
 *   segment_train train OUT.dgm ABBREVIATIONS.tsv FILE.conllu... [LINES.txt]
 *                GUM_whow_* and GUM_fiction_* documents are left out; LINES: news, one sentence a line, for sentence ends
 *   segment_train eval MODEL.dgm en.lex FILE.conllu...               tokens, words, sentences: P, R, F1
 *   segment_train errors MODEL.dgm en.lex FILE.conllu                what is wrong, to look at
 *   segment_train speed MODEL.dgm en.lex FILE.txt
 *                en.lex: the compiled lexicon/en, for the contractions (make build)
 *
 * The raw text is put together from the CoNLL-U: SpaceAfter=No inside a paragraph, `# newpar` and `# newdoc` as paragraph
 * breaks. Two logistic models (AdaGrad, fixed order from a fixed seed) over the library's own features, rounded to 8 bits.
 * A tenth of the paragraphs is seen again in capitals and in lower case. Half a minute. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/utf8.h"
#include "text/segment.h"
#include "text/segment_core.h"

enum { N_W = 1 << DGI_SEG_BITS, PASSES = 12, DROP = 40 };
static const float RATE = 0.15f, DECAY = 2e-6f;

/* ---- corpus ---- */
struct par {
    uint32_t start, end; /* bytes of text */
    uint32_t tok, n_tok; /* gold surface tokens */
};
struct gold_tok {
    uint32_t start, end;
    bool ends_sent, starts_sent;
    uint8_t n_words;
    uint32_t word_end[6]; /* byte ends of words, when they are slices */
};
struct corpus {
    char *text;
    size_t n, cap;
    struct par *pars;
    uint32_t n_pars, cap_pars;
    struct gold_tok *toks;
    uint32_t n_toks, cap_toks;
};

static void *grow(void *p, uint32_t n, uint32_t *cap, size_t size)
{
    if (n < *cap)
        return p;
    *cap = *cap ? *cap * 2 : 1024;
    p = realloc(p, *cap * size);
    if (!p)
        exit(3);
    return p;
}

static void put(struct corpus *c, const char *s, size_t n)
{
    while (c->n + n + 1 > c->cap)
        if (!(c->text = realloc(c->text, c->cap = c->cap ? c->cap * 2 : 1 << 20)))
            exit(3);
    memcpy(c->text + c->n, s, n);
    c->n += n;
}

static void read_conllu(struct corpus *c, const char *path, bool drop_nc)
{
    FILE *f = fopen(path, "r");
    if (!f) {
        fprintf(stderr, "segment_train: cannot open '%s'\n", path);
        exit(1);
    }
    static char line[1 << 16];
    bool skip_doc = false, new_par = true, first = true, glue = false, in_sent = false;
    long skip_to = 0;
    while (fgets(line, sizeof line, f)) {
        size_t len = strcspn(line, "\n");
        line[len] = 0;
        if (!strncmp(line, "# newdoc", 8)) {
            const char *id = strstr(line, "= ");
            skip_doc = drop_nc && id && (!strncmp(id + 2, "GUM_whow_", 9) || !strncmp(id + 2, "GUM_fiction_", 12));
            new_par = true;
        }
        if (!strncmp(line, "# newpar", 8))
            new_par = true;
        if (len == 0) {
            if (in_sent && !skip_doc && c->n_toks)
                c->toks[c->n_toks - 1].ends_sent = true;
            first = true;
            in_sent = false;
            skip_to = 0;
        }
        if (len == 0 || line[0] == '#' || skip_doc)
            continue;
        char *col[10], *p = line;
        int k = 0;
        for (; k < 10 && p; k++) {
            col[k] = p;
            if ((p = strchr(p, '\t')))
                *p++ = 0;
        }
        if (k < 10 || strchr(col[0], '.'))
            continue;
        char *dash = strchr(col[0], '-');
        long id = atol(col[0]);
        if (!dash && id <= skip_to) { /* a word of the range above */
            struct gold_tok *t = &c->toks[c->n_toks - 1];
            uint32_t at = t->n_words ? t->word_end[t->n_words - 1] : t->start;
            if (t->n_words < 6)
                t->word_end[t->n_words++] = at + (uint32_t)strlen(col[1]);
            continue;
        }
        if (new_par) {
            if (c->n)
                put(c, "\n\n", 2);
            c->pars = grow(c->pars, c->n_pars, &c->cap_pars, sizeof *c->pars);
            c->pars[c->n_pars++] = (struct par){.start = (uint32_t)c->n, .tok = c->n_toks};
            new_par = false;
        } else if (!glue) {
            put(c, " ", 1);
        }
        c->toks = grow(c->toks, c->n_toks, &c->cap_toks, sizeof *c->toks);
        struct gold_tok *t = &c->toks[c->n_toks++];
        *t = (struct gold_tok){.start = (uint32_t)c->n, .starts_sent = first};
        put(c, col[1], strlen(col[1]));
        t->end = (uint32_t)c->n;
        if (dash)
            skip_to = atol(dash + 1);
        else
            t->n_words = 1, t->word_end[0] = t->end;
        struct par *pp = &c->pars[c->n_pars - 1];
        pp->end = (uint32_t)c->n;
        pp->n_tok = c->n_toks - pp->tok;
        first = false;
        in_sent = true;
        glue = strstr(col[9], "SpaceAfter=No") != NULL;
    }
    fclose(f);
}

/* ---- logistic regression ---- */
struct example {
    uint32_t first; /* into the pool of features */
    uint8_t n;
    int8_t y;
};
struct task {
    float *w, *g, bias, gbias;
    struct example *ex;
    uint32_t n, cap;
    uint32_t *pool;
    uint32_t n_pool, cap_pool;
};

static void add_example(struct task *t, const uint32_t *f, uint32_t n, bool y)
{
    t->ex = grow(t->ex, t->n, &t->cap, sizeof *t->ex);
    while (t->n_pool + n > t->cap_pool)
        if (!(t->pool = realloc(t->pool, (t->cap_pool = t->cap_pool ? t->cap_pool * 2 : 1 << 20) * sizeof *t->pool)))
            exit(3);
    memcpy(t->pool + t->n_pool, f, n * sizeof *f);
    t->ex[t->n++] = (struct example){t->n_pool, (uint8_t)n, y ? 1 : -1};
    t->n_pool += n;
}

static uint64_t rng = 88172645463325252ull;
static uint32_t rnd(uint32_t n)
{
    rng ^= rng << 13;
    rng ^= rng >> 7;
    rng ^= rng << 17;
    return (uint32_t)((rng >> 11) % n);
}

static void learn(struct task *t, const char *name)
{
    t->w = calloc(N_W, sizeof *t->w);
    t->g = calloc(N_W, sizeof *t->g);
    uint32_t *order = malloc((t->n + 1) * sizeof *order);
    if (!t->w || !t->g || !order)
        exit(3);
    for (uint32_t i = 0; i < t->n; i++)
        order[i] = i;
    for (int pass = 0; pass < PASSES; pass++) {
        for (uint32_t i = t->n; i > 1; i--) {
            uint32_t j = rnd(i), x = order[i - 1];
            order[i - 1] = order[j];
            order[j] = x;
        }
        uint32_t wrong = 0;
        for (uint32_t i = 0; i < t->n; i++) {
            const struct example *e = &t->ex[order[i]];
            const uint32_t *f = t->pool + e->first;
            uint32_t kept[DGI_SEG_MAX_FEATS], n = 0;
            float s = t->bias;
            for (uint32_t k = 0; k < e->n; k++) {
                if (rnd(100) < DROP)
                    continue;
                kept[n++] = f[k];
                s += t->w[f[k]];
            }
            f = kept;
            wrong += (s > 0) != (e->y > 0);
            float p = 1.0f / (1.0f + expf(e->y * s)), d = e->y * p;
            if (p < 1e-3f)
                continue;
            for (uint32_t k = 0; k < n; k++) {
                float gr = d - DECAY * t->w[f[k]] * 100;
                t->g[f[k]] += gr * gr;
                t->w[f[k]] += RATE * gr / (0.1f + sqrtf(t->g[f[k]]));
            }
            t->gbias += d * d;
            t->bias += RATE * d / (0.1f + sqrtf(t->gbias));
        }
        fprintf(stderr, "%s: pass %d, %u of %u wrong\n", name, pass + 1, wrong, t->n);
    }
    free(order);
}

static int32_t quantise(const struct task *t, int8_t *out)
{
    float max = 0;
    for (uint32_t i = 0; i < N_W; i++)
        if (fabsf(t->w[i]) > max)
            max = fabsf(t->w[i]);
    float clip = max > 2.0f ? 2.0f : max, scale = 127.0f / (clip > 0 ? clip : 1);
    for (uint32_t i = 0; i < N_W; i++) {
        float v = t->w[i] * scale;
        out[i] = (int8_t)lrintf(v > 127 ? 127 : v < -127 ? -127 : v);
    }
    return (int32_t)lrintf(t->bias * scale);
}

/* ---- training ---- */
/* A third of the abbreviations are seen as words that nobody knows, so that what the table says of their kind is learned
 * and not only how the frequent ones behave. */
static void hide_some(struct dgi_seg_token *tk, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        if (tk[i].abbr != DGI_ABBR_NONE && tk[i].abbr != DGI_ABBR_PREFIX && tk[i].last == '.' && rnd(3) == 0) {
            tk[i].hash = rnd(1u << 30);
            tk[i].cased = rnd(1u << 30);
        }
}

static void learn_paragraph(const struct dgi_seg_model *m, const struct corpus *c, dg_str text, const struct par *p,
                            struct task *cut, struct task *sent, uint64_t missed[2])
{
    uint32_t room = p->end - p->start + 1, feats[DGI_SEG_MAX_FEATS], n_chunks;
    struct dgi_seg_char *ch = malloc(room * sizeof *ch);
    struct dgi_seg_chunk *ck = malloc(room * sizeof *ck);
    struct dgi_seg_token *tk = malloc((p->n_tok + 1) * sizeof *tk);
    if (!ch || !ck || !tk)
        exit(3);
    dgi_seg_decode(text, p->start, p->end, ch, ck, &n_chunks);
    uint32_t g = p->tok, n = 0;
    const uint32_t g_end = p->tok + p->n_tok;
    for (uint32_t k = 0; k < n_chunks; k++) {
        uint32_t tok = ck[k].first, address = dgi_seg_address(m, ch, &ck[k]);
        while (g < g_end && c->toks[g].end <= ch[tok].byte)
            g++;
        for (uint32_t q = ck[k].first + 1; q <= ck[k].end; q++) {
            bool y = q == ck[k].end || (g < g_end && c->toks[g].end <= ch[q].byte);
            if (q < ck[k].end) {
                if (!dgi_seg_may_cut(ch, q)) {
                    missed[0] += y;
                    if (!y)
                        continue;
                } else {
                    int sure = dgi_seg_sure_cut(m, ch, &ck[k], address, q);
                    if (sure < 0)
                        add_example(cut, feats, dgi_seg_cut_feats(m, ch, ck, n_chunks, k, tok, q, feats), y);
                    else
                        missed[0] += sure != (int)y;
                }
            }
            if (y) {
                while (g < g_end && c->toks[g].end <= ch[q].byte && q < ck[k].end)
                    g++;
                tok = q;
            }
        }
    }
    /* sentences over the gold tokens; a token with a space inside is taken by its first and last characters */
    uint32_t i = 0;
    for (g = p->tok; g < g_end; g++) {
        uint32_t b = i;
        while (ch[b].byte < c->toks[g].start && ch[b].cls)
            b++;
        uint32_t e = b;
        while (ch[e].cls && ch[e].byte < c->toks[g].end)
            e++;
        i = e;
        if (e == b)
            continue;
        dgi_seg_token_make(m, ch, b, e, g == p->tok || c->toks[g].start > c->toks[g - 1].end, &tk[n]);
        tk[n].end = g; /* the gold token's number */
        n++;
    }
    struct dgi_seg_state st;
    hide_some(tk, n);
    dgi_seg_state_begin(&st, tk, n);
    for (uint32_t j = 0; j + 1 < n; j++) {
        bool y = c->toks[tk[j].end].ends_sent;
        if (dgi_seg_may_end(tk, n, j))
            add_example(sent, feats, dgi_seg_end_feats(tk, n, j, &st, feats), y);
        else
            missed[1] += y;
        dgi_seg_state_next(&st, tk, j, y);
    }
    free(ch);
    free(ck);
    free(tk);
}

static int by_hash(const void *a, const void *b)
{
    const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static uint32_t read_abbr(const char *path, uint32_t *hash, uint8_t *kind, uint32_t max)
{
    static const char *const name[DGI_N_ABBR] = {"",      "title", "name",   "time",  "number",
                                                 "place", "other", "prefix", "domain"};
    uint32_t(*row)[2] = malloc(max * sizeof *row), n = 0;
    FILE *f = fopen(path, "r");
    if (!f || !row) {
        fprintf(stderr, "segment_train: cannot open '%s'\n", path);
        exit(1);
    }
    char line[512];
    while (fgets(line, sizeof line, f)) {
        line[strcspn(line, "\n")] = 0;
        char *tab = strchr(line, '\t');
        if (line[0] == '#' || !tab || n >= max)
            continue;
        *tab++ = 0;
        row[n][0] = dgi_seg_hash(line, strlen(line));
        row[n][1] = 0;
        for (uint32_t k = 1; k < DGI_N_ABBR; k++)
            if (!strcmp(name[k], tab))
                row[n][1] = k;
        n++;
    }
    fclose(f);
    qsort(row, n, sizeof *row, by_hash);
    for (uint32_t i = 0; i < n; i++)
        hash[i] = row[i][0], kind[i] = (uint8_t)row[i][1];
    free(row);
    return n;
}

/* One line in forty is made to end in an abbreviation, as few do: its stop is that of the sentence too. */
static uint32_t end_in_abbreviation(char *line, uint32_t len, size_t room)
{
    static const char *const what[] = {"in the U.S.",    "in Washington, D.C.", "in the U.K.",     "with Acme Inc.",
                                       "for Acme Corp.", "by Acme Ltd.",        "and so on, etc.", "with a Ph.D.",
                                       "at the U.N.",    "in the U.A.E."};
    if (rnd(40) || len + 32 > room || line[len - 1] != '.')
        return len;
    return len - 1 + (uint32_t)snprintf(line + len - 1, room - len, " %s", what[rnd(sizeof what / sizeof *what)]);
}

/* Running news text: sentences one a line, joined to paragraphs of two to five, cut by the model just learnt. */
static void learn_lines(const struct dgi_seg_model *m, const char *path, struct task *sent)
{
    FILE *f = fopen(path, "r");
    if (!f) {
        fprintf(stderr, "segment_train: cannot open '%s'\n", path);
        exit(1);
    }
    static char line[1 << 14], par[1 << 16];
    static struct dgi_seg_char ch[1 << 16];
    static struct dgi_seg_chunk ck[1 << 16];
    static struct dgi_seg_token tk[1 << 16];
    uint32_t feats[DGI_SEG_MAX_FEATS], end[8], n_end = 0, want = 3, n = 0, n_chunks;
    while (fgets(line, sizeof line, f)) {
        uint32_t len = (uint32_t)strcspn(line, "\n");
        if (len < 20 || !strchr(".!?\"", line[len - 1]) || line[0] < 'A' || line[0] > 'Z' || len > 2000)
            continue;
        len = end_in_abbreviation(line, len, sizeof line);
        if (n)
            par[n++] = ' ';
        memcpy(par + n, line, len);
        n += len;
        end[n_end++] = n;
        if (n_end < want)
            continue;
        dgi_seg_decode((dg_str){par, n}, 0, n, ch, ck, &n_chunks);
        uint32_t nt = 0;
        for (uint32_t k = 0; k < n_chunks; k++) {
            uint32_t tok = ck[k].first, address = dgi_seg_address(m, ch, &ck[k]);
            for (uint32_t q = tok + 1; q <= ck[k].end; q++) {
                if (q < ck[k].end) {
                    if (!dgi_seg_may_cut(ch, q))
                        continue;
                    int sure = dgi_seg_sure_cut(m, ch, &ck[k], address, q);
                    if (sure < 0) {
                        uint32_t nf = dgi_seg_cut_feats(m, ch, ck, n_chunks, k, tok, q, feats);
                        sure = m->cut_bias;
                        for (uint32_t x = 0; x < nf; x++)
                            sure += m->cut[feats[x]];
                    }
                    if (sure <= 0)
                        continue;
                }
                dgi_seg_token_make(m, ch, tok, q, tok == ck[k].first, &tk[nt++]);
                tok = q;
            }
        }
        struct dgi_seg_state st;
        hide_some(tk, nt);
        dgi_seg_state_begin(&st, tk, nt);
        for (uint32_t j = 0, e = 0; j + 1 < nt; j++) {
            bool y = tk[j + 1].start > end[e];
            e += y;
            if (dgi_seg_may_end(tk, nt, j))
                add_example(sent, feats, dgi_seg_end_feats(tk, nt, j, &st, feats), y);
            dgi_seg_state_next(&st, tk, j, y);
        }
        n = n_end = 0;
        want = 2 + rnd(4);
    }
    fclose(f);
}

static int train(int argc, char **argv)
{
    struct corpus c = {0};
    static uint32_t hash[4096];
    static uint8_t kind[4096];
    struct dgi_seg_model m = {.abbr_hash = hash, .abbr_kind = kind};
    m.n_abbr = read_abbr(argv[1], hash, kind, 4096);
    const char *lines = NULL;
    for (int i = 2; i < argc; i++)
        if (strstr(argv[i], ".conllu"))
            read_conllu(&c, argv[i], true);
        else
            lines = argv[i];
    struct task cut = {0}, sent = {0};
    uint64_t missed[2] = {0, 0};
    dg_str text = {c.text, c.n};
    for (uint32_t p = 0; p < c.n_pars; p++)
        learn_paragraph(&m, &c, text, &c.pars[p], &cut, &sent, missed);
    fprintf(stderr, "%u paragraphs, %u tokens; cannot be had: %llu token ends, %llu sentence ends\n", c.n_pars,
            c.n_toks, (unsigned long long)missed[0], (unsigned long long)missed[1]);
    for (int upper = 0; upper < 2; upper++) { /* the bytes keep their places */
        char *copy = malloc(c.n);
        if (!copy)
            return 3;
        for (size_t i = 0; i < c.n; i++)
            copy[i] = (char)(upper && c.text[i] >= 'a' && c.text[i] <= 'z'    ? c.text[i] - 32
                             : !upper && c.text[i] >= 'A' && c.text[i] <= 'Z' ? c.text[i] + 32
                                                                              : c.text[i]);
        for (uint32_t p = 0; p < c.n_pars; p++)
            if (rnd(10) == 0)
                learn_paragraph(&m, &c, (dg_str){copy, c.n}, &c.pars[p], &cut, &sent, missed);
        free(copy);
    }
    learn(&cut, "tokens");
    static int8_t wc[N_W], ws[N_W];
    int32_t bias[2];
    bias[0] = quantise(&cut, wc);
    m.cut = wc;
    m.cut_bias = bias[0];
    if (lines)
        learn_lines(&m, lines, &sent);
    learn(&sent, "sentences");
    bias[1] = quantise(&sent, ws);
    const struct dgi_array out[] = {
        {DGI_S("cut"), DGI_I8, 1, {N_W, 1, 1, 1}, wc, N_W},
        {DGI_S("sent"), DGI_I8, 1, {N_W, 1, 1, 1}, ws, N_W},
        {DGI_S("bias"), DGI_I32, 1, {2, 1, 1, 1}, bias, sizeof bias},
        {DGI_S("abbr.hash"), DGI_U32, 1, {m.n_abbr, 1, 1, 1}, hash, m.n_abbr * sizeof *hash},
        {DGI_S("abbr.kind"), DGI_U8, 1, {m.n_abbr, 1, 1, 1}, kind, m.n_abbr},
    };
    dg_error err;
    if (dgi_pack_write(argv[0], "segment", DGI_SEG_VERSION, out, sizeof out / sizeof *out, &err) != DG_OK) {
        fprintf(stderr, "segment_train: %s\n", err.message);
        return 1;
    }
    return 0;
}

/* ---- measuring ---- */
static struct dgi_doc *segmented(const struct dgi_segmenter *seg, const struct corpus *c)
{
    struct dgi_doc *d = dgi_doc_new(0);
    if (!d)
        exit(3);
    d->text = (dg_str){c->text, c->n};
    for (uint32_t p = 0; p < c->n_pars; p++) {
        struct dgi_block *b = DGI_PUSH(d->arena, d->blocks, d->n_blocks, d->cap_blocks);
        if (!b)
            exit(3);
        b->span = (dgi_span){c->pars[p].start, c->pars[p].end};
    }
    if (dgi_segment(seg, d, NULL) != DG_OK)
        exit(3);
    return d;
}

static void show(const char *what, uint64_t hit, uint64_t sys, uint64_t gold)
{
    double p = sys ? 100.0 * (double)hit / (double)sys : 0, r = gold ? 100.0 * (double)hit / (double)gold : 0;
    printf("  %-22s P %6.2f  R %6.2f  F1 %6.2f   (%llu of %llu)\n", what, p, r, p + r > 0 ? 2 * p * r / (p + r) : 0,
           (unsigned long long)hit, (unsigned long long)gold);
}

static int eval(const struct dgi_segmenter *seg, const char *path, bool errors)
{
    struct corpus c = {0};
    read_conllu(&c, path, false);
    struct dgi_doc *d = segmented(seg, &c);
    /* surface tokens of the system: words joined where the flags say so */
    uint64_t st = 0, hit = 0, words = 0, gwords = 0, whit = 0;
    uint32_t g = 0;
    for (uint32_t i = 0; i < d->n_toks;) {
        uint32_t j = i + 1;
        while (j < d->n_toks && (d->toks[j].flags & DGI_TOK_MWT_REST))
            j++;
        uint32_t s = d->toks[i].start, e = d->toks[j - 1].end;
        while (g < c.n_toks && c.toks[g].start < s)
            g++;
        bool ok = g < c.n_toks && c.toks[g].start == s && c.toks[g].end == e;
        hit += ok;
        st++;
        words += j - i;
        if (ok) {
            if (c.toks[g].n_words == j - i) {
                for (uint32_t k = i; k < j; k++)
                    whit += j - i == 1 || d->toks[k].end == c.toks[g].word_end[k - i];
            }
            if (errors && c.toks[g].n_words != j - i)
                printf("W %u for %u in %.*s\n", j - i, c.toks[g].n_words, (int)(e - s), c.text + s);
        } else if (errors) {
            printf("T [%.*s] in %.*s\n", (int)(e - s), c.text + s, 30, c.text + (s > 12 ? s - 12 : 0));
        }
        i = j;
    }
    for (uint32_t i = 0; i < c.n_toks; i++)
        gwords += c.toks[i].n_words;
    uint64_t gs = 0, sh = 0, ih = 0, ig = 0, is = 0;
    uint32_t start = 0, s = 0;
    for (uint32_t i = 0; i < c.n_toks; i++) {
        if (c.toks[i].starts_sent)
            start = c.toks[i].start;
        if (!c.toks[i].ends_sent)
            continue;
        gs++;
        while (s < d->n_sents && d->sents[s].span.end < c.toks[i].end)
            s++;
        sh += s < d->n_sents && d->sents[s].span.start == start && d->sents[s].span.end == c.toks[i].end;
    }
    /* boundaries inside paragraphs */
    uint32_t q = 0;
    for (uint32_t p = 0, x = 0; p < c.n_pars; p++) {
        uint32_t last = c.pars[p].tok + c.pars[p].n_tok - 1;
        for (; x < d->n_sents && d->sents[x].span.end < c.pars[p].end; x++)
            is++;
        for (; x < d->n_sents && d->sents[x].span.start < c.pars[p].end; x++)
            ;
        for (uint32_t i = c.pars[p].tok; i < last; i++) {
            if (!c.toks[i].ends_sent)
                continue;
            ig++;
            while (q < d->n_sents && d->sents[q].span.end < c.toks[i].end)
                q++;
            bool ok = q < d->n_sents && d->sents[q].span.end == c.toks[i].end;
            ih += ok;
            if (errors && !ok)
                printf("S missed  %.*s || %.*s\n", 40, c.text + (c.toks[i].end > 40 ? c.toks[i].end - 40 : 0), 40,
                       c.text + c.toks[i].end);
        }
    }
    if (errors)
        for (uint32_t x = 0, i = 0; x + 1 < d->n_sents; x++) {
            uint32_t e = d->sents[x].span.end;
            while (i < c.n_toks && c.toks[i].end < e)
                i++;
            if (i < c.n_toks && !(c.toks[i].end == e && c.toks[i].ends_sent))
                printf("S wrong   %.*s || %.*s\n", 40, c.text + (e > 40 ? e - 40 : 0), 40, c.text + e);
        }
    printf("%s\n", path);
    show("tokens", hit, st, c.n_toks);
    show("words", whit, words, gwords);
    show("sentences", sh, d->n_sents, gs);
    show("ends inside paragraphs", ih, is, ig);
    dgi_doc_free(d);
    return 0;
}

static int speed(const struct dgi_segmenter *seg, const char *path)
{
    struct corpus c = {0};
    FILE *f = fopen(path, "r");
    char buf[65536];
    size_t n;
    if (!f)
        return 1;
    while ((n = fread(buf, 1, sizeof buf, f)) > 0)
        put(&c, buf, n);
    fclose(f);
    for (size_t i = 0; i < c.n;) {
        size_t e = i;
        while (e + 1 < c.n && !(c.text[e] == '\n' && c.text[e + 1] == '\n'))
            e++;
        c.pars = grow(c.pars, c.n_pars, &c.cap_pars, sizeof *c.pars);
        c.pars[c.n_pars++] = (struct par){.start = (uint32_t)i, .end = (uint32_t)e};
        i = e + 2;
    }
    for (int k = 0; k < 5; k++) {
        struct timespec a, b;
        clock_gettime(CLOCK_MONOTONIC, &a);
        struct dgi_doc *d = segmented(seg, &c);
        clock_gettime(CLOCK_MONOTONIC, &b);
        double s = (double)(b.tv_sec - a.tv_sec) + 1e-9 * (double)(b.tv_nsec - a.tv_nsec);
        printf("%u tokens, %u sentences, %.3f s, %.2f M tokens/s\n", d->n_toks, d->n_sents, s, d->n_toks / s / 1e6);
        dgi_doc_free(d);
    }
    return 0;
}

int main(int argc, char **argv)
{
    if (argc >= 5 && !strcmp(argv[1], "train"))
        return train(argc - 2, argv + 2);
    if (argc < 5) {
        fprintf(
            stderr,
            "usage: segment_train train OUT.dgm ABBREVIATIONS.tsv FILE.conllu... | eval|errors MODEL.dgm en.lex FILE.conllu... | speed MODEL.dgm en.lex FILE.txt\n");
        return 2;
    }
    dg_error err;
    struct dgi_segmenter *seg;
    dgi_lexicon *lex;
    if (dgi_lexicon_open_file(&lex, argv[3], &err) != DG_OK || dgi_segmenter_open(&seg, argv[2], lex, &err) != DG_OK) {
        fprintf(stderr, "segment_train: %s\n", err.message);
        return 1;
    }
    int rc = 0;
    for (int i = 4; i < argc && !rc; i++)
        rc = !strcmp(argv[1], "speed") ? speed(seg, argv[i]) : eval(seg, argv[i], !strcmp(argv[1], "errors"));
    dgi_segmenter_close(seg);
    dgi_lexicon_close(lex);
    return rc;
}
