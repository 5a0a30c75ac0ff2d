/* SPDX-License-Identifier: Apache-2.0 */
/* The report: every line has its evidence, nothing of the text becomes markup, the page needs nothing from outside.
 * With a file name as argument it writes the page there, to be looked at in a browser. The crisis is made up after the
 * Peruvian-Ecuadorian war of 1995; no sentence is from a report. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <unistd.h>

#include <cmocka.h>

#include "brief/brief.h"
#include "sit_fixture.h"

static dgi_arena *arena;
static dgi_sit_rules *rules;
static char dir[] = "/tmp/dg-brief-XXXXXX";

struct part {
    const char *id, *url, *title, *publisher, *published, *events, *said; /* said: speaker|words, one a line */
};
static const struct part parts[] = {
    {"a1", "https://example.org/1995/01/12/patrols", "Peru tells Ecuador to leave the Cenepa", "El Faro", "1995-01-12",
     "e t=demand c=1056 p=REQUEST st=a s=@Alberto_Fujimori/PER g=ECU k=withdraw,patrol,headwater x=withdraw_its_patrols_from_the_headwaters_of_the_Cenepa con=1 say=President_Alberto_Fujimori_[demanded]_on_Thursday_that_Ecuador_withdraw_its_patrols_from_the_headwaters_of_the_Cenepa.\n"
     "e t=withdraw c=0874 p=RETREAT.withdraw st=h s=ECU k=patrol of=0 say=President_Alberto_Fujimori_demanded_on_Thursday_that_Ecuador_[withdraw]_its_patrols_from_the_headwaters_of_the_Cenepa.\n"
     "e t=claim c=100 p=REQUEST st=a s=PER g=ECU k=valley,territory at=Tiwinza/PER x=the_whole_valley say=Both_governments_[claim]_the_whole_valley,_where_78_kilometres_of_border_were_never_marked.\n"
     "e t=deploy c=154 p=MOBILIZE.troops st=a s=PER g=ECU k=troop q=troops:1200 at=Bagua/PER say=Lima_[deployed]_some_1,200_soldiers_to_Bagua_this_week,_a_defence_official_said.\n",
     "Alberto Fujimori|We ask for nothing that is not ours, and we will give away nothing that is."},
    {"a2", "https://example.org/1995/01/20/answer", "Quito rejects demand, offers talks", "El Faro", "1995-01-20",
     "e t=reject c=120 p=REJECT st=a s=@Sixto_Durán_Ballén/ECU g=PER k=demand con=1 x=the_demand say=President_Sixto_Durán_Ballén_[rejected]_the_demand_and_said_the_posts_had_stood_there_for_years.\n"
     "e t=demand c=1056 p=REQUEST st=y s=PER g=ECU k=withdraw,patrol say=President_Sixto_Durán_Ballén_rejected_the_[demand]_and_said_the_posts_had_stood_there_for_years.\n"
     "e t=offer c=036 p=AGREE st=a s=ECU g=PER k=talk,guarantor x=talks_under_the_four_guarantors con=3 say=He_[offered]_talks_under_the_four_guarantors_of_the_Rio_Protocol.\n"
     "e t=talk c=046 p=CONSULT st=h s=ECU g=PER of=2 say=He_offered_[talks]_under_the_four_guarantors_of_the_Rio_Protocol.\n"
     "e t=threaten c=138 p=THREATEN.violence st=a s=PER g=ECU k=dislodge,force con=5 cond=6 x=dislodge_the_posts_by_force if=a_single_shot_is_fired say=Peru’s_army_command_[threatened]_to_dislodge_the_posts_by_force_if_a_single_shot_is_fired.\n"
     "e t=dislodge c=190 p=ASSAULT st=h s=PER g=ECU of=4 say=Peru’s_army_command_threatened_to_[dislodge]_the_posts_by_force_if_a_single_shot_is_fired.\n"
     "e t=fire c=190 p=ASSAULT st=h s=ECU g=PER cof=4 say=Peru’s_army_command_threatened_to_dislodge_the_posts_by_force_if_a_single_shot_is_[fired].\n",
     "Sixto Durán Ballén|Not one step back. But the door of the conference room stands open, and it has always stood open."},
    {"a3", "https://example.org/1995/01/27/shots", "Fighting breaks out in the Cordillera del Cóndor", "Andean Courier", "1995-01-27",
     "e t=fire c=194 p=ASSAULT.heavy-weapons st=a s=ECU g=PER k=mortar,patrol d=1995-01-26 at=Tiwinza/PER say=Ecuadorian_mortars_[fired]_on_a_Peruvian_patrol_near_Tiwinza_on_Thursday,_Lima_said.\n"
     "e t=bomb c=195 p=ASSAULT.aerial st=a s=PER g=ECU k=post,helicopter d=1995-01-27 say=Peruvian_helicopters_[bombed]_two_posts_on_Friday_in_what_Lima_called_its_answer.\n"
     "e t=kill c=190 p=ASSAULT st=a s=PER g=ECU q=deaths:9 d=1995-01-27 b=ECU at=Tiwinza/PER say=Nine_soldiers_were_[killed],_according_to_the_Ecuadorian_ministry_of_defence.\n"
     "e t=kill c=190 p=ASSAULT st=a s=PER g=ECU q=deaths:20 d=1995-01-27 b=PER at=Tiwinza/PER say=Peru_put_the_number_of_[dead]_at_twenty.\n"
     "e t=close c=191 p=COERCE.restrict st=a s=ECU g=PER k=border,bridge,trade x=the_bridge_at_Huaquillas say=Ecuador_[closed]_the_bridge_at_Huaquillas_to_all_trade.\n"
     "e t=call c=027 p=REQUEST st=a s=BRA,ARG,CHL,USA g=PER,ECU k=ceasefire,fire x=cease_fire_at_once say=The_four_guarantors_[called]_on_both_sides_to_cease_fire_at_once.\n",
     "the Brazilian foreign ministry|There is no military solution to a line that diplomats forgot to draw."},
    {"a4", "https://example.org/1995/02/10/rio", "Guarantors invite both sides to Brasília", "Andean Courier", "1995-02-10",
     "e t=meet c=040 p=CONSULT st=f s=PER g=ECU d=1995-02-17 at=Brasília/BRA say=Envoys_of_both_countries_will_[meet]_in_Brasília_on_17_February.\n"
     "e t=accept c=036 p=AGREE st=a s=PER g=ECU k=offer,talk con=2 say=Peru_[accepted]_the_offer_of_talks_after_two_weeks_of_silence.\n"
     "e t=talk c=046 p=CONSULT st=h s=PER g=ECU of=1 say=Peru_accepted_the_offer_of_[talks]_after_two_weeks_of_silence.\n"
     "e t=mass c=154 p=MOBILIZE.troops st=a s=PER g=ECU k=troop,more q=troops:5000 at=Bagua/PER say=Some_5,000_Peruvian_troops_were_[massing]_around_Bagua.\n"
     "e t=promise c=0353 p=AGREE st=a s=ECU g=PER k=release,prisoner con=5 x=release_eleven_prisoners say=Quito_[promised]_to_release_eleven_prisoners_once_guns_fall_silent.\n"
     "e t=release c=0841 p=RETREAT.release st=h s=ECU k=prisoner of=4 say=Quito_promised_to_[release]_eleven_prisoners_once_guns_fall_silent.\n",
     "Galo Leoro|We bring a map to Brasília, not a white flag."},
    {"a5", "https://example.org/1995/02/18/itamaraty", "Peru and Ecuador sign peace declaration", "El Faro", "1995-02-18",
     "e t=sign c=057 p=SUPPORT st=a s=PER,ECU k=declaration,ceasefire,observer x=the_Itamaraty_declaration_on_a_ceasefire d=1995-02-17 at=Brasília/BRA say=Peru_and_Ecuador_[signed]_the_Itamaraty_declaration_on_a_ceasefire_on_Friday.\n"
     "e t=meet c=040 p=CONSULT st=a s=PER g=ECU d=1995-02-17 at=Brasília/BRA say=Their_envoys_had_[met]_for_eleven_hours_in_Brasília.\n"
     "e t=ceasefire c=0871 p=CONCEDE st=a s=PER,ECU k=ceasefire d=1995-02-17 say=The_[ceasefire]_took_effect_at_noon.\n"
     "e t=send c=074 p=AID st=f s=BRA,ARG,CHL,USA k=observer,mission q=troops:40 at=Patuca/ECU say=The_guarantors_will_[send]_40_observers_to_the_two_command_posts.\n"
     "e t=ultimatum c=139 p=THREATEN st=a s=PER g=ECU k=leave,base x=leave_Base_Sur dl=1995-02-25 say=Lima_gave_the_garrison_of_Base_Sur_an_[ultimatum]_to_leave_by_25_February.\n",
     "Alberto Fujimori|The declaration says cease fire. It does not say forget.\nSixto Durán Ballén|We have signed what we could always have signed."},
    {"a6", "https://example.org/1995/03/01/withdrawal", "Prisoners freed <as> guns fall silent & bridges open", "Andean Courier", "1995-03-01",
     "e t=release c=0841 p=RETREAT.release st=a s=ECU g=PER k=prisoner d=1995-02-27 say=Ecuador_[released]_eleven_Peruvian_prisoners_on_Monday.\n"
     "e t=withdraw c=0874 p=RETREAT.withdraw st=a s=PER k=troop q=troops:3000 at=Bagua/PER say=Peru_[withdrew]_3,000_soldiers_from_Bagua.\n"
     "e t=reopen c=0872 p=RETREAT st=a s=ECU g=PER k=border,bridge,partly say=The_bridge_at_Huaquillas_was_partly_[reopened]_on_Wednesday.\n"
     "e t=shell c=194 p=ASSAULT.heavy-weapons st=a s=PER g=ECU k=post d=1995-02-28 say=Yet_Ecuador_said_its_post_at_Tiwinza_had_been_[shelled]_on_Tuesday.\n"
     "e t=demand c=1055 p=REQUEST st=a s=ECU g=BRA,ARG,CHL,USA k=observer,hurry x=hurry_the_observers say=Quito_[demanded]_that_the_guarantors_hurry_their_<observers>.\n",
     "Galo Leoro|Paper is patient; mortars are not. <b>Where are the observers?</b>"},
};
enum { N_PARTS = sizeof parts / sizeof *parts };

