#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Rows of bench/first_contact.csv: a set that no run has seen is scored once, and what the evaluator prints is appended.

    bench/first_contact.py SET PART COMMIT --dragoman build/dragoman [--tier accurate] [--data ../shared/data] FILE ... >> bench/first_contact.csv

COMMIT is that of the program. FILE says which evaluator: *.tsv bench/real_events.py, storylines (lines with "docs") bench/score/check.py,
all else bench/score/score.py. PART is real, written, idioms, literal, agency or stories (bench/readme.py asks for these), with
".accurate" for that tier. Rows are never changed afterwards; PART of another program on the same set ends in ".before".
"""
import argparse
import datetime
import json
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))


def figures(a):
    env = dict(os.environ, DRAGOMAN_TIER=a.tier, DRAGOMAN_TEXTS=os.environ.get("DRAGOMAN_TEXTS", os.path.join(a.data, "text")))
    run = lambda *args: subprocess.run([sys.executable, *args, "--dragoman", a.dragoman, *a.files], env=env, capture_output=True, text=True, check=True).stdout
    score = os.path.join(HERE, "score")
    if a.files[0].endswith(".tsv"):
        line = run(os.path.join(HERE, "real_events.py"), "--data", a.data, "--tier", a.tier).split("\n")[0]
        names = {"event.p": r"; P ([\d.]+)", "event.r": r" R ([\d.]+)", "event.f1": r" F1 ([\d.]+);", "both_sides.f1": r"both sides F1 ([\d.]+)"}
        return {k: re.search(v, line).group(1) for k, v in names.items()}
    with open(a.files[0], encoding="utf-8") as f:
        story = a.files[0].endswith(".jsonl") and "docs" in json.loads(f.readline())
    if story:
        out = run(os.path.join(score, "check.py"))
        return {"want": re.search(r"wanted lines that are there ([\d.]+)", out).group(1), "days": re.search(r"^cases ([\d.]+)", out, re.M).group(1)}
    rows = (x.split() for x in run(os.path.join(score, "score.py")).split("\n"))
    return {r[0]: r[1] for r in rows if len(r) == 2 and re.fullmatch(r"[\d.]+", r[1])}


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("set")
    ap.add_argument("part")
    ap.add_argument("commit")
    ap.add_argument("--dragoman", required=True)
    ap.add_argument("--tier", default="fast", choices=["fast", "accurate"])
    ap.add_argument("--data", default=os.path.join(HERE, "..", "..", "shared", "data"))
    ap.add_argument("files", nargs="+")
    a = ap.parse_args()
    for k, v in figures(a).items():
        print("%s,%s,%s,%s,%s,%.3f" % (datetime.date.today(), a.set, a.part, a.commit, k, float(v)))


if __name__ == "__main__":
    main()
