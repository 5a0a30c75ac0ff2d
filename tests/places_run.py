#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Places of the record against tests/data/places/phrases.tsv: tests/places_run.py DRAGOMAN TABLE [--show]

A row is right when the record lists exactly the places in brackets, each in its country, or in its state too (USA:New_York). The
fourth column is the address of the text. Exit status 1 when one is not."""
import json
import re
import subprocess
import sys

rows = [line.rstrip("\n").split("\t") for line in open(sys.argv[2], encoding="utf-8") if line.strip() and line[0] != "#"]
texts = [re.sub(r"[\[\]]", "", r[1]) for r in rows]
given = "".join(json.dumps({"id": str(i), "text": t, "url": r[3] if len(r) > 3 else None}) + "\n" for i, (r, t) in enumerate(zip(rows, texts)))
out = subprocess.run([sys.argv[1], "code", "--plain", "--only", "places", "--input", "jsonl", "-"], input=given, capture_output=True, text=True, check=True).stdout
record = {r["doc"]["id"]: r["places"] for r in map(json.loads, out.splitlines())}
wrong = 0
for i, (row, text) in enumerate(zip(rows, texts)):
    want = list(zip(re.findall(r"\[(.*?)\]", row[1]), (row[2] if len(row) > 2 else "").split()))
    got = []
    for k, p in enumerate(record.get(str(i), [])):
        state = k < len(want) and ":" in want[k][1]
        got.append((text[p["span"][0]:p["span"][1]], (p["country"] or "-") + (":" + (p["admin1"] or "-").replace(" ", "_") if state else "")))
    if want != got:
        wrong += 1
        print(f"{row[0]}: {text}\n  want {want}\n  got  {got}")
print(f"{len(rows)} texts, {wrong} wrong")
sys.exit(wrong > 0)