static dg_str cat(dg_str a, dg_str b) { return dgi_arena_printf(arena, "%.*s%.*s", (int)a.len, a.ptr, (int)b.len, b.ptr); }

static uint32_t cps(dg_str s)
{
    uint32_t n = 0;
    for (size_t i = 0; i < s.len; i++)
        n += (s.ptr[i] & 0xC0) != 0x80;
    return n;
}

static void put(dgi_store *s, const struct part *p)
{
    struct dgi_ev_doc d = fx_doc(arena, p->id, p->published, p->events);
    d.meta = (struct dgi_meta){.id = dgi_str(p->id), .url = dgi_str(p->url), .title = dgi_str(p->title), .publisher = dgi_str(p->publisher),
                               .published = d.reported, .published_from = DGI_S("option")};
    struct dgi_ev_sentence *ss = dgi_arena_array(arena, 80, sizeof *ss);
    struct dgi_ev_statement *ts = dgi_arena_array(arena, 8, sizeof *ts);
    d.text = (dg_str){"", 0};
    for (uint32_t i = 0; i < d.n_events; i++) {
        struct dgi_event *e = (struct dgi_event *)&d.events[i];
        uint32_t from = e->trig_start - e->ev_start, to = e->trig_end - e->ev_start; /* bytes */
        from = cps(dgi_str_sub(e->ev_text, 0, from));
        to = cps(dgi_str_sub(e->ev_text, 0, to));
        uint32_t b = (uint32_t)d.text.len, c = cps(d.text);
        bool again = i && dgi_str_eq(e->ev_text, d.events[i - 1].ev_text);
        if (again)
            b = ss[d.n_sentences - 1].b_start, c = ss[d.n_sentences - 1].start;
        else {
            d.text = cat(cat(d.text, e->ev_text), DGI_S(" "));
            ss[d.n_sentences++] = (struct dgi_ev_sentence){c, c + cps(e->ev_text), b, b + (uint32_t)e->ev_text.len};
        }
        e->sentence = d.n_sentences - 1;
        e->trig_start = c + from;
        e->trig_end = c + to;
    }
    dg_str rest = dgi_str(p->said), one;
    while (dgi_str_next(&rest, '\n', &one)) {
        size_t bar = dgi_str_find(one, DGI_S("|"));
        uint32_t b = (uint32_t)d.text.len, c = cps(d.text);
        dg_str words = dgi_str_sub(one, bar + 1, one.len);
        d.text = cat(cat(d.text, words), DGI_S(" "));
        ss[d.n_sentences] = (struct dgi_ev_sentence){c, c + cps(words), b, b + (uint32_t)words.len};
        ts[d.n_statements++] = (struct dgi_ev_statement){.id = DGI_S("s"), .speaker = {.id = dgi_str_sub(one, 0, bar), .name = dgi_str_sub(one, 0, bar)},
                                                            .content = words, .start = c, .end = c + cps(words), .sentence = d.n_sentences};
        d.n_sentences++;
    }
    d.sentences = ss;
    d.statements = ts;
    enum dgi_ingest_result r;
    dg_error err = {0};
    if (dgi_store_put(s, &d, DGI_NO_DAY, &r, &err) != DG_OK)
        fail_msg("%s", err.message);
}

