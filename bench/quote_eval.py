#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Statements against PolNeAR (../shared/data/quotes, not part of the project: newspaper copyright).

    bench/quote_eval.py [--dragoman build/dragoman] [--data ../shared/data/quotes/polnear-dev.jsonl] [--n 84] [--show K]

PolNeAR also marks belief, intention and attitude, which are no statements here. So recall is counted for its direct and
mixed statements and for those indirect ones whose cue is a word of saying of lexicon/en/cues.tsv (class say or tell); a found
statement is right when half of its words lie in any marked content. found: 60 % of the content. speaker: the words of the
speaker meet the marked source (pronouns as they stand; no coreference is asked for)."""
import argparse
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))


def saying():
    out = set()
    with open(os.path.join(HERE, "..", "lexicon", "en", "cues.tsv"), encoding="utf-8") as f:
        for line in f:
            c = line.split("\t")
            if line[0] != "#" and c[1] in ("say", "tell") and c[0].endswith("/VERB"):
                v = c[0][:-5]
                stem = v[:-1] if v.endswith(("e", "y")) else v
                out.update((v, v + "s", stem + "ed", stem + "ing", stem + "ies", stem + "ied", v + "ed"))
    out.update(("said", "told", "wrote", "swore", "according to"))
    return out


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--dragoman", default=os.path.join(HERE, "..", "build", "dragoman"))
    ap.add_argument("--data", default=os.path.join(HERE, "..", "..", "shared", "data", "quotes", "polnear-dev.jsonl"))
    ap.add_argument("--n", type=int, default=84)
    ap.add_argument("--show", type=int, default=0)
    a = ap.parse_args()
    if not os.path.exists(a.data):
        print("quote_eval: skipped, no " + a.data)
        return
    say, tally, shown = saying(), {}, 0

    def count(name, ok):
        t = tally.setdefault(name, [0, 0])
        t[0] += ok
        t[1] += 1

    docs = [json.loads(x) for x in open(a.data, encoding="utf-8")][: a.n]
    with tempfile.TemporaryDirectory() as tmp:
        for i, d in enumerate(docs):
            path = os.path.join(tmp, "%d.txt" % i)
            open(path, "w", encoding="utf-8", newline="").write(d["text"])
            r = subprocess.run([a.dragoman, "code", "--format", "jsonl", "--with-text", path], stdout=subprocess.PIPE, text=True)
            if r.returncode:
                sys.exit("quote_eval: %s failed" % a.dragoman)
            rec = json.loads(r.stdout.splitlines()[0])
            if rec["text"] != d["text"]:
                count("text differs", 1)
                continue
            pred = [(set(k for x, y in s["content"] for k in range(x, y)), s) for s in rec["statements"]]
            gold = [(set(k for x, y in g["content"] for k in range(x, y)), g) for g in d["attributions"]]
            every = set().union(*[x for x, _ in gold]) if gold else set()
            skip = set(k for x, y in d["discard"] for k in range(x, y))
            for c, s in pred:
                if c & skip:
                    continue
                ok = len(c & every) >= 0.5 * len(c)
                count("precision " + s["kind"], ok)
                if not ok and shown < a.show:
                    shown += 1
                    print("EXTRA", s["kind"], "|", " / ".join(d["text"][x:y] for x, y in s["content"])[:160], "| cue", d["text"][slice(*(s["cue"] or [0, 0]))])
            for c, g in gold:
                if not c:
                    continue
                cue = " ".join(d["text"][x:y] for x, y in g["cue"]).lower()
                kind = g["kind"]
                if kind == "indirect" and not (set(cue.split()) & say or "according to" in cue):
                    continue
                best = max(pred, key=lambda p: len(p[0] & c), default=(set(), None))
                whole = set().union(*[p for p, s in pred if best[1] and s.get("speaker") == best[1].get("speaker")]) if pred else set()
                ok = len(whole & c) >= 0.6 * len(c)
                count("recall " + kind, ok)
                if not ok and shown < a.show:
                    shown += 1
                    print("MISS", kind, "|", d["text"][min(c):max(c) + 1][:160].replace("\n", "\\n"), "| cue", cue)
                if ok and g["source"] and best[1]:
                    span = best[1].get("speaker_span") or [0, 0]
                    src = set(k for x, y in g["source"] for k in range(x, y))
                    hit = bool(src & set(range(*span)))
                    count("speaker " + kind, hit)
                    if not hit and shown < a.show:
                        shown += 1
                        print("SPEAKER", kind, "| want", " ".join(d["text"][x:y] for x, y in g["source"])[:60].replace("\n", " "), "| got",
                              d["text"][slice(*span)][:60].replace("\n", " "), "|", best[1].get("speaker"), "|", d["text"][min(c):max(c) + 1][:100].replace("\n", " "))
    for k in sorted(tally):
        print("%-20s %5.1f %%  of %d" % (k, 100 * tally[k][0] / tally[k][1], tally[k][1]))


if __name__ == "__main__":
    main()
