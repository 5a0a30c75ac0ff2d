#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Times of the record against tests/data/times/phrases.tsv: tests/times_run.py DRAGOMAN TABLE [--show] [--min F1]

Prints span (relaxed) and value F1 by mechanism and in all; exits 1 when the value F1 of all falls under --min."""
import argparse, collections, json, re, subprocess, sys, tempfile

ap = argparse.ArgumentParser()
ap.add_argument("dragoman")
ap.add_argument("table")
ap.add_argument("--show", action="store_true")
ap.add_argument("--min", type=float, default=0)
a = ap.parse_args()
rows = []
for line in open(a.table, encoding="utf-8"):
    if line.startswith("#") or not line.strip():
        continue
    what, day, marked, values = line.rstrip("\n").split("\t")
    text, spans = "", []
    for part in re.split(r"([\[\]])", marked):
        if part == "[":
            spans.append([len(text), None])
        elif part == "]":
            spans[-1][1] = len(text)
        else:
            text += part
    values = [v.split(" ", 1) for v in values.split(";")] if values else []
    assert len(values) == len(spans), line
    rows.append((what, day, text, [(s, e, t, v) for (s, e), (t, v) in zip(spans, values)]))
with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as f:
    for i, (what, day, text, _) in enumerate(rows):
        f.write(json.dumps({"id": str(i), "text": text, "date": day}) + "\n")
    f.flush()
    out = subprocess.run([a.dragoman, "code", "--plain", "--only", "text,times", f.name], stdout=subprocess.PIPE, text=True, check=True).stdout
n = collections.defaultdict(collections.Counter)
for (what, day, text, want), line in zip(rows, out.splitlines()):
    rec = json.loads(line)
    ours, met = rec["times"], set()
    for s, e, kind, value in want:
        hits = [t for t in ours if t["span"][0] < e and s < t["span"][1] and t["id"] not in met]
        right = bool(hits) and hits[0]["type"] == kind and hits[0]["value"] == value
        if hits:
            met.add(hits[0]["id"])
        for k in (what, "all"):
            n[k].update(want=1, span=bool(hits), value=right)
        if a.show and not right:
            print(what, repr(text[s:e]), kind, value, "| ours", [(text[t["span"][0]:t["span"][1]], t["type"], t["value"]) for t in hits[:1]], "|", text)
    for t in ours:
        if a.show and t["id"] not in met:
            print(what, "EXTRA", repr(text[t["span"][0]:t["span"][1]]), t["type"], t["value"], "|", text)
    for k in (what, "all"):
        n[k].update(ours=len(ours))
for k, c in n.items():
    f1 = {x: 2 * c[x] / max(1, c["want"] + c["ours"]) for x in ("span", "value")}
    print(f"{k:10} {c['want']:4} marked {c['ours']:4} ours  span F1 {f1['span']:.3f}  value F1 {f1['value']:.3f}")
sys.exit(2 * n["all"]["value"] / max(1, n["all"]["want"] + n["all"]["ours"]) < a.min)
