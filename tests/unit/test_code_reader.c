/* SPDX-License-Identifier: Apache-2.0 */
/* The trained reader beside the rows: what it may add, refuse and complete, on hand-made trees and hand-made chances. */
#include "code_lab.h"

#include "doc/read.h"

#define OVERRAN "Chad/Chad/PROPN/NNP/2/nsubj overran/overrun/VERB/VBD/0/root Mali/Mali/PROPN/NNP/2/obj"
#define ATTACKED "Chad/Chad/PROPN/NNP/2/nsubj attacked/attack/VERB/VBD/0/root Mali/Mali/PROPN/NNP/2/obj"

static struct dgi_read_event *reads(struct dgi_doc *d, uint32_t first, uint32_t end, uint8_t type, float p)
{
    if (!d->read) {
        d->read = dgi_arena_alloc(d->arena, sizeof *d->read);
        d->read->toks = dgi_arena_array(d->arena, d->n_toks, sizeof *d->read->toks);
    }
    struct dgi_read_event *e = DGI_PUSH(d->arena, d->read->events, d->read->n_events, d->read->cap_events);
    uint8_t(*role)[DGI_N_READ_ROLE] = dgi_arena_array(d->arena, d->n_toks, sizeof *role);
    e->sent = d->toks[first].sent;
    e->first = first;
    e->end = end;
    e->some = e->type[type] = p;
    e->status[DGI_ST_ACTUAL] = 1;
    e->to = d->n_toks;
    e->role = (const uint8_t(*)[DGI_N_READ_ROLE])role;
    for (uint32_t t = first; t < end; t++)
        d->read->toks[t] = (struct dgi_read_tok){p, p, type};
    return e;
}

static void chance(struct dgi_read_event *e, uint32_t tok, enum dgi_read_role r, uint8_t of_255)
{
    ((uint8_t(*)[DGI_N_READ_ROLE])(uintptr_t)e->role)[tok][r] = of_255;
}

static void role(struct dgi_read_event *e, uint32_t tok, enum dgi_read_role r)
{
    chance(e, tok, r, 250);
}

static void expect(struct dgi_doc *d, const char *want)
{
    char got[512];
    struct dgi_code_ctx ctx = {.tables = lab_tables};
    assert_int_equal(dgi_code(&ctx, d, NULL), DG_OK);
    lab_print(d, got, sizeof got);
    assert_string_equal(got, want);
    dgi_doc_free(d);
}

static void a_verb_without_a_row_becomes_an_event(void **state)
{
    (void)state;
    lab_expect(OVERRAN, "");
    struct dgi_doc *d = lab_parse(OVERRAN);
    reads(d, 1, 2, DGI_ASSAULT, 0.9f);
    expect(d, "190 ASSAULT Chad->Mali actual"); /* sides by the paths of any verb */
    d = lab_parse(OVERRAN);
    reads(d, 1, 2, DGI_ASSAULT, 0.5f);
    expect(d, ""); /* not sure enough */
    d = lab_parse(OVERRAN);
    reads(d, 1, 2, DGI_ACCUSE, 0.9f);
    expect(d, ""); /* no row in reader.tsv: it may propose none */
}

static void sides_are_the_readers_where_it_names_them(void **state)
{
    (void)state;
    struct dgi_doc *d = lab_parse(OVERRAN);
    struct dgi_read_event *e = reads(d, 1, 2, DGI_ASSAULT, 0.9f);
    role(e, 0, DGI_ROLE_TARGET);
    role(e, 2, DGI_ROLE_SOURCE);
    expect(d, "190 ASSAULT Mali->Chad actual");
}

