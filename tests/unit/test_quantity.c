/* SPDX-License-Identifier: Apache-2.0 */
/* Quantities: numbers, hedges, ranges, units, and the kinds that follow from nouns and trees. Sentences are our own. */
#include <math.h>

#include "resolve_fixture.h"

#include "clause/clause.h"
#include "resolve/quantity.h"
#include "resolve/atoms.h"

RESOLVE_FIXTURE(struct dgi_quantity_ctx, dgi_quantity_open(&ctx, lex, &err), dgi_quantity_close)

/* "kind value[low,high]~unit" joined by "; ". */
static void put_quantities(char *out, size_t size, const struct dgi_doc *doc)
{
    static const char *const kind[] = {"troops", "deaths", "injured", "displaced", "detained", "money", "weapons", "other"};
    size_t n = 0;
    out[0] = 0;
    for (uint32_t i = 0; i < doc->n_quantities && n < size; i++) {
        const struct dgi_quantity *q = &doc->quantities[i];
        n += (size_t)snprintf(out + n, size - n, "%s%s %.12g", i ? "; " : "", kind[q->kind], q->value);
        if (!isnan(q->low) || !isnan(q->high)) {
            char a[32] = "", b[32] = "";
            if (!isnan(q->low))
                snprintf(a, sizeof a, "%.12g", q->low);
            if (!isnan(q->high))
                snprintf(b, sizeof b, "%.12g", q->high);
            n += (size_t)snprintf(out + n, size - n, "[%s,%s]", a, b);
        }
        n += (size_t)snprintf(out + n, size - n, "%s%s%.*s", q->approx ? "~" : "", q->unit.len ? " " : "", (int)q->unit.len, q->unit.ptr ? q->unit.ptr : "");
    }
}

static const struct {
    const char *text, *want;
} cases[] = {
    {"100,000 troops", "troops 100000"},
    {"some 100,000 troops", "troops 100000~"},
    {"tens of thousands of soldiers", "troops 10000[10000,]~"},
    {"more than 40 tanks", "weapons 40[40,]"},
    {"at least 12 soldiers", "troops 12[12,]"},
    {"up to 300 fighters", "troops 300[,300]"},
    {"between 20 and 30 missiles", "weapons 20[20,30]~"},
    {"20 to 30 missiles", "weapons 20[20,30]~"},
    {"20-30 missiles", "weapons 20[20,30]~"},
    {"two hundred and fifty soldiers", "troops 250"},
    {"forty-five tanks", "weapons 45"},
    {"a dozen warships", "weapons 12"},
    {"two dozen warships", "weapons 24"},
    {"a hundred soldiers", "troops 100"},
    {"half a million refugees", "displaced 500000"},
    {"a quarter of a million refugees", "displaced 250000"},
    {"Rs 500 crore", "money 5000000000 INR"},
    {"USD 5 million", "money 5000000 USD"},
    {"1.5 million refugees", "displaced 1500000"},
    {"hundreds of prisoners", "detained 100[100,]~"},
    {"fewer than 50 hostages", "detained 50[,50]"},
    {"no fewer than 50 hostages", "detained 50[50,]"},
    {"as many as 70 rebels", "troops 70[,70]"},
    {"$1.7 billion", "money 1700000000 USD"},
    {"$1.7bn", "money 1700000000 USD"},
    {"1.7bn euros", "money 1700000000 EUR"},
    {"\xE2\x82\xAC" "20 million", "money 20000000 EUR"},
    {"\xC2\xA3" "5m", "money 5000000 GBP"},
    {"US$300 million", "money 300000000 USD"},
    {"$5-10 billion", "money 5000000000[5000000000,10000000000]~ USD"},
    {"some 4.9 billion rupees", "money 4900000000~ INR"},
    {"25 percent", "other 25 percent"},
    {"almost 4%", "other 4~ percent"},
    {"about 160 km", "other 160~ km"},
    {"a 5,000-strong force", "troops 5000"},
    {"30 rebels and 12 tanks", "troops 30; weapons 12"},
    {"190 dead", "deaths 190"},
    {"250 wounded", "injured 250"},
    /* numbers that count nothing */
    {"an F-16 jet", ""},
    {"G7 leaders", ""},
    {"the Group of Seven summit", ""},
    {"Resolution 1701", ""},
    {"at 14:30", ""},
    {"one of them", ""},
    {"No. 10", ""},
    {"", ""},
};

