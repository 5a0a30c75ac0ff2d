/* SPDX-License-Identifier: Apache-2.0 */
/* bench/place_fit.c: fits the weights of the choice among places of one name (src/resolve/place.c, `usual`).
 *
 *   place_fit MODELS LEXICON ROUNDS [NAME=VALUE ...] [only=NAME,NAME] < docs.jsonl
 *
 * A line is {"text", "published", "corpus": 0..., "url", "gold": [{"start", "end", "lat", "lon", "id"}]}, spans in bytes
 * (bench/place_fit.py writes them). Documents are parted by the hash of their text: on the first half the weights are fitted, by
 * trying a change of one or two of them at a time, ROUNDS times; the second half is only measured. What counts is the mean over
 * the corpora of the share of names found that are right (same id or within 161 km). Prints each gain, and the weights. */
#include <json-c/json.h>
#include <stdio.h>

#include "base/day.h"
#include "clause/clause.h"
#include "lang/lang.h"
#include "resolve/actor.h"
#include "resolve/place_in.h"
#include "resolve/time.h"
#include "text/segment.h"

enum { MOST_DOCS = 4096, MOST_CORPORA = 8 };

struct gold {
    uint32_t start, end;
    double lat, lon;
    int64_t id;
};
struct item {
    struct dgi_doc *d;
    struct gold *gold;
    size_t n_gold;
    int corpus, half;
};

static struct item items[MOST_DOCS];
static int n_items;
static const char *const weight_name[N_WEIGHTS] = {[P_PEOPLE] = "people",
                                                   [P_FAME] = "fame",
                                                   [P_TOWN] = "town",
                                                   [P_CAPITAL] = "capital",
                                                   [P_SEAT] = "seat",
                                                   [P_ADMIN1] = "admin1",
                                                   [P_ADMIN2] = "admin2",
                                                   [P_NATURAL] = "natural",
                                                   [P_STATE] = "state",
                                                   [P_SITE] = "site",
                                                   [P_REGION] = "region",
                                                   [P_COUNTRY] = "country",
                                                   [P_STORY] = "story",
                                                   [P_HOME] = "home",
                                                   [P_LARGEST] = "largest",
                                                   [P_ONLY_ONE] = "only_one",
                                                   [P_PAIR] = "pair",
                                                   [P_WORDS] = "words",
                                                   [P_BESIDE] = "beside",
                                                   [P_SENTENCE] = "sentence",
                                                   [P_SIBLING] = "sibling",
                                                   [P_THE] = "the",
                                                   [P_OTHER] = "other",
                                                   [P_NEAR] = "near",
                                                   [P_FAR] = "far",
                                                   [P_EVEN] = "even",
                                                   [P_PSTATE] = "state_near",
                                                   [P_PLAND] = "land_near",
                                                   [P_SHARP] = "sharp",
                                                   [P_BULK] = "bulk",
                                                   [P_PAPER_LAND] = "paper_land",
                                                   [P_PAPER_STATE] = "paper_state",
                                                   [P_PAPER_NEAR] = "paper_near"};

static void die(const char *why)
{
    fprintf(stderr, "place_fit: %s\n", why);
    exit(1);
}

static double km(double a, double b, double c, double d)
{
    const double rad = 0.017453292519943295;
    double h = pow(sin((c - a) * rad / 2), 2) + cos(a * rad) * cos(c * rad) * pow(sin((d - b) * rad / 2), 2);
    return 12742 * asin(fmin(1, sqrt(h)));
}

