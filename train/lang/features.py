# SPDX-License-Identifier: Apache-2.0
"""Feature ids of one word. src/lang/features.c computes the very same numbers; docs/formats/model.md describes them.

A word is known by five things: its row in the table of fixed vectors, its row in the small trained vocabulary, six
hashed affixes, its hashed shape, and nothing of its neighbours (the encoder sees those).
"""
AFFIX_ROWS = 16384
SHAPE_ROWS = 1024
MAX_CP = 128            # a longer word is known by its first and last 64 code points

_FOLD = {}
for _c in "\u2018\u2019\u201a\u201b\u02bc\u2032\u00b4`":
    _FOLD[_c] = "'"
for _c in "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb":
    _FOLD[_c] = '"'
for _c in "\u2010\u2011\u2012\u2013\u2014\u2015\u2212":
    _FOLD[_c] = "-"
_WHOLE = {"``": '"', "''": '"', "\u2026": "..."}


def lower1(ch):
    low = ch.lower()
    return low if len(low) == 1 else ch


def fold(form):
    """Quotes, dashes and apostrophes in ASCII; for features only, never in the output."""
    if form in _WHOLE:
        return _WHOLE[form]
    if len(form) > MAX_CP:
        form = form[:MAX_CP // 2] + form[-MAX_CP // 2:]
    out = "".join(_FOLD.get(c, c) for c in form)
    return '"' if out == "''" else out


def fnv(kind, data):
    h = ((2166136261 ^ kind) * 16777619) & 0xFFFFFFFF
    for b in data:
        h = ((h ^ b) * 16777619) & 0xFFFFFFFF
    return h ^ (h >> 15)


def shape(folded):
    out, last, run = [], "", 0
    for ch in folded:
        if lower1(ch) != ch:
            k = "X"
        elif "a" <= ch <= "z" or ord(ch) >= 128:
            k = "x"
        elif "0" <= ch <= "9":
            k = "d"
        else:
            k = ch
        run = run + 1 if k == last else 1
        last = k
        if run <= 2:
            out.append(k)
    return "".join(out)


def zero_digits(low):
    return "".join("0" if "0" <= c <= "9" else c for c in low)


def word_keys(form):
    """(key of the fixed vectors, key of the trained vocabulary, affix rows x 6, shape row)"""
    f = fold(form)
    low = "".join(lower1(c) for c in f)
    key = zero_digits(low)
    aff = []
    for kind, part in ((1, key[-1:]), (2, key[-2:]), (3, key[-3:]), (4, key[-4:]), (5, key[:2]), (6, key[:3])):
        aff.append(fnv(kind, part.encode("utf-8")) % AFFIX_ROWS)
    return low, key, aff, fnv(7, shape(f).encode("utf-8")) % SHAPE_ROWS