static void table_of_phrases(void **state)
{
    (void)state;
    int wrong = 0;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        dgi_arena *a = dgi_arena_new(0);
        struct dgi_doc doc;
        char got[400];
        assert_int_equal(dgi_phrase_doc(&doc, a, en_words, dgi_str(cases[i].text), DGI_NO_DAY, NULL), DG_OK);
        assert_int_equal(dgi_quantities(ctx, &doc, NULL), DG_OK);
        put_quantities(got, sizeof got, &doc);
        if (strcmp(got, cases[i].want)) {
            print_error("'%s': got '%s', want '%s'\n", cases[i].text, got, cases[i].want);
            wrong++;
        }
        dgi_arena_free(a);
    }
    assert_int_equal(wrong, 0);
}

/* A small tree by hand: word, lemma, UPOS, xpos, head (1-based, 0 root), relation. */
struct row {
    const char *form, *lemma, *xpos;
    uint8_t upos;
    uint32_t head;
    uint8_t rel;
};

static void check_tree(const struct row *rows, uint32_t n, const char *want)
{
    dgi_arena *a = dgi_arena_new(0);
    struct dgi_doc doc;
    char text[400] = "", got[400];
    for (uint32_t i = 0; i < n; i++) {
        strcat(text, i ? " " : "");
        strcat(text, rows[i].form);
    }
    assert_int_equal(dgi_phrase_doc(&doc, a, en_words, dgi_str(text), DGI_NO_DAY, NULL), DG_OK);
    assert_int_equal(doc.n_toks, n);
    for (uint32_t i = 0; i < n; i++) {
        struct dgi_tok *t = &doc.toks[i];
        t->lemma = dgi_str(rows[i].lemma);
        t->xpos = dgi_str(rows[i].xpos);
        t->feats = DGI_S("_");
        t->upos = rows[i].upos;
        t->head = rows[i].head ? rows[i].head - 1 : DGI_NONE;
        t->rel = rows[i].rel;
    }
    dgi_tree_index(&doc);
    assert_int_equal(dgi_clauses_read(&doc, NULL), DG_OK);
    assert_int_equal(dgi_quantities(ctx, &doc, NULL), DG_OK);
    put_quantities(got, sizeof got, &doc);
    assert_string_equal(got, want);
    dgi_arena_free(a);
}
#define CHECK(rows, want) check_tree((rows), sizeof(rows) / sizeof *(rows), (want))

static void verbs_decide(void **state)
{
    (void)state;
    const struct row killed[] = {{"Shells", "shell", "NNS", DGI_NOUN, 2, DGI_REL_NSUBJ}, {"killed", "kill", "VBD", DGI_VERB, 0, DGI_REL_ROOT},
                                 {"nine", "nine", "CD", DGI_NUM, 4, DGI_REL_NUMMOD},     {"soldiers", "soldier", "NNS", DGI_NOUN, 2, DGI_REL_OBJ}};
    CHECK(killed, "deaths 9");
    const struct row killers[] = {{"Nine", "nine", "CD", DGI_NUM, 2, DGI_REL_NUMMOD},  {"soldiers", "soldier", "NNS", DGI_NOUN, 3, DGI_REL_NSUBJ},
                                  {"killed", "kill", "VBD", DGI_VERB, 0, DGI_REL_ROOT}, {"him", "he", "PRP", DGI_PRON, 3, DGI_REL_OBJ}};
    CHECK(killers, "troops 9");
    const struct row arrested[] = {{"Ninety", "ninety", "CD", DGI_NUM, 2, DGI_REL_NUMMOD},
                                   {"people", "people", "NNS", DGI_NOUN, 4, DGI_REL_NSUBJ_PASS},
                                   {"were", "be", "VBD", DGI_AUX, 4, DGI_REL_AUX_PASS},
                                   {"arrested", "arrest", "VBN", DGI_VERB, 0, DGI_REL_ROOT}};
    CHECK(arrested, "detained 90");
    const struct row died[] = {{"12", "12", "CD", DGI_NUM, 2, DGI_REL_NUMMOD}, {"people", "people", "NNS", DGI_NOUN, 3, DGI_REL_NSUBJ},
                               {"died", "die", "VBD", DGI_VERB, 0, DGI_REL_ROOT}};
    CHECK(died, "deaths 12");
    const struct row deaths_of[] = {{"The", "the", "DT", DGI_DET, 2, DGI_REL_DET},  {"deaths", "death", "NNS", DGI_NOUN, 6, DGI_REL_NSUBJ},
                                    {"of", "of", "IN", DGI_ADP, 5, DGI_REL_CASE},   {"40", "40", "CD", DGI_NUM, 5, DGI_REL_NUMMOD},
                                    {"civilians", "civilian", "NNS", DGI_NOUN, 2, DGI_REL_NMOD}, {"shocked", "shock", "VBD", DGI_VERB, 0, DGI_REL_ROOT}};
    CHECK(deaths_of, "deaths 40");
    const struct row marched[] = {{"40", "40", "CD", DGI_NUM, 2, DGI_REL_NUMMOD}, {"civilians", "civilian", "NNS", DGI_NOUN, 3, DGI_REL_NSUBJ},
                                  {"marched", "march", "VBD", DGI_VERB, 0, DGI_REL_ROOT}};
    CHECK(marched, "other 40");
}

