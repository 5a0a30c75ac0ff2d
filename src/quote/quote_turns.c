/* SPDX-License-Identifier: Apache-2.0 */
/* quote/quote_turns.c: transcripts and interviews, where a label at the beginning of a line says who speaks.
 *
 *     MS. ADEYEMI: We have not asked for troops.        Q: Will you meet him?        President Tembo: The banks can wait.
 *
 * A label is a word that stands for a side of the talk (sets turn_ask, turn_answer), words in capitals, or the name of a person or an
 * office; a colon ends it. One label says nothing ("Note:", "Moscow:"): there must be three, or a question and its answer, of two
 * speakers, and one of them a person or a question. What follows a label up to the next one is one direct statement. Paragraphs without a label
 * are the speaker's where much of the text is such talk; in an article that only shows a piece of it they are the reporter's. A letter, from
 * its greeting to its closing words, is one statement of whoever signs. */
#include "quote/quote_in.h"

enum {
    LABEL = 14,
    LEAST_TURNS = 3,
    MOST_TURNS = 4096,
    LINE = 40,  /* tokens of a turn looked at for a verb */
    OUTSIDE = 3 /* at most one line in so many stands before or behind the talk */
};

enum label_kind { NO_LABEL, ASKS, ANSWERS, IS_PERSON, IS_ROLE, IS_CAPITAL };

struct turn {
    uint32_t label,
        first; /* tokens: where the label begins, what follows it; the same where the label was taken for a dateline */
    dgi_span words;  /* of the label */
    uint32_t entity; /* or DGI_NONE */
    uint8_t kind;
    uint8_t colon; /* bytes of the mark behind the words that is the cue */
};

static bool line_start(const struct dgi_doc *d, uint32_t t)
{
    const uint32_t s = d->toks[t].sent;
    if (t == 0 || (d->sents[s].starts_par && d->sents[s].first == t))
        return true;
    for (uint32_t k = d->toks[t - 1].end; k < d->toks[t].start; k++)
        if (d->text.ptr[k] == '\n')
            return true;
    return false;
}

/* Of letters: 'A' all capitals, 'a' none, 'T' the first, 0 no letter. */
static char shape(dg_str form)
{
    uint32_t upper = 0, lower = 0;
    for (size_t i = 0; i < form.len; i++) {
        upper += form.ptr[i] >= 'A' && form.ptr[i] <= 'Z';
        lower += (form.ptr[i] >= 'a' && form.ptr[i] <= 'z') || (unsigned char)form.ptr[i] >= 0x80;
    }
    if (!upper && !lower)
        return 0;
    return !lower ? 'A' : upper && form.ptr[0] >= 'A' && form.ptr[0] <= 'Z' ? 'T' : 'a';
}

/* What follows a comma or a bracket says more of a name: "ANA ROY, HOST". */
static bool ends_name(const struct dgi_doc *d, uint32_t t)
{
    return dgi_tok_is(d, t, ",") || dgi_tok_is(d, t, "(");
}

/* Who is named in the words [from, to): the last person before a comma, else the first person, else the first office. */
static void who(const struct dgi_quote_work *w, struct turn *t, uint32_t from, uint32_t to)
{
    const struct dgi_doc *d = w->doc;
    bool name = true;
    for (uint32_t k = from; k < to; k++) {
        const uint32_t m = w->cover[k], e = m == DGI_NONE ? DGI_NONE : d->mentions[m].entity;
        name = name && !ends_name(d, k);
        if (e == DGI_NONE || d->mentions[m].first < from || d->mentions[m].end > to)
            continue;
        const bool person = d->entities[e].type == DGI_ENT_PERSON;
        if (person ? t->kind != IS_PERSON || name : d->entities[e].type == DGI_ENT_ROLE && t->kind == NO_LABEL) {
            t->entity = e;
            t->words = d->mentions[m].span;
            t->kind = person ? IS_PERSON : IS_ROLE;
        }
    }
}

