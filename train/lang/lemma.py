# SPDX-License-Identifier: Apache-2.0
"""Lemma rules: suffix rules learned from the treebanks, and a list of exceptions to them.

A rule turns a word of one XPOS into its lemma: keep the case or lower it, cut n bytes off the end, append a string.
Rules are looked up by (XPOS, last k code points of the lower-cased word), longest k first; exceptions by the whole word.
Exceptions come from the treebanks, from WordNet's irregular forms and from the regular forms of WordNet's words on
which the learned rules fail.
"""
import collections
import csv
import os

import features
from modelfile import hash64, table

MAX_SUFFIX = 6
NO_SUFFIX = ("NNP", "FW", "ADD", "GW", "LS", "SYM", "CD", "HYPH", ":", ",", ".", "AFX")   # the form, or an exception


def edit(form, lemma):
    """The cheapest rule from form to lemma: (keep_case, cut, append) or None when it would be a whole replacement."""
    low = "".join(features.lower1(c) for c in form)
    for keep, base in ((0, low), (1, form)):
        k = 0
        while k < len(base) and k < len(lemma) and base[k] == lemma[k]:
            k += 1
        if k or not lemma:
            return keep, len(base[k:].encode()), lemma[k:]
    return 0, len(low.encode()), lemma


def best_rules(low, pairs):
    """Counter of rules for one word, the one that gives most of its lemmas first ("i" and "I" both give "I")."""
    out = collections.Counter()
    for (form, lemma), n in pairs.items():
        out[edit(form, lemma)] += n
    if len(low) <= 3 and len(pairs) > 1:
        for (form, lemma), n in pairs.items():
            e = (0, len(low.encode()), lemma)
            out[e] = sum(m for (f, l), m in pairs.items() if l == lemma)
    return out


def apply(e, form):
    keep, cut, app = e
    base = (form if keep else "".join(features.lower1(c) for c in form)).encode()
    if cut > len(base):
        return form
    return (base[:len(base) - cut] + app.encode()).decode("utf-8", "replace")


def norm(form):
    """Curly apostrophes as straight ones, so that n’t and n't share a rule (the lemma has the straight one, as in UD)."""
    return form.replace("\u2019", "'").replace("\u2018", "'")


def special(xpos, form):
    """What no table says; src/lang/lemma.c does the same. "MPs" is the plural of "MP"; "1,500" is 1500; "IV" stays."""
    if xpos in ("NNS", "NNPS") and len(form) >= 3 and form[-1] == "s" and all("A" <= c <= "Z" for c in form[:-1]):
        return form[:-1]
    if xpos == "CD" and "," in form and form[0].isdigit() and all(c in "0123456789,." for c in form) and form[-1].isdigit():
        return form.replace(",", "")
    if xpos == "CD" and all(c in "IVXLCDM" for c in form):
        return form
    return None


def keeps_case(xpos):
    return xpos.startswith("NNP") or xpos == "ADD"


class Rules:
    def __init__(self):
        self.suffix, self.word = {}, {}

    def predict_suffix(self, xpos, low, exact=None):
        for k in range(min(MAX_SUFFIX, len(low)), -1, -1):
            e = self.suffix.get((xpos, low[len(low) - k:]))
            if e is not None:
                return e
        return (1, 0, "") if keeps_case(xpos) else (0, 0, "")

    def predict(self, xpos, form):
        form = norm(form)
        sp = special(xpos, form)
        if sp is not None:
            return sp
        low = "".join(features.lower1(c) for c in form)
        e = self.word.get((xpos, low))
        if e is None:
            e = self.predict_suffix(xpos, low)
        return apply(e, form)


def regular_forms(word, pos):
    """(form, xpos) pairs that English spelling gives for a lemma; the ones that dictionaries list as irregular go first."""
    v = "aeiou"
    w = word
    if pos == "v":
        double = len(w) >= 3 and w[-1] not in v + "wxyh" and w[-2] in v and w[-3] not in v and sum(c in v for c in w) == 1
        s = w + "es" if w.endswith(("s", "x", "z", "ch", "sh", "o")) else w[:-1] + "ies" if w.endswith("y") and w[-2:-1] not in v else w + "s"
        if w.endswith("ie"):
            ing = w[:-2] + "ying"
        elif w.endswith("e") and not w.endswith(("ee", "oe", "ye")):
            ing = w[:-1] + "ing"
        else:
            ing = w + (w[-1] if double else "") + "ing"
        if w.endswith("e"):
            ed = w + "d"
        elif w.endswith("y") and w[-2:-1] not in v:
            ed = w[:-1] + "ied"
        else:
            ed = w + (w[-1] if double else "") + "ed"
        return [(s, "VBZ"), (ing, "VBG"), (ed, "VBD"), (ed, "VBN")]
    if pos == "n":
        if w.endswith(("s", "x", "z", "ch", "sh")):
            return [(w + "es", "NNS")]
        if w.endswith("y") and w[-2:-1] not in v:
            return [(w[:-1] + "ies", "NNS")]
        return [(w + "s", "NNS")]
    if pos == "a" and len(w) <= 7:
        if w.endswith("e"):
            return [(w + "r", "JJR"), (w + "st", "JJS")]
        if w.endswith("y") and w[-2:-1] not in v:
            return [(w[:-1] + "ier", "JJR"), (w[:-1] + "iest", "JJS")]
        return [(w + "er", "JJR"), (w + "est", "JJS")]
    return []


