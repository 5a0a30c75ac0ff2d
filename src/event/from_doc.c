/* SPDX-License-Identifier: Apache-2.0 */
/* event/from_doc.c: the coded document as resolved events: ids and words instead of indices into tokens.
 *
 * Reads   doc->{text,meta,sents,toks,entities,places,quantities,statements,events}
 * Writes  struct dgi_ev_doc in the caller's arena
 *
 * Keys are the lemmas of what an event is about: the tokens of its content, else the trigger's own phrase without the
 * parties and without clauses that hang on it. */
#include <math.h>
#include <stdio.h>

#include "base/utf8.h"
#include "event/from_doc.h"

enum { MOST_KEYS = 24, MOST_ABOUT = 240 };

struct rec {
    const struct dgi_doc *doc;
    dgi_arena *a;
    struct dgi_cpmap map;
    struct look_up *find;
    bool failed;
};

/* What would otherwise be searched for in the whole document for each event. In memory of its own, gone with the call. */
struct look_up {
    dgi_arena *a;
    uint8_t *in_time;      /* of a token: does it belong to a time? */
    uint8_t *counted;      /* of a quantity: does an event carry it? */
    uint32_t *first_time;  /* of a sentence: index of its first time; times stand in order of sentences */
    uint32_t *last_place;  /* of a sentence, or DGI_NONE */
    uint32_t *statement;   /* of a token: the first statement whose content touches it, or DGI_NONE */
    struct dgi_ev_actor *actors; /* of an entity, made when it is first named: id.ptr NULL until then */
    dg_str sent_text;      /* the last sentence copied, and its index */
    uint32_t sent;
};

static dg_str copy(struct rec *r, dg_str s)
{
    dg_str c = s.len ? dgi_arena_str(r->a, s) : (dg_str){"", 0};
    r->failed |= !c.ptr;
    return c;
}

/* White space folded to single blanks; a quotation that the piece opens is closed in it. */
static dg_str folded(struct rec *r, dg_str s)
{
    dg_str mark = dgi_unclosed(s);
    char *p = dgi_arena_alloc(r->a, s.len + mark.len + 1);
    size_t n = 0;
    if (!p) {
        r->failed = true;
        return (dg_str){"", 0};
    }
    for (size_t i = 0; i < s.len; i++) {
        bool blank = s.ptr[i] == ' ' || s.ptr[i] == '\n' || s.ptr[i] == '\t' || s.ptr[i] == '\r';
        if (!blank)
            p[n++] = s.ptr[i];
        else if (n && p[n - 1] != ' ')
            p[n++] = ' ';
    }
    while (n && (p[n - 1] == ' ' || p[n - 1] == ',' || p[n - 1] == '.' || p[n - 1] == ';'))
        n--;
    if (n && mark.len) {
        memcpy(p + n, mark.ptr, mark.len);
        n += mark.len;
    }
    p[n] = 0;
    return (dg_str){p, n};
}

static void actor(struct rec *r, struct dgi_ev_actor *out, uint32_t entity)
{
    *out = (struct dgi_ev_actor){{"", 0}, {"", 0}, "", {"", 0}, {"", 0}};
    if (entity >= r->doc->n_entities)
        return;
    if (r->find->actors[entity].id.ptr) {
        *out = r->find->actors[entity];
        return;
    }
    const struct dgi_entity *e = &r->doc->entities[entity];
    out->id = copy(r, e->actor);
    out->name = copy(r, e->name);
    memcpy(out->country, e->country, 4);
    out->cameo = copy(r, e->cameo);
    out->sectors = copy(r, e->sectors);
    r->find->actors[entity] = *out;
}

static const struct dgi_ev_actor *refs(struct rec *r, const struct dgi_ref *in, uint32_t n_in, uint32_t *n)
{
    struct dgi_ev_actor *out = n_in ? dgi_arena_array(r->a, n_in, sizeof *out) : NULL;
    *n = 0;
    r->failed |= n_in && !out;
    for (uint32_t i = 0; out && i < n_in; i++) {
        actor(r, &out[*n], in[i].entity);
        bool again = !out[*n].id.len && !out[*n].name.len;
        for (uint32_t k = 0; k < *n && !again; k++)
            again = dgi_str_eq(out[k].id, out[*n].id) && dgi_str_eq(out[k].name, out[*n].name);
        *n += !again;
    }
    return out;
}

static bool in_span(const struct dgi_tok *t, dgi_span s) { return s.start < s.end && t->start >= s.start && t->end <= s.end; }