static dgi_store *store;

static int setup(void **state)
{
    (void)state;
    char path[64];
    dg_error err = {0};
    arena = dgi_arena_new(0);
    rules = fx_rules(arena);
    if (!rules || !mkdtemp(dir))
        return -1;
    snprintf(path, sizeof path, "%s/a.db", dir);
    if (dgi_store_open(&store, path, true, rules, &err) != DG_OK)
        return -1;
    for (int i = 0; i < N_PARTS; i++)
        put(store, &parts[i]);
    return dgi_store_sync(store, &err) == DG_OK ? 0 : -1;
}
static int teardown(void **state)
{
    (void)state;
    char cmd[64];
    dgi_store_close(store);
    dgi_sit_rules_free(rules);
    dgi_arena_free(arena);
    snprintf(cmd, sizeof cmd, "rm -rf %s", dir);
    return system(cmd) == 0 ? 0 : -1;
}

static uint32_t count(dg_str s, const char *what)
{
    uint32_t n = 0;
    size_t at;
    while ((at = dgi_str_find(s, dgi_str(what))) != SIZE_MAX) {
        n++;
        s = dgi_str_sub(s, at + 1, s.len);
    }
    return n;
}

static void page_is_whole_and_safe(void **state)
{
    (void)state;
    struct dgi_brief_options o = DGI_BRIEF_INIT;
    struct dgi_buf out = {0}, again = {0};
    dg_error err = {0};
    assert_int_equal(dgi_brief_html(store, &o, &out, &err), DG_OK);
    assert_int_equal(dgi_brief_html(store, &o, &again, &err), DG_OK);
    assert_true(dgi_str_eq(dgi_buf_str(&out), dgi_buf_str(&again)));
    dg_str s = dgi_buf_str(&out);
    /* nothing from outside, no script */
    static const char *const not[] = {"<script", "<link", "<img", "@import", "url(", "src=", "onload", "<b>Where", "<observers>", "<as>"};
    for (size_t i = 0; i < sizeof not / sizeof *not; i++)
        if (dgi_str_find(s, dgi_str(not[i])) != SIZE_MAX)
            fail_msg("page holds '%s'", not[i]);
    /* links inside a picture are not read out: the drawing is a group; and the browser is told to fetch nothing */
    assert_true(dgi_str_find(s, DGI_S("role=\"img\"")) == SIZE_MAX);
    assert_true(dgi_str_find(s, DGI_S("http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';")) != SIZE_MAX);
    assert_true(dgi_str_find(s, DGI_S("&lt;observers&gt;")) != SIZE_MAX);
    assert_true(dgi_str_find(s, DGI_S("<mark>shelled</mark>")) != SIZE_MAX);
    assert_true(dgi_str_find(s, DGI_S("<svg")) != SIZE_MAX);
    /* every reference leads somewhere, once */
    char id[32];
    uint32_t notes = 0;
    for (;; notes++) {
        snprintf(id, sizeof id, "id=\"n%u\"", notes + 1);
        if (count(s, id) != 1)
            break;
    }
    assert_true(notes > 20);
    for (uint32_t i = notes + 1; i < notes + 50; i++) {
        snprintf(id, sizeof id, "href=\"#n%u\"", i);
        assert_int_equal(count(s, id), 0);
    }
    static const char *const tags[] = {"div", "section", "ul", "ol", "li", "span", "p", "svg", "text", "a", "g", "details", "figure", "h2", "h3", "cite", "mark"};
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        char open1[16], open2[16], close[16];
        snprintf(open1, sizeof open1, "<%s>", tags[i]);
        snprintf(open2, sizeof open2, "<%s ", tags[i]);
        snprintf(close, sizeof close, "</%s>", tags[i]);
        if (count(s, open1) + count(s, open2) != count(s, close))
            fail_msg("<%s> opened %u, closed %u", tags[i], count(s, open1) + count(s, open2), count(s, close));
    }
    dgi_buf_free(&out);
    dgi_buf_free(&again);
}