def learn(sents, data):
    """sents: [[form, lemma, upos, xpos, ...]]"""
    seen = collections.defaultdict(collections.Counter)       # (xpos, low) -> (form, lemma)
    count = {}                                                # (xpos, low) -> rules
    for s in sents:
        for t in s:
            form = norm(t[0])
            if t[1] == "_" and t[0] != "_":
                continue
            if special(t[3], form) is not None:
                continue
            low = "".join(features.lower1(c) for c in form)
            seen[t[3], low][form, norm(t[1])] += 1
    for key, c in seen.items():
        count[key] = best_rules(key[1], c)
    nouns = set()
    # suffix statistics over word types, with a little weight for frequency
    stat = collections.defaultdict(collections.Counter)
    for (xpos, low), c in count.items():
        e, n = c.most_common(1)[0]
        if xpos in NO_SUFFIX:
            continue
        for k in range(0, min(MAX_SUFFIX, len(low)) + 1):
            stat[xpos, low[len(low) - k:]][e] += 1 + min(n, 20) * .05
    # WordNet's own forms teach the spelling rules, too
    lex = os.path.join(data, "lexicon")
    irregular = []
    with open(os.path.join(lex, "wordnet-irregular.tsv"), encoding="utf-8") as f:
        for row in csv.reader(f, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row[0] != "form" and " " not in row[0] and "_" not in row[0]:
                irregular.append(row)
    irr_of = {(r[1], r[2]) for r in irregular}
    more, known = {}, {}
    with open(os.path.join(lex, "wordnet-words.tsv"), encoding="utf-8") as f:
        rd = csv.reader(f, delimiter="\t", quoting=csv.QUOTE_NONE)
        for row in rd:
            w, pos = row[0], row[1].replace("s", "a")
            if w != "lemma":
                known[w, pos] = int(row[3] or 0)
            if not w.isascii() or not w.isalpha() or w != w.lower() or len(w) < 3:
                continue
            if pos == "n" and w.endswith("s"):
                nouns.add(w)
            for form, xpos in regular_forms(w, pos):
                if (w, pos) in irr_of and xpos in ("VBD", "VBN", "NNS", "JJR", "JJS"):
                    continue
                more.setdefault((xpos, form), w)
    for (xpos, form), w in more.items():
        e = edit(form, w)
        for k in range(1, MAX_SUFFIX + 1):
            if len(form) >= k:
                stat[xpos, form[len(form) - k:]][e] += .2
    r = Rules()
    default = lambda xpos: (1, 0, "") if keeps_case(xpos) else (0, 0, "")
    for key in sorted(stat, key=lambda k: (k[0], len(k[1]), k[1])):
        c = stat[key]
        e, n = max(c.items(), key=lambda x: (x[1], -x[0][1], x[0]))
        if sum(c.values()) < 1.5 and len(key[1]):
            continue
        short = r.predict_suffix(key[0], key[1][1:]) if key[1] else default(key[0])
        if e != short:
            r.suffix[key] = e
    pos_x = {"v": ("VBD", "VBN", "VBZ", "VBG"), "n": ("NNS",), "a": ("JJR", "JJS"), "r": ("RBR", "RBS")}
    want, sure = {}, set()
    for (xpos, form), w in more.items():
        want[xpos, form] = edit(form, w)
    for form, w, pos in sorted(irregular, key=lambda r: known.get((r[1], r[2]), -1)):    # the commonest lemma last
        for x in pos_x.get(pos, ()):
            want[x, form] = edit(form, w)
            sure.add((x, form))
    for w in nouns:                       # "series", "Brussels": a noun that is no plural of another
        if want.setdefault(("NNS", w), (0, 0, "")) == (0, 0, ""):
            want["NNPS", w] = (1, 0, "")
    for key, c in count.items():
        e, n = c.most_common(1)[0]
        if key[0] == "NNP" and c[(1, 0, "")] * 4 >= sum(c.values()):    # "United": the treebanks disagree, names stay
            e = (1, 0, "")
        if key not in sure or n > 3:          # a slip in the treebank does not outweigh the list of irregular forms
            want[key] = e
    for (xpos, low), e in want.items():
        if r.predict_suffix(xpos, low) != e:
            r.word[xpos, low] = e
    return r


def arrays(r):
    """The tables of the file: two hash tables, and the rules as text 'keep cut append' one per line."""
    rules = sorted(set(r.suffix.values()) | set(r.word.values()))
    idx = {e: i + 1 for i, e in enumerate(rules)}
    key = lambda x, s: (x + "\t" + s).encode()
    return ({"lemma.suffix": table({key(x, s): idx[e] for (x, s), e in r.suffix.items()}),
             "lemma.word": table({key(x, s): idx[e] for (x, s), e in r.word.items()})},
            {"lemma.rules": "".join("%d\t%d\t%s\n" % e for e in rules)})


if __name__ == "__main__":
    import sys
    import data as D
    ewt, gum = D.read_ud(sys.argv[1])
    r = learn(ewt + gum, sys.argv[1])
    print(len(r.suffix), "suffix rules", len(r.word), "exceptions", len(set(r.suffix.values()) | set(r.word.values())))
    for name in ("ewt", "gum"):
        n = ok = 0
        bad = collections.Counter()
        for s in D.read_conllu(os.path.join(sys.argv[1], "ud", name + "-dev.conllu")):
            for t in s:
                n += 1
                p = r.predict(t[3], t[0])
                if p == t[1]:
                    ok += 1
                else:
                    bad[t[3], t[0], t[1], p] += 1
        print(name, "gold tags: %.2f" % (100 * ok / n), bad.most_common(25))