static bool content_word(const struct dgi_tok *t)
{
    return t->upos == DGI_NOUN || t->upos == DGI_VERB || t->upos == DGI_PROPN || t->upos == DGI_ADJ || t->upos == DGI_ADV;
}

static void add_key(char *buf, size_t size, size_t *n, uint32_t *count, dg_str lemma)
{
    char low[64];
    dg_str w = dgi_utf8_lower_buf(lemma, low, sizeof low);
    if (w.len < 2 || *count >= MOST_KEYS || *n + w.len + 2 > size)
        return;
    if (memchr(w.ptr, ' ', w.len))
        return;
    if (dgi_str_in((dg_str){buf, *n}, ' ', w))
        return;
    if (*n)
        buf[(*n)++] = ' ';
    memcpy(buf + *n, w.ptr, w.len);
    *n += w.len;
    ++*count;
}

/* Does the token hang on the trigger by a path that stays inside its own phrase? */
static bool own_phrase(const struct dgi_doc *doc, uint32_t trig, uint32_t t)
{
    for (uint32_t steps = 0; t != trig && steps < 64; steps++) {
        uint8_t base = dgi_rel_base(doc->toks[t].rel);
        if (doc->toks[t].head == DGI_NONE)
            return false;
        if (doc->toks[t].head == trig && ((base == DGI_REL_NSUBJ && doc->toks[t].rel != DGI_REL_NSUBJ_PASS) || base == DGI_REL_CSUBJ || base == DGI_REL_ADVCL || base == DGI_REL_PARATAXIS ||
                                          base == DGI_REL_CONJ || base == DGI_REL_PUNCT))
            return false;
        if (base == DGI_REL_ADVCL || base == DGI_REL_PARATAXIS || doc->toks[t].rel == DGI_REL_ACL_RELCL)
            return false;
        t = doc->toks[t].head;
    }
    return t == trig;
}

static bool is_party(const struct dgi_coded *e, const struct dgi_tok *t)
{
    for (uint32_t i = 0; i < e->n_source; i++)
        if (in_span(t, e->source[i].span))
            return true;
    for (uint32_t i = 0; i < e->n_target; i++)
        if (in_span(t, e->target[i].span))
            return true;
    return false;
}

/* Does the token belong to what is shown of the event: for a verb what follows it, and the passive subject; for a noun also
 * what stands before it? */
static bool shown(const struct dgi_doc *doc, uint32_t trig, uint32_t t)
{
    uint32_t top = t;
    for (uint32_t steps = 0; top != trig && doc->toks[top].head != trig && doc->toks[top].head != DGI_NONE && steps < 64; steps++)
        top = doc->toks[top].head;
    if (top == trig)
        return true;
    uint8_t rel = doc->toks[top].rel, base = dgi_rel_base(rel);
    if (base == DGI_REL_CC || base == DGI_REL_MARK || base == DGI_REL_PUNCT || base == DGI_REL_DET || base == DGI_REL_CASE)
        return false;
    return top > trig || (doc->toks[trig].upos != DGI_VERB && base != DGI_REL_COP && base != DGI_REL_AUX && base != DGI_REL_ADVMOD);
}