static void markdown_has_the_same_lines(void **state)
{
    (void)state;
    struct dgi_brief_options o = DGI_BRIEF_INIT;
    struct dgi_buf out = {0};
    dg_error err = {0};
    o.as_of = fx_day("1995-02-18");
    assert_int_equal(dgi_brief_markdown(store, &o, &out, &err), DG_OK);
    dg_str s = dgi_buf_str(&out);
    static const char *const want[] = {"# ", "## What changed since 4 February", "## What stands", "## Who said what", "## Evidence", "*rejected* since 20 January 1995",
                                       "planned \xE2\x86\x92 *held*", "**signed**", "[^1]: "};
    for (size_t i = 0; i < sizeof want / sizeof *want; i++)
        if (dgi_str_find(s, dgi_str(want[i])) == SIZE_MAX)
            fail_msg("no '%s' in\n%.*s", want[i], (int)s.len, s.ptr);
    assert_true(dgi_str_find(s, DGI_S("guns fall silent")) == SIZE_MAX || dgi_str_find(s, DGI_S("<as>")) == SIZE_MAX);
    assert_true(dgi_str_find(s, DGI_S("Tiwinza had been")) == SIZE_MAX); /* of a later day */
    dgi_buf_free(&out);
}

static void an_empty_store_says_so(void **state)
{
    (void)state;
    char path[64];
    dg_error err = {0};
    dgi_store *s = NULL;
    struct dgi_buf out = {0};
    struct dgi_brief_options o = DGI_BRIEF_INIT;
    snprintf(path, sizeof path, "%s/empty.db", dir);
    assert_int_equal(dgi_store_open(&s, path, true, rules, &err), DG_OK);
    assert_int_equal(dgi_brief_html(s, &o, &out, &err), DG_E_STORE);
    o.as_of = fx_day("1995-02-18");
    assert_int_equal(dgi_brief_html(s, &o, &out, &err), DG_OK);
    assert_true(dgi_str_find(dgi_buf_str(&out), DGI_S("Nothing was reported")) != SIZE_MAX);
    dgi_buf_free(&out);
    dgi_store_close(s);
}

