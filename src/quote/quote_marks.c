/* SPDX-License-Identifier: Apache-2.0 */
/* quote/quote_marks.c: what stands inside quotation marks.
 *
 * A mark opens or closes by its shape (curly, guillemets) or by the white space around it; where that does not say, by
 * turns. A paragraph ends each quotation; when it ends inside one and the next paragraph of running text begins with a
 * mark, that one carries on, whatever stands between (addresses, captions, "Related" lines hold no tokens).
 * Single marks count only outside double ones and only in pairs within a paragraph: most are apostrophes. */
#include "base/utf8.h"
#include "quote/quote_in.h"

enum mark { NO_MARK, DOUBLE_ANY, DOUBLE_OPEN, DOUBLE_CLOSE, SINGLE_ANY, SINGLE_OPEN, SINGLE_CLOSE };

static enum mark mark_of(dg_str f)
{
    static const struct {
        const char *form;
        enum mark mark;
    } list[] = {{"\"", DOUBLE_ANY}, {"“", DOUBLE_OPEN},  {"”", DOUBLE_CLOSE}, {"„", DOUBLE_OPEN},
                {"«", DOUBLE_OPEN}, {"»", DOUBLE_CLOSE}, {"``", DOUBLE_OPEN}, {"''", DOUBLE_ANY},
                {"'", SINGLE_ANY},  {"‘", SINGLE_OPEN},  {"’", SINGLE_CLOSE}, {"`", SINGLE_OPEN},
                {"‚", SINGLE_OPEN}, {"\"'", DOUBLE_ANY}, {"'\"", DOUBLE_ANY}};
    if (f.len > 3)
        return NO_MARK;
    for (size_t i = 0; i < sizeof list / sizeof *list; i++)
        if (dgi_str_is(f, list[i].form))
            return list[i].mark;
    return NO_MARK;
}

bool dgi_is_quote_mark(dg_str form)
{
    return mark_of(form) != NO_MARK;
}

/* Open, close or not to be told, with the neighbours' white space. */
static enum mark direct(const struct dgi_doc *d, uint32_t t, uint32_t first, uint32_t end)
{
    enum mark m = mark_of(d->toks[t].form);
    bool single = m >= SINGLE_ANY;
    if (m == NO_MARK || (d->toks[t].flags & (DGI_TOK_MWT_FIRST | DGI_TOK_MWT_REST)))
        return NO_MARK;
    bool left = t == first || (d->toks[t - 1].flags & DGI_TOK_SPACE_AFTER) || dgi_tok_is(d, t - 1, "(") ||
                dgi_tok_is(d, t - 1, "[") || dgi_tok_is(d, t - 1, "—") || dgi_tok_is(d, t - 1, "–") ||
                (!single && mark_of(d->toks[t - 1].form) >= SINGLE_ANY) ||
                (single && mark_of(d->toks[t - 1].form) == DOUBLE_OPEN);
    bool right =
        t + 1 == end || (d->toks[t].flags & DGI_TOK_SPACE_AFTER) ||
        (d->toks[t + 1].upos == DGI_PUNCT && !dgi_tok_is(d, t + 1, "[") && !dgi_tok_is(d, t + 1, "(") &&
         !dgi_tok_is(d, t + 1, "...") && !dgi_tok_is(d, t + 1, "…") && mark_of(d->toks[t + 1].form) == NO_MARK);
    if (m == DOUBLE_ANY || m == SINGLE_ANY) {
        if (left && !right)
            return single ? SINGLE_OPEN : DOUBLE_OPEN;
        if (!left && right)
            return single ? SINGLE_CLOSE : DOUBLE_CLOSE;
        return m;
    }
    if (m == DOUBLE_CLOSE && left && !right)
        return DOUBLE_OPEN; /* as in Sweden, and where a program turned it */
    if (m == SINGLE_CLOSE && !right)
        return NO_MARK; /* an apostrophe */
    return m;
}

static bool add(struct dgi_quote_work *w, uint32_t open, uint32_t end, uint32_t close, uint32_t prev)
{
    if (end <= open + 1)
        return true;
    struct dgi_region *r = DGI_PUSH(w->arena, w->regions, w->n_regions, w->cap_regions);
    if (!r)
        return false;
    *r = (struct dgi_region){
        .first = open + 1, .end = end, .open = open, .close = close, .prev = prev, .statement = DGI_NONE};
    return true;
}

static uint32_t end_of_sentence(const struct dgi_doc *d, uint32_t t)
{
    return d->sents[d->toks[t].sent].end;
}

/* t opens while a quotation is open: where the inner one ends, when the outer one closes after it; else DGI_NONE. */
static uint32_t nested(const struct dgi_doc *d, uint32_t t, uint32_t first, uint32_t end)
{
    uint32_t inner = DGI_NONE;
    for (uint32_t c = t + 1; c < end && c < t + 400; c++) {
        enum mark m = direct(d, c, first, end);
        if (m == DOUBLE_OPEN || m == DOUBLE_ANY)
            return DGI_NONE;
        if (m != DOUBLE_CLOSE)
            continue;
        if (inner != DGI_NONE)
            return inner;
        if (c > t + 12)
            return DGI_NONE;
        inner = c;
    }
    return DGI_NONE;
}

