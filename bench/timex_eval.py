#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Times of the record against TIMEX3, as TempEval-3 counts: bench/timex_eval.py [--dragoman D] [--show] [--data DATA]

Reads the list `times` of `dragoman code --only text,times` over MEANTIME train (DATA/time). strict: the same span; relaxed: spans
that overlap; type and value: the share of the relaxed ones that have the same attribute, as F1 (so at most the relaxed F1)."""
import argparse, collections, json, os, re, subprocess, sys, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ap = argparse.ArgumentParser()
ap.add_argument("--dragoman", default=os.path.join(HERE, "..", "build", "dragoman"))
ap.add_argument("--data", default=os.path.join(HERE, "..", "..", "shared", "data"))
ap.add_argument("--set", default="meantime-train", help="meantime-train, or timeset-train, which marks only some times, without their type: recall counts")
ap.add_argument("--show", action="store_true", help="what was missed, is not marked, or has another value")
a = ap.parse_args()
docs = [json.loads(l) for l in open(os.path.join(a.data, "time", a.set + ".jsonl"), encoding="utf-8")]
with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as f:
    for d in docs:
        f.write(json.dumps({"id": d["id"], "text": d["text"], "date": d["dct"]}) + "\n")
    f.flush()
    plain = [] if a.set.startswith("timeset") else ["--plain"]  # whole articles, headline and date line above: read as articles
    out = subprocess.run([a.dragoman, "code", *plain, "--only", "text,times", f.name], stdout=subprocess.PIPE, text=True).stdout
n = collections.Counter()
for d, line in zip(docs, out.splitlines()):
    rec = json.loads(line)
    if rec["text"] != d["text"]:
        n["texts that differ"] += 1
        continue
    upto = d.get("annotated_end", len(d["text"]))
    ours = [t for t in rec["times"] if t["span"][0] < upto]
    gold = d["timexes"]
    n["gold"] += len(gold)
    n["ours"] += len(ours)
    met = set()
    for g in gold:
        hits = [t for t in ours if t["span"][0] < g["end"] and g["start"] < t["span"][1] and t["id"] not in met]
        if not hits:
            if a.show:
                print("MISSED", repr(g["text"]), g.get("type"), g.get("value"), "|", d["text"][max(0, g["start"] - 40):g["end"] + 20].replace("\n", " "))
            continue
        t = hits[0]
        met.add(t["id"])
        n["relaxed"] += 1
        n["strict"] += t["span"] == [g["start"], g["end"]]
        n["type"] += t["type"] == g.get("type")
        value = g.get("value") or ""
        same = t["value"] == value
        if a.set.startswith("timeset"):  # "2011-xx-xx", "2022-05-xx"; the day of a part of it
            same = t["value"][:10].split("T")[0] == re.split(r"[-_]xx| ", value)[0]
        n["value"] += same
        if a.show and (not same or t["span"] != [g["start"], g["end"]]):
            print("OTHER", repr(g["text"]), g.get("type"), g.get("value"), "ours", repr(d["text"][t["span"][0]:t["span"][1]]), t["type"], t["value"])
    for t in ours:
        if a.show and t["id"] not in met:
            print("EXTRA", repr(d["text"][t["span"][0]:t["span"][1]]), t["type"], t["value"], "|", d["text"][max(0, t["span"][0] - 40):t["span"][1] + 20].replace("\n", " "))
print(f"{n['gold']} marked, {n['ours']} ours" + (f", {n['texts that differ']} texts differ" if n["texts that differ"] else ""))
for k in ("strict", "relaxed", "type", "value"):
    p, r = n[k] / max(1, n["ours"]), n[k] / max(1, n["gold"])
    print(f"{k:8} P {p:.3f} R {r:.3f} F1 {2 * p * r / max(1e-9, p + r):.3f}")
