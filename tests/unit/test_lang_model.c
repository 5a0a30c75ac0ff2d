/* SPDX-License-Identifier: Apache-2.0 */
/* The reader of model files: a good tiny file opens; every broken one is refused with a message that says what to do. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "lang/lang.h"
#include "lang/modelfile.h"

#define TINY DG_SOURCE_DIR "/tests/data/tiny.dgm"
#define TINY_MINILM DG_SOURCE_DIR "/tests/data/tiny-minilm.dgm"

static const char *which = TINY; /* the file that load() reads */

struct bytes {
    unsigned char *p;
    size_t n;
};

static struct bytes load(void)
{
    FILE *f = fopen(which, "rb");
    assert_non_null(f);
    struct bytes b = {malloc(1 << 20), 0};
    assert_non_null(b.p);
    b.n = fread(b.p, 1, 1 << 20, f);
    fclose(f);
    assert_true(b.n > 64);
    return b;
}

static void resum(struct bytes *b)
{
    uint64_t sum = XXH3_64bits(b->p + 64, b->n - 64), size = b->n;
    memcpy(b->p + 16, &size, 8);
    memcpy(b->p + 24, &sum, 8);
}

static char path[64];
static void save(const struct bytes *b)
{
    snprintf(path, sizeof path, "/tmp/dg-model-%ld.dgm", (long)getpid());
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(b->p, 1, b->n, f), b->n);
    fclose(f);
}

/* Opens b; it must fail with status and a message that holds both words and is one line. */
static void refused(struct bytes *b, dg_status status, const char *word, const char *word2)
{
    save(b);
    struct dgi_lang_model *m = (struct dgi_lang_model *)1;
    dg_error err = {0};
    assert_int_equal(dgi_lang_model_open(&m, path, NULL, &err), status);
    assert_null(m);
    assert_int_equal(err.status, status);
    if (!strstr(err.message, word) || !strstr(err.message, word2) || strchr(err.message, '\n'))
        fail_msg("message '%s' lacks '%s' or '%s'", err.message, word, word2);
    assert_int_equal(dgi_lang_model_open(&m, path, NULL, NULL), status);
    unlink(path);
    free(b->p);
}

/* A directory entry of a pack: name, type, dimensions, shape, offset (docs/formats/pack.md). */
enum { TYPE = 48, DIM = 56, OFFSET = 88, ENTRY = 104 };

static unsigned char *entry(struct bytes *b, const char *name)
{
    uint32_t n;
    memcpy(&n, b->p + 44, 4);
    for (uint32_t i = 0; i < n; i++)
        if (!strcmp((char *)b->p + 64 + ENTRY * i, name))
            return b->p + 64 + ENTRY * i;
    fail_msg("no array '%s'", name);
    return NULL;
}

static void good_file_opens(void **state)
{
    (void)state;
    struct dgi_lang_model *m;
    dg_error err;
    assert_int_equal(dgi_lang_model_open(&m, TINY, NULL, &err), DG_OK);
    assert_true(dgi_lang_model_card(m).len > 10);
    assert_true(dgi_str_find(dgi_lang_model_layers(m), DGI_S("bilstm l1")) != SIZE_MAX);
    assert_non_null(dgi_lang_model_kernel(m));
    dgi_lang_model_close(m);
    dgi_lang_model_close(NULL);
    dgi_lang_worker_free(NULL);
}

static void missing_file(void **state)
{
    (void)state;
    struct dgi_lang_model *m;
    dg_error err;
    assert_int_equal(dgi_lang_model_open(&m, "/nonexistent/x.dgm", NULL, &err), DG_E_MODEL);
    assert_non_null(strstr(err.message, "/nonexistent/x.dgm"));
    assert_int_equal(dgi_lang_model_open(&m, "/tmp", NULL, &err), DG_E_MODEL);
    assert_non_null(strstr(err.message, "regular file"));
}

static void broken_headers(void **state)
{
    (void)state;
    struct bytes b = load();
    b.n = 0;
    refused(&b, DG_E_MODEL, "too short", "make train");
    b = load();
    b.n = 63;
    refused(&b, DG_E_MODEL, "too short", "copy it again");
    b = load();
    b.n -= 64;
    refused(&b, DG_E_MODEL, "bytes long", "copy it again");
    b = load();
    b.p[0] = 'X';
    refused(&b, DG_E_MODEL, "not a Dragoman model", "make train");
    b = load();
    memcpy(b.p + 12, "\x01\x02\x03\x04", 4);
    refused(&b, DG_E_MODEL, "byte order", "make train");
    b = load();
    b.p[40] = 3;
    refused(&b, DG_E_MODEL, "model format 3, this library reads 2", "make train");
    b = load();
    memcpy(b.p + 32, "segment", 8);
    refused(&b, DG_E_MODEL, "'segment' file where a 'model' file is needed", "make train");
    b = load();
    b.p[b.n / 2] ^= 1;
    refused(&b, DG_E_MODEL, "damaged", "checksum");
    b = load();
    memset(b.p + 44, 0xff, 4);
    refused(&b, DG_E_MODEL, "does not fit", "make train");
}

