#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Scores predicted CoNLL-U against gold: the measures of the CoNLL 2018 shared task, in F1 over aligned words.

    conll_eval.py GOLD.conllu SYSTEM.conllu [--counts] [--by-relation]

Both files must hold the same text apart from white space. A token or sentence is right when its characters (counted
without white space) are the gold's. Words are aligned by their characters; inside multiword tokens, whose words have no
characters of their own, by the longest common subsequence of lower-cased forms. UAS: the head is the aligned gold head.
LAS: so is the universal part of the relation (before ':'). UPOS, XPOS, feats, lemma: the column is equal (a gold lemma
'_' counts as right). Feats are compared on universal features only, as in 2018, and whole ('allfeats').
"""
import argparse
import collections
import sys
import unicodedata

UNIVERSAL = set("PronType NumType Poss Reflex Foreign Abbr Gender Animacy Number Case Definite Degree VerbForm Mood Tense "
                "Aspect Voice Evident Polarity Person Polite".split())


class Word:
    __slots__ = ("form", "lemma", "upos", "xpos", "feats", "allfeats", "head", "rel", "span", "mwt", "number")


def universal(feats):
    return "|".join(sorted(f for f in feats.split("|") if f.split("=")[0] in UNIVERSAL))


def squeeze(s):
    return "".join(c for c in s if not c.isspace() and unicodedata.category(c) != "Zs")


def read(path):
    """(characters, token spans, sentence spans, words)"""
    chars, tokens, sents, words = [], [], [], []
    at, sent_start, cur, mwt_end, mwt_span = 0, 0, [], 0, None

    def end():
        nonlocal cur, mwt_end
        if not cur:
            return
        by = {w.number: w for w in cur}
        for w in cur:
            if w.head and w.head not in by:
                sys.exit("%s: head %d of '%s' is not in its sentence" % (path, w.head, w.form))
            w.head = by.get(w.head)
        words.extend(cur)
        sents.append((sent_start, at))
        cur, mwt_end = [], 0

    with open(path, encoding="utf-8") as f:
        for no, line in enumerate(f, 1):
            line = line.rstrip("\n")
            if not line:
                end()
                continue
            if line[0] == "#":
                continue
            c = line.split("\t")
            if len(c) != 10:
                sys.exit("%s:%d: %d columns instead of 10" % (path, no, len(c)))
            if "." in c[0]:
                continue
            if not cur and not mwt_end:
                sent_start = at
            if "-" in c[0]:
                a, b = c[0].split("-")
                text = squeeze(c[1])
                mwt_span, mwt_end = (at, at + len(text)), int(b)
                tokens.append(mwt_span)
                chars.append(text)
                at += len(text)
                continue
            w = Word()
            w.number = int(c[0])
            w.form, w.lemma, w.upos, w.xpos, w.allfeats, w.rel = c[1], c[2], c[3], c[4], c[5], c[7].split(":")[0]
            w.feats, w.head = universal(c[5]), int(c[6])
            if w.number <= mwt_end:
                w.span, w.mwt = mwt_span, True
            else:
                text = squeeze(c[1])
                w.span, w.mwt = (at, at + len(text)), False
                tokens.append(w.span)
                chars.append(text)
                at += len(text)
            cur.append(w)
    end()
    return "".join(chars), tokens, sents, words


def lcs(a, b):
    """Pairs of a longest common subsequence by lower-cased form"""
    n, m = len(a), len(b)
    t = [[0] * (m + 1) for _ in range(n + 1)]
    for i in reversed(range(n)):
        for j in reversed(range(m)):
            t[i][j] = t[i + 1][j + 1] + 1 if a[i].form.lower() == b[j].form.lower() else max(t[i + 1][j], t[i][j + 1])
    i = j = 0
    while i < n and j < m:
        if a[i].form.lower() == b[j].form.lower():
            yield a[i], b[j]
            i, j = i + 1, j + 1
        elif t[i + 1][j] >= t[i][j + 1]:
            i += 1
        else:
            j += 1


def align(gold, system):
    """Pairs (gold word, system word)"""
    out, i, j = [], 0, 0
    while i < len(gold) and j < len(system):
        g, s = gold[i], system[j]
        if not g.mwt and not s.mwt:
            if g.span == s.span:
                out.append((g, s))
            if g.span[1] <= s.span[1]:
                i += 1
            if s.span[1] <= g.span[1]:
                j += 1
            continue
        # a stretch with multiword tokens: take words on both sides until their ends meet outside of any
        if g.mwt and s.span[1] <= g.span[0]:
            j += 1
            continue
        if s.mwt and g.span[1] <= s.span[0]:
            i += 1
            continue
        i0, j0 = i, j
        end = max(w.span[1] for w in (g, s) if w.mwt)
        grew = True
        while grew:
            grew = False
            while i < len(gold) and gold[i].span[0] < end:
                if gold[i].mwt and gold[i].span[1] > end:
                    end, grew = gold[i].span[1], True
                i += 1
            while j < len(system) and system[j].span[0] < end:
                if system[j].mwt and system[j].span[1] > end:
                    end, grew = system[j].span[1], True
                j += 1
        out.extend(lcs(gold[i0:i], system[j0:j]))
    return out


def score(gold_path, system_path):
    gc, gt, gs, gw = read(gold_path)
    sc, st, ss, sw = read(system_path)
    if gc != sc:
        k = next((i for i, (a, b) in enumerate(zip(gc, sc)) if a != b), min(len(gc), len(sc)))
        sys.exit("the texts differ after %d characters: gold '%s', system '%s'" % (k, gc[k:k + 20], sc[k:k + 20]))
    pairs = align(gw, sw)
    of = {id(s): g for g, s in pairs}
    res = {"Tokens": (len(set(gt) & set(st)), len(gt), len(st)), "Sentences": (len(set(gs) & set(ss)), len(gs), len(ss)),
           "Words": (len(pairs), len(gw), len(sw))}
    counts = collections.Counter()
    rel_ok, rel_gold, rel_sys = collections.Counter(), collections.Counter(), collections.Counter()
    for g, s in pairs:
        counts["UPOS"] += g.upos == s.upos
        counts["XPOS"] += g.xpos == s.xpos
        counts["Feats"] += g.feats == s.feats
        counts["AllFeats"] += g.allfeats == s.allfeats
        counts["Lemmas"] += g.lemma == "_" or g.lemma == s.lemma
        head = (s.head is None and g.head is None) or (s.head is not None and of.get(id(s.head)) is g.head and g.head is not None)
        counts["UAS"] += head
        counts["LAS"] += head and g.rel == s.rel
        rel_ok[g.rel] += head and g.rel == s.rel
    for w in gw:
        rel_gold[w.rel] += 1
    for w in sw:
        rel_sys[w.rel] += 1
    for k in ("UPOS", "XPOS", "Feats", "AllFeats", "Lemmas", "UAS", "LAS"):
        res[k] = (counts[k], len(gw), len(sw))
    return res, {r: (rel_ok[r], rel_gold[r], rel_sys[r]) for r in rel_gold}


def f1(t):
    return 200.0 * t[0] / max(t[1] + t[2], 1)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("gold")
    ap.add_argument("system")
    ap.add_argument("--counts", action="store_true", help="also print right, gold, system counts")
    ap.add_argument("--by-relation", action="store_true")
    a = ap.parse_args()
    res, rel = score(a.gold, a.system)
    for k, t in res.items():
        print("%-10s %6.2f%s" % (k, f1(t), "  %d %d %d" % t if a.counts else ""))
    if a.by_relation:
        for k, t in sorted(rel.items(), key=lambda x: -x[1][1]):
            print("%-12s %6.2f  %d" % (k, f1(t), t[1]))


if __name__ == "__main__":
    main()