static void words(struct rec *r, struct dgi_event *out, const struct dgi_coded *e)
{
    const struct dgi_doc *doc = r->doc;
    char keys[1024], lemma[160];
    size_t n = 0, m = 0;
    uint32_t count = 0, n_lemma = 0;
    if (e->trigger_tok >= doc->n_toks)
        return;
    const struct dgi_tok *head = &doc->toks[e->trigger_tok];
    add_key(lemma, sizeof lemma, &m, &n_lemma, head->lemma);
    const struct dgi_sent *s = &doc->sents[head->sent];
    for (uint32_t t = s->first; t < s->end; t++) /* "build-up", "cease fire", "phrasal verbs": all words of the trigger */
        if (t != e->trigger_tok && in_span(&doc->toks[t], e->trigger) && content_word(&doc->toks[t]) && n_lemma < 3)
            add_key(lemma, sizeof lemma, &m, &n_lemma, doc->toks[t].lemma);
    uint32_t lo = e->trigger_tok, hi = e->trigger_tok + 1;
    for (uint32_t t = s->first; t < s->end; t++) {
        const struct dgi_tok *k = &doc->toks[t];
        bool inside = in_span(k, e->content_span), own = own_phrase(doc, e->trigger_tok, t);
        if (own && shown(doc, e->trigger_tok, t) && !in_span(k, e->condition_span) && k->upos != DGI_PUNCT) {
            lo = t < lo ? t : lo;
            hi = t + 1 > hi ? t + 1 : hi;
        }
        if (!content_word(k) || (!inside && !own) || is_party(e, k) || in_span(k, e->condition_span) || r->find->in_time[t])
            continue;
        if (t != e->trigger_tok || head->upos == DGI_NOUN)
            add_key(keys, sizeof keys, &n, &count, k->lemma);
    }
    /* a content that stands in another sentence, e.g. of a running quotation */
    if (e->content_span.start < e->content_span.end)
        for (uint32_t t = dgi_tok_from(doc, e->content_span.start);
             t < doc->n_toks && doc->toks[t].start < e->content_span.end && count < MOST_KEYS; t++)
            if (in_span(&doc->toks[t], e->content_span) && doc->toks[t].sent != head->sent && content_word(&doc->toks[t]))
                add_key(keys, sizeof keys, &n, &count, doc->toks[t].lemma);
    out->lemma = copy(r, (dg_str){lemma, m});
    out->keys = copy(r, (dg_str){keys, n});
    uint32_t a = doc->toks[lo].start, b = doc->toks[hi - 1].end;
    /* killed, wounded ...: the passive's subject is what it is about */
    uint32_t subj = dgi_child(doc, e->trigger_tok, DGI_REL_NSUBJ_PASS, DGI_NONE);
    if (subj != DGI_NONE && subj < e->trigger_tok && e->trigger_tok - subj < 12) {
        uint32_t f, l;
        dgi_subtree(doc, subj, &f, &l);
        if (l <= e->trigger_tok && f >= s->first)
            a = doc->toks[f].start;
    }
    if (b > a && b - a <= MOST_ABOUT)
        out->about = folded(r, dgi_slice(doc, (dgi_span){a, b}));
    if (!out->about.len)
        out->about = folded(r, dgi_slice(doc, e->trigger));
}

static const struct dgi_ev_place *place(struct rec *r, uint32_t i)
{
    if (i >= r->doc->n_places)
        return NULL;
    const struct dgi_place *p = &r->doc->places[i];
    struct dgi_ev_place *out = dgi_arena_alloc(r->a, sizeof *out);
    if (!out) {
        r->failed = true;
        return NULL;
    }
    out->name = copy(r, p->name);
    out->admin1 = copy(r, p->admin1);
    memcpy(out->country, p->country, 4);
    out->lat = p->lat;
    out->lon = p->lon;
    out->geonames = p->geonames;
    out->precision = p->precision;
    return out;
}

static void quantities(struct rec *r, struct dgi_event *out, const struct dgi_coded *e)
{
    const struct dgi_doc *doc = r->doc;
    struct dgi_ev_quantity *q = e->n_quantities ? dgi_arena_array(r->a, e->n_quantities, sizeof *q) : NULL;
    r->failed |= e->n_quantities && !q;
    uint32_t n = 0;
    for (uint32_t i = 0; q && i < e->n_quantities; i++) {
        if (e->quantities[i] >= doc->n_quantities)
            continue;
        const struct dgi_quantity *in = &doc->quantities[e->quantities[i]];
        q[n] = (struct dgi_ev_quantity){.kind = in->kind, .value = in->value, .low = in->low, .high = in->high, .approx = in->approx};
        q[n].unit = copy(r, in->unit);
        q[n].noun = in->noun < doc->n_toks ? copy(r, doc->toks[in->noun].lemma) : (dg_str){"", 0};
        q[n].start = dgi_cpmap_cp(&r->map, in->span.start);
        q[n].end = dgi_cpmap_cp(&r->map, in->span.end);
        n++;
    }
    out->quantities = q;
    out->n_quantities = n;
}

static const uint32_t *links(struct rec *r, const uint32_t *in, uint32_t n_in, uint32_t *n)
{
    uint32_t *out = n_in ? dgi_arena_array(r->a, n_in, sizeof *out) : NULL;
    *n = 0;
    r->failed |= n_in && !out;
    for (uint32_t i = 0; out && i < n_in; i++)
        if (in[i] < r->doc->n_events)
            out[(*n)++] = in[i];
    return out;
}