static void entries_that_lie(void **state)
{
    (void)state;
    uint32_t type = DGI_F32;
    uint64_t big = 0xffffffffu, two = 2, off = UINT64_MAX - 63, odd = 65;
    struct bytes b = load();
    memcpy(entry(&b, "l1.fw.w") + DIM, &big, 8);
    resum(&b);
    refused(&b, DG_E_MODEL, "'l1.fw.w'", "size");
    b = load();
    memcpy(entry(&b, "top.w") + OFFSET, &off, 8);
    resum(&b);
    refused(&b, DG_E_MODEL, "'top.w'", "outside");
    b = load();
    memcpy(entry(&b, "top.w") + OFFSET, &odd, 8);
    resum(&b);
    refused(&b, DG_E_MODEL, "'top.w'", "outside");
    b = load();
    memcpy(entry(&b, "arc.u.w") + DIM, &two, 8);
    resum(&b);
    refused(&b, DG_E_MODEL, "'arc.u.w'", "shape");
    b = load();
    memcpy(entry(&b, "vec.q") + TYPE, &type, 4);
    resum(&b);
    refused(&b, DG_E_MODEL, "vec.q'", "shape");
    b = load();
    memset(entry(&b, "card"), 'c', 48);
    resum(&b);
    refused(&b, DG_E_MODEL, "proper name", path);
    b = load();
    memcpy(entry(&b, "lemma.word"), "lemma.nerd", 10);
    resum(&b);
    refused(&b, DG_E_MODEL, "no array 'lemma.word'", "make train");
}

/* Overwrites `from` by `to` (equal lengths) inside the text `name`. */
static struct bytes retext(const char *name, const char *from, const char *to)
{
    struct bytes b = load();
    uint64_t off, len;
    unsigned char *e = entry(&b, name);
    memcpy(&len, e + DIM, 8);
    memcpy(&off, e + OFFSET, 8);
    size_t at = dgi_str_find((dg_str){(char *)b.p + off, len}, dgi_str(from));
    assert_true(at != SIZE_MAX);
    memcpy(b.p + off + at, to, strlen(to));
    resum(&b);
    return b;
}

static void layers_that_do_not_fit(void **state)
{
    (void)state;
    struct bytes b = retext("layers", "bilstm l1 in", "trafos l1 in");
    refused(&b, DG_E_MODEL, "bilstm", "make train");
    b = retext("layers", "bilstm l1 in", "bisltm l1 in");
    refused(&b, DG_E_MODEL, "widths", "make train");
    b = retext("layers", "upos 3", "upos 4");
    refused(&b, DG_E_MODEL, "'upos'", "4");
    b = retext("layers", "label 16", "label 17");
    refused(&b, DG_E_MODEL, "width", "make train");
    b = retext("layers", "tags l1", "tugs l1");
    refused(&b, DG_E_MODEL, "head", "make train");
    b = retext("rel", "root", "rood");
    refused(&b, DG_E_MODEL, "root", "make train");
    b = retext("lemma.rules", "0\t2", "0\t-");
    refused(&b, DG_E_MODEL, "lemma rule", "make train");
}

static void accurate_layers_that_do_not_fit(void **state)
{
    (void)state;
    uint64_t off;
    uint32_t nan = 0x7fc00000;
    float large = 2000;
    which = TINY_MINILM;
    static const char *const wrong[][4] = {
        {"layers", "minilm layers", "minilmslayers", "no encoder"},  {"layers", "heads 2", "heads 3", "width"},
        {"layers", "layers 2", "layers 3", "b2.qkv"},                {"layers", "width 32", "width 48", "width"},
        {"layers", "inner 48", "inner 64", "b0.down"},                 {"layers", "positions 256", "positions 251", "width"},
        {"layers", "positions 256", "positions 300", "positions"},   {"layers", "pieces 160", "pieces 161", "pieces"},
        {"layers", "unk 1", "unk 0", "width"},                       {"layers", "sep 3", "sep x", "width"},
        {"layers", "triggers 5", "triggers 6", "'triggers'"},        {"layers", "roles 3", "roles 9", "width"},
        {"triggers", "B-CONSULT", "B-CONSUME", "newer library"},     {"triggers", "O\n", "P\n", "newer library"},
        {"status", "future", "futile", "newer library"},             {"roles", "target", "tarmac", "newer library"}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct bytes b = retext(wrong[i][0], wrong[i][1], wrong[i][2]);
        refused(&b, DG_E_MODEL, wrong[i][3], path);
    }
    static const char *const array[] = {"ln.gamma", "b1.ln2.beta", "case.in", "case.top"};
    for (size_t i = 0; i < 2 * (sizeof array / sizeof *array); i++) {
        struct bytes b = load();
        memcpy(&off, entry(&b, array[i / 2]) + OFFSET, 8);
        memcpy(b.p + off, i % 2 ? (void *)&nan : (void *)&large, 4);
        resum(&b);
        refused(&b, DG_E_MODEL, array[i / 2], "out of range");
    }
    struct dgi_lang_model *m;
    struct dgi_lang_options opt = DGI_LANG_OPTIONS_INIT;
    dg_error err;
    opt.style = 7;
    assert_int_equal(dgi_lang_model_open(&m, TINY_MINILM, &opt, &err), DG_E_ARG);
    which = TINY;
}