/* The share that is right, of the first half alone or of both: the mean over corpora. */
static void measure(struct dgi_place_ctx *ctx, int halves, double out[2], double each[2][MOST_CORPORA])
{
    double right[2][MOST_CORPORA] = {{0}}, all[2][MOST_CORPORA] = {{0}};
    for (int i = 0; i < n_items; i++) {
        struct item *it = &items[i];
        if (it->half >= halves)
            continue;
        dgi_arena *own = it->d->arena;
        dg_error err = {0};
        if (!(it->d->arena = dgi_arena_new(0)))
            die("no memory");
        it->d->places = NULL;
        it->d->n_places = it->d->cap_places = 0;
        if (dgi_places(ctx, it->d, &err) != DG_OK)
            die(err.message);
        uint32_t p = 0;
        for (size_t g = 0; g < it->n_gold; g++) {
            const struct gold *q = &it->gold[g];
            while (p > 0 && it->d->places[p - 1].span.end > q->start)
                p--;
            while (p < it->d->n_places && it->d->places[p].span.end <= q->start)
                p++;
            if (p >= it->d->n_places || it->d->places[p].span.start >= q->end)
                continue;
            const struct dgi_place *x = &it->d->places[p];
            all[it->half][it->corpus]++;
            right[it->half][it->corpus] +=
                (x->geonames && x->geonames == q->id) || km(x->lat, x->lon, q->lat, q->lon) <= 161;
        }
        dgi_arena_free(it->d->arena);
        it->d->arena = own;
    }
    for (int h = 0; h < halves; h++) {
        int n = 0;
        out[h] = 0;
        for (int c = 0; c < MOST_CORPORA; c++)
            if (all[h][c] > 0) {
                each[h][c] = right[h][c] / all[h][c];
                out[h] += each[h][c];
                n++;
            }
        out[h] /= n ? n : 1;
    }
}

static uint64_t seed = 88172645463325252u;
static double dice(void)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (double)(seed >> 11) / 9007199254740992.0;
}

static void show(const char *what, double both[2], double each[2][MOST_CORPORA])
{
    for (int h = 0; h < 2; h++) {
        printf("%s %.4f (", h ? "held out" : what, both[h]);
        for (int c = 0; c < MOST_CORPORA && each[h][c] > 0; c++)
            printf(c ? " %.3f" : "%.3f", each[h][c]);
        printf(h ? ")\n" : ") ");
    }
    fflush(stdout);
}

static void read_gold(struct item *it, json_object *o)
{
    json_object *list, *v;
    if (!json_object_object_get_ex(o, "gold", &list))
        die("a line without gold");
    it->n_gold = json_object_array_length(list);
    it->gold = calloc(it->n_gold + 1, sizeof *it->gold);
    if (!it->gold)
        die("no memory");
    for (size_t i = 0; i < it->n_gold; i++) {
        json_object *g = json_object_array_get_idx(list, i);
        struct gold *q = &it->gold[i];
        if (json_object_object_get_ex(g, "start", &v))
            q->start = (uint32_t)json_object_get_int64(v);
        if (json_object_object_get_ex(g, "end", &v))
            q->end = (uint32_t)json_object_get_int64(v);
        if (json_object_object_get_ex(g, "lat", &v))
            q->lat = json_object_get_double(v);
        if (json_object_object_get_ex(g, "lon", &v))
            q->lon = json_object_get_double(v);
        if (json_object_object_get_ex(g, "id", &v))
            q->id = json_object_get_int64(v);
    }
}

static struct dgi_doc *read_doc(json_object *o)
{
    json_object *v = NULL;
    struct dgi_day_range g;
    struct dgi_doc *d = dgi_doc_new(0);
    if (!d || !json_object_object_get_ex(o, "text", &v))
        die("a line without text");
    d->text = dgi_arena_str(d->arena, dgi_str(json_object_get_string(v)));
    d->meta.published = DGI_NO_DAY;
    if (json_object_object_get_ex(o, "published", &v) && v && dgi_day_parse(dgi_str(json_object_get_string(v)), &g))
        d->meta.published = g.start;
    if (json_object_object_get_ex(o, "url", &v) && v)
        d->meta.url = dgi_arena_str(d->arena, dgi_str(json_object_get_string(v)));
    for (size_t from = 0, e; from < d->text.len; from = e + 1) {
        for (e = from; e < d->text.len && d->text.ptr[e] != '\n'; e++)
            ;
        struct dgi_block *b = DGI_PUSH(d->arena, d->blocks, d->n_blocks, d->cap_blocks);
        if (!b)
            die("no memory");
        b->span = (dgi_span){(uint32_t)from, (uint32_t)e};
    }
    return d;
}

