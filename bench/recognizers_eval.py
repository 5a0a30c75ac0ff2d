#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Times of the record against the specifications of Microsoft's Recognizers-Text (MIT; none of them is kept here).

    bench/recognizers_eval.py [--dragoman build/dragoman] [--folder ../shared/data/time] [--show]

Reads   FOLDER/recognizers-specs.jsonl: {src, ref, text, timexes: [{start, end, text, values: [{timex, type, value, start, end, Mod}]}]};
        bench/recognizers_excluded.tsv, the cases left out, by number of line
Counted are dates, ranges of dates, durations and sets of the models for whole sentences (DateTimeModel, MergedParser); holidays are
dates. Found: the spans overlap. Days: first and last day of one of our readings are those of one of theirs (of "since 2016" the year
named); the TIMEX3 value of a duration or set is theirs. A range of theirs ends on the day after its last one: of from-to expressions
both ends are allowed, because they leave out the end that a newspaper counts in. Right: days, or the same TIMEX3 value ("earlier this
month"), or the same amount or set written otherwise ("P3M" for "P1Q"), or the same but for three conventions of docs/stages/time.md: so many weeks or months from a day are the week or month in
which that lies; a range takes in the whole of the year or month named last; the next days begin today."""
import argparse
import collections
import datetime as dt
import json
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCES = ("DateTimeModel", "MergedParser")
TYPES = ("date", "daterange", "duration", "set")


def period(timex):
    """First and last day of a TIMEX3 value with a year, or None."""
    if m := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", timex):
        return timex, timex
    if m := re.fullmatch(r"(\d{4})-(\d\d)", timex):
        first = dt.date(int(m[1]), int(m[2]), 1)
        return first.isoformat(), ((first.replace(day=28) + dt.timedelta(4)).replace(day=1) - dt.timedelta(1)).isoformat()
    if re.fullmatch(r"\d{4}", timex):
        return timex + "-01-01", timex + "-12-31"
    return None


def theirs(value):
    """The ranges that one reading of theirs allows."""
    out = set()
    if p := period(value.get("timex") or ""):
        out.add(p)
    if value.get("value") and re.match(r"\d{4}-\d\d-\d\d", value["value"]):
        out.add((value["value"][:10],) * 2)
    a, b = value.get("start"), value.get("end")
    try:
        first = dt.date.fromisoformat(a[:10]) if a else None
        last = dt.date.fromisoformat(b[:10]) if b else None
    except ValueError:
        return out
    if first and last:
        out |= {(first.isoformat(), (last - dt.timedelta(1)).isoformat()), (first.isoformat(), last.isoformat())}
    elif value.get("Mod"):
        out |= {("from", d.isoformat()) for d in (first, first and first - dt.timedelta(1)) if d}
        out |= {("to", d.isoformat()) for d in (last, last and last - dt.timedelta(1)) if d}
    return out


def ours(t):
    out = set()
    for r in [t] + t.get("alternatives", []):
        if r.get("start") or r.get("end"):
            out.add((r.get("start"), r.get("end")))
            out |= {("from", r.get("start")), ("from", r.get("end")), ("to", r.get("start")), ("to", r.get("end"))}
    return out


def days(t, values):
    if values[0]["type"] in ("duration", "set"):
        return t["value"] in {v.get("timex") for v in values}
    return bool(ours(t) & set().union(*(theirs(v) for v in values)))


def plain(value):
    """An amount as months, days, seconds; a set without its unknown day: what two notations of the same thing share."""
    value = (value or "").replace("P1WE", "XXXX-WXX-WE").replace("XXXX-XX-XXT", "T")
    sizes = {"Y": (0, 12), "M": (0, 1), "Q": (0, 3), "DE": (0, 120), "CE": (0, 1200), "W": (1, 7), "D": (1, 1),
             "TH": (2, 3600), "TM": (2, 60), "TS": (2, 1)}
    if not (m := re.fullmatch(r"P((?:[\d.]+(?:DE|CE|[YMQWD]))*)(?:T((?:[\d.]+[HMS])+))?", value)):
        return value
    total = [0.0, 0.0, 0.0]
    units = re.findall(r"([\d.]+)(DE|CE|[YMQWD])", m[1]) + [(n, "T" + u) for n, u in re.findall(r"([\d.]+)([HMS])", m[2] or "")]
    for n, unit in units:
        total[sizes[unit][0]] += float(n) * sizes[unit][1]
    return tuple(total)


def by_convention(t, values):
    said = {plain(v.get("timex")) for v in values}
    if values[0]["type"] in ("duration", "set") or plain(t["value"]) in said:
        return plain(t["value"]) in said
    for r in [t] + t.get("alternatives", []):
        a, b = r.get("start"), r.get("end")
        if not a or not b:
            continue
        for first, last in set().union(*(theirs(v) for v in values)):
            unit = t.get("precision") in ("week", "month", "year") and not "/" in (t["value"] or "")
            if unit and first == last and a <= first <= b:
                return True
            whole = {b[:4] + "-01-01", b[:8] + "01"} if "/" in (t["value"] or "") else set()
            if first == a and last in whole:
                return True
            if t["type"] == "DURATION" and last == b and first not in ("from", "to") and (dt.date.fromisoformat(a) + dt.timedelta(1)).isoformat() == first:
                return True
    return False


ap = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
ap.add_argument("--dragoman", default=os.path.join(HERE, "..", "build", "dragoman"))
ap.add_argument("--folder", default=os.path.join(HERE, "..", "..", "shared", "data", "time"))
ap.add_argument("--show", action="store_true", help="what was missed or has other days")
a = ap.parse_args()
left_out = {int(line.split("\t")[0]) for line in open(os.path.join(HERE, "recognizers_excluded.tsv"), encoding="utf-8") if line[0] != "#"}
docs, total, excluded = [], 0, 0
for i, line in enumerate(open(os.path.join(a.folder, "recognizers-specs.jsonl"), encoding="utf-8")):
    d = json.loads(line)
    marks = [t for t in d["timexes"] if (t.get("values") or [{}])[0].get("type") in TYPES]
    if d["src"] not in SOURCES or not marks:
        continue
    total += len(marks)
    if i in left_out:
        excluded += len(marks)
    else:
        docs.append((i, d, marks))
with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as f:
    for i, d, _ in docs:
        f.write(json.dumps({"id": str(i), "text": d["text"], "date": (d.get("ref") or "")[:10] or None}) + "\n")
    f.flush()
    out = subprocess.run([a.dragoman, "code", "--plain", "--only", "text,times", f.name], stdout=subprocess.PIPE, text=True, check=False).stdout
record = {}
for line in out.splitlines():
    r = json.loads(line)
    record[r["doc"]["id"]] = r["times"]
n = collections.defaultdict(collections.Counter)
for i, d, marks in docs:
    got = record.get(str(i), [])
    for t in marks:
        hits = [x for x in got if x["span"][0] < t["end"] and t["start"] < x["span"][1]]
        same = any(days(x, t["values"]) for x in hits)
        ok = same or any(by_convention(x, t["values"]) for x in hits)
        for k in (t["values"][0]["type"], "all"):
            n[k].update(n=1, found=bool(hits), days=same, right=ok)
        if a.show and not ok:
            want = t["values"][0]
            print(i, repr(t["text"]), d.get("ref", "")[:10], want.get("timex"), want.get("value") or (want.get("start"), want.get("end")), "| ours",
                  [(d["text"][x["span"][0]:x["span"][1]], x["value"], x.get("start"), x.get("end")) for x in hits], "|", d["text"])
print(f"{total} expressions, {excluded} of them in {len(left_out)} cases left out ({excluded / total:.3f})")
for k, c in n.items():
    print(f"{k:10} {c['n']:4}  found {c['found'] / c['n']:.3f}  days {c['days'] / c['n']:.3f}  right {c['right'] / c['n']:.3f}")
sys.exit(0)
