#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes what bench/place_fit.c reads, of the development parts of TR-News, GeoWebNews and LGL: bench/place_fit.py DATA > docs.jsonl

    bench/place_fit.py ../shared/data | build/place_fit models build 300"""
import json
import sys

PLACE = {"Literal", "Mixed", "Literal_Modifier", "Coercion", "Embedded_Literal"}
for corpus, name in enumerate(("trnews", "geowebnews", "lgl")):
    for line in open(f"{sys.argv[1]}/geo/{name}-train.jsonl", encoding="utf-8"):
        d = json.loads(line)
        at = [0]
        for c in d["text"]:
            at.append(at[-1] + len(c.encode()))
        gold = [{"start": at[t["start"]], "end": at[t["end"]], "lat": float(t["lat"]), "lon": float(t["lon"]),
                 "id": int(t.get("geonameid") or 0)} for t in d["toponyms"]
                if t.get("lat") is not None and (not t.get("type") or t["type"] in PLACE)]
        url = f"https://{d['domain']}/" if d.get("domain") and "--home" in sys.argv else None
        print(json.dumps({"text": d["text"], "published": d.get("date"), "corpus": corpus, "url": url, "gold": gold}))
