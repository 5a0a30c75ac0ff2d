#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Turns tests/corpus/gold/*.story.src into NAME-DAY.txt and NAME.story.json (the gold format of storylines).

A .story.src: `entity NAME = id|id` lines; then per article a line `=== DAY` and its text; at the end `--- situation` and lines
    as_of kind status/status ISSUER,..>ADDRESSEE,.. key=value;key=value;may;due
"""
import json, os, re, sys

for path in sys.argv[1:]:
    base, name = os.path.dirname(path), os.path.basename(path)[:-len(".story.src")]
    body, _, situation = open(path, encoding="utf-8").read().partition("\n--- situation\n")
    head, *parts = re.split(r"^=== (\d{4}-\d{2}-\d{2})\n", body, flags=re.M)
    gold = {"articles": [], "entities": {}, "situation": []}
    for line in head.splitlines():
        if line.startswith("entity "):
            key, _, ids = line[7:].partition("=")
            gold["entities"][key.strip()] = [x.strip() for x in ids.split("|")]
    for day, text in zip(parts[::2], parts[1::2]):
        doc = f"{name}-{day}.txt"
        with open(os.path.join(base, doc), "w", encoding="utf-8") as f:
            f.write(text.strip() + "\n")
        gold["articles"].append({"doc": doc, "published": day})
    for line in situation.strip().splitlines():
        as_of, kind, status, who, *rest = line.split(None, 4)
        a, b = who.split(">")
        g = {"as_of": as_of, "kind": kind, "status": status.split("/"), "issuer": a.split(","), "addressee": b.split(",")}
        for x in (rest[0].split(";") if rest else []):
            k, eq, v = x.strip().partition("=")
            g[k] = (float(v) if k == "quantity" else v) if eq else True
        gold["situation"].append(g)
    with open(os.path.join(base, name + ".story.json"), "w", encoding="utf-8") as f:
        json.dump(gold, f, ensure_ascii=False, indent=1)