/* "Chad attacked Mali": the row has it so, and the reader too, or surely the other way round. */
static void a_side_that_the_reader_doubts_is_anothers(void **state)
{
    (void)state;
    struct dgi_doc *d = lab_parse(ATTACKED);
    struct dgi_read_event *e = reads(d, 1, 2, DGI_ASSAULT, 0.9f);
    role(e, 0, DGI_ROLE_TARGET);
    role(e, 2, DGI_ROLE_SOURCE);
    expect(d, "190 ASSAULT Mali->Chad actual");
    d = lab_parse(ATTACKED); /* it knows no better */
    reads(d, 1, 2, DGI_ASSAULT, 0.9f);
    expect(d, "190 ASSAULT Chad->Mali actual");
    d = lab_parse(ATTACKED); /* who is the source already is not the target too */
    e = reads(d, 1, 2, DGI_ASSAULT, 0.9f);
    role(e, 0, DGI_ROLE_TARGET);
    expect(d, "190 ASSAULT Chad->Mali actual");
    d = lab_parse(ATTACKED); /* a type that may not correct */
    e = reads(d, 1, 2, DGI_REQUEST, 0.9f);
    role(e, 0, DGI_ROLE_TARGET);
    role(e, 2, DGI_ROLE_SOURCE);
    expect(d, "190 ASSAULT Chad->Mali actual");
}

/* "Chad attacked beside Mali": no path leads to Mali; the reader thinks of it, of nobody, or as much of Togo. */
static void a_target_that_nothing_names_is_the_likeliest(void **state)
{
    (void)state;
    static const char tree[] =
        "Chad/Chad/PROPN/NNP/2/nsubj attacked/attack/VERB/VBD/0/root beside/beside/ADP/IN/4/case "
        "Mali/Mali/PROPN/NNP/2/obl and/and/CCONJ/CC/6/cc Togo/Togo/PROPN/NNP/4/conj";
    static const struct {
        uint8_t mali, togo;
        const char *want;
    } row[] = {{70, 20, "190 ASSAULT Chad->Mali actual"},
               {40, 0, "190 ASSAULT Chad-> actual"}, /* too little */
               {70, 65, "190 ASSAULT Chad-> actual"} /* of two nobody knows which */};
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        struct dgi_doc *d = lab_parse(tree);
        struct dgi_read_event *e = reads(d, 1, 2, DGI_ASSAULT, 0.9f);
        chance(e, 3, DGI_ROLE_TARGET, row[i].mali);
        chance(e, 5, DGI_ROLE_TARGET, row[i].togo);
        expect(d, row[i].want);
    }
}

static void a_row_that_the_reader_does_not_see_is_none(void **state)
{
    (void)state;
    struct dgi_doc *d = lab_parse(ATTACKED);
    reads(d, 1, 2, DGI_ASSAULT, 0.05f);
    expect(d, "");
    d = lab_parse(ATTACKED);
    reads(d, 1, 2, DGI_ASSAULT, 0.2f);
    expect(d, "190 ASSAULT Chad->Mali actual");
    d = lab_parse(ATTACKED); /* one row of the word, one event: the reader's is the same */
    reads(d, 1, 2, DGI_ASSAULT, 0.99f);
    expect(d, "190 ASSAULT Chad->Mali actual");
}

/* The row of "raze" lists what is razed; the reader vouches for what the list lacks. */
static void a_class_of_objects_is_open(void **state)
{
    (void)state;
    static const char razed[] = "Chad/Chad/PROPN/NNP/2/nsubj razed/raze/VERB/VBD/0/root silos/silo/NOUN/NNS/2/obj",
                      alone[] = "Chad/Chad/PROPN/NNP/2/nsubj razed/raze/VERB/VBD/0/root";
    lab_expect(razed, "");
    struct dgi_doc *d = lab_parse(razed);
    reads(d, 1, 2, DGI_ASSAULT, 0.4f);
    expect(d, "1712 ASSAULT Chad-> actual"); /* by the row, with its code */
    d = lab_parse(razed);
    reads(d, 1, 2, DGI_ASSAULT, 0.2f);
    expect(d, ""); /* too little even for a row */
    d = lab_parse(razed);
    reads(d, 1, 2, DGI_REQUEST, 0.4f);
    expect(d, ""); /* the row is of another type */
    d = lab_parse(alone);
    reads(d, 1, 2, DGI_ASSAULT, 0.4f);
    expect(d, ""); /* the place must be filled */
}