/* A page of everything that a large store has would be too long to open: it holds the matters heard of last, and says so. */
static void a_huge_store_fits_a_page(void **state)
{
    (void)state;
    enum { N = 1100 };
    char path[64], id[16], day[16], event[200];
    dg_error err = {0};
    dgi_store *s = NULL;
    struct dgi_buf out = {0};
    struct dgi_brief_options o = DGI_BRIEF_INIT;
    snprintf(path, sizeof path, "%s/huge.db", dir);
    assert_int_equal(dgi_store_open(&s, path, true, rules, &err), DG_OK);
    for (int i = 0; i < N; i++) {
        dgi_day_format(fx_day("1995-01-01") + i / 100, day);
        snprintf(id, sizeof id, "h%04d", i);
        snprintf(event, sizeof event, "e t=kill c=190 p=ASSAULT st=a s=PER g=ECU q=deaths:%d at=Town_%d/PER say=%d_were_[killed].\n", 500 + i * 7, i, 500 + i * 7);
        put(s, &(struct part){id, id, "Losses", "El Faro", dgi_arena_str(arena, dgi_str(day)).ptr, event, ""});
    }
    assert_int_equal(dgi_store_sync(s, &err), DG_OK);
    for (int html = 0; html < 2; html++) {
        out.len = 0;
        assert_int_equal((html ? dgi_brief_html : dgi_brief_markdown)(s, &o, &out, &err), DG_OK);
        assert_true(dgi_str_find(dgi_buf_str(&out), DGI_S("the 1000 matters heard of last; ")) != SIZE_MAX);
        assert_true(dgi_str_find(dgi_buf_str(&out), DGI_S(" more are left out")) != SIZE_MAX);
    }
    o.between_a = "PER";
    o.between_b = "BRA";
    out.len = 0;
    assert_int_equal(dgi_brief_html(s, &o, &out, &err), DG_OK);
    assert_true(dgi_str_find(dgi_buf_str(&out), DGI_S("left out")) == SIZE_MAX);
    dgi_buf_free(&out);
    dgi_store_close(s);
}

int main(int argc, char **argv)
{
    if (argc > 1) {
        struct dgi_brief_options o = DGI_BRIEF_INIT;
        struct dgi_buf out = {0};
        dg_error err = {0};
        o.since = fx_day("1995-02-09");
        if (setup(NULL) || (argc > 2 ? dgi_brief_markdown(store, &o, &out, &err) : dgi_brief_html(store, &o, &out, &err)) != DG_OK)
            return 1;
        FILE *f = fopen(argv[1], "w");
        if (!f || fwrite(out.ptr, 1, out.len, f) != out.len || fclose(f))
            return 1;
        dgi_buf_free(&out);
        return teardown(NULL);
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(page_is_whole_and_safe),
        cmocka_unit_test(markdown_has_the_same_lines),
        cmocka_unit_test(an_empty_store_says_so),
        cmocka_unit_test(a_huge_store_fits_a_page),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
