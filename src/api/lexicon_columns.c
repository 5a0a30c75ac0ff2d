/* SPDX-License-Identifier: Apache-2.0 */
/* api/lexicon_columns.c: the columns of lexicon/ that hold one of a few words, and the words that the program reads there.
 *
 * Reads   a table as it is written
 * Writes  faults: file, line, field, message
 *
 * A misspelt kind ("terrorr") used to be a kind that nothing asks for: the row was silently dead. tests/lint_readers.py holds the
 * other side: each word here is asked for somewhere in src/. What frames-*, status, grammar, lightverbs, function_words and items may
 * say is checked by their own readers (code/frames_parse.c, doc/function_words.c, situation/rules.c). */
#include <stdio.h>

#include "api/api.h"

struct column {
    const char *table;
    uint32_t col; /* from 1 */
    bool empty;   /* "-" is allowed */
    const char *words;
};
static const struct column columns[] = {
    {"actor_first_names", 2, false, "m|f"},
    {"actor_words", 3, false, "name|adj|demonym|capital|seat|region|several"},
    {"blocs", 4, true, "loose"},
    {"contractions", 2, false, "whole|ending|joined"},
    {"cues", 2, false, "say|tell|urge|ask|think|weak|manner|name|act|quote|noun|prep|adj|carrier"},
    {"cues", 4, true, "obj|obl:to"},
    {"cues", 5, true, "deny"},
    {"gazetteer", 3, false, "city|admin1|seat|natural|capital"},
    {"gazetteer", 9, true, "w"},
    {"gazetteer_towns", 3, false, "city|admin2"},
    {"gazetteer_towns", 9, true, "w"},
    {"groups", 4, false, "movement|rebel|terror|ethnic|militia|criminal|breakaway"},
    {"item_words", 3, false, "key|part|begins|whole|ends"},
    {"layout", 2, false,
     "related|caption|byline|other|date|updated|header|outlet|hidden|class|classshort|content|deck|classdate|month|metadate|metatitle|metaauthor|"
     "metasite|metaupdated|metaurl|by|classstate|credit|dateword|datejoin|nameparticle|nameprefix|namesep|nameoutlet|ordinal|page|"
     "pageof|placeword"},
    {"layout", 3, false, "colon|start|end|any|whole|word"},
    {"nonevents", 3, false, "sport|market|weather|figure|history|name|accident"},
    {"numbers", 2, false, "unit|teen|ten|hundred|scale|dozen|half|article|ordinal|vague|plural"},
    {"orgs", 4, false, "igo|media|party|company|gov|mil|ngo|leg|region|spy|cop|movement|union|church|sport|jud"},
    {"parties", 4, false, "party"},
    {"persons", 4, true, "m|f"},
    {"place_words", 2, false,
     "noun|facility|body|title|feature|feature_of|public|dweller|plural|road|route|direction|opens|academy|school|common|thing|native|hyphen|civic|municipal|"
     "in:|=|@"},
    {"plover", 2, false, "event|mode|context|sector|auxiliary|international"},
    {"quantity_nouns", 2, false, "noun|verb|event|adj|subject|loss|rank|flight|arms"},
    {"quantity_nouns", 3, false, "persons|weapons|troops|deaths|detained|displaced|injured|casualty"},
    {"regions", 3, false,
     "city|region|site|admin1|none|island|sea|river|country|base|strait|continent|border|lake|ocean|cape|canal|office|union"},
    {"roles", 3, false, "person|people|body|member"},
    {"roles", 7, false, "yes|no"},
    {"roles", 8, false, "yes|no"},
    {"stances", 2, false, "want|aim|fear|believe|praise|blame|topic|show|urge|rule|seem"},
    {"states", 6, false, "state|territory|historic|disputed"},
    {"status_law", 5, false, "any|not_later"},
    {"times", 2, false,
     "name|holiday|era|month|unit|units|part|dayabbr|rel|until|weekday|weekdays|edge|edgeof|narr|season|dayword|since|every|half|"
     "overnight|recent|within|ref|set|lasts|long|fiscal|years|clock|reftail|mod|letter|parts|whole|setprefix"},
    {"topics", 2, false, "politics|poll|sport|art|market|nature|home"},
    {"units", 2, false, "money|other|part"},
};

/* Does one of the words end in a mark that takes any name behind it: "@", "=", "in:"? */
static bool takes_name(const struct column *c, dg_str value)
{
    dg_str words = dgi_str(c->words), one;
    while (dgi_str_next(&words, '|', &one)) {
        char last = one.len ? one.ptr[one.len - 1] : 0;
        if ((last == '@' || last == '=' || last == ':') && value.len > one.len && dgi_str_starts(value, one))
            return true;
    }
    return false;
}

/* One value, or several with "|" between them. */
static bool column_reads(const struct column *c, dg_str value)
{
    dg_str rest = value, one;
    if (dgi_str_in(dgi_str(c->words), '|', value))
        return true;
    while (dgi_str_next(&rest, '|', &one))
        if (!dgi_str_in(dgi_str(c->words), '|', one) && !takes_name(c, one))
            return false;
    return value.len > 0;
}

void dgi_lexicon_columns_check(const struct dgi_tsv *t, dgi_fault_fn *fault, void *user)
{
    char msg[400];
    for (size_t k = 0; k < sizeof columns / sizeof *columns; k++) {
        const struct column *c = &columns[k];
        for (uint32_t r = 0; dgi_str_is(t->name, c->table) && c->col <= t->n_cols && r < t->n_rows; r++) {
            dg_str word = t->cell[(size_t)r * t->n_cols + c->col - 1];
            if (word.len ? column_reads(c, word) : c->empty)
                continue;
            snprintf(msg, sizeof msg, "nothing reads '%.*s' here; known are %s", (int)(word.len < 60 ? word.len : 60),
                     word.ptr, c->words);
            fault(user, t->path.ptr, t->line[r], c->col, msg);
        }
    }
}
