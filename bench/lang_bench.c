/* SPDX-License-Identifier: Apache-2.0 */
/* bench/lang_bench.c: the trained stages alone, on given tokens.
 *
 *     lang_bench MODEL IN.conllu [-k scalar|avx2|avxvnni|avx512|neon|dotprod] [-s STYLE] [-n PASSES] [-d SENTENCES]
 *
 * Without -n prints CoNLL-U with the predicted columns (names as Name=B-PER in MISC) for bench/conll_eval.py. With -n
 * runs that many passes over documents of -d sentences (default 40) and prints CPU time per word, best and median. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "lang/lang.h"

struct input {
    char *text;
    char **line; /* one per token, NUL-terminated; NULL: end of a sentence */
    size_t n;
};

static int read_input(struct input *in, const char *path)
{
    FILE *f = fopen(path, "rb");
    if (!f || fseek(f, 0, SEEK_END))
        return 0;
    long size = ftell(f);
    rewind(f);
    in->text = malloc((size_t)size + 2);
    in->line = malloc(((size_t)size + 2) * sizeof(char *) / 2);
    if (!in->text || !in->line || fread(in->text, 1, (size_t)size, f) != (size_t)size)
        return 0;
    in->text[size] = 0;
    fclose(f);
    for (char *p = in->text, *nl; *p; p = nl + 1) {
        if (!(nl = strchr(p, '\n')))
            break;
        *nl = 0;
        if (!*p)
            in->line[in->n++] = NULL;
        else if (*p != '#' && !memchr(p, '-', strcspn(p, "\t")) && !memchr(p, '.', strcspn(p, "\t")))
            in->line[in->n++] = p;
    }
    return 1;
}

static dg_str field(const char *line, int k)
{
    for (; k > 0 && line; k--)
        line = strchr(line, '\t') ? strchr(line, '\t') + 1 : NULL;
    return line ? (dg_str){line, strcspn(line, "\t")} : (dg_str){"_", 1};
}

/* Tokens of lines [from, to) into a new document. */
static struct dgi_doc *make_doc(const struct input *in, size_t from, size_t to)
{
    struct dgi_doc *doc = dgi_doc_new(0);
    uint32_t first = 0;
    for (size_t i = from; i < to; i++) {
        if (in->line[i]) {
            struct dgi_tok *t = DGI_PUSH(doc->arena, doc->toks, doc->n_toks, doc->cap_toks);
            t->form = field(in->line[i], 1);
            t->sent = doc->n_sents;
            t->head = DGI_NONE;
        } else if (doc->n_toks > first) {
            struct dgi_sent *s = DGI_PUSH(doc->arena, doc->sents, doc->n_sents, doc->cap_sents);
            s->first = first;
            s->end = first = doc->n_toks;
        }
    }
    return doc;
}

static void print_doc(const struct dgi_doc *doc)
{
    static const char *const type[] = {"O", "PER", "ORG", "LOC", "NORP", "EVENT", "MISC"};
    for (uint32_t s = 0; s < doc->n_sents; s++) {
        for (uint32_t i = doc->sents[s].first; i < doc->sents[s].end; i++) {
            const struct dgi_tok *t = &doc->toks[i];
            printf("%u\t%.*s\t%.*s\t%s\t%.*s\t%.*s\t%u\t%s\t_\t", i - doc->sents[s].first + 1, (int)t->form.len,
                   t->form.ptr, (int)t->lemma.len, t->lemma.ptr, dgi_upos_name[t->upos], (int)t->xpos.len, t->xpos.ptr,
                   t->feats.len ? (int)t->feats.len : 1, t->feats.len ? t->feats.ptr : "_",
                   t->head == DGI_NONE ? 0 : t->head - doc->sents[s].first + 1, dgi_rel_name[t->rel]);
            if (t->name)
                printf("Name=%c-%s\n", t->flags & DGI_TOK_NAME_BEGIN ? 'B' : 'I', type[t->name]);
            else
                printf("_\n");
        }
        printf("\n");
    }
}

static double cpu_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec * 1e-3;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static uint32_t level_of(const char *name)
{
    static const char *const names[] = {"scalar",  "avx2", "avx512",
                                        "avxvnni", "neon", "dotprod"}; /* enum dgi_kernel_level */
    for (uint32_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!strcmp(name, names[i]))
            return i + 1;
    return DGI_KERNEL_AUTO;
}

int main(int argc, char **argv)
{
    struct dgi_lang_options opt = DGI_LANG_OPTIONS_INIT;
    int passes = 0, per_doc = 40, c;
    if (argc < 3)
        return 2;
    while ((c = getopt(argc - 2, argv + 2, "k:s:n:d:")) != -1)
        switch (c) {
        case 'k':
            if (!(opt.kernel = level_of(optarg)))
                return 2;
            break;
        case 's': opt.style = (uint32_t)atoi(optarg); break;
        case 'n': passes = atoi(optarg); break;
        case 'd': per_doc = atoi(optarg); break;
        default: return 2;
        }
    dg_error err;
    struct input in = {0};
    struct dgi_lang_model *m;
    double t0 = cpu_us();
    if (dgi_lang_model_open(&m, argv[1], &opt, &err) != DG_OK) {
        fprintf(stderr, "lang_bench: %s\n", err.message);
        return 1;
    }
    double t_open = cpu_us() - t0;
    struct dgi_lang_worker *w = dgi_lang_worker_new(m);
    if (!w || !read_input(&in, argv[2])) {
        fprintf(stderr, "lang_bench: cannot read '%s'\n", argv[2]);
        return 1;
    }
    double *us = calloc((size_t)passes + 1, sizeof *us);
    for (int pass = 0; us && pass < (passes ? passes : 1); pass++) {
        double sum = 0;
        size_t words = 0;
        for (size_t from = 0, to; from < in.n; from = to) {
            int k = 0;
            for (to = from; to < in.n && k < per_doc; to++)
                k += !in.line[to];
            struct dgi_doc *doc = make_doc(&in, from, to);
            t0 = cpu_us();
            if (dgi_lang_analyse(w, doc, &err) != DG_OK) {
                fprintf(stderr, "lang_bench: %s\n", err.message);
                return 1;
            }
            sum += cpu_us() - t0;
            words += doc->n_toks;
            if (!passes)
                print_doc(doc);
            dgi_doc_free(doc);
        }
        us[pass] = sum / (double)words;
    }
    if (us && passes) {
        qsort(us, (size_t)passes, sizeof *us, by_value);
        printf("%s: open %.1f ms, best %.2f us/word (%.0f words/s), median %.2f us/word\n", dgi_lang_model_kernel(m),
               t_open / 1e3, us[0], 1e6 / us[0], us[passes / 2]);
    }
    free(us);
    free(in.text);
    free(in.line);
    dgi_lang_worker_free(w);
    dgi_lang_model_close(m);
    return 0;
}
