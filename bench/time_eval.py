#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures dates on MEANTIME (TIMEX3 values) and on the date cases of Microsoft's Recognizers specifications.

    bench/time_eval.py RESOLVE_DUMP MODELS LEXICON DATA [--errors]

DATA is the data folder with time/. An expression counts as found when a time of ours overlaps it, as right when start and end
day are equal; of a weekday or month without year (kind 4) either reading may be right, because the coder chooses by tense;
the row "past" takes the past reading only. Durations, sets and references to the present are left out."""
import calendar
import datetime as dt
import json
import re
import subprocess
import sys

DUMP, MODELS, LEX, DATA = sys.argv[1:5]
ERRORS = "--errors" in sys.argv


def value_range(v):
    """TIMEX3 value -> (start, end) ISO, or None."""
    v = v.split("T")[0] if re.match(r"\d{4}-\d\d-\d\dT", v) else v
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", v):
            return v, v
        if m := re.fullmatch(r"(\d{4})-(\d\d)", v):
            y, mo = int(m[1]), int(m[2])
            return f"{v}-01", f"{v}-{calendar.monthrange(y, mo)[1]:02d}"
        if re.fullmatch(r"\d{4}", v):
            return v + "-01-01", v + "-12-31"
        if re.fullmatch(r"\d{3}", v):
            return v + "0-01-01", v + "9-12-31"
        if m := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", v):
            d = dt.date.fromisocalendar(int(m[1]), int(m[2]), 1)
            a, b = (d + dt.timedelta(5), d + dt.timedelta(6)) if m[3] else (d, d + dt.timedelta(6))
            return a.isoformat(), b.isoformat()
        if m := re.fullmatch(r"(\d{4})-Q(\d)", v):
            y, q = int(m[1]), int(m[2])
            return f"{y}-{q * 3 - 2:02d}-01", f"{y}-{q * 3:02d}-{calendar.monthrange(y, q * 3)[1]}"
    except ValueError:
        pass
    return None


def run(docs):
    lines = "".join(json.dumps({"text": d["text"], "published": d["published"]}) + "\n" for d in docs)
    out = subprocess.run([DUMP, MODELS, LEX], input=lines, capture_output=True, text=True, check=True)
    print(out.stderr.replace("\n", "; "))
    return [json.loads(line) for line in out.stdout.splitlines()]


def score(name, docs):
    n = found = right = past = ours = spurious = 0
    for d, got in zip(docs, run(docs)):
        marks = d["marks"]
        for t in got["times"]:
            if t["kind"] == 3 or t["start"] >= d["upto"]:
                continue
            ours += 1
            if not any(t["start"] < e and s < t["end"] for s, e, *_ in d["all"]):
                spurious += 1
                if ERRORS:
                    print("  SPURIOUS", repr(t["text"]), t["range"], "|", d["text"][max(0, t["start"] - 40):t["end"] + 30].replace("\n", " "))
        for s, e, want, text in marks:
            n += 1
            hits = [t for t in got["times"] if t["start"] < e and s < t["end"]]
            found += bool(hits)
            p = any(tuple(t["range"]) == want for t in hits)
            r = p or any(tuple(t["future"]) == want for t in hits)
            past += p
            right += r
            if not r and ERRORS:
                print("  WRONG" if hits else "  MISSED", repr(text), d["published"], want, [(t["text"], t["kind"], t["range"]) for t in hits], "|",
                      d["text"][max(0, s - 50):e + 30].replace("\n", " "))
    print(f"{name}: {n} expressions, found {found / n:.3f}, right {right / n:.3f}, past reading right {past / n:.3f}, "
          f"ours {ours}, not marked {spurious / max(1, ours):.3f}")


docs = []
for line in open(f"{DATA}/time/meantime-train.jsonl", encoding="utf-8"):
    d = json.loads(line)
    upto = d.get("annotated_end", len(d["text"]))
    docs.append({"text": d["text"], "published": d["dct"], "upto": upto, "all": [(t["start"], t["end"]) for t in d["timexes"]],
                 "marks": [(t["start"], t["end"], value_range(t.get("value") or ""), t["text"]) for t in d["timexes"]
                           if t.get("type") in ("DATE", "TIME") and value_range(t.get("value") or "")]})
score("MEANTIME", docs)
docs = []
for line in open(f"{DATA}/time/recognizers-specs.jsonl", encoding="utf-8"):
    d = json.loads(line)
    marks = []
    for t in d["timexes"]:
        vals = [v for v in t.get("values", []) if v.get("type") in ("date", "daterange", "datetime", "datetimerange")]
        if not vals:
            continue
        v = vals[0]
        want = None
        if v.get("value"):
            want = value_range(v["value"].split(" ")[0])
        elif v.get("start") and v.get("end"):
            try:
                a = v["start"].split(" ")[0]
                b = v["end"].split(" ")[0]
                if v["type"] == "daterange":
                    b = (dt.date.fromisoformat(b) - dt.timedelta(1)).isoformat()
                want = (a, b)
            except ValueError:
                want = None
        if want:
            marks.append((t["start"], t["end"], want, t["text"]))
    if marks:
        docs.append({"text": d["text"], "published": (d.get("ref") or "")[:10] or None, "upto": 1 << 30,
                     "all": [(t["start"], t["end"]) for t in d["timexes"]], "marks": marks})
if not ERRORS or "--all" in sys.argv:
    score("Recognizers", docs)