/* A label that the names were not found in: the person of the text whose name ends with the same word. */
static void by_family_name(const struct dgi_doc *d, struct turn *t)
{
    dg_str word = dgi_slice(d, t->words);
    const size_t comma = dgi_str_find(word, DGI_S(",")), bracket = dgi_str_find(word, DGI_S("("));
    word = dgi_str_trim(dgi_str_sub(word, 0, comma < bracket ? comma : bracket < word.len ? bracket : word.len));
    for (size_t i = word.len; i-- > 0;)
        if (word.ptr[i] == ' ') {
            word = dgi_str_sub(word, i + 1, word.len);
            break;
        }
    for (uint32_t e = 0; e < d->n_entities && word.len > 1; e++) {
        const dg_str name = d->entities[e].name;
        if (d->entities[e].type != DGI_ENT_PERSON || name.len < word.len ||
            !dgi_str_ieq(dgi_str_sub(name, name.len - word.len, name.len), word) ||
            (name.len > word.len && name.ptr[name.len - word.len - 1] != ' '))
            continue;
        t->entity = e;
        t->kind = IS_PERSON;
        return;
    }
}

/* "MR. SMITH:" before the first sentence looks like a dateline, and no tokens were made of it. */
static bool as_dateline(const struct dgi_doc *d, uint32_t at, struct turn *t)
{
    const struct dgi_sent *s = &d->sents[d->toks[at].sent];
    const dgi_span line = d->blocks[s->block].dateline;
    const dg_str words = dgi_str_trim(dgi_slice(d, line));
    if (!s->starts_par || s->first != at || line.end > d->toks[at].start || words.len < 2 ||
        words.ptr[words.len - 1] != ':')
        return false;
    const uint32_t from = line.start + (uint32_t)(words.ptr - dgi_slice(d, line).ptr);
    *t = (struct turn){.label = at,
                       .first = at,
                       .words = {from, from + (uint32_t)words.len - 1},
                       .colon = 1,
                       .entity = DGI_NONE,
                       .kind = IS_CAPITAL};
    by_family_name(d, t);
    return true;
}

/* "Q. Will you go?", "A. We will." */
static bool letter(const struct dgi_doc *d, uint32_t at, struct turn *t)
{
    const dg_str form = d->toks[at].form;
    const uint32_t stop = form.len == 1 ? at + 1 : at; /* a token of its own, or not */
    const dg_str mark = stop < d->n_toks ? d->toks[stop].form : form;
    if (form.len > 2 || !mark.len || mark.ptr[mark.len - 1] != '.' || stop + 1 >= d->n_toks || shape(form) != 'A' ||
        d->toks[stop].end == d->toks[stop + 1].start)
        return false;
    const dg_str alone = dgi_str_sub(form, 0, 1);
    *t = (struct turn){.label = at,
                       .first = stop + 1,
                       .words = {d->toks[at].start, d->toks[at].start + 1},
                       .colon = 1,
                       .entity = DGI_NONE,
                       .kind = dgi_word_in(d->words, DGI_W_TURN_ASK, alone)      ? ASKS
                               : dgi_word_in(d->words, DGI_W_TURN_ANSWER, alone) ? ANSWERS
                                                                                 : NO_LABEL};
    return t->kind != NO_LABEL;
}

