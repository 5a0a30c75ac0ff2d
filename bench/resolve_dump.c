/* SPDX-License-Identifier: Apache-2.0 */
/* bench/resolve_dump.c: dates, places and quantities of texts, for bench/time_eval.py and bench/place_eval.py.
 *
 *   resolve_dump MODELS LEXICON [plain] < texts.jsonl > found.jsonl
 *
 * LEXICON is the folder of world.lex and en.lex, or the name of a file in it.
 * A line is {"text": ..., "published": "YYYY-MM-DD" or null, "url": its address or null}; every line of the text is a paragraph. With "plain" the network
 * is left out. Spans count code points. Time of each stage per token goes to standard error. */
#include <json-c/json.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/day.h"
#include "base/json.h"
#include "base/utf8.h"
#include "clause/clause.h"
#include "lang/lang.h"
#include "resolve/actor.h"
#include "resolve/place.h"
#include "resolve/quantity.h"
#include "resolve/time.h"
#include "text/segment.h"

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void die(const dg_error *err)
{
    fprintf(stderr, "resolve_dump: %s\n", err->message);
    exit(1);
}

static void put_span(struct dgi_json *j, const struct dgi_cpmap *m, dgi_span s)
{
    dgi_json_kint(j, "start", dgi_cpmap_cp(m, s.start));
    dgi_json_kint(j, "end", dgi_cpmap_cp(m, s.end));
}

static void put_range(struct dgi_json *j, const char *key, struct dgi_day_range g)
{
    dgi_json_key(j, key);
    dgi_json_open(j, '[');
    dgi_json_day(j, g.start);
    dgi_json_day(j, g.end);
    dgi_json_close(j, ']');
}

static void put_doc(struct dgi_json *j, const struct dgi_doc *d)
{
    struct dgi_cpmap m;
    if (!dgi_cpmap_init(&m, d->arena, d->text))
        exit(1);
    dgi_json_open(j, '{');
    dgi_json_key(j, "times");
    dgi_json_open(j, '[');
    for (uint32_t i = 0; i < d->n_times; i++) {
        const struct dgi_time *t = &d->times[i];
        dgi_json_open(j, '{');
        put_span(j, &m, t->span);
        dgi_json_kint(j, "kind", t->kind);
        dgi_json_kstr(j, "precision", dgi_str(dgi_precision_name[t->range.precision]));
        put_range(j, "range", t->range);
        put_range(j, "future", t->future);
        dgi_json_kstr(j, "text", dgi_slice(d, t->span));
        dgi_json_close(j, '}');
    }
    dgi_json_close(j, ']');
    dgi_json_key(j, "places");
    dgi_json_open(j, '[');
    for (uint32_t i = 0; i < d->n_places; i++) {
        const struct dgi_place *p = &d->places[i];
        dgi_json_open(j, '{');
        put_span(j, &m, p->span);
        dgi_json_kstr(j, "name", p->name);
        dgi_json_kstr(j, "country", dgi_str(p->country));
        dgi_json_kstrn(j, "admin1", p->admin1);
        dgi_json_key(j, "lat");
        dgi_json_num(j, p->lat);
        dgi_json_key(j, "lon");
        dgi_json_num(j, p->lon);
        dgi_json_kint(j, "geonames", p->geonames);
        dgi_json_kstr(j, "precision", dgi_str(dgi_place_precision_name[p->precision]));
        dgi_json_kstr(j, "text", dgi_slice(d, p->span));
        dgi_json_kbool(j, "part", p->part);
        dgi_json_kbool(j, "adjective", p->adjective);
        dgi_json_close(j, '}');
    }
    dgi_json_close(j, ']');
    dgi_json_key(j, "quantities");
    dgi_json_open(j, '[');
    for (uint32_t i = 0; i < d->n_quantities; i++) {
        const struct dgi_quantity *q = &d->quantities[i];
        dgi_json_open(j, '{');
        put_span(j, &m, q->span);
        dgi_json_kstr(j, "kind", dgi_str(dgi_quantity_kind_name[q->kind]));
        dgi_json_key(j, "value");
        dgi_json_num(j, q->value);
        dgi_json_key(j, "low");
        dgi_json_num(j, q->low);
        dgi_json_key(j, "high");
        dgi_json_num(j, q->high);
        dgi_json_kbool(j, "approx", q->approx);
        dgi_json_kstrn(j, "unit", q->unit);
        dgi_json_kstr(j, "text", dgi_slice(d, q->span));
        dgi_json_kstrn(j, "noun", q->noun != DGI_NONE ? d->toks[q->noun].form : (dg_str){NULL, 0});
        dgi_json_close(j, '}');
    }
    dgi_json_close(j, ']');
    dgi_json_close(j, '}');
}

