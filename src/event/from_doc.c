/* SPDX-License-Identifier: Apache-2.0 */
/* event/from_doc.c: the coded document resolved: ids and words instead of indices into tokens, code points instead of bytes.
 *
 * Reads   doc->{text,meta,sents,toks,entities,mentions,times,places,quantities,statements,events}
 * Writes  struct dgi_ev_doc in the caller's arena
 *
 * Keys are the lemmas of what an event is about: the tokens of its content, else the trigger's own phrase without the
 * parties and without clauses that hang on it. */
#include <math.h>
#include <stdio.h>

#include "base/utf8.h"
#include "event/act_id.h"
#include "event/annotations.h"
#include "event/from_doc.h"
#include "event/same_act.h"

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
    uint8_t *in_time;     /* of a token: does it belong to a time? */
    uint8_t *counted;     /* of a quantity: does an event carry it? */
    uint32_t *first_time; /* of a sentence: index of its first time; times stand in order of sentences */
    uint32_t *last_place; /* of a sentence, or DGI_NONE */
    uint32_t *statement;  /* of a token: the first statement whose content touches it, or DGI_NONE */
};

static void *array(struct rec *r, size_t n, size_t size)
{
    void *p = dgi_arena_array(r->a, n + 1, size);
    r->failed |= !p;
    return p;
}

static dg_span cps(const struct rec *r, dgi_span s)
{
    if (s.end <= s.start)
        return (dg_span){0, 0};
    return (dg_span){dgi_cpmap_cp(&r->map, s.start), dgi_cpmap_cp(&r->map, s.end)};
}

static dg_str copy(struct rec *r, dg_str s) /* of what does not live as long as the document */
{
    dg_str c = s.len ? dgi_arena_str(r->a, s) : (dg_str){"", 0};
    r->failed |= !c.ptr;
    return c;
}