/* Is there a label at the beginning of a line? A mark may stand before it. */
static bool label(const struct dgi_quote_work *w, uint32_t at, struct turn *t)
{
    const struct dgi_doc *d = w->doc;
    const uint32_t from = dgi_is_quote_mark(d->toks[at].form) && at + 1 < d->n_toks ? at + 1 : at;
    uint32_t k = from, n = 0, capitals = 0;
    bool small = false;
    if (as_dateline(d, at, t))
        return true;
    *t = (struct turn){.label = from, .entity = DGI_NONE};
    if (letter(d, from, t))
        return true;
    for (; k < d->n_toks && k < from + LABEL && !dgi_tok_is(d, k, ":"); k++) {
        const char c = shape(d->toks[k].form);
        if ((k > from && line_start(d, k)) || dgi_is_quote_mark(d->toks[k].form) || dgi_tok_is(d, k, ";") ||
            dgi_tok_is(d, k, "?"))
            return false;
        n += c != 0;
        capitals += c == 'A';
        small |= c == 'a' && d->toks[k].upos != DGI_ADP && d->toks[k].upos != DGI_DET && d->toks[k].upos != DGI_CCONJ;
    }
    if (!n || small || k + 1 >= d->n_toks || dgi_tok_in(d, k - 1, DGI_W_CREDIT_LABEL) || !dgi_tok_is(d, k, ":") ||
        d->toks[k].end == d->toks[k + 1].start)
        return false;
    t->first = k + 1;
    if (n == 1 && dgi_tok_in(d, from, DGI_W_TURN_ASK))
        t->kind = ASKS;
    else if (n == 1 && dgi_tok_in(d, from, DGI_W_TURN_ANSWER))
        t->kind = ANSWERS;
    else
        who(w, t, from, k);
    t->words = (dgi_span){d->toks[from].start, d->toks[k - 1].end};
    t->colon = (uint8_t)(d->toks[k].start == t->words.end);
    const uint32_t m = w->cover[from];
    if (t->kind == NO_LABEL && capitals == n && m == DGI_NONE)
        t->kind = IS_CAPITAL;
    if (t->kind == IS_CAPITAL || (t->kind == IS_ROLE && capitals == n))
        by_family_name(d, t);
    return t->kind != NO_LABEL;
}

static bool same_label(const struct dgi_doc *d, const struct turn *a, const struct turn *b)
{
    return a->entity != DGI_NONE || b->entity != DGI_NONE ? a->entity == b->entity
                                                          : dgi_str_ieq(dgi_slice(d, a->words), dgi_slice(d, b->words));
}

/* A label in capitals or of an office is one where it comes again. */
static bool comes_again(const struct dgi_doc *d, const struct turn *all, uint32_t n, uint32_t i)
{
    for (uint32_t k = 0; k < n && k < LEAST_TURNS * 32u; k++)
        if (k != i && same_label(d, &all[k], &all[i]))
            return true;
    return false;
}

/* Is it talk, or a list of names with their offices, of pictures with their makers: does a verb stand in what most labels open? */
static bool talk(const struct dgi_doc *d, const struct turn *all, uint32_t n)
{
    uint32_t with = 0;
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t next = i + 1 < n ? all[i + 1].label : d->n_toks;
        bool verb = false;
        for (uint32_t t = all[i].first; t < next && t < all[i].first + LINE && !verb; t++)
            verb = dgi_is_finite(d, t) || d->toks[t].upos == DGI_VERB || dgi_tok_is(d, t, "?") ||
                   dgi_tok_is(d, t, "!") || d->toks[t].upos == DGI_INTJ;
        with += verb;
    }
    return with * 2 > n;
}

/* Leaves those that are labels; 0: the text is no such talk. */
static uint32_t chosen(const struct dgi_doc *d, struct turn *all, uint32_t n)
{
    uint32_t kept = 0, sure = 0;
    bool asks = false, answers = false, two = false;
    for (uint32_t i = 0; i < n; i++) {
        if (all[i].kind > IS_PERSON && !comes_again(d, all, n, i))
            continue;
        asks |= all[i].kind == ASKS;
        answers |= all[i].kind == ANSWERS;
        sure += all[i].kind <= IS_PERSON;
        two |= kept && !same_label(d, &all[0], &all[i]);
        all[kept++] = all[i];
    }
    return sure && two && (kept >= LEAST_TURNS || (asks && answers)) && talk(d, all, kept) ? kept : 0;
}

