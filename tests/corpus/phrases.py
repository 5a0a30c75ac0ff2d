#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the actor phrases of a table through `dragoman actor`: phrases.py DRAGOMAN TABLE [--show] [--min RATE]

A row: phrase, day, state ("-": none), first sector ("*": any), actor id ("*": any, "-": must stay unresolved); "a|b" either.
Exit status 1 below --min of rows right.
"""
import argparse
import json
import subprocess
import sys


def right(row, got):
    phrase, day, state, sector, actor = row
    if actor == "-":
        return got.get("actor") is None
    ok = got.get("actor") is not None and (state == "*" or (got.get("country") or "-") in state.split("|"))
    sectors = got.get("sectors") or ["-"]
    ok = ok and (sector == "*" or sectors[0] in sector.split("|"))
    return ok and (actor == "*" or got["actor"] in actor.split("|"))


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("dragoman")
    ap.add_argument("table")
    ap.add_argument("--show", action="store_true")
    ap.add_argument("--min", type=float, default=0)
    a = ap.parse_args()
    rows = [ln.rstrip("\n").split("\t") for ln in open(a.table, encoding="utf-8") if ln.strip() and ln[0] != "#"]
    good = 0
    for row in rows:
        run = subprocess.run([a.dragoman, "actor", row[0], "--date", row[1]], capture_output=True, text=True)
        got = json.loads(run.stdout) if run.stdout.startswith("{") else {}
        if right(row, got):
            good += 1
        elif a.show:
            print(row, "got", got.get("actor"), got.get("country"), got.get("sectors"), run.stderr.strip()[:80])
    print(f"{good}/{len(rows)} phrases right ({good / len(rows):.3f})")
    return 1 if good < a.min * len(rows) else 0


if __name__ == "__main__":
    sys.exit(main())