/* Every number below a million, in words, reads back. */
static void numbers_read_back(void **state)
{
    (void)state;
    static const char *const small[] = {"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
                                        "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"};
    static const char *const tens[] = {"", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"};
    struct dgi_numbers nb;
    assert_int_equal(dgi_numbers_open(&nb, lex, NULL), DG_OK);
    for (int v = 1; v < 1000000; v += v < 2000 ? 1 : 997) {
        char text[200] = "", part[100];
        for (int k = 0; k < 2; k++) {
            int p = k ? v % 1000 : v / 1000, n = 0;
            part[0] = 0;
            if (p >= 100)
                n += snprintf(part + n, sizeof part - (size_t)n, "%s hundred%s", small[p / 100], p % 100 ? " and " : "");
            if (p % 100 >= 20)
                n += snprintf(part + n, sizeof part - (size_t)n, "%s%s%s", tens[p % 100 / 10], p % 10 ? "-" : "", p % 10 ? small[p % 10] : "");
            else if (p % 100)
                n += snprintf(part + n, sizeof part - (size_t)n, "%s", small[p % 100]);
            if (p) {
                if (k && v >= 1000)
                    strcat(text, p < 100 ? " and " : " ");
                strcat(text, part);
                if (!k)
                    strcat(text, " thousand");
            }
        }
        dgi_arena *a = dgi_arena_new(0);
        struct dgi_doc doc;
        struct dgi_atoms as = {0};
        double got;
        assert_int_equal(dgi_phrase_doc(&doc, a, en_words, dgi_str(text), DGI_NO_DAY, NULL), DG_OK);
        assert_int_equal(dgi_atoms_read(&as, a, &doc, 0, NULL, &nb, NULL), DG_OK);
        uint32_t e = dgi_atoms_number(&as, 0, &nb, false, &got);
        if (e != as.n || got != v)
            fail_msg("'%s' is read as %g", text, got);
        dgi_arena_free(a);
    }
    dgi_numbers_close(&nb);
}

static void memory_runs_out(void **state)
{
    (void)state;
    bool done = false;
    for (uint64_t n = 1; !done && n < 100; n++) {
        dgi_arena *a = dgi_arena_new(0);
        struct dgi_doc doc;
        dg_error err = {0};
        assert_int_equal(dgi_phrase_doc(&doc, a, en_words, DGI_S("30 tanks, 40 tanks, 50 tanks, $5 million, 60 missiles and 70 soldiers"), DGI_NO_DAY, NULL), DG_OK);
        dgi_arena_fail_at(a, n);
        dg_status st = dgi_quantities(ctx, &doc, &err);
        done = st == DG_OK;
        assert_true(done || (st == DG_E_NOMEM && err.message[0]));
        dgi_arena_free(a);
    }
    assert_true(done);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(table_of_phrases), cmocka_unit_test(verbs_decide), cmocka_unit_test(numbers_read_back),
                                       cmocka_unit_test(memory_runs_out)};
    return cmocka_run_group_tests(tests, open_lexicon, close_lexicon);
}