/* The words of the content without the condition that follows them: "cut the nets" of "cut the nets if they come closer". */
static dgi_span without_condition(const struct dgi_doc *doc, const struct dgi_coded *e)
{
    dgi_span content = e->content_span, condition = e->condition_span;
    if (condition.end <= condition.start || condition.start <= content.start || condition.start >= content.end ||
        condition.end < content.end)
        return content;
    const struct dgi_sent *s = &doc->sents[e->sentence];
    uint32_t t = s->first, end = content.start;
    for (; t < s->end && doc->toks[t].start < condition.start; t++)
        if (doc->toks[t].upos != DGI_SCONJ && doc->toks[t].upos != DGI_PUNCT && doc->toks[t].end > end)
            end = doc->toks[t].end;
    content.end = end > content.start ? end : condition.start;
    return content;
}

/* "gave it 48 hours to comply": an ultimatum's span of time, counted from the day it was given. */
static void span_of_grace(const struct rec *r, struct dgi_event *out, const struct dgi_coded *e)
{
    static const char *const words[] = {"a", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"};
    static const struct { const char *lemma; int days; } units[] = {{"hour", 0}, {"day", 1}, {"week", 7}, {"fortnight", 14}, {"month", 30}};
    const struct dgi_doc *doc = r->doc;
    int32_t from = dgi_ev_day(out, doc->meta.published);
    if (strcmp(e->cameo, "139") != 0 || out->deadline.start != DGI_NO_DAY || from == DGI_NO_DAY || e->trigger_tok >= doc->n_toks)
        return;
    uint32_t sent = doc->toks[e->trigger_tok].sent;
    for (uint32_t i = r->find->first_time[sent]; i < r->find->first_time[sent + 1]; i++) {
        const struct dgi_time *t = &doc->times[i];
        int64_t n = 0;
        if (t->kind == 2 && t->range.start != DGI_NO_DAY) { /* "until Friday", "within 48 hours" */
            out->deadline = t->range;
            return;
        }
        for (uint32_t k = t->first; t->kind == 3 && k < t->end; k++) {
            const struct dgi_tok *tok = &doc->toks[k];
            for (int64_t w = 0; w < 13; w++)
                if (dgi_str_ieq(tok->form, dgi_str(words[w])))
                    n = w ? w : 1;
            int64_t digits;
            if (dgi_str_int(tok->form, &digits) && digits > 0 && digits < 1000)
                n = digits;
            for (size_t u = 0; n && u < sizeof units / sizeof *units; u++)
                if (dgi_str_is(tok->lemma, units[u].lemma)) {
                    int64_t days = units[u].days ? n * units[u].days : (n + 23) / 24;
                    out->deadline.start = out->deadline.end = from + (int32_t)days;
                    out->deadline.precision = DGI_P_DAY;
                    return;
                }
        }
    }
}

static void event(struct rec *r, struct dgi_event *out, const struct dgi_coded *e, uint32_t index)
{
    const struct dgi_doc *doc = r->doc;
    out->id = e->id.len ? copy(r, e->id) : dgi_arena_printf(r->a, "e%u", index);
    r->failed |= !out->id.ptr;
    out->sentence = e->sentence;
    if (e->sentence < doc->n_sents) {
        dgi_span s = doc->sents[e->sentence].span;
        out->ev_start = dgi_cpmap_cp(&r->map, s.start);
        out->ev_end = dgi_cpmap_cp(&r->map, s.end);
        if (r->find->sent != e->sentence || !r->find->sent_text.ptr) {
            r->find->sent_text = copy(r, dgi_slice(doc, s));
            r->find->sent = e->sentence;
        }
        out->ev_text = r->find->sent_text;
    }
    out->trig_start = dgi_cpmap_cp(&r->map, e->trigger.start);
    out->trig_end = dgi_cpmap_cp(&r->map, e->trigger.end);
    out->trigger = copy(r, dgi_slice(doc, e->trigger));
    out->lemma = out->keys = out->about = (dg_str){"", 0};
    words(r, out, e);
    out->source = refs(r, e->source, e->n_source, &out->n_source);
    out->target = refs(r, e->target, e->n_target, &out->n_target);
    memcpy(out->cameo, e->cameo, sizeof out->cameo);
    out->plover = e->plover;
    out->mode = copy(r, e->mode);
    out->contexts = copy(r, e->contexts);
    out->frame = copy(r, e->frame);
    out->status = e->status;
    out->negated = e->negated;
    out->reciprocal = e->reciprocal;
    out->date = e->date;
    out->date_from_text = e->date_from_text;
    out->deadline = e->deadline;
    if (out->deadline.start == 0 && out->deadline.end == 0) /* a zeroed record: none */
        out->deadline.start = out->deadline.end = DGI_NO_DAY;
    span_of_grace(r, out, e);
    out->place = place(r, e->place);
    quantities(r, out, e);
    struct dgi_ev_actor *who = e->n_claimed_by ? dgi_arena_array(r->a, e->n_claimed_by, sizeof *who) : NULL;
    r->failed |= e->n_claimed_by && !who;
    for (uint32_t i = 0; who && i < e->n_claimed_by; i++)
        actor(r, &who[i], e->claimed_by[i]);
    out->claimed_by = who;
    out->n_claimed_by = who ? e->n_claimed_by : 0;
    out->content_of = e->content_of < doc->n_events ? e->content_of : DGI_NONE;
    out->condition_of = e->condition_of < doc->n_events ? e->condition_of : DGI_NONE;
    out->content = links(r, e->content, e->n_content, &out->n_content);
    out->condition = links(r, e->condition, e->n_condition, &out->n_condition);
    out->content_text = folded(r, dgi_slice(doc, without_condition(doc, e)));
    out->condition_text = folded(r, dgi_slice(doc, e->condition_span));
    out->statement = e->statement < doc->n_statements ? dgi_arena_printf(r->a, "s%u", e->statement + 1) : (dg_str){"", 0};
    out->confidence = e->confidence;
}

/* Numbers of dead, injured, displaced or detained that no event of the coder carries ("more than 900 people have died"): a
 * record without a code, for the ledger's tolls only. Not where they are only feared. */
static bool loose_toll(const struct rec *r, uint32_t q)
{
    const struct dgi_doc *doc = r->doc;
    const struct dgi_quantity *x = &doc->quantities[q];
    if (x->kind < DGI_Q_DEATHS || x->kind > DGI_Q_DETAINED || isnan(x->value) || x->value < 1 || x->first >= doc->n_toks ||
        r->find->counted[q])
        return false;
    uint32_t t = x->noun < doc->n_toks ? x->noun : x->first;
    for (uint32_t steps = 0; t != DGI_NONE && steps < 8; t = doc->toks[t].head, steps++)
        for (uint32_t c = doc->toks[t].first_child; c != DGI_NONE; c = doc->toks[c].next_sib) {
            static const char *const unsure[] = {"could", "would", "may", "might", "can", "will", "not", "if", "no", "should"};
            uint8_t base = dgi_rel_base(doc->toks[c].rel);
            for (size_t k = 0; k < sizeof unsure / sizeof *unsure; k++)
                if ((base == DGI_REL_AUX || base == DGI_REL_ADVMOD || base == DGI_REL_MARK) && dgi_lemma_is(doc, c, unsure[k]))
                    return false;
        }
    return true;
}

static void toll_record(struct rec *r, struct dgi_event *out, uint32_t q)
{
    const struct dgi_doc *doc = r->doc;
    const struct dgi_quantity *x = &doc->quantities[q];
    struct dgi_coded e = {.sentence = doc->toks[x->first].sent, .trigger_tok = x->noun < doc->n_toks ? x->noun : x->first, .trigger = x->span,
                          .plover = DGI_N_PLOVER, .statement = DGI_NONE, .content_of = DGI_NONE, .condition_of = DGI_NONE, .place = DGI_NONE,
                          .quantities = &q, .n_quantities = 1};
    const struct dgi_tok *t = &doc->toks[e.trigger_tok];
    uint32_t verb = e.trigger_tok;
    for (uint32_t steps = 0; verb != DGI_NONE && doc->toks[verb].upos != DGI_VERB && steps < 6; steps++)
        verb = doc->toks[verb].head;
    if (verb != DGI_NONE && doc->toks[verb].sent == t->sent) {
        e.trigger_tok = verb;
        e.trigger = (dgi_span){doc->toks[verb].start, doc->toks[verb].end};
    }
    e.date.start = e.date.end = doc->meta.published;
    e.date.precision = DGI_P_DAY;
    e.deadline.start = e.deadline.end = DGI_NO_DAY;
    e.place = r->find->last_place[t->sent];
    for (uint32_t i = r->find->statement[x->first]; i < doc->n_statements && e.statement == DGI_NONE; i++)
        for (uint32_t k = 0; k < doc->statements[i].n_content; k++)
            if (doc->statements[i].content[k].start <= x->span.start && x->span.end <= doc->statements[i].content[k].end)
                e.statement = i;
    uint32_t speaker = e.statement != DGI_NONE ? doc->statements[e.statement].speaker : DGI_NONE;
    if (speaker < doc->n_entities) {
        e.claimed_by = &speaker;
        e.n_claimed_by = 1;
    }
    char id[48];
    snprintf(id, sizeof id, "toll%u", x->span.start);
    e.id = dgi_str(id);
    event(r, out, &e, 0);
    out->cameo[0] = 0;
}

static void look_up_times(struct look_up *f, const struct dgi_doc *doc)
{
    uint32_t sent = 0;
    for (uint32_t i = 0; i < doc->n_times; i++) {
        const struct dgi_time *t = &doc->times[i];
        for (uint32_t k = t->first; k < t->end && k < doc->n_toks; k++)
            f->in_time[k] = 1;
        for (uint32_t s = t->first < doc->n_toks ? doc->toks[t->first].sent : doc->n_sents; sent < s;)
            f->first_time[++sent] = i;
    }
    while (sent < doc->n_sents)
        f->first_time[++sent] = doc->n_times;
}

/* False: no memory. */
static bool look_up_make(struct look_up *f, const struct dgi_doc *doc)
{
    f->a = dgi_arena_new(0);
    f->in_time = f->a ? dgi_arena_array(f->a, doc->n_toks + 1, 1) : NULL;
    f->counted = f->a ? dgi_arena_array(f->a, doc->n_quantities + 1, 1) : NULL;
    f->first_time = f->a ? dgi_arena_array(f->a, doc->n_sents + 2, sizeof *f->first_time) : NULL;
    f->last_place = f->a ? dgi_arena_array(f->a, doc->n_sents + 1, sizeof *f->last_place) : NULL;
    f->statement = f->a ? dgi_arena_array(f->a, doc->n_toks + 1, sizeof *f->statement) : NULL;
    f->actors = f->a ? dgi_arena_array(f->a, doc->n_entities + 1, sizeof *f->actors) : NULL;
    if (!f->actors || !f->in_time || !f->counted || !f->first_time || !f->last_place || !f->statement)
        return false;
    look_up_times(f, doc);
    for (uint32_t i = 0; i < doc->n_events; i++)
        for (uint32_t k = 0; k < doc->events[i].n_quantities; k++)
            if (doc->events[i].quantities[k] < doc->n_quantities)
                f->counted[doc->events[i].quantities[k]] = 1;
    memset(f->last_place, 0xff, (doc->n_sents + 1) * sizeof *f->last_place);
    for (uint32_t i = 0; i < doc->n_places; i++)
        f->last_place[doc->toks[doc->places[i].first].sent] = i;
    memset(f->statement, 0xff, (doc->n_toks + 1) * sizeof *f->statement);
    for (uint32_t i = doc->n_statements; i-- > 0;) /* backwards, so that the first one stays */
        for (uint32_t k = 0; k < doc->statements[i].n_content; k++) {
            dgi_span in = doc->statements[i].content[k];
            uint32_t t = dgi_tok_from(doc, in.start);
            while (t > 0 && doc->toks[t - 1].end > in.start)
                t--;
            for (; t < doc->n_toks && doc->toks[t].start < in.end; t++)
                f->statement[t] = i;
        }
    return true;
}

dg_status dgi_ev_from_doc(struct dgi_ev_doc *out, const struct dgi_doc *doc, dgi_arena *a, dg_error *err)
{
    struct look_up find = {0};
    struct rec r = {.doc = doc, .a = a, .find = &find};
    uint32_t n = doc->n_events;
    struct dgi_event *ev = dgi_arena_array(a, (size_t)doc->n_events + doc->n_quantities + 1, sizeof *ev);
    *out = (struct dgi_ev_doc){.reported = doc->meta.published, .events = ev};
    r.failed = !ev || !dgi_cpmap_init(&r.map, a, doc->text) || !look_up_make(&find, doc);
    if (!r.failed)
        out->id = copy(&r, doc->meta.id);
    for (uint32_t i = 0; i < doc->n_events && !r.failed; i++)
        event(&r, &ev[i], &doc->events[i], i);
    for (uint32_t i = 0; i < doc->n_quantities && !r.failed; i++)
        if (loose_toll(&r, i))
            toll_record(&r, &ev[n++], i);
    out->n_events = n;
    dgi_arena_free(find.a);
    if (r.failed)
        return dgi_fail(err, DG_E_NOMEM, "no memory for the record of a document");
    return DG_OK;
}