static void tables_and_numbers_out_of_range(void **state)
{
    (void)state;
    uint64_t off;
    uint32_t big = 1000, nan = 0x7fc00000;
    struct bytes b = load();
    memcpy(&off, entry(&b, "word.table") + OFFSET, 8);
    for (int i = 0; i < 16; i++)
        memcpy(b.p + off + 8 * i + 4, &big, 4);
    resum(&b);
    refused(&b, DG_E_MODEL, "'word.table'", "well formed");
    b = load();
    memcpy(&off, entry(&b, "vec.scale") + OFFSET, 8);
    memcpy(b.p + off, &nan, 4);
    resum(&b);
    refused(&b, DG_E_MODEL, "'vec'", "out of range");
    b = load();
    memcpy(&off, entry(&b, "l2.bw.corr") + OFFSET, 8);
    memset(b.p + off, 0x7f, 4);
    resum(&b);
    refused(&b, DG_E_MODEL, "'l2.bw'", "out of range");
    b = load();
    memcpy(&off, entry(&b, "l2.bw.corr") + OFFSET, 8);
    b.p[off] ^= 1; /* not -128 times the sum of its row */
    resum(&b);
    refused(&b, DG_E_MODEL, "'l2.bw'", "out of range");
    b = load();
    uint64_t corr;
    int32_t sum;
    memcpy(&off, entry(&b, "l2.bw.w") + OFFSET, 8);
    memcpy(&corr, entry(&b, "l2.bw.corr") + OFFSET, 8);
    memcpy(&sum, b.p + corr, 4);
    sum -= 128 * (-128 - (int8_t)b.p[off]); /* the sum is right, the weight is -128 */
    b.p[off] = 0x80;
    memcpy(b.p + corr, &sum, 4);
    resum(&b);
    refused(&b, DG_E_MODEL, "'l2.bw'", "out of range");
    struct dgi_lang_model *m;
    struct dgi_lang_options opt = DGI_LANG_OPTIONS_INIT;
    dg_error err;
    opt.style = 7;
    assert_int_equal(dgi_lang_model_open(&m, TINY, &opt, &err), DG_E_ARG);
    assert_non_null(strstr(err.message, "style 7"));
}

static struct dgi_doc *small_doc(void)
{
    static const char *const words[] = {"The", "minister", "left", "the", "parties", "in", "2022", "."};
    struct dgi_doc *doc = dgi_doc_new(0);
    assert_non_null(doc);
    for (uint32_t i = 0; i < 8; i++) {
        struct dgi_tok *t = DGI_PUSH(doc->arena, doc->toks, doc->n_toks, doc->cap_toks);
        assert_non_null(t);
        t->form = dgi_str(words[i]);
    }
    struct dgi_sent *s = DGI_PUSH(doc->arena, doc->sents, doc->n_sents, doc->cap_sents);
    assert_non_null(s);
    s->end = 8;
    return doc;
}

/* Whatever byte is changed: a clean error, or a model that can be used. Run with the sanitizers to mean it. */
static void any_byte_changed(void **state)
{
    uint32_t seed = 7, opened = 0;
    which = *state;
    for (int round = 0; round < 600; round++) {
        struct bytes b = load();
        for (int k = 0; k < 1 + round % 4; k++) {
            seed = seed * 1664525u + 1013904223u;
            size_t head = 64 + ENTRY * 53, at = (seed >> 4) % (round % 2 ? b.n : head < b.n ? head : b.n);
            b.p[at] = (unsigned char)(round % 3 ? b.p[at] ^ 1u << (seed & 7) : seed >> 24);
        }
        resum(&b);
        save(&b);
        struct dgi_lang_model *m;
        dg_error err;
        if (dgi_lang_model_open(&m, path, NULL, &err) == DG_OK) {
            struct dgi_lang_worker *w = dgi_lang_worker_new(m);
            struct dgi_doc *doc = small_doc();
            assert_non_null(w);
            assert_int_equal(dgi_lang_analyse(w, doc, &err), DG_OK);
            dgi_doc_free(doc);
            dgi_lang_worker_free(w);
            dgi_lang_model_close(m);
            opened++;
        } else
            assert_true(err.message[0] != 0);
        unlink(path);
        free(b.p);
    }
    assert_true(opened > 50);
    which = TINY;
}

int main(void)
{
    static char tiny[] = TINY, tiny_minilm[] = TINY_MINILM;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_file_opens),        cmocka_unit_test(missing_file),
        cmocka_unit_test(broken_headers),         cmocka_unit_test(entries_that_lie),
        cmocka_unit_test(layers_that_do_not_fit), cmocka_unit_test(tables_and_numbers_out_of_range),
        cmocka_unit_test(accurate_layers_that_do_not_fit), cmocka_unit_test_prestate(any_byte_changed, tiny), cmocka_unit_test_prestate(any_byte_changed, tiny_minilm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