static void read_all(const char *models, dgi_lexicon *lex, struct dgi_words *words)
{
    dg_error err = {0};
    char path[1024], *line = NULL;
    size_t cap = 0;
    struct dgi_segmenter *seg;
    struct dgi_lang_model *model = NULL;
    struct dgi_lang_worker *worker = NULL;
    struct dgi_time_ctx *times;
    struct dgi_actors_ctx *actors = NULL;
    snprintf(path, sizeof path, "%s/segment.dgm", models);
    if (dgi_segmenter_open(&seg, path, lex, &err) != DG_OK || dgi_time_open(&times, lex, words, &err) != DG_OK ||
        dgi_actors_open(&actors, lex, words, &err) != DG_OK)
        die(err.message);
    snprintf(path, sizeof path, "%s/parser.dgm", models);
    if (dgi_lang_model_open(&model, path, NULL, &err) != DG_OK || !(worker = dgi_lang_worker_new(model)))
        die(err.message);
    while (n_items < MOST_DOCS && getline(&line, &cap, stdin) > 0) {
        json_object *o = json_tokener_parse(line), *v;
        struct item *it = &items[n_items++];
        if (!o)
            die("a line that is no JSON");
        it->d = read_doc(o);
        it->half = (int)(dgi_str_hash(it->d->text) >> 20 & 1);
        if (json_object_object_get_ex(o, "corpus", &v))
            it->corpus = json_object_get_int(v) % MOST_CORPORA;
        read_gold(it, o);
        json_object_put(o);
        if (dgi_segment(seg, it->d, &err) != DG_OK || dgi_lang_analyse(worker, it->d, &err) != DG_OK)
            die(err.message);
        dgi_tree_index(it->d);
        dgi_doc_words(it->d, words);
        if (dgi_clauses_read(it->d, &err) != DG_OK || dgi_times(times, it->d, &err) != DG_OK ||
            dgi_actors(actors, it->d, &err) != DG_OK)
            die(err.message);
    }
    free(line);
}

int main(int argc, char **argv)
{
    dg_error err = {0};
    dgi_lexicon *lex;
    struct dgi_words *words;
    struct dgi_place_ctx *ctx;
    double best[2], each[2][MOST_CORPORA] = {{0}};
    if (argc < 4)
        die("usage: place_fit MODELS LEXICON ROUNDS [NAME=VALUE ...] < docs.jsonl");
    if (dgi_lexicon_open(&lex, argv[2], "en", &err) != DG_OK || dgi_words_open(&words, lex, &err) != DG_OK ||
        dgi_place_open(&ctx, lex, words, &err) != DG_OK)
        die(err.message);
    const char *only = NULL;
    for (int i = 4; i < argc; i++)
        if (!strncmp(argv[i], "only=", 5))
            only = argv[i] + 5;
    for (int i = 4; i < argc; i++)
        for (int k = 0; k < N_WEIGHTS; k++) {
            size_t n = strlen(weight_name[k]);
            if (!strncmp(argv[i], weight_name[k], n) && argv[i][n] == '=')
                ctx->w[k] = atof(argv[i] + n + 1);
        }
    read_all(argv[1], lex, words);
    measure(ctx, 2, best, each);
    show("start", best, each);
    for (int r = 0, rounds = atoi(argv[3]); r < rounds; r++) {
        double old[N_WEIGHTS], got[2];
        memcpy(old, ctx->w, sizeof old);
        char what[100] = "";
        for (int change = dice() < 0.4 ? 2 : 1; change > 0; change--) {
            int k = (int)(dice() * N_WEIGHTS);
            while (only && !strstr(only, weight_name[k]))
                k = (int)(dice() * N_WEIGHTS);
            double step = dice() < 0.5 ? 0.15 : 0.5;
            ctx->w[k] += (dice() * 2 - 1) * step * (fabs(ctx->w[k]) + 0.3);
            if (k == P_EVEN)
                ctx->w[k] = fmin(1, fmax(0, ctx->w[k]));
            if (k == P_SHARP || k == P_FAR)
                ctx->w[k] = fmax(0.1, ctx->w[k]);
            snprintf(what + strlen(what), sizeof what - strlen(what), "%s=%.3g ", weight_name[k], ctx->w[k]);
        }
        measure(ctx, 1, got, each);
        if (got[0] > best[0] || (got[0] == best[0] && dice() < 0.3)) {
            if (got[0] > best[0]) {
                measure(ctx, 2, got, each);
                show(what, got, each);
            }
            best[0] = got[0];
        } else {
            memcpy(ctx->w, old, sizeof old);
        }
    }
    for (int k = 0; k < N_WEIGHTS; k++)
        printf("%s=%.3g ", weight_name[k], ctx->w[k]);
    printf("\n");
    return 0;
}