static dg_str view(dg_str s)
{
    return s.len ? s : (dg_str){"", 0};
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

static void actor(struct rec *r, struct dgi_ev_actor *out, uint32_t entity, dgi_span span)
{
    *out = (struct dgi_ev_actor){
        .id = {"", 0}, .name = {"", 0}, .cameo = {"", 0}, .sectors = {"", 0}, .from = {"", 0}, .span = cps(r, span)};
    if (entity >= r->doc->n_entities)
        return;
    const struct dgi_entity *e = &r->doc->entities[entity];
    out->id = view(e->actor);
    out->name = view(e->name);
    memcpy(out->country, e->country, 4);
    out->cameo = view(e->cameo);
    out->sectors = view(e->sectors);
}

static const struct dgi_ev_actor *refs(struct rec *r, const struct dgi_ref *in, uint32_t n_in, uint32_t *n)
{
    struct dgi_ev_actor *out = n_in ? dgi_arena_array(r->a, n_in, sizeof *out) : NULL;
    *n = 0;
    r->failed |= n_in && !out;
    for (uint32_t i = 0; out && i < n_in; i++) {
        static const char told_before[] = "discourse";
        actor(r, &out[*n], in[i].entity, in[i].span);
        if (in[i].discourse)
            out[*n].from = dgi_str(told_before);
        bool again = !out[*n].id.len && !out[*n].name.len;
        for (uint32_t k = 0; k < *n && !again; k++)
            again = dgi_str_eq(out[k].id, out[*n].id) && dgi_str_eq(out[k].name, out[*n].name);
        *n += !again;
    }
    return out;
}

static bool in_span(const struct dgi_tok *t, dgi_span s)
{
    return s.start < s.end && t->start >= s.start && t->end <= s.end;
}

static bool content_word(const struct dgi_tok *t)
{
    return t->upos == DGI_NOUN || t->upos == DGI_VERB || t->upos == DGI_PROPN || t->upos == DGI_ADJ ||
           t->upos == DGI_ADV;
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
        if (doc->toks[t].head == trig &&
            ((base == DGI_REL_NSUBJ && doc->toks[t].rel != DGI_REL_NSUBJ_PASS) || base == DGI_REL_CSUBJ ||
             base == DGI_REL_ADVCL || base == DGI_REL_PARATAXIS || base == DGI_REL_CONJ || base == DGI_REL_PUNCT))
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

/* "the last soldiers left", "six more jets": what is said of a party besides its name. */
static bool of_party(const struct dgi_coded *e, const struct dgi_tok *t)
{
    if (t->upos != DGI_ADJ || !t->form.len || t->form.ptr[0] < 'a' || t->form.ptr[0] > 'z')
        return false;
    for (uint32_t i = 0; i < e->n_source; i++)
        if (in_span(t, e->source[i].span))
            return true;
    return false;
}

/* Does the token belong to what is shown of the event: for a verb what follows it, and the passive subject; for a noun also
 * what stands before it? */
static bool shown(const struct dgi_doc *doc, uint32_t trig, uint32_t t)
{
    uint32_t top = t;
    for (uint32_t steps = 0;
         top != trig && doc->toks[top].head != trig && doc->toks[top].head != DGI_NONE && steps < 64; steps++)
        top = doc->toks[top].head;
    if (top == trig)
        return true;
    uint8_t rel = doc->toks[top].rel, base = dgi_rel_base(rel);
    if (base == DGI_REL_CC || base == DGI_REL_MARK || base == DGI_REL_PUNCT || base == DGI_REL_DET ||
        base == DGI_REL_CASE)
        return false;
    return top > trig ||
           (doc->toks[trig].upos != DGI_VERB && base != DGI_REL_COP && base != DGI_REL_AUX && base != DGI_REL_ADVMOD);
}

/* The lemmatiser left an ending ("vowed", taken for a modal): the row that read it is named by its verb, "agree.vow.xcomp". */
static dg_str lemma_of_trigger(const struct dgi_coded *e, dg_str lemma)
{
    enum { LEAST = 3 };
    dg_str rest = e->frame, verb;
    return dgi_str_next(&rest, '.', &verb) && dgi_str_next(&rest, '.', &verb) && verb.len >= LEAST &&
                   verb.len < lemma.len && dgi_str_starts(lemma, verb) && lemma.len - verb.len <= LEAST
               ? verb
               : lemma;
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
    add_key(lemma, sizeof lemma, &m, &n_lemma, head->upos == DGI_VERB ? lemma_of_trigger(e, head->lemma) : head->lemma);
    const struct dgi_sent *s = &doc->sents[head->sent];
    for (uint32_t t = s->first; t < s->end;
         t++) /* "build-up", "cease fire", "phrasal verbs": all words of the trigger */
        if (t != e->trigger_tok && in_span(&doc->toks[t], e->trigger) && content_word(&doc->toks[t]) && n_lemma < 3 &&
            doc->toks[t].upos != DGI_PROPN)
            add_key(lemma, sizeof lemma, &m, &n_lemma, doc->toks[t].lemma);
    uint32_t lo = e->trigger_tok, hi = e->trigger_tok + 1;
    for (uint32_t t = s->first; t < s->end; t++) {
        const struct dgi_tok *k = &doc->toks[t];
        bool inside = in_span(k, e->content_span), own = own_phrase(doc, e->trigger_tok, t);
        if (own && shown(doc, e->trigger_tok, t) && !in_span(k, e->condition_span) && k->upos != DGI_PUNCT) {
            lo = t < lo ? t : lo;
            hi = t + 1 > hi ? t + 1 : hi;
        }
        bool party = is_party(e, k);
        if (!content_word(k) || (party ? !of_party(e, k) : !inside && !own) || in_span(k, e->condition_span) ||
            r->find->in_time[t])
            continue;
        if (t != e->trigger_tok || head->upos == DGI_NOUN)
            add_key(keys, sizeof keys, &n, &count, k->lemma);
    }
    /* a content that stands in another sentence, e.g. of a running quotation */
    if (e->content_span.start < e->content_span.end)
        for (uint32_t t = dgi_tok_from(doc, e->content_span.start);
             t < doc->n_toks && doc->toks[t].start < e->content_span.end && count < MOST_KEYS; t++)
            if (in_span(&doc->toks[t], e->content_span) && doc->toks[t].sent != head->sent &&
                content_word(&doc->toks[t]))
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

/* The document's own (const to who reads the record, in the making here), or a copy where another event has it from elsewhere:
 * by its words here, by the story there. */
static const struct dgi_ev_place *place_of_event(struct rec *r, const struct dgi_ev_doc *ev, const struct dgi_coded *e)
{
    if (e->place >= ev->n_places)
        return NULL;
    struct dgi_ev_place *copy, *p = (struct dgi_ev_place *)&ev->places[e->place];
    if (p->from == DGI_N_PLACE_FROM)
        p->from = e->place_from;
    if (p->from == e->place_from)
        return p;
    if ((copy = array(r, 1, sizeof *copy))) {
        *copy = *p;
        copy->from = e->place_from;
    }
    return copy;
}

static void event_quantities(struct rec *r, struct dgi_ev_doc *ev, struct dgi_event *out, const struct dgi_coded *e)
{
    struct dgi_ev_quantity *q = e->n_quantities ? array(r, e->n_quantities, sizeof *q) : NULL;
    uint32_t n = 0;
    for (uint32_t i = 0; q && i < e->n_quantities; i++)
        if (e->quantities[i] < ev->n_quantities)
            q[n++] = ev->quantities[e->quantities[i]];
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

/* "gave it 48 hours to comply": an ultimatum's span of time, counted from the day it was given; of any other threat the day until
 * which it waits. */
static void span_of_grace(const struct rec *r, struct dgi_event *out, const struct dgi_coded *e)
{
    const struct dgi_doc *doc = r->doc;
    int32_t from = dgi_ev_day(out, doc->meta.published);
    if (strncmp(e->cameo, "13", 2) != 0 || out->deadline.start != DGI_NO_DAY || from == DGI_NO_DAY ||
        e->trigger_tok >= doc->n_toks)
        return;
    uint32_t sent = doc->toks[e->trigger_tok].sent;
    for (uint32_t i = r->find->first_time[sent]; i < r->find->first_time[sent + 1]; i++) {
        const struct dgi_time *t = &doc->times[i];
        if (t->kind == DGI_TIME_UNTIL && t->range.start != DGI_NO_DAY) { /* "until Friday", "within 48 hours" */
            out->deadline = t->range;
            out->deadline_span = cps(r, t->span);
            return;
        }
        if (t->kind == DGI_TIME_DURATION && t->days && e->cameo[2] == '9') {
            out->deadline.start = out->deadline.end = from + (int32_t)t->days;
            out->deadline.precision = DGI_P_DAY;
            out->deadline_span = cps(r, t->span);
            return;
        }
    }
}

static void event(struct rec *r, struct dgi_ev_doc *ev, struct dgi_event *out, const struct dgi_coded *e)
{
    const struct dgi_doc *doc = r->doc;
    out->id = e->id;
    out->sentence = e->sentence;
    if (e->sentence < doc->n_sents) {
        out->ev_start = ev->sentences[e->sentence].start;
        out->ev_end = ev->sentences[e->sentence].end;
        out->ev_text = view(dgi_slice(doc, doc->sents[e->sentence].span));
    }
    out->trig_start = dgi_cpmap_cp(&r->map, e->trigger.start);
    out->trig_end = dgi_cpmap_cp(&r->map, e->trigger.end);
    out->trigger = view(dgi_slice(doc, e->trigger));
    out->lemma = out->keys = out->about = (dg_str){"", 0};
    words(r, out, e);
    out->source = refs(r, e->source, e->n_source, &out->n_source);
    out->target = refs(r, e->target, e->n_target, &out->n_target);
    memcpy(out->cameo, e->cameo, sizeof out->cameo);
    out->plover = e->plover;
    out->mode = view(e->mode);
    out->contexts = view(e->contexts);
    out->frame = view(e->frame);
    out->status = e->status;
    out->negated = e->negated;
    out->reciprocal = e->reciprocal;
    out->date = e->date;
    out->date_from_text = e->date_from_text;
    out->date_span = cps(r, e->date_span);
    out->deadline = e->deadline;
    out->deadline_span = cps(r, e->deadline_span);
    if (out->deadline.start == 0 && out->deadline.end == 0) /* a zeroed record: none */
        out->deadline.start = out->deadline.end = DGI_NO_DAY;
    span_of_grace(r, out, e);
    out->place = place_of_event(r, ev, e);
    event_quantities(r, ev, out, e);
    struct dgi_ev_actor *who = e->n_claimed_by ? dgi_arena_array(r->a, e->n_claimed_by, sizeof *who) : NULL;
    r->failed |= e->n_claimed_by && !who;
    for (uint32_t i = 0; who && i < e->n_claimed_by; i++)
        actor(r, &who[i], e->claimed_by[i], (dgi_span){0, 0});
    out->claimed_by = who;
    out->n_claimed_by = who ? e->n_claimed_by : 0;
    out->content_of = e->content_of < doc->n_events ? e->content_of : DGI_NONE;
    out->condition_of = e->condition_of < doc->n_events ? e->condition_of : DGI_NONE;
    out->content = links(r, e->content, e->n_content, &out->n_content);
    out->condition = links(r, e->condition, e->n_condition, &out->n_condition);
    out->content_span = cps(r, e->content_span);
    out->condition_span = cps(r, e->condition_span);
    out->content_text = folded(r, dgi_slice(doc, without_condition(doc, e)));
    out->condition_text = folded(r, dgi_slice(doc, e->condition_span));
    out->statement = e->statement < ev->n_statements ? ev->statements[e->statement].id : (dg_str){"", 0};
    out->confidence = e->confidence;
}

/* ---- the parts of the document ---- */
static const struct dgi_ev_sentence *sentences(struct rec *r)
{
    const struct dgi_doc *doc = r->doc;
    struct dgi_ev_sentence *out = array(r, doc->n_sents, sizeof *out);
    for (uint32_t i = 0; out && i < doc->n_sents; i++) {
        dgi_span s = doc->sents[i].span;
        out[i] = (struct dgi_ev_sentence){dgi_cpmap_cp(&r->map, s.start), dgi_cpmap_cp(&r->map, s.end), s.start, s.end};
    }
    return out;
}

/* The mentions of each entity behind one another, in order of text. */
static const struct dgi_ev_entity *entities(struct rec *r)
{
    const struct dgi_doc *doc = r->doc;
    uint32_t n = doc->n_entities;
    struct dgi_ev_entity *out = array(r, n, sizeof *out);
    struct dgi_ev_mention *all = array(r, doc->n_mentions, sizeof *all);
    uint32_t *at = array(r, n, sizeof *at);
    if (r->failed)
        return NULL;
    for (uint32_t m = 0; m < doc->n_mentions; m++)
        if (doc->mentions[m].entity < n)
            out[doc->mentions[m].entity].n_mentions++;
    for (uint32_t i = 0, sum = 0; i < n; i++) {
        at[i] = sum;
        out[i].mentions = &all[sum];
        sum += out[i].n_mentions;
    }
    for (uint32_t m = 0; m < doc->n_mentions; m++) {
        const struct dgi_mention *y = &doc->mentions[m];
        if (y->entity < n)
            all[at[y->entity]++] = (struct dgi_ev_mention){
                cps(r, y->span), y->head < doc->n_toks ? view(doc->toks[y->head].form) : (dg_str){"", 0}, y->kind};
    }
    for (uint32_t i = 0; i < n; i++) {
        actor(r, &out[i].actor, i, (dgi_span){0, 0});
        if (out[i].n_mentions)
            out[i].actor.span = out[i].mentions[0].span;
        out[i].title = view(doc->entities[i].title);
        out[i].type = doc->entities[i].type;
    }
    return out;
}

dg_str dgi_ev_said(dgi_arena *a, const struct dgi_doc *doc, const struct dgi_statement *t)
{
    size_t need = 1, n = 0;
    for (uint32_t i = 0; i < t->n_content; i++)
        need += t->content[i].end - t->content[i].start + 1;
    char *p = dgi_arena_array(a, need, 1);
    for (uint32_t i = 0; p && i < t->n_content; i++) {
        dg_str piece = dgi_slice(doc, t->content[i]);
        if (n && p[n - 1] != ' ')
            p[n++] = ' ';
        for (size_t k = 0; k < piece.len; k++) {
            char c = piece.ptr[k] == '\n' || piece.ptr[k] == '\t' || piece.ptr[k] == '\r' ? ' ' : piece.ptr[k];
            if (c != ' ' || (n && p[n - 1] != ' '))
                p[n++] = c;
        }
    }
    while (n && p[n - 1] == ' ')
        n--;
    return (dg_str){p, n};
}

static const struct dgi_ev_statement *statements(struct rec *r)
{
    const struct dgi_doc *doc = r->doc;
    struct dgi_ev_statement *out = array(r, doc->n_statements, sizeof *out);
    for (uint32_t i = 0; out && i < doc->n_statements; i++) {
        out[i].id = dgi_arena_printf(r->a, "s%u", i + 1);
        r->failed |= !out[i].id.ptr;
    }
    for (uint32_t i = 0; !r->failed && i < doc->n_statements; i++) {
        const struct dgi_statement *t = &doc->statements[i];
        struct dgi_ev_statement *o = &out[i];
        dg_span *stretches = array(r, t->n_content, sizeof *stretches);
        o->kind = t->kind;
        actor(r, &o->speaker, t->speaker, t->speaker_span);
        actor(r, &o->addressee, t->addressee, (dgi_span){0, 0});
        o->cue = cps(r, t->cue);
        for (uint32_t k = 0; stretches && k < t->n_content; k++)
            stretches[k] =
                (dg_span){dgi_cpmap_cp(&r->map, t->content[k].start), dgi_cpmap_cp(&r->map, t->content[k].end)};
        o->stretches = stretches;
        o->n_stretches = stretches ? t->n_content : 0;
        if (o->n_stretches) {
            o->start = stretches[0].start_cp;
            o->end = stretches[t->n_content - 1].end_cp;
        }
        o->content = dgi_ev_said(r->a, doc, t);
        r->failed |= !o->content.ptr;
        o->sentence = t->sentence;
        o->negated = t->negated;
        o->outer = t->outer < doc->n_statements ? out[t->outer].id : (dg_str){"", 0};
    }
    return out;
}

static void parts(struct rec *r, struct dgi_ev_doc *out)
{
    const struct dgi_doc *doc = r->doc;
    out->n_chars = dgi_cpmap_cp(&r->map, (uint32_t)doc->text.len);
    for (uint32_t t = 0; t < doc->n_toks; t++)
        out->n_tokens += !(doc->toks[t].flags & DGI_TOK_MWT_REST);
    out->sentences = sentences(r);
    out->n_sentences = doc->n_sents;
    out->entities = entities(r);
    out->n_entities = doc->n_entities;
    out->statements = statements(r);
    out->n_statements = doc->n_statements;
    r->failed |= !dgi_ev_annotations(out, doc, &r->map, r->a);
}

/* Numbers of dead, injured, displaced or detained that no event of the coder carries ("more than 900 people have died"): a
 * record without a code, for the ledger's tolls only. Not where they are only feared. */
static bool loose_toll(const struct rec *r, uint32_t q)
{
    const struct dgi_doc *doc = r->doc;
    const struct dgi_quantity *x = &doc->quantities[q];
    if (x->kind < DGI_Q_DEATHS || x->kind > DGI_Q_DETAINED || isnan(x->value) || x->value < 1 ||
        x->first >= doc->n_toks || r->find->counted[q])
        return false;
    uint32_t t = x->noun < doc->n_toks ? x->noun : x->first;
    for (uint32_t steps = 0; t != DGI_NONE && steps < 8; t = doc->toks[t].head, steps++)
        for (uint32_t c = doc->toks[t].first_child; c != DGI_NONE; c = doc->toks[c].next_sib) {
            uint8_t base = dgi_rel_base(doc->toks[c].rel);
            if ((base == DGI_REL_AUX || base == DGI_REL_ADVMOD || base == DGI_REL_MARK) &&
                dgi_lemma_in(doc, c, DGI_W_TOLL_UNSURE))
                return false;
        }
    return true;
}

/* "The number of drowned off the coast rose to 71": the subject says what is counted, where the number is no part of it. */
static dgi_span counting_subject(const struct dgi_doc *doc, uint32_t verb, const struct dgi_quantity *q)
{
    uint32_t first, end, s = DGI_NONE;
    if (verb != DGI_NONE && doc->toks[verb].upos == DGI_VERB) {
        static const uint8_t where[] = {DGI_REL_OBJ, DGI_REL_NSUBJ_PASS, DGI_REL_NSUBJ}; /* "put the dead at 40" */
        for (size_t i = 0; i < sizeof where && (s == DGI_NONE || (s >= q->first && s < q->end)); i++)
            s = dgi_child(doc, verb, where[i], DGI_NONE);
    }
    if (s == DGI_NONE || doc->toks[s].upos != DGI_NOUN)
        return (dgi_span){0, 0};
    dgi_subtree(doc, s, &first, &end);
    if ((q->first >= first && q->first < end) || q->noun < doc->n_toks)
        return (dgi_span){0, 0};
    return (dgi_span){doc->toks[first].start, doc->toks[end - 1].end};
}

static void toll_record(struct rec *r, struct dgi_ev_doc *ev, struct dgi_event *out, uint32_t q)
{
    const struct dgi_doc *doc = r->doc;
    const struct dgi_quantity *x = &doc->quantities[q];
    struct dgi_coded e = {.sentence = doc->toks[x->first].sent,
                          .trigger_tok = x->noun < doc->n_toks ? x->noun : x->first,
                          .trigger = x->span,
                          .plover = DGI_N_PLOVER,
                          .statement = DGI_NONE,
                          .content_of = DGI_NONE,
                          .condition_of = DGI_NONE,
                          .place = DGI_NONE,
                          .quantities = &q,
                          .n_quantities = 1};
    const struct dgi_tok *t = &doc->toks[e.trigger_tok];
    uint32_t verb = e.trigger_tok;
    for (uint32_t steps = 0; verb != DGI_NONE && doc->toks[verb].upos != DGI_VERB && steps < 6; steps++)
        verb = doc->toks[verb].head;
    if (verb != DGI_NONE && doc->toks[verb].sent == t->sent) {
        e.trigger_tok = verb;
        e.trigger = (dgi_span){doc->toks[verb].start, doc->toks[verb].end};
    }
    e.content_span = counting_subject(doc, verb, x);
    e.date.start = e.date.end = doc->meta.published;
    e.date.precision = DGI_P_DAY;
    e.deadline.start = e.deadline.end = DGI_NO_DAY;
    e.place = r->find->last_place[t->sent];
    e.place_from = DGI_PLACE_FROM_CLAUSE;
    for (uint32_t i = r->find->statement[x->first]; i < doc->n_statements && e.statement == DGI_NONE; i++)
        for (uint32_t k = 0; k < doc->statements[i].n_content; k++)
            if (doc->statements[i].content[k].start <= x->span.start &&
                x->span.end <= doc->statements[i].content[k].end)
                e.statement = i;
    uint32_t speaker = e.statement != DGI_NONE ? doc->statements[e.statement].speaker : DGI_NONE;
    if (speaker < doc->n_entities) {
        e.claimed_by = &speaker;
        e.n_claimed_by = 1;
    }
    char id[48]; /* of the document and the place in it, as the ids of coded events */
    snprintf(id, sizeof id, "%016llx/%u", (unsigned long long)dgi_str_hash(doc->meta.id), x->span.start);
    snprintf(id, sizeof id, "toll%016llx", (unsigned long long)dgi_str_hash(dgi_str(id)));
    e.id = copy(r, dgi_str(id));
    event(r, ev, out, &e);
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
    if (!f->in_time || !f->counted || !f->first_time || !f->last_place || !f->statement)
        return false;
    look_up_times(f, doc);
    for (uint32_t i = 0; i < doc->n_events; i++)
        for (uint32_t k = 0; k < doc->events[i].n_quantities; k++)
            if (doc->events[i].quantities[k] < doc->n_quantities)
                f->counted[doc->events[i].quantities[k]] = 1;
    memset(f->last_place, 0xff, (doc->n_sents + 1) * sizeof *f->last_place);
    for (uint32_t i = 0; i < doc->n_places; i++)
        if (!doc->places[i].part)
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
    struct dgi_event *ev = array(&r, (size_t)doc->n_events + doc->n_told + doc->n_quantities, sizeof *ev);
    *out = (struct dgi_ev_doc){.id = view(doc->meta.id),
                               .reported = doc->meta.published,
                               .meta = doc->meta,
                               .text = view(doc->text),
                               .n_words = doc->n_toks,
                               .events = ev};
    out->blocks = dgi_blocks_pack(doc, a);
    r.failed |= !out->blocks.ptr || !dgi_cpmap_init(&r.map, a, doc->text) || !look_up_make(&find, doc);
    if (!r.failed)
        parts(&r, out);
    out->n_coded = doc->n_events;
    out->n_events = doc->n_events + doc->n_told;
    for (uint32_t i = 0; i < out->n_events && !r.failed; i++)
        event(&r, out, &ev[i], &doc->events[i]);
    for (uint32_t i = 0; i < doc->n_quantities && !r.failed; i++)
        if (loose_toll(&r, i))
            toll_record(&r, out, &ev[out->n_events++], i);
    dgi_arena_free(find.a);
    r.failed = r.failed || !dgi_same_acts(ev, out->n_events, out->reported) ||
               !dgi_act_ids(ev, out->n_events, out->reported, a);
    if (r.failed)
        return dgi_fail(err, DG_E_NOMEM, "no memory for the record of a document");
    return DG_OK;
}