static dg_status open_lexicon(dgi_lexicon **lex, const char *where, dg_error *err)
{
    char dir[1024];
    snprintf(dir, sizeof dir, "%s", where);
    size_t n = strlen(dir);
    if (n > 4 && !strcmp(dir + n - 4, ".lex")) {
        char *slash = strrchr(dir, '/');
        strcpy(slash ? slash : dir, slash ? "" : ".");
    }
    return dgi_lexicon_open(lex, dir, "en", err);
}

int main(int argc, char **argv)
{
    dg_error err = {0};
    dgi_lexicon *lex;
    struct dgi_segmenter *seg;
    struct dgi_lang_model *model = NULL;
    struct dgi_lang_worker *worker = NULL;
    struct dgi_words *words;
    struct dgi_time_ctx *times;
    struct dgi_place_ctx *places;
    struct dgi_quantity_ctx *quantities;
    struct dgi_actors_ctx *actors = NULL;
    char path[1024];
    double spent[5] = {0};
    uint64_t n_toks = 0;
    if (argc < 3) {
        fprintf(stderr, "usage: resolve_dump MODELS LEXICON [plain] < texts.jsonl\n");
        return 2;
    }
    bool plain = argc > 3;
    snprintf(path, sizeof path, "%s/segment.dgm", argv[1]);
    if (open_lexicon(&lex, argv[2], &err) != DG_OK || dgi_segmenter_open(&seg, path, lex, &err) != DG_OK ||
        dgi_words_open(&words, lex, &err) != DG_OK || dgi_time_open(&times, lex, words, &err) != DG_OK ||
        dgi_place_open(&places, lex, words, &err) != DG_OK || dgi_quantity_open(&quantities, lex, &err) != DG_OK)
        die(&err);
    if (!plain) {
        snprintf(path, sizeof path, "%s/parser.dgm", argv[1]);
        if (dgi_lang_model_open(&model, path, NULL, &err) != DG_OK || !(worker = dgi_lang_worker_new(model)))
            die(&err);
        if (dgi_actors_open(&actors, lex, words, &err) != DG_OK)
            actors = NULL;
    }
    char *line = NULL;
    size_t cap = 0;
    while (getline(&line, &cap, stdin) > 0) {
        json_object *o = json_tokener_parse(line), *v;
        struct dgi_doc *d = dgi_doc_new(0);
        if (!o || !d || !json_object_object_get_ex(o, "text", &v))
            return 1;
        d->text = dgi_arena_str(d->arena, dgi_str(json_object_get_string(v)));
        d->meta.published = DGI_NO_DAY;
        struct dgi_day_range g;
        if (json_object_object_get_ex(o, "published", &v) && v && dgi_day_parse(dgi_str(json_object_get_string(v)), &g))
            d->meta.published = g.start;
        if (json_object_object_get_ex(o, "url", &v) && v)
            d->meta.url = dgi_arena_str(d->arena, dgi_str(json_object_get_string(v)));
        for (size_t from = 0; from < d->text.len;) {
            size_t e = from;
            while (e < d->text.len && d->text.ptr[e] != '\n')
                e++;
            struct dgi_block *b = DGI_PUSH(d->arena, d->blocks, d->n_blocks, d->cap_blocks);
            if (!b)
                return 1;
            b->span = (dgi_span){(uint32_t)from, (uint32_t)e};
            from = e + 1;
        }
        if (dgi_segment(seg, d, &err) != DG_OK)
            die(&err);
        double t0 = now();
        if (worker) {
            if (dgi_lang_analyse(worker, d, &err) != DG_OK)
                die(&err);
            dgi_tree_index(d);
            dgi_doc_words(d, words);
            if (dgi_clauses_read(d, &err) != DG_OK)
                die(&err);
        } else {
            dgi_doc_words(d, words);
        }
        double t1 = now();
        if (dgi_times(times, d, &err) != DG_OK)
            die(&err);
        double t2 = now();
        if (actors && dgi_actors(actors, d, &err) != DG_OK)
            die(&err);
        double t3 = now();
        if (dgi_places(places, d, &err) != DG_OK)
            die(&err);
        double t4 = now();
        if (dgi_quantities(quantities, d, &err) != DG_OK)
            die(&err);
        double t5 = now();
        spent[0] += t1 - t0, spent[1] += t2 - t1, spent[2] += t3 - t2, spent[3] += t4 - t3, spent[4] += t5 - t4;
        n_toks += d->n_toks;
        struct dgi_buf buf = {0};
        struct dgi_json j;
        dgi_json_init(&j, &buf);
        put_doc(&j, d);
        printf("%.*s\n", (int)buf.len, buf.ptr);
        dgi_buf_free(&buf);
        dgi_doc_free(d);
        json_object_put(o);
    }
    free(line);
    static const char *const name[] = {"network", "times", "actors", "places", "quantities"};
    for (int k = 0; n_toks && k < 5; k++)
        fprintf(stderr, "%-10s %7.3f us/token\n", name[k], spent[k] * 1e6 / (double)n_toks);
    fprintf(stderr, "%llu tokens\n", (unsigned long long)n_toks);
    return 0;
}