/* "A:" is whoever the talk is with: the one person named before it. */
static uint32_t asked(const struct dgi_doc *d, uint32_t before)
{
    uint32_t found = DGI_NONE;
    for (uint32_t m = 0; m < d->n_mentions; m++) {
        const uint32_t e = d->mentions[m].entity;
        if (d->mentions[m].first >= before || e == DGI_NONE || d->entities[e].type != DGI_ENT_PERSON)
            continue;
        if (found != DGI_NONE && found != e)
            return DGI_NONE;
        found = e;
    }
    return found;
}

static bool bracketed(const struct dgi_doc *d, uint32_t t)
{
    return dgi_tok_is(d, t, "(") || dgi_tok_is(d, t, "[");
}

/* The first region that opens right before token t or behind it. Regions stand in order. */
static uint32_t region_from(const struct dgi_quote_work *w, uint32_t t)
{
    uint32_t lo = 0, hi = w->n_regions;
    while (lo < hi) {
        const uint32_t mid = lo + (hi - lo) / 2;
        if (w->regions[mid].open + 1 < t)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

/* The words of the turn, a span a paragraph. */
static bool put(struct dgi_quote_work *w, const struct turn *t, uint32_t end)
{
    struct dgi_doc *d = w->doc;
    const uint32_t last = d->toks[end - 1].sent;
    dgi_span *spans = dgi_arena_array(d->arena, last - d->toks[t->first].sent + 1, sizeof *spans);
    uint32_t n = 0, block = DGI_NONE;
    if (!spans)
        return false;
    for (uint32_t s = d->toks[t->first].sent; s <= last; s++) {
        const struct dgi_sent *st = &d->sents[s];
        uint32_t first = st->first < t->first ? t->first : st->first, to = st->end < end ? st->end : end;
        while (first < to && dgi_is_quote_mark(d->toks[first].form) && st->block != block)
            first++;
        while (to > first && dgi_is_quote_mark(d->toks[to - 1].form) && w->region_of[to - 1] == DGI_NONE && s == last)
            to--;
        if (first >= to || ((first == st->first || st->block != block) && bracketed(d, first)))
            continue; /* a mark may stand before "(CROSSTALK)" */
        if (st->block != block || !n)
            spans[n++].start = d->toks[first].start;
        spans[n - 1].end = d->toks[to - 1].end;
        block = st->block;
    }
    if (!n)
        return true;
    struct dgi_statement *st = DGI_PUSH(d->arena, d->statements, d->n_statements, d->cap_statements);
    if (!st)
        return false;
    *st = (struct dgi_statement){.kind = DGI_DIRECT,
                                 .speaker = t->entity,
                                 .speaker_span = t->words,
                                 .cue = {t->words.end, t->words.end + t->colon},
                                 .cue_tok = DGI_NONE,
                                 .addressee = DGI_NONE,
                                 .outer = DGI_NONE,
                                 .content = spans,
                                 .n_content = n,
                                 .sentence = d->toks[t->first].sent};
    /* the marks around the whole of a paragraph are this statement's */
    for (uint32_t r = region_from(w, t->label); r < w->n_regions && w->regions[r].open < end; r++) {
        struct dgi_region *g = &w->regions[r];
        if ((g->first <= t->label || line_start(d, g->open)) &&
            (g->close == DGI_NONE || g->close >= end || g->first <= t->label)) {
            g->done = true;
            g->statement = d->n_statements - 1;
        }
    }
    return true;
}

/* The first token behind the turn: the next label, or in a text that is not all talk the end of its paragraph. */
static uint32_t turn_end(const struct dgi_doc *d, const struct turn *t, const struct turn *next, bool whole)
{
    uint32_t s = d->toks[t->first].sent;
    const uint32_t block = d->sents[s].block;
    uint32_t end = d->n_toks;
    if (next)
        end =
            next->label > t->first && dgi_is_quote_mark(d->toks[next->label - 1].form) ? next->label - 1 : next->label;
    if (whole && next)
        return end;
    while (s < d->n_sents && d->sents[s].block == block)
        s++;
    const uint32_t of_block = d->sents[s - 1].end;
    return of_block < end ? of_block : end;
}

/* The end of the line that begins at token t. */
static uint32_t line_end(const struct dgi_doc *d, uint32_t t)
{
    uint32_t e = t + 1;
    while (e < d->n_toks && !line_start(d, e))
        e++;
    return e;
}

/* "Dear Ms. Roy, ... Sincerely, Ana Diaz": what stands between is said by whoever signs. Looks at lines [t, ...), the first of which
 * greets. False: no memory. */
static bool letter_from(struct dgi_quote_work *w, uint32_t t)
{
    const struct dgi_doc *d = w->doc;
    const uint32_t body = line_end(d, t);
    if (body >= d->n_toks || body > t + LABEL || !(dgi_tok_is(d, body - 1, ",") || dgi_tok_is(d, body - 1, ":")))
        return true;
    for (uint32_t k = body; k < d->n_toks; k = line_end(d, k)) {
        const uint32_t end = line_end(d, k);
        if (dgi_tok_in(d, k, DGI_W_LETTER_OPEN)) /* the next one */
            return true;
        if (end > k + LABEL || !dgi_tok_in(d, k, DGI_W_LETTER_CLOSE))
            continue;
        struct turn by = {.label = t, .first = body, .entity = DGI_NONE};
        who(w, &by, k, end + 2 * LABEL < d->n_toks ? end + 2 * LABEL : d->n_toks);
        const uint32_t n = d->n_statements;
        struct turn to = {.entity = DGI_NONE};
        if (by.kind != IS_PERSON)
            return true;
        who(w, &to, t, body);
        if (!put(w, &by, k))
            return false;
        if (d->n_statements > n)
            d->statements[n].addressee = to.entity;
        return true;
    }
    return true;
}

/* "Tembo: army will hold the bridge" over an article that shows some talk below: the headline is no turn of it. */
static bool over_talk(const struct dgi_doc *d, const struct turn *first, const struct turn *next)
{
    const uint32_t s = d->toks[first->label].sent, end = s + 1 < d->n_sents ? line_end(d, first->label) : d->n_toks;
    return s == 0 && end < d->n_toks && d->sents[d->toks[end].sent].block != d->sents[0].block &&
           next->label > end + 1; /* a mark may stand before the label */
}

bool dgi_turns(struct dgi_quote_work *w)
{
    const struct dgi_doc *d = w->doc;
    const uint32_t room = d->n_sents < MOST_TURNS ? d->n_sents : MOST_TURNS; /* each label begins a sentence */
    uint32_t n = 0, lines = 0;
    struct turn *all = dgi_arena_array(w->arena, room + 1u, sizeof *all);
    if (!all)
        return false;
    for (uint32_t t = 0; t < d->n_toks && n < room; t++) {
        if (!line_start(d, t))
            continue;
        lines++;
        if (dgi_tok_in(d, t, DGI_W_LETTER_OPEN) && !letter_from(w, t))
            return false;
        n += label(w, t, &all[n]);
    }
    n = chosen(d, all, n);
    if (n > 1 && over_talk(d, &all[0], &all[1])) {
        n--;
        memmove(all, all + 1, n * sizeof *all);
    }
    uint32_t outside = 0;
    for (uint32_t t = 0; n && t < d->n_toks; t++)
        outside += (t < all[0].label || t > all[n - 1].first) && line_start(d, t);
    const bool whole = outside * OUTSIDE <= lines;
    const uint32_t answers = n ? asked(d, all[0].label) : DGI_NONE;
    for (uint32_t i = 0; i < n; i++) {
        const struct turn *next = i + 1 < n ? &all[i + 1] : NULL;
        if (all[i].kind == ANSWERS)
            all[i].entity = answers;
        const uint32_t end = turn_end(d, &all[i], next, whole);
        if (end > all[i].first && !put(w, &all[i], end))
            return false;
    }
    return true;
}
