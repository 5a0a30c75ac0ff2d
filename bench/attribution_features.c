/* SPDX-License-Identifier: Apache-2.0 */
/* bench/attribution_features.c: candidates of attributions with their features, for train/quotes/train.py.
 *
 *   attribution_features FILE...        UTF-8 texts
 *
 * A candidate is a line: number of the text, source, cue and content as start,end pairs in code points ("-": none), features,
 * separated by tabs. Data folder: DRAGOMAN_DATA. */
#include <stdio.h>
#include <stdlib.h>

#include "api/api.h"
#include "dragoman.h"
#include "quote/attribution.h"

struct out {
    const dg_doc *doc;
    const struct dgi_attribution *last;
    int number;
};

static void span(const struct out *o, dgi_span s)
{
    if (s.end <= s.start)
        printf("-");
    else
        printf("%u,%u", dgi_cpmap_cp(&o->doc->map, s.start), dgi_cpmap_cp(&o->doc->map, s.end));
}

static void print(void *user, const struct dgi_attribution *c, const char *feature)
{
    struct out *o = user;
    if (c != o->last) {
        printf("%s%d\t", o->last ? "\n" : "", o->number);
        span(o, c->s.speaker_span);
        printf("\t");
        span(o, c->s.cue);
        printf("\t");
        for (uint32_t k = 0; k < c->s.n_content; k++) {
            printf("%s", k ? ";" : "");
            span(o, c->s.content[k]);
        }
        o->last = c;
    }
    printf("\t%s", feature);
}

static dg_str file(const char *path)
{
    FILE *f = fopen(path, "rb");
    char *p = NULL;
    size_t n = 0, cap = 0, got = 1;
    while (f && got) {
        if (n == cap && !(p = realloc(p, cap = cap ? 2 * cap : 1 << 16)))
            break;
        n += got = fread(p + n, 1, cap - n, f);
    }
    if (!f || !p || ferror(f))
        fprintf(stderr, "attribution_features: %s: not read\n", path), exit(1);
    fclose(f);
    return (dg_str){p, n};
}

int main(int argc, char **argv)
{
    dg_error err = {0};
    dg_model *m = NULL;
    dg_coder *coder = NULL;
    if (dg_model_open(&m, NULL, &err) != DG_OK || dg_coder_new(&coder, m, NULL, &err) != DG_OK) {
        fprintf(stderr, "attribution_features: %s\n", err.message);
        return 1;
    }
    for (int i = 1; i < argc; i++) {
        const dg_str text = file(argv[i]);
        dg_doc *doc = NULL;
        struct out o = {.number = i - 1};
        if (dg_code(&doc, coder, text, NULL, &err) != DG_OK ||
            (o.doc = doc, dgi_attribution_features(m->quotes, doc->d, print, &o, &err)) != DG_OK) {
            fprintf(stderr, "attribution_features: %s: %s\n", argv[i], err.message);
            return 1;
        }
        if (o.last)
            printf("\n");
        dg_doc_free(doc);
        free((char *)(uintptr_t)text.ptr);
    }
    dg_coder_free(coder);
    dg_model_close(m);
    return 0;
}