/* Is the first double mark of the paragraph one that closes? Then it began in the paragraph before and no mark was repeated. */
static bool closes_first(const struct dgi_doc *d, uint32_t first, uint32_t end)
{
    for (uint32_t t = first; t < end; t++) {
        const enum mark m = direct(d, t, first, end);
        if (m != NO_MARK && m < SINGLE_ANY)
            return m == DOUBLE_CLOSE;
    }
    return false;
}

/* '"We shall wait, the minister said. Others followed.': no mark closes, but the first sentence ends with a comma, a subject
 * and a verb of saying. The comma, or DGI_NONE. */
static uint32_t reporter_behind(const struct dgi_quote_work *w, uint32_t t, uint32_t end)
{
    const struct dgi_doc *d = w->doc;
    if (t >= end)
        return DGI_NONE;
    const uint32_t from = t, last = end_of_sentence(d, t);
    if (last >= end)
        return DGI_NONE; /* it may go on in the next paragraph */
    for (t = last; t-- > from + 2;) {
        if (dgi_tok_is(d, t, ","))
            break;
        if (last - t > 16)
            return DGI_NONE;
    }
    for (uint32_t v = t + 1; v < last && t > from + 2; v++)
        if (dgi_is_finite(d, v))
            return v > t + 1 && dgi_cue_class(w, v) == DGI_CUE_SAY && d->toks[v - 1].upos != DGI_CCONJ &&
                           d->toks[t + 1].upos != DGI_CCONJ && d->toks[t + 1].upos != DGI_SCONJ &&
                           dgi_child(d, v, DGI_REL_OBJ, DGI_NONE) == DGI_NONE
                       ? t
                       : DGI_NONE;
    return DGI_NONE;
}

/* '"Roy left early. “I am tired,” she said. ...': a straight mark opens the paragraph, none closes it, and curly ones in pairs stand within:
 * another text is set off by it, and who speaks there is said there. */
static bool set_off(const struct dgi_doc *d, uint32_t first, uint32_t end)
{
    uint32_t curly = 0;
    if (!dgi_tok_is(d, first, "\""))
        return false;
    for (uint32_t t = first + 1; t < end; t++) {
        const enum mark m = mark_of(d->toks[t].form);
        if (m == DOUBLE_ANY || (m == DOUBLE_OPEN && curly % 2 != 0) || (m == DOUBLE_CLOSE && curly % 2 == 0))
            return false;
        curly += m == DOUBLE_OPEN || m == DOUBLE_CLOSE;
    }
    return curly > 0 && curly % 2 == 0;
}

/* A paragraph that begins with a curly mark does not go on with a quotation that a straight one opened. */
static bool other_style(const struct dgi_quote_work *w, uint32_t region, uint32_t t)
{
    const struct dgi_doc *d = w->doc;
    return region != DGI_NONE && mark_of(d->toks[t].form) == DOUBLE_OPEN &&
           mark_of(d->toks[w->regions[region].open].form) == DOUBLE_ANY;
}

/* One paragraph, tokens [first, end). *pending: region left open by the paragraph before, in and out. */
static bool paragraph(struct dgi_quote_work *w, uint32_t first, uint32_t end, uint32_t *pending)
{
    const struct dgi_doc *d = w->doc;
    uint32_t open = DGI_NONE, prev = DGI_NONE, single = DGI_NONE;
    if (*pending != DGI_NONE && first > 0 && closes_first(d, first, end)) {
        open = first - 1;
        prev = *pending;
    }
    const bool block = set_off(d, first, end);
    for (uint32_t t = first; t < end; t++) {
        enum mark m = direct(d, t, first, end);
        const uint32_t at = t;
        if (m == NO_MARK || (block && t == first))
            continue;
        if (m >= SINGLE_ANY) {
            if (open != DGI_NONE)
                continue;
            if (m == SINGLE_OPEN && single == DGI_NONE && t + 1 < end) {
                uint32_t c = t + 1; /* its partner, before any double mark */
                while (c < end && direct(d, c, first, end) != SINGLE_CLOSE && mark_of(d->toks[c].form) != DOUBLE_ANY &&
                       mark_of(d->toks[c].form) != DOUBLE_OPEN && c - t < 200)
                    c++;
                if (c < end && direct(d, c, first, end) == SINGLE_CLOSE && c > t + 1) {
                    if (!add(w, t, c, c, DGI_NONE))
                        return false;
                    t = c;
                }
            }
            continue;
        }
        if (m == DOUBLE_ANY)
            m = open == DGI_NONE ? DOUBLE_OPEN : DOUBLE_CLOSE;
        if (m == DOUBLE_OPEN && open != DGI_NONE && dgi_tok_is(d, open, "„") && dgi_tok_is(d, t, "“"))
            m = DOUBLE_CLOSE; /* as German and Serbian papers set them */
        if (m == DOUBLE_OPEN) {
            if (open != DGI_NONE && (t = nested(d, t, first, end)) != DGI_NONE)
                continue; /* marks within marks */
            t = at;
            if (open != DGI_NONE) { /* the mark that should have closed is missing */
                uint32_t e = end_of_sentence(d, open);
                if (!add(w, open, e < t ? e : t, DGI_NONE, prev))
                    return false;
            }
            prev = t == first && !other_style(w, *pending, t) ? *pending : DGI_NONE;
            open = t;
        } else if (open != DGI_NONE) {
            if (!add(w, open, t, t, prev))
                return false;
            open = prev = DGI_NONE;
        }
    }
    *pending = DGI_NONE;
    const uint32_t told = open != DGI_NONE && open >= first ? reporter_behind(w, open + 1, end) : DGI_NONE;
    if (told != DGI_NONE)
        return add(w, open, told, told, prev);
    if (open != DGI_NONE && open >= first) {
        bool early = open == first || end_of_sentence(d, open) == end;
        if (!add(w, open, early || end - open > 6 ? end : end_of_sentence(d, open), DGI_NONE, prev))
            return false;
        *pending = w->n_regions - 1;
    }
    return true;
}

