#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Names of the record against a name corpus: F1 over PER, ORG, LOC (GPE and FAC count as LOC), exact spans, tokens as given.

    bench/names.py --dragoman build/dragoman --data ../shared/data [--tier fast] [--show 20] [uner-ewt-dev gum-named-dev]

--show: examples of each kind of error. A name that the corpus calls MISC is left out on both sides.

Universal NER marks the name alone: rows of level `name`. GUM's named mentions are those with a proper noun for a head: "President
Obi" is one with his title, "the Secretary" and "Americans" are persons. For it the rows of level `titled` stand in place of the
names in them, nominals written with a capital count, and so do peoples (NORP in the plural). The other reading is printed beside it.
"""
import argparse
import collections
import json
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "train", "lang"))
import data as D

KINDS = ("PER", "ORG", "LOC")
AS = {"GPE": "LOC", "FAC": "LOC"}


def documents(path):
    """The document of each sentence of a name corpus"""
    out, doc, n = [], "", 0
    with open(path, encoding="utf-8") as f:
        for line in list(f) + ["\n"]:
            if line.startswith("# doc = "):
                doc = line[8:].strip()
            elif line.strip():
                n += 1
            elif n:
                out.append(doc)
                n = 0
    return out


def conllu(sents, docs):
    out, last = [], None
    for i, ((forms, _), doc) in enumerate(zip(sents, docs)):
        if doc != last:
            out += ["# newdoc id = d%d" % i]
            last = doc
        out += ["# sent_id = %d" % i, "# text = " + " ".join(forms)]
        out += ["\t".join([str(k), w] + ["_"] * 8) for k, w in enumerate(forms, 1)] + [""]
    return "\n".join(out) + "\n"


def small(word):
    return not word[:1].isupper()


def proper(forms, a, z, begin):
    """A nominal [a, z) that is written as a name: the words of it that are, "the Emperor of the North" without the article; or None"""
    head = next((k for k in range(a, z) if forms[k] in ("of", "for", "in")), z) - 1
    if head < a or small(forms[head]) or head == begin:
        return None
    while a < head and (small(forms[a]) or forms[a].lower() in ("the", "a", "an")):
        a += 1
    while z > head + 1 and small(forms[z - 1]):
        z -= 1
    return a, z


def as_gum(rows, forms):
    """Rows (first, end, kind, level) of a sentence -> its names as GUM counts them"""
    out = [x[:3] for x in rows if x[3] == "titled"]
    taken = {k for a, z, _ in out for k in range(a, z)}
    for a, z, kind, level in rows:
        if level == "nominal" and kind in ("PER", "ORG") and proper(forms, a, z, 0):
            a, z = proper(forms, a, z, 0)
        elif level != "name":
            continue
        elif kind == "NORP" and forms[z - 1].endswith("s"):
            kind = "PER"
        if not taken & set(range(a, z)):
            out.append((a, z, kind))
            taken.update(range(a, z))
    return out


def as_names(rows, forms):
    return [x[:3] for x in rows if x[3] == "name"]


def tags_of(spans, n):
    out = ["O"] * n
    for a, z, kind in spans:
        out[a:z] = [p + AS.get(kind, kind) for p in ["B-"] + ["I-"] * (z - a - 1)]
    return out


def record_names(dragoman, tier, sents, docs):
    """Rows of the record, (first word, end, type, level), a list for each sentence"""
    with tempfile.NamedTemporaryFile("w", suffix=".conllu", encoding="utf-8") as f:
        f.write(conllu(sents, docs))
        f.flush()
        text = subprocess.run([dragoman, "code", "--tier", tier, "--input", "conllu", "--format", "jsonl", f.name],
                              stdout=subprocess.PIPE, check=True).stdout.decode()
    out = []
    for record in (json.loads(x) for x in text.split("\n") if x):
        for s in record["sentences"]:
            at, where = s["start"], {}
            for k, form in enumerate(sents[len(out)][0]):
                where.update({at: k, at + len(form): k + 1})
                at += len(form) + 1
            inside = [n for n in record["names"] if s["start"] <= n["span"][0] < s["end"]]
            out.append([(where[n["span"][0]], where[n["span"][1]], n["type"], n["level"]) for n in inside])
    assert len(out) == len(sents)
    return out


def score(sents, tags):
    """({kind: [right, found, to find]}, the same without kinds, {error: examples})"""
    c, u, wrong = {k: [0, 0, 0] for k in KINDS}, [0, 0, 0], collections.defaultdict(list)
    for (forms, ids), got in zip(sents, tags):
        assert len(forms) == len(got)
        gold = {x[:2]: x[2] for x in D._spans([D.NER_TAGS[max(j, 0)] for j in ids]) if x[2] in KINDS}
        found = {x[:2]: x[2] for x in D._spans(got) if x[2] in KINDS and all(ids[q] >= 0 for q in range(x[0], x[1]))}
        for s in set(gold) | set(found):
            g, f = gold.get(s, "O"), found.get(s, "O")
            if f != "O":
                c[f][1] += 1
                c[f][0] += f == g
            if g != "O":
                c[g][2] += 1
            u = [u[0] + (g != "O" and f != "O"), u[1] + (f != "O"), u[2] + (g != "O")]
            if f != g:
                wrong[(g, f)].append(" ".join(forms[s[0]:s[1]]))
    return c, u, wrong


def f1(c):
    return 200 * c[0] / max(c[1] + c[2], 1)


def arguments():
    ap = argparse.ArgumentParser()
    ap.add_argument("--dragoman", required=True)
    ap.add_argument("--data", required=True)
    ap.add_argument("--tier", default="fast")
    ap.add_argument("--show", type=int, default=0)
    return ap


def main():
    ap = arguments()
    ap.add_argument("sets", nargs="*", default=["uner-ewt-dev", "gum-named-dev"])
    a = ap.parse_args()
    for name in a.sets:
        sents = D.read_ner(a.data, name)
        docs = documents(os.path.join(a.data, "ner", name + ".tsv"))
        if len(docs) != len(sents):                     # sentences of more than 100 words are left out
            docs = [""] * len(sents)
        rows = record_names(a.dragoman, a.tier, sents, docs)
        readings = [("the name alone", as_names), ("as GUM counts", as_gum)] if name.startswith("gum") else [("", as_names)]
        for what, how in readings:
            c, u, wrong = score(sents, [tags_of(how(r, s[0]), len(s[0])) for r, s in zip(rows, sents)])
            print("%s %s%s F1 %.1f (%s), without kinds %.1f" % (name, a.tier, what and ", %s:" % what, f1([sum(x) for x in zip(*c.values())]),
                                                               " ".join("%s %.1f" % (k, f1(c[k])) for k in KINDS), f1(u)))
        for (g, f), v in sorted(wrong.items(), key=lambda x: -len(x[1])) if a.show else ():
            print("  %4d %s taken for %s: %s" % (len(v), g, f, "; ".join(v[:a.show])))


if __name__ == "__main__":
    main()
