/* SPDX-License-Identifier: Apache-2.0 */
/* bench/coref_dump.c: the questions that coreference asks, with candidates and features, for train/coref/train.py.
 *
 *   coref_dump MODELS LEXICON [weights] < texts.jsonl > questions.jsonl
 *
 * A line is {"text": ..., "published": "YYYY-MM-DD" or null}; a paragraph is a line of the text. Written is one line a text: a list
 * of {class, start, end, options: [{actor, start, end, several, f: [names of features]}]}; the first option is nobody. Spans
 * count code points. Without "weights" the rules answer (so that the questions do not hang on the last training). */
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/day.h"
#include "base/json.h"
#include "base/utf8.h"
#include "clause/clause.h"
#include "lang/lang.h"
#include "resolve/actor_in.h"
#include "resolve/time.h"
#include "text/blocks.h"
#include "text/layout.h"
#include "text/segment.h"

struct out {
    struct dgi_json *j;
    struct dgi_cpmap map;
};

static void die(const dg_error *err)
{
    fprintf(stderr, "coref_dump: %s\n", err->message);
    exit(1);
}

static void put_span(struct out *o, const struct dgi_doc *d, uint32_t tok)
{
    dgi_json_kint(o->j, "start", dgi_cpmap_cp(&o->map, d->toks[tok].start));
    dgi_json_kint(o->j, "end", dgi_cpmap_cp(&o->map, d->toks[tok].end));
}

static void question(void *user, const struct dgi_doc *d, uint32_t tok, const struct dgi_coref_case *x)
{
    struct out *o = user;
    dgi_json_open(o->j, '{');
    dgi_json_kstr(o->j, "class", dgi_str(dgi_coref_class_name[x->cls]));
    put_span(o, d, tok);
    dgi_json_key(o->j, "options");
    dgi_json_open(o->j, '[');
    for (uint32_t i = 0; i < x->n; i++) {
        const struct dgi_coref_option *p = &x->option[i];
        dgi_json_open(o->j, '{');
        dgi_json_kstrn(o->j, "actor", p->entity == DGI_NONE ? (dg_str){NULL, 0} : d->entities[p->entity].actor);
        if (p->tok != DGI_NONE)
            put_span(o, d, p->tok);
        dgi_json_kbool(o->j, "several", p->several);
        dgi_json_key(o->j, "f");
        dgi_json_open(o->j, '[');
        for (int f = 0; f < DGI_N_COREF_FEATURE; f++)
            if (dgi_coref_has(p, f))
                dgi_json_str(o->j, dgi_str(dgi_coref_feature_name[f]));
        dgi_json_close(o->j, ']');
        dgi_json_close(o->j, '}');
    }
    dgi_json_close(o->j, ']');
    dgi_json_close(o->j, '}');
}

static struct dgi_doc *read_doc(const char *line, const dgi_layout *layout)
{
    int32_t day;
    json_object *o = json_tokener_parse(line), *v;
    struct dgi_doc *d = dgi_doc_new(0);
    struct dgi_day_range g;
    if (!o || !d || !json_object_object_get_ex(o, "text", &v))
        exit(1);
    d->text = dgi_arena_str(d->arena, dgi_str(json_object_get_string(v)));
    d->meta.published = DGI_NO_DAY;
    if (json_object_object_get_ex(o, "published", &v) && v && dgi_day_parse(dgi_str(json_object_get_string(v)), &g))
        d->meta.published = g.start;
    json_object_put(o);
    for (size_t from = 0; from < d->text.len;) {
        size_t e = from;
        while (e < d->text.len && d->text.ptr[e] != '\n')
            e++;
        struct dgi_block *b = DGI_PUSH(d->arena, d->blocks, d->n_blocks, d->cap_blocks);
        if (!b)
            exit(1);
        size_t cut = dgi_dateline(layout, dgi_str_sub(d->text, from, e), d->n_blocks == 1, &day);
        b->span = (dgi_span){(uint32_t)(from + cut), (uint32_t)e};
        from = e + 1;
    }
    return d;
}

int main(int argc, char **argv)
{
    dg_error err = {0};
    dgi_lexicon *lex;
    struct dgi_segmenter *seg;
    dgi_layout *layout;
    struct dgi_lang_model *model;
    struct dgi_lang_worker *worker;
    struct dgi_words *words;
    struct dgi_time_ctx *times;
    struct dgi_actors_ctx *actors;
    struct out out = {0};
    char path[1024];
    if (argc < 3) {
        fprintf(stderr, "usage: coref_dump MODELS LEXICON [weights] < texts.jsonl\n");
        return 2;
    }
    snprintf(path, sizeof path, "%s/segment.dgm", argv[1]);
    if (dgi_lexicon_open(&lex, argv[2], "en", &err) != DG_OK || dgi_segmenter_open(&seg, path, lex, &err) != DG_OK ||
        dgi_layout_new(&layout, lex, &err) != DG_OK || dgi_words_open(&words, lex, &err) != DG_OK ||
        dgi_time_open(&times, lex, words, &err) != DG_OK || dgi_actors_open(&actors, lex, words, &err) != DG_OK)
        die(&err);
    snprintf(path, sizeof path, "%s/parser.dgm", argv[1]);
    if (dgi_lang_model_open(&model, path, NULL, &err) != DG_OK || !(worker = dgi_lang_worker_new(model)))
        die(&err);
    actors->coref_watch = question;
    actors->coref_user = &out;
    actors->coref_off = argc < 4;
    char *line = NULL;
    size_t cap = 0;
    while (getline(&line, &cap, stdin) > 0) {
        struct dgi_doc *d = read_doc(line, layout);
        struct dgi_buf buf = {0};
        struct dgi_json j;
        dgi_json_init(&j, &buf);
        out.j = &j;
        if (!dgi_cpmap_init(&out.map, d->arena, d->text))
            return 1;
        dgi_json_open(&j, '[');
        if (dgi_segment(seg, d, &err) != DG_OK || dgi_lang_analyse(worker, d, &err) != DG_OK)
            die(&err);
        dgi_tree_index(d);
        dgi_doc_words(d, words);
        if (dgi_clauses_read(d, &err) != DG_OK || dgi_times(times, d, &err) != DG_OK ||
            dgi_actors(actors, d, &err) != DG_OK)
            die(&err);
        dgi_json_close(&j, ']');
        printf("%.*s\n", (int)buf.len, buf.ptr);
        dgi_buf_free(&buf);
        dgi_doc_free(d);
    }
    free(line);
    return 0;
}
