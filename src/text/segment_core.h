/* SPDX-License-Identifier: Apache-2.0 */
/* text/segment_core.h: what the segmenter and its trainer (train/segment_train.c) share: characters, candidate cuts and
 * their features. The trainer runs this very code, so the features of training and use cannot drift apart. */
#ifndef DGI_SEGMENT_CORE_H
#define DGI_SEGMENT_CORE_H

#include "base/pack.h"
#include "base/table.h"
#include "doc/doc.h"

#define DGI_SEG_VERSION 1
#define DGI_SEG_BITS 17 /* weights per decision: 1 << bits */
#define DGI_SEG_MAX_FEATS 64
#define DGI_SEG_WINDOW 65536       /* bytes tokenised at a time; cut at white space where there is some */
#define DGI_SEG_MAX_CHUNK 2000     /* characters between two white spaces; longer ones are cut */
#define DGI_SEG_MAX_CONTRACTION 16 /* bytes of the longest word of contractions.tsv */
#define DGI_SEG_MAX_SENT 400       /* tokens; a longer sentence is cut */

/* Kinds of abbreviation, from lexicon/en/abbreviations.tsv by way of the model file. */
enum dgi_seg_abbr {
    DGI_ABBR_NONE,
    DGI_ABBR_TITLE,
    DGI_ABBR_NAME,
    DGI_ABBR_TIME,
    DGI_ABBR_NUMBER,
    DGI_ABBR_PLACE,
    DGI_ABBR_OTHER,
    DGI_ABBR_PREFIX,
    DGI_ABBR_DOMAIN,
    DGI_N_ABBR
};

struct dgi_seg_char {
    uint32_t byte; /* offset in doc->text */
    uint32_t norm; /* lower-cased; quotes, dashes and apostrophes folded to ASCII */
    uint8_t cls;   /* 'A' upper, 'a' lower or uncased letter, '9' digit, 'O' and 'C' curly quotes, else the folded ASCII
                       character, 'S' any other symbol */
};
/* White-space-free run of characters. */
struct dgi_seg_chunk {
    uint32_t first, end; /* into the character array; chars[end].byte is the byte after the last */
};
struct dgi_seg_token {   /* surface token */
    uint32_t start, end; /* bytes */
    uint32_t hash;       /* of the folded form */
    uint32_t cased;      /* of the form with case */
    uint32_t shape;
    uint8_t first, last; /* class of first and last character */
    uint8_t abbr;        /* enum dgi_seg_abbr */
    uint8_t space;       /* white space before it */
    uint16_t len;        /* characters, at most 65535 */
    uint8_t letter;      /* one letter, or a letter and a full stop */
    uint8_t initials;    /* letters with a full stop each, two or three, that are no listed abbreviation: "P.J." */
};

struct dgi_seg_model {
    const int8_t *cut, *sent; /* [1 << DGI_SEG_BITS] each */
    int32_t cut_bias, sent_bias;
    const uint32_t *abbr_hash; /* [n_abbr] ascending */
    const uint8_t *abbr_kind;  /* [n_abbr] */
    uint32_t n_abbr;
};

/* Decode text[from, to) into chars (room for to-from+1) and chunks; returns the number of characters. White space is
 * skipped. chars[n] is a sentinel whose byte is `to`. */
uint32_t dgi_seg_decode(dg_str text, uint32_t from, uint32_t to, struct dgi_seg_char *chars,
                        struct dgi_seg_chunk *chunks, uint32_t *n_chunks);
/* May there be a token boundary before character p of the chunk (first < p < end)? */
bool dgi_seg_may_cut(const struct dgi_seg_char *c, uint32_t p);
/* Where an address that begins the chunk ends, 0 when it does not begin with one. */
uint32_t dgi_seg_address(const struct dgi_seg_model *m, const struct dgi_seg_char *c, const struct dgi_seg_chunk *k);
/* Is the answer beyond doubt? 1 cut, 0 no cut, -1 ask the model. `address` is dgi_seg_address() of the chunk. */
int dgi_seg_sure_cut(const struct dgi_seg_model *m, const struct dgi_seg_char *c, const struct dgi_seg_chunk *k,
                     uint32_t address, uint32_t p);
/* Features of the boundary before p; `tok` is where the current token began. */
uint32_t dgi_seg_cut_feats(const struct dgi_seg_model *m, const struct dgi_seg_char *c,
                           const struct dgi_seg_chunk *chunks, uint32_t n_chunks, uint32_t chunk, uint32_t tok,
                           uint32_t p, uint32_t *out);
void dgi_seg_token_make(const struct dgi_seg_model *m, const struct dgi_seg_char *c, uint32_t first, uint32_t end,
                        bool space, struct dgi_seg_token *out);
/* Running state over the tokens of a block. */
struct dgi_seg_state {
    uint32_t since;  /* index of the first token of the sentence */
    uint32_t quotes; /* straight double quotes so far in the block */
    int32_t curly, paren;
    uint32_t lower, upper; /* letters' case in the block: tokens beginning lower, upper */
};
bool dgi_seg_may_end(const struct dgi_seg_token *t, uint32_t n, uint32_t i);
uint32_t dgi_seg_end_feats(const struct dgi_seg_token *t, uint32_t n, uint32_t i, const struct dgi_seg_state *s,
                           uint32_t *out);
void dgi_seg_state_begin(struct dgi_seg_state *s, const struct dgi_seg_token *t, uint32_t n);
void dgi_seg_state_next(struct dgi_seg_state *s, const struct dgi_seg_token *t, uint32_t i, bool ended);

/* lexicon/en/contractions.tsv made ready: words that are cut as a whole, endings that are cut off any word, and verbs of two
 * parts whose hyphen is no cut ("strong-armed"). */
struct dgi_contraction {
    char word[DGI_SEG_MAX_CONTRACTION];
    uint8_t n, cut[2]; /* bytes of the word; where its second and third part begin, 0: there is none */
};
struct dgi_contractions {
    struct dgi_contraction *whole, *ending, *joined;
    uint32_t n_whole, n_ending, n_joined, longest; /* longest: of the whole ones without an apostrophe */
};
/* NULL: no table, nothing is cut but an apostrophe at the end. Fails with DG_E_NOMEM, and DG_E_LEXICON when a row is bad. */
dg_status dgi_contractions_init(struct dgi_contractions *c, const struct dgi_table *t, dg_error *err);
void dgi_contractions_clear(struct dgi_contractions *c);

/* Cut a surface token into syntactic words: offsets of the words' beginnings into the token (cuts[0] = 0), at most 4. */
uint32_t dgi_seg_words(const struct dgi_contractions *c, dg_str form, uint32_t cuts[4]);

/* Are these two, with a hyphen between them, the past tense of one verb? "strong", "armed": yes. */
bool dgi_seg_joins(const struct dgi_contractions *c, dg_str first, dg_str last);

uint32_t dgi_seg_hash(const char *folded, size_t n);

#endif
