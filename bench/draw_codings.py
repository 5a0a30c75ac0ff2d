#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Codings drawn at random from running text that no set of tests/fresh holds, for a person to judge: is the event right, its type, its sides?

    bench/draw_codings.py --dragoman build/dragoman --data ../shared/data --seed 3030 [--codings 250] > codings.txt

Half are of Wikinews (70 articles), half of agency sentences (90 stretches of eight). One coding is two lines: its number, document, row,
type, status, CAMEO code, source -> target (actor and words); the sentence with the trigger in <<>>. No text is kept in the repository.
"""
import argparse
import glob
import json
import os
import random
import re
import subprocess
import sys
import tempfile

FRESH = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tests", "fresh")


def articles(data):
    used = {m for f in glob.glob(os.path.join(FRESH, "*", "*.json")) for m in re.findall(r"wikinews-\d+", open(f, encoding="utf-8").read() + f)}
    lines = open(os.path.join(data, "text", "wikinews-2019-2020.jsonl"), encoding="utf-8")
    return [d for d in map(json.loads, lines) if d["id"] not in used]


def stretches(data, rng, most=90, length=8):
    lines = open(os.path.join(data, "text", "gmb-sentences.txt"), encoding="utf-8").read().split("\n")
    used = {int(l.split("\t")[0]) for f in glob.glob(os.path.join(FRESH, "*", "gmb.tsv")) for l in open(f, encoding="utf-8") if l[0] != "#"}
    used |= {n + 1 for n in used}
    starts, out = list(range(1, len(lines) - length)), []
    rng.shuffle(starts)
    for s in starts:
        if len(out) < most and all(n not in used and lines[n].strip() for n in range(s, s + length)):
            out.append({"id": "gmb-%d" % s, "date": "2008-06-01", "text": "\n".join(lines[s:s + length])})
    return out


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--dragoman", required=True)
    ap.add_argument("--data", required=True)
    ap.add_argument("--seed", type=int, required=True)
    ap.add_argument("--codings", type=int, default=250)
    a = ap.parse_args()
    rng = random.Random(a.seed)
    mine = articles(a.data)
    docs = rng.sample(mine, min(len(mine), 70)) + stretches(a.data, rng)
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as f:
        for d in docs:
            f.write(json.dumps({k: d[k] for k in ("id", "date", "text")}) + "\n")
        f.flush()
        cmd = [a.dragoman, "code", "--with-text", "--input", "jsonl", "--format", "jsonl", f.name]
        records = [json.loads(l) for l in subprocess.run(cmd, stdout=subprocess.PIPE, check=True).stdout.decode().splitlines()]
    found = ([], [])
    for r in records:
        name = r["doc"]["id"]
        found[name.startswith("gmb")].extend((name, r, e) for e in r["events"] if e["trigger"] and not e["frame"].startswith("board."))
    half = a.codings // 2
    drawn = [c for events, n in zip(found, (half, a.codings - half)) for c in rng.sample(events, min(n, len(events)))]
    for n, (name, r, e) in enumerate(drawn, 1):
        text, s, (first, end) = r["text"], r["sentences"][e["sentence"]], e["trigger"]
        side = lambda refs: "; ".join("%s[%s]" % (x["actor"], text[slice(*x["span"])] if x["span"] else x["name"]) for x in refs) or "-"
        print(n, name, e["frame"], e["plover"]["event"], "not " * e["negated"] + e["status"], e["cameo"], "|", side(e["source"]), "->", side(e["target"]))
        print("   ", (text[s["start"]:first] + "<<" + text[first:end] + ">>" + text[end:s["end"]]).replace("\n", " "))


if __name__ == "__main__":
    sys.exit(main())