/* The row of "raze" asks for somebody who did it; of the passive, or of a noun with a day or a place, the reader may vouch that it
 * happened all the same. */
static void what_nobody_is_named_for_may_have_happened(void **state)
{
    (void)state;
    static const char passive[] = "Bridges/bridge/NOUN/NNS/3/nsubj:pass were/be/AUX/VBD/3/aux:pass "
                                  "razed/raze/VERB/VBN/0/root",
                      by_wind[] = "Bridges/bridge/NOUN/NNS/3/nsubj:pass were/be/AUX/VBD/3/aux:pass "
                                  "razed/raze/VERB/VBN/0/root by/by/ADP/IN/5/case wind/wind/NOUN/NN/3/obl:agent",
                      active[] = "Wind/wind/NOUN/NN/2/nsubj razed/raze/VERB/VBD/0/root bridges/bridge/NOUN/NNS/2/obj";
    lab_expect(passive, "");
    struct dgi_doc *d = lab_parse(passive);
    reads(d, 2, 3, DGI_ASSAULT, 0.8f);
    expect(d, "1712 ASSAULT -> actual");
    d = lab_parse(passive);
    reads(d, 2, 3, DGI_ASSAULT, 0.5f);
    expect(d, ""); /* not sure enough */
    d = lab_parse(by_wind);
    reads(d, 2, 3, DGI_ASSAULT, 0.8f);
    expect(d, ""); /* the text says who did it, and he is nobody */
    d = lab_parse(active);
    reads(d, 1, 2, DGI_ASSAULT, 0.8f);
    expect(d, ""); /* so does an active verb */
}

static void who_condemns_a_deed_has_not_done_it(void **state)
{
    (void)state;
    static const char tree[] = "Chad/Chad/PROPN/NNP/2/nsubj rejected/reject/VERB/VBD/0/root the/the/DET/DT/4/det "
                               "attack/attack/NOUN/NN/2/obj";
    struct dgi_doc *d = lab_parse(tree);
    struct dgi_read_event *e = reads(d, 3, 4, DGI_ASSAULT, 0.9f);
    role(e, 0, DGI_ROLE_SOURCE);
    d->read->toks[1] = (struct dgi_read_tok){0.9f, 0.9f, DGI_REJECT};
    char got[512];
    struct dgi_code_ctx ctx = {.tables = lab_tables};
    assert_int_equal(dgi_code(&ctx, d, NULL), DG_OK);
    lab_print(d, got, sizeof got);
    assert_null(strstr(got, "ASSAULT Chad"));
    assert_non_null(strstr(got, "REJECT Chad"));
    dgi_doc_free(d);
}

static void a_document_that_was_not_read_is_as_before(void **state)
{
    (void)state;
    struct dgi_doc *d = lab_parse(ATTACKED);
    assert_null(d->read);
    expect(d, "190 ASSAULT Chad->Mali actual");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_verb_without_a_row_becomes_an_event),
        cmocka_unit_test(sides_are_the_readers_where_it_names_them),
        cmocka_unit_test(a_side_that_the_reader_doubts_is_anothers),
        cmocka_unit_test(a_target_that_nothing_names_is_the_likeliest),
        cmocka_unit_test(a_row_that_the_reader_does_not_see_is_none),
        cmocka_unit_test(a_class_of_objects_is_open),
        cmocka_unit_test(what_nobody_is_named_for_may_have_happened),
        cmocka_unit_test(who_condemns_a_deed_has_not_done_it),
        cmocka_unit_test(a_document_that_was_not_read_is_as_before),
    };
    return cmocka_run_group_tests(tests, lab_open, lab_close);
}
