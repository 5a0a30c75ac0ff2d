#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Names of the record against a name corpus: F1 over PER, ORG, LOC (GPE and FAC count as LOC), exact spans, tokens as given.

    bench/names.py --dragoman build/dragoman --data ../shared/data [--tier fast] [--show 20] [uner-ewt-dev gum-named-dev]

--show: examples of each kind of error. A name that the corpus calls MISC is left out on both sides.
"""
import argparse
import collections
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


def record_names(dragoman, tier, sents, docs):
    """Tags of the record, a list for each sentence"""
    with tempfile.NamedTemporaryFile("w", suffix=".conllu", encoding="utf-8") as f:
        f.write(conllu(sents, docs))
        f.flush()
        text = subprocess.run([dragoman, "code", "--tier", tier, "--input", "conllu", "--format", "conllu-ner", f.name],
                              stdout=subprocess.PIPE, check=True).stdout.decode()
    out = [[]]
    for line in text.split("\n"):
        if not line and out[-1]:
            out.append([])
        elif line[:1].isdigit() and line.split("\t")[0].isdigit():
            tag = ([x[4:] for x in line.split("\t")[9].split("|") if x.startswith("NER=")] or ["O"])[0]
            out[-1].append(tag[:2] + AS.get(tag[2:], tag[2:]) if tag != "O" else tag)
    return out[:-1] if not out[-1] else out


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


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--dragoman", required=True)
    ap.add_argument("--data", required=True)
    ap.add_argument("--tier", default="fast")
    ap.add_argument("--show", type=int, default=0)
    ap.add_argument("sets", nargs="*", default=["uner-ewt-dev", "gum-named-dev"])
    a = ap.parse_args()
    for name in a.sets:
        sents = D.read_ner(a.data, name)
        docs = documents(os.path.join(a.data, "ner", name + ".tsv"))
        if len(docs) != len(sents):                     # sentences of more than 100 words are left out
            docs = [""] * len(sents)
        c, u, wrong = score(sents, record_names(a.dragoman, a.tier, sents, docs))
        print("%s %s F1 %.1f (%s), without kinds %.1f" % (
            name, a.tier, f1([sum(x) for x in zip(*c.values())]), " ".join("%s %.1f" % (k, f1(c[k])) for k in KINDS), f1(u)))
        for (g, f), v in sorted(wrong.items(), key=lambda x: -len(x[1])) if a.show else ():
            print("  %4d %s taken for %s: %s" % (len(v), g, f, "; ".join(v[:a.show])))


if __name__ == "__main__":
    main()
