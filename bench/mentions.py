#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Names within names, and nominals, against the mentions of GUM's dev part (its `Entity` layer), tokens as given.

    bench/mentions.py --dragoman build/dragoman --data ../shared/data [--tier fast] [--show 20]

Nominals: phrases headed by a noun that is no proper noun, of persons, organisations and places. Found is one whose head word is the
head of a row of level `nominal`; GUM has every person and place of a text, the record those who can act, so precision says more than recall.
Names within names: proper nouns within a larger named mention (University of "Oslo"), by their exact words, and by type.
"""
import collections
import os
import re
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import names as N

AS = {"person": "PER", "organization": "ORG", "place": "LOC"}


def sentences(path):
    """[(document, rows, [(first, end, type, head)])]: mentions without breaks, and their heads"""
    out, doc, rows, marks = [], "", [], []
    with open(path, encoding="utf-8") as f:
        for line in f:
            line = line.rstrip("\n")
            if line.startswith("# newdoc id = "):
                doc = line.split(" = ", 1)[1]
            elif not line and rows:
                out.append((doc, rows, spans(rows, marks)))
                rows, marks = [], []
            elif line[:1].isdigit() and line.split("\t")[0].isdigit():
                c = line.split("\t")
                rows.append(c)
                m = re.search(r"Entity=([^|]*)", c[9])
                marks.append(m.group(1) if m else "")
    return out


def spans(rows, marks):
    out, still = [], []
    for k, text in enumerate(marks):
        for m in re.finditer(r"\(([^()]+)(\)?)|([^()]+)\)", text):
            if m.group(1):
                ident, kind = m.group(1).split("-")[:2]
                if m.group(2):
                    out.append((k, k + 1, kind))
                else:
                    still.append((ident, k, kind))
            else:
                at = next((i for i in range(len(still) - 1, -1, -1) if still[i][0] == m.group(3)), None)
                if at is not None:
                    _, first, kind = still.pop(at)
                    out.append((first, k + 1, kind))
    return [(a, z, kind, head(rows, a, z)) for a, z, kind in out]


def head(rows, a, z):
    """The word of the phrase whose head lies outside of it"""
    return next((k for k in range(a, z) if not a < int(rows[k][6]) <= z), a)


NAME_WORDS = ("PROPN", "ADP", "DET", "CCONJ", "PUNCT", "PART")


def name(words, a, z):
    """A mention without its article and its possessive mark"""
    return a + (words[a].lower() == "the"), z - (words[z - 1] in ("'s", "\u2019s", "'") and z > a + 1)


def nominal_head(r, rows):
    return head(rows, r[0], r[1])


class Count:
    def __init__(self):
        self.right = self.kind = self.found = self.wanted = 0
        self.wrong = collections.defaultdict(list)

    def add(self, gold, got, show):
        """{key: type} each"""
        self.wanted += len(gold)
        self.found += len(got)
        for k, v in got.items():
            self.right += k in gold
            self.kind += gold.get(k) == v
            if gold.get(k) != v:
                self.wrong[gold.get(k, "O"), v].append(show(k))

    def say(self, what, n):
        p, r = self.kind / max(self.found, 1), self.kind / max(self.wanted, 1)
        print("%s: %d found, %d in GUM; precision %.2f recall %.2f F1 %.2f; a person, organisation or place of GUM: %.2f" % (
            what, self.found, self.wanted, p, r, 2 * p * r / max(p + r, 1e-9), self.right / max(self.found, 1)))
        for (g, f), v in sorted(self.wrong.items(), key=lambda x: -len(x[1])) if n else ():
            print("  %4d %s taken for %s: %s" % (len(v), g, f, "; ".join(v[:n])))


def main():
    a = N.arguments().parse_args()
    gum = sentences(os.path.join(a.data, "ud", "gum-dev.conllu"))
    forms = [([r[1] for r in rows], None) for _, rows, _ in gum]
    got = N.record_names(a.dragoman, a.tier, forms, [doc for doc, _, _ in gum])
    nominals, inner, ours, good = {k: Count() for k in ("PER", "ORG", "LOC")}, Count(), 0, 0
    for (doc, rows, gold), found in zip(gum, got):
        words = [r[1] for r in rows]
        want = {h: AS[k] for x, z, k, h in gold if k in AS and rows[h][3] == "NOUN"}
        any_kind = {h: AS.get(k, k) for x, z, k, h in gold if rows[h][3] in ("NOUN", "PROPN", "ADJ")}
        have = {nominal_head(r, rows): N.AS.get(r[2], r[2]) for r in found if r[3] == "nominal"}
        have = {k: v for k, v in have.items() if rows[k][3] == "NOUN"}
        for kind, c in nominals.items():      # what we call so; what GUM calls so
            c.add(want, {k: v for k, v in have.items() if v == kind}, lambda k: "%s (%s)" % (words[k], any_kind.get(k, "no mention")))
            c.wanted += sum(v == kind for v in want.values()) - len(want)
        # names of GUM within a larger phrase with a name for a head; the record may have them as names of their own ("Portland, Oregon")
        named = [x for x in gold if rows[x[3]][3] == "PROPN"]
        outer = [x for x in named if all(rows[q][3] in NAME_WORDS for q in range(x[0], x[1]))]
        want = {name(words, x, z): AS[k] for x, z, k, h in named if k in AS and any(y <= x and z <= w and h != h2 for y, w, _, h2 in outer)}
        every = {name(words, x, z): AS.get(k, k) for x, z, k, _ in gold}
        have = {(r[0], r[1]): N.AS.get(r[2], r[2]) for r in found if r[3] in ("name", "inner")}
        inner.add(want, {k: v for k, v in have.items() if k in want}, lambda k: " ".join(words[k[0]:k[1]]))
        rows_of_ours = [(r[0], r[1], N.AS.get(r[2], r[2])) for r in found if r[3] == "inner" and r[2] != "NORP"]
        ours += len(rows_of_ours)
        good += sum(every.get(x[:2]) == x[2] for x in rows_of_ours)
    for kind, c in nominals.items():
        c.say("nominals %s, %s" % (kind, a.tier), a.show)
    print("names within names, %s: %d of %d have a row, %d with the right type" % (a.tier, inner.right, inner.wanted, inner.kind))
    print("rows of level inner: %d, of them %d mentions of GUM with this type" % (ours, good))


if __name__ == "__main__":
    main()