static bool is_upper(dg_str f)
{
    size_t at = 0;
    return f.len && dgi_cp_is_upper(dgi_utf8_next(f, &at));
}

/* An utterance, or words that the reporter's sentence needs? */
static bool is_full(const struct dgi_quote_work *w, const struct dgi_region *r)
{
    const struct dgi_doc *d = w->doc;
    uint32_t words = 0;
    for (uint32_t t = r->first; t < r->end; t++)
        words += d->toks[t].upos != DGI_PUNCT;
    if (!words)
        return false;
    bool at_start = r->open == 0 || d->toks[r->open - 1].sent != d->toks[r->open].sent;
    dg_str last = d->toks[r->end - 1].form;
    bool ends = r->close == DGI_NONE || dgi_str_is(last, ",") || dgi_str_is(last, ".") || dgi_str_is(last, "!") ||
                dgi_str_is(last, "?") || dgi_str_is(last, "…") || dgi_str_is(last, "...") || dgi_str_is(last, "—") ||
                (r->close + 1 < d->n_toks && dgi_tok_is(d, r->close + 1, ",") && words > 3);
    bool whole = r->close != DGI_NONE && r->close + 1 == d->sents[d->toks[r->close].sent].end;
    if (!ends && !is_upper(d->toks[r->first].form) && r->close + 1 < d->n_toks &&
        !whole) { /* "keeping the peace" is an aim */
        uint8_t u = d->toks[r->close + 1].upos;
        if ((u == DGI_AUX || u == DGI_VERB || u == DGI_ADP || u == DGI_NOUN) &&
            !dgi_cue_is_speech(dgi_cue_class(w, r->close + 1)))
            return false;
    }
    if (r->prev != DGI_NONE || d->toks[r->first].sent != d->toks[r->end - 1].sent)
        return true; /* it runs over sentences */
    if (at_start)
        return ends || words >= 5 || whole;
    uint32_t p = r->open - 1;
    if (d->toks[p].upos == DGI_PUNCT) {
        if (dgi_tok_is(d, p, ":"))
            return true;
        if (!is_upper(d->toks[r->first].form) && words < 5 && !ends)
            return false;
        return ends || words >= 5;
    }
    bool after_cue =
        dgi_cue_is_speech(dgi_cue_class(w, p)) || (p > 0 && dgi_cue_is_speech(dgi_cue_class(w, p - 1)) && words > 4 &&
                                                   d->toks[p].upos != DGI_SCONJ && d->toks[p].upos != DGI_DET);
    if (after_cue)
        return words >= 4 || (ends && is_upper(d->toks[r->first].form));
    return words >= 7 && is_upper(d->toks[r->first].form) && ends;
}

bool dgi_marks_find(struct dgi_quote_work *w)
{
    const struct dgi_doc *d = w->doc;
    uint32_t pending = DGI_NONE;
    for (uint32_t s = 0; s < d->n_sents;) {
        uint32_t e = s + 1;
        while (e < d->n_sents && d->sents[e].block == d->sents[s].block &&
               !(d->n_blocks == 0 && d->sents[e].starts_par))
            e++;
        uint8_t kind = d->sents[s].block < d->n_blocks ? d->blocks[d->sents[s].block].kind : DGI_BLOCK_BODY;
        uint32_t keep = pending;
        if (!paragraph(w, d->sents[s].first, d->sents[e - 1].end, &pending))
            return false;
        if (kind == DGI_BLOCK_SUBHEAD || kind == DGI_BLOCK_HEADLINE) /* a sub-head may interrupt a running quotation */
            pending = keep;
        s = e;
    }
    w->region_of = dgi_arena_array(w->arena, d->n_toks + 1, sizeof *w->region_of);
    if (!w->region_of)
        return false;
    memset(w->region_of, 0xFF, (d->n_toks + 1) * sizeof *w->region_of);
    for (uint32_t i = 0; i < w->n_regions; i++) {
        struct dgi_region *r = &w->regions[i];
        for (uint32_t t = r->first; t < r->end; t++)
            w->region_of[t] = i;
        r->full = is_full(w, r);
    }
    return true;
}
